"""Shares and tones over time, with the series named at the ends of their lines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter, MaxNLocator

from analystkit.errors import check_choice
from analystkit.measure.intervals import FLOOR
from analystkit.plot.labels import AXIS_ROOM, draw_events, events_within, label_ends, place_events
from analystkit.plot.shape import (
    Series,
    is_empty,
    is_tone,
    plural,
    series_of,
    source_of,
    time_ticks,
)
from analystkit.plot.style import (
    MARKERS,
    MUTED,
    PALETTE,
    PAPER,
    SHADE,
    SMALL_SIZE,
    current_axes,
    dress,
    fold,
    label_below,
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
    series = None if is_empty(answer) else series_of(answer, items)
    if series is None or not series.names:
        ax = current_axes(ax, height=4.5)
        say_nothing_matches(ax, title=answer.title, subtitle=answer.subtitle, source=source_of(answer))
        return ax
    focus = series.names[0] if focus is None else focus
    check_choice("focus", focus, series.names)
    happened = events_within(series, events or {})

    ax = current_axes(ax, height=4.5)
    dress(ax, grid="y")
    labels = {name: fold(name, _LABEL_WIDTH, weight="bold") for name in series.names if len(series.names) > 1}
    step = _period_width(ax, series, labels)
    placed, above = place_events(ax, happened, step)
    key = ""
    if above > size_in_points(ax)[1] / 4 and owns_figure(ax):
        # The texts would crowd out the picture: numbers stand in for them, and the footer explains.
        placed, above = place_events(ax, [(place, str(i)) for i, (place, _) in enumerate(happened, 1)], step)
        key = "Events: " + "; ".join(f"{i} {text}" for i, (_, text) in enumerate(happened, 1)) + "."
    left = put_words(
        ax,
        title=answer.title,
        subtitle=answer.subtitle,
        footer=[key, " ".join(_notes(answer, series, focus)), source_of(answer)],
        above=above,
    )
    points = max(left - above - _TICK_ROOM, 50.0)
    _scale(ax, series, focus, tone=is_tone(answer))
    draw_events(ax, placed)
    _shade_gaps(ax, series, step, points, [place for place, _ in happened])
    _draw_band(ax, series, focus, step)
    for place, name in enumerate(series.names):
        _draw_series(ax, series, name, place, thick=name == focus and len(series.names) > 1)
    if labels:
        label_ends(ax, series, labels, points=points)
    return ax


def _notes(answer: Answer, series: Series, focus: str) -> list[str]:
    notes = []
    lines = [series.of(name) for name in series.names]
    if len(series.names) < series.total:
        column = answer.item or answer.by[-1]
        notes.append(f"Shown: the {len(series.names)} of {plural(column, series.total)} with the largest n.")
    if len(series.names) > 1 and np.isfinite(series.of(focus).low).any():
        notes.append(f"Band: interval for {focus}.")
    if any((line.few & np.isfinite(line.value)).any() for line in lines):
        notes.append(f"Hollow: fewer than {FLOOR} stories, too few to say.")
    if series.gaps():
        notes.append("Grey: no articles.")
    return notes


def _scale(ax: Axes, series: Series, focus: str, *, tone: bool) -> None:
    sure = ~series.of(focus).few
    bounds = [series.of(focus).low[sure], series.of(focus).high[sure]]
    values = np.concatenate([*(series.of(name).value for name in series.names), *bounds])
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
    return max(width - AXIS_ROOM - beside, 50.0) / series.n_periods


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
    line = series.of(focus)
    color = PALETTE[series.names.index(focus)]
    # Of a point too few to say nothing is known; the footer says so.
    x, low, high = (
        np.arange(series.n_periods),
        *(np.where(line.few, np.nan, end) for end in (line.low, line.high)),
    )
    ax.fill_between(x, low, high, color=color, alpha=0.16, linewidth=0, zorder=1)
    # A band needs two points; one that stands alone between gaps shows its interval as a bar.
    known = np.isfinite(low)
    alone = known & ~np.append(known[1:], False) & ~np.append(False, known[:-1])
    if alone.any():
        ax.vlines(
            x[alone], low[alone], high[alone], color=color, alpha=0.35, linewidth=min(4, step), zorder=1
        )


def _draw_series(ax: Axes, series: Series, name: str, place: int, *, thick: bool) -> None:
    line = series.of(name)
    x, y, hollow = np.arange(series.n_periods), line.value, line.few
    color, marker = PALETTE[place], MARKERS[place]
    size = 5.5 if series.n_periods <= 40 else 3.5 if series.n_periods <= 120 else 2.0
    if hollow.any():
        ax.plot(x, y, color=color, linewidth=1.2, linestyle=":", zorder=1.9)
    sure = np.where(hollow, np.nan, y)
    ax.plot(
        x, sure, color=color, linewidth=2.2 if thick else 1.5, zorder=2, label=name, solid_joinstyle="round"
    )
    for chosen, face in ((~hollow, color), (hollow, PAPER)):
        if not chosen.any():
            continue
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
