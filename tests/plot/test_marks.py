"""Marks lie where the picture has its dots, and name the number that they show."""

from __future__ import annotations

import pandas as pd
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

import analystkit as ak
from analystkit.plot.marks import Mark, find_marks
from analystkit.plot.natural import draw_answer


def marks_of(answer: ak.Answer, kind: str) -> list[Mark]:
    figure = Figure()
    FigureCanvasAgg(figure)
    ax = figure.subplots()
    draw_answer(answer, kind, ax)
    figure.canvas.draw()
    return find_marks(answer, kind, ax)


def numbers(answer: ak.Answer) -> dict[tuple[str, ...], int]:
    rows = answer.table[[*answer.keys, "n"]].itertuples(index=False, name=None)
    return {tuple(map(str, row[:-1])): int(row[-1]) for row in rows}


@pytest.mark.parametrize(
    ("by", "kind"), [("month", "timeline"), ("month", "heatmap"), ("outlet", "heatmap"), (None, "ranking")]
)
def test_each_mark_has_the_count_of_the_number_that_it_names(
    collection: ak.Collection, by: str | None, kind: str
) -> None:
    dated = collection.filter(until="2024-12-31")
    answer = ak.actor_frequency(dated, by=by)
    marks, known = marks_of(answer, kind), numbers(answer)
    assert marks
    for mark in marks:
        assert [key for key, _ in mark.keys] == answer.keys
        assert mark.n == known[tuple(value for _, value in mark.keys)]
        assert 0 < mark.x < 1 and 0 < mark.y < 1
    assert len({mark.keys for mark in marks}) == len(marks)


def test_marks_lie_in_the_order_of_time_and_of_values() -> None:
    frame = pd.DataFrame(
        {
            "text": [f"Norway met guest {name}." for name in "abcdef"] + ["Rain fell.", "Snow fell."],
            "date": ["2024-01-01"] * 2 + ["2024-02-01"] * 4 + ["2024-01-02"] * 2,
        }
    )
    collection = ak.from_frame(frame, progress=False)
    january, february = marks_of(ak.actor_frequency(collection, by="month"), "timeline")
    # Two of the four articles of January, all four of February: to the right, and higher up.
    assert (january.n, february.n) == (2, 4)
    assert january.x < february.x
    assert january.y > february.y


def test_pairs_and_comparisons_have_marks(collection: ak.Collection) -> None:
    pairs = ak.co_mentions(collection, min_support=1)
    assert {dict(mark.keys)["partner"] for mark in marks_of(pairs, "co-mention")} <= set(
        pairs.table["partner"]
    )
    one = ak.co_mentions(collection, "Japan", min_support=1)
    assert {mark.keys for mark in marks_of(one, "co-mention")} == {
        (("actor", "Japan"), ("partner", name)) for name in one.table["partner"]
    }
    compared = ak.compare(collection.filter(outlet="Lamp"), collection, names=("Lamp", "all"))
    assert {dict(mark.keys)["slice"] for mark in marks_of(compared, "comparison")} == {"all"}


def test_an_empty_picture_has_no_marks(collection: ak.Collection) -> None:
    assert marks_of(ak.actor_frequency(collection.filter(since="2030-01-01")), "ranking") == []
