"""Intervals that resample stories."""

from __future__ import annotations

import math

import numpy as np
import pytest

from analystkit.measure import intervals
from analystkit.measure.intervals import difference_intervals, ratio_intervals, widen_certain


def share_interval(hits: np.ndarray) -> tuple[float, float]:
    """Return the interval of a share over stories of one article each."""
    stories = np.arange(len(hits))
    found = np.flatnonzero(hits)
    low, high = ratio_intervals(
        np.zeros(len(found)),
        found,
        np.ones(len(found)),
        np.zeros(len(hits)),
        stories,
        np.ones(len(hits)),
        [0],
    )
    return float(low[0]), float(high[0])


def test_the_interval_of_a_share_is_about_two_standard_errors_wide() -> None:
    low, high = share_interval(np.arange(400) % 4 == 0)
    error = math.sqrt(0.25 * 0.75 / 400)
    assert low == pytest.approx(0.25 - 1.96 * error, abs=0.006)
    assert high == pytest.approx(0.25 + 1.96 * error, abs=0.006)


def test_many_sentences_of_few_stories_do_not_make_the_mean_sure() -> None:
    """Ten stories of forty equal sentences each are ten witnesses, not four hundred."""
    values = np.where(np.arange(10) % 2 == 0, 1.0, -1.0)
    cell, story = np.zeros(10), np.arange(10)
    low, high = ratio_intervals(cell, story, 40 * values, cell, story, np.full(10, 40.0), [0])
    assert high[0] - low[0] > 1  # sentences taken one by one would give 0.2


def test_the_interval_covers_the_truth_as_often_as_it_says() -> None:
    rng = np.random.default_rng(1)
    covered = 0
    for _ in range(200):
        low, high = share_interval(rng.random(60) < 0.4)
        covered += low <= 0.4 <= high
    assert 0.90 <= covered / 200 <= 0.99


def test_no_stories_give_no_interval() -> None:
    low, high = ratio_intervals([], [], [], [], [], [], [0])
    assert math.isnan(low[0])
    assert math.isnan(high[0])


def test_none_and_all_are_not_certain() -> None:
    z2 = 1.959963984540054**2
    low, high = widen_certain([0.0, 1.0, 0.5], [6, 6, 6], [0.0, 1.0, 0.2], [0.0, 1.0, 0.8])
    assert high[0] == pytest.approx(z2 / (6 + z2))
    assert low[1] == pytest.approx(6 / (6 + z2))
    assert (low[2], high[2]) == (0.2, 0.8)


def drawn_one_by_one(x: np.ndarray, y: np.ndarray, n: int = 1000) -> tuple[float, float]:
    """Return the percentile interval of sum(x) / sum(y), drawn as the books say."""
    rng = np.random.default_rng(7)
    picks = rng.integers(len(x), size=(n, len(x)))
    ratios = x[picks].sum(axis=1) / y[picks].sum(axis=1)
    return float(np.quantile(ratios, 0.025)), float(np.quantile(ratios, 0.975))


@pytest.mark.parametrize(("share", "by_size"), [(0.3, False), (0.3, True), (0.002, False)])
def test_of_many_stories_the_ends_are_those_to_which_draws_tend(share: float, by_size: bool) -> None:
    rng = np.random.default_rng(3)
    y = rng.integers(1, 9, size=3000).astype(float) if by_size else np.ones(3000)
    x = np.where(rng.random(3000) < share, y, 0.0)
    stories, where = np.arange(3000), np.flatnonzero(x)
    low, high = ratio_intervals(np.zeros(len(where)), where, x[where], np.zeros(3000), stories, y, [0])
    expected = drawn_one_by_one(x, y)
    width = expected[1] - expected[0]
    # A thousand draws place an end to some 4 % of the width.
    assert low[0] == pytest.approx(expected[0], abs=0.12 * width)
    assert high[0] == pytest.approx(expected[1], abs=0.12 * width)


def test_of_many_stories_in_small_groups_each_group_is_drawn_as_if_it_were_alone() -> None:
    stories = np.arange(4000)
    groups = stories // 40
    found = np.flatnonzero(stories % 4 == 0)
    low, high = ratio_intervals(
        groups[found], found, np.ones(len(found)), groups, stories, np.ones(4000), np.arange(100)
    )
    alone = share_interval(np.arange(40) % 4 == 0)
    assert (low[0], high[0]) == (low[99], high[99])
    assert low[0] == pytest.approx(alone[0], abs=0.04)
    assert high[0] == pytest.approx(alone[1], abs=0.04)


def test_a_difference_of_many_stories_is_as_sure_as_its_two_errors_say() -> None:
    n = 6000
    stories, side = np.arange(n), np.arange(n) % 2
    found = np.flatnonzero(np.where(side == 1, stories % 10 < 4, stories % 10 < 2))
    ones = np.ones(n)
    low, high = difference_intervals(
        np.zeros(len(found)), side[found], found, ones[found], side, stories, ones, 1
    )
    shares = [np.isin(stories[side == one], found).mean() for one in (0, 1)]
    error = math.sqrt(sum(share * (1 - share) / 3000 for share in shares))
    assert low[0] == pytest.approx(shares[1] - shares[0] - 1.96 * error, abs=0.001)
    assert high[0] == pytest.approx(shares[1] - shares[0] + 1.96 * error, abs=0.001)


def test_drawing_all_at_once_gives_what_drawing_one_by_one_gave() -> None:
    """The draws of few stories are the same numbers as ever: 1,000 times as many stories as there are, from one seed."""
    rng = np.random.default_rng(intervals._SEED)
    one_by_one = [np.bincount(rng.integers(30, size=30), minlength=30) for _ in range(intervals.DRAWS)]
    assert np.array_equal(intervals._weights(30, intervals.DRAWS), np.array(one_by_one).T)
