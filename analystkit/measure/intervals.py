"""How sure a share or a mean is: intervals that resample stories, as sentences of one story are no separate witnesses."""

from __future__ import annotations

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
    a ratio estimator, percentile interval; Efron & Tibshirani 1993, chapters 6 and 13).

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
    tails = [(1 - LEVEL) / 2, (1 + LEVEL) / 2]
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
        seen = ~np.isnan(ratios).all(axis=0)
        if seen.any():
            ends = np.nanquantile(ratios[:, seen], tails, axis=0)
            low[block][seen], high[block][seen] = ends
    return low, high


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
