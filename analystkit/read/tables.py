"""Tables of articles: CSV and TSV, XLSX, Parquet; one row per article."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping

import openpyxl
import pyarrow.parquet

from analystkit.read.columns import TableOptions, match_columns, no_text_column, rows_to_items
from analystkit.read.items import Item, Problem

DELIMITERS = ",;\t|"
#: The header of a spreadsheet may stand below some lines about the export.
_HEADER_WITHIN = 20

csv.field_size_limit(1_000_000_000)


def read_delimited(
    text: str, path: str, sha256: str, options: TableOptions, problems: list[Problem]
) -> list[Item]:
    """Read a CSV or TSV file; the delimiter is the one that the header has most of.

    Rows with too few or too many cells are reported by the line on which they begin and left out.
    """
    header_line = text.lstrip("\ufeff\r\n").split("\n", 1)[0]
    delimiter = sniff_delimiter(header_line)
    reader = csv.reader(io.StringIO(text.lstrip("\ufeff"), newline=""), delimiter=delimiter)
    header: list[str] = []
    rows: list[tuple[str, Mapping[str, object]]] = []
    line = 1
    for cells in reader:
        begins, line = line, reader.line_num + 1
        if not any(cell.strip() for cell in cells):
            continue
        if not header:
            header = [cell.strip() for cell in cells]
            continue
        if len(cells) == len(header):
            rows.append((f"line {begins}", dict(zip(_distinct(header), cells, strict=True))))
        else:
            reason = f"{len(cells)} cells where the header has {len(header)}"
            if line - begins > 20 and len(cells) < len(header):
                reason += "; a quotation mark may never be closed"
            problems.append(
                Problem(path, f"line {begins}", "error", reason, "mend the row; the other rows were loaded")
            )
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


def sniff_delimiter(header: str) -> str:
    """Return the delimiter that a header line has most of; a comma if it has none."""
    return max(DELIMITERS, key=lambda mark: (header.count(mark), mark == ","))


def read_xlsx(
    data: bytes, path: str, sha256: str, options: TableOptions, problems: list[Problem]
) -> list[Item]:
    """Read the sheets of a workbook; in each the header is the first row with a column that holds the text."""
    book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    items: list[Item] = []
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
            if "text" in match_columns(names, _present(options.columns, names)):
                header = _distinct(names)
            elif number == _HEADER_WITHIN:
                break
            elif number == 1:
                seen += filter(None, names)
        if header:
            items += _items(rows, header, options, path, "xlsx", sha256, problems)
    if not items and seen:
        problems.append(no_text_column(path, seen))
    book.close()
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
    fields = match_columns(names, _present(options.columns, names))
    if "text" not in fields:
        problems.append(no_text_column(path, names))
        return []
    if not rows:
        problems.append(
            Problem(path, "", "error", "a header without rows", "check that the export is complete")
        )
    return rows_to_items(rows, fields, options, path=path, format=format, sha256=sha256, problems=problems)


def _present(given: Mapping[str, str], names: list[str]) -> dict[str, str]:
    """Return the given columns that this table has; a folder may hold tables of several shapes."""
    return {field: column for field, column in given.items() if column in names}


def _distinct(names: list[str]) -> list[str]:
    """Return names made unique, the first of each unchanged."""
    seen: dict[str, int] = {}
    out = []
    for name in names:
        seen[name] = seen.get(name, 0) + 1
        out.append(name if seen[name] == 1 else f"{name}.{seen[name]}")
    return out
