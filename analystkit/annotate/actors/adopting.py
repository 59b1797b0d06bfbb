"""The spans of a model and the drafts of the rules -> the drafts that count.

The model says what is a name and of which kind; the lists say which place is a state and which body a medium, whose
body it is, and which adjectives stand for a state; the rules know the titles before a name; and what one place of a text
says of a name holds for all of that text.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Final

from analystkit.annotate.actors.backends import Span
from analystkit.annotate.actors.drafts import Draft
from analystkit.annotate.actors.gazetteer import TITLE, Entry, gazetteer, is_demonym, key_of, title_words
from analystkit.annotate.actors.kinds import korean_end
from analystkit.annotate.actors.linking import COMPANY_TAILS, Persons, common_name, is_full_name
from analystkit.annotate.actors.naming import abbreviated_place, initials
from analystkit.annotate.actors.words import (
    COMPOUND_ENDINGS,
    DIRECTIONS,
    EVENT_HEADS,
    KOREAN_SYLLABLES,
    LINKS,
    NOT_NAMES,
    OPENERS,
    ORGANISATION_HEADS,
    PARTICLES,
)

#: Our kinds -> what a model can tell apart.
COARSE: Final = {
    "person": "person",
    "organisation": "organisation",
    "medium": "organisation",
    "state": "place",
    "place": "place",
}

_WORD: Final = re.compile(r"\S+")
_OWNER_MARK: Final = re.compile(r"\s*['’]\s?s?$")
#: Small words that stand inside names; the s is that of "Prosecutor’ s Office".
_LINKS: Final = LINKS | {part for particle in PARTICLES for part in particle.split()} | KOREAN_SYLLABLES
#: The last syllable of a given name where a source sets spaces around hyphens: the yuen of "Tik Chi - yuen".
_SYLLABLE: Final = re.compile(
    r" ?- ?((?:[bcdfghjklmnpqrstwxyz]|[cstz]h|ts|hs|kw)?[aeiouüy]{1,3}(?:ng|[nkptmh])?)\b(?! ?-)"
)
#: The party and seat of a member of parliament: "Barney Frank, D-Mass."
_SEAT: Final = re.compile(r"[A-Z]-(?=[A-Z])")
#: The number of a model: A380, KC-45, Su-27, 777-300ER. Numbers of rebel and state groups are shorter: M23, G20.
_MODEL_NUMBER: Final = re.compile(r"(?:[A-Z][A-Za-z]{0,2}-\d{1,3}|[A-Z]{0,2}\d{3,})(?:-\d+)?[A-Z]{0,2}s?")
_BEHIND: Final = re.compile(r" ([A-Z]?\w+)")
_NUMBERED: Final = frozenset(
    {"Terminal", "Gate", "Highway", "Route", "Interstate", "Flight", "Platform", "Pier", "Section"}
)
_PARTS: Final = DIRECTIONS | {"central"}
_AND: Final = frozenset({" and ", " & "})
_ACRONYM_BEHIND: Final = re.compile(r"[^,;\n(]{0,16} \(([A-Z]{3,7})\)")
_OF_TITLES: Final = frozenset({"Press", "Foreign", "Defence", "Defense", "Home", "Treasury"})
_LAST_FORMS: Final = frozenset({"LLC", "LLP", "Inc", "Inc.", "Ltd", "Ltd.", "Plc", "PLC", "GmbH"})
_MONEY: Final = ("$", " $", " dollar")
_LEAST_LETTERS: Final = 3
#: How sure the model must be of a name for other places of the text to take it over.
_SURE: Final = 0.6
#: And for the name of a company with a word behind it to be that of another body.
_SURE_OF_A_BODY: Final = 0.9
#: How sure it must be that a name of a place in the lists is that of a person.
_CERTAIN: Final = 0.97
#: By how much the readings of one kind must outweigh those of the others.
_MARGIN: Final = 1.0


def adopt(text: str, spans: Sequence[Span], drafts: Sequence[Draft]) -> list[Draft]:
    """Return one draft for each name: those of the model, and those of the rules that a list vouches for.

    >>> rules = [Draft(0, 7, "Russian", "state", actor="Russia"), Draft(12, 17, "Lebed", "place")]
    >>> adopted = adopt("Russian met Lebed", [Span(12, 17, "person", 0.9)], rules)
    >>> [(draft.name, draft.kind, draft.actor) for draft in adopted]
    [('Russian', 'state', 'Russia'), ('Lebed', 'person', '')]
    """
    vouched = [draft for draft in drafts if _vouched(draft)]
    own = _joined(text, _outside(spans, vouched))
    names = [trimmed for span in own if (trimmed := trim(text, span)) is not None]
    names = _no_openers(text, _no_products(text, _agree(text, names)))
    names = spread(text, names, [(draft.start, draft.end) for draft in vouched])
    by_start = {draft.start: draft for draft in drafts}
    adopted = [_draft(text, span, by_start.get(span.start)) for span in names]
    return _merge(adopted, vouched)


def _outside(spans: Sequence[Span], vouched: Sequence[Draft]) -> list[Span]:
    """Leave out spans that are only a part of a name that a list knows, as "North" is of "North Korean"."""
    ends = {draft.start: draft.end for draft in vouched}
    starts = {draft.end: draft.start for draft in vouched}
    return [
        span
        for span in spans
        if ends.get(span.start, 0) <= span.end and starts.get(span.end, span.start) >= span.start
    ]


def _joined(text: str, spans: Sequence[Span]) -> list[Span]:
    """Join the parts of a body's name whose acronym stands in brackets: "Defence" and "Space Company (DSC)"."""
    joined: list[Span] = []
    for span in spans:
        last = joined[-1] if joined else None
        if (
            last is not None
            and last.kind == span.kind == "organisation"
            and text[last.end : span.start] in _AND
            and (acronym := _ACRONYM_BEHIND.match(text, span.end))
            and acronym[1] in initials(text[last.start : span.end])
        ):
            joined[-1] = last._replace(end=span.end)
        else:
            joined.append(span)
    return joined


def _merge(first: list[Draft], more: Iterable[Draft]) -> list[Draft]:
    """Return both in reading order; of `more` only what touches none of `first`."""
    merged: list[Draft] = []
    waiting = iter(more)
    one = next(waiting, None)
    for draft in first:
        while one is not None and one.end <= draft.start:
            merged.append(one)
            one = next(waiting, None)
        merged.append(draft)
        while one is not None and one.start < draft.end:
            one = next(waiting, None)
    while one is not None:
        merged.append(one)
        one = next(waiting, None)
    return merged


def _draft(text: str, span: Span, own: Draft | None) -> Draft:
    """Return the draft of one span: that of the rules where they agree, else a new one with what the lists know."""
    if own is not None and own.end == span.end and COARSE[own.kind] == span.kind:
        return own
    draft = Draft(span.start, span.end, text[span.start : span.end], span.kind)
    if own is not None and span.kind == "person":
        draft.titles = own.titles
    entry = _listed(draft.name) or abbreviated_place(draft.name)
    if entry is not None and COARSE[entry.kind] == span.kind:
        draft.kind, draft.actor, draft.national = entry.kind, entry.actor, entry.national
    return draft


def _listed(name: str) -> Entry | None:
    entry = gazetteer().entries.get(key_of(name))
    return None if entry is None or entry.kind == TITLE else entry


def _vouched(draft: Draft) -> bool:
    """Say whether a draft counts although the model passed over it: a list knows whom it names."""
    return bool(draft.actor)


@cache
def _titles() -> frozenset[str]:
    """Words that stand before a name and are no part of it, in lower case."""
    single = {
        key.lower() for key, entry in gazetteer().entries.items() if entry is not None and entry.kind == TITLE
    }
    return frozenset(single | title_words() | {word + "." for word in single})


def trim(text: str, span: Span) -> Span | None:
    """Leave out what is no part of a name: an article, titles, "'s", "northern", nouns behind; None if nothing is left."""
    start, end, kind, probability = span
    name = text[start:end]
    if text.startswith(_MONEY, end):
        return None
    if _listed(name) is not None:
        return span
    if mark := _OWNER_MARK.search(name):
        end -= len(mark[0])
    if (seat := _SEAT.match(text, start, end)) and text.endswith((", ", "("), 0, start):
        if abbreviated_place(text[seat.end() : end]) is None and _listed(text[seat.end() : end]) is None:
            return None
        return Span(seat.end(), end, "place", probability)
    places = [(start + match.start(), start + match.end()) for match in _WORD.finditer(text[start:end])]
    words = [text[low:high] for low, high in places]
    if kind == "person":
        last = korean_end(text, words, end)
        if last == end and (tail := _SYLLABLE.match(text, end)) and tail[1] not in COMPOUND_ENDINGS:
            last = tail.end()
        if last != end:
            return Span(start, last, kind, probability)
    # No name goes over a noun or verb: "Russian city of Perm", "Machado targets Rodriguez".
    for number in range(len(words) - 2, 0, -1):
        if words[number][0].islower() and words[number] not in _LINKS and words[number][-1].isalpha():
            while number + 2 < len(words) and words[number + 1] in _LINKS:
                number += 1
            del words[: number + 1], places[: number + 1]
            break
    while len(words) > 1 and (
        words[0] in {"The", "the", "A", "An"}
        or (kind == "person" and words[0].lower() in _titles())
        or (
            kind == "place"
            and words[0].lower() in DIRECTIONS
            and _listed(text[places[1][0] : end]) is not None
        )
    ):
        del words[0], places[0]
    # "Russian TASS" is TASS, "Russian Foreign Ministry" is all of it.
    if len(words) > 1 and is_demonym(words[0]):
        rest = _listed(text[places[1][0] : end])
        if rest is not None and not rest.national:
            del words[0], places[0]
    while len(words) > 1 and words[-1].islower() and words[-1] not in KOREAN_SYLLABLES and words[-2] != "-":
        del words[-1], places[-1]
    # "Tokyo Gov." names Tokyo; "Office of the Attorney General" is one body.
    if kind != "person" and "of" not in words:
        while len(words) > 1 and words[-1].lower() in _titles():
            del words[-1], places[-1]
        if len(words) == 1 and words[0] != name and is_demonym(words[0]):
            return None
    if not words or (len(words) > 1 and kind != "person" and words[-1] in EVENT_HEADS):
        return None
    # "Kyoto Protocol", "Paris Air Show", "Terminal 4" name no actor, nor do their first words.
    if (
        kind != "person"
        and (behind := _BEHIND.match(text, places[-1][1]))
        and (
            behind[1] in EVENT_HEADS
            or behind[1] == "Show"
            or (behind[1].isdigit() and words[-1] in _NUMBERED)
        )
    ):
        return None
    # "White House Press Secretary", "Chrysler LLC Jim Press"
    while (
        len(words) > 1
        and kind == "organisation"
        and words[-1] in _OF_TITLES
        and text[end:].startswith(" Secretary")
    ):
        del words[-1], places[-1]
    if kind == "organisation":
        for number in range(1, len(words) - 1):
            if words[number] in _LAST_FORMS:
                del words[number + 1 :], places[number + 1 :]
                break
    if (
        _MODEL_NUMBER.fullmatch(words[-1])
        or (words[-1].isdigit() and len(words) > 1 and words[-2] in _NUMBERED)
        or (len(words) == 1 and text[end : end + 2].removeprefix("-").isdigit())
    ):
        return None
    if (
        len(words) == 1
        and kind == "place"
        and words[0].lower() in _PARTS
        and text[end : end + 2][1:].isupper()
    ):
        return None
    if len(words) == 1 and (words[0].lower() in _titles() or words[0] in NOT_NAMES or words[0] in PARTICLES):
        return None
    return Span(places[0][0], places[-1][1], kind, probability)


def _agree(text: str, spans: list[Span]) -> list[Span]:
    """Give all places of a name in the text the kind that most of them, and the full names of persons, speak for."""
    votes: defaultdict[str, defaultdict[str, float]] = defaultdict(lambda: defaultdict(float))
    full: set[str] = set()
    for span in spans:
        name = text[span.start : span.end]
        votes[name.lower()][span.kind] += span.probability
        if span.kind == "person" and is_full_name(name) and span.probability >= _SURE:
            full.add(name)
    persons = Persons(full)
    agreed: list[Span] = []
    for span in spans:
        name = text[span.start : span.end]
        counts = votes[name.lower()]
        kind = span.kind
        entry = _listed(name)
        if " " not in name and persons.of_short(name, given=False):
            if entry is None:
                kind = "person"
        elif (
            entry is not None
            and kind == "person"
            and COARSE[entry.kind] == "place"
            and span.probability < _CERTAIN
        ):
            kind = "place"
        elif len(counts) > 1:
            (next_, _), (most, best) = sorted((weight, one) for one, weight in counts.items())[-2:]
            if most >= _MARGIN * next_:
                kind = best
        agreed.append(span if kind == span.kind else span._replace(kind=kind))
    return agreed


def _no_products(text: str, spans: list[Span]) -> list[Span]:
    """Leave out the goods of a company, if the model is not sure of them: "Ford Taurus", but not "Ford Foundation".

    Nor is "the Taurus" an actor in a text that somewhere has "Ford Taurus".
    """
    sure: defaultdict[str, float] = defaultdict(float)
    for span in spans:
        if span.kind == "organisation":
            name = text[span.start : span.end]
            sure[name] = max(sure[name], span.probability)

    def is_product(span: Span) -> bool:
        name = text[span.start : span.end]
        first, _, rest = name.partition(" ")
        if (
            span.kind != "organisation"
            or not rest
            or sure[name] >= _SURE_OF_A_BODY
            or _listed(name) is not None
        ):
            return False
        last = rest.rpartition(" ")[2]
        company = _listed(first)
        return (
            last not in ORGANISATION_HEADS
            and last not in COMPANY_TAILS
            and _listed(rest) is None
            and (sure.get(first, 0) >= _SURE or (company is not None and company.kind == "organisation"))
        )

    makers = {
        common_name(name)
        for name, probability in sure.items()
        if probability >= _SURE or ((maker := _listed(name)) is not None and maker.kind == "organisation")
    }
    goods = {
        name
        for name in sure
        if name.isalpha()
        and not name.isupper()
        and name not in ORGANISATION_HEADS
        and name not in COMPANY_TAILS
        and _listed(name) is None
        and any(f"{maker} {name}" in text for maker in makers)
    }
    return [span for span in spans if text[span.start : span.end] not in goods and not is_product(span)]


def _no_openers(text: str, spans: list[Span]) -> list[Span]:
    """Leave out lone words that open sentences, if the model is not sure of them: "Once", but not "Young"."""
    persons = Persons(name for span in spans if is_full_name(name := text[span.start : span.end]))
    return [
        span
        for span in spans
        if (name := text[span.start : span.end]).lower() not in OPENERS
        or span.probability >= _SURE_OF_A_BODY
        or persons.has_short(name)
        or _listed(name) is not None
    ]


def spread(text: str, spans: list[Span], taken: Iterable[tuple[int, int]] = ()) -> list[Span]:
    """Find the names of the text, and the family names of its persons, where the model has passed over them."""
    known: dict[str, Span] = {}
    for span in spans:
        if span.probability < _SURE:
            continue
        name = text[span.start : span.end]
        known.setdefault(name, span)
        if span.kind == "person" and is_full_name(name):
            known.setdefault(name.rpartition(" ")[2], span)
    covered = bytearray(len(text))
    for start, end in (*taken, *((span.start, span.end) for span in spans)):
        covered[start:end] = b"\1" * (end - start)
    found: list[Span] = []
    for name in sorted(known, key=len, reverse=True):
        if len(name) < _LEAST_LETTERS or name.lower() in OPENERS or not name[0].isupper():
            continue
        at = text.find(name)
        while at >= 0:
            end = at + len(name)
            if (
                covered.find(1, at, end) < 0
                and not (at and (text[at - 1].isalnum() or text[at - 1] in "-@./"))
                and not (end < len(text) and (text[end].isalnum() or text[end] == "-"))
            ):
                covered[at:end] = b"\1" * len(name)
                found.append(known[name]._replace(start=at, end=end))
            at = text.find(name, end)
    return sorted([*spans, *found]) if found else spans
