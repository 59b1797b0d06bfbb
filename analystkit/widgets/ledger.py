"""The ledger as a widget: proposals accepted or rejected with one key, names corrected, everything undone again."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import Any, Final

import ipywidgets as widgets
import pandas as pd

from analystkit.annotate.actors.ledger import Decision, read_ledger
from analystkit.collection import Collection, counted
from analystkit.errors import ArgumentError
from analystkit.schema import ACTOR_KINDS
from analystkit.widgets.deciding import FRAME, NO_SENTENCE, button, guarded, head, sentence
from analystkit.widgets.export import link
from analystkit.widgets.keys import KEEP_KEYS, PRESS_KEYS
from analystkit.widgets.markup import STYLE

_EXAMPLES: Final = 3  # articles of each name shown side by side
_SHOWN: Final = 400  # more lines make the page slow; the search finds the others
_LAST: Final = 6  # decisions told at the bottom


class LedgerEditor(widgets.VBox):  # type: ignore[misc]  # ipywidgets has no types
    """Review which names are one actor: accept or reject proposals, merge, split, rename, re-kind, and undo.

    Keys, while the editor has the focus: a accept, s accept the other way round, r reject, n never one, u undo; the
    arrows choose. Every decision is one line of the ledger, written to `path` at once.

    Parameters
    ----------
    collection
        Whose actors.
    path
        The CSV file to keep; by default the one that the collection's ledger was read from. Without either, nothing is
        written, and the file can be saved from the link at the bottom.

    Raises
    ------
    ArgumentError
        The file holds other decisions than the collection, and would be overwritten.

    Attributes
    ----------
    collection
        The collection under the ledger as it stands: use it in the cells below.
    proposals, names
        The lists to choose from.
    decided
        The last decisions, and the link that saves all, as HTML.
    """

    def __init__(self, collection: Collection, path: str | Path = "") -> None:
        if not isinstance(collection, Collection):
            raise ArgumentError(
                f"`collection` is a {type(collection).__name__}; give what `load` or `from_frame` returned."
            )
        self.collection = collection
        self.path = str(path or collection.ledger.path)
        if self.path and Path(self.path).exists() and read_ledger(self.path) != collection.ledger:
            raise ArgumentError(
                f"`path` is {self.path!r}, which holds decisions that this collection does not have, and would be"
                f" overwritten; load with them first: ledger={self.path!r}."
            )
        self._left = _rows(collection)
        self._before: list[list[dict[str, Any]]] = []
        self._filling = False

        self.status = widgets.HTML()
        self.fault = widgets.HTML()
        self.search = widgets.Text(placeholder="find a name", description="Find", continuous_update=False)
        self.proposals = widgets.Select(rows=10, description="Proposals")
        self.names = widgets.Select(rows=10, description="Actors")
        self.evidence = widgets.HTML()
        self.decided = widgets.HTML()
        self.buttons = {
            "a": button("Accept", "a", "The first name is the second"),
            "s": button("Swap", "s", "The second name is the first"),
            "r": button("Reject", "r", "Not to be proposed again"),
            "n": button("Never one", "n", "Parted now, and never joined"),
            "u": button("Undo", "u", "Take the last decision back"),
        }
        for key, do in (
            ("a", self._accept),
            ("s", lambda: self._accept(swapped=True)),
            ("r", lambda: self._decide_pair("reject")),
            ("n", lambda: self._decide_pair("never")),
            ("u", self.undo),
        ):
            self.buttons[key].on_click(guarded(self.fault, do))
        self.other = widgets.Combobox(
            description="Merge into", placeholder="another name", ensure_option=False, continuous_update=False
        )
        self.new_name = widgets.Text(description="Rename to", continuous_update=False)
        self.spelling = widgets.Dropdown(description="Split off", options=[])
        self.kind = widgets.Dropdown(
            description="Kind", options=[("", ""), *((kind, kind) for kind in ACTOR_KINDS)]
        )
        self.apply = widgets.Button(
            description="Apply", layout=widgets.Layout(width="auto", align_self="flex-start")
        )
        self.apply.on_click(guarded(self.fault, self._apply_form))
        form = widgets.VBox([self.other, self.new_name, self.spelling, self.kind, self.apply])
        form.add_class("ak-form")
        decide = widgets.HBox(list(self.buttons.values()), layout=widgets.Layout(flex_flow="row wrap"))
        decide.add_class("ak-decide")
        lists = widgets.Box(
            [
                widgets.VBox([head("Proposals: the first name may be the second"), self.proposals, decide]),
                widgets.VBox([head("All actors: choose one to correct"), self.names, form]),
            ]
        )
        lists.add_class("ak-lists")
        super().__init__(
            [
                widgets.HTML(STYLE + FRAME + KEEP_KEYS + PRESS_KEYS, layout=widgets.Layout(display="none")),
                self.status,
                self.fault,
                self.search,
                lists,
                self.evidence,
                self.decided,
            ]
        )
        self.add_class("ak-ledger")
        self.search.observe(lambda _: self._show(), "value")
        self.proposals.observe(lambda change: self._show_pair(change["new"]), "value")
        self.names.observe(lambda change: self._show_name(change["new"]), "value")
        self._show()

    def decide(self, action: str, name: str, other: str = "", *, kind: str = "", note: str = "") -> None:
        """Take a decision, as `Collection.decide` does, write the ledger, and go on to the next proposal.

        Raises
        ------
        ArgumentError
            The decision finds nothing to change.
        """
        decided = self.collection.decide(action, name, other, kind=kind, note=note)
        self._before.append(self._left)
        self._left = _after(self._left, decided.ledger.decisions[-1])
        self._become(decided)

    def undo(self) -> None:
        """Take the last decision back."""
        self._become(self.collection.undo())
        self._left = self._before.pop() if self._before else _rows(self.collection)
        self._show()

    def _become(self, collection: Collection) -> None:
        self.collection = collection
        if self.path:
            collection.ledger.save(self.path)
        self._show()

    def _accept(self, *, swapped: bool = False) -> None:
        row = self._chosen()
        name, other = (row["other"], row["name"]) if swapped else (row["name"], row["other"])
        self.decide("merge", name, other, note=f"proposed: {row['reason']}")

    def _decide_pair(self, action: str) -> None:
        row = self._chosen()
        self.decide(action, row["name"], row["other"], note=f"proposed: {row['reason']}")

    def _chosen(self) -> dict[str, Any]:
        if self.proposals.value is None:
            raise ArgumentError("No proposal is chosen; choose one in the list.")
        row: dict[str, Any] = self._left[self.proposals.value]
        return row

    def _apply_form(self) -> None:
        name = self.names.value
        if name is None:
            raise ArgumentError("No actor is chosen; choose one in the list of all actors.")
        if self.other.value:
            self.decide("merge", name, self.other.value.strip())
        elif self.new_name.value:
            self.decide("rename", name, self.new_name.value.strip())
        elif self.spelling.value:
            self.decide("split", self.spelling.value, name, kind=self.kind.value)
        elif self.kind.value:
            self.decide("kind", name, kind=self.kind.value)
        else:
            raise ArgumentError(
                "Nothing is filled in: say into whom, the new name, the spelling or the kind."
            )

    def _show(self) -> None:
        """Fill the lists anew; the chosen place stays, so that the next proposal is under the hand."""
        with self._refilling():
            sought = self.search.value.strip().casefold()
            place = self.proposals.index or 0
            shown = [
                (_told(row), number)
                for number, row in enumerate(self._left)
                if sought in f"{row['name']}\n{row['other']}".casefold()
            ][:_SHOWN]
            self.proposals.options = shown
            self.proposals.index = min(place, len(shown) - 1) if shown else None
            mentions = self.collection.mentions
            counts = mentions["actor"].value_counts()
            names = sorted(counts.index, key=lambda name: (-counts[name], name))
            chosen = self.names.value
            width = len(f"{counts.max():,}") if len(counts) else 1
            listed = [name for name in names if sought in name.casefold()][:_SHOWN]
            self.names.options = [
                (f"{counts[name]:,}".rjust(width, "\u2007") + f"  {name}", name) for name in listed
            ]
            self.names.value = chosen if chosen in listed else None
            self.other.options = names[:_SHOWN]
        ledger = self.collection.ledger
        kept = "; not saved yet" if len(ledger) else ""
        if self.path:
            kept = f"; kept in {self.path}"
        told = (
            f"{counted(len(self._left), 'proposal')} left, {counted(len(ledger), 'decision')}{kept}."
            " Keys: a accept, s swap, r reject, n never, u undo."
        )
        self.status.value = f'<div class="ak ak-status"><span role="status">{escape(told)}</span></div>'
        self.buttons["u"].disabled = not len(ledger)
        for key in "asrn":
            self.buttons[key].disabled = not shown
        last = "".join(
            f"<li>{escape(decision.describe())} <span class='ak-about'>{escape(_aside(decision))}</span></li>"
            for decision in reversed(ledger.decisions[-_LAST:])
        )
        csv = link("ledger (CSV)", "actors.csv", ledger.to_csv().encode(), "text/csv")
        self.decided.value = f'<div class="ak ak-foot"><p>Save: {csv}</p><ul>{last}</ul></div>'
        self._show_pair(self.proposals.value)
        self._show_name(self.names.value)

    def _show_pair(self, number: int | None) -> None:
        if self._filling:
            return
        if number is None:
            self.evidence.value = (
                '<div class="ak"><div class="ak-empty">No proposal is left here.</div></div>'
            )
            return
        row = self._left[number]
        sides = "".join(
            f"<div><h4>{escape(name)}</h4>{_examples(self.collection, name, other)}</div>"
            for name, other in ((row["name"], row["other"]), (row["other"], row["name"]))
        )
        why = f"<p>{escape(row['name'])} may be {escape(row['other'])}: {escape(row['reason'])}.</p>"
        self.evidence.value = f'<div class="ak">{why}<div class="ak-pair">{sides}</div></div>'

    def _show_name(self, name: str | None) -> None:
        """Show the sentences of an actor chosen from all, and offer its spellings."""
        if self._filling:
            return
        mentions = self.collection.mentions
        spellings = (
            mentions.loc[mentions["actor"] == name, "surface"].value_counts()
            if name
            else pd.Series(dtype="int64")
        )
        self.spelling.options = [
            ("", ""),
            *((f"{spelling} ({n:,})", spelling) for spelling, n in spellings.items()),
        ]
        self.other.value = self.new_name.value = ""
        self.kind.value = ""
        self.apply.disabled = name is None
        if name:
            shown = _examples(self.collection, name, "", n=2 * _EXAMPLES)
            self.evidence.value = f'<div class="ak"><h4>{escape(name)}</h4>{shown}</div>'

    @contextlib.contextmanager
    def _refilling(self) -> Iterator[None]:
        self._filling = True
        try:
            yield
        finally:
            self._filling = False


def _rows(collection: Collection) -> list[dict[str, Any]]:
    return [
        {str(key): value for key, value in row.items()} for row in collection.proposals.to_dict("records")
    ]


def _after(rows: list[dict[str, Any]], decision: Decision) -> list[dict[str, Any]]:
    """Return the proposals that are left after a decision, by the names that actors have then."""
    called = {decision.name: decision.other} if decision.action in {"merge", "rename"} else {}
    settled = (
        {frozenset((decision.name, decision.other))}
        if decision.action in {"merge", "reject", "never"}
        else set()
    )
    left, seen = [], set()
    for row in rows:
        pair = frozenset((row["name"], row["other"]))
        now = {**row, **{side: called.get(row[side], row[side]) for side in ("name", "other")}}
        again = frozenset((now["name"], now["other"]))
        if pair in settled or len(again) == 1 or again in seen:
            continue
        seen.add(again)
        left.append(now)
    return left


def _told(row: dict[str, Any]) -> str:
    return f"{row['name']} ({row['n']:,}) → {row['other']} ({row['n_other']:,}): {row['reason']}"


def _aside(decision: Decision) -> str:
    return ", ".join(filter(None, (decision.day, decision.note)))


def _examples(collection: Collection, name: str, other: str, *, n: int = _EXAMPLES) -> str:
    """Return sentences that name an actor, those of articles that also name the other first."""
    mentions = collection.mentions
    own = mentions[mentions["actor"] == name]
    shared = set(mentions.loc[mentions["actor"] == other, "article_id"]) if other else set()
    own = own.assign(apart=~own["article_id"].isin(shared)).sort_values("apart", kind="stable")
    firsts = own.drop_duplicates("article_id").head(n)
    articles = collection.articles.set_index("article_id")
    sentences = collection.sentences
    sentences = sentences[sentences["article_id"].isin(set(firsts["article_id"]))]
    rows = firsts.rename(columns={"start": "at", "end": "to"}).merge(
        sentences, on=["article_id", "sentence_id"]
    )
    parts = []
    for row in rows.to_dict("records"):
        marks = ((row["at"] - row["start"], row["to"] - row["start"]),)
        parts.append(sentence(articles.loc[row["article_id"]], row, marks))
    return "".join(parts) or NO_SENTENCE
