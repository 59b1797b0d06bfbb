"""Measures of words: counts worked out by hand, and each count open to where the word stands."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest

import analystkit as ak
from analystkit.errors import ArgumentError
from analystkit.measure.kwic import Concordance
from analystkit.measure.word_answer import WordAnswer
from tests.conftest import story


def collection_of(*texts: str, outlets: str = "", days: list[str] | None = None) -> ak.Collection:
    frame = pd.DataFrame({"text": texts, "outlet": list(outlets) or [""] * len(texts)})
    if days:
        frame["date"] = days
    return ak.from_frame(frame, progress=False)


def assert_opens(answer: WordAnswer) -> None:
    """Check that each count opens to as many places, with the words there."""
    bodies = answer.collection.articles.set_index("article_id")["body"]
    for row in answer.table.to_dict("records"):
        found = answer.evidence(**{name: row[name] for name in answer.keys})
        assert len(found) == row["n"]
        for one in found.itertuples():
            assert bodies[one.article_id][one.start : one.end] == one.surface
    for one in answer.sentences().itertuples():
        assert bodies[one.article_id][one.start : one.end] == one.text
        assert one.marks


PARTS = (
    "War and peace. War!",
    "The war went on; peace did not.",
    "Tea, tea and rice in the U.S. today.",
    "Rice and tea: no war.",
    "",
)


@pytest.fixture
def parts() -> ak.Collection:
    days = ["2024-01-05", "2024-01-20", "2024-03-01", "2024-03-02", "2024-03-03"]
    return collection_of(*PARTS, outlets="ABABA", days=days)


MEASURES = {
    "words": lambda c: ak.word_frequency(c),
    "pairs": lambda c: ak.word_frequency(c, n=2, marks="drop"),
    "patterns by month": lambda c: ak.word_frequency(c, ["war", "tea*", "and ?????"], by="month"),
    "keyness": lambda c: ak.keyness(c.filter(outlet="A"), reference=c, min_count=1),
    "collocations": lambda c: ak.collocations(c, min_count=1),
    "three words": lambda c: ak.collocations(c, size=3, min_count=1, marks="drop", measure="pmi"),
    "collocates": lambda c: ak.collocates(c, "war", window=2, min_count=1),
    "dispersion": lambda c: ak.dispersion(c, ["war", "rice and tea", "absent"], parts="month"),
    "equal parts": lambda c: ak.dispersion(c, parts=3),
    "bursts": lambda c: ak.bursts(ak.word_frequency(c, ["tea"], by="month"), gamma=0.1),
    "levels": lambda c: ak.change_points(ak.word_frequency(c, ["war", "tea"], by="month"), min_size=1),
    "bursts in time": lambda c: ak.bursts(
        ak.word_frequency(c, ["rice"], by="month"), factor=1.5, gamma=0.1, per="time"
    ),
}


@pytest.mark.parametrize("name", MEASURES)
def test_each_count_of_words_opens_to_where_they_stand(parts: ak.Collection, name: str) -> None:
    answer = MEASURES[name](parts)
    assert len(answer.table)
    assert_opens(answer)
    assert answer.limits
    assert answer.source


@pytest.mark.parametrize("name", [name for name in MEASURES if name != "keyness"])
def test_an_empty_collection_has_no_words(parts: ak.Collection, name: str) -> None:
    answer = MEASURES[name](parts.filter(since="2030-01-01"))
    assert answer.table.empty or not answer.table["n"].any()


def test_frequencies_are_counts_over_running_words(parts: ak.Collection) -> None:
    table = ak.word_frequency(parts).table.set_index("term")
    # 4 + 7 + 8 + 5 words; "U.S" is one.
    assert set(table["n_words"]) == {4 + 7 + 8 + 5}
    assert table.loc["war", ["n", "n_articles", "rank"]].tolist() == [4, 3, 1]
    assert table.loc["war", "per_1000_words"] == pytest.approx(1000 * 4 / 24)
    assert (table["low"] <= table["per_1000_words"]).all()
    assert (table["per_1000_words"] <= table["high"]).all()


def test_frequencies_by_month_have_gaps_where_there_are_no_articles(parts: ak.Collection) -> None:
    table = ak.word_frequency(parts, "tea", by="month").table
    assert table["month"].tolist() == ["2024-01", "2024-02", "2024-03"]
    assert table["n"].tolist() == [0, 0, 3]
    assert table["note"].tolist() == ["too few to say", "no articles", "too few to say"]
    # None in January's 11 words: the upper end of Poisson's interval, -ln(0.025) / 11.
    assert table["high"][0] == pytest.approx(-1000 * math.log(0.025) / 11)
    assert math.isnan(table["per_1000_words"][1])


def test_copies_of_a_story_count_once_unless_all_are_asked_for() -> None:
    text = story("Ministers met about wheat and wheat.")
    copies = collection_of(text, text + " They left.", story("Another story is told of rice."))
    assert copies.articles["story_id"].nunique() == 2
    once, all_ = (ak.word_frequency(copies, "wheat", copies=how).table["n"][0] for how in ("once", "all"))
    assert (once, all_) == (2, 4)


def test_pairs_do_not_cross_punctuation_unless_it_is_dropped() -> None:
    one = collection_of("tea, war and tea war")
    assert ak.word_frequency(one, "tea war").table["n"].tolist() == [1]
    assert ak.word_frequency(one, "tea war", marks="drop").table["n"].tolist() == [2]


def test_words_left_out_break_a_run() -> None:
    one = collection_of("cup of tea")
    assert ak.word_frequency(one, n=2, without=["of"]).table.empty


def test_capitals_stay_apart_where_asked() -> None:
    one = collection_of("The US told us.")
    assert dict(ak.word_frequency(one).table[["term", "n"]].to_numpy())["us"] == 2
    assert ak.word_frequency(one, case="acronyms").table["n"].tolist() == [1, 1, 1, 1]


def test_keyness_is_that_of_the_table_of_two_by_two(parts: ak.Collection) -> None:
    answer = ak.keyness(parts.filter(outlet="A"), reference=parts, min_count=1, correction="bonferroni")
    row = answer.table.set_index("term").loc["war"]
    # A has 4 + 8 words, B 7 + 5; "war" stands twice in each.
    assert row[["n", "n_reference"]].tolist() == [2, 2]
    assert row["keyness"] == pytest.approx(0)
    assert row["log_ratio"] == pytest.approx(0)
    assert row["sign"] == "too few to say"
    tea = answer.table.set_index("term").loc["tea"]
    # Two of 12 against one of 12.
    assert tea["log_ratio"] == pytest.approx(1)
    assert tea["percent_difference"] == pytest.approx(100)
    assert tea["odds_ratio"] == pytest.approx(2 * 11 / (10 * 1))
    assert tea["p_adjusted"] == 1
    assert len(answer.evidence(term="war", slice="reference")) == 2


def test_a_word_of_one_story_is_not_settled_however_often_it_is_said() -> None:
    texts = [f"word{i} item{i} note{i} plain plain" for i in range(20)]
    texts[0] = "xylophone " * 60
    split = collection_of(*texts, outlets="A" * 10 + "B" * 10)
    table = ak.keyness(split.filter(outlet="A"), reference=split).table.set_index("term")
    assert table.loc["xylophone", "p_adjusted"] < 1e-6
    assert table.loc["xylophone", "sign"] == "too few to say"


def test_what_is_in_all_stories_of_one_side_alone_is_settled() -> None:
    texts = [f"word{i} item{i} tea tea plain" for i in range(10)] + [
        f"word{i} item{i} rice plain plain" for i in range(10)
    ]
    split = collection_of(*texts, outlets="A" * 10 + "B" * 10)
    table = ak.keyness(split.filter(outlet="A"), reference=split).table.set_index("term")
    assert table.loc["tea", "sign"] == "more"
    assert table.loc["rice", "sign"] == "less"


def test_the_interval_over_stories_is_that_of_resampling_them() -> None:
    rng = np.random.default_rng(3)
    counts = rng.poisson(2, 200)
    texts = [f"a{i} " + "tea " * n + "rice " * (20 - n) for i, n in enumerate(counts)]
    row = ak.word_frequency(collection_of(*texts), "tea", copies="all").table.iloc[0]
    draws = rng.integers(200, size=(2000, 200))
    low, high = 1000 * np.quantile(counts[draws].sum(axis=1) / (21 * 200), [0.025, 0.975])
    assert row["low"] == pytest.approx(low, rel=0.03)
    assert row["high"] == pytest.approx(high, rel=0.03)


def test_slices_of_collections_loaded_apart_share_their_words() -> None:
    one, other = collection_of("tea war tea"), collection_of("war Tea rice")
    table = ak.keyness(one, reference=other, min_count=1).table.set_index("term")
    assert table.loc["tea", ["n", "n_reference"]].tolist() == [2, 1]
    assert table.loc["rice", ["n", "n_reference"]].tolist() == [0, 1]


def test_keyness_of_a_whole_against_itself_is_refused(parts: ak.Collection) -> None:
    with pytest.raises(ArgumentError, match="`reference` has no article that `target` has not"):
        ak.keyness(parts, reference=parts)


def test_a_pair_has_the_counts_of_its_words_as_first_and_second() -> None:
    one = collection_of("red tea. red tea. red rice. hot tea. a b.")
    row = ak.collocations(one, min_count=1).table.set_index("term").loc["red tea"]
    # Five pairs: red is first in three, tea second in three.
    assert row[["n", "n_first", "n_second"]].tolist() == [2, 3, 3]
    assert row["pmi"] == pytest.approx(math.log2(2 / (3 * 3 / 5)))
    assert row["log_dice"] == pytest.approx(14 + math.log2(2 * 2 / 6))
    assert row["log_odds"] == pytest.approx(math.log(2.5 * 1.5 / (1.5 * 1.5)))


def test_gaps_are_places_where_asked() -> None:
    one = collection_of("red of tea red tea")
    runs = ak.collocations(one, min_count=1, without=["of"]).table.set_index("term").loc["red tea"]
    places = (
        ak.collocations(one, min_count=1, without=["of"], whole="places")
        .table.set_index("term")
        .loc["red tea"]
    )
    # Unbroken: "tea red", "red tea". With gaps also "red -" and "- tea".
    assert runs[["n_first", "n_second"]].tolist() == [1, 1]
    assert places[["n_first", "n_second"]].tolist() == [2, 2]


def test_three_words_have_the_log_odds_of_all_eight_patterns() -> None:
    one = collection_of("a b c. a b d. x b c. y z w.")
    row = ak.collocations(one, size=3, min_count=1).table.set_index("term").loc["a b c"]
    # Runs that agree: abc 1, ab- 1, -bc 1, none 1; all other patterns 0.
    assert row["log_odds"] == pytest.approx(math.log(1.5 * 0.5 * 0.5 * 0.5 / (1.5 * 1.5 * 0.5 * 1.5)))
    assert row["log_odds_z"] == pytest.approx(row["log_odds"] / math.sqrt(4 / 1.5 + 4 / 0.5))


def test_collocates_count_words_in_the_window_once_and_pairs_each() -> None:
    one = collection_of("a b c war d war e f")
    table = ak.collocates(one, "war", window=2, min_count=1).table.set_index("term")
    assert table["n"].to_dict() == {"b": 1, "c": 1, "d": 1, "e": 1, "f": 1, "war": 2}
    assert table.loc["d", "n_pairs"] == 2
    left = ak.collocates(one, "war", window=2, side="left", min_count=1).table["term"]
    assert set(left) == {"b", "c", "d", "war"}


@pytest.mark.parametrize(
    ("sort", "keywords"),
    [
        ("text", ["Sanctions", "sanctioned", "sanctions", "sanctions"]),
        ("right", ["sanctions", "sanctions", "sanctioned", "Sanctions"]),
        (["L1"], ["Sanctions", "sanctioned", "sanctions", "sanctions"]),
        ("keyword", ["sanctioned", "Sanctions", "sanctions", "sanctions"]),
    ],
)
def test_lines_are_sorted_as_asked(sort: str | list[str], keywords: list[str]) -> None:
    texts = ["Sanctions hit. A sanctioned firm left.", "More sanctions\ncame. New sanctions, again."]
    one = collection_of(*texts, days=["2024-01-01", "2024-01-02"])
    found = ak.kwic(one, "sanction*", window=3, sort=sort)
    assert found.table["keyword"].tolist() == keywords


def test_a_line_is_the_text_itself(parts: ak.Collection) -> None:
    found = ak.kwic(parts, "rice", window=2)
    assert isinstance(found, Concordance)
    bodies = parts.articles.set_index("article_id")["body"]
    for row in found.table.itertuples():
        body = bodies[row.article_id]
        assert body[row.start : row.end] == row.keyword
        assert body[: row.start].rstrip().endswith(row.before)
        assert body[row.end :].lstrip().startswith(row.after)
    assert found.table["before"].tolist() == ["tea and", ""]
    assert found.table["after"].tolist() == ["in the", "and tea"]
    evidence = found.evidence()
    assert evidence["sentence_id"].tolist() == [0, 0]
    assert found.sentences()["text"].tolist() == [PARTS[2], PARTS[3]]


def test_a_sample_of_lines_is_the_same_each_time(parts: ak.Collection) -> None:
    whole = ak.kwic(parts, ["war", "tea"])
    some = ak.kwic(parts, ["war", "tea"], sample=3)
    assert (len(whole.table), whole.n) == (7, 7)
    assert (len(some.table), some.n) == (3, 7)
    assert "3 drawn at random" in some.describe()
    pd.testing.assert_frame_equal(some.table, ak.kwic(parts, ["war", "tea"], sample=3).table)


def test_phrases_are_found_across_neither_texts_nor_marks(parts: ak.Collection) -> None:
    assert ak.kwic(parts, "peace war").n == 0
    assert ak.kwic(parts, "the u.s").n == 1
    assert ak.kwic(parts, "nothing*").table.empty


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda c: ak.kwic(c, " "), "`pattern` is ' '"),
        (lambda c: ak.kwic(c, "war", window=-1), "`window` is -1"),
        (lambda c: ak.kwic(c, "war", sort="up"), "`sort` is 'up'; allowed: 'text'"),
        (lambda c: ak.kwic(c, "war", sort=["X1"]), "`sort` holds 'X1'"),
        (lambda c: ak.kwic(c, "war", sample=0), "`sample` is 0"),
        (lambda c: ak.word_frequency(c, []), "`terms` is empty"),
        (lambda c: ak.word_frequency(c, n=0), "`n` is 0"),
        (lambda c: ak.word_frequency(c, marks="skip"), "`marks` is 'skip'"),
        (lambda c: ak.collocations(c, size=9), "`size` is 9; give 2 to 5"),
        (lambda c: ak.collocations(c, size=3, measure="t"), "`measure` is 't'; allowed: 'log_odds'"),
        (lambda c: ak.collocates(c, "war", side="up"), "`side` is 'up'"),
        (lambda c: ak.dispersion(c, "war", parts=0), "`parts` is 0"),
        (lambda c: ak.dispersion(c, "war", parts="city"), "`parts` is 'city'"),
        (lambda c: ak.bursts(ak.word_frequency(c)), "`answer` is by"),
        (lambda c: ak.bursts(ak.word_frequency(c, by="month"), per="day"), "`per` is 'day'"),
        (lambda c: ak.bursts(ak.coverage(c, by="month")), "or per='time'"),
        (lambda c: ak.word_frequency(c).evidence(term="wat"), "Did you mean 'war'"),
        (lambda c: ak.word_frequency(c).evidence(word="war"), "`word` is no key of this answer"),
        (lambda c: ak.word_frequency(c).evidence(slice="other"), "`slice` is 'other'"),
    ],
)
def test_bad_input_is_named(parts: ak.Collection, call: object, message: str) -> None:
    with pytest.raises(ArgumentError, match=message.replace("(", r"\(")):
        call(parts)  # type: ignore[operator]


def test_dispersion_over_parts_takes_their_sizes(parts: ak.Collection) -> None:
    table = ak.dispersion(parts, "war", parts="outlet", measures=["gries_dp", "range", "arf"]).table
    # War: 2 of 12 words in A, 2 of 12 in B.
    assert table[["n", "n_parts", "range"]].iloc[0].tolist() == [4, 2, 2]
    assert table["gries_dp"][0] == pytest.approx(0)


def test_terms_stand_where_they_are_published() -> None:
    from analystkit.measure.spread import term_positions

    one = collection_of("tea a b", "c tea", days=["2024-02-01", "2024-01-01"])
    positions = term_positions(ak.dispersion(one, "tea"))
    # The second text is first: c, tea, tea, a, b.
    assert sorted(positions["position"]) == [1 / 5, 2 / 5]


def test_what_drove_a_burst_are_its_stories_and_words() -> None:
    texts = [f"calm{i} day{i} nothing much was said of it" for i in range(8)] + [
        "tea tea tea strike",
        "tea strike now",
    ]
    days = [f"2024-0{1 + i // 2}-1{i % 2}" for i in range(10)]
    one = collection_of(*texts, days=days)
    found = ak.bursts(ak.word_frequency(one, ["tea"], by="month"))
    assert found.table[["term", "period", "n"]].to_numpy().tolist() == [["tea", "2024-05", 4]]
    why = ak.drivers(found, term="tea", period="2024-05")
    assert why.stories["n"].tolist() == [3, 1]
    assert why.stories["share"].tolist() == [3 / 4, 1 / 4]
    assert why.words.table["term"].iloc[0] in {"tea", "strike"}


def test_a_month_that_ends_early_counts_with_its_share() -> None:
    days = [f"2024-{month:02}-{day:02}" for month in (1, 2) for day in range(1, 11)] + ["2024-03-01"]
    one = collection_of(*[f"A tale of town{i}" for i in range(len(days))], days=days)
    found = ak.change_points(ak.coverage(one, by="month"), per="time", n_changes=0)
    # 1 January to 1 March: two months and one day of 31.
    assert found.table["period"].tolist() == ["2024-01 to 2024-03"]
    assert found.table[["n", "exposure", "rate"]].iloc[0].tolist() == pytest.approx(
        [21, 2 + 1 / 31, 21 / (2 + 1 / 31)]
    )
    # Garwood's interval of 21: 12.999 to 32.101.
    assert (found.table[["low", "high"]] * (2 + 1 / 31)).iloc[0].tolist() == pytest.approx(
        [12.999, 32.101], abs=1e-3
    )
    assert len(found.evidence(period="2024-01 to 2024-03")) == 21
    assert "n per month, one observed in part" in found.subtitle
    narrowed = one.filter(since="2024-01-06", until="2024-02-29")
    exposure = ak.change_points(ak.coverage(narrowed, by="month"), per="time", n_changes=0).table["exposure"]
    assert exposure.tolist() == pytest.approx([26 / 31 + 1])


def test_a_burst_in_time_is_of_the_rate_and_not_of_the_share() -> None:
    days = [f"2024-0{month}-0{day}" for month in range(1, 7) for day in range(1, 10 if month == 4 else 3)]
    one = collection_of(*[f"Tea {i}, tea told of town{i}" for i in range(len(days))], days=days)
    in_time = ak.bursts(ak.coverage(one, by="month"), per="time")
    assert in_time.table[["period", "n", "rate"]].to_numpy().tolist() == [["2024-04", 9, 9]]
    assert in_time.table["usual"].tolist() == pytest.approx([19 / (5 + 2 / 30)])
    assert ak.drivers(in_time, period="2024-04").stories["n"].sum() == 9
    assert ak.bursts(ak.word_frequency(one, ["tea"], by="month")).table.empty


def test_bursts_of_actors_open_to_their_stories() -> None:
    texts = ["Russia spoke. China too."] + [f"China met Japan on day {i} of the talks." for i in range(9)]
    days = ["2024-01-01", *[f"2024-0{2 + i // 3}-0{1 + i % 3}" for i in range(9)]]
    one = collection_of(*texts, days=days)
    answer = ak.bursts(ak.actor_frequency(one, by="month"), gamma=0.1)
    assert answer.table[["actor", "period", "n"]].to_numpy().tolist() == [["Russia", "2024-01", 1]]
    assert len(answer.evidence(actor="Russia", period="2024-01")) == 1
    assert ak.drivers(answer, actor="Russia", period="2024-01").stories["n"].tolist() == [1]


def test_stories_and_not_their_copies_say_whether_a_word_is_carried_by_few() -> None:
    texts = [story(f"{letter * 12} is told of rice.") for letter in "abcdefgh"]
    copies = [story("The xylophone fell.")] * 6
    frame = pd.DataFrame({"text": [*texts, *copies], "outlet": ["B"] * 4 + ["A"] * 10})
    split = ak.from_frame(frame, progress=False)
    assert split.articles["story_id"].nunique() == 9
    found = ak.keyness(split.filter(outlet="A"), reference=split, copies="all").table.set_index("term")
    assert found.loc["xylophone", ["n", "n_articles", "sign"]].tolist() == [6, 6, "too few to say"]
