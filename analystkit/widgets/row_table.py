"""A table of any length as a widget: it scrolls, sorts and is searched while one types; its rows open.

The page holds the rows in sight only, and asks for them in slices; sorting and searching are done here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

import anywidget
import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import traitlets

from analystkit.errors import check_choice
from analystkit.views.readable import cell_text
from analystkit.widgets.markup import is_numeric

_HERE: Final = Path(__file__).parent
_MOST: Final = 500  # rows in one slice, however many are asked for

#: Told the place of a row in the frame that was filled in.
OnOpen = Callable[[int], None]


class RowTable(anywidget.AnyWidget):
    """A table that scrolls through any number of rows.

    The arrows, Home, End, Page Up and Page Down choose a row, Enter or a click opens it; the heads sort.

    Parameters
    ----------
    on_open
        Called when a row is opened.
    label
        What the table is, for screen readers.
    unit
        What its rows are, in the plural: "articles".
    folded
        Words to click before the table is shown; "" shows it at once.

    Attributes
    ----------
    search
        Only rows that hold each of these words, in any case and place.
    sort, descending
        Name of the column that orders the rows, or "" for their own order.
    n, n_all
        How many rows are found, and how many there are.

    Examples
    --------
    >>> import pandas as pd
    >>> table = RowTable(label="Towns", unit="towns")
    >>> table.fill(pd.DataFrame({"town": ["Perm", "Ufa"], "people": [1_000, 2_000]}))
    >>> table.sort_by("people", descending=True)
    >>> table.rows(0, 1)
    [['Ufa', '2,000'], ['Perm', '1,000']]
    >>> table.search = "perm"
    >>> table.rows(0, 9)
    [['Perm', '1,000']]
    """

    _esm = _HERE / "row_table.js"
    _css = _HERE / "row_table.css"
    columns: Any = traitlets.List().tag(sync=True)
    label = traitlets.Unicode().tag(sync=True)
    unit = traitlets.Unicode("rows").tag(sync=True)
    folded = traitlets.Unicode().tag(sync=True)
    search = traitlets.Unicode().tag(sync=True)
    sort = traitlets.Unicode().tag(sync=True)
    descending = traitlets.Bool(False).tag(sync=True)
    n = traitlets.Int(0).tag(sync=True)
    n_all = traitlets.Int(0).tag(sync=True)
    #: Counts the changes of what is shown, so that late slices of earlier rows are told from new ones.
    version = traitlets.Int(0).tag(sync=True)

    def __init__(
        self, on_open: OnOpen | None = None, *, label: str = "Table", unit: str = "rows", folded: str = ""
    ) -> None:
        self._on_open = on_open
        self._frame = pd.DataFrame()
        self._order = np.arange(0)
        self._texts: pa.Array | None = None
        super().__init__(label=label, unit=unit, folded=folded)
        self.on_msg(self._answer)
        self.observe(self._arrange, ["search", "sort", "descending"])

    def fill(
        self,
        frame: pd.DataFrame,
        columns: Mapping[str, str] | None = None,
        *,
        label: str = "",
        looks: Mapping[str, str] | None = None,
    ) -> None:
        """Show the rows of a frame, in its order; a search stays, and so does the sorting where it can.

        Parameters
        ----------
        frame
            The rows; it is not changed.
        columns
            Which columns to show, with their heads; by default all, under their own names.
        label
            What the table is, where that has changed.
        looks
            How columns look that are neither names nor numbers: "end" (set to the right, and cut at the beginning where
            there is no room, as what stands before a keyword) or "strong".
        """
        heads = dict(columns) if columns else {str(name): str(name) for name in frame}
        self._frame = frame[list(heads)].reset_index(drop=True)
        self._texts = None
        told = []
        for i, (name, head) in enumerate(heads.items()):
            numeric = is_numeric(self._frame[name], head)
            told.append(
                {
                    "name": name,
                    "label": head,
                    "number": numeric,
                    "look": (looks or {}).get(name, ""),
                    "width": _width(self._frame[name], i),
                }
            )
        with self.hold_sync(), self.hold_trait_notifications():
            self.columns = told
            self.label = label or self.label
            if self.sort and self.sort not in heads:
                self.sort = ""
            self._arrange()

    def sort_by(self, sort: str, *, descending: bool = False) -> None:
        """Order the rows by a column.

        Raises
        ------
        ArgumentError
            There is no such column.
        """
        check_choice("sort", sort, [column["name"] for column in self.columns])
        with self.hold_trait_notifications():
            self.sort, self.descending = sort, descending

    def rows(self, first: int, last: int) -> list[list[str]]:
        """Return rows as texts, from one place to another, both included."""
        places = self._order[max(first, 0) : min(last + 1, max(first, 0) + _MOST)]
        rows = self._frame.iloc[places].itertuples(index=False, name=None)
        return [[cell_text(cell) for cell in row] for row in rows]

    def focus(self) -> None:
        """Take the keyboard to the table."""
        self.send({"kind": "focus"})

    def open_row(self, place: int) -> None:
        """Open the row at a place, as a click on it does."""
        if self._on_open is not None and 0 <= place < len(self._order):
            self._on_open(int(self._order[place]))

    def _answer(self, _: object, message: dict[str, Any], __: object) -> None:
        if message.get("version") != self.version:
            return  # asked before the rows changed; the page asks again
        if message["kind"] == "open":
            self.open_row(int(message["place"]))
            return
        first = max(int(message["first"]), 0)
        rows = self.rows(first, int(message["last"]))
        self.send({"kind": "rows", "first": first, "rows": rows, "version": self.version})

    def _arrange(self, _: object = None) -> None:
        frame = self._frame
        order = np.arange(len(frame))
        if self.sort in frame:
            order = _ordered(frame[self.sort], descending=self.descending)
        words = self.search.lower().split()
        if words and len(frame):
            found = np.ones(len(frame), dtype=bool)
            for word in words:
                found &= pc.match_substring(self._haystack(), word).to_numpy(zero_copy_only=False)
            order = order[found[order]]
        with self.hold_sync():
            self._order = order
            self.n, self.n_all = len(order), len(frame)
            self.version += 1

    def _haystack(self) -> pa.Array:
        """Return what is searched in each row: its texts in lower case. Made when first searched."""
        if self._texts is None:
            parts = []
            for name in self._frame:
                column = self._frame[name]
                if pd.api.types.is_numeric_dtype(column.dtype):
                    continue  # a number is sorted by, not searched
                if pd.api.types.is_datetime64_any_dtype(column.dtype):
                    column = pd.Series(np.datetime_as_string(column.to_numpy(), unit="D"))
                parts.append(_as_texts(column).fill_null(""))
            parts = parts or [pa.array([""] * len(self._frame), pa.large_string())]
            self._texts = pc.utf8_lower(
                pc.binary_join_element_wise(*parts, pa.scalar("\n", pa.large_string()))
            )
        return self._texts


def _ordered(column: pd.Series, *, descending: bool) -> np.ndarray[Any, Any]:
    """Return the places of a column in order: names in any case, equal ones as they stood, missing ones last."""
    is_text = column.dtype == "str" or column.dtype == object
    texts = pc.utf8_lower(_as_texts(column)) if is_text else pa.array(column)
    indices = pc.array_sort_indices(texts, order="descending" if descending else "ascending")
    order: np.ndarray[Any, Any] = indices.to_numpy(zero_copy_only=False).astype("int64")
    return order


def _as_texts(column: pd.Series) -> pa.Array:
    texts = pa.array(column if column.dtype == "str" else column.astype("str"))
    return (texts.combine_chunks() if isinstance(texts, pa.ChunkedArray) else texts).cast(pa.large_string())


def _width(column: pd.Series, place: int) -> str:
    """Return how wide a column is, as CSS: what its first rows need, and more for long texts."""
    longest = max([len(str(column.name)) + 3, *(len(cell_text(cell)) for cell in column.head(200))])
    if longest > 24:
        return f"minmax(12em, {min(longest, 90) / 10:.1f}fr)"
    return f"minmax({longest * 0.56 + 1.8:.1f}em, {1 if place else 1.5}fr)"
