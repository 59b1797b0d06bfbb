"""What about, over time: topics by month, their bursts and changes of level, and what drove them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, Final

import pandas as pd

from analystkit.measure import Answer, topic_frequency
from analystkit.measure.cells import NO_ARTICLES, TOO_FEW
from analystkit.measure.periods import Over, bursts, change_points, drivers
from analystkit.measure.running import stopwords
from analystkit.measure.word_answer import WordAnswer
from analystkit.measure.word_frequency import word_frequency
from analystkit.plot import plot_bursts, plot_timeline
from analystkit.report.builder import Builder
from analystkit.report.content import Number, Section, Table
from analystkit.report.sections.actors import N_LINES
from analystkit.report.sections.parts import picture
from analystkit.report.sections.words import key_words, words_table
from analystkit.report.wording import day, interval, percent, records

#: How many words are followed where there are no term lists.
_WORDS: Final = 60
#: Of how many bursts and levels it is told what drove them: the weightiest.
_DRIVEN: Final = 3
#: How many stories and words of each.
_STORIES: Final = 5
_KEY_WORDS: Final = 6


def over_time_section(builder: Builder) -> Section:
    """Return when topics (or, without term lists, words) burst, when their level changed, and what drove it."""
    collection = builder.collection
    if collection.topics:
        return _section(builder, topic_frequency(collection, by="month", count=builder.count), builder.count)
    return _section(
        builder, word_frequency(collection, by="month", most=_WORDS, without=stopwords()), "words"
    )


def _section(builder: Builder, by_month: Over, unit: str) -> Section:
    item: str = by_month.keys[0]
    found: Over = bursts(by_month)
    levels: Over = change_points(by_month)
    changed = levels.table.groupby(item)[item].transform("size") > 1
    shown: pd.DataFrame = levels.table[changed]
    bursting: list[str] = list(dict.fromkeys([*found.table[item], *shown[item]]))
    pictures = []
    if isinstance(by_month, Answer):
        # Those that moved tell more than those that are frequent.
        named = [*bursting, *by_month.top(N_LINES).table[item].unique()]
        lines = by_month.only(list(dict.fromkeys(named))[:N_LINES])
        pictures.append(picture(plot_timeline, lines, "timeline", "over-time"))
    else:
        by_month = by_month.only(bursting[:_STORIES])
    if len(found.table):
        height = 1.9 + 0.34 * min(found.table[item].nunique(), 15)
        pictures.append(picture(plot_bursts, found, "bursts", "bursts", height=height))
    tables = []
    if len(found.table):
        tables.append(_periods_table(builder, found, unit, f"Bursts: {found.subtitle}"))
    if len(shown):
        part = replace(levels, table=shown.reset_index(drop=True))
        tables.append(_periods_table(builder, part, unit, f"Changes of level: {levels.subtitle}"))
    if len(by_month.table):
        tables.append(_months_table(builder, by_month, unit))
    for answer, row in _weightiest(found, levels):
        tables += _driver_tables(builder, answer, {item: row[item]}, row["period"])
    return Section(
        id="over-time",
        heading="What about, over time",
        finding=_finding(found, levels, unit),
        pictures=pictures,
        tables=tables,
        limits="A burst is a share that is twice the usual, or more, for some months; a change of level lasts. Both say"
        " when, not why: a share also rises when all else falls silent, a slow drift comes out as steps, and of many"
        " items some burst by chance. A dash is a month without articles, which is not 0. Words that set a period apart"
        " are compared with those of other stories on the same subject.",
    )


def _finding(found: Answer | WordAnswer, levels: Answer | WordAnswer, unit: str) -> str:
    item = found.keys[0]
    rows = records(found.table.sort_values("weight", ascending=False, kind="stable").head(_DRIVEN))
    told = [
        f"{row[item]}, {row['period']}: {_share(row, unit)}, {row['times']:.1f} times the usual"
        for row in rows
    ]
    said = f"Bursts: {'; '.join(told)}." if told else "Nothing bursts."
    last = levels.table[levels.table["began_low"] != ""]
    changes = [
        f"{row[item]} from {row['period'].partition(' to ')[0]} (began {row['began_low']} to {row['began_high']})"
        for row in records(last)[:_DRIVEN]
    ]
    more = f" and {len(last) - _DRIVEN} more" if len(last) > _DRIVEN else ""
    return f"{said} " + (
        f"Levels changed: {'; '.join(changes)}{more}." if changes else "No level changed for good."
    )


def _share(row: dict[str, Any], unit: str) -> str:
    if "n_words" in row:
        return f"{1000 * row['share']:.2f} per 1,000 words"
    return f"{row['n']:,} of {row['denominator']:,} {unit}"


def _periods_table(builder: Builder, answer: Answer | WordAnswer, unit: str, caption: str) -> Table:
    """Return the bursts or levels of an answer."""
    item, number = answer.keys[0], builder.open(answer)
    is_burst = answer.measure == "bursts"
    below = "n_words" if isinstance(answer, WordAnswer) else "denominator"
    rows = []
    for row in records(answer.table):
        share = [row["share"], row["low"], row["high"]]
        if below == "n_words":
            told = [f"{1000 * share[0]:.2f}", f"{1000 * share[1]:.2f} to {1000 * share[2]:.2f}"]
        else:
            told = [percent(share[0]), interval(share[1], share[2])]
        began = f"{row['began_low']} to {row['began_high']}" if row.get("began_low") else ""
        rest = [f"{row['times']:.1f}", f"{row['weight']:.1f}"] if is_burst else [began]
        rows.append(
            [
                Number(row[item]),
                Number(row["period"]),
                number(row, f"{row[item]}, {row['period']}"),
                Number(f"{row[below]:,}"),
                *map(Number, [*told, *rest]),
            ]
        )
    measure = "Per 1,000 words" if below == "n_words" else "Share"
    further = ["Times the usual", "Weight"] if is_burst else ["Began, 95 %"]
    heads = [item.capitalize(), "Period", _counted(unit), f"Of {unit}", measure, "95 % interval", *further]
    return Table(caption, heads, rows)


def _months_table(builder: Builder, answer: Answer | WordAnswer, unit: str) -> Table:
    """Return one row per month, one column per item, each number with its share and interval."""
    item, number = answer.keys[0], builder.open(answer)
    names = list(dict.fromkeys(answer.table[item]))
    rows: dict[str, list[Number]] = {}
    for row in records(answer.table):
        cells = rows.setdefault(row["month"], [Number(row["month"])])
        if row["note"] == NO_ARTICLES:
            cells.append(Number("–"))
            continue
        if isinstance(answer, WordAnswer):
            note = f"{row['per_1000_words']:.2f} ({row['low']:.2f}–{row['high']:.2f})"
        else:
            note = f"{percent(row['share'])} ({interval(row['low'], row['high'])})"
        note = TOO_FEW if row["note"] == TOO_FEW else note
        cells.append(replace(number(row, f"{row[item]}, {row['month']}"), note=note))
    per = "per 1,000 words" if unit == "words" else f"share of all {unit}"
    caption = f"By month: {_counted(unit).lower()}, {per} and 95 % interval; –: no articles"
    return Table(caption, ["Month", *names], list(rows.values()))


def _counted(unit: str) -> str:
    return "Occurrences" if unit == "words" else unit.capitalize()


def _weightiest(
    found: Answer | WordAnswer, levels: Answer | WordAnswer
) -> Iterator[tuple[Answer | WordAnswer, dict[str, Any]]]:
    """Yield bursts, the weightiest first, then levels that rose: each with the answer that it is of."""
    item = found.keys[0]
    rows = records(found.table.sort_values("weight", ascending=False, kind="stable"))
    chosen = [(found, row) for row in rows]
    told = {(row[item], row["period"]) for row in rows}
    before: dict[str, float] = {}
    for row in records(levels.table):
        rose = row["share"] > before.get(row[item], 1.0)
        before[row[item]] = row["share"]
        if rose and (row[item], row["period"]) not in told:
            chosen.append((levels, row))
    yield from chosen[:_DRIVEN]


def _driver_tables(
    builder: Builder, answer: Answer | WordAnswer, item: dict[str, str], period: str
) -> Iterator[Table]:
    """Yield the stories and the words that a burst, or a level, is made of."""
    why = drivers(answer, period=period, **item)
    name = next(iter(item.values()))
    evidence = records(why.hits)
    by_story: dict[str, list[dict[str, Any]]] = {}
    for hit in evidence:
        by_story.setdefault(hit["story_id"], []).append(hit)
    rows = [
        [
            Number(row["title"] or "(no title)"),
            Number(f"{row['outlet'] or 'no outlet'}, {day(row['published'])}"),
            builder.cite(by_story[row["story_id"]], f"{name}, {period}, {row['title']}", "occurrence"),
            Number(f"{row['n_articles']:,}"),
        ]
        for row in records(why.stories.head(_STORIES))
    ]
    n = len(why.stories)
    yield Table(
        f"What drove {name}, {period}: its stories, {min(n, _STORIES)} of {n:,}",
        ["Story", "First in", "Occurrences", "Articles"],
        rows,
    )
    words = key_words(why.words, _KEY_WORDS)
    if len(words):
        caption = f"What drove {name}, {period}: words that set its stories apart from others about it"
        yield words_table(builder, why.words, words, caption, ("then", "at other times"))
