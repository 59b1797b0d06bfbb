"""The notebooks: stored clean, short and without logic of their own, and running from top to bottom."""

from __future__ import annotations

import ast
import json
import re
from pathlib import Path
from typing import Any, Final

import pytest

from tests.towns import write_towns

ROOT = Path(__file__).parent.parent
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
DATA = ROOT / "data"
#: What each notebook goes through, after its question and before its end.
ORDER: Final = [
    "Data",
    "Settings",
    "Explore",
    "Validate",
    "Evidence",
    "What this cannot tell",
    "Save",
]
#: Those that are run by a program set more than the folder and the term lists.
PARAMETRISED: Final = {"05_brief"}


def read(path: Path) -> dict[str, Any]:
    notebook: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return notebook


def code_cells(path: Path) -> list[tuple[dict[str, Any], str]]:
    return [(cell, "".join(cell["source"])) for cell in read(path)["cells"] if cell["cell_type"] == "code"]


def test_there_is_one_notebook_for_each_question() -> None:
    names = {path.stem for path in NOTEBOOKS}
    known = {"00_collection", "01_actors", "02_sentiment", "03_topics", "04_language", "05_brief"}
    assert known | {"06_your_collection"} <= names


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
class TestStored:
    def test_it_holds_neither_outputs_nor_counts(self, path: Path) -> None:
        for cell, _ in code_cells(path):
            assert cell["outputs"] == []
            assert cell["execution_count"] is None

    def test_its_cells_have_stable_ids_of_their_own(self, path: Path) -> None:
        notebook = read(path)
        ids = [cell["id"] for cell in notebook["cells"]]
        assert len(set(ids)) == len(ids)
        assert all(re.fullmatch(r"[a-z]+-\d\d", identity) for identity in ids)
        assert (notebook["nbformat"], notebook["nbformat_minor"]) == (4, 5)
        assert notebook["metadata"]["kernelspec"]["name"] == "python3"

    def test_its_first_cell_asks_a_question_and_its_first_code_cell_holds_what_may_be_changed(
        self, path: Path
    ) -> None:
        first = "".join(read(path)["cells"][0]["source"])
        assert re.match(r"# [^\n]+\?\n", first)
        cell, source = code_cells(path)[0]
        assert cell["metadata"]["tags"] == ["parameters"]
        lines = source.splitlines()
        assert lines[:2] == [
            'FOLDER = "../data/sample"',
            'TOPICS = "../data/topics/north-korea-russia.yml"',
        ]
        assert len(lines) == 2 or path.stem in PARAMETRISED

    def test_its_cells_are_short_and_define_nothing(self, path: Path) -> None:
        for _, source in code_cells(path):
            assert len(source.splitlines()) <= 10
            nodes = ast.walk(ast.parse(source))
            assert not any(isinstance(node, ast.FunctionDef | ast.ClassDef | ast.Lambda) for node in nodes)

    def test_it_names_no_path_of_one_machine(self, path: Path) -> None:
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"(?<![\w./])/(?:home|root|work|tmp|Users)/|[A-Z]:\\\\", text)

    def test_it_goes_from_data_to_what_it_cannot_tell(self, path: Path) -> None:
        cells = [cell for cell in read(path)["cells"] if cell["cell_type"] == "markdown"]
        heads = [line[3:].strip() for cell in cells for line in cell["source"] if line.startswith("## ")]
        assert heads == ORDER


@pytest.fixture(scope="session")
def coast(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    return write_towns(tmp_path_factory.mktemp("second"))


@pytest.mark.notebook
@pytest.mark.parametrize("which", ["sample", "coast"])
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
# What servers and kernels of other packages leave open is not ours to judge.
@pytest.mark.filterwarnings("default")
def test_it_runs_from_top_to_bottom_in_another_folder(
    path: Path, which: str, coast: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    nbformat = pytest.importorskip("nbformat")
    nbclient = pytest.importorskip("nbclient")
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path / "ipython"))
    notebook = nbformat.read(path, as_version=4)
    parameters = next(cell for cell in notebook.cells if "parameters" in cell.metadata.get("tags", []))
    sample = DATA / "sample", DATA / "topics" / "north-korea-russia.yml"
    folder, topics = sample if which == "sample" else coast
    others = parameters.source.splitlines()[2:]
    parameters.source = "\n".join([f"FOLDER = {str(folder)!r}", f"TOPICS = {str(topics)!r}", *others])
    nbclient.NotebookClient(
        notebook, timeout=300, kernel_name="python3", resources={"metadata": {"path": str(tmp_path)}}
    ).execute()
    outputs = [output for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs]
    assert not [output for output in outputs if output.output_type == "error"]
    # Nothing is complained of in passing either.
    said = [output.text for output in outputs if output.output_type == "stream" and output.name == "stderr"]
    # ... but what the library itself says of articles without a date, and of files that could not be read.
    ours = re.compile("(UndatedArticles|Problems)Warning")
    assert not [text for text in said if "Warning" in ours.sub("", text) or "Error" in text]
    pictures = [output.data["text/html"] for output in outputs if "text/html" in output.get("data", {})]
    assert any('<img alt="' in html for html in pictures)
    assert any("<mark>" in html or "ak-sentence" in html for html in pictures)
    if path.stem == "05_brief":
        assert (tmp_path / "brief.html").stat().st_size > 100_000
        assert outputs[-1].data["text/plain"] == "[]"
