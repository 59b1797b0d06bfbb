"""Records of articles: JSON (one object, a list, or an object that holds the list) and JSON lines."""

from __future__ import annotations

import json
from collections.abc import Mapping

from analystkit.read.columns import TableOptions, match_columns, no_text_column, rows_to_items
from analystkit.read.items import Item, Problem

Row = tuple[str, Mapping[str, object]]


def read_json(
    text: str, path: str, sha256: str, options: TableOptions, problems: list[Problem]
) -> list[Item]:
    """Read a JSON file: one article, a list of articles, or an object in which some key holds the list."""
    try:
        data = json.loads(text)
    except json.JSONDecodeError as fault:
        where = f"line {fault.lineno}, column {fault.colno}"
        problems.append(
            Problem(
                path, where, "error", f"not valid JSON ({fault.msg})", "export it again or mend that place"
            )
        )
        return []
    except RecursionError:
        problems.append(
            Problem(path, "", "error", "nested too deeply", "export it again as a list of articles")
        )
        return []
    return _items(_records(data), path, "json", sha256, options, problems)


def read_json_lines(
    text: str, path: str, sha256: str, options: TableOptions, problems: list[Problem]
) -> list[Item]:
    """Read JSON lines: one object per line; a line that cannot be read is reported and the rest loads."""
    rows: list[Row] = []
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        where = f"line {number}"
        try:
            record = json.loads(line)
        except (json.JSONDecodeError, RecursionError) as fault:
            reason = getattr(fault, "msg", "nested too deeply")
            problems.append(
                Problem(
                    path,
                    where,
                    "error",
                    f"not valid JSON ({reason})",
                    "mend the line; the others were loaded",
                )
            )
            continue
        if isinstance(record, dict):
            rows.append((where, record))
        else:
            problems.append(
                Problem(path, where, "error", "not an object with named fields", "each line must be {...}")
            )
    return _items(rows, path, "jsonl", sha256, options, problems)


def _records(data: object) -> list[Row]:
    if isinstance(data, dict):
        lists = [
            value
            for value in data.values()
            if isinstance(value, list) and value and isinstance(value[0], dict)
        ]
        if not lists:
            return [("", data)]
        data = max(lists, key=len)
    if isinstance(data, list):
        return [(f"item {i}", record) for i, record in enumerate(data, start=1) if isinstance(record, dict)]
    return []


def _items(
    rows: list[Row], path: str, format: str, sha256: str, options: TableOptions, problems: list[Problem]
) -> list[Item]:
    if not rows:
        if not any(problem.path == path for problem in problems):
            problems.append(
                Problem(
                    path, "", "error", "holds no objects with named fields", "export it as a list of articles"
                )
            )
        return []
    names = list(dict.fromkeys(name for _, row in rows for name in row))
    given = {field: column for field, column in options.columns.items() if column in names}
    fields = match_columns(names, given)
    if "text" not in fields:
        problems.append(no_text_column(path, names))
        return []
    return rows_to_items(rows, fields, options, path=path, format=format, sha256=sha256, problems=problems)
