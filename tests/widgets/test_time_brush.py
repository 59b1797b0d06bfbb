"""Days on bars, without a browser: what is counted, and how bars and state follow each other."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

import analystkit as ak
from analystkit.errors import ArgumentError
from analystkit.widgets import ActorExplorer, ExplorerState, TimeBrush, TopicExplorer
from analystkit.widgets.time_brush import MOST_BARS


def test_bars_count_every_day_between_first_and_last_and_leave_out_the_undated(
    collection: ak.Collection,
) -> None:
    brush = TimeBrush(ExplorerState(collection))
    # 5 January to 9 March 2024: 27 + 29 + 9 days; five of the six articles are dated.
    assert (brush.unit, len(brush.bins)) == ("day", 27 + 29 + 9)
    assert sum(n for _, _, n in brush.bins) == 5
    assert brush.bins[0] == ["2024-01-05", "2024-01-05", 1]


@pytest.mark.parametrize(
    ("last", "unit", "first_bar"),
    [
        ("2000-05-01", "day", ["2000-01-04", "2000-01-04", 1]),
        ("2001-06-01", "week", ["2000-01-03", "2000-01-09", 1]),
        ("2006-01-01", "month", ["2000-01-01", "2000-01-31", 1]),
        ("2020-01-01", "year", ["2000-01-01", "2000-12-31", 1]),
    ],
)
def test_the_unit_is_the_shortest_that_leaves_bars_wide_enough(
    last: str, unit: str, first_bar: list[object]
) -> None:
    frame = pd.DataFrame({"text": ["One.", "Two."], "date": ["2000-01-04", last]})
    brush = TimeBrush(ExplorerState(ak.from_frame(frame, progress=False)))
    assert (brush.unit, brush.bins[0]) == (unit, first_bar)
    assert brush.bins[-1][2] == 1
    assert len(brush.bins) <= MOST_BARS


def test_what_is_chosen_on_one_is_chosen_in_all_explorers_at_once(collection: ak.Collection) -> None:
    state = ExplorerState(collection)
    actors, topics = ActorExplorer(collection, state=state), TopicExplorer(collection, state=state)
    n_drawn = topics.n_drawn
    actors.controls.brush.chosen = ["2024-01-06", "2024-03-02"]
    assert (state.since, state.until) == (date(2024, 1, 6), date(2024, 3, 2))
    assert topics.controls.brush.chosen == ["2024-01-06", "2024-03-02"]
    assert topics.answer is not None and len(topics.answer.collection) == 3
    assert topics.n_drawn == n_drawn + 1
    assert topics.controls.inputs["since"].value == date(2024, 1, 6)
    state.update(since=None, until=None)
    assert actors.controls.brush.chosen == ["", ""]


def test_without_dates_there_are_no_bars() -> None:
    brush = TimeBrush(ExplorerState(ak.from_frame(pd.DataFrame({"text": ["One."]}), progress=False)))
    assert brush.bins == []
    with pytest.raises(ArgumentError, match="`since` is 'soon'"):
        brush.chosen = ["soon", ""]
