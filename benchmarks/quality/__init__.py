"""How right each stage is, set by set: data folder in, figures out."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final

from benchmarks.data import Data
from benchmarks.figures import BenchmarkError, Figure, SkippedError
from benchmarks.quality.actors import actors, actors_cv, actors_others
from benchmarks.quality.copies import duplicates
from benchmarks.quality.exports import exports
from benchmarks.quality.intervals import intervals
from benchmarks.quality.pages import pages, pages_cv, pages_html, pages_multilingual, seed
from benchmarks.quality.robustness import robustness
from benchmarks.quality.sentences import sentences
from benchmarks.quality.statistics import statistics
from benchmarks.quality.tone import sentiment, towards, vader
from benchmarks.quality.topics import dictionaries, places, topics
from benchmarks.quality.zoo import zoo

#: What can be measured, in the order of the library's stages.
SETS: Final[dict[str, Callable[[Data], Iterable[Figure]]]] = {
    "zoo": zoo,
    "exports": exports,
    "seed": seed,
    "pages": pages,
    "pages_html": pages_html,
    "pages_multilingual": pages_multilingual,
    "pages_cv": pages_cv,
    "sentences": sentences,
    "actors": actors,
    "actors_others": actors_others,
    "actors_cv": actors_cv,
    "sentiment": sentiment,
    "towards": towards,
    "topics": topics,
    "statistics": statistics,
    "dictionaries": dictionaries,
    "places": places,
    "duplicates": duplicates,
    "vader": vader,
    "intervals": intervals,
    "robustness": robustness,
}


def measure(
    data: Data, names: Iterable[str], *, tell: Callable[[str], None]
) -> tuple[list[Figure], dict[str, str], dict[str, str]]:
    """Measure the named sets.

    Parameters
    ----------
    data
        The folder.
    names
        Names from `SETS`.
    tell
        Called with the name of each set before it runs.

    Returns
    -------
    figures, skipped, failed
        The figures; the sets that are absent, with the reason; the sets that are there and cannot be scored, with the
        reason.
    """
    figures: list[Figure] = []
    skipped: dict[str, str] = {}
    failed: dict[str, str] = {}
    for name in names:
        tell(name)
        try:
            # One by one: what a set yields before it meets something absent is kept.
            for figure in SETS[name](data):
                figures.append(figure)
        except SkippedError as reason:
            skipped[name] = str(reason)
        except BenchmarkError as reason:
            failed[name] = str(reason)
    return figures, skipped, failed
