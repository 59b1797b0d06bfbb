"""Sentences that hold some words, among those that a view counts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from analystkit.collection import Collection

#: Sentences of more articles than this are counted but not listed: nobody reads on so far.
MOST_ARTICLES: Final = 400


@dataclass(frozen=True)
class Found:
    """What a search found.

    Attributes
    ----------
    sentences
        One row per sentence, in order of publication, as `Answer.sentences` returns them; of the first `MOST_ARTICLES`.
    n_articles
        How many articles have such a sentence or heading line.
    """

    sentences: pd.DataFrame
    n_articles: int


def find_sentences(collection: Collection, words: str) -> Found:
    """Return the sentences in which words stand, in any case; the last word may be the beginning of a longer one.

    Examples
    --------
    >>> import analystkit as ak, pandas as pd
    >>> frame = pd.DataFrame({"text": ["Talks began. The unsaid remained.", "They talked."]})
    >>> found = find_sentences(ak.from_frame(frame, progress=False), "talk")
    >>> found.n_articles, found.sentences["text"].tolist(), found.sentences["marks"].tolist()
    (2, ['Talks began.', 'They talked.'], [((0, 4),), ((5, 9),)])
    """
    pattern = re.compile(r"(?<!\w)" + r"\s+".join(map(re.escape, words.split())), re.IGNORECASE)
    codes = collection.codes
    rows = collection.rows[np.argsort(codes.order[collection.rows], kind="stable")]
    texts = pa.array(codes.articles["body"].iloc[rows])
    # One word is looked for in all texts at once; only those that have it are read again for where.
    longest = max(words.split(), key=len)
    has = pc.match_substring(texts, longest, ignore_case=True)
    places = np.flatnonzero(has.to_numpy(zero_copy_only=False))
    hits = {int(rows[at]): spans for at in places if (spans := _spans(pattern, texts[int(at)].as_py()))}
    return Found(_sentences(collection, dict(list(hits.items())[:MOST_ARTICLES])), len(hits))


def _spans(pattern: re.Pattern[str], body: str) -> list[tuple[int, int]]:
    return [found.span() for found in pattern.finditer(body)]


def _sentences(collection: Collection, hits: dict[int, list[tuple[int, int]]]) -> pd.DataFrame:
    codes, sentences = collection.codes, collection.sentence_codes
    by_place, places = sentences.by_sentence
    table, told = sentences.table, []
    starts, ends = (table[name].to_numpy(np.int64) for name in ("start", "end"))
    for article, spans in hits.items():
        first, last = np.searchsorted(places, [article << 31, (article + 1) << 31])
        rows = by_place[first:last]
        marks: dict[int, list[tuple[int, int]]] = {}
        for start, end in spans:
            at = int(np.searchsorted(starts[rows], start, side="right")) - 1
            if at >= 0 and start < ends[rows[at]]:
                row = int(rows[at])
                marks.setdefault(row, []).append((start - int(starts[row]), end - int(starts[row])))
        told += [(row, article, tuple(own)) for row, own in marks.items()]
    rows = np.array([row for row, _, _ in told], dtype=np.int64)
    articles = np.array([article for _, article, _ in told], dtype=np.int64)
    counts = collection.is_counted(sentences, rows)
    if counts is not None:
        rows, articles = rows[counts], articles[counts]
        told = [one for one, kept in zip(told, counts, strict=True) if kept]
    out = table[["article_id", "sentence_id", "start", "end"]].iloc[rows].reset_index(drop=True)
    about = codes.articles[["title", "outlet", "published", "body"]].iloc[articles].reset_index(drop=True)
    texts = [body[a:b] for body, a, b in zip(about["body"], out["start"], out["end"], strict=True)]
    out["text"] = pd.Series(texts, dtype="str")
    out["marks"] = pd.Series([marks for _, _, marks in told], dtype="object")
    return pd.concat([out, about.drop(columns="body")], axis=1)
