"""Tables as CSV that a spreadsheet opens as they are, and links that save them."""

from __future__ import annotations

from html import escape
from typing import Final

import pandas as pd

from analystkit.widgets.picture import data_uri

#: A spreadsheet would run a cell that begins so as a formula; texts of others are not to be run.
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


def to_csv(frame: pd.DataFrame) -> bytes:
    """Return a frame as CSV in UTF-8 with a byte order mark, which Excel needs to read it as such.

    Texts that a spreadsheet would run as a formula get an apostrophe before them.

    >>> to_csv(pd.DataFrame({"text": ["=1+1", "a"]})).decode("utf-8-sig").splitlines()
    ['text', "'=1+1", 'a']
    """
    safe = frame.copy()
    for column in safe.columns[[not pd.api.types.is_numeric_dtype(dtype) for dtype in safe.dtypes]]:
        safe[column] = [
            f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell
            for cell in safe[column]
        ]
    text: str = safe.to_csv(index=False, lineterminator="\r\n")
    return text.encode("utf-8-sig")


def link(words: str, filename: str, content: bytes, kind: str) -> str:
    """Return a link that saves content under a name where the browser saves files."""
    return f'<a download="{escape(filename)}" href="{data_uri(content, kind)}">{escape(words)}</a>'
