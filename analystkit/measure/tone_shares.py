"""In what share of the sentences that name an actor the tone towards them is negative, neutral or positive."""

from __future__ import annotations

import functools
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
from analystkit.measure.groups import By, group_articles
from analystkit.measure.intervals import ratio_intervals, widen_certain
from analystkit.measure.names import known_actors
from analystkit.measure.tone import VOICES, WORTH, judged, judged_mentions, longest, signs, told_of

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

#: The rows of each actor: the labels of a judgement, and none.
ROWS: Final = (*LABELS, UNSURE)


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
    read = grouped if count == "articles" else longest(grouped)
    cells = Cells(grouped, "actor", actors)
    return Answer(
        measure="tone_shares",
        table=_table(cells, judged(read, cells, voice), judged(grouped, cells, voice)),
        item="actor",
        by=(*grouped.by, "label"),
        count="sentences",
        title=ask("How is each actor spoken of?", grouped.by),
        subtitle="share of the sentences that name the actor, by the tone towards them, with 95 % interval (stories"
        f" resampled); {told_of(read, count, voice)}",
        collection=collection,
        n_left_out=grouped.n_left_out,
        hits=functools.partial(judged_mentions, read, actors, voice),
    )


def _table(cells: Cells, of_read: tuple[Ints, Ints], of_all: tuple[Ints, Ints]) -> pd.DataFrame:
    """Return the numbers of every cell and label, from the cells and rows of the judgements read, and of all copies."""
    judgements, codes = cells.grouped.collection.tone_codes, cells.grouped.collection.codes
    cell, row = of_read
    n_cells = len(cells.owner)
    label = judgements.worth("label", {name: place for place, name in enumerate(ROWS)})[row].astype(np.int64)
    worths = judgements.worth("label", WORTH)
    worth = worths[row]
    story, ones = codes.story[judgements.article[row]], np.ones(len(row))
    told = np.unique(cell * max(codes.n_stories, 1) + story, return_inverse=True, return_counts=True)
    in_story, story_of, sizes = told
    n = np.bincount(cell * len(ROWS) + label, minlength=n_cells * len(ROWS))
    below = np.bincount(cell, minlength=n_cells)
    owner = np.repeat(np.arange(n_cells), len(ROWS))
    share = np.divide(n, below[owner], out=np.full(len(n), np.nan), where=below[owner] > 0)
    low, high = ratio_intervals(cell * len(ROWS) + label, story, ones, cell, story, ones, owner)
    n_stories = np.bincount(in_story // max(codes.n_stories, 1), minlength=n_cells)
    low, high = widen_certain(share, n_stories[owner], low, high)
    note = notes(cells.stories_in_group()[cells.owner], n_stories)
    net = _net(cell, worth, ones, n_cells)
    net_low, net_high = ratio_intervals(
        cell, story, worth, cell, story, ones, np.arange(n_cells, dtype=np.int64)
    )
    sign = signs(net_low, net_high, note).to_numpy(dtype=object)
    turned = np.zeros(n_cells, dtype=bool)
    # All copies counted; each story counted alike, however many sentences it has.
    copies, of_copies = of_all
    all_copies = _net(copies, worths[of_copies], np.ones(len(copies)), n_cells)
    for other in (all_copies, _net(cell, worth, 1 / sizes[story_of], n_cells)):
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
