"""The tone of the sentences that name an actor by several word lists, side by side, and whether they agree."""

from __future__ import annotations

import functools
import warnings
from collections.abc import Iterable
from dataclasses import replace
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from analystkit.annotate.tone.lexicons import LISTS
from analystkit.codes import Ints, unique
from analystkit.collection import Collection
from analystkit.errors import UndatedArticlesWarning
from analystkit.measure.answer import Answer
from analystkit.measure.cells import TOO_FEW, Cells
from analystkit.measure.groups import By, group_articles
from analystkit.measure.tone import longest, scored_sentences, tone

#: What the lists are called.
NAMES: Final = {"vader": "VADER", "hu_liu": "Hu & Liu", "project": "this project"}


def tone_lists(
    collection: Collection,
    *,
    towards: str | Iterable[str] | None = None,
    by: By = None,
    count: str = "stories",
    voice: str = "all",
) -> Answer:
    """Average the tone of sentences by each word list, and say whether lists and units agree on its sign.

    Parameters
    ----------
    collection
        What to read.
    towards, by, count, voice
        As in `tone`.

    Returns
    -------
    Answer
        As `tone` returns, with one row more for each `list`: "VADER", "Hu & Liu", and "this project" (VADER with the values
        that the analyst gave words) where there are such values. Also `whole` (mean tone of the whole articles in which
        these sentences stand, -1..1) and `agreed`: the sign on which all lists are settled and their `whole` agrees, else
        "not settled", or "too few to say".

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
    That lists agree does not make them right: all of them count words.

    Examples
    --------
    >>> import analystkit as ak, pandas as pd
    >>> frame = pd.DataFrame({"text": [f"Norway and Japan share a border. It has {n} posts." for n in range(6)]})
    >>> answer = tone_lists(ak.from_frame(frame, progress=False), towards="Japan")
    >>> answer.table[["list", "n", "mean", "sign", "agreed"]].values.tolist()
    [['VADER', 6, 0.296, 'positive', 'not settled'], ['Hu & Liu', 6, 0.0, 'not settled', 'not settled']]
    """
    lists = [name for name in LISTS if name != "project" or collection.lexicon.decisions]
    answers = {
        NAMES[name]: tone(collection, towards=towards, by=by, count=count, scorer=name, voice=voice)
        for name in lists
    }
    first = next(iter(answers.values()))
    read_in = _articles_read(first, by, count, voice)
    tables = [
        answer.table.assign(list=name, whole=_whole(first, read_in, lists[place]))
        for place, (name, answer) in enumerate(answers.items())
    ]
    table = pd.concat(tables, keys=range(len(tables)), names=["", "row"])
    # All lists of an actor and group stand together.
    table = table.sort_index(level=1, sort_remaining=True, kind="stable").reset_index(drop=True)
    table["agreed"] = _agreed(table, len(lists))
    keys = [*first.keys, "list"]
    others = [name for name in table.columns if name not in {*keys, "note"}]
    return replace(
        first,
        measure="tone_lists",
        table=table[[*keys, *others, "note"]].astype({"list": "str"}),
        by=(*first.by, "list"),
        title=first.title.replace("What is the tone", "How do word lists rate the tone"),
        subtitle=first.subtitle.replace("VADER's compound (-1 to 1)", "the compound (-1 to 1) of each list"),
        hits=functools.partial(_hits, answers),
    )


def _hits(answers: dict[str, Answer]) -> pd.DataFrame:
    hits = [answer.hits.assign(list=name) for name, answer in answers.items()]
    return pd.concat(hits, ignore_index=True).astype({"list": "str"})


def _articles_read(answer: Answer, by: By, count: str, voice: str) -> tuple[Ints, Ints]:
    """Return the row of an answer and an article that holds a sentence of it, each pair once."""
    collection = answer.collection
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UndatedArticlesWarning)  # `tone` has said it
        grouped = group_articles(collection, by)
    items = tuple(answer.table[answer.item].unique()) if answer.item else ("",)
    read = grouped if count == "articles" else longest(grouped)
    cell, row = scored_sentences(read, Cells(grouped, answer.item, items), voice)
    size = max(len(collection.codes), 1)
    cell, article = np.divmod(unique(cell * size + collection.sentence_codes.article[row]), size)
    return cell, article


def _whole(answer: Answer, read_in: tuple[Ints, Ints], scorer: str) -> npt.NDArray[np.float64]:
    """Return the mean tone of the whole articles that hold the sentences of each row."""
    (cell, article), codes, n_rows = read_in, answer.collection.codes, len(answer.table)
    scores = answer.collection.article_tones
    tones = np.full(len(codes), np.nan)
    tones[codes.positions(scores["article_id"])] = scores[scorer].to_numpy(np.float64)
    n = np.bincount(cell, minlength=n_rows)
    total = np.bincount(cell, weights=tones[article], minlength=n_rows)
    mean: npt.NDArray[np.float64] = np.divide(total, n, out=np.full(n_rows, np.nan), where=n > 0)
    return mean


def _agreed(table: pd.DataFrame, n_lists: int) -> pd.Series:
    """Return what lists and units say together; `table` has the rows of all lists together."""
    told = table["sign"].to_numpy(dtype=object).reshape(-1, n_lists)
    wanted = np.select([told == "positive", told == "negative"], [1.0, -1.0], 0.0)
    whole = np.sign(table["whole"].to_numpy(np.float64).reshape(-1, n_lists))
    alike = (told == told[:, :1]).all(axis=1) & (wanted == whole).all(axis=1)
    agreed = np.where(alike, told[:, 0], "not settled").astype(object)
    agreed[(told == TOO_FEW).any(axis=1)] = TOO_FEW
    return pd.Series(np.repeat(agreed, n_lists), dtype="str")
