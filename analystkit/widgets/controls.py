"""Inputs that write to the state and follow it. Nothing here computes or draws."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final

import ipywidgets as widgets

from analystkit.collection import TEXT_PARTS
from analystkit.errors import AnalystkitError
from analystkit.views.choices import DEFAULTS
from analystkit.widgets.job import Later
from analystkit.widgets.state import ExplorerState
from analystkit.widgets.time_brush import TimeBrush

OnFault = Callable[[str], None]

#: Suggestions beyond these slow the page down; any other name can be typed.
_MOST_OPTIONS: Final = 1000
_WORDS: Final = {"whole": "whole period"}


def bind(state: ExplorerState, name: str, control: Any, on_fault: OnFault) -> None:
    """Let a control write one choice of the state and follow it; what is refused is said, and the control set back."""

    def to_state(change: dict[str, Any]) -> None:
        if name == "by" and change["new"] is None:
            return
        try:
            setattr(state, name, change["new"])
        except AnalystkitError as fault:
            to_control()
            on_fault(str(fault))

    def to_control(_: object = None) -> None:
        value = getattr(state, name)
        # A state shared with another explorer may hold what this one does not offer.
        offered = name != "by" or value in dict(control.options).values()
        control.value = value if offered else None

    to_control()
    control.observe(to_state, "value")
    state.observe(to_control, name)


class NamesInput(widgets.VBox):  # type: ignore[misc]  # ipywidgets has no types
    """Names chosen one by one: typed with suggestions, shown as buttons that take them out again.

    A text input with suggestions works with a few names and with thousands, and keeps its arrow keys to itself in
    JupyterLab, which a select element does not.
    """

    def __init__(
        self, state: ExplorerState, name: str, label: str, names: Sequence[str], on_fault: OnFault
    ) -> None:
        self._state = state
        self._name = name
        self._on_fault = on_fault
        self.entry = widgets.Combobox(
            description=label,
            placeholder="type to choose",
            options=list(names[:_MOST_OPTIONS]),
            ensure_option=False,
            continuous_update=True,
            layout=widgets.Layout(width="100%"),
        )
        self.chosen = widgets.HBox(layout=widgets.Layout(flex_flow="row wrap"))
        super().__init__([self.entry, self.chosen], layout=widgets.Layout(width="215px"))
        self.add_class("ak-names")
        self._names = names
        self._folded = {one.casefold(): one for one in reversed(names)}
        self._suggest = Later(self._offer)
        self.entry.observe(self._type, "value")
        self.entry.on_msg(self._enter)
        state.observe(self._show, name)
        self._show()

    def _type(self, change: dict[str, Any]) -> None:
        typed, before = change["new"].strip(), change["old"].strip()
        known = typed.casefold() in self._folded
        # A name that was picked, or pasted, comes as a whole; one that is typed comes letter by letter.
        if known and not (typed[:-1] == before and before):
            self._add(typed)
        elif len(self._names) > _MOST_OPTIONS:
            self._suggest(typed)

    def _enter(self, _: object, message: dict[str, Any], __: object) -> None:
        typed = self.entry.value.strip()
        if message.get("event") == "submit" and typed:
            self._add(typed)

    def _offer(self, typed: str) -> None:
        """Suggest the names that hold what is typed, those that begin with it first."""
        self.entry.options = suggestions(self._names, typed)

    def _add(self, typed: str) -> None:
        self.entry.value = ""
        try:
            setattr(
                self._state,
                self._name,
                (*getattr(self._state, self._name), self._folded.get(typed.casefold(), typed)),
            )
        except AnalystkitError as fault:
            self._on_fault(str(fault))

    def _show(self, _: object = None) -> None:
        buttons = []
        for one in getattr(self._state, self._name):
            button = widgets.Button(
                description=f"{one} ✕", tooltip=f"Take out {one}", layout=widgets.Layout(width="auto")
            )
            button.add_class("ak-chip")
            button.on_click(lambda _, one=one: self._remove(one))
            buttons.append(button)
        self.chosen.children = buttons

    def _remove(self, one: str) -> None:
        setattr(
            self._state, self._name, tuple(name for name in getattr(self._state, self._name) if name != one)
        )


def suggestions(names: Sequence[str], typed: str, most: int = 50) -> list[str]:
    """Return the names that hold what is typed: those that begin with it first, then those with a word that does.

    >>> suggestions(["North Korea", "Korea Times", "South Korea"], "kor")
    ['Korea Times', 'North Korea', 'South Korea']
    """
    wanted = typed.casefold()
    if not wanted:
        return list(names[:_MOST_OPTIONS])
    ranked: list[list[str]] = [[], [], []]
    for name in names:
        folded = name.casefold()
        if wanted in folded:
            ranked[0 if folded.startswith(wanted) else 1 if f" {wanted}" in folded else 2].append(name)
    return [name for group in ranked for name in group][:most]


class SearchLine(widgets.HBox):  # type: ignore[misc]  # ipywidgets has no types
    """Words to look for in the sentences; looked for when the typing pauses.

    Attributes
    ----------
    entry
        Where they are typed.
    """

    def __init__(self, state: ExplorerState) -> None:
        self._state = state
        self.entry = widgets.Text(
            description="Find sentences", placeholder="words in these articles", continuous_update=True
        )
        super().__init__([self.entry])
        self.add_class("ak-search")
        self._look = Later(self._search)
        self.entry.observe(lambda change: self._look(change["new"]), "value")
        state.observe(self._follow, "search")
        self._follow()

    def _search(self, typed: str) -> None:
        if " ".join(typed.split()) != self._state.search:
            self._state.update(search=typed, article="")

    def _follow(self, _: object = None) -> None:
        if " ".join(self.entry.value.split()) != self._state.search:
            self.entry.value = self._state.search


class Controls(widgets.VBox):  # type: ignore[misc]  # ipywidgets has no types
    """The inputs of an explorer.

    Parameters
    ----------
    state
        What they write.
    groupings
        Which groupings are offered.
    views
        Which views are offered, if there is more than one.
    labels
        Label of the names inputs by choice: {"actors": "Actors", "topics": "Only articles about"}.
    on_fault
        Called with the reason when a choice is refused.

    Attributes
    ----------
    inputs
        The controls by the choice that they write.
    brush
        The bars on which days are chosen.
    compare, reset
        The buttons that keep a slice to compare with, and that undo all choices.
    """

    def __init__(
        self,
        state: ExplorerState,
        *,
        groupings: Sequence[str],
        labels: dict[str, str],
        on_fault: OnFault,
        views: Sequence[str] = (),
    ) -> None:
        self._state = state
        self._first = {name: getattr(state, name) for name in DEFAULTS}
        self.inputs: dict[str, Any] = {
            "by": widgets.ToggleButtons(
                description="Group by", options=[(_WORDS.get(name, name), name) for name in groupings]
            ),
            "count": widgets.ToggleButtons(
                description="Count",
                options=["stories", "articles"],
                tooltips=["copies of one text count once", "every copy counts"],
            ),
            "capitals": widgets.Checkbox(
                description="Capitals as governments",
                tooltip='"Moscow said" counts for Russia; "in Moscow" stays a place',
                indent=False,
                layout=widgets.Layout(width="auto"),
            ),
            "zone": widgets.ToggleButtons(
                description="Text",
                options=[("whole", ""), *((part, part) for part in TEXT_PARTS)],
                tooltips=["count all of a text", *(f"count its {part} only" for part in TEXT_PARTS)],
            ),
            "since": widgets.DatePicker(description="First day"),
            "until": widgets.DatePicker(description="Last day"),
        }
        if views:
            self.inputs["view"] = widgets.ToggleButtons(description="Show", options=list(views))
        for name, control in self.inputs.items():
            bind(state, name, control, on_fault)
        for name, label in labels.items():
            names = getattr(state, f"{name[:-1]}_names")
            if names:
                self.inputs[name] = NamesInput(state, name, label, names, on_fault)
        self.reset = widgets.Button(
            description="Start again", tooltip="Undo all choices", layout=widgets.Layout(width="auto")
        )
        self.reset.on_click(lambda _: state.update(**self._first))
        self.compare = widgets.Button(layout=widgets.Layout(width="auto"))
        self.compare.on_click(lambda _: self._keep_or_end())
        state.observe(self._name_compare, "against")
        self._name_compare()
        self.brush = TimeBrush(state)
        super().__init__(
            [
                self.brush,
                self._line("flex-start", "since", "until", *labels),
                self._line("flex-end", *(["view"] if views else []), "zone"),
                self._line("flex-end", "by", "count", "capitals"),
            ]
        )
        groups = self.children[-1]
        groups.add_class("ak-groups")
        groups.children = (*groups.children, self.compare, self.reset)
        self.add_class("ak-controls")

    def _keep_or_end(self) -> None:
        """Keep what is chosen now, to stand beside what is chosen next; or end that."""
        state = self._state
        row = tuple(pair for pair in state.row if pair[0] != "side")
        state.update(against=state.choices.slice() if state.against is None else None, row=row)

    def _name_compare(self, _: object = None) -> None:
        begun = self._state.against is not None
        self.compare.description = "End the comparison" if begun else "Keep and compare"
        self.compare.tooltip = (
            "Show one slice again" if begun else "Keep these articles beside those that you choose next"
        )

    def _line(self, align: str, *names: str) -> widgets.HBox:
        shown = [self.inputs[name] for name in names if name in self.inputs]
        line = widgets.HBox(shown, layout=widgets.Layout(flex_flow="row wrap", align_items=align))
        line.add_class("ak-line")
        return line
