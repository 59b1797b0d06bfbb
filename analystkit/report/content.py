"""What a report says, before it is a page: sections with findings, pictures and tables, and the evidence of each number."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Number:
    """One number of a table that opens to its evidence.

    Attributes
    ----------
    text
        As printed.
    evidence_id
        Anchor of its evidence, or "" for a number that counts nothing.
    note
        What is printed beside it in small, such as its share with the interval.
    """

    text: str
    evidence_id: str = ""
    note: str = ""


@dataclass(frozen=True)
class Evidence:
    """The evidence of one number.

    Attributes
    ----------
    id
        Anchor.
    caption
        What was counted: "Russia, 2023-09: 12 stories".
    units
        One entry per unit counted: anchor of its sentence, label of its article, "start-end" of the hit within it.
    """

    id: str
    caption: str
    units: list[tuple[str, str, str]]


@dataclass(frozen=True)
class Table:
    """A table of a report: column heads, rows of cells, the first cell naming the row; the reader may have to open it."""

    caption: str
    heads: list[str]
    rows: list[list[Number]]
    opened: bool = True


@dataclass(frozen=True)
class Section:
    """One question with its answer.

    Attributes
    ----------
    id, heading
        Anchor and title.
    finding
        The answer in a sentence.
    pictures
        Inline SVG.
    tables
        The numbers behind the pictures.
    limits
        How to read this, and what it cannot tell.
    """

    id: str
    heading: str
    finding: str
    pictures: list[str]
    tables: list[Table]
    limits: str


@dataclass
class Content:
    """All that a report says; the page is made from this alone."""

    title: str
    summary: str
    facts: list[tuple[str, str]]
    sections: list[Section] = field(default_factory=list)
    evidence: list[Evidence] = field(default_factory=list)
    articles: list[dict[str, Any]] = field(default_factory=list)
    manifest: dict[str, Any] = field(default_factory=dict)
