from itertools import combinations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from analystkit.clean.line_features import line_features
from analystkit.clean.lines import read_lines
from analystkit.clean.segments import (
    SEGMENT_FEATURES,
    Segment,
    find_segments,
    maximal_runs,
    segment_features,
)

PAGE = """Council votes on bridge
3 May 2024
The council voted on Monday to mend the old bridge before winter comes.
Work will begin in August and take about ten weeks.
2 comments
I should like the bridge to be painted green, and soon.
Most read"""
P = np.array([0.1, 0.1, 0.9, 0.9, 0.1, 0.8, 0.0])


def described(p=P):
    lines = read_lines(PAGE)
    features = line_features(lines)
    found = find_segments(features, p)
    return found, segment_features(lines, features, p, found)


def test_a_run_is_also_offered_without_what_follows_a_header_of_comments():
    found, _ = described()
    spans = {(run.start, run.end) for run in found}
    assert spans == {(2, 4), (2, 6)}  # to the header of the comments, and with a comment


def test_no_likely_line_no_run():
    found, rows = described(np.zeros(7))
    assert found == []
    assert rows.shape == (0, len(SEGMENT_FEATURES))


def test_a_run_keeps_its_lines_above_its_bound():
    assert Segment(2, 6, 0.3).mask(P).tolist() == [0, 0, 1, 1, 0, 1, 0]
    assert Segment(2, 6, 0.04).mask(P).tolist() == [0, 0, 1, 1, 1, 1, 0]


def test_a_run_is_described_by_what_stands_around_it():
    found, rows = described()
    spans = [(run.start, run.end) for run in found]
    article, both = spans.index((2, 4)), spans.index((2, 6))
    value = {name: rows[:, i] for i, name in enumerate(SEGMENT_FEATURES)}
    assert value["year_above"][article] == 1
    assert value["title_above"][article] == 2 / 4  # council, bridge; of at least four words
    assert value["title_distance"][article] == 2
    assert value["comment_below"][article] == 1
    assert value["comment_inside"][both] == 1 / 4
    assert value["words"][article] == 13 + 10


GAINS = st.lists(st.integers(-6, 6), max_size=12)


@given(GAINS)
def test_maximal_runs_do_not_overlap_and_the_best_of_them_is_the_best_of_all(gains):
    runs = maximal_runs(gains)
    assert all(a[2] <= b[1] for a, b in combinations(runs, 2))
    assert all(total == sum(gains[start:end]) for total, start, end in runs)
    best = max((sum(gains[i:j]) for i in range(len(gains)) for j in range(i + 1, len(gains) + 1)), default=0)
    assert max((total for total, _, _ in runs), default=0) == max(best, 0)
