"""Term lists: a YAML file or a mapping in, one checked `TopicList` out.

A term list is the analyst's decision on what a topic is, kept in a file that diffs well::

    name: North Korea and Russia
    version: 1
    topics:
      sanctions:
        - sanction*
        - UN panel of experts
      arms:
        - munition*
        - artillery shell*

Only `topics` is needed. What a term may hold is said in `split_term`.
"""

from __future__ import annotations

import difflib
import hashlib
import json
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Final

import yaml

from analystkit.errors import TopicFileError

#: Characters that stand for one another, in terms and in texts.
APOSTROPHES: Final = "'’‘ʼ＇"
HYPHENS: Final = "-‐‑–"

_KEYS: Final = ("name", "version", "topics")
_KEYS_IN_WORDS: Final = "`name`, `version` and `topics`"
_BETWEEN_WORDS: Final = re.compile(rf"[{HYPHENS}\s]+")


@dataclass(frozen=True, eq=False)
class TopicList:
    """The term lists in force: each topic with its terms, in the order of the file. Made by `read_topics`.

    Two lists are equal if their content is, whatever file it came from.

    Parameters
    ----------
    name
        What the list is about, in words.
    version
        A number or text that the analyst changes when the meaning changes.
    topics
        Topic to its terms.
    source
        Path of the file, or "".
    """

    name: str
    version: int | str
    topics: Mapping[str, tuple[str, ...]]
    source: str = ""

    def __post_init__(self) -> None:
        frozen = {topic: tuple(terms) for topic, terms in self.topics.items()}
        object.__setattr__(self, "topics", MappingProxyType(frozen))

    def to_dict(self) -> dict[str, object]:
        """Return the content as plain dicts and lists, in the form that `read_topics` reads.

        >>> read_topics({"topics": {"arms": ["munition*"]}}).to_dict()
        {'name': '', 'version': 1, 'topics': {'arms': ['munition*']}}
        """
        topics = {topic: list(terms) for topic, terms in self.topics.items()}
        return {"name": self.name, "version": self.version, "topics": topics}

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the content, order included and `source` not: the same on every machine."""
        return hashlib.sha256(json.dumps(self.to_dict()).encode("ascii")).hexdigest()

    def __eq__(self, other: object) -> bool:
        return self.digest == other.digest if isinstance(other, TopicList) else NotImplemented

    def __hash__(self) -> int:
        return hash(self.digest)

    def __reduce__(self) -> tuple[type[TopicList], tuple[object, ...]]:
        # A read-only view cannot be pickled, and a term list travels to worker processes.
        return TopicList, (self.name, self.version, dict(self.topics), self.source)


def read_topics(source: str | Path | Mapping[str, object]) -> TopicList:
    """Read a term list from a YAML file, or from a mapping of the same form.

    Parameters
    ----------
    source
        Path of the file (UTF-8), or a mapping with `topics` and, if wanted, `name` and `version`. Without them
        the name is that of the file, or "", and the version is 1.

    Returns
    -------
    TopicList
        Topics and terms as written and in their order.

    Raises
    ------
    TopicFileError
        Anything is amiss; one sentence names the file, the line, the bad value and the way out.

    Examples
    --------
    >>> topics = read_topics({"name": "Trial", "topics": {"sanctions": ["sanction*", "UN panel of experts"]}})
    >>> topics.topics["sanctions"]
    ('sanction*', 'UN panel of experts')
    >>> read_topics({"topics": {"sanctions": [2024]}})
    Traceback (most recent call last):
    ...
    analystkit.errors.TopicFileError: The term list given: term 1 of topic 'sanctions' is 2024, a number and
    not text; put it in quotes: "2024".
    """
    if isinstance(source, Mapping):
        return _Reader("The term list given").read(_node_of(source), name="", source="")
    path = Path(source)
    return _Reader(str(path)).read(_parse(path), name=path.stem, source=str(path))


def split_term(term: str) -> tuple[tuple[str, ...], bool]:
    """Split a term into its words, and say whether its case counts.

    - Words and phrases, in any case: ``artillery shell``. After a leading ``=`` the case counts: ``=ARM`` finds
      "ARM" and not "arm".
    - ``*`` stands for any number of letters, digits and underscores, at the start, in the middle or at the end
      of a word: ``*militar*`` also finds "military". A ``*`` on its own is one whole word: ``ban on * exports``.
    - ``?`` stands for exactly one of them: ``defen?e``.
    - Between the words of a phrase, spaces, line ends, hyphens and en dashes stand for one another: ``solid fuel``
      and ``solid-fuel`` both find "solid fuel", "solid-fuel", and "solid" with "fuel" on the next line.
    - Straight and curly apostrophes stand for one another.

    Raises
    ------
    TopicFileError
        Nothing useful can be found with this term; the message completes the sentence "The term ...".

    Examples
    --------
    >>> split_term("Solid-fuel  missile*")
    (('Solid', 'fuel', 'missile*'), False)
    >>> split_term("=UN")
    (('UN',), True)
    """
    text = unicodedata.normalize("NFC", term).strip()
    exact = text.startswith("=")
    text = re.sub(rf"[{APOSTROPHES}]", "'", text.removeprefix("=").strip())
    if not text:
        raise TopicFileError(f"is empty ({term!r}); write a word there or delete the line")
    if not re.sub(rf"[{HYPHENS}\s*?]", "", text):
        raise TopicFileError(f"is {term!r}, wildcards only, and would find any word; add letters to it")
    if not re.match(r"[\w*?]", text):
        raise TopicFileError(
            f"is {term!r}, which begins with {text[0]!r}; begin with a letter, a digit, * or ?"
        )
    if text[-1] in HYPHENS:
        raise TopicFileError(
            f"is {term!r}, which ends with a hyphen; end with a word, or with * for any word"
        )
    return tuple(_BETWEEN_WORDS.split(text)), exact


# YAML's own names for the kinds of value; a mapping's values are given the same ones.
_TAG: Final = "tag:yaml.org,2002:"
_KINDS: Final = {
    f"{_TAG}bool": "a yes/no value",
    f"{_TAG}int": "a number",
    f"{_TAG}float": "a number",
    f"{_TAG}timestamp": "a date",
    f"{_TAG}null": "YAML's word for nothing",
    f"{_TAG}seq": "a list",
    f"{_TAG}map": "a key with a value",
}


@dataclass(frozen=True)
class _Reader:
    """Checks the parsed nodes of one term list; `label` names it in every message."""

    label: str

    def fault(self, node: yaml.Node, message: str) -> TopicFileError:
        line = f", line {node.start_mark.line + 1}" if node.start_mark else ""
        return TopicFileError(f"{self.label}{line}: {message}{'' if message.endswith('?') else '.'}")

    def read(self, root: yaml.Node, *, name: str, source: str) -> TopicList:
        if not isinstance(root, yaml.MappingNode):
            raise self.fault(
                root, f"this is no term list, which has the keys {_KEYS_IN_WORDS}; write `topics:` first"
            )
        parts = self._unique(root, "the key")
        if "topics" not in parts:
            near = difflib.get_close_matches("topics", [key for key in parts if key not in _KEYS], n=1)
            hint = (
                f"did you mean {near[0]!r} to be it?"
                if near
                else "write the topics and their terms below one"
            )
            raise self.fault(parts[near[0]][0] if near else root, f"there is no key `topics`; {hint}")
        for key, (node, _) in parts.items():
            if key not in _KEYS:
                near = difflib.get_close_matches(key, _KEYS, n=1)
                hint = f"did you mean {near[0]!r}?" if near else "delete it, or turn it into a comment with #"
                raise self.fault(node, f"{key!r} is none of the keys {_KEYS_IN_WORDS}; {hint}")
        node, topics = parts["topics"]
        if not isinstance(topics, yaml.MappingNode) or not topics.value:
            raise self.fault(
                node, "`topics` names no topic; write each topic below it, and its terms as a list"
            )
        return TopicList(
            name=self._text(parts["name"][1], "`name`") if "name" in parts else name,
            version=self._version(parts["version"][1]) if "version" in parts else 1,
            topics={
                topic: self._terms(topic, node, terms)
                for topic, (node, terms) in self._unique(topics, "the topic").items()
            },
            source=source,
        )

    def _unique(self, mapping: yaml.MappingNode, what: str) -> dict[str, tuple[yaml.Node, yaml.Node]]:
        """Return each key with its node and that of its value; YAML itself would let the last of two win."""
        parts: dict[str, tuple[yaml.Node, yaml.Node]] = {}
        for node, value in mapping.value:
            key = self._text(node, what)
            if key in parts:
                first = parts[key][0].start_mark
                where = f" (first on line {first.line + 1})" if first else ""
                raise self.fault(node, f"{what} {key!r} is there twice{where}; rename one, or join the two")
            parts[key] = (node, value)
        return parts

    def _text(self, node: yaml.Node, what: str) -> str:
        if isinstance(node, yaml.ScalarNode) and node.tag == f"{_TAG}str" and node.value.strip():
            return str(node.value)
        written = _written(node)
        if not written.strip("\"' "):
            raise self.fault(node, f"{what} is empty ({written!r}); write a word there or delete the line")
        kind = _KINDS.get(node.tag, f"of type {node.tag.removeprefix(_TAG)}")
        raise self.fault(node, f'{what} is {written}, {kind} and not text; put it in quotes: "{written}"')

    def _version(self, node: yaml.Node) -> int | str:
        if node.tag == f"{_TAG}int" and node.value.isdecimal():
            return int(node.value)
        return self._text(node, "`version`")

    def _terms(self, topic: str, key: yaml.Node, terms: yaml.Node) -> tuple[str, ...]:
        if not isinstance(terms, yaml.SequenceNode):
            if written := _written(terms):
                reason = f"has {written!r} where a list belongs; write each term on a line of its own, after a hyphen"
                raise self.fault(key, f"topic {topic!r} {reason}")
        elif terms.value:
            return tuple(
                self._term(f"term {i} of topic {topic!r}", node) for i, node in enumerate(terms.value, 1)
            )
        raise self.fault(key, f"topic {topic!r} has no terms; write at least one below it, after a hyphen")

    def _term(self, what: str, node: yaml.Node) -> str:
        term = self._text(node, what)
        if node.start_mark and node.start_mark.line < node.end_mark.line:
            # Without its hyphen a line is read as the rest of the term above it.
            raise self.fault(
                node, f"{what} runs on over the next line ({term!r}); begin each term with a hyphen"
            )
        try:
            split_term(term)
        except TopicFileError as reason:
            raise self.fault(node, f"{what} {reason}") from None
        return term


def _written(node: yaml.Node) -> str:
    """Return how a value is written in the file, cut to one line."""
    start, end = node.start_mark, node.end_mark
    if start is None or start.buffer is None:
        return str(node.value if isinstance(node, yaml.ScalarNode) else yaml.serialize(node)).strip()
    lines = start.buffer[start.pointer : end.pointer].strip().splitlines()
    return lines[0] if lines else ""


def _node_of(value: object) -> yaml.Node:
    """Return a Python value as the YAML node that a file would have given, so that one set of checks serves both."""
    if isinstance(value, Mapping):
        return yaml.MappingNode(
            f"{_TAG}map", [(_node_of(key), _node_of(inner)) for key, inner in value.items()]
        )
    if isinstance(value, list | tuple):
        return yaml.SequenceNode(f"{_TAG}seq", [_node_of(inner) for inner in value], flow_style=True)
    if value is None:
        return yaml.ScalarNode(f"{_TAG}null", "")
    return yaml.ScalarNode(_TAG + ("str" if isinstance(value, str) else type(value).__name__), str(value))


def _parse(path: Path) -> yaml.Node:
    """Return the root node of a YAML file."""
    text = _text_of(path)
    try:
        loader = yaml.SafeLoader(text)
    except yaml.reader.ReaderError as error:
        raise _not_yaml(path, text, error.position, f"character U+{error.character:04X}") from None
    try:
        root = loader.get_single_node()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise _not_yaml(path, text, mark.index if mark else 0, error.problem or error.context or "") from None
    except (ValueError, OverflowError, RecursionError) as error:  # PyYAML lets these through
        raise _not_yaml(path, text, loader.get_mark().index, str(error)) from None
    if root is None:
        raise TopicFileError(
            f"{path}: the file is empty; write `topics:` and the topics with their terms below it."
        )
    return root


def _text_of(path: Path) -> str:
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        raise TopicFileError(
            f"{path}: there is no such file (looked for {path.absolute()}); check the path."
        ) from None
    except IsADirectoryError:
        raise TopicFileError(f"{path}: this is a folder; name the YAML file in it.") from None
    except OSError as error:
        raise TopicFileError(
            f"{path}: the file cannot be read ({error.strerror}); check its permissions."
        ) from None
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        byte = content[error.start]
        raise TopicFileError(
            f"{path}, line {line}: byte 0x{byte:02x} is not UTF-8; save the file as UTF-8."
        ) from None


def _not_yaml(path: Path, text: str, index: int, problem: str) -> TopicFileError:
    before = text[:index].split("\n")
    line = text.split("\n")[len(before) - 1]
    if line.lstrip(" -").startswith("*"):
        remedy = "put a term that begins with * in quotes"
    else:
        remedy = "check the indentation, the colons and the quotes there"
    place = f"line {len(before)}, column {len(before[-1]) + 1}"
    return TopicFileError(f"{path}, {place}: {line.strip()!r} is not YAML ({problem}); {remedy}.")
