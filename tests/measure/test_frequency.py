"""Counts and shares of actors and topics, worked out by hand on six articles (see conftest)."""

from __future__ import annotations

import pytest

import analystkit as ak
from analystkit.errors import ArgumentError, UndatedArticlesWarning


def rows(answer: ak.Answer, *columns: str) -> list[tuple[object, ...]]:
    """Return some columns of an answer's table as tuples."""
    return list(answer.table[list(columns)].itertuples(index=False, name=None))


def test_a_copy_counts_once_in_stories_and_each_time_in_articles(collection: ak.Collection) -> None:
    assert rows(ak.actor_frequency(collection), "actor", "n", "denominator", "share") == [
        ("China", 2, 5, 2 / 5),
        ("Japan", 2, 5, 2 / 5),
        ("Russia", 2, 5, 2 / 5),
        ("Norway", 1, 5, 1 / 5),
    ]
    assert rows(ak.actor_frequency(collection, count="articles"), "actor", "n", "denominator") == [
        ("Japan", 3, 6),
        ("Russia", 3, 6),
        ("China", 2, 6),
        ("Norway", 1, 6),
    ]


def test_mentions_are_shares_of_all_mentions(collection: ak.Collection) -> None:
    # Russia and Japan in both copies (4), Russia once more, Japan twice, China twice, Norway once: 10.
    answer = ak.actor_frequency(collection, count="mentions")
    assert rows(answer, "actor", "n", "share") == [
        ("Japan", 4, 4 / 10),
        ("Russia", 3, 3 / 10),
        ("China", 2, 2 / 10),
        ("Norway", 1, 1 / 10),
    ]


def test_a_month_without_articles_is_a_gap_and_not_a_zero(collection: ak.Collection) -> None:
    with pytest.warns(UndatedArticlesWarning):
        answer = ak.actor_frequency(collection, by="month", actors=["Russia"])
    assert rows(answer, "month", "n", "denominator", "note") == [
        ("2024-01", 2, 2, "too few to say"),
        ("2024-02", 0, 0, "no articles"),
        ("2024-03", 0, 2, "too few to say"),
    ]
    assert answer.table["share"].isna().tolist() == [False, True, False]
    assert answer.table["low"].isna().tolist() == [False, True, False]


def test_a_topic_without_hits_keeps_its_row(collection: ak.Collection) -> None:
    answer = ak.topic_frequency(
        collection, topics={"topics": {"food": ["rice", "fish"], "music": ["fiddle*"]}}
    )
    assert rows(answer, "topic", "n", "denominator") == [("food", 2, 5), ("music", 0, 5)]


def test_kinds_narrow_the_actors(collection: ak.Collection) -> None:
    assert ak.actor_frequency(collection, kinds="person").table.empty
    with pytest.raises(ArgumentError, match=r"`kinds` is 'persons'.*Did you mean 'person'\?"):
        ak.actor_frequency(collection, kinds="persons")


def test_a_share_in_too_few_stories_says_so(collection: ak.Collection) -> None:
    whole, part = ak.actor_frequency(collection), ak.actor_frequency(collection.filter(outlet="Lamp"))
    assert set(whole.table["note"]) == {""}
    assert set(part.table["note"]) == {"too few to say"}


def test_bad_choices_are_refused_with_the_allowed_ones(collection: ak.Collection) -> None:
    with pytest.raises(ArgumentError, match=r"`count` is 'storys'; allowed: .* Did you mean 'stories'\?"):
        ak.actor_frequency(collection, count="storys")
    with pytest.raises(ArgumentError, match=r"`by` is 'months'; allowed: .* Did you mean 'month'\?"):
        ak.actor_frequency(collection, by="months")
    with pytest.raises(ArgumentError, match=r"`topics` is None and the collection has none; give a file"):
        ak.topic_frequency(ak.from_frame(collection.articles[["body"]], progress=False))


def test_the_most_named_are_kept_and_none_keeps_all(collection: ak.Collection) -> None:
    assert len(ak.actor_frequency(collection, most=2).table) == 2
    assert len(ak.actor_frequency(collection, most=None).table) == 4


def test_coverage_counts_every_article_and_shows_gaps(collection: ak.Collection) -> None:
    with pytest.warns(UndatedArticlesWarning):
        answer = ak.coverage(collection, by="month")
    assert rows(answer, "month", "n", "denominator", "note") == [
        ("2024-01", 3, 5, ""),
        ("2024-02", 0, 5, "no articles"),
        ("2024-03", 2, 5, ""),
    ]
