"""Probabilities of lines -> the runs of lines that may be the article, each described by numbers.

A run is chosen by what it holds and by what stands around it: a headline that shares its words, a byline or a date right
above, a header of comments above or inside, how early it stands.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final, NamedTuple

import numpy as np

from analystkit.clean.line_features import FEATURES
from analystkit.clean.line_looks import Matrix, Places
from analystkit.clean.lines import Line

#: Lines of a run less likely than this are no part of the article; in the second mode nearly all lines are kept.
KEEP: Final = (0.3, 0.04)
_MOST: Final = 6  # runs that are joined with each other
_ABOVE: Final = 14  # lines above a run that may hold its headline

SEGMENT_FEATURES: Final = (
    "gain", "gain_share", "words", "mean_p", "low_words", "start", "end", "rank", "keeps_all", "meta_above", "year_above",
    "title_above", "title_distance", "title_repeats", "comment_above", "comment_inside", "comment_below",
    "related_above", "related_inside", "related_below", "years_inside", "legal_inside", "share_above", "share_below",
    "rhythm", "prose_share", "repeats", "blanks_before", "first_prose", "last_prose", "first_p", "last_p", "above_p",
    "below_p", "above_words", "below_words", "starts_meta", "overlap", "novel", "gaps",
    "ago_inside", "ago_below", "joined_inside", "overlap_first", "last_overlap",
)  # fmt: skip

_AT: Final = {name: i for i, name in enumerate(FEATURES)}


class Segment(NamedTuple):
    """A half-open run of lines, and how likely a line of it must be to be kept."""

    start: int
    end: int
    keep: float

    def mask(self, p: Matrix) -> Matrix:
        """Return which lines of the page are in it (0 or 1)."""
        kept = np.zeros(len(p))
        kept[self.start : self.end] = p[self.start : self.end] > self.keep
        return kept


def find_segments(features: Matrix, p: Matrix) -> list[Segment]:
    """Return the runs that may be the article, the likeliest by sum first."""
    words = np.maximum(features[:, _AT["words"]], 0.5)
    ends: dict[tuple[int, int], float] = {}
    for cut in (0.5, 0.25):
        gains = words * (p - cut)
        runs = sorted(maximal_runs(gains.tolist()), reverse=True)[:_MOST]
        spans = sorted((start, end) for _, start, end in runs)
        sums = np.concatenate([[0.0], np.cumsum(words * (p - 0.5))])
        for i, (start, _) in enumerate(spans):
            for _, end in spans[i:]:
                ends[start, end] = float(sums[end] - sums[start])
    if not ends:
        return []
    # Each run may also begin below a line of its head, or stop at a header of comments or of other stories.
    is_short = features[:, _AT["words"]] < 12
    stops = is_short & (features[:, _AT["comment"]] + features[:, _AT["related"]] > 0.15)
    heads = is_short & ((features[:, _AT["year"]] > 0) | (features[:, _AT["meta"]] > 0.15))
    found = dict(ends)
    for start, end in sorted(ends, key=lambda span: -ends[span])[:8]:
        opens = [i + 1 for i in range(start, min(start + 7, end - 1)) if heads[i]][-1:]
        closes = [i for i in range(start + 2, end) if stops[i]]
        for begin in {start, *opens}:
            for stop in {end, *closes[:3], *closes[-2:]}:
                if begin < stop:
                    found.setdefault((begin, stop), float(sums[stop] - sums[begin]))
    best = sorted(found, key=lambda span: -found[span])[:40]
    return [Segment(start, end, keep) for start, end in best for keep in KEEP]


def maximal_runs(gains: Sequence[float]) -> list[tuple[float, int, int]]:
    """Return all maximal runs, each (sum, start, end): none can be made longer or shorter to a larger sum.

    Notes
    -----
    Ruzzo & Tompa (1999), "A linear time algorithm for finding all maximal scoring subsequences".

    Examples
    --------
    >>> maximal_runs([4, -5, 3, -3, 1, 2, -2, 2, -2, 1, 5])
    [(4.0, 0, 1), (3.0, 2, 3), (7.0, 4, 11)]
    """
    runs: list[tuple[float, float, int, int]] = []  # sum before, sum to the end, start, end
    total = 0.0
    for i, gain in enumerate(gains):
        before, total = total, total + gain
        if gain <= 0:
            continue
        run = (before, total, i, i + 1)
        while True:
            at = len(runs) - 1
            while at >= 0 and runs[at][0] >= run[0]:
                at -= 1
            if at < 0 or runs[at][1] >= run[1]:
                runs.append(run)
                break
            run = (runs[at][0], run[1], runs[at][2], run[3])
            del runs[at:]
    return [(after - before, start, end) for before, after, start, end in runs]


def segment_features(lines: Sequence[Line], features: Matrix, p: Matrix, found: Sequence[Segment]) -> Matrix:
    """Return one row per run, one column per name of `SEGMENT_FEATURES`."""
    return page_segment_features([lines], features, p, [found])


def page_segment_features(
    pages: Sequence[Sequence[Line]], features: Matrix, p: Matrix, found: Sequence[Sequence[Segment]]
) -> Matrix:
    """Return one row per run of each page, one page after another.

    `features` and `p` have one row per line of every page, one page after another.
    """
    sizes = [len(page) for page in pages]
    firsts = np.cumsum([0, *sizes])
    column = {name: features[:, i] for name, i in _AT.items()}
    words = np.maximum(column["words"], 0.5)
    gains = words * (p - 0.5)
    is_short = column["words"] < 12
    likely = p > KEEP[0]
    above = np.append(False, likely[:-1])
    above[firsts[:-1][np.array(sizes) > 0]] = False
    marks = {
        "gain": gains,
        "words": words,
        "p": words * p,
        "low": words * (p <= KEEP[0]),
        "comment": (column["comment"] > 0.1) & is_short,
        "related": (column["related"] > 0.1) & is_short,
        "legal": column["legal"] > 0,
        "share": (column["share"] > 0.1) & is_short,
        "year": (column["year"] > 0) & (words < 20),
        "meta": (column["meta"] > 0.15) & is_short,
        "rhythm": column["rhythm"],
        "prose": words * ((column["ends_stop"] > 0) & (column["words"] >= 8)),
        "repeats": column["repeats_folded"] > 1,
        "overlap": column["overlap"] * words,
        "ago": column["ago"],
        "joined": column["joined"],
        "first": column["overlap_first"] * words,
        "novel": column["novel"] * words,
        "gap": (likely != above) & ~likely,
    }
    values = np.array(list(marks.values()), dtype=np.float64)
    # The sums of the first 0, 1, 2 ... lines of each page: added up page by page, so that other pages change nothing.
    totals = np.zeros((len(marks), len(p) + len(pages)))
    for page, (begin, end) in enumerate(pairwise(firsts.tolist())):
        np.cumsum(values[:, begin:end], axis=1, out=totals[:, begin + page + 1 : end + page + 1])
    sums = dict(zip(marks, totals, strict=True))

    runs = [run for some in found for run in some]
    if not runs:
        return np.zeros((0, len(SEGMENT_FEATURES)))
    of_page = np.repeat(np.arange(len(pages)), [len(some) for some in found])
    start, end = (np.array([run[edge] for run in runs], dtype=np.intp) for edge in (0, 1))
    first, n = firsts[of_page], np.array(sizes)[of_page]
    base = first + of_page
    size = end - start

    def between(name: str, begin: Places, stop: Places) -> Matrix:
        summed: Matrix = sums[name][base + np.minimum(stop, n)] - sums[name][base + np.maximum(begin, 0)]
        return summed

    gain, n_words = between("gain", start, end), between("words", start, end)
    best = np.array([_most(gain[of_page == i]) for i in range(len(pages))])[of_page]
    ranks, titles = [], []
    for lines, some, begin in zip(pages, found, firsts.tolist(), strict=False):
        order = sorted({run.start for run in some})
        rank = {at: i for i, at in enumerate(order)}
        repeats = column["repeats"][begin : begin + len(lines)]
        title = {at: _title_above(lines, repeats, at) for at in order}
        ranks += [rank[run.start] for run in some]
        titles += [title[run.start] for run in some]
    opens, closes = first + start, first + end - 1
    is_sentence = (column["ends_stop"] > 0) & (words >= 8)
    return np.column_stack(
        [
            gain,
            gain / best,
            n_words,
            between("p", start, end) / n_words,
            between("low", start, end) / n_words,
            sums["words"][base + start] / sums["words"][base + n],
            sums["words"][base + end] / sums["words"][base + n],
            ranks,
            [run.keep < KEEP[0] for run in runs],
            between("meta", start - 6, start),
            between("year", start - 6, start),
            np.array(titles),
            between("comment", start - 8, start),
            between("comment", start, end) / size,
            between("comment", end, end + 6),
            between("related", start - 4, start),
            between("related", start, end) / size,
            between("related", end, end + 6),
            between("year", start, end) / size,
            between("legal", start, end) / size,
            between("share", start - 6, start),
            between("share", end, end + 6),
            between("rhythm", start, end) / size,
            between("prose", start, end) / n_words,
            between("repeats", start, end) / size,
            column["blanks"][opens],
            is_sentence[opens],
            is_sentence[closes],
            p[opens],
            p[closes],
            np.where(start > 0, p[opens - 1], 0.0),
            np.where(end < n, p[np.minimum(closes + 1, len(p) - 1)], 0.0),
            between("gain", start - 8, start),
            between("gain", end, end + 8),
            marks["meta"][opens] | marks["year"][opens],
            between("overlap", start, end) / n_words,
            between("novel", start, end) / n_words,
            between("gap", start, end) / size,
            between("ago", start, end) / size,
            between("ago", end, end + 8),
            between("joined", start, end) / size,
            between("first", start, end) / n_words,
            column["overlap_above"][closes],
        ]
    ).astype(np.float64)


def _most(gains: Matrix) -> float:
    return float(gains.max(initial=-np.inf)) or 1.0


def _title_above(lines: Sequence[Line], repeats: Matrix, start: int) -> tuple[float, int, float]:
    """Return the likeness (0-1) of the run's beginning to the line above it that is most like a headline of it.

    Also how many lines lie between, and whether that line stands twice on the page.
    """
    vocabulary: set[int] = set()
    for line in lines[start : start + 12]:
        vocabulary |= line.content
    best, at = 0.0, _ABOVE + 1
    for i in range(start - 1, max(start - _ABOVE, 0) - 1, -1):
        line = lines[i]
        if 3 <= line.words <= 28 and line.content:
            likeness = len(line.content & vocabulary) / max(len(line.content), 4)
            if likeness > best + 0.05:
                best, at = likeness, start - i
    return best, at, float(best > 0.3 and repeats[start - at] > 1)
