"""Every sentence of the pages of a collection, those that no count reads included: headline and furniture."""

from __future__ import annotations

import bisect
from collections.abc import Iterable
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from analystkit.annotate.actors import annotate_mentions
from analystkit.annotate.sentences import annotate_sentences
from analystkit.annotate.tone.quoted import find_quoted
from analystkit.annotate.topics import annotate_topics
from analystkit.collection import Collection
from analystkit.schema import BODY_ZONES

#: The parts of a page, each with what it adds to the one before it.
PARTS: Final[tuple[str, ...]] = ("body", "body+title", "page")


def page_sentences(
    collection: Collection, *, actors: Iterable[str] = (), topics: Iterable[str] = ()
) -> pd.DataFrame:
    """Return one row per sentence of each page, in the order of the page.

    Parameters
    ----------
    collection
        Whose pages.
    actors, topics
        Whose namings or terms are looked for.

    Returns
    -------
    DataFrame
        `article` (row of `collection.articles`), `line` (numbered over all pages), `part` (0 body, 1 headline, 2 anything
        else on the page), `sentence_id` and `tone` of body sentences as in `collection.sentences` (-1 and NaN elsewhere),
        `text`, `quoted` (it holds quoted speech), and for each actor and topic a column of booleans, called `holds(name)`.

    Notes
    -----
    A name outside the bodies is taken for the actor that it stands for in that article, else in most of the collection.
    """
    articles = collection.articles[["article_id", "body"]].reset_index(drop=True)
    zones = collection.zones[collection.zones["article_id"].isin(set(articles["article_id"]))]
    of_body = zones["zone"].isin(BODY_ZONES).to_numpy()
    places = zones.groupby("article_id", sort=False).cumcount().to_numpy()
    other = zones[~of_body].assign(place=places[~of_body])
    other["text"] = other["text"].str.replace("\n", " ")
    beside = other.groupby("article_id", sort=False)["text"].agg("\n".join).rename("body").reset_index()
    bodies = _sentences(articles, collection.sentences)
    others = _sentences(beside, annotate_sentences(beside)).assign(tone=np.nan)
    lines = zones.assign(place=places)[["article_id", "zone", "place"]]
    rows = pd.concat(
        [_placed(bodies, lines[of_body], "body"), _placed(others, lines[~of_body], "")], ignore_index=True
    )
    named, hit = tuple(actors), tuple(topics)
    if named:
        namings = _named_beside(collection, beside, others)
        for name in named:
            inside = _holding(bodies, collection.mentions, "actor", name)
            rows[holds(name)] = np.concatenate([inside, _holding(others, namings, "actor", name)])
    if hit and collection.topics is not None:
        hits = annotate_topics(beside, others, collection.topics)
        for name in hit:
            inside = _holding(bodies, collection.topic_hits, "topic", name)
            rows[holds(name)] = np.concatenate([inside, _holding(others, hits, "topic", name)])
    place = {identity: number for number, identity in enumerate(articles["article_id"])}
    rows["article"] = rows["article_id"].map(place).astype("int64")
    rows = rows.sort_values(["article", "place", "start"], kind="stable").reset_index(drop=True)
    rows["line"] = rows.groupby(["article", "place"], sort=False).ngroup()
    rows.loc[rows["part"] > 0, "sentence_id"] = -1
    return rows.drop(columns=["article_id", "place", "start", "end", "row"])


def holds(name: str) -> str:
    """Return what the column is called that says whether a sentence holds an actor or topic."""
    return f"holds {name}"


def line_numbers(articles: pd.DataFrame, rows: pd.DataFrame) -> pd.Series:
    """Return which line of its article's body each row starts in, counted from 0 (rows: `article_id`, `start`)."""
    breaks = {
        identity: [at for at, letter in enumerate(body) if letter == "\n"]
        for identity, body in zip(articles["article_id"], articles["body"], strict=True)
    }
    numbers = [
        bisect.bisect_left(breaks[of], start)
        for of, start in zip(rows["article_id"], rows["start"], strict=True)
    ]
    return pd.Series(numbers, index=rows.index, dtype="int64")


def _sentences(articles: pd.DataFrame, sentences: pd.DataFrame) -> pd.DataFrame:
    """Return sentences with their text, their line and whether they hold quoted speech."""
    rows = sentences.reset_index(drop=True)
    bodies = dict(zip(articles["article_id"], articles["body"], strict=True))
    spans = {identity: find_quoted(body) for identity, body in bodies.items()}
    places = list(zip(rows["article_id"], rows["start"], rows["end"], strict=True))
    texts = [bodies[of][start:end] for of, start, end in places]
    quoted = [any(first < end and last > start for first, last in spans[of]) for of, start, end in places]
    return rows.assign(
        text=pd.Series(texts, dtype="object"),
        quoted=pd.Series(quoted, dtype="bool"),
        row=line_numbers(articles, rows),
    )


def _placed(rows: pd.DataFrame, lines: pd.DataFrame, part: str) -> pd.DataFrame:
    """Return sentences with the place of their line on the page and the part of the page it is in."""
    numbered = lines.assign(row=lines.groupby("article_id", sort=False).cumcount())
    found = rows.merge(numbered, on=["article_id", "row"], how="left", validate="m:1")
    # A body made by hand, without zones, is lines like any other.
    found["place"] = found["place"].fillna(found["row"]).astype("int64")
    found["part"] = 0 if part == "body" else np.where(found["zone"] == "title", 1, 2)
    return found.drop(columns="zone")


def _holding(rows: pd.DataFrame, hits: pd.DataFrame, column: str, name: str) -> npt.NDArray[np.bool_]:
    """Return whether each sentence has a hit."""
    own = hits.loc[hits[column] == name, ["article_id", "sentence_id"]].drop_duplicates()
    found = rows[["article_id", "sentence_id"]].merge(own.assign(there=True), how="left")
    return np.asarray(found["there"].eq(True), dtype=np.bool_)


def _named_beside(collection: Collection, beside: pd.DataFrame, others: pd.DataFrame) -> pd.DataFrame:
    """Return the namings outside bodies, each with the actor that its words stand for inside them."""
    found = annotate_mentions(beside, others, model=collection.actors)
    known = collection.mentions
    first = ["article_id", "surface"]
    counts = known.groupby([*first, "actor"]).size().rename("n").reset_index().sort_values("n", kind="stable")
    here = counts.drop_duplicates(first, keep="last").set_index(first)["actor"]
    anywhere = counts.groupby(["surface", "actor"])["n"].sum().reset_index().sort_values("n", kind="stable")
    most = anywhere.drop_duplicates("surface", keep="last").set_index("surface")["actor"]
    of_article, of_all = here.to_dict(), most.to_dict()
    actors = [
        of_article.get((identity, surface), of_all.get(surface, actor))
        for identity, surface, actor in zip(
            found["article_id"], found["surface"], found["actor"], strict=True
        )
    ]
    return found.assign(actor=pd.Series(actors, index=found.index, dtype="str"))
