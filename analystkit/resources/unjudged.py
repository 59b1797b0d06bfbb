"""Sentences with a target that nobody has judged: a large model judges them, and small ones learn from its judgement.

They are the other names and pronouns in sentences of which one target was judged, the actors marked in the texts that
the models of actors are trained on, and sentences in which some words were changed for others.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from analystkit.annotate.tone.lexicons import hu_liu
from analystkit.annotate.tone.reading import LISTED_WORDS
from analystkit.annotate.tone.words import classed_words
from analystkit.resources.made_tone import Judged
from analystkit.resources.make_actors import read_gold as read_actors

Floats = NDArray[np.float32]

#: Names that do not open a sentence, where a capital says little; and pronouns, of which a share is taken.
_NAME: Final = re.compile(r"(?<=[\w,;:] )[A-Z][\w-]+(?: [A-Z][\w-]+)*")
_PERSON: Final = re.compile(r"\b(?:he|she|they|him|her|them)\b", re.IGNORECASE)
_PERSONS_KEPT: Final = 0.3
#: Lengths in characters of lines that may be sentences, and how many targets are taken of each.
_SHORTEST, _LONGEST, _MOST_TARGETS = 25, 500, 1
#: For each new version of a sentence: the share of its words that change, and the share of those that change for any
#: word of tone and not for one of like meaning.
_CHANGES: Final = ((0.2, 0.2), (0.4, 0.3))
_NEAREST: Final = 12
_SMALL_WORD: Final = re.compile(r"(?<![\w'’-])[a-z]{3,}(?![\w'’-])")
_ENDING: Final = re.compile(r"(?:ing|ed|ly|s)?$")


class Unjudged(NamedTuple):
    """A sentence and where its target stands."""

    text: str
    start: int
    end: int


def other_targets(sentences: Sequence[Judged]) -> list[Unjudged]:
    """Return the names, and some pronouns, of the sentences that are no targets there."""
    draw = np.random.default_rng(2)
    taken: dict[str, list[tuple[int, int]]] = {}
    for sentence in sentences:
        taken.setdefault(sentence.text, []).append((sentence.start, sentence.end))
    found = []
    for text, spans in taken.items():
        places = [name.span() for name in _NAME.finditer(text)]
        places += [person.span() for person in _PERSON.finditer(text) if draw.random() < _PERSONS_KEPT]
        found += [
            Unjudged(text, start, end)
            for start, end in places
            if all(end <= first or start >= last for first, last in spans)
        ]
    return found


def marked_targets(folder: Path) -> list[Unjudged]:
    """Return lines of the texts with marked actors, each with an actor as its target."""
    draw = np.random.default_rng(3)
    found = []
    for text, spans in (marked for texts in read_actors(folder).values() for marked in texts):
        begin = 0
        for line in text.split("\n"):
            end = begin + len(line)
            if _SHORTEST <= len(line) <= _LONGEST:
                inside = [span for span in spans if begin <= span[0] and span[1] <= end]
                for at in draw.permutation(len(inside))[:_MOST_TARGETS].tolist():
                    found.append(Unjudged(line, inside[at][0] - begin, inside[at][1] - begin))
            begin = end + 1
    return found


def changed(sentences: Sequence[Judged], words: Sequence[str], vectors: Floats) -> list[Unjudged]:
    """Return versions of the sentences in which some words stand for others: of like meaning, or any word of tone.

    Parameters
    ----------
    sentences
        Each gives several versions.
    words, vectors
        The words that may change, and a vector of length 1 for each, by which their meanings are alike.
    """
    draw = np.random.default_rng(4)
    others = _others(words, vectors)
    lists = classed_words()
    toned: dict[str, list[str]] = {}
    for word in others:
        if word in lists.verbs or word in lists.nouns or word in hu_liu():
            toned.setdefault(_ending(word), []).append(word)

    def version(text: str, share: float, any_share: float) -> str:
        def another(found: re.Match[str]) -> str:
            word = found[0]
            if word not in others or draw.random() >= share:
                return word
            choice = toned[_ending(word)] if draw.random() < any_share else others[word]
            return choice[int(draw.integers(len(choice)))]

        return _SMALL_WORD.sub(another, text)

    found: dict[Unjudged, None] = {}
    for share, any_share in _CHANGES:
        for text, start, end, _ in sentences:
            before, behind = (version(part, share, any_share) for part in (text[:start], text[end:]))
            whole = before + text[start:end] + behind
            if whole != text:
                found[Unjudged(whole, len(before), len(before) + end - start)] = None
    return list(found)


def _others(words: Sequence[str], vectors: Floats) -> Mapping[str, Sequence[str]]:
    """Return for each word that is no function word those nearest to it, of the same ending if there are any."""
    places = [
        place
        for place, word in enumerate(words)
        if _SMALL_WORD.fullmatch(word) and not any(word in listed for listed in LISTED_WORDS.values())
    ]
    kept, directions = [words[place] for place in places], vectors[places]
    found: dict[str, list[str]] = {}
    for begin in range(0, len(kept), 1024):
        likeness = directions[begin : begin + 1024] @ directions.T
        nearest = np.argpartition(-likeness, _NEAREST, axis=1)[:, : _NEAREST + 1]
        for word, row in zip(kept[begin : begin + 1024], np.sort(nearest, axis=1).tolist(), strict=True):
            near = [kept[at] for at in row if kept[at] != word]
            found[word] = [other for other in near if _ending(other) == _ending(word)] or near
    return found


def _ending(word: str) -> str:
    return _ENDING.search(word)[0]  # type: ignore[index]  # it matches the empty end too
