"""Fixed views of measures of words: picture, table, lines and sentences as HTML that says what it shows."""

from __future__ import annotations

import pandas as pd
import pytest

import analystkit as ak
from analystkit.errors import ArgumentError
from analystkit.widgets import show_lines, show_occurrences, show_words


@pytest.fixture
def halves() -> ak.Collection:
    texts = [f"word{i} item{i} tea <tea> plain" for i in range(6)] + [
        f"word{i} item{i} rice rice plain" for i in range(6, 12)
    ]
    days = [f"2024-0{1 + i // 4}-1{i % 4}" for i in range(12)]
    frame = pd.DataFrame({"text": texts, "outlet": ["A"] * 6 + ["B"] * 6, "date": days, "title": "One & all"})
    return ak.from_frame(frame, progress=False)


def test_key_words_are_shown_with_their_picture_and_limits(halves: ak.Collection) -> None:
    view = show_words(ak.keyness(halves.filter(outlet="A"), reference=halves))
    html = view._repr_html_()
    assert '<img alt="Ranked dots. Which words set the target apart?' in html
    assert "more in the target: tea (12 to 0)" in repr(view)
    assert "not why" in html


def test_other_measures_are_tables(halves: ak.Collection) -> None:
    html = show_words(ak.word_frequency(halves), rows=2)._repr_html_()
    assert "<img" not in html
    assert html.count('<th scope="row">') == 2
    assert show_words(ak.readability(halves, measures=["lix"]))._repr_html_().count('<th scope="row">') == 1


def test_lines_escape_the_text_and_mark_the_keyword(halves: ak.Collection) -> None:
    html = show_lines(ak.kwic(halves, "plain", window=3), rows=1)._repr_html_()
    assert "<mark>plain</mark>" in html
    assert "&lt;tea&gt;" in html
    assert 'title="One &amp; all"' in html


def test_the_sentences_of_one_number_are_shown(halves: ak.Collection) -> None:
    view = show_occurrences(ak.word_frequency(halves, "rice"), term="rice", most=2)
    assert repr(view) == "rice: 12 occurrences"
    assert "... and 4 more articles." in view._repr_html_()
    with pytest.raises(ArgumentError, match=r"One number needs \['term'\]"):
        show_occurrences(ak.word_frequency(halves))


def test_bursts_and_dispersion_are_told_in_words(halves: ak.Collection) -> None:
    bursts = ak.bursts(ak.word_frequency(halves, ["rice"], by="month"), factor=1.5, gamma=0.1)
    assert "rice, 2024-03, 2.0 times" in repr(show_words(bursts))
    assert repr(show_words(ak.dispersion(halves, "tea"))).endswith("tea (12).")
    with pytest.raises(ArgumentError, match="`kind` is 'pie'"):
        show_words(bursts, "pie")
