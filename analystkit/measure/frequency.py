"""How often actors are named and topics come up, in each group, with shares, intervals and evidence."""

from __future__ import annotations

import difflib
import functools
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from analystkit.annotate.term_lists import Topics
from analystkit.codes import HitCodes, Ints, article_of, unique
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
    return frequency_of(
        collection,
        mentions_of(collection, kinds),
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
        collection.topic_codes,
        "topic",
        group_articles(collection, by, actors=group_actors(collection, by, actors)),
        count=count,
        items=list(collection.topics.topics),
        most=None,
        measure="topic_frequency",
        question="How often does each topic come up?",
        verb="with a term of the topic",
    )


def mentions_of(collection: Collection, kinds: str | Iterable[str] | None) -> HitCodes | pd.DataFrame:
    """Return the mentions to count: those of some kinds of actors, or all."""
    if kinds is None:
        return collection.mention_codes
    chosen = (kinds,) if isinstance(kinds, str) else tuple(kinds)
    for kind in chosen:
        check_choice("kinds", kind, ACTOR_KINDS)
    mentions = collection.mentions
    return mentions[mentions["kind"].isin(chosen)]


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
    hits: HitCodes | pd.DataFrame,
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
        One row per hit: `article_id`, `sentence_id`, `start`, `end`, `surface` and the column named by `item`; or the
        same as numbers, for all articles before any filter.
    grouped
        The articles with their groups; an article may stand in several.
    items
        What to count; None takes the `most` with the largest counts.
    measure, question, verb
        Words for the answer: its measure, its title, and what is said of a unit that has the item.
    """
    found = hits if isinstance(hits, HitCodes) else HitCodes(hits, item, collection.codes)
    units = units_of(collection, found, grouped, count)
    if items is None:
        items = _most(found, units, most)
    place = np.full(len(found.names) + 1, -1, dtype=np.int64)
    place[[found.place.get(name, -1) for name in items]] = np.arange(len(items))
    place[-1] = -1  # names that are never found
    shown = place[units.item] >= 0
    cells = Cells(grouped, item, tuple(items))
    n_stories = int(np.count_nonzero(np.bincount(grouped.story, minlength=1)))
    n_articles = int(np.count_nonzero(np.bincount(grouped.article, minlength=1)))
    return Answer(
        measure=measure,
        table=_table(
            cells,
            place[units.item[shown]] * grouped.n_groups + units.group[shown],
            units.story[shown],
            denominators_of(collection, found, grouped, count),
        ),
        item=item,
        by=grouped.by,
        count=count,
        title=ask(question, grouped.by),
        subtitle=f"share of {count} {verb}, with 95 % interval (stories resampled);"
        f" {counted(n_articles, 'article')}, {counted(n_stories, 'story')}",
        collection=collection,
        n_left_out=grouped.n_left_out,
        hits=functools.partial(hits_table, collection, found, grouped, count, items),
    )


def most_named(collection: Collection, *, count: str, most: int) -> list[str]:
    """Return the actors with the largest counts, as `actor_frequency` ranks them, without the numbers."""
    hits = collection.mention_codes
    return _most(hits, units_of(collection, hits, group_articles(collection, None), count), most)


def _most(hits: HitCodes, units: Units, most: int | None) -> list[str]:
    n = np.bincount(units.item, minlength=len(hits.names))
    # Items are numbered by name, which settles ties.
    ranked = np.argsort(-n, kind="stable")[: np.count_nonzero(n)]
    return [str(name) for name in hits.names[ranked[:most]]]


class Units(NamedTuple):
    """What is counted: one entry per item, group and unit in which it was found."""

    item: Ints
    group: Ints
    story: Ints


class Below(NamedTuple):
    """What it is counted out of: one entry per group and story, with how many units the story has there."""

    group: Ints
    story: Ints
    y: Ints


def units_of(collection: Collection, hits: HitCodes, grouped: Grouped, count: str) -> Units:
    """Return in which units of which groups each item is found."""
    if count in ("stories", "articles") and not collection.zone:
        # Within an article it matters only whether an item is there.
        item, article = hits.pairs
        rows, group = grouped.spread(article)
        item, unit = item[rows], article[rows]
    else:
        counts = collection.is_counted(hits)
        kept = np.arange(len(hits.article)) if counts is None else np.flatnonzero(counts)
        rows, group = grouped.spread(hits.article[kept])
        kept = kept[rows]
        item = hits.code[kept]
        unit = _unit_of(hits, kept, count)
    codes = collection.codes
    if count == "stories":
        unit, size = codes.story[unit], max(codes.n_stories, 1)
    else:
        # Numbered anew, so that item, group and unit fit into one number.
        known = unique(unit)
        unit, size = np.searchsorted(known, unit), max(len(known), 1)
    once = unique((item * max(grouped.n_groups, 1) + group) * size + unit)
    where, unit = np.divmod(once, size)
    item, group = np.divmod(where, max(grouped.n_groups, 1))
    if count != "stories":
        unit = known[unit]
        unit = codes.story[unit if count == "articles" else article_of(unit)]
    return Units(item, group, unit)


def denominators_of(collection: Collection, hits: HitCodes, grouped: Grouped, count: str) -> Below:
    """Return how many units each story has in each group."""
    codes = collection.codes
    article, group, weight = grouped.article, grouped.group, np.ones(len(grouped.article), dtype=np.int64)
    if count in ("sentences", "mentions"):
        of = collection.sentence_codes if count == "sentences" else hits
        place = of.sentence if count == "sentences" else of.mention
        counts = collection.is_counted(of)
        units = unique(place if counts is None else place[counts])
        weight = np.bincount(article_of(units), minlength=len(codes))[article]
    n_stories = max(codes.n_stories, 1)
    key = group * n_stories + codes.story[article]
    once, inverse = np.unique(key, return_inverse=True)
    y = np.ones(len(once), dtype=np.int64)
    if count != "stories":
        y = np.bincount(inverse, weights=weight, minlength=len(once)).astype(np.int64)
    once, y = once[y > 0], y[y > 0]
    return Below(once // n_stories, once % n_stories, y)


def hits_table(
    collection: Collection, hits: HitCodes, grouped: Grouped, count: str, items: Sequence[str]
) -> pd.DataFrame:
    """Return the hits that are counted, one row per hit and group, in order of publication: the evidence of each number."""
    codes = collection.codes
    rows = hits.rows_of(np.array([hits.place[name] for name in items if name in hits.place], dtype=np.int64))
    counts = collection.is_counted(hits, rows)
    rows = rows if counts is None else rows[counts]
    entry, group = grouped.spread(hits.article[rows])
    rows = rows[entry]
    article = hits.article[rows]
    ranked = np.lexsort((hits.start[rows], codes.order[article]))
    rows, article, group = rows[ranked], article[ranked], group[ranked]
    columns = ["article_id", "sentence_id", "start", "end", "surface", hits.item]
    table = hits.table[columns].iloc[rows].reset_index(drop=True)
    stories = codes.articles["story_id"].iloc[article].reset_index(drop=True)
    table = table.assign(story_id=stories, **grouped.columns(group))
    return table.assign(unit=unit_of(table, count))


def _unit_of(hits: HitCodes, rows: Ints, count: str) -> Ints:
    """Return what each row counts as; rows with equal numbers are one unit."""
    if count in ("stories", "articles"):
        return hits.article[rows]
    return (hits.sentence if count == "sentences" else hits.mention)[rows]


def _table(cells: Cells, cell: Ints, story: Ints, below: Below) -> pd.DataFrame:
    """Return the numbers of every cell; `cell` and `story` are those of each unit."""
    owner = cells.owner
    low, high = ratio_intervals(cell, story, np.ones(len(cell)), below.group, below.story, below.y, owner)
    n = np.bincount(cell, minlength=len(owner))
    total = np.bincount(below.group, weights=below.y, minlength=cells.n_groups)[owner]
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
