"""Tables of words that set two slices apart, each count of either slice opening to its sentences."""

from __future__ import annotations

import math

import pandas as pd

from analystkit.measure.running import stopwords
from analystkit.measure.word_answer import WordAnswer
from analystkit.report.builder import Builder
from analystkit.report.content import Number, Table
from analystkit.report.wording import records


def key_words(answer: WordAnswer, n: int, *, more: bool = True) -> pd.DataFrame:
    """Return the first `n` words that are more, or less, frequent in the target: settled ones before others.

    Words that carry grammar more than meaning are left out.
    """
    table = answer.table
    side = table["log_ratio"] > 0 if more else table["log_ratio"] < 0
    kept = table[side & ~table["term"].isin(set(stopwords()))]
    unsettled = ~kept["sign"].isin(["more", "less"])
    return kept.assign(unsettled=unsettled).sort_values("unsettled", kind="stable").head(n)


def words_table(
    builder: Builder, answer: WordAnswer, rows: pd.DataFrame, caption: str, names: tuple[str, str]
) -> Table:
    """Return some words of `keyness`, with how often each stands in either slice and how far the rates differ."""
    answer = answer.only(rows["term"].tolist())
    here, there = builder.open(answer), builder.open(answer, slice="reference")
    cells = [
        [
            Number(row["term"]),
            here(row, f"{row['term']}, {names[0]}"),
            there(row, f"{row['term']}, {names[1]}"),
            Number(times(row["log_ratio"])),
            Number(f"{times(row['low'])} to {times(row['high'])}"),
            Number(p_value(row["p_adjusted"])),
            Number(f"{row['dp_norm']:.2f}"),
            Number(row["sign"]),
        ]
        for row in records(rows)
    ]
    heads = [
        "Word",
        *(name.capitalize() for name in names),
        "Rate, times",
        "95 % interval",
        "p, corrected",
        "DPnorm",
        "Sign",
    ]
    return Table(caption, heads, cells)


def times(doublings: float) -> str:
    """Return a log ratio as how many times the rate is.

    >>> times(2.0), times(-1.0), times(9.0)
    ('4.0', '0.50', '512')
    """
    if math.isnan(doublings):
        return "–"
    value = 2.0**doublings
    return f"{value:.2f}" if value < 1 else f"{value:.1f}" if value < 100 else f"{value:,.0f}"


def p_value(p: float) -> str:
    """Return a p in three places."""
    return "< 0.001" if p < 0.001 else f"{p:.3f}"
