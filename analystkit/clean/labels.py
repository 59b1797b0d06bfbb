"""What a line of a page says by its own words: a byline, a date, a credit, a caption, a label of the site."""

from __future__ import annotations

import functools
import re

from analystkit.clean.dates import find_date
from analystkit.clean.lines import STOP, count_words, words_of
from analystkit.resources import resource_text

_BYLINE = re.compile(
    r"^(?:by|von|par|por|da|door|autor(?:in)?:?|author:?|written by|words by)\s+(?P<name>[^\W\d_][^|•·]{1,90}?)"
    r"(?:\s+[|•·-]\s.*)?$",
    re.IGNORECASE,
)
#: The first two letters of each way in which a byline begins.
_BYLINE_BEGINS = frozenset(["by", "vo", "pa", "po", "da", "do", "au", "wr", "wo"])
_CREDIT = re.compile(
    r"^(?:sources?|quelle|credits?)\s*:\s*(?P<name>.{2,60})$|^\(?(?:additional )?reporting by\b.*|^\(?editing by\b.*"
    r"|^\(?with (?:inputs|files|reports?) from (?P<other>.{2,60}?)\)?$",
    re.IGNORECASE,
)
_PICTURE = (
    r"(?:photos?|pictures?|images?|pics?|foto|fotos|fotografía|bild|bilder|symbolbild|abbildung|abb|crédits?|zdjęcie|fot"
    r"|imagen)"
)
_CAPTION = re.compile(
    rf"(?:/|\||\(|\[)\s*(?:file )?{_PICTURE}\b|[.”]\s+(?:file )?{_PICTURE}\s*[:/]|\bphoto(?:graph)? by\b"
    r"|\bgetty images\b|\bvia (?:reuters|ap|afp|getty)\b\s*[)\]]?$|\[(?:file|reuters|afp|ap)[^\]]{0,60}\]\s*$"
    rf"|^{_PICTURE}(?:credits?|nachweis|quelle|rechte)?\.?\s*\d{{0,2}}\s*:|(?<=\S)\s?/?\s?(?:©|\(c\))\s?[^\W\d_][^.!?]{{2,50}}$",
    re.IGNORECASE,
)
# A label that introduces a headline of another story; it may be glued to that headline.
_RELATED = re.compile(
    r"^(?:related|read more|more on this(?: story)?|see also|also read|read also|recommended(?: for you)?|watch|listen"
    r"|opinion|further reading|mehr zum thema|mehr dazu|lesen sie (?:auch|hier|mehr)|lies auch|siehe auch|lesetipp"
    r"|lire aussi|à lire(?: aussi)?|lee también|leer más|(?:le )?puede interesar(?:le)?|te puede interesar|leggi anche"
    r"|czytaj (?:także|też|również|więcej)|zobacz (?:także|też|również)|dowiedz się więcej|lees ook|leia (?:também|mais)"
    r"|veja também|читайте также)(?:\s*[:|–—-]\s*|(?=[A-Z'‘“\"])|\s*$)",
    re.IGNORECASE,
)
#: The first two letters of each.
_RELATED_BEGINS = frozenset(
    [
        "re",
        "mo",
        "se",
        "al",
        "wa",
        "li",
        "op",
        "fu",
        "me",
        "le",
        "si",
        "à ",
        "pu",
        "te",
        "cz",
        "zo",
        "do",
        "ve",
        "чи",
    ]
)
_GLUED = re.compile(r"^(?:Related|RELATED|READ MORE|Read more|WATCH|Watch)(?=[A-Z'‘“\"][a-z’'])")
_COPYRIGHT = re.compile(
    r"(?:©|\(c\)|copyright)\s*(?:(?:19|20)\d\d(?:\s*[-–]\s*(?:19|20)\d\d)?)?\s*,?\s*(?P<name>[^\W\d_][^.|,©]{2,50})",
    re.IGNORECASE,
)
_SECTION = re.compile(
    r"^(?:world|asia|asia[- ]pacific|europe|africa|americas|middle east|politics|business|economy|technology|sports?"
    r"|culture|opinion|science|health|international|national|news|security|defen[cs]e|diplomacy|comment|analysis|trade"
    r"|shipping|travel|environment)$",
    re.IGNORECASE,
)
_LONGEST_SECTION = 40  # characters, with spaces around it
# "SEOUL (Yonhap) -", "WASHINGTON, May 3 (Reuters) -", "MOSCOW -": capitals, then brackets or a dash.
_PLACE_LINE = re.compile(
    r"([A-Z\u00c0-\u00de][A-Z\u00c0-\u00de.'’ /-]{2,40}(?:, ?[\w. ]{2,24}){0,2}\s*"
    r"(?:\([^()]{2,40}\)\s*[-–—:]+|(?<=\w)\s*[–—]|(?<=\w)\s+--?))\s+(?=\S)"
)
_DATE_WORDS = re.compile(
    r"\b(?:published|posted|updated|last|modified|on|at|date|first|mon|tues?|wed(?:nes)?|thurs?|fri|sat(?:ur)?|sun)(?:day)?\b|\b[A-Z]{2,4}\b"
    r"|\d{1,2}:\d{2}|\b[ap]\.?m\b\.?",
    re.IGNORECASE,
)
# What sites say to their readers in whole sentences.
_TO_READER = re.compile(
    r"\b(?:you|your|our|us|we|here|cookies?|newsletters?|subscribe|advertise|copyright|rights reserved)\b|©|\(c\)",
    re.IGNORECASE,
)


def name_in_copyright(text: str) -> str:
    """Return the publisher that a copyright line names, or "".

    >>> name_in_copyright("© 2024 Seventh Pier Gazette. All rights reserved.")
    'Seventh Pier Gazette'
    """
    found = _COPYRIGHT.search(text)
    name = found["name"].strip() if found else ""
    return re.sub(r"\s*(?:all rights reserved|ltd|inc|llc)\b.*$", "", name, flags=re.IGNORECASE).strip()


def name_in_byline(text: str) -> str:
    """Return who a byline names, or "".

    >>> name_in_byline("By Staff Reporter | Oslo")
    'Staff Reporter'
    """
    text = text.strip()
    found = _BYLINE.match(text) if text[:2].casefold() in _BYLINE_BEGINS else None
    return (
        re.split(r"\s{2,}|\s+(?:updated|published|\d)", found["name"], flags=re.IGNORECASE)[0].strip(" ,")
        if found
        else ""
    )


def name_in_credit(text: str) -> str:
    """Return the agency that a credit line names, or "".

    >>> name_in_credit("SOURCE:Reuters")
    'Reuters'
    """
    found = _CREDIT.match(text.strip())
    return (found["name"] or found["other"] or "").strip(" .)") if found else ""


@functools.cache
def _phrases() -> tuple[frozenset[str], re.Pattern[str], frozenset[str], tuple[str, ...]]:
    """Return the plain lines of `resources/furniture.txt`, and a pattern for the others.

    Most lines are none of these, which is quickest said by what such lines begin with (two letters), or else hold.
    """
    lines = (line.strip() for line in resource_text("furniture.txt").splitlines())
    phrases = [line for line in lines if line and not line.startswith(";")]
    plain = frozenset(phrase.lower() for phrase in phrases if not {"*", "#"} & set(phrase))
    # Longest first, so that a phrase with more words is tried before its beginning.
    forms = [
        re.escape(phrase).replace(r"\*", ".{0,60}").replace(r"\#", r"\d+").replace(r"\ ", r"\s+")
        for phrase in sorted(phrases, key=len, reverse=True)
        if phrase.lower() not in plain
    ]
    starts = {re.split(r"[*# ]", phrase)[0] for phrase in phrases if phrase.lower() not in plain} - {""}
    inner = {
        max(phrase.strip("*").split("*"), key=len).strip() for phrase in phrases if phrase.startswith("*")
    }
    begin = frozenset(start[:2].casefold() for start in starts | plain)
    return plain, re.compile(rf"^(?:{'|'.join(forms)})$", re.IGNORECASE), begin, tuple(map(str.lower, inner))


def is_furniture(text: str) -> bool:
    """Say whether a line is one of the labels in `resources/furniture.txt`.

    >>> is_furniture("Terms of use"), is_furniture("Terms of the deal were not disclosed by either side.")
    (True, False)
    """
    # Most lines are too long; these need not be remembered.
    return len(text) <= 160 and _is_label(text)


@functools.lru_cache(maxsize=8192)
def _is_label(text: str) -> bool:
    plain, pattern, begin, inner = _phrases()
    lowered = text.lower()
    start = text.lstrip()[:2]
    may = start.casefold() in begin or start[:1].isdigit() or start[:1] in begin
    if not may and not any(map(lowered.__contains__, inner)):
        return False
    if " ".join(lowered.split()) not in plain and not pattern.match(text):
        return False
    # "Terms of *" and "Share *" are labels, but "Terms of the deal were not disclosed." is news.
    return len(text.split()) < 6 or not STOP.search(text) or bool(_TO_READER.search(text))


def cut_dateline(paragraph: str) -> tuple[str, str]:
    """Return the place line that a first paragraph begins with, and the rest; ("", paragraph) if it has none.

    >>> cut_dateline("SEOUL, May 3 (Reuters) - The two sides met.")
    ('SEOUL, May 3 (Reuters) -', 'The two sides met.')
    """
    found = _PLACE_LINE.match(paragraph)
    return (found[1], paragraph[found.end() :]) if found else ("", paragraph)


def agency_in_dateline(dateline: str) -> str:
    """Return the agency in the brackets of a place line, or "".

    >>> agency_in_dateline("SEOUL, May 3 (Reuters) -")
    'Reuters'
    """
    found = re.search(r"\(([^()]{2,40})\)", dateline)
    return found[1].strip() if found else ""


def is_section(text: str) -> bool:
    """Say whether a line is the name of a section of a news site."""
    return len(text) < _LONGEST_SECTION and bool(_SECTION.match(text.strip()))


def is_date_only(text: str) -> bool:
    """Say whether a line is a date with little else, as above an article."""
    if len(text) > 200:
        return False
    found = find_date(text)
    if not found:
        return False
    rest = text[: found.start] + " " + text[found.end :]
    return len(words_of(_DATE_WORDS.sub(" ", rest))) <= 3


@functools.lru_cache(maxsize=8192)
def header_zone(text: str) -> tuple[str, str] | None:
    """Return the zone and the reason of a line above the article if its own words tell it."""
    if is_date_only(text):
        return "dateline", "a date with little else"
    if name_in_byline(text) and count_words(text) <= 16 and not STOP.search(text):
        return "byline", "names who wrote it"
    if is_caption(text):
        return "caption", "carries a picture credit"
    if is_related(text) and not is_furniture(text):
        return "related", "label of another story"
    if is_furniture(text):
        return "furniture", "a label that sites put around articles"
    return None


def is_caption(text: str) -> bool:
    """Say whether a line carries a picture credit."""
    # The pattern is slow; without one of these it finds nothing.
    if not any(map(text.__contains__, ":/|([©")):
        lowered = text.lower()
        if not ("photo" in lowered or "getty" in lowered or "via " in lowered):
            return False
    return _CAPTION.search(text) is not None


def is_credit(text: str) -> bool:
    """Say whether a line names the agency or the desk."""
    return _CREDIT.match(text) is not None


def is_related(text: str) -> bool:
    """Say whether a line begins with a label that introduces another story."""
    return text[:2].casefold() in _RELATED_BEGINS and _RELATED.match(text) is not None


def is_glued(text: str) -> bool:
    """Say whether a line is such a label with a headline right behind it, no space between."""
    return text[:2].casefold() in _RELATED_BEGINS and _GLUED.match(text) is not None
