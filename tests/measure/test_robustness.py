"""One finding under every other choice: how many agree, and what flips it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import analystkit as ak
from analystkit.errors import ArgumentError, MissingColumnError


def told(texts: list[str]) -> np.ndarray:
    """Score 1 for a good text, -1 for a bad one, 0 for one that is both or neither."""
    return np.array([float("good" in text) - float("bad" in text) for text in texts])


def opposite(texts: list[str]) -> np.ndarray:
    return -told(texts)


def printed(*stories: tuple[str, int], **columns: Sequence[str]) -> ak.Collection:
    """Return a collection of stories of one sentence, each with words of its own, printed so many times."""
    rows = []
    for number, (word, copies) in enumerate(stories):
        text = f"The {word} news was {' '.join(f'own{number}x{i}' for i in range(40))}."
        rows += [{"text": text, **{name: values[number] for name, values in columns.items()}}] * copies
    return ak.from_frame(pd.DataFrame(rows), progress=False)


@pytest.fixture
def copied() -> ak.Collection:
    """Seven good stories, and a bad one printed ten times."""
    return printed(*[("good", 1)] * 7, ("bad", 10))


def test_counting_copies_flips_a_sign(copied: ak.Collection) -> None:
    """Of stories (7 - 1) / 8, of articles (7 - 10) / 17."""
    panel = ak.robustness(copied, ak.Finding("tone"), scorers={"told": told})
    assert panel.table.groupby("count")["estimate"].unique().explode().to_dict() == pytest.approx(
        {"stories": 0.75, "articles": -3 / 17}
    )
    assert panel.table.groupby("count")["n"].unique().explode().to_dict() == {"stories": 8, "articles": 17}
    assert panel.flips == (("count", "articles"),)
    assert str(panel) == "Sign not settled: 12 of 24 agree; counting copies flips it."


def test_the_usual_variant_stands_first(copied: ak.Collection) -> None:
    panel = ak.robustness(copied, ak.Finding("tone"))
    assert panel.table.loc[0, panel.settings].tolist() == ["body", "stories", "VADER", "sentence", "in"]
    shares = ak.robustness(copied, ak.Finding("tone"), units=["article"])
    assert len(shares.table) == 8


def test_every_combination_is_one_variant(copied: ak.Collection) -> None:
    """Text 2 x copies 2 x lexicons 2 x units 3 x quotes 2."""
    panel = ak.robustness(copied, ak.Finding("tone"), scorers={"VADER": None, "mine": {"good": 2.0}})
    assert len(panel.table) == 48
    assert not panel.table.duplicated(panel.settings).any()


def test_a_page_with_more_than_headline_and_body_adds_variants(tmp_path: Path) -> None:
    lines = [
        f"The ministers met in Oslo on day {i} to talk about fish, grain and the harbour." for i in range(8)
    ]
    page = [
        "Home",
        "Sign in",
        "Subscribe",
        "",
        "Ministers meet in Oslo",
        "",
        *lines,
        "",
        "Privacy policy",
        "Terms of use",
    ]
    (tmp_path / "page.txt").write_text("\n".join(page), encoding="utf-8")
    panel = ak.robustness(ak.load(tmp_path, progress=False), ak.Finding("tone"))
    assert set(panel.table["text"]) == {"body", "body+title", "page"}
    assert len(panel.table) == 36
    read = panel.table[panel.table["unit"] == "paragraph"].groupby("text")["n"].max().to_dict()
    assert read == {"body": 8, "body+title": 9, "page": 14}


def test_what_all_variants_say_beyond_chance_is_robust() -> None:
    panel = ak.robustness(printed(*[("good", 1)] * 20), ak.Finding("tone"), scorers={"told": told})
    assert str(panel) == "Robust: 24 of 24 agree; 24 of them beyond chance."
    assert panel.table[["low", "high"]].to_numpy().tolist() == [[1, 1]] * 24


def test_four_stories_are_too_few() -> None:
    panel = ak.robustness(printed(*[("good", 3)] * 4), ak.Finding("tone"), scorers={"told": told})
    assert str(panel) == "Too few to say: 24 of 24 agree; 0 of them beyond chance."
    assert set(panel.table["note"]) == {"too few to say"}
    assert panel.table["low"].isna().all()


def test_a_claim_against_the_data_is_not_settled() -> None:
    panel = ak.robustness(
        printed(*[("good", 1)] * 20), ak.Finding("tone", claim="lower"), scorers={"told": told}
    )
    assert str(panel) == "Sign not settled: 0 of 24 agree; the usual choices do not say so."
    assert panel.flips == ()


def test_scorers_that_contradict_each_other_settle_nothing(copied: ak.Collection) -> None:
    panel = ak.robustness(
        copied, ak.Finding("tone"), counts=["stories"], scorers={"told": told, "other": opposite}
    )
    assert panel.flips == (("scorer", "other"),)
    assert str(panel) == "Sign not settled: 12 of 24 agree; scoring by other flips it."


def test_what_changes_nothing_flips_nothing_where_most_disagree(copied: ak.Collection) -> None:
    """A third of the variants agree under every setting but the scorer: headlines and quoted speech are not there."""
    scorers = {"told": told, "other": opposite, "third": opposite}
    panel = ak.robustness(copied, ak.Finding("tone"), counts=["stories"], scorers=scorers)
    assert panel.flips == (("scorer", "other"), ("scorer", "third"))


def test_slices_are_compared_second_less_first() -> None:
    """First half good good bad, second half bad bad good: -1/3 less 1/3."""
    words, days = ["good", "good", "bad", "bad", "bad", "good"], ["2024-01-05"] * 3 + ["2024-09-05"] * 3
    collection = printed(*[(word, 1) for word in words], date=days)
    finding = ak.Finding("tone", first={"until": "2024-06-30"}, second={"since": "2024-07-01"})
    panel = ak.robustness(collection, finding, scorers={"told": told})
    assert panel.table["estimate"].tolist() == pytest.approx([-2 / 3] * 24)
    assert panel.finding.claim == "lower"
    assert (
        panel.finding.describe()
        == "the tone of all sentences is lower from 2024-07-01 on than until 2024-06-30"
    )
    assert panel.table["n_stories"].tolist() == [3] * 24
    assert panel.evidence(0).groupby("slice")["value"].sum().to_dict() == {0: 1, 1: -1}


def test_units_and_quoted_speech_are_read_as_said() -> None:
    """Three sentences in two paragraphs; the bad one is quoted: 1/3, 1/2, 0 with it, then 1, 1, 1 without."""
    text = "The good news came early. Nobody slept. “It is a bad day for all,” she said.\nThe good guests left again."
    collection = ak.from_frame(pd.DataFrame({"text": [text]}), progress=False)
    panel = ak.robustness(
        collection, ak.Finding("tone"), texts="body", counts="stories", scorers={"told": told}
    )
    table = panel.table.set_index(["unit", "quotes"])
    assert table["n"].to_dict() == {
        ("sentence", "in"): 4, ("sentence", "out"): 3, ("paragraph", "in"): 2, ("paragraph", "out"): 2,
        ("article", "in"): 1, ("article", "out"): 1,
    }  # fmt: skip
    assert table["estimate"].to_dict() == pytest.approx(
        {
            ("sentence", "in"): 1 / 4, ("sentence", "out"): 2 / 3, ("paragraph", "in"): 1 / 2, ("paragraph", "out"): 1,
            ("article", "in"): 0, ("article", "out"): 1,
        }
    )  # fmt: skip


def test_shares_of_two_actors(collection: ak.Collection) -> None:
    """Of five stories two name Russia and two China; of six articles three and two."""
    panel = ak.robustness(collection, ak.Finding("actors", "Russia", "China"), texts="body", quotes="in")
    of = panel.table.set_index(["unit", "count"])["estimate"]
    assert of["article", "stories"] == pytest.approx(0)
    assert of["article", "articles"] == pytest.approx(1 / 6)
    assert panel.table.loc[0, "unit"] == "article"
    assert "scorer" not in panel.table


@pytest.mark.parametrize(
    "finding",
    [
        ak.Finding("tone", "Russia"),
        ak.Finding("tone", "Russia", "China"),
        ak.Finding("actors", "Japan", first={"outlet": "Bell"}, second={"outlet": "Lamp"}),
        ak.Finding("topics", "war", "food"),
    ],
)
def test_every_number_opens_on_as_many_units(collection: ak.Collection, finding: ak.Finding) -> None:
    panel = ak.robustness(collection, finding)
    assert [len(panel.evidence(i)) for i in panel.table.index] == panel.table["n"].tolist()
    rows = panel.evidence(0)
    means = rows.groupby("slice")["value"].mean()
    difference = means[0] if finding.of_sign else means[1] - means[0]
    assert panel.table.loc[0, "estimate"] == pytest.approx(difference)


def test_judgements_of_any_model_are_read_for_bodies(copied: ak.Collection) -> None:
    judged = copied.sentences[["article_id", "sentence_id"]].assign(label="positive")
    panel = ak.robustness(copied, ak.Finding("tone"), scorers={"model": judged})
    assert len(panel.table) == 12
    assert panel.table["estimate"].tolist() == [1] * 12
    with pytest.raises(MissingColumnError, match="sentence_id"):
        ak.robustness(copied, ak.Finding("tone"), scorers={"model": judged.drop(columns="sentence_id")})


def test_choices_that_change_nothing_are_told(copied: ak.Collection) -> None:
    panel = ak.robustness(copied, ak.Finding("tone"), texts="body", units="sentence")
    assert panel.describe_idle() == "Changes nothing here: leaving quoted speech out."


def test_an_empty_slice_leaves_nothing_to_compare() -> None:
    collection = printed(("good", 1), ("bad", 1), date=["2024-01-05", "2024-09-05"])
    finding = ak.Finding("tone", first={"until": "1990-01-01"}, second={"since": "2024-01-01"})
    panel = ak.robustness(collection, finding)
    assert panel.verdict == "nothing to compare"
    assert str(panel).startswith(
        "Nothing to compare: no variant finds units in which the tone of all sentences"
    )
    assert all(math.isnan(value) for value in panel.table["estimate"])


def test_a_finding_is_the_same_after_a_manifest() -> None:
    finding = ak.Finding("actors", "Russia", first={"outlet": ["Bell", "Lamp"]}, second={"outlet": "Lamp"})
    assert ak.Finding(**finding.to_dict()) == finding


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"measure": "mood"}, "mood"),
        ({"measure": "tone", "claim": "up"}, "'up'"),
        ({"measure": "actors"}, "`of` is empty"),
        ({"measure": "actors", "of": "Russia"}, "claims nothing"),
        ({"measure": "tone", "first": {"outlet": "Bell"}}, "belong together"),
        ({"measure": "tone", "of": "Russia", "than": "Russia"}, "two different"),
        ({"measure": "tone", "first": {"place": "x"}, "second": {"place": "y"}}, "'place'"),
    ],
)
def test_a_finding_that_claims_nothing_is_refused(given: dict[str, object], message: str) -> None:
    with pytest.raises(ArgumentError, match=message):
        ak.Finding(**given)  # type: ignore[arg-type]


def test_wrong_arguments_are_named(copied: ak.Collection) -> None:
    finding = ak.Finding("tone")
    with pytest.raises(ArgumentError, match="`units` is 'word'"):
        ak.robustness(copied, finding, units=["word"])
    with pytest.raises(ArgumentError, match="`quotes` is empty"):
        ak.robustness(copied, finding, quotes=[])
    with pytest.raises(ArgumentError, match="`scorers` is empty"):
        ak.robustness(copied, finding, scorers={})
    with pytest.raises(ArgumentError, match="one each is needed"):
        ak.robustness(copied, finding, scorers={"short": lambda texts: told(texts)[:1]})
    with pytest.raises(ArgumentError, match="'Nobody'"):
        ak.robustness(copied, ak.Finding("tone", "Nobody"))
    with pytest.raises(ArgumentError, match="no term lists"):
        ak.robustness(copied, ak.Finding("topics", "war", "food"))
    panel = ak.robustness(copied, finding)
    with pytest.raises(ArgumentError, match="rows 0 to 23"):
        panel.evidence(24)
