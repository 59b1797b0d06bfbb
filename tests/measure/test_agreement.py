"""Agreement of coders beyond chance."""

from __future__ import annotations

import math

import numpy as np
import pytest

from analystkit.errors import ArgumentError
from analystkit.measure.agreement import cohen_kappa, krippendorff_alpha

GAP = math.nan
#: The example of Krippendorff (2011), "Computing Krippendorff's Alpha-Reliability", part C: 4 observers, 12 units.
PUBLISHED = [
    [1, 2, 3, 3, 2, 1, 4, 1, 2, GAP, GAP, GAP],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, GAP, 3],
    [GAP, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, GAP],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, GAP],
]


def test_kappa_of_fifty_units() -> None:
    """Both yes 20, both no 15, yes-no 5, no-yes 10: agree .7, by chance .5 * .6 + .5 * .4 = .5."""
    first = ["yes"] * 25 + ["no"] * 25
    second = ["yes"] * 20 + ["no"] * 5 + ["yes"] * 10 + ["no"] * 15
    assert cohen_kappa(first, second) == pytest.approx(0.4)


def test_kappa_weighs_units() -> None:
    """With weights 1, 1, 2: agree 3/4; by chance (1/4 * 2/4) + (3/4 * 2/4) = 1/2."""
    assert cohen_kappa(["a", "b", "b"], ["a", "a", "b"], [1, 1, 2]) == pytest.approx(0.5)


def test_kappa_of_coders_who_agree_less_than_by_chance_is_negative() -> None:
    assert cohen_kappa(["a", "b"], ["b", "a"]) == -1


@pytest.mark.parametrize("codes", [[], ["a", "a"]])
def test_kappa_is_unknown_where_nothing_can_differ(codes: list[str]) -> None:
    assert math.isnan(cohen_kappa(codes, codes))


def test_kappa_wants_one_code_each_per_unit() -> None:
    with pytest.raises(ArgumentError, match="`first` has 1 codes and `second` 2"):
        cohen_kappa(["a"], ["a", "b"])


@pytest.mark.parametrize(("level", "alpha"), [("nominal", 0.743), ("ordinal", 0.815), ("interval", 0.849)])
def test_alpha_is_that_of_the_published_example(level: str, alpha: float) -> None:
    assert krippendorff_alpha(PUBLISHED, level) == pytest.approx(alpha, abs=0.0005)


def test_alpha_of_two_codings_by_hand() -> None:
    """Units aa, bb, ab: observed 2/6; expected 2 * 3 * 3 / (6 * 5) = 3/5; 1 - (1/3) / (3/5) = 4/9."""
    assert krippendorff_alpha([[0, 1, 0], [0, 1, 1]]) == pytest.approx(4 / 9)


def test_alpha_by_interval_takes_far_codes_for_a_worse_disagreement() -> None:
    """Units (0, 0), (2, 2), (0, 1), values 0 0 0 1 2 2.

    Observed: (1 + 1) / 6 = 1/3. Expected: ordered pairs of values, squared distance: 0-1 3 * 1, 0-2 6 * 4, 1-2 2 * 1,
    each twice = 58, over 6 * 5: 58/30. Alpha 1 - (1/3) / (58/30) = 1 - 10/58 = 24/29.
    """
    assert krippendorff_alpha([[0, 2, 0], [0, 2, 1]], "interval") == pytest.approx(24 / 29)


def test_units_that_one_coder_saw_change_no_alpha() -> None:
    assert krippendorff_alpha([[0, 1, 0, 1], [0, 1, 1, GAP]]) == pytest.approx(4 / 9)


def test_alpha_is_one_for_the_same_codes_and_unknown_without_overlap() -> None:
    assert krippendorff_alpha([[0, 1, 2], [0, 1, 2]], "ordinal") == 1
    assert math.isnan(krippendorff_alpha([[0, GAP], [GAP, 1]]))
    assert math.isnan(krippendorff_alpha([[1, 1], [1, 1]]))


def test_alpha_knows_three_levels() -> None:
    with pytest.raises(ArgumentError, match="nominal"):
        krippendorff_alpha(np.zeros((2, 2)), "ratio")
