"""Factiva exports: HTML as the page shows it, HTML with its codes (HD, WC, LP, TD ...), and XML."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any, Final

from analystkit.clean.dates import find_date
from analystkit.clean.lines import Zone
from analystkit.read.exports import Export, Field, blocks_in, is_copyright, lines_in, parse_export
from analystkit.read.items import Item, Problem
from analystkit.read.markup import one_line
from analystkit.read.stated import language_code

_CODES: Final = {
    "HD": "title", "BY": "byline", "CR": "credit", "PD": "date", "SN": "outlet", "LA": "language", "SE": "section",
    "LP": "body", "TD": "body", "ART": "caption", "CY": "copyright",
}  # fmt: skip
_ELEMENTS: Final = {
    "headline": "title", "byline": "byline", "credit": "credit", "publicationDate": "date", "sourceName": "outlet",
    "baseLanguage": "language", "sectionName": "section", "leadParagraph": "body", "tailParagraphs": "body",
    "art": "caption", "copyright": "copyright",
}  # fmt: skip
_WORD_COUNT: Final = re.compile(r"\d[\d.,’' \xa0]*\s?[^\W\d_]+\.?")
_BYLINE: Final = re.compile(r"(?:by|von|par|por|door)\s+\S", re.IGNORECASE)
_CAPTION: Final = re.compile(
    r"(?:photos?|drawings?|graphics?|maps?|charts?|foto|grafik)(?: \([^)]*\))?:\s", re.IGNORECASE
)
_CAPTION_WORDS: Final = 8  # the publisher's name and the number of the document have fewer
_CLOCK: Final = re.compile(r"\d{1,2}:\d{2}\b.{0,12}")
_LIST: Final = "the page lists articles and holds none of them in full"


def read_factiva_html(text: str, path: str, sha256: str, order: str, problems: list[Problem]) -> list[Item]:
    """Read a page of articles saved from Factiva, with or without codes."""
    # The archive's own sign for a line end, escaped once too often.
    tree = parse_export(text.replace("&amp;softReturn;", " "))
    export = Export(path, "factiva_html", sha256, order, problems)
    articles = _article_nodes(tree)
    items = []
    for number, node in enumerate(articles, start=1):
        rows = _coded_rows(node)
        fields = list(_coded(rows)) if rows else _shown(node)
        if item := export.item(fields, f"article {number}"):
            items.append(item)
    if not items:
        export.problem("", "error", _LIST, "save the articles in full, or as XML")
        return items
    # The page's own lines (its name, what was searched) belong to no article; they are kept with the last.
    lines = (one_line(line) for _, text in blocks_in(tree, set(articles)) for line in text.split("\n"))
    items[-1].zones += [Zone("furniture", line, "line of the page") for line in lines if line]
    return items


def _article_nodes(tree: Any) -> list[Any]:
    """Return the innermost divisions of class "article"."""
    nodes = [node for node in tree.iter("div") if "article" in node.get("class", "").split()]
    outer = {above for node in nodes for above in node.iterancestors("div")}
    return [node for node in nodes if node not in outer]


def _coded_rows(node: Any) -> list[tuple[str, str]]:
    """Return the codes of an article with their texts; what has no code has "". Empty if the article has no codes."""
    rows: list[tuple[str, str]] = []
    coded: set[Any] = set()
    for row in node.iter("tr"):
        pair = row.findall("td")
        if len(pair) == 2 and re.fullmatch(r"[A-Z]{2,4}", code := lines_in(pair[0])):
            rows.append((code, "\n".join(text for _, text in blocks_in(pair[1]))))
            coded.add(row)
    if not {"HD", "LP", "TD"}.intersection(code for code, _ in rows):
        return []
    return rows + [("", text) for _, text in blocks_in(node, coded)]


def _coded(rows: Sequence[tuple[str, str]]) -> Iterator[Field]:
    clock = next((f" {text}" for code, text in rows if code == "ET"), "")
    for code, text in rows:
        yield Field(_CODES.get(code, "code"), text + clock if code == "PD" else text, code)


def _shown(node: Any) -> list[Field]:
    """Return the fields of an article that is set without codes: the head tells them by order, the rest by class."""
    head: list[tuple[str, str]] = []
    below: list[Field] = []
    for part, text in blocks_in(node):
        name = part.get("class", "")
        if "articleParagraph" in name or part.tag not in {"div", "p"}:
            is_caption = bool(_CAPTION.match(text))
            below.append(Field("caption" if is_caption else "body", text, "paragraph of the article"))
        elif below:
            is_caption = len(text.split()) >= _CAPTION_WORDS
            below.append(Field("caption" if is_caption else "source", text, "line below the article"))
        elif _is_title(part):
            head.append(("title", text))
        else:
            head.append(("byline" if "author" in name.split() else "", text))
    return [*_head(head), *below]


def _is_title(part: Any) -> bool:
    return part.get("id") == "hd" or (part.getparent() is not None and part.getparent().get("id") == "hd")


def _head(lines: Sequence[tuple[str, str]]) -> Iterator[Field]:
    """Tell the lines of the head apart: section, title, author, words, date, time, outlet, code, language, copyright."""
    title = next((i for i, (kind, _) in enumerate(lines) if kind == "title"), -1)
    day = next(
        (i for i, (kind, text) in enumerate(lines) if i > title and not kind and _is_day(text)), len(lines)
    )
    outlet = day + 1
    if outlet < len(lines) and _CLOCK.fullmatch(lines[outlet][1]):
        outlet += 1
    for i, (kind, text) in enumerate(lines):
        if kind:
            yield Field(kind, text, "headline" if kind == "title" else "line of the author")
        elif i < title:
            yield Field("section", text, "line above the title")
        elif i < day and not _WORD_COUNT.fullmatch(text) and _BYLINE.match(text):
            yield Field("byline", text, "line of the author")
        elif i == day:
            clock = f" {lines[day + 1][1]}" if outlet == day + 2 else ""
            yield Field("date", text + clock, "line of the date")
        elif i == outlet:
            yield Field("outlet", text, "line of the outlet")
        elif i > outlet and _is_language(text):
            yield Field("language", text, "line of the language")
        elif i != day + 1:
            yield Field("head", text, "line of the head")


def _is_language(text: str) -> bool:
    # Longer than the codes of outlets ("FT") that look like those of languages.
    return len(text) > 4 and language_code(text) != text and not is_copyright(text)


def _is_day(text: str) -> bool:
    found = find_date(text)
    return found is not None and found.start == 0 and len(text) < 40


def read_factiva_xml(text: str, path: str, sha256: str, order: str, problems: list[Problem]) -> list[Item]:
    """Read an XML export; where the file is broken, the articles that can be read are kept."""
    from lxml import etree

    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True, encoding="utf-8")
    tree = etree.fromstring(text.lstrip("\ufeff \r\n\t").encode("utf-8"), parser)
    export = Export(path, "factiva_xml", sha256, order, problems)
    if parser.error_log:
        fault = parser.error_log[0]
        export.problem(
            f"line {fault.line}",
            "warning",
            f"broken XML ({fault.message}); what follows there may be cut",
            "export it again",
        )
    items = []
    articles = (
        [] if tree is None else [n for n in tree.iter("{*}article") if n.find("{*}headline") is not None]
    )
    for number, node in enumerate(articles, start=1):
        if item := export.item(list(_xml_fields(node)), f"article {number}"):
            items.append(item)
    if not items:
        export.problem("", "error", "an XML export without articles", "export the articles in full")
    return items


def _xml_fields(node: Any) -> Iterator[Field]:
    for child in node.iterchildren("{*}*"):
        name = str(child.tag).rpartition("}")[2]
        paragraphs = list(child.iter("{*}paragraph")) or [child]
        text = "\n".join(" ".join("".join(part.itertext()).split()) for part in paragraphs)
        yield Field(_ELEMENTS.get(name, "code"), text, f"element {name}")
