"""The running words of a collection, ready to be counted: which articles count, which tokens, and what ends a run."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from analystkit.annotate.tokens import Ids, Ints, Tokens, tokens
from analystkit.collection import Collection
from analystkit.errors import ArgumentError, check_choice
from analystkit.measure.groups import longest_copies
from analystkit.resources import resource_text

#: "once" counts one copy of each story, the longest; "all" counts every article.
COPIES: Final = ("once", "all")
#: What punctuation and symbols are: what no run of words crosses, nothing at all, nothing but symbols count as words (as
#: with quanteda's `remove_punct`), or tokens like words.
MARKS: Final = ("break", "drop", "drop_punctuation", "keep")
#: "fold": case does not count. "acronyms": words all in capitals stay apart ("US" is not "us"). "keep": case counts.
CASES: Final = ("fold", "acronyms", "keep")
#: A place in a run that no word fills.
GAP: Final = -1

# Letters that no news text has stand for the wildcards while a pattern is cut into tokens.
_ANY, _ONE = "\ua723", "\ua725"

Numbers = NDArray[np.float64]


@functools.cache
def stopwords() -> tuple[str, ...]:
    """Return the English words that carry grammar more than meaning, for `without=`: 175 words of the Snowball project.

    >>> len(stopwords()), "the" in stopwords()
    (175, True)
    """
    lines = resource_text("stopwords.txt").splitlines()
    return tuple(line for line in lines if not line.startswith("#"))


@dataclass(frozen=True, eq=False)
class Running:
    """The running words of some articles.

    Attributes
    ----------
    ids
        The type of each running word, `GAP` where a run is broken.
    bounds
        `ids[bounds[i] : bounds[i + 1]]` are those of article i.
    types
        The types that the ids mean.
    at
        Which token of `tokens` each running word is.
    tokens
        The tokens of the articles.
    articles
        `article_id`, `story_id` and whatever else is known of each, one row per article.
    """

    ids: Ids
    bounds: Ints
    types: pa.StringArray
    at: Ints
    tokens: Tokens
    articles: pd.DataFrame

    @property
    def n_words(self) -> int:
        """How many running words there are."""
        return int((self.ids != GAP).sum())

    @functools.cached_property
    def text_of(self) -> Ids:
        """The article of each running word."""
        return np.repeat(np.arange(len(self.bounds) - 1, dtype=np.int32), np.diff(self.bounds))

    @functools.cached_property
    def sizes(self) -> Ints:
        """How many running words each article has."""
        return np.bincount(self.text_of[self.ids != GAP], minlength=len(self.bounds) - 1)

    @functools.cached_property
    def places(self) -> dict[str, int]:
        """The number of each type."""
        return {str(word): number for number, word in enumerate(self.types.to_pylist())}

    def ngrams(self, n: int, *, over_gaps: bool = False) -> Ngrams:
        """Return all runs of `n` words, with a number for each different one.

        With `over_gaps` runs that hold gaps are there too; a gap has the number behind those of the types.
        """
        if n < 1:
            raise ArgumentError(f"`n` is {n}; give a number of words from 1 up.")
        size = len(self.types)
        ids = np.where(self.ids == GAP, size, self.ids).astype(np.int64)
        last = len(ids) - n + 1
        starts = np.arange(max(last, 0))
        within = self.text_of[starts] == self.text_of[starts + n - 1]
        if not over_gaps:
            for ahead in range(n):
                within &= ids[starts + ahead] != size
        starts = starts[within]
        codes = ids[starts]
        if n == 1:
            return Ngrams(self, codes, starts, np.arange(size + over_gaps)[:, np.newaxis])
        for ahead in range(1, n):
            codes, _ = pd.factorize(codes * (size + 1) + ids[starts + ahead])
        # The first run of each kind tells its words.
        first = np.zeros(int(codes.max(initial=-1)) + 1, dtype=np.int64)
        first[codes[::-1]] = np.arange(len(codes))[::-1]
        members = np.stack([ids[starts[first] + ahead] for ahead in range(n)], axis=1)
        return Ngrams(self, codes.astype(np.int64), starts, members.reshape(-1, n))

    def find(self, term: str) -> Ints:
        """Return where runs of exactly these words begin."""
        wanted = [self.places.get(word, len(self.types)) for word in term.split(" ")]
        last = len(self.ids) - len(wanted) + 1
        starts = np.flatnonzero(self.ids[: max(last, 0)] == wanted[0])
        for ahead, word in enumerate(wanted[1:], 1):
            starts = starts[self.ids[starts + ahead] == word]
        same: Ints = starts[self.text_of[starts] == self.text_of[starts + len(wanted) - 1]]
        return same

    def match(self, pattern: str) -> tuple[Ints, int]:
        """Return where runs begin that fit a pattern, and how many words they have; see `words_fit`."""
        fits = words_fit(pattern, self.types)
        last = len(self.ids) - len(fits) + 1
        # A gap has the number -1 and so looks at the last place, which never fits.
        starts = np.flatnonzero(np.append(fits[0], False)[self.ids[: max(last, 0)]])
        for ahead, fit in enumerate(fits[1:], 1):
            starts = starts[np.append(fit, False)[self.ids[starts + ahead]]]
        starts = starts[self.text_of[starts] == self.text_of[starts + len(fits) - 1]]
        return starts, len(fits)

    def spans(self, first: Ints, last: Ints) -> tuple[Ints, Ints, Ints]:
        """Return the article of each run of words and from which to which character of its body it reaches."""
        starts, ends = self.tokens.spans(self.at[first], self.at[last])
        return self.text_of[first].astype(np.int64), starts, ends


@dataclass(frozen=True, eq=False)
class Ngrams:
    """Runs of n words.

    Attributes
    ----------
    codes
        The number of each run; equal runs have equal numbers.
    starts
        Which running word each begins with.
    members
        The words of each different run: one row per number, one column per word.
    """

    running: Running
    codes: Ints
    starts: Ints
    members: Ints

    @functools.cached_property
    def counts(self) -> Ints:
        """How often each occurs."""
        return np.bincount(self.codes, minlength=len(self.members))

    def names(self, which: Ints) -> pd.Series:
        """Return some of them in words."""
        columns = [self.running.types.take(pa.array(column)) for column in self.members[which].T]
        joined = columns[0] if len(columns) == 1 else pc.binary_join_element_wise(*columns, " ")
        return pd.Series(joined.to_pylist(), dtype="str")

    def matrix(self) -> Any:
        """Return how often each (column) occurs in each article (row), as SciPy's sparse CSC matrix."""
        return count_matrix(
            self.codes,
            self.running.text_of[self.starts],
            (len(self.running.bounds) - 1, len(self.members)),
        )


def count_matrix(columns: Ints, rows: Ids, shape: tuple[int, int]) -> Any:
    """Return a sparse matrix (CSC) of counts from one entry per thing counted, `rows` rising."""
    from scipy import sparse

    bounds = np.searchsorted(rows, np.arange(shape[0] + 1))
    ones = np.ones(len(columns), dtype=np.int32)
    matrix = sparse.csr_matrix((ones, columns.astype(np.int32), bounds.astype(np.int32)), shape=shape).tocsc()
    # Turned row by row, the entries of each column are in order already.
    matrix.has_sorted_indices = True
    matrix.sum_duplicates()
    return matrix


def running_words(
    collection: Collection,
    *,
    copies: str = "once",
    marks: str = "break",
    case: str = "fold",
    without: Iterable[str] = (),
) -> Running:
    """Return the running words of a collection.

    Parameters
    ----------
    collection
        What to read.
    copies
        "once": of the copies of a story only the longest counts. "all": every article.
    marks
        What punctuation and symbols are: "break" (no run of words crosses one), "drop" (as if they were not there),
        "drop_punctuation" (the same, but symbols such as "$" are words, as with quanteda's `remove_punct`) or "keep"
        (tokens like words).
    case
        "fold" (case does not count), "acronyms" (words all in capitals stay: "US" is not "us") or "keep".
    without
        Words left out; where one stood, a run is broken.
    """
    check_choice("case", case, CASES)
    check_choice("marks", marks, MARKS)
    told = collection.articles
    rows = counted_rows(collection, copies)
    found = collection.tokens.select(rows)
    number, types = found.types(case)
    counts = np.zeros(len(types), dtype=np.bool_)
    counts[number[found.is_word if marks in ("break", "drop") else ~found.is_punctuation]] = True
    if marks == "keep":
        counts[:] = True
    broken = ~counts if marks == "break" else np.zeros(len(types), dtype=np.bool_)
    left = [word.lower() for word in without]
    if left:
        is_left = np.asarray(
            pc.is_in(pc.utf8_lower(types), value_set=pa.array(left, pa.string())), dtype=np.bool_
        )
        counts, broken = counts & ~is_left, broken | is_left
    as_id = np.where(counts, np.arange(len(types)), GAP).astype(np.int32)[number]
    ids = as_id[found.ids]
    bounds = np.asarray(found.bounds)
    at = np.arange(len(ids))
    if not counts.all():
        kept_types = (counts | broken)[number]
        keep = kept_types[found.ids]
        if not keep.all():
            at = np.flatnonzero(keep)
            ids = ids[at]
            bounds = np.searchsorted(at, bounds)
    return Running(ids, bounds, types, at, found, told.iloc[rows].reset_index(drop=True))


def counted_rows(collection: Collection, copies: str) -> Ints:
    """Return which articles of a collection count: all, or of the copies of a story the longest."""
    check_choice("copies", copies, COPIES)
    told = collection.articles
    several = told["story_id"].duplicated(keep=False).to_numpy()
    if copies == "all" or not several.any():
        return np.arange(len(told))
    kept = longest_copies(collection, told.loc[several, ["article_id", "story_id"]])["article_id"]
    return np.flatnonzero(~several | told["article_id"].isin(set(kept)).to_numpy())


def joined(first: Running, second: Running) -> Running:
    """Return the running words of both, those of the first before those of the second, with one numbering of types."""
    ids, types = second.ids, first.types
    if second.types is not types and not second.types.equals(types):
        places = pc.index_in(second.types, value_set=types)
        new = np.flatnonzero(np.asarray(places.is_null()))
        number = np.array(places.fill_null(0), dtype=np.int32)
        number[new] = len(types) + np.arange(len(new))
        types = pa.concat_arrays([types, second.types.take(pa.array(new))])
        ids = np.append(number, np.int32(GAP))[ids]
    n_tokens = len(first.tokens.ids)
    own, others = first.tokens, second.tokens
    vocabulary, other_ids = own.vocabulary, others.ids
    if others.vocabulary is not vocabulary:
        other_ids = other_ids + np.int32(len(vocabulary))
        vocabulary = pa.concat_arrays([vocabulary, others.vocabulary])
    both = Tokens(
        np.concatenate((own.ids, other_ids)),
        np.concatenate((own.starts, others.starts)),
        np.concatenate((own.bounds, others.bounds[1:] + n_tokens)),
        vocabulary,
    )
    return Running(
        np.concatenate((first.ids, ids)),
        np.concatenate((first.bounds, second.bounds[1:] + len(first.ids))),
        types,
        np.concatenate((first.at, second.at + n_tokens)),
        both,
        pd.concat([first.articles, second.articles], ignore_index=True),
    )


def words_fit(pattern: str, types: pa.StringArray) -> list[NDArray[np.bool_]]:
    """Return for each word of a pattern which types fit it, without regard to case.

    `*` stands for any characters within a word, `?` for one; words are parted by spaces.

    >>> [fit.tolist() for fit in words_fit("north* korea?", pa.array(["north", "northern", "korea", "koreas"]))]
    [[True, True, False, False], [False, False, False, True]]
    """
    if not isinstance(pattern, str) or not pattern.strip():
        raise ArgumentError(f"`pattern` is {pattern!r}; give a word or a phrase, such as 'sanction*'.")
    lowered = pc.utf8_lower(types)
    cut = tokens([pattern.lower().replace("*", _ANY).replace("?", _ONE)])
    fits = []
    for word in cut.words(0):
        if _ANY in word or _ONE in word:
            written = re.escape(word).replace(_ANY, ".*").replace(_ONE, ".")
            fit = pc.match_substring_regex(lowered, f"^(?:{written})$")
        else:
            fit = pc.equal(lowered, word)
        fits.append(np.asarray(fit, dtype=np.bool_))
    return fits


def log_rate_variance(matrix: Any, sizes: Ints, stories: Ints) -> Numbers:
    """Return the variance of the log of each word's rate, taken over stories: NaN where the word does not occur.

    Parameters
    ----------
    matrix
        How often each word (column) occurs in each article (row).
    sizes
        How many running words each article has.
    stories
        The number of the story of each article, from 0.

    Notes
    -----
    The rate is a ratio of two sums over stories; its variance is that of the residuals (linearisation; Cochran 1977,
    "Sampling Techniques", section 6.4). It is what resampling stories tends to, without drawing.
    """
    from scipy import sparse

    n_stories = int(stories.max(initial=-1)) + 1
    if n_stories < len(stories):
        place = sparse.csr_matrix(
            (np.ones(len(stories)), (stories, np.arange(len(stories)))), shape=(n_stories, len(stories))
        )
        matrix = (place @ matrix).tocsc()
        sizes = np.bincount(stories, weights=sizes, minlength=n_stories)
    x = np.asarray(matrix.sum(axis=0), dtype=np.float64).ravel()
    column = np.repeat(np.arange(matrix.shape[1]), np.diff(matrix.indptr))
    squares = np.bincount(column, weights=matrix.data.astype(np.float64) ** 2, minlength=len(x))
    products = np.bincount(column, weights=matrix.data * sizes[matrix.indices], minlength=len(x))
    with np.errstate(divide="ignore", invalid="ignore"):
        rate = x / sizes.sum()
        residuals = squares - 2 * rate * products + rate**2 * float(np.square(sizes.astype(np.float64)).sum())
        variance: Numbers = residuals / x**2
    # One story says nothing of how much stories differ.
    variance = variance * (n_stories / (n_stories - 1)) if n_stories > 1 else np.full(len(x), np.inf)
    variance[x == 0] = np.nan
    return variance
