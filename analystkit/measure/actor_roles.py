"""In which offices a text presents an actor, how it spells the name, and when each was first and last seen."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from analystkit.collection import Collection
from analystkit.measure.answer import Answer
from analystkit.measure.frequency import frequency_of
from analystkit.measure.groups import By, group_articles
from analystkit.measure.names import known_actors


def actor_roles(collection: Collection, actor: str, *, by: By = None) -> Answer:
    """List the roles in which texts present an actor, in their own words.

    Parameters
    ----------
    collection
        What to read.
    actor
        Whose roles.
    by
        As in `actor_frequency`.

    Returns
    -------
    Answer
        Its table has one row per `role` (and group), most frequent first: `n` (namings with that role), `denominator`
        (namings with any), `share`, `low`, `high` and `n_stories` as in `actor_frequency`, `first` and `last` (day of
        publication on which it was first and last seen in all groups; NaT without dates), `note`.

    Raises
    ------
    ArgumentError
        The collection names no such actor.

    Notes
    -----
    Capitals and articles aside, a role is what the text says: "leader" and "North Korean leader" are two. A date says
    when the text was published, not when the office was held.

    Examples
    --------
    >>> import analystkit as ak, pandas as pd
    >>> text = "Ann Lee, governor of the region of Perm, left. Governor Ann Lee spoke."
    >>> frame = pd.DataFrame({"text": [text], "date": ["2024-05-03"]})
    >>> actor_roles(ak.from_frame(frame, progress=False), "Ann Lee").table[["role", "n"]].values.tolist()
    [['Governor', 1], ['governor of the region of Perm', 1]]
    """
    known_actors(collection, actor, argument="actor")
    mentions = collection.mentions
    named = mentions[(mentions["actor"] == actor) & (mentions["role"] != "")]
    return _seen(
        collection,
        named,
        "role",
        named["role"].str.casefold(),
        by,
        "actor_roles",
        f"In which roles is {actor} named?",
    )


def actor_spellings(collection: Collection, actor: str, *, by: By = None) -> Answer:
    """List the ways in which texts spell an actor; arguments and table as in `actor_roles`, with `spelling` for `role`.

    Every spelling is there as it stands in the text: what is wrong here is for `Collection.decide` to split.
    """
    known_actors(collection, actor, argument="actor")
    named = collection.mentions[collection.mentions["actor"] == actor]
    question = f"Under which names does {actor} stand?"
    return _seen(collection, named, "spelling", named["surface"], by, "actor_spellings", question)


def _seen(
    collection: Collection,
    named: pd.DataFrame,
    item: str,
    keys: pd.Series,
    by: By,
    measure: str,
    question: str,
) -> Answer:
    """Count values of `named`, those of one key together under the most frequent of them, with first and last day."""
    source = "surface" if item == "spelling" else item
    counts = pd.DataFrame({"key": keys, "value": named[source]}).value_counts().reset_index(name="n")
    counts = counts.sort_values(["n", "value"], ascending=[False, True], kind="stable")
    usual = dict(zip(*(counts.drop_duplicates("key")[name] for name in ("key", "value")), strict=True))
    hits = named.assign(**{item: keys.map(usual).astype("str")})
    answer = frequency_of(
        collection,
        hits,
        item,
        group_articles(collection, by),
        count="mentions",
        items=None,
        most=None,
        measure=measure,
        question=question,
        verb=f"with this {item}",
    )
    days = hits.merge(collection.articles[["article_id", "published"]], on="article_id").groupby(item)[
        "published"
    ]
    # Reindexed, as to map nothing at all would lose the type.
    table = answer.table.assign(
        first=days.min().reindex(answer.table[item]).to_numpy("datetime64[us]"),
        last=days.max().reindex(answer.table[item]).to_numpy("datetime64[us]"),
    )
    return replace(answer, table=table[[*(name for name in table.columns if name != "note"), "note"]])
