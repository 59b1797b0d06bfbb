"""The lists of known actors and titles, read once: a name as it is written -> whom it names.

A name is looked up word by word, so that the longest one wins: "UN Security Council" before "UN". Keys are names with
hyphens as spaces and straight apostrophes. The lists were written for this library from general knowledge, are CC0, and
are checked by `analystkit/resources/check_gazetteers.py`.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Final, NamedTuple

from analystkit.resources import resource_text

TITLE: Final = "title"
#: Small words that belong to few names: they join words only where the lists say so.
RARE_LINKS: Final = frozenset({"in", "to", "the"})

_TAIL: Final = re.compile(r"\w+(?:'s| \d+)$")
_LOWER_TAIL: Final = re.compile(r"\w-[a-z]")
_SHORTEST_IN_CAPITALS = 4  # "MALI" can be told from an acronym, "US" and "WHO" need no second spelling


class Entry(NamedTuple):
    """Whom a name in the lists stands for.

    `kind` is one of `schema.ACTOR_KINDS`, or "title". `national` says that many states have such a body, so the name
    alone does not say whose it is.
    """

    actor: str
    kind: str
    is_demonym: bool = False
    national: bool = False


@dataclass(frozen=True)
class Gazetteer:
    """All lists in the form in which texts are scanned.

    Attributes
    ----------
    entries
        Every beginning of every name, in words, to the entry it completes, or None where the name goes on.
    hyphenated
        Words of listed names that go on in lower case behind a hyphen ("Co-operation", "Mar-a-Lago").
    links
        Words of listed names with a small word behind them that joins words in no other name ("Cooperation in").
    tails
        Ends of listed names that a text would be cut before: "Moody's", "France 24".
    given_names
        Given names from all over the world, as written in English news.
    east_asian
        Korean and Chinese family names, which stand first.
    """

    entries: Mapping[str, Entry | None]
    hyphenated: frozenset[str]
    links: frozenset[str]
    tails: frozenset[str]
    given_names: frozenset[str]
    east_asian: frozenset[str]


def read_list(name: str) -> list[dict[str, str]]:
    """Return the rows of one list in `analystkit/resources`, e.g. "states".

    >>> read_list("states")[0]["capital"]
    'Kabul'
    """
    return list(csv.DictReader(resource_text(f"{name}.csv").splitlines()))


def key_of(name: str) -> str:
    """Return the name as it is looked up.

    >>> key_of("Côte d’Ivoire"), key_of("Guinea-Bissau")
    ("Côte d'Ivoire", 'Guinea Bissau')
    """
    return name.replace("’", "'").replace("-", " ")


@cache
def gazetteer() -> Gazetteer:
    """Read the lists once.

    States come first: where one name stands in two lists, the first list that has it decides, in the order states,
    media, organisations, places, titles.

    Examples
    --------
    >>> gazetteer().entries["DPRK"]
    Entry(actor='North Korea', kind='state', is_demonym=False, national=False)
    """
    complete: dict[str, Entry] = {}
    hyphenated: set[str] = set()
    links: set[str] = set()
    for name, entry in _names():
        words = name.split()
        hyphenated.update(word for word in words if _LOWER_TAIL.search(word))
        links.update(f"{word} {small}" for word, small in pairwise(words) if small in RARE_LINKS)
        complete.setdefault(key_of(name), entry)
    for name, entry in list(complete.items()):
        # Only what is not also an ordinary word in a headline in capitals ("SHELL", "TARGET", "CHIEF").
        if len(name) >= _SHORTEST_IN_CAPITALS and (
            entry.kind in {"state", "place"} or (" " in name and entry.kind != TITLE)
        ):
            complete.setdefault(name.upper(), entry)
    entries: dict[str, Entry | None] = dict(complete)
    for name in complete:
        words = name.split(" ")
        for length in range(1, len(words)):
            beginning = " ".join(words[:length])
            entries.setdefault(beginning, None)
            # A text is cut before "'s", as most of them are no part of a name.
            entries.setdefault(beginning.removesuffix("'s").removesuffix("'"), None)
        if name.endswith("'s"):
            entries.setdefault(name.removesuffix("'s"), None)
    names = read_list("given_names")
    return Gazetteer(
        entries,
        frozenset(hyphenated),
        frozenset(links),
        frozenset(tail[0] for name in complete if (tail := _TAIL.search(name))),
        frozenset(row["name"] for row in names if row["kind"] == "given"),
        frozenset(row["name"] for row in names if row["kind"] != "given"),
    )


@cache
def title_words() -> frozenset[str]:
    """Words that name an office, in lower case, with their plurals: "minister", "governors"."""
    words = {
        row["title"].lower()
        for row in read_list("titles")
        if row["kind"] == "office" and " " not in row["title"]
    }
    return frozenset(words | {f"{word}s" for word in words} - {"chairs", "heads"})


def national_actor(actor: str, state: str) -> str:
    """Return the name of a body that many states have, for the one of this state.

    >>> national_actor("Foreign Ministry", "Russia"), national_actor("Communist Party", "China")
    ('Foreign Ministry (Russia)', 'Communist Party of China')
    """
    listed = gazetteer().entries.get(f"{actor} of {state}")
    return listed.actor if listed is not None else f"{actor} ({state})"


def is_demonym(surface: str) -> bool:
    """Say whether the words name the people or the adjective of a state, rather than the state.

    >>> is_demonym("North Korean"), is_demonym("North Korea")
    (True, False)
    """
    entry = gazetteer().entries.get(key_of(surface))
    return entry is not None and entry.is_demonym


def _names() -> Iterator[tuple[str, Entry]]:
    states = read_list("states")
    for row in states:
        for name in _listed(row["name"], row["aliases"]):
            yield name, Entry(row["name"], "state")
        for name in _listed(row["demonyms"]):
            yield name, Entry(row["name"], "state", is_demonym=True)
    for row in read_list("media"):
        for name in _listed(row["name"], row["aliases"]):
            yield name, Entry(row["name"], "medium")
    for row in read_list("organisations"):
        for name in _listed(row["name"], row["aliases"]):
            yield name, Entry(row["name"], "organisation", national=row["national"] == "yes")
    for row in read_list("places"):
        for name in _listed(row["name"], row["aliases"]):
            yield name, Entry(row["name"], "place")
    for row in states:
        for name in _listed(row["capital"]):
            yield name, Entry(name, "place")
    for row in read_list("titles"):
        yield row["title"], Entry(row["title"], TITLE)


def _listed(*cells: str) -> list[str]:
    return [name for cell in cells for name in cell.split("|") if name]
