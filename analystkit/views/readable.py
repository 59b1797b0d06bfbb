"""The numbers of an answer as they are read: words for columns, shares and tones rounded."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd

from analystkit.measure import Answer
from analystkit.plot.style import percent_to, signed


def number_table(answer: Answer) -> pd.DataFrame:
    """Return the table of an answer as it is read: words for its columns, shares and tones rounded."""
    table = answer.table
    told = {name.capitalize(): table[name] for name in answer.keys}
    told[answer.count.capitalize()] = table["n"]
    if answer.measure == "tone":
        told["Mean tone"] = _texts(table["mean"], tone_in_words)
        told["95 % interval"] = _ranges(table, tone_in_words)
        told["Sign"] = table["sign"].where(table["sign"] != table["note"], "")
    else:
        told["Of"] = table["denominator"]
        told["Share"] = _texts(table["share"], share_in_words)
        if table["low"].notna().any():
            told["95 % interval"] = _ranges(table, share_in_words)
        told |= _further(table)
    return pd.DataFrame({**told, "Note": table["note"]})


def _further(table: pd.DataFrame) -> dict[str, pd.Series]:
    """Return what some measures have beside counts and shares, in words."""
    told: dict[str, pd.Series] = {}
    if "npmi" in table:
        told["Expected"] = _texts(table["expected"], lambda value: f"{value:,.1f}")
        told["NPMI"] = _texts(table["npmi"], tone_in_words)
        told["G2"] = _texts(table["log_likelihood"], lambda value: f"{value:,.1f}")
    if "difference" in table:
        told["Difference"] = _texts(table["difference"], _points)
        ends = table.rename(columns={"low": "_", "high": "__"})
        ends = ends.rename(columns={"difference_low": "low", "difference_high": "high"})
        told["its interval"] = _ranges(ends, _points)
        told["Sign"] = table["sign"]
    for name in ("first", "last", "day"):
        if name in table:
            told[name.capitalize()] = table[name]
    return told


def cell_text(value: object) -> str:
    """Return a value of a table as it is read.

    >>> cell_text(1234), cell_text(0.12345), cell_text(pd.NaT), cell_text(pd.Timestamp("2024-01-05"))
    ('1,234', '0.123', '', '2024-01-05')
    """
    if isinstance(value, pd.Timestamp):
        return f"{value:%Y-%m-%d}"
    if value is None or value is pd.NaT or (isinstance(value, float) and math.isnan(value)):
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return f"{value:,}"
    return f"{value:.3g}" if isinstance(value, float) else str(value)


def share_in_words(share: float) -> str:
    """Return a share in percent, with a decimal where it is small.

    >>> share_in_words(0.234), share_in_words(0.0234), share_in_words(0)
    ('23%', '2.3%', '0%')
    """
    return percent_to(share, 0 if share >= 0.1 or share == 0 else 1)


def tone_in_words(mean: float) -> str:
    """Return a tone with its sign and two decimals."""
    return signed(mean, 2)


def _points(difference: float) -> str:
    return signed(100 * difference, 0)


def _texts(values: pd.Series, say: Any) -> pd.Series:
    return pd.Series(["" if math.isnan(value) else say(value) for value in values], dtype="str")


def _ranges(table: pd.DataFrame, say: Any) -> pd.Series:
    ends = zip(table["low"], table["high"], strict=True)
    return pd.Series(
        ["" if math.isnan(low) else f"{say(low)} to {say(high)}" for low, high in ends], dtype="str"
    )
