"""The state alone: no widget, no display."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import Any

import pytest

import analystkit as ak
from analystkit.errors import ArgumentError
from analystkit.views.choices import DEFAULTS
from analystkit.widgets.state import ExplorerState


@pytest.fixture
def state(collection: ak.Collection) -> ExplorerState:
    return ExplorerState(collection)


def test_a_new_state_holds_the_defaults(state: ExplorerState) -> None:
    assert {name: getattr(state, name) for name in DEFAULTS} == dict(DEFAULTS)


@pytest.mark.parametrize("given", ["2024-01-05", date(2024, 1, 5), datetime(2024, 1, 5, 13)])
def test_a_day_is_understood_in_three_forms(state: ExplorerState, given: object) -> None:
    state.since = given
    assert state.since == date(2024, 1, 5)


def test_names_become_a_tuple_without_repeats(state: ExplorerState) -> None:
    state.outlets = "Lamp"
    state.actors = ["Russia", "Japan", "Russia"]
    assert (state.outlets, state.actors) == (("Lamp",), ("Russia", "Japan"))


def test_the_names_that_may_be_chosen_are_those_of_the_collection(state: ExplorerState) -> None:
    assert state.outlet_names == ("Bell", "Lamp")
    assert set(state.actor_names) >= {"Russia", "Japan", "China"}
    assert state.topic_names == ("food", "war")


@pytest.mark.parametrize(
    ("choice", "value", "words"),
    [
        ("since", "5.1.2024", "`since` is '5.1.2024'; give a day such as '2023-09-13'."),
        ("until", 7, "`until` is 7; give a day such as '2023-09-13'."),
        ("actors", "Rusia", "`actors` has no 'Rusia' in this collection. Did you mean 'Russia'?"),
        ("actors", ["Russia", "japan"], "no 'japan' in this collection. Did you mean 'Japan'?"),
        ("outlets", "xyz", "`outlets` has no 'xyz' in this collection. It has 'Bell', 'Lamp' ..."),
        ("topics", "foood", "Did you mean 'food'?"),
        ("count", "storys", "`count` is 'storys'; allowed: 'stories', 'articles'. Did you mean 'stories'?"),
        ("by", "months", "Did you mean 'month'?"),
        ("row", {"actors": "Russia"}, "`row` is 'actors'; allowed: 'actor'"),
        ("row", {"actor": "Rusia"}, "Did you mean 'Russia'?"),
        ("article", "nowhere", "`article` is 'nowhere'; the collection has no such article_id."),
    ],
)
def test_what_is_not_allowed_is_refused_in_words_and_changes_nothing(
    state: ExplorerState, choice: str, value: object, words: str
) -> None:
    before = state.to_dict()
    with pytest.raises(ArgumentError) as caught:
        setattr(state, choice, value)
    assert words in str(caught.value)
    assert state.to_dict() == before


@pytest.mark.parametrize(
    "set_it", [lambda state: state.update(outlet="Lamp"), lambda state: setattr(state, "outlet", "Lamp")]
)
def test_a_misspelt_choice_is_refused_with_a_hint(state: ExplorerState, set_it: Any) -> None:
    with pytest.raises(ArgumentError, match="Did you mean 'outlets'"):
        set_it(state)


def test_update_changes_all_or_nothing(state: ExplorerState) -> None:
    with pytest.raises(ArgumentError):
        state.update(actors="Russia", by="months")
    assert state.actors == ()
    state.update(actors="Russia", by="week")
    assert (state.actors, state.by) == (("Russia",), "week")


def test_an_equal_value_sends_no_event(state: ExplorerState) -> None:
    events: list[object] = []
    state.outlets = ["Lamp"]
    state.observe(events.append, list(DEFAULTS))
    state.outlets = ("Lamp",)
    state.since = None
    assert events == []


def test_filters_are_the_arguments_of_filter_without_what_is_shown(
    state: ExplorerState, collection: ak.Collection
) -> None:
    state.update(since="2024-01-06", outlets="Lamp", actors="Russia", topics="war")
    assert state.filters() == {
        "since": date(2024, 1, 6),
        "outlet": ["Lamp"],
        "actor": ["Russia"],
        "topic": ["war"],
    }
    assert set(state.filters(without="actors")) == {"since", "outlet", "topic"}
    assert collection.filter(**state.filters()).articles["title"].tolist() == ["Attack"]


def test_a_dict_brings_the_state_back(state: ExplorerState, collection: ak.Collection) -> None:
    state.update(since="2024-01-05", actors=["Russia"], row={"actor": "Russia", "month": "2024-01"})
    told = state.to_dict()
    assert (told["since"], told["until"], told["actors"]) == ("2024-01-05", None, ["Russia"])
    assert told["row"] == {"actor": "Russia", "month": "2024-01"}
    assert ExplorerState.from_dict(collection, told).to_dict() == told


def test_a_second_slice_and_a_part_of_the_texts_are_kept_and_brought_back(
    state: ExplorerState, collection: ak.Collection
) -> None:
    state.update(outlets="Lamp", zone="first paragraph", search="  peace   talks ")
    state.against = {"since": "2024-01-05", "outlets": "Bell"}
    assert state.against == (("since", date(2024, 1, 5)), ("outlets", ("Bell",)))
    assert state.search == "peace talks"
    told = json.loads(json.dumps(state.to_dict()))
    assert told["against"] == {"since": "2024-01-05", "outlets": ["Bell"]}
    assert ExplorerState.from_dict(collection, told).choices == state.choices
    kept = state.choices.kept()
    assert kept is not None
    # The second slice has its own filters and nothing of the first ones.
    assert (kept.outlets, kept.zone, kept.since) == (("Bell",), "", date(2024, 1, 5))
    with pytest.raises(ArgumentError, match=r"`against` is 'outlet'; allowed: .* Did you mean 'outlets'"):
        state.against = {"outlet": "Bell"}
    with pytest.raises(ArgumentError, match=r"`outlets` has no 'Bel'.*Did you mean 'Bell'"):
        state.against = {"outlets": "Bel"}
