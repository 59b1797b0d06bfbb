import numpy as np
import pytest

from analystkit.clean.line_marks import MARKS, is_ago, is_joined, line_marks
from analystkit.clean.lines import Line

LINES = [
    Line("Ferries leave harbour again after winter storms, the captain said."),
    Line("Ferries stay in the harbour at night, the captain said."),
    Line("2 days ago"),
    Line("Gardens bloom earlyGardens around here bloom early this year, and that is good to know."),
]


def column(name):
    overlap = np.array([0.5, 0.75, 0.5, 0.0])
    prose = np.array([True, True, False, True])
    return line_marks([LINES], prose, overlap, [(0, 2)])[:, MARKS.index(name)].tolist()


def test_times_counted_back_from_now_are_marked_and_counted():
    assert column("ago") == [0, 0, 1, 0]
    assert column("ago_since") == [0, 0, 1, 1]
    assert column("ago_near") == [1, 1, 1, 1]


def test_a_headline_glued_to_its_teaser_is_marked():
    assert column("joined") == [0, 0, 0, 1]
    label = "RelatedFerries leave the harbour once again after the winter storms are over, the captain said."
    assert not is_joined(Line(label))


def test_the_share_of_words_of_the_first_lines_falls_where_another_subject_begins():
    first = column("overlap_first")
    assert first[:2] == [0.5, 0.75]
    assert first[3] == 0.0


@pytest.mark.parametrize(
    "text",
    ["2 hours ago", "14H ago", "vor 3 Stunden", "hace 5 minutos", "il y a 2 jours", "3 dni temu", "2時間前"],
)
def test_times_are_told_in_several_languages(text):
    assert is_ago(Line(text))


@pytest.mark.parametrize("text", ["Long ago they met", "vor dem Haus", "12 May 2024", ""])
def test_other_lines_are_none(text):
    assert not is_ago(Line(text))
