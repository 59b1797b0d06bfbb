"""Two opinions on the body of a page saved as HTML -> one: how its lines look, and what its markup says.

How lines look is judged by `split_zones` on the text of the page, just as it judges a page saved as text; trafilatura
judges by the markup. Where they agree in the main, the lines stay as they look, so that a page has one body whether it was
saved as HTML or as text, and trafilatura settles small differences; else the article is the one that trafilatura found.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Final

import numpy as np

from analystkit.clean.lines import has_wide
from analystkit.read.items import Zone
from analystkit.schema import BODY_ZONES

# Both chosen on pages whose hosts the model of zones had not seen.
_AGREE: Final = 0.75  # words in both bodies over all their words: they mean one article
_SMALL: Final = 0.04  # words that trafilatura may add or take away there, as a share of the body

#: Lines of the head are no part of the body, though trafilatura may count them in.
_HEAD: Final = frozenset({"title", "byline", "dateline", "credit"})

ADDED: Final = "in the article that trafilatura found"
LEFT_OUT: Final = "not in the article that trafilatura found"
_AGAINST: Final = f"{ADDED}, against its looks"
_DISPUTED: Final = "trafilatura leaves it out"

_WORD: Final = re.compile(r"\w+")
_WORD_OR_SIGN: Final = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]|[^\W\u3040-\u30ff\u3400-\u9fff]+")
_RUN: Final = 4  # words


def settle_body(zones: Sequence[Zone], found: Sequence[str]) -> list[Zone]:
    """Return the lines of a page, those of its body settled between their looks and what trafilatura found.

    Parameters
    ----------
    zones
        The lines as they look, in order.
    found
        The lines of the article that trafilatura found; none if it found no article.

    Returns
    -------
    list of Zone
        The same lines. Where the two differ on a line, its reason says so. Where the article that trafilatura found is
        another one, its lines stand as it set them.
    """
    seen = "\n".join(zone.text for zone in zones if zone.zone in BODY_ZONES)
    if not found:
        return list(zones)
    if shared_words(seen, "\n".join(found)) < _AGREE:
        return _as_found(zones, found)
    return _as_seen(zones, found)


def shared_words(first: str, second: str) -> float:
    """Return the words that two texts share, each as often as both have it, over all their words (0-1).

    >>> shared_words("No fish, no boats.", "No fish.")
    0.5
    """
    one, other = Counter(_words(first)), Counter(_words(second))
    return (one & other).total() / max((one | other).total(), 1)


def _words(text: str) -> list[str]:
    return (_WORD_OR_SIGN if has_wide(text) else _WORD).findall(text.lower())


def _held(lines: Sequence[str], found: Sequence[str]) -> list[bool]:
    """Say of each line whether it is of the article that was found: by half of its runs of four words, or as a whole."""
    whole = {tuple(_words(line)) for line in found}
    words = _words("\n".join(found))
    runs = _runs(words)
    held = []
    for line in lines:
        own = _words(line)
        if len(own) < _RUN:
            held.append(tuple(own) in whole)
        else:
            own_runs = _runs(own)
            held.append(2 * len(own_runs & runs) >= len(own_runs))
    return held


def _runs(words: list[str]) -> set[tuple[str, ...]]:
    return set(zip(*(words[i:] for i in range(_RUN)), strict=False))


def _as_seen(zones: Sequence[Zone], found: Sequence[str]) -> list[Zone]:
    """Settle small differences as trafilatura has them, the shortest line first, until they sum up to `_SMALL`."""
    held = _held([zone.text for zone in zones], found)
    n_words = [len(_words(zone.text)) for zone in zones]
    kept = [zone.zone in BODY_ZONES for zone in zones]
    texts = {zone.text for zone, is_kept in zip(zones, kept, strict=True) if is_kept}
    left = _SMALL * sum(n for n, is_kept in zip(n_words, kept, strict=True) if is_kept)
    out = list(zones)
    for i in np.argsort(n_words, kind="stable").tolist():
        zone = zones[i]
        if kept[i] == held[i] or (held[i] and (zone.zone in _HEAD or zone.text in texts)):
            continue
        if n_words[i] > left:
            if kept[i]:
                out[i] = Zone(zone.zone, zone.text, f"{zone.reason}; {_DISPUTED}")
            continue
        left -= n_words[i]
        out[i] = Zone("body", zone.text, _AGAINST) if held[i] else Zone("furniture", zone.text, LEFT_OUT)
    return out


def _as_found(zones: Sequence[Zone], found: Sequence[str]) -> list[Zone]:
    """Put the lines of the article where the page has them; those that the page sets otherwise stay in their order."""
    texts = [" ".join(zone.text.split()) for zone in zones]
    looks = {text: zone.zone for text, zone in zip(texts, zones, strict=True)}
    left = list(found)
    out: list[Zone] = []
    for zone, own in zip(zones, texts, strict=True):
        if own in left:
            # Lines of the article that the page sets otherwise (joined, parted) come before the next one it shares.
            at = left.index(own)
            out += [_found_zone(text, looks.get(text, "body")) for text in left[: at + 1]]
            del left[: at + 1]
        elif zone.zone in BODY_ZONES:
            out.append(Zone("furniture", zone.text, f"looks like {zone.zone}, but {LEFT_OUT}"))
        else:
            out.append(zone)
    return out + [_found_zone(text, looks.get(text, "body")) for text in left]


def _found_zone(text: str, looks: str) -> Zone:
    if looks in _HEAD - {"dateline"}:
        return Zone(looks, text, f"looks like {looks}")
    if looks in BODY_ZONES:
        return Zone(looks, text, ADDED)
    return Zone("body", text, _AGAINST)
