"""When something is spoken of far more than usual (bursts), and when its level changed for good (change points)."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from analystkit.errors import ArgumentError, check_choice


def burst_states(
    counts: ArrayLike,
    totals: ArrayLike,
    *,
    factor: float = 2.0,
    gamma: float = 1.0,
    decoding: str = "viterbi",
) -> NDArray[np.int64]:
    """Return 1 for each period in a burst, else 0: the path that costs least, found exactly.

    Two states, the usual share and `factor` times that; each period costs the negative log of its binomial chance, each
    step up costs `gamma` x ln(periods), a step down nothing.

    Parameters
    ----------
    counts, totals
        For each period, in order, how many documents are relevant, and of how many. A period without documents costs
        the same in both states.
    factor
        How many times the usual share a burst has (above 1).
    gamma
        How hard it is to enter a burst (0 and up).
    decoding
        "viterbi" (exact) or "greedy" (period by period, as the package burst_detection decodes; it enters bursts late).

    Returns
    -------
    ndarray of int, shape (periods,)

    Raises
    ------
    ArgumentError
        The arrays differ in length, a count exceeds its total, or a number is out of its range.

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
    relevant, all_ = np.asarray(counts, dtype=np.float64), np.asarray(totals, dtype=np.float64)
    if relevant.ndim != 1 or relevant.shape != all_.shape:
        raise ArgumentError("`counts` and `totals` must be flat and of one length, one number per period.")
    if (relevant < 0).any() or (relevant > all_).any():
        raise ArgumentError("`counts` must lie between 0 and `totals` in every period.")
    if factor <= 1 or gamma < 0:
        raise ArgumentError(f"`factor` ({factor}) must be above 1, and `gamma` ({gamma}) not negative.")
    n = len(relevant)
    states = np.zeros(n, dtype=np.int64)
    usual = relevant.sum() / max(all_.sum(), 1.0)
    if not 0 < usual * factor < 1:
        return states
    # The binomial coefficient is the same in both states.
    costs = np.stack(
        [-(relevant * math.log(p) + (all_ - relevant) * math.log1p(-p)) for p in (usual, usual * factor)]
    )
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


def runs_of(states: Sequence[int] | NDArray[np.int64]) -> list[tuple[int, int]]:
    """Return the half-open runs of 1.

    >>> runs_of([0, 1, 1, 0, 1])
    [(1, 3), (4, 5)]
    """
    edges = np.flatnonzero(np.diff(np.concatenate(([0], np.asarray(states), [0]))))
    return [(int(start), int(end)) for start, end in zip(edges[::2], edges[1::2], strict=True)]
