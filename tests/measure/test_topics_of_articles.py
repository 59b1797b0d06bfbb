"""Topics of articles, countries, terms and their overlap: numbers by hand, each open to its evidence."""

from __future__ import annotations

import pandas as pd
import pytest

import analystkit as ak
from analystkit.errors import ArgumentError

BANKS = "The bank cut its dividend. Shares of rival number {} fell."
TEAMS = "It rained. The coach praised the striker after match number {}."
SEEDS = {"topics": {"business": ["shares"], "sport": ["coach"]}}


@pytest.fixture(scope="module")
def news() -> ak.Collection:
    texts = [text.format(number) for number in range(30) for text in (BANKS, TEAMS)]
    frame = pd.DataFrame(
        {"text": texts, "outlet": ["Lamp", "Bell"] * 30, "date": ["2024-01-05", "2024-03-05"] * 30}
    )
    return ak.from_frame(frame, topics=SEEDS, progress=False)


class TestSeeded:
    def test_every_article_has_its_topic_and_counts_open(self, news: ak.Collection) -> None:
        found = ak.seeded_topics(news)
        assert found.topics["n_articles"].tolist() == [30, 30]
        answer = found.frequency(by="month", count="articles")
        table = answer.table.set_index(["topic", "month"])
        assert table.loc[("business", "2024-01"), "n"] == 30
        assert table.loc[("sport", "2024-01"), "n"] == 0
        # A month without articles is a gap.
        assert pd.isna(table.loc[("sport", "2024-02"), "share"])
        for topic, month in table.index:
            assert len(answer.evidence(topic=topic, month=month)) == table.loc[(topic, month), "n"]

    def test_its_sentences_are_those_with_the_words_of_the_topic(self, news: ak.Collection) -> None:
        texts = ak.seeded_topics(news).sentences("sport")["text"]
        assert len(texts) == 5
        assert texts.str.startswith("The coach praised the striker").all()

    def test_unsure_articles_can_be_left_without_a_topic(self, news: ak.Collection) -> None:
        assert ak.seeded_topics(news, min_score=1).topics["n_articles"].tolist() == [0, 0]
        with pytest.raises(ArgumentError, match="`min_score` is 2"):
            ak.seeded_topics(news, min_score=2)

    def test_without_term_lists_it_says_what_to_give(self) -> None:
        with pytest.raises(ArgumentError, match="`topics` is None and the collection has none"):
            ak.seeded_topics(ak.from_frame(pd.DataFrame({"text": ["One."]}), progress=False))


class TestDiscovered:
    def test_two_kinds_of_articles_are_two_topics(self, news: ak.Collection) -> None:
        found = ak.discover_topics(news, n_topics=2)
        assert sorted(found.topics["n_articles"]) == [30, 30]
        names = found.articles.groupby("topic")["article_id"].agg(set)
        banks = set(news.articles.loc[news.articles["outlet"] == "Lamp", "article_id"])
        assert banks in names.tolist()

    def test_a_small_collection_is_refused(self, collection: ak.Collection) -> None:
        with pytest.raises(ArgumentError, match="There are 5 texts, too few"):
            ak.discover_topics(collection)


def test_terms_with_their_hits_and_the_dead_ones() -> None:
    frame = pd.DataFrame({"text": ["Rice and Rice.", "Wheat fell.", "Rice."]})
    topics = {"topics": {"food": ["wheat", "rice", "barley", "NOT wild rice"]}}
    answer = ak.term_frequency(ak.from_frame(frame, topics=topics, progress=False))
    table = answer.table
    assert table["term"].tolist() == ["food: rice", "food: wheat", "food: barley"]
    assert table["n"].tolist() == [2, 1, 0]
    assert table["n_hits"].tolist() == [3, 1, 0]
    assert table["of_topic"].tolist() == [3 / 4, 1 / 4, 0]
    assert table["surfaces"].tolist() == ["rice (3)", "wheat (1)", ""]
    assert table["dead"].tolist() == [False, False, True]
    assert [len(answer.evidence(term=term)) for term in table["term"]] == [2, 1, 0]


def test_overlap_counts_stories_and_the_words_that_both_claim() -> None:
    frame = pd.DataFrame({"text": ["Crude oil rose.", "Oil and wheat.", "Wheat."]})
    topics = {"topics": {"energy": ["oil"], "goods": ["crude oil", "wheat"]}}
    row = ak.topic_overlap(ak.from_frame(frame, topics=topics, progress=False)).iloc[0]
    assert (row["n_topic"], row["n_other"], row["n_both"], row["jaccard"]) == (2, 3, 2, 2 / 3)
    assert (row["n_same_words"], row["same_words"]) == (1, "oil (1)")


class TestCountries:
    @pytest.fixture
    def abroad(self) -> ak.Collection:
        text = "Japan sent rice. It rained. It poured. Norway and China watched Tokyo."
        frame = pd.DataFrame(
            {
                "text": [text, "It snowed. Then it thawed."],
                "title": ["Japanese rice", "Snow"],
                "outlet": "Lamp",
            }
        )
        return ak.from_frame(frame, progress=False)

    def test_what_an_article_is_about_is_apart_from_what_it_names(self, abroad: ak.Collection) -> None:
        table = ak.article_countries(abroad).set_index("country")
        # Japan: 3 in the title, 3 in the first sentence, 1 for Tokyo.
        assert table["score"].to_dict() == {"Japan": 7, "China": 1, "Norway": 1}
        assert table["n"].to_dict() == {"Japan": 2, "China": 1, "Norway": 1}
        assert table["about"].to_dict() == {"Japan": True, "China": False, "Norway": False}
        assert table.loc["Japan", "share"] == 7 / 9
        assert table.loc["Japan", ["in_title", "in_lead"]].tolist() == [True, True]

    def test_an_article_without_a_country_may_be_about_home(self, abroad: ak.Collection) -> None:
        table = ak.article_countries(abroad, home="Sweden")
        row = table[table["country"] == "Sweden"].iloc[0]
        assert (row["n"], row["score"], row["about"]) == (0, 0, True)
        with pytest.raises(ArgumentError, match="Did you mean 'Sweden'"):
            ak.article_countries(abroad, home="Sweeden")

    def test_counts_open_to_where_the_country_is_named(self, abroad: ak.Collection) -> None:
        answer = ak.country_frequency(abroad, home="Sweden")
        assert answer.table.set_index("country")["n"].to_dict() == {"Japan": 1, "Sweden": 1}
        assert answer.evidence(country="Japan")["surface"].tolist() == ["Japan"]
        assert answer.evidence(country="Sweden")["surface"].tolist() == ["It snowed."]
        named = ak.country_frequency(abroad, about=False)
        assert named.table["country"].tolist() == ["China", "Japan", "Norway"]


@pytest.mark.filterwarnings("ignore::analystkit.errors.UndatedArticlesWarning")
class TestByActor:
    def test_shares_are_of_the_stories_that_name_the_actor(self, collection: ak.Collection) -> None:
        answer = ak.topic_frequency(collection, by=["actor", "month"], actors=["Russia", "Japan"])
        table = answer.table.set_index(["topic", "actor", "month"])
        # Russia in January: the talks (one story in two copies) and the attack.
        row = table.loc[("war", "Russia", "2024-01")]
        assert (row["n"], row["denominator"], row["share"]) == (1, 2, 1 / 2)
        assert table.loc[("war", "Japan", "2024-01"), ["n", "denominator"]].tolist() == [0, 1]
        # Nobody names Russia in February: a gap.
        assert pd.isna(table.loc[("war", "Russia", "2024-02"), "share"])
        for topic, actor, month in table.index:
            n = table.loc[(topic, actor, month), "n"]
            assert len(answer.evidence(topic=topic, actor=actor, month=month)) == n

    def test_actors_of_undated_articles_alone_have_no_month(self) -> None:
        frame = pd.DataFrame({"text": ["Russia met China.", "It rained."], "date": [None, "2024-01-05"]})
        undated = ak.from_frame(frame, topics={"topics": {"food": ["rice"]}}, progress=False)
        assert len(ak.topic_frequency(undated, by=["actor", "month"]).table) == 0

    def test_an_actor_that_nobody_names_is_refused(self, collection: ak.Collection) -> None:
        with pytest.raises(
            ArgumentError, match=r"`actors` holds 'Rusia', whom no article names. Did you mean 'Russia'"
        ):
            ak.topic_frequency(collection, by="actor", actors=["Rusia"])
        with pytest.raises(ArgumentError, match="`actors` is given, but `by` does not hold 'actor'"):
            ak.topic_frequency(collection, by="month", actors=["Russia"])
