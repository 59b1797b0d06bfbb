"""The fitted model of zones: which lines are of the article, which is its headline, its date, its author.

All parts are sums of weights over steps: a step is passed where a number of `line_features`, `segments` or `heads`
exceeds its threshold. `resources/zones_model.csv` holds all thresholds and weights; `resources/make_zones.py` fits them.
"""

from __future__ import annotations

import csv
import functools
import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from analystkit.clean.heads import BYLINE_FEATURES, DATE_FEATURES, TITLE_FEATURES
from analystkit.clean.line_features import FEATURES
from analystkit.clean.line_looks import Matrix
from analystkit.clean.segments import SEGMENT_FEATURES
from analystkit.resources import resource_text

#: A line is judged by its own steps and by those of the lines this far above and below it.
OFFSETS: Final = (-3, -2, -1, 0, 1, 2, 3)
#: The parts of the model, and the columns that each looks at.
PARTS: Final = {
    "line": FEATURES,
    "run": SEGMENT_FEATURES,
    "title": TITLE_FEATURES,
    "date": DATE_FEATURES,
    "byline": BYLINE_FEATURES,
}
_EXISTS: Final = "(a line is there)"
_CONSTANT: Final = "(constant)"
_UNITS: Final = 10_000
_ROWS: Final = 128


@dataclass(frozen=True)
class Steps:
    """Thresholds of named columns and their weights.

    Attributes
    ----------
    names
        The columns that the thresholds are of.
    columns, thresholds
        For each step its column, as a position in `names`, and the number that must be exceeded.
    weights
        One row per step, one column per place it is looked at: a line and its neighbours, else one.
    constant
        What every sum begins with.
    """

    names: tuple[str, ...]
    columns: NDArray[np.intp]
    thresholds: Matrix
    weights: Matrix
    constant: float = 0.0

    @functools.cached_property
    def units(self) -> Matrix:
        """The weights in units of the fourth decimal.

        A model that was read has no finer ones: then sums are of whole numbers, and the same in whatever order, and
        with whatever other lines, they are made.
        """
        units = self.weights * _UNITS
        whole = np.rint(units)
        return whole if np.allclose(units, whole, rtol=0, atol=1e-6) else units

    def sums(self, features: Matrix) -> Matrix:
        """Return the sums of weights, one row per row of `features`, one column per place."""
        sums = np.empty((len(features), self.weights.shape[1]))
        # So few rows at a time that no second thread is started for them.
        for begin in range(0, len(features), _ROWS):
            some = slice(begin, begin + _ROWS)
            sums[some] = self.passed(features[some]) @ self.units
        return sums / _UNITS

    def passed(self, features: Matrix) -> NDArray[np.float32]:
        """Return one row per row of `features`, one column per step: 1 where it is passed, else 0."""
        return (features[:, self.columns] > self.thresholds).astype(np.float32)

    def scores(self, features: Matrix) -> Matrix:
        """Return the sum for each row of `features`, for a part that looks at one place."""
        scores: Matrix = self.sums(features)[:, 0] + self.constant
        return scores


@dataclass(frozen=True)
class ZoneModel:
    """All parts of the model.

    Attributes
    ----------
    parts
        The steps of each of `PARTS`: those of "line" are weighted at each of `OFFSETS`; "run" gives scores of which only
        the differences between runs of one page mean anything; those of "title", "date" and "byline" are to be compared
        with 0, the score of "none of these".
    exists
        Weights of there being a line at each of `OFFSETS`.
    """

    parts: dict[str, Steps]
    exists: Matrix

    def probabilities(self, features: Matrix, sizes: Sequence[int] | None = None) -> Matrix:
        """Return how likely each line is a line of the article (0-1).

        `sizes` says how many lines each page has, where `features` has those of several, one after another.
        """
        lines = self.parts["line"]
        scores = lines.sums(features) + self.exists
        n = len(scores)
        total = np.full(n, lines.constant)
        page = np.repeat(np.arange(len(sizes)), sizes) if sizes is not None else np.zeros(n)
        for place, offset in enumerate(OFFSETS):
            low, high = max(0, -offset), min(n, n - offset)
            if low < high:
                is_same = page[low:high] == page[low + offset : high + offset]
                total[low:high][is_same] += scores[low + offset : high + offset, place][is_same]
        p: Matrix = 1 / (1 + np.exp(-np.clip(total, -30, 30)))
        return p

    def likeliest(self, part: str, features: Matrix, least: float) -> int | None:
        """Return the row with the highest score, or None if there is none above `least`."""
        return self.likeliest_of_each(part, [features], least)[0]

    def likeliest_of_each(self, part: str, pages: Sequence[Matrix], least: float) -> list[int | None]:
        """Return, for the rows of each page, the one with the highest score, or None if there is none above `least`."""
        scores = self.parts[part].scores(np.concatenate(pages))
        found: list[int | None] = []
        begin = 0
        for rows in pages:
            own = scores[begin : begin + len(rows)].tolist()
            best = max(own, default=-np.inf)
            found.append(own.index(best) if best > least else None)
            begin += len(rows)
        return found

    def to_csv(self) -> str:
        """Return the model as text, four decimals to a weight."""
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(["part", "feature", "above", *(f"at_{offset:+d}" for offset in OFFSETS)])
        own = [""] * (len(OFFSETS) // 2)
        writer.writerow(["line", _EXISTS, "", *map(_short, self.exists)])
        for part, steps in self.parts.items():
            writer.writerow([part, _CONSTANT, "", *own, _short(steps.constant), *own])
            for column, threshold, weights in zip(
                steps.columns, steps.thresholds, steps.weights, strict=True
            ):
                row = list(map(_short, weights))
                cells = row if part == "line" else [*own, *row, *own]
                writer.writerow([part, steps.names[column], f"{threshold:.6g}", *cells])
        return out.getvalue()


def read_model(text: str) -> ZoneModel:
    """Return the model that `ZoneModel.to_csv` wrote."""
    rows = list(csv.reader(io.StringIO(text)))[1:]
    exists = next(np.array(row[3:], float) for row in rows if row[1] == _EXISTS)
    return ZoneModel({part: _steps(part, [row for row in rows if row[0] == part]) for part in PARTS}, exists)


@functools.cache
def shipped_model() -> ZoneModel:
    """Return the model in `resources/zones_model.csv`."""
    return read_model(resource_text("zones_model.csv"))


def _steps(part: str, rows: Sequence[Sequence[str]]) -> Steps:
    names = PARTS[part]
    middle = 3 + len(OFFSETS) // 2
    own = slice(3, None) if part == "line" else slice(middle, middle + 1)
    steps = [row for row in rows if not row[1].startswith("(")]
    return Steps(
        names=names,
        columns=np.array([names.index(row[1]) for row in steps], np.intp),
        thresholds=np.array([float(row[2]) for row in steps]),
        weights=np.array([row[own] for row in steps], np.float64).reshape(len(steps), -1),
        constant=next(float(row[middle]) for row in rows if row[1] == _CONSTANT),
    )


def _short(weight: float) -> str:
    return f"{weight:.4f}".rstrip("0").rstrip(".") or "0"
