"""Sources in, articles as columns out, in portions for any process: some small files, or a piece of a large one."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from analystkit.clean.encoding import decode
from analystkit.read import Options, encoding_problem, read_sources, sniff
from analystkit.read.columns import rows_to_items
from analystkit.read.items import Block, Item, Problem, as_block
from analystkit.read.records import fields_of, parse_lines
from analystkit.read.sources import Source

#: A portion of small files has at most this many of them, and about so many bytes: a fraction of a second's work.
FILES: Final = 100
SIZE: Final = 500_000
#: JSON lines of more bytes than this are read in pieces, which need not be in memory together.
LARGE: Final = 2_000_000


@dataclass(frozen=True)
class Files:
    """Some files to read."""

    sources: tuple[Source, ...]

    @property
    def size(self) -> int:
        """Bytes, about."""
        return sum(source.size for source in self.sources)


@dataclass(frozen=True)
class Lines:
    """A piece of a file of JSON lines, and what is known of the whole.

    Attributes
    ----------
    source
        The file.
    sha256
        Its hash, as received.
    fields
        Field to name, for the objects of the whole file.
    data
        Whole lines.
    first
        The number of the first of them, from 1.
    problems
        What was found while looking through the file; comes with its first piece.
    """

    source: Source
    sha256: str
    fields: Mapping[str, str]
    data: bytes
    first: int
    problems: tuple[Problem, ...] = ()

    @property
    def size(self) -> int:
        """Bytes."""
        return len(self.data)


Portion = Files | Lines


def portions(sources: Iterable[Source], options: Options) -> Iterator[Portion]:
    """Yield what is to be read, in the order of the sources."""
    some: list[Source] = []
    size = 0
    for source in sources:
        pieces = _pieces_of(source, options) if source.size > LARGE else None
        if some and (pieces is not None or len(some) == FILES or size + source.size > SIZE):
            yield Files(tuple(some))
            some, size = [], 0
        if pieces is not None:
            yield from pieces
        else:
            some.append(source)
            size += source.size
    if some:
        yield Files(tuple(some))


def read_portion(portion: Portion, *, options: Options, outlet: str) -> tuple[Block, Counter[str]]:
    """Read a portion.

    Articles without an outlet get `outlet` or else the name of the folder they lie in; how many did, by folder, comes
    back as well.
    """
    problems: list[Problem] = []
    items: list[Item] = []
    borrowed: Counter[str] = Counter()
    if isinstance(portion, Files):
        sources = portion.sources
        read = read_sources(sources, options)
    else:
        sources = (portion.source,)
        of_lines: list[Problem] = []
        read = [(_read_lines(portion, options, of_lines), of_lines)]
    for source, (found, its_problems) in zip(sources, read, strict=True):
        problems += its_problems
        # What was read has the hash of what was inside; an analyst can only hash the file as received.
        received = source.sha256_received() if found and isinstance(portion, Files) else ""
        for item in found:
            item.sha256 = received or item.sha256
            if not item.outlet:
                item.outlet = outlet or outlet_of_folder(source.folder)
                if item.outlet and not outlet:
                    borrowed[source.folder] += 1
        items += found
    return as_block(items, problems), borrowed


def outlet_of_folder(folder: str) -> str:
    """Return the name of an outlet that a folder was named after.

    >>> outlet_of_folder("the_daily-tern")
    'The Daily Tern'
    """
    words = folder.replace("_", " ").replace("-", " ").split()
    return " ".join(word[:1].upper() + word[1:] for word in words)


def _read_lines(portion: Lines, options: Options, problems: list[Problem]) -> list[Item]:
    path = portion.source.path
    problems += portion.problems
    try:
        # Lines that are no JSON were told when the file was looked through.
        rows = parse_lines(decode(portion.data).text or "", path, [], first=portion.first)
        return rows_to_items(
            rows,
            portion.fields,
            options.columns,
            path=path,
            format="jsonl",
            sha256=portion.sha256,
            problems=problems,
        )
    except Exception as fault:  # one bad file never ends a load
        reason = f"damaged, or not what it seems ({type(fault).__name__}: {fault})"
        where = f"from line {portion.first} on"
        problems.append(Problem(path, where, "error", reason, "save or export it again"))
        return []


def _pieces_of(source: Source, options: Options) -> Iterator[Lines] | None:
    """Return the pieces of a file of JSON lines; None if it is something else, or must be read whole."""
    try:
        found = _looked_through(source, options)
    except OSError:  # reading it will say so
        return None
    return _pieces(source, *found) if found else None


def _looked_through(
    source: Source, options: Options
) -> tuple[str, Mapping[str, str], tuple[Problem, ...]] | None:
    """Return the hash of the file, the fields of its objects and what is wrong with it: known once all was seen."""
    problems: list[Problem] = []
    digest = hashlib.sha256()
    names: dict[str, None] = {}
    first = 1
    for piece in _whole_lines(source.chunks()):
        digest.update(piece)
        decoded = decode(piece)
        text = decoded.text
        # Other encodings are recognised by the whole file.
        if text is None or decoded.encoding not in {"utf-8", "utf-8-sig"} or b"\x00" in piece:
            return None
        if first == 1 and not (
            text.lstrip("\ufeff \t\r\n").startswith("{") and sniff(text, source.suffix) == "jsonl"
        ):
            return None
        if decoded.fault and not problems:
            problems.append(encoding_problem(source.path, decoded))
        for _, row in parse_lines(text, source.path, problems, first=first):
            names.update(dict.fromkeys(row))
        first += piece.count(b"\n")
    fields = fields_of(list(names), source.path, options.columns, problems)
    if "text" not in fields:
        return None
    return source.sha256_received() or digest.hexdigest(), fields, tuple(problems)


def _pieces(
    source: Source, sha256: str, fields: Mapping[str, str], problems: tuple[Problem, ...]
) -> Iterator[Lines]:
    first = 1
    for piece in _whole_lines(source.chunks()):
        yield Lines(source, sha256, fields, piece, first, problems if first == 1 else ())
        first += piece.count(b"\n")


def _whole_lines(chunks: Iterable[bytes]) -> Iterator[bytes]:
    r"""Yield the same bytes cut at line ends.

    >>> list(_whole_lines([b"one\ntw", b"o", b"\n\nthr", b"ee"]))
    [b'one\n', b'two\n\n', b'three']
    """
    rest: list[bytes] = []
    for chunk in chunks:
        end = chunk.rfind(b"\n") + 1
        if end:
            yield b"".join((*rest, chunk[:end]))
            rest = []
        rest.append(chunk[end:])
    if last := b"".join(rest):
        yield last
