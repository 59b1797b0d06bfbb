"""Tables, sentences and articles as HTML and as CSV."""

from __future__ import annotations

import pandas as pd
import pytest

import analystkit as ak
from analystkit.views.readable import number_table
from analystkit.widgets.export import link, to_csv
from analystkit.widgets.markup import article_html, line_html, marked, row_title, table_html


@pytest.mark.parametrize(
    ("spans", "expected"),
    [
        ([], "a&amp;b cd"),
        ([(0, 1)], "<mark>a</mark>&amp;b cd"),
        ([(4, 6), (0, 3)], "<mark>a&amp;b</mark> <mark>cd</mark>"),
        ([(0, 3), (1, 4)], "<mark>a&amp;b</mark><mark> </mark>cd"),
        ([(4, 99)], "a&amp;b <mark>cd</mark>"),
        ([(2, 2)], "a&amp;b cd"),
    ],
)
def test_spans_are_marked_in_any_order_also_where_they_overlap(
    spans: list[tuple[int, int]], expected: str
) -> None:
    assert marked("a&b cd", spans) == expected


def test_a_table_has_heads_for_columns_and_rows_and_says_what_it_leaves_out() -> None:
    frame = pd.DataFrame({"name": ["<b>", "c"], "n": [1200, 1], "day": [pd.Timestamp("2024-05-03"), pd.NaT]})
    html = table_html(frame, "A & B", most=1)
    assert "<caption>A &amp; B</caption>" in html
    assert html.count('scope="col"') == 3
    assert '<th scope="row">&lt;b&gt;</th><td class="ak-n">1,200</td><td>2024-05-03</td>' in html
    assert "The first 1 of 2 rows" in html
    assert "<td></td>" in table_html(frame)


def test_the_numbers_are_in_words_with_share_and_interval(collection: ak.Collection) -> None:
    answer = ak.actor_frequency(collection, actors=["Russia"])
    table = number_table(answer)
    assert list(table.columns) == ["Actor", "Stories", "Of", "Share", "95 % interval", "Note"]
    # Two of five stories.
    assert table.iloc[0, :4].tolist() == ["Russia", 2, 5, "40%"]
    assert row_title(answer, answer.table.iloc[0].to_dict()) == "Russia: 2 of 5 stories (40%)"


def test_the_numbers_of_a_gap_are_absent_and_say_why(collection: ak.Collection) -> None:
    answer = ak.actor_frequency(collection.filter(since="2024-01-01"), by="month", actors=["Russia"])
    gap = number_table(answer).iloc[1]
    assert gap.tolist() == ["Russia", "2024-02", 0, 0, "", "", "no articles"]


def test_an_article_shows_its_lines_its_marks_and_what_is_newer() -> None:
    article = {
        "article_id": "a1",
        "title": "T",
        "body": "One two.\nHead\nThree.",
        "outlet": "Lamp",
        "published": pd.Timestamp("2024-05-03"),
        "published_origin": "meta",
        "byline": "",
        "credit": "AP",
        "path": "a.txt",
        "where": "",
        "n_words": 4,
    }
    zones = pd.DataFrame(
        [
            ("title", "T", "first"),
            ("body", "One two.", "x"),
            ("subhead", "Head", "y"),
            ("furniture", "<Menu>", "a label"),
        ],
        columns=["zone", "text", "reason"],
    )
    html = article_html(article, zones, [(4, 7), (14, 19)])
    assert "<p>One <mark>two</mark>.</p><p><strong>Head</strong></p><p><mark>Three</mark>.</p>" in html
    assert "Lamp, 3 May 2024 (date from meta) · AP · a.txt · 4 words" in html
    assert "newer" not in html
    zones.loc[3, "reason"] = "newer than the article: 2025-01-01 (below the end of the article)"
    assert " · 4 words · below it 1 line newer than the article" in article_html(article, zones, [])
    assert line_html(zones.iloc[3]).startswith(
        '<div class="ak"><span>&lt;Menu&gt;</span> <span class="ak-about">furniture: newer than'
    )


def test_a_csv_opens_in_a_spreadsheet_and_runs_nothing() -> None:
    frame = pd.DataFrame({"text": ["=cmd()", "é", "-1 said"], "n": [-1, 2, 3]})
    content = to_csv(frame)
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.decode("utf-8-sig") == "text,n\r\n'=cmd(),-1\r\né,2\r\n'-1 said,3\r\n"
    assert frame["text"][0] == "=cmd()"


def test_a_link_holds_its_content() -> None:
    assert (
        link("a & b", "a.csv", b"a", "text/csv")
        == '<a download="a.csv" href="data:text/csv;base64,YQ==">a &amp; b</a>'
    )
