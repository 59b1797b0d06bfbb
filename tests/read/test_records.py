import json

import pytest

from analystkit.read.columns import TableOptions
from analystkit.read.records import read_json, read_json_lines

ANN = {"title": "Ann wins", "text": "Ann won the race."}
BO = {"title": "Bo wins", "text": "Bo won the race."}


def read(reader, data, **columns):
    problems = []
    text = data if isinstance(data, str) else json.dumps(data)
    items = reader(text, "a.json", "0" * 64, TableOptions(columns), problems)
    return [(item.title, item.where) for item in items], [(p.where, p.severity, p.reason) for p in problems]


@pytest.mark.parametrize(
    "data",
    [
        [ANN, BO],
        {"articles": [ANN, BO]},
        {"status": "ok", "tags": [{"n": 1}], "response": {"docs": [ANN, BO]}},
    ],
)
def test_a_list_of_articles_is_found_wherever_it_lies(data):
    assert read(read_json, data) == ([("Ann wins", "item 1"), ("Bo wins", "item 2")], [])


def test_one_object_is_one_article_also_when_it_holds_lists_of_its_own():
    assert read(read_json, ANN) == ([("Ann wins", "")], [])
    pictures = [{"title": "A picture", "text": "x"}, {"title": "Another", "text": "y"}]
    assert read(read_json, {**ANN, "pictures": pictures}) == ([("Ann wins", "")], [])


def test_a_list_under_the_name_of_a_text_column_is_a_list_of_articles():
    assert read(read_json, {"title": "Export", "content": [ANN]}) == ([("Ann wins", "item 1")], [])


def test_entries_that_are_no_articles_are_reported_by_number():
    data = '[{"text": null, "date": NaN}, {"text": "Words."}, {"text": {"html": "x"}}, "a string", 7]'
    assert read(read_json, data) == (
        [("", "item 2")],
        [
            ("item 4", "error", "not an object with named fields"),
            ("item 5", "error", "not an object with named fields"),
            ("item 1", "warning", "the text is empty"),
            ("item 3", "warning", "the text is empty"),
        ],
    )


def test_invalid_json_is_located():
    assert read(read_json, '[{"text": "A."},\n {"text" "B."}]') == (
        [],
        [("line 2, column 10", "error", "not valid JSON (Expecting ':' delimiter)")],
    )


def test_a_number_that_python_refuses_is_no_crash():
    items, [(where, severity, reason)] = read(read_json, '{"text": ' + "9" * 5000 + "}")
    assert (items, where, severity) == ([], "", "error")
    assert reason.startswith("not valid JSON (Exceeds the limit (4300 digits)")


def test_objects_without_fields_are_no_table_without_text():
    assert read(read_json, "[{}, {}]") == ([], [("", "error", "holds no objects with named fields")])


def test_deep_nesting_is_reported():
    assert read(read_json, "[" * 100_000) == ([], [("", "error", "nested too deeply")])


@pytest.mark.parametrize("data", ["[]", "[[]]", "7", '"text"', "null"])
def test_json_without_articles_is_reported(data):
    items, problems = read(read_json, data)
    assert items == []
    assert problems[-1][1] == "error"
    assert problems[-1][2] in {"holds no objects with named fields", "not an object with named fields"}


def test_articles_without_a_text_list_their_fields():
    assert read(read_json, [{"id": 1, "score": 2}, {"id": 2, "note": 3}]) == (
        [],
        [("header", "error", "no column could be recognised as the article text; the columns are: id, score, note")],
    )  # fmt: skip


def test_given_columns_are_used():
    assert read(read_json, [{"name": "Ann wins", "words": "Ann won."}], text="words", title="name") == (
        [("Ann wins", "item 1")],
        [],
    )


def test_escapes_that_are_half_a_character_do_no_harm():
    items, problems = read(read_json, r'[{"title": "A \ud83d", "text": "Words."}]')
    assert (items, problems) == ([("A \ufffd", "item 1")], [])


def test_json_lines_keep_the_good_lines_and_number_the_bad():
    lines = [json.dumps(ANN), '{"title": "cut', "", "[1]", '{"text": ' + "9" * 5000 + "}", json.dumps(BO)]
    items, problems = read(read_json_lines, "\r\n".join(lines))
    assert items == [("Ann wins", "line 1"), ("Bo wins", "line 6")]
    assert [(where, severity) for where, severity, _ in problems] == [
        ("line 2", "error"),
        ("line 4", "error"),
        ("line 5", "error"),
    ]
    assert problems[0][2] == "not valid JSON (Invalid control character at)"
    assert problems[1][2] == "not an object with named fields"
    assert problems[2][2].startswith("not valid JSON (Exceeds the limit")


def test_json_lines_with_fields_that_differ_are_one_table():
    items, problems = read(read_json_lines, '{"text": "A."}\n{"text": "B.", "headline": "B"}')
    assert (items, problems) == ([("", "line 1"), ("B", "line 2")], [])
