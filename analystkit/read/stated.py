"""What exports state about an article, put into its fields: the day on which it appeared, its language."""

from __future__ import annotations

import csv
import functools
import re
from collections.abc import Mapping
from typing import Final
from urllib.parse import urlsplit

from analystkit.read.columns import date_remedy, published_in
from analystkit.read.items import Item, Problem
from analystkit.resources import resource_text

_URL_DAY: Final = re.compile(r"(?<!\d)((?:19|20)\d\d)[-/](\d{1,2})[-/](\d{1,2})(?!\d)")


def state_published(item: Item, text: str, order: str, problems: list[Problem]) -> None:
    """Set the date of an article from what its export says; where that is no day, say so and leave it undated."""
    published, fault = published_in(text, order)
    if published:
        item.published, item.published_origin = published, "meta"
    elif fault:
        problems.append(Problem(item.path, item.where, "warning", fault, date_remedy(fault)))


@functools.cache
def _languages() -> Mapping[str, str]:
    """Return the code of each language by its names (`resources/languages.csv`) and by itself."""
    rows = list(csv.DictReader(resource_text("languages.csv").splitlines()))
    codes = {row["language"]: row["language"] for row in rows}
    return codes | {name: row["language"] for row in rows for name in row["names"].split("|")}


def language_code(name: str) -> str:
    """Return the two-letter code of a language given by its name or by a longer code; else what was given.

    >>> [language_code(name) for name in ("English", "en-US", "GERMAN; DEUTSCH", "Klingon")]
    ['en', 'en', 'de', 'Klingon']
    """
    parts = [part.strip().lower() for part in re.split(r"[;,/_-]", name)]
    return next((_languages()[part] for part in parts if part in _languages()), name.strip())


def date_in_url(item: Item, url: str) -> None:
    """Set the date of an undated article from its address ("/2024/05/03/"), which says more than a name of a file."""
    found = _URL_DAY.search(url)
    if found and (not item.published or item.published_origin == "file"):
        published, _ = published_in("-".join(found.groups()))
        if published:
            item.published, item.published_origin = published, "url"


def host_of(url: str) -> str:
    """Return the host of an address without "www.", or "".

    >>> host_of("https://www.Tern.example:8080/a"), host_of("record 3")
    ('tern.example', '')
    """
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""
