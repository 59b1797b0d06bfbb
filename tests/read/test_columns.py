from datetime import date, datetime

import numpy as np
import pandas as pd
import pytest

from analystkit.errors import ArgumentError, MissingColumnError
from analystkit.read.columns import (
    TableOptions,
    cell_text,
    match_columns,
    no_text_column,
    present,
    published_in,
    rows_to_items,
)

DAY = datetime(2024, 3, 12)


@pytest.mark.parametrize(
    ("names", "fields"),
    [
        (["Headline", "Publication Date", "Full_Text"], "title published text"),
        (["Titel", "Datum", "Volltext", "Zeitung"], "title published text outlet"),
        (["Überschrift", "Veröffentlicht", "Inhalt"], "title published text"),
        (["TITRE", "Date de publication", "texte"], "title - text"),
        (["Título", "Fecha", "Contenido", "Autor"], "title published text byline"),
        (["Заголовок", "Дата", "Текст", "Источник"], "title published text outlet"),
        (["tytuł", "treść"], "- text"),
        (["url", "lang", "category", "agency", "body"], "url language section credit text"),
    ],
)
def test_columns_are_known_by_name_in_several_languages(names, fields):
    expected = {field: name for field, name in zip(fields.split(), names, strict=True) if field != "-"}
    assert match_columns(names) == expected


def test_the_more_telling_name_wins_and_no_column_serves_twice():
    assert match_columns(["text", "body", "content"]) == {"text": "body"}
    assert match_columns(["title", "text"], {"text": "title"}) == {"text": "title"}


def test_given_columns_go_before_known_names():
    assert match_columns(["text", "inhalt_neu"], {"text": "inhalt_neu"}) == {"text": "inhalt_neu"}


def test_a_given_column_that_is_absent_is_named():
    with pytest.raises(MissingColumnError) as caught:
        match_columns(["a", "b"], {"text": "c"})
    assert str(caught.value) == "`columns` names ['c']; the table has ['a', 'b']."


def test_an_unknown_field_is_refused_with_the_known_ones():
    with pytest.raises(
        ArgumentError, match=r"`columns` names the field\(s\) \['txet'\]; known fields: \['text', "
    ):
        TableOptions({"txet": "a"})


def test_of_the_given_columns_those_that_a_table_lacks_are_noted():
    problems = []
    assert present({"text": "a", "title": "b"}, ["a", "c"], "t.csv", problems) == {"text": "a"}
    (problem,) = problems
    assert problem.reason == "`columns` names ['b'], which this table lacks; its columns are: a, c"
    assert (problem.path, problem.where, problem.severity) == ("t.csv", "header", "note")
    assert problem.remedy == "correct the name if this table should have it"


def test_a_table_without_text_lists_its_columns_and_the_way_out():
    problem = no_text_column("t.csv", ["id", "score"])
    assert problem.reason == "no column could be recognised as the article text; the columns are: id, score"
    assert problem.remedy.startswith('name it: load(..., columns={"text": "its name"})')


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""), (float("nan"), ""), (pd.NaT, ""), (pd.NA, ""), (np.nan, ""), ("", ""), ("a", "a"), (3, "3"),
        (["Ann", None, "Bo"], "Ann, Bo"), (np.array(["Ann", "Bo"]), "Ann, Bo"), ({"name": "The Tern"}, "The Tern"),
        ({"html": "x"}, ""), ([{"name": "Ann"}, {"name": "Bo"}], "Ann, Bo"), ("E\u0301", "É"), ("nan", "nan"),
        ("\ud800", "\ufffd"), (True, "True"),
    ],
)  # fmt: skip
def test_any_cell_becomes_text(value, text):
    assert cell_text(value) == text


@pytest.mark.parametrize(
    "value",
    ["2024-03-12", " 12 March 2024 ", 20240312, "20240312", DAY, pd.Timestamp(DAY), date(2024, 3, 12),
     datetime.fromisoformat("2024-03-12T00:00:00+09:00"), 1710201600, 1710201600000, 1710201600.0, "1710201600",
     "1710201600000"],
)  # fmt: skip
def test_a_day_is_read_from_any_kind_of_cell(value):
    assert published_in(value) == (DAY, "")


@pytest.mark.parametrize("value", [None, "", "  ", float("nan"), pd.NaT, pd.NA])
def test_an_absent_date_is_no_fault(value):
    assert published_in(value) == (None, "")


@pytest.mark.parametrize(
    ("value", "fault"),
    [
        ("Spring 2024", "'Spring 2024' cannot be read as a date"),
        ("03/04/2024", "03/04/2024 may be 3 April or 4 March 2024"),
        ("31 February 2024", "31 February 2024 is no day of the calendar"),
        ("2199-01-01", "2199-01-01 lies in the future"),
        (datetime(2199, 1, 1), "2199-01-01 lies in the future"),
        (date(1500, 1, 1), "1500-01-01 is before the first newspapers"),
        (7226582400, "2199-01-01 lies in the future"),
        (3, "'3' cannot be read as a date"),
        (True, "'True' cannot be read as a date"),
    ],
)
def test_an_unreadable_date_says_why(value, fault):
    assert published_in(value) == (None, fault)


def test_the_order_of_day_and_month_is_used():
    assert published_in("03/04/2024", "day") == (datetime(2024, 4, 3), "")


def items_of(rows, *, keep_empty=False, **fields):
    problems = []
    numbered = [(f"row {i}", row) for i, row in enumerate(rows, start=1)]
    items = rows_to_items(numbered, fields, TableOptions({}), path="t.csv", format="csv", sha256="f" * 64,
                          problems=problems, keep_empty=keep_empty)  # fmt: skip
    return items, [(p.where, p.severity, p.reason, p.remedy) for p in problems]


def test_a_row_becomes_an_article_with_zones_and_reasons():
    row = {"t": "They meet", "l": "A deck", "x": "OSLO (Tern) - They met.\n\nThey left.", "d": "2024-03-12"}
    (item,), problems = items_of([row], text="x", title="t", lead="l", published="d")
    assert [(zone.zone, zone.text) for zone in item.zones] == [
        ("title", "They meet"),
        ("lead", "A deck"),
        ("dateline", "OSLO (Tern) -"),
        ("body", "They met."),
        ("body", "They left."),
    ]
    assert [zone.reason for zone in item.zones[:2]] == ["column 't'", "column 'l'"]
    assert (item.published, item.published_origin, item.credit) == (DAY, "meta", "Tern")
    assert (item.path, item.where, item.format) == ("t.csv", "row 1", "csv")
    assert problems == []


def test_a_row_without_text_is_reported_or_kept_on_demand():
    rows = [{"x": " "}, {"x": "Words."}, {"x": None}]
    items, problems = items_of(rows, text="x")
    assert [item.where for item in items] == ["row 2"]
    assert problems == [
        (where, "warning", "the text is empty", "left out; nothing to count") for where in ("row 1", "row 3")
    ]
    kept, problems = items_of(rows, keep_empty=True, text="x")
    assert [item.where for item in kept] == ["row 1", "row 2", "row 3"]
    assert problems == []


def test_a_date_that_cannot_be_read_keeps_the_article_undated():
    items, problems = items_of(
        [{"x": "A.", "d": "soon"}, {"x": "B.", "d": "03/04/2024"}], text="x", published="d"
    )
    assert [(item.published, item.published_origin) for item in items] == [(None, ""), (None, "")]
    assert problems == [
        (
            "row 1", "warning", "'soon' cannot be read as a date",
            "the article is kept undated; correct the date in the file",
        ),
        (
            "row 2", "warning", "03/04/2024 may be 3 April or 4 March 2024",
            'the article is kept undated; say date_order="day" or date_order="month" to settle such dates',
        ),
    ]  # fmt: skip


def test_of_many_or_long_columns_only_the_beginnings_are_listed():
    listed = no_text_column("a.csv", ["x" * 100, *(f"c{i}" for i in range(1, 42))]).reason.partition("are: ")[
        2
    ]
    # 42 columns: 40 are listed, each with 40 characters at most.
    assert listed == ", ".join([f"{'x' * 40}…", *(f"c{i}" for i in range(1, 40))]) + " and 2 more"
