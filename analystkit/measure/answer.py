"""What every measure returns: a tidy table in which each number opens to the units it counted and to their sentences."""

from __future__ import annotations

import difflib
from collections.abc import Callable
from dataclasses import dataclass, fields
from typing import Final

import numpy as np
import pandas as pd

from analystkit.collection import Collection, counted, day_in_words
from analystkit.errors import ArgumentError

#: What `n` may count, with the word for one of it.
UNIT_NAMES: Final = {
    "articles": "article",
    "stories": "story",
    "mentions": "mention",
    "sentences": "sentence",
    "paragraphs": "paragraph",
}
#: What frequencies may count.
COUNTS: Final = ("articles", "stories", "mentions", "sentences")


class _Later:
    """An attribute that may be given as a function, called when it is first asked for."""

    def __get__(self, answer: Answer | None, owner: type[Answer]) -> pd.DataFrame:
        if answer is None:
            raise AttributeError("hits")  # no default
        held = answer.__dict__["_hits"]
        if not isinstance(held, pd.DataFrame):
            held = answer.__dict__["_hits"] = held()
        table: pd.DataFrame = held
        return table

    def __set__(self, answer: Answer, value: pd.DataFrame | Callable[[], pd.DataFrame]) -> None:
        answer.__dict__["_hits"] = value


@dataclass(frozen=True)
class Answer:
    """The answer of a measure: numbers, how sure they are, and the evidence behind each.

    Attributes
    ----------
    measure
        Name of the function that made it.
    table
        Tidy frame, one row per item and group. Keys first (`item`, then `by`), then the numbers: see the function.
    item
        Column that names what is counted ("actor", "topic"), or None.
    by
        Columns that define the groups.
    count
        The unit of `n`: "articles", "stories", "mentions" or "sentences".
    title, subtitle
        The question, and how it was measured, in words.
    collection
        What was counted.
    n_left_out
        Articles left out because they have no date (when `by` is a time).
    hits
        One row per hit that is counted, from which the evidence is told; made when it is first opened.
    """

    measure: str
    table: pd.DataFrame
    item: str | None
    by: tuple[str, ...]
    count: str
    title: str
    subtitle: str
    collection: Collection
    n_left_out: int
    hits: _Later = _Later()

    @property
    def keys(self) -> list[str]:
        """The columns of the table that name a row."""
        return [*([self.item] if self.item else []), *self.by]

    def evidence(self, **keys: object) -> pd.DataFrame:
        """Return one row per unit counted: `len(answer.evidence(**row_keys)) == n`, always.

        Parameters
        ----------
        **keys
            Values of the key columns, such as actor="Russia", month="2023-09". With fewer keys, the units of all rows
            that match, row by row.

        Returns
        -------
        DataFrame
            The keys, then `article_id`, `sentence_id`, `start`, `end` (of the first hit in the unit, half-open, in
            characters of the body), `surface` (the words there), `title`, `outlet`, `published`; tone answers also
            `tone`. In order of publication.

        Raises
        ------
        ArgumentError
            No such key, or the table has no such value.
        """
        units = self._matching(keys).drop_duplicates([*self.keys, "unit"])
        told = [*self.keys, "article_id", "sentence_id", "start", "end", "surface", *self._extra]
        return self._with_article(units[told])

    def sentences(self, **keys: object) -> pd.DataFrame:
        """Return the sentences of the units counted, with the hits marked.

        Of a story that several articles carry, the sentences are those of the article that `evidence` names.

        Returns
        -------
        DataFrame
            One row per sentence with a hit: `article_id`, `sentence_id`, `start`, `end` (of the sentence), `text`,
            `marks` (tuple of half-open offsets within `text`), `title`, `outlet`, `published`; tone answers also
            `tone`.
        """
        matching = self._matching(keys)
        told = matching.drop_duplicates([*self.keys, "unit"])
        hits = matching.merge(told[[*self.keys, "unit", "article_id"]].drop_duplicates())
        spans = (
            hits.groupby(["article_id", "sentence_id"], sort=False)
            .agg(marks=("start", list), ends=("end", list))
            .reset_index()
        )
        sentences = self.collection.sentences
        sentences = sentences[sentences["article_id"].isin(set(spans["article_id"]))]
        # An article without a body is evidence of its being there, but has no sentence to show.
        rows = spans.merge(sentences, on=["article_id", "sentence_id"], validate="1:1")
        bodies = self._articles()["body"]
        rows["text"] = [
            bodies[identity][start:end]
            for identity, start, end in zip(rows["article_id"], rows["start"], rows["end"], strict=True)
        ]
        marks = [
            tuple(sorted({(start - first, end - first) for start, end in zip(starts, ends, strict=True)}))
            for starts, ends, first in zip(rows["marks"], rows["ends"], rows["start"], strict=True)
        ]
        rows["marks"] = pd.Series(marks, index=rows.index, dtype="object")
        columns = ["article_id", "sentence_id", "start", "end", "text", "marks", *self._extra]
        return self._with_article(rows[columns])

    def top(self, n: int = 10) -> Answer:
        """Return the answer for the `n` items with the largest counts over all groups."""
        if self.item is None:
            return self
        totals = self.table.groupby(self.item, sort=False)["n"].sum()
        # A stable sort keeps the order of the table among equals.
        names = totals.sort_values(ascending=False, kind="stable").index[:n]
        return self.only(list(names))

    def only(self, items: list[str]) -> Answer:
        """Return the answer for some of its items."""
        if self.item is None:
            return self
        kept = self.table[self.table[self.item].isin(items)].reset_index(drop=True)
        return self._with(kept, self.item, items)

    def only_groups(self, values: list[str]) -> Answer:
        """Return the answer for some values of its last key: some months, outlets or partners."""
        if not self.by:
            return self
        last = self.by[-1]
        kept = self.table[self.table[last].isin(values)].reset_index(drop=True)
        return self._with(kept, last, values)

    def with_table(self, table: pd.DataFrame, **changed: str) -> Answer:
        """Return the answer with another table of the same numbers, and other words for it; its evidence stays unmade."""
        held = {field.name: getattr(self, field.name) for field in fields(self) if field.name != "hits"}
        return Answer(**{**held, **changed, "table": table, "hits": lambda: self.hits})

    def _with(self, table: pd.DataFrame, column: str, values: list[str]) -> Answer:
        def hits() -> pd.DataFrame:
            return self.hits[self.hits[column].isin(values)].reset_index(drop=True)

        held = {field.name: getattr(self, field.name) for field in fields(self) if field.name != "hits"}
        return Answer(**{**held, "table": table, "hits": hits})

    def describe(self) -> str:
        """Say in one sentence what was asked and of what: query, articles, dates, what was left out, unit."""
        collection = self.collection
        if not len(collection):
            return f"No articles match ({collection.describe_filters()})."
        days = collection.codes.published[collection.rows]
        days = days[~np.isnat(days)]
        span = ""
        if len(days):
            first, last = day_in_words(pd.Timestamp(days.min())), day_in_words(pd.Timestamp(days.max()))
            span = f", {first}" if first == last else f", {first} to {last}"
        left = f"; {counted(self.n_left_out, 'article')} without a date left out" if self.n_left_out else ""
        of = f"{counted(len(collection), 'article')} ({counted(collection.n_stories, 'story')})"
        return (
            f"{self.title} {of}{span}: {self.collection.describe_filters()}{left}. Counted in {self.count}."
        )

    @property
    def _extra(self) -> list[str]:
        return ["tone"] if "tone" in self.hits.columns else []

    def _matching(self, keys: dict[str, object]) -> pd.DataFrame:
        hits = self.hits
        for name, value in keys.items():
            if name not in self.keys:
                raise ArgumentError(f"`{name}` is no key of this answer; its keys are {self.keys}.")
            known = self.table[name]
            if not (known == value).any():
                near = difflib.get_close_matches(str(value), [str(v) for v in known.unique()], n=1)
                hint = f" Did you mean {near[0]!r}?" if near else ""
                raise ArgumentError(f"`{name}` is {value!r}, which the table does not have.{hint}")
            hits = hits[hits[name] == value]
        return hits

    def _articles(self) -> pd.DataFrame:
        return self.collection.articles.set_index("article_id")

    def _with_article(self, rows: pd.DataFrame) -> pd.DataFrame:
        about = self.collection.articles[["article_id", "title", "outlet", "published"]]
        about = about[[name for name in about.columns if name == "article_id" or name not in rows.columns]]
        return rows.merge(about, on="article_id", how="left", validate="m:1").reset_index(drop=True)
