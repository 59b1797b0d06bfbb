"""Bad and tricky files: each ends as its user would expect, the folder as a whole too."""

from __future__ import annotations

import contextlib
import os
import resource
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import analystkit as ak
from analystkit.errors import NothingToReadError, ProblemsWarning
from analystkit.schema import empty_table
from benchmarks.data import Data, read_json
from benchmarks.figures import BenchmarkError, Figure

#: An id that owns no files, for the case of a file that may not be read.
_NOBODY: Final = 65534
#: What would be there if a file had been believed: the places that the cases themselves name.
_TRACES: Final = ("/tmp/zoo_escape.txt", "/tmp/zoo_escape_abs.txt", "/tmp/zoo_pickle_ran")


@dataclass(frozen=True)
class _Outcome:
    """What came of loading one case; the seconds are of processor time, as other programs may be running."""

    articles: Any
    told: str
    seconds: float

    @property
    def text(self) -> str:
        return "\n".join(self.articles["title"] + "\n" + self.articles["body"])


#: What the descriptions ask for beside a number of articles and words of the report, as far as a program can see it.
_ASKED: Final[Mapping[str, Callable[[_Outcome], bool]]] = {
    "03_utf8_bom.txt": lambda it: it.articles["title"][0].startswith("Ministers"),
    "05_utf16be_nobom.txt": lambda it: "\x00" not in it.text and "grain exports" in it.text,
    "06_cp1252.txt": lambda it: "naïve café" in it.text and "“statement”" in it.text,
    "07_mojibake.txt": lambda it: "â€œ" in it.text and "warning" in it.told,
    "08_latin1_mixed_utf8.txt": lambda it: "byte 317" in it.told,
    "09_nul_bytes.txt": lambda it: "\x00" not in it.text,
    "13_good.zip": lambda it: it.articles["path"].tolist() == ["13_good.zip!a.txt", "13_good.zip!b.txt"],
    "15_zip_bomb.zip": lambda it: it.seconds < 2,
    "17_nested_macosx.zip": lambda it: "MACOSX" not in it.told and "DS_Store" not in it.told,
    "24_dup_headers.csv": lambda it: "twice" in it.told or not len(it.articles),
    "25_embedded_newlines.csv": lambda it: it.articles["body"][0].count("\n") == 2,
    "26_semicolon_cp1252.csv": lambda it: _days(it) == ["2024-03-12"] and "Überblick" in it.text,
    "27_unclosed_quote.csv": lambda it: len(it.articles) != 1,
    "33_nan_nested.json": lambda it: all(f"item {n}" in it.told for n in (1, 3, 4)),
    "36_rtl_arabic.txt": lambda it: "اجتمع وزراء التجارة من تسع دول" in it.text,
    "37_emoji_zwj.txt": lambda it: " international." in it.text,
    "38_nfd.txt": lambda it: "Élysée" in it.text,
    "41_meta_wrong_charset.html": lambda it: "Café" in it.text,
    "42_entities_nbsp.html": lambda it: "&rsquo;" not in it.text,
    "46_xml_entities.docx": lambda it: it.seconds < 2,
    "47_external_entity.xml": lambda it: "ENTITY" not in it.text and not _holds_host(it.text),
    "49_one_line_2mb.txt": lambda it: it.seconds < 5,
    "50_formula.csv": lambda it: it.articles["title"][0].startswith("=HYPERLINK("),
    "51_html_in_title.csv": lambda it: it.articles["title"][0].startswith("<img "),
    "52_same_twice/": lambda it: it.articles["story_id"].nunique() == 1,
}


def zoo(data: Data) -> Iterator[Figure]:
    """Count the cases that end as `zoo.json` says, one by one; then load the whole folder.

    Whether a remedy helps, a widget or a report escapes what it shows: those are for a person, or other tests.
    """
    maker = data.file("zoo/make_zoo.py")
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        _make(maker, folder)
        cases = read_json(folder / "zoo.json")["cases"]
        n_met = 0
        failed = []
        slow: dict[str, float] = {}
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ProblemsWarning)
            for case in cases:
                fault, seconds = _fault(folder, case)
                slow[case["path"]] = seconds
                n_met += not fault
                if fault:
                    failed.append(f"{case['path']}: {fault}")
            yield Figure("zoo", "cases as expected", n_met, len(cases), sum(slow.values()), floor=len(cases))
            for fault in failed:
                yield Figure("zoo", f"FAILED {fault}", 0, 1)
            yield from _whole(folder)
        yield Figure("zoo", "longest case", max(slow.values()), len(cases))
        traces = [trace for trace in _TRACES if Path(trace).exists()]
        yield Figure("zoo", "files written outside, programs run", len(traces), len(_TRACES), at_most=0)
        peak = max(
            resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
        )
        yield Figure("zoo", "most memory of a process, MB", peak // 1000, 1)


def _make(maker: Path, folder: Path) -> None:
    found = [trace for trace in _TRACES if Path(trace).exists()]
    if found:
        raise BenchmarkError(f"{found[0]} is there before anything was loaded; delete it.")
    run = subprocess.run([sys.executable, str(maker), str(folder), "--big"], capture_output=True, text=True)
    if run.returncode:
        raise BenchmarkError(f"{maker} failed: {run.stderr.strip()[-200:]}")
    folder.chmod(0o755)


def _fault(folder: Path, case: Mapping[str, Any]) -> tuple[str, float]:
    """Return in what a case does not end as expected, "" if it does, and the seconds that it took."""
    path = folder / case["path"]
    hidden = path.name.startswith(".")
    begin, worked = time.perf_counter(), time.process_time()
    try:
        with _as_nobody() if "unreadable" in case["path"] else contextlib.nullcontext():
            # A hidden file is passed over in its folder; named alone it is read.
            found = ak.load(path.parent if hidden else path, cache=False, progress=False)
        articles, told = found.articles, found.problems.to_csv() + found.articles["path"].to_csv()
    except NothingToReadError as fault:
        articles, told = empty_table("articles"), str(fault)
    except Exception as fault:  # none may be raised
        return f"{type(fault).__name__}: {fault}", time.perf_counter() - begin
    outcome = _Outcome(articles, told, time.process_time() - worked)
    return _first_fault(outcome, case), time.perf_counter() - begin


def _first_fault(it: _Outcome, case: Mapping[str, Any]) -> str:
    wanted = case["expected_documents"]
    if wanted is not None and len(it.articles) != wanted:
        return f"{len(it.articles)} articles instead of {wanted}"
    for words in case["report_must_name"]:
        if words.lower() not in it.told.lower():
            return f"the report does not name {words!r}"
    if "dates_expected" in case:
        days = [entry["date"] for entry in case["dates_expected"]]
        if _days(it) != days:
            return f"dates {_days(it)} instead of {days}"
    asked = _ASKED.get(case["path"])
    return "not as its description asks" if asked and not asked(it) else ""


def _whole(folder: Path) -> Iterator[Figure]:
    """Load all at once: every file is loaded or named."""
    (folder / "zoo.json").unlink()
    begin = time.perf_counter()
    with _as_nobody():
        found = ak.load(folder, cache=False, progress=False)
    seconds = time.perf_counter() - begin
    told = {path.partition("!")[0] for path in (*found.articles["path"], *found.problems["path"])}
    silent = [
        path
        for path in _seen_files(folder)
        if path not in told and not any(name.startswith((".", "~$")) for name in path.split("/"))
    ]
    yield Figure("zoo", "whole folder: articles", len(found), len(told), seconds)
    yield Figure("zoo", "whole folder: files neither loaded nor named", len(silent), len(told), at_most=0)
    unique = found.articles["article_id"].is_unique
    yield Figure("zoo", "whole folder: every article has an id of its own", int(unique), len(found), floor=1)


def _seen_files(folder: Path) -> Iterator[str]:
    for path in sorted(folder.rglob("*")):
        if not path.is_dir():
            yield path.relative_to(folder).as_posix()


@contextlib.contextmanager
def _as_nobody() -> Iterator[None]:
    """Have no more rights than any user, who may not read what is closed to him."""
    if os.name != "posix" or os.geteuid():
        yield
        return
    os.seteuid(_NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


def _days(it: _Outcome) -> list[str | None]:
    return [None if day is None or day != day else f"{day:%Y-%m-%d}" for day in it.articles["published"]]


def _holds_host(text: str) -> bool:
    host = Path("/etc/hostname")
    return host.is_file() and host.read_text(encoding="utf-8").strip() in text
