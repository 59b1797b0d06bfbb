"""Topics from seeds: what else goes with the terms of each topic, learnt from the texts themselves, without labels.

Three steps, each a sum over a sparse matrix: words are associated with the texts in which seed terms stand most (as
newsmap does: Watanabe 2018); a naive Bayes model then labels all texts and learns from its own labels, ten times (EM:
Nigam, McCallum, Thrun & Mitchell 2000); last, each tenth of the texts is labelled by a complement naive Bayes (Rennie
et al. 2003) that has seen the labels of the other nine only, which takes out what a text was labelled by chance.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from analystkit.annotate.term_lists import TopicList, read_topics
from analystkit.annotate.topics import find_topics
from analystkit.annotate.word_matrix import WordMatrix, log_counts, small_words, tf_idf, word_matrix, words_of
from analystkit.errors import ArgumentError
from analystkit.schema import INTEGER, NUMBER, STRING

if TYPE_CHECKING:
    from scipy import sparse

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

#: Of a topic with fewer texts that hold its terms than this, nothing is learnt.
FEWEST: Final = 5
_TURNS: Final = 10  # of learning from its own labels; nothing moves after
_SMOOTHING: Final = 1.0
_KEPT: Final = 0.3  # how much of what its own seed terms say a text keeps, whatever is learnt
_SMOOTHING_LAST: Final = 0.5
_FOLDS: Final = 10
_SPLITS: Final = 3  # ways of cutting the texts into tenths, whose scores are averaged
_SEED: Final = 20231213

_LABELS: Final = {
    "text_id": INTEGER,
    "topic": STRING,
    "score": NUMBER,
    "second": STRING,
    "margin": NUMBER,
    "n_seeds": INTEGER,
}


@dataclass(frozen=True, eq=False)
class LearntTopics:
    """What was learnt from texts and seed terms; made by `learn_topics`.

    Attributes
    ----------
    labels
        One row per text: `text_id`; `topic`, the nearest ("" for a text without words); `score` of it (0-1; those of all
        topics add up to 1); `second`, the next nearest; `margin`, by how much the score is above that of the second;
        `n_seeds`, hits of terms of `topic` in the text.
    scores
        One row per text, one column per topic learnt, 0-1.
    topics
        The topics learnt, in the order of the list.
    too_few
        Topics of which nothing was learnt, as fewer than `FEWEST` texts hold their terms more than those of others.
    seeds
        The term lists learnt from.
    """

    labels: pd.DataFrame
    scores: Floats
    topics: tuple[str, ...]
    too_few: tuple[str, ...]
    seeds: TopicList
    matrix: WordMatrix
    #: The association of each stem (columns) with each topic (rows): log ratio of its rate there to its rate elsewhere.
    association: Floats
    _texts: Sequence[str | float | None]
    _hits: pd.DataFrame

    def suggestions(self, *, most: int = 15, min_texts: int = 5) -> pd.DataFrame:
        """Return the words and pairs of words that go with each topic and that no term finds yet, strongest first.

        Parameters
        ----------
        most
            How many for each topic.
        min_texts
            In how many texts of the topic a word must stand.

        Returns
        -------
        DataFrame
            `topic`, `term`; `g2`, Dunning's log-likelihood of the word standing in texts of the topic and in others;
            `n_topic` and `n_others`, texts of the topic and others with the word; `share` (n_topic / both, 0-1);
            `with_terms`, the terms of the topic that stand in the same texts most; `reason`, all of this in words.
            Texts count by the topic that `labels` gives them.
        """
        return _suggest(self, most, min_texts)


def learn_topics(
    texts: Sequence[str | float | None],
    topics: TopicList | str | Path | Mapping[str, object],
    *,
    language: str = "en",
) -> LearntTopics:
    """Learn from texts which words go with each topic, starting from its terms, and label every text.

    Parameters
    ----------
    texts
        A list of texts; an absent one (None, NaN) gets no label.
    topics
        Term lists with some 5 to 20 terms a topic (a `TopicList`, or what `read_topics` takes): words that mean the
        topic and little else.
    language
        Whose word endings are cut off, such as "en"; "" cuts none.

    Returns
    -------
    LearntTopics
        Labels with scores, and suggestions of further terms with reasons.

    Raises
    ------
    ArgumentError
        Fewer than two topics have enough texts that hold their terms.

    Notes
    -----
    Every text gets the nearest of the topics given, also one that is about none of them: look at `score`, `margin` and
    `n_seeds`. A score orders texts by how sure the label is; it is no probability of being right.

    Examples
    --------
    >>> texts = ["Shares fell as banks lost.", "The coach praised the team."] * 10 + ["Banks lost.", "He praised them."]
    >>> learnt = learn_topics(texts, {"topics": {"business": ["shares"], "sport": ["coach"]}})
    >>> learnt.labels.loc[20:, ["topic", "n_seeds"]].values.tolist()
    [['business', 0], ['sport', 0]]
    """
    if isinstance(texts, str):
        raise ArgumentError(f"`texts` is one text ({texts[:40]!r}); pass a list of texts, such as [text].")
    seeds = topics if isinstance(topics, TopicList) else read_topics(topics)
    texts = list(texts)
    hits = find_topics(texts, seeds)
    names = list(seeds.topics)
    counts = np.zeros((len(texts), len(names)))
    place = hits["topic"].map({name: column for column, name in enumerate(names)})
    np.add.at(counts, (hits["text_id"].to_numpy(np.int64), place.to_numpy(np.int64)), 1)
    begun = _most_seeds(counts)
    enough = np.flatnonzero((begun > 0).sum(axis=0) >= FEWEST)
    if len(enough) < 2:
        raise ArgumentError(
            f"`topics` has {len(enough)} topic(s) whose terms stand in at least {FEWEST} of the {len(texts):,} texts;"
            " there must be two: give more texts, or terms that are more common in them."
        )
    matrix = word_matrix(texts, language=language)
    scores, association = _learn(matrix.counts, _most_seeds(counts[:, enough]))
    learnt = tuple(names[column] for column in enough)
    empty = np.diff(matrix.counts.indptr) == 0
    scores[empty] = counts[empty][:, enough] / np.maximum(
        counts[empty][:, enough].sum(axis=1, keepdims=True), 1
    )
    return LearntTopics(
        labels=_labels(scores, counts[:, enough], learnt),
        scores=scores,
        topics=learnt,
        too_few=tuple(name for name in names if name not in learnt),
        seeds=seeds,
        matrix=matrix,
        association=association,
        _texts=texts,
        _hits=hits,
    )


def _most_seeds(counts: Floats) -> Floats:
    """Return 1 for the topic with most hits in each text, shared where several have as many."""
    most = counts.max(axis=1, keepdims=True, initial=0)
    winners = ((counts == most) & (most > 0)).astype(np.float64)
    shared: Floats = winners / np.maximum(winners.sum(axis=1, keepdims=True), 1)
    return shared


def _learn(counts: sparse.csr_array, begun: Floats) -> tuple[Floats, Floats]:
    """Return the scores of each text, and the association of each stem with each topic."""
    logs = log_counts(counts)
    seeded = begun.any(axis=1)
    # Smoothed towards the rates of all texts, and topics taken for equally common: else small topics die out.
    usual = np.asarray(logs.sum(axis=0)).ravel()
    usual = _SMOOTHING * len(usual) * usual / max(usual.sum(), 1e-9)
    labels, taught = begun, begun
    for _ in range(_TURNS):
        rates = np.asarray(taught.T @ logs) + usual
        weights = np.log(np.maximum(rates, 1e-12) / rates.sum(axis=1, keepdims=True))
        labels = _softmax(np.asarray(logs @ weights.T))
        taught = labels.copy()
        taught[seeded] = _KEPT * begun[seeded] + (1 - _KEPT) * labels[seeded]
    association = _association(np.asarray(labels.T @ logs))
    weighed, chosen = tf_idf(counts), np.eye(labels.shape[1])[taught.argmax(axis=1)]
    scores = np.zeros_like(labels)
    rng = np.random.default_rng(_SEED)
    for _ in range(_SPLITS):
        fold = rng.permutation(len(labels)) % _FOLDS
        for number in range(_FOLDS):
            inside = np.flatnonzero(fold == number)
            others = np.flatnonzero(fold != number)
            rates = np.asarray(chosen[others].T @ weighed[others])
            outside = rates.sum(axis=0) - rates + _SMOOTHING_LAST
            against = np.log(outside / outside.sum(axis=1, keepdims=True))
            scores[inside] += _softmax(-np.asarray(weighed[inside] @ against.T)) / _SPLITS
    return scores, association


def _association(rates: Floats) -> Floats:
    others = rates.sum(axis=0) - rates + _SMOOTHING
    rates = rates + _SMOOTHING
    ratio: Floats = np.log(rates / rates.sum(axis=1, keepdims=True)) - np.log(
        others / others.sum(axis=1, keepdims=True)
    )
    return ratio


def _softmax(values: Floats) -> Floats:
    powers = np.exp(values - values.max(axis=1, keepdims=True))
    found: Floats = powers / powers.sum(axis=1, keepdims=True)
    return found


def _labels(scores: Floats, counts: Floats, topics: tuple[str, ...]) -> pd.DataFrame:
    order = np.argsort(-scores, axis=1, kind="stable")
    rows = np.arange(len(scores))
    first, second = order[:, 0], order[:, 1]
    best = scores[rows, first]
    names = np.array([*topics, ""], dtype=object)
    none = best <= 0
    table = {
        "text_id": rows,
        "topic": names[np.where(none, len(topics), first)],
        "score": best,
        "second": names[np.where(none, len(topics), second)],
        "margin": best - scores[rows, second],
        "n_seeds": counts[rows, first].astype(np.int64),
    }
    return pd.DataFrame(table).astype(_LABELS)


def _suggest(learnt: LearntTopics, most: int, min_texts: int) -> pd.DataFrame:
    columns = ["topic", "term", "g2", "n_topic", "n_others", "share", "with_terms", "reason"]
    words, present = _candidates(learnt._texts, min_texts, small_words(learnt.matrix.language))
    labels = learnt.labels["topic"].to_numpy(object)
    rows = []
    # Whether a term finds a word already is asked of the words themselves.
    found = set(find_topics(words, learnt.seeds)["text_id"].tolist())
    n_with = np.asarray(present.sum(axis=0), dtype=np.float64).ravel()
    for topic in learnt.topics:
        of_topic = labels == topic
        n_topic = np.asarray(present[np.flatnonzero(of_topic)].sum(axis=0), dtype=np.float64).ravel()
        share = n_topic / n_with
        base = of_topic.mean()
        strength = _log_likelihood(n_topic, n_with, int(of_topic.sum()), len(labels))
        good = (n_topic >= min_texts) & (share > min(2 * base, (1 + base) / 2))
        singles = {words[at]: share[at] for at in np.flatnonzero(good)}
        taken = 0
        for at in np.argsort(-np.where(good, strength, -1), kind="stable"):
            if taken == most or not good[at]:
                break
            parts = words[at].split()
            if at in found or (
                len(parts) > 1 and max(singles.get(part, 0) for part in parts) > share[at] - 0.05
            ):
                continue
            rows.append(
                (
                    topic,
                    words[at],
                    strength[at],
                    int(n_topic[at]),
                    int(n_with[at] - n_topic[at]),
                    share[at],
                    at,
                )
            )
            taken += 1
    table = pd.DataFrame(rows, columns=[*columns[:6], "at"])
    table["with_terms"] = _companions(learnt, table, present)
    table["reason"] = [
        f"in {n:,} articles of the topic and {others:,} others"
        + (f"; in the same articles as {terms}" if terms else "")
        for n, others, terms in zip(table["n_topic"], table["n_others"], table["with_terms"], strict=True)
    ]
    return table[columns].astype({"topic": STRING, "term": STRING, "with_terms": STRING, "reason": STRING})


def _candidates(
    texts: Sequence[str | float | None], min_texts: int, small: frozenset[str]
) -> tuple[list[str], sparse.csr_array]:
    """Return words and pairs of neighbouring words, and in which texts each stands."""
    from scipy import sparse

    found = words_of(texts)
    n_texts, size = len(found.bounds) - 1, len(found.words)
    # The last place is that of marks, which part what stands beside them.
    long = np.array([len(word) > 2 and word not in small for word in found.words] + [False], dtype=bool)
    alone = long & np.array([any(map(str.isalpha, word)) for word in found.words] + [False], dtype=bool)
    text_of = np.repeat(np.arange(n_texts), np.diff(found.bounds))
    single = np.flatnonzero(alone[found.ids])
    first = np.flatnonzero(long[found.ids[:-1]] & long[found.ids[1:]] & (text_of[:-1] == text_of[1:]))
    # A pair has a number behind those of the words.
    codes = np.concatenate((found.ids[single], size * (found.ids[first] + 1) + found.ids[first + 1]))
    names, columns = np.unique(codes, return_inverse=True)
    rows = np.concatenate((text_of[single], text_of[first]))
    ones = np.ones(len(rows))
    present = sparse.csr_array((ones, (rows, columns)), shape=(n_texts, len(names)))
    present.data[:] = 1
    n_with = np.bincount(present.indices, minlength=len(names))
    kept = np.flatnonzero((n_with >= min_texts) & (n_with <= max(0.5 * n_texts, min_texts)))
    told = [
        found.words[code] if code < size else f"{found.words[code // size - 1]} {found.words[code % size]}"
        for code in names[kept].tolist()
    ]
    order = np.argsort(np.array(told, dtype=object), kind="stable") if told else np.zeros(0, np.int64)
    return [told[at] for at in order], present[:, kept[order]]


def _companions(learnt: LearntTopics, table: pd.DataFrame, present: sparse.csr_array) -> list[str]:
    """Return the terms of the topic that stand in most texts of the topic with each suggestion."""
    told = []
    labels = learnt.labels["topic"].to_numpy(object)
    hits = learnt._hits.drop_duplicates(["text_id", "topic", "term"])
    by_topic = dict(iter(hits.groupby("topic")))
    columns = present.tocsc()
    for topic, at in zip(table["topic"], table["at"], strict=True):
        texts = columns.indices[columns.indptr[at] : columns.indptr[at + 1]]
        rows = by_topic.get(topic, hits.iloc[:0])
        beside = rows[rows["text_id"].isin(texts[labels[texts] == topic])]
        terms = beside.groupby("term").size().sort_values(ascending=False, kind="stable")
        told.append(", ".join(f"{term} ({n:,})" for term, n in terms.head(3).items()))
    return told


def _log_likelihood(n_topic: Floats, n_with: Floats, topic_size: int, size: int) -> Floats:
    """Return Dunning's (1993) log-likelihood of words in texts of a topic and in others, over all four cells."""
    observed = np.stack(
        [n_topic, n_with - n_topic, topic_size - n_topic, size - topic_size - (n_with - n_topic)]
    )
    rest = size - topic_size
    expected = np.stack(
        [n_with * topic_size, n_with * rest, (size - n_with) * topic_size, (size - n_with) * rest]
    ) / max(size, 1)
    with np.errstate(divide="ignore", invalid="ignore"):
        parts = np.where(observed > 0, observed * np.log(observed / expected), 0)
    found: Floats = 2 * parts.sum(axis=0)
    return found
