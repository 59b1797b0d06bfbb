"""Tables of articles: CSV and TSV, XLSX, Parquet; one row per article."""

from __future__ import annotations

import contextlib
import csv
import io
import re
import warnings
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

import pyarrow.parquet

from analystkit.read.columns import TableOptions, match_columns, no_text_column, present, rows_to_items
from analystkit.read.items import Item, Problem
from analystkit.read.lists import finish_list, is_list

if TYPE_CHECKING:
    from openpyxl import Workbook

DELIMITERS = ",;\t|"
#: The header of a spreadsheet may stand below some lines about the export.
_HEADER_WITHIN = 20

_NOT_CLOSED = "a quotation mark is not closed, or stands within a cell without being doubled; skipped to the next whole row"

csv.field_size_limit(1_000_000_000)


def read_delimited(
    text: str, path: str, sha256: str, options: TableOptions, problems: list[Problem]
) -> list[Item]:
    """Read a CSV or TSV file; the delimiter is the one that the header has most of.

    Rows with too few or too many cells, or with a quotation mark that never closes, are reported by the line on which
    they begin and left out.
    """
    lines = list(io.StringIO(text.lstrip("\ufeff"), newline=""))
    first = next((i for i, line in enumerate(lines) if line.strip()), 0)
    # Excel's own way to name the delimiter.
    if named := re.fullmatch(r"sep=(.)", lines[first].strip(), re.IGNORECASE):
        first += 1
    delimiter = named[1] if named else sniff_delimiter(lines[first])
    header: list[str] = []
    rows: list[tuple[str, Mapping[str, object]]] = []
    lost = False
    for number, cells, fault in _csv_rows(lines, first, delimiter):
        where = f"line {number}"
        if not header and cells:
            header = [cell.strip() for cell in cells]
            continue
        fits = len(cells) == len(header)
        if fits and fault:
            problems.append(Problem(path, where, "warning", fault, "loaded; compare its text with the file"))
        elif not fits and not (lost and cells):
            fault = fault or f"{len(cells)} cells where the header has {len(header)}"
            problems.append(Problem(path, where, "error", fault, "mend the row; the other rows were loaded"))
        if fits:
            rows.append((where, dict(zip(_distinct(header), cells, strict=True))))
        # What follows a row that was given up may be the rest of it.
        lost = not cells or (lost and not fits)
    twice = sorted({name for name in header if header.count(name) > 1})
    if twice:
        problems.append(
            Problem(
                path,
                "header",
                "warning",
                f"column(s) {twice} occur twice; the first was used",
                "rename one of them",
            )
        )
    return _items(
        rows, _distinct(header), options, path, "tsv" if delimiter == "\t" else "csv", sha256, problems
    )


def _csv_rows(lines: list[str], first: int, delimiter: str) -> Iterator[tuple[int, list[str], str]]:
    """Yield the number of the line on which a row begins (from 1), its cells, and what is wrong with its marks.

    A quotation mark that never closes would swallow the rows below it: such a row is yielded without cells, and reading
    goes on at the next line. A mark within a cell on one line costs no more than itself.
    """
    at = first
    while at < len(lines):
        begun = at
        reader = csv.reader(
            map(lines.__getitem__, range(begun, len(lines))), delimiter=delimiter, strict=True
        )
        try:
            for cells in reader:
                if any(cell.strip() for cell in cells):
                    yield at + 1, cells, ""
                at = begun + reader.line_num
        except csv.Error:
            if begun + reader.line_num == at + 1:
                cells = next(csv.reader([lines[at]], delimiter=delimiter))
                yield at + 1, cells, "a quotation mark within a cell is not doubled, or not closed"
            else:
                yield at + 1, [], _NOT_CLOSED
            at += 1


def sniff_delimiter(header: str) -> str:
    """Return the delimiter that a header line has most of; a comma if it has none."""
    return max(DELIMITERS, key=lambda mark: (header.count(mark), mark == ","))


def read_xlsx(
    data: bytes, path: str, sha256: str, options: TableOptions, problems: list[Problem]
) -> list[Item]:
    """Read the sheets of a workbook; in each the header is the first row with a column that holds the text."""
    import openpyxl  # a sixth of the time that importing the library takes, and few folders hold a workbook

    with warnings.catch_warnings():
        # openpyxl warns of styles and drawings that it leaves out; only cells matter here.
        warnings.simplefilter("ignore")
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        with contextlib.closing(book):
            return _sheets(book, path, sha256, options, problems)


def _sheets(
    book: Workbook, path: str, sha256: str, options: TableOptions, problems: list[Problem]
) -> list[Item]:
    items: list[Item] = []
    found = False
    seen: list[str] = []
    for sheet in book.worksheets:
        header: list[str] = []
        rows: list[tuple[str, Mapping[str, object]]] = []
        for number, cells in enumerate(sheet.iter_rows(values_only=True), start=1):
            if header:
                if any(cell is not None for cell in cells):
                    rows.append((f"{sheet.title}, row {number}", dict(zip(header, cells, strict=False))))
                continue
            names = ["" if cell is None else str(cell).strip() for cell in cells]
            given = {field: column for field, column in options.columns.items() if column in names}
            known = match_columns(names, given)
            if "text" in known or is_list(known):
                header = _distinct(names)
            elif number == _HEADER_WITHIN:
                break
            elif number == 1:
                seen += filter(None, names)
        found = found or bool(header)
        if header:
            items += _items(rows, header, options, path, "xlsx", sha256, problems)
    if not found:
        problems.append(
            no_text_column(path, seen)
            if seen
            else Problem(path, "", "error", "the workbook is empty", "save it again")
        )
    return items


def read_parquet(
    data: bytes, path: str, sha256: str, options: TableOptions, problems: list[Problem]
) -> list[Item]:
    """Read a Parquet file."""
    table = pyarrow.parquet.read_table(io.BytesIO(data))
    names = [str(name) for name in table.column_names]
    rows: Iterator[tuple[str, Mapping[str, object]]] = (
        (f"row {number}", row) for number, row in enumerate(table.to_pylist(), start=1)
    )
    return _items(list(rows), names, options, path, "parquet", sha256, problems)


def _items(
    rows: list[tuple[str, Mapping[str, object]]],
    names: list[str],
    options: TableOptions,
    path: str,
    format: str,
    sha256: str,
    problems: list[Problem],
) -> list[Item]:
    fields = match_columns(names, present(options.columns, names, path, problems))
    listed = is_list(fields)
    if "text" not in fields and not listed:
        problems.append(no_text_column(path, names))
        return []
    if not rows:
        problems.append(
            Problem(path, "", "error", "a header without rows", "check that the export is complete")
        )
    items = rows_to_items(
        rows, fields, options, path=path, format=format, sha256=sha256, problems=problems, keep_empty=listed
    )
    if listed:
        finish_list(items, fields, path, problems)
    return items


def _distinct(names: list[str]) -> list[str]:
    """Return names made unique, the first of each unchanged."""
    seen: dict[str, int] = {}
    out = []
    for name in names:
        seen[name] = seen.get(name, 0) + 1
        out.append(name if seen[name] == 1 else f"{name}.{seen[name]}")
    return out
