"""Cells: their numbers, their colours, and what stands where there is none."""

import numpy as np
import pandas as pd
import pytest
from matplotlib.figure import Figure

from analystkit.errors import ArgumentError
from analystkit.plot import plot_heatmap
from analystkit.plot.heatmap import SHARES, TONES, contrast, number_color


def numbers(ax):
    """Number by (row, column)."""
    return {
        (int(text.get_position()[1]), int(text.get_position()[0])): text.get_text()
        for text in ax.texts
        if text.get_transform() == ax.transData and text.get_text() != "no articles"
    }


def outlets(answers):
    rows = [
        ("Sanctions", "Gazette", 5, 0.5, ""),
        ("Sanctions", "Tribune", 0, 0.0, ""),
        ("Missiles", "Gazette", 1, 0.001, ""),
        ("Missiles", "Tribune", None, None, "no articles"),
    ]
    table = pd.DataFrame(rows, columns=["topic", "outlet", "n", "share", "note"])
    return answers.of(table.assign(low=np.nan, high=np.nan), item="topic", by=("outlet",))


def test_cells_hold_percent_and_too_few_stands_in_brackets(answers, ax, words):
    plot_heatmap(answers.shares_by_month(), ax=ax)
    assert numbers(ax) == {
        (0, 0): "40", (0, 1): "50", (0, 3): "(25)",
        (1, 0): "10", (1, 1): "20", (1, 3): "(25)",
    }  # fmt: skip
    footer = " ".join(words(ax))
    assert (
        "Numbers are percent. In brackets: fewer than 5 stories, too few to say. Hatched: no articles."
        in footer
    )


def test_the_item_with_the_largest_n_is_the_upper_row(answers, ax):
    plot_heatmap(answers.shares_by_month(), ax=ax)
    assert [label.get_text() for label in ax.get_yticklabels()] == ["Russia", "China"]
    bottom, top = ax.get_ylim()
    assert (bottom, top) == (2, 0)


def test_a_period_without_articles_is_one_hatched_bar(answers, ax, words):
    plot_heatmap(answers.shares_by_month(), ax=ax)
    (bar,) = ax.patches
    assert (bar.get_x(), bar.get_y(), bar.get_width(), bar.get_height()) == (2, 0, 1, 2)
    assert bar.get_hatch()
    assert "no articles" in words(ax)


def test_a_single_cell_without_articles_is_hatched_alone(answers, ax):
    plot_heatmap(outlets(answers), ax=ax)
    (cell,) = ax.patches
    assert (cell.get_x(), cell.get_y(), cell.get_height()) == (1, 1, 1)


def test_nothing_and_almost_nothing_differ(answers, ax):
    plot_heatmap(outlets(answers), ax=ax)
    assert numbers(ax) == {(0, 0): "50", (0, 1): "0", (1, 0): "<1"}
    assert [label.get_text() for label in ax.get_xticklabels()] == ["Gazette", "Tribune"]


def test_a_tone_whose_sign_is_not_settled_is_grey(answers, ax, words):
    plot_heatmap(answers.tones_by_month(), ax=ax)
    mesh = ax.collections[0]
    assert mesh.get_array().ravel().tolist() == [-0.4, 0.0, 0.0]
    assert mesh.norm.vmin == -mesh.norm.vmax == -0.4
    assert numbers(ax) == {(0, 0): "−0.40", (0, 1): "+0.10", (0, 2): "(+0.30)"}
    assert "Orange: negative. Blue: positive. Grey: sign not settled." in " ".join(words(ax))


def test_a_group_that_never_names_the_actor_has_a_dash(answers, ax, words):
    answer = answers.tones_by_month()
    answer.table.loc[2, ["n", "mean"]] = [0, np.nan]
    plot_heatmap(answer, ax=ax)
    assert numbers(ax)[0, 2] == "–"
    assert "–: nothing to count." in " ".join(words(ax))


@pytest.mark.parametrize("colors", [SHARES, TONES])
def test_numbers_stand_out_on_every_cell(colors):
    for cell in colors(np.linspace(0, 1, 101)):
        assert contrast(number_color(tuple(cell)), tuple(cell)) >= 4.3


def test_numbers_that_would_not_fit_are_left_out_and_the_scale_is_told(answers, words):
    days = [str(day.date()) for day in pd.date_range("2024-01-01", "2024-03-30")]
    table = pd.DataFrame({"topic": "Sanctions", "day": days, "n": 1, "share": 0.2, "note": ""})
    table.loc[0, "share"] = 0.5
    ax = Figure(figsize=(8, 3)).subplots()
    plot_heatmap(answers.of(table.assign(low=0.1, high=0.6), item="topic", by=("day",)), ax=ax)
    assert numbers(ax) == {}
    assert "Darker is more: 20% to 50%." in " ".join(words(ax))


@pytest.mark.parametrize("width", [5.5, 8])
@pytest.mark.parametrize("kind", ["months", "outlets"])
def test_nothing_is_cut_and_nothing_overlaps(answers, assert_readable, width, kind):
    months = [str(month) for month in pd.period_range("2023-01", "2024-06", freq="M")]
    papers = [
        "The Guardian",
        "TASS",
        "Yonhap News Agency",
        "Al Jazeera English",
        "The Korea Herald",
        "Reuters",
    ]
    columns = months if kind == "months" else papers
    topics = ["Sanctions and what they are said to do to the economy", "Arms", "Missile tests"]
    rows = [(t, c, 5, None if c == columns[3] else 0.5) for t in topics for c in columns]
    table = pd.DataFrame(rows, columns=["topic", kind[:-1], "n", "share"]).assign(low=0.1, high=0.6)
    table["note"] = table["share"].isna().map({True: "no articles", False: ""})
    ax = Figure(figsize=(width, 3.4)).subplots()
    plot_heatmap(answers.of(table, item="topic", by=(kind[:-1],)), ax=ax)
    assert_readable(ax)


def test_an_answer_with_one_key_is_refused(answers, ax):
    with pytest.raises(ArgumentError, match=r"one row per actor; a heat map needs two keys"):
        plot_heatmap(answers.shares(), ax=ax)


def test_no_articles_no_axes(answers, ax, words):
    plot_heatmap(answers.of(answers.shares_by_month().table.iloc[:0], by=("month",)), ax=ax)
    assert "No articles match" in words(ax)
