"""Bodies of saved pages, from text and from HTML, and the one page the project began with."""

from __future__ import annotations

import gzip
import warnings
from collections import Counter
from pathlib import Path
from typing import Any, Final

import pandas as pd
import trafilatura

import analystkit as ak
from analystkit.clean.encoding import decode
from analystkit.clean.languages import find_language
from analystkit.clean.line_model import ZoneModel
from analystkit.clean.zones import body_of
from analystkit.errors import ProblemsWarning
from analystkit.read.bodies import shared_words
from analystkit.read.markup import page_text, parsed
from analystkit.read.pages import item_of_zones, read_html
from analystkit.read.stated import language_code
from analystkit.resources.make_zones import (
    authors_of,
    fit_model,
    folds,
    invented_pages,
    plain,
    read_pages,
    same_title,
)
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


def pages_cv(data: Data) -> list[Figure]:
    """Score saved pages with models that have not seen their hosts: what the fitted model is worth elsewhere.

    Five models are fitted, each with the recipe of the shipped one on four fifths of the hosts; some minutes.
    """
    training, made = read_pages(data.file("pages").parent), invented_pages()
    zones: dict[str, pd.DataFrame] = {}
    models: dict[str, ZoneModel] = {}
    for train, test in folds([page.host for page in training]):
        model = fit_model([training[i] for i in train], made)
        zones |= {training[i].name: ak.split_zones(training[i].text, model=model) for i in test}
        models |= {training[i].name: model for i in test}
    gold = read_json(data.file("pages/gold.json"))
    bodies = {page: body_of(zones[page]) for page in gold}
    scorer = data.scorer("score_pages")
    found = scorer.score(gold, bodies)
    return [
        *_scored("pages_cv", "", found, 0.0, floor=0.925),
        Figure("pages_cv", "share of pages under .5", found["pages_f1_below_0.5"], len(gold), at_most=0.05),
        *_html_cv(data, gold, bodies, models),
        *_multilingual("pages_cv", read_json(data.file("pages_multilingual/gold.json")), zones),
    ]


def pages_multilingual(data: Data) -> list[Figure]:
    """Score pages of seven languages saved as text, by segments that must and must not be in the body."""
    gold = read_json(data.file("pages_multilingual/gold.json"))
    texts = {path.stem: path.read_text(encoding="utf-8") for path in data.files("pages_multilingual/*.txt")}
    zones, seconds = timed(lambda: {page: ak.split_zones(text) for page, text in texts.items()})
    # The set's own language is a guess as well, "other" where it has none.
    guesses = {page: language_code(row["lang_guess"]) for page, row in gold.items()}
    bodies = {page: body_of(zones[page]) for page, guess in guesses.items() if guess != "other"}
    languages, its_seconds = timed(lambda: {page: find_language(body) for page, body in bodies.items()})
    same = sum(languages[page] == guesses[page] for page in bodies) / len(bodies)
    return [
        *_multilingual("pages_multilingual", gold, zones),
        Figure("pages_multilingual", "language as the set guesses it", same, len(bodies), its_seconds),
        Figure("pages_multilingual", "pages per second", len(texts) / seconds, len(texts)),
    ]


#: Floors of F by language; those with few pages are taken together.
_LANGUAGES: Final = {"all": 0.88, "German": 0.88, "English": 0.87, "rest": 0.82}
_HEAD_FLOORS: Final = {"date": 0.80, "title": 0.60, "author": 0.45}


def _multilingual(name: str, gold: dict[str, Any], zones: dict[str, pd.DataFrame]) -> list[Figure]:
    """Return F and the share of segments right, by language, and the shares of dates, titles and bylines right.

    A segment that must be in the body counts as found or missed, one that must not as extra if it is there.
    """
    counts = {language: Counter[str]() for language in _LANGUAGES}
    heads: dict[str, list[bool]] = {what: [] for what in _HEAD_FLOORS}
    for page, row in gold.items():
        body = body_of(zones[page])
        language = row["lang_guess"] if row["lang_guess"] in _LANGUAGES else "rest"
        for group in ("all", language):
            counts[group].update("found" if segment in body else "missed" for segment in row["with"])
            counts[group].update("extra" if segment in body else "left out" for segment in row["without"])
        item = item_of_zones(zones[page], f"{page}.txt")
        if row.get("date"):
            heads["date"].append(f"{item.published or ''}"[:10] == row["date"][:10])
        if row.get("title"):
            heads["title"].append(same_title(row["title"], item.title))
        if row.get("author"):
            heads["author"].append(any(author in plain(item.byline) for author in authors_of(row["author"])))
    figures = []
    for language, floor in _LANGUAGES.items():
        n = counts[language]
        f = 2 * n["found"] / max(2 * n["found"] + n["missed"] + n["extra"], 1)
        figures.append(Figure(name, f"segments, {language}: F", f, n.total(), floor=floor))
        right = (n["found"] + n["left out"]) / max(n.total(), 1)
        figures.append(Figure(name, f"segments, {language}: share right", right, n.total()))
    for what, right_ones in heads.items():
        share = sum(right_ones) / max(len(right_ones), 1)
        figures.append(Figure(name, f"{what} right", share, len(right_ones), floor=_HEAD_FLOORS[what]))
    return figures


def _html_cv(
    data: Data, gold: dict[str, Any], bodies: dict[str, str], models: dict[str, ZoneModel]
) -> list[Figure]:
    """Score the same pages saved as HTML, and compare their bodies with those from text."""
    if not (data.folder / "pages_html").exists():
        return []
    of_html = {}
    for path in data.files("pages_html/*.html*"):
        page = _page(path.name)
        html = decode(_unzipped(path)).text or ""
        items = read_html(html, path.name, "", "", [], model=models[page])
        of_html[page] = "\n".join(item.text_of(*BODY_ZONES) for item in items)
    found = data.scorer("score_pages").score(gold, of_html)
    return [*_scored("pages_cv", "as HTML, ", found, 0.0), _same("pages_cv", bodies, of_html, "as text")]


#: Words in both bodies over all their words, from which on two bodies are one.
_ONE_BODY: Final = 0.95


def _same(name: str, bodies: dict[str, str], others: dict[str, str], saved: str) -> Figure:
    same = [shared_words(bodies[page], others.get(page, "")) >= _ONE_BODY for page in bodies]
    return Figure(
        name,
        f"share of pages with the body of the page {saved}",
        sum(same) / len(same),
        len(same),
        floor=0.85,
    )


def pages_html(data: Data) -> list[Figure]:
    """Score the bodies found in pages saved as HTML, and those of trafilatura alone, in the same run.

    They are also compared with the bodies found in the same pages saved as text: by the browser that made the set, and
    by our own rules of how a browser does that.
    """
    folder = data.file("pages_html")
    gold = read_json(data.file("pages/gold.json"))
    scorer = data.scorer("score_pages")
    pages = {_page(path.name): _unzipped(path) for path in data.files("pages_html/*.html*")}
    bodies, seconds = timed(_bodies_of_html, folder)
    alone, its_seconds = timed(_bodies_by_trafilatura, pages)
    theirs = scorer.score(gold, alone)
    texts = {page: data.file(f"pages/{page}.txt").read_text(encoding="utf-8") for page in pages}
    shown = {page: page_text(parsed(decode(html).text or "")) for page, html in pages.items()}
    return [
        *_scored("pages_html", "", scorer.score(gold, bodies), seconds, floor=theirs["F1"]),
        *_scored("pages_html", "trafilatura alone, ", theirs, its_seconds),
        _same("pages_html", _bodies_of_text(texts), bodies, "as text"),
        _same("pages_html", _bodies_of_text(shown), bodies, "as its visible text"),
        Figure("pages_html", "pages per second", len(pages) / seconds, len(pages)),
    ]


def _bodies_of_text(pages: dict[str, str]) -> dict[str, str]:
    return {page: body_of(ak.split_zones(text)) for page, text in pages.items()}


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
