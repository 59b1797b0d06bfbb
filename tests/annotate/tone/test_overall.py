"""Overall tone: all lists and the model in one number."""

from __future__ import annotations

import pytest

import analystkit as ak
from analystkit.errors import ArgumentError


def test_it_is_four_parts_lists_and_one_part_model() -> None:
    text = "Then Hansen lied to parliament."
    chances = ak.tone_towards([text], [(5, 11)]).iloc[0]
    lists = ak.score_lexicons([text])["together"].iloc[0]
    wanted = 0.8 * lists + 0.2 * (chances["p_positive"] - chances["p_negative"])
    assert ak.score_overall([text])[0] == pytest.approx(wanted)


def test_a_projects_value_counts_above_all_lists() -> None:
    text = "They share a border."
    lexicon = ak.ToneLexicon().set("share", -4)
    assert ak.score_overall([text], lexicon=lexicon)[0] < ak.score_overall([text])[0]


def test_a_blank_text_has_no_tone_and_none_give_none() -> None:
    assert ak.score_overall(["", "  "]).tolist() == [0, 0]
    assert ak.score_overall([]).tolist() == []


def test_one_text_alone_is_refused() -> None:
    with pytest.raises(ArgumentError, match=r"`texts` is one str, 'Ann won\.'"):
        ak.score_overall("Ann won.")
