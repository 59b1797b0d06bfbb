"""Spans of a model and drafts of the rules: which count, with which bounds and kind."""

import pytest

from analystkit.annotate.actors.adopting import adopt, spread, trim
from analystkit.annotate.actors.backends import Span
from analystkit.annotate.actors.drafts import Draft


def trimmed(marked: str, kind: str) -> str | None:
    """Trim what stands between brackets; return what is left of it."""
    start, end = marked.index("["), marked.index("]") - 1
    text = marked.replace("[", "").replace("]", "")
    span = trim(text, Span(start, end, kind, 1.0))
    return None if span is None else text[span.start : span.end]


@pytest.mark.parametrize(
    ("marked", "kind", "left"),
    [
        ("[The Sinceros] played", "organisation", "Sinceros"),
        ("[President Oleg Lebed] left", "person", "Oleg Lebed"),
        ("[Oleg Lebed’ s] plan", "person", "Oleg Lebed"),
        ("in [Northern Iraq] today", "place", "Iraq"),
        ("in [Northern Ireland] today", "place", "Northern Ireland"),
        ("the [Lebed government] fell", "organisation", "Lebed"),
        ("the [Russian city of Perm] froze", "organisation", "Perm"),
        ("the [Ministry of Culture and Sports] said", "organisation", "Ministry of Culture and Sports"),
        ("with [Nouri al-Maliki] there", "person", "Nouri al-Maliki"),
        ("Minister [Yun Jong] ho said", "person", "Yun Jong ho"),
        ("lawmaker [Tik Chi] - yuen said", "person", "Tik Chi - yuen"),
        ("the [Oleg Lebed] - led bloc", "person", "Oleg Lebed"),
        ("the [Public Prosecutor’ s Office] said", "organisation", "Public Prosecutor’ s Office"),
        ("for [Russian TASS] readers", "organisation", "TASS"),
        ("with [Tokyo Gov.] Koike", "place", "Tokyo"),
        ("cost [US] $4 million", "place", None),
        ("the [Sochi Cultural Forum] opened", "organisation", None),
        ("the [Pacific Islands Forum] met", "organisation", "Pacific Islands Forum"),
        ("the [President] said", "person", None),
        ("Sen. Ann Lee, [D-Mass]. said", "person", "Mass"),
        ("the new [Sorvan A380] flew", "organisation", None),
        ("signed the [Sorvan] Protocol", "place", None),
        ("bags at [Terminal 4] waited", "organisation", None),
        ("bags at [Terminal] 4 waited", "place", None),
        ("the [Brigade 4] listened", "organisation", "Brigade 4"),
        ("chairman of [Sorvan LLC Jim Press]", "organisation", "Sorvan LLC"),
        ("in [Moody's] view", "organisation", "Moody's"),
    ],
)
def test_what_is_no_part_of_a_name_is_left_out(marked: str, kind: str, left: str | None) -> None:
    assert trimmed(marked, kind) == left


def test_a_part_of_a_listed_name_is_no_name() -> None:
    rules = [Draft(4, 16, "North Korean", "state", actor="North Korea")]
    adopted = adopt("the North Korean envoy", [Span(4, 9, "place", 0.9)], rules)
    assert [(draft.name, draft.kind) for draft in adopted] == [("North Korean", "state")]


def test_a_family_name_is_that_of_the_person_with_the_full_name() -> None:
    text = "Oleg Lebed spoke. Lebed left. They blamed Lebed."
    spans = [Span(0, 10, "person", 0.9), Span(18, 23, "organisation", 0.5)]
    assert [(d.start, d.name, d.kind) for d in adopt(text, spans, [])] == [
        (0, "Oleg Lebed", "person"),
        (18, "Lebed", "person"),
        (42, "Lebed", "person"),
    ]


def test_the_surer_reading_of_a_name_wins_in_its_text() -> None:
    text = "Zentrova fell. Zentrova rose. Zentrova held."
    spans = [Span(0, 8, "organisation", 0.9), Span(15, 23, "organisation", 0.9), Span(30, 38, "person", 0.6)]
    assert [draft.kind for draft in adopt(text, spans, [])] == ["organisation"] * 3


def test_names_spread_to_whole_words_only_and_not_from_unsure_readings() -> None:
    text = "Perm, Permian, e-Perm and Perm"
    assert [span.start for span in spread(text, [Span(0, 4, "place", 0.9)])] == [0, 26]
    assert [span.start for span in spread(text, [Span(0, 4, "place", 0.5)])] == [0]


def test_a_place_of_the_lists_is_no_person_unless_the_text_names_one() -> None:
    assert [d.kind for d in adopt("Perm said no.", [Span(0, 4, "person", 0.7)], [])] == ["place"]


def test_a_title_before_a_name_stays_known() -> None:
    found = adopt("King Lebed", [Span(5, 10, "person", 0.9)], [Draft(5, 10, "Lebed", "place")])
    assert found[0].kind == "person"


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Zentrova Motor Company said the Lumero sells. The Zentrova Lumero is a car.", ["Zentrova Motor Company"]),
        ("Zentrova Motor Company said the Lumero sells.", ["Zentrova Motor Company", "Lumero"]),
        ("Zentrova Motor Company said the Bank sells. The Zentrova Bank is old.", ["Zentrova Motor Company", *["Bank"] * 2]),
    ],
)  # fmt: skip
def test_goods_are_known_by_their_maker_before_them(text: str, left: list[str]) -> None:
    spans = [Span(0, 22, "organisation", 0.9), Span(32, text.index(" sells"), "organisation", 0.7)]
    assert [draft.name for draft in adopt(text, spans, [])] == left


def test_a_word_that_opens_sentences_is_a_name_only_if_that_is_sure() -> None:
    text = "Once he had left, all was calm."
    assert adopt(text, [Span(0, 4, "person", 0.6)], []) == []
    assert [draft.name for draft in adopt(text, [Span(0, 4, "person", 0.95)], [])] == ["Once"]
    text = "Young fell. Ed Young fell."
    spans = [Span(0, 5, "person", 0.6), Span(12, 20, "person", 0.9)]
    assert [draft.name for draft in adopt(text, spans, [])] == ["Young", "Ed Young"]
