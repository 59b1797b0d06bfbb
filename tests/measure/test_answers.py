"""Every number of every measure opens to as many units, and to the words in the text."""

from __future__ import annotations

import math
import warnings
from collections.abc import Callable

import hypothesis.strategies as st
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings

import analystkit as ak
from analystkit.errors import ArgumentError, UndatedArticlesWarning
from tests.conftest import story

TOPICS = {
    "name": "Trial",
    "topics": {"food": ["rice", "fish*"], "war": ["attack*", "war"], "none": ["xylophone"]},
}
BYS = [None, "month", "week", "day", "year", "outlet", ["month", "outlet"]]
MEASURES: dict[str, Callable[..., ak.Answer]] = {
    "actor_frequency": ak.actor_frequency,
    "topic_frequency": ak.topic_frequency,
    "tone": ak.tone,
    "tone towards": lambda collection, **chosen: ak.tone(collection, towards=_actors(collection), **chosen),
    "coverage": lambda collection, by, **chosen: ak.coverage(collection, by=by or "month", **chosen),
    "actor_roles": lambda collection, by, count: _of_first(ak.actor_roles, collection, by=by),
    "actor_spellings": lambda collection, by, count: _of_first(ak.actor_spellings, collection, by=by),
    **{
        f"co_mentions {level}": lambda collection, by, count, level=level: ak.co_mentions(
            collection, level=level, count=count, min_support=1
        )
        for level in ("sentence", "paragraph", "article")
    },
    "topic_frequency by actor": lambda collection, by, count: ak.topic_frequency(
        collection, by=["actor", *([by] if isinstance(by, str) else by or [])]
    ),
    "country_frequency": lambda collection, by, count: ak.country_frequency(collection, by=by, home="Norway"),
    "term_frequency": lambda collection, by, count: ak.term_frequency(collection),
    "compare actors": lambda collection, by, count: _halves(collection, "actors", count),
    "compare topics": lambda collection, by, count: _halves(collection, "topics", count),
}
COUNTS = {
    "actor_frequency": ["articles", "stories", "mentions", "sentences"],
    "topic_frequency": ["articles", "stories", "mentions", "sentences"],
}


def _of_first(measure: Callable[..., ak.Answer], collection: ak.Collection, **chosen: object) -> ak.Answer:
    """Ask about the actor named most; of nobody's mentions when nobody is named."""
    names = collection.mentions["actor"].value_counts().index
    return measure(collection, names[0], **chosen) if len(names) else ak.actor_frequency(collection)


def _halves(collection: ak.Collection, of: str, count: str) -> ak.Answer:
    """Compare two parts of a collection that overlap in one article."""
    ids = collection.articles["article_id"].tolist()
    middle = len(ids) // 2
    one, other = collection.narrowed_to(set(ids[: middle + 1])), collection.narrowed_to(set(ids[middle:]))
    return ak.compare(one, other, of=of, names=("one", "other"), count=count)


def _actors(collection: ak.Collection) -> list[str]:
    return sorted(collection.mentions["actor"].unique())


def assert_counts_are_evidence(answer: ak.Answer) -> None:
    """Check the promise on each row of an answer."""
    bodies = answer.collection.articles.set_index("article_id")["body"]
    keys = answer.keys
    for row in answer.table.to_dict("records"):
        found = answer.evidence(**{name: row[name] for name in keys})
        n = 0 if pd.isna(row["n"]) else row["n"]
        assert len(found) == n
        for one in found.itertuples():
            assert bodies[one.article_id][one.start : one.end] == one.surface
    shown = answer.sentences()
    for one in shown.itertuples():
        assert bodies[one.article_id][one.start : one.end] == one.text
        assert all(0 <= start <= end for start, end in one.marks)


@pytest.mark.parametrize("measure", MEASURES)
@pytest.mark.parametrize("by", BYS, ids=str)
def test_each_number_of_each_measure_is_the_length_of_its_evidence(
    collection: ak.Collection, measure: str, by: str | list[str] | None
) -> None:
    for count in COUNTS.get(measure, ["articles", "stories"]):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UndatedArticlesWarning)
            assert_counts_are_evidence(MEASURES[measure](collection, by=by, count=count))


@pytest.mark.parametrize(
    "measure", ["actor_frequency", "tone towards", "co_mentions sentence", "compare actors"]
)
def test_counts_are_evidence_under_a_ledger_and_with_capitals_as_governments(measure: str) -> None:
    texts = [
        "Moscow said Japan lied. Tokyo denied it.",
        "A fire in Moscow. Russia met Japan.",
        "The Kremlin hit Japan.",
    ]
    frame = pd.DataFrame({"text": [story(text) for text in texts], "outlet": ["Lamp", "Bell", "Lamp"]})
    collection = ak.from_frame(frame, capitals=True, progress=False).decide("rename", "Japan", "Nippon")
    answer = MEASURES[measure](collection, by=None, count="stories")
    assert "Nippon" in set(answer.table["actor"])
    assert "Kremlin" not in set(answer.table["actor"])
    assert_counts_are_evidence(answer)


AWKWARD = "Russia Russian Japan the Kim Jong-un Kim NATO said. attack rice fishing war “good” U.S. terrible! \n é 新聞 😀"
WORDS = st.sampled_from([*AWKWARD.split(" "), "North\u00a0Korea"])
ARTICLES = st.lists(
    st.tuples(
        st.lists(WORDS, max_size=30).map(" ".join),
        st.none()
        | st.dates(min_value=pd.Timestamp("2023-11-01").date(), max_value=pd.Timestamp("2024-02-28").date()),
        st.sampled_from(["Lamp", "Bell", ""]),
    ),
    max_size=12,
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rows=ARTICLES,
    measure=st.sampled_from(sorted(MEASURES)),
    by=st.sampled_from(BYS),
    count=st.sampled_from(["articles", "stories"]),
)
def test_counts_are_evidence_on_any_articles(
    rows: list[tuple[str, object, str]], measure: str, by: str | list[str] | None, count: str
) -> None:
    frame = pd.DataFrame(rows, columns=["text", "date", "outlet"])
    collection = ak.from_frame(frame, topics=TOPICS, progress=False)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UndatedArticlesWarning)
        answer = MEASURES[measure](collection, by=by, count=count)
    assert_counts_are_evidence(answer)
    numbers = answer.table
    if "share" in numbers:
        assert numbers["share"].dropna().between(0, 1).all()
        inside = numbers.dropna(subset=["low", "share"])
        assert (inside["low"] <= inside["share"] + 1e-12).all()
        assert (inside["share"] <= inside["high"] + 1e-12).all()


def test_the_order_of_the_articles_makes_no_difference(frame: pd.DataFrame) -> None:
    there = ak.actor_frequency(ak.from_frame(frame, progress=False), by="outlet").table
    back = ak.actor_frequency(ak.from_frame(frame.iloc[::-1], progress=False), by="outlet").table
    pd.testing.assert_frame_equal(there, back)


def test_evidence_refuses_an_unknown_key_and_an_unknown_value(collection: ak.Collection) -> None:
    answer = ak.actor_frequency(collection)
    with pytest.raises(ArgumentError, match=r"`month` is no key of this answer; its keys are \['actor'\]\."):
        answer.evidence(month="2024-01")
    with pytest.raises(
        ArgumentError, match=r"`actor` is 'Rusia', which the table does not have\. Did you mean 'Russia'\?"
    ):
        answer.evidence(actor="Rusia")


def test_evidence_with_fewer_keys_gives_the_units_of_all_rows_that_match(collection: ak.Collection) -> None:
    answer = ak.actor_frequency(collection, by="outlet")
    rows = answer.table[answer.table["actor"] == "Russia"]
    # The copies stand in two outlets: one story in Bell, two in Lamp.
    assert dict(zip(rows["outlet"], rows["n"], strict=True)) == {"Bell": 1, "Lamp": 2}
    assert len(answer.evidence(actor="Russia")) == 1 + 2


def test_sentences_mark_the_words_that_were_counted(collection: ak.Collection) -> None:
    shown = ak.actor_frequency(collection, count="mentions").sentences(actor="Japan")
    marked = [[row.text[start:end] for start, end in row.marks] for row in shown.itertuples()]
    # Both copies of the talks, then "Japan sent rice." and "Japan and China met ...".
    assert marked == [["Japan"], ["Japan"], ["Japan"], ["Japan"]]


def test_an_empty_collection_gives_empty_answers_that_say_so(collection: ak.Collection) -> None:
    nothing = collection.filter(since="2030-01-01")
    for measure in ("actor_frequency", "topic_frequency", "coverage"):
        answer = MEASURES[measure](nothing, by="month")
        assert answer.table.empty
        assert answer.evidence().empty
        assert answer.sentences().empty
    assert answer.describe() == "No articles match (articles from 2030-01-01)."


def test_an_answer_says_what_it_counted(collection: ak.Collection) -> None:
    with pytest.warns(UndatedArticlesWarning, match="1 article of 6 without a date of publication left out"):
        answer = ak.actor_frequency(collection, by="month")
    assert answer.describe() == (
        "How often is each actor named, by month? 6 articles (5 stories), 5 January 2024 to 9 March 2024: all articles; "
        "1 article without a date left out. Counted in stories."
    )


def test_top_keeps_the_items_with_the_largest_counts(collection: ak.Collection) -> None:
    answer = ak.actor_frequency(collection).top(1)
    assert answer.table["actor"].tolist() == ["China"]
    assert not math.isnan(answer.table["share"][0])
