"""Pages saved as text that are nothing but an article: told at a glance, so that they need no fitted model.

Many small files are a headline, perhaps a byline and a date, then paragraphs; well-known labels of the site may stand above
and below. Where anything else may be on a page, it is not taken for one of these.
"""

from __future__ import annotations

import functools
import re
from typing import Final, NamedTuple

from analystkit.clean.dates import find_date
from analystkit.clean.labels import (
    is_caption,
    is_credit,
    is_furniture,
    is_related,
    is_section,
    name_in_byline,
    name_in_copyright,
)
from analystkit.clean.languages import lower_bytes
from analystkit.clean.line_looks import furniture_words
from analystkit.clean.lines import STOP

_LINES: Final = 60  # at most
_LABELS_AROUND: Final = 30  # at most
_LABEL: Final = 60  # characters, at most
_LEAST_WORDS: Final = 100
_TITLE_WORDS: Final = (5, 20)
_PARAGRAPH: Final = 8  # words, at least
_WIDEST: Final = 250  # words of a paragraph, at most
_RAREST: Final = 12  # words of a paragraph to one of furniture, at least
_YEAR_LIKE: Final = re.compile(r"[0-9](?:[0-9]{3}|\.[0-9]{1,2}\.[0-9])")
_FIGURES: Final = bytes.maketrans(b"123456789", b"0" * 9)

#: Bytes of UTF-8 that are left to the model: controls, signs of tables and markup, and what begins letters other than
#: Latin, Greek and Cyrillic ones.
_ODD: Final = bytes(
    {*range(10), *range(11, 32), 0x7F, *b"|<>#=*_~^{}\\@", *range(0xD6, 0xE2), *range(0xE3, 0x100)}
)
_ODD_SIGNS: Final = ("\u00a0", "\u00a9", "\u200b", "\u2022", "\u203a", "\u00b7")
#: Labels of sites, as they may stand glued to the end of a paragraph, and to its beginning.
_LABELS: Final = (
    *("Related", "RELATED", "READ", "Read ", "WATCH", "Watch", " MORE"),
    *("Lesen Sie", "Lire aussi", "Lee tambi\u00e9n"),
)
_LABELS_BEFORE: Final = ("ADVERT", "Advert", "RECOMMENDED", "Recommended", "ANZEIGE", "Anzeige", "WERBUNG")
#: Words that the prose of a page with anything beside its article may hold; news seldom does.
_SITE: Final = frozenset(
    ["subscribe", "subscriber", "subscribers", "subscribing", "subscription", "subscriptions", "newsletter",
     "newsletters", "cookie", "cookies", "donate", "donating", "donation", "donations", "copyright", "reserved",
     "click", "clicking", "permalink", "advertise", "advertising", "advertisement", "advertisements",
     "abonnieren", "abonnement", "abonnez", "spende", "spenden", "kommentar", "kommentare", "kommentieren",
     "comentario", "comentarios", "commentaire", "commentaires"]
)  # fmt: skip
_PICTURE: Final = frozenset(
    ["photo", "photos", "photograph", "picture", "pictures", "image", "images", "pic", "pics", "getty", "via",
     "foto", "fotos", "fotografía", "bild", "bilder", "symbolbild", "abbildung", "abb", "crédit", "crédits",
     "zdjęcie", "fot", "imagen"]
)  # fmt: skip
#: What sites say below an article.
_BELOW: Final = ("this article", "this story", "this report", "sign up", "sign in", "log in", "follow ")
#: Words of furniture that are as common in news.
_COMMON: Final = frozenset(
    ["a", "about", "am", "anonymous", "ap", "archive", "archives", "author", "back", "buy", "by", "category",
     "commented", "conditions", "contact", "credit", "dice", "dijo", "di", "dit", "du", "flag", "following",
     "free", "gallery", "guest", "help", "home", "ihr", "ihre", "ihrer", "ihren", "image", "images", "join", "la",
     "latest", "le", "license", "members", "min", "more", "most", "nach", "next", "offer", "on", "order", "page",
     "pages", "par", "por", "posted", "previous", "price", "print", "published", "read", "recent", "reply",
     "replied", "reserved", "respond", "responded", "response", "responses", "reuters", "rights", "said", "says",
     "schrieb", "search", "see", "shared", "share", "shares", "shop", "sections", "sign", "signed", "source",
     "staff", "stories", "support", "tag", "terms", "top", "topics", "trending", "under", "up", "updated",
     "upvote", "via", "von", "were", "written", "wrote", "über", "auch", "door", "mehr", "afp", "also", "die",
     "dem", "der", "stand", "seite", "uhr", "stampa", "don"]
)  # fmt: skip
#: What newspapers say of themselves below an article has such words.
_ITSELF: Final = frozenset(
    ["support", "supporter", "supporters", "reader", "readers", "newspaper", "newsroom", "journalism", "website", "inbox",
     "column", "views", "gift", "letters", "corrections", "amended", "corrected", "moderated"]
)  # fmt: skip
#: Those that speak to the reader: no whole sentence is a label of a site without one of these.
_READER: Final = frozenset(["you", "your", "our", "us", "we", "here"])
_BEFORE: Final = ("", '"', "\u201c", "'", "\u2018", "(", "/")
_AFTER: Final = (
    "", "/", ".", ",", ";", ":", "!", "?", '"', "\u201d", ")", "'s", "\u2019s", '."', ',"', ".\u201d", ",\u201d", ").",
)  # fmt: skip
_US: Final = frozenset(f"us{after}" for after in _AFTER)
#: The first two letters of what may be a credit or a label of another story.
_BEGINS: Final = frozenset(
    ["an", "so", "qu", "cr", "(a", "(r", "(e", "(w", "re", "ad", "ed", "wi", "mo", "se", "al", "wa", "li", "op",
     "fu", "me", "le", "si", "pu", "te", "cz", "zo", "do", "ve", "чи", "à "]
)  # fmt: skip
#: Who an article is by, said in a sentence below it.
_AUTHOR: Final = re.compile(
    r"\b(?:is|was) (?:an? |the )[^.]{0,60}\b(?:reporter|correspondent|writer|editor|columnist|journalist|professor|fellow"
    r"|author|contributor|blogger)\b"
)


class PlainPage(NamedTuple):
    """A page that is nothing but an article, labels of the site around it left aside.

    Attributes
    ----------
    above, below
        The labels.
    head
        The lines between them and the paragraphs, each with what it is: "title", then "byline" and "dateline" or none of
        these.
    paragraphs
        The lines of the article.
    """

    above: list[str]
    head: list[tuple[str, str]]
    paragraphs: list[str]
    below: list[str]


def plain_page(text: str) -> PlainPage | None:
    r"""Return the parts of a page that is nothing but an article; None where there may be more to it.

    >>> said = "The ministers of two countries met in the port of {} on Friday, and talked about cod and herring."
    >>> head = ["Sign in", "Ministers meet in Oslo over cod", "By Ann Reporter", "3 May 2024", ""]
    >>> page = "\n".join([*head, *map(said.format, ("Oslo", "Bergen", "Narvik", "Leith", "Cork", "Riga")), "Most read"])
    >>> plain_page(page).head[1:], plain_page(page).below
    ([('byline', 'By Ann Reporter'), ('dateline', '3 May 2024')], ['Most read'])
    >>> plain_page(page + "\nTen ways to boil an egg") is None
    True
    """
    if "\r" in text:
        text = text.replace("\r\n", "\n")
    data = text.encode("utf-8", "surrogatepass")
    if len(data.translate(None, _ODD)) != len(data):
        return None
    lines = [line.strip() for line in text.strip().split("\n")]
    if len(lines) > 2 * _LINES:
        return None
    top, bottom = 0, len(lines)
    while top < bottom and (not lines[top] or _is_label(lines[top])):
        top += 1
    while bottom > top and (not lines[bottom - 1] or _is_label(lines[bottom - 1])):
        bottom -= 1
    above, below = list(filter(None, lines[:top])), list(filter(None, lines[bottom:]))
    lines = lines[top:bottom]
    if not lines or len(above) + len(below) > _LABELS_AROUND or (found := _head_of(lines)) is None:
        return None
    head, at = found
    # A sentence that blank lines part from the rest but not from the head is a deck.
    if lines[at - 1] and "" in lines[at:]:
        return None
    paragraphs = [line for line in lines[at:] if line]
    if not _are_paragraphs(paragraphs):
        return None
    body = "\n".join(paragraphs)
    if any(map(body.__contains__, _LABELS)):
        return None
    if not body.isascii() and any(map(body.__contains__, _ODD_SIGNS)):
        return None
    figures = body.encode("utf-8", "surrogatepass").translate(_FIGURES)
    may_be_dated = b"0000" in figures or b"0." in figures  # looking for the pattern takes longer
    if may_be_dated and _YEAR_LIKE.search(body) and any(map(find_date, paragraphs)):
        return None
    if _AUTHOR.search(paragraphs[-1]) or "http" in body or "www." in body:
        return None
    bracketed = (line for line in paragraphs if "(" in line or "/" in line or "[" in line)
    if any(map(is_caption, bracketed)) or not _is_prose(body, paragraphs):
        return None
    return PlainPage(above, head, paragraphs, below)


def _is_label(line: str) -> bool:
    """Say whether a line is a label of the site and nothing else."""
    return len(line) <= _LABEL and _is_label_alone(line)


@functools.lru_cache(maxsize=8192)
def _is_label_alone(line: str) -> bool:
    if line[0].islower() or is_credit(line):
        return False
    is_label = (
        is_furniture(line) or is_section(line) or (line[0] == "\u00a9" and name_in_copyright(line) != "")
    )
    return is_label and find_date(line) is None


def _head_of(lines: list[str]) -> tuple[list[tuple[str, str]], int] | None:
    """Return the headline with what stands right below it, and the number of the line after that."""
    title = lines[0]
    least, most = _TITLE_WORDS
    if not least <= len(title.split()) <= most or title[:1].islower() or _closes(title) or title.isupper():
        return None
    if (
        name_in_byline(title)
        or is_furniture(title)
        or is_related(title)
        or is_section(title)
        or find_date(title)
    ):
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
        elif (found := find_date(line)) is None:
            return head, at
        elif head[-1][0] == "dateline" or found.value is None or found.start or found.end < len(line):
            return None
        else:
            head.append(("dateline", line))
    return None


def _closes(line: str) -> bool:
    """Say whether a line ends as a sentence does."""
    last = line[-1]
    return last in ".!?" or (not last.isalnum() and STOP.search(line[-6:]) is not None)


def _are_paragraphs(lines: list[str]) -> bool:
    """Say whether each line may be a paragraph of an article, and no two are the same."""
    words = [line.count(" ") + 1 for line in lines]
    if not 3 <= len(lines) <= _LINES or len(set(lines)) < len(lines):
        return False
    if min(words) < _PARAGRAPH or max(words) > _WIDEST or sum(words) < _LEAST_WORDS:
        return False
    for line in lines:
        if not _closes(line) or line[0].islower():
            return False
        if line[:2].lower() in _BEGINS and (
            is_related(line) or is_credit(line) or line.startswith(_LABELS_BEFORE)
        ):
            return False
    return True


@functools.cache
def _telling_words() -> dict[bytes, str]:
    """Return the words that say something, as they may stand in a text with marks beside them, each with its bare form."""
    words = (frozenset(furniture_words()) - _COMMON) | _READER | _SITE | _PICTURE | _ITSELF
    return {
        (before + word + after).encode(): word for word in words for before in _BEFORE for after in _AFTER
    }


@functools.cache
def _telling_forms() -> frozenset[bytes]:
    return frozenset(_telling_words())


def _is_prose(body: str, paragraphs: list[str]) -> bool:
    """Say whether paragraphs have no more words of furniture than prose has, and none at either end."""
    below = f"{paragraphs[-2]}\n{paragraphs[-1]}".lower()
    if any(map(below.__contains__, _BELOW)):
        return False
    lowered = lower_bytes(body)
    if lowered is None:
        lowered = " ".join(body.lower().split()).encode("utf-8", "surrogatepass")
    words = lowered.split()
    if len(words) < body.count(" ") + len(paragraphs):
        return False  # two spaces may stand between columns
    hits = _telling_forms().intersection(words)
    if not hits:
        return True
    known = {hit.decode(): _telling_words()[hit] for hit in hits}
    found = set(known.values())
    if not _SITE.isdisjoint(found):
        return False
    if not _PICTURE.isdisjoint(found) and any(map(is_caption, paragraphs)):
        return False
    if "us" in found and _US.isdisjoint(body.split()):
        # The country is no word to the reader.
        known = {hit: word for hit, word in known.items() if word != "us"}
    if not known.keys().isdisjoint(f"{paragraphs[0]}\n{below}".lower().split()):
        return False
    forms = frozenset(hit for hit, word in known.items() if word not in _ITSELF)
    return not any(
        (len(line) <= 160 and is_furniture(line))
        or _RAREST * sum(word in forms for word in line.lower().split()) > line.count(" ") + 1
        for line in paragraphs
    )
