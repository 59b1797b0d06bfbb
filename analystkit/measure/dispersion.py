"""How evenly a word is spread: over the parts of a collection, or over its running words.

Measures over parts take two arrays: how often the word stands in each part, and how many words each part has. Where two
authorities define one name differently, both are here under names of their own. Each says in its docstring which end
means even.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from analystkit.errors import ArgumentError, check_choice

Numbers = NDArray[np.float64]


def _parts(counts: ArrayLike, sizes: ArrayLike | None) -> tuple[Numbers, Numbers]:
    """Return counts and sizes of the parts as arrays of one length; parts of one size where none is given."""
    n = np.asarray(counts, dtype=np.float64)
    size = np.ones_like(n) if sizes is None else np.asarray(sizes, dtype=np.float64)
    if n.ndim != 1 or n.shape != size.shape or not len(n):
        raise ArgumentError(
            f"`counts` and `sizes` must be flat and of one length, one number per part; they have the shapes "
            f"{n.shape} and {size.shape}."
        )
    if (n < 0).any() or (size <= 0).any():
        raise ArgumentError("`counts` must not be negative and `sizes` must be above 0.")
    return n, size


def part_range(counts: ArrayLike) -> int:
    """Return how many parts have the word at all.

    >>> part_range([2, 0, 1])
    2
    """
    return int((_parts(counts, None)[0] > 0).sum())


def relative_range(counts: ArrayLike) -> float:
    """Return the share of parts that have the word (0-1).

    >>> relative_range([2, 0, 1, 0])
    0.5
    """
    return part_range(counts) / len(np.asarray(counts))


def standard_deviation(counts: ArrayLike) -> float:
    """Return the standard deviation of the counts over all parts (divided by the number of parts).

    >>> standard_deviation([1, 3])
    1.0
    """
    return float(_parts(counts, None)[0].std())


def variation_coefficient(counts: ArrayLike) -> float:
    """Return the standard deviation over the mean: 0 is even; NaN where the word is absent.

    >>> variation_coefficient([1, 3])
    0.5
    """
    n, _ = _parts(counts, None)
    return float(n.std() / n.mean()) if n.any() else math.nan


def juilland_d(counts: ArrayLike, sizes: ArrayLike | None = None) -> float:
    """Return Juilland's D: 1 even, 0 all in one part; NaN where the word is absent.

    Juilland et al. (1970): 1 - variation coefficient of the shares over the root of (parts - 1).

    >>> round(juilland_d([0, 4, 3, 2, 1]), 4)
    0.6464
    """
    n, size = _parts(counts, sizes)
    if not n.any():
        return math.nan
    if len(n) == 1:
        return 1.0
    return 1 - variation_coefficient(n / size) / math.sqrt(len(n) - 1)


def carroll_d2(counts: ArrayLike, sizes: ArrayLike | None = None) -> float:
    """Return Carroll's D2, the entropy of the shares over the largest there can be: 1 even, 0 all in one part.

    Carroll (1970); NaN where the word is absent.

    >>> round(carroll_d2([2, 1, 1, 1, 0]), 4)
    0.8277
    """
    n, size = _parts(counts, sizes)
    if not n.any():
        return math.nan
    if len(n) == 1:
        return 1.0
    shares = n / size / (n / size).sum()
    seen = shares[shares > 0]
    return float(-(seen * np.log(seen)).sum() / math.log(len(n)))


def rosengren_s(counts: ArrayLike, sizes: ArrayLike | None = None) -> float:
    """Return Rosengren's S: 1 even, 1 / parts all in one of equal parts; NaN where the word is absent.

    Rosengren (1971).

    >>> round(rosengren_s([1, 2, 3, 4, 5]), 3)
    0.937
    """
    n, size = _parts(counts, sizes)
    if not n.any():
        return math.nan
    return float(np.sqrt(n * size / size.sum()).sum() ** 2 / n.sum())


def lyne_d3(counts: ArrayLike) -> float:
    """Return Lyne's D3, 1 - chi-square / (4 x count), for parts of one size: 1 even; NaN where the word is absent.

    Lyne (1985).

    >>> round(lyne_d3([1, 2, 3, 4, 5]), 3)
    0.944
    """
    n, _ = _parts(counts, None)
    if not n.any():
        return math.nan
    return float(1 - (np.square(n - n.mean()) / n.mean()).sum() / (4 * n.sum()))


def gries_dp(counts: ArrayLike, sizes: ArrayLike | None = None) -> float:
    """Return Gries' deviation of proportions: 0 even, near 1 all in one small part; NaN where the word is absent.

    Gries (2008): half the sum of the gaps between each part's share of the word and of all words.

    >>> gries_dp([3, 1], [100, 100])
    0.25
    """
    n, size = _parts(counts, sizes)
    if not n.any():
        return math.nan
    return float(np.abs(n / n.sum() - size / size.sum()).sum() / 2)


def conventional_dp(counts: ArrayLike, sizes: ArrayLike | None = None) -> float:
    """Return 1 - DP, turned as most other measures are: 1 even, near 0 all in one small part.

    >>> conventional_dp([3, 1], [100, 100])
    0.75
    """
    return 1 - gries_dp(counts, sizes)


def gries_dp_norm(counts: ArrayLike, sizes: ArrayLike | None = None) -> float:
    """Return DP over the largest that the sizes allow: 0 even, 1 all in the smallest part.

    Lijffijt & Gries (2012).

    >>> gries_dp_norm([4, 0], [100, 100])
    1.0
    """
    n, size = _parts(counts, sizes)
    if len(n) == 1:
        return 0.0 if n.any() else math.nan
    return gries_dp(n, size) / float(1 - size.min() / size.sum())


def egbert_dp(counts: ArrayLike, sizes: ArrayLike | None = None) -> float:
    """Return 1 - DP over the largest that the word's parts allow: 1 even, 0 all in the smallest part.

    Egbert, Burch & Biber (2020), with the direction that most other measures have.

    >>> egbert_dp([4, 0], [100, 100])
    0.0
    """
    n, size = _parts(counts, sizes)
    if len(n) == 1:
        return 1.0 if n.any() else math.nan
    with_it = n > 0
    if not with_it.any():
        return math.nan
    return 1 - gries_dp(n, size) / float(1 - size[with_it].min() / size.sum())


def burch_da(counts: ArrayLike, sizes: ArrayLike | None = None) -> float:
    """Return Burch's DA, from the mean gap between the shares of any two parts: 1 even, 0 all in one.

    Burch, Egbert & Biber (2017); NaN where the word is absent.

    >>> burch_da([4, 0])
    0.0
    """
    n, size = _parts(counts, sizes)
    if not n.any():
        return math.nan
    if len(n) == 1:
        return 1.0
    shares = np.sort(n / size)
    k = len(shares)
    # The sum over all pairs of sorted shares: each is the larger of those below it, the smaller of those above.
    gaps = float((shares * (2 * np.arange(k) - k + 1)).sum())
    return 1 - gaps / (k * (k - 1) / 2) / (2 * float(shares.mean()))


def kl_divergence(counts: ArrayLike, sizes: ArrayLike | None = None) -> float:
    """Return the divergence of the word's shares from those of all words, in bits: 0 even; NaN where it is absent.

    Gries (2021).

    >>> kl_divergence([4, 0], [100, 100])
    1.0
    """
    n, size = _parts(counts, sizes)
    if not n.any():
        return math.nan
    share, expected = n / n.sum(), size / size.sum()
    seen = share > 0
    return float((share[seen] * np.log2(share[seen] / expected[seen])).sum())


def gries_dkl(counts: ArrayLike, sizes: ArrayLike | None = None) -> float:
    """Return 1 / (1 + divergence), the divergence in bits: 1 even, towards 0 uneven. Gries (2024).

    >>> gries_dkl([4, 0], [100, 100])
    0.5
    """
    return 1 / (1 + kl_divergence(counts, sizes))


def gries_dkl_exponential(counts: ArrayLike, sizes: ArrayLike | None = None) -> float:
    """Return exp(-divergence), the divergence in bits: 1 even, towards 0 uneven. Gries (2021).

    >>> round(gries_dkl_exponential([4, 0], [100, 100]), 4)
    0.3679
    """
    return math.exp(-kl_divergence(counts, sizes))


def carroll_um(counts: ArrayLike, sizes: ArrayLike | None = None) -> float:
    """Return Carroll's Um, the count made smaller for unevenness: D2 x count + (1 - D2) x count / parts. Carroll (1970).

    >>> round(carroll_um([2, 1, 1, 1, 0]), 2)
    4.31
    """
    n, size = _parts(counts, sizes)
    even = carroll_d2(n, size)
    return float(n.sum() * even + (1 - even) * n.sum() / len(n)) if n.any() else 0.0


def juilland_u(counts: ArrayLike, sizes: ArrayLike | None = None) -> float:
    """Return Juilland's U, the count times D. Juilland et al. (1970).

    >>> round(juilland_u([0, 4, 3, 2, 1]), 2)
    6.46
    """
    n, size = _parts(counts, sizes)
    return float(n.sum()) * juilland_d(n, size) if n.any() else 0.0


def rosengren_kf(counts: ArrayLike, sizes: ArrayLike | None = None) -> float:
    """Return Rosengren's KF, the count times S. Rosengren (1971).

    >>> round(rosengren_kf([4, 0]), 6)
    2.0
    """
    n, size = _parts(counts, sizes)
    return float(n.sum()) * rosengren_s(n, size) if n.any() else 0.0


def engvall(counts: ArrayLike) -> float:
    """Return the count times the share of parts that have the word. Engvall (1974).

    >>> engvall([4, 0])
    2.0
    """
    return float(_parts(counts, None)[0].sum()) * relative_range(counts)


def _gaps(positions: Sequence[int], size: int) -> Numbers:
    """Return the distances between the word's occurrences, the collection closed to a ring."""
    at = np.asarray(positions, dtype=np.float64)
    if len(at) and (at.min() < 0 or at.max() >= size or (np.diff(at) <= 0).any()):
        raise ArgumentError(f"`positions` must rise and lie within 0 and {size - 1}, the last word.")
    return np.diff(at, append=at[:1] + size)


def average_reduced_frequency(positions: Sequence[int], size: int) -> float:
    """Return ARF: the count, reduced by how closely the occurrences cluster (from 1 up to the count).

    Savický & Hlaváčová (2002).

    Parameters
    ----------
    positions
        Where the word stands, from 0, rising.
    size
        Running words in all.

    Examples
    --------
    >>> average_reduced_frequency([0, 5], 10), average_reduced_frequency([0, 1], 10)
    (2.0, 1.2)
    """
    gaps = _gaps(positions, size)
    if not len(gaps):
        return 0.0
    mean = size / len(gaps)
    return float(np.minimum(gaps, mean).sum() / mean)


def average_waiting_time(positions: Sequence[int], size: int) -> float:
    """Return AWT: how many words one waits for the next occurrence from anywhere, on average; NaN where there is none.

    Savický & Hlaváčová (2002): (1 + sum of squared gaps / size) / 2.

    >>> average_waiting_time([0, 5], 10)
    3.0
    """
    gaps = _gaps(positions, size)
    return float((1 + np.square(gaps).sum() / size) / 2) if len(gaps) else math.nan


def average_logarithmic_distance(positions: Sequence[int], size: int) -> float:
    """Return ALD: the mean log10 of the gaps, weighted by them; NaN where the word is absent.

    Savický & Hlaváčová (2002).

    >>> average_logarithmic_distance([0, 10], 20)
    1.0
    """
    gaps = _gaps(positions, size)
    return float((gaps * np.log10(gaps)).sum() / size) if len(gaps) else math.nan


#: The measures over parts by the names that `dispersion` and `score_dispersion` take: counts and sizes in, a number out.
OVER_PARTS: Final[dict[str, Callable[[ArrayLike, ArrayLike | None], float]]] = {
    "range": lambda counts, sizes: float(part_range(counts)),
    "relative_range": lambda counts, sizes: relative_range(counts),
    "standard_deviation": lambda counts, sizes: standard_deviation(counts),
    "variation_coefficient": lambda counts, sizes: variation_coefficient(counts),
    "juilland_d": juilland_d,
    "carroll_d2": carroll_d2,
    "rosengren_s": rosengren_s,
    "lyne_d3": lambda counts, sizes: lyne_d3(counts),
    "gries_dp": gries_dp,
    "conventional_dp": conventional_dp,
    "gries_dp_norm": gries_dp_norm,
    "egbert_dp": egbert_dp,
    "burch_da": burch_da,
    "kl_divergence": kl_divergence,
    "gries_dkl": gries_dkl,
    "gries_dkl_exponential": gries_dkl_exponential,
    "carroll_um": carroll_um,
    "juilland_u": juilland_u,
    "rosengren_kf": rosengren_kf,
    "engvall": lambda counts, sizes: engvall(counts),
}

#: The measures over running words: positions and the number of words in, a number out.
OVER_WORDS: Final[dict[str, Callable[[Sequence[int], int], float]]] = {
    "arf": average_reduced_frequency,
    "awt": average_waiting_time,
    "ald": average_logarithmic_distance,
}


def score_dispersion(
    counts: ArrayLike, sizes: ArrayLike | None = None, *, measures: Iterable[str] | None = None
) -> pd.DataFrame:
    """Return how evenly words are spread over parts, from their counts, in many measures.

    Parameters
    ----------
    counts
        How often the word stands in each part; for several words one row each.
    sizes
        How many running words each part has; None takes them for equal.
    measures
        Which of `dispersion.OVER_PARTS` (None: all).

    Returns
    -------
    DataFrame
        One row per word, one column per measure; NaN where the word does not occur.

    Notes
    -----
    Each measure's function in `analystkit.measure.dispersion` names its source and says which end means even.

    Examples
    --------
    >>> score_dispersion([[2, 0], [1, 1]], measures=["range", "gries_dp"]).values.tolist()
    [[1.0, 0.5], [2.0, 0.0]]
    """
    names = list(OVER_PARTS) if measures is None else list(measures)
    for name in names:
        check_choice("measures", name, OVER_PARTS)
    rows = np.atleast_2d(np.asarray(counts, dtype=np.float64))
    return pd.DataFrame(
        [{name: OVER_PARTS[name](row, sizes) for name in names} for row in rows], columns=names
    )
