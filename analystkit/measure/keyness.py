"""Which words set one slice of a collection apart from another: how surely, by how much, and how widely."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

import numpy as np
import pandas as pd

from analystkit.annotate.tokens import Ints
from analystkit.collection import Collection, counted
from analystkit.errors import ArgumentError, check_choice
from analystkit.measure import association
from analystkit.measure.cells import TOO_FEW
from analystkit.measure.intervals import FLOOR
from analystkit.measure.running import Numbers, joined, log_rate_variance, running_words
from analystkit.measure.word_answer import Slice, WordAnswer, find_run
from analystkit.measure.word_frequency import INTERVAL_SOURCE, Z

#: What may rank the words.
MEASURES: Final = {
    "log_likelihood": "G2 over four cells (Dunning 1993)",
    "log_likelihood_two_term": "G2 over two cells (Rayson & Garside 2000)",
    "log_likelihood_quanteda": "G2 as quanteda prints it",
    "chi_square": "chi-square without correction (Pearson)",
    "chi_square_yates": "chi-square with Yates' correction (1934)",
    "chi_square_where_small": "chi-square, Yates' correction where an expected count is under 5, as quanteda",
    "log_odds_prior_z": "z of the log-odds ratio with an informative prior (Monroe et al. 2008)",
    "log_ratio": "log2 of the ratio of the rates (Hardie 2014)",
    "percent_difference": "% by which the rates differ (Gabrielatos & Marchi 2011)",
    "odds_ratio": "odds ratio",
    "relative_risk": "ratio of the rates",
    "difference_coefficient": "difference over sum of the rates (Hofland & Johansson 1982)",
    "simple_maths": "ratio of the rates per million, 100 added to each (Kilgarriff 2009)",
    "bic": "G2 less ln of all words (Wilson 2013)",
    "pmi": "pointwise mutual information, bits (Church & Hanks 1990)",
    "fisher_odds_ratio": "odds ratio of Fisher's exact test",
    "fisher_odds_ratio_r": "odds ratio of Fisher's exact test as R prints it",
}

# Where both rates are equal these are 1, not 0.
_RATIOS: Final = ("odds_ratio", "relative_risk", "simple_maths", "fisher_odds_ratio", "fisher_odds_ratio_r")


def keyness(
    target: Collection,
    *,
    reference: Collection,
    measure: str = "log_likelihood",
    n: int = 1,
    min_count: int = 3,
    correction: str = "holm",
    prior_words: float = 500.0,
    copies: str = "once",
    marks: str = "break",
    case: str = "fold",
    without: Iterable[str] = (),
    most: int | None = None,
) -> WordAnswer:
    """Compare the words of two slices: which are more frequent in one than in the other.

    Parameters
    ----------
    target
        The slice asked about.
    reference
        What it is compared with. Articles that are in both count in the target alone, so that a whole collection as
        reference means its rest.
    measure
        What ranks the words: one of `keyness.MEASURES`.
    n
        How many words a term has.
    min_count
        Terms with fewer occurrences in both slices together are left out, and are no tests.
    correction
        For so many tests: "holm", "bonferroni", "bh", "by" or "none"; see `association.adjusted`.
    prior_words
        How much the prior of `log_odds_prior_z` weighs, in words; it has the proportions of both slices together.
    copies, marks, case, without
        As in `word_frequency`.
    most
        How many terms at most (None: all).

    Returns
    -------
    WordAnswer
        Its table has one row per `term`, the strongest first: `n`, `n_reference` (occurrences), `per_1000_words`,
        `per_1000_words_reference`, `n_articles`, `n_articles_reference` (with the term), `keyness` (in `measure`; negative
        where the term is rarer in the target, but ratios are below 1), `p` (of G2 over four cells, or of the chosen G2 or
        chi-square), `p_adjusted`, `log_ratio` (of the rates, in doublings) with `low` and `high` (95 % interval that
        reckons with stories), `percent_difference`, `odds_ratio`, `log_odds_prior_z`, `dp_norm` (Gries' DPnorm over the
        articles of both: 0 even, 1 all in one), `sign` ("more", "less", "not settled" where the corrected p is 0.05 or
        more or the interval holds 0, "too few to say" where a slice has fewer than 5 stories, or the word has in the slice
        where it is more frequent). `n` opens with
        `evidence(term=...)`, `n_reference` with `evidence(term=..., slice="reference")`.

    Raises
    ------
    ArgumentError
        An argument has a value that is not allowed, or the reference has nothing that the target has not.

    Notes
    -----
    G2 and chi-square take words for drawn one by one, and call nearly everything significant in large slices; `low` and
    `high` take stories for drawn, and `dp_norm` says whether one article alone makes a word key. A key word says that two
    slices differ, not why: another outlet, month or kind of article does as much as another stance. Sources: see
    `keyness.MEASURES` and the functions of `association`; Gries (2008) for DP; Holm (1979).

    Examples
    --------
    >>> from analystkit import from_frame
    >>> frame = pd.DataFrame({"text": ["war war war", "tea tea"], "outlet": ["Bell", "Lamp"]})
    >>> collection = from_frame(frame, progress=False)
    >>> bell = keyness(collection.filter(outlet="Bell"), reference=collection, min_count=1)
    >>> bell.table[["term", "n", "n_reference", "sign"]].values.tolist()
    [['tea', 0, 2, 'too few to say'], ['war', 3, 0, 'too few to say']]
    """
    check_choice("measure", measure, MEASURES)
    check_choice("correction", correction, association.CORRECTIONS)
    if prior_words <= 0:
        raise ArgumentError(f"`prior_words` is {prior_words!r}; give a number above 0.")
    others = reference.narrowed_to(set(reference.articles["article_id"]) - set(target.articles["article_id"]))
    if not len(others):
        raise ArgumentError(
            "`reference` has no article that `target` has not; give another slice to compare with."
        )
    own = running_words(target, copies=copies, marks=marks, case=case, without=without)
    rest = running_words(others, copies=copies, marks=marks, case=case, without=without)
    grams = joined(own, rest).ngrams(n)
    kept = np.flatnonzero(grams.counts >= max(min_count, 1))
    matrix = grams.matrix()[:, kept]
    sizes = np.bincount(grams.running.text_of[grams.starts], minlength=matrix.shape[0])
    inside = np.arange(matrix.shape[0]) < len(own.articles)
    numbers = _numbers(
        matrix, sizes, grams.running.articles["story_id"], inside, measure, prior_words, correction
    )
    table = pd.DataFrame({"term": grams.names(kept), **numbers})
    strength = table["keyness"].to_numpy()
    with np.errstate(divide="ignore"):
        ranks = np.abs(np.log(strength)) if measure in _RATIOS else np.abs(strength)
    order = np.lexsort((table["term"].to_numpy(dtype=object), -np.nan_to_num(ranks, nan=-1.0)))
    table = table.iloc[order[:most]].reset_index(drop=True)
    return WordAnswer(
        measure="keyness",
        table=table,
        by=(),
        title=f"Which {'words' if n == 1 else f'runs of {n} words'} set the target apart?",
        subtitle=f"Ranked by {MEASURES[measure]}; p corrected for {counted(len(kept), 'test')} ({correction}); log ratio"
        " with 95 % interval (stories)",
        source=f"{MEASURES[measure]}; {INTERVAL_SOURCE}",
        limits="A key word says that the slices differ, not why: compare slices that differ in one thing, and read the"
        " lines.",
        slices={
            "target": Slice(target, own, find_run(own)),
            "reference": Slice(others, rest, find_run(rest)),
        },
    )


def _numbers(
    matrix: Any,
    sizes: Ints,
    story_ids: pd.Series,
    inside: Any,
    measure: str,
    prior_words: float,
    correction: str,
) -> dict[str, Any]:
    by_article = matrix.tocsr()
    halves = [by_article[inside].tocsc(), by_article[~inside].tocsc()]
    totals = [float(sizes[inside].sum()), float(sizes[~inside].sum())]
    counts = [np.asarray(half.sum(axis=0), dtype=np.float64).ravel() for half in halves]
    both = counts[0] + counts[1]
    table = association.table_of(counts[0], both, totals[0], sum(totals))
    prior = np.maximum(prior_words * both / max(sum(totals), 1.0), 1e-12)
    z = association.log_odds_prior_z(table, prior, prior_words)
    value = z if measure == "log_odds_prior_z" else association.MEASURES[measure](table)
    tested = value if measure in association.TESTED else association.log_likelihood(table)
    p = association.fisher_p(table) if measure.startswith("fisher") else association.p_value(tested)
    p_adjusted = association.adjusted(p, correction)
    log_ratio = association.log_ratio(table)
    variance = np.zeros(len(both))
    n_stories, n_with = [], []
    for half, total, members in zip(halves, counts, (inside, ~inside), strict=True):
        stories, known = pd.factorize(story_ids.to_numpy()[members])
        n_stories.append(len(known))
        n_with.append(_stories_with(half, stories))
        own = log_rate_variance(half, sizes[members], stories)
        # Half a word stands for none; so many are as uncertain as a count of Poisson's.
        variance += np.where(total > 0, own, 1 / 0.5)
    reach = Z * np.sqrt(variance) / np.log(2)
    low, high = log_ratio - reach, log_ratio + reach
    # A word of four stories may be as frequent as it likes: another four stories would have others.
    few = np.where(log_ratio > 0, n_with[0], n_with[1]) < FLOOR
    sign = np.select(
        [
            few | (min(n_stories) < FLOOR),
            (p_adjusted < 0.05) & (low > 0),
            (p_adjusted < 0.05) & (high < 0),
        ],
        [TOO_FEW, "more", "less"],
        default="not settled",
    )
    return {
        "n": counts[0].astype(np.int64),
        "n_reference": counts[1].astype(np.int64),
        "per_1000_words": 1000 * counts[0] / max(totals[0], 1.0),
        "per_1000_words_reference": 1000 * counts[1] / max(totals[1], 1.0),
        "n_articles": np.diff(halves[0].indptr).astype(np.int64),
        "n_articles_reference": np.diff(halves[1].indptr).astype(np.int64),
        "keyness": value,
        "p": p,
        "p_adjusted": p_adjusted,
        "log_ratio": log_ratio,
        "low": low,
        "high": high,
        "percent_difference": association.percent_difference(table),
        "odds_ratio": association.odds_ratio(table),
        "log_odds_prior_z": z,
        "dp_norm": _dp_norm(matrix, sizes),
        "sign": pd.Series(sign, dtype="str"),
    }


def _stories_with(matrix: Any, stories: Ints) -> Ints:
    """Return how many stories have each word."""
    articles: Ints = np.diff(matrix.indptr).astype(np.int64)
    size = len(stories)
    if len(articles) == 0 or int(stories.max(initial=-1)) + 1 == size:
        return articles  # each article is a story of its own
    pairs = np.repeat(np.arange(len(articles)), articles) * size + stories[matrix.indices]
    pairs.sort()
    once = pairs[np.flatnonzero(np.diff(pairs, prepend=-1))]
    return np.bincount(once // size, minlength=len(articles))


def _dp_norm(matrix: Any, sizes: Ints) -> Numbers:
    """Return Gries' DPnorm of every column; `dispersion.gries_dp_norm` for all words at once."""
    share = sizes / max(int(sizes.sum()), 1)
    column = np.repeat(np.arange(matrix.shape[1]), np.diff(matrix.indptr))
    totals = np.bincount(column, weights=matrix.data, minlength=matrix.shape[1])
    expected = share[matrix.indices]
    # Articles without the word add their whole share.
    gaps = np.abs(matrix.data / totals[column] - expected) - expected
    dp = (np.bincount(column, weights=gaps, minlength=matrix.shape[1]) + 1) / 2
    with np.errstate(divide="ignore", invalid="ignore"):
        normed: Numbers = dp / (1 - share[share > 0].min(initial=1.0))
    return np.where(np.isfinite(normed), normed, 0.0)
