"""Pictures of words: what is drawn is what the answers say."""

from __future__ import annotations

import matplotlib as mpl
import pandas as pd
import pytest
from matplotlib.axes import Axes
from matplotlib.colors import to_hex

import analystkit as ak
from analystkit.errors import ArgumentError
from analystkit.plot.style import POSITIVE, UNSETTLED

mpl.use("Agg")


@pytest.fixture
def halves() -> ak.Collection:
    """Twenty stories: tea in all of the first ten, rice in all of the rest, and a word in one alone."""
    texts = [f"word{i} item{i} tea tea plain" for i in range(10)]
    texts += [f"word{i} item{i} rice plain plain" for i in range(10, 20)]
    texts[0] += " xylophone" * 9
    days = [f"2024-0{1 + i // 5}-{10 + i}" for i in range(20)]
    frame = pd.DataFrame({"text": texts, "outlet": ["A"] * 10 + ["B"] * 10, "date": days})
    return ak.from_frame(frame, progress=False)


def labels(ax: Axes) -> list[str]:
    return [label.get_text() for label in ax.get_yticklabels()]


def test_key_words_stand_in_the_order_of_their_log_ratios(halves: ak.Collection) -> None:
    answer = ak.keyness(halves.filter(outlet="A"), reference=halves)
    ax = ak.plot_keyness(answer)
    assert labels(ax) == ["tea (20 : 0)", "xylophone (9 : 0)", "plain (10 : 20)", "rice (0 : 10)"]
    (dots,) = ax.collections[1:2]
    drawn = dict(zip(labels(ax), (to_hex(color).upper() for color in dots.get_facecolors()), strict=True))
    assert drawn["tea (20 : 0)"] == POSITIVE.upper()
    assert drawn["xylophone (9 : 0)"] == UNSETTLED.upper()


def test_each_occurrence_is_a_stroke_at_its_day(halves: ak.Collection) -> None:
    ax = ak.plot_dispersion(ak.dispersion(halves, ["tea", "rice"]))
    assert labels(ax) == ["tea (n\u00a0=\u00a020)", "rice (n\u00a0=\u00a010)"]
    assert [len(strokes.get_segments()) for strokes in ax.collections] == [20, 10]


def test_without_days_strokes_stand_at_running_words() -> None:
    one = ak.from_frame(pd.DataFrame({"text": ["tea a b c"]}), progress=False)
    ax = ak.plot_dispersion(ak.dispersion(one, "tea"))
    assert ax.collections[0].get_segments()[0][0][0] == 0
    assert ax.get_xlim() == (0, 1)


def test_bursts_are_bars_over_their_periods(halves: ak.Collection) -> None:
    answer = ak.bursts(ak.word_frequency(halves, ["rice"], by="month"), factor=1.5, gamma=0.1)
    assert answer.table["period"].tolist() == ["2024-03 to 2024-04"]
    ax = ak.plot_bursts(answer)
    (bar,) = ax.patches
    assert (bar.get_x(), bar.get_width()) == (1.5, 2)
    assert labels(ax) == ["rice"]


def test_nothing_is_said_in_words(halves: ak.Collection) -> None:
    ax = ak.plot_bursts(ak.bursts(ak.word_frequency(halves, ["absent"], by="month")))
    assert "Nothing bursts." in " ".join(text.get_text() for text in ax.figure.findobj(mpl.text.Text))


@pytest.mark.parametrize("plot", [ak.plot_keyness, ak.plot_bursts])
def test_another_answer_is_refused(halves: ak.Collection, plot: object) -> None:
    with pytest.raises(ArgumentError, match="`answer` holds no"):
        plot(ak.word_frequency(halves))  # type: ignore[operator]
