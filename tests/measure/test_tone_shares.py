"""Shares of negative and positive sentences towards an actor, and word lists side by side, worked out by hand."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import analystkit as ak
from analystkit.annotate.tone.backends import Probabilities
from analystkit.errors import ArgumentError

_WORDS = {"bad": [0.8, 0.1, 0.1], "good": [0.1, 0.1, 0.8], "odd": [0.4, 0.3, 0.3]}


def by_word(texts: list[str], spans: list[tuple[int, int]]) -> Probabilities:
    """Judge a sentence by one word that it holds."""
    told = [next((p for w, p in _WORDS.items() if w in text), [0.1, 0.8, 0.1]) for text in texts]
    return np.array(told).reshape(-1, 3)


def made(texts: list[str], **columns: object) -> ak.Collection:
    return ak.from_frame(
        pd.DataFrame({"text": texts, **columns}), tone=by_word, actors="rules", progress=False
    )


def test_shares_are_of_the_sentences_that_name_the_actor() -> None:
    texts = ["Japan was bad. Japan was here.", "Japan was odd. Rain fell.", "Japan was good. Norway was bad."]
    answer = ak.tone_shares(made(texts), towards=["Japan", "Norway"])
    rows = answer.table[["actor", "label", "n", "denominator", "share", "net", "note"]]
    few = "too few to say"
    assert rows.to_numpy().tolist() == [
        ["Japan", "negative", 1, 4, 1 / 4, 0, few],
        ["Japan", "neutral", 1, 4, 1 / 4, 0, few],
        ["Japan", "positive", 1, 4, 1 / 4, 0, few],
        ["Japan", "unsure", 1, 4, 1 / 4, 0, few],
        ["Norway", "negative", 1, 1, 1, -1, few],
        ["Norway", "neutral", 0, 1, 0, -1, few],
        ["Norway", "positive", 0, 1, 0, -1, few],
        ["Norway", "unsure", 0, 1, 0, -1, few],
    ]
    evidence = answer.evidence(actor="Japan", label="unsure")
    assert evidence[["surface", "p_negative", "voice"]].to_numpy().tolist() == [["Japan", 0.4, "article"]]
    (sentence,) = answer.sentences(actor="Japan", label="unsure").to_dict("records")
    assert (sentence["text"], sentence["marks"], sentence["p_positive"]) == ("Japan was odd.", ((0, 5),), 0.3)


def test_every_number_opens_to_as_many_sentences_and_labels_add_up() -> None:
    texts = [
        f"Japan was {word} on day {n}. Norway was here." for n, word in enumerate(["bad", "good", "odd"] * 3)
    ]
    answer = ak.tone_shares(
        made(texts, outlet=["Lamp", "Bell", "Bell"] * 3), towards=["Japan", "Norway"], by="outlet"
    )
    assert answer.keys == ["actor", "outlet", "label"]
    for row in answer.table.to_dict("records"):
        assert len(answer.evidence(**{key: row[key] for key in answer.keys})) == row["n"]
    sums = answer.table.groupby(["actor", "outlet"])["share"].sum()
    assert sums.tolist() == pytest.approx([1] * 4)


def test_the_sign_is_settled_by_an_interval_without_zero() -> None:
    bad = [f"Japan was bad in case {n}." for n in range(8)]
    mixed = [f"Norway was {'bad' if n % 2 else 'good'} in case {n}." for n in range(8)]
    answer = ak.tone_shares(made([*bad, *mixed]), towards=["Japan", "Norway"])
    assert answer.table.drop_duplicates("actor")["sign"].tolist() == ["negative", "not settled"]


def test_what_counting_each_story_alike_turns_is_not_settled() -> None:
    """One story of 80 bad sentences, and 11 of a good one each: sentences say -69 of 91, stories +10 of 12."""
    long = " ".join(f"Japan was bad in case {n}." for n in range(80))
    answer = ak.tone_shares(
        made([long, *(f"Japan was good in case {n}." for n in range(11))]), towards="Japan"
    )
    assert answer.table["net"][0] == pytest.approx(-69 / 91)
    assert answer.table["sign"][0] == "not settled"


def test_sentences_with_quoted_speech_can_be_left_out() -> None:
    texts = ['"This was a bad day," said Japan.', "Japan was good."]
    collection = made(texts)
    assert ak.tone_shares(collection, towards="Japan").table["n"].tolist() == [1, 0, 1, 0]
    apart = ak.tone_shares(collection, towards="Japan", voice="article")
    assert apart.table["n"].tolist() == [0, 0, 1, 0]
    assert "sentences with quoted speech left out" in apart.subtitle
    assert ak.tone(collection, towards="Japan", scorer="towards").table["mean"].tolist() == [0]
    assert ak.tone(collection, towards="Japan", scorer="towards", voice="article").table["mean"].tolist() == [
        1
    ]
    assert ak.tone(collection, voice="article").table["n"].tolist() == [1]


def test_the_mean_tone_towards_an_actor_is_positive_less_negative() -> None:
    texts = ["Japan was bad. Japan was here.", "Japan was odd.", "Japan was bad."]
    answer = ak.tone(made(texts), towards="Japan", scorer="towards")
    assert answer.table["mean"].tolist() == [-2 / 4]
    assert answer.evidence(actor="Japan")["tone"].tolist() == [-1, 0, 0, -1]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"scorer": "towards"}, "`towards` is None; the tone towards an actor needs one"),
        ({"scorer": "afinn"}, "`scorer` is 'afinn'; allowed: 'vader', 'hu_liu', 'project', 'towards'"),
        ({"voice": "speaker"}, "`voice` is 'speaker'; allowed: 'all', 'article'"),
    ],
)
def test_what_cannot_be_asked_is_refused(given: dict[str, str], said: str) -> None:
    with pytest.raises(ArgumentError, match=said):
        ak.tone(made(["Japan was bad."]), **given)  # type: ignore[arg-type]


def test_lists_stand_side_by_side_and_a_project_has_its_own() -> None:
    """VADER has "share" (0.85) and "good" (1.9) as good words, Hu & Liu "good" alone, the project takes "share" away."""
    texts = [f"Japan has a share in case {n}." for n in range(6)]
    collection = made(texts).set_tone("share", 0)
    answer = ak.tone_lists(collection, towards="Japan")
    vader = float(ak.score_tone(["Japan has a share."])[0])
    assert answer.table[["list", "n", "mean", "agreed"]].to_numpy().tolist() == [
        ["VADER", 6, vader, "not settled"],
        ["Hu & Liu", 6, 0, "not settled"],
        ["this project", 6, 0, "not settled"],
    ]
    assert set(answer.evidence(actor="Japan", list="Hu & Liu")["tone"]) == {0}
    for row in answer.table.to_dict("records"):
        assert len(answer.evidence(actor="Japan", list=row["list"])) == row["n"]


def test_lists_that_agree_settle_the_sign_unless_whole_articles_say_otherwise() -> None:
    good = [f"Japan was good in case {n}." for n in range(6)]
    answer = ak.tone_lists(made(good), towards="Japan")
    assert answer.table["agreed"].tolist() == ["positive", "positive"]
    dark = [f"{text} There was war, murder, terror and death." for text in good]
    answer = ak.tone_lists(made(dark), towards="Japan")
    assert answer.table["sign"].tolist() == ["positive", "positive"]
    assert (answer.table["whole"] < 0).all()
    assert answer.table["agreed"].tolist() == ["not settled", "not settled"]
    assert ak.tone_lists(made(good)).table["agreed"].tolist() == ["positive", "positive"]
