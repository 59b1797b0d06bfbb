"""Groups of articles: by day, week, month or year, by outlet, section or language; without holes in time."""

from __future__ import annotations

import itertools
import re
import warnings
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analystkit.collection import Collection, counted
from analystkit.errors import ArgumentError, UndatedArticlesWarning, check_choice

TIMES: Final = ("day", "week", "month", "year")
TRAITS: Final = ("outlet", "section", "language")

By = str | Iterable[str] | None

_ONE_DAY: Final = pd.Timedelta(days=1)
_LABEL: Final = re.compile(r"(\d{4})(?:-W(\d\d)|-(\d\d)(?:-(\d\d))?)?")


@dataclass(frozen=True)
class Grouped:
    """The articles of a collection with their groups.

    Attributes
    ----------
    by
        Names of the group columns.
    articles
        `article_id`, `story_id`, the group columns, and `order` (that of publication); undated articles are left out
        when one of the groups is a time.
    grid
        One row per group, in order; every day, week, month or year between the first and the last is there.
    n_left_out
        How many articles were left out.
    """

    by: tuple[str, ...]
    articles: pd.DataFrame
    grid: pd.DataFrame
    n_left_out: int


def group_articles(
    collection: Collection, by: By, *, actors: Iterable[str] | None = None, stacklevel: int = 4
) -> Grouped:
    """Return the articles of a collection with their groups.

    With `actors`, "actor" is a group as well: an article stands in that of each of these actors that it names.

    Warns
    -----
    UndatedArticlesWarning
        Articles without a date are left out when a group is a time.
    """
    names = () if by is None else (by,) if isinstance(by, str) else tuple(by)
    for name in names:
        check_choice("by", name, [*TIMES, *TRAITS, *([] if actors is None else ["actor"])])
    table = collection.articles
    dated = table["published"].notna()
    n_left_out = 0
    if any(name in TIMES for name in names):
        n_left_out = int((~dated).sum())
        if n_left_out:
            warnings.warn(
                f"{counted(n_left_out, 'article')} of {len(table):,} without a date of publication left out.",
                UndatedArticlesWarning,
                stacklevel=stacklevel,
            )
        table = table[dated]
    articles = table[["article_id", "story_id"]].copy()
    articles["order"] = table["published"].rank(method="first", na_option="bottom").astype("int64")
    values: list[list[str]] = []
    for name in names:
        if name == "actor":
            chosen = list(dict.fromkeys(actors or ()))
            named = collection.mentions[["article_id", "actor"]].drop_duplicates()
            articles = articles.merge(named[named["actor"].isin(chosen)], on="article_id")
            values.append(chosen)
        elif name in TIMES:
            articles[name] = articles["article_id"].map(
                label_times(table["published"], name).set_axis(table["article_id"])
            )
            values.append(all_times(table["published"], name))
        else:
            articles[name] = articles["article_id"].map(table.set_index("article_id")[name])
            values.append(sorted(table[name].unique()))
    grid = pd.DataFrame(list(itertools.product(*values)), columns=list(names))
    if not len(articles):
        grid = grid.iloc[:0]  # the actors are named in undated articles alone
    return Grouped(names, articles.reset_index(drop=True), grid, n_left_out)


def longest_copies(collection: Collection, articles: pd.DataFrame, by: Iterable[str] = ()) -> pd.DataFrame:
    """Return one article of each story and group: the longest, since tails are cut.

    Ties are settled without the order of the files.
    """
    ranked = articles.merge(collection.articles[["article_id", "n_words"]], on="article_id")
    ranked = ranked.sort_values(["n_words", "article_id"], ascending=[False, True])
    return ranked.drop(columns="n_words").drop_duplicates([*by, "story_id"])


def label_times(published: pd.Series, unit: str) -> pd.Series:
    """Return the label of each date: "2023-09-13", "2023-W37" (ISO), "2023-09" or "2023".

    >>> label_times(pd.Series(pd.to_datetime(["2023-09-13", "2024-12-30"])), "week").tolist()
    ['2023-W37', '2025-W01']
    """
    form = {"day": "%Y-%m-%d", "week": "%G-W%V", "month": "%Y-%m", "year": "%Y"}[unit]
    labels: pd.Series = published.dt.strftime(form).astype("str")
    return labels


def all_times(published: pd.Series, unit: str) -> list[str]:
    """Return the labels from the first date to the last, without holes.

    >>> all_times(pd.Series(pd.to_datetime(["2023-11-30", "2024-02-01"])), "month")
    ['2023-11', '2023-12', '2024-01', '2024-02']
    """
    if not len(published):
        return []
    days = pd.Series(pd.date_range(published.min().normalize(), published.max().normalize(), freq="D"))
    return list(dict.fromkeys(label_times(days, unit)))


def covered_shares(
    times: Iterable[str], *, since: str | date | None = None, until: str | date | None = None
) -> NDArray[np.float64]:
    """Return what share of each period was observed: the exposure of its count.

    Parameters
    ----------
    times
        Labels of periods, as in the tables of answers: "1962", "1962-03", "1962-W12" (ISO) or "1962-03-22".
    since, until
        First and last day observed, both included; None: from the first, or to the last, period as a whole.

    Returns
    -------
    ndarray of float, shape (times,)
        1 of a period observed as a whole, 0 of one outside.

    Raises
    ------
    ArgumentError
        A label or a day cannot be read, or the first day is after the last.

    Notes
    -----
    A count of a period that ends early looks like a fall. Shares of all units need no exposure: both numbers are from
    the days observed.

    Examples
    --------
    To 22 March 1962, 81 days of 365:

    >>> covered_shares(["1961", "1962"], until="1962-03-22").round(4).tolist()
    [1.0, 0.2219]
    """
    first = None if since is None else _as_day("since", since)
    last = None if until is None else _as_day("until", until) + _ONE_DAY
    if first is not None and last is not None and first >= last:
        raise ArgumentError(f"`since` is {since!r}, after `until`, {until!r}.")
    shares = []
    for label in times:
        start, end = _ends(label)
        seen = (end if last is None else min(end, last)) - (start if first is None else max(start, first))
        shares.append(max(seen / (end - start), 0.0))
    return np.array(shares, dtype=np.float64)


def observed_span(collection: Collection) -> tuple[pd.Timestamp | None, pd.Timestamp | None]:
    """Return the first and last day that a collection was observed.

    These are the days it was narrowed to, else those of its first and last article; None where it has no dates.
    """
    days = collection.articles["published"].dropna()
    if not len(days):
        return None, None
    since = [pd.Timestamp(str(step["since"])) for step in collection.filters if "since" in step]
    until = [pd.Timestamp(str(step["until"])) for step in collection.filters if "until" in step]
    return max(since, default=days.min()).normalize(), min(until, default=days.max()).normalize()


def _as_day(argument: str, given: str | date) -> pd.Timestamp:
    try:
        return pd.Timestamp(given).normalize()
    except (ValueError, TypeError):
        raise ArgumentError(f"`{argument}` is {given!r}; give a day such as '2023-09-13'.") from None


def _ends(label: str) -> tuple[pd.Timestamp, pd.Timestamp]:
    """Return when a period begins and when the next one does."""
    found = _LABEL.fullmatch(label)
    try:
        if found:
            year, week, month, day = (int(part) if part else 0 for part in found.groups())
            if week:
                start = pd.Timestamp(date.fromisocalendar(year, week, 1))
                return start, start + 7 * _ONE_DAY
            if day:
                start = pd.Timestamp(year, month, day)
                return start, start + _ONE_DAY
            start = pd.Timestamp(year, month or 1, 1)
            return start, start + (pd.DateOffset(months=1) if month else pd.DateOffset(years=1))
    except ValueError:
        pass
    raise ArgumentError(
        f"`times` holds {label!r}; write periods as '1962', '1962-03', '1962-W12' or '1962-03-22'."
    )
