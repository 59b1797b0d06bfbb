"""From a filter changed to the picture redrawn: explorers in the kernel, and the same question in plain pandas.

The collection is made of the articles given: their annotations are made once, and repeated under new names until there
are as many as asked for, as what is timed does not read the texts. Days and outlets are drawn by chance. What is told is
the median of changes of outlet and days, none asked twice, by the clock and by the processor (which other programs on the
machine do not stretch as much).
"""

from __future__ import annotations

import io
import random
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

import numpy as np
import pandas as pd

import analystkit as ak
from analystkit.collection import Collection
from analystkit.schema import empty_table
from benchmarks.figures import BenchmarkError, aligned

SIZES: Final = (10_000, 100_000)
OUTLETS: Final = 10
FIRST: Final = date(2022, 1, 1)
DAYS: Final = 730
#: Milliseconds that one panel, and two joined ones, may take.
BOUNDS: Final = {10_000: (60, 150), 100_000: (100, 200)}
_ANNOTATED: Final = 2_000


@dataclass(frozen=True)
class Redraw:
    """How long one question took at one size; `bound` is what the project allows, in milliseconds of the clock."""

    articles: int
    what: str
    clock_ms: float
    cpu_ms: float
    slowest_ms: float
    n: int
    bound: int | None = None


def redraws(articles: Sequence[str], rounds: int, tell: Callable[[str], None]) -> list[Redraw]:
    """Time the redraw of one panel and of two joined ones, and of pandas with matplotlib, at each size."""
    from analystkit.widgets import ActorExplorer, ExplorerState, ToneExplorer, TopicExplorer

    if len(articles) < 100:
        raise BenchmarkError(f"There are {len(articles)} articles; the redraw needs 100 or more.")
    tell("redraw: annotate")
    small = _annotated(articles[:_ANNOTATED])
    found: list[Redraw] = []
    for size in SIZES:
        tell(f"redraw: {size:,} articles")
        collection = _of_size(small, size)
        one, two = BOUNDS[size]
        changes = _changes(8 + 4 * rounds)
        state = ExplorerState(collection, by="month")
        first = ActorExplorer(collection, state=state)
        found.append(_time(size, "one panel: actors by month", state, changes, one))
        for kind, by, what in (
            (ActorExplorer, "whole", "one panel: actors, ranked"),
            (TopicExplorer, "month", "one panel: topics by month"),
            (ToneExplorer, "whole", "one panel: tone, ranked"),
        ):
            state = ExplorerState(collection, by=by)
            kind(collection, state=state)
            found.append(_time(size, what, state, changes, one))
        state = ExplorerState(collection, by="month")
        pair = [ActorExplorer(collection, state=state), ToneExplorer(collection, state=state)]
        found.append(_time(size, "two panels: actors and tone by month", state, changes, two))
        found.append(_plain(size, collection, changes))
        del first, pair
    return found


def redraw_table(found: Sequence[Redraw]) -> str:
    """Return the figures as a table."""
    rows = [
        [
            f"{one.articles}",
            one.what,
            f"{one.clock_ms:.0f}",
            f"{one.cpu_ms:.0f}",
            f"{one.slowest_ms:.0f}",
            f"{one.n}",
            "" if one.bound is None else f"< {one.bound}" + ("" if one.clock_ms < one.bound else "  MISSED"),
        ]
        for one in found
    ]
    heads = ["articles", "filter changed to picture redrawn", "ms", "ms (CPU)", "slowest", "changes", "bound"]
    return aligned(heads, rows)


def _annotated(articles: Sequence[str]) -> Collection:
    chance = random.Random(1)
    frame = pd.DataFrame(
        {
            "text": list(articles),
            "title": [f"Article {i}" for i in range(len(articles))],
            "outlet": [f"Outlet {chance.randrange(OUTLETS)}" for _ in articles],
            "date": [FIRST + timedelta(days=chance.randrange(DAYS)) for _ in articles],
        }
    )
    from benchmarks.speed import SEEDS

    collection = ak.from_frame(frame, topics=ak.read_topics(SEEDS), actors="rules", progress=False)
    for name in ("sentences", "mentions", "topic_hits"):
        getattr(collection, name)
    return collection


def _of_size(small: Collection, size: int) -> Collection:
    """Return a collection of so many articles, with the annotations of the small one repeated."""
    times = -(-size // len(small))

    def repeated(table: pd.DataFrame) -> pd.DataFrame:
        parts = []
        for i in range(times):
            ids = {name: table[name] + f"-{i}" for name in ("article_id", "story_id") if name in table}
            parts.append(table.assign(**ids))
        return pd.concat(parts, ignore_index=True)

    articles = repeated(small.articles).iloc[:size].reset_index(drop=True)
    rng = np.random.default_rng(1)
    days = pd.Timestamp(FIRST) + pd.to_timedelta(rng.integers(DAYS, size=size), unit="D")
    outlets = [f"Outlet {i}" for i in rng.integers(OUTLETS, size=size)]
    articles = articles.assign(
        published=days.astype("datetime64[us]"), outlet=pd.Series(outlets, dtype="str")
    )
    kept = set(articles["article_id"])
    whole = Collection(
        articles, empty_table("zones"), empty_table("problems"), topics=small.topics, progress=False
    )
    for name in ("sentences", "mentions", "topic_hits"):
        table = repeated(getattr(small, name))
        whole.__dict__[name] = table[table["article_id"].isin(kept)].reset_index(drop=True)
    return whole


def _changes(n: int) -> list[dict[str, Any]]:
    """Return filters of an outlet, of two thirds of the days, or of both: from a tenth to all of the articles."""
    chance = random.Random(2)
    found = []
    for i in range(n):
        since = FIRST + timedelta(days=chance.randrange(DAYS // 3))
        outlet = f"Outlet {chance.randrange(OUTLETS)}"
        days = {"since": since, "until": since + timedelta(days=2 * DAYS // 3)}
        found.append([{**days, "outlets": ()}, {**days, "outlets": outlet}][i % 2])
    return found


def _time(size: int, what: str, state: Any, changes: list[dict[str, Any]], bound: int) -> Redraw:
    return _clocked(size, what, lambda change: state.update(**change), changes, bound)


def _clocked(
    size: int,
    what: str,
    do: Callable[[dict[str, Any]], object],
    changes: list[dict[str, Any]],
    bound: int | None,
) -> Redraw:
    clock, cpu = [], []
    for i, change in enumerate(changes):
        begin, spent = time.perf_counter(), time.process_time()
        do(change)
        if i >= 4:  # the first ones make what is kept
            clock.append(time.perf_counter() - begin)
            cpu.append(time.process_time() - spent)
    return Redraw(
        size,
        what,
        1000 * statistics.median(clock),
        1000 * statistics.median(cpu),
        1000 * max(clock),
        len(clock),
        bound,
    )


def _plain(size: int, collection: Collection, changes: list[dict[str, Any]]) -> Redraw:
    """Time the plain way: the same shares of the same actors by month, without intervals, in a new figure each time."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    about = collection.articles[["article_id", "story_id", "outlet", "published"]]
    about = about.assign(month=about["published"].dt.to_period("M"))
    named = collection.mentions[["article_id", "actor"]].merge(about, on="article_id")

    def ask(change: dict[str, Any]) -> bytes:
        days = pd.Timestamp(change["since"]), pd.Timestamp(change["until"])
        parts = []
        for table in (about, named):
            part = table[table["published"].between(*days)]
            parts.append(part[part["outlet"] == change["outlets"]] if change["outlets"] else part)
        below, above = parts
        most = above.drop_duplicates(["actor", "story_id"])["actor"].value_counts().index[:4]
        counts = above[above["actor"].isin(most)].pivot_table(
            "story_id", index="month", columns="actor", aggfunc="nunique", observed=True
        )
        shares = counts.div(below.groupby("month", observed=True)["story_id"].nunique(), axis=0)
        figure = Figure(figsize=(8, 4.2))
        FigureCanvasAgg(figure)
        ax = figure.subplots()
        for name in shares:
            ax.plot(shares.index.to_timestamp(), shares[name], marker="o", label=name)
        ax.legend()
        ax.set_title("How often is each actor named, by month?")
        stream = io.BytesIO()
        figure.savefig(stream, format="png", dpi=150, bbox_inches="tight")
        return stream.getvalue()

    return _clocked(size, "plain pandas and matplotlib, actors by month", ask, changes, None)
