"""What several sections are made of: tables of frequencies, pictures, and the finding in a sentence."""

from __future__ import annotations

from collections.abc import Callable

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analystkit.collection import Collection
from analystkit.measure import Answer
from analystkit.measure.word_answer import WordAnswer
from analystkit.plot import describe_plot, house_style, save_svg
from analystkit.report.builder import Builder
from analystkit.report.content import Number, Table
from analystkit.report.wording import interval, percent, records


def frequency_table(builder: Builder, answer: Answer, caption: str) -> Table:
    """Return items with their counts, shares and intervals, each count opening to its evidence."""
    item, number = str(answer.item), builder.open(answer)
    rows = [
        [
            Number(row[item]),
            number(row, row[item]),
            Number(percent(row["share"])),
            Number(interval(row["low"], row["high"])),
            Number(row["note"]),
        ]
        for row in records(answer.table)
    ]
    n = int(answer.table["denominator"].max()) if len(answer.table) else 0
    heads = [item.capitalize(), answer.count.capitalize(), f"Share of {n:,}", "95 % interval", "Note"]
    return Table(f"{caption}: {answer.subtitle}", heads, rows)


def grid_table(builder: Builder, answer: Answer, column: str, caption: str) -> Table:
    """Return items by times; a cell without articles is a dash, which is not 0."""
    item, number = str(answer.item), builder.open(answer)
    times = list(dict.fromkeys(answer.table[column]))
    rows: dict[str, list[Number]] = {}
    for row in records(answer.table):
        cells = rows.setdefault(row[item], [Number(row[item])])
        gap = row["note"] == "no articles"
        cells.append(Number("–") if gap else number(row, f"{row[item]}, {row[column]}"))
    heads = [item.capitalize(), *times]
    foot = [Number(f"all {answer.count}"), *builder.totals(column, answer.count)]
    return Table(caption, heads, [*rows.values(), foot])


def picture(
    draw: Callable[..., Axes], answer: Answer | WordAnswer, kind: str, prefix: str, *, height: float = 4.6
) -> str:
    """Return the picture of an answer as inline SVG with words for those who do not see it."""
    with house_style():
        figure = Figure(figsize=(7.6, height), layout="constrained")
        axes = draw(answer, ax=figure.subplots())
        alt = describe_plot(answer, kind)
        return save_svg(axes, prefix=f"{prefix}-", theme_following=True, alt=alt)


def most(answer: Answer) -> str:
    """Say which items were counted most, with their intervals."""
    item = str(answer.item)
    rows = answer.table[(answer.table["n"] > 0) & (answer.table["note"] == "")]
    told = [
        f"{row[item]} in {percent(row['share'])} of {answer.count} ({interval(row['low'], row['high'])})"
        for row in records(rows.sort_values("n", ascending=False, kind="stable").head(3))
    ]
    return f"Most: {'; '.join(told)}." if told else "Too few stories to say."


def has_time(collection: Collection) -> bool:
    """Say whether there is a series over time to show."""
    return bool(collection.articles["published"].dropna().dt.to_period("M").nunique() > 1)
