"""Pairs of actors and differences of slices: order, places, colours, words."""

import pandas as pd
import pytest
from matplotlib.colors import to_hex
from matplotlib.patches import Rectangle

from analystkit.errors import ArgumentError
from analystkit.plot import describe_plot, plot_co_mentions, plot_comparison
from analystkit.plot.style import NEGATIVE, POSITIVE, SHADE, UNSETTLED

PAIRS = [
    ("Russia", "Japan", 12, 40, 0.3, 0.2, 0.4, 20, 4.0, 0.4, 30.0, 9, ""),
    ("Japan", "Russia", 12, 20, 0.6, 0.4, 0.8, 40, 4.0, 0.4, 30.0, 9, ""),
    ("Russia", "Iran", 3, 40, 0.075, 0.0, 0.2, 50, 10.0, -0.3, 8.0, 3, "too few to say"),
    ("Iran", "Russia", 3, 50, 0.06, 0.0, 0.2, 40, 10.0, -0.3, 8.0, 3, "too few to say"),
]
COLUMNS = [
    "actor", "partner", "n", "denominator", "share", "low", "high", "n_partner", "expected", "npmi", "log_likelihood",
    "n_stories", "note",
]  # fmt: skip


@pytest.fixture
def pairs(answers):
    table = pd.DataFrame(PAIRS, columns=COLUMNS)
    return answers.of(
        table, by=("partner",), title="Who is named together in one sentence?", count="sentences",
        subtitle="share; in at least 3 of 100 sentences",
    )  # fmt: skip


@pytest.fixture
def difference(answers):
    nan = float("nan")
    rows = []
    for name, was, now, low, high, sign in [
        ("Russia", 0.2, 0.5, 0.1, 0.5, "higher"),
        ("Iran", 0.4, 0.15, -0.5, -0.1, "lower"),
        ("Japan", 0.3, 0.35, -0.1, 0.2, "not settled"),
    ]:
        rows.append((name, "June", 10, 50, was, was - 0.1, was + 0.1, nan, nan, nan, "", ""))
        rows.append((name, "July", 20, 50, now, now - 0.1, now + 0.1, now - was, low, high, sign, ""))
    columns = [
        "actor", "slice", "n", "denominator", "share", "low", "high", "difference", "difference_low", "difference_high",
        "sign", "note",
    ]  # fmt: skip
    return answers.of(
        pd.DataFrame(rows, columns=columns), by=("slice",), title="Which actors differ between June and July?"
    )


def test_the_matrix_holds_counts_and_leaves_rare_pairs_empty(pairs, ax) -> None:
    plot_co_mentions(pairs, ax=ax)
    assert [label.get_text() for label in ax.get_yticklabels()] == ["Iran", "Russia", "Japan"]
    cells = {
        patch.get_xy(): to_hex(patch.get_facecolor()) for patch in ax.patches if isinstance(patch, Rectangle)
    }
    numbers = {text.get_position(): text.get_text() for text in ax.texts}
    assert numbers == {(1.5, 0.5): "3", (0.5, 1.5): "3", (2.5, 1.5): "12", (1.5, 2.5): "12"}
    assert cells[0, 0] == cells[2, 0] == SHADE.lower()
    # More than by chance is blue, less is orange.
    blue, orange = (tuple(int(cells[place][i : i + 2], 16) for i in (1, 3, 5)) for place in ((2, 1), (1, 0)))
    assert blue[2] > blue[0]
    assert orange[0] > orange[2]


def test_partners_of_one_actor_are_ranked_dots(answers, pairs, ax, words) -> None:
    answer = answers.of(pairs.table[pairs.table["actor"] == "Russia"].reset_index(drop=True), by=("partner",))
    plot_co_mentions(answer, ax=ax)
    shown = [" ".join(label.get_text().replace("\u00a0", " ").split()) for label in ax.get_yticklabels()]
    assert shown == ["Japan (n = 12)", "Iran (n = 3)"]
    assert any("Hollow: fewer than 5 stories" in text for text in words(ax))


def test_a_matrix_is_readable(pairs, ax, assert_readable) -> None:
    plot_co_mentions(pairs, ax=ax)
    assert_readable(ax)


def test_differences_are_ranked_with_their_two_shares(difference, ax, words) -> None:
    plot_comparison(difference, ax=ax)
    assert [label.get_text() for label in ax.get_yticklabels()] == [
        "Russia (20% → 50%)", "Japan (30% → 35%)", "Iran (40% → 15%)",
    ]  # fmt: skip
    dots = ax.collections[1]
    assert [x for x, _ in dots.get_offsets().tolist()] == pytest.approx([0.3, 0.05, -0.25])
    assert [to_hex(color) for color in dots.get_edgecolors()] == [
        POSITIVE.lower(), UNSETTLED.lower(), NEGATIVE.lower(),
    ]  # fmt: skip
    said = words(ax)
    assert {"+30", "+5", "−25", "← more in June", "more in July → (percentage points)"} <= set(said)
    assert any("Grey: not settled." in text for text in said)


def test_only_the_first_differences_are_drawn_and_the_footer_says_so(difference, ax, words) -> None:
    plot_comparison(difference, n=2, ax=ax)
    assert len(ax.get_yticklabels()) == 2
    assert any("Shown: the 2 of 3 actors with the largest differences" in text for text in words(ax))


def test_pictures_are_told_in_words(pairs, difference) -> None:
    assert describe_plot(pairs, "co-mention") == (
        "Who is named together in one sentence? Matrix of 4 pairs; most strongly tied: Russia with Japan 30% (n = 12,"
        " NPMI +0.40), Japan with Russia 60% (n = 12, NPMI +0.40), Russia with Iran 8% (n = 3, NPMI −0.30)."
    )
    assert describe_plot(difference, "comparison") == (
        "Ranked dots. Which actors differ between June and July? 3 of 3 actors: Russia higher in July (20% in June, 50% in"
        " July); Iran lower in July (40% in June, 15% in July)."
    )


def test_answers_of_other_measures_are_refused(answers, pairs, ax) -> None:
    with pytest.raises(ArgumentError, match="holds no pairs of actors; give what `co_mentions` returned"):
        plot_co_mentions(answers.shares(3), ax=ax)
    with pytest.raises(ArgumentError, match="holds no differences; give what `compare` returned"):
        plot_comparison(pairs, ax=ax)
