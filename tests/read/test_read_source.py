import gzip
import hashlib
import io
import json
import pickle
import sys
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analystkit import read as package
from analystkit.read import Options, pages, read_source, sniff
from analystkit.read.columns import TableOptions
from analystkit.read.items import tables
from analystkit.read.sources import Source

PAGE = """Council votes on bridge

The council voted on Monday to mend the old bridge before winter comes, the mayor said.

Work will begin in August and take about ten weeks, according to the plan.
"""
OPTIONS = Options(TableOptions({}))
NEVER = "export the articles as CSV, XLSX or JSON, or save each as a text file"


def read(data, path="file.txt"):
    problems = []
    payload = data.encode() if isinstance(data, str) else data
    items = read_source(Source(path, "", lambda: payload), OPTIONS, problems)
    return items, [(p.severity, p.reason, p.remedy) for p in problems]


@pytest.mark.parametrize(
    ("text", "suffix", "kind"),
    [
        ("A title\n\nA text.", ".txt", "text"),
        ("Prices, in euros, rose\n\nA text.", "", "text"),
        ("title,text\nA,B", ".csv", "table"),
        ("titel;text\nA;B", ".txt", "table"),
        ("id,score\n1,2", ".csv", "table"),
        ("id,score\n1,2", ".txt", "text"),
        ('{"text": "A."}', ".json", "json"),
        ('{\n  "text": "A."\n}', "", "json"),
        ('[{"text": "A."}]', "", "json"),
        ('{"text": "A."}\n{"text": "B."}', ".json", "jsonl"),
        ('{"text": "A."}', ".jsonl", "jsonl"),
        ('{"text": "cut\n{"text": "B."}\n{"text": "C."}', ".txt", "jsonl"),
        ('{"text": "cut\n{"text": "B."}', ".jsonl", "jsonl"),
        ("broken", ".json", "json"),
        ("[Photo: the quay]\n\nA text.", "", "text"),
        ("{Advertisement}\n\nA text.", "", "text"),
        ("<!doctype html><p>A</p>", ".txt", "html"),
        ("\ufeff \n<html><body>A</body></html>", "", "html"),
        ("A text about <p> and <div> tags.", ".txt", "text"),
        ("A fragment <p>of a page</p>", ".html", "html"),
        ('<?xml version="1.0"?><r><p>A</p></r>', ".xml", "xml"),
        ('<?xml version="1.0"?>\n<!DOCTYPE html PUBLIC "x">\n<html><p>A</p></html>', ".xhtml", "html"),
    ],
)
def test_what_a_text_is_shows_in_its_content(text, suffix, kind):
    assert sniff(text, suffix) == kind


def test_the_hash_is_that_of_the_file_as_received():
    (item,), problems = read(PAGE)
    assert item.sha256 == hashlib.sha256(PAGE.encode()).hexdigest()
    assert problems == []


@pytest.mark.parametrize("data", [b"", b" \n\t\r\n", b"\xef\xbb\xbf\n", b"\xff\xfe \x00\n\x00"])
def test_an_empty_file_is_reported(data):
    items, problems = read(data)
    assert items == []
    assert problems[-1] == ("error", "the file is empty", "save it again")


@pytest.mark.parametrize(
    ("data", "reason", "remedy"),
    [
        (b"\x89PNG\r\n\x1a\n" + bytes(200), "not text: a picture, for which there is no reader",
         "only text can be read; a scan needs text recognition first"),
        (b"\xff\xd8\xff\xe0" + bytes(200), "not text: a picture, for which there is no reader",
         "only text can be read; a scan needs text recognition first"),
        (b"\xd0\xcf\x11\xe0" + bytes(500), "not text: a Word or Excel file of the old kind, for which there is no reader",
         "save it again as .docx, .xlsx or text"),
        (b"{\\rtf1 words}", "not text: a rtf, for which there is no reader", "save it again as text"),
        (b"7z\xbc\xaf\x27\x1c", "not text: a packed file, for which there is no reader", "unpack it and load the folder"),
        (gzip.compress(b"x"), "not text: a packed file, for which there is no reader", "unpack it and load the folder"),
        (bytes(range(32)) * 20, "not text: a binary file", "only text, tables and HTML can be read"),
    ],
)  # fmt: skip
def test_a_binary_file_is_named_whatever_its_name(data, reason, remedy):
    assert read(data, "page.txt") == ([], [("error", reason, remedy)])


OPENED = "open it in Word or Excel and save it again"


@pytest.mark.parametrize(
    ("member", "reason", "remedy"),
    [
        ("word/document.xml", "damaged, or not what it seems (", "save or export it again"),
        ("a.txt", "not text: a .docx file without its main part, for which there is no reader", OPENED),
        ("ppt/presentation.xml", "not text: a PowerPoint file, for which there is no reader", "save it as PDF or text"),
        ("xl/workbook.xml", "damaged, or not what it seems (KeyError: ", "save or export it again"),
    ],
)  # fmt: skip
def test_packed_office_files_are_told_apart(member, reason, remedy):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(member, "x")
    items, [(severity, told, fix)] = read(out.getvalue(), "x.docx")
    assert (items, severity, fix) == ([], "error", remedy)
    assert told.startswith(reason)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (f'<?xml version="1.0"?><paper><p>{PAGE}</p></paper>', "an XML file"),
    ],
)  # fmt: skip
def test_exports_without_a_reader_are_named_and_make_no_article(text, reason):
    items, [(severity, told, remedy)] = read(text)
    assert (items, severity, told) == ([], "error", f"{reason}, for which there is no reader")
    assert remedy in (NEVER, "export it as CSV, XLSX, JSON or HTML")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (f"Terms: bridge\n\n   1 of 62 DOCUMENTS\n\nThe Tern\n{PAGE}", "lexis_txt"),
        (f"<html><body><p>12 of 99 DOCUMENTS</p><p>The Tern</p><p>{PAGE}</p></body></html>", "nexis_html"),
        (f"<title>Factiva</title><div class='article'><div id='hd'>A</div><p>{PAGE}</p></div>", "factiva_html"),
        ('<?xml version="1.0"?><r><ppsarticle><article><headline>A</headline></article></ppsarticle></r>', "factiva_xml"),
        (f"{'_' * 60}\r\n\r\nDocument 1 of 1\r\n\r\nBridge\r\n\r\nFull text: {PAGE}", "proquest"),
        (f"{'_' * 60}\n\nBridge\n\nFull text: {PAGE}\n\nProQuest document ID: 1\n", "proquest"),
        (f"<title>ProQuest Export</title><a name='DocID_1'></a><p>Bridge</p><p><strong>Full text: </strong>{PAGE}</p>",
         "proquest"),
        (f"From: a@tern.example\nTo: b@tern.example\nSubject: Bridge\n\n{PAGE}", "mail"),
        (f"From: a@tern.example\r\nDate: Mon, 6 May 2024 10:00:00 +0200\r\nSubject: Bridge\r\n\r\n{PAGE}", "mail"),
        (f"TY  - NEWS\nTI  - Bridge\nN2  - {PAGE}", "ris"),
        (f"1.\nTY  - NEWS\nTI  - Bridge\nN2  - {PAGE}", "ris"),
        ('<?xml version="1.0"?>\n<rss version="2.0"><channel><item><title>A</title></item></channel></rss>', "feed"),
        ('<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>A</title></entry></feed>', "feed"),
        (f'<html><span class="DocPublicationName">The Tern</span><p class="titreArticleVisu">A</p>{PAGE}</html>',
         "europresse"),
        ("title,url,publish_date\nBridge,https://tern.example/a,2024-05-03\n", "csv"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("name", ["file.txt", "file", "file.html"])
def test_an_export_is_known_by_its_content(text, kind, name):
    items, _ = read(text, name)
    assert [item.format for item in items] == [kind]


def test_a_missing_package_is_named_with_the_way_to_get_it(monkeypatch):
    monkeypatch.setitem(sys.modules, "feedparser", None)
    assert read("<rss><channel><item><title>A</title></item></channel></rss>") == (
        [],
        [("error", "reading this kind of file needs the package feedparser, which is not installed",
          'pip install "analystkit[formats]"')],
    )  # fmt: skip


def test_a_page_that_begins_with_two_small_words_is_no_pickle():
    page = (
        "close\nmenu\nMinisters met in Oslo\n\nThe ministers of two countries met in Oslo on Friday to talk."
    )
    items, _ = read(page.encode(), "page.txt")
    assert len(items) == 1


def test_a_pickle_is_never_run(tmp_path):
    class Trap:
        def __reduce__(self):
            return (open, (str(tmp_path / "trap"), "w"))

    items, problems = read(pickle.dumps(Trap(), protocol=0), "samples.pkl.gz")
    assert items == []
    assert problems == [("error", "a Python pickle, for which there is no reader", NEVER)]
    assert not (tmp_path / "trap").exists()


def test_a_page_that_begins_with_two_labels_is_no_pickle():
    items, problems = read(f"Comments\nBusiness\n\n{PAGE}")
    assert [item.title for item in items] == ["Council votes on bridge"]
    assert problems == []


def test_a_page_that_cannot_be_typed_costs_no_other_one(monkeypatch):
    whole = pages.type_pages

    def fails(texts):
        if any("ferry" in text for text in texts):
            raise ValueError("ferry")
        return whole(texts)

    monkeypatch.setattr(pages, "type_pages", fails)
    texts = [PAGE, PAGE.replace("bridge", "ferry"), PAGE.replace("bridge", "tunnel")]
    sources = [Source(f"{i}.txt", "", text.encode) for i, text in enumerate(texts)]
    found = package.read_sources(sources, OPTIONS)
    assert [[item.title for item in items] for items, _ in found] == [
        ["Council votes on bridge"],
        [],
        ["Council votes on tunnel"],
    ]
    assert [problem.reason for _, problems in found for problem in problems] == [
        "damaged, or not what it seems (ValueError: ferry)"
    ]


def test_an_entity_of_an_xml_file_is_not_resolved(tmp_path):
    (tmp_path / "secret").write_text("a secret")
    entity = f'<!DOCTYPE r [<!ENTITY x SYSTEM "file://{tmp_path}/secret">]>'
    assert read(f'<?xml version="1.0"?>{entity}<r><p>&x;</p></r>')[0] == []
    items, _ = read(f"{entity}<html><body><p>&x; {PAGE}</p></body></html>")
    assert all("a secret" not in zone.text for item in items for zone in item.zones)


def test_an_article_that_speaks_of_such_exports_is_read():
    text = (
        PAGE + "\n\nShe had read the 1st of 9 documents, and the WARC/1.0 file, before she wrote TY  - on it."
    )
    assert len(read(text)[0]) == 1


def test_plain_text_under_a_name_that_promises_more_is_reported():
    assert read("This is no Word file", "x.docx") == (
        [],
        [("error", "the name ends in .docx, but plain text is inside", "get it again, or name it .txt if that is right")],
    )  # fmt: skip


def test_a_table_under_the_name_of_a_workbook_is_read():
    items, problems = read("title\ttext\nA\tWords.\n", "x.xls")
    assert ([item.title for item in items], problems) == (["A"], [])


def test_a_page_of_endless_text_is_refused(monkeypatch):
    monkeypatch.setattr(package, "PAGE_LIMIT", 1_000_000)
    reason = "too long for one page: 2 million characters, over the size limit of 1 million"
    remedy = "split it into articles, or raise analystkit.read.PAGE_LIMIT"
    assert read("word " * 400_000) == ([], [("error", reason, remedy)])
    assert len(read(json.dumps({"text": "word " * 400_000}))[0]) == 1


def test_a_zip_without_its_ending_is_told_how_to_be_read():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.txt", "x")
    told = (
        "error",
        "not text: a packed file, for which there is no reader",
        "name it .zip if it is an archive",
    )
    assert read(out.getvalue(), "download") == ([], [told])


def test_a_file_of_many_bytes_is_refused_before_it_is_decoded_unless_it_holds_many_articles(monkeypatch):
    monkeypatch.setattr(package, "PAGE_LIMIT", 100)
    # 4 bytes a character at most: 401 bytes are over 100 characters.
    refused = "too long for one page: 0 million bytes, over the size limit of 0.0001 million"
    assert [reason for _, reason, _ in read("a" * 401)[1]] == [refused]
    assert len(read("title;text\nA;" + "word " * 100, "a.txt")[0]) == 1
    mail = "_" * 60 + "\n\nBridge\n\nFull text: " + "word " * 100 + "\n\nProQuest document ID: 1\n"
    assert [item.format for item in read(mail)[0]] == ["proquest"]


def test_double_encoded_text_is_a_warning_and_stays_as_it_is():
    garbled = "“Naïve”, he said — and went “home”."
    items, [(severity, reason, remedy), *_] = read(garbled.encode().decode("cp1252", "ignore"))
    assert (severity, reason) == (
        "warning",
        "encoding: looks double-encoded (mojibake such as â€œ); left as it is",
    )
    assert remedy.endswith("save it again from its source, as UTF-8")
    assert "â€œNaÃ¯ve" in items[0].text_of("body", "title", "furniture")


def test_the_encoding_is_noted_where_it_was_guessed():
    items, problems = read("Title;Text\nA;Ein Café, ein naïver Gast.\n".encode("cp1252"), "x.csv")
    assert items[0].text_of("body") == "Ein Café, ein naïver Gast."
    assert problems == [
        ("note", "encoding: byte 20 is not UTF-8; read as cp1252", "check some accented words")
    ]


@pytest.mark.parametrize(
    ("fault", "reason", "remedy"),
    [
        (PermissionError(13, "Permission denied"), "cannot be read: Permission denied", "check its permissions"),
        (OSError("truncated or damaged gzip"), "cannot be read: truncated or damaged gzip", "get or save the file again"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_read_is_reported(fault, reason, remedy):
    def refuse():
        raise fault

    problems = []
    assert read_source(Source("a.txt", "", refuse), OPTIONS, problems) == []
    assert [(p.severity, p.reason, p.remedy) for p in problems] == [("error", reason, remedy)]


def test_what_is_nested_too_deeply_for_its_reader_is_said_to_be_so():
    head = "From: a@b.example\nTo: b@b.example\nSubject: Bridge\nDate: Fri, 3 May 2024 10:00:00 +0200\n"
    parts = "".join(f"Content-Type: multipart/mixed; boundary=X{i}\n\n--X{i}\n" for i in range(1500))
    told = [("error", "nested too deeply", "save or export it again")]
    assert read(f"{head}{parts}Content-Type: text/plain\n\nWords.", "a.eml") == ([], told)


def test_a_file_that_breaks_its_reader_is_one_problem_more():
    items, problems = read(b"PAR1 and no parquet")
    assert items == []
    assert problems[0][1].startswith("damaged, or not what it seems (ArrowInvalid: ")
    assert problems[0][2] == "save or export it again"


PIECES = st.sampled_from(
    ["title,text", "title\tdate\ttext", "\n", "\r\n", ",", ";", '"', '""', "A,", "2024-03-12", "03/04/2024", '{"text": ',
     '"a"', "}", "[", "]", "<html>", "<p>", "</p>", "&amp;", "<article>", "SEOUL (Tern) - ", "By Ann Lee", "Words.",
     "The council voted on Monday to mend the bridge, the mayor said.", "\ud7ff", "\x85", "\u2028", "\x1c", "\x0b"]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(
    st.one_of(st.lists(PIECES, max_size=30).map("".join), st.text(max_size=200)).map(str.encode)
    | st.binary(max_size=300),
    st.sampled_from(["a.txt", "a.csv", "a.json", "a.jsonl", "a.html", "a.xml", "a"]),
)
def test_whatever_a_file_holds_it_ends_as_articles_or_problems(data, path):
    items, problems = read(data, path)
    assert items or problems
    # A reader that broke would say "damaged": of text, none may.
    assert not any("Error" in reason for severity, reason, _ in problems)
    articles, zones, _ = tables(items, [])
    assert len(articles) == len(items)
    assert (zones["text"].str.strip() == zones["text"]).all()
