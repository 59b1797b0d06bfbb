"""Namings of actors: their spans and kinds, and which of them are one actor."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any, Final

import pandas as pd

import analystkit as ak
from analystkit.annotate.actors.gazetteer import is_demonym
from analystkit.annotate.actors.linking import link_actors
from benchmarks.data import Data, Row, read_lines
from benchmarks.figures import Figure, SkippedError, timed

#: Our kinds in the words of the gold.
TYPES: Final = {
    "state": "LOCATION",
    "place": "LOCATION",
    "medium": "ORG",
    "organisation": "ORG",
    "person": "PERSON",
}


def actors(data: Data) -> list[Figure]:
    """Score mentions by exact span and type, and actors inside a document and across the collection."""
    mentions = sorted(data.folder.glob("actors/mentions_*.jsonl"))
    sets = sorted(data.folder.glob("actors/sets_*.jsonl"))
    if not mentions and not sets:
        raise SkippedError(f"no {data.folder / 'actors'}/mentions_*.jsonl or sets_*.jsonl")
    figures = []
    for path in mentions:
        figures += _mentions(path.stem, read_lines(path), data.scorer("score_ner"))
    for path in sets:
        figures += _sets(path.stem, read_lines(path), data.scorer("score_actors"))
    return figures


def _mentions(name: str, gold: Sequence[Row], scorer: Any) -> list[Figure]:
    found, seconds = timed(ak.find_mentions, [row["text"] for row in gold])
    ours: dict[str, Row] = {row["doc_id"]: {"entities": []} for row in gold}
    for number, start, end, kind in _named(found)[["text_id", "start", "end", "kind"]].itertuples(
        index=False
    ):
        entity = {"start": start, "end": end, "type": TYPES[kind]}
        ours[gold[number]["doc_id"]]["entities"].append(entity)
    got = scorer.score({row["doc_id"]: row for row in gold}, ours)
    n = got["gold"]
    return [
        Figure("actors", f"{name}: F1", got["F1"], n, seconds),
        Figure("actors", f"{name}: precision", got["P"], n),
        Figure("actors", f"{name}: recall", got["R"], n),
        *(
            Figure("actors", f"{name}: F1 {kind}", got[f"{kind}_F1"], n)
            for kind in ("PERSON", "ORG", "LOCATION")
        ),
    ]


def _sets(name: str, gold: Sequence[Row], scorer: Any) -> list[Figure]:
    found, seconds = timed(_find_linked, [row["text"] for row in gold])
    ours: dict[str, Row] = {row["doc_id"]: {"actors": []} for row in gold}
    spans: defaultdict[tuple[int, str], list[list[int]]] = defaultdict(list)
    columns = ["text_id", "actor", "start", "end"]
    for number, actor, start, end in _named(found)[columns].itertuples(index=False):
        spans[number, actor].append([start, end])
    for (number, actor), own in spans.items():
        ours[gold[number]["doc_id"]]["actors"].append({"id": actor, "mentions": own})
    figures = []
    for scope in ("doc", "collection"):
        got = scorer.score({row["doc_id"]: row for row in gold}, ours, scope)
        n = got["gold_actors"]
        figures += [
            Figure("actors", f"{name}, {scope}: actor F1", got["actor_F1"], n, seconds),
            Figure("actors", f"{name}, {scope}: B-cubed F1", got["b3_F1"], n),
            Figure("actors", f"{name}, {scope}: mention F1", got["mention_F1"], n),
        ]
    return figures


def _find_linked(texts: list[str]) -> pd.DataFrame:
    return link_actors(ak.find_mentions(texts))


def _named(mentions: pd.DataFrame) -> pd.DataFrame:
    """Leave out adjectives and peoples: the gold marks names of states only."""
    return mentions[~mentions["surface"].map(is_demonym).astype(bool)]
