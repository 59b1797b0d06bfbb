"""The explorer of words: what it shows, what each row opens, and that its choices come back."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pandas as pd
import pytest

import analystkit as ak
from analystkit.errors import ArgumentError
from analystkit.measure.kwic import Concordance
from analystkit.measure.word_answer import WordAnswer
from analystkit.widgets import ActorExplorer, ExplorerState, LanguageExplorer
from analystkit.widgets.language import SHOWN

TEXTS = [
    "Tea was dear. The price of tea rose again.",
    "Rice and tea were sold at the port.",
    "War came to the port. No tea was sold.",
    "The war went on, and rice was dear.",
    "Peace talks began at the port of Oslo.",
    "Peace held. Rice was cheap at the port.",
]


@pytest.fixture
def collection() -> ak.Collection:
    frame = pd.DataFrame(
        {
            "text": TEXTS,
            "title": [f"Piece {i}" for i in range(6)],
            "date": [f"2024-0{1 + i // 2}-1{i}" for i in range(6)],
            "outlet": ["Bell", "Lamp"] * 3,
        }
    )
    return ak.from_frame(frame, progress=False)


def words_of(html: str) -> str:
    return " ".join(re.sub(r"<[^>]*>", " ", html).split())


def status(explorer: LanguageExplorer) -> str:
    return words_of(explorer.status.value)


def rows(explorer: LanguageExplorer) -> Iterator[list[str]]:
    yield from explorer.table.rows(0, explorer.table.n)


def test_it_asks_for_a_word_before_it_shows_lines(collection: ak.Collection) -> None:
    explorer = LanguageExplorer(collection)
    assert explorer.answer is None
    assert "Type a word or a phrase" in words_of(explorer.figure.value)
    assert explorer.table.layout.display == "none"


def test_a_typed_word_shows_its_lines_each_of_which_opens_its_article(collection: ak.Collection) -> None:
    explorer = LanguageExplorer(collection)
    explorer.inputs["words"].value = "tea, peace"
    # Tea: twice in the first text, once in the second and third; peace: once in the fifth and sixth.
    assert isinstance(explorer.answer, Concordance)
    assert [row[1] for row in rows(explorer)] == ["Tea", "tea", "tea", "tea", "Peace", "Peace"]
    assert status(explorer).startswith(
        "tea, peace: 6 lines in 5 articles; copies searched once. Of 6 articles"
    )
    explorer.table.open_row(1)
    assert explorer.state.article == collection.articles["article_id"][0]
    assert explorer.evidence.article.value.count("<mark>") == 2
    assert words_of(explorer.evidence.heading.value) == "2 lines of tea, peace in this article."


def test_lines_are_sorted_cut_and_drawn_as_chosen(collection: ak.Collection) -> None:
    explorer = LanguageExplorer(collection, words="port", window=5, sort="left")
    assert [row[0].split()[-2:] for row in rows(explorer)] == [["at", "the"]] * 3 + [["to", "the"]]
    explorer.inputs["sort"].value = "text"
    assert [row[0] for row in rows(explorer)][1] == "War came to the"
    explorer.inputs["sample"].value = 25
    assert explorer.answer is not None
    assert len(explorer.answer.table) == 4


@pytest.mark.parametrize("shown", SHOWN[1:])
def test_each_word_opens_as_many_occurrences_as_its_number_says(
    collection: ak.Collection, shown: str
) -> None:
    explorer = LanguageExplorer(collection, shown=shown, outlets=["Bell"], small=True)
    answer = explorer.answer
    if shown == "together":
        assert "Nothing in these articles fits" in words_of(explorer.figure.value)
        explorer.inputs["words"].value = "the"
        explorer.state.outlets = ()
        answer = explorer.answer
    assert isinstance(answer, WordAnswer)
    assert len(answer.table)
    for place, row in enumerate(answer.table.to_dict("records")):
        explorer.table.open_row(place)
        heading = words_of(explorer.evidence.heading.value)
        assert heading.startswith(f"{row['term']}: {row['n']} occurrence")
        assert int(explorer.evidence.sentences["marks"].map(len).sum() if row["n"] else 0) == row["n"]


def test_key_words_need_a_rest_and_open_in_both_slices(collection: ak.Collection) -> None:
    explorer = LanguageExplorer(collection, shown="against the rest", small=True)
    assert "There is no rest to compare with" in words_of(explorer.fault.value)
    explorer.state.outlets = ["Bell"]
    assert not explorer.fault.value
    explorer.inputs["words"].value = "tea"
    # Tea: three times in Bell, once in Lamp.
    assert [row[:3] for row in rows(explorer)] == [["tea", "3", "1"]]
    explorer.table.open_row(0)
    assert words_of(explorer.evidence.heading.value) == "tea: 3 occurrences, 3 sentences:"
    explorer.inputs["side"].value = "reference"
    assert words_of(explorer.evidence.heading.value) == "tea in the rest: 1 occurrence, 1 sentence:"
    # Against the slice that was put beside it, not the rest.
    explorer.state.update(outlets=["Lamp"], against={"outlets": ["Bell"], "until": "2024-01-31"})
    assert [row[:3] for row in rows(explorer)] == [["tea", "1", "2"]]


def test_it_shares_the_choice_of_articles_with_other_explorers(collection: ak.Collection) -> None:
    state = ExplorerState(collection)
    actors = ActorExplorer(collection, state=state)
    explorer = LanguageExplorer(collection, state=state, words="rice")
    state.since = "2024-02-01"
    assert "3 lines" not in status(explorer)
    assert status(explorer).startswith("rice: 2 lines in 2 articles")
    assert "from 2024-02-01" in words_of(actors.status.value)
    explorer.state.since = None
    assert status(explorer).startswith("rice: 3 lines in 3 articles")


def test_its_choices_come_back(collection: ak.Collection) -> None:
    explorer = LanguageExplorer(collection, words="tea", shown="where", outlets=["Bell"], since="2024-01-02")
    explorer.table.open_row(0)
    again = LanguageExplorer(collection, **explorer.to_dict())
    assert again.to_dict() == explorer.to_dict()
    assert again.evidence.heading.value == explorer.evidence.heading.value
    assert "tea: 3 occurrences" in words_of(again.evidence.heading.value)
    assert "choices (JSON)" in again.save.value


def test_pictures_have_words_and_numbers_a_file(collection: ak.Collection) -> None:
    explorer = LanguageExplorer(collection, shown="where", words="tea")
    assert explorer.png.startswith(b"\x89PNG")
    assert explorer.alt == "Strokes over time. Where does each term stand? tea (4)."
    assert 'download="words.csv"' in explorer.save.value
    assert 'download="words.png"' in explorer.save.value


def test_a_choice_that_is_not_allowed_is_refused_in_words(collection: ak.Collection) -> None:
    with pytest.raises(ArgumentError, match="`shown` is 'somehow'"):
        LanguageExplorer(collection, shown="somehow")
    with pytest.raises(ArgumentError, match="`choice` is 'word'"):
        LanguageExplorer(collection, word="tea")
    with pytest.raises(ArgumentError, match="`words` is 3"):
        LanguageExplorer(collection).ask(words=3)
    with pytest.raises(ArgumentError, match="`collection` is a str"):
        LanguageExplorer("data")  # type: ignore[arg-type]
    explorer = LanguageExplorer(collection, words="absent", shown="how often")
    assert [row[:2] for row in rows(explorer)] == [["absent", "0"]]
