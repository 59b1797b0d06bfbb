"""Lists of references in the RIS format, as archives and reference managers export them."""

from __future__ import annotations

import re
from typing import Final

from analystkit.clean.lines import Zone
from analystkit.read.items import Item, Problem, body_zones
from analystkit.read.markup import one_line
from analystkit.read.stated import language_code, state_published

#: Types of reference whose "abstract" is the text of the article, or all that the archive gives of it.
_NEWS: Final = {"NEWS", "MGZN", "ELEC", "BLOG", "ICOMM", "UNPB"}


def read_ris(text: str, path: str, sha256: str, order: str, problems: list[Problem]) -> list[Item]:
    """Read a RIS file: one article per reference; of journals and books the abstract is the lead, not the text."""
    import rispy
    from rispy.config import LIST_TYPE_TAGS

    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    # Managers number the references ("1." on a line of its own), and the last may lack its end.
    plain = re.sub(r"^[ \t]*\d+\.[ \t]*$", "", plain, flags=re.MULTILINE).rstrip() + "\nER  - \n"
    # A line without a tag goes on with the field above it; right below the first, that is a note.
    plain = re.sub(r"^(TY.*)$", r"\1\nN1  - ", plain, flags=re.MULTILINE)
    # As lists, so that a second abstract or paragraph is not lost; addresses may hold the mark that would part them.
    references = rispy.loads(plain, list_tags=[*LIST_TYPE_TAGS, "AB", "N2"], delimiter_tags_mapping={})
    items: list[Item] = []
    n_abstracts = n_years = 0
    for number, reference in enumerate(references, start=1):
        item = _item(reference, path, sha256, f"reference {number}")
        if not item.title and not item.text_of("lead", "body"):
            continue
        days = list(filter(None, (_value(reference, key) for key in ("date", "publication_year", "year"))))
        # A year alone is no day; the field "date" has one more often than the others.
        day = next((day for day in days if re.search(r"\d.*\D.*\d", day.strip("/ "))), "")
        state_published(item, _as_day(day), order, problems)
        n_abstracts += not item.text_of("body")
        n_years += bool(days and not day)
        items.append(item)
    if n_years:
        reason = f"{n_years} of {len(items)} references give a year without a day; they are undated"
        problems.append(Problem(path, "", "note", reason, "export them with the day of publication"))
    if n_abstracts:
        reason = f"{n_abstracts} of {len(items)} references hold no text of the article, at most an abstract (the lead)"
        problems.append(Problem(path, "", "warning", reason, "export the articles with their full text"))
    if not items:
        problems.append(Problem(path, "", "error", "a RIS file without references", "export it again"))
    return items


def _item(reference: dict[str, object], path: str, sha256: str, where: str) -> Item:
    title = _value(reference, "title", "primary_title", "translated_title", "short_title")
    abstract = reference.get("abstract") or reference.get("notes_abstract")
    text = "\n".join(map(str, abstract)) if isinstance(abstract, list) else ""
    byline = _value(reference, "authors", "first_authors")
    zones = [Zone("title", title, "the title of the reference")] if title else []
    if byline:
        zones.append(Zone("byline", byline, "the authors of the reference"))
    if text.strip() and reference.get("type_of_reference") in _NEWS:
        zones += body_zones(text, "field of the abstract (N2, AB) of a newspaper", title=title)
    elif text.strip():
        zones.append(Zone("lead", one_line(text), "field of the abstract (N2, AB)"))
    used = {"title", "primary_title", "abstract", "notes_abstract", "authors", "first_authors"}
    zones += [
        Zone("furniture", f"{key}: {_value(reference, key)}", "field of the reference")
        for key in reference
        if key not in used and _value(reference, key)
    ]
    return Item(
        path=path,
        format="ris",
        sha256=sha256,
        zones=zones,
        title=title,
        outlet=_value(
            reference,
            "journal_name",
            "secondary_title",
            "alternate_title3",
            "alternate_title2",
            "name_of_database",
        ),
        section=_value(reference, "section"),
        byline=byline,
        url=_value(reference, "urls").partition("; ")[0],
        language=language_code(_value(reference, "language")),
        where=where,
    )


def _value(reference: dict[str, object], *keys: str) -> str:
    """Return the first field that says something, its parts joined by semicolons."""
    for key in keys:
        value = reference.get(key)
        if isinstance(value, dict):  # what a format may not know, by tag
            value = [f"{tag} {part}" for tag, parts in value.items() for part in parts]
        text = "; ".join(filter(None, map(str, value))) if isinstance(value, list) else str(value or "")
        if text := one_line(text):
            return text
    return ""


def _as_day(text: str) -> str:
    """Return a date of RIS ("2014/03/05/Spring") without what follows its day; without a day it is "".

    >>> _as_day("2014/03/05/Spring"), _as_day("2014//"), _as_day("5 March 2014")
    ('2014/03/05', '', '5 March 2014')
    """
    found = re.match(r"(\d{4}/\d{1,2}/\d{1,2})(?:/.*)?$", text)
    return found[1] if found else "" if re.fullmatch(r"[\d/]*/*\D*", text) and "/" in text else text
