import numpy as np
import pytest

from analystkit.clean.line_looks import LOOKS, looks, looks_of
from analystkit.clean.lines import content_words, count_words, number_of

LINES = [
    "The ferry left. “It was late,” Ann said! Then (at 10:30) it came back.",
    "Kim Jong-un's co-operation with the U.S., e.g. on fish...",
    "3 Comments",
    "AP/REUTERS | 12.05.2024 10:45",
    "— Élysée: où? Ça va. À Paris.",
    "12\u00a0000 people\u2003met at www.example.org",
    "Straße. ÜBER ALLES, ǅ ǆ ª º ²³ ٣٤",
    "İstanbul'da 3 kişi. Bir",
    "首尔会谈结束。双方，同意！",
    "Tokyo 東京 met. Then left",
    "Read more",
    "a\x1cb\x85c d",
    "... “” , ()",
    "Cookie policy 😀 ★ Share",
    "you'll reply to the comment, reply. Reply!",
]


@pytest.mark.parametrize("line", LINES)
def test_many_lines_at_once_look_as_each_does_alone(line):
    seen = looks_of([LINES[0], line, LINES[2]])
    assert dict(zip(LOOKS, seen.looks[1].tolist(), strict=True)) == pytest.approx(
        dict(zip(LOOKS, map(float, looks(line)), strict=True)), abs=1e-12
    )
    assert seen.words[1] == count_words(line)
    assert seen.folded[2] == "0 comments"
    numbers = set(seen.numbers[seen.owners == 1].tolist())
    assert numbers == set(map(number_of, content_words(line)))


def test_looks_of_a_line_do_not_depend_on_the_lines_it_is_seen_with():
    together = looks_of(LINES).looks
    assert np.array_equal(together, np.vstack([looks_of([line]).looks for line in LINES]))


def test_words_have_numbers_by_their_beginnings():
    assert number_of("ministers") == number_of("ministry")
    assert number_of("minist") != number_of("minis")
    assert number_of("") == 0
