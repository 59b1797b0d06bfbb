"""One measured figure, the floor it must hold, and the tables in which figures are printed and kept."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


class BenchmarkError(Exception):
    """Something needed is not there or cannot be read; the message is one sentence for whoever called."""


class SkippedError(Exception):
    """There is nothing to measure here; the message says what is absent."""


@dataclass(frozen=True)
class Figure:
    """One number found on one set.

    Attributes
    ----------
    set, measure
        What was measured, on which data.
    figure
        The number found.
    n
        How many cases it rests on (pages, sentences, articles ...).
    seconds
        Wall time of the library for these cases; None where it was counted with another figure.
    floor, at_most
        What the figure must reach, or must not exceed; None where the project has no bound.
    """

    set: str
    measure: str
    figure: float
    n: int
    seconds: float | None = None
    floor: float | None = None
    at_most: float | None = None

    @property
    def holds(self) -> bool:
        """Whether the figure keeps its bound; true where it has none."""
        reaches = self.floor is None or self.figure >= self.floor
        return reaches and (self.at_most is None or self.figure <= self.at_most)

    @property
    def bound(self) -> str:
        """The bound in words: ">= 0.95", "<= 0" or ""."""
        if self.floor is not None:
            return f">= {number(self.floor)}"
        return "" if self.at_most is None else f"<= {number(self.at_most)}"


def number(value: float) -> str:
    """Return a number as it is printed: counts whole, anything else with four significant digits.

    >>> number(3), number(0.95), number(0.86871), number(1234.5)
    ('3', '0.95', '0.8687', '1234')
    """
    if value == int(value):
        return f"{int(value)}"
    return f"{value:.0f}" if abs(value) >= 1000 else f"{value:.4g}"


def aligned(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return rows as a table in columns, numbers to the right.

    >>> print(aligned(["set", "n"], [["pages", "84"], ["bbc", "1107"]]))
    set       n
    -----  ----
    pages    84
    bbc    1107
    """
    widths = [max(len(row[i]) for row in [header, *rows]) for i in range(len(header))]
    to_right = [all(_is_number(row[i]) for row in rows) and bool(rows) for i in range(len(header))]
    lines = []
    for row in [header, ["-" * width for width in widths], *rows]:
        cells = [
            cell.rjust(width) if right else cell.ljust(width)
            for cell, width, right in zip(row, widths, to_right, strict=True)
        ]
        lines.append("  ".join(cells).rstrip())
    return "\n".join(lines)


def figures_table(figures: Sequence[Figure]) -> str:
    """Return figures as one aligned table."""
    rows = [
        [
            figure.set,
            figure.measure,
            number(figure.figure),
            figure.bound + ("" if figure.holds else "  MISSED"),
            str(figure.n),
            "" if figure.seconds is None else f"{figure.seconds:.2f}",
        ]
        for figure in figures
    ]
    return aligned(["set", "measure", "figure", "floor", "n", "seconds"], rows)


def write_json(
    path: Path, figures: Sequence[Figure], skipped: dict[str, str], versions: dict[str, str]
) -> None:
    """Write what was printed, with the versions it was measured with, as one JSON file."""
    kept = {"versions": versions, "figures": [asdict(figure) for figure in figures], "skipped": skipped}
    path.write_text(json.dumps(kept, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def timed(run: Callable[P, T], *args: P.args, **options: P.kwargs) -> tuple[T, float]:
    """Call a function; return what it returns, and its wall time in seconds."""
    begin = time.perf_counter()
    result = run(*args, **options)
    return result, time.perf_counter() - begin


def _is_number(cell: str) -> bool:
    return not cell.strip() or cell.replace(".", "", 1).replace("-", "", 1).isdigit()
