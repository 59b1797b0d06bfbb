"""Down from a number: its articles with their sentences, page by page, then one article as a whole."""

from __future__ import annotations

from html import escape
from typing import Any, Final

import ipywidgets as widgets
import pandas as pd

from analystkit.collection import Collection, counted
from analystkit.errors import AnalystkitError
from analystkit.measure import Answer
from analystkit.views.search import MOST_ARTICLES, find_sentences
from analystkit.widgets.lines import LinesPane
from analystkit.widgets.markup import article_html, row_title, sentences_html
from analystkit.widgets.show import row_of
from analystkit.widgets.state import ExplorerState

PAGE: Final = 8  # articles at a time: what a reader takes in, and few enough to change at once
#: Frames of sentences that stay open after they were replaced.
_LEFT_OPEN: Final = 4


class EvidencePane(widgets.VBox):  # type: ignore[misc]  # ipywidgets has no types
    """The sentences behind the row that the state names; a button beside each article opens it.

    Attributes
    ----------
    sentences
        The sentences shown, all pages; what the CSV of sentences holds.
    heading, blocks
        What is shown, as HTML widgets: the number in words, and one block per article.
    lines
        The lines of the page of the article that is open, with the buttons that decide on them.
    """

    def __init__(self, state: ExplorerState) -> None:
        self._state = state
        self._answer: Answer | None = None
        self._collection: Collection | None = None
        self._parts: list[pd.DataFrame] = []
        self._page = 0
        self._opener: Any = None  # takes the keyboard back when the article is closed
        self._told_of = ""  # the article whose lines were shown last
        self.sentences = pd.DataFrame()
        self.heading = widgets.HTML()
        # Blocks are made once and filled anew: making widgets takes longer than filling them.
        self.blocks = [widgets.HTML() for _ in range(PAGE)]
        self.openers = [
            widgets.Button(description="Read the article", layout=widgets.Layout(width="auto"))
            for _ in range(PAGE)
        ]
        for place, opener in enumerate(self.openers):
            opener.on_click(lambda _, place=place: self._open(place))
        self._lines = [widgets.VBox(list(pair)) for pair in zip(self.blocks, self.openers, strict=True)]
        self.earlier = widgets.Button(description="◀ Earlier", layout=widgets.Layout(width="auto"))
        self.later = widgets.Button(description="Later ▶", layout=widgets.Layout(width="auto"))
        self.earlier.on_click(lambda _: self._turn(-1))
        self.later.on_click(lambda _: self._turn(1))
        self.place = widgets.HTML()
        self.place.add_class("ak-place")
        self._pager = widgets.HBox([self.earlier, self.place, self.later])
        self._pager.add_class("ak-pager")
        self.back = widgets.Button(description="◀ Back to the sentences", layout=widgets.Layout(width="auto"))
        self.back.on_click(lambda _: self._close())
        self.article = widgets.HTML()
        self._list = widgets.VBox([widgets.VBox()])
        self._worn: list[widgets.VBox] = []
        self.lines = LinesPane(self._decide, self._undo)
        self._whole = widgets.VBox([self.back, self.article, self.lines])
        super().__init__([self.heading, self._list, self._pager, self._whole])
        self.add_class("ak-evidence")

    def show(self, answer: Answer) -> None:
        """Show what the state's row and article name in an answer; ask for a row when there is none."""
        self._answer, self._collection = answer, answer.collection
        if self._state.search:
            self._show_found(answer)
            return
        row = {key: value for key, value in self._state.row if key != "side"}
        found = row_of(answer, row) if row and set(row) <= set(answer.keys) else {}
        self.sentences, self._parts, self._page = pd.DataFrame(), [], 0
        if not found or set(row) != set(answer.keys):
            self._say(self._ask(row, found))
        else:
            self.sentences = answer.sentences(**row)
            if answer.measure == "coverage":
                # What is counted is the article: its first sentence stands for it and is no find.
                self.sentences["marks"] = [()] * len(self.sentences)
            self._parts = [part for _, part in self.sentences.groupby("article_id", sort=False)]
            self._say(self._told(found))
        self._fill()
        self.show_article()

    def _show_found(self, answer: Answer) -> None:
        """Show the sentences that hold the words that are searched for."""
        found = find_sentences(answer.collection, self._state.search)
        self.sentences, self._page = found.sentences, 0
        self._parts = [part for _, part in self.sentences.groupby("article_id", sort=False)]
        n = counted(len(self.sentences), "sentence")
        words = f"{self._state.search}: {n} in {counted(len(self._parts), 'article')}"
        more = found.n_articles - MOST_ARTICLES
        also = f", and {counted(more, 'more article')} not listed; search for more words" if more > 0 else ""
        self._say(f"{words}{also}{':' if self._parts else '.'}")
        self._fill()
        self.show_article()

    def show_sentences(self, collection: Collection, sentences: pd.DataFrame, told: str) -> None:
        """Show sentences (as `Answer.sentences` returns them) that no row of the state names, under a heading."""
        self._answer, self._collection = None, collection
        self.sentences, self._page = sentences, 0
        if len(sentences):
            self._parts = [part for _, part in sentences.groupby("article_id", sort=False)]
        else:
            self._parts = []
        self._say(told)
        self._fill()
        self.show_article()

    def show_article(self) -> None:
        """Show the article that the state names, else the sentences."""
        identity = self._state.article
        here = self._collection is not None and bool(
            identity and (self._collection.articles["article_id"] == identity).any()
        )
        if identity != self._told_of:
            self._told_of = identity
            self.lines.begin()
        self.article.value = self._article(identity) if here else ""
        _display(self._whole, here)
        _display(self._list, not here and bool(self._parts))
        _display(self._pager, not here and len(self._parts) > PAGE)

    def _article(self, identity: str) -> str:
        collection = self._collection
        assert collection is not None
        own = collection.articles[collection.articles["article_id"] == identity].to_dict("records")[0]
        hits = (
            self.sentences[self.sentences["article_id"] == identity]
            if len(self.sentences)
            else self.sentences
        )
        marks = [
            (row["start"] + start, row["start"] + end)
            for row in hits.to_dict("records")
            for start, end in row["marks"]
        ]
        zones = collection.zones[collection.zones["article_id"] == identity]
        decisions = self._state.collection.decisions
        self.lines.show(zones, decisions["text"].iloc[-1] if len(decisions) else "")
        # A frame of its own, made anew, so that each article begins at its top.
        reader = '<div class="ak ak-reader" tabindex="0" role="region" aria-label="Article">'
        return f"{reader}{article_html(own, zones, marks)}</div>"

    def _decide(self, line: dict[str, Any], zone: str) -> None:
        """Give a line of the article that is open another zone; "" takes the decision on it back."""
        text, article = line["text"], self._state.article
        nth = line["nth"] if line["n_same"] > 1 else None
        collection = self._state.collection
        try:
            if zone:
                decided = collection.retype(text, zone, article=article, nth=nth)
            else:
                decided = collection.undo_line(text, article=article)
        except AnalystkitError as fault:
            self.lines.say(str(fault), fault=True)
            return
        done = {"body": "Put back", "furniture": "Removed", "": "Undone"}[zone]
        self._take_up(decided, f"{done}: {text[:60]}.")

    def _undo(self) -> None:
        try:
            decided = self._state.collection.undo_line()
        except AnalystkitError as fault:  # a filter by an actor whom only that line names
            self.lines.say(f"Not undone: {fault}", fault=True)
            return
        self._take_up(decided, "The last decision is undone.")

    def _take_up(self, decided: Collection, done: str) -> None:
        """Count with what was decided, and write it down."""
        self._state.collection = decided
        if decided.decision_file is None:
            self.lines.say(
                f"{done} Counted here; to keep it, call save_decisions(...) of explorer.collection."
            )
            return
        try:
            path = decided.save_decisions()
        except AnalystkitError as fault:
            self.lines.say(f"{done} Counted here, but not written down: {fault}", fault=True)
        else:
            self.lines.say(f"{done} Written to {path.name}: load again to count with it in other cells.")

    def _ask(self, row: dict[str, str], found: dict[str, Any]) -> str:
        assert self._answer is not None
        keys = self._answer.keys
        if not keys or not len(self._answer.table):
            return ""
        if row and set(row) <= set(keys) and not found:
            return f"{', '.join(row.values())} is not in these numbers any more. Choose another."
        missing = [key for key in keys if key not in row] if found else keys
        also = f" for {', '.join(row.values())}" if found else ""
        return f"Choose {' and '.join(_article_of(key) for key in missing)}{also} to read the sentences behind its number."

    def _told(self, row: dict[str, Any]) -> str:
        assert self._answer is not None
        told = f"{row_title(self._answer, row)}."
        if not self._parts:
            return told
        if self._answer.measure == "coverage":
            return f"{told} The first sentence of each:"
        if self._answer.count == "sentences":
            return f"{told} In {counted(len(self._parts), 'article')}:"
        return f"{told} {counted(len(self.sentences), 'sentence')}:"

    def _say(self, words: str) -> None:
        self.heading.value = f'<div class="ak"><h4>{escape(words)}</h4></div>' if words else ""

    def _fill(self) -> None:
        first = self._page * PAGE
        shown = self._parts[first : first + PAGE]
        for place, (block, opener) in enumerate(zip(self.blocks, self.openers, strict=True)):
            if place < len(shown):
                block.value = f'<div class="ak">{sentences_html(shown[place], cite=True)}</div>'
                opener.tooltip = f"Read the article: {shown[place].iloc[0]['title']}"
            else:
                block.value = ""
        # The frame that scrolls is made anew, so that each page begins at its top.
        frame, (worn,) = widgets.VBox(self._lines[: len(shown)]), self._list.children
        frame.add_class("ak-list")
        self._list.children = (frame,)
        # The page may still be building what is replaced: it is closed when some more have come after it.
        self._worn.append(worn)
        if len(self._worn) > _LEFT_OPEN:
            oldest = self._worn.pop(0)
            oldest.layout.close()
            oldest.close()
        self.earlier.disabled = not self._page
        self.later.disabled = first + PAGE >= len(self._parts)
        self.place.value = f"{first + 1} to {first + len(shown)} of {len(self._parts)}" if shown else ""

    def _turn(self, step: int) -> None:
        self._page += step
        self._fill()

    def _open(self, place: int) -> None:
        self.open_article(
            str(self._parts[self._page * PAGE + place].iloc[0]["article_id"]), self.openers[place]
        )

    def _close(self) -> None:
        self._state.article = ""
        if self._opener is not None:
            self._opener.focus()

    def open_article(self, article: str, opener: Any) -> None:
        """Show an article; the keyboard goes to it, and back to its opener when it is closed."""
        self._opener = opener
        self._state.article = article
        # What was pressed may be hidden now; without this a keyboard user would be lost.
        self.back.focus()


def _display(widget: Any, shown: bool) -> None:
    widget.layout.display = "" if shown else "none"


def _article_of(key: str) -> str:
    return f"an {key}" if key[0] in "aeiou" else f"a {key}"
