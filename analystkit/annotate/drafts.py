"""One text -> its mentions: spans are drafts first, until the rest of the text has said what they are.

A lone "Kozhemyako" is the Oleg Kozhemyako of the same text; a word at the start of a sentence is a name if the text has
it as a name elsewhere.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final, NamedTuple

from analystkit.annotate.gazetteer import TITLE, gazetteer
from analystkit.annotate.linking import Persons, is_full_name, name_key
from analystkit.annotate.name_kinds import (
    follows_article,
    kind_of_ending,
    kind_of_surroundings,
    kind_of_word,
    kind_of_words,
)
from analystkit.annotate.name_spans import Span, find_spans, korean_end
from analystkit.annotate.name_tokens import SPACE, Headlines
from analystkit.annotate.name_words import CLOSING_HEADS, NOT_NAMES, OPENERS
from analystkit.annotate.roles import role_of

_HONORIFICS: Final = frozenset(
    ["Mr", "Mr.", "Mrs", "Mrs.", "Ms", "Ms.", "Miss", "Dr", "Dr.", "Sir", "Dame", "Madam"]
)
# In a line of capitals these are words, not acronyms.
_WORDS_IN_CAPITALS: Final = frozenset(["WHO", "AU", "SPA", "SEC", "MENA", "SANA", "NAM", "ANC", "AP"])
_MONEY: Final = ("$", " $", " dollar")
_WORD: Final = re.compile(r"\S+")
_LONGEST_KNOWN: Final = 4  # words
_SIDES: Final = {"North": ("North Korea",), "South": ("South Korea", "North Korea")}


class Mention(NamedTuple):
    """One naming of an actor in one text; `start` and `end` are half-open offsets in characters."""

    start: int
    end: int
    surface: str
    actor: str
    kind: str
    role: str


@dataclass(slots=True)
class _Draft:
    """A mention whose kind may still depend on the rest of the text."""

    start: int
    end: int
    name: str
    kind: str  # "" while open
    titles: list[Span] = field(default_factory=list)
    actor: str = ""
    opens: bool = False
    known_only: bool = False  # a mention only if the rest of the text knows the name
    national: bool = False  # many states have such a body, and it is not said whose this is


def find_in_text(text: str) -> list[Mention]:
    """Find the mentions of one text, in reading order; `find_mentions` says what they are.

    >>> [mention.actor for mention in find_in_text("Tokyo blamed the DPRK.")]
    ['Tokyo', 'North Korea']
    """
    spans = find_spans(text)
    if not spans:
        return []
    drafts = _draft(text, _merge(spans))
    drafts = _settle(text, drafts)
    _name_sides(text, drafts)
    return _link(text, [draft for draft in drafts if draft.kind and draft.kind != "thing"])


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


def _draft(text: str, spans: list[Span]) -> list[_Draft]:
    lists = gazetteer()
    headlines = Headlines(text)
    in_text = set(text.split())
    drafts: list[_Draft] = []
    for number, span in enumerate(spans):
        following = spans[number + 1] if number + 1 < len(spans) and spans[number + 1].after is span else None
        if span.kind == TITLE:
            if len(span.words) == 1 and (following is None or following.gap != SPACE):
                # It is a name if somebody in the text has it: "King said".
                drafts.append(_Draft(span.start, span.end, span.words[0], "", known_only=True))
            continue
        headline = headlines.at(span.start)
        before = span.after if span.gap == SPACE else None
        if span.kind:
            if headline == "capitals" and span.words[0] in _WORDS_IN_CAPITALS:
                continue
            entry = span.entry
            if text.startswith(_MONEY, span.end):
                continue
            draft = _Draft(span.start, span.end, text[span.start : span.end], span.kind)
            if entry is None and (headline == "capitals" or (headline and span.words[-1] in CLOSING_HEADS)):
                draft.kind, draft.known_only = "", True
            if entry is not None:
                draft.actor = f"{entry.actor} ({span.owner})" if span.owner else entry.actor
                draft.national = entry.national and not span.owner
                if before is not None and before.words[-1] in _HONORIFICS and not entry.is_demonym:
                    draft.kind, draft.actor, draft.titles = "person", "", [before]
            drafts.append(draft)
            continue
        if following is not None and following.gap == SPACE and following.kind == TITLE:
            continue  # "External Economic Relations" of a minister
        start, words = _skip_openers(text, span, in_text) if span.first else (span.start, span.words)
        if not words:
            if len(span.words) == 1 and span.words[0].lower() not in OPENERS:
                drafts.append(_Draft(span.start, span.end, span.words[0], "", known_only=True))
            continue
        titles = _titles_before(span)
        end = korean_end(text, span, lists.east_asian)
        draft = _Draft(start, end, text[start:end], "", titles, opens=span.first, known_only=bool(headline))
        drafts.append(draft)
        if headline and not (headline == "title" and (titles or _has_given_name(words))):
            continue
        draft.known_only = False
        draft.kind = _first_kind(text, words, draft)
    return drafts


def _has_given_name(words: list[str]) -> bool:
    return len(words) == 2 and words[0] in gazetteer().given_names


def _skip_openers(text: str, span: Span, in_text: set[str]) -> tuple[int, list[str]]:
    """Leave out words at the front of a span that have their capital only from the start of the sentence."""
    start = span.start
    given_names = gazetteer().given_names
    for number, word in enumerate(span.words):
        lower = word.lower()
        if lower not in OPENERS:
            in_capitals = word.isupper() and len(word) > 1
            if in_capitals or word in given_names or not (lower in in_text or _looks_ordinary(lower)):
                return start, span.words[number:]
        start = (
            text.find(span.words[number + 1], start + len(word)) if number + 1 < len(span.words) else span.end
        )
        if lower not in OPENERS:
            return start, span.words[number + 1 :]
    return start, []


def _looks_ordinary(lower: str) -> bool:
    return len(lower) > 4 and lower.endswith(
        ("ing", "ly", "ed", "tion", "tions", "ness", "ment", "ments", "ities", "ity")
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


def _first_kind(text: str, words: list[str], draft: _Draft) -> str:
    """Return the kind that can be told without the rest of the text, or ""."""
    by_words = kind_of_words(words)
    if draft.titles:
        return "thing" if by_words == "thing" and len(words) == 1 else "person"
    if len(words) == 1:
        return by_words
    if by_words in {"person", "place", "thing"}:
        return by_words
    if follows_article(text, draft.start):
        return "thing"
    around = kind_of_surroundings(text, draft.start, draft.end)
    if around in {"place", "organisation"}:
        return around
    return "person"


def _settle(text: str, drafts: list[_Draft]) -> list[_Draft]:
    """Give the open drafts the kind that the rest of the text gives their words."""
    persons = Persons(d.name for d in drafts if d.kind == "person" and is_full_name(d.name))
    known: dict[str, str] = {}
    for draft in drafts:
        if (
            draft.kind in {"place", "state"}
            and draft.actor == draft.name
            and persons.of_short(draft.name, given=False)
            and not kind_of_surroundings(text, draft.start, draft.end).startswith("place")
        ):
            draft.kind, draft.actor = "person", ""
        if draft.kind and draft.kind != "thing":
            known.setdefault(name_key(draft.name), draft.kind)
            if (
                draft.kind == "organisation"
                and not draft.actor
                and (first := draft.name.split()[0]) not in NOT_NAMES
            ):
                known.setdefault(name_key(first), "organisation") if len(first) > 3 else None
    votes: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for draft in drafts:
        if draft.kind:
            continue
        if persons.has_short(draft.name):
            draft.kind = "person"
        elif (kind := known.get(name_key(draft.name))) is not None:
            draft.kind = kind
        elif not draft.known_only and is_open_word(draft.name):
            vote = kind_of_surroundings(text, draft.start, draft.end)
            if vote or not draft.opens:
                votes[draft.name][vote] += 1
    kinds = {name: _elect(name, counts) for name, counts in votes.items()}
    for draft in drafts:
        if not draft.kind:
            draft.kind = kinds.get(draft.name, "thing")
    return [piece for draft in drafts for piece in _known_pieces(draft, known, persons)]


def _known_pieces(draft: _Draft, known: Mapping[str, str], persons: Persons) -> Iterator[_Draft]:
    """Cut the names that the text knows out of a headline: PUTIN and KIM out of "PUTIN MEETS KIM"."""
    if draft.kind != "thing" or not draft.known_only or " " not in draft.name:
        yield draft
        return
    words = [(match.start(), match.end()) for match in _WORD.finditer(draft.name)]
    at = 0
    while at < len(words):
        for stop in range(min(len(words), at + _LONGEST_KNOWN), at, -1):
            start, end = words[at][0], words[stop - 1][1]
            name = draft.name[start:end]
            kind = "person" if persons.has_short(name) else known.get(name_key(name))
            if kind is not None and name.lower() not in OPENERS:
                yield _Draft(draft.start + start, draft.start + end, name, kind)
                at = stop - 1
                break
        at += 1


def is_open_word(name: str) -> bool:
    """Say whether a lone word may be a name at all."""
    return " " not in name and name not in NOT_NAMES and kind_of_word(name) != "thing"


def _elect(name: str, votes: Counter[str]) -> str:
    sure = {kind: n for kind, n in votes.items() if kind in {"person", "place", "organisation"}}
    if sure:
        return max(sure, key=lambda kind: (sure[kind], kind))
    if ending := kind_of_ending(name):
        return ending
    if votes["place?"]:
        return "place"
    return "thing"


def _name_sides(text: str, drafts: list[_Draft]) -> None:
    """Read "the North" as North Korea once the text has named it, and "the South" likewise."""
    named: set[str] = set()
    for draft in drafts:
        if draft.kind == "state":
            named.add(draft.actor)
        elif (
            draft.name in _SIDES
            and not named.isdisjoint(_SIDES[draft.name])
            and text[draft.start - 4 : draft.start].lower() == "the "
            and text[draft.end : draft.end + 1] != "-"
        ):
            draft.kind, draft.actor = "state", f"{draft.name} Korea"


def _link(text: str, drafts: list[_Draft]) -> list[Mention]:
    persons = Persons(d.name for d in drafts if d.kind == "person" and is_full_name(d.name))
    acronyms = _acronyms(text, drafts)
    owned = _owned(drafts)
    mentions = []
    for draft in drafts:
        role = ""
        actor = draft.actor
        if draft.kind == "person":
            role = role_of(text, draft.start, draft.end, draft.titles)
            name = draft.name
            actor = persons.of_short(name) or (persons.full(name) if is_full_name(name) else name)
        elif draft.national:
            actor = owned.get(actor, actor)
        elif not actor:
            actor = acronyms.get(draft.name, draft.name)
        mentions.append(Mention(draft.start, draft.end, draft.name, actor, draft.kind, role))
    return mentions


def _acronyms(text: str, drafts: list[_Draft]) -> dict[str, str]:
    """Read "Northern Trade Council (NTC)": acronym -> the name before the bracket."""
    found: dict[str, str] = {}
    for name, acronym in pairwise(drafts):
        if (
            text[name.end : acronym.start] == " ("
            and text[acronym.end : acronym.end + 1] == ")"
            and acronym.name.isupper()
            and not acronym.actor
            and " " in name.name
        ):
            acronym.kind = name.kind
            found.setdefault(acronym.name, name.actor or name.name)
    return found


def _owned(drafts: list[_Draft]) -> dict[str, str]:
    """Return whose "Foreign Ministry" the text means, for each such body that it gives to one state only."""
    owners: defaultdict[str, set[str]] = defaultdict(set)
    for draft in drafts:
        if draft.kind == "organisation" and draft.actor.endswith(")"):
            owners[draft.actor.rpartition(" (")[0]].add(draft.actor)
    return {body: next(iter(actors)) for body, actors in owners.items() if len(actors) == 1}
