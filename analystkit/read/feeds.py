"""Feeds (RSS, Atom, RDF), each entry an article: the text that the feed carries, which may be a teaser."""

from __future__ import annotations

import io
import re
from typing import Any

from analystkit.clean.lines import Zone
from analystkit.read.items import Item, Problem, body_zones
from analystkit.read.markup import fragment_lines, one_line
from analystkit.read.stated import language_code, state_published


def read_feed(text: str, path: str, sha256: str, order: str, problems: list[Problem]) -> list[Item]:
    """Read a feed; entries without any text are kept, as their titles and dates count too."""
    import feedparser

    # Already decoded: what the file says of its encoding may be wrong. Bytes, as feedparser would open a string as a URL.
    plain = re.sub(r"\A\s*<\?xml[^>]*\?>", "", text.lstrip("\ufeff"))
    headers = {"content-type": "application/xml; charset=utf-8"}
    plain = re.sub(r"&#(\d+|x[0-9a-f]+);", _reference, plain, flags=re.IGNORECASE)
    try:
        feed = feedparser.parse(io.BytesIO(plain.encode("utf-8", "replace")), response_headers=headers)
    except Exception as fault:  # it mends most of what is broken, and fails on the rest in many ways
        reason = f"the feed is broken beyond reading ({type(fault).__name__}: {str(fault)[:80]})"
        problems.append(Problem(path, "", "error", reason, "get it again later"))
        return []
    outlet = one_line(feed.feed.get("title") or "")
    language = language_code(feed.feed.get("language") or "")
    items = []
    for number, entry in enumerate(feed.entries, start=1):
        item = _item(entry, path, sha256, f"entry {number}")
        item.outlet = outlet
        item.language = language
        state_published(item, _day(entry), order, problems)
        items.append(item)
    _tell(items, feed, path, problems)
    return items


def _reference(found: re.Match[str]) -> str:
    """Return a numeric reference unchanged if there is such a character, else the sign for a lost one."""
    digits = found[1].lower()
    code = int(digits[1:], 16) if digits.startswith("x") else int(digits[:9])
    return found[0] if 0 < code < 0xD800 or 0xDFFF < code < 0x110000 else "\ufffd"


def _tell(items: list[Item], feed: Any, path: str, problems: list[Problem]) -> None:
    if not items:
        problems.append(Problem(path, "", "error", "a feed without entries", "get it again later"))
        return
    if feed.bozo and not isinstance(feed.bozo_exception, UserWarning):
        reason = (
            f"the feed is broken ({one_line(str(feed.bozo_exception))[:80]}); {len(items)} entries were found"
        )
        problems.append(Problem(path, "", "warning", reason, "compare the number of entries with the feed"))
    empty = sum(not item.text_of("body") for item in items)
    if empty:
        reason = f"{empty} of {len(items)} entries hold no text"
        remedy = (
            "load their pages: ak.load_feed(url, pages=True), or ak.load_urls(collection.articles['url'])"
        )
        problems.append(Problem(path, "", "note", reason, remedy))


def _item(entry: Any, path: str, sha256: str, where: str) -> Item:
    title = " ".join(fragment_lines(entry.get("title") or ""))
    byline = one_line(", ".join(filter(None, (a.get("name") or "" for a in entry.get("authors", ())))))
    zones = [Zone("title", title, "title of the entry")] if title else []
    if byline:
        zones.append(Zone("byline", byline, "author of the entry"))
    # Python's name for it: the content may come in several forms, the longest is the whole text.
    content = max((part.get("value") or "" for part in entry.get("content", ())), key=len, default="")
    summary = entry.get("summary") or ""
    whole, short = fragment_lines(content), fragment_lines(summary)
    if whole and short and short != whole:
        zones.append(Zone("lead", " ".join(short), "summary of the entry"))
    if text := whole or short:
        zones += body_zones(
            "\n".join(text), "content of the entry" if whole else "summary of the entry", title=title
        )
    return Item(
        path=path,
        format="feed",
        sha256=sha256,
        zones=zones,
        title=title,
        byline=byline,
        section=", ".join(filter(None, (one_line(tag.get("term") or "") for tag in entry.get("tags", ())))),
        url=entry.get("link") or "",
        where=where,
    )


def _day(entry: Any) -> str:
    """Return when an entry appeared as it says; where its year has two figures, as feedparser reads it."""
    # `in` first: feedparser warns of a key that it finds under another name.
    for name in ("published", "updated", "created"):
        if name in entry:
            stated = one_line(entry[name] or "")
            parsed = entry.get(f"{name}_parsed")
            if parsed and not re.search(r"\d{4}", stated):
                return f"{parsed.tm_year:04}-{parsed.tm_mon:02}-{parsed.tm_mday:02}"
            return stated
    return ""
