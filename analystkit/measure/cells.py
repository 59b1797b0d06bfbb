"""Cells of an answer's table: items by groups, numbered, so that counts and intervals are sums over plain arrays."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from analystkit.codes import Ints, unique
from analystkit.measure.groups import TIMES, Grouped
from analystkit.measure.intervals import FLOOR

TOO_FEW: Final = "too few to say"
NO_ARTICLES: Final = "no articles"


@dataclass(frozen=True)
class Cells:
    """The cells of a table: every item in every group, items first.

    Attributes
    ----------
    grouped
        The articles and their groups.
    item
        Column of the items, or None when the table has one row per group.
    items
        Their names in the order of the table; [""] without an item column.
    """

    grouped: Grouped
    item: str | None
    items: tuple[str, ...]

    @property
    def n_groups(self) -> int:
        """How many groups there are; none in an empty collection."""
        return self.grouped.n_groups

    @property
    def owner(self) -> Ints:
        """The group of each cell."""
        return np.tile(np.arange(self.n_groups, dtype=np.int64), len(self.items))

    def group_of(self, rows: pd.DataFrame) -> Ints:
        """Return the group of each row (needs the group columns)."""
        group = np.zeros(len(rows), dtype=np.int64)
        for name, values in zip(self.grouped.by, self.grouped.labels, strict=True):
            place: Ints = pd.Index(list(values), dtype="str").get_indexer(pd.Index(rows[name]))
            group = group * len(values) + place
        return group

    def cell_of(self, rows: pd.DataFrame) -> Ints:
        """Return the cell of each row (needs the item and group columns)."""
        if self.item is None:
            return self.group_of(rows)
        item: Ints = pd.Index(self.items, dtype="str").get_indexer(pd.Index(rows[self.item]))
        return item * self.n_groups + self.group_of(rows)

    def story_of(self, rows: pd.DataFrame) -> Ints:
        """Return the number of each row's story (needs `story_id`); numbered by name."""
        _, names = self.grouped.collection.codes.trait("story_id")
        return np.searchsorted(names, rows["story_id"].to_numpy(dtype=object)).astype(np.int64)

    @functools.cached_property
    def _stories_in_group(self) -> Ints:
        n_stories = self.grouped.collection.codes.n_stories
        once = unique(self.grouped.group * max(n_stories, 1) + self.grouped.story)
        return np.bincount(once // max(n_stories, 1), minlength=self.n_groups)

    def stories_in_group(self) -> Ints:
        """Return how many stories each group has."""
        return self._stories_in_group

    def keys(self) -> pd.DataFrame:
        """Return the key columns of the table: the item, then the groups."""
        columns: dict[str, pd.Series] = {}
        if self.item is not None:
            place = np.repeat(np.arange(len(self.items)), self.n_groups)
            columns[self.item] = pd.Series(pd.array(list(self.items), dtype="str").take(place))
        columns |= self.grouped.columns(self.owner)
        return pd.DataFrame(columns, index=pd.RangeIndex(len(self.items) * self.n_groups))


def unit_of(rows: pd.DataFrame, count: str) -> pd.Series:
    """Return what each row counts as; rows with equal values are one unit of `count`."""
    if count == "stories":
        return rows["story_id"]
    if count == "articles":
        return rows["article_id"]
    place = rows["article_id"] + ":" + rows["sentence_id"].astype("str")
    return place if count == "sentences" else place + ":" + rows["start"].astype("str")


def notes(in_group: Ints, in_denominator: Ints) -> pd.Series:
    """Return the note of each cell: "no articles" in its group, "too few to say" in its denominator, or ""."""
    told = np.select([in_group == 0, in_denominator < FLOOR], [NO_ARTICLES, TOO_FEW], default="")
    return pd.Series(told, dtype="str")


def ask(question: str, by: tuple[str, ...]) -> str:
    """Return the question with the groups in it, times first.

    >>> ask("How often is each actor named?", ("outlet", "month"))
    'How often is each actor named, by month and by outlet?'
    """
    if not by:
        return question
    told = [f"by {name}" for name in sorted(by, key=lambda name: name not in TIMES)]
    return f"{question.removesuffix('?')}, {' and '.join(told)}?"
