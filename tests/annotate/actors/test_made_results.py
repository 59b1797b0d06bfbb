from __future__ import annotations

import pytest

from analystkit.resources.made_actors import Marked
from analystkit.resources.made_results import make_results, make_wires

MADE: list[Marked] = [*make_results(150), *make_wires(150)]


@pytest.mark.parametrize("make", [make_results, make_wires])
def test_one_seed_makes_one_set_of_texts(make: object) -> None:
    assert callable(make)
    assert make(5, 2) == make(5, 2)
    assert make(5, 2) != make(5, 3)


def test_names_stand_in_order_and_apart_without_spaces_around_them() -> None:
    for text, spans in MADE:
        ends = [0, *(end for _, end, _ in spans)]
        assert all(
            last <= start < end <= len(text) for last, (start, end, _) in zip(ends, spans, strict=False)
        )
        assert all(text[start:end] == text[start:end].strip() for start, end, _ in spans)


def test_no_mark_or_slot_is_left_in_a_text() -> None:
    for text, _ in MADE:
        assert not {"[", "]", "|", "{", "}"} & set(text)


def test_a_town_is_a_team_in_a_table_and_a_place_in_a_dateline() -> None:
    kinds = {
        kind for text, spans in make_results(80) for start, end, kind in spans if "\n" not in text[start:end]
    }
    assert kinds == {"person", "organisation", "place"}
    teams = {text[s:e] for text, spans in make_results(200) for s, e, kind in spans if kind == "organisation"}
    assert {"Yorkshire", "Boston"} <= teams
