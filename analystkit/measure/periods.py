"""Bursts and changes of level in an answer over time: when, how much, how sure, and what drove them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final, TypeVar

import numpy as np
import pandas as pd

from analystkit.errors import ArgumentError
from analystkit.measure.answer import Answer
from analystkit.measure.bursts import burst_states, runs_of
from analystkit.measure.change_points import find_change_points
from analystkit.measure.groups import TIMES
from analystkit.measure.keyness import keyness
from analystkit.measure.word_answer import WordAnswer

Over = TypeVar("Over", Answer, WordAnswer)

_Z2: Final = 1.959963984540054**2


def bursts(answer: Over, *, factor: float = 2.0, gamma: float = 1.0) -> Over:
    """Find the periods in which an item is spoken of far more than usual.

    Parameters
    ----------
    answer
        What `actor_frequency`, `topic_frequency` or `word_frequency` gave with `by` one time: "day", "week", "month" or
        "year".
    factor, gamma
        As in `burst_states`: how many times the usual share a burst has, and how hard it is to enter one.

    Returns
    -------
    Answer or WordAnswer
        Its table has one row per item and burst: the item, `period` ("2023-09 to 2023-11"), `n` (units or occurrences),
        `denominator` (or `n_words`), `share` (of it, 0-1), `low`, `high` (95 %, Wilson's interval: units taken for drawn one
        by one), `usual` (share over all periods), `times` (share / usual), `weight` (by how much the burst is likelier than
        the usual level, natural log). No rows where nothing bursts. `drivers` tells the stories and words.

    Raises
    ------
    ArgumentError
        The answer is not over one time.

    Notes
    -----
    Kleinberg (2003), two states, exact Viterbi decoding; a period without articles belongs to no burst of its own. A
    burst says that a share rose, which it also does when all else falls silent: look at `n` and the denominator. With
    many items some burst by chance; `weight` ranks them.
    """
    item, time, below = _shape(answer)
    rows, labels = [], []
    for name, own in answer.table.groupby(item, sort=False):
        n, of = own["n"].to_numpy(np.float64), own[below].to_numpy(np.float64)
        states = burst_states(n, of, factor=factor, gamma=gamma)
        usual = n.sum() / max(of.sum(), 1.0)
        for start, end in runs_of(states):
            times = own[time].iloc[start:end].tolist()
            period = times[0] if len(times) == 1 else f"{times[0]} to {times[-1]}"
            total, denominator = n[start:end].sum(), of[start:end].sum()
            raised = usual * factor
            weight = total * np.log(factor) + (denominator - total) * np.log((1 - raised) / (1 - usual))
            rows.append(
                {**_level(str(name), item, period, total, denominator, below), "usual": usual}
                | {"times": total / denominator / usual if denominator else np.nan, "weight": weight}
            )
            labels += [(name, each, period) for each in times]
    columns = [item, "period", "n", below, "share", "low", "high", "usual", "times", "weight"]
    return _regrouped(
        answer,
        pd.DataFrame(rows, columns=columns),
        pd.DataFrame(labels, columns=[item, time, "period"]),
        measure="bursts",
        title=f"When is each {item} spoken of far more than usual?",
        told=f"Kleinberg's two states, {factor:g} times the usual share, gamma {gamma:g}, exact; intervals take units for"
        " drawn one by one",
        source="Kleinberg (2003)",
    )


def change_points(answer: Over, *, n_changes: int | None = None, min_size: int = 2) -> Over:
    """Find when the level of an item changed for good.

    Parameters
    ----------
    answer
        As in `bursts`.
    n_changes, min_size
        As in `find_change_points`.

    Returns
    -------
    Answer or WordAnswer
        Its table has one row per item and level, in order: the item, `period` ("2023-07 to 2023-12"), `n`, `denominator`
        (or `n_words`), `share`, `low`, `high` (95 %, Wilson's interval), `began_low`, `began_high` (95 % interval of the
        first period of the level; "" for the first level).

    Raises
    ------
    ArgumentError
        The answer is not over one time.

    Notes
    -----
    See `find_change_points`; counts out of their denominators (binomial). Periods without articles are left out. Units are
    taken for independent: a long story that runs for weeks looks like a change of level.
    """
    item, time, below = _shape(answer)
    rows, labels = [], []
    for name, own in answer.table.groupby(item, sort=False):
        own = own[own[below] > 0]
        times = own[time].tolist()
        n, of = own["n"].to_numpy(np.float64), own[below].to_numpy(np.float64)
        wanted = None if n_changes is None else min(n_changes, max(len(times) // min_size - 1, 0))
        found = find_change_points(n, of, model="binomial", n_changes=wanted, min_size=min_size)
        for start, end, _, low, high in found.to_numpy(np.float64).tolist():
            at = slice(int(start), int(end))
            inside = times[at]
            period = inside[0] if len(inside) == 1 else f"{inside[0]} to {inside[-1]}"
            began = ["" if np.isnan(place) else times[int(place)] for place in (low, high)]
            rows.append(
                {**_level(str(name), item, period, n[at].sum(), of[at].sum(), below)}
                | {"began_low": began[0], "began_high": began[1]}
            )
            labels += [(name, each, period) for each in inside]
    columns = [item, "period", "n", below, "share", "low", "high", "began_low", "began_high"]
    return _regrouped(
        answer,
        pd.DataFrame(rows, columns=columns),
        pd.DataFrame(labels, columns=[item, time, "period"]),
        measure="change_points",
        title=f"When did the level of each {item} change?",
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
        `title`, `outlet`, `published`, `n` (units), `share` (of all units of the period), `n_articles`.
    words
        What sets the articles of the period with the item apart from those with it at other times (`keyness`); from all
        other articles where there are none.
    """

    stories: pd.DataFrame
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
        The item, such as actor="Russia", topic="sanctions" or term="missile*".

    Raises
    ------
    ArgumentError
        The answer has no such period or item.
    """
    if "period" not in answer.keys or len(item) != 1:
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
    stories["n_articles"] = about.groupby("story_id").size().reindex(stories.index)
    stories = stories.reset_index().sort_values(["n", "published"], ascending=[False, True], kind="stable")
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
    return Drivers(stories.reset_index(drop=True), words)


def _articles_with(answer: Answer | WordAnswer, item: dict[str, str]) -> set[str]:
    """Return the articles with the item at any time."""
    if isinstance(answer, WordAnswer):
        term = item["term"]
        part = next(iter(answer.slices.values()))
        first, _ = part.find(term)
        return set(part.running.articles["article_id"].to_numpy()[np.unique(part.running.text_of[first])])
    name, value = next(iter(item.items()))
    column = {"actor": "mentions", "topic": "topic_hits"}.get(name)
    if column is None:
        return set()
    table = getattr(answer.collection, column)
    return set(table.loc[table[name] == value, "article_id"])


def _shape(answer: Answer | WordAnswer) -> tuple[str, str, str]:
    """Return the columns of the items, of the times and of what counts are out of."""
    if len(answer.by) != 1 or answer.by[0] not in TIMES or "n" not in answer.table:
        raise ArgumentError(
            f"`answer` is by {list(answer.by)}; give frequencies by one time, such as actor_frequency(..., by='month')."
        )
    if isinstance(answer, WordAnswer):
        return "term", answer.by[0], "n_words"
    if answer.item is None or "denominator" not in answer.table:
        raise ArgumentError(
            "`answer` has no items with shares; give what actor_frequency or topic_frequency gave."
        )
    return answer.item, answer.by[0], "denominator"


def _level(name: str, item: str, period: str, n: float, denominator: float, below: str) -> dict[str, object]:
    share = n / denominator if denominator else np.nan
    half = np.sqrt(share * (1 - share) / denominator + _Z2 / (4 * denominator**2)) if denominator else np.nan
    centre, stretch = share + _Z2 / (2 * denominator or np.nan), 1 + _Z2 / (denominator or np.nan)
    return {
        item: name,
        "period": period,
        "n": int(n),
        below: int(denominator),
        "share": share,
        "low": max((centre - np.sqrt(_Z2) * half) / stretch, 0.0),
        "high": min((centre + np.sqrt(_Z2) * half) / stretch, 1.0),
    }


def _regrouped(
    answer: Over,
    table: pd.DataFrame,
    labels: pd.DataFrame,
    *,
    measure: str,
    title: str,
    told: str,
    source: str,
) -> Over:
    """Return the answer with periods for times: each number opens to what was counted in its period."""
    strings = {name: "str" for name in table.columns if name in {*labels.columns, "began_low", "began_high"}}
    table = table.astype(strings | dict.fromkeys(("n", table.columns[3]), "int64"))
    if isinstance(answer, WordAnswer):
        groups = answer.groups if answer.groups is not None else pd.DataFrame()
        own = groups.merge(labels, on=answer.by[0])[["term", "article_id", "period"]]
        return replace(
            answer,
            measure=measure,
            table=table,
            by=("period",),
            title=title,
            subtitle=told,
            groups=own,
            source=source,
            limits="A share also rises when all else falls silent; of many items some burst by chance.",
        )
    hits = answer.hits.merge(labels, on=[str(answer.item), answer.by[0]])
    # What comes up in two months of a period was counted in both.
    hits["unit"] = hits[answer.by[0]] + " " + hits["unit"].astype("str")
    told = f"{told}; {answer.subtitle.rpartition(';')[2].strip()}"
    return replace(
        answer, measure=measure, table=table, by=("period",), title=title, subtitle=told, hits=hits
    )
