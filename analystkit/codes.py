"""Articles and what was found in them as numbers, made once: a filter is a mask, a count is a sum over plain arrays."""

from __future__ import annotations

import functools
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

Ints = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]

#: Wider than any body and than any number of sentences: where a hit stands is one number with its article.
_WIDE: Final = 1 << 31


class ArticleCodes:
    """The articles of a collection before any filter, by position.

    Attributes
    ----------
    articles
        The table.
    """

    def __init__(self, articles: pd.DataFrame) -> None:
        self.articles = articles
        self._traits: dict[str, tuple[Ints, npt.NDArray[np.object_]]] = {}

    def __len__(self) -> int:
        """Return the number of articles."""
        return len(self.articles)

    @functools.cached_property
    def story(self) -> Ints:
        """The story of each article; numbered by name, so that nothing depends on the order of the files."""
        return self.trait("story_id")[0]

    @functools.cached_property
    def n_stories(self) -> int:
        """How many stories there are."""
        return int(self.story.max(initial=-1)) + 1

    @functools.cached_property
    def published(self) -> npt.NDArray[np.datetime64]:
        """The date of each article, or NaT."""
        return self.articles["published"].to_numpy(dtype="datetime64[us]")

    @functools.cached_property
    def order(self) -> Ints:
        """The place of each article in order of publication, undated ones last."""
        ranks = self.articles["published"].rank(method="first", na_option="bottom")
        return ranks.to_numpy().astype(np.int64)

    @functools.cached_property
    def n_words(self) -> Ints:
        """The length of each article."""
        return self.articles["n_words"].to_numpy(np.int64)

    def trait(self, name: str) -> tuple[Ints, npt.NDArray[np.object_]]:
        """Return the value of a column of names for each article as a number, and the names in order."""
        if name not in self._traits:
            codes, names = pd.factorize(self.articles[name], sort=True)
            self._traits[name] = codes.astype(np.int64), np.asarray(names, dtype=object)
        return self._traits[name]

    def positions(self, article_ids: pd.Series) -> Ints:
        """Return the position of each article, -1 for one that is not there."""
        if not len(article_ids):
            return np.zeros(0, dtype=np.int64)
        ids = article_ids.to_numpy()
        # Rows of one article follow each other: far fewer names to look up than rows.
        begins = np.append(True, np.asarray(ids[1:] != ids[:-1], dtype=bool))
        found: Ints = self._index.get_indexer(pd.Index(ids[begins])).astype(np.int64)
        return np.asarray(found[np.cumsum(begins) - 1], dtype=np.int64)

    @functools.cached_property
    def _index(self) -> pd.Index:
        index: pd.Index = pd.Index(self.articles["article_id"])
        return index


class HitCodes:
    """Rows of a table of things found in articles, by position.

    Parameters
    ----------
    table
        `article_id`, `sentence_id`, `start`, and the column that `item` names.
    item
        What was found: "actor", "topic", or "" where every row is as any other.
    codes
        The articles.

    Attributes
    ----------
    table
        As given.
    article
        The position of each row's article.
    """

    def __init__(self, table: pd.DataFrame, item: str, codes: ArticleCodes) -> None:
        self.table = table
        self.item = item
        self.article = codes.positions(table["article_id"])
        self._n_articles = max(len(codes), 1)

    @functools.cached_property
    def _numbered(self) -> tuple[Ints, npt.NDArray[np.object_]]:
        codes, names = pd.factorize(self.table[self.item], sort=True)
        return codes.astype(np.int64), np.asarray(names, dtype=object)

    @property
    def code(self) -> Ints:
        """The number of each row's item; items are numbered by name."""
        return self._numbered[0]

    @property
    def names(self) -> npt.NDArray[np.object_]:
        """The names of the items, in order."""
        return self._numbered[1]

    @functools.cached_property
    def place(self) -> dict[str, int]:
        """The number of each item."""
        return {str(name): number for number, name in enumerate(self.names)}

    @functools.cached_property
    def start(self) -> Ints:
        """Where each row stands in its body."""
        return np.asarray(self.table["start"].to_numpy(np.int64))

    @functools.cached_property
    def sentence(self) -> Ints:
        """The sentence of each row, as one number with its article."""
        return np.asarray(self.article * _WIDE + self.table["sentence_id"].to_numpy(np.int64))

    @functools.cached_property
    def mention(self) -> Ints:
        """Where each row stands, as one number with its article."""
        return self.article * _WIDE + self.start

    @functools.cached_property
    def by_sentence(self) -> tuple[Ints, Ints]:
        """The rows in order of their sentences, and those sentences."""
        rows = np.argsort(self.sentence, kind="stable")
        return rows, self.sentence[rows]

    @functools.cached_property
    def pairs(self) -> tuple[Ints, Ints]:
        """Each item and article in which it was found, once: the item's number, the article's position."""
        found = unique(self.code * self._n_articles + self.article)
        return found // self._n_articles, found % self._n_articles

    @functools.cached_property
    def _by_item(self) -> tuple[Ints, Ints]:
        rows = np.argsort(self.code, kind="stable")
        return rows, np.searchsorted(self.code[rows], np.arange(len(self.names) + 1))

    def rows_of(self, items: Ints) -> Ints:
        """Return the rows of some items, in the order of the table."""
        rows, bounds = self._by_item
        taken = [rows[bounds[item] : bounds[item + 1]] for item in items]
        return np.sort(np.concatenate(taken)) if taken else np.zeros(0, dtype=np.int64)


def article_of(places: Ints) -> Ints:
    """Return the article of sentences or mentions that are one number with theirs."""
    return places // _WIDE


def unique(numbers: Ints) -> Ints:
    """Return different numbers in order; some times as fast as `np.unique` on numbers that are nearly all different.

    >>> unique(np.array([3, 1, 3])).tolist()
    [1, 3]
    """
    ranked = np.asarray(np.sort(numbers), dtype=np.int64)
    if not len(ranked):
        return ranked
    different: Ints = ranked[np.append(True, ranked[1:] != ranked[:-1])]
    return different
