"""A linear chain over the labels of sentences: the best labels, and how probable each label is at each token.

All sentences are worked on at once, token by token: first all first tokens, then all second ones ... The sentences stand
with the longest first, so those that still go on are always the first few.
"""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from analystkit.annotate.actors.labels import may_begin, may_end, may_follow

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]

_NEVER: Final = np.float32(-1e4)


class Sentences(NamedTuple):
    """Where the sentences begin among all tokens and how long they are, the longest first."""

    begins: Ints
    lengths: Ints

    def steps(self) -> list[tuple[int, int]]:
        """Return the number of the token inside its sentence and how many sentences have such a token."""
        if not len(self.lengths):
            return []
        longest = int(self.lengths[0])
        alive = np.searchsorted(-self.lengths, -np.arange(longest), side="left")
        return [(at, int(n)) for at, n in enumerate(alive)]


def sentences_of(sequence: Ints) -> Sentences:
    """Return the sentences of tokens that are numbered by sentence.

    >>> sentences_of(np.array([0, 0, 1, 1, 1]))
    Sentences(begins=array([2, 0]), lengths=array([3, 2]))
    """
    begins = (
        np.flatnonzero(np.concatenate([[True], sequence[1:] != sequence[:-1]])) if len(sequence) else sequence
    )
    lengths = np.diff(np.append(begins, len(sequence)))
    order = np.argsort(-lengths, kind="stable")
    return Sentences(begins[order], lengths[order])


def best_labels(scores: Floats, transitions: Floats, sentences: Sentences) -> Ints:
    """Return the labels of all tokens that together score best (Viterbi)."""
    labels = np.zeros(len(scores), dtype=np.int64)
    steps = sentences.steps()
    if not steps:
        return labels
    begins = sentences.begins
    moves = np.where(may_follow(), transitions, _NEVER).T.copy()  # a row for each label that comes
    reached = scores[begins] + np.where(may_begin(), np.float32(0), _NEVER)
    came_from = []
    for at, alive in steps[1:]:
        ways = reached[:alive, None, :] + moves
        best = ways.argmax(axis=2)
        came_from.append(best)
        reached[:alive] = (
            np.take_along_axis(ways, best[:, :, None], axis=2)[:, :, 0] + scores[begins[:alive] + at]
        )
    current = (reached + np.where(may_end(), np.float32(0), _NEVER)).argmax(axis=1)
    for at, alive in reversed(steps):
        labels[begins[:alive] + at] = current[:alive]
        if at:
            current[:alive] = np.take_along_axis(came_from[at - 1], current[:alive, None], axis=1)[:, 0]
    return labels


class Beliefs(NamedTuple):
    """What a chain holds for likely.

    Attributes
    ----------
    labels
        The probability of each label at each token.
    pairs
        How often each label is expected to be followed by each, over all sentences.
    log_sum
        The logarithm of the sum over all labellings of all sentences, of e to their score.
    """

    labels: NDArray[np.float64]
    pairs: NDArray[np.float64]
    log_sum: float


def beliefs(scores: Floats, transitions: Floats, sentences: Sentences) -> Beliefs:
    """Return the probabilities of labels (forward and backward sums, scaled at each token)."""
    n_labels = scores.shape[1]
    pairs = np.zeros((n_labels, n_labels))
    steps = sentences.steps()
    if not steps:
        return Beliefs(np.zeros(scores.shape), pairs, 0.0)
    begins, lengths = sentences
    top = scores.max(axis=1, keepdims=True)
    weight = np.exp(scores - top, dtype=np.float64)
    moves = np.where(may_follow(), np.exp(transitions, dtype=np.float64), 0.0)
    ahead = np.zeros(scores.shape)
    log_sum = float(top.sum(dtype=np.float64))
    reached = weight[begins] * may_begin()
    for at, alive in steps:
        if at:
            reached = (reached[:alive] @ moves) * weight[begins[:alive] + at]
        total = reached.sum(axis=1, keepdims=True)
        reached /= total
        ahead[begins[:alive] + at] = reached
        log_sum += float(np.log(total).sum())
    behind = np.zeros(scores.shape)
    last = begins + lengths - 1
    behind[last] = may_end()
    log_sum += float(np.log((ahead[last] * may_end()).sum(axis=1)).sum())
    for at, alive in reversed(steps[1:]):
        here = begins[:alive] + at
        coming = weight[here] * behind[here]
        back = coming @ moves.T
        before = ahead[here - 1]
        pairs += ((before / (before * back).sum(axis=1, keepdims=True)).T @ coming) * moves
        behind[here - 1] = back / back.sum(axis=1, keepdims=True)
    found = ahead * behind
    found /= found.sum(axis=1, keepdims=True)
    return Beliefs(found, pairs, log_sum)
