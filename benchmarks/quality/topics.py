"""Topics by counting seed words, against the sections in which the articles stood."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

import analystkit as ak
from benchmarks.data import Data, Row, read_lines
from benchmarks.figures import Figure, SkippedError, timed

#: Seed words of a class, written from general knowledge without a look at the texts; `NAME.yml` for `NAME.jsonl`.
SEEDS: Final = Path(__file__).parents[1] / "seeds"


def topics(data: Data) -> Iterator[Figure]:
    """Score the class with the most seed words in each text (the first of equals; none where none occurs)."""
    unscored = []
    for path in data.files("topics/*.jsonl"):
        seeds = SEEDS / f"{path.stem}.yml"
        if not seeds.is_file():
            unscored.append(path.name)
            continue
        rows = read_lines(path)
        classes, seconds = timed(_classes, [_text(row) for row in rows], seeds)
        labels = [row["label"] for row in rows]
        n_without = classes.count("")
        yield Figure("topics", f"{path.stem}: macro-F1", macro_f1(labels, classes), len(rows), seconds)
        yield Figure("topics", f"{path.stem}: share without a seed word", n_without / len(rows), len(rows))
    if unscored:
        raise SkippedError(f"{', '.join(unscored)}: no seed words in benchmarks/seeds")


def macro_f1(gold: Sequence[str], found: Sequence[str]) -> float:
    """Return the mean over the classes of the gold of their F1 (0-1).

    >>> round(macro_f1(["a", "a", "b"], ["a", "b", "b"]), 4) == round((2 / 3 + 2 / 3) / 2, 4)
    True
    """
    scores = []
    for name in sorted(set(gold)):
        hits = sum(a == b == name for a, b in zip(gold, found, strict=True))
        scores.append(2 * hits / (gold.count(name) + found.count(name)))
    return sum(scores) / len(scores)


def _text(row: Row) -> str:
    text, title = str(row["text"]), str(row.get("title", ""))
    return text if text.startswith(title) else f"{title}\n{text}"


def _classes(texts: list[str], seeds: Path) -> list[str]:
    term_lists = ak.read_topics(seeds)
    hits = ak.find_topics(texts, term_lists)
    counts = hits.groupby(["text_id", "topic"]).size().unstack(fill_value=0)
    counts = counts.reindex(index=range(len(texts)), columns=list(term_lists.topics), fill_value=0)
    best = counts.idxmax(axis=1)
    return [str(name) if n else "" for name, n in zip(best, counts.max(axis=1), strict=True)]
