"""Texts -> how often each stem stands in each: the sparse matrix from which topics are learnt and discovered."""

from __future__ import annotations

import csv
import functools
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from analystkit.annotate.tokens import Ints, tokens
from analystkit.clean.languages import frequent_words
from analystkit.resources import resource_text

if TYPE_CHECKING:
    from scipy import sparse

Floats = npt.NDArray[np.float64]

#: The languages for which NLTK carries Snowball's rules; in others a word is its own stem.
_STEMMERS: Final = {
    "ar": "arabic",
    "da": "danish",
    "de": "german",
    "en": "english",
    "es": "spanish",
    "fi": "finnish",
    "fr": "french",
    "hu": "hungarian",
    "it": "italian",
    "nl": "dutch",
    "no": "norwegian",
    "pt": "portuguese",
    "ro": "romanian",
    "ru": "russian",
    "sv": "swedish",
}


@functools.cache
def small_words(language: str) -> frozenset[str]:
    """Return the words that are so frequent in a language that they name no topic.

    >>> [word in small_words("en") for word in ("should", "war", "interest")], "war" in small_words("de")
    ([True, False, False], True)
    """
    rows = csv.DictReader(resource_text("small_words.csv").splitlines())
    further = (word for row in rows if row["language"] == language for word in row["words"].split())
    return frozenset(further) | {word for word, found in frequent_words().items() if language in found}


@dataclass(frozen=True, eq=False)
class WordMatrix:
    """How often each stem stands in each text.

    Attributes
    ----------
    counts
        One row per text, one column per stem.
    stems
        The stem of each column.
    words
        The form in which each stem stands most often: "elections" for "elect".
    language
        Of whose stems; "" where words are their own.
    """

    counts: sparse.csr_array
    stems: tuple[str, ...]
    words: tuple[str, ...]
    language: str

    def of(self, texts: Iterable[str | float | None]) -> sparse.csr_array:
        """Return the counts of the same stems in other texts."""
        place = {stem: column for column, stem in enumerate(self.stems)}
        stem = stemmer(self.language)
        found = words_of(texts)
        columns = np.array([place.get(stem(word), -1) for word in found.words], dtype=np.int64)
        return _matrix(found, columns, len(self.stems))


@dataclass(frozen=True, eq=False)
class Words:
    """The words of some texts, in lower case and in order; marks stand between them.

    Attributes
    ----------
    words
        The different ones.
    ids
        Which of them each token is, -1 for a mark.
    bounds
        `ids[bounds[i] : bounds[i + 1]]` are those of text i.
    """

    words: list[str]
    ids: Ints
    bounds: Ints


def words_of(texts: Iterable[str | float | None]) -> Words:
    """Return the words of texts; none of an absent one.

    >>> found = words_of(["Co-operation? No!", None])
    >>> found.words, found.ids.tolist(), found.bounds.tolist()
    (['co-operation', 'no'], [0, -1, 1, -1], [0, 4, 4])
    """
    found = tokens([text if isinstance(text, str) else "" for text in texts])
    number, types = found.folded
    is_word = np.asarray(pc.match_substring_regex(types, r"[\p{L}\p{N}]"), dtype=np.bool_)
    place = np.where(is_word, np.cumsum(is_word) - 1, -1)
    words: list[str] = types.filter(pa.array(is_word)).to_pylist()
    return Words(words, place[number[found.ids]], np.asarray(found.bounds))


def word_matrix(
    texts: Sequence[str | float | None],
    *,
    language: str = "en",
    min_texts: int = 2,
    max_share: float = 0.5,
) -> WordMatrix:
    """Count the stems of each text; what stands in too few texts, or in too many to tell them apart, is left out.

    Parameters
    ----------
    language
        Whose stems: "en", "de", ...; in a language without rules, and with "", words are counted as they are.
    min_texts
        In how many texts a stem must stand.
    max_share
        In what share of the texts it may stand at most (0-1); this takes the place of a list of stop words.

    Examples
    --------
    >>> found = word_matrix(["Banks fell. The bank rose.", "A bank."], max_share=1)
    >>> found.words, found.counts.toarray().tolist()
    (('bank',), [[2.0], [1.0]])
    """
    stem, found = stemmer(language), words_of(texts)
    # Stems are worked out once a word, not once a token.
    stems: dict[str, int] = {}
    to_stem = np.array([stems.setdefault(stem(word), len(stems)) for word in found.words], dtype=np.int64)
    n_by_word = np.bincount(found.ids[found.ids >= 0], minlength=len(found.words))
    best = dict.fromkeys(range(len(stems)), (-1, ""))
    for at, n, word in zip(to_stem.tolist(), n_by_word.tolist(), found.words, strict=True):
        best[at] = max(best[at], (n, word))
    counts = _matrix(found, to_stem, len(stems))
    n_texts = np.bincount(counts.indices, minlength=len(stems))
    kept = np.flatnonzero((n_texts >= min_texts) & (n_texts <= max(max_share * counts.shape[0], min_texts)))
    names = list(stems)
    return WordMatrix(
        counts[:, kept], tuple(names[at] for at in kept), tuple(best[at][1] for at in kept.tolist()), language
    )


def tf_idf(counts: sparse.csr_array) -> sparse.csr_array:
    """Return log counts times the inverse share of texts, every row of length 1 (Salton & Buckley 1988).

    >>> from scipy.sparse import csr_array
    >>> tf_idf(csr_array([[3.0, 0.0], [0.0, 1.0]])).toarray().tolist()
    [[1.0, 0.0], [0.0, 1.0]]
    """
    weighed = log_counts(counts)
    n_texts = np.bincount(weighed.indices, minlength=weighed.shape[1])
    weighed.data *= (np.log((1 + weighed.shape[0]) / (1 + n_texts)) + 1)[weighed.indices]
    length = np.sqrt(np.asarray(weighed.multiply(weighed).sum(axis=1)).ravel())
    weighed.data /= np.repeat(np.where(length > 0, length, 1), np.diff(weighed.indptr))
    return weighed


def log_counts(counts: sparse.csr_array) -> sparse.csr_array:
    """Return ln(1 + n) of each count: the tenth time that a text says a word tells less than the first."""
    logs = counts.copy()
    logs.data = np.log1p(logs.data)
    return logs


def stemmer(language: str) -> Callable[[str], str]:
    """Return what gives the stem of a word."""
    if language not in _STEMMERS:
        return str
    from nltk.stem.snowball import SnowballStemmer

    stem: Callable[[str], str] = SnowballStemmer(_STEMMERS[language]).stem
    return stem


def main_language(languages: Iterable[str]) -> str:
    """Return the language that most texts have; "en" where none is known."""
    known = Counter(language for language in languages if language)
    return known.most_common(1)[0][0] if known else "en"


def _matrix(found: Words, columns: Ints, n_columns: int) -> sparse.csr_array:
    """Return how often each text has what the words stand for: their columns, -1 for those left out."""
    from scipy import sparse

    # The last place is that of marks.
    of_token = np.append(columns, -1)[found.ids]
    kept = of_token >= 0
    bounds = np.concatenate(([0], np.cumsum(kept, dtype=np.int64)))[found.bounds]
    of_token = of_token[kept]
    matrix = sparse.csr_array(
        (np.ones(len(of_token)), of_token, bounds), shape=(len(bounds) - 1, n_columns), dtype=np.float64
    )
    matrix.sum_duplicates()
    return matrix
