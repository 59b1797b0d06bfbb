"""One collection the whole way, load to report, in this process and without a cache: time by stage and memory."""

from __future__ import annotations

import functools
import json
import resource
import sys
import tempfile
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final, ParamSpec, TypeVar
from unittest.mock import patch

from benchmarks.figures import BenchmarkError, aligned
from benchmarks.machine import told, versions

P = ParamSpec("P")
T = TypeVar("T")

LIBRARIES: Final = ("analystkit", "numpy", "pandas", "pyarrow", "matplotlib")
#: How many actors the tone is asked for.
ACTORS: Final = 10


class Clock:
    """Seconds by stage. A stage inside another one is taken out of it, so that they add up."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._inside = 0.0

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Time what runs inside the `with`."""
        self.seconds.setdefault(name, 0.0)  # in the order in which stages begin
        outer, self._inside = self._inside, 0.0
        begin = time.perf_counter()
        try:
            yield
        finally:
            spent = time.perf_counter() - begin
            self.seconds[name] += spent - self._inside
            self._inside = outer + spent

    def timing(self, name: str, function: Callable[P, T]) -> Callable[P, T]:
        """Return the function with every call of it timed as a stage."""

        @functools.wraps(function)
        def timed(*args: P.args, **options: P.kwargs) -> T:
            with self.stage(name):
                return function(*args, **options)

        return timed


def run(file: str, *, topics: str, workers: int | None, json_file: Path | None) -> None:
    """Take a collection the whole way, print the stages and write them to `json_file` if given."""
    for path in (file, topics):
        if not Path(path).exists():
            raise BenchmarkError(f"There is no {path}.")
    clock = Clock()
    begin = time.perf_counter()
    with clock.stage("import"):
        import analystkit as ak
        from analystkit import collection as made
        from analystkit import loading
        from analystkit.annotate.actors.linking import link_actors
        from analystkit.errors import AnalystkitWarning
    with (
        tempfile.TemporaryDirectory() as folder,
        warnings.catch_warnings(),
        # These two run inside `load` and inside `mentions`.
        patch.object(loading, "group_copies", clock.timing("copies", ak.group_copies)),
        patch.object(made, "link_actors", clock.timing("linking", link_actors)),
    ):
        warnings.simplefilter("ignore", AnalystkitWarning)
        with clock.stage("load"):
            collection = ak.load(file, topics=topics, cache=False, workers=workers, progress=False)
        with clock.stage("sentences and tone"):
            n_sentences = len(collection.sentences)
        with clock.stage("actors"):
            n_mentions = len(collection.mentions)
        with clock.stage("topics"):
            n_hits = len(collection.topic_hits)
        with clock.stage("measures"):
            by = "month" if collection.articles["published"].notna().any() else None
            frequency = ak.actor_frequency(collection, by=by)
            names = list(dict.fromkeys(frequency.table["actor"]))[:ACTORS]
            ak.tone(collection, towards=names, by=by)
            ak.topic_frequency(collection, by=by)
        with clock.stage("report"):
            report = ak.write_report(collection, Path(folder) / "report.html")
        total = time.perf_counter() - begin
        report_mb = report.stat().st_size / 1e6
    found = versions(LIBRARIES)
    peak, peak_of_worker = _peak_mb(resource.RUSAGE_SELF), _peak_mb(resource.RUSAGE_CHILDREN)
    kept = {
        "versions": found,
        "collection": collection.describe(),
        "articles": len(collection),
        "sentences": n_sentences,
        "mentions": n_mentions,
        "topic_hits": n_hits,
        "seconds": clock.seconds,
        "total_seconds": total,
        "peak_mb": peak,
        "peak_mb_of_a_worker": peak_of_worker,
        "report_mb": report_mb,
    }
    print(collection.describe())
    print(f"{n_sentences:,} sentences, {n_mentions:,} mentions, {n_hits:,} topic hits")
    print(_table(clock.seconds, total, len(collection)))
    print(
        f"peak memory {peak:.0f} MB, of the largest worker {peak_of_worker:.0f} MB; report {report_mb:.1f} MB"
    )
    print(told(found))
    if json_file:
        json_file.write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")


def _table(seconds: dict[str, float], total: float, n: int) -> str:
    rows = [
        [stage, f"{spent:.2f}", f"{n / spent:.0f}", f"{100 * spent / total:.1f}"]
        for stage, spent in [*seconds.items(), ("total", total)]
    ]
    return aligned(["stage", "seconds", "articles/s", "% of total"], rows)


def _peak_mb(of: int) -> float:
    """Return the most memory a process held: its own, or that of the largest of its children."""
    unit = 1 if sys.platform == "darwin" else 1024  # bytes there, KiB elsewhere
    return resource.getrusage(of).ru_maxrss * unit / 1e6
