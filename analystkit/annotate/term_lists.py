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

Only `topics` is needed. What a term may hold is said in `parse_term`. Dictionaries of other programs are read as well,
see `dictionaries`.
"""

from __future__ import annotations

import difflib
import hashlib
import json
import re
import unicodedata
import warnings
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Final

import yaml

from analystkit.annotate.dictionaries import BELOW, is_dictionary, nested_topics, plain, read_dictionary
from analystkit.errors import TopicFileError, TopicFileWarning

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

    def at_level(self, depth: int) -> TopicList:
        """Return the list with the topics below a level joined to those at it: 1 joins "war > arms" to "war".

        >>> read_topics({"topics": {"war > arms": ["shell*"], "war": ["front"]}}).at_level(1).to_dict()["topics"]
        {'war': ['shell*', 'front']}
        """
        joined: dict[str, dict[str, None]] = {}
        for topic, terms in self.topics.items():
            joined.setdefault(BELOW.join(topic.split(BELOW)[:depth]), {}).update(dict.fromkeys(terms))
        topics = {topic: tuple(terms) for topic, terms in joined.items()}
        return TopicList(self.name, self.version, topics, self.source)

    def with_terms(self, topic: str, terms: Iterable[str]) -> TopicList:
        """Return the list with terms added to a topic; those it has already are left as they are.

        >>> arms = read_topics({"topics": {"arms": ["munition*"]}})
        >>> arms.with_terms("arms", ["shells", "munition*"]).topics["arms"]
        ('munition*', 'shells')
        """
        topics = {**self.topics, topic: tuple(dict.fromkeys([*self.topics.get(topic, ()), *terms]))}
        return TopicList(self.name, self.version, topics, self.source)

    def without_terms(self, topic: str, terms: Iterable[str]) -> TopicList:
        """Return the list without these terms of a topic."""
        gone = set(terms)
        topics = {**self.topics, topic: tuple(term for term in self.topics[topic] if term not in gone)}
        return TopicList(self.name, self.version, topics, self.source)

    def to_yaml(self) -> str:
        """Return the content as the YAML that `read_topics` reads: one term a line, quoted where YAML needs it.

        >>> print(read_topics({"name": "Trial", "topics": {"arms": ["munition*", "*shell"]}}).to_yaml(), end="")
        name: Trial
        version: 1
        topics:
          arms:
          - munition*
          - '*shell'
        """
        text: str = yaml.safe_dump(self.to_dict(), allow_unicode=True, sort_keys=False, width=10_000)
        return text

    def save(self, path: str | Path) -> Path:
        """Write the list to a YAML file and return its path.

        A file that is there keeps its comments and its order where only terms were added or taken out.
        """
        path = Path(path)
        path.write_text(_edited(path, self) or self.to_yaml(), encoding="utf-8")
        return path

    def __eq__(self, other: object) -> bool:
        return self.digest == other.digest if isinstance(other, TopicList) else NotImplemented

    def __hash__(self) -> int:
        return hash(self.digest)

    def __reduce__(self) -> tuple[type[TopicList], tuple[object, ...]]:
        # A read-only view cannot be pickled, and a term list travels to worker processes.
        return TopicList, (self.name, self.version, dict(self.topics), self.source)


Topics = str | Path | Mapping[str, object] | TopicList


def as_topics(topics: Topics | None) -> TopicList | None:
    """Return term lists as such, read where they are given by their file or as a mapping."""
    return topics if topics is None or isinstance(topics, TopicList) else read_topics(topics)


def read_topics(source: str | Path | Mapping[str, object], *, encoding: str = "") -> TopicList:
    """Read a term list from a YAML file, from a mapping of the same form, or from a dictionary of another program.

    Those are quanteda's YAML, LIWC's ``.dic``, Lexicoder's ``.lc3`` and ``.lcd``, Yoshikoder's ``.ykd`` and WordStat's
    ``.cat``; their names and terms come in lower case, as case counts in none of them.

    Parameters
    ----------
    source
        Path of the file (UTF-8), or a mapping with `topics` and, if wanted, `name` and `version`. Without them
        the name is that of the file, or "", and the version is 1.
    encoding
        The encoding of a dictionary that is not UTF-8, such as "shift_jis"; "" guesses, and warns.

    Returns
    -------
    TopicList
        Topics and terms as written and in their order.

    Raises
    ------
    TopicFileError
        Anything is amiss; one sentence names the file, the line, the bad value and the way out.

    Warns
    -----
    TopicFileWarning
        A dictionary was read but for some places, which are named; or its encoding was guessed.

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
    if is_dictionary(path):
        found = read_dictionary(path, _bytes_of(path), encoding)
        return _as_list(found.topics, found.left_out, name=found.name or path.stem, path=path)
    root = _parse(path, encoding)
    if _is_quanteda(root):
        topics: dict[str, list[str]] = {}
        for way, terms in nested_topics(yaml.SafeLoader("").construct_document(root)):
            given = terms if isinstance(terms, list) else [terms]
            topics.setdefault(BELOW.join(way), []).extend(
                plain(str(term)) for term in given if term is not None
            )
        return _as_list(topics, [], name=path.stem, path=path)
    return _Reader(str(path)).read(root, name=path.stem, source=str(path))


def _is_quanteda(root: yaml.Node) -> bool:
    """Say whether YAML is a dictionary of quanteda: categories at its top, and none that may be meant for `topics`."""
    if not isinstance(root, yaml.MappingNode) or not root.value:
        return False
    keys = [str(key.value) for key, _ in root.value]
    if any(difflib.get_close_matches(key, _KEYS, n=1) for key in keys):
        return False
    return all(isinstance(value, yaml.SequenceNode | yaml.MappingNode) for _, value in root.value)


def _as_list(found: Mapping[str, list[str]], left_out: list[str], *, name: str, path: Path) -> TopicList:
    """Return a dictionary as a term list, and warn of what it cannot take over."""
    left, topics = list(left_out), {}
    for topic, terms in found.items():
        kept = []
        for term in dict.fromkeys(terms):
            try:
                parse_term(term)
            except TopicFileError as reason:
                left.append(f"a term of {topic!r} {reason}")
            else:
                kept.append(term)
        if kept:
            topics[topic] = tuple(kept)
        else:
            left.append(f"{topic!r}, which has no term")
    if not topics:
        raise TopicFileError(f"{path}: nothing in the file can be taken over ({left[0]}).")
    if left:
        more = f", and {len(left) - 3} more" if len(left) > 3 else ""
        warnings.warn(
            f"{path} was read but for: {'; '.join(left[:3])}{more}.", TopicFileWarning, stacklevel=3
        )
    return TopicList(name, 1, topics, str(path))


@dataclass(frozen=True)
class Phrase:
    """A word or a phrase: its words, and whether its case counts."""

    words: tuple[str, ...]
    exact: bool


@dataclass(frozen=True)
class ParsedTerm:
    """What a term asks for.

    Attributes
    ----------
    phrase
        What is found.
    excludes
        Whether it is what the topic leaves out, wherever it is found.
    within, near, absent
        How many words away one of the phrases `near` must stand, or, if `absent`, none of them; 0 asks for nothing.
    """

    phrase: Phrase
    excludes: bool = False
    within: int = 0
    near: tuple[Phrase, ...] = ()
    absent: bool = False


_NEAR: Final = re.compile(r"\s+(NOT\s+)?NEAR/(\d*)(?:\s+|$)")


def parse_term(term: str) -> ParsedTerm:
    """Return what a term asks for.

    - A word or phrase, see `split_term`.
    - ``shell* NEAR/5 artillery | howitzer*``: "shells" where "artillery" or "howitzers" stands at most five words
      before or after it (the next word is one away). What is found and counted is "shells".
    - ``sanction* NOT NEAR/3 lift*``: "sanctions" where no "lifted" is that near.
    - ``NOT shell compan*``: whatever else the topic finds in "shell companies" is left out.

    The operators are written in capitals.

    Raises
    ------
    TopicFileError
        Nothing useful can be found with this term; the message completes the sentence "The term ...".

    Examples
    --------
    >>> parse_term("shell* NEAR/5 artillery | howitzer*").near
    (Phrase(words=('artillery',), exact=False), Phrase(words=('howitzer*',), exact=False))
    >>> parse_term("NOT shell compan*")
    ParsedTerm(phrase=Phrase(words=('shell', 'compan*'), exact=False), excludes=True, within=0, near=(), absent=False)
    """
    if re.match(r"\s*NOT\s", term):
        return ParsedTerm(Phrase(*split_term(term.strip()[3:])), excludes=True)
    operators = list(_NEAR.finditer(term))
    if not operators:
        return ParsedTerm(Phrase(*split_term(term)))
    operator = operators[0]
    if len(operators) > 1 or not operator[2] or not 1 <= int(operator[2]) <= _FURTHEST:
        raise TopicFileError(
            f"is {term!r}; write one NEAR with how many words away, at most {_FURTHEST}: 'shell* NEAR/5 artillery'"
        )
    near = tuple(Phrase(*split_term(other)) for other in term[operator.end() :].split("|"))
    return ParsedTerm(
        Phrase(*split_term(term[: operator.start()])),
        within=int(operator[2]),
        near=near,
        absent=operator[1] is not None,
    )


_FURTHEST: Final = 50


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
        found = self._each_term(topic, key, terms)
        if all(parse_term(term).excludes for term in found):
            raise self.fault(key, f"topic {topic!r} only leaves out; write at least one term without NOT")
        return found

    def _each_term(self, topic: str, key: yaml.Node, terms: yaml.Node) -> tuple[str, ...]:
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
            parse_term(term)
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


def _parse(path: Path, encoding: str) -> yaml.Node:
    """Return the root node of a YAML file."""
    text = _text_of(path, encoding)
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


def _bytes_of(path: Path) -> bytes:
    try:
        return path.read_bytes()
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


def _text_of(path: Path, encoding: str) -> str:
    content = _bytes_of(path)
    try:
        return content.decode(encoding or "utf-8-sig")
    except LookupError:
        raise TopicFileError(f"`encoding` is {encoding!r}, which Python does not know.") from None
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        byte = content[error.start]
        name = encoding or "UTF-8"
        raise TopicFileError(
            f"{path}, line {line}: byte 0x{byte:02x} is not {name}; save the file as UTF-8."
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


def _edited(path: Path, topics: TopicList) -> str:
    """Return the file with terms added and taken out line by line; "" where that does not give these topics."""
    if not path.is_file():
        return ""
    try:
        before = read_topics(path)
        root = _parse(path, "")
    except TopicFileError:
        return ""
    if list(before.topics) != list(topics.topics) or not isinstance(root, yaml.MappingNode):
        return ""
    lines = _text_of(path, "").splitlines()
    lists = next((value for key, value in root.value if key.value == "topics"), None)
    if not isinstance(lists, yaml.MappingNode):
        return ""
    # From the last topic up, so that the lines still to be changed keep their numbers.
    for key, terms in reversed(lists.value):
        was, now = before.topics[key.value], topics.topics[key.value]
        rows = [node.start_mark.line for node in terms.value]
        if len(set(rows)) < len(rows):
            return ""  # a list written on one line
        dash = lines[rows[0]][: lines[rows[0]].index("-")] + "- "
        added = [dash + _quoted(term) for term in now if term not in was]
        lines[rows[-1] + 1 : rows[-1] + 1] = added
        for row, term in reversed(list(zip(rows, was, strict=True))):
            if term not in now:
                del lines[row]
    text = "\n".join(lines) + "\n"
    try:
        edited = yaml.SafeLoader(text).get_single_node()
        assert edited is not None
        found = _Reader(str(path)).read(edited, name=path.stem, source=str(path))
    except (TopicFileError, yaml.YAMLError):
        return ""
    return text if found == topics else ""


def _quoted(term: str) -> str:
    written: str = yaml.safe_dump([term], allow_unicode=True, width=10_000)
    return written.removeprefix("- ").rstrip("\n")
