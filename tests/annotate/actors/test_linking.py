"""Which names are one actor: spellings and short names are joined, likeness alone is not."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analystkit.annotate.actors import find_mentions
from analystkit.annotate.actors.linking import Persons, family_name_first, link_actors, name_key, short_names
from analystkit.errors import MissingColumnError


def frame(*rows: tuple[str, str, str]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["surface", "actor", "kind"], dtype="str")


def persons(*names: str) -> pd.DataFrame:
    return frame(*((name, name, "person") for name in names))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Kim Jong-un", "Kim Jong Un"),
        ("Kim Jong-un", "KIM JONG UN"),
        ("Yun Jong Ho", "Yun Jong ho"),
        ("Sergey Lavrov", "Sergei Lavrov"),
        ("Volodymyr Zelenskyy", "Volodymyr Zelensky"),
        ("António Guterres", "Antonio Guterres"),
        ("George W. Bush", "George Bush"),
    ],
)
def test_spellings_of_one_name_share_a_key(one: str, other: str) -> None:
    assert name_key(one) == name_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Kim Jong-un", "Kim Tok Hun"),
        ("Kim Jong-un", "Kim Yo Jong"),
        ("Kim Jong-un", "Kim Jong-il"),
        ("Li", "Lee"),
    ],
)
def test_different_people_have_different_keys(one: str, other: str) -> None:
    assert name_key(one) != name_key(other)


def test_the_family_name_stands_first_in_korean_and_chinese_names_only() -> None:
    names = [
        "Kim Jong-un",
        "Yun Jong ho",
        "Xi Jinping",
        "Kim Kardashian",
        "Vladimir Putin",
        "Lee Harvey Oswald",
    ]
    assert [family_name_first(name) for name in names] == [True, True, True, False, False, False]


def test_short_names_of_a_name_with_an_arabic_article() -> None:
    assert short_names("Nouri al-Maliki") == ("maliki", "nouri")


def test_a_family_name_goes_before_a_given_name() -> None:
    known = Persons(["Saddam Hussein", "Hussein Kamel"])
    assert known.of_short("Hussein") == "Saddam Hussein"
    assert known.of_short("Saddam") == "Saddam Hussein"


def test_a_short_name_of_two_people_means_neither() -> None:
    known = Persons(["Kim Jong-un", "Kim Tok Hun"])
    assert known.has_short("Kim")
    assert known.of_short("Kim") is None


def test_the_most_frequent_spelling_is_the_name_and_ties_go_by_the_alphabet() -> None:
    assert set(link_actors(persons("Kim Jong-un", "Kim Jong Un", "Kim Jong-un"))["actor"]) == {"Kim Jong-un"}
    assert set(link_actors(persons("Kim Jong-un", "Kim Jong Un"))["actor"]) == {"Kim Jong Un"}


def test_capitals_are_no_spelling_if_there_is_another() -> None:
    assert set(link_actors(persons("KIM JONG UN", "KIM JONG UN", "Kim Jong-un"))["actor"]) == {"Kim Jong-un"}


def test_a_lone_family_name_joins_the_only_person_who_has_it() -> None:
    assert link_actors(persons("Kozhemyako", "Oleg Kozhemyako"))["actor"].tolist() == ["Oleg Kozhemyako"] * 2


def test_a_lone_family_name_of_two_people_stays_alone() -> None:
    actors = link_actors(persons("Kim", "Kim Jong-un", "Kim Tok Hun"))["actor"]
    assert actors.tolist() == ["Kim", "Kim Jong-un", "Kim Tok Hun"]


def test_a_lone_given_name_is_not_joined_across_texts() -> None:
    assert link_actors(persons("Oleg", "Oleg Kozhemyako"))["actor"].tolist() == ["Oleg", "Oleg Kozhemyako"]


def test_kinds_are_never_joined() -> None:
    rows = frame(
        ("KCNA", "KCNA", "medium"),
        ("North Korea", "North Korea", "state"),
        ("South Korea", "South Korea", "state"),
        ("Jordan", "Jordan", "state"),
        ("Jordan", "Jordan", "person"),
        ("Michael Jordan", "Michael Jordan", "person"),
    )
    assert link_actors(rows)["actor"].tolist() == [
        "KCNA", "North Korea", "South Korea", "Jordan", "Michael Jordan", "Michael Jordan",
    ]  # fmt: skip


def test_an_acronym_joins_its_expansion_in_another_text() -> None:
    found = find_mentions(["The Northern Trade Council (NTC) met.", "It told the NTC so."])
    assert found["actor"].tolist() == ["Northern Trade Council", "Northern Trade Council", "NTC"]
    assert set(link_actors(found)["actor"]) == {"Northern Trade Council"}


def test_bodies_join_when_only_case_and_hyphens_differ() -> None:
    rows = frame(("Arms-Control Centre", "Arms-Control Centre", "organisation"),
                 ("Arms Control Centre", "Arms Control Centre", "organisation"))  # fmt: skip
    assert set(link_actors(rows)["actor"]) == {"Arms Control Centre"}


def test_empty_in_empty_out() -> None:
    linked = link_actors(frame())
    assert len(linked) == 0
    assert list(linked.columns) == ["surface", "actor", "kind"]


def test_a_missing_column_is_named() -> None:
    with pytest.raises(MissingColumnError, match=r"`mentions` needs column\(s\) \['kind'\]"):
        link_actors(frame().drop(columns="kind"))


NAMES = st.sampled_from(
    [
        "Kim Jong-un",
        "Kim Jong Un",
        "KIM JONG UN",
        "Kim Tok Hun",
        "Kim",
        "Putin",
        "Vladimir Putin",
        "Sergey Lavrov",
    ]
)
KINDS = st.sampled_from(["person", "person", "organisation", "place", "state"])


@given(st.lists(st.tuples(NAMES, KINDS), max_size=12), st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(rows: list[tuple[str, str]], random: object) -> None:
    mentions = frame(*((name, name, kind) for name, kind in rows))
    before = mentions.copy()
    linked = link_actors(mentions)
    shuffled = mentions.sample(frac=1, random_state=random.randrange(2**31))  # type: ignore[attr-defined]
    pd.testing.assert_frame_equal(link_actors(shuffled).sort_index(), linked)
    pd.testing.assert_frame_equal(mentions, before)


@given(st.lists(st.tuples(NAMES, KINDS), max_size=12))
def test_linking_twice_changes_nothing_more(rows: list[tuple[str, str]]) -> None:
    once = link_actors(frame(*((name, name, kind) for name, kind in rows)))
    assert link_actors(once)["actor"].tolist() == once["actor"].tolist()
