"""Texts -> one row per naming of an actor: persons, organisations, states, places, media.

A model or rules say where names stand; lists, the words around them and the rest of the text say who they are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

import numpy as np
import pandas as pd

from analystkit import schema
from analystkit.annotate.actors.adopting import adopt
from analystkit.annotate.actors.backends import Model, backend_of, checked
from analystkit.annotate.actors.drafts import Draft
from analystkit.annotate.actors.naming import Naming, name_in_text
from analystkit.annotate.actors.roles import role_of
from analystkit.annotate.actors.settling import draft_settled, settled_drafts
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


#: The model that is used where none is named.
DEFAULT_MODEL: Final = "fast"


def find_mentions(texts: Iterable[str], *, model: Model = DEFAULT_MODEL) -> pd.DataFrame:
    """Find every naming of an actor in each text.

    Parameters
    ----------
    texts
        Any number of texts with one paragraph per line.
    model
        What finds the names. "fast": a small model of ours; "accurate": an encoder of ours and "fast" together, slower
        and more often right, which needs the extra `accurate`; "rules": lists and rules alone, fastest;
        "spacy:en_core_web_sm" or another pipeline of spaCy; "nltk": its chunker; or a function of a list of texts that
        returns a list of spans for each: (start, end, kind, probability), kind being person, organisation or place. All
        else is the same for all.

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
        `texts` is a single str; there is no such model, its data is missing, or its spans are of no use.
    MissingExtraError
        The model needs a package that is not installed.

    Notes
    -----
    Adjectives and peoples count as their state ("Russian": Russia). Capitals are places ("Moscow"), not states. "North"
    in "the North" is North Korea only after the text has named that state; the article is not part of the surface.
    Made for English news: names without capitals are missed. `docs/actors.md` says where else it fails, and how often.

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
    columns: dict[str, list[object]] = {name: [] for name in _COLUMNS}
    for number, mentions in enumerate(find_in_texts(list(texts), model)):
        columns["text_id"].extend([number] * len(mentions))
        for name, cells in zip(Mention._fields, zip(*mentions, strict=True), strict=False):
            columns[name].extend(cells)
    whole = {"text_id", "start", "end"}
    return pd.DataFrame(
        {
            name: pd.Series(cells, dtype=schema.INTEGER if name in whole else schema.STRING)
            for name, cells in columns.items()
        }
    )


def annotate_mentions(
    articles: pd.DataFrame, sentences: pd.DataFrame, *, model: Model = DEFAULT_MODEL
) -> pd.DataFrame:
    """Find every naming of an actor in each article, with the sentence in which it starts.

    Parameters
    ----------
    articles
        One row per article; needs `article_id`, `body`.
    sentences
        One row per sentence; needs `article_id`, `sentence_id`, `start`, `end`.
    model
        What finds the names, see `find_mentions`.

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
    found = find_in_texts([str(body) for body in articles["body"]], model)
    for article_id, mentions in zip(articles["article_id"], found, strict=True):
        if not mentions:
            continue
        own = slices[article_id]
        places = np.searchsorted(starts[own], [mention.start for mention in mentions], side="right") - 1
        rows.extend(
            (article_id, number, *mention) for number, mention in zip(ids[own][places], mentions, strict=True)
        )
    return schema.conform(pd.DataFrame(rows, columns=list(schema.MENTIONS)), "mentions")


def find_in_texts(texts: Sequence[str], model: Model = DEFAULT_MODEL) -> Iterator[list[Mention]]:
    """Yield the mentions of each text, in reading order; `find_mentions` says what they are.

    >>> [mention.actor for mention in next(find_in_texts(["Tokyo blamed the DPRK."]))]
    ['Tokyo', 'North Korea']
    """
    tag = backend_of(model)
    if tag is None:
        yield from (_link(text, draft_settled(text)) for text in texts)
        return
    # One by one: a model may work on the next texts meanwhile.
    tagged = iter(tag(texts))
    n = 0
    for text, spans in zip(texts, tagged, strict=False):
        yield _link(text, adopt(text, checked(spans, text), settled_drafts(text)))
        n += 1
    n += sum(1 for _ in tagged)
    if n != len(texts):
        raise ArgumentError(
            f"`model` gave spans for {n} texts of {len(texts)}; it must give a list for each."
        )


def _link(text: str, drafts: list[Draft]) -> list[Mention]:
    namings = [Naming(d.start, d.end, d.name, d.kind, d.actor, d.national) for d in drafts]
    mentions = []
    for draft, found in zip(drafts, name_in_text(text, namings), strict=True):
        role = role_of(text, draft.start, draft.end, draft.titles) if draft.kind == "person" else ""
        mentions.append(Mention(draft.start, draft.end, draft.name, found.actor, found.kind, role))
    return mentions
