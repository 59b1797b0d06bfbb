"""Paths in, files' bytes out: folders walked in order, archives opened within limits, litter left alone."""

from __future__ import annotations

import contextlib
import functools
import gzip
import hashlib
import io
import os
import re
import stat
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO, Final, Protocol

import pandas as pd

from analystkit.errors import ArgumentError, NothingToReadError, PathMissingError
from analystkit.read.items import Problem

#: One file may hold at most this many bytes, packed or not; larger ones are reported, not read.
SIZE_LIMIT = 2_000_000_000
#: An archive's member may grow at most this much when it is unpacked (text packs 3 to 10 times).
RATIO_LIMIT = 200
_CHUNK: Final = 1 << 20


@dataclass(frozen=True)
class Source:
    """One file to read.

    Attributes
    ----------
    path
        Its place as shown to the analyst, relative to what was loaded, with "!" before a member of an archive.
    folder
        Name of the folder it lies in below what was loaded, or "".
    read
        Gives its bytes, unpacked. Raises `OSError` where that fails.
    place
        Where it lies; None for what is in memory. Like the rest it can be sent to another process.
    """

    path: str
    folder: str
    read: Callable[[], bytes]
    place: Place | None = None

    @property
    def suffix(self) -> str:
        """The ending of the name, lower-case, with its dot; that of what is inside for a gzip."""
        name = self.path.rpartition("!")[2].lower()
        return os.path.splitext(name.removesuffix(".gz"))[1]  # noqa: PTH122, many files, and Path is slow

    @property
    def size(self) -> int:
        """Its size in bytes, about, if it is packed; 0 if unknown."""
        return self.place.size if self.place else 0

    def chunks(self) -> Iterator[bytes]:
        """Yield its bytes, unpacked, a megabyte at a time. Raises `OSError` where that fails."""
        return self.place.chunks() if self.place else iter([self.read()])

    def sha256_received(self) -> str:
        """Return the hash of the file as received if `read` unpacks it, else ""."""
        if not isinstance(self.place, _Gzip):
            return ""
        digest = hashlib.sha256()
        for chunk in self.place.packed.chunks():
            digest.update(chunk)
        return digest.hexdigest()


class Place(Hashable, Protocol):
    """Where the bytes of a source lie."""

    @property
    def size(self) -> int:
        """Bytes, about."""

    def read(self) -> bytes:
        """Return all bytes."""

    def open(self) -> IO[bytes]:
        """Return a file to read from."""

    def chunks(self) -> Iterator[bytes]:
        """Yield the bytes, a megabyte at a time."""


@dataclass(frozen=True)
class _File:
    path: str
    size: int
    changed: int  # a file written anew is another place, so that an archive is not taken for an older one

    def read(self) -> bytes:
        self.check()
        # Nothing is read ahead: all is read at once.
        with open(self.path, "rb", buffering=0) as file:  # noqa: PTH123, many files
            return file.read()

    def open(self) -> IO[bytes]:
        self.check()
        return open(self.path, "rb")  # noqa: PTH123, many files

    def check(self) -> None:
        """Raise `OSError` if it is too large."""
        if self.size > SIZE_LIMIT:
            raise OSError(f"larger than the size limit of {SIZE_LIMIT // 1_000_000} MB")

    def chunks(self) -> Iterator[bytes]:
        with self.open() as file:
            yield from _read_chunks(file)


@dataclass(frozen=True)
class _Member:
    archive: Place
    name: str
    number: int  # names may occur twice
    size: int

    def read(self) -> bytes:
        return b"".join(self.chunks())

    def open(self) -> IO[bytes]:
        archive = _archive(self.archive)
        return archive.open(archive.infolist()[self.number])

    def chunks(self) -> Iterator[bytes]:
        try:
            with self.open() as file:
                yield from _read_chunks(file)
        except Exception as fault:  # each way of packing has errors of its own
            raise OSError(f"damaged inside its archive ({fault})") from fault


@dataclass(frozen=True)
class _Gzip:
    packed: Place

    @property
    def size(self) -> int:
        # Text packs three to ten times.
        return 5 * self.packed.size

    def read(self) -> bytes:
        return b"".join(self.chunks())

    def open(self) -> IO[bytes]:
        return io.BytesIO(self.read())

    def chunks(self) -> Iterator[bytes]:
        total = 0
        limit = min(SIZE_LIMIT, RATIO_LIMIT * max(self.packed.size, 5000))
        try:
            with self.packed.open() as raw, gzip.GzipFile(fileobj=raw) as file:
                for chunk in _read_chunks(file):
                    total += len(chunk)
                    if total > limit:
                        raise OSError("unpacks to more than the size limit")
                    yield chunk
        except (EOFError, zlib.error, gzip.BadGzipFile, zipfile.BadZipFile) as fault:
            raise OSError(f"truncated or damaged gzip ({fault})") from fault


def _read_chunks(file: IO[bytes] | gzip.GzipFile) -> Iterator[bytes]:
    while chunk := file.read(_CHUNK):
        yield chunk


@functools.lru_cache(maxsize=2)
def _archive(place: Place) -> zipfile.ZipFile:
    """Return an archive, open; the last two stay so, as their members are read one after another."""
    if isinstance(place, _File):
        place.check()
        return zipfile.ZipFile(place.path)
    return zipfile.ZipFile(io.BytesIO(place.read()))


@contextlib.contextmanager
def archives_closed() -> Iterator[None]:
    """Close, before and after what is done, the archives that were left open: none is held on to, or shared."""
    _archive.cache_clear()
    try:
        yield
    finally:
        _archive.cache_clear()


def find_sources(paths: Iterable[str | Path], problems: list[Problem]) -> Iterator[Source]:
    """Yield the files below the given files and folders, by name; archives give their members.

    Hidden files, lock files of office programs and what archivers leave behind are passed over. What cannot be opened
    is added to `problems`. Of several that are given, each is shown with as much of its own path as tells it apart; one
    that is given twice is read once.

    Raises
    ------
    PathMissingError
        A path does not exist.
    """
    roots = [_existing(given) for given in paths]
    for root, name in _named_apart(roots):
        if root.is_dir():
            prefix = f"{name}/" if len(roots) > 1 else ""
            for shown, place in _walk(root, prefix, problems):
                folder, _, file = shown.removeprefix(prefix).partition("/")
                yield from _open(shown, folder if file else "", place, problems)
        else:
            yield from _open(name, "", _place_of(str(root))[0], problems)


def _existing(given: str | Path) -> Path:
    root = Path(given).expanduser()
    # Path("") is the working directory, which nobody means by it.
    if not str(given).strip() or not root.exists():
        raise PathMissingError(
            f"There is no file or folder {str(given)!r} (looked in {str(Path.cwd())!r})."
            " Check the spelling or give a full path."
        )
    return root


def _named_apart(roots: Sequence[Path]) -> list[tuple[Path, str]]:
    """Return each file or folder once, with the least of its path, from its name up, that no other has.

    >>> [name for _, name in _named_apart([Path("2023/a.txt"), Path("2024/a.txt"), Path("2024/b.txt"), Path("2024/b.txt")])]
    ['2023/a.txt', '2024/a.txt', 'b.txt']
    """
    # Absolute, as "." has no name; by where links lead, as one place may be given in two ways.
    places = {os.path.realpath(root): root for root in reversed(roots)}
    parts = {real: Path(os.path.abspath(root)).parts for real, root in places.items()}  # noqa: PTH100
    lengths = dict.fromkeys(parts, 1)
    while True:
        names = {real: "/".join(parts[real][-n:]) for real, n in lengths.items()}
        counts = Counter(names.values())
        equal = [
            real for real, name in names.items() if counts[name] > 1 and lengths[real] < len(parts[real])
        ]
        if not equal:
            return [(root, _shown(names[real])) for real, root in reversed(places.items())]
        for real in equal:
            lengths[real] += 1


def _shown(name: str) -> str:
    """Return a name that can be written down: its bytes that are no UTF-8 become "�"."""
    return name if name.isascii() else re.sub("[\ud800-\udfff]", "\ufffd", name)


def as_paths(source: str | Path | Iterable[str | Path]) -> list[str | Path]:
    """Return the argument of `load` as a list of paths."""
    if isinstance(source, (str, Path)):
        return [source]
    if isinstance(source, (pd.DataFrame, Mapping, bytes)):
        raise ArgumentError(
            f"`source` is a {type(source).__name__}; give the path of a folder or file, or a list of paths"
            " (a table goes to `from_frame`)."
        )
    if not isinstance(source, Iterable):
        raise ArgumentError(
            f"`source` is {source!r}; give the path of a folder or file, or a list of paths (a table goes to `from_frame`)."
        )
    paths = list(source)
    if not paths:
        raise NothingToReadError("`source` is an empty list; give at least one path.")
    wrong = [path for path in paths if not isinstance(path, (str, Path))]
    if wrong:
        raise ArgumentError(
            f"`source` holds {wrong[0]!r}, which is no path; for a table of articles use `from_frame`."
        )
    return paths


def _walk(root: Path, prefix: str, problems: list[Problem]) -> Iterator[tuple[str, _File]]:
    """Yield files below a folder, as shown and where they lie, in the order of their names.

    A folder reached twice by links is read once.
    """
    visited: set[str] = set()

    def closed(fault: OSError) -> None:
        shown = prefix + _shown(Path(fault.filename).relative_to(root).as_posix())
        reason = f"the folder cannot be opened: {fault.strerror}"
        problems.append(_unreadable(shown, reason, "check its permissions"))

    for folder, subfolders, names in os.walk(root, onerror=closed, followlinks=True):
        real = os.path.realpath(folder)
        if real in visited:
            subfolders.clear()
            continue
        visited.add(real)
        subfolders[:] = sorted(name for name in subfolders if not _litter(name))
        below = Path(folder).relative_to(root).parts
        for name in sorted(names):
            if _litter(name) or (is_decision_file(name) and not below):
                continue
            # Strings, not paths, whose making would take longer than the reading of a small file.
            path = os.path.join(folder, name)  # noqa: PTH118
            shown = prefix + _shown("/".join((*below, name)))
            if is_decision_file(name):
                problems.append(_unused_decisions(shown))
                continue
            place, is_file = _place_of(path)
            # Where a folder may be listed but not entered, reading a file of it will say so.
            if is_file or not os.access(folder, os.X_OK):
                yield shown, place
            elif os.path.islink(path):  # noqa: PTH114
                problems.append(
                    _unreadable(shown, "the link points to nothing", "restore the file or delete the link")
                )
            else:
                problems.append(
                    _unreadable(shown, "neither a file nor a folder", "take it out of the folder")
                )


def _litter(name: str) -> bool:
    return name.startswith((".", "~$", "__MACOSX")) or name in {"Thumbs.db", "desktop.ini"}


#: The file of an analyst's decisions on lines: in the folder that is loaded, or beside it as "FOLDER.line-decisions.csv".
DECISION_FILE: Final = "line-decisions.csv"


#: The file of the values that an analyst gave words of tone, in the same places.
LEXICON_FILE: Final = "tone-lexicon.csv"

_OWN_FILES: Final = (DECISION_FILE, LEXICON_FILE)
_OWN_ENDINGS: Final = tuple(f".{name}" for name in _OWN_FILES)


def is_decision_file(name: str) -> bool:
    """Say whether a file holds an analyst's decisions, by its name; it is no article then."""
    return name in _OWN_FILES or name.endswith(_OWN_ENDINGS)


def _unused_decisions(shown: str) -> Problem:
    on_words = shown.endswith(LEXICON_FILE)
    told, argument = (
        ("values of words of tone", "lexicon") if on_words else ("decisions on lines", "decisions")
    )
    return Problem(
        shown,
        "",
        "note",
        f"{told} that are not used: they do not lie in the folder that was loaded",
        f"load the folder it lies in, or name the file with {argument}=...",
    )


def _place_of(path: str) -> tuple[_File, bool]:
    """Return where a file lies, and whether it is one."""
    try:
        found = os.stat(path)  # noqa: PTH116
    except OSError:  # reading it will say so
        return _File(path, 0, 0), False
    return _File(path, found.st_size, found.st_mtime_ns), stat.S_ISREG(found.st_mode)


def _open(shown: str, folder: str, place: Place, problems: list[Problem], depth: int = 0) -> Iterator[Source]:
    """Yield the file itself, or what an archive holds."""
    name = shown.lower()
    if name.endswith(".zip"):
        try:
            yield from _members(shown, folder, place, problems, depth)
        except Exception as fault:  # damaged archives fail in many ways, none of which ends a load
            problems.append(_unreadable(shown, f"not a readable zip ({fault})", "download or pack it again"))
    elif name.endswith(".gz") and not name.endswith(".warc.gz"):
        unpacked = _Gzip(place)
        yield Source(shown, folder, unpacked.read, unpacked)
    else:
        yield Source(shown, folder, place.read, place)


def _members(shown: str, folder: str, place: Place, problems: list[Problem], depth: int) -> Iterator[Source]:
    members = _archive(place).infolist()
    if not any(not info.is_dir() for info in members):
        problems.append(_unreadable(shown, "a zip without files", "pack it again"))
    for number, info in sorted(enumerate(members), key=lambda numbered: numbered[1].filename):
        parts = PurePosixPath(info.filename.replace("\\", "/")).parts
        inner = f"{shown}!{_shown(info.filename)}"
        if info.is_dir() or any(_litter(part) for part in parts if part not in {"..", "/"}):
            continue
        if is_decision_file(parts[-1]):
            problems.append(_unused_decisions(inner))
        elif ".." in parts or info.filename.startswith(("/", "\\")):
            problems.append(
                _unreadable(
                    inner, "its name leads out of the archive", "it was not read; pack the file again"
                )
            )
        elif info.file_size > SIZE_LIMIT or info.file_size > RATIO_LIMIT * max(info.compress_size, 5000):
            problems.append(
                _unreadable(
                    inner,
                    f"would unpack to {info.file_size // 1_000_000} MB, over the size limit",
                    "unpack it by hand",
                )
            )
        elif info.flag_bits & 1:
            problems.append(
                _unreadable(inner, "locked with a password", "unpack it by hand and load the folder")
            )
        elif info.filename.lower().endswith(".zip") and depth >= 1:
            problems.append(
                _unreadable(inner, "an archive inside an archive inside an archive", "unpack it by hand")
            )
        else:
            below = parts[0] if len(parts) > 1 else folder
            member = _Member(place, info.filename, number, info.file_size)
            yield from _open(inner, below, member, problems, depth + 1)


def _unreadable(path: str, reason: str, remedy: str) -> Problem:
    return Problem(path, "", "error", reason, remedy)
