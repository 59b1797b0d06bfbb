"""Two slices side by side: shares, differences, and whether these are settled."""

import math

import numpy as np
import pandas as pd
import pytest

import analystkit as ak
from analystkit.errors import ArgumentError
from analystkit.measure.intervals import difference_intervals
from tests.conftest import story


@pytest.fixture
def months() -> ak.Collection:
    """June: 8 stories, Russia in 2, Japan in 4. July: 10 stories, Russia in 9, Japan in 5."""
    june = ["Russia and Japan", "Russia", "Japan", "Japan", "Japan", *["Rain"] * 3]
    july = [*["Russia and Japan"] * 5, *["Russia"] * 4, "Rain"]
    texts = [*((text, "2024-06-05") for text in june), *((text, "2024-07-05") for text in july)]
    rows = [(story(f"in {chr(97 + i) * 8} {text} came."), day) for i, (text, day) in enumerate(texts)]
    return ak.from_frame(
        pd.DataFrame(rows, columns=["text", "date"]),
        topics={"name": "T", "topics": {"rain": ["rain"]}},
        progress=False,
    )


def row(answer: ak.Answer, name: str, slice_: str) -> pd.Series:
    table = answer.table
    return table[(table[answer.item] == name) & (table["slice"] == slice_)].iloc[0]


def june_and_july(months: ak.Collection) -> tuple[ak.Collection, ak.Collection]:
    return months.filter(until="2024-06-30"), months.filter(since="2024-07-01")


def test_shares_and_differences_by_hand(months: ak.Collection) -> None:
    answer = ak.compare(*june_and_july(months), names=("June", "July"))
    assert answer.title == "Which actors differ between June and July?"
    russia = row(answer, "Russia", "July")
    assert (russia["n"], russia["denominator"]) == (9, 10)
    assert russia["difference"] == pytest.approx(9 / 10 - 2 / 8)
    assert 0 < russia["difference_low"] < russia["difference"] < russia["difference_high"] <= 1
    assert russia["sign"] == "higher"
    japan = row(answer, "Japan", "July")
    assert japan["difference"] == pytest.approx(5 / 10 - 4 / 8)
    assert japan["sign"] == "not settled"
    first = row(answer, "Russia", "June")
    assert (first["n"], first["sign"], math.isnan(first["difference"])) == (2, "", True)
    # Settled ones first.
    assert answer.table["actor"].tolist() == ["Russia", "Russia", "Japan", "Japan"]


def test_the_other_way_round_the_signs_turn(months: ak.Collection) -> None:
    june, july = june_and_july(months)
    there = row(ak.compare(june, july, names=("June", "July")), "Russia", "July")
    back = row(ak.compare(july, june, names=("July", "June")), "Russia", "June")
    assert back["difference"] == -there["difference"]
    assert back["sign"] == "lower"


def test_topics_compare_as_well(months: ak.Collection) -> None:
    answer = ak.compare(*june_and_july(months), of="topics", names=("June", "July"))
    assert row(answer, "rain", "July")["difference"] == pytest.approx(1 / 10 - 3 / 8)


def test_few_stories_are_too_few_to_say(months: ak.Collection) -> None:
    ids = months.articles["article_id"].tolist()
    answer = ak.compare(months.narrowed_to(set(ids[:4])), months.narrowed_to(set(ids[4:])), names=("a", "b"))
    assert set(answer.table["sign"]) == {"", "too few to say"}


def test_the_same_slice_twice_has_no_difference(months: ak.Collection) -> None:
    answer = ak.compare(months, months, names=("a", "b"))
    assert answer.table["difference"].dropna().eq(0).all()
    assert set(answer.table["sign"]) == {"", "not settled"}


def test_evidence_is_that_of_the_slice(months: ak.Collection) -> None:
    answer = ak.compare(*june_and_july(months), names=("June", "July"))
    found = answer.evidence(actor="Russia", slice="June")
    assert len(found) == 2
    assert (found["published"].dt.month == 6).all()


def test_slices_of_two_collections_are_refused(months: ak.Collection, collection: ak.Collection) -> None:
    with pytest.raises(ArgumentError, match="are not slices of one collection"):
        ak.compare(months, collection)
    june, july = june_and_july(months)
    with pytest.raises(ArgumentError, match="with one ledger"):
        ak.compare(june, july.decide("rename", "Russia", "RF"))
    with pytest.raises(ArgumentError, match=r"`names` are \('a', 'a'\); give two different ones"):
        ak.compare(june, july, names=("a", "a"))
    with pytest.raises(ArgumentError, match="`of` is 'tones'"):
        ak.compare(june, july, of="tones")


def test_the_interval_of_a_difference_covers_what_theory_says() -> None:
    """Two slices of 200 stories each, shares .5 and .5: the standard error is sqrt(2 * .25 / 200) = .05."""
    rng = np.random.default_rng(7)
    story_numbers = np.arange(400)
    slices = story_numbers // 200
    named = rng.permutation(np.repeat([0, 1], 100))
    x = np.concatenate([named, rng.permutation(named)])
    low, high = difference_intervals(
        np.zeros(400), slices, story_numbers, x, slices, story_numbers, np.ones(400), 1
    )
    assert (high[0] - low[0]) / 2 == pytest.approx(1.96 * 0.05, rel=0.1)
    assert low[0] < 0 < high[0]


def test_a_share_of_nothing_does_not_make_a_difference_certain() -> None:
    """None of 20 stories against 2 of 20: Wilson's bound for none is 16 %, so the difference is not settled."""
    rows = [(story(f"in {chr(97 + i) * 9} rain fell."), "2024-06-05") for i in range(20)]
    rows += [
        (story(f"by {chr(97 + i) * 9} {'Russia' if i < 2 else 'rain'} came."), "2024-07-05")
        for i in range(20)
    ]
    collection = ak.from_frame(pd.DataFrame(rows, columns=["text", "date"]), progress=False)
    found = row(ak.compare(*june_and_july(collection), names=("June", "July")), "Russia", "July")
    assert (found["n"], found["denominator"], found["sign"]) == (2, 20, "not settled")
    assert found["difference_low"] < 0
