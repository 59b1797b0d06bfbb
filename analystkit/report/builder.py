"""What sections share while they are built: the evidence of the numbers printed so far, and the sentences it needs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Final, NamedTuple

from analystkit.collection import Collection, counted
from analystkit.measure import Answer, coverage
from analystkit.measure.answer import UNIT_NAMES
from analystkit.measure.word_answer import WordAnswer
from analystkit.report.content import Evidence, Number
from analystkit.report.wording import day, records

_OF_SOURCE: Final = ["article_id", "title", "outlet", "published", "byline", "url", "path", "where", "body"]
_OF_UNIT: Final = ["article_id", "sentence_id", "start", "end"]


class Unit(NamedTuple):
    """Where one unit of evidence stands."""

    article_id: str
    sentence_id: int
    start: int
    end: int


class Builder:
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
            row["article_id"]: f"{row['outlet'] or 'no outlet'}, {day(row['published'])}"
            for row in records(articles[["article_id", "outlet", "published"]])
        }
        self.spans: dict[tuple[str, int], tuple[int, int]] = {
            (row["article_id"], row["sentence_id"]): (row["start"], row["end"])
            for row in records(self.whole.sentences[["article_id", "sentence_id", "start", "end"]])
        }

    def open(
        self, answer: Answer | WordAnswer, *, slice: str | None = None
    ) -> Callable[[dict[str, Any], str], Number]:
        """Return a function that gives the `n` of a row of the answer, with its evidence put aside.

        Of an answer about words `slice` says which of its slices is counted; the first, if none is named.
        """
        if isinstance(answer, WordAnswer):
            evidence, noun = answer.evidence(slice=slice), "occurrence"
        else:
            evidence, noun = answer.evidence(), UNIT_NAMES[answer.count]
        # All evidence at once: a call for each of some hundred rows takes seconds.
        found: dict[tuple[Any, ...], list[dict[str, Any]]] = {}
        for unit in records(evidence[[*answer.keys, *_OF_UNIT]]):
            found.setdefault(tuple(unit[name] for name in answer.keys), []).append(unit)

        def number(row: dict[str, Any], caption: str) -> Number:
            return self.cite(found.get(tuple(row[name] for name in answer.keys), []), caption, noun)

        return number

    def cite(self, units: list[dict[str, Any]], caption: str, noun: str) -> Number:
        """Return how many units there are, with these as its evidence: `article_id`, `sentence_id`, `start`, `end`."""
        if not units:
            return Number("0")
        identity = f"e{len(self.evidence) + 1}"
        places = [Unit(unit["article_id"], unit["sentence_id"], unit["start"], unit["end"]) for unit in units]
        told = f"{caption}: {counted(len(units), noun)}"
        self.evidence.append(Evidence(identity, told, [self._list(place) for place in places]))
        return Number(f"{len(units):,}", identity)

    def totals(self, by: str, count: str) -> list[Number]:
        """Return how many articles or stories each group has; asked again, the numbers share their evidence."""
        if (by, count) not in self._totals:
            answer = coverage(self.collection, by=by, count=count)
            number = self.open(answer)
            self._totals[by, count] = [
                number(row, f"All, {row[by]}") if row["n"] else Number("–") for row in records(answer.table)
            ]
        return self._totals[by, count]

    def _list(self, unit: Unit) -> tuple[str, str, str]:
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
        for row in records(self.whole.articles[_OF_SOURCE]):
            identity = row["article_id"]
            sentences = sorted(self.needed.get(identity, ()))
            if not sentences:
                continue
            about = (row["outlet"] or "no outlet", day(row["published"]), row["byline"], row["url"])
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
