import pytest

from analystkit.read.ris import read_ris

NEWS = """1.
TY  - NEWS
TI  - Bridge to close
AU  - Lee, Ann
AU  - Ray, Bo
T2  - The Tern
DA  - 2024/05/03/
LA  - English
AB  - The old bridge will close in May.
AB  - A ferry will run.
UR  - https://tern.example/a;b=1
ER  -

"""
PAPER = """2.
TY  - JOUR
T1  - On bridges
A1  - Lee, Ann
Y1  - 2019//
JF  - Bridge Studies
N2  - We studied bridges.
"""


def read(text):
    problems = []
    return read_ris(text, "a.ris", "0" * 64, "", problems), [(p.severity, p.reason) for p in problems]


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_a_reference_of_a_newspaper_is_an_article(ending):
    (item,), problems = read(NEWS.replace("\n", ending))
    assert problems == []
    assert (item.title, item.byline, item.outlet) == ("Bridge to close", "Lee, Ann; Ray, Bo", "The Tern")
    assert item.published.isoformat() == "2024-05-03T00:00:00"
    assert (item.url, item.language) == ("https://tern.example/a;b=1", "en")
    assert item.text_of("body") == "The old bridge will close in May.\nA ferry will run."


def test_the_abstract_of_a_journal_is_the_lead_and_a_year_is_no_day():
    items, problems = read(NEWS + PAPER)
    assert [item.title for item in items] == ["Bridge to close", "On bridges"]
    assert (items[1].outlet, items[1].text_of("lead"), items[1].text_of("body")) == (
        "Bridge Studies",
        "We studied bridges.",
        "",
    )
    assert items[1].published is None
    assert problems == [
        ("note", "1 of 2 references give a year without a day; they are undated"),
        ("warning", "1 of 2 references hold no text of the article, at most an abstract (the lead)"),
    ]


def test_every_field_is_kept_as_a_zone():
    (item,), _ = read(NEWS.replace("ER  -", "XX  - odd\nKW  - fish\nKW  - boats\nER  -"))
    left = [zone.text for zone in item.zones if zone.zone == "furniture"]
    assert "keywords: fish; boats" in left
    assert "unknown_tag: XX odd" in left


def test_a_line_without_a_tag_goes_on_with_the_field_above_it():
    text = (
        NEWS.replace("AB  - A ferry", "It is old.\nAB  - A ferry")
        + "TY  - NEWS\nstray words\nTI  - Ferry\nER  -\n"
    )
    items, _ = read(text)
    assert items[0].text_of("body").split("\n")[1:] == ["It is old.", "A ferry will run."]
    assert "notes: stray words" in [zone.text for zone in items[1].zones]


def test_a_file_without_references_is_a_problem():
    assert read("TY  - NEWS\n") == ([], [("error", "a RIS file without references")])
