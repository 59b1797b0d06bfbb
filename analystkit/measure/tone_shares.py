"""In what share of the sentences that name an actor the tone towards them is negative, neutral or positive."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from analystkit.annotate.tone.towards import LABELS, UNSURE
from analystkit.collection import Collection
from analystkit.errors import check_choice
from analystkit.measure.answer import Answer
from analystkit.measure.cells import TOO_FEW, Cells, ask, notes
from analystkit.measure.groups import By, group_articles, longest_copies
from analystkit.measure.intervals import ratio_intervals, widen_certain
from analystkit.measure.names import known_actors
from analystkit.measure.tone import VOICES, judgements, sentences_naming, signs, told_of

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

#: The rows of each actor: the labels of a judgement, and none.
ROWS: Final = (*LABELS, UNSURE)
_WORTH: Final = np.array([-1.0, 0.0, 1.0, 0.0])


def tone_shares(
    collection: Collection,
    *,
    towards: str | Iterable[str],
    by: By = None,
    count: str = "stories",
    voice: str = "all",
) -> Answer:
    """Count the sentences that are negative, neutral and positive towards an actor, in each group.

    Parameters
    ----------
    collection
        What to read.
    towards
        One actor or several.
    by
        As in `actor_frequency`.
    count
        "stories" reads one article of each story and group, the longest, so that a reprinted sentence counts once;
        "articles" reads all.
    voice
        "all", or "article": without the sentences that hold quoted speech.

    Returns
    -------
    Answer
        Its table has four rows per actor and group, one for each `label`: "negative", "neutral", "positive", and "unsure"
        for the sentences of which the model does not say. `n` (sentences), `denominator` (sentences that name the actor),
        `share` (0-1), `low` and `high` (95 % interval that resamples stories), `n_stories` (stories with a sentence that
        names the actor), `net` (share of positive less share of negative ones, -1..1; the same in all four rows),
        `net_low`, `net_high`, `sign` ("negative", "positive", "not settled" where the interval of `net` holds 0 or another
        way of counting, by article or each story alike, turns it, "too few to say"), `note` ("", "too few to say" below 5
        stories, "no articles").

    Raises
    ------
    ArgumentError
        The collection names no such actor, or an argument has a value that is not allowed.

    Warns
    -----
    UndatedArticlesWarning
        Articles without a date are left out when `by` is a time.

    Notes
    -----
    The labels are a model's (`collection.tones`). How right it is on your articles, `validate` says.

    Examples
    --------
    >>> import analystkit as ak, pandas as pd
    >>> frame = pd.DataFrame({"text": ["Iran condemned Japan.", "Norway condemned Japan. They praised Japan."]})
    >>> answer = tone_shares(ak.from_frame(frame, progress=False), towards="Japan")
    >>> answer.table[["label", "n", "denominator"]].values.tolist()
    [['negative', 2, 3], ['neutral', 0, 3], ['positive', 1, 3], ['unsure', 0, 3]]
    """
    check_choice("count", count, ["stories", "articles"])
    check_choice("voice", voice, VOICES)
    grouped = group_articles(collection, by)
    actors = known_actors(collection, towards, argument="towards")
    sentences = collection.sentences[["article_id", "sentence_id", "start", "end"]]
    sentences = sentences.merge(grouped.articles, on="article_id", validate="m:1")
    every = sentences_naming(collection, actors, sentences)
    every = every.merge(judgements(collection), on=["article_id", "sentence_id", "actor"], validate="m:1")
    if voice == "article":
        every = every[every["voice"] == "article"]
    every["unit"] = every["article_id"] + ":" + every["sentence_id"].astype("str")
    every = every.sort_values(["order", "start"], kind="stable").drop(columns="order")
    once = longest_copies(collection, grouped.articles, grouped.by)[[*grouped.by, "article_id"]]
    hits = every.merge(once, on=[*grouped.by, "article_id"]) if count == "stories" else every
    hits = hits.reset_index(drop=True)
    cells = Cells(grouped, "actor", actors)
    return Answer(
        measure="tone_shares",
        table=_table(cells, hits, every),
        item="actor",
        by=(*grouped.by, "label"),
        count="sentences",
        title=ask("How is each actor spoken of?", grouped.by),
        subtitle="share of the sentences that name the actor, by the tone towards them, with 95 % interval (stories"
        f" resampled); {told_of(grouped, count, voice)}",
        collection=collection,
        n_left_out=grouped.n_left_out,
        hits=hits,
    )


def _table(cells: Cells, hits: pd.DataFrame, every: pd.DataFrame) -> pd.DataFrame:
    """Return the numbers of every cell and label; `every` has all copies, whatever is counted."""
    keys = ["actor", *cells.grouped.by]
    units = hits.drop_duplicates([*keys, "unit"])
    cell, n_cells = cells.cell_of(units), len(cells.owner)
    label = np.asarray(units["label"].map({name: i for i, name in enumerate(ROWS)}), dtype=np.int64)
    story, ones = cells.story_of(units), np.ones(len(units))
    n = np.bincount(cell * len(ROWS) + label, minlength=n_cells * len(ROWS))
    below = np.bincount(cell, minlength=n_cells)
    owner = np.repeat(np.arange(n_cells), len(ROWS))
    share = np.divide(n, below[owner], out=np.full(len(n), np.nan), where=below[owner] > 0)
    low, high = ratio_intervals(cell * len(ROWS) + label, story, ones, cell, story, ones, owner)
    n_stories = np.bincount(cells.cell_of(units.drop_duplicates([*keys, "story_id"])), minlength=n_cells)
    low, high = widen_certain(share, n_stories[owner], low, high)
    note = notes(cells.stories_in_group()[cells.owner], n_stories)
    net = _net(cell, _WORTH[label], ones, n_cells)
    net_low, net_high = ratio_intervals(
        cell, story, _WORTH[label], cell, story, ones, np.arange(n_cells, dtype=np.int64)
    )
    sign = signs(net_low, net_high, note).to_numpy(dtype=object)
    turned = np.zeros(n_cells, dtype=bool)
    for other in (_of_copies(cells, every), _of_stories(cells, units, label)):
        turned |= np.sign(other) != np.sign(net)
    sign[turned & (sign != TOO_FEW)] = "not settled"
    table = cells.keys().iloc[owner].reset_index(drop=True)
    return table.assign(
        label=pd.Series(np.tile(np.array(ROWS, dtype=object), n_cells), dtype="str"),
        n=n,
        denominator=below[owner],
        share=share,
        low=low,
        high=high,
        n_stories=n_stories[owner],
        net=net[owner],
        net_low=net_low[owner],
        net_high=net_high[owner],
        sign=pd.Series(sign[owner], dtype="str"),
        note=pd.Series(note.to_numpy(dtype=object)[owner], dtype="str"),
    )


def _net(cell: Ints, worth: Floats, weight: Floats, n_cells: int) -> Floats:
    total = np.bincount(cell, weights=weight, minlength=n_cells)
    above = np.bincount(cell, weights=weight * worth, minlength=n_cells)
    net: Floats = np.divide(above, total, out=np.full(n_cells, np.nan), where=total > 0)
    return net


def _of_copies(cells: Cells, every: pd.DataFrame) -> Floats:
    """Return the net tone of each cell with all copies counted."""
    units = every.drop_duplicates(["actor", *cells.grouped.by, "unit"])
    worth = np.asarray(units["label"].map(dict(zip(ROWS, _WORTH, strict=True))), dtype=np.float64)
    return _net(cells.cell_of(units), worth, np.ones(len(units)), len(cells.owner))


def _of_stories(cells: Cells, units: pd.DataFrame, label: Ints) -> Floats:
    """Return the net tone of each cell with each story counted alike, however many sentences it has."""
    sizes = units.groupby(["actor", *cells.grouped.by, "story_id"])["unit"].transform("size")
    return _net(cells.cell_of(units), _WORTH[label], 1 / sizes.to_numpy(np.float64), len(cells.owner))
