"""Who is named together: counts by hand, association against published formulas and another library."""

import math

import pandas as pd
import pytest

import analystkit as ak
from analystkit.errors import ArgumentError
from analystkit.measure.co_mention import log_likelihood, npmi
from tests.conftest import story

TEXTS = [
    story("Russia met Japan. China rested.\nJapan left, and China stayed."),
    story("Again Russia met Japan."),
    story("Russia praised Japan's rice."),
    story("China opened a port. Norway fished."),
]


@pytest.fixture
def four() -> ak.Collection:
    return ak.from_frame(pd.DataFrame({"text": [*TEXTS, TEXTS[1]]}), progress=False)


def pairs(answer: ak.Answer) -> dict[tuple[str, str], tuple[int, int]]:
    rows = answer.table
    keys = zip(rows["actor"], rows["partner"], strict=True)
    return dict(zip(keys, zip(rows["n"], rows["denominator"], strict=True), strict=True))


def test_the_level_decides_what_stands_together(four: ak.Collection) -> None:
    asked = {"min_support": 1}
    # Sentences of the four stories; the copy of the second adds nothing.
    assert pairs(ak.co_mentions(four, "Japan", level="sentence", **asked)) == {
        ("Japan", "Russia"): (3, 4), ("Japan", "China"): (1, 4),
    }  # fmt: skip
    assert pairs(ak.co_mentions(four, "Japan", level="paragraph", **asked)) == {
        ("Japan", "Russia"): (3, 4), ("Japan", "China"): (2, 4),
    }  # fmt: skip
    assert pairs(ak.co_mentions(four, "Japan", level="article", **asked)) == {
        ("Japan", "Russia"): (3, 3), ("Japan", "China"): (1, 3),
    }  # fmt: skip
    assert pairs(ak.co_mentions(four, "Japan", level="article", count="articles", **asked))[
        "Japan", "Russia"
    ] == (4, 4)


def test_units_are_called_what_they_are(four: ak.Collection) -> None:
    counts = [ak.co_mentions(four, level=level).count for level in ("sentence", "paragraph", "article")]
    assert counts == ["sentences", "paragraphs", "stories"]
    assert ak.co_mentions(four, level="article", count="articles").count == "articles"


def test_pairs_below_the_minimum_support_are_left_out(four: ak.Collection) -> None:
    assert set(pairs(ak.co_mentions(four, min_support=3))) == {("Russia", "Japan"), ("Japan", "Russia")}
    assert ak.co_mentions(four, min_support=4).table.empty


def test_partners_of_a_kind_only(four: ak.Collection) -> None:
    assert ak.co_mentions(four, "Japan", kinds="person", min_support=1).table.empty


def test_expected_is_what_chance_gives(four: ak.Collection) -> None:
    row = ak.co_mentions(four, "Norway", level="article", min_support=1).table.iloc[0]
    # Norway stands in 1 of 4 stories, China in 2: together in 1 * 2 / 4 by chance.
    assert (row["partner"], row["n"], row["expected"]) == ("China", 1, 1 * 2 / 4)
    assert row["npmi"] == pytest.approx(math.log((1 / 4) / (1 / 4 * 2 / 4)) / -math.log(1 / 4))


def test_npmi_at_its_ends() -> None:
    assert npmi([0, 5, 100], [10, 5, 100], [10, 5, 100], 100) == pytest.approx([-1, 1, 0])


def test_log_likelihood_is_that_of_a_g_test() -> None:
    stats = pytest.importorskip("scipy.stats")
    for both, one, other, total in [(3, 10, 7, 50), (1, 20, 30, 60), (0, 5, 5, 40)]:
        cells = [[both, one - both], [other - both, total - one - other + both]]
        expected = stats.chi2_contingency(cells, correction=False, lambda_="log-likelihood").statistic
        assert log_likelihood(both, one, other, total) == pytest.approx(expected)


def test_evidence_shows_both_names(four: ak.Collection) -> None:
    shown = ak.co_mentions(four, "Japan", min_support=1).sentences(actor="Japan", partner="China")
    row = shown.iloc[0]
    assert [row["text"][a:b] for a, b in row["marks"]] == ["Japan", "China"]


def test_an_empty_collection_and_wrong_arguments(four: ak.Collection) -> None:
    nothing = four.filter(since="2030-01-01")
    assert ak.co_mentions(nothing).table.empty
    assert ak.co_mentions(nothing, "Japan").table.empty
    with pytest.raises(ArgumentError, match="`level` is 'line'; allowed: 'sentence', 'paragraph', 'article'"):
        ak.co_mentions(four, level="line")
    with pytest.raises(ArgumentError, match="`min_support` is 0; give a whole number of at least 1"):
        ak.co_mentions(four, min_support=0)
    with pytest.raises(ArgumentError, match=r"`actor` is 'Japn'; .* Did you mean 'Japan'\?"):
        ak.co_mentions(four, "Japn")
