"""The role in which a text presents a person: "North Korean leader" or "the governor of Perm, " before the name, an
apposition, brackets or "was appointed ..." behind it. The words are the text's own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from analystkit.annotate.actors.gazetteer import TITLE, gazetteer, key_of, title_words
from analystkit.annotate.actors.words import NEVER_IN_ROLES, ROLE_MODIFIERS

_LOOK_BACK: Final = 90  # characters
_MOST_WORDS_BEFORE: Final = 6
_LONGEST_ROLE: Final = 100  # characters; what is longer is a clause, not an office

_WORD_BEFORE: Final = re.compile(r"[^\s,;:()\"“”]+$")
_ROLE: Final = r"(?:(?:the|a|an|his|her|its|their) )?([^,;:.()\n\"“”]{3,100}?)"
# Up to the next comma or the end of the sentence; a title must be among the first words.
_APPOSITION: Final = re.compile(
    r"(?:, (?:aged )?\d{1,3})?, (?:who (?:is|was|has been|had been|serves as|served as|has served as) )?"
    rf"(?:(?:now|currently|also|then) )?{_ROLE}(?=[,;.\n)]|$)"
)
_BRACKETS: Final = re.compile(rf" \({_ROLE}\)")
_PREDICATE: Final = re.compile(
    r" (?:(?:was|has been|had been) (?:re-?)?(?:named|appointed|elected|chosen|sworn in|confirmed|installed)(?: as)?"
    r"|(?:has|had) served as|serves as|served as|is|was|became|has been) (?:now |currently )?"
    rf"{_ROLE}(?=[,;.\n]|$)"
)
# Where the role ends and a clause about time or place begins.
_CLAUSE: Final = re.compile(
    r" (?:since|from|until|on|after|before|when|while|who|which|that|but|by|with|during|because"
    r"|in (?:\d{4}|[A-Z][a-z]+ \d))\b.*"
)
_LAST_BREAK: Final = re.compile(r"(?s:.*)(?:[.;:()\"“”\n](?=\s|$)|[(\"“\n]|, )")
_OF: Final = frozenset({"of", "for", "to", "at"})
_LINKS: Final = _OF | {"the", "and", "in", "on", "de", "la", "du"}
_INTRODUCING: Final = frozenset({"the", "as", "its", "their", "his", "her"})
# Words that make a clause of what would be an office.
_VERBS: Final = (
    NEVER_IN_ROLES - _OF - {"the", "and", "a", "an", "in", "on", "or", "as", "his", "her", "its", "their"}
)


def role_of(text: str, start: int, end: int, titles: Sequence[tuple[int, int]]) -> str:
    """Return the office that the text gives to the person named at `text[start:end]`, or "".

    Parameters
    ----------
    titles
        Where the titles in capitals directly before the name begin and end, nearest last.

    Examples
    --------
    >>> text = "Oleg Kozhemyako, governor of the region of Primorsky, met North Korean leader Kim Jong-un."
    >>> role_of(text, 0, 15, [])
    'governor of the region of Primorsky'
    >>> role_of(text, 78, 89, [])
    'North Korean leader'
    """
    return _before(text, start, titles) or _behind(text, end) or _phrase_before(text, start, end)


def _before(text: str, start: int, titles: Sequence[tuple[int, int]]) -> str:
    head = titles[0][0] if titles else start
    window = text[max(0, head - _LOOK_BACK) : head]
    line = window.rpartition("\n")[2]
    words: list[tuple[int, str]] = []
    at = len(line)
    while len(words) < _MOST_WORDS_BEFORE and at > 0 and line[at - 1] == " ":
        match = _WORD_BEFORE.search(line, line.rfind(" ", 0, at - 1) + 1, at - 1)
        if match is None or (match.group()[-1] in ".!?" and not match.group()[0].isupper()):
            break
        if not titles and not words and match.group() not in title_words():
            break
        words.append((match.start(), match.group()))
        at = match.start()
    if not titles and not words:
        return ""
    offset = head - len(line)
    begin = head if titles else offset + words[0][0]
    rest = words if titles else words[1:]
    for number, (place, word) in enumerate(rest):
        owner = word.removesuffix("'s").removesuffix("’s")
        if number + 1 < len(rest) and _has_offices(f"{rest[number + 1][1]} {owner}"):
            begin = offset + rest[number + 1][0]
            break
        if _has_offices(owner, place_too=owner != word):
            begin = offset + place
            break
        if word.lower() in ROLE_MODIFIERS or word in title_words():
            begin = offset + place
        elif not word.islower() or word in NEVER_IN_ROLES or word.endswith(("ed", "ing")):
            break
    return text[begin:start].strip()


def _has_offices(name: str, *, place_too: bool = False) -> bool:
    """Say whether offices can stand after the name: "Kremlin spokesman", "Moscow's mayor"."""
    entry = gazetteer().entries.get(key_of(name))
    return entry is not None and entry.kind != TITLE and (place_too or entry.kind != "place")


def _behind(text: str, end: int) -> str:
    for pattern in (_APPOSITION, _BRACKETS, _PREDICATE):
        match = pattern.match(text, end)
        if match is not None:
            return _office(match[1])
    return ""


def _office(words_behind: str) -> str:
    """Return the role that some words begin with, or "" when no office is among the first of them."""
    role = _CLAUSE.sub("", words_behind).strip()
    if not _VERBS.isdisjoint(role.split()):
        return ""
    for number, word in enumerate(role.split()[:5]):
        if word.lower() in title_words():
            return role
        if word in NEVER_IN_ROLES and (number == 0 or word not in _OF):
            return ""
    return ""


def _phrase_before(text: str, start: int, end: int) -> str:
    """Read "the governor of Perm, Ann Lee, said" and "Governor of Perm Ann Lee"."""
    words = _words_before(text, start)
    offices = [
        number
        for number, word in enumerate(words)
        if word.lower() in title_words() and (number + 1 == len(words) or words[number + 1] in _OF)
    ]
    if not offices:
        return ""
    office, behind = offices[0], words[offices[0] + 1 :]
    first = office
    while first and (words[first - 1].lower() in ROLE_MODIFIERS or words[first - 1].lower() in title_words()):
        first -= 1
    opener = words[first - 1] if first else ""
    owner = opener.removesuffix("'s").removesuffix("’s")
    owned = owner != opener or _has_offices(opener)
    introduced = not first or owned or opener.lower() in _INTRODUCING
    if text.startswith(", ", start - 2):
        # "the mayor, Ann Lee, said": the name is an apposition, so a comma or the end of the sentence follows it.
        apart = text[end : end + 1] in {",", ".", ";", ""} or opener.lower() == "as"
        named = apart and introduced
    else:
        clause = any(word.islower() and word not in _LINKS for word in behind)
        named = bool(behind) and not clause and (introduced or words[office][:1].isupper())
    if not named or not _VERBS.isdisjoint(behind) or words[-1] in _OF:
        return ""
    if owned:
        first -= 1
        if first and _has_offices(f"{words[first - 1]} {owner}"):
            first -= 1
    role = " ".join(words[first:])
    return role if len(role) <= _LONGEST_ROLE else ""


def _words_before(text: str, start: int) -> list[str]:
    """Return the words directly before a name, back to the last comma, stop or bracket."""
    reach = _LONGEST_ROLE + 20
    before = text[max(0, start - reach) : start]
    if not before.endswith(" "):
        return []
    phrase = before.removesuffix(" ").removesuffix(",")
    if broken := _LAST_BREAK.match(phrase):
        return phrase[broken.end() :].split()
    # What begins inside a word is left out.
    return phrase.split()[1 if start > reach else 0 :]
