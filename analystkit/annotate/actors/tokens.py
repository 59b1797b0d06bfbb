"""One text -> its stretches of capitalised words, the words of a stretch, and whether their capitals mean anything.

The text is scanned once by one compiled pattern; everything else about names works on these few words. Stretches recur, so
what is told by their words alone is worked out once for each (`drafts`).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Final

from analystkit.annotate.actors.gazetteer import RARE_LINKS, Entry, Gazetteer, gazetteer
from analystkit.annotate.actors.words import COMPOUND_ENDINGS, PARTICLES

#: Titles and legal forms that are written with a full stop of their own.
ABBREVIATED: Final = (
    *(
        "Mr",
        "Mrs",
        "Ms",
        "Dr",
        "Prof",
        "Gen",
        "Sen",
        "Rep",
        "Gov",
        "Lt",
        "Col",
        "Capt",
        "Sgt",
        "Maj",
        "Brig",
        "Adm",
    ),
    *("Rev", "Cmdr", "St", "Mt", "Jr", "Sr", "Inc", "Corp", "Co", "Ltd", "Hon"),
)


SPACE: Final = " "
_SMALL: Final = ("&", "of", "for", "of the", "for the", "and", "and the", "on", *PARTICLES)
#: What stands between two words of one run -> how the key of the lists writes it.
GAPS: Final[dict[str, str]] = {
    " ": SPACE,
    "-": SPACE,
    "'s ": "'s ",
    "’s ": "'s ",
    "' ": "' ",
    "’ ": "' ",
    **{f" {word} ": f" {word} " for word in _SMALL},
}

_UPPER: Final = f"[{''.join(c for c in map(chr, range(0x2000)) if c.isupper())}]"
_REST: Final = rf"[\w&]*(?:[’'](?:{_UPPER}\w+|[a-z]\w{{2,}}))*(?:-\w+)*\+?"
# What follows the capital of a word; the first alternative says no more than the last, but is soon found.
_BEHIND: Final = (
    r"(?:[a-z]+(?![\w&.’'+-])"
    rf"|\.(?:[ ]?{_UPPER}\.)+(?!\w)"  # U.S., U. S., J. K.
    rf"|\.(?=[ -]?{_UPPER})"  # the J. of J. Smith
    rf"|(?:{'|'.join(f'(?<={word[0]}){word[1:]}' for word in ABBREVIATED)})\."
    rf"|(?:(?<=[AE])l-|(?<=[DL])[’']){_UPPER}{_REST}"
    rf"|{_REST})"
)
_PREFIXED: Final = rf"(?:(?:al|el|a[dnszt]|a[st]h)-|(?:al|el) (?={_UPPER}[a-z])|[dl][’']){_UPPER}{_REST}"
_WORD: Final = rf"(?:{_UPPER}{_BEHIND}|{_PREFIXED})"
# In a stretch, which ends behind the J. only where a capital follows in the text.
_TOKEN: Final = re.compile(rf"(?<![\w.@/])(?:{_UPPER}\.$|{_WORD})")
_PREFIX: Final = re.compile(r"(?<![\w.@/])(?:(?:al|el|a[dnszt]|a[st]h)-|[dl][’']|(?:al|el) )$")


@cache
def _stretch_pattern() -> re.Pattern[str]:
    """Words and what stands between words of one run; begins with a capital, for which a text is searched quickest."""
    lists = gazetteer()
    links = "|".join(f"(?<={link} )" for link in sorted(lists.links) if link[0].isupper())
    tails = "|".join(f"(?<={tail})" for tail in sorted(lists.tails)).replace("'", "['’]")
    gap = rf"(?: (?:(?:{'|'.join(_SMALL)}) )??|['’]s? |-| (?:{'|'.join(sorted(RARE_LINKS))}) (?:{links}) *)"
    return re.compile(rf"({_UPPER}(?<![\w.@/].){_BEHIND}(?:{gap}{_WORD})*(?:(?:['’]s| \d+)\b(?:{tails}))?)")


def stretches(text: str) -> Iterator[tuple[int, str, bool]]:
    """Yield each stretch of a text with one run or more in it: where it begins, its words, whether it opens a sentence.

    >>> list(stretches("The Bank of Japan met Asahi al-Sadr."))
    [(0, 'The Bank of Japan', True), (22, 'Asahi al-Sadr', False)]
    """
    parts = _stretch_pattern().split(text)
    at = 0
    for between, stretch in zip(parts[::2], parts[1::2], strict=False):
        start = at + len(between)
        at = start + len(stretch)
        if start < 2 or text[start - 1] != " " or text[start - 2] in _LOOK_CLOSER:
            prefix = _PREFIX.search(text, max(0, start - 5), start)
            if prefix and (prefix[0][-1] != " " or stretch[1:2].islower()):
                start, stretch = prefix.start(), prefix[0] + stretch
            yield start, stretch, opens_sentence(text, start)
        else:
            yield start, stretch, False


_SENTENCE_END: Final = frozenset(".!?:…\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029•*|")
_BEFORE_SENTENCE: Final = frozenset(" \t\u00a0\"'“”‘’«»([-—–")
# Behind these and a space a sentence may begin, or the name go on to the left ("el Sadr").
_LOOK_CLOSER: Final = _SENTENCE_END | _BEFORE_SENTENCE | {",", "l"}


class Tokens:
    """The capitalised words of one stretch of a text, as columns."""

    __slots__ = ("ends", "gaps", "starts", "text", "words")

    def __init__(self, text: str, lists: Gazetteer) -> None:
        self.text = text
        self.words: list[str] = []
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.gaps: list[str] = []  # before each word; "" begins a run
        last = 0
        for match in _TOKEN.finditer(text):
            word = match.group()
            start, end = match.span()
            between = text[last:start]
            gap = GAPS.get(between, "")
            if not gap and between.strip(" ") in RARE_LINKS:
                gap = between if f"{self.words[-1]}{between}".rstrip(" ") in lists.links else ""
            if "-" in word and word not in lists.hyphenated:
                last = self._add_hyphenated(word, start, gap, lists.entries)
                continue
            self.words.append(word)
            self.starts.append(start)
            self.ends.append(end)
            self.gaps.append(gap)
            last = end

    def _add_hyphenated(self, word: str, start: int, gap: str, entries: Mapping[str, Entry | None]) -> int:
        """Add the parts of "Russia-Ukraine" one by one, only "US" of "US-led", and all of "Jong-un" at once."""
        offset = 0
        prefix = ""
        if word[:3].lower() in {"al-", "el-"} or word[0].islower():
            prefix, _, word = word.partition("-")
            prefix += "-"
        for part in re.findall(r"[^-]+", word):
            at = start + offset + (len(prefix) if offset else 0)
            if offset and not part[0].isupper() and not part[0].isdigit():
                if len(part) <= 5 and self.words[-1] not in entries and part.lower() not in COMPOUND_ENDINGS:
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
                self.gaps.append(SPACE if offset else gap)
            offset += len(part) + 1
        return self.ends[-1]


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
        return self._flags[bisect_right(self._starts, offset) - 1]


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
