"""Where a text quotes: which sentences hold words in quotation marks."""

from __future__ import annotations

import re
from typing import Final

#: Fewer words between marks are a title or a word held at arm's length, not someone's speech.
FEWEST_WORDS: Final = 3

#: A quotation runs to its closing mark, or to the end of its line: the next paragraph opens its own.
_QUOTATION: Final = re.compile(r"""“[^”\n]*|"[^"\n]*"?|„[^“”\n]*|«[^»\n]*|(?<!\w)‘[^\n‘]*?[,.!?]’(?!\w)""")


def quotations(text: str) -> list[tuple[int, int]]:
    """Return the spans of quoted speech: three words or more in double marks, or in single ones with their full stop.

    Indirect speech ("he said that ...") has no marks and is not found.

    >>> text = 'He called it "a gift". “We will come back,” she said.'
    >>> [text[start:end] for start, end in quotations(text)]
    ['“We will come back,']
    """
    return [found.span() for found in _QUOTATION.finditer(text) if len(found.group().split()) >= FEWEST_WORDS]
