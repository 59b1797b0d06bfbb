"""A model's labels checked by hand: samples, codes, corrected shares."""

from __future__ import annotations

import itertools
import math
from pathlib import Path

import pandas as pd
import pytest

import analystkit as ak
from analystkit.errors import ArgumentError, MissingColumnError, PathMissingError
from analystkit.measure.validation import read_codes, validation_from_dict, write_codes


def unit(name: str, label: str, size: int, story: str = "") -> dict[str, object]:
    """Return one row of a sample; without a story named it is of its own."""
    return {
        "unit": name, "article_id": "a", "sentence_id": 0, "actor": "", "start": 0, "end": 1,
        "story_id": story or name, "model": "VADER", "label": label, "stratum_size": size, "text": name,
    }  # fmt: skip


def codes(coder: str, **given: str) -> pd.DataFrame:
    """Return codes of one coder, by unit."""
    return pd.DataFrame({"unit": [*given], "coder": coder, "code": [*given.values()]})


@pytest.fixture
def sample() -> pd.DataFrame:
    """Three of 30 that the model calls negative, two of 10 that it calls positive."""
    return pd.DataFrame(
        [unit(name, "negative", 30) for name in "abc"] + [unit(name, "positive", 10) for name in "de"]
    )


@pytest.fixture
def coded() -> pd.DataFrame:
    """Two of the three are negative, one of the two is positive."""
    return codes("Ann", a="negative", b="negative", c="neutral", d="positive", e="negative")


def test_corrected_shares_weigh_each_unit_by_what_it_stands_for(
    sample: pd.DataFrame, coded: pd.DataFrame
) -> None:
    """a, b, c stand for 10 each, d and e for 5 each: negative 10 + 10 + 5, neutral 10, positive 5 of 40."""
    shares = ak.validate(sample, coded).shares.set_index("label")
    assert shares["predicted"].to_dict() == {"negative": 0.75, "neutral": 0, "positive": 0.25}
    assert shares["corrected"].to_dict() == {"negative": 0.625, "neutral": 0.25, "positive": 0.125}
    assert (shares["low"] < shares["corrected"]).all()
    assert (shares["corrected"] < shares["high"]).all()


def test_precision_and_recall_are_those_of_the_whole_collection(
    sample: pd.DataFrame, coded: pd.DataFrame
) -> None:
    scores = ak.validate(sample, coded).scores.set_index("label")
    assert scores.loc["negative", "precision"] == pytest.approx(2 / 3)
    assert scores.loc["negative", "recall"] == pytest.approx(20 / 25)
    assert scores.loc["negative", "f1"] == pytest.approx(8 / 11)
    assert scores.loc["positive", ["precision", "recall"]].tolist() == [0.5, 1]
    assert math.isnan(scores.loc["neutral", "precision"])
    assert scores.loc["neutral", "recall"] == 0


def test_the_interval_is_that_of_stratified_sampling(sample: pd.DataFrame, coded: pd.DataFrame) -> None:
    """Variance .75^2 * .9 * (1/3) / 3 + .25^2 * .8 * (1/2) / 2 = .06875, by 5 / 4 for five stories: .0859375.

    So many units as give it: .625 * .375 / .0859375 = 2.7273; Wilson's interval of these: .5519 -+ .3774.
    """
    accuracy = ak.validate(sample, coded).accuracy
    assert accuracy == pytest.approx((0.625, 0.1745, 0.9293), abs=0.0001)


def test_sentences_of_one_story_are_no_separate_witnesses(sample: pd.DataFrame, coded: pd.DataFrame) -> None:
    """The model is wrong about c and e: of one story, their errors add up instead of cancelling out."""
    apart = ak.validate(sample, coded).accuracy
    together = ak.validate(sample.assign(story_id=["a", "b", "c", "d", "c"]), coded).accuracy
    assert together[0] == apart[0]
    assert together[2] - together[1] > apart[2] - apart[1]


def test_of_few_coded_units_nothing_is_said(sample: pd.DataFrame, coded: pd.DataFrame) -> None:
    validation = ak.validate(sample, coded)
    assert not validation.enough
    assert validation.describe() == "Not validated on this collection: 5 units coded, 100 are needed."


def test_a_hundred_units_validate() -> None:
    sample = pd.DataFrame([unit(f"u{i}", "neutral", 1000) for i in range(100)])
    told = codes("Ann", **{f"u{i}": "neutral" if i < 80 else "positive" for i in range(100)})
    said = ak.validate(sample, told).describe()
    assert said.startswith("Validated on 100 sentences of this collection by 1 coder: VADER is right in 80 %")


def test_coders_who_differ_count_in_parts_until_it_is_settled(
    sample: pd.DataFrame, coded: pd.DataFrame
) -> None:
    """On c Ann says neutral, Bob negative: half of 10 each. "agreed" then settles it."""
    bob = codes("Bob", a="negative", c="negative")
    validation = ak.validate(sample, [coded, bob])
    assert validation.shares["corrected"].tolist() == [0.75, 0.125, 0.125]
    assert validation.disagreements.to_dict("records") == [
        {"unit": "c", "text": "c", "Ann": "neutral", "Bob": "negative"}
    ]
    cells = validation.confusion.set_index(["label", "coded"])["n"]
    assert cells["negative", "undecided"] == 1
    assert cells.sum() == 5
    assert validation.cell("negative", "undecided")["unit"].tolist() == ["c"]
    settled = ak.validate(sample, [coded, bob, codes("agreed", c="negative")])
    assert settled.shares["corrected"].tolist() == [0.875, 0, 0.125]
    assert settled.agreement[["first", "second", "n"]].to_numpy().tolist()[0] == ["Ann", "Bob", 2]


def test_agreement_of_people_and_with_the_model(sample: pd.DataFrame, coded: pd.DataFrame) -> None:
    """Ann and Bob agree on all but c: 4/5; by chance negative 3/5 * 4/5 + positive 1/5 * 1/5 = 13/25; kappa 7/12.

    Ann and the model, weighted: 25 of 40 agree; by chance negative 25/40 * 30/40 + positive 5/40 * 10/40 = .5; .25.
    """
    bob = codes("Bob", a="negative", b="negative", c="negative", d="positive", e="negative")
    agreement = ak.validate(sample, [coded, bob]).agreement.set_index(["first", "second"])
    assert agreement.loc[("Ann", "Bob")].tolist() == pytest.approx([5, 0.8, 7 / 12])
    assert agreement.loc[("Ann", "VADER")].tolist() == pytest.approx([5, 0.625, 0.25])


def test_unclear_units_count_for_nothing(sample: pd.DataFrame, coded: pd.DataFrame) -> None:
    """Without e, d stands for all 10: negative 20, neutral 10, positive 10 of 40."""
    validation = ak.validate(sample, coded.assign(code=[*coded["code"][:4], "unclear"]))
    assert validation.n_units == 4
    assert validation.shares["corrected"].tolist() == [0.5, 0.25, 0.25]


def test_shares_are_unknown_while_a_label_has_no_coded_unit(
    sample: pd.DataFrame, coded: pd.DataFrame
) -> None:
    shares = ak.validate(sample, coded[:3]).shares
    assert shares["corrected"].isna().all()
    assert shares["predicted"].tolist() == [0.75, 0, 0.25]


def test_coding_goes_on_where_the_file_ends(
    sample: pd.DataFrame, coded: pd.DataFrame, tmp_path: Path
) -> None:
    file = tmp_path / "codes.csv"
    write_codes(coded[:3], file)
    assert file.read_text(encoding="utf-8").splitlines()[:2] == ["unit,coder,code", "a,Ann,negative"]
    write_codes(pd.concat([read_codes(file), coded[3:], codes("Ann", c="negative")]), file)
    assert [path.name for path in tmp_path.iterdir()] == ["codes.csv"]
    again = read_codes(file).set_index("unit")["code"].to_dict()
    # Of two codes of one unit by one coder the later counts.
    assert again == {"a": "negative", "b": "negative", "d": "positive", "e": "negative", "c": "negative"}
    assert ak.validate(sample, file).shares["corrected"].tolist() == [0.875, 0, 0.125]


@pytest.fixture
def news() -> ak.Collection:
    """Two outlets, each with 12 articles of three sentences, one of each label: 24 of each."""
    rows = [
        {
            "text": f"The wonderful plan number {i} was praised.\nThe awful plan number {i} was condemned.\n"
            f"The report has {i} pages.",
            "outlet": "Lamp" if i % 2 else "Bell",
        }
        for i in range(24)
    ]
    return ak.from_frame(pd.DataFrame(rows), progress=False)


def test_a_sample_has_as_many_of_each_label_and_outlet(news: ak.Collection) -> None:
    sample = ak.validation_sample(news, n=12)
    assert sample["label"].value_counts().to_dict() == {"negative": 4, "neutral": 4, "positive": 4}
    assert (sample.groupby(["label", "outlet"]).size() == 2).all()
    assert sample["unit"].is_unique
    assert sample["stratum_size"].tolist() == [24] * 12


def test_the_order_of_a_sample_tells_coders_nothing(news: ak.Collection) -> None:
    labels = ak.validation_sample(news, n=36)["label"].tolist()
    changes = sum(a != b for a, b in itertools.pairwise(labels))
    assert changes > 12  # sorted by label there would be 2; in random order 24 are expected


def test_the_seed_decides_what_is_drawn(news: ak.Collection) -> None:
    one, same, other = (ak.validation_sample(news, n=12, seed=seed)["unit"].tolist() for seed in (1, 1, 2))
    assert one == same
    assert set(one) != set(other)


def test_a_sample_reads_one_article_of_each_story_and_marks_the_actor(collection: ak.Collection) -> None:
    """Russia is named once in each of two stories, one of them printed twice."""
    sample = ak.validation_sample(collection, towards="Russia")
    assert len(sample) == sample["story_id"].nunique() == 2
    marked = [
        text[a:b]
        for text, a, b in zip(sample["text"], sample["target_start"], sample["target_end"], strict=True)
    ]
    assert marked == ["Russia", "Russia"]


def test_labels_of_another_model_are_sampled_under_its_name(news: ak.Collection) -> None:
    said = news.sentences[["article_id", "sentence_id"]].head(6).assign(label=["negative"] * 5 + ["positive"])
    sample = ak.validation_sample(news, predictions=said, model="mine", n=4)
    assert set(sample["model"]) == {"mine"}
    assert sample["label"].value_counts().to_dict() == {"negative": 3, "positive": 1}


def test_a_validation_is_kept_without_text_and_read_again(news: ak.Collection) -> None:
    sample = ak.validation_sample(news, n=6)
    told = codes("Ann", **dict(zip(sample["unit"], sample["label"], strict=True)))
    kept = ak.validate(sample, told).to_dict()
    assert "plan" not in str(kept)
    again = validation_from_dict(kept, news)
    assert again.accuracy[0] == 1
    assert again.cell("positive", "positive")["text"].str.contains("wonderful").all()
    assert again.on(news.filter(outlet="Lamp")).n_units == int((sample["outlet"] == "Lamp").sum())


def test_wrong_arguments_are_named(news: ak.Collection, sample: pd.DataFrame, tmp_path: Path) -> None:
    with pytest.raises(ArgumentError, match="`n` is 0"):
        ak.validation_sample(news, n=0)
    with pytest.raises(ArgumentError, match="`towards` is 'Nobody'"):
        ak.validation_sample(news, towards="Nobody")
    said = news.sentences[["article_id", "sentence_id"]]
    with pytest.raises(ArgumentError, match="the label 'good'"):
        ak.validation_sample(news, predictions=said.assign(label="good"))
    with pytest.raises(MissingColumnError, match="label"):
        ak.validation_sample(news, predictions=said)
    with pytest.raises(ArgumentError, match="the code 'bad'"):
        ak.validate(sample, codes("Ann", a="bad"))
    with pytest.raises(MissingColumnError, match="coder"):
        ak.validate(sample, pd.DataFrame({"unit": ["a"], "code": ["neutral"]}))
    with pytest.raises(ArgumentError, match="`codes` is empty"):
        ak.validate(sample, [])
    with pytest.raises(PathMissingError, match=r"none\.csv"):
        ak.validate(sample, tmp_path / "none.csv")
