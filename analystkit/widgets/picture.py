"""Answers drawn on one figure that is kept, as PNG with words for those who cannot see it."""

from __future__ import annotations

import base64
from html import escape
from typing import Final

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from analystkit.measure import Answer
from analystkit.plot import describe_plot, house_style, save_png
from analystkit.plot.marks import Mark, find_marks
from analystkit.plot.natural import draw_answer, natural_height
from analystkit.plot.style import WIDTH

_DPI: Final = 150.0  # sharp on dense screens; the page shows it at its own width


class Picture:
    """One figure, drawn on again for each answer. It is never pyplot's, so that no two explorers meet.

    Attributes
    ----------
    png
        The picture, or b"" before the first.
    alt
        What it shows, in words.
    """

    def __init__(self) -> None:
        self._figure = Figure()
        FigureCanvasAgg(self._figure)
        self.png = b""
        self.alt = ""
        self._drawn: tuple[Answer, str] | None = None

    def draw(self, answer: Answer, kind: str) -> None:
        """Draw an answer as one of `PLOT_KINDS`."""
        self.alt = describe_plot(answer, kind)
        self._drawn = answer, kind
        figure = self._figure
        with house_style():
            figure.clear()
            figure.set_size_inches(WIDTH, natural_height(answer, kind))
            draw_answer(answer, kind, figure.subplots())
            self.png = save_png(figure, dpi=_DPI)

    def marks(self) -> list[Mark]:
        """Return where the points, dots and cells of the picture lie, and which number each of them shows."""
        return find_marks(*self._drawn, self._figure.axes[0]) if self._drawn and self._figure.axes else []

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
