"""The notebooks: stored clean, short and without logic of their own, and running from top to bottom."""

from __future__ import annotations

import ast
import json
import re
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parent.parent
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
DATA = ROOT / "data"


def read(path: Path) -> dict[str, Any]:
    notebook: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return notebook


def code_cells(path: Path) -> list[tuple[dict[str, Any], str]]:
    return [(cell, "".join(cell["source"])) for cell in read(path)["cells"] if cell["cell_type"] == "code"]


def test_there_is_one_notebook_for_each_question() -> None:
    names = {path.stem for path in NOTEBOOKS}
    assert {"00_collection", "01_actors", "02_sentiment", "03_topics", "04_language", "05_brief"} <= names


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
        assert source == 'FOLDER = "../data/sample"\nTOPICS = "../data/topics/north-korea-russia.yml"'

    def test_its_cells_are_short_and_define_nothing(self, path: Path) -> None:
        for _, source in code_cells(path):
            assert len(source.splitlines()) <= 10
            nodes = ast.walk(ast.parse(source))
            assert not any(isinstance(node, ast.FunctionDef | ast.ClassDef | ast.Lambda) for node in nodes)

    def test_it_names_no_path_of_one_machine(self, path: Path) -> None:
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"(?<![\w./])/(?:home|root|work|tmp|Users)/|[A-Z]:\\\\", text)

    def test_it_says_what_it_cannot_tell(self, path: Path) -> None:
        heads = [line for cell in read(path)["cells"] for line in cell["source"] if line.startswith("## ")]
        assert any("cannot tell" in head for head in heads)
        assert heads[-1].startswith("## Save")


@pytest.mark.notebook
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
# What servers and kernels of other packages leave open is not ours to judge.
@pytest.mark.filterwarnings("default")
def test_it_runs_from_top_to_bottom_in_another_folder(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    nbformat = pytest.importorskip("nbformat")
    nbclient = pytest.importorskip("nbclient")
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path / "ipython"))
    notebook = nbformat.read(path, as_version=4)
    parameters = next(cell for cell in notebook.cells if "parameters" in cell.metadata.get("tags", []))
    parameters.source = (
        f"FOLDER = {str(DATA / 'sample')!r}\nTOPICS = {str(DATA / 'topics' / 'north-korea-russia.yml')!r}"
    )
    nbclient.NotebookClient(
        notebook, timeout=300, kernel_name="python3", resources={"metadata": {"path": str(tmp_path)}}
    ).execute()
    outputs = [output for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs]
    assert not [output for output in outputs if output.output_type == "error"]
    # Nothing is complained of in passing either.
    said = [output.text for output in outputs if output.output_type == "stream" and output.name == "stderr"]
    assert not [text for text in said if "Warning" in text or "Error" in text]
    pictures = [output.data["text/html"] for output in outputs if "text/html" in output.get("data", {})]
    assert any('<img alt="' in html for html in pictures)
    assert any("<mark>" in html or "ak-sentence" in html for html in pictures)
    if path.stem == "05_brief":
        assert (tmp_path / "brief.html").stat().st_size > 100_000
        assert outputs[-1].data["text/plain"] == "[]"
