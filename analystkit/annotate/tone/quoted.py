"""Which stretches of a text are quoted speech, by its quotation marks: nothing is said of who speaks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

import numpy as np

from analystkit.annotate.tone.vader import Flags

#: Words in quotation marks that are no speech: a title, a word that the writer holds at arm's length.
_FEWEST_WORDS: Final = 3
# A quotation ends with its mark, or with its paragraph where the speaker goes on in the next. Single marks may be
# apostrophes: they quote only where they close behind a stop.
_QUOTED: Final = re.compile(
    r"“[^“”\n]*(?:”|$|(?=\n))|(?<!\w)\"[^\"\n]*(?:\"|$|(?=\n))|«[^«»\n]*(?:»|$|(?=\n))|„[^“”\n]*(?:[“”]|$|(?=\n))"
    r"|(?<!\w)‘[^\n‘]*?[,.!?]’(?!\w)"
)


def find_quoted(text: str) -> list[tuple[int, int]]:
    """Return where quoted speech of three words or more stands, marks included, as half-open offsets.

    >>> text = 'He called it "a plan". "We will not wait," she said.'
    >>> [text[start:end] for start, end in find_quoted(text)]
    ['"We will not wait,"']
    """
    return [found.span() for found in _QUOTED.finditer(text) if len(found[0].split()) >= _FEWEST_WORDS]


def holds_quoted(spans: Sequence[tuple[int, int]], quoted: Sequence[tuple[int, int]]) -> Flags:
    """Say which spans of a text share a character with its quoted speech.

    >>> holds_quoted([(0, 4), (4, 9)], [(6, 12)]).tolist()
    [False, True]
    """
    if not quoted:
        return np.zeros(len(spans), np.bool_)
    starts, ends = np.array(quoted).T
    # The last quotation that begins before the span ends is the only one that can reach into it.
    last = np.searchsorted(starts, [end for _, end in spans], side="left") - 1
    reaches: Flags = (last >= 0) & (ends[last.clip(min=0)] > np.array([start for start, _ in spans]))
    return reaches
