"""Train the small nets of the tone towards a target; it needs PyTorch, which nothing else in the library does."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from analystkit.annotate.tone.features import N_DENSE
from analystkit.annotate.tone.nets import N_DISTANCES, N_NOUN_ROWS, N_NUMBERS, N_VERB_ROWS, Inputs, inputs
from analystkit.annotate.tone.reading import N_SPECIAL, Reading

Floats = NDArray[np.float32]

#: Numbers of a word's vector, of the units of each direction, and of the layers behind them.
N_WORD: Final = 96
_UNITS, _TABLE, _NEAR, _DENSE, _HIDDEN = 96, 12, 10, 48, 96
_ROUNDS: Final = 3
_AT_ONCE: Final = 64
_RATE: Final = 2e-3
#: Shares of what is hidden at each step: of inputs, of states, of words as wholes.
_DROP_IN, _DROP, _DROP_WORDS = 0.2, 0.3, 0.1


@dataclass(frozen=True)
class Examples:
    """Sentences as the nets are told of them, with the chance of each label and a weight."""

    reading: Reading
    given: Inputs
    dense: Floats
    chances: Floats
    weight: Floats

    @classmethod
    def of(cls, reading: Reading, dense: Floats, chances: Floats, weight: Floats) -> Examples:
        """Return examples of a reading."""
        return cls(reading, inputs(reading), dense, chances, weight)


def start_vectors(vectors: Floats) -> Floats:
    """Return vectors of words to begin with: the directions in which the given ones differ most, and special words."""
    centred = vectors - vectors.mean(axis=0)
    directions = np.linalg.eigh((centred.T @ centred).astype(np.float64))[1][:, ::-1][:, :N_WORD]
    # The sign of a direction is the solver's choice; the largest entry is made positive.
    directions *= np.sign(directions[np.abs(directions).argmax(axis=0), np.arange(N_WORD)])
    shorter = centred @ directions
    special = np.random.default_rng(0).normal(0, 0.5, (N_SPECIAL, N_WORD))
    special[0] = 0
    return np.concatenate([special, shorter / shorter.std()]).astype(np.float32)


def train_net(
    examples: Examples,
    vectors: Floats,
    *,
    seed: int,
    say: Callable[[str], object] = lambda _: None,
    rounds: int = _ROUNDS,
) -> dict[str, NDArray[Any]]:
    """Return the arrays of one net (see `nets.Net`)."""
    import torch

    torch.set_num_threads(1)
    torch.manual_seed(seed)
    draw = np.random.default_rng(seed)
    net = _Layers(vectors)
    of_words = net.words.weight
    others = [weight for weight in net.all.parameters() if weight is not of_words]
    groups = [
        {"params": others, "lr": _RATE, "weight_decay": 0.01},
        {"params": [of_words], "lr": _RATE / 4, "weight_decay": 0.0},
    ]
    optimiser = torch.optim.AdamW(groups)
    rates = [group["lr"] for group in optimiser.param_groups]
    sizes = np.diff(examples.reading.starts)
    n_steps, step = rounds * math.ceil(len(sizes) / _AT_ONCE), 0
    for turn in range(rounds):
        loss_sum = 0.0
        for rows in _groups(sizes, draw):
            warmth = min(1.0, step / (0.05 * n_steps)) * max(0.02, 1 - step / n_steps)
            for group, rate in zip(optimiser.param_groups, rates, strict=True):
                group["lr"] = rate * warmth
            scores = net.scores(examples, rows)
            wanted = torch.from_numpy(examples.chances[rows])
            weight = torch.from_numpy(examples.weight[rows])
            loss = -((wanted * torch.log_softmax(scores, 1)).sum(1) * weight).sum() / weight.sum()
            optimiser.zero_grad(set_to_none=True)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(others, 2.0)
            optimiser.step()
            loss_sum += loss.item()
            step += 1
        say(f"net {seed}, round {turn + 1} of {rounds}: loss {loss_sum * rounds / n_steps:.4f}")
    return net.arrays()


def _groups(sizes: NDArray[np.int64], draw: np.random.Generator) -> list[NDArray[np.int64]]:
    """Return the rows of each step of a round: some of like length, in an order of chance."""
    shuffled = draw.permutation(len(sizes))
    groups = []
    for begin in range(0, len(shuffled), 20 * _AT_ONCE):
        near = shuffled[begin : begin + 20 * _AT_ONCE]
        near = near[np.argsort(sizes[near], kind="stable")]
        groups += [near[at : at + _AT_ONCE] for at in range(0, len(near), _AT_ONCE)]
    return [groups[at] for at in draw.permutation(len(groups))]


class _Layers:
    """The layers of a net while it is trained."""

    def __init__(self, vectors: Floats) -> None:
        from torch import nn

        n_states = 2 * _UNITS
        self.words = nn.Embedding(len(vectors), N_WORD)
        self.words.weight.data[:] = _tensor(vectors)
        self.verbs, self.nouns = nn.Embedding(N_VERB_ROWS, _TABLE), nn.Embedding(N_NOUN_ROWS, _TABLE)
        self.distances, self.pull = nn.Embedding(N_DISTANCES, _NEAR), nn.Embedding(N_DISTANCES, 1)
        self.pull.weight.data.zero_()
        n_in = N_WORD + 2 * _TABLE + _NEAR + N_NUMBERS
        self.units = nn.GRU(n_in, _UNITS, batch_first=True, bidirectional=True)
        self.query = nn.Linear(n_states, n_states, bias=False)
        self.dense = nn.Linear(N_DENSE, _DENSE)
        self.hidden, self.out = nn.Linear(3 * n_states + _DENSE, _HIDDEN), nn.Linear(_HIDDEN, 3)
        self.all = nn.ModuleList(
            [
                *(self.words, self.verbs, self.nouns, self.distances, self.pull, self.units),
                *(self.query, self.dense, self.hidden, self.out),
            ]
        )

    def scores(self, examples: Examples, rows: NDArray[np.int64]) -> Any:
        import torch
        from torch.nn.functional import dropout
        from torch.nn.utils import rnn

        reading, given = examples.reading, examples.given
        begins, sizes = reading.starts[:-1][rows], np.diff(reading.starts)[rows]
        steps = np.arange(sizes.max())
        there = steps < sizes[:, None]
        at = np.where(there, begins[:, None] + steps, begins[:, None])
        is_there = torch.from_numpy(there)
        word = torch.from_numpy(given.word[at])
        word = word.masked_fill((torch.rand(word.shape) < _DROP_WORDS) & (word >= N_SPECIAL), 0)
        distance = torch.from_numpy(given.distance[at])
        told = [
            self.words(word),
            self.verbs(torch.from_numpy(given.verb[at])),
            self.nouns(torch.from_numpy(given.noun[at])),
            self.distances(distance),
            torch.from_numpy(given.numbers[at]),
        ]
        packed = rnn.pack_padded_sequence(
            dropout(torch.cat(told, -1), _DROP_IN),
            torch.from_numpy(sizes),
            batch_first=True,
            enforce_sorted=False,
        )
        states = dropout(rnn.pad_packed_sequence(self.units(packed)[0], batch_first=True)[0], _DROP)
        target = torch.from_numpy((reading.is_target[at] & there).astype(np.float32))
        of_target = (states * target[..., None]).sum(1) / target.sum(1, keepdim=True)
        pull = (states @ self.query(of_target)[..., None]).squeeze(-1) / math.sqrt(states.shape[-1])
        pull = (pull + self.pull(distance).squeeze(-1)).masked_fill(~is_there, -1e9)
        seen = (states * torch.softmax(pull, 1)[..., None]).sum(1)
        most = states.masked_fill(~is_there[..., None], -1e4).max(1).values
        of_dense = torch.relu(self.dense(dropout(torch.from_numpy(examples.dense[rows]), _DROP_IN)))
        joined = dropout(torch.cat([of_target, seen, most, of_dense], 1), _DROP)
        return self.out(dropout(torch.relu(self.hidden(joined)), _DROP))

    def arrays(self) -> dict[str, NDArray[Any]]:
        """Return the weights as they ship: words in eight bits, all else in sixteen."""
        words = _array(self.words.weight)
        unit = np.float32(np.quantile(np.abs(words), 0.9999) / 127)
        ways = ("", "_reverse")
        kept = {
            "verbs": self.verbs.weight,
            "nouns": self.nouns.weight,
            "distances": self.distances.weight,
            "pull": self.pull.weight,
            "query": self.query.weight.T,
            "dense": self.dense.weight.T,
            "dense_bias": self.dense.bias,
            "hidden": self.hidden.weight.T,
            "hidden_bias": self.hidden.bias,
            "out": self.out.weight.T,
            "out_bias": self.out.bias,
        }
        of_units = {
            "into": [_array(getattr(self.units, f"weight_ih_l0{way}")).T for way in ways],
            "into_bias": [_array(getattr(self.units, f"bias_ih_l0{way}")) for way in ways],
            "again": [_array(getattr(self.units, f"weight_hh_l0{way}")).T for way in ways],
            "again_bias": [_array(getattr(self.units, f"bias_hh_l0{way}")) for way in ways],
        }
        return {
            "words": np.clip(np.rint(words / unit), -127, 127).astype(np.int8),
            "unit": np.array(unit),
            **{name: _array(weight).astype(np.float16) for name, weight in kept.items()},
            **{name: np.stack(both).astype(np.float16) for name, both in of_units.items()},
        }


def _tensor(array: Floats) -> Any:
    import torch

    return torch.from_numpy(array)


def _array(tensor: Any) -> Floats:
    found: Floats = tensor.detach().numpy()
    return found


def softened(labels: Sequence[int], *, by: float = 0.1) -> Floats:
    """Return the chance of each label (-1, 0, 1), a little of it given to the others: coders err.

    >>> softened([1], by=0.3).astype(float).round(2).tolist()
    [[0.1, 0.1, 0.8]]
    """
    sure = np.eye(3, dtype=np.float32)[np.array(labels) + 1]
    soft: Floats = sure * np.float32(1 - by) + np.float32(by / 3)
    return soft
