"""Who is named together: the partners of one actor as ranked dots, those of several as a matrix."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import Normalize
from matplotlib.patches import Rectangle

from analystkit.errors import ArgumentError
from analystkit.plot.heatmap import TONES, number_color
from analystkit.plot.ranking import plot_ranking
from analystkit.plot.shape import is_empty, source_of
from analystkit.plot.style import (
    INK,
    MUTED,
    PAPER,
    SHADE,
    TEXT_SIZE,
    current_axes,
    dress,
    fold,
    put_words,
    say_nothing_matches,
    size_in_points,
    text_width,
)

if TYPE_CHECKING:
    from analystkit.measure.answer import Answer

_MOST_WIDE: Final = 14  # more columns leave no room for a number


def plot_co_mentions(answer: Answer, *, n: int = 15, ax: Axes | None = None) -> Axes:
    """Draw who is named together: ranked dots for the partners of one actor, a matrix for several actors.

    In the matrix each cell holds in how many units both are named; its colour says whether that is more (blue) or less
    (orange) than chance would give (NPMI). An empty cell is a pair below the minimum support.

    Parameters
    ----------
    answer
        What `co_mentions` returned.
    n
        How many partners, or actors, to draw: those with the largest counts.
    ax
        Axes to draw on; by default pyplot's current ones while empty, else those of a new figure.

    Returns
    -------
    Axes

    Raises
    ------
    ArgumentError
        The answer holds no pairs of actors.
    """
    if "npmi" not in answer.table.columns:
        raise ArgumentError("`answer` holds no pairs of actors; give what `co_mentions` returned.")
    if answer.table["actor"].nunique() == 1:
        return plot_ranking(replace(answer, item="partner", by=()), n=n, ax=ax)
    if is_empty(answer):
        ax = current_axes(ax, height=3.0)
        say_nothing_matches(ax, title=answer.title, subtitle=answer.subtitle, source=source_of(answer))
        return ax
    return _matrix(answer, n, ax)


def pairs_of(answer: Answer, n: int) -> tuple[list[str], list[str]]:
    """Return the actors whose pairs a matrix of `n` rows shows: down and across."""
    table, most = answer.table, min(n, _MOST_WIDE)
    sizes = table.groupby("actor")["denominator"].max().sort_values(ascending=False, kind="stable")
    down = list(map(str, sizes.index[:most]))
    across = [name for name in down if (table["partner"] == name).any()]
    if not across:
        sizes = table.groupby("partner")["n"].sum().sort_values(ascending=False, kind="stable")
        across = list(map(str, sizes.index[:most]))
    return down, across


def _matrix(answer: Answer, n: int, ax: Axes | None) -> Axes:
    table = answer.table
    down, across = pairs_of(answer, n)
    ax = current_axes(ax, height=2.6 + 0.34 * len(down))
    dress(ax)
    ax.spines["bottom"].set_visible(False)
    put_words(
        ax,
        title=answer.title,
        subtitle=f"number of {answer.count} that name both; {answer.subtitle.rpartition('; ')[2]}",
        footer=[
            "Blue: more than by chance, orange: less (NPMI). Empty: too few together.",
            source_of(answer),
        ],
    )
    width, _ = size_in_points(ax)
    step = 0.72 * width / len(across)
    reach = max(float(table["npmi"].abs().max()), 0.1)
    scale = Normalize(-reach, reach)
    cells = {(row["actor"], row["partner"]): row for row in table.to_dict("records")}
    for y, actor in enumerate(down):
        for x, partner in enumerate(across):
            cell = cells.get((actor, partner))
            color = SHADE if cell is None else TONES(scale(cell["npmi"]))
            ax.add_patch(Rectangle((x, y), 1, 1, facecolor=color, edgecolor=PAPER, linewidth=1.2))
            if cell is None:
                continue
            number = f"{cell['n']:,}"
            size = min(TEXT_SIZE, TEXT_SIZE * (step - 2) / text_width(number))
            ax.text(
                x + 0.5,
                y + 0.5,
                number,
                ha="center",
                va="center",
                size=size,
                color=number_color(TONES(scale(cell["npmi"]))),
            )
    ax.set_xlim(0, len(across))
    ax.set_ylim(len(down), 0)
    labels = [f"{fold(name, width * 0.24)}" for name in down]
    ax.set_yticks(np.arange(len(down)) + 0.5, labels, color=INK, parse_math=False)
    ax.set_xticks(
        np.arange(len(across)) + 0.5,
        across,
        rotation=40,
        ha="right",
        rotation_mode="anchor",
        color=MUTED,
        parse_math=False,
    )
    return ax
