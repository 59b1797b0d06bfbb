"""Items against time or outlets, a number in each cell."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes
from matplotlib.colors import Colormap, LinearSegmentedColormap, Normalize, to_rgb
from matplotlib.patches import Rectangle
from matplotlib.typing import ColorType

from analystkit.measure.cells import NO_ARTICLES, TOO_FEW
from analystkit.measure.intervals import FLOOR
from analystkit.plot.shape import Cells, cells_of, is_empty, is_tone, source_of, time_ticks
from analystkit.plot.short_text import ShortText
from analystkit.plot.style import (
    INK,
    MUTED,
    PAPER,
    RULE,
    SMALL_SIZE,
    TEXT_SIZE,
    current_axes,
    dress,
    fold,
    label_below,
    percent_to,
    put_words,
    say_nothing_matches,
    signed,
    size_in_points,
    text_width,
)

if TYPE_CHECKING:
    from analystkit.measure.answer import Answer

# Numbers lie on cells, not on the page: their colours stay whatever the reader's theme.
ON_LIGHT: Final = "#111111"
ON_DARK: Final = "#FFFFFF"
SMALLEST: Final = 6.0  # points; smaller numbers are left out
SHARES: Final = LinearSegmentedColormap.from_list("shares", ["#EDF4FA", "#9CC6E3", "#2F86BD", "#084C7F"])
TONES: Final = LinearSegmentedColormap.from_list(
    "tones", ["#A34100", "#E0863F", "#F6D9BF", "#F1F1EF", "#C3DDEE", "#4A97C8", "#084C7F"]
)


def plot_heatmap(answer: Answer, *, ax: Axes | None = None) -> Axes:
    """Draw items against time or outlets, the number in each cell: percent, or mean tone.

    A cell without articles is hatched; a number in brackets stands on too few stories.

    Parameters
    ----------
    answer
        With two keys, e.g. topic and month, or actor and outlet.
    ax
        Axes to draw on; by default pyplot's current ones while empty, else those of a new figure.

    Returns
    -------
    Axes
        With one cell per item and group, the item with the largest n on top.

    Raises
    ------
    ArgumentError
        The answer has not exactly two keys.
    """
    if is_empty(answer):
        ax = current_axes(ax, height=3.0)
        say_nothing_matches(ax, title=answer.title, subtitle=answer.subtitle, source=source_of(answer))
        return ax
    cells, tone = cells_of(answer), is_tone(answer)
    ax = current_axes(ax, height=1.9 + 0.34 * len(cells.rows))
    dress(ax)
    ax.spines["bottom"].set_visible(False)
    width, _ = size_in_points(ax)
    names = [fold(name, width * 0.26) for name in cells.rows]
    step = (0.94 * width - max(text_width(line) for name in names for line in name.split("\n"))) / len(
        cells.columns
    )
    numbers = _numbers(cells, tone=tone, narrow=step < 34)
    size = TEXT_SIZE * min(1.0, (step - 4) / max(map(text_width, numbers)))
    legible = size >= SMALLEST
    put_words(
        ax,
        title=answer.title,
        subtitle=answer.subtitle,
        footer=[_notes(cells, tone=tone, numbers=legible), source_of(answer)],
    )
    grid = np.full((len(cells.rows), len(cells.columns)), np.nan)
    grid[cells.table["y"], cells.table["x"]] = cells.table["fill"]
    scale, colors = _scale(grid, tone=tone)
    ax.pcolormesh(
        np.ma.masked_invalid(grid), cmap=colors, norm=scale, edgecolors=PAPER, linewidth=1.2, antialiased=True
    )
    _write_numbers(
        ax, cells, numbers if legible else [""] * len(numbers), scale, colors, size=size, room=step - 2
    )
    _hatch_gaps(ax, cells, step)
    ax.set_xlim(0, len(cells.columns))
    ax.set_ylim(len(cells.rows), 0)
    ax.set_yticks(np.arange(len(names)) + 0.5, names, color=INK, parse_math=False)
    _label_columns(ax, cells, step)
    return ax


def _notes(cells: Cells, *, tone: bool, numbers: bool) -> str:
    values, notes = cells.table["value"], []
    if not numbers:
        low, high = (signed(v, 2) if tone else percent_to(v) for v in (values.min(), values.max()))
        notes.append(
            f"From {low} (orange) to {high} (blue)." if tone else f"Darker is more: {low} to {high}."
        )
    elif tone:
        notes.append("Orange: negative. Blue: positive.")
        if (cells.table["fill"].ne(values) & values.notna()).any():
            notes.append("Grey: sign not settled.")
    else:
        notes.append("Numbers are percent.")
    few = cells.table["note"].eq(TOO_FEW)
    if numbers and (few & values.notna()).any():
        notes.append(f"In brackets: fewer than {FLOOR} stories, too few to say.")
    if numbers and (few & values.isna()).any():
        notes.append("–: nothing to count.")
    if cells.table["note"].eq(NO_ARTICLES).any():
        notes.append("Hatched: no articles.")
    return " ".join(notes)


def _scale(grid: npt.NDArray[np.float64], *, tone: bool) -> tuple[Normalize, Colormap]:
    reach = float(np.nanmax(np.abs(grid))) or 1.0
    return (Normalize(-reach, reach), TONES) if tone else (Normalize(0, reach), SHARES)


def _numbers(cells: Cells, *, tone: bool, narrow: bool) -> list[str]:
    """Return what to write in each cell, in the order of the table: a number, a dash, or "" in a gap."""
    values = [0.0 if math.isnan(value) else value for value in cells.table["value"]]
    if tone:
        texts = [signed(value, 2) for value in values]
        texts = [text.replace("0.", ".") for text in texts] if narrow else texts
    else:
        texts = [percent_to(value, sign="") for value in values]
    unknown = np.where(cells.table["note"] == NO_ARTICLES, "", "–")
    return [
        str(instead) if math.isnan(value) else text
        for value, text, instead in zip(cells.table["value"], texts, unknown, strict=True)
    ]


class Digits(ShortText):
    """A number in the middle of a cell, which a later picture on the same axes may write anew."""


def _write_numbers(
    ax: Axes,
    cells: Cells,
    numbers: list[str],
    scale: Normalize,
    colors: Colormap,
    *,
    size: float,
    room: float,
) -> None:
    # Those of a picture before this one on the same axes are written anew.
    spare = [text for text in ax.texts if isinstance(text, Digits)]
    table = cells.table
    columns = (table[name].to_numpy() for name in ("x", "y", "value", "fill", "note"))
    shades = _number_colors(colors(scale(table["fill"].to_numpy(np.float64))))
    for x, y, value, _, note, number, shade in zip(*columns, numbers, shades, strict=True):
        known = not math.isnan(value)
        words = f"({number})" if known and note == TOO_FEW else number
        if not words:
            continue
        fitted = min(size, TEXT_SIZE * room / text_width(words))
        if spare:
            text = spare.pop()
            text.set_position((x + 0.5, y + 0.5))
            text.set_text(words)
            text.set_fontsize(fitted)
        else:
            text = Digits(x + 0.5, y + 0.5, words, ha="center", va="center", size=fitted, parse_math=False)
            ax.add_artist(text)
            text.set_clip_on(False)
        text.set_color(shade if known else MUTED)
    for text in spare:
        text.remove()


def _number_colors(cells: npt.NDArray[np.float64]) -> list[str]:
    """Return for each cell what `number_color` returns."""
    linear = np.where(cells <= 0.04045, cells / 12.92, ((cells + 0.055) / 1.055) ** 2.4)[:, :3]
    paper = linear @ (0.2126, 0.7152, 0.0722) + 0.05
    light, dark = (_luminance(color) + 0.05 for color in (ON_LIGHT, ON_DARK))
    return [ON_LIGHT if one / light > dark / one else ON_DARK for one in paper]


def number_color(cell: tuple[float, float, float, float]) -> str:
    """Return whichever of the two number colours stands out more on a cell (WCAG contrast).

    >>> number_color((1, 1, 1, 1)), number_color((0, 0, 0.3, 1))
    ('#111111', '#FFFFFF')
    """
    return max(ON_LIGHT, ON_DARK, key=lambda color: contrast(color, cell))


def contrast(one: ColorType, other: ColorType) -> float:
    """Return the WCAG contrast ratio of two opaque colours, 1 to 21.

    >>> round(contrast("white", "black"), 1)
    21.0
    """
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def _luminance(color: ColorType) -> float:
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in to_rgb(color)]
    return float(np.dot(linear, (0.2126, 0.7152, 0.0722)))


def _hatch_gaps(ax: Axes, cells: Cells, step: float) -> None:
    """Hatch what has no articles: a column without any as one bar with its words, else cell by cell."""
    gaps = cells.table[cells.table["note"] == NO_ARTICLES]
    for x in range(len(cells.columns)):
        ys = gaps.loc[gaps["x"] == x, "y"].to_list()
        whole = len(ys) == len(cells.rows)
        for y in [0] if whole else ys:
            height = len(cells.rows) if whole else 1
            ax.add_patch(Rectangle((x, y), 1, height, fill=False, hatch="////", edgecolor=RULE, linewidth=0))
            turned = whole and step < 58 and len(cells.rows) >= 3
            if step >= (12 if turned else 58):
                ax.text(
                    x + 0.5,
                    y + height / 2,
                    "no articles",
                    rotation=90 if turned else 0,
                    ha="center",
                    va="center",
                    size=SMALL_SIZE,
                    color=MUTED,
                    bbox={"facecolor": PAPER, "edgecolor": "none", "pad": 1.5},
                )


def _label_columns(ax: Axes, cells: Cells, step: float) -> None:
    if cells.first is not None:
        wide = 24 if cells.across == "month" else 36
        most = max(1, int(step * len(cells.columns) / wide))
        places, labels = time_ticks(cells.first, len(cells.columns), cells.across, most=most)
        label_below(ax, [place + 0.5 for place in places], labels)
        return
    middles = [x + 0.5 for x in range(len(cells.columns))]
    labels = [fold(name, step - 6) for name in cells.columns]
    if all(text_width(line) <= step - 2 for label in labels for line in label.split("\n")):
        label_below(ax, middles, labels, color=INK)
    else:
        ax.set_xticks(
            middles,
            cells.columns,
            rotation=40,
            ha="right",
            va="top",
            rotation_mode="anchor",
            color=INK,
            parse_math=False,
        )
