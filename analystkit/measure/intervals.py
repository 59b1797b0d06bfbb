"""How sure a share or a mean is: intervals that resample stories, as sentences of one story are no separate witnesses."""

from __future__ import annotations

import functools
import math
from collections.abc import Sequence
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
#: Of more stories than this in a group the draws are not made: how they would fall is known from their moments.
_MANY: Final = 2048


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

    Of more than 2,048 stories in all, each is drawn apart from the others, as often as Poisson's law says (Hanley &
    MacGibbon 2006), which for so many is the same; and of a group with more than 2,048 of its own the ends are those to
    which more and more draws would tend (Cornish & Fisher 1938).

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
    of_below = np.asarray(group_story, np.int64)
    n_cells = len(owner)
    low, high = np.full(n_cells, np.nan), np.full(n_cells, np.nan)
    if not len(of_below):
        return low, high
    n_groups = int(max(groups.max(initial=-1), owner.max(initial=-1))) + 1
    # Only stories that add below can be drawn; whoever adds above adds below as well.
    number = _renumbered(of_below)
    of_below, stories = number[of_below], number[stories]
    n_stories = int(number.max()) + 1
    adding, squares = (np.bincount(groups, weights=below**power, minlength=n_groups) for power in (1, 2))
    tails = expanded_tails(np.divide(adding**2, squares, out=np.ones(n_groups), where=squares > 0))
    few = np.ones(n_groups, dtype=np.bool_)
    if n_stories > _MANY and draws == DRAWS:
        few = np.bincount(groups, minlength=n_groups) <= _MANY
        big = ~few[owner]
        if big.any():
            inside = big[cells]
            known = _Linear(groups, of_below, below, n_groups, n_stories)
            ends = known.ends(cells[inside], stories[inside], above[inside], owner, tails[owner])
            low[big], high[big] = ends[0][big], ends[1][big]
    at, of_group = _columns(groups, of_below, cells, stories, owner, n_stories)
    weights = _weights(n_stories if n_stories <= _MANY else 0, draws)
    drawn = np.flatnonzero(few[owner])
    under = few[groups]
    total = _sums(groups[under], of_group[under], below[under], n_groups, weights)
    place = np.full(n_cells, -1, dtype=np.int64)
    for first in range(0, len(drawn), _BLOCK):
        block = drawn[first : first + _BLOCK]
        place[:] = -1
        place[block] = np.arange(len(block))
        inside = place[cells] >= 0
        part = _sums(place[cells[inside]], at[inside], above[inside], len(block), weights)
        whole = total[owner[block]]
        ratios = np.divide(part, whole, out=np.full(part.shape, np.nan), where=whole > 0)
        low[block], high[block] = _ends(ratios, tails[owner[block]])
    return low, high


def _renumbered(stories: Ints) -> Ints:
    """Return a new number, from 0 and in the same order, for each story that is there."""
    here = np.bincount(stories) > 0
    return np.cumsum(here) - 1


def _columns(
    groups: Ints, of_below: Ints, cells: Ints, stories: Ints, owner: Ints, n_stories: int
) -> tuple[Ints, Ints]:
    """Return which column of the weights each entry above, and each below, is drawn by."""
    if n_stories <= _MANY:
        return stories, of_below
    # Groups need not see the same draws: each numbers its own stories, which keeps the weights small.
    key = groups * n_stories + of_below
    ranked = np.argsort(key, kind="stable")
    key = key[ranked]
    first = np.searchsorted(key, np.arange(int(groups.max(initial=-1)) + 1) * n_stories)
    rank = np.empty(len(key), dtype=np.int64)
    rank[ranked] = np.arange(len(key)) - first[groups[ranked]]
    above = owner[cells] * n_stories + stories
    at = np.searchsorted(key, above) - first[owner[cells]] if len(cells) else cells
    return at, rank


@functools.lru_cache(maxsize=12)
def _weights(n_stories: int, draws: int) -> Floats:
    """Return how often each story is drawn in each draw: one row per story, one column per draw.

    Of so many stories, drawn with replacement; 0 stands for many, of which each is drawn apart from the others.
    """
    rng = np.random.default_rng(_SEED)
    if not n_stories:
        return rng.poisson(1.0, size=(_MANY, draws)).astype(np.float64)
    chosen = rng.integers(n_stories, size=(draws, n_stories))
    chosen += np.arange(draws)[:, np.newaxis] * n_stories
    counts = np.bincount(chosen.ravel(), minlength=draws * n_stories).reshape(draws, n_stories)
    return np.ascontiguousarray(counts.T, dtype=np.float64)


def _sums(rows: Ints, columns: Ints, values: Floats, n_rows: int, weights: Floats) -> Floats:
    """Return the sum of the values of each row in each draw."""
    from scipy import sparse

    shape = (n_rows, len(weights))
    return np.asarray(sparse.csr_matrix((values, (rows, columns)), shape=shape) @ weights, dtype=np.float64)


class _Linear:
    """Sums over many stories, each drawn apart from the others: how far ratios of them reach, from their moments.

    Parameters
    ----------
    groups, stories, y
        What is below, as in `ratio_intervals`.
    """

    def __init__(self, groups: Ints, stories: Ints, y: Floats, n_groups: int, n_stories: int) -> None:
        self._n_stories = n_stories
        key = groups * n_stories + stories
        self._key, inverse = np.unique(key, return_inverse=True)
        self._y = np.bincount(inverse, weights=y, minlength=len(self._key))
        group = self._key // n_stories
        self._sums = [np.bincount(group, weights=self._y**m, minlength=n_groups) for m in range(5)]

    def ends(
        self, cells: Ints, stories: Ints, x: Floats, owner: Ints, tails: Floats
    ) -> tuple[Floats, Floats]:
        """Return the ends of the interval of each ratio; entries as in `ratio_intervals`."""
        once, inverse = np.unique(cells * self._n_stories + stories, return_inverse=True)
        own_x = np.bincount(inverse, weights=x, minlength=len(once)).astype(np.float64)
        cells = once // self._n_stories
        y = self._y[np.searchsorted(self._key, owner[cells] * self._n_stories + once % self._n_stories)]
        n, total = len(owner), self._sums[1][owner]
        ratio = np.bincount(cells, weights=own_x, minlength=n) / np.maximum(total, 1e-300)
        moments = []
        for m in (2, 3, 4):
            # What a story adds to the sum above less its due share of the sum below.
            rest = (-ratio) ** m * self._sums[m][owner]
            due = ratio[cells] * y
            own = np.bincount(cells, weights=(own_x - due) ** m - (-due) ** m, minlength=n)
            moments.append((rest + own) / np.maximum(total, 1e-300) ** m)
        low, high = _cornish_fisher(ratio, moments, tails)
        least = np.full(n, np.inf)
        most = np.full(n, -np.inf)
        np.minimum.at(least, cells, own_x)
        np.maximum.at(most, cells, own_x - y)
        # No draw of what adds nothing below 0 falls below it, nor of parts above their whole.
        low = np.where(least >= 0, np.maximum(low, 0), low)
        return low, np.where(most <= 0, np.minimum(high, 1), high)


def _cornish_fisher(middle: Floats, cumulants: Sequence[Floats], tails: Floats) -> tuple[Floats, Floats]:
    """Return where a share `tails` of a sum lies on either side, from its cumulants 2 to 4 (Cornish & Fisher 1938).

    >>> one = np.ones(1)
    >>> [end.round(3).tolist() for end in _cornish_fisher(0 * one, [one, 0 * one, 0 * one], 0.025 * one)]
    [[-1.96], [1.96]]
    """
    second, third, fourth = cumulants
    spread = np.sqrt(np.maximum(second, 0))
    safe = np.where(spread > 0, spread, 1.0)
    skew, peak = third / safe**3, fourth / safe**4
    known, of = np.unique(tails, return_inverse=True)
    z = np.array([NormalDist().inv_cdf(share) for share in known])[of]
    ends = []
    for side in (z, -z):
        reach = (
            side
            + (side**2 - 1) * skew / 6
            + (side**3 - 3 * side) * peak / 24
            - (2 * side**3 - 5 * side) * skew**2 / 36
        )
        ends.append(middle + spread * reach)
    return np.minimum(ends[0], middle), np.maximum(ends[1], middle)


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
    return _ends(np.ascontiguousarray(draws.T), tails)


def _ends(rows: Floats, tails: npt.ArrayLike) -> tuple[Floats, Floats]:
    """Return the ends of the interval of each row of draws."""
    ranked = np.sort(rows, axis=1)  # absent values last
    n = np.count_nonzero(~np.isnan(ranked), axis=1)
    row = np.arange(len(ranked))
    ends = []
    for share in (np.asarray(tails, np.float64), 1 - np.asarray(tails, np.float64)):
        place = share * np.maximum(n - 1, 0)
        before = np.floor(place).astype(np.int64)
        after = np.minimum(before + 1, np.maximum(n - 1, 0))
        part = place - before
        ends.append((1 - part) * ranked[row, before] + part * ranked[row, after])
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
    adding, squares = (np.bincount(sides, weights=below**power, minlength=2) for power in (1, 2))
    n = (adding**2 / np.where(squares > 0, squares, np.inf)).min()
    tails = np.full(n_items, expanded_tails([n])[0])
    if len(known) > _MANY and draws == DRAWS:
        return _far_differences(cell, of, above, sides, numbers, below, len(known), tails)
    weights = _weights(len(known), draws)
    total = _sums(sides, numbers, below, 2, weights)
    parts = _sums(cell, of, above, 2 * n_items, weights).reshape(n_items, 2, draws)
    both = (total > 0).all(axis=0)
    ratios = np.divide(parts, total, out=np.full(parts.shape, np.nan), where=both)
    return _ends(ratios[:, 1] - ratios[:, 0], tails)


def _far_differences(
    cell: Ints,
    of: Ints,
    above: Floats,
    sides: Ints,
    numbers: Ints,
    below: Floats,
    n_stories: int,
    tails: Floats,
) -> tuple[Floats, Floats]:
    """Return the ends of the intervals of differences over many stories, from their moments; see `_Linear`."""
    n_items = len(tails)
    y = np.bincount(numbers * 2 + sides, weights=below, minlength=2 * n_stories).reshape(n_stories, 2)
    total = np.maximum(y.sum(axis=0), 1e-300)
    scaled = y / total
    ratio = np.bincount(cell, weights=above, minlength=2 * n_items).reshape(n_items, 2) / total
    once, inverse = np.unique((cell // 2) * n_stories + of, return_inverse=True)
    x = np.bincount(inverse * 2 + cell % 2, weights=above, minlength=2 * len(once)).reshape(-1, 2) / total
    item, story = once // n_stories, once % n_stories
    due = ratio[item] * scaled[story]
    base = due[:, 0] - due[:, 1]
    full = base + x[:, 1] - x[:, 0]
    moments = []
    for m in (2, 3, 4):
        rest = sum(
            math.comb(m, k)
            * (-ratio[:, 1]) ** k
            * ratio[:, 0] ** (m - k)
            * float((scaled[:, 1] ** k * scaled[:, 0] ** (m - k)).sum())
            for k in range(m + 1)
        )
        moments.append(rest + np.bincount(item, weights=full**m - base**m, minlength=n_items))
    low, high = _cornish_fisher(ratio[:, 1] - ratio[:, 0], moments, tails)
    return np.maximum(low, -1), np.minimum(high, 1)


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
