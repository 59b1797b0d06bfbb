"""Small recurrent nets over the words of a sentence, served by NumPy: two-way gated units, and attention from the target.

`resources/make_tone.py` trains them. Sentences of any lengths are worked on at once: the longest first, so that at each
step those that still have a word are the first few rows.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from analystkit.annotate.tone.features import N_PARTS, parts
from analystkit.annotate.tone.reading import Reading, Whole
from analystkit.annotate.tone.words import CLASSES, N_VERB_CLASSES

Floats = NDArray[np.float32]

#: Numbers of rows of the tables by which words, verbs, nouns and distances are looked up.
N_VERB_ROWS: Final = N_PARTS * N_VERB_CLASSES + 1
N_NOUN_ROWS: Final = N_PARTS * len(CLASSES) + 1
_EDGES: Final = (1, 2, 3, 4, 6, 9, 14, 22)
N_DISTANCES: Final = 2 * len(_EDGES) + 1
_FLAGS: Final = (
    "negation",
    "be",
    "by",
    "toward",
    "comma",
    "stop",
    "break",
    "pronoun",
    "determiner",
    "title",
    "participle",
    "possessive",
    "hedge",
    "question",
    "capital",
)
_TURNED: Final = -0.7


class Inputs(NamedTuple):
    """What a net is told of each word: rows of its tables, and numbers."""

    word: Whole
    verb: Whole
    noun: Whole
    distance: Whole
    numbers: Floats


def inputs(reading: Reading) -> Inputs:
    """Return what the nets are told of each word."""
    part, own = parts(reading)
    verb = np.where(reading.verb > 0, (reading.verb - 1) * N_PARTS + part + 1, 0)
    noun = np.where(reading.noun > 0, (reading.noun - 1) * N_PARTS + own + 1, 0)
    far = np.digitize(np.abs(reading.distance), _EDGES)
    distance = np.where(reading.distance < 0, len(_EDGES) + far, far)
    turn = np.where(reading.is_negated, np.float32(_TURNED), np.float32(1))[:, None]
    flags = np.stack(
        [
            *(reading.has(name) for name in _FLAGS),
            reading.in_quote,
            reading.is_negated,
            reading.is_name,
            reading.is_target,
        ],
        axis=1,
    )
    numbers = np.concatenate([reading.value, reading.value * turn, flags], axis=1, dtype=np.float32)
    return Inputs(reading.number, verb, noun, distance, numbers)


N_NUMBERS: Final = 8 + len(_FLAGS) + 4


class Net:
    """One net.

    Parameters
    ----------
    arrays
        Its weights by name: `words` in units of `unit`, the tables `verbs`, `nouns`, `distances` and `pull`, and
        `into`, `into_bias`, `again`, `again_bias` of the units (two directions; gates reset, update, new), `query`,
        `dense`, `hidden`, `out` with their biases.
    """

    def __init__(self, arrays: Mapping[str, NDArray[Any]]) -> None:
        weights = {name: array.astype(np.float32) for name, array in arrays.items() if name != "words"}
        self._words, self._unit = arrays["words"], weights["unit"]
        self._weights = weights
        n_units = weights["again"].shape[1]
        # A logistic gate is a hyperbolic tangent of half its input, which is quicker.
        half = np.ones(3 * n_units, np.float32)
        half[: 2 * n_units] = 0.5
        self._again, self._again_bias = weights["again"] * half, (weights["again_bias"] * half)[:, None]
        # What a row of a table brings to the gates is worked out once, not at each word.
        tables = ("verbs", "nouns", "distances")
        sizes = [self._words.shape[1], *(weights[name].shape[1] for name in tables)]
        into = np.split(weights["into"] * half, np.cumsum(sizes), axis=1)
        self._of_words, self._of_numbers = into[0], into[-1]
        verbs, nouns, distances = (
            weights[name] @ part for name, part in zip(tables, into[1:-1], strict=True)
        )
        # Most words are in no class: that goes with their distance, and the classes add the difference.
        self._of_verbs, self._of_nouns = verbs - verbs[:, :1], nouns - nouns[:, :1]
        usual = verbs[:, :1] + nouns[:, :1] + (weights["into_bias"] * half)[:, None]
        self._of_distances = distances + usual

    def scores(self, reading: Reading, given: Inputs, dense: Floats) -> Floats:
        """Return a score of each label, a row for each sentence."""
        weights = self._weights
        states = self._states(reading, given)
        first = reading.starts[:-1]
        target = np.flatnonzero(reading.is_target)
        row = reading.row[target]
        begins = np.searchsorted(row, np.arange(len(reading)))
        of_target = np.add.reduceat(states[target], begins) / np.bincount(row)[:, None]
        asked = of_target @ weights["query"]
        pull = (states * asked[reading.row]).sum(axis=1) / np.float32(np.sqrt(states.shape[1]))
        pull += weights["pull"][given.distance, 0]
        pull = np.exp(pull - np.maximum.reduceat(pull, first)[reading.row])
        pull /= np.add.reduceat(pull, first)[reading.row]
        seen = np.add.reduceat(states * pull[:, None], first)
        most = np.maximum.reduceat(states, first)
        of_dense = np.maximum(dense @ weights["dense"] + weights["dense_bias"], 0)
        joined = np.concatenate([of_target, seen, most, of_dense], axis=1)
        hidden = np.maximum(joined @ weights["hidden"] + weights["hidden_bias"], 0)
        scores: Floats = hidden @ weights["out"] + weights["out_bias"]
        return scores

    def _states(self, reading: Reading, given: Inputs) -> Floats:
        """Return the state of the units at each word, of those that read on and of those that read back."""
        n_units = self._again.shape[1]
        sizes = np.diff(reading.starts)
        order = np.argsort(-sizes, kind="stable")
        alive = np.searchsorted(-sizes[order], -np.arange(1, sizes.max(initial=0) + 1), side="right")
        # The words in the order in which they are read: all first ones, all second ones, and so on.
        turn = np.concatenate([[0], np.cumsum(alive)])
        rank = np.arange(turn[-1]) - np.repeat(turn[:-1], alive)
        step = np.repeat(np.arange(len(alive)), alive)
        ways = (reading.starts[:-1][order][rank] + step, reading.starts[1:][order][rank] - 1 - step)
        used, word = np.unique(given.word, return_inverse=True)
        vectors = self._words[used].astype(np.float32) * self._unit
        coming = np.empty((2, len(word), 3 * n_units), np.float32)
        for way, place in enumerate(ways):
            own = coming[way]
            np.matmul(given.numbers[place], self._of_numbers[way], out=own)
            own += (vectors @ self._of_words[way])[word[place]]
            own += self._of_distances[way][given.distance[place]]
            for rows, table in ((given.verb, self._of_verbs), (given.noun, self._of_nouns)):
                row = rows[place]
                some = np.flatnonzero(row)
                own[some] += table[way][row[some]]
        states = np.empty((2, len(word), n_units), np.float32)
        before = np.zeros((2, len(sizes), n_units), np.float32)
        for begin, end in pairwise(turn.tolist()):
            before = before[:, : end - begin]
            came = coming[:, begin:end]
            again = before @ self._again
            again += self._again_bias
            gates = came[..., : 2 * n_units]
            gates += again[..., : 2 * n_units]
            np.tanh(gates, out=gates)
            gates *= 0.5
            gates += 0.5
            new = again[..., 2 * n_units :]
            new *= gates[..., :n_units]
            new += came[..., 2 * n_units :]
            np.tanh(new, out=new)
            now = states[:, begin:end]
            np.subtract(before, new, out=now)
            now *= gates[..., n_units:]
            now += new
            before = now
        found = np.empty((len(word), 2, n_units), np.float32)
        for way, place in enumerate(ways):
            found[place, way] = states[way]
        return found.reshape(len(word), 2 * n_units)
