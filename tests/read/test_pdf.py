import io

import pypdf
import pytest
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

from analystkit.read.pdf import read_pdf

HEAD = ["Bridge to close", "By Ann Lee", "3 May 2024"]
BODY = ["The old bridge will close in May for the work of a summer, the mayor said on Friday.",
        "A ferry will run in its place until the work is done, according to the plan."]  # fmt: skip


def written(*pages, title="", password=""):
    """Return a PDF file whose pages hold the given lines."""
    writer = pypdf.PdfWriter()
    font = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type1"),
            NameObject("/BaseFont"): NameObject("/Helvetica"),
        }
    )
    for lines in pages:
        page = writer.add_blank_page(612, 792)
        page[NameObject("/Resources")] = DictionaryObject(
            {NameObject("/Font"): DictionaryObject({NameObject("/F1"): font})}
        )
        shown = " ".join(f"({line}) Tj 0 -20 Td" for line in lines)
        stream = DecodedStreamObject()
        stream.set_data(f"BT /F1 10 Tf 40 740 Td {shown} ET".encode())
        page[NameObject("/Contents")] = writer._add_object(stream)
    if title:
        writer.add_metadata({"/Title": title})
    if password:
        writer.encrypt(password, algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def read(data):
    problems = []
    return read_pdf(data, "a.pdf", "0" * 64, "", problems), [(p.severity, p.reason) for p in problems]


def test_the_text_layer_is_one_article():
    (item,), problems = read(written(HEAD + BODY))
    assert problems == []
    assert (item.title, item.byline, item.format) == ("Bridge to close", "Ann Lee", "pdf")
    assert item.published.isoformat() == "2024-05-03T00:00:00"
    assert item.text_of("body").split("\n") == BODY


def test_lines_that_head_or_foot_the_pages_are_furniture():
    bodies = [
        [*HEAD, *BODY],
        ["The plan was made in spring.", *BODY[:1]],
        ["The town will vote.", "So it goes on."],
    ]
    numbered = [["The Tern", *lines, f"Page {i} of 3"] for i, lines in enumerate(bodies, 1)]
    (item,), _ = read(written(*numbered))
    left = [zone.text for zone in item.zones if zone.reason == "heads or foots most pages"]
    assert sorted(set(left)) == ["Page 1 of 3", "Page 2 of 3", "Page 3 of 3", "The Tern"]
    assert "Page" not in item.text_of("body")


def test_a_scan_says_what_to_do():
    assert read(written([])) == ([], [("error", "no text layer: the PDF holds pictures of pages (a scan?)")])


def test_a_damaged_page_does_not_cost_the_others():
    data = written(HEAD + BODY, ["A second page."]).replace(b"(A second page.)", b"(A second page ]")
    (item,), problems = read(data)
    assert item.text_of("body").split("\n") == BODY
    assert problems[0][0] == "error"
    assert problems[0][1].startswith("the page cannot be read (Pdf")


@pytest.mark.parametrize("data", [b"%PDF", b"%PDF-1.4\n", written(BODY)[:-400]])
def test_a_file_that_is_cut_is_told(data):
    items, problems = read(data)
    assert items == []
    assert problems[0][1].startswith("the PDF is damaged: ")


def test_a_locked_file_is_told():
    assert read(written(BODY, password="x")) == ([], [("error", "the PDF is locked with a password")])


@pytest.mark.parametrize(
    ("title", "used"), [("A plan for the bridge", True), ("Microsoft Word - a.doc", False)]
)
def test_the_stated_title_serves_where_no_line_is_one(title, used):
    (item,), _ = read(written(BODY, title=title))
    assert (item.title == title) is used
