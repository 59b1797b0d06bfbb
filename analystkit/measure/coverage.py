"""How many articles a collection holds in each group: what all other shares are shares of."""

from __future__ import annotations

import functools

import numpy as np
import pandas as pd

from analystkit.codes import unique
from analystkit.collection import Collection, counted
from analystkit.errors import check_choice
from analystkit.measure.answer import UNIT_NAMES, Answer
from analystkit.measure.cells import Cells, ask, notes, unit_of
from analystkit.measure.groups import By, Grouped, group_articles


def coverage(collection: Collection, *, by: By = "month", count: str = "articles") -> Answer:
    """Count the articles or stories of each group.

    Parameters
    ----------
    collection
        What to count.
    by
        As in `actor_frequency`.
    count
        "articles" or "stories".

    Returns
    -------
    Answer
        Its table has one row per group: `n` (count; 0 in a gap), `denominator` (all articles or stories that have a
        group), `share` (0-1), `low` and `high` (absent: this is a full count, not an estimate), `n_stories`, `note`.
        Its evidence shows the first sentence of each article.

    Warns
    -----
    UndatedArticlesWarning
        Articles without a date are left out when `by` is a time.
    """
    check_choice("count", count, ["articles", "stories"])
    grouped = group_articles(collection, by)
    cells = Cells(grouped, None, ("",))
    codes = collection.codes
    unit = codes.story[grouped.article] if count == "stories" else grouped.article
    size = max(len(codes), 1)
    n = np.bincount(unique(grouped.group * size + unit) // size, minlength=cells.n_groups)
    total = len(unique(unit))
    n_stories = cells.stories_in_group()
    table = cells.keys().assign(
        n=n,
        denominator=np.full(len(n), total, dtype=np.int64),
        share=n / max(total, 1),
        low=np.nan,
        high=np.nan,
        n_stories=n_stories,
        note=notes(n_stories, n_stories).replace("too few to say", ""),
    )
    return Answer(
        measure="coverage",
        table=table,
        item=None,
        by=grouped.by,
        count=count,
        title=ask(f"How are the {count} spread?", grouped.by),
        subtitle=f"share of {counted(total, UNIT_NAMES[count])}",
        collection=collection,
        n_left_out=grouped.n_left_out,
        hits=functools.partial(_first_sentences, collection, grouped, count),
    )


def _first_sentences(collection: Collection, grouped: Grouped, count: str) -> pd.DataFrame:
    """Return the first sentence of each article and group as its evidence."""
    first = collection.sentences.drop_duplicates("article_id")[["article_id", "sentence_id", "start", "end"]]
    # An article without a body has no sentence and is shown by its title alone.
    hits = grouped.articles.merge(first, on="article_id", how="left")
    hits[["sentence_id", "start", "end"]] = hits[["sentence_id", "start", "end"]].fillna(0).astype(np.int64)
    bodies = collection.articles.set_index("article_id")["body"].reindex(hits["article_id"])
    surfaces = [body[a:b] for body, a, b in zip(bodies, hits["start"], hits["end"], strict=True)]
    hits = hits.assign(surface=pd.Series(surfaces, dtype="str"), unit=unit_of(hits, count))
    return hits.sort_values(["order", "article_id"]).drop(columns="order").reset_index(drop=True)
