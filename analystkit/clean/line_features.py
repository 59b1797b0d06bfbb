"""Lines of a page -> numbers: how each line looks, what stands around it, and where it lies on the page.

One row per line, one column per name of `FEATURES`. No column needs to know the language: words of furniture are
counted (`resources/furniture_words.csv`), all else is length, stops, capitals, blanks, repeats and shared vocabulary.
"""

from __future__ import annotations

import csv
import functools
import re
from collections import Counter
from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from analystkit.clean.labels import is_furniture, is_glued, is_related
from analystkit.clean.line_marks import MARKS, line_marks
from analystkit.clean.lines import STOP, TOKEN_EDGES, WIDE, Line, has_wide
from analystkit.resources import resource_text

Matrix = NDArray[np.float64]

WORD_CLASSES: Final = ("comment", "share", "legal", "nav", "related", "meta", "call", "reader")

#: What a line shows by itself.
OWN: Final = (
    "words", "repeats", "repeats_folded", "blanks", "blanks_after",
    "length", "word_length", "ends_stop", "ends_open", "inner_stops", "commas", "lower", "capital", "capitals",
    "small", "digits", "symbols", "year", "clock", "columns", "starts_lower", "starts_quote", "starts_digit",
    "starts_bullet", "address", "question", "label", "other_story", *WORD_CLASSES,
)  # fmt: skip
#: What it shows beside the other lines of its page.
CONTEXT: Final = (
    "position", "words_before", "from_start", "from_end", "inside", "block_share", "overlap", "overlap_other", "novel",
    "prose_near", "prose_wide", "short_near", "year_near", "repeats_near", "comment_near", "related_near",
    "comments_since", "related_since", "legal_since", "years_since", "headers_since", "rhythm", "page_lines",
    "page_prose",
)  # fmt: skip
FEATURES: Final = (*OWN, *CONTEXT, *MARKS)

_INNER = re.compile(r"[.!?][\"”’»)]?\s+[^\W\d_a-z]|[。！？]")
_DIGIT = re.compile(r"\d")
_SYMBOLS = rb"|>/#+=*_~^{}\<"
_WIDER_SYMBOL = re.compile(r"[•·»›→▸►©®™✓★☆]")
_YEAR = re.compile(r"\d{1,2}[./]\d{1,2}[./]\d{2,4}|(?<!\d)(?:19|20)\d\d(?!\d)")
_CLOCK = re.compile(r"\d[:.h]\d\d(?!\d)")
_BULLET = re.compile(r"[-–—•·*»›▸►>+#|✓]|\(?\d{1,3}[.)]\s")
_ADDRESS = re.compile(r"https?:|www\.|\S@\S+\.\w")
_OPEN_END = (":", ",", "...", "…", "-", "–", ";", "»", ">")


@functools.cache
def furniture_words() -> dict[str, tuple[int, ...]]:
    """Return the classes, as positions in `WORD_CLASSES`, of each word of `resources/furniture_words.csv`."""
    classes: dict[str, set[int]] = {}
    for row in csv.DictReader(resource_text("furniture_words.csv").splitlines()):
        for word in row["words"].split():
            classes.setdefault(word, set()).add(WORD_CLASSES.index(row["class"]))
    return {word: tuple(sorted(found)) for word, found in classes.items()}


def main_block(gains: Sequence[float]) -> tuple[int, int]:
    """Return the half-open run with the largest sum (Kadane's scan); (0, 0) if no sum is above 0.

    >>> main_block([-1, 2, -1, 3, -5, 3])
    (1, 4)
    """
    best, best_sum, start, running = (0, 0), 0.0, 0, 0.0
    for i, gain in enumerate(gains):
        if running <= 0:
            start, running = i, 0.0
        running += gain
        if running > best_sum:
            best, best_sum = (start, i + 1), running
    return best


def line_features(lines: Sequence[Line]) -> Matrix:
    """Return one row per line, one column per name of `FEATURES`."""
    n = len(lines)
    own = np.zeros((n, len(OWN)))
    if not n:
        return np.zeros((0, len(FEATURES)))
    texts = [line.text for line in lines]
    exact = Counter(texts)
    folded = [_DIGIT.sub("0", text).lower() for text in texts]
    alike = Counter(folded)
    for i, line in enumerate(lines):
        after = lines[i + 1].blanks if i + 1 < n else 1
        own[i] = (
            line.words,
            exact[line.text],
            alike[folded[i]],
            min(line.blanks, 4),
            min(after, 4),
            *_looks(line.text),
        )
    context = _context(lines, own, folded)
    block = main_block(prose_gains(own).tolist())
    overlap = context[:, CONTEXT.index("overlap")]
    return np.hstack([own, context, line_marks(lines, prose_of(own) >= 0.5, overlap, block)])


# Menus and labels stand on every page of an outlet.
@functools.lru_cache(maxsize=8192)
def _looks(text: str) -> tuple[float, ...]:
    """Return what a line shows by its text alone, from "length" on in the order of `OWN`."""
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
    ends_stop = STOP.search(text[-6:]) is not None
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
        first in "\"'“”„‘«»‚",
        first.isdigit(),
        _BULLET.match(text) is not None,
        ("." in text) and _ADDRESS.search(text) is not None,
        text.endswith("?"),
        is_furniture(text),
        is_glued(text) or is_related(text),
        *(count / max(n, 4) for count in classes),
    )


def prose_of(own: Matrix) -> Matrix:
    """Return how sentence-like each line is (0-1), by hand-set shares of its own looks."""
    column = {name: own[:, i] for i, name in enumerate(OWN)}
    words = column["words"]
    prose = (
        0.15
        + 0.35 * column["ends_stop"]
        + 0.25 * np.minimum(words / 25, 1)
        + 0.25 * (column["lower"] > 0.4)
        + 0.08 * (column["commas"] > 0)
        - 0.25 * ((column["ends_stop"] == 0) & (words < 18))
        - 0.30 * ((column["columns"] > 0) | (column["symbols"] > 2))
    )
    prose = np.where((words < 4) | ((column["ends_stop"] == 0) & (words < 8)), 0.15, prose)
    prose = np.where(column["repeats"] > 1, np.minimum(prose, 0.3), prose)
    prose = np.where(
        (column["label"] > 0) | ((column["other_story"] > 0) & (column["ends_stop"] == 0)), 0.0, prose
    )
    return np.clip(prose, 0.0, 1.0)


def prose_gains(own: Matrix) -> Matrix:
    """Return what each line adds to a block of prose; a short line costs a fixed part, so that a list parts blocks."""
    prose, words = prose_of(own), own[:, OWN.index("words")]
    return np.where(
        prose >= 0.5,
        np.minimum(words, 80) * (prose - 0.4),
        -np.maximum(2.5, np.minimum(words, 25) * (0.5 - prose) * 0.9),
    )


def _context(lines: Sequence[Line], own: Matrix, folded: list[str]) -> Matrix:
    n = len(lines)
    column = {name: own[:, i] for i, name in enumerate(OWN)}
    words = column["words"]
    prose = prose_of(own) >= 0.5
    start, end = main_block(prose_gains(own).tolist())
    at = np.arange(n)
    inside = (at >= start) & (at < end)
    total = max(words.sum(), 1.0)
    before = np.cumsum(words) - words
    block_words = max(words[start:end].sum(), 1.0)
    overlap, overlap_other, novel = _overlaps(lines, inside)
    prose_words = np.where(prose, words, 0.0)
    is_short = (words < 8) & ~prose
    year = (column["year"] > 0) & (words < 25)
    comment, related = column["comment"] > 0, (column["related"] > 0) & (words < 20)
    is_comment_line = comment & (words < 12)
    header = is_short & (column["related"] + column["comment"] + column["call"] > 0.2)
    return np.column_stack(
        [
            at / max(n - 1, 1),
            before / total,
            np.clip(at - start, -60, 400),
            np.clip(end - 1 - at, -200, 400),
            inside,
            np.clip((before - before[start] if end else before) / block_words, -1.0, 2.0),
            overlap,
            overlap_other,
            novel,
            _near(prose_words, 2),
            _near(prose_words, 7),
            _near(is_short, 4),
            _near(year, 4),
            _near(column["repeats_folded"] > 1, 5),
            _near(is_comment_line, 6),
            _near(related, 6),
            _since(is_comment_line, start),
            _since(related & is_short, start),
            _since((column["legal"] > 0) & (words < 20), start),
            _since(year & is_short, start),
            _since(header, start),
            _rhythm(column, folded),
            np.full(n, float(n)),
            np.full(n, prose_words.sum() / total),
        ]
    ).astype(np.float64)


def _near(values: Matrix | NDArray[np.bool_], reach: int) -> Matrix:
    """Return the sum over the lines at most `reach` away, the line itself left out."""
    sums = np.concatenate([[0.0], np.cumsum(values, dtype=np.float64)])
    at = np.arange(len(values))
    high, low = np.minimum(at + reach + 1, len(values)), np.maximum(at - reach, 0)
    near: Matrix = sums[high] - sums[low] - values
    return near


def _since(values: NDArray[np.bool_], start: int) -> Matrix:
    """Return how many lines from `start` up to and with each line have the property."""
    counted = values.astype(np.float64)
    counted[:start] = 0.0
    return np.cumsum(counted)


def _overlaps(lines: Sequence[Line], inside: NDArray[np.bool_]) -> tuple[Matrix, Matrix, Matrix]:
    """Return three shares of each line's longer words (0-1; .5 for a line that has none).

    The words that recur in other lines of the main block; in other lines outside it; nowhere else on the page.
    """
    contents = [line.content for line in lines]
    in_block: Counter[str] = Counter()
    in_rest: Counter[str] = Counter()
    for content, is_inside in zip(contents, inside.tolist(), strict=True):
        (in_block if is_inside else in_rest).update(content)
    # A word of the line itself counts only if it stands in another line too.
    seen = {True: set(in_block), False: set(in_rest)}
    again = {
        True: {word for word, n in in_block.items() if n > 1},
        False: {word for word, n in in_rest.items() if n > 1},
    }
    shares = np.full((len(lines), 3), 0.5)
    for i, (content, is_inside) in enumerate(zip(contents, inside.tolist(), strict=True)):
        if content:
            block = content & (again if is_inside else seen)[True]
            rest = content & (seen if is_inside else again)[False]
            n = len(content)
            shares[i] = len(block) / n, len(rest) / n, 1 - len(block | rest) / n
    return shares[:, 0], shares[:, 1], shares[:, 2]


def _rhythm(column: dict[str, Matrix], folded: list[str]) -> Matrix:
    """Return how regularly the shapes of lines come back (0-1): lists of teasers and comments do, prose does not."""
    shape = (
        np.digitize(column["length"], [12, 30, 60, 120, 300])
        + 8 * column["ends_stop"]
        + 16 * (column["year"] > 0)
        + 32 * (column["digits"] > 0.3)
        + 64 * (column["blanks"] > 0)
        + 128 * (column["repeats_folded"] > 1)
    )
    n = len(shape)
    best = np.zeros(n)
    for period in range(2, 7):
        if n <= period:
            break
        same = np.zeros(n)
        same[period:] = (shape[period:] == shape[:-period]) & (shape[period:] != shape[period - 1 : -1])
        best = np.maximum(best, (_near(same, 2 * period) + same) / (4 * period + 1))
    return best
