"""Pictures of words: which set a slice apart, where they stand in a collection, and when something bursts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import Formatter, FuncFormatter, Locator, MaxNLocator

from analystkit.collection import counted, day_in_words
from analystkit.errors import ArgumentError
from analystkit.measure.groups import all_times
from analystkit.plot.style import (
    INK,
    MUTED,
    NEGATIVE,
    PALETTE,
    POSITIVE,
    SMALL_SIZE,
    TEXT_SIZE,
    UNSETTLED,
    current_axes,
    dress,
    fold,
    put_words,
    say_nothing_matches,
    size_in_points,
)

if TYPE_CHECKING:
    from analystkit.measure.answer import Answer
    from analystkit.measure.word_answer import WordAnswer

_COLORS = {"more": POSITIVE, "less": NEGATIVE}


def plot_keyness(answer: WordAnswer, *, n: int = 12, ax: Axes | None = None) -> Axes:
    """Draw by how much the rates of key words differ between two slices, each with its interval.

    Parameters
    ----------
    answer
        What `keyness` returned.
    n
        How many words on either side: those ranked first, settled ones before others.
    ax
        Axes to draw on; by default pyplot's current ones while empty, else those of a new figure.

    Returns
    -------
    Axes
        With one dot per word, the largest gain on top; x is the log ratio (each step doubles the rate). Grey dots are not
        settled.

    Raises
    ------
    ArgumentError
        The answer is not of `keyness`.
    """
    if answer.measure != "keyness":
        raise ArgumentError("`answer` holds no key words; give what `keyness` returned.")
    table = answer.table.assign(settled=answer.table["sign"].isin(list(_COLORS)))
    table = table.sort_values("settled", ascending=False, kind="stable")
    sides = [table[table["log_ratio"] > 0].head(n), table[table["log_ratio"] < 0].head(n)]
    rows = pd.concat(sides).sort_values("log_ratio", ascending=False, kind="stable").reset_index(drop=True)
    if not len(rows):
        return _nothing(answer, ax)
    ax = current_axes(ax, height=1.9 + 0.28 * len(rows))
    dress(ax, grid="x")
    target, reference = answer.slices.values()
    is_grey = ~rows["settled"]
    footer = [
        f"Shown: {len(rows)} of {counted(len(table), 'term')}, the first on each side."
        + (" Grey: not settled." if is_grey.any() else ""),
        f"Target: {counted(len(target.running.articles), 'article')}, {counted(target.running.n_words, 'word')};"
        f" reference: {counted(len(reference.running.articles), 'article')},"
        f" {counted(reference.running.n_words, 'word')}.",
    ]
    put_words(ax, title=answer.title, subtitle=answer.subtitle, footer=footer)
    colors = [_COLORS.get(sign, UNSETTLED) for sign in rows["sign"]]
    places = np.arange(len(rows))
    reach = 1.1 * float(rows["log_ratio"].abs().max()) + 1
    ax.hlines(
        places,
        rows["low"].clip(-reach),
        rows["high"].clip(upper=reach),
        colors=colors,
        alpha=0.35,
        linewidth=5,
    )
    ax.scatter(rows["log_ratio"], places, s=40, c=colors, zorder=3)
    width, _ = size_in_points(ax)
    labels = [
        fold(f"{term} ({here:,} : {there:,})", width * 0.36)
        for term, here, there in zip(rows["term"], rows["n"], rows["n_reference"], strict=True)
    ]
    ax.set_yticks(places, labels, color=INK, parse_math=False)
    ax.set_ylim(len(rows) - 0.4, -0.6)
    ax.set_xlim(-reach, reach)
    ax.axvline(0, color=MUTED, linewidth=1, zorder=1.5)
    ax.xaxis.set_major_locator(MaxNLocator(9, integer=True))
    ax.xaxis.set_major_formatter(FuncFormatter(lambda value, _: _times(value)))
    return ax


def _times(doublings: float) -> str:
    """Return a log ratio as how many times the rate is.

    >>> _times(0), _times(2), _times(-1)
    ('same', '4×', '½')
    """
    if doublings == 0:
        return "same"
    if doublings > 0:
        return f"{2**doublings:.0f}×"
    return "½" if doublings == -1 else f"1/{2**-doublings:.0f}"


def plot_dispersion(answer: WordAnswer, *, n: int = 15, ax: Axes | None = None) -> Axes:
    """Draw where in a collection, from its first day to its last, each occurrence of a term stands.

    Parameters
    ----------
    answer
        What `dispersion` or `word_frequency` returned.
    n
        How many terms: the first of the table.
    ax
        Axes to draw on; by default pyplot's current ones while empty, else those of a new figure.

    Returns
    -------
    Axes
        With one row per term and one stroke per occurrence; x is running words in order of publication, or days where all
        articles have a date.
    """
    from analystkit.measure.spread import term_positions

    answer = answer.top(n)
    terms = list(dict.fromkeys(answer.table["term"]))
    if not terms:
        return _nothing(answer, ax)
    positions = term_positions(answer)
    ax = current_axes(ax, height=1.7 + 0.32 * len(terms))
    dress(ax, grid=None)
    days = answer.collection.articles["published"]
    is_dated = bool(days.notna().all()) and days.nunique() > 1
    put_words(
        ax,
        title="Where does each term stand?",
        subtitle=(
            "one stroke per occurrence, by day of publication"
            if is_dated
            else "one stroke per occurrence, from the first word to the last"
        ),
        footer=[f"{counted(len(answer.collection), 'article')}; many strokes in one place may be one story."],
    )
    for y, term in enumerate(terms):
        own = positions[positions["term"] == term]
        x = own["published"] if is_dated else own["position"]
        strength = float(np.clip(40 / max(len(own), 1), 0.15, 0.9))
        ax.vlines(x, y - 0.36, y + 0.36, color=PALETTE[0], linewidth=1, alpha=strength)
    counts = positions.groupby("term").size()
    width, _ = size_in_points(ax)
    labels = [fold(f"{term} (n\u00a0=\u00a0{counts.get(term, 0):,})", width * 0.3) for term in terms]
    ax.set_yticks(range(len(terms)), labels, color=INK, parse_math=False)
    ax.set_ylim(len(terms) - 0.5, -0.5)
    if not is_dated:
        ax.set_xlim(0, 1)
        ax.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{100 * value:.0f} %"))
    else:
        ax.set_xlim(days.min(), days.max())
        ax.xaxis.set_major_locator(_few_dates())
        ax.xaxis.set_major_formatter(_concise(ax))
    return ax


def plot_bursts(answer: Answer | WordAnswer, *, n: int = 15, ax: Axes | None = None) -> Axes:
    """Draw in which periods each item bursts, and how many times its usual share it then has.

    Parameters
    ----------
    answer
        What `bursts` returned.
    n
        How many items: those with the weightiest bursts.
    ax
        Axes to draw on; by default pyplot's current ones while empty, else those of a new figure.

    Returns
    -------
    Axes
        With one row per item, one bar per burst, in order of the first.

    Raises
    ------
    ArgumentError
        The answer is not of `bursts`.
    """
    if answer.measure != "bursts":
        raise ArgumentError("`answer` holds no bursts; give what `bursts` returned.")
    if not len(answer.table):
        return _nothing(answer, ax, "Nothing bursts.")
    item = answer.keys[0]
    table = answer.table
    heaviest = (
        table.groupby(item, sort=False)["weight"].max().sort_values(ascending=False, kind="stable").index[:n]
    )
    table = table[table[item].isin(set(heaviest))]
    ends = [period.split(" to ") for period in table["period"]]
    unit = {4: "year", 7: "month", 8: "week", 10: "day"}[len(ends[0][0])]
    times = all_times(answer.collection.articles["published"].dropna(), unit)
    first = [times.index(end[0]) for end in ends]
    last = [times.index(end[-1]) for end in ends]
    table = table.assign(first=first, last=last)
    names = list(table.sort_values(["first", "weight"], ascending=[True, False])[item].drop_duplicates())
    ax = current_axes(ax, height=1.7 + 0.34 * len(names))
    dress(ax, grid="x")
    put_words(
        ax,
        title=answer.title,
        subtitle=answer.subtitle,
        footer=[
            f"Shown: {len(names)} of {answer.table[item].nunique()}, the weightiest; beside each bar: n, times the usual."
        ],
    )
    for row in table.to_dict("records"):
        y = names.index(row[item])
        ax.barh(
            y,
            row["last"] - row["first"] + 1,
            left=row["first"] - 0.5,
            height=0.56,
            color=PALETTE[0],
            alpha=0.85,
        )
        right = row["last"] < len(times) * 0.75
        ax.annotate(
            f"{row['n']:,}, {row['times']:.1f}×",
            (row["last"] + 0.5 if right else row["first"] - 0.5, y),
            (5 if right else -5, 0),
            textcoords="offset points",
            ha="left" if right else "right",
            va="center",
            size=TEXT_SIZE - 0.5,
            color=MUTED,
        )
    width, _ = size_in_points(ax)
    ax.set_yticks(range(len(names)), [fold(name, width * 0.3) for name in names], color=INK, parse_math=False)
    ax.set_ylim(len(names) - 0.4, -0.6)
    ax.set_xlim(-0.5, len(times) - 0.5)
    step = max(1, -(-len(times) // 9))
    ax.set_xticks(range(0, len(times), step), times[::step], size=SMALL_SIZE)
    return ax


def _few_dates() -> Locator:
    from matplotlib.dates import AutoDateLocator

    return AutoDateLocator(maxticks=9)  # type: ignore[no-untyped-call]


def _concise(ax: Axes) -> Formatter:
    from matplotlib.dates import ConciseDateFormatter

    return ConciseDateFormatter(  # type: ignore[no-untyped-call]
        ax.xaxis.get_major_locator(), show_offset=False
    )


def _nothing(answer: Answer | WordAnswer, ax: Axes | None, why: str = "") -> Axes:
    ax = current_axes(ax, height=3.0)
    days = answer.collection.articles["published"].dropna()
    span = f" {day_in_words(days.min())} to {day_in_words(days.max())}" if len(days) else ""
    told = f"{counted(len(answer.collection), 'article')}{span}. {why}".strip()
    say_nothing_matches(ax, title=answer.title, subtitle=answer.subtitle, source=told)
    return ax
