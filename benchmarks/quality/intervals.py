"""How often intervals hold the truth, on stories that are drawn with it known and copied unevenly."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import numpy as np
import numpy.typing as npt

from analystkit.measure.intervals import ratio_intervals
from benchmarks.data import Data
from benchmarks.figures import Figure, timed

Floats = npt.NDArray[np.float64]

#: Of a thousand the share found still moves by 1.4 points either way.
RUNS: Final = 10_000
STORIES: Final = (10, 40)
_SEED: Final = 5
_Z: Final = 1.959963984540054
_MEAN: Final = -0.06  # six tenths of the sentences have a tone, -0.1 in the mean
_SHARE: Final = 1 / 3


def intervals(data: Data) -> Iterator[Figure]:
    """Count in how many draws of clustered copies a nominal 95 % interval holds the truth, and a naive one does."""
    del data  # all is drawn
    rng = np.random.default_rng(_SEED)
    for kind, truth in (("mean tone", _MEAN), ("share", _SHARE)):
        for n_stories in STORIES:
            n, total, squares, copies = _stories(rng, kind, n_stories)
            for count, weight in (("stories once", np.ones_like(copies)), ("all copies", copies)):
                (low, high), seconds = timed(_ends, weight * total, weight * n)
                covered = float(np.mean((low <= truth) & (truth <= high)))
                name = f"{kind}, {n_stories} stories, {count}: holds the truth"
                yield Figure("intervals", name, covered, RUNS, seconds, floor=0.93, at_most=0.97)
            # Every printed sentence taken for a witness of its own.
            sentences = (copies * n).sum(axis=1)
            mean = (copies * total).sum(axis=1) / sentences
            error = np.sqrt(((copies * squares).sum(axis=1) / sentences - mean**2) / (sentences - 1))
            naive = float(np.mean(np.abs(mean - truth) <= _Z * error))
            yield Figure("intervals", f"{kind}, {n_stories} stories, naive: holds the truth", naive, RUNS)


def _stories(rng: np.random.Generator, kind: str, n_stories: int) -> tuple[Floats, Floats, Floats, Floats]:
    """Return of each run and story: sentences, the sum of their values, that of their squares, copies."""
    shape = (RUNS, n_stories)
    n = 1 + rng.poisson(4, shape)
    own = np.arange(n.max()) < n[..., np.newaxis]
    if kind == "share":
        values = (rng.random(own.shape) < rng.beta(1, 2, shape)[..., np.newaxis]).astype(np.float64)
    else:
        values = rng.normal(-0.1 + rng.normal(0, 0.25, shape)[..., np.newaxis], 0.35, own.shape)
        values = values * (rng.random(own.shape) < 0.6)
    values = values * own
    # Most stories are printed once or twice, one in ten by many.
    many = np.where(rng.random(shape) < 0.1, rng.integers(5, 20, shape), 0)
    copies = (rng.geometric(0.4, shape) + many).astype(np.float64)
    return n.astype(np.float64), values.sum(axis=-1), np.square(values).sum(axis=-1), copies


def _ends(above: Floats, below: Floats) -> tuple[Floats, Floats]:
    """Return the library's intervals, each run a cell and a group of its own."""
    runs, n_stories = above.shape
    run, story = np.repeat(np.arange(runs), n_stories), np.tile(np.arange(n_stories), runs)
    return ratio_intervals(run, story, above.ravel(), run, story, below.ravel(), np.arange(runs))
