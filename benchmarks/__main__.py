"""`python -m benchmarks quality | speed | whole | fuzz`: measure, print one table, keep it as JSON on request."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from benchmarks.figures import BenchmarkError, figures_table, write_json
from benchmarks.machine import told, versions

SEEDS = Path(__file__).parent / "seeds"
REUTERS = "collections/reuters_1987.jsonl"
LIBRARIES = ("analystkit", "numpy", "pandas", "pyarrow", "nltk", "trafilatura", "vaderSentiment", "scipy")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one benchmark; return 0, 1 (a floor is missed or a set cannot be scored) or 2 (wrong call)."""
    parser = _parser()
    given = parser.parse_args(arguments)
    try:
        return {"quality": _quality, "speed": _speed, "whole": _whole, "fuzz": _fuzz}[given.command](given)
    except BenchmarkError as fault:
        print(f"benchmarks: {fault}", file=sys.stderr)
        return 2


def _parser() -> argparse.ArgumentParser:
    evaluation = os.environ.get("ANALYSTKIT_EVAL", "")
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    quality = commands.add_parser("quality", help="score the library on labelled sets")
    quality.add_argument("sets", nargs="*", metavar="SET", help="which sets; all without")
    quality.add_argument(
        "--data",
        metavar="FOLDER",
        default=evaluation,
        help="the folder of labelled sets (default: $ANALYSTKIT_EVAL)",
    )
    quality.add_argument("--score", metavar="FOLDER", default="", help="the scorers (default: DATA/score)")
    speed = commands.add_parser("speed", help="time stages side by side with named peers")
    speed.add_argument("names", nargs="*", metavar="NAME", help="which races; all without")
    speed.add_argument(
        "--collection",
        metavar="FILE",
        default=str(Path(evaluation).parent / REUTERS) if evaluation else "",
        help=f"JSON lines with `text` (default: {REUTERS} beside $ANALYSTKIT_EVAL)",
    )
    speed.add_argument("--rounds", type=int, default=5, help="rounds, tools in turn (default: 5)")
    whole = commands.add_parser("whole", help="time a collection from load to report")
    whole.add_argument("file", metavar="FILE", help="a file or folder that the library loads")
    whole.add_argument(
        "--topics",
        metavar="YML",
        default=str(SEEDS / "reuters_1987.yml"),
        help=f"term lists (default: {SEEDS.name}/reuters_1987.yml)",
    )
    whole.add_argument("--workers", type=int, help="processes for annotating (default: the library's choice)")
    fuzz = commands.add_parser("fuzz", help="look for inputs that the library cannot bear (needs atheris)")
    fuzz.add_argument("targets", nargs="*", metavar="TARGET", help="which readers or steps; all without")
    fuzz.add_argument("--seconds", type=int, default=600, help="time for all together (default: 600)")
    fuzz.add_argument(
        "--folder",
        metavar="FOLDER",
        type=Path,
        default=Path("fuzz"),
        help="where inputs are kept (default: fuzz)",
    )
    for command in (quality, speed, whole):
        command.add_argument("--json", metavar="FILE", type=Path, help="also write the figures here")
    return parser


def _quality(given: argparse.Namespace) -> int:
    from benchmarks.data import open_data
    from benchmarks.quality import SETS, measure

    unknown = [name for name in given.sets if name not in SETS]
    if unknown:
        raise BenchmarkError(f"There is no set {unknown[0]!r}; the sets are {', '.join(SETS)}.")
    data = open_data(given.data, given.score)
    figures, skipped, failed = measure(data, given.sets or SETS, tell=_tell)
    print(figures_table(figures))
    for name, reason in skipped.items():
        print(f"skipped {name}: {reason}")
    for name, reason in failed.items():
        print(f"NOT SCORED {name}: {reason}")
    found = versions(LIBRARIES)
    print(told(found))
    if given.json:
        write_json(given.json, figures, {**skipped, **failed}, found)
    return 1 if failed or not all(figure.holds for figure in figures) else 0


def _speed(given: argparse.Namespace) -> int:
    from benchmarks.speed import NAMES, run

    unknown = [name for name in given.names if name not in NAMES]
    if unknown:
        raise BenchmarkError(f"There is no race {unknown[0]!r}; the races are {', '.join(NAMES)}.")
    if given.rounds < 1:
        raise BenchmarkError(f"--rounds is {given.rounds}; give 1 or more.")
    run(
        given.names or NAMES,
        collection=given.collection,
        rounds=given.rounds,
        json_file=given.json,
        tell=_tell,
    )
    return 0


def _whole(given: argparse.Namespace) -> int:
    from benchmarks.whole import run

    run(given.file, topics=given.topics, workers=given.workers, json_file=given.json)
    return 0


def _fuzz(given: argparse.Namespace) -> int:
    from benchmarks.fuzz import run, targets

    unknown = [name for name in given.targets if name not in targets()]
    if unknown:
        raise BenchmarkError(f"There is no target {unknown[0]!r}; the targets are {', '.join(targets())}.")
    if given.seconds < 1:
        raise BenchmarkError(f"--seconds is {given.seconds}; give 1 or more.")
    names = given.targets or list(targets())
    return 0 if run(names, seconds=given.seconds, folder=given.folder, tell=_tell) else 1


def _tell(what: str) -> None:
    print(f"... {what}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
