"""Train the model "accurate" of the tone towards a target: python -m analystkit.resources.make_tone_encoder FOLDER

FOLDER holds `sentiment_newsmtsc.jsonl`, the training part of NewsMTSC; to it come sentences made from the patterns of
`data/tone`. `train_encoder` names what has to be installed.

How it is trained:

1. The weights of all-MiniLM-L6-v2 (Apache-2.0), whose hash is checked. The vectors of words stay as they are, so that the
   model ships without them: it takes those of `encoder.onnx`.
2. To each piece are added vectors for what `accurate.FEATURES` says of it; a small head reads the mean over the target,
   the first mark and the mean over all.
3. Each sentence is shown twice in a step, each time with other pieces hidden, and the two answers are pulled together.
   Hidden are pieces at random, names at a rate of the moment, and the whole target in some of the sentences, so that no
   name is relied on.
4. Layers far from the answer learn at lower rates. What ships is a running mean of the weights, in whole numbers from -127
   to 127 with one scale for each column.

The same folder gives the same file on one machine with the same number of threads. It takes half an hour on two cores.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from onnx import TensorProto, helper
from torch.nn import functional

from analystkit.annotate.actors.encoder import END_MARK, START_MARK
from analystkit.annotate.tone.accurate import FEATURES, FILE, NAME, TARGET, Sentence, sentences
from analystkit.resources.made_tone import Judged, make_sentences
from analystkit.resources.make_tone import GOLD, read_gold
from analystkit.resources.train_encoder import (
    LAYERS,
    MASK,
    WIDTH,
    Graph,
    Weights,
    drop,
    encode,
    learnable,
    plain,
    read_encoder,
    vectors,
)

N_ROUNDS: Final = 4
SEED: Final = 1
THREADS: Final = 2
#: Sentences of ours in each round.
N_OWN: Final = 1200
#: What the scores are multiplied by, as the model is surer than it is right; chosen, like all else here, on held-out
#: articles of the training part.
SHARPNESS: Final = 0.9

_RATE, _NEW_RATE, _FADING = 1e-4, 1e-3, 0.9
_WARMING: Final = 100  # steps
_PIECES_IN_BATCH: Final = 1536
_HIDDEN, _HIDDEN_NAMES, _HIDDEN_TARGETS, _UNTOLD = 0.05, 0.15, 0.3, 0.1
#: Columns of `FEATURES` that word lists fill.
_LISTS: Final = slice(list(FEATURES).index("vader"), list(FEATURES).index("verb") + 1)
_CAPITAL: Final = list(FEATURES).index("capital")
#: What it counts that two views of a sentence are judged apart.
_TOGETHER: Final = 2.0
_MEAN_OF_LAST: Final = 100  # steps, about
_HEAD: Final = 256


class Example(NamedTuple):
    """A sentence as the model is given it, and the number of its label."""

    sentence: Sentence
    label: int


def examples(judged: Sequence[Judged]) -> list[Example]:
    """Return sentences ready to be learnt."""
    read = sentences([one.text for one in judged], [(one.start, one.end) for one in judged])
    return [Example(sentence, one.label + 1) for sentence, one in zip(read, judged, strict=True)]


def start_weights() -> Weights:
    """Return the weights to begin with: those of the encoder, and new ones of our own."""
    draw = torch.Generator().manual_seed(SEED)

    def new(*size: int, spread: float = 0.01) -> Any:
        return torch.randn(*size, generator=draw) * spread

    own: Weights = {f"table {name}": new(size, WIDTH) for name, size in FEATURES.items()}
    own |= {
        "head.weight": new(_HEAD, 3 * WIDTH, spread=0.03),
        "head.bias": torch.zeros(_HEAD),
        "out.weight": new(3, _HEAD, spread=0.05),
        "out.bias": torch.zeros(3),
    }
    return learnable({**read_encoder(), **own})


def scores(weights: Weights, ids: Any, told: Any, target: Any, mask: Any, *, training: bool) -> Any:
    """Return the scores of the labels of each sentence of a batch."""
    x = weights["words"][ids] + weights["places"][: ids.shape[1]]
    for number, name in enumerate(FEATURES):
        x = x + weights[f"table {name}"][told[..., number]]
    x = encode(weights, x, mask, training=training)
    means = [
        (x * share[..., None].to(x.dtype)).sum(1) for share in (target, mask / mask.sum(1, keepdim=True))
    ]
    joined = drop(torch.cat([means[0], x[:, 0], means[1]], 1), training=training)
    hidden = torch.tanh(functional.linear(joined, weights["head.weight"], weights["head.bias"]))
    return functional.linear(drop(hidden, training=training), weights["out.weight"], weights["out.bias"])


def train(
    news: Sequence[Example],
    own: Sequence[Example],
    *,
    rounds: int = N_ROUNDS,
    seed: int = SEED,
    say: Callable[[str], object] = lambda _: None,
) -> Weights:
    """Return the running mean of the weights at the end of training."""
    weights = start_weights()
    torch.manual_seed(seed)
    draw = np.random.default_rng(seed)
    learnt = {name: value for name, value in weights.items() if value.requires_grad}
    mean = {name: value.detach().clone() for name, value in weights.items()}
    by_rate: dict[float, list[Any]] = {}
    for name, value in learnt.items():
        by_rate.setdefault(_rate_of(name), []).append(value)
    optimiser = torch.optim.AdamW([{"params": values} for values in by_rate.values()], weight_decay=0.01)
    steps = 0
    for number in range(rounds):
        some = [own[at] for at in draw.permutation(len(own))[:N_OWN]]
        batches = _batches([*news, *some], draw)
        losses = []
        for done, batch in enumerate(batches):
            warmth = min(1, (steps + 1) / _WARMING) * (1 - (number + done / len(batches)) / rounds)
            for group, rate in zip(optimiser.param_groups, by_rate, strict=True):
                group["lr"] = rate * warmth
            loss = _loss(weights, batch, draw)
            optimiser.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(list(learnt.values()), 1.0)
            optimiser.step()
            steps += 1
            losses.append(loss.item())
            kept = min(1 - 1 / _MEAN_OF_LAST, (1 + steps) / (10 + steps))
            with torch.no_grad():
                for name, value in learnt.items():
                    mean[name].lerp_(value, 1 - kept)
        say(f"round {number + 1} of {rounds}: loss {np.mean(losses):.4f}")
    return mean


def chances(weights: Weights, given: Sequence[Example]) -> NDArray[np.float32]:
    """Return the probabilities of the labels of each sentence, before they are sharpened."""
    found = np.zeros((len(given), 3), np.float32)
    order = np.argsort([len(one.sentence.ids) for one in given], kind="stable")
    with torch.no_grad():
        for begin in range(0, len(order), 64):
            at = order[begin : begin + 64]
            ids, told, target, mask, _ = _tensors([given[number] for number in at])
            found[at] = scores(weights, ids, told, target, mask, training=False).softmax(1).numpy()
    return found


def model_bytes(weights: Weights) -> bytes:
    """Return the model as ONNX; the vectors of words are an input."""
    arrays = plain(weights)
    graph = Graph(arrays)
    tables = np.concatenate([arrays[f"table {name}"] for name in FEATURES])
    offsets = np.cumsum([0, *FEATURES.values()])[:-1].astype(np.int64)
    rows = graph.node("Add", ["told", graph.constant("offsets", offsets)], "rows")
    told = graph.node("Gather", [graph.constant("tables", tables), rows], "told.vectors")
    added = graph.node("ReduceSum", [told, "two"], "added", keepdims=0)
    x = graph.layers("words", added, "hidden", sized="words")
    joined = [
        graph.node("MatMul", ["target", x], "of target"),
        graph.node("Slice", [x, "zero", "one", "one"], "of mark"),
        graph.node("ReduceMean", [x], "of all", axes=[1]),
    ]
    read = graph.node("Concat", joined, "joined", axis=2)
    for name, factor in (("head", 1.0), ("out", SHARPNESS)):
        kept = graph.constant(f"{name}.kept", (arrays[f"{name}.weight"].T * factor).astype(np.float16))
        weight = graph.node("Cast", [kept], f"{name}.weight", to=TensorProto.FLOAT)
        bias = graph.constant(f"{name}.bias", arrays[f"{name}.bias"] * np.float32(factor))
        read = graph.node("Add", [graph.node("MatMul", [read, weight], f"{name}.times"), bias], f"{name}.sum")
        if name == "head":
            read = graph.node("Tanh", [read], "head.out")
    graph.node("Squeeze", [read, "one"], "scores")
    inputs = [
        vectors("words"),
        helper.make_tensor_value_info("told", TensorProto.INT64, [1, "length", len(FEATURES)]),
        helper.make_tensor_value_info("target", TensorProto.FLOAT, [1, 1, "length"]),
    ]
    return graph.model("tone", inputs, [helper.make_tensor_value_info("scores", TensorProto.FLOAT, [1, 3])])


def main(arguments: Sequence[str]) -> int:
    """Train on the sentences of a folder and write the model."""
    if len(arguments) != 1 or not (Path(arguments[0]) / GOLD).is_file():
        sys.stderr.write(f"{__doc__}\n")
        return 2
    torch.set_num_threads(THREADS)
    torch.use_deterministic_algorithms(True)
    gold = examples(read_gold(Path(arguments[0]) / GOLD))
    weights = train(gold, examples(make_sentences()), say=lambda line: sys.stderr.write(f"{line}\n"))
    path = Path(__file__).with_name(FILE)
    path.write_bytes(model_bytes(weights))
    sys.stderr.write(f"{path}: {path.stat().st_size:,} bytes\n")
    return 0


def _rate_of(name: str) -> float:
    """Return how fast a weight learns: what is new fast, a layer the slower the further it is from the answer."""
    if name.startswith(("table", "head", "out")):
        return _NEW_RATE
    layer, dot, _ = name.partition(".")
    depth = len(LAYERS) - 1 - int(layer) if dot and layer.isdigit() else len(LAYERS)
    return _RATE * math.pow(_FADING, depth)


def _loss(weights: Weights, batch: Sequence[Example], draw: np.random.Generator) -> Any:
    """Return how wrong the answers to two views of a batch are, and how far from each other."""
    ids, told, target, mask, label = (
        torch.cat(both) for both in zip(_tensors(batch, draw), _tensors(batch, draw), strict=True)
    )
    with torch.autocast("cpu", torch.bfloat16):
        found = scores(weights, ids, told, target, mask, training=True)
    one, other = found.float().log_softmax(1).chunk(2)
    apart = sum(
        functional.kl_div(a, b, log_target=True, reduction="batchmean")
        for a, b in ((one, other), (other, one))
    )
    return functional.cross_entropy(found.float(), label) + _TOGETHER * apart / 2


def _batches(given: Sequence[Example], draw: np.random.Generator) -> list[list[Example]]:
    """Return sentences of about one length together, in a random order."""
    order = np.argsort([len(one.sentence.ids) + 4 * draw.random() for one in given], kind="stable")
    batches: list[list[Example]] = [[]]
    for number in order:
        size = len(given[number].sentence.ids) + 2
        if batches[-1] and (len(batches[-1]) + 1) * size > _PIECES_IN_BATCH:
            batches.append([])
        batches[-1].append(given[number])
    return [batches[number] for number in draw.permutation(len(batches))]


def _tensors(batch: Sequence[Example], draw: np.random.Generator | None = None) -> list[Any]:
    """Return a batch as the model takes it; with `draw`, some of it hidden."""
    n, length = len(batch), max(len(one.sentence.ids) for one in batch) + 2
    ids = np.zeros((n, length), np.int64)
    told = np.zeros((n, length, len(FEATURES)), np.int64)
    target = np.zeros((n, length), np.float32)
    mask = np.zeros((n, length), np.bool_)
    for row, (sentence, _) in enumerate(batch):
        size = len(sentence.ids)
        ids[row, : size + 2] = [
            START_MARK,
            *(sentence.ids if draw is None else _hidden(sentence, draw)),
            END_MARK,
        ]
        told[row, 1 : size + 1] = sentence.told
        if draw is not None:
            told[row, 1 : size + 1, _LISTS][draw.random(size) < _UNTOLD] = 0
        target[row, 1 : size + 1] = sentence.is_target / sentence.is_target.sum()
        mask[row, : size + 2] = True
    label = np.array([one.label for one in batch])
    return [torch.from_numpy(values) for values in (ids, told, target, mask, label)]


def _hidden(sentence: Sentence, draw: np.random.Generator) -> NDArray[np.int64]:
    """Return the pieces of a sentence with some of them hidden."""
    part = sentence.told[:, list(FEATURES).index("part")]
    names = draw.random(sentence.word[-1] + 1)[sentence.word] < 2 * _HIDDEN_NAMES * draw.random()
    hidden = (draw.random(len(part)) < _HIDDEN) | ((part >= NAME) & names)
    if draw.random() < _HIDDEN_TARGETS:
        hidden |= (part == TARGET) & (sentence.told[:, _CAPITAL] == 1)
    return np.where(hidden, MASK, sentence.ids)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
