import re
from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analystkit.read import Options, read_source
from analystkit.read.columns import TableOptions
from analystkit.read.lexis import label_kind
from analystkit.read.markup import fragment_lines
from analystkit.read.sources import Source

BODY = """The council voted on Monday to mend the old bridge before winter comes, as the
mayor had said it would.

Work will begin in August:
- the piers first
- then the deck, which is to be laid in one week by a crew that comes from the
other side of the bay

UPDATE: The crew came a week late."""


def document(counter="1 of 2 DOCUMENTS", title="Council votes to mend the old bridge", body=BODY, **labels):
    """Return one article in the layout of a download saved as text."""
    name = {"by": "BYLINE", "section": "SECTION", "length": "LENGTH", "loaded": "LOAD-DATE", "language": "LANGUAGE",
            "type": "PUBLICATION-TYPE", "picture": "GRAPHIC", "words": "79 words", "tongue": "ENGLISH", "text": "",
            "day": "March 12, 2024 Tuesday 9:05 PM GMT"} | labels  # fmt: skip
    opening = f"{name['text']}:\n\n" if name["text"] else ""
    return f"""
                               {counter}


                            The Pier Gazette (Oslo)

                      {name["day"]}
                                Final Edition

{title}

{name["by"]}: Ann Lee; Bo Berg

{name["section"]}: HOME NEWS; Pg. 4

{name["length"]}: {name["words"]}

{opening}{body}

{name["loaded"]}: March 13, 2024

{name["language"]}: {name["tongue"]}

{name["picture"]}: The bridge at dusk.

A second picture shows the piers.

{name["type"]}: Newspaper


                       Copyright 2024 Pier Press
                              All Rights Reserved
"""


COVER = """


Download Request: Selected Items: 1-2
Time Of Request: Friday, March 15, 2024  11:16:19

Terms: (bridge and not
(TYPE(web)))

"""
FILE = (
    COVER
    + document()
    + document("2 of 2 DOCUMENTS", title="A second headline so long that it is wrapped by\nthe archive")
)


def read(data, path="download.txt"):
    problems = []
    payload = data.encode() if isinstance(data, str) else data
    items = read_source(Source(path, "", lambda: payload), Options(TableOptions({})), problems)
    return items, [(p.where, p.severity, p.reason) for p in problems]


def zones(item, *names):
    return [zone.text for zone in item.zones if zone.zone in names]


@pytest.mark.parametrize("text", [FILE, FILE.replace("\n", "\r\n"), "\ufeff" + FILE])
@pytest.mark.parametrize("path", ["download.txt", "download.doc", "download"])
def test_each_document_is_an_article_with_its_fields(text, path):
    (first, second), problems = read(text, path)
    assert problems == []
    assert (first.title, first.outlet, first.byline) == (
        "Council votes to mend the old bridge",
        "The Pier Gazette (Oslo)",
        "Ann Lee; Bo Berg",
    )
    assert (first.published, first.published_origin) == (datetime(2024, 3, 12, 21, 5), "meta")
    assert (first.section, first.language, first.where) == ("HOME NEWS; Pg. 4", "en", "document 1")
    assert second.title == "A second headline so long that it is wrapped by the archive"


def test_wrapped_lines_are_joined_and_meant_ones_kept():
    first, _ = read(FILE)[0]
    assert zones(first, "body") == [
        "The council voted on Monday to mend the old bridge before winter comes, as the mayor had said it would.",
        "Work will begin in August:",
        "- the piers first",
        "- then the deck, which is to be laid in one week by a crew that comes from the other side of the bay",
        "UPDATE: The crew came a week late.",
    ]


def test_what_is_not_the_article_is_kept_with_a_reason():
    first, second = read(FILE)[0]
    assert zones(first, "caption") == ["The bridge at dusk.", "A second picture shows the piers."]
    furniture = {zone.text: zone.reason for zone in first.zones if zone.zone == "furniture"}
    assert furniture["Time Of Request: Friday, March 15, 2024 11:16:19"] == "cover of the export"
    assert furniture["1 of 2 DOCUMENTS"] == "number of the article in the export"
    assert furniture["79 words"] == "field LENGTH of the export"
    assert furniture["March 13, 2024"] == "field LOAD-DATE of the export"
    assert furniture["Copyright 2024 Pier Press"] == "notice of copyright"
    assert "cover of the export" not in {zone.reason for zone in second.zones}


@pytest.mark.parametrize(
    ("counter", "labels", "language"),
    [
        ("Dokument 1 von 2", {"by": "AUTOR", "section": "RUBRIK", "length": "LÄNGE", "loaded": "UPDATE", "picture": "GRAFIK",
         "language": "SPRACHE", "tongue": "GERMAN; DEUTSCH", "day": "12. März 2024 Dienstag 9:05 PM GMT+1"}, "de"),
        ("1 van 2 DOCUMENTEN", {"by": "AUTEUR", "section": "RUBRIEK", "length": "LENGTE", "text": "TEKST", "type":
         "PUB-TYPE", "language": "TAAL", "tongue": "Dutch / Nederlands",
         "day": "12 maart 2024 dinsdag 9:05 PM"}, "nl"),
        ("Document 1 de 2", {"by": "AUTEUR", "section": "RUBRIQUE", "length": "LONGUEUR", "picture": "GRAPHIQUE", "language":
         "LANGUE", "loaded": "DATE-CHARGEMENT", "tongue": "FRENCH; FRANÇAIS", "day": "12 mars 2024 mardi 9:05 PM"}, "fr"),
        ("1 de 2 DOCUMENTOS", {"by": "AUTOR", "section": "SECCIÓN", "length": "LONGITUD", "picture": "GRÁFICO", "language":
         "IDIOMA", "loaded": "FECHA DE CARGA", "tongue": "ESPAÑOL", "day": "12 de marzo de 2024 martes 9:05 PM"}, "es"),
    ],
)  # fmt: skip
def test_labels_are_known_in_the_language_of_the_user(counter, labels, language):
    (item,), problems = read(document(counter, **labels))
    plain, _ = read(FILE)[0]
    assert problems == []
    assert (item.title, item.byline, item.section, item.published, item.language) == (
        plain.title, plain.byline, plain.section, plain.published, language
    )  # fmt: skip
    assert zones(item, "body", "caption") == zones(plain, "body", "caption")


def test_a_title_may_have_a_label_and_come_late():
    text = (
        document()
        .replace("Council votes to mend the old bridge\n", "")
        .replace("LENGTH: 79 words", "LENGTH: 79 words\n\nKOP: Bridge")
    )
    (item,), _ = read(text)
    assert item.title == "Bridge"
    assert zones(item, "body") == zones(read(FILE)[0][0], "body")


def test_a_title_may_look_like_a_label():
    (item,), _ = read(document(title="UPDATE: Council votes"))
    assert item.title == "UPDATE: Council votes"


def test_an_interview_is_not_taken_for_fields():
    (item,), _ = read(document(body="TERN: Will you stay?\n\nLEE: I will stay.\n\nTERN: For long?"))
    assert zones(item, "body") == ["TERN: Will you stay?", "LEE: I will stay.", "TERN: For long?"]


def test_an_article_without_text_is_kept_and_reported():
    (item,), problems = read(document(body=""))
    assert item.title == "Council votes to mend the old bridge"
    assert problems == [("document 1", "warning", "the article has no text")]


def test_documents_that_are_not_in_the_file_are_reported():
    items, problems = read(document("1 of 9 DOCUMENTS") + document("5 of 9 DOCUMENTS"))
    assert len(items) == 2
    assert problems == [("document 2", "warning", "of 9 documents, 2 to 4 are not in the file")]


def test_a_damaged_document_leaves_the_others():
    items, problems = read(
        document("1 of 3 DOCUMENTS") + "\n  2 of 3 DOCUMENTS\n\n" + document("3 of 3 DOCUMENTS")
    )
    assert [item.where for item in items] == ["document 1", "document 3"]
    assert problems == [("document 2", "error", "neither a title nor a text was found")]


def test_a_date_that_cannot_be_read_leaves_the_article_undated():
    (item,), problems = read(document(day="March 32, 2024"))
    assert item.published is None
    assert problems == [("document 1", "warning", "March 32, 2024 is no day of the calendar")]


STYLE = """<HTML><HEAD><STYLE TYPE="text/css"><!--
.c0 { text-align: center; }
.c1 { text-align: left; margin-top: 1em; }
.c2 { font-size: 10pt; font-weight: normal; }
.c3 { font-size: 10pt; font-style: normal; font-weight: bold; color: #000000; }
.c4 { font-size: 14pt; font-weight: bold; }
--></STYLE><TITLE>&nbsp;</TITLE></HEAD><BODY>
<DIV CLASS="c0"><P CLASS="c0"><SPAN CLASS="c2">Download Request: Selected Items: 1-2</SPAN></P></DIV>"""
PAGE = """<A NAME="DOC_ID_0_{n}"></A><!-- Hide XML section from browser
<DOC NUMBER={n}>
<DOCFULL> -->
<BR><DIV CLASS="c0"><P CLASS="c0"><SPAN CLASS="c2">{n} of 2 DOCUMENTS</SPAN></P>
</DIV>
<BR><DIV CLASS="c0"><BR><P CLASS="c0"><IMG SRC="logo" ALT="logo"><BR><SPAN CLASS="c2">Die M&ouml;we</SPAN></P></DIV>
<BR><DIV CLASS="c0"><P CLASS="c0"><SPAN CLASS="c3">M&auml;rz</SPAN>
<SPAN CLASS="c2"> 12, 2024 Dienstag<BR>Late Edition</SPAN></P></DIV>
<BR><DIV CLASS="c1"><P CLASS="c1"><SPAN CLASS="c4">The bridge;<BR>What comes next</SPAN></P></DIV>
<BR><DIV CLASS="c1"><P CLASS="c1"><SPAN CLASS="c3">AUTOR: </SPAN><SPAN CLASS="c2">Von Ann Lee</SPAN></P></DIV>
<BR><DIV CLASS="c1"><P CLASS="c1"><SPAN CLASS="c3">L&Auml;NGE: </SPAN><SPAN CLASS="c2">31 W&ouml;rter</SPAN></P></DIV>
<BR><DIV CLASS="c1"><BR><P CLASS="c1"><SPAN CLASS="c3">HIGHLIGHT:</SPAN><SPAN CLASS="c2">&nbsp;The council votes.</SPAN></P>
<P CLASS="c1"><SPAN CLASS="c2">The mayor is glad.</SPAN></P></DIV>
<BR><DIV CLASS="c1"><P CLASS="c1"><SPAN CLASS="c2">The council voted for the </SPAN><SPAN CLASS="c3">bridge</SPAN>
<SPAN CLASS="c2"> on Monday.<BR>&nbsp;<BR>It was late.</SPAN></P>
<P CLASS="c1"></P>
<P CLASS="c1"><SPAN CLASS="c3">What it costs</SPAN></P>
<P CLASS="c1"><SPAN CLASS="c3">TERN:</SPAN><SPAN CLASS="c2"> What does it cost? Lots.</SPAN></P>
</DIV>
<BR><DIV CLASS="c1"><P CLASS="c1"><SPAN CLASS="c3">UPDATE: </SPAN><SPAN CLASS="c2">13. M&auml;rz 2024</SPAN></P></DIV>
<BR><DIV CLASS="c1"><P CLASS="c1"><SPAN CLASS="c3"> CORRECTION:<BR></SPAN></P>
<P CLASS="c1"><SPAN CLASS="c2">It was not late.</SPAN></P></DIV>
<BR><DIV CLASS="c1"><P CLASS="c1"><SPAN CLASS="c3">SPRACHE: </SPAN><SPAN CLASS="c2">GERMAN; DEUTSCH</SPAN></P></DIV>
<BR><DIV CLASS="c0"><P CLASS="c0"><SPAN CLASS="c2">Copyright 2024 M&ouml;we GmbH<BR>Alle Rechte vorbehalten</SPAN></P></DIV>
<!-- Hide XML section from browser
</DOCFULL>
</DOC> -->
<DIV CLASS="c0"/>"""
HTML = STYLE + PAGE.format(n=1) + PAGE.format(n=2) + "</BODY></HTML>"


def test_the_style_sheet_of_a_page_tells_its_fields_apart():
    (first, second), problems = read(HTML, "download.html")
    assert problems == []
    assert (first.title, first.outlet, first.byline, first.language) == (
        "The bridge; What comes next",
        "Die Möwe",
        "Ann Lee",
        "de",
    )
    assert first.published == datetime(2024, 3, 12)
    assert zones(first, "lead") == ["The council votes.", "The mayor is glad."]
    assert zones(first, "body") == [
        "The council voted for the bridge on Monday.",
        "It was late.",
        "TERN: What does it cost? Lots.",
    ]
    assert zones(first, "subhead") == ["What it costs"]
    assert "It was not late." in zones(first, "furniture")
    assert first.text_of("body", "subhead") == second.text_of("body", "subhead")


STRAY = [HTML.replace('<P CLASS="c1"></P>', "stray"), HTML.replace("</BODY>", "stray")]


@pytest.mark.parametrize("text", [FILE, HTML, *STRAY])
def test_no_word_of_a_download_is_lost(text):
    items, _ = read(text)
    shown = " ".join(fragment_lines(text)) if text.startswith("<") else text
    kept = " ".join(f"{zone.text} {zone.reason}" for item in items for zone in item.zones)
    assert set(re.findall(r"\w+", shown)) <= set(re.findall(r"\w+", kept))


def test_a_page_that_quotes_a_counter_is_a_page():
    page = "The clerk read it.\n\nShe had seen 3 of 9 DOCUMENTS by then, and she went home to sleep on it for a while."
    (item,), _ = read(page)
    assert item.format == "text"


def test_labels_are_known_whatever_their_case():
    assert [label_kind(label) for label in ("Load-Date", "LÄNGE", "Rubrik:", "TERN", "")] == [
        "loaded",
        "length",
        "section",
        "",
        "",
    ]


def mutations(whole):
    """Yield the file cut off, with a piece taken out, or with bytes of some kind put in."""
    place = st.integers(0, len(whole))
    return st.builds(
        lambda a, b, middle: whole[: min(a, b)] + middle + whole[max(a, b) :],
        place, place, st.sampled_from([b"", b"\xff\x00", b"\n\n", b"<DIV>", b"3 of 2 DOCUMENTS", b"</P>", b"&#1;<BR>\x01"]),
    )  # fmt: skip


@settings(max_examples=100, deadline=None)
@given(st.one_of(mutations(FILE.encode()), mutations(HTML.encode())))
def test_whatever_is_damaged_ends_as_articles_or_problems(data):
    items, problems = read(data)
    assert items or problems
    assert not any("Error" in reason for _, _, reason in problems)
    assert all(zone.text == zone.text.strip() != "" for item in items for zone in item.zones)
