"""The term matrix: how often each word stands in each article, weighted if asked for; and how alike articles are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pandas as pd
import pyarrow as pa

from analystkit.annotate.tokens import Tokens, tokens
from analystkit.collection import Collection
from analystkit.errors import ArgumentError, check_choice
from analystkit.measure.running import CASES, Numbers, count_matrix

#: How counts may be weighted.
WEIGHTS: Final = ("count", "share", "binary", "log", "tfidf", "tfidf_share", "tfidf_smooth")
#: How alike or how far apart two texts may be said to be.
LIKENESSES: Final = (
    *("cosine", "correlation", "jaccard", "dice", "ejaccard", "edice", "hamman", "simple_matching"),
    *("euclidean", "manhattan", "maximum", "canberra"),
)


@dataclass(frozen=True, eq=False)
class TermMatrix:
    """Counts of words in texts.

    Attributes
    ----------
    matrix
        SciPy's sparse CSR matrix: one row per text, one column per term.
    terms
        What the columns are.
    rows
        What the rows are: `article_id`s, or places in the list of texts.
    """

    matrix: Any
    terms: pa.StringArray
    rows: tuple[str, ...] | range

    def frame(self) -> pd.DataFrame:
        """Return it as a table, which is large: one row per text, one column per term."""
        return pd.DataFrame(
            self.matrix.toarray(), columns=self.terms.to_pylist(), index=pd.RangeIndex(len(self.rows))
        )

    def weighted(self, weight: str) -> TermMatrix:
        """Return the matrix of counts weighted; see `term_matrix`."""
        check_choice("weight", weight, WEIGHTS)
        return TermMatrix(_weigh(self.matrix, weight), self.terms, self.rows)


def term_matrix(
    texts: Collection | Tokens | Sequence[str],
    *,
    weight: str = "count",
    case: str = "fold",
    marks: bool = False,
    without: Iterable[str] = (),
    min_texts: int = 1,
) -> TermMatrix:
    """Return how often each word stands in each text, as a sparse matrix.

    Parameters
    ----------
    texts
        A collection (its bodies, all copies), texts, or their tokens.
    weight
        "count"; "share" (of the words of the text); "binary"; "log" (1 + log10 count); "tfidf" (count x log10 of texts
        over those with the word, as quanteda); "tfidf_share" (the same of shares); "tfidf_smooth" (scikit-learn's: count x
        (1 + ln((1 + texts) / (1 + those with the word))), rows scaled to length 1).
    case
        "fold", "acronyms" or "keep", as in `word_frequency`.
    marks
        Also count punctuation and symbols.
    without
        Words left out, such as `stopwords()`.
    min_texts
        Leave out words that stand in fewer texts.

    Returns
    -------
    TermMatrix

    Examples
    --------
    >>> made = term_matrix(["Tea, tea and war.", "War"])
    >>> made.terms.to_pylist(), made.matrix.toarray().tolist()
    (['tea', 'and', 'war'], [[2, 1, 1], [0, 0, 1]])
    """
    check_choice("weight", weight, WEIGHTS)
    check_choice("case", case, CASES)
    if isinstance(texts, str):
        raise ArgumentError("`texts` is a single str; give a list of texts or a collection.")
    rows: tuple[str, ...] | range
    if isinstance(texts, Collection):
        found, rows = texts.tokens, tuple(texts.articles["article_id"])
    else:
        found = texts if isinstance(texts, Tokens) else tokens(texts)
        rows = range(len(found))
    number, types = found.types(case)
    counts = count_rows(number[found.ids], found.bounds, len(types))
    keep = np.ones(len(types), dtype=np.bool_)
    if not marks:
        keep[:] = False
        keep[number[found.is_word]] = True
    left = {word.lower() for word in without}
    if left:
        keep &= np.array([str(word).lower() not in left for word in types.to_pylist()], dtype=np.bool_)
    if min_texts > 1:
        keep &= np.bincount(counts.indices, minlength=len(types)) >= min_texts
    if not keep.all():
        at = np.flatnonzero(keep)
        counts, types = counts[:, at], types.take(pa.array(at))
    return TermMatrix(_weigh(counts, weight), types, rows)


def count_rows(ids: Any, bounds: Any, n_types: int) -> Any:
    """Return a CSR matrix of counts from the type of each token and the bounds of the texts; its rows are sorted."""
    texts = np.repeat(np.arange(len(bounds) - 1, dtype=np.int32), np.diff(bounds))
    return count_matrix(ids, texts, (len(bounds) - 1, n_types)).tocsr()


def _weigh(matrix: Any, weight: str) -> Any:
    if weight == "count":
        return matrix
    out = matrix.astype(np.float64)
    n_texts = out.shape[0]
    sizes = np.asarray(out.sum(axis=1)).ravel()
    row = np.repeat(np.arange(n_texts), np.diff(out.indptr))
    docfreq = np.bincount(out.indices, minlength=out.shape[1])
    if weight == "binary":
        out.data[:] = 1.0
    elif weight == "log":
        out.data = 1 + np.log10(out.data)
    elif weight in ("share", "tfidf_share"):
        out.data /= sizes[row]
    if weight in ("tfidf", "tfidf_share"):
        out.data *= np.log10(n_texts / docfreq)[out.indices]
    elif weight == "tfidf_smooth":
        out.data *= (1 + np.log((1 + n_texts) / (1 + docfreq)))[out.indices]
        length = np.sqrt(np.bincount(row, weights=out.data**2, minlength=n_texts))
        out.data /= length[row]
    return out


def similarity(
    texts: Collection | TermMatrix | Sequence[str],
    *,
    measure: str = "cosine",
    by: str | None = None,
    weight: str = "count",
    without: Iterable[str] = (),
) -> pd.DataFrame:
    """Say how alike the words of texts, or of outlets, are.

    Parameters
    ----------
    texts
        Texts, a collection or a `TermMatrix`.
    measure
        "cosine", "correlation", "ejaccard" or "edice" of the weights; "jaccard", "dice", "simple_matching" or "hamman" of
        which words occur at all; or a distance: "euclidean", "manhattan", "maximum" or "canberra".
    by
        For a collection: a column of its articles, such as "outlet" or "language", whose articles are taken as one text.
    weight, without
        As in `term_matrix`.

    Returns
    -------
    DataFrame
        One row and one column per text (or group, named by the first column `item`), with the measure of each two.

    Notes
    -----
    Of counts, likeness is mostly that of common words and of subject; weigh by "tfidf" to ask about subject alone. Longer
    texts share more words: compare texts of like length.

    Examples
    --------
    >>> similarity(["tea war", "tea peace"], measure="jaccard")["1"].round(3).tolist()
    [0.333, 1.0]
    """
    check_choice("measure", measure, LIKENESSES)
    made = texts if isinstance(texts, TermMatrix) else term_matrix(texts, without=without)
    matrix, names = made.matrix, [str(name) for name in made.rows]
    if by is not None:
        if not isinstance(texts, Collection) or by not in texts.articles:
            raise ArgumentError(f"`by` is {by!r}; give a column of the articles of a collection.")
        from scipy import sparse

        codes, labels = pd.factorize(texts.articles[by], sort=True)
        place = sparse.csr_matrix(
            (np.ones(len(codes)), (codes, np.arange(len(codes)))), shape=(len(labels), len(codes))
        )
        matrix, names = (place @ matrix).tocsr(), [str(label) for label in labels]
    values = _likeness(_weigh(matrix.tocsr(), weight).astype(np.float64), measure)
    return pd.concat(
        [pd.Series(names, name="item", dtype="str"), pd.DataFrame(values, columns=names)], axis=1
    )


def _likeness(matrix: Any, measure: str) -> Numbers:
    if measure in ("euclidean", "manhattan", "maximum", "canberra"):
        from scipy.spatial.distance import cdist

        metric: Any = {"manhattan": "cityblock", "maximum": "chebyshev"}.get(measure, measure)
        far: Numbers = cdist(matrix.toarray(), matrix.toarray(), metric)
        return far
    n_terms = matrix.shape[1]
    if measure in ("jaccard", "dice", "simple_matching", "hamman"):
        matrix = matrix.copy()
        matrix.data[:] = 1.0
    both = np.asarray((matrix @ matrix.T).toarray(), dtype=np.float64)
    squares = np.diag(both)
    pairs = squares[:, np.newaxis] + squares[np.newaxis, :]
    sums = np.asarray(matrix.sum(axis=1)).ravel()
    with np.errstate(divide="ignore", invalid="ignore"):
        if measure == "cosine":
            value = both / np.sqrt(np.outer(squares, squares))
        elif measure == "correlation":
            spread = squares - sums**2 / n_terms
            value = (both - np.outer(sums, sums) / n_terms) / np.sqrt(np.outer(spread, spread))
        elif measure in ("jaccard", "ejaccard"):
            value = both / (pairs - both)
        elif measure in ("dice", "edice"):
            value = 2 * both / pairs
        else:
            same = (n_terms - pairs + 2 * both) / n_terms
            value = same if measure == "simple_matching" else 2 * same - 1
    return value
