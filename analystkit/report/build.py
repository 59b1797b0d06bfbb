"""A collection in, the content of a report out: its head, its sections, the evidence of each number, and the manifest."""

from __future__ import annotations

import platform
import warnings
from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

from analystkit.annotate.actors.backends import model_key
from analystkit.annotate.actors.ledger import Ledger
from analystkit.annotate.tone.lexicons import ToneLexicon
from analystkit.collection import Collection, counted
from analystkit.errors import UndatedArticlesWarning
from analystkit.measure import Validation
from analystkit.read.decisions import recorded
from analystkit.report.builder import Builder
from analystkit.report.content import Content
from analystkit.report.sections.actors import actors_section
from analystkit.report.sections.card import card_section
from analystkit.report.sections.contrast import contrast_section
from analystkit.report.sections.coverage import coverage_section
from analystkit.report.sections.over_time import over_time_section
from analystkit.report.sections.parts import has_time
from analystkit.report.sections.problems import problems_section
from analystkit.report.sections.tone import tone_sections, validated
from analystkit.report.sections.topics import topics_section
from analystkit.report.sections.validation import validation_section
from analystkit.report.sections.view import view_sections
from analystkit.views import View

#: Packages whose version may change a number or a picture.
_PACKAGES: Final = ("analystkit", "matplotlib", "numpy", "pandas", "trafilatura")


def build(
    collection: Collection,
    *,
    title: str,
    count: str,
    cards: Iterable[str] = (),
    validation: Validation | None = None,
    over_time: bool = False,
    contrast: Mapping[str, Any] | None = None,
    views: Sequence[View] = (),
) -> Content:
    """Return the content of a report on a collection.

    Articles without a date are left out of the series over time, and the report says how many.
    """
    asked = {
        "title": title,
        "count": count,
        "cards": list(cards),
        "over_time": over_time,
        "contrast": dict(contrast) if contrast else None,
        "views": [view.to_dict() for view in views],
    }
    builder = Builder(collection, count)
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
                coverage_section(builder),
                actors_section(builder),
                *tone_sections(builder, validation),
                *([validation_section(validation)] if validation and validation.n_units else []),
                *(card_section(builder, actor, number) for number, actor in enumerate(cards, start=1)),
                *(
                    section
                    for number, view in enumerate(views, start=1)
                    for section in view_sections(builder, view, number)
                ),
                *([topics_section(builder)] if collection.topics else []),
                *([over_time_section(builder)] if over_time and has_time(collection) else []),
                *([contrast_section(builder, contrast)] if contrast else []),
                problems_section(collection),
            ]
    content.evidence = builder.evidence
    content.articles = list(builder.sources())
    content.manifest = {
        **_manifest(collection, validation, asked),
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
        ("Tone", f"VADER. {validated(validation)}"),
        *_corrected(collection),
    ]


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


def _manifest(
    collection: Collection, validation: Validation | None, asked: Mapping[str, Any]
) -> dict[str, Any]:
    """Return what is needed to make the report again: parameters, inputs with their hashes, versions."""
    inputs = collection.articles[["path", "sha256"]].drop_duplicates().sort_values("path", kind="stable")
    return {
        "parameters": {
            **asked,
            "filters": [dict(step) for step in collection.filters],
            "topics": collection.topics.to_dict() if collection.topics else None,
            "ledger": _ledger(collection.ledger),
            "lexicon": _lexicon(collection.lexicon),
            "capitals": collection.capitals,
            "actors": model_key(collection.actors),
            "validation": validation.to_dict() if validation else None,
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
