"""What a picture shows of an answer, as plain tables: which series, which rows, which cells, at which places.

Nothing here draws, and nothing is computed anew: every value stands in `answer.table`.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final, TypeVar

import numpy as np
import numpy.typing as npt
import pandas as pd

from analystkit.errors import ArgumentError, check_choice
from analystkit.measure.cells import NO_ARTICLES, TOO_FEW

if TYPE_CHECKING:
    from analystkit.measure.answer import Answer

T = TypeVar("T")
Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

MOST_SERIES: Final = 4
_FREQUENCY = {"year": "Y-DEC", "month": "M", "week": "W-SUN", "day": "D"}
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
# How many months, weeks or years lie between ticks; days take weeks and months. Chosen so that ticks fall where a
# calendar begins something.
_STEPS = {
    "month": (1, 2, 3, 6, 12, 24, 60, 120),
    "week": (1, 2, 4, 13, 52),
    "year": (1, 2, 5, 10, 20, 50, 100),
}


@dataclass(frozen=True, eq=False)
class Line:
    """One series of a time picture, one entry per period.

    Attributes
    ----------
    value, low, high
        NaN where there is none.
    few, empty
        Whether the value stands on too few stories; whether the period has no articles.
    """

    value: Floats
    low: Floats
    high: Floats
    few: npt.NDArray[np.bool_]
    empty: npt.NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Series:
    """The series of a time picture.

    Attributes
    ----------
    table
        One row per (`series`, `x`), x counting periods from `first`: `value`, `low`, `high`, `n`, `note`.
    names
        The series to draw, largest `n` first unless the caller chose them; [""] when the answer has one without a
        name; none without any value.
    total
        How many series have a value.
    """

    table: pd.DataFrame
    names: list[str]
    total: int
    first: pd.Period
    n_periods: int
    unit: str

    def of(self, name: str) -> Line:
        """Return one series, with a place for each period; absent values are NaN."""
        return self._lines[name]

    @functools.cached_property
    def _lines(self) -> dict[str, Line]:
        columns = {name: self.table[name].to_numpy() for name in ("x", "value", "low", "high")}
        series, notes = (self.table[name].to_numpy(dtype=object) for name in ("series", "note"))
        lines = {}
        for name in self.names:
            rows = np.flatnonzero(series == name)
            at = columns["x"][rows]
            numbers = np.full((3, self.n_periods), np.nan)
            for row, column in zip(numbers, ("value", "low", "high"), strict=True):
                row[at] = columns[column][rows]
            told = np.full(self.n_periods, "", dtype=object)
            told[at] = notes[rows]
            lines[name] = Line(numbers[0], numbers[1], numbers[2], told == TOO_FEW, told == NO_ARTICLES)
        return lines

    def gaps(self) -> list[tuple[int, int]]:
        """Return the runs of periods without articles in any series, as half-open ranges of x."""
        empty = np.logical_and.reduce([line.empty for line in self._lines.values()])
        runs: list[tuple[int, int]] = []
        for x in map(int, np.flatnonzero(empty)):
            if runs and runs[-1][1] == x:
                runs[-1] = (runs[-1][0], x + 1)
            else:
                runs.append((x, x + 1))
        return runs


@dataclass(frozen=True)
class Cells:
    """The cells of a heat map.

    Attributes
    ----------
    table
        One row per (`y`, `x`), both counted from 0: `value`, `fill` (what the colour says: the value, but 0 for a tone
        whose sign is not settled), `n`, `note`.
    rows
        Name of each row, largest `n` first.
    columns
        Name of each column, in time or alphabetical order.
    first
        The first period when the columns are time, else None.
    across
        The key of the columns.
    """

    table: pd.DataFrame
    rows: list[str]
    columns: list[str]
    first: pd.Period | None
    across: str


def is_tone(answer: Answer) -> bool:
    """Say whether the answer holds mean tones (-1 to 1) and not shares (0 to 1)."""
    return "mean" in answer.table.columns


def is_empty(answer: Answer) -> bool:
    """Say whether there is no value at all to draw."""
    return bool(np.isnan(_values(answer)["value"].to_numpy()).all())


def source_of(answer: Answer) -> str:
    """Return the line that says what was counted."""
    return f"Source: {answer.collection.describe()}"


def plural(column: str, n: int) -> str:
    """Return a column name as a counted noun.

    >>> plural("actor", 6), plural("outlet", 1)
    ('6 actors', '1 outlet')
    """
    return f"{n} {column}{'' if n == 1 else 's'}"


def series_of(answer: Answer, items: str | Sequence[str] | None = None) -> Series:
    """Return the series of an answer over time: its items, or its outlets when they are asked for one item."""
    key = ("series", items if items is None or isinstance(items, str) else tuple(items))
    return _remembered(answer, key, lambda: _series_of(answer, items))


def _remembered(answer: Answer, key: object, make: Callable[[], T]) -> T:
    """Return a shape of an answer that was made before: the picture, its words and its size each ask for it."""
    shapes: dict[object, T] = answer.__dict__.setdefault("_shapes", {})
    if key not in shapes:
        shapes[key] = make()
    return shapes[key]


def _series_of(answer: Answer, items: str | Sequence[str] | None) -> Series:
    unit = next((column for column in answer.by if column in _FREQUENCY), None)
    if unit is None:
        grouped = f"grouped by {' and '.join(answer.by)}" if answer.by else "not grouped"
        raise ArgumentError(
            f'`answer` is {grouped}, so there is no time to draw it over; ask again with by="month" '
            "(or year, week, day)."
        )
    chosen = [items] if isinstance(items, str) else items
    table = _values(answer)
    if answer.item is not None and chosen is not None:
        table = _only(table, answer.item, chosen)
    elif chosen is not None:
        raise ArgumentError(
            f"`items` is {chosen!r}, but the answer has no items to choose from; leave it out."
        )
    column = _series_column(answer, table, unit)
    table["series"] = table[column].astype("str") if column else pd.Series("", index=table.index, dtype="str")
    table["x"], first = _count_periods(table, unit)
    picked = chosen is not None and column == answer.item
    names = list(dict.fromkeys(chosen or ())) if picked else _by_size(table, "series")
    if picked and len(names) > MOST_SERIES:
        raise ArgumentError(
            f"`items` names {plural(str(answer.item), len(names))}; at most {MOST_SERIES} can be told apart "
            "in one picture. Choose fewer, or use plot_heatmap."
        )
    drawable = set(table.loc[table["value"].notna(), "series"])
    names = [name for name in names if name in drawable]
    columns = ["series", "x", "value", "low", "high", "n", "note"]
    return Series(
        table=table[columns].reset_index(drop=True),
        names=names[:MOST_SERIES],
        total=len(names),
        first=first,
        n_periods=int(table["x"].max()) + 1,
        unit=unit,
    )


def rows_of(answer: Answer, *, n: int, ascending: bool) -> tuple[pd.DataFrame, int]:
    """Return the `n` rows with the largest counts, ordered by value, and how many rows there are to choose from.

    Grain: one row per item, or per group when the answer has no item. Columns: `name`, `value`, `low`, `high`,
    `n`, `note`, and `sign` for a tone.
    """
    keys = [key for key in (answer.item, *answer.by) if key]
    if len(keys) > 1:
        remedy = "Ask again without `by`, or draw plot_heatmap" + (
            " or plot_timeline." if any(key in _FREQUENCY for key in keys) else "."
        )
        raise ArgumentError(
            f"`answer` has one row per {' and '.join(keys)}; a ranking needs one key. {remedy}"
        )
    if n < 1:
        raise ArgumentError(f"`n` is {n}; it must be 1 or more.")
    table = _values(answer).dropna(subset="value")
    table["name"] = table[keys[0]].astype("str") if keys else "All"
    total = len(table)
    table = table.sort_values("n", ascending=False, kind="stable").head(n)
    return table.sort_values("value", ascending=ascending, kind="stable").reset_index(drop=True), total


def differences_of(answer: Answer, *, n: int) -> tuple[pd.DataFrame, int, tuple[str, str]]:
    """Return the first `n` differences of a comparison, largest gain first; how many there are; the two slices.

    Grain: one row per item. Columns: `name`, `value` (the difference), `low`, `high`, `was`, `is` (the two shares), `n`
    (in both), `sign`, `note`.
    """
    if n < 1:
        raise ArgumentError(f"`n` is {n}; it must be 1 or more.")
    item, table = str(answer.item), _values(answer)
    slices = list(dict.fromkeys(table["slice"]))
    if len(slices) < 2:
        return pd.DataFrame(), 0, ("", "")
    first, second = (table[table["slice"] == name].set_index(item) for name in slices)
    rows = pd.DataFrame(
        {
            "name": second.index.astype("str"),
            "value": second["difference"].to_numpy(),
            "low": second["difference_low"].to_numpy(),
            "high": second["difference_high"].to_numpy(),
            "was": first["value"].reindex(second.index).to_numpy(),
            "is": second["value"].to_numpy(),
            "n": (first["n"].reindex(second.index) + second["n"]).to_numpy(),
            "sign": second["sign"].to_numpy(),
        }
    ).dropna(subset="value")
    rows["note"] = rows["sign"].where(rows["sign"] == TOO_FEW, "")
    shown = rows.head(n).sort_values("value", ascending=False, kind="stable").reset_index(drop=True)
    return shown, len(rows), (str(slices[0]), str(slices[1]))


def cells_of(answer: Answer) -> Cells:
    """Return the cells of an answer with two keys: its items, or outlets, against time or outlets."""
    return _remembered(answer, "cells", lambda: _cells_of(answer))


def _cells_of(answer: Answer) -> Cells:
    keys = [key for key in (answer.item, *answer.by) if key]
    if len(keys) != 2:
        has = " and ".join(keys) or "nothing"
        raise ArgumentError(
            f'`answer` has one row per {has}; a heat map needs two keys, e.g. actor and month: by="month".'
        )
    down, across = keys if keys[0] not in _FREQUENCY else keys[::-1]
    table = _values(answer)
    rows = _by_size(table, down)
    table["y"] = table[down].astype("str").map(rows.index)
    if across in _FREQUENCY:
        table["x"], first = _count_periods(table, across)
        columns = [period_label(first + x, across) for x in range(int(table["x"].max()) + 1)]
    else:
        columns = sorted(table[across].astype("str").unique())
        table["x"] = table[across].astype("str").map(columns.index)
        first = None
    settled = table["sign"].isin(["negative", "positive"]) if "sign" in table else True
    table["fill"] = table["value"].where(settled | table["value"].isna(), 0.0)
    table = table[["y", "x", "value", "fill", "n", "note"]].sort_values(["y", "x"], ignore_index=True)
    return Cells(table=table, rows=rows, columns=columns, first=first, across=across)


@functools.lru_cache(maxsize=256)
def time_ticks(first: pd.Period, n_periods: int, unit: str, *, most: int) -> tuple[list[int], list[str]]:
    """Return at most `most` places on a time axis and their labels, the year under the first label of each year.

    >>> time_ticks(pd.Period("2023-11", "M"), 4, "month", most=9)
    ([0, 1, 2, 3], ['Nov\\n2023', 'Dec', 'Jan\\n2024', 'Feb'])
    """
    periods = [first + x for x in range(n_periods)]
    for chosen in _tick_choices(unit):
        places = [x for x, period in enumerate(periods) if chosen(period)]
        if 0 < len(places) <= most:
            break
    else:
        places = [0]
    labels: list[str] = []
    last_year = None
    for x in places:
        label, year = _tick(periods[x], unit)
        labels.append(f"{label}\n{year}" if label and year != last_year else label or str(year))
        last_year = year
    return places, labels


def period_label(period: pd.Period, unit: str) -> str:
    """Return a period as the tables write it.

    >>> period_label(pd.Period("2023-09-13", "W-SUN"), "week")
    '2023-W37'
    """
    if unit == "week":
        year, week = _iso(period)
        return f"{year}-W{week:02d}"
    return str(period)


def place_of(day: date, first: pd.Period, unit: str) -> float:
    """Return where a day lies on an axis that counts periods from `first` and draws each at its middle."""
    moment = pd.Timestamp(day)
    period = pd.Period(moment, freq=_FREQUENCY[unit])
    within = (moment - period.start_time) / (period.end_time - period.start_time)
    return period.ordinal - first.ordinal + float(within) - 0.5


def _values(answer: Answer) -> pd.DataFrame:
    """Return a copy of the table whose value is called `value`, counts and bounds as plain floats."""
    return _remembered(answer, "values", lambda: _make_values(answer)).copy()


def _make_values(answer: Answer) -> pd.DataFrame:
    if answer.item == "what":
        raise ArgumentError(
            "`answer` counts unlike things, which no one picture shows; draw `coverage`, or show its table."
        )
    table = answer.table.rename(columns={"share": "value", "mean": "value"})
    notes = table["note"].fillna("").astype("str")
    gap = (notes == NO_ARTICLES).to_numpy()
    table["note"], table["n"] = notes, table["n"].to_numpy(np.float64)
    for name in ("value", "low", "high"):
        # A gap is no zero.
        table[name] = np.where(gap, np.nan, table[name].to_numpy(np.float64))
    return table


def _by_size(table: pd.DataFrame, column: str) -> list[str]:
    code, names = pd.factorize(table[column])
    sizes = np.bincount(code, weights=np.nan_to_num(table["n"].to_numpy(np.float64)))
    return [str(names[place]) for place in np.argsort(-sizes, kind="stable")]


def _only(table: pd.DataFrame, item: str, chosen: Sequence[str]) -> pd.DataFrame:
    for name in chosen:
        check_choice("items", name, table[item].astype("str").unique())
    return table[table[item].isin(chosen)].copy()


def _series_column(answer: Answer, table: pd.DataFrame, unit: str) -> str | None:
    groups = [column for column in answer.by if column != unit]
    if not groups:
        return answer.item
    if answer.item is not None and len(table[answer.item].unique()) > 1:
        raise ArgumentError(
            f"`answer` is grouped by {' and '.join(answer.by)}; to compare each {groups[0]}, choose one "
            f'{answer.item}, e.g. items="{table[answer.item].iloc[0]}".'
        )
    return groups[0]


def _count_periods(table: pd.DataFrame, unit: str) -> tuple[Ints, pd.Period]:
    code, labels = pd.factorize(table[unit])
    periods = [_period(str(label), unit) for label in labels]
    first = min(periods)
    ordinals = np.array([period.ordinal - first.ordinal for period in periods], dtype=np.int64)
    return ordinals[code], first


@functools.lru_cache(maxsize=4096)
def _period(label: str, unit: str) -> pd.Period:
    if unit == "week":
        year, week = label.split("-W")
        return pd.Period(date.fromisocalendar(int(year), int(week), 1), freq=_FREQUENCY[unit])
    return pd.Period(label, freq=_FREQUENCY[unit])


def _tick_choices(unit: str) -> list[Callable[[pd.Period], bool]]:
    """Return rules for which periods get a tick, from all of them to ever fewer."""

    def every(step: int) -> Callable[[pd.Period], bool]:
        def begins(period: pd.Period) -> bool:
            if unit == "month":
                return (12 * period.year + period.month - 1) % step == 0
            if unit == "year":
                return period.year % step == 0
            number = _iso(period)[1]
            return step == 1 or (number % step == 1 and number < 53)  # week 53 stands beside week 1

        return begins

    if unit != "day":
        return [every(step) for step in _STEPS[unit]]
    return [
        lambda day: True,
        lambda day: day.day_of_week == 0,
        lambda day: day.day in (1, 15),
        lambda day: day.day == 1,
        lambda day: day.day == 1 and day.month in (1, 4, 7, 10),
        lambda day: day.day == 1 and day.month == 1,
    ]


def _iso(week: pd.Period) -> tuple[int, int]:
    year, number, _ = week.start_time.date().isocalendar()
    return year, number


def _tick(period: pd.Period, unit: str) -> tuple[str, int]:
    if unit == "week":
        year, week = _iso(period)
        return f"W{week:02d}", year
    # English names whatever the locale: pictures of one collection look alike everywhere.
    month = _MONTHS[period.month - 1]
    label = {"year": "", "month": month, "day": f"{period.day} {month}"}[unit]
    return label, period.year
