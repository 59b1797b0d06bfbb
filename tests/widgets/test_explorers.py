"""Explorers driven without a browser: set a control, read state, numbers and HTML."""

from __future__ import annotations

import asyncio
import base64
import re
import threading
import time
from dataclasses import replace
from typing import Any

import pandas as pd
import pytest
from ipywidgets import Button

import analystkit as ak
from analystkit.errors import ArgumentError
from analystkit.widgets import (
    ActorExplorer,
    CollectionExplorer,
    Explorer,
    ExplorerState,
    ToneExplorer,
    TopicExplorer,
)

ALL = [CollectionExplorer, ActorExplorer, ToneExplorer, TopicExplorer]


def words_of(html: str) -> str:
    return " ".join(re.sub(r"<[^>]*>", " ", html).split())


def source_of(explorer: Explorer) -> str:
    found = re.search(r'<img alt="[^"]+" src="data:image/png;base64,([^"]+)"', explorer.figure.value)
    assert found
    return found[1]


def enter(explorer: Explorer, name: str, typed: str) -> None:
    """Type a name and press Enter."""
    entry = explorer.controls.inputs[name].entry
    entry.value = typed
    entry._handle_custom_msg({"event": "submit"}, [])


def shown_blocks(explorer: Explorer) -> list[str]:
    return [block.value for block in explorer.evidence.blocks if block.value]


@pytest.mark.parametrize("kind", ALL)
def test_each_explorer_shows_status_picture_numbers_and_limits(
    collection: ak.Collection, kind: type[Explorer]
) -> None:
    explorer = kind(collection)
    assert '<span role="status">' in explorer.status.value
    assert "6 articles (5 stories)" in explorer.status.value
    assert base64.b64decode(source_of(explorer)).startswith(b"\x89PNG")
    assert explorer.answer is not None
    assert explorer.table.n_all == len(explorer.answer.table) > 0
    assert "what it cannot tell" in explorer.children[-1].value
    assert explorer.fault.value == ""


@pytest.mark.parametrize("kind", ALL)
@pytest.mark.parametrize("by", ["whole", "year", "month", "week", "day", "outlet"])
def test_each_number_opens_to_as_many_units(collection: ak.Collection, kind: type[Explorer], by: str) -> None:
    explorer = kind(collection, by=by)
    assert explorer.answer is not None
    for row in explorer.answer.table.to_dict("records"):
        explorer.state.row = {key: row[key] for key in explorer.answer.keys}
        sentences = explorer.evidence.sentences
        n = (
            len(sentences)
            if explorer.answer.count == "sentences"
            else sentences.get("article_id", pd.Series()).nunique()
        )
        assert n == row["n"]
        heading = words_of(explorer.evidence.heading.value)
        assert re.search(rf": {row['n']:,} (of|sentence)", heading), heading
        assert len(shown_blocks(explorer)) == min(sentences.get("article_id", pd.Series()).nunique(), 8)


def test_an_input_sets_the_state_and_the_state_sets_the_input(collection: ak.Collection) -> None:
    explorer = ActorExplorer(collection)
    inputs = explorer.controls.inputs
    inputs["by"].value = "outlet"
    inputs["count"].value = "articles"
    inputs["since"].value = pd.Timestamp("2024-01-06").date()
    assert (explorer.state.by, explorer.state.count) == ("outlet", "articles")
    assert explorer.state.to_dict()["since"] == "2024-01-06"
    explorer.state.update(by="week", since=None)
    assert (inputs["by"].value, inputs["since"].value) == ("week", None)


def test_the_numbers_shown_are_those_of_the_measure(collection: ak.Collection) -> None:
    explorer = ActorExplorer(collection, by="whole", count="articles", outlets="Lamp")
    expected = ak.actor_frequency(collection.filter(outlet="Lamp"), count="articles", most=15)
    assert explorer.answer is not None
    pd.testing.assert_frame_equal(explorer.answer.table, expected.table)


def test_a_name_is_typed_in_any_case_and_taken_out_with_its_button(collection: ak.Collection) -> None:
    explorer = ActorExplorer(collection, by="whole")
    names = explorer.controls.inputs["actors"]
    for typed in ("ru", "rus", "russi", "russia"):
        names.entry.value = typed
        assert explorer.state.actors == ()
    enter(explorer, "actors", "russia")
    assert explorer.state.actors == ("Russia",)
    assert names.entry.value == ""
    assert explorer.answer is not None
    # Two of the five stories name Russia.
    assert explorer.answer.table[["actor", "n", "denominator"]].to_numpy().tolist() == [["Russia", 2, 5]]
    (chip,) = names.chosen.children
    assert isinstance(chip, Button) and chip.tooltip == "Take out Russia"
    chip.click()
    assert explorer.state.actors == ()


def test_a_misspelt_name_is_answered_beside_the_controls_and_changes_nothing(
    collection: ak.Collection,
) -> None:
    explorer = ActorExplorer(collection)
    before = explorer.figure.value
    enter(explorer, "actors", "Rusia")
    assert 'role="alert"' in explorer.fault.value
    assert "Did you mean &#x27;Russia&#x27;?" in explorer.fault.value
    assert (explorer.state.actors, explorer.figure.value) == ((), before)
    explorer.controls.inputs["actors"].entry.value = "Russia"
    assert explorer.fault.value == ""


def test_an_actor_narrows_the_topics_and_a_topic_the_actors(collection: ak.Collection) -> None:
    state = ExplorerState(collection, by="whole")
    actors, topics = ActorExplorer(collection, state=state), TopicExplorer(collection, state=state)
    state.topics = "food"
    assert actors.answer is not None and topics.answer is not None
    # Rice (Japan, China) and fish (Norway) are the stories about food.
    assert set(actors.answer.table["actor"]) == {"Japan", "China", "Norway"}
    state.update(topics=(), actors="Japan")
    # Japan is named in the story of the talks and in that of the rice: food 1 of 2, war 0 of 2.
    assert topics.answer.table[["topic", "n", "denominator"]].to_numpy().tolist() == [
        ["food", 1, 2],
        ["war", 0, 2],
    ]


def test_explorers_of_one_state_follow_each_other(collection: ak.Collection) -> None:
    state = ExplorerState(collection)
    first, second = ActorExplorer(collection, state=state), ToneExplorer(collection, state=state)
    first.controls.inputs["by"].value = "outlet"
    assert second.controls.inputs["by"].value == "outlet"
    assert second.answer is not None and second.answer.by == ("outlet",)
    whole = CollectionExplorer(collection, state=state)
    state.by = "whole"
    # Coverage has no single number to show; it offers no such button and goes by month.
    assert whole.controls.inputs["by"].value is None
    assert state.by == "whole"
    assert whole.answer is not None and whole.answer.by == ("month",)


def test_one_change_draws_once_and_no_change_draws_nothing(collection: ak.Collection) -> None:
    explorer = ActorExplorer(collection)
    assert explorer.n_drawn == 1
    explorer.state.update(by="outlet", count="articles", outlets=["Lamp"])
    assert explorer.n_drawn == 2
    explorer.state.row = {"actor": "Russia", "outlet": "Lamp"}
    explorer.state.outlets = ("Lamp",)
    assert explorer.n_drawn == 2


def test_answers_are_kept_for_choices_seen_before(
    collection: ak.Collection, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[object] = []
    panel = TopicExplorer.panel
    counting = replace(panel, ask=lambda *of: asked.append(of) or panel.ask(*of))
    monkeypatch.setattr(TopicExplorer, "panel", counting)
    explorer = TopicExplorer(collection)
    explorer.state.by = "outlet"
    explorer.state.by = "month"
    assert len(asked) == 2


def test_rows_are_chosen_from_lists_and_lead_to_sentences_and_to_the_article(
    collection: ak.Collection,
) -> None:
    explorer = ActorExplorer(collection, by="month")
    actor, month = explorer.choosers
    assert (actor.value, month.options) == (None, ())
    actor.value = "Russia"
    assert "Choose a month for Russia" in explorer.evidence.heading.value
    assert month.options == (("2024-01  2", "2024-01"), ("2024-02  –", "2024-02"), ("2024-03  0", "2024-03"))
    month.value = "2024-01"
    assert words_of(explorer.evidence.heading.value) == "Russia, 2024-01: 2 of 2 stories (100%). 2 sentences:"
    first, second = shown_blocks(explorer)
    assert "<mark>Russia</mark> praised the good talks" in first
    assert "Talks" in first and "Lamp, 5 January 2024" in first
    assert "<mark>Russia</mark> condemned" in second
    explorer.evidence.openers[1].click()
    article = explorer.evidence.article.value
    assert "<h4>Attack</h4>" in article and "<mark>Russia</mark> condemned a terrible attack." in article
    explorer.evidence.back.click()
    assert (explorer.state.article, explorer.evidence.article.value) == ("", "")


def test_a_row_that_the_numbers_no_longer_have_is_said_and_comes_back(collection: ak.Collection) -> None:
    explorer = ActorExplorer(collection, by="whole", row={"actor": "Norway"})
    assert "Norway: 1 of 5 stories (20%)" in explorer.evidence.heading.value
    explorer.state.outlets = "Lamp"
    assert "Norway is not in these numbers any more" in explorer.evidence.heading.value
    explorer.state.outlets = ()
    assert "Norway: 1 of 5 stories (20%)" in explorer.evidence.heading.value


def test_pages_turn_where_there_are_many_articles() -> None:
    frame = pd.DataFrame(
        {"text": [f"Russia met guest number {i} of {'abcdefghijkl'[i] * 9}." for i in range(11)]}
    )
    explorer = ActorExplorer(ak.from_frame(frame, progress=False), by="whole", row={"actor": "Russia"})
    pane = explorer.evidence
    assert (len(shown_blocks(explorer)), pane.place.value, pane.earlier.disabled) == (8, "1 to 8 of 11", True)
    pane.later.click()
    assert (len(shown_blocks(explorer)), pane.place.value, pane.later.disabled) == (3, "9 to 11 of 11", True)


@pytest.mark.parametrize("kind", ALL)
def test_an_empty_choice_says_so_and_what_to_take_back(
    collection: ak.Collection, kind: type[Explorer]
) -> None:
    explorer = kind(
        collection, since="2024-03-01", outlets="Bell", topics="food" if kind is not TopicExplorer else ()
    )
    if kind is TopicExplorer:
        explorer.state.update(since="2030-01-01")
    said = words_of(explorer.figure.value)
    assert said.startswith("No articles match. Take back a choice: without the first day: ")
    assert explorer.answer is None
    assert explorer.fault.value == ""
    explorer.controls.inputs["until"].value = pd.Timestamp("2020-01-01").date()
    assert "The first day is after the last day." in explorer.figure.value


def test_start_again_brings_back_the_first_choices(collection: ak.Collection) -> None:
    explorer = ActorExplorer(collection, actors=["Russia"])
    explorer.state.update(actors=["Japan"], by="outlet", since="2024-01-06")
    explorer.controls.reset.click()
    assert (explorer.state.actors, explorer.state.by, explorer.state.since) == (("Russia",), "month", None)


@pytest.mark.parametrize("kind", ALL)
def test_a_collection_without_articles_dates_or_topics_is_no_fault(kind: type[Explorer]) -> None:
    topics = {"name": "Trial", "topics": {"food": ["rice"]}}
    empty = kind(ak.from_frame(pd.DataFrame({"text": []}), topics=topics, progress=False))
    assert "No articles match. There is nothing here to count." in words_of(empty.figure.value)
    undated = ak.from_frame(pd.DataFrame({"text": ["Russia spoke.", ""], "outlet": "Lamp"}), progress=False)
    explorer = kind(undated)
    if kind is TopicExplorer:
        assert "the collection has none" in words_of(explorer.fault.value)
    else:
        assert explorer.state.by in ("outlet", "whole")
        assert explorer.fault.value == ""


def test_a_fault_of_the_library_is_said_and_raised(
    collection: ak.Collection, monkeypatch: pytest.MonkeyPatch
) -> None:
    explorer = ActorExplorer(collection)

    def fail(*_: object) -> ak.Answer:
        raise KeyError("lost")

    monkeypatch.setattr(ActorExplorer, "panel", replace(ActorExplorer.panel, ask=fail))
    with pytest.raises(KeyError, match="lost"):
        explorer.state.by = "week"
    assert "analystkit itself failed (KeyError" in explorer.fault.value
    assert (explorer.figure.value, explorer.status.value) == ("", "")


def test_texts_from_outside_are_escaped_everywhere() -> None:
    evil = "<img src=x onerror=alert(1)>"
    frame = pd.DataFrame({"text": [f"Russia wrote {evil} to Japan."], "title": [evil], "outlet": [evil]})
    explorer = ActorExplorer(
        ak.from_frame(frame, progress=False), by="whole", outlets=[evil], row={"actor": "Russia"}
    )
    explorer.evidence.openers[0].click()
    parts = [
        explorer.status,
        explorer.figure,
        explorer.evidence.heading,
        explorer.evidence.article,
    ]
    html = "".join([*(part.value for part in parts), *shown_blocks(explorer)])
    assert "&lt;img src=x" in html
    assert "<img src=x" not in html
    enter(explorer, "actors", evil)
    assert "<img" not in explorer.fault.value


def test_what_is_saved_is_the_numbers_the_sentences_the_picture_and_the_choices(
    collection: ak.Collection,
) -> None:
    explorer = ActorExplorer(collection, by="whole", row={"actor": "Russia"})
    assert explorer.save.value == ""  # nothing is made before it is asked for
    explorer.saving.value = True
    saved = {
        name: base64.b64decode(content)
        for name, content in re.findall(
            r'download="([^"]+)" href="data:[^,]*;base64,([^"]+)"', explorer.save.value
        )
    }
    assert set(saved) == {
        "actors.csv",
        "actors-sentences.csv",
        "actors.png",
        "actors.svg",
        "actors-view.json",
    }
    assert saved["actors.csv"].startswith(b"\xef\xbb\xbfactor,n,denominator")
    assert saved["actors-sentences.csv"].decode("utf-8-sig").count("Russia ") == 2
    assert saved["actors.png"].startswith(b"\x89PNG")
    assert b"<svg" in saved["actors.svg"]
    assert b'"Russia"' in saved["actors-view.json"]
    explorer.state.row = ()
    assert "actors-sentences.csv" not in explorer.save.value
    explorer.saving.value = False
    assert explorer.save.value == ""


def test_every_control_has_a_label(collection: ak.Collection) -> None:
    explorer = ActorExplorer(collection)
    inputs: dict[str, Any] = explorer.controls.inputs
    for control in [*inputs.values(), *explorer.choosers]:
        assert getattr(control, "entry", control).description


def test_what_is_no_collection_is_refused_and_so_is_a_misspelt_choice(collection: ak.Collection) -> None:
    with pytest.raises(ArgumentError, match="`collection` is a str; give what `load`"):
        ActorExplorer("data/sample")  # type: ignore[arg-type]
    with pytest.raises(ArgumentError, match="Did you mean 'actors'"):
        ActorExplorer(collection, actor="Russia")


def test_two_explorers_never_draw_on_each_others_figure(collection: ak.Collection) -> None:
    one, other = ActorExplorer(collection), ActorExplorer(collection)
    before = source_of(other)
    one.state.by = "outlet"
    assert source_of(other) == before != source_of(one)


def test_the_tone_of_actors_that_the_articles_do_not_name_is_said_to_be_absent(
    collection: ak.Collection,
) -> None:
    explorer = ToneExplorer(collection, actors=["Russia", "Norway"], outlets="Lamp")
    assert "Not named in these articles: Norway." in explorer.status.value
    explorer.state.actors = ["Norway"]
    assert "No articles match" in explorer.figure.value


@pytest.mark.parametrize("view", ["how often", "with whom", "in which roles", "against the rest"])
def test_each_view_of_actors_opens_its_numbers(view: str) -> None:
    texts = [
        f"{'Ann Lee, mayor of Perm,' if i < 6 else 'Rain'} met Russia at {chr(97 + i) * 9}."
        for i in range(12)
    ]
    outlets = ["Lamp"] * 6 + ["Bell"] * 6
    collection = ak.from_frame(pd.DataFrame({"text": texts, "outlet": outlets}), progress=False)
    explorer = ActorExplorer(collection, by="whole", view=view, outlets="Lamp")
    assert explorer.answer is not None
    assert explorer.fault.value == ""
    for row in explorer.answer.table.to_dict("records"):
        explorer.state.row = {key: row[key] for key in explorer.answer.keys}
        assert f"{row['n']:,} of" in words_of(explorer.evidence.heading.value)
        assert len(explorer.answer.evidence(**dict(explorer.state.row))) == row["n"]


def test_a_comparison_with_the_rest_asks_for_a_choice_first(collection: ak.Collection) -> None:
    explorer = ActorExplorer(collection, view="against the rest")
    assert "There is no rest to compare with" in words_of(explorer.fault.value)
    explorer.controls.inputs["outlets"].entry.value = "Lamp"
    assert explorer.fault.value == ""
    assert explorer.answer is not None and explorer.answer.measure == "compare"


def test_capitals_are_governments_while_the_box_is_ticked() -> None:
    collection = ak.from_frame(
        pd.DataFrame({"text": ["Moscow said yes.", "Russia said no."]}), progress=False
    )
    explorer = ActorExplorer(collection, by="whole")
    assert explorer.answer is not None
    assert dict(zip(explorer.answer.table["actor"], explorer.answer.table["n"], strict=True)) == {
        "Moscow": 1,
        "Russia": 1,
    }
    explorer.controls.inputs["capitals"].value = True
    assert dict(zip(explorer.answer.table["actor"], explorer.answer.table["n"], strict=True)) == {"Russia": 2}
    assert "capitals as governments" in explorer.status.value
    explorer.controls.inputs["capitals"].value = False
    assert "capitals as governments" not in explorer.status.value


def test_two_slices_stand_side_by_side_and_each_number_opens(collection: ak.Collection) -> None:
    explorer = ActorExplorer(collection, by="whole", count="articles", outlets="Lamp", actors="Russia")
    explorer.controls.compare.click()
    assert explorer.state.against == (("outlets", ("Lamp",)), ("actors", ("Russia",)))
    explorer.state.outlets = ("Bell",)
    now, kept = explorer.answer, explorer.kept
    assert now is not None and kept is not None
    # One of the three articles of Bell names Russia, two of the three of Lamp.
    assert now.table[["n", "denominator"]].to_numpy().tolist() == [[1, 3]]
    assert kept.table[["n", "denominator"]].to_numpy().tolist() == [[2, 3]]
    assert explorer.figure.value.count("<img") == 2
    assert "Kept: articles in Lamp" in words_of(explorer.figure.value)
    assert "1 not settled" in words_of(explorer.figure.value)
    assert explorer.picture.scale() == explorer.beside.scale()
    explorer.state.row = {"actor": "Russia"}
    assert "Russia: 1 of 3 articles" in words_of(explorer.evidence.heading.value)
    explorer.side.value = "kept"
    assert explorer.state.row == (("actor", "Russia"), ("side", "kept"))
    assert "Russia: 2 of 3 articles" in words_of(explorer.evidence.heading.value)
    explorer.controls.compare.click()
    assert explorer.kept is None
    assert explorer.figure.value.count("<img") == 1
    assert explorer.state.row == (("actor", "Russia"),)


def test_the_slice_beside_shows_the_items_of_now_also_where_it_does_not_name_them(
    collection: ak.Collection,
) -> None:
    explorer = ActorExplorer(collection, by="whole", outlets="Bell", against={"outlets": ["Lamp"]})
    assert explorer.answer is not None and explorer.kept is not None
    # Lamp never names Norway; Bell does.
    assert "Norway" in set(explorer.answer.table["actor"])
    assert list(explorer.kept.table["actor"]) == list(explorer.answer.table["actor"])
    assert explorer.kept.table.set_index("actor").loc["Norway", "n"] == 0


def test_words_are_found_in_the_sentences_of_the_articles_chosen(collection: ak.Collection) -> None:
    explorer = TopicExplorer(collection, by="whole", outlets="Lamp", row={"topic": "food"})
    explorer.search.entry.value = "russia"
    assert explorer.state.search == "russia"
    assert words_of(explorer.evidence.heading.value) == "russia: 2 sentences in 2 articles:"
    assert all("<mark>Russia</mark>" in block for block in shown_blocks(explorer))
    explorer.evidence.openers[1].click()
    assert "<mark>Russia</mark> condemned" in explorer.evidence.article.value
    # A number that is chosen ends the search.
    explorer.choosers[0].value = "war"
    assert (explorer.state.search, explorer.search.entry.value) == ("", "")
    assert "war: 1 of" in words_of(explorer.evidence.heading.value)


def test_each_sentence_has_a_citation_to_copy(collection: ak.Collection) -> None:
    explorer = ActorExplorer(collection, by="whole", row={"actor": "Norway"})
    (block,) = shown_blocks(explorer)
    cited = re.search(r'data-cite="([^"]+)"', block)
    assert cited and cited[1].startswith("Bell, undated, &quot;Fish&quot;: &quot;Norway caught fish.")


@pytest.mark.parametrize("kind", ALL)
@pytest.mark.parametrize("zone", ["first paragraph", "later paragraphs", "subheads"])
def test_each_number_of_a_part_of_the_texts_opens(kind: type[Explorer], zone: str) -> None:
    page = "Russia spoke.\n\nJapan caught fish. Russia left.\n\nFish was eaten by Russia."
    topics = {"name": "Trial", "topics": {"food": ["fish"]}}
    frame = pd.DataFrame({"text": [page, "Russia and fish."], "date": "2024-01-05"})
    explorer = kind(ak.from_frame(frame, topics=topics, progress=False), by="whole", zone=zone)
    if explorer.answer is None:
        return
    for row in explorer.answer.table.to_dict("records"):
        keys = {key: row[key] for key in explorer.answer.keys}
        assert len(explorer.answer.evidence(**keys)) == row["n"]


def test_the_first_paragraph_alone_is_counted_when_asked() -> None:
    frame = pd.DataFrame({"text": ["Russia spoke.\n\nJapan replied. Russia left.", "Japan spoke."]})
    explorer = ActorExplorer(ak.from_frame(frame, progress=False), by="whole")
    explorer.controls.inputs["zone"].value = "first paragraph"
    assert explorer.answer is not None
    found = dict(zip(explorer.answer.table["actor"], explorer.answer.table["n"], strict=True))
    # Each is in the first paragraph of one of the two stories; in the whole texts Japan is in both.
    assert found == {"Russia": 1, "Japan": 1}
    assert "in their first paragraph only" in explorer.status.value
    explorer.state.zone = "later paragraphs"
    assert explorer.answer is not None
    assert dict(zip(explorer.answer.table["actor"], explorer.answer.table["n"], strict=True)) == {
        "Russia": 1,
        "Japan": 1,
    }
    assert explorer.answer.table["denominator"].tolist() == [2, 2]


def test_what_takes_long_can_be_ended_and_sets_the_choices_back(
    collection: ak.Collection, monkeypatch: pytest.MonkeyPatch
) -> None:
    explorer = ActorExplorer(collection, by="whole")
    panel = ActorExplorer.panel
    begun = threading.Event()

    def slowly(*of: Any) -> ak.Answer:
        if of[1].by == "week":
            begun.set()
            while True:
                time.sleep(0.01)
        return panel.ask(*of)

    monkeypatch.setattr(ActorExplorer, "panel", replace(panel, ask=slowly))

    async def use() -> None:
        explorer.state.by = "week"
        assert begun.is_set()
        await asyncio.sleep(0.15)
        assert explorer.busy.layout.display == ""
        assert '<span role="status">Counting' in explorer.busy.told.value
        explorer.busy.button.click()
        await asyncio.sleep(0)

    asyncio.run(use())
    assert (explorer.busy.layout.display, explorer.busy.told.value) == ("none", "")
    assert explorer.state.by == "whole"
    assert "Ended." in explorer.fault.value
    assert explorer.answer is not None and explorer.answer.by == ()


def test_what_takes_long_is_shown_when_it_is_there(
    collection: ak.Collection, monkeypatch: pytest.MonkeyPatch
) -> None:
    explorer = ActorExplorer(collection, by="whole")
    panel, go_on = ActorExplorer.panel, threading.Event()

    def slowly(*of: Any) -> ak.Answer:
        go_on.wait()
        return panel.ask(*of)

    monkeypatch.setattr(ActorExplorer, "panel", replace(panel, ask=slowly))

    async def use() -> None:
        explorer.state.by = "outlet"
        before = explorer.n_drawn
        go_on.set()
        for _ in range(100):
            await asyncio.sleep(0.05)
            if explorer.n_drawn > before:
                break

    asyncio.run(use())
    assert explorer.busy.layout.display == "none"
    assert explorer.answer is not None and explorer.answer.by == ("outlet",)
