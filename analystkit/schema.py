"""The tables: which columns each has, their dtypes and their grain, and one check for all of them.

A table is a plain pandas frame with a fresh `RangeIndex`. Offsets are half-open, in characters of `articles.body`.
Columns that cross a module border are named here and nowhere else.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

import pandas as pd

from analystkit.errors import check_columns

Columns = Mapping[str, str]

STRING: Final = "str"
INTEGER: Final = "int64"
NUMBER: Final = "float64"
TIME: Final = "datetime64[us]"

#: One row per article as received; `article_id` is unique; `where` is its line or row in the file at `path`;
#: `language_origin` is "stated" (by the file) or "text" (told by its words), "" without a language.
ARTICLES: Final[Columns] = MappingProxyType(
    {
        "article_id": STRING,
        "title": STRING,
        "lead": STRING,
        "body": STRING,
        "published": TIME,
        "published_origin": STRING,
        "outlet": STRING,
        "section": STRING,
        "byline": STRING,
        "credit": STRING,
        "url": STRING,
        "language": STRING,
        "language_origin": STRING,
        "path": STRING,
        "where": STRING,
        "format": STRING,
        "sha256": STRING,
        "n_words": INTEGER,
        "story_id": STRING,
    }
)

#: One row per line or block of a page, in the order of the page.
ZONES: Final[Columns] = MappingProxyType(
    {"article_id": STRING, "order": INTEGER, "zone": STRING, "text": STRING, "reason": STRING}
)

#: One row per thing that went wrong.
PROBLEMS: Final[Columns] = MappingProxyType(
    {"path": STRING, "where": STRING, "severity": STRING, "reason": STRING, "remedy": STRING}
)

#: One row per decision of the analyst on a line of one article (`sha256`, `where`) or of all pages of an `outlet`.
DECISIONS: Final[Columns] = MappingProxyType(
    {
        "path": STRING,
        "where": STRING,
        "outlet": STRING,
        "text": STRING,
        "nth": STRING,
        "zone": STRING,
        "was": STRING,
        "note": STRING,
        "day": STRING,
        "sha256": STRING,
    }
)

#: One row per sentence; `tone` is VADER's compound, -1..1.
SENTENCES: Final[Columns] = MappingProxyType(
    {"article_id": STRING, "sentence_id": INTEGER, "start": INTEGER, "end": INTEGER, "tone": NUMBER}
)

#: One row per naming of an actor.
MENTIONS: Final[Columns] = MappingProxyType(
    {
        "article_id": STRING,
        "sentence_id": INTEGER,
        "start": INTEGER,
        "end": INTEGER,
        "surface": STRING,
        "actor": STRING,
        "kind": STRING,
        "role": STRING,
    }
)

#: One row per naming of an actor, with the tone towards them there; `voice` is "article" or, in a sentence with quoted
#: speech, "quoted".
MENTION_TONES: Final[Columns] = MappingProxyType(
    {
        "article_id": STRING,
        "start": INTEGER,
        "end": INTEGER,
        "voice": STRING,
        "p_negative": NUMBER,
        "p_neutral": NUMBER,
        "p_positive": NUMBER,
    }
)

#: One row per actor and sentence that names them; `label` is negative, neutral, positive or unsure.
TONES: Final[Columns] = MappingProxyType(
    {
        "article_id": STRING,
        "sentence_id": INTEGER,
        "actor": STRING,
        "voice": STRING,
        "label": STRING,
        "p_negative": NUMBER,
        "p_neutral": NUMBER,
        "p_positive": NUMBER,
    }
)

#: One row per sentence: its tone by each word list, -1 to 1; `project` is VADER with the analyst's values.
LIST_TONES: Final[Columns] = MappingProxyType(
    {
        "article_id": STRING,
        "sentence_id": INTEGER,
        "vader": NUMBER,
        "hu_liu": NUMBER,
        "project": NUMBER,
    }
)

#: One row per article: the tone of its whole body by each word list, as if it were one sentence.
ARTICLE_TONES: Final[Columns] = MappingProxyType(
    {"article_id": STRING, "vader": NUMBER, "hu_liu": NUMBER, "project": NUMBER}
)

#: One row per hit of one term of one topic.
TOPIC_HITS: Final[Columns] = MappingProxyType(
    {
        "article_id": STRING,
        "sentence_id": INTEGER,
        "start": INTEGER,
        "end": INTEGER,
        "topic": STRING,
        "term": STRING,
        "surface": STRING,
    }
)

TABLES: Final[Mapping[str, Columns]] = MappingProxyType(
    {
        "articles": ARTICLES,
        "zones": ZONES,
        "problems": PROBLEMS,
        "sentences": SENTENCES,
        "mentions": MENTIONS,
        "topic_hits": TOPIC_HITS,
        "mention_tones": MENTION_TONES,
        "tones": TONES,
        "list_tones": LIST_TONES,
        "article_tones": ARTICLE_TONES,
        "decisions": DECISIONS,
    }
)

ZONE_NAMES: Final = (
    "title",
    "lead",
    "byline",
    "dateline",
    "caption",
    "body",
    "subhead",
    "related",
    "credit",
    "furniture",
)

#: The zones whose lines, in order, make `articles.body`.
BODY_ZONES: Final = ("body", "subhead")

ACTOR_KINDS: Final = ("person", "organisation", "state", "place", "medium")

#: Where a date of publication was found, most trusted first.
DATE_ORIGINS: Final = ("meta", "dateline", "url", "file", "text")


def empty_table(name: str) -> pd.DataFrame:
    """Return the named table with its columns and dtypes and no rows.

    >>> list(empty_table("zones").columns)
    ['article_id', 'order', 'zone', 'text', 'reason']
    """
    return pd.DataFrame({column: pd.Series(dtype=dtype) for column, dtype in TABLES[name].items()})


def conform(frame: pd.DataFrame, name: str) -> pd.DataFrame:
    """Return `frame` as the named table: its columns in order, their dtypes, a fresh index.

    Further columns are kept, behind those of the table. Absent strings become "", absent dates stay NaT.

    Raises
    ------
    MissingColumnError
        A column of the table is absent.
    """
    columns = TABLES[name]
    check_columns(name, map(str, frame.columns), columns)
    out = frame.loc[:, [*columns, *(c for c in frame.columns if c not in columns)]].reset_index(drop=True)
    for column, dtype in columns.items():
        if dtype == STRING:
            out[column] = out[column].astype(STRING).fillna("")
        elif out[column].dtype != dtype:
            out[column] = out[column].astype(dtype)  # type: ignore[call-overload]
    return out
