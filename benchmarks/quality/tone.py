"""Tone: against people's judgements, and against VADER as its authors published it."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

import analystkit as ak
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
        else:
            unscored.append(path.name)
    if unscored:
        raise SkippedError(
            f"{', '.join(unscored)}: the scorer needs the package scipy, which is not installed"
        )


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


def _correlation(name: str, rows: Sequence[Row], tones: Floats, seconds: float, scorer: Any) -> list[Figure]:
    got = scorer.corr([row["score"] for row in rows], tones.tolist())
    return [
        Figure("sentiment", f"{name}: Pearson r", got["pearson"], got["n"], seconds),
        Figure("sentiment", f"{name}: Spearman rho", got["spearman"], got["n"]),
    ]
