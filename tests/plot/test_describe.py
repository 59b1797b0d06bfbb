"""The alternative text says what the picture shows, with its main figures."""

import pytest

from analystkit.errors import ArgumentError
from analystkit.plot import describe_plot


def test_a_timeline_is_told_by_its_lowest_and_highest_points_and_its_gaps(answers):
    assert describe_plot(answers.shares_by_month(), "timeline", items="Russia") == (
        "Line chart. How often is each actor named? 2023-11 to 2024-02: "
        "Russia from 25% (2024-02) to 50% (2023-12); no articles in 2024-01."
    )


def test_a_ranking_is_told_by_its_first_three_and_its_last(answers):
    assert describe_plot(answers.shares(6), "ranking", n=5) == (
        "Ranked dots. How often is each actor named? 5 of 6 actors: "
        "A6 60% (n = 60), A5 50% (n = 50), A4 40% (n = 40), ... down to A2 20% (n = 20)."
    )


def test_a_tone_that_is_not_sure_says_so(answers):
    assert describe_plot(answers.tones(), "tone") == (
        "Ranked dots. In what tone is each actor spoken of? 4 of 4 actors: Russia −0.40 (n = 40), "
        "Ukraine −0.10 (n = 20, not settled), Japan +0.20 (n = 3, too few to say), China +0.30 (n = 30)."
    )


def test_a_heat_map_is_told_by_its_extremes(answers):
    assert describe_plot(answers.shares_by_month(), "heatmap") == (
        "Heat map. How often is each actor named? 2 rows by 4 months. Highest: 50%, Russia, 2023-12. "
        "Lowest: 10%, China, 2023-11. No articles in 2024-01."
    )


@pytest.mark.parametrize("kind", ["heatmap", "ranking", "timeline", "tone"])
def test_nothing_to_show_is_said(answers, kind):
    empty = answers.of(answers.shares().table.iloc[:0])
    assert describe_plot(empty, kind) == "How often is each actor named? No articles match."


def test_an_unknown_kind_is_refused(answers):
    with pytest.raises(ArgumentError, match=r"`kind` is 'timelines'; allowed: .*Did you mean 'timeline'\?"):
        describe_plot(answers.shares(), "timelines")
