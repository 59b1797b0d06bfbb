"""Train the model "fast": python -m analystkit.resources.make_actors FOLDER

FOLDER holds the open texts with marked actors, `actors_*.jsonl` (one text to a line: "text", "entities"); files named
EVAL_ONLY are left out. To these come the sentences of `data/actors` and texts made from its patterns. The same files give
the same model, byte for byte (on one kind of processor: others may round differently in the last place).

It needs SciPy, which comes with the extra `test`.
"""

from __future__ import annotations

import io
import json
import sys
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import scipy.sparse
from numpy.typing import NDArray

from analystkit.annotate.actors.adopting import spread, trim
from analystkit.annotate.actors.backends import Span
from analystkit.annotate.actors.chain import Sentences, beliefs, sentences_of
from analystkit.annotate.actors.fast import FILE, ChainModel
from analystkit.annotate.actors.features import OFFSETS, SLOT_BITS, Batch, Vocabulary, read_texts
from analystkit.annotate.actors.gazetteer import is_demonym
from analystkit.annotate.actors.labels import LABELS, label_tokens, may_follow
from analystkit.resources.made_actors import Marked, make_texts, read_sentences

_KINDS: Final = {"PERSON": "person", "ORG": "organisation", "LOCATION": "place"}
#: How many texts are made from patterns, and how often our own sentences count.
N_MADE: Final = 1200
OWN_TIMES: Final = 2

_EPOCHS: Final = 5
_TIMES: Final = 3
_SENTENCES_AT_ONCE: Final = 300
_RATE: Final = 0.15
_DECAY: Final = 1e-4
#: The share of features that is hidden at each step, so that no weight leans on another.
_HIDDEN: Final = 0.3
_FEWEST: Final = 2  # uses of a feature


def read_gold(folder: Path) -> dict[str, list[Marked]]:
    """Return the open texts by the name of their file."""
    found: dict[str, list[Marked]] = {}
    for path in sorted(folder.glob("actors_*.jsonl")):
        if "EVAL_ONLY" in path.name:
            continue
        rows = map(json.loads, path.read_text(encoding="utf-8").splitlines())
        found[path.stem] = [
            clean(
                row["text"],
                sorted(
                    (e["start"], e["end"], _KINDS[e["type"]]) for e in row["entities"] if e["type"] in _KINDS
                ),
            )
            for row in rows
        ]
    return found


def clean(text: str, spans: Sequence[tuple[int, int, str]]) -> Marked:
    """Bring marked names to our ways: no articles, titles and peoples; a name marked once is marked wherever it stands.

    >>> clean("The President met King Hussain.", [(4, 13, "person"), (18, 30, "person")])
    ('The President met King Hussain.', [(23, 30, 'person')])
    """
    trimmed = [trim(text, Span(*span)) for span in spans]
    kept = [span for span in trimmed if span is not None and not is_demonym(text[span.start : span.end])]
    return text, [(start, end, kind) for start, end, kind, _ in spread(text, kept)]


@dataclass
class Weights:
    """What training gives: the features used (rising), a row of weights for each, and the steps between labels."""

    slots: NDArray[np.int64]
    rows: NDArray[np.float32]
    transitions: NDArray[np.float64]

    def packed(self) -> tuple[NDArray[np.uint32], NDArray[np.int8], NDArray[np.float32], NDArray[np.float32]]:
        """Return the weights in eight bits, without the features that say next to nothing."""
        scales = (np.quantile(np.abs(self.rows), 0.9995, axis=0) / 127).astype(np.float32)
        units = np.clip(np.rint(self.rows / scales), -127, 127).astype(np.int8)
        kept = np.abs(units.astype(np.int16)).max(axis=1) > 2
        return (
            self.slots[kept].astype(np.uint32),
            units[kept],
            scales,
            np.where(may_follow(), self.transitions, 0).astype(np.float32),
        )


def train(
    texts: Sequence[Marked],
    say: Callable[[str], object] = lambda _: None,
    *,
    epochs: int = _EPOCHS,
    times: int = _TIMES,
) -> Weights:
    """Fit the weights to marked texts: a conditional random field, fitted several times in other orders and averaged."""
    vocabulary = Vocabulary()
    batch = read_texts([text for text, _ in texts], vocabulary)
    labels = _gold_labels(texts, batch)
    used, matrix = _matrix(batch, vocabulary)
    sentences = sentences_of(batch.sequence)
    fitted = [
        _fit(matrix, labels, sentences, np.random.default_rng(number), epochs, say) for number in range(times)
    ]
    rows = sum((rows for rows, _ in fitted), np.zeros_like(fitted[0][0])) / np.float32(times)
    steps = sum((steps for _, steps in fitted), np.zeros_like(fitted[0][1])) / times
    return Weights(used, rows, steps)


def _fit(
    matrix: Any,
    labels: NDArray[np.int64],
    sentences: Sentences,
    draw: np.random.Generator,
    epochs: int,
    say: Callable[[str], object],
) -> tuple[NDArray[np.float32], NDArray[np.float64]]:
    """Return the weights of features and of steps, by AdaGrad on some sentences at a time, averaged over the later half."""
    n_features, n_labels = matrix.shape[1], len(LABELS)
    rows = np.zeros((n_features, n_labels), dtype=np.float32)
    steps = np.zeros((n_labels, n_labels))
    rows_squared, steps_squared = np.full_like(rows, 1e-8), np.full_like(steps, 1e-8)
    rows_sum, steps_sum = np.zeros_like(rows), np.zeros_like(steps)
    # When a row was last worked on, and how many of the sums it has been added to.
    last_seen, n_added = np.zeros(n_features, dtype=np.float32), np.zeros(n_features, dtype=np.float32)
    there, place = np.zeros(n_features, dtype=bool), np.zeros(n_features, dtype=np.int32)
    begins, lengths = sentences
    n_groups = n_sums = 0
    for epoch in range(epochs):
        shuffled = draw.permutation(len(begins))
        near = shuffled[np.argsort(lengths[shuffled] // 8, kind="stable")]
        groups = [near[at : at + _SENTENCES_AT_ONCE] for at in range(0, len(near), _SENTENCES_AT_ONCE)]
        loss = 0.0
        for number in draw.permutation(len(groups)):
            n_groups += 1
            group = groups[number][np.argsort(-lengths[groups[number]], kind="stable")]
            size = lengths[group]
            first = np.cumsum(size) - size
            tokens = np.repeat(begins[group] - first, size) + np.arange(size.sum())
            chosen = matrix[tokens]
            shown = (draw.random(len(chosen.data), dtype=np.float32) >= _HIDDEN) / np.float32(1 - _HIDDEN)
            # Only the features that these sentences have are worked on.
            there[:] = False
            there[chosen.indices] = True
            here = np.flatnonzero(there)
            place[here] = np.arange(len(here), dtype=np.int32)
            few = scipy.sparse.csr_matrix(
                (shown.astype(np.float32), place[chosen.indices], chosen.indptr),
                shape=(len(tokens), len(here)),
            )
            weights = rows[here]
            scores = np.asarray(few @ weights, dtype=np.float32)
            own = labels[tokens]
            believed = beliefs(scores, steps.astype(np.float32), Sentences(first, size))
            at = np.arange(len(tokens))
            loss += believed.log_sum - float(scores[at, own].sum())
            error = believed.labels.astype(np.float32)
            error[at, own] -= 1
            pairs = believed.pairs
            inside = np.ones(len(tokens), dtype=bool)
            inside[first] = False
            follow = np.flatnonzero(inside)
            np.subtract.at(pairs, (own[follow - 1], own[follow]), 1)
            loss -= float(steps[own[follow - 1], own[follow]].sum())
            rows_sum[here] += weights * (n_sums - n_added[here])[:, None]
            n_added[here] = n_sums
            slope = np.asarray(few.T @ error) / np.float32(len(group))
            slope += (np.float32(_DECAY) * (n_groups - last_seen[here]))[:, None] * weights
            last_seen[here] = n_groups
            squared = rows_squared[here] + slope * slope
            rows_squared[here] = squared
            rows[here] = weights - np.float32(_RATE) * slope / np.sqrt(squared)
            pairs /= len(group)
            steps_squared += pairs * pairs
            steps -= np.where(may_follow(), _RATE * pairs / np.sqrt(steps_squared), 0)
            if epoch >= epochs // 2:
                steps_sum += steps
                n_sums += 1
        say(f"round {epoch + 1} of {epochs}: loss {loss / len(labels):.4f} a token")
    rows_sum += rows * (n_sums - n_added)[:, None]
    return (rows_sum / np.float32(n_sums)).astype(np.float32), steps_sum / n_sums


def _gold_labels(texts: Sequence[Marked], batch: Batch) -> NDArray[np.int64]:
    """Return the label of each token; a name that a sentence end seems to cut counts as two."""
    labels = np.zeros(len(batch.word), dtype=np.int64)
    edges = np.searchsorted(batch.text, np.arange(len(texts) + 1))
    for number, (_, spans) in enumerate(texts):
        low, high = edges[number], edges[number + 1]
        labels[low:high] = label_tokens(batch.start[low:high], batch.end[low:high], spans)
    last = np.flatnonzero(batch.sequence[1:] != batch.sequence[:-1])
    for at in [*last, len(labels) - 1] if len(labels) else []:
        part = (labels[at] - 1) % 4
        if labels[at] and part < 2:
            labels[at] += 3 if part == 0 else 1
            if at + 1 < len(labels) and labels[at + 1] and (labels[at + 1] - 1) % 4 in (1, 2):
                labels[at + 1] += -1 if (labels[at + 1] - 1) % 4 == 1 else 1
    return labels


def _matrix(batch: Batch, vocabulary: Vocabulary) -> tuple[NDArray[np.int64], Any]:
    """Return the features used often enough, and which of them each token has, as a sparse matrix."""
    slots = np.concatenate(
        [
            batch.slots,
            *(vocabulary.slots(slice(None), offset)[batch.around[:, n]] for n, offset in enumerate(OFFSETS)),
        ],
        axis=1,
    )
    uses = np.bincount(slots[slots >= 0], minlength=2**SLOT_BITS)
    used = np.flatnonzero(uses >= _FEWEST)
    column = np.full(2**SLOT_BITS + 1, -1, dtype=np.int32)
    column[used] = np.arange(len(used))
    columns = column[slots]
    there = columns >= 0
    ends = np.concatenate([[0], np.cumsum(there.sum(axis=1))])
    ones = np.ones(ends[-1], dtype=np.float32)
    return used, scipy.sparse.csr_matrix((ones, columns[there], ends), shape=(len(slots), len(used)))


def model_of(weights: Weights) -> ChainModel:
    """Return the model as it will ship."""
    return ChainModel(*weights.packed())


def training_texts(gold: dict[str, list[Marked]]) -> list[Marked]:
    """Return all texts to train on: those given, our sentences, and those made from patterns."""
    return [
        *(text for texts in gold.values() for text in texts),
        *(read_sentences() * OWN_TIMES),
        *make_texts(N_MADE),
    ]


def save(weights: Weights, path: Path) -> None:
    """Write the file of the model; the same weights give the same bytes."""
    names = ("slots", "weights", "scales", "transitions")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, array in zip(names, weights.packed(), strict=True):
            buffer = io.BytesIO()
            np.save(buffer, np.asarray(array))
            # A fixed date: else no two files are alike.
            archive.writestr(zipfile.ZipInfo(f"{name}.npy"), buffer.getvalue(), zipfile.ZIP_DEFLATED, 9)


def main(arguments: Sequence[str]) -> int:
    """Train on the texts of a folder and write the model."""
    if len(arguments) != 1:
        sys.stderr.write(f"{__doc__}\n")
        return 2
    gold = read_gold(Path(arguments[0]))
    if not gold:
        sys.stderr.write(f"{arguments[0]} holds no actors_*.jsonl.\n")
        return 2
    weights = train(training_texts(gold), lambda line: sys.stderr.write(f"{line}\n"))
    path = Path(__file__).with_name(FILE)
    save(weights, path)
    sys.stderr.write(f"{path}: {path.stat().st_size:,} bytes, {len(weights.packed()[0]):,} features\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
