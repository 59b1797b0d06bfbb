"""Texts -> one row per naming of an actor: persons, organisations, states, places, media, by rules and lists.

A name is found by its capitals, told what it is by lists, by the words in and around it, and by the rest of its text.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from itertools import pairwise
from typing import Final, NamedTuple

import numpy as np
import pandas as pd

from analystkit import schema
from analystkit.annotate.actors.drafts import Draft, draft_mentions
from analystkit.annotate.actors.linking import Persons, is_full_name
from analystkit.annotate.actors.roles import role_of
from analystkit.annotate.actors.settling import settle_kinds
from analystkit.errors import ArgumentError, check_columns

_COLUMNS: Final = ("text_id", "start", "end", "surface", "actor", "kind", "role")


class Mention(NamedTuple):
    """One naming of an actor in one text; `start` and `end` are half-open offsets in characters."""

    start: int
    end: int
    surface: str
    actor: str
    kind: str
    role: str


def find_mentions(texts: Iterable[str]) -> pd.DataFrame:
    """Find every naming of an actor in each text.

    Parameters
    ----------
    texts
        Any number of texts with one paragraph per line.

    Returns
    -------
    DataFrame
        One row per mention, in reading order. `text_id`: number of the text, from 0. `start`, `end`: half-open
        offsets in characters; `text[start:end] == surface`. `actor`: one name per actor of the text. `kind`: person,
        organisation, state, place or medium. `role`: the office the text gives with this naming of a person, or "".
        Mentions never overlap.

    Raises
    ------
    ArgumentError
        `texts` is a single str.

    Notes
    -----
    Adjectives and peoples count as their state ("Russian": Russia). Capitals are places ("Moscow"), not states. "North"
    in "the North" is North Korea only after the text has named that state; the article is not part of the surface.
    Rules and lists for English news: they miss names without capitals and lone unknown names without a clue beside them.

    Examples
    --------
    >>> found = find_mentions(["Russian President Vladimir Putin met Kim Jong-un. Putin smiled."])
    >>> found["surface"].tolist()
    ['Russian', 'Vladimir Putin', 'Kim Jong-un', 'Putin']
    >>> found["actor"].tolist()
    ['Russia', 'Vladimir Putin', 'Kim Jong-un', 'Vladimir Putin']
    """
    if isinstance(texts, str):
        raise ArgumentError("`texts` is a single str; give a list of texts: find_mentions([text]).")
    rows = [(number, *mention) for number, text in enumerate(texts) for mention in find_in_text(text)]
    frame = pd.DataFrame(rows, columns=list(_COLUMNS))
    whole = {"text_id", "start", "end"}
    return frame.astype({name: schema.INTEGER if name in whole else schema.STRING for name in _COLUMNS})


def annotate_mentions(articles: pd.DataFrame, sentences: pd.DataFrame) -> pd.DataFrame:
    """Find every naming of an actor in each article, with the sentence in which it starts.

    Parameters
    ----------
    articles
        One row per article; needs `article_id`, `body`.
    sentences
        One row per sentence; needs `article_id`, `sentence_id`, `start`, `end`.

    Returns
    -------
    DataFrame
        The table `schema.MENTIONS`, in the order of `articles`, then in reading order. Actors are linked inside each
        article; `link_actors` links them across articles.

    Raises
    ------
    MissingColumnError
        A needed column is absent.
    """
    check_columns("articles", map(str, articles.columns), ["article_id", "body"])
    check_columns("sentences", map(str, sentences.columns), ["article_id", "sentence_id", "start", "end"])
    # Article by article the sentences stand in order, so each article's are one slice of plain arrays.
    ordered = sentences.sort_values(["article_id", "start"], kind="stable")
    owners = ordered["article_id"].to_numpy(dtype=object)
    starts = ordered["start"].to_numpy(dtype=np.int64)
    ids = ordered["sentence_id"].to_numpy(dtype=np.int64)
    edges = [i for i in range(len(owners)) if i == 0 or owners[i] != owners[i - 1]] + [len(owners)]
    slices = {str(owners[first]): slice(first, last) for first, last in pairwise(edges)}
    rows: list[tuple[object, ...]] = []
    for article_id, body in zip(articles["article_id"], articles["body"], strict=True):
        mentions = find_in_text(body)
        if not mentions:
            continue
        own = slices[article_id]
        places = np.searchsorted(starts[own], [mention.start for mention in mentions], side="right") - 1
        rows.extend(
            (article_id, number, *mention) for number, mention in zip(ids[own][places], mentions, strict=True)
        )
    return schema.conform(pd.DataFrame(rows, columns=list(schema.MENTIONS)), "mentions")


def find_in_text(text: str) -> list[Mention]:
    """Find the mentions of one text, in reading order; `find_mentions` says what they are.

    >>> [mention.actor for mention in find_in_text("Tokyo blamed the DPRK.")]
    ['Tokyo', 'North Korea']
    """
    drafts = settle_kinds(text, draft_mentions(text))
    return _link(text, drafts) if drafts else []


def _link(text: str, drafts: list[Draft]) -> list[Mention]:
    persons = Persons(d.name for d in drafts if d.kind == "person" and is_full_name(d.name))
    acronyms = _acronyms(text, drafts)
    owned = _owned(drafts)
    mentions = []
    for draft in drafts:
        role = ""
        actor = draft.actor
        if draft.kind == "person":
            role = role_of(text, draft.start, draft.end, draft.titles)
            name = draft.name
            actor = persons.of_short(name) or (persons.full(name) if is_full_name(name) else name)
        elif draft.national:
            actor = owned.get(actor, actor)
        elif not actor:
            actor = acronyms.get(draft.name, draft.name)
        mentions.append(Mention(draft.start, draft.end, draft.name, actor, draft.kind, role))
    return mentions


def _acronyms(text: str, drafts: list[Draft]) -> dict[str, str]:
    """Read "Northern Trade Council (NTC)": acronym -> the name before the bracket."""
    found: dict[str, str] = {}
    for name, acronym in pairwise(drafts):
        if (
            text[name.end : acronym.start] == " ("
            and text[acronym.end : acronym.end + 1] == ")"
            and acronym.name.isupper()
            and not acronym.actor
            and " " in name.name
        ):
            acronym.kind = name.kind
            found.setdefault(acronym.name, name.actor or name.name)
    return found


def _owned(drafts: list[Draft]) -> dict[str, str]:
    """Return whose "Foreign Ministry" the text means, for each such body that it gives to one state only."""
    owners: defaultdict[str, set[str]] = defaultdict(set)
    for draft in drafts:
        if draft.kind == "organisation" and draft.actor.endswith(")"):
            owners[draft.actor.rpartition(" (")[0]].add(draft.actor)
    return {body: next(iter(actors)) for body, actors in owners.items() if len(actors) == 1}
