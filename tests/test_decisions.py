"""A line that was kept out can be put back, one can be taken out; it replays, it can be undone, and nothing is lost."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

import pandas as pd
import pytest

import analystkit as ak
from analystkit.cli import main
from analystkit.errors import ArgumentError, DecisionFileError, MissingColumnError, PathMissingError
from analystkit.read.decisions import as_decisions, to_csv
from analystkit.report.verify import read_manifest

LOST = "Russia asks Japan for rice"
APART = "Ten ways to boil an egg"


def page(place: str, *below: str) -> str:
    """Return a page: 25 words of article in two paragraphs, then a label and what stands below."""
    return "\n\n".join(
        [
            "Pier Gazette",
            f"Ministers meet in {place}",
            "By Ann Reporter",
            "3 May 2024",
            f"The ministers of two countries met in {place} on Friday to talk about fish.",
            f"They will meet again in June, the host in {place} said.",
            "Most read",
            *below,
        ]
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "pages"
    place.mkdir()
    (place / "oslo.txt").write_text(page("Oslo", APART, LOST), encoding="utf-8")
    (place / "bergen.txt").write_text(page("Bergen", APART), encoding="utf-8")
    return place


def load(folder: Path, **options: object) -> ak.Collection:
    return ak.load(folder, progress=False, **options)  # type: ignore[arg-type]


def article_of(collection: ak.Collection, name: str) -> pd.Series:
    return collection.articles.set_index("path").loc[name]


def rows_of(collection: ak.Collection) -> list[dict[str, str]]:
    return [{str(k): v for k, v in row.items()} for row in collection.decisions.to_dict("records")]


def assert_same(one: ak.Collection, other: ak.Collection) -> None:
    for name in ("articles", "zones", "problems", "sentences", "mentions"):
        pd.testing.assert_frame_equal(getattr(one, name), getattr(other, name))


def test_a_line_put_back_is_counted_and_undone_it_is_not(folder: Path) -> None:
    read = load(folder)
    before = ak.actor_frequency(read, count="mentions").table
    assert "Japan" not in before["actor"].tolist()
    decided = read.put_back(LOST, note="part of the interview")
    oslo = article_of(decided, "oslo.txt")
    assert oslo["body"].endswith(f"said.\n{LOST}")
    # 25 words and the 5 of the line.
    assert (article_of(read, "oslo.txt")["n_words"], oslo["n_words"]) == (25, 30)
    after = ak.actor_frequency(decided, count="mentions").table.set_index("actor")["n"]
    assert (after["Japan"], after["Russia"]) == (1, 1)
    line = decided.zones[decided.zones["text"] == LOST].iloc[0]
    assert line["zone"] == "body"
    assert line["reason"] == (
        "the analyst's decision: part of the interview (furniture before: below the end of the article)"
    )
    assert oslo["article_id"] == article_of(read, "oslo.txt")["article_id"]
    back = decided.undo_line()
    assert_same(back, read)
    pd.testing.assert_frame_equal(ak.actor_frequency(back, count="mentions").table, before)
    assert len(read.decisions) == 0


def test_a_line_taken_out_is_furniture_and_a_title_can_be_given(folder: Path) -> None:
    read = load(folder)
    last = "They will meet again in June, the host in Oslo said."
    decided = read.remove(last).retype(
        "Pier Gazette", "title", article=article_of(read, "oslo.txt")["article_id"]
    )
    oslo = article_of(decided, "oslo.txt")
    assert oslo["body"] == "The ministers of two countries met in Oslo on Friday to talk about fish."
    assert (oslo["n_words"], oslo["title"]) == (14, "Pier Gazette")
    assert article_of(decided, "bergen.txt")["title"] == "Ministers meet in Bergen"
    assert article_of(decided.undo_line(), "oslo.txt")["title"] == "Ministers meet in Oslo"


def test_a_decision_on_an_outlet_holds_on_all_its_pages(folder: Path) -> None:
    read = load(folder, outlet="Pier")
    with pytest.raises(ArgumentError, match=r"a line of 2 articles; say article=\.\.\. or outlet=\.\.\."):
        read.put_back(APART)
    decided = read.put_back(APART, outlet="Pier")
    assert (decided.articles["n_words"] - read.articles["n_words"]).tolist() == [6, 6]
    (row,) = rows_of(decided)
    assert (row["outlet"], row["sha256"], row["was"]) == ("Pier", "", "furniture")


def test_the_decision_that_gives_a_line_its_own_zone_takes_the_other_back(folder: Path) -> None:
    read = load(folder, outlet="Pier")
    assert_same(read.put_back(LOST).remove(LOST), read)
    assert len(read.put_back(LOST).remove(LOST).decisions) == 0
    oslo = article_of(read, "oslo.txt")["article_id"]
    # Against a decision on all pages it must be said.
    decided = read.put_back(APART, outlet="Pier").remove(APART, article=oslo)
    assert decided.decisions["zone"].tolist() == ["body", "furniture"]
    assert (decided.articles["n_words"] - read.articles["n_words"]).tolist() == [6, 0]
    assert decided.problems["reason"].tolist()[-1] == (
        f"row 3 decides on the same line ({APART!r}), and the later holds"
    )
    assert_same(decided.undo_line(APART), read)


def test_one_of_equal_lines_is_told_by_its_number(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(page("Oslo", APART, "Weather", APART), encoding="utf-8")
    read = load(tmp_path)
    decided = read.put_back(APART, nth=2)
    lines = decided.zones[decided.zones["text"] == APART]
    assert lines["zone"].tolist() == ["furniture", "body"]
    assert article_of(read.put_back(APART), "a.txt")["n_words"] == article_of(decided, "a.txt")["n_words"] + 6


def test_the_file_in_the_folder_replays_wherever_it_lies_and_is_no_article(
    folder: Path, tmp_path: Path
) -> None:
    decided = load(folder).put_back(LOST)
    assert decided.save_decisions() == folder / "line-decisions.csv"
    assert_same(load(folder), decided)
    moved = tmp_path / "elsewhere"
    shutil.copytree(folder, moved)
    (moved / "narvik.txt").write_text(page("Narvik"), encoding="utf-8")
    (moved / "oslo.txt").rename(moved / "z.txt")
    assert article_of(load(moved), "z.txt")["body"] == article_of(decided, "oslo.txt")["body"]
    # Undone and saved, the file stays with its heads alone.
    load(folder).undo_line().save_decisions()
    assert (folder / "line-decisions.csv").read_text().count("\n") == 1
    assert len(load(folder)) == 2
    load(folder).put_back(LOST).save_decisions()
    assert article_of(load(folder, decisions=False), "oslo.txt")["n_words"] == 25


def test_the_file_may_lie_beside_the_folder_or_be_named(folder: Path, tmp_path: Path) -> None:
    decided = load(folder).put_back(LOST)
    beside = decided.save_decisions(tmp_path / "pages.line-decisions.csv")
    assert_same(load(folder), decided)
    assert load(folder).put_back(APART, article=decided.articles["article_id"][0]).save_decisions() == beside
    named = tmp_path / "mine.csv"
    decided.save_decisions(named)
    beside.unlink()
    assert article_of(load(folder, decisions=named), "oslo.txt")["n_words"] == 30
    assert_same(load(folder, decisions=decided.decisions), decided)
    # A spreadsheet may have written it anew.
    named.write_text("\ufeff" + to_csv(decided.decisions).replace(",", ";"), encoding="utf-8")
    assert article_of(load(folder, decisions=named), "oslo.txt")["n_words"] == 30


def test_a_file_of_decisions_below_the_folder_is_told_of(folder: Path, tmp_path: Path) -> None:
    load(folder).put_back(LOST).save_decisions()
    read = load(tmp_path)
    assert read.problems[["path", "severity"]].to_numpy().tolist()[0] == ["pages/line-decisions.csv", "note"]
    assert "load the folder it lies in" in read.problems["remedy"][0]
    assert len(read) == 2


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"text": "Gone"}, "the decision on the line 'Gone' is not used: oslo.txt has no such line"),
        ({"sha256": "0" * 64}, "oslo.txt was changed since"),
        ({"sha256": "0" * 64, "path": "x.txt"}, "x.txt is not among the files"),
        ({"sha256": "", "outlet": "Lamp"}, "there is no outlet 'Lamp'"),
        ({"sha256": "", "outlet": "Pier", "text": "Gone"}, "no page of 'Pier' has it"),
        ({"sha256": ""}, "names neither a file (sha256) nor an outlet"),
        ({"zone": "bdy"}, "'bdy' is no zone; the row is not used"),
    ],
)
def test_a_decision_that_finds_nothing_is_a_problem_with_a_remedy(
    folder: Path, change: dict[str, str], said: str
) -> None:
    read = load(folder, outlet="Pier")
    (row,) = rows_of(read.put_back(LOST))
    decided = load(folder, outlet="Pier", decisions=pd.DataFrame([{**row, **change}]))
    (problem,) = decided.problems.to_dict("records")
    assert said in problem["reason"]
    assert (problem["path"], problem["where"], problem["severity"]) == (
        "line-decisions.csv",
        "row 2",
        "warning",
    )
    assert problem["remedy"]
    pd.testing.assert_frame_equal(decided.articles, read.articles)


def test_a_row_of_a_table_is_decided_on_alone(tmp_path: Path) -> None:
    text = "SEOUL (Yonhap) - They met."
    pd.DataFrame({"text": [text, text + " Again."], "outlet": "Lamp"}).to_csv(tmp_path / "a.csv", index=False)
    read = load(tmp_path)
    decided = read.put_back("SEOUL (Yonhap) -", article=read.articles["article_id"][1])
    assert decided.articles["n_words"].tolist() == [2, 5]
    assert_same(load(tmp_path, decisions=decided.decisions), decided)


def test_filters_and_topics_stay_in_force(collection: ak.Collection) -> None:
    line = "Norway caught fish. " + " ".join(f"norwaycaught{i}" for i in range(40)) + "."
    fish = collection.articles["article_id"][collection.articles["body"].str.contains("Norway")].iloc[0]
    bell = collection.filter(outlet="Bell").remove(collection.articles.set_index("article_id")["body"][fish])
    assert bell.filters == ({"outlet": ["Bell"]},)
    assert len(bell) == 3
    food = ak.topic_frequency(bell).table.set_index("topic")["n"]
    assert food["food"] == 0
    assert ak.topic_frequency(bell.undo_line()).table.set_index("topic")["n"]["food"] == 1
    assert line.startswith("Norway")


def test_what_is_asked_wrongly_is_answered_with_the_way_out(folder: Path, tmp_path: Path) -> None:
    read = load(folder)
    with pytest.raises(
        ArgumentError, match=r"there is no such line\. Did you mean 'Ten ways to boil an egg'"
    ):
        read.put_back("Ten ways to boil eggs")
    with pytest.raises(ArgumentError, match="`zone` is 'bdy'"):
        read.retype(LOST, "bdy")
    with pytest.raises(ArgumentError, match="`article` is 'a0'"):
        read.put_back(LOST, article="a0")
    with pytest.raises(PathMissingError, match=r"There is no file 'none\.csv'"):
        load(folder, decisions="none.csv")
    with pytest.raises(ArgumentError, match="give a CSV file, a table, True or False"):
        load(folder, decisions=3)
    with pytest.raises(MissingColumnError, match="'zone'"):
        as_decisions(pd.DataFrame({"text": ["a"]}))
    frame = pd.DataFrame({"text": ["One. Two."]})
    with pytest.raises(ArgumentError, match="give a path"):
        ak.from_frame(frame, progress=False).remove("One. Two.").save_decisions()
    broken = tmp_path / "broken.csv"
    broken.write_text("nothing,here\n1,2\n")
    with pytest.raises(
        DecisionFileError, match=r"broken.csv' holds no decisions on lines .* mend or delete it"
    ):
        load(folder, decisions=broken)


def test_what_another_wrote_is_not_overwritten(folder: Path) -> None:
    mine = load(folder).put_back(LOST)
    load(folder).put_back(APART, article=mine.articles["article_id"][0]).save_decisions()
    with pytest.raises(DecisionFileError, match="was changed since it was read; load again"):
        mine.save_decisions()


def test_a_report_names_the_file_and_verify_replays_it(folder: Path, tmp_path: Path) -> None:
    collection = load(folder).put_back(LOST)
    path = collection.save_decisions()
    report = ak.write_report(collection, tmp_path / "brief.html")
    text = report.read_text(encoding="utf-8")
    assert "1 decision of the analyst on lines of pages, kept in line-decisions.csv" in text
    assert hashlib.sha256(path.read_bytes()).hexdigest() in text
    assert ak.verify_report(report, folder) == []
    assert main(["verify", str(report), str(folder)]) == 0
    kept = path.rename(tmp_path / "kept.csv")
    assert ak.verify_report(report, folder) == [
        "The file line-decisions.csv is missing; its decisions on lines were taken from the report."
    ]
    assert ak.verify_report(report, folder, decisions=kept) == []
    path.write_text(kept.read_text().replace(",body,", ",subhead,"))
    assert ak.verify_report(report, folder) == [
        "The file line-decisions.csv was changed since; its decisions on lines were taken from the report."
    ]


def test_a_report_without_decisions_tells_of_a_file_that_is_new(folder: Path, tmp_path: Path) -> None:
    collection = load(folder)
    report = ak.write_report(collection, tmp_path / "brief.html")
    unsaved = ak.write_report(collection.put_back(LOST), tmp_path / "unsaved.html")
    # What was never written to a file is in the report alone.
    assert ak.verify_report(unsaved, folder) == []
    collection.put_back(LOST).save_decisions()
    assert ak.verify_report(report, folder) == ["The file line-decisions.csv is new."]


def test_the_command_line_takes_the_file_or_another(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    named = load(folder).put_back(LOST).save_decisions(tmp_path / "mine.csv")
    report = tmp_path / "brief.html"
    assert main(["report", str(folder), "-o", str(report), "--decisions", str(named)]) == 0
    assert main(["verify", str(report), str(folder), "--decisions", str(named)]) == 0
    assert main(["load", str(folder), "--decisions", "none.csv"]) == 2
    assert "There is no file 'none.csv'" in capsys.readouterr().err


def counts(collection: ak.Collection) -> dict[str, int]:
    table = ak.actor_frequency(collection, count="mentions").table
    return dict(zip(table["actor"], table["n"].tolist(), strict=True))


def test_a_line_is_put_back_under_a_ledger_and_each_is_undone_in_turn(folder: Path) -> None:
    read = load(folder)
    with_line = read.put_back(LOST)
    assert counts(with_line) == {"Oslo": 2, "Bergen": 2, "Japan": 1, "Russia": 1}
    # Norway is no actor here before the ledger calls Oslo so; the line that comes and goes does not touch that.
    ledger = read.ledger.decide("rename", "Oslo", "Norway", day="2024-05-04")
    under = read.with_ledger(ledger)
    both = under.put_back(LOST).decide("merge", "Japan", "Russia", day="2024-05-04").with_capitals()
    assert (len(both.ledger), len(both.decisions), both.capitals) == (2, 1, True)
    both = both.with_capitals(False)
    assert counts(both) == {"Norway": 2, "Bergen": 2, "Russia": 2}
    # The line first: its actors are gone, and the ledger says that its second line finds nothing.
    without = both.undo_line()
    assert counts(without) == {"Norway": 2, "Bergen": 2}
    assert (len(without.ledger), len(without.decisions)) == (2, 0)
    assert "no actor is called 'Japan'" in without.problems["reason"].tolist()[-1]
    assert_same(without.undo(), under)
    assert_same(without.undo(2), read)
    # The ledger first: the line stays.
    assert_same(both.undo(2), with_line)
    assert_same(both.undo(2).undo_line(), read)
    assert_same(both.undo().undo_line().undo(), read)


def test_filters_topics_and_file_outlast_decisions_of_both_kinds(folder: Path) -> None:
    read = load(folder).with_topics({"topics": {"fish": ["fish"]}})
    shown = read.filter(actor="Oslo").decide("rename", "Oslo", "Norway").put_back(LOST)
    assert shown.filters == ({"actor": ["Norway"]},)
    assert (len(shown), len(shown.unfiltered), len(shown.topic_hits)) == (1, 2, 1)
    assert shown.unfiltered.topic_hits["article_id"].nunique() == 2
    assert counts(shown) == {"Norway": 2, "Japan": 1, "Russia": 1}
    assert shown.save_decisions() == folder / "line-decisions.csv"
    again = load(folder, ledger=shown.ledger).filter(actor="Norway")
    assert_same(again, shown)
    undecided = load(folder, decisions=False).filter(actor="Oslo")
    assert_same(again.undo_line().undo(), undecided)


def test_a_filter_by_actor_after_another_follows_the_ledger() -> None:
    frame = pd.DataFrame(
        {"text": ["Russia met Japan.", "Japan left.", "Russia spoke."], "outlet": ["Pier", "Lamp", "Pier"]}
    )
    shown = ak.from_frame(frame, progress=False).filter(outlet="Pier").filter(actor="Japan")
    decided = shown.decide("merge", "Japan", "Russia")
    # Two of the three articles of Pier name what is called Russia now.
    assert (len(decided), decided.filters[1]) == (2, {"actor": ["Russia"]})


def test_a_report_made_under_both_is_made_again_from_the_raw_files(folder: Path, tmp_path: Path) -> None:
    decided = load(folder).put_back(LOST).decide("merge", "Japan", "Russia")
    decided.save_decisions()
    decided.ledger.save(folder / "actors.csv")
    read = load(folder, ledger=folder / "actors.csv")
    assert_same(read, decided)
    path = ak.write_report(read, tmp_path / "brief.html", cards="Russia")
    manifest = read_manifest(path.read_text(encoding="utf-8"))
    assert manifest["decisions"]["path"] == "line-decisions.csv"
    assert manifest["parameters"]["ledger"]["name"] == "actors.csv"
    assert ak.verify_report(path, folder) == []
    (folder / "line-decisions.csv").unlink()
    assert ak.verify_report(path, folder) == [
        "The file line-decisions.csv is missing; its decisions on lines were taken from the report."
    ]
