import numpy as np
import pytest

from analystkit.clean.heads import TITLE_FEATURES
from analystkit.clean.lines import read_lines
from analystkit.resources.made_pages import made_pages

pytest.importorskip("scipy")
from analystkit.resources.make_zones import fit_choice


def test_a_choice_learns_what_the_right_candidates_have_and_when_there_is_none():
    theme = TITLE_FEATURES.index("theme")
    rows, right = [], []
    for _ in range(20):
        page = np.zeros((3, len(TITLE_FEATURES)))
        page[1, theme] = 2.0
        rows.append(page)
        right.append(np.array([False, True, False]))
        rows.append(np.zeros((2, len(TITLE_FEATURES))))
        right.append(np.array([False, False]))
    scores = fit_choice("title", rows, right, [1.0] * len(rows)).scores(rows[0])
    assert int(np.argmax(scores)) == 1
    assert scores[1] > 0 > scores[0]


def test_invented_pages_are_the_same_each_time_and_each_line_has_a_label():
    first, again = list(made_pages(30)), list(made_pages(30))
    assert [page.text for page in first] == [page.text for page in again]
    assert all(len(read_lines(page.text)) <= len(page.labels) for page in first)
    assert {label for page in first for label in page.labels} == {0, 1}
