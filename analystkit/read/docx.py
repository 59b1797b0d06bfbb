"""Word files (DOCX): a Nexis Uni export of many articles, or one article a file."""

from __future__ import annotations

import io
import itertools
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from analystkit.clean.dates import find_date
from analystkit.clean.zones import name_in_byline
from analystkit.read.exports import Export, Field, is_copyright
from analystkit.read.items import Item, Problem, Zone
from analystkit.read.lexis import Block, label_kind, lexis_fields
from analystkit.read.markup import one_line
from analystkit.read.pages import read_text

#: The text of a Word file may unpack to at most this many bytes.
SIZE_LIMIT = 500_000_000

_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_END: Final = re.compile(
    r"end of document|ende des dokuments|einde van (?:het )?document|fin du document|fin del documento|fine del documento"
    r"|fim do documento",
    re.IGNORECASE,
)
_FIELD: Final = re.compile(r"\s*([^\W\d_][\w /-]{1,30}):[\s\xa0]")
_LISTED: Final = re.compile(r"\s*\w+ \((\d{1,5})\)\s*")
_ABOVE: Final = 8  # lines between the date and the first label
_DATE_WORDS: Final = 30  # characters beside the date in a line that states it


@dataclass(frozen=True)
class _Paragraph:
    text: str
    style: str
    is_strong: bool
    opens_strong: bool


def read_docx(data: bytes, path: str, sha256: str, order: str, problems: list[Problem]) -> list[Item]:
    """Read a Word file.

    Raises
    ------
    ImportError
        python-docx, which the extra `formats` brings, is not installed.
    """
    import docx  # few folders hold Word files

    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        size = sum(info.file_size for info in archive.infolist())
    if size > SIZE_LIMIT:
        reason = f"would unpack to {size // 1_000_000} MB, over the size limit"
        problems.append(
            Problem(path, "", "error", reason, "split it, or raise analystkit.read.docx.SIZE_LIMIT")
        )
        return []
    paragraphs = list(_paragraphs(docx.Document(io.BytesIO(data))))
    if _is_nexis(paragraphs):
        return _read_nexis(paragraphs, Export(path, "lexis_docx", sha256, order, problems))
    return _read_article(paragraphs, path, sha256, order, problems)


def _is_nexis(paragraphs: Sequence[_Paragraph]) -> bool:
    if any(_END.fullmatch(p.text.strip()) for p in paragraphs) or _head_end(paragraphs) is not None:
        return True
    # A list of what was found, without the articles: "Documents (10)", then "1. ..."
    filled = [p for p in paragraphs[:30] if p.text.strip()]
    return any(
        head.is_strong and _LISTED.fullmatch(head.text) and entry.text.lstrip().startswith("1. ")
        for head, entry in itertools.pairwise(filled)
    )


def _paragraphs(document: Any) -> Iterator[_Paragraph]:
    """Yield the paragraphs in order, those of tables and text boxes too."""
    names = {style.style_id: style.name or "" for style in document.styles}
    for node in document.element.iter(f"{_W}p"):
        if next(node.iterancestors(_FALLBACK), None) is not None:
            continue  # the same text box once more, for older programs
        runs = [(_text(run, node), _is_bold(run)) for run in node.iter(f"{_W}r")]
        runs = [(text, bold) for text, bold in runs if text.strip()]
        style = node.find(f"{_W}pPr/{_W}pStyle")
        yield _Paragraph(
            "".join(_text(run, node) for run in node.iter(f"{_W}r")),
            names.get(style.get(f"{_W}val"), "") if style is not None else "",
            bool(runs) and all(bold for _, bold in runs),
            bool(runs) and runs[0][1],
        )


def _text(run: Any, paragraph: Any) -> str:
    if next(run.iterancestors(f"{_W}p"), None) is not paragraph:
        return ""  # of a text box in it, which is a paragraph of its own
    parts = {f"{_W}tab": " ", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}
    return "".join(
        (node.text or "") if node.tag == f"{_W}t" else parts.get(node.tag, "") for node in run.iterchildren()
    )


def _is_bold(run: Any) -> bool:
    mark = run.find(f"{_W}rPr/{_W}b")
    return mark is not None and mark.get(f"{_W}val") not in {"0", "false", "off"}


def _read_nexis(paragraphs: Sequence[_Paragraph], export: Export) -> list[Item]:
    items = []
    cover: list[str] = []
    below: list[str] = []
    start = number = 0
    ends = [i for i, p in enumerate(paragraphs) if _END.fullmatch(p.text.strip())]
    for end in [*ends, len(paragraphs)]:
        part = paragraphs[start:end]
        opens = start == 0
        start = end + 1
        if not any(p.text.strip() for p in part):
            continue
        if end == len(paragraphs) and _head_end(part) is None:
            below = [p.text for p in part]
            continue
        number += 1
        where = f"document {number}"
        above, fields = _fields(part)
        if opens:
            cover = above
        reason = "cover of the export" if opens else "line above the article"
        fields[:0] = [Field("above", line, reason) for line in above]
        if end < len(paragraphs):
            fields.append(Field("end", paragraphs[end].text, "end of the article in the export"))
        else:
            export.problem(where, "warning", "the file ends before the article does", "export it again")
        if item := export.item(fields, where):
            items.append(item)
    listed = next((int(found[1]) for line in cover if (found := _LISTED.fullmatch(line))), number)
    if listed != number:
        reason = f"its cover lists {listed} documents, the file holds {number}"
        export.problem("", "warning", reason, "export it again, with full documents")
    if items:
        items[-1].zones += [
            Zone("furniture", line, "line below the articles") for line in map(one_line, below) if line
        ]
    else:
        export.problem("", "error", "an export without articles", "export it again, with full documents")
    return items


def _fields(part: Sequence[_Paragraph]) -> tuple[list[str], list[Field]]:
    """Return what stands above one article, and its fields."""
    labels = _head_end(part)
    # Without a label: all of it is taken for the head, the lines below its date for text.
    top = len(part) if labels is None else labels
    filled = [i for i in range(top) if part[i].text.strip()]
    day = _date_line(part, filled[:_ABOVE] if labels is None else filled[-_ABOVE:])
    outlet = _nonempty_before(part, top if day is None else day)
    title = _nonempty_before(part, outlet) if outlet is not None else None
    if outlet is not None and title is None:
        outlet, title = None, outlet
    begin = title
    while begin is not None and begin > 0 and part[begin - 1].text.strip():
        begin -= 1
    known = [
        (kind, part[i].text, label)
        for kind, i, label in (("outlet", outlet, "line of the outlet"), ("date", day, "line of the date"))
        if i is not None
    ]
    used = {i for i in (outlet, day) if i is not None}
    if begin is not None and title is not None:
        known.insert(0, ("title", "\n".join(p.text for p in part[begin : title + 1]), "headline"))
        used |= set(range(begin, title + 1))
    first = min(used, default=0)
    rest = [p for i, p in enumerate(part[first:], first) if i not in used and p.text.strip()]
    return [p.text for p in part[:first]], lexis_fields(map(_block, rest), [Field(*entry) for entry in known])


def _block(paragraph: _Paragraph) -> Block:
    text = paragraph.text.strip()
    if paragraph.is_strong and label_kind(text):
        return Block("", text.upper())
    found = _FIELD.match(text) if paragraph.opens_strong else None
    if found and label_kind(found[1]) not in {"", "body"}:
        return Block(text[found.end() :], found[1].upper())
    return Block(text, strong=paragraph.is_strong)


def _head_end(part: Sequence[_Paragraph]) -> int | None:
    """Return the place of the first label of an article, which a length or the word "Body" follows."""
    first = None
    for i, paragraph in enumerate(part):
        block = _block(paragraph) if paragraph.opens_strong else Block("")
        kind = label_kind(block.label)
        if not kind or (kind == "body" and block.text):
            first = first if not paragraph.text.strip() else None
            continue
        first = i if first is None else first
        if kind in {"body", "length"}:
            return first
    return None


def _date_line(part: Sequence[_Paragraph], places: Sequence[int]) -> int | None:
    for i in reversed(places):
        text = part[i].text
        if not is_copyright(text) and len(text) < 100 and find_date(text):
            return i
    return None


def _nonempty_before(part: Sequence[_Paragraph], place: int | None) -> int | None:
    below = range(place if place is not None else 0)
    return next((i for i in reversed(below) if part[i].text.strip() and not is_copyright(part[i].text)), None)


def _read_article(
    paragraphs: Sequence[_Paragraph], path: str, sha256: str, order: str, problems: list[Problem]
) -> list[Item]:
    """Read a Word file that holds one article: by the style of its title if it has one, else by the looks of its lines."""
    lines = [(line.strip(), p.style) for p in paragraphs for line in p.text.split("\n") if line.strip()]
    if not lines:
        problems.append(Problem(path, "", "error", "a Word file without text", "save it again, as text"))
        return []
    title = next((i for i, (_, style) in enumerate(lines) if re.fullmatch(r"Title|Heading 1", style)), None)
    if title is None:
        items = read_text("\n\n".join(line for line, _ in lines), path, sha256, order, problems)
        for item in items:
            item.format = "docx"
        return items
    article = Export(path, "docx", sha256, order, problems).item(list(_styled(lines, title)), "")
    if article and article.published:
        article.published_origin = "dateline"
    return [article] if article else []


def _styled(lines: Sequence[tuple[str, str]], title: int) -> Iterator[Field]:
    in_head = True
    for i, (line, style) in enumerate(lines):
        found = find_date(line)
        if i < title:
            yield Field("above", line, "above the title")
        elif i == title:
            yield Field("title", line, "the style of a title")
        elif in_head and name_in_byline(line):
            yield Field("byline", line, "names who wrote it")
        elif in_head and found and len(line) - (found.end - found.start) < _DATE_WORDS:
            yield Field("date", line, "a date with little else")
        elif style == "Caption":
            yield Field("caption", line, "the style of a caption")
        else:
            in_head = False
            yield Field("subhead" if style.startswith(("Heading", "Subtitle")) else "body", line)
