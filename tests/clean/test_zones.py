import pandas as pd
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from analystkit.clean.wrapping import is_wrapped
from analystkit.clean.zones import (
    agency_in_dateline,
    body_of,
    cut_dateline,
    is_section,
    name_in_byline,
    name_in_copyright,
    name_in_credit,
    split_zones,
    type_pages,
)
from analystkit.schema import ZONE_NAMES

# A saved page, each line with the zone it must get; "" is a blank line.
PAGE = [
    (" date 2024-05-14 WORLD", "dateline"),
    ("4 MIN READ", "furniture"),
    ("Harbour ministers sign ferry accord after nine rounds of talks", "title"),
    ("The accord ends a quarrel over berths that had kept two coasts apart for eleven years.", "lead"),
    ("Harbour ministers sign ferry accord after nine rounds of talks", "title"),
    (
        "Minister Ilse Brandt greets her guest at the ferry terminal before the signing in Westhaven. / Photo: Tern Pool",
        "caption",
    ),
    ("By Oskar Lindqvist", "byline"),
    ("May 14, 2024", "dateline"),
    ("", ""),
    (
        "The harbour ministers of Westhaven and Sandmark signed an accord on Tuesday that opens four berths to ferries of "
        "both sides, the port authority said.",
        "body",
    ),
    ("", ""),
    ('"We have waited a long time for this day," Brandt told reporters on the quay.', "body"),
    ("", ""),
    ("Westhaven is the larger of the two ports.", "body"),
    ("", ""),
    ("RelatedFishing fleets return to disputed grounds as storm season ends", "related"),
    ("RECOMMENDED", "furniture"),
    ("", ""),
    ("Berths for both sides", "subhead"),
    ("", ""),
    (
        "Under the accord, two berths will be kept for each side, and a joint office will settle the order in which ships "
        "may enter the harbour.",
        "body",
    ),
    ("", ""),
    ("The first ferry is expected to leave in June, officials said, if the weather allows it.", "body"),
    ("", ""),
    ("RelatedWhy the old lighthouse will shine again", "related"),
    ("SOURCE:Tern Pool", "credit"),
    ("Explore", "furniture"),
    ("Parliament votes on school meals for a third time", "furniture"),
    ("Rail strike ends after night of talks", "furniture"),
    ("Museum finds lost map behind a wall", "furniture"),
    ("Ferry accord may lower fares, say islanders", "furniture"),
]
PAGE_TEXT = "\n".join(text for text, _ in PAGE)


def zones_of(text):
    frame = split_zones(text)
    return list(zip(frame["zone"], frame["text"], strict=True))


def texts_in(text, zone):
    return [line for name, line in zones_of(text) if name == zone]


def test_every_line_of_a_saved_page_gets_its_zone():
    assert zones_of(PAGE_TEXT) == [(zone, text.strip()) for text, zone in PAGE if text]


def test_the_body_is_its_paragraphs_and_subheads_in_order():
    expected = [text for text, zone in PAGE if zone in ("body", "subhead")]
    assert body_of(split_zones(PAGE_TEXT)) == "\n".join(expected)
    assert expected[3] == "Berths for both sides"


def test_every_line_has_a_reason_in_words():
    frame = split_zones(PAGE_TEXT)
    reasons = dict(zip(frame["text"], frame["reason"], strict=True))
    assert reasons["By Oskar Lindqvist"] == "names who wrote it: Oskar Lindqvist"
    assert reasons["RECOMMENDED"] == "a label that sites put around articles"
    assert reasons["Rail strike ends after night of talks"] == "below the end of the article"
    assert (frame["reason"] != "").all()


def test_the_second_printing_of_the_headline_says_so():
    frame = split_zones(PAGE_TEXT)
    assert frame.loc[frame["zone"] == "title", "reason"].tolist() == ["the headline", "repeats the headline"]


@pytest.mark.parametrize("ending", ["\r\n", "\r"])
def test_line_ends_of_other_systems_make_no_difference(ending):
    assert zones_of(PAGE_TEXT.replace("\n", ending)) == zones_of(PAGE_TEXT)


@pytest.mark.parametrize("text", ["", "   \n\t\n", "\u200b\n\ufeff\n\x03"])
def test_a_blank_page_has_no_zones_and_the_right_dtypes(text):
    frame = split_zones(text)
    assert len(frame) == 0
    assert list(frame.columns) == ["order", "zone", "text", "reason"]
    assert frame.dtypes.astype(str).tolist() == ["int64", "str", "str", "str"]


def test_a_page_without_sentences_has_no_body_and_keeps_its_lines():
    text = "Home\nSport\nWeather\nLog in"
    assert body_of(split_zones(text)) == ""
    assert [line for _, line in zones_of(text)] == ["Home", "Sport", "Weather", "Log in"]


@pytest.mark.parametrize("rest", ["", "By Ann Lee\n3 May 2024\n"])
def test_one_free_line_above_a_text_is_its_headline_whatever_its_words(rest):
    text = (
        f"Bridging troubled waters\n{rest}\nThe council met on Monday, the mayor said, and nobody was late."
    )
    assert texts_in(text, "title") == ["Bridging troubled waters"]


def test_of_several_free_lines_above_a_text_none_is_guessed_to_be_its_headline():
    text = "Harbour pages\nBridging troubled waters\n\nThe council met on Monday, the mayor said, and nobody was late."
    assert texts_in(text, "title") == []


def test_a_text_without_a_head_is_all_body():
    text = (
        "The council met on Monday to talk about the bridge.\n\nIt will meet again next week, the mayor said."
    )
    assert texts_in(text, "body") == text.split("\n\n")


def test_a_page_that_was_saved_twice_into_one_file_keeps_its_article():
    article = "Council votes on bridge\n\nThe council voted on Monday to mend the old bridge before winter comes.\n\n"
    body = texts_in(article * 2, "body")
    assert "The council voted on Monday to mend the old bridge before winter comes." in body


HEAD = "Council votes on bridge\nBy Ann Lee\n3 May 2024\n\n"
FIRST = "The council voted on Monday to mend the old bridge before winter comes, the mayor said."
LAST = "Work will begin in August and take about ten weeks, according to the plan."


@pytest.mark.parametrize(
    "sentence",
    [
        "Terms of the deal were not disclosed by either of the two.",
        "Share prices in the capital fell by two percent on Monday.",
        "Registered voters queued at the town hall from early morning.",
    ],
)
def test_a_sentence_that_begins_like_a_label_stays_in_the_body(sentence):
    assert sentence in texts_in(f"{HEAD}{FIRST}\n\n{sentence}\n\n{LAST}", "body")


@pytest.mark.parametrize(
    "label",
    ["Share this article", "Advertisement", "Terms of use", "Sign up for our newsletter to get the news.", "2 comments",
     "This website uses cookies to improve your experience."],
)  # fmt: skip
def test_labels_between_paragraphs_are_furniture(label):
    assert label in texts_in(f"{HEAD}{FIRST}\n\n{label}\n\n{LAST}", "furniture")


@pytest.mark.parametrize("label", ["READ MORE: Old bridge, new debts", "See also: Old bridge, new debts"])
def test_a_label_with_another_headline_is_related(label):
    assert texts_in(f"{HEAD}{FIRST}\n\n{label}\n\n{LAST}", "related") == [label]


@pytest.mark.parametrize(
    ("first", "place", "rest"),
    [
        ("SEOUL (Tern Pool) - The two sides met.", "SEOUL (Tern Pool) -", "The two sides met."),
        ("SEOUL, May 3 (Tern Pool) -- The two sides met.", "SEOUL, May 3 (Tern Pool) --", "The two sides met."),
        ("NEW YORK — The two sides met.", "NEW YORK —", "The two sides met."),
        ("ST. JOHN'S – The two sides met.", "ST. JOHN'S –", "The two sides met."),
        ("The two sides met - at last.", "", "The two sides met - at last."),
        ("SEOUL-based firms met.", "", "SEOUL-based firms met."),
        ("SEOUL (Tern Pool) -", "", "SEOUL (Tern Pool) -"),
        ("", "", ""),
    ],
)  # fmt: skip
def test_the_place_line_is_cut_off_the_first_paragraph(first, place, rest):
    assert cut_dateline(first) == (place, rest)


def test_the_place_line_of_a_page_is_a_dateline_of_its_own():
    zones = zones_of(f"{HEAD}WESTHAVEN (Tern Pool) - {FIRST}\n\n{LAST}")
    assert zones[-3:] == [("dateline", "WESTHAVEN (Tern Pool) -"), ("body", FIRST), ("body", LAST)]


def test_names_are_read_from_bylines_credits_datelines_and_copyright():
    assert name_in_byline("By Ann Lee and Bo Ek") == "Ann Lee and Bo Ek"
    assert name_in_byline("By Ann Lee  Updated 3 May") == "Ann Lee"
    assert name_in_byline("Bygones are bygones") == ""
    assert name_in_credit("SOURCE:Tern Pool") == "Tern Pool"
    assert name_in_credit("With reports from Tern Pool") == "Tern Pool"
    assert name_in_credit("Sources say so") == ""
    assert agency_in_dateline("SEOUL, May 3 (Tern Pool) -") == "Tern Pool"
    assert agency_in_dateline("SEOUL -") == ""
    assert name_in_copyright("Copyright 2024 The Tern Ltd. All rights reserved.") == "The Tern"
    assert name_in_copyright("No such line") == ""
    assert is_section(" World ")
    assert not is_section("World leaders")


def test_a_label_glued_to_the_end_of_a_paragraph_is_cut_off():
    glued = "RelatedFishing fleets return to disputed grounds"
    zones = zones_of(f"{HEAD}{FIRST}{glued}\n\n{LAST}")
    assert zones[-3:] == [("body", FIRST), ("related", glued), ("body", LAST)]


def test_a_paragraph_glued_to_a_label_and_its_headline_is_cut_off():
    glued = "RelatedFishing fleets return to disputed grounds"
    zones = zones_of(f"{HEAD}{FIRST}\n\n{glued}{LAST}")
    assert zones[-3:] == [("body", FIRST), ("related", glued), ("body", LAST)]


def test_an_advertisement_label_glued_to_a_paragraph_is_cut_off():
    zones = zones_of(f"{HEAD}{FIRST}\n\nADVERTISEMENT{LAST}")
    assert zones[-2:] == [("furniture", "ADVERTISEMENT"), ("body", LAST)]


def test_headlines_glued_into_a_sentence_behind_a_doubled_name_are_cut_out():
    sentence = (
        "The plan was praised by Rep. Ann LeeAnn LeeOld bridge, new debts MORE (D), who lives near the river."
    )
    zones = zones_of(f"{HEAD}{FIRST}\n\n{sentence}\n\n{LAST}")
    assert ("related", "Ann LeeOld bridge, new debts MORE") in zones
    assert ("body", "The plan was praised by Rep. Ann Lee") in zones


def test_words_that_only_look_glued_stay_as_they_are():
    sentence = (
        "The mayor said the MacDonald and McAllister families, and the iPhone shop, would move, she said."
    )
    assert sentence in texts_in(f"{HEAD}{FIRST}\n\n{sentence}\n\n{LAST}", "body")


def test_lines_below_that_are_newer_than_the_article_are_marked():
    page = (
        f"{HEAD}{FIRST}\n\n{LAST}\n\nMost read\nFerry sinks, 6 June 2025\nWinners of 2031\nOld news of 2019"
    )
    reasons = dict(split_zones(page)[["text", "reason"]].itertuples(index=False))
    assert reasons["Ferry sinks, 6 June 2025"].startswith("newer than the article: 2025-06-06")
    assert reasons["Winners of 2031"].startswith("newer than the article: 2031")
    assert "newer" not in reasons["Old news of 2019"]
    assert "newer" not in reasons["Most read"]


def test_an_undated_article_has_nothing_newer():
    frame = split_zones(f"Council votes on bridge\n\n{FIRST}\n\n{LAST}\n\nMost read\nWinners of 2031")
    assert not frame["reason"].str.contains("newer").any()


def test_known_furniture_is_no_part_of_the_body():
    appeal = "We are a small paper and live on what our readers give, so give what you can, please."
    page = f"{HEAD}{FIRST}\n\n{LAST}\n\n{appeal}"
    frame = split_zones(page, known_furniture=frozenset({appeal}))
    assert frame.loc[frame["text"] == appeal, ["zone", "reason"]].to_numpy().tolist() == [
        ["furniture", "stands on several pages of the outlet"]
    ]


def test_a_caption_that_stands_twice_is_no_body():
    caption = "The old bridge seen from the quay on a rainy morning last week"
    page = f"{HEAD}{FIRST}\n\n{caption}\n\n{caption}\n\n{LAST}\n\n{LAST.replace('August', 'May')}"
    assert caption not in texts_in(page, "body")


GERMAN = """Startseite
Politik
Sport
Anmelden

Rat beschließt Sanierung der alten Brücke

Von Ute Kern
3. Mai 2024

Der Rat der Stadt hat am Montag beschlossen, die alte Brücke noch vor dem Winter zu sanieren.

Die Arbeiten sollen im August beginnen und etwa zehn Wochen dauern, sagte der Bürgermeister nach der Sitzung.

Kommentare
Bo Ek
Endlich passiert etwas, das wurde auch Zeit, finde ich jedenfalls.
Antworten
Mehr zum Thema
Fähre fährt wieder
Impressum
Datenschutz"""


def test_a_page_in_another_language_is_split_as_well():
    zones = zones_of(GERMAN)
    body = [text for zone, text in zones if zone == "body"]
    assert [text[:20] for text in body] == ["Der Rat der Stadt ha", "Die Arbeiten sollen "]
    assert ("title", "Rat beschließt Sanierung der alten Brücke") in zones
    assert ("byline", "Von Ute Kern") in zones
    assert ("dateline", "3. Mai 2024") in zones


LINE = st.one_of(
    st.sampled_from([text for text, _ in PAGE] + ["", "SEOUL (Tern) - They met on the quay at noon.", "\x0c", "Ads\r"]),
    st.text(max_size=40),
)  # fmt: skip


@given(st.one_of(st.text(), st.lists(LINE, max_size=25).map("\n".join)))
def test_nothing_is_lost_whatever_the_text(text):
    frame = split_zones(text)
    assert frame["order"].tolist() == list(range(len(frame)))
    assert set(frame["zone"]) <= set(ZONE_NAMES)
    # The place line of the first paragraph is a row of its own, so spaces are compared away.
    assert "".join("".join(frame["text"]).split()) == visible(text) or is_wrapped(text)


@given(st.lists(LINE).map("\n".join))
def test_the_rows_are_the_stripped_lines_of_a_page_that_is_not_wrapped(text):
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x0c", "\n").split("\n")
    assume(not is_wrapped("\n".join(lines)))
    frame = split_zones(text)
    assume("place line of the first paragraph" not in set(frame["reason"]))
    assert frame["text"].tolist() == [kept for line in lines if (kept := strip(line))]


def strip(line):
    return line.strip().strip(INVISIBLE).strip()


def visible(text):
    """The characters of a text that can be seen, with the invisible ones inside lines."""
    lines = text.replace("\r", "\n").replace("\x0c", "\n").split("\n")
    return "".join("".join(map(strip, lines)).split())


INVISIBLE = "\u200b\ufeff" + "".join(map(chr, range(32)))


def test_the_result_has_a_fresh_index():
    assert isinstance(split_zones(PAGE_TEXT).index, pd.RangeIndex)


def test_pages_typed_together_are_typed_as_alone():
    pages = [
        "\n".join(text for text, _ in PAGE),
        "",
        "A title\n\nThe council voted on Monday to mend the old bridge before winter comes, he said.",
        "首尔会谈结束\n\n双方同意再次会谈，官员星期一在记者会上说，会谈将在六月举行。",
        "\n".join(text for text, _ in PAGE[::-1]),
    ]
    together = [[(line.zone, line.text, line.reason) for line in lines] for lines in type_pages(pages)]
    alone = [
        list(split_zones(page)[["zone", "text", "reason"]].itertuples(index=False, name=None))
        for page in pages
    ]
    assert together == alone
