"""The chain of labels: best labels and probabilities, against all labellings written out."""

import itertools
import math

import numpy as np
import pytest

from analystkit.annotate.actors.chain import beliefs, best_labels, sentences_of
from analystkit.annotate.actors.labels import (
    LABELS,
    label_tokens,
    may_begin,
    may_end,
    may_follow,
    read_labels,
)

Labelling = tuple[int, ...]


def labellings(length: int) -> list[Labelling]:
    follow, begin, end = may_follow(), may_begin(), may_end()
    return [
        labels
        for labels in itertools.product(range(len(LABELS)), repeat=length)
        if begin[labels[0]] and end[labels[-1]] and all(follow[a, b] for a, b in itertools.pairwise(labels))
    ]


@pytest.fixture(scope="module")
def chain() -> tuple[np.ndarray, np.ndarray, np.ndarray]:  # type: ignore[type-arg]
    draw = np.random.default_rng(7)
    n = len(LABELS)
    sequence = np.array([0, 0, 0, 1, 2, 2])
    return (
        draw.normal(size=(6, n)).astype(np.float32),
        draw.normal(size=(n, n)).astype(np.float32),
        sequence,
    )


def test_labels_and_probabilities_are_those_of_all_labellings(
    chain: tuple[np.ndarray, np.ndarray, np.ndarray],  # type: ignore[type-arg]
) -> None:
    scores, steps, sequence = chain
    sentences = sentences_of(sequence)
    labels = best_labels(scores, steps, sentences)
    believed = beliefs(scores, steps, sentences)
    log_sum = 0.0
    for number in range(3):
        own = np.flatnonzero(sequence == number)
        worth = {
            labelling: math.exp(
                sum(float(scores[at, label]) for at, label in zip(own, labelling, strict=True))
                + sum(float(steps[a, b]) for a, b in itertools.pairwise(labelling))
            )
            for labelling in labellings(len(own))
        }
        assert tuple(labels[own]) == max(worth, key=lambda labelling: worth[labelling])
        total = sum(worth.values())
        log_sum += math.log(total)
        for place, at in enumerate(own):
            for label in range(len(LABELS)):
                share = sum(w for labelling, w in worth.items() if labelling[place] == label) / total
                assert believed.labels[at, label] == pytest.approx(share, abs=1e-6)
    assert believed.log_sum == pytest.approx(log_sum, abs=1e-5)
    # Steps inside sentences: two in the first, none in the second, one in the third.
    assert believed.pairs.sum() == pytest.approx(3)


def test_no_tokens_give_no_labels() -> None:
    none = np.zeros(0, dtype=np.int64)
    scores = np.zeros((0, len(LABELS)), dtype=np.float32)
    steps = np.zeros((len(LABELS), len(LABELS)), dtype=np.float32)
    assert len(best_labels(scores, steps, sentences_of(none))) == 0
    assert beliefs(scores, steps, sentences_of(none)).labels.shape == (0, len(LABELS))


def test_labels_spell_the_spans_they_were_made_of() -> None:
    #         0         1         2
    #         0123456789012345678901234567
    # "Kim Jong-un met NATO in Oslo"
    starts = np.array([0, 4, 8, 9, 12, 16, 21, 24])
    ends = np.array([3, 8, 9, 11, 15, 20, 23, 28])
    spans = [(0, 11, "person"), (16, 20, "organisation"), (24, 28, "place")]
    labels = label_tokens(starts, ends, spans)
    assert [LABELS[label] for label in labels] == [
        *("B-person", "I-person", "I-person", "L-person"),
        *("O", "U-organisation", "O", "U-place"),
    ]
    read = read_labels(labels.tolist(), starts.tolist(), ends.tolist())
    assert [(start, end, kind) for _, _, start, end, kind in read] == spans
