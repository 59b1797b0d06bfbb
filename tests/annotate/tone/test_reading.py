"""Words around a target: which are names, which stand behind a negation or in quotation marks, and how far they are."""

from __future__ import annotations

import numpy as np
import pytest

from analystkit.annotate.tone.reading import N_SPECIAL, NAME, OTHER, REACH, TARGET, Words, read

VOCABULARY = ["a", "arrived", "good", "liar", "monday", "not", "plan", "said", "the", "was"]


def words_where(text: str, target: str, where: str) -> list[str]:
    """Return the words of which a column of the reading is true."""
    words = Words(VOCABULARY)
    start = text.index(target)
    reading = read([text], [(start, start + len(target))], words)
    return [
        words.lower[token]
        for token, holds in zip(reading.token, getattr(reading, where), strict=True)
        if holds
    ]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Yesterday Ann met the Bob Smith band.", ["yesterday", "bob", "smith"]),
        ("The plan was good, said Ann on Monday to President Bob.", ["bob"]),
        ("Good Plan Was Not Good, Said Ann Arrived", []),
        ("A liar said “The Ann plan” was Good.", ["good"]),
    ],
)
def test_capitals_are_names_but_where_all_words_have_them(text: str, names: list[str]) -> None:
    assert words_where(text, "Ann", "is_name") == names


def test_a_masked_name_has_the_number_of_all_names_and_no_tone() -> None:
    words = Words(VOCABULARY)
    reading = read(["The Hope was good to Ann."], [(21, 24)], words)
    the, was, good = (N_SPECIAL + VOCABULARY.index(word) for word in ("the", "was", "good"))
    assert reading.number.tolist() == [the, NAME, was, good, OTHER, TARGET, OTHER]
    assert reading.value[1].tolist() == [0, 0, 0, 0]
    assert reading.value[3, 0] == np.float32(1.9 / 4)


def test_distances_count_words_before_and_behind_the_whole_target() -> None:
    reading = read(["the Ann Lee plan was"], [(4, 11)], Words(VOCABULARY))
    assert reading.distance.tolist() == [-1, 0, 0, 1, 2]


def test_a_negation_reaches_four_words_and_not_past_a_comma() -> None:
    assert words_where("Ann was not a good plan or liar then", "Ann", "is_negated") == [
        "a",
        "good",
        "plan",
        "or",
    ]
    assert words_where("Ann was not, a good plan", "Ann", "is_negated") == []
    assert words_where("Ann wasn’t good", "Ann", "is_negated") == ["good"]


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ('Ann said "good plan" was', ['"', "good", "plan"]),
        ("Ann said “good plan” was", ["“", "good", "plan"]),
        ('good plan," Ann said', ["good", "plan", ","]),
        ("good plan,” Ann said", ["good", "plan", ","]),
        ('"good plan, Ann', ['"', "good", "plan", ",", "ann"]),
        ("Ann’s plan", []),
    ],
)
def test_quotation_marks_may_open_before_the_sentence_or_close_after_it(text: str, quoted: list[str]) -> None:
    assert words_where(text, "Ann", "in_quote") == quoted


def test_sentences_do_not_reach_into_each_other() -> None:
    words = Words(VOCABULARY)
    both = read(["Ann was not", "good Bob “plan", "was Cy"], [(0, 3), (5, 8), (4, 6)], words)
    assert both.starts.tolist() == [0, 3, 7, 9]
    assert not both.is_negated.any()
    assert np.flatnonzero(both.in_quote).tolist() == [5, 6]


def test_only_the_words_near_a_target_are_read() -> None:
    text = "was " * 100 + "Ann" + " was" * 100
    assert len(read([text], [(400, 403)], Words(VOCABULARY)).row) == 2 * REACH + 1


def test_a_form_has_the_number_of_the_word_it_is_a_form_of() -> None:
    words = Words(["accuse", "plan", "quick"])
    rows = [words[token] for token in ("accused", "accusing", "plans", "quickly", "planet", "’s")]
    words.settle()
    assert words.number[rows].tolist() == [N_SPECIAL, N_SPECIAL, N_SPECIAL + 1, N_SPECIAL + 2, OTHER, OTHER]
