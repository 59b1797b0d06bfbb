"""Page text -> its lines: one row of a page, without the blank ones, which are counted."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Final

from analystkit.clean.wrapping import join_wrapped_lines

_WORD = re.compile(r"\w+(?:['’-]\w+)*")
# Hiragana, katakana, ideographs, hangul: written without spaces, or with one word to a few signs.
WIDE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_INVISIBLE = "\u200b\ufeff" + "".join(map(chr, range(0x20)))
#: How a sentence, a list or a quotation ends.
STOP = re.compile(r"[.!?…。！？][\"'”’»)\]]*$|[:;,][\"'”’»]+$|[”\"]$")


TOKEN_EDGES: Final = ".,:;!?\"'“”„‘’«»()[]…"


@dataclass
class Line:
    """One line of a page that is not blank.

    Attributes
    ----------
    text
        The line without spaces at its ends.
    blanks
        Blank lines before it (count); the first line of a page counts one.
    zone, reason
        What it is and why, once that is settled.
    prose
        How sentence-like it looks (0-1).
    p
        How likely it is a line of the article (0-1).
    kept
        Whether the model takes it for a line of the article.
    """

    text: str
    blanks: int = 0
    zone: str = ""
    reason: str = ""
    prose: float = 0.0
    p: float = 0.0
    kept: bool = False

    # These two are found when asked for, unless whoever sees many lines at once (`line_features`) has set them.
    @cached_property
    def words(self) -> float:
        """Running words (see `count_words`)."""
        return count_words(self.text)

    @cached_property
    def content(self) -> set[int]:
        """The beginnings of its longer words, as numbers (see `number_of`)."""
        return set(map(number_of, content_words(self.text)))

    def settle(self, zone: str, reason: str) -> None:
        """Give the line its zone, unless it has one already."""
        if not self.zone:
            self.zone, self.reason = zone, reason


def count_words(text: str) -> float:
    """Return the running words; an ideograph or syllable block counts for 1/2.5 of one.

    >>> count_words("The two sides met."), count_words("首尔会谈结束")
    (4.0, 2.4)
    """
    if text.isascii():
        return float(len(_WORD.findall(text)))
    wide = len(WIDE.findall(text)) if has_wide(text) else 0
    return len(_WORD.findall(WIDE.sub(" ", text) if wide else text)) + wide / 2.5


def words_of(text: str) -> list[str]:
    """Return the words of a line; inner hyphens and apostrophes stay.

    >>> words_of("Kim Jong-un's visit")
    ['Kim', "Jong-un's", 'visit']
    """
    return _WORD.findall(text)


def content_words(text: str) -> set[str]:
    """Return the beginnings of the longer words, which stand for the words in all their forms; pairs of wide signs.

    >>> sorted(content_words("The ministers met in Oslo"))
    ['minist', 'oslo']
    """
    found = {token.strip(TOKEN_EDGES)[:PREFIX] for token in text.lower().split() if len(token) > 3}
    if has_wide(text):
        found = {word for word in found if not WIDE.search(word)}
        found |= {a + b for a, b in pairwise(text) if WIDE.match(a) and WIDE.match(b)}
    return found - {""}


#: How many letters of a word are its beginning, and what each of them counts in its number.
PREFIX: Final = 6
POWERS: Final = tuple(pow(0x9E3779B97F4A7C15, place, 1 << 64) for place in range(1, PREFIX + 1))


def number_of(beginning: str) -> int:
    """Return the number that stands for the beginning of a word; two share one with a chance of some 10^-19."""
    letters = zip(beginning, POWERS, strict=False)
    return sum((ord(letter) + 1) * power for letter, power in letters) & 0xFFFFFFFFFFFFFFFF


def has_wide(text: str) -> bool:
    """Say whether a text has signs that are written without spaces; the quickest test comes first."""
    return not text.isascii() and max(text) >= "\u3040" and WIDE.search(text) is not None


def read_lines(page_text: str) -> list[Line]:
    r"""Return the lines of a page that are not blank; text wrapped at a column is joined first.

    >>> [(line.text, line.blanks) for line in read_lines("Headline\n\n\nThe two sides met.")]
    [('Headline', 1), ('The two sides met.', 2)]
    """
    text = page_text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n")
    text = join_wrapped_lines(text)
    lines: list[Line] = []
    blanks = 1
    for raw in text.split("\n"):
        stripped = raw.strip()
        if stripped and (stripped[0] in _INVISIBLE or stripped[-1] in _INVISIBLE):
            # An invisible character may hide a space.
            stripped = stripped.strip(_INVISIBLE).strip()
        if stripped:
            lines.append(Line(stripped, blanks))
            blanks = 0
        else:
            blanks += 1
    return lines
