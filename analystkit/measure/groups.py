"""Groups of articles: by day, week, month or year, by outlet, section or language; without holes in time."""

from __future__ import annotations

import functools
import itertools
import math
import re
import warnings
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd
from numpy.typing import NDArray

from analystkit.codes import Ints, unique
from analystkit.collection import Collection, counted
from analystkit.errors import ArgumentError, UndatedArticlesWarning, check_choice

TIMES: Final = ("day", "week", "month", "year")
TRAITS: Final = ("outlet", "section", "language")

By = str | Iterable[str] | None

_ONE_DAY: Final = pd.Timedelta(days=1)
_LABEL: Final = re.compile(r"(\d{4})(?:-W(\d\d)|-(\d\d)(?:-(\d\d))?)?")


@dataclass(frozen=True, eq=False)
class Grouped:
    """The articles of a collection with their groups.

    Attributes
    ----------
    collection
        What was grouped.
    by
        Names of the group columns.
    labels
        For each of them its values, in order; of a time every day, week, month or year between the first and the last.
    article
        One entry per article and group it stands in: the article's position, see `Collection.codes`. Undated articles are
        left out when one of the groups is a time.
    group
        The number of the group; the last column of `by` runs fastest.
    n_left_out
        How many articles were left out.
    """

    collection: Collection
    by: tuple[str, ...]
    labels: tuple[Sequence[str], ...]
    article: Ints
    group: Ints
    n_left_out: int

    @property
    def n_groups(self) -> int:
        """How many groups there are; none in an empty collection."""
        return math.prod(map(len, self.labels)) if len(self.article) else 0

    @property
    def story(self) -> Ints:
        """The story of each entry."""
        return self.collection.codes.story[self.article]

    @functools.cached_property
    def grid(self) -> pd.DataFrame:
        """One row per group, in order."""
        # The actors may be named in undated articles alone.
        grid = pd.DataFrame(list(itertools.product(*self.labels)), columns=list(self.by))
        return grid if len(self.article) else grid.iloc[:0]

    @functools.cached_property
    def articles(self) -> pd.DataFrame:
        """One row per article and group: `article_id`, `story_id`, `order` (that of publication), the group columns."""
        codes = self.collection.codes
        frame = codes.articles[["article_id", "story_id"]].iloc[self.article].reset_index(drop=True)
        return frame.assign(order=codes.order[self.article], **self.columns(self.group))

    def columns(self, groups: Ints) -> dict[str, pd.Series]:
        """Return the group columns of some groups, given by number."""
        columns = {}
        for name, values in zip(reversed(self.by), reversed(self.labels), strict=True):
            groups, place = np.divmod(groups, max(len(values), 1))
            columns[name] = pd.Series(pd.array(list(values), dtype="str").take(place))
        return {name: columns[name] for name in self.by}

    def spread(self, article: Ints) -> tuple[Ints, Ints]:
        """Return for rows of articles which of them count, and in which group; a row may count in several."""
        first, bounds = self._places
        if first is not None:
            group = first[article]
            rows = np.flatnonzero(group >= 0)
            return rows, group[rows]
        ranked = np.argsort(self.article, kind="stable")
        n = bounds[article + 1] - bounds[article]
        rows = np.repeat(np.arange(len(article)), n)
        nth = np.arange(len(rows)) - np.repeat(np.cumsum(n) - n, n)
        return rows, self.group[ranked[bounds[article[rows]] + nth]]

    @functools.cached_property
    def _places(self) -> tuple[Ints | None, Ints]:
        """The one group of each article (-1: none), or None where some have several; how many entries come before it."""
        n = np.bincount(self.article, minlength=len(self.collection.codes))
        if n.max(initial=0) > 1:
            return None, np.append(0, np.cumsum(n))
        group = np.full(len(n), -1, dtype=np.int64)
        group[self.article] = self.group
        return group, n


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
    codes, rows = collection.codes, collection.rows
    n_left_out = 0
    if any(name in TIMES for name in names):
        dated = ~np.isnat(codes.published[rows])
        n_left_out = int(len(rows) - np.count_nonzero(dated))
        if n_left_out:
            warnings.warn(
                f"{counted(n_left_out, 'article')} of {len(rows):,} without a date of publication left out.",
                UndatedArticlesWarning,
                stacklevel=stacklevel,
            )
            rows = rows[dated]
    article, group = rows, np.zeros(len(rows), dtype=np.int64)
    values: list[Sequence[str]] = []
    for name in names:
        if name == "actor":
            chosen = list(dict.fromkeys(actors or ()))
            hits = collection.mention_codes
            item = np.array([hits.place.get(one, -1) for one in chosen], dtype=np.int64)
            found = hits.rows_of(item[item >= 0])
            here = collection.is_counted(hits, found)
            found = found if here is None else found[here]
            number = np.full(len(hits.names) + 1, -1, dtype=np.int64)
            number[item] = np.arange(len(chosen))
            named = unique(hits.article[found] * len(chosen) + number[hits.code[found]]) if chosen else found
            bounds = np.searchsorted(named, np.arange(len(codes) + 1) * max(len(chosen), 1))
            n = np.diff(bounds)[article]
            entry = np.repeat(np.arange(len(article)), n)
            nth = np.arange(len(entry)) - np.repeat(np.cumsum(n) - n, n)
            place = named[bounds[article[entry]] + nth] % max(len(chosen), 1)
            article, group = article[entry], group[entry] * len(chosen) + place
            values.append(chosen)
            continue
        if name in TIMES:
            number, labels = _periods(codes.published, name, article)
        else:
            code, known = codes.trait(name)
            present = np.bincount(code[article], minlength=len(known)) > 0
            number, labels = (np.cumsum(present) - 1)[code[article]], known[present].tolist()
        group = group * max(len(labels), 1) + number
        values.append(labels)
    return Grouped(collection, names, tuple(values), article, group, n_left_out)


def _periods(published: npt.NDArray[np.datetime64], unit: str, article: Ints) -> tuple[Ints, list[str]]:
    """Return the period of each article, counted from the first, and the labels of all from the first to the last."""
    days = published[article]
    if not len(days):
        return np.zeros(0, dtype=np.int64), []
    if unit == "week":
        # The first day of 1970 was a Thursday, and the week of a Thursday has the number.
        number = (days.astype("datetime64[D]").astype(np.int64) + 3) // 7
    else:
        number = days.astype(f"datetime64[{unit[0].upper()}]").astype(np.int64)
    first, last = int(number.min()), int(number.max())
    return number - first, list(_labels(first, last, unit))


@functools.lru_cache(maxsize=256)
def _labels(first: int, last: int, unit: str) -> tuple[str, ...]:
    numbers = np.arange(first, last + 1)
    counts = numbers * 7 if unit == "week" else numbers
    begins = counts.astype(f"datetime64[{'D' if unit == 'week' else unit[0].upper()}]")
    return tuple(label_times(pd.Series(begins.astype("datetime64[s]")), unit))


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
