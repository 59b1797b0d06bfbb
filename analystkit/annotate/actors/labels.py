"""Labels of tokens: which kind of name a token belongs to, and whether it begins it, is inside, ends it or is all of it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import numpy as np
from numpy.typing import NDArray

from analystkit.annotate.actors.backends import SPAN_KINDS

#: "O" for no name, then begin, inside, last and unit for each kind.
LABELS: Final = ("O", *(f"{part}-{kind}" for kind in SPAN_KINDS for part in "BILU"))


def may_follow() -> NDArray[np.bool_]:
    """Return which label (row) may be followed by which (column) in one sentence.

    >>> table = may_follow()
    >>> [LABELS[j] for j in np.flatnonzero(table[LABELS.index("B-place")])]
    ['I-place', 'L-place']
    """
    table = np.zeros((len(LABELS), len(LABELS)), dtype=bool)
    for i, one in enumerate(LABELS):
        for j, next_one in enumerate(LABELS):
            open_ = one[0] in "BI"
            table[i, j] = one[2:] == next_one[2:] and next_one[0] in "IL" if open_ else next_one[0] in "OBU"
    return table


def may_begin() -> NDArray[np.bool_]:
    """Return which labels a sentence may begin with."""
    return np.array([label[0] in "OBU" for label in LABELS])


def may_end() -> NDArray[np.bool_]:
    """Return which labels a sentence may end with."""
    return np.array([label[0] in "OLU" for label in LABELS])


def label_tokens(
    starts: NDArray[np.int64], ends: NDArray[np.int64], spans: Iterable[tuple[int, int, str]]
) -> NDArray[np.int64]:
    """Return the label of each token of one text, given its spans.

    >>> labels = label_tokens(np.array([0, 4, 9]), np.array([3, 8, 10]), [(0, 8, "person")])
    >>> [LABELS[label] for label in labels]
    ['B-person', 'L-person', 'O']
    """
    labels = np.zeros(len(starts), dtype=np.int64)
    for start, end, kind in spans:
        low = int(np.searchsorted(ends, start, side="right"))
        high = int(np.searchsorted(starts, end, side="left"))
        if high <= low:
            continue
        base = 1 + 4 * SPAN_KINDS.index(kind)
        if high - low == 1:
            labels[low] = base + 3
        else:
            labels[low], labels[low + 1 : high - 1], labels[high - 1] = base, base + 1, base + 2
    return labels


def read_labels(
    labels: Iterable[int], starts: Iterable[int], ends: Iterable[int]
) -> list[tuple[int, int, int, int, str]]:
    """Return the names that labels of tokens spell: first and last token, start, end, kind.

    >>> read_labels([1, 3, 0], [0, 4, 9], [3, 8, 10])
    [(0, 1, 0, 8, 'person')]
    """
    found: list[tuple[int, int, int, int, str]] = []
    first = begin = 0
    for number, (label, start, end) in enumerate(zip(labels, starts, ends, strict=True)):
        if not label:
            continue
        part = (label - 1) % 4
        if part in (0, 3):
            first, begin = number, start
        if part in (2, 3):
            found.append((first, number, begin, end, SPAN_KINDS[(label - 1) // 4]))
    return found
