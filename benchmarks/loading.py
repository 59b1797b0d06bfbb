"""How quickly many small files load, and in how much memory a large one: wall time and memory of all processes."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import pandas as pd

import analystkit as ak
from benchmarks import news
from benchmarks.figures import BenchmarkError, Figure

FILES: Final = 10_000
#: HTML is bound by its parser, so that fewer pages tell as much.
HTML_FILES: Final = 1_000
LEAST: Final = 5_000.0
LARGE_MB, MOST_MB = 500, 1_500
#: What the process does whose memory is measured.
_LOAD: Final = "import sys, analystkit as ak; print(len(ak.load(sys.argv[1], cache=False, progress=False)))"


def load_rates(rounds: int, tell: Callable[[str], None], *, files: int = FILES) -> list[Figure]:
    """Load invented news, with copies looked for, in as many processes as the library takes; articles a second.

    Beside each form stands what does least with the same files in one process: pandas and trafilatura as peers, and
    where there is none, the reading of the files alone.
    """
    html = min(HTML_FILES, files)
    forms = (
        ("text files", files, news.write_pages, LEAST, "read_text alone", _read_texts),
        ("text files of articles alone", files, news.write_articles, LEAST, "read_text alone", _read_texts),
        ("JSON-lines files", files, news.write_records, LEAST, "json.loads alone", _json),
        ("one JSON-lines file", files, _write_one, LEAST, "pandas read_json alone", _pandas),
        ("HTML files", html, news.write_html, None, "trafilatura alone", _trafilatura),
    )
    figures: list[Figure] = []
    with tempfile.TemporaryDirectory() as made:
        for name, n, write, floor, peer, read in forms:
            tell(f"load, {name}")
            folder = Path(made) / name
            folder.mkdir()
            write(folder, n)
            spent, busy = zip(*(_seconds(_load, folder, n) for _ in range(rounds)), strict=True)
            wall, processor = statistics.median(spent), statistics.median(busy)
            figures.append(Figure("load", f"{name}, articles a second", n / wall, n, wall, floor=floor))
            figures.append(Figure("load", f"{name}, of one core's time", n / processor, n, processor))
            wall, processor = _seconds(read, folder, n)
            figures.append(Figure("load", f"{name}, of one core's time: {peer}", n / processor, n, processor))
    return figures


def load_memory(tell: Callable[[str], None], *, megabytes: int = LARGE_MB) -> list[Figure]:
    """Load one large file of JSON lines in a process of its own; the most memory that it and its own processes held."""
    with tempfile.TemporaryDirectory() as made:
        file = Path(made) / "articles.jsonl"
        tell(f"memory, {megabytes} MB of JSON lines")
        n = 0
        while not file.exists() or file.stat().st_size < 1e6 * megabytes:
            news.write_lines(file, 1_000 * max(1, megabytes // 50), seed=n, append=True)
            n += 1
        begin = time.perf_counter()
        most = 0.0
        with subprocess.Popen(
            [sys.executable, "-c", _LOAD, str(file)], stdout=subprocess.PIPE, text=True
        ) as process:
            while process.poll() is None:
                most = max(most, sum(map(_megabytes_of, _with_children(process.pid))))
                time.sleep(0.05)
            articles = int((process.stdout.read() if process.stdout else "") or 0)
        spent = time.perf_counter() - begin
    return [
        Figure("memory", f"{megabytes} MB of JSON lines, MB at most", most, articles, spent, at_most=MOST_MB)
    ]


def _seconds(run: Callable[[Path], int], folder: Path, n: int) -> tuple[float, float]:
    """Return the wall time and the processor time of all processes, which does not drift when other programs run."""
    begin, busy = time.perf_counter(), _processor_time()
    found = run(folder)
    # Processor time is told in ticks, and little work may take none.
    spent = time.perf_counter() - begin, max(_processor_time() - busy, 1 / os.sysconf("SC_CLK_TCK"))
    if found != n:
        raise BenchmarkError(f"{run.__name__} found {found} articles of {n}.")
    return spent


def _processor_time() -> float:
    # `os.times` counts in hundredths of a second, in which a few small files are read.
    others = os.times()
    return time.process_time() + others.children_user + others.children_system


def _load(folder: Path) -> int:
    return len(ak.load(folder, cache=False, progress=False))


def _write_one(folder: Path, n: int) -> None:
    news.write_lines(folder / "articles.jsonl", n)


def _read_texts(folder: Path) -> int:
    return len([file.read_text(encoding="utf-8") for file in sorted(folder.iterdir())])


def _json(folder: Path) -> int:
    return len([json.loads(file.read_text(encoding="utf-8")) for file in sorted(folder.iterdir())])


def _pandas(folder: Path) -> int:
    return sum(len(pd.read_json(file, lines=True)) for file in sorted(folder.iterdir()))


def _trafilatura(folder: Path) -> int:
    import trafilatura

    pages = (file.read_text(encoding="utf-8") for file in sorted(folder.iterdir()))
    found: list[Any] = [trafilatura.bare_extraction(page, with_metadata=True) for page in pages]
    return len(found)


def _with_children(pid: int) -> list[int]:
    """Return a process and all below it (Linux)."""
    found = [pid]
    for children in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            below = children.read_text().split()
        except OSError:  # it has just ended
            continue
        found += [each for child in below for each in _with_children(int(child))]
    return found


def _megabytes_of(pid: int) -> float:
    """Return what a process holds, its part of what it shares with others (Linux)."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) * 1024 / 1e6 for line in lines if line.startswith("Pss:")), 0.0)
