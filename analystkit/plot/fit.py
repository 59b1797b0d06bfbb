"""Axes fitted into their figure from the widths of their words alone: no second drawing to find out where they end."""

from __future__ import annotations

from typing import Final

from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.figure import Figure
from matplotlib.text import Annotation

from analystkit.plot.style import LINE, TEXT_SIZE, text_width

_PAD: Final = 8.0  # points at the edges of the figure
_TICK: Final = 6.0  # between axes and tick labels
#: The part of a letter under its base line, in units of its size.
_DESCENT: Final = 0.3


def fit_axes(ax: Axes) -> None:
    """Place the only axes of a figure that a plot of ours has drawn and written its words round.

    What constrained layout finds by measuring everything that is drawn is told here by the words: tick labels, names at
    the ends of lines, and what stands under or over the axes. Labels that are turned are left to constrained layout.
    """
    figure = ax.get_figure()
    engine = figure.get_layout_engine() if isinstance(figure, Figure) else None
    if not isinstance(figure, Figure) or engine is None or _turned(ax):
        return
    x0, y0, rect_width, rect_height = engine.get()["rect"]
    width, height = figure.get_size_inches() * 72
    left = (
        _PAD
        + _TICK
        + max((text_width(line) for label in _labels(ax.yaxis) for line in label.split("\n")), default=0)
    )
    x_labels = _labels(ax.xaxis)
    last = text_width(x_labels[-1]) / 2 if x_labels else 0.0
    right, below, above = max(_PAD, last), _TICK + TEXT_SIZE * LINE if any(x_labels) else _TICK, _TICK
    edge = ax.get_xlim()[1]
    for text in ax.texts:
        if not isinstance(text, Annotation):
            continue
        dx, dy = text.get_position()
        size, lines = float(text.get_fontsize()), text.get_text().split("\n")
        # Where it is tied to: the edge of the axes it stands outside of.
        at_x, at_y = text.xy
        in_axes = text.xycoords == "axes fraction" or (
            isinstance(text.xycoords, tuple) and text.xycoords[1] == "axes fraction"
        )
        if in_axes and at_y == 0 and dy < 0:
            hang = _DESCENT * size if text.get_verticalalignment() == "baseline" else len(lines) * size * LINE
            below = max(below, hang - dy)
        elif in_axes and at_y == 1 and dy > 0:
            above = max(above, dy + len(lines) * size * LINE)
        elif not in_axes and at_x == edge and text.get_horizontalalignment() == "left":
            weight = "bold" if text.get_fontweight() == "bold" else "normal"
            right = max(right, _PAD + dx + max(text_width(line, size, weight) for line in lines))
    figure.set_layout_engine("none")
    bottom, top = y0 * height + below, (y0 + rect_height) * height - above
    start, stop = x0 * width + left, (x0 + rect_width) * width - right
    ax.set_position(
        (start / width, bottom / height, max(stop - start, 20) / width, max(top - bottom, 20) / height)
    )


def _turned(ax: Axes) -> bool:
    return any(label.get_rotation() for label in ax.get_xticklabels()[:1])


def _labels(axis: Axis) -> list[str]:
    low, high = sorted(axis.get_view_interval())
    places = [place for place in axis.get_majorticklocs() if low <= place <= high]
    return axis.get_major_formatter().format_ticks(places)
