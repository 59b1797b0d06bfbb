"""Answers drawn on one figure that is kept, as PNG with words for those who cannot see it."""

from __future__ import annotations

import base64
from html import escape
from typing import Final

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from analystkit.measure import Answer
from analystkit.measure.groups import TIMES
from analystkit.plot import (
    describe_plot,
    house_style,
    plot_co_mentions,
    plot_comparison,
    plot_heatmap,
    plot_ranking,
    plot_timeline,
    plot_tone,
    plot_tone_lists,
    plot_tone_shares,
    save_png,
)
from analystkit.plot.shape import MOST_SERIES
from analystkit.plot.style import WIDTH
from analystkit.plot.tones import tones_height

_DPI: Final = 150.0  # sharp on dense screens; the page shows it at its own width
_ROWS: Final = 15
#: Measures of tone with a picture of their own, and the key that has the rows of one dot.
_OF_TONE: Final = {"tone_shares": "label", "tone_lists": "list"}
_OF_MEASURE: Final = {"co_mentions": "co-mention", "compare": "comparison"}


def natural_kind(answer: Answer) -> str:
    """Return the picture that fits an answer, one of `PLOT_KINDS`."""
    if answer.measure in _OF_TONE and answer.by == (_OF_TONE[answer.measure],):
        return answer.measure.replace("_", " ")
    if answer.measure in _OF_MEASURE:
        return _OF_MEASURE[answer.measure]
    if len(answer.keys) <= 1 and not set(answer.by) & set(TIMES):
        return "tone" if answer.measure == "tone" else "ranking"
    n_lines = answer.table[answer.item].nunique() if answer.item else 1
    return "timeline" if set(answer.by) & set(TIMES) and n_lines <= MOST_SERIES else "heatmap"


class Picture:
    """One figure, drawn on again for each answer. It is never pyplot's, so that no two explorers meet.

    Attributes
    ----------
    png
        The picture, or b"" before the first.
    alt
        What it shows, in words.
    width
        In inches; what is drawn from then on has it.
    """

    def __init__(self) -> None:
        self._figure = Figure()
        FigureCanvasAgg(self._figure)
        self.png = b""
        self.width = WIDTH
        self.alt = ""

    def draw(self, answer: Answer, kind: str) -> None:
        """Draw an answer as one of `PLOT_KINDS`."""
        self.alt = describe_plot(answer, kind)
        figure = self._figure
        with house_style():
            figure.clear()
            figure.set_size_inches(self.width, _height(answer, kind))
            ax = figure.subplots()
            if kind == "timeline":
                plot_timeline(answer, ax=ax)
            elif kind == "heatmap":
                plot_heatmap(answer, ax=ax)
            elif kind == "tone":
                plot_tone(answer, n=_ROWS, ax=ax)
            elif kind == "tone shares":
                plot_tone_shares(answer, n=_ROWS, ax=ax)
            elif kind == "tone lists":
                plot_tone_lists(answer, n=_ROWS, ax=ax)
            elif kind == "co-mention":
                plot_co_mentions(answer, n=_ROWS, ax=ax)
            elif kind == "comparison":
                plot_comparison(answer, n=_ROWS, ax=ax)
            else:
                plot_ranking(answer, n=_ROWS, ax=ax)
            self.png = save_png(figure, dpi=_DPI)

    def to_html(self) -> str:
        """Return the picture as a figure whose words survive in every kind of notebook and report."""
        source = data_uri(self.png, "image/png")
        return f'<figure class="ak-figure"><img alt="{escape(self.alt)}" src="{source}"></figure>'


def data_uri(content: bytes, kind: str) -> str:
    """Return content as an address that holds it.

    >>> data_uri(b"a", "text/csv")
    'data:text/csv;base64,YQ=='
    """
    return f"data:{kind};base64,{base64.b64encode(content).decode('ascii')}"


def _height(answer: Answer, kind: str) -> float:
    """Return the height that the plots choose for figures of their own, in inches."""
    n_rows = answer.table[answer.keys[0]].nunique() if answer.keys else 1
    if kind == "timeline":
        return 4.2
    if kind == "co-mention":
        if n_rows > 1:
            return 2.6 + 0.34 * min(n_rows, _ROWS)
        n_rows = len(answer.table)
    if kind.startswith("tone "):
        return tones_height(min(n_rows if answer.item else 1, _ROWS))
    return 1.9 + 0.34 * n_rows if kind == "heatmap" else 1.6 + 0.3 * min(n_rows, _ROWS)
