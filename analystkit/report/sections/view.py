"""Views saved in explorers, as they were looked at: pictures and all numbers of each panel."""

from __future__ import annotations

import functools
from collections.abc import Iterator

from matplotlib.axes import Axes

from analystkit.measure import Answer
from analystkit.plot.natural import draw_answer
from analystkit.plot.shape import is_empty
from analystkit.report.builder import Builder
from analystkit.report.content import Number, Section, Table
from analystkit.report.sections.parts import picture
from analystkit.report.wording import records
from analystkit.views import View
from analystkit.views.readable import cell_text, number_table
from analystkit.views.saved import fingerprint


def view_sections(builder: Builder, view: View, number: int) -> Iterator[Section]:
    """Yield a section for each panel of a view: its pictures and all its numbers, as they were looked at."""
    base = builder.collection
    if fingerprint(base)["articles"] != view.collection.get("articles"):
        base = builder.whole
    panels, choices = view.on(base)
    for panel in panels:
        now = panel.answer(base, choices)
        kept = panel.kept(base, choices, now)
        kind, prefix = panel.kind(now, choices), f"view{number}-{panel.name}"
        pictures, tables = [], []
        for side, answer in (("Kept", kept), ("Now", now)):
            if answer is None:
                continue
            if not is_empty(answer):
                draw = functools.partial(_draw_as, kind)
                pictures.append(picture(draw, answer, kind, f"{prefix}-{side.lower()}"))
            caption = f"{answer.title} {answer.subtitle}" if kept is None else f"{side}: {answer.subtitle}"
            tables.append(_view_table(builder, answer, caption))
        told = (
            now.describe()
            if kept is None
            else f"Now: {now.describe()} Kept for comparison: {kept.describe()}"
        )
        differences = panel.differences(now, kept) if kept is not None else ""
        name = (
            panel.heading
            if not view.title
            else f"{view.title}: {panel.heading[:1].lower()}{panel.heading[1:]}"
        )
        yield Section(
            id=prefix,
            heading=f"{name} (a view)",
            finding=f"{told} {differences}".strip(),
            pictures=pictures,
            tables=tables,
            limits=panel.limits,
        )


def _draw_as(kind: str, answer: Answer, *, ax: Axes) -> Axes:
    draw_answer(answer, kind, ax)
    return ax


def _view_table(builder: Builder, answer: Answer, caption: str) -> Table:
    """Return all rows of an answer, in the words in which explorers show them; each count opens to its evidence."""
    number, told = builder.open(answer), answer.count.capitalize()
    words = number_table(answer)
    rows = []
    for row, cells in zip(records(answer.table), records(words), strict=True):
        name = ", ".join(row[key] or f"(no {key})" for key in answer.keys) or "All"
        rows.append(
            [number(row, name) if head == told else Number(cell_text(cell)) for head, cell in cells.items()]
        )
    return Table(caption, [str(head) for head in words], rows)
