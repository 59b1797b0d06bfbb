"""Which countries an article is about, apart from those that it only names."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analystkit.annotate.actors import find_mentions
from analystkit.annotate.actors.countries import countries
from analystkit.collection import Collection
from analystkit.errors import ArgumentError, check_choice
from analystkit.measure.answer import Answer
from analystkit.measure.frequency import MOST, frequency_of
from analystkit.measure.groups import By, group_articles

#: A naming in the title or in the first sentences weighs as much as this many further down.
_FRONT = 3
_FIRST_SENTENCES = 2


def article_countries(collection: Collection, *, min_ratio: float = 0.3, home: str = "") -> pd.DataFrame:
    """Say which countries each article names, and which of them it is about.

    A naming of a state, of its people, of a listed place in it or of its seat of government counts 1, in the title or in
    the first two sentences 3. An article is about the country with the largest sum, and about those that have at least
    `min_ratio` of it.

    Parameters
    ----------
    collection
        Whose articles.
    min_ratio
        How near to the largest sum that of another country must be (above 0, at most 1).
    home
        The country that an article without any is about, for papers that do not name their own; "" for none.

    Returns
    -------
    DataFrame
        One row per article and country, strongest first: `article_id`, `country`, `n` (namings in the body),
        `in_title`, `in_lead` (of title and of the first two sentences), `score`, `share` (of the scores of the article,
        0-1), `about`; a country from `home` has no namings and a score of 0.

    Notes
    -----
    Measured on 9,527 dispatches of 1987 whose desk noted the countries: see `benchmarks/results.md`.
    """
    if not 0 < min_ratio <= 1:
        raise ArgumentError(f"`min_ratio` is {min_ratio!r}; give a number above 0, at most 1.")
    if home and countries().get(home) != home:
        check_choice("home", home, sorted(set(countries().values())))
    articles = collection.articles
    known = countries()
    body = collection.mentions.assign(country=collection.mentions["actor"].map(known)).dropna(
        subset="country"
    )
    # Ordered by their beginning, the sentences of an article have their places in it.
    place = collection.sentences.groupby("article_id", sort=False).cumcount()
    order = collection.sentences[["article_id", "sentence_id"]].assign(place=place)
    body = body.merge(order, on=["article_id", "sentence_id"])
    body["in_lead"] = body["place"] < _FIRST_SENTENCES
    title = find_mentions(articles["title"].tolist(), model="rules")
    title["country"] = title["actor"].map(known)
    title = title.dropna(subset="country")
    title["article_id"] = articles["article_id"].to_numpy()[title["text_id"].to_numpy(np.int64)]
    rows = pd.concat(
        [
            body[["article_id", "country", "in_lead"]].assign(n=1, in_title=False),
            title[["article_id", "country"]].assign(n=0, in_title=True, in_lead=False),
        ],
        ignore_index=True,
    )
    rows["score"] = np.where(rows["in_lead"].astype(bool) | rows["in_title"].astype(bool), _FRONT, 1)
    table = (
        rows.groupby(["article_id", "country"])
        .agg(n=("n", "sum"), in_title=("in_title", "any"), in_lead=("in_lead", "any"), score=("score", "sum"))
        .reset_index()
    )
    if home:
        without = articles.loc[~articles["article_id"].isin(set(table["article_id"])), "article_id"]
        added = pd.DataFrame({"article_id": without, "country": home}).assign(
            n=0, in_title=False, in_lead=False, score=0
        )
        table = pd.concat([table, added], ignore_index=True)
    by_article = table.groupby("article_id")["score"]
    total, largest = by_article.transform("sum"), by_article.transform("max")
    table["share"] = table["score"] / total.where(total > 0)
    table["about"] = table["score"] >= min_ratio * largest
    at = pd.Series(range(len(articles)), index=articles["article_id"])
    table["at"] = table["article_id"].map(at)
    table = table.sort_values(["at", "score", "country"], ascending=[True, False, True], kind="stable")
    kinds = {"article_id": "str", "country": "str", "n": "int64", "in_title": "bool", "in_lead": "bool"}
    return (
        table.drop(columns="at").reset_index(drop=True).astype({**kinds, "score": "int64", "about": "bool"})
    )


def country_frequency(
    collection: Collection,
    *,
    by: By = None,
    count: str = "stories",
    about: bool = True,
    home: str = "",
    most: int | None = MOST,
) -> Answer:
    """Count how many stories of each group are about each country, or name it.

    Parameters
    ----------
    collection, by, most
        As in `actor_frequency`.
    count
        "stories" or "articles".
    about
        Count what articles are about, see `article_countries`; False counts what they name.
    home
        As in `article_countries`.

    Returns
    -------
    Answer
        As `actor_frequency` returns, with `country` for `actor`. The evidence is where the country is named; of an article
        that does so in its title alone, or that `home` decides, it is the first sentence.
    """
    check_choice("count", count, ["stories", "articles"])
    table = article_countries(collection, home=home)
    table = table[table["about"]] if about else table
    named = collection.mentions.assign(country=collection.mentions["actor"].map(countries()))
    columns = ["article_id", "sentence_id", "start", "end", "surface", "country"]
    hits = named.merge(table[["article_id", "country"]], on=["article_id", "country"])[columns]
    seen = table[["article_id", "country"]].merge(
        hits[["article_id", "country"]].drop_duplicates(), how="left", indicator="where"
    )
    first = collection.sentences.drop_duplicates("article_id")[["article_id", "sentence_id", "start", "end"]]
    others = seen[seen["where"] == "left_only"].merge(first, on="article_id")
    bodies = collection.articles.set_index("article_id")["body"]
    others["surface"] = [
        bodies[identity][start:end]
        for identity, start, end in zip(others["article_id"], others["start"], others["end"], strict=True)
    ]
    hits = pd.concat([hits, others[columns]], ignore_index=True).astype(hits.dtypes.to_dict())
    return frequency_of(
        collection,
        hits,
        "country",
        group_articles(collection, by),
        count=count,
        items=None,
        most=most,
        measure="country_frequency",
        question="How often is each country what an article is about?"
        if about
        else "How often is each country named?",
        verb="about the country" if about else "naming the country",
    )
