"""The tone explorer: two kinds of tone, the words behind a score with one-click values, and whether a finding holds."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd
import pytest

import analystkit as ak
from analystkit.widgets import ToneExplorer, show_robustness
from analystkit.widgets.holding import finding_of
from analystkit.widgets.tone_words import weighed


def words(html: str) -> str:
    return " ".join(re.sub("<[^>]*>", " ", html).split())


@pytest.fixture
def frame() -> pd.DataFrame:
    """Eight stories of two outlets in four months: China condemns Japan, one of them in quoted speech."""
    texts = [f"China condemned Japan over a share of the sea in case {n}. Rain fell." for n in range(7)]
    return pd.DataFrame(
        {
            "text": [*texts, '"We will not wait," said China as it condemned Japan.'],
            "date": [f"2024-0{1 + n % 4}-0{n + 1}" for n in range(8)],
            "outlet": ["Lamp", "Bell"] * 4,
            "title": [f"Case {n}" for n in range(8)],
        }
    )


@pytest.fixture
def news(frame: pd.DataFrame) -> ak.Collection:
    return ak.from_frame(frame, actors="rules", progress=False)


@pytest.fixture
def folder(frame: pd.DataFrame, tmp_path: Path) -> Path:
    place = tmp_path / "news"
    place.mkdir()
    frame.to_csv(place / "news.csv", index=False)
    return place


def test_it_opens_on_the_tone_towards_actors_with_probabilities(news: ak.Collection) -> None:
    explorer = ToneExplorer(news, row={"actor": "Japan", "label": "negative"})
    assert explorer.answer is not None and explorer.answer.measure == "tone_shares"
    assert len(explorer.evidence.sentences) == 8
    shown = [words(block.value) for block in explorer.evidence.blocks]
    assert re.search(r"in case 0\. negative \d\d%, neutral \d+%, positive \d+%", " ".join(shown))
    assert sum("with quoted speech" in text for text in shown) == 1
    assert any(column["label"] == "Positive less negative" for column in explorer.table.columns)
    assert explorer.words.layout.display == "none"


def test_quoted_speech_is_left_out_by_a_choice(news: ak.Collection) -> None:
    explorer = ToneExplorer(news, row={"actor": "Japan", "label": "negative"})
    explorer.controls.inputs["voice"].value = "article"
    assert explorer.state.voice == "article"
    assert len(explorer.evidence.sentences) == 7
    explorer.state.by = "outlet"
    assert explorer.answer is not None
    assert explorer.answer.table.groupby("actor")["n"].sum().to_dict() == {"China": 7, "Japan": 7}


def test_side_by_side_shows_both_pictures_and_where_they_agree(news: ak.Collection) -> None:
    explorer = ToneExplorer(news, actors=["Japan"])
    explorer.controls.inputs["tone"].value = "side by side"
    assert explorer.figure.value.count("<img alt=") == 2
    told = words(explorer.figure.value)
    # The model: all negative. VADER: "share" is good, "condemned" bad, together below zero; Hu & Liu agree.
    assert re.search(r"Japan −100 points, negative", told)
    assert "Do the model and the word lists agree, over all?" in told
    explorer.state.by = "month"
    assert explorer.figure.value.count("<img alt=") == 2


def test_lists_are_a_view_of_their_own(news: ak.Collection) -> None:
    explorer = ToneExplorer(news, tone="by word lists")
    assert explorer.answer is not None and explorer.answer.measure == "tone_lists"
    explorer.state.by = "month"
    assert explorer.answer is not None and explorer.answer.measure == "tone"


def test_the_words_that_made_the_score_are_weighed() -> None:
    """Twice "good" (1.9), once turned by "not" (-0.74 times); "war" is -2.9."""
    table = weighed(["Not good.", "A good war.", "A share."], ak.ToneLexicon().set("share", 0))
    assert table["word"].tolist() == ["war", "good", "share"]
    assert table["n"].tolist() == [1, 2, 1]
    assert table["weight"].tolist() == pytest.approx([-2.9, 1.9 - 0.74 * 1.9, 0])


def test_one_press_makes_a_word_neutral_counts_anew_and_is_undone(folder: Path) -> None:
    collection = ak.load(folder, actors="rules", progress=False)
    explorer = ToneExplorer(collection, tone="by word lists", row={"actor": "Japan", "list": "VADER"})
    pane = explorer.words
    place = pane.table["word"].tolist().index("share")
    assert words(pane.blocks[place].value).startswith("share 7×, counts +1.2")
    neutral = pane.buttons[place][1]
    assert neutral.tooltip == "Neutral here: share"
    neutral.click()
    assert (folder / "tone-lexicon.csv").read_text().splitlines()[1].split(",")[1:3] == ["share", "0"]
    assert "Written to tone-lexicon.csv" in words(pane.status.value)
    assert explorer.answer is not None
    lists = explorer.answer.table.query("actor == 'Japan'").set_index("list")["mean"]
    assert lists["this project"] < lists["VADER"]
    assert pane.table["word"].tolist()[-1] == "share"
    assert explorer.collection.lexicon.words == {"share": 0}
    # It is found again by the next load, and taken back with one press.
    assert ak.load(folder, progress=False).lexicon.words == {"share": 0}
    pane.undo.click()
    assert (folder / "tone-lexicon.csv").read_text().splitlines() == ["day,word,value,note"]
    assert explorer.collection.lexicon.words == {}
    assert pane.undo.layout.display == "none"


def test_more_negative_and_more_positive_move_by_one_up_to_four(news: ak.Collection) -> None:
    explorer = ToneExplorer(news, tone="by word lists", row={"actor": "Japan", "list": "VADER"})
    pane = explorer.words
    for _ in range(5):
        pane.buttons[pane.table["word"].tolist().index("condemned")][0].click()
    assert explorer.collection.lexicon.words == {"condemned": -4}
    assert "Counted here; to keep it" in words(pane.status.value)
    assert pane.buttons[pane.table["word"].tolist().index("condemned")][0].disabled


def test_a_button_asks_whether_the_open_number_would_hold(news: ak.Collection) -> None:
    explorer = ToneExplorer(news, actors=["Japan"])
    assert explorer.holding.layout.display == "none"
    explorer.state.row = {"actor": "Japan", "label": "negative"}
    assert explorer.holding.layout.display == ""
    explorer.holding.button.click()
    explorer.holding.wait()
    panel = explorer.holding.panel
    assert panel is not None and len(panel.table) >= 24
    assert panel.table["scorer"].tolist()[0] == "tone towards"
    told = words(explorer.holding.said.value)
    assert panel.describe() in told
    assert "data:image/png;base64," in explorer.holding.said.value
    assert not explorer.holding.button.disabled
    # Another number is another finding: what was told of this one goes.
    explorer.state.row = ()
    assert (explorer.holding.panel, explorer.holding.said.value) == (None, "")


def test_what_a_row_claims(news: ak.Collection) -> None:
    months = ak.tone(news, towards="Japan", by="month")
    assert finding_of(months, {"actor": "Japan", "month": "2024-01"}) is None  # there is no before
    later = finding_of(months, {"actor": "Japan", "month": "2024-02"})
    assert later is not None
    assert (later.first, later.second) == (
        {"until": "2024-01-31"},
        {"since": "2024-02-01", "until": "2024-02-29"},
    )
    outlets = ak.tone(news, towards="Japan", by="outlet")
    there = finding_of(outlets, {"actor": "Japan", "outlet": "Lamp"})
    assert there is not None and there.first == {"outlet": ["Bell"]}
    assert finding_of(outlets, {"actor": "Japan"}) is None


def test_a_panel_is_shown_in_a_cell(news: ak.Collection) -> None:
    panel = ak.robustness(news, ak.Finding("tone", "Japan"), scorers=ak.tone_scorers(news))
    assert set(panel.table["scorer"]) == {"tone towards", "VADER", "Hu & Liu"}
    view = show_robustness(panel)
    assert repr(view) == panel.describe()
    assert f'<img alt="{panel.describe().replace("&", "&amp;")}"' in view._repr_html_()
