"""Dates of publication, read from short strings as files and pages write them; an ambiguous date is never guessed."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Final

from analystkit.errors import check_choice

# English, German, French, Spanish, Italian, Portuguese, Dutch, Russian, Polish (the case that dates have).
_MONTHS: Final = {
    name: number
    for number, names in enumerate(
        (
            "january jan januar jänner janvier janv enero ene gennaio gen janeiro januari января stycznia",
            "february feb februar février févr febrero febbraio fevereiro fev februari февраля lutego",
            "march mar märz mär mrz mars marzo março maart mrt марта marca",
            "april apr avril avr abril abr aprile апреля kwietnia",
            "may mai mayo maggio mag maio mei мая maja maj",
            "june jun juni juin junio giugno giu junho июня czerwca",
            "july jul juli juillet juil julio luglio lug julho июля lipca",
            "august aug août aout agosto ago augustus augusti августа sierpnia",
            "september sep sept septembre septiembre settembre setembro set сентября września",
            "october oct oktober okt octobre octubre ottobre ott outubro out октября października",
            "november nov novembre noviembre novembro ноября listopada",
            "december dec dezember dez décembre déc diciembre dic dicembre dezembro desember декабря grudnia",
        ),
        start=1,
    )
    for name in names.split()
}
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
# A weekday may stand between the day and the time: "July 1, 2019 Monday 9:20 AM".
_WEEKDAY = (
    "monday|tuesday|wednesday|thursday|friday|saturday|sunday|mon|tues?|wed|thurs?|fri|sat|sun"
    "|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonnabend|sonntag"
    "|maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche"
    "|lunes|martes|miércoles|jueves|viernes|sábado|domingo|lunedì|martedì|mercoledì|giovedì|venerdì|sabato|domenica"
)
_CLOCK = rf"(?:(?:[ ,]+(?:{_WEEKDAY})\b\.?)?"
_CLOCK += r"[T ,]+(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:\.\d+)?)?(?:\s*(?P<half>[ap]\.?m\b\.?))?)?"

# A year, or a year with the same date printed right behind it ("28. Juli 201928. Juli 2019").
_YEAR_END = r"(?=\D|$|\d{1,2}\D)"

_FORMS: Final = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        # 2023-12-13, 2023/12/13, 2023.12.13, with or without a time of day
        rf"(?<!\d)(?P<year>\d{{4}})[-/.](?P<month>\d{{1,2}})[-/.](?P<day>\d{{1,2}})(?!\d){_CLOCK}",
        # 20231213, as file names and feeds have it
        r"(?<!\d)(?P<year>(?:19|20)\d{2})(?P<month>0[1-9]|1[0-2])(?P<day>0[1-9]|[12]\d|3[01])(?!\d)",
        # December 13, 2023 and Dec. 13 2023
        rf"\b(?P<name>{_MONTH})\.?\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>\d{{4}}){_YEAR_END}{_CLOCK}",
        # 13 December 2023, 13th Dec. 2023, 26-FEB-1987, 1er mars 2024, 12. März 2024, 12 de marzo de 2024
        rf"(?<!\d)(?P<day>\d{{1,2}})(?:st|nd|rd|th|er|º)?\.?[\s-]+(?:de\s+)?(?P<name>{_MONTH})\.?,?[\s-]+(?:de\s+)?"
        rf"(?P<year>\d{{4}}){_YEAR_END}{_CLOCK}",
        # 2024年3月12日
        rf"(?<!\d)(?P<year>\d{{4}})\s?[年년]\s?(?P<month>\d{{1,2}})\s?[月월]\s?(?P<day>\d{{1,2}})\s?[日일]{_CLOCK}",
        # 13.12.2023: a full stop between the parts is day first everywhere
        rf"(?<![\d.])(?P<day>\d{{1,2}})\.\s?(?P<month>\d{{1,2}})\.\s?(?P<year>\d{{4}})(?!\d(?!\d?\.)){_CLOCK}",
        # 13.12.23 where it can be a day and a month; 1969 to 2068, as two figures are read elsewhere
        r"(?<![\d.])(?P<day>0?[1-9]|[12]\d|3[01])\.(?P<month>0?[1-9]|1[0-2])\.(?P<short>\d{2})(?![\d.]*\d)",
        # 13/12/2023, 12/13/2023, 13-12-2023: settled only where one part is over 12
        rf"(?<![\d/])(?P<first>\d{{1,2}})[/-](?P<other>\d{{1,2}})[/-](?P<year>\d{{4}})(?!\d(?!\d?[/-])){_CLOCK}",
    )
)

# Most strings have no date, and this one pattern is quicker than all of those.
_YEAR_LIKE = re.compile(r"\d(?:\d{3}|\.\d{1,2}\.\d\d)")

ORDERS: Final = ("", "day", "month")


@dataclass(frozen=True)
class FoundDate:
    """A date found in a string.

    Attributes
    ----------
    value
        The moment as printed; an offset from UTC is dropped, so that the day stays the outlet's own day.
        None when it is ambiguous or impossible.
    start, end
        Half-open offsets of the expression.
    fault
        Why there is no value ("03/04/2024 may be 3 April or 4 March"), else "".
    """

    value: datetime | None
    start: int
    end: int
    fault: str = ""


def find_date(text: str, *, order: str = "") -> FoundDate | None:
    """Return the first date in a string, or None if there is none.

    Parameters
    ----------
    text
        A cell, a line of a page, a URL or a file name.
    order
        What comes first in 03/04/2024: "day", "month", or "" to leave such a date unsettled.

    Examples
    --------
    >>> find_date("Published 13 December 2023").value
    datetime.datetime(2023, 12, 13, 0, 0)
    >>> find_date("03/04/2024").fault
    '03/04/2024 may be 3 April or 4 March 2024'
    >>> find_date("03/04/2024", order="day").value
    datetime.datetime(2024, 4, 3, 0, 0)
    """
    if order not in ORDERS:
        check_choice("order", order, ORDERS)
    return _first(text, order) if _YEAR_LIKE.search(text) else None


@functools.lru_cache(maxsize=8192)
def _first(text: str, order: str) -> FoundDate | None:
    matches = sorted(
        (match for form in _FORMS if (match := form.search(text))),
        key=lambda match: (match.start(), -match.end()),
    )
    return _read(matches[0], order) if matches else None


def impossible(value: datetime, *, today: date | None = None) -> str:
    """Say why a date cannot be a day of publication, or return "".

    A newspaper older than 1600 or a day more than one ahead of `today` (time zones) is a mistake of some format.
    """
    latest = (today or datetime.now(tz=UTC).date()).toordinal() + 1
    if value.year < 1600:
        return f"{value:%Y-%m-%d} is before the first newspapers"
    if value.date().toordinal() > latest:
        return f"{value:%Y-%m-%d} lies in the future"
    return ""


def _read(match: re.Match[str], order: str) -> FoundDate:
    part = match.groupdict()
    start, end = match.span()
    year = int(part["year"]) if part.get("year") else _century(int(part["short"]))
    if part.get("first"):
        first, other = int(part["first"]), int(part["other"])
        day_first, month_first = _moment(year, other, first, part), _moment(year, first, other, part)
        if day_first and month_first and first != other and not order:
            fault = f"{match.group()} may be {first} {day_first:%B} or {other} {month_first:%B} {year}"
            return FoundDate(None, start, end, fault)
        settled = month_first if order == "month" else day_first
        value = settled or day_first or month_first
    else:
        month = _MONTHS[part["name"].lower()] if part.get("name") else int(part["month"])
        value = _moment(year, month, int(part["day"]), part)
    if value is None:
        return FoundDate(None, start, end, f"{match.group()} is no day of the calendar")
    return FoundDate(value, start, end)


def _moment(year: int, month: int, day: int, part: dict[str, str | None]) -> datetime | None:
    hour, minute, second = (int(part.get(name) or 0) for name in ("hour", "minute", "second"))
    half = (part.get("half") or "").lower().replace(".", "")
    if half == "pm" and hour < 12:
        hour += 12
    elif half == "am" and hour == 12:
        hour = 0
    try:
        day_only = datetime(year, month, day)
    except ValueError:
        return None
    try:
        return day_only.replace(hour=hour, minute=minute, second=second)
    except ValueError:
        # 24:00 and worse: the day still counts.
        return day_only


def _century(short: int) -> int:
    return short + (1900 if short >= 69 else 2000)
