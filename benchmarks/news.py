"""Invented news, saved the way analysts save pages: for races that need many small files, no two of them alike."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Final

_PLACES: Final = (
    "Oslo", "Bergen", "Lisbon", "Porto", "Tallinn", "Riga", "Accra", "Lima", "Quito", "Dakar", "Hanoi", "Muscat",
    "Zagreb", "Split", "Turku", "Malmö", "Gdańsk", "Brest", "Cork", "Leith",
)  # fmt: skip
_FIRST: Final = (
    "Ann",
    "Bo",
    "Carla",
    "Dmitri",
    "Elif",
    "Femi",
    "Grace",
    "Hugo",
    "Ines",
    "Jonas",
    "Kaya",
    "Luis",
)
_LAST: Final = (
    "Adeyemi", "Berg", "Costa", "Dahl", "Ekström", "Fischer", "Grant", "Horvat", "Ito", "Jensen", "Kowalska", "Lind",
)  # fmt: skip
_KIND: Final = (
    "regional", "former", "largest", "second", "new", "disputed", "state-owned", "northern", "smaller", "foreign", "joint",
    "local", "private", "temporary", "national", "late", "costly", "promised", "unfinished", "public", "annual", "cheaper",
    "seasonal", "secret", "independent", "southern", "oldest", "remote", "elected", "retired", "wealthy", "hungry",
)  # fmt: skip
_THING: Final = (
    "harbour", "ministry", "bridge", "union", "court", "bank", "shift", "fleet", "guard", "grid", "council", "refinery",
    "office", "farm", "school", "ferry", "tunnel", "clinic", "market", "museum", "airline", "dam", "mill", "mine", "road",
    "station", "archive", "theatre", "vineyard", "quarry", "pipeline", "stadium", "laboratory", "prison", "orchard",
)  # fmt: skip
_PART: Final = (
    "budget", "board", "roof", "workers", "owners", "licence", "opening", "closure", "costs", "neighbours", "records",
    "guests", "lease", "engineers", "critics", "windows", "history", "debts", "supplies", "rules", "map", "winter", "name",
)  # fmt: skip
_WHO: Final = (
    "the harbour authority", "the fisheries ministry", "a union of dockers", "the regional court", "the central bank",
    "the port's night shift", "a group of shipowners", "the coast guard", "opposition lawmakers", "the grid operator",
    "the city council", "an insurers' association", "two of the refineries", "the customs office", "local farmers",
)  # fmt: skip
_DID: Final = (
    "said it would suspend", "agreed to review", "refused to sign", "is expected to delay", "has quietly widened",
    "voted to end", "published its plan for", "warned against", "asked for more time on", "took over the costs of",
    "was accused of breaking", "called for an inquiry into", "signed a letter on", "will vote next week on",
)  # fmt: skip
_WHAT: Final = (
    "the ferry subsidies", "a limit on cod landings", "the new grain terminal", "night flights over the bay",
    "a contract for two tugs", "the levy on cruise ships", "the repair of the eastern pier", "winter fuel deliveries",
    "the sale of the old shipyard", "a treaty on shared waters", "pension rights of pilots", "the dredging of the canal",
    "price caps on electricity", "the import of machine parts", "emergency loans to growers",
)  # fmt: skip
_WHY: Final = (
    "after months of talks that led nowhere", "because costs had risen faster than planned",
    "although a court had ruled otherwise in spring", "as storms closed the coast road for a third day",
    "while prices at the quay fell to a ten-year low", "despite a promise made before the election",
    "in a step that surprised even its partners", "which critics call too little and too late",
    "and set aside money for the families concerned", "before the deadline at the end of the month",
    "under pressure from lenders and neighbours", "without saying who would pay for it",
)  # fmt: skip
_SITE: Final = (
    "Home", "World", "Business", "Sign in", "Subscribe", "Share this article", "Most read", "Related stories",
    "Follow us on social media", "Newsletter", "Terms of use", "Privacy policy", "Advertisement", "Comments",
)  # fmt: skip


def write_pages(folder: Path, n: int, *, seed: int = 1) -> None:
    """Write so many pages as text files: 5 to 15 paragraphs with a head and some furniture, 1 to 3 KB."""
    for i, article in enumerate(_articles(n, seed)):
        (folder / f"{i:06d}.txt").write_text(article.page, encoding="utf-8")


def write_articles(folder: Path, n: int, *, seed: int = 1) -> None:
    """Write so many text files with the same articles and nothing of a site around them."""
    for i, article in enumerate(_articles(n, seed)):
        (folder / f"{i:06d}.txt").write_text(article.text, encoding="utf-8")


def write_records(folder: Path, n: int, *, seed: int = 1) -> None:
    """Write so many files of JSON lines with one article each."""
    for i, article in enumerate(_articles(n, seed)):
        (folder / f"{i:06d}.jsonl").write_text(article.record + "\n", encoding="utf-8")


def write_lines(file: Path, n: int, *, seed: int = 1, append: bool = False) -> None:
    """Write one file of JSON lines with so many articles, or add them to it."""
    with file.open("a" if append else "w", encoding="utf-8") as out:
        for article in _articles(n, seed):
            out.write(article.record + "\n")


def write_html(folder: Path, n: int, *, seed: int = 1) -> None:
    """Write so many pages as HTML."""
    for i, article in enumerate(_articles(n, seed)):
        (folder / f"{i:06d}.html").write_text(article.html, encoding="utf-8")


class _Article:
    """One invented article, in each form."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        self.day = date(2024, 1, 1) + timedelta(days=chance.randrange(360))
        self.author = f"{chance.choice(_FIRST)} {chance.choice(_LAST)}"
        self.outlet = f"{chance.choice(_PLACES)} Tern"
        who, what = chance.choice(_WHO), chance.choice(_WHAT)
        self.title = f"{who[:1].upper()}{who[1:]} at odds over {what} in {chance.choice(_PLACES)}"
        n = chance.randint(5, 15)
        self.paragraphs = [
            " ".join(self._sentence() for _ in range(chance.choice((1, 1, 2) if n > 8 else (1, 2, 3))))
            for _ in range(n)
        ]

    def _sentence(self) -> str:
        pick = self._chance.choice
        who = pick(
            (
                pick(_WHO),
                f"the {pick(_THING)} {pick(_PART)}",
                f"a {pick(_KIND)} {pick(_THING)} of {pick(_LAST)}",
            )
        )
        what = pick(
            (pick(_WHAT), f"the {pick(_PART)} of its {pick(_KIND)} {pick(_THING)}", f"every {pick(_THING)}")
        )
        why = pick(
            (pick(_WHY), f"near a {pick(_KIND)} {pick(_THING)}", f"whose {pick(_PART)} {pick(_LAST)} knew")
        )
        said = f"{who} {pick(_DID)} {what} in {pick(_PLACES)} {why}"
        number = self._chance.randrange(2, 900)
        form = self._chance.randrange(4)
        if form == 0:
            said = f"in {pick(_PLACES)}, {said}, {pick(_FIRST)} {pick(_LAST)} said on {self.day - timedelta(2):%A}"
        elif form == 1:
            said = f"some {number} people heard that {said}"
        elif form == 2:
            return f"“{said[:1].upper()}{said[1:]},” {pick(_FIRST)} {pick(_LAST)} told reporters."
        return f"{said[:1].upper()}{said[1:]}."

    @property
    def text(self) -> str:
        """The headline, the head and the paragraphs."""
        head = [self.title, f"By {self.author}", f"{self.day.day} {self.day:%B %Y}", ""]
        return "\n".join([*head, *self.paragraphs]) + "\n"

    @property
    def page(self) -> str:
        """The page as text."""
        above = self._chance.sample(_SITE, 3)
        below = self._chance.sample(_SITE, 4)
        return "\n".join([*above, "", self.text, *below, f"© 2024 {self.outlet}"]) + "\n"

    @property
    def record(self) -> str:
        """The article as one line of JSON."""
        fields = {"title": self.title, "date": f"{self.day}", "author": self.author, "outlet": self.outlet}
        return json.dumps({**fields, "text": "\n".join(self.paragraphs)}, ensure_ascii=False)

    @property
    def html(self) -> str:
        """The page as HTML."""
        menu = "".join(f"<li><a href='/{i}'>{label}</a></li>" for i, label in enumerate(_SITE[:6]))
        body = "\n".join(f"<p>{paragraph}</p>" for paragraph in self.paragraphs)
        return (
            f"<!DOCTYPE html><html lang='en'><head><title>{self.title}</title>"
            f"<meta property='article:published_time' content='{self.day}'></head><body><nav><ul>{menu}</ul></nav>"
            f"<article><h1>{self.title}</h1><p class='byline'>By {self.author}</p>{body}</article>"
            f"<footer>© 2024 {self.outlet}</footer></body></html>\n"
        )


def _articles(n: int, seed: int) -> Iterator[_Article]:
    chance = random.Random(seed)
    for _ in range(n):
        yield _Article(chance)
