"""Texts with their actors marked, for training: the sentences of `data/actors`, and patterns filled with its names.

Everything is drawn with a fixed seed, so the same files give the same texts.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Final

#: A text and its spans: start, end, kind.
Marked = tuple[str, list[tuple[int, int, str]]]

#: Where the text lies; it is part of the repository, not of what is installed.
FOLDER: Final = Path(__file__).resolve().parents[2] / "data" / "actors"

_KINDS: Final = {"P": "person", "O": "organisation", "L": "place"}
_MARK: Final = re.compile(r"\[([^\]|]+)\|([POL])\]")
_SLOT: Final = re.compile(r"\{([A-Za-z])(\d?)\}")
_INFIXES: Final = frozenset({"y", "i"})
_LEADING: Final = frozenset(
    {
        *(
            "Al",
            "Abu",
            "Ben",
            "De",
            "Di",
            "Da",
            "Du",
            "Della",
            "Del",
            "Le",
            "Lo",
            "El",
            "Abdul",
            "Abdel",
            "Abd",
        ),
        *("Ould", "Ter", "Van", "Von", "San"),
    }
)
_WITH_ARTICLE: Final = frozenset(
    {
        *(
            "US",
            "U.S.",
            "UK",
            "UAE",
            "DRC",
            "United Kingdom",
            "United States",
            "United Arab Emirates",
            "Netherlands",
        ),
        *("Philippines", "Maldives", "Bahamas", "Solomon Islands", "Dominican Republic", "Czech Republic"),
        "Soviet Union",
    }
)
DAYS: Final = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
MONTHS: Final = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
#: Slots that are drawn anew each time.
_DRAWN: Final[dict[str, Sequence[object]]] = {
    "X": (2, 3, 4, 7, 11, 14, 19, 23, 31, 38, 46, 57, 72, 120, 250),
    "D": DAYS,
    "W": MONTHS,
}
_KIND_OF_SLOT: Final = {
    **dict.fromkeys("Pp", "person"),
    **dict.fromkeys("OAKkMVvGUB", "organisation"),
    **dict.fromkeys("CSF", "place"),
}


def read_sentences(folder: Path = FOLDER) -> list[Marked]:
    """Return the texts written by hand, `sentences.txt`, in their order."""
    texts: list[Marked] = []
    lines: list[str] = []
    for line in [*(folder / "sentences.txt").read_text(encoding="utf-8").splitlines(), ""]:
        if line.startswith("#"):
            continue
        if line:
            lines.append(line)
        elif lines:
            texts.append(parse_marked("\n".join(lines)))
            lines = []
    return texts


def parse_marked(marked: str) -> Marked:
    """Take the marks out of a text and return it with its spans.

    >>> parse_marked("[Lebed|P] left [Oslo|L].")
    ('Lebed left Oslo.', [(0, 5, 'person'), (11, 15, 'place')])
    """
    parts: list[str] = []
    spans: list[tuple[int, int, str]] = []
    at = length = 0
    for match in _MARK.finditer(marked):
        before = marked[at : match.start()]
        parts += [before, match[1]]
        length += len(before)
        spans.append((length, length + len(match[1]), _KINDS[match[2]]))
        length += len(match[1])
        at = match.end()
    parts.append(marked[at:])
    return "".join(parts), spans


def make_texts(n: int, seed: int = 1, folder: Path = FOLDER) -> list[Marked]:
    """Return `n` small articles, each with a cast of its own whose members come back under shorter names."""
    maker = Maker(folder, random.Random(seed))
    return [maker.text() for _ in range(n)]


def read_themes(path: Path) -> list[tuple[list[str], list[str]]]:
    """Return the patterns of each theme of a file: those that can be headlines, and the others."""
    themes: list[tuple[list[str], list[str]]] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            themes.append(([], []))
        elif line.startswith("! "):
            themes[-1][0].append(line[2:])
        elif line and not line.startswith("#"):
            themes[-1][1].append(line)
    return themes


@dataclass
class Region:
    """The names of one part of the world."""

    states: list[str]
    adjectives: list[str]
    given: list[str]
    family: list[str]
    places: list[str]
    family_first: bool


@dataclass
class Maker:
    """Draws names from the lists of a folder, and fills patterns with them."""

    folder: Path
    draw: random.Random
    regions: list[Region] = field(default_factory=list)
    words: dict[str, list[str]] = field(default_factory=dict)
    themes: list[tuple[list[str], list[str]]] = field(default_factory=list)

    def __post_init__(self) -> None:
        for block in (self.folder / "names.txt").read_text(encoding="utf-8").split("\n\n"):
            cells = dict(line.split(": ", 1) for line in block.splitlines() if not line.startswith("#"))
            if cells:
                self.regions.append(
                    Region(
                        cells["states"].split("|"),
                        cells["adjectives"].split("|"),
                        cells["given"].split(),
                        _family_names(cells["family"]),
                        [place.removeprefix("the ") for place in cells["places"].split("|")],
                        cells.get("order") == "family first",
                    )
                )
        for line in (self.folder / "words.txt").read_text(encoding="utf-8").splitlines():
            if not line.startswith("#"):
                name, _, cells_ = line.partition(": ")
                self.words[name] = cells_.split("|")
        self.themes = read_themes(self.folder / "templates.txt")

    def text(self) -> Marked:
        """Make one article: perhaps a headline, perhaps a dateline, then three to seven patterns of one theme."""
        draw = self.draw
        region = draw.choice(self.regions)
        cast: dict[str, str] = {}
        headlines, patterns = draw.choice(self.themes)
        lines: list[str] = []
        if headlines and draw.random() < 0.4:
            headline = self._fill(draw.choice(headlines), region, cast)
            lines.append(in_capitals(headline) if draw.random() < 0.3 else headline)
        body = [
            self._fill(pattern, region, cast)
            for pattern in draw.sample(patterns, min(len(patterns), draw.randint(3, 7)))
        ]
        if draw.random() < 0.3:
            place = self._slot("C", "1", region, cast).replace("|L]", "").removeprefix("[")
            month, day = draw.choice(MONTHS)[:3], draw.randint(1, 28)
            place = place.upper() if draw.random() < 0.7 else place
            body[0] = draw.choice(
                [
                    f"[{place}|L] - {body[0]}",
                    f"[{place}|L], {month} {day} ([Reuters|O]) - {body[0]}",
                    f"[{place}|L]: {body[0]}",
                    f"[{place}|L] ({draw.choice(['AP', 'AFP'])}) — {body[0]}",
                ]
            )
        while body:
            size = draw.randint(1, 3)
            lines.append(" ".join(body[:size]))
            body = body[size:]
        return parse_marked(self._in_style("\n".join(lines)))

    def _in_style(self, text: str) -> str:
        """Set apostrophes and hyphens as one of the sources does."""
        kind = self.draw.random()
        if kind < 0.12:
            # Some sources set spaces around hyphens and in "'s".
            return re.sub(r"(?<=\w)-(?=\w)", " - ", text).replace("'s", "’ s").replace("U.S.", "U. S.")
        if kind < 0.18:
            return text.replace("'s", " 's").replace(",", " ,").replace(". ", " . ")
        return text.replace("'", "’") if kind < 0.4 else text

    def _fill(self, pattern: str, region: Region, cast: dict[str, str]) -> str:
        filled = _SLOT.sub(lambda match: self._slot(match[1], match[2], region, cast), pattern)
        return filled[0].upper() + filled[1:] if filled[0] != "[" else filled

    def _slot(self, kind: str, number: str, region: Region, cast: dict[str, str]) -> str:
        if kind in _DRAWN:
            return str(self.draw.choice(_DRAWN[kind]))
        key = kind + number
        if key not in cast:
            self._cast(kind, number, region, cast)
        name = cast[key]
        of = _KIND_OF_SLOT.get(kind)
        if of is None:
            return name
        letter = {"person": "P", "organisation": "O", "place": "L"}[of]
        article = "the " if name.startswith("the ") or (kind == "S" and name in _WITH_ARTICLE) else ""
        name = name.removeprefix("the ")
        return f"{article}[{name}|{letter}]"

    def _cast(self, kind: str, number: str, region: Region, cast: dict[str, str]) -> None:
        """Give the cast what a slot asks for, with its short form."""
        draw, words = self.draw, self.words
        other = draw.choice(self.regions)
        if kind in "Pp":
            cast["P" + number], cast["p" + number] = self.person(region if draw.random() < 0.7 else other)
        elif kind in "OA":
            cast["O" + number], cast["A" + number] = self._body(region)
        elif kind in "Kk":
            cast["K" + number], cast["k" + number] = self._company(region if draw.random() < 0.6 else other)
        elif kind in "Vv":
            name = " ".join(
                [*draw.sample(words["party_a"], draw.randint(1, 2)), draw.choice(words["party_b"])]
            )
            cast["V" + number], cast["v" + number] = name, _initials(name)
        else:
            makers: dict[str, Callable[[], str]] = {
                "C": lambda: draw.choice(region.places),
                "S": lambda: draw.choice(region.states if number == "1" else words["foreign"] + other.states),
                "N": lambda: draw.choice(
                    region.adjectives if number == "1" else words["foreign_adjective"] + other.adjectives
                ),
                "T": lambda: draw.choice(words["title"]),
                "r": lambda: draw.choice(words["role"]),
                "M": partial(self._medium, region),
                "G": partial(self._group, region),
                "U": partial(self._unit, region),
                "F": partial(self._site, region),
                "B": partial(self.team, region if draw.random() < 0.5 else other),
            }
            cast[kind + number] = makers[kind]()

    def person(self, region: Region) -> tuple[str, str]:
        """Return the full name of somebody from there, and the family name."""
        draw = self.draw
        given, family = draw.choice(region.given), draw.choice(region.family)
        if region.family_first:
            return f"{family} {given}", family
        if draw.random() < 0.12:
            given = f"{given} {draw.choice(region.given)}"
        elif draw.random() < 0.08:
            given = f"{given} {draw.choice('ABCDEFGHJKLMNPRSTVW')}."
        elif draw.random() < 0.05:
            given = draw.choice(["{0}.", "{0}.{1}.", "{0}. {1}."]).format(
                given[0], draw.choice("ABDEGJKMPRS")
            )
        if draw.random() < 0.1:
            second = draw.choice([name for name in region.family if not name[0].islower()] or region.family)
            family = f"{family} {second}" if draw.random() < 0.6 else f"{family}-{second}"
        short = family[0].upper() + family[1:] if draw.random() < 0.3 else family
        return f"{given} {family}", short

    def _body(self, region: Region) -> tuple[str, str]:
        draw, words = self.draw, self.words
        kind = draw.random()
        if kind < 0.2:
            name = draw.choice(words["fixed"])
            return name, name if " " not in name else _initials(name)
        subject, place = draw.choice(words["field"]), draw.choice([*region.places, *region.states])
        if kind < 0.4:
            name = f"{draw.choice(words['of_head'])} {subject}"
            if draw.random() < 0.25:
                name += f" and {draw.choice(words['field'])}"
        elif kind < 0.6:
            name = f"{draw.choice(words['scope'])} {subject} {draw.choice(words['head'])}"
        elif kind < 0.7:
            adjective = draw.choice(region.adjectives)
            name = f"{adjective} {subject} {draw.choice(words['head'])}"
        elif kind < 0.8:
            name = f"{place} {draw.choice([subject + ' ' + draw.choice(words['head']), 'University', 'High Court'])}"
        elif kind < 0.88:
            name = f"{draw.choice(['University of', 'Government of', 'Bank of', 'High Court of', 'Diocese of'])} {place}"
        elif kind < 0.94:
            name = f"{subject} {draw.choice(words['head'])} of {draw.choice(region.states)}"
        else:
            family = draw.choice(region.family)
            name = f"{family[0].upper()}{family[1:]} {draw.choice(words['head'])}"
        return name, _initials(name)

    def _company(self, region: Region) -> tuple[str, str]:
        draw, words = self.draw, self.words
        kind = draw.random()
        family = draw.choice(region.family)
        family = family[0].upper() + family[1:]
        if kind < 0.45:
            short = draw.choice(words["coined_a"]) + draw.choice(words["coined_b"])
        elif kind < 0.6:
            short = family
        elif kind < 0.7:
            second = draw.choice(region.family)
            short = f"{family} & {second[0].upper()}{second[1:]}"
        elif kind < 0.85:
            short = (
                f"{draw.choice([*region.places, *region.states])} {draw.choice(words['company_head'][5:])}"
            )
            return short, short
        else:
            letters = "".join(draw.sample("ABCDEGHIKLMNOPRSTVX", draw.randint(2, 4)))
            short = letters
        full = short if draw.random() < 0.35 else f"{short} {draw.choice(words['company_head'])}"
        return full, short

    def _medium(self, region: Region) -> str:
        draw, words = self.draw, self.words
        if draw.random() < 0.55:
            return draw.choice(words["medium"])
        return f"{'the ' if draw.random() < 0.4 else ''}{draw.choice(region.places)} {draw.choice(words['medium_head'])}"

    def _group(self, region: Region) -> str:
        draw, words = self.draw, self.words
        if draw.random() < 0.45:
            return draw.choice(words["group"])
        first = draw.choice([*region.places, *region.adjectives])
        return f"the {first} {draw.choice(words['group_a'])} {draw.choice(words['group_b'])}"

    def _unit(self, region: Region) -> str:
        unit = self.draw.choice(self.words["unit"])
        if self.draw.random() < 0.4 and not unit[0].isdigit():
            unit = f"{self.draw.choice(region.adjectives)} {unit}"
        return unit

    def _site(self, region: Region) -> str:
        draw = self.draw
        first = draw.choice(region.places) if draw.random() < 0.6 else draw.choice(region.family)
        return f"{first[0].upper()}{first[1:]} {draw.choice(self.words['site_head'])}"

    def team(self, region: Region) -> str:
        """Return the name of a team from there, often just a town."""
        place = self.draw.choice(region.places)
        return place if self.draw.random() < 0.55 else f"{place} {self.draw.choice(self.words['team_tail'])}"


def _family_names(cell: str) -> list[str]:
    """Join particles to the words that follow them: "de la Serna Calvo" -> "de la Serna", "Calvo"."""
    names: list[str] = []
    pending: list[str] = []
    for word in cell.split():
        if word in _INFIXES and names:
            pending = [names.pop(), word]
        elif (word[0].islower() and "-" not in word) or word in _LEADING or word[0] == "'":
            pending.append(word)
        else:
            names.append(" ".join([*pending, word]))
            pending = []
    return names


def _initials(name: str) -> str:
    return "".join(word[0] for word in re.findall(r"\w[\w']*", name) if word[0].isupper())


def in_capitals(line: str) -> str:
    """Put a marked line in capitals, but not its marks."""
    return re.sub(r"(\[)?([^\[\]|]+)(\|[POL]\])?", lambda m: f"{m[1] or ''}{m[2].upper()}{m[3] or ''}", line)
