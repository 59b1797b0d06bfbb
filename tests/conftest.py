"""Small collections that a reader can hold in mind, shared by the tests."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest

import analystkit as ak

ROOT = Path(__file__).parent.parent


@pytest.fixture(autouse=True)
def _own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """No test reads or leaves annotations outside its own folder."""
    monkeypatch.setenv("ANALYSTKIT_CACHE", str(tmp_path / "cache"))
    yield
    # Only a test that drew has imported pyplot, which keeps its figures.
    import sys

    if "matplotlib.pyplot" in sys.modules:
        sys.modules["matplotlib.pyplot"].close("all")


def story(words: str, n: int = 40) -> str:
    """Return a text long enough to have copies: its words, then a tail that no other story has."""
    tag = "".join(letter for letter in words.lower() if letter.isalpha())[:12]
    return f"{words} " + " ".join(f"{tag}{i}" for i in range(n)) + "."


@pytest.fixture
def frame() -> pd.DataFrame:
    """Six articles, five stories (0 and 1 are copies), two outlets, three months with a gap, one undated."""
    russia_a = story("Russia praised the good talks with Japan.")
    return pd.DataFrame(
        {
            "text": [
                russia_a,
                russia_a,
                story("Russia condemned a terrible attack."),
                story("Japan sent rice. Japan and China met."),
                story("China opened a port."),
                story("Norway caught fish."),
            ],
            "date": ["2024-01-05", "2024-01-06", "2024-01-20", "2024-03-02", "2024-03-09", None],
            "outlet": ["Lamp", "Bell", "Lamp", "Lamp", "Bell", "Bell"],
            "title": ["Talks", "Good talks", "Attack", "Rice", "Port", "Fish"],
        }
    )


@pytest.fixture
def collection(frame: pd.DataFrame) -> ak.Collection:
    """The collection of `frame`, with a list of two topics."""
    topics = {"name": "Trial", "topics": {"food": ["rice", "fish"], "war": ["attack*"]}}
    return ak.from_frame(frame, topics=topics, progress=False)
