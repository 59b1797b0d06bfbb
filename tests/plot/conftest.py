"""Answers built by hand, axes of their own, and figures closed after each test."""

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import matplotlib as mpl
import pandas as pd
import pytest
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.text import Text

mpl.use("Agg")


class Described:
    def describe(self) -> str:
        return "138 articles (109 stories), 7 outlets"


@dataclass(frozen=True)
class StandIn:
    """What a picture reads of an answer."""

    table: pd.DataFrame
    item: str | None = "actor"
    by: tuple[str, ...] = ()
    title: str = "How often is each actor named?"
    subtitle: str = "share of stories, 95 % interval"
    count: str = "stories"
    collection: Described = field(default_factory=Described)


GAP, FEW = "no articles", "too few to say"
MONTHS = ["2023-11", "2023-12", "2024-01", "2024-02"]


def shares_by_month() -> StandIn:
    """Two actors in four months: the third is a gap, the fourth stands on too few stories."""
    nan = float("nan")
    rows = [
        ("Russia", MONTHS[0], 4, 10, 0.4, 0.2, 0.6, ""),
        ("Russia", MONTHS[1], 5, 10, 0.5, 0.3, 0.7, ""),
        ("Russia", MONTHS[2], None, 0, nan, nan, nan, GAP),
        ("Russia", MONTHS[3], 1, 4, 0.25, 0.0, 0.9, FEW),
        ("China", MONTHS[0], 1, 10, 0.1, 0.0, 0.3, ""),
        ("China", MONTHS[1], 2, 10, 0.2, 0.1, 0.4, ""),
        ("China", MONTHS[2], None, 0, nan, nan, nan, GAP),
        ("China", MONTHS[3], 1, 4, 0.25, 0.0, 0.9, FEW),
    ]
    columns = ["actor", "month", "n", "denominator", "share", "low", "high", "note"]
    table = pd.DataFrame(rows, columns=columns).astype({"n": "Int64"})
    return StandIn(table, by=("month",))


def shares(n_actors: int = 3) -> StandIn:
    """Actors A1, A2, ... with n = 10, 20, ... of 100 stories, the least first."""
    rows = [(f"A{i}", 10 * i, i / 10, i / 10 - 0.05, i / 10 + 0.05, "") for i in range(1, n_actors + 1)]
    return StandIn(pd.DataFrame(rows, columns=["actor", "n", "share", "low", "high", "note"]))


def tones() -> StandIn:
    """One actor of each sign."""
    rows = [
        ("China", 30, 0.3, 0.1, 0.5, "positive", ""),
        ("Russia", 40, -0.4, -0.5, -0.2, "negative", ""),
        ("Ukraine", 20, -0.1, -0.3, 0.1, "not settled", ""),
        ("Japan", 3, 0.2, -0.4, 0.6, FEW, FEW),
        ("Iran", 0, float("nan"), float("nan"), float("nan"), FEW, FEW),
    ]
    table = pd.DataFrame(rows, columns=["actor", "n", "mean", "low", "high", "sign", "note"])
    return StandIn(table, title="In what tone is each actor spoken of?")


def tones_by_month() -> StandIn:
    rows = [
        ("Russia", "2024-01", 9, -0.4, -0.5, -0.2, "negative", ""),
        ("Russia", "2024-02", 9, 0.1, -0.1, 0.2, "not settled", ""),
        ("Russia", "2024-03", 2, 0.3, -0.1, 0.6, FEW, FEW),
    ]
    columns = ["actor", "month", "n", "mean", "low", "high", "sign", "note"]
    return StandIn(pd.DataFrame(rows, columns=columns), by=("month",), title="In what tone?")


@dataclass(frozen=True)
class Answers:
    shares: Callable[..., StandIn] = shares
    shares_by_month: Callable[[], StandIn] = shares_by_month
    tones: Callable[[], StandIn] = tones
    tones_by_month: Callable[[], StandIn] = tones_by_month
    of: type[StandIn] = StandIn


@pytest.fixture
def answers() -> Answers:
    return Answers()


@pytest.fixture
def ax() -> Axes:
    return Figure(figsize=(8, 4.5)).subplots()


@pytest.fixture
def words() -> Callable[[Axes], list[str]]:
    """Every text of a picture that is not empty, ticks and figure included, drawn first so that all are in place."""

    def read(ax: Axes) -> list[str]:
        return [text.get_text() for text in _texts(ax)]

    return read


@pytest.fixture
def assert_readable() -> Callable[[Axes], None]:
    """Texts lie within the figure, and no two of them overlap by more than a point."""

    def check(ax: Axes) -> None:
        figure = ax.get_figure()
        texts = _texts(ax)
        boxes = [Text.get_window_extent(text).padded(-1) for text in texts]
        for text, box in zip(texts, boxes, strict=True):
            assert figure.bbox.containsx(box.x0) and figure.bbox.containsx(box.x1), text.get_text()
            assert figure.bbox.containsy(box.y0) and figure.bbox.containsy(box.y1), text.get_text()
        # The boxes of slanted texts overlap where their letters do not.
        straight = [i for i, text in enumerate(texts) if text.get_rotation() % 90 == 0]
        for i in straight:
            hit = [texts[j].get_text() for j in straight if j < i and boxes[i].overlaps(boxes[j])]
            assert not hit, (texts[i].get_text(), hit)

    return check


@pytest.fixture(autouse=True)
def _close_figures() -> Iterator[None]:
    yield
    from matplotlib import pyplot as plt

    plt.close("all")


def _texts(ax: Axes) -> list[Text]:
    figure = ax.get_figure()
    figure.savefig(io.BytesIO(), format="png")
    shown = [*figure.texts, *ax.texts, ax.title, *ax.get_xticklabels(), *ax.get_yticklabels()]
    low, high = sorted(ax.get_xlim())
    bottom, top = sorted(ax.get_ylim())
    off = [
        *(t for t in ax.get_xticklabels() if not low <= t.get_position()[0] <= high),
        *(t for t in ax.get_yticklabels() if not bottom <= t.get_position()[1] <= top),
    ]
    if not ax.axison:
        off = [*ax.get_xticklabels(), *ax.get_yticklabels()]
    return [t for t in shown if t.get_text() and t.get_visible() and t not in off]
