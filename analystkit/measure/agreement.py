"""How far coders agree beyond chance: Cohen's kappa for two, Krippendorff's alpha for any number."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from analystkit.errors import ArgumentError, check_choice

Floats = npt.NDArray[np.float64]

LEVELS: Final = ("nominal", "ordinal", "interval")


def cohen_kappa(first: Sequence[str], second: Sequence[str], weights: npt.ArrayLike | None = None) -> float:
    """Return Cohen's kappa (1960) of two codings of the same units; NaN where chance alone would agree always.

    Parameters
    ----------
    first, second
        One code per unit.
    weights
        What each unit counts; by default all the same.

    Examples
    --------
    Agreement in 3 of 4, by chance in 2 of 4: (3/4 - 2/4) / (1 - 2/4).

    >>> cohen_kappa(["yes", "yes", "no", "no"], ["yes", "no", "no", "no"])
    0.5
    """
    if len(first) != len(second):
        raise ArgumentError(
            f"`first` has {len(first)} codes and `second` {len(second)}; give one each per unit."
        )
    weight = np.ones(len(first)) if weights is None else np.asarray(weights, np.float64)
    if not len(first) or not weight.sum():
        return float("nan")
    codes = sorted({*first, *second})
    place = {code: i for i, code in enumerate(codes)}
    table = np.zeros((len(codes), len(codes)))
    np.add.at(table, ([place[code] for code in first], [place[code] for code in second]), weight)
    table /= table.sum()
    by_chance = float(table.sum(axis=1) @ table.sum(axis=0))
    return float("nan") if by_chance == 1 else (float(table.trace()) - by_chance) / (1 - by_chance)


def krippendorff_alpha(codes: npt.ArrayLike, level: str = "nominal") -> float:
    """Return Krippendorff's alpha of any number of coders, with gaps; NaN where nothing varies or nobody overlaps.

    Parameters
    ----------
    codes
        One row per coder, one column per unit: numbers that stand for codes, NaN where a coder gave none.
    level
        How far apart codes are: "nominal" (same or not), "ordinal" (by ranks between them), "interval" (by numbers).

    Notes
    -----
    By coincidences, as in Krippendorff (2019, chapter 12). Units with fewer than two codes have nothing to compare.

    Examples
    --------
    Three units, one code off: observed 2/6, expected 2 * 3 * 3 / (6 * 5), so 1 - (1/3) / (3/5).

    >>> round(krippendorff_alpha([[0, 0, 1], [0, 1, 1]]), 4)
    0.4444
    """
    check_choice("level", level, LEVELS)
    given = np.atleast_2d(np.asarray(codes, np.float64))
    values = np.unique(given[~np.isnan(given)])
    counts = (given[:, :, np.newaxis] == values).sum(axis=0).astype(np.float64)
    counts = counts[counts.sum(axis=1) > 1]
    if not len(counts) or len(values) < 2:
        return float("nan")
    pairs = counts.sum(axis=1) - 1
    observed = (counts / pairs[:, np.newaxis]).T @ counts - np.diag(
        (counts / pairs[:, np.newaxis]).sum(axis=0)
    )
    margins = observed.sum(axis=1)
    expected = (np.outer(margins, margins) - np.diag(margins)) / (margins.sum() - 1)
    apart = _distances(values, margins, level)
    by_chance = float((expected * apart).sum())
    return 1 - float((observed * apart).sum()) / by_chance if by_chance else float("nan")


def _distances(values: Floats, margins: Floats, level: str) -> Floats:
    """Return the squared distance between each two codes."""
    if level == "nominal":
        return 1 - np.eye(len(values))
    if level == "interval":
        return np.square(values[:, np.newaxis] - values)
    # Ranks between two codes, half of each end included.
    middle = np.cumsum(margins) - margins / 2
    return np.square(middle[:, np.newaxis] - middle)
