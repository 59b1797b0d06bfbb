"""Actors -> the country that naming them names: states themselves, places and capitals in them, seats of government."""

from __future__ import annotations

from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from analystkit.annotate.actors.capitals import governments
from analystkit.annotate.actors.gazetteer import read_list

if TYPE_CHECKING:
    from collections.abc import Mapping


@cache
def countries() -> Mapping[str, str]:
    """Return the country of each state, listed place, capital and seat of government.

    A place that the lists give to no state (the Persian Gulf) is not there.

    >>> [countries().get(name) for name in ("Russia", "Aden", "Kremlin", "Persian Gulf")]
    ['Russia', 'Yemen', 'Russia', None]
    """
    found: dict[str, str] = {}
    for row in read_list("places"):
        if row["state"]:
            for name in (row["name"], *filter(None, row["aliases"].split("|"))):
                found.setdefault(name, row["state"])
    states = read_list("states")
    for row in states:
        for name in filter(None, row["capital"].split("|")):
            found.setdefault(name, row["name"])
    found.update(governments())
    found.update({row["name"]: row["name"] for row in states})
    return MappingProxyType(found)
