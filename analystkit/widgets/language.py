"""How words are used: in their lines, how often, which set this choice of articles apart, what stands by them, and where."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields
from fnmatch import fnmatchcase
from html import escape
from typing import Any, Final

import ipywidgets as widgets
import pandas as pd

from analystkit.collection import Collection, counted
from analystkit.errors import AnalystkitError, ArgumentError, check_choice
from analystkit.measure.collocations import collocates, collocations
from analystkit.measure.keyness import keyness
from analystkit.measure.kwic import Concordance, kwic
from analystkit.measure.running import stopwords
from analystkit.measure.spread import dispersion
from analystkit.measure.word_answer import WordAnswer
from analystkit.measure.word_frequency import word_frequency
from analystkit.views.choices import DEFAULTS, FILTERS
from analystkit.widgets.controls import Controls
from analystkit.widgets.evidence import EvidencePane
from analystkit.widgets.explorer import FRAME
from analystkit.widgets.export import link, to_csv
from analystkit.widgets.job import Later
from analystkit.widgets.keys import COPY, KEEP_KEYS
from analystkit.widgets.markup import STYLE, alert
from analystkit.widgets.picture import data_uri
from analystkit.widgets.row_table import RowTable
from analystkit.widgets.state import ExplorerState
from analystkit.widgets.words import draw_words

#: What is shown of words.
SHOWN: Final = ("in their lines", "how often", "against the rest", "together", "where")
SORTS: Final = ("text", "left", "right", "keyword")
WINDOWS: Final = (5, 8, 12, 20)
#: How many lines are drawn at random; 0 draws none and shows all.
SAMPLES: Final = (0, 25, 100)
SIDES: Final = ("target", "reference")
_MOST: Final = 200  # words in a table
_LIMITS: Final = {
    "in their lines": "Lines show how a word is used. How often a use is meant, only reading and counting tells; lines drawn"
    " at random show the common uses and miss rare ones.",
    "how often": "Words are counted as they are written. A frequent word is not yet a typical one; the interval reckons with"
    " stories, so that a word said often in one story is not settled.",
    "against the rest": "A word stands here when the two slices differ, not why: their months, outlets and kinds of articles"
    " differ as well. Grey, or “not settled”: the test, corrected for all words tested, or the interval over stories leaves"
    " it open. DPnorm near 1: few articles have it.",
    "together": "Words go together for many reasons: a name, a fixed phrase, one long story. Look at two measures, and at"
    " the sentences.",
    "where": "DPnorm is 0 where a word is as common in every month and 1 where it stands in one alone. Uneven is not"
    " important, and a word of few occurrences cannot be even.",
}
_HEADS: Final = {
    "term": "Word",
    "n": "n",
    "n_reference": "n in the rest",
    "n_articles": "Articles",
    "per_1000_words": "Per 1,000 words",
    "low": "Low",
    "high": "High",
    "keyness": "G2",
    "p_adjusted": "p, corrected",
    "log_ratio": "Log ratio",
    "dp_norm": "DPnorm",
    "sign": "Sign",
    "n_pairs": "Pairs",
    "n_term": "n in all",
    "n_first": "n of the first",
    "n_second": "n of the second",
    "log_dice": "logDice",
    "log_likelihood": "G2",
    "npmi": "NPMI",
    "range": "Months with it",
    "n_parts": "Of months",
    "gries_dp_norm": "DPnorm",
    "juilland_d": "Juilland's D",
    "arf": "ARF",
    "note": "Note",
}
_LINE_HEADS: Final = {
    "before": "Before",
    "keyword": "Keyword",
    "after": "After",
    "published": "Published",
    "outlet": "Outlet",
}
_COLUMNS: Final = {
    "word_frequency": ("term", "n", "per_1000_words", "low", "high", "n_articles", "note"),
    "keyness": (
        *("term", "n", "n_reference", "keyness", "p_adjusted", "log_ratio", "low", "high", "dp_norm", "sign"),
    ),
    "collocates": ("term", "n", "n_pairs", "n_term", "n_articles", "log_dice", "npmi", "log_likelihood"),
    "collocations": ("term", "n", "n_articles", "npmi", "log_dice", "log_likelihood"),
    "dispersion": ("term", "n", "range", "n_parts", "gries_dp_norm", "juilland_d", "arf"),
}

_STYLE: Final = """<style>
.ak-explorer .ak-words-line .widget-text { width: 300px; }
.ak-explorer .ak-words-line .widget-text input { height: 30px; }
.ak-explorer .ak-words-line .widget-checkbox { width: auto; }
.ak-explorer .ak-words-table { padding: 4px 0 8px; }
@media (max-width: 640px) { .ak-explorer .ak-words-line .widget-text { width: 100%; } }
</style>"""


@dataclass(frozen=True)
class WordChoices:
    """What is asked of words; the choice of articles is that of `ExplorerState`.

    Attributes
    ----------
    words
        Words or phrases, parted by commas; `*` stands for any characters, `?` for one. "" asks for all words.
    shown
        One of `SHOWN`.
    sort, window, sample
        Of the lines: one of `SORTS`, tokens on either side, how many are drawn at random (0: all).
    small
        Whether words that carry grammar more than meaning are counted.
    term, side
        The word whose sentences are open, "" for none, and of which slice: "target" or "reference", the rest.
    """

    words: str = ""
    shown: str = SHOWN[0]
    sort: str = "text"
    window: int = 8
    sample: int = 0
    small: bool = False
    term: str = ""
    side: str = SIDES[0]

    def patterns(self) -> list[str]:
        """Return the words one by one.

        >>> WordChoices("sanction*,  north korea").patterns()
        ['sanction*', 'north korea']
        """
        return list(dict.fromkeys(word for part in self.words.split(",") if (word := " ".join(part.split()))))


_OWN: Final = {field.name: field.default for field in fields(WordChoices)}
_ALLOWED: Final[Mapping[str, tuple[Any, ...]]] = {
    "shown": SHOWN,
    "sort": SORTS,
    "window": WINDOWS,
    "sample": SAMPLES,
    "small": (True, False),
    "side": SIDES,
}


class LanguageExplorer(widgets.VBox):  # type: ignore[misc]  # ipywidgets has no types
    """Look at words: in their lines, how often, against the rest of the collection, together, and where.

    Parameters
    ----------
    collection
        What is explored.
    state
        The choice of articles, shared with other explorers; by default its own.
    **choices
        Choices to begin with, see `WordChoices` and `ExplorerState`.

    Attributes
    ----------
    state
        The choice of articles. Set it from code; the explorer follows.
    asked
        The choices on words, see `WordChoices`; change them with `ask`.
    answer
        The `Concordance` or `WordAnswer` shown, or None while there is nothing to show.
    table
        Its lines or words; each row opens its sentences.
    """

    def __init__(self, collection: Collection, *, state: ExplorerState | None = None, **choices: Any) -> None:
        if not isinstance(collection, Collection):
            raise ArgumentError(
                f"`collection` is a {type(collection).__name__}; give what `load` or `from_frame` returned."
            )
        for name in choices:
            check_choice("choice", name, [*_OWN, *DEFAULTS])
        self.asked = _checked({**_OWN, **{name: choices[name] for name in choices if name in _OWN}})
        self.state = state or ExplorerState(collection)
        self.state.update(**{name: value for name, value in choices.items() if name not in _OWN})
        self.answer: Concordance | WordAnswer | None = None
        self.png, self.alt = b"", ""
        self._collection = collection
        self._part: tuple[tuple[tuple[str, str], ...], Collection] = ((), collection)
        self._shown: tuple[object, ...] = ()

        self.fault = widgets.HTML()
        self.controls = Controls(
            self.state,
            groupings=("month",),
            labels={"outlets": "Outlets", "actors": "Only articles naming", "topics": "Only articles about"},
            on_fault=self._say_fault,
        )
        # Words are counted whole, and as they are written.
        for name in ("by", "capitals"):
            self.controls.inputs[name].layout.display = "none"
        self.inputs = self._inputs()
        self.status = widgets.HTML()
        self.figure = widgets.HTML()
        self.table = RowTable(self._open_row, label="Lines", unit="lines")
        self.evidence = EvidencePane(self.state)
        self.save = widgets.HTML()
        self.about = widgets.HTML()
        self._lists = [self._line("words", "shown"), self._line("sort", "window", "sample", "small", "side")]
        framed = widgets.VBox([self.table])
        framed.add_class("ak-words-table")
        super().__init__(
            [
                widgets.HTML(
                    STYLE + FRAME + _STYLE + KEEP_KEYS + COPY, layout=widgets.Layout(display="none")
                ),
                self.controls,
                *self._lists,
                self.fault,
                self.status,
                self.figure,
                framed,
                self.evidence,
                self.save,
                self.about,
            ]
        )
        self.add_class("ak-explorer")
        self.state.observe(self._follow, list(DEFAULTS))
        self.state.observe(self._recount, "collection")
        self._follow()

    @property
    def collection(self) -> Collection:
        """What is explored, with the decisions on lines that were made here."""
        return self._collection

    def ask(self, **choices: Any) -> None:
        """Change choices on words, see `WordChoices`; a word that was open is closed unless it is named.

        Raises
        ------
        ArgumentError
            There is no such choice, or a value is not allowed.
        """
        for name in choices:
            check_choice("choice", name, _OWN)
        now = {name: getattr(self.asked, name) for name in _OWN}
        self.asked = _checked({**now, "term": "", **choices})
        for name in choices:
            # What is being typed into the other field is not written over.
            if name in self.inputs and self.inputs[name].value != getattr(self.asked, name):
                self.inputs[name].value = getattr(self.asked, name)
        self._follow()

    def to_dict(self) -> dict[str, Any]:
        """Return all choices as a small dict that JSON can hold; `LanguageExplorer(collection, **it)` restores them."""
        return {**self.state.to_dict(), **{name: getattr(self.asked, name) for name in _OWN}}

    def _inputs(self) -> dict[str, Any]:
        """Return the controls by the choice on words that they write."""
        sorts = {"text": "text", "words before": "left", "words after": "right", "keyword": "keyword"}
        options: dict[str, tuple[str, list[tuple[str, Any]]]] = {
            "sort": ("Sort lines by", list(sorts.items())),
            "window": ("Words around", [(str(n), n) for n in WINDOWS]),
            "sample": ("Lines", [(f"{n} at random" if n else "all", n) for n in SAMPLES]),
            "side": ("Sentences of", [("this choice", SIDES[0]), ("the rest", SIDES[1])]),
        }
        made: dict[str, Any] = {
            "words": widgets.Text(
                description="Words, phrases (sanction*, north korea)",
                placeholder="type to search; commas part several",
                continuous_update=True,
            ),
            "shown": widgets.ToggleButtons(description="Show", options=list(SHOWN)),
            **{
                name: widgets.ToggleButtons(description=label, options=choices)
                for name, (label, choices) in options.items()
            },
            "small": widgets.Checkbox(
                description="Small words too",
                tooltip="Count also words that carry grammar more than meaning: the, of, would",
                indent=False,
            ),
        }
        later = Later(lambda value: self._write("words", value))
        for name, control in made.items():
            control.value = getattr(self.asked, name)
            write = later if name == "words" else None
            control.observe(
                lambda change, name=name, write=write: (
                    write(change["new"]) if write else self._write(name, change["new"])
                ),
                "value",
            )
        return made

    def _line(self, *names: str) -> widgets.HBox:
        line = widgets.HBox(
            [self.inputs[name] for name in names],
            layout=widgets.Layout(flex_flow="row wrap", align_items="flex-end"),
        )
        line.add_class("ak-line")
        line.add_class("ak-words-line")
        return line

    def _write(self, name: str, value: Any) -> None:
        if value is not None and value != getattr(self.asked, name):
            kept = {"term": self.asked.term} if name == "side" else {}
            self.ask(**{name: value, **kept})

    def _recount(self, change: Mapping[str, Any]) -> None:
        """Show all numbers anew after a decision on a line."""
        is_same = self._collection is change["old"]
        new = change["new"]
        self._collection = new if is_same else self._collection.with_decisions(new.decisions)
        self._part, self._shown = ((("", ""),), self._collection), ()
        self._follow()

    def _follow(self, _: object = None) -> None:
        """Show what the choices say, and only what has changed since it was last shown."""
        asked = (
            *(getattr(self.state, name) for name in (*FILTERS, "count", "against")),
            *(getattr(self.asked, name) for name in _OWN if name not in ("term", "side")),
        )
        opened = (self.asked.term, self.asked.side)
        try:
            if asked != self._shown[:-1]:
                self._shown = (*asked, opened)
                self._say_fault("")
                self._show()
            elif opened != self._shown[-1]:
                self._shown = (*asked, opened)
                self._show_term()
            else:
                self.evidence.show_article()
        except AnalystkitError as fault:
            self._fail(str(fault))
        except Exception as fault:
            self._fail(f"analystkit itself failed ({type(fault).__name__}: {fault}). Please report this.")
            raise

    def _narrowed(self) -> Collection:
        filters = self.state.filters()
        key = tuple((name, str(value)) for name, value in filters.items())
        if self._part[0] != key:
            self._part = (key, self._collection.filter(**filters) if filters else self._collection)
        return self._part[1]

    def _find(self, part: Collection) -> Concordance | WordAnswer | None:
        """Return what is asked, None where words are still to be typed."""
        choices, patterns = self.asked, self.asked.patterns()
        counting: dict[str, Any] = {
            "copies": "once" if self.state.count == "stories" else "all",
            "without": () if choices.small else stopwords(),
        }
        copies = counting["copies"]
        if choices.shown == "in their lines":
            if not patterns:
                return None
            drawn = choices.sample or None
            return kwic(part, patterns, window=choices.window, sort=choices.sort, sample=drawn, copies=copies)
        if choices.shown == "how often":
            if patterns:
                return word_frequency(part, patterns, copies=copies)
            return word_frequency(part, most=_MOST, **counting)
        if choices.shown == "against the rest":
            key = keyness(part, reference=self._rest(part), **counting)
            return key.only(_fitting(key.table["term"], patterns)) if patterns else key
        if choices.shown == "together":
            if patterns:
                return collocates(part, patterns[0], **counting)
            return collocations(part, measure="log_likelihood", **counting)
        terms = patterns or word_frequency(part, most=12, **counting).table["term"].tolist()
        return dispersion(part, terms, parts="month" if self._has_months(part) else "article", copies=copies)

    def _rest(self, part: Collection) -> Collection:
        """Return what the choice is compared with: the slice that was put beside it, else the rest."""
        kept = self.state.choices.kept()
        reference = self._collection.filter(**kept.filters()) if kept is not None else self._collection
        if not len(part) or set(reference.articles["article_id"]) <= set(part.articles["article_id"]):
            raise ArgumentError(
                "There is no rest to compare with: choose a first or last day, an outlet, an actor or a topic above."
            )
        return reference

    @staticmethod
    def _has_months(part: Collection) -> bool:
        return bool(part.articles["published"].notna().all()) and len(part) > 0

    def _show(self) -> None:
        part = self._narrowed()
        found = self._find(part)
        self.answer = found
        choices = self.asked
        for name in ("sort", "window", "sample"):
            _display(self.inputs[name], choices.shown == "in their lines")
        _display(self.inputs["small"], choices.shown != "in their lines")
        _display(self.inputs["side"], choices.shown == "against the rest")
        self.status.value = (
            f'<div class="ak ak-status"><span role="status">{escape(self._told(part))}</span></div>'
        )
        self.about.value = (
            '<div class="ak ak-foot"><p class="ak-about"><strong>How to read this, and what it cannot tell.</strong> '
            f"{escape(_LIMITS[choices.shown])}</p></div>"
        )
        self.png, self.alt = b"", ""
        if isinstance(found, WordAnswer) and len(found.table) and found.measure in ("keyness", "dispersion"):
            self.png, self.alt = draw_words(found, found.measure)
        self.figure.value = (
            f'<div class="ak"><figure class="ak-figure"><img alt="{escape(self.alt)}"'
            f' src="{data_uri(self.png, "image/png")}"></figure></div>'
            if self.png
            else f'<div class="ak"><div class="ak-empty">{escape(self._empty(part))}</div></div>'
            if found is None or not len(found.table)
            else ""
        )
        self.table.layout.display = "" if found is not None and len(found.table) else "none"
        if isinstance(found, Concordance):
            self.table.unit = "lines"
            self.table.fill(_one_line(found.table), _LINE_HEADS, label=found.title, looks=_LOOKS)
        elif found is not None:
            self.table.unit = "words"
            heads = {name: _HEADS[name] for name in _COLUMNS[found.measure] if name in found.table}
            self.table.fill(found.table, heads, label=found.title)
        self._show_term()

    def _empty(self, part: Collection) -> str:
        """Say why there is nothing to show, and what to do."""
        if not len(part):
            return "No articles match. Take back a choice, or press Start again."
        if not self.asked.patterns() and self.asked.shown == "in their lines":
            return "Type a word or a phrase to read its lines: sanction*, north korea. * stands for any letters, ? for one."
        return f"Nothing in these articles fits {self.asked.words or 'this'}; try fewer letters and a *."

    def _told(self, part: Collection) -> str:
        """Return the status line."""
        found = self.answer
        told = f"{part.describe()}: {part.describe_filters()}."
        if isinstance(found, Concordance):
            told = f"{', '.join(self.asked.patterns())}: {found.subtitle}. Of {told}"
        elif found is not None:
            told = f"{found.title} {counted(len(found.table), 'row')}; {found.subtitle}. Of {told}"
        if self.state.zone:
            told += " Words are counted in whole bodies, whatever part is chosen."
        return told

    def _open_row(self, place: int) -> None:
        """Open the article of a line, or the sentences of a word."""
        if isinstance(self.answer, Concordance):
            self._open_line(place)
        elif self.answer is not None:
            self.ask(term=str(self.answer.table["term"].iloc[place]))

    def _open_line(self, place: int) -> None:
        """Show the article of a line, with all its lines marked."""
        found = self.answer
        assert isinstance(found, Concordance)
        article = str(found.table["article_id"].iloc[place])
        own = found.table[found.table["article_id"] == article].reset_index(drop=True)
        part = Concordance(own, len(own), found.collection, found.title, found.subtitle, found.limits)
        told = f"{counted(len(own), 'line')} of {', '.join(self.asked.patterns())} in this article."
        self.evidence.show_sentences(found.collection, part.sentences(), told)
        self.evidence.open_article(article, self.table)
        self.save.value = self._links()

    def _show_term(self) -> None:
        found, term, side = self.answer, self.asked.term, self.asked.side
        collection, sentences, told = self._narrowed(), pd.DataFrame(), ""
        if isinstance(found, WordAnswer):
            told = "Choose a word to read its sentences." if len(found.table) else ""
            if term and (found.table["term"] == term).any():
                place = side if found.measure == "keyness" else None
                collection = found.slices[place].collection if place else found.collection
                sentences = found.sentences(slice=place, term=term)
                n = int(sentences["marks"].map(len).sum())
                where = " in the rest" if place == SIDES[1] else ""
                told = f"{term}{where}: {counted(n, 'occurrence')}, {counted(len(sentences), 'sentence')}"
                told += ":" if n else "."
        elif found is not None and len(found.table):
            told = "Choose a line to read its article."
        self.evidence.show_sentences(collection, sentences, told)
        self.save.value = self._links()

    def _links(self) -> str:
        links = []
        if self.answer is not None and len(self.answer.table):
            lines = isinstance(self.answer, Concordance)
            links.append(
                link(
                    f"{'lines' if lines else 'numbers'} (CSV)",
                    "words.csv",
                    to_csv(self.answer.table),
                    "text/csv",
                )
            )
            if len(self.evidence.sentences):
                rows = self.evidence.sentences.drop(columns="marks")
                links.append(link("these sentences (CSV)", "words-sentences.csv", to_csv(rows), "text/csv"))
            if self.png:
                links.append(link("picture (PNG)", "words.png", self.png, "image/png"))
        choices = json.dumps(self.to_dict(), ensure_ascii=False, indent=1).encode()
        links.append(link("choices (JSON)", "words-choices.json", choices, "application/json"))
        return f'<div class="ak ak-foot">Save: {" · ".join(links)}</div>'

    def _say_fault(self, words: str) -> None:
        self.fault.value = alert(words)

    def _fail(self, words: str) -> None:
        """Say a fault, and take away what no longer fits the choices."""
        self._say_fault(words)
        self.answer = None
        for part in (self.status, self.figure, self.save):
            part.value = ""
        self.table.layout.display = "none"
        self.evidence.show_sentences(self._collection, pd.DataFrame(), "")


_LOOKS: Final = {"before": "end", "keyword": "strong"}


def _one_line(lines: pd.DataFrame) -> pd.DataFrame:
    """Return lines without breaks in them."""
    return lines.assign(
        **{name: lines[name].str.split().str.join(" ") for name in ("before", "keyword", "after")}
    )


def _fitting(terms: pd.Series, patterns: list[str]) -> list[str]:
    """Return the terms that fit a pattern.

    >>> _fitting(pd.Series(["sanction", "sanctions", "war"]), ["Sanction?", "wa[r"])
    ['sanctions']
    """
    whole = [pattern.lower().replace("[", "[[]") for pattern in patterns]
    return [term for term in terms if any(fnmatchcase(term.lower(), pattern) for pattern in whole)]


def _checked(given: Mapping[str, Any]) -> WordChoices:
    for name, allowed in _ALLOWED.items():
        check_choice(name, given[name], allowed)
    for name in ("words", "term"):
        if not isinstance(given[name], str):
            raise ArgumentError(
                f"`{name}` is {given[name]!r}; give it as text, such as 'sanction*, north korea'."
            )
    return WordChoices(**given)


def _display(widget: Any, shown: bool) -> None:
    widget.layout.display = "" if shown else "none"
