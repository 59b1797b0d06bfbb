"""What the rest of a text says about a name."""

import pytest

from analystkit.annotate.actors.settling import settled_drafts


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Governor Oleg Lebed spoke. Lebed left.", {"Oleg Lebed": "person", "Lebed": "person"}),
        ("The North blamed them. The South did not.", {}),
        (
            "North Korea fired. The North blamed them.",
            {"North Korea": "state", "North": "state"},
        ),
    ],
)
def test_the_text_settles_the_kind(text: str, kinds: dict[str, str]) -> None:
    assert {draft.name: draft.kind for draft in settled_drafts(text)} == kinds


def test_a_text_is_read_once() -> None:
    text = "Governor Oleg Lebed spoke."
    assert settled_drafts(text) is settled_drafts(text)
