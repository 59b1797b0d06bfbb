"""Sentences with a target -> columns of words: what each is, how far from the target it stands, which are names.

Each different word is looked at once; what is said of the words of many sentences are gathers over tables. Names are
masked: a model must not learn that particular people are spoken ill of.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain
from typing import Final

import numpy as np
from numpy.typing import NDArray

from analystkit.annotate.tone.lexicons import hu_liu
from analystkit.annotate.tone.vader import vader_data
from analystkit.annotate.tone.words import CLASSES, POLARITY, classed_words

Whole = NDArray[np.int64]
Flags = NDArray[np.bool_]
Floats = NDArray[np.float32]

#: Words that are read on each side of a target; further ones say nothing of it.
REACH: Final = 40
_REACH_CHARACTERS: Final = 400
_TOKEN: Final = re.compile(r"['’]s\b|\w+(?:-\w+)*(?:['’](?!s\b)\w+)?|[^\w\s]|\n")

#: Numbers of what is no word of the vocabulary: any other word, a masked name, the target, a number.
OTHER, NAME, TARGET, NUMBER, N_SPECIAL = 0, 1, 2, 3, 4
#: Different tokens that are remembered before memory is cleared.
_MOST_TOKENS: Final = 200_000

# What may be said of a token.
FLAGS: Final = (
    "capital",
    "shouted",
    "negation",
    "be",
    "by",
    "toward",  # a preposition before whom something is aimed at
    "opening",
    "closing",
    "straight",
    "comma",
    "stop",
    "break",  # where another clause may begin
    "pronoun",
    "determiner",
    "title",
    "participle",
    "progressive",
    "possessive",
    "hedge",
    "word",
    "alike",  # written with a capital whatever it is: I, Monday
    "question",
    "exclamation",
)
_BIT: Final = {name: 1 << at for at, name in enumerate(FLAGS)}
_LISTED: Final = {
    "negation": "no not never none nobody nothing neither nor without cannot cant hardly barely scarcely rarely seldom"
    " few little lack lacks lacked lacking refuse refused refuses refusing deny denied denies denying fail failed fails"
    " failing nowhere stop stopped",
    "be": "is are was were be been being am 's 're isn't aren't wasn't weren't gets got get",
    "by": "by",
    "toward": "of on against for at to toward towards with about over into from",
    "opening": "“ « „ ‹",
    "closing": "” » ›",
    "straight": '"',
    "comma": ",",
    "stop": ". ! ? \n …",
    "break": "; : — – ( ) but while although though whereas because after before when since unless despite if as which"
    " who whom whose that where and or than until amid",
    "pronoun": "he she him her his hers they them their theirs i me my we us our you your it its himself herself itself"
    " themselves",
    "determiner": "a an the this that these those his her their its our my your some any",
    "title": "president senator sen rep gov governor minister secretary mr mrs ms dr prof chairman chairwoman speaker"
    " general gen judge justice mayor king queen prince princess pope sir lady lord chancellor premier ambassador"
    " director chief officer captain sergeant lieutenant colonel congressman congresswoman representative professor"
    " deputy former prime vice first attorney state",
    "hedge": "may might could would should allegedly reportedly apparently perhaps possibly likely seems seemed appears"
    " appeared alleged supposed supposedly purportedly if whether claims claimed",
    "alike": "i i'm i've i'll i'd monday tuesday wednesday thursday friday saturday sunday january february march april"
    " june july august september october november december god",
    "question": "?",
    "exclamation": "!",
}
LISTED_WORDS: Final = {name: frozenset(words.split(" ")) for name, words in _LISTED.items()}


class Words(dict[str, int]):
    """The different tokens that were met -> the row that says what each is.

    Parameters
    ----------
    vocabulary
        Words of the model; a word's number is its place behind the special ones.
    """

    def __init__(self, vocabulary: Sequence[str]) -> None:
        super().__init__()
        self._number_of = {word: at for at, word in enumerate(vocabulary, N_SPECIAL)}
        self.lower: list[str] = []
        self._rows: list[tuple[int, int, int, int]] = []
        self._values: list[tuple[float, float, float, float]] = []
        self._done = 0
        self.number = self.flags = self.verb = self.noun = np.zeros(0, np.int64)
        #: Four columns: VADER, Hu & Liu, our nouns and adjectives, our verbs; each about -1..1.
        self.value = np.zeros((0, 4), np.float32)

    def __missing__(self, token: str) -> int:
        lower = token.lower().replace("’", "'")
        number = self._number_of_word(lower)
        lists = _word_lists()
        verb, noun = lists.verbs.get(lower, 0), lists.nouns.get(lower, 0)
        flags = 0
        for name, words in LISTED_WORDS.items():
            if lower in words:
                flags |= _BIT[name]
        first = token[0]
        is_word = first.isalpha()
        for name, holds in (
            ("capital", first.isupper()),
            ("shouted", len(token) > 2 and token.isupper()),
            ("negation", "n't" in lower),
            ("participle", lower in lists.participles or (is_word and lower.endswith("ed"))),
            ("progressive", is_word and lower.endswith("ing")),
            ("possessive", lower == "'s"),
            ("word", is_word),
        ):
            if holds:
                flags |= _BIT[name]
        if lower[0].isdigit():
            number = NUMBER
        valence = lists.vader.get(lower, 0.0) / 4
        self._rows.append((number, flags, verb, noun))
        self._values.append(
            (
                valence,
                lists.hu_liu.get(lower, 0.0),
                POLARITY[CLASSES[noun - 1]] if noun else 0.0,
                POLARITY[CLASSES[verb - 1]] if verb else 0.0,
            )
        )
        self.lower.append(lower)
        row = len(self.lower) - 1
        self[token] = row
        return row

    def _number_of_word(self, lower: str) -> int:
        """Return the number of a word, or of the word it is a form of."""
        for ending in ("", "'s", "s", "es", "ed", "d", "ing", "ly"):
            if lower.endswith(ending):
                stem = lower[: len(lower) - len(ending)]
                for whole in (stem, f"{stem}e") if ending in ("ed", "ing") else (stem,):
                    number = self._number_of.get(whole)
                    if number is not None and (not ending or len(whole) > 3):
                        return number
        return OTHER

    def settle(self) -> None:
        """Bring the columns up to the tokens met by now."""
        if self._done == len(self.lower):
            return
        fresh = np.array(self._rows[self._done :], np.int64).reshape(-1, 4).T
        columns = ("number", "flags", "verb", "noun")
        for name, values in zip(columns, fresh, strict=True):
            setattr(self, name, np.concatenate([getattr(self, name), values]))
        self.value = np.concatenate([self.value, np.array(self._values[self._done :], np.float32)])
        self._done = len(self.lower)


@dataclass(frozen=True)
class _WordLists:
    verbs: dict[str, int]
    participles: frozenset[str]
    nouns: dict[str, int]
    vader: dict[str, float]
    hu_liu: dict[str, float]


@cache
def _word_lists() -> _WordLists:
    return _WordLists(*classed_words(), dict(vader_data().valence), dict(hu_liu()))


@dataclass(frozen=True)
class Reading:
    """The words of some sentences, one behind another, as columns.

    Attributes
    ----------
    starts
        Where each sentence begins, and the end of the last.
    row
        Which sentence a word stands in.
    token
        Row of `Words` that says what it is.
    number
        Its number in the vocabulary, with names and the target masked.
    distance
        Words from the target: below 0 before it, 0 in it, above 0 behind it.
    flags, value, verb, noun
        As `Words` says; `value` and the classes are 0 for names and the target.
    is_name, is_target, in_quote, is_negated
        Whether it is a name that is not the target, the target, in quotation marks, behind a negation.
    """

    starts: Whole
    row: Whole
    token: Whole
    number: Whole
    distance: Whole
    flags: Whole
    value: Floats
    verb: Whole
    noun: Whole
    is_name: Flags
    is_target: Flags
    in_quote: Flags
    is_negated: Flags

    def has(self, name: str) -> Flags:
        """Say of which words a flag holds."""
        return _has(self.flags, name)

    def __len__(self) -> int:
        """Return the number of sentences."""
        return len(self.starts) - 1


def read(texts: Sequence[str], spans: Sequence[tuple[int, int]], words: Words) -> Reading:
    """Return the words around each target."""
    if len(words) > _MOST_TOKENS:
        words.clear()
    pieces: list[list[str]] = []
    sizes: list[tuple[int, int, int]] = []
    for text, (start, end) in zip(texts, spans, strict=True):
        before = _TOKEN.findall(text[max(0, start - _REACH_CHARACTERS) : start])[-REACH:]
        target = _TOKEN.findall(text[start:end]) or ["_"]
        behind = _TOKEN.findall(text[end : end + _REACH_CHARACTERS])[:REACH]
        pieces += (before, target, behind)
        sizes.append((len(before), len(target), len(behind)))
    size = np.array(sizes, np.int64).reshape(-1, 3)
    n_words = size.sum(axis=1)
    starts = np.concatenate([[0], np.cumsum(n_words)])
    token = np.fromiter(map(words.__getitem__, chain.from_iterable(pieces)), np.int64, count=starts[-1])
    words.settle()
    row = np.repeat(np.arange(len(size)), n_words)
    place = np.arange(len(token)) - starts[row]
    first, last = size[row, 0], size[row, 0] + size[row, 1]
    distance = np.minimum(place - first, 0) + np.maximum(place - last + 1, 0)
    is_target = (place >= first) & (place < last)
    flags = words.flags[token]
    number = words.number[token].copy()
    is_name = _names(flags, number, starts, row) & ~is_target
    number[is_name] = NAME
    number[is_target] = TARGET
    masked = is_name | is_target
    verb, noun = (np.where(masked, 0, column[token]) for column in (words.verb, words.noun))
    value = np.where(masked[:, None], np.float32(0), words.value[token])
    return Reading(
        starts,
        row,
        token,
        number,
        distance,
        flags,
        value,
        verb,
        noun,
        is_name,
        is_target,
        _quoted(flags, starts, row),
        _negated(flags, starts, row),
    )


def _has(flags: Whole, name: str) -> Flags:
    held: Flags = (flags & _BIT[name]) != 0
    return held


def _names(flags: Whole, number: Whole, starts: Whole, row: Whole) -> Flags:
    """Say which words are names: those with a capital, but where capitals say nothing."""
    capital, word = _has(flags, "capital"), _has(flags, "word")
    n_rows = len(starts) - 1
    n_capital = np.bincount(row, weights=capital, minlength=n_rows)
    n_word = np.bincount(row, weights=word, minlength=n_rows)
    is_headline = (n_capital > 3) & (n_capital > 0.6 * n_word)
    begins = np.ones(len(row), np.bool_)
    if len(row):
        ends = _has(flags, "stop") | _has(flags, "opening") | _has(flags, "straight")
        begins[1:] = ends[:-1]
        begins[starts[:-1][np.diff(starts) > 0]] = True
    tells_nothing = is_headline[row] | begins
    known = (number != OTHER) | _has(flags, "alike") | _has(flags, "title")
    named: Flags = capital & ~_has(flags, "alike") & ~_has(flags, "title") & ~(tells_nothing & known)
    return named


def _quoted(flags: Whole, starts: Whole, row: Whole) -> Flags:
    """Say which words stand in quotation marks; a sentence may begin or end inside them."""
    if not len(row):
        return np.zeros(0, np.bool_)
    opening, closing = _has(flags, "opening"), _has(flags, "closing")
    straight = _has(flags, "straight")
    first = starts[:-1]
    lengths = np.diff(starts)
    steps = opening.astype(np.int64) - closing
    depth = np.cumsum(steps)
    # A row without words has no first one; what is read in its place is repeated no times.
    first = first.clip(max=len(row) - 1)
    depth -= np.repeat(depth[first] - steps[first], lengths)
    # Where more is closed than was opened, the sentence began inside.
    lowest = np.zeros(len(first), np.int64)
    np.minimum.at(lowest, row, depth)
    curly = depth - lowest[row] > 0
    seen = np.cumsum(straight)
    before: Whole = np.repeat(seen[first] - straight[first], lengths)
    inside = (seen - before) % 2
    n_straight = np.bincount(row, weights=straight, minlength=len(first)).astype(np.int64)
    begins_straight = np.zeros(len(first), np.bool_)
    held = lengths > 0
    begins_straight[held] = straight[first[held]]
    flips = (n_straight % 2 == 1) & ~begins_straight
    quoted: Flags = curly | ((inside == 1) != (flips[row] & (n_straight[row] > 0)))
    return quoted


def _negated(flags: Whole, starts: Whole, row: Whole) -> Flags:
    """Say which words stand at most four behind a negation, without a stop or comma between."""
    place = np.arange(len(row))
    last = np.maximum.accumulate(np.where(_has(flags, "negation"), place, -9))
    ends = _has(flags, "comma") | _has(flags, "stop")
    barrier = np.maximum.accumulate(np.where(ends, place, -9))
    turned: Flags = (place - last <= 4) & (place > last) & (last > barrier) & (last >= starts[row])
    return turned
