"""Tone towards a target: sentences of our own, the shape of what comes out, quoted speech, and bad input."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

import analystkit as ak
from analystkit.annotate.tone.quoted import find_quoted, holds_quoted
from analystkit.annotate.tone.towards import annotate_tones, tones_of_actors
from analystkit.errors import ArgumentError
from analystkit.schema import MENTION_TONES, TONES, empty_table

OWN = Path(__file__).with_name("holder_and_target.csv")


def test_seven_of_eight_sentences_with_holder_and_target_are_right() -> None:
    """They were written before there was a model, and are in no training text; 45 of the 50 is the aim."""
    with OWN.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 50
    starts = [row["text"].index(row["target"]) for row in rows]
    spans = [(start, start + len(row["target"])) for start, row in zip(starts, rows, strict=True)]
    told = ak.tone_towards([row["text"] for row in rows], spans, sure=0)["label"]
    wanted = [{"-1": "negative", "0": "neutral", "1": "positive"}[row["label"]] for row in rows]
    wrong = [row["text"] for row, a, b in zip(rows, told, wanted, strict=True) if a != b]
    assert len(wrong) <= 6, wrong


def test_who_condemns_and_who_is_condemned_are_told_apart() -> None:
    text = "Ruritania condemned Graustark for the attack."
    frame = ak.tone_towards([text, text], [(0, 9), (20, 29)], sure=0)
    assert frame["label"].tolist() == ["neutral", "negative"]


def test_a_name_says_nothing_by_itself() -> None:
    texts = [f"{name} arrived on Monday." for name in ("Hansen", "Hitler", "Gandhi")]
    frame = ak.tone_towards(texts, [(0, 6)] * 3)
    assert frame.drop_duplicates().shape[0] == 1


def test_probabilities_add_up_and_rows_stay_in_order() -> None:
    texts = [
        "A good plan by Ann, who was praised at length by all who had heard of it.",
        "Bob lied.",
        "Cy came.",
    ]
    spans = [(15, 18), (0, 3), (0, 2)]
    frame = ak.tone_towards(texts, spans)
    chances = frame[["p_negative", "p_neutral", "p_positive"]].to_numpy()
    np.testing.assert_allclose(chances.sum(axis=1), 1)
    for place in range(3):
        alone = ak.tone_towards([texts[place]], [spans[place]])
        np.testing.assert_allclose(alone.iloc[0, 1:4].to_numpy(float), chances[place], atol=1e-5)


def test_nothing_in_gives_an_empty_table() -> None:
    frame = ak.tone_towards([], [])
    assert frame.shape == (0, 5)
    assert list(frame) == ["label", "p_negative", "p_neutral", "p_positive", "voice"]


@pytest.mark.parametrize(
    "text", ["\u2003Ann\u2003", "Ann" * 3000, "\ud800 Ann \x00", "Ann’s “plan", '"" Ann ""', "  "]
)
def test_hostile_texts_are_judged(text: str) -> None:
    frame = ak.tone_towards([text], [(0, 1)])
    assert np.isfinite(frame.iloc[0, 1:4].to_numpy(float)).all()


def test_a_function_of_ones_own_can_judge_and_what_it_leaves_open_is_unsure() -> None:
    def own(texts: object, spans: object) -> NDArray[np.float64]:
        return np.array([[0.1, 0.1, 0.8], [0.4, 0.3, 0.3]])

    frame = ak.tone_towards(["Ann won.", "Bob won."], [(0, 3), (0, 3)], model=own)
    assert frame["label"].tolist() == ["positive", "unsure"]
    assert ak.tone_towards(["Ann won.", "Bob won."], [(0, 3), (0, 3)], model=own, sure=0.9)[
        "label"
    ].tolist() == [
        "unsure",
        "unsure",
    ]


@pytest.mark.parametrize(
    ("texts", "spans", "model", "told"),
    [
        ("Ann won.", [(0, 3)], "fast", "`texts` is one str"),
        (["Ann won."], [], "fast", "`spans` has 0 items for 1 texts"),
        (["Ann won."], [(3, 3)], "fast", r"`spans\[0\]` is \(3, 3\), which is no place in a text of 8"),
        (["Ann won."], [(0, 9)], "fast", r"`spans\[0\]` is \(0, 9\)"),
        (["Ann won."], [(0, 3)], "slow", "`model` is 'slow'; allowed: 'fast', 'accurate'"),
        (["Ann won."], [(0, 3)], lambda texts, spans: np.ones((1, 3)), "each row adding up to 1"),
    ],
)
def test_bad_input_is_named(texts: list[str], spans: list[tuple[int, int]], model: str, told: str) -> None:
    with pytest.raises(ArgumentError, match=told):
        ak.tone_towards(texts, spans, model=model)


# --- Quoted speech


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("“We will not wait,” she said.", ["“We will not wait,”"]),
        ('"We will not wait," she said.', ['"We will not wait,"']),
        ("He called it “a plan”.", []),
        ("“We will not wait.\n“We go now.” He left.", ["“We will not wait.", "“We go now.”"]),
        ("“We will not wait", ["“We will not wait"]),
        ("No marks at all.", []),
    ],
)
def test_quoted_speech_is_three_words_or_more_and_ends_with_its_paragraph(
    text: str, quoted: list[str]
) -> None:
    assert [text[start:end] for start, end in find_quoted(text)] == quoted


def test_spans_beside_a_quotation_hold_none_of_it() -> None:
    assert holds_quoted([(0, 5), (5, 6), (9, 10), (10, 12)], [(5, 10)]).tolist() == [False, True, True, False]


# --- In a collection


def test_a_collection_has_one_judgement_per_actor_and_sentence() -> None:
    import pandas as pd

    body = "Russia condemned Japan. “Japan is a liar and a crook,” Russia said. Japan waited, and Japan went home."
    collection = ak.from_frame(pd.DataFrame({"text": [body]}), progress=False)
    tones = collection.tones
    assert list(tones) == list(TONES)
    assert tones[["sentence_id", "actor", "voice"]].to_numpy().tolist() == [
        [0, "Russia", "article"],
        [0, "Japan", "article"],
        [1, "Japan", "quoted"],
        [1, "Russia", "quoted"],
        [2, "Japan", "article"],
    ]
    # The last row is the mean over both mentions of its sentence.
    two = collection._mention_tones.tail(2)
    assert tones["p_neutral"].iloc[-1] == pytest.approx(two["p_neutral"].mean())
    renamed = collection.decide("rename", "Japan", "Nippon")
    assert renamed.tones["actor"].tolist() == ["Russia", "Nippon", "Nippon", "Russia", "Nippon"]
    assert renamed.tones["p_negative"].tolist() == tones["p_negative"].tolist()


def test_no_mentions_give_empty_tables() -> None:
    articles = empty_table("articles")
    mentions = empty_table("mentions").assign(sentence_start=[], sentence_end=[])
    found = annotate_tones(articles, mentions)
    assert list(found) == list(MENTION_TONES)
    assert list(tones_of_actors(empty_table("mentions"), found)) == list(TONES)
