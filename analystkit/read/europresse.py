"""Pages of many articles from Europresse (Eureka): the old one made of tables, the newer one made of <article>s.

Both mark the outlet, the line of the date and the headline with class names; the rest is told by its place.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any, Final

from analystkit.clean.dates import find_date
from analystkit.read.exports import Export, Field
from analystkit.read.items import Item, Problem, Zone
from analystkit.read.markup import BLOCKS, one_line, parsed, walk

#: Class names (lower-case) by what they mark.
_ROLES: Final = {
    "docpublicationname": "outlet",
    "rdp__docpublicationname": "outlet",
    "docheader": "date",
    "titrearticlevisu": "title",
    "rdp__articletitle": "title",
    "rdp__subtitle": "lead",
    "docauthors": "byline",
    "dococurrcontainer": "body",
    "public-lblnodoc": "end",
    "txtcertificat": "end",
}
_WEEKDAY: Final = re.compile(
    r"\b(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche"
    r"|monday|tuesday|wednesday|thursday|friday|saturday|sunday)\b\W*",
    re.IGNORECASE,
)
_END: Final = re.compile(r"©|\(c\)\s|Numéro de document\s*:|Document number\s*:|\w+·\d{8}·", re.IGNORECASE)
_STOP: Final = re.compile(r"[.!?…»”\"]$")
_ISSUE: Final = re.compile(r",\s*(?:n[°º]|(?:no|nr|num[ée]ro|issue)\b)[. ]*\d[\w/-]*$", re.IGNORECASE)


@dataclass
class _Line:
    """A line of the page: what its class names say it is, its words, and the tags that follow it."""

    role: str
    text: str
    breaks: list[str] = field(default_factory=list)


def read_europresse(text: str, path: str, sha256: str, order: str, problems: list[Problem]) -> list[Item]:
    """Read a page of articles; each begins at the name of its outlet."""
    articles: list[list[_Line]] = []
    above: list[_Line] = []
    last = ""
    for line in _lines(parsed(text)):
        if line.role == "outlet" and last != "outlet":
            articles.append([])
        (articles[-1] if articles else above).append(line)
        last = line.role
    export = Export(path, "europresse", sha256, order, problems)
    items = [
        item
        for number, lines in enumerate(articles, start=1)
        if (item := export.item(_fields(lines), f"article {number}"))
    ]
    if items:
        items[0].zones += [
            Zone("furniture", line.text, "above the first article of the page") for line in above
        ]
    elif not articles:
        export.problem("", "error", "a Europresse page without articles", "export it again")
    return items


def _role(element: Any) -> str:
    """Return what the nearest class name above a text says it is."""
    while element is not None:
        for name in (element.get("class") or "").lower().split():
            if name in _ROLES:
                return _ROLES[name]
        element = element.getparent()
    return ""


def _lines(tree: Any) -> list[_Line]:
    lines: list[_Line] = []
    words: list[str] = []
    role = ""

    def end_line() -> None:
        text = one_line("".join(words))
        words.clear()
        if text:
            lines.append(_Line(role, text))

    for event, element, piece in walk(tree):
        if event == "text":
            own = _role(element)
            if own != role and piece.strip():
                end_line()
                role = own
            words.append(piece)
        elif element.tag in BLOCKS and element.tag != "head":
            end_line()
            if lines and event == "start":
                lines[-1].breaks.append(element.tag)
    end_line()
    return lines


def _fields(lines: list[_Line]) -> list[Field]:
    """Return the fields of one article: what class names do not tell is told by where a line stands."""
    header = " ".join(line.text for line in lines if line.role == "date")
    fields = [
        Field(
            "title", " ".join(line.text for line in lines if line.role == "title"), "marked so by the page"
        ),
        Field("date", header, "marked so by the page"),
        Field("section", _section(header), "before the date"),
    ]
    titled = ended = False
    for line in lines:
        has_body = any(field.kind == "body" for field in fields)
        ended = ended or line.role == "end" or (titled and bool(_END.match(line.text)))
        if ended:
            fields.append(Field("other", line.text, "below the article: rights, number, certificate"))
        elif line.role in {"date", "title"}:
            titled = titled or line.role == "title"
        elif line.role == "outlet" and (number := _ISSUE.search(line.text)):
            # With its number each issue would be an outlet of its own.
            fields.append(Field("outlet", line.text[: number.start()], "marked so by the page"))
            fields.append(Field("other", number[0].strip(" ,"), "number of the issue"))
        elif line.role in {"outlet", "lead", "byline"}:
            fields.append(Field(line.role, line.text, "marked so by the page"))
        elif line.role == "" and titled and not has_body and _is_byline(line):
            fields.append(Field("byline", line.text, "below the headline, above the text"))
        elif titled or line.role == "body":
            fields.append(Field("body", line.text, "text of the article"))
        else:
            fields.append(Field("lead", line.text, "above the headline"))
    return fields


def _is_byline(line: _Line) -> bool:
    """Say whether the first line below the headline is a name: it alone is followed by a break and then a paragraph."""
    return line.breaks[:2] == ["br", "p"] and len(line.text.split()) <= 12 and not _STOP.search(line.text)


def _section(header: str) -> str:
    """Return the section that stands before the date.

    >>> _section("Politique, jeudi 5 octobre 2013 , p. 03"), _section("mercredi 3 octobre 2012")
    ('Politique', '')
    """
    found = find_date(header)
    return _WEEKDAY.sub("", header[: found.start]).strip(" ,;-") if found else ""
