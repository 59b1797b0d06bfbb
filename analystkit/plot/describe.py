"""What a picture shows, in a sentence or two, for those who cannot see it."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from analystkit.errors import ArgumentError, check_choice
from analystkit.measure.cells import NO_ARTICLES
from analystkit.measure.word_answer import WordAnswer
from analystkit.plot.shape import (
    cells_of,
    differences_of,
    is_empty,
    is_tone,
    period_label,
    plural,
    rows_of,
    series_of,
)
from analystkit.plot.style import percent_to, signed

if TYPE_CHECKING:
    from analystkit.measure.answer import Answer

WORD_KINDS: Final = ("bursts", "dispersion", "keyness")
PLOT_KINDS: Final = ("co-mention", "comparison", "heatmap", "ranking", "timeline", "tone")
_NAMED = 3  # rows a listener can hold in mind
_NAMED_WORDS = 5


def describe_plot(
    answer: Answer | WordAnswer, kind: str, *, items: str | Sequence[str] | None = None, n: int = 15
) -> str:
    """Return the alternative text of a picture: its question and its main figures.

    Parameters
    ----------
    answer
        What is drawn.
    kind
        "co-mention", "comparison", "heatmap", "ranking", "timeline" or "tone"; of words "bursts", "dispersion" or
        "keyness".
    items, n
        As given to the plot.
    """
    check_choice("kind", kind, [*PLOT_KINDS, *WORD_KINDS])
    if kind in WORD_KINDS:
        return f"{answer.title} Nothing to draw." if not len(answer.table) else _of_words(answer, kind)
    if isinstance(answer, WordAnswer):
        raise ArgumentError(
            f"`kind` is {kind!r}, which an answer about words has not; allowed: {WORD_KINDS}."
        )
    if is_empty(answer):
        return f"{answer.title} No articles match."
    if kind == "timeline":
        return f"Line chart. {answer.title} {_timeline(answer, items)}"
    if kind == "heatmap":
        return f"Heat map. {answer.title} {_heatmap(answer)}"
    if kind == "co-mention":
        return f"{answer.title} {_ties(answer)}"
    if kind == "comparison":
        return f"Ranked dots. {answer.title} {_differences(answer, n)}"
    return f"Ranked dots. {answer.title} {_ranking(answer, n, ascending=kind == 'tone')}"


def _say(answer: Answer, value: float) -> str:
    return signed(value, 2) if is_tone(answer) else percent_to(value)


def _timeline(answer: Answer, items: str | Sequence[str] | None) -> str:
    series = series_of(answer, items)
    when = [period_label(series.first + x, series.unit) for x in range(series.n_periods)]
    parts = []
    for name in series.names:
        value = series.of(name).value
        known = np.flatnonzero(np.isfinite(value))
        if not len(known):
            continue
        low, high = (int(known[place]) for place in (value[known].argmin(), value[known].argmax()))
        parts.append(
            f"{name or 'All'} from {_say(answer, value[low])} ({when[low]})"
            f" to {_say(answer, value[high])} ({when[high]})"
        )
    gaps = [when[x] for start, stop in series.gaps() for x in range(start, stop)]
    missing = f"; no articles in {_some(gaps)}" if gaps else ""
    return f"{when[0]} to {when[-1]}: {'; '.join(parts)}{missing}."


def _ranking(answer: Answer, n: int, *, ascending: bool) -> str:
    rows, total = rows_of(answer, n=n, ascending=ascending)
    said = [_row(answer, row) for row in rows.to_dict("records")]
    if len(said) > _NAMED + 1:
        said = [*said[:_NAMED], f"... down to {said[-1]}" if not ascending else f"... up to {said[-1]}"]
    column = next((key for key in (answer.item, *answer.by) if key), "row")
    return f"{len(rows)} of {plural(column, total)}: {', '.join(said)}."


def _row(answer: Answer, row: dict[Hashable, Any]) -> str:
    unsure = "" if row.get("sign", "") in ("", "negative", "positive") else f", {row['sign']}"
    return f"{row['name']} {_say(answer, row['value'])} (n = {row['n']:,.0f}{unsure})"


def _heatmap(answer: Answer) -> str:
    cells = cells_of(answer)
    known = cells.table.dropna(subset="value")
    value, y, x = (known[name].to_numpy() for name in ("value", "y", "x"))
    low, high = (
        {"value": value[place], "y": y[place], "x": x[place]} for place in (value.argmin(), value.argmax())
    )
    ends = " ".join(
        f"{word}: {_say(answer, cell['value'])}, {cells.rows[int(cell['y'])]}, {cells.columns[int(cell['x'])]}."
        for word, cell in (("Highest", high), ("Lowest", low))
    )
    empty = cells.table["note"].eq(NO_ARTICLES).groupby(cells.table["x"]).all()
    gaps = [cells.columns[int(x)] for x in empty.index[empty]]
    missing = f" No articles in {_some(gaps)}." if gaps else ""
    across = plural(cells.across, len(cells.columns))
    return f"{len(cells.rows)} rows by {across}. {ends}{missing}"


def _ties(answer: Answer) -> str:
    rows = answer.table.to_dict("records")
    one = len({row["actor"] for row in rows}) == 1
    told = [
        f"{'' if one else row['actor'] + ' with '}{row['partner']} {percent_to(row['share'])}"
        f" (n = {row['n']:,}, NPMI {signed(row['npmi'], 2)})"
        for row in rows[:_NAMED]
    ]
    return f"{'Ranked dots' if one else 'Matrix'} of {plural('pair', len(rows))}; most strongly tied: {', '.join(told)}."


def _differences(answer: Answer, n: int) -> str:
    rows, total, (first, second) = differences_of(answer, n=n)
    settled = [row for row in rows.to_dict("records") if row["sign"] in ("higher", "lower")]
    told = [
        f"{row['name']} {row['sign']} in {second} ({percent_to(row['was'])} in {first}, {percent_to(row['is'])} in {second})"
        for row in sorted(settled, key=lambda row: -abs(row["value"]))[:_NAMED]
    ]
    said = "; ".join(told) if told else "no difference is settled"
    return f"{len(rows)} of {plural(str(answer.item), total)}: {said}."


def _of_words(answer: Answer | WordAnswer, kind: str) -> str:
    table = answer.table
    if kind == "keyness":
        parts = []
        for side, sign in (("more in the target", "more"), ("less", "less")):
            own = table[table["sign"] == sign].head(_NAMED_WORDS)
            told = zip(own["term"], own["n"], own["n_reference"], strict=True)
            named = ", ".join(f"{term} ({here} to {there})" for term, here, there in told)
            parts.append(f"{side}: {named or 'none settled'}")
        return f"Ranked dots. {answer.title} {'; '.join(parts)}."
    if kind == "bursts":
        largest = table.sort_values("weight", ascending=False).head(_NAMED_WORDS)
        items = zip(largest[answer.keys[0]], largest["period"], largest["times"], strict=True)
        told_bursts = "; ".join(f"{name}, {period}, {times:.1f} times" for name, period, times in items)
        return f"Bars over time. {answer.title} {told_bursts}."
    first = table.head(_NAMED_WORDS)
    places = ", ".join(f"{term} ({n})" for term, n in zip(first["term"], first["n"], strict=True))
    return f"Strokes over time. Where does each term stand? {places}."


def _some(names: list[str]) -> str:
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    return ", ".join(names[:_NAMED]) + more
