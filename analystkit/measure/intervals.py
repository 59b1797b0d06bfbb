"""How sure a share or a mean is: intervals that resample stories, as sentences of one story are no separate witnesses."""

from __future__ import annotations

from statistics import NormalDist
from typing import Final

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

#: Fewer stories than this in the denominator are too few to say anything.
FLOOR: Final = 5
DRAWS: Final = 1000
LEVEL: Final = 0.95
_SEED: Final = 20231213
_BLOCK: Final = 20_000  # cells at a time, which bounds the memory to some 160 MB


def ratio_intervals(
    cell: npt.ArrayLike,
    story: npt.ArrayLike,
    x: npt.ArrayLike,
    group: npt.ArrayLike,
    group_story: npt.ArrayLike,
    y: npt.ArrayLike,
    group_of_cell: npt.ArrayLike,
    *,
    draws: int = DRAWS,
) -> tuple[Floats, Floats]:
    """Return the ends of the interval of each ratio (sum of x in a cell) / (sum of y in its group).

    Stories are drawn with replacement, as many as there are; both sums are taken over the draw (a cluster bootstrap of
    a ratio estimator, percentile interval; Efron & Tibshirani 1993, chapters 6 and 13). Of few stories, or of few that
    have most of the copies, such an interval is too narrow; it is taken further out as Hesterberg (2015, section 4.2)
    does, for the number of stories that count (Kish 1965).

    Parameters
    ----------
    cell, story, x
        One entry per cell and story: the cell's number (from 0), the story's number (from 0), what it adds above.
    group, group_story, y
        One entry per group and story: the group's number, the story's number, what it adds below.
    group_of_cell
        The group of each cell.

    Returns
    -------
    low, high
        One entry per cell; NaN where the group is empty in every draw.

    Examples
    --------
    Every one of 40 stories has the thing: there is nothing to vary.

    >>> stories = range(40)
    >>> ratio_intervals([0] * 40, stories, [1] * 40, [0] * 40, stories, [1] * 40, [0])
    (array([1.]), array([1.]))
    """
    cells, stories, above = np.asarray(cell, np.int64), np.asarray(story, np.int64), np.asarray(x, np.float64)
    groups, below = np.asarray(group, np.int64), np.asarray(y, np.float64)
    owner = np.asarray(group_of_cell, np.int64)
    # Only stories that add below can be drawn; whoever adds above adds below as well.
    drawn, below_stories = np.unique(np.asarray(group_story, np.int64), return_inverse=True)
    stories = np.searchsorted(drawn, stories)
    n_cells, n_stories = len(owner), len(drawn)
    n_groups = int(max(groups.max(initial=-1), owner.max(initial=-1))) + 1
    low, high = np.full(n_cells, np.nan), np.full(n_cells, np.nan)
    if not n_stories:
        return low, high
    adding = np.bincount(groups, weights=below, minlength=n_groups)
    squares = np.bincount(groups, weights=below**2, minlength=n_groups)
    tails = expanded_tails(np.divide(adding**2, squares, out=np.ones(n_groups), where=squares > 0))[owner]
    for first in range(0, n_cells, _BLOCK):
        block = slice(first, min(first + _BLOCK, n_cells))
        inside = (cells >= block.start) & (cells < block.stop)
        at, of, value = cells[inside] - block.start, stories[inside], above[inside]
        # The same seed for every block: all cells see the same draws.
        rng = np.random.default_rng(_SEED)
        ratios = np.full((draws, block.stop - block.start), np.nan)
        for draw in ratios:
            weight = np.bincount(rng.integers(n_stories, size=n_stories), minlength=n_stories)
            total = np.bincount(groups, weights=weight[below_stories] * below, minlength=n_groups)[
                owner[block]
            ]
            part = np.bincount(at, weights=weight[of] * value, minlength=len(draw))
            np.divide(part, total, out=draw, where=total > 0)
        low[block], high[block] = tail_quantiles(ratios, tails[block])
    return low, high


def expanded_tails(n: npt.ArrayLike) -> Floats:
    """Return what share of the draws lies beyond each end of the interval, for so many stories (Hesterberg 2015).

    A percentile interval of n stories is as narrow as one by the normal distribution and the variance over n. This
    share makes it as wide as one by Student's t and the variance over n - 1.

    >>> expanded_tails([10_000, 20, 5]).round(4).tolist()
    [0.025, 0.0159, 0.001]
    """
    stories = np.maximum(np.asarray(n, np.float64), 2.0)
    freedom = stories - 1
    z = NormalDist().inv_cdf((1 + LEVEL) / 2)
    # Abramowitz & Stegun 26.7.5: right to 0.001 for 4 degrees of freedom, more for more.
    t = (
        z
        + (z**3 + z) / (4 * freedom)
        + (5 * z**5 + 16 * z**3 + 3 * z) / (96 * freedom**2)
        + (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / (384 * freedom**3)
        + (79 * z**9 + 776 * z**7 + 1482 * z**5 - 1920 * z**3 - 945 * z) / (92160 * freedom**4)
    )
    known, of = np.unique(np.sqrt(stories / freedom) * t, return_inverse=True)
    shares: Floats = np.array([NormalDist().cdf(-one) for one in known])[of]
    return shares


def tail_quantiles(draws: Floats, tails: npt.ArrayLike) -> tuple[Floats, Floats]:
    """Return the ends of the interval of each column of draws, that leave a share of them on either side.

    Absent values are no draws; a column without any has no interval.

    >>> ends = tail_quantiles(np.array([[3.0, np.nan], [1.0, 7.0], [2.0, 5.0]]), [0.25, 0.0])
    >>> [end.tolist() for end in ends]
    [[1.5, 5.0], [2.5, 7.0]]
    """
    ranked = np.sort(np.ascontiguousarray(draws.T), axis=1)  # absent values last
    n = np.count_nonzero(~np.isnan(ranked), axis=1)
    rows = np.arange(len(ranked))
    ends = []
    for share in (np.asarray(tails, np.float64), 1 - np.asarray(tails, np.float64)):
        place = share * np.maximum(n - 1, 0)
        before = np.floor(place).astype(np.int64)
        after = np.minimum(before + 1, np.maximum(n - 1, 0))
        part = place - before
        ends.append((1 - part) * ranked[rows, before] + part * ranked[rows, after])
    return ends[0], ends[1]


def difference_intervals(
    item: npt.ArrayLike,
    slice_: npt.ArrayLike,
    story: npt.ArrayLike,
    x: npt.ArrayLike,
    below_slice: npt.ArrayLike,
    below_story: npt.ArrayLike,
    y: npt.ArrayLike,
    n_items: int,
    *,
    draws: int = DRAWS,
) -> tuple[Floats, Floats]:
    """Return the ends of the interval of each difference: an item's ratio in slice 1 less its ratio in slice 0.

    Stories are drawn with replacement from those of both slices together, so that a story which both hold moves both
    (percentile interval; Efron & Tibshirani 1993, chapters 8 and 13), taken further out as in `ratio_intervals` for the
    slice that has fewer.

    Parameters
    ----------
    item, slice_, story, x
        One entry per item, slice and story: its number, 0 or 1, the story's number, what it adds above.
    below_slice, below_story, y
        One entry per slice and story: what it adds below.
    n_items
        How many items there are.

    Returns
    -------
    low, high
        One entry per item; NaN where a slice is empty in every draw.
    """
    cell = np.asarray(item, np.int64) * 2 + np.asarray(slice_, np.int64)
    above, below = np.asarray(x, np.float64), np.asarray(y, np.float64)
    sides = np.asarray(below_slice, np.int64)
    known, numbers = np.unique(np.asarray(below_story, np.int64), return_inverse=True)
    of = np.searchsorted(known, np.asarray(story, np.int64))
    if not len(known):
        return np.full(n_items, np.nan), np.full(n_items, np.nan)
    rng = np.random.default_rng(_SEED)
    differences = np.full((draws, n_items), np.nan)
    for draw in differences:
        weight = np.bincount(rng.integers(len(known), size=len(known)), minlength=len(known))
        total = np.bincount(sides, weights=weight[numbers] * below, minlength=2)
        if (total > 0).all():
            ratios = (
                np.bincount(cell, weights=weight[of] * above, minlength=2 * n_items).reshape(n_items, 2)
                / total
            )
            draw[:] = ratios[:, 1] - ratios[:, 0]
    adding, squares = (np.bincount(sides, weights=below**power, minlength=2) for power in (1, 2))
    n = (adding**2 / np.where(squares > 0, squares, np.inf)).min()
    return tail_quantiles(differences, np.full(n_items, expanded_tails([n])[0]))


def difference_of_intervals(share: Floats, low: Floats, high: Floats) -> tuple[Floats, Floats]:
    """Return the ends of the interval of a difference of two shares, made of the intervals of both (Newcombe 1998).

    Parameters
    ----------
    share, low, high
        One row per item, one column for each of two slices that are drawn apart from each other.

    Examples
    --------
    The example of Newcombe's paper, 56 of 70 and 48 of 80 (Wilson's intervals):

    >>> ends = difference_of_intervals(np.array([[.6, .8]]), np.array([[.4904, .6916]]), np.array([[.7005, .8775]]))
    >>> [float(end.round(3)[0]) for end in ends]
    [0.052, 0.334]
    """
    difference = share[:, 1] - share[:, 0]
    down = np.hypot(share[:, 1] - low[:, 1], high[:, 0] - share[:, 0])
    up = np.hypot(high[:, 1] - share[:, 1], share[:, 0] - low[:, 0])
    return difference - down, difference + up


def widen_certain(
    share: npt.ArrayLike, n_stories: npt.ArrayLike, low: npt.ArrayLike, high: npt.ArrayLike
) -> tuple[Floats, Floats]:
    """Return the intervals with those of shares of exactly 0 or 1 opened on their inner side.

    Resampling none (or all) of the stories gives none (or all) again, which would claim certainty. There the bound of
    Wilson's score interval (1927) for the number of stories is used.

    Examples
    --------
    None of 10 stories: z^2 / (n + z^2) = 3.8415 / 13.8415.

    >>> low, high = widen_certain([0.0], [10], [0.0], [0.0])
    >>> low.tolist(), high.round(4).tolist()
    ([0.0], [0.2775])
    """
    shares, n = np.asarray(share, np.float64), np.asarray(n_stories, np.float64)
    lows, highs = np.array(low, np.float64), np.array(high, np.float64)
    bound = _Z2 / (n + _Z2)
    none, all_of_them = (shares == 0) & (n > 0), (shares == 1) & (n > 0)
    lows[none], highs[none] = 0.0, bound[none]
    lows[all_of_them], highs[all_of_them] = 1 - bound[all_of_them], 1.0
    return lows, highs


_Z2: Final = 1.959963984540054**2  # the normal quantile of 0.975, squared
