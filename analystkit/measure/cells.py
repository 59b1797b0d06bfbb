"""Cells of an answer's table: items by groups, numbered, so that counts and intervals are sums over plain arrays."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from analystkit.measure.groups import TIMES, Grouped
from analystkit.measure.intervals import FLOOR

Ints = npt.NDArray[np.int64]

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
        return len(self.grouped.grid) if len(self.grouped.articles) else 0

    @functools.cached_property
    def _group_numbers(self) -> dict[tuple[str, ...], int]:
        return {row: i for i, row in enumerate(self.grouped.grid.itertuples(index=False, name=None))}

    @functools.cached_property
    def _story_numbers(self) -> dict[str, int]:
        # By name, so that the draws of an interval do not depend on the order of the files.
        return {story: i for i, story in enumerate(sorted(set(self.grouped.articles["story_id"])))}

    @property
    def owner(self) -> Ints:
        """The group of each cell."""
        return np.tile(np.arange(self.n_groups, dtype=np.int64), len(self.items))

    def group_of(self, rows: pd.DataFrame) -> Ints:
        """Return the group of each row (needs the group columns)."""
        keys = rows[list(self.grouped.by)].itertuples(index=False, name=None)
        if not self.grouped.by:
            return np.zeros(len(rows), dtype=np.int64)
        return np.fromiter((self._group_numbers[key] for key in keys), dtype=np.int64, count=len(rows))

    def cell_of(self, rows: pd.DataFrame) -> Ints:
        """Return the cell of each row (needs the item and group columns)."""
        if self.item is None:
            return self.group_of(rows)
        place = {name: i for i, name in enumerate(self.items)}
        item: Ints = np.asarray(rows[self.item].map(place), dtype=np.int64)
        return item * self.n_groups + self.group_of(rows)

    def story_of(self, rows: pd.DataFrame) -> Ints:
        """Return the number of each row's story (needs `story_id`)."""
        return np.asarray(rows["story_id"].map(self._story_numbers), dtype=np.int64)

    def stories_in_group(self) -> Ints:
        """Return how many stories each group has."""
        once = self.grouped.articles.drop_duplicates([*self.grouped.by, "story_id"])
        n_stories: Ints = np.bincount(self.group_of(once), minlength=self.n_groups)
        return n_stories

    def keys(self) -> pd.DataFrame:
        """Return the key columns of the table: the item, then the groups."""
        columns = {}
        if self.item is not None:
            columns[self.item] = np.repeat(np.array(self.items, dtype=object), self.n_groups)
        for name in self.grouped.by:
            columns[name] = np.tile(self.grouped.grid[name].to_numpy(object), len(self.items))
        index = pd.RangeIndex(len(self.items) * self.n_groups)
        return pd.DataFrame(columns, index=index).astype(dict.fromkeys(columns, "str"))


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
