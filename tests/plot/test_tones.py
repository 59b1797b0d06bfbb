"""Pictures of tone towards actors and of word lists side by side: what is drawn stands in the answer."""

from __future__ import annotations

import pandas as pd
import pytest

import analystkit as ak
from analystkit.errors import ArgumentError
from analystkit.plot import describe_plot


@pytest.fixture
def news() -> ak.Collection:
    """Six stories in which Japan is condemned; in half of them Norway is praised, in half condemned."""
    texts = [
        f"China condemned Japan in case {n}. China {'praised' if n % 2 else 'condemned'} Norway."
        for n in range(6)
    ]
    return ak.from_frame(pd.DataFrame({"text": texts}), actors="rules", progress=False)


def labels(axes: object) -> list[str]:
    return [text.get_text().replace("\xa0", " ") for text in axes.get_yticklabels()]  # type: ignore[attr-defined]


def test_bars_are_the_shares_and_dots_their_difference(news: ak.Collection) -> None:
    answer = ak.tone_shares(news, towards=["Japan", "Norway"])
    axes = ak.plot_tone_shares(answer)
    assert labels(axes) == ["Japan (n = 6, 0% unsure)", "Norway (n = 6, 0% unsure)"]
    widths = [bar.get_width() for bar in axes.patches]
    shares = answer.table.set_index(["actor", "label"])["share"]
    assert widths == [
        *(-shares[name, "negative"] for name in ("Japan", "Norway")),
        *(shares[name, "positive"] for name in ("Japan", "Norway")),
    ]
    dots = axes.collections[-1]
    assert dots.get_offsets()[:, 0].tolist() == [-1, 0]
    edges = {tuple(color) for color in dots.get_facecolors()}
    assert len(edges) == 2  # Norway's is grey: its sign is not settled
    told = describe_plot(answer, "tone shares")
    assert "Japan negative 100%, positive 0% (n = 6, sign negative)" in told
    assert "Norway negative 50%, positive 50% (n = 6, sign not settled)" in told


def test_lists_are_marked_apart_and_grey_where_they_differ(news: ak.Collection) -> None:
    answer = ak.tone_lists(
        news.set_tone("condemned", -3).set_tone("praised", -3), towards=["Japan", "Norway"]
    )
    axes = ak.plot_tone_lists(answer)
    assert labels(axes) == ["Japan (n = 6)", "Norway (n = 6)"]
    bars = axes.collections[0]
    assert len(bars.get_segments()) == 2
    footer = " ".join(text.get_text() for text in axes.figure.texts)
    assert "dot VADER, square Hu & Liu, diamond this project" in footer.replace("\n", " ")
    assert "this project" in describe_plot(answer, "tone lists")


def test_another_answer_or_a_grouped_one_is_refused(news: ak.Collection) -> None:
    with pytest.raises(ArgumentError, match="holds no shares of tone"):
        ak.plot_tone_shares(ak.tone(news, towards="Japan"))
    with pytest.raises(ArgumentError, match="or is grouped"):
        ak.plot_tone_lists(ak.tone_lists(news, towards="Japan", by="outlet"))


def test_nothing_to_draw_says_so(news: ak.Collection) -> None:
    axes = ak.plot_tone_shares(ak.tone_shares(news, towards=[]))
    assert "No articles match" in " ".join(text.get_text() for text in axes.texts)
