"""A received report and its files in, what differs out: the report is made again and compared."""

from __future__ import annotations

import functools
import json
import re
from pathlib import Path
from typing import Any

import pandas as pd

from analystkit.annotate.actors.backends import backend_of
from analystkit.annotate.actors.ledger import Decision, Ledger
from analystkit.annotate.tone.lexicons import ToneLexicon, WordValue
from analystkit.errors import AnalystkitError, PathMissingError, VerificationError, ViewFileError
from analystkit.loading import load
from analystkit.measure.validation import validation_from_dict
from analystkit.read.decisions import DecisionFile, as_decisions, decision_file
from analystkit.report.build import build, facts
from analystkit.report.page import render
from analystkit.schema import empty_table
from analystkit.views import read_view

_ISLAND = re.compile(r'<script type="application/json" id="manifest-data">(.*?)</script>', re.DOTALL)
_PICTURE = re.compile(r"<svg.*?</svg>", re.DOTALL)
#: How many differing lines are told.
_TOLD = 10


def verify_report(
    report: str | Path, source: str | Path, *, decisions: str | Path | None = None
) -> list[str]:
    """Make a report again from its files and return what differs.

    Parameters
    ----------
    report
        The HTML file as received.
    source
        The folder or file that it was made from.
    decisions
        The file of the analyst's decisions on lines; by default that of the source, as `load` finds it.

    Returns
    -------
    list of str
        One sentence per difference: a file changed, missing or new; a package of another version; a line of the page
        that differs. Empty when the report is exactly what these files give.

    Raises
    ------
    PathMissingError
        The report or the source does not exist.
    VerificationError
        The file is no report of this library.
    """
    path = Path(report)
    if not path.is_file():
        raise PathMissingError(f"There is no report {str(report)!r} (looked in {str(Path.cwd())!r}).")
    page = path.read_text(encoding="utf-8")
    manifest = read_manifest(page)
    parameters = manifest["parameters"]
    try:
        backend_of(parameters["actors"])
    except AnalystkitError as error:
        return [f"Its actors were found by {parameters['actors']!r}, which cannot be had here. {error}"]
    rows, file_faults = _decisions(manifest.get("decisions"), source, decisions)
    ledger = _ledger(parameters["ledger"], source)
    lexicon = _lexicon(parameters["lexicon"], source)
    collection = load(
        source,
        topics=parameters["topics"],
        decisions=False,
        ledger=ledger,
        lexicon=lexicon,
        capitals=parameters["capitals"],
        actors=parameters["actors"],
        progress=False,
    )
    if len(rows):
        collection = collection.with_decisions(rows, name=manifest["decisions"]["path"])
    for step in parameters["filters"]:
        collection = collection.filter(**step)
    told = parameters["validation"]
    validation = validation_from_dict(told, collection) if told else None
    views, unfit = [read_view(view) for view in parameters["views"]], []
    made = functools.partial(
        build,
        collection,
        title=parameters["title"],
        count=parameters["count"],
        cards=parameters["cards"],
        validation=validation,
        over_time=parameters["over_time"],
        contrast=parameters["contrast"],
    )
    try:
        content = made(views=views)
    except ViewFileError as fault:
        # Of other files than they were saved of, views cannot be shown; all else is compared.
        content, unfit = made(), [str(fault)]
    if len(rows):
        # Which file they are from was compared above.
        of_file = {name: manifest["decisions"][name] for name in ("path", "sha256")}
        content.manifest["decisions"] = {**content.manifest["decisions"], **of_file}
        content.facts = facts(collection, parameters["count"], content.manifest["decisions"], validation)
    faults = [*_differing_files(manifest["inputs"], content.manifest["inputs"]), *file_faults, *unfit]
    if parameters["ledger"] and ledger.sha256 != parameters["ledger"]["sha256"]:
        faults.append(
            "The decisions on actors in the manifest were changed since: they no longer have its sha256."
        )
    if parameters["lexicon"] and lexicon.sha256 != parameters["lexicon"]["sha256"]:
        faults.append("The words of tone in the manifest were changed since: they no longer have its sha256.")
    versions = content.manifest["versions"]
    other = [
        f"{name} {was} (here {versions.get(name)})"
        for name, was in manifest["versions"].items()
        if versions.get(name) != was
    ]
    faults += _differing_lines(page, render(content), same_versions=not other)
    if faults and other:
        faults.append(f"Made with other versions, which may explain a difference: {', '.join(other)}.")
    return faults


def _decisions(
    recorded: dict[str, Any] | None, source: str | Path, given: str | Path | None
) -> tuple[pd.DataFrame, list[str]]:
    """Return the decisions on lines to make the report with, and what is wrong with their file.

    They are taken from the file if it is the one that the report names, else from the report itself.
    """
    if given is not None and not Path(given).is_file():
        raise PathMissingError(f"There is no file {str(given)!r} (looked in {str(Path.cwd())!r}).")
    file = DecisionFile(Path(given)) if given is not None else decision_file(source)
    here = file.read() if file else empty_table("decisions")
    if recorded is None:
        new = [f"The file {file.path.name} is new."] if file and len(here) else []
        return empty_table("decisions"), new
    if file and file.sha256() == recorded["sha256"]:
        return here, []
    rows = as_decisions(pd.DataFrame(recorded["rows"]))
    if not recorded["path"]:
        return rows, []
    fault = "was changed since" if file and file.sha256() else "is missing"
    told = f"The file {recorded['path']} {fault}; its decisions on lines were taken from the report."
    return rows, [told]


def read_manifest(page: str) -> dict[str, Any]:
    """Return the manifest that a report carries."""
    found = _ISLAND.search(page)
    if not found:
        raise VerificationError(
            "The file carries no manifest, so it is no report of analystkit, or it was cut."
        )
    try:
        manifest: dict[str, Any] = json.loads(found[1])
    except json.JSONDecodeError as fault:
        raise VerificationError(f"The manifest of the report was damaged ({fault}).") from fault
    missing = {"parameters", "inputs", "versions"} - manifest.keys()
    if missing:
        raise VerificationError(f"The manifest of the report lacks {sorted(missing)}.")
    # Reports of before there were ledgers and lexicons, and models to choose from.
    manifest["parameters"] = {
        "ledger": None,
        "lexicon": None,
        "capitals": False,
        "cards": [],
        "validation": None,
        "over_time": False,
        "contrast": None,
        "views": [],
        "actors": "rules",
        **manifest["parameters"],
    }
    return manifest


def _ledger(told: dict[str, Any] | None, source: str | Path) -> Ledger:
    """Return the ledger that the manifest carries."""
    if not told:
        return Ledger()
    return Ledger(tuple(Decision(*cells) for cells in told["decisions"]), _place(told["name"], source))


def _lexicon(told: dict[str, Any] | None, source: str | Path) -> ToneLexicon:
    """Return the values of words of tone that the manifest carries."""
    if not told:
        return ToneLexicon()
    return ToneLexicon(tuple(WordValue(*cells) for cells in told["decisions"]), _place(told["name"], source))


def _place(name: str, source: str | Path) -> str:
    """Return where a file of the analyst's decisions lies among the sources: there it is not read as news."""
    found = sorted(Path(source).rglob(name)) if name and Path(source).is_dir() else []
    return str(found[0]) if found else name


def _differing_files(was: list[dict[str, str]], now: list[dict[str, str]]) -> list[str]:
    before = {(file["path"], file["sha256"]) for file in was}
    after = {(file["path"], file["sha256"]) for file in now}
    gone, new = {path for path, _ in before - after}, {path for path, _ in after - before}
    return [
        *(f"The file {path} was changed since." for path in sorted(gone & new)),
        *(
            f"The file {path} is missing, or no longer among the articles shown."
            for path in sorted(gone - new)
        ),
        *(f"The file {path} is new." for path in sorted(new - gone)),
    ]


def _differing_lines(page: str, again: str, *, same_versions: bool) -> list[str]:
    if not same_versions:
        # Another version of the drawing library moves lines by hairs; the numbers stand in the tables as well.
        page, again = _PICTURE.sub("<svg></svg>", page), _PICTURE.sub("<svg></svg>", again)
    if page == again:
        return []
    was, now = page.splitlines(), again.splitlines()
    told = [
        f"Line {i} reads {_short(a)}; the files give {_short(b)}."
        for i, (a, b) in enumerate(zip(was, now, strict=False), start=1)
        if a != b and '"application/json"' not in a and "Content-Security-Policy" not in a
    ]
    if len(was) != len(now):
        told.append(f"The report has {len(was):,} lines, the files give {len(now):,}.")
    if not told:
        told.append("The manifest or the script of the page was changed.")
    return [*told[:_TOLD], *([f"... and {len(told) - _TOLD:,} more lines."] if len(told) > _TOLD else [])]


def _short(line: str) -> str:
    text = re.sub(r"<[^>]*>", " ", line)
    words = " ".join(text.split()) or line.strip()
    return repr(words if len(words) <= 120 else words[:117] + "...")
