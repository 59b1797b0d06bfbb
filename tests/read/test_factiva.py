import re
from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analystkit.read import Options, read_source
from analystkit.read.columns import TableOptions
from analystkit.read.markup import fragment_lines
from analystkit.read.sources import Source

TOP = """<!DOCTYPE html><html><head><title>Factiva</title><style>.article{margin:0}</style></head><body>
<div id="navcontainer"><h1>Dow Jones Factiva</h1></div><form><div id="contentLeft"><span></span>"""
END = """<table id="searchPreview"><tr><td>Search Summary</td></tr>
<tr><td>Text</td><td>bridge*</td></tr></table></div></form>
<span class="copyright">&copy; 2024 Factiva, Inc. All rights reserved.</span></body></html>"""
NEW = """<div id="article-PIER0001" class="article"><div class="article deArticle"><p>
</p><div>Home; 4</div>
<div id="hd"><span class="deHeadline">Council votes to mend
the bridge  </span>
</div><div class="author">Von Ann Lee&amp;softReturn;und Bo Berg  </div><div>Special to the Gazette</div>
<div>1,025 W&ouml;rter</div><div>12 M&auml;rz 2024</div><div>21:05</div>
<div>Die M&ouml;we</div><div>FT</div><div>Late Edition - Final</div>
<div>4</div><div>Deutsch</div><div>Copyright 2024 Pier Press. All Rights Reserved.</div>
<p></p>
<p class="articleParagraph dearticleParagraph">OSLO (Tern) -- The council voted
on Monday for the <b>bridge</b>[http://pier.example/bridge]after
all [http://pier.example/vote].</p>
<p class="articleParagraph dearticleParagraph">It was late.<br>All went home.</p>
<p class="articleParagraph dearticleParagraph">Photo: The bridge at dusk.</p>
<p>The deck as seen from the far side of the bay.</p>
<p>Pier Press AG</p><p>Document PIER0001</p></div></div><br><span></span>"""
OLD = NEW.replace('<div id="article-PIER0001" class="article">', "").replace(
    "</p></div></div><br>", "</p></div><br>"
)
CODED = """<div class="article frArticle"><table><tr><td class="index"><b>SE</b>&nbsp;</td><td>Home</td></tr>
<tr><td class="index"><b>HD</b></td><td><b class="frHeadline">Council votes to mend the bridge</b>
</td></tr><tr><td><b>BY</b></td><td>Par Ann Lee</td></tr><tr><td><b>WC</b></td><td>25 mots</td></tr>
<tr><td><b>PD</b></td><td>12 mars 2024</td></tr><tr><td><b>ET</b></td><td>21:05</td></tr>
<tr><td><b>SN</b></td><td>La Mouette</td></tr>
<tr><td><b>LA</b></td><td>Fran&ccedil;ais</td></tr><tr><td><b>CY</b></td><td>(c) Pier Press</td></tr>
<tr><td><p><b>LP</b></p></td><td><p class="articleParagraph">The council voted on Monday.</p>
<p class="articleParagraph">It was late.</p></td></tr>
<tr><td><p><b>TD</b></p></td><td><p class="articleParagraph">All went home.</p><pre>North  1
South  2</pre></td></tr>
<tr><td><b>ART</b></td><td>The bridge at dusk.</td></tr>
<tr><td><b>NS</b></td><td>gcat : General News</td></tr></table></div>"""
XML = """<?xml version="1.0" encoding="utf-8"?>
<PPSResponse><ppsArticleResponse xmlns="http://global.factiva.com/pps/2.0">
<ppsarticleResultSet>
{}</ppsarticleResultSet>
</ppsArticleResponse></PPSResponse>"""
MEMBER = """<ppsarticle><article><baseLanguage>EN</baseLanguage><copyright>(c) 2024 Pier Press</copyright>
<headline><paragraph lang="EN">
  <hlt>Council</hlt> votes {}</paragraph></headline><byline>By Ann Lee</byline>
<leadParagraph><paragraph>OSLO (Tern) -- The council <hlt>voted</hlt> on Monday.</paragraph></leadParagraph>
<publicationDate><dateTime>2024-03-12T21:05:00Z</dateTime></publicationDate><publisherName>Pier Press</publisherName>
<sectionName>Home</sectionName><sourceName>The Pier Gazette</sourceName>
<tailParagraphs><paragraph>It was late.</paragraph><paragraph>All went home.</paragraph></tailParagraphs>
<wordCount>25</wordCount></article></ppsarticle>"""


def read(data, path="download.html"):
    problems = []
    payload = data.encode() if isinstance(data, str) else data
    items = read_source(Source(path, "", lambda: payload), Options(TableOptions({})), problems)
    return items, [(p.where, p.severity, p.reason) for p in problems]


def zones(item, *names):
    return [zone.text for zone in item.zones if zone.zone in names]


@pytest.mark.parametrize("article", [NEW, OLD])
@pytest.mark.parametrize("path", ["download.html", "download.htm", "download.doc"])
def test_the_head_of_an_article_is_read_by_its_order(article, path):
    (first, second), problems = read(TOP + article + article + END, path)
    assert problems == []
    assert (first.title, first.outlet, first.section) == (
        "Council votes to mend the bridge",
        "Die Möwe",
        "Home; 4",
    )
    assert (first.byline, first.credit, first.language) == ("Ann Lee und Bo Berg", "Tern", "de")
    assert (first.published, first.published_origin) == (datetime(2024, 3, 12, 21, 5), "meta")
    assert (first.where, second.where) == ("article 1", "article 2")


@pytest.mark.parametrize("article", [NEW, OLD])
def test_what_is_not_the_article_is_kept_with_a_reason(article):
    (first, second), _ = read(TOP + article + article + END)
    assert zones(first, "body") == [
        "The council voted on Monday for the bridge after all.",
        "It was late.",
        "All went home.",
    ]
    assert zones(first, "caption") == [
        "Photo: The bridge at dusk.",
        "The deck as seen from the far side of the bay.",
    ]
    reasons = {zone.text: zone.reason for zone in second.zones if zone.zone == "furniture"}
    assert reasons["http://pier.example/bridge"] == "address of a link in the text"
    assert reasons["1,025 Wörter"] == reasons["Special to the Gazette"] == reasons["FT"] == "line of the head"
    assert reasons["Copyright 2024 Pier Press. All Rights Reserved."] == "line of the head"
    assert reasons["Document PIER0001"] == "line below the article"
    assert reasons["Search Summary"] == reasons["Text bridge*"] == "line of the page"


def test_a_byline_need_not_be_marked():
    (item,), _ = read(TOP + NEW.replace(' class="author"', "") + END)
    assert item.byline == "Ann Lee und Bo Berg"


def test_codes_tell_the_fields():
    (item, _), problems = read(TOP + CODED + CODED + END)
    assert problems == []
    assert (item.title, item.outlet, item.section) == (
        "Council votes to mend the bridge",
        "La Mouette",
        "Home",
    )
    assert (item.byline, item.language, item.published) == ("Ann Lee", "fr", datetime(2024, 3, 12, 21, 5))
    assert zones(item, "body") == [
        "The council voted on Monday.",
        "It was late.",
        "All went home.",
        "North  1",
        "South  2",
    ]
    assert zones(item, "caption") == ["The bridge at dusk."]
    assert {"25 mots", "(c) Pier Press", "gcat : General News"} <= set(zones(item, "furniture"))


def test_the_elements_of_an_xml_file_tell_the_fields():
    (item, second), problems = read(
        XML.format(MEMBER.format("once") + MEMBER.format("twice")), "download.xml"
    )
    assert problems == []
    assert (item.title, second.title, item.outlet) == (
        "Council votes once",
        "Council votes twice",
        "The Pier Gazette",
    )
    assert (item.byline, item.section, item.language, item.credit) == ("Ann Lee", "Home", "en", "Tern")
    assert item.published == datetime(2024, 3, 12, 21, 5)
    assert zones(item, "body") == ["The council voted on Monday.", "It was late.", "All went home."]


def test_a_broken_xml_file_gives_what_can_be_read():
    text = XML.format(MEMBER.format("once") + MEMBER.format("twice"))
    items, [(where, severity, reason)] = read(text[: text.rindex("<tailParagraphs>")])
    assert [item.title for item in items] == ["Council votes once", "Council votes twice"]
    assert (where.partition(" ")[0], severity) == ("line", "warning")
    assert reason.startswith("broken XML (")


def test_an_entity_of_an_xml_file_is_not_resolved(tmp_path):
    (tmp_path / "secret").write_text("a secret")
    entity = f'<!DOCTYPE PPSResponse [<!ENTITY x SYSTEM "file://{tmp_path}/secret">]>'
    text = XML.format(MEMBER.format("&x;")).replace("<PPSResponse>", entity + "<PPSResponse>")
    items, _ = read(text)
    assert "a secret" not in "".join(zone.text for item in items for zone in item.zones)


STRAY = [TOP + NEW + "<p>stray</p>" + OLD + END, TOP + CODED.replace("</div>", "stray</div>") + END]


@pytest.mark.parametrize("text", STRAY)
def test_no_word_of_a_page_is_lost(text):
    items, _ = read(text)
    shown = " ".join(fragment_lines(text.replace("&amp;softReturn;", " ")))
    kept = " ".join(f"{zone.text} {zone.reason}" for item in items for zone in item.zones)
    # The text of an article is one; that its second field is called TD is not kept.
    assert set(re.findall(r"\w+", shown)) - set(re.findall(r"\w+", kept)) <= {"TD"}


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (
            TOP + "<p>1. Council votes to mend the bridge</p>" + END,
            "the page lists articles and holds none of them in full",
        ),
        (XML.format(""), "an XML export without articles"),
    ],
)
def test_a_list_makes_no_article(text, reason):
    assert read(text) == ([], [("", "error", reason)])


def test_an_article_that_cannot_be_read_leaves_the_others():
    empty = '<div class="article deArticle"><p></p></div>'
    items, problems = read(TOP + OLD + empty + OLD + END)
    assert [item.where for item in items] == ["article 1", "article 3"]
    assert problems == [("article 2", "error", "neither a title nor a text was found")]


FILES = [
    (TOP + NEW + OLD + CODED + END).encode(),
    XML.format(MEMBER.format("once") + MEMBER.format("twice")).encode(),
]
PIECES = st.sampled_from(
    [
        b"",
        b"\xff\x00",
        b"<div>",
        b"</div></p>",
        b'<div class="article">',
        b"<table><tr><td>",
        b"<article>",
        b"&x;",
    ]
)


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(FILES), st.floats(0, 1), st.floats(0, 1), PIECES)
def test_whatever_is_damaged_ends_as_articles_or_problems(whole, a, b, middle):
    start, end = sorted((int(a * len(whole)), int(b * len(whole))))
    items, problems = read(whole[:start] + middle + whole[end:])
    assert items or problems
    assert not any("Error" in reason for _, _, reason in problems)
    assert all(zone.text == zone.text.strip() != "" for item in items for zone in item.zones)
