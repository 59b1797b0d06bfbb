"""Saved pages, one article each: text (zones by their looks) and HTML (the body by trafilatura, the rest typed)."""

from __future__ import annotations

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
from analystkit.clean.zones import PUBLISHED, split_zones
from analystkit.read.items import Item, Problem, Zone
from analystkit.read.markup import UNSEEN, walk

_BLOCKS = frozenset(
    [
        "article",
        "aside",
        "blockquote",
        "br",
        "button",
        "dd",
        "div",
        "dt",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "li",
        "main",
        "nav",
        "ol",
        "option",
        "p",
        "pre",
        "section",
        "table",
        "td",
        "th",
        "title",
        "tr",
        "ul",
    ]
)
_UNSEEN = UNSEEN | {"head"}


def read_text(text: str, path: str, sha256: str, order: str, problems: list[Problem]) -> list[Item]:
    """Read one page saved as text."""
    item = _item(split_zones(tidy(text)), path, sha256)
    if not item.text_of("body").strip():
        problems.append(
            Problem(
                path,
                "",
                "warning",
                "no line looks like a sentence of an article",
                "look at its lines in `collection.zones`",
            )
        )
    _short(item, problems)
    _head(item, path, order, problems)
    return [item]


def item_of_zones(zones: pd.DataFrame, path: str, order: str = "") -> Item:
    """Return the article that the zones of one page make, without saying what was wrong with it."""
    item = _item(zones, path, "")
    _head(item, path, order, [])
    return item


def _item(frame: pd.DataFrame, path: str, sha256: str) -> Item:
    zones = [Zone(*row) for row in frame[["zone", "text", "reason"]].itertuples(index=False)]
    return Item(path=path, format="text", sha256=sha256, zones=zones)


def read_html(text: str, path: str, sha256: str, order: str, problems: list[Problem]) -> list[Item]:
    """Read one page saved as HTML.

    trafilatura finds the body and the page's own statements (title, date, author, site); every other visible line stays
    as a zone.
    """
    import trafilatura
    from lxml import etree, html

    # Without `huge_tree` a page ends, in silence, where tags that nobody closed are 256 deep.
    parser = html.HTMLParser(encoding="utf-8", huge_tree=True)
    try:
        tree = html.document_fromstring(text.encode("utf-8"), parser=parser)
    except (etree.ParserError, ValueError):
        problems.append(Problem(path, "", "error", "empty or broken HTML", "save the page again"))
        return []
    lines, depth = _visible_lines(tree)
    cut = any("Excessive depth" in entry.message for entry in parser.error_log)
    if not lines:
        reason = "nested too deeply" if cut else "no article text: the page is built by a script, or empty"
        problems.append(Problem(path, "", "error", reason, "save it as text, or print it to text"))
        return []
    if cut:
        reason = "nested too deeply: only its beginning was read"
        problems.append(Problem(path, "", "warning", reason, "save it as text, or print it to text"))
    # Typed loosely: trafilatura's declared result also allows the form of an option that is not used here.
    found: Any = trafilatura.bare_extraction(
        text if depth < _DEEP else tree,
        with_metadata=True,
        include_comments=False,
        include_tables=True,
        deduplicate=False,
        date_extraction_params=_DATES,
    )
    body = [tidy(line.strip()) for line in ((found.text if found else "") or "").split("\n") if line.strip()]
    title = tidy(" ".join((found.title or "").split())) if found else ""
    description = tidy(" ".join((found.description or "").split())) if found else ""
    zones = _typed(lines, body, title, description)
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
    item.language = item.language or (tree.get("lang") or "").split("-")[0].lower()
    _head(item, path, order, problems)
    return [item]


# Dates are taken from what the page states, never from its prose: a body speaks of other days.
_DATES = {"extensive_search": False, "original_date": True}


#: trafilatura reads no page that is deeper, but may be given its tree.
_DEEP: Final = 250


def _visible_lines(tree: Any) -> tuple[list[str], int]:
    """Return the text of a page, one line per block, in order; and how deep its elements are nested."""
    parts: list[str] = []
    depth = deepest = hidden = 0
    for event, element, text in walk(tree):
        if event == "text":
            parts.append(text.replace("\n", " ") if not hidden else "")
            continue
        depth += 1 if event == "start" else -1
        deepest = max(deepest, depth)
        if element.tag in _UNSEEN:
            hidden += 1 if event == "start" else -1
        elif element.tag in _BLOCKS and not hidden:
            parts.append("\n")
    return [tidy(" ".join(line.split())) for line in "".join(parts).split("\n") if line.strip()], deepest


def _typed(lines: list[str], body: list[str], title: str, description: str) -> list[Zone]:
    """Type the visible lines of a page whose body is known; body lines that are not visible as such are kept in order."""
    by_looks = split_zones("\n".join(lines))
    looks = dict(zip(by_looks["text"], zip(by_looks["zone"], by_looks["reason"], strict=True), strict=True))
    left = [line for line in body if line not in {title, description}]
    zones: list[Zone] = []
    for line in lines:
        if left and line in left:
            # Lines of the body that the page sets otherwise (joined, split) come before the next one it shares.
            at = left.index(line)
            zones += [Zone(*_body_zone(text, looks)) for text in left[: at + 1]]
            del left[: at + 1]
        elif line == title:
            zones.append(Zone("title", line, "the page's stated title"))
        elif description and line == description:
            zones.append(Zone("lead", line, "the page's stated description"))
        else:
            zone, reason = looks.get(line, ("furniture", "not in the article"))
            if zone in {"body", "subhead", "title", "lead"}:
                zone, reason = "furniture", "not in the article that trafilatura found"
            zones.append(Zone(zone, line, reason))
    zones += [Zone(*_body_zone(text, looks)) for text in left]
    first = next((i for i, zone in enumerate(zones) if zone.zone == "body"), None)
    if first is not None and (cut := cut_dateline(zones[first].text))[0]:
        reason = zones[first].reason
        zones[first : first + 1] = [
            Zone("dateline", cut[0], "place line of the first paragraph"),
            Zone("body", cut[1], reason),
        ]
    return zones


def _body_zone(text: str, looks: dict[str, tuple[str, str]]) -> tuple[str, str, str]:
    zone, _ = looks.get(text, ("body", ""))
    if zone == "credit":
        return "credit", text, "names the agency or the desk"
    return ("subhead" if zone == "subhead" else "body"), text, "in the article that trafilatura found"


def _short(item: Item, problems: list[Problem]) -> None:
    """Say that an article is so short that it may be a page behind a paywall, or the text beside a film."""
    n = len(item.text_of("body").split())
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
    order = order or order_of_dates(zone.text for zone in item.zones)
    datelines = [zone for zone in item.zones if zone.zone == "dateline"]
    for zone in sorted(datelines, key=lambda zone: not zone.reason.startswith(PUBLISHED)):
        agency = agency or agency_in_dateline(zone.text)
        if item.published is None:
            _dateline(item, zone.text, order, problems)
        if not item.byline and zone.reason.endswith("who wrote it"):
            item.byline = next((name for name, _ in names_in(zone.text)), "")
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
