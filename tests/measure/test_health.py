"""What should be known of a collection first: each number by hand, each open to its articles."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

import analystkit as ak
from analystkit.errors import ArgumentError, ProblemsWarning
from analystkit.measure import Answer


def told(answer: Answer, what: str) -> dict[str, int]:
    own = answer.table[answer.table["what"] == what]
    return dict(zip(own["value"].tolist(), own["n"].tolist(), strict=True))


def note_of(answer: Answer, what: str, value: str) -> str:
    table = answer.table
    return str(table.loc[(table["what"] == what) & (table["value"] == value), "note"].item())


def test_each_number_is_as_many_articles(collection: ak.Collection) -> None:
    answer = ak.collection_health(collection)
    assert not answer.table.duplicated(["what", "value"]).any()
    for row in answer.table.to_dict("records"):
        units = answer.evidence(what=row["what"], value=row["value"])
        assert len(units) == row["n"] == units["article_id"].nunique()
        assert row["denominator"] == 6
        assert row["share"] == row["n"] / 6


def test_dates_outlets_gaps_languages_and_copies_are_counted(collection: ak.Collection) -> None:
    answer = ak.collection_health(collection)
    assert told(answer, "collection") == {"articles": 6, "copies of another": 1}
    # From 5 January to 9 March 2024 there are 65 days.
    assert note_of(answer, "collection", "articles").endswith("on 5 of 65 days")
    copy = answer.evidence(what="collection", value="copies of another")
    assert copy["title"].tolist() == ["Good talks"]
    assert told(answer, "date") == {"from meta": 5, "undated": 1}
    assert answer.evidence(what="date", value="undated")["title"].tolist() == ["Fish"]
    assert told(answer, "outlet") == {"Bell": 3, "Lamp": 3}
    assert note_of(answer, "outlet", "Bell") == (
        "3 stories, 2024-01-06 to 2024-03-09, in 2 of 3 months, longest gap 62 days"
    )
    assert told(answer, "gap") == {"2024-01-07 to 2024-01-19": 0, "2024-01-21 to 2024-03-01": 0}
    assert told(answer, "busiest day") == {}
    assert told(answer, "language") == {"not stated": 6}
    assert told(answer, "length") == {"1 to 49 words": 6}
    assert answer.sentences(what="outlet", value="Lamp")["marks"].tolist() == [((0, 0),)] * 3


def test_among_many_gaps_only_those_beyond_the_usual_count() -> None:
    # Weekly, but for four weeks left out: the usual gap is six days, this one is 34.
    days = pd.date_range("2024-01-01", periods=20, freq="7D").delete(slice(10, 14))
    frame = pd.DataFrame({"text": [f"Text {i}." for i in range(16)], "date": days})
    answer = ak.collection_health(ak.from_frame(frame, progress=False))
    assert told(answer, "gap") == {"2024-03-05 to 2024-04-07": 0}
    assert note_of(answer, "gap", "2024-03-05 to 2024-04-07").startswith("34 days without an article")


def page(below: str = "", day: str = "3 May 2024") -> str:
    return "\n\n".join(
        [
            "Ministers meet in Oslo",
            "By Ann Reporter",
            day,
            "The ministers of two countries met in Oslo on Friday to talk about fish.",
            "They will meet again in June, the host said.",
            below,
        ]
    )


def load(folder: Path) -> ak.Collection:
    with pytest.warns(ProblemsWarning):
        return ak.load(folder, progress=False)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A page with a year-old list below it, one whose name says another day, a CSV of such a name, a broken file."""
    place = tmp_path / "pages"
    place.mkdir()
    (place / "a.txt").write_text(
        page("Most read\n\nFerry sinks, 6 June 2025\n\nWinners of 2031"), encoding="utf-8"
    )
    (place / "2024-05-09-b.txt").write_text(
        page(day="5 May 2024").replace("Oslo", "Bergen"), encoding="utf-8"
    )
    rows = pd.DataFrame(
        {"text": ["One.", "One two."], "date": ["2024-05-03", "2024-05-04"], "outlet": "Lamp"}
    )
    rows.to_csv(place / "export-2019-01-01.csv", index=False)
    (place / "photo.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(20))
    return place


def test_pages_tell_what_was_kept_out_what_is_newer_and_which_dates_disagree(folder: Path) -> None:
    collection = load(folder)
    answer = ak.collection_health(collection)
    # The name of the export is not the day of its two articles.
    assert told(answer, "date") == {
        "from meta": 2,
        "from dateline": 2,
        "contradicted by the name of the file": 1,
    }
    wrong = answer.evidence(what="date", value="contradicted by the name of the file")
    assert wrong["title"].tolist() == ["Ministers meet in Bergen"]
    assert told(answer, "look at") == {"lines newer than the article": 1}
    assert note_of(answer, "look at", "lines newer than the article") == "2 lines"
    assert told(answer, "kept out")["byline"] == 2
    assert note_of(answer, "kept out", "byline").startswith("2 lines, 6 words, ")
    assert told(answer, "format") == {"csv": 2, "text": 2}
    assert told(answer, "length") == {"1 to 49 words": 4}
    error = "error: not text: a picture, for which there is no reader"
    assert told(answer, "problem")[error] == 0
    assert note_of(answer, "problem", error).startswith("photo.png: only text can be read")


def test_what_the_analyst_decided_is_counted(folder: Path) -> None:
    collection = load(folder).put_back("Winners of 2031")
    answer = ak.collection_health(collection)
    assert told(answer, "by hand") == {"lines decided on": 1}
    assert answer.evidence(what="by hand", value="lines decided on")["article_id"].nunique() == 1
    assert note_of(answer, "look at", "lines newer than the article") == "1 line"


def test_alike_problems_are_told_together(tmp_path: Path) -> None:
    for name in "abc":
        (tmp_path / f"{name}.txt").write_text("")
    (tmp_path / "d.txt").write_text(page(), encoding="utf-8")
    answer = ak.collection_health(load(tmp_path))
    assert told(answer, "problem") == {
        "error: the file is empty": 0,
        "note: only … words of text: is it behind a paywall, or a teaser?": 1,
    }
    assert note_of(answer, "problem", "error: the file is empty") == "a.txt, b.txt and 1 more: save it again"


def test_nothing_is_healthy() -> None:
    answer = ak.collection_health(ak.from_frame(pd.DataFrame({"text": []}), progress=False))
    assert answer.table["n"].tolist() == [0, 0]


def test_unlike_things_are_not_drawn(collection: ak.Collection) -> None:
    with pytest.raises(ArgumentError, match="no one picture shows; draw `coverage`"):
        ak.plot_ranking(ak.collection_health(collection))
