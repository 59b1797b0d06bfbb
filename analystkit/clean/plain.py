"""Pages saved as text that are nothing but an article: told at a glance, so that they need no fitted model.

Many small files are a headline, perhaps a byline and a date, then paragraphs. Where anything else may be on a page, it is
not taken for one of these.
"""

from __future__ import annotations

import functools
from typing import Final, NamedTuple

from analystkit.clean.dates import find_date
from analystkit.clean.labels import (
    is_caption,
    is_credit,
    is_date_only,
    is_furniture,
    is_related,
    is_section,
    name_in_byline,
)
from analystkit.clean.line_looks import furniture_words
from analystkit.clean.lines import STOP

_LINES: Final = 60  # at most
_LEAST_WORDS: Final = 100
_TITLE_WORDS: Final = (5, 20)
_PARAGRAPH: Final = 8  # words, at least
_WIDEST: Final = 250  # words of a paragraph, at most

#: Bytes of UTF-8 that prose does without: controls, signs of tables and markup, and what begins ideographs and all beyond.
_ODD: Final = bytes({*range(10), *range(11, 32), 0x7F, *b"|<>#=*_~^{}[]\\+@", *range(0xE3, 0x100)})
_ODD_SIGNS: Final = ("\u00a0", "\u00a9", "\u200b", "\u2022", "\u203a", "\u00b7")
#: What a page with anything beside its article may hold, in small letters; prose may as well, and is then looked at closely.
_MARKS: Final = (
    *("related", "read more", "read also", "also read", "read the", "watch", "advert", "recommended", "more on this"),
    *("subscri", "newsletter", "cookie", "donat", "sign up", "sign in", "log in", "copyright", "(c)", "rights reserved"),
    *("http", "www.", "photo", "getty", "comments", "click", "follow us", "support us", "our website", "permalink"),
    *("anzeige", "werbung", "spende", "abonn", "kommentar", "lesen sie", "lire aussi", "lee tamb", "comentario"),
    *("commentaire", "this article", "this story", "this report", "the author"),
)
_PICTURES: Final = ("pictur", "image", "pic", "foto", "bild", "abb", "cr\u00e9dit", "zdj", "fot", "via ")
#: Words of furniture that are as common in prose.
_COMMON: Final = frozenset(
    "a about am ap afp also back by conditions dice dijo di dit du le la more most next on order previous read recent"
    " reuters said says schrieb see sie signed source terms top under up via were free back help price support contact"
    " author write wrote written staff offer response responses ihr ihre ihrer ihren auch nach von \u00fcber par por door mehr"
    " pages page home latest next".split()
)


class PlainPage(NamedTuple):
    """A page that is nothing but an article.

    Attributes
    ----------
    head
        Its first lines, each with what it is: "title", then "byline" and "dateline" or none of these.
    paragraphs
        All other lines.
    """

    head: list[tuple[str, str]]
    paragraphs: list[str]


def plain_page(text: str) -> PlainPage | None:
    r"""Return the parts of a page that is nothing but an article; None where there may be more to it.

    >>> said = "The ministers of two countries met in the old port on Friday, and talked about cod and herring."
    >>> page = "\n".join(["Ministers meet in Oslo over cod", "By Ann Reporter", "3 May 2024", "", *map(said.replace, ["cod"] * 6, "abcdef")])
    >>> [zone for zone, _ in plain_page(page).head]
    ['title', 'byline', 'dateline']
    >>> plain_page(page + "\nMost read") is None
    True
    """
    if "\r" in text:
        text = text.replace("\r\n", "\n")
    data = text.encode("utf-8", "surrogatepass")
    if len(data.translate(None, _ODD)) != len(data):
        return None
    lines = [line.strip() for line in text.strip().split("\n")]
    blanks = lines.count("")
    if len(lines) - blanks > _LINES:
        return None
    if len(data) != len(text) and any(map(text.__contains__, _ODD_SIGNS)):
        return None
    first = _head_of(lines)
    if first is None:
        return None
    head, at = first
    paragraphs = _paragraphs(lines, at)
    if paragraphs is None:
        return None
    lowered = text.lower()
    if any(map(lowered.__contains__, _MARKS)):
        return None
    if any(map(lowered.__contains__, _PICTURES)) and any(map(is_caption, paragraphs)):
        return None
    if not _is_prose(lowered, paragraphs):
        return None
    return PlainPage(head, paragraphs)


def _head_of(lines: list[str]) -> tuple[list[tuple[str, str]], int] | None:
    """Return the headline with what stands right below it, and the number of the line after that."""
    title = lines[0]
    least, most = _TITLE_WORDS
    if not least <= len(title.split()) <= most or title[:1].islower() or _closes(title) or title.isupper():
        return None
    if name_in_byline(title) or is_furniture(title) or is_related(title) or is_section(title) or find_date(title):
        return None
    head = [("title", title)]
    for at, line in enumerate(lines[1:], 1):
        if not line:
            continue
        if len(line) > 60 or len(head) > 2:
            return head, at
        if head[-1][0] == "title" and not _closes(line) and (name := name_in_byline(line)):
            # A name and nothing else.
            if not line.endswith(name) or len(name.split()) > 4 or any(map(str.isdigit, line)):
                return None
            head.append(("byline", line))
        elif head[-1][0] != "dateline" and is_date_only(line):
            found = find_date(line)
            if found is None or found.value is None or found.start or found.end < len(line):
                return None
            head.append(("dateline", line))
        else:
            return head, at
    return None


def _closes(line: str) -> bool:
    """Say whether a line ends as a sentence does."""
    last = line[-1]
    return last in ".!?" or (not last.isalnum() and STOP.search(line[-6:]) is not None)


def _paragraphs(lines: list[str], at: int) -> list[str] | None:
    """Return the lines from one on if each is a paragraph of the article and no two are the same."""
    # A sentence that blank lines part from the rest but not from the head is a deck.
    if lines[at - 1] and "" in lines[at:]:
        return None
    paragraphs = [line for line in lines[at:] if line]
    words = [line.count(" ") + 1 for line in paragraphs]
    if len(paragraphs) < 3 or min(words) < _PARAGRAPH or max(words) > _WIDEST or sum(words) < _LEAST_WORDS:
        return None
    for line in paragraphs:
        if line[0].islower() or not _closes(line) or "  " in line or is_credit(line) or is_related(line):
            return None
        if len(line) <= 160 and is_furniture(line):
            return None
        if find_date(line):
            return None
    return paragraphs if len(set(paragraphs)) == len(paragraphs) else None


@functools.cache
def _words_of_furniture() -> frozenset[str]:
    return frozenset(furniture_words()) - _COMMON


def _is_prose(lowered: str, paragraphs: list[str]) -> bool:
    """Say whether a page has no more words of furniture than prose has, and none at its ends."""
    furniture = _words_of_furniture()
    hits = furniture.intersection(lowered.split())
    if not hits:
        return True
    if not hits.isdisjoint(" ".join((paragraphs[0], *paragraphs[-2:])).lower().split()):
        return False
    return all(
        len(words) >= 12 * sum(word in hits for word in words)
        for words in (paragraph.lower().split() for paragraph in paragraphs)
    )
