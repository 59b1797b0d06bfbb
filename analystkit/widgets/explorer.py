"""The frame that all explorers share: choices, status, picture, numbers, the sentences behind them, and what to save."""

from __future__ import annotations

import json
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from html import escape
from typing import ClassVar, Final

import ipywidgets as widgets

from analystkit.collection import Collection, counted
from analystkit.errors import AnalystkitError, ArgumentError
from analystkit.measure import Answer
from analystkit.measure.cells import NO_ARTICLES
from analystkit.measure.groups import TIMES
from analystkit.plot.shape import is_empty
from analystkit.views.choices import ASKED, DEFAULTS
from analystkit.views.panels import Panel
from analystkit.widgets.controls import Controls
from analystkit.widgets.evidence import EvidencePane
from analystkit.widgets.export import link, to_csv
from analystkit.widgets.keys import KEEP_KEYS
from analystkit.widgets.markup import STYLE, alert, number_table
from analystkit.widgets.picture import Picture
from analystkit.widgets.picture_marks import PictureMarks
from analystkit.widgets.row_table import RowTable
from analystkit.widgets.state import ExplorerState

_ROWS: Final = ((20,), (9, 13))  # lines of the lists to choose from: of one key, of two keys
_KEPT = 32  # answers of earlier choices, so that going back costs nothing

FRAME: Final = """<style>
.ak-explorer { max-width: 1100px; padding: 4px 2px; overflow: visible; }
.ak-explorer .widget-html-content { line-height: 1.5; overflow-wrap: anywhere; }
.ak-explorer .widget-html, .ak-explorer .widget-html-content { width: 100%; height: auto; margin: 0; }
.ak-explorer .ak-line { gap: 6px 18px; overflow: visible; padding-bottom: 8px; }
.ak-explorer .ak-groups > .widget-button { margin: 0; }
.ak-explorer .ak-line .widget-inline-hbox { flex-direction: column; align-items: stretch; height: auto; margin: 0;
  overflow: visible; }
.ak-explorer .ak-line .widget-label { width: auto; max-width: none; text-align: left; line-height: 1.6; height: auto;
  font-size: 12px; color: var(--jp-ui-font-color2, #595959); margin: 0; }
.ak-explorer .ak-line .widget-datepicker { width: 140px; }
.ak-explorer .ak-line input { font-family: inherit; }
.ak-explorer .ak-line .widget-toggle-buttons { width: auto; }
.ak-explorer .ak-line .widget-toggle-button { width: auto; margin: 0; padding: 0 12px; line-height: 28px; }
.ak-explorer .ak-line .widget-toggle-buttons > div { flex-flow: row wrap; }
.ak-explorer .ak-chip { margin: 4px 4px 0 0; padding: 0 9px; border-radius: 12px; height: 24px; line-height: 24px; }
.ak-explorer .ak-names { overflow: visible; }
.ak-explorer .ak-status { padding: 2px 0 6px; }
.ak-explorer .ak-columns { display: grid; grid-template-columns: minmax(220px, 1fr) minmax(320px, 2.4fr); gap: 4px 22px;
  padding-top: 10px; overflow: visible; }
.ak-explorer .ak-choose .widget-inline-hbox { flex-direction: column; align-items: stretch; height: auto; width: auto;
  margin: 0 0 8px; }
.ak-explorer .ak-choose .widget-label { width: auto; max-width: none; text-align: left; height: auto; line-height: 1.5;
  font-weight: 600; white-space: normal; }
.ak-explorer .ak-choose select { font-family: inherit; font-variant-numeric: tabular-nums; width: 100%; flex: none;
  height: auto; padding: 2px; }
.ak-explorer .ak-choose option { padding: 1px 4px; }
.ak-explorer .ak-evidence { overflow: visible; }
.ak-explorer .ak-evidence .widget-vbox { overflow: visible; flex-shrink: 0; }
.ak-explorer .ak-evidence .ak-list, .ak-explorer .ak-reader { max-height: 480px; overflow: auto; padding: 8px 12px;
  border: 1px solid var(--jp-border-color2, #d0d0d0); border-radius: 3px; }
.ak-explorer .ak-evidence .widget-button { margin: 2px 0 14px 12px; height: 26px; line-height: 26px;
  align-self: flex-start; }
.ak-explorer .ak-pager { align-items: center; gap: 10px; padding-top: 6px; overflow: visible; }
.ak-explorer .ak-pager > * { flex: none; width: auto; margin: 0; }
.ak-explorer .ak-pager .widget-button { margin: 0; }
.ak-explorer .ak-page-lines { overflow: visible; padding-top: 10px; max-width: 100%; }
.ak-explorer .ak-page-lines .ak-page-line { align-items: center; gap: 10px; padding: 4px 0; flex-shrink: 0;
  overflow: visible; border-top: 1px solid var(--jp-border-color2, #d0d0d0); }
.ak-explorer .ak-page-lines .ak-page-line > .widget-html { flex: 1 1 auto; min-width: 0; }
.ak-explorer .ak-page-lines .ak-page-line > .widget-button { flex: none; margin: 0 2px; order: -1; width: 84px; }
.ak-explorer .ak-evidence .ak-page-lines > .widget-button { margin: 6px 0; }
.ak-explorer .ak-page-lines .widget-toggle-buttons { width: auto; margin: 4px 0; }
.ak-explorer .ak-page-lines .widget-toggle-buttons > div { flex-flow: row wrap; }
.ak-explorer .ak-page-lines .widget-toggle-button { width: auto; margin: 0; padding: 0 12px; }
.ak-explorer .ak-foot { padding-top: 6px; }
@media (max-width: 640px) { .ak-explorer .ak-columns { grid-template-columns: 1fr; } }
</style>"""


class Explorer(widgets.VBox):  # type: ignore[misc]  # ipywidgets has no types
    """What explorers share. Subclasses say which measure they ask, and in which words.

    Parameters
    ----------
    collection
        What is explored.
    state
        Choices shared with other explorers; by default its own.
    **choices
        Choices to begin with, see `ExplorerState`.

    Attributes
    ----------
    state
        The choices. Set them from code; the explorer follows.
    answer
        What is shown, or None while there is nothing to show.
    picture
        `png` and `alt` of the picture.
    marks
        Opens the number of a point, dot or cell that is clicked.
    table
        All numbers; each row opens its sentences.
    n_drawn
        How often a picture was drawn.
    """

    #: What it asks; an explorer of one's own adds its panel to `PANELS`, and its views can be saved and reported.
    panel: ClassVar[Panel]
    labels: ClassVar[dict[str, str]] = {}

    def __init__(
        self, collection: Collection, *, state: ExplorerState | None = None, **choices: object
    ) -> None:
        if not isinstance(collection, Collection):
            raise ArgumentError(
                f"`collection` is a {type(collection).__name__}; give what `load` or `from_frame` returned."
            )
        dated = bool(collection.articles["published"].notna().any())
        # Without dates there is nothing to see by month.
        own = (
            {"by": self.panel.first_by if dated else "outlet", "count": self.panel.first_count}
            if state is None
            else {}
        )
        self.state = state or ExplorerState(collection)
        self.state.update(**{**own, **choices})
        self.answer: Answer | None = None
        self.picture = Picture()
        self.n_drawn = 0
        self._collection = collection
        self._answers: OrderedDict[tuple[object, ...], Answer] = OrderedDict()
        self._asked: tuple[object, ...] = ()
        self._row: tuple[object, ...] = ("never shown",)
        self._filling = False

        self.fault = widgets.HTML()
        self.controls = Controls(
            self.state,
            groupings=self.panel.groupings,
            labels=self.labels,
            on_fault=self._say_fault,
            views=self.panel.views,
        )
        self.status = widgets.HTML()
        self.figure = widgets.HTML()
        self.choosers = [widgets.Select(rows=6), widgets.Select(rows=9)]
        for place, chooser in enumerate(self.choosers):
            chooser.observe(lambda change, place=place: self._choose(place, change["new"]), "value")
        self.evidence = EvidencePane(self.state)
        self.marks = PictureMarks(self.picture.marks, self._open_keys)
        self.table = RowTable(self._open_row, folded="All numbers as a table")
        self.save = widgets.HTML()
        choose = widgets.VBox(self.choosers)
        choose.add_class("ak-choose")
        self._columns = widgets.Box([choose, self.evidence])
        self._columns.add_class("ak-columns")
        about = widgets.HTML(
            f'<div class="ak ak-foot"><p class="ak-about"><strong>How to read this, and what it cannot tell.</strong> '
            f"{escape(self.panel.limits)}</p></div>"
        )
        super().__init__(
            [
                widgets.HTML(STYLE + FRAME + KEEP_KEYS, layout=widgets.Layout(display="none")),
                self.controls,
                self.fault,
                self.status,
                self.figure,
                self.marks,
                self._columns,
                self.table,
                self.save,
                about,
            ]
        )
        self.add_class("ak-explorer")
        self.state.observe(self._follow, list(DEFAULTS))
        self.state.observe(self._recount, "collection")
        self._follow()

    @property
    def collection(self) -> Collection:
        """What is explored, with the decisions on lines that were made here."""
        return self._collection

    def _follow(self, _: object = None) -> None:
        """Show what the state says, and only what has changed since it was last shown."""
        with self._faults_in_words():
            asked = tuple(getattr(self.state, name) for name in ASKED)
            new = asked != self._asked
            if new:
                # Set before drawing: when several choices change at once, each sends an event of its own.
                self._asked = asked
                self._say_fault("")
                self._show_answer(self._find(asked))
            row = (self.state.row, self.answer is not None)
            if new or row != self._row:
                self._row = row
                self._show_row()
            elif self.answer is not None:
                self.evidence.show_article()

    def _recount(self, change: dict[str, Collection]) -> None:
        """Show all numbers anew after a decision on a line."""
        is_same = self._collection is change["old"]
        new = change["new"]
        self._collection = new if is_same else self._collection.with_decisions(new.decisions)
        self._answers.clear()
        self._asked, self._row = (), ("never shown",)
        self._follow()

    def _find(self, asked: tuple[object, ...]) -> Answer:
        if asked in self._answers:
            self._answers.move_to_end(asked)
            return self._answers[asked]
        answer = self.panel.answer(self._collection, self.state.choices)
        self._answers[asked] = answer
        if len(self._answers) > _KEPT:
            self._answers.popitem(last=False)
        return answer

    def _show_answer(self, answer: Answer) -> None:
        self.answer = None if is_empty(answer) else answer
        self.status.value = (
            f'<div class="ak ak-status"><span role="status">{escape(self._told(answer))}</span></div>'
        )
        if self.answer is None:
            remedy = f"<strong>No articles match.</strong> {escape(self._remedy())}"
            self.figure.value = f'<div class="ak"><div class="ak-empty">{remedy}</div></div>'
        else:
            self.picture.draw(answer, self.panel.kind(answer, self.state.choices))
            self.n_drawn += 1
            self.figure.value = f'<div class="ak">{self.picture.to_html()}</div>'
            self.table.fill(number_table(answer), label=f"{answer.title} Counted in {answer.count}.")
        self.table.layout.display = "" if self.answer is not None else "none"
        self._columns.layout.display = "" if self.answer is not None else "none"

    def _told(self, answer: Answer) -> str:
        """Return the status line."""
        return answer.describe()

    def _remedy(self) -> str:
        """Say which single choice, taken back, would bring articles back."""
        filters = self.state.filters(without=self.panel.shows)
        words = {
            "since": "the first day",
            "until": "the last day",
            "outlet": "the outlets",
            "actor": "the actors",
            "topic": "the topics",
        }
        if self.state.since and self.state.until and self.state.since > self.state.until:
            return "The first day is after the last day."
        told = []
        for name in filters:
            n = len(self._collection.filter(**{key: value for key, value in filters.items() if key != name}))
            if n:
                told.append(f"without {words[name]}: {counted(n, 'article')}")
        if told:
            return f"Take back a choice: {'; '.join(told)}."
        return (
            "Take back some choices, or press Start again." if filters else "There is nothing here to count."
        )

    def _show_row(self) -> None:
        answer = self.answer
        self._fill_choosers()
        if answer is None:
            self.save.value = self._links()
            return
        self.evidence.show(answer)
        self.save.value = self._links()

    def _fill_choosers(self) -> None:
        """Offer the rows of the answer: one list per key, the second for what the first has chosen."""
        answer = self.answer
        keys = answer.keys if answer is not None else []
        row = dict(self.state.row)
        self._filling = True
        try:
            for place, chooser in enumerate(self.choosers):
                here = place < len(keys) and answer is not None
                chooser.layout.display = "" if here else "none"
                if not here or answer is None:
                    continue
                key, last = keys[place], place == len(keys) - 1
                options = _options(answer, keys[:place], key, row, last=last)
                chooser.rows = max(2, min(len(options), _ROWS[len(keys) - 1][place]))
                chooser.description = key.capitalize() + (f", number of {answer.count}" if last else "")
                values = [value for _, value in options]
                if tuple(options) != chooser.options:
                    chooser.options = options
                chooser.value = row.get(key) if row.get(key) in values else None
        finally:
            self._filling = False

    def _choose(self, place: int, value: str | None) -> None:
        if self._filling or value is None or self.answer is None:
            return
        keys = self.answer.keys
        row = {key: dict(self.state.row)[key] for key in keys if key in dict(self.state.row)}
        row[keys[place]] = value
        with self._faults_in_words():
            self.state.update(row={key: row[key] for key in keys if key in row}, article="")

    def _open_row(self, place: int) -> None:
        """Open the number in a row of the table."""
        assert self.answer is not None
        row = self.answer.table.iloc[place]
        self._open_keys({key: str(row[key]) for key in self.answer.keys})

    def _open_keys(self, keys: dict[str, str]) -> None:
        with self._faults_in_words():
            self.state.update(row=keys, article="")

    def _links(self) -> str:
        links = []
        if self.answer is not None:
            table = self.answer.table
            links += [
                link("numbers (CSV)", f"{self.panel.name}.csv", to_csv(table), "text/csv"),
                link("picture (PNG)", f"{self.panel.name}.png", self.picture.png, "image/png"),
            ]
            if len(self.evidence.sentences):
                rows = self.evidence.sentences.drop(columns="marks")
                links.insert(
                    1,
                    link(
                        "these sentences (CSV)", f"{self.panel.name}-sentences.csv", to_csv(rows), "text/csv"
                    ),
                )
        choices = json.dumps(self.state.to_dict(), ensure_ascii=False, indent=1).encode()
        links.append(link("choices (JSON)", f"{self.panel.name}-choices.json", choices, "application/json"))
        return f'<div class="ak ak-foot">Save: {" · ".join(links)}</div>'

    def _say_fault(self, words: str) -> None:
        self.fault.value = alert(words)

    def _fail(self, words: str) -> None:
        """Say a fault, and take away what no longer fits the choices."""
        self._say_fault(words)
        self.answer = None
        for part in (self.status, self.figure, self.save):
            part.value = ""
        self.table.layout.display = "none"
        self._columns.layout.display = "none"

    @contextmanager
    def _faults_in_words(self) -> Iterator[None]:
        """Say a fault beside the controls; one of our own making is raised on, for Jupyter's log."""
        try:
            yield
        except AnalystkitError as fault:
            self._fail(str(fault))
        except Exception as fault:
            self._fail(f"analystkit itself failed ({type(fault).__name__}: {fault}). Please report this.")
            raise


def _options(
    answer: Answer, before: list[str], key: str, row: dict[str, str], *, last: bool
) -> list[tuple[str, str]]:
    """Return label and value of each row to choose from; numbers first, so that names line up."""
    table = answer.table
    for name in before:
        table = table[table[name] == row.get(name, "")]
    if not last:
        return [(str(value) or f"(no {key})", str(value)) for value in table[key].unique()]
    width = len(f"{int(table['n'].max()):,}") if len(table) else 1
    # A figure space is as wide as a digit: numbers line up, and so do the names after them.
    numbers = [f"{int(n):,}".rjust(width, "\u2007") for n in table["n"]]
    numbers = [
        "–".rjust(width, "\u2007") if note == NO_ARTICLES else n
        for n, note in zip(numbers, table["note"], strict=True)
    ]
    names = [str(value) or f"(no {key})" for value in table[key]]
    told = zip(names, numbers, strict=True)
    labels = [f"{name}  {n}" if key in TIMES else f"{n}  {name}" for name, n in told]
    return list(zip(labels, map(str, table[key]), strict=True))
