"""What a reader yields: one `Item` per article found in a file, `Problem`s for the rest; and the tables made of them."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime

import pandas as pd

from analystkit.clean.wrapping import join_wrapped_lines
from analystkit.clean.zones import cut_dateline
from analystkit.schema import BODY_ZONES, conform, empty_table

_WORD = re.compile(r"\w+(?:['’-]\w+)*")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f]")


@dataclass(frozen=True)
class Zone:
    """One line of a page: what it is, its words and why."""

    zone: str
    text: str
    reason: str


@dataclass(frozen=True)
class Problem:
    """One thing that went wrong.

    Attributes
    ----------
    path, where
        The file, and the line, row or member in it.
    severity
        "error" (not loaded), "warning" (loaded, something is missing) or "note" (loaded, a choice was made).
    reason, remedy
        One sentence each, for the analyst.
    """

    path: str
    where: str
    severity: str
    reason: str
    remedy: str


@dataclass
class Item:
    """One article as a reader found it; the body is its zones `body` and `subhead`, one a line."""

    path: str
    format: str
    sha256: str
    zones: list[Zone]
    title: str = ""
    published: datetime | None = None
    published_origin: str = ""
    outlet: str = ""
    section: str = ""
    byline: str = ""
    credit: str = ""
    url: str = ""
    language: str = ""
    where: str = ""

    def text_of(self, *names: str) -> str:
        """Return the lines of the named zones in order, one a line."""
        return "\n".join(zone.text for zone in self.zones if zone.zone in names)


def body_zones(text: str, reason: str, *, title: str = "") -> list[Zone]:
    """Return the zones of a text that holds the article alone, as a cell of a table does.

    Wrapped lines are joined; a first line that repeats the title and a last line that is only the agency's name are
    typed as such.

    >>> [z.zone for z in body_zones("A title\\nThe text of it. It goes on.\\n Reuter\\n", "cell", title="A title")]
    ['title', 'body', 'credit']
    """
    text = _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    lines = text.strip().split("\n")
    zones = []
    if _plain(title) and _plain(lines[0]) == _plain(title):
        zones.append(Zone("title", lines.pop(0).strip(), "repeats the headline"))
    rest = "\n".join(lines)
    rest = join_wrapped_lines(rest)
    kept = [line.strip() for line in rest.split("\n") if line.strip()]
    agency = kept.pop() if kept and kept[-1].strip(" .()").lower() in _SIGN_OFFS else ""
    if kept:
        dateline, kept[0] = cut_dateline(kept[0])
        if dateline:
            zones.append(Zone("dateline", dateline, "place line of the first paragraph"))
    zones += [Zone("body", line, reason) for line in kept]
    if agency:
        zones.append(Zone("credit", agency, "the agency's sign-off"))
    return zones


_SIGN_OFFS = {"reuter", "reuters", "ap", "afp", "dpa", "upi", "xinhua", "tass", "kcna", "yonhap"}


def _plain(text: str) -> str:
    return " ".join(_WORD.findall(text)).casefold()


def article_id(item: Item) -> str:
    """Return an id made from the content of an article, the same wherever its file lies."""
    day = item.published.isoformat() if item.published else ""
    content = "\x1f".join((item.title, item.text_of("lead"), item.text_of(*BODY_ZONES), item.outlet, day))
    return "a" + hashlib.sha256(content.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def tables(
    items: Iterable[Item], problems: Iterable[Problem]
) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Return the frames `articles`, `zones` and `problems` (see `schema`) of what the readers found.

    The order of the articles is that of `items`; exact further copies of an article get a suffix ("-2") to its id and
    are noted as a problem.
    """
    faults = list(problems)
    firsts: dict[str, Item] = {}
    rows: list[dict[str, object]] = []
    orders: list[tuple[str, int, str, str, str]] = []
    seen: Counter[str] = Counter()
    for item in items:
        identity = article_id(item)
        seen[identity] += 1
        if seen[identity] > 1:
            faults.append(_copy_note(item, firsts[identity]))
            identity = f"{identity}-{seen[identity]}"
        else:
            firsts[identity] = item
        body = item.text_of(*BODY_ZONES)
        rows.append(
            {
                "article_id": identity,
                "title": item.title,
                "lead": item.text_of("lead"),
                "body": body,
                "published": pd.NaT if item.published is None else item.published,
                "published_origin": item.published_origin if item.published else "",
                "outlet": item.outlet,
                "section": item.section,
                "byline": item.byline,
                "credit": item.credit,
                "url": item.url,
                "language": item.language,
                "path": item.path,
                "where": item.where,
                "format": item.format,
                "sha256": item.sha256,
                "n_words": len(_WORD.findall(body)),
                "story_id": identity,
            }
        )
        orders += [(identity, i, z.zone, z.text, z.reason) for i, z in enumerate(item.zones)]
    articles = conform(pd.DataFrame(rows), "articles") if rows else empty_table("articles")
    zones = pd.DataFrame(orders, columns=list(empty_table("zones").columns))
    rest = pd.DataFrame([asdict(p) for p in faults], columns=list(empty_table("problems").columns))
    return articles, conform(zones, "zones"), conform(rest, "problems")


def _copy_note(item: Item, first: Item) -> Problem:
    place = " ".join(filter(None, (first.path, first.where)))
    return Problem(
        item.path,
        item.where,
        "note",
        f"the same article as {place}",
        'both are kept, as one story; count="stories" counts them once',
    )
