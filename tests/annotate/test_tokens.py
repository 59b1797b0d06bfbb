"""Tokens: where they begin and end, how they are numbered, and that the cache gives them back."""

from __future__ import annotations

import re
from pathlib import Path

import hypothesis.strategies as st
import numpy as np
import pandas as pd
import pytest
from hypothesis import given

from analystkit.annotate import tokens as module
from analystkit.annotate.tokens import tokens
from analystkit.engine import Cache
from analystkit.errors import ArgumentError


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", []),
        ("Kim Jong-un's co-operation", ["Kim", "Jong-un's", "co-operation"]),
        ("U.S. troops, 3.14 and 1,000", ["U.S", ".", "troops", ",", "3.14", "and", "1,000"]),
        ("“Don’t”—he said", ["“", "Don’t", "”", "—", "he", "said"]),
        ("war--and peace -- no", ["war", "-", "-", "and", "peace", "-", "-", "no"]),
        ("#tag @name a.b@c.org # 5", ["#tag", "@name", "a.b@c.org", "#", "5"]),
        ("Пхеньян, 2024", ["Пхеньян", ",", "2024"]),
        ("東京 is", ["東", "京", "is"]),
        ("cafe\u0301 naïve", ["cafe\u0301", "naïve"]),
        ("half \ud800 pair", ["half", "?", "pair"]),
        ("end-", ["end", "-"]),
        ("- start", ["-", "start"]),
    ],
)
def test_a_text_is_cut_as_unicode_says_but_for_hyphens(text: str, words: list[str]) -> None:
    assert tokens([text]).words(0) == words


@given(st.lists(st.text(alphabet="aB1 ,.'-@#_’\n\u00a0漢ё\u0301", max_size=30), max_size=5))
def test_the_tokens_are_all_that_is_not_white_space(texts: list[str]) -> None:
    found = tokens(texts)
    starts, ends = found.starts.tolist(), found.ends.tolist()
    for i, text in enumerate(texts):
        spans = range(int(found.bounds[i]), int(found.bounds[i + 1]))
        assert [text[starts[j] : ends[j]] for j in spans] == found.words(i)
        assert "".join(found.words(i)) == re.sub(r"\s", "", text)


def test_texts_in_many_blocks_are_those_in_one(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = ["War and peace.", "", "Peace—and war", "a" * 40]
    whole = tokens(texts)
    monkeypatch.setattr(module, "_BLOCK", 5)
    parts = tokens(texts)
    assert parts.vocabulary.equals(whole.vocabulary)
    for name in ("ids", "starts", "bounds"):
        assert getattr(parts, name).tolist() == getattr(whole, name).tolist()


def test_selecting_texts_keeps_their_tokens() -> None:
    found = tokens(["one two", "three", "four five"])
    some = found.select(np.array([2, 0]))
    assert [some.words(i) for i in range(2)] == [["four", "five"], ["one", "two"]]
    assert some.starts.tolist() == [0, 5, 0, 4]


def test_case_can_be_folded_kept_or_kept_for_capitals_alone() -> None:
    found = tokens(["US us The the NATO"])
    assert found.types("fold")[1].to_pylist() == ["us", "the", "nato"]
    assert found.types("acronyms")[1].to_pylist() == ["US", "us", "the", "NATO"]
    assert len(found.types("keep")[1]) == 5


def test_a_single_str_is_refused() -> None:
    with pytest.raises(ArgumentError, match="`texts` is a single str"):
        tokens("no")


def test_the_cache_gives_back_what_it_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cache = Cache(tmp_path)
    texts = pd.Series(["War and peace.", "Peace—“and” war"])
    made = cache.read_tokens(texts)
    monkeypatch.setattr("analystkit.engine.tokens", None)  # nothing may be made again
    kept = cache.read_tokens(texts)
    assert isinstance(kept.ids, np.memmap)
    assert kept.words(1) == made.words(1)
    assert kept.starts.tolist() == made.starts.tolist()


def test_a_broken_cache_is_made_again(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    cache.read_tokens(pd.Series(["War."]))
    (place,) = tmp_path.iterdir()
    (place / "ids.npy").write_bytes(b"")
    assert cache.read_tokens(pd.Series(["War."])).words(0) == ["War", "."]


def test_texts_of_the_same_letters_in_other_bounds_are_others(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    for texts in (["ab", "c"], ["a", "bc"], ["abc", ""], []):
        found = cache.read_tokens(pd.Series(texts, dtype="str"))
        assert [found.words(i) for i in range(len(texts))] == [[text] if text else [] for text in texts]
    # A part of a column is the same as the same texts alone.
    part = pd.Series(["x", "ab", "c"]).iloc[1:]
    assert cache.read_tokens(part).words(0) == ["ab"]
    assert len(list(tmp_path.iterdir())) == 4
