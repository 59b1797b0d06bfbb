import io
from datetime import date, datetime

import openpyxl
import pandas as pd
import pytest

from analystkit.read.columns import TableOptions
from analystkit.read.tables import read_delimited, read_parquet, read_xlsx, sniff_delimiter


def read(reader, data, **columns):
    problems = []
    items = reader(data, "t", "0" * 64, TableOptions(columns), problems)
    return items, [(p.where, p.severity, p.reason) for p in problems]


def rows(items):
    return [(item.where, item.title, item.text_of("body")) for item in items]


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_the_delimiter_is_the_one_the_header_has_most_of(mark):
    text = mark.join(["title", "date", "text"]) + "\n" + mark.join(["A", "12.03.2024", "Words, more; words."])
    text = text.replace("Words, more; words.", '"Words, more; words."')
    items, problems = read(read_delimited, text)
    assert rows(items) == [("line 2", "A", "Words, more; words.")]
    assert items[0].published == datetime(2024, 3, 12)
    assert items[0].format == ("tsv" if mark == "\t" else "csv")
    assert problems == []


def test_a_header_without_delimiters_is_taken_as_comma_separated():
    assert sniff_delimiter("text") == ","
    assert rows(read(read_delimited, "text\nWords.\n")[0]) == [("line 2", "", "Words.")]


def test_excels_line_that_names_the_delimiter_is_no_header():
    assert rows(read(read_delimited, "sep=;\nTitel;Text\nA;Words, words\n")[0]) == [
        ("line 3", "A", "Words, words")
    ]


def test_a_mark_of_byte_order_and_blank_lines_stand_in_no_ones_way():
    items, problems = read(read_delimited, "\ufeff\r\n\r\ntitle,text\r\n\r\nA,Words.\r\n,\r\n")
    assert (rows(items), problems) == ([("line 5", "A", "Words.")], [])


def test_quoted_line_ends_and_doubled_marks_stay_in_their_cell():
    text = 'title,date,text\r\n"A, b",2024-03-12,"One.\r\n\r\nTwo with ""marks"".\nThree."\r\nC,,Four.\r\n'
    items, problems = read(read_delimited, text)
    assert rows(items) == [("line 2", "A, b", 'One.\nTwo with "marks".\nThree.'), ("line 6", "C", "Four.")]
    assert problems == []


def test_rows_with_too_few_or_too_many_cells_are_named_by_line():
    text = (
        "title,date,text\nA,2024-03-12,Words.\nB,2024-03-13\nC,2024-03-14,Words.,x,y\nD,2024-03-15,Words.\n"
    )
    items, problems = read(read_delimited, text)
    assert [title for _, title, _ in rows(items)] == ["A", "D"]
    assert problems == [
        ("line 3", "error", "2 cells where the header has 3"),
        ("line 4", "error", "5 cells where the header has 3"),
    ]


NOT_CLOSED = "a quotation mark is not closed, or stands within a cell without being doubled; skipped to the next whole row"


def test_a_mark_that_never_closes_costs_its_row_and_no_other():
    text = 'title,date,text\nA,2024-03-12,"Never closed\nB,2024-03-13,"Fine."\nC,2024-03-14,plain\n'
    items, problems = read(read_delimited, text)
    assert [title for _, title, _ in rows(items)] == ["B", "C"]
    assert problems == [("line 2", "error", NOT_CLOSED)]


def test_a_mark_that_is_open_at_the_end_of_the_file_costs_its_row():
    items, problems = read(read_delimited, 'title,text\nA,Words.\nB,"Cut\noff\nhere')
    assert (rows(items), problems) == ([("line 2", "A", "Words.")], [("line 3", "error", NOT_CLOSED)])


def test_the_rest_of_a_row_that_was_given_up_makes_no_article_and_no_noise():
    text = 'title,text\nA,"She left at once\nand said "yes" again\nat the port."\nB,Words.\nC\n'
    items, problems = read(read_delimited, text)
    assert [title for _, title, _ in rows(items)] == ["B"]
    assert problems == [
        ("line 2", "error", NOT_CLOSED),
        ("line 6", "error", "1 cells where the header has 2"),
    ]


def test_a_mark_within_a_cell_of_one_line_is_loaded_with_a_warning():
    items, problems = read(read_delimited, 'title,text\nA,"She said "yes" at once"\nB,Words.\n')
    assert [title for _, title, _ in rows(items)] == ["A", "B"]
    assert problems == [("line 2", "warning", "a quotation mark within a cell is not doubled, or not closed")]


def test_of_columns_with_one_name_the_first_is_used_with_a_warning():
    items, problems = read(read_delimited, "title,text,text\nA,First.,Second.\n")
    assert rows(items) == [("line 2", "A", "First.")]
    assert problems == [("header", "warning", "column(s) ['text'] occur twice; the first was used")]


def test_a_header_without_rows_is_reported():
    assert read(read_delimited, "title,text\n") == ([], [("", "error", "a header without rows")])


def test_a_table_without_a_text_column_lists_its_columns():
    assert read(read_delimited, "id;score\n1;2\n") == (
        [],
        [
            (
                "header",
                "error",
                "no column could be recognised as the article text; the columns are: id, score",
            )
        ],
    )


def test_a_column_given_by_name_is_the_text():
    items, problems = read(read_delimited, "id,words\n1,Words.\n", text="words")
    assert (rows(items), problems) == ([("line 2", "", "Words.")], [])


def test_a_given_column_that_the_table_lacks_is_noted_and_known_names_serve():
    items, problems = read(read_delimited, "title,text\nA,Words.\n", text="wrods")
    assert rows(items) == [("line 2", "A", "Words.")]
    reason = "`columns` names ['wrods'], which this table lacks; its columns are: title, text"
    assert problems == [("header", "note", reason)]


def workbook(*sheets):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for i, lines in enumerate(sheets, start=1):
        sheet = book.create_sheet(f"Sheet {i}")
        for line in lines:
            sheet.append(line)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


EXPORT = [["Export of 12 March 2024"], [], ["Title", "Date", "Text"], ["A", datetime(2024, 3, 12, 8, 30), "Words."],
          [None, None, None], ["B", date(2024, 3, 13), "More words."], ["C", "14 March 2024", 7]]  # fmt: skip


def test_a_sheet_may_have_lines_above_its_header_and_dates_that_are_dates():
    items, problems = read(read_xlsx, workbook(EXPORT))
    assert rows(items) == [
        ("Sheet 1, row 4", "A", "Words."),
        ("Sheet 1, row 6", "B", "More words."),
        ("Sheet 1, row 7", "C", "7"),
    ]
    assert [item.published for item in items] == [
        datetime(2024, 3, 12, 8, 30),
        datetime(2024, 3, 13),
        datetime(2024, 3, 14),
    ]
    assert problems == []


def test_every_sheet_with_a_text_column_is_read():
    items, problems = read(read_xlsx, workbook(EXPORT, [["About"]], [["text"], ["Third."]]))
    assert [item.where for item in items][-1] == "Sheet 3, row 2"
    assert (len(items), problems) == (4, [])


def test_a_workbook_without_a_text_column_lists_the_columns_it_has():
    assert read(read_xlsx, workbook([["id", "score"], [1, 2]], [["year"]])) == (
        [],
        [
            (
                "header",
                "error",
                "no column could be recognised as the article text; the columns are: id, score, year",
            )
        ],
    )


def test_an_empty_workbook_and_a_sheet_without_rows_are_reported():
    assert read(read_xlsx, workbook([])) == ([], [("", "error", "the workbook is empty")])
    assert read(read_xlsx, workbook([["title", "text"]])) == ([], [("", "error", "a header without rows")])


def test_a_parquet_file_is_read_with_its_types():
    frame = pd.DataFrame(
        {"headline": ["A", None], "body": ["Words.", "More."], "date": pd.to_datetime(["2024-03-12", None]),
         "authors": [["Ann", "Bo"], None]}
    )  # fmt: skip
    items, problems = read(read_parquet, frame.to_parquet())
    assert rows(items) == [("row 1", "A", "Words."), ("row 2", "", "More.")]
    assert [item.published for item in items] == [datetime(2024, 3, 12), None]
    assert [item.byline for item in items] == ["Ann, Bo", ""]
    assert problems == []
