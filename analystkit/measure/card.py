"""Everything the measures say of one actor, on one card."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import pandas as pd

from analystkit.collection import Collection, counted, day_in_words
from analystkit.measure.actor_roles import actor_roles, actor_spellings
from analystkit.measure.answer import UNIT_NAMES, Answer
from analystkit.measure.co_mention import co_mentions
from analystkit.measure.frequency import actor_frequency, topic_frequency
from analystkit.measure.names import known_actors
from analystkit.measure.tone import tone

#: How many partners a card holds.
N_PARTNERS: Final = 15
_MONTHS_FOR_MONTHS: Final = 3  # shorter spans are told by week


@dataclass(frozen=True)
class ActorCard:
    """What the measures say of one actor; every number of every answer opens to its sentences.

    Attributes
    ----------
    actor, kind
        Name, and kind of actor (that of most of its mentions).
    collection
        What was read.
    answers
        By name: "over all" (how widely named), "seen" (first and last), "over time" (where articles have dates),
        "outlets", "spellings", "roles", "partners" (named in the same sentences), "tone" (of the sentences), "topics"
        (of the stories that name the actor, where there are term lists).
    """

    actor: str
    kind: str
    collection: Collection
    answers: dict[str, Answer]

    def describe(self) -> str:
        """Say in a few sentences what the card holds."""
        over_all = self.answers["over all"].table
        if not len(over_all) or not over_all["n"][0]:
            return f"{self.actor} is not named ({self.collection.describe_filters()})."
        n, of = int(over_all["n"][0]), int(over_all["denominator"][0])
        unit = UNIT_NAMES[self.answers["over all"].count]
        told = [f"{self.actor} ({self.kind}) is named in {n:,} of {counted(of, unit)}"]
        days = self.answers["seen"].table
        if len(days):
            first, last = (day_in_words(day) for day in (days["day"].iloc[0], days["day"].iloc[-1]))
            told.append(f"on {first}" if first == last else f"first on {first}, last on {last}")
        return ", ".join(told) + "."


def actor_card(collection: Collection, actor: str, *, count: str = "stories") -> ActorCard:
    """Gather what the measures say of one actor: when, where, in which roles, with whom, in what tone, about what.

    Parameters
    ----------
    collection
        What to read.
    actor
        Whose card.
    count
        "stories" or "articles".

    Returns
    -------
    ActorCard

    Raises
    ------
    ArgumentError
        The collection names no such actor, or `count` is not allowed.

    Warns
    -----
    UndatedArticlesWarning
        Articles without a date are left out of what is told over time.

    Notes
    -----
    Tone is that of the sentences that name the actor, not towards it; partners are those named in the same sentence more
    often than chance would have it. See `tone` and `co_mentions`.
    """
    known_actors(collection, actor, argument="actor")
    kinds = collection.unfiltered.mentions.loc[collection.unfiltered.mentions["actor"] == actor, "kind"]
    answers = {
        "over all": actor_frequency(collection, count=count, actors=[actor]),
        "seen": _seen(collection, actor),
    }
    days = collection.articles["published"].dropna()
    if len(days):
        unit = "month" if days.dt.to_period("M").nunique() > _MONTHS_FOR_MONTHS else "week"
        over_time = actor_frequency(collection, by=unit, count=count, actors=[actor])
        answers["over time"] = replace(over_time, title=f"How often is {actor} named, by {unit}?")
    naming = collection.narrowed_to(
        set(collection.mentions.loc[collection.mentions["actor"] == actor, "article_id"])
    )
    by_outlet = actor_frequency(collection, by="outlet", count=count, actors=[actor])
    sentences = tone(collection, towards=actor, count=count)
    answers |= {
        "outlets": replace(by_outlet, title=f"How often does each outlet name {actor}?"),
        "spellings": actor_spellings(collection, actor),
        "roles": actor_roles(collection, actor),
        "partners": _first_rows(co_mentions(collection, actor, count=count), N_PARTNERS),
        "tone": replace(sentences, title=f"What is the tone of the sentences that name {actor}?"),
    }
    if collection.topics is not None:
        topics = topic_frequency(naming, count=count)
        answers["topics"] = replace(topics, title=f"Which topics come up where {actor} is named?")
    return ActorCard(actor, str(kinds.value_counts().index[0]), collection, answers)


def _first_rows(answer: Answer, n: int) -> Answer:
    return answer.only_groups(answer.table["partner"][:n].tolist())


def _seen(collection: Collection, actor: str) -> Answer:
    """Return the first and the last mention of an actor, by day of publication, as an answer of two rows."""
    mentions = collection.mentions[collection.mentions["actor"] == actor]
    about = collection.articles[["article_id", "story_id", "published"]].dropna(subset="published")
    dated = mentions.merge(about, on="article_id").sort_values(
        ["published", "article_id", "start"], kind="stable"
    )
    ends = [("first", dated.head(1)), ("last", dated.tail(1))] if len(dated) else []
    columns = ["article_id", "sentence_id", "start", "end", "surface", "story_id", "published"]
    rows = [part[columns].assign(seen=name) for name, part in ends]
    hits = pd.concat(rows, ignore_index=True) if rows else dated[columns].assign(seen=pd.Series(dtype="str"))
    hits = hits.assign(unit=hits["seen"])
    n = len(dated)
    table = pd.DataFrame(
        {
            "seen": hits["seen"].astype("str"),
            "n": pd.Series(1, index=hits.index, dtype="int64"),
            "denominator": pd.Series(n, index=hits.index, dtype="int64"),
            "share": pd.Series(1 / max(n, 1), index=hits.index, dtype="float64"),
            "low": pd.Series(float("nan"), index=hits.index),
            "high": pd.Series(float("nan"), index=hits.index),
            "n_stories": pd.Series(1, index=hits.index, dtype="int64"),
            "day": hits["published"],
            "note": pd.Series("", index=hits.index, dtype="str"),
        }
    )
    return Answer(
        measure="actor_seen",
        table=table,
        item="seen",
        by=(),
        count="mentions",
        title=f"When is {actor} first and last named?",
        subtitle=f"day of publication; {counted(n, 'mention')} with a date",
        collection=collection,
        n_left_out=0,
        hits=hits.drop(columns="published"),
    )
