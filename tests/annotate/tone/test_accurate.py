"""The model "accurate": what it is told of each piece, and that it judges a sentence by itself."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("onnxruntime", reason='the model "accurate" needs: pip install "analystkit[accurate]"')

import analystkit as ak
from analystkit.annotate.actors.encoder import WINDOW, word_vectors
from analystkit.annotate.tone.accurate import FEATURES, Sentence, judge, sentences

TEXT = "Ruritania condemned Graustark for the attack."


def sentence(text: str, target: str) -> Sentence:
    start = text.index(target)
    return next(sentences([text], [(start, start + len(target))]))


def column(text: str, target: str, feature: str) -> list[int]:
    return [int(value) for value in sentence(text, target).told[:, list(FEATURES).index(feature)]]


def test_who_condemns_and_who_is_condemned_are_told_apart() -> None:
    frame = ak.tone_towards([TEXT, TEXT], [(0, 9), (20, 29)], model="accurate", sure=0)
    assert frame["label"].tolist() == ["neutral", "negative"]


def test_four_of_five_sentences_with_holder_and_target_are_right() -> None:
    """They were written before there was a model, and are in no training text; 45 of the 50 is the aim."""
    with Path(__file__).with_name("holder_and_target.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    starts = [row["text"].index(row["target"]) for row in rows]
    spans = [(start, start + len(row["target"])) for start, row in zip(starts, rows, strict=True)]
    told = judge([row["text"] for row in rows], spans).argmax(axis=1) - 1
    wrong = [row["text"] for row, label in zip(rows, told, strict=True) if label != int(row["label"])]
    assert len(wrong) <= 10, wrong


def test_a_sentence_is_judged_alike_alone_and_among_others() -> None:
    others = ["Ann lied.", "It was a good plan, said Ann, and all who heard of it praised her at length."]
    spans = [(0, 3), (25, 28)]
    among = judge([*others * 200, TEXT, *others], [*spans * 200, (20, 29), *spans])
    np.testing.assert_array_equal(among[400], judge([TEXT], [(20, 29)])[0])
    assert among.shape == (403, 3)


def test_a_name_says_next_to_nothing_by_itself() -> None:
    names = ("Hansen", "Hitler", "Gandhi", "Clinton")
    chances = judge([f"{name} arrived on Monday." for name in names], [(0, len(name)) for name in names])
    assert (chances.argmax(axis=1) == 1).all()
    assert np.ptp(chances, axis=0).max() < 0.1


def test_the_target_names_and_the_name_of_the_target_elsewhere_are_marked() -> None:
    # Piece by piece: 1 the target, 2 another name, 3 the name of the target once more, 0 other words.
    assert column("Ann saw Bob, and Ann left.", "Ann", "part") == [1, 0, 2, 0, 0, 3, 0, 0]


def test_distance_is_counted_in_words_and_in_classes() -> None:
    # 6 is the target, then 1, 2, 3-4 words off, each side by itself.
    assert column("we all saw Ann go home at last", "Ann", "distance") == [3, 4, 5, 6, 7, 8, 9, 9]


def test_negation_and_quotation_marks_are_told() -> None:
    # 2 behind a negation, up to the next comma
    assert column("Ann did not lie, she said", "Ann", "said") == [0, 0, 0, 2, 0, 0, 0]
    assert column("Ann “lied” here", "Ann", "said") == [0, 1, 1, 0, 0]


@pytest.mark.parametrize("place", [0, 150, 299])
def test_of_a_long_sentence_what_stands_around_the_target_is_read(place: int) -> None:
    words = ["unmistakably"] * 300
    words[place] = "Ann"
    read = sentence(" ".join(words), "Ann")
    assert len(read.ids) <= WINDOW
    assert read.is_target.sum() == 1
    assert len(read.ids) == len(read.told) == len(read.word) == len(read.is_target)


@pytest.mark.parametrize(
    "text", ["\u2003Ann\u2003", "Ann" * 3000, "\ud800 Ann \x00", "Ann’s “plan", '"" Ann ""', "  ", "東京 №5"]
)
def test_hostile_texts_are_judged(text: str) -> None:
    np.testing.assert_allclose(judge([text, text], [(0, 1), (0, len(text))]).sum(axis=1), 1)


def test_the_vectors_of_words_are_those_of_the_encoder() -> None:
    from analystkit.annotate.actors.encoder import encoder

    ids = np.array([2000, 2001, 3000])
    given = {"ids": ids[None], "added": np.zeros((1, 3, 384), np.float32)}
    np.testing.assert_array_equal(encoder()._session.run(["words"], given)[0][0], word_vectors()[ids])
