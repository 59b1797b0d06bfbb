"""The tone of the sentences that name an actor, or towards that actor, or of all sentences, in each group."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from analystkit.annotate.tone.lexicons import LISTS
from analystkit.annotate.tone.quoted import find_quoted, holds_quoted
from analystkit.annotate.tone.towards import P_COLUMNS
from analystkit.collection import Collection, counted
from analystkit.errors import ArgumentError, check_choice
from analystkit.measure.answer import Answer
from analystkit.measure.cells import TOO_FEW, Cells, ask, notes
from analystkit.measure.groups import By, Grouped, group_articles, longest_copies
from analystkit.measure.intervals import ratio_intervals
from analystkit.measure.names import known_actors

#: What may score a sentence: word lists, or the model of the tone towards an actor.
SCORERS: Final = (*LISTS, "towards")
VOICES: Final = ("all", "article")
#: What a label adds to a mean of the tone towards an actor; one that is unsure adds nothing.
_WORTH: Final = {"negative": -1.0, "neutral": 0.0, "positive": 1.0, "unsure": 0.0}
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
    articles = grouped.articles
    item: str | None
    items: tuple[str, ...]
    if count == "stories":
        articles = longest_copies(collection, articles, grouped.by)
    sentences = collection.sentences[["article_id", "sentence_id", "start", "end"]]
    sentences = sentences.merge(articles, on="article_id", validate="m:1")
    if voice == "article" and scorer != "towards":
        sentences = sentences.merge(without_quotes(collection), on=["article_id", "sentence_id"])
    if towards is None:
        item, items = None, ("",)
        hits = _whole_sentences(collection, sentences)
    else:
        item, items = "actor", known_actors(collection, towards, argument="towards")
        hits = sentences_naming(collection, items, sentences)
    if scorer == "towards":
        hits = hits.merge(judgements(collection), on=["article_id", "sentence_id", "actor"], validate="m:1")
        hits = hits if voice == "all" else hits[hits["voice"] == voice]
        hits = hits.assign(tone=hits["label"].map(_WORTH)).drop(columns="label")
    else:
        scores = scores_of(collection, scorer)
        hits = hits.merge(scores, on=["article_id", "sentence_id"], validate="m:1")
    hits["unit"] = hits["article_id"] + ":" + hits["sentence_id"].astype("str")
    hits = hits.sort_values(["order", "start"], kind="stable").drop(columns="order").reset_index(drop=True)
    cells = Cells(grouped, item, items)
    if scorer == "towards":
        question = "What is the tone towards each actor?"
    elif item:
        question = "What is the tone of the sentences that name each actor?"
    else:
        question = "What is the tone of all sentences?"
    return Answer(
        measure="tone",
        table=_table(cells, hits),
        item=item,
        by=grouped.by,
        count="sentences",
        title=ask(question, grouped.by),
        subtitle=f"mean of {_MEAN_OF[scorer if collection.lexicon.decisions or scorer != 'project' else 'vader']} over"
        f" sentences, with 95 % interval (stories resampled); {told_of(grouped, count, voice)}",
        collection=collection,
        n_left_out=grouped.n_left_out,
        hits=hits,
    )


def _whole_sentences(collection: Collection, sentences: pd.DataFrame) -> pd.DataFrame:
    """Return sentences as hits of their own: the words at their place are the sentence."""
    bodies = collection.articles.set_index("article_id")["body"]
    of_row = bodies.reindex(sentences["article_id"])
    surfaces = [body[a:b] for body, a, b in zip(of_row, sentences["start"], sentences["end"], strict=True)]
    return sentences.assign(surface=pd.Series(surfaces, dtype="str", index=sentences.index))


def sentences_naming(collection: Collection, actors: Iterable[str], sentences: pd.DataFrame) -> pd.DataFrame:
    """Return the namings of actors in some sentences: `surface` and `actor` beside the columns of the sentence."""
    named = collection.mentions
    columns = ["article_id", "sentence_id", "start", "end", "surface", "actor"]
    named = named.loc[named["actor"].isin(list(actors)), columns]
    return named.merge(sentences.drop(columns=["start", "end"]), on=["article_id", "sentence_id"])


def judgements(collection: Collection) -> pd.DataFrame:
    """Return what is said of the tone towards each actor in each sentence that names them."""
    return collection.tones[["article_id", "sentence_id", "actor", "label", "voice", *P_COLUMNS]]


def scores_of(collection: Collection, scorer: str) -> pd.DataFrame:
    """Return the `tone` of each sentence by a word list."""
    if scorer == "project":  # what the table of sentences has
        return collection.sentences[["article_id", "sentence_id", "tone"]]
    scores = collection.list_tones[["article_id", "sentence_id", scorer]]
    return scores.rename(columns={scorer: "tone"})


def without_quotes(collection: Collection) -> pd.DataFrame:
    """Return which sentences hold no quoted speech: `article_id`, `sentence_id`."""
    sentences = collection.sentences[["article_id", "sentence_id", "start", "end"]]
    bodies = dict(zip(collection.articles["article_id"], collection.articles["body"], strict=True))
    parts = [sentences.iloc[:0]]
    for name, own in sentences.groupby("article_id", sort=False):
        spans = list(zip(own["start"].tolist(), own["end"].tolist(), strict=True))
        parts.append(own[~holds_quoted(spans, find_quoted(bodies[name]))])
    return pd.concat(parts)[["article_id", "sentence_id"]]


def told_of(grouped: Grouped, count: str, voice: str) -> str:
    """Say what was read."""
    apart = "; sentences with quoted speech left out" if voice == "article" else ""
    if count == "articles":
        return f"all {counted(len(grouped.articles), 'article')} read{apart}"
    return f"one article of each of {counted(grouped.articles['story_id'].nunique(), 'story')} read{apart}"


def _table(cells: Cells, hits: pd.DataFrame) -> pd.DataFrame:
    keys = [*([cells.item] if cells.item else []), *cells.grouped.by]
    units = hits.drop_duplicates([*keys, "unit"])
    cell, owner = cells.cell_of(units), cells.owner
    story, values = cells.story_of(units), units["tone"].to_numpy(np.float64)
    n = np.bincount(cell, minlength=len(owner))
    total = np.bincount(cell, weights=values, minlength=len(owner))
    mean = np.divide(total, n, out=np.full(len(n), np.nan), where=n > 0)
    low, high = ratio_intervals(cell, story, values, cell, story, np.ones(len(units)), np.arange(len(owner)))
    once = units.drop_duplicates([*keys, "story_id"])
    n_stories = np.bincount(cells.cell_of(once), minlength=len(owner))
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
