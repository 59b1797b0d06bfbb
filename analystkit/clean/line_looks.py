"""Lines -> numbers that a line shows by its text alone: length, stops, capitals, digits, words of furniture.

`looks` says it of one line, `looks_of` of many at once, with arrays over their characters, many times as quick.
"""

from __future__ import annotations

import csv
import functools
import re
from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from analystkit.clean.labels import is_furniture, is_glued, is_related
from analystkit.clean.lines import (
    POWERS,
    PREFIX,
    STOP,
    TOKEN_EDGES,
    WIDE,
    content_words,
    count_words,
    has_wide,
    number_of,
)
from analystkit.clean.words import hyphenated_begins
from analystkit.resources import resource_text

Matrix = NDArray[np.float64]
Places = NDArray[np.intp]

WORD_CLASSES: Final = ("comment", "share", "legal", "nav", "related", "meta", "call", "reader")

#: The columns, in order.
LOOKS: Final = (
    "length", "word_length", "ends_stop", "ends_open", "inner_stops", "commas", "lower", "capital", "capitals",
    "small", "digits", "symbols", "year", "clock", "columns", "starts_lower", "starts_quote", "starts_digit",
    "starts_bullet", "address", "question", "label", "other_story", *WORD_CLASSES,
)  # fmt: skip

_INNER = re.compile(r"[.!?][\"”’»)]?\s+[^\W\d_a-z]|[。！？]")
_DIGIT = re.compile(r"\d")
_SYMBOLS = rb"|>/#+=*_~^{}\<"
_WIDER_SYMBOL = re.compile(r"[•·»›→▸►©®™✓★☆]")
_YEAR = re.compile(r"\d{1,2}[./]\d{1,2}[./]\d{2,4}|(?<!\d)(?:19|20)\d\d(?!\d)")
_CLOCK = re.compile(r"\d[:.h]\d\d(?!\d)")
_BULLET = re.compile(r"[-–—•·*»›▸►>+#|✓]|\(?\d{1,3}[.)]\s")
_ADDRESS = re.compile(r"https?:|www\.|\S@\S+\.\w")
_STOPS: Final = ".!?…。！？"
_QUOTES: Final = "\"'“”„‘«»‚"
_OPEN_END = (":", ",", "...", "…", "-", "–", ";", "»", ">")


@functools.cache
def furniture_words() -> dict[str, tuple[int, ...]]:
    """Return the classes, as positions in `WORD_CLASSES`, of each word of `resources/furniture_words.csv`."""
    classes: dict[str, set[int]] = {}
    for row in csv.DictReader(resource_text("furniture_words.csv").splitlines()):
        for word in row["words"].split():
            classes.setdefault(word, set()).add(WORD_CLASSES.index(row["class"]))
    return {word: tuple(sorted(found)) for word, found in classes.items()}


def looks(text: str) -> tuple[float, ...]:
    """Return one number per name of `LOOKS` for one line."""
    tokens = text.split()
    n = len(tokens)
    wide = len(WIDE.findall(text)) if has_wide(text) else 0
    length = len(text) + 1.5 * wide
    firsts = [token[0] for token in tokens]
    lower = sum(map(str.islower, firsts))
    capital = sum(map(str.isupper, firsts))
    capitals = (
        sum(len(token) > 1 for token in tokens if token.isupper() and token[0].isupper()) if capital else 0
    )
    small = sum(token[0].islower() for token in tokens if len(token) <= 3)
    classes = [0.0] * len(WORD_CLASSES)
    known = furniture_words()
    for word in text.lower().split():
        if word in known:
            found = known[word]
        elif word[0].isalnum() and word[-1].isalnum():
            continue
        else:
            found = known.get(word.strip(TOKEN_EDGES), ())
        for position in found:
            classes[position] += 1
    plain = text.encode()
    digits = len(plain) - len(plain.translate(None, b"0123456789"))
    symbols = len(plain) - len(plain.translate(None, _SYMBOLS))
    if not text.isascii():
        symbols += len(_WIDER_SYMBOL.findall(text))
    first = text[0]
    ends_stop = _ends_stop(text)
    return (
        length,
        length / n,
        ends_stop,
        not ends_stop and text.endswith(_OPEN_END),
        len(_INNER.findall(text)) if length > 25 else 0,
        text.count(",") + text.count("，") + text.count("、"),
        1.0 if wide * 2 > len(text) else lower / n,
        capital / n,
        capitals / n,
        small / n,
        digits / length,
        symbols,
        digits > 3 and len(_YEAR.findall(text)),
        digits > 2 and len(_CLOCK.findall(text)),
        "\t" in text or "   " in text,
        first.islower(),
        first in _QUOTES,
        first.isdigit(),
        _BULLET.match(text) is not None,
        has_address(text),
        text.endswith("?"),
        is_furniture(text),
        is_glued(text) or is_related(text),
        *(count / max(n, 4) for count in classes),
    )


class Seen(NamedTuple):
    """What lines show by their texts alone.

    Attributes
    ----------
    looks
        One row per line, one column per name of `LOOKS`.
    words
        Running words of each line, as `count_words` counts them.
    folded
        Each line in small letters, its digits alike.
    numbers, owners
        The beginnings of the longer words, as numbers (see `Line.content`), and the line of each, in order; a line may
        have one twice.
    """

    looks: Matrix
    words: NDArray[np.float64]
    folded: list[str]
    numbers: NDArray[np.uint64]
    owners: Places


#: Characters from this on, most of them signs that are written without spaces, are left to `looks`.
_PLAIN: Final = 0x3000
# What a character is, as bits.
(
    _SPACE,
    _LOWER,
    _UPPER,
    _NO_CAPITAL,
    _DIGIT_SIGN,
    _SYMBOL,
    _COMMA,
    _EDGE,
    _STOP,
    _CLOSER,
    _LETTER,
    _ANY_DIGIT,
    _QUOTE,
    _WORD,
    _JOINS,
) = (1 << i for i in range(15))
_LOOK: Final = {name: i for i, name in enumerate(LOOKS)}


@functools.cache
def _kinds() -> NDArray[np.uint16]:
    """Return what each character below `_PLAIN` is."""
    letter = re.compile(r"[^\W\d_a-z]")
    symbols = _SYMBOLS.decode()
    kinds = np.zeros(_PLAIN, dtype=np.uint16)
    for code in range(_PLAIN):
        sign = chr(code)
        kinds[code] = (
            _SPACE * sign.isspace()
            | _LOWER * sign.islower()
            | _UPPER * sign.isupper()
            | _NO_CAPITAL * (sign.islower() or (sign.istitle() and not sign.isupper()))
            | _DIGIT_SIGN * (sign in "0123456789")
            | _ANY_DIGIT * (_DIGIT.match(sign) is not None)
            | _SYMBOL * (sign in symbols or _WIDER_SYMBOL.match(sign) is not None)
            | _COMMA * (sign == ",")
            | _EDGE * (sign in TOKEN_EDGES)
            | _STOP * (sign in ".!?")
            | _CLOSER * (sign in '"”’»)')
            | _LETTER * (letter.match(sign) is not None)
            | _QUOTE * (sign in _QUOTES)
            | _WORD * (sign.isalnum() or sign == "_")
            | _JOINS * (sign in "'’-")
        )
    return kinds


def looks_of(texts: Sequence[str]) -> Seen:
    """Return what lines show by their texts alone; none may be empty, or hold a line end."""
    joined = "\n".join(texts) + "\n"
    lowered = joined.lower()
    codes, low = _codes(joined), _codes(lowered)
    ends = np.flatnonzero(codes == 10)
    if len(codes) != len(low) or codes.max() >= _PLAIN or low.max() >= _PLAIN:
        # Some lines have rare characters: these alone one by one.
        is_rare = [
            not text.isascii()
            and (
                len(text) != len(text.lower()) or max(text) >= chr(_PLAIN) or max(text.lower()) >= chr(_PLAIN)
            )
            for text in texts
        ]
        return _merged(texts, is_rare)
    n = len(texts)
    kinds = _kinds()[codes]
    is_space = (kinds & _SPACE) > 0
    # The last line end closes the last word.
    edges = np.flatnonzero(is_space != np.concatenate(([True], is_space[:-1])))
    starts, stops = edges[::2], edges[1::2]
    owners = np.searchsorted(ends, starts)
    begins = np.concatenate(([0], ends[:-1] + 1))

    def per_line(which: NDArray[np.bool_]) -> Matrix:
        return np.bincount(owners[which], minlength=n).astype(np.float64)

    lengths = stops - starts
    first = kinds[starts]
    n_words = np.bincount(owners, minlength=n).astype(np.float64)
    is_lower, is_upper = (first & _LOWER) > 0, (first & _UPPER) > 0
    without = np.concatenate(([0], np.cumsum((kinds & _NO_CAPITAL) > 0)))
    in_capitals = is_upper & (lengths > 1) & (without[stops] == without[starts])
    marks = np.flatnonzero(kinds & (_DIGIT_SIGN | _SYMBOL | _COMMA | _ANY_DIGIT))
    of_mark, line_of_mark = kinds[marks], np.searchsorted(ends, marks)

    def marked(kind: int) -> Matrix:
        return np.bincount(line_of_mark[(of_mark & kind) > 0], minlength=n).astype(np.float64)

    found = np.zeros((n, len(LOOKS)))
    length = (ends - begins).astype(np.float64)
    digits = marked(_DIGIT_SIGN)
    opening, closing = kinds[begins], codes[ends - 1]
    found[:, _LOOK["length"]] = length
    found[:, _LOOK["word_length"]] = length / n_words
    found[:, _LOOK["inner_stops"]] = np.where(length > 25, _inner_stops(kinds, starts, owners, ends), 0.0)
    found[:, _LOOK["commas"]] = marked(_COMMA)
    found[:, _LOOK["lower"]] = per_line(is_lower) / n_words
    found[:, _LOOK["capital"]] = per_line(is_upper) / n_words
    found[:, _LOOK["capitals"]] = per_line(in_capitals) / n_words
    found[:, _LOOK["small"]] = per_line(is_lower & (lengths <= 3)) / n_words
    found[:, _LOOK["digits"]] = digits / length
    found[:, _LOOK["symbols"]] = marked(_SYMBOL)
    found[:, _LOOK["starts_lower"]] = (opening & _LOWER) > 0
    found[:, _LOOK["starts_quote"]] = (opening & _QUOTE) > 0
    found[:, _LOOK["starts_digit"]] = [text[0].isdigit() for text in texts]
    found[:, _LOOK["question"]] = closing == ord("?")
    ends_stop = np.array([_ends_stop(text) for text in texts])
    found[:, _LOOK["ends_stop"]] = ends_stop
    found[:, _LOOK["ends_open"]] = [text.endswith(_OPEN_END) for text in texts] & ~ends_stop
    found[:, _LOOK["columns"]] = ["\t" in text or "   " in text for text in texts]
    found[:, _LOOK["starts_bullet"]] = [_BULLET.match(text) is not None for text in texts]
    found[:, _LOOK["address"]] = [has_address(text) for text in texts]
    found[:, _LOOK["label"]] = [is_furniture(text) for text in texts]
    found[:, _LOOK["other_story"]] = [is_glued(text) or is_related(text) for text in texts]
    for i in np.flatnonzero(digits > 2).tolist():
        found[i, _LOOK["year"]] = len(_YEAR.findall(texts[i])) if digits[i] > 3 else 0
        found[i, _LOOK["clock"]] = len(_CLOCK.findall(texts[i]))
    starts, stops = _stripped(kinds, starts, stops)
    numbers = _numbers(low, starts, stops)
    known = furniture_words()
    may = np.flatnonzero(_may_be_furniture()[numbers >> np.uint64(48)])
    hits = [
        owner * len(WORD_CLASSES) + position
        for owner, start, stop in zip(
            owners[may].tolist(), starts[may].tolist(), stops[may].tolist(), strict=True
        )
        for position in known.get(lowered[start:stop], ())
    ]
    classes = np.bincount(np.array(hits, dtype=np.intp), minlength=n * len(WORD_CLASSES)).reshape(n, -1)
    found[:, _LOOK[WORD_CLASSES[0]] :] = classes / np.maximum(n_words, 4)[:, None]
    folded = lowered.split("\n")
    for i in np.flatnonzero(marked(_ANY_DIGIT)).tolist():
        folded[i] = _DIGIT.sub("0", texts[i]).lower()
    counts = (lengths > 3) & (stops > starts)
    word_starts = np.flatnonzero(hyphenated_begins((kinds & _WORD) > 0, (kinds & _JOINS) > 0))
    words = np.diff(np.searchsorted(word_starts, ends), prepend=0).astype(np.float64)
    return Seen(found, words, folded[:-1], numbers[counts], owners[counts])


def _merged(texts: Sequence[str], is_rare: Sequence[bool]) -> Seen:
    """Return what lines show of which some are seen one by one."""
    plain = [i for i, rare in enumerate(is_rare) if not rare]
    found = np.zeros((len(texts), len(LOOKS)))
    words = np.zeros(len(texts))
    folded = [""] * len(texts)
    numbers: list[NDArray[np.uint64]] = []
    owners: list[Places] = []
    if plain:
        seen = looks_of([texts[i] for i in plain])
        found[plain], words[plain] = seen.looks, seen.words
        for i, text in zip(plain, seen.folded, strict=True):
            folded[i] = text
        numbers.append(seen.numbers)
        owners.append(np.array(plain)[seen.owners])
    for i, rare in enumerate(is_rare):
        if rare:
            found[i] = looks(texts[i])
            words[i] = count_words(texts[i])
            folded[i] = _DIGIT.sub("0", texts[i]).lower()
            content = np.array([number_of(word) for word in content_words(texts[i])], dtype=np.uint64)
            numbers.append(content)
            owners.append(np.full(len(content), i))
    together = np.concatenate(owners)
    order = np.argsort(together, kind="stable")
    return Seen(found, words, folded, np.concatenate(numbers)[order], together[order])


def _codes(text: str) -> NDArray[np.uint32]:
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)


def _inner_stops(kinds: NDArray[np.uint16], starts: Places, owners: Places, ends: Places) -> Matrix:
    """Return how many sentences end within each line: a stop, a mark that closes, a space, no small letter."""
    at = np.flatnonzero(kinds & _STOP)
    after = at + 1
    after = after + ((kinds[after] & _CLOSER) > 0)
    lines = np.searchsorted(ends, at)
    following = np.minimum(np.searchsorted(starts, after), len(starts) - 1)
    is_inner = (
        ((kinds[after] & _SPACE) > 0)
        & (owners[following] == lines)
        & (starts[following] > after)
        & ((kinds[starts[following]] & _LETTER) > 0)
    )
    return np.bincount(lines[is_inner], minlength=len(ends)).astype(np.float64)


def _stripped(kinds: NDArray[np.uint16], starts: Places, stops: Places) -> tuple[Places, Places]:
    """Return the bounds of words without the marks at their edges; those of nothing else are left empty."""
    starts, stops = starts.copy(), stops.copy()
    left = np.flatnonzero((kinds[starts] & _EDGE) > 0)
    while len(left):
        starts[left] += 1
        left = left[(starts[left] < stops[left]) & ((kinds[starts[left]] & _EDGE) > 0)]
    left = np.flatnonzero(((kinds[stops - 1] & _EDGE) > 0) & (stops > starts))
    while len(left):
        stops[left] -= 1
        left = left[(starts[left] < stops[left]) & ((kinds[stops[left] - 1] & _EDGE) > 0)]
    return starts, stops


def _numbers(codes: NDArray[np.uint32], starts: Places, stops: Places) -> NDArray[np.uint64]:
    """Return the number of the beginning of each word (see `number_of`)."""
    numbers = np.zeros(len(starts), dtype=np.uint64)
    lengths = stops - starts
    for place, power in enumerate(POWERS):
        at = np.minimum(starts + place, len(codes) - 1)
        numbers += np.where(lengths > place, codes[at] + 1, 0).astype(np.uint64) * np.uint64(power)
    return numbers


@functools.cache
def _may_be_furniture() -> NDArray[np.bool_]:
    """Return which first bits of a number a word of furniture has: most other words have none of these."""
    may = np.zeros(1 << 16, dtype=bool)
    for word in furniture_words():
        may[number_of(word[:PREFIX]) >> 48] = True
    return may


def _ends_stop(text: str) -> bool:
    last = text[-1]
    return last in _STOPS or (not last.isalnum() and STOP.search(text[-6:]) is not None)


def has_address(text: str) -> bool:
    """Say whether a line holds an address of the web or of mail."""
    # Looked for in the whole line, the pattern is slow; these are its letters in either way.
    may = "." in text and ("http" in text or "www." in text or "@" in text)
    return may and _ADDRESS.search(text) is not None
