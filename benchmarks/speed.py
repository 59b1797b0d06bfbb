"""Races: one stage of the library and peers that do the same, on the same texts in turn.

Each round has texts of its own, so that no tool meets a text twice and nothing remembered counts; the tools run one
after another within a round. What is told is the median over the rounds, of processor time (of all threads), which
does not drift when other programs run.
"""

from __future__ import annotations

import importlib
import io
import json
import platform
import random
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

import pandas as pd

import analystkit as ak
from analystkit.annotate.actors.gazetteer import TITLE, gazetteer
from analystkit.errors import AnalystkitError
from benchmarks.data import megabytes, read_lines
from benchmarks.figures import BenchmarkError, Figure, SkippedError, aligned, figures_table
from benchmarks.language import language
from benchmarks.loading import load_memory, load_rates
from benchmarks.machine import told, versions
from benchmarks.redraw import redraw_table, redraws

Texts = list[str]
Run = Callable[[Texts], int]

PEERS: Final = ("nltk", "blingfire", "vaderSentiment", "flashtext", "rensa", "datasketch", "scikit-learn")
#: How many tokens a second each of our finders of names must read: "accurate" on two cores, the others on one.
FINDERS: Final = {"rules": None, "fast": 15_000, "accurate": 10_000}
#: How many texts each is given a round.
_READ: Final = 100
_TOKEN: Final = re.compile(r"\w+|[^\w\s]")
SEEDS: Final = Path(__file__).parent / "seeds" / "reuters_1987.yml"

#: How the peers look for copies: on runs of three words, as the library does, with signatures of 128 values; 32 bands
#: of 4 propose pairs from a likeness of about 0.4 on.
SHINGLE, PERMUTATIONS, BANDS, SIMILAR = 3, 128, 32, 0.4


@dataclass(frozen=True)
class Tool:
    """One runner of a race.

    Attributes
    ----------
    name
        What it is, in words.
    package
        Whose version is told; "" is Python itself.
    prepare
        Imports it, reads its lists and returns what is timed: texts in, how many things it found out. Raises
        `SkippedError` where the package is not installed.
    """

    name: str
    package: str
    prepare: Callable[[], Run]


@dataclass(frozen=True)
class Race:
    """The tools that do one thing, ours first.

    Attributes
    ----------
    tools
        Who runs.
    texts_of
        Makes their texts from articles.
    all_at_once
        Give all articles to every round: for what remembers nothing and is about many.
    most_rounds
        No more rounds than this, however many are asked for: for what takes minutes.
    """

    tools: tuple[Tool, ...]
    texts_of: Callable[[Texts], Texts] = list
    all_at_once: bool = False
    most_rounds: int = 1000


@dataclass(frozen=True)
class Time:
    """How one tool did: `ratio` is its processor time over ours; `found` is what it found in the last round."""

    race: str
    tool: str
    version: str
    mb_per_second: float
    found: int
    ratio: float


def run(
    names: Sequence[str],
    *,
    collection: str,
    rounds: int,
    json_file: Path | None,
    tell: Callable[[str], None],
) -> None:
    """Run the named races, print what they gave and write it to `json_file` if given."""
    times: list[Time] = []
    skipped: dict[str, str] = {}
    races = [name for name in names if name in RACES]
    articles = _articles(collection) if races or {"tokens", "language", "redraw"} & set(names) else []
    for name in races:
        tell(name)
        times += race(name, RACES[name], articles, rounds, skipped)
    if times:
        print(_table(times))
    figures = import_time() if "import" in names else []
    if "language" in names:
        figures += language(articles, _many, rounds, tell)
    if "tokens" in names:
        figures += token_rates(articles, rounds, skipped)
    if "load" in names:
        figures += load_rates(rounds, tell)
    if "memory" in names:
        figures += load_memory(tell)
    if figures:
        print(figures_table(figures))
    redrawn = redraws(articles, rounds, tell) if "redraw" in names else []
    if redrawn:
        print(redraw_table(redrawn))
    for name, reason in skipped.items():
        print(f"skipped {name}: {reason}")
    found = versions(("analystkit", "numpy", "pandas", *PEERS))
    print(told(found))
    if json_file:
        kept = {
            "versions": found,
            "times": [asdict(time) for time in times],
            "figures": [asdict(figure) for figure in figures],
            "redraws": [asdict(one) for one in redrawn],
            "skipped": skipped,
        }
        json_file.write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")


def race(name: str, of: Race, articles: Texts, rounds: int, skipped: dict[str, str]) -> list[Time]:
    """Let the tools of a race run in turn; those not installed go into `skipped` with the reason."""
    rounds = min(rounds, of.most_rounds)
    ready: list[tuple[Tool, Run]] = []
    for tool in of.tools:
        try:
            ready.append((tool, tool.prepare()))
        except SkippedError as reason:
            skipped[f"{name}, {tool.name}"] = str(reason)
    # One share more than rounds: the first warms up (lists are read, patterns compiled) and is not counted.
    shares = [articles] * (rounds + 1) if of.all_at_once else _shares(articles, rounds + 1)
    seconds: dict[str, list[float]] = {tool.name: [] for tool, _ in ready}
    rates: dict[str, list[float]] = {tool.name: [] for tool, _ in ready}
    found: dict[str, int] = {}
    for at, share in enumerate(shares):
        texts = of.texts_of(share)
        for tool, runs in ready:
            begin = time.process_time()
            found[tool.name] = runs(texts)
            spent = time.process_time() - begin
            if at:
                seconds[tool.name].append(spent)
                rates[tool.name].append(megabytes(texts) / spent)
    ours = seconds[of.tools[0].name]
    return [
        Time(
            name,
            tool.name,
            version(tool.package) if tool.package else platform.python_version(),
            statistics.median(rates[tool.name]),
            found[tool.name],
            statistics.median(its / our_own for its, our_own in zip(seconds[tool.name], ours, strict=True)),
        )
        for tool, _ in ready
    ]


def token_rates(articles: Texts, rounds: int, skipped: dict[str, str]) -> list[Figure]:
    """Tell how many tokens (words, numbers, marks) a second each of our finders of names reads.

    By the clock, as "accurate" works on all cores: run it where nothing else runs.
    """
    few = random.Random(1).sample(articles, min(len(articles), _READ * rounds))
    figures = []
    for model, floor in FINDERS.items():
        try:
            ak.find_mentions(["The model is read."], model=model)
        except AnalystkitError as reason:
            skipped[f"tokens, {model}"] = str(reason)
            continue
        rates = []
        for texts in _shares(few, rounds):
            begin = time.perf_counter()
            ak.find_mentions(texts, model=model)
            spent = time.perf_counter() - begin
            rates.append(sum(len(_TOKEN.findall(text)) for text in texts) / spent)
        measure = f"find_mentions, {model}: tokens a second"
        figures.append(Figure("tokens", measure, round(statistics.median(rates)), rounds, floor=floor))
    return figures


def import_time(runs: int = 5) -> list[Figure]:
    """Import the library in fresh processes: the median time, that of pandas alone, and what must not come along."""
    code = (
        "import sys, time; begin = time.perf_counter(); import {0}; spent = time.perf_counter() - begin;"
        "print(spent, int('ipywidgets' in sys.modules), int('matplotlib.pyplot' in sys.modules))"
    )
    seconds: dict[str, float] = {}
    widgets = pyplot = 0
    for package in ("pandas", "analystkit"):
        lines = [
            subprocess.run(
                [sys.executable, "-c", code.format(package)], capture_output=True, text=True, check=True
            ).stdout.split()
            for _ in range(runs)
        ]
        seconds[package] = statistics.median(float(line[0]) for line in lines)
        widgets, pyplot = int(lines[0][1]), int(lines[0][2])
    return [
        Figure("import", "analystkit, seconds", seconds["analystkit"], runs, at_most=1.0),
        Figure("import", "pandas alone, seconds", seconds["pandas"], runs),
        Figure("import", "analystkit brings ipywidgets", widgets, runs, at_most=0),
        Figure("import", "analystkit brings pyplot", pyplot, runs, at_most=0),
    ]


def _articles(collection: str) -> Texts:
    """Return the bodies of a collection of JSON lines as the library loads them, wrapped lines joined."""
    path = Path(collection)
    if not collection or not path.is_file():
        raise BenchmarkError(
            f"There is no collection {collection!r}; name a file of JSON lines with --collection FILE"
            " (or set ANALYSTKIT_EVAL)."
        )
    frame = pd.DataFrame(read_lines(path))
    if "text" not in frame:
        raise BenchmarkError(f"The rows of {path} have no `text`; they have {', '.join(map(str, frame))}.")
    bodies = ak.from_frame(frame[["text"]], progress=False).articles["body"]
    return [body for body in dict.fromkeys(bodies) if body]


def _shares(articles: Texts, n: int) -> list[Texts]:
    size = len(articles) // n
    if not size:
        raise BenchmarkError(f"The collection has {len(articles)} articles, too few for {n} shares of them.")
    return [articles[i * size : (i + 1) * size] for i in range(n)]


def _table(times: Sequence[Time]) -> str:
    rows = [
        [
            time.race,
            time.tool,
            time.version,
            f"{time.mb_per_second:.2f}",
            str(time.found),
            f"{time.ratio:.2f}",
        ]
        for time in times
    ]
    return aligned(["race", "tool", "version", "MB/s", "found", "time, ours = 1"], rows)


def _peer(module: str) -> Any:
    """Import a peer, or say which package is missing."""
    try:
        return importlib.import_module(module)
    except ImportError:
        raise SkippedError(f"the package {module.partition('.')[0]} is not installed") from None


def _sentence_texts(articles: Texts) -> Texts:
    spans = ak.split_sentences(articles)
    cut = [
        articles[number][start:end]
        for number, start, end in spans[["text_id", "start", "end"]].itertuples(index=False)
    ]
    return list(dict.fromkeys(cut))


def _split_sentences() -> Run:
    return lambda texts: len(ak.split_sentences(texts))


def _punkt() -> Run:
    tokenizer = _peer("nltk.tokenize.punkt").PunktSentenceTokenizer()
    return lambda texts: sum(len(list(tokenizer.span_tokenize(text))) for text in texts)


def _blingfire() -> Run:
    split = _peer("blingfire").text_to_sentences_and_offsets
    return lambda texts: sum(len(split(text)[1]) for text in texts)


def _score_tone() -> Run:
    return lambda texts: int((ak.score_tone(texts) != 0).sum())


def _vader() -> Run:
    score = _peer("vaderSentiment.vaderSentiment").SentimentIntensityAnalyzer().polarity_scores
    return lambda texts: sum(score(text)["compound"] != 0 for text in texts)


def _find_mentions(model: str) -> Run:
    ak.find_mentions(["The model is read."], model=model)
    return lambda texts: len(ak.find_mentions(texts, model=model))


def _flashtext() -> Run:
    """Only the names in the lists, without kinds, unknown names or links: less than what ours does."""
    keywords = _peer("flashtext").KeywordProcessor(case_sensitive=True)
    for name, entry in gazetteer().entries.items():
        if entry is not None and entry.kind != TITLE:
            keywords.add_keyword(name, entry.actor)
    return lambda texts: sum(len(keywords.extract_keywords(text, span_info=True)) for text in texts)


def _find_topics() -> Run:
    term_lists = ak.read_topics(SEEDS)
    return lambda texts: len(ak.find_topics(texts, term_lists))


def _alternation() -> Run:
    patterns = [_pattern(terms) for terms in ak.read_topics(SEEDS).topics.values()]
    return lambda texts: sum(len(pattern.findall(text)) for text in texts for pattern in patterns)


def _pattern(terms: Sequence[str]) -> re.Pattern[str]:
    """Return one regular expression for a topic, the longest terms first."""
    written = []
    for term in sorted(terms, key=len, reverse=True):
        words = re.escape(term.removeprefix("=")).replace(r"\*", r"\w*").replace(r"\?", r"\w")
        words = words.replace(r"\ ", r"\s+")
        written.append(f"(?-i:{words})" if term.startswith("=") else words)
    return re.compile(rf"\b(?:{'|'.join(written)})\b", re.IGNORECASE)


def _group_copies() -> Run:
    def find(texts: Texts) -> int:
        ids = [f"{i:06d}" for i in range(len(texts))]
        stories = ak.group_copies(pd.DataFrame({"article_id": ids, "body": texts}))
        return int(stories.duplicated(keep=False).sum())

    return find


def _rensa() -> Run:
    rensa = _peer("rensa")

    def find(texts: Texts) -> int:
        matrix = rensa.RMinHash.digest_matrix_from_token_sets(
            [list(shingles) for shingles in map(_shingles, texts)], PERMUTATIONS, 1
        )
        lsh = rensa.RMinHashLSH(SIMILAR, PERMUTATIONS, BANDS)
        return sum(lsh.query_duplicate_flags_matrix_one_shot(matrix))

    return find


def _datasketch() -> Run:
    datasketch = _peer("datasketch")

    def find(texts: Texts) -> int:
        encoded = [[shingle.encode() for shingle in _shingles(text)] for text in texts]
        signatures = datasketch.MinHash.bulk(encoded, num_perm=PERMUTATIONS)
        lsh = datasketch.MinHashLSH(num_perm=PERMUTATIONS, params=(BANDS, PERMUTATIONS // BANDS))
        for at, signature in enumerate(signatures):
            lsh.insert(at, signature)
        return sum(len(lsh.query(signature)) > 1 for signature in signatures)

    return find


def _many(articles: Texts, n: int = 100_000, length: int = 2000) -> Texts:
    """Return new articles made of sentences drawn from the given ones; one in twenty is a copy, edited or cut."""
    chance = random.Random(1)
    sentences = _sentence_texts(articles)
    made: Texts = []
    while len(made) < n:
        if made and chance.random() < 0.05:
            words = chance.choice(made).split()
            for place in chance.sample(range(len(words)), len(words) // 25):
                words[place] = f"edit{chance.randrange(10**6)}"
            made.append(" ".join(words[: int(len(words) * chance.uniform(0.7, 1))]))
            continue
        text = ""
        while len(text) < length:
            text += chance.choice(sentences) + " "
        made.append(text)
    return made


def _json_lines(articles: Texts) -> Texts:
    return [
        json.dumps({"title": f"Article {i}", "date": "1987-03-01", "outlet": "Reuters", "text": text})
        for i, text in enumerate(articles)
    ]


def _load_lines() -> Run:
    """Cleaned, with dates read, copies found and zones and problems kept."""

    def find(lines: Texts) -> int:
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "articles.jsonl"
            file.write_text("\n".join(lines), encoding="utf-8")
            return len(ak.load(file, cache=False, workers=1, progress=False))

    return find


def _pandas_lines() -> Run:
    return lambda lines: len(pd.read_json(io.StringIO("\n".join(lines)), lines=True))


def _plain_lines() -> Run:
    return lambda lines: len([json.loads(line) for line in lines])


def _shingles(text: str) -> set[str]:
    words = re.findall(r"\w+", text.lower())
    return {" ".join(words[i : i + SHINGLE]) for i in range(len(words) - SHINGLE + 1)}


RACES: Final[dict[str, Race]] = {
    "sentences": Race(
        (
            Tool("split_sentences", "analystkit", _split_sentences),
            Tool("Punkt, untrained", "nltk", _punkt),
            Tool("sentences with offsets", "blingfire", _blingfire),
        )
    ),
    "tone": Race(
        (
            Tool("score_tone", "analystkit", _score_tone),
            Tool("polarity_scores", "vaderSentiment", _vader),
        ),
        texts_of=_sentence_texts,
    ),
    "actors": Race(
        (
            Tool("find_mentions", "analystkit", partial(_find_mentions, "fast")),
            Tool("find_mentions, rules", "analystkit", partial(_find_mentions, "rules")),
            Tool("listed names only", "flashtext", _flashtext),
        )
    ),
    "topics": Race(
        (
            Tool("find_topics", "analystkit", _find_topics),
            Tool("re, one alternation a topic", "", _alternation),
        )
    ),
    "copies": Race(
        (
            Tool("group_copies, exact", "analystkit", _group_copies),
            Tool("RMinHash + LSH", "rensa", _rensa),
            Tool("MinHash + LSH", "datasketch", _datasketch),
        ),
        all_at_once=True,
    ),
    "many_copies": Race(
        (
            Tool("group_copies, exact", "analystkit", _group_copies),
            Tool("RMinHash + LSH", "rensa", _rensa),
        ),
        texts_of=_many,
        all_at_once=True,
        most_rounds=1,
    ),
    "lines": Race(
        (
            Tool("load, JSON lines", "analystkit", _load_lines),
            Tool("read_json(lines=True) alone", "pandas", _pandas_lines),
            Tool("json.loads alone", "", _plain_lines),
        ),
        texts_of=_json_lines,
    ),
}

#: What can be asked for.
NAMES: Final = (*RACES, "tokens", "language", "import", "load", "memory", "redraw")
