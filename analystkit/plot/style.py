"""The house style: colours, the words around a picture, and how wide those words run.

A picture carries its question as title, its measure as subtitle and its source at the bottom, all on the left
edge of the figure. Nothing here reads a table.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from types import MappingProxyType
from typing import Final

import matplotlib as mpl
from cycler import cycler
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.textpath import TextToPath

#: Colours of series, in order of use: at least 3.4:1 on white and 3.6:1 on #111.
PALETTE: Final = ("#0072B2", "#D55E00", "#009E73", "#B8609A", "#767676")
#: The first four, darkened until small text in them reads on white (4.5:1 and more).
TEXT_PALETTE: Final = ("#006BA8", "#B84F00", "#00785A", "#9C4480")
MARKERS: Final = ("o", "s", "D", "^")

# Colours that follow the reader's theme in an SVG. Each is a shade nothing else uses, so that `save_svg` can
# find it again.
INK: Final = "#1A1A1B"
MUTED: Final = "#5A5A5B"
RULE: Final = "#DCDCDD"
SHADE: Final = "#F0F0F1"
PAPER: Final = "#FFFFFE"

NEGATIVE: Final = PALETTE[1]
POSITIVE: Final = PALETTE[0]
UNSETTLED: Final = PALETTE[4]

TITLE_SIZE: Final = 13.0
TEXT_SIZE: Final = 9.0
SMALL_SIZE: Final = 8.0
WIDTH: Final = 8.0  # inches; 800 px at the default 100 dpi
_MARGIN = 8.0  # points between the edge of the figure and what is drawn
LINE: Final = 1.4  # height of a line of text in units of its size
_PART = "analystkit-"  # how the words around a picture are found again when it is redrawn

HOUSE_RC: Final[Mapping[str, object]] = MappingProxyType(
    {
        "figure.figsize": (WIDTH, 4.5),
        "figure.dpi": 100,
        "figure.facecolor": "white",
        "figure.constrained_layout.use": True,
        "axes.facecolor": "none",
        "axes.prop_cycle": cycler(color=PALETTE),
        "axes.spines.top": False,
        "axes.spines.right": False,
        "axes.edgecolor": MUTED,
        "axes.titlelocation": "left",
        "axes.titleweight": "bold",
        "axes.titlesize": TITLE_SIZE,
        "axes.labelcolor": MUTED,
        "axes.axisbelow": True,
        "axes.unicode_minus": True,
        "grid.color": RULE,
        "grid.linewidth": 0.8,
        "xtick.color": MUTED,
        "ytick.color": MUTED,
        "xtick.labelsize": TEXT_SIZE,
        "ytick.labelsize": TEXT_SIZE,
        "font.size": TEXT_SIZE,
        "text.color": INK,
        "text.parse_math": False,
        "legend.frameon": False,
        "svg.fonttype": "none",
    }
)


def house_style() -> AbstractContextManager[None]:
    """Return a context in which matplotlib draws in the house style, for pictures of your own.

    >>> with house_style():
    ...     mpl.rcParams["axes.titlelocation"]
    'left'
    """
    return mpl.rc_context(dict(HOUSE_RC))  # type: ignore[arg-type]


def current_axes(ax: Axes | None, *, height: float) -> Axes:
    """Return `ax`, or pyplot's current axes while they are empty, or those of a new figure `height` inches high.

    Axes that already hold a picture are not drawn over: two calls in one script make two figures.
    """
    if ax is not None:
        return ax
    from matplotlib import pyplot as plt  # only here: a figure of one's own needs no pyplot

    if plt.get_fignums():
        current = plt.gca()
        if not (current.has_data() or current.texts):
            return current
    return plt.figure(figsize=(WIDTH, height)).subplots()


@functools.lru_cache(maxsize=4096)
def text_width(text: str, size: float = TEXT_SIZE, weight: str = "normal") -> float:
    """Return the width of one line of text in points."""
    font = FontProperties(size=size, weight=weight)
    return float(TextToPath().get_text_width_height_descent(text, font, False)[0])


def fold(text: str, width: float, size: float = TEXT_SIZE, weight: str = "normal") -> str:
    """Break text between words into lines of at most `width` points; a longer single word stays whole.

    >>> fold("Ministry of Foreign Affairs", 80).split(chr(10))
    ['Ministry of', 'Foreign Affairs']
    """
    space = text_width("n n", size, weight) - 2 * text_width("n", size, weight)
    lines: list[list[str]] = []
    room = 0.0
    for word in re.split(r"[ \t\r\n]+", text.strip()):  # not at no-break spaces
        needed = text_width(word, size, weight)
        if lines and needed + space <= room:
            lines[-1].append(word)
            room -= needed + space
        else:
            lines.append([word])
            room = width - needed
    return "\n".join(map(" ".join, lines))


def n_lines(text: str) -> int:
    """Return how many lines a folded text takes; no text takes none."""
    return text.count("\n") + 1 if text else 0


def size_in_points(ax: Axes) -> tuple[float, float]:
    """Return the width and height of the part of the figure that is the axes' to use, in points."""
    figure = ax.get_figure(root=True)
    assert figure is not None
    width, height = figure.get_size_inches() * 72
    if owns_figure(ax):
        return float(width), float(height)
    box = ax.get_position()
    return float(width * box.width), float(height * box.height)


def owns_figure(ax: Axes) -> bool:
    """Say whether `ax` is all there is in its figure, so that title and source belong to the figure."""
    figure = ax.get_figure()
    return isinstance(figure, Figure) and figure.axes == [ax]


def dress(ax: Axes, *, grid: str | None = None) -> None:
    """Give axes of any origin the house's spines, ticks and grid (`grid` is "x", "y" or None)."""
    ax.set_facecolor("none")
    ax.set_axisbelow(True)
    for side in ("top", "right", "left"):
        ax.spines[side].set_visible(False)
    ax.spines["bottom"].set_color(MUTED)
    ax.spines["bottom"].set_visible(grid != "x")
    # Ticks of no length are left out: drawn, they would cost as much as any line.
    ax.tick_params(length=0, bottom=False, left=False, labelsize=TEXT_SIZE, labelcolor=MUTED, pad=5)
    if grid is not None:
        ax.grid(visible=True, axis=grid, color=RULE, linewidth=0.8)  # type: ignore[arg-type]


def label_below(ax: Axes, places: Sequence[float], labels: Sequence[str], *, color: str = MUTED) -> None:
    """Label places on the x axis, the first lines of all labels on one baseline and the others on the next.

    The first line is the tick's label. Each further line is a text of its own, centred by itself: lines that a
    browser sets in another font stay centred.
    """
    lines = [label.split("\n") for label in labels]
    ax.set_xticks(
        places,
        [first for first, *_ in lines],
        rotation=0,
        ha="center",
        va="baseline",
        rotation_mode="default",
        color=color,
        parse_math=False,
    )
    ax.tick_params(axis="x", pad=5 + 0.8 * TEXT_SIZE)
    for place, (_, *others) in zip(places, lines, strict=True):
        for row, line in enumerate(others, start=1):
            ax.annotate(
                line,
                (place, 0),
                (0, -5 - (0.8 + row * 1.3) * TEXT_SIZE),
                xycoords=("data", "axes fraction"),
                textcoords="offset points",
                ha="center",
                va="baseline",
                size=TEXT_SIZE,
                color=color,
                parse_math=False,
                annotation_clip=False,
            )


def put_words(ax: Axes, *, title: str, subtitle: str, footer: Iterable[str], above: float = 0.0) -> float:
    """Write title, subtitle and footer round the picture; return the height left for it, in points.

    In a figure that `ax` shares with others only the title is written, above the axes: what is common to all
    panels is for the caller to say. `above` is what the picture itself needs over its axes, in points.
    """
    width, height = size_in_points(ax)
    room = width - 2 * _MARGIN
    title = fold(title, room, TITLE_SIZE, "bold")
    if not owns_figure(ax):
        ax.set_title(
            title,
            loc="left",
            fontsize=TITLE_SIZE,
            fontweight="bold",
            color=INK,
            pad=6 + above,
            parse_math=False,
        )
        return height
    figure = ax.get_figure()
    assert isinstance(figure, Figure)
    for old in [text for text in figure.texts if str(text.get_gid()).startswith(_PART)]:
        old.remove()
    subtitle = fold(subtitle[:1].upper() + subtitle[1:], room, TEXT_SIZE)
    foot = "\n".join(fold(line, room, SMALL_SIZE) for line in footer if line)
    under_title = _MARGIN + n_lines(title) * TITLE_SIZE * LINE
    top = under_title + n_lines(subtitle) * TEXT_SIZE * LINE + _MARGIN
    bottom = n_lines(foot) * SMALL_SIZE * LINE + _MARGIN
    x = _MARGIN / width
    write = functools.partial(figure.text, x, ha="left", parse_math=False)
    write(
        y=1 - _MARGIN / height,
        s=title,
        va="top",
        size=TITLE_SIZE,
        weight="bold",
        color=INK,
        gid=f"{_PART}title",
    )
    write(
        y=1 - under_title / height, s=subtitle, va="top", size=TEXT_SIZE, color=MUTED, gid=f"{_PART}subtitle"
    )
    write(y=_MARGIN / height, s=foot, va="bottom", size=SMALL_SIZE, color=MUTED, gid=f"{_PART}footer")
    # The layout engine keeps every label inside the figure; the words round the picture it is told to leave out.
    figure.set_layout_engine(
        "constrained",
        rect=(0, bottom / height, 1, max(1 - (top + bottom) / height, 0.1)),
        w_pad=_MARGIN / 72,
        h_pad=4 / 72,
    )
    return height - top - bottom


def say_nothing_matches(ax: Axes, *, title: str, subtitle: str, source: str) -> None:
    """Write that there is nothing to draw, in place of empty axes."""
    put_words(ax, title=title, subtitle=subtitle, footer=[source])
    ax.set_axis_off()
    ax.text(
        0.5, 0.5, "No articles match", transform=ax.transAxes, ha="center", va="center", size=12, color=MUTED
    )


def percent(share: float) -> str:
    """Return a share as words on an axis.

    >>> percent(0.125), percent(0.1), percent(0)
    ('12.5%', '10%', '0%')
    """
    return f"{100 * share:.4g}%"


def percent_to(share: float, digits: int = 0, sign: str = "%") -> str:
    """Return a share rounded to so many places; what is there but rounds to nothing says so.

    >>> percent_to(0.234), percent_to(0.234, 1), percent_to(0.001, sign=""), percent_to(0)
    ('23%', '23.4%', '<1', '0%')
    """
    smallest = 10.0**-digits
    if 0 < 100 * share < smallest / 2:
        return f"<{smallest:.{digits}f}{sign}"
    return f"{100 * share:.{digits}f}{sign}"


def signed(mean: float, digits: int | None = None) -> str:
    """Return a tone with its sign, in `digits` places or as many as it takes.

    >>> signed(-0.25), signed(0.1), signed(0.004, 2), signed(0)
    ('−0.25', '+0.1', '0.00', '0')
    """
    text = f"{mean:+.{digits}f}" if digits is not None else f"{mean:+.3g}"
    if float(text) == 0:
        text = text.lstrip("+-")
    return text.replace("-", "−")
