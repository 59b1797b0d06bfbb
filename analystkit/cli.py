"""The command line: `analystkit lab | load | report | verify`, each a few words around what the library does."""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import warnings
from collections.abc import Sequence
from pathlib import Path

from analystkit import __version__
from analystkit.collection import Collection, counted
from analystkit.errors import (
    AnalystkitError,
    ArgumentError,
    MissingExtraError,
    PathMissingError,
    ProblemsWarning,
)
from analystkit.loading import load
from analystkit.measure import collection_health
from analystkit.measure.health import SEVERITIES
from analystkit.read.columns import FIELDS
from analystkit.read.sources import DECISION_FILE

#: Where notebooks and sample lie: beside the package in a checkout, inside it when installed from a wheel.
_PACKAGE = Path(__file__).parent
_FIRST = "00_collection.ipynb"
_COPIES = "analystkit-notebooks"
_TOLD = 20  # problems
_ROWS = 10  # outlets, languages ...
_WIDEST = 44  # characters of their names


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code: 0 done, 1 differences or nothing loaded, 2 wrong call."""
    arguments = _parser().parse_args(argv)
    try:
        with warnings.catch_warnings():
            # The commands print the problems themselves, with their remedies.
            warnings.simplefilter("ignore", ProblemsWarning)
            return int(arguments.run(arguments))
    except AnalystkitError as fault:
        print(f"analystkit: {fault}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("analystkit: stopped.", file=sys.stderr)
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="analystkit", description="Who, how and what about in a folder of news."
    )
    parser.add_argument("--version", action="version", version=f"analystkit {__version__}")
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")

    lab = commands.add_parser("lab", help="open the notebooks in JupyterLab, on the sample or on your folder")
    lab.add_argument(
        "folder", nargs="?", metavar="FOLDER", help="your articles; left out, the sample collection"
    )
    lab.add_argument("--topics", metavar="FILE", help="term lists (YAML)")
    _add_decisions(lab)
    lab.add_argument(
        "--dashboard", action="store_true", help="pages to look at and click on, without the code (Voila)"
    )
    lab.add_argument("--no-browser", action="store_true", help="start the server only and print its address")
    lab.set_defaults(run=_lab)

    show = commands.add_parser("load", help="say what a folder holds, what could not be loaded and why")
    _add_source(show)
    show.set_defaults(run=_load)

    report = commands.add_parser("report", help="write one HTML file with findings, evidence and manifest")
    _add_source(report)
    report.add_argument(
        "-o", "--output", default="brief.html", metavar="FILE", help="where to write (brief.html)"
    )
    report.add_argument("--topics", metavar="FILE", help="term lists (YAML)")
    report.add_argument("--ledger", metavar="FILE", help="decisions on actors (CSV)")
    report.add_argument(
        "--capitals", action="store_true", help="count capitals that stand for governments as their states"
    )
    report.add_argument(
        "--card", action="append", default=[], metavar="ACTOR", help="add the card of this actor"
    )
    report.add_argument(
        "--view",
        action="append",
        default=[],
        metavar="FILE",
        help="add this view, saved in an explorer (may be repeated)",
    )
    report.add_argument(
        "--actors",
        default="fast",
        metavar="MODEL",
        help="what finds actors: rules, fast (default), accurate, nltk",
    )
    report.add_argument(
        "--over-time", action="store_true", help="add bursts and changes of topics, and what drove them"
    )
    report.add_argument(
        "--contrast",
        action="append",
        default=[],
        metavar="FILTER=VALUE",
        help="add the words that set articles apart from the rest: since=2024-06-01, outlet=NAME ...",
    )
    report.add_argument("--title", default="", help="heading of the report")
    report.add_argument("--count", choices=["stories", "articles"], default="stories", help="what is counted")
    report.add_argument("--since", metavar="DAY", help="first day, 2023-09-01")
    report.add_argument("--until", metavar="DAY", help="last day")
    report.add_argument(
        "--outlet", action="append", metavar="NAME", help="only this outlet (may be repeated)"
    )
    report.set_defaults(run=_report)

    verify = commands.add_parser("verify", help="make a report again from its files and compare every number")
    verify.add_argument("report", metavar="REPORT", help="the HTML file as received")
    verify.add_argument("source", metavar="FOLDER", help="the files it was made from")
    _add_decisions(verify)
    verify.set_defaults(run=_verify)
    return parser


def _add_source(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "source", nargs="+", metavar="FOLDER", help="folder, file or zip (several are joined)"
    )
    parser.add_argument(
        "--column",
        action="append",
        default=[],
        metavar="FIELD=NAME",
        help=f"name a column of your tables; fields: {', '.join(FIELDS)}",
    )
    parser.add_argument(
        "--date-order", default="", choices=["", "day", "month"], help="what comes first in 03/04/2024"
    )
    _add_decisions(parser)
    parser.add_argument("--no-cache", action="store_true", help="keep no annotations for the next run")


def _add_decisions(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--decisions", metavar="FILE", help=f"your decisions on lines (CSV; {DECISION_FILE} in the folder)"
    )


def _collection(arguments: argparse.Namespace) -> Collection:
    columns = {}
    for given in arguments.column:
        field, equals, name = given.partition("=")
        if not equals:
            raise ArgumentError(
                f'--column is {given!r}; write FIELD=NAME, such as --column text="Full text".'
            )
        columns[field] = name
    return load(
        arguments.source,
        columns=columns,
        date_order=arguments.date_order,
        topics=getattr(arguments, "topics", None),
        decisions=arguments.decisions or True,
        ledger=getattr(arguments, "ledger", None),
        capitals=getattr(arguments, "capitals", False),
        actors=getattr(arguments, "actors", None),
        cache=not arguments.no_cache,
    )


def _load(arguments: argparse.Namespace) -> int:
    collection = _collection(arguments)
    print("\n".join(describe_load(collection)))
    return 0 if len(collection) else 1


def _report(arguments: argparse.Namespace) -> int:
    from analystkit.report import write_report

    collection = _collection(arguments)
    chosen = {"since": arguments.since, "until": arguments.until, "outlet": arguments.outlet}
    shown = {name: value for name, value in chosen.items() if value}
    path = write_report(
        collection.filter(**shown) if shown else collection,
        arguments.output,
        title=arguments.title,
        count=arguments.count,
        cards=arguments.card,
        over_time=arguments.over_time,
        contrast=_contrast(arguments.contrast),
        views=arguments.view,
    )
    n_lost = int((collection.problems["severity"] == "error").sum())
    print(f"Wrote {path} ({path.stat().st_size / 1e6:.1f} MB): {collection.describe()}.")
    if n_lost:
        print(f"{counted(n_lost, 'problem')} while loading; `analystkit load` and the report list them.")
    return 0 if len(collection) else 1


def _contrast(given: Sequence[str]) -> dict[str, list[str] | str]:
    """Return what `--contrast` says, as arguments of `filter`; a name that comes twice has both values."""
    told: dict[str, list[str] | str] = {}
    for text in given:
        name, equals, value = text.partition("=")
        if not equals:
            raise ArgumentError(f"--contrast is {text!r}; write FILTER=VALUE, such as since=2024-06-01.")
        before = told.get(name, [])
        told[name] = value if name in ("since", "until") else [*before, value]
    return told


def _verify(arguments: argparse.Namespace) -> int:
    from analystkit.report import verify_report

    faults = verify_report(arguments.report, arguments.source, decisions=arguments.decisions)
    if not faults:
        print("The report is exactly what these files give: every number, every sentence.")
        return 0
    print(f"The report differs from what these files give, in {counted(len(faults), 'place')}:")
    print("\n".join(f"- {fault}" for fault in faults))
    return 1


def _lab(arguments: argparse.Namespace) -> int:
    program, name, extra = (
        ("voila", "Voila", "dashboard") if arguments.dashboard else ("jupyter-lab", "JupyterLab", "lab")
    )
    if shutil.which(program) is None and not (Path(sys.executable).parent / program).exists():
        raise MissingExtraError(f'{name} is not installed; it comes with: pip install "analystkit[{extra}]".')
    home = _PACKAGE.parent if (_PACKAGE.parent / "notebooks").is_dir() else _PACKAGE
    if arguments.folder or arguments.topics or arguments.decisions or home == _PACKAGE:
        folder = Path(arguments.folder or home / "data" / "sample").resolve()
        if not folder.exists():
            raise PathMissingError(
                f"There is no folder {arguments.folder!r} (looked in {str(Path.cwd())!r})."
            )
        topics = Path(arguments.topics or home / "data" / "topics" / "north-korea-russia.yml").resolve()
        decisions = Path(arguments.decisions).resolve() if arguments.decisions else None
        if decisions and not decisions.is_file():
            raise PathMissingError(
                f"There is no file {arguments.decisions!r} (looked in {str(Path.cwd())!r})."
            )
        copies = Path.cwd() / _COPIES
        first = (
            copy_notebooks(home / "notebooks", copies, folder=folder, topics=topics, decisions=decisions)
            / _FIRST
        )
    else:
        first = home / "notebooks" / _FIRST
    command = dashboard_command(first.parent) if arguments.dashboard else lab_command(first)
    if arguments.no_browser:
        command.append("--no-browser")
    environment = dashboard_environment() if arguments.dashboard else None
    return subprocess.run(command, env=environment, check=False).returncode


def lab_command(notebook: Path) -> list[str]:
    """Return the call that opens a notebook in JupyterLab, with the settings that analystkit brings."""
    command = [
        *(sys.executable, "-m", "jupyterlab", str(notebook)),
        f"--ServerApp.root_dir={notebook.parent.parent}",
        f"--LabApp.app_settings_dir={_PACKAGE / 'resources' / 'lab'}",
    ]
    # In a container one is often root, and JupyterLab refuses root unless told; it listens to this machine only.
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        command.append("--allow-root")
    return command


def dashboard_command(notebooks: Path) -> list[str]:
    """Return the call that shows the notebooks of a folder as pages, with the template that analystkit brings."""
    return [*(sys.executable, "-m", "voila", str(notebooks)), "--template=analystkit"]


def dashboard_environment() -> dict[str, str]:
    """Return the variables with which Voila finds that template."""
    own = str(_PACKAGE / "resources" / "dashboard")
    paths = [own, *filter(None, [os.environ.get("JUPYTER_PATH")])]
    return {**os.environ, "JUPYTER_PATH": os.pathsep.join(paths)}


def copy_notebooks(
    source: Path, target: Path, *, folder: Path, topics: Path, decisions: Path | None = None
) -> Path:
    """Copy the notebooks, set to a folder of articles, where the analyst may change them; copies that exist stay.

    Parameters
    ----------
    source, target
        Folder of the notebooks, folder of the copies (made if need be).
    folder, topics
        What the cell tagged `parameters` shall say.
    decisions
        The file of decisions on lines, if it is not that of the folder.
    """
    target.mkdir(exist_ok=True)
    for path in sorted(source.glob("*.ipynb")):
        copy = target / path.name
        if copy.exists():
            continue
        notebook = json.loads(path.read_text(encoding="utf-8"))
        for cell in notebook["cells"]:
            if decisions:
                given = f"(FOLDER, TOPICS, decisions={str(decisions)!r}"
                cell["source"] = "".join(cell["source"]).replace("(FOLDER, TOPICS", given)
            if "parameters" in cell["metadata"].get("tags", []):
                told = {"FOLDER": folder, "TOPICS": topics}
                lines = "".join(cell["source"]).splitlines()
                cell["source"] = "\n".join(
                    f"{name} = {str(told[name])!r}" if (name := line.split(" =")[0]) in told else line
                    for line in lines
                )
        copy.write_text(json.dumps(notebook, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return target


def describe_load(collection: Collection) -> list[str]:
    """Say in words what was loaded, what an analyst should know of it, and what was not loaded: one line per thing."""
    told = [f"Loaded {collection.describe()}."]
    problems = collection.problems
    n_lost = problems.loc[problems["severity"] == "error", "path"].nunique()
    if n_lost:
        told.append(f"{counted(n_lost, 'file')} with errors: see the end.")
    if len(collection):
        told += _health_in_lines(collection)
    problems = problems.sort_values(
        "severity", key=lambda column: column.map(SEVERITIES.index), kind="stable"
    )
    if not len(problems):
        return [*told, "Nothing was left out."]
    told.append(f"{counted(len(problems), 'thing')} to know:")
    for row in problems.head(_TOLD).to_dict("records"):
        place = f"{row['path']}, {row['where']}" if row["where"] else row["path"]
        told.append(
            f"  {row['severity']}: {place}: {row['reason']}. {row['remedy'].capitalize()[:1]}{row['remedy'][1:]}."
        )
    if len(problems) > _TOLD:
        told.append(f"  ... and {len(problems) - _TOLD:,} more (collection.problems in Python).")
    return told


def _health_in_lines(collection: Collection) -> list[str]:
    """Return the health of a collection as a table of text; problems are told one by one elsewhere."""
    table = collection_health(collection).table
    table = table[table["what"] != "problem"]
    width = min(max(map(len, table["value"])), _WIDEST)
    lines = [f"{'':<11} {'':<{width}} articles  share"]
    for what, own in table.groupby("what", sort=False):
        for i, row in enumerate(own.head(_ROWS).to_dict("records")):
            value = row["value"] if len(row["value"]) <= width else row["value"][: width - 1] + "…"
            share = "" if what == "gap" else f"{row['share']:.0%}" if row["n"] else "-"
            name = str(what) if i == 0 else ""
            line = f"{name:<11} {value:<{width}} {row['n']:>8,} {share:>6}  {row['note']}"
            lines.append(line.rstrip())
        if len(own) > _ROWS:
            lines.append(f"{'':<11} ... and {len(own) - _ROWS:,} more (ak.collection_health in Python)")
    return lines
