"""The choices of an explorer, or of several that share them, as something that can be watched. Without display."""

from __future__ import annotations

import functools
import threading
from collections.abc import Mapping
from contextlib import AbstractContextManager
from typing import Any

import traitlets

from analystkit.collection import Collection
from analystkit.errors import check_choice
from analystkit.views.choices import DEFAULTS, Allowed, Choices


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
    zone
        Which part of the texts is counted: "" (all), "first paragraph", "later paragraphs" or "subheads".
    count
        "stories" or "articles".
    by
        "whole", "year", "month", "week", "day" or "outlet".
    view
        What an explorer of actors shows: "how often" they are named, "with whom", "in which roles", or this choice of
        articles "against the rest".
    capitals
        Whether capitals that stand for governments are counted as their states.
    against
        A second slice of the collection that stands beside this one: None for none, else a mapping of `since`, `until`,
        `outlets`, `actors`, `topics`, `zone`, such as {"outlets": ["Lamp"]}; {} is the whole collection.
    search
        Words whose sentences are listed, "" for none.
    row
        The number that is open, as pairs: (("actor", "Russia"), ("month", "2023-09")); a mapping is understood. With two
        slices side by side, ("side", "kept") says that it is of the second one.
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
    zone = traitlets.Any(DEFAULTS["zone"])
    count = traitlets.Any(DEFAULTS["count"])
    by = traitlets.Any(DEFAULTS["by"])
    view = traitlets.Any(DEFAULTS["view"])
    capitals = traitlets.Any(DEFAULTS["capitals"])
    against = traitlets.Any(DEFAULTS["against"])
    search = traitlets.Any(DEFAULTS["search"])
    row = traitlets.Any(DEFAULTS["row"])
    article = traitlets.Any(DEFAULTS["article"])
    #: No choice, but what the choices are of: it is neither saved nor undone with them.
    collection = traitlets.Instance(Collection)

    def __init__(self, collection: Collection, **choices: object) -> None:
        super().__init__()
        # JupyterLab hands what happens on the page to several threads; explorers of one state follow one at a time.
        self._lock = threading.RLock()
        self.collection = collection
        self.update(**choices)

    def __setattr__(self, name: str, value: object) -> None:
        # A misspelt choice would else be set in silence and never be looked at.
        if not name.startswith("_") and not hasattr(type(self), name):
            check_choice("choice", name, DEFAULTS)
        super().__setattr__(name, value)

    @functools.cached_property
    def _allowed(self) -> Allowed:
        return Allowed(self.collection)

    @property
    def lock(self) -> AbstractContextManager[bool]:
        """What whoever shows this state holds while showing it."""
        return self._lock

    @property
    def outlet_names(self) -> tuple[str, ...]:
        """The outlets that may be chosen, in alphabetical order."""
        return self._allowed.outlet_names

    @property
    def actor_names(self) -> tuple[str, ...]:
        """The actors that may be chosen, the most named first."""
        return self._allowed.actor_names

    @property
    def topic_names(self) -> tuple[str, ...]:
        """The topics that may be chosen, in the order of the term lists."""
        return self._allowed.topic_names

    @property
    def choices(self) -> Choices:
        """The choices as plain facts, as they are now."""
        return Choices(**{name: getattr(self, name) for name in DEFAULTS})

    def update(self, **choices: object) -> None:
        """Change several choices at once, or none of them when one is not allowed."""
        for name in choices:
            check_choice("choice", name, DEFAULTS)
        checked = {name: self._allowed.check(name, value) for name, value in choices.items()}
        with self.hold_trait_notifications():
            for name, value in checked.items():
                setattr(self, name, value)

    def filters(self, *, without: str = "") -> dict[str, Any]:
        """Return the arguments for `Collection.filter`; see `Choices.filters`."""
        return self.choices.filters(without=without)

    def to_dict(self) -> dict[str, Any]:
        """Return the choices as a small dict that JSON can hold."""
        return self.choices.to_dict()

    @classmethod
    def from_dict(cls, collection: Collection, choices: Mapping[str, object]) -> ExplorerState:
        """Return a state with the choices that `to_dict` gave."""
        return cls(collection, **choices)

    @traitlets.observe("collection")
    def _forget_names(self, _: object) -> None:
        self.__dict__.pop("_allowed", None)

    @traitlets.validate(*DEFAULTS)
    def _validate(self, proposal: Mapping[str, Any]) -> object:
        return self._allowed.check(proposal["trait"].name, proposal["value"])
