"""Points, dots and cells of a picture that open their number when they are clicked.

The picture stays a plain image with words for those who cannot see it; the keyboard has the lists and the table.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import anywidget

from analystkit.plot.marks import Mark

_HERE: Final = Path(__file__).parent


class PictureMarks(anywidget.AnyWidget):
    """What makes the marks of the picture in the same explorer answer to the pointer. It shows nothing itself.

    Parameters
    ----------
    marks
        Given how the source of a picture ends, returns its marks; asked when the pointer comes near.
    on_open
        Told the keys of the mark that was clicked: {"actor": "Russia", "month": "2023-09"}.
    """

    _esm = _HERE / "picture_marks.js"
    _css = _HERE / "picture_marks.css"

    def __init__(self, marks: Callable[[str], list[Mark]], on_open: Callable[[dict[str, str]], None]) -> None:
        self._marks = marks
        self._on_open = on_open
        super().__init__()
        self.on_msg(self._answer)

    def _answer(self, _: object, message: dict[str, Any], __: object) -> None:
        if message["kind"] == "open":
            self._on_open({str(key): str(value) for key, value in message["keys"]})
            return
        told = [[mark.x, mark.y, mark.keys, mark.n] for mark in self._marks(message["of"])]
        self.send({"kind": "marks", "marks": told, "of": message["of"]})
