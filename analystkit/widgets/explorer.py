"""The frame that all explorers share: choices, status, picture, numbers, the sentences behind them, and what to save."""

from __future__ import annotations

import functools
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from html import escape
from typing import ClassVar, Final

import ipywidgets as widgets
import numpy as np

from analystkit.collection import Collection, counted
from analystkit.errors import AnalystkitError, ArgumentError
from analystkit.measure import Answer
from analystkit.measure.cells import NO_ARTICLES
from analystkit.measure.groups import TIMES
from analystkit.plot.marks import Mark
from analystkit.plot.natural import natural_height
from analystkit.plot.shape import is_empty
from analystkit.plot.style import WIDTH
from analystkit.views.choices import ASKED, DEFAULTS, Choices
from analystkit.views.panels import Panel
from analystkit.views.readable import number_table
from analystkit.views.saved import View, view_of
from analystkit.widgets.busy import BusyBar
from analystkit.widgets.controls import Controls, SearchLine
from analystkit.widgets.evidence import EvidencePane
from analystkit.widgets.export import link, to_csv
from analystkit.widgets.job import Job, running_loop
from analystkit.widgets.keys import COPY, KEEP_KEYS
from analystkit.widgets.markup import STYLE, alert
from analystkit.widgets.picture import Picture, data_uri
from analystkit.widgets.picture_marks import PictureMarks
from analystkit.widgets.row_table import RowTable
from analystkit.widgets.state import ExplorerState

#: Inches of a picture that stands beside another: their words stay legible.
HALF: Final = 5.4
#: Seconds for which the page waits for an answer; what takes longer is told, and can be ended.
PATIENCE: Final = 0.12
_ROWS: Final = ((20,), (9, 13))  # lines of the lists to choose from: of one key, of two keys
_KEPT = 32  # answers of earlier choices, so that going back costs nothing

_FRAME: Final = """<style>
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
.ak-explorer .ak-choose .widget-toggle-button { width: auto; margin: 0; padding: 0 12px; }
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
.ak-explorer .ak-search { align-items: center; gap: 6px 12px; padding-top: 8px; flex-flow: row wrap; overflow: visible; }
.ak-explorer .ak-search .widget-text { width: 380px; margin: 0; }
.ak-explorer .ak-search .widget-label { width: auto; max-width: none; margin-right: 8px; }
.ak-explorer .ak-busy { align-items: center; gap: 12px; padding: 6px 0; overflow: visible; }
.ak-explorer .ak-busy > * { width: auto; flex: none; margin: 0; }
.ak-explorer .ak-busy progress { width: 160px; vertical-align: middle; }
.ak-explorer .ak-files { align-items: center; gap: 12px; padding-top: 8px; flex-flow: row wrap; overflow: visible; }
.ak-explorer .ak-files > .widget-toggle-button { width: auto; flex: none; margin: 0; padding: 0 12px; }
.ak-explorer .ak-files > .widget-html { width: auto; flex: 1 1 300px; }
.ak-explorer .ak-files .ak-foot { padding-top: 0; }
.ak-explorer .ak-pair p { margin: 0 0 4px; overflow-wrap: anywhere; }
.ak-explorer .ak-found { gap: 4px; flex-flow: row wrap; overflow: visible; }
@media (max-width: 640px) { .ak-explorer .ak-columns { grid-template-columns: 1fr; } }
</style>"""


class Explorer(widgets.VBox):  # type: ignore[misc]  # ipywidgets has no types
    """What explorers share. Subclasses say which panel they show, and in which words.

    What takes long runs beside the page, which says so and offers to end it; choices are then set back.

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
    picture, beside
        `png` and `alt` of the picture, and of that of the slice that is compared with.
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
        dated = not np.isnat(collection.codes.published[collection.rows]).all()
        # Without dates there is nothing to see by month.
        own = (
            {"by": self.panel.first_by if dated else "outlet", "count": self.panel.first_count}
            if state is None
            else {}
        )
        self.state = state or ExplorerState(collection)
        self.state.update(**{**own, **choices})
        self.picture, self.beside = Picture(), Picture()
        self.n_drawn = 0
        self._collection = collection
        self._answer: Answer | None = None
        self._kept: Answer | None = None
        self._findings: OrderedDict[tuple[object, ...], Finding] = OrderedDict()
        self._job: Job[Finding] | None = None
        self._asked: tuple[object, ...] = ()
        self._shown_choices: dict[str, object] = {}
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
        self.busy = BusyBar(self.cancel)
        self.status = widgets.HTML()
        self.figure = widgets.HTML()
        self.search = SearchLine(self.state)
        self.side = widgets.ToggleButtons(
            description="Sentences of", options=[("now", "now"), ("kept", "kept")]
        )
        self.side.observe(lambda change: self._turn(change["new"]), "value")
        self.choosers = [widgets.Select(rows=6), widgets.Select(rows=9)]
        for place, chooser in enumerate(self.choosers):
            chooser.observe(lambda change, place=place: self._choose(place, change["new"]), "value")
        self.evidence = EvidencePane(self.state)
        self.marks = PictureMarks(self._marks_of, self._open_keys)
        self.table = RowTable(self._open_row, folded="All numbers as a table")
        self.saving = widgets.ToggleButton(
            description="Files to save", tooltip="Numbers, sentences, picture and view as files"
        )
        self.saving.observe(lambda _: self._offer_files(), "value")
        self.save = widgets.HTML()
        choose = widgets.VBox([self.side, *self.choosers])
        choose.add_class("ak-choose")
        self._columns = widgets.Box([choose, self.evidence])
        self._columns.add_class("ak-columns")
        files = widgets.HBox([self.saving, self.save])
        files.add_class("ak-files")
        about = widgets.HTML(
            f'<div class="ak ak-foot"><p class="ak-about"><strong>How to read this, and what it cannot tell.</strong> '
            f"{escape(self.panel.limits)}</p></div>"
        )
        super().__init__(
            [
                widgets.HTML(STYLE + _FRAME + KEEP_KEYS + COPY, layout=widgets.Layout(display="none")),
                self.controls,
                self.fault,
                self.busy,
                self.status,
                self.figure,
                self.marks,
                self.search,
                self._columns,
                self.table,
                files,
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

    @property
    def answer(self) -> Answer | None:
        """What is shown, or None while there is nothing to show; waits for what is still being counted."""
        self._settle()
        return self._answer

    @answer.setter
    def answer(self, answer: Answer | None) -> None:
        self._answer = answer

    @property
    def kept(self) -> Answer | None:
        """What is shown of the slice that is compared with, or None."""
        self._settle()
        return self._kept

    def view(self, title: str = "") -> View:
        """Return what is shown, to be saved with `view().save(path)` and given to `write_report(views=[...])`."""
        return view_of(self._collection, [self.panel.name], self.state.choices, title=title)

    def cancel(self) -> None:
        """End what is being counted, and set the choices back to those that are shown."""
        with self.state.lock:
            if self._job is None:
                return
            self._job.cancel()
            self._job = None
            self.busy.end()
            self._asked = ()
            if self._shown_choices:
                self.state.update(**self._shown_choices)
            self._say_fault("Ended. The choices are again those that are shown.")

    def _follow(self, _: object = None) -> None:
        """Show what the state says, and only what has changed since it was last shown."""
        with self.state.lock, self._faults_in_words():
            choices = self.state.choices
            asked = tuple(getattr(choices, name) for name in ASKED)
            if asked != self._asked:
                # Set before drawing: when several choices change at once, each sends an event of its own.
                self._asked = asked
                self._say_fault("")
                self._count(asked, choices)
            elif self._job is None:
                self._follow_row()

    def _follow_row(self, *, new: bool = False) -> None:
        row = (self.state.row, self.state.search, self._answer is not None)
        if new or row != self._row:
            self._row = row
            self._show_row()
        elif self._answer is not None:
            self.evidence.show_article()

    def _recount(self, change: dict[str, Collection]) -> None:
        """Show all numbers anew after a decision on a line."""
        is_same = self._collection is change["old"]
        new = change["new"]
        self._collection = new if is_same else self._collection.with_decisions(new.decisions)
        self._findings.clear()
        self._asked, self._row = (), ("never shown",)
        self._follow()

    def _count(self, asked: tuple[object, ...], choices: Choices) -> None:
        """Ask the panel, beside the page; what is there at once is shown at once."""
        if self._job is not None:
            self._job.cancel()
            self._job = None
        if asked in self._findings:
            self._findings.move_to_end(asked)
            self.busy.end()
            self._show_finding(self._findings[asked])
            return
        job = self._job = Job(functools.partial(find, self.panel, self._collection, choices))
        loop = running_loop()
        if job.wait(None if loop is None else PATIENCE) or loop is None:
            self._settle()
        else:
            self.busy.begin(loop, lambda: self._arrived(job))

    def _arrived(self, job: Job[Finding]) -> bool:
        """Show what a job has found, if it has ended and is still asked for; say whether there is nothing to wait for."""
        if not job.wait(0):
            return job is not self._job
        with self.state.lock:
            if job is self._job:
                self._settle()
        return True

    def _settle(self) -> None:
        """Wait for what is being counted, and show it."""
        with self.state.lock, self._faults_in_words():
            job = self._job
            if job is None:
                return
            job.wait()
            self._job = None
            self.busy.end()
            finding = self._findings[self._asked] = job.result()
            if len(self._findings) > _KEPT:
                self._findings.popitem(last=False)
            self._show_finding(finding)

    def _show_finding(self, finding: Finding) -> None:
        self._kept, self._differences = finding.kept, finding.differences
        self._show_answer(finding.now)
        self._shown_choices = {name: getattr(self.state, name) for name in ASKED}
        self._follow_row(new=True)

    def _show_answer(self, answer: Answer) -> None:
        self._answer = None if is_empty(answer) else answer
        told = self._told(answer)
        if self._kept is not None:
            told = f"Now: {told} Kept for comparison: {self._kept.describe()}"
        self.status.value = f'<div class="ak ak-status"><span role="status">{escape(told)}</span></div>'
        if self._answer is None:
            remedy = f"<strong>No articles match.</strong> {escape(self._remedy())}"
            self.figure.value = f'<div class="ak"><div class="ak-empty">{remedy}</div></div>'
        else:
            self._draw(answer)
            self.n_drawn += 1
            self.table.fill(number_table(answer), label=f"{answer.title} Counted in {answer.count}.")
        self.side.layout.display = "" if self._kept is not None else "none"
        self.table.layout.display = "" if self._answer is not None else "none"
        self._columns.layout.display = "" if self._answer is not None else "none"

    def _draw(self, answer: Answer) -> None:
        kind, kept = self.panel.kind(answer, self.state.choices), self._kept
        pair = kept is not None
        self.picture.width = HALF if pair else WIDTH
        if kept is None:
            self.picture.draw(answer, kind)
            self.figure.value = f'<div class="ak">{self.picture.to_html()}</div>'
            return
        self.beside.width = HALF
        height = natural_height(answer, kind)
        pictures = [("Kept", kept, self.beside), ("Now", answer, self.picture)]
        drawn = []
        for _, one, picture in pictures:
            if not is_empty(one):
                picture.draw(one, kind, height=height)
                drawn.append(picture)
        scales = [scale for picture in drawn if (scale := picture.scale())]
        if len(scales) == 2 and scales[0] != scales[1]:
            # Side by side, equal lengths must mean equal shares.
            joint = (min(low for low, _ in scales), max(high for _, high in scales))
            for _, one, picture in pictures:
                picture.draw(one, kind, height=height, scale=joint)
        parts = [
            f"<div><p><strong>{side}: {escape(one.collection.describe_filters())}</strong></p>"
            + ('<div class="ak-empty">No articles match.</div>' if is_empty(one) else picture.to_html())
            + "</div>"
            for side, one, picture in pictures
        ]
        told = f"<p>{escape(self._differences)}</p>" if self._differences else ""
        self.figure.value = f'<div class="ak"><div class="ak-pair">{"".join(parts)}</div>{told}</div>'

    def _marks_of(self, of: str) -> list[Mark]:
        """Return the marks of the picture whose source ends so."""
        for picture in (self.picture, self.beside):
            if picture.png and data_uri(picture.png, "image/png").endswith(of):
                side = () if picture is self.picture else (("side", "kept"),)
                return [replace(mark, keys=(*mark.keys, *side)) for mark in picture.marks()]
        return []

    @property
    def _looked_at(self) -> Answer | None:
        """The answer whose numbers are listed and open: that of now, or that kept for comparison."""
        kept = self._kept
        if kept is not None and dict(self.state.row).get("side") == "kept":
            return None if is_empty(kept) else kept
        return self._answer

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
            "zone": "the part of the texts",
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
        answer = self._looked_at
        self._fill_choosers()
        if answer is not None:
            self.evidence.show(answer)
        self._offer_files()

    def _fill_choosers(self) -> None:
        """Offer the rows of the answer: one list per key, the second for what the first has chosen."""
        answer = self._looked_at
        keys = answer.keys if answer is not None else []
        row = dict(self.state.row)
        self._filling = True
        try:
            self.side.value = row.get("side", "now")
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
        answer = self._looked_at
        if self._filling or value is None or answer is None:
            return
        keys = [*answer.keys, "side"]
        row = {key: one for key, one in self.state.row if key in keys}
        row[keys[place]] = value
        self._open_keys({key: row[key] for key in keys if key in row})

    def _turn(self, side: str) -> None:
        """Open the same number of the other slice."""
        if not self._filling:
            row = {key: one for key, one in self.state.row if key != "side"}
            self._open_keys({**row, "side": "kept"} if side == "kept" else row)

    def _open_row(self, place: int) -> None:
        """Open the number in a row of the table."""
        assert self._answer is not None
        row = self._answer.table.iloc[place]
        self._open_keys({key: str(row[key]) for key in self._answer.keys})

    def _open_keys(self, keys: dict[str, str]) -> None:
        with self._faults_in_words():
            self.state.update(row=keys, article="", search="")

    def _offer_files(self) -> None:
        """Show what can be saved of what is shown, while that is asked for: to make files of all costs time."""
        self.save.value = self._links() if self.saving.value else ""

    def _links(self) -> str:
        name, answer, links = self.panel.name, self._looked_at, []
        if answer is not None:
            picture = self.picture if answer is self._answer else self.beside
            links.append(link("numbers (CSV)", f"{name}.csv", to_csv(answer.table), "text/csv"))
            if len(self.evidence.sentences):
                rows = self.evidence.sentences.drop(columns="marks")
                links.append(link("these sentences (CSV)", f"{name}-sentences.csv", to_csv(rows), "text/csv"))
            links += [
                link("picture (PNG)", f"{name}.png", picture.png, "image/png"),
                link("picture (SVG)", f"{name}.svg", picture.svg().encode(), "image/svg+xml"),
            ]
        view = self.view().to_json().encode()
        links.append(link("this view (JSON)", f"{name}-view.json", view, "application/json"))
        return f'<div class="ak ak-foot">Save: {" · ".join(links)}</div>'

    def _say_fault(self, words: str) -> None:
        self.fault.value = alert(words)

    def _fail(self, words: str) -> None:
        """Say a fault, and take away what no longer fits the choices."""
        self._say_fault(words)
        self._answer = self._kept = None
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


@dataclass(frozen=True)
class Finding:
    """What a panel found: the answer, that of the slice it is compared with, and in words where the two differ."""

    now: Answer
    kept: Answer | None
    differences: str


def find(panel: Panel, collection: Collection, choices: Choices) -> Finding:
    """Ask a panel under some choices, and once more for the slice that is compared with."""
    now = panel.answer(collection, choices)
    # Told with the picture: counted here, beside the page.
    now.collection.describe()
    kept = panel.kept(collection, choices, now)
    return Finding(now, kept, panel.differences(now, kept) if kept is not None else "")


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
