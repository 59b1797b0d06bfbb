"""The ledger as a widget: one press a decision, all of them written at once and undone again."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd
import pytest

import analystkit as ak
from analystkit.errors import ArgumentError
from analystkit.widgets import LedgerEditor, show_card
from analystkit.widgets.keys import PRESS_KEYS

TEXTS = [
    "The Northern Sea Board met in Oslo. Ivan Petrov spoke.",
    "NSB ships left. Ivan S. Petrov and Ivan Lee Petrov wept.",
    "Ivan Petrov, mayor of Perm, met the Northern Sea Board.",
]


@pytest.fixture
def news() -> ak.Collection:
    return ak.from_frame(pd.DataFrame({"text": TEXTS, "outlet": "Lamp"}), progress=False)


def pairs(editor: LedgerEditor) -> list[str]:
    return [label.partition(":")[0] for label, _ in editor.proposals.options]


def status(editor: LedgerEditor) -> str:
    return re.sub("<[^>]*>", "", editor.status.value)


def test_a_press_decides_writes_and_goes_on(news: ak.Collection, tmp_path: Path) -> None:
    editor = LedgerEditor(news, tmp_path / "actors.csv")
    assert pairs(editor) == [
        "Ivan Lee Petrov (1) → Ivan Petrov (3)",
        "NSB (1) → Northern Sea Board (2)",
    ]
    editor.buttons["a"].click()
    assert pairs(editor) == ["NSB (1) → Northern Sea Board (2)"]
    assert "1 proposal left, 1 decision; kept in" in status(editor)
    editor.buttons["r"].click()
    assert pairs(editor) == []
    lines = (tmp_path / "actors.csv").read_text().splitlines()
    assert [line.split(",")[1:4] for line in lines[1:]] == [
        ["merge", "Ivan Lee Petrov", "Ivan Petrov"],
        ["reject", "NSB", "Northern Sea Board"],
    ]
    assert set(editor.collection.mentions["actor"]) == {
        "Northern Sea Board",
        "Oslo",
        "Ivan Petrov",
        "NSB",
        "Perm",
    }
    # What the editor leaves out is what the collection would propose.
    assert editor.collection.proposals.empty


def test_undo_brings_lists_counts_and_file_back(news: ak.Collection, tmp_path: Path) -> None:
    editor = LedgerEditor(news, tmp_path / "actors.csv")
    before = (pairs(editor), editor.names.options)
    for key in "ar":
        editor.buttons[key].click()
    for _ in range(2):
        editor.buttons["u"].click()
    assert (pairs(editor), editor.names.options) == before
    pd.testing.assert_frame_equal(editor.collection.mentions, news.mentions)
    assert (tmp_path / "actors.csv").read_text() == "day,action,name,other,kind,note\n"
    assert editor.buttons["u"].disabled


def test_swap_and_never(news: ak.Collection) -> None:
    editor = LedgerEditor(news)
    editor.buttons["s"].click()
    assert "Ivan Lee Petrov" in set(editor.collection.mentions["actor"])
    assert "Ivan Petrov" not in set(editor.collection.mentions["actor"])
    editor.buttons["n"].click()
    assert editor.collection.ledger.decisions[-1].action == "never"


def test_both_names_stand_side_by_side_with_their_sentences(news: ak.Collection) -> None:
    editor = LedgerEditor(news)
    editor.proposals.index = 1
    shown = editor.evidence.value
    assert "<mark>NSB</mark> ships left." in shown
    assert "The <mark>Northern Sea Board</mark> met in Oslo." in shown
    assert "NSB may be Northern Sea Board: its initials." in shown


def test_the_search_narrows_both_lists(news: ak.Collection) -> None:
    editor = LedgerEditor(news)
    editor.search.value = "nsb"
    assert pairs(editor) == ["NSB (1) → Northern Sea Board (2)"]
    assert [value for _, value in editor.names.options] == ["NSB"]


@pytest.mark.parametrize(
    ("field", "value", "line"),
    [
        ("other", "Northern Sea Board", ["merge", "NSB", "Northern Sea Board", ""]),
        ("new_name", "The Board", ["rename", "NSB", "The Board", ""]),
        ("kind", "medium", ["kind", "NSB", "", "medium"]),
    ],
)
def test_an_actor_is_corrected_by_the_form(
    news: ak.Collection, field: str, value: str, line: list[str]
) -> None:
    editor = LedgerEditor(news)
    editor.names.value = "NSB"
    getattr(editor, field).value = value
    editor.apply.click()
    assert list(editor.collection.ledger.decisions[-1][1:5]) == line


def test_a_spelling_is_split_off() -> None:
    collection = ak.from_frame(
        pd.DataFrame({"text": ["Ivan Petrov met Ann Lee. Petrov left."]}), progress=False
    )
    editor = LedgerEditor(collection)
    editor.names.value = "Ivan Petrov"
    assert [value for _, value in editor.spelling.options] == ["", "Ivan Petrov", "Petrov"]
    editor.spelling.value = "Petrov"
    editor.apply.click()
    assert editor.collection.mentions["actor"].tolist() == ["Ivan Petrov", "Ann Lee", "Petrov"]


def test_faults_are_said_and_change_nothing(news: ak.Collection) -> None:
    editor = LedgerEditor(news)
    editor.names.value = "NSB"
    editor.other.value = "Nobody"
    editor.apply.click()
    assert "no actor is called &#x27;Nobody&#x27;" in editor.fault.value
    assert len(editor.collection.ledger) == 0
    editor.other.value = ""
    editor.apply.click()
    assert "Nothing is filled in" in editor.fault.value


def test_a_file_with_other_decisions_is_not_overwritten(news: ak.Collection, tmp_path: Path) -> None:
    path = ak.Ledger().decide("rename", "Oslo", "Christiania").save(tmp_path / "actors.csv")
    with pytest.raises(ArgumentError, match="would be overwritten; load with them first"):
        LedgerEditor(news, path)
    assert len(LedgerEditor(news.with_ledger(path)).collection.ledger) == 1


def test_every_key_told_has_its_button(news: ak.Collection) -> None:
    editor = LedgerEditor(news)
    assert {name for button in editor.buttons.values() for name in button._dom_classes} == {
        f"ak-key-{key}" for key in "asrnu"
    }
    assert PRESS_KEYS in editor.children[0].value


def test_a_card_shows_what_it_says_and_its_tables(news: ak.Collection) -> None:
    view = show_card(ak.actor_card(news, "Ivan Petrov"))
    assert repr(view) == "Ivan Petrov (person) is named in 3 of 3 stories."
    html = view._repr_html_()
    for title in (
        "Under which names does Ivan Petrov stand?",
        "mayor of Perm",
        "How often does each outlet name",
    ):
        assert title in html
