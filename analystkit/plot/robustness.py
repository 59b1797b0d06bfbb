"""A specification curve: the estimates of all variants in order, each over the settings that made it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from analystkit.plot.style import (
    INK,
    MUTED,
    NEGATIVE,
    PAPER,
    POSITIVE,
    RULE,
    SHADE,
    SMALL_SIZE,
    UNSETTLED,
    current_axes,
    dress,
    percent,
    put_words,
    say_nothing_matches,
    signed,
    size_in_points,
)

if TYPE_CHECKING:
    from analystkit.measure.robustness import Robustness

#: What the settings and their values are called at the side of the picture.
_HEADS: Final = {
    "text": "Read",
    "count": "Copies",
    "scorer": "Tone by",
    "unit": "Unit",
    "quotes": "Quoted speech",
}
_VALUES: Final = {
    ("text", "body"): "body",
    ("text", "body+title"): "body, headline",
    ("text", "page"): "whole page",
    ("count", "stories"): "once",
    ("count", "articles"): "all counted",
    ("quotes", "in"): "in",
    ("quotes", "out"): "left out",
}
_ROW: Final = 15.0  # points a row of the matrix takes
_CURVE: Final = 150.0  # points that the estimates have at least
_GAP: Final = 12.0  # points between the estimates and the matrix


def robustness_height(panel: Robustness) -> float:
    """Return the height in inches that a panel needs for a figure of its own."""
    return (1.3 * _CURVE + _ROW * len(_rows(panel)) + 110) / 72


def plot_robustness(panel: Robustness, *, ax: Axes | None = None) -> Axes:
    """Draw a finding under all variants: estimates in order with their intervals, and below each its settings.

    Coloured variants are beyond chance, grey ones are not; the ringed one is the finding as it is usually read.

    Parameters
    ----------
    panel
        What `robustness` returned.
    ax
        Axes to draw on; by default pyplot's current ones while empty, else those of a new figure.

    Returns
    -------
    Axes
        With one dot per variant; y is the difference (or the mean tone). The matrix of settings is a child of these axes.
    """
    ax = current_axes(ax, height=robustness_height(panel))
    table = panel.table[panel.table["estimate"].notna()]
    what = panel.finding.describe()
    title = (
        f"{panel.verdict.capitalize()}: {what[:1].lower() + what[1:] if what.startswith('the ') else what}"
    )
    of_tone = panel.finding.measure == "tone"
    unit = "difference of mean tones" if of_tone else "difference of shares"
    measured = "mean tone (−1 to 1)" if panel.finding.of_sign else unit
    subtitle = f"{measured} in each of {len(panel.table)} variants, with 95 % interval (stories resampled)"
    source = panel.source()
    if not len(table):
        say_nothing_matches(ax, title=title, subtitle=subtitle, source=source)
        return ax
    table = table.sort_values("estimate", kind="stable")
    rows = _rows(panel)
    said = panel.describe().partition(": ")[2]
    footer = [
        f"{said[:1].upper()}{said[1:]}",
        "Ringed: as usually read. Grey: not beyond chance; hollow: too few to say."
        + (f" {panel.describe_idle()}" if panel.idle else ""),
        source,
    ]
    height = put_words(ax, title=title, subtitle=subtitle, footer=footer)
    dress(ax)
    x = np.arange(len(table))
    colors = [
        (POSITIVE if estimate > 0 else NEGATIVE) if settled else UNSETTLED
        for estimate, settled in zip(table["estimate"], table["settled"], strict=True)
    ]
    width, _ = size_in_points(ax)
    bar = max(1.2, min(4.5, 0.35 * width / len(table)))
    ax.vlines(x, table["low"], table["high"], colors=colors, alpha=0.4, linewidth=bar, zorder=2)
    ax.axhline(0, color=MUTED, linewidth=1, zorder=1.5)
    few = table["note"] != ""
    ax.scatter(
        x,
        table["estimate"],
        s=min(30.0, 900.0 / len(table)),
        c=[PAPER if hollow else color for hollow, color in zip(few, colors, strict=True)],
        edgecolors=colors,
        linewidths=1.1,
        zorder=3,
    )
    if 0 in table.index:
        usual = int(np.flatnonzero(table.index == 0)[0])
        ax.scatter(
            [usual],
            table["estimate"].iloc[[usual]],
            s=110,
            facecolors="none",
            edgecolors=INK,
            linewidths=1.3,
            zorder=4,
        )
    ax.set_xlim(-0.8, len(table) - 0.2)
    ax.set_xticks([])
    ax.spines["bottom"].set_visible(False)
    ends = table[["estimate", "low", "high"]].to_numpy()
    low, high = min(0.0, np.nanmin(ends)), max(0.0, np.nanmax(ends))
    low, high = low - 0.05 * (high - low), high + 0.05 * (high - low)
    # One axis for both: rows of the matrix stand below the lowest end, a point of height being so much of an estimate.
    point = (high - low or 1.0) / max(height - _ROW * len(rows) - _GAP, _CURVE)
    ticks = [
        tick
        for tick in MaxNLocator(5, steps=[1, 2, 2.5, 5, 10]).tick_values(low, high)
        if low <= tick <= high
    ]
    ax.hlines(ticks, *ax.get_xlim(), colors=RULE, linewidth=0.8, zorder=0.5)
    places = [low - (_GAP + (number + 0.5) * _ROW) * point for number in range(len(rows))]
    _matrix(ax, panel, rows, places, table.index.tolist(), colors)
    ax.set_ylim(low - (_GAP + _ROW * len(rows)) * point, high)
    ax.set_yticks(
        [*ticks, *places], [*(_say(tick, of_tone) for tick in ticks), *_labels(rows)], parse_math=False
    )
    for label in ax.get_yticklabels()[len(ticks) :]:
        label.set(color=INK, size=SMALL_SIZE)
    return ax


def _say(value: float, of_tone: bool) -> str:
    if of_tone:
        return signed(value)
    return percent(value) if value == 0 else signed(100 * value) + "%"


def _rows(panel: Robustness) -> list[tuple[str, str]]:
    """Return the settings that are varied with their values, one row each."""
    table = panel.table
    return [
        (name, str(value))
        for name in panel.settings
        if table[name].nunique() > 1
        for value in dict.fromkeys(table[name])
    ]


def _labels(rows: list[tuple[str, str]]) -> list[str]:
    """Return the words beside each row: the setting once, before its first value."""
    heads = ["", *(name for name, _ in rows)]
    return [
        ("" if name == before else f"{_HEADS[name]}: ") + _VALUES.get((name, value), value)
        for (name, value), before in zip(rows, heads, strict=False)
    ]


def _matrix(
    ax: Axes,
    panel: Robustness,
    rows: list[tuple[str, str]],
    places: list[float],
    order: list[int],
    colors: list[str],
) -> None:
    """Draw which settings made each variant: a square where it has the value, a shade behind every other setting."""
    half = (places[0] - places[1]) / 2 if len(places) > 1 else 0.0
    names = list(dict.fromkeys(name for name, _ in rows))
    for (name, value), y in zip(rows, places, strict=True):
        if names.index(name) % 2 == 0:
            ax.axhspan(y - half, y + half, color=SHADE, linewidth=0, zorder=0)
        made = panel.table[name].to_numpy()
        x = [place for place, row in enumerate(order) if made[row] == value]
        ax.scatter(
            x,
            [y] * len(x),
            s=min(16.0, 560.0 / len(order)),
            marker="s",
            c=[colors[i] for i in x],
            linewidths=0,
            zorder=2,
        )
