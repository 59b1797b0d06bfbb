"""Files in, articles out: one registry that sniffs what a file is and hands it to the reader of its format."""

from __future__ import annotations

import functools
import hashlib
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from analystkit.clean.encoding import Decoded, decode
from analystkit.read.columns import TableOptions, match_columns
from analystkit.read.docx import read_docx
from analystkit.read.europresse import read_europresse
from analystkit.read.factiva import read_factiva_html, read_factiva_xml
from analystkit.read.feeds import read_feed
from analystkit.read.items import Item, Problem
from analystkit.read.lexis import COUNTER, read_lexis_html, read_lexis_text
from analystkit.read.lists import is_list
from analystkit.read.mail import is_mail, read_mail
from analystkit.read.pages import TextPage, read_html, read_texts
from analystkit.read.pdf import read_pdf
from analystkit.read.proquest import read_proquest_html, read_proquest_text
from analystkit.read.records import read_json, read_json_lines
from analystkit.read.ris import read_ris
from analystkit.read.sources import Source
from analystkit.read.tables import DELIMITERS, read_delimited, read_parquet, read_xlsx, sniff_delimiter
from analystkit.read.warc import is_warc, read_warc

_PICTURE: Final = "only text can be read; a scan needs text recognition first"
_UNPACK: Final = "unpack it and load the folder"
#: Formats by their first bytes, with what to do where no reader exists.
_MAGIC: Final = (
    (b"PAR1", "parquet", ""),
    (b"%PDF", "pdf", ""),
    (b"PK\x03\x04", "zip", ""),
    (b"\xd0\xcf\x11\xe0", "Word or Excel file of the old kind", "save it again as .docx, .xlsx or text"),
    (b"\x89PNG", "picture", _PICTURE),
    (b"\xff\xd8\xff", "picture", _PICTURE),
    (b"GIF87a", "picture", _PICTURE),
    (b"GIF89a", "picture", _PICTURE),
    (b"II*\x00", "picture", _PICTURE),
    (b"MM\x00*", "picture", _PICTURE),
    (b"{\\rtf", "rtf", "save it again as text"),
    (b"\x1f\x8b", "packed file", _UNPACK),
    (b"7z\xbc\xaf", "packed file", _UNPACK),
    (b"Rar!\x1a", "packed file", _UNPACK),
    (b"\xfd7zXZ", "packed file", _UNPACK),
    (b"(\xb5/\xfd", "packed file", _UNPACK),
)
#: What else is a zip inside, by the bytes of a name in it.
_ZIPPED: Final = (
    (b"ppt/presentation.xml", "PowerPoint file", "save it as PDF or text"),
    (b"application/vnd.oasis.opendocument.text", "OpenDocument text", "save it as .docx or text"),
    (b"application/vnd.oasis.opendocument.spreadsheet", "OpenDocument sheet", "save it as .xlsx or CSV"),
    (b"application/epub+zip", "EPUB book", "save its chapters as HTML or text"),
    (b"xl/workbook.bin", "binary Excel file", "save it as .xlsx or CSV"),
)
_MARKS: Final = tuple(mark for mark, _, _ in _MAGIC)
#: Exports by words of their own: (name, one of these is in it, pattern); those with a reader are in `_EXPORT_READERS`, the
#: rest is refused. Most files have none of the first, which is told much sooner.
_EXPORTS: Final = tuple(
    (name, hints, re.compile(pattern, re.IGNORECASE | re.MULTILINE))
    for name, hints, pattern in (
        ("ProQuest page", ">", r"<title>ProQuest Export</title>"),
        (
            "ProQuest download",
            "_",
            r"\A\s*_{20,}\s+(?:(?:Documento?|Dokument) \d+ (?:of|von|sur|de|di) \d+\s|(?:[^\n]*\n){1,200}?"
            r"(?:ProQuest document ID|Full text|Volltext|Texte intégral|Texto completo|Testo completo)\s?: )",
        ),
        ("LexisNexis page", ">", rf">\s*{COUNTER}\s*<"),
        (
            "LexisNexis download",
            ("DOCUMENT", "DOKUMENT", "Document", "Dokument"),
            rf"^[ \t]*{COUNTER}[ \t\r]*$",
        ),
        ("Factiva page of many articles", ">", r"<title>(?:Dow Jones )?Factiva</title>"),
        ("Factiva download", ("<ppsarticle",), r"(?-i:<ppsarticle)\b"),
        ("Factiva download", ("global.factiva.com/",), r"(?-i:global\.factiva\.com/)"),
        ("Europresse page of many articles", ">", r"(?-i:cedrom-sni\.com/schema)[^<>]*>"),
        ("Europresse page of many articles", ">", r"(?-i:titreArticleVisu)\b[^<>]*>"),
        ("RIS file of references", ("  - ",), r"\A\s*(?:\d+\.\s+)?TY  - "),
        ("feed", "<", r"\A(?:<[?!][^>]*>|\s)*<(?:rss|feed|rdf:RDF)\b"),
        # A page may well begin with two labels of one word; there no mark of a pickle follows.
        ("Python pickle", "c(", r"\A(?-i:c[a-z_.]+\n\w+\n(?:p\d+\n|[()q])|\(dp\d|\(lp\d)"),
    )
)
#: Endings of names that promise something other than text.
_NOT_TEXT: Final = re.compile(
    r"\.(?:docx?|odt|pdf|xlsx?|ods|pptx?|epub|parquet|feather|pkl|pickle|npy|rds|rdata|sqlite|db|png|jpe?g|gif|tiff?|webp"
    r"|zip|7z|rar|tar)"
)
_XML: Final = re.compile(r"<\?xml\b(?!(?:[^>]*>\s*){1,4}?<(?:!doctype )?html\b)", re.IGNORECASE)
#: A saved page of more characters than this is no page and is not read (tables and records may be as large as fits).
PAGE_LIMIT = 20_000_000
_OBJECT, _ARRAY = re.compile(r"\{\s*[\"}]"), re.compile(r"\[\s*[\[{\"\]]")
_HTML = re.compile(r"<(?:!doctype html|html|head|body|article|p|div)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Options:
    """What the analyst said about the files.

    Attributes
    ----------
    columns
        Field to column, for tables and records.
    date_order
        "day", "month" or "": what comes first in 03/04/2024.
    """

    columns: TableOptions
    date_order: str = ""


def read_source(source: Source, options: Options, problems: list[Problem]) -> list[Item]:
    """Read the articles of one file; whatever goes wrong is added to `problems`, never raised."""
    ((items, own_problems),) = read_sources([source], options)
    problems += own_problems
    return items


def read_sources(sources: Iterable[Source], options: Options) -> list[tuple[list[Item], list[Problem]]]:
    """Read the articles of some files; return those of each and what went wrong with it, which is never raised."""
    found: list[tuple[list[Item], list[Problem]]] = []
    pages: list[TextPage] = []
    at: list[int] = []
    for source in sources:
        problems: list[Problem] = []
        items = _guarded(source.path, problems, functools.partial(_read_one, source, options, problems))
        if isinstance(items, TextPage):
            pages.append(items)
            at.append(len(found))
            items = []
        found.append((items, problems))
    for i, (item, problems) in zip(at, _typed(pages), strict=True):
        found[i] = (item, found[i][1] + problems)
    return found


def _typed(pages: Sequence[TextPage]) -> list[tuple[list[Item], list[Problem]]]:
    """Read pages of text, many at once; one by one if one of them cannot be read."""
    problems: list[list[Problem]] = [[] for _ in pages]
    try:
        return [([item], its) for item, its in zip(read_texts(pages, problems), problems, strict=True)]
    except Exception as fault:
        if len(pages) == 1:
            return [([], [_damaged(pages[0].path, fault)])]
        return [typed for page in pages for typed in _typed([page])]


def _guarded(
    path: str, problems: list[Problem], read: Callable[[], list[Item] | TextPage]
) -> list[Item] | TextPage:
    """Return what a reader found; its own failure is one more problem."""
    try:
        return read()
    except ImportError as fault:
        reason = f"reading this kind of file needs the package {fault.name}, which is not installed"
        problems.append(Problem(path, "", "error", reason, 'pip install "analystkit[formats]"'))
    except RecursionError:
        problems.append(Problem(path, "", "error", "nested too deeply", "save or export it again"))
    except Exception as fault:  # one bad file never ends a load
        problems.append(_damaged(path, fault))
    return []


def _damaged(path: str, fault: Exception) -> Problem:
    reason = f"damaged, or not what it seems ({type(fault).__name__}: {fault})"
    return Problem(path, "", "error", reason, "save or export it again")


def _read_one(source: Source, options: Options, problems: list[Problem]) -> list[Item] | TextPage:
    path = source.path
    try:
        data = source.read()
    except OSError as fault:
        reason = fault.strerror or str(fault)
        remedy = (
            "check its permissions" if isinstance(fault, PermissionError) else "get or save the file again"
        )
        problems.append(Problem(path, "", "error", f"cannot be read: {reason}", remedy))
        return []
    if not data[:4096].strip() and not data.strip():  # a copy of what is large only where it must be
        problems.append(Problem(path, "", "error", "the file is empty", "save it again"))
        return []
    return _read(source, data, hashlib.sha256(data).hexdigest(), options, problems)


def encoding_problem(path: str, decoded: Decoded) -> Problem:
    """Return what there is to say about how a file was decoded."""
    reason = f"encoding: {decoded.fault}"
    if decoded.looks_wrong:
        remedy = "its quotation marks and accents are two or three wrong signs each: save it again from its source, as UTF-8"
        return Problem(path, "", "warning", reason, remedy)
    return Problem(path, "", "note", reason, "check some accented words")


def _read(
    source: Source, data: bytes, digest: str, options: Options, problems: list[Problem]
) -> list[Item] | TextPage:
    path, table = source.path, options.columns
    if is_warc(data):
        return read_warc(data, path, digest, options.date_order, problems)
    # Most files begin with none of these.
    for magic, name, remedy in _MAGIC if data.startswith(_MARKS) else ():
        if data.startswith(magic):
            if name == "parquet":
                return read_parquet(data, path, digest, table, problems)
            if name == "pdf":
                return read_pdf(data, path, digest, options.date_order, problems)
            if name == "zip" and b"xl/workbook.xml" in data:
                return read_xlsx(data, path, digest, table, problems)
            if name == "zip" and b"word/document.xml" in data:
                return read_docx(data, path, digest, options.date_order, problems)
            if name == "zip":
                name, remedy = _what_is_zipped(data, source.suffix)
            return _refused(path, name, remedy, problems, "not text: ")
    if is_mail(data):
        return read_mail(data, path, digest, options.date_order, problems)
    if len(data) > 4 * PAGE_LIMIT and _is_page(decode(data[:100_000]).text or "", source.suffix):
        # Decoded it would take up to four times the memory, for nothing.
        return _too_long(path, f"{len(data) / 1e6:.0f} million bytes", problems)
    decoded = decode(data)
    if decoded.text is None:
        problems.append(
            Problem(path, "", "error", "not text: a binary file", "only text, tables and HTML can be read")
        )
        return []
    if decoded.fault:
        problems.append(encoding_problem(path, decoded))
    if not decoded.text.strip():
        problems.append(Problem(path, "", "error", "the file is empty", "save it again"))
        return []
    suffix = source.suffix
    kind = sniff(decoded.text, suffix)
    if kind in {"html", "xml", "text"}:
        for name, hints, pattern in _EXPORTS:
            if any(map(decoded.text.__contains__, hints)) and pattern.search(decoded.text, 0, 100_000):
                if name in _EXPORT_READERS:
                    return _EXPORT_READERS[name](decoded.text, path, digest, options.date_order, problems)
                remedy = "export the articles as CSV, XLSX or JSON, or save each as a text file"
                return _refused(path, name, remedy, problems)
    if kind in {"html", "text"} and len(decoded.text) > PAGE_LIMIT:
        return _too_long(path, f"{len(decoded.text) / 1e6:.0f} million characters", problems)
    if kind == "text" and _NOT_TEXT.fullmatch(suffix):
        reason = f"the name ends in {suffix}, but plain text is inside"
        problems.append(Problem(path, "", "error", reason, "get it again, or name it .txt if that is right"))
        return []
    if kind == "xml":
        return _refused(path, "XML file", "export it as CSV, XLSX, JSON or HTML", problems)
    return _TEXT_READERS[kind](decoded.text, path, digest, options, problems)


def _is_page(start: str, suffix: str) -> bool:
    """Say whether a file that begins so is one saved page, not a table, records or an export of many articles."""
    return sniff(start, suffix) in {"html", "text"} and not any(
        pattern.search(start) for _, _, pattern in _EXPORTS
    )


def _too_long(path: str, size: str, problems: list[Problem]) -> list[Item]:
    reason = f"too long for one page: {size}, over the size limit of {PAGE_LIMIT / 1e6:g} million"
    remedy = "split it into articles, or raise analystkit.read.PAGE_LIMIT"
    problems.append(Problem(path, "", "error", reason, remedy))
    return []


def _what_is_zipped(data: bytes, suffix: str) -> tuple[str, str]:
    """Name a zip that is no Word file and no workbook, and say what to do with it."""
    for mark, name, remedy in _ZIPPED:
        if mark in data:
            return name, remedy
    if suffix in {".docx", ".docm", ".xlsx", ".xlsm"}:
        return f"{suffix} file without its main part", "open it in Word or Excel and save it again"
    return "packed file", "name it .zip if it is an archive"


def _refused(path: str, name: str, remedy: str, problems: list[Problem], why: str = "") -> list[Item]:
    article = "an" if name.startswith(("XML", "Open", "EPUB")) else "a"
    problems.append(
        Problem(path, "", "error", f"{why}{article} {name}, for which there is no reader", remedy)
    )
    return []


_TextReader = Callable[[str, str, str, Options, list[Problem]], list[Item] | TextPage]

_TEXT_READERS: Final[dict[str, _TextReader]] = {
    "json": lambda text, path, digest, options, problems: read_json(
        text, path, digest, options.columns, problems
    ),
    "jsonl": lambda text, path, digest, options, problems: read_json_lines(
        text, path, digest, options.columns, problems
    ),
    "html": lambda text, path, digest, options, problems: read_html(
        text, path, digest, options.date_order, problems
    ),
    "table": lambda text, path, digest, options, problems: read_delimited(
        text, path, digest, options.columns, problems
    ),
    "text": lambda text, path, digest, options, problems: TextPage(text, path, digest, options.date_order),
}


#: Readers by the name of the export in `_EXPORTS`.
_EXPORT_READERS: Final[dict[str, Callable[[str, str, str, str, list[Problem]], list[Item]]]] = {
    "LexisNexis page": read_lexis_html,
    "LexisNexis download": read_lexis_text,
    "Factiva page of many articles": read_factiva_html,
    "Factiva download": read_factiva_xml,
    "ProQuest page": read_proquest_html,
    "ProQuest download": read_proquest_text,
    "Europresse page of many articles": read_europresse,
    "RIS file of references": read_ris,
    "feed": read_feed,
}


def sniff(text: str, suffix: str = "") -> str:
    """Say what a text file is by its content: "json", "jsonl", "html", "xml", "table" or "text".

    The ending of its name only settles what content leaves open: a CSV whose columns nobody knows.

    >>> sniff('{"title": "A"}\\n{"title": "B"}'), sniff("title;text\\nA;B"), sniff("A title\\n\\nA text.")
    ('jsonl', 'table', 'text')
    """
    start = text.lstrip("\ufeff \t\r\n")
    first = start.partition("\n")[0]
    if start.startswith("{") and _OBJECT.match(start):
        # One broken line, be it the first, must not make JSON lines look like one broken object.
        whole = [
            line
            for line in start.split("\n", 50)[:50]
            if line.startswith("{") and line.rstrip().endswith("}")
        ]
        return "jsonl" if len(whole) > 1 or suffix in {".jsonl", ".ndjson"} else "json"
    if suffix == ".json" or (start.startswith("[") and _ARRAY.match(start)):
        return "json"
    if _XML.match(start):
        return "xml"
    if (start.startswith("<") or suffix in {".html", ".htm", ".xhtml"}) and _HTML.search(start[:3000]):
        return "html"
    if suffix in {".csv", ".tsv", ".tab"}:
        return "table"
    if not any(map(first.__contains__, DELIMITERS)):
        return "text"
    names = [name.strip('" ') for name in first.split(sniff_delimiter(first))]
    if len(names) < 2:
        return "text"
    known = match_columns(names)
    of_articles = is_list(known) or ("text" in known and len(known) >= 2)
    return "table" if of_articles else "text"
