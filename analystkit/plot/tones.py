"""How actors are spoken of: shares of negative and positive sentences, and what word lists say side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter, MaxNLocator

from analystkit.errors import ArgumentError
from analystkit.measure.cells import TOO_FEW
from analystkit.measure.intervals import FLOOR
from analystkit.plot.shape import plural, source_of
from analystkit.plot.style import (
    INK,
    MUTED,
    NEGATIVE,
    PAPER,
    POSITIVE,
    SMALL_SIZE,
    UNSETTLED,
    current_axes,
    dress,
    fold,
    percent_to,
    put_words,
    say_nothing_matches,
    signed,
    size_in_points,
)

if TYPE_CHECKING:
    from analystkit.measure.answer import Answer

_SIGN_COLORS: Final = {"negative": NEGATIVE, "positive": POSITIVE}
#: The mark of each list, so that it is told without its colour.
_MARKS: Final = {"VADER": "o", "Hu & Liu": "s", "this project": "D"}


def plot_tone_shares(answer: Answer, *, n: int = 15, ax: Axes | None = None) -> Axes:
    """Draw the shares of negative and positive sentences towards each actor, and the one less the other.

    Parameters
    ----------
    answer
        What `tone_shares` returned, not grouped.
    n
        How many actors to draw: those named in most sentences.
    ax
        Axes to draw on; by default pyplot's current ones while empty, else those of a new figure.

    Returns
    -------
    Axes
        With two bars per actor, negative to the left and positive to the right, each with its interval, and a dot for the
        difference, grey where its sign is not settled, hollow where it stands on too few stories.

    Raises
    ------
    ArgumentError
        The answer is another one, or grouped.
    """
    if "net" not in answer.table or answer.by != ("label",):
        raise ArgumentError(
            "`answer` holds no shares of tone, or is grouped; give what `tone_shares` returned without `by`."
        )
    parts = shares_of(answer, n)
    rows, positive, unsure = parts["negative"], parts["positive"], parts["unsure"]
    if not len(rows):
        return _nothing(answer, ax)
    total = answer.table.loc[answer.table["denominator"] > 0, "actor"].nunique()
    ax = current_axes(ax, height=tones_height(len(rows)))
    dress(ax, grid="x")
    notes = _notes(rows, total, "Grey dot: sign not settled.")
    put_words(
        ax,
        title=answer.title,
        subtitle=answer.subtitle,
        footer=[
            f"Bars: negative to the left, positive to the right; dot: positive less negative. {notes}",
            source_of(answer),
        ],
    )
    places = np.arange(len(rows))
    for part, side, color in ((rows, -1, NEGATIVE), (positive, 1, POSITIVE)):
        ax.barh(places, side * part["share"], height=0.62, color=color, alpha=0.32, linewidth=0, zorder=1)
        ax.hlines(places, side * part["low"], side * part["high"], colors=color, linewidth=1.6, zorder=2)
    _dots(ax, rows, rows["net"], places)
    ends = np.concatenate([rows["high"], positive["high"]])
    reach = 1.22 * np.nanmax(ends) or 1.0
    ax.set_xlim(-reach, reach)
    ax.axvline(0, color=MUTED, linewidth=1, zorder=1.5)
    ax.xaxis.set_major_formatter(FuncFormatter(lambda value, _: percent_to(abs(value))))
    for part, side in ((rows, -1), (positive, 1)):
        for y, row in enumerate(part.to_dict("records")):
            _write(ax, y, side * np.fmax(row["high"], row["share"]), percent_to(row["share"]), right=side > 0)
    told = [
        f"{row['actor']} (n\u00a0=\u00a0{row['denominator']:,}, {percent_to(left)} unsure)"
        for row, left in zip(rows.to_dict("records"), unsure["share"], strict=True)
    ]
    _label(ax, told)
    _ends(ax, "← negative", "positive →")
    return ax


def plot_tone_lists(answer: Answer, *, n: int = 15, ax: Axes | None = None) -> Axes:
    """Draw what each word list says of the sentences that name each actor; the bar spans what they say together.

    Parameters
    ----------
    answer
        What `tone_lists` returned, not grouped.
    n
        How many actors to draw: those named in most sentences.
    ax
        Axes to draw on; by default pyplot's current ones while empty, else those of a new figure.

    Returns
    -------
    Axes
        With one mark per actor and list on a bar from the lowest end of their intervals to the highest, grey where lists
        or units do not agree on a sign, hollow where too few stories stand behind it. A small bar across is the tone of
        the whole articles.

    Raises
    ------
    ArgumentError
        The answer is another one, or grouped.
    """
    if "agreed" not in answer.table or answer.by != ("list",):
        raise ArgumentError(
            "`answer` holds no tones by list, or is grouped; give what `tone_lists` returned without `by`."
        )
    table, rows = lists_of(answer, n)
    if not len(table):
        return _nothing(answer, ax)
    total = table["name"].nunique()
    ax = current_axes(ax, height=tones_height(len(rows)))
    dress(ax, grid="x")
    lists = list(dict.fromkeys(table["list"]))
    shapes = {"o": "dot", "s": "square", "D": "diamond"}
    key = ", ".join(f"{shapes[_MARKS[name]]} {name}" for name in lists)
    notes = _notes(rows, total, "Grey: lists or units do not agree on the sign.")
    put_words(
        ax,
        title=answer.title,
        subtitle=answer.subtitle,
        footer=[f"Marks: {key}; |: mean of the whole articles. {notes}", source_of(answer)],
    )
    places = np.arange(len(rows))
    colors = [_SIGN_COLORS.get(sign, UNSETTLED) for sign in rows["sign"]]
    ax.hlines(places, rows["low"], rows["high"], colors=colors, alpha=0.28, linewidth=9, zorder=1)
    for number, name in enumerate(lists):
        own = table[table["list"] == name].set_index("name").reindex(rows["name"])
        y = places + beside(number, len(lists))
        hollow = rows["note"].eq(TOO_FEW)
        ax.scatter(
            own["mean"],
            y,
            s=34,
            marker=_MARKS[name],
            c=[PAPER if empty else color for empty, color in zip(hollow, colors, strict=True)],
            edgecolors=colors,
            linewidths=1.2,
            zorder=3,
        )
        ax.scatter(own["whole"], y, s=42, marker="|", c=INK, linewidths=1.2, zorder=2)
    shown = table[table["name"].isin(rows["name"])]
    reach = 1.12 * np.nanmax(np.abs(shown[["mean", "low", "high", "whole"]].to_numpy(np.float64))) or 1.0
    ax.set_xlim(-reach, reach)
    ax.axvline(0, color=MUTED, linewidth=1, zorder=1.5)
    ax.xaxis.set_major_formatter(FuncFormatter(lambda value, _: signed(value)))
    _label(ax, [f"{row['name']} (n\u00a0=\u00a0{row['n']:,})" for row in rows.to_dict("records")])
    _ends(ax, "← more negative", "more positive →")
    return ax


def shares_of(answer: Answer, n: int) -> dict[str, pd.DataFrame]:
    """Return the rows of each label for the actors that are drawn, from above: those named most, by their net tone."""
    table = answer.table[answer.table["denominator"] > 0]
    parts = {
        str(label): part.reset_index(drop=True)
        for label, part in table.groupby("label", sort=False, observed=True)
    }
    empty = table.iloc[:0]
    largest = parts.get("negative", empty).sort_values("denominator", ascending=False, kind="stable").head(n)
    order = largest.sort_values("net", kind="stable").index
    return {
        label: parts.get(label, empty).loc[order].reset_index(drop=True)
        for label in ("negative", "neutral", "positive", "unsure")
    }


def lists_of(answer: Answer, n: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return all numbers with the `name` of their row, and the rows that are drawn, from above."""
    table = answer.table[answer.table["n"] > 0]
    table = table.assign(name=table[answer.item] if answer.item else "All sentences")
    rows = table.groupby("name", sort=False).agg(
        n=("n", "first"), low=("low", "min"), high=("high", "max"), mean=("mean", "mean"), sign=("agreed", "first"),
        note=("note", "first"),
    ).reset_index()  # fmt: skip
    largest = rows.sort_values("n", ascending=False, kind="stable").head(n)
    return table, largest.sort_values("mean", kind="stable").reset_index(drop=True)


def beside(number: int, n_lists: int) -> float:
    """Return how far from the middle of a row the mark of a list lies: lists that say the same would hide each other."""
    return 0.2 * (number - (n_lists - 1) / 2)


def tones_height(n_rows: int) -> float:
    """Return the height in inches that so many rows need."""
    return 1.75 + 0.34 * n_rows


def _dots(
    ax: Axes, rows: pd.DataFrame, values: pd.Series, places: np.ndarray[tuple[int], np.dtype[np.int64]]
) -> None:
    colors = [_SIGN_COLORS.get(sign, UNSETTLED) for sign in rows["sign"]]
    hollow = rows["note"].eq(TOO_FEW)
    ax.scatter(
        values,
        places,
        s=40,
        c=[PAPER if empty else color for empty, color in zip(hollow, colors, strict=True)],
        edgecolors=[INK if sign in _SIGN_COLORS else UNSETTLED for sign in rows["sign"]],
        linewidths=1.2,
        zorder=4,
    )


def _notes(rows: pd.DataFrame, total: int, grey: str) -> str:
    notes = []
    if len(rows) < total:
        notes.append(f"Shown: the {len(rows)} of {plural('actor', total)} with the largest n.")
    if rows["sign"].eq("not settled").any():
        notes.append(grey)
    if rows["note"].eq(TOO_FEW).any():
        notes.append(f"Hollow: fewer than {FLOOR} stories, too few to say.")
    return " ".join(notes)


def _label(ax: Axes, told: list[str]) -> None:
    width, _ = size_in_points(ax)
    ax.set_yticks(range(len(told)), [fold(text, width * 0.36) for text in told], color=INK, parse_math=False)
    ax.set_ylim(len(told) - 0.4, -0.6)
    ax.xaxis.set_major_locator(MaxNLocator(8, steps=[1, 2, 2.5, 5, 10]))


def _write(ax: Axes, y: float, end: float, text: str, *, right: bool) -> None:
    ax.annotate(
        text,
        (end, y),
        (5 if right else -5, 0),
        textcoords="offset points",
        ha="left" if right else "right",
        va="center",
        size=SMALL_SIZE,
        color=MUTED,
    )


def _ends(ax: Axes, left: str, right: str) -> None:
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
