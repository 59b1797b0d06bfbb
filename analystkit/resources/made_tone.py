"""Sentences of our own with a target and the tone towards it, made from the patterns of `data/tone/patterns.txt`."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final, NamedTuple

import numpy as np

PATTERNS: Final = Path(__file__).parents[2] / "data" / "tone" / "patterns.txt"
#: Sentences made from each pattern, where it allows so many.
EACH: Final = 14
_LABELS: Final = {"-": -1, "0": 0, "+": 1}
_CHOICE: Final = re.compile(r"\[([^\]]*)\]")
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
)


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
    made = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        labels, _, pattern = line.partition("|")
        seen: set[str] = set()
        for _ in range(3 * each):
            text = _CHOICE.sub(lambda choice: str(draw.choice(choice[1].split("|"))), pattern.strip())
            if text not in seen and len(seen) < each:
                seen.add(text)
                made += _filled(text, dict(zip("AB", labels.split(), strict=True)), draw)
    return made


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
    return [
        Judged(out, *spans[slot], _LABELS[label])
        for slot, label in labels.items()
        if label in _LABELS and slot in spans
    ]
