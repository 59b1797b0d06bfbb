"""The long table without a browser: sorted, searched, sent in slices, opened."""

from __future__ import annotations

import time
from typing import Any

import numpy as np
import pandas as pd
import pytest

import analystkit as ak
from analystkit.errors import ArgumentError
from analystkit.widgets import CollectionExplorer, RowTable


@pytest.fixture
def towns() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "town": ["Perm", "oslo", "Ufa", None],
            "people": [3, 2, 1, 10],
            "seen": pd.to_datetime(["2024-01-03", None, "2024-01-01", "2024-01-02"]),
        }
    )


def filled(frame: pd.DataFrame) -> RowTable:
    table = RowTable(label="Towns", unit="towns")
    table.fill(frame)
    return table


def test_it_sorts_names_in_any_case_and_puts_what_is_missing_last(towns: pd.DataFrame) -> None:
    table = filled(towns)
    assert [row[0] for row in table.rows(0, 9)] == ["Perm", "oslo", "Ufa", ""]
    table.sort_by("town")
    assert [row[0] for row in table.rows(0, 9)] == ["oslo", "Perm", "Ufa", ""]
    table.sort_by("town", descending=True)
    assert [row[0] for row in table.rows(0, 9)] == ["Ufa", "Perm", "oslo", ""]
    table.sort_by("people", descending=True)
    assert [row[1] for row in table.rows(0, 9)] == ["10", "3", "2", "1"]
    table.sort_by("seen")
    assert [row[2] for row in table.rows(0, 9)] == ["2024-01-01", "2024-01-02", "2024-01-03", ""]
    with pytest.raises(ArgumentError, match="`sort` is 'twon'"):
        table.sort_by("twon")


def test_it_finds_all_words_in_any_column_and_keeps_the_order(towns: pd.DataFrame) -> None:
    table = filled(towns)
    table.sort_by("people")
    table.search = "2024-01"
    assert ([row[1] for row in table.rows(0, 9)], table.n, table.n_all) == (["1", "3", "10"], 3, 4)
    table.search = " PERM 2024-01 "
    assert [row[0] for row in table.rows(0, 9)] == ["Perm"]
    table.search = "("
    assert (table.n, table.rows(0, 9)) == (0, [])
    table.fill(towns.head(0))
    assert (table.n, table.n_all) == (0, 0)


def test_it_sends_the_slice_that_is_asked_for_and_nothing_for_earlier_rows(towns: pd.DataFrame) -> None:
    table, sent = filled(towns), []
    table.send = lambda content, buffers=None: sent.append(content)
    ask = {"kind": "rows", "first": 1, "last": 2}
    table._handle_custom_msg({**ask, "version": table.version - 1}, [])
    assert sent == []
    table._handle_custom_msg({**ask, "version": table.version}, [])
    assert sent == [
        {
            "kind": "rows",
            "first": 1,
            "version": table.version,
            "rows": [["oslo", "2", ""], ["Ufa", "1", "2024-01-01"]],
        }
    ]


def test_what_is_opened_is_the_row_of_the_frame_whatever_the_order(towns: pd.DataFrame) -> None:
    opened: list[int] = []
    table = RowTable(opened.append)
    table.fill(towns)
    table.sort_by("people")
    table.open_row(0)
    table.open_row(99)
    assert opened == [2]


def test_a_hundred_thousand_rows_are_found_and_sorted_while_one_waits() -> None:
    """What the README promises, with room for a slow machine."""
    n = 100_000
    numbers = np.random.default_rng(1).permutation(n)
    table = filled(pd.DataFrame({"name": [f"Name {i}" for i in numbers], "number": numbers}))
    table.search = "name"
    began = time.perf_counter()
    table.search = "name 9999"
    assert time.perf_counter() - began < 1
    # 9999 itself and 99990 to 99999, and x9999 for x from 1 to 8: "99999" is among the first ten already.
    assert table.n == 1 + 10 + 8
    table.search = ""
    began = time.perf_counter()
    table.sort_by("number")
    assert time.perf_counter() - began < 1
    assert table.rows(n - 2, n) == [[f"Name {n - 2}", f"{n - 2:,}"], [f"Name {n - 1}", f"{n - 1:,}"]]


def test_every_row_of_the_numbers_opens_its_sentences(collection: ak.Collection) -> None:
    explorer = CollectionExplorer(collection, by="outlet")
    assert explorer.answer is not None
    explorer.table.sort_by("Outlet")
    explorer.table.open_row(0)
    assert dict(explorer.state.row) == {"outlet": "Bell"}


def test_an_article_opens_from_the_list_of_articles(collection: ak.Collection) -> None:
    explorer = CollectionExplorer(collection)
    shown: list[list[Any]] = explorer.articles.rows(0, 9)
    assert [row[2] for row in shown] == ["Talks", "Good talks", "Attack", "Rice", "Port", "Fish"]
    explorer.articles.search = "attack"
    explorer.articles.open_row(0)
    assert "<h4>Attack</h4>" in explorer.evidence.article.value
    explorer.state.outlets = ("Bell",)
    assert (explorer.articles.n, explorer.articles.n_all) == (0, 3)
