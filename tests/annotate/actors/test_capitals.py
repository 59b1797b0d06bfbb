"""Capitals are places unless they act; as a level of its own they are governments then."""

import pandas as pd
import pytest

import analystkit as ak
from analystkit.annotate.actors.capitals import stands_for_government


@pytest.mark.parametrize(
    ("text", "acts"),
    [
        ("*Moscow* said so.", True),
        ("Trade between Oslo and *Moscow* grew.", False),
        ("Trade between *Moscow* and Oslo grew.", True),
        ("*Pyongyang*'s nuclear tests", True),
        ("*Moscow*'s mayor", False),
        ("*Moscow*'s Red Square", False),
        ("*Moscow*-based firms", False),
        ("talks in *Moscow* have failed", False),
        ("*MOSCOW* (Reuters) - has", False),
        ("*Paris*, Texas, has a tower", False),
        ("a *Kremlin* spokesman", True),
        ("outside the *White House* gates", False),
        ("the *White House* declined", True),
        ("*Beijing* strongly condemned it", True),
    ],
)
def test_a_capital_stands_for_its_government_where_it_acts(text: str, acts: bool) -> None:
    start = text.index("*")
    plain = text.replace("*", "")
    assert stands_for_government(plain, start, text.rindex("*") - 1) is acts


TEXTS = ["Moscow said yes. A fire broke out in Moscow.", "Russia said no. The Kremlin said yes."]


def test_the_level_is_off_until_switched_on_and_off_again() -> None:
    collection = ak.from_frame(pd.DataFrame({"text": TEXTS}), progress=False)
    assert collection.mentions["actor"].tolist() == ["Moscow", "Moscow", "Russia", "Kremlin"]
    level = collection.with_capitals()
    assert level.mentions["actor"].tolist() == ["Russia", "Moscow", "Russia", "Russia"]
    assert level.mentions["kind"].tolist() == ["state", "place", "state", "state"]
    assert level.describe_filters() == "all articles (capitals as governments)"
    pd.testing.assert_frame_equal(level.with_capitals(False).mentions, collection.mentions)


def test_the_ledger_goes_before_the_level() -> None:
    collection = ak.from_frame(pd.DataFrame({"text": TEXTS}), capitals=True, progress=False)
    decided = collection.decide("rename", "Russia", "Russian Federation")
    assert decided.mentions["actor"].tolist() == [
        "Russian Federation",
        "Moscow",
        "Russian Federation",
        "Russian Federation",
    ]
    kept = collection.decide("rename", "Kremlin", "The Kremlin")
    assert kept.mentions["actor"].tolist() == ["Russia", "Moscow", "Russia", "The Kremlin"]


def test_a_filter_counts_articles_at_its_level() -> None:
    collection = ak.from_frame(pd.DataFrame({"text": TEXTS}), progress=False)
    assert len(collection.filter(actor="Russia")) == 1
    assert len(collection.with_capitals().filter(actor="Russia")) == 2
    assert len(collection.filter(actor="Russia").with_capitals()) == 2
