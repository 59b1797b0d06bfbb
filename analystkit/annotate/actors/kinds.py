"""What kind of actor capitalised words name that no list knows: told by their shape and by the words around them."""

from __future__ import annotations

import re
from typing import Final

from analystkit.annotate.actors.gazetteer import gazetteer, title_words
from analystkit.annotate.actors.linking import family_name_first
from analystkit.annotate.actors.words import (
    KOREAN_SYLLABLES,
    MONTHS_AS_NAMES,
    NOT_NAMES,
    OPENERS,
    ORGANISATION_CUES,
    ORGANISATION_HEADS,
    PERSON_BELONGINGS,
    PERSON_CUES,
    PLACE_CUES,
    PLACE_HEADS,
    PLACE_NOUNS,
    PLACE_OPENERS,
    THING_HEADS,
)

_MOST_WORDS_IN_NAME: Final = 5
_LOOK: Final = 32  # characters to either side

_LAST_WORD: Final = re.compile(r"[\w'’-]+$")
_AFTER: Final = re.compile(r"(['’]s?)?(,?[\"”’)]{0,2}) ([a-z][\w-]*)")
_KOREAN_TAIL: Final = re.compile(r"[ -]([a-z]{1,6})\b(?!-)")
_ALSO_WORDS: Final = frozenset(
    {"in", "a", "no", "to", "so", "i", "do", "man", "young", "hang", "song", "sung", "won"}
)
_ARTICLE: Final = re.compile(r"\b(?:[Tt]he|[Aa]n?) $")
_AGE: Final = re.compile(r", \d\d,")
_ACRONYM: Final = re.compile(r"[A-Z][A-Z&]{1,5}s?")
_INNER_CAPITAL: Final = re.compile(r"[A-Z][a-z]+[A-Z]\w+")
_PLACE_ENDING: Final = re.compile(
    r".{2,}(?:stan|burg|grad|ville|shire|abad|pur|istan|land|town|polis|sk|wick)"
)
_NAME_ENDING: Final = re.compile(
    r".{2,}(?:ov|ova|ev|eva|enko|sky|ski|vich|vic|ić|shvili|adze|yan|oğlu|oglu|ez|sson|sen)"
)


def kind_of_words(words: list[str]) -> str:
    """Return the kind that the words themselves tell: a kind of actor, "thing" for none, or "" if they do not say.

    >>> kind_of_words(["Lake", "Baikal"]), kind_of_words(["World", "Cup"]), kind_of_words(["Oleg", "Kozhemyako"])
    ('place', 'thing', 'person')
    """
    first, last = words[0], words[-1]
    if len(words) == 1:
        return kind_of_word(first)
    if not NOT_NAMES.isdisjoint(words[1:]) and last not in MONTHS_AS_NAMES:
        return "thing"
    if first in gazetteer().given_names and not _ACRONYM.fullmatch(last) and last not in PLACE_HEADS:
        return "person" if len(words) <= _MOST_WORDS_IN_NAME else "thing"
    if (
        last in THING_HEADS
        or first == "The"
        or first in NOT_NAMES
        or any(word[0].isdigit() for word in words)
    ):
        return "thing"
    if last in PLACE_HEADS:
        return "place"
    if first in PLACE_OPENERS:
        return "place"
    if first in THING_HEADS or len(words) > _MOST_WORDS_IN_NAME or any(c.isdigit() for c in last):
        return "thing"
    if first.isupper() and family_name_first(" ".join(words)):
        return "person"
    if first == "USS" or (first.isupper() and len(last) > 1 and all(word.isupper() for word in words)):
        return "thing"
    return ""


def kind_of_word(word: str) -> str:
    """Return the kind that a single word tells by its shape, "thing" for none, "" if it does not say.

    >>> kind_of_word("IGAD"), kind_of_word("AfricaPress"), kind_of_word("Lebed")
    ('organisation', 'organisation', '')
    """
    lower = word.lower()
    if len(word) == 1 or word[-1] == "." or word[-1].isdigit() or lower in OPENERS or lower in title_words():
        return "thing"
    if word in NOT_NAMES or word in PLACE_HEADS:
        return "thing"
    usual = word.capitalize() if word.isupper() else word
    if usual in THING_HEADS or usual in ORGANISATION_HEADS:
        return "thing"
    if _ACRONYM.fullmatch(word) or (
        _INNER_CAPITAL.fullmatch(word) and not word.startswith(("Mc", "Mac", "De", "Di"))
    ):
        return "organisation"
    return ""


def kind_of_ending(word: str) -> str:
    """Return the kind that the end of an unknown word makes likely, or "".

    >>> kind_of_ending("Volgodonsk"), kind_of_ending("Lukashenko"), kind_of_ending("Cornet")
    ('place', 'person', '')
    """
    lower = word.lower()
    if _NAME_ENDING.fullmatch(lower):
        return "person"
    return "place" if _PLACE_ENDING.fullmatch(lower) else ""


def kind_of_surroundings(text: str, start: int, end: int) -> str:
    """Return the kind that the words beside a name tell, or "".

    >>> text = "people in the city of Perm and Kozhemyako said"
    >>> kind_of_surroundings(text, 22, 26), kind_of_surroundings(text, 31, 41)
    ('place', 'person')
    """
    behind = text[end : end + _LOOK]
    after = _AFTER.match(behind)
    owner, mark, next_word = after.groups() if after else ("", "", "")
    person_cues = PERSON_BELONGINGS if owner else PERSON_CUES
    # "Consider who they are": a relative clause about a person has a comma.
    if _AGE.match(behind) or (next_word in person_cues and (mark or next_word not in {"who", "whose"})):
        return "person"
    if next_word in PLACE_NOUNS and not mark and not owner:
        return "place"
    near, far = _words_before(text[max(0, start - _LOOK) : start])
    if near in title_words():
        return "person"
    if near in PLACE_CUES or (near == "of" and far in PLACE_NOUNS):
        return "place"
    if near in {"at", "from"}:
        return "place?"
    if next_word in ORGANISATION_CUES and not mark and not owner:
        return "organisation"
    return ""


def _words_before(before: str) -> tuple[str, str]:
    """Return the last word and the one before it in lower case, "" where there is none.

    >>> _words_before("in the City of, "), _words_before("(of “"), _words_before("men; ")
    (('of', 'city'), ('of', ''), ('', ''))
    """
    phrase, _, rest = before.rpartition(" ")
    if rest not in {"", *'"“‘('} or phrase == before:
        return "", ""
    phrase = phrase.removesuffix(",")
    further, space, last = phrase.rpartition(" ")
    near = _LAST_WORD.search(last)
    if near is None:
        return "", ""
    far = _LAST_WORD.search(further.rpartition(" ")[2]) if space and not near.start() else None
    return near[0].lower(), far[0].lower() if far else ""


def follows_article(text: str, start: int) -> bool:
    """Say whether "the" or "a" stands directly before: then it is no person."""
    return text[start - 1 : start] == " " and _ARTICLE.search(text, max(0, start - 5), start) is not None


def korean_end(text: str, words: list[str], end: int) -> int:
    """Return the end of a name that ends at `end`, with a last syllable in lower case if it has one.

    >>> korean_end("Minister Yun Jong ho said", ["Yun", "Jong"], 17)
    20
    """
    if not may_go_on(words):
        return end
    tail = _KOREAN_TAIL.match(text, end)
    if tail and tail[1] in KOREAN_SYLLABLES and tail[1] not in _ALSO_WORDS:
        return tail.end()
    return end


def may_go_on(words: list[str]) -> bool:
    """Say whether a last syllable in lower case may follow: a Korean name of two words."""
    return len(words) == 2 and words[0] in gazetteer().east_asian and words[1].lower() in KOREAN_SYLLABLES
