"""Files in, articles out: one registry that sniffs what a file is and hands it to the reader of its format."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from analystkit.clean.encoding import decode
from analystkit.read.columns import TableOptions, match_columns
from analystkit.read.items import Item, Problem
from analystkit.read.pages import read_html, read_text
from analystkit.read.records import read_json, read_json_lines
from analystkit.read.sources import Source
from analystkit.read.tables import DELIMITERS, read_delimited, read_parquet, read_xlsx, sniff_delimiter

#: Formats by their first bytes, with what to do where no reader exists.
_MAGIC: Final = (
    (b"PAR1", "parquet", ""),
    (b"%PDF", "pdf", "save the page as text or HTML, or copy its text into a .txt file"),
    (b"PK\x03\x04", "zip", ""),
    (b"\xd0\xcf\x11\xe0", "old office file", "save it again as .xlsx or as text"),
    (b"\x89PNG", "picture", "only text can be read; a scan needs text recognition first"),
    (b"\xff\xd8\xff", "picture", "only text can be read; a scan needs text recognition first"),
    (b"GIF8", "picture", "only text can be read; a scan needs text recognition first"),
    (b"RIFF", "sound, film or picture", "only text can be read"),
    (b"{\\rtf", "rtf", "save it again as text"),
)
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
    path = source.path
    try:
        data = source.read()
    except OSError as fault:
        reason = fault.strerror or str(fault)
        problems.append(
            Problem(path, "", "error", f"cannot be read: {reason}", "check the file and its permissions")
        )
        return []
    if not data.strip():
        problems.append(Problem(path, "", "error", "the file is empty", "save it again"))
        return []
    digest = hashlib.sha256(data).hexdigest()
    try:
        return _read(source, data, digest, options, problems)
    except Exception as fault:  # one bad file never ends a load: a parser's own failure is one more problem
        kind = type(fault).__name__
        problems.append(
            Problem(
                path,
                "",
                "error",
                f"damaged, or not what it seems ({kind}: {fault})",
                "save or export it again",
            )
        )
        return []


def _read(source: Source, data: bytes, digest: str, options: Options, problems: list[Problem]) -> list[Item]:
    path, table = source.path, options.columns
    for magic, name, remedy in _MAGIC:
        if data.startswith(magic):
            if name == "parquet":
                return read_parquet(data, path, digest, table, problems)
            if name == "zip" and b"xl/workbook.xml" in data:
                return read_xlsx(data, path, digest, table, problems)
            shown = "zip without a sheet" if name == "zip" else name
            fix = remedy or "name it .zip if it is an archive; a Word file must be saved as text"
            problems.append(
                Problem(path, "", "error", f"not text: a {shown}, for which there is no reader", fix)
            )
            return []
    decoded = decode(data)
    if decoded.text is None:
        problems.append(
            Problem(path, "", "error", "not text: a binary file", "only text, tables and HTML can be read")
        )
        return []
    if decoded.fault:
        problems.append(Problem(path, "", "note", f"encoding: {decoded.fault}", "check some accented words"))
    if not decoded.text.strip():
        problems.append(Problem(path, "", "error", "the file is empty", "save it again"))
        return []
    kind = sniff(decoded.text, source.suffix)
    return _TEXT_READERS[kind](decoded.text, path, digest, options, problems)


_TextReader = Callable[[str, str, str, Options, list[Problem]], list[Item]]

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
    "text": lambda text, path, digest, options, problems: read_text(
        text, path, digest, options.date_order, problems
    ),
}


def sniff(text: str, suffix: str = "") -> str:
    """Say what a text file is by its content: "json", "jsonl", "html", "table" or "text".

    The ending of its name only settles what content leaves open: a CSV whose columns nobody knows.

    >>> sniff('{"title": "A"}\\n{"title": "B"}'), sniff("title;text\\nA;B"), sniff("A title\\n\\nA text.")
    ('jsonl', 'table', 'text')
    """
    start = text.lstrip("\ufeff \t\r\n")
    first, _, rest = start.partition("\n")
    if start.startswith("{"):
        closed = first.rstrip().endswith("}")
        return (
            "jsonl"
            if closed and (rest.lstrip().startswith("{") or suffix in {".jsonl", ".ndjson"})
            else "json"
        )
    if start.startswith("[") and suffix not in {".txt", ".md"}:
        return "json"
    if _HTML.search(start[:3000]) and (start.startswith("<") or suffix in {".html", ".htm", ".xhtml"}):
        return "html"
    if suffix in {".csv", ".tsv", ".tab"}:
        return "table"
    names = [name.strip('" ') for name in first.split(sniff_delimiter(first))]
    known = match_columns(names)
    if len(names) > 1 and "text" in known and len(known) >= 2 and any(mark in first for mark in DELIMITERS):
        return "table"
    return "text"
