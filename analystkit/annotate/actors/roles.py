"""The role in which a text presents a person: "North Korean leader" before the name, "governor of ..." behind it."""

from __future__ import annotations

import re
from typing import Final

from analystkit.annotate.actors.gazetteer import TITLE, gazetteer, key_of, title_words
from analystkit.annotate.actors.spans import Span
from analystkit.annotate.actors.words import NEVER_IN_ROLES, ROLE_MODIFIERS

_LOOK_BACK: Final = 90  # characters
_MOST_WORDS_BEFORE: Final = 6
_LONGEST_ROLE: Final = 100  # characters; what is longer is a clause, not an office

_WORD_BEFORE: Final = re.compile(r"[^\s,;:()\"“”]+$")
# Up to the next comma or the end of the sentence; a title must be among the first words.
_APPOSITION: Final = re.compile(
    r",\s(?:(?:the|a|an|his|her|its|their|who (?:is|was))\s)?([^,;:.()\n\"“”]{3,100})[,;.\n)]"
)


def role_of(text: str, start: int, end: int, titles: list[Span]) -> str:
    """Return the office that the text gives to the person named at `text[start:end]`, or "".

    Parameters
    ----------
    titles
        The titles in capitals directly before the name, nearest last.

    Examples
    --------
    >>> text = "Oleg Kozhemyako, governor of the region of Primorsky, met North Korean leader Kim Jong-un."
    >>> role_of(text, 0, 15, [])
    'governor of the region of Primorsky'
    >>> role_of(text, 78, 89, [])
    'North Korean leader'
    """
    return _before(text, start, titles) or _behind(text, end)


def _before(text: str, start: int, titles: list[Span]) -> str:
    head = titles[0].start if titles else start
    window = text[max(0, head - _LOOK_BACK) : head]
    line = window.rpartition("\n")[2]
    words: list[tuple[int, str]] = []
    at = len(line)
    while len(words) < _MOST_WORDS_BEFORE and at > 0 and line[at - 1] == " ":
        match = _WORD_BEFORE.search(line[: at - 1])
        if match is None or (match.group()[-1] in ".!?" and not match.group()[0].isupper()):
            break
        words.append((match.start(), match.group()))
        at = match.start()
    if not titles and (not words or words[0][1] not in title_words()):
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
        if word in ROLE_MODIFIERS or word in title_words():
            begin = offset + place
        elif not word.islower() or word in NEVER_IN_ROLES:
            break
    return text[begin:start].strip()


def _has_offices(name: str, *, place_too: bool = False) -> bool:
    """Say whether offices can stand after the name: "Kremlin spokesman", "Moscow's mayor"."""
    entry = gazetteer().entries.get(key_of(name))
    return entry is not None and entry.kind != TITLE and (place_too or entry.kind != "place")


def _behind(text: str, end: int) -> str:
    if text[end : end + 2] != ", ":
        return ""
    match = _APPOSITION.match(text, end)
    if match is None:
        return ""
    words = match[1].split()
    for number, word in enumerate(words[:5]):
        if word.lower() in title_words():
            return match[1].strip()
        if word in NEVER_IN_ROLES and number == 0:
            return ""
    return ""
