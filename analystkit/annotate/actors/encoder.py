"""Text -> pieces of words -> one vector for each: a small encoder, shared by the models that stand on it.

The encoder knows no task. A model of ours adds what it knows about each piece to the input (`Encoder.encode`) and reads
the vectors that come out; its own weights lie in a file of its own. So a second model can share the encoder's file.
Each window of a text is encoded by itself: what is found in a text never depends on the texts beside it.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from typing import Final, TypeVar

import numpy as np
import onnxruntime
import tokenizers
from numpy.typing import NDArray

from analystkit.resources import resource_bytes, resource_text

Integers = NDArray[np.int64]
Vectors = NDArray[np.float32]
Item = TypeVar("Item")
Got = TypeVar("Got")

#: Pieces in one window of text, without the two marks around it.
WINDOW: Final = 126
#: Pieces that two windows share where a long sentence had to be cut between words.
OVERLAP: Final = 32
THREADS: Final = 2

START_MARK, END_MARK = 101, 102
_SENTENCE: Final = re.compile(r"[.!?][\"”’)]* +(?=[\"“‘(]?[A-Z0-9])")
_AHEAD: Final = 16  # groups


@dataclass(frozen=True)
class Pieces:
    """One text in the pieces of words that the encoder knows.

    Attributes
    ----------
    ids
        Number of each piece in the vocabulary.
    starts, ends
        Where it stands in the text: half-open offsets in characters.
    is_first
        Whether a word begins with it. Each mark of punctuation is a word.
    line
        Number of its line in the text, from 0.
    """

    ids: Integers
    starts: Integers
    ends: Integers
    is_first: NDArray[np.bool_]
    line: Integers

    def __len__(self) -> int:
        return len(self.ids)

    def only(self, kept: NDArray[np.bool_]) -> Pieces:
        """Return some of the pieces."""
        return Pieces(
            self.ids[kept], self.starts[kept], self.ends[kept], self.is_first[kept], self.line[kept]
        )


def split_pieces(text: str) -> Pieces:
    """Split a text into pieces.

    >>> pieces = split_pieces("Kozhemyako left.")
    >>> ["Kozhemyako left."[a:b] for a, b in zip(pieces.starts, pieces.ends)]
    ['Ko', 'zh', 'emy', 'ako', 'left', '.']
    >>> pieces.is_first.tolist()
    [True, False, False, False, True, True]
    """
    found = tokenizer().encode(text, add_special_tokens=False)
    offsets = np.array(found.offsets, dtype=np.int64).reshape(-1, 2)
    words = np.array(found.word_ids, dtype=np.int64)
    is_first = np.ones(len(words), dtype=np.bool_)
    is_first[1:] = words[1:] != words[:-1]
    breaks = np.array([at for at, character in enumerate(text) if character == "\n"], dtype=np.int64)
    starts = np.ascontiguousarray(offsets[:, 0])
    return Pieces(
        np.array(found.ids, dtype=np.int64),
        starts,
        np.ascontiguousarray(offsets[:, 1]),
        is_first,
        np.searchsorted(breaks, starts),
    )


def cut_windows(text: str, pieces: Pieces, size: int = WINDOW) -> list[tuple[int, int]]:
    """Cut the pieces of a text into windows, half-open: at the ends of lines, else of sentences, else between words.

    Only windows cut between words overlap.

    >>> text = "He left. " * 6
    >>> cut_windows(text, split_pieces(text), 8)
    [(0, 6), (6, 12), (12, 18)]
    """
    total = len(pieces)
    rank = sentence_starts(text, pieces)
    windows = []
    start = 0
    while total - start > size:
        within = rank[start + 1 : start + size + 1]
        for least in (2, 1):
            places = np.flatnonzero(within >= least)
            if len(places) and places[-1] + 1 > size // 3:
                end = follows = start + 1 + int(places[-1])
                break
        else:
            end = _word_start(pieces, start + size, start)
            follows = _word_start(pieces, max(end - min(OVERLAP, size // 4), start + 1), start)
        windows.append((start, end))
        start = follows
    if start < total:
        windows.append((start, total))
    return windows


def sentence_starts(text: str, pieces: Pieces) -> NDArray[np.int8]:
    """Say for each piece, and for one behind the last, what begins with it: a line (2), a sentence (1), neither (0).

    >>> sentence_starts("He left. She too.\\nThey", split_pieces("He left. She too.\\nThey")).tolist()
    [0, 0, 0, 1, 0, 0, 2, 0]
    """
    begins = np.zeros(len(pieces) + 1, dtype=np.int8)
    begins[1 : len(pieces)] = 2 * (pieces.line[1:] != pieces.line[:-1])
    ends = np.searchsorted(pieces.starts, [match.end() for match in _SENTENCE.finditer(text)])
    begins[ends] = np.maximum(begins[ends], 1)
    return begins


def _word_start(pieces: Pieces, at: int, floor: int) -> int:
    """Return the start of the word at piece `at`; `at` itself where that word begins at `floor` or before."""
    start = at
    while start > floor and not pieces.is_first[start]:
        start -= 1
    return start if start > floor else at


def session(model: bytes) -> onnxruntime.InferenceSession:
    """Return an ONNX model ready to run, one window at a time."""
    options = onnxruntime.SessionOptions()
    # Windows go to threads one by one; that is faster than sharing out the sums of one window.
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])


class Encoder:
    """The encoder of `encoder.onnx`."""

    def __init__(self, model: bytes) -> None:
        self._session = session(model)

    def encode(self, ids: Integers, added: Vectors) -> Vectors:
        """Return the vector of each piece of one window.

        Parameters
        ----------
        ids
            The pieces of the window.
        added
            What a model knows, added to the input: one vector for each piece, and one more before and behind them.
        """
        marked = np.concatenate(([START_MARK], ids, [END_MARK]))
        hidden: Vectors = self._session.run(["hidden"], {"ids": marked[None], "added": added[None]})[0]
        return hidden[0, 1:-1]


class WordVectors:
    """The vector of each piece in the vocabulary, which all models on the encoder share."""

    def __init__(self, model: bytes) -> None:
        constants = read_constants(model, ("words.whole", "words.scale"))
        self._scale = np.frombuffer(constants["words.scale"], "<f4")[:, None]
        self._whole = np.frombuffer(constants["words.whole"], np.int8).reshape(len(self._scale), -1)

    def __getitem__(self, ids: Integers) -> Vectors:
        found: Vectors = self._whole[ids] * self._scale[ids]
        return found


def read_constants(model: bytes, names: Sequence[str]) -> dict[str, bytes]:
    """Return the bytes of some constants of an ONNX model, without the package `onnx`.

    A model is a protocol buffer: its field 7 is the graph, whose fields 5 are constants, with field 8 the name and field 9
    the bytes.
    """
    (graph,) = (value for field, value in _fields(model) if field == 7)
    found = {}
    for field, constant in _fields(graph):
        if field == 5:
            parts = dict(_fields(constant))
            if (name := bytes(parts[8]).decode()) in names:
                found[name] = bytes(parts[9])
    return found


def _fields(message: bytes | memoryview) -> Iterator[tuple[int, memoryview]]:
    """Yield the number and the bytes of each field of a protocol buffer; plain numbers are passed over."""
    view = memoryview(message)
    at = 0

    def number() -> int:
        nonlocal at
        value = shift = 0
        while True:
            byte = view[at]
            at += 1
            value |= (byte & 127) << shift
            if byte < 128:
                return value
            shift += 7

    while at < len(view):
        key = number()
        match key & 7:
            case 0:
                number()
            case 2:
                size = number()
                yield key >> 3, view[at : at + size]
                at += size
            case fixed:
                at += 8 if fixed == 1 else 4


@cache
def word_vectors() -> WordVectors:
    """Read the vectors of words once."""
    return WordVectors(resource_bytes("encoder.onnx"))


@cache
def encoder() -> Encoder:
    """Read the encoder once."""
    return Encoder(resource_bytes("encoder.onnx"))


def in_threads(function: Callable[[Item], Got], groups: Iterable[Iterable[Item]]) -> Iterator[list[Got]]:
    """Yield what the function gives for the items of each group, in their order, with `THREADS` of them in work.

    A few groups are read ahead, so that the threads have work while the caller goes on with what it got.

    >>> list(in_threads(str.upper, ["ab", "", "c"]))
    [['A', 'B'], [], ['C']]
    """
    with ThreadPoolExecutor(THREADS) as pool:
        waiting: deque[list[Future[Got]]] = deque()
        for group in groups:
            waiting.append([pool.submit(function, item) for item in group])
            if len(waiting) > _AHEAD:
                yield [future.result() for future in waiting.popleft()]
        while waiting:
            yield [future.result() for future in waiting.popleft()]


@cache
def tokenizer() -> tokenizers.Tokenizer:
    """Return what splits text into pieces of the vocabulary."""
    vocabulary = resource_text("encoder_vocabulary.txt").split("\n")
    words = {word: number for number, word in enumerate(vocabulary) if word}
    made = tokenizers.Tokenizer(tokenizers.models.WordPiece(words, unk_token="[UNK]"))
    made.normalizer = tokenizers.normalizers.BertNormalizer(lowercase=True)
    made.pre_tokenizer = tokenizers.pre_tokenizers.BertPreTokenizer()
    return made
