"""Ranked dots with interval bars: how often, in what tone, with whom, and how much more or less than elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter, MaxNLocator
from matplotlib.transforms import ScaledTranslation

from analystkit.errors import ArgumentError
from analystkit.measure.cells import TOO_FEW
from analystkit.measure.intervals import FLOOR
from analystkit.plot.shape import differences_of, is_empty, is_tone, plural, rows_of, source_of
from analystkit.plot.short_text import ShortText
from analystkit.plot.style import (
    INK,
    MUTED,
    NEGATIVE,
    PALETTE,
    PAPER,
    POSITIVE,
    SMALL_SIZE,
    TEXT_SIZE,
    UNSETTLED,
    current_axes,
    dress,
    fold,
    percent,
    percent_to,
    put_words,
    say_nothing_matches,
    signed,
    size_in_points,
)

if TYPE_CHECKING:
    from analystkit.measure.answer import Answer

_SIGN_COLORS = {"negative": NEGATIVE, "positive": POSITIVE, "lower": NEGATIVE, "higher": POSITIVE}


def plot_ranking(answer: Answer, *, n: int = 15, ax: Axes | None = None) -> Axes:
    """Draw which items are named in the largest shares, each with its interval and count.

    Parameters
    ----------
    answer
        Shares, one row per actor or topic (or per outlet): not grouped by time.
    n
        How many rows to draw: those with the largest counts.
    ax
        Axes to draw on; by default pyplot's current ones while empty, else those of a new figure.

    Returns
    -------
    Axes
        With one dot per row, the largest share on top; x is the share of the denominator.

    Raises
    ------
    ArgumentError
        The answer has more than one key, or holds tones.
    """
    if is_tone(answer):
        raise ArgumentError("`answer` holds tones, not shares; draw it with plot_tone.")
    if is_empty(answer):
        return _nothing(answer, ax)
    rows, total = rows_of(answer, n=n, ascending=False)
    ax = _draw(answer, rows, total, [PALETTE[0]] * len(rows), ax)
    ax.set_xlim(0, 1.12 * np.nanmax(rows[["value", "high"]]) or 1.0)
    ax.xaxis.set_major_formatter(FuncFormatter(lambda value, _: percent(value)))
    # Decimals only where shares are small: more would promise more than the intervals keep.
    digits = 0 if rows["value"].max() >= 0.1 else 1
    for y, row in enumerate(rows.to_dict("records")):
        _write_value(ax, y, np.fmax(row["value"], row["high"]), percent_to(row["value"], digits), right=True)
    return ax


def plot_tone(answer: Answer, *, n: int = 15, ax: Axes | None = None) -> Axes:
    """Draw in what tone each actor is spoken of, each with its interval and count.

    A grey dot is a tone whose sign is not settled; a hollow one stands on too few stories.

    Parameters
    ----------
    answer
        Tones, one row per actor (or per outlet, or one row for all): not grouped by time.
    n
        How many rows to draw: those with the largest counts.
    ax
        Axes to draw on; by default pyplot's current ones while empty, else those of a new figure.

    Returns
    -------
    Axes
        With one dot per row, the most negative on top; x is the mean tone (-1 to 1), zero in the middle.

    Raises
    ------
    ArgumentError
        The answer has more than one key, or holds shares.
    """
    if not is_tone(answer):
        raise ArgumentError("`answer` holds shares, not tones; draw it with plot_ranking.")
    if is_empty(answer):
        return _nothing(answer, ax)
    rows, total = rows_of(answer, n=n, ascending=True)
    ax = _draw(answer, rows, total, [_SIGN_COLORS.get(sign, UNSETTLED) for sign in rows["sign"]], ax)
    reach = 1.25 * np.nanmax(np.abs(rows[["value", "low", "high"]])) or 1.0
    ax.set_xlim(-reach, reach)
    ax.axvline(0, color=MUTED, linewidth=1, zorder=1.5)
    ax.xaxis.set_major_formatter(FuncFormatter(lambda value, _: signed(value)))
    for y, row in enumerate(rows.to_dict("records")):
        right = row["value"] >= 0
        end = np.fmax(row["value"], row["high"]) if right else np.fmin(row["value"], row["low"])
        _write_value(ax, y, end, signed(row["value"], 2), right=right)
    _label_ends(ax, "← more negative", "more positive →")
    return ax


def plot_comparison(answer: Answer, *, n: int = 15, ax: Axes | None = None) -> Axes:
    """Draw by how much the shares of two slices differ, item by item, each with its interval.

    A grey dot is a difference that is not settled; a hollow one stands on too few stories.

    Parameters
    ----------
    answer
        What `compare` returned.
    n
        How many rows to draw: the first of the table, those that are settled and largest.
    ax
        Axes to draw on; by default pyplot's current ones while empty, else those of a new figure.

    Returns
    -------
    Axes
        With one dot per item, the largest gain on top; x is the share in the second slice less that in the first.

    Raises
    ------
    ArgumentError
        The answer is no comparison.
    """
    if "difference" not in answer.table.columns:
        raise ArgumentError("`answer` holds no differences; give what `compare` returned.")
    rows, total, (first, second) = differences_of(answer, n=n)
    if not len(rows):
        return _nothing(answer, ax)
    labels = [
        f"{row['name']} ({percent_to(row['was'])} → {percent_to(row['is'])})"
        for row in rows.to_dict("records")
    ]
    colors = [_SIGN_COLORS.get(sign, UNSETTLED) for sign in rows["sign"]]
    ax = _draw(answer, rows, total, colors, ax, labels)
    reach = 1.25 * np.nanmax(np.abs(rows[["value", "low", "high"]])) or 0.1
    ax.set_xlim(-reach, reach)
    ax.axvline(0, color=MUTED, linewidth=1, zorder=1.5)
    ax.xaxis.set_major_formatter(FuncFormatter(lambda value, _: signed(100 * value)))
    for y, row in enumerate(rows.to_dict("records")):
        right = row["value"] >= 0
        end = np.fmax(row["value"], row["high"]) if right else np.fmin(row["value"], row["low"])
        _write_value(ax, y, end, signed(100 * row["value"], 0), right=right)
    _label_ends(ax, f"← more in {first}", f"more in {second} → (percentage points)")
    return ax


def _label_ends(ax: Axes, left: str, right: str) -> None:
    for x, side, words in ((0, "left", left), (1, "right", right)):
        ax.annotate(
            words,
            (x, 0),
            (0, -20),
            xycoords="axes fraction",
            textcoords="offset points",
            ha=side,
            va="top",
            size=SMALL_SIZE,
            color=MUTED,
            style="italic",
        )


def _nothing(answer: Answer, ax: Axes | None) -> Axes:
    ax = current_axes(ax, height=3.0)
    say_nothing_matches(ax, title=answer.title, subtitle=answer.subtitle, source=source_of(answer))
    return ax


def _draw(
    answer: Answer,
    rows: pd.DataFrame,
    total: int,
    colors: list[str],
    ax: Axes | None,
    named: list[str] | None = None,
) -> Axes:
    """Draw one dot, one interval bar and one label (its name and n, unless `named`) per row, from the top down."""
    ax = current_axes(ax, height=1.6 + 0.3 * len(rows))
    dress(ax, grid="x")
    put_words(
        ax,
        title=answer.title,
        subtitle=answer.subtitle,
        footer=[_notes(answer, rows, total), source_of(answer)],
    )
    hollow = rows["note"].eq(TOO_FEW)
    places = list(range(len(rows)))
    ax.hlines(places, rows["low"], rows["high"], colors=colors, alpha=0.35, linewidth=5, zorder=2)
    ax.scatter(
        rows["value"],
        places,
        s=46,
        c=[PAPER if empty else color for empty, color in zip(hollow, colors, strict=True)],
        edgecolors=colors,
        linewidths=1.4,
        zorder=3,
    )
    width, _ = size_in_points(ax)
    told = named or [
        f"{name} (n\u00a0=\u00a0{count:,.0f})" for name, count in zip(rows["name"], rows["n"], strict=True)
    ]
    labels = [fold(label, width * 0.36) for label in told]
    ax.set_yticks(places, labels, color=INK, parse_math=False)
    ax.set_ylim(len(rows) - 0.4, -0.6)
    ax.xaxis.set_major_locator(MaxNLocator(8, steps=[1, 2, 2.5, 5, 10]))
    return ax


def _notes(answer: Answer, rows: pd.DataFrame, total: int) -> str:
    notes = []
    if len(rows) < total:
        column = answer.item or answer.by[0]
        which = "largest n" if "is" not in rows else "largest differences, settled ones first"
        notes.append(f"Shown: the {len(rows)} of {plural(column, total)} with the {which}.")
    if "sign" in rows and rows["sign"].eq("not settled").any():
        notes.append("Grey: not settled." if "is" in rows else "Grey: sign not settled.")
    if rows["note"].eq(TOO_FEW).any():
        notes.append(f"Hollow: fewer than {FLOOR} stories, too few to say.")
    return " ".join(notes)


def _write_value(ax: Axes, y: float, end: float, text: str, *, right: bool) -> None:
    # A text, shifted by points: an annotation, which can do more, takes several times as long to draw.
    figure = ax.get_figure(root=True)
    assert figure is not None
    shift = ScaledTranslation((7 if right else -7) / 72, 0, figure.dpi_scale_trans)
    value = ShortText(
        end,
        y,
        text,
        transform=ax.transData + shift,
        ha="left" if right else "right",
        va="center",
        size=TEXT_SIZE - 0.5,
        color=MUTED,
        parse_math=False,
    )
    ax.add_artist(value)
    value.set_clip_on(False)
