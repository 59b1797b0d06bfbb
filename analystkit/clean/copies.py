"""Articles in, stories out: exact and near copies of one text, across days and outlets, share a `story_id`."""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from analystkit.errors import check_columns

Ids = npt.NDArray[np.int64]
Hashes = npt.NDArray[np.uint64]

_WORD = re.compile(r"\w+")
SHINGLE: Final = 3  # words; shorter ones are shared by chance, longer ones break at every edit

#: Two articles are copies when they share this much of all their shingles (Jaccard) ...
SIMILAR: Final = 0.4
#: ... or when this much of the shorter one stands in the longer one (its tail was cut) ...
CONTAINED: Final = 0.75
#: ... and the shorter one has at least this many shingles: short notices share their form.
SHORTEST: Final = 25
#: A shingle in more articles than this is a formula of the trade, or a story that went round the world: it proposes
#: each article and the next one only, which joins the copies of such a story and costs little for a formula.
COMMON: Final = 50
_FACTOR: Final = np.uint64(0x9E3779B97F4A7C15)


def group_copies(articles: pd.DataFrame) -> pd.Series:
    """Return the story of each article: copies of one text, whole or cut, under any headline, are one story.

    Parameters
    ----------
    articles
        One row per article; needs `article_id` and `body`.

    Returns
    -------
    Series
        `story_id` for each row, in its order and with its index: the smallest `article_id` of the story, so that the
        order of the articles makes no difference.

    Notes
    -----
    Articles are compared by their distinct runs of three words (shingles, Broder 1997), exactly: pairs are proposed by
    a shingle they share (all pairs where at most 50 articles have it, else neighbours), and kept when the Jaccard share
    is at least 0.4 or the shorter one lies to three quarters in the longer one. Stories are the connected groups of
    such pairs. A rewritten report of one event is not a copy.

    Examples
    --------
    >>> text = " ".join(f"word{i}" for i in range(60))
    >>> articles = pd.DataFrame({"article_id": ["b", "a", "c"], "body": [text, text + " and more", "Another text."]})
    >>> group_copies(articles).tolist()
    ['a', 'a', 'c']
    """
    check_columns("articles", map(str, articles.columns), ["article_id", "body"])
    ids = articles["article_id"].tolist()
    parent = list(range(len(ids)))
    first_with: dict[str, int] = {}
    bodies = articles["body"].astype("str").fillna("").tolist()
    for i, body in enumerate(bodies):
        # An empty body is a copy of nothing.
        if body:
            _join(parent, i, first_with.setdefault(body, i))
    # In the order of their words, so that neighbours are the same in whatever order the articles come.
    distinct = [first_with[body] for body in sorted(first_with)]
    if len(distinct) > 1:
        for a, b in _near_copies([bodies[i] for i in distinct]):
            _join(parent, distinct[a], distinct[b])
    roots = [_root(parent, i) for i in range(len(ids))]
    smallest: dict[int, str] = {}
    for root, identity in zip(roots, ids, strict=True):
        smallest[root] = min(smallest.get(root, identity), identity)
    return pd.Series([smallest[root] for root in roots], index=articles.index, dtype="str", name="story_id")


def _shingles(words: list[str], numbers: defaultdict[str, int]) -> Hashes:
    """Return the sorted distinct runs of three words of a text, each as one number; `numbers` numbers the words."""
    if len(words) < SHINGLE:
        return np.empty(0, dtype=np.uint64)
    codes = np.fromiter((numbers[word] for word in words), dtype=np.uint64, count=len(words))
    mixed = codes[: -SHINGLE + 1].copy()
    for step in range(1, SHINGLE):
        # Wraps around at 2^64; an odd factor keeps different runs apart but for one in some billions.
        mixed = mixed * _FACTOR + codes[step : len(codes) - SHINGLE + 1 + step]
    return np.unique(mixed)


def _near_copies(bodies: list[str]) -> list[tuple[int, int]]:
    """Return the pairs of texts that are near copies, as positions."""
    numbers: defaultdict[str, int] = defaultdict(itertools.count(1).__next__)
    sets = [_shingles(_WORD.findall(body.lower()), numbers) for body in bodies]
    sizes = np.array([len(s) for s in sets], dtype=np.int64)
    if not sizes.sum():
        return []
    hashes = np.concatenate(sets)
    owners = np.repeat(np.arange(len(sets)), sizes)
    order = np.argsort(hashes, kind="stable")
    hashes, owners = hashes[order], owners[order]
    edges = np.flatnonzero(np.concatenate(([True], hashes[1:] != hashes[:-1], [True])))
    starts, lengths = edges[:-1], np.diff(edges)
    pairs: list[Ids] = []
    n = len(sets)
    for length in range(2, COMMON + 1):
        group = starts[lengths == length]
        if not len(group):
            continue
        # One row per shingle that exactly `length` articles have; owners are in rising order within it.
        rows = owners[group[:, None] + np.arange(length)]
        left, right = np.triu_indices(length, k=1)
        pairs.append((rows[:, left].astype(np.int64) * n + rows[:, right]).ravel())
    for start, length in zip(starts[lengths > COMMON], lengths[lengths > COMMON], strict=True):
        row = owners[start : start + length]
        pairs.append(row[:-1].astype(np.int64) * n + row[1:])
    if not pairs:
        return []
    codes, shared = np.unique(np.concatenate(pairs), return_counts=True)
    a, b = codes // n, codes % n
    shorter = np.minimum(sizes[a], sizes[b])
    # Common shingles are too few in `shared`, so the proposal is generous and the verdict exact.
    likely = (shorter >= SHORTEST) & (shared >= 0.2 * shorter)
    return [
        (int(i), int(j)) for i, j in zip(a[likely], b[likely], strict=True) if _are_copies(sets[i], sets[j])
    ]


def _are_copies(a: Hashes, b: Hashes) -> bool:
    shared = len(np.intersect1d(a, b, assume_unique=True))
    return shared >= SIMILAR * (len(a) + len(b) - shared) or shared >= CONTAINED * min(len(a), len(b))


def _root(parent: list[int], i: int) -> int:
    while parent[i] != i:
        parent[i] = parent[parent[i]]
        i = parent[i]
    return i


def _join(parent: list[int], i: int, j: int) -> None:
    a, b = _root(parent, i), _root(parent, j)
    parent[max(a, b)] = min(a, b)
