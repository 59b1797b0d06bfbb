"""How strongly two things go together, from counts: tables of two by two, one per row of the arrays given.

Collocations, co-mentions and keyness are all such tables. For collocations `n_both` counts the pair, `n_first` and
`n_second` its parts, `n_all` all pairs. For keyness `n_both` counts a word in the slice, `n_first` the word in both
slices, `n_second` all words of the slice, `n_all` all words of both.

All arguments are numbers or arrays of one shape; so is what is returned. Where a measure is not defined (a count of 0
under a logarithm) it is -inf or NaN, as its docstring says, never a number that was made up.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray
from scipy import stats

from analystkit.errors import ArgumentError, check_choice

Numbers = NDArray[np.float64]


class Table(NamedTuple):
    """Observed and expected counts: `o11` both, `o12` the first without the second, `o21` the reverse, `o22` neither."""

    o11: Numbers
    o12: Numbers
    o21: Numbers
    o22: Numbers
    e11: Numbers
    e12: Numbers
    e21: Numbers
    e22: Numbers
    n: Numbers

    @property
    def observed(self) -> tuple[Numbers, Numbers, Numbers, Numbers]:
        """The four counts, row by row."""
        return self.o11, self.o12, self.o21, self.o22

    @property
    def expected(self) -> tuple[Numbers, Numbers, Numbers, Numbers]:
        """The four counts that independence would give, row by row."""
        return self.e11, self.e12, self.e21, self.e22


def table_of(n_both: ArrayLike, n_first: ArrayLike, n_second: ArrayLike, n_all: ArrayLike) -> Table:
    """Return the tables with these counts.

    Raises
    ------
    ArgumentError
        A count is negative, or larger than one that it is part of.

    Examples
    --------
    >>> float(table_of(10, 20, 30, 100).e11)
    6.0
    """
    both, first, second, n = np.broadcast_arrays(
        *(np.asarray(count, dtype=np.float64) for count in (n_both, n_first, n_second, n_all))
    )
    cells = both, first - both, second - both, n - first - second + both
    names = ("n_both", "n_first", "n_second", "n_all")
    for cell, name in zip(cells, names, strict=True):
        if (cell < 0).any():
            raise ArgumentError(
                f"`{name}` does not fit the other counts: no table of two by two has a negative cell. "
                "Each of `n_first` and `n_second` holds `n_both`, and `n_all` holds both."
            )
    with np.errstate(divide="ignore", invalid="ignore"):
        rest_first, rest_second = n - first, n - second
        expected = (
            first * second / n,
            first * rest_second / n,
            rest_first * second / n,
            rest_first * rest_second / n,
        )
    return Table(*cells, *expected, n)


def _sign(table: Table) -> Numbers:
    """Return -1 where the pair is rarer than independence gives, else 1."""
    return np.where(table.o11 < table.e11, -1.0, 1.0)


def _xlogx(count: Numbers, over: Numbers) -> Numbers:
    """Return count * ln(count / over), 0 where the count is 0."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(count > 0, count * np.log(count / over), 0.0)


def log_likelihood(table: Table) -> Numbers:
    """Return G2 over the four cells, negative where the pair is rarer than expected (0 and up in size).

    Dunning (1993), "Accurate methods for the statistics of surprise and coincidence".

    >>> round(float(log_likelihood(table_of(110, 2552, 221, 31777))), 2)
    270.72
    """
    cells = zip(table.observed, table.expected, strict=True)
    total = np.sum([_xlogx(observed, expected) for observed, expected in cells], axis=0)
    # Independence may come out as -1e-17.
    g2: Numbers = _sign(table) * np.maximum(2 * total, 0.0)
    return g2


def log_likelihood_quanteda(table: Table) -> Numbers:
    """Return G2 as quanteda prints it: it adds 1e-9 under each logarithm, which adds 2e-9 for each word counted.

    >>> table = table_of(110, 2552, 221, 31777)
    >>> f"{float(log_likelihood_quanteda(table) - log_likelihood(table)):.2e}"
    '6.36e-05'
    """
    g2: Numbers = log_likelihood(table) + _sign(table) * 2e-9 * table.n
    return g2


def log_likelihood_two_term(table: Table) -> Numbers:
    """Return G2 over the two cells of the word alone, negative where it is rarer in the slice than in the rest.

    Rayson & Garside (2000), "Comparing corpora using frequency profiling"; what the wizard at Lancaster prints. It
    leaves out the words that are not the word, so it is a little smaller than `log_likelihood`.

    >>> round(float(log_likelihood_two_term(table_of(52, 52 + 57, 50_000, 125_000))), 2)
    2.65
    """
    total = _xlogx(table.o11, table.e11) + _xlogx(table.o12, table.e12)
    g2: Numbers = _sign(table) * np.maximum(2 * total, 0.0)
    return g2


def chi_square(table: Table) -> Numbers:
    """Return Pearson's chi-square without correction, negative where the pair is rarer than expected.

    >>> round(float(chi_square(table_of(8, 15_828, 4_675, 14_307_668))), 2)
    1.55
    """
    return _chi_square(table, np.zeros_like(table.n))


def chi_square_yates(table: Table) -> Numbers:
    """Return chi-square with Yates' (1934) correction in every table, negative where rarer than expected.

    >>> float(chi_square_yates(table_of(1, 4, 4, 8)))
    -0.5
    """
    return _chi_square(table, np.full_like(table.n, 0.5))


def chi_square_where_small(table: Table) -> Numbers:
    """Return chi-square with Yates' correction only in tables with an expected count under 5, as quanteda does."""
    is_small = np.min(table.expected, axis=0) < 5
    return _chi_square(table, np.where(is_small, 0.5, 0.0))


def _chi_square(table: Table, correction: Numbers) -> Numbers:
    total = np.zeros_like(table.n)
    with np.errstate(divide="ignore", invalid="ignore"):
        for observed, expected in zip(table.observed, table.expected, strict=True):
            # The correction never passes the difference itself.
            gap = np.abs(observed - expected)
            total = total + np.square(gap - np.minimum(correction, gap)) / expected
    return _sign(table) * total


def t_score(table: Table) -> Numbers:
    """Return (observed - expected) / root of observed; NaN where the pair was not seen. Church et al. (1991).

    >>> round(float(t_score(table_of(8, 15_828, 4_675, 14_307_668))), 4)
    0.9999
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(table.o11 > 0, (table.o11 - table.e11) / np.sqrt(table.o11), np.nan)


def z_score(table: Table) -> Numbers:
    """Return (observed - expected) / root of expected. Dennis (1965); Berry-Rogghe (1973).

    >>> float(z_score(table_of(10, 20, 20, 100)))
    3.0
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        z: Numbers = (table.o11 - table.e11) / np.sqrt(table.e11)
        return z


def pmi(table: Table) -> Numbers:
    """Return pointwise mutual information in bits; -inf where the pair was not seen. Church & Hanks (1990).

    It favours rare pairs: two words that occur once each, together, get the most there is.

    >>> round(float(pmi(table_of(20, 42, 20, 14_307_668))), 2)
    18.38
    """
    return _log2_ratio(table.o11, table.e11)


def _log2_ratio(count: Numbers, over: Numbers) -> Numbers:
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio: Numbers = np.log2(count / over)
        return ratio


def mi3(table: Table) -> Numbers:
    """Return log2(observed cubed / expected), which favours frequent pairs more than `pmi`. Daille (1994).

    >>> float(mi3(table_of(4, 8, 8, 64)))
    6.0
    """
    return _log2_ratio(table.o11**3, table.e11)


def mi2(table: Table) -> Numbers:
    """Return log2(observed squared / expected), between `pmi` and `mi3`. Daille (1994).

    >>> float(mi2(table_of(4, 8, 8, 64)))
    4.0
    """
    return _log2_ratio(table.o11**2, table.e11)


def mi_like(table: Table) -> Numbers:
    """Return observed cubed / (first x second), NLTK's `mi_like`.

    >>> float(mi_like(table_of(4, 8, 8, 64)))
    1.0
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio: Numbers = table.o11**3 / ((table.o11 + table.o12) * (table.o11 + table.o21))
        return ratio


def poisson_stirling(table: Table) -> Numbers:
    """Return observed x (log2(observed / expected) - 1), an approximation to Poisson's chance. Quasthoff & Wolff (2002).

    >>> float(poisson_stirling(table_of(4, 8, 8, 64)))
    4.0
    """
    with np.errstate(invalid="ignore"):
        value: Numbers = table.o11 * (pmi(table) - 1)
        return value


def jaccard(table: Table) -> Numbers:
    """Return observed / (all that have the first or the second), 0-1.

    >>> float(jaccard(table_of(2, 4, 6, 20)))
    0.25
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        share: Numbers = table.o11 / (table.o11 + table.o12 + table.o21)
        return share


def phi_square(table: Table) -> Numbers:
    """Return the squared correlation of the two, 0-1: chi-square over all. Gale & Church (1991).

    >>> float(phi_square(table_of(5, 5, 5, 10)))
    1.0
    """
    return np.abs(chi_square(table)) / table.n


def relative_frequency(table: Table) -> Numbers:
    """Return observed / all, NLTK's `raw_freq` (0-1).

    >>> float(relative_frequency(table_of(5, 10, 10, 100)))
    0.05
    """
    return table.o11 / table.n


def minimum_sensitivity(table: Table) -> Numbers:
    """Return the smaller of the two conditional shares, 0-1. Pedersen (1998).

    >>> float(minimum_sensitivity(table_of(2, 4, 8, 20)))
    0.25
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        share: Numbers = table.o11 / (table.o11 + np.maximum(table.o12, table.o21))
        return share


def npmi(table: Table) -> Numbers:
    """Return pmi / -log2 of the pair's share: -1 never together, 0 independent, 1 always. Bouma (2009).

    >>> [float(npmi(table_of(n, 10, 10, 100))) for n in (10, 1, 0)]
    [1.0, 0.0, -1.0]
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        share = table.o11 / table.n
        # A pair that is all there is tells nothing.
        value = np.where(share < 1, pmi(table) / -np.log2(share), 0.0)
    return np.where(table.o11 == 0, -1.0, value)


def dice(table: Table) -> Numbers:
    """Return 2 x observed / (first + second), 0-1. Smadja et al. (1996).

    >>> round(float(dice(table_of(130, 3_121, 143, 10_000))), 2)
    0.08
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        share: Numbers = 2 * table.o11 / (2 * table.o11 + table.o12 + table.o21)
        return share


def log_dice(table: Table) -> Numbers:
    """Return 14 + log2 of `dice`, which does not depend on the size of the collection. Rychlý (2008).

    >>> float(log_dice(table_of(5, 10, 10, 100)))
    13.0
    """
    with np.errstate(divide="ignore"):
        return 14 + np.log2(dice(table))


def delta_p_forward(table: Table) -> Numbers:
    """Return P(second | first) - P(second | not first), -1..1. Gries (2013).

    >>> float(delta_p_forward(table_of(6, 8, 14, 40)))
    0.5
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        given, without = table.o11 / (table.o11 + table.o12), table.o21 / (table.o21 + table.o22)
        return given - without


def delta_p_backward(table: Table) -> Numbers:
    """Return P(first | second) - P(first | not second), -1..1. Gries (2013).

    >>> float(delta_p_backward(table_of(6, 14, 8, 40)))
    0.5
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        given, without = table.o11 / (table.o11 + table.o21), table.o12 / (table.o12 + table.o22)
        return given - without


def log_ratio(table: Table) -> Numbers:
    """Return log2 of the share in the slice over the share in the rest; each point doubles it. Hardie (2014).

    A count of 0 is taken as half a word, so that the ratio exists; the count stands beside it.

    >>> float(log_ratio(table_of(4, 5, 1_000, 2_000)))
    2.0
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        inside = np.maximum(table.o11, 0.5) / (table.o11 + table.o21)
        outside = np.maximum(table.o12, 0.5) / (table.o12 + table.o22)
    return _log2_ratio(inside, outside)


def percent_difference(table: Table) -> Numbers:
    """Return by how many per cent the share in the slice exceeds that in the rest. Gabrielatos & Marchi (2011).

    inf where the rest has none.

    >>> float(percent_difference(table_of(3, 5, 1_000, 2_000)))
    50.0
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        inside = table.o11 / (table.o11 + table.o21)
        outside = table.o12 / (table.o12 + table.o22)
        return 100 * (inside - outside) / outside


def odds_ratio(table: Table) -> Numbers:
    """Return the odds of the pair over those without: 1 where independent; inf or NaN where a cell is 0.

    >>> float(odds_ratio(table_of(6, 8, 9, 20)))
    9.0
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio: Numbers = table.o11 * table.o22 / (table.o12 * table.o21)
        return ratio


def log_odds(table: Table) -> Numbers:
    """Return the log-odds ratio with half a count added to each cell; lambda of Blaheta & Johnson (2001) for pairs.

    >>> round(float(log_odds(table_of(0, 1, 1, 10))), 4) == round(float(np.log(0.5 * 8.5 / 1.5**2)), 4)
    True
    """
    o11, o12, o21, o22 = (cell + 0.5 for cell in table.observed)
    return np.log(o11 * o22 / (o12 * o21))


def log_odds_z(table: Table) -> Numbers:
    """Return `log_odds` over its standard error: how many of these it lies from independence."""
    error = np.sqrt(np.sum([1 / (cell + 0.5) for cell in table.observed], axis=0))
    z: Numbers = log_odds(table) / error
    return z


def fisher_odds_ratio(table: Table) -> Numbers:
    """Return the conditional maximum-likelihood odds ratio, that of Fisher's exact test."""

    def one(*cells: float) -> float:
        square = np.array(cells, dtype=np.int64).reshape(2, 2)
        return float(stats.contingency.odds_ratio(square, kind="conditional").statistic)

    ratios: Numbers = np.vectorize(one, otypes=[np.float64])(*table.observed)
    return ratios


def fisher_odds_ratio_r(table: Table) -> Numbers:
    """Return the same as R's `fisher.test` prints it: its search stops at a step of 0.0001, so that digits differ.

    The table of R's example on tea tasting, for which R prints 6.408309:

    >>> round(float(fisher_odds_ratio_r(table_of(3, 4, 4, 8))), 6)
    6.408309
    """
    ratios: Numbers = np.vectorize(_odds_ratio_of_r, otypes=[np.float64])(*table.observed)
    return ratios


def _odds_ratio_of_r(o11: float, o12: float, o21: float, o22: float) -> float:
    lowest, highest = max(0.0, o11 + o21 - o21 - o22), min(o11 + o12, o11 + o21)
    if o11 in (lowest, highest):
        return 0.0 if o11 == lowest else np.inf
    support = np.arange(lowest, highest + 1)
    density = stats.hypergeom.logpmf(support, o11 + o12 + o21 + o22, o11 + o21, o11 + o12)

    def excess(ratio: float) -> float:
        if ratio == 0:
            return float(lowest - o11)
        weight = density + np.log(ratio) * support
        weight = np.exp(weight - weight.max())
        return float((support * weight).sum() / weight.sum() - o11)

    at_one = excess(1.0)
    if at_one == 0:
        return 1.0
    if at_one > 0:
        return _root_as_r(excess, 0.0, 1.0)
    return 1 / _root_as_r(lambda inverse: excess(1 / inverse), float(np.finfo(float).eps), 1.0)


def _root_as_r(function: Callable[[float], float], low: float, high: float) -> float:
    """Return the root that R's `uniroot` finds: Brent's method (1973), stopped at the same step."""
    eps = float(np.finfo(float).eps)
    a, b, f_a, f_b = low, high, function(low), function(high)
    c, f_c = a, f_a
    for _ in range(1000):
        before = b - a
        if abs(f_c) < abs(f_b):
            a, b, c = b, c, b
            f_a, f_b, f_c = f_b, f_c, f_b
        least = 2 * eps * abs(b) + eps**0.25 / 2
        step = (c - b) / 2
        if abs(step) <= least or f_b == 0:
            break
        if abs(before) >= least and abs(f_a) > abs(f_b):
            ratio = f_b / f_a
            if a == c:
                p, q = (c - b) * ratio, 1 - ratio
            else:
                q, other = f_a / f_c, f_b / f_c
                p = ratio * ((c - b) * q * (q - other) - (b - a) * (other - 1))
                q = (q - 1) * (other - 1) * (ratio - 1)
            p, q = (p, -q) if p > 0 else (-p, q)
            if p < 0.75 * (c - b) * q - abs(least * q) / 2 and p < abs(before * q / 2):
                step = p / q
        if abs(step) < least:
            step = least if step > 0 else -least
        a, f_a = b, f_b
        b += step
        f_b = function(b)
        if f_b * f_c > 0:
            c, f_c = a, f_a
    return b


def fisher_p(table: Table) -> Numbers:
    """Return the two-sided p-value of Fisher's exact test (0-1)."""

    def one(*cells: float) -> float:
        return float(stats.fisher_exact(np.array(cells, dtype=np.int64).reshape(2, 2)).pvalue)

    values: Numbers = np.vectorize(one, otypes=[np.float64])(*table.observed)
    return values


def p_value(statistic: ArrayLike) -> Numbers:
    """Return the chance of a chi-square (or G2) at least as large with one degree of freedom, sign left aside.

    >>> round(float(p_value(3.841459)), 4)
    0.05
    """
    p: Numbers = stats.chi2.sf(np.abs(np.asarray(statistic, dtype=np.float64)), 1)
    return p


def relative_risk(table: Table) -> Numbers:
    """Return the share in the slice over the share in the rest; inf where the rest has none.

    >>> float(relative_risk(table_of(4, 5, 1_000, 2_000)))
    4.0
    """
    return percent_difference(table) / 100 + 1


def difference_coefficient(table: Table) -> Numbers:
    """Return (share in the slice - share in the rest) / their sum, -1..1. Hofland & Johansson (1982).

    >>> float(difference_coefficient(table_of(3, 4, 1_000, 2_000)))
    0.5
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        inside = table.o11 / (table.o11 + table.o21)
        outside = table.o12 / (table.o12 + table.o22)
        ratio: Numbers = (inside - outside) / (inside + outside)
        return ratio


def simple_maths(table: Table, k: float = 100.0) -> Numbers:
    """Return (per million in the slice + k) / (per million in the rest + k). Kilgarriff (2009).

    >>> float(simple_maths(table_of(3, 4, 10_000, 20_000)))
    2.0
    """
    inside = 1e6 * table.o11 / (table.o11 + table.o21)
    outside = 1e6 * table.o12 / (table.o12 + table.o22)
    ratio: Numbers = (inside + k) / (outside + k)
    return ratio


def bic(table: Table) -> Numbers:
    """Return the two-term G2 less ln(all words): above 2 there is something, above 10 very much so. Wilson (2013).

    >>> table = table_of(52, 109, 50_000, 125_000)
    >>> float(bic(table)) == float(log_likelihood_two_term(table) - np.log(125_000))
    True
    """
    value: Numbers = np.abs(log_likelihood_two_term(table)) - np.log(table.n)
    return value


def effect_of_log_likelihood(table: Table) -> Numbers:
    """Return ELL, the two-term G2 over (all words x ln of the least expected count), 0-1. Johnston et al. (2006)."""
    with np.errstate(divide="ignore", invalid="ignore"):
        least = np.minimum(table.e11, table.e12)
        value: Numbers = np.abs(log_likelihood_two_term(table)) / (table.n * np.log(least))
        return value


def log_odds_prior_z(table: Table, prior: ArrayLike, prior_total: float) -> Numbers:
    """Return the z-score of the log-odds ratio with a Dirichlet prior: "Fightin' Words". Monroe et al. (2008).

    Parameters
    ----------
    table
        The word in the slice and in the rest.
    prior
        Pseudo-counts of each word, added on either side: a number, or one for each table. Those of the collection
        itself, scaled to a chosen weight, make it an informative prior.
    prior_total
        The sum of the pseudo-counts over all words.

    Examples
    --------
    As often here as there: nothing to tell.

    >>> float(log_odds_prior_z(table_of(5, 10, 100, 200), 1.0, 50.0))
    0.0
    """
    alpha = np.asarray(prior, dtype=np.float64)
    if (alpha <= 0).any() or prior_total <= 0:
        raise ArgumentError("`prior` and `prior_total` must be above 0: each word needs a pseudo-count.")
    inside, outside = table.o11 + alpha, table.o12 + alpha
    n_inside, n_outside = (table.o11 + table.o21 + prior_total, table.o12 + table.o22 + prior_total)
    delta = np.log(inside / (n_inside - inside)) - np.log(outside / (n_outside - outside))
    z: Numbers = delta / np.sqrt(1 / inside + 1 / outside)
    return z


def adjusted(p: ArrayLike, method: str = "holm") -> Numbers:
    """Return p-values corrected for as many tests as there are (0-1).

    Parameters
    ----------
    p
        One p-value per test.
    method
        "holm" (Holm 1979: the chance of even one false alarm), "bonferroni" (the same, simpler and blunter), "bh"
        (Benjamini & Hochberg 1995: the share of false alarms among those found), "by" (Benjamini & Yekutieli 2001: the
        same under any dependence) or "none".

    Examples
    --------
    >>> [round(float(value), 4) for value in adjusted([0.01, 0.04, 0.03])]
    [0.03, 0.06, 0.06]
    """
    values = np.asarray(p, dtype=np.float64)
    check_choice("method", method, CORRECTIONS)
    n = len(values)
    if method == "none" or not n:
        return values
    if method == "bonferroni":
        return np.minimum(values * n, 1.0)
    if method == "holm":
        order = np.argsort(values, kind="stable")
        stepped = np.maximum.accumulate(values[order] * np.arange(n, 0, -1))
        out = np.empty(n)
        out[order] = np.minimum(stepped, 1.0)
        return out
    corrected: Numbers = stats.false_discovery_control(values, method="bh" if method == "bh" else "by")
    return corrected


#: How p-values may be corrected for many tests.
CORRECTIONS: Final = ("holm", "bonferroni", "bh", "by", "none")

#: The measures by the names that `collocations`, `keyness` and `score_association` take.
MEASURES: Final[dict[str, Callable[[Table], Numbers]]] = {
    "log_likelihood": log_likelihood,
    "log_likelihood_quanteda": log_likelihood_quanteda,
    "log_likelihood_two_term": log_likelihood_two_term,
    "chi_square": chi_square,
    "chi_square_yates": chi_square_yates,
    "chi_square_where_small": chi_square_where_small,
    "t": t_score,
    "z": z_score,
    "pmi": pmi,
    "mi2": mi2,
    "mi3": mi3,
    "mi_like": mi_like,
    "poisson_stirling": poisson_stirling,
    "jaccard": jaccard,
    "phi_square": phi_square,
    "relative_frequency": relative_frequency,
    "minimum_sensitivity": minimum_sensitivity,
    "npmi": npmi,
    "dice": dice,
    "log_dice": log_dice,
    "delta_p_forward": delta_p_forward,
    "delta_p_backward": delta_p_backward,
    "log_ratio": log_ratio,
    "percent_difference": percent_difference,
    "relative_risk": relative_risk,
    "difference_coefficient": difference_coefficient,
    "simple_maths": simple_maths,
    "bic": bic,
    "effect_of_log_likelihood": effect_of_log_likelihood,
    "odds_ratio": odds_ratio,
    "log_odds": log_odds,
    "log_odds_z": log_odds_z,
    "fisher_odds_ratio": fisher_odds_ratio,
    "fisher_odds_ratio_r": fisher_odds_ratio_r,
}


def score_association(
    n_both: ArrayLike,
    n_first: ArrayLike,
    n_second: ArrayLike,
    n_all: ArrayLike,
    *,
    measures: Iterable[str] | None = None,
) -> pd.DataFrame:
    """Return how strongly two things go together, from their counts, in many measures.

    Parameters
    ----------
    n_both, n_first, n_second, n_all
        Counts of the pair, of its parts and of all; for keyness: of the word in the slice, of the word in both slices, of
        all words of the slice, of all words of both. Numbers or arrays of one shape.
    measures
        Which; None takes all but Fisher's, which is slow. The names are those of `association.MEASURES`.

    Returns
    -------
    DataFrame
        One row per table, one column per measure, and `p`, the p-value of the first of these that is a chi-square or G2.

    Notes
    -----
    Each measure's function in `analystkit.measure.association` names its source. None says why two things go together.

    Examples
    --------
    >>> score_association(20, 42, 20, 14_307_668, measures=["pmi", "t"]).round(2).values.tolist()
    [[18.38, 4.47]]
    """
    table = table_of(n_both, n_first, n_second, n_all)
    names = (
        [name for name in MEASURES if not name.startswith("fisher")] if measures is None else list(measures)
    )
    for name in names:
        check_choice("measures", name, MEASURES)
    columns = {name: np.atleast_1d(MEASURES[name](table)) for name in names}
    tested = next((name for name in names if name in TESTED), None)
    if tested is not None:
        columns["p"] = p_value(columns[tested])
    if any(name.startswith("fisher") for name in names):
        columns["fisher_p"] = np.atleast_1d(fisher_p(table))
    return pd.DataFrame(columns)


#: The measures that have the chi-square distribution where there is nothing to find.
TESTED: Final = (
    "log_likelihood",
    "log_likelihood_quanteda",
    "log_likelihood_two_term",
    "chi_square",
    "chi_square_yates",
    "chi_square_where_small",
)
