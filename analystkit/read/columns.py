"""Rows of a table in, articles out: which column is the text, the title, the date ..., by name or as given."""

from __future__ import annotations

import csv
import functools
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

import numpy as np

from analystkit.clean.dates import find_date, impossible
from analystkit.clean.encoding import tidy
from analystkit.clean.zones import agency_in_dateline
from analystkit.errors import ArgumentError, MissingColumnError
from analystkit.read.items import Item, Problem, Zone, body_zones
from analystkit.resources import resource_text

FIELDS: Final = (
    "text",
    "title",
    "lead",
    "published",
    "outlet",
    "byline",
    "section",
    "credit",
    "url",
    "language",
)


@functools.cache
def known_names() -> Mapping[str, tuple[str, ...]]:
    """Return the names that columns have in exports, by field, most telling first (`resources/columns.csv`).

    They are compared without case, accents, spaces and underscores.
    """
    rows = csv.DictReader(resource_text("columns.csv").splitlines())
    names: dict[str, list[str]] = {field: [] for field in FIELDS}
    for row in rows:
        names[row["field"]].append(row["name"])
    return {field: tuple(known) for field, known in names.items()}


@dataclass(frozen=True)
class TableOptions:
    """What the analyst said about tables.

    Attributes
    ----------
    columns
        Field (one of `FIELDS`) to the name of its column; the others are recognised by name.
    date_order
        "day", "month" or "": what comes first in 03/04/2024.
    """

    columns: Mapping[str, str]
    date_order: str = ""

    def __post_init__(self) -> None:
        unknown = [name for name in self.columns if name not in FIELDS]
        if unknown:
            raise ArgumentError(f"`columns` names the field(s) {unknown}; known fields: {list(FIELDS)}.")


def match_columns(names: Sequence[str], given: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return which column holds which field.

    >>> match_columns(["Headline", "Pub_Date", "Full text", "score"])
    {'text': 'Full text', 'title': 'Headline', 'published': 'Pub_Date'}

    Raises
    ------
    MissingColumnError
        A column that was given by name is absent.
    """
    given = given or {}
    absent = [column for column in given.values() if column not in names]
    if absent:
        raise MissingColumnError(f"`columns` names {absent}; the table has {list(names)}.")
    plain: dict[str, str] = {}
    for name in names:
        plain.setdefault(_plain(name), name)
    taken = set(given.values())
    found = {}
    for field, known in known_names().items():
        if field in given:
            found[field] = given[field]
            continue
        match = next((plain[name] for name in known if name in plain and plain[name] not in taken), None)
        if match is not None:
            found[field] = match
            taken.add(match)
    return found


def present(
    columns: Mapping[str, str], names: Sequence[str], path: str, problems: list[Problem]
) -> dict[str, str]:
    """Return the given columns that a table has; a folder may hold tables of several shapes, so others are noted."""
    absent = [column for column in columns.values() if column not in names]
    if absent:
        listed = ", ".join(names)
        problems.append(
            Problem(
                path,
                "header",
                "note",
                f"`columns` names {absent}, which this table lacks; its columns are: {listed}",
                "correct the name if this table should have it",
            )
        )
    return {field: column for field, column in columns.items() if column in names}


#: Columns that are listed, and characters of each: a text that was taken for a header may be a whole page.
_SHOWN: Final = 40


def no_text_column(path: str, names: Iterable[str]) -> Problem:
    """Return the problem of a table in which no column could be the text."""
    short = [name if len(name) <= _SHOWN else f"{name[:_SHOWN]}…" for name in map(str, names)]
    listed = ", ".join(short[:_SHOWN]) + (f" and {len(short) - _SHOWN} more" if len(short) > _SHOWN else "")
    return Problem(
        path,
        "header",
        "error",
        f"no column could be recognised as the article text; the columns are: {listed}",
        'name it: load(..., columns={"text": "its name"}), or on the command line --column text="its name"',
    )


def rows_to_items(
    rows: Iterable[tuple[str, Mapping[str, object]]],
    fields: Mapping[str, str],
    options: TableOptions,
    *,
    path: str,
    format: str,
    sha256: str,
    problems: list[Problem],
    keep_empty: bool = False,
) -> list[Item]:
    """Turn the rows of a table into articles.

    Parameters
    ----------
    rows
        Pairs of place ("row 3") and cells by column name.
    fields
        Field to column, from `match_columns`.
    keep_empty
        Keep rows without text (as `from_frame` does); else they are reported and left out.
    """
    items = []
    for where, row in rows:
        cells = {field: cell_text(row.get(column)) for field, column in fields.items()}
        text = cells.get("text", "")
        if not text.strip() and not keep_empty:
            problems.append(
                Problem(path, where, "warning", "the text is empty", "left out; nothing to count")
            )
            continue
        published, fault = published_in(
            row.get(fields["published"]) if "published" in fields else None, options.date_order
        )
        if fault:
            problems.append(Problem(path, where, "warning", fault, date_remedy(fault)))
        title = " ".join(cells.get("title", "").split())
        zones = [Zone("title", title, f"column {fields['title']!r}")] if title else []
        if cells.get("lead", "").strip():
            zones.append(Zone("lead", " ".join(cells["lead"].split()), f"column {fields['lead']!r}"))
        if text.strip():
            zones += body_zones(text, f"column {fields['text']!r}", title=title)
        agency = next((zone.text for zone in zones if zone.zone == "credit"), "") or next(
            (agency_in_dateline(zone.text) for zone in zones if zone.zone == "dateline"), ""
        )
        items.append(
            Item(
                path=path,
                format=format,
                sha256=sha256,
                zones=zones,
                title=title,
                published=published,
                published_origin="meta" if published else "",
                outlet=cells.get("outlet", "").strip(),
                section=cells.get("section", "").strip(),
                byline=cells.get("byline", "").strip(),
                credit=cells.get("credit", "").strip() or agency,
                url=cells.get("url", "").strip(),
                language=cells.get("language", "").strip(),
                where=where,
            )
        )
    return items


def cell_text(value: object) -> str:
    """Return a cell as text: absent is "", lists are joined by commas, a nested object gives its name.

    >>> cell_text(["Ann", "Bo"]), cell_text({"name": "The Paper"}), cell_text(float("nan"))
    ('Ann, Bo', 'The Paper', '')
    """
    if isinstance(value, str):
        return tidy(value)
    # Floats, times and pandas' own NA are absent in ways of their own; NA cannot be compared.
    if value is None or str(value) in {"nan", "NaT", "<NA>"}:
        return ""
    if isinstance(value, Mapping):
        return cell_text(next((value[key] for key in ("name", "title", "id") if key in value), ""))
    if isinstance(value, (list, tuple, np.ndarray)):
        return ", ".join(filter(None, map(cell_text, value)))
    return str(value)


def published_in(value: object, order: str = "") -> tuple[datetime | None, str]:
    """Return the date in a cell, and what is wrong with it ("" if nothing).

    >>> published_in("03/04/2024")
    (None, '03/04/2024 may be 3 April or 4 March 2024')
    """
    if isinstance(value, str) and re.fullmatch(r"\s*1\d{9}(?:\d{3})?\s*", value):
        value = int(value)
    if isinstance(value, (int, float)) and not isinstance(value, bool) and 1e8 < value < 1e14:
        # Seconds or milliseconds since 1970, as JSON exports have them.
        moment = datetime(1970, 1, 1) + timedelta(seconds=value / 1000 if value > 1e11 else value)
        return (None, fault) if (fault := impossible(moment)) else (moment, "")
    if isinstance(value, datetime) and value == value:
        moment = value.replace(tzinfo=None)
        return (None, fault) if (fault := impossible(moment)) else (moment, "")
    if isinstance(value, date):
        return published_in(datetime(value.year, value.month, value.day)) if value == value else (None, "")
    text = cell_text(value).strip()
    if not text:
        return None, ""
    found = find_date(text, order=order)
    if found is None:
        return None, f"{text[:40]!r} cannot be read as a date"
    if found.value is None:
        return None, found.fault
    fault = impossible(found.value)
    return (None, fault) if fault else (found.value, "")


def date_remedy(fault: str) -> str:
    """Return what to do about a date that was not used, by what was wrong with it."""
    if " may be " in fault:
        return 'the article is kept undated; say date_order="day" or date_order="month" to settle such dates'
    return "the article is kept undated; correct the date in the file"


def _plain(name: object) -> str:
    folded = unicodedata.normalize("NFKD", str(name)).casefold()
    return re.sub(r"[^\w]|_", "", "".join(c for c in folded if not unicodedata.combining(c)))
