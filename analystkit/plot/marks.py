"""Where the marks of a picture lie, and which number of the answer each of them shows."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from matplotlib.axes import Axes

from analystkit.measure.cells import NO_ARTICLES
from analystkit.plot.co_mention import pairs_of
from analystkit.plot.shape import cells_of, differences_of, is_empty, period_label, rows_of, series_of

if TYPE_CHECKING:
    from analystkit.measure.answer import Answer

Keys = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Mark:
    """One point, dot or cell.

    Attributes
    ----------
    x, y
        Its place, as a share of the picture's width from the left and of its height from the top.
    keys
        The number it shows: (("actor", "Russia"), ("month", "2023-09")).
    n
        The count of that number.
    """

    x: float
    y: float
    keys: Keys
    n: int


def find_marks(answer: Answer, kind: str, ax: Axes, *, n: int = 15) -> list[Mark]:
    """Return the marks of an answer that is drawn on some axes, once these have their final place.

    Parameters
    ----------
    answer, kind
        What is drawn, and as which of `PLOT_KINDS`.
    ax
        The axes, drawn at least once.
    n
        How many rows a ranking has at most.
    """
    if is_empty(answer) or ax.figure is None:
        return []
    counts = {
        tuple(map(str, row[:-1])): int(row[-1])
        for row in answer.table[[*answer.keys, "n"]].itertuples(index=False, name=None)
    }
    places = _places(answer, kind, n)
    box = ax.figure.bbox
    found = []
    for x, y, keys in places:
        row = tuple((key, keys[key]) for key in answer.keys)
        count = counts.get(tuple(value for _, value in row))
        if count is None:
            continue
        across, up = ax.transData.transform((x, y))
        found.append(Mark(across / box.width, 1 - up / box.height, row, count))
    return found


def _places(answer: Answer, kind: str, n: int) -> list[tuple[float, float, dict[str, str]]]:
    """Return the place of each mark in the units of the axes, with its keys."""
    if kind == "timeline":
        series = series_of(answer)
        names = [key for key in answer.keys if key != series.unit]
        return [
            (
                x,
                value,
                {series.unit: period_label(series.first + x, series.unit), **dict.fromkeys(names, name)},
            )
            for name in series.names
            for x, value in enumerate(series.of(name).value)
            if not math.isnan(value)
        ]
    if kind == "heatmap":
        cells = cells_of(answer)
        down = next(key for key in answer.keys if key != cells.across)
        table = cells.table[cells.table["note"] != NO_ARTICLES]
        return [
            (x + 0.5, y + 0.5, {down: cells.rows[y], cells.across: cells.columns[x]})
            for x, y in zip(table["x"], table["y"], strict=True)
        ]
    if kind == "comparison":
        rows, _, (_, second) = differences_of(answer, n=n)
        item = str(answer.item)
        return [
            (row["value"], i, {item: row["name"], "slice": second})
            for i, row in enumerate(rows.to_dict("records"))
        ]
    if kind == "co-mention" and answer.table["actor"].nunique() > 1:
        actors, partners = pairs_of(answer, n)
        return [
            (x + 0.5, y + 0.5, {"actor": actor, "partner": partner})
            for y, actor in enumerate(actors)
            for x, partner in enumerate(partners)
        ]
    return _ranked(answer, kind, n)


def _ranked(answer: Answer, kind: str, n: int) -> list[tuple[float, float, dict[str, str]]]:
    shown = replace(answer, item="partner", by=()) if kind == "co-mention" else answer
    rows, _ = rows_of(shown, n=n, ascending=kind == "tone")
    fixed = {"actor": str(answer.table["actor"].iloc[0])} if kind == "co-mention" else {}
    key = next((name for name in answer.keys if name not in fixed), "")
    return [(row["value"], i, {**fixed, key: row["name"]}) for i, row in enumerate(rows.to_dict("records"))]
