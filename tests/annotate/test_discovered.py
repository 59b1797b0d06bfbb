"""Topics discovered: what stands together is found again, judged, and not claimed of too few texts."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest
from scipy import sparse

from analystkit.annotate.discovered import _likeness, _npmi, find_discovered
from analystkit.errors import ArgumentError

SETS = {
    "sea": ["ship", "harbour", "captain", "cargo", "tide"],
    "farm": ["wheat", "tractor", "farmer", "barn", "harvest"],
    "court": ["judge", "lawyer", "verdict", "appeal", "jury"],
    "moon": ["rocket", "orbit", "crater", "lander", "astronaut"],
}
#: Four of the five words of one set in each text: 20 texts, three times.
TEXTS = [
    " ".join(words)
    for _ in range(3)
    for of_set in SETS.values()
    for words in itertools.combinations(of_set, 4)
]


def test_words_that_stand_together_are_a_topic_each_and_stable() -> None:
    found = find_discovered(TEXTS, tried=[3, 4])
    assert found.choice.loc[found.choice["chosen"], "n_topics"].tolist() == [4]
    tops = {frozenset(words.split(", ")[:5]) for words in found.topics["words"]}
    assert tops == {frozenset(words) for words in SETS.values()}
    assert found.shares.max(axis=1).min() > 0.95


def test_shares_add_up_to_one_or_are_none() -> None:
    found = find_discovered([*TEXTS, None, "zebra"], n_topics=4)
    assert found.shares.sum(axis=1) == pytest.approx([1] * 60 + [0, 0])


def test_a_text_may_have_several_topics() -> None:
    found = find_discovered([*TEXTS, "ship harbour captain cargo judge lawyer verdict appeal"], n_topics=4)
    assert np.count_nonzero(found.shares[-1] > 0.3) == 2


def test_the_same_texts_give_the_same_topics() -> None:
    one, other = find_discovered(TEXTS, n_topics=4), find_discovered(TEXTS, n_topics=4)
    assert one.topics.equals(other.topics)
    assert (one.shares == other.shares).all()


def test_small_words_name_no_topic() -> None:
    texts = [f"{text} should had himself" if "ship" in text else text for text in TEXTS]
    words = ", ".join(find_discovered(texts, n_topics=4).topics["words"]).split(", ")
    assert set(words) == {word for of_set in SETS.values() for word in of_set}


def test_too_few_texts_and_impossible_numbers_are_refused() -> None:
    with pytest.raises(ArgumentError, match="There are 49 texts, too few to discover topics in"):
        find_discovered([*TEXTS[:49], "", None])
    with pytest.raises(ArgumentError, match="`n_topics` is 1; allowed here: 2 to 12"):
        find_discovered(TEXTS, n_topics=1)


def test_npmi_of_words_that_stand_together_half_the_time() -> None:
    # a in texts 0, 1; b in 0, 2; of four: p(a) = p(b) = 1/2, p(ab) = 1/4, so pmi = 0; a with c, never together: -1.
    present = sparse.csr_array([[1, 1, 0], [1, 0, 0], [0, 1, 1], [0, 0, 1]])
    assert _npmi(present, [0, 1]) == 0
    assert _npmi(present, [0, 2]) == -1
    # b with c: p(bc) = 1/4 again: 0; the mean of 0, -1 and 0.
    assert _npmi(present, [0, 1, 2]) == pytest.approx(-1 / 3)
    assert math.isnan(_npmi(present, [0]))


def test_each_topic_has_one_partner() -> None:
    # The first is like both, the second only like the first of the others: 1/3 + 1 is the best sum.
    assert _likeness([[1, 2], [2, 3]], [[2, 3], [1, 4]]).tolist() == [1 / 3, 1.0]


def test_a_model_of_ones_own_takes_the_place_of_the_built_in_one() -> None:
    def halves(texts: list[str], n_topics: int | None) -> tuple[list[list[float]], list[list[str]]]:
        weights = [[3.0, 1.0] if "ship" in text else [0.0, 0.0] for text in texts]
        return weights, [["ship", "harbour", "tide"], ["judge", "jury", "verdict"]]

    found = find_discovered(TEXTS, model=halves)
    assert found.topics["topic"].tolist() == ["ship, harbour, tide", "judge, jury, verdict"]
    assert found.shares[0].tolist() == [0.75, 0.25]
    assert found.shares[-1].tolist() == [0, 0]
    assert math.isnan(found.topics["stability"][0])
    assert found.topics["coherence"][0] > 0.5


@pytest.mark.parametrize(
    ("weights", "message"),
    [([[1.0]], "weights of shape"), ([[-1.0]] * len(TEXTS), "weights below 0")],
)
def test_a_model_that_returns_nonsense_is_told_so(weights: list[list[float]], message: str) -> None:
    with pytest.raises(ArgumentError, match=message):
        find_discovered(TEXTS, model=lambda texts, n: (weights, [["ship"]]))
