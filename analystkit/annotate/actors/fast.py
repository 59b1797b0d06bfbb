"""The model "fast": a linear chain of labels over hashed features, trained on open texts and on texts of our own.

`resources/make_actors.py` makes its file. Each feature has one weight for each label, kept in eight bits; a token's
scores are sums of rows of one table.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from analystkit.annotate.actors.backends import Span
from analystkit.annotate.actors.chain import beliefs, best_labels, sentences_of
from analystkit.annotate.actors.features import OFFSETS, SLOT_BITS, Batch, Vocabulary, read_texts
from analystkit.annotate.actors.labels import LABELS, read_labels

Floats = NDArray[np.float32]

FILE: Final = "actors_fast.npz"
#: Characters that are worked on at once.
_PORTION: Final = 400_000
#: And where another model waits for each.
_SMALL_PORTION: Final = 40_000
#: Distinct words that are remembered before memory is cleared.
_MOST_WORDS: Final = 200_000


def tag(texts: Sequence[str]) -> Iterator[list[Span]]:
    """Yield the names in each text, as `backends.Backend` says.

    >>> [span[:3] for span in next(tag(["Oleg Lebed flew to Oslo."]))]
    [(0, 10, 'person'), (19, 23, 'place')]
    """
    model = shipped()
    for portion in _portions(texts, _PORTION):
        yield from model.tag(portion)


def beliefs_of(texts: Sequence[str]) -> Iterator[Beliefs]:
    """Yield what the shipped model holds for probable in each text, a few texts ahead.

    >>> [len(belief.starts) for belief in beliefs_of(["Oleg Lebed flew to Oslo.", ""])]
    [6, 0]
    """
    model = shipped()
    for portion in _portions(texts, _SMALL_PORTION):
        yield from model.beliefs(portion)


@cache
def shipped() -> ChainModel:
    """Return the model that comes with the library."""
    data = np.load(io.BytesIO(files("analystkit.resources").joinpath(FILE).read_bytes()))
    return ChainModel(data["slots"], data["weights"], data["scales"], data["transitions"])


class Beliefs(NamedTuple):
    """What the model holds for probable in one text: where its tokens stand, and one column for each of `LABELS`."""

    starts: NDArray[np.int64]
    ends: NDArray[np.int64]
    probabilities: NDArray[np.float64]


class ChainModel:
    """Weights of features and of steps from label to label.

    Parameters
    ----------
    slots
        The features that have weights, rising.
    weights
        One row for each of them, one column for each label, in units of `scales`.
    scales
        The worth of one unit, for each label.
    transitions
        The score of a label (column) behind another (row).
    """

    def __init__(
        self, slots: NDArray[np.uint32], weights: NDArray[np.int8], scales: Floats, transitions: Floats
    ) -> None:
        n_labels = len(LABELS)
        # Row 0 is that of all features without weights.
        self._table = np.zeros((len(slots) + 1, n_labels), dtype=np.float32)
        self._table[1:] = weights.astype(np.float32) * scales
        self._row_of = np.zeros(2**SLOT_BITS, dtype=np.int32)
        self._row_of[slots] = np.arange(1, len(slots) + 1)
        self._transitions = transitions.astype(np.float32)
        self._forget()

    def _forget(self) -> None:
        self._vocabulary = Vocabulary()
        self._of_words = [np.zeros((0, len(LABELS)), dtype=np.float32) for _ in OFFSETS]

    def tag(self, texts: Sequence[str]) -> list[list[Span]]:
        """Return the names in each text."""
        if len(self._vocabulary) > _MOST_WORDS:
            self._forget()
        batch = read_texts(texts, self._vocabulary)
        scores = self.scores(batch)
        sentences = sentences_of(batch.sequence)
        probable = beliefs(scores, self._transitions, sentences).labels
        labels = best_labels(scores, self._transitions, sentences)
        edges = np.searchsorted(batch.text, np.arange(len(texts) + 1))
        sure = probable[np.arange(len(labels)), labels]
        found: list[list[Span]] = []
        for low, high in pairwise(edges.tolist()):
            names = read_labels(
                labels[low:high].tolist(), batch.start[low:high].tolist(), batch.end[low:high].tolist()
            )
            found.append(
                [
                    Span(start, end, kind, round(float(sure[low + first : low + last + 1].min()), 3))
                    for first, last, start, end, kind in names
                ]
            )
        return found

    def beliefs(self, texts: Sequence[str]) -> Iterator[Beliefs]:
        """Yield how probable each label is at each token of each text."""
        if len(self._vocabulary) > _MOST_WORDS:
            self._forget()
        batch = read_texts(texts, self._vocabulary)
        probable = beliefs(self.scores(batch), self._transitions, sentences_of(batch.sequence)).labels
        edges = np.searchsorted(batch.text, np.arange(len(texts) + 1))
        for low, high in pairwise(edges.tolist()):
            yield Beliefs(batch.start[low:high], batch.end[low:high], probable[low:high])

    def scores(self, batch: Batch) -> Floats:
        """Return the score of each label at each token, from its features alone."""
        self._learn_words()
        scores = np.zeros((len(batch.word), len(LABELS)), dtype=np.float32)
        for column in range(batch.slots.shape[1]):
            scores += self._table[self._row_of[batch.slots[:, column]]]
        for column, table in enumerate(self._of_words):
            scores += table[batch.around[:, column]]
        return scores

    def _learn_words(self) -> None:
        """Work out what each new word says by itself, at each distance."""
        known = len(self._of_words[0])
        new = slice(known, len(self._vocabulary))
        if known == len(self._vocabulary):
            return
        for number, offset in enumerate(OFFSETS):
            slots = self._vocabulary.slots(new, offset)
            rows = np.where(slots < 0, 0, self._row_of[slots])
            self._of_words[number] = np.concatenate([self._of_words[number], self._table[rows].sum(axis=1)])


def _portions(texts: Sequence[str], most: int) -> Iterator[list[str]]:
    portion: list[str] = []
    size = 0
    for text in texts:
        if portion and size + len(text) > most:
            yield portion
            portion, size = [], 0
        portion.append(text)
        size += len(text)
    if portion:
        yield portion
