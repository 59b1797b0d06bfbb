"""How many syllables an English word has: by rules, and by a list of the words that the rules get wrong."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from analystkit.resources import resource_text

_VOWELS: Final = re.compile("[aeiouy]+")
_SILENT: Final = (
    re.compile(r"[^aeiouy]e$(?<![^aeiouy]le)"),  # made, but not little
    re.compile(r"[^aeioutdy]ed$"),  # asked, but not wanted
    re.compile(r"[^aeiouycsxzgh]es$(?<![^aeiouy]les)"),  # makes, but not places
    # The e of a word that another was put behind: safely, movement, Gladstone.
    re.compile(
        r"[^aeiouy]e(?:ly|ments?|ful|less|ness|fully|man|men|town|land|berg|wood|field|son|ware|line|works?|ville)$"
    ),
)
#: Vowels side by side that belong to two syllables: media, create, going, doing.
_TWO: Final = re.compile(
    r"i[aou](?!us|n$|ns$|ge|l$)|[^aeiou]ia$|io[^nu]|ua|eo|[^q]ui[^lt]|uou|ying|yin|ayi|eing|iet|isms?$|uu|uo|oing|yo[^u]"
)


def guess_syllables(word: str) -> int:
    """Return how many syllables a word in lower case has by rules alone; right for 9 of 10 words of CMUdict.

    >>> [guess_syllables(word) for word in ("made", "little", "wanted", "media", "safely", "mr")]
    [1, 2, 2, 3, 2, 1]
    """
    stem = word.removesuffix("'s")
    n = len(_VOWELS.findall(stem)) + len(_TWO.findall(stem)) + stem.startswith("mc")
    n -= sum(1 for pattern in _SILENT if pattern.search(stem))
    return max(n, 1)


@cache
def _exceptions() -> dict[str, int]:
    lines = [line for line in resource_text("syllables.txt").splitlines() if not line.startswith("#")]
    return {
        word: int(n) for n, _, words in (line.partition("\t") for line in lines) for word in words.split()
    }


def count_syllables(word: str) -> int:
    """Return how many syllables an English word has; of a word with hyphens, those of its parts.

    What is no word of letters ("1987") counts as one.

    Notes
    -----
    The number in the CMU Pronouncing Dictionary where it has the word (of its first pronunciation, or of a fuller one that
    the spelling bears out: in-ter-est), else by rules.

    >>> [count_syllables(word) for word in ("area", "Business", "co-operation", "1987")]
    [3, 2, 5, 1]
    """
    listed = _exceptions()
    return (
        sum(
            listed[part] if part in listed else guess_syllables(part)
            for part in word.lower().replace("’", "'").replace("_", "-").split("-")
            if part
        )
        or 1
    )
