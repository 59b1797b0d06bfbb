"""How a report prints days, shares, intervals and scores."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd

from analystkit.collection import day_in_words


def records(table: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the rows of a table by column name."""
    # As objects first: walking through Arrow strings one by one takes ten times as long.
    columns = [table[name].to_numpy(dtype=object).tolist() for name in table.columns]
    return [dict(zip(table.columns, cells, strict=True)) for cells in zip(*columns, strict=True)]


def day(moment: Any) -> str:
    """Return a day in words."""
    return day_in_words(moment) if moment == moment else "undated"


def percent(share: float) -> str:
    """Return a share in percent, with a digit behind the point where it is needed."""
    if math.isnan(share):
        return "–"
    return f"{100 * share:.0f} %" if share in (0, 1) or 0.01 <= share <= 0.99 else f"{100 * share:.1f} %"


def interval(low: float, high: float) -> str:
    """Return an interval of a share in percent."""
    return "" if math.isnan(low) else f"{percent(low).removesuffix(' %')}–{percent(high)}"


def points(value: float) -> str:
    """Return a difference of shares in points."""
    return "–" if math.isnan(value) else f"{100 * value:+.0f}".replace("-", "\N{MINUS SIGN}")


def within(value: str, low: str, high: str) -> str:
    """Return a value with its interval."""
    return value if "–" in (low, high) else f"{value} ({low} to {high})"


def signed(value: float) -> str:
    """Return a score with its sign."""
    return "–" if math.isnan(value) else f"{value:+.2f}".replace("-", "\N{MINUS SIGN}")
