"""Answers drawn on one figure that is kept, as PNG with words for those who cannot see it."""

from __future__ import annotations

import base64
import threading
from html import escape
from typing import Any, Final

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from analystkit.measure import Answer
from analystkit.plot import describe_plot, house_style, save_svg
from analystkit.plot.export import encode_png
from analystkit.plot.fit import fit_axes
from analystkit.plot.heatmap import Digits
from analystkit.plot.marks import Mark, find_marks
from analystkit.plot.natural import draw_answer, natural_height
from analystkit.plot.style import WIDTH

#: Matplotlib's settings are of all threads, and a figure in two threads is a picture of neither.
_DRAWING: Final = threading.RLock()
_DPI: Final = 150.0  # sharp on dense screens; the page shows it at its own width
#: Pictures whose axes can be drawn on again once their marks are taken off; others begin with new axes.
_AGAIN: Final = ("timeline", "ranking", "tone", "comparison", "heatmap")
_SCALED: Final = ("timeline", "ranking", "tone", "comparison")


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
        self._figure = Figure(facecolor="white")
        self._canvas: Any = FigureCanvasAgg(self._figure)
        self._axes: Axes | None = None
        self._kind = ""
        self.width = WIDTH
        self.png = b""
        self.alt = ""
        self._drawn: tuple[Answer, str] | None = None

    def draw(
        self,
        answer: Answer,
        kind: str,
        *,
        height: float | None = None,
        scale: Scale | None = None,
    ) -> None:
        """Draw an answer as one of `PLOT_KINDS`.

        Parameters
        ----------
        answer, kind
            What is drawn, and how.
        height
            In inches; by default what the plots choose.
        scale
            The scale of another picture, see `scale`, that this one shall share.
        """
        self.alt = describe_plot(answer, kind)
        with _DRAWING, house_style():
            self._drawn = answer, kind
            ax = self._place(kind)
            self._figure.set_dpi(_DPI)
            self._figure.set_size_inches(self.width, height or natural_height(answer, kind))
            draw_answer(answer, kind, ax)
            if scale is not None and kind in _SCALED:
                (ax.set_ylim if kind == "timeline" else ax.set_xlim)(*scale)
            fit_axes(ax)
            self._canvas.draw()
            self._axes, self._kind = ax, kind
            self.png = encode_png(self._canvas.buffer_rgba())

    def scale(self) -> Scale | None:
        """Return the ends of the axis on which values are read; None where a picture has none."""
        if self._axes is None or self._kind not in _SCALED:
            return None
        return self._axes.get_ylim() if self._kind == "timeline" else self._axes.get_xlim()

    def svg(self) -> str:
        """Return the picture as SVG, whose words can be selected and edited."""
        with _DRAWING, house_style():
            return save_svg(self._figure, alt=self.alt)

    def marks(self) -> list[Mark]:
        """Return where the points, dots and cells of the picture lie, and which number each of them shows."""
        with _DRAWING:
            return find_marks(*self._drawn, self._figure.axes[0]) if self._drawn and self._figure.axes else []

    def to_html(self) -> str:
        """Return the picture as a figure whose words survive in every kind of notebook and report."""
        source = data_uri(self.png, "image/png")
        return f'<figure class="ak-figure"><img alt="{escape(self.alt)}" src="{source}"></figure>'

    def _place(self, kind: str) -> Axes:
        ax = self._axes
        if ax is None or kind != self._kind or kind not in _AGAIN:
            self._figure.clear()
            return self._figure.subplots()
        # Making axes takes longer than anything that is drawn on them.
        for artist in [*ax.lines, *ax.collections, *ax.patches, *ax.texts]:
            if not isinstance(artist, Digits):
                artist.remove()
        return ax


Scale = tuple[float, float]


def data_uri(content: bytes, kind: str) -> str:
    """Return content as an address that holds it.

    >>> data_uri(b"a", "text/csv")
    'data:text/csv;base64,YQ=='
    """
    return f"data:{kind};base64,{base64.b64encode(content).decode('ascii')}"
