"""Terms with conditions, and lists that are changed and saved."""

from __future__ import annotations

from pathlib import Path

import pytest

from analystkit.annotate.term_lists import read_topics
from analystkit.annotate.topics import find_topics
from analystkit.errors import TopicFileError


def found(text: str, *terms: str) -> list[str]:
    return find_topics([text], {"topics": {"a": list(terms)}})["surface"].tolist()


def test_near_counts_words_on_either_side() -> None:
    text = "Artillery and more shells fell."
    # "shells" is the third word after "Artillery".
    assert found(text, "shell* NEAR/3 artillery") == ["shells"]
    assert found(text, "shell* NEAR/2 artillery") == []
    assert found(text, "artillery NEAR/3 shell*") == ["Artillery"]


def test_near_takes_alternatives_and_phrases_by_their_nearest_word() -> None:
    text = "Shells for the big field guns"
    assert found(text, "shell* NEAR/3 howitzer* | big field guns") == ["Shells"]
    assert found(text, "shell* NEAR/2 howitzer* | big field guns") == []


def test_not_near_keeps_what_stands_alone() -> None:
    text = "Sanctions stay. Later, after long talks in Geneva, they lifted all sanctions."
    assert found(text, "sanction* NOT NEAR/3 lift*") == ["Sanctions"]


def test_a_term_is_not_near_itself() -> None:
    assert found("one shell", "shell NEAR/5 shell") == []
    assert found("one shell, two shell", "shell NEAR/5 shell") == ["shell", "shell"]


def test_not_leaves_out_what_it_covers_and_nothing_else() -> None:
    text = "Shells hit two shell companies."
    assert found(text, "shell*", "NOT shell compan*") == ["Shells"]


def test_not_is_of_its_own_topic_only() -> None:
    topics = {"topics": {"a": ["shell*", "NOT shell compan*"], "b": ["shell*"]}}
    assert find_topics(["shell companies"], topics)["topic"].tolist() == ["b"]


@pytest.mark.parametrize(
    ("term", "message"),
    [
        ("shell NEAR/ artillery", "write one NEAR with how many words away"),
        ("shell NEAR/0 artillery", "write one NEAR"),
        ("shell NEAR/3 a NEAR/2 b", "write one NEAR"),
        ("shell NEAR/3 ", "is empty"),
        ("shell NEAR/3 *", "wildcards only"),
    ],
)
def test_a_condition_that_says_nothing_is_refused(term: str, message: str) -> None:
    with pytest.raises(TopicFileError, match=message):
        read_topics({"topics": {"a": [term]}})


def test_a_topic_that_only_leaves_out_is_refused() -> None:
    with pytest.raises(
        TopicFileError, match="topic 'a' only leaves out; write at least one term without NOT"
    ):
        read_topics({"topics": {"a": ["NOT shell"]}})


def test_a_saved_list_is_read_as_the_same(tmp_path: Path) -> None:
    topics = read_topics(
        {
            "name": "T: 1",
            "version": "2a",
            "topics": {"a": ["*shell", "=UN", "yes"], "ü": ["NOT x", "'s Hertogenbosch"[3:]]},
        }
    )
    assert read_topics(topics.save(tmp_path / "a.yml")) == topics


def test_saving_keeps_the_comments_of_a_file(tmp_path: Path) -> None:
    path = tmp_path / "a.yml"
    path.write_text("# Mine.\ntopics:\n  a:\n    - one  # why\n    - two\n  b:\n  - three\n")
    topics = read_topics(path).with_terms("b", ["*four"]).without_terms("a", ["two"])
    topics.save(path)
    assert path.read_text() == "# Mine.\ntopics:\n  a:\n    - one  # why\n  b:\n  - three\n  - '*four'\n"


def test_a_list_that_cannot_be_changed_line_by_line_is_written_anew(tmp_path: Path) -> None:
    path = tmp_path / "a.yml"
    path.write_text("topics:\n  a: [one, two]\n")
    topics = read_topics(path).with_terms("a", ["three"])
    assert read_topics(topics.save(path)) == topics
