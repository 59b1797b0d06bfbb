"""A second collection, unlike the sample: three papers of a coast that is not on any map, in words of our own."""

from __future__ import annotations

import csv
import random
from pathlib import Path
from typing import Final

_PEOPLE: Final = [
    "Ann Lee, mayor of Perm,",
    "Oleg Brandt, head of the port authority,",
    "Prime Minister Nora Weiss",
    "Finance Minister Tomas Lind",
    "Judge Ida Holm",
]
_STATES: Final = ["Norway", "Portugal", "Iceland", "Chile", "Estonia"]
_THEMES: Final[dict[str, list[str]]] = {
    "harbour": [
        "{person} said the ferry to {state} would sail again in spring.",
        "Two cranes were lifted onto the new quay during a {adjective} night.",
        "Dockers counted {number} containers on the pier before the tide turned.",
        "The pilot boat could not leave the harbour because of ice.",
        "A captain from {state} praised the lighthouse keepers as {adjective} and kind.",
        "The harbour board bought a dredger from {state}.",
        "Fishing crews landed {number} tonnes of herring and cod.",
        "The anchor of the old ship lies in front of the customs house.",
    ],
    "budget": [
        "{person} called the budget a {adjective} failure.",
        "Taxes on houses rise by {number} crowns a year.",
        "The council owes {state} money for the bridge, the auditors wrote.",
        "Interest on the loan eats every third crown of the budget.",
        "{person} promised to cut the debt and praised the treasurer.",
        "The auditors warned of a dangerous deficit of {number} million.",
        "Schools lose {number} teachers, and parents are angry.",
        "A bank in {state} lent the money at a fair rate.",
    ],
    "weather": [
        "A {adjective} storm from {state} tore the roofs off {number} houses.",
        "Rain fell for {number} hours and flooded the lower streets.",
        "{person} thanked the volunteers who filled sandbags.",
        "Meteorologists in {state} expect more snow and wind.",
        "The river rose by {number} centimetres and killed the seedlings.",
        "Frost destroyed the cherries, but the apples were saved.",
        "{person} visited the shelter and promised blankets.",
        "The dike held, which engineers called a small miracle.",
    ],
}
_ADJECTIVES: Final = ["terrible", "calm", "shameful", "splendid", "quiet", "brutal"]
_OUTLETS: Final = ["Tern", "Pier Gazette", "Dune Herald"]
_TOPICS: Final = """name: A coast
version: 1
topics:
  harbour:
    - harbour*
    - pier
    - ferry
    - quay
  budget:
    - budget*
    - debt | deficit
    - tax*
  weather:
    - storm*
    - rain
    - snow
"""


def write_towns(folder: Path, *, n: int = 120) -> tuple[Path, Path]:
    """Write the articles and a list of topics, and return the paths of both; the same each time."""
    chance = random.Random(3)
    articles = folder / "coast"
    articles.mkdir(parents=True)
    with (articles / "articles.csv").open("w", newline="", encoding="utf-8") as stream:
        writer = csv.writer(stream)
        writer.writerow(["headline", "date", "paper", "text"])
        for i in range(n):
            theme = list(_THEMES)[i % 3]
            other = chance.choice(list(_THEMES))
            chosen = chance.sample(_THEMES[theme], 5) + chance.sample(_THEMES[other], 2)
            told = [
                sentence.format(
                    person=chance.choice(_PEOPLE),
                    state=chance.choice(_STATES),
                    adjective=chance.choice(_ADJECTIVES),
                    number=chance.randint(3, 900),
                )
                for sentence in dict.fromkeys(chosen)
            ]
            day = f"2025-{1 + i % 11:02d}-{1 + chance.randrange(28):02d}" if i % 17 else ""
            head = f"{theme.capitalize()} news number {i}: {told[0].split()[-1]}"
            writer.writerow([head, day, chance.choice(_OUTLETS), " ".join(told)])
    # One bad file never ends a load.
    (articles / "broken.xlsx").write_bytes(b"this is no spreadsheet")
    topics = folder / "coast.yml"
    topics.write_text(_TOPICS, encoding="utf-8")
    return articles, topics
