"""Fixed views: what a notebook's cell shows, and what it says when there is nothing to load."""

from __future__ import annotations

from pathlib import Path

import pytest

import analystkit as ak
from analystkit.errors import ArgumentError
from analystkit.widgets import open_collection, show, show_sentences, show_table
from analystkit.widgets.show import StopNotebook


@pytest.mark.parametrize(
    ("by", "start"),
    [(None, "Ranked dots."), ("month", "Line chart."), ("outlet", "Heat map.")],
)
def test_an_answer_is_shown_as_the_picture_that_fits_it(
    collection: ak.Collection, by: str | None, start: str
) -> None:
    dated = collection.filter(since="2024-01-01")
    answer = ak.actor_frequency(dated, by=by, most=3)
    view = show(answer)
    assert repr(view).startswith(start)
    html = view._repr_html_()
    assert f'<img alt="{start}' in html
    assert '<th scope="row">' in html


def test_a_kind_that_does_not_exist_is_refused(collection: ak.Collection) -> None:
    with pytest.raises(ArgumentError, match="`kind` is 'pie'; allowed: 'co-mention'"):
        show(ak.actor_frequency(collection), "pie")


def test_a_picture_alone_has_no_table(collection: ak.Collection) -> None:
    assert "<table" not in show(ak.tone(collection, towards="Russia"), rows=0)._repr_html_()


def test_the_sentences_of_one_number_are_shown_article_by_article(collection: ak.Collection) -> None:
    answer = ak.actor_frequency(collection)
    view = show_sentences(answer, actor="Russia", most=1)
    assert repr(view) == "Russia: 2 of 5 stories (40%); 2 sentences"
    html = view._repr_html_()
    assert html.count('class="ak-unit"') == 1
    assert "... and 1 more article." in html
    with pytest.raises(ArgumentError, match=r"One number needs \['actor'\]; \['actor'\] is missing"):
        show_sentences(answer)
    with pytest.raises(ArgumentError, match="Did you mean 'Russia'"):
        show_sentences(answer, actor="Rusia")


def test_a_frame_is_shown_with_its_caption(collection: ak.Collection) -> None:
    view = show_table(collection.articles[["title", "outlet"]], "Articles", rows=2)
    assert repr(view) == "Articles: 6 rows"
    assert "The first 2 of 6 rows" in view._repr_html_()


def test_what_was_loaded_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.csv").write_text("title,text,outlet\nT,Russia spoke at length.,Lamp\n", encoding="utf-8")
    assert len(open_collection(tmp_path)) == 1
    assert "Loaded 1 article (1 story), 1 outlet" in capsys.readouterr().out


def test_a_source_without_articles_is_one_sentence_and_no_traceback(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "pictures").mkdir()
    (tmp_path / "pictures" / "photo.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(200))
    told = {"absent": "absent", "empty": "holds no files", "pictures": "could be read as an article"}
    for folder, words in told.items():
        with pytest.raises(StopNotebook, match=words) as caught:
            open_collection(tmp_path / folder)
        assert words in capsys.readouterr().out
        assert caught.value._render_traceback_() == ["The cells below were not run."]


def test_term_lists_with_a_typo_are_one_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "topics.yml").write_text("name: T\ntopics:\n  food: [rice\n", encoding="utf-8")
    (tmp_path / "a.txt").write_text("Russia spoke.", encoding="utf-8")
    with pytest.raises(StopNotebook, match=r"topics\.yml"):
        open_collection(tmp_path / "a.txt", tmp_path / "topics.yml")
    assert "topics.yml" in capsys.readouterr().out
