"""The lines of an article's page, counted or kept out, each with a button that puts it back, or takes it out."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from typing import Any, Final

import ipywidgets as widgets
import pandas as pd

from analystkit.clean.zones import NEWER
from analystkit.collection import counted
from analystkit.read.decisions import DECIDED
from analystkit.schema import BODY_ZONES
from analystkit.widgets.markup import alert, line_html

PAGE: Final = 10  # lines at a time

#: Told the line, and the zone it shall have; "" takes a decision back.
OnDecide = Callable[[dict[str, Any], str], None]

_KEPT_OUT, _COUNTED, _NEWER, _DECIDED = "kept out", "counted", "newer than the article", "decided"


class LinesPane(widgets.VBox):  # type: ignore[misc]  # ipywidgets has no types
    """What each line of a page was taken for, and why; by choice those kept out, counted, newer, or decided on.

    Parameters
    ----------
    on_decide
        Called when a button is pressed.
    on_undo
        Called to take the last decision back.

    Attributes
    ----------
    which
        The choice of lines.
    blocks, buttons
        The lines shown, and the button beside each.
    """

    def __init__(self, on_decide: OnDecide, on_undo: Callable[[], None]) -> None:
        self._on_decide = on_decide
        self._lines = pd.DataFrame(columns=["zone", "text", "reason"])
        self._shown: list[dict[str, Any]] = []
        self._page = 0
        self._filling = False
        self.status = widgets.HTML()
        self.which = widgets.ToggleButtons(description="Lines of its page", options=[_KEPT_OUT])
        self.which.observe(lambda _: self._choose(), "value")
        self.blocks = [widgets.HTML() for _ in range(PAGE)]
        self.buttons = [widgets.Button() for _ in range(PAGE)]
        self._rows = []
        for place, (block, button) in enumerate(zip(self.blocks, self.buttons, strict=True)):
            button.on_click(lambda _, place=place: self._press(place))
            row = widgets.HBox([block, button])
            row.add_class("ak-page-line")
            self._rows.append(row)
        auto = {"layout": widgets.Layout(width="auto")}
        self.earlier = widgets.Button(description="◀ Lines above", **auto)
        self.later = widgets.Button(description="Lines below ▶", **auto)
        self.earlier.on_click(lambda _: self._turn(-1))
        self.later.on_click(lambda _: self._turn(1))
        self.place = widgets.HTML()
        self.undo = widgets.Button(description="Undo the last decision", **auto)
        self.undo.on_click(lambda _: on_undo())
        self._pager = widgets.HBox([self.earlier, self.place, self.later])
        self._pager.add_class("ak-pager")
        super().__init__([self.which, *self._rows, self._pager, self.undo, self.status])
        self.add_class("ak-page-lines")

    def show(self, zones: pd.DataFrame, last: str = "") -> None:
        """Show the lines of a page, in order; `last` is what was decided last on any line, "" if nothing was."""
        self._lines = zones.assign(
            nth=(zones.groupby("text").cumcount() + 1).tolist(),
            n_same=zones.groupby("text")["text"].transform("size").tolist(),
        )
        options = [
            (f"{name} ({n})", name)
            for name in (_KEPT_OUT, _COUNTED, _NEWER, _DECIDED)
            if (n := len(self._of(name))) or name == _KEPT_OUT
        ]
        chosen = self.which.value
        self._filling = True
        try:
            self.which.options = options
            self.which.value = chosen if chosen in {name for _, name in options} else _KEPT_OUT
        finally:
            self._filling = False
        self.undo.layout.display = "" if last else "none"
        self.undo.tooltip = f"Undo: {last}"
        self._fill()

    def begin(self) -> None:
        """Begin anew, as for another article: with the lines kept out, from the top."""
        self._filling = True
        self.which.value = _KEPT_OUT
        self._filling = False
        self._page = 0
        self.status.value = ""

    def say(self, words: str, *, fault: bool = False) -> None:
        """Say what was done, or what went wrong."""
        told = f'<div class="ak"><span role="status">{escape(words)}</span></div>'
        self.status.value = alert(words) if fault else told

    def _of(self, name: str) -> pd.DataFrame:
        lines = self._lines
        if name == _COUNTED:
            return lines[lines["zone"].isin(BODY_ZONES)]
        if name == _NEWER:
            return lines[lines["reason"].str.startswith(NEWER)]
        if name == _DECIDED:
            return lines[lines["reason"].str.startswith(DECIDED)]
        return lines[~lines["zone"].isin([*BODY_ZONES, "title"])]

    def _choose(self) -> None:
        if not self._filling:
            self._page = 0
            self._fill()

    def _turn(self, step: int) -> None:
        self._page += step
        self._fill()

    def _fill(self) -> None:
        lines = self._of(self.which.value).to_dict("records")
        self._page = max(0, min(self._page, (len(lines) - 1) // PAGE))
        first = self._page * PAGE
        self._shown = [
            {str(key): value for key, value in line.items()} for line in lines[first : first + PAGE]
        ]
        for place, (row, block, button) in enumerate(zip(self._rows, self.blocks, self.buttons, strict=True)):
            row.layout.display = "" if place < len(self._shown) else "none"
            if place < len(self._shown):
                line = self._shown[place]
                block.value = line_html(line)
                button.description = _verb(line)
                # Read out behind the button's own word, so that it says of which line.
                button.tooltip = f"{_verb(line)}: {line['text'][:120]}"
        self._pager.layout.display = "" if len(lines) > PAGE else "none"
        self.earlier.disabled, self.later.disabled = not self._page, first + PAGE >= len(lines)
        self.place.value = f"{first + 1} to {first + len(self._shown)} of {counted(len(lines), 'line')}"

    def _press(self, place: int) -> None:
        line = self._shown[place]
        was = len(self._shown)
        self._on_decide(line, {"Put back": "body", "Remove": "furniture", "Undo": ""}[_verb(line)])
        if len(self._shown) < was and place >= len(self._shown):
            # The button pressed is hidden now; without this a keyboard user would be lost.
            (self.buttons[len(self._shown) - 1] if self._shown else self.undo).focus()


def _verb(line: dict[str, Any]) -> str:
    """Return what the button beside a line does."""
    if line["reason"].startswith(DECIDED):
        return "Undo"
    return "Remove" if line["zone"] in BODY_ZONES else "Put back"
