"""What a term list rests on: each term with its hits, the dead ones, and where topics overlap."""

from __future__ import annotations

import itertools
from dataclasses import replace

import numpy as np
import pandas as pd

from analystkit.annotate.term_lists import Topics, parse_term
from analystkit.collection import Collection
from analystkit.errors import ArgumentError
from analystkit.measure.answer import Answer
from analystkit.measure.frequency import frequency_of
from analystkit.measure.groups import group_articles


def term_frequency(collection: Collection, *, topics: Topics | None = None) -> Answer:
    """Count the hits of each term of each topic; a term that finds nothing has its row, with 0.

    Parameters
    ----------
    collection
        What to count in.
    topics
        Term lists; None takes those of the collection.

    Returns
    -------
    Answer
        Its table has one row per term, in the order of the list, most found first within a topic: `term` ("topic: term"),
        then `n` (stories with the term), `denominator` (stories), `share`, `low`, `high`, `n_stories`, `note` as in
        `actor_frequency`, and further `topic`, `n_hits`, `of_topic` (share of the topic's hits that are of this term,
        0-1), `surfaces` (the words found most), `dead` (no hit at all).

    Notes
    -----
    Of two terms of one topic that find the same words the longer is counted, so a term may be dead because another takes
    all its hits; terms that begin with NOT count nothing and are not listed.
    """
    if topics is not None:
        collection = collection.with_topics(topics)
    lists = collection.topics
    if lists is None:
        raise ArgumentError(
            '`topics` is None and the collection has none; give a file: topics="data/topics/....yml".'
        )
    pairs = [
        (topic, term)
        for topic, terms in lists.topics.items()
        for term in terms
        if not parse_term(term).excludes
    ]
    hits = collection.topic_hits.copy()
    hits["term"] = hits["topic"] + ": " + hits["term"]
    answer = frequency_of(
        collection,
        hits,
        "term",
        group_articles(collection, None),
        count="stories",
        items=[f"{topic}: {term}" for topic, term in pairs],
        most=None,
        measure="term_frequency",
        question="How often does each term come up?",
        verb="with the term",
    )
    sizes, whole = hits.groupby("term").size(), hits.groupby("topic").size()
    table = answer.table.copy()
    # An empty collection has no groups, and so no rows.
    table["topic"] = pd.Series([topic for topic, _ in pairs][: len(table)], dtype="str")
    table["n_hits"] = pd.Series([sizes.get(term, 0) for term in table["term"]], dtype="int64")
    below = pd.Series([whole.get(topic, np.nan) for topic in table["topic"]], dtype="float64")
    table["of_topic"] = table["n_hits"] / below
    said = (
        hits.assign(surface=hits["surface"].str.lower())
        .groupby(["term", "surface"])
        .size()
        .reset_index(name="n")
    )
    said = said.sort_values(["n", "surface"], ascending=[False, True], kind="stable")
    most = {
        term: ", ".join(f"{surface} ({n:,})" for surface, n in zip(rows["surface"], rows["n"], strict=True))
        for term, rows in said.groupby("term").head(3).groupby("term")
    }
    table["surfaces"] = pd.Series([most.get(term, "") for term in table["term"]], dtype="str")
    table["dead"] = table["n_hits"] == 0
    place = {topic: at for at, topic in enumerate(lists.topics)}
    table["at"] = pd.Series([place[topic] for topic in table["topic"]], dtype="int64")
    table = table.sort_values(["at", "n_hits"], ascending=[True, False], kind="stable", ignore_index=True)
    return replace(answer, table=table.drop(columns="at"))


def topic_overlap(collection: Collection, *, topics: Topics | None = None) -> pd.DataFrame:
    """Say for each two topics how many stories hold terms of both, and how often both claim the same words.

    Returns
    -------
    DataFrame
        One row per pair of topics, most in common first: `topic`, `other`, `n_topic`, `n_other` and `n_both` (stories),
        `jaccard` (n_both / stories with either, 0-1), `n_same_words` (passages that terms of both topics find),
        `same_words` (which, most frequent first).
    """
    if topics is not None:
        collection = collection.with_topics(topics)
    if collection.topics is None:
        raise ArgumentError(
            '`topics` is None and the collection has none; give a file: topics="data/topics/....yml".'
        )
    hits = collection.topic_hits.merge(collection.articles[["article_id", "story_id"]], on="article_id")
    stories = {topic: set(rows["story_id"]) for topic, rows in hits.groupby("topic")}
    places = hits.drop_duplicates(["topic", "article_id", "start", "end"])[
        ["topic", "article_id", "start", "end", "surface"]
    ]
    both = places.merge(places, on="article_id", suffixes=("", "_other"))
    both = both[(both["start"] < both["end_other"]) & (both["start_other"] < both["end"])]
    rows = []
    for topic, other in itertools.combinations(collection.topics.topics, 2):
        a, b = stories.get(topic, set()), stories.get(other, set())
        same = both[(both["topic"] == topic) & (both["topic_other"] == other)]
        counted = (
            same["surface"]
            .str.lower()
            .value_counts()
            .sort_index()
            .sort_values(ascending=False, kind="stable")
        )
        told = ", ".join(f"{surface} ({n:,})" for surface, n in counted.head(3).items())
        either = len(a | b)
        rows.append(
            (
                topic,
                other,
                len(a),
                len(b),
                len(a & b),
                len(a & b) / either if either else 0.0,
                len(same),
                told,
            )
        )
    names = ["topic", "other", "n_topic", "n_other", "n_both", "jaccard", "n_same_words", "same_words"]
    table = pd.DataFrame(rows, columns=names).astype({"topic": "str", "other": "str", "same_words": "str"})
    return table.sort_values(["n_both", "n_same_words"], ascending=False, kind="stable", ignore_index=True)
