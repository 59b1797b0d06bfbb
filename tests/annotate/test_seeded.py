"""Topics learnt from seeds: what goes with them is found, small topics live, and too little is refused."""

from __future__ import annotations

import pandas as pd
import pytest

from analystkit.annotate.seeded import learn_topics
from analystkit.annotate.word_matrix import main_language, tf_idf, word_matrix, words_of
from analystkit.errors import ArgumentError

SEEDS = {"topics": {"business": ["shares"], "sport": ["coach"]}}
BANKS = "The bank cut its dividend, and shares of rival number {} fell."
TEAMS = "The coach praised the striker after match number {} in the rain."
TEXTS = [text.format(number) for number in range(12) for text in (BANKS, TEAMS)]
UNSEEDED = ["The bank paid a dividend again.", "A striker won the match."]


def test_texts_without_a_seed_are_labelled_by_what_goes_with_the_seeds() -> None:
    labels = learn_topics(TEXTS + UNSEEDED, SEEDS).labels
    assert labels["topic"].tolist() == ["business", "sport"] * 13
    assert labels["n_seeds"].tolist() == [1] * 24 + [0, 0]
    assert (labels["score"] > 0.5).all()
    assert (labels["margin"] > 0).all()


def test_scores_of_a_text_add_up_to_one() -> None:
    learnt = learn_topics(TEXTS, SEEDS)
    assert learnt.scores.sum(axis=1) == pytest.approx([1] * 24)


def test_a_small_topic_does_not_die_beside_a_large_one() -> None:
    texts = [BANKS.format(n) for n in range(200)] + [TEAMS.format(n) for n in range(6)]
    labels = learn_topics(texts, SEEDS).labels
    assert labels["topic"].value_counts().to_dict() == {"business": 200, "sport": 6}


def test_suggestions_are_words_of_the_topic_that_no_term_finds_with_counts_as_reason() -> None:
    table = learn_topics(TEXTS, SEEDS).suggestions()
    sport = table[table["topic"] == "sport"].set_index("term")
    assert {"striker", "match"} <= set(sport.index)
    assert "coach" not in sport.index
    row = sport.loc["striker"]
    assert (row["n_topic"], row["n_others"], row["share"]) == (12, 0, 1.0)
    assert row["reason"] == "in 12 articles of the topic and 0 others; in the same articles as coach (12)"


def test_the_same_texts_give_the_same_labels() -> None:
    one, other = learn_topics(TEXTS + UNSEEDED, SEEDS), learn_topics(TEXTS + UNSEEDED, SEEDS)
    pd.testing.assert_frame_equal(one.labels, other.labels)
    pd.testing.assert_frame_equal(one.suggestions(), other.suggestions())


def test_absent_and_empty_texts_have_no_label() -> None:
    labels = learn_topics([*TEXTS, None, "", float("nan")], SEEDS).labels
    assert labels["topic"].tolist()[24:] == ["", "", ""]
    assert labels["score"].tolist()[24:] == [0, 0, 0]


def test_a_topic_with_too_few_texts_is_named_and_left_out() -> None:
    seeds = {"topics": {**SEEDS["topics"], "space": ["rocket"]}}
    learnt = learn_topics([*TEXTS, "A rocket rose."], seeds)
    assert learnt.too_few == ("space",)
    assert learnt.topics == ("business", "sport")


def test_too_few_topics_are_refused() -> None:
    with pytest.raises(
        ArgumentError, match=r"`topics` has 1 topic\(s\) whose terms stand in at least 5 of the 12"
    ):
        learn_topics(TEXTS[::2], SEEDS)
    with pytest.raises(ArgumentError, match="`texts` is one text"):
        learn_topics("shares", SEEDS)


def test_a_word_matrix_counts_stems_and_shows_the_commonest_form() -> None:
    found = word_matrix(["Elections, elections: an election.", "Elections."], min_texts=2, max_share=1)
    assert found.words == ("elections",)
    assert found.counts.toarray().tolist() == [[3], [1]]
    assert found.of(["One election", None]).toarray().tolist() == [[1], [0]]


def test_words_without_rules_are_their_own_stems() -> None:
    assert word_matrix(["banks bank", "banks bank"], language="xx", max_share=1).words == ("banks", "bank")


def test_a_text_without_words_has_an_empty_row() -> None:
    weighed = tf_idf(word_matrix(["bank", "", "bank"], max_share=1).counts)
    assert weighed.toarray().tolist() == [[1], [0], [1]]


def test_the_main_language_is_the_commonest_known_one() -> None:
    assert main_language(["", "de", "de", "en"]) == "de"
    assert main_language(["", ""]) == "en"


def test_words_of_texts_are_tokens_and_marks_part_neighbours() -> None:
    found = words_of(["The U.S. shelled 1,000 towns.", None, "Rice; rice"])
    assert found.words == ["the", "u.s", "shelled", "1,000", "towns", "rice"]
    assert found.ids.tolist() == [0, 1, -1, 2, 3, 4, -1, 5, -1, 5]
    assert found.bounds.tolist() == [0, 7, 7, 10]
    assert word_matrix(["Rice; rice", "rice"], max_share=1).of(["Rice rice tea", ""]).toarray().tolist() == [
        [2],
        [0],
    ]


def test_suggested_pairs_stand_side_by_side_and_numbers_are_none() -> None:
    business = ["Shares of 1,000 mills: cotton prices fell."] * 6
    texts = business + ["The coach praised 1,000 fans in cotton; prices were low at mills."] * 6
    learnt = learn_topics(texts, {"topics": {"business": ["shares"], "sport": ["coach"]}})
    terms = set(learnt.suggestions(most=50, min_texts=2)["term"])
    assert {"cotton prices", "praised"} <= terms
    assert terms.isdisjoint({"mills cotton", "1,000"})
