"""Texts -> their tokens, as numbers: one scan, shared by all that counts words.

A token is a word, a number, or a single mark or symbol, as Unicode's rules for words say, with these additions: words
joined by hyphens stay whole, so do `#tags`, `@names` and mail addresses. White space is no token. Scripts that write no
spaces (Chinese, Japanese, Thai) are cut into single characters.
"""

from __future__ import annotations

import functools
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from analystkit.errors import ArgumentError

Ints = NDArray[np.int64]
Ids = NDArray[np.int32]
Flags = NDArray[np.bool_]

# The classes of characters; what is below _BETWEEN runs together.
_SPACE, _LETTER, _DIGIT, _JOINER = range(4)
_BETWEEN: Final = 4  # from here to _HYPHEN a character may stand within a word
_BETWEEN_LETTERS, _BETWEEN_DIGITS, _BETWEEN_EITHER, _TAG, _HYPHEN, _OTHER, _UNKNOWN = range(4, 11)

_BY_CHARACTER: Final = {
    **dict.fromkeys("_‿⁀⁔", _JOINER),
    **dict.fromkeys(":··՟״‧︓﹕：", _BETWEEN_LETTERS),
    **dict.fromkeys(",;;։،؍٬߸⁄︐︔﹐﹔，；", _BETWEEN_DIGITS),
    **dict.fromkeys(".'’‘․﹒＇．", _BETWEEN_EITHER),
    **dict.fromkeys("@#", _TAG),
    **dict.fromkeys("-‐‑", _HYPHEN),
}

#: Characters scanned at a time: few enough that all arrays of a block stay near the processor.
_BLOCK: Final = 1 << 19


@dataclass(frozen=True, eq=False)
class Tokens:
    """The tokens of some texts, in order, one text after another.

    Attributes
    ----------
    ids
        The type of each token: its place in `vocabulary`.
    starts
        Where each token begins, in characters of its text.
    bounds
        `ids[bounds[i] : bounds[i + 1]]` are the tokens of text i.
    vocabulary
        The types as they are written ("The" and "the" are two), in order of first appearance.
    """

    ids: Ids
    starts: Ids
    bounds: Ints
    vocabulary: pa.StringArray

    def __len__(self) -> int:
        """Return the number of texts."""
        return len(self.bounds) - 1

    @functools.cached_property
    def _lengths(self) -> Ids:
        return np.asarray(pc.utf8_length(self.vocabulary), dtype=np.int32)

    @property
    def ends(self) -> Ids:
        """Where each token ends, in characters of its text."""
        return self.starts + self._lengths[self.ids]

    def spans(self, first: Ints, last: Ints) -> tuple[Ints, Ints]:
        """Return from which to which character the runs from token `first` to token `last` (both included) reach."""
        starts = self.starts[first].astype(np.int64)
        return starts, self.starts[last].astype(np.int64) + self._lengths[self.ids[last]]

    @functools.cached_property
    def text_of(self) -> Ids:
        """The text of each token."""
        return np.repeat(np.arange(len(self), dtype=np.int32), np.diff(self.bounds))

    def texts_at(self, tokens: Ints) -> Ints:
        """Return the text of some tokens."""
        at: Ints = np.searchsorted(self.bounds, tokens, side="right") - 1
        return at

    @functools.cached_property
    def _lowered(self) -> pa.StringArray:
        return pc.utf8_lower(self.vocabulary)

    @functools.cached_property
    def folded(self) -> tuple[Ids, pa.StringArray]:
        """The number of each type without regard to case, and the types in lower case that these numbers mean."""
        return _numbered(self._lowered)

    @functools.cached_property
    def _folded_but_capitals(self) -> tuple[Ids, pa.StringArray]:
        capitals = _matches(self.vocabulary, r"^\p{Lu}[\p{Lu}\p{N}.&-]+$")
        return _numbered(pc.if_else(pa.array(capitals), self.vocabulary, self._lowered))

    def types(self, case: str = "fold") -> tuple[Ids, pa.StringArray]:
        """Return a number for each type of the vocabulary, and what the numbers mean.

        Parameters
        ----------
        case
            "fold": in lower case. "acronyms": the same, but words all in capitals stay ("US" is not "us"). "keep": as
            they are written.
        """
        if case == "fold":
            return self.folded
        if case == "acronyms":
            return self._folded_but_capitals
        return np.arange(len(self.vocabulary), dtype=np.int32), self.vocabulary

    @functools.cached_property
    def is_word(self) -> Flags:
        """Whether each type has a letter or a digit."""
        return _matches(self.vocabulary, r"[\p{L}\p{N}]")

    @functools.cached_property
    def is_punctuation(self) -> Flags:
        """Whether each type is punctuation; what is neither that nor a word is a symbol."""
        return _matches(self.vocabulary, r"^\p{P}+$")

    def select(self, texts: Ints) -> Tokens:
        """Return the tokens of some texts, in the order given; the vocabulary stays as it is."""
        sizes = np.diff(self.bounds)[texts]
        bounds = np.concatenate(([0], np.cumsum(sizes)))
        if len(texts) == len(self) and (texts == np.arange(len(self))).all():
            return self
        at = np.arange(bounds[-1]) + np.repeat(self.bounds[texts] - bounds[:-1], sizes)
        return Tokens(self.ids[at], self.starts[at], bounds, self.vocabulary)

    def words(self, text: int) -> list[str]:
        """Return the tokens of one text as they are written.

        >>> tokens(["Don't shout, twenty-one!"]).words(0)
        ["Don't", 'shout', ',', 'twenty-one', '!']
        """
        own = self.ids[self.bounds[text] : self.bounds[text + 1]]
        return [str(word) for word in self.vocabulary.take(pa.array(own)).to_pylist()]


def tokens(texts: Sequence[str]) -> Tokens:
    """Return the tokens of texts.

    Parameters
    ----------
    texts
        One str per text.

    Raises
    ------
    ArgumentError
        `texts` is a single str.

    Notes
    -----
    Boundaries follow Unicode Standard Annex 29 (words) but for what the module says; lone combining marks count as
    letters.

    Examples
    --------
    >>> found = tokens(["Seoul said: no.", "No!"])
    >>> found.vocabulary.to_pylist(), found.ids.tolist(), found.bounds.tolist()
    (['Seoul', 'said', ':', 'no', '.', 'No', '!'], [0, 1, 2, 3, 4, 5, 6], [0, 5, 7])
    >>> found.starts.tolist(), found.ends.tolist()
    ([0, 6, 10, 12, 14, 0, 2], [5, 10, 11, 14, 15, 2, 3])
    """
    if isinstance(texts, str):
        raise ArgumentError("`texts` is a single str; give a list of texts.")
    pieces, starts, n_tokens = [], [], [np.zeros(1, dtype=np.int64)]
    for block in _blocks(texts):
        found, words = _scan("\n".join(block))
        pieces.append(words)
        # Each text begins behind the line end that follows the one before.
        begins = np.cumsum([0, *(len(text) + 1 for text in block[:-1])])
        bounds = np.searchsorted(found, [*begins[1:], np.iinfo(np.int64).max])
        sizes = np.diff(bounds, prepend=0)
        starts.append((found - np.repeat(begins, sizes)).astype(np.int32))
        n_tokens.append(sizes)
    encoded = pa.chunked_array(pieces, type=pa.string()).dictionary_encode().combine_chunks()
    # Combined chunks of nothing are an empty list of chunks in some versions.
    one = encoded.chunk(0) if isinstance(encoded, pa.ChunkedArray) else encoded
    return Tokens(
        np.asarray(one.indices, dtype=np.int32),
        np.concatenate([np.zeros(0, dtype=np.int32), *starts]),
        np.cumsum(np.concatenate(n_tokens)),
        one.dictionary,
    )


def _blocks(texts: Sequence[str]) -> Iterator[list[str]]:
    block: list[str] = []
    size = 0
    for text in texts:
        block.append(text)
        size += len(text) + 1
        if size >= _BLOCK:
            yield block
            block, size = [], 0
    if block:
        yield block


def _scan(text: str) -> tuple[Ints, pa.StringArray]:
    """Return where the tokens of a text begin, and the tokens."""
    if text.isascii():
        raw = text.encode("ascii")
        classes = np.frombuffer(raw.translate(_ascii_classes()), dtype=np.uint8)
        starts, ends = _boundaries(classes)
        sizes = ends - starts
        solid = raw.translate(None, _ascii_spaces())
    else:
        codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
        classes = _classes_of(codes)
        starts, ends = _boundaries(classes)
        own = codes[classes != _SPACE]
        # How many bytes each character has in UTF-8; half a surrogate pair, which has none, becomes "?".
        solid = own.tobytes().decode("utf-32-le", "surrogatepass").encode("utf-8", "replace")
        wide = np.ones(len(own), dtype=np.int64)
        for least in (0x80, 0x800, 0x10000):
            wide += own >= least
        wide[(own >= 0xD800) & (own < 0xE000)] = 1
        ahead = np.concatenate(([0], np.cumsum(wide)))
        at = np.concatenate(([0], np.cumsum(ends - starts)))
        sizes = np.diff(ahead[at])
    offsets = np.zeros(len(starts) + 1, dtype=np.int32)
    np.cumsum(sizes, out=offsets[1:])
    words = pa.StringArray.from_buffers(len(starts), pa.py_buffer(offsets), pa.py_buffer(solid))
    return starts, words


def _boundaries(classes: NDArray[np.uint8]) -> tuple[Ints, Ints]:
    """Return where tokens begin and end, by the classes of the characters."""
    n = len(classes)
    runs = (classes - np.uint8(1)) < np.uint8(_BETWEEN - 1)  # wraps round for white space
    joined = np.zeros(n + 1, dtype=np.bool_)  # whether a character belongs to the token of the one before it
    np.logical_and(runs[1:], runs[:-1], out=joined[1:n])
    # Only characters that may stand within a word are looked at one by one.
    between = np.flatnonzero((classes - np.uint8(_BETWEEN)) <= np.uint8(_HYPHEN - _BETWEEN))
    if len(between):
        padded = np.append(classes, np.uint8(_SPACE))
        own, before, after = classes[between], padded[between - 1], padded[between + 1]
        before[between == 0] = _SPACE
        letters = (before == _LETTER) & (after == _LETTER)
        digits = (before == _DIGIT) & (after == _DIGIT)
        any_two = (before - np.uint8(1) < _BETWEEN - 1) & (after - np.uint8(1) < _BETWEEN - 1)
        within = np.select(
            [own == _BETWEEN_LETTERS, own == _BETWEEN_DIGITS, own == _BETWEEN_EITHER],
            [letters, digits, letters | digits],
            any_two,
        )
        joined[between[within]] = True
        joined[between[within] + 1] = True
        opening = (own == _TAG) & (before == _SPACE) & (after == _LETTER)
        joined[between[opening] + 1] = True
    solid = classes != _SPACE
    return np.flatnonzero(solid & ~joined[:n]), np.flatnonzero(solid & ~joined[1:]) + 1


@functools.cache
def _ascii_classes() -> bytes:
    return bytes(_class_of(chr(code)) if code < 128 else _OTHER for code in range(256))


@functools.cache
def _ascii_spaces() -> bytes:
    return bytes(code for code, class_ in enumerate(_ascii_classes()) if class_ == _SPACE)


@functools.cache
def _known_classes() -> NDArray[np.uint8]:
    """The classes of all characters met so far; the rest are unknown."""
    return np.full(0x110000, _UNKNOWN, dtype=np.uint8)


def _classes_of(codes: NDArray[np.uint32]) -> NDArray[np.uint8]:
    known = _known_classes()
    classes = known[codes]
    new = classes == _UNKNOWN
    if new.any():
        for code in np.unique(codes[new]).tolist():
            known[code] = _class_of(chr(code))
        classes = known[codes]
    return classes


def _class_of(character: str) -> int:
    listed = _BY_CHARACTER.get(character)
    if listed is not None:
        return listed
    if character.isspace() or character in "\u200b\ufeff":
        return _SPACE
    category = unicodedata.category(character)
    if category == "Nd":
        return _DIGIT
    # A sign of a script without spaces is a token of its own; marks belong to the letter they stand on.
    if category[0] in "LM" or character in "\u200d\u200c\u00ad":
        return _OTHER if _is_unspaced(ord(character)) else _LETTER
    return _DIGIT if category == "Nl" else _SPACE if category in ("Cc", "Zl", "Zp") else _OTHER


def _is_unspaced(code: int) -> bool:
    """Say whether a letter is of a script that puts no spaces between words (Han, Kana, Thai, Lao, Khmer, Burmese)."""
    return (
        0x0E00 <= code < 0x0F00
        or 0x1000 <= code < 0x10A0
        or 0x1780 <= code < 0x1800
        or 0x2E80 <= code < 0x3130
        or 0x31F0 <= code < 0xA4D0
        or 0xF900 <= code < 0xFB00
        or 0x20000 <= code < 0x32000
    )


def _numbered(words: pa.StringArray) -> tuple[Ids, pa.StringArray]:
    encoded = words.dictionary_encode()
    return np.asarray(encoded.indices, dtype=np.int32), encoded.dictionary


def _matches(words: pa.StringArray, pattern: str) -> Flags:
    return np.asarray(pc.match_substring_regex(words, pattern), dtype=np.bool_)
