"""Views as files: written, read again, refused where they do not fit, and put into a report as they were."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import analystkit as ak
from analystkit.errors import PathMissingError, ViewFileError
from analystkit.report.verify import read_manifest
from analystkit.views import View, read_view
from analystkit.views.choices import Choices
from analystkit.views.panels import PANELS
from analystkit.views.saved import FORMAT, view_of
from analystkit.widgets import ActorExplorer, ExplorerState, TopicExplorer, open_view, save_view


@pytest.fixture
def view(collection: ak.Collection) -> View:
    choices = Choices(outlets=("Lamp",), by="whole", row=(("actor", "Russia"),))
    return view_of(collection, ["actors"], choices, title="Russia in Lamp")


def test_a_view_is_a_readable_file_and_comes_back(
    view: View, collection: ak.Collection, tmp_path: Path
) -> None:
    path = view.save(tmp_path / "view.json")
    told = json.loads(path.read_text(encoding="utf-8"))
    assert (told["format"], told["version"], told["title"]) == (FORMAT, ak.__version__, "Russia in Lamp")
    assert told["choices"]["outlets"] == ["Lamp"]
    assert told["collection"]["described"].startswith("6 articles (5 stories), 2 outlets")
    panels, choices = read_view(path).on(collection)
    assert panels == (PANELS["actors"],)
    assert choices == Choices(outlets=("Lamp",), by="whole", row=(("actor", "Russia"),))


def test_joined_explorers_are_saved_and_opened_as_they_were(
    collection: ak.Collection, tmp_path: Path
) -> None:
    state = ExplorerState(collection, by="outlet", topics="food")
    explorers = [ActorExplorer(collection, state=state), TopicExplorer(collection, state=state)]
    path = save_view(explorers, tmp_path / "both.json")
    actors, topics = open_view(collection, path).children
    assert isinstance(actors, ActorExplorer) and isinstance(topics, TopicExplorer)
    assert actors.state is topics.state
    assert actors.state.choices == state.choices
    assert actors.picture.png == explorers[0].picture.png
    with pytest.raises(ak.errors.ArgumentError, match="share one state"):
        save_view([ActorExplorer(collection), TopicExplorer(collection)], tmp_path / "no.json")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"format": "analystkit view 9"}, "has the format 'analystkit view 9', which analystkit .* does not"),
        ({"format": None}, "is no view of analystkit: it has no `format`"),
        ({"choices": [1]}, r"is damaged: its `choices` is \[1\] and should be a dict"),
        ({"panels": "actors"}, "is damaged: its `panels`"),
    ],
)
def test_a_bad_or_old_file_is_refused_in_words(
    view: View, tmp_path: Path, change: dict[str, Any], words: str
) -> None:
    told = {**view.to_dict(), **change}
    if told["format"] is None:
        del told["format"], told["choices"]
    path = tmp_path / "bad.json"
    path.write_text(json.dumps(told), encoding="utf-8")
    with pytest.raises(ViewFileError, match=words):
        read_view(path)


def test_what_is_no_view_at_all_is_refused_in_words(tmp_path: Path) -> None:
    with pytest.raises(PathMissingError, match=r"There is no file .*absent.json"):
        read_view(tmp_path / "absent.json")
    for text, words in (("{", "it is no JSON file"), ("[1]", "it holds a list")):
        (tmp_path / "bad.json").write_text(text, encoding="utf-8")
        with pytest.raises(ViewFileError, match=words):
            read_view(tmp_path / "bad.json")
    (tmp_path / "bad.json").write_bytes(b'{"title": "\xff"}')
    with pytest.raises(ViewFileError, match="no JSON file in UTF-8"):
        read_view(tmp_path / "bad.json")
    old = {"since": None, "count": "stories"}
    with pytest.raises(ViewFileError, match="choices saved by an older version"):
        read_view(old)


def test_a_view_of_other_articles_or_decisions_is_refused_in_words(
    view: View, collection: ak.Collection, frame: pd.DataFrame
) -> None:
    fewer = ak.from_frame(frame.iloc[:5], topics=collection.topics, progress=False)
    with pytest.raises(ViewFileError, match="is of other articles than these: it was saved of 6 articles"):
        view.on(fewer)
    with pytest.raises(ViewFileError, match="is of other decisions on lines, actors or words of tone"):
        view.on(collection.decide("rename", "Russia", "Russian Federation"))
    with pytest.raises(ViewFileError, match="is of other term lists"):
        view.on(collection.with_topics({"name": "Trial", "topics": {"food": ["rice"]}}))


def test_a_panel_or_choice_that_is_not_there_is_refused_in_words(
    view: View, collection: ak.Collection
) -> None:
    with pytest.raises(ViewFileError, match="the panel 'weather', which this version"):
        View(("weather",), view.choices, view.collection).on(collection)
    changed = {**view.choices, "actors": ["Rusia"]}
    with pytest.raises(ViewFileError, match=r"cannot be shown: .*Did you mean 'Russia'"):
        View(view.panels, changed, view.collection).on(collection)


def test_a_view_goes_into_the_report_as_it_is_and_is_verified(tmp_path: Path) -> None:
    sample = tmp_path / "news"
    sample.mkdir()
    for name, text in (("a", "Russia met Japan."), ("b", "Japan rested."), ("c", "Russia spoke.")):
        (sample / f"{name}.json").write_text(
            json.dumps({"text": text, "date": "2024-01-05", "outlet": f"Paper {name}", "title": name})
        )
    collection = ak.load(sample, progress=False)
    explorer = ActorExplorer(collection, by="whole", outlets=["Paper a", "Paper b"])
    explorer.state.against = {"outlets": ["Paper c"]}
    path = save_view(explorer, tmp_path / "view.json", title="Two papers")
    # The report is of one outlet; the view shows what it showed.
    report = ak.write_report(collection.filter(outlet="Paper a"), tmp_path / "brief.html", views=[path])
    page = report.read_text(encoding="utf-8")
    assert "Two papers: who is named (a view)" in page
    section = page[page.index('<section id="view1-actors"') :]
    section = section[: section.index("</section>")]
    assert section.count("<svg") == 2
    for answer in (explorer.answer, explorer.kept):
        assert answer is not None
        for row in answer.table.to_dict("records"):
            assert re.search(rf"{row['actor']}</th><td>(<a[^>]*>)?{row['n']}(</a>)?</td>", section)
    assert read_manifest(page)["parameters"]["views"][0]["title"] == "Two papers"
    assert ak.verify_report(report, sample) == []
    changed = tmp_path / "changed.html"
    changed.write_text(page.replace('"by": "whole"', '"by": "outlet"', 1), encoding="utf-8")
    assert ak.verify_report(changed, sample) != []
    other = tmp_path / "other"
    shutil.copytree(sample, other)
    (other / "c.json").unlink()
    told = ak.verify_report(report, other)
    assert any("is of other articles than these" in one for one in told)
