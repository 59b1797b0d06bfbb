"""Answers, figures, evidence and manifest in, one HTML file out; and a received file checked against its inputs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final

from analystkit.collection import Collection
from analystkit.errors import ArgumentError, check_choice
from analystkit.measure import Validation
from analystkit.measure.names import known_actors
from analystkit.report.build import build
from analystkit.report.page import render
from analystkit.report.verify import verify_report
from analystkit.views import View, read_view

__all__ = ["verify_report", "write_report"]

_FILTERS: Final = ("since", "until", "outlet", "actor", "topic")


def write_report(
    collection: Collection,
    path: str | Path,
    *,
    title: str = "",
    count: str = "stories",
    cards: str | Iterable[str] = (),
    validation: Validation | None = None,
    over_time: bool = False,
    contrast: Mapping[str, Any] | None = None,
    views: Iterable[View | str | Path] = (),
) -> Path:
    """Write a report on a collection as one HTML file that needs neither network nor kernel.

    Parameters
    ----------
    collection
        What to report on; its filters, term lists and ledger go into the report.
    path
        Where to write, such as "brief.html". An existing file is replaced.
    title
        Heading; None given, it says what the collection is.
    count
        "stories" or "articles".
    cards
        Actors whose cards the report carries.
    validation
        What coding by hand says of the tone, from `validate`: printed as far as its units stand in the collection, and
        kept in the manifest with the names of the coders. Without it the report says "not validated on this collection".
    views
        Views saved in explorers (files, or what `view()` of an explorer returned): each becomes a section with its
        pictures and numbers as they were looked at.
    over_time
        Whether topics are followed by month: shares with intervals, bursts, changes of level, and the stories and words
        that drove them. Without term lists, words are followed instead.
    contrast
        Which articles to set apart from the rest by their words, as arguments of `Collection.filter`:
        `{"since": "2024-06-01"}`, `{"outlet": ["Lamp"], "topic": "sanctions"}`.

    Returns
    -------
    Path
        The file written. The same collection gives the same bytes.

    Raises
    ------
    ArgumentError
        The folder of `path` does not exist, `count` is not allowed, the collection names no such actor, or `contrast`
        leaves no articles on one of its sides.
    ViewFileError
        A view cannot be read, or is of another collection.
    """
    check_choice("count", count, ["stories", "articles"])
    target = Path(path)
    if not target.parent.is_dir():
        raise ArgumentError(
            f"`path` is {str(path)!r}, but there is no folder {str(target.parent)!r}; make it first."
        )
    heading = title or (collection.topics.name if collection.topics else "") or "Who, how and what about"
    names = known_actors(collection, cards, argument="cards")
    content = build(
        collection,
        title=heading,
        count=count,
        cards=names,
        validation=validation,
        over_time=over_time,
        contrast=_checked(collection, contrast),
        views=[view if isinstance(view, View) else read_view(view) for view in views],
    )
    target.write_text(render(content), encoding="utf-8", newline="\n")
    return target


def _checked(collection: Collection, contrast: Mapping[str, Any] | None) -> dict[str, Any] | None:
    """Return a contrast as `filter` records it, when there are articles on both sides."""
    if not contrast:
        return None
    for name in contrast:
        check_choice("contrast", name, _FILTERS)
    part = collection.filter(**contrast)
    if not 0 < len(part) < len(collection):
        which = "every article" if len(part) else "no article"
        raise ArgumentError(
            f"`contrast` is {dict(contrast)!r}, which holds {which}; there is nothing to compare."
        )
    return dict(part.filters[-1])
