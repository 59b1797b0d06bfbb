"""Topics discovered: what a collection is about without being asked, and how far to trust it.

Non-negative matrix factorisation of tf-idf (Lee & Seung 1999), begun at the same place every time. How many topics
there are is what gives the same topics again on other parts of the texts (Greene, O'Callaghan & Cunningham 2014); how
well the words of a topic belong together is their NPMI over the texts (Bouma 2009; Aletras & Stevenson 2013).
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from analystkit.annotate.word_matrix import WordMatrix, small_words, tf_idf, word_matrix
from analystkit.errors import ArgumentError

if TYPE_CHECKING:
    from scipy import sparse

Floats = npt.NDArray[np.float64]
#: What may take the place of NMF: texts and how many topics (None: as it likes) -> the weight of each topic (columns)
#: in each text (rows), and the words of each topic, strongest first.
TopicModel = Callable[[list[str], int | None], tuple[npt.ArrayLike, Sequence[Sequence[str]]]]

#: In fewer texts than this no topics are discovered.
FEWEST: Final = 50
#: The numbers of topics that are tried, as far as each topic can have ten texts.
TRIED: Final = (4, 5, 6, 8, 10, 12, 15, 20, 25, 30)
_WORDS: Final = 10  # of a topic, by which topics are compared, judged and told
_STEMS: Final = 5_000
_PARTS: Final = 6  # on how many parts of the texts each number is tried
_PART: Final = 0.8
_MOST: Final = 3_000  # texts in which the number is sought
_SEED: Final = 20231213


@dataclass(frozen=True, eq=False)
class DiscoveredTopics:
    """Topics found in texts; made by `find_discovered`.

    Attributes
    ----------
    topics
        One row per topic: `topic` (its first three words), `words` (its ten strongest), `coherence` (mean NPMI of the
        pairs of these words over the texts, -1..1), `stability` (mean overlap of its words with those of the nearest
        topic found in parts of the texts, 0-1; NaN of a model of one's own).
    shares
        One row per text, one column per topic: how much of what the model sees in the text is of the topic; rows add up
        to 1, or are 0 of a text in which it sees nothing.
    choice
        One row per number of topics tried: `n_topics`, `stability`, `coherence`, `chosen`.
    weights
        One row per topic, one column per stem of `matrix`.
    """

    topics: pd.DataFrame
    shares: Floats
    choice: pd.DataFrame
    matrix: WordMatrix
    weights: Floats


def find_discovered(
    texts: Sequence[str | float | None],
    *,
    n_topics: int | None = None,
    tried: Iterable[int] = TRIED,
    language: str = "en",
    model: TopicModel | None = None,
) -> DiscoveredTopics:
    """Discover topics in texts.

    Parameters
    ----------
    texts
        A list of texts; absent ones have no topic.
    n_topics
        How many; None takes the most stable of those tried.
    tried
        The numbers to try.
    language
        Whose word endings are cut off.
    model
        What takes the place of NMF, see `TopicModel`.

    Raises
    ------
    ArgumentError
        There are too few texts to tell topics from chance, or an argument has a value that is not allowed.
    """
    held = [text for text in texts if isinstance(text, str) and text.strip()]
    if len(held) < FEWEST:
        raise ArgumentError(
            f"There are {len(held)} texts, too few to discover topics in (at least {FEWEST}): what would be found is"
            " chance. Use term lists, or read them."
        )
    if n_topics is not None and not 2 <= n_topics <= len(held) // 5:
        raise ArgumentError(
            f"`n_topics` is {n_topics!r}; allowed here: 2 to {len(held) // 5}, five texts a topic, or None."
        )
    matrix = _strongest(word_matrix(texts, language=language, min_texts=max(2, min(5, len(held) // 50))))
    if model is not None:
        return _of_model(model, texts, n_topics, matrix)
    weighed = tf_idf(matrix.counts)
    present = matrix.counts > 0
    numbers = [n_topics] if n_topics else [n for n in sorted(tried) if n == min(tried) or n * 10 <= len(held)]
    rows = []
    for n in numbers:
        stability, coherence, _ = _tried(weighed, present, n)
        rows.append((n, stability, coherence))
    choice = pd.DataFrame(rows, columns=["n_topics", "stability", "coherence"])
    # Among numbers about as stable the larger tells more.
    near = choice[choice["stability"] >= choice["stability"].max() - 0.02]
    chosen = int(near["n_topics"].max())
    choice["chosen"] = choice["n_topics"] == chosen
    loads, weights = _factorise(weighed, chosen)
    order = np.argsort(-loads.sum(axis=0), kind="stable")
    loads, weights = loads[:, order], weights[order]
    _, _, of_each = _tried(weighed, present, chosen, weights)
    strength = loads * np.linalg.norm(weights, axis=1)
    total = strength.sum(axis=1, keepdims=True)
    shares = np.divide(strength, total, out=np.zeros_like(strength), where=total > 0)
    return DiscoveredTopics(_table(matrix, present, weights, of_each), shares, choice, matrix, weights)


def _strongest(matrix: WordMatrix) -> WordMatrix:
    """Keep the stems that weigh most, and words rather than numbers, letters or small words."""
    weight = np.asarray(tf_idf(matrix.counts).sum(axis=0)).ravel()
    small = small_words(matrix.language)
    told = np.array(
        [len(word) > 2 and not word[0].isdigit() and word not in small for word in matrix.words], dtype=bool
    )
    kept = np.sort(np.argsort(-np.where(told, weight, -1), kind="stable")[: min(_STEMS, int(told.sum()))])
    return WordMatrix(
        matrix.counts[:, kept],
        tuple(matrix.stems[at] for at in kept),
        tuple(matrix.words[at] for at in kept),
        matrix.language,
    )


def _factorise(weighed: sparse.csr_array, n: int) -> tuple[Floats, Floats]:
    from sklearn.decomposition import NMF
    from sklearn.exceptions import ConvergenceWarning

    with warnings.catch_warnings(), np.errstate(invalid="ignore"):
        # The words of topics stand long before the last digit does, and an exact fit has an error of -1e-17.
        warnings.simplefilter("ignore", ConvergenceWarning)
        model = NMF(n, init="nndsvd", max_iter=150, tol=1e-3, random_state=_SEED)
        return model.fit_transform(weighed), model.components_


def _tried(
    weighed: sparse.csr_array, present: sparse.csr_array, n: int, weights: Floats | None = None
) -> tuple[float, float, Floats]:
    """Return stability and coherence of `n` topics, and the stability of each."""
    rng = np.random.default_rng(_SEED)
    n_texts = weighed.shape[0]
    if n_texts > _MOST:
        kept = np.sort(rng.choice(n_texts, _MOST, replace=False))
        weighed, present, n_texts = weighed[kept], present[kept], _MOST
    whole = _factorise(weighed, n)[1] if weights is None else weights
    tops = [_top(row) for row in whole]
    found = np.zeros((_PARTS, n))
    for part in found:
        rows = np.sort(rng.choice(n_texts, int(_PART * n_texts), replace=False))
        part[:] = _likeness(tops, [_top(row) for row in _factorise(weighed[rows], n)[1]])
    of_each = found.mean(axis=0)
    return float(of_each.mean()), float(np.mean([_npmi(present, top) for top in tops])), of_each


def _top(weights: Floats) -> list[int]:
    found: list[int] = np.argsort(-weights, kind="stable")[:_WORDS].tolist()
    return found


def _likeness(tops: list[list[int]], others: list[list[int]]) -> Floats:
    """Return the overlap (Jaccard) of each topic's words with those of its partner, each having one partner."""
    from scipy.optimize import linear_sum_assignment

    overlap = np.array(
        [[len({*top} & {*other}) / len({*top} | {*other}) for other in others] for top in tops]
    )
    rows, columns = linear_sum_assignment(-overlap)
    found: Floats = overlap[rows, columns]
    return found


def _npmi(present: sparse.csr_array, stems: Sequence[int]) -> float:
    """Return the mean normalised pointwise mutual information of the pairs of some stems over the texts (-1..1)."""
    if len(stems) < 2:
        return float("nan")
    held = present[:, list(stems)].toarray().astype(np.float64)
    n = len(held)
    single = held.sum(axis=0) / n
    pairs = (held.T @ held) / n
    values = []
    for i in range(len(stems)):
        for j in range(i):
            p = pairs[i, j]
            if p == 0:
                values.append(-1.0)
            elif p < 1:
                values.append(float(np.log(p / (single[i] * single[j])) / -np.log(p)))
    return float(np.mean(values)) if values else float("nan")


def _table(matrix: WordMatrix, present: sparse.csr_array, weights: Floats, stability: Floats) -> pd.DataFrame:
    tops = [_top(row) for row in weights]
    words = [[matrix.words[at] for at in top] for top in tops]
    return pd.DataFrame(
        {
            "topic": _names(words),
            "words": [", ".join(row) for row in words],
            "coherence": [_npmi(present, top) for top in tops],
            "stability": stability,
        }
    )


def _names(words: Sequence[Sequence[str]]) -> list[str]:
    """Return a name for each topic: its first three words, more where two topics would be called the same."""
    names: list[str] = []
    for row in words:
        name = next(
            (told for n in range(3, len(row) + 1) if (told := ", ".join(row[:n])) not in names),
            f"{', '.join(row)} ({len(names) + 1})",
        )
        names.append(name)
    return names


def _of_model(
    model: TopicModel, texts: Sequence[str | float | None], n_topics: int | None, matrix: WordMatrix
) -> DiscoveredTopics:
    """Return what a model of the user's own finds, judged in the same way."""
    given, words = model([text if isinstance(text, str) else "" for text in texts], n_topics)
    loads = np.asarray(given, dtype=np.float64)
    if loads.shape != (len(texts), len(words)) or not len(words):
        raise ArgumentError(
            f"`model` returned weights of shape {loads.shape} and words for {len(words)} topic(s); it must return one"
            f" row for each of the {len(texts):,} texts, one column for each topic, and the words of each."
        )
    if not np.isfinite(loads).all() or (loads < 0).any():
        raise ArgumentError(
            "`model` returned weights below 0 or none at all; give 0 where a topic is absent."
        )
    total = loads.sum(axis=1, keepdims=True)
    shares = np.divide(loads, total, out=np.zeros_like(loads), where=total > 0)
    place = {word: at for at, word in enumerate(matrix.words)} | {
        stem: at for at, stem in enumerate(matrix.stems)
    }
    weights = np.zeros((len(words), len(matrix.stems)))
    for row, told in zip(weights, words, strict=True):
        for rank, word in enumerate(told):
            if (at := place.get(word.lower())) is not None:
                row[at] = max(row[at], 1 / (1 + rank))
    present = matrix.counts > 0
    known = [[at for at in _top(row) if row[at] > 0] for row in weights]
    topics = pd.DataFrame(
        {
            "topic": _names([list(told)[:_WORDS] for told in words]),
            "words": [", ".join(list(told)[:_WORDS]) for told in words],
            "coherence": [_npmi(present, top) for top in known],
            "stability": np.full(len(words), np.nan),
        }
    )
    choice = pd.DataFrame(
        {
            "n_topics": [len(words)],
            "stability": [np.nan],
            "coherence": [topics["coherence"].mean()],
            "chosen": True,
        }
    )
    return DiscoveredTopics(topics, shares, choice, matrix, weights)
