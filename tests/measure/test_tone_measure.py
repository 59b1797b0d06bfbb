"""The mean tone of sentences, worked out by hand."""

from __future__ import annotations

import pandas as pd
import pytest

import analystkit as ak
from analystkit.errors import ArgumentError


def test_the_mean_is_that_of_the_sentences_that_name_the_actor() -> None:
    frame = pd.DataFrame(
        {"text": ["Russia won a great prize. Rain fell.", "A terrible war hit Russia. Japan waited."]}
    )
    collection = ak.from_frame(frame, progress=False)
    scores = ak.score_tone(["Russia won a great prize.", "A terrible war hit Russia."])
    answer = ak.tone(collection, towards="Russia")
    assert answer.table["n"].tolist() == [2]
    assert answer.table["mean"][0] == pytest.approx((scores[0] + scores[1]) / 2)
    assert answer.evidence(actor="Russia")["tone"].tolist() == scores.tolist()


def test_a_reprinted_sentence_counts_once_in_stories_and_twice_in_articles(collection: ak.Collection) -> None:
    assert ak.tone(collection, towards="Russia").table["n"].tolist() == [2]
    assert ak.tone(collection, towards="Russia", count="articles").table["n"].tolist() == [3]


def test_the_longest_copy_speaks_for_its_story() -> None:
    opening = "Russia spoke. " + " ".join(f"word{i}" for i in range(60)) + "."
    frame = pd.DataFrame(
        {"text": [opening, opening + " Russia smiled."], "date": ["2024-01-01", "2024-01-02"]}
    )
    assert ak.tone(ak.from_frame(frame, progress=False), towards="Russia").table["n"].tolist() == [2]


def test_the_sign_is_settled_only_by_an_interval_without_zero() -> None:
    good = [f"Russia won a great prize number {i}." for i in range(6)]
    mixed = [f"Norway {'won a great prize' if i % 2 else 'lost a terrible war'} in {i}." for i in range(6)]
    few = ["Japan won a great prize."]
    collection = ak.from_frame(pd.DataFrame({"text": [*good, *mixed, *few]}), progress=False)
    answer = ak.tone(collection, towards=["Russia", "Norway", "Japan"])
    assert answer.table["sign"].tolist() == ["positive", "not settled", "too few to say"]


def test_without_an_actor_all_sentences_are_read(collection: ak.Collection) -> None:
    answer = ak.tone(collection, count="articles")
    assert answer.table["n"].tolist() == [len(collection.sentences)]
    assert answer.table["mean"][0] == pytest.approx(collection.sentences["tone"].mean())


def test_an_actor_nobody_names_is_refused(collection: ak.Collection) -> None:
    with pytest.raises(ArgumentError, match="`towards` is 'Ruritania'; the collection names no such actor"):
        ak.tone(collection, towards="Ruritania")


def test_an_actor_that_a_filter_leaves_unnamed_has_no_sentences_and_a_misspelt_one_a_hint(
    collection: ak.Collection,
) -> None:
    march = collection.filter(since="2024-03-01")
    row = ak.tone(march, towards=["Russia"]).table.iloc[0]
    assert (row["n"], row["sign"]) == (0, "too few to say")
    with pytest.raises(ArgumentError, match=r"`towards` is 'Rusia'.*Did you mean 'Russia'\?"):
        ak.tone(march, towards="Rusia")
