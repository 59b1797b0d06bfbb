"""The card of an actor: every number on it opens to its sentences; roles have their first and last day."""

import pandas as pd
import pytest

import analystkit as ak
from analystkit.errors import ArgumentError
from tests.conftest import story
from tests.measure.test_answers import assert_counts_are_evidence


@pytest.fixture
def perm() -> ak.Collection:
    rows = [
        ("Ann Lee, mayor of Perm, met Russia's Ivan Petrov.", "2024-01-05", "Lamp"),
        ("Mayor Ann Lee praised Ivan Petrov. Lee left.", "2024-02-07", "Lamp"),
        ("Ann Lee, governor of Perm, condemned a war.", "2024-05-03", "Bell"),
        ("Rain fell.", "2024-05-04", "Bell"),
        ("Former mayor Ann Lee wept.", None, "Bell"),
    ]
    frame = pd.DataFrame([(story(text), *rest) for text, *rest in rows], columns=["text", "date", "outlet"])
    topics = {"name": "T", "topics": {"war": ["war"], "rain": ["rain"]}}
    return ak.from_frame(frame, topics=topics, progress=False)


@pytest.mark.filterwarnings("ignore::analystkit.errors.UndatedArticlesWarning")
def test_a_card_says_when_where_with_whom_and_about_what(perm: ak.Collection) -> None:
    card = ak.actor_card(perm, "Ann Lee")
    assert card.describe() == (
        "Ann Lee (person) is named in 4 of 5 stories, first on 5 January 2024, last on 3 May 2024."
    )
    assert list(card.answers) == [
        "over all", "seen", "over time", "outlets", "spellings", "roles", "partners", "tone", "topics",
    ]  # fmt: skip
    assert dict(zip(*(card.answers["outlets"].table[name] for name in ("outlet", "n")), strict=True)) == {
        "Bell": 2, "Lamp": 2,
    }  # fmt: skip
    assert dict(zip(*(card.answers["spellings"].table[name] for name in ("spelling", "n")), strict=True)) == {
        "Ann Lee": 4, "Lee": 1,
    }  # fmt: skip
    topics = card.answers["topics"].table.set_index("topic")
    assert (topics["n"]["war"], topics["denominator"]["war"], topics["n"]["rain"]) == (1, 4, 0)


@pytest.mark.filterwarnings("ignore::analystkit.errors.UndatedArticlesWarning")
def test_every_number_of_a_card_is_the_length_of_its_evidence(perm: ak.Collection) -> None:
    for count in ("stories", "articles"):
        for answer in ak.actor_card(perm, "Ann Lee", count=count).answers.values():
            assert_counts_are_evidence(answer)


def test_first_and_last_seen_open_to_their_sentences(perm: ak.Collection) -> None:
    with pytest.warns(ak.errors.UndatedArticlesWarning):
        seen = ak.actor_card(perm, "Ann Lee").answers["seen"]
    assert seen.evidence(seen="first")["published"].tolist() == [pd.Timestamp("2024-01-05")]
    assert seen.sentences(seen="last")["text"].iloc[0].startswith("Ann Lee, governor of Perm")


def test_roles_are_told_with_their_first_and_last_day(perm: ak.Collection) -> None:
    rows = ak.actor_roles(perm, "Ann Lee").table.set_index("role")
    assert rows["n"].to_dict() == {"Former mayor": 1, "Mayor": 1, "governor of Perm": 1, "mayor of Perm": 1}
    assert rows["first"]["governor of Perm"] == rows["last"]["governor of Perm"] == pd.Timestamp("2024-05-03")
    assert pd.isna(rows["first"]["Former mayor"])


def test_an_actor_whom_a_filter_leaves_out_has_an_empty_card(perm: ak.Collection) -> None:
    nothing = perm.filter(since="2024-05-04")
    assert ak.actor_card(
        nothing, "Ann Lee"
    ).describe() == "Ann Lee is not named (articles from 4 May 2024)." or (
        "Ann Lee is not named (articles from 2024-05-04)."
    )


def test_an_unknown_actor_is_refused_with_a_hint(perm: ak.Collection) -> None:
    with pytest.raises(ArgumentError, match=r"`actor` is 'An Lee'; .* Did you mean 'Ann Lee'\?"):
        ak.actor_card(perm, "An Lee")
