"""Term lists as a widget: one press a decision, the file written at once, everything taken back again."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

import analystkit as ak
from analystkit.errors import ArgumentError
from analystkit.widgets import TermEditor

BANKS = "The bank cut its dividend, and shares of its rival number {} fell."
TEAMS = "The coach praised the striker after match number {} in the rain."
YAML = """\
# Ours.
name: Trial
version: 1
topics:
  business:
    - shares  # of companies
  sport:
    - coach
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "topics.yml"
    path.write_text(YAML)
    return path


@pytest.fixture
def news(file: Path) -> ak.Collection:
    texts = [text.format(number) for number in range(12) for text in (BANKS, TEAMS)]
    frame = pd.DataFrame({"text": texts, "outlet": "Lamp"})
    return ak.from_frame(frame, topics=file, progress=False)


def suggested(editor: TermEditor) -> list[str]:
    return [label.partition(":")[0] for label, _ in editor.suggestions.options]


def test_a_press_adds_the_term_writes_it_and_keeps_the_comments(news: ak.Collection, file: Path) -> None:
    editor = TermEditor(news)
    first = suggested(editor)[0]
    assert first.startswith("business ← ")
    term = first.removeprefix("business ← ")
    editor.buttons["a"].click()
    assert file.read_text() == YAML.replace("of companies\n", f"of companies\n    - {term}\n")
    assert first not in suggested(editor)
    assert set(editor.collection.topic_hits["term"]) == {"shares", "coach", term}
    editor.buttons["u"].click()
    assert file.read_text() == YAML
    assert suggested(editor)[0] == first


def test_a_rejected_term_does_not_come_again(news: ak.Collection) -> None:
    editor = TermEditor(news)
    first = suggested(editor)[0]
    editor.buttons["r"].click()
    editor.buttons["l"].click()
    assert first not in suggested(editor)


def test_a_suggestion_shows_its_sentences_with_the_term_marked(news: ak.Collection) -> None:
    editor = TermEditor(news)
    term = suggested(editor)[0].removeprefix("business ← ")
    assert f"<mark>{term}</mark>" in editor.evidence.value.lower()


def test_the_only_term_of_a_topic_cannot_be_dropped(news: ak.Collection, file: Path) -> None:
    editor = TermEditor(news)
    editor.terms.value = ("sport", "coach")
    editor.buttons["d"].click()
    assert "the only one of topic" in editor.fault.value
    assert file.read_text() == YAML


def test_a_term_of_ones_own_is_checked(news: ak.Collection) -> None:
    editor = TermEditor(news)
    editor.into.value, editor.written.value = "sport", "striker* NEAR/5 match"
    editor.add.click()
    assert editor.topics.topics["sport"] == ("coach", "striker* NEAR/5 match")
    editor.written.value = "***"
    editor.add.click()
    assert "wildcards only" in editor.fault.value


def test_a_file_with_other_terms_is_not_overwritten(news: ak.Collection, tmp_path: Path) -> None:
    other = tmp_path / "other.yml"
    other.write_text(YAML.replace("coach", "striker"))
    with pytest.raises(ArgumentError, match="would be overwritten"):
        TermEditor(news, other)


def test_a_collection_without_term_lists_is_refused() -> None:
    with pytest.raises(ArgumentError, match="has no term lists"):
        TermEditor(ak.from_frame(pd.DataFrame({"text": ["One."]}), progress=False))
