"""The fields that a reader found in one article of an archive export -> an `Item`, by the same rules for each archive."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from analystkit.clean.encoding import tidy
from analystkit.clean.lines import Zone
from analystkit.clean.zones import agency_in_dateline
from analystkit.read.items import Item, Problem, body_zones
from analystkit.read.markup import BLOCKS, one_line, parsed, walk
from analystkit.read.stated import language_code, state_published

#: What a field can be; any other kind is furniture.
_ZONES: Final = {
    "title": "title",
    "lead": "lead",
    "byline": "byline",
    "credit": "credit",
    "date": "dateline",
    "dateline": "dateline",
    "caption": "caption",
}
_BODY: Final = ("body", "subhead")
# "Copyright 2024", "(c) 2024 The Pier", "Copyright Pier Press"; not "Copyright law was changed".
_COPYRIGHT: Final = re.compile(
    r"\W*(?:(?i:copyright)\W+(?:(?i:\(c\)|by|of)\W+)?(?:\d{4}|[A-ZÀ-Þ])|©|\([cC]\)\s*(?:19|20)\d\d)"
)
# Only words that cannot begin a surname, or "Von" before a first name and a surname ("Von Ann Lee").
_BY: Final = re.compile(r"(?:by|par|por|door|von(?=\s+(?-i:[A-ZÀ-Þ])[^\s,]*\s+[^,]))\s+(?=\S)", re.IGNORECASE)
# "ship[https://...]": the archive prints the address behind the words of a link.
_LINK: Final = re.compile(r"\s?\[(https?://[^\]\s]+)\](?P<glued>(?=\w))?")


@dataclass(frozen=True)
class Field:
    """One field of an article in an export.

    Attributes
    ----------
    kind
        title, lead, byline, credit, date, dateline, caption, body, subhead, outlet, section, language, url; any other
        is kept as furniture.
    text
        Its words; a body field may hold several lines, each a paragraph.
    label
        What the export calls it ("LOAD-DATE"), or why it is that, in words.
    """

    kind: str
    text: str
    label: str = ""


@dataclass(frozen=True)
class Export:
    """One export file: what all its articles share.

    Attributes
    ----------
    date_order
        "day", "month" or "": what comes first in 03/04/2024.
    """

    path: str
    format: str
    sha256: str
    date_order: str
    problems: list[Problem]

    def problem(self, where: str, severity: str, reason: str, remedy: str) -> None:
        """Note one thing that went wrong in this file."""
        self.problems.append(Problem(self.path, where, severity, reason, remedy))

    def item(self, fields: Sequence[Field], where: str) -> Item | None:
        """Return the article made of its fields; None, and a problem, if it has neither title nor text."""
        fields = [Field(f.kind, tidy(f.text).strip(), f.label) for f in fields if f.text.strip()]
        title = _first(fields, "title")
        item = Item(
            path=self.path,
            format=self.format,
            sha256=self.sha256,
            zones=list(_zones(fields, title)),
            title=title,
            outlet=_first(fields, "outlet"),
            section=_first(fields, "section"),
            byline=name_in_byline_field(_first(fields, "byline")),
            url=_first(fields, "url"),
            language=language_code(_first(fields, "language")),
            where=where,
        )
        if not title and not item.text_of("body"):
            self.problem(where, "error", "neither a title nor a text was found", "export this article again")
            return None
        places = [f.text for f in fields if f.kind == "dateline"]
        places += [zone.text for zone in item.zones if zone.reason == "place line of the first paragraph"]
        signed = item.text_of("credit").partition("\n")[0].strip(" .()")
        item.credit = signed or next(filter(None, map(agency_in_dateline, places)), "")
        if not item.text_of("body"):
            self.problem(where, "warning", "the article has no text", "export it again with its full text")
        state_published(item, _first(fields, "date"), self.date_order, self.problems)
        return item


def _zones(fields: Sequence[Field], title: str) -> Iterator[Zone]:
    body = [field for field in fields if field.kind in _BODY]
    subheads = {one_line(field.text) for field in body if field.kind == "subhead"}
    for field in fields:
        reason = f"field {field.label} of the export" if field.label.isupper() else field.label
        if field.kind not in _BODY:
            name = _ZONES.get(field.kind, "furniture")
            text = field.text if name == "furniture" else one_line(field.text)
            yield from (Zone(name, line, reason or "the export's own") for line in _lines(text))
        elif field is body[0]:
            # All of the body at once: its first line may hold a place line and its last the agency's name.
            text = "\n".join(part.text for part in body)
            for zone in body_zones(_LINK.sub(_gap, text), reason or "text of the article", title=title):
                is_subhead = zone.zone == "body" and zone.text in subheads
                yield Zone("subhead", zone.text, "set apart within the text") if is_subhead else zone
            for link in _LINK.finditer(text):
                yield Zone("furniture", link[1], "address of a link in the text")


def _gap(link: re.Match[str]) -> str:
    return " " if link["glued"] is not None else ""


def _first(fields: Sequence[Field], kind: str) -> str:
    return next((one_line(field.text) for field in fields if field.kind == kind), "")


def _lines(text: str) -> list[str]:
    return [one_line(line) for line in text.split("\n") if line.strip()]


def is_copyright(text: str) -> bool:
    """Say whether a line is a notice of copyright.

    >>> is_copyright("Copyright 2024 The Pier. All Rights Reserved"), is_copyright("Copyright law was changed.")
    (True, False)
    """
    return bool(_COPYRIGHT.match(text))


def name_in_byline_field(text: str) -> str:
    """Return who a byline field names: the same without "By".

    >>> name_in_byline_field("By ANN LEE"), name_in_byline_field("Von Ann Lee"), name_in_byline_field("von Lee, Ann")
    ('ANN LEE', 'Ann Lee', 'von Lee, Ann')
    """
    found = _BY.match(text)
    return (text[found.end() :] if found else text).strip(" ,")


def parse_export(markup: str) -> Any:
    """Return the tree of an HTML export; a line break in it is the character U+2028."""
    return parsed(_BREAK.sub("\u2028", markup))


def lines_in(node: Any) -> str:
    """Return the text of a node of such a tree, one line for each of its lines."""
    return _shown(str(node.text_content()))


def blocks_in(tree: Any, without: Collection[Any] = ()) -> Iterator[tuple[Any, str]]:
    """Yield each block of such a tree that has text of its own, and that text, in order; a row of a table is a block.

    No text that is shown is passed over: what stands between the blocks inside another one is yielded with that one.

    Parameters
    ----------
    without
        Elements that are left out, with all that they hold.
    """
    parts: list[str] = []
    open_blocks = [tree]
    left_out = 0
    for event, element, text in walk(tree):
        if event != "text" and element in without:
            left_out += 1 if event == "start" else -1
            parts.append("\u2028")
        elif left_out:
            continue
        elif event == "text":
            parts.append(text)
        elif element.tag in _BLOCKS:
            if shown := "".join(parts) if element.tag == "pre" else _shown("".join(parts)):
                yield open_blocks[-1], shown.replace("\u2028", "\n")
            parts = []
            if event == "start":
                open_blocks.append(element)
            elif len(open_blocks) > 1:
                open_blocks.pop()
        elif element.tag in {"td", "th"}:
            parts.append(" ")
    if shown := _shown("".join(parts)):
        yield tree, shown


def _shown(text: str) -> str:
    return "\n".join(_lines(text.replace("\n", " ").replace("\u2028", "\n")))


_BREAK: Final = re.compile(r"<br\b[^<>]*>", re.IGNORECASE)
_BLOCKS: Final = BLOCKS - {"br", "button", "option", "td", "th"}
