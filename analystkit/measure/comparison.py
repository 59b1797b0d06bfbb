"""Two slices of a collection side by side: what is more frequent in one than in the other, and whether that is settled."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import numpy as np
import pandas as pd

from analystkit.codes import HitCodes
from analystkit.collection import Collection
from analystkit.errors import ArgumentError, check_choice
from analystkit.measure.answer import COUNTS, Answer
from analystkit.measure.cells import TOO_FEW
from analystkit.measure.frequency import denominators_of, frequency_of, mentions_of, units_of
from analystkit.measure.groups import Grouped
from analystkit.measure.intervals import FLOOR, difference_intervals, difference_of_intervals
from analystkit.measure.names import known_actors

OF: Final = ("actors", "topics")
MOST: Final = 15
_CANDIDATES: Final = 200


def compare(
    first: Collection,
    second: Collection,
    *,
    of: str = "actors",
    names: tuple[str, str] | None = None,
    count: str = "stories",
    kinds: str | Iterable[str] | None = None,
    actors: Iterable[str] | None = None,
    most: int = MOST,
) -> Answer:
    """Compare how widely actors are named, or topics come up, in two slices of one collection.

    Parameters
    ----------
    first, second
        What `filter` made of one collection; they may overlap. Differences are `second` less `first`.
    of
        "actors" or "topics".
    names
        What to call the two; by default their filters in words.
    count
        As in `actor_frequency`.
    kinds, actors
        Only actors of these kinds, only these actors.
    most
        How many items at most: those whose shares differ most.

    Returns
    -------
    Answer
        Its table has two rows per `actor` (or `topic`), one for each `slice`: `n`, `denominator`, `share`, `low`, `high`,
        `n_stories`, `note` as in `actor_frequency`, and on the row of `second` the `difference` of the shares (-1 to 1),
        `difference_low` and `difference_high` (95 % interval that resamples the stories of both), and `sign` ("higher",
        "lower", "not settled" where the interval holds 0, "too few to say" below 5 stories in a slice; "" on the row of
        `first`).

    Raises
    ------
    ArgumentError
        The two are not of one collection under one ledger, or an argument has a value that is not allowed.

    Notes
    -----
    Percentile interval of a cluster bootstrap (Efron & Tibshirani 1993, chapters 8 and 13); where a share is exactly 0 or
    1, and so has nothing to resample, no narrower than the interval made of those of the two shares (Newcombe 1998,
    method 10). Of many items some differ by chance: of twenty without any difference one is expected outside its interval.
    """
    check_choice("of", of, OF)
    check_choice("count", count, COUNTS)
    whole = first.unfiltered
    same = whole.articles is second.unfiltered.articles and first.ledger == second.ledger
    if not same or first.capitals != second.capitals or first.topics != second.topics:
        raise ArgumentError(
            "`first` and `second` are not slices of one collection with one ledger and one term list; load all articles"
            " together and narrow them with `filter`."
        )
    called = names or (first.describe_filters(), second.describe_filters())
    if len(set(called)) != 2 or not all(called):
        raise ArgumentError(
            f'`names` are {called!r}; give two different ones, such as names=("June", "July").'
        )
    union = whole.narrowed_to({*first.articles["article_id"], *second.articles["article_id"]})
    grouped = _grouped(union, first, second, called)
    item = of[:-1]
    if of == "actors":
        hits = mentions_of(union, kinds)
        given = None if actors is None else list(known_actors(union, actors, argument="actors"))
        items = _candidates(union, hits, grouped) if given is None else given
    elif first.topics is None:
        raise ArgumentError(
            '`of` is "topics", but the collection has no term lists; give some: with_topics(...).'
        )
    else:
        union = union.with_topics(first.topics)
        hits, given = union.topic_codes, list(first.topics.topics)
        items = given
    answer = frequency_of(
        union,
        hits,
        item,
        grouped,
        count=count,
        items=items,
        most=None,
        measure="compare",
        question=f"Which {of} are more frequent in one than in the other?",
        verb=f"{'naming the actor' if item == 'actor' else 'with a term of the topic'}",
    )
    found = hits if isinstance(hits, HitCodes) else HitCodes(hits, item, union.codes)
    table = _with_differences(answer, union, found, grouped)
    if given is None or of == "topics":
        keep = _largest(table, item, most)
        answer = answer.only(keep)
        table = table[table[item].isin(keep)]
    order = {name: number for number, name in enumerate(_largest(table, item, len(table)))}
    table = table.sort_values(item, key=lambda column: column.map(order), kind="stable").reset_index(
        drop=True
    )
    return answer.with_table(
        table,
        title=f"Which {of} differ between {called[0]} and {called[1]}?",
        subtitle=f"share of {count} {'naming the actor' if item == 'actor' else 'with a term of the topic'}, with 95 %"
        f" interval (stories resampled); {called[1]} less {called[0]}",
    )


def _candidates(union: Collection, hits: HitCodes | pd.DataFrame, grouped: Grouped) -> list[str]:
    """Return the actors whose shares of stories differ most; intervals for thousands of others would take minutes."""
    if not grouped.n_groups:
        return []
    found = hits if isinstance(hits, HitCodes) else HitCodes(hits, "actor", union.codes)
    units = units_of(union, found, grouped, "stories")
    n = np.bincount(units.item * 2 + units.group, minlength=2 * len(found.names)).reshape(-1, 2)
    below = denominators_of(union, found, grouped, "stories")
    totals = np.maximum(np.bincount(below.group, minlength=2), 1)
    size = np.abs(n[:, 1] / totals[1] - n[:, 0] / totals[0])
    ranked = np.argsort(-size, kind="stable")
    return [str(name) for name in found.names[ranked[n[ranked].any(axis=1)][:_CANDIDATES]]]


def _grouped(union: Collection, first: Collection, second: Collection, called: tuple[str, str]) -> Grouped:
    article = np.concatenate([first.rows, second.rows])
    side = np.repeat(np.arange(2), [len(first), len(second)])
    return Grouped(union, ("slice",), (called,), article, side, 0)


def _with_differences(answer: Answer, union: Collection, hits: HitCodes, grouped: Grouped) -> pd.DataFrame:
    item = str(answer.item)
    names = list(dict.fromkeys(answer.table[item]))
    sides = {name: number for number, name in enumerate(grouped.labels[0])}
    places = {name: number for number, name in enumerate(names)}
    place = np.array([places.get(str(name), -1) for name in hits.names], dtype=np.int64)
    units = units_of(union, hits, grouped, answer.count)
    shown = place[units.item] >= 0
    below = denominators_of(union, hits, grouped, answer.count)
    low, high = difference_intervals(
        place[units.item[shown]],
        units.group[shown],
        units.story[shown],
        np.ones(np.count_nonzero(shown)),
        below.group,
        below.story,
        below.y,
        len(names),
    )
    table = answer.table.copy()
    side = table["slice"].map(sides).to_numpy(dtype=np.int64)
    at = table[item].map(places).to_numpy(dtype=np.int64)
    shares, lows, highs = (np.full((len(names), 2), np.nan) for _ in range(3))
    for cells, column in ((shares, "share"), (lows, "low"), (highs, "high")):
        cells[at, side] = table[column]
    is_second = side == 1
    few = np.zeros((len(names), 2), dtype=bool)
    few[at, side] = table["n_stories"] < FLOOR
    difference = shares[:, 1] - shares[:, 0]
    # Resampling none of the stories gives none again, which would claim certainty.
    certain = np.isin(shares, [0.0, 1.0]).any(axis=1)
    ends = difference_of_intervals(shares, lows, highs)
    low[certain], high[certain] = np.fmin(low, ends[0])[certain], np.fmax(high, ends[1])[certain]
    sign = np.select(
        [few.any(axis=1) | np.isnan(difference), low > 0, high < 0],
        [TOO_FEW, "higher", "lower"],
        default="not settled",
    )
    columns = {"difference": difference, "difference_low": low, "difference_high": high}
    for name, values in columns.items():
        table[name] = np.where(is_second, values[at], np.nan)
    table["sign"] = pd.Series(np.where(is_second, sign[at], ""), dtype="str")
    return table


def _largest(table: pd.DataFrame, item: str, most: int) -> list[str]:
    """Return the items with the largest differences, those that are settled first."""
    second = table[table["sign"] != ""].assign(size=table["difference"].abs().fillna(0))
    second = second.assign(settled=second["sign"].isin(["higher", "lower"]))
    ranked = second.sort_values(["settled", "size", item], ascending=[False, False, True], kind="stable")
    return [str(name) for name in ranked[item][:most]]
