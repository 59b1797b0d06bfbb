"""Articles in, stories out: exact and near copies of one text, across days and outlets, share a `story_id`."""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Final, Self

import numpy as np
import numpy.typing as npt
import pandas as pd

from analystkit.clean.words import Counts, Hashes, blocks, word_hashes, words_of
from analystkit.errors import check_columns

Ids = npt.NDArray[np.int64]

SHINGLE: Final = 3  # words; shorter ones are shared by chance, longer ones break at every edit

#: Two articles are copies when they share this much of all their shingles (Jaccard) ...
SIMILAR: Final = 0.4
#: ... or when this much of the shorter one stands in the longer one (its tail was cut) ...
CONTAINED: Final = 0.75
#: ... and the shorter one has at least this many shingles: short notices share their form.
SHORTEST: Final = 25
#: A pair is looked at when it is thought to share this much of the shorter one: generous, as the verdict is exact.
LIKELY: Final = 0.25
#: A shingle in more articles than this is a formula of the trade, or a story that went round the world: it proposes
#: each article and the next one only, which joins the copies of such a story and costs little for a formula.
COMMON: Final = 50
#: In more articles than the first figure, a shingle proposes all pairs of them only when it falls into a sample of one
#: in so many, and then counts for so many: pairs grow with the square of the articles.
SAMPLES: Final = ((4, 1), (8, 2), (16, 4), (COMMON, 8))
#: Of a text of more words than this every other shingle proposes; there are enough of them.
LONG: Final = 200
#: Characters whose shingles are held at a time (some 60 MB, three times that while they are sorted); more take several
#: rounds.
AT_A_TIME: Final = 90_000_000
#: Shingles whose pairs are made at a time.
SLICE: Final = 1_000_000
#: Pairs judged at a time; their articles must be fewer than 65,536.
PAIRS: Final = 20_000

_FACTOR: Final = np.uint64(0xD6E8FEB86659FD93)
#: What is sorted at a time before it is merged.
_PIECE: Final = 30_000
#: Pairs are told to be rare by as many places as this power of two says.
_PLACES: Final = 20


@dataclass(frozen=True)
class Prints:
    """What tells which texts may be copies; made where they are read, it need not be made where all are compared.

    Attributes
    ----------
    digests
        The hash of each text.
    is_long
        Whether a sample of its shingles proposes.
    counts, shingles
        How many shingles of each text propose, and these.
    """

    digests: tuple[bytes, ...]
    is_long: npt.NDArray[np.bool_]
    counts: Counts
    shingles: Hashes

    @classmethod
    def joined(cls, prints: Sequence[Self]) -> Self:
        """Return the prints of all texts as one."""
        columns = zip(*((some.is_long, some.counts, some.shingles) for some in prints), strict=True)
        is_long, counts, shingles = map(np.concatenate, columns)
        digests = itertools.chain.from_iterable(some.digests for some in prints)
        return cls(tuple(digests), is_long, counts, shingles)


def prints_of(texts: Sequence[str]) -> tuple[Prints, Counts]:
    """Return the prints of texts and, as it costs little more then, how many words each has (`count_hyphenated`)."""
    made = [_prints_of(texts[block]) for block in blocks(list(map(len, texts)))] or [_prints_of([])]
    prints, n_words = zip(*made, strict=True)
    return Prints.joined(prints), np.concatenate(n_words)


def _prints_of(texts: Sequence[str]) -> tuple[Prints, Counts]:
    words, counts, n_hyphenated = words_of(texts)
    shingles, owners = _shingles(words, counts, np.arange(len(texts)))
    is_long = counts > LONG
    wanted = _proposing(shingles, is_long[owners])
    n_proposing = np.bincount(owners[wanted], minlength=len(texts))
    return Prints(tuple(map(_digest, texts)), is_long, n_proposing, shingles[wanted]), n_hyphenated


def group_copies(articles: pd.DataFrame, *, prints: Prints | None = None) -> pd.Series:
    """Return the story of each article: copies of one text, whole or cut, under any headline, are one story.

    Parameters
    ----------
    articles
        One row per article; needs `article_id` and `body`.
    prints
        Those of the bodies, if they were made already.

    Returns
    -------
    Series
        `story_id` for each row, in its order and with its index: the smallest `article_id` of the story, so that the
        order of the articles makes no difference.

    Notes
    -----
    Articles are compared by their distinct runs of three words (shingles, Broder 1997). Pairs are proposed by the
    shingles they share (of long articles and of shingles in many articles a sample proposes), and a proposed pair is
    compared exactly, by all its shingles: it is kept when the Jaccard share is at least 0.4 or the shorter one lies to
    three quarters in the longer one. Stories are the connected groups of such pairs. A rewritten report of one event is
    not a copy.

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
    bodies = articles["body"].astype("str").fillna("")
    distinct = _distinct(bodies, prints, parent)
    if len(distinct) > 1:
        texts = _Texts(bodies, distinct, prints)
        for a, b in _proposed(texts):
            _join_copies(texts, a, b, parent)
    roots = [_root(parent, i) for i in range(len(ids))]
    smallest: dict[int, str] = {}
    for root, identity in zip(roots, ids, strict=True):
        smallest[root] = min(smallest.get(root, identity), identity)
    return pd.Series([smallest[root] for root in roots], index=articles.index, dtype="str", name="story_id")


def _digest(text: str) -> bytes:
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest()


def _distinct(bodies: pd.Series, prints: Prints | None, parent: list[int]) -> Ids:
    """Join articles whose bodies are equal; return the first of each, in an order that is that of their texts alone."""
    digests: Iterable[bytes]
    if prints is not None:
        digests = prints.digests
    else:
        parts = (bodies.iloc[begin : begin + 10_000].tolist() for begin in range(0, len(bodies), 10_000))
        digests = (_digest(body) for part in parts for body in part)
    # Texts that begin alike become neighbours.
    beginnings = bodies.str.slice(0, 60).tolist()
    first_with: dict[tuple[str, bytes], int] = {}
    for i, key in enumerate(zip(beginnings, digests, strict=True)):
        # An empty body is a copy of nothing.
        if key[0]:
            first = first_with.setdefault(key, i)
            if first != i:
                _join(parent, i, first)
    return np.array([first_with[key] for key in sorted(first_with)], dtype=np.int64)


def _shingles(words: Hashes, counts: Counts, places: Ids) -> tuple[Hashes, Ids]:
    """Return the shingles of texts, given the hashes of their words, each with the place of its text."""
    if len(words) < SHINGLE:
        return np.empty(0, dtype=np.uint64), np.empty(0, dtype=np.int64)
    owners = np.repeat(places, counts)
    mixed = words[: -SHINGLE + 1]
    for step in range(1, SHINGLE):
        # Wraps around at 2^64; an odd factor keeps different runs apart but for one in some billions.
        mixed = mixed * _FACTOR + words[step : len(words) - SHINGLE + 1 + step]
    whole = owners[: -SHINGLE + 1] == owners[SHINGLE - 1 :]
    return mixed[whole], owners[: -SHINGLE + 1][whole]


def _proposing(shingles: Hashes, of_long: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
    """Return which shingles propose: of a long text a sample, the same half of all shingles for every text."""
    return (shingles < np.uint64(1 << 63)) | ~of_long


class _Texts:
    """The distinct bodies, numbered in their order; read block by block, so that they need not be in memory twice."""

    def __init__(self, bodies: pd.Series, rows: Ids, prints: Prints | None) -> None:
        self._bodies = bodies
        self._lengths = bodies.str.len().to_numpy(dtype=np.int64)
        self._prints = prints
        self.rows = rows
        #: Texts of which a sample proposes; known once their shingles were made.
        self.is_long = np.zeros(len(rows), dtype=bool)

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def n_characters(self) -> int:
        """The length of all texts together."""
        return int(self._lengths[self.rows].sum())

    def proposing(self) -> Iterator[tuple[Hashes, Ids]]:
        """Yield blocks of the shingles that propose, each with the number of its text."""
        if self._prints is None:
            for shingles, owners in self.shingles(np.arange(len(self))):
                wanted = _proposing(shingles, self.is_long[owners])
                yield shingles[wanted], owners[wanted]
            return
        self.is_long = self._prints.is_long[self.rows]
        numbers = np.full(len(self._lengths), -1)
        numbers[self.rows] = np.arange(len(self))
        owners = np.repeat(numbers, self._prints.counts)
        if len(self) == len(numbers):
            yield self._prints.shingles, owners
        else:
            yield self._prints.shingles[owners >= 0], owners[owners >= 0]

    def shingles(self, numbers: Ids) -> Iterator[tuple[Hashes, Ids]]:
        """Yield blocks of the shingles of the numbered texts, each with the place in `numbers` of its text."""
        # In the order of their rows: reading them is then one pass.
        order = np.argsort(self.rows[numbers], kind="stable")
        rows = self.rows[numbers][order]
        for block in blocks(self._lengths[rows].tolist()):
            words, counts = word_hashes(self._bodies.iloc[rows[block]].tolist())
            self.is_long[numbers[order[block]]] = counts > LONG
            yield _shingles(words, counts, order[block])


def _proposed(texts: _Texts) -> Iterator[tuple[Ids, Ids]]:
    """Yield pairs of texts that may be copies, as numbers, some thousand at a time, the likeliest first."""
    bits = _owner_bits(len(texts))
    sizes = np.zeros(len(texts), dtype=np.int64)
    rounds = max(1, -(-texts.n_characters // AT_A_TIME))
    tallies: list[tuple[Ids, npt.NDArray[np.int32]]] = []
    for turn in range(rounds):
        packed, own = _packed(texts, turn, rounds)
        own <<= texts.is_long
        # What is left out here is at most half of what would make a pair likely.
        least = LIKELY / 2 * own
        codes, shared = _tally(packed, bits, least / 2)
        a, b = _two(codes, bits)
        shared <<= texts.is_long[a] | texts.is_long[b]
        enough = shared >= np.minimum(least[a], least[b])
        tallies.append((codes[enough], shared[enough].astype(np.int32)))
        sizes += own
    found = []
    for codes, shared in _merged(tallies, 1 << 2 * bits):
        a, b = _two(codes, bits)
        shorter = np.minimum(sizes[a], sizes[b])
        likely = (shorter >= SHORTEST) & (shared >= LIKELY * shorter)
        found.append((a[likely], b[likely], shared[likely] / shorter[likely]))
    a, b, share = (np.concatenate(column) for column in zip(*found, strict=True))
    order = np.argsort(-share, kind="stable")
    for begin in range(0, len(order), PAIRS):
        some = order[begin : begin + PAIRS]
        yield a[some], b[some]


def _two(codes: Ids, bits: int) -> tuple[Ids, Ids]:
    """Return the two texts of each pair."""
    return codes >> bits, codes & ((1 << bits) - 1)


def _packed(texts: _Texts, turn: int, rounds: int) -> tuple[Hashes, Ids]:
    """Return the shingles of one round, sorted, each with its text in its last bits; and how many each text has."""
    n = len(texts)
    owner_mask = np.uint64((1 << _owner_bits(n)) - 1)
    parts = [np.empty(0, dtype=np.uint64)]
    for shingles, owners in texts.proposing():
        if rounds > 1:
            # Another part of the number than the one that makes the sample.
            wanted = ((shingles & np.uint64(0xFFFFFFFF)) * np.uint64(rounds)) >> np.uint64(32) == turn
            shingles, owners = shingles[wanted], owners[wanted]
        parts.append((shingles & ~owner_mask) | owners.astype(np.uint64))
    packed = np.concatenate(parts)
    del parts
    _sort(packed)
    first = np.ones(len(packed), dtype=bool)
    np.not_equal(packed[1:], packed[:-1], out=first[1:])
    packed = packed[first]
    return packed, np.bincount((packed & owner_mask).astype(np.int64), minlength=n)


def _sort(values: Hashes | Ids) -> None:
    """Sort in place: pieces in two threads, each in a processor's cache, which are then merged; twice as quick."""
    pieces = (values[begin : begin + _PIECE] for begin in range(0, len(values), _PIECE))
    with ThreadPoolExecutor(2) as threads:
        for _ in threads.map(np.ndarray.sort, pieces):
            pass
    values.sort(kind="stable")


def _owner_bits(n: int) -> int:
    return n.bit_length()


def _tally(packed: Hashes, bits: int, least: npt.NDArray[np.float64]) -> tuple[Ids, Ids]:
    """Return the pairs of texts with shingles in common, each as one number, and how many they have in common.

    The second is an estimate where shingles were sampled. Pairs with fewer in common than the `least` of each of the two
    may be left out.
    """
    pairs = [np.empty(0, dtype=np.int64)]
    begin = 0
    while begin < len(packed):
        end = min(begin + SLICE, len(packed))
        # A shingle is not cut in two.
        last = packed[end - 1] | np.uint64((1 << bits) - 1)
        end = int(np.searchsorted(packed, last, side="right"))
        pairs += _pairs(packed[begin:end], bits)
        begin = end
    codes = np.concatenate(pairs)
    del pairs
    codes = codes[_often(codes, bits, least)]
    _sort(codes)
    counts = np.empty(len(codes), dtype=np.int8)
    np.bitwise_and(codes, 3, out=counts, casting="unsafe")
    codes >>= 2
    return _summed(codes, np.left_shift(1, counts, out=counts))


def _often(codes: Ids, bits: int, least: npt.NDArray[np.float64]) -> npt.NDArray[np.bool_]:
    """Return which pairs may count for enough together; most do not, and need not be sorted to tell that."""
    # Pairs that fall into one place are not told apart, so that none is missed. In slices: there may be many pairs.
    slices = [slice(begin, begin + SLICE) for begin in range(0, len(codes), SLICE)]
    places = np.empty(len(codes), dtype=np.int32)
    counts = np.zeros(1 << _PLACES)
    for some in slices:
        places[some] = ((codes[some] >> 2).astype(np.uint64) * _FACTOR) >> np.uint64(64 - _PLACES)
        counts += np.bincount(places[some], np.left_shift(1, codes[some] & 3), 1 << _PLACES)
    often = np.empty(len(codes), dtype=np.bool_)
    # In small figures, which lie in the processor's cache; those too large for them are taken for enough.
    told, enough = (np.minimum(np.ceil(of), 0xFFFF).astype(np.uint16) for of in (counts, least))
    for some in slices:
        a, b = _two(codes[some] >> 2, bits)
        often[some] = told[places[some]] >= np.minimum(enough[a], enough[b])
    return often


def _pairs(packed: Hashes, bits: int) -> Iterator[Ids]:
    """Yield the pairs that shingles propose, each times 4; the last two bits say how much it counts, as a power of 2."""
    owner_mask = np.uint64((1 << bits) - 1)
    # True where a shingle is that of the one before it, in another text.
    same = np.zeros(len(packed) + 1, dtype=bool)
    same[1:-1] = (packed[1:] ^ packed[:-1]) <= owner_mask
    owners = (packed & owner_mask).astype(np.int64)
    second = np.flatnonzero(same)
    yield (owners[second - 1] << bits | owners[second]) << 2
    starts = np.flatnonzero(same[1:] & ~same[:-1])
    lengths = np.flatnonzero(same[:-1] & ~same[1:]) - starts + 1
    shortest = 3
    for longest, every in SAMPLES:
        sampled = (packed[starts] >> np.uint64(bits)) % np.uint64(every) == 0
        for length in range(shortest, longest + 1):
            group = starts[sampled & (lengths == length)]
            if len(group):
                # One row per shingle that exactly `length` texts have; they are in rising order within it.
                rows = owners[group[:, None] + np.arange(length)]
                left, right = np.triu_indices(length, k=2)
                yield ((rows[:, left] << bits | rows[:, right]) << 2 | every.bit_length() - 1).ravel()
        shortest = longest + 1


def _merged(tallies: list[tuple[Ids, npt.NDArray[np.int32]]], end: int) -> Iterator[tuple[Ids, Ids]]:
    """Yield the sum of tallies, whose codes are sorted and below `end`, by ranges of codes."""
    steps = 1 + sum(len(codes) for codes, _ in tallies) // (4 * SLICE)
    edges = [end * step // steps for step in range(steps + 1)]
    for first, last in itertools.pairwise(edges):
        parts = [(slice(*np.searchsorted(codes, (first, last))), codes, shared) for codes, shared in tallies]
        codes = np.concatenate([codes[part] for part, codes, _ in parts])
        shared = np.concatenate([shared[part] for part, _, shared in parts])
        order = np.argsort(codes, kind="stable")
        yield _summed(codes[order], shared[order])


def _summed(codes: Ids, counts: npt.NDArray[np.signedinteger]) -> tuple[Ids, Ids]:
    """Return the distinct codes, which come sorted, and the sum of the counts of each."""
    if not len(codes):
        return codes, counts.astype(np.int64)
    firsts = np.flatnonzero(np.concatenate(([True], codes[1:] != codes[:-1])))
    return codes[firsts], np.add.reduceat(counts, firsts, dtype=np.int64)


def _join_copies(texts: _Texts, a: Ids, b: Ids, parent: list[int]) -> None:
    """Join those of the pairs that are copies."""
    rows = texts.rows.tolist()
    pairs = [
        (i, j)
        for i, j in zip(a.tolist(), b.tolist(), strict=True)
        if _root(parent, rows[i]) != _root(parent, rows[j])
    ]
    sets = _sets(texts, np.unique(np.array(pairs, dtype=np.int64)))
    for i, j in pairs:
        # Copies of copies need not be compared.
        if _root(parent, rows[i]) != _root(parent, rows[j]) and _are_copies(sets[i], sets[j]):
            _join(parent, rows[i], rows[j])


def _sets(texts: _Texts, numbers: Ids) -> dict[int, Hashes]:
    """Return the distinct shingles of each of the numbered texts, sorted; they are at most 65,536."""
    sets: dict[int, Hashes] = {}
    for shingles, places in texts.shingles(numbers):
        # Sorted by text, then by shingle.
        packed = (places.astype(np.uint64) << np.uint64(48)) | (shingles >> np.uint64(16))
        packed.sort()
        packed = packed[np.concatenate(([True], packed[1:] != packed[:-1]))]
        owners = packed >> np.uint64(48)
        edges = np.flatnonzero(np.concatenate(([True], owners[1:] != owners[:-1], [True])))
        packed &= np.uint64((1 << 48) - 1)
        for begin, end in itertools.pairwise(edges.tolist()):
            sets[int(numbers[int(owners[begin])])] = packed[begin:end]
    return sets


def _are_copies(a: Hashes, b: Hashes) -> bool:
    both = np.concatenate((a, b))
    both.sort(kind="stable")  # two sorted runs are merged
    shared = int(np.count_nonzero(both[1:] == both[:-1]))
    return shared >= SIMILAR * (len(a) + len(b) - shared) or shared >= CONTAINED * min(len(a), len(b))


def _root(parent: list[int], i: int) -> int:
    while parent[i] != i:
        parent[i] = parent[parent[i]]
        i = parent[i]
    return i


def _join(parent: list[int], i: int, j: int) -> None:
    a, b = _root(parent, i), _root(parent, j)
    parent[max(a, b)] = min(a, b)
