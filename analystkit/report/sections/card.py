"""All about one actor: the answers of its card."""

from __future__ import annotations

from analystkit.measure import Answer, actor_card
from analystkit.plot import plot_timeline
from analystkit.report.builder import Builder
from analystkit.report.content import Number, Section, Table
from analystkit.report.sections.parts import has_time, picture
from analystkit.report.wording import day, interval, percent, records, signed


def card_section(builder: Builder, actor: str, number: int) -> Section:
    """Return all about one actor."""
    card = actor_card(builder.collection, actor, count=builder.count)
    pictures, tables = [], []
    if "over time" in card.answers and has_time(builder.collection):
        pictures.append(picture(plot_timeline, card.answers["over time"], "timeline", f"card{number}"))
    for name, answer in card.answers.items():
        if name not in {"over all", "over time"} and len(answer.table):
            tables.append(_card_table(builder, answer, actor))
    return Section(
        id=f"card-{number}",
        heading=actor,
        finding=card.describe(),
        pictures=pictures,
        tables=tables,
        limits="Roles are the text's own words; a date says when the text was published, not when the office was held."
        " Named together is not acting together, and the tone of a sentence is that of its words.",
    )


def _card_table(builder: Builder, answer: Answer, actor: str) -> Table:
    """Return the rows of one answer of a card, by its last key; the actor is that of the card."""
    key, number = answer.keys[-1], builder.open(answer)
    table = answer.table
    days = [name for name in ("first", "last", "day") if name in table]
    rows = []
    for row in records(table):
        name = row[key] or f"(no {key})"
        mean = "mean" in table
        value = signed(row["mean"]) if mean else percent(row["share"])
        ends = f"{signed(row['low'])} to {signed(row['high'])}" if mean else interval(row["low"], row["high"])
        told = [Number(value), Number(ends), *(Number(day(row[name])) for name in days), Number(row["note"])]
        rows.append([Number(name), number(row, f"{actor}, {name}"), *told])
    heads = [
        key.capitalize(),
        answer.count.capitalize(),
        "Mean" if "mean" in table else "Share",
        "95 % interval",
    ]
    return Table(f"{answer.title} {answer.subtitle}", [*heads, *map(str.capitalize, days), "Note"], rows)
