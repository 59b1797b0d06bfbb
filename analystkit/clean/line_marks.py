"""Further numbers of a page's lines: times counted back from now, glued teasers, and how far a subject goes on."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate
from typing import Final

import numpy as np
from numpy.typing import NDArray

from analystkit.clean.labels import is_other_story
from analystkit.clean.lines import Line

MARKS: Final = (
    "ago", "ago_near", "ago_since", "joined", "overlap_near", "overlap_first", "overlap_above",
    "overlap_below",
)  # fmt: skip

_LONGEST_AGO: Final = 14  # words of a line that can be the time of a comment or a teaser
_WIDEST: Final = 160  # characters within which the headline of a teaser ends
_SHORTEST_JOINED: Final = 12  # words
_REACH: Final = 6
_FIRST: Final = 8  # lines of prose that the main block's subject is read from
_AGO = re.compile(
    r"\b(?:\d+|an?|one)\+?\s?(?:s|m|h|d|w|mo|y|sec(?:ond)?s?|min(?:ute)?s?|h(?:ou)?rs?|days?|weeks?|months?|years?)\.?\s+ago\b"
    r"|\bvor (?:\d+|eine[mr]) (?:sek|min|stund|tag|woche|monat|jahr)"
    r"|\bhace \d+ \w|\bil y a \d+ \w|\bhá \d+ \w|\b\d+ \w+ (?:fa|temu|geleden|назад)\b|\d+\s?(?:分|時間|日|小时|分钟|天)前",
    re.IGNORECASE,
)
# Most lines have none of these, which is quicker to say.
_MAY_BE_AGO = re.compile(r"ago\b|vor (?:\d|ein)|hace \d|il y a \d|há \d|(?:fa|temu|geleden|назад)\b|前")
_JOINED = re.compile(r"[a-zß-öø-ÿ]{3}[A-ZÀ-ÖØ-Þ][a-zß-öø-ÿ]+\s|[a-zß-ÿ][.?!][A-ZÀ-ÖØ-Þ][a-zß-ÿ]+\s")


def line_marks(
    pages: Sequence[Sequence[Line]],
    prose: NDArray[np.bool_],
    overlap: NDArray[np.float64],
    blocks: Sequence[tuple[int, int]],
) -> NDArray[np.float64]:
    """Return one row per line of every page, one page after another, one column per name of `MARKS`.

    Parameters
    ----------
    pages
        The lines of each page.
    prose
        Which of all lines look like sentences.
    overlap
        For each the share of its longer words that recur in the main block of its page (0-1).
    blocks
        For each page the half-open run of its lines that is the main block.
    """
    lines = [line for page in pages for line in page]
    sizes = np.array([len(page) for page in pages], dtype=np.intp)
    first = np.repeat(np.cumsum(sizes) - sizes, sizes)
    n = np.repeat(sizes, sizes)
    row = np.arange(len(lines))

    def near(values: NDArray[np.int64], above: int, below: int) -> NDArray[np.int64]:
        """Return for each line the sum over itself and so many lines of its page above and below it."""
        sums = np.concatenate(([0], np.cumsum(values)))
        summed: NDArray[np.int64] = (
            sums[np.minimum(row + below + 1, first + n)] - sums[np.maximum(row - above, first)]
        )
        return summed

    ago = np.zeros(len(lines), dtype=np.int64)
    ago[[i for i in _with_ago([line.text for line in lines]) if is_ago(lines[i])]] = 1
    joined = np.array([is_joined(line) for line in lines], dtype=np.int64)
    in_block = row - first >= np.repeat([start for start, _ in blocks], sizes)
    since = np.concatenate(([0], np.cumsum(ago * in_block)))
    # Counts of words are whole numbers, whose sums are the same whatever pages are summed with them.
    weights = np.array([len(line.content) for line in lines], dtype=np.int64)
    cohesion = np.rint(overlap * weights).astype(np.int64)
    around = [
        near(cohesion, above, below) / np.maximum(near(weights, above, below), 1)
        for above, below in ((_REACH, _REACH), (_REACH, 0), (0, _REACH))
    ]
    bounds = zip(pages, np.cumsum(sizes) - sizes, blocks, strict=True)
    from_first = [
        _overlap_first(page, prose[at : at + len(page)], overlap[at : at + len(page)], block)
        for page, at, block in bounds
    ]
    return np.column_stack(
        [
            ago,
            near(ago, _REACH, _REACH),
            since[1:] - since[first],
            joined,
            around[0],
            np.concatenate(from_first),
            around[1],
            around[2],
        ]
    ).astype(np.float64)


def _with_ago(texts: Sequence[str]) -> list[int]:
    """Return the lines that may hold a time counted back from now; all at once is quicker than one by one."""
    page = "\n".join(texts).lower()
    found = [match.start() for match in _MAY_BE_AGO.finditer(page)]
    ends = list(accumulate(len(text) + 1 for text in page.split("\n")))
    return sorted({bisect_right(ends, at) for at in found})


def is_ago(line: Line) -> bool:
    """Say whether a line is a time counted back from now, as comments and teasers bear it.

    >>> is_ago(Line("2 days ago at 07:51 am")), is_ago(Line("vor 3 Stunden")), is_ago(Line("A year to go"))
    (True, True, False)
    """
    return line.words <= _LONGEST_AGO and _AGO.search(line.text) is not None


def is_joined(line: Line) -> bool:
    """Say whether a headline is glued to the sentence that follows it, as in lists of teasers; a label is no headline.

    >>> is_joined(Line("Ferry accord signed in the harbourThe ferry accord was signed on Tuesday by both."))
    True
    """
    return (
        line.words > _SHORTEST_JOINED
        and _JOINED.search(line.text, 0, _WIDEST) is not None
        and not is_other_story(line.text)
    )


def _overlap_first(
    lines: Sequence[Line], prose: NDArray[np.bool_], overlap: NDArray[np.float64], block: tuple[int, int]
) -> NDArray[np.float64]:
    """Return the share of each line's longer words that the first lines of the main block hold.

    Those lines themselves, and lines without a longer word, keep the share of the whole block.
    """
    first = [i for i in range(*block) if prose[i]][:_FIRST]
    vocabulary = set().union(*(lines[i].content for i in first))
    own = set(first)
    shares = overlap.copy()
    for i, line in enumerate(lines):
        if line.content and i not in own:
            shares[i] = len(line.content & vocabulary) / len(line.content)
    return shares
