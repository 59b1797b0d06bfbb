"""Saved pages, one article each: text (zones by their looks) and HTML (by their looks and by the markup)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import pandas as pd

from analystkit.clean.dates import find_date, impossible
from analystkit.clean.encoding import tidy
from analystkit.clean.heads import names_in, order_of_dates
from analystkit.clean.labels import (
    agency_in_dateline,
    cut_dateline,
    is_section,
    name_in_copyright,
    name_in_credit,
)
from analystkit.clean.line_model import ZoneModel
from analystkit.clean.lines import Line
from analystkit.clean.zones import PUBLISHED, author_in, type_pages
from analystkit.read.bodies import settle_body
from analystkit.read.items import Item, Problem, Zone
from analystkit.read.markup import one_line, page_text
from analystkit.schema import BODY_ZONES


@dataclass(frozen=True)
class TextPage:
    """One page saved as text, read but not yet typed: many are typed at once, which takes less time.

    Attributes
    ----------
    text, path, sha256
        The page, its file and the hash of that.
    order
        What comes first in 03/04/2024: "day", "month" or "".
    """

    text: str
    path: str
    sha256: str
    order: str


def read_text(text: str, path: str, sha256: str, order: str, problems: list[Problem]) -> list[Item]:
    """Read one page saved as text."""
    (item,) = read_texts([TextPage(text, path, sha256, order)], [problems])
    return [item]


def read_texts(pages: Sequence[TextPage], problems: Sequence[list[Problem]]) -> list[Item]:
    """Read pages saved as text; each has a list of its own for its problems."""
    items = []
    typed = type_pages([tidy(page.text) for page in pages])
    for page, lines, its_problems in zip(pages, typed, problems, strict=True):
        item = _item(_zones(lines), page.path, page.sha256)
        if not item.text_of("body").strip():
            its_problems.append(
                Problem(
                    page.path,
                    "",
                    "warning",
                    "no line looks like a sentence of an article",
                    "look at its lines in `collection.zones`",
                )
            )
        _short(item, its_problems)
        _head(item, page.path, page.order, its_problems)
        items.append(item)
    return items


def item_of_zones(zones: pd.DataFrame, path: str, order: str = "") -> Item:
    """Return the article that the zones of one page make, without saying what was wrong with it."""
    rows = zones[["zone", "text", "reason"]].itertuples(index=False)
    item = _item([Zone(*row) for row in rows], path, "")
    _head(item, path, order, [])
    return item


def _item(zones: list[Zone], path: str, sha256: str) -> Item:
    return Item(path=path, format="text", sha256=sha256, zones=zones)


def _zones(lines: Sequence[Line]) -> list[Zone]:
    return [Zone(line.zone, line.text, line.reason) for line in lines]


def read_html(
    text: str, path: str, sha256: str, order: str, problems: list[Problem], *, model: ZoneModel | None = None
) -> list[Item]:
    """Read one page saved as HTML.

    Its body is settled between how its lines look and what trafilatura finds (see `bodies`); trafilatura also reads what
    the page states: title, date, author, site. Every other visible line stays as a zone.
    """
    import trafilatura
    from lxml import etree, html

    # Without `huge_tree` a page ends, in silence, where tags that nobody closed are 256 deep.
    parser = html.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, collect_ids=False, huge_tree=True
    )
    try:
        tree = html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, ValueError):
        problems.append(Problem(path, "", "error", "empty or broken HTML", "save the page again"))
        return []
    # A page may hide all of itself until a script has run.
    shown = page_text(tree) or page_text(tree, hidden=True)
    cut = any("Excessive depth" in entry.message for entry in parser.error_log)
    if not shown:
        reason = "nested too deeply" if cut else "no article text: the page is built by a script, or empty"
        problems.append(Problem(path, "", "error", reason, "save it as text, or print it to text"))
        return []
    if cut:
        reason = "nested too deeply: only its beginning was read"
        problems.append(Problem(path, "", "warning", reason, "save it as text, or print it to text"))
    language = (tree.get("lang") or "").split("-")[0].lower()
    # Typed loosely: trafilatura's declared result also allows the form of an option that is not used here.
    found: Any = trafilatura.bare_extraction(
        tree,
        with_metadata=True,
        include_comments=False,
        include_tables=True,
        deduplicate=False,
        favor_precision=True,
        date_extraction_params=_DATES,
    )
    body = [tidy(line.strip()) for line in ((found.text if found else "") or "").split("\n") if line.strip()]
    title = one_line(found.title or "") if found else ""
    description = one_line(found.description or "") if found else ""
    (lines,) = type_pages([shown], model=model)
    zones = _with_head(settle_body(_zones(lines), body), title, description)
    item = Item(path=path, format="html", sha256=sha256, zones=zones, title=title)
    if found:
        item.outlet = (found.sitename or "").strip()
        item.byline = (found.author or "").replace("; ", ", ").strip()
        item.url = (found.url or "").strip()
        item.language = (found.language or "").strip()
        item.section = ", ".join(found.categories or [])
        if found.date:
            _date(item, datetime.fromisoformat(found.date), "meta", problems)
    if not item.text_of("body").strip():
        problems.append(
            Problem(
                path,
                "",
                "warning",
                "no article was found in the page",
                "look at its lines in `collection.zones`",
            )
        )
    _short(item, problems)
    item.language = item.language or language
    _head(item, path, order, problems)
    return [item]


# Dates are taken from what the page states, never from its prose: a body speaks of other days.
_DATES = {"extensive_search": False, "original_date": True}


def _with_head(zones: list[Zone], title: str, description: str) -> list[Zone]:
    """Type the lines that the page states as its title and its description; part the place line from the first paragraph.

    Many pages state their first paragraph as their description: a line of the body stays one, but for a deck that stands
    right below the title.
    """
    is_deck = len(description.split()) <= _DECK
    out: list[Zone] = []
    for zone in zones:
        text = " ".join(zone.text.split())
        if text == title:
            out.append(Zone("title", zone.text, "the page's stated title"))
        elif text == description and (
            zone.zone not in BODY_ZONES or (is_deck and out and out[-1].zone == "title")
        ):
            out.append(Zone("lead", zone.text, "the page's stated description"))
        else:
            out.append(zone)
    first = next((i for i, zone in enumerate(out) if zone.zone == "body"), None)
    if first is not None and (cut := cut_dateline(out[first].text))[0]:
        reason = out[first].reason
        out[first : first + 1] = [
            Zone("dateline", cut[0], "place line of the first paragraph"),
            Zone("body", cut[1], reason),
        ]
    return out


_DECK: Final = 30  # words; what is longer is a paragraph


def _short(item: Item, problems: list[Problem]) -> None:
    """Say that an article is so short that it may be a page behind a paywall, or the text beside a film."""
    # Of most articles some words say that they are long enough.
    n = len(item.text_of("body").split(None, _SHORT))
    if 0 < n < _SHORT:
        problems.append(
            Problem(
                item.path,
                "",
                "note",
                f"only {n} words of text: is it behind a paywall, or a teaser?",
                "look at the page; save it again if there is more",
            )
        )


_SHORT: Final = 25  # words


def _head(item: Item, path: str, order: str, problems: list[Problem]) -> None:
    """Fill what the lines of the page say about the article: title, date, byline, outlet, section, agency."""
    item.title = item.title or item.text_of("title").split("\n")[0]
    agency = ""
    # What a page prints as 16/04/2024 tells how it means 03/04/2024.
    order = order or order_of_dates([zone.text for zone in item.zones])
    item.byline = item.byline or next((name for zone in item.zones if (name := author_in(zone.reason))), "")
    datelines = [zone for zone in item.zones if zone.zone == "dateline"]
    for zone in sorted(datelines, key=lambda zone: not zone.reason.startswith(PUBLISHED)):
        agency = agency or agency_in_dateline(zone.text)
        if item.published is None:
            _dateline(item, zone.text, order, problems)
    for zone in item.zones:
        if zone.zone == "byline" and not item.byline:
            item.byline = next((name for name, _ in names_in(zone.text)), "")
        elif zone.zone == "credit" and not item.credit:
            item.credit = name_in_credit(zone.text)
        elif zone.zone == "furniture":
            if not item.outlet:
                item.outlet = name_in_copyright(zone.text)
            if not item.section and is_section(zone.text):
                item.section = zone.text
    item.credit = item.credit or agency
    # The name of an archive is no name of an article.
    name = path.rpartition("!")[2].rpartition("/")[2]
    if item.published is None and (named := find_date(name, order=order)) and named.value:
        _date(item, named.value, "file", problems)


def _dateline(item: Item, text: str, order: str, problems: list[Problem]) -> None:
    found = find_date(text, order=order)
    if found is None:
        return
    if found.value is None:
        problems.append(
            Problem(
                item.path,
                text[:60],
                "warning",
                found.fault,
                'the date was not used; say date_order="day" or "month"',
            )
        )
        return
    _date(item, found.value, "dateline", problems)
    rest = f"{text[: found.start]} {text[found.end :]}".split()
    if not item.section and rest and is_section(rest[-1]):
        item.section = rest[-1].capitalize()


def _date(item: Item, value: datetime, origin: str, problems: list[Problem]) -> None:
    fault = impossible(value)
    if fault:
        problems.append(
            Problem(
                item.path, "", "warning", f"{fault}; not used as its date", "correct the date in the file"
            )
        )
    else:
        item.published, item.published_origin = value, origin
