"""How quick words are counted: term matrix, keyness and concordance, side by side with scikit-learn where it does the same.

All in this process and one thread; what is told is the median over the rounds, of processor time.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import numpy as np
import pandas as pd

import analystkit as ak
from analystkit.engine import Cache
from analystkit.schema import conform, empty_table
from benchmarks.data import megabytes
from benchmarks.figures import BenchmarkError, Figure

#: Words looked for in the concordance: one type, several types, a phrase.
PATTERNS: Final = ("opec", "sanction*", "interest rate*")


def language(
    articles: list[str],
    many: Callable[[list[str], int], list[str]],
    rounds: int,
    tell: Callable[[str], None],
    *,
    n_keyness: int = 10_000,
    n_lines: int = 100_000,
) -> list[Figure]:
    """Measure what measures of words cost.

    Parameters
    ----------
    articles
        Bodies.
    many
        Makes so many new bodies out of the sentences of given ones.
    n_keyness, n_lines
        Over how many articles words are compared, and lines looked for.
    """
    try:
        from sklearn.feature_extraction.text import CountVectorizer
    except ImportError:
        raise BenchmarkError("scikit-learn is not installed, which the race is run against.") from None
    tell("language: term matrix")
    size = megabytes(articles)
    found = ak.tokens(articles)
    theirs = _seconds(lambda: CountVectorizer().fit_transform(articles), rounds)
    cached = _seconds(lambda: ak.term_matrix(_again(found)), rounds)
    raw = _seconds(lambda: ak.term_matrix(articles), rounds)
    cut = _seconds(lambda: ak.tokens(articles), rounds)
    n = len(articles)
    figures = [
        Figure("language", "tokens from text, MB/s", size / cut, n, cut),
        Figure("language", "CountVectorizer, MB/s", size / theirs, n, theirs),
        Figure("language", "term matrix from text, times as quick", theirs / raw, n, raw, floor=1),
        Figure(
            "language", "term matrix from cached tokens, times as quick", theirs / cached, n, cached, floor=4
        ),
    ]
    tell(f"language: keyness over {n_keyness:,} articles")
    ten = _collection((articles + many(articles, max(n_keyness - n, 1)))[:n_keyness])
    half = ten.narrowed_to(set(ten.articles["article_id"][::2]))
    ten.tokens  # noqa: B018  made before the clock runs
    key = _seconds(lambda: ak.keyness(half, reference=ten), rounds)
    words = len(ak.keyness(half, reference=ten).table)
    figures.append(
        Figure("language", f"keyness of {words:,} words, seconds", key, n_keyness, key, at_most=1.0)
    )
    tell(f"language: concordance over {n_lines:,} articles")
    with tempfile.TemporaryDirectory() as folder:
        hundred = _collection(many(articles, n_lines), Cache(Path(folder)))
        hundred.tokens  # noqa: B018  made and kept
        begin = time.process_time()
        again = _opened(hundred)
        opened = time.process_time() - begin
        figures.append(
            Figure(
                "language", f"opening the tokens of {n_lines:,} articles, seconds", opened, n_lines, opened
            )
        )
        for pattern in PATTERNS:
            lines = ak.kwic(again, pattern).n
            spent = _seconds(lambda pattern=pattern: ak.kwic(again, pattern), rounds)  # type: ignore[misc]
            figures.append(
                Figure(
                    "language",
                    f"concordance of {pattern}, {lines:,} lines, seconds",
                    spent,
                    n_lines,
                    spent,
                    at_most=0.3,
                )
            )
    return figures


def _seconds(run: Callable[[], Any], rounds: int) -> float:
    spent = []
    # The first warms up and is not counted.
    for _ in range(rounds + 1):
        begin = time.process_time()
        run()
        spent.append(time.process_time() - begin)
    return statistics.median(spent[1:])


def _again(found: ak.annotate.tokens.Tokens) -> ak.annotate.tokens.Tokens:
    """Return tokens as they come from the cache: nothing derived from them is remembered."""
    return type(found)(found.ids, found.starts, found.bounds, found.vocabulary)


def _collection(bodies: list[str], cache: Cache | None = None) -> ak.Collection:
    frame = empty_table("articles").reindex(range(len(bodies)))
    ids = pd.Series([f"a{i:06d}" for i in range(len(bodies))], dtype="str")
    frame = frame.assign(article_id=ids, body=bodies, story_id=ids, published=pd.Timestamp("1987-03-01"))
    frame["n_words"] = np.array([body.count(" ") + 1 for body in bodies])
    return ak.Collection(
        conform(frame, "articles"), empty_table("zones"), empty_table("problems"), cache=cache, progress=False
    )


def _opened(collection: ak.Collection) -> ak.Collection:
    """Return the same collection as another session has it, its tokens mapped from the cache."""
    again = ak.Collection(
        collection.articles,
        empty_table("zones"),
        empty_table("problems"),
        cache=collection._cache,
        progress=False,
    )
    again.tokens  # noqa: B018
    return again
