"""Where the level of a series changed for good: exact segmentation by likelihood, with an interval for each change."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike
from scipy.special import xlogy

from analystkit.annotate.tokens import Ints
from analystkit.errors import ArgumentError, check_choice
from analystkit.measure.running import Numbers

#: What the numbers are: measurements, counts (over an exposure), or counts out of totals.
MODELS: Final = ("normal", "poisson", "binomial")
_MOST: Final = 20


def find_change_points(
    values: ArrayLike,
    totals: ArrayLike | None = None,
    *,
    model: str = "normal",
    n_changes: int | None = None,
    min_size: int = 2,
) -> pd.DataFrame:
    """Find where the level of a series changed, and between which places each change lies.

    Parameters
    ----------
    values
        The series, in order.
    totals
        "poisson": the exposure of each value, such as running words, or the share of each period that was observed
        (`covered_shares`; None: equal). "binomial": of how many.
    model
        "normal" (measurements that vary alike around each level), "poisson" (counts) or "binomial" (counts out of totals).
    n_changes
        How many changes; None takes as many as the modified Bayesian information criterion wants, often none.
    min_size
        How many values a level has at least.

    Returns
    -------
    DataFrame
        One row per level, in order: `start`, `end` (half-open places in the series), `level` (mean, rate or share),
        `low` and `high` (of the place where it began, 95 %: from the likelihood of each place between the neighbouring
        changes, all places being as likely beforehand; NaN for the first).

    Raises
    ------
    ArgumentError
        The series is not flat, has numbers that the model does not allow, or an argument is out of its range.

    Notes
    -----
    All segmentations are compared, by dynamic programming (Auger & Lawrence 1989; Jackson et al. 2005), not a greedy
    choice; the number of changes is that of Zhang & Siegmund (2007), which is stricter than Schwarz' criterion. Values are
    taken for independent: a slow drift comes out as several steps. A change says when, not why.

    Examples
    --------
    Five of three each, then five of six each:

    >>> found = find_change_points([3, 3, 3, 3, 3, 6, 6, 6, 6, 6], model="poisson", n_changes=1)
    >>> found[["start", "end", "level"]].values.tolist()
    [[0.0, 5.0, 3.0], [5.0, 10.0, 6.0]]
    """
    check_choice("model", model, MODELS)
    x, t = _checked(values, totals, model)
    n = len(x)
    if min_size < 1:
        raise ArgumentError(f"`min_size` is {min_size}; give a number from 1 up.")
    possible = max(n // min_size - 1, 0)
    if n_changes is not None and not 0 <= n_changes <= possible:
        raise ArgumentError(f"`n_changes` is {n_changes}; {n} values bear 0 to {possible} changes.")
    if not n:
        return pd.DataFrame({"start": [], "end": [], "level": [], "low": [], "high": []})
    cost = _costs(x, t, model)
    wanted = min(possible, _MOST) if n_changes is None else n_changes
    least, came_from = _segment(cost, n, wanted, min_size)
    chosen = wanted if n_changes is not None else _by_criterion(least, came_from, n, model)
    bounds = _trace(came_from, n, chosen)
    # How much more likely one cost is than another depends on the scatter of measurements, and on nothing else.
    scale = max(least[chosen] / n, 1e-12) if model == "normal" else 1.0
    rows = []
    for k, (start, end) in enumerate(itertools.pairwise(bounds)):
        level = x[start:end].sum() / t[start:end].sum() if t[start:end].sum() else math.nan
        low, high = _place(cost, bounds[k - 1], end, min_size, scale) if k else (math.nan, math.nan)
        rows.append((start, end, float(level), low, high))
    return pd.DataFrame(rows, columns=["start", "end", "level", "low", "high"])


def _checked(values: ArrayLike, totals: ArrayLike | None, model: str) -> tuple[Numbers, Numbers]:
    x = np.asarray(values, dtype=np.float64)
    t = np.ones_like(x) if totals is None or model == "normal" else np.asarray(totals, dtype=np.float64)
    if x.ndim != 1 or x.shape != t.shape:
        raise ArgumentError("`values` and `totals` must be flat and of one length.")
    if np.isnan(x).any() or np.isnan(t).any():
        raise ArgumentError("`values` and `totals` must not hold NaN; leave out periods without articles.")
    if model == "binomial" and totals is None:
        raise ArgumentError('`totals` is None; the model "binomial" needs of how many each count is.')
    if model != "normal" and ((x < 0).any() or (t < 0).any()):
        raise ArgumentError("`values` and `totals` must not be negative.")
    if model == "binomial" and (x > t).any():
        raise ArgumentError("`values` must not exceed `totals`.")
    return x, t


def _costs(x: Numbers, t: Numbers, model: str) -> Callable[[int, Ints], Numbers]:
    """Return what gives the cost of the segments that end at a place and begin at several: -2 log-likelihood."""
    sums, sizes = np.concatenate(([0.0], np.cumsum(x))), np.concatenate(([0.0], np.cumsum(t)))
    squares = np.concatenate(([0.0], np.cumsum(x * x)))

    def cost(end: int, starts: Ints) -> Numbers:
        total, size = sums[end] - sums[starts], sizes[end] - sizes[starts]
        if model == "normal":
            spread: Numbers = squares[end] - squares[starts] - total**2 / (end - starts)
            return np.maximum(spread, 0.0)
        with np.errstate(divide="ignore", invalid="ignore"):
            rate = np.where(size > 0, total / size, 0.0)
        rest = -rate * size if model == "poisson" else xlogy(size - total, 1 - rate)
        value: Numbers = -2 * (xlogy(total, rate) + rest)
        return value

    return cost


def _segment(
    cost: Callable[[int, Ints], Numbers], n: int, n_changes: int, min_size: int
) -> tuple[Numbers, Ints]:
    """Return the least cost with 0, 1, ... changes, and where the last level of each best segmentation begins."""
    best = np.full((n_changes + 1, n + 1), np.inf)
    came_from = np.zeros((n_changes + 1, n + 1), dtype=np.int64)
    for end in range(min_size, n + 1):
        starts = np.arange(0, end - min_size + 1)
        own = cost(end, starts)
        best[0, end] = own[0]
        for k in range(1, n_changes + 1):
            whole = best[k - 1, : end - min_size + 1] + own
            at = int(whole.argmin())
            best[k, end], came_from[k, end] = whole[at], at
    if n < min_size:
        best[0, n] = cost(n, np.zeros(1, dtype=np.int64))[0]
    return best[:, n], came_from


def _by_criterion(least: Numbers, came_from: Ints, n: int, model: str) -> int:
    """Return the number of changes that the modified Bayesian information criterion wants."""
    fit = n * np.log(np.maximum(least, 1e-12) / n) if model == "normal" else least
    lengths = [np.diff(_trace(came_from, n, k)) for k in range(len(least))]
    price = [3 * k * math.log(n) + np.log(sizes / n).sum() for k, sizes in enumerate(lengths)]
    return int((fit + price).argmin())


def _trace(came_from: Ints, n: int, n_changes: int) -> list[int]:
    bounds = [n]
    for k in range(n_changes, 0, -1):
        bounds.append(int(came_from[k, bounds[-1]]))
    return [0, *reversed(bounds)]


def _place(
    cost: Callable[[int, Ints], Numbers], first: int, last: int, min_size: int, scale: float
) -> tuple[float, float]:
    """Return between which places the change lies that is the only one from `first` to `last`."""
    places = np.arange(first + min_size, last - min_size + 1)
    before = np.array([cost(int(place), np.array([first]))[0] for place in places])
    whole = before + cost(last, places)
    weight = np.exp(-(whole - whole.min()) / (2 * scale))
    reached = np.cumsum(weight) / weight.sum()
    return float(places[np.searchsorted(reached, 0.025)]), float(places[np.searchsorted(reached, 0.975)])
