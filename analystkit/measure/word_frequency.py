"""How often words and runs of words occur, in each group, per thousand words, with intervals and evidence."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import numpy as np
import pandas as pd

from analystkit.annotate.tokens import Ints
from analystkit.collection import Collection, counted
from analystkit.errors import ArgumentError
from analystkit.measure.cells import NO_ARTICLES, TOO_FEW, ask
from analystkit.measure.groups import By, group_articles
from analystkit.measure.intervals import FLOOR
from analystkit.measure.running import Numbers, Running, count_matrix, log_rate_variance, running_words
from analystkit.measure.word_answer import Find, Slice, WordAnswer, find_run

#: The normal quantile of 0.975.
Z: Final = 1.959963984540054
#: The upper end of Poisson's 95 % interval of a count of 0.
NONE_SEEN: Final = 3.6888794541139363

INTERVAL_SOURCE: Final = "intervals from the variance between stories (linearised ratio, Cochran 1977)"


def word_frequency(
    collection: Collection,
    terms: str | Iterable[str] | None = None,
    *,
    n: int = 1,
    by: By = None,
    copies: str = "once",
    marks: str = "break",
    case: str = "fold",
    without: Iterable[str] = (),
    most: int | None = 100,
) -> WordAnswer:
    """Count words, runs of words, or whatever fits patterns, in each group.

    Parameters
    ----------
    collection
        What to count in.
    terms
        Words or phrases to count; `*` stands for any characters within a word, `?` for one. None counts the `most`
        frequent runs of `n` words.
    n
        How many words a run has, where `terms` is None.
    by
        As in `actor_frequency`.
    copies
        "once": of the copies of a story only the longest counts; "all": every article.
    marks
        What punctuation and symbols are: "break" (no run of words crosses one), "drop" (as if they were not there),
        "drop_punctuation" (the same, but symbols such as "$" are words, as with quanteda's `remove_punct`) or "keep"
        (tokens like words).
    case
        "fold" (case does not count), "acronyms" (words all in capitals stay apart: "US" is not "us") or "keep".
    without
        Words left out, such as those of `stopwords()`; where one stood, a run is broken.
    most
        How many terms at most (None: all).

    Returns
    -------
    WordAnswer
        Its table has one row per `term` and group, most frequent first: `n` (occurrences), `n_words` (running words of
        the group), `per_1000_words`, `low` and `high` (95 % interval that reckons with stories: a word said often in one
        story is not settled), `n_articles` (with the term), `rank` (1 most frequent, equals share one; only without
        groups), `note` ("", "too few to say" below 5 stories, "no articles").

    Raises
    ------
    ArgumentError
        An argument has a value that is not allowed.

    Notes
    -----
    Words are counted as they are written: "say" and "said" are two. That a word is frequent does not
    say that it is typical (see `keyness`), nor what is said with it (see `kwic`).

    Examples
    --------
    >>> from analystkit import from_frame
    >>> collection = from_frame(pd.DataFrame({"text": ["War and peace. War!"]}), progress=False)
    >>> word_frequency(collection).table[["term", "n", "rank"]].values.tolist()
    [['war', 2, 1], ['and', 1, 2], ['peace', 1, 2]]
    """
    running = running_words(collection, copies=copies, marks=marks, case=case, without=without)
    grouped = group_articles(collection, by)
    find: Find
    if terms is None:
        grams = running.ngrams(n)
        order = np.lexsort((np.arange(len(grams.counts)), -grams.counts))
        chosen = order[: int((grams.counts > 0).sum())]
        # Equals stand in the order of the alphabet, also at the end of the list.
        least = grams.counts[chosen[most - 1]] if most is not None and most < len(chosen) else 0
        chosen = chosen[grams.counts[chosen] >= least]
        names = grams.names(chosen)
        ranked = (
            pd.DataFrame({"name": names, "n": -grams.counts[chosen]}).sort_values(["n", "name"]).index[:most]
        )
        names, chosen = names[ranked], chosen[ranked]
        place = np.full(len(grams.counts), -1)
        place[chosen] = np.arange(len(chosen))
        columns, starts = place[grams.codes], grams.starts
        columns, starts = columns[columns >= 0], starts[columns >= 0]
        find = find_run(running)
    else:
        given = [terms] if isinstance(terms, str) else list(dict.fromkeys(terms))
        if not given:
            raise ArgumentError("`terms` is empty; give words or phrases, or None for the most frequent.")
        matches = [running.match(term) for term in given]
        names = pd.Series(given, dtype="str")
        columns = np.repeat(np.arange(len(given)), [len(at) for at, _ in matches])
        starts = np.concatenate([at for at, _ in matches])
        find = find_pattern(running)
    table = _table(running, names.reset_index(drop=True), columns, starts, grouped.articles, grouped.grid)
    if not grouped.by:
        table.insert(1, "rank", table["n"].rank(method="min", ascending=False).astype("int64"))
        # The keys come first, then the numbers; the rank last of them.
        table["rank"] = table.pop("rank")
        if terms is not None:
            table = table.sort_values("rank", kind="stable").reset_index(drop=True)
    table["note"] = table.pop("note")
    return WordAnswer(
        measure="word_frequency",
        table=table,
        by=grouped.by,
        title=ask("How often does each term occur?", grouped.by),
        subtitle=f"Occurrences per 1,000 words with 95 % interval; {counted(len(running.articles), 'article')}, copies "
        + ("counted once" if copies == "once" else "all counted"),
        source=INTERVAL_SOURCE,
        limits="A frequent word is not yet a typical one, and a count does not say what is said with it.",
        slices={"collection": Slice(collection, running, find)},
        groups=grouped.articles[["article_id", *grouped.by]] if grouped.by else None,
    )


def find_pattern(running: Running) -> Find:
    """Return what finds the runs of words that fit a pattern."""

    def find(term: str) -> tuple[Ints, Ints]:
        starts, size = running.match(term)
        return starts, starts + size - 1

    return find


def rate_interval(n: Numbers, n_words: Numbers, variance: Numbers) -> tuple[Numbers, Numbers]:
    """Return the ends of the 95 % interval of rates, from the variances of their logarithms.

    A word that does not occur has the upper end of Poisson's interval.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        rate = n / n_words
        reach = np.exp(Z * np.sqrt(variance))
        low, high = rate / reach, np.minimum(rate * reach, 1.0)
        return np.where(n > 0, low, 0.0), np.where(n > 0, high, NONE_SEEN / n_words)


def _table(
    running: Running,
    names: pd.Series,
    columns: Ints,
    starts: Ints,
    articles: pd.DataFrame,
    grid: pd.DataFrame,
) -> pd.DataFrame:
    by = list(grid.columns)
    own = running.articles[["article_id", "story_id"]].merge(
        articles.drop(columns="story_id"), on="article_id", how="left"
    )
    rows = running.text_of[starts]
    order = np.lexsort((columns, rows))
    matrix = count_matrix(columns[order], rows[order], (len(running.articles), len(names)))
    cells = grid.itertuples(index=False, name=None) if by else [()]
    parts = []
    for cell in cells:
        inside = own["order"].notna().to_numpy(copy=True)
        for name, value in zip(by, cell, strict=True):
            inside &= (own[name] == value).to_numpy()
        of = np.flatnonzero(inside)
        block, sizes = matrix.tocsr()[of].tocsc(), running.sizes[of]
        stories, _ = pd.factorize(own["story_id"].to_numpy()[of])
        n = np.asarray(block.sum(axis=0), dtype=np.float64).ravel()
        total = float(sizes.sum())
        n_stories = int(stories.max(initial=-1)) + 1
        if total:
            low, high = rate_interval(n, np.full(len(n), total), log_rate_variance(block, sizes, stories))
        else:
            low = high = np.full(len(n), np.nan)
        parts.append(
            pd.DataFrame(
                {
                    "term": names,
                    **{
                        name: pd.Series([value] * len(names), dtype="str")
                        for name, value in zip(by, cell, strict=True)
                    },
                    "n": n.astype(np.int64),
                    "n_words": np.full(len(n), int(total)),
                    "per_1000_words": 1000 * n / total if total else np.nan,
                    "low": 1000 * low,
                    "high": 1000 * high,
                    "n_articles": np.diff(block.indptr).astype(np.int64),
                    "note": NO_ARTICLES if not len(of) else TOO_FEW if n_stories < FLOOR else "",
                    "item": np.arange(len(names)),
                }
            )
        )
    if not parts:
        columns_of = ["term", *by, "n", "n_words", "per_1000_words", "low", "high", "n_articles", "note"]
        strings = {name: "str" if name in ("term", "note", *by) else "float64" for name in columns_of}
        return pd.DataFrame(columns=columns_of).astype(strings)
    table = pd.concat(parts, ignore_index=True)
    table = table.sort_values("item", kind="stable").drop(columns="item").reset_index(drop=True)
    return table.astype({"note": "str"})
