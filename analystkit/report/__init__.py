"""Answers, figures, evidence and manifest in, one HTML file out; and a received file checked against its inputs."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from analystkit.collection import Collection
from analystkit.errors import ArgumentError, check_choice
from analystkit.measure import Validation
from analystkit.measure.names import known_actors
from analystkit.report.build import build
from analystkit.report.page import render
from analystkit.report.verify import verify_report
from analystkit.views import View, read_view

__all__ = ["verify_report", "write_report"]


def write_report(
    collection: Collection,
    path: str | Path,
    *,
    title: str = "",
    count: str = "stories",
    cards: str | Iterable[str] = (),
    validation: Validation | None = None,
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

    Returns
    -------
    Path
        The file written. The same collection gives the same bytes.

    Raises
    ------
    ArgumentError
        The folder of `path` does not exist, `count` is not allowed, or the collection names no such actor.
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
    shown = [view if isinstance(view, View) else read_view(view) for view in views]
    content = build(collection, title=heading, count=count, cards=names, validation=validation, views=shown)
    target.write_text(render(content), encoding="utf-8", newline="\n")
    return target
