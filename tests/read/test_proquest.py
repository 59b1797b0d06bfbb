import pytest

from analystkit.read import Options, read_source
from analystkit.read.columns import TableOptions
from analystkit.read.items import tables
from analystkit.read.proquest import read_proquest_html, read_proquest_text
from analystkit.read.sources import Source

RULE = "_" * 60
BRIDGE = f"""{RULE}

Document 1 of 3

Bridge to close; ferry to run

https://search.proquest.example/docview/11/se-2

Abstract: None available.

Links: https://resolver.example/openurl?date=2024-05-03

Full text: The old bridge will close in May, the mayor said on Friday.
Note: a ferry will run instead.
CAPTION: The bridge at dusk.

CREDIT: Ann Lee The Canadian Press;

Subject: Bridges; Ferries

Title: Bridge to close; ferry to run

Publication title: The Tern; Pier Town

Publication date: May 3, 2024

Section: News

Language of publication: English

ProQuest document ID: 11

Document URL: https://search.proquest.example/docview/11

Database: Coastal Newsstream

"""
MENDED = """
Document 2 of 3

Harbour opens

Full text: The harbour opened.
--
ann@tern.example

Author: Lee, Ann; Ray, Bo

Publication title: The T ern; Pier Town

Publication date: Jun 2 4, 2024

Place ofpublication: Pier Town

"""
BARE = """
Document 3 of 3

Council meets

Abstract: The council met to talk of fish.

Full text: Not available.

Publication title: The Tern; Pier Town

Publication date: someday

"""
FOOT = "\nContact us at: http://about.proquest.example\nDatabase copyright © 2024 ProQuest LLC.\n"
EXPORT = RULE.join([BRIDGE, MENDED, BARE, FOOT]).replace("\n", "\r\n")

PAGE = """<html><head><title>ProQuest Export</title></head><body><p>Ann Lee sent you the following:</p>
<div><a name="DocID_1"></a><p><b>Bridge to close</b></p>
<p><strong>Author:  </strong>Lee, Ann</p>
<p><strong>Publication info:  </strong>The Tern ; Pier Town [Pier Town]03 May 2024: A.1.</p>
<p><a href="https://x.example">ProQuest document link</a></p>
<p><strong>Full text: </strong><Text><html><head><title></title></head><body><p>The old bridge will close.</p>
<p><strong>Ferry:</strong> it will run.</p></body></html></Text></p>
<p><strong>Publication title: </strong>The Tern; Pier Town</p><p><strong>Publication date: </strong>May 3, 2024</p>
<p><strong>Section: </strong>News</p><p><strong>Database: </strong>Coast</p></div>
<div>ANCHOR<p>Ferry to run</p><p><strong>Full text: </strong>The ferry will run.</p>
<p><strong>Publication date: </strong>May 4, 2024</p><p><strong>Database: </strong>Coast</p></div></body></html>"""
ANCHORED = PAGE.replace("ANCHOR", '<a name="DocID_2"></a>')


def read(reader, text):
    problems = []
    return reader(text, "a.txt", "0" * 64, "", problems), [(p.where, p.severity, p.reason) for p in problems]


def zones(item):
    return [(zone.zone, zone.text) for zone in item.zones]


def test_each_record_is_an_article_and_the_foot_is_none():
    items, _ = read(read_proquest_text, EXPORT)
    assert [(item.title, item.where) for item in items] == [
        ("Bridge to close; ferry to run", "document 1"),
        ("Harbour opens", "document 2"),
        ("Council meets", "document 3"),
    ]


def test_the_fields_of_a_record_are_those_of_the_article():
    item = read(read_proquest_text, EXPORT)[0][0]
    assert item.published.isoformat() == "2024-05-03T00:00:00"
    assert (item.published_origin, item.section, item.language) == ("meta", "News", "en")
    assert (item.outlet, item.url) == ("The Tern; Pier Town", "https://search.proquest.example/docview/11")
    assert (item.byline, item.credit) == ("Ann Lee", "The Canadian Press")


def test_a_label_within_the_text_is_text_and_what_is_no_text_keeps_its_reason():
    item = read(read_proquest_text, EXPORT)[0][0]
    assert item.text_of("body").split("\n") == [
        "The old bridge will close in May, the mayor said on Friday.",
        "Note: a ferry will run instead.",
    ]
    assert ("caption", "CAPTION: The bridge at dusk.") in zones(item)
    assert ("credit", "Credit: Ann Lee The Canadian Press;") in zones(item)
    assert ("furniture", "Subject: Bridges; Ferries") in zones(item)
    assert all(zone.reason for zone in item.zones)


def test_spaces_that_the_mail_put_into_fields_are_mended():
    item = read(read_proquest_text, EXPORT)[0][1]
    assert (item.outlet, item.published.day) == ("The Tern; Pier Town", 24)
    assert item.text_of("body") == "The harbour opened."
    assert item.byline == "Lee, Ann; Ray, Bo"
    assert ("furniture", "ann@tern.example") in zones(item)


def test_a_record_without_its_text_is_kept_and_told():
    items, problems = read(read_proquest_text, EXPORT)
    assert items[2].text_of("body") == ""
    assert items[2].text_of("lead") == "The council met to talk of fish."
    assert problems == [
        ("document 3", "warning", "the article has no text"),
        ("document 3", "warning", "'someday' cannot be read as a date"),
    ]


def test_an_export_without_records_is_a_problem():
    assert read(read_proquest_text, f"{RULE}\n\nDocument 1 of 5\n\nwords\n") == (
        [],
        [("", "error", "a ProQuest export without records")],
    )


def test_the_page_of_an_export_gives_the_same_fields():
    (bridge, ferry), problems = read(read_proquest_html, ANCHORED)
    assert (bridge.title, bridge.byline, bridge.outlet) == ("Bridge to close", "Lee, Ann", "The Tern")
    assert bridge.text_of("body") == "The old bridge will close.\nFerry: it will run."
    assert (bridge.published.day, bridge.section, ferry.published.day) == (3, "News", 4)
    assert ferry.text_of("body") == "The ferry will run."
    assert problems == []
    assert not any("sent you" in zone.text for item in (bridge, ferry) for zone in item.zones)


def test_without_anchors_a_record_ends_with_its_last_field():
    anchorless = PAGE.replace('<a name="DocID_1"></a>', "").replace("ANCHOR", "")
    items, _ = read(read_proquest_html, anchorless)
    assert [item.text_of("body").split("\n")[0] for item in items] == [
        "The old bridge will close.",
        "The ferry will run.",
    ]
    assert items[1].title == "Ferry to run"


def test_the_tables_of_an_export_hold_together():
    items, _ = read(read_proquest_text, EXPORT)
    articles, lines, _ = tables(items, [])
    assert articles["n_words"].tolist() == [12 + 6, 3, 0]
    assert set(lines["article_id"]) == set(articles["article_id"])


LABELS = {
    "de": ("Dokument 1 von 1", "Volltext", "Autor", "Titel der Publikation", "Publikationsdatum", "3. Mai 2024"),
    "fr": ("Document 1 sur 1", "Texte intégral ", "Auteur", "Titre de la publication", "Date de publication", "3 mai 2024"),
    "es": ("Documento 1 de 1", "Texto completo", "Autor", "Título de publicación", "Fecha de publicación", "3 mayo 2024"),
    "pt": ("Documento 1 de 1", "Texto completo", "Autor", "Título da publicação", "Data de publicação", "3 maio 2024"),
    "it": ("Documento 1 di 1", "Testo completo", "Autore", "Titolo pubblicazione", "Data di pubblicazione", "3 maggio 2024"),
}  # fmt: skip


@pytest.mark.parametrize("language", LABELS)
def test_labels_may_be_those_of_another_language(language):
    counter, full, author, outlet, date, day = LABELS[language]
    text = (
        f"{RULE}\n\n{counter}\n\nPont\n\n{full}: Le pont ferme.\n\nSubject: reste.\n\n{author}: Lee, Ann\n\n{outlet}: "
        f"The Tern\n\n{date}: {day}\n\n{RULE}\n"
    )
    problems = []
    (item,) = read_source(Source("x.txt", "", text.encode), Options(TableOptions({})), problems)
    assert (item.title, item.byline, item.outlet, item.format) == ("Pont", "Lee, Ann", "The Tern", "proquest")
    assert item.published.isoformat() == "2024-05-03T00:00:00"
    assert item.text_of("body") == "Le pont ferme."
    assert problems == []


def test_a_word_that_is_a_label_in_another_language_is_text():
    text = f"{RULE}\n\nBridge\n\nFull text: It closed.\n\nThema: the mayor said.\n\nPublication title: The Tern\n\n{RULE}"
    (item,) = read_proquest_text(text, "x.txt", "", "", [])
    assert item.text_of("body") == "It closed.\nThema: the mayor said."
