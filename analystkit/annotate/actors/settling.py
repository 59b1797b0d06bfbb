"""Drafts of mentions -> settled kinds: what the rest of the text says about a name.

A lone "Kozhemyako" is a person because the same text names Oleg Kozhemyako; an unknown word is what most of its places
in the text make it; a headline names what the text below it names.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Set
from functools import lru_cache
from typing import Final

from analystkit.annotate.actors.drafts import Draft, draft_mentions
from analystkit.annotate.actors.kinds import kind_of_ending, kind_of_surroundings, kind_of_word
from analystkit.annotate.actors.linking import Persons, body_key, is_full_name, name_key
from analystkit.annotate.actors.words import LEGAL_FORMS, NOT_NAMES, OPENERS

_WORD: Final = re.compile(r"\S+")
_KEPT: Final = 1024  # texts
_WORDS_KEPT: Final = 2**16
_LONGEST_KNOWN: Final = 4  # words
_SIDES: Final = {"North": ("North Korea",), "South": ("South Korea", "North Korea")}


@lru_cache(maxsize=_KEPT)
def settled_drafts(text: str) -> list[Draft]:
    """Return the drafts of a text as the rules leave them; not to be changed, since models and rules ask for the same."""
    return draft_settled(text)


def draft_settled(text: str) -> list[Draft]:
    """Return the drafts of a text that nobody else will ask for."""
    return settle_kinds(text, draft_mentions(text))


def settle_kinds(text: str, drafts: list[Draft]) -> list[Draft]:
    """Give the open drafts the kind that the rest of the text gives their words; those that name no actor fall away."""
    full = [draft.name for draft in drafts if draft.kind == "person" and is_full_name(draft.name)]
    persons = Persons(full)
    known: dict[str, str] = {}
    companies = {
        body_key(draft.name)
        for draft in drafts
        if draft.kind == "organisation" and draft.name.rpartition(" ")[2] in LEGAL_FORMS
    }
    for draft in drafts:
        if not draft.kind:
            continue
        key = name_key(draft.name)
        if companies and draft.kind == "person" and not draft.titles and key in companies:
            draft.kind = "organisation"
        if (
            full
            and draft.kind in {"place", "state"}
            and draft.actor == draft.name
            and persons.of_short(draft.name, given=False)
            and not kind_of_surroundings(text, draft.start, draft.end).startswith("place")
        ):
            draft.kind, draft.actor = "person", ""
        known.setdefault(key, draft.kind)
        if draft.kind == "organisation" and not draft.actor:
            first = draft.name.partition(" ")[0]
            if len(first) > 3 and _may_be_name(first):
                known.setdefault(name_key(first), "organisation")
    votes: defaultdict[str, list[str]] = defaultdict(list)
    for draft in drafts:
        if draft.kind:
            continue
        if full and persons.has_short(draft.name):
            draft.kind = "person"
        elif (kind := known.get(name_key(draft.name))) is not None:
            draft.kind = kind
        elif not draft.known_only and _may_be_name(draft.name):
            vote = kind_of_surroundings(text, draft.start, draft.end)
            if vote or not draft.opens:
                votes[draft.name].append(vote)
    kinds = {name: _elect(name, cast) for name, cast in votes.items()}
    for draft in drafts:
        if not draft.kind:
            draft.kind = kinds.get(draft.name, "thing")
    settled: list[Draft] = []
    beginnings = {key[:length] for key in known for length in (1, 2)}
    for draft in drafts:
        if draft.kind == "thing" and draft.known_only and " " in draft.name and known:
            settled.extend(_known_pieces(draft, known, beginnings, persons))
        else:
            settled.append(draft)
    _name_sides(text, settled)
    return [draft for draft in settled if draft.kind and draft.kind != "thing"]


def _known_pieces(
    draft: Draft, known: Mapping[str, str], beginnings: Set[str], persons: Persons
) -> Iterator[Draft]:
    """Cut the names that the text knows out of a headline: PUTIN and KIM out of "PUTIN MEETS KIM"."""
    words = [match.span() for match in _WORD.finditer(draft.name)]
    at = 0
    while at < len(words):
        # The key of a name begins as that of its first word.
        begins = name_key(draft.name[slice(*words[at])])[:2] in beginnings
        for stop in range(min(len(words), at + (_LONGEST_KNOWN if begins else 1)), at, -1):
            start, end = words[at][0], words[stop - 1][1]
            name = draft.name[start:end]
            lone = stop == at + 1
            kind = "person" if lone and persons.has_short(name) else known.get(name_key(name))
            if kind is not None and not (lone and name.lower() in OPENERS):
                yield Draft(draft.start + start, draft.start + end, name, kind)
                at = stop - 1
                break
        at += 1


@lru_cache(maxsize=_WORDS_KEPT)
def _may_be_name(name: str) -> bool:
    """Say whether a lone word may be a name at all."""
    return " " not in name and name not in NOT_NAMES and kind_of_word(name) != "thing"


def _elect(name: str, votes: list[str]) -> str:
    if sure := [kind for kind in votes if kind in {"person", "place", "organisation"}]:
        return max(sure, key=lambda kind: (sure.count(kind), kind))
    if ending := kind_of_ending(name):
        return ending
    return "place" if "place?" in votes else "thing"


def _name_sides(text: str, drafts: list[Draft]) -> None:
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
