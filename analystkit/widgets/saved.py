"""Saved views opened again: the explorers that they name, under the choices that they hold."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import ipywidgets as widgets

from analystkit.collection import Collection
from analystkit.errors import ArgumentError
from analystkit.views.saved import View, read_view, view_of
from analystkit.widgets.actors import ActorExplorer
from analystkit.widgets.collection import CollectionExplorer
from analystkit.widgets.explorer import Explorer
from analystkit.widgets.state import ExplorerState
from analystkit.widgets.tone import ToneExplorer
from analystkit.widgets.topics import TopicExplorer

_EXPLORERS: Final[dict[str, type[Explorer]]] = {
    kind.panel.name: kind for kind in (CollectionExplorer, ActorExplorer, ToneExplorer, TopicExplorer)
}


def save_view(explorers: Explorer | Sequence[Explorer], path: str | Path, *, title: str = "") -> Path:
    """Save what an explorer shows, or several that share one state, to a small JSON file and return its path.

    Parameters
    ----------
    explorers
        What is looked at.
    path
        Where to write, such as "russia-by-month.json".
    title
        What to call it in a report.

    Raises
    ------
    ArgumentError
        The explorers do not share one state, or the folder of `path` does not exist.
    """
    given = [explorers] if isinstance(explorers, Explorer) else list(explorers)
    if not given or any(one.state is not given[0].state for one in given):
        raise ArgumentError(
            "`explorers` must be one explorer, or several that share one state: state = ExplorerState(collection),"
            " ActorExplorer(collection, state=state), ..."
        )
    names = [one.panel.name for one in given]
    return view_of(given[0].collection, names, given[0].state.choices, title=title).save(path)


def open_view(collection: Collection, source: View | str | Path | Mapping[str, Any]) -> widgets.VBox:
    """Return the explorers of a saved view, joined by one state, as they were.

    Parameters
    ----------
    collection
        What the view was saved of.
    source
        Its file, or what `read_view` returned.

    Raises
    ------
    PathMissingError
        There is no such file.
    ViewFileError
        It cannot be read, or is of another collection.
    """
    view = source if isinstance(source, View) else read_view(source)
    panels, choices = view.on(collection)
    state = ExplorerState(collection, **choices.to_dict())
    return widgets.VBox([_EXPLORERS[panel.name](collection, state=state) for panel in panels])
