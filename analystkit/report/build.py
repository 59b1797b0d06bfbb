"""A collection in, the content of a report out: sections with answers, their pictures and the evidence of each number."""

from __future__ import annotations

import functools
import math
import platform
import warnings
from collections.abc import Callable, Iterable, Iterator, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final, NamedTuple

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analystkit.annotate.actors.backends import model_key
from analystkit.annotate.actors.ledger import Ledger
from analystkit.annotate.tone.lexicons import ToneLexicon
from analystkit.collection import Collection, counted, day_in_words
from analystkit.errors import UndatedArticlesWarning
from analystkit.measure import (
    Answer,
    Validation,
    actor_card,
    actor_frequency,
    coverage,
    tone,
    topic_frequency,
)
from analystkit.measure.answer import UNIT_NAMES
from analystkit.plot import (
    describe_plot,
    house_style,
    plot_heatmap,
    plot_ranking,
    plot_timeline,
    plot_tone,
    save_svg,
)
from analystkit.plot.natural import draw_answer
from analystkit.plot.shape import is_empty
from analystkit.read.decisions import recorded
from analystkit.report.content import Content, Evidence, Number, Section, Table
from analystkit.views import View
from analystkit.views.readable import cell_text, number_table
from analystkit.views.saved import fingerprint

#: How many actors a table shows; those named most.
N_ACTORS: Final = 15
#: How many of them the timeline follows; more lines cannot be told apart.
N_LINES: Final = 4
#: Packages whose version may change a number or a picture.
_PACKAGES: Final = ("analystkit", "matplotlib", "numpy", "pandas", "trafilatura")


_OF_SOURCE: Final = ["article_id", "title", "outlet", "published", "byline", "url", "path", "where", "body"]
_OF_UNIT: Final = ["article_id", "sentence_id", "start", "end"]


class _Unit(NamedTuple):
    """Where one unit of evidence stands."""

    article_id: str
    sentence_id: int
    start: int
    end: int


class _Builder:
    """Collects sections and, as numbers are printed, their evidence and the sentences that it needs."""

    def __init__(self, collection: Collection, count: str) -> None:
        self.collection = collection
        self.count = count
        self.evidence: list[Evidence] = []
        # Article to the sentences that some number rests on.
        self.needed: dict[str, set[int]] = {}
        self._totals: dict[tuple[str, str], list[Number]] = {}
        #: Views may show articles that the rest of the report leaves out.
        self.whole = collection.unfiltered
        articles = self.whole.articles
        self.place = {identity: i for i, identity in enumerate(articles["article_id"])}
        self.label = {
            row["article_id"]: f"{row['outlet'] or 'no outlet'}, {_day(row['published'])}"
            for row in _records(articles[["article_id", "outlet", "published"]])
        }
        self.spans: dict[tuple[str, int], tuple[int, int]] = {
            (row["article_id"], row["sentence_id"]): (row["start"], row["end"])
            for row in _records(self.whole.sentences[["article_id", "sentence_id", "start", "end"]])
        }

    def open(self, answer: Answer) -> Callable[[dict[str, Any], str], Number]:
        """Return a function that gives the `n` of a row of the answer, with its evidence put aside."""
        # All evidence at once: a call for each of some hundred rows takes seconds.
        found: dict[tuple[Any, ...], list[_Unit]] = {}
        for unit in _records(answer.evidence()[[*answer.keys, *_OF_UNIT]]):
            place = _Unit(unit["article_id"], unit["sentence_id"], unit["start"], unit["end"])
            found.setdefault(tuple(unit[name] for name in answer.keys), []).append(place)

        def number(row: dict[str, Any], caption: str) -> Number:
            units = found.get(tuple(row[name] for name in answer.keys), [])
            if not units:
                return Number("0")
            identity = f"e{len(self.evidence) + 1}"
            told = f"{caption}: {counted(len(units), UNIT_NAMES[answer.count])}"
            self.evidence.append(Evidence(identity, told, [self._list(unit) for unit in units]))
            return Number(f"{row['n']:,}", identity)

        return number

    def totals(self, by: str, count: str) -> list[Number]:
        """Return how many articles or stories each group has; asked again, the numbers share their evidence."""
        if (by, count) not in self._totals:
            answer = coverage(self.collection, by=by, count=count)
            number = self.open(answer)
            self._totals[by, count] = [
                number(row, f"All, {row[by]}") if row["n"] else Number("–") for row in _records(answer.table)
            ]
        return self._totals[by, count]

    def _list(self, unit: _Unit) -> tuple[str, str, str]:
        self.needed.setdefault(unit.article_id, set()).add(unit.sentence_id)
        first, last = self.spans.get((unit.article_id, unit.sentence_id), (0, 0))
        # A mark never leaves its sentence, also where a hit runs on into the next line.
        mark = f"{unit.start - first}-{min(unit.end, last) - first}"
        return self.anchor(unit.article_id, unit.sentence_id), self.label[unit.article_id], mark

    def anchor(self, article_id: str, sentence_id: int) -> str:
        """Return the anchor of a sentence."""
        return f"a{self.place[article_id]}s{sentence_id}"

    def sources(self) -> Iterator[dict[str, Any]]:
        """Yield the articles that some number rests on, with the sentences it needs."""
        for row in _records(self.whole.articles[_OF_SOURCE]):
            identity = row["article_id"]
            sentences = sorted(self.needed.get(identity, ()))
            if not sentences:
                continue
            about = (row["outlet"] or "no outlet", _day(row["published"]), row["byline"], row["url"])
            yield {
                "anchor": f"a{self.place[identity]}",
                "title": row["title"] or "(no title)",
                "about": ", ".join(filter(None, about)),
                "file": " ".join(filter(None, (row["path"], row["where"]))),
                "sentences": [
                    (self.anchor(identity, i), row["body"][slice(*self.spans.get((identity, i), (0, 0)))])
                    for i in sentences
                ],
            }


def build(
    collection: Collection,
    *,
    title: str,
    count: str,
    cards: Iterable[str] = (),
    validation: Validation | None = None,
    views: Sequence[View] = (),
) -> Content:
    """Return the content of a report on a collection.

    Articles without a date are left out of the series over time, and the report says how many.
    """
    builder = _Builder(collection, count)
    # What was coded of other articles, or of what VADER now says otherwise, says nothing of these.
    validation = validation.on(collection) if validation else None
    decided = recorded(collection.decision_file, collection.decisions)
    content = Content(
        title=title,
        summary=f"{collection.describe()}. Shown: {collection.describe_filters()}.",
        facts=facts(collection, count, decided, validation),
    )
    if len(collection):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UndatedArticlesWarning)  # said in the facts of the report
            content.sections = [
                _coverage(builder),
                _actors(builder),
                *_tone(builder, validation),
                *([_validation(validation)] if validation and validation.n_units else []),
                *(_card(builder, actor, number) for number, actor in enumerate(cards, start=1)),
                *(
                    section
                    for number, view in enumerate(views, start=1)
                    for section in view_sections(builder, view, number)
                ),
                *([_topics(builder)] if collection.topics else []),
                _problems(collection),
            ]
    content.evidence = builder.evidence
    content.articles = list(builder.sources())
    content.manifest = {
        **_manifest(
            collection, title=title, count=count, cards=list(cards), validation=validation, views=views
        ),
        "decisions": decided,
    }
    return content


def facts(
    collection: Collection, count: str, decided: dict[str, Any] | None, validation: Validation | None = None
) -> list[tuple[str, str]]:
    """Return what the head of a report says of the collection; `decided` are the decisions on lines, as recorded."""
    articles = collection.articles
    n_copies = len(articles) - articles["story_id"].nunique()
    origins = articles.loc[articles["published"].notna(), "published_origin"].value_counts()
    return [
        ("Collection", collection.describe()),
        ("Shown", collection.describe_filters()),
        (
            "Counted in",
            f"{count}; {counted(n_copies, 'article')} in it are copies of another" if n_copies else count,
        ),
        (
            "Read",
            "body and subheads; headlines, captions, related links and other page furniture are not counted",
        ),
        *_decided(decided),
        ("Dates from", ", ".join(f"{origin} {n}" for origin, n in origins.items()) or "none"),
        ("How sure", "95 % intervals from resampling stories; below 5 stories it says: too few to say"),
        ("Tone", f"VADER. {_validated(validation)}"),
        *_corrected(collection),
    ]


def _validated(validation: Validation | None) -> str:
    """Say how right VADER's tone of sentences is here, or that nobody knows."""
    if validation is None or validation.model != "VADER" or not validation.n_units:
        return "Not validated on this collection."
    return validation.describe()


def _decided(decided: dict[str, Any] | None) -> list[tuple[str, str]]:
    """Say that lines were put back or taken out by hand; the manifest has all of them."""
    if decided is None:
        return []
    where = f", kept in {decided['path']}" if decided["path"] else ""
    return [
        ("By hand", f"{counted(len(decided['rows']), 'decision')} of the analyst on lines of pages{where}")
    ]


def _corrected(collection: Collection) -> Iterator[tuple[str, str]]:
    """Say that actors were corrected, and that capitals are counted as states."""
    ledger = collection.ledger
    if ledger.decisions:
        name = Path(ledger.path).name if ledger.path else "a ledger"
        yield (
            "Actors corrected by",
            f"{counted(len(ledger), 'decision')} of {name} (sha256 {ledger.sha256[:12]}), all of them in the manifest",
        )
    lexicon = collection.lexicon
    if lexicon.decisions:
        name = Path(lexicon.path).name if lexicon.path else "a lexicon"
        yield (
            "Words of tone",
            f"{counted(len(lexicon.words), 'word')} with a value of the analyst's, by {name} (sha256"
            f" {lexicon.sha256[:12]}), all of them in the manifest",
        )
    if collection.capitals:
        yield "Capitals", "that stand for governments are counted as their states"


def _coverage(builder: _Builder) -> Section:
    by_outlet = coverage(builder.collection, by="outlet")
    articles = builder.collection.articles
    stories = coverage(builder.collection, by="outlet", count="stories")
    number, story_number, rows = builder.open(by_outlet), builder.open(stories), []
    for row, of_stories in zip(_records(by_outlet.table), _records(stories.table), strict=True):
        own = articles[articles["outlet"] == row["outlet"]]
        days = own["published"].dropna()
        name = row["outlet"] or "(no outlet)"
        rows.append(
            [
                Number(name),
                number(row, name),
                story_number(of_stories, name),
                Number(f"{int(own['n_words'].sum()):,}"),
                Number(_day(days.min())),
                Number(_day(days.max())),
            ]
        )
    heads = ["Outlet", "Articles", "Stories", "Words", "First", "Last"]
    tables = [Table("Articles by outlet; a story is a text with all its copies", heads, rows)]
    pictures = []
    if _has_time(builder.collection):
        by_month = coverage(builder.collection, by="month")
        pictures.append(_picture(plot_timeline, by_month, "timeline", "coverage"))
        number = builder.open(by_month)
        months = _records(by_month.table)
        cells = [[Number(row["month"]), number(row, row["month"])] for row in months]
        tables.append(Table("Articles by month", ["Month", "Articles"], cells))
    return Section(
        id="coverage",
        heading="What was read",
        finding=f"{builder.collection.describe()}.",
        pictures=pictures,
        tables=tables,
        limits="A collection is what someone gathered: shares are shares of it, not of what was published.",
    )


def _actors(builder: _Builder) -> Section:
    collection, count = builder.collection, builder.count
    over_all = actor_frequency(collection, count=count, most=N_ACTORS)
    names = over_all.table["actor"].tolist()
    tables = [_frequency_table(builder, over_all, "Actors named most")]
    pictures = [_picture(plot_ranking, over_all, "ranking", "who")]
    if _has_time(collection):
        by_month = actor_frequency(collection, by="month", count=count, actors=names)
        pictures.append(_picture(plot_timeline, by_month.only(names[:N_LINES]), "timeline", "when"))
        tables.append(_grid_table(builder, by_month, "month", f"Actors by month ({count} that name them)"))
    return Section(
        id="actors",
        heading="Who is named",
        finding=_most(over_all),
        pictures=pictures,
        tables=tables,
        limits="Being named is not acting. Pronouns are not followed, and two people of one name may be one line here."
        + ("" if collection.capitals else " Capitals that stand for governments are counted as places."),
    )


def _tone(builder: _Builder, validation: Validation | None) -> Iterator[Section]:
    collection = builder.collection
    names = actor_frequency(collection, count=builder.count, most=N_ACTORS).table["actor"].tolist()
    if not names:
        return
    answer = tone(collection, towards=names, count="articles" if builder.count == "articles" else "stories")
    number = builder.open(answer)
    rows = [
        [
            Number(row["actor"]),
            number(row, f"Tone of sentences naming {row['actor']}"),
            Number(_signed(row["mean"])),
            Number(f"{_signed(row['low'])} to {_signed(row['high'])}" if row["n"] else ""),
            Number(row["sign"]),
        ]
        for row in _records(answer.table)
    ]
    settled = _records(answer.table[answer.table["sign"].isin(["negative", "positive"])].sort_values("mean"))
    told = "; ".join(f"{row['actor']} {row['sign']} ({_signed(row['mean'])})" for row in settled)
    finding = (
        f"Where the sign is settled: {told}." if told else "For no actor is the sign of the tone settled."
    )
    yield Section(
        id="tone",
        heading="In what tone",
        finding=finding,
        pictures=[_picture(plot_tone, answer, "tone", "tone")],
        tables=[
            Table(
                "Tone of the sentences that name an actor (VADER's compound, -1 to 1)",
                ["Actor", "Sentences", "Mean", "95 % interval", "Sign"],
                rows,
            )
        ],
        limits="The tone of a sentence is that of its words: a sentence about a war is negative, whoever is named in it,"
        " and quoted speech counts as well as the outlet's own. It is not tone towards the actor."
        f" {_validated(validation)}",
    )


def _validation(validation: Validation) -> Section:
    scores = [
        [
            Number(row["label"]),
            Number(_percent(row["precision"])),
            Number(_range(row["precision_low"], row["precision_high"])),
            Number(_percent(row["recall"])),
            Number(_range(row["recall_low"], row["recall_high"])),
        ]
        for row in _records(validation.scores)
    ]
    shares = [
        [
            Number(row["label"]),
            Number(_percent(row["predicted"])),
            Number(_percent(row["corrected"])),
            Number(_range(row["low"], row["high"])),
        ]
        for row in _records(validation.shares)
    ]
    confusion = validation.confusion.pivot_table("n", index="label", columns="coded", aggfunc="sum")
    crossed = [
        [Number(label), *(Number(f"{confusion.loc[label, coded]:,}") for coded in confusion.columns)]
        for label in confusion.index
    ]
    agreement = [
        [
            Number(f"{row['first']}, {row['second']}"),
            Number(f"{row['n']:,}"),
            Number(_percent(row["share"])),
            Number(_signed(row["kappa"])),
        ]
        for row in _records(validation.agreement)
    ]
    agreement += [
        [
            Number(f"all coders, {row['level']} alpha"),
            Number(f"{row['n']:,}"),
            Number("–"),
            Number(_signed(row["alpha"])),
        ]
        for row in _records(validation.alpha)
    ]
    ends = "95 % interval"
    return Section(
        id="validation",
        heading="How right the tone is",
        finding=validation.describe(),
        pictures=[],
        tables=[
            Table(
                f"What {validation.model} calls so and is so (precision), what is so and it finds (recall)",
                ["Label", "Precision", ends, "Recall", ends],
                scores,
            ),
            Table(
                "Shares of the sentences that were sampled from",
                ["Label", f"Says {validation.model}", "Corrected", ends],
                shares,
            ),
            Table(
                f"Units by what {validation.model} says (rows) and coders say (columns)",
                ["Label", *confusion.columns],
                crossed,
            ),
            Table(
                "Agreement: Cohen's kappa of two, Krippendorff's alpha of all",
                ["Who", "Units", "Agree", "Kappa or alpha"],
                agreement,
            ),
        ],
        limits="Coded by hand, without seeing what the model says. It holds for the sentences that the sample was drawn"
        " from, not for others. Coders may agree and still all be wrong.",
    )


def _card(builder: _Builder, actor: str, number: int) -> Section:
    card = actor_card(builder.collection, actor, count=builder.count)
    pictures, tables = [], []
    if "over time" in card.answers and _has_time(builder.collection):
        pictures.append(_picture(plot_timeline, card.answers["over time"], "timeline", f"card{number}"))
    for name, answer in card.answers.items():
        if name not in {"over all", "over time"} and len(answer.table):
            tables.append(_card_table(builder, answer, actor))
    return Section(
        id=f"card-{number}",
        heading=actor,
        finding=card.describe(),
        pictures=pictures,
        tables=tables,
        limits="Roles are the text's own words; a date says when the text was published, not when the office was held."
        " Named together is not acting together, and the tone of a sentence is that of its words.",
    )


def _card_table(builder: _Builder, answer: Answer, actor: str) -> Table:
    """Return the rows of one answer of a card, by its last key; the actor is that of the card."""
    key, number = answer.keys[-1], builder.open(answer)
    table = answer.table
    days = [name for name in ("first", "last", "day") if name in table]
    rows = []
    for row in _records(table):
        name = row[key] or f"(no {key})"
        mean = "mean" in table
        value = _signed(row["mean"]) if mean else _percent(row["share"])
        ends = f"{_signed(row['low'])} to {_signed(row['high'])}" if mean else _range(row["low"], row["high"])
        told = [Number(value), Number(ends), *(Number(_day(row[day])) for day in days), Number(row["note"])]
        rows.append([Number(name), number(row, f"{actor}, {name}"), *told])
    heads = [
        key.capitalize(),
        answer.count.capitalize(),
        "Mean" if "mean" in table else "Share",
        "95 % interval",
    ]
    return Table(f"{answer.title} {answer.subtitle}", [*heads, *map(str.capitalize, days), "Note"], rows)


def view_sections(builder: _Builder, view: View, number: int) -> Iterator[Section]:
    """Yield a section for each panel of a view: its pictures and all its numbers, as they were looked at."""
    base = builder.collection
    if fingerprint(base)["articles"] != view.collection.get("articles"):
        base = builder.whole
    panels, choices = view.on(base)
    for panel in panels:
        now = panel.answer(base, choices)
        kept = panel.kept(base, choices, now)
        kind, prefix = panel.kind(now, choices), f"view{number}-{panel.name}"
        pictures, tables = [], []
        for side, answer in (("Kept", kept), ("Now", now)):
            if answer is None:
                continue
            if not is_empty(answer):
                draw = functools.partial(_draw_as, kind)
                pictures.append(_picture(draw, answer, kind, f"{prefix}-{side.lower()}"))
            caption = f"{answer.title} {answer.subtitle}" if kept is None else f"{side}: {answer.subtitle}"
            tables.append(_view_table(builder, answer, caption))
        told = (
            now.describe()
            if kept is None
            else f"Now: {now.describe()} Kept for comparison: {kept.describe()}"
        )
        differences = panel.differences(now, kept) if kept is not None else ""
        name = (
            panel.heading
            if not view.title
            else f"{view.title}: {panel.heading[:1].lower()}{panel.heading[1:]}"
        )
        yield Section(
            id=prefix,
            heading=f"{name} (a view)",
            finding=f"{told} {differences}".strip(),
            pictures=pictures,
            tables=tables,
            limits=panel.limits,
        )


def _draw_as(kind: str, answer: Answer, *, ax: Axes) -> Axes:
    draw_answer(answer, kind, ax)
    return ax


def _view_table(builder: _Builder, answer: Answer, caption: str) -> Table:
    """Return all rows of an answer, in the words in which explorers show them; each count opens to its evidence."""
    number, told = builder.open(answer), answer.count.capitalize()
    words = number_table(answer)
    rows = []
    for row, cells in zip(_records(answer.table), _records(words), strict=True):
        name = ", ".join(row[key] or f"(no {key})" for key in answer.keys) or "All"
        rows.append(
            [number(row, name) if head == told else Number(cell_text(cell)) for head, cell in cells.items()]
        )
    return Table(caption, [str(head) for head in words], rows)


def _topics(builder: _Builder) -> Section:
    over_all = topic_frequency(builder.collection, count=builder.count)
    tables = [_frequency_table(builder, over_all, "Topics")]
    pictures = []
    if _has_time(builder.collection):
        by_month = topic_frequency(builder.collection, by="month", count=builder.count)
        pictures.append(_picture(plot_heatmap, by_month, "heatmap", "topics"))
        tables.append(
            _grid_table(builder, by_month, "month", f"Topics by month ({builder.count} with a term of them)")
        )
    else:
        pictures.append(_picture(plot_ranking, over_all, "ranking", "topics"))
    lists = builder.collection.topics.topics if builder.collection.topics else {}
    rows = [[Number(name), Number(", ".join(terms))] for name, terms in lists.items()]
    tables.append(Table("Terms of each topic", ["Topic", "Terms"], rows))
    return Section(
        id="topics",
        heading="What about",
        finding=_most(over_all),
        pictures=pictures,
        tables=tables,
        limits="A topic is its list of terms, no more: a story counts when one of them occurs in it, whatever it is about.",
    )


def _problems(collection: Collection) -> Section:
    problems = collection.problems
    columns = ["path", "where", "severity", "reason", "remedy"]
    rows = [[Number(row[name]) for name in columns] for row in _records(problems)]
    n_lost = int((problems["severity"] == "error").sum())
    return Section(
        id="problems",
        heading="What was not read",
        finding=f"{counted(n_lost, 'thing')} could not be loaded; {counted(len(problems) - n_lost, 'further note')}."
        if len(problems)
        else "Everything in the folder was loaded.",
        pictures=[],
        tables=[Table("Problems", ["File", "Where", "How bad", "What", "What to do"], rows)] if rows else [],
        limits="",
    )


def _frequency_table(builder: _Builder, answer: Answer, caption: str) -> Table:
    item, number = str(answer.item), builder.open(answer)
    rows = [
        [
            Number(row[item]),
            number(row, row[item]),
            Number(_percent(row["share"])),
            Number(_range(row["low"], row["high"])),
            Number(row["note"]),
        ]
        for row in _records(answer.table)
    ]
    n = int(answer.table["denominator"].max()) if len(answer.table) else 0
    heads = [item.capitalize(), answer.count.capitalize(), f"Share of {n:,}", "95 % interval", "Note"]
    return Table(f"{caption}: {answer.subtitle}", heads, rows)


def _grid_table(builder: _Builder, answer: Answer, column: str, caption: str) -> Table:
    """Return items by times; a cell without articles is a dash, which is not 0."""
    item, number = str(answer.item), builder.open(answer)
    times = list(dict.fromkeys(answer.table[column]))
    rows: dict[str, list[Number]] = {}
    for row in _records(answer.table):
        cells = rows.setdefault(row[item], [Number(row[item])])
        gap = row["note"] == "no articles"
        cells.append(Number("–") if gap else number(row, f"{row[item]}, {row[column]}"))
    heads = [item.capitalize(), *times]
    foot = [Number(f"all {answer.count}"), *builder.totals(column, answer.count)]
    return Table(caption, heads, [*rows.values(), foot])


def _picture(draw: Callable[..., Axes], answer: Answer, kind: str, prefix: str) -> str:
    with house_style():
        figure = Figure(figsize=(7.6, 4.6), layout="constrained")
        axes = draw(answer, ax=figure.subplots())
        alt = describe_plot(answer, kind)
        return save_svg(axes, prefix=f"{prefix}-", theme_following=True, alt=alt)


def _most(answer: Answer) -> str:
    """Say which items were counted most, with their intervals."""
    item = str(answer.item)
    rows = answer.table[(answer.table["n"] > 0) & (answer.table["note"] == "")]
    told = [
        f"{row[item]} in {_percent(row['share'])} of {answer.count} ({_range(row['low'], row['high'])})"
        for row in _records(rows.sort_values("n", ascending=False, kind="stable").head(3))
    ]
    return f"Most: {'; '.join(told)}." if told else "Too few stories to say."


def _has_time(collection: Collection) -> bool:
    return bool(collection.articles["published"].dropna().dt.to_period("M").nunique() > 1)


def _manifest(
    collection: Collection,
    *,
    title: str,
    count: str,
    cards: list[str],
    validation: Validation | None,
    views: Sequence[View],
) -> dict[str, Any]:
    """Return what is needed to make the report again: parameters, inputs with their hashes, versions."""
    inputs = collection.articles[["path", "sha256"]].drop_duplicates().sort_values("path", kind="stable")
    return {
        "parameters": {
            "title": title,
            "count": count,
            "filters": [dict(step) for step in collection.filters],
            "topics": collection.topics.to_dict() if collection.topics else None,
            "ledger": _ledger(collection.ledger),
            "lexicon": _lexicon(collection.lexicon),
            "capitals": collection.capitals,
            "cards": cards,
            "actors": model_key(collection.actors),
            "validation": validation.to_dict() if validation else None,
            "views": [view.to_dict() for view in views],
        },
        "articles": len(collection),
        "stories": int(collection.articles["story_id"].nunique()),
        "inputs": inputs.to_dict("records"),
        "versions": {"python": platform.python_version(), **{name: version(name) for name in _PACKAGES}},
    }


def _ledger(ledger: Ledger) -> dict[str, Any] | None:
    """Return the decisions themselves, so that the report can be made again from the raw files alone."""
    if not ledger.decisions:
        return None
    name = Path(ledger.path).name if ledger.path else ""
    return {
        "name": name,
        "sha256": ledger.sha256,
        "decisions": [list(decision) for decision in ledger.decisions],
    }


def _lexicon(lexicon: ToneLexicon) -> dict[str, Any] | None:
    """Return the values themselves, as with the ledger."""
    if not lexicon.decisions:
        return None
    name = Path(lexicon.path).name if lexicon.path else ""
    return {
        "name": name,
        "sha256": lexicon.sha256,
        "decisions": [list(decision) for decision in lexicon.decisions],
    }


def _records(table: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the rows of a table by column name."""
    # As objects first: walking through Arrow strings one by one takes ten times as long.
    columns = [table[name].to_numpy(dtype=object).tolist() for name in table.columns]
    return [dict(zip(table.columns, cells, strict=True)) for cells in zip(*columns, strict=True)]


def _day(moment: Any) -> str:
    return day_in_words(moment) if moment == moment else "undated"


def _percent(share: float) -> str:
    if math.isnan(share):
        return "–"
    return f"{100 * share:.0f} %" if share in (0, 1) or 0.01 <= share <= 0.99 else f"{100 * share:.1f} %"


def _range(low: float, high: float) -> str:
    """Return an interval of a share in percent."""
    return "" if math.isnan(low) else f"{_percent(low).removesuffix(' %')}–{_percent(high)}"


def _signed(value: float) -> str:
    return "–" if math.isnan(value) else f"{value:+.2f}".replace("-", "\N{MINUS SIGN}")
