"""Under an article: the lines of its page, each with a button that decides on it."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd
import pytest

import analystkit as ak
from analystkit.widgets import ActorExplorer, CollectionExplorer, ExplorerState
from analystkit.widgets.lines import PAGE, LinesPane

LABELS = [f"Ten ways to boil egg number {i}" for i in range(12)]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "pages"
    place.mkdir()
    lines = [
        "Ministers meet in Oslo",
        "By Ann Reporter",
        "3 May 2024",
        "The ministers of two countries met in Oslo on Friday to talk about fish.",
        "They will meet again in June, the host said.",
        "Most read",
        "Russia asks Japan for rice",
        "Winners of 2031",
        *LABELS,
    ]
    (place / "a.txt").write_text("\n\n".join(lines), encoding="utf-8")
    return place


@pytest.fixture
def explorer(folder: Path) -> CollectionExplorer:
    collection = ak.load(folder, progress=False)
    return CollectionExplorer(
        collection, row={"month": "2024-05"}, article=collection.articles["article_id"][0]
    )


def words_of(html: str) -> str:
    return " ".join(re.sub(r"<[^>]*>", " ", html).split())


def shown(pane: LinesPane) -> list[str]:
    return [
        words_of(block.value)
        for block, row in zip(pane.blocks, pane._rows, strict=True)
        if row.layout.display != "none"
    ]


def button_of(pane: LinesPane, text: str) -> int:
    return next(i for i, line in enumerate(shown(pane)) if line.startswith(text))


def test_the_lines_kept_out_are_shown_with_reasons_and_the_others_by_choice(
    explorer: CollectionExplorer,
) -> None:
    pane = explorer.evidence.lines
    # A byline, a date, a label, two lines and twelve labels.
    assert [label for label, _ in pane.which.options] == [
        "kept out (17)",
        "counted (2)",
        "newer than the article (1)",
    ]
    assert len(shown(pane)) == PAGE == 10
    assert shown(pane)[0] == "By Ann Reporter byline: names who wrote it: Ann Reporter"
    pane.later.click()
    assert len(shown(pane)) == 7
    assert pane.place.value == "11 to 17 of 17 lines"
    assert pane.later.disabled
    pane.which.value = "counted"
    assert [line.split(" ")[0] for line in shown(pane)] == ["The", "They"]
    assert [button.description for button in pane.buttons[:2]] == ["Remove", "Remove"]
    pane.which.value = "newer than the article"
    assert shown(pane)[0].startswith("Winners of 2031 furniture: newer than the article: 2031")
    assert "below it 1 line newer than the article" in explorer.evidence.article.value


def test_put_back_counts_at_once_is_written_and_is_undone(explorer: CollectionExplorer, folder: Path) -> None:
    pane = explorer.evidence.lines
    place = button_of(pane, "Russia asks")
    assert pane.buttons[place].tooltip == "Put back: Russia asks Japan for rice"
    pane.buttons[place].click()
    assert "<p>Russia asks Japan for rice</p>" in explorer.evidence.article.value
    assert '<span role="status">Put back: Russia asks Japan for rice.' in pane.status.value
    assert "Written to line-decisions.csv" in pane.status.value
    assert explorer.collection.articles["n_words"].tolist() == [28]
    again = ak.load(folder, progress=False)
    pd.testing.assert_frame_equal(again.articles, explorer.collection.articles)
    assert next(label for label, _ in pane.which.options) == "kept out (16)"

    pane.which.value = "decided"
    assert (pane.buttons[0].description, len(shown(pane))) == ("Undo", 1)
    assert "the analyst's decision" in shown(pane)[0].replace("&#x27;", "'")
    pane.buttons[0].click()
    assert explorer.collection.articles["n_words"].tolist() == [23]
    assert len(ak.load(folder, progress=False).decisions) == 0
    assert pane.undo.layout.display == "none"


def test_a_line_removed_leaves_and_the_last_decision_can_be_undone(explorer: CollectionExplorer) -> None:
    pane = explorer.evidence.lines
    pane.which.value = "counted"
    pane.buttons[1].click()
    assert explorer.collection.articles["n_words"].tolist() == [14]
    assert pane.which.value == "counted"
    assert pane.undo.layout.display == ""
    assert pane.undo.tooltip == "Undo: They will meet again in June, the host said."
    pane.undo.click()
    assert explorer.collection.articles["n_words"].tolist() == [23]


def test_undoing_the_line_that_alone_names_the_actor_filtered_by_is_refused_in_words(folder: Path) -> None:
    decided = ak.load(folder, progress=False).put_back("Russia asks Japan for rice").filter(actor="Japan")
    article = decided.articles["article_id"][0]
    pane = CollectionExplorer(decided, row={"month": "2024-05"}, article=article).evidence.lines
    pane.undo.click()
    assert "Not undone" in pane.status.value
    assert "Japan" in pane.status.value
    assert len(decided.decisions) == 1


def test_explorers_of_one_state_count_with_the_decision(folder: Path) -> None:
    collection = ak.load(folder, progress=False)
    state = ExplorerState(collection)
    actors = ActorExplorer(collection, state=state, by="whole")
    whole = CollectionExplorer(collection, state=state, by="month", row={"month": "2024-05"})
    assert "Russia" not in state.actor_names
    state.article = collection.articles["article_id"][0]
    pane = whole.evidence.lines
    pane.buttons[button_of(pane, "Russia asks")].click()
    assert "Russia" in state.actor_names
    assert actors.collection is whole.collection
    assert actors.answer is not None
    assert "Russia" in actors.answer.table["actor"].tolist()


def test_a_collection_of_no_folder_says_how_to_keep_the_decision(collection: ak.Collection) -> None:
    fish = collection.articles.set_index("title").loc["Rice", "article_id"]
    explorer = CollectionExplorer(collection, row={"month": "2024-03"}, article=fish)
    pane = explorer.evidence.lines
    pane.which.value = "counted"
    pane.buttons[0].click()
    assert "call save_decisions(...) of explorer.collection" in pane.status.value
    assert len(explorer.collection.decisions) == 1


def test_a_file_that_another_changed_is_not_overwritten_and_it_is_said(
    explorer: CollectionExplorer, folder: Path
) -> None:
    ak.load(folder, progress=False).put_back("Winners of 2031").save_decisions()
    pane = explorer.evidence.lines
    pane.buttons[0].click()
    assert 'role="alert"' in pane.status.value
    assert "was changed since it was read" in pane.status.value
    assert ak.load(folder, progress=False).decisions["text"].tolist() == ["Winners of 2031"]
