"""The tone of the sentences that name an actor, or of all sentences, in each group."""

from __future__ import annotations

import functools
from collections.abc import Iterable
from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pandas as pd

from analystkit.codes import Ints, unique
from analystkit.collection import Collection, counted
from analystkit.errors import check_choice
from analystkit.measure.answer import Answer
from analystkit.measure.cells import TOO_FEW, Cells, ask, notes
from analystkit.measure.groups import By, Grouped, group_articles
from analystkit.measure.intervals import ratio_intervals
from analystkit.measure.names import known_actors


def tone(
    collection: Collection,
    *,
    towards: str | Iterable[str] | None = None,
    by: By = None,
    count: str = "stories",
) -> Answer:
    """Average the tone of the sentences that name an actor, in each group.

    Parameters
    ----------
    collection
        What to read.
    towards
        One actor or several: only sentences that name them; None reads all sentences.
    by
        As in `actor_frequency`.
    count
        "stories" reads one article of each story and group, the longest, so that a reprinted sentence counts once;
        "articles" reads all.

    Returns
    -------
    Answer
        Its table has one row per actor (where `towards` was given) and group: `n` (sentences), `mean` (of VADER's
        compound, -1..1), `low` and `high` (95 % interval that resamples stories), `n_stories` (stories with such a
        sentence), `sign` ("negative", "positive", "not settled" where the interval holds 0, "too few to say"), `note`
        ("", "too few to say" below 5 stories, "no articles").

    Raises
    ------
    ArgumentError
        The collection names no such actor, or `count` is not allowed.

    Warns
    -----
    UndatedArticlesWarning
        Articles without a date are left out when `by` is a time.

    Notes
    -----
    VADER (Hutto & Gilbert 2014) adds up the valences of words. A sentence about a bad thing is negative, whoever did
    it: a negative mean does not say that the actor is attacked, nor that the article's own voice is meant.
    """
    check_choice("count", count, ["stories", "articles"])
    grouped = group_articles(collection, by)
    codes, sentences = collection.codes, collection.sentence_codes
    read = grouped if count == "articles" else _longest(grouped)
    item: str | None
    items: tuple[str, ...]
    if towards is None:
        item, items = None, ("",)
        hits, rows, place = sentences, np.arange(len(sentences.article)), np.zeros(1, dtype=np.int64)
        code = np.zeros(len(rows), dtype=np.int64)
    else:
        item, items = "actor", known_actors(collection, towards, argument="towards")
        hits = collection.mention_codes
        chosen = np.array([hits.place[name] for name in items], dtype=np.int64)
        rows, code = hits.rows_of(chosen), hits.code
        place = np.full(len(hits.names), -1, dtype=np.int64)
        place[chosen] = np.arange(len(items))
    counts = collection.is_counted(hits, rows)
    rows = rows if counts is None else rows[counts]
    entry, group = read.spread(hits.article[rows])
    rows = rows[entry]
    cells = Cells(grouped, item, items)
    cell = place[code[rows]] * cells.n_groups + group
    # Each sentence once in a cell, however often it names the actor.
    by_place, places = sentences.by_sentence
    at = np.searchsorted(places, hits.sentence[rows])
    size = max(len(sentences.article), 1)
    cell, at = np.divmod(unique(cell * size + at), size)
    row = by_place[at]
    story = codes.story[sentences.article[row]]
    values = sentences.table["tone"].to_numpy(np.float64)[row]
    question = (
        "What is the tone of the sentences that name each actor?"
        if item
        else "What is the tone of all sentences?"
    )
    return Answer(
        measure="tone",
        table=_table(cells, cell, story, values),
        item=item,
        by=grouped.by,
        count="sentences",
        title=ask(question, grouped.by),
        subtitle="mean of VADER's compound (-1 to 1) over sentences, with 95 % interval (stories resampled);"
        f" {_told(read, count)}",
        collection=collection,
        n_left_out=grouped.n_left_out,
        hits=functools.partial(_hits, collection, read, item, items),
    )


def _longest(grouped: Grouped) -> Grouped:
    """Return the groups with one article of each story in each: the longest, since tails are cut."""
    codes = grouped.collection.codes
    size = max(codes.n_stories, 1)
    key = grouped.group * size + codes.story[grouped.article]
    n = np.bincount(np.unique(key, return_inverse=True)[1])
    if n.max(initial=0) <= 1:
        return grouped
    # Ties are settled by name, without the order of the files.
    by_name = codes.trait("article_id")[0]
    ranked = np.lexsort((by_name[grouped.article], -codes.n_words[grouped.article], key))
    first = np.append(True, key[ranked][1:] != key[ranked][:-1])
    kept = np.sort(ranked[first])
    return replace(grouped, article=grouped.article[kept], group=grouped.group[kept])


def _hits(collection: Collection, read: Grouped, item: str | None, items: tuple[str, ...]) -> pd.DataFrame:
    """Return the mentions, or whole sentences, whose sentences were read, with their tones."""
    sentences = collection.sentences[["article_id", "sentence_id", "start", "end", "tone"]]
    sentences = sentences.merge(read.articles, on="article_id")
    if item is None:
        hits = _whole_sentences(collection, sentences)
    else:
        named = collection.mentions
        named = named.loc[
            named["actor"].isin(items), ["article_id", "sentence_id", "start", "end", "surface", "actor"]
        ]
        hits = named.merge(sentences.drop(columns=["start", "end"]), on=["article_id", "sentence_id"])
    hits["unit"] = hits["article_id"] + ":" + hits["sentence_id"].astype("str")
    return hits.sort_values(["order", "start"], kind="stable").drop(columns="order").reset_index(drop=True)


def _whole_sentences(collection: Collection, sentences: pd.DataFrame) -> pd.DataFrame:
    """Return sentences as hits of their own: the words at their place are the sentence."""
    bodies = collection.articles.set_index("article_id")["body"]
    of_row = bodies.reindex(sentences["article_id"])
    surfaces = [body[a:b] for body, a, b in zip(of_row, sentences["start"], sentences["end"], strict=True)]
    return sentences.assign(surface=pd.Series(surfaces, dtype="str", index=sentences.index))


def _told(read: Grouped, count: str) -> str:
    if count == "articles":
        return f"all {counted(len(read.article), 'article')} read"
    n_stories = int(np.count_nonzero(np.bincount(read.story, minlength=1)))
    return f"one article of each of {counted(n_stories, 'story')} read"


def _table(cells: Cells, cell: Ints, story: Ints, values: npt.NDArray[np.float64]) -> pd.DataFrame:
    owner = cells.owner
    n = np.bincount(cell, minlength=len(owner))
    total = np.bincount(cell, weights=values, minlength=len(owner))
    mean = np.divide(total, n, out=np.full(len(n), np.nan), where=n > 0)
    low, high = ratio_intervals(cell, story, values, cell, story, np.ones(len(cell)), np.arange(len(owner)))
    size = max(cells.grouped.collection.codes.n_stories, 1)
    n_stories = np.bincount(unique(cell * size + story) // size, minlength=len(owner))
    note = notes(cells.stories_in_group()[owner], n_stories)
    return cells.keys().assign(
        n=n,
        mean=mean,
        low=low,
        high=high,
        n_stories=n_stories,
        sign=_signs(low, high, note),
        note=note,
    )


def _signs(low: npt.NDArray[np.float64], high: npt.NDArray[np.float64], note: pd.Series) -> pd.Series:
    """Return what may be said of the sign of each mean."""
    told = np.select(
        [(note != "").to_numpy(), low > 0, high < 0], [TOO_FEW, "positive", "negative"], default="not settled"
    )
    return pd.Series(told, dtype="str")
