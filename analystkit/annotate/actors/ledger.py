"""The ledger: the analyst's decisions on actors, one a line, replayed in order on the mentions as the linker left them.

Mentions are never changed for good: without its last line the ledger gives the tables it gave before.
"""

from __future__ import annotations

import csv
import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from analystkit.annotate.actors.linking import name_key
from analystkit.annotate.decision_log import DecisionLog, check_day, read_rows
from analystkit.errors import ArgumentError, LedgerFileError, check_choice, check_columns
from analystkit.schema import ACTOR_KINDS, STRING

COLUMNS: Final = ("day", "action", "name", "other", "kind", "note")
#: What may be decided, with the word for the names it takes.
ACTIONS: Final[Mapping[str, str]] = {
    "merge": "`name` is `other`: its mentions go there",
    "split": "the spelling `name` is not `other`: it becomes an actor of its own",
    "rename": "`name` is called `other` from here on",
    "never": "`name` and `other` are two: they are parted, and stay so",
    "kind": "`name` is of the kind `kind`",
    "reject": "the proposal that `name` is `other` is not to come again",
}

Rows = npt.NDArray[np.bool_]


class Decision(NamedTuple):
    """One line of a ledger."""

    day: str
    action: str
    name: str
    other: str = ""
    kind: str = ""
    note: str = ""

    def describe(self) -> str:
        """Say in words what was decided.

        >>> Decision("2024-05-03", "merge", "Primorye", "Primorsky").describe()
        'Primorye is Primorsky'
        """
        words = {
            "merge": "{name} is {other}",
            "split": "{name} is not {other}",
            "rename": "{name} is called {other}",
            "never": "{name} and {other} are two, always",
            "kind": "{name} is of the kind {kind}",
            "reject": "{name} is not proposed as {other} again",
        }
        return words[self.action].format(name=self.name, other=self.other, kind=self.kind)


class Fault(NamedTuple):
    """A decision that could not be carried out: number of its line in the file, why, and the way out."""

    line: int
    severity: str
    reason: str
    remedy: str


@dataclass(frozen=True)
class Applied:
    """What a ledger made of some mentions.

    Attributes
    ----------
    mentions
        The same rows in the same order, with other `actor` and `kind`.
    faults
        One per decision that found nothing to change.
    settled
        Pairs of actors that are not to be proposed as one.
    """

    mentions: pd.DataFrame
    faults: tuple[Fault, ...]
    settled: frozenset[frozenset[str]]


@dataclass(frozen=True)
class Ledger(DecisionLog[Decision]):
    """Decisions in the order in which they were taken. Nothing in it changes: `decide` and `undo` return new ledgers.

    Parameters
    ----------
    decisions
        What was decided, first to last.
    path
        The file it was read from, or "".

    Examples
    --------
    >>> ledger = Ledger().decide("merge", "Primorye", "Primorsky", day="2024-05-03")
    >>> print(ledger.to_csv(), end="")
    day,action,name,other,kind,note
    2024-05-03,merge,Primorye,Primorsky,,
    >>> ledger.undo() == Ledger()
    True
    """

    NAME = "ledger"
    FILE = "actors.csv"
    COLUMNS = COLUMNS

    def decide(
        self, action: str, name: str, other: str = "", *, kind: str = "", note: str = "", day: str | date = ""
    ) -> Ledger:
        """Return the ledger with one decision more.

        Parameters
        ----------
        action
            "merge" (`name` is `other`), "split" (the spelling `name` is not `other`), "rename" (`name` is called
            `other`), "never" (the two are never one), "kind" (`name` is of the kind `kind`), "reject" (this proposal is
            not to come again).
        name, other
            Names of actors as the tables have them; for "split", `name` is a spelling.
        kind
            With "kind" the new kind; with "merge" and "rename" only the actor of this kind; with "split" the kind of the
            new actor.
        note
            Why, in the analyst's words.
        day
            The day of the decision; by default today.

        Raises
        ------
        ArgumentError
            An argument has a value that is not allowed.
        """
        cells = [str(cell).strip() for cell in (day or date.today(), action, name, other, kind, note)]
        return replace(self, decisions=(*self.decisions, _checked(Decision(*cells))))

    def apply(self, mentions: pd.DataFrame) -> Applied:
        """Carry out the decisions, first to last.

        Parameters
        ----------
        mentions
            One row per mention as the linker left it; needs `surface`, `actor`, `kind`. It is not changed.
        """
        check_columns("mentions", map(str, mentions.columns), ["surface", "actor", "kind"])
        if not self.decisions:
            return Applied(mentions, (), frozenset())
        # Decisions look at names only, and there are far fewer of these than mentions.
        names = ["actor", "kind", "surface"]
        number = mentions.groupby(names, sort=False).ngroup().to_numpy()
        actor, kind, surface = (
            mentions[names].drop_duplicates()[name].to_numpy(dtype=object, copy=True) for name in names
        )
        sheet = _Sheet(actor, kind, surface, np.bincount(number, minlength=len(actor)))
        for line, decision in enumerate(self.decisions, start=2):
            sheet.carry_out(line, decision)
        columns = {
            "actor": pd.Series(sheet.actor[number], index=mentions.index, dtype=STRING),
            "kind": pd.Series(sheet.kind[number], index=mentions.index, dtype=STRING),
        }
        return Applied(mentions.assign(**columns), tuple(sheet.faults), sheet.settled())


def read_ledger(path: str | Path) -> Ledger:
    """Read a ledger from its CSV file.

    Raises
    ------
    PathMissingError
        There is no such file.
    LedgerFileError
        It is no ledger, or a line holds what is not allowed; the message names the line.
    """
    rows, known = read_rows(path, Ledger, COLUMNS[:4], LedgerFileError)
    return Ledger(tuple(_decisions(rows, str(path))), str(path), known)


def as_ledger(ledger: object) -> Ledger:
    """Return a ledger, or that of a file or of rows as `Decision` has them; None is an empty one."""
    if ledger is None:
        return Ledger()
    if isinstance(ledger, Ledger):
        return ledger
    if isinstance(ledger, (str, Path)):
        return read_ledger(ledger)
    raise ArgumentError(f"`ledger` is a {type(ledger).__name__}; give the path of a CSV file or a Ledger.")


def _decisions(rows: csv.DictReader[str], path: str) -> Iterable[Decision]:
    for row in rows:
        cells = [str(row.get(name) or "").strip() for name in COLUMNS]
        if not any(cells):
            continue
        try:
            yield _checked(Decision(*cells))
        except ArgumentError as fault:
            raise LedgerFileError(f"Line {rows.line_num} of {path!r}: {fault}") from fault


def _checked(decision: Decision) -> Decision:
    check_choice("action", decision.action, ACTIONS)
    check_day(decision.day)
    if not decision.name:
        raise ArgumentError(f"`name` is empty; {decision.action!r} needs the name of an actor.")
    if decision.action == "kind":
        check_choice("kind", decision.kind, ACTOR_KINDS)
        return decision
    if decision.kind:
        check_choice("kind", decision.kind, ACTOR_KINDS)
    if not decision.other:
        raise ArgumentError(f"`other` is empty; {decision.action!r} needs two names.")
    if decision.name == decision.other:
        raise ArgumentError(
            f"`name` and `other` are both {decision.name!r}; {decision.action!r} needs two names."
        )
    return decision


class _Sheet:
    """The distinct (actor, kind, spelling) of a collection while decisions are carried out on them."""

    def __init__(
        self,
        actor: npt.NDArray[np.object_],
        kind: npt.NDArray[np.object_],
        surface: npt.NDArray[np.object_],
        n: npt.NDArray[np.int64],
    ) -> None:
        self.actor, self.kind, self.n = actor, kind, n
        self.faults: list[Fault] = []
        self._spelling = np.array([name_key(name) for name in surface], dtype=object)
        self._parted: list[tuple[Decision, int, Rows, Rows]] = []
        self._moved: dict[str, str] = {}

    def carry_out(self, line: int, decision: Decision) -> None:
        """Carry out one decision, or note why it cannot be."""
        does = {
            "merge": self._merge,
            "split": self._split,
            "rename": self._rename,
            "never": self._part,
            "reject": self._part,
            "kind": self._set_kind,
        }
        does[decision.action](line, decision)

    def settled(self) -> frozenset[frozenset[str]]:
        """Return the pairs of actors, as they are called now, that are not to be proposed as one."""
        pairs = set()
        for decision, _, one, other in self._parted:
            ones = set(self.actor[one]) or {decision.name}
            others = set(self.actor[other]) or {decision.other}
            pairs |= {frozenset((a, b)) for a in ones for b in others if a != b}
        return frozenset(pairs)

    def _merge(self, line: int, decision: Decision) -> None:
        rows, into = self._called(decision.name, decision.kind), self._called(decision.other)
        if not rows.any():
            self._find_nothing(line, decision.name, decision.kind)
            return
        if not into.any():
            self._fault(
                line,
                f"no actor is called {decision.other!r}{self._hint(decision.other)}",
                f"correct the name, or write rename instead of merge to call {decision.name!r} so",
            )
            return
        for parted, at, one, other in self._parted:
            if parted.action == "never" and (
                ((one & rows).any() and (other & into).any()) or ((other & rows).any() and (one & into).any())
            ):
                self._fault(
                    line,
                    f"{decision.name!r} and {decision.other!r} are never one (line {at})",
                    "delete one of the two lines",
                )
                return
        self.actor[rows] = decision.other
        self.kind[rows] = self._main_kind(into)
        self._moved[decision.name] = f"line {line} made it {decision.other!r}"

    def _rename(self, line: int, decision: Decision) -> None:
        rows = self._called(decision.name, decision.kind)
        if not rows.any():
            self._find_nothing(line, decision.name, decision.kind)
        elif self._called(decision.other).any():
            self._fault(
                line,
                f"there is an actor called {decision.other!r} already",
                "write merge instead of rename if the two are one, or choose another name",
            )
        else:
            self.actor[rows] = decision.other
            self._moved[decision.name] = f"line {line} called it {decision.other!r}"

    def _split(self, line: int, decision: Decision) -> None:
        whole = self._called(decision.other)
        rows = whole & (self._spelling == name_key(decision.name))
        if not rows.any():
            told = "is never spelt" if whole.any() else "is no actor here, or is not spelt"
            self._fault(
                line,
                f"{decision.other!r} {told} {decision.name!r}{'' if whole.any() else self._hint(decision.other)}",
                "correct the spelling (the mentions of the actor show all of them), or delete the line",
            )
        else:
            self.actor[rows] = decision.name
            if decision.kind:
                self.kind[rows] = decision.kind

    def _part(self, line: int, decision: Decision) -> None:
        """Keep two names apart: "never" parts them where they are one, "reject" only is remembered."""
        spelt = [self._spelling == name_key(name) for name in (decision.name, decision.other)]
        if decision.action == "never":
            for name, other, rows in (
                (decision.name, decision.other, spelt[0]),
                (decision.other, decision.name, spelt[1]),
            ):
                self.actor[rows & self._called(other)] = name
        one = self._called(decision.name) | spelt[0]
        other_rows = self._called(decision.other) | spelt[1]
        for name, rows in ((decision.name, one), (decision.other, other_rows)):
            if not rows.any():
                self._find_nothing(line, name, severity="note")
        both = set(self.actor[one]) & set(self.actor[other_rows])
        if decision.action == "never":
            for actor in both - {decision.name, decision.other}:
                inside = self._called(actor)
                self.actor[inside & spelt[0]] = decision.name
                self.actor[inside & spelt[1]] = decision.other
            one, other_rows = self._called(decision.name) | spelt[0], self._called(decision.other) | spelt[1]
        self._parted.append((decision, line, one, other_rows))

    def _set_kind(self, line: int, decision: Decision) -> None:
        rows = self._called(decision.name)
        if not rows.any():
            self._find_nothing(line, decision.name)
        self.kind[rows] = decision.kind

    def _called(self, name: str, kind: str = "") -> Rows:
        rows: Rows = self.actor == name
        return rows & (self.kind == kind) if kind else rows

    def _main_kind(self, rows: Rows) -> str:
        totals: dict[str, int] = {}
        for kind, n in zip(self.kind[rows], self.n[rows], strict=True):
            totals[kind] = totals.get(kind, 0) + int(n)
        return min(totals, key=lambda kind: (-totals[kind], kind))

    def _find_nothing(self, line: int, name: str, kind: str = "", severity: str = "warning") -> None:
        of_kind = f" of the kind {kind}" if kind and self._called(name).any() else ""
        self._fault(
            line,
            f"no actor is called {name!r}{of_kind}{self._hint(name)}",
            "correct the name, or delete the line if these texts no longer name it",
            severity,
        )

    def _hint(self, name: str) -> str:
        if name in self._moved:
            return f" any more ({self._moved[name]})"
        near = difflib.get_close_matches(name, set(self.actor), n=1, cutoff=0.75)
        return f"; did you mean {near[0]!r}?" if near and near[0] != name else ""

    def _fault(self, line: int, reason: str, remedy: str, severity: str = "warning") -> None:
        self.faults.append(Fault(line, severity, reason, remedy))
