"""Tone: against people's judgements, and against VADER as its authors published it."""

from __future__ import annotations

import csv
import importlib.util
import re
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

import analystkit as ak
from analystkit.errors import AnalystkitError
from benchmarks.data import Data, Row, megabytes, read_lines
from benchmarks.figures import Figure, SkippedError, timed

Floats = npt.NDArray[np.float64]

#: A compound nearer to 0 than this is neutral, as VADER's authors advise.
NEUTRAL = 0.05


def sentiment(data: Data) -> Iterator[Figure]:
    """Score tone against labels (-1, 0, 1; by threshold) and ratings (by correlation).

    Every text counts as one sentence, but for `persent`, whose texts are documents: there, the mean of its sentences.
    The labels are of the tone towards one actor, which the tone of the sentence only approximates.
    """
    paths = data.files("sentiment/*.jsonl")
    scorer = data.scorer("score_sentiment")
    unscored = []
    for path in paths:
        rows = read_lines(path)
        tones, seconds = timed(_document_tones if path.stem == "persent" else ak.score_tone, _texts(rows))
        if "score" not in rows[0]:
            yield from _labels(path.stem, rows, tones, seconds, scorer)
        elif importlib.util.find_spec("scipy") is not None:
            yield from _correlation(path.stem, rows, tones, seconds, scorer)
            of_all, seconds = timed(ak.score_overall, _texts(rows))
            floor = RATED_FLOORS.get(path.stem)
            yield from _correlation(f"{path.stem}, overall", rows, of_all, seconds, scorer, floor=floor)
        else:
            unscored.append(path.name)
    if unscored:
        raise SkippedError(
            f"{', '.join(unscored)}: the scorer needs the package scipy, which is not installed"
        )


#: What `score_overall` must reach, as a correlation with ratings.
RATED_FLOORS: Final = {"nyt": 0.58, "emobank_headlines": 0.60}


def vader(data: Data) -> list[Figure]:
    """Compare `score_tone` with vaderSentiment on every sentence of a collection, to the last of its 4 decimals."""
    texts = _texts(read_lines(data.file("../collections/reuters_1987.jsonl")))
    if importlib.util.find_spec("vaderSentiment") is None:
        raise SkippedError("the package vaderSentiment is not installed")
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    spans = ak.split_sentences(texts)
    sentences = [
        texts[number][start:end]
        for number, start, end in spans[["text_id", "start", "end"]].itertuples(index=False)
    ]
    ours, seconds = timed(ak.score_tone, sentences)
    score = SentimentIntensityAnalyzer().polarity_scores
    theirs = np.array([score(sentence)["compound"] for sentence in sentences])
    n_differ = int((np.abs(ours - theirs) >= 0.00005).sum())
    n = len(sentences)
    return [
        Figure("vader", "sentences unlike vaderSentiment", n_differ, n, seconds, at_most=0),
        Figure("vader", "MB per second", megabytes(sentences) / seconds, n),
    ]


def _texts(rows: Sequence[Row]) -> list[str]:
    return [row["text"] for row in rows]


def _document_tones(texts: list[str]) -> Floats:
    spans = ak.split_sentences(texts)
    sentences = [
        texts[number][start:end]
        for number, start, end in spans[["text_id", "start", "end"]].itertuples(index=False)
    ]
    tones = spans.assign(tone=ak.score_tone(sentences)).groupby("text_id")["tone"].mean()
    return tones.reindex(range(len(texts)), fill_value=0.0).to_numpy(np.float64)


def _labels(name: str, rows: Sequence[Row], tones: Floats, seconds: float, scorer: Any) -> list[Figure]:
    labels = [int(tone >= NEUTRAL) - int(tone <= -NEUTRAL) for tone in tones]
    got = scorer.target([row["label"] for row in rows], labels)
    return [
        Figure("sentiment", f"{name}: macro-F1", got["macro_f1"], got["n"], seconds),
        Figure("sentiment", f"{name}: accuracy", got["acc"], got["n"]),
    ]


def _correlation(
    name: str, rows: Sequence[Row], tones: Floats, seconds: float, scorer: Any, floor: float | None = None
) -> list[Figure]:
    got = scorer.corr([row["score"] for row in rows], tones.tolist())
    return [
        Figure("sentiment", f"{name}: Pearson r", got["pearson"], got["n"], seconds, floor=floor),
        Figure("sentiment", f"{name}: Spearman rho", got["spearman"], got["n"]),
    ]


#: The models whose tone towards a target is scored; what each must reach: macro-F1 in percent, as the scorer prints it, ...
TOWARDS_FLOORS: Final = {
    "fast": {"newsmtsc_mt": 69.0, "newsmtsc_rw": 69.0, "persent": 46.0},
    "accurate": {"newsmtsc_mt": 74.0, "newsmtsc_rw": 80.0, "persent": 46.0},
}
#: ... accuracy on the half of the rows of which it is surest, ...
SUREST_FLOORS: Final = {
    "fast": {"newsmtsc_mt": 0.84, "newsmtsc_rw": 0.84},
    "accurate": {"newsmtsc_mt": 0.84, "newsmtsc_rw": 0.90},
}
#: ... and sentences a second: "fast" on one core, "accurate" on two by the clock, where nothing else runs.
TOWARDS_SPEED: Final = {"fast": 1500, "accurate": 250}
#: Sentences of our own with holder and target, and how many of them must be right.
OWN: Final = Path(__file__).parents[2] / "tests" / "annotate" / "tone" / "holder_and_target.csv"
OWN_RIGHT: Final = 45
_NUMBER_OF: Final = {"negative": -1, "neutral": 0, "positive": 1}


def towards(data: Data) -> Iterator[Figure]:
    """Score `tone_towards` by each model on sentences (`newsmtsc_*`, our own), on documents (`persent`), for speed.

    A document's tone towards its main actor is the mean over the sentences that name them.
    """
    data.files("sentiment/newsmtsc_*.jsonl"), data.scorer("score_sentiment")  # skipped without either
    absent = []
    for model in TOWARDS_FLOORS:
        try:
            ak.tone_towards(["Words."], [(0, 5)], model=model)
        except AnalystkitError as reason:
            absent.append(f"model {model!r}: {reason}")
            continue
        yield from _towards(data, model)
    if absent:
        raise SkippedError(" ".join(absent))


def _towards(data: Data, model: str) -> Iterator[Figure]:
    scorer = data.scorer("score_sentiment")
    paths = data.files("sentiment/newsmtsc_*.jsonl")
    for path in paths:
        rows = read_lines(path)
        spans = [(row["start"], row["end"]) for row in rows]
        found, seconds = timed(ak.tone_towards, _texts(rows), spans, model=model, sure=0)
        chances = found[["p_negative", "p_neutral", "p_positive"]].to_numpy(np.float64)
        gold = np.array([row["label"] for row in rows])
        told = chances.argmax(axis=1) - 1
        got = scorer.target(gold.tolist(), told.tolist())
        floor = TOWARDS_FLOORS[model].get(path.stem)
        name = f"{model}, {path.stem}"
        yield Figure("towards", f"{name}: macro-F1", got["macro_f1"], len(rows), seconds, floor=floor)
        yield Figure("towards", f"{name}: accuracy", got["acc"], len(rows))
        error = _calibration_error(gold, told, chances.max(axis=1))
        yield Figure("towards", f"{name}: calibration error", error, len(rows), at_most=0.05)
        surest = np.argsort(-chances.max(axis=1), kind="stable")[: len(rows) // 2]
        right = float((gold[surest] == told[surest]).mean())
        floor = SUREST_FLOORS[model].get(path.stem)
        yield Figure("towards", f"{name}: accuracy of the surest half", right, len(surest), floor=floor)
        flipped = 100 * float((np.abs(gold - told) == 2).mean())
        yield Figure("towards", f"{name}: sign flipped, percent", flipped, len(rows), at_most=7.0)
    with OWN.open(encoding="utf-8", newline="") as file:
        own = list(csv.DictReader(file))
    starts = [row["text"].index(row["target"]) for row in own]
    places = [(start, start + len(row["target"])) for start, row in zip(starts, own, strict=True)]
    labels = ak.tone_towards(_texts(own), places, model=model, sure=0)["label"].tolist()
    right = sum(_NUMBER_OF[label] == int(row["label"]) for label, row in zip(labels, own, strict=True))
    yield Figure("towards", f"{model}, sentences of our own: right", right, len(own), floor=OWN_RIGHT)
    yield _towards_speed(model, read_lines(paths[0]))
    persent = data.folder / "sentiment" / "persent.jsonl"
    if persent.is_file():
        rows = read_lines(persent)
        signs, seconds = timed(towards_main_actor, rows, model)
        got = scorer.target([row["label"] for row in rows], signs)
        floor = TOWARDS_FLOORS[model]["persent"]
        yield Figure(
            "towards", f"{model}, persent: macro-F1", got["macro_f1"], len(rows), seconds, floor=floor
        )
        yield Figure("towards", f"{model}, persent: accuracy", got["acc"], len(rows))


def _towards_speed(model: str, rows: list[Row]) -> Figure:
    many = (rows * (4000 // len(rows) + 1))[:4000]
    places = [(row["start"], row["end"]) for row in many]
    clock = time.process_time if model == "fast" else time.perf_counter
    begin = clock()
    ak.tone_towards(_texts(many), places, model=model)
    rate = len(many) / (clock() - begin)
    return Figure("towards", f"{model}: sentences per second", rate, len(many), floor=TOWARDS_SPEED[model])


#: Between these means of (positive less negative) a document is neutral towards its main actor; fixed on the development
#: half, whose documents are seldom negative.
MAIN_ACTOR_NEUTRAL: Final = (-0.3, 0.0)


def towards_main_actor(rows: Sequence[Row], model: str = "fast") -> list[int]:
    """Return the tone (-1, 0, 1) of each document towards its target."""
    low, high = MAIN_ACTOR_NEUTRAL
    return [int(mean > high) - int(mean < low) for mean in leanings(rows, model)]


def leanings(rows: Sequence[Row], model: str = "fast") -> Floats:
    """Return the mean of (positive less negative) over the sentences of each document that name its target."""
    texts, spans, owner = [], [], []
    cut = ak.split_sentences(_texts(rows))
    for number, start, end in cut[["text_id", "start", "end"]].itertuples(index=False):
        sentence = rows[number]["text"][start:end]
        for name in _names_of(rows[number]["target"]):
            found = re.search(rf"\b{re.escape(name)}\b", sentence)
            if found:
                texts.append(sentence)
                spans.append(found.span())
                owner.append(number)
                break
    judged = ak.tone_towards(texts, spans, model=model)
    leaning = (judged["p_positive"] - judged["p_negative"]).groupby(owner).mean()
    return leaning.reindex(range(len(rows)), fill_value=0.0).to_numpy(np.float64)


def _names_of(target: str) -> list[str]:
    """Return how a text may name its main actor: in full, by the last word of the name, by its first."""
    words = target.split()
    return list(dict.fromkeys([target, words[-1], words[0]]))


def _calibration_error(gold: npt.NDArray[Any], told: npt.NDArray[Any], sure: Floats) -> float:
    """Return by how much the probability of what was told differs from how often it is right, over ten classes of it."""
    place = np.minimum((sure * 10).astype(np.int64), 9)
    differences = [
        (place == at).mean() * abs(sure[place == at].mean() - (gold == told)[place == at].mean())
        for at in np.unique(place)
    ]
    return float(sum(differences))
