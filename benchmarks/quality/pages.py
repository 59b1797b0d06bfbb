"""Bodies of saved pages, from text and from HTML, and the one page the project began with."""

from __future__ import annotations

import gzip
import warnings
from pathlib import Path
from typing import Any, Final

import trafilatura

import analystkit as ak
from analystkit.errors import ProblemsWarning
from analystkit.schema import BODY_ZONES
from benchmarks.data import Data, read_json
from benchmarks.figures import BenchmarkError, Figure, timed

#: Named only around the article of the first page, never in it.
OUTSIDE: Final = ("Trump", "Syria", "Greenland", "YPG")
#: Names in it that stand for one actor.
MERGES: Final = (("Oleg Kozhemyako", "Kozhemyako"), ("North Korea", "DPRK"))


def seed(data: Data) -> list[Figure]:
    """Score the first page: its body, its zones, what must not be counted and what must be one actor."""
    page = data.file("../samples/saved_page.txt").read_text(encoding="utf-8")
    gold = data.file("../samples/saved_page_body.txt").read_text(encoding="utf-8")
    scorer = data.scorer("score_pages")
    zones = ak.split_zones(page)
    bodies, seconds = timed(_bodies_of_text, {"seed": page})
    body = bodies["seed"]
    found = scorer.score({"seed": {"articleBody": gold}}, bodies)
    figures = [
        Figure("seed", "body F1", found["F1"], 1, seconds, floor=0.98),
        Figure("seed", f"body words (gold: {len(gold.split())})", len(body.split()), len(page.split())),
    ]
    figures += [
        Figure("seed", f"lines of zone {zone}", n, len(zones))
        for zone, n in zones["zone"].value_counts(sort=False).items()
    ]
    for word in OUTSIDE:
        figures.append(Figure("seed", f"{word} in the page", page.count(word), 1))
        figures.append(Figure("seed", f"{word} in the body", body.count(word), 1, at_most=0))
    mentions = ak.find_mentions([body])
    for names in MERGES:
        named = mentions[mentions["surface"].isin(names)]
        is_one = named["surface"].nunique() == len(names) and named["actor"].nunique() == 1
        figures.append(Figure("seed", f"one actor: {' = '.join(names)}", int(is_one), len(named), floor=1))
    return figures


def pages(data: Data) -> list[Figure]:
    """Score the bodies found in pages saved as text."""
    gold = read_json(data.file("pages/gold.json"))
    texts = {path.stem: path.read_text(encoding="utf-8") for path in data.files("pages/*.txt")}
    scorer = data.scorer("score_pages")
    bodies, seconds = timed(_bodies_of_text, texts)
    return [
        *_scored("pages", "", scorer.score(gold, bodies), seconds),
        Figure("pages", "pages per second", len(texts) / seconds, len(texts)),
    ]


def pages_html(data: Data) -> list[Figure]:
    """Score the bodies found in pages saved as HTML, and those of trafilatura alone, in the same run."""
    folder = data.file("pages_html")
    gold = read_json(data.file("pages/gold.json"))
    scorer = data.scorer("score_pages")
    pages = {_page(path.name): _unzipped(path) for path in data.files("pages_html/*.html*")}
    bodies, seconds = timed(_bodies_of_html, folder)
    alone, its_seconds = timed(_bodies_by_trafilatura, pages)
    theirs = scorer.score(gold, alone)
    return [
        *_scored("pages_html", "", scorer.score(gold, bodies), seconds, floor=theirs["F1"]),
        *_scored("pages_html", "trafilatura alone, ", theirs, its_seconds),
    ]


def _bodies_of_text(pages: dict[str, str]) -> dict[str, str]:
    bodies = {}
    for page, text in pages.items():
        zones = ak.split_zones(text)
        bodies[page] = "\n".join(zones.loc[zones["zone"].isin(BODY_ZONES), "text"])
    return bodies


def _bodies_by_trafilatura(pages: dict[str, bytes]) -> dict[str, str]:
    return {page: trafilatura.extract(html, include_comments=False) or "" for page, html in pages.items()}


def _bodies_of_html(folder: Path) -> dict[str, str]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ProblemsWarning)  # a page without a body is scored as one
        articles = ak.load(folder, cache=False, progress=False).articles
    return {
        _page(path): body
        for path, body in zip(articles["path"].tolist(), articles["body"].tolist(), strict=True)
    }


def _page(path: str) -> str:
    return path.rpartition("/")[2].partition(".")[0]


def _unzipped(path: Path) -> bytes:
    data = path.read_bytes()
    try:
        return gzip.decompress(data) if path.suffix == ".gz" else data
    except (OSError, EOFError) as fault:
        raise BenchmarkError(f"{path} cannot be unpacked ({fault}).") from None


def _scored(
    name: str, whose: str, found: dict[str, Any], seconds: float, *, floor: float | None = None
) -> list[Figure]:
    n = found["pages"]
    return [
        Figure(name, f"{whose}F1", found["F1"], n, seconds, floor=floor),
        Figure(name, f"{whose}precision", found["P"], n),
        Figure(name, f"{whose}recall", found["R"], n),
    ]
