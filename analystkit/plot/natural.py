"""The picture that fits an answer: which, how high, and drawn on the axes given."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from matplotlib.axes import Axes

from analystkit.measure.groups import TIMES
from analystkit.plot.co_mention import plot_co_mentions
from analystkit.plot.heatmap import plot_heatmap
from analystkit.plot.ranking import plot_comparison, plot_ranking, plot_tone
from analystkit.plot.shape import MOST_SERIES
from analystkit.plot.timeline import plot_timeline

if TYPE_CHECKING:
    from analystkit.measure.answer import Answer

_OF_MEASURE: Final = {"co_mentions": "co-mention", "compare": "comparison"}


def natural_kind(answer: Answer) -> str:
    """Return the picture that fits an answer, one of `PLOT_KINDS`."""
    if answer.measure in _OF_MEASURE:
        return _OF_MEASURE[answer.measure]
    if len(answer.keys) <= 1 and not set(answer.by) & set(TIMES):
        return "tone" if answer.measure == "tone" else "ranking"
    n_lines = answer.table[answer.item].nunique() if answer.item else 1
    return "timeline" if set(answer.by) & set(TIMES) and n_lines <= MOST_SERIES else "heatmap"


def draw_answer(answer: Answer, kind: str, ax: Axes, *, n: int = 15) -> None:
    """Draw an answer as one of `PLOT_KINDS`; rankings with their first `n` rows."""
    if kind == "timeline":
        plot_timeline(answer, ax=ax)
    elif kind == "heatmap":
        plot_heatmap(answer, ax=ax)
    elif kind == "tone":
        plot_tone(answer, n=n, ax=ax)
    elif kind == "co-mention":
        plot_co_mentions(answer, n=n, ax=ax)
    elif kind == "comparison":
        plot_comparison(answer, n=n, ax=ax)
    else:
        plot_ranking(answer, n=n, ax=ax)


def natural_height(answer: Answer, kind: str, *, n: int = 15) -> float:
    """Return the height that the plots choose for figures of their own, in inches."""
    n_rows = answer.table[answer.keys[0]].nunique() if answer.keys else 1
    if kind == "timeline":
        return 4.2
    if kind == "co-mention":
        if n_rows > 1:
            return 2.6 + 0.34 * min(n_rows, n)
        n_rows = len(answer.table)
    return 1.9 + 0.34 * n_rows if kind == "heatmap" else 1.6 + 0.3 * min(n_rows, n)
