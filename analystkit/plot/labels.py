"""Words inside a time picture: names at the ends of lines, events over the axes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from analystkit.errors import ArgumentError
from analystkit.plot.shape import Series, place_of
from analystkit.plot.style import (
    INK,
    LINE,
    MUTED,
    PALETTE,
    SMALL_SIZE,
    TEXT_PALETTE,
    TEXT_SIZE,
    fold,
    n_lines,
    size_in_points,
    text_width,
)

AXIS_ROOM: Final = 55.0  # points for tick labels and margins beside the axes


def spread(wanted: Sequence[float], heights: Sequence[float], *, low: float, high: float) -> list[float]:
    """Return middles near those wanted, in the same order, so that boxes of these heights do not overlap.

    Neighbours that collide are moved apart evenly; all stay within `low` and `high` while there is room.

    >>> spread([10, 11, 40], [4, 4, 4], low=0, high=50)
    [8.5, 12.5, 40.0]
    """
    order = sorted(range(len(wanted)), key=lambda i: wanted[i])
    # Each block: its members, the bottom they would like (mean over members) and its height.
    blocks: list[tuple[list[int], float, float]] = []
    for i in order:
        members, bottom, height = [i], wanted[i] - heights[i] / 2, heights[i]
        bottom = min(max(bottom, low), high - height)
        while blocks and blocks[-1][1] + blocks[-1][2] > bottom:
            before, its_bottom, its_height = blocks.pop()
            # The members of this block would like the joint bottom to lie lower by what stands below them.
            joint = (its_bottom * len(before) + (bottom - its_height) * len(members)) / (
                len(before) + len(members)
            )
            members, height = before + members, its_height + height
            bottom = max(min(joint, high - height), low)
        blocks.append((members, bottom, height))
    middles = [0.0] * len(wanted)
    for members, bottom, _ in blocks:
        for i in members:
            middles[i] = bottom + heights[i] / 2
            bottom += heights[i]
    return middles


def label_ends(ax: Axes, series: Series, labels: Mapping[str, str], *, points: float) -> None:
    """Name each series at the end of its line; `points` is the height of the axes."""
    bottom, top = ax.get_ylim()
    scale = points / (top - bottom)
    ends = []
    for place, name in enumerate(series.names):
        value = series.of(name).value
        known = np.flatnonzero(np.isfinite(value))
        if len(known):
            ends.append((place, labels[name], int(known[-1]), float(value[known[-1]])))
    heights = [n_lines(label) * TEXT_SIZE * LINE for _, label, _, _ in ends]
    wanted = [(y - bottom) * scale for *_, y in ends]
    edge = series.n_periods - 0.5
    for (place, label, x, y), at in zip(ends, spread(wanted, heights, low=0, high=points), strict=True):
        label_y = bottom + at / scale
        if abs(label_y - y) * scale >= 4 or x < series.n_periods - 1:
            ax.plot((x, edge), (y, label_y), color=PALETTE[place], linewidth=0.8, zorder=1.8, clip_on=False)
        ax.annotate(
            label,
            (edge, label_y),
            (3, 0),
            textcoords="offset points",
            ha="left",
            va="center",
            size=TEXT_SIZE,
            color=TEXT_PALETTE[place],
            weight="bold",
            annotation_clip=False,
            parse_math=False,
        )


def events_within(series: Series, events: Mapping[str | date, str]) -> list[tuple[float, str]]:
    happened = []
    for day, text in events.items():
        try:
            place = place_of(pd.Timestamp(day), series.first, series.unit)
        except ValueError:
            raise ArgumentError(f'`events` has the day {day!r}; write days as "2023-09-13".') from None
        if -0.5 <= place <= series.n_periods - 0.5:
            happened.append((place, text))
    return sorted(happened)


def place_events(
    ax: Axes, happened: list[tuple[float, str]], step: float
) -> tuple[list[tuple[float, str, float]], float]:
    """Return place, folded text and height over the axes of each event, and the height they take, in points.

    Each text starts at its line and stands higher than those of later events it would run into, so that no line
    goes through a text. `step` is the width of a period in points.
    """
    width, _ = size_in_points(ax)
    texts: list[tuple[float, str, int]] = []  # place, text, row from below
    for place, text in reversed(happened):
        start = (place + 0.5) * step
        folded = fold(text, min(max(width - start - AXIS_ROOM, 70), 130), SMALL_SIZE)
        end = start + max(text_width(line, SMALL_SIZE) for line in folded.split("\n")) + 8
        row = 1 + max((row for later, _, row in texts if (later + 0.5) * step < end), default=-1)
        texts.append((place, folded, row))
    height = max((n_lines(text) for _, text, _ in texts), default=0) * SMALL_SIZE * LINE
    n_rows = 1 + max((row for *_, row in texts), default=-1)
    return [(place, text, 4 + row * height) for place, text, row in texts], n_rows * height + 4 * bool(texts)


def draw_events(ax: Axes, placed: list[tuple[float, str, float]]) -> None:
    dashed: dict[str, Any] = {"color": MUTED, "linewidth": 0.9, "linestyle": (0, (3, 2))}
    for place, text, over in placed:
        ax.axvline(place, zorder=1.6, **dashed)
        ax.annotate(
            text,
            (place, 1),
            (0, over),
            xycoords=("data", "axes fraction"),
            textcoords="offset points",
            ha="left",
            va="bottom",
            size=SMALL_SIZE,
            color=INK,
            parse_math=False,
            annotation_clip=False,
            arrowprops={"arrowstyle": "-", "relpos": (0, 0), "shrinkA": 0, "shrinkB": 0, **dashed},
        )
