import pytest

from analystkit.clean.heads import (
    BYLINE_FEATURES,
    DATE_FEATURES,
    TITLE_FEATURES,
    byline_candidates,
    date_candidates,
    names_in,
    order_of_dates,
    title_candidates,
)
from analystkit.clean.line_features import line_features
from analystkit.clean.lines import read_lines

PAGE = """Harbour Gazette
Council votes on bridge
Posted on 3 May 2024 by Ann Lee

The council voted on Monday to mend the old bridge before winter comes.

Work will begin in August and take about ten weeks.

Bo Ek, 4 May 2024 11:30
"""
LINES = read_lines(PAGE)
LOOKS = line_features(LINES)
START, END = 3, 5


def test_lines_above_the_article_may_be_its_headline_and_likeness_tells():
    at, rows = title_candidates(LINES, LOOKS, START, END)
    likeness = rows[:, TITLE_FEATURES.index("likeness")]
    assert at == [0, 1, 2, 3, 4]
    assert likeness[1] > likeness[0]
    assert rows[1, TITLE_FEATURES.index("dated_below")] == 1
    assert rows[1, TITLE_FEATURES.index("gap")] == 2


def test_each_date_near_the_article_is_a_candidate_with_its_cues():
    dates, rows = date_candidates(LINES, LOOKS, START, END, 1)
    assert [(date.at, str(date.found.value)) for date in dates] == [
        (2, "2024-05-03 00:00:00"),
        (5, "2024-05-04 11:30:00"),
    ]
    assert rows[:, DATE_FEATURES.index("posted")].tolist() == [1, 0]
    assert rows[:, DATE_FEATURES.index("below_end")].tolist() == [0, 1]
    assert rows[:, DATE_FEATURES.index("latest")].tolist() == [0, 1]


def test_each_name_near_the_article_is_a_candidate_with_its_cue():
    names, rows = byline_candidates(LINES, LOOKS, START, END, 1)
    assert ("Ann Lee", "by") in {(name.name, name.cue) for name in names}
    assert ("Bo Ek", "") in {(name.name, name.cue) for name in names}
    assert rows.shape == (len(names), len(BYLINE_FEATURES))


def test_a_page_without_an_article_has_candidates_or_none_but_no_error():
    assert title_candidates([], line_features([]), 0, 0)[0] == []
    assert date_candidates([], line_features([]), 0, 0, None)[0] == []
    assert byline_candidates([], line_features([]), 0, 0, None)[0] == []


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("By Ann Lee", ["Ann Lee"]),
        ("Von Jürgen Müller", ["Jürgen Müller"]),
        ("22. Dezember 2019 von Ute Kern", ["Ute Kern"]),
        ("Posted by tern77 on August 3, 2019", ["tern77"]),
        ("Ute Kern, 02.02.2022", ["Ute Kern"]),
        ("Geschrieben von Maria de la Cruz am 25.08.2015 22:30", ["Maria de la Cruz"]),
        ("12/04/2020 by Kay 24 Comments", ["Kay"]),
        ("3 May 2024", []),
        ("", []),
    ],
)
def test_names_are_read_from_the_lines_of_a_head(text, names):
    assert [name for name, _ in names_in(text)] == names


@pytest.mark.parametrize(
    ("texts", "order"),
    [
        (["03/04/2024", "16/04/2024"], "day"),
        (["03/04/2024", "04/16/2024"], "month"),
        (["16/04/2024", "04/16/2024"], ""),
        (["03/04/2024"], ""),
        ([], ""),
    ],
)
def test_the_dates_of_a_page_tell_which_part_comes_first(texts, order):
    assert order_of_dates(texts) == order


@pytest.mark.parametrize(
    "cue",
    ["by", "von", "Text von", "Beitragvon", "vom", "par", "por", "di", "door", "przez", "автор", "Autorin:", "autore",
     "autoren", "author:", "auteur", "Redakteurin", "Verfasser", "Themenstarter"],
)  # fmt: skip
def test_every_word_that_introduces_a_name_is_known_to_the_quick_test(cue):
    (found,) = names_in(f"Heute · {cue} Ann Lee")
    assert found[0] == "Ann Lee"
    assert found[1] != ""
