"""Bursts and changes of level in an answer over time: when, how much, how sure, and what drove them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final, Generic, TypeVar

import numpy as np
import pandas as pd
from scipy.special import chdtri

from analystkit.errors import ArgumentError, check_choice
from analystkit.measure.answer import Answer
from analystkit.measure.bursts import burst_states, log_chance, runs_of
from analystkit.measure.change_points import find_change_points
from analystkit.measure.groups import TIMES, covered_shares, observed_span
from analystkit.measure.keyness import keyness
from analystkit.measure.word_answer import WordAnswer

Over = TypeVar("Over", Answer, WordAnswer)

_OF_HIT: Final = ["article_id", "sentence_id", "start", "end"]
_Z2: Final = 1.959963984540054**2


def bursts(answer: Over, *, factor: float = 2.0, gamma: float = 1.0, per: str = "all") -> Over:
    """Find the periods in which an item is spoken of far more than usual.

    Parameters
    ----------
    answer
        What `actor_frequency`, `topic_frequency` or `word_frequency` gave with `by` one time: "day", "week", "month" or
        "year". With `per="time"` also what `coverage` gave.
    factor, gamma
        As in `burst_states`: how many times the usual share a burst has, and how hard it is to enter one.
    per
        "all": the share of all units of the period (of its running words). "time": how many there are in a period of
        full length; one that the collection covers in part counts with its share (`covered_shares`), from the days it was
        narrowed to or else of its first and last article.

    Returns
    -------
    Answer or WordAnswer
        Its table has one row per item and burst: the item, `period` ("2023-09 to 2023-11"), `n` (units or occurrences),
        `denominator` (or `n_words`), `share` (of it, 0-1), `low`, `high` (95 %, Wilson's interval: units taken for drawn one
        by one), `usual` (share over all periods), `times` (share / usual), `weight` (by how much the burst is likelier than
        the usual level, natural log). With `per="time"` `exposure` (periods observed, such as 1.5) and `rate` (n / exposure,
        Poisson's interval) take the places of denominator and share. No rows where nothing bursts. `drivers` tells the
        stories and words.

    Raises
    ------
    ArgumentError
        The answer is not over one time, or `per` is not allowed.

    Notes
    -----
    Kleinberg (2003), two states, exact Viterbi decoding; a period without articles belongs to no burst of its own. A
    burst says that a share rose, which it also does when all else falls silent: look at `n` and the denominator. With
    many items some burst by chance; `weight` ranks them.
    """
    series = _series(answer, per)
    rows, labels = [], []
    for name, own in series.by_item:
        n, of = own["n"].to_numpy(np.float64), own[series.below].to_numpy(np.float64)
        states = burst_states(n, of, factor=factor, gamma=gamma, model=series.model)
        usual = n.sum() / (of.sum() or 1.0)
        for start, end in runs_of(states):
            total, size = n[start:end].sum(), of[start:end].sum()
            gained = [
                log_chance(n[start:end], of[start:end], level, series.model).sum()
                for level in (usual, usual * factor)
            ]
            times = own[series.time].iloc[start:end].tolist()
            rows.append(
                {**series.level(name, times, total, size), "usual": usual}
                | {"times": total / size / usual if size else np.nan, "weight": gained[1] - gained[0]}
            )
            labels += series.labels(name, times)
    return series.regrouped(
        rows,
        labels,
        further=["usual", "times", "weight"],
        measure="bursts",
        question="When is {} spoken of far more than usual?",
        told=f"Kleinberg's two states, {factor:g} times the usual {series.value}, gamma {gamma:g}, exact; intervals take"
        " units for drawn one by one",
        source="Kleinberg (2003)",
    )


def change_points(answer: Over, *, n_changes: int | None = None, min_size: int = 2, per: str = "all") -> Over:
    """Find when the level of an item changed for good.

    Parameters
    ----------
    answer, per
        As in `bursts`.
    n_changes, min_size
        As in `find_change_points`.

    Returns
    -------
    Answer or WordAnswer
        Its table has one row per item and level, in order: the item, `period` ("2023-07 to 2023-12"), `n`, `denominator`
        (or `n_words`), `share`, `low`, `high` (95 %, Wilson's interval), `began_low`, `began_high` (95 % interval of the
        first period of the level; "" for the first level); with `per="time"` as in `bursts`.

    Raises
    ------
    ArgumentError
        The answer is not over one time, or `per` is not allowed.

    Notes
    -----
    See `find_change_points`; counts out of their denominators (binomial), where periods without articles are left out, or
    counts over the time observed (Poisson). Units are taken for independent: a long story that runs for weeks looks like
    a change of level.
    """
    series = _series(answer, per)
    rows, labels = [], []
    for name, whole in series.by_item:
        own = whole[whole[series.below] > 0]
        times = own[series.time].tolist()
        n, of = own["n"].to_numpy(np.float64), own[series.below].to_numpy(np.float64)
        wanted = None if n_changes is None else min(n_changes, max(len(times) // min_size - 1, 0))
        found = find_change_points(n, of, model=series.model, n_changes=wanted, min_size=min_size)
        for start, end, _, low, high in found.to_numpy(np.float64).tolist():
            at = slice(int(start), int(end))
            began = ["" if np.isnan(place) else times[int(place)] for place in (low, high)]
            rows.append(
                {**series.level(name, times[at], n[at].sum(), of[at].sum())}
                | {"began_low": began[0], "began_high": began[1]}
            )
            labels += series.labels(name, times[at])
    return series.regrouped(
        rows,
        labels,
        further=["began_low", "began_high"],
        measure="change_points",
        question="When did the level of {} change?",
        told="segments of greatest likelihood, their number by the modified Bayesian information criterion; intervals take"
        " units for drawn one by one",
        source="Jackson et al. (2005); Zhang & Siegmund (2007)",
    )


@dataclass(frozen=True, eq=False)
class Drivers:
    """What drove a burst or a level.

    Attributes
    ----------
    stories
        One row per story of the period with the item, the largest first: `story_id`, `article_id` (its first article),
        `title`, `outlet`, `published`, `n` (units), `share` (of all units of the period), `n_hits` (how often the item
        occurs in it, in that period), `n_articles`.
    hits
        One row per occurrence of the item in the period: `story_id`, `article_id`, `sentence_id`, `start`, `end`.
    words
        What sets the articles of the period with the item apart from those with it at other times (`keyness`); from all
        other articles where there are none.
    """

    stories: pd.DataFrame
    hits: pd.DataFrame
    words: WordAnswer


def drivers(answer: Answer | WordAnswer, *, period: str, **item: str) -> Drivers:
    """Return the stories and words that a burst, or a level, is made of.

    Parameters
    ----------
    answer
        What `bursts` or `change_points` gave.
    period
        One of its periods.
    **item
        The item, such as actor="Russia", topic="sanctions" or term="missile*"; none where the answer has no items.

    Raises
    ------
    ArgumentError
        The answer has no such period or item.
    """
    named = isinstance(answer, WordAnswer) or answer.item is not None
    if "period" not in answer.keys or len(item) != named:
        raise ArgumentError(
            '`answer` is what `bursts` or `change_points` gave; name one item, such as actor="Russia".'
        )
    found = answer.evidence(period=period, **item)
    every = answer.collection.articles
    about = every[["article_id", "story_id"]]
    rows = found.merge(about, on="article_id")
    stories = rows.groupby("story_id", sort=False).agg(
        article_id=("article_id", "first"),
        title=("title", "first"),
        outlet=("outlet", "first"),
        published=("published", "min"),
        n=("story_id", "size"),
    )
    stories["share"] = stories["n"] / max(len(rows), 1)
    hits = _hits_of(answer, period, item).merge(about, on="article_id")
    stories["n_hits"] = hits.groupby("story_id").size()
    stories["n_articles"] = about.groupby("story_id").size()
    stories = stories.reset_index().sort_values(
        ["n", "n_hits", "published"], ascending=[False, False, True], kind="stable"
    )
    inside = set(found["article_id"])
    others = _articles_with(answer, item) - inside or set(every["article_id"]) - inside
    if not others:
        raise ArgumentError(
            f"`period` is {period!r}, which holds every article; there is nothing to compare it with."
        )
    words = keyness(
        answer.collection.narrowed_to(inside),
        reference=answer.collection.narrowed_to(others),
        measure="log_odds_prior_z",
    )
    return Drivers(stories.reset_index(drop=True), hits[["story_id", *_OF_HIT]], words)


def _hits_of(answer: Answer | WordAnswer, period: str, item: dict[str, str]) -> pd.DataFrame:
    """Return every occurrence in a period, one row each: units may hold several."""
    if isinstance(answer, WordAnswer):
        return answer.evidence(period=period, **item)[_OF_HIT]
    hits = answer.hits
    for name, value in {"period": period, **item}.items():
        hits = hits[hits[name] == value]
    return hits[_OF_HIT].drop_duplicates()


def _articles_with(answer: Answer | WordAnswer, item: dict[str, str]) -> set[str]:
    """Return the articles with the item at any time."""
    if isinstance(answer, WordAnswer):
        term = item["term"]
        part = next(iter(answer.slices.values()))
        first, _ = part.find(term)
        return set(part.running.articles["article_id"].to_numpy()[np.unique(part.running.text_of[first])])
    name, value = next(iter(item.items()), ("", ""))
    column = {"actor": "mentions", "topic": "topic_hits"}.get(name)
    if column is None:
        return set()
    table = getattr(answer.collection, column)
    return set(table.loc[table[name] == value, "article_id"])


@dataclass(frozen=True)
class _Series(Generic[Over]):
    """An answer over one time, as series of counts and of what they are out of.

    Attributes
    ----------
    answer, table
        The answer, and its table with the column `below`.
    item, time, below
        Columns of the items (None: there is one series), of the times, and of what counts are out of.
    model
        How counts vary, as in `find_change_points`.
    """

    answer: Over
    table: pd.DataFrame
    item: str | None
    time: str
    below: str
    model: str

    @property
    def keys(self) -> list[str]:
        """The column of the items, if there is one."""
        return [] if self.item is None else [self.item]

    @property
    def value(self) -> str:
        """What a level is called."""
        return "rate" if self.model == "poisson" else "share"

    @property
    def by_item(self) -> Iterator[tuple[str, pd.DataFrame]]:
        """The series of each item, in the order of the table."""
        if self.item is None:
            yield "", self.table
            return
        for name, own in self.table.groupby(self.item, sort=False):
            yield str(name), own

    def level(self, name: str, times: list[str], n: float, size: float) -> dict[str, object]:
        """Return the row of a level that lasts for some times."""
        low, high = (_rate_interval if self.model == "poisson" else _share_interval)(n, size)
        return {
            **dict(zip(self.keys, [name], strict=False)),
            "period": _period(times),
            "n": int(n),
            self.below: size if self.model == "poisson" else int(size),
            self.value: n / size if size else np.nan,
            "low": low,
            "high": high,
        }

    def labels(self, name: str, times: list[str]) -> list[tuple[str, ...]]:
        """Return which period each time of an item is in."""
        return [(name, each, _period(times)) for each in times]

    def regrouped(
        self,
        rows: list[dict[str, object]],
        labels: list[tuple[str, ...]],
        *,
        further: list[str],
        measure: str,
        question: str,
        told: str,
        source: str,
    ) -> Over:
        """Return the answer with periods for times: each number opens to what was counted in its period."""
        answer = self.answer
        keys: list[str] = self.keys
        columns = [*keys, "period", "n", self.below, self.value, "low", "high", *further]
        strings = dict.fromkeys(
            [*keys, "period", *(name for name in further if name.startswith("began"))], "str"
        )
        whole = ["n"] if self.model == "poisson" else ["n", self.below]
        table = pd.DataFrame(rows, columns=columns).astype(strings | dict.fromkeys(whole, "int64"))
        of_times = pd.DataFrame(labels, columns=[self.item or "", self.time, "period"])
        if self.model == "poisson":
            told = f"n per {self.time}, one observed in part counting with its share; {told}"
        title = question.format(f"each {self.item}" if self.item else "the collection")
        if isinstance(answer, WordAnswer):
            groups = answer.groups if answer.groups is not None else pd.DataFrame()
            return replace(
                answer,
                measure=measure,
                table=table,
                by=("period",),
                title=title,
                subtitle=told,
                groups=groups.merge(of_times, on=self.time)[["term", "article_id", "period"]],
                source=source,
                limits="A share also rises when all else falls silent; of many items some burst by chance.",
            )
        hits = answer.hits.merge(of_times, on=[*keys, self.time])
        # What comes up in two months of a period was counted in both.
        hits["unit"] = hits[self.time] + " " + hits["unit"].astype("str")
        told = f"{told}; {answer.subtitle.rpartition(';')[2].strip()}"
        return replace(
            answer, measure=measure, table=table, by=("period",), title=title, subtitle=told, hits=hits
        )


def _series(answer: Over, per: str) -> _Series[Over]:
    """Return the series of an answer, counts being out of all units or over the time observed."""
    check_choice("per", per, ("all", "time"))
    if len(answer.by) != 1 or answer.by[0] not in TIMES or "n" not in answer.table:
        raise ArgumentError(
            f"`answer` is by {list(answer.by)}; give frequencies by one time, such as actor_frequency(..., by='month')."
        )
    time, table = answer.by[0], answer.table
    item = "term" if isinstance(answer, WordAnswer) else answer.item
    if per == "time":
        since, until = observed_span(answer.collection)
        exposure = covered_shares(table[time].tolist(), since=since, until=until)
        return _Series(answer, table.assign(exposure=exposure), item, time, "exposure", "poisson")
    below = "n_words" if isinstance(answer, WordAnswer) else "denominator"
    if item is None or below not in table:
        raise ArgumentError(
            "`answer` has no items with shares; give what actor_frequency or topic_frequency gave, or per='time'."
        )
    return _Series(answer, table, item, time, below, "binomial")


def _period(times: list[str]) -> str:
    return times[0] if len(times) == 1 else f"{times[0]} to {times[-1]}"


def _share_interval(n: float, size: float) -> tuple[float, float]:
    """Return Wilson's 95 % interval of a share."""
    if not size:
        return np.nan, np.nan
    share = n / size
    half = np.sqrt(share * (1 - share) / size + _Z2 / (4 * size**2))
    centre, stretch = share + _Z2 / (2 * size), 1 + _Z2 / size
    reach = np.sqrt(_Z2) * half
    return max((centre - reach) / stretch, 0.0), min((centre + reach) / stretch, 1.0)


def _rate_interval(n: float, size: float) -> tuple[float, float]:
    """Return the exact 95 % interval of a Poisson rate (Garwood 1936)."""
    if not size:
        return np.nan, np.nan
    low = float(chdtri(2 * n, 0.975)) / 2 if n else 0.0
    return low / size, float(chdtri(2 * n + 2, 0.025)) / 2 / size
