"""Days chosen on bars over time: dragged with a pointer or moved with the arrow keys, and shared by the state."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import anywidget
import pandas as pd
import traitlets

from analystkit.collection import Collection
from analystkit.widgets.state import ExplorerState

_HERE: Final = Path(__file__).parent
#: More bars than this are too thin to hit; the next longer unit is taken.
MOST_BARS: Final = 130
_PERIODS: Final = {"day": "D", "week": "W-SUN", "month": "M", "year": "Y"}


class TimeBrush(anywidget.AnyWidget):
    """Bars of how many articles there are per day, week, month or year; what is chosen on them is `since` and `until`.

    The shortest unit is taken that leaves the bars wide enough to hit. Undated articles are not among them.

    Parameters
    ----------
    state
        Whose days are shown and set.

    Attributes
    ----------
    bins
        One list per bar: first day, last day (ISO), number of articles.
    unit
        What one bar is: "day", "week", "month" or "year".
    chosen
        First and last day that are chosen, "" for the very first and last.

    Examples
    --------
    >>> import analystkit as ak, pandas as pd
    >>> frame = pd.DataFrame({"text": ["a", "b", "c"], "date": ["2024-01-05", "2024-01-05", "2024-01-07"]})
    >>> state = ExplorerState(ak.from_frame(frame, progress=False))
    >>> brush = TimeBrush(state)
    >>> brush.bins
    [['2024-01-05', '2024-01-05', 2], ['2024-01-06', '2024-01-06', 0], ['2024-01-07', '2024-01-07', 1]]
    >>> brush.chosen = ["2024-01-06", ""]
    >>> state.since
    datetime.date(2024, 1, 6)
    """

    _esm = _HERE / "time_brush.js"
    _css = _HERE / "time_brush.css"
    bins: Any = traitlets.List().tag(sync=True)
    unit = traitlets.Unicode("month").tag(sync=True)
    chosen = traitlets.List(["", ""]).tag(sync=True)

    def __init__(self, state: ExplorerState) -> None:
        self._state = state
        super().__init__()
        state.observe(self._count, "collection")
        state.observe(self._follow, ["since", "until"])
        self._count()
        self._follow()
        self.observe(self._choose, "chosen")

    def _count(self, _: object = None) -> None:
        self.unit, self.bins = count_days(self._state.collection)

    def _follow(self, _: object = None) -> None:
        self.chosen = [day.isoformat() if day else "" for day in (self._state.since, self._state.until)]

    def _choose(self, change: dict[str, Any]) -> None:
        since, until = change["new"]
        self._state.update(since=since, until=until)


def count_days(collection: Collection) -> tuple[str, list[list[Any]]]:
    """Return a unit, and for each of these from the first article to the last its first day, last day and articles."""
    published = collection.articles["published"].dropna().dt.normalize()
    if not len(published):
        return "month", []
    for unit, period in _PERIODS.items():
        first, last = (pd.Period(day, period) for day in (published.min(), published.max()))
        if (last - first).n < MOST_BARS or unit == "year":
            break
    counts = published.dt.to_period(period).value_counts()
    every = pd.period_range(first, last, freq=period)
    return unit, [
        [f"{one.start_time:%Y-%m-%d}", f"{one.end_time:%Y-%m-%d}", int(counts.get(one, 0))] for one in every
    ]
