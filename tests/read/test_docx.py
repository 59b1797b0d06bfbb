import io
import sys
import zipfile
from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analystkit.read import Options, read_source
from analystkit.read import docx as reader
from analystkit.read.columns import TableOptions
from analystkit.read.sources import Source
from benchmarks.samples import word_file

docx = pytest.importorskip("docx")


def read(data, path="file.docx"):
    problems = []
    items = read_source(Source(path, "", lambda: data), Options(TableOptions({})), problems)
    return items, problems


def told(problems):
    return [(p.where, p.severity, p.reason) for p in problems]


def zones(item, *names):
    return [zone.text for zone in item.zones if zone.zone in names]


def saved(document):
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def add_article(
    document,
    title="Council votes to mend the bridge",
    *,
    end=True,
    labels="Section|Length|Byline|Body|Load-Date",
):
    """Add one article in the layout of a Nexis Uni download."""
    section, length, byline, body, loaded = labels.split("|")

    def field(label, text):
        paragraph = document.add_paragraph()
        paragraph.add_run(f"{label}:").bold = True
        paragraph.add_run(f"\xa0{text}")

    document.add_section()
    document.add_paragraph()
    for line in (title, "The Pier Gazette (Oslo)", "March 12, 2024 Tuesday 9:05 AM GMT", ""):
        document.add_paragraph(line)
    document.add_paragraph("\nCopyright 2024 Pier Press All Rights Reserved")
    field(section, "HOME NEWS; Pg. 4")
    field(length, "25 words")
    field(byline, "BY ANN LEE")
    field("Highlight", "The deck is next.")
    document.add_paragraph().add_run(body).bold = True
    document.add_paragraph()
    document.add_paragraph("OSLO (Tern) -- The council voted on Monday to mend the bridge.")
    document.add_paragraph().add_run("What it costs").bold = True
    document.add_paragraph("Length: nobody could say. The end of document 3 was near.")
    document.add_paragraph().add_run("Graphic").bold = True
    document.add_paragraph("The bridge at dusk.")
    document.add_paragraph().add_run("Classification").bold = True
    field("Language", "ENGLISH")
    field("Subject", "BRIDGES (93%); COUNCILS (90%)")
    field(loaded, "March 13, 2024")
    if end:
        document.add_paragraph().add_run("\nEnd of Document").bold = True


def download(listed=2, *, end=True):
    document = docx.Document()
    for line in (
        "User Name: A Reader",
        "Date and Time: Friday, March 15, 2024 7:08:00 PM",
        f"Documents ({listed})",
    ):
        document.add_paragraph().add_run(line).bold = True
    for number in (1, 2):
        document.add_paragraph(f"{number}. Council votes to mend the bridge")
        document.add_paragraph("Client/Matter: -None-")
        table = document.add_table(1, 2)
        table.cell(0, 0).text, table.cell(0, 1).text = "News", "Sources: The Pier Gazette"
    add_article(document)
    add_article(document, "A second headline", end=end)
    return document


@pytest.mark.parametrize("path", ["file.docx", "file.txt", "file.zip.bak"])
def test_each_document_of_a_download_is_an_article_with_its_fields(path):
    (first, second), problems = read(saved(download()), path)
    assert problems == []
    assert (first.title, first.outlet, first.byline, first.credit) == (
        "Council votes to mend the bridge", "The Pier Gazette (Oslo)", "ANN LEE", "Tern"
    )  # fmt: skip
    assert (first.section, first.language, first.format) == ("HOME NEWS; Pg. 4", "en", "lexis_docx")
    assert (first.published, first.published_origin) == (datetime(2024, 3, 12, 9, 5), "meta")
    assert (second.title, second.where) == ("A second headline", "document 2")


def test_what_is_not_the_article_is_kept_with_a_reason():
    (first, second), _ = read(saved(download()))
    assert zones(first, "body") == [
        "The council voted on Monday to mend the bridge.",
        "Length: nobody could say. The end of document 3 was near.",
    ]
    assert zones(first, "subhead") == ["What it costs"]
    assert zones(first, "lead") == ["The deck is next."]
    assert zones(first, "caption") == ["The bridge at dusk."]
    reasons = {zone.text: zone.reason for zone in first.zones if zone.zone == "furniture"}
    assert reasons["Sources: The Pier Gazette"] == "cover of the export"
    assert reasons["2. Council votes to mend the bridge"] == "cover of the export"
    assert reasons["25 words"] == "field LENGTH of the export"
    assert reasons["March 13, 2024"] == "field LOAD-DATE of the export"
    assert reasons["Copyright 2024 Pier Press All Rights Reserved"] == "notice of copyright"
    assert reasons["End of Document"] == "end of the article in the export"
    assert "cover of the export" not in {zone.reason for zone in second.zones}


def test_labels_are_known_in_the_language_of_the_user():
    document = docx.Document()
    add_article(document, labels="Rubrik|Länge|Autor|Hauptteil|Update")
    (item,), problems = read(saved(document))
    assert problems == []
    assert (item.section, item.byline, len(zones(item, "body"))) == ("HOME NEWS; Pg. 4", "ANN LEE", 2)


def test_an_article_that_is_cut_off_is_kept_and_reported():
    items, problems = read(saved(download(end=False)))
    assert [item.title for item in items] == ["Council votes to mend the bridge", "A second headline"]
    assert told(problems) == [("document 2", "warning", "the file ends before the article does")]


def test_a_cover_that_lists_more_than_the_file_holds_is_reported():
    items, problems = read(saved(download(listed=3)))
    assert len(items) == 2
    assert told(problems) == [("", "warning", "its cover lists 3 documents, the file holds 2")]


def test_a_document_without_labels_is_an_article_too():
    document = docx.Document()
    for line in (
        "A headline",
        "The Pier Gazette",
        "March 12, 2024",
        "The council voted.",
        "It was late.",
        "End of Document",
    ):
        document.add_paragraph(line)
    (item,), problems = read(saved(document))
    assert problems == []
    assert (item.title, item.outlet, item.published) == (
        "A headline",
        "The Pier Gazette",
        datetime(2024, 3, 12),
    )
    assert zones(item, "body") == ["The council voted.", "It was late."]


def test_a_list_of_what_was_found_makes_no_article():
    document = docx.Document()
    document.add_paragraph().add_run("Documents (1)").bold = True
    document.add_paragraph(
        "1. Council votes to mend the old bridge before winter comes, the mayor said on Monday."
    )
    items, problems = read(saved(document))
    assert (items, told(problems)) == ([], [("", "error", "an export without articles")])


def test_lines_above_a_later_article_are_kept():
    document = docx.Document()
    add_article(document)
    document.add_paragraph("Folder: bridges")
    add_article(document, "A second headline")
    (_, second), _ = read(saved(document))
    assert {zone.text: zone.reason for zone in second.zones}["Folder: bridges"] == "line above the article"
    assert second.title == "A second headline"


def test_lines_below_the_last_article_are_kept():
    document = download()
    document.add_paragraph("Printed for A Reader")
    (_, last), problems = read(saved(document))
    assert problems == []
    assert last.zones[-1].text == "Printed for A Reader"
    assert last.zones[-1].reason == "line below the articles"


def test_an_export_without_articles_is_reported():
    document = docx.Document()
    document.add_paragraph("End of Document")
    items, problems = read(saved(document))
    assert (items, told(problems)) == ([], [("", "error", "an export without articles")])


PARAGRAPHS = (
    "The council voted on Monday to mend the old bridge before winter comes, the mayor said.",
    "Work will begin in August and take about ten weeks, according to the plan.",
)


def test_any_other_word_file_is_one_article():
    document = docx.Document()
    document.add_heading("Council votes on bridge", 0)
    document.add_paragraph("By Ann Lee")
    document.add_paragraph("12 March 2024")
    document.add_paragraph(PARAGRAPHS[0])
    document.add_heading("What comes next", 2)
    table = document.add_table(1, 1)
    table.cell(0, 0).text = PARAGRAPHS[1]
    (item,), problems = read(saved(document))
    assert (item.title, item.byline, item.published, item.format) == (
        "Council votes on bridge", "Ann Lee", datetime(2024, 3, 12), "docx"
    )  # fmt: skip
    assert (zones(item, "body"), zones(item, "subhead")) == (list(PARAGRAPHS), ["What comes next"])
    assert [p.severity for p in problems if p.severity == "error"] == []


def test_a_word_file_without_text_is_reported():
    items, problems = read(saved(docx.Document()))
    assert (items, told(problems)) == ([], [("", "error", "a Word file without text")])


def test_words_taken_out_and_text_boxes_for_older_programs_are_not_read():
    document = docx.Document()
    words = "<w:r><w:t>{}</w:t></w:r>"
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    xml = f"<w:p {space}><w:del><w:r><w:delText>gone </w:delText></w:r></w:del><w:ins>{words.format('kept')}</w:ins></w:p>"
    old = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    box = f'<mc:Fallback xmlns:mc="{old}" {space}><w:p>{words.format("again")}</w:p></mc:Fallback>'
    from docx.oxml import parse_xml

    for part in (xml, box):
        document.element.body.insert(0, parse_xml(part))
    (item,), _ = read(saved(document))
    assert [zone.text for zone in item.zones] == ["kept"]


def test_without_the_parser_the_extra_is_named(monkeypatch):
    monkeypatch.setitem(sys.modules, "docx", None)
    items, problems = read(saved(download()))
    assert items == []
    assert problems[0].remedy == 'pip install "analystkit[formats]"'


def test_a_word_file_that_unpacks_to_too_much_is_refused(monkeypatch):
    monkeypatch.setattr(reader, "SIZE_LIMIT", 1_000)
    items, problems = read(saved(download()))
    assert items == []
    assert problems[0].remedy == "split it, or raise analystkit.read.docx.SIZE_LIMIT"


def test_a_damaged_word_file_is_one_problem():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", "x")
    items, [problem] = read(out.getvalue())
    assert items == []
    assert problem.reason.startswith("damaged, or not what it seems")


def test_a_word_file_without_a_body_is_reported_or_read_for_its_paragraphs():
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    nothing = [("", "error", "a Word file without text")]
    for xml, n_items in (
        (f"<w:document {space}/>", 0),
        (f"<w:p {space}><w:r><w:t>Kept.</w:t></w:r></w:p>", 1),
    ):
        items, problems = read(word_file(xml.encode()))
        assert len(items) == n_items
        assert n_items or told(problems) == nothing


WHOLE = saved(download())
# With a star: in bold.
LINES = st.sampled_from(
    ["End of Document", "Length: 5 words", "*Body", "*Length:\xa05 words", "*Graphic", "March 12, 2024", "", "A line.",
     "*Load-Date:\xa0March 13, 2024", "Copyright 2024 Pier", "\nA\n\tB"]
)  # fmt: skip


@settings(max_examples=40, deadline=None)
@given(st.integers(0, len(WHOLE)), st.integers(0, 200), st.binary(max_size=20))
def test_whatever_is_damaged_ends_as_articles_or_problems(start, length, middle):
    items, problems = read(WHOLE[:start] + middle + WHOLE[start + length :])
    assert items or problems


@settings(max_examples=60, deadline=None)
@given(st.lists(LINES, max_size=14))
def test_whatever_order_its_lines_have_all_words_are_kept(lines):
    document = docx.Document()
    for line in lines:
        document.add_paragraph().add_run(line.removeprefix("*")).bold = line.startswith("*") or None
    items, problems = read(saved(document))
    assert items or problems
    assert not any("Error" in problem.reason for problem in problems)
    text = "\n".join(zone.text for item in items for zone in item.zones)
    lost = any(problem.severity == "error" for problem in problems)
    assert lost or text.count("A line.") == lines.count("A line.")
