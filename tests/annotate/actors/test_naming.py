"""Whom the namings of one text mean: short forms, acronyms, what the text equates; and never by accident."""

import pandas as pd
import pytest

import analystkit as ak
from analystkit.annotate.actors.naming import bare_name, initials, link_mentions
from analystkit.errors import ArgumentError, MissingColumnError

KINDS = {"P": "person", "O": "organisation", "L": "place", "M": "medium"}


def linked(*texts: str) -> list[str]:
    """Return the actors of texts in which each naming stands in braces with its kind: "{P Ann Lee}"."""
    plain, rows = [], []
    for number, text in enumerate(texts):
        out = ""
        for part in text.replace("}", "{").split("{"):
            kind, _, name = part.partition(" ")
            if kind in KINDS and name:
                rows.append((number, len(out), len(out) + len(name), KINDS[kind]))
                part = name
            out += part
        plain.append(out)
    frame = pd.DataFrame(rows, columns=["text_id", "start", "end", "kind"])
    return link_mentions(plain, frame)["actor"].tolist()


@pytest.mark.parametrize(
    ("text", "actors"),
    [
        ("{P President George W. Bush} spoke. {P Mr Bush} left.", ["George W. Bush"] * 2),
        ("{P Iraqi Prime Minister Nouri al-Maliki} met {P Al-Maliki}.", ["Nouri al-Maliki"] * 2),
        ("{P Ed Orr} won. {P Orr} left. {P Ida Orr} too. {P Orr} spoke.", ["Ed Orr", "Ed Orr", "Ida Orr", "Ed Orr"]),
        ("{P Al Rohling} came. {P Rohling} left.", ["Al Rohling"] * 2),
        ("{O General Motors} sold {O GM} shares.", ["General Motors"] * 2),
        ("{O United Auto Workers (UAW) union} asked. {O UAW} won.", ["United Auto Workers"] * 2),
        ("{O Council on American-Islamic Relations} said. {O CAIR} asked.", ["Council on American-Islamic Relations"] * 2),
        ("{O Ford Motor Company} lost. {O Ford} won. {O Ford Motor Co.}", ["Ford"] * 3),
        ("{O Northrop Grumman} and {O Northrop} bid.", ["Northrop Grumman"] * 2),
        ("{O US Air Force} and {O United States Air Force} and {O USAF}", ["US Air Force"] * 3),
        ("{L Orlov Region}, also known as {L Dalmor}, froze. {L Dalmor} thawed.", ["Orlov Region"] * 3),
        ("{P Ivan Petrov}, better known as {P Vanya Crow}, sang.", ["Ivan Petrov"] * 2),
        ("{O Ministry of Coal Affairs} and {O Coal Affairs Ministry}", ["Ministry of Coal Affairs"] * 2),
        ("{L U.S.} and {L American} and {L USA}", ["United States"] * 3),
        ("{L N. Korea} and {L DPRK} and {L North Korean}", ["North Korea"] * 3),
        ("{L Calif.} and {L California}", ["California"] * 2),
        ("The {O Northern Sea Board (NSB)} met. A {O SPA} left.", ["Northern Sea Board", "SPA"]),
    ],
)  # fmt: skip
def test_names_of_one_actor_are_joined(text: str, actors: list[str]) -> None:
    assert linked(text) == actors


@pytest.mark.parametrize(
    "text",
    [
        "{P Kim Jong-un} met {P Kim Tok Hun}.",
        "{P Kim Jong-un} met {P Kim Yo Jong}.",
        "{L North Korea} and {L South Korea}",
        "{M KCNA} of {L North Korea}",
        "{O Sorvan Motor} and {O Sorvan Steel} and {O Sorvan}",
        "{O Ford} and then {O Ford Australia}",
        "{O United Nations} and {O United Nations Panel of Experts}",
        "{P Jordan} went to {L Jordan}.",
        "{L Mexico} and {L Mexico City}",
        "{L West Virginia} and {L Virginia}",
        "{L northern India} and {L India}",
        "{O U.S. military} and {L U.S.}",
    ],
)
def test_names_of_different_actors_are_never_joined(text: str) -> None:
    actors = linked(text)
    assert len(set(actors)) == len(actors)


def test_a_family_name_of_two_is_the_one_the_text_names_in_full_more_often() -> None:
    text = "{P Gerald Ford} died. {P Gerald Ford} and {P Betty Ford} wed. {P Ford} won."
    assert linked(text)[-1] == "Gerald Ford"
    assert linked("{P Gerald Ford} and {P Betty Ford} wed. {P Ford} won.")[-1] == "Ford"


def test_a_korean_family_name_of_two_means_neither_however_often_one_is_named() -> None:
    text = "{P Kim Jong-un} and {P Kim Jong-un} and {P Kim Tok Hun}. {P Kim} left."
    assert linked(text)[-1] == "Kim"


def test_an_acronym_that_the_lists_know_is_what_the_text_says_it_is() -> None:
    assert linked("The {O Supreme Port Assembly} ({O SPA}) met.")[1] == "Supreme Port Assembly"


def test_an_acronym_in_brackets_takes_the_words_before_it_though_no_naming_marks_them() -> None:
    assert linked("It went to Golden Sea Airways ({O GSA}) today.") == ["Golden Sea Airways"]


def test_a_description_is_whom_it_stands_beside_or_the_last_named() -> None:
    actors = linked(
        "The {O Irish budget airline} {O Kestair} grew. {O The company} paid. {O Irish companies} fell."
    )
    assert actors == ["Kestair", "Kestair", "Kestair", "Irish companies"]


def test_short_forms_carry_over_to_texts_that_do_not_explain_them() -> None:
    assert linked("{O General Motors} ({O GM})", "{O GM} fell.")[-1] == "General Motors"
    # "The Council" is the Port Council in one text only.
    assert linked("{O Port Council} met. The {O Council} left.", "A {O Council} sat.")[-1] == "Council"


def test_actors_of_one_name_and_two_kinds_are_told_apart() -> None:
    actors = linked("{L Alabama} and {L Alabama}", "{P Alabama} sang.")
    assert actors == ["Alabama", "Alabama", "Alabama (person)"]


def test_what_stands_around_a_name_is_left_out() -> None:
    assert bare_name("Hezbollah-led", "organisation") == "Hezbollah"
    assert bare_name("Bank of England", "organisation") == "Bank of England"
    assert bare_name("Saturn unit", "organisation") == "Saturn"


def test_initials_leave_out_legal_forms() -> None:
    assert initials("Penske Automotive Group Inc.") == {"PAG"}


def test_mentions_keep_their_order_index_and_columns() -> None:
    frame = pd.DataFrame(
        {"text_id": [0, 0], "start": [8, 0], "end": [14, 3], "kind": "place", "x": [1, 2]}, index=[7, 3]
    )
    found = link_mentions(["UK met France"], frame.assign(end=[13, 2]))
    assert found.index.tolist() == [7, 3]
    assert found["x"].tolist() == [1, 2]
    assert found["surface"].tolist() == ["rance", "UK"]


def test_wrong_input_is_named() -> None:
    with pytest.raises(ArgumentError, match="`texts` is a single str"):
        link_mentions("a", pd.DataFrame())
    with pytest.raises(MissingColumnError, match=r"`mentions` needs column\(s\) \['kind'\]"):
        link_mentions([], pd.DataFrame(columns=["text_id", "start", "end"]))
    with pytest.raises(ArgumentError, match="`kind` is 'LOC'; allowed"):
        link_mentions(["a"], pd.DataFrame([(0, 0, 1, "LOC")], columns=["text_id", "start", "end", "kind"]))


def test_seed_names_merge_and_stay_apart() -> None:
    text = (
        "Governor of Primorsky, also known as Primorye, Oleg Kozhemyako met Yun Jong Ho. The DPRK's Yun Jong ho thanked"
        " Kozhemyako. North Korean leader Kim Jong-un and Kim Jong Un met Kim Tok Hun, KCNA said. The US and U.S. objected."
    )
    found = ak.find_mentions([text])
    actors = dict(zip(found["surface"], found["actor"], strict=True))
    assert actors["Primorye"] == actors["Primorsky"]
    assert actors["Yun Jong Ho"] == actors["Yun Jong ho"]
    assert actors["Kim Jong-un"] == actors["Kim Jong Un"] != actors["Kim Tok Hun"]
    assert actors["US"] == actors["U.S."] == "United States"
    assert actors["Kozhemyako"] == "Oleg Kozhemyako"
    assert actors["KCNA"] == "KCNA"


def test_a_name_that_the_text_gives_to_a_body_is_no_person() -> None:
    assert (
        linked("{P Aer Kestrel} fell. {O Aer Kestrel Group PLC} rose. {L Aer Kestrel} won.")
        == ["Aer Kestrel"] * 3
    )
    assert linked("{P Depot} fell. {O Home Depot} rose.") == ["Home Depot"] * 2
    # A person of the text goes before.
    assert linked("{P Ann Depot} sold {O Home Depot}. {P Depot} left.") == [
        "Ann Depot",
        "Home Depot",
        "Ann Depot",
    ]


def test_a_family_name_before_the_person_is_named_in_full_is_the_company() -> None:
    text = "{P Ford} fell. {O Ford Motor Company} and {P William Ford} met. {P Ford} spoke."
    assert linked(text) == ["Ford", "Ford", "William Ford", "William Ford"]


def test_a_company_of_other_texts_takes_its_name_back_unless_a_person_has_it() -> None:
    assert set(linked("{O Ford Motor Company} grew.", "{P Ford} fell.", "{L Ford} rose.")) == {"Ford"}
    actors = linked(
        "{O Ford Motor Company} grew.", "{P Gerald Ford} and {P Gerald Ford} met.", "{P Ford} fell."
    )
    assert actors[-1] == "Gerald Ford"
