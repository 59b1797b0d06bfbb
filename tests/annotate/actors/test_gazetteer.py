"""The lists: names stand for whom they should, and every listed name is found in a sentence."""

import pytest

from analystkit.annotate.actors.find import find_in_texts
from analystkit.annotate.actors.gazetteer import TITLE, gazetteer, is_demonym, key_of, read_list, title_words
from analystkit.schema import ACTOR_KINDS


@pytest.mark.parametrize(
    ("name", "actor", "kind"),
    [
        ("DPRK", "North Korea", "state"),
        ("Democratic People's Republic of Korea", "North Korea", "state"),
        ("ROK", "South Korea", "state"),
        ("South Koreans", "South Korea", "state"),
        ("U.S.", "United States", "state"),
        ("Czechia", "Czech Republic", "state"),
        ("Pyongyang", "Pyongyang", "place"),
        ("Moscow", "Moscow", "place"),
        ("KCNA", "KCNA", "medium"),
        ("UN Security Council", "UN Security Council", "organisation"),
        ("IAEA", "International Atomic Energy Agency", "organisation"),
    ],
)
def test_a_name_stands_for_its_actor(name: str, actor: str, kind: str) -> None:
    entry = gazetteer().entries[key_of(name)]
    assert entry is not None
    assert (entry.actor, entry.kind) == (actor, kind)


def test_the_norths_are_different_states() -> None:
    codes = {row["name"]: row["iso2"] for row in read_list("states")}
    assert (codes["North Korea"], codes["South Korea"]) == ("KP", "KR")


def test_demonyms_are_told_from_names_of_states() -> None:
    assert [is_demonym(name) for name in ("Russian", "Russians", "Côte d’Ivoire", "Russia", "Putin", "")] == [
        True, True, False, False, False, False,
    ]  # fmt: skip


def test_a_name_in_capitals_is_known_but_not_a_short_one() -> None:
    entries = gazetteer().entries
    assert entries["NORTH KOREA"] == entries["North Korea"]
    assert "CHAD" in entries
    assert "SHELL" not in entries
    assert "KEY" not in entries


def test_every_entry_has_a_kind_of_the_schema_or_is_a_title() -> None:
    kinds = {entry.kind for entry in gazetteer().entries.values() if entry is not None}
    assert kinds == {*ACTOR_KINDS, TITLE} - {"person"}


@pytest.mark.parametrize("name", ["states", "organisations", "media", "places"])
def test_every_listed_name_is_found_whole(name: str) -> None:
    missed = []
    for row in read_list(name):
        for surface in [row["name"], *filter(None, row["aliases"].split("|"))]:
            found = next(find_in_texts([f"they met about {surface} again"], "rules"))
            if [(m.start, m.surface) for m in found] != [(15, surface)]:
                missed.append(surface)
    assert missed == []


def test_title_words_hold_the_plural() -> None:
    assert {"minister", "ministers", "governor"} <= title_words()
    assert "mr" not in title_words()
