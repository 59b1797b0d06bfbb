"""Term lists as a widget: terms that the collection suggests, accepted or rejected with one key, written at once."""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import Any, Final

import ipywidgets as widgets
import pandas as pd

from analystkit.annotate.term_lists import TopicList, parse_term, read_topics
from analystkit.annotate.topics import find_topics
from analystkit.collection import Collection, counted
from analystkit.errors import ArgumentError, TopicFileError
from analystkit.measure.article_topics import seeded_topics
from analystkit.widgets.deciding import FRAME, NO_SENTENCE, button, guarded, head, sentence
from analystkit.widgets.export import link
from analystkit.widgets.keys import KEEP_KEYS, PRESS_KEYS
from analystkit.widgets.markup import STYLE

_EXAMPLES: Final = 5
_LAST: Final = 6  # decisions told at the bottom


class TermEditor(widgets.VBox):  # type: ignore[misc]  # ipywidgets has no types
    """Widen term lists by what goes with their terms in the collection: accept, reject, drop, undo.

    Keys, while the editor has the focus: a accept, r reject, d drop the chosen term, l learn again from the terms as they
    stand, u undo; the arrows choose. The file is written at once. A rejected term is not shown again by this editor.

    Parameters
    ----------
    collection
        A collection with term lists; at least two topics must be found in five articles.
    path
        The YAML file to keep; by default that of the term lists. Without either nothing is written, and the file can be
        saved from the link at the bottom.

    Raises
    ------
    ArgumentError
        The collection has no term lists, or the file holds other ones and would be overwritten.

    Attributes
    ----------
    collection
        The collection under the term lists as they stand: use it in the cells below.
    suggestions, terms
        The lists to choose from.
    """

    def __init__(self, collection: Collection, path: str | Path = "") -> None:
        if not isinstance(collection, Collection):
            raise ArgumentError(
                f"`collection` is a {type(collection).__name__}; give what `load` or `from_frame` returned."
            )
        if collection.topics is None:
            raise ArgumentError('`collection` has no term lists; load it with topics="....yml".')
        self.collection = collection
        source = collection.topics.source
        self.path = str(path or (source if Path(source).suffix.lower() in {".yml", ".yaml"} else ""))
        if self.path and Path(self.path).exists() and read_topics(self.path) != collection.topics:
            raise ArgumentError(
                f"`path` is {self.path!r}, which holds other terms than this collection, and would be overwritten;"
                f" load with them first: topics={self.path!r}."
            )
        self._left: list[dict[str, Any]] = []
        self._rejected: set[tuple[str, str]] = set()
        self._before: list[tuple[TopicList, set[tuple[str, str]], list[dict[str, Any]]]] = []
        self._told: list[str] = []

        self.status = widgets.HTML()
        self.fault = widgets.HTML()
        self.suggestions = widgets.Select(rows=12, description="Suggestions")
        self.terms = widgets.Select(rows=12, description="Terms")
        self.written = widgets.Text(
            placeholder="a term of your own", description="Add", continuous_update=False
        )
        self.into = widgets.Dropdown(description="to", options=list(collection.topics.topics))
        self.add = widgets.Button(
            description="Add", layout=widgets.Layout(width="auto", align_self="flex-start")
        )
        self.evidence = widgets.HTML()
        self.decided = widgets.HTML()
        self.buttons = {
            "a": button("Accept", "a", "Add the term to its topic"),
            "r": button("Reject", "r", "Do not show it again"),
            "l": button("Learn again", "l", "Suggest anew, from the terms as they stand"),
            "u": button("Undo", "u", "Take the last decision back"),
            "d": button("Drop", "d", "Take the chosen term out of its topic"),
        }
        for key, do in (
            ("a", self._accept),
            ("r", self._reject),
            ("l", self.learn),
            ("u", self.undo),
            ("d", self._drop),
        ):
            self.buttons[key].on_click(guarded(self.fault, do))
        self.add.on_click(guarded(self.fault, self._add_written))
        decide = widgets.HBox(
            [self.buttons[key] for key in "arlu"], layout=widgets.Layout(flex_flow="row wrap")
        )
        decide.add_class("ak-decide")
        form = widgets.VBox([self.buttons["d"], self.written, self.into, self.add])
        form.add_class("ak-form")
        lists = widgets.Box(
            [
                widgets.VBox(
                    [head("Suggested: what goes with the terms of a topic"), self.suggestions, decide]
                ),
                widgets.VBox([head("Terms in force, with their hits"), self.terms, form]),
            ]
        )
        lists.add_class("ak-lists")
        super().__init__(
            [
                widgets.HTML(STYLE + FRAME + KEEP_KEYS + PRESS_KEYS, layout=widgets.Layout(display="none")),
                self.status,
                self.fault,
                lists,
                self.evidence,
                self.decided,
            ]
        )
        self.add_class("ak-ledger")
        self.suggestions.observe(lambda change: self._show_suggestion(change["new"]), "value")
        self.terms.observe(lambda change: self._show_term(change["new"]), "value")
        self._learn()
        self._show()

    @property
    def topics(self) -> TopicList:
        """The term lists as they stand."""
        topics = self.collection.topics
        assert topics is not None
        return topics

    def learn(self) -> None:
        """Suggest anew, learning from the terms as they stand."""
        self._learn()
        self._show()

    def accept(self, topic: str, term: str) -> None:
        """Add a term to a topic and write the file.

        Raises
        ------
        ArgumentError
            There is no such topic, it has the term, or nothing can be found with it.
        """
        if topic not in self.topics.topics:
            raise ArgumentError(f"`topic` is {topic!r}; topics: {', '.join(self.topics.topics)}.")
        if term in self.topics.topics[topic]:
            raise ArgumentError(f"`term` is {term!r}, which topic {topic!r} has.")
        try:
            parse_term(term)
        except TopicFileError as reason:
            raise ArgumentError(f"`term` {reason}.") from None
        self._keep(f"{topic}: {term} added")
        self._left = [row for row in self._left if (row["topic"], row["term"]) != (topic, term)]
        self._become(self.topics.with_terms(topic, [term]))

    def reject(self, topic: str, term: str) -> None:
        """Do not suggest a term for a topic again."""
        self._keep(f"{topic}: {term} rejected")
        self._rejected = self._rejected | {(topic, term)}
        self._left = [row for row in self._left if (row["topic"], row["term"]) != (topic, term)]
        self._show()

    def drop(self, topic: str, term: str) -> None:
        """Take a term out of a topic and write the file.

        Raises
        ------
        ArgumentError
            It is the only one.
        """
        others = [other for other in self.topics.topics[topic] if other != term]
        if not any(not parse_term(other).excludes for other in others):
            raise ArgumentError(f"`term` is {term!r}, the only one of topic {topic!r}; add another first.")
        self._keep(f"{topic}: {term} dropped")
        self._become(self.topics.without_terms(topic, [term]))

    def undo(self) -> None:
        """Take the last decision back."""
        if not self._before:
            raise ArgumentError("There is no decision to take back.")
        topics, self._rejected, self._left = self._before.pop()
        self._told.pop()
        self._become(topics)

    def _keep(self, told: str) -> None:
        self._before.append((self.topics, self._rejected, self._left))
        self._told.append(told)

    def _become(self, topics: TopicList) -> None:
        if topics != self.topics:
            self.collection = self.collection.with_topics(topics)
            if self.path:
                topics.save(self.path)
        self._show()

    def _learn(self) -> None:
        rows = seeded_topics(self.collection).suggestions.to_dict("records")
        self._left = [
            {str(key): value for key, value in row.items()}
            for row in rows
            if (row["topic"], row["term"]) not in self._rejected
        ]

    def _accept(self) -> None:
        row = self._chosen()
        self.accept(row["topic"], row["term"])

    def _reject(self) -> None:
        row = self._chosen()
        self.reject(row["topic"], row["term"])

    def _drop(self) -> None:
        if self.terms.value is None:
            raise ArgumentError("No term is chosen; choose one in the list of terms in force.")
        self.drop(*self.terms.value)

    def _add_written(self) -> None:
        self.accept(self.into.value, self.written.value.strip())
        self.written.value = ""

    def _chosen(self) -> dict[str, Any]:
        if self.suggestions.value is None:
            raise ArgumentError("No suggestion is chosen; choose one in the list.")
        row: dict[str, Any] = self._left[self.suggestions.value]
        return row

    def _show(self) -> None:
        """Fill the lists anew; the chosen place stays, so that the next suggestion is under the hand."""
        place = self.suggestions.index or 0
        self.suggestions.options = [
            (f"{row['topic']} ← {row['term']}: {row['reason']}", at) for at, row in enumerate(self._left)
        ]
        self.suggestions.index = min(place, len(self._left) - 1) if self._left else None
        sizes = self.collection.topic_hits.groupby(["topic", "term"]).size().to_dict()
        rows = [(topic, term) for topic, terms in self.topics.topics.items() for term in terms]
        chosen = self.terms.value
        self.terms.options = [
            (f"{topic}: {term} ({self._hits(sizes, topic, term)})", (topic, term)) for topic, term in rows
        ]
        self.terms.value = chosen if chosen in rows else None
        kept = f"; kept in {self.path}" if self.path else "; not saved"
        told = (
            f"{counted(len(self._left), 'suggestion')} left, {counted(len(rows), 'term')}{kept}."
            " Keys: a accept, r reject, d drop, l learn again, u undo."
        )
        self.status.value = f'<div class="ak ak-status"><span role="status">{escape(told)}</span></div>'
        for key in "ar":
            self.buttons[key].disabled = not self._left
        self.buttons["u"].disabled = not self._before
        last = "".join(f"<li>{escape(words)}</li>" for words in reversed(self._told[-_LAST:]))
        yaml = link("term lists (YAML)", "topics.yml", self.topics.to_yaml().encode(), "application/yaml")
        self.decided.value = f'<div class="ak ak-foot"><p>Save: {yaml}</p><ul>{last}</ul></div>'
        self._show_suggestion(self.suggestions.value)

    @staticmethod
    def _hits(sizes: dict[Any, int], topic: str, term: str) -> str:
        if parse_term(term).excludes:
            return "leaves out"
        n = sizes.get((topic, term), 0)
        return counted(n, "hit") if n else "no hit"

    def _show_suggestion(self, place: int | None) -> None:
        if place is None or place >= len(self._left):
            self.evidence.value = '<div class="ak"><div class="ak-empty">No suggestion is left.</div></div>'
            return
        row = self._left[place]
        why = f"<p>{escape(row['term'])} may belong to {escape(row['topic'])}: {escape(row['reason'])}.</p>"
        self.evidence.value = f'<div class="ak">{why}{self._examples(row["term"])}</div>'

    def _show_term(self, chosen: tuple[str, str] | None) -> None:
        if chosen is None:
            return
        topic, term = chosen
        hits = self.collection.topic_hits
        hits = hits[(hits["topic"] == topic) & (hits["term"] == term)]
        told = f"<h4>{escape(topic)}: {escape(term)}</h4>"
        self.evidence.value = f'<div class="ak">{told}{self._sentences(hits)}</div>'

    def _examples(self, term: str) -> str:
        """Return sentences with a term that is not in the list yet, of different articles."""
        articles = self.collection.articles
        bodies = articles["body"]
        holding = articles[bodies.str.contains(term.split()[0], case=False, regex=False)]
        hits = find_topics(holding["body"].tolist(), {"topics": {"term": [term]}}).drop_duplicates("text_id")
        hits["article_id"] = holding["article_id"].to_numpy()[hits["text_id"].to_numpy()]
        return self._sentences(hits)

    def _sentences(self, hits: pd.DataFrame) -> str:
        articles = self.collection.articles.set_index("article_id")
        sentences = self.collection.sentences
        parts = []
        for hit in hits.drop_duplicates("article_id").head(_EXAMPLES).to_dict("records"):
            of_article = sentences[sentences["article_id"] == hit["article_id"]]
            around = of_article[(of_article["start"] <= hit["start"]) & (of_article["end"] > hit["start"])]
            for row in around.to_dict("records"):
                marks = ((hit["start"] - row["start"], hit["end"] - row["start"]),)
                parts.append(sentence(articles.loc[hit["article_id"]], row, marks))
        return "".join(parts) or NO_SENTENCE
