"""Namings of actors: their spans and kinds, and which of them are one actor."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any, Final

import pandas as pd

import analystkit as ak
from analystkit.annotate.actors import link_actors
from analystkit.annotate.actors.backends import Model
from analystkit.annotate.actors.find import DEFAULT_MODEL
from analystkit.annotate.actors.gazetteer import is_demonym
from analystkit.annotate.actors.naming import link_mentions
from analystkit.errors import AnalystkitError
from analystkit.resources.make_actors import model_of, read_gold, train, training_texts
from benchmarks.data import Data, Row, read_lines
from benchmarks.figures import Figure, SkippedError, timed

#: The kinds that models tell apart, in the words of the gold.
COARSE_TYPES: Final = {"person": "PERSON", "organisation": "ORG", "place": "LOCATION"}
#: Our kinds in the words of the gold.
TYPES: Final = {
    "state": "LOCATION",
    "place": "LOCATION",
    "medium": "ORG",
    "organisation": "ORG",
    "person": "PERSON",
}

#: And the gold's in ours, where the linker is given its mentions.
KINDS: Final = {"LOCATION": "place", "ORG": "organisation", "PERSON": "person"}


#: What other models are set beside ours. One whose data or packages are absent is left out, with the reason.
OTHERS: Final = ("rules", "accurate", "nltk", "spacy:en_core_web_sm")
#: The least F1 of mentions by each model of ours, by what stands in the name of the set.
_FLOORS: Final = {
    "fast": {"worldwide": 0.75, "conll": 0.74, "gum": 0.66, "re3d": 0.62},
    "accurate": {"worldwide": 0.79, "conll": 0.78, "gum": 0.66, "re3d": 0.66},
}
#: And of actors across a collection, end to end.
_SET_FLOORS: Final = {
    "fast": {"meantime": 0.77, "msnbc": 0.75},
    "accurate": {"meantime": 0.81, "msnbc": 0.79},
}
#: And of the linker alone, with the mentions of the gold.
_LINKER_FLOOR: Final = 0.95


def actors(data: Data) -> Iterator[Figure]:
    """Score mentions by exact span and type, and actors inside a document and across the collection."""
    mentions = sorted(data.folder.glob("actors/mentions_*.jsonl"))
    sets = sorted(data.folder.glob("actors/sets_*.jsonl"))
    if not mentions and not sets:
        raise SkippedError(f"no {data.folder / 'actors'}/mentions_*.jsonl or sets_*.jsonl")
    for path in mentions:
        yield from _mentions("actors", path.stem, "fast", read_lines(path), data.scorer("score_ner"))
    for path in sets:
        gold, scorer = read_lines(path), data.scorer("score_actors")
        yield from _sets(path.stem, gold, scorer)
        yield from _sets(f"{path.stem}, gold mentions", gold, scorer, given=True)


def actors_others(data: Data) -> Iterator[Figure]:
    """Score the mentions that other models find, beside those of the default, and the actors of "accurate"."""
    paths = data.files("actors/mentions_*.jsonl")
    absent = []
    for model in OTHERS:
        try:
            ak.find_mentions(["Words."], model=model)
        except AnalystkitError as reason:
            absent.append(f"model {model!r}: {reason}")
            continue
        for path in paths:
            name = f"{path.stem}, {model}"
            yield from _mentions("actors_others", name, model, read_lines(path), data.scorer("score_ner"))
        if model == "accurate":
            for path in sorted(data.folder.glob("actors/sets_*.jsonl")):
                name, scorer = f"{path.stem}, {model}", data.scorer("score_actors")
                yield from _sets(name, read_lines(path), scorer, set_="actors_others", model=model)
    if absent:
        raise SkippedError(" ".join(absent))


def actors_cv(data: Data) -> Iterator[Figure]:
    """Score the recipe of the model "fast" on each set of open texts with a model that has not seen that set; minutes.

    The texts of our own are in each training. Texts are scored as they are marked, titles and peoples included.
    """
    gold = read_gold(data.folder / "train")
    if not gold:
        raise SkippedError(f"no {data.folder / 'train'}/actors_*.jsonl")
    for held in gold:
        trained = model_of(
            train(training_texts({name: texts for name, texts in gold.items() if name != held}))
        )
        rows = [
            {
                "doc_id": str(number),
                "text": text,
                "entities": [
                    {"start": start, "end": end, "type": COARSE_TYPES[kind]} for start, end, kind in spans
                ],
            }
            for number, (text, spans) in enumerate(gold[held])
        ]
        for model, name in ((trained.tag, "fast, not trained on it"), ("rules", "rules")):
            figures = _mentions("actors_cv", f"{held}, {name}", model, rows, data.scorer("score_ner"))
            yield figures[0]


def _mentions(set_: str, name: str, model: Model, gold: Sequence[Row], scorer: Any) -> list[Figure]:
    found, seconds = timed(ak.find_mentions, [row["text"] for row in gold], model=model)
    ours: dict[str, Row] = {row["doc_id"]: {"entities": []} for row in gold}
    for number, start, end, kind in _named(found)[["text_id", "start", "end", "kind"]].itertuples(
        index=False
    ):
        entity = {"start": start, "end": end, "type": TYPES[kind]}
        ours[gold[number]["doc_id"]]["entities"].append(entity)
    got = scorer.score({row["doc_id"]: row for row in gold}, ours)
    n = got["gold"]
    floors = _FLOORS.get(model, {}) if isinstance(model, str) else {}
    floor = next((least for part, least in floors.items() if part in name), None)
    return [
        Figure(set_, f"{name}: F1", got["F1"], n, seconds, floor=floor),
        Figure(set_, f"{name}: precision", got["P"], n),
        Figure(set_, f"{name}: recall", got["R"], n),
        *(Figure(set_, f"{name}: F1 {kind}", got[f"{kind}_F1"], n) for kind in ("PERSON", "ORG", "LOCATION")),
    ]


def _sets(
    name: str,
    gold: Sequence[Row],
    scorer: Any,
    *,
    set_: str = "actors",
    model: str = DEFAULT_MODEL,
    given: bool = False,
) -> list[Figure]:
    """Score actors end to end, or, with the mentions `given`, the linker alone."""
    if given:
        found, seconds = timed(_link_given, gold)
    else:
        found, seconds = timed(_find_linked, [row["text"] for row in gold], model)
        found = _named(found)
    ours: dict[str, Row] = {row["doc_id"]: {"actors": []} for row in gold}
    spans: defaultdict[tuple[int, str], list[list[int]]] = defaultdict(list)
    columns = ["text_id", "actor", "start", "end"]
    for number, actor, start, end in found[columns].itertuples(index=False):
        spans[number, actor].append([start, end])
    for (number, actor), own in spans.items():
        ours[gold[number]["doc_id"]]["actors"].append({"id": actor, "mentions": own})
    floors = _SET_FLOORS[model]
    least = _LINKER_FLOOR if given else next((floor for part, floor in floors.items() if part in name), None)
    figures = []
    for scope in ("doc", "collection"):
        got = scorer.score({row["doc_id"]: row for row in gold}, ours, scope)
        n = got["gold_actors"]
        floor = None if scope == "doc" else least
        figures += [
            Figure(set_, f"{name}, {scope}: actor F1", got["actor_F1"], n, seconds, floor=floor),
            Figure(set_, f"{name}, {scope}: B-cubed F1", got["b3_F1"], n),
            Figure(set_, f"{name}, {scope}: mention F1", got["mention_F1"], n),
        ]
    return figures


def _find_linked(texts: list[str], model: str) -> pd.DataFrame:
    return link_actors(ak.find_mentions(texts, model=model))


def _link_given(gold: Sequence[Row]) -> pd.DataFrame:
    rows = [
        (number, mention["start"], mention["end"], KINDS[mention["type"]])
        for number, row in enumerate(gold)
        for mention in row["mentions"]
    ]
    given = pd.DataFrame(rows, columns=["text_id", "start", "end", "kind"])
    return link_mentions([row["text"] for row in gold], given)


def _named(mentions: pd.DataFrame) -> pd.DataFrame:
    """Leave out adjectives and peoples: the gold marks names of states only."""
    return mentions[~mentions["surface"].map(is_demonym).astype(bool)]
