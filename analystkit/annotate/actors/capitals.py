"""Capitals that stand for governments: where "Moscow" acts rather than lies somewhere, it is Russia.

A level of its own, off unless asked for: it is a reading, not a name.
"""

from __future__ import annotations

import csv
import re
from functools import cache
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from analystkit.annotate.actors.gazetteer import gazetteer, key_of, read_list
from analystkit.annotate.actors.words import LOCATING_WORDS, TYING_WORDS
from analystkit.resources import resource_text

#: Of these nobody can tell which government is meant: Brussels is the European Union's as well.
_OF_MORE: Final = frozenset({"Brussels"})

_BEFORE: Final = re.compile(r"([\w'’-]+)\s(?:the\s)?$")
_PLACED: Final = re.compile(
    r",? \(|, [A-Z]|-[a-z]|[’']s? (?:[A-Z]|(?:mayor|street|airport|suburb|metro|subway|hotel|port|"
    r"outskirt|resident|district|river|square|old|downtown|main|central|largest|stock)s?\b)"
)
_ACTS: Final = re.compile(
    r"(?:[’']s [a-z]|,? (?:has|have|had|is|was|will|would|could|may|might|can|cannot|should|must|does|did|also|says|said|"
    r"(?:\w+ly )?(?:accus|agree|announc|ask|back|believ|blam|call|claim|condemn|consider|criticis|criticiz|declar|den[iy]|"
    r"demand|dismiss|expel|fear|hop|impos|insist|launch|offer|oppos|order|pledg|press|promis|propos|protest|reject|refus|"
    r"repl[iy]|respond|retaliat|sign|summon|suppl[iy]|support|threaten|urg|vow|want|warn|welcom|withdr|see|seek|sought|"
    r"fir|test|send|sent|arm|sanction)(?:s|es|ed|ies|ied|d|ew|n)?)\b)"
)  # fmt: skip


@cache
def governments() -> dict[str, str]:
    """Return the state of each capital and seat of government, by the actor that the lists make of it.

    >>> governments()["Pyongyang"], governments()["Kremlin"], governments().get("Brussels")
    ('North Korea', 'Russia', None)
    """
    entries = gazetteer().entries
    found = {row["seat"]: row["state"] for row in csv.DictReader(resource_text("seats.csv").splitlines())}
    for row in read_list("states"):
        for capital in row["capital"].split("|"):
            entry = entries.get(key_of(capital))
            # "Singapore" and "Kuwait City" name their state or are listed under another name.
            if entry is not None and entry.kind == "place" and capital not in _OF_MORE:
                found[entry.actor] = row["name"]
    return found


@cache
def _seats() -> frozenset[str]:
    return frozenset(row["seat"] for row in csv.DictReader(resource_text("seats.csv").splitlines()))


def stands_for_government(text: str, start: int, end: int) -> bool:
    """Say whether the capital or seat named at `text[start:end]` acts there, as a government does.

    >>> text = "Moscow said talks in Pyongyang went well. A Kremlin spokesman stood outside the White House."
    >>> [stands_for_government(text, *span) for span in [(0, 6), (21, 30), (44, 51), (80, 91)]]
    [True, False, True, False]
    """
    name = text[start:end]
    before = _BEFORE.search(text, max(0, start - 40), start)
    word = before[1].lower() if before else ""
    if word in LOCATING_WORDS or (name.isupper() and name not in _seats()):
        return False  # capitals throughout: a dateline
    if name in _seats():
        return True
    if _PLACED.match(text, end):
        return False
    return word in TYING_WORDS or _ACTS.match(text, end) is not None


def name_governments(mentions: pd.DataFrame, articles: pd.DataFrame) -> npt.NDArray[np.object_]:
    """Return the state for each mention of a capital or seat that stands for its government, else "".

    Parameters
    ----------
    mentions
        Needs `article_id`, `start`, `end`, `actor`, `kind`.
    articles
        Needs `article_id`, `body`.
    """
    of_row = mentions["actor"].map(governments()).fillna("").to_numpy(dtype=object)
    of_row[mentions["kind"].isin(["person", "state"]).to_numpy()] = ""
    bodies = dict(zip(articles["article_id"], articles["body"], strict=True))
    places = np.flatnonzero(of_row != "")
    rows = mentions.iloc[places]
    spans = zip(places, rows["article_id"], rows["start"], rows["end"], strict=True)
    for place, article_id, start, end in spans:
        if not stands_for_government(bodies[article_id], start, end):
            of_row[place] = ""
    return of_row
