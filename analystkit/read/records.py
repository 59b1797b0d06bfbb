"""Records of articles: JSON (one object, a list, or an object that holds the list) and JSON lines."""

from __future__ import annotations

import functools
import json
from collections.abc import Iterator, Mapping

from analystkit.read.columns import TableOptions, match_columns, no_text_column, present, rows_to_items
from analystkit.read.items import Item, Problem
from analystkit.read.lists import finish_list, is_list

Row = tuple[str, Mapping[str, object]]


def read_json(
    text: str, path: str, sha256: str, options: TableOptions, problems: list[Problem]
) -> list[Item]:
    """Read a JSON file: one article, a list of articles, or an object in which some key holds the list."""
    try:
        data = json.loads(text)
    except ValueError as fault:
        where, reason = "", str(fault)  # a number of thousands of digits has no place
        if isinstance(fault, json.JSONDecodeError):
            where, reason = f"line {fault.lineno}, column {fault.colno}", fault.msg
        reason = f"not valid JSON ({reason})"
        problems.append(Problem(path, where, "error", reason, "export it again or mend that place"))
        return []
    except RecursionError:
        problems.append(
            Problem(path, "", "error", "nested too deeply", "export it again as a list of articles")
        )
        return []
    rows = _records(data, options, path, problems)
    return _items(rows, path, "json", sha256, options, problems)


def read_json_lines(
    text: str, path: str, sha256: str, options: TableOptions, problems: list[Problem]
) -> list[Item]:
    """Read JSON lines: one object per line; a line that cannot be read is reported and the rest loads."""
    rows = parse_lines(text, path, problems)
    return _items(rows, path, "jsonl", sha256, options, problems)


def parse_lines(text: str, path: str, problems: list[Problem], *, first: int = 1) -> list[Row]:
    """Return the objects on the lines of a text, whose first line has the number `first`, with their places."""
    rows: list[Row] = []
    for number, line in enumerate(text.split("\n"), start=first):
        if not line.strip():
            continue
        where = f"line {number}"
        try:
            record = json.loads(line)
        except (ValueError, RecursionError) as fault:
            # A number of thousands of digits is a ValueError without a `msg`.
            reason = (
                "nested too deeply" if isinstance(fault, RecursionError) else getattr(fault, "msg", fault)
            )
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
            problems.append(_no_object(path, where))
    return rows


def _no_object(path: str, where: str) -> Problem:
    return Problem(path, where, "error", "not an object with named fields", "each article must be {...}")


def _records(data: object, options: TableOptions, path: str, problems: list[Problem]) -> list[Row]:
    if isinstance(data, dict):
        given = {field: column for field, column in options.columns.items() if column in data}
        text = match_columns(list(data), given).get("text")
        # An article may hold lists of its own (pictures, authors); what holds the articles has no text.
        lists = [] if text and isinstance(data[text], str) else list(_lists_of_objects(data))
        if not lists:
            return [("", data)]
        data = max(lists, key=len)
    if not isinstance(data, list):
        return []
    rows: list[Row] = []
    for i, record in enumerate(data, start=1):
        if isinstance(record, dict):
            rows.append((f"item {i}", record))
        else:
            problems.append(_no_object(path, f"item {i}"))
    return rows


def _lists_of_objects(data: Mapping[str, object], depth: int = 0) -> Iterator[list[object]]:
    """Yield the lists of objects in an object and, down to the third level, in the objects it holds."""
    for value in data.values():
        if isinstance(value, list) and any(isinstance(entry, dict) for entry in value):
            yield value
        elif isinstance(value, dict) and depth < 2:
            yield from _lists_of_objects(value, depth + 1)


def fields_of(
    names: list[str], path: str, options: TableOptions, problems: list[Problem]
) -> Mapping[str, str]:
    """Return which of the names of objects holds which field."""
    given = present(options.columns, names, path, problems)
    # Files of one export have the same names, thousands of times.
    return _matched(tuple(names), tuple(given.items()))


@functools.lru_cache(maxsize=64)
def _matched(names: tuple[str, ...], given: tuple[tuple[str, str], ...]) -> Mapping[str, str]:
    return match_columns(names, dict(given))


def _items(
    rows: list[Row], path: str, format: str, sha256: str, options: TableOptions, problems: list[Problem]
) -> list[Item]:
    if not any(row for _, row in rows):
        if not any(problem.path == path and problem.severity == "error" for problem in problems):
            problems.append(
                Problem(
                    path, "", "error", "holds no objects with named fields", "export it as a list of articles"
                )
            )
        return []
    names = list(dict.fromkeys(name for _, row in rows for name in row))
    fields = fields_of(names, path, options, problems)
    listed = is_list(fields)
    if "text" not in fields and not listed:
        problems.append(no_text_column(path, names))
        return []
    items = rows_to_items(
        rows, fields, options, path=path, format=format, sha256=sha256, problems=problems, keep_empty=listed
    )
    if listed:
        finish_list(items, fields, path, problems)
    return items
