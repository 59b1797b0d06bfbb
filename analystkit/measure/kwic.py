"""Keyword in context: each place where a word or phrase stands, with what stands around it, as it is written."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from analystkit.annotate.tokens import Ints, Tokens
from analystkit.collection import Collection, counted
from analystkit.errors import ArgumentError, check_choice
from analystkit.measure.running import COPIES, counted_rows, words_fit
from analystkit.measure.word_answer import sentence_ids, sentences_with

SORTS: Final = ("text", "left", "right", "keyword")


@dataclass(frozen=True, eq=False)
class Concordance:
    """The lines of a concordance.

    Attributes
    ----------
    table
        One row per line: `article_id`, `start`, `end` (of the keyword, half-open, in characters of the body), `before`,
        `keyword`, `after` (as they are written), `token` (which token of its article the keyword begins with, from 0),
        `pattern`, `title`, `outlet`, `published`.
    n
        How many lines there are in all; the table has fewer where it is a sample.
    collection
        What was searched.
    title, subtitle, limits
        The question, how it was answered, and what the lines cannot tell.
    """

    table: pd.DataFrame
    n: int
    collection: Collection
    title: str
    subtitle: str
    limits: str

    def evidence(self) -> pd.DataFrame:
        """Return the lines with the sentence in which each begins (`sentence_id`), and `surface`, the keyword."""
        found = self.table.rename(columns={"keyword": "surface"})
        found.insert(1, "sentence_id", sentence_ids(self.collection, found))
        return found

    def sentences(self) -> pd.DataFrame:
        """Return the sentences of the lines, each once, with the keywords marked; columns as in `Answer.sentences`."""
        return sentences_with(self.collection, self.evidence())

    def describe(self) -> str:
        """Say what was looked for, in what, and what the lines cannot tell."""
        return f"{self.title} {self.subtitle}. {self.limits}"


def kwic(
    collection: Collection,
    pattern: str | Iterable[str],
    *,
    window: int = 8,
    sort: str | Iterable[str] = "text",
    sample: int | None = None,
    seed: int = 1,
    copies: str = "once",
) -> Concordance:
    """Return each place where a word or phrase stands, with the words around it.

    Parameters
    ----------
    collection
        What to search.
    pattern
        A word or phrase, or several; `*` stands for any characters within a word, `?` for one: "sanction*", "north
        korea*". Without regard to case.
    window
        How many tokens (words and marks) on either side.
    sort
        "text" (by publication, then by place), "left" (by the words before, the nearest first), "right" (by the words
        after), "keyword"; or several places in order, such as ["R1", "L1"]: the first word after, then the first before.
    sample
        So many lines drawn at random, in the same order; None shows all.
    seed
        Which lines are drawn.
    copies
        "once": of the copies of a story only the longest is searched; "all": every article.

    Returns
    -------
    Concordance
        Its `table` has one row per line, its `evidence()` the sentence of each.

    Raises
    ------
    ArgumentError
        An argument has a value that is not allowed.

    Notes
    -----
    A phrase is tokens side by side: "U.S. troops" is found, "U.S.-led troops" is not. Lines show how a word is used; how
    often something is said of it, only reading and counting tells. A sample of a few dozen lines shows the common uses and
    misses the rare ones.

    Examples
    --------
    >>> from analystkit import from_frame
    >>> collection = from_frame(pd.DataFrame({"text": ["New sanctions hit Lamp; a sanctioned ship left."]}))
    >>> kwic(collection, "sanction*", window=2, sort="right").table[["before", "keyword", "after"]].values.tolist()
    [['New', 'sanctions', 'hit Lamp'], ['; a', 'sanctioned', 'ship left']]
    """
    check_choice("copies", copies, COPIES)
    if window < 0:
        raise ArgumentError(f"`window` is {window}; give a number of tokens from 0 up.")
    if sample is not None and sample < 1:
        raise ArgumentError(f"`sample` is {sample}; give a number of lines from 1 up, or None.")
    keys = _sort_keys(sort)
    patterns = [pattern] if isinstance(pattern, str) else list(dict.fromkeys(pattern))
    found = collection.tokens
    hits = [_match(found, each) for each in patterns]
    first = np.concatenate([at for at, _ in hits]) if hits else np.zeros(0, dtype=np.int64)
    size = np.repeat([words for _, words in hits], [len(at) for at, _ in hits]).astype(np.int64)
    which = np.repeat(np.arange(len(hits)), [len(at) for at, _ in hits])
    text = found.texts_at(first)
    rows = counted_rows(collection, copies)
    if len(rows) < len(collection):
        counts = np.zeros(len(collection), dtype=np.bool_)
        counts[rows] = True
        keep = counts[text]
        first, size, which, text = first[keep], size[keep], which[keep], text[keep]
    n, n_articles = len(first), len(np.unique(text))
    if sample is not None and sample < n:
        drawn = np.sort(np.random.default_rng(seed).choice(n, sample, replace=False))
        first, size, which, text = first[drawn], size[drawn], which[drawn], text[drawn]
    table = _lines(collection, found, first, size, text, window)
    table["pattern"] = pd.Series(np.array(patterns, dtype=object)[which], dtype="str")
    about = collection.articles[["title", "outlet", "published"]]
    table = pd.concat([table, about.iloc[text].reset_index(drop=True)], axis=1)
    table = _sorted(table, keys)
    shown = "" if n == len(table) else f", of which {len(table):,} drawn at random (seed {seed}) are shown"
    return Concordance(
        table=table,
        n=n,
        collection=collection,
        title=f"Where does {' or '.join(map(repr, patterns))} stand?",
        subtitle=f"{counted(n, 'line')} in {counted(n_articles, 'article')}{shown}; copies "
        + ("searched once" if copies == "once" else "all searched"),
        limits="Lines show how a word is used, not how often that use is meant; a sample misses rare uses.",
    )


def _match(found: Tokens, pattern: str) -> tuple[Ints, int]:
    """Return the first token of each run that fits a pattern, and how many tokens such a run has."""
    number, types = found.folded
    fits = [fit[number] for fit in words_fit(pattern, types)]
    last = len(found.ids) - len(fits) + 1
    ids = found.ids
    few = np.flatnonzero(fits[0])
    # One type is found quicker by comparing than by looking each token up.
    at = np.flatnonzero(ids == few[0]) if len(few) == 1 else np.flatnonzero(fits[0][ids])
    at = at[at < last]
    for ahead, fit in enumerate(fits[1:], 1):
        at = at[fit[ids[at + ahead]]]
    if len(fits) > 1:
        at = at[found.texts_at(at) == found.texts_at(at + len(fits) - 1)]
    return at, len(fits)


def _lines(
    collection: Collection, found: Tokens, first: Ints, size: Ints, text: Ints, window: int
) -> pd.DataFrame:
    begins, ends = np.asarray(found.bounds)[text], np.asarray(found.bounds)[text + 1]
    left, _ = found.spans(np.maximum(first - window, begins), first)
    start, end = found.spans(first, first + size - 1)
    _, right = found.spans(first, np.minimum(first + size - 1 + window, ends - 1))
    used, place = np.unique(text, return_inverse=True)
    bodies = collection.articles["body"].take(used).tolist()
    cut = [
        (bodies[i][a:b].rstrip(), bodies[i][b:c], bodies[i][c:d].lstrip())
        for i, a, b, c, d in zip(
            place.tolist(), left.tolist(), start.tolist(), end.tolist(), right.tolist(), strict=True
        )
    ]
    before, keyword, after = zip(*cut, strict=True) if cut else ((), (), ())
    return pd.DataFrame(
        {
            "article_id": collection.articles["article_id"].take(text).to_numpy(),
            "start": start,
            "end": end,
            "before": pd.Series(before, dtype="str"),
            "keyword": pd.Series(keyword, dtype="str"),
            "after": pd.Series(after, dtype="str"),
            "token": first - begins,
        }
    ).astype({"article_id": "str"})


def _sort_keys(sort: str | Iterable[str]) -> list[str]:
    """Return the places to sort by: "L1", "R2" and so on, or "keyword"; none for the order of the texts."""
    if isinstance(sort, str) and not re.fullmatch(r"[LR]\d", sort):
        check_choice("sort", sort, SORTS)
        places = {"left": ["L1", "L2", "L3"], "right": ["R1", "R2", "R3"], "keyword": ["keyword"], "text": []}
        return places[sort]
    keys = [sort] if isinstance(sort, str) else list(sort)
    for key in keys:
        if key != "keyword" and not re.fullmatch(r"[LR][1-9]", str(key)):
            raise ArgumentError(f"`sort` holds {key!r}; give places such as 'L1' or 'R2', or 'keyword'.")
    return keys


def _sorted(table: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    order = table[["published", "article_id", "start"]].copy()
    for key in keys:
        if key == "keyword":
            order[key] = table["keyword"].str.lower()
            continue
        words = [
            re.findall(r"[^\W_]+(?:[-'’][^\W_]+)*", text)
            for text in table["before" if key[0] == "L" else "after"].str.lower()
        ]
        at = int(key[1])
        order[key] = [
            "" if len(line) < at else line[-at] if key[0] == "L" else line[at - 1] for line in words
        ]
    by = [*keys, "published", "article_id", "start"]
    return table.loc[order.sort_values(by, kind="stable").index].reset_index(drop=True)
