"""The words that the tone towards a target is told by: verbs, nouns and adjectives of `resources/tone_words.csv`.

A verb says something of who does it and of whom it is done to, and which of the two is the target decides: to condemn
is no shame, to be condemned is. So each word has a class, not a tone.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from functools import cache
from typing import Final, NamedTuple

from analystkit.resources import resource_text

#: The classes of verbs and of the nouns made from them, and two more of nouns and adjectives.
CLASSES: Final = (
    "praise",
    "condemn",
    "accuse",
    "award",
    "wrong",
    "achieve",
    "loss",
    "say",
    "cooperate",
    "good",
    "bad",
)
N_VERB_CLASSES: Final = 9
#: How the words of a class colour a sentence, whoever is meant.
POLARITY: Final = {
    "praise": 1.0,
    "condemn": -1.0,
    "accuse": -1.0,
    "award": 1.0,
    "wrong": -1.0,
    "achieve": 1.0,
    "loss": -1.0,
    "say": 0.0,
    "cooperate": 0.5,
    "good": 1.0,
    "bad": -1.0,
}
#: Verbs that double their last letter: "banned".
_DOUBLING: Final = (
    "acquit admit ban bar beg cap commit compel confer defer drag drop drug excel expel extol fan grip hug hum jab "
    "kidnap nab pan permit plot propel rebel rebut refer regret rig rip rob scar sin slam slap slip slur snub stab "
    "stop stun sum tap top transfer trap travel trip wrap"
)
_DOUBLED: Final = frozenset(_DOUBLING.split(" "))


class ClassedWords(NamedTuple):
    """Every form of the listed words: the class of each as a verb, which are past participles, and as noun or adjective."""

    verbs: dict[str, int]
    participles: frozenset[str]
    nouns: dict[str, int]


@cache
def classed_words() -> ClassedWords:
    """Return the listed words in all their forms, with the number of their class from 1.

    >>> words = classed_words()
    >>> CLASSES[words.verbs["condemned"] - 1], "condemned" in words.participles, CLASSES[words.nouns["heroes"] - 1]
    ('condemn', True, 'good')
    """
    verbs: dict[str, int] = {}
    nouns: dict[str, int] = {}
    participles = set()
    for row in csv.DictReader(resource_text("tone_words.csv").splitlines()):
        number = CLASSES.index(row["class"]) + 1
        if row["part"] == "verb":
            irregular = row["forms"].split()
            given = [form for form in irregular if not form.endswith("ing")]
            participles.update(given or [past(row["word"])])
            for form in {row["word"], *_verb_forms(row["word"]), *irregular}:
                verbs.setdefault(form, number)
        else:
            for form in (row["word"], *([_plural(row["word"])] if row["part"] == "noun" else [])):
                nouns.setdefault(form, number)
    return ClassedWords(verbs, frozenset(participles), nouns)


def _verb_forms(verb: str) -> Iterator[str]:
    yield _plural(verb)
    yield past(verb)
    if verb.endswith("ie"):
        yield f"{verb[:-2]}ying"
    elif verb.endswith("e") and not verb.endswith(("ee", "oe", "ye")):
        yield f"{verb[:-1]}ing"
    else:
        yield f"{_doubled(verb)}ing"


def past(verb: str) -> str:
    """Return the regular past of a verb.

    >>> past("blame"), past("deny"), past("ban")
    ('blamed', 'denied', 'banned')
    """
    if verb.endswith("e"):
        return f"{verb}d"
    if verb.endswith("y") and verb[-2:-1] not in "aeiou":
        return f"{verb[:-1]}ied"
    return f"{_doubled(verb)}ed"


def _doubled(verb: str) -> str:
    return verb + verb[-1] if verb in _DOUBLED else verb


def _plural(word: str) -> str:
    if word.endswith(("s", "x", "z", "ch", "sh")):
        return f"{word}es"
    if word.endswith("y") and word[-2:-1] not in "aeiou":
        return f"{word[:-1]}ies"
    if word.endswith("o") and word in {"hero", "veto", "echo"}:
        return f"{word}es"
    return f"{word}s"
