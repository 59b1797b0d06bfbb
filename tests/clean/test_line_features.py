import numpy as np
import pytest

from analystkit.clean.line_features import (
    CONTEXT,
    FEATURES,
    OWN,
    line_features,
    main_block,
    page_features,
    prose_gains,
    prose_of,
)
from analystkit.clean.line_looks import WORD_CLASSES, furniture_words
from analystkit.clean.line_marks import MARKS
from analystkit.clean.lines import Line, content_words, count_words, read_lines

PAGE = """Home
Sport
Harbour ministers sign ferry accord

The ministers signed the ferry accord on Tuesday, the harbour authority said.

The ferry will leave in June, and the ministers will be on board.

3 Comments
Ann, 12.05.2024 10:30
I like it!
Reply
Bo, 13.05.2024 11:45
Me too, and more so!
Reply"""


def column(name, page=PAGE):
    return line_features(read_lines(page))[:, FEATURES.index(name)].tolist()


def test_there_is_one_row_per_line_and_one_named_column_per_number():
    features = line_features(read_lines(PAGE))
    assert features.shape == (12, len(FEATURES))
    assert len(set(FEATURES)) == len(OWN) + len(CONTEXT) + len(MARKS)
    assert np.isfinite(features).all()


def test_a_page_without_lines_has_no_rows():
    assert line_features([]).shape == (0, len(FEATURES))


def test_the_looks_of_a_line_are_what_a_reader_counts():
    paragraph = 3
    assert column("words")[paragraph] == 12
    assert column("commas")[paragraph] == 1
    assert column("ends_stop")[paragraph] == 1
    assert column("capital")[paragraph] == 2 / 12  # The, Tuesday
    assert column("blanks")[paragraph] == 1
    assert column("blanks_after")[paragraph] == 1
    assert column("question", "Who knows?") == [1]
    assert column("year", "12.05.2024 and 1999") == [2]
    assert column("clock", "Bo, 10:30") == [1]
    assert column("digits", "12 a") == [2 / 4]


def test_a_line_that_stands_twice_says_so_with_its_figures_alike():
    assert column("repeats")[-1] == 2
    assert column("repeats_folded", "Page 1\nPage 2\nEnd") == [2, 2, 1]


def test_words_of_furniture_are_shares_of_the_words_of_a_line():
    assert column("comment")[-1] == 1 / 4  # "Reply": of at least four words, so that one word is not all
    assert column("comment", "Antworten auf den Kommentar von Bo") == [2 / 6]
    assert all(0 <= max(classes) < len(WORD_CLASSES) for classes in furniture_words().values())


def test_the_main_block_is_found_and_lines_know_where_they_lie():
    assert column("inside") == [0, 0, 0, 1, 1, 0, 0, 0, 0, 0, 0, 0]
    assert column("from_start")[:5] == [-3, -2, -1, 0, 1]
    assert column("from_end")[3:6] == [1, 0, -1]


def test_a_headline_shares_its_words_with_the_article():
    overlap = column("overlap")
    assert overlap[2] == 4 / 5  # harbour, minist, ferry, accord; not sign
    assert overlap[1] == 0


def test_comments_since_the_article_began_are_counted():
    assert column("comments_since")[-1] == 3  # "3 Comments" and two replies


def test_prose_is_told_from_labels():
    prose = prose_of(line_features(read_lines(PAGE))[:, : len(OWN)])
    assert prose[3] > 0.8
    assert prose[0] == pytest.approx(0)  # a label
    gains = prose_gains(line_features(read_lines(PAGE)))
    assert min(gains[3:5]) > 0 > max(gains[:3])


def test_no_sum_above_nothing_is_no_block():
    assert main_block([-1.0, 0.0]) == (0, 0)
    assert main_block([]) == (0, 0)


def test_wide_signs_are_counted_as_parts_of_words():
    assert count_words("首尔会谈结束") == 6 / 2.5
    assert content_words("首尔会谈") == {"首尔", "尔会", "会谈"}
    assert column("lower", "首尔会谈结束了。") == [1]


def test_lines_keep_the_count_of_blank_lines_before_them():
    assert [(line.text, line.blanks) for line in read_lines("a\n\n\nb\r\nc")] == [
        ("a", 1),
        ("b", 2),
        ("c", 0),
    ]


def test_a_zone_once_settled_stays():
    line = Line("a")
    line.settle("body", "first")
    line.settle("title", "second")
    assert (line.zone, line.reason) == ("body", "first")


def test_pages_seen_together_have_the_numbers_they_have_alone():
    pages = [read_lines(page) for page in (PAGE, "首尔会谈结束\n\n双方同意再次会谈。", "", "One line.", PAGE)]
    together = page_features(pages)
    assert np.array_equal(together, np.vstack([line_features(page) for page in pages]))
