"""The choices of a view: what is shown, how it is counted, which number is open. Plain facts, checked on one collection."""

from __future__ import annotations

import dataclasses
import difflib
import functools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from analystkit.collection import TEXT_PARTS, Collection
from analystkit.errors import ArgumentError, check_choice
from analystkit.measure.groups import TIMES

Pairs = tuple[tuple[str, str], ...]
#: A slice of a collection, as pairs of a filter and its value: (("outlets", ("Lamp",)),). () is the whole collection.
Slice = tuple[tuple[str, Any], ...]

COUNTS: Final = ("stories", "articles")
#: "whole" asks for no groups: one number for each item.
GROUPINGS: Final = ("whole", "year", "month", "week", "day", "outlet")
#: What a panel of actors may show of them.
VIEWS: Final = ("how often", "with whom", "in which roles", "against the rest")
#: Which part of the texts is counted; "" is all of it.
ZONES: Final = ("", *TEXT_PARTS)
ROW_KEYS: Final = ("actor", "topic", "outlet", "partner", "role", "slice", "side", *TIMES)
#: Which of two slices a number is of that stand side by side.
SIDES: Final = ("kept", "now")

#: The choices that narrow the collection, with the argument of `Collection.filter` that each is.
FILTERS: Final[Mapping[str, str]] = {
    "since": "since",
    "until": "until",
    "outlets": "outlet",
    "actors": "actor",
    "topics": "topic",
    "zone": "zone",
}
#: The choices that decide which articles and numbers are shown; the others open one of these numbers.
ASKED: Final = (*FILTERS, "count", "by", "view", "capitals", "against")
NAME_OF: Final = {"outlets": "outlet", "actors": "actor", "topics": "topic"}


@dataclass(frozen=True)
class Choices:
    """The choices of one view, or of several panels that share them; their meaning is told by `ExplorerState`."""

    since: date | None = None
    until: date | None = None
    outlets: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    zone: str = ""
    count: str = "stories"
    by: str = "month"
    view: str = VIEWS[0]
    capitals: bool = False
    against: Slice | None = None
    search: str = ""
    row: Pairs = ()
    article: str = ""

    def filters(self, *, without: str = "") -> dict[str, Any]:
        """Return the arguments for `Collection.filter`, leaving out one of the choices.

        Parameters
        ----------
        without
            "actors" or "topics" for a panel that shows these and does not narrow by them.

        Examples
        --------
        >>> Choices(outlets=("Lamp",), topics=("war",)).filters(without="topics")
        {'outlet': ['Lamp']}
        """
        wanted = {
            argument: list(value) if isinstance(value := getattr(self, name), tuple) else value
            for name, argument in FILTERS.items()
            if name != without
        }
        return {name: value for name, value in wanted.items() if value}

    def slice(self) -> Slice:
        """Return what narrows the collection here, to be kept and compared with.

        >>> Choices(outlets=("Lamp",), by="week").slice()
        (('outlets', ('Lamp',)),)
        """
        chosen = ((name, getattr(self, name)) for name in FILTERS)
        return tuple((name, value) for name, value in chosen if value)

    def kept(self) -> Choices | None:
        """Return the choices of the slice that is compared with, or None."""
        if self.against is None:
            return None
        return dataclasses.replace(
            self, against=None, **{**{name: DEFAULTS[name] for name in FILTERS}, **dict(self.against)}
        )

    def to_dict(self) -> dict[str, Any]:
        """Return the choices as a small dict that JSON can hold."""
        told = {name: _plain(getattr(self, name)) for name in DEFAULTS}
        if self.against is not None:
            told["against"] = {name: _plain(value) for name, value in self.against}
        return {**told, "row": dict(self.row)}


#: What each choice is before anything is chosen.
DEFAULTS: Final[Mapping[str, Any]] = {field.name: field.default for field in dataclasses.fields(Choices)}


class Allowed:
    """What may be chosen on a collection: each value is checked, and refused in words.

    >>> import analystkit as ak, pandas as pd
    >>> collection = ak.from_frame(pd.DataFrame({"text": ["Russia spoke."]}), progress=False)
    >>> Allowed(collection).check("since", "2023-09-01")
    datetime.date(2023, 9, 1)
    """

    def __init__(self, collection: Collection) -> None:
        self.collection = collection

    @functools.cached_property
    def outlet_names(self) -> tuple[str, ...]:
        """The outlets that may be chosen, in alphabetical order."""
        return tuple(sorted(set(self.collection.articles["outlet"]) - {""}))

    @functools.cached_property
    def actor_names(self) -> tuple[str, ...]:
        """The actors that may be chosen, the most named first."""
        return tuple(self.collection.mentions["actor"].value_counts().index)

    @functools.cached_property
    def topic_names(self) -> tuple[str, ...]:
        """The topics that may be chosen, in the order of the term lists."""
        return tuple(self.collection.topics.topics) if self.collection.topics else ()

    @functools.cached_property
    def _known(self) -> dict[str, frozenset[str]]:
        return {name: frozenset(getattr(self, f"{NAME_OF[name]}_names")) for name in NAME_OF}

    def choices(self, given: Mapping[str, object]) -> Choices:
        """Return checked choices; what is not given is as before anything is chosen."""
        for name in given:
            check_choice("choice", name, DEFAULTS)
        return Choices(**{name: self.check(name, value) for name, value in given.items()})

    def check(self, name: str, value: Any) -> Any:
        """Return the value of a choice in the form that the state holds.

        Raises
        ------
        ArgumentError
            It is not allowed; the message says what is.
        """
        if name in ("since", "until"):
            return _as_day(name, value)
        if name in NAME_OF:
            return self._as_names(name, value)
        if name == "row":
            return self._as_row(value)
        if name == "against":
            return self._as_slice(value)
        if name == "article":
            if value and not (self.collection.articles["article_id"] == value).any():
                raise ArgumentError(f"`article` is {value!r}; the collection has no such article_id.")
            return value or ""
        if name == "capitals":
            return bool(value)
        if name == "search":
            if not isinstance(value, str):
                raise ArgumentError(f"`search` is {value!r}; give the words to look for.")
            return " ".join(value.split())
        check_choice(name, value or "", {"count": COUNTS, "view": VIEWS, "zone": ZONES}.get(name, GROUPINGS))
        return value or ""

    def _as_names(self, argument: str, value: Any) -> tuple[str, ...]:
        names = (value,) if isinstance(value, str) else tuple(value or ())
        for name in names:
            self._check_known(argument, name)
        return tuple(dict.fromkeys(names))

    def _check_known(self, argument: str, name: str) -> None:
        if name in self._known[argument]:
            return
        known = getattr(self, f"{NAME_OF[argument]}_names")
        folded = {one.casefold(): one for one in known}
        near = difflib.get_close_matches(str(name).casefold(), list(folded), n=1)
        hint = f" Did you mean {folded[near[0]]!r}?" if near else ""
        some = "" if near or not known else f" It has {', '.join(map(repr, known[:3]))} ..."
        raise ArgumentError(f"`{argument}` has no {name!r} in this collection.{hint}{some}")

    def _as_row(self, value: Any) -> Pairs:
        given: Iterable[tuple[Any, Any]] = value.items() if isinstance(value, Mapping) else (value or ())
        pairs = tuple((str(key), str(name)) for key, name in given)
        for key, name in pairs:
            check_choice("row", key, ROW_KEYS)
            if key in NAME_OF.values():
                self._check_known(f"{key}s", name)
        return pairs

    def _as_slice(self, value: Any) -> Slice | None:
        if value is None:
            return None
        given = dict(value)
        for name in given:
            check_choice("against", name, FILTERS)
        checked = {name: self.check(name, given[name]) for name in FILTERS if name in given}
        return tuple((name, one) for name, one in checked.items() if one)


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value


def _as_day(argument: str, value: Any) -> date | None:
    if value is None or value == "":
        return None
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        raise ArgumentError(f"`{argument}` is {value!r}; give a day such as '2023-09-13'.") from None
