"""How often actors are named and topics come up, in each group, with shares, intervals and evidence."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

import numpy as np
import pandas as pd

from analystkit.annotate.term_lists import Topics
from analystkit.collection import Collection, counted
from analystkit.errors import ArgumentError, check_choice
from analystkit.measure.answer import COUNTS, Answer
from analystkit.measure.cells import Cells, ask, notes, unit_of
from analystkit.measure.groups import By, Grouped, group_articles
from analystkit.measure.intervals import ratio_intervals, widen_certain
from analystkit.schema import ACTOR_KINDS

#: How many actors a table holds unless more are asked for.
MOST = 100
#: By how many actors a table is grouped unless they are named.
GROUPED = 5


def actor_frequency(
    collection: Collection,
    *,
    by: By = None,
    count: str = "stories",
    kinds: str | Iterable[str] | None = None,
    actors: Iterable[str] | None = None,
    most: int | None = MOST,
) -> Answer:
    """Count how widely each actor is named in each group.

    Parameters
    ----------
    collection
        What to count in.
    by
        "day", "week", "month", "year", "outlet", "section", "language", several of these, or None.
    count
        What `n` counts: "stories" (copies of one text count once in a group), "articles", "sentences" or "mentions".
    kinds
        Only actors of these kinds: "person", "organisation", "state", "place", "medium".
    actors
        Only these actors; None takes the `most` with the largest counts.
    most
        How many actors at most (None: all).

    Returns
    -------
    Answer
        Its table has one row per actor and group, most counted first: `n` (count), `denominator` (all stories,
        articles, sentences or mentions of the group), `share` (n / denominator, 0-1), `low` and `high` (95 % interval
        that resamples stories, 0-1), `n_stories` (stories of the group), `note` ("", "too few to say" below 5 stories,
        "no articles": then the share is absent, which is not 0).

    Raises
    ------
    ArgumentError
        An argument has a value that is not allowed.

    Warns
    -----
    UndatedArticlesWarning
        Articles without a date are left out when `by` is a time.

    Notes
    -----
    A mention is a naming, not an action: an actor often named need not have done anything. Pronouns are not counted.
    """
    check_choice("count", count, COUNTS)
    mentions = collection.mentions
    chosen = ACTOR_KINDS if kinds is None else (kinds,) if isinstance(kinds, str) else tuple(kinds)
    for kind in chosen:
        check_choice("kinds", kind, ACTOR_KINDS)
    mentions = mentions[mentions["kind"].isin(chosen)]
    return frequency_of(
        collection,
        mentions,
        "actor",
        group_articles(collection, by),
        count=count,
        items=None if actors is None else list(actors),
        most=most,
        measure="actor_frequency",
        question="How often is each actor named?",
        verb="naming the actor",
    )


def topic_frequency(
    collection: Collection,
    *,
    topics: Topics | None = None,
    by: By = None,
    count: str = "stories",
    actors: Iterable[str] | None = None,
) -> Answer:
    """Count how widely each topic comes up in each group.

    Parameters
    ----------
    collection
        What to count in.
    topics
        Term lists (a YAML file, a mapping or a `TopicList`); None takes those of the collection.
    by, count
        As in `actor_frequency`; `by` may hold "actor" as well: `by=["actor", "outlet", "month"]` asks in what share of
        the stories that name the actor, in that outlet and month, each topic comes up.
    actors
        The actors when `by` holds "actor"; None takes the five that most stories name.

    Returns
    -------
    Answer
        As `actor_frequency` returns, with `topic` for `actor`; every topic has its rows, also one without hits. A group
        without articles is a gap: its share is absent, not 0.

    Raises
    ------
    ArgumentError
        There are no term lists, or an argument has a value that is not allowed.
    TopicFileError
        The term lists cannot be read.

    Notes
    -----
    A hit is a term of the list; whether the article is about the topic is the analyst's judgement of the list.
    """
    check_choice("count", count, COUNTS)
    if topics is not None:
        collection = collection.with_topics(topics)
    if collection.topics is None:
        raise ArgumentError(
            '`topics` is None and the collection has none; give a file: topics="data/topics/....yml".'
        )
    return frequency_of(
        collection,
        collection.topic_hits,
        "topic",
        group_articles(collection, by, actors=group_actors(collection, by, actors)),
        count=count,
        items=list(collection.topics.topics),
        most=None,
        measure="topic_frequency",
        question="How often does each topic come up?",
        verb="with a term of the topic",
    )


def group_actors(collection: Collection, by: By, actors: Iterable[str] | None) -> list[str] | None:
    """Return the actors by which to group: those given, else the `GROUPED` that most stories name; None for no such."""
    names = () if by is None else (by,) if isinstance(by, str) else tuple(by)
    if "actor" not in names:
        if actors is not None:
            raise ArgumentError(
                "`actors` is given, but `by` does not hold 'actor'; write by=[\"actor\", ...]."
            )
        return None
    if actors is not None:
        chosen = [actors] if isinstance(actors, str) else list(actors)
        known = sorted(set(collection.mentions["actor"]))
        for actor in chosen:
            if actor not in known:
                near = difflib.get_close_matches(actor, known, n=1)
                hint = f" Did you mean {near[0]!r}?" if near else ""
                raise ArgumentError(f"`actors` holds {actor!r}, whom no article names.{hint}")
        return chosen
    named = collection.mentions.merge(collection.articles[["article_id", "story_id"]], on="article_id")
    counts = named.groupby("actor")["story_id"].nunique().reset_index(name="n")
    ranked = counts.sort_values(["n", "actor"], ascending=[False, True], kind="stable")["actor"]
    most: list[str] = ranked.head(GROUPED).tolist()
    return most


def frequency_of(
    collection: Collection,
    hits: pd.DataFrame,
    item: str,
    grouped: Grouped,
    *,
    count: str,
    items: list[str] | None,
    most: int | None,
    measure: str,
    question: str,
    verb: str,
) -> Answer:
    """Count hits item by item in each group; what `actor_frequency` and `topic_frequency` share.

    Parameters
    ----------
    hits
        One row per hit: `article_id`, `sentence_id`, `start`, `end`, `surface` and the column named by `item`.
    grouped
        The articles with their groups; an article may stand in several.
    items
        What to count; None takes the `most` with the largest counts.
    measure, question, verb
        Words for the answer: its measure, its title, and what is said of a unit that has the item.
    """
    every = hits[["article_id", "sentence_id", "start", "end", "surface", item]]
    every = every.merge(grouped.articles, on="article_id")
    every["unit"] = unit_of(every, count)
    below = denominators_of(collection, grouped, every, count)
    if items is None:
        totals = every.drop_duplicates([item, *grouped.by, "unit"]).groupby(item).size().reset_index(name="n")
        ranked = totals.sort_values(["n", item], ascending=[False, True], kind="stable")[item].tolist()
        items = ranked[:most]
    found = (
        every[every[item].isin(items)].sort_values(["order", "start"], kind="stable").reset_index(drop=True)
    )
    cells = Cells(grouped, item, tuple(items))
    n_stories = grouped.articles["story_id"].nunique()
    return Answer(
        measure=measure,
        table=_table(cells, found, below),
        item=item,
        by=grouped.by,
        count=count,
        title=ask(question, grouped.by),
        subtitle=f"share of {count} {verb}, with 95 % interval (stories resampled);"
        f" {counted(grouped.articles['article_id'].nunique(), 'article')}, {counted(n_stories, 'story')}",
        collection=collection,
        n_left_out=grouped.n_left_out,
        hits=found.drop(columns="order"),
    )


def denominators_of(
    collection: Collection, grouped: Grouped, every: pd.DataFrame, count: str
) -> pd.DataFrame:
    """Return how many units each story has in each group: the group columns, `story_id`, `y`."""
    keys = [*grouped.by, "story_id"]
    if count == "sentences":
        units = collection.sentences[["article_id"]].merge(grouped.articles, on="article_id")
    elif count == "mentions":
        units = every.drop_duplicates([*keys, "unit"])
    else:
        units = grouped.articles.drop_duplicates([*keys, "story_id" if count == "stories" else "article_id"])
    return units.groupby(keys).size().reset_index(name="y")


def _table(cells: Cells, found: pd.DataFrame, below: pd.DataFrame) -> pd.DataFrame:
    """Return the numbers of every cell."""
    units = found.drop_duplicates([cells.item, *cells.grouped.by, "unit"])
    cell, owner = cells.cell_of(units), cells.owner
    group_below = cells.group_of(below)
    low, high = ratio_intervals(
        cell,
        cells.story_of(units),
        np.ones(len(units)),
        group_below,
        cells.story_of(below),
        below["y"],
        owner,
    )
    n = np.bincount(cell, minlength=len(owner))
    total = np.bincount(group_below, weights=below["y"], minlength=cells.n_groups)[owner]
    share = np.divide(n, total, out=np.full(len(n), np.nan), where=total > 0)
    n_stories = cells.stories_in_group()[owner]
    low, high = widen_certain(share, n_stories, low, high)
    return cells.keys().assign(
        n=n,
        denominator=total.astype(np.int64),
        share=share,
        low=low,
        high=high,
        n_stories=n_stories,
        note=notes(n_stories, n_stories),
    )
