"""The model "accurate": the shared encoder, told what the rules and lists know, says which words name an actor.

Its probabilities are averaged with those of the model "fast": the two err in different places. What "fast" is sure of is
left to it, a sentence at a time, and never reaches the encoder, which costs ten times as much.
"""

from __future__ import annotations

import io
import re
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from analystkit.annotate.actors.backends import SPAN_KINDS, Span
from analystkit.annotate.actors.encoder import (
    WINDOW,
    Integers,
    Pieces,
    Vectors,
    cut_windows,
    encoder,
    in_threads,
    sentence_starts,
    split_pieces,
)
from analystkit.annotate.actors.fast import Beliefs, beliefs_of
from analystkit.annotate.actors.gazetteer import TITLE, gazetteer, is_demonym
from analystkit.annotate.actors.labels import LABELS
from analystkit.annotate.actors.settling import settled_drafts
from analystkit.annotate.actors.spans import find_spans
from analystkit.annotate.actors.tokens import Headlines
from analystkit.resources import resource_bytes

Floats = NDArray[np.float64]

#: How much the model "fast" counts.
OTHER_SHARE: Final = 0.4
#: A sentence is left to it alone if it holds the label of each of its words for as probable as this.
OTHER_SURE: Final = 0.9
#: Labels of a word: outside, then "begins" and "goes on" for each kind.
N_LABELS: Final = 1 + 2 * len(SPAN_KINDS)

_HEADLINES: Final = ("", "title", "capitals")
_DRAFTS: Final = ("person", "organisation", "medium", "state", "place", "demonym", "thing")
_LISTS: Final = ("state", "medium", "organisation", "place", TITLE, "demonym", "body")
_SHAPES: Final = ("", "A", "a", "AA", "aa", "Aa", "AaA", "aA", "0", ".", "goes on")
_IN_CAPITALS: Final = _SHAPES.index("AA")
_CAPITALISED: Final = frozenset(map(_SHAPES.index, ("A", "AA", "Aa", "AaA")))
_LOWER_WORD: Final = re.compile(r"\b[a-z]{2,}\b")

_SURE: Final = np.log(0.99)
_NEVER: Final = -1e9
_LEAST: Final = 1e-9
_OPENING: Final = np.array([_NEVER if label and label % 2 == 0 else 0.0 for label in range(N_LABELS)])
_STEPS: Final = np.array(
    [
        [
            _NEVER if label and label % 2 == 0 and last not in {label - 1, label} else 0.0
            for label in range(N_LABELS)
        ]
        for last in range(N_LABELS)
    ]
)

#: What the model is told about each piece -> how many values that has.
FEATURES: Final = {
    "shape": len(_SHAPES),
    "headline": len(_HEADLINES),
    "gap before": 3,
    "given or family name": 5,
    "also in lower case": 3,
    "rules": 1 + 2 * len(_DRAFTS),
    "lists": 1 + 2 * len(_LISTS),
}


class Head(NamedTuple):
    """What the model has of its own.

    `tables` gives the vectors that are added for each value of each feature, `everywhere` the one added to every piece;
    `weights` and `bias` turn the vector of a word into the scores of its labels.
    """

    tables: tuple[Vectors, ...]
    everywhere: Vectors
    weights: Vectors
    bias: Vectors


def tag(texts: Sequence[str]) -> Iterator[list[Span]]:
    """Yield the names of persons, organisations and places of each text, in reading order.

    The same text gives the same spans whatever stands beside it. While the caller works on one text, the next are read.

    >>> list(tag(["", "Oleg Kozhemyako met Kim Jong-un."]))
    [[], [Span(start=0, end=15, kind='person', ...), Span(start=20, end=31, kind='person', ...)]]
    """
    net, own = encoder(), head()
    waiting: deque[Doubts] = deque()

    def encode(window: tuple[Integers, Vectors]) -> Vectors:
        return net.encode(*window)

    def windows() -> Iterator[list[tuple[Integers, Vectors]]]:
        for text, other in zip(texts, beliefs_of(texts), strict=True):
            doubts = Doubts.of(text, other)
            waiting.append(doubts)
            doubtful = doubts.reading
            yield [
                (doubtful.pieces.ids[start:end], doubtful.added(start, end, own))
                for start, end in doubtful.windows
            ]

    for vectors in in_threads(encode, windows()):
        yield waiting.popleft().spans([window @ own.weights + own.bias for window in vectors])


@cache
def head() -> Head:
    """Read the model's own weights once."""
    with np.load(io.BytesIO(resource_bytes("encoder_actors.npz"))) as saved:
        return Head(
            tuple(saved[f"table {name}"] for name in FEATURES),
            saved["everywhere"],
            saved["weights"],
            saved["bias"],
        )


@dataclass(frozen=True)
class Reading:
    """One text as the model is given it: its pieces, the value of each feature at each piece, and its windows."""

    pieces: Pieces
    features: Integers
    windows: list[tuple[int, int]]

    @classmethod
    def of(cls, text: str, size: int = WINDOW) -> Reading:
        """Read a text."""
        pieces = split_pieces(text)
        return cls(pieces, features_of(text, pieces), cut_windows(text, pieces, size))

    def added(self, start: int, end: int, own: Head) -> Vectors:
        """Return what is added to the input of the encoder for a window and the marks around it."""
        values = np.zeros((end - start + 2, len(FEATURES)), dtype=np.int64)
        values[1:-1] = self.features[start:end]
        added = np.repeat(own.everywhere[None], len(values), axis=0)
        for table, column in zip(own.tables, values.T, strict=True):
            added += table[column]
        return added

    def only(self, text: str, kept: NDArray[np.bool_]) -> Reading:
        """Return some of the pieces, set into windows of their own."""
        pieces = self.pieces.only(kept)
        return Reading(pieces, self.features[kept], cut_windows(text, pieces))


@dataclass(frozen=True)
class Doubts:
    """One text between the models: what the other holds for probable, and what it is not sure of.

    Attributes
    ----------
    reading
        The sentences in which the other model doubts, as the encoder is given them.
    starts, ends
        Where the words of the text stand: half-open offsets in characters.
    chances
        How probable the other model holds each label of each word.
    doubted, read
        Which words are in such a sentence, and which of all words the other model has read.
    """

    reading: Reading
    starts: Integers
    ends: Integers
    chances: Floats
    doubted: NDArray[np.bool_]
    read: NDArray[np.bool_]

    @classmethod
    def of(cls, text: str, other: Beliefs) -> Doubts:
        """Read a text, and leave out of the reading the sentences that the other model is sure of."""
        whole = Reading.of(text)
        pieces = whole.pieces
        words = np.flatnonzero(pieces.is_first)
        stops = np.append(words[1:], len(pieces))[: len(words)]
        starts, ends = pieces.starts[words], pieces.ends[stops - 1]
        chances, read = labels_at(starts, other)
        sentence = np.cumsum(sentence_starts(text, pieces)[:-1] > 0)
        unsure = np.zeros(len(pieces) + 1, dtype=np.bool_)
        unsure[sentence[words[chances.max(axis=1, initial=0) < OTHER_SURE]]] = True
        kept = unsure[sentence]
        return cls(whole.only(text, kept), starts, ends, chances, kept[words], read)

    def spans(self, scores: Sequence[Vectors]) -> list[Span]:
        """Return the spans that the scores of the windows and the other model make likeliest."""
        if not len(self.starts):
            return []
        chances = self.chances.copy()
        if scores:
            own = _chances(join_windows(self.reading.windows, scores)[self.reading.pieces.is_first])
            share = np.where(self.read[self.doubted], OTHER_SHARE, 0)[:, None]
            chances[self.doubted] = own + share * (chances[self.doubted] - own)
        labels = best_labels(np.log(np.maximum(chances, _LEAST)))
        sure = chances[np.arange(len(labels)), labels]
        spans: list[Span] = []
        for at in np.flatnonzero(labels):
            start, end, chance = int(self.starts[at]), int(self.ends[at]), round(float(sure[at]), 3)
            if labels[at] % 2:
                spans.append(Span(start, end, SPAN_KINDS[labels[at] // 2], chance))
            else:
                spans[-1] = spans[-1]._replace(end=end, probability=min(spans[-1].probability, chance))
        return spans


def labels_at(starts: Integers, other: Beliefs) -> tuple[Floats, NDArray[np.bool_]]:
    """Return what the other model believes of the words that start there, in our labels, and whether it read them.

    Its tokens may hold several of our words ("Jong-un"): a name begins with the first of them only.

    >>> sure = np.eye(len(LABELS))[[LABELS.index("U-person"), LABELS.index("O")]]
    >>> theirs, known = labels_at(np.array([0, 4, 5, 8]), Beliefs(np.array([0, 8]), np.array([7, 12]), sure))
    >>> theirs.argmax(axis=1).tolist(), known.tolist()
    ([1, 2, 2, 0], [True, True, True, True])
    """
    chances = np.zeros((len(starts), N_LABELS))
    if not len(other.starts):
        return chances, np.zeros(len(starts), dtype=np.bool_)
    token = np.searchsorted(other.starts, starts, side="right") - 1
    known = (token >= 0) & (starts < other.ends[token])
    begins = np.concatenate(([True], token[1:] != token[:-1]))
    theirs = other.probabilities[token]
    chances[:, 0] = theirs[:, LABELS.index("O")]
    for number, kind in enumerate(SPAN_KINDS):
        opens, goes_on = (
            theirs[:, [LABELS.index(f"{part}-{kind}") for part in parts]].sum(axis=1)
            for parts in ("BU", "IL")
        )
        chances[:, 1 + 2 * number] = np.where(begins, opens, 0)
        chances[:, 2 + 2 * number] = np.where(begins, goes_on, opens + goes_on)
    return chances, known


def join_windows(windows: Sequence[tuple[int, int]], scores: Sequence[Vectors]) -> Vectors:
    """Return the scores of all pieces; where two windows overlap, each counts for the half that lies deeper in it."""
    parts = []
    floor = 0
    for number, ((start, end), own) in enumerate(zip(windows, scores, strict=True)):
        stop = (windows[number + 1][0] + end) // 2 if number + 1 < len(windows) else end
        parts.append(own[floor - start : stop - start])
        floor = stop
    return np.concatenate(parts)


def _chances(scores: Vectors) -> Floats:
    raised = np.exp(scores.astype(np.float64) - scores.max(axis=1, keepdims=True))
    chances: Floats = raised / raised.sum(axis=1, keepdims=True)
    return chances


def best_labels(scores: Floats) -> Integers:
    """Return the likeliest labels in a row of which none goes on with what did not begin.

    >>> import math
    >>> best_labels(np.log([[0.1, 0.5, 0.1, 0.1, 0.05, 0.1, 0.05], [0.1, 0.1, 0.3, 0.05, 0.35, 0.05, 0.05]])).tolist()
    [1, 2]
    """
    labels: Integers = scores.argmax(axis=1)
    goes_on = (labels > 0) & (labels % 2 == 0)
    before = np.concatenate(([0], labels[:-1]))
    wrong = goes_on & (before != labels) & (before != labels - 1)
    if wrong.any():
        # Only the words around a fault can change: up to the surest word outside names on either side.
        outside = np.flatnonzero(scores[:, 0] > _SURE)
        for at in np.flatnonzero(wrong):
            begin = int(outside[outside < at].max(initial=-1)) + 1
            end = int(outside[outside > at].min(initial=len(labels)))
            labels[begin:end] = _viterbi(scores[begin:end])
    return labels


def _viterbi(scores: Floats) -> Integers:
    best = scores[0] + _OPENING
    back = []
    for row in scores[1:]:
        totals = best[:, None] + _STEPS
        came = totals.argmax(axis=0)
        back.append(came)
        best = totals[came, np.arange(N_LABELS)] + row
    label = int(best.argmax())
    labels = [label]
    for came in reversed(back):
        label = int(came[label])
        labels.append(label)
    return np.array(labels[::-1], dtype=np.int64)


def features_of(text: str, pieces: Pieces) -> Integers:
    """Return the value of each of `FEATURES` at each piece of a text: one row a piece."""
    values = np.zeros((len(pieces), len(FEATURES)), dtype=np.int64)
    if not len(pieces):
        return values
    shape, headline, gap, name, lower, rules, lists = values.T
    firsts = np.flatnonzero(pieces.is_first)
    stops = np.append(firsts[1:], len(pieces))
    in_lower_case = set(_LOWER_WORD.findall(text))
    given, family = gazetteer().given_names, gazetteer().east_asian
    shape[:] = _SHAPES.index("goes on")
    starts, ends = pieces.starts[firsts].tolist(), pieces.ends[stops - 1].tolist()
    for first, stop, start, end in zip(firsts.tolist(), stops.tolist(), starts, ends, strict=True):
        word = text[start:end]
        shape[first] = form = _shape(word)
        if form in _CAPITALISED:
            usual = word.capitalize() if form == _IN_CAPITALS else word
            name[first:stop] = 1 + (usual in given) + 2 * (usual in family)
            lower[first:stop] = 1 + (word.lower() in in_lower_case)
    lines = Headlines(text)
    if not lines.none:
        opens = np.flatnonzero(np.concatenate(([True], pieces.line[1:] != pieces.line[:-1])))
        for first, stop in pairwise([*opens.tolist(), len(pieces)]):
            headline[first:stop] = _HEADLINES.index(lines.at(int(pieces.starts[first])))
    gap[0] = 2
    gap[1:] = pieces.starts[1:] > pieces.ends[:-1]
    gap[1:][pieces.line[1:] != pieces.line[:-1]] = 2
    drafts = [
        (
            draft.start,
            draft.end,
            _DRAFTS.index("demonym" if draft.kind == "state" and is_demonym(draft.name) else draft.kind),
        )
        for draft in settled_drafts(text)
    ]
    _mark(rules, pieces, drafts)
    listed = [
        (
            span.start,
            span.end,
            _LISTS.index("body" if span.entry is None else "demonym" if span.entry.is_demonym else span.kind),
        )
        for span in find_spans(text)
        if span.kind
    ]
    _mark(lists, pieces, listed)
    return values


def _mark(column: Integers, pieces: Pieces, spans: Sequence[tuple[int, int, int]]) -> None:
    """Write 1 + 2 * kind at the first piece of each span and 2 + 2 * kind at the others."""
    if not spans:
        return
    table = np.array(spans, dtype=np.int64)
    firsts = np.searchsorted(pieces.starts, table[:, 0])
    stops = np.searchsorted(pieces.starts, table[:, 1])
    for first, stop, kind in zip(firsts.tolist(), stops.tolist(), table[:, 2].tolist(), strict=True):
        column[first:stop] = 2 + 2 * kind
        column[first : first + 1] = 1 + 2 * kind


def _shape(word: str) -> int:
    """Return the number of the word's shape in `_SHAPES`.

    >>> [_SHAPES[_shape(word)] for word in ("A", "USA", "Oslo", "McCoy", "iPhone", "oil", "9", "-")]
    ['A', 'AA', 'Aa', 'AaA', 'aA', 'aa', '0', '.']
    """
    first = word[:1]
    if not first.isalpha():
        return 8 if first.isdigit() else 9
    if len(word) == 1:
        return 1 if first.isupper() else 2
    if word.isupper():
        return _IN_CAPITALS
    if word.islower():
        return 4
    if first.isupper():
        return 5 if word[1:].islower() else 6
    return 7
