"""What a reader yields: one `Item` per article found in a file, `Problem`s for the rest; and the tables made of them."""

from __future__ import annotations

import hashlib
import itertools
import re
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa

from analystkit.clean.dates import find_date
from analystkit.clean.languages import find_language
from analystkit.clean.wrapping import join_wrapped_lines
from analystkit.clean.zones import cut_dateline
from analystkit.schema import ARTICLES, BODY_ZONES, STRING, ZONES, conform, empty_table

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
    if kept and _is_date(kept[0]):
        zones.append(Zone("dateline", kept.pop(0), "a date alone above the text"))
    if kept:
        dateline, kept[0] = cut_dateline(kept[0])
        if dateline:
            zones.append(Zone("dateline", dateline, "place line of the first paragraph"))
    zones += [Zone("body", line, reason) for line in kept]
    if agency:
        zones.append(Zone("credit", agency, "the agency's sign-off"))
    return zones


def _is_date(line: str) -> bool:
    # A date is short; to look for one in whole paragraphs took a quarter of a load.
    found = find_date(line) if len(line) <= 60 else None
    return found is not None and (found.start, found.end) == (0, len(line))


_SIGN_OFFS = {"reuter", "reuters", "ap", "afp", "dpa", "upi", "xinhua", "tass", "kcna", "yonhap"}


def _plain(text: str) -> str:
    return " ".join(_WORD.findall(text)).casefold()


def article_id(item: Item) -> str:
    """Return an id made from the content of an article, the same wherever its file lies."""
    return _identity(item, item.text_of("lead"), item.text_of(*BODY_ZONES))


def _identity(item: Item, lead: str, body: str) -> str:
    day = item.published.isoformat() if item.published else ""
    content = "\x1f".join((item.title, lead, body, item.outlet, day))
    return "a" + hashlib.sha256(content.encode("utf-8", "surrogatepass")).hexdigest()[:12]


#: Articles are turned into columns so many at a time: their strings are many small objects, their columns are not.
BLOCK: Final = 1000
#: The columns of articles that an item has under the same name, and those that are made of it.
_AS_FOUND: Final = (
    *("title", "outlet", "section", "byline", "credit", "url"),
    *("path", "where", "format", "sha256"),
)
_MADE: Final = ("article_id", "lead", "body", "published_origin", "language", "language_origin")
_ZONE: Final = ("zone", "text", "reason")


@dataclass
class Block:
    """Some articles as columns, in little memory and quick to send to another process.

    Attributes
    ----------
    articles, zones
        Columns of strings by name; the ids have no suffix yet. The first `n_zones[0]` zones are those of the first
        article, and so on.
    published, n_words, n_zones
        One per article.
    problems
        What went wrong while these were read.
    """

    articles: dict[str, pa.Array] = field(default_factory=dict)
    published: list[datetime | None] = field(default_factory=list)
    n_words: list[int] = field(default_factory=list)
    zones: dict[str, pa.Array] = field(default_factory=dict)
    n_zones: list[int] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def as_block(items: Sequence[Item], problems: Sequence[Problem] = ()) -> Block:
    """Return articles as columns."""
    bodies = [item.text_of(*BODY_ZONES) for item in items]
    leads = [item.text_of("lead") for item in items]
    columns: dict[str, list[str]] = {name: [getattr(item, name) for item in items] for name in _AS_FOUND}
    columns["article_id"] = list(map(_identity, items, leads, bodies))
    columns["lead"], columns["body"] = leads, bodies
    told = [
        (item.language, "stated") if item.language else (find_language(body), "text")
        for item, body in zip(items, bodies, strict=True)
    ]
    columns["language"] = [language for language, _ in told]
    columns["language_origin"] = [origin if language else "" for language, origin in told]
    columns["published_origin"] = [item.published_origin if item.published else "" for item in items]
    zones = [zone for item in items for zone in item.zones]
    return Block(
        articles=_arrow(columns),
        published=[item.published for item in items],
        n_words=[len(_WORD.findall(body)) for body in bodies],
        zones=_arrow({name: [getattr(zone, name) for zone in zones] for name in _ZONE}),
        n_zones=[len(item.zones) for item in items],
        problems=list(problems),
    )


def _arrow(columns: dict[str, list[str]]) -> dict[str, pa.Array]:
    return {name: pa.array(values, pa.large_string()) for name, values in columns.items()}


class Tables:
    """Blocks in, tables out; they grow block by block, so that no text is held in two forms for long.

    The order of the articles is that of the blocks; exact further copies of an article get a suffix ("-2") to its id
    and are noted as a problem.
    """

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self._copies: list[Problem] = []
        self._articles = {name: _Strings() for name in (*_AS_FOUND, *_MADE)}
        self._zones = {name: _Strings() for name in ("article_id", *_ZONE)}
        self._published: list[datetime | None] = []
        self._n_words: list[int] = []
        self._n_zones: list[int] = []
        #: How many articles have an id, and where the first of them is.
        self._seen: dict[str, tuple[int, str]] = {}

    def add(self, block: Block) -> None:
        """Add the articles of a block and its problems."""
        self.problems += block.problems
        if not block.n_words:
            return
        ids = pa.array(self._distinct_ids(block.articles), pa.large_string())
        for name, strings in self._articles.items():
            strings.add(ids if name == "article_id" else block.articles[name])
        of_zones = ids.take(pa.array(np.repeat(np.arange(len(ids)), block.n_zones)))
        for name, strings in self._zones.items():
            strings.add(of_zones if name == "article_id" else block.zones[name])
        self._published += block.published
        self._n_words += block.n_words
        self._n_zones += block.n_zones

    def frames(self) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
        """Return the frames `articles`, `zones` and `problems` (see `schema`); nothing can be added afterwards."""
        faults = [asdict(problem) for problem in (*self.problems, *self._copies)]
        problems = conform(pd.DataFrame(faults, columns=list(empty_table("problems").columns)), "problems")
        if not self._n_words:
            return empty_table("articles"), empty_table("zones"), problems
        articles: dict[str, object] = {name: strings.finish() for name, strings in self._articles.items()}
        articles["published"] = np.array(self._published, dtype="datetime64[us]")
        articles["n_words"] = self._n_words
        # Until copies are looked for, an article is a story of its own.
        articles["story_id"] = articles["article_id"]
        zones: dict[str, object] = {name: strings.finish() for name, strings in self._zones.items()}
        zones["order"] = np.concatenate([np.arange(n) for n in self._n_zones])
        return (
            conform(pd.DataFrame({name: articles[name] for name in ARTICLES}), "articles"),
            conform(pd.DataFrame({name: zones[name] for name in ZONES}), "zones"),
            problems,
        )

    def _distinct_ids(self, articles: dict[str, pa.Array]) -> list[str]:
        ids: list[str] = articles["article_id"].to_pylist()
        paths, wheres = articles["path"].to_pylist(), articles["where"].to_pylist()
        for i, identity in enumerate(ids):
            n, first = self._seen.get(identity, (0, " ".join(filter(None, (paths[i], wheres[i])))))
            self._seen[identity] = (n + 1, first)
            if n:
                ids[i] = f"{identity}-{n + 1}"
                self._copies.append(_copy_note(paths[i], wheres[i], first))
        return ids


class _Strings:
    """A column of strings that grows without being copied."""

    def __init__(self) -> None:
        self._text = bytearray()
        self._ends: list[npt.NDArray[np.int64]] = [np.zeros(1, dtype=np.int64)]

    def add(self, strings: pa.Array) -> None:
        if not len(strings):
            return
        _, buffer, text = strings.buffers()
        ends = np.frombuffer(buffer, dtype=np.int64)[strings.offset : strings.offset + len(strings) + 1]
        self._ends.append(ends[1:] - ends[0] + len(self._text))
        if text is not None:
            self._text += memoryview(text)[ends[0] : ends[-1]]

    def finish(self) -> pd.Series:
        """Return the column, which takes the text over."""
        ends = np.concatenate(self._ends)
        self._ends.clear()
        strings = pa.LargeStringArray.from_buffers(
            len(ends) - 1, pa.py_buffer(ends), pa.py_buffer(self._text)
        )
        return pd.Series(strings, dtype=STRING)


def tables(
    items: Iterable[Item], problems: Iterable[Problem]
) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Return the frames `articles`, `zones` and `problems` (see `schema`) of what the readers found, in its order."""
    made = Tables()
    remaining = iter(items)
    while some := list(itertools.islice(remaining, BLOCK)):
        made.add(as_block(some))
    # Items may be made, and problems with them, only as they are asked for.
    made.problems += problems
    return made.frames()


def _copy_note(path: str, where: str, first: str) -> Problem:
    return Problem(
        path,
        where,
        "note",
        f"the same article as {first}",
        'both are kept, as one story; count="stories" counts them once',
    )
