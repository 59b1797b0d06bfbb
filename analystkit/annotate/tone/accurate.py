"""The model "accurate" of the tone towards a target: layers of its own on the words of the shared encoder.

It is told what the model "fast" is told of each word (`reading`): where the target stands and how far off, what the
lists say, what is quoted or denied. Unlike "fast" it sees names, because an encoder reads them as part of a sentence; in
training they were hidden at random, so that it relies on none. `resources/make_tone_encoder.py` makes its file.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import chain
from typing import Final, NamedTuple

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from analystkit.annotate.actors.encoder import (
    END_MARK,
    START_MARK,
    WINDOW,
    Integers,
    Vectors,
    in_threads,
    session,
    tokenizer,
    word_vectors,
)
from analystkit.annotate.tone.fast import softmax
from analystkit.annotate.tone.lexicons import hu_liu
from analystkit.annotate.tone.reading import Reading, Words, read
from analystkit.annotate.tone.vader import vader_data
from analystkit.annotate.tone.words import CLASSES, classed_words
from analystkit.resources import resource_bytes, resource_text

Floats = NDArray[np.float64]

FILE: Final = "tone_accurate.onnx"
FILES: Final = (FILE, "encoder.onnx", "encoder_vocabulary.txt")
#: What the model is told about each piece -> how many values that has.
FEATURES: Final = {
    "part": 4,
    "distance": 13,
    "vader": 8,
    "hu_liu": 3,
    "noun": len(CLASSES) + 1,
    "verb": len(CLASSES) + 1,
    "said": 4,
    "capital": 3,
}
#: Values of "part": the target, a name, a word of the target's name elsewhere.
TARGET, NAME, ALIKE = 1, 2, 3
#: The number of the piece that stands for what has none.
_UNKNOWN: Final = 100
#: Pieces that are read before a target where a sentence is longer than a window.
_BEFORE: Final = 70
_DISTANCES: Final = (1, 2, 3, 5, 9, 17)
_VALENCES: Final = (-0.5, -0.3, 0, 0.3, 0.5)
#: Sentences that are read at once.
_AT_ONCE: Final = 256


class Sentence(NamedTuple):
    """One sentence as the model is given it, piece by piece.

    `ids` are numbers of the vocabulary, `told` has a column for each of `FEATURES`, `word` counts the words that pieces
    belong to, and `is_target` says which pieces are the target.
    """

    ids: Integers
    told: Integers
    word: Integers
    is_target: NDArray[np.bool_]


def judge(texts: Sequence[str], spans: Sequence[tuple[int, int]]) -> Floats:
    """Return the probabilities of negative, neutral and positive, a row for each text.

    A text is judged alike whatever stands beside it.

    >>> judge(["Iran praised Ruritania."], [(13, 22)]).argmax(axis=1).tolist()
    [2]
    """
    layers, vectors = _layers(), word_vectors()

    def scores(sentence: Sentence) -> Vectors:
        ids = np.concatenate(([START_MARK], sentence.ids, [END_MARK]))
        told = np.zeros((len(ids), len(FEATURES)), np.int64)
        told[1:-1] = sentence.told
        share = np.zeros(len(ids), np.float32)
        share[1:-1] = sentence.is_target / sentence.is_target.sum()
        given = {"words": vectors[ids][None], "told": told[None], "target": share[None, None]}
        found: Vectors = layers.run(["scores"], given)[0]
        return found

    parts = [
        (texts[begin : begin + _AT_ONCE], spans[begin : begin + _AT_ONCE])
        for begin in range(0, len(texts), _AT_ONCE)
    ]
    found = list(chain.from_iterable(in_threads(scores, (sentences(*part) for part in parts))))
    return softmax(np.concatenate([np.zeros((0, 3), np.float32), *found]))


@cache
def _layers() -> onnxruntime.InferenceSession:
    """Read the layers once."""
    return session(resource_bytes(FILE))


def sentences(texts: Sequence[str], spans: Sequence[tuple[int, int]]) -> Iterator[Sentence]:
    """Yield each text as the model is given it: where it is too long, what stands around the target."""
    words = _words()
    reading = read(texts, spans, words)
    told = _told(reading, words)
    of_word = [words.pieces[token] for token in reading.token.tolist()]
    size = np.fromiter(map(len, of_word), np.int64, len(of_word))
    ids = np.fromiter(chain.from_iterable(of_word), np.int64, size.sum())
    word = np.repeat(np.arange(len(size)), size)
    told, is_target = told[word], reading.is_target[word]
    ends = np.concatenate(([0], np.cumsum(size)))[reading.starts]
    for row in range(len(reading)):
        start, end = ends[row], ends[row + 1]
        if end - start > WINDOW:
            first = start + int(is_target[start:end].argmax())
            start = max(start, min(first - _BEFORE, end - WINDOW))
            end = start + WINDOW
        at = slice(start, end)
        yield Sentence(ids[at], told[at], word[at] - word[start], is_target[at])


def _told(reading: Reading, words: Words) -> Integers:
    """Return the value of each of `FEATURES` at each word."""
    capital = reading.has("capital")
    no_name = reading.has("title") | reading.has("alike") | reading.has("pronoun")
    # Words are told apart within their sentence: one number for each sentence and word.
    key = reading.row * (len(words.lower) + 1) + reading.token
    of_target = reading.is_target & capital & ~no_name & ~reading.has("determiner")
    part = np.where(reading.is_target, TARGET, np.where(reading.is_name, NAME, 0))
    part[np.isin(key, key[of_target]) & ~reading.is_target] = ALIKE
    vader, of_hu_liu = reading.value[:, 0], reading.value[:, 1]
    return np.stack(
        [
            part,
            np.sign(reading.distance) * np.digitize(np.abs(reading.distance), _DISTANCES) + 6,
            np.where(vader == 0, 0, 1 + np.digitize(vader, _VALENCES)),
            np.where(of_hu_liu > 0, 1, np.where(of_hu_liu < 0, 2, 0)),
            reading.noun,
            reading.verb,
            reading.in_quote + 2 * reading.is_negated,
            np.where(capital, 1, 2),
        ],
        axis=1,
    )


class _PieceWords(Words):
    """The different tokens that were met, each with the pieces of the vocabulary that it is made of."""

    def __init__(self, vocabulary: Sequence[str]) -> None:
        super().__init__(vocabulary)
        self.pieces: list[list[int]] = []

    def settle(self) -> None:
        """Bring columns and pieces up to the tokens met by now."""
        super().settle()
        for word in self.lower[len(self.pieces) :]:
            # Half a character of two is no text to the tokenizer.
            whole = word.encode("utf-8", "replace").decode("utf-8")
            self.pieces.append(tokenizer().encode(whole, add_special_tokens=False).ids or [_UNKNOWN])


@cache
def _words() -> _PieceWords:
    """Return the words that are known to be no names, though they may be written with a capital at a start."""
    lists = classed_words()
    stop = [line for line in resource_text("stopwords.txt").splitlines() if not line.startswith("#")]
    known = [*vader_data().valence, *hu_liu(), *lists.verbs, *lists.nouns, *stop]
    return _PieceWords(list(dict.fromkeys(known)))
