"""Tone: hand-worked VADER scores, equality with the package vaderSentiment, and the words behind a score."""

from __future__ import annotations

from math import sqrt
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from vaderSentiment import vaderSentiment

from analystkit.annotate.tone import score_tone, tone_words, vader_data
from analystkit.annotate.tone import vader as tone
from analystkit.errors import ArgumentError
from analystkit.resources.make_vader import make_vader

# vaderSentiment opens its files in a way that the newest Pythons warn about.
pytestmark = pytest.mark.filterwarnings("ignore:codecs.open:DeprecationWarning")


def scaled(total: float) -> float:
    """The last step of VADER: a sum of valences, squeezed into -1..1."""
    return round(total / sqrt(total**2 + 15), 4)


# In the lexicon: good 1.9, bad -2.5, doubt -1.5, no -1.2, die -2.9, peace 2.5, tears -0.9, joy 2.8.
@pytest.mark.parametrize(
    ("text", "total"),
    [
        ("The talks were good.", 1.9),
        ("The talks were not good.", 1.9 * -0.74),
        ("The talks weren't good.", 1.9 * -0.74),
        ("The talks were very good.", 1.9 + 0.293),
        ("The talks were less good.", 1.9 - 0.293),
        ("The talks were very bad.", -2.5 - 0.293),
        ("It is very much good.", 1.9 + 0.293 * 0.95),
        ("It is very much a good thing.", 1.9 + 0.293 * 0.9),
        ("The talks were GOOD.", 1.9 + 0.733),
        ("THE TALKS WERE GOOD.", 1.9),
        ("The talks were VERY good.", 1.9 + 0.293 + 0.733),
        ("The talks were good!", 1.9 + 0.292),
        ("The talks were bad!!!!!", -2.5 - 4 * 0.292),
        ("Were the talks good?", 1.9),
        ("Were the talks good???", 1.9 + 3 * 0.18),
        ("Were the talks good????", 1.9 + 0.96),
        ("Never so good.", (1.9 + 0.293) * 1.25),
        (
            "They were never so good.",
            (1.9 + 0.293) * 1.25 * 1.25,
        ),  # three words back, "so" is heard once more
        ("It is without doubt good.", -1.5 * -0.74 + 1.9),
        ("It is without any doubt good.", -1.5 * -0.74 + 1.9),
        ("The least good talks.", 1.9 * -0.74),
        ("The talks at least good.", 1.9),
        ("The very least good talks.", 1.9 + 0.293 * 0.95),
        ("There is no good.", 1.9 * -0.74),
        ("There is no such good.", -1.2 + 1.9 * -0.74),
        ("No such or good.", -1.2 + 1.9 * -0.74),
        ("No such nor good.", -1.2 + 1.9 * -0.74 * -0.74),
        ("The start good but the end bad.", 1.9 * 0.5 - 2.5 * 1.5),
        ("Good but bad but peace.", 1.9 * 0.5 - 2.5 * 1.5 + 2.5 * 1.5),  # only the first "but" is heard
        ("It was a kiss of death.", -1.5 - 1.5),  # each of its tone words gets the idiom's valence
        ("To die for good.", -2.9 + 3.0),  # "die" itself is too near the start for idioms to be looked for
        ("It was only kind of good.", 1.9 - 0.293),
        ("Peace 😂", 2.5 - 0.9 + 2.8),  # read as "face with tears of joy"
    ],
)
def test_a_score_is_the_scaled_sum_of_weighed_valences(text: str, total: float) -> None:
    assert score_tone([text]).tolist() == [scaled(total)]


def test_of_equal_valences_the_first_is_weighed_at_but() -> None:
    """VADER looks a valence up by its value: -3.0 halved is -1.5, and is then taken for the "argument"."""
    assert tone_words("Brutality and argument but calm") == [
        (0, 9, "Brutality", -3.0 * 0.5 * 0.5),
        (14, 22, "argument", -1.5),
        (27, 31, "calm", 1.3 * 1.5),
    ]


def test_texts_without_tone_score_zero() -> None:
    assert score_tone(["", " \t\n", "The talks were on Monday!", "🛢 prices"]).tolist() == [0, 0, 0, 0]


def test_no_texts_give_an_empty_float_array() -> None:
    scores = score_tone([])
    assert scores.shape == (0,)
    assert scores.dtype == np.float64


def test_any_iterable_of_texts_is_scored_in_its_order() -> None:
    one, other = scaled(1.9), scaled(-2.5)
    n = 1500  # more than are scored at once
    scores = score_tone(text for _ in range(n) for text in ("good", "bad"))
    assert scores.tolist() == [one, other] * n
    assert score_tone(np.array(["good", "bad"])).tolist() == [one, other]


def test_curly_quotes_hide_words_as_the_docstring_says() -> None:
    assert score_tone(["“good”", "It isn’t good"]).tolist() == [0, scaled(1.9)]
    assert score_tone(['"good"', "It isn't good"]).tolist() == [scaled(1.9), scaled(1.9 * -0.74)]


def test_a_full_memory_of_tokens_changes_no_score(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = ["not good", "very bad", "no peace", "a" * 50 + " GOOD day", "not good", "very bad"]
    expected = score_tone(texts).tolist()
    monkeypatch.setattr(tone, "_TOKENS_KEPT", 2)
    tone._table.cache_clear()
    assert score_tone(texts).tolist() == expected
    assert len(tone._table(None).word_ids) <= 2
    tone._table.cache_clear()


# --- The analyst's own lexicon


def test_a_lexicon_replaces_vaders_words_and_keeps_its_rules() -> None:
    lexicon = {"recall": -1.5, "co-operation": 2}
    texts = ["Not a recall.", "Very good co-operation!", "The RECALL, but peace."]
    totals = [-1.5 * -0.74, 2 + 0.293 * 0.95 + 0.292, (-1.5 - 0.733) * 0.5]
    assert score_tone(texts, lexicon=lexicon).tolist() == [scaled(total) for total in totals]


def test_a_rule_word_in_a_lexicon_has_tone_and_rules_no_longer() -> None:
    lexicon = {"good": 2, "least": 0.5, "not": -1, "but": -3}
    texts = ["The least good", "Not good", "Good but good"]
    totals = [0.5 + 2, -1 + 2, 2 * 0.5 - 3 + 2 * 1.5]  # "but" weighs all words save itself
    assert score_tone(texts, lexicon=lexicon).tolist() == [scaled(total) for total in totals]


def test_a_booster_in_a_lexicon_has_neither_tone_nor_force() -> None:
    assert score_tone(["Very good"], lexicon={"good": 2, "very": 3}).tolist() == [scaled(2)]


def test_an_empty_lexicon_finds_no_tone() -> None:
    assert score_tone(["good"], lexicon={}).tolist() == [0]


def test_vaders_lexicon_can_be_changed_by_one_word_and_is_itself_unchanged() -> None:
    own = {**vader_data().valence, "interest": 0.0}
    assert [row[2] for row in tone_words("Interest in peace", lexicon=own)] == ["peace"]
    assert [row[2] for row in tone_words("Interest in peace")] == ["Interest", "peace"]
    with pytest.raises(TypeError):
        vader_data().valence["interest"] = 0.0  # type: ignore[index]


# --- Errors


def test_one_str_is_refused_with_the_way_out() -> None:
    with pytest.raises(
        ArgumentError, match=r"`texts` is one str, 'Good news\.'; pass a list of texts: \[text\]"
    ):
        score_tone("Good news.")


@pytest.mark.parametrize(
    ("item", "shown"), [(None, "None, of type NoneType"), (np.nan, "nan, of type float")]
)
def test_a_missing_text_is_refused_with_its_position(item: Any, shown: str) -> None:
    with pytest.raises(ArgumentError, match=rf"`texts\[2000\]` is {shown}; every item must be a str"):
        score_tone(["good"] * 2000 + [item, "bad"])


def test_tone_words_refuses_what_is_no_str() -> None:
    with pytest.raises(ArgumentError, match=r"`text` is \['good'\], of type list; pass one str"):
        tone_words(["good"])  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("lexicon", "shown"),
    [
        ({"Brexit": -1}, "'Brexit': -1; allowed: a word in lower case"),
        ({"fed up": -1}, "'fed up': -1; allowed: a word .* no space"),
        ({"recall!": -1}, "'recall!': -1; allowed: a word .* punctuation"),
        ({"": -1}, "'': -1; allowed: a word"),
        ({"recall": float("nan")}, "'recall': nan; allowed: .* a number from -100 to 100"),
        ({"recall": "-1"}, "'recall': '-1'; allowed: .* a number"),
        (["recall"], r"is \['recall'\]; pass a dict of word to valence"),
    ],
)
def test_a_lexicon_entry_that_cannot_work_is_refused(lexicon: Any, shown: str) -> None:
    with pytest.raises(ArgumentError, match=f"`lexicon`.* {shown}"):
        score_tone(["good"], lexicon=lexicon)


# --- Equality with the original


@pytest.fixture(scope="module")
def vader() -> vaderSentiment.SentimentIntensityAnalyzer:
    return vaderSentiment.SentimentIntensityAnalyzer()


_PLAIN = [
    "good",
    "bad",
    "great",
    "war",
    "kind",
    "no",
    "doubt",
    "brutality",
    "argument",
    "peace",
    ":)",
    ":D",
    "</3",
]
_CHANGING = [
    "very",
    "less",
    "so",
    "this",
    "never",
    "not",
    "isn't",
    "isn’t",
    "without",
    "or",
    "nor",
    "least",
    "at",
    "but",
]
_PHRASES = [
    "kind of",
    "sort of",
    "just enough",
    "never so",
    "without doubt",
    "at least",
    "no good or",
    "badass",
]
_ODD = [
    "",
    "U.S.",
    "co-operation",
    "“good”",
    "😂",
    "❤",
    "🆙good",
    "good😡bad",
    "❤️",
    "İYİ",
    "\x00",
    "x" * 50,
    "the",
    "market",
]
_SPACES = [" ", " ", " ", " ", "  ", "\t", "\r\n", "\u00a0", "\u2028", "\x1c", "\u200b"]

_words = st.sampled_from([*_PLAIN * 2, *_CHANGING * 2, *_PHRASES, *vaderSentiment.SPECIAL_CASES, *_ODD])
_shapes = st.sampled_from([str, str, str, str.upper, str.title])
_marks = st.sampled_from(["", "", "", "", ",", ".", "!", "?", "...", '"', "”"])
_tokens = st.tuples(_words, _shapes, _marks, st.sampled_from(_SPACES))
_texts = st.lists(_tokens, max_size=12).map(
    lambda rows: "".join(f(w) + mark + space for w, f, mark, space in rows)
)


@settings(max_examples=300, deadline=None)
@given(texts=st.lists(_texts, max_size=5))
def test_scores_equal_the_original(
    vader: vaderSentiment.SentimentIntensityAnalyzer, texts: list[str]
) -> None:
    assert score_tone(texts).tolist() == [vader.polarity_scores(text)["compound"] for text in texts]


@pytest.fixture(scope="module")
def vader_with_own_words() -> vaderSentiment.SentimentIntensityAnalyzer:
    return vaderSentiment.SentimentIntensityAnalyzer()


_own_words = st.sampled_from([word.lower() for word in [*_PLAIN, *_CHANGING, "of", "the", "market"]])
_lexicons = st.dictionaries(_own_words, st.sampled_from([-3.0, -1.5, 0, 2.2]))


@settings(max_examples=100, deadline=None)
@given(text=_texts, lexicon=_lexicons)
def test_scores_by_another_lexicon_equal_the_original(
    vader_with_own_words: vaderSentiment.SentimentIntensityAnalyzer, text: str, lexicon: dict[str, float]
) -> None:
    vader_with_own_words.lexicon = lexicon
    expected = vader_with_own_words.polarity_scores(text)["compound"]
    assert score_tone([text], lexicon=lexicon).tolist() == [expected]


@settings(max_examples=100, deadline=None)
@given(text=_texts)
def test_tone_words_lead_back_to_the_text_and_add_up_to_its_score(text: str) -> None:
    rows = tone_words(text)
    assert all(text[start:end] == surface != "" and valence != 0 for start, end, surface, valence in rows)
    assert rows == sorted(rows, key=lambda row: row[0])
    total = sum(valence for *_, valence in rows)
    emphasis = 0.292 * min(text.count("!") + text.count("🆙"), 4)  # 🆙 is read as "UP! button"
    questions = text.count("?")
    emphasis += 0.96 if questions > 3 else 0.18 * questions if questions > 1 else 0
    total += emphasis if total > 0 else -emphasis if total < 0 else 0
    assert score_tone([text]).tolist() == [scaled(total)]


def test_the_rules_hold_the_words_of_the_original() -> None:
    raising = {word for word, boost in vaderSentiment.BOOSTER_DICT.items() if boost > 0}
    lowering = {word for word, boost in vaderSentiment.BOOSTER_DICT.items() if boost < 0}
    assert raising == tone._RAISING
    assert lowering == tone._LOWERING | {" ".join(pair) for pair in tone._LOWERING_PAIRS}
    assert {word for word in vaderSentiment.NEGATE if "n't" not in word} == tone._NEGATIONS
    # The original lists "badass" as an idiom, but looks for idioms of two and three words only.
    idioms = {" ".join(phrase): valence for phrase, valence in tone._IDIOMS.items()}
    assert {**idioms, "badass": 1.5} == vaderSentiment.SPECIAL_CASES


def test_the_word_lists_are_those_that_make_vader_writes(tmp_path: Path) -> None:
    make_vader(tmp_path)
    shipped = Path(tone.__file__).parents[2] / "resources"
    for name in ("vader_lexicon.txt", "vader_emoji.txt"):
        assert (tmp_path / name).read_text(encoding="utf-8") == (shipped / name).read_text(encoding="utf-8")
