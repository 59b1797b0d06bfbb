import pickle
import textwrap
from datetime import datetime

import pandas as pd
import pytest

from analystkit.read.items import Item, Problem, Tables, Zone, article_id, as_block, body_zones, tables
from analystkit.schema import PROBLEMS, TABLES


def item(body="Words.", **given):
    return Item(path=given.pop("path", "a.txt"), format="text", sha256="0" * 64,
                zones=[Zone("title", "A title", "why"), Zone("body", body, "why")], **given)  # fmt: skip


def zones(text, title=""):
    return [(zone.zone, zone.text) for zone in body_zones(text, "cell", title=title)]


def test_paragraphs_are_lines_of_the_body():
    assert zones("One.\r\n\r\nTwo.\rThree.\n") == [("body", "One."), ("body", "Two."), ("body", "Three.")]


def test_wrapped_text_is_joined():
    text = "The council met on Monday to talk about the bridge over the river and of the money that it will cost all."
    assert zones(textwrap.fill(text, 40)) == [("body", text)]


@pytest.mark.parametrize("first", ["A title", " a TITLE! ", "\n\nA  title"])
def test_a_first_line_that_repeats_the_title_is_the_title(first):
    assert zones(f"{first}\nThe text.", title="A title")[-2:] == [
        ("title", first.strip()),
        ("body", "The text."),
    ]


def test_a_title_without_words_equals_no_line():
    assert zones("—\nThe text.", title="???") == [("body", "—"), ("body", "The text.")]


@pytest.mark.parametrize("sign", ["Reuter", "REUTER", "(AFP)", "Xinhua."])
def test_the_agencys_sign_off_is_a_credit(sign):
    assert zones(f"The text.\n {sign}\n\x03") == [("body", "The text."), ("credit", sign)]


def test_nothing_has_no_zones():
    assert zones("") == []
    assert zones(" \n\x00\n") == []


def test_the_id_is_made_from_the_content_alone():
    identity = article_id(item())
    assert identity == article_id(item(path="elsewhere/b.txt", where="line 7", credit="Tern"))
    assert len(identity) == 13
    assert identity.startswith("a")


@pytest.mark.parametrize(
    "other",
    [item("Other words."), item(title="T"), item(outlet="Tern"), item(published=datetime(2024, 3, 12))],
)
def test_other_content_has_another_id(other):
    assert article_id(other) != article_id(item())


def test_further_exact_copies_get_a_suffix_and_a_note():
    articles, lines, problems = tables(
        [item(), item("Other."), item(path="b.csv", where="line 3"), item()], []
    )
    first = articles["article_id"][0]
    assert articles["article_id"].tolist() == [first, articles["article_id"][1], f"{first}-2", f"{first}-3"]
    assert articles["article_id"].is_unique
    assert lines.groupby("article_id").size().tolist() == [2, 2, 2, 2]
    assert problems["path"].tolist() == ["b.csv", "a.txt"]
    assert problems["where"].tolist() == ["line 3", ""]
    assert set(problems["reason"]) == {"the same article as a.txt"}
    assert set(problems["remedy"]) == {'both are kept, as one story; count="stories" counts them once'}
    assert set(problems["severity"]) == {"note"}


def test_tables_have_their_columns_and_dtypes_with_and_without_rows():
    problem = Problem("a.txt", "", "note", "reason", "remedy")
    for made in (tables([item()], [problem]), tables([], [])):
        for frame, name in zip(made, ("articles", "zones", "problems"), strict=True):
            assert list(frame.columns) == list(TABLES[name])
            assert frame.dtypes.astype(str).tolist() == list(TABLES[name].values())


def test_words_count_hyphens_and_apostrophes_inside_a_word():
    articles, _, _ = tables([item("Kim's co-operation with the U.S. cost 3.5 million.")], [])
    # Kim's, co-operation, with, the, U, S, cost, 3, 5, million
    assert articles["n_words"].tolist() == [10]


def test_absent_things_are_empty_strings_and_no_time():
    articles, _, problems = tables([item()], [])
    row = articles.iloc[0]
    assert (row["outlet"], row["lead"], row["published_origin"], row["url"]) == ("", "", "", "")
    assert row.isna()["published"]
    assert len(problems) == 0
    assert list(problems.columns) == list(PROBLEMS)


def test_blocks_sent_from_elsewhere_make_the_tables_of_their_items():
    """An article without zones, one of another script, copies across blocks and a block without articles."""
    items = [item("山 Ünïcode.", published=datetime(2024, 3, 12)), item(), item("Other."), item()]
    items[2].zones.clear()
    problem = Problem("a.txt", "", "note", "reason", "remedy")
    made = Tables()
    for block in (as_block(items[:1]), as_block([], [problem]), as_block(items[1:3]), as_block(items[3:])):
        made.add(pickle.loads(pickle.dumps(block)))
    for frame, expected in zip(made.frames(), tables(items, [problem]), strict=True):
        pd.testing.assert_frame_equal(frame, expected)
    articles, zones, problems = tables(items, [problem])
    assert articles["body"].tolist() == ["山 Ünïcode.", "Words.", "", "Words."]
    assert articles["published"].isna().tolist() == [False, True, True, True]
    ids = articles["article_id"].tolist()
    assert zones["article_id"].tolist() == [ids[0]] * 2 + [ids[1]] * 2 + [ids[3]] * 2
    assert zones["order"].tolist() == [0, 1, 0, 1, 0, 1]
    assert problems["reason"].tolist() == ["reason", "the same article as a.txt"]


def test_a_paragraph_with_line_ends_of_its_own_stays_one_zone():
    of_one, of_two = item("One.\nTwo."), item("One.")
    of_two.zones.append(Zone("subhead", "Two.", "other"))
    articles, zones, _ = tables([of_one, item("A\n"), of_two], [])
    assert articles["body"].tolist() == ["One.\nTwo.", "A\n", "One.\nTwo."]
    assert zones["text"].tolist() == ["A title", "One.\nTwo.", "A title", "A\n", "A title", "One.", "Two."]
    assert zones["reason"].tolist() == ["why"] * 6 + ["other"]


def test_a_date_alone_above_the_text_is_its_dateline():
    assert zones("3 May 2024\nThe text.") == [("dateline", "3 May 2024"), ("body", "The text.")]
    assert zones("On 3 May 2024 it rained.") == [("body", "On 3 May 2024 it rained.")]
