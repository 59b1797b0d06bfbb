"""Which line of a page is its headline, which date is the day of publication, which name the author's.

Each has candidates, described by numbers; the fitted model (`line_model`) says how likely each is the right one.
"""

from __future__ import annotations

import functools
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

import numpy as np

from analystkit.clean.dates import FoundDate, find_date
from analystkit.clean.head_marks import NAME_MARKS, TITLE_MARKS, led_names, name_marks, title_marks
from analystkit.clean.labels import header_zone, is_credit, is_furniture, is_section, name_in_byline
from analystkit.clean.line_features import FEATURES
from analystkit.clean.line_looks import Matrix
from analystkit.clean.lines import Line, count_words

_ABOVE: Final = 80  # lines above the article that may be its headline
_BELOW: Final = 60  # lines below it that may bear its date or author
_NAME_ABOVE, _NAME_BELOW = 40, 14
# Names that only a given name tells: lines below the article, lines into it, and the longest lines with one (words).
_LED_BELOW, _LED_DEPTH, _LED_WIDEST, _LED_INSIDE = 25, 5, 16, 8
_WIDEST: Final = 60  # words of a line that may bear them

TITLE_FEATURES: Final = (
    *FEATURES, "gap", "likeness", "held", "dated_below", "named_below", "dated_above", "is_header", "is_section", "free",
    "longest", *TITLE_MARKS,
)  # fmt: skip
DATE_FEATURES: Final = (
    *FEATURES, "gap", "below_end", "title_gap", "rest", "posted", "updated", "time", "rank", "same_day", "earliest",
    "latest", "at_start", "second", "in_address", "unsettled", "name_beside",
)  # fmt: skip
BYLINE_FEATURES: Final = (
    *FEATURES, "gap", "below_end", "title_gap", "cue", "cue_at_start", "name_words", "rest", "dated", "dated_near",
    "rank", "elsewhere", "at_start", "lower_name", "capitals_name", "is_label", "in_title", "follows_says",
    *NAME_MARKS,
)  # fmt: skip

_POSTED = re.compile(
    r"publi|posted|veröffentlich|erstellt|erschienen|verfasst|geschrieben|eingestellt|gespeichert|eintrag|beitrag|opublik|dodan"
    r"|datum|\bdate\b|created|written|geplaatst|опубл|fecha",
    re.IGNORECASE,
)
_UPDATED = re.compile(
    r"updat|aktualis|modif|letzte|geändert|edited|bearbeit|mis à jour|actualiz|aggiorna|atualiz|zaktual|changed|stand\b",
    re.IGNORECASE,
)
_SAYS = re.compile(
    r"\b(?:says|said|sagt|sagte|schrieb|schreibt|wrote|dice|dit|replied|antwort\w*|reply)\b", re.IGNORECASE
)
#: Each match has one of these.
_SAYS_PARTS: Final = ("say", "said", "sagt", "schrieb", "schreibt", "wrote", "dice", "dit", "repl", "antwort")
_CUE = re.compile(
    r"(?:^|(?<=[\s|·•~—–/:;,>»(-])|(?<=\d))(?:written by|posted by|words by|story by|text von|text|beitrag\s?von"
    r"|artikel von|by|von|vom|par|por|di|door|przez|автор|autor(?:in|a|e|en)?|author|auteur|redakteur(?:in)?"
    r"|verfasser(?:in)?|themenstarter)\s*(?::\s*|\s+)",
    re.IGNORECASE,
)
#: Each way in which the pattern can end, as a run of letters.
_CUE_WORDS: Final = frozenset(
    ["by", "von", "text", "beitragvon", "vom", "par", "por", "di", "door", "przez", "автор", "autor", "autorin",
     "autora", "autore", "autoren", "author", "auteur", "redakteur", "redakteurin", "verfasser", "verfasserin",
     "themenstarter"]
)  # fmt: skip
_LETTERS = re.compile(r"[^\W\d_]+")
_TOKEN = r"[^\W\d_][\w.'’-]*"
_NAME = re.compile(
    rf"{_TOKEN}(?:\s+(?:(?:von|van|de|der|den|del|della|la|le|el|al|bin|zu|und|and|&|y|e|et|i)\s+){{0,2}}"
    rf"(?=[^\W\d_a-zß-ÿ]){_TOKEN}){{0,4}}"
)
# What ends a name, or cannot begin one.
_NO_NAME_WORDS: Final = (
    "am on um at in im unter under uhr kommentare kommentar comments comment posted published filed the a "
    "der die das den dem einer einem ein eine min read lesezeit teilen share mehr more und and tagged "
    "kategorie category updated admin"
)
_NO_NAME: Final = frozenset(_NO_NAME_WORDS.split())
_DELIMITERS = re.compile(r"\s*[|·•,/~—–;>»()\[\]]\s*|\s+-\s+|\s{2,}|\s-\s?$")
_CLOCK = re.compile(
    r"\b\d{1,2}[:.]\d\d(?::\d\d)?\s*(?:[ap]\.?m\.?)?(?:\s*(?:uhr|est|edt|et|pst|gmt|utc|cet))?\b",
    re.IGNORECASE,
)
_DAYS = re.compile(
    r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|\b(?:mon|dien|donners|frei|sams|sonn)tag\b|\bmittwoch\b|\b(?:mo|di|mi|do|fr|sa|so)\.",
    re.IGNORECASE,
)


class DateCandidate(NamedTuple):
    """A date on a line of the page."""

    at: int
    found: FoundDate


class NameCandidate(NamedTuple):
    """A name on a line of the page, and the word that introduces it ("" if none does)."""

    at: int
    name: str
    cue: str


def title_candidates(
    lines: Sequence[Line], features: Matrix, start: int, end: int
) -> tuple[list[int], Matrix]:
    """Return the lines that may be the headline of the article at `start` to `end`, and one row of numbers for each."""
    vocabulary: set[int] = set()
    for line in lines[start : min(end, start + 15)]:
        vocabulary |= line.content
    folded = _folded(lines)
    page, same = "\n".join(folded), Counter(folded)
    low, high = max(0, start - _ABOVE), min(end, start + 4, len(lines))
    at = [i for i in range(low, high) if 1 <= lines[i].words <= 40 and len(folded[i]) >= 4]
    zones = {i: _zone(lines[i].text) for i in range(low, min(high + 4, len(lines)))}
    longest = max((lines[i].words for i in at if not zones[i] and i < start), default=0)
    free = 0
    own = []
    # From the article upwards, so that "free" counts the lines that may be headlines and stand nearer to it.
    for i in reversed(at):
        text = folded[i]
        content = lines[i].content
        likeness = len(content & vocabulary) / max(len(content), 3)
        below = [zones.get(k, "") for k in range(i + 1, i + 4)]
        own.append(
            (
                start - i,
                likeness,
                min(page.count(text) - same[text], 5) if len(text) >= 8 else 0,
                "dateline" in below,
                "byline" in below,
                zones.get(i - 1) == "dateline",
                zones[i] != "",
                is_section(text),
                free,
                lines[i].words >= longest,
            )
        )
        free += not zones[i] and lines[i].words >= 3
    return at, _rows(features, at, own[::-1], TITLE_FEATURES, title_marks(lines, at, start, end))


def _zone(text: str) -> str:
    own = header_zone(text)
    return own[0] if own else ""


def _folded(lines: Sequence[Line]) -> list[str]:
    """Return lines in small letters, one space between words."""
    folded = "\n".join([line.text for line in lines]).lower().split("\n")
    # Other spaces than the plain one cannot be printed.
    return [text if text.isprintable() and "  " not in text else " ".join(text.split()) for text in folded]


def _rows(
    features: Matrix,
    at: Sequence[int],
    own: Sequence[Sequence[float]],
    names: Sequence[str],
    marks: Matrix | None = None,
) -> Matrix:
    """Return the numbers of candidates: those of the lines they stand on, their own, and their further marks."""
    if not at:
        return np.zeros((0, len(names)))
    columns = [features[np.array(at)], np.array(own, dtype=np.float64)]
    return np.hstack(columns if marks is None else [*columns, marks])


def date_candidates(
    lines: Sequence[Line], features: Matrix, start: int, end: int, title: int | None
) -> tuple[list[DateCandidate], Matrix]:
    """Return the dates near the article that may be its day of publication, and one row of numbers for each."""
    order = order_of_dates(line.text for line in lines)
    found: list[DateCandidate] = []
    seconds: list[bool] = []
    for i in _around(lines, start, end, inside=25):
        text = lines[i].text
        date = find_date(text, order=order)
        if date:
            found.append(DateCandidate(i, date))
            seconds.append(False)
            later = find_date(text[date.end :], order=order)
            if later and later.value and date.value and later.value.date() != date.value.date():
                shifted = FoundDate(later.value, date.end + later.start, date.end + later.end)
                found.append(DateCandidate(i, shifted))
                seconds.append(True)
    days = [date.value.date() if date.value else None for _, date in found]
    known = [day for day in days if day]
    counts = Counter(known)
    addresses = " ".join(line.text for line in lines if "/20" in line.text)
    own = []
    for row, ((i, date), day) in enumerate(zip(found, days, strict=True)):
        text = lines[i].text
        before = text[max(date.start - 40, 0) : date.start]
        own.append(
            (
                start - i,
                max(i - end + 1, 0),
                i - title if title is not None else 0,
                count_words(text[: date.start]) + count_words(text[date.end :]),
                bool(_POSTED.search(before)) or bool(_POSTED.search(text[date.end : date.end + 30])),
                bool(_UPDATED.search(before)),
                date.value is not None and (date.value.hour or date.value.minute) != 0,
                row,
                counts[day] if day else 0,
                day is not None and day == min(known),
                day is not None and day == max(known),
                date.start == 0,
                seconds[row],
                day is not None and f"/{day:%Y/%m/%d}" in addresses,
                day is None,
                _has_cue(text),
            )
        )
    return found, _rows(features, [i for i, _ in found], own, DATE_FEATURES)


def byline_candidates(
    lines: Sequence[Line], features: Matrix, start: int, end: int, title: int | None
) -> tuple[list[NameCandidate], Matrix]:
    """Return the names near the article that may be its author's, and one row of numbers for each."""
    found = [
        NameCandidate(i, name, cue)
        for i in _around(lines, start, end, inside=8)
        if lines[i].words <= 25
        and start - _NAME_ABOVE <= i <= end + _NAME_BELOW
        and not is_credit(lines[i].text)
        # Between paragraphs a few words with capitals are a subhead.
        for name, cue in (_names_introduced(lines[i].text) if start < i < end else names_in(lines[i].text))
    ]
    found = _with_led(lines, found, start, end)
    headline = lines[title].text.lower() if title is not None else ""
    seen = Counter(name for _, name, _ in found)
    places = {candidate.at for candidate in found}
    dated = {i: find_date(lines[i].text) is not None for i in places}
    says = {i: _tells_who_says(lines[i].text) for i in places}
    dated_near = {
        i: any(
            _zone(lines[k].text) == "dateline" for k in (i - 2, i - 1, i + 1, i + 2) if 0 <= k < len(lines)
        )
        for i in places
    }
    own = []
    for row, (i, name, cue) in enumerate(found):
        text = lines[i].text
        n_words = len(name.split())
        own.append(
            (
                start - i,
                max(i - end + 1, 0),
                i - title if title is not None else 0,
                cue != "",
                cue != "" and text.lower().startswith(cue.lower()),
                n_words,
                lines[i].words - n_words,
                dated[i],
                dated_near[i],
                row,
                seen[name],
                text.startswith(name),
                name[0].islower(),
                name.isupper(),
                is_furniture(name) or is_section(name),
                name.lower() in headline,
                says[i],
            )
        )
    at = [i for i, _, _ in found]
    marks = name_marks(lines, found, start, end, title)
    return found, _rows(features, at, own, BYLINE_FEATURES, marks)


def _with_led(
    lines: Sequence[Line], found: Sequence[NameCandidate], start: int, end: int
) -> list[NameCandidate]:
    """Return the candidates and, by their lines, the names that only a known given name tells.

    Inside the article those stand at its edges, on a line with little else.
    """
    listed: dict[int, list[str]] = {}
    for i, name, _ in found:
        listed.setdefault(i, []).append(name)
    more = [
        NameCandidate(i, name, "")
        for i in range(max(start - _NAME_ABOVE, 0), min(end + _LED_BELOW, len(lines)))
        if lines[i].words <= (_LED_WIDEST if not start < i < end else _LED_INSIDE)
        and (not start + _LED_DEPTH < i < end - _LED_DEPTH)
        and not is_credit(lines[i].text)
        for name in led_names(lines[i].text)
        if not any(name in known for known in listed.get(i, ()))
    ]
    return sorted([*found, *more], key=lambda candidate: candidate.at)


def _around(lines: Sequence[Line], start: int, end: int, *, inside: int) -> list[int]:
    """Return the lines above and below the article that may bear its date or author, and such short ones inside it."""
    low, high = max(0, start - _ABOVE), min(end + _BELOW, len(lines))
    return [
        i
        for i in range(low, high)
        if lines[i].words <= (_WIDEST if not start + 2 <= i < end - 2 else inside)
        and len(lines[i].text) <= 500
    ]


@functools.lru_cache(maxsize=8192)
def names_in(text: str) -> tuple[tuple[str, str], ...]:
    """Return the names that may be an author's in a line of a page's head, each with the word that introduces it.

    >>> names_in("22. Dezember 2019 von Ute Kern")
    (('Ute Kern', 'von'),)
    >>> names_in("Ute Kern, 02.02.2022")
    (('Ute Kern', ''),)
    """
    if introduced := _names_introduced(text):
        return introduced
    names: list[tuple[str, str]] = []
    rest = text.replace("\xa0", " ")
    for _ in range(3):
        date = find_date(rest)
        if date is None:
            break
        rest = f"{rest[: date.start]} | {rest[date.end :]}"
    rest = _DAYS.sub(" | ", _CLOCK.sub(" | ", rest))
    for part in _DELIMITERS.split(rest):
        words = part.strip(" .:").split()
        is_name = 1 <= len(words) <= 5 and all(
            word[0].isupper() or word in {"von", "van", "de", "der", "del", "la", "und", "and", "&"}
            for word in words
        )
        if (
            is_name
            and not any(map(str.isdigit, part))
            and words[0].lower() not in _NO_NAME
            and len(part.strip()) > 2
        ):
            names.append((" ".join(words), ""))
    return tuple(names[:3])


@functools.lru_cache(maxsize=8192)
def _names_introduced(text: str) -> tuple[tuple[str, str], ...]:
    """Return those of the names that a word introduces."""
    plain = text.replace("\xa0", " ")
    if name := name_in_byline(plain):
        return ((name, plain.split()[0].rstrip(":")),)
    if not _may_have_cue(plain):
        return ()
    names: list[tuple[str, str]] = []
    for cue in _CUE.finditer(plain):
        found = _NAME.match(plain, cue.end())
        if found and (name := _trimmed(found[0])):
            names.append((name, cue[0].strip(" :")))
    return tuple(names[:3])


def _tells_who_says(text: str) -> bool:
    return any(map(text.lower().__contains__, _SAYS_PARTS)) and _SAYS.search(text) is not None


def _has_cue(text: str) -> bool:
    return _may_have_cue(text) and _CUE.search(text) is not None


def _may_have_cue(text: str) -> bool:
    """Say whether a line has one of the words that introduce a name; the pattern takes long to say no."""
    return not _CUE_WORDS.isdisjoint(_LETTERS.findall(text.lower()))


def _trimmed(name: str) -> str:
    """Return the name without what follows it on its line ("am", "Comments")."""
    kept: list[str] = []
    for word in name.split():
        if word.lower() in _NO_NAME - {"und", "and"}:
            break
        kept.append(word)
    while kept and kept[-1].lower() in {"und", "and", "von", "de", "&"}:
        kept.pop()
    return " ".join(kept).rstrip(" .,-") if kept else ""


_JOINED_DIGITS = re.compile(r"\d[/-]\d")  # much quicker to look for
_NUMERIC = re.compile(r"(?<![\d/.-])(\d{1,2})[/-](\d{1,2})[/-](?:19|20)\d\d(?!\d)")


def order_of_dates(texts: Iterable[str]) -> str:
    """Return "day" or "month" where the page's own dates show what comes first in 03/04/2024, else "".

    >>> order_of_dates(["12/04/2020 by Kay", "16/04/2020 at 12:35"])
    'day'
    """
    seen: set[str] = set()
    for text in texts:
        if ("/" in text or "-" in text) and _JOINED_DIGITS.search(text):
            for first, second in _NUMERIC.findall(text):
                if int(first) > 12 >= int(second):
                    seen.add("day")
                elif int(second) > 12 >= int(first):
                    seen.add("month")
    return seen.pop() if len(seen) == 1 else ""
