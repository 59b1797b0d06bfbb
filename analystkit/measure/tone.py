"""The tone of the sentences that name an actor, or of all sentences, in each group."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt
import pandas as pd

from analystkit.collection import Collection, counted
from analystkit.errors import check_choice
from analystkit.measure.answer import Answer
from analystkit.measure.cells import TOO_FEW, Cells, ask, notes
from analystkit.measure.groups import By, Grouped, group_articles, longest_copies
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
    articles = grouped.articles
    item: str | None
    items: tuple[str, ...]
    if count == "stories":
        articles = longest_copies(collection, articles, grouped.by)
    sentences = collection.sentences[["article_id", "sentence_id", "start", "end", "tone"]]
    sentences = sentences.merge(articles, on="article_id", validate="m:1")
    if towards is None:
        item, items = None, ("",)
        hits = _whole_sentences(collection, sentences)
    else:
        item, items = "actor", known_actors(collection, towards, argument="towards")
        named = collection.mentions
        named = named.loc[
            named["actor"].isin(items), ["article_id", "sentence_id", "start", "end", "surface", "actor"]
        ]
        hits = named.merge(sentences.drop(columns=["start", "end"]), on=["article_id", "sentence_id"])
    hits["unit"] = hits["article_id"] + ":" + hits["sentence_id"].astype("str")
    hits = hits.sort_values(["order", "start"], kind="stable").drop(columns="order").reset_index(drop=True)
    cells = Cells(grouped, item, items)
    question = (
        "What is the tone of the sentences that name each actor?"
        if item
        else "What is the tone of all sentences?"
    )
    return Answer(
        measure="tone",
        table=_table(cells, hits),
        item=item,
        by=grouped.by,
        count="sentences",
        title=ask(question, grouped.by),
        subtitle="mean of VADER's compound (-1 to 1) over sentences, with 95 % interval (stories resampled);"
        f" {_read(grouped, count)}",
        collection=collection,
        n_left_out=grouped.n_left_out,
        hits=hits,
    )


def _whole_sentences(collection: Collection, sentences: pd.DataFrame) -> pd.DataFrame:
    """Return sentences as hits of their own: the words at their place are the sentence."""
    bodies = collection.articles.set_index("article_id")["body"]
    of_row = bodies.reindex(sentences["article_id"])
    surfaces = [body[a:b] for body, a, b in zip(of_row, sentences["start"], sentences["end"], strict=True)]
    return sentences.assign(surface=pd.Series(surfaces, dtype="str", index=sentences.index))


def _read(grouped: Grouped, count: str) -> str:
    if count == "articles":
        return f"all {counted(len(grouped.articles), 'article')} read"
    return f"one article of each of {counted(grouped.articles['story_id'].nunique(), 'story')} read"


def _table(cells: Cells, hits: pd.DataFrame) -> pd.DataFrame:
    keys = [*([cells.item] if cells.item else []), *cells.grouped.by]
    units = hits.drop_duplicates([*keys, "unit"])
    cell, owner = cells.cell_of(units), cells.owner
    story, values = cells.story_of(units), units["tone"].to_numpy(np.float64)
    n = np.bincount(cell, minlength=len(owner))
    total = np.bincount(cell, weights=values, minlength=len(owner))
    mean = np.divide(total, n, out=np.full(len(n), np.nan), where=n > 0)
    low, high = ratio_intervals(cell, story, values, cell, story, np.ones(len(units)), np.arange(len(owner)))
    once = units.drop_duplicates([*keys, "story_id"])
    n_stories = np.bincount(cells.cell_of(once), minlength=len(owner))
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
