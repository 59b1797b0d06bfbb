"""Colours that can be read, words that fit, axes that are not drawn over."""

import subprocess
import sys
from itertools import pairwise

import matplotlib as mpl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib import pyplot as plt
from matplotlib.figure import Figure

import analystkit.plot
from analystkit.plot import house_style, plot_ranking
from analystkit.plot.heatmap import contrast
from analystkit.plot.labels import spread
from analystkit.plot.style import INK, MUTED, PALETTE, TEXT_PALETTE, fold, text_width


def test_the_public_names_are_sorted_and_there():
    assert sorted(analystkit.plot.__all__) == analystkit.plot.__all__
    assert all(hasattr(analystkit.plot, name) for name in analystkit.plot.__all__)


def test_importing_the_plots_does_not_import_pyplot():
    code = "import sys, analystkit.plot; sys.exit('matplotlib.pyplot' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_series_stand_out_on_light_and_dark_pages():
    assert min(contrast(color, "white") for color in PALETTE) >= 3.4
    assert min(contrast(color, "#111111") for color in PALETTE) >= 3.6


def test_small_text_stands_out_on_white():
    assert min(contrast(color, "white") for color in (INK, MUTED, *TEXT_PALETTE)) >= 4.5


def test_the_house_style_holds_inside_its_context_only():
    before = mpl.rcParams["axes.titleweight"]
    with house_style():
        assert mpl.rcParams["axes.titleweight"] == "bold"
        assert mpl.rcParams["axes.prop_cycle"].by_key()["color"] == list(PALETTE)
    assert mpl.rcParams["axes.titleweight"] == before


def test_without_axes_a_figure_of_the_house_is_made(answers):
    ax = plot_ranking(answers.shares(3))
    assert ax is plt.gca()
    assert ax.get_figure().get_size_inches().tolist() == [8, pytest.approx(1.6 + 3 * 0.3)]


def test_empty_current_axes_are_used_and_filled_ones_are_not_drawn_over(answers):
    _, mine = plt.subplots()
    first = plot_ranking(answers.shares(3))
    second = plot_ranking(answers.shares(2))
    assert first is mine
    assert second is not mine
    assert len(plt.get_fignums()) == 2


def test_a_figure_of_ones_own_leaves_pyplot_alone(answers, ax):
    plot_ranking(answers.shares(3), ax=ax)
    assert plt.get_fignums() == []


def test_in_a_shared_figure_the_title_stands_over_its_axes(answers):
    figure = Figure(figsize=(12, 4), layout="constrained")
    left, right = figure.subplots(1, 2)
    plot_ranking(answers.shares(3), ax=left)
    assert left.get_title(loc="left") == "How often is each actor named?"
    assert figure.texts == []
    assert right.get_title(loc="left") == ""


def test_folded_lines_fit_and_lose_no_word():
    text = "Mean VADER compound of the sentences that name the actor, one article per story"
    lines = fold(text, 150).split("\n")
    assert " ".join(lines) == text
    assert all(text_width(line) <= 151 for line in lines)


def test_a_no_break_space_holds_words_together():
    assert fold("European Union (n\u00a0=\u00a0109)", 80).split("\n")[-1] == "(n\u00a0=\u00a0109)"


@given(st.lists(st.floats(0, 100), min_size=1, max_size=6))
def test_spread_labels_keep_their_order_and_never_overlap(wanted):
    places = spread(wanted, [10.0] * len(wanted), low=0, high=100)
    by_wish = [places[i] for i in sorted(range(len(wanted)), key=wanted.__getitem__)]
    assert all(upper - lower >= 10 - 1e-6 for lower, upper in pairwise(by_wish))
    assert all(5 - 1e-6 <= place <= 95 + 1e-6 for place in places)
