"""The model "fast" of the tone towards a target: small nets that learnt from coders and from the model "accurate".

`resources/make_tone.py` makes its file. It needs NumPy alone.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from analystkit.annotate.tone.features import dense
from analystkit.annotate.tone.nets import Net, inputs
from analystkit.annotate.tone.reading import Words, read

Floats = NDArray[np.float64]

FILE: Final = "tone_fast.npz"
FILES: Final = (FILE,)
#: Sentences that are worked on at once.
_AT_ONCE: Final = 512


def judge(texts: Sequence[str], spans: Sequence[tuple[int, int]]) -> Floats:
    """Return the probabilities of negative, neutral and positive, a row for each text.

    >>> judge(["Iran praised Ruritania."], [(13, 22)]).argmax(axis=1).tolist()
    [2]
    """
    return shipped().judge(texts, spans)


@cache
def shipped() -> FastModel:
    """Return the model that comes with the library."""
    with np.load(io.BytesIO(files("analystkit.resources").joinpath(FILE).read_bytes())) as data:
        return FastModel({name: data[name] for name in data.files})


class FastModel:
    """Small nets, averaged.

    Parameters
    ----------
    arrays
        What training gave, by name: see `resources/make_tone.py`.
    """

    def __init__(self, arrays: Mapping[str, NDArray[Any]]) -> None:
        self._words = Words(bytes(arrays["vocabulary"]).decode("utf-8").split("\n"))
        self._mean, self._spread = arrays["mean"], arrays["spread"]
        self._sharpness, self._lean = float(arrays["sharpness"]), arrays["lean"]
        nets: dict[str, dict[str, NDArray[Any]]] = {}
        for name, array in arrays.items():
            number, dot, weight = name.partition(".")
            if dot:
                nets.setdefault(number, {})[weight] = array
        self._nets = [Net(of_net) for of_net in nets.values()]

    def judge(self, texts: Sequence[str], spans: Sequence[tuple[int, int]]) -> Floats:
        """Return the probabilities of the three labels, a row for each text."""
        chances = np.zeros((len(texts), 3))
        # Sentences of like length together, so that few wait for the longest.
        order = sorted(range(len(texts)), key=lambda at: len(texts[at]))
        for begin in range(0, len(order), _AT_ONCE):
            part = order[begin : begin + _AT_ONCE]
            reading = read([texts[at] for at in part], [spans[at] for at in part], self._words)
            numbers = (dense(reading) - self._mean) / self._spread
            given = inputs(reading)
            mixed = sum(softmax(net.scores(reading, given, numbers)) for net in self._nets)
            chances[part] = softmax(self._sharpness * np.log(mixed) + self._lean)
        return chances


def softmax(scores: NDArray[Any]) -> Floats:
    """Return probabilities of scores, row by row.

    >>> softmax(np.array([[0.0, 0.0]])).tolist()
    [[0.5, 0.5]]
    """
    powers = np.exp(scores - scores.max(axis=1, keepdims=True), dtype=np.float64)
    chances: Floats = powers / powers.sum(axis=1, keepdims=True)
    return chances
