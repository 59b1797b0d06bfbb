"""A JupyterLab of its own and a browser that talks to nothing else."""

from __future__ import annotations

import importlib.util
import json
import os
import secrets
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

from analystkit.cli import dashboard_command, dashboard_environment

ROOT = Path(__file__).parent.parent.parent
SAMPLE = ROOT / "data" / "sample"
TOPICS = ROOT / "data" / "topics" / "north-korea-russia.yml"
#: Pictures for a look by eye; kept out of the repository.
SCREENSHOTS = ROOT / "screenshots"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@dataclass(frozen=True)
class Lab:
    """A running JupyterLab: its address, its token and the folder that it shows."""

    address: str
    token: str
    folder: Path
    settings: Path

    def url(self, notebook: str) -> str:
        return f"{self.address}/lab/tree/{notebook}?token={self.token}&reset"


@dataclass
class Watched:
    """A page with what it said on the console and which addresses it asked for."""

    page: Page
    address: str
    errors: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    def elsewhere(self) -> list[str]:
        """The addresses asked for that are not those of the server."""
        return [url for url in self.asked if not url.startswith((self.address, "data:", "blob:"))]


def watch(page: Page, address: str) -> Watched:
    """Begin to note what a page says and asks for."""
    watched = Watched(page, address)
    page.on("console", lambda said: watched.errors.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda fault: watched.errors.append(str(fault)))
    page.on("request", lambda request: watched.asked.append(request.url))
    return watched


def copy_notebook(name: str, target: Path, *, sample: Path = ROOT / "data" / "sample") -> None:
    """Copy a notebook with the addresses of the sample in it, so that it runs in any folder."""
    notebook = json.loads((ROOT / "notebooks" / name).read_text(encoding="utf-8"))
    for cell in notebook["cells"]:
        if "parameters" in cell["metadata"].get("tags", []):
            data = ROOT / "data"
            cell["source"] = f'FOLDER = "{sample}"\nTOPICS = "{data}/topics/north-korea-russia.yml"'
    (target / name).write_text(json.dumps(notebook), encoding="utf-8")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def environment_of(home: Path) -> dict[str, str]:
    """Return variables under which Jupyter finds nothing of the user's."""
    own = ("CONFIG_DIR", "DATA_DIR", "RUNTIME_DIR")
    environment = {**os.environ, **{f"JUPYTER_{name}": str(home / name.lower()) for name in own}}
    for name in ("IPYTHONDIR", "JUPYTERLAB_SETTINGS_DIR", "JUPYTERLAB_WORKSPACES_DIR", "ANALYSTKIT_CACHE"):
        environment[name] = str(home / name.lower())
    environment["PYTHONPATH"] = str(ROOT)
    return environment


@contextmanager
def running(
    command: list[str], ready: str, *, folder: Path, home: Path, more: dict[str, str] | None = None
) -> Iterator[None]:
    """Start a server, wait until an address answers, and end it."""
    log = home / "server.log"
    with log.open("w") as stream:
        server = subprocess.Popen(
            command, cwd=folder, env={**environment_of(home), **(more or {})}, stdout=stream, stderr=stream
        )
    try:
        _wait_for(lambda: _answers(ready), 120, log)
        yield
    finally:
        server.terminate()
        try:
            server.wait(20)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


@contextmanager
def running_dashboard(folder: Path, home: Path) -> Iterator[str]:
    """Start Voila as `analystkit lab --dashboard` does, and return its address."""
    address = f"http://127.0.0.1:{(port := free_port())}"
    command = [*dashboard_command(folder), "--no-browser", f"--port={port}"]
    more = {"JUPYTER_PATH": dashboard_environment()["JUPYTER_PATH"]}
    with running(command, address, folder=folder, home=home, more=more):
        yield address


@contextmanager
def running_lab(folder: Path, home: Path) -> Iterator[Lab]:
    """Start JupyterLab with the settings of `analystkit lab` and nothing of the user's; end it."""
    port, token = free_port(), secrets.token_hex(8)
    command = [
        *(sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", "--ip=127.0.0.1"),
        *(f"--port={port}", "--ServerApp.port_retries=0", f"--IdentityProvider.token={token}"),
        f"--LabApp.app_settings_dir={ROOT / 'analystkit' / 'resources' / 'lab'}",
    ]
    lab = Lab(f"http://127.0.0.1:{port}", token, folder, home / "jupyterlab_settings_dir")
    with running(command, f"{lab.address}/api/status?token={token}", folder=folder, home=home):
        yield lab


def set_theme(lab: Lab, theme: str) -> None:
    """Set the theme ("light", "dark") that pages opened from now on have."""
    folder = lab.settings / "@jupyterlab" / "apputils-extension"
    folder.mkdir(parents=True, exist_ok=True)
    chosen = json.dumps({"theme": f"JupyterLab {theme.capitalize()}"})
    (folder / "themes.jupyterlab-settings").write_text(chosen, encoding="utf-8")


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=5) as reply:
            return bool(reply.status == 200)
    except OSError:
        return False


def _wait_for(ready: Callable[[], bool], seconds: float, log: Path) -> None:
    end = time.monotonic() + seconds
    while not ready():
        if time.monotonic() > end:
            raise TimeoutError(f"The server did not start in {seconds} s:\n{log.read_text()[-3000:]}")
        time.sleep(0.2)


@contextmanager
def running_browser() -> Iterator[Browser]:
    """Start Debian's chromium."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        yield browser
        browser.close()


def open_notebook(browser: Browser, lab: Lab, name: str, *, width: int = 1280, height: int = 1500) -> Watched:
    """Open a notebook and wait until its kernel is idle."""
    page = browser.new_page(viewport={"width": width, "height": height})
    watched = watch(page, lab.address)
    page.goto(lab.url(name))
    page.wait_for_selector(".jp-NotebookPanel:not(.lm-mod-hidden) .jp-Notebook", timeout=60_000)
    page.wait_for_selector("#jupyterlab-splash", state="detached", timeout=60_000)
    # The indicator beside the notebook is idle also before there is a kernel; the status bar is not.
    page.get_by_text("| Idle", exact=False).first.wait_for(timeout=60_000)
    return watched


def run_all(page: Page, *, shown: str = ".ak-explorer [role=status]") -> None:
    """Choose Run > Run All Cells, and wait for the explorer (or what else is to be shown) and for the last cell."""
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
    # On a narrow page the toolbar folds the indicator away.
    for status in ("busy", "idle"):
        indicator = f".jp-Notebook-ExecutionIndicator[data-status={status}]"
        page.wait_for_selector(indicator, state="attached", timeout=240_000)
    # JupyterLab follows the run to the last cell and takes cells out of sight off the page.
    page.evaluate("document.querySelector('.jp-WindowedPanel-outer').scrollTop = 0")
    page.wait_for_selector(shown, state="attached", timeout=60_000)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if shutil.which("chromium") is None:
        pytest.skip("chromium is not installed (on Debian: apt-get install chromium)")
    for package in ("playwright", "jupyterlab"):
        if importlib.util.find_spec(package) is None:
            pytest.skip(f'{package} is not installed (pip install -e ".[test]")')
    with running_browser() as started:
        yield started


@pytest.fixture(scope="session")
def lab(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    folder = tmp_path_factory.mktemp("notebooks")
    with running_lab(folder, tmp_path_factory.mktemp("home")) as started:
        yield started


def write_notebook(path: Path, cells: list[str]) -> None:
    """Write a notebook of some code cells."""
    told = [
        {"cell_type": "code", "id": f"cell-{i:02d}", "metadata": {}, "source": source, "outputs": []}
        | {"execution_count": None}
        for i, source in enumerate(cells)
    ]
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    notebook: dict[str, Any] = {"cells": told, "metadata": {"kernelspec": kernel}}
    path.write_text(json.dumps({**notebook, "nbformat": 4, "nbformat_minor": 5}), encoding="utf-8")


@pytest.fixture
def run_notebook(browser: Browser, lab: Lab) -> Iterator[Callable[..., Watched]]:
    """A function that opens a notebook in a theme and a width, hides the file list and runs all cells."""
    opened: list[Page] = []

    def run(name: str, *, theme: str, width: int, sample: Path = ROOT / "data" / "sample") -> Watched:
        copy_notebook(name, lab.folder, sample=sample)
        set_theme(lab, theme)
        watched = open_notebook(browser, lab, name, width=width)
        opened.append(watched.page)
        watched.page.keyboard.press("Control+b")
        run_all(watched.page)
        return watched

    yield run
    for page in opened:
        page.close()
