"""Paths in, files' bytes out: folders walked in order, archives opened within limits, litter left alone."""

from __future__ import annotations

import gzip
import io
import os
import re
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

import pandas as pd

from analystkit.errors import ArgumentError, NothingToReadError, PathMissingError
from analystkit.read.items import Problem

#: One file may hold at most this many bytes, packed or not; larger ones are reported, not read.
SIZE_LIMIT = 2_000_000_000
#: An archive's member may grow at most this much when it is unpacked (text packs 3 to 10 times).
RATIO_LIMIT = 200


@dataclass(frozen=True)
class Source:
    """One file to read.

    Attributes
    ----------
    path
        Its place as shown to the analyst, relative to what was loaded, with "!" before a member of an archive.
    folder
        Name of the folder it lies in below what was loaded, or "".
    """

    path: str
    folder: str
    read: Callable[[], bytes]

    @property
    def suffix(self) -> str:
        """The ending of the name, lower-case, with its dot; that of what is inside for a gzip."""
        name = self.path.rpartition("!")[2].lower()
        return PurePosixPath(name.removesuffix(".gz")).suffix


def find_sources(paths: Iterable[str | Path], problems: list[Problem]) -> Iterator[Source]:
    """Yield the files below the given files and folders, by name; archives give their members.

    Hidden files, lock files of office programs and what archivers leave behind are passed over. What cannot be opened
    is added to `problems`.

    Raises
    ------
    PathMissingError
        A path does not exist.
    """
    for given in paths:
        root = Path(given).expanduser()
        # Path("") is the working directory, which nobody means by it.
        if not str(given).strip() or not root.exists():
            raise PathMissingError(
                f"There is no file or folder {str(given)!r} (looked in {str(Path.cwd())!r})."
                " Check the spelling or give a full path."
            )
        if root.is_dir():
            for path in _walk(root, problems):
                relative = path.relative_to(root)
                folder = _shown(relative.parts[0]) if len(relative.parts) > 1 else ""
                yield from _open(_shown(relative.as_posix()), folder, _reader(path), problems)
        else:
            yield from _open(_shown(root.name), "", _reader(root), problems)


def _shown(name: str) -> str:
    """Return a name that can be written down: its bytes that are no UTF-8 become "�"."""
    return re.sub("[\ud800-\udfff]", "\ufffd", name)


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


def _walk(root: Path, problems: list[Problem]) -> Iterator[Path]:
    """Yield files below a folder in the order of their names; a folder reached twice by links is read once."""
    visited: set[str] = set()

    def closed(fault: OSError) -> None:
        shown = _shown(Path(fault.filename).relative_to(root).as_posix())
        reason = f"the folder cannot be opened: {fault.strerror}"
        problems.append(_unreadable(shown, reason, "check its permissions"))

    for folder, subfolders, names in os.walk(root, onerror=closed, followlinks=True):
        real = os.path.realpath(folder)
        if real in visited:
            subfolders.clear()
            continue
        visited.add(real)
        subfolders[:] = sorted(name for name in subfolders if not _litter(name))
        for name in sorted(names):
            path = Path(folder) / name
            if _litter(name):
                continue
            shown = _shown(path.relative_to(root).as_posix())
            # Not `Path.is_file`, which raises where a folder may be listed but not entered.
            if os.path.isfile(path) or not os.access(folder, os.X_OK):  # noqa: PTH113
                yield path
            elif path.is_symlink():
                problems.append(
                    _unreadable(shown, "the link points to nothing", "restore the file or delete the link")
                )
            else:
                problems.append(
                    _unreadable(shown, "neither a file nor a folder", "take it out of the folder")
                )


def _litter(name: str) -> bool:
    return name.startswith((".", "~$", "__MACOSX")) or name in {"Thumbs.db", "desktop.ini"}


def _reader(path: Path) -> Callable[[], bytes]:
    def read() -> bytes:
        if path.stat().st_size > SIZE_LIMIT:
            raise OSError(f"larger than the size limit of {SIZE_LIMIT // 1_000_000} MB")
        return path.read_bytes()

    return read


def _open(
    shown: str, folder: str, read: Callable[[], bytes], problems: list[Problem], depth: int = 0
) -> Iterator[Source]:
    """Yield the file itself, or what an archive holds."""
    name = shown.lower()
    if name.endswith(".zip"):
        try:
            yield from _members(shown, folder, read(), problems, depth)
        except Exception as fault:  # damaged archives fail in many ways, none of which ends a load
            problems.append(_unreadable(shown, f"not a readable zip ({fault})", "download or pack it again"))
    elif name.endswith(".gz") and not name.endswith(".warc.gz"):
        yield Source(shown, folder, lambda: _gunzip(read()))
    else:
        yield Source(shown, folder, read)


def _members(shown: str, folder: str, data: bytes, problems: list[Problem], depth: int) -> Iterator[Source]:
    archive = zipfile.ZipFile(io.BytesIO(data))
    if not any(not info.is_dir() for info in archive.infolist()):
        problems.append(_unreadable(shown, "a zip without files", "pack it again"))
    for info in sorted(archive.infolist(), key=lambda info: info.filename):
        parts = PurePosixPath(info.filename.replace("\\", "/")).parts
        inner = f"{shown}!{_shown(info.filename)}"
        if info.is_dir() or any(_litter(part) for part in parts if part not in {"..", "/"}):
            continue
        if ".." in parts or info.filename.startswith(("/", "\\")):
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
            yield from _open(inner, below, _member_reader(archive, info), problems, depth + 1)


def _member_reader(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Callable[[], bytes]:
    def read() -> bytes:
        try:
            return archive.read(info)
        except Exception as fault:  # each way of packing has errors of its own
            raise OSError(f"damaged inside its archive ({fault})") from fault

    return read


def _gunzip(data: bytes) -> bytes:
    out = bytearray()
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(data)) as file:
            while chunk := file.read(1 << 20):
                out += chunk
                if len(out) > SIZE_LIMIT or len(out) > RATIO_LIMIT * max(len(data), 5000):
                    raise OSError("unpacks to more than the size limit")
    except (EOFError, zlib.error, gzip.BadGzipFile) as fault:
        raise OSError(f"truncated or damaged gzip ({fault})") from fault
    return bytes(out)


def _unreadable(path: str, reason: str, remedy: str) -> Problem:
    return Problem(path, "", "error", reason, remedy)
