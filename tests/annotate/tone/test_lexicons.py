"""Word lists side by side, and the values that a project gives words: a small file that replays exactly."""

from __future__ import annotations

from math import sqrt
from pathlib import Path

import pytest

import analystkit as ak
from analystkit.annotate.tone.lexicons import hu_liu
from analystkit.errors import ArgumentError, LexiconFileError, PathMissingError


def scaled(total: float) -> float:
    """The last step of VADER: a sum of valences, squeezed into -1..1."""
    return round(total / sqrt(total**2 + 15), 4)


def test_hu_and_liu_have_only_words_of_praise_and_blame() -> None:
    assert set(hu_liu().values()) == {-1.0, 1.0}
    assert "envious" not in hu_liu()


def test_lists_that_agree_settle_the_sign_and_others_do_not() -> None:
    # VADER: good 1.9, share 1.2 (Hu & Liu have no "share"); neither list has "Monday".
    frame = ak.score_lexicons(["A good plan.", "They share a border.", "They met on Monday.", "A bad plan."])
    assert frame["sign"].tolist() == ["positive", "not settled", "neutral", "negative"]
    assert frame["vader"].tolist()[:2] == [scaled(1.9), scaled(1.2)]
    assert frame["hu_liu"].tolist()[:2] == [scaled(2), 0]
    # good: VADER 1.9, Hu & Liu 2, in none of our lists.
    assert frame["together"].tolist()[0] == scaled((1.9 + 2) / 2)
    assert frame["spread"].tolist()[1] == pytest.approx(scaled(1.2))


def test_a_projects_value_takes_the_place_of_vaders() -> None:
    lexicon = ak.ToneLexicon().set("share", 0).set("sanctions", -2)
    frame = ak.score_lexicons(["They share a border.", "No sanctions."], lexicon=lexicon)
    assert frame["project"].tolist() == [0, scaled(-2 * -0.74)]


def test_no_texts_give_an_empty_table() -> None:
    assert ak.score_lexicons([]).shape == (0, 6)


def test_of_two_values_of_a_word_the_later_counts_and_undo_brings_back_the_earlier() -> None:
    lexicon = ak.ToneLexicon().set("Share", 1).set("share", -1)
    assert lexicon.words == {"share": -1}
    assert lexicon.undo().words == {"share": 1}
    with pytest.raises(ArgumentError, match="`n` is 3; the lexicon holds 2"):
        lexicon.undo(3)


def test_a_saved_lexicon_is_read_back_as_it_was(tmp_path: Path) -> None:
    lexicon = ak.ToneLexicon().set("shelling", -2.5, note="war, not peas", day="2024-05-03")
    path = lexicon.save(tmp_path / "words.csv")
    assert path.read_text() == 'day,word,value,note\n2024-05-03,shelling,-2.5,"war, not peas"\n'
    assert ak.read_lexicon(path) == lexicon
    assert ak.read_lexicon(path).sha256 == lexicon.sha256


def test_a_lexicon_saved_by_a_spreadsheet_with_semicolons_is_read(tmp_path: Path) -> None:
    path = tmp_path / "words.csv"
    path.write_text("\ufeffword;value\nshelling;-2,5\n\n", encoding="utf-8")
    assert ak.read_lexicon(path).words == {"shelling": -2.5}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("word,note\nshelling,war\n", r"lacks \['value'\]"),
        ("word,value\nshelling,9\n", "Line 2 of .*`value` of 'shelling' is 9"),
        ("word,value\nshelling,much\n", "Line 2 of .*could not convert"),
        ("word,value\ntwo words,1\n", "Line 2 of .*with no space"),
        ("day,word,value\nMay,shelling,1\n", "Line 2 of .*`day` is 'May'"),
    ],
)
def test_a_faulty_file_is_named_with_its_line(text: str, told: str, tmp_path: Path) -> None:
    path = tmp_path / "words.csv"
    path.write_text(text)
    with pytest.raises(LexiconFileError, match=told):
        ak.read_lexicon(path)


def test_an_absent_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(PathMissingError, match=r"no lexicon .*none\.csv"):
        ak.read_lexicon(tmp_path / "none.csv")


# --- In a collection


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "news"
    place.mkdir()
    (place / "news.csv").write_text("text,date\nThey share a border.,2024-05-03\n", encoding="utf-8")
    return place


def test_a_value_changes_the_tone_of_sentences_and_undo_brings_it_back(folder: Path) -> None:
    collection = ak.load(folder, cache=False, progress=False)
    changed = collection.set_tone("share", -1)
    assert collection.sentences["tone"].tolist() == [scaled(1.2)]
    assert changed.sentences["tone"].tolist() == [scaled(-1)]
    assert changed.undo_tone().sentences["tone"].tolist() == [scaled(1.2)]
    assert changed.filter(since="2024-05-01").sentences["tone"].tolist() == [scaled(-1)]
    assert changed.mentions.equals(collection.mentions)


def test_values_saved_beside_the_articles_are_found_again_and_are_no_article(folder: Path) -> None:
    saved = ak.load(folder, cache=False, progress=False).set_tone("share", -1).save_lexicon()
    assert saved == folder / "tone-lexicon.csv"
    again = ak.load(folder, cache=False, progress=False)
    assert len(again) == 1
    assert again.sentences["tone"].tolist() == [scaled(-1)]
    assert ak.load(folder, lexicon=False, cache=False, progress=False).sentences["tone"].tolist() == [
        scaled(1.2)
    ]


def test_values_in_a_folder_below_are_told_of_and_not_used(folder: Path) -> None:
    ak.ToneLexicon().set("share", -1).save(folder / "tone-lexicon.csv")
    upper = ak.load(folder.parent, cache=False, progress=False)
    assert upper.sentences["tone"].tolist() == [scaled(1.2)]
    assert upper.problems["remedy"].str.contains("lexicon=").any()


def test_a_report_under_a_lexicon_carries_it_and_verifies(folder: Path, tmp_path: Path) -> None:
    lexicon = ak.ToneLexicon().set("share", -1, day="2024-05-03").save(folder / "own.csv")
    collection = ak.load(folder, lexicon=lexicon, cache=False, progress=False)
    assert len(collection) == 1
    page = ak.write_report(collection, tmp_path / "brief.html")
    assert "1 word with a value of the analyst" in page.read_text(encoding="utf-8")
    assert ak.verify_report(page, folder) == []
    # The report stands by itself.
    lexicon.unlink()
    assert ak.verify_report(page, folder) == []
    damaged = page.read_text(encoding="utf-8").replace('"share", -1.0', '"share", -2.0')
    page.write_text(damaged, encoding="utf-8")
    assert "words of tone in the manifest were changed" in " ".join(ak.verify_report(page, folder))
