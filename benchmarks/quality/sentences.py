"""Ends of sentences."""

from __future__ import annotations

from typing import Final

import analystkit as ak
from benchmarks.data import Data, megabytes, read_lines
from benchmarks.figures import Figure, timed

#: Genre to score (None: all) -> what its F1 must reach.
FLOORS: Final[dict[str | None, float]] = {"news": 0.95, None: 0.93}


def sentences(data: Data) -> list[Figure]:
    """Score the ends of sentences that are not ends of lines: the news of each file and all of it."""
    paths = data.files("sentences/*.jsonl")
    scorer = data.scorer("score_sentences")
    figures = []
    for path in paths:
        gold = {row["doc_id"]: row for row in read_lines(path)}
        texts = [row["text"] for row in gold.values()]
        found, seconds = timed(ak.split_sentences, texts)
        # The first call pays for what all later ones share, and the set is small: the best of five says the speed.
        seconds = min(seconds, *(timed(ak.split_sentences, texts)[1] for _ in range(4)))
        spans: list[list[list[int]]] = [[] for _ in texts]
        for number, start, end in zip(found["text_id"], found["start"], found["end"], strict=True):
            spans[number].append([start, end])
        ours = {key: {"sentences": own} for key, own in zip(gold, spans, strict=True)}
        for genre, floor in FLOORS.items():
            got = scorer.score(gold, ours, genre)
            if got["gold"]:
                what = f"{path.stem}, {genre or 'all'}"
                figures.append(Figure("sentences", f"{what}: F1", got["F1"], got["gold"], floor=floor))
                figures.append(Figure("sentences", f"{what}: precision", got["P"], got["gold"]))
                figures.append(Figure("sentences", f"{what}: recall", got["R"], got["gold"]))
        rate = megabytes(texts) / seconds
        figures.append(Figure("sentences", f"{path.stem}: MB per second", rate, len(texts), seconds))
    return figures
