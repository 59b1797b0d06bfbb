"""Scores of articles, averaged over groups with intervals: what readability and diversity share."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd

from analystkit.collection import Collection, counted
from analystkit.measure.answer import Answer
from analystkit.measure.cells import Cells, ask, notes
from analystkit.measure.groups import By, group_articles
from analystkit.measure.intervals import ratio_intervals
from analystkit.measure.running import counted_rows


def score_articles(
    collection: Collection,
    score: Callable[[list[str]], pd.DataFrame],
    *,
    by: By,
    copies: str,
    measure: str,
    question: str,
    told: str,
) -> Answer:
    """Score articles and average the scores of each group.

    Parameters
    ----------
    score
        Bodies in, one row per body and one column per measure out; NaN where there is nothing to score.
    measure, question, told
        Words for the answer: its measure, its title, and what the scores are.
    """
    grouped = group_articles(collection, by, stacklevel=5)
    rows = collection.articles.iloc[counted_rows(collection, copies)]
    scores = score(rows["body"].tolist())
    names = list(scores.columns)
    long = scores.assign(article_id=rows["article_id"].to_numpy()).melt(
        "article_id", var_name="measure", value_name="score"
    )
    hits = long[long["score"].notna()].merge(grouped.articles, on="article_id")
    hits["measure"] = hits["measure"].astype("str")
    first = collection.sentences.drop_duplicates("article_id")[["article_id", "sentence_id", "start", "end"]]
    hits = hits.merge(first, on="article_id", how="left")
    hits[["sentence_id", "start", "end"]] = hits[["sentence_id", "start", "end"]].fillna(0).astype(np.int64)
    bodies = collection.articles.set_index("article_id")["body"].reindex(hits["article_id"])
    surfaces = [body[a:b] for body, a, b in zip(bodies, hits["start"], hits["end"], strict=True)]
    hits = hits.assign(surface=pd.Series(surfaces, dtype="str"), unit=hits["article_id"])
    hits = (
        hits.sort_values(["order", "article_id"], kind="stable").drop(columns="order").reset_index(drop=True)
    )
    cells = Cells(grouped, "measure", tuple(names))
    cell, story = cells.cell_of(hits), cells.story_of(hits)
    n_cells = len(cells.owner)
    # Each measure has its own articles, so each cell is a group of its own.
    low, high = ratio_intervals(
        cell, story, hits["score"], cell, story, np.ones(len(hits)), np.arange(n_cells)
    )
    n = np.bincount(cell, minlength=n_cells)
    total = np.bincount(cell, weights=hits["score"], minlength=n_cells)
    once = hits.assign(cell=cell).drop_duplicates(["cell", "story_id"])
    n_stories = np.bincount(once["cell"], minlength=n_cells)
    table = cells.keys().assign(
        n=n,
        value=np.divide(total, n, out=np.full(n_cells, np.nan), where=n > 0),
        low=low,
        high=high,
        n_stories=n_stories,
        note=notes(n_stories, n_stories),
    )
    return Answer(
        measure=measure,
        table=table,
        item="measure",
        by=grouped.by,
        count="articles",
        title=ask(question, grouped.by),
        subtitle=f"mean of the articles with 95 % interval (stories resampled); {told};"
        f" {counted(len(rows), 'article')}, copies "
        + ("counted once" if copies == "once" else "all counted"),
        collection=collection,
        n_left_out=grouped.n_left_out,
        hits=hits,
    )
