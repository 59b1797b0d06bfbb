"""Texts -> one row per naming of an actor: persons, organisations, states, places, media, by rules and lists.

A name is found by its capitals, told what it is by lists, by the words in and around it, and by the rest of its text.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import numpy as np
import pandas as pd

from analystkit import schema
from analystkit.annotate.drafts import find_in_text
from analystkit.errors import ArgumentError, check_columns

_COLUMNS: Final = ("text_id", "start", "end", "surface", "actor", "kind", "role")


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
    bounds = {
        article_id: (part["start"].to_numpy(), part["sentence_id"].to_numpy())
        for article_id, part in sentences.sort_values("start", kind="stable").groupby(
            "article_id", sort=False
        )
    }
    rows: list[tuple[object, ...]] = []
    for article_id, body in zip(articles["article_id"], articles["body"], strict=True):
        mentions = find_in_text(body)
        if not mentions:
            continue
        starts, ids = bounds[article_id]
        places = np.searchsorted(starts, [mention.start for mention in mentions], side="right") - 1
        rows.extend(
            (article_id, ids[place], *mention) for place, mention in zip(places, mentions, strict=True)
        )
    return schema.conform(pd.DataFrame(rows, columns=list(schema.MENTIONS)), "mentions")
