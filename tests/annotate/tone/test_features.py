"""Who does what to whom, and which tone stands where."""

from __future__ import annotations

import numpy as np
import pytest

from analystkit.annotate.tone.features import N_DENSE, NAMES, dense
from analystkit.annotate.tone.reading import Words, read


def numbers(text: str, target: str) -> dict[str, float]:
    """Return the features of a target that are not 0, by name."""
    start = text.index(target)
    row = dense(read([text], [(start, start + len(target))], Words(["the", "a"])))[0]
    return {name: round(float(value), 3) for name, value in zip(NAMES, row, strict=True) if value}


@pytest.mark.parametrize(
    ("text", "target", "part"),
    [
        ("Ann condemned Bob.", "Ann", "verb condemn: acts"),
        ("Ann condemned Bob.", "Bob", "verb condemn: acted upon"),
        ("Ann was condemned by Bob.", "Ann", "verb condemn: acted upon"),
        ("Ann was condemned by Bob.", "Bob", "verb condemn: acts"),
        ("Ann, who was sharply condemned, left.", "Ann", "verb condemn: acted upon"),
        ("Cy met Ann and condemned Bob.", "Cy", "verb condemn: behind"),
        ("Cy condemned Ann and met Bob.", "Bob", "verb condemn: before"),
        ("Then criticism of Ann grew.", "Ann", "noun condemn: toward target"),
        ("Then criticism by Ann grew.", "Ann", "noun condemn: of target"),
        ("Then Ann's lies spread.", "Ann", "noun wrong: of target"),
    ],
)
def test_the_part_of_the_target_follows_voice_and_preposition(text: str, target: str, part: str) -> None:
    assert numbers(text, target)[part] == 1


def test_a_negated_verb_counts_the_other_way() -> None:
    assert numbers("Ann did not condemn Bob.", "Bob")["verb condemn: acted upon"] == -0.7


def test_tone_words_are_summed_by_where_they_stand() -> None:
    found = numbers("The good Ann is a liar.", "Ann")
    assert found["vader + modifier"] == pytest.approx(1.9 / 4)
    assert found["our_nouns - complement"] == 1
    assert found["our_nouns - behind, fading"] == pytest.approx(np.exp(-3 / 5), abs=1e-3)
    assert "vader + behind" not in found


def test_every_target_has_a_row_of_its_own_whatever_stands_beside_it() -> None:
    texts = ["Ann condemned Bob.", "Bob was thanked.", "Cy"]
    spans = [(14, 17), (0, 3), (0, 2)]
    words = Words(["the"])
    together = dense(read(texts, spans, words))
    assert together.shape == (3, N_DENSE)
    for place in range(3):
        alone = dense(read(texts[place : place + 1], spans[place : place + 1], words))
        np.testing.assert_allclose(alone[0], together[place], atol=1e-6)


def test_nothing_gives_no_rows() -> None:
    assert dense(read([], [], Words(["the"]))).shape == (0, N_DENSE)
