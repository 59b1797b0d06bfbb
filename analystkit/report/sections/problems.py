"""What was not read, why, and what to do."""

from __future__ import annotations

from analystkit.collection import Collection, counted
from analystkit.report.content import Number, Section, Table
from analystkit.report.wording import records


def problems_section(collection: Collection) -> Section:
    """Return what was not read."""
    problems = collection.problems
    columns = ["path", "where", "severity", "reason", "remedy"]
    rows = [[Number(row[name]) for name in columns] for row in records(problems)]
    n_lost = int((problems["severity"] == "error").sum())
    return Section(
        id="problems",
        heading="What was not read",
        finding=f"{counted(n_lost, 'thing')} could not be loaded; {counted(len(problems) - n_lost, 'further note')}."
        if len(problems)
        else "Everything in the folder was loaded.",
        pictures=[],
        tables=[Table("Problems", ["File", "Where", "How bad", "What", "What to do"], rows)] if rows else [],
        limits="",
    )
