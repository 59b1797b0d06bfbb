"""One small file of each format that the library reads, written for the tests, to be bent and cut."""

from __future__ import annotations

import gzip
import io
import json
import zipfile
from collections.abc import Callable, Mapping
from typing import Final

TEXT: Final = "The old bridge will close in May, the mayor said on Friday. A ferry will run in its place."
_PAGE: Final = f"""World
Bridge
By Ann Lee
3 May 2024

OSLO (Tern) - {TEXT}

“We had no choice,” Ms Lee told the Pier Gazette. Work begins on 5/6/2024.

Most read
Ten ways to boil an egg
"""
_HTML: Final = (
    f"<html lang='en'><head><title>Bridge</title></head><body><h1>Bridge</h1><p>{TEXT}</p></body></html>"
)
_HTTP: Final = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{_HTML}"
_WARC: Final = (
    "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://tern.example/a\r\nWARC-Date: 2024-06-01T00:00:00Z\r\n"
    "WARC-Record-ID: <urn:uuid:1>\r\nContent-Type: application/http; msgtype=response\r\n"
    f"Content-Length: {len(_HTTP)}\r\n\r\n{_HTTP}\r\n\r\n"
)
_RULE: Final = "_" * 60
_RECORD: Final = f"""
Document 1 of 1

Bridge

Full text: {TEXT}
CAPTION: A bridge.

CREDIT: Ann Lee;

Author: Lee, Ann

Publication title: The Tern; Pier

Publication date: May 3, 2024

ProQuest document ID: 1

"""
_LEXIS: Final = f"""
                               1 of 2 DOCUMENTS

                            The Pier Gazette (Oslo)

                      March 12, 2024 Tuesday 9:05 PM GMT

Bridge

BYLINE: Ann Lee; Bo Berg

SECTION: HOME NEWS; Pg. 4

LENGTH: 79 words

{TEXT}

LOAD-DATE: March 13, 2024

LANGUAGE: ENGLISH

GRAPHIC: The bridge at dusk.

                       Copyright 2024 Pier Press
                              All Rights Reserved
"""
_LEXIS_HTML: Final = f"""<HTML><HEAD><STYLE>.c0 {{ text-align: center; }} .c1 {{ font-weight: bold; }}</STYLE></HEAD><BODY>
<DIV CLASS="c0"><P>1 of 1 DOCUMENTS</P></DIV><BR><DIV CLASS="c0"><P>The Pier Gazette</P></DIV>
<DIV CLASS="c0"><P>March 12, 2024 Tuesday</P></DIV><DIV><P><SPAN CLASS="c1">Bridge</SPAN></P></DIV>
<DIV><P><SPAN CLASS="c1">BYLINE: </SPAN>Ann Lee</P></DIV><DIV><P><SPAN CLASS="c1">LENGTH: </SPAN>25 words</P></DIV>
<DIV><P>{TEXT}</P></DIV><DIV><P><SPAN CLASS="c1">LOAD-DATE: </SPAN>March 13, 2024</P></DIV></BODY></HTML>"""
_FACTIVA: Final = f"""<!DOCTYPE html><html><head><title>Factiva</title></head><body><form><div id="contentLeft">
<div id="article-1" class="article"><div class="article enArticle"><p></p><div>Home; 4</div><div id="hd">
<span class="enHeadline">Bridge</span></div><div class="author">By Ann Lee</div><div>25 words</div>
<div>3 May 2024</div><div>21:05</div><div>The Tern</div><div>FT</div><div>English</div>
<div>Copyright 2024 Pier Press.</div><p class="articleParagraph enarticleParagraph">{TEXT}</p>
<p>Document PIER1</p></div></div><table><tr><td class="index"><b>HD</b></td><td>Ferry</td></tr></table></div></form></body>
</html>"""
_FACTIVA_XML: Final = f"""<?xml version="1.0" encoding="utf-8"?>
<PPSResponse><ppsArticleResponse xmlns="http://global.factiva.com/pps/2.0"><ppsarticleResultSet><ppsarticle><article>
<headline><paragraph lang="EN">Bridge</paragraph></headline><byline>By Ann Lee</byline>
<leadParagraph><paragraph>{TEXT}</paragraph></leadParagraph>
<publicationDate><dateTime>2024-03-12T21:05:00Z</dateTime></publicationDate><sourceName>The Tern</sourceName>
<tailParagraphs><paragraph>It was late.</paragraph></tailParagraphs></article></ppsarticle></ppsarticleResultSet>
</ppsArticleResponse></PPSResponse>"""
_ROWS: Final = (
    {"title": "Bridge", "date": "2024-05-03", "outlet": "The Tern", "text": TEXT},
    {"title": "Ferry", "date": "03/05/2024", "outlet": "", "text": f"Ferry\n3 May 2024\n{TEXT}"},
)

_FROM_ANN: Final = (
    "From: Ann <a@tern.example>\nTo: b@tern.example\nSubject: Bridge\nDate: Fri, 3 May 2024 10:00:00 +0200\n"
)

#: The whole file by its name, as text.
TEXTS: Final[Mapping[str, str]] = {
    "page.txt": _PAGE,
    "page.html": _HTML,
    "proquest.txt": _RULE + _RECORD + _RULE + _RECORD + _RULE + "\nContact us\n",
    "proquest.html": "<html><title>ProQuest Export</title><a name='DocID_1'></a><p>Bridge</p><p><strong>Author: </strong>"
    f"Ann</p><p><strong>Full text: </strong><html><p>{TEXT}</p></html></p><p><strong>Database: </strong>Coast</p></html>",
    "lexis.txt": _LEXIS + _LEXIS.replace("1 of 2", "2 of 2"),
    "lexis.html": _LEXIS_HTML,
    "factiva.html": _FACTIVA,
    "factiva.xml": _FACTIVA_XML,
    "europresse.html": '<html xmlns:n="http://www.cedrom-sni.com/schema/newsv1.xsd"><td><span class="DocPublicationName">'
    'La Sterne</span><br><span class="DocHeader">News, vendredi 3 mai 2024</span><br>'
    '<span class="TitreArticleVisu">Bridge</span><br><br>'
    f"Anne Lee<br><p></p>{TEXT}<p></p><b>© 2024 La Sterne</b></td></html>",
    "mail.eml": f"{_FROM_ANN}Content-Type: multipart/mixed; boundary=X\n\n"
    f"--X\nContent-Type: text/plain; charset=utf-8\n\n{TEXT}\n--X--\n",
    "list.ris": f"TY  - NEWS\nTI  - Bridge\nAU  - Lee, Ann\nDA  - 2024/05/03/\nAB  - {TEXT}\nER  -\n" * 2,
    "feed.xml": '<?xml version="1.0"?><rss version="2.0"><channel><title>The Tern</title><item><title>Bridge</title>'
    f"<pubDate>Fri, 03 May 2024 10:00:00 GMT</pubDate><description>{TEXT}</description></item></channel></rss>",
    "list.json": json.dumps(
        {
            "articles": [{"title": "Bridge", "url": "https://tern.example/a", "seendate": "20240503T011500Z"}]
            * 2
        }
    ),
    "records.json": json.dumps(_ROWS),
    "records.jsonl": "".join(json.dumps(row) + "\n" for row in _ROWS),
    "table.csv": 'title,date,outlet,text\nBridge,3 May 2024,The Tern,"' + TEXT.replace(". ", '.\n""') + '"\n',
    "table.tsv": f"title\tdate\ttext\nBridge\t2024-05-03\t{TEXT}\n",
    "a.warc": _WARC * 2,
}

_WORD: Final = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_TYPES: Final = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">{}</Types>'
_LINKS: Final = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
)
_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def _document(*paragraphs: str) -> str:
    """Return what a Word file of such paragraphs holds; "*Label: words" has its label in bold."""
    body = "".join(f"<w:p>{_runs(paragraph)}</w:p>" for paragraph in paragraphs)
    return f"<w:document {_WORD}><w:body>{body}</w:body></w:document>"


def _runs(paragraph: str) -> str:
    label, colon, rest = paragraph[1:].partition(":") if paragraph.startswith("*") else ("", "", paragraph)
    bold = f"<w:r><w:rPr><w:b/></w:rPr><w:t>{label}{colon}</w:t></w:r>" if label else ""
    return f"{bold}<w:r><w:t>{rest}</w:t></w:r>"


def _zipped(members: Mapping[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in members.items():
            archive.writestr(zipfile.ZipInfo(name), data)
    return out.getvalue()


def word_file(document: bytes) -> bytes:
    """Return a Word file around what its `word/document.xml` holds."""
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    xml = (
        '<Default Extension="xml" ContentType="application/xml"/><Default Extension="rels" ContentType="{}"/>'
    )
    relations = "application/vnd.openxmlformats-package.relationships+xml"
    return _zipped(
        {
            "[Content_Types].xml": _TYPES.format(
                xml.format(relations) + f'<Override PartName="/word/document.xml" ContentType="{kind}"/>'
            ),
            "_rels/.rels": _LINKS.format(
                f'<Relationship Id="r1" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/>'
            ),
            "word/document.xml": document,
        }
    )


def workbook(sheet: bytes) -> bytes:
    """Return a workbook around what its only sheet holds."""
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    xml = (
        '<Default Extension="xml" ContentType="application/xml"/><Default Extension="rels" ContentType="{}"/>'
    )
    relations = "application/vnd.openxmlformats-package.relationships+xml"
    return _zipped(
        {
            "[Content_Types].xml": _TYPES.format(
                xml.format(relations)
                + f'<Override PartName="/xl/workbook.xml" ContentType="{kind}.sheet.main+xml"/>'
                f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{kind}.worksheet+xml"/>'
            ),
            "_rels/.rels": _LINKS.format(
                f'<Relationship Id="r1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/>'
            ),
            "xl/workbook.xml": f'<workbook xmlns="{space}" xmlns:r="{_OFFICE}"><sheets>'
            '<sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": _LINKS.format(
                f'<Relationship Id="r1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
            ),
            "xl/worksheets/sheet1.xml": sheet,
        }
    )


def pdf_file(content: bytes) -> bytes:
    """Return a PDF of one page around what draws it."""
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(content), content),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    out = b"%PDF-1.4\n"
    places = []
    for number, part in enumerate(parts, start=1):
        places.append(len(out))
        out += b"%d 0 obj%s endobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return (
        out
        + b"xref\n0 6\n0000000000 65535 f \n%strailer\n<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n"
        % (
            table,
            len(out),
        )
    )


def _cells(row: int, *values: str) -> str:
    cells = (
        f'<c r="{letter}{row}" t="inlineStr"><is><t>{value}</t></is></c>'
        for letter, value in zip("ABCDEF", values, strict=False)
    )
    return f'<row r="{row}">{"".join(cells)}</row>'


#: What is inside a packed file, by the file's name, and what packs it.
PACKED: Final[Mapping[str, tuple[str, Callable[[bytes], bytes]]]] = {
    "page.docx": (_document("Bridge", "By Ann Lee", "3 May 2024", TEXT), word_file),
    "nexis.docx": (
        _document(
            "Bridge",
            "The Pier Gazette",
            "March 12, 2024 Tuesday",
            "*Section: HOME NEWS; Pg. 4",
            "*Length: 25 words",
            "*Byline: Ann Lee",
            "*Body",
            TEXT,
            "*Load-Date: March 13, 2024",
            "End of Document",
        ),
        word_file,
    ),
    "table.xlsx": (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        + _cells(1, "title", "date", "outlet", "text")
        + _cells(2, "Bridge", "2024-05-03", "The Tern", TEXT)
        + "</sheetData></worksheet>",
        workbook,
    ),
    "page.pdf": (
        f"BT /F1 10 Tf 40 740 Td (Bridge) Tj 0 -20 Td (By Ann Lee) Tj 0 -20 Td ({TEXT}) Tj ET",
        pdf_file,
    ),
    "a.warc.gz": (_WARC, lambda data: gzip.compress(data, mtime=0) * 2),
}


def whole(name: str) -> bytes:
    """Return one of the samples as the file that it is."""
    if name in TEXTS:
        return TEXTS[name].encode()
    inside, pack = PACKED[name]
    return pack(inside.encode())
