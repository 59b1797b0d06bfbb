"""Fixed views for the cells of a notebook: a picture with its table, the sentences behind a number, a table.

They need no widgets and no kernel: what a cell has shown stays in the notebook and in what is made from it.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterable
from html import escape
from pathlib import Path

import pandas as pd
from IPython.display import display

from analystkit.annotate.actors.ledger import Ledger
from analystkit.annotate.term_lists import Topics
from analystkit.collection import Collection, counted
from analystkit.errors import AnalystkitError, ArgumentError, ProblemsWarning
from analystkit.loading import load
from analystkit.measure import ActorCard, Answer
from analystkit.plot.describe import PLOT_KINDS
from analystkit.plot.natural import natural_kind
from analystkit.read.decisions import Decisions
from analystkit.views.readable import number_table
from analystkit.widgets.markup import alert, framed, row_title, sentences_html, table_html
from analystkit.widgets.picture import Picture


class View:
    """HTML that a notebook shows when a cell ends with it; printed, it is its words."""

    def __init__(self, html: str, words: str) -> None:
        self._html = html
        self._words = words

    def _repr_html_(self) -> str:
        return framed(self._html)

    def __repr__(self) -> str:
        return self._words


class StopNotebook(Exception):  # noqa: N818 - as StopIteration, it is no error
    """Ends a run of all cells after the reason was shown in words; Jupyter shows no traceback for it."""

    def _render_traceback_(self) -> list[str]:
        return ["The cells below were not run."]


def open_collection(
    source: str | Path | Iterable[str | Path],
    topics: Topics | None = None,
    *,
    outlet: str = "",
    decisions: Decisions | bool = True,
    ledger: str | Path | None = None,
) -> Collection:
    """Load a collection for a notebook and say what it holds; a fault is one sentence and ends the run.

    Parameters
    ----------
    source, topics, outlet, decisions
        As in `load`.
    ledger
        As in `load`, but the file need not be there yet: then it begins with the first decision.

    Raises
    ------
    StopNotebook
        After the fault was shown: the source does not exist or holds nothing, or the term lists cannot be read.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ProblemsWarning)  # said below, in words
        try:
            begun = Ledger(path=str(ledger)) if ledger and not Path(ledger).exists() else ledger
            collection = load(source, topics=topics, outlet=outlet, decisions=decisions, ledger=begun)
        except AnalystkitError as fault:
            _display(alert(str(fault)), str(fault))
            raise StopNotebook(str(fault)) from fault
    n_lost = collection.problems.loc[collection.problems["severity"] == "error", "path"].nunique()
    lost = f" {counted(n_lost, 'file')} could not be read: see collection.problems." if n_lost else ""
    if not len(collection):
        words = f"Nothing in {str(source)!r} could be read as an article.{lost}"
        _display(alert(words) + table_html(collection.problems, "What went wrong"), words)
        raise StopNotebook(words)
    by_hand = len(collection.decisions)
    on_lines = f" {counted(by_hand, 'decision')} on lines in force." if by_hand else ""
    on_actors = _on_actors(collection) if ledger else ""
    told = f"Loaded {collection.describe()}.{lost}{on_lines}{on_actors}"
    _display(f'<p role="status">{escape(told)}</p>', told)
    return collection


def _on_actors(collection: Collection) -> str:
    """Say how many decisions of the ledger are in force, and how many found nothing."""
    ledger = collection.ledger
    if not len(ledger):
        return f" No decisions on actors yet; {ledger.path} begins with the first."
    n_idle = int((collection.problems["path"] == ledger.path).sum())
    idle = f", {n_idle} of which found nothing (see collection.problems)" if n_idle else ""
    return f" {counted(len(ledger), 'decision')} on actors from {ledger.path}{idle}."


def show(answer: Answer, kind: str = "", *, rows: int = 20) -> View:
    """Return an answer as a picture with its table.

    Parameters
    ----------
    answer
        What a measure returned.
    kind
        "ranking", "tone", "timeline", "heatmap"; by default what fits the answer.
    rows
        How many rows of the table to show; 0 shows the picture alone.

    Raises
    ------
    ArgumentError
        No such kind, or it does not fit the answer.
    """
    chosen = kind or natural_kind(answer)
    if chosen not in PLOT_KINDS:
        raise ArgumentError(f"`kind` is {kind!r}; allowed: {', '.join(map(repr, PLOT_KINDS))}.")
    picture = Picture()
    picture.draw(answer, chosen)
    caption = f"{answer.title} Counted in {answer.count}."
    table = table_html(number_table(answer), caption, most=rows) if rows else ""
    return View(picture.to_html() + table, picture.alt)


def show_card(card: ActorCard, *, rows: int = 5) -> View:
    """Return the card of an actor: what it says in a sentence, its picture over time, and a table for each question.

    Parameters
    ----------
    card
        What `actor_card` returned.
    rows
        How many rows of each table to show; each number opens with `show_sentences(card.answers[name], ...)`.
    """
    parts = [f"<h4>{escape(card.actor)}</h4><p>{escape(card.describe())}</p>"]
    if "over time" in card.answers and len(card.answers["over time"].table):
        picture = Picture()
        picture.draw(card.answers["over time"], "timeline")
        parts.append(picture.to_html())
    tables = [
        _card_table(answer, rows)
        for name, answer in card.answers.items()
        if name not in {"over all", "over time"} and len(answer.table)
    ]
    parts.append(f'<div class="ak-cards">{"".join(f"<div>{table}</div>" for table in tables)}</div>')
    return View("".join(parts), card.describe())


def _card_table(answer: Answer, rows: int) -> str:
    """Return the largest rows of one answer with the columns that a card has room for."""
    table = number_table(answer).sort_values(answer.count.capitalize(), ascending=False, kind="stable")
    # The actor is that of the card; what is empty in all rows tells nothing.
    spare = {"Of", "Expected", "G2", *(["Share"] if answer.measure == "actor_seen" else [])}
    if answer.item == "actor" and len(table.columns) > 1:
        spare.add("Actor")
    if "First" in table:
        spare.add("95 % interval")
    kept = [name for name in table if name not in spare and (table[name].notna() & (table[name] != "")).any()]
    more = f" ({rows} of {len(table)})" if len(table) > rows else ""
    return table_html(table[kept].head(rows), answer.title + more, most=rows)


def show_sentences(answer: Answer, *, most: int = 10, **keys: str) -> View:
    """Return the sentences behind one number of an answer, hits marked, article by article.

    Parameters
    ----------
    answer
        What a measure returned.
    most
        How many articles to show.
    **keys
        Which number: actor="Russia", month="2023-09".

    Raises
    ------
    ArgumentError
        No such key, a key is missing, or the table has no such value.
    """
    missing = [key for key in answer.keys if key not in keys]
    if missing:
        raise ArgumentError(f"One number needs {answer.keys}; {missing} is missing.")
    sentences = answer.sentences(**keys)
    title = row_title(answer, row_of(answer, keys))
    parts = [part for _, part in sentences.groupby("article_id", sort=False)]
    more = f"<p>... and {counted(len(parts) - most, 'more article')}.</p>" if len(parts) > most else ""
    shown = "".join(map(sentences_html, parts[:most]))
    return View(f"<h4>{escape(title)}</h4>{shown}{more}", f"{title}; {counted(len(sentences), 'sentence')}")


def show_table(frame: pd.DataFrame, caption: str = "", *, rows: int = 50) -> View:
    """Return a frame as a table that screen readers can walk; its first column names the rows."""
    return View(table_html(frame, caption, most=rows), f"{caption or 'Table'}: {counted(len(frame), 'row')}")


def _display(html: str, words: str) -> None:
    display(View(html, words))  # type: ignore[no-untyped-call]


def row_of(answer: Answer, keys: dict[str, str]) -> dict[str, object]:
    """Return the row of the table that the keys name; an empty dict when there is none."""
    table = answer.table
    for name, value in keys.items():
        table = table[table[name] == value]
    return {str(name): value for name, value in table.iloc[0].items()} if len(table) else {}
