"""Ranked dots: order, places, colours, words."""

import pandas as pd
import pytest
from matplotlib.colors import to_hex
from matplotlib.figure import Figure

from analystkit.errors import ArgumentError
from analystkit.plot import plot_ranking, plot_tone
from analystkit.plot.style import NEGATIVE, PAPER, POSITIVE, UNSETTLED


def names(ax):
    return [" ".join(label.get_text().replace("\u00a0", " ").split()) for label in ax.get_yticklabels()]


def dots(ax):
    return ax.collections[1].get_offsets().tolist()


def bars(ax):
    return [segment.tolist() for segment in ax.collections[0].get_segments()]


def test_the_largest_share_is_on_top_with_its_count(answers, ax):
    plot_ranking(answers.shares(3), ax=ax)
    assert names(ax) == ["A3 (n = 30)", "A2 (n = 20)", "A1 (n = 10)"]
    assert dots(ax) == [[0.3, 0.0], [0.2, 1.0], [0.1, 2.0]]
    bottom, top = ax.get_ylim()
    assert bottom > top, "row 0 is the upper one"


def test_bars_end_at_the_interval(answers, ax):
    plot_ranking(answers.shares(2), ax=ax)
    assert bars(ax) == [[[0.2 - 0.05, 0.0], [0.2 + 0.05, 0.0]], [[0.1 - 0.05, 1.0], [0.1 + 0.05, 1.0]]]


def test_shares_are_written_in_percent(answers, ax, words):
    plot_ranking(answers.shares(3), ax=ax)
    assert {"30%", "20%", "10%"} <= {text.get_text() for text in ax.texts}
    assert "0%" in words(ax)


def test_small_shares_get_a_decimal(answers, ax):
    answer = answers.shares(2)
    answer.table[["share", "low", "high"]] = answer.table[["share", "low", "high"]] / 10
    plot_ranking(answer, ax=ax)
    assert [text.get_text() for text in ax.texts] == ["2.0%", "1.0%"]


def test_only_the_n_largest_are_drawn_and_the_footer_says_so(answers, ax, words):
    plot_ranking(answers.shares(6), n=2, ax=ax)
    assert names(ax) == ["A6 (n = 60)", "A5 (n = 50)"]
    assert any("Shown: the 2 of 6 actors with the largest n." in text for text in words(ax))


def test_a_share_without_interval_is_a_dot_alone(answers, ax):
    answer = answers.shares(2)
    answer.table[["low", "high"]] = float("nan")
    plot_ranking(answer, ax=ax)
    assert dots(ax) == [[0.2, 0.0], [0.1, 1.0]]


def test_outlets_can_be_ranked(answers, ax):
    table = answers.shares(2).table.rename(columns={"actor": "outlet"})
    plot_ranking(answers.of(table, item=None, by=("outlet",)), ax=ax)
    assert names(ax) == ["A2 (n = 20)", "A1 (n = 10)"]


def test_the_most_negative_tone_is_on_top_and_zero_in_the_middle(answers, ax):
    plot_tone(answers.tones(), ax=ax)
    assert names(ax) == ["Russia (n = 40)", "Ukraine (n = 20)", "Japan (n = 3)", "China (n = 30)"]
    low, high = ax.get_xlim()
    assert low == -high
    assert any(list(line.get_xdata()) == [0, 0] for line in ax.lines)


def test_colour_tells_the_sign_and_a_hollow_dot_too_few(answers, ax, words):
    plot_tone(answers.tones(), ax=ax)
    scatter = ax.collections[1]
    edges = [to_hex(color) for color in scatter.get_edgecolors()]
    faces = [to_hex(color) for color in scatter.get_facecolors()]
    assert edges == [color.lower() for color in (NEGATIVE, UNSETTLED, UNSETTLED, POSITIVE)]
    assert faces == [color.lower() for color in (NEGATIVE, UNSETTLED, PAPER, POSITIVE)]
    footer = " ".join(words(ax))
    assert "Grey: sign not settled. Hollow: fewer than 5 stories, too few to say." in footer


def test_the_ends_of_the_axis_are_put_in_words(answers, ax, words):
    plot_tone(answers.tones(), ax=ax)
    assert {"← more negative", "more positive →"} <= set(words(ax))


def test_a_negative_value_is_written_left_of_its_bar(answers, ax):
    plot_tone(answers.tones(), ax=ax)
    written = {text.get_text(): text for text in ax.texts}
    assert (written["−0.40"].get_position(), written["−0.40"].get_ha()) == ((-0.5, 0), "right")
    assert (written["+0.30"].get_position(), written["+0.30"].get_ha()) == ((0.5, 3), "left")


def test_a_tone_of_all_sentences_is_one_row(answers, ax):
    table = answers.tones().table.iloc[:1].drop(columns="actor")
    plot_tone(answers.of(table, item=None), ax=ax)
    assert names(ax) == ["All (n = 30)"]


@pytest.mark.parametrize("width", [5, 8])
def test_long_names_are_folded_not_cut(answers, assert_readable, width):
    answer = answers.shares(3)
    answer.table["actor"] = [
        "Office of the United Nations High Commissioner for Human Rights",
        "A $ B $",
        "K. J.",
    ]
    ax = Figure(figsize=(width, 4)).subplots()
    plot_ranking(answer, ax=ax)
    assert_readable(ax)


@pytest.mark.parametrize("plot", [plot_ranking, plot_tone])
def test_no_articles_no_axes(answers, ax, words, plot):
    answer = answers.shares() if plot is plot_ranking else answers.tones()
    plot(answers.of(answer.table.iloc[:0]), ax=ax)
    assert "No articles match" in words(ax)


def test_one_kind_of_answer_is_not_drawn_as_the_other(answers, ax):
    with pytest.raises(ArgumentError, match="`answer` holds tones, not shares; draw it with plot_tone"):
        plot_ranking(answers.tones(), ax=ax)
    with pytest.raises(ArgumentError, match="`answer` holds shares, not tones; draw it with plot_ranking"):
        plot_tone(answers.shares(), ax=ax)


def test_an_answer_with_two_keys_is_refused(answers, ax):
    with pytest.raises(
        ArgumentError, match=r"one row per actor and month; a ranking needs one key.*plot_timeline"
    ):
        plot_ranking(answers.shares_by_month(), ax=ax)


def test_no_rows_at_all_cannot_be_asked_for(answers, ax):
    with pytest.raises(ArgumentError, match="`n` is 0; it must be 1 or more"):
        plot_ranking(answers.shares(), n=0, ax=ax)


def test_the_answer_stays_as_it_was(answers, ax):
    answer = answers.tones()
    before = answer.table.copy()
    plot_tone(answer, ax=ax)
    pd.testing.assert_frame_equal(answer.table, before)
