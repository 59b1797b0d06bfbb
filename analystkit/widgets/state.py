"""The choices of an explorer: what is shown, how it is counted, which number is open. Checked, and without display."""

from __future__ import annotations

import difflib
import functools
import json
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

import traitlets

from analystkit.collection import Collection
from analystkit.errors import ArgumentError, PathMissingError, check_choice
from analystkit.measure.groups import TIMES

Pairs = tuple[tuple[str, str], ...]

COUNTS: Final = ("stories", "articles")
#: "whole" asks for no groups: one number for each item.
GROUPINGS: Final = ("whole", "year", "month", "week", "day", "outlet")
#: What an explorer of actors may show of them.
VIEWS: Final = ("how often", "with whom", "in which roles", "against the rest")
#: What an explorer of tone may show, and whose voice it reads.
TONES: Final = ("towards the actor", "by word lists", "side by side")
VOICES: Final = ("all", "article")
ROW_KEYS: Final = ("actor", "topic", "outlet", "partner", "role", "slice", "label", "list", *TIMES)

#: What each choice is before anything is chosen.
DEFAULTS: Final[Mapping[str, object]] = {
    "since": None,
    "until": None,
    "outlets": (),
    "actors": (),
    "topics": (),
    "count": "stories",
    "by": "month",
    "view": VIEWS[0],
    "tone": TONES[0],
    "voice": VOICES[0],
    "capitals": False,
    "row": (),
    "article": "",
}
#: The choices that decide which articles and numbers are shown; the others open one of these numbers.
ASKED: Final = (
    "since",
    "until",
    "outlets",
    "actors",
    "topics",
    "count",
    "by",
    "view",
    "tone",
    "voice",
    "capitals",
)
_NAME_OF: Final = {"outlets": "outlet", "actors": "actor", "topics": "topic"}


class ExplorerState(traitlets.HasTraits):
    """The choices of one explorer, or of several that share them.

    Set any of them from code; explorers follow. What is not allowed is refused with an `ArgumentError`, and the state
    stays as it was.

    Parameters
    ----------
    collection
        Whose outlets, actors and topics may be chosen.
    **choices
        Choices to begin with.

    Attributes
    ----------
    since, until
        First and last day, both included (`date` or None; "2023-09-01" is understood).
    outlets
        Only articles of these outlets; () means all.
    actors, topics
        What to look at. An explorer of actors shows these actors, all others look only at articles that name one of
        them; likewise topics.
    count
        "stories" or "articles".
    by
        "whole", "year", "month", "week", "day" or "outlet".
    view
        What an explorer of actors shows: "how often" they are named, "with whom", "in which roles", or this choice of
        articles "against the rest".
    tone
        What an explorer of tone shows: tone "towards the actor", "by word lists", or both "side by side".
    voice
        Whose tone that is: "all", or "article", without the sentences that hold quoted speech.
    capitals
        Whether capitals that stand for governments are counted as their states.
    row
        The number that is open, as pairs: (("actor", "Russia"), ("month", "2023-09")); a mapping is understood.
    article
        `article_id` of the article that is open, or "".
    collection
        Whose numbers are shown: another one when the analyst has decided on a line.

    Raises
    ------
    ArgumentError
        No such choice, or a value that is not allowed.

    Examples
    --------
    >>> import analystkit as ak, pandas as pd
    >>> collection = ak.from_frame(pd.DataFrame({"text": ["Russia spoke."], "outlet": ["Lamp"]}), progress=False)
    >>> state = ExplorerState(collection, outlets="Lamp")
    >>> state.outlets
    ('Lamp',)
    >>> state.actors = ["Rusia"]
    Traceback (most recent call last):
    ...
    analystkit.errors.ArgumentError: `actors` has no 'Rusia' in this collection. Did you mean 'Russia'?
    """

    since = traitlets.Any(DEFAULTS["since"])
    until = traitlets.Any(DEFAULTS["until"])
    outlets = traitlets.Any(DEFAULTS["outlets"])
    actors = traitlets.Any(DEFAULTS["actors"])
    topics = traitlets.Any(DEFAULTS["topics"])
    count = traitlets.Any(DEFAULTS["count"])
    by = traitlets.Any(DEFAULTS["by"])
    view = traitlets.Any(DEFAULTS["view"])
    tone = traitlets.Any(DEFAULTS["tone"])
    voice = traitlets.Any(DEFAULTS["voice"])
    capitals = traitlets.Any(DEFAULTS["capitals"])
    row = traitlets.Any(DEFAULTS["row"])
    article = traitlets.Any(DEFAULTS["article"])
    #: No choice, but what the choices are of: it is neither saved nor undone with them.
    collection = traitlets.Instance(Collection)

    def __init__(self, collection: Collection, **choices: object) -> None:
        super().__init__()
        self.collection = collection
        self.update(**choices)

    def __setattr__(self, name: str, value: object) -> None:
        # A misspelt choice would else be set in silence and never be looked at.
        if not name.startswith("_") and not hasattr(type(self), name):
            check_choice("choice", name, DEFAULTS)
        super().__setattr__(name, value)

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

    def update(self, **choices: object) -> None:
        """Change several choices at once, or none of them when one is not allowed."""
        for name in choices:
            check_choice("choice", name, DEFAULTS)
        checked = {name: self._checked(name, value) for name, value in choices.items()}
        with self.hold_trait_notifications():
            for name, value in checked.items():
                setattr(self, name, value)

    def filters(self, *, without: str = "") -> dict[str, Any]:
        """Return the arguments for `Collection.filter`, leaving out one of the choices.

        Parameters
        ----------
        without
            "actors" or "topics" for an explorer that shows these and does not narrow by them.
        """
        wanted = {
            "since": self.since,
            "until": self.until,
            **{_NAME_OF[name]: list(getattr(self, name)) for name in _NAME_OF if name != without},
        }
        return {name: value for name, value in wanted.items() if value}

    def to_dict(self) -> dict[str, Any]:
        """Return the choices as a small dict that JSON can hold."""
        told: dict[str, Any] = {name: getattr(self, name) for name in DEFAULTS}
        for name in ("since", "until"):
            told[name] = told[name].isoformat() if told[name] else None
        for name in _NAME_OF:
            told[name] = list(told[name])
        return {**told, "row": dict(told["row"])}

    @classmethod
    def from_dict(cls, collection: Collection, choices: Mapping[str, object]) -> ExplorerState:
        """Return a state with the choices that `to_dict` gave."""
        return cls(collection, **choices)

    def save(self, path: str | Path) -> Path:
        """Write the choices to a small JSON file and return its path."""
        target = Path(path)
        target.write_text(json.dumps(self.to_dict(), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        return target

    @classmethod
    def load(cls, collection: Collection, path: str | Path) -> ExplorerState:
        """Read the choices that `save` wrote.

        Raises
        ------
        PathMissingError
            There is no such file.
        ArgumentError
            It holds no choices, or some that this collection does not allow.
        """
        source = Path(path)
        if not source.is_file():
            raise PathMissingError(f"There is no file {str(path)!r} (looked in {str(Path.cwd())!r}).")
        try:
            choices = json.loads(source.read_text(encoding="utf-8"))
        except ValueError as fault:
            raise ArgumentError(f"{str(path)!r} is no JSON file ({fault}).") from fault
        if not isinstance(choices, dict):
            raise ArgumentError(
                f"{str(path)!r} holds a {type(choices).__name__}; the choices are a mapping (see `save`)."
            )
        return cls.from_dict(collection, choices)

    @traitlets.observe("collection")
    def _forget_names(self, _: object) -> None:
        for name in ("outlet_names", "actor_names", "topic_names"):
            self.__dict__.pop(name, None)

    @traitlets.validate(*DEFAULTS)
    def _validate(self, proposal: Mapping[str, Any]) -> object:
        return self._checked(proposal["trait"].name, proposal["value"])

    def _checked(self, name: str, value: Any) -> object:
        if name in ("since", "until"):
            return _as_day(name, value)
        if name in _NAME_OF:
            return self._as_names(name, value)
        if name == "row":
            return self._as_row(value)
        if name == "article":
            if value and value not in set(self.collection.articles["article_id"]):
                raise ArgumentError(f"`article` is {value!r}; the collection has no such article_id.")
            return value or ""
        if name == "capitals":
            return bool(value)
        check_choice(
            name, value, {"count": COUNTS, "view": VIEWS, "tone": TONES, "voice": VOICES}.get(name, GROUPINGS)
        )
        return value

    def _as_names(self, argument: str, value: Any) -> tuple[str, ...]:
        names = (value,) if isinstance(value, str) else tuple(value or ())
        for name in names:
            self._check_known(argument, name)
        return tuple(dict.fromkeys(names))

    def _check_known(self, argument: str, name: str) -> None:
        known = getattr(self, f"{_NAME_OF[argument]}_names")
        if name in known:
            return
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
            if key in _NAME_OF.values():
                self._check_known(f"{key}s", name)
        return pairs


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
