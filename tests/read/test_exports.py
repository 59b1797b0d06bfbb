"""Real exports, where the folder that `ANALYSTKIT_EVAL` names holds them: counts, first and last article of each."""

import json
import os
import re
from pathlib import Path

import pytest

from analystkit.clean.dates import find_date
from analystkit.read import Options, read_source
from analystkit.read.columns import TableOptions
from analystkit.read.sources import Source

#: Formats that are held to it, by the folder that their files lie in.
READY = [
    "europresse_html",
    "factiva_htm_old",
    "factiva_html",
    "factiva_html_tagged",
    "factiva_xml",
    "gdelt_artlist",
    "integrum_xlsx",
    "lexis_docx",
    "lexis_txt",
    "newsplease_json",
    "nexis_html",
    "proquest_eml",
    "proquest_txt",
    "ris",
    "rss",
    "warc",
]
INTEGRUM = "integrum_xlsx/channel1_20050201-20050228_0001-0059_0059.xlsx"
#: Where what is expected is not what the file says: (file, article, field) -> what it says.
CORRECTED = {
    # "1 of 62 DOCUMENTS" and, half way down, "Dokument 234 von 456" with a head of its own; both have an AUTEUR field.
    ("lexis_txt/test3.txt", "", "n_articles"): 2,
    ("lexis_txt/test3.txt", "first", "byline"): "PRUIM, FRED",
    ("lexis_txt/test3.txt", "last", "title"): "Der zweite Überschrift",
    ("lexis_txt/test3.txt", "last", "byline"): "PRUIM, FRED",
    # <div class="author">Sarah Pepin</div>
    ("factiva_html/german-ui.html", "first", "byline"): "Sarah Pepin",
    # <dateTime>2012-05-06T01:07:06Z</dateTime>
    ("factiva_xml/factiva_test.xml", "last", "date"): "2012-05-06",
    # The cell repeats the headline and the day above the text, which are no part of it.
    (INTEGRUM, "first", "body80"): "Некоторые пенсионеры говорят, что раньше могли только мечтать",
    (INTEGRUM, "last", "body80"): "Беспорядки на западном берегу реки Иордан.",
    # "JF  - Lorem", "A1  - Marx, Karl", ...: stated, where nothing was expected.
    ("ris/example_full.ris", "first", "outlet"): "Lorem",
    ("ris/example_full.ris", "first", "byline"): "Marx, Karl; Lindgren, Astrid",
    ("ris/example_full.ris", "last", "outlet"): "Lorem",
    ("ris/example_full.ris", "last", "byline"): "Marxus, Karlus; Lindgren, Astrid",
    # A page that names no site takes the name of its host, as trafilatura has it too.
    ("warc/example.warc.gz", "first", "outlet"): "example.com",
    ("warc/example.warc.gz", "last", "outlet"): "example.com",
}

EVAL = os.environ.get("ANALYSTKIT_EVAL")
EXPECTED = json.loads((Path(EVAL) / "exports/expected.json").read_text("utf-8")) if EVAL else {}
FILES = [name for name in EXPECTED if name.partition("/")[0] in READY]


@pytest.mark.skipif(not EVAL, reason="set ANALYSTKIT_EVAL to the folder that holds exports/expected.json")
@pytest.mark.parametrize("name", FILES or ["no files"])
def test_a_real_export_is_read_as_expected(name):
    items = read(name)
    assert len(items) == CORRECTED.get((name, "", "n_articles"), EXPECTED[name]["n_articles"])
    for place, item in (("first", items[0]), ("last", items[-1])):
        if expected := EXPECTED[name][place]:
            wanted = {field: CORRECTED.get((name, place, field), expected[field]) or "" for field in FIELDS}
            wanted["byline"] = re.sub(r"^by ", "", wanted["byline"], flags=re.IGNORECASE)
            wanted["date"] = day(wanted["date"])
            got = {field: find(item) for field, find in FIELDS.items()}
            got["body80"] = got["body80"][: len(" ".join(wanted["body80"].split()))]
            assert got == {field: " ".join(value.split()) for field, value in wanted.items()}


def read(name):
    data = (Path(EVAL) / "exports" / name).read_bytes()
    return read_source(Source(Path(name).name, "", lambda: data), Options(TableOptions({})), [])


def day(text):
    found = find_date(text)
    return str(found.value.date()) if found and found.value else ""


def opening(item):
    """Return the text as the archive prints it: with the place line that is a zone of its own here."""
    place = [zone.text for zone in item.zones if zone.reason == "place line of the first paragraph"]
    return " ".join(" ".join([*place, item.text_of("body", "subhead")]).split())


FIELDS = {
    "title": lambda item: item.title,
    "outlet": lambda item: item.outlet,
    "date": lambda item: str(item.published.date()) if item.published else "",
    "byline": lambda item: item.byline,
    "body80": opening,
}
