"""Finding actors: who is named, from where to where, as what, in which role."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analystkit import schema
from analystkit.annotate.actors.find import Mention, annotate_mentions, find_in_texts, find_mentions
from analystkit.annotate.actors.roles import role_of
from analystkit.errors import ArgumentError, MissingColumnError

PAGE = """\
A North Korean minister has met with the governor of the Russian region, state media KCNA reported.
The talks between North Korea's External Economic Relations Minister Yun Jong Ho and Oleg Kozhemyako, governor of \
the Russian far eastern region of Primorsky, focused on trade.
That comes as South Korea's spy agency spoke to the Yonhap news agency about UN Security Council sanctions.
"This is the first visit," Kozhemyako said on his Telegram channel about the DPRK.
In November, Kozhemyako told the Russian TASS state news agency so.
Kozhemyako's visit follows that of North Korean leader Kim Jong-un, who met President Vladimir Putin.
US officials spoke of arms trade between the North and Russia.
North Korea's premier Kim Tok Hun met with Russia's natural resources minister Alexander Kozlov.
Minister Yun Jong ho left the city of Perm.
"""


def find_in_text(text: str, model: str = "rules") -> list[Mention]:
    return next(find_in_texts([text], model))


def kinds(text: str) -> list[tuple[str, str]]:
    return [(mention.surface, mention.kind) for mention in find_in_text(text)]


def actors(text: str) -> list[tuple[str, str]]:
    return [(mention.surface, mention.actor) for mention in find_in_text(text)]


@pytest.fixture(scope="module")
def page() -> pd.DataFrame:
    return find_mentions([PAGE])


def test_offsets_counted_by_hand() -> None:
    #        0         1         2         3         4
    #        0123456789012345678901234567890123456789012345678
    text = "Tokyo said Kim Jong-un's envoy met NATO in Oslo."
    assert [(m.start, m.end, m.surface, m.kind) for m in find_in_text(text)] == [
        (0, 5, "Tokyo", "place"),
        (11, 22, "Kim Jong-un", "person"),
        (35, 39, "NATO", "organisation"),
        (43, 47, "Oslo", "place"),
    ]


def test_a_full_name_and_its_family_name_are_one_actor(page: pd.DataFrame) -> None:
    rows = page[page["surface"].str.contains("Kozhemyako")]
    assert rows["surface"].tolist() == ["Oleg Kozhemyako", "Kozhemyako", "Kozhemyako", "Kozhemyako"]
    assert set(rows["actor"]) == {"Oleg Kozhemyako"}
    assert set(rows["kind"]) == {"person"}


def test_roles_are_read_before_and_behind_a_name(page: pd.DataFrame) -> None:
    roles = page[page["role"] != ""].set_index("surface")["role"].to_dict()
    assert roles == {
        "Yun Jong Ho": "North Korea's External Economic Relations Minister",
        "Oleg Kozhemyako": "governor of the Russian far eastern region of Primorsky",
        "Kim Jong-un": "North Korean leader",
        "Vladimir Putin": "President",
        "Kim Tok Hun": "North Korea's premier",
        "Alexander Kozlov": "Russia's natural resources minister",
        "Yun Jong ho": "Minister",
    }


def test_people_of_one_family_name_stay_apart(page: pd.DataFrame) -> None:
    named = set(page.loc[page["kind"] == "person", "actor"])
    assert named == {
        "Yun Jong Ho",
        "Oleg Kozhemyako",
        "Kim Jong-un",
        "Vladimir Putin",
        "Kim Tok Hun",
        "Alexander Kozlov",
    }


def test_states_media_and_bodies_of_the_page(page: pd.DataFrame) -> None:
    by_kind = {kind: set(rows["actor"]) for kind, rows in page.groupby("kind")}
    assert by_kind["state"] == {"North Korea", "South Korea", "Russia", "United States"}
    assert by_kind["medium"] == {"KCNA", "TASS", "Yonhap", "Telegram"}
    assert by_kind["organisation"] == {"UN Security Council"}
    assert by_kind["place"] == {"Primorsky", "Perm"}


def test_adjectives_and_peoples_count_as_their_state() -> None:
    assert actors("the Russian envoy met two North Koreans") == [
        ("Russian", "Russia"),
        ("North Koreans", "North Korea"),
    ]


def test_the_longest_listed_name_wins() -> None:
    assert actors("at the UN Security Council and the UN") == [
        ("UN Security Council", "UN Security Council"),
        ("UN", "United Nations"),
    ]


@pytest.mark.parametrize(
    "text", ["", " \n", "nothing here has capitals", "On Monday it rained. In May, too. That was it."]
)
def test_ordinary_text_has_no_actors(text: str) -> None:
    assert kinds(text) == []


def test_words_that_open_sentences_are_no_actors() -> None:
    text = "A deal is near. Talks went on. Those who signed the deal left. Amazingly, deals held. Signing took an hour."
    assert kinds(text) == []


def test_an_unknown_name_that_opens_a_sentence_is_known_from_elsewhere() -> None:
    assert kinds("Zarubin said so. Zarubin's plan failed.") == [("Zarubin", "person"), ("Zarubin", "person")]


@pytest.mark.parametrize(
    ("text", "surface"),
    [
        ("they met Kim Jong Un there", "Kim Jong Un"),
        ("they met Osama bin Laden there", "Osama bin Laden"),
        ("they met Nouri al-Maliki there", "Nouri al-Maliki"),
        ("they met Ursula von der Leyen there", "Ursula von der Leyen"),
        ("they met Jean-Claude Juncker there", "Jean-Claude Juncker"),
        ("they met George W. Bush there", "George W. Bush"),
        ("they met Sinead O'Brien there", "Sinead O'Brien"),
        ("they met Sinead O’Brien’s aunt", "Sinead O’Brien"),
        ("they met George Washington there", "George Washington"),
        ("they met Billie Jean King there", "Billie Jean King"),
    ],
)
def test_shapes_of_names_of_persons(text: str, surface: str) -> None:
    assert kinds(text) == [(surface, "person")]


def test_titles_are_no_part_of_a_name() -> None:
    text = "with Gen. Mark Milley, Mr Lavrov, Foreign Minister Choe Son Hui and Secretary of State Antony Blinken."
    assert kinds(text) == [
        ("Mark Milley", "person"),
        ("Lavrov", "person"),
        ("Choe Son Hui", "person"),
        ("Antony Blinken", "person"),
    ]


def test_a_person_with_the_name_of_a_place() -> None:
    text = "a goal by Michael Jordan. Later, Jordan said it was luck. He flew from Amman."
    assert actors(text) == [
        ("Michael Jordan", "Michael Jordan"),
        ("Jordan", "Michael Jordan"),
        ("Amman", "Amman"),
    ]
    assert actors("he flew to Jordan") == [("Jordan", "Jordan")]


@pytest.mark.parametrize(
    "surface",
    [
        "Ministry of Physical Culture and Sports",
        "University of Sheffield",
        "Vostochnaya Stevedoring Company",
        "Workers' Party of Korea",
        "Standing Committee of the National People's Congress",
        "Food and Agriculture Organization",
        "Committee on Foreign Trade",
        "Douglas & Lomason Inc.",
    ],
)
def test_names_of_bodies_are_found_whole(surface: str) -> None:
    assert kinds(f"a man of the {surface} said so.") == [(surface, "organisation")]


def test_a_national_body_is_told_apart_by_its_state() -> None:
    text = "Russia's Foreign Ministry and the Japanese Foreign Ministry met. The Ministry of Defence of Ukraine did not."
    assert [actor for _, actor in actors(text)] == [
        "Russia", "Foreign Ministry (Russia)", "Foreign Ministry (Japan)", "Defence Ministry (Ukraine)", "Ukraine",
    ]  # fmt: skip


def test_a_national_body_without_its_state_is_the_only_one_of_the_text() -> None:
    text = "South Korea's Joint Chiefs of Staff (JCS) spoke. The JCS saw nothing."
    assert [actor for _, actor in actors(text)] == [
        "South Korea",
        *["Joint Chiefs of Staff (South Korea)"] * 3,
    ]


def test_an_acronym_stands_for_the_name_before_the_bracket() -> None:
    text = "The Northern Trade Council (NTC) met. The NTC agreed."
    assert {actor for _, actor in actors(text)} == {"Northern Trade Council"}


def test_compounds_name_the_state_alone() -> None:
    assert actors("US-led forces in the Russia-Ukraine war") == [
        ("US", "United States"),
        ("Russia", "Russia"),
        ("Ukraine", "Ukraine"),
    ]


def test_the_north_is_a_state_only_once_it_was_named() -> None:
    assert actors("People in the North were cold.") == []
    assert actors("In North Korea and the South, people of the North were cold.") == [
        ("North Korea", "North Korea"),
        ("South", "South Korea"),
        ("North", "North Korea"),
    ]


def test_sums_of_money_name_no_state() -> None:
    assert kinds("it cost US$4 million, or US $5 million") == []


def test_headlines_in_capitals_name_what_the_lists_or_the_text_know() -> None:
    text = "PUTIN MEETS KIM IN NORTH KOREA\nVladimir Putin left for home."
    assert actors(text) == [
        ("PUTIN", "Vladimir Putin"),
        ("NORTH KOREA", "North Korea"),
        ("Vladimir Putin", "Vladimir Putin"),
    ]


def test_headlines_with_every_word_in_capitals_make_no_persons() -> None:
    assert kinds("Markets Brace Themselves For Hard Times In Russia\nThey fell.") == [("Russia", "state")]


def test_a_role_does_not_reach_over_a_verb() -> None:
    text = "He met minister Oleg Zarubin"
    assert role_of(text, 16, 28, []) == "minister"


def test_a_clause_behind_a_name_is_no_role() -> None:
    text = "Oleg Zarubin, after talks with a minister, left."
    assert role_of(text, 0, 12, []) == ""


def test_rows_of_several_texts_are_in_reading_order() -> None:
    found = find_mentions(["", "Russia and China", "Oslo"])
    assert found["text_id"].tolist() == [1, 1, 2]
    assert found["surface"].tolist() == ["Russia", "China", "Oslo"]
    assert list(found.index) == [0, 1, 2]


def test_no_texts_give_an_empty_table_with_its_dtypes() -> None:
    found = find_mentions([])
    assert list(found.columns) == ["text_id", "start", "end", "surface", "actor", "kind", "role"]
    assert found["start"].dtype == schema.INTEGER
    assert found["actor"].dtype == schema.STRING


def test_a_single_text_is_refused() -> None:
    with pytest.raises(ArgumentError, match=r"`texts` is a single str; give a list of texts"):
        find_mentions("Russia")


def articles() -> pd.DataFrame:
    return pd.DataFrame({"article_id": ["b", "a"], "body": ["Russia spoke. China heard.", "it rained."]})


def sentences() -> pd.DataFrame:
    rows = [("a", 0, 0, 10), ("b", 0, 0, 13), ("b", 1, 14, 26)]
    return pd.DataFrame(rows, columns=["article_id", "sentence_id", "start", "end"])


def test_a_mention_belongs_to_the_sentence_in_which_it_starts() -> None:
    found = annotate_mentions(articles(), sentences())
    assert list(found.columns) == list(schema.MENTIONS)
    assert found[["article_id", "sentence_id", "start", "end"]].to_numpy().tolist() == [
        ["b", 0, 0, 6],
        ["b", 1, 14, 19],
    ]


def test_articles_without_actors_give_an_empty_table() -> None:
    found = annotate_mentions(articles().iloc[1:], sentences())
    pd.testing.assert_frame_equal(found, schema.empty_table("mentions"))


def test_missing_columns_are_named() -> None:
    with pytest.raises(MissingColumnError, match=r"`articles` needs column\(s\) \['body'\]"):
        annotate_mentions(articles().drop(columns="body"), sentences())
    with pytest.raises(MissingColumnError, match=r"`sentences` needs column\(s\) \['start'\]"):
        annotate_mentions(articles(), sentences().drop(columns="start"))


PIECES = st.sampled_from(
    [
        *(
            "Kim Jong-un",
            "Yun Jong ho",
            "KIM JONG UN",
            "U.S.",
            "U. S.",
            "Russia",
            "the North",
            "UN",
            "J.",
            "O'",
            "King",
            "10",
        ),
        *(
            "President",
            "governor of",
            "Mr.",
            "Gen.",
            "Ministry",
            "People's",
            "Party",
            "(IAEA)",
            "McDonald's",
            "France 24",
        ),
        *(
            "of",
            "of the",
            "and",
            "&",
            "al-",
            "bin",
            "said",
            "The",
            "in",
            "'s",
            "’s",
            "-",
            "(",
            ")",
            ",",
            ". ",
            "$",
            " ",
        ),
        *("\n", "\u2028", "\u00a0", "\ud800", "É", "İ", "ß", "ǅ"),
    ]
)


@given(
    st.text(max_size=200)
    | st.lists(PIECES, max_size=25).map(" ".join)
    | st.lists(PIECES, max_size=25).map("".join)
)
def test_on_any_text_mentions_are_their_surface_sorted_and_apart(text: str) -> None:
    end = 0
    for mention in find_in_text(text):
        assert text[mention.start : mention.end] == mention.surface != ""
        assert mention.start >= end
        assert mention.kind in schema.ACTOR_KINDS
        assert mention.actor
        end = mention.end
