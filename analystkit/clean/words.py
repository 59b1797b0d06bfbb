"""Texts in, one number per word out: words are told apart and compared without a Python string for each."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

Hashes = npt.NDArray[np.uint64]
Counts = npt.NDArray[np.int64]

#: Characters in a block: its arrays stay in the processor's cache, and memory does not grow with the collection.
BLOCK: Final = 250_000
_BASE: Final = 0x9E3779B97F4A7C15


def word_hashes(texts: Sequence[str]) -> tuple[Hashes, Counts]:
    r"""Return the hash of every word of the texts, one text after another, and how many words each text has.

    A word is a run of letters, digits and underscores (``\w+``), whatever its case. Equal words have equal hashes; two
    different ones share a hash once in some 10^19 pairs.

    >>> hashes, counts = word_hashes(["No, no!", "", "Ja: NO."])
    >>> counts.tolist(), hashes[0] == hashes[1] == hashes[3], hashes[0] == hashes[2]
    ([2, 0, 2], np.True_, np.False_)
    """
    if not texts:
        return np.empty(0, dtype=np.uint64), np.empty(0, dtype=np.int64)
    joined = "\n".join(texts)
    if any(map(joined.__contains__, _OTHERWISE)):
        texts = [text.lower() for text in texts]
        joined = "\n".join(texts)
    values = _values(joined)
    # The word of the characters c0, c1, ... is c0 + c1 B + c2 B^2 + ... modulo 2^64, which sums to any place give as a
    # difference, divided by the power at which the word begins; B is odd, so that division is a product.
    powers, inverse = _powers(1 << (len(values) - 1).bit_length() if len(values) else 1)
    padded = np.zeros(len(values) + 1, dtype=bool)
    np.not_equal(values, 0, out=padded[:-1])
    edges = np.flatnonzero(padded[1:] != padded[:-1]) + 1
    if padded[0]:
        edges = np.concatenate(([0], edges))
    starts, ends = edges[::2], edges[1::2]
    sums = np.zeros(len(values) + 1, dtype=np.uint64)
    values *= powers[: len(values)]
    np.cumsum(values, out=sums[1:])
    hashes = (sums[ends] - sums[starts]) * inverse[starts]
    text_ends = np.cumsum([len(text) + 1 for text in texts])
    return hashes, np.diff(np.searchsorted(starts, text_ends), prepend=0)


def count_hyphenated(texts: Sequence[str]) -> Counts:
    r"""Return how many words each text has, words joined by a hyphen or an apostrophe being one: ``\w+(?:['’-]\w+)*``.

    >>> count_hyphenated(["Kim Jong-un's visit", "", "a--b -c"]).tolist()
    [3, 0, 3]
    """
    if not texts:
        return np.empty(0, dtype=np.int64)
    text = "\n".join(texts) + "\n"
    if text.isascii():
        kinds = _kinds(128)[np.frombuffer(text.encode("ascii"), dtype=np.uint8)]
    else:
        codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
        # The table of all characters takes a tenth of a second to make.
        kinds = _kinds(0x3000 if codes.max() < 0x3000 else 0x110000)[codes]
    begins = hyphenated_begins(kinds == 1, kinds == 2)
    ends = np.cumsum([len(text) + 1 for text in texts])
    return np.diff(np.searchsorted(np.flatnonzero(begins), ends), prepend=0)


def hyphenated_begins(is_word: npt.NDArray[np.bool_], joins: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
    """Return which characters begin a word, given those that words are made of and those that join words."""
    begins = is_word.copy()
    begins[1:] &= ~is_word[:-1]
    # A run right behind a mark that is itself right behind a run goes on with the word of that.
    begins[2:] &= ~(joins[1:-1] & is_word[:-2])
    return begins


@functools.cache
def _kinds(size: int) -> npt.NDArray[np.uint8]:
    """Return, for the first `size` characters, 1 for those of words, 2 for the marks that join words, 0 for others."""
    joined = re.sub(r"\W", "\0", "".join(map(chr, range(size))))
    kinds = np.zeros(size, dtype=np.uint8)
    kinds[np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), dtype=np.uint32) != 0] = 1
    for mark in "'’-":
        if ord(mark) < size:
            kinds[ord(mark)] = 2
    return kinds


def blocks(lengths: Sequence[int]) -> Iterator[slice]:
    """Yield runs of texts, given their lengths, of `BLOCK` characters together, or of one longer text.

    >>> list(blocks([200_000, 40_000, 20_000, 900_000]))
    [slice(0, 2, None), slice(2, 3, None), slice(3, 4, None)]
    """
    begin, total = 0, 0
    for i, length in enumerate(lengths):
        if total + length > BLOCK and i > begin:
            yield slice(begin, i)
            begin, total = i, 0
        total += length
    if len(lengths):
        yield slice(begin, len(lengths))


def _values(text: str) -> Hashes:
    """Return a number for each character: 0 for what is no part of a word."""
    if text.isascii():
        return _table(128)[np.frombuffer(text.encode("ascii"), dtype=np.uint8)]
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    # The table of all characters takes a tenth of a second to make.
    return _table(0x3000 if codes.max() < 0x3000 else 0x110000)[codes]


@functools.cache
def _table(size: int) -> Hashes:
    """Return the numbers of the first `size` characters, well mixed (splitmix64), so that each bit is as good.

    A capital has that of its small letter.
    """
    signs = "".join(map(chr, range(size)))
    small = signs
    for capital, letter in _OTHERWISE.items():
        small = small.replace(capital, letter)
    numbers = _codes(small.lower()).astype(np.uint64) + np.uint64(1)
    mixed = numbers * np.uint64(_BASE)
    mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    mixed ^= mixed >> np.uint64(31)
    mixed[_codes(re.sub(r"\W", "\0", signs)) == 0] = 0
    return mixed


#: Capitals whose small letter is two characters, or depends on what follows: their texts are made small as a whole.
_OTHERWISE: Final = {"\u0130": "i", "\u03a3": "\u03c3"}


def _codes(text: str) -> npt.NDArray[np.uint32]:
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)


@functools.lru_cache(maxsize=2)
def _powers(n: int) -> tuple[Hashes, Hashes]:
    """Return the first `n` powers of the base modulo 2^64, and of its inverse."""
    both = []
    for base in (_BASE, pow(_BASE, -1, 1 << 64)):
        powers = np.full(n, base, dtype=np.uint64)
        powers[0] = 1
        both.append(np.multiply.accumulate(powers))
    return both[0], both[1]
