"""Lines over time: what breaks them, what marks them, what names them."""

from datetime import date

import numpy as np
import pandas as pd
import pytest
from matplotlib.collections import FillBetweenPolyCollection
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from matplotlib.text import Text

from analystkit.errors import ArgumentError
from analystkit.plot import plot_timeline
from analystkit.plot.style import PAPER


def line_of(ax, name):
    return next(line for line in ax.lines if line.get_label() == name)


def marks(ax):
    """Marker, face colour, and where the marks stand, for each set of marks that has any."""
    drawn = [line for line in ax.lines if line.get_marker() != "None"]
    found = []
    for line in drawn:
        x, y = line.get_data()
        known = ~np.isnan(y)
        if known.any():
            places = list(zip(x[known].tolist(), y[known].tolist(), strict=True))
            found.append((line.get_marker(), to_hex(line.get_markerfacecolor()), places))
    return found


def bands(ax):
    return [artist for artist in ax.collections if isinstance(artist, FillBetweenPolyCollection)]


def test_the_line_runs_through_the_shares_and_breaks_at_a_gap(answers, ax):
    plot_timeline(answers.shares_by_month(), ax=ax)
    assert line_of(ax, "Russia").get_ydata()[:2].tolist() == [0.4, 0.5]
    assert np.isnan(line_of(ax, "Russia").get_ydata()[2])


def test_a_gap_is_shaded_and_named(answers, ax, words):
    plot_timeline(answers.shares_by_month(), ax=ax)
    (shade,) = ax.patches
    assert (shade.get_x(), shade.get_x() + shade.get_width()) == (1.5, 2.5)
    assert "no articles" in words(ax)


def test_neighbouring_gaps_are_one(answers, ax, words):
    answer = answers.shares_by_month()
    answer.table.loc[answer.table["month"] == "2023-12", ["share", "note"]] = [np.nan, "no articles"]
    plot_timeline(answer, ax=ax)
    assert [(shade.get_x(), shade.get_width()) for shade in ax.patches] == [(0.5, 2.0)]
    assert words(ax).count("no articles") == 1


def test_a_point_on_too_few_stories_is_hollow_and_the_footer_says_so(answers, ax, words):
    plot_timeline(answers.shares_by_month(), ax=ax)
    hollow = [places for _, face, places in marks(ax) if face == PAPER.lower()]
    assert hollow == [[(3.0, 0.25)], [(3.0, 0.25)]]
    assert any("Hollow: fewer than 5 stories, too few to say." in text for text in words(ax))


def test_each_series_has_a_marker_of_its_own_and_its_name_at_the_end(answers, ax, words):
    plot_timeline(answers.shares_by_month(), ax=ax)
    assert {marker for marker, *_ in marks(ax)} == {"o", "s"}
    assert {"Russia", "China"} <= set(words(ax))
    assert ax.get_legend() is None


def test_only_the_focus_has_a_band_and_it_ends_at_the_interval(answers, ax):
    plot_timeline(answers.shares_by_month(), focus="China", ax=ax)
    (band,) = bands(ax)
    corners = {tuple(np.round(point, 6)) for path in band.get_paths() for point in path.vertices.tolist()}
    assert {(0.0, 0.0), (0.0, 0.3), (1.0, 0.1), (1.0, 0.4)} <= corners
    assert all(x <= 1 for x, _ in corners), "nothing is known of the point that stands on too few stories"


def test_a_point_between_gaps_shows_its_interval_as_a_bar(answers, ax):
    answer = answers.shares_by_month()
    answer.table.loc[answer.table["month"] == "2023-12", ["share", "low", "high", "note"]] = [
        *[np.nan] * 3,
        "no articles",
    ]
    plot_timeline(answer, items="Russia", ax=ax)
    bars = [segment.tolist() for artist in ax.collections[1:] for segment in artist.get_segments()]
    assert bars == [[[0.0, 0.2], [0.0, 0.6]]]


def test_the_four_largest_of_many_are_shown_and_the_footer_says_so(answers, ax, words):
    rows = [(f"A{i}", "2024-01", i, i / 10, 0.0, 1.0, "") for i in range(1, 7)]
    table = pd.DataFrame(rows, columns=["actor", "month", "n", "share", "low", "high", "note"])
    plot_timeline(answers.of(table, by=("month",)), ax=ax)
    names = [line.get_label() for line in ax.lines if not line.get_label().startswith("_")]
    assert names == ["A6", "A5", "A4", "A3"]
    assert any("Shown: the 4 of 6 actors with the largest n." in text for text in words(ax))


def test_chosen_items_keep_the_order_given(answers, ax):
    plot_timeline(answers.shares_by_month(), items=["China", "Russia"], ax=ax)
    names = [line.get_label() for line in ax.lines if not line.get_label().startswith("_")]
    assert names == ["China", "Russia"]


def test_one_series_needs_no_name_at_its_end(answers, ax, words):
    plot_timeline(answers.shares_by_month(), items="Russia", ax=ax)
    assert "Russia" not in words(ax)


def test_months_are_labelled_with_the_year_once(answers, ax, words):
    plot_timeline(answers.shares_by_month(), ax=ax)
    assert [label.get_text() for label in ax.get_xticklabels()] == ["Nov", "Dec", "Jan", "Feb"]
    assert [text for text in words(ax) if text in ("2023", "2024")] == ["2023", "2024"]


@pytest.mark.parametrize(
    ("unit", "labels", "ticks"),
    [
        ("year", ["2022", "2024"], ["2022", "2023", "2024"]),
        ("week", ["2020-W52", "2021-W01"], ["W52", "W53", "W01"]),
        ("day", ["2024-02-28", "2024-03-01"], ["28 Feb", "29 Feb", "1 Mar"]),
    ],
)
def test_periods_are_counted_on_the_calendar(answers, ax, unit, labels, ticks):
    table = pd.DataFrame({unit: labels, "n": 1, "share": 0.5, "low": 0.4, "high": 0.6, "note": ""})
    plot_timeline(answers.of(table, item=None, by=(unit,)), ax=ax)
    assert [label.get_text() for label in ax.get_xticklabels()] == ticks
    assert marks(ax) == [("o", "#0072b2", [(0.0, 0.5), (2.0, 0.5)])]


def test_outlets_are_the_lines_of_an_answer_about_one_item(answers, ax):
    rows = [
        (actor, "2024-01", outlet, 3, 0.3, 0.2, 0.4, "")
        for actor in ("Russia", "China")
        for outlet in ("Gazette", "Tribune")
    ]
    table = pd.DataFrame(rows, columns=["actor", "month", "outlet", "n", "share", "low", "high", "note"])
    answer = answers.of(table, by=("month", "outlet"))
    plot_timeline(answer, items="Russia", ax=ax)
    assert {line_of(ax, "Gazette").get_label(), line_of(ax, "Tribune").get_label()} == {"Gazette", "Tribune"}
    with pytest.raises(
        ArgumentError, match=r'to compare each outlet, choose one actor, e\.g\. items="Russia"'
    ):
        plot_timeline(answer, ax=ax)


def test_an_event_is_a_dashed_line_on_its_day_with_its_text(answers, ax, words):
    plot_timeline(
        answers.shares_by_month(), events={"2023-12-01": "Treaty", date(2025, 1, 1): "Later"}, ax=ax
    )
    (line,) = [line for line in ax.lines if line.get_linestyle() == "--"]
    assert line.get_xdata()[0] == 0.5, "December begins half way between the middles of November and December"
    assert "Treaty" in words(ax)
    assert "Later" not in words(ax)


def test_no_event_line_goes_through_the_text_of_another(answers, ax, assert_readable):
    events = {f"2023-{month}-15": f"Something happened in month {month}" for month in (11, 12)}
    plot_timeline(answers.shares_by_month(), events={**events, "2024-01-02": "And then this"}, ax=ax)
    assert_readable(ax)
    told = [text for text in ax.texts if text.arrow_patch]
    assert len(told) == 3
    for stem in (text.arrow_patch.get_window_extent() for text in told):
        for box in (Text.get_window_extent(text).padded(-1) for text in told):
            assert not (box.x0 < stem.x0 < box.x1 and stem.y0 < box.y1 and stem.y1 > box.y0)


def test_events_that_would_crowd_out_a_small_picture_are_numbered(answers, words, assert_readable):
    ax = Figure(figsize=(5, 3.2)).subplots()
    events = {f"2023-12-{day:02d}": f"What the agencies say happened on day {day}" for day in (1, 8, 15, 22)}
    plot_timeline(answers.shares_by_month(), events=events, ax=ax)
    assert {"1", "2", "3", "4"} <= set(words(ax))
    said = " ".join(" ".join(words(ax)).split())
    assert "Events: 1 What the agencies say happened on day 1; 2 What the agencies" in said
    assert_readable(ax)


def test_a_tone_has_a_zero_line_and_says_what_up_and_down_mean(answers, ax, words):
    plot_timeline(answers.tones_by_month(), ax=ax)
    assert any(set(line.get_ydata()) == {0} for line in ax.lines)
    assert {"more positive", "more negative"} <= set(words(ax))
    assert {"−0.25", "0", "+0.25"} <= set(words(ax))


def test_title_subtitle_and_source_stand_at_the_left_edge_of_the_figure(answers, ax):
    plot_timeline(answers.shares_by_month(), ax=ax)
    title, subtitle, footer = ax.get_figure().texts
    assert title.get_text() == "How often is each actor named?"
    assert subtitle.get_text() == "Share of stories, 95 % interval"
    assert footer.get_text().endswith("Source: 138 articles (109 stories), 7 outlets")
    assert {text.get_position()[0] for text in (title, subtitle, footer)} == {8 / (8 * 72)}


def test_redrawing_on_cleared_axes_leaves_nothing_behind(answers, ax, words):
    plot_timeline(answers.shares_by_month(), ax=ax)
    before = words(ax)
    ax.clear()
    plot_timeline(answers.of(answers.shares_by_month().table.iloc[:0], by=("month",)), ax=ax)
    ax.clear()
    plot_timeline(answers.shares_by_month(), ax=ax)
    assert words(ax) == before


@pytest.mark.parametrize("size", [(8, 4.5), (5, 3.5), (12, 5)])
def test_nothing_is_cut_and_nothing_overlaps(answers, assert_readable, size):
    long = [
        "Organisation for the Prohibition of Chemical Weapons",
        "US$ 5bn $ fund",
        "Kim Jong-un’s envoy",
        "D",
    ]
    months = [str(month) for month in pd.period_range("2023-01", "2024-06", freq="M")]
    rows = [
        (
            name,
            month,
            5,
            None if month == "2023-09" else 0.3,
            0.2,
            0.4,
            "no articles" if month == "2023-09" else "",
        )
        for name in long
        for month in months
    ]
    table = pd.DataFrame(rows, columns=["actor", "month", "n", "share", "low", "high", "note"])
    ax = Figure(figsize=size).subplots()
    plot_timeline(answers.of(table, by=("month",)), ax=ax)
    assert_readable(ax)


def test_no_articles_no_axes(answers, ax, words):
    empty = answers.of(answers.shares_by_month().table.iloc[:0], by=("month",))
    plot_timeline(empty, ax=ax)
    assert "No articles match" in words(ax)
    assert not ax.axison


def test_the_answer_stays_as_it_was(answers, ax):
    answer = answers.shares_by_month()
    before = answer.table.copy()
    plot_timeline(answer, ax=ax)
    pd.testing.assert_frame_equal(answer.table, before)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"items": "Rusia"}, r"`items` is 'Rusia'; allowed: .*Did you mean 'Russia'\?"),
        ({"focus": "Chna"}, r"`focus` is 'Chna'; allowed: 'Russia', 'China'\. Did you mean 'China'\?"),
        ({"events": {"13/2023": "x"}}, r"`events` has the day '13/2023'; write days as \"2023-09-13\"\."),
    ],
)
def test_a_wrong_choice_is_named_with_the_way_out(answers, ax, options, message):
    with pytest.raises(ArgumentError, match=message):
        plot_timeline(answers.shares_by_month(), ax=ax, **options)


def test_an_answer_without_time_is_refused(answers, ax):
    with pytest.raises(ArgumentError, match=r'`answer` is not grouped, .* ask again with by="month"'):
        plot_timeline(answers.shares(), ax=ax)


def test_more_than_four_chosen_items_are_refused(answers, ax):
    rows = [(f"A{i}", "2024-01", i, 0.1, 0.0, 1.0, "") for i in range(5)]
    table = pd.DataFrame(rows, columns=["actor", "month", "n", "share", "low", "high", "note"])
    with pytest.raises(ArgumentError, match=r"`items` names 5 actors; at most 4 can be told apart"):
        plot_timeline(answers.of(table, by=("month",)), items=[f"A{i}" for i in range(5)], ax=ax)
