"""Intervals that resample stories."""

from __future__ import annotations

import math

import numpy as np
import pytest

from analystkit.measure.intervals import ratio_intervals, widen_certain


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
