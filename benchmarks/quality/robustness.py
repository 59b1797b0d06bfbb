"""What the robustness panel says of collections without an effect, and how long it takes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import numpy as np
import pandas as pd

import analystkit as ak
from benchmarks.data import Data
from benchmarks.figures import Figure, timed

RUNS: Final = 200
#: Stories of each collection that is drawn, and articles of the one that is timed.
STORIES: Final = 40
MANY: Final = 1000
_SEED: Final = 7
_PLACES: Final = ("Russia", "China", "Japan", "Norway")
_TONED: Final = (
    "praised the good",
    "welcomed the great",
    "condemned the terrible",
    "feared the bad",
    "read the",
    "wrote the",
)
_THINGS: Final = ("talks", "treaty", "budget", "harbour", "report", "visit", "contract", "census")


def robustness(data: Data) -> Iterator[Figure]:
    """Count how often nothing is called robust where slices and actors differ by chance alone."""
    del data  # all is drawn
    rng = np.random.default_rng(_SEED)
    first, second = {"until": "2024-06-30"}, {"since": "2024-07-01"}
    findings = {
        "tone of all, second half against first": ak.Finding("tone", first=first, second=second),
        "tone of one actor, second half against first": ak.Finding(
            "tone", "Russia", first=first, second=second
        ),
        "tone of one actor against another": ak.Finding("tone", "Russia", "China"),
        "one actor's share against another's": ak.Finding("actors", "Russia", "China"),
    }
    refused, seconds = dict.fromkeys(findings, 0), dict.fromkeys(findings, 0.0)
    fewest = 1000
    for _ in range(RUNS):
        collection = ak.from_frame(_articles(rng, STORIES), progress=False)
        for name, finding in findings.items():
            panel, took = timed(ak.robustness, collection, finding)
            refused[name] += panel.verdict == "not robust"
            seconds[name] += took
            fewest = min(fewest, len(panel.table))
    for name, n in refused.items():
        yield Figure(
            "robustness", f"{name}: not robust, share of runs", n / RUNS, RUNS, seconds[name], floor=0.95
        )
    yield Figure("robustness", "variants of a panel", fewest, RUNS, floor=24)
    collection = ak.from_frame(_articles(rng, MANY, copies=False), progress=False)
    collection.mentions  # noqa: B018  (what every measure needs is no part of the panel)
    panel, took = timed(ak.robustness, collection, findings["tone of one actor, second half against first"])
    yield Figure("robustness", "seconds for 1,000 articles", took, len(collection.articles), took, at_most=60)


def _articles(rng: np.random.Generator, n: int, *, copies: bool = True) -> pd.DataFrame:
    """Return articles of so many stories; each story has a mood of its own, and neither time nor place has one."""
    rows = []
    for story in range(n):
        mood = rng.normal()
        lines = [_sentence(rng, mood) for _ in range(rng.integers(4, 9))]
        # Words of its own, so that only copies are like it.
        lines.append(" ".join(f"s{story}w{i}" for i in range(40)).capitalize() + ".")
        title = _sentence(rng, mood).rstrip(".")
        many = 1 + int(rng.geometric(0.4) - 1 + (rng.integers(4, 12) if rng.random() < 0.1 else 0)) * copies
        day = pd.Timestamp("2024-01-01") + pd.Timedelta(days=int(rng.integers(366)))
        rows += [
            {"text": "\n".join(lines), "title": title, "date": f"{day:%Y-%m-%d}", "outlet": f"Outlet {i}"}
            for i in range(many)
        ]
    return pd.DataFrame(rows)


def _sentence(rng: np.random.Generator, mood: float) -> str:
    side = rng.normal(mood)
    toned = (
        _TONED[rng.integers(2)]
        if side > 1
        else _TONED[2 + rng.integers(2)]
        if side < -1
        else _TONED[4 + rng.integers(2)]
    )
    who, thing, about = rng.choice(_PLACES), rng.choice(_THINGS), rng.choice(_THINGS)
    said = f"{who} {toned} {thing} after the {about}"
    return f"“{said},” a diplomat said." if rng.random() < 0.25 else f"{said}."
