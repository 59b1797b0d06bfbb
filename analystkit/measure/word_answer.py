"""What measures of words return: a tidy table in which each count of a word opens to where it stands."""

from __future__ import annotations

import difflib
from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from analystkit.annotate.tokens import Ints
from analystkit.collection import Collection, counted
from analystkit.errors import ArgumentError
from analystkit.measure.running import Running

#: Gives the first and the last running word of each place where a row's term was counted.
Find = Callable[[str], tuple[Ints, Ints]]


@dataclass(frozen=True, eq=False)
class Slice:
    """One set of articles in which words were counted, and how to find them again."""

    collection: Collection
    running: Running
    find: Find


@dataclass(frozen=True, eq=False)
class WordAnswer:
    """The answer of a measure of words: numbers, how sure they are, and where each word stands.

    Attributes
    ----------
    measure
        Name of the function that made it.
    table
        Tidy frame, one row per term (and group). Keys first (`term`, then `by`), then the numbers: see the function.
    by
        Columns that define the groups.
    title, subtitle
        The question, and how it was measured, in words.
    source
        Where the measures are from.
    limits
        What the numbers cannot tell.
    slices
        What was counted, by name; the first is what `n` counts.
    groups
        The group of each article, where there are groups: `article_id` and the columns of `by`, and `term` where each has
        groups of its own.
    """

    measure: str
    table: pd.DataFrame
    by: tuple[str, ...]
    title: str
    subtitle: str
    source: str
    limits: str
    slices: dict[str, Slice]
    groups: pd.DataFrame | None = None

    @property
    def collection(self) -> Collection:
        """What was counted."""
        return next(iter(self.slices.values())).collection

    @property
    def keys(self) -> list[str]:
        """The columns of the table that name a row."""
        return ["term", *self.by]

    def evidence(self, *, slice: str | None = None, **keys: object) -> pd.DataFrame:
        """Return one row per occurrence counted: `len(answer.evidence(**row_keys)) == n`, always.

        Parameters
        ----------
        slice
            Which of the `slices`; the first is that of `n`, and of `keyness` "reference" is that of `n_reference`.
        **keys
            Values of the key columns, such as term="sanctions". `term` is needed.

        Returns
        -------
        DataFrame
            The keys, then `article_id`, `sentence_id`, `start`, `end` (half-open, in characters of the body),
            `surface`, `title`, `outlet`, `published`. In order of publication.

        Raises
        ------
        ArgumentError
            No such key or slice, or the table has no such value.
        """
        part = self._slice(slice)
        rows = self.table
        for name, value in keys.items():
            if name not in self.keys:
                raise ArgumentError(f"`{name}` is no key of this answer; its keys are {self.keys}.")
            if not (rows[name] == value).any():
                near = difflib.get_close_matches(str(value), self.table[name].astype(str).unique(), n=1)
                hint = f" Did you mean {near[0]!r}?" if near else ""
                raise ArgumentError(f"`{name}` is {value!r}, which the table does not have.{hint}")
            rows = rows[rows[name] == value]
        terms = list(dict.fromkeys(rows["term"]))
        found = pd.concat([_occurrences(part, term) for term in terms], ignore_index=True) if terms else None
        if found is None:
            found = _occurrences(part, "").iloc[:0]
        if self.groups is not None:
            own = ["term", "article_id"] if "term" in self.groups else ["article_id"]
            found = found.merge(self.groups, on=own)
            found = found.merge(rows[self.keys].drop_duplicates())
        about = part.collection.articles[["article_id", "title", "outlet", "published"]]
        about = about[[name for name in about if name == "article_id" or name not in found]]
        found = found.merge(about, on="article_id", how="left", validate="m:1")
        found["sentence_id"] = sentence_ids(part.collection, found)
        columns = [*self.keys, "article_id", "sentence_id", "start", "end", "surface"]
        rest = [name for name in ("title", "outlet", "published") if name not in columns]
        if "published" in found:
            found = found.sort_values(["published", "article_id", "start"], kind="stable")
        return found[[*columns, *rest]].reset_index(drop=True)

    def sentences(self, *, slice: str | None = None, **keys: object) -> pd.DataFrame:
        """Return the sentences of the occurrences counted, each once, with the words marked.

        Returns
        -------
        DataFrame
            One row per sentence: `article_id`, `sentence_id`, `start`, `end` (of the sentence), `text`, `marks` (tuple
            of half-open offsets within `text`), `title`, `outlet`, `published`.
        """
        return sentences_with(self._slice(slice).collection, self.evidence(slice=slice, **keys))

    def top(self, n: int = 10) -> WordAnswer:
        """Return the answer for the first `n` terms of the table."""
        return self.only(list(dict.fromkeys(self.table["term"]))[:n])

    def only(self, terms: list[str]) -> WordAnswer:
        """Return the answer for some of its terms."""
        return replace(self, table=self.table[self.table["term"].isin(terms)].reset_index(drop=True))

    def describe(self) -> str:
        """Say what was asked and of what, where the measures are from, and what they cannot tell."""
        told = [
            f"{name} {counted(len(part.running.articles), 'article')}, {counted(part.running.n_words, 'running word')}"
            for name, part in self.slices.items()
        ]
        return f"{self.title} {'; '.join(told)}. {self.subtitle}. Source: {self.source}. {self.limits}"

    def _slice(self, name: str | None) -> Slice:
        chosen = next(iter(self.slices)) if name is None else name
        if chosen not in self.slices:
            raise ArgumentError(f"`slice` is {name!r}; this answer has {list(self.slices)}.")
        return self.slices[chosen]


def find_run(running: Running) -> Find:
    """Return what finds the runs of exactly the words of a term."""

    def find(term: str) -> tuple[Ints, Ints]:
        starts = running.find(term)
        return starts, starts + term.count(" ")

    return find


def _occurrences(part: Slice, term: str) -> pd.DataFrame:
    first, last = part.find(term)
    text, start, end = part.running.spans(first, last)
    articles = part.running.articles
    used, place = np.unique(text, return_inverse=True)
    bodies = articles["body"].take(used).tolist()
    surfaces = [bodies[i][a:b] for i, a, b in zip(place, start, end, strict=True)]
    return pd.DataFrame(
        {
            "term": pd.Series([term] * len(text), dtype="str"),
            "article_id": articles["article_id"].to_numpy()[text],
            "start": start,
            "end": end,
            "surface": pd.Series(surfaces, dtype="str"),
        }
    ).astype({"article_id": "str"})


def sentences_with(collection: Collection, found: pd.DataFrame) -> pd.DataFrame:
    """Return the sentences in which things were found, each once, with these marked; see `WordAnswer.sentences`."""
    marks = found.groupby(["article_id", "sentence_id"], sort=False).agg(
        starts=("start", list),
        ends=("end", list),
        **{n: (n, "first") for n in ("title", "outlet", "published")},
    )
    sentences = collection.sentences
    sentences = sentences[sentences["article_id"].isin(set(found["article_id"]))]
    rows = marks.reset_index().merge(
        sentences[["article_id", "sentence_id", "start", "end"]],
        on=["article_id", "sentence_id"],
        validate="1:1",
    )
    bodies = collection.articles.set_index("article_id")["body"]
    rows["text"] = [
        bodies[identity][start:end]
        for identity, start, end in zip(rows["article_id"], rows["start"], rows["end"], strict=True)
    ]
    told = [
        tuple(sorted({(a - first, b - first) for a, b in zip(starts, ends, strict=True)}))
        for starts, ends, first in zip(rows["starts"], rows["ends"], rows["start"], strict=True)
    ]
    rows["marks"] = pd.Series(told, index=rows.index, dtype="object")
    columns = ["article_id", "sentence_id", "start", "end", "text", "marks", "title", "outlet", "published"]
    return rows[columns]


def sentence_ids(collection: Collection, found: pd.DataFrame) -> pd.Series:
    """Return the sentence in which each occurrence begins."""
    if not len(found):
        return pd.Series(dtype="int64")
    sentences = collection.sentences[["article_id", "sentence_id", "start"]]
    sentences = sentences[sentences["article_id"].isin(set(found["article_id"]))]
    order = found[["article_id", "start"]].assign(row=range(len(found))).sort_values("start", kind="stable")
    met = pd.merge_asof(
        order,
        sentences.sort_values("start", kind="stable"),
        on="start",
        by="article_id",
        direction="backward",
    )
    return (
        met.set_index("row")["sentence_id"]
        .reindex(range(len(found)))
        .fillna(0)
        .astype("int64")
        .set_axis(found.index)
    )
