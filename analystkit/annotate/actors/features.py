"""Texts -> tokens, and for each token the numbers of the features that the sequence model reads.

What a word says by itself (its letters, its shape, the lists it is in) is worked out once for each distinct word; what
its place says (neighbours, the run of capitals it stands in, the rest of its text, what the rules hold it for) is worked
out for all tokens at once. A feature is a hash, so there is no table of features to keep.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from analystkit.annotate.actors import words
from analystkit.annotate.actors.gazetteer import gazetteer, is_demonym, read_list, title_words
from analystkit.annotate.actors.settling import settled_drafts
from analystkit.annotate.actors.tokens import ABBREVIATED

Ints = NDArray[np.int64]
Hashes = NDArray[np.uint64]

#: Features are numbered 0 .. 2 ** SLOT_BITS - 1.
SLOT_BITS: Final = 21

#: Words with a full stop of their own.
_SHORT: Final = "|".join([*ABBREVIATED, "Cpl", "Spc"])
_TOKEN: Final = re.compile(
    rf"(?:{_SHORT})\.|(?:[A-Z]\.)+(?:[A-Z]\b(?!\w))?|\d+(?:[.,:]\d+)*|[^\W\d_]+(?:['’](?!s\b)[^\W\d_]{{2,}})?|['’]s\b|\w|[^\w\s]"
)
_SENTENCE_MARK: Final = frozenset(".?!")
_QUOTES: Final = frozenset("\"'“”‘’«»()[]-–—*•")
#: Letters and marks that may stand inside a run of capitalised words.
_JOINERS: Final = frozenset({"-", "&", "’", "'", *(p for p in words.PARTICLES if " " not in p)})

#: A word's own attributes, and at which distance from a token each is read.
_OWN: Final = (
    "form",
    "lower",
    "p1",
    "p2",
    "p3",
    "p4",
    "s1",
    "s2",
    "s3",
    "s4",
    "shape",
    "classes",
    "c1",
    "c2",
    "c3",
    "shape_s2",
)
_BESIDE: Final = ("lower", "s3", "shape", "classes", "c1", "c2", "c3")
_NEAR: Final = ("lower", "shape", "classes")
_READ: Final[dict[int, tuple[str, ...]]] = {0: _OWN, -1: _BESIDE, 1: _BESIDE, -2: _NEAR, 2: _NEAR}
OFFSETS: Final = tuple(_READ)

_MULTIPLIER: Final = np.uint64(0x9E3779B97F4A7C15)
_MIXER: Final = np.uint64(0xD6E8FEB86659FD93)
_MASK: Final = np.uint64(2**SLOT_BITS - 1)


@dataclass(frozen=True)
class Batch:
    """The tokens of some texts, in order.

    Attributes
    ----------
    text
        For each token, the number of its text.
    start, end
        Its place in that text.
    sequence
        The number of its sentence; labels depend on each other inside one only.
    word
        Its row in the vocabulary.
    around
        The row of the word at each of `OFFSETS`, one column for each; 0 beyond the sentence.
    slots
        The features that its place gives: one column for each.
    """

    text: Ints
    start: Ints
    end: Ints
    sequence: Ints
    word: Ints
    around: Ints
    slots: Ints


class Vocabulary:
    """Distinct words met so far, with what each says by itself."""

    def __init__(self) -> None:
        self.rows: dict[str, int] = {}
        self._hashes: list[list[int]] = []
        self._lower: list[int] = []
        self._flags: list[int] = []
        self._columns: tuple[Hashes, Ints, Ints] = (
            np.zeros((0, len(_OWN)), dtype=np.uint64),
            np.zeros(0, dtype=np.int64),
            np.zeros(0, dtype=np.int64),
        )
        self.add("")

    def __len__(self) -> int:
        return len(self._hashes)

    def add(self, word: str) -> int:
        """Return the row of a word, making it if it is new."""
        row = self.rows.get(word)
        if row is None:
            row = self.rows[word] = len(self._hashes)
            self._hashes.append([])  # the row is taken before that of the word in lower case is asked for
            self._lower.append(row)
            self._flags.append(0)
            lower = word.lower()
            self._hashes[row] = _attributes(word)
            self._flags[row] = _flags(word)
            if lower != word:
                self._lower[row] = self.add(lower)
        return row

    def columns(self) -> tuple[Hashes, Ints, Ints]:
        """Return the attributes' hashes (row, attribute), the row in lower case, and the flags of each word."""
        done = len(self._columns[1])
        if done < len(self):
            # Only the new words are turned into numbers: a text brings few of them.
            hashes, lower, flags = self._columns
            self._columns = (
                np.concatenate([hashes, np.array(self._hashes[done:], dtype=np.uint64)]),
                np.concatenate([lower, np.array(self._lower[done:], dtype=np.int64)]),
                np.concatenate([flags, np.array(self._flags[done:], dtype=np.int64)]),
            )
        return self._columns

    def slots(self, rows: slice, offset: int) -> Ints:
        """Return the features that words give a token which they stand `offset` words away from."""
        hashes = np.array(self._hashes[rows], dtype=np.uint64)
        names = _READ[offset]
        salt = np.array([_salt(f"{name}@{offset}") for name in names], dtype=np.uint64)
        own = hashes[:, [_OWN.index(name) for name in names]]
        # An attribute that a word has not (its third class, its fourth letter) is no feature.
        return np.where(own == 0, np.int64(-1), _slot(own + salt))


_CAPITAL, _UPPER, _JOINER, _ALPHA, _LOWER, _END, _OPENER, _LONG = (1 << bit for bit in range(8))


def _flags(word: str) -> int:
    if not word:
        return 0
    alpha = word[0].isalpha()
    return (
        (_CAPITAL if word[0].isupper() else 0)
        | (_UPPER if alpha and word.isupper() and len(word) > 1 else 0)
        | (_JOINER if word in _JOINERS else 0)
        | (_ALPHA if alpha else 0)
        | (_LOWER if word[0].islower() else 0)
        | (_END if word in _SENTENCE_MARK else 0)
        | (_OPENER if word in _QUOTES else 0)
        | (_LONG if alpha and len(word) > 3 else 0)
    )


def _attributes(word: str) -> list[int]:
    if not word:
        return [_hash(f"{name}=<>") if name in {"lower", "shape"} else 0 for name in _OWN]
    lower = word.lower()
    shape = _shape(word)
    classes = word_classes().get(lower if lower in word_classes() else word, ())
    values = {
        "form": word,
        "lower": lower,
        **{f"p{n}": word[:n] if len(word) > n else "" for n in (1, 2, 3, 4)},
        **{f"s{n}": lower[-n:] if len(word) > n else "" for n in (1, 2, 3, 4)},
        "shape": shape,
        "classes": "|".join(classes),
        **{f"c{n}": classes[n - 1] if len(classes) >= n else "" for n in (1, 2, 3)},
        "shape_s2": f"{shape}{lower[-2:]}",
    }
    # Classes are one attribute, wherever in the list of a word's classes they stand.
    return [
        _hash(f"{'c' if name in {'c1', 'c2', 'c3'} else name}={values[name]}") if values[name] else 0
        for name in _OWN
    ]


def _shape(word: str) -> str:
    """Return the pattern of capitals, letters and digits, runs of which count up to two: "Xxx", "XX", "d.d"."""
    kinds = "".join("X" if c.isupper() else "x" if c.isalpha() else "d" if c.isdigit() else c for c in word)
    return re.sub(r"(.)\1{2,}", r"\1\1", kinds)


@cache
def word_classes() -> dict[str, tuple[str, ...]]:
    """Return the lists that each word is in, by its name in them: words of offices in lower case, names as written."""
    found: dict[str, set[str]] = {}

    def note(kind: str, names: Sequence[str] | frozenset[str]) -> None:
        for name in names:
            found.setdefault(name, set()).add(kind)

    lists = gazetteer()
    note("given", lists.given_names)
    note("eastern", lists.east_asian)
    note("office", title_words())
    note("orghead", words.ORGANISATION_HEADS)
    note("legal", words.LEGAL_FORMS)
    note("placehead", words.PLACE_HEADS)
    note("placeopener", words.PLACE_OPENERS)
    note("thing", words.THING_HEADS)
    note("notname", words.NOT_NAMES)
    note("particle", words.PARTICLES)
    note("placecue", words.PLACE_CUES)
    note("placenoun", words.PLACE_NOUNS)
    note("personcue", words.PERSON_CUES)
    note("personowns", words.PERSON_BELONGINGS)
    note("orgcue", words.ORGANISATION_CUES)
    for row in read_list("titles"):
        note("title", row["title"].split())
    for name, entry in lists.entries.items():
        parts = name.split(" ")
        if entry is None or entry.kind == "title":
            continue
        kind = "demonym" if entry.is_demonym else entry.kind
        if len(parts) == 1:
            note(kind, parts)
        else:
            note(f"{kind}-first", parts[:1])
            note(f"{kind}-in", [part for part in parts[1:] if part[:1].isupper()])
    return {name: tuple(sorted(kinds)) for name, kinds in found.items()}


@cache
def _salt(name: str) -> int:
    return zlib.crc32(name.encode()) << 20


def _hash(value: str) -> int:
    raw = value.encode("utf-8", "surrogatepass")
    return (zlib.crc32(raw) << 29) ^ zlib.adler32(raw) | 1


def _slot(mixed: Hashes) -> Ints:
    mixed = mixed * _MULTIPLIER
    mixed ^= mixed >> np.uint64(32)
    mixed = mixed * _MIXER
    mixed ^= mixed >> np.uint64(29)
    return (mixed & _MASK).astype(np.int64)


def _joined(name: str, *parts: Hashes) -> Ints:
    """Return the slot of a feature made of several values."""
    mixed = np.full(len(parts[0]), _salt(name), dtype=np.uint64)
    for part in parts:
        mixed = (mixed ^ part) * _MULTIPLIER
        mixed ^= mixed >> np.uint64(31)
    return _slot(mixed)


def read_texts(texts: Sequence[str], vocabulary: Vocabulary) -> Batch:
    """Cut texts into tokens and describe each by its features."""
    text_ids: list[int] = []
    starts: list[int] = []
    ends: list[int] = []
    rows: list[int] = []
    lines: list[int] = []  # a new line has begun before the token, or two have
    tags: list[tuple[int, int, int]] = []
    known = vocabulary.rows
    add = vocabulary.add
    for number, text in enumerate(texts):
        first = len(starts)
        for match in _TOKEN.finditer(text):
            start, end = match.span()
            word = match.group()
            row = known.get(word)
            rows.append(add(word) if row is None else row)
            starts.append(start)
            ends.append(end)
        own = len(starts) - first
        text_ids += [number] * own
        begins = np.array(starts[first:], dtype=np.int64)
        breaks = [match.start() for match in re.finditer("\n", text)]
        lines += np.searchsorted(breaks, begins).tolist()
        tags += _rule_tags(text, begins, first)
    return _describe(
        np.array(text_ids, dtype=np.int64),
        np.array(starts, dtype=np.int64),
        np.array(ends, dtype=np.int64),
        np.array(rows, dtype=np.int64),
        np.array(lines, dtype=np.int64),
        tags,
        vocabulary,
    )


_RULE_CODES: Final = {
    name: number * 4 + 4
    for number, name in enumerate(
        (
            *("person", "organisation", "medium", "state", "place", "demonym", "title"),
            *("organisation*", "medium*", "state*", "place*", "person*"),
        )
    )
}


def _rule_tags(text: str, begins: Ints, first: int) -> list[tuple[int, int, int]]:
    """Return what the rules hold words for: first token, last token and a code, for each name and title."""
    found: list[tuple[int, int, int]] = []
    for draft in settled_drafts(text):
        listed = bool(draft.actor)
        kind = (
            "demonym"
            if listed and draft.kind == "state" and is_demonym(draft.name)
            else draft.kind + "*" * listed
        )
        for start, end, code in [
            *((*title, _RULE_CODES["title"]) for title in draft.titles),
            (draft.start, draft.end, _RULE_CODES[kind]),
        ]:
            low, high = np.searchsorted(begins, (start, end))
            if high > low:
                found.append((first + int(low), first + int(high) - 1, code))
    return found


def _describe(
    text: Ints,
    start: Ints,
    end: Ints,
    row: Ints,
    line: Ints,
    tags: list[tuple[int, int, int]],
    vocabulary: Vocabulary,
) -> Batch:
    n = len(row)
    hashes, lowers, flags = vocabulary.columns()
    flag = flags[row]
    here = np.arange(n)

    new_text = np.ones(n, dtype=bool)
    new_text[1:] = text[1:] != text[:-1]
    new_line = new_text.copy()
    new_line[1:] |= line[1:] != line[:-1]
    spaced = np.ones(n, dtype=bool)
    spaced[1:] = new_text[1:] | (start[1:] != end[:-1])
    # A sentence ends at its mark, if a space follows; an initial or "Mr." is one token with its full stop.
    new_sentence = new_line.copy()
    new_sentence[1:] |= ((flag[:-1] & _END) > 0) & spaced[1:] & ((flag[1:] & (_CAPITAL | _OPENER)) > 0)
    sequence = np.cumsum(new_sentence) - 1
    opens = new_sentence.copy()
    # Quotation marks and dashes before the first word do not count.
    for _ in range(2):
        opens[1:] |= opens[:-1] & ((flag[:-1] & _OPENER) > 0) & (sequence[1:] == sequence[:-1])

    around = np.zeros((n, len(OFFSETS)), dtype=np.int64)
    for column, offset in enumerate(OFFSETS):
        at = here + offset
        fine = (at >= 0) & (at < n)
        at = np.clip(at, 0, max(n - 1, 0))
        around[:, column] = np.where(fine & (sequence[at] == sequence), row[at], 0) if n else 0

    case = _line_case(new_line, flag)
    in_text = _in_text(text, row, lowers, flag, opens, case)
    place = (opens * 1 + case * 2 + spaced * 6).astype(np.uint64)
    rule = np.zeros(n, dtype=np.int64)
    for low, high, code in tags:
        if low == high:
            rule[low] = code + 3
        else:
            rule[low], rule[low + 1 : high], rule[high] = code, code + 1, code + 2
    rules = rule.astype(np.uint64)

    def attribute(name: str, offset: int) -> Hashes:
        values: Hashes = hashes[around[:, OFFSETS.index(offset)], _OWN.index(name)]
        return values

    lower = {offset: attribute("lower", offset) for offset in OFFSETS}
    shape = {offset: attribute("shape", offset) for offset in OFFSETS}
    classes = {offset: attribute("classes", offset) for offset in (-1, 0, 1)}
    s3 = attribute("s3", 0)
    before, after, after_next, first_word, last_word, position, last_class, prior_rule = _runs(
        sequence, flag, row, rules, hashes
    )
    rule_before = np.concatenate([[np.uint64(99)], rules[:-1]]) * (
        sequence == np.concatenate([[-1], sequence[:-1]])
    )
    rule_after = np.concatenate([rules[1:], [np.uint64(99)]]) * (
        sequence == np.concatenate([sequence[1:], [-1]])
    )
    slots = [
        _joined("bias", np.zeros(n, dtype=np.uint64)),
        _joined("rule", rules),
        _joined("rule-", rule_before, rules),
        _joined("rule+", rules, rule_after),
        _joined("rule shape", rules, shape[0], place),
        _joined("rule run", rules, position),
        _joined("rule word", rules, lower[0]),
        _joined("rule before", rules, lower[-1]),
        _joined("rule after", rules, lower[1]),
        _joined("place shape", place, shape[0]),
        _joined("place word", place, lower[0]),
        _joined("text shape", in_text, shape[0]),
        _joined("text place", in_text, place, shape[0]),
        _joined("text word", in_text, lower[0]),
        _joined("words-", lower[-1], lower[0]),
        _joined("words+", lower[0], lower[1]),
        _joined("word- shape", lower[-1], shape[0]),
        _joined("shape word+", shape[0], lower[1]),
        _joined("word- shape word+", lower[-1], shape[0], lower[1]),
        _joined("words--", lower[-2], lower[-1], shape[0]),
        _joined("words++", shape[0], lower[1], lower[2]),
        _joined("shapes", shape[-1], shape[0], shape[1]),
        _joined("shapes5", shape[-2], shape[-1], shape[0], shape[1], shape[2]),
        _joined("classes-", classes[-1], classes[0], shape[0]),
        _joined("classes+", classes[0], classes[1], shape[0]),
        _joined("classes", classes[-1], classes[0], classes[1]),
        _joined("suffix-", classes[-1], s3, shape[0]),
        _joined("suffix+", s3, shape[0], classes[1]),
        _joined("run before", before, shape[0]),
        _joined("run after", after, shape[0]),
        _joined("run after2", after, after_next),
        _joined("run both", before, after),
        _joined("run first", first_word, position),
        _joined("run last", last_word, position),
        _joined("run class", last_class, position, shape[0]),
        _joined("run position", position, shape[0], place),
        _joined("run before position", before, position),
        _joined("run after position", after, position),
        _joined("run last before", last_word, before),
        _joined("run rule", prior_rule, position, rules),
    ]
    return Batch(text, start, end, sequence, row, around, np.stack(slots, axis=1))


def _line_case(new_line: NDArray[np.bool_], flag: Ints) -> Ints:
    """Return for each token how its line is written: 0 as usual, 1 with most words capitalised, 2 in capitals."""
    if not len(flag):
        return np.zeros(0, dtype=np.int64)
    begin = np.flatnonzero(new_line)
    letters = np.add.reduceat((flag & _ALPHA) > 0, begin, dtype=np.int64)
    capitals = np.add.reduceat((flag & _UPPER) > 0, begin, dtype=np.int64)
    long = np.add.reduceat((flag & _LONG) > 0, begin, dtype=np.int64)
    raised = np.add.reduceat((flag & (_LONG | _CAPITAL)) == (_LONG | _CAPITAL), begin, dtype=np.int64)
    case = np.where(
        (letters > 1) & (capitals > 0.7 * letters), 2, np.where((long > 2) & (raised > 0.65 * long), 1, 0)
    )
    return np.repeat(case, np.diff([*begin, len(flag)])).astype(np.int64)


def _in_text(text: Ints, row: Ints, lowers: Ints, flag: Ints, opens: NDArray[np.bool_], case: Ints) -> Hashes:
    """Return what the rest of the text says of a word: seen in lower case; seen with a capital where none is due."""
    key = text * (len(lowers) + 1) + lowers[row]
    small = np.unique(key[(flag & _LOWER) > 0])
    capital = np.unique(key[((flag & _CAPITAL) > 0) & ~opens & (case == 0)])
    return (np.isin(key, small) * 1 + np.isin(key, capital) * 2).astype(np.uint64)


def _runs(
    sequence: Ints, flag: Ints, row: Ints, rules: Hashes, hashes: Hashes
) -> tuple[Hashes, Hashes, Hashes, Hashes, Hashes, Hashes, Hashes, Hashes]:
    """Return, for tokens in a run of capitalised words, what stands around it and at its ends; 0 for all others."""
    n = len(row)
    if not n:
        return (np.zeros(0, dtype=np.uint64),) * 8
    capital = (flag & _CAPITAL) > 0
    inside = capital.copy()
    same = sequence[1:] == sequence[:-1]
    inside[1:-1] |= ((flag[1:-1] & _JOINER) > 0) & capital[:-2] & capital[2:] & same[:-1] & same[1:]
    begins = inside.copy()
    begins[1:] &= ~(inside[:-1] & same)
    run = np.cumsum(begins) - 1
    first = np.flatnonzero(begins)
    last = np.zeros(len(first), dtype=np.int64)
    members = np.flatnonzero(inside)
    last[run[members]] = members  # the last one stays
    lower, classes = hashes[:, _OWN.index("lower")], hashes[:, _OWN.index("classes")]
    edge = lower[0]

    def beside(at: Ints, of: Ints) -> Hashes:
        fine = (at >= 0) & (at < n)
        at = np.clip(at, 0, n - 1)
        return np.where(fine & (sequence[at] == sequence[of]), lower[row[at]], edge)

    run = np.where(inside, run, 0)

    def spread(values: Hashes) -> Hashes:
        return np.where(inside, values[run], np.uint64(0)) if len(values) else np.zeros(n, dtype=np.uint64)

    here = np.arange(n)
    size = np.minimum(last - first + 1, 5)
    if len(first):
        behind, ahead = np.minimum(here - first[run], 3), np.minimum(last[run] - here, 3)
        position = np.where(inside, 1 + behind * 4 + ahead, 0).astype(np.uint64)
    else:
        position = np.zeros(n, dtype=np.uint64)
    return (
        spread(beside(first - 1, first)),
        spread(beside(last + 1, last)),
        spread(beside(last + 2, last)),
        spread(lower[row[first]]),
        spread(lower[row[last]]),
        position,
        spread(classes[row[last]]),
        spread(rules[first] * np.uint64(7) + size.astype(np.uint64)),
    )
