"""The command line says in words what happened, and names the way out when it cannot go on."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from types import SimpleNamespace

import pandas as pd
import pytest

import analystkit as ak
from analystkit.cli import copy_notebooks, lab_command, main

ROOT = Path(__file__).parent.parent


@pytest.fixture
def folder(tmp_path: Path, frame: pd.DataFrame) -> Path:
    """Six articles as a CSV, and a picture that cannot be read."""
    place = tmp_path / "articles"
    place.mkdir()
    frame.to_csv(place / "articles.csv", index=False)
    (place / "photo.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(20))
    return place


def test_load_says_what_was_loaded_and_what_was_not(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["load", str(folder)]) == 0
    out = capsys.readouterr().out
    assert "Loaded 6 articles (5 stories), 2 outlets, 5 January 2024 to 9 March 2024; 1 undated." in out
    assert "1 file with errors: see the end." in out
    rows = {" ".join(line.split()) for line in out.splitlines()}
    # Three of six articles; January and March of three months, and the days from 21 January to 1 March.
    assert "Lamp 3 50% 3 stories, 2024-01-05 to 2024-03-02, in 2 of 3 months, longest gap 41 days" in rows
    assert "copies of another 1 17% of 1 story, the largest with 2 articles" in rows
    assert "undated 1 17% left out of all that is counted over time" in rows
    assert "error: photo.png: not text: a picture, for which there is no reader. Only text can be read" in out


def test_report_writes_the_page_and_verify_accepts_it(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = tmp_path / "brief.html"
    assert main(["report", str(folder), "-o", str(page), "--title", "A trial"]) == 0
    assert "<h1>A trial</h1>" in page.read_text(encoding="utf-8")
    assert main(["verify", str(page), str(folder)]) == 0
    page.write_text(
        page.read_text(encoding="utf-8").replace("Japan sent rice", "Japan sold rice"), encoding="utf-8"
    )
    assert main(["verify", str(page), str(folder)]) == 1
    out = capsys.readouterr().out
    assert "1 problem while loading" in out
    assert "The report is exactly what these files give" in out
    assert "The report differs from what these files give" in out


def test_report_takes_a_ledger_capitals_and_cards(folder: Path, tmp_path: Path) -> None:
    ledger = ak.Ledger().decide("rename", "Japan", "Nippon").save(tmp_path / "actors.csv")
    page = tmp_path / "brief.html"
    call = ["report", str(folder), "-o", str(page), "--ledger", str(ledger), "--capitals", "--card", "Nippon"]
    assert main(call) == 0
    text = page.read_text(encoding="utf-8")
    assert "Nippon (state) is named in" in text
    assert "that stand for governments are counted as their states" in text
    assert main(["verify", str(page), str(folder)]) == 0


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (["load", "nowhere"], "There is no file or folder 'nowhere'"),
        (["load", "."], "holds no files. Put saved pages, exports or tables there"),
        (["lab", "nowhere"], "There is no folder 'nowhere'"),
        (
            ["report", "{folder}", "--since", "yesterday"],
            "`since` is 'yesterday'; give a day such as '2023-09-13'.",
        ),
        (["report", "{folder}", "--outlet", "Lmap"], "Did you mean 'Lamp'?"),
        (["report", "{folder}", "--card", "Rusia"], "Did you mean 'Russia'?"),
        (["report", "{folder}", "--ledger", "none.csv"], "There is no ledger 'none.csv'"),
        (["report", "{folder}", "--topics", "none.yml"], "none.yml"),
        (["report", "{folder}", "--column", "text"], "--column is 'text'; write FIELD=NAME"),
        (["report", "{folder}", "--column", "txet=a"], "`columns` names the field(s) ['txet']"),
        (["report", "{folder}", "-o", "none/brief.html"], "there is no folder 'none'; make it first."),
    ],
)
def test_a_wrong_call_gets_one_sentence_and_no_traceback(
    call: list[str],
    said: str,
    folder: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    (tmp_path / "empty").mkdir()
    monkeypatch.chdir(tmp_path / "empty")
    assert main([word.format(folder=folder) for word in call]) == 2
    error = capsys.readouterr().err
    line = error.strip().splitlines()[-1]
    assert line.startswith("analystkit: ")
    assert said in line
    assert "Traceback" not in error


def test_a_folder_of_pictures_loads_nothing_and_says_why(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(20))
    assert main(["load", str(tmp_path)]) == 1
    out = capsys.readouterr().out
    assert "Loaded no articles." in out
    assert "a scan needs text recognition first" in out


def test_notebooks_are_copied_with_the_folder_set_and_never_overwritten(tmp_path: Path) -> None:
    folder, topics = tmp_path / "my articles", tmp_path / "my topics.yml"
    copies = copy_notebooks(ROOT / "notebooks", tmp_path / "copies", folder=folder, topics=topics)
    first = json.loads((copies / "00_collection.ipynb").read_text(encoding="utf-8"))
    cell = next(cell for cell in first["cells"] if "parameters" in cell["metadata"].get("tags", []))
    assert f"FOLDER = {str(folder)!r}" in cell["source"]
    (copies / "01_actors.ipynb").write_text("mine", encoding="utf-8")
    copy_notebooks(ROOT / "notebooks", copies, folder=folder, topics=topics)
    assert (copies / "01_actors.ipynb").read_text(encoding="utf-8") == "mine"


def test_notebooks_are_copied_with_the_decisions_set_where_they_load(tmp_path: Path) -> None:
    named = tmp_path / "mine.csv"
    copies = copy_notebooks(
        ROOT / "notebooks", tmp_path / "copies", folder=tmp_path, topics=tmp_path / "t.yml", decisions=named
    )
    for path in copies.glob("*.ipynb"):
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        loading = [cell for cell in cells if "collection = open_collection(" in "".join(cell["source"])]
        assert len(loading) == 1
        assert f"open_collection(FOLDER, TOPICS, decisions={str(named)!r}" in "".join(loading[0]["source"])


def test_lab_opens_the_first_notebook_with_the_settings_that_analystkit_brings(tmp_path: Path) -> None:
    command = lab_command(tmp_path / "copies" / "00_collection.ipynb")
    assert command[1:4] == ["-m", "jupyterlab", str(tmp_path / "copies" / "00_collection.ipynb")]
    assert f"--ServerApp.root_dir={tmp_path}" in command
    settings = next(
        word.partition("=")[2] for word in command if word.startswith("--LabApp.app_settings_dir=")
    )
    assert json.loads((Path(settings) / "overrides.json").read_text(encoding="utf-8"))


def test_a_dashboard_is_voila_on_the_notebooks_with_a_template_that_fetches_nothing(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    called: list[tuple[list[str], dict[str, str]]] = []

    def run(command: list[str], *, env: dict[str, str], check: bool) -> SimpleNamespace:
        called.append((command, env))
        return SimpleNamespace(returncode=0)

    monkeypatch.setattr("shutil.which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr("subprocess.run", run)
    monkeypatch.setenv("JUPYTER_PATH", "elsewhere")
    monkeypatch.chdir(tmp_path)
    assert main(["lab", str(ROOT / "data" / "sample"), "--dashboard", "--no-browser"]) == 0
    ((command, environment),) = called
    copies = tmp_path / "analystkit-notebooks"
    assert command[1:] == ["-m", "voila", str(copies), "--template=analystkit", "--no-browser"]
    first, second = environment["JUPYTER_PATH"].split(os.pathsep)
    template = Path(first) / "voila" / "templates" / "analystkit"
    assert {path.name for path in template.iterdir()} > {"conf.json", "index.html.j2", "page.html"}
    assert not [path for path in template.iterdir() if "http" in path.read_text(encoding="utf-8")]
    assert second == "elsewhere"


def test_lab_without_jupyterlab_names_the_extra(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("shutil.which", lambda name: None)
    monkeypatch.setattr(sys, "executable", str(tmp_path / "python"))
    assert main(["lab"]) == 2
    assert 'pip install "analystkit[lab]"' in capsys.readouterr().err
