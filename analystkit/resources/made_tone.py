"""Sentences of our own with a target and the tone towards it, made from the patterns of `data/tone/patterns.txt`."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final, NamedTuple

import numpy as np

from analystkit.annotate.tone.words import past
from analystkit.resources import resource_text

PATTERNS: Final = Path(__file__).parents[2] / "data" / "tone" / "patterns.txt"
#: Sentences made from each pattern, where it allows so many.
EACH: Final = 40
_LABELS: Final = {"-": -1, "0": 0, "+": 1}
_CHOICE: Final = re.compile(r"\[([^\]]*)\]")
_CLASS: Final = re.compile(r"\{([^}]*)\}")
_PLACE: Final = re.compile(r"\b[AB]\b")
#: Names are masked when a sentence is read, so only their number of words and their kinds matter.
_NAMES: Final = (
    "Hansen",
    "Okoye",
    "Maria Lindgren",
    "Senator Brook",
    "President Tamm",
    "Norland",
    "South Varia",
    "the Green Union",
    "the Harbour Board",
    "Delco",
    "Judge Ferrand",
    "Ana Sousa",
    "Mr. Pell",
    "the Ministry of Works",
    "the mayor",
    "the company",
    "the army",
    "the union",
    *(_PLURAL := ("farmers", "the police", "officials", "militants")),
)
_OF_MANY: Final = {"is": "are", "was": "were", "has": "have"}


class Judged(NamedTuple):
    """A sentence, where its target stands, and the tone towards it: -1, 0 or 1."""

    text: str
    start: int
    end: int
    label: int


def make_sentences(path: Path = PATTERNS, *, each: int = EACH) -> list[Judged]:
    """Return sentences made from the patterns, the same every time.

    Parameters
    ----------
    path
        The patterns; the file says how they are written.
    each
        How many are made from each pattern at most.
    """
    draw = np.random.default_rng(1)
    classed = _classed()
    made = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        labels, _, pattern = line.partition("|")
        seen: set[str] = set()
        for _ in range(3 * each):
            text = _CHOICE.sub(lambda choice: str(draw.choice(choice[1].split("|"))), pattern.strip())
            text = _CLASS.sub(lambda name: str(draw.choice(classed[name[1]])), text)
            text = re.sub(r" +(?=[ .,])", "", text).strip()
            text = text[:1].upper() + text[1:]
            if text not in seen and len(seen) < each:
                seen.add(text)
                made += _filled(text, dict(zip("AB", labels.split(), strict=True)), draw)
    return made


def _classed() -> Mapping[str, Sequence[str]]:
    """Return the words by which the name of a class is replaced."""
    found: dict[str, list[str]] = {}
    for row in csv.DictReader(resource_text("tone_words.csv").splitlines()):
        if row["part"] == "verb":
            # Irregular forms are listed as past, participle, progressive, or without the participle where it is the past.
            forms = [form for form in row["forms"].split() if not form.endswith("ing")] or [past(row["word"])]
            found.setdefault(row["class"], []).append(forms[0])
            found.setdefault(f"{row['class']} d", []).append(forms[-1])
        else:
            found.setdefault(f"{row['class']} {row['part']}", []).append(row["word"])
    return found


def _filled(text: str, labels: dict[str, str], draw: np.random.Generator) -> list[Judged]:
    names = dict(zip("AB", draw.choice(_NAMES, 2, replace=False).tolist(), strict=True))
    spans: dict[str, tuple[int, int]] = {}
    out = ""
    last = 0
    for found in _PLACE.finditer(text):
        name = names[found[0]]
        out += text[last : found.start()]
        if not out or out.endswith('"'):
            name = name[:1].upper() + name[1:]
        spans.setdefault(found[0], (len(out), len(out) + len(name)))
        out += name
        last = found.end()
    out += text[last:]
    for name in names.values():
        if name in _PLURAL:
            out = re.sub(
                rf"(?<={name} )(is|was|has)\b", lambda verb: _OF_MANY[verb[0]], out, flags=re.IGNORECASE
            )
    return [
        Judged(out, *spans[slot], _LABELS[label])
        for slot, label in labels.items()
        if label in _LABELS and slot in spans
    ]
