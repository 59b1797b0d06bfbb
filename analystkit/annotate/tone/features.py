"""Columns of words -> one row of numbers for each target: which tone stands where, and who does what to whom.

Tone words are summed by where they stand (before or behind the target, near, in its clause, in quotation marks, beside
it, nearest to it of all actors), turned by negation. Verbs and nouns with a class are counted by the part that the
target has in them: it acts, it is acted upon, or it has no part.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from analystkit.annotate.tone.reading import Flags, Reading, Whole
from analystkit.annotate.tone.words import CLASSES, N_VERB_CLASSES

Floats = NDArray[np.float32]

_CHANNELS: Final = ("vader", "hu_liu", "our_nouns", "our_verbs")
_PLACES: Final = (
    "before",
    "behind",
    "before, fading",
    "behind, fading",
    "clause before",
    "clause behind",
    "beside",
    "quoted",
    "nearest before",
    "nearest behind",
    "modifier",
    "complement",
    "apposition",
)
_PARTS: Final = ("acts", "acted upon", "before", "behind")
_OWN: Final = ("of target", "toward target", "before", "behind")
_ALONE: Final = (
    "target is a pronoun",
    "target opens",
    "words before",
    "words behind",
    "speaks",
    "spoken to",
    "names before",
    "names behind",
    "target quoted",
    "quoted words",
    "question",
    "exclamation",
    "hedges",
    "negations",
    "negations near",
    "title before",
    "possessive",
    "headline",
    "passive behind",
    "by before",
    "but before",
    "but behind",
)
N_PARTS: Final = len(_PARTS)
#: Names of the numbers, in their order.
NAMES: Final = (
    *(f"{channel} {sign} {place}" for place in _PLACES for channel in _CHANNELS for sign in ("+", "-")),
    *(f"verb {name}: {part}" for name in CLASSES[:N_VERB_CLASSES] for part in _PARTS),
    *(f"noun {name}: {part}" for name in CLASSES for part in _OWN),
    *_ALONE,
)
N_DENSE: Final = len(NAMES)
_TURNED: Final = -0.7


def parts(reading: Reading) -> tuple[Whole, Whole]:
    """Return the part of the target in each verb, and in each noun, as a number from 0 (see `_PARTS` and `_OWN`)."""
    place = np.arange(len(reading.row))
    begin = reading.starts[reading.row]
    distance, target = reading.distance, reading.is_target
    actor = target | reading.is_name | reading.has("pronoun")
    last_actor = np.maximum.accumulate(np.where(actor, place, -1))
    # The word itself is no actor, so the last before it is also the last up to it.
    from_target = (last_actor >= begin) & target[last_actor.clip(min=0)]
    next_actor = np.minimum.accumulate(np.where(actor, place, len(place))[::-1])[::-1]
    inside = next_actor < reading.starts[reading.row + 1]
    to_target = inside & target[next_actor.clip(max=max(len(place) - 1, 0))] if len(place) else inside
    be = np.maximum.accumulate(np.where(reading.has("be"), place, -9))
    by = reading.has("by")
    followed_by = np.zeros(len(place), np.bool_)
    followed_by[:-1] = by[1:]
    passive = reading.has("participle") & (((place - be <= 3) & (be >= begin)) | followed_by)
    # "by" or another preposition before the target, with at most an article or title between.
    by_target = np.zeros(len(reading), np.bool_)
    toward_target = np.zeros(len(reading), np.bool_)
    for back in (1, 2, 3):
        at = distance == -back
        by_target[reading.row[at & by]] = True
        toward_target[reading.row[at & reading.has("toward")]] = True
    before, behind = distance < 0, distance > 0
    part = np.where(before, 2, 3)
    part[behind & from_target] = 0
    part[behind & from_target & passive] = 1
    part[before & to_target] = 1
    part[before & to_target & passive & by_target[reading.row]] = 0
    part[before & to_target & passive & ~by_target[reading.row]] = 2
    owned = np.zeros(len(reading), np.bool_)
    owned[reading.row[(distance == 1) & reading.has("possessive")]] = True
    own = np.where(before, 2, 3)
    own[behind & owned[reading.row] & (distance <= 4)] = 0
    own[before & to_target & toward_target[reading.row] & (distance >= -6)] = 1
    own[before & to_target & by_target[reading.row] & (distance >= -6)] = 0
    return part, own


def dense(reading: Reading) -> Floats:
    """Return a row of numbers for each target, in the order of `NAMES`."""
    n_rows = len(reading)
    row, distance = reading.row, reading.distance
    place = np.arange(len(row))
    begin = reading.starts[row]
    target = reading.is_target
    before, behind = distance < 0, distance > 0
    far = np.abs(distance)
    part, own = parts(reading)
    turn = np.where(reading.is_negated, np.float32(_TURNED), np.float32(1))

    # The clause of the target: no break between it and the word.
    breaks = reading.has("break") | reading.has("stop")
    n_breaks = np.cumsum(breaks)
    in_target = np.zeros((n_rows, 2), np.int64)
    firsts = np.flatnonzero(target & np.concatenate([[True], ~target[:-1]])[: len(target)])
    in_target[row[firsts], 0] = n_breaks[firsts]
    lasts = (
        np.flatnonzero(target & np.concatenate([~target[1:], [True]])[-len(target) :])
        if len(target)
        else firsts
    )
    in_target[row[lasts], 1] = n_breaks[lasts]
    clause = np.where(before, n_breaks == in_target[row, 0], n_breaks == in_target[row, 1])

    actor = target | reading.is_name | reading.has("pronoun")
    last_actor = np.maximum.accumulate(np.where(actor, place, -1))
    nearest_behind = behind & (last_actor >= begin) & target[last_actor.clip(min=0)]
    next_actor = np.minimum.accumulate(np.where(actor, place, len(place))[::-1])[::-1]
    nearest_before = before & (next_actor < reading.starts[row + 1])
    nearest_before &= target[next_actor.clip(max=max(len(place) - 1, 0))] if len(place) else False

    ends = (
        reading.has("determiner") | reading.has("comma") | breaks | reading.has("toward") | reading.has("be")
    )
    last_end = np.maximum.accumulate(np.where(ends, place, -1))
    next_end = np.minimum.accumulate(np.where(ends | target, place, len(place))[::-1])[::-1]
    modifier = (
        before
        & (distance >= -5)
        & (next_end < len(place))
        & target[next_end.clip(max=max(len(place) - 1, 0))]
    )
    copula = np.zeros(n_rows, np.bool_)
    comma = np.zeros(n_rows, np.bool_)
    be = reading.has("be")
    for ahead in (1, 2, 3):
        copula[row[(distance == ahead) & be]] = True
    comma[row[(distance == 1) & reading.has("comma")]] = True
    stops = reading.has("comma") | breaks
    n_stops = np.cumsum(stops)
    stops_at = np.zeros(n_rows, np.int64)
    stops_at[row[lasts]] = n_stops[lasts]
    since = n_stops - stops_at[row]
    complement = behind & copula[row] & (distance <= 10) & (since == 0)
    apposition = behind & comma[row] & (since == 1) & (distance <= 14)
    del last_end

    out = np.zeros((n_rows, N_DENSE), np.float32)
    at = 0
    toned = np.flatnonzero((reading.value != 0).any(axis=1))
    r = row[toned]
    value = reading.value[toned] * turn[toned, None]
    split = np.stack([value.clip(min=0), -value.clip(max=0)], axis=2).reshape(len(toned), 2 * len(_CHANNELS))
    fading = np.exp(-far[toned] / 5.0).astype(np.float32)
    weights = (
        before[toned],
        behind[toned],
        before[toned] * fading,
        behind[toned] * fading,
        (before & clause)[toned],
        (behind & clause)[toned],
        far[toned] <= 3,
        reading.in_quote[toned],
        nearest_before[toned],
        nearest_behind[toned],
        modifier[toned],
        complement[toned],
        apposition[toned],
    )
    n_columns = split.shape[1]
    for weight in weights:
        used = np.flatnonzero(weight)
        cells = r[used, None] * n_columns + np.arange(n_columns)
        sums = np.bincount(
            cells.ravel(),
            weights=(split[used] * np.asarray(weight)[used, None]).ravel(),
            minlength=n_rows * n_columns,
        )
        out[:, at : at + n_columns] = sums.reshape(n_rows, n_columns)
        at += n_columns
    for classes, role, n_classes in ((reading.verb, part, N_VERB_CLASSES), (reading.noun, own, len(CLASSES))):
        used = np.flatnonzero(classes)
        n_columns = 4 * n_classes
        cells = row[used] * n_columns + (classes[used] - 1) * 4 + role[used]
        sums = np.bincount(cells, weights=turn[used], minlength=n_rows * n_columns)
        out[:, at : at + n_columns] = sums.reshape(n_rows, n_columns)
        at += n_columns
    out[:, at:] = _alone(reading, part, before, behind, clause, copula)
    return np.clip(out, -6, 6)


def _alone(
    reading: Reading, part: Whole, before: Flags, behind: Flags, clause: Flags, copula: Flags
) -> Floats:
    row, distance, n_rows = reading.row, reading.distance, len(reading)
    has = reading.has

    def count(where: Flags) -> Floats:
        return np.bincount(row[where], minlength=n_rows).astype(np.float32)

    def any_of(where: Flags) -> Floats:
        return (count(where) > 0).astype(np.float32)

    target = reading.is_target
    says = reading.verb == CLASSES.index("say") + 1
    near = np.abs(distance) <= 4
    size = np.maximum(np.diff(reading.starts), 1)
    columns = (
        any_of(target & has("pronoun")),
        1 - any_of(before & has("word")),
        np.log1p(count(before)),
        np.log1p(count(behind)),
        any_of(says & near & (part == 0)) + any_of(says & (distance == -1)),
        any_of(says & near & (part == 1)),
        np.log1p(count(reading.is_name & before)),
        np.log1p(count(reading.is_name & behind)),
        any_of(target & reading.in_quote),
        count(reading.in_quote) / size,
        any_of(has("question")),
        any_of(has("exclamation")),
        count(has("hedge")),
        count(has("negation")),
        count(has("negation") & near),
        any_of(has("title") & before & (distance >= -3)),
        any_of(has("possessive") & (distance == 1)),
        count(has("capital")) / size,
        any_of(has("participle") & behind & (distance <= 4)) * copula,
        any_of(has("by") & (distance >= -3) & before),
        any_of(has("break") & before & ~clause),
        any_of(has("break") & behind & ~clause),
    )
    return np.stack(columns, axis=1).astype(np.float32)
