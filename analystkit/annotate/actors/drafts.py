"""The spans of one text -> drafts of mentions: what a span is, as far as its own words and those beside it tell."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from analystkit.annotate.actors.gazetteer import TITLE, gazetteer, national_actor
from analystkit.annotate.actors.kinds import (
    follows_article,
    kind_of_surroundings,
    kind_of_words,
    korean_end,
    may_go_on,
)
from analystkit.annotate.actors.spans import Span, spans_of_stretch
from analystkit.annotate.actors.tokens import SPACE, Headlines, stretches
from analystkit.annotate.actors.words import CLOSING_HEADS, OPENERS

_HONORIFICS: Final = frozenset(
    ["Mr", "Mr.", "Mrs", "Mrs.", "Ms", "Ms.", "Miss", "Dr", "Dr.", "Sir", "Dame", "Madam"]
)
# In a line of capitals these are words, not acronyms.
_WORDS_IN_CAPITALS: Final = frozenset(["WHO", "AU", "SPA", "SEC", "MENA", "SANA", "NAM", "ANC", "AP"])
_KEPT: Final = 2**15  # stretches remembered
_MONEY: Final = ("$", " $", " dollar")


@dataclass(slots=True)
class Draft:
    """A mention whose kind may still depend on the rest of the text."""

    start: int
    end: int
    name: str
    kind: str  # "" while open
    titles: tuple[tuple[int, int], ...] = ()  # where they stand
    actor: str = ""
    opens: bool = False
    known_only: bool = False  # a mention only if the rest of the text knows the name
    national: bool = False  # many states have such a body, and it is not said whose this is


# A draft inside its stretch: start, end, kind, titles, actor, opens, known_only, national, and what it asks of the text
# around. Plain tuples of plain values, as those are nothing for the garbage collector to walk through.
_Sketch = tuple[int, int, str, tuple[tuple[int, int], ...], str, bool, bool, bool, int]

# What a sketch asks of the text around: whether it is money, goes on in Korean, or what the words beside it tell.
_MONEY_BEHIND: Final = 1
_KOREAN_BEHIND: Final = 2
_SURROUNDINGS: Final = 4


def draft_mentions(text: str) -> list[Draft]:
    """Draft the mentions of one text, in reading order.

    >>> [(draft.name, draft.kind) for draft in draft_mentions("Oslo met Lebed and Ivan Lebed.")]
    [('Oslo', 'place'), ('Lebed', ''), ('Ivan Lebed', 'person')]
    """
    drafts: list[Draft] = []
    headlines = Headlines(text)
    in_text: set[str] = set()
    for at, stretch, opens in stretches(text):
        headline = "" if headlines.none else headlines.at(at)
        doubted, sketches = _sketch(stretch, opens, headline, False)
        if doubted and doubted in text and doubted in (in_text := in_text or set(text.split())):
            sketches = _sketch(stretch, opens, headline, True)[1]
        for start, end, kind, titles, actor, first, known_only, national, asks in sketches:
            start, end = at + start, at + end
            if asks:
                if asks & _MONEY_BEHIND and text.startswith(_MONEY, end):
                    continue
                if asks & _KOREAN_BEHIND:
                    end = korean_end(text, text[start:end].split(), end)
                if asks & _SURROUNDINGS:
                    if follows_article(text, start):
                        continue
                    around = kind_of_surroundings(text, start, end)
                    kind = around if around in {"place", "organisation"} else "person"
            if titles:
                titles = tuple((at + low, at + high) for low, high in titles)
            drafts.append(
                Draft(start, end, text[start:end], kind, titles, actor, first, known_only, national)
            )
    return drafts


@lru_cache(maxsize=_KEPT)
def _sketch(stretch: str, opens: bool, headline: str, ordinary: bool) -> tuple[str, tuple[_Sketch, ...]]:
    """Sketch the drafts of a stretch, behind its word, if any, that is `ordinary` where the text has it in lower case."""
    spans = _merge(spans_of_stretch(stretch, opens=opens))
    doubted = "" if ordinary or spans[0].kind or not spans[0].first else _doubted(spans[0])
    return doubted, _sketches(stretch, spans, headline, ordinary)


def _sketches(stretch: str, spans: list[Span], headline: str, ordinary: bool) -> tuple[_Sketch, ...]:
    sketches: list[_Sketch] = []
    for number, span in enumerate(spans):
        following = spans[number + 1] if number + 1 < len(spans) else None
        before_title = before_name = False
        if following is not None and following.after is span and following.gap == SPACE:
            before_title, before_name = following.kind == TITLE, True
        sketch: _Sketch | None = None
        if span.kind == TITLE:
            if len(span.words) == 1 and not before_name:
                # It is a name if somebody in the text has it: "King said".
                sketch = (span.start, span.end, "", (), "", False, True, False, 0)
        elif span.kind:
            sketch = _sketch_listed(stretch, span, headline)
        elif not before_title:  # else it belongs to the title: "External Economic Relations Minister"
            sketch = _sketch_free(stretch, span, headline, ordinary)
        if sketch is not None and sketch[2] != "thing":
            sketches.append(sketch)
    return tuple(sketches)


def _sketch_listed(stretch: str, span: Span, headline: str) -> _Sketch | None:
    """Sketch a name that the lists or a word such as "Ministry" have told."""
    if headline == "capitals" and span.words[0] in _WORDS_IN_CAPITALS:
        return None
    asks = _MONEY_BEHIND if span.end == len(stretch) else 0
    entry, owner = span.entry, span.owner
    if entry is None:
        unsure = headline == "capitals" or (headline == "title" and span.words[-1] in CLOSING_HEADS)
        return span.start, span.end, "" if unsure else span.kind, (), "", False, unsure, False, asks
    national = entry.national and not owner
    before = span.after if span.gap == SPACE else None
    if before is not None and before.words[-1] in _HONORIFICS and not entry.is_demonym:
        titles = ((before.start, before.end),)
        return span.start, span.end, "person", titles, "", False, False, national, asks
    actor = national_actor(entry.actor, owner) if owner else entry.actor
    return span.start, span.end, span.kind, (), actor, False, False, national, asks


def _sketch_free(stretch: str, span: Span, headline: str, ordinary: bool) -> _Sketch | None:
    """Sketch words about which the lists say nothing."""
    start, words = _skip_openers(stretch, span, ordinary) if span.first else (span.start, span.words)
    if not words:
        if len(span.words) == 1 and span.words[0].lower() not in OPENERS:
            return span.start, span.end, "", (), "", False, True, False, 0
        return None
    titles = tuple((title.start, title.end) for title in _titles_before(span))
    asks = _KOREAN_BEHIND if may_go_on(words) else 0
    if headline and not (headline == "title" and (titles or _has_given_name(words))):
        return start, span.end, "", titles, "", span.first, True, False, asks
    kind = kind_of_words(words)
    if titles:
        kind = "thing" if kind == "thing" and len(words) == 1 else "person"
    elif len(words) > 1 and kind not in {"person", "place", "thing"}:
        asks |= _SURROUNDINGS
    return start, span.end, kind, titles, "", span.first, False, False, asks


def _merge(spans: list[Span]) -> list[Span]:
    """Join listed words to a given name before them: "George Washington", "Travis King"."""
    given_names = gazetteer().given_names
    merged: list[Span] = []
    for number, span in enumerate(spans):
        last = merged[-1] if merged else None
        if (
            last is not None
            and span.kind
            and last is span.after
            and not last.kind
            and span.gap == SPACE
            and len(span.words) == 1
            and last.words[-1] in given_names
            and span.entry is not None
            and not (span.entry.is_demonym or span.kind == "medium" or span.words[0].isupper())
            and not (span.kind == TITLE and number + 1 < len(spans) and spans[number + 1].after is span)
        ):
            last.words.append(span.words[0])
            last.end = span.end
            if number + 1 < len(spans) and spans[number + 1].after is span:
                spans[number + 1].after = last
            continue
        merged.append(span)
    return merged


def _has_given_name(words: list[str]) -> bool:
    return len(words) == 2 and words[0] in gazetteer().given_names


def _skip_openers(text: str, span: Span, ordinary: bool) -> tuple[int, list[str]]:
    """Leave out words at the front of a span that have their capital only from the start of the sentence."""
    start = span.start
    for number, word in enumerate(span.words):
        lower = word.lower()
        if lower not in OPENERS and not (ordinary and _doubted(span)) and not _looks_ordinary(word):
            return start, span.words[number:]
        start = (
            text.find(span.words[number + 1], start + len(word)) if number + 1 < len(span.words) else span.end
        )
        if lower not in OPENERS:
            return start, span.words[number + 1 :]
    return start, []


def _doubted(span: Span) -> str:
    """Return the first word in lower case if the rest of the text must say whether it is a name, else ""."""
    word = next((word for word in span.words if word.lower() not in OPENERS), "")
    return "" if _is_name(word) or _looks_ordinary(word) else word.lower()


def _is_name(word: str) -> bool:
    return (word.isupper() and len(word) > 1) or word in gazetteer().given_names


def _looks_ordinary(word: str) -> bool:
    return (
        len(word) > 4
        and word.lower().endswith(
            ("ing", "ly", "ed", "tion", "tions", "ness", "ment", "ments", "ities", "ity")
        )
        and not _is_name(word)
    )


def _titles_before(span: Span) -> list[Span]:
    titles: list[Span] = []
    later, earlier = span, span.after
    while (
        earlier is not None
        and later.gap == SPACE
        and (earlier.kind == TITLE or (titles and not earlier.kind))
    ):
        if earlier.first and earlier.words[0].lower() in OPENERS:
            break
        titles.insert(0, earlier)
        later, earlier = earlier, earlier.after
    return titles
