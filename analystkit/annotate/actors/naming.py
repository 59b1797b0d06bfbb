"""The namings of one text -> whom each of them names: lists, short forms, acronyms, and what the text itself equates.

Any finder of names can be put before this: it needs where a name stands and which kind of actor it is, no more.
"""

from __future__ import annotations

import csv
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache
from itertools import pairwise
from typing import Final, NamedTuple

import pandas as pd

from analystkit.annotate.actors.gazetteer import TITLE, Entry, gazetteer, key_of, title_words
from analystkit.annotate.actors.linking import (
    COMPANY_TAILS,
    FAMILY,
    FORMS,
    Persons,
    body_key,
    common_name,
    family_name_first,
    first_words,
    is_full_name,
    link_actors,
    name_key,
    short_key,
    short_names,
)
from analystkit.annotate.actors.words import (
    DETERMINERS,
    HONORIFICS,
    INSIDE_NAMES,
    ORGANISATION_HEADS,
    PARTS_OF_PLACES,
    PLACE_TAILS,
)
from analystkit.errors import ArgumentError, check_choice, check_columns
from analystkit.resources import resource_text
from analystkit.schema import ACTOR_KINDS, STRING

_KEPT: Final = 2**16  # names remembered

_REGIONS: Final = {
    "European": "Europe",
    "Europeans": "Europe",
    "African": "Africa",
    "Africans": "Africa",
    "Asian": "Asia",
    "Asians": "Asia",
    "North American": "North America",
    "South American": "South America",
    "Latin American": "Latin America",
}
_PART_OF_ACRONYM: Final = re.compile(r"[A-Za-z]+")
_ACRONYM: Final = re.compile(r"[A-Z][A-Za-z]?[A-Z]{0,5}|(?:[A-Z]\.){2,6}")
_OWNER: Final = re.compile(r"^.*['’]s (?=[A-Z])")
_TAIL: Final = re.compile(r"(?:['’]s?|-(?:led|based|backed|owned|run))$")
_IN_BRACKETS: Final = re.compile(r"\s*\(.*$")
_RUN: Final = re.compile(r"[A-Z][\w&'’-]*(?: (?:(?:of|for|and|the|on|in|to|de) ){0,2}[A-Z][\w&'’-]*)+$")
_INNER: Final = re.compile(r"\(([A-Z]{2,6})\b")
_WORD: Final = re.compile(r"\S+")
_FARTHEST: Final = 60  # characters between two names that a text equates
_LEAST_OF_A_WORD: Final = 4  # letters
_OF_A_WIFE: Final = ("Mrs. ", "Mrs ", "Ms. ", "Ms ", "Miss ")
_OPENS_BRACKET: Final = re.compile(r"(?: union| company| group| party| agency| region)? \([\"“'‘]?(?:the )?")
_CLOSES_BRACKET: Final = re.compile(r"[\"”'’]?(?:\)|,? (?:in|by|after|formerly)\b)")
_EQUATES: Final = re.compile(
    r"(?:['’]s?)?(?: (?:region|province|city|group|movement|party|company|area|territory|militia|army))?,? ?\(?"
    r"(?:(?:which|who|that) (?:is|was|are) )?"
    r"(?:(?:also|better|formerly|previously|once|commonly|sometimes|locally|otherwise|popularly|informally|often|now)"
    r" (?:known|called|named|spelled|spelt|written|referred to)(?: (?:locally|simply|informally))?(?: as)?"
    r"|known (?:locally |simply |in english )?as|a\.?k\.?a\.?|alias|abbreviated (?:as|to)|or simply|renamed(?: as)?|\(also"
    r"|formerly)"
    r" (?:the )?[\"“'‘]?",
    re.IGNORECASE,
)


class Naming(NamedTuple):
    """One naming in one text: half-open offsets in characters, the name, its kind.

    `actor` is whom the lists say it is, or "". `national` says that many states have such a body, and that it is not
    said whose this is.
    """

    start: int
    end: int
    name: str
    kind: str
    actor: str = ""
    national: bool = False


def link_mentions(texts: Sequence[str], mentions: pd.DataFrame) -> pd.DataFrame:
    """Say whom each mention names, given where the mentions are: the linker without the finder.

    Parameters
    ----------
    texts
        Any number of texts.
    mentions
        One row per mention; needs `text_id` (number of the text, from 0), `start`, `end` (half-open offsets in
        characters) and `kind`. It is not changed.

    Returns
    -------
    DataFrame
        The same rows, columns and order, with `surface` and `actor` set, and `kind` where the lists or the text know
        better ("Perm": place, "France": state). Actors are linked inside each text, then across all.

    Raises
    ------
    ArgumentError
        `texts` is a single str, or a kind is not one of person, organisation, state, place, medium.
    MissingColumnError
        A needed column is absent.

    Examples
    --------
    >>> text = "Iran's Atomic Energy Organization (AEO) met President Ali Karimi. The AEO thanked Karimi."
    >>> places = [(0, 4), (7, 33), (35, 38), (54, 64), (70, 73), (82, 88)]
    >>> frame = pd.DataFrame(places, columns=["start", "end"]).assign(text_id=0)
    >>> frame["kind"] = ["place", "organisation", "organisation", "person", "organisation", "person"]
    >>> link_mentions([text], frame)["actor"].tolist()[1:]
    ['Atomic Energy Organization', 'Atomic Energy Organization', 'Ali Karimi', 'Atomic Energy Organization', 'Ali Karimi']
    """
    if isinstance(texts, str):
        raise ArgumentError("`texts` is a single str; give a list of texts.")
    check_columns("mentions", map(str, mentions.columns), ["text_id", "start", "end", "kind"])
    for kind in mentions["kind"].unique():
        check_choice("kind", kind, ACTOR_KINDS)
    linked = mentions.reset_index(drop=True)
    surfaces, actors, kinds = ([""] * len(linked) for _ in range(3))
    for number, rows in linked.groupby("text_id"):
        text = texts[int(str(number))]
        ordered = rows.sort_values(["start", "end"], kind="stable")
        spans = zip(ordered["start"], ordered["end"], ordered["kind"], strict=True)
        found_here = name_in_text(text, _described(text, [listed(text, *span) for span in spans]))
        for place, found in zip(ordered.index, found_here, strict=True):
            surfaces[place] = text[found.start : found.end]
            actors[place], kinds[place] = found.actor, found.kind
    columns = {"surface": surfaces, "actor": actors, "kind": kinds}
    linked = linked.assign(**{name: pd.Series(cells, dtype=STRING) for name, cells in columns.items()})
    return link_actors(linked).set_axis(mentions.index)


def listed(text: str, start: int, end: int, kind: str) -> Naming:
    """Return a naming with what the lists know of its words, without titles and what else stands around a name.

    >>> listed("President George W. Bush's aide", 0, 26, "person").name
    'George W. Bush'
    >>> listed("the Romanian government", 4, 23, "place").actor
    'Romania'
    """
    name = bare_name(text[start:end], kind)
    if kind == "person":
        return Naming(start, end, name, kind)
    entry = _entry(name)
    if entry is not None and FAMILY.get(entry.kind) == FAMILY[kind]:
        return Naming(start, end, name, entry.kind, "" if entry.national else entry.actor, entry.national)
    if FAMILY[kind] == "place" and name in _REGIONS:
        return Naming(start, end, name, "place", _REGIONS[name])
    return Naming(start, end, name, "place" if kind == "state" else kind)


def _described(text: str, namings: list[Naming]) -> list[Naming]:
    """Give a description the name of whom it describes: the name right behind it, or, for "the company", the last one.

    Finders of ours mark names only; those of others may mark "the company" and "Prime Minister" as well.
    """
    told = list(namings)
    last: dict[str, Naming] = {}
    for number, one in enumerate(namings):
        family = FAMILY[one.kind]
        words = text[one.start : one.end].split()
        if family == "place" or not _is_description(words, one):
            last[family] = one
            continue
        behind = namings[number + 1] if number + 1 < len(namings) else None
        whose = None
        if (
            behind is not None
            and FAMILY[behind.kind] == family
            and text[one.end : behind.start] in {" ", ", "}
        ):
            whose = behind
        elif len(words) == 2 and words[0].lower() == "the" and not words[1].endswith("s"):
            whose = last.get(family)
        if whose is not None:
            told[number] = one._replace(name=whose.name, actor=whose.actor, kind=whose.kind)
    return told


def _is_description(words: Sequence[str], one: Naming) -> bool:
    if one.kind == "person":
        return all(_is_title([word]) for word in words) or words[-1].islower()
    return words[-1].islower()


@lru_cache(maxsize=_KEPT)
def bare_name(name: str, kind: str) -> str:
    """Return a name without title, article, possessor and common nouns around it.

    >>> bare_name("Spokeswoman Sandy Angers", "person"), bare_name("The Home Depot", "organisation")
    ('Sandy Angers', 'Home Depot')
    >>> bare_name("London's Heathrow Airport", "place"), bare_name("Irish budget airline Ryanair", "organisation")
    ('Heathrow Airport', 'Ryanair')
    """
    short = _TAIL.sub("", _IN_BRACKETS.sub("", name.strip(" \"'“”‘’,")).strip())
    if kind != "person":
        short = _OWNER.sub("", short)
    words = short.split()
    if words and words[0] in PARTS_OF_PLACES:
        return short
    lower = [
        i
        for i, word in enumerate(words)
        if word[0].islower() and word.lower() not in INSIDE_NAMES and "-" not in word
    ]
    if lower and any(word[:1].isupper() for word in words):
        behind, before = words[lower[-1] + 1 :], words[: lower[0]]
        if behind and behind[0][:1].isupper():
            words = behind
        elif kind in {"state", "place"} or not _describes(before):
            words = before
    while len(words) > 1 and words[0].lower() in {"the", "a", "an"}:
        words = words[1:]
    if kind == "person":
        while len(words) > 1 and _is_title(words):
            words = words[1:]
    return " ".join(words) or name


def _describes(words: Sequence[str]) -> bool:
    """Say whether the words before a common noun only describe: "The company", "Irish airline", "US military"."""
    name = " ".join(words)
    entry = _entry(name)
    return (
        name.lower() in DETERMINERS
        or name in _REGIONS
        or (entry is not None and FAMILY.get(entry.kind) == "place")
    )


def _is_title(words: list[str]) -> bool:
    first = words[0].strip(".,").lower()
    if first in HONORIFICS or first in title_words() or (first in {"prime", "vice"} and len(words) > 2):
        return True
    # The state in "Iraqi Prime Minister Nouri al-Maliki" belongs to the title.
    entry = _entry(words[0])
    titled = any(word.strip(".").lower() in title_words() for word in words[1:4])
    return entry is not None and entry.kind == "state" and titled


def _entry(name: str) -> Entry | None:
    entry = gazetteer().entries.get(key_of(name)) or abbreviated_place(name)
    return None if entry is None or entry.kind == TITLE else entry


def abbreviated_place(name: str) -> Entry | None:
    """Return the place whose name is so shortened in news.

    >>> abbreviated_place("Calif."), abbreviated_place("Cal")
    (Entry(actor='California', kind='place', is_demonym=False, national=False), None)
    """
    return gazetteer().entries.get(_abbreviated().get(name.rstrip("."), ""))


@cache
def _abbreviated() -> dict[str, str]:
    """Abbreviations of places in the table of abbreviations: "Calif" -> "California"."""
    rows = csv.DictReader(resource_text("abbreviations.csv").splitlines())
    entries = gazetteer().entries
    places = {
        row["abbreviation"]: row["note"]
        for row in rows
        if (entry := entries.get(row["note"])) is not None and entry.kind == "place"
    }
    return places | {short.replace(".", ". "): whole for short, whole in places.items() if "." in short}


def name_in_text(text: str, namings: Sequence[Naming]) -> list[Naming]:
    """Give each naming of one text its actor; the namings stand in reading order.

    Persons: titles aside, a family or given name is the one person of the text whom it can mean. Bodies and places: a
    short form joins the one longer name of the text that it shortens, an acronym the one name whose initials it is, and
    any name the one that the text equates it with. What the lists know keeps its listed name; where two or more could be
    meant, nothing is joined.

    Examples
    --------
    >>> text = "General Motors (GM) and Ford Motor Co. met Mary Barra of GM."
    >>> spans = [(0, 14), (16, 18), (24, 38), (43, 53), (57, 59)]
    >>> kinds = ["organisation", "organisation", "organisation", "person", "organisation"]
    >>> found = name_in_text(text, [listed(text, *span, kind) for span, kind in zip(spans, kinds)])
    >>> [naming.actor for naming in found]
    ['General Motors', 'General Motors', 'Ford Motor Co.', 'Mary Barra', 'General Motors']
    """
    named = list(namings)
    joined = _Names()
    for number, (one, other) in enumerate(pairwise(named)):
        if other.start - one.end <= _FARTHEST and _equated(text, one, other):
            first, second = named[number], other
            kind = second.kind if second.actor and not first.actor else first.kind
            if first.actor and second.actor and first.actor != second.actor:
                # The lists know the letters as another body's; here the text says whose they are.
                named = [each._replace(actor="") if each.name == second.name else each for each in named]
            named[number] = first._replace(kind=kind)
            for place in range(number + 1, len(named)):
                if named[place].name == second.name and FAMILY[named[place].kind] == FAMILY[second.kind]:
                    named[place] = named[place]._replace(kind=kind)
            joined.join(_node(named[number]), _node(named[number + 1]))
    if "(" in text:
        _join_inner_acronyms(text, named, joined)
        named = [_expanded(text, one) for one in named]
    named = _bodies_after_all(named)
    persons = Persons(one.name for one in named if one.kind == "person" and is_full_name(one.name))
    _join_short_forms(text, named, joined)
    owned = _owned(named)
    heads = _heads_of_families(text, named)
    told = []
    for one in _chosen(named, joined):
        actor = _actor(one, persons, heads, joined, owned)
        told.append(one if actor == one.actor else Naming(*one[:4], actor, one.national))
    return told


def _bodies_after_all(named: list[Naming]) -> list[Naming]:
    """Make bodies of unlisted names that the text elsewhere gives to a body, and to no person.

    "Aer Lingus" beside "Aer Lingus Group PLC" is no person, nor is "Depot" beside "Home Depot".
    """
    bodies = {one.name for one in named if one.kind == "organisation"}
    if not bodies:
        return named
    if all(one.actor or one.kind == "organisation" for one in named):
        return named
    companies = {name_key(first) for name in bodies if (first := first_words(name)) != name}
    last = [name.rpartition(" ")[2] for name in bodies if " " in name]
    in_full: dict[str, int] = {}
    for one in named:
        if one.kind == "person" and is_full_name(one.name) and name_key(one.name) not in companies:
            for short in short_names(one.name):
                in_full.setdefault(short, one.start)

    def is_body(one: Naming) -> bool:
        if one.actor or one.kind not in {"person", "place"}:
            return False
        person = in_full.get(short_key(one.name))
        if name_key(one.name) in companies:
            # News name a person in full first: what stands before is the company.
            return person is None or one.start < person
        return person is None and one.kind == "person" and last.count(one.name) == 1

    return [one._replace(kind="organisation") if is_body(one) else one for one in named]


def _owned(named: Iterable[Naming]) -> dict[str, str]:
    """Return whose "Foreign Ministry" the text means, for each such body that it gives to one state only."""
    owners: defaultdict[str, set[str]] = defaultdict(set)
    for one in named:
        if one.kind == "organisation" and one.actor.endswith(")"):
            owners[one.actor.rpartition(" (")[0]].add(one.actor)
    return {body: next(iter(actors)) for body, actors in owners.items() if len(actors) == 1}


def _heads_of_families(text: str, named: Sequence[Naming]) -> dict[str, str]:
    """Return whom a family name means that several persons of the text have.

    News name the one in full, go on with the family name, and name the wife or brother in full. Not so where the family
    name stands first, as in Korean.
    """
    if len({one.name for one in named if one.kind == "person"}) < 2:
        return {}
    first: dict[str, str] = {}
    heads: dict[str, str] = {}
    shared: set[str] = set()
    for one in named:
        if one.kind != "person":
            continue
        if is_full_name(one.name):
            if family_name_first(one.name):
                continue
            for short in short_names(one.name)[:-1]:
                if name_key(first.setdefault(short, one.name)) != name_key(one.name):
                    shared.add(short)
        elif (
            (short := short_key(one.name)) in first
            and short not in shared
            and not text.endswith(_OF_A_WIFE, 0, one.start)
        ):
            heads.setdefault(short, first[short])
    return {short: name for short, name in heads.items() if short in shared}


def _actor(
    one: Naming, persons: Persons, heads: Mapping[str, str], joined: _Names, owned: Mapping[str, str]
) -> str:
    called = joined.name(_node(one)) if joined.any() else ""
    if one.kind == "person":
        name = called or one.name
        if (whole := persons.of_short(name, main=True)) is not None:
            return whole
        name = heads.get(short_key(name), name)
        return persons.full(name) if is_full_name(name) else name
    if one.national and one.actor in owned:
        return owned[one.actor]
    return called or one.actor or one.name


def _chosen(named: list[Naming], joined: _Names) -> list[Naming]:
    """Choose the name of each set of joined names: a listed one, else the one that says most, else the first."""
    if not joined.any():
        return named
    members: defaultdict[tuple[str, str], list[Naming]] = defaultdict(list)
    for one in named:
        members[joined.root(_node(one))].append(one)
    for root, own in members.items():
        if len({_node(one) for one in own}) == 1:
            continue
        known = [one.actor for one in own if one.actor]
        names = {one.name: None for one in own}
        usual = Counter(known).most_common(1)[0][0] if known else max(names, key=_says)
        # "Ford", where the text also says so, rather than "Ford Motor Company".
        joined.call(root, next((name for name in names if name == common_name(usual)), usual))
    return named


def _says(name: str) -> tuple[bool, int]:
    return not _is_acronym(name), len(name.split())


def _node(one: Naming) -> tuple[str, str]:
    return _node_of(one.kind, one.name)


@lru_cache(maxsize=_KEPT)
def _node_of(kind: str, name: str) -> tuple[str, str]:
    family = FAMILY[kind]
    return family, body_key(name) if family == "body" else name_key(name)


class _Names:
    """Sets of names that are one actor, each under one name."""

    def __init__(self) -> None:
        self._above: dict[tuple[str, str], tuple[str, str]] = {}
        self._called: dict[tuple[str, str], str] = {}

    def root(self, node: tuple[str, str]) -> tuple[str, str]:
        while node in self._above:
            node = self._above[node]
        return node

    def join(self, one: tuple[str, str], other: tuple[str, str]) -> None:
        one, other = self.root(one), self.root(other)
        if one != other:
            self._above[other] = one

    def any(self) -> bool:
        return bool(self._above)

    def call(self, root: tuple[str, str], name: str) -> None:
        self._called[root] = name

    def name(self, node: tuple[str, str]) -> str:
        return self._called.get(self.root(node), "")


def _equated(text: str, one: Naming, other: Naming) -> bool:
    """Say whether the text itself says that two names beside each other are one actor."""
    between = text[one.end : other.start]
    differ = bool(one.actor and other.actor and one.actor != other.actor)
    if FAMILY[one.kind] != FAMILY[other.kind] and not _is_acronym(other.name):
        return False
    if _OPENS_BRACKET.fullmatch(between) and _CLOSES_BRACKET.match(text, other.end):
        if one.kind == "person" or not _is_acronym(other.name):
            return (
                _is_acronym(one.name) and not differ and other.name[:1] == one.name[:1] and " " in other.name
            )
        return (" " in one.name and not differ) or _in_order(other.name, one.name)
    if differ or not between or "\n" in between:
        return False
    return _EQUATES.fullmatch(between) is not None


def _in_order(letters: str, name: str) -> bool:
    """Say whether a name begins with the first of some letters and has the others behind it, in order."""
    rest = iter(name.lower())
    return name[:1].lower() == letters[:1].lower() and all(
        letter in rest for letter in letters.lower() if letter != "."
    )


def _expanded(text: str, one: Naming) -> Naming:
    """Give an acronym in brackets the words before them, which no finder has marked as a name."""
    if one.actor or not _is_acronym(one.name) or not text.endswith(" (", 0, one.start):
        return one
    run = _RUN.search(text, max(0, one.start - 100), one.start - 2)
    if run is None or FAMILY[one.kind] != "body":
        return one
    words = run[0].split()
    fitting = [" ".join(words[start:]) for start in range(len(words) - 1)]
    fitting = [name for name in fitting if one.name in initials(name)] or [
        name for name in fitting[:1] if _in_order(one.name, name)
    ]
    return one._replace(actor=fitting[-1]) if fitting else one


def _join_inner_acronyms(text: str, named: Sequence[Naming], joined: _Names) -> None:
    """Join the acronym in brackets inside a naming: "United Auto Workers (UAW) union"."""
    known = {_node(one) for one in named}
    for one in named:
        inner = _INNER.search(text, one.start, one.end + 1)
        if inner is not None and FAMILY[one.kind] == "body":
            node = _node(Naming(0, 0, inner[1], one.kind))
            if node in known:
                joined.join(_node(one), node)


def _is_acronym(name: str) -> bool:
    return len(name) > 1 and " " not in name and (name.isupper() or _ACRONYM.fullmatch(name) is not None)


@lru_cache(maxsize=_KEPT)
def initials(name: str) -> frozenset[str]:
    """Return the acronyms that a name of several words may have.

    >>> sorted(initials("Council on American-Islamic Relations"))
    ['CAIR', 'COAIR']
    """
    words = name.split()
    while len(words) > 1 and words[-1] in FORMS:
        words.pop()
    parts = [
        part for word in words for part in _PART_OF_ACRONYM.findall(word.replace("'s", "").replace("’s", ""))
    ]
    capitals = "".join(part[0] for part in parts if part[0].isupper())
    every = "".join(part[0].upper() for part in parts)
    return frozenset(short for short in (capitals, every) if len(short) > 1)


def _join_short_forms(text: str, named: Sequence[Naming], joined: _Names) -> None:
    """Join short forms and acronyms of bodies, and places with "River" or "Airport" behind them."""
    first: dict[tuple[str, str], Naming] = {}
    places: dict[tuple[str, str], list[int]] = {}
    for one in named:
        if one.kind != "person":
            first.setdefault(node := _node(one), one)
            places.setdefault(node, []).append(one.start)
    bodies = {node: one for node, one in first.items() if node[0] == "body"}
    longer: dict[tuple[str, str], tuple[str, str]] = {}
    headline = len(text.partition("\n")[0])
    looks = {node: _looks(one.name) for node, one in bodies.items()}
    seen: set[str] = set()
    shared: set[str] = set()
    for look in looks.values():
        shared |= seen & look.words
        seen |= look.words
    for node, one in bodies.items():
        look = looks[node]
        if not one.national and look.first and look.first not in shared:
            continue  # no other has a word of it
        wider = {
            joined.root(other)
            for other, found in bodies.items()
            if other is not node
            and (one.national or not look.first or look.first in looks[other].words)
            and (
                other[1].endswith(f"/{name_key(one.name)}")
                if one.national
                else not (one.actor and found.actor)
                and _shortens(one, found, [at for at in places[node] if at > headline], places[other])
            )
        }
        wider.discard(joined.root(node))
        if len(wider) == 1:
            longer[node] = wider.pop()
    for node, root in longer.items():
        joined.join(root, node)
    for node, one in first.items():
        words = one.name.split()
        if node[0] == "place" and len(words) > 1 and words[-1] in PLACE_TAILS and not one.actor:
            short = ("place", name_key(" ".join(words[:-1])))
            if short in first and first[short].kind == "place":
                joined.join(short, node)


class _Looks(NamedTuple):
    """What of a name is looked at first, as few names have anything to do with each other.

    `first` is the word that a longer form must have, or "" where that cannot be said: an acronym, a small word.
    """

    first: str
    words: frozenset[str]


@lru_cache(maxsize=_KEPT)
def _looks(name: str) -> _Looks:
    first = name.partition(" ")[0]
    anything = first.lower() in INSIDE_NAMES or _is_acronym(name)
    return _Looks("" if anything else name_key(first), frozenset(map(name_key, name.split())))


def _shortens(short: Naming, long: Naming, at: list[int], long_at: list[int]) -> bool:
    """Say whether one body's name is a short form of another's in the same text (`at`: below the headline)."""
    words, whole = short.name.split(), long.name.split()
    if len(words) >= len(whole):
        # The same words in another order: "Ministry of Foreign Affairs", "Foreign Affairs Ministry".
        return len(words) > 1 and not short.actor and words_of_name(short.name) == words_of_name(long.name)
    if _is_acronym(short.name):
        # Four letters that fit are no accident, whatever the lists say of them.
        letters = short.name.replace(".", "").upper()
        return letters in initials(long.name) and (not short.actor or len(letters) >= _LEAST_OF_A_WORD)
    n = len(words)
    cut = n > 1 and words[:-1] == whole[: n - 1] and len(words[-1]) >= _LEAST_OF_A_WORD
    if cut and words[-1] != whole[n - 1] and whole[n - 1].startswith(words[-1]):
        return not short.actor  # a headline cuts words: "Penske Auto", "Penske Automotive Group"
    if [name_key(word) for word in whole[:n]] == [name_key(word) for word in words]:
        if not COMPANY_TAILS.isdisjoint(whole[n:]) and COMPANY_TAILS.issuperset(whole[n:]):
            return n > 1 or words[0] not in ORGANISATION_HEADS
        if _entry(" ".join(whole[n:])) is not None:
            return False  # "Ford Australia" is a part of Ford
        if short.actor or (n == 1 and words[0] in ORGANISATION_HEADS):
            return False
        # News name the whole first and shorten then; a part of a body comes later.
        return not at or long_at[0] < at[0]
    if [name_key(word) for word in whole[-n:]] == [name_key(word) for word in words]:
        # "Alabama", a body, is the University of Alabama wherever it stands.
        early = not at or long_at[0] < at[-1] or _entry(short.name) is not None
        return not short.actor and early and words[0] not in COMPANY_TAILS
    return False


@lru_cache(maxsize=_KEPT)
def words_of_name(name: str) -> frozenset[str]:
    """Return the words of a name in any order, without the small ones.

    >>> words_of_name("Ministry of Foreign Affairs") == words_of_name("Foreign Affairs Ministry")
    True
    """
    return frozenset(name_key(word) for word in _WORD.findall(name) if word.lower() not in INSIDE_NAMES)
