"""The benchmarks: files taken as they come, scorers where they lie, what is absent told, floors held."""

from __future__ import annotations

import gzip
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks import news
from benchmarks.__main__ import main
from benchmarks.data import open_data, read_lines
from benchmarks.figures import BenchmarkError, Figure, SkippedError, figures_table
from benchmarks.loading import load_memory, load_rates
from benchmarks.quality import SETS, measure
from benchmarks.whole import Clock

ROOT = Path(__file__).parents[1]

PARAGRAPHS = [
    "The ministers of two countries met in Oslo on Friday to talk about fish and about the price of grain.",
    "They will meet again in June, the host said, because nothing was settled at the table this time.",
]

#: Scorers that give back what they were called with, in the fields that the real ones have.
SCORERS = {
    "score_pages": """
        def score(gold, pred):
            right = sum(pred.get(key, "").split() == page["articleBody"].split() for key, page in gold.items())
            return {"P": right / len(gold), "R": right / len(gold), "F1": right / len(gold), "pages": len(gold)}
    """,
    "score_sentences": """
        def score(gold, pred, genre=None):
            rows = {key: row for key, row in gold.items() if genre in (None, row["genre"])}
            wanted = sum(len(row["sentences"]) for row in rows.values())
            right = sum(span in row["sentences"] for key, row in rows.items() for span in pred[key]["sentences"])
            share = right / wanted if wanted else 0
            return {"P": share, "R": share, "F1": share, "gold": wanted}
    """,
    "score_ner": """
        def score(gold, pred):
            spans = lambda rows: [(k, e["start"], e["end"], e["type"]) for k in rows for e in rows[k]["entities"]]
            share = len(set(spans(gold)) & set(spans(pred))) / max(len(spans(gold)), len(spans(pred)))
            types = {f"{kind}_F1": share for kind in ("PERSON", "ORG", "LOCATION")}
            return {"P": share, "R": share, "F1": share, "gold": len(spans(gold)), **types}
    """,
    "score_actors": """
        def score(gold, pred, scope="doc"):
            found = {(key if scope == "doc" else "", a["id"]) for key in pred for a in pred[key]["actors"]}
            share = len(found) / 10
            return {"actor_F1": share, "b3_F1": share, "mention_F1": share, "gold_actors": len(gold)}
    """,
    "score_sentiment": """
        def target(gold, pred):
            share = 100 * sum(a == b for a, b in zip(gold, pred)) / len(gold)
            return {"n": len(gold), "acc": share, "macro_f1": share}
        def corr(gold, pred):
            same = float(all((a > 0) == (b > 0) for a, b in zip(gold, pred)))
            return {"n": len(gold), "pearson": same, "spearman": same}
    """,
    "score_pairs": """
        def score(gold, pred):
            right = sum([pair["a"], pair["b"]] in [list(p) for p in pred] for pair in gold)
            return {"P": right / len(pred), "R": right / len(gold), "F1": 1.0, "gold": len(gold), "pred": len(pred)}
    """,
}


def write_lines(path: Path, *rows: object) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")


def write_json(path: Path, value: object) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(value), encoding="utf-8")


def write_scorers(folder: Path) -> None:
    folder.mkdir()
    for name, code in SCORERS.items():
        lines = [line.removeprefix("        ") for line in code.split("\n")]
        (folder / f"{name}.py").write_text("\n".join(lines), encoding="utf-8")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An empty data folder with scorers."""
    data = tmp_path / "labelled"
    data.mkdir()
    write_scorers(data / "score")
    return data


def figures_of(folder: Path, name: str) -> dict[str, float]:
    figures, skipped, failed = measure(open_data(str(folder)), [name], tell=lambda _: None)
    assert (skipped, failed) == ({}, {})
    assert all(figure.set == name for figure in figures)
    return {figure.measure: figure.figure for figure in figures}


def test_pages_are_read_as_text_and_as_html(folder: Path) -> None:
    body = "\n".join(PARAGRAPHS)
    write_json(folder / "pages" / "gold.json", {"p1": {"articleBody": body}, "p2": {"articleBody": "Lost."}})
    (folder / "pages" / "p1.txt").write_text(f"World\n{body}\nMost read\n", encoding="utf-8")
    (folder / "pages_html").mkdir()
    prose = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS * 3)
    page = f"<html><head><title>Fish</title></head><body><article>{prose}</article></body></html>"
    (folder / "pages_html" / "p1.html.gz").write_bytes(gzip.compress(page.encode()))
    assert figures_of(folder, "pages")["F1"] == 1 / 2
    html = figures_of(folder, "pages_html")
    assert set(html) >= {"F1", "trafilatura alone, F1"}


def test_seed_counts_names_around_the_article_and_in_it(folder: Path) -> None:
    body = (
        "North Korea thanked Oleg Kozhemyako on Friday. The DPRK said that Kozhemyako would come again soon."
    )
    samples = folder.parent / "samples"
    samples.mkdir()
    (samples / "saved_page_body.txt").write_text(body, encoding="utf-8")
    (samples / "saved_page.txt").write_text(f"{body}\nMost read\nTrump on Greenland\n", encoding="utf-8")
    found = figures_of(folder, "seed")
    assert found["body F1"] == 1
    assert found["body words (gold: 16)"] == 16
    assert (found["Trump in the page"], found["Trump in the body"]) == (1, 0)
    assert (found["YPG in the page"], found["YPG in the body"]) == (0, 0)
    assert found["one actor: Oleg Kozhemyako = Kozhemyako"] == 1
    assert found["one actor: North Korea = DPRK"] == 1


def test_sentences_of_any_file_are_scored_by_genre_and_in_all(folder: Path) -> None:
    write_lines(
        folder / "sentences" / "anything.jsonl",
        {"doc_id": "a", "genre": "news", "text": "One went. Two came.", "sentences": [[0, 9], [10, 19]]},
        {"doc_id": "b", "genre": "letter", "text": "Dear all.", "sentences": [[0, 4], [5, 9]]},
    )
    found = figures_of(folder, "sentences")
    assert found["anything, news: F1"] == 1
    assert found["anything, all: F1"] == 2 / 4


def test_mentions_are_scored_in_the_types_of_the_gold_without_adjectives(folder: Path) -> None:
    text = "Russian officials met Vladimir Putin in Moscow, KCNA told the United Nations in Japan."
    wanted = {"Vladimir Putin": "PERSON", "Moscow": "LOCATION", "KCNA": "ORG", "United Nations": "ORG"}
    wanted["Japan"] = "LOCATION"
    entities = [
        {"start": text.index(name), "end": text.index(name) + len(name), "type": kind}
        for name, kind in wanted.items()
    ]
    write_lines(folder / "actors" / "mentions_x.jsonl", {"doc_id": "a", "text": text, "entities": entities})
    assert figures_of(folder, "actors")["mentions_x: F1"] == 1


def test_actor_sets_are_scored_in_both_scopes(folder: Path) -> None:
    write_lines(
        folder / "actors" / "sets_x.jsonl",
        {"doc_id": "a", "text": "Japan spoke.", "span": [0, 99], "mentions": []},
        {"doc_id": "b", "text": "Japan and China spoke.", "span": [0, 99], "mentions": []},
    )
    found = figures_of(folder, "actors")
    # Japan and China; Japan counts once in each document.
    assert found["sets_x, doc: actor F1"] == 3 / 10
    assert found["sets_x, collection: actor F1"] == 2 / 10


def test_sentiment_takes_labels_by_threshold_and_ratings_by_correlation(folder: Path) -> None:
    sentiment = folder / "sentiment"
    good, bad, flat = "A great and happy day.", "A terrible murder.", "It is Monday."
    write_lines(
        sentiment / "newsmtsc_x.jsonl",
        {"id": "1", "text": good, "label": 1},
        {"id": "2", "text": bad, "label": -1},
        {"id": "3", "text": flat, "label": 0},
    )
    write_lines(sentiment / "persent.jsonl", {"id": "1", "text": f"{flat} {bad}", "label": -1})
    found = figures_of(folder, "sentiment")
    assert found == {
        "newsmtsc_x: macro-F1": 100,
        "newsmtsc_x: accuracy": 100,
        "persent: macro-F1": 100,
        "persent: accuracy": 100,
    }


def test_ratings_are_correlated(folder: Path) -> None:
    pytest.importorskip("scipy", reason="the scorer of ratings needs scipy")
    write_lines(
        folder / "sentiment" / "nyt.jsonl",
        {"id": "1", "text": "A great and happy day.", "score": 0.8},
        {"id": "2", "text": "A terrible murder.", "score": -0.9},
    )
    assert figures_of(folder, "sentiment")["nyt: Pearson r"] == 1


def test_topics_are_the_class_with_the_most_seed_words(folder: Path) -> None:
    write_lines(
        folder / "topics" / "bbc.jsonl",
        {"id": 1, "title": "Cup", "text": "Cup\nThe coach praised the team.", "label": "sport"},
        {"id": 2, "title": "Film award", "text": "The actor sang.", "label": "entertainment"},
        {"id": 3, "title": "Rain", "text": "It rained.", "label": "sport"},
    )
    found = figures_of(folder, "topics")
    # sport: 1 of 2 found, none wrong: 2 * 1 / (2 + 1); entertainment: 1.
    assert found["bbc: macro-F1, counted"] == (2 / 3 + 1) / 2
    assert found["bbc: share without a seed word"] == 1 / 3


def test_topics_without_seed_words_are_named_and_the_others_kept(folder: Path) -> None:
    row = {"id": 1, "title": "Cup", "text": "The coach praised the team.", "label": "sport"}
    write_lines(folder / "topics" / "bbc.jsonl", row)
    write_lines(folder / "topics" / "unknown.jsonl", row)
    figures, skipped, failed = measure(open_data(str(folder)), ["topics"], tell=lambda _: None)
    assert [figure.measure.partition(":")[0] for figure in figures] == ["bbc", "bbc"]
    assert skipped == {"topics": "unknown.jsonl: no seed words in benchmarks/seeds"}
    assert failed == {}


def test_reference_values_are_compared_with_public_functions(folder: Path) -> None:
    entry = {"family": "association", "tol": 0.005, "measure": "log_likelihood_4cell"}
    entries = [
        {
            **entry,
            "id": "right",
            "input": {"n_ii": 110, "n_ix": 2552, "n_xi": 221, "n_xx": 31777},
            "expected": 270.72,
        },
        {**entry, "id": "wrong", "input": {"table": [[10, 0], [3, 31764]]}, "expected": 1.0},
        {**entry, "id": "unknown", "family": "astrology", "input": {}, "expected": 1.0},
    ]
    path = folder / "statistics" / "reference_values.json"
    path.parent.mkdir()
    path.write_text(json.dumps(entries), encoding="utf-8")
    figures, _, failed = measure(open_data(str(folder)), ["statistics"], tell=lambda _: None)
    told = [(figure.set, figure.measure, figure.figure, figure.n) for figure in figures]
    assert told[:3] == [
        ("statistics", "association: values right", 1, 2),
        ("statistics", "astrology: values right", 0, 1),
        ("statistics", "all values right", 1, 3),
    ]
    assert told[-2:] == [
        ("series", "coal: disasters a year before", 3.10, 112),
        ("series", "coal: disasters a year after", 0.91, 112),
    ]
    assert "wrong: 167.2" in failed["statistics"]
    assert "nothing measures the family 'astrology'" in failed["statistics"]


def test_words_are_timed_beside_scikit_learn() -> None:
    pytest.importorskip("sklearn")
    from benchmarks.language import language

    articles = [f"The interest rates of bank {i} rose. Opec met." for i in range(20)]
    figures = language(
        articles, lambda given, n: (given * n)[:n], 1, lambda _: None, n_keyness=30, n_lines=40
    )
    told = {figure.measure: figure for figure in figures}
    assert told["concordance of opec, 40 lines, seconds"].n == 40
    assert told["term matrix from cached tokens, times as quick"].floor == 4


def test_duplicates_are_the_pairs_inside_stories(folder: Path) -> None:
    story = " ".join(f"word{i}" for i in range(60))
    documents = [
        {"id": 7, "body": story},
        {"id": 8, "body": "Another text."},
        {"id": 9, "body": f"{story} more"},
    ]
    write_json(folder / "duplicates" / "docs.json", documents)
    write_json(folder / "duplicates" / "pairs.json", [{"a": 7, "b": 9, "label": "dup"}])
    found = figures_of(folder, "duplicates")
    assert (found["pairs: precision"], found["pairs: recall"]) == (1, 1)


def test_tone_equals_vader_on_every_sentence(folder: Path) -> None:
    pytest.importorskip("vaderSentiment", reason="the package vaderSentiment is not installed")
    write_lines(
        folder.parent / "collections" / "reuters_1987.jsonl",
        {"text": "A great day. NOT a terrible one!!!"},
        {"text": "It is Monday."},
    )
    assert figures_of(folder, "vader")["sentences unlike vaderSentiment"] == 0


@pytest.mark.parametrize("has_scorers", [True, False])
def test_absent_sets_are_skipped_with_the_reason(folder: Path, has_scorers: bool) -> None:
    if not has_scorers:
        shutil.rmtree(folder / "score")
    read = [name for name in SETS if name not in ("intervals", "robustness")]  # the others draw their own
    figures, skipped, failed = measure(open_data(str(folder)), read, tell=lambda _: None)
    assert (figures, failed) == ([], {})
    assert set(skipped) == set(read)
    assert skipped["pages"] == f"no {folder / 'pages' / 'gold.json'}"
    assert skipped["sentences"] == f"no {folder / 'sentences' / '*.jsonl'}"


def test_scorers_of_another_folder_are_used(folder: Path, tmp_path: Path) -> None:
    (folder / "score").rename(tmp_path / "elsewhere")
    row = {"doc_id": "a", "genre": "news", "text": "One went.", "sentences": [[0, 9]]}
    write_lines(folder / "sentences" / "x.jsonl", row)
    _, _, failed = measure(open_data(str(folder)), ["sentences"], tell=lambda _: None)
    missing = folder / "score" / "score_sentences.py"
    told = f"There is no scorer {missing}; name the folder that has it with --score FOLDER."
    assert failed == {"sentences": told}
    figures, _, failed = measure(
        open_data(str(folder), str(tmp_path / "elsewhere")), ["sentences"], tell=lambda _: None
    )
    assert failed == {}
    assert figures[0].figure == 1


def test_quality_prints_a_table_and_writes_it(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    row = {"doc_id": "a", "genre": "letter", "text": "Dear all.", "sentences": [[0, 4], [5, 9]]}
    write_lines(folder / "sentences" / "x.jsonl", row)
    kept = tmp_path / "figures.json"
    arguments = ["quality", "sentences", "pages", "--data", str(folder), "--json", str(kept)]
    assert main(arguments) == 1  # its F1 of 0 is below the floor
    printed = capsys.readouterr().out.split("\n")
    assert printed[0].split() == ["set", "measure", "figure", "floor", "n", "seconds"]
    assert printed[2].split() == ["sentences", "x,", "all:", "F1", "0", ">=", "0.93", "MISSED", "2"]
    assert any(line.startswith("skipped pages: no ") for line in printed)
    written = json.loads(kept.read_text(encoding="utf-8"))
    assert set(written["versions"]) >= {"machine", "Python", "analystkit"}
    assert written["figures"][0]["floor"] == 0.93
    assert set(written["skipped"]) == {"pages"}


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (
            ["quality", "--data", ""],
            "Name the folder of labelled sets: --data FOLDER (or set ANALYSTKIT_EVAL).",
        ),
        (
            ["quality", "--data", "nowhere"],
            "nowhere; --data names the folder that holds pages/, actors/, ...",
        ),
        (
            ["quality", "--data", ".", "--score", "nowhere"],
            "--score names the folder that holds score_pages.py, ...",
        ),
        (
            ["quality", "page", "--data", "."],
            "There is no set 'page'; the sets are zoo, exports, seed, pages, pages_html,",
        ),
        (
            ["fuzz", "lexis"],
            "There is no target 'lexis'; the targets are split_zones, sniff, find_date, offsets,",
        ),
        (["fuzz", "--seconds", "0"], "--seconds is 0; give 1 or more."),
        (["speed", "sentence"], "There is no race 'sentence'; the races are sentences, tone, actors,"),
        (
            ["speed", "tone", "--collection", "nowhere.jsonl"],
            "There is no collection 'nowhere.jsonl'; name a file",
        ),
        (["speed", "tone", "--rounds", "0"], "--rounds is 0; give 1 or more."),
        (["whole", "nowhere.jsonl"], "There is no nowhere.jsonl."),
    ],
)
def test_a_wrong_call_is_told_in_one_sentence(
    arguments: list[str],
    told: str,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(arguments) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.startswith("benchmarks: ")
    assert told in printed.err
    assert printed.err.count("\n") == 1


ZOO = """
import json, sys
from pathlib import Path
out = Path(sys.argv[1])
(out / "a.csv").write_text("title,text\\nA,Words that are read.\\n")
(out / "b.txt").write_text("")
(out / ".c.txt").write_text("hidden")
cases = [{"path": name, "expected_documents": n, "report_must_name": words}
         for name, n, words in (("a.csv", 1, []), ("b.txt", 0, ["empty"]), ("b.txt", 1, []), ("a.csv", 1, ["c.csv"]))]
(out / "zoo.json").write_text(json.dumps({"cases": cases}))
"""


def test_bad_files_are_compared_with_what_is_said_of_each(folder: Path) -> None:
    (folder / "zoo").mkdir()
    (folder / "zoo" / "make_zoo.py").write_text(ZOO, encoding="utf-8")
    found = figures_of(folder, "zoo")
    assert found["cases as expected"] == 2
    assert found["FAILED b.txt: 0 articles instead of 1"] == 0
    assert found["FAILED a.csv: the report does not name 'c.csv'"] == 0
    assert found["whole folder: articles"] == 1
    assert found["whole folder: files neither loaded nor named"] == 0
    assert found["files written outside, programs run"] == 0


def test_exports_are_compared_by_their_first_and_last_article(folder: Path) -> None:
    (folder / "exports").mkdir()
    (folder / "exports" / "a.csv").write_text(
        "title,date,outlet,byline,text\nBridge,2024-05-03,Tern,Ann Lee,It closed.\nFerry,2024-05-04,Tern,,It ran.\n"
    )
    first = {
        "title": "Bridge",
        "date": "May 3, 2024",
        "outlet": "Tern",
        "byline": "By Ann Lee",
        "body80": "It clo",
    }
    last = {"title": "Ferry", "date": "", "outlet": "Tern", "byline": None, "body80": "It ran."}
    expected = {"n_articles": 2, "first": first, "last": None}
    write_json(folder / "exports" / "expected.json", {"a.csv": expected})
    assert figures_of(folder, "exports") == {"exports as expected": 1, "articles read": 2}
    write_json(folder / "exports" / "expected.json", {"a.csv": {**expected, "last": last}})
    assert figures_of(folder, "exports") == {
        "exports as expected": 0,
        "articles read": 2,
        "WRONG a.csv, last article, date: '2024-05-04' instead of ''": 0,
    }


def test_a_broken_line_is_named(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    path.write_text('{"a": 1}\n\n{"a":\n', encoding="utf-8")
    with pytest.raises(BenchmarkError, match=r"x\.jsonl, line 3 is not JSON"):
        read_lines(path)


def test_a_figure_says_whether_it_holds() -> None:
    held = Figure("s", "m", 0.95, 3, floor=0.95)
    missed = Figure("s", "m", 1, 3, 0.5, at_most=0)
    assert (held.holds, missed.holds, Figure("s", "m", 0, 3).holds) == (True, False, True)
    assert figures_table([held, missed]).split("\n")[2:] == [
        "s    m          0.95  >= 0.95       3",
        "s    m             1  <= 0  MISSED  3     0.50",
    ]


def test_a_stage_inside_another_is_not_counted_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    ticks = iter([0.0, 1.0, 3.0, 10.0])
    monkeypatch.setattr("benchmarks.whole.time.perf_counter", lambda: next(ticks))
    clock = Clock()
    with clock.stage("load"), clock.stage("copies"):
        pass
    # load runs from 0 to 10, copies from 1 to 3.
    assert clock.seconds == {"load": 8.0, "copies": 2.0}


def test_a_peer_that_is_not_installed_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    from benchmarks.speed import Race, Tool, _peer, race

    def absent() -> object:
        return _peer("no_such_package.inside")

    def ready() -> object:
        return len

    skipped: dict[str, str] = {}
    tools = (Tool("ours", "analystkit", ready), Tool("theirs", "none", absent))  # type: ignore[arg-type]
    times = race("words", Race(tools), ["One.", "Two.", "Three.", "Four."], 3, skipped)
    assert [(time.tool, time.found, time.ratio) for time in times] == [("ours", 1, 1.0)]
    assert skipped == {"words, theirs": "the package no_such_package is not installed"}
    with pytest.raises(SkippedError):
        absent()


def test_speed_and_whole_run_in_fresh_processes(tmp_path: Path) -> None:
    collection = tmp_path / "articles.jsonl"
    body = (
        "Crude oil rose. President Ronald Reagan met Japan's minister {} in Tokyo on Friday to talk of wheat."
    )
    write_lines(
        collection,
        *({"title": f"Oil {i}", "text": body.format(i), "date": f"1987-0{i % 2 + 3}-01"} for i in range(8)),
    )
    speed = tmp_path / "speed.json"
    whole = tmp_path / "whole.json"
    for arguments in (
        ["speed", "topics", "--rounds", "1", "--collection", str(collection), "--json", str(speed)],
        ["whole", str(collection), "--json", str(whole)],
    ):
        subprocess.run(
            [sys.executable, "-m", "benchmarks", *arguments], cwd=ROOT, check=True, capture_output=True
        )
    times = json.loads(speed.read_text(encoding="utf-8"))["times"]
    # 4 articles a share, 2 terms (crude, wheat) each.
    assert [(time["tool"], time["found"]) for time in times] == [
        ("find_topics", 8),
        ("re, one alternation a topic", 8),
    ]
    found = json.loads(whole.read_text(encoding="utf-8"))
    assert (found["articles"], found["topic_hits"]) == (8, 16)
    assert list(found["seconds"]) == [
        "import",
        "load",
        "copies",
        "sentences and tone",
        "actors",
        "linking",
        "topics",
        "measures",
        "report",
    ]
    assert sum(found["seconds"].values()) == pytest.approx(found["total_seconds"], rel=0.2)


def test_invented_pages_are_of_the_size_of_short_news_and_all_different(tmp_path: Path) -> None:
    news.write_pages(tmp_path, 200)
    sizes = [file.stat().st_size for file in tmp_path.iterdir()]
    assert 1000 <= sum(sizes) / 200 <= 3000
    assert len({file.read_bytes() for file in tmp_path.iterdir()}) == 200


def test_loading_is_told_beside_what_does_least_with_the_same_files() -> None:
    figures = load_rates(1, lambda _: None, files=3)
    assert [figure.n for figure in figures] == [3] * 15
    assert [figure.floor for figure in figures[::3]] == [5000, 5000, 5000, 5000, None]
    assert figures[0].measure == "text files, articles a second"
    assert figures[0].seconds is not None
    assert figures[0].figure == pytest.approx(3 / figures[0].seconds)


@pytest.mark.skipif(not Path("/proc/self/smaps_rollup").exists(), reason="memory is read from /proc")
def test_the_memory_of_a_load_is_that_of_its_process_and_those_below_it() -> None:
    (figure,) = load_memory(lambda _: None, megabytes=1)
    assert figure.n > 300
    assert 50 < figure.figure < 1500


@pytest.mark.skipif(
    not os.environ.get("ANALYSTKIT_EVAL"), reason="ANALYSTKIT_EVAL does not name the folder of labelled sets"
)
@pytest.mark.parametrize(
    ("name", "floors"),
    [
        ("seed", {"body F1": 0.98}),
        ("sentences", {"news: F1": 0.95, "all: F1": 0.93}),
        ("statistics", {}),
    ],
)
def test_quality_holds_its_floors_on_real_data(name: str, floors: dict[str, float]) -> None:
    figures, skipped, failed = measure(open_data(os.environ["ANALYSTKIT_EVAL"]), [name], tell=lambda _: None)
    if skipped:
        pytest.skip(skipped[name])
    assert failed == {}
    bounds = {figure.measure.rpartition(", ")[2]: figure.floor for figure in figures}
    assert floors.items() <= bounds.items()
    assert [figure for figure in figures if not figure.holds] == []
