"""Dictionaries of other programs -> topics and terms: quanteda, LIWC, Lexicoder, Yoshikoder and WordStat.

Case counts in none of these programs, and their names cannot always hold spaces: so names and terms come in lower case,
and ``_`` is a space. Below-categories keep their way down in the name: "economy > state". What a file holds and a term
list cannot is left out, and each such place is named.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from analystkit.clean.encoding import decode
from analystkit.errors import TopicFileError

#: Between a category and one below it.
BELOW: Final = " > "


@dataclass
class Dictionary:
    """What a dictionary file holds.

    Attributes
    ----------
    topics
        Category to terms, in the order of the file; each term once a category.
    name
        What the file calls the whole, or "".
    left_out
        What was not taken over, each with its place and reason.
    """

    topics: dict[str, list[str]] = field(default_factory=dict)
    name: str = ""
    left_out: list[str] = field(default_factory=list)

    def add(self, way: Iterable[str], term: str) -> None:
        terms = self.topics.setdefault(BELOW.join(way), [])
        if term not in terms:
            terms.append(term)


def is_dictionary(path: Path) -> bool:
    """Say whether a file has the name of a dictionary that is no YAML.

    >>> is_dictionary(Path("mary.DIC")), is_dictionary(Path("topics.yml"))
    (True, False)
    """
    return path.suffix.lower() in _READERS


def read_dictionary(path: Path, content: bytes, encoding: str = "") -> Dictionary:
    """Read a LIWC ``.dic``, Lexicoder ``.lc3`` or ``.lcd``, Yoshikoder ``.ykd`` or WordStat ``.cat`` file.

    Parameters
    ----------
    path
        For its suffix, which says the format (XML is told by its content), and for messages.
    content
        The bytes of the file.
    encoding
        Its encoding; "" tells UTF-8, Japanese and Windows-1252 apart, and lists a guess in `left_out`.

    Raises
    ------
    TopicFileError
        The file is broken; the message names it, the line and the way out.

    Examples
    --------
    >>> found = read_dictionary(Path("a.cat"), b"WAR\\n\\tARMS\\n\\t\\tSHELL* (1)\\n\\tCIVIL_WAR (1)\\n")
    >>> found.topics
    {'war > arms': ['shell*'], 'war': ['civil war']}
    """
    text, fault = _decoded(path, content, encoding)
    is_xml = text.lstrip("\ufeff \t\r\n").startswith("<")
    found = (_read_xml if is_xml else _READERS[path.suffix.lower()])(path, text)
    if not found.topics:
        raise TopicFileError(f"{path}: the file has no category with a term; is it a dictionary?")
    if fault:
        found.left_out.insert(0, fault)
    return found


def nested_topics(value: object, way: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], object]]:
    """Yield each list of a nested mapping with the way to it, as quanteda nests its dictionaries in YAML.

    >>> list(nested_topics({"A": {"B": ["x"]}, "C": ["y"]}))
    [(('a', 'b'), ['x']), (('c',), ['y'])]
    """
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from nested_topics(inner, (*way, plain(str(key))))
    else:
        yield way, value


def plain(words: str) -> str:
    """Return a name or term as it is in every format: lower case, ``_`` as a space.

    >>> plain(" A_CATEGORY ")
    'a category'
    """
    return " ".join(words.replace("_", " ").lower().split())


def _decoded(path: Path, content: bytes, encoding: str) -> tuple[str, str]:
    if encoding:
        try:
            return content.decode(encoding), ""
        except LookupError:
            raise TopicFileError(
                f"`encoding` is {encoding!r}, which Python does not know; give a name such as 'shift_jis'."
            ) from None
        except UnicodeDecodeError as error:
            line = content.count(b"\n", 0, error.start) + 1
            raise TopicFileError(
                f"{path}, line {line}: byte 0x{content[error.start]:02x} is not {encoding};"
                " give the encoding in which the file was saved."
            ) from None
    found = decode(content)
    if found.text is None:
        raise TopicFileError(f"{path}: this is no text; export the dictionary again, as text or XML.")
    if not found.fault or found.encoding.startswith("utf"):
        return found.text, ""
    for name in ("euc_jp", "shift_jis"):
        try:
            text = content.decode(name)
        except UnicodeDecodeError:
            continue
        others = {letter for letter in text if letter >= "\x80"}
        # Any bytes may make some Chinese character; Japanese has kana.
        if "\u3040" <= min(others) <= "\u30ff" and max(others) <= "\u9fff":
            return text, f"the file is not UTF-8; read as {name}; if letters are wrong, say encoding=..."
    return found.text, f"{found.fault}; if letters are wrong, say encoding=..."


_WEIGHTED: Final = re.compile(r"\s*\((\d+)\)\s*$")


def _read_wordstat(path: Path, text: str) -> Dictionary:
    """Categories and terms by the tabs before them; a term has its weight in brackets behind it."""
    found = Dictionary()
    way: list[str] = []
    for number, line in enumerate(text.splitlines(), 1):
        depth = len(line) - len(line.lstrip("\t"))
        words = line.strip()
        if not words:
            continue
        if depth > len(way):
            raise TopicFileError(
                f"{path}, line {number}: {words!r} stands {depth} tabs deep and below no category; check its tabs."
            )
        weight = _WEIGHTED.search(words)
        if weight is None:
            way = [*way[:depth], plain(words)]
        elif not depth:
            raise TopicFileError(
                f"{path}, line {number}: {words!r} is a term in no category; indent it by a tab."
            )
        elif words.startswith("@"):
            found.left_out.append(f"line {number}: {words!r}, a rule of WordStat; write it with NEAR")
        else:
            found.add(way[:depth], plain(words[: weight.start()]))
    return found


def _read_lexicoder(path: Path, text: str) -> Dictionary:
    """Lines with a plus are categories, the lines below them their terms."""
    found = Dictionary()
    category = ""
    for number, line in enumerate(text.splitlines(), 1):
        words = line.strip()
        if words.startswith("+"):
            category = plain(words[1:])
        elif words and not category:
            raise TopicFileError(
                f"{path}, line {number}: {words!r} stands before any category; begin with a line such as +NAME."
            )
        elif words:
            found.add([category], plain(words))
    return found


def _read_xml(path: Path, text: str) -> Dictionary:
    """Categories and patterns as elements; one category around all is the name of the dictionary."""
    if "<!ENTITY" in text:
        raise TopicFileError(f"{path}: the file declares entities, which no dictionary needs; remove them.")
    try:
        root = ET.fromstring(re.sub(r"^\s*<\?xml[^>]*\?>", "", text.lstrip("\ufeff")))
    except ET.ParseError as error:
        raise TopicFileError(
            f"{path}, line {error.position[0]}: this is not XML ({error}); export it again."
        ) from None
    found = Dictionary()
    tops = root.findall("cnode")
    if len(tops) == 1 and tops[0].find("cnode") is not None and tops[0].find("pnode") is None:
        found.name = tops[0].get("name", "")
        tops = tops[0].findall("cnode")

    def walk(node: ET.Element, way: tuple[str, ...]) -> None:
        here = (*way, plain(node.get("name", "")))
        for term in node.findall("pnode"):
            found.add(here, plain(term.get("name", "")))
        for inner in node.findall("cnode"):
            walk(inner, here)

    for top in tops:
        walk(top, ())
    return found


_CONDITION: Final = re.compile(r"\([^)]*\)\S*|<[^>]*>\S*")
_CATEGORY: Final = re.compile(r"(\t*)\s*(?:(\d+)\s+)?(\S.*?)\s*$")


def _read_liwc(path: Path, text: str) -> Dictionary:
    """Numbered categories between two lines of ``%``, then terms with the numbers of theirs."""
    lines = text.splitlines()
    marks = [number for number, line in enumerate(lines) if line.strip() == "%"]
    if len(marks) < 2:
        raise TopicFileError(
            f"{path}: a LIWC dictionary has its categories between two lines of %, and this file has"
            f" {len(marks)} such lines; add them."
        )
    first, last = marks[:2]
    ways: dict[int, tuple[str, ...]] = {}
    way: list[str] = []
    for number, line in enumerate(lines[first + 1 : last], first + 2):
        match = _CATEGORY.match(line)
        if match is None:
            continue
        way = [*way[: len(match[1])], plain(match[3])]
        if match[2]:
            if int(match[2]) in ways:
                raise TopicFileError(
                    f"{path}, line {number}: category {match[2]} is there twice; number one anew."
                )
            ways[int(match[2])] = tuple(way)
    found = Dictionary()
    for number, line in enumerate(lines[last + 1 :], last + 2):
        numbers = _CONDITION.sub(" ", line)
        for condition in _CONDITION.findall(line):
            found.left_out.append(f"line {number}: {condition!r}, a condition that term lists do not have")
        term = re.match(r"\s*(.*?)(?=\s+\d+\b|\s*$)", numbers)
        words = plain(term[1]) if term else ""
        if not words:
            continue
        codes = [int(code) for code in numbers[term.end() if term else 0 :].split() if code.isdecimal()]
        if not codes:
            found.left_out.append(f"line {number}: {words!r}, which is in no category")
        for code in codes:
            if code in ways:
                found.add(ways[code], words)
            else:
                found.left_out.append(
                    f"line {number}: {words!r} in category {code}, which the file does not define"
                )
    return found


_READERS: Final[dict[str, Callable[[Path, str], Dictionary]]] = {
    ".cat": _read_wordstat,
    ".dic": _read_liwc,
    ".lc3": _read_lexicoder,
    ".lcd": _read_xml,
    ".ykd": _read_xml,
}
