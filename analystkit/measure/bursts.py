"""When something is spoken of far more than usual (bursts), and when its level changed for good (change points)."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from analystkit.errors import ArgumentError, check_choice

#: What counts are: out of totals, or over an exposure.
MODELS: Final = ("binomial", "poisson")


def burst_states(
    counts: ArrayLike,
    totals: ArrayLike,
    *,
    factor: float = 2.0,
    gamma: float = 1.0,
    decoding: str = "viterbi",
    model: str = "binomial",
) -> NDArray[np.int64]:
    """Return 1 for each period in a burst, else 0: the path that costs least, found exactly.

    Two states, the usual share (or rate) and `factor` times that; each period costs the negative log of its chance, each
    step up costs `gamma` x ln(periods), a step down nothing.

    Parameters
    ----------
    counts, totals
        For each period, in order, how many documents are relevant, and of how many. A period without documents costs
        the same in both states. With "poisson", how much of each period was observed (see `covered_shares`).
    factor
        How many times the usual share a burst has (above 1).
    gamma
        How hard it is to enter a burst (0 and up).
    decoding
        "viterbi" (exact) or "greedy" (period by period, as the package burst_detection decodes; it enters bursts late).
    model
        "binomial" (counts out of totals) or "poisson" (counts over an exposure: so many a month).

    Returns
    -------
    ndarray of int, shape (periods,)

    Raises
    ------
    ArgumentError
        The arrays differ in length, a count exceeds its total, something was counted where nothing was observed, or a
        number is out of its range.

    Notes
    -----
    Kleinberg (2003), "Bursty and hierarchical structure in streams", for documents in batches, decoded by Viterbi's
    algorithm. Where the burst's share would exceed 1 there can be no burst.

    Examples
    --------
    >>> burst_states([0, 2, 1, 6, 7, 2, 8, 7, 2, 1], [9, 11, 12, 10, 10, 8, 12, 10, 13, 11]).tolist()
    [0, 0, 0, 1, 1, 0, 1, 1, 0, 0]
    """
    check_choice("decoding", decoding, ("viterbi", "greedy"))
    check_choice("model", model, MODELS)
    relevant, all_ = np.asarray(counts, dtype=np.float64), np.asarray(totals, dtype=np.float64)
    if relevant.ndim != 1 or relevant.shape != all_.shape:
        raise ArgumentError("`counts` and `totals` must be flat and of one length, one number per period.")
    of_totals = model == "binomial"
    beyond = relevant > all_ if of_totals else (relevant > 0) & (all_ == 0)
    if (relevant < 0).any() or (all_ < 0).any() or beyond.any():
        raise ArgumentError(
            "`counts` must lie between 0 and `totals` in every period."
            if of_totals
            else "`counts` and `totals` must not be negative, nor may anything be counted where nothing was observed."
        )
    if factor <= 1 or gamma < 0:
        raise ArgumentError(f"`factor` ({factor}) must be above 1, and `gamma` ({gamma}) not negative.")
    n = len(relevant)
    states = np.zeros(n, dtype=np.int64)
    usual = relevant.sum() / (all_.sum() or 1.0)
    if not usual or (of_totals and usual * factor >= 1):
        return states
    costs = np.stack([-log_chance(relevant, all_, p, model) for p in (usual, usual * factor)])
    up = gamma * math.log(n)
    if decoding == "greedy":
        state = 0
        for t in range(n):
            state = int(costs[1, t] + (0.0 if state else up) < costs[0, t])
            states[t] = state
        return states
    least = np.array([costs[0, 0], costs[1, 0] + up])
    came_from = np.zeros((2, n), dtype=np.int64)
    for t in range(1, n):
        into = np.array([[least[0], least[1]], [least[0] + up, least[1]]])
        came_from[:, t] = into.argmin(axis=1)
        least = into.min(axis=1) + costs[:, t]
    states[-1] = int(least.argmin())
    for t in range(n - 1, 0, -1):
        states[t - 1] = came_from[states[t], t]
    return states


def log_chance(
    counts: NDArray[np.float64], totals: NDArray[np.float64], level: float, model: str
) -> NDArray[np.float64]:
    """Return the natural log of the chance of each count at a level, but for what is the same at every level.

    >>> log_chance(np.array([1.0]), np.array([2.0]), 0.5, "binomial").tolist() == [2 * math.log(0.5)]
    True
    """
    if model == "poisson":
        return counts * math.log(level) - level * totals
    return counts * math.log(level) + (totals - counts) * math.log1p(-level)


def runs_of(states: Sequence[int] | NDArray[np.int64]) -> list[tuple[int, int]]:
    """Return the half-open runs of 1.

    >>> runs_of([0, 1, 1, 0, 1])
    [(1, 3), (4, 5)]
    """
    edges = np.flatnonzero(np.diff(np.concatenate(([0], np.asarray(states), [0]))))
    return [(int(start), int(end)) for start, end in zip(edges[::2], edges[1::2], strict=True)]
