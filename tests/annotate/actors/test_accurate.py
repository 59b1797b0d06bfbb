from __future__ import annotations

import sys
from itertools import pairwise

import numpy as np
import pytest

pytest.importorskip("onnxruntime", reason='the model "accurate" needs: pip install "analystkit[accurate]"')

import analystkit as ak
from analystkit.annotate.actors import backends
from analystkit.annotate.actors.accurate import (
    FEATURES,
    Doubts,
    Reading,
    best_labels,
    features_of,
    join_windows,
    tag,
)
from analystkit.annotate.actors.encoder import split_pieces
from analystkit.annotate.actors.fast import Beliefs
from analystkit.annotate.actors.labels import LABELS
from analystkit.errors import MissingExtraError

TEXT = (
    "Oleg Kozhemyako, the governor of the Russian far eastern region of Primorsky, met Kim Jong-un in Pyongyang on"
    " Monday.\nThe Institute for the Study of War said Kozhemyako would fly to the United States."
)


def column(text: str, feature: str) -> list[int]:
    return features_of(text, split_pieces(text))[:, list(FEATURES).index(feature)].tolist()


def test_names_have_exact_offsets_and_kinds() -> None:
    named = {(TEXT[span.start : span.end], span.kind) for span in next(tag([TEXT]))}
    assert named >= {
        ("Oleg Kozhemyako", "person"),
        ("Kim Jong-un", "person"),
        ("Pyongyang", "place"),
        ("Institute for the Study of War", "organisation"),
        ("United States", "place"),
    }


def test_a_text_is_read_alike_alone_and_among_others() -> None:
    others = ["Oslo.", "", "The UN Security Council met. " * 40]
    assert list(tag([*others, TEXT, *others]))[3] == next(tag([TEXT]))


def test_spans_are_apart_in_order_and_sure_between_0_and_1() -> None:
    spans = next(tag([TEXT * 20]))
    assert all(one.end <= other.start for one, other in pairwise(spans))
    assert all(0 < span.probability <= 1 for span in spans)


@pytest.mark.parametrize("text", ["", "\n", "no names here", "“’–…", "\u00a0\u200b", "A" * 3000, "東京 №5"])
def test_awkward_texts_are_read(text: str) -> None:
    assert all(0 <= span.start < span.end <= len(text) for span in next(tag([text])))


def test_shapes_are_told_apart() -> None:
    # "Aa" 5, "." 9, "AA" 3, "aa" 4, "0" 8
    assert column("Oslo, USA hit 5", "shape") == [5, 9, 3, 4, 8]


def test_a_name_that_also_stands_in_lower_case_is_marked() -> None:
    # 0 for words in lower case, 2 for "Mark", which also stands so, 1 for "Oslo"
    assert column("Mark saw a mark in Oslo", "also in lower case") == [2, 0, 0, 0, 0, 1]


def test_a_new_line_is_a_gap_of_its_own() -> None:
    assert column("Oslo (a)\nb", "gap before") == [2, 1, 0, 0, 2]


def test_overlapping_windows_are_joined_in_their_middle() -> None:
    first, second = np.zeros((6, 7), dtype=np.float32), np.ones((6, 7), dtype=np.float32)
    # Pieces 0-5 and 2-7: the four that both have, 2 to 5, are shared out at 4.
    assert join_windows([(0, 6), (2, 8)], [first, second])[:, 0].tolist() == [0, 0, 0, 0, 1, 1, 1, 1]


def test_a_name_never_goes_on_that_did_not_begin() -> None:
    rest = 0.02
    row = [rest] * 7
    start, inside = row.copy(), row.copy()
    start[0], start[3] = 0.5, 0.4
    inside[4] = 0.9
    # Alone the first word is outside (.5 > .4); but then the second could not go on (.9).
    assert best_labels(np.log([start, inside])).tolist() == [3, 4]


def test_the_pieces_of_a_reading_meet_its_windows() -> None:
    reading = Reading.of(TEXT * 20)
    assert reading.windows[0][0] == 0
    assert reading.windows[-1][1] == len(reading.pieces)


def doubts(sure_of_lebed: float) -> Doubts:
    """Two sentences; the other model is sure of the first and holds "Lebed" for a person with that probability."""
    text = "It rained. Lebed left."
    #       It rained . Lebed left .
    starts, ends = [0, 3, 9, 11, 17, 21], [2, 9, 10, 16, 21, 22]
    probabilities = np.zeros((6, len(LABELS)))
    probabilities[:, LABELS.index("O")] = 1
    probabilities[3, LABELS.index("O")] = 1 - sure_of_lebed
    probabilities[3, LABELS.index("U-person")] = sure_of_lebed
    return Doubts.of(text, Beliefs(np.array(starts), np.array(ends), probabilities))


def test_only_sentences_in_doubt_reach_the_encoder() -> None:
    assert len(doubts(0.95).reading.pieces) == 0
    assert doubts(0.95).reading.windows == []
    unsure = doubts(0.6)
    assert unsure.doubted.tolist() == [False] * 3 + [True] * 3
    assert unsure.reading.pieces.starts.min() == 11


def test_what_the_other_model_is_sure_of_is_left_to_it() -> None:
    assert doubts(0.95).spans([]) == [(11, 16, "person", 0.95)]


def test_in_doubt_the_two_models_are_averaged() -> None:
    unsure = doubts(0.6)
    scores = np.zeros((len(unsure.reading.pieces), 7), dtype=np.float32)
    # The encoder holds all words for outside: .4 * .6 for a person is less than what is left.
    scores[:, 0] = 20
    assert unsure.spans([scores]) == []
    # It holds "Lebed" for a person: .6 * 1 + .4 * .6 = .84
    scores[unsure.reading.pieces.starts < 16] = [0, 20, 0, 0, 0, 0, 0]
    scores[np.flatnonzero((unsure.reading.pieces.starts > 11) & (unsure.reading.pieces.starts < 16))] = 0
    assert unsure.spans([scores]) == [(11, 16, "person", 0.84)]


def test_what_is_missing_is_said_with_the_extra_that_brings_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "onnxruntime", None)
    for name in ("encoder", "accurate"):
        monkeypatch.delitem(sys.modules, f"analystkit.annotate.actors.{name}", raising=False)
    backends._own.cache_clear()
    with pytest.raises(
        MissingExtraError, match=r"'onnxruntime'; install it with: pip install 'analystkit\[accurate\]'"
    ):
        ak.find_mentions(["Oslo"], model="accurate")
    backends._own.cache_clear()
