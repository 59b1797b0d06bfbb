"""Which words go together: side by side, or within some words of a word asked about."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analystkit.annotate.tokens import Ints
from analystkit.collection import Collection, counted
from analystkit.errors import ArgumentError, check_choice
from analystkit.measure import association
from analystkit.measure.running import GAP, Ngrams, Numbers, Running, running_words
from analystkit.measure.word_answer import Find, Slice, WordAnswer, find_run

#: The measures shown unless others are asked for.
SHOWN: Final = (
    "log_likelihood",
    "npmi",
    "log_dice",
    "t",
    "pmi",
    "mi3",
    "delta_p_forward",
    "delta_p_backward",
    "log_odds",
    "log_odds_z",
)
#: What there is for runs of more than two words.
OF_MORE: Final = ("log_odds", "log_odds_z", "pmi")

_LIMITS: Final = (
    "Words go together for many reasons (names, fixed phrases, one long story); pmi and npmi favour rare pairs, t and"
    " log-likelihood frequent ones: look at two measures, and at the lines."
)


def collocations(
    collection: Collection,
    *,
    size: int = 2,
    measure: str = "log_odds_z",
    measures: Iterable[str] | None = None,
    min_count: int = 5,
    copies: str = "once",
    marks: str = "break",
    case: str = "fold",
    whole: str = "runs",
    without: Iterable[str] = (),
    most: int | None = 200,
) -> WordAnswer:
    """Find runs of words that stand side by side more often than chance would have it.

    Parameters
    ----------
    collection
        What to read.
    size
        How many words a run has, 2 to 5.
    measure
        What ranks the runs: one of `association.MEASURES`; of more than two words "log_odds_z", "log_odds" or "pmi".
    measures
        Which measures the table shows (None: the usual ones).
    min_count
        Rarer runs are left out.
    copies, marks, case, without
        As in `word_frequency`. With `without=stopwords()` only runs of other words are left.
    whole
        What the counts are shares of: "runs" (unbroken runs of words) or "places" (also those that a word left out breaks,
        as quanteda 4 counts).
    most
        How many runs at most (None: all).

    Returns
    -------
    WordAnswer
        Its table has one row per `term`, the strongest first: `n` (occurrences), `n_articles`, for pairs `n_first` and
        `n_second` (pairs with the word in that place), then the measures, and `p` of G2.

    Raises
    ------
    ArgumentError
        An argument has a value that is not allowed.

    Notes
    -----
    All counts are of runs: `n_first` is how often the first word begins one, and the whole is all runs. (NLTK counts
    words instead, which differs at the ends of runs.) `log_odds` and `log_odds_z` are lambda and z of Blaheta & Johnson
    (2001), as quanteda prints them; each function in `association` names the source of its measure.

    Examples
    --------
    >>> from analystkit import from_frame
    >>> collection = from_frame(pd.DataFrame({"text": ["New York; New York! A new day."]}), progress=False)
    >>> collocations(collection, min_count=2).table[["term", "n", "n_first", "n_second"]].values.tolist()
    [['new york', 2, 3, 2]]
    """
    if not 2 <= size <= 5:
        raise ArgumentError(f"`size` is {size}; give 2 to 5 words.")
    allowed = tuple(association.MEASURES) if size == 2 else OF_MORE
    check_choice("measure", measure, allowed)
    shown = [
        *dict.fromkeys([measure, *((SHOWN if size == 2 else OF_MORE) if measures is None else measures)])
    ]
    for name in shown:
        check_choice("measures", name, allowed)
    check_choice("whole", whole, ("runs", "places"))
    running = running_words(collection, copies=copies, marks=marks, case=case, without=without)
    grams = running.ngrams(size, over_gaps=whole == "places")
    unbroken = (grams.members < len(running.types)).all(axis=1)
    kept = np.flatnonzero(unbroken & (grams.counts >= max(min_count, 1)))
    table = pd.DataFrame({"term": grams.names(kept), "n": grams.counts[kept]})
    table["n_articles"] = np.diff(grams.matrix()[:, kept].indptr).astype(np.int64)
    if size == 2:
        firsts, seconds = (
            np.bincount(grams.members[:, place], weights=grams.counts, minlength=len(running.types) + 1)
            for place in (0, 1)
        )
        n_first, n_second = firsts[grams.members[kept, 0]], seconds[grams.members[kept, 1]]
        table["n_first"], table["n_second"] = n_first.astype(np.int64), n_second.astype(np.int64)
        table = _with_measures(table, n_first, n_second, len(grams.codes), shown)
    else:
        patterns = _patterns(grams, kept)
        values = {
            "pmi": _pmi_of_more(patterns),
            **dict(zip(OF_MORE, _log_odds_of_more(patterns), strict=False)),
        }
        for name in shown:
            table[name] = values[name]
    return _answer(
        "collocations",
        _ranked(table, measure, most),
        f"Which {size} words stand side by side more often than by chance?",
        f"Ranked by {measure}; {counted(len(kept), 'run')} with {min_count} occurrences or more",
        collection,
        running,
        find_run(running),
    )


def collocates(
    collection: Collection,
    node: str,
    *,
    window: int = 5,
    side: str = "both",
    measure: str = "log_dice",
    measures: Iterable[str] | None = None,
    min_count: int = 3,
    copies: str = "once",
    marks: str = "drop",
    case: str = "fold",
    without: Iterable[str] = (),
    most: int | None = 200,
) -> WordAnswer:
    """Find words that stand near a word or phrase more often than elsewhere.

    Parameters
    ----------
    collection
        What to read.
    node
        The word or phrase asked about; `*` and `?` as in `kwic`.
    window
        How many words on each side.
    side
        "both", "left" or "right".
    measure, measures, min_count, copies, marks, case, without, most
        As in `collocations`.

    Returns
    -------
    WordAnswer
        Its table has one row per `term`: `n` (occurrences near the node, each once), `n_pairs` (node and term: one that
        lies near two nodes is two), `n_articles`, `n_window` (words near the node), `n_term` (occurrences in all), the
        measures, and `p` of G2.

    Raises
    ------
    ArgumentError
        An argument has a value that is not allowed.

    Notes
    -----
    The counts are those of surface cooccurrence (Evert 2008, "Corpora and collocations"): words near the node against
    all words. Windows reach over ends of sentences, not of articles.

    Examples
    --------
    >>> from analystkit import from_frame
    >>> collection = from_frame(pd.DataFrame({"text": ["Tea is hot. Hot tea!"]}), progress=False)
    >>> collocates(collection, "tea", window=1, min_count=1).table[["term", "n", "n_pairs", "n_term"]].values.tolist()
    [['is', 1, 1, 1], ['hot', 1, 1, 2]]
    """
    check_choice("side", side, ("both", "left", "right"))
    check_choice("measure", measure, association.MEASURES)
    if window < 1:
        raise ArgumentError(f"`window` is {window}; give a number of words from 1 up.")
    shown = [*dict.fromkeys([measure, *(SHOWN if measures is None else measures)])]
    for name in shown:
        check_choice("measures", name, association.MEASURES)
    running = running_words(collection, copies=copies, marks=marks, case=case, without=without)
    near, n_near = _near(running, node, window, side)
    places = np.flatnonzero(near)
    types = running.ids[places]
    size = len(running.types)
    n = np.bincount(types, minlength=size)
    pairs = np.bincount(types, weights=n_near[places], minlength=size)
    every = np.bincount(running.ids[running.ids != GAP], minlength=size)
    kept = np.flatnonzero(n >= max(min_count, 1))
    once = np.unique(types.astype(np.int64) * (len(running.bounds)) + running.text_of[places])
    table = pd.DataFrame(
        {
            "term": pd.Series(running.types.take(kept).to_pylist(), dtype="str"),
            "n": n[kept],
            "n_pairs": pairs[kept].astype(np.int64),
            "n_articles": np.bincount(once // len(running.bounds), minlength=size)[kept],
            "n_window": len(places),
            "n_term": every[kept],
        }
    )
    of_window = np.full(len(kept), float(len(places)))
    table = _with_measures(table, of_window, every[kept].astype(np.float64), running.n_words, shown)
    numbers = running.places

    def find(term: str) -> tuple[Ints, Ints]:
        at = places[types == numbers.get(term, size)]
        return at, at

    sides = {"both": "on each side", "left": "before it", "right": "after it"}[side]
    return _answer(
        "collocates",
        _ranked(table, measure, most),
        f"Which words stand near {node!r}?",
        f"Ranked by {measure}; within {counted(window, 'word')} {sides}",
        collection,
        running,
        find,
    )


def _near(running: Running, node: str, window: int, side: str) -> tuple[NDArray[np.bool_], Ints]:
    """Return for each running word whether it lies near the node, and near how many."""
    starts, size = running.match(node)
    begins, ends = running.bounds[running.text_of[starts]], running.bounds[running.text_of[starts] + 1]
    # Steps up where a window begins and down where it ends: their running sum says how many windows lie over a word.
    steps = np.zeros(len(running.ids) + 1, dtype=np.int64)
    if side != "right":
        np.add.at(steps, np.maximum(starts - window, begins), 1)
        np.add.at(steps, starts, -1)
    if side != "left":
        np.add.at(steps, starts + size, 1)
        np.add.at(steps, np.minimum(starts + size + window, ends), -1)
    over = np.cumsum(steps[:-1])
    over[running.ids == GAP] = 0
    return over > 0, over


def _with_measures(
    table: pd.DataFrame, n_first: Numbers, n_second: Numbers, n_all: int, shown: list[str]
) -> pd.DataFrame:
    counts = association.table_of(table["n"], n_first, n_second, n_all)
    for name in shown:
        table[name] = association.MEASURES[name](counts)
    table["p"] = association.p_value(association.log_likelihood(counts))
    return table


def _ranked(table: pd.DataFrame, measure: str, most: int | None) -> pd.DataFrame:
    table = table.sort_values([measure, "n", "term"], ascending=[False, False, True], kind="stable")
    return table[:most].reset_index(drop=True)


def _patterns(grams: Ngrams, kept: Ints) -> dict[tuple[bool, ...], Numbers]:
    """Return for each pattern of words that agree or differ how many runs show it beside each run kept.

    The runs that agree in some places at least are counted; taking those away that agree in more (Moebius' inversion)
    leaves those that agree in just these.
    """
    n = grams.members.shape[1]
    choices = list(itertools.product((False, True), repeat=n))
    found: dict[tuple[bool, ...], Numbers] = {}
    for choice in sorted(choices, key=sum, reverse=True):
        codes = np.zeros(len(grams.members), dtype=np.int64)
        for place in np.flatnonzero(choice):
            codes, _ = pd.factorize(codes * (len(grams.running.types) + 1) + grams.members[:, place])
        at_least = np.bincount(codes, weights=grams.counts)[codes][kept].astype(np.float64)
        more = [
            found[other]
            for other in found
            if all(there or not here for here, there in zip(choice, other, strict=True))
        ]
        found[choice] = at_least - np.sum(more, axis=0) if more else at_least
    return found


def _log_odds_of_more(patterns: dict[tuple[bool, ...], Numbers]) -> tuple[Numbers, Numbers]:
    n = len(next(iter(patterns)))
    value = np.sum([(-1) ** (n - sum(p)) * np.log(count + 0.5) for p, count in patterns.items()], axis=0)
    error = np.sqrt(np.sum([1 / (count + 0.5) for count in patterns.values()], axis=0))
    return value, value / error


def _pmi_of_more(patterns: dict[tuple[bool, ...], Numbers]) -> Numbers:
    """Return log2 of the share of the run over the product of those of its words in their places."""
    n = len(next(iter(patterns)))
    total = np.sum(list(patterns.values()), axis=0)
    shares = [
        np.sum([count for p, count in patterns.items() if p[place]], axis=0) / total for place in range(n)
    ]
    value: Numbers = np.log2(patterns[(True,) * n] / total / np.prod(shares, axis=0))
    return value


def _answer(
    measure: str,
    table: pd.DataFrame,
    title: str,
    subtitle: str,
    collection: Collection,
    running: Running,
    find: Find,
) -> WordAnswer:
    return WordAnswer(
        measure=measure,
        table=table,
        by=(),
        title=title,
        subtitle=subtitle,
        source="Evert (2008), Church & Hanks (1990), Dunning (1993), Blaheta & Johnson (2001), Rychlý (2008), Gries (2013)",
        limits=_LIMITS,
        slices={"collection": Slice(collection, running, find)},
    )
