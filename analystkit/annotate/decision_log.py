"""What the analyst decided, one decision a line, first to last: a small CSV that diffs well, read back from any spreadsheet.

The ledger of actors and the lexicon of tone words are such logs. A log never changes: what adds or takes back a decision
returns another.
"""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import ClassVar, Generic, Self, TypeVar

from analystkit.errors import AnalystkitError, ArgumentError, PathMissingError

Line = TypeVar("Line", bound=tuple[object, ...])


@dataclass(frozen=True)
class DecisionLog(Generic[Line]):
    """Decisions in the order in which they were taken, and the file they were read from, or ""."""

    decisions: tuple[Line, ...] = ()
    path: str = field(default="", compare=False)
    #: Hashes of the files that it, or what it came from, was read from or written to: what else a file holds was put
    #: there by another. One set for all that come of one log.
    known: set[str] = field(default_factory=set, compare=False, repr=False)

    #: What messages call it, the name of its file, and the columns of that.
    NAME: ClassVar[str]
    FILE: ClassVar[str]
    COLUMNS: ClassVar[tuple[str, ...]]

    def __len__(self) -> int:
        """Return the number of decisions."""
        return len(self.decisions)

    def undo(self, n: int = 1) -> Self:
        """Return it without its last decisions.

        Raises
        ------
        ArgumentError
            It holds no decision, or fewer than `n`.
        """
        if not 0 < n <= len(self.decisions):
            raise ArgumentError(
                f"`n` is {n!r}; the {self.NAME} holds {len(self.decisions)} decision(s) to undo."
            )
        return replace(self, decisions=self.decisions[:-n])

    def to_csv(self) -> str:
        """Return the file's text: one decision a line, no quotation marks where none are needed."""
        written = io.StringIO()
        writer = csv.writer(written, lineterminator="\n")
        writer.writerow(self.COLUMNS)
        writer.writerows(self._cells())
        return written.getvalue()

    @property
    def sha256(self) -> str:
        """The hash of the file's text."""
        return hashlib.sha256(self.to_csv().encode()).hexdigest()

    def save(self, path: str | Path = "") -> Path:
        """Write the file (by default the one it was read from) and return its path.

        Raises
        ------
        ArgumentError
            There is no path, or no such folder; or the file was changed by another, whose decisions would be lost.
        """
        if not (path or self.path):
            raise ArgumentError(
                f'`path` is empty and the {self.NAME} has none; give one: save("{self.FILE}").'
            )
        target = Path(path or self.path)
        if not target.parent.is_dir():
            raise ArgumentError(f"`path` is {str(target)!r}, but there is no folder {str(target.parent)!r}.")
        if target.exists() and hashlib.sha256(target.read_bytes()).hexdigest() not in self.known:
            raise ArgumentError(
                f"{str(target)!r} holds decisions that this {self.NAME} was not made from (another may have saved it"
                " meanwhile); load it again, or save under another name, so that nothing is lost."
            )
        # Beside it first: a full disk must not leave half a file.
        draft = target.with_name(f".{target.name}.new")
        draft.write_text(self.to_csv(), encoding="utf-8", newline="\n")
        draft.replace(target)
        self.known.add(self.sha256)
        return target

    def _cells(self) -> Iterable[Sequence[object]]:
        """Return the cells of each decision as the file has them."""
        return self.decisions


def read_rows(
    path: str | Path, log: type[DecisionLog[Line]], needed: Iterable[str], error: type[AnalystkitError]
) -> tuple[csv.DictReader[str], set[str]]:
    """Return the rows of a log's file, saved with commas or semicolons, and the hash of the file as what is known.

    Raises
    ------
    PathMissingError
        There is no such file.
    AnalystkitError
        `error`: the file is not in UTF-8, or lacks a column that is `needed`.
    """
    source = Path(path)
    if not source.is_file():
        raise PathMissingError(
            f"There is no {log.NAME} {str(path)!r} (looked in {str(Path.cwd())!r}); an empty one is made with"
            f" ak.{log.__name__}().save({str(path)!r})."
        )
    content = source.read_bytes()
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        line = fault.object.count(b"\n", 0, fault.start) + 1
        raise error(
            f"Line {line} of {str(path)!r} is not in UTF-8, so that its letters cannot be told for sure; save the file"
            ' again as "CSV UTF-8".'
        ) from fault
    head = text.partition("\n")[0]
    # A spreadsheet may have saved it with semicolons.
    rows = csv.DictReader(io.StringIO(text), delimiter=";" if head.count(";") > head.count(",") else ",")
    missing = [name for name in needed if name not in (rows.fieldnames or ())]
    if missing:
        raise error(
            f"{str(path)!r} is no {log.NAME}: its first line lacks {missing}; it should be {','.join(log.COLUMNS)!r}."
        )
    return rows, {hashlib.sha256(content).hexdigest()}


def check_day(day: str) -> None:
    """Refuse what is no day.

    >>> check_day("2023-09-31")
    Traceback (most recent call last):
    analystkit.errors.ArgumentError: `day` is '2023-09-31'; give a day such as '2023-09-13'.
    """
    try:
        date.fromisoformat(day)
    except ValueError:
        raise ArgumentError(f"`day` is {day!r}; give a day such as '2023-09-13'.") from None
