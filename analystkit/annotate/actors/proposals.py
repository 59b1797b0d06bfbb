"""Which two actors may be one: proposals with reasons, for the analyst to accept or reject. Nothing here merges."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations
from typing import Final, NamedTuple

import pandas as pd

from analystkit.annotate.actors.ledger import Applied
from analystkit.annotate.actors.linking import (
    FAMILY,
    family_name_first,
    is_full_name,
    name_key,
    name_parts,
    short_key,
    short_names,
)
from analystkit.annotate.actors.naming import initials, words_of_name
from analystkit.errors import check_columns

COLUMNS: Final = ("name", "other", "kind", "n", "n_other", "reason", "strength")
_MOST_PER_NAME: Final = 5  # a family name of fifty people is not for this list
_SHORTEST_ALIKE: Final = 6  # letters; in shorter names one letter is a difference
_TWO_SLIPS: Final = 10  # letters from which two may differ


class _Actor(NamedTuple):
    name: str
    kind: str
    n: int
    articles: frozenset[str]


def propose_merges(applied: Applied) -> pd.DataFrame:
    """Propose which actors may be one, with the reason for each.

    Parameters
    ----------
    applied
        Mentions after the ledger, with the pairs it has settled; these never come again. The mentions need
        `article_id`, `actor`, `kind`.

    Returns
    -------
    DataFrame
        One row per proposal "`name` is `other`", strongest first: `kind` (of `other`), `n` and `n_other` (mentions),
        `reason` in words, `strength` (0-1, for the order only: it is no probability).

    Notes
    -----
    Reasons: a family name that stands alone beside the full names that have it, in the same articles or elsewhere;
    initials; given and family name without the names between; one body's name at the front of another's; the same words
    in another order; one letter's difference (two in long names), found by deleted letters (Garbe 2012).
    """
    check_columns("mentions", map(str, applied.mentions.columns), ["article_id", "actor", "kind"])
    actors = _actors(applied.mentions)
    found: dict[frozenset[str], tuple[_Actor, _Actor, str, float]] = {}
    for one, other, reason, strength in _pairs(actors):
        pair = frozenset((one.name, other.name))
        if pair in applied.settled or len(pair) == 1:
            continue
        if pair not in found or found[pair][3] < strength:
            found[pair] = (one, other, reason, strength)
    # Of equal reasons those first that move most mentions.
    ranked = sorted(
        found.values(), key=lambda pair: (-pair[3], -min(pair[0].n, pair[1].n), pair[0].name, pair[1].name)
    )
    rows = [(a.name, b.name, b.kind, a.n, b.n, reason, strength) for a, b, reason, strength in ranked]
    types = {"n": "int64", "n_other": "int64", "strength": "float64"}
    frame = pd.DataFrame(rows, columns=list(COLUMNS))
    return frame.astype({name: types.get(name, "str") for name in COLUMNS})


def _actors(mentions: pd.DataFrame) -> list[_Actor]:
    rows = mentions.groupby(["actor", "kind"], sort=True)["article_id"].agg(["size", frozenset]).reset_index()
    told: dict[str, _Actor] = {}
    for name, kind, n, articles in rows.itertuples(index=False):
        before = told.get(name)
        if before is None:
            told[name] = _Actor(name, kind, int(n), articles)
        else:
            main = kind if n > before.n else before.kind
            told[name] = _Actor(name, main, before.n + int(n), before.articles | articles)
    return list(told.values())


def _pairs(actors: list[_Actor]) -> Iterator[tuple[_Actor, _Actor, str, float]]:
    persons = [actor for actor in actors if actor.kind == "person"]
    bodies = [actor for actor in actors if FAMILY[actor.kind] == "body"]
    places = [actor for actor in actors if FAMILY[actor.kind] == "place"]
    yield from _short_names(persons)
    yield from _middle_names(persons)
    yield from _acronyms(bodies)
    yield from _beginnings(bodies)
    for group in (persons, bodies, places):
        yield from _alike(group)
    yield from _other_kind(actors)


def _short_names(persons: list[_Actor]) -> Iterator[tuple[_Actor, _Actor, str, float]]:
    whole: defaultdict[str, list[_Actor]] = defaultdict(list)
    for person in persons:
        if is_full_name(person.name):
            for short in short_names(person.name):
                whole[short].append(person)
    for person in persons:
        if is_full_name(person.name):
            continue
        near = sorted(
            whole.get(short_key(person.name), ()),
            key=lambda other: (-len(person.articles & other.articles), -other.n, other.name),
        )
        for other in near[:_MOST_PER_NAME]:
            together = len(person.articles & other.articles)
            told = "article" if together == 1 else "articles"
            if together:
                share = together / len(person.articles)
                yield person, other, f"the same name in {together} {told}", 0.6 + 0.3 * share / len(near)
            else:
                of = f", one of {len(near)} who have it" if len(near) > 1 else ""
                yield person, other, f"a part of the full name{of}", 0.5 / len(near) + 0.1


def _middle_names(persons: list[_Actor]) -> Iterator[tuple[_Actor, _Actor, str, float]]:
    ends: defaultdict[tuple[str, str], list[_Actor]] = defaultdict(list)
    for person in persons:
        parts = name_parts(person.name)
        # In a Korean name all but the family name is the given name.
        if len(parts) > 1 and not family_name_first(person.name):
            ends[parts[0][:1], parts[-1]].append(person)
    for group in ends.values():
        for one, other in combinations(group[:50], 2):
            first, second = name_parts(one.name), name_parts(other.name)
            if first[0] == second[0]:
                yield *_smaller_first(one, other), "given and family name are the same", 0.8
            elif 1 in (len(first[0]), len(second[0])):
                yield *_smaller_first(one, other), "family name and initial are the same", 0.6


def _acronyms(bodies: list[_Actor]) -> Iterator[tuple[_Actor, _Actor, str, float]]:
    expansions: defaultdict[str, list[_Actor]] = defaultdict(list)
    for body in bodies:
        if " " in body.name:
            for short in initials(body.name):
                expansions[short].append(body)
    for body in bodies:
        letters = body.name.replace(".", "")
        if " " in letters or not letters.isupper() or len(letters) < 2:
            continue
        for other in expansions.get(letters, ())[:_MOST_PER_NAME]:
            yield body, other, "its initials", 0.75 if len(expansions[letters]) == 1 else 0.5


def _beginnings(bodies: list[_Actor]) -> Iterator[tuple[_Actor, _Actor, str, float]]:
    by_name = {body.name: body for body in bodies}
    by_words: defaultdict[frozenset[str], list[_Actor]] = defaultdict(list)
    for body in bodies:
        words = body.name.split()
        if body.name.endswith(")"):
            continue  # "Foreign Ministry (Russia)" is told apart on purpose
        if len(words) > 1:
            by_words[words_of_name(body.name)].append(body)
        for length in range(1, len(words)):
            short = by_name.get(" ".join(words[:length]))
            if short is not None:
                together = 0.2 if short.articles & body.articles else 0.0
                yield body, short, "its name begins so", 0.4 + together
    for group in by_words.values():
        for one, other in combinations(group[:20], 2):
            yield *_smaller_first(one, other), "the same words in another order", 0.7


def _alike(actors: list[_Actor]) -> Iterator[tuple[_Actor, _Actor, str, float]]:
    keys: defaultdict[str, list[_Actor]] = defaultdict(list)
    for actor in actors:
        key = name_key(actor.name)
        if len(key) >= _SHORTEST_ALIKE:
            keys[key].append(actor)
    without: defaultdict[str, set[str]] = defaultdict(set)
    for key in keys:
        without[key].add(key)
        for i in range(len(key)):
            without[key[:i] + key[i + 1 :]].add(key)
    seen: set[tuple[str, str]] = set()
    for group in without.values():
        for pair in combinations(sorted(group), 2):
            if pair not in seen and len(group) <= 20:
                seen.add(pair)
                slips = _slips(*pair)
                if slips == 1 or (slips == 2 and min(map(len, pair)) >= _TWO_SLIPS):
                    letters = "one letter" if slips == 1 else "two letters"
                    for one in keys[pair[0]]:
                        for other in keys[pair[1]]:
                            yield (
                                *_smaller_first(one, other),
                                f"spelt alike but for {letters}",
                                0.75 - 0.1 * slips,
                            )


def _other_kind(actors: list[_Actor]) -> Iterator[tuple[_Actor, _Actor, str, float]]:
    by_name = {actor.name: actor for actor in actors}
    for actor in actors:
        plain, bracket, _ = actor.name.rpartition(" (")
        if bracket and actor.name == f"{plain} ({actor.kind})" and plain in by_name:
            other = by_name[plain]
            yield actor, other, f"the same name, as {actor.kind} and as {other.kind}", 0.55


def _smaller_first(one: _Actor, other: _Actor) -> tuple[_Actor, _Actor]:
    """Return the two with the one named less often first: it goes into the other."""
    first, second = sorted((one, other), key=lambda actor: (actor.n, -len(actor.name), actor.name))
    return first, second


def _slips(one: str, other: str) -> int:
    """Return how many letters were added, left out, changed or swapped with the next (at most 3 are counted).

    >>> _slips("chrysler", "chrylser"), _slips("yanukovych", "yanukovich"), _slips("kimjongun", "kimtokhun")
    (1, 1, 3)
    """
    if abs(len(one) - len(other)) > 2:
        return 3
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, start=1):
        above, row = row, [i]
        for j, b in enumerate(other, start=1):
            cost = min(above[j] + 1, row[j - 1] + 1, above[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        before = above
    return min(row[-1], 3)
