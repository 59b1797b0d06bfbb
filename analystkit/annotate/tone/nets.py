"""Small recurrent nets over the words of a sentence, served by NumPy: two-way gated units, and attention from the target.

`resources/make_tone.py` trains them. Sentences of any lengths are worked on at once: the longest first, so that at each
step those that still have a word are the first few rows.
"""

from __future__ import annotations

from collections.abc import Mapping
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
        self._into = (weights["into"] * half).transpose(1, 0, 2).reshape(weights["into"].shape[1], -1)
        self._into_bias = (weights["into_bias"] * half).ravel()
        self._again, self._again_bias = weights["again"] * half, (weights["again_bias"] * half)[:, None]

    def scores(self, reading: Reading, given: Inputs, dense: Floats) -> Floats:
        """Return a score of each label, a row for each sentence."""
        weights = self._weights
        states = self._states(reading, self._told(given))
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

    def _told(self, given: Inputs) -> Floats:
        weights = self._weights
        words = self._words[given.word].astype(np.float32) * self._unit
        tables = (
            weights["verbs"][given.verb],
            weights["nouns"][given.noun],
            weights["distances"][given.distance],
        )
        return np.concatenate([words, *tables, given.numbers], axis=1)

    def _states(self, reading: Reading, told: Floats) -> Floats:
        """Return the state of the units at each word, of those that read on and of those that read back."""
        n_units = self._again.shape[1]
        coming = (told @ self._into + self._into_bias).reshape(len(told), 2, 3 * n_units)
        sizes = np.diff(reading.starts)
        order = np.argsort(-sizes, kind="stable")
        begin, last = reading.starts[:-1][order], reading.starts[1:][order] - 1
        alive = np.searchsorted(-sizes[order], -np.arange(1, sizes.max(initial=0) + 1), side="right")
        states = np.empty((len(told), 2, n_units), np.float32)
        state = np.zeros((2, len(sizes), n_units), np.float32)
        for step, n in enumerate(alive.tolist()):
            on, back = begin[:n] + step, last[:n] - step
            before = state[:, :n]
            came = np.stack([coming[on, 0], coming[back, 1]])
            again = before @ self._again + self._again_bias
            gates = np.tanh(came[..., : 2 * n_units] + again[..., : 2 * n_units])
            gates *= 0.5
            gates += 0.5
            new = np.tanh(came[..., 2 * n_units :] + gates[..., :n_units] * again[..., 2 * n_units :])
            new += gates[..., n_units:] * (before - new)
            state[:, :n] = new
            states[on, 0], states[back, 1] = new
        return states.reshape(len(told), 2 * n_units)
