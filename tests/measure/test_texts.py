"""Scores of texts and series: formulas against figures worked out by hand or printed in papers."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest

import analystkit as ak
from analystkit.errors import ArgumentError
from analystkit.measure import association, dispersion
from analystkit.measure.readability import FORMULAS
from analystkit.measure.syllables import count_syllables
from benchmarks.quality.series import COAL, NILE
from tests.measure.test_answers import assert_counts_are_evidence


def test_the_flow_of_the_nile_changed_once_between_1898_and_1899() -> None:
    found = ak.find_change_points(NILE)
    assert [1871 + start for start in found["start"]] == [1871, 1899]
    assert found["level"].tolist() == pytest.approx([np.mean(NILE[:28]), np.mean(NILE[28:])])
    assert found["low"][1] <= 28 <= found["high"][1]


def test_disasters_in_coal_mines_became_rarer_after_1891() -> None:
    found = ak.find_change_points(COAL, model="poisson")
    assert [1851 + end - 1 for end in found["end"]] == [1891, 1962]
    assert found["level"].tolist() == pytest.approx([127 / 41, 64 / 71])
    # The last was on 22 March 1962, so that of its year 81 days of 365 were observed.
    seen = ak.covered_shares([str(year) for year in range(1851, 1963)], until="1962-03-22")
    rates = ak.find_change_points(COAL, seen, model="poisson")["level"].tolist()
    assert rates == pytest.approx([127 / 41, 64 / (70 + 81 / 365)])
    # Raftery & Akman (1986): between 1887 and 1895.
    assert 1851 + found["low"][1] - 1 == pytest.approx(1887, abs=1)
    assert 1851 + found["high"][1] - 1 == pytest.approx(1895, abs=1)


@pytest.mark.parametrize(
    ("times", "since", "until", "shares"),
    [
        (["2024"], "2024-12-31", None, [1 / 366]),
        (["2024-01", "2024-02", "2024-03"], "2024-01-31", "2024-02-10", [1 / 31, 10 / 29, 0]),
        (["2025-W01", "2025-W02"], "2024-12-31", "2025-01-06", [6 / 7, 1 / 7]),
        (["2024-02-29", "2024-03-01"], None, "2024-02-29", [1, 0]),
        ([], None, None, []),
    ],
)
def test_periods_count_with_the_share_of_their_days_that_was_observed(
    times: list[str], since: str | None, until: str | None, shares: list[float]
) -> None:
    assert ak.covered_shares(times, since=since, until=until).tolist() == pytest.approx(shares)


def test_all_segmentations_are_compared() -> None:
    rng = np.random.default_rng(5)
    values = rng.normal(size=9)
    found = ak.find_change_points(values, n_changes=2, min_size=1)["start"].tolist()

    def cost(a: int, b: int) -> float:
        return float(np.square(values[a:b] - values[a:b].mean()).sum())

    pairs = [(a, b) for a in range(1, 8) for b in range(a + 1, 9)]
    best = min(pairs, key=lambda cut: cost(0, cut[0]) + cost(cut[0], cut[1]) + cost(cut[1], 9))
    assert found == [0, *best]


def test_noise_and_little_data_have_no_changes() -> None:
    assert len(ak.find_change_points([5, 6, 5, 6, 5, 6, 5, 6])) == 1
    assert len(ak.find_change_points([5.0])) == 1
    assert ak.find_change_points([]).empty


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: ak.find_change_points([1, math.nan]), "must not hold NaN"),
        (lambda: ak.find_change_points([3], [2], model="binomial"), "`values` must not exceed `totals`"),
        (lambda: ak.find_change_points([3], model="binomial"), "`totals` is None"),
        (lambda: ak.find_change_points([-1], model="poisson"), "must not be negative"),
        (lambda: ak.find_change_points([1, 2, 3], n_changes=5), "3 values bear 0 to 0 changes"),
        (lambda: ak.find_change_points([1], min_size=0), "`min_size` is 0"),
        (lambda: ak.burst_states([1], [2], decoding="fast"), "`decoding` is 'fast'"),
        (lambda: ak.burst_states([3], [2]), "`counts` must lie between 0 and `totals`"),
        (lambda: ak.burst_states([1], [0], model="poisson"), "where nothing was observed"),
        (lambda: ak.covered_shares(["May"]), "`times` holds 'May'"),
        (lambda: ak.covered_shares(["2024-13"]), "`times` holds '2024-13'"),
        (lambda: ak.covered_shares(["2024"], since="soon"), "`since` is 'soon'"),
        (lambda: ak.covered_shares(["2024"], since="2024-02-01", until="2024-01-01"), "after `until`"),
        (lambda: ak.score_readability("one"), "`texts` is a single str"),
        (lambda: ak.score_diversity(["one"], counted="letters"), "`counted` is 'letters'"),
        (lambda: ak.term_matrix("one"), "`texts` is a single str"),
        (lambda: ak.similarity(["a"], by="outlet"), "`by` is 'outlet'"),
        (lambda: association.adjusted([0.1], "best"), "`method` is 'best'"),
        (lambda: ak.score_dispersion([1, 2], [1]), "must be flat and of one length"),
    ],
)
def test_bad_input_is_named(call: object, message: str) -> None:
    with pytest.raises(ArgumentError, match=message):
        call()  # type: ignore[operator]


def test_a_greedy_search_enters_a_burst_later_than_the_exact_one() -> None:
    counts, totals = [0, 2, 1, 6, 7, 2, 8, 7, 2, 1], [9, 11, 12, 10, 10, 8, 12, 10, 13, 11]
    assert ak.burst_states(counts, totals).tolist() == [0, 0, 0, 1, 1, 0, 1, 1, 0, 0]
    assert ak.burst_states(counts, totals, decoding="greedy").tolist() == [0, 0, 0, 0, 1, 0, 1, 1, 0, 0]


def test_many_tests_are_corrected() -> None:
    p = [0.01, 0.02, 0.03, 0.5]
    assert association.adjusted(p, "bonferroni") == pytest.approx([0.04, 0.08, 0.12, 1])
    assert association.adjusted(p, "holm") == pytest.approx([0.04, 0.06, 0.06, 0.5])
    assert association.adjusted(p, "bh") == pytest.approx([0.04, 0.04, 0.04, 0.5])
    assert association.adjusted([], "holm").tolist() == []


def test_the_prior_draws_rare_words_to_nothing() -> None:
    rare, frequent = association.log_odds_prior_z(
        association.table_of([2, 200], [2, 300], [10_000, 10_000], [20_000, 20_000]), [1, 150], 500
    )
    # (2 + 1) / 10,500 against 1 / 10,500: ln(3) over the root of 1/3 + 1, near enough.
    assert rare == pytest.approx(math.log(3) / math.sqrt(4 / 3), abs=0.001)
    assert frequent > 2 * rare


def test_measures_are_those_of_the_functions() -> None:
    scores = ak.score_association(10, 20, 20, 100).iloc[0]
    # Expected 4: phi = (10 x 70 - 10 x 10) / (20 x 80).
    assert scores["phi_square"] == pytest.approx((600 / 1600) ** 2)
    assert scores["chi_square"] == pytest.approx(100 * (600 / 1600) ** 2)
    assert scores["jaccard"] == pytest.approx(10 / 30)
    assert scores["mi2"] == pytest.approx(math.log2(100 / 4))
    assert scores["relative_risk"] == pytest.approx((10 / 20) / (10 / 80))


def test_measures_that_nltk_has_are_equal() -> None:
    theirs = pytest.importorskip("nltk.metrics.association").BigramAssocMeasures
    names = {
        "raw_freq": "relative_frequency",
        "student_t": "t",
        "chi_sq": "chi_square",
        "mi_like": "mi_like",
        "pmi": "pmi",
        "likelihood_ratio": "log_likelihood",
        "poisson_stirling": "poisson_stirling",
        "jaccard": "jaccard",
        "phi_sq": "phi_square",
        "dice": "dice",
    }
    for both, first, second, every in [(8, 20, 30, 1000), (2, 5, 90, 400), (30, 31, 32, 5000)]:
        ours = ak.score_association(both, first, second, every).iloc[0]
        for name, own in names.items():
            assert ours[own] == pytest.approx(getattr(theirs, name)(both, (first, second), every)), name


@pytest.mark.parametrize("ratio", ["fisher_odds_ratio", "fisher_odds_ratio_r"])
def test_fisher_s_odds_ratio_is_that_of_r(ratio: str) -> None:
    # R: fisher.test(matrix(c(3, 1, 1, 3), 2)) prints 6.408309 and p = 0.4857.
    row = ak.score_association(3, 4, 4, 8, measures=[ratio]).iloc[0]
    assert row[ratio] == pytest.approx(6.408309, abs=1e-4)
    assert row["fisher_p"] == pytest.approx(0.4857, abs=1e-4)


def test_dispersion_says_which_end_is_even() -> None:
    scores = ak.score_dispersion([[4, 4, 4, 4], [16, 0, 0, 0]], [100] * 4)
    even = {
        "juilland_d": 1,
        "carroll_d2": 1,
        "rosengren_s": 1,
        "gries_dp": 0,
        "gries_dp_norm": 0,
        "burch_da": 1,
    }
    uneven = {
        "juilland_d": 0,
        "carroll_d2": 0,
        "rosengren_s": 1 / 4,
        "gries_dp": 3 / 4,
        "gries_dp_norm": 1,
        "burch_da": 0,
    }
    for name in even:
        assert scores[name].tolist() == pytest.approx([even[name], uneven[name]])
    assert scores["conventional_dp"].tolist() == pytest.approx([1, 1 / 4])
    assert set(dispersion.OVER_PARTS) == set(scores.columns)


@pytest.mark.parametrize(
    ("word", "n"),
    [
        ("the", 1),
        ("people", 2),
        ("interest", 3),
        ("Jong-un's", 2),
        ("sanctions", 2),
        ("1987", 1),
        ("don’t", 1),
        ("", 1),
    ],
)
def test_syllables_are_those_of_the_dictionary_or_of_rules(word: str, n: int) -> None:
    assert count_syllables(word) == n


def test_formulas_are_made_of_counts() -> None:
    # 12 words in 2 sentences; "government" has three syllables and ten letters, 15 syllables in all.
    text = "The government said no. The cat sat on the red mat."
    row = ak.score_readability([text], counts=True).iloc[0]
    assert row[["n_words", "n_sentences", "n_syllables", "n_of_three"]].tolist() == [11, 2, 13, 1]
    assert row["flesch"] == pytest.approx(206.835 - 1.015 * 11 / 2 - 84.6 * 13 / 11)
    assert row["fog"] == pytest.approx(0.4 * (11 / 2 + 100 / 11))
    assert row["lix"] == pytest.approx(11 / 2 + 100 / 11)
    assert row["rix"] == pytest.approx(1 / 2)


def test_every_formula_has_a_number_for_a_text_and_none_for_nothing() -> None:
    scores = ak.score_readability(["A plain sentence of the paper says something. Another follows it.", ""])
    assert list(scores.columns) == list(FORMULAS)
    assert scores.iloc[0].notna().all()
    assert scores.iloc[1].isna().all()


def test_textstat_counts_sentences_of_three_words_and_more() -> None:
    text = "Yes. It's a well-known paper, isn't it? No."
    rows = [
        ak.score_readability([text], rules=rules, counts=True).iloc[0] for rules in ("quanteda", "textstat")
    ]
    assert [row["n_sentences"] for row in rows] == [3, 1]
    assert [row["n_words"] for row in rows] == [9, 8]


def test_diversity_counts_what_it_is_told_to() -> None:
    text = "Tea, tea and 2 cups."
    types = [
        ak.score_diversity([text], counted=counted, measures=["ttr"]).to_numpy().tolist()[0]
        for counted in ("words", "words and numbers", "all")
    ]
    assert types == [[4, 3, 3 / 4], [5, 4, 4 / 5], [7, 6, 6 / 7]]
    assert math.isnan(ak.score_diversity([""])["ttr"][0])


def test_scores_of_articles_open_to_the_articles(collection: ak.Collection) -> None:
    for answer in (
        ak.readability(collection, by="outlet", measures=["lix"]),
        ak.diversity(collection, measures=["ttr", "mtld"], window=10),
        ak.diversity(collection, window=1000),
    ):
        assert_counts_are_evidence(answer)
    table = ak.readability(collection, by="outlet", measures=["lix"]).table
    assert table["n"].tolist() == [3, 2]  # the copies count once
    assert set(table["note"]) == {"too few to say"}


def test_weights_of_the_term_matrix() -> None:
    texts = ["this is a a sample", "this is another another example example example"]
    counts = ak.term_matrix(texts)
    assert counts.frame().loc[1, "example"] == 3
    assert counts.weighted("share").frame().loc[1, "example"] == pytest.approx(3 / 7)
    assert counts.weighted("tfidf_share").frame().loc[1, "example"] == pytest.approx(3 / 7 * math.log10(2))
    assert counts.weighted("tfidf").frame().loc[1, "this"] == 0
    assert counts.weighted("log").frame().loc[1, "example"] == pytest.approx(1 + math.log10(3))
    assert ak.term_matrix(texts, min_texts=2).terms.to_pylist() == ["this", "is"]
    assert "a" not in ak.term_matrix(texts, without=ak.stopwords()).terms.to_pylist()


def test_the_term_matrix_is_that_of_scikit_learn() -> None:
    sklearn = pytest.importorskip("sklearn.feature_extraction.text")
    texts = ["Tea and war, and tea.", "War again", "", "rice rice tea"]
    theirs = sklearn.TfidfVectorizer().fit(texts)
    ours = ak.term_matrix(texts, weight="tfidf_smooth").frame()
    expected = pd.DataFrame(theirs.transform(texts).toarray(), columns=theirs.get_feature_names_out())
    pd.testing.assert_frame_equal(ours[sorted(ours)], expected[sorted(expected)], check_dtype=False)


@pytest.mark.parametrize(
    ("measure", "value"),
    [
        ("cosine", 2 / math.sqrt(5 * 2)),
        ("jaccard", 1 / 3),
        ("dice", 2 * 1 / 4),
        ("ejaccard", 2 / (5 + 2 - 2)),
        ("simple_matching", 1 / 3),
        ("hamman", -1 / 3),
        ("manhattan", 1 + 1 + 1),
        ("euclidean", math.sqrt(3)),
        ("maximum", 1),
        ("correlation", (2 - 3 * 2 / 3) / math.sqrt((5 - 9 / 3) * (2 - 4 / 3))),
    ],
)
def test_likeness_of_two_texts(measure: str, value: float) -> None:
    # Tea twice, war once; tea once, rice once.
    table = ak.similarity(["tea tea war", "tea rice"], measure=measure)
    assert table["1"][0] == pytest.approx(value)


def test_outlets_are_compared_as_one_text_each(collection: ak.Collection) -> None:
    table = ak.similarity(collection, by="outlet")
    assert table["item"].tolist() == ["Bell", "Lamp"]
    assert table["Bell"][0] == pytest.approx(1)
    assert 0 < table["Lamp"][0] < 1
