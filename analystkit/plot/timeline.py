"""Shares and tones over time, with the series named at the ends of their lines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter, MaxNLocator

from analystkit.errors import ArgumentError, check_choice
from analystkit.measure.cells import TOO_FEW
from analystkit.measure.intervals import FLOOR
from analystkit.plot.shape import (
    Series,
    is_empty,
    is_tone,
    place_of,
    plural,
    series_of,
    time_ticks,
)
from analystkit.plot.style import (
    INK,
    MARKERS,
    MUTED,
    PALETTE,
    PAPER,
    SHADE,
    SMALL_SIZE,
    TEXT_PALETTE,
    TEXT_SIZE,
    current_axes,
    dress,
    fold,
    label_below,
    n_lines,
    owns_figure,
    percent,
    put_words,
    say_nothing_matches,
    signed,
    size_in_points,
    text_width,
)

if TYPE_CHECKING:
    from analystkit.measure.answer import Answer

_LABEL_WIDTH = 110.0  # points
_LINE = 1.4  # height of a line of text in units of its size
_AXIS_ROOM = 55.0  # points for tick labels and margins beside the axes
_TICK_ROOM = 40.0  # points under the axes for two lines of tick labels


def plot_timeline(
    answer: Answer,
    *,
    items: str | Sequence[str] | None = None,
    focus: str | None = None,
    events: Mapping[str | date, str] | None = None,
    ax: Axes | None = None,
) -> Axes:
    """Draw shares, or mean tones, over time.

    A period without articles breaks the line and is shaded; a point that stands on too few stories is hollow.

    Parameters
    ----------
    answer
        Grouped by year, month, week or day. Grouped by outlet as well, its lines are outlets, for one item.
    items
        The actors or topics to draw, at most 4; by default those with the largest n.
    focus
        The series that gets its interval drawn; by default the first.
    events
        What happened when: days ("2023-09-13" or dates) to short texts. Days outside the picture are left out.
    ax
        Axes to draw on; by default pyplot's current ones while empty, else those of a new figure.

    Returns
    -------
    Axes
        With one line per series.

    Raises
    ------
    ArgumentError
        The answer has no time column, or `items`, `focus` or `events` do not fit it.
    """
    if is_empty(answer):
        ax = current_axes(ax, height=4.5)
        put_words(ax, title=answer.title, subtitle=answer.subtitle, footer=[_source(answer)])
        say_nothing_matches(ax)
        return ax
    series = series_of(answer, items)
    focus = series.names[0] if focus is None else focus
    check_choice("focus", focus, series.names)
    happened = _events_within(series, events or {})

    ax = current_axes(ax, height=4.5)
    dress(ax, grid="y")
    labels = {name: fold(name, _LABEL_WIDTH, weight="bold") for name in series.names if len(series.names) > 1}
    step = _period_width(ax, series, labels)
    placed, above = _place_events(ax, happened, step)
    key = ""
    if above > size_in_points(ax)[1] / 4 and owns_figure(ax):
        # The texts would crowd out the picture: numbers stand in for them, and the footer explains.
        placed, above = _place_events(ax, [(place, str(i)) for i, (place, _) in enumerate(happened, 1)], step)
        key = "Events: " + "; ".join(f"{i} {text}" for i, (_, text) in enumerate(happened, 1)) + "."
    left = put_words(
        ax,
        title=answer.title,
        subtitle=answer.subtitle,
        footer=[key, " ".join(_notes(answer, series, focus)), _source(answer)],
        above=above,
    )
    points = max(left - above - _TICK_ROOM, 50.0)
    _scale(ax, series, focus, tone=is_tone(answer))
    _draw_events(ax, placed)
    _shade_gaps(ax, series, step, points, [place for place, _ in happened])
    _draw_band(ax, series, focus, step)
    for place, name in enumerate(series.names):
        _draw_series(ax, series, name, place, thick=name == focus and len(series.names) > 1)
    if labels:
        _label_ends(ax, series, labels, points=points)
    return ax


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


def _source(answer: Answer) -> str:
    return f"Source: {answer.collection.describe()}"


def _notes(answer: Answer, series: Series, focus: str) -> list[str]:
    notes = []
    shown = series.table[series.table["series"].isin(series.names)]
    if len(series.names) < series.total:
        column = answer.item or answer.by[-1]
        notes.append(f"Shown: the {len(series.names)} of {plural(column, series.total)} with the largest n.")
    if len(series.names) > 1 and shown.loc[shown["series"] == focus, "low"].notna().any():
        notes.append(f"Band: interval for {focus}.")
    if (shown["note"].eq(TOO_FEW) & shown["value"].notna()).any():
        notes.append(f"Hollow: fewer than {FLOOR} stories, too few to say.")
    if series.gaps():
        notes.append("Grey: no articles.")
    return notes


def _scale(ax: Axes, series: Series, focus: str, *, tone: bool) -> None:
    shown = series.table[series.table["series"].isin(series.names)]
    bounds = shown.loc[(shown["series"] == focus) & (shown["note"] != TOO_FEW), ["low", "high"]]
    values = np.concatenate([shown["value"].to_numpy(), bounds.to_numpy().ravel()])
    top, bottom = max(float(np.nanmax(values)), 0.0), min(float(np.nanmin(values)), 0.0)
    ax.set_xlim(-0.5, series.n_periods - 0.5)
    if tone:
        # A strip at each end is kept free for the words that say what up and down mean.
        pad = 0.14 * max(top - bottom, 0.1)
        ax.set_ylim(bottom - pad, top + pad)
        ax.axhline(0, color=MUTED, linewidth=1, zorder=1.5)
        words = {"ha": "left", "size": SMALL_SIZE, "color": MUTED, "style": "italic"}
        place = {"xycoords": "axes fraction", "textcoords": "offset points"}
        ax.annotate("more positive", (0, 1), (2, -2), va="top", **place, **words)  # type: ignore[arg-type]
        ax.annotate("more negative", (0, 0), (2, 3), va="bottom", **place, **words)  # type: ignore[arg-type]
        ax.yaxis.set_major_formatter(FuncFormatter(lambda value, _: signed(value)))
    else:
        ax.set_ylim(0, 1.05 * top if top > 0 else 1.0)
        ax.yaxis.set_major_formatter(FuncFormatter(lambda value, _: percent(value)))
    ax.yaxis.set_major_locator(MaxNLocator(5, steps=[1, 2, 2.5, 5, 10]))
    width, _ = size_in_points(ax)
    most = max(2, int(width / 55))
    places, labels = time_ticks(series.first, series.n_periods, series.unit, most=most)
    label_below(ax, places, labels)


def _period_width(ax: Axes, series: Series, labels: Mapping[str, str]) -> float:
    """Return about how many points one period is wide; what is exact is known only after the layout."""
    width, _ = size_in_points(ax)
    beside = max(
        (text_width(line, weight="bold") for text in labels.values() for line in text.split("\n")), default=0
    )
    return max(width - _AXIS_ROOM - beside, 50.0) / series.n_periods


def _shade_gaps(ax: Axes, series: Series, step: float, points: float, event_places: Sequence[float]) -> None:
    """Shade the periods without articles, and say so where the axes (`points` high) have room for it."""
    bottom, top = ax.get_ylim()
    at_top = -bottom <= top  # away from the zero line of a tone
    for start, stop in series.gaps():
        ax.axvspan(start - 0.5, stop - 0.5, color=SHADE, linewidth=0, zorder=0.5)
        room = step * (stop - start)
        if room < SMALL_SIZE * 1.3 or points < 60:
            continue  # the footer says what grey means
        middle, aside = (start + stop - 1) / 2, 0.3 * (stop - start)
        clear = min((abs(place - middle) for place in event_places), default=1.0) * step > SMALL_SIZE
        ax.annotate(
            "no articles",
            (middle if clear else middle - aside, 1 if at_top else 0),
            (0, -5 if at_top else 5),
            xycoords=("data", "axes fraction"),
            textcoords="offset points",
            rotation=0 if room > 60 and clear else 90,
            ha="center",
            va="top" if at_top else "bottom",
            size=SMALL_SIZE,
            color=MUTED,
        )


def _draw_band(ax: Axes, series: Series, focus: str, step: float) -> None:
    rows = series.of(focus)
    rows.loc[rows["note"] == TOO_FEW, ["low", "high"]] = (
        np.nan
    )  # nothing is known there, and the footer says so
    color = PALETTE[series.names.index(focus)]
    x, low, high = (rows[column].to_numpy(dtype="float64") for column in ("x", "low", "high"))
    ax.fill_between(x, low, high, color=color, alpha=0.16, linewidth=0, zorder=1)
    # A band needs two points; one that stands alone between gaps shows its interval as a bar.
    known = np.isfinite(low)
    alone = known & ~np.append(known[1:], False) & ~np.append(False, known[:-1])
    if alone.any():
        ax.vlines(
            x[alone], low[alone], high[alone], color=color, alpha=0.35, linewidth=min(4, step), zorder=1
        )


def _draw_series(ax: Axes, series: Series, name: str, place: int, *, thick: bool) -> None:
    rows = series.of(name)
    x, y = rows["x"].to_numpy(dtype="float64"), rows["value"].to_numpy(dtype="float64")
    hollow = rows["note"].eq(TOO_FEW).to_numpy()
    color, marker = PALETTE[place], MARKERS[place]
    size = 5.5 if series.n_periods <= 40 else 3.5 if series.n_periods <= 120 else 2.0
    if hollow.any():
        ax.plot(x, y, color=color, linewidth=1.2, linestyle=":", zorder=1.9)
    sure = np.where(hollow, np.nan, y)
    ax.plot(
        x, sure, color=color, linewidth=2.2 if thick else 1.5, zorder=2, label=name, solid_joinstyle="round"
    )
    for chosen, face in ((~hollow, color), (hollow, PAPER)):
        ax.plot(
            x,
            np.where(chosen, y, np.nan),
            linestyle="none",
            marker=marker,
            markersize=size,
            markerfacecolor=face,
            markeredgecolor=color,
            markeredgewidth=1.3,
            zorder=3,
            clip_on=False,
        )


def _label_ends(ax: Axes, series: Series, labels: Mapping[str, str], *, points: float) -> None:
    """Name each series at the end of its line; `points` is the height of the axes."""
    bottom, top = ax.get_ylim()
    scale = points / (top - bottom)
    ends = []
    for place, name in enumerate(series.names):
        known = series.of(name).dropna(subset="value")
        if len(known):
            ends.append((place, labels[name], known["x"].iloc[-1], known["value"].iloc[-1]))
    heights = [n_lines(label) * TEXT_SIZE * _LINE for _, label, _, _ in ends]
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


def _events_within(series: Series, events: Mapping[str | date, str]) -> list[tuple[float, str]]:
    happened = []
    for day, text in events.items():
        try:
            place = place_of(pd.Timestamp(day), series.first, series.unit)
        except ValueError:
            raise ArgumentError(f'`events` has the day {day!r}; write days as "2023-09-13".') from None
        if -0.5 <= place <= series.n_periods - 0.5:
            happened.append((place, text))
    return sorted(happened)


def _place_events(
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
        folded = fold(text, min(max(width - start - _AXIS_ROOM, 70), 130), SMALL_SIZE)
        end = start + max(text_width(line, SMALL_SIZE) for line in folded.split("\n")) + 8
        row = 1 + max((row for later, _, row in texts if (later + 0.5) * step < end), default=-1)
        texts.append((place, folded, row))
    height = max((n_lines(text) for _, text, _ in texts), default=0) * SMALL_SIZE * _LINE
    n_rows = 1 + max((row for *_, row in texts), default=-1)
    return [(place, text, 4 + row * height) for place, text, row in texts], n_rows * height + 4 * bool(texts)


def _draw_events(ax: Axes, placed: list[tuple[float, str, float]]) -> None:
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
