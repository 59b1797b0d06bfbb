"""A view as a small file: which panels, under which choices, of which collection; read again only where it fits."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from analystkit import __version__
from analystkit.collection import Collection
from analystkit.errors import AnalystkitError, ArgumentError, PathMissingError, ViewFileError
from analystkit.views.choices import Allowed, Choices
from analystkit.views.panels import PANELS, Panel

#: What the first line of such a file says. A later form that cannot be read as this one gets another number.
FORMAT: Final = "analystkit view 1"
_WHAT: Final = {
    "articles": "articles",
    "decisions": "decisions on lines, actors or words of tone",
    "topics": "term lists",
}


@dataclass(frozen=True)
class View:
    """Panels under common choices, as they were looked at.

    Attributes
    ----------
    panels
        Names of the panels, in order: "coverage", "actors", "tone", "topics".
    choices
        As `Choices.to_dict` gives them.
    collection
        What it is of: `described` in words, and the hashes of its `articles`, `decisions` and `topics`.
    title
        What the analyst calls it, or "".
    version
        Of the library that saved it.
    """

    panels: tuple[str, ...]
    choices: Mapping[str, Any]
    collection: Mapping[str, str]
    title: str = ""
    version: str = __version__

    def to_dict(self) -> dict[str, Any]:
        """Return the view as a small dict that JSON can hold."""
        return {
            "format": FORMAT,
            "version": self.version,
            "title": self.title,
            "collection": dict(self.collection),
            "panels": list(self.panels),
            "choices": dict(self.choices),
        }

    def to_json(self) -> str:
        """Return the text of its file."""
        return json.dumps(self.to_dict(), ensure_ascii=False, indent=1) + "\n"

    def save(self, path: str | Path) -> Path:
        """Write the view to a small JSON file and return its path."""
        target = Path(path)
        if not target.parent.is_dir():
            raise ArgumentError(
                f"`path` is {str(path)!r}, but there is no folder {str(target.parent)!r}; make it first."
            )
        target.write_text(self.to_json(), encoding="utf-8", newline="\n")
        return target

    def on(self, collection: Collection) -> tuple[tuple[Panel, ...], Choices]:
        """Return its panels and checked choices for the collection that it is of.

        Raises
        ------
        ViewFileError
            It is of another collection, or holds a choice or panel that is not there.
        """
        here = fingerprint(collection)
        other = [what for name, what in _WHAT.items() if self.collection.get(name) != here[name]]
        if other:
            raise ViewFileError(
                f"The view {self._called()}is of other {' and '.join(other)} than these: it was saved of"
                f" {self.collection.get('described', 'a collection not told of')}, and this is"
                f" {here['described']}. Load what it was saved of, or look anew and save it again."
            )
        unknown = [name for name in self.panels if name not in PANELS]
        if unknown:
            raise ViewFileError(
                f"The view {self._called()}has the panel {unknown[0]!r}, which this version of analystkit"
                f" ({__version__}; saved by {self.version}) does not have; it has {', '.join(PANELS)}."
            )
        try:
            choices = Allowed(collection).choices(self.choices)
        except AnalystkitError as fault:
            raise ViewFileError(f"The view {self._called()}cannot be shown: {fault}") from fault
        return tuple(PANELS[name] for name in self.panels), choices

    def _called(self) -> str:
        return f"{self.title!r} " if self.title else ""


def view_of(collection: Collection, panels: Iterable[str], choices: Choices, *, title: str = "") -> View:
    """Return the view of a collection that these panels show under these choices."""
    return View(tuple(panels), choices.to_dict(), fingerprint(collection), title)


def read_view(source: str | Path | Mapping[str, Any]) -> View:
    """Read a view from the file that `save` wrote, or from what `to_dict` gave.

    Raises
    ------
    PathMissingError
        There is no such file.
    ViewFileError
        It is no view, of a form that this version does not know, or damaged.
    """
    if isinstance(source, Mapping):
        return _checked(source, "The view")
    path = Path(source)
    if not path.is_file():
        raise PathMissingError(f"There is no file {str(source)!r} (looked in {str(Path.cwd())!r}).")
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as fault:
        raise ViewFileError(f"{str(source)!r} is no view: it is no JSON file in UTF-8 ({fault}).") from fault
    if not isinstance(told, dict):
        raise ViewFileError(f"{str(source)!r} is no view: it holds a {type(told).__name__}.")
    return _checked(told, repr(str(source)))


def _checked(told: Mapping[str, Any], name: str) -> View:
    form = told.get("format")
    if form is None and "choices" not in told:
        hint = (
            " It looks like choices saved by an older version: set them in an explorer and save the view again."
            if {"since", "count"} <= set(told)
            else ""
        )
        raise ViewFileError(f"{name} is no view of analystkit: it has no `format`.{hint}")
    if form != FORMAT:
        raise ViewFileError(
            f"{name} has the format {form!r}, which analystkit {__version__} does not read (it reads {FORMAT!r});"
            " it was saved by another version."
        )
    kinds = {"version": str, "title": str, "collection": dict, "panels": list, "choices": dict}
    for key, kind in kinds.items():
        if not isinstance(told.get(key), kind):
            raise ViewFileError(
                f"{name} is damaged: its `{key}` is {told.get(key)!r} and should be a {kind.__name__}."
            )
    panels = tuple(map(str, told["panels"]))
    return View(panels, told["choices"], told["collection"], told["title"], told["version"])


def fingerprint(collection: Collection) -> dict[str, str]:
    """Return what tells a collection from others: its description, and hashes of all that its numbers rest on."""
    ids = "\n".join(sorted(collection.articles["article_id"]))
    decided = [
        collection.decisions.to_csv(index=False, lineterminator="\n"),
        collection.ledger.sha256 if collection.ledger.decisions else "",
        collection.lexicon.sha256 if collection.lexicon.decisions else "",
    ]
    return {
        "described": collection.describe(),
        "articles": _sha256(ids),
        "decisions": _sha256("\n".join(decided)),
        "topics": _sha256(collection.topics.digest if collection.topics else ""),
    }


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
