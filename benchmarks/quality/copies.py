"""Copies of one story."""

from __future__ import annotations

from itertools import combinations

import pandas as pd

import analystkit as ak
from benchmarks.data import Data, read_json
from benchmarks.figures import Figure, timed


def duplicates(data: Data) -> list[Figure]:
    """Score the pairs of articles that lie in one story."""
    documents = read_json(data.file("duplicates/docs.json"))
    gold = read_json(data.file("duplicates/pairs.json"))
    scorer = data.scorer("score_pairs")
    identities = [document["id"] for document in documents]
    frame = pd.DataFrame(
        # Ids in words: the library takes strings.
        {"article_id": [f"{i:06d}" for i in range(len(documents))], "body": [d["body"] for d in documents]}
    )
    stories, seconds = timed(ak.group_copies, frame)
    pairs = [
        pair
        for places in stories.groupby(stories).groups.values()
        for pair in combinations([identities[place] for place in places], 2)
    ]
    got = scorer.score(gold, pairs)
    return [
        Figure("duplicates", "pairs: F1", got["F1"], got["gold"], seconds),
        Figure("duplicates", "pairs: precision", got["P"], got["pred"]),
        Figure("duplicates", "pairs: recall", got["R"], got["gold"]),
    ]
