"""Names that an analyst gives, checked against those of the collection."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

import numpy as np

from analystkit.collection import Collection
from analystkit.errors import ArgumentError


def named_actors(collection: Collection, names: Iterable[str]) -> list[str]:
    """Return those of some actors whom the articles of a collection name."""
    hits = collection.mention_codes
    found = []
    for name in names:
        rows = hits.rows_of(np.array([hits.place[name]] if name in hits.place else [], dtype=np.int64))
        here = collection.is_counted(hits, rows)
        if len(rows) if here is None else here.any():
            found.append(name)
    return found


def known_actors(collection: Collection, names: str | Iterable[str], *, argument: str) -> tuple[str, ...]:
    """Return one actor or several as a tuple; refuse those whom the whole collection never names, with a hint.

    Whom a filter leaves unnamed has no sentences; whom the whole collection does not name is a misspelling.
    """
    given = (names,) if isinstance(names, str) else tuple(names)
    known = collection.unfiltered.mention_codes.place
    for name in given:
        if name not in known:
            near = difflib.get_close_matches(name, known, n=1)
            hint = f" Did you mean {near[0]!r}?" if near else ""
            raise ArgumentError(
                f"`{argument}` is {name!r}; the collection names no such actor (see `collection.mentions`).{hint}"
            )
    return given
