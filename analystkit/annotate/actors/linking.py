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
from analystkit.annotate.actors.words import KOREAN_SYLLABLES, LEGAL_FORMS
from analystkit.errors import check_columns

_KEPT: Final = 2**17  # names remembered

_INITIAL: Final = re.compile(r"(?<=\s)\w\.(?=\s)|(?<=\s)\w(?=\s)")
_NO_LETTER: Final = re.compile(r"[^\w]+")
_SUFFIXES: Final = frozenset({"jr", "sr", "ii", "iii", "iv"})
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
    parts = (name_key(_ARTICLE.sub("", word)) for word in name.replace("’", "'").split())
    kept = tuple(part for part in parts if part not in _SUFFIXES and part not in {"al", "el"})
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
    """Return what all spellings of the name of a body share: also without "Corp" or "Inc".

    >>> body_key("Dixons Group Plc") == body_key("Dixons Group"), body_key("Company") == body_key("Group")
    (True, False)
    """
    words = name.split()
    while len(words) > 1 and words[-1] in LEGAL_FORMS:
        words.pop()
    return name_key(" ".join(words))


class Persons:
    """The full names of one text or collection, and whom a short name means among them."""

    def __init__(self, names: Iterable[str]) -> None:
        spellings: dict[str, Counter[str]] = {}
        for name in names:
            spellings.setdefault(name_key(name), Counter())[name] += 1
        self._name = {key: best_spelling(counts) for key, counts in spellings.items()}
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

    def of_short(self, name: str, *, given: bool = True) -> str | None:
        """Return the one person whom a short name can mean, or None when there are none or several.

        A family name goes before a given name: with "Saddam Hussein" and "Hussein Kamel", "Hussein" is the first.
        """
        short = short_key(name)
        keys = self._family.get(short) or (self._given.get(short) if given else None)
        return self._name[next(iter(keys))] if keys and len(keys) == 1 else None


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
    names, and a name of one kind never joins one of another kind.

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
    counts: Counter[tuple[str, str, str]] = Counter(
        zip(mentions["kind"], mentions["actor"], mentions["surface"], strict=True)
    )
    renamed = {("person", name): new for name, new in _link_persons(counts).items()}
    for kind in ("organisation", "place"):
        renamed |= {(kind, name): new for name, new in _link_names(counts, kind).items()}
    actors = [
        renamed.get((kind, actor), actor)
        for kind, actor in zip(mentions["kind"], mentions["actor"], strict=True)
    ]
    return mentions.assign(actor=pd.Series(actors, index=mentions.index, dtype="str"))


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
            lone[name_key(actor)][actor] += n
    linked = {actor: persons.full(actor) for actor in actors if is_full_name(actor)}
    for names in lone.values():
        usual = best_spelling(names)
        linked |= {name: persons.of_short(name, given=False) or usual for name in names}
    return linked


def _link_names(counts: Mapping[tuple[str, str, str], int], kind: str) -> dict[str, str]:
    spellings: defaultdict[str, Counter[str]] = defaultdict(Counter)
    expansions: defaultdict[str, set[str]] = defaultdict(set)
    for (row_kind, actor, surface), n in counts.items():
        if row_kind == kind:
            key = body_key(actor) if kind == "organisation" else name_key(actor)
            spellings[key][actor] += n
            if surface != actor and surface.isupper():
                expansions[surface].add(key)
    names = {key: best_spelling(spelling) for key, spelling in spellings.items()}
    linked = {}
    for key, spelling in spellings.items():
        for actor in spelling:
            wider = expansions.get(actor, set()) - {key}
            linked[actor] = names[next(iter(wider))] if len(wider) == 1 else names[key]
    return linked
