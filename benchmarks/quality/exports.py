"""Real exports of archives: how many articles each holds, and the fields of its first and last."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

from analystkit.clean.dates import find_date
from analystkit.read import Options, read_source
from analystkit.read.columns import TableOptions
from analystkit.read.items import Item
from analystkit.read.sources import Source
from benchmarks.data import Data, read_json
from benchmarks.figures import Figure

_INTEGRUM: Final = "integrum_xlsx/channel1_20050201-20050228_0001-0059_0059.xlsx"
#: Where what is expected is not what the file says: (file, article, field) -> what it says.
CORRECTED: Final[Mapping[tuple[str, str, str], Any]] = {
    # "1 of 62 DOCUMENTS" and, half way down, "Dokument 234 von 456" with a head of its own; both have an AUTEUR field.
    ("lexis_txt/test3.txt", "", "n_articles"): 2,
    ("lexis_txt/test3.txt", "first", "byline"): "PRUIM, FRED",
    ("lexis_txt/test3.txt", "last", "title"): "Der zweite Überschrift",
    ("lexis_txt/test3.txt", "last", "byline"): "PRUIM, FRED",
    # "Magazine 1, no. 5968": the number is that of the issue, kept with the furniture.
    ("europresse_html/europresse_test1.html", "last", "outlet"): "Magazine 1",
    # <div class="author">Sarah Pepin</div>
    ("factiva_html/german-ui.html", "first", "byline"): "Sarah Pepin",
    # <dateTime>2012-05-06T01:07:06Z</dateTime>
    ("factiva_xml/factiva_test.xml", "last", "date"): "2012-05-06",
    # The cell repeats the headline and the day above the text, which are no part of it.
    (_INTEGRUM, "first", "body80"): "Некоторые пенсионеры говорят, что раньше могли только мечтать",
    (_INTEGRUM, "last", "body80"): "Беспорядки на западном берегу реки Иордан.",
    # "JF  - Lorem", "A1  - Marx, Karl", ...: stated, where nothing was expected.
    ("ris/example_full.ris", "first", "outlet"): "Lorem",
    ("ris/example_full.ris", "first", "byline"): "Marx, Karl; Lindgren, Astrid",
    ("ris/example_full.ris", "last", "outlet"): "Lorem",
    ("ris/example_full.ris", "last", "byline"): "Marxus, Karlus; Lindgren, Astrid",
    # A page that names no site takes the name of its host, as trafilatura has it too.
    ("warc/example.warc.gz", "first", "outlet"): "example.com",
    ("warc/example.warc.gz", "last", "outlet"): "example.com",
}


def exports(data: Data) -> list[Figure]:
    """Count the exports of which every article is found, and the first and last with all their fields."""
    folder = data.file("exports")
    expected = read_json(data.file("exports/expected.json"))
    n_articles = n_right = 0
    seconds = 0.0
    wrong = []
    for name, wanted in expected.items():
        begin = time.perf_counter()
        items = read_export(folder, name)
        seconds += time.perf_counter() - begin
        n_articles += len(items)
        faults = compare(name, wanted, items)
        n_right += not faults
        wrong += [f"{name}, {fault}" for fault in faults]
    return [
        Figure("exports", "exports as expected", n_right, len(expected), seconds, floor=len(expected)),
        Figure("exports", "articles read", n_articles, len(expected)),
        *(Figure("exports", f"WRONG {fault}", 0, 1) for fault in wrong),
    ]


def read_export(folder: Path, name: str) -> list[Item]:
    """Return the articles of one export below the folder."""
    data = (folder / name).read_bytes()
    return read_source(Source(Path(name).name, "", lambda: data), Options(TableOptions({})), [])


def compare(name: str, expected: Mapping[str, Any], items: list[Item]) -> list[str]:
    """Return in what the articles of an export are not as expected, in words."""
    n = CORRECTED.get((name, "", "n_articles"), expected["n_articles"])
    if len(items) != n or not items:
        return [f"{len(items)} articles instead of {n}"]
    faults = []
    for place, item in (("first", items[0]), ("last", items[-1])):
        for field, find in _FIELDS.items() if expected[place] else ():
            wanted = str(CORRECTED.get((name, place, field), expected[place][field]) or "")
            wanted = _AS_KEPT.get(field, str)(wanted)
            found = find(item)
            if field == "body80":
                found = found[: len(" ".join(wanted.split()))]
            if found != " ".join(wanted.split()):
                faults.append(f"{place} article, {field}: {found!r} instead of {wanted!r}")
    return faults


def _day(text: str) -> str:
    found = find_date(text)
    return str(found.value.date()) if found and found.value else ""


def _opening(item: Item) -> str:
    """Return the text as the archive prints it: with the place line that is a zone of its own here."""
    place = [zone.text for zone in item.zones if zone.reason == "place line of the first paragraph"]
    return " ".join(" ".join([*place, item.text_of("body", "subhead")]).split())


_FIELDS: Final[Mapping[str, Callable[[Item], str]]] = {
    "title": lambda item: item.title,
    "outlet": lambda item: item.outlet,
    "date": lambda item: str(item.published.date()) if item.published else "",
    "byline": lambda item: item.byline,
    "body80": _opening,
}
#: What is expected in the form in which the library keeps it.
_AS_KEPT: Final[Mapping[str, Callable[[str], str]]] = {
    "byline": lambda text: re.sub(r"^by ", "", text, flags=re.IGNORECASE),
    "date": _day,
}
