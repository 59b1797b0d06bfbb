"""Lines of a page -> numbers: how each line looks, what stands around it, and where it lies on the page.

One row per line, one column per name of `FEATURES`. No column needs to know the language: words of furniture are
counted (`resources/furniture_words.csv`), all else is length, stops, capitals, blanks, repeats and shared vocabulary.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from analystkit.clean.line_looks import LOOKS, Matrix, Places, looks_of
from analystkit.clean.line_marks import MARKS, line_marks
from analystkit.clean.lines import Line

# Which line of which page a row is: pages one after another.
Whole = NDArray[np.int64]

#: What a line shows by itself.
OWN: Final = (
    "words", "repeats", "repeats_folded", "blanks", "blanks_after",
    *LOOKS,
)  # fmt: skip
#: What it shows beside the other lines of its page.
CONTEXT: Final = (
    "position", "words_before", "from_start", "from_end", "inside", "block_share", "overlap", "overlap_other", "novel",
    "prose_near", "prose_wide", "short_near", "year_near", "repeats_near", "comment_near", "related_near",
    "comments_since", "related_since", "legal_since", "years_since", "headers_since", "rhythm", "page_lines",
    "page_prose",
)  # fmt: skip
FEATURES: Final = (*OWN, *CONTEXT, *MARKS)


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
    return page_features([lines])


def page_features(pages: Sequence[Sequence[Line]]) -> Matrix:
    """Return one row per line of every page, one page after another, one column per name of `FEATURES`."""
    lines = [line for page in pages for line in page]
    if not lines:
        return np.zeros((0, len(FEATURES)))
    texts = [line.text for line in lines]
    seen = looks_of(texts)
    bounds = np.searchsorted(seen.owners, np.arange(len(lines) + 1)).tolist()
    numbers = seen.numbers.tolist()
    for line, words, (begin, end) in zip(lines, seen.words.tolist(), pairwise(bounds), strict=True):
        line.words, line.content = words, set(numbers[begin:end])
    place = _Place.of(pages)
    blanks = np.array([line.blanks for line in lines])
    after = np.append(blanks[1:], 1)
    after[place.first + place.n == np.arange(1, len(lines) + 1)] = 1
    own = np.empty((len(lines), len(OWN)))
    own[:, 0] = seen.words
    own[:, 1], own[:, 2] = _repeats(texts, place), _repeats(seen.folded, place)
    own[:, 3], own[:, 4] = np.minimum(blanks, 4), np.minimum(after, 4)
    own[:, 5:] = seen.looks
    gains = prose_gains(own).tolist()
    blocks = [main_block(gains[begin:end]) for begin, end in pairwise(place.bounds)]
    context = _context(place, own, blocks, seen.numbers, seen.owners)
    overlap = context[:, CONTEXT.index("overlap")]
    return np.hstack([own, context, line_marks(pages, prose_of(own) >= 0.5, overlap, blocks)])


class _Place(NamedTuple):
    """Where each line lies: its page, the row of the first line of that, its place on it and how many lines it has."""

    page: Places
    first: Places
    at: Places
    n: Places
    bounds: list[int]

    @classmethod
    def of(cls, pages: Sequence[Sequence[Line]]) -> _Place:
        sizes = np.array([len(page) for page in pages], dtype=np.intp)
        firsts = np.cumsum(sizes) - sizes
        first = np.repeat(firsts, sizes)
        page = np.repeat(np.arange(len(pages)), sizes)
        return cls(
            page, first, np.arange(len(page)) - first, np.repeat(sizes, sizes), [*firsts.tolist(), len(page)]
        )


def _repeats(texts: Sequence[str], place: _Place) -> list[int]:
    """Return how often each text stands on its page."""
    found: list[int] = []
    for begin, end in pairwise(place.bounds):
        some = texts[begin:end]
        found += map(Counter(some).__getitem__, some)
    return found


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


def _context(
    place: _Place,
    own: Matrix,
    blocks: Sequence[tuple[int, int]],
    numbers: NDArray[np.uint64],
    owners: Places,
) -> Matrix:
    column = {name: own[:, i] for i, name in enumerate(OWN)}
    words = column["words"]
    prose = prose_of(own) >= 0.5
    sizes = np.diff(place.bounds)
    start, end = (np.repeat(np.array(edge, dtype=np.intp), sizes) for edge in zip(*blocks, strict=True))
    first, at, n = place.first, place.at, place.n
    inside = (at >= start) & (at < end)
    # In fifths words are whole numbers, whose sums are the same whatever pages are summed with them.
    fifths = np.rint(words * 5).astype(np.int64)
    sums = _sums(fifths)
    total = np.maximum((sums[first + n] - sums[first]) / 5, 1.0)
    before = (sums[:-1] - sums[first]) / 5
    block_words = np.maximum((sums[first + end] - sums[first + start]) / 5, 1.0)
    above = np.where(end > 0, before[first + start], 0.0)
    prose_words = np.where(prose, fifths, 0)
    is_short = (words < 8) & ~prose
    year = (column["year"] > 0) & (words < 25)
    comment, related = column["comment"] > 0, (column["related"] > 0) & (words < 20)
    is_comment_line = comment & (words < 12)
    header = is_short & (column["related"] + column["comment"] + column["call"] > 0.2)
    in_prose = _sums(prose_words)

    def near(values: NDArray[np.bool_] | Whole, reach: int) -> Whole:
        """Return the sum over the lines at most `reach` away, the line itself left out."""
        summed = _sums(values)
        return (
            summed[first + np.minimum(at + reach + 1, n)] - summed[first + np.maximum(at - reach, 0)] - values
        )

    def since(values: NDArray[np.bool_]) -> Whole:
        """Return how many lines from the start of the block up to and with each line have the property."""
        summed = _sums(values & (at >= start))
        return summed[1:] - summed[first]

    return np.column_stack(
        [
            at / np.maximum(n - 1, 1),
            before / total,
            np.clip(at - start, -60, 400),
            np.clip(end - 1 - at, -200, 400),
            inside,
            np.clip((before - above) / block_words, -1.0, 2.0),
            *_overlaps(place, inside, numbers, owners),
            near(prose_words, 2) / 5,
            near(prose_words, 7) / 5,
            near(is_short, 4),
            near(year, 4),
            near(column["repeats_folded"] > 1, 5),
            near(is_comment_line, 6),
            near(related, 6),
            since(is_comment_line),
            since(related & is_short),
            since((column["legal"] > 0) & (words < 20)),
            since(year & is_short),
            since(header),
            _rhythm(column, at, near),
            n,
            (in_prose[first + n] - in_prose[first]) / 5 / total,
        ]
    ).astype(np.float64)


def _sums(values: NDArray[np.bool_] | Whole) -> Whole:
    """Return the sums of the first 0, 1, 2 ... values."""
    return np.concatenate(([0], np.cumsum(values, dtype=np.int64)))


def _overlaps(
    place: _Place, inside: NDArray[np.bool_], numbers: NDArray[np.uint64], owners: Places
) -> tuple[Matrix, Matrix, Matrix]:
    """Return three shares of each line's longer words (0-1; .5 for a line that has none).

    The words that recur in other lines of the main block; in other lines outside it; nowhere else on the page.
    """
    size = len(inside)
    # The words of each page, numbered, and each line that has one once.
    found, word = np.unique(numbers, return_inverse=True)
    pairs = np.sort((place.page[owners] * len(found) + word) * size + owners)
    pairs = pairs[np.append(True, pairs[1:] != pairs[:-1])[: len(pairs)]]
    line, word = pairs % size, pairs // size
    group = np.cumsum(np.append(False, word[1:] != word[:-1])) if len(word) else word
    is_inside = inside[line]
    n_groups = int(group[-1]) + 1 if len(group) else 0
    in_block = np.bincount(group[is_inside], minlength=n_groups)
    in_rest = np.bincount(group[~is_inside], minlength=n_groups)
    # A word of the line itself counts only if it stands in another line too.
    block, rest = in_block[group] > is_inside, in_rest[group] > ~is_inside
    n = np.bincount(line, minlength=size)
    none, n = n == 0, np.maximum(n, 1)

    def share(which: NDArray[np.bool_]) -> Matrix:
        return np.where(none, 0.5, np.bincount(line[which], minlength=size) / n)

    return share(block), share(rest), np.where(none, 0.5, 1 - share(block | rest))


def _rhythm(column: dict[str, Matrix], at: Places, near: Callable[[NDArray[np.bool_], int], Whole]) -> Matrix:
    """Return how regularly the shapes of lines come back (0-1): lists of teasers and comments do, prose does not."""
    shape = (
        np.digitize(column["length"], [12, 30, 60, 120, 300])
        + 8 * column["ends_stop"]
        + 16 * (column["year"] > 0)
        + 32 * (column["digits"] > 0.3)
        + 64 * (column["blanks"] > 0)
        + 128 * (column["repeats_folded"] > 1)
    )
    changes = np.append(True, shape[1:] != shape[:-1])
    best = np.zeros(len(shape))
    for period in range(2, min(7, len(shape))):
        same = np.zeros(len(shape), dtype=bool)
        same[period:] = (shape[period:] == shape[:-period]) & changes[period:] & (at[period:] >= period)
        best = np.maximum(best, (near(same, 2 * period) + same) / (4 * period + 1))
    return best
