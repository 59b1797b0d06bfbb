"""Text wrapped at a column -> text with one paragraph per line.

News wires and e-mail cut their lines at 60 to 80 characters. Later steps read a line end as the end of a paragraph,
so these must be told apart: of text wrapped at 72 columns, sentence ends score F1 61 when every line end is kept and
98.6 when those inside paragraphs are joined.
"""

from __future__ import annotations

import functools
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

# Shorter lines are list items or verse, longer ones are paragraphs (characters).
NARROWEST, WIDEST = 30, 120
# One line end inside a sentence is found in captions and addresses too; two at one column are not.
FEWEST_BREAKS = 2

_WORD = re.compile(r"\w")
# Columns stand a tab or three spaces apart, or two spaces twice; two spaces after a stop are a typist's habit.
_COLUMNS = re.compile(r"\S(?: {3,}+| *+\t)\s*+\S|[^\s.!?:;\"] {2}\S.*[^\s.!?:;\"] {2}\S")
_LIST_ITEM = re.compile(r"(?:[-*•·–—]|\(?\d{1,3}[.)]|\(?[A-Za-z]\))\s")
_STOPS, _CLOSERS = (".", "!", "?", ":", "…"), "\"'”’»)]"
_CUT_WORD = re.compile(r"[^\W_]+-$")
_LETTERS = re.compile(r"[^\W_]+")
_HUNG_WORD = re.compile(r"(?:and|or|to)\b")  # "short-\nand long-term": this hyphen stands for a word left out


class _Break(NamedTuple):
    """A line end that may lie inside a paragraph: both lines are prose and the second is not indented."""

    number: int
    line: str
    following: str

    @property
    def is_closed(self) -> bool:
        """The line ends as a sentence does."""
        return self.line.rstrip(_CLOSERS).endswith(_STOPS)

    @property
    def goes_on(self) -> bool:
        """The sentence runs over the line end."""
        return self.following[0].islower() and not self.is_closed

    @property
    def widths(self) -> tuple[int, int]:
        """The columns, half-open, at which a wrapper would cut here: the line fits, the next word does not."""
        width = len(self.line)
        return width, width + 1 + len(self.following.split(None, 1)[0])


def is_wrapped(text: str) -> bool:
    r"""Say whether the text is hard-wrapped at some column.

    Line ends inside sentences are the sign: a line that does not close a sentence, then one, not indented, that goes
    on in lower case. The text is wrapped when it has at least two, they are at least three in ten of the line ends
    between lines of prose, and one column explains at least half of them: the line fits and the next word does not.
    Short pages, lists, verse and text with one paragraph per line fail one of these.

    >>> is_wrapped("The minister said on Monday that the\ntalks would go on for as long as it\ntook to "
    ...            "reach an agreement that both\nsides could sign.")
    True
    >>> is_wrapped("Bread\nButter\nMilk\neggs")
    False
    """
    if text.count("\n") < FEWEST_BREAKS:
        return False
    # Most texts have too few lines that could go on a sentence, which is quickly seen.
    if sum([line.lstrip()[:1].islower() for line in text.split("\n")]) < FEWEST_BREAKS:
        return False
    breaks = _breaks(text)
    inside = [found for found in breaks if found.goes_on]
    if len(inside) < max(FEWEST_BREAKS, 0.3 * len(breaks)):
        return False
    column, explained = _column(inside)
    return NARROWEST <= column <= WIDEST and explained >= max(FEWEST_BREAKS, 0.5 * len(inside))


def join_wrapped_lines(text: str) -> str:
    r"""Return wrapped text with one paragraph per line; other text comes back unchanged.

    Blank lines, indented lines, list items and lines in columns stay apart; a line that closes a sentence early ends
    its paragraph. A word cut at a hyphen is made whole only when the text has it whole elsewhere; otherwise the
    hyphen stays.

    Parameters
    ----------
    text
        Plain text; lines end in ``\n`` or ``\r\n``.

    Returns
    -------
    str
        Each paragraph on one line without its indentation, blank lines and lines in columns as they were.
        Joining once more changes nothing.

    Examples
    --------
    >>> print(join_wrapped_lines('''    The minister said on Monday that
    ... talks would go on for as long as it took to reach a long-
    ... term agreement that both sides could sign before the year
    ... was out.
    ...     Oil rose.'''))
    The minister said on Monday that talks would go on for as long as it took to reach a long-term agreement ...
    Oil rose.
    """
    # What one round leaves can, by chance, look wrapped again; the loop keeps the promise of the last line above.
    while is_wrapped(text):
        lines = text.split("\n")
        soft = soft_line_ends(text)
        if not soft:
            break
        has_cut_words = any(lines[i].rstrip().endswith("-") for i in soft)
        words = set(_LETTERS.findall(text.lower())) if has_cut_words else set()
        pieces = []
        for i, line in enumerate(lines):
            if i in soft:
                pieces.append(_joint(line.strip(), lines[i + 1].strip(), words))
            elif i - 1 not in soft and _in_columns(line.strip()):
                pieces.append(line + "\n")
            else:
                pieces.append(line.strip() + "\n")
        text = "".join(pieces)[:-1]
    return text


def blank_soft_line_ends(text: str) -> str:
    r"""Return the text, of the same length, with a space for each line end inside a paragraph.

    >>> blank_soft_line_ends("The talks\nwent on.\n\nOil rose.")
    'The talks went on.\n\nOil rose.'
    """
    soft = soft_line_ends(text)
    lines = text.split("\n")
    ends = (" " if i in soft else "\n" for i in range(len(lines) - 1))
    # The "\r" of a soft "\r\n" is a line end of its own unless it goes too.
    kept = (line[:-1] + " " if i in soft and line.endswith("\r") else line for i, line in enumerate(lines))
    return "".join(piece for pair in zip(kept, [*ends, ""], strict=True) for piece in pair)


def soft_line_ends(text: str) -> set[int]:
    """Return the numbers, from 0, of the lines whose end lies inside a paragraph, taking the text as wrapped."""
    breaks = _breaks(text)
    inside = [found for found in breaks if found.goes_on]
    column, _ = _column(inside or breaks)
    return {found.number for found in breaks if not _ends_paragraph(found, column)}


def _ends_paragraph(found: _Break, column: int) -> bool:
    line, following = found.line, found.following
    is_short = column >= found.widths[1]
    if line.isupper() and not following.isupper() and " " in line.strip():
        return True  # a headline in capitals
    if _LIST_ITEM.match(following):
        return is_short or found.is_closed
    # A short line alone says little: wires cut the dateline off the first line of a story.
    return is_short and not following[0].islower() and (found.is_closed or len(line) < column / 4)


def _in_columns(line: str) -> bool:
    # Most lines have neither, and the pattern is slow.
    return ("  " in line or "\t" in line) and _COLUMNS.search(line) is not None


@functools.lru_cache(maxsize=1)
def _breaks(text: str) -> tuple[_Break, ...]:
    # Kept for one text: what says that it is wrapped says next where.
    return tuple(_find_breaks(text.split("\n")))


def _find_breaks(lines: list[str]) -> Iterator[_Break]:
    stripped = [line.strip() for line in lines]
    # Most lines begin with a word.
    prose = [
        (line[:1].isalnum() or _WORD.search(line) is not None) and not _in_columns(line) for line in stripped
    ]
    indents = [len(line) - len(line.lstrip()) for line in lines]
    margin = min((indent for indent, is_prose in zip(indents, prose, strict=True) if is_prose), default=0)
    for i, following in enumerate(stripped[1:]):
        if prose[i] and prose[i + 1] and indents[i + 1] == margin:
            yield _Break(i, lines[i].rstrip(), following)


def _column(breaks: Sequence[_Break]) -> tuple[int, int]:
    """Return the column that explains most of the breaks, and how many it explains."""
    steps: defaultdict[int, int] = defaultdict(int)
    for found in breaks:
        start, stop = found.widths
        steps[start] += 1
        steps[stop] -= 1
    columns = sorted(steps)
    explained = list(accumulate(steps[column] for column in columns))
    most, column = max(zip(explained, columns, strict=True), default=(0, 0))
    return column, most


def _joint(line: str, following: str, words: set[str]) -> str:
    """Return the line with what belongs between it and the following one."""
    if line.endswith("\N{SOFT HYPHEN}"):
        return line[:-1]
    if not line.endswith("-"):
        return line + " "
    cut, rest = _CUT_WORD.search(line), _LETTERS.match(following)
    if not cut or not rest or _HUNG_WORD.match(following):
        return line + " "
    whole = cut.group()[:-1] + rest.group()
    return line[:-1] if whole.lower() in words else line
