from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

pytest.importorskip("onnxruntime", reason='the encoder comes with: pip install "analystkit[accurate]"')

from analystkit.annotate.actors.encoder import (
    OVERLAP,
    WINDOW,
    cut_windows,
    encoder,
    in_threads,
    split_pieces,
)

AWKWARD = "“Kim Jong-un’s” cousin,\n\n\tÇavuşoğlu (U.S.A.) – co-operation… 東京 №5\u00a0end"


@pytest.mark.parametrize("text", ["", " ", "\n\n", AWKWARD, "x" * 500])
def test_pieces_stand_in_order_inside_the_text(text: str) -> None:
    pieces = split_pieces(text)
    assert (pieces.starts < pieces.ends).all()
    assert (pieces.ends[:-1] <= pieces.starts[1:]).all()
    assert (pieces.ends <= len(text)).all()


def test_offsets_count_characters_after_letters_of_several_bytes() -> None:
    text = "Çavuşoğlu flew to Łódź."
    pieces = split_pieces(text)
    word = np.flatnonzero(pieces.is_first)[-2]
    assert text[pieces.starts[word] : pieces.ends[-2]] == "Łódź"


def test_each_piece_knows_its_line() -> None:
    assert split_pieces("one\ntwo two\n\nthree").line.tolist() == [0, 1, 1, 3]


def test_windows_end_where_lines_end() -> None:
    text = "one two three\nfour five six\nseven eight nine"
    assert cut_windows(text, split_pieces(text), 7) == [(0, 6), (6, 9)]


def test_a_long_sentence_is_cut_with_overlap_and_no_word_is_split() -> None:
    text = "word " * 300
    pieces = split_pieces(text)
    windows = cut_windows(text, pieces)
    assert windows[0] == (0, WINDOW)
    assert windows[1][0] == WINDOW - min(OVERLAP, WINDOW // 4)
    assert windows[-1][1] == 300
    assert all(end - start <= WINDOW for start, end in windows)


def test_a_word_longer_than_a_window_does_not_stop_the_cutting() -> None:
    text = "a" + "xq" * 49
    pieces = split_pieces(f"{text} " * 8)
    windows = cut_windows(f"{text} " * 8, pieces, 10)
    assert windows[0][0] == 0
    assert windows[-1][1] == len(pieces)
    assert all(later[0] <= earlier[1] for earlier, later in pairwise(windows))


def test_threads_keep_the_order_of_many_items() -> None:
    groups = [range(number) for number in range(60)]
    assert list(in_threads(lambda n: n * n, groups)) == [[n * n for n in group] for group in groups]


def test_a_fault_in_a_thread_reaches_the_caller() -> None:
    with pytest.raises(ZeroDivisionError):
        list(in_threads(lambda n: 1 // n, [[1, 0]]))


def test_each_piece_gets_a_vector_and_the_same_one_again() -> None:
    ids = split_pieces("Kozhemyako met him.").ids
    added = np.zeros((len(ids) + 2, 384), dtype=np.float32)
    first, second = encoder().encode(ids, added), encoder().encode(ids, added)
    assert first.shape == (len(ids), 384)
    assert (first == second).all()
