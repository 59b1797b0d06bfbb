"""A sample coded by hand: one press a code, written at once, gone on with later, and blind until it is done."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd
import pytest

import analystkit as ak
from analystkit.errors import ArgumentError
from analystkit.widgets import CodingEditor

TEXTS = [f"Japan {verb} Norway in May {n}." for n, verb in enumerate(["condemned", "praised", "met"] * 2)]


@pytest.fixture
def sample() -> pd.DataFrame:
    """Six sentences that name Norway; the model is that of the tone towards Norway."""
    return ak.validation_sample(
        ak.from_frame(pd.DataFrame({"text": TEXTS}), progress=False), towards="Norway"
    )


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "codes.csv"


def words(html: str) -> str:
    return " ".join(re.sub("<[^>]*>", " ", html).split())


def shown(editor: CodingEditor) -> str:
    found = re.search(r'aria-label="Sentence">(.*?)</div>', editor.unit.value)
    assert found
    return found[1]


def test_a_press_codes_the_sentence_writes_it_and_goes_on(sample: pd.DataFrame, path: Path) -> None:
    editor = CodingEditor(sample, path, coder="Ann")
    assert "<mark>Norway</mark>" in shown(editor)
    assert words(shown(editor)) == sample["text"][0]
    assert "How is Norway spoken of in this sentence?" in words(editor.unit.value)
    editor.note.value = "an  open rebuke"
    editor.buttons["negative"].click()
    assert path.read_text().splitlines() == [
        "unit,coder,code,note",
        f"{sample['unit'][0]},Ann,negative,an open rebuke",
    ]
    assert words(shown(editor)) == sample["text"][1]
    assert editor.note.value == ""
    assert "Ann: 1 of 6 coded" in words(editor.status.value)


def test_what_the_model_says_is_not_shown(sample: pd.DataFrame, path: Path) -> None:
    sample["model"], sample["label"] = "oracle", "negative"
    editor = CodingEditor(sample, path, coder="Ann")
    told = " ".join(words(widget.value) for widget in (editor.status, editor.unit, editor.results))
    assert "oracle" not in told and "negative" not in told
    with pytest.raises(ArgumentError, match="from 6 codes on, so that coding stays blind; 0 given"):
        editor.show_results()
    assert editor.buttons["results"].disabled


def test_the_name_is_asked_for_first(sample: pd.DataFrame, path: Path) -> None:
    editor = CodingEditor(sample, path)
    assert "Who codes?" in words(editor.status.value)
    assert editor._work.layout.display == "none"
    editor.begin.click()
    assert "`coder` is empty; type a name" in words(editor.fault.value)
    editor.name.value = " Ann  Lee "
    assert editor.coder == "Ann Lee"
    assert editor._work.layout.display == ""


def test_a_coder_goes_on_where_they_stopped_and_the_codes_of_others_stay(
    sample: pd.DataFrame, path: Path
) -> None:
    first = CodingEditor(sample, path, coder="Ann")
    first.buttons["neutral"].click()
    other = CodingEditor(sample, path, coder="Bo")
    assert words(shown(other)) == sample["text"][0]
    other.buttons["positive"].click()
    # Ann codes on without having seen what Bo wrote.
    first.buttons["unclear"].click()
    again = CodingEditor(sample, path, coder="Ann")
    assert words(shown(again)) == sample["text"][2]
    assert again.n_coded == 2
    assert again.codes[["coder", "code"]].to_numpy().tolist() == [
        ["Ann", "neutral"],
        ["Bo", "positive"],
        ["Ann", "unclear"],
    ]


def test_back_shows_the_code_and_a_new_one_replaces_it(sample: pd.DataFrame, path: Path) -> None:
    editor = CodingEditor(sample, path, coder="Ann")
    editor.buttons["positive"].click()
    editor.buttons["back"].click()
    assert words(shown(editor)) == sample["text"][0]
    assert "Your code: positive." in words(editor.unit.value)
    editor.buttons["negative"].click()
    assert editor.codes["code"].tolist() == ["negative"]
    editor.buttons["back"].click()
    editor.note.value = "irony"  # written behind the code it belongs to
    assert path.read_text().splitlines()[1:] == [f"{sample['unit'][0]},Ann,negative,irony"]


def test_a_skipped_sentence_comes_again_at_the_end(sample: pd.DataFrame, path: Path) -> None:
    editor = CodingEditor(sample, path, coder="Ann")
    editor.buttons["skip"].click()
    for _ in range(5):
        editor.buttons["neutral"].click()
    assert words(shown(editor)) == sample["text"][0]
    assert editor.n_coded == 5


def test_when_all_is_coded_the_results_are_those_of_validate(sample: pd.DataFrame, path: Path) -> None:
    editor = CodingEditor(sample, path, coder="Ann")
    for label in sample["label"]:
        editor.buttons[label].click()
    assert not editor.buttons["results"].disabled
    editor.buttons["results"].click()
    assert editor.validation is not None
    assert editor.validation.accuracy[0] == ak.validate(sample, path).accuracy[0] == 1
    told = words(editor.results.value)
    assert "Not validated on this collection: 6 units coded, 100 are needed." in told
    assert "Ann and tone towards (fast) 6 100% +1.00" in told


def test_keys_are_bound_to_digits_letters_and_the_arrow(sample: pd.DataFrame, path: Path) -> None:
    editor = CodingEditor(sample, path)
    keys = {
        name: {c for c in one._dom_classes if c.startswith("ak-key-")} for name, one in editor.buttons.items()
    }
    assert keys["negative"] == {"ak-key-1", "ak-key-n"}
    assert keys["neutral"] == {"ak-key-2", "ak-key-u"}
    assert keys["positive"] == {"ak-key-3", "ak-key-p"}
    assert "ak-key-left" in keys["back"]


def test_an_empty_sample_and_a_file_that_holds_no_codes_are_refused(sample: pd.DataFrame, path: Path) -> None:
    with pytest.raises(ArgumentError, match="`sample` is empty"):
        CodingEditor(sample.iloc[:0], path)
    path.write_text("unit,coder,code\nx,Ann,good\n")
    with pytest.raises(ArgumentError, match="`codes` has the code 'good'"):
        CodingEditor(sample, path)
