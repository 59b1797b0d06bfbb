"""The tone of the sentences that name an actor, or towards that actor, or of all sentences, in each group."""

from __future__ import annotations

import functools
from collections.abc import Iterable
from dataclasses import replace
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from analystkit.annotate.tone.lexicons import LISTS
from analystkit.annotate.tone.towards import P_COLUMNS
from analystkit.codes import HitCodes, Ints, unique
from analystkit.collection import Collection, counted
from analystkit.errors import ArgumentError, check_choice
from analystkit.measure.answer import Answer
from analystkit.measure.cells import TOO_FEW, Cells, ask, notes
from analystkit.measure.groups import By, Grouped, group_articles
from analystkit.measure.intervals import ratio_intervals
from analystkit.measure.names import known_actors

#: What may score a sentence: word lists, or the model of the tone towards an actor.
SCORERS: Final = (*LISTS, "towards")
VOICES: Final = ("all", "article")
#: What a label adds to a mean of the tone towards an actor; one that is unsure adds nothing.
WORTH: Final = {"negative": -1.0, "neutral": 0.0, "positive": 1.0, "unsure": 0.0}
_MEAN_OF: Final = {
    "vader": "VADER's compound (-1 to 1)",
    "hu_liu": "Hu & Liu's words under VADER's rules (-1 to 1)",
    "project": "VADER's compound with the words of this project (-1 to 1)",
    "towards": "the tone towards the actor (negative -1, neutral or unsure 0, positive 1)",
}


def tone(
    collection: Collection,
    *,
    towards: str | Iterable[str] | None = None,
    by: By = None,
    count: str = "stories",
    scorer: str = "project",
    voice: str = "all",
) -> Answer:
    """Average the tone of the sentences that name an actor, or the tone towards that actor, in each group.

    Parameters
    ----------
    collection
        What to read.
    towards
        One actor or several: only sentences that name them; None reads all sentences.
    by
        As in `actor_frequency`.
    count
        "stories" reads one article of each story and group, the longest, so that a reprinted sentence counts once;
        "articles" reads all.
    scorer
        What is averaged: the compound of the sentence by "vader", "hu_liu" or "project" (VADER with the values that the
        analyst gave words), or "towards": what `collection.tones` says of the tone towards the actor.
    voice
        "all", or "article": without the sentences that hold quoted speech.

    Returns
    -------
    Answer
        Its table has one row per actor (where `towards` was given) and group: `n` (sentences), `mean` (-1..1; of the tone
        towards an actor it is the share of positive sentences less that of negative ones), `low` and `high` (95 % interval
        that resamples stories), `n_stories` (stories with such a sentence), `sign` ("negative", "positive", "not settled"
        where the interval holds 0, "too few to say"), `note` ("", "too few to say" below 5 stories, "no articles").

    Raises
    ------
    ArgumentError
        The collection names no such actor, another argument has a value that is not allowed, or the tone towards nobody
        is asked for.

    Warns
    -----
    UndatedArticlesWarning
        Articles without a date are left out when `by` is a time.

    Notes
    -----
    VADER (Hutto & Gilbert 2014) adds up the valences of words. A sentence about a bad thing is negative, whoever did
    it: a negative mean does not say that the actor is attacked, nor that the article's own voice is meant. The tone towards
    an actor is a model's judgement, right in about seven of ten sentences of political news (`docs/tone.md`).
    """
    check_choice("count", count, ["stories", "articles"])
    check_choice("scorer", scorer, SCORERS)
    check_choice("voice", voice, VOICES)
    if scorer == "towards" and towards is None:
        raise ArgumentError("`towards` is None; the tone towards an actor needs one: towards='Russia'.")
    grouped = group_articles(collection, by)
    read = grouped if count == "articles" else longest(grouped)
    item: str | None
    items: tuple[str, ...]
    item, items = None, ("",)
    if towards is not None:
        item, items = "actor", known_actors(collection, towards, argument="towards")
    cells = Cells(grouped, item, items)
    if scorer == "towards":
        cell, row = judged(read, cells, voice)
        scored = collection.tone_codes
        values = scored.worth("label", WORTH)[row]
        question = "What is the tone towards each actor?"
    else:
        cell, row = scored_sentences(read, cells, voice)
        scored = collection.sentence_codes
        values = _scores(collection, scorer)[row]
        question = "What is the tone of the sentences that name each actor?"
        if item is None:
            question = "What is the tone of all sentences?"
    story = collection.codes.story[scored.article[row]]
    return Answer(
        measure="tone",
        table=_table(cells, cell, story, values),
        item=item,
        by=grouped.by,
        count="sentences",
        title=ask(question, grouped.by),
        subtitle=f"mean of {_MEAN_OF[scorer if collection.lexicon.decisions or scorer != 'project' else 'vader']} over"
        f" sentences, with 95 % interval (stories resampled); {told_of(read, count, voice)}",
        collection=collection,
        n_left_out=grouped.n_left_out,
        hits=functools.partial(_hits, read, item, items, scorer, voice),
    )


def longest(grouped: Grouped) -> Grouped:
    """Return the groups with one article of each story in each: the longest, since tails are cut."""
    codes = grouped.collection.codes
    size = max(codes.n_stories, 1)
    key = grouped.group * size + codes.story[grouped.article]
    n = np.bincount(np.unique(key, return_inverse=True)[1])
    if n.max(initial=0) <= 1:
        return grouped
    # Ties are settled by name, without the order of the files.
    by_name = codes.trait("article_id")[0]
    ranked = np.lexsort((by_name[grouped.article], -codes.n_words[grouped.article], key))
    first = np.append(True, key[ranked][1:] != key[ranked][:-1])
    kept = np.sort(ranked[first])
    return replace(grouped, article=grouped.article[kept], group=grouped.group[kept])


def judged(read: Grouped, cells: Cells, voice: str) -> tuple[Ints, Ints]:
    """Return the cell of each judgement that is read, and its row in `Collection.tone_codes`."""
    collection = read.collection
    hits = collection.tone_codes
    rows, place = _rows_of(hits, cells.items)
    counts = collection.is_counted(hits, rows)
    rows = rows if counts is None else rows[counts]
    if voice == "article":
        rows = rows[hits.table["voice"].to_numpy(dtype=object)[rows] == "article"]
    entry, group = read.spread(hits.article[rows])
    rows = rows[entry]
    return place[hits.code[rows]] * cells.n_groups + group, rows


def scored_sentences(read: Grouped, cells: Cells, voice: str) -> tuple[Ints, Ints]:
    """Return the cell of each sentence that is read, and its row in `Collection.sentence_codes`.

    Each sentence comes once in a cell, however often it names the actor.
    """
    collection = read.collection
    sentences = collection.sentence_codes
    if cells.item is None:
        hits, rows = sentences, np.arange(len(sentences.article))
        code, place = np.zeros(len(rows), dtype=np.int64), np.zeros(1, dtype=np.int64)
    else:
        hits = collection.mention_codes
        rows, place = _rows_of(hits, cells.items)
        code = hits.code
    counts = collection.is_counted(hits, rows)
    rows = rows if counts is None else rows[counts]
    if voice == "article":
        rows = rows[~np.isin(hits.sentence[rows], collection.quoting)]
    entry, group = read.spread(hits.article[rows])
    rows = rows[entry]
    cell = place[code[rows]] * cells.n_groups + group
    by_place, places = sentences.by_sentence
    size = max(len(places), 1)
    cell, at = np.divmod(unique(cell * size + np.searchsorted(places, hits.sentence[rows])), size)
    return cell, by_place[at]


def _rows_of(hits: HitCodes, items: tuple[str, ...]) -> tuple[Ints, Ints]:
    """Return the rows of some items, and the place of each item among them."""
    chosen = np.array([hits.place[name] for name in items], dtype=np.int64)
    place = np.full(len(hits.names), -1, dtype=np.int64)
    place[chosen] = np.arange(len(items))
    return hits.rows_of(chosen), place


def _scores(collection: Collection, scorer: str) -> npt.NDArray[np.float64]:
    """Return the score of each sentence of `Collection.sentence_codes` by a word list."""
    if scorer == "project":  # what the table of sentences has
        return collection.sentence_codes.table["tone"].to_numpy(np.float64)
    scored = collection.list_codes
    by_place, places = scored.by_sentence
    row = by_place[np.searchsorted(places, collection.sentence_codes.sentence)]
    return scored.table[scorer].to_numpy(np.float64)[row]


def _hits(read: Grouped, item: str | None, items: tuple[str, ...], scorer: str, voice: str) -> pd.DataFrame:
    """Return the mentions, or whole sentences, whose sentences were read, with their tones."""
    collection = read.collection
    if scorer == "towards":
        hits = judged_mentions(read, items, voice)
        return hits.assign(tone=hits["label"].map(WORTH)).drop(columns="label")
    codes = collection.sentence_codes
    sentences = codes.table[["article_id", "sentence_id", "start", "end"]].assign(
        tone=_scores(collection, scorer)
    )
    here = collection.is_counted(codes)
    kept = np.ones(len(sentences), dtype=np.bool_) if here is None else here
    if voice == "article":
        kept = kept & ~np.isin(codes.sentence, collection.quoting)
    sentences = sentences[kept].merge(read.articles, on="article_id")
    hits = _whole_sentences(collection, sentences) if item is None else _naming(collection, items, sentences)
    return _in_order(hits)


def judged_mentions(read: Grouped, actors: tuple[str, ...], voice: str) -> pd.DataFrame:
    """Return the mentions of actors in the articles read, with what is said of the tone towards them there."""
    collection = read.collection
    sentences = collection.sentences[["article_id", "sentence_id"]].merge(read.articles, on="article_id")
    told = collection.tones[["article_id", "sentence_id", "actor", "label", "voice", *P_COLUMNS]]
    told = told if voice == "all" else told[told["voice"] == voice]
    return _in_order(
        _naming(collection, actors, sentences).merge(told, on=["article_id", "sentence_id", "actor"])
    )


def _naming(collection: Collection, actors: tuple[str, ...], sentences: pd.DataFrame) -> pd.DataFrame:
    """Return the namings of actors in some sentences: `surface` and `actor` beside the columns of the sentence."""
    named = collection.mentions
    columns = ["article_id", "sentence_id", "start", "end", "surface", "actor"]
    named = named.loc[named["actor"].isin(actors), columns]
    return named.merge(
        sentences.drop(columns=["start", "end"], errors="ignore"), on=["article_id", "sentence_id"]
    )


def _in_order(hits: pd.DataFrame) -> pd.DataFrame:
    hits["unit"] = hits["article_id"] + ":" + hits["sentence_id"].astype("str")
    return hits.sort_values(["order", "start"], kind="stable").drop(columns="order").reset_index(drop=True)


def _whole_sentences(collection: Collection, sentences: pd.DataFrame) -> pd.DataFrame:
    """Return sentences as hits of their own: the words at their place are the sentence."""
    bodies = collection.articles.set_index("article_id")["body"]
    of_row = bodies.reindex(sentences["article_id"])
    surfaces = [body[a:b] for body, a, b in zip(of_row, sentences["start"], sentences["end"], strict=True)]
    return sentences.assign(surface=pd.Series(surfaces, dtype="str", index=sentences.index))


def told_of(read: Grouped, count: str, voice: str) -> str:
    """Say what was read."""
    apart = "; sentences with quoted speech left out" if voice == "article" else ""
    if count == "articles":
        return f"all {counted(len(read.article), 'article')} read{apart}"
    n_stories = int(np.count_nonzero(np.bincount(read.story, minlength=1)))
    return f"one article of each of {counted(n_stories, 'story')} read{apart}"


def _table(cells: Cells, cell: Ints, story: Ints, values: npt.NDArray[np.float64]) -> pd.DataFrame:
    owner = cells.owner
    n = np.bincount(cell, minlength=len(owner))
    total = np.bincount(cell, weights=values, minlength=len(owner))
    mean = np.divide(total, n, out=np.full(len(n), np.nan), where=n > 0)
    low, high = ratio_intervals(cell, story, values, cell, story, np.ones(len(cell)), np.arange(len(owner)))
    size = max(cells.grouped.collection.codes.n_stories, 1)
    n_stories = np.bincount(unique(cell * size + story) // size, minlength=len(owner))
    note = notes(cells.stories_in_group()[owner], n_stories)
    return cells.keys().assign(
        n=n,
        mean=mean,
        low=low,
        high=high,
        n_stories=n_stories,
        sign=signs(low, high, note),
        note=note,
    )


def signs(low: npt.NDArray[np.float64], high: npt.NDArray[np.float64], note: pd.Series) -> pd.Series:
    """Return what may be said of the sign of each mean."""
    told = np.select(
        [(note != "").to_numpy(), low > 0, high < 0], [TOO_FEW, "positive", "negative"], default="not settled"
    )
    return pd.Series(told, dtype="str")
