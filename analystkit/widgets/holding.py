"""Would a finding hold? The number that is open, asked again under other choices, with the picture of all of them."""

from __future__ import annotations

import calendar
import threading
from datetime import date, timedelta
from html import escape
from typing import Final

import ipywidgets as widgets
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from analystkit.collection import Collection
from analystkit.errors import AnalystkitError
from analystkit.measure import Answer, Finding, Robustness, robustness, tone_scorers
from analystkit.plot import house_style, plot_robustness, save_png
from analystkit.plot.robustness import robustness_height
from analystkit.plot.style import WIDTH
from analystkit.widgets.export import link, to_csv
from analystkit.widgets.markup import alert
from analystkit.widgets.picture import data_uri
from analystkit.widgets.show import View

_DPI: Final = 150.0


class HoldingPane(widgets.VBox):  # type: ignore[misc]  # ipywidgets has no types
    """A button that asks the finding again under other choices, without holding up the explorer.

    Attributes
    ----------
    panel
        What was found, or None.
    """

    def __init__(self) -> None:
        self._asked: tuple[Collection, Finding] | None = None
        self._thread: threading.Thread | None = None
        self.panel: Robustness | None = None
        self.button = widgets.Button(
            description="Would it hold?", layout=widgets.Layout(width="auto", align_self="flex-start")
        )
        self.button.on_click(lambda _: self.ask())
        self.said = widgets.HTML()
        super().__init__(
            [self.button, self.said], layout=widgets.Layout(padding="10px 0 0", overflow="visible")
        )
        self.add_class("ak-holding")

    def offer(self, answer: Answer | None, row: dict[str, str]) -> None:
        """Offer to ask what a row of an answer says; nothing where no row is chosen."""
        finding = None if answer is None else finding_of(answer, row)
        asked = None if answer is None or finding is None else (answer.collection, finding)
        if (
            asked is not None
            and self._asked is not None
            and asked[1] == self._asked[1]
            and asked[0] is self._asked[0]
        ):
            return
        self._asked, self.panel = asked, None
        self.said.value = ""
        self.button.disabled = False
        self.layout.display = "none" if asked is None else ""
        if asked is not None:
            self.button.tooltip = f"Ask again under other choices whether {asked[1].describe()}"

    def ask(self) -> None:
        """Ask again, beside what else is done; what was asked for another number meanwhile is dropped."""
        if self._asked is None:
            return
        self.button.disabled = True
        self._say("Asking again: cleaning, copies, word lists and model, units, quoted speech in or out ...")
        self._thread = threading.Thread(target=self._run, args=(self._asked,), daemon=True)
        self._thread.start()

    def wait(self) -> None:
        """Wait until what was asked is answered."""
        if self._thread is not None:
            self._thread.join()

    def _run(self, asked: tuple[Collection, Finding]) -> None:
        try:
            panel = robustness(*asked, scorers=tone_scorers(asked[0]))
            png = picture_of(panel)
        except AnalystkitError as fault:
            if asked is self._asked:
                self.said.value = alert(str(fault))
        except Exception as fault:
            if asked is self._asked:
                self.said.value = alert(
                    f"analystkit itself failed ({type(fault).__name__}: {fault}). Please report this."
                )
        else:
            if asked is self._asked:
                self.panel = panel
                self.said.value = f'<div class="ak">{panel_html(panel, png)}</div>'
        if asked is self._asked:
            self.button.disabled = False

    def _say(self, words: str) -> None:
        self.said.value = f'<div class="ak"><span role="status">{escape(words)}</span></div>'


def finding_of(answer: Answer, row: dict[str, str]) -> Finding | None:
    """Return what a row of tones claims: the sign of a tone, or that it differs from what was before or elsewhere."""
    actor = row.get("actor", "")
    if not actor or set(row) != set(answer.keys):
        return None
    for unit in ("day", "week", "month", "year"):
        if unit in row:
            first, last = days_of(row[unit], unit)
            before = answer.collection.articles["published"].min()
            if before is not None and before.date() < first:
                return Finding(
                    "tone",
                    actor,
                    first={"until": str(first - timedelta(days=1))},
                    second={"since": str(first), "until": str(last)},
                )
            return None
    if "outlet" in row:
        others = sorted(set(answer.collection.articles["outlet"]) - {row["outlet"]})
        if not others or not row["outlet"]:
            return None
        return Finding("tone", actor, first={"outlet": others}, second={"outlet": row["outlet"]})
    return Finding("tone", actor)


def days_of(label: str, unit: str) -> tuple[date, date]:
    """Return the first and last day of a period as the tables write it.

    >>> [str(day) for day in days_of("2024-02", "month")]
    ['2024-02-01', '2024-02-29']
    >>> [str(day) for day in days_of("2024-W09", "week")]
    ['2024-02-26', '2024-03-03']
    """
    if unit == "week":
        first = date.fromisocalendar(int(label[:4]), int(label[-2:]), 1)
        return first, first + timedelta(days=6)
    if unit == "day":
        return date.fromisoformat(label), date.fromisoformat(label)
    if unit == "year":
        return date(int(label), 1, 1), date(int(label), 12, 31)
    year, month = map(int, label.split("-"))
    return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])


def show_robustness(panel: Robustness) -> View:
    """Return a panel for a cell of a notebook: its sentence, its picture, and links that save both.

    Parameters
    ----------
    panel
        What `robustness` returned.
    """
    return View(panel_html(panel, picture_of(panel)), panel.describe())


def picture_of(panel: Robustness) -> bytes:
    """Return the specification curve of a panel as PNG."""
    with house_style():
        figure = Figure(figsize=(WIDTH, robustness_height(panel)))
        FigureCanvasAgg(figure)
        plot_robustness(panel, ax=figure.subplots())
        png: bytes = save_png(figure, dpi=_DPI)
    return png


def panel_html(panel: Robustness, png: bytes) -> str:
    """Return a panel in words, as a picture, and to save."""
    about = panel.finding.describe()
    said = f"<h4>{escape(panel.describe())}</h4><p>Asked: whether {escape(about)}. {escape(panel.describe_idle())}</p>"
    picture = f'<figure class="ak-figure"><img alt="{escape(panel.describe())}" src="{data_uri(png, "image/png")}"></figure>'
    links = " · ".join(
        [
            link("variants (CSV)", "robustness.csv", to_csv(panel.table), "text/csv"),
            link("picture (PNG)", "robustness.png", png, "image/png"),
        ]
    )
    return f"{said}{picture}<p>Save: {links}</p>"
