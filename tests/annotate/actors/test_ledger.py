"""Decisions on actors: each can be undone, replays to the same tables, and says so when it finds nothing."""

import subprocess
import sys
from pathlib import Path

import hypothesis.strategies as st
import pandas as pd
import pytest
from hypothesis import given, settings

import analystkit as ak
from analystkit.annotate.actors.ledger import ACTIONS, Decision, Ledger, read_ledger
from analystkit.errors import ArgumentError, LedgerFileError, PathMissingError

DAY = "2024-05-03"


def mentions(*rows: tuple[str, str, str]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["surface", "actor", "kind"], dtype="str")


NAMED = mentions(
    ("Kim Jong-un", "Kim Jong-un", "person"),
    ("Kim", "Kim Jong-un", "person"),
    ("KIM", "Kim Jong-un", "person"),
    ("Kim Tok Hun", "Kim Tok Hun", "person"),
    ("Primorye", "Primorye", "place"),
    ("Primorsky", "Primorsky", "place"),
    ("Jordan", "Jordan", "state"),
    ("Hwasal Board", "Hwasal Board", "person"),
)


def actors(ledger: Ledger) -> list[str]:
    return ledger.apply(NAMED).mentions["actor"].tolist()


def faults(ledger: Ledger) -> list[str]:
    return [fault.reason for fault in ledger.apply(NAMED).faults]


def test_merge_moves_all_mentions_and_takes_the_kind_of_the_other() -> None:
    ledger = Ledger().decide("merge", "Hwasal Board", "Primorsky").decide("merge", "Primorye", "Primorsky")
    done = ledger.apply(NAMED).mentions
    assert done["actor"].tolist()[4:] == ["Primorsky", "Primorsky", "Jordan", "Primorsky"]
    assert done["kind"].tolist()[4:] == ["place", "place", "state", "place"]


def test_split_takes_all_writings_of_a_spelling_out() -> None:
    ledger = Ledger().decide("split", "Kim", "Kim Jong-un")
    assert actors(ledger)[:4] == ["Kim Jong-un", "Kim", "Kim", "Kim Tok Hun"]
    assert Ledger().decide("split", "Kim", "Kim Jong-un", kind="organisation").apply(NAMED).mentions["kind"][
        1
    ] == ("organisation")


def test_rename_and_kind() -> None:
    ledger = (
        Ledger()
        .decide("rename", "Kim Tok Hun", "Premier Kim")
        .decide("kind", "Hwasal Board", kind="organisation")
    )
    done = ledger.apply(NAMED).mentions
    assert done["actor"][3] == "Premier Kim"
    assert done["kind"][7] == "organisation"


def test_never_parts_what_the_linker_joined_and_keeps_it_parted() -> None:
    ledger = Ledger().decide("never", "Kim", "Kim Jong-un")
    assert actors(ledger)[:3] == ["Kim Jong-un", "Kim", "Kim"]
    again = ledger.decide("merge", "Kim", "Kim Jong-un")
    assert actors(again) == actors(ledger)
    assert faults(again) == ["'Kim' and 'Kim Jong-un' are never one (line 2)"]


def test_never_holds_for_those_whom_a_merge_would_bring_together() -> None:
    ledger = Ledger().decide("never", "Primorye", "Kim Tok Hun").decide("merge", "Primorye", "Primorsky")
    assert faults(ledger.decide("merge", "Primorsky", "Kim Tok Hun")) == [
        "'Primorsky' and 'Kim Tok Hun' are never one (line 2)"
    ]


@pytest.mark.parametrize(
    ("decision", "reason"),
    [
        (("merge", "Primorie", "Primorsky"), "no actor is called 'Primorie'; did you mean 'Primorye'?"),
        (("merge", "Primorye", "Zzz"), "no actor is called 'Zzz'"),
        (("rename", "Zzz", "Yyy"), "no actor is called 'Zzz'"),
        (("rename", "Primorye", "Primorsky"), "there is an actor called 'Primorsky' already"),
        (("split", "Zzz", "Jordan"), "'Jordan' is never spelt 'Zzz'"),
        (("never", "Zzz", "Jordan"), "no actor is called 'Zzz'"),
        (("reject", "Jordan", "Zzz"), "no actor is called 'Zzz'"),
    ],
)
def test_what_finds_nothing_is_a_fault_with_a_remedy(decision: tuple[str, str, str], reason: str) -> None:
    applied = Ledger().decide(*decision).apply(NAMED)
    assert [(fault.line, fault.reason) for fault in applied.faults] == [(2, reason)]
    assert applied.faults[0].remedy
    pd.testing.assert_frame_equal(applied.mentions, NAMED)


def test_a_name_that_an_earlier_line_took_away_is_explained() -> None:
    ledger = Ledger().decide("merge", "Primorye", "Primorsky").decide("rename", "Primorye", "Maritime")
    assert faults(ledger) == ["no actor is called 'Primorye' any more (line 2 made it 'Primorsky')"]


def test_the_file_has_one_decision_a_line_and_reads_back(tmp_path: Path) -> None:
    ledger = (
        Ledger()
        .decide("merge", "Primorye", "Primorsky", note='the text says "also known as"', day=DAY)
        .decide("kind", "Hwasal Board", kind="organisation", day=DAY)
    )
    path = ledger.save(tmp_path / "actors.csv")
    assert path.read_text(encoding="utf-8").splitlines() == [
        "day,action,name,other,kind,note",
        f'{DAY},merge,Primorye,Primorsky,,"the text says ""also known as"""',
        f"{DAY},kind,Hwasal Board,,organisation,",
    ]
    assert read_ledger(path) == ledger
    assert read_ledger(path).path == str(path)
    assert read_ledger(path).sha256 == ledger.sha256


def test_a_file_saved_by_a_spreadsheet_reads_the_same(tmp_path: Path) -> None:
    path = tmp_path / "actors.csv"
    path.write_bytes(f"\ufeffday;action;name;other;kind;note\r\n{DAY};merge;A;B;;\r\n;;;;;\r\n".encode())
    assert read_ledger(path).decisions == (Decision(DAY, "merge", "A", "B"),)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a,b\n1,2\n", r"is no ledger: its first line lacks \['day', 'action', 'name', 'other'\]"),
        (
            f"day,action,name,other,kind,note\n{DAY},mrege,A,B,,\n",
            "Line 2 .*`action` is 'mrege'; .*Did you mean 'merge'",
        ),
        ("day,action,name,other,kind,note\n3.5.2024,merge,A,B,,\n", "Line 2 .*`day` is '3.5.2024'"),
        (f"day,action,name,other,kind,note\n{DAY},merge,A,,,\n", "Line 2 .*'merge' needs two names"),
        (f"day,action,name,other,kind,note\n{DAY},kind,A,,human,\n", "Line 2 .*`kind` is 'human'; allowed"),
    ],
)
def test_a_faulty_file_is_refused_by_line(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "actors.csv"
    path.write_text(text)
    with pytest.raises(LedgerFileError, match=message):
        read_ledger(path)


def test_a_missing_file_says_how_to_begin_one(tmp_path: Path) -> None:
    with pytest.raises(PathMissingError, match=r"an empty one is made with ak\.Ledger\(\)\.save"):
        read_ledger(tmp_path / "none.csv")


def test_wrong_arguments_are_named() -> None:
    with pytest.raises(ArgumentError, match="`other` is empty; 'rename' needs two names"):
        Ledger().decide("rename", "A")
    with pytest.raises(ArgumentError, match="are both 'A'"):
        Ledger().decide("merge", "A", "A")
    with pytest.raises(ArgumentError, match=r"`n` is 2; the ledger holds 1 decision"):
        Ledger().decide("merge", "A", "B").undo(2)
    with pytest.raises(ArgumentError, match="is empty and the ledger has none"):
        Ledger().save()


NAMES = st.sampled_from([*NAMED["surface"], "Zzz"])
DECISIONS = st.lists(
    st.tuples(st.sampled_from(sorted(ACTIONS)), NAMES, NAMES).filter(lambda cells: cells[1] != cells[2]),
    max_size=8,
)
TEXTS = [
    "North Korean leader Kim Jong-un met Premier Kim Tok Hun. Kim Jong-un smiled.",
    "Oleg Kozhemyako, governor of Primorsky, also known as Primorye, met Kim Jong-un. Kozhemyako left Jordan.",
    "The Hwasal Board (HB) met in Primorsky. The HB thanked Kim Jong Un.",
]


def decided(collection: ak.Collection, steps: list[tuple[str, str, str]]) -> ak.Collection:
    ledger = collection.ledger
    for action, name, other in steps:
        ledger = ledger.decide(action, name, other, kind="place" if action == "kind" else "", day=DAY)
    return collection.with_ledger(ledger)


@settings(max_examples=60, deadline=None)
@given(steps=DECISIONS)
def test_any_decisions_undone_give_the_same_tables(steps: list[tuple[str, str, str]]) -> None:
    collection = ak.from_frame(pd.DataFrame({"text": TEXTS}), progress=False)
    after = decided(collection, steps)
    assert len(after.mentions) == len(collection.mentions)
    back = after.undo(len(steps)) if steps else after
    pd.testing.assert_frame_equal(back.mentions, collection.mentions)
    pd.testing.assert_frame_equal(back.proposals, collection.proposals)
    pd.testing.assert_frame_equal(
        ak.actor_frequency(back, by="outlet").table, ak.actor_frequency(collection, by="outlet").table
    )


@settings(max_examples=60, deadline=None)
@given(steps=DECISIONS)
def test_a_file_replays_to_the_same_tables_and_settled_pairs(steps: list[tuple[str, str, str]]) -> None:
    ledger = Ledger()
    for action, name, other in steps:
        ledger = ledger.decide(action, name, other, kind="place" if action == "kind" else "", day=DAY)
    import csv
    import io

    again = Ledger(tuple(Decision(*row) for row in list(csv.reader(io.StringIO(ledger.to_csv())))[1:]))
    one, other = ledger.apply(NAMED), again.apply(NAMED)
    pd.testing.assert_frame_equal(one.mentions, other.mentions)
    assert one.settled == other.settled
    # Rows in another order give the same actors.
    back = ledger.apply(NAMED.iloc[::-1]).mentions.iloc[::-1]
    pd.testing.assert_frame_equal(one.mentions, back)


def test_a_new_process_replays_to_the_same_table(tmp_path: Path) -> None:
    folder = tmp_path / "news"
    folder.mkdir()
    for number, text in enumerate(TEXTS):
        (folder / f"{number}.txt").write_text(
            f"Headline number {number}\n\n{text}\n" + "It rained for days. " * 8
        )
    # A ledger that lies among the news is not read as news.
    ledger = Ledger().decide("rename", "Kim Jong-un", "Chairman Kim", day=DAY).save(folder / "actors.csv")
    collection = ak.load(folder, ledger=ledger, progress=False)
    assert len(collection) == 3
    assert "Chairman Kim" in set(collection.mentions["actor"])
    code = (
        "import sys, analystkit as ak; c = ak.load(sys.argv[1], ledger=sys.argv[2], progress=False, cache=False);"
        " sys.stdout.write(c.mentions.to_csv(index=False))"
    )
    run = subprocess.run(
        [sys.executable, "-c", code, str(folder), str(ledger)], capture_output=True, text=True, check=True
    )
    assert run.stdout == collection.mentions.to_csv(index=False)


def test_decisions_on_a_collection_return_new_ones_and_undo_restores_counts() -> None:
    collection = ak.from_frame(pd.DataFrame({"text": TEXTS}), progress=False)
    before = ak.actor_frequency(collection).table
    renamed = collection.decide("rename", "Hwasal Board", "HB Board", note="as they call themselves")
    assert "HB Board" in set(renamed.mentions["actor"])
    assert "HB Board" not in set(collection.mentions["actor"])
    pd.testing.assert_frame_equal(ak.actor_frequency(renamed.undo()).table, before)
    with pytest.raises(ArgumentError, match="'Zzz is Jordan' cannot be: no actor is called 'Zzz'"):
        collection.decide("merge", "Zzz", "Jordan")


def test_a_filtered_collection_follows_the_new_names() -> None:
    collection = ak.from_frame(pd.DataFrame({"text": TEXTS}), progress=False).filter(actor="Oleg Kozhemyako")
    renamed = collection.decide("rename", "Oleg Kozhemyako", "The Governor")
    assert renamed.filters == ({"actor": ["The Governor"]},)
    assert len(renamed) == 1
    assert "The Governor" in set(renamed.unfiltered.mentions["actor"])


def test_a_ledger_line_that_finds_nothing_is_among_the_problems(tmp_path: Path) -> None:
    path = Ledger().decide("merge", "Nobody", "Jordan").save(tmp_path / "actors.csv")
    problems = ak.from_frame(pd.DataFrame({"text": TEXTS}), ledger=path, progress=False).problems
    row = problems.iloc[-1]
    assert (row["path"], row["where"], row["severity"]) == (str(path), "line 2", "warning")
    assert row["reason"] == "no actor is called 'Nobody'"
    assert row["remedy"] == "correct the name, or delete the line if these texts no longer name it"
