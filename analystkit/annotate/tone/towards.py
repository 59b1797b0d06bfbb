"""Tone towards a target: sentences with the place of a name in, negative, neutral or positive out, and how sure."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analystkit import schema
from analystkit.annotate.tone.backends import ToneModel, judge_of
from analystkit.annotate.tone.quoted import find_quoted, holds_quoted
from analystkit.errors import ArgumentError, check_columns

LABELS: Final = ("negative", "neutral", "positive")
UNSURE: Final = "unsure"
#: Below this a label is right about as often as not, and none is given.
SURE: Final = 0.5
P_COLUMNS: Final = ("p_negative", "p_neutral", "p_positive")


def tone_towards(
    texts: Iterable[str],
    spans: Iterable[tuple[int, int]],
    *,
    model: ToneModel = "fast",
    sure: float = SURE,
) -> pd.DataFrame:
    """Judge the tone towards a target in each text.

    Parameters
    ----------
    texts
        One sentence each, as printed.
    spans
        Where the target stands in each: half-open offsets in characters.
    model
        "fast"; "accurate" (with the extra of that name): more often right, slower; "transformers:<model>": a model of
        that package for pairs of a sentence and a target, by its name or folder; "NewsSentiment": that package; or a
        function of a list of texts and a list of spans that returns an array with three probabilities a row: negative,
        neutral, positive.
    sure
        From which probability on a label is given (0-1).

    Returns
    -------
    DataFrame
        One row per text, in their order. `label`: negative, neutral or positive, whichever is most probable, or
        "unsure" if that is less probable than `sure`. `p_negative`, `p_neutral`, `p_positive`: probabilities (0-1) that
        add up to 1. `voice`: "article", or "quoted" where the text holds quoted speech of three words or more: then it
        is not told whose tone it is.

    Raises
    ------
    ArgumentError
        `texts` is a single str, the spans are not one per text or lie outside it, or there is no such model.
    MissingExtraError
        The model needs a package that is not installed.

    Notes
    -----
    The tone is that of the sentence, whoever speaks in it, and of the words used, not of the deed: who is reported to
    lose an election is spoken of neither well nor ill by that. Made for English news. `docs/tone.md` says how often it
    is right; check it on sentences of your own before you count on it.

    Examples
    --------
    >>> frame = tone_towards(["Iran condemned Ruritania.", "Iran condemned Ruritania."], [(0, 4), (15, 24)])
    >>> frame["label"].tolist()
    ['neutral', 'negative']
    """
    if isinstance(texts, str):
        raise ArgumentError(f"`texts` is one str, {texts[:60]!r}; pass a list of texts: [text].")
    sentences, places = list(texts), [(int(start), int(end)) for start, end in spans]
    if len(sentences) != len(places):
        raise ArgumentError(f"`spans` has {len(places)} items for {len(sentences)} texts; give one for each.")
    for number, (text, (start, end)) in enumerate(zip(sentences, places, strict=True)):
        if not 0 <= start < end <= len(text):
            raise ArgumentError(
                f"`spans[{number}]` is {(start, end)}, which is no place in a text of {len(text)} characters."
            )
    frame = pd.DataFrame(judge_of(model)(sentences, places), columns=list(P_COLUMNS))
    frame.insert(0, "label", labels(frame, sure))
    quoted = [bool(find_quoted(text)) for text in sentences]
    return frame.assign(voice=_voices(np.array(quoted, np.bool_)))


def labels(frame: pd.DataFrame, sure: float = SURE) -> pd.Series:
    """Return the label of each row of probabilities; "unsure" where none is as probable as `sure`."""
    chances = frame[list(P_COLUMNS)].to_numpy(np.float64)
    best = chances.argmax(axis=1) if len(chances) else np.zeros(0, np.int64)
    told = np.array([*LABELS, UNSURE], dtype=object)
    found = told[np.where(chances.max(axis=1, initial=0) >= sure, best, len(LABELS))]
    return pd.Series(found, dtype=schema.STRING, index=frame.index)


def annotate_tones(
    articles: pd.DataFrame, mentions: pd.DataFrame, *, model: ToneModel = "fast"
) -> pd.DataFrame:
    """Judge the tone towards the actor of each mention, in its sentence.

    Parameters
    ----------
    articles
        One row per article; needs `article_id`, `body`.
    mentions
        One row per mention; needs `article_id`, `start`, `end`, `sentence_start`, `sentence_end`.
    model
        See `tone_towards`.

    Returns
    -------
    DataFrame
        The table `schema.MENTION_TONES`, in the order of `mentions`.
    """
    check_columns("articles", map(str, articles.columns), ["article_id", "body"])
    needed = ["article_id", "start", "end", "sentence_start", "sentence_end"]
    check_columns("mentions", map(str, mentions.columns), needed)
    bodies = dict(zip(articles["article_id"], articles["body"], strict=True))
    quoted: dict[str, list[tuple[int, int]]] = {}
    texts, spans, told = [], [], []
    for article_id, start, end, first, last in mentions[needed].itertuples(index=False):
        if article_id not in quoted:
            quoted[article_id] = find_quoted(bodies[article_id])
        texts.append(bodies[article_id][first:last])
        spans.append((start - first, min(end, last) - first))
        told.append(bool(holds_quoted([(first, last)], quoted[article_id])[0]))
    chances = pd.DataFrame(judge_of(model)(texts, spans), columns=list(P_COLUMNS), index=mentions.index)
    found = mentions[["article_id", "start", "end"]].join(chances)
    return schema.conform(found.assign(voice=_voices(np.array(told, np.bool_)).to_numpy()), "mention_tones")


def tones_of_actors(mentions: pd.DataFrame, mention_tones: pd.DataFrame) -> pd.DataFrame:
    """Return one judgement per actor and sentence: the mean over its mentions there.

    Parameters
    ----------
    mentions
        See `schema.MENTIONS`.
    mention_tones
        See `schema.MENTION_TONES`; one row per mention.

    Returns
    -------
    DataFrame
        The table `schema.TONES`, in the order of the first mention.
    """
    place = ["article_id", "start", "end"]
    found = mentions[[*place, "sentence_id", "actor"]].merge(mention_tones, on=place, validate="1:1")
    keys = ["article_id", "sentence_id", "actor", "voice"]
    means = found.groupby(keys, sort=False, as_index=False)[list(P_COLUMNS)].mean()
    return schema.conform(means.assign(label=labels(means)), "tones")


def _voices(quoted: NDArray[np.bool_]) -> pd.Series:
    return pd.Series(np.where(quoted, "quoted", "article"), dtype=schema.STRING)
