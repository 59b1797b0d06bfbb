"""Which names are one actor: inside a text, and across the texts of a collection.

Names are compared by a key without case, accents, hyphens, spaces and middle initials, so "KIM JONG UN" is "Kim
Jong-un". Nothing else is ever merged on likeness: "Kim Jong-un" and "Kim Yo Jong" have different keys.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping
from functools import lru_cache
from typing import Final, TypeVar

import pandas as pd

from analystkit.annotate.actors.gazetteer import gazetteer, key_of
from analystkit.annotate.actors.words import (
    INDUSTRIES,
    KOREAN_SYLLABLES,
    LEGAL_FORMS,
    ORGANISATION_HEADS,
    TITLES_IN_BODIES,
)
from analystkit.errors import check_columns

#: Legal forms, and words that say what a company is behind the name that everybody uses: "Ford Motor Company".
FORMS: Final = LEGAL_FORMS | {"LLC", "LLP", "LP", "L.P.", "N.V.", "S.A.", "S.p.A.", "SE", "Cos."}
_WHOLE: Final = FORMS | {"Group"}
COMPANY_TAILS: Final = FORMS | {"Motor", "Motors", "Group", "Holding", "Holdings"}


#: Kinds whose names may be one actor's: a medium is a body, a state is a place.
FAMILY: Final = {
    "person": "person",
    "organisation": "body",
    "medium": "body",
    "state": "place",
    "place": "place",
}

_KEPT: Final = 2**17  # names remembered

_INITIAL: Final = re.compile(r"(?<=\s)\w\.(?=\s)|(?<=\s)\w(?=\s)")
_NO_LETTER: Final = re.compile(r"[^\w]+")
_SUFFIXES: Final = frozenset({"jr", "sr", "ii", "iii", "iv"})
_ARTICLES: Final = frozenset({"al", "el"})
_ARTICLE: Final = re.compile(r"^(?:the|al|el)[\s-]+", re.IGNORECASE)

_Key = TypeVar("_Key", bound=Hashable)


@lru_cache(maxsize=_KEPT)
def name_key(name: str) -> str:
    """Return what all spellings of one name share.

    >>> name_key("Kim Jong-un") == name_key("KIM JONG UN"), name_key("George W. Bush") == name_key("George Bush")
    (True, True)
    >>> name_key("Sergey Lavrov") == name_key("Sergei Lavrov"), name_key("Kim Jong-un") == name_key("Kim Yo Jong")
    (True, False)
    """
    plain = _INITIAL.sub("", name) if " " in name else name
    letters = plain.replace(" ", "")
    if letters.isascii() and letters.isalpha():  # most names: the same as below, in fewer steps
        return letters.lower().replace("y", "i").replace("ii", "i")
    if not plain.isascii():
        plain = "".join(c for c in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(c))
    plain = plain.casefold()
    # "Sergey" and "Sergei", "Zelenskyy" and "Zelensky" are one spelling in Cyrillic letters.
    return _NO_LETTER.sub("", plain).replace("y", "i").replace("ii", "i") or name.casefold()


@lru_cache(maxsize=_KEPT)
def name_parts(name: str) -> tuple[str, ...]:
    """Return the words of a person's name as keys, without suffixes and the Arabic article.

    >>> name_parts("Mowaffak al-Rubaie")
    ('mowaffak', 'rubaie')
    """
    parts = [name_key(_ARTICLE.sub("", word)) for word in name.replace("’", "'").split()]
    kept = tuple(part for part in parts if part not in _SUFFIXES and part not in _ARTICLES)
    return kept or (name_key(name),)


@lru_cache(maxsize=_KEPT)
def short_key(name: str) -> str:
    """Return a short name as `short_names` writes it.

    >>> short_key("al-Rubaie"), short_key("Suu Kyi")
    ('rubaie', 'suu ki')
    """
    return " ".join(name_parts(name))


def is_full_name(name: str) -> bool:
    """Say whether the name has two words or more, so that it can stand for a person by itself."""
    return len(name_parts(name)) > 1


@lru_cache(maxsize=_KEPT)
def family_name_first(name: str) -> bool:
    """Say whether this is a Korean or Chinese name in its own order: "Kim Jong-un", "Xi Jinping".

    >>> family_name_first("Kim Jong-un"), family_name_first("Kim Philby")
    (True, False)
    """
    words = key_of(name).split()
    if not 2 <= len(words) <= 3 or words[0].capitalize() not in gazetteer().east_asian:
        return False
    given = [word.lower() for word in words[1:]]
    return all(word in KOREAN_SYLLABLES for word in given) or (
        len(words) == 2 and _CHINESE.fullmatch(given[0]) is not None
    )


# One or two Chinese syllables in Pinyin.
_CHINESE: Final = re.compile(
    r"(?:(?:[bpmfdtnlgkhjqxrzcsyw]|zh|ch|sh)?(?:a|o|e|i|u|ai|ei|ui|ao|ou|iu|ie|ue|an|en|in|un|ang|eng|ing|ong|ia|ian|iang"
    r"|iao|iong|ua|uo|uai|uan|uang|er)){1,2}"
)


@lru_cache(maxsize=_KEPT)
def short_names(name: str) -> tuple[str, ...]:
    """Return the parts of a full name under which a text may name the person again, most usual first.

    >>> short_names("Aung San Suu Kyi")
    ('ki', 'suu ki', 'san suu ki', 'aung')
    >>> short_names("Kim Jong-un")
    ('kim', 'jongun')
    """
    parts = name_parts(name)
    if family_name_first(name):
        return parts[0], "".join(parts[1:])
    endings = [" ".join(parts[start:]) for start in range(len(parts) - 1, 0, -1)]
    return *endings, parts[0]


@lru_cache(maxsize=_KEPT)
def body_key(name: str) -> str:
    """Return what all spellings of the name of a body share: also without "Corp" or "Inc", also with "U.S." for a state.

    >>> body_key("Dixons Group Plc") == body_key("Dixons Group"), body_key("Company") == body_key("Group")
    (True, False)
    >>> body_key("US Air Force") == body_key("United States Air Force")
    True
    """
    words = name.split()
    # "INC" in a headline is "Inc".
    while len(words) > 1 and not FORMS.isdisjoint((words[-1], words[-1].capitalize())):
        words.pop()
    # The lists hold the beginning of each name that they hold.
    begins = key_of(words[0]).partition(" ")[0] in gazetteer().entries
    for length in range(min(4, len(words) - 1) if begins else 0, 0, -1):
        entry = gazetteer().entries.get(key_of(" ".join(words[:length])))
        if entry is not None and entry.kind == "state":
            return name_key(entry.actor) + "/" + name_key(" ".join(words[length:]))
    return name_key(" ".join(words))


@lru_cache(maxsize=_KEPT)
def common_name(name: str) -> str:
    """Return the name of a company without the words that say what it is.

    >>> common_name("Ford Motor Company"), common_name("General Motors"), common_name("Steel Company")
    ('Ford', 'General Motors', 'Steel Company')
    """
    words = name.split()
    kept = list(words)
    while len(kept) > 1 and not COMPANY_TAILS.isdisjoint((kept[-1], kept[-1].capitalize())):
        kept.pop()
    if kept[-1] in ORGANISATION_HEADS or (len(kept) == 1 and kept[0] in TITLES_IN_BODIES):
        return name
    return " ".join(kept)


class Persons:
    """The full names of one text or collection, and whom a short name means among them."""

    def __init__(self, names: Iterable[str]) -> None:
        spellings: dict[str, Counter[str]] = {}
        for name in names:
            spellings.setdefault(name_key(name), Counter())[name] += 1
        self._name = {key: best_spelling(counts) for key, counts in spellings.items()}
        self._n = {key: counts.total() for key, counts in spellings.items()}
        self._family: dict[str, set[str]] = {}
        self._given: dict[str, set[str]] = {}
        for key, name in self._name.items():
            *usual, last = short_names(name)
            for short in usual:
                self._family.setdefault(short, set()).add(key)
            self._given.setdefault(last, set()).add(key)

    def full(self, name: str) -> str:
        """Return the usual spelling of a full name."""
        return self._name.get(name_key(name), name)

    def has_short(self, name: str) -> bool:
        """Say whether the name is a short name of anybody here."""
        short = short_key(name)
        return short in self._family or short in self._given

    def of_short(self, name: str, *, given: bool = True, main: bool = False) -> str | None:
        """Return the one person whom a short name can mean, or None when there are none or several.

        A family name goes before a given name: with "Saddam Hussein" and "Hussein Kamel", "Hussein" is the first.
        With `main`, a text that names Gerald Ford in full twice as often as all other Fords means him by "Ford"; not so
        where the family name stands first, since a Korean text has many Kims.
        """
        short = short_key(name)
        keys = self._family.get(short) or (self._given.get(short) if given else None)
        if not keys:
            return None
        if len(keys) == 1:
            return self._name[next(iter(keys))]
        first = max(keys, key=lambda key: (self._n[key], key))
        others = sum(self._n[key] for key in keys) - self._n[first]
        if (
            main
            and self._n[first] >= 2 * others
            and not any(family_name_first(self._name[key]) for key in keys)
        ):
            return self._name[first]
        return None


def best_spelling(counts: Mapping[str, int]) -> str:
    """Return the most frequent spelling, ties in the order of the alphabet; capitals only if there is no other.

    >>> best_spelling({"KIM JONG UN": 3, "Kim Jong Un": 1, "Kim Jong-un": 1})
    'Kim Jong Un'
    """
    if len(counts) == 1:
        return next(iter(counts))
    return min(counts, key=lambda name: (name.isupper() and len(name) > 1, -counts[name], name))


def link_actors(mentions: pd.DataFrame) -> pd.DataFrame:
    """Give each actor of a collection one name.

    Persons whose full names have one key are one actor, under the most frequent spelling. A family name that its own
    text could not resolve joins the only person of that family name in the collection; where there are several, or
    none, it stays an actor of its own. Bodies and places join when only case, accents, hyphens, spaces or "Inc" differ,
    and an acronym joins the one name that texts of the collection expand it to. States and media keep their listed
    names, and a name of one kind never joins one of another kind; but what one text takes for a person or place and
    another gives a company's form ("Ford", "Ford Motor Company") is the company.

    Parameters
    ----------
    mentions
        One row per mention; needs `surface`, `actor`, `kind`. It is not changed.

    Returns
    -------
    DataFrame
        The same rows and columns, with the name of the collection in `actor`. The order of rows does not matter.

    Notes
    -----
    Two people of one name are one actor: nothing in the text tells them apart.

    Examples
    --------
    >>> frame = pd.DataFrame({"surface": ["Kim Jong-un", "KIM JONG UN", "Kim Yo Jong"], "kind": "person"})
    >>> link_actors(frame.assign(actor=frame["surface"]))["actor"].tolist()
    ['Kim Jong-un', 'Kim Jong-un', 'Kim Yo Jong']
    """
    check_columns("mentions", map(str, mentions.columns), ["surface", "actor", "kind"])
    # Mentions that were linked before: who was told apart by kind is looked at anew.
    plain = [
        actor.removesuffix(f" ({kind})")
        for kind, actor in zip(mentions["kind"], mentions["actor"], strict=True)
    ]
    mentions = mentions.assign(actor=pd.Series(plain, index=mentions.index, dtype="str"))
    counts: Counter[tuple[str, str, str]] = Counter(
        zip(mentions["kind"], mentions["actor"], mentions["surface"], strict=True)
    )
    companies = _companies_after_all(counts)
    if companies:
        turned = [
            "organisation" if (kind, actor) in companies else kind
            for kind, actor in zip(mentions["kind"], mentions["actor"], strict=True)
        ]
        mentions = mentions.assign(kind=pd.Series(turned, index=mentions.index, dtype="str"))
        counts = Counter(zip(mentions["kind"], mentions["actor"], mentions["surface"], strict=True))
    renamed = {("person", name): new for name, new in _link_persons(counts).items()}
    for kind in ("organisation", "place"):
        renamed |= {(kind, name): new for name, new in _link_names(counts, kind).items()}
    namesakes = _namesakes(counts, renamed)
    actors = [
        namesakes.get((kind, name := renamed.get((kind, actor), actor)), name)
        for kind, actor in zip(mentions["kind"], mentions["actor"], strict=True)
    ]
    return mentions.assign(actor=pd.Series(actors, index=mentions.index, dtype="str"))


def _companies_after_all(counts: Mapping[tuple[str, str, str], int]) -> set[tuple[str, str]]:
    """Return the persons and places whose name another text gives to a company: "Ford" beside "Ford Motor Company".

    Not where a person of that family name is named in full more often than the company.
    """
    named: Counter[str] = Counter()
    certain: set[str] = set()
    in_full: Counter[str] = Counter()
    for (kind, actor, surface), n in counts.items():
        if kind == "organisation":
            key = body_key(common_name(actor))
            named[key] += n
            if any(common_name(name) != name for name in (actor, surface)):
                certain.add(key)
        elif kind == "person" and is_full_name(actor) and name_key(surface) == name_key(actor):
            for short in short_names(actor):
                in_full[short] += n
    return {
        (kind, actor)
        for kind, actor, _ in counts
        if kind in {"person", "place"}
        and (key := body_key(actor)) in certain
        and gazetteer().entries.get(key_of(actor)) is None
        and in_full[short_key(actor)] < named[key]
    }


def _namesakes(
    counts: Mapping[tuple[str, str, str], int], renamed: Mapping[tuple[str, str], str]
) -> dict[tuple[str, str], str]:
    """Tell apart actors of one name: the kind of all but the one named most goes into the name, "Jordan (person)"."""
    named: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for (kind, actor, _), n in counts.items():
        named[renamed.get((kind, actor), actor)][kind] += n
    told: dict[tuple[str, str], str] = {}
    for name, kinds in named.items():
        if len(kinds) > 1:
            first = min(kinds, key=lambda kind: (-kinds[kind], kind))
            own = FAMILY[first]
            told |= {(kind, name): f"{name} ({kind})" for kind in kinds if FAMILY[kind] != own}
    return told


def _link_persons(counts: Mapping[tuple[str, str, str], int]) -> dict[str, str]:
    actors: Counter[str] = Counter()
    spellings: list[str] = []
    for (kind, actor, surface), n in counts.items():
        if kind == "person":
            actors[actor] += n
            if is_full_name(actor):
                spellings.append(actor)
                # How often each spelling was written decides, not how often the person was named.
                if name_key(surface) == name_key(actor):
                    spellings.extend([surface] * n)
    persons = Persons(spellings)
    lone: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for actor, n in actors.items():
        if not is_full_name(actor):
            lone[short_key(actor)][actor] += n
    linked = {actor: persons.full(actor) for actor in actors if is_full_name(actor)}
    for names in lone.values():
        # "Al Rohling" is no full name, as "al" is an article elsewhere, but says more than "Rohling".
        longest = max(len(name.split()) for name in names)
        usual = best_spelling({name: k for name, k in names.items() if len(name.split()) == longest})
        linked |= {name: persons.of_short(name, given=False) or usual for name in names}
    return linked


def _link_names(counts: Mapping[tuple[str, str, str], int], kind: str) -> dict[str, str]:
    """Return the new name of each body or place."""
    key_of_name = body_key if kind == "organisation" else name_key
    spellings: defaultdict[str, Counter[str]] = defaultdict(Counter)
    expansions: defaultdict[str, set[str]] = defaultdict(set)
    for (row_kind, actor, surface), n in counts.items():
        if row_kind == kind:
            spellings[key_of_name(actor)][actor] += n
            if surface != actor and not _is_end(surface, actor):
                expansions[key_of_name(surface)].add(key_of_name(actor))
    if kind == "organisation":
        _expand_companies(spellings, expansions)
    above: dict[str, str] = {}
    for short, wider in expansions.items():
        roots = {_top(above, key) for key in wider - {short}}
        if short in spellings and len(roots) == 1 and (root := next(iter(roots))) != short:
            above[short] = root
    names = {key: best_spelling(spelling) for key, spelling in spellings.items()}
    return {actor: names[_top(above, key)] for key, spelling in spellings.items() for actor in spelling}


def _top(above: Mapping[str, str], key: str) -> str:
    while key in above:
        key = above[key]
    return key


def _is_end(surface: str, actor: str) -> bool:
    """Say whether a short form is the end of a name: "the Council" is another body's in the next text."""
    return actor.endswith(f" {surface}")


def _expand_companies(spellings: Mapping[str, Counter[str]], expansions: defaultdict[str, set[str]]) -> None:
    """Join "AirTran Airways" and "Ford Motor Company" to the "AirTran" and "Ford" of other texts, where none else can be.

    The short name is the usual one, so the long one joins it.
    """
    longer: defaultdict[str, set[str]] = defaultdict(set)
    companies: set[str] = set()
    for key, spelling in spellings.items():
        for name in spelling:
            words = name.split()
            for length in range(1, len(words)):
                longer[body_key(" ".join(words[:length]))].add(key)
            if body_key(first := first_words(name)) != key and first != name:
                companies.add(key)
    for short, keys in longer.items():
        others = keys - {short}
        if short not in spellings or short in expansions:
            continue
        # "Ford Group" and "Ford Holding LLC" are Ford whatever else begins with the name; not so "Ford Motor".
        whole = {
            key
            for key in others
            if any(
                name.rpartition(" ")[2] in _WHOLE and body_key(common_name(name)) == short
                for name in spellings[key]
            )
        }
        known = any(gazetteer().entries.get(key_of(name)) for name in spellings[short])
        for key in whole or others:
            if key in whole or (len(others) == 1 and key in companies and not known):
                expansions[key].add(short)


@lru_cache(maxsize=_KEPT)
def first_words(name: str) -> str:
    """Return the name of a company without the words that say what it is or does.

    >>> first_words("AirTran Airways"), first_words("Cerberus Capital Management")
    ('AirTran', 'Cerberus')
    """
    kept = name.split()
    while len(kept) > 1 and (kept[-1] in COMPANY_TAILS or kept[-1] in INDUSTRIES):
        kept.pop()
    return " ".join(kept)
