import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analystkit.clean import words
from analystkit.clean.words import blocks, word_hashes

#: Letters of several scripts, digits, marks that are no part of a word, and one that grows when it is lowered.
TEXTS = st.text(st.sampled_from("aAzZé\u0301ßİЖж山٣9_’-. \n\t\0\ud800𝔘"), max_size=60)


def by_words(texts):
    """The plain way: the words themselves."""
    return [re.findall(r"\w+", text.lower()) for text in texts]


@settings(max_examples=300, deadline=None)
@given(st.lists(TEXTS, max_size=6))
def test_hashes_are_equal_where_words_are_and_counts_are_theirs(texts):
    hashes, counts = word_hashes(texts)
    expected = by_words(texts)
    assert counts.tolist() == [len(found) for found in expected]
    flat = [word for found in expected for word in found]
    names = dict(zip(flat, hashes.tolist(), strict=True))
    assert [names[word] for word in flat] == hashes.tolist()
    assert len(set(names.values())) == len(names)


def test_a_word_has_the_same_hash_wherever_it_stands_and_beside_other_scripts():
    one, _ = word_hashes(["oil"])
    many, _ = word_hashes(["山 oil", "x " * 1000 + "OIL", "oil"])
    assert many[1] == many[1002] == many[1003] == one[0]


def test_words_that_repeat_one_letter_differ():
    hashes, _ = word_hashes(["a aa aaa aaaa " + "a" * 500])
    assert len(set(hashes.tolist())) == 5


def test_nothing_has_no_words():
    for texts in ([], [""], ["", ".", "—"]):
        hashes, counts = word_hashes(texts)
        assert (len(hashes), hashes.dtype) == (0, np.uint64)
        assert counts.tolist() == [0] * len(texts)


@pytest.mark.parametrize(
    ("lengths", "expected"),
    [([], []), ([5], [(0, 1)]), ([4, 6, 1], [(0, 2), (2, 3)]), ([50, 1, 50], [(0, 1), (1, 2), (2, 3)])],
)
def test_blocks_hold_each_text_once(lengths, expected, monkeypatch):
    monkeypatch.setattr(words, "BLOCK", 10)
    assert [(block.start, block.stop) for block in blocks(lengths)] == expected


@settings(max_examples=300, deadline=None)
@given(st.lists(TEXTS, max_size=5))
def test_words_joined_by_marks_are_counted_as_a_pattern_counts_them(texts):
    expected = [len(re.findall(r"\w+(?:['’-]\w+)*", text)) for text in texts]
    assert words.count_hyphenated(texts).tolist() == expected


def test_a_mark_joins_two_words_only_between_them():
    assert words.count_hyphenated(["Jong-un's", "a--b -c d- e", "it’s", ""]).tolist() == [1, 5, 1, 0]


def test_a_capital_is_its_small_letter_in_every_script():
    pairs = [
        ("OSLO", "oslo"),
        ("ÄRZTE", "ärzte"),
        ("ГОРОД", "город"),
        ("ΟΔΟΣ", "οδος"),
        ("İZMİR", "i̇zmi̇r"),
        ("ႠႡ", "ⴀⴁ"),
        ("ᎠᎡ", "ꭰꭱ"),
    ]
    for capitals, small in pairs:
        assert word_hashes([capitals])[0].tolist() == word_hashes([small])[0].tolist()
    assert len({word_hashes([small])[0].tolist()[0] for _, small in pairs}) == len(pairs)
