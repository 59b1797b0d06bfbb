"""Exports of ProQuest: text files, and the HTML that it saves or sends by mail; each holds many records.

A record is a headline, then fields with a label each; "Full text" holds the article. Labels are those of the language
in which ProQuest was used: English, or one of `resources/proquest_labels.csv`.
"""

from __future__ import annotations

import csv
import functools
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from analystkit.read.exports import Export, Field
from analystkit.read.items import Item, Problem
from analystkit.read.markup import BLOCKS, one_line, parsed, walk
from analystkit.resources import resource_text

_NAMES: Final = (
    "Abstract|Accession number|Alternate title|Author|Author affiliation|Business indexing term|Classification|Column"
    "|Company|Company / organization|Copyright|Correspondence author|Country of publication|Credit|Database|Date|Dateline"
    "|Document feature|Document type|Document URL|DOI|e-ISSN|Edition|First page|Full text|Identifier / keyword|ISBN|ISSN"
    "|Issue|Language|Language of publication|Last updated|Links|Location|Notes|Number of pages|Online publication date"
    "|Pages|People|Place of publication|Product name|ProQuest document ID|Publication date|Publication info"
    "|Publication subject|Publication title|Publication year|Publisher|Section|Source type|Subject|Supplement|Title|Volume"
    "|Year"
)
_RULE: Final = re.compile(r"^_{20,}[ \t]*$", re.MULTILINE)
_COUNTER: Final = re.compile(r"(?:Documento?|Dokument) \d+ (?:of|von|sur|de|di) \d+")
_LABEL_LINE: Final = re.compile(r"([^\W\d_][^\W\d_/ -]*(?:[/ -]+[^\W\d_]+)*) ?:(?:[ \t]+(.*))?")
_LONGEST_LABEL: Final = 40  # characters
_NOTHING: Final = re.compile(
    r"(?:(?:none|not) available|(?:keine?|nicht) verfügbar|(?:aucun|non) disponible|(?:ninguno|no) disponible"
    r"|(?:nenhum|não) disponível|(?:nessuno|non) disponibile)\.?",
    re.IGNORECASE,
)
_FROM_CAPTION: Final = re.compile(r"(?:CAPTION|Illustration)\s*(?::|$)")
_CREDIT: Final = re.compile(r"CREDIT:\s*(.*)")
_AGENCY: Final = re.compile(
    r"\b(?:(?:the )?(?:canadian|associated) press|reuters|agence france-presse|afp|bloomberg(?: news)?|news services"
    r"|xinhua|tass|yonhap|kyodo|dpa|upi|pa media)\W*$",
    re.IGNORECASE,
)
_ARCHIVE_LINK: Final = re.compile(r"https?://|ProQuest document link$")
_DAY: Final = re.compile(r"([A-Za-z]{3,9})\.?(\d{1,2}),(\d{4})$")
_ADDRESS: Final = re.compile(r"\S+@\S+\.\w{2,}")


@dataclass
class _Record:
    """One record: the lines above its first label, and the lines of each labelled field."""

    head: list[str] = field(default_factory=list)
    fields: dict[str, list[str]] = field(default_factory=dict)

    def value(self, *names: str) -> str:
        """Return the first of the named fields that says something, in one line; else ""."""
        values = (" ".join(self.fields.get(name, ())) for name in names)
        return next((value for value in values if value and not _NOTHING.fullmatch(value)), "")


def read_proquest_text(text: str, path: str, sha256: str, order: str, problems: list[Problem]) -> list[Item]:
    """Read a text export: records between lines of underscores."""
    parts = _RULE.split(text.replace("\r\n", "\n").replace("\r", "\n"))
    labels = _labels_in(text)
    records = [record for part in parts if (record := _text_record(part, labels)).fields]
    return _items(records, Export(path, "proquest", sha256, order, problems))


def read_proquest_html(text: str, path: str, sha256: str, order: str, problems: list[Problem]) -> list[Item]:
    """Read the page "ProQuest Export", as saved or as sent by mail: records behind anchors DocID_..."""
    return _items(_html_records(text), Export(path, "proquest", sha256, order, problems))


def _text_record(part: str, labels: Mapping[str, str]) -> _Record:
    """Return the record of a part; a label counts at the top and below a blank line, as paragraphs follow without one."""
    record = _Record()
    into = record.head
    blank = True
    for line in part.split("\n"):
        stripped = one_line(line)
        label = _label(stripped, labels) if blank else None
        if label:
            into = record.fields.setdefault(label[0], [])
            stripped = label[1]
        blank = not line.strip()
        if stripped:
            into.append(stripped)
    return record


def _label(line: str, labels: Mapping[str, str]) -> tuple[str, str] | None:
    """Return the English name of the label that a line begins with, and what stands behind it."""
    found = _LABEL_LINE.match(line[:_LONGEST_LABEL]) and _LABEL_LINE.match(line)
    name = labels.get(_folded(found[1])) if found else None
    return (name, (found[2] or "").strip()) if found and name else None


def _folded(label: str) -> str:
    # Exports sent by mail were cut at a fixed length, which took and put spaces anywhere ("Place ofpublication").
    return label.replace(" ", "").lower()


_ENGLISH: Final = {_folded(name): name for name in _NAMES.split("|")}


@functools.cache
def _languages() -> Mapping[str, Mapping[str, str]]:
    """Return, for each language but English, the English name of each label."""
    languages: dict[str, dict[str, str]] = {}
    for row in csv.DictReader(resource_text("proquest_labels.csv").splitlines()):
        labels = languages.setdefault(row["language"], {})
        labels |= {_folded(name): row["label"] for name in row["names"].split("|")}
    return languages


def _labels_in(text: str) -> Mapping[str, str]:
    """Return the labels of the languages in which an export has them, as its names for the article and its outlet show.

    Not those of all languages: a paragraph may begin with a word that is a label in another ("Sujet: ...").
    """
    labels: dict[str, str] = {}
    begins = {
        _folded(line.partition(":")[0]) for line in re.split(r"[\n>]", text) if ":" in line[:_LONGEST_LABEL]
    }
    for own in _languages().values():
        if any(
            own.get(begin) in {"Full text", "Publication title", "ProQuest document ID"} for begin in begins
        ):
            labels |= own
    return labels | _ENGLISH


def _html_records(text: str) -> list[_Record]:
    """Return the records of a page; without anchors a record ends with the field "Database", the last of each."""
    labels = _labels_in(text)
    anchored = "DocID_" in text
    records = [_Record()]
    into: list[str] = records[0].head
    begun = anchored  # what stands above the first anchor is the page's own head
    words: list[str] = []
    in_label = 0

    def end_line() -> None:
        line = one_line("".join(words))
        words.clear()
        if line and not (begun and len(records) == 1):
            into.append(line)

    for event, element, piece in walk(parsed(text)):
        if event == "text":
            if not in_label:
                words.append(piece)
            continue
        if event == "start" and element.tag == "a" and (element.get("name") or "").startswith("DocID_"):
            end_line()
            records.append(_Record())
            into = records[-1].head
        elif element.tag == "strong":
            label = _label(one_line("".join(element.itertext())), labels)
            if label and not label[1]:
                if event == "start":
                    end_line()
                    if not anchored and "Database" in records[-1].fields:
                        records.append(_Record(head=records[-1].fields["Database"][1:]))
                    into = records[-1].fields.setdefault(label[0], [])
                in_label += 1 if event == "start" else -1
        elif element.tag in BLOCKS:
            end_line()
    end_line()
    return [record for record in records if record.fields]


def _items(records: list[_Record], export: Export) -> list[Item]:
    outlets = _one_spelling([_outlet(record) for record in records])
    items = [
        item
        for number, (record, outlet) in enumerate(zip(records, outlets, strict=True), start=1)
        if (item := _item(record, outlet, export, f"document {number}"))
    ]
    if not records:
        export.problem("", "error", "a ProQuest export without records", "export it again")
    return items


def _item(record: _Record, outlet: str, export: Export, where: str) -> Item | None:
    head = [line for line in record.head if not _COUNTER.fullmatch(line)]
    links = [line for line in head if _ARCHIVE_LINK.match(line)]
    title = " ".join(line for line in head if line not in links) or record.value("Title")
    text, credit = _text_fields(record.fields.get("Full text", []))
    link = next((link for link in links if link.startswith("http")), "")
    used = {"Full text", "Author", "Abstract", "Publication date", "Section"}
    fields = [
        Field("title", title, "headline of the record"),
        Field("outlet", outlet, "field of the archive"),
        Field("byline", record.value("Author"), "field 'Author'"),
        Field("date", _day(record), "field 'Publication date'"),
        Field("section", record.value("Section"), "field 'Section'"),
        Field("lead", record.value("Abstract"), "field 'Abstract'"),
        *text,
        Field("language", record.value("Language of publication", "Language"), "field of the archive"),
        Field("url", record.value("Document URL") or link, "field of the archive"),
        *(
            Field(
                "credit" if name == "Credit" else "other",
                f"{name}: {' '.join(lines)}",
                "field of the archive",
            )
            for name, lines in record.fields.items()
            if lines and name not in used
        ),
    ]
    item = export.item(fields, where)
    if item:
        credit = credit or record.value("Credit")
        agency = _AGENCY.search(credit)
        item.credit = agency[0].strip(" .;") if agency else ""
        item.byline = item.byline or (credit[: agency.start()] if agency else credit).strip(" ,;")
    return item


def _day(record: _Record) -> str:
    """Return the date field, with the spaces mended that an export by mail put into it ("Jun 2 4, 2024")."""
    stated = record.value("Publication date", "Publication info", "Date")
    found = _DAY.search(stated.replace(" ", ""))
    return f"{found[1]} {found[2]}, {found[3]}" if found else stated


def _text_fields(lines: list[str]) -> tuple[list[Field], str]:
    """Return the parts of the full text, and who its credit line names; captions stand below the text."""
    body: list[str] = []
    below: list[Field] = []
    credit = ""
    for line in lines:
        if found := _CREDIT.match(line):
            credit = found[1].strip(" ;")
            below.append(Field("credit", line, "names who wrote it"))
        elif _FROM_CAPTION.match(line) or (below and below[-1].kind == "caption"):
            below.append(Field("caption", line, "below the label of a picture"))
        elif not re.search(r"\w", line):
            below.append(Field("other", line, "a line without words"))
        elif _ADDRESS.fullmatch(line):
            below.append(Field("other", line, "the writer's address"))
        else:
            body.append(line)
    if len(body) == 1 and _NOTHING.search(body[0]) and len(body[0]) < 60:
        return [Field("other", body[0], "says that there is no full text"), *below], credit
    return [Field("body", "\n".join(body), "field 'Full text'"), *below], credit


def _outlet(record: _Record) -> str:
    """Return the name of the outlet: alone where "Publication info" parts it from its place, else as it stands."""
    name, mark, _ = record.value("Publication info").partition(" ; ")
    return name.strip() if mark else record.value("Publication title", "Publication info")


def _one_spelling(names: list[str]) -> list[str]:
    """Return names in which spaces that the export put or lost are mended by the commonest spelling.

    >>> _one_spelling(["The Tern", "The T ern", "The Tern", "The Gull"])
    ['The Tern', 'The Tern', 'The Tern', 'The Gull']
    """
    spelt: dict[str, Counter[str]] = {}
    for name in names:
        spelt.setdefault(name.replace(" ", ""), Counter())[name] += 1
    return [spelt[name.replace(" ", "")].most_common(1)[0][0] for name in names]
