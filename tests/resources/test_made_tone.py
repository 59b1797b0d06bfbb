"""Sentences that the model of tone towards a target is trained on: made from patterns, or left for a teacher to judge."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from analystkit.resources import unjudged
from analystkit.resources.made_tone import Judged, make_sentences
from analystkit.resources.unjudged import Unjudged, changed, marked_targets, other_targets


def test_patterns_give_each_slot_its_tone_at_its_place(tmp_path: Path) -> None:
    path = tmp_path / "patterns.txt"
    path.write_text("# A comment.\n0 - | A blamed B.\n. + | [Only|] B won .\n", encoding="utf-8")
    made = make_sentences(path, each=3)
    assert {item.label for item in made} == {0, -1, 1}
    around = {
        (item.label, item.text[: item.start].split(" ")[-2:][0], item.text[item.end :][:7]) for item in made
    }
    assert {found for found in around if found[0] != -1} == {
        (0, "", " blamed"),
        (1, "", " won."),
        (1, "Only", " won."),
    }
    assert {found for found in around if found[0] == -1} == {(-1, "blamed", ".")}


def test_a_class_stands_for_its_words_and_many_get_their_verb(tmp_path: Path) -> None:
    path = tmp_path / "patterns.txt"
    path.write_text("- . | A was {accuse d} [today].\n", encoding="utf-8")
    made = make_sentences(path, each=60)
    assert len({item.text[item.end :] for item in made}) > 20
    verbs = {item.text[: item.end]: item.text[item.end :].split()[0] for item in made}
    assert (verbs["Militants"], verbs["The company"]) == ("were", "was")


def test_the_other_names_of_a_judged_sentence_are_targets_too() -> None:
    text = "On Monday, Ann Lee accused Bob of theft, said Cy."
    sentences = [Judged(text, 27, 30, -1)]
    assert [text[start:end] for _, start, end in other_targets(sentences)] == ["Monday", "Ann Lee", "Cy"]


def test_each_line_gives_its_marked_actors(tmp_path: Path) -> None:
    text = "Ann Lee met the mayor of the town.\nShort. Bob\n"
    entities = [{"start": 0, "end": 7, "type": "PERSON"}, {"start": 42, "end": 45, "type": "PERSON"}]
    line = json.dumps({"doc_id": "a", "text": text, "entities": entities})
    (tmp_path / "actors_own.jsonl").write_text(line + "\n", encoding="utf-8")
    assert marked_targets(tmp_path) == [Unjudged("Ann Lee met the mayor of the town.", 0, 7)]


def test_words_change_for_those_nearest_and_the_target_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unjudged, "_NEAREST", 1)
    monkeypatch.setattr(unjudged, "_CHANGES", ((0.5, 0.0),))
    words = ["blamed", "mocked", "song", "tune"]
    vectors = np.array([[1, 0], [1, 0.1], [0, 1], [0.1, 1]], np.float32)
    sentence = Judged("They blamed blamed for the song, the song.", 12, 18, -1)
    made = changed([sentence] * 40, words, vectors)
    assert all(item.text[item.start : item.end] == "blamed" for item in made)
    assert {item.text[: item.start] for item in made} == {"They blamed ", "They mocked "}
    assert {item.text[item.end :] for item in made} == {
        f" for the {first}, the {second}." for first in ("song", "tune") for second in ("song", "tune")
    }
