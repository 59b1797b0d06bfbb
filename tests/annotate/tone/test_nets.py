"""The nets as NumPy serves them, beside the same in a plain loop over words."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from analystkit.annotate.tone.features import N_DENSE, dense
from analystkit.annotate.tone.nets import (
    N_DISTANCES,
    N_NOUN_ROWS,
    N_NUMBERS,
    N_VERB_ROWS,
    Inputs,
    Net,
    inputs,
)
from analystkit.annotate.tone.reading import N_SPECIAL, Reading, Words, read

Floats = NDArray[np.float64]
UNITS, WORD, TABLE = 3, 5, 2
TEXTS = ["Ann condemned Bob.", "Bob was thanked by all of them, said the long letter to Cy.", "Cy"]
SPANS = [(14, 17), (0, 3), (0, 2)]


def made() -> dict[str, NDArray[np.float64]]:
    draw = np.random.default_rng(3)
    n_in, states = WORD + 3 * TABLE + N_NUMBERS, 2 * UNITS
    shapes = {
        "verbs": (N_VERB_ROWS, TABLE),
        "nouns": (N_NOUN_ROWS, TABLE),
        "distances": (N_DISTANCES, TABLE),
        "pull": (N_DISTANCES, 1),
        "into": (2, n_in, 3 * UNITS),
        "into_bias": (2, 3 * UNITS),
        "again": (2, UNITS, 3 * UNITS),
        "again_bias": (2, 3 * UNITS),
        "query": (states, states),
        "dense": (N_DENSE, 4),
        "dense_bias": (4,),
        "hidden": (3 * states + 4, 5),
        "hidden_bias": (5,),
        "out": (5, 3),
        "out_bias": (3,),
    }
    arrays = {name: draw.normal(0, 0.5, shape) for name, shape in shapes.items()}
    words = draw.integers(-127, 128, (N_SPECIAL + 2, WORD)).astype(np.int8)
    return arrays | {"words": words, "unit": np.array(0.01)}


def logistic(given: Floats) -> Floats:
    return np.asarray(1 / (1 + np.exp(-given)))


def in_a_loop(
    arrays: dict[str, NDArray[np.float64]], reading: Reading, given: Inputs, numbers: Floats, row: int
) -> Floats:
    """Return the scores of one sentence, word by word."""
    at = range(reading.starts[row], reading.starts[row + 1])
    told = [
        np.concatenate(
            [
                arrays["words"][given.word[i]] * arrays["unit"],
                arrays["verbs"][given.verb[i]],
                arrays["nouns"][given.noun[i]],
                arrays["distances"][given.distance[i]],
                given.numbers[i],
            ]
        )
        for i in at
    ]
    states = np.zeros((len(told), 2 * UNITS))
    for way, order in enumerate((range(len(told)), reversed(range(len(told))))):
        state = np.zeros(UNITS)
        for i in order:
            came = told[i] @ arrays["into"][way] + arrays["into_bias"][way]
            again = state @ arrays["again"][way] + arrays["again_bias"][way]
            reset = logistic(came[:UNITS] + again[:UNITS])
            update = logistic(came[UNITS : 2 * UNITS] + again[UNITS : 2 * UNITS])
            new = np.tanh(came[2 * UNITS :] + reset * again[2 * UNITS :])
            state = (1 - update) * new + update * state
            states[i, way * UNITS : (way + 1) * UNITS] = state
    target = states[reading.is_target[list(at)]].mean(axis=0)
    pull = (
        states @ (target @ arrays["query"]) / np.sqrt(2 * UNITS) + arrays["pull"][given.distance[list(at)], 0]
    )
    pull = np.exp(pull) / np.exp(pull).sum()
    of_dense = np.maximum(numbers[row] @ arrays["dense"] + arrays["dense_bias"], 0)
    joined = np.concatenate([target, pull @ states, states.max(axis=0), of_dense])
    hidden = np.maximum(joined @ arrays["hidden"] + arrays["hidden_bias"], 0)
    return np.asarray(hidden @ arrays["out"] + arrays["out_bias"])


def test_many_sentences_at_once_score_as_each_word_by_word() -> None:
    arrays = made()
    reading = read(TEXTS, SPANS, Words(["was", "the"]))
    given, numbers = inputs(reading), dense(reading)
    scores = Net(arrays).scores(reading, given, numbers)
    for row in range(len(TEXTS)):
        np.testing.assert_allclose(scores[row], in_a_loop(arrays, reading, given, numbers, row), atol=1e-4)
