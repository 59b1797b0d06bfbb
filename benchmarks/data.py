"""The data folder: files as they come, and the scorers that belong to them, imported from where they lie."""

from __future__ import annotations

import importlib.util
import json
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

from benchmarks.figures import BenchmarkError, SkippedError

Row = dict[str, Any]


@dataclass(frozen=True)
class Data:
    """A folder of labelled sets, and the folder of their scorers.

    Attributes
    ----------
    folder
        Holds `pages/`, `sentences/`, `actors/` and so on; `samples/` and `collections/` lie beside it.
    scorers
        Holds `score_pages.py`, `score_ner.py` and so on.
    """

    folder: Path
    scorers: Path

    def file(self, place: str) -> Path:
        """Return one file or folder below the data folder (or beside it: "../samples"); skip the set if absent."""
        path = self.folder / place
        if not path.exists():
            raise SkippedError(f"no {path}")
        return path

    def files(self, pattern: str) -> list[Path]:
        """Return the files that match, by name; skip the set if there are none."""
        found = sorted(self.folder.glob(pattern))
        if not found:
            raise SkippedError(f"no {self.folder / pattern}")
        return found

    def scorer(self, name: str) -> ModuleType:
        """Import one scorer from its file."""
        path = self.scorers / f"{name}.py"
        if not path.is_file():
            raise BenchmarkError(
                f"There is no scorer {path}; name the folder that has it with --score FOLDER."
            )
        spec = importlib.util.spec_from_file_location(f"benchmarks_scorer_{name}", path)
        if spec is None or spec.loader is None:
            raise BenchmarkError(f"The scorer {path} cannot be imported.")
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        return module


def open_data(folder: str, scorers: str = "") -> Data:
    """Return the data folder; its scorers are in `score/` unless another folder is named."""
    if not folder:
        raise BenchmarkError("Name the folder of labelled sets: --data FOLDER (or set ANALYSTKIT_EVAL).")
    root = Path(folder).resolve()
    if not root.is_dir():
        raise BenchmarkError(
            f"There is no folder {root}; --data names the folder that holds pages/, actors/, ..."
        )
    score = Path(scorers).resolve() if scorers else root / "score"
    if scorers and not score.is_dir():
        raise BenchmarkError(
            f"There is no folder {score}; --score names the folder that holds score_pages.py, ..."
        )
    return Data(root, score)


def read_json(path: Path) -> Any:
    """Read one JSON file."""
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except ValueError as fault:
        raise BenchmarkError(f"{path} is not JSON ({fault}).") from None


def read_lines(path: Path) -> list[Row]:
    """Read a file with one JSON object a line."""
    rows: list[Row] = []
    with path.open(encoding="utf-8") as lines:
        for at, line in enumerate(lines, 1):
            if line.strip():
                try:
                    rows.append(json.loads(line))
                except ValueError as fault:
                    raise BenchmarkError(f"{path}, line {at} is not JSON ({fault}).") from None
    return rows


def megabytes(texts: list[str]) -> float:
    """Return the size of texts in UTF-8, in MB.

    >>> megabytes(["a" * 500_000, "b" * 500_000])
    1.0
    """
    return sum(len(text.encode("utf-8", "surrogatepass")) for text in texts) / 1e6
