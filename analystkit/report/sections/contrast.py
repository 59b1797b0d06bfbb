"""What sets one slice of the collection apart from the rest: its words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from analystkit.collection import Collection
from analystkit.measure.keyness import keyness
from analystkit.measure.running import stopwords
from analystkit.measure.word_answer import WordAnswer
from analystkit.plot import plot_keyness
from analystkit.report.builder import Builder
from analystkit.report.content import Section
from analystkit.report.sections.parts import picture
from analystkit.report.sections.words import key_words, times, words_table
from analystkit.report.wording import records

#: How many words on either side.
_WORDS: Final = 12
_TOLD: Final = 5


def contrast_section(builder: Builder, contrast: Mapping[str, Any]) -> Section:
    """Return which words are more, and which less, frequent in the articles that `contrast` narrows to."""
    collection = builder.collection
    part = collection.filter(**contrast)
    answer = keyness(part, reference=collection, without=stopwords())
    name = name_of(collection, contrast)
    names = ("here", "in the rest")
    tables = []
    for word, more in (("More", True), ("Less", False)):
        rows = key_words(answer, _WORDS, more=more)
        if len(rows):
            n = int((answer.table["sign"] == word.lower()).sum())
            caption = f"{word} frequent in {name} ({n:,} settled). {answer.subtitle}"
            tables.append(words_table(builder, answer, rows, caption, names))
    return Section(
        id="contrast",
        heading=f"What sets {name} apart",
        finding=_finding(answer, name),
        pictures=[picture(plot_keyness, answer, "keyness", "contrast", height=7.6)],
        tables=tables,
        limits=f"{answer.limits} A word counts as settled where the corrected p is below 0.05, the interval over stories"
        " leaves out 1, and five stories or more have it; DPnorm near 1 says that few articles have it. Words that carry"
        " grammar more than meaning are left out. Source: " + answer.source + ".",
    )


def name_of(collection: Collection, contrast: Mapping[str, Any]) -> str:
    """Return a contrast in words, as the collection tells its filters."""
    return collection.unfiltered.filter(**contrast).describe_filters()


def _finding(answer: WordAnswer, name: str) -> str:
    told = []
    for words, more in (("More", True), ("Less", False)):
        rows = key_words(answer, _TOLD, more=more)
        rows = rows[~rows["unsettled"]]
        named = [
            f"{row['term']} ({row['n']:,} to {row['n_reference']:,}, {times(row['log_ratio'])} times the rate)"
            for row in records(rows)
        ]
        told.append(
            f"{words} frequent: {', '.join(named)}."
            if named
            else f"{words} frequent: nothing that is settled."
        )
    own, rest = (len(part.running.articles) for part in answer.slices.values())
    return f"{name.capitalize()}: {own:,} articles against {rest:,}, copies counted once. {' '.join(told)}"
