"""One text -> the spans of its capitalised words that may name an actor, with all that their own words tell.

The text is scanned once for capitalised words. Words that follow each other directly, or over a small word such as
"of" or "bin", make a run; a run is cut into spans by the lists, by words such as "Ministry", and by titles.
"""

from __future__ import annotations

import re
import sys
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache
from typing import Final

from analystkit.annotate.gazetteer import TITLE, Entry, Gazetteer, gazetteer
from analystkit.annotate.name_words import (
    KOREAN_SYLLABLES,
    LONE_HEADS,
    NOT_NAMES,
    OPEN_HEADS,
    OPENERS,
    ORGANISATION_HEADS,
    OWNERS,
    PARTICLES,
)


@cache
def _token_pattern() -> re.Pattern[str]:
    upper = "".join(c for c in map(chr, range(sys.maxunicode + 1)) if c.isupper() and ord(c) < 0x2000)
    short = "Mr|Mrs|Ms|Dr|Prof|Gen|Sen|Rep|Gov|Lt|Col|Capt|Sgt|Maj|Brig|Adm|Rev|Cmdr|St|Mt|Jr|Sr|Inc|Corp|Co|Ltd|Hon"
    return re.compile(
        rf"(?<![\w.@/])(?:"
        rf"(?:[{upper}]\.)(?:[ ]?[{upper}]\.)+(?!\w)"  # U.S., U. S., J. K.
        rf"|[{upper}]\.(?=[ -]?[{upper}])"  # the J. of J. Smith
        rf"|(?:{short})\."
        rf"|(?:(?:[Aa]l|[Ee]l|a[dnszt]|a[st]h)-|(?:al|el) (?=[{upper}][a-z])|[dDlL][’'])?"
        rf"[{upper}][\w&]*(?:[’'][{upper}]\w+|[’'][a-z]\w{{2,}})*(?:-\w+)*\+?)"
    )


# What stands between two words of one run -> how the key of the lists writes it.
_SPACE: Final = " "
_GAPS: Final[dict[str, str]] = {
    " ": _SPACE,
    "-": _SPACE,
    "'s ": "'s ",
    "’s ": "'s ",
    "' ": "' ",
    "’ ": "' ",
    " & ": " & ",
    **{
        f" {word} ": f" {word} "
        for word in ("of", "for", "of the", "for the", "and", "and the", "on", *PARTICLES)
    },
}
_PARTICLE_GAPS: Final = frozenset({f" {particle} " for particle in PARTICLES})
_JOINS_NAME: Final = _PARTICLE_GAPS | {_SPACE}
_OWNER_GAPS: Final = frozenset({"'s ", "' "})
_OPEN_GAPS: Final = frozenset({" of ", " for ", " of the ", " for the ", " on "})
_OF_GAPS: Final = frozenset({" of ", " of the "})
_LIST_GAPS: Final = frozenset({" and ", " & "})
_LONGEST_RUN: Final = 40  # words; longer runs are tables or lists, and are read in parts

_SENTENCE_END: Final = frozenset(".!?:…\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029•*|")
_BEFORE_SENTENCE: Final = frozenset(" \t\u00a0\"'“”‘’«»([-—–")
_LOWER_TAIL: Final = re.compile(r"(.+?)-([^\W\d_A-Z].*)", re.DOTALL)
_KOREAN_TAIL: Final = re.compile(r"[ -]([a-z]{1,6})\b(?!-)")


@dataclass(slots=True)
class Span:
    """Some words in a row that may name one actor.

    `kind` is a kind of actor, "title", or "" for words about which the lists say nothing. `first` says that the
    span opens a sentence, `after` is the span directly before it in the same run, if any, and `gap` what stands
    between them. `owner` is the state that a national body belongs to, where its name or the words beside it say so.
    """

    start: int
    end: int
    words: list[str]
    kind: str
    entry: Entry | None = None
    first: bool = False
    after: Span | None = None
    gap: str = ""
    owner: str = ""


class _Tokens:
    """The capitalised words of one text, as columns."""

    __slots__ = ("ends", "gaps", "starts", "text", "words")

    def __init__(self, text: str, entries: dict[str, Entry | None]) -> None:
        self.text = text
        self.words: list[str] = []
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.gaps: list[str] = []  # before each word; "" begins a run
        last = 0
        for match in _token_pattern().finditer(text):
            word = match.group()
            start, end = match.span()
            gap = _GAPS.get(text[last:start], "") if start - last <= 9 else ""
            if "-" in word:
                last = self._add_hyphenated(word, start, gap, entries)
                continue
            self.words.append(word)
            self.starts.append(start)
            self.ends.append(end)
            self.gaps.append(gap)
            last = end

    def _add_hyphenated(self, word: str, start: int, gap: str, entries: dict[str, Entry | None]) -> int:
        """Add the parts of "Russia-Ukraine" one by one, only "US" of "US-led", and all of "Jong-un" at once."""
        offset = 0
        prefix = ""
        if word[:3].lower() in {"al-", "el-"} or word[0].islower():
            prefix, _, word = word.partition("-")
            prefix += "-"
        for part in re.findall(r"[^-]+", word):
            at = start + offset + (len(prefix) if offset else 0)
            if offset and not part[0].isupper() and not part[0].isdigit():
                if len(part) <= 5 and self.words[-1] not in entries and part.lower() not in _TAILS:
                    self.words[-1] += "-" + part
                    self.ends[-1] = at + len(part)
                    offset += len(part) + 1
                    continue
                break
            if offset and part[0].isdigit():
                self.words[-1] += "-" + part
                self.ends[-1] = at + len(part)
            else:
                self.words.append(prefix + part if not offset else part)
                self.starts.append(at)
                self.ends.append(at + len(part) + (0 if offset else len(prefix)))
                self.gaps.append(_SPACE if offset else gap)
            offset += len(part) + 1
        return self.ends[-1]


#: Short second halves of compounds; longer ones cannot be taken for a part of a name.
_TAILS: Final = frozenset(
    ["led", "based", "born", "run", "made", "style", "wide", "level", "level-headed", "era", "only", "free", "like", "type", "size", "rich", "poor", "bound", "owned", "held", "built", "year", "day", "week", "month", "hour", "old", "in", "on", "up", "off", "to", "by", "and", "or", "the", "s", "wing", "day", "term", "page", "time", "side", "sized"]
)


def opens_sentence(text: str, start: int) -> bool:
    """Say whether a sentence, a line or a quotation begins at `start`.

    >>> opens_sentence('He left. "Kim stayed', 10), opens_sentence("He met Kim", 7)
    (True, False)
    """
    at = start - 1
    quoted = False
    while at >= 0 and text[at] in _BEFORE_SENTENCE:
        quoted = quoted or text[at] in '"“«‘'
        at -= 1
    return at < 0 or text[at] in _SENTENCE_END or (quoted and text[at] == ",")


def find_spans(text: str) -> list[Span]:
    """Cut the capitalised words of a text into spans, in reading order.

    Examples
    --------
    >>> [(span.kind, " ".join(span.words)) for span in find_spans("Russian President Vladimir Putin met him.")]
    [('state', 'Russian'), ('title', 'President'), ('', 'Vladimir Putin')]
    """
    lists = gazetteer()
    tokens = _Tokens(text, lists.entries)  # type: ignore[arg-type]
    spans: list[Span] = []
    gaps = tokens.gaps
    n_words = len(gaps)
    begin = 0
    while begin < n_words:
        stop = begin + 1
        while stop < n_words and gaps[stop] and stop - begin < _LONGEST_RUN:
            stop += 1
        _cut_run(tokens, begin, stop, lists, spans)
        begin = stop
    return spans


def _cut_run(tokens: _Tokens, begin: int, stop: int, lists: Gazetteer, spans: list[Span]) -> None:
    words, gaps = tokens.words, tokens.gaps
    first = opens_sentence(tokens.text, tokens.starts[begin])
    bodies = _organisations(tokens, begin, stop, lists, first)
    at = begin
    previous: Span | None = None
    free_until = begin  # words of the run up to here are in `previous`, if that is free
    while at < stop:
        span: Span
        if bodies and bodies[0][0] == at:
            _, end = bodies.pop(0)
            span = _body(tokens, at, end, lists)
        else:
            limit = bodies[0][0] if bodies else stop
            end, entry = _longest(tokens, at, limit, lists)
            if entry is not None:
                span = _span(tokens, at, end, entry.kind, entry)
            else:
                end = at + 1
                joins = (
                    previous is not None
                    and not previous.kind
                    and free_until == at
                    and gaps[at] in _JOINS_NAME
                )
                if (
                    joins
                    and previous is not None
                    and words[at] not in NOT_NAMES
                    and previous.words[-1] not in NOT_NAMES
                ):
                    if gaps[at] != _SPACE:
                        previous.words.extend(gaps[at].split())
                    previous.words.append(words[at])
                    previous.end = tokens.ends[at]
                    at = free_until = end
                    continue
                span = _span(tokens, at, end, "", None)
        span.first = first and at == begin
        span.gap = gaps[at] if at > begin else ""
        span.after = previous
        if previous is not None:
            _give_owner(previous, span)
        spans.append(span)
        previous = span
        at = free_until = end


def _body(tokens: _Tokens, at: int, end: int, lists: Gazetteer) -> Span:
    """Return the span of a body, with the state that stands in its name: "Russian Foreign Ministry"."""
    found, entry = _longest(tokens, at, end, lists)
    owner = ""
    if entry is not None and found < end:
        rest, further = _longest(tokens, found, end, lists)
        if rest != end or further is None:
            entry = None
        elif entry.kind == "state" and further.national:
            owner, entry = entry.actor, further
        elif entry.national and further.kind == "state" and tokens.gaps[found] in _OF_GAPS:
            owner = further.actor
        else:
            entry = None
    span = _span(tokens, at, end, "organisation" if entry is None else entry.kind, entry)
    span.owner = owner
    return span


def _give_owner(earlier: Span, later: Span) -> None:
    """Note whose body it is in "Russia's Foreign Ministry" and "Ministry of Defence of the Russian Federation"."""
    if earlier.entry is None or later.entry is None:
        return
    if (
        later.entry.national
        and not later.owner
        and earlier.kind == "state"
        and later.gap in _OWNER_GAPS | {_SPACE}
    ):
        later.owner = earlier.entry.actor
    elif earlier.entry.national and not earlier.owner and later.kind == "state" and later.gap in _OF_GAPS:
        earlier.owner = later.entry.actor


def _span(tokens: _Tokens, begin: int, stop: int, kind: str, entry: Entry | None) -> Span:
    start, end = tokens.starts[begin], tokens.ends[stop - 1]
    return Span(start, end, tokens.words[begin:stop], kind, entry)


def _longest(tokens: _Tokens, at: int, stop: int, lists: Gazetteer) -> tuple[int, Entry | None]:
    """Return the end of the longest listed name that begins at `at`, and its entry."""
    entries, words, gaps = lists.entries, tokens.words, tokens.gaps
    key = words[at]
    if "’" in key or "-" in key or "." in key:
        key = key.replace("’", "'").replace("-", " ").replace(". ", ".")
    best, entry = at, None
    while key in entries:
        if (known := entries[key]) is not None:
            best, entry = at + 1, known
        at += 1
        if at >= stop:
            break
        key = f"{key}{gaps[at]}{words[at]}"
    return best, entry


def _organisations(
    tokens: _Tokens, begin: int, stop: int, lists: Gazetteer, first: bool
) -> list[tuple[int, int]]:
    """Find the names of bodies inside a run by their head words: word numbers, half-open, in order."""
    words, gaps = tokens.words, tokens.gaps
    if ORGANISATION_HEADS.isdisjoint(words[begin:stop]):
        return []
    found: list[tuple[int, int]] = []
    floor = begin
    at = begin
    while at < stop:
        if words[at] not in ORGANISATION_HEADS:
            at += 1
            continue
        while at + 1 < stop and words[at + 1] in ORGANISATION_HEADS and gaps[at + 1] == _SPACE:
            at += 1
        left = at
        while left > floor and _reaches_back(words[left - 1], gaps[left]):
            left -= 1
        if first and left == begin and words[left].lower() in OPENERS and left < at:
            left += 1
        right = at + 1
        # "Food and Agriculture Organization": only the lists know that it begins before "and".
        left = next((at for at in range(floor, left) if _longest(tokens, at, stop, lists)[0] >= right), left)
        if words[at] in OPEN_HEADS:
            right = _open_end(tokens, right, stop, lists)
        if right - left > 1 or words[at] in LONE_HEADS:
            found.append((left, right))
            floor = right
        at = right
    return found


def _reaches_back(word: str, gap: str) -> bool:
    if gap in _OWNER_GAPS:
        return word in OWNERS
    if gap not in {_SPACE, " & "} or word in _NEVER_IN_BODIES:
        return False
    entry = gazetteer().entries.get(word)
    return entry is None or entry.kind != TITLE


_ON_HEADS: Final = frozenset(
    {"Commission", "Committee", "Conference", "Council", "Center", "Centre", "Office"}
)
_NEVER_IN_BODIES: Final = frozenset(
    ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday", "January", "February", "March", "April", "June", "July", "August", "September", "October", "November", "December", "The", "A", "An", "In", "On", "At", "But", "And", "If", "When", "While", "After", "Before", "As", "For"]
)


def _open_end(tokens: _Tokens, at: int, stop: int, lists: Gazetteer) -> int:
    """Return where the name ends that may go on with "of ..." at word `at`."""
    words, gaps = tokens.words, tokens.gaps
    if at >= stop or gaps[at] not in _OPEN_GAPS:
        return at
    if (gaps[at] == " on " and words[at - 1] not in _ON_HEADS) or words[at] in NOT_NAMES:
        return at
    known = _longest(tokens, at, stop, lists)[0]
    end = max(known, at + 1)
    while end < stop and words[end] not in _NEVER_IN_BODIES:
        if gaps[end] != _SPACE and gaps[end] not in _LIST_GAPS:
            if gaps[end] not in _OWNER_GAPS or words[end - 1] not in OWNERS:
                break
        further, entry = _longest(tokens, end, stop, lists)
        if entry is not None and (entry.kind == TITLE or gaps[end] in _LIST_GAPS):
            break
        end = max(further, end + 1)
    return end


def korean_end(text: str, span: Span, family_names: frozenset[str]) -> int:
    """Return the end of the name with a last syllable in lower case: "Yun Jong ho".

    >>> from analystkit.annotate.gazetteer import gazetteer
    >>> text = "Minister Yun Jong ho said"
    >>> korean_end(text, find_spans(text)[1], gazetteer().east_asian)
    20
    """
    if (
        len(span.words) != 2
        or span.words[0] not in family_names
        or span.words[1].lower() not in KOREAN_SYLLABLES
    ):
        return span.end
    tail = _KOREAN_TAIL.match(text, span.end)
    if (
        tail
        and tail[1] in KOREAN_SYLLABLES
        and tail[1] not in {"in", "a", "no", "to", "so", "i", "do", "man", "young"}
    ):
        return tail.end()
    return span.end


class Headlines:
    """The lines of a text in which capitals say little: headlines in capitals or with every word capitalised."""

    def __init__(self, text: str) -> None:
        self._starts: list[int] = []
        self._flags: list[str] = []
        at = 0
        for line in text.split("\n"):
            self._starts.append(at)
            self._flags.append(_headline(line))
            at += len(line) + 1
        self.none = not any(self._flags)

    def at(self, offset: int) -> str:
        """Return "capitals", "title" or "" for the line of this offset."""
        return "" if self.none else self._flags[bisect_right(self._starts, offset) - 1]


def _headline(line: str) -> str:
    if not 8 <= len(line) <= 160:
        return ""
    if line.isupper():
        return "capitals"
    if line[-1] in ".,;":
        return ""
    words = [word for word in line.split() if len(word) >= 4 and word[0].isalpha()]
    if len(words) >= 4 and sum(word[0].isupper() for word in words) > 0.75 * len(words):
        return "title"
    return ""
