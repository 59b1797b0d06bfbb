"""What a reader yields: one `Item` per article found in a file, `Problem`s for the rest; and the tables made of them."""

from __future__ import annotations

import hashlib
import itertools
import re
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from analystkit.clean.copies import Prints, prints_of
from analystkit.clean.dates import find_date
from analystkit.clean.languages import find_languages
from analystkit.clean.lines import Zone
from analystkit.clean.repeats import may_repeat
from analystkit.clean.words import Counts, count_hyphenated
from analystkit.clean.wrapping import join_wrapped_lines
from analystkit.clean.zones import cut_dateline
from analystkit.schema import ARTICLES, BODY_ZONES, STRING, ZONES, conform, empty_table

_WORD = re.compile(r"\w+(?:['’-]\w+)*")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f]")
_CONTROL_BYTES: Final = bytes({*range(9), 0x0B, *range(0x0E, 0x20)})


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
        return "\n".join([text for zone, text, _ in self.zones if zone in names])


def body_zones(text: str, reason: str, *, title: str = "") -> list[Zone]:
    """Return the zones of a text that holds the article alone, as a cell of a table does.

    Wrapped lines are joined; a first line that repeats the title and a last line that is only the agency's name are
    typed as such.

    >>> [z.zone for z in body_zones("A title\\nThe text of it. It goes on.\\n Reuter\\n", "cell", title="A title")]
    ['title', 'body', 'credit']
    """
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    plain = text.encode("utf-8", "surrogatepass")
    if len(plain.translate(None, _CONTROL_BYTES)) < len(plain):  # many times as quick as the pattern
        text = _CONTROL.sub("", text)
    lines = text.strip().split("\n")
    zones = []
    if title and _same_words(title, lines[0]):
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


def _same_words(a: str, b: str) -> bool:
    """Say whether two lines have the same words, and have any; most differ in the first."""
    first, other = _WORD.search(a), _WORD.search(b)
    if not first or not other or first[0].casefold() != other[0].casefold():
        return False
    return " ".join(_WORD.findall(a)).casefold() == " ".join(_WORD.findall(b)).casefold()


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
    articles
        Columns of strings by name; the ids have no suffix yet.
    published, n_words
        One per article.
    zones
        Their zones.
    problems
        What went wrong while these were read.
    prints
        What tells copies among their bodies, if it was asked for.
    """

    articles: dict[str, pa.Array] = field(default_factory=dict)
    published: list[datetime | None] = field(default_factory=list)
    n_words: Counts = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    zones: BlockZones | None = None
    problems: list[Problem] = field(default_factory=list)
    prints: Prints | None = None


@dataclass
class BlockZones:
    """The zones of some articles; texts that stand in their bodies are not repeated.

    Attributes
    ----------
    counts
        How many zones each article has.
    zone, reason
        One per zone.
    of_body
        Whether its text is the next line of the body.
    texts
        The texts of the others.
    marks
        Of pages saved as text a number for each line, equal for equal ones, and whether it is of the body.
    """

    counts: Counts
    zone: pa.DictionaryArray
    reason: pa.DictionaryArray
    of_body: npt.NDArray[np.bool_]
    texts: pa.Array
    marks: tuple[npt.NDArray[np.uint64], npt.NDArray[np.bool_]]


def as_block(items: Sequence[Item], problems: Sequence[Problem] = (), *, prints: bool = False) -> Block:
    """Return articles as columns, with what tells copies if `prints`."""
    bodies = [item.text_of(*BODY_ZONES) for item in items]
    leads = [item.text_of("lead") for item in items]
    columns: dict[str, list[str]] = {name: [getattr(item, name) for item in items] for name in _AS_FOUND}
    columns["article_id"] = list(map(_identity, items, leads, bodies))
    columns["lead"], columns["body"] = leads, bodies
    stated = [item.language for item in items]
    found = iter(find_languages([body for body, known in zip(bodies, stated, strict=True) if not known]))
    columns["language"] = [known or next(found) for known in stated]
    columns["language_origin"] = [
        "stated" if known else "text" if language else ""
        for known, language in zip(stated, columns["language"], strict=True)
    ]
    columns["published_origin"] = [item.published_origin if item.published else "" for item in items]
    its_prints, n_words = prints_of(bodies) if prints else (None, count_hyphenated(bodies))
    return Block(
        articles={name: pa.array(values, pa.large_string()) for name, values in columns.items()},
        published=[item.published for item in items],
        n_words=n_words,
        zones=_block_zones(items, bodies),
        problems=list(problems),
        prints=its_prints,
    )


def _block_zones(items: Sequence[Item], bodies: Sequence[str]) -> BlockZones:
    zones = [zone for item in items for zone in item.zones]
    names = [zone.zone for zone in zones]
    counts = np.array([len(item.zones) for item in items], dtype=np.int64)
    of_body = np.array([name in BODY_ZONES for name in names], dtype=bool)
    is_page = np.repeat(np.array([item.format == "text" for item in items], dtype=bool), counts)
    lines = [zone.text for item in items if item.format == "text" for zone in item.zones]
    sums = [zlib.crc32(line.encode("utf-8", "surrogatepass")) for line in lines]
    # The sum alone is equal for a few lines of ten thousand pages that are not; seldom is their length as well.
    lengths = np.array(list(map(len, lines)), dtype=np.uint64)
    marks = lengths << np.uint64(32) | np.array(sums, dtype=np.uint64)
    of_page = of_body[is_page]
    # Where a paragraph has line ends of its own, the lines of the body do not say where it ends.
    n_lines = np.array([body.count("\n") + 1 for body in bodies], dtype=np.int64)
    n_of_body = np.bincount(np.repeat(np.arange(len(items)), counts)[of_body], minlength=len(items))
    of_body &= np.repeat(n_lines == n_of_body, counts)
    return BlockZones(
        counts=counts,
        zone=pa.array(names, pa.string()).dictionary_encode(),
        reason=pa.array([zone.reason for zone in zones], pa.string()).dictionary_encode(),
        of_body=of_body,
        texts=pa.array(
            [zone.text for zone, known in zip(zones, of_body.tolist(), strict=True) if not known],
            pa.large_string(),
        ),
        marks=(marks, of_page),
    )


class Tables:
    """Blocks in, tables out; they grow block by block, so that no text is held in two forms for long.

    The order of the articles is that of the blocks; exact further copies of an article get a suffix ("-2") to its id
    and are noted as a problem.
    """

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self._copies: list[Problem] = []
        self._articles = {name: _Strings() for name in (*_AS_FOUND, *_MADE)}
        self._published: list[datetime | None] = []
        self._n_words: list[Counts] = []
        self._zones = ZonesOfArticles()
        self._prints: list[Prints | None] = []
        #: How many articles have an id, and where the first of them is.
        self._seen: dict[str, tuple[int, str]] = {}

    def add(self, block: Block) -> None:
        """Add the articles of a block and its problems."""
        self.problems += block.problems
        if block.zones is None or not block.published:
            return
        ids = pa.array(self._distinct_ids(block.articles), pa.large_string())
        for name, strings in self._articles.items():
            strings.add(ids if name == "article_id" else block.articles[name])
        self._published += block.published
        self._n_words.append(block.n_words)
        self._zones.add(block.zones)
        self._prints.append(block.prints)

    def prints(self) -> Prints | None:
        """Return what tells copies among the bodies, if each block had it."""
        made = [prints for prints in self._prints if prints is not None]
        return Prints.joined(made) if made and len(made) == len(self._prints) else None

    def finish(self) -> tuple[pd.DataFrame, ZonesOfArticles, pd.DataFrame]:
        """Return the frames `articles` and `problems` (see `schema`), and between them what the zones are made of.

        Nothing can be added afterwards.
        """
        faults = [asdict(problem) for problem in (*self.problems, *self._copies)]
        problems = conform(pd.DataFrame(faults, columns=list(empty_table("problems").columns)), "problems")
        if not self._published:
            return empty_table("articles"), self._zones, problems
        articles: dict[str, object] = {name: strings.finish() for name, strings in self._articles.items()}
        articles["published"] = np.array(self._published, dtype="datetime64[us]")
        articles["n_words"] = np.concatenate(self._n_words)
        # Until copies are looked for, an article is a story of its own.
        articles["story_id"] = articles["article_id"]
        frame = conform(pd.DataFrame({name: articles[name] for name in ARTICLES}), "articles")
        return frame, self._zones, problems

    def frames(self) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
        """Return the frames `articles`, `zones` and `problems`; nothing can be added afterwards."""
        articles, zones, problems = self.finish()
        return articles, zones.frame(articles), problems

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


class ZonesOfArticles:
    """The zones of a collection in little memory: a frame of them repeats every body, and few ask for it."""

    def __init__(self) -> None:
        self._counts: list[Counts] = []
        self._zone: list[npt.NDArray[np.int32]] = []
        self._reason: list[npt.NDArray[np.int32]] = []
        self._of_body: list[npt.NDArray[np.bool_]] = []
        self._texts: list[pa.Array] = []
        self._marks: list[tuple[npt.NDArray[np.uint64], npt.NDArray[np.bool_]]] = []
        self._names: dict[str, int] = {}

    def add(self, zones: BlockZones) -> None:
        """Add the zones of further articles."""
        self._counts.append(zones.counts)
        self._zone.append(self._numbered(zones.zone))
        self._reason.append(self._numbered(zones.reason))
        self._of_body.append(zones.of_body)
        self._texts.append(zones.texts)
        self._marks.append(zones.marks)

    def may_repeat(self, articles: pd.DataFrame) -> bool:
        """Say whether stories saved as text may have lines of bodies in common; to know it takes the frame."""
        marks, inside = zip(*self._marks, strict=True)
        stories = pd.factorize(articles["story_id"])[0].astype(np.int64)
        is_page = (articles["format"] == "text").to_numpy(dtype=bool)
        owners = np.repeat(stories[is_page], np.concatenate(self._counts)[is_page])
        return may_repeat(np.concatenate(marks), np.concatenate(inside), owners)

    def _numbered(self, names: pa.DictionaryArray) -> npt.NDArray[np.int32]:
        known = [self._names.setdefault(name, len(self._names)) for name in names.dictionary.to_pylist()]
        numbers: npt.NDArray[np.int32] = np.array(known, dtype=np.int32)[names.indices.to_numpy()]
        return numbers

    def frame(self, articles: pd.DataFrame) -> pd.DataFrame:
        """Return the frame `zones` (see `schema`), given that of the articles."""
        if not self._counts:
            return empty_table("zones")
        names = pa.array(self._names, pa.large_string())
        ids, bodies = (pa.array(articles[name], pa.large_string()) for name in ("article_id", "body"))
        columns = {name: _Strings() for name in ("article_id", *_ZONE)}
        first = 0
        for counts, zone, reason, of_body, texts in zip(
            self._counts, self._zone, self._reason, self._of_body, self._texts, strict=True
        ):
            owners = np.repeat(np.arange(first, first + len(counts)), counts)
            with_lines = bodies.take(pa.array(np.unique(owners[of_body])))
            lines = pc.split_pattern(with_lines, "\n").flatten()
            place = np.where(of_body, np.cumsum(of_body) - 1, len(lines) + np.cumsum(~of_body) - 1)
            columns["article_id"].add(ids.take(pa.array(owners)))
            columns["zone"].add(names.take(pa.array(zone)))
            columns["reason"].add(names.take(pa.array(reason)))
            columns["text"].add(pa.concat_arrays([lines, texts]).take(pa.array(place)))
            first += len(counts)
        made: dict[str, object] = {name: strings.finish() for name, strings in columns.items()}
        made["order"] = np.concatenate([np.arange(n) for counts in self._counts for n in counts.tolist()])
        return conform(pd.DataFrame({name: made[name] for name in ZONES}), "zones")


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
