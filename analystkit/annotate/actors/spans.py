"""The capitalised words of a text -> spans that may name one actor, with all that their own words tell.

Words that follow each other directly, or over a small word such as "of" or "bin", make a run; a run is cut into spans
by the lists, by words such as "Ministry", and by titles.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Final

from analystkit.annotate.actors.gazetteer import RARE_LINKS, TITLE, Entry, Gazetteer, gazetteer, key_of
from analystkit.annotate.actors.tokens import GAPS, SPACE, Tokens, opens_sentence, stretches
from analystkit.annotate.actors.words import (
    CLOSING_HEADS,
    KOREAN_SYLLABLES,
    LEGAL_FORMS,
    LONE_HEADS,
    MONTHS_AS_NAMES,
    NEVER_IN_BODIES,
    NOT_NAMES,
    ON_HEADS,
    OPEN_HEADS,
    OPENERS,
    ORGANISATION_HEADS,
    OWNERS,
    PARTICLES,
    TITLES_IN_BODIES,
)

_PARTICLE_GAPS: Final = frozenset({f" {particle} " for particle in PARTICLES})
_JOINS_NAME: Final = _PARTICLE_GAPS | {SPACE}
_OWNER_GAPS: Final = frozenset({"'s ", "' "})
_OPEN_GAPS: Final = frozenset({" of ", " for ", " of the ", " for the ", " on "})
_LISTED_TAIL: Final = re.compile(r"['’]s\b| \d+\b")
_OF_GAPS: Final = frozenset({" of ", " of the "})
_LIST_GAPS: Final = frozenset({" and ", " & "})
_LONGEST_RUN: Final = 40  # words; longer runs are tables or lists, and are read in parts


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


def find_spans(text: str) -> list[Span]:
    """Cut the capitalised words of a text into spans, in reading order.

    Examples
    --------
    >>> [(span.kind, " ".join(span.words)) for span in find_spans("Russian President Vladimir Putin met him.")]
    [('state', 'Russian'), ('title', 'President'), ('', 'Vladimir Putin')]
    """
    spans = []
    for at, stretch, opens in stretches(text):
        for span in spans_of_stretch(stretch, opens=opens):
            span.start += at
            span.end += at
            spans.append(span)
    return spans


def spans_of_stretch(stretch: str, *, opens: bool) -> list[Span]:
    """Cut a stretch of a text (`tokens.stretches`) into spans; `opens` says that it opens a sentence."""
    words = stretch.split(" ")
    plain = _telling_words().isdisjoint(words) and stretch.replace(" ", "").isalpha()
    if plain and len(words) <= _LONGEST_RUN:
        return [Span(0, len(stretch), words, "", first=opens)]
    lists = gazetteer()
    tokens = Tokens(stretch, lists)
    spans: list[Span] = []
    gaps = tokens.gaps
    n_words = len(gaps)
    begin = 0
    while begin < n_words:
        stop = begin + 1
        while stop < n_words and gaps[stop] and stop - begin < _LONGEST_RUN:
            stop += 1
        first = opens_sentence(stretch, tokens.starts[begin]) if begin else opens
        _cut_run(tokens, begin, stop, first, lists, spans)
        begin = stop
    return spans


@cache
def _telling_words() -> frozenset[str]:
    """Words that the lists or a rule know; other words in a row are one span of which nothing is known."""
    listed = frozenset(name for name in gazetteer().entries if " " not in name)
    return (
        listed | ORGANISATION_HEADS | NOT_NAMES | RARE_LINKS | {word for gap in GAPS for word in gap.split()}
    )


def _cut_run(tokens: Tokens, begin: int, stop: int, first: bool, lists: Gazetteer, spans: list[Span]) -> None:
    words, gaps = tokens.words, tokens.gaps
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
            if entry is not None and not (
                previous is not None and _ends_korean_name(previous, words[at], gaps[at])
            ):
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
                    and (words[at] not in NOT_NAMES or _is_family_name(previous, words[at], lists))
                    and previous.words[-1] not in NOT_NAMES
                ):
                    if gaps[at] != SPACE:
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


def _is_family_name(span: Span, word: str, lists: Gazetteer) -> bool:
    return word in MONTHS_AS_NAMES and span.words[-1] in lists.given_names


def _ends_korean_name(span: Span, word: str, gap: str) -> bool:
    """Say whether the word is the last of a Korean name in capitals, such as the UN of "KIM JONG UN"."""
    family_name = span.words[0]
    return (
        not span.kind
        and gap == SPACE
        and word.lower() in KOREAN_SYLLABLES
        and len(span.words) == 2
        and family_name.isupper()
        and family_name.capitalize() in gazetteer().east_asian
    )


def _body(tokens: Tokens, at: int, end: int, lists: Gazetteer) -> Span:
    """Return the span of a body, with the state that stands in its name: "Russian Foreign Ministry"."""
    found, entry = _longest(tokens, at, end, lists)
    owner = ""
    if entry is not None and found < end and not LEGAL_FORMS.issuperset(tokens.words[found:end]):
        rest, further = _longest(tokens, found, end, lists)
        if rest != end or further is None:
            entry = None
        elif entry.kind == "state" and further.kind != TITLE:
            owner, entry = entry.actor if further.national else "", further
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
        and later.gap in _OWNER_GAPS | {SPACE}
    ):
        later.owner = earlier.entry.actor
    elif earlier.entry.national and not earlier.owner and later.kind == "state" and later.gap in _OF_GAPS:
        earlier.owner = later.entry.actor


def _span(tokens: Tokens, begin: int, stop: int, kind: str, entry: Entry | None) -> Span:
    start, end = tokens.starts[begin], tokens.ends[stop - 1]
    return Span(start, end, tokens.words[begin:stop], kind, entry)


def _longest(tokens: Tokens, at: int, stop: int, lists: Gazetteer) -> tuple[int, Entry | None]:
    """Return the end of the longest listed name that begins at word `at`, and its entry."""
    entries, words, gaps = lists.entries, tokens.words, tokens.gaps
    key = _key_of_word(words[at])
    if key not in entries:
        return at, None
    best, entry = at, None
    while key in entries:
        if (known := entries[key]) is not None:
            best, entry = at + 1, known
        if tail := _LISTED_TAIL.match(tokens.text, tokens.ends[at]):
            known = entries.get(key + key_of(tail[0]))
            if known is not None:
                # "Moody's" and "France 24" are listed so.
                best, entry = at + 1, known
                tokens.ends[at] = tail.end()
        at += 1
        if at >= stop:
            break
        key = f"{key}{gaps[at]}{_key_of_word(words[at])}"
    return best, entry


def _key_of_word(word: str) -> str:
    if "’" in word or "-" in word or "." in word:
        return key_of(word).replace(". ", ".")
    return word


def _organisations(
    tokens: Tokens, begin: int, stop: int, lists: Gazetteer, first: bool
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
        while at + 1 < stop and words[at + 1] in ORGANISATION_HEADS and gaps[at + 1] == SPACE:
            at += 1
        if words[at] in CLOSING_HEADS and _goes_on(tokens, at + 1, stop, lists):
            at += 1
            continue
        left = at
        if left > floor and words[at] in LEGAL_FORMS and gaps[at] == " and ":
            left -= 1  # "Merrill Lynch and Co"
        while left > floor and _reaches_back(words[left - 1], gaps[left]):
            left -= 1
        if first and left == begin and words[left].lower() in OPENERS and left < at:
            left += 1
        right = at + 1
        if words[at] in OPEN_HEADS:
            right = _open_end(tokens, right, stop, lists)
        # "Food and Agriculture Organization", "Press Trust of India": here the lists know more.
        for begin_listed in range(floor, at + 1):
            if (listed := _longest(tokens, begin_listed, stop, lists)[0]) > at:
                left, right = min(left, begin_listed), max(right, listed)
                break
        if right - left > 1 or words[at] in LONE_HEADS:
            found.append((left, right))
            floor = right
        at = right
    return found


def _goes_on(tokens: Tokens, at: int, stop: int, lists: Gazetteer) -> bool:
    """Say whether a further word of the same name stands at `at`: no title, as in "Reuters News Editor"."""
    if at >= stop or tokens.gaps[at] != SPACE:
        return False
    entry = _longest(tokens, at, stop, lists)[1]
    return entry is None or entry.kind != TITLE


def _reaches_back(word: str, gap: str) -> bool:
    if gap in _OWNER_GAPS:
        return word in OWNERS
    if gap not in {SPACE, " & "} or word in NEVER_IN_BODIES:
        return False
    entry = gazetteer().entries.get(word)
    return entry is None or entry.kind != TITLE or word in TITLES_IN_BODIES


def _open_end(tokens: Tokens, at: int, stop: int, lists: Gazetteer) -> int:
    """Return where the name ends that may go on with "of ..." at word `at`."""
    words, gaps = tokens.words, tokens.gaps
    if at >= stop or gaps[at] not in _OPEN_GAPS:
        return at
    if (gaps[at] == " on " and words[at - 1] not in ON_HEADS) or words[at] in NOT_NAMES:
        return at
    known = _longest(tokens, at, stop, lists)[0]
    end = max(known, at + 1)
    while end < stop and words[end] not in NEVER_IN_BODIES:
        follows = gaps[end] == SPACE or gaps[end] in _LIST_GAPS
        if not follows and not (gaps[end] in _OWNER_GAPS and words[end - 1] in OWNERS):
            break
        further, entry = _longest(tokens, end, stop, lists)
        if entry is not None and (entry.kind == TITLE or gaps[end] in _LIST_GAPS):
            break
        end = max(further, end + 1)
    return end
