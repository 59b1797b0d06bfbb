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
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ROOT = Path(__file__).parent.parent.parent
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
    errors: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)


def copy_notebook(name: str, target: Path, *, sample: Path = ROOT / "data" / "sample") -> None:
    """Copy a notebook with the addresses of the sample in it, so that it runs in any folder."""
    notebook = json.loads((ROOT / "notebooks" / name).read_text(encoding="utf-8"))
    for cell in notebook["cells"]:
        if "parameters" in cell["metadata"].get("tags", []):
            data = ROOT / "data"
            cell["source"] = f'FOLDER = "{sample}"\nTOPICS = "{data}/topics/north-korea-russia.yml"'
    (target / name).write_text(json.dumps(notebook), encoding="utf-8")


@contextmanager
def running_lab(folder: Path, home: Path) -> Iterator[Lab]:
    """Start JupyterLab with the settings of `analystkit lab` and nothing of the user's; end it."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    token = secrets.token_hex(8)
    own = ("CONFIG_DIR", "DATA_DIR", "RUNTIME_DIR")
    environment = {**os.environ, **{f"JUPYTER_{name}": str(home / name.lower()) for name in own}}
    for name in ("IPYTHONDIR", "JUPYTERLAB_SETTINGS_DIR", "JUPYTERLAB_WORKSPACES_DIR", "ANALYSTKIT_CACHE"):
        environment[name] = str(home / name.lower())
    environment["PYTHONPATH"] = str(ROOT)
    command = [
        *(sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", "--ip=127.0.0.1"),
        *(f"--port={port}", "--ServerApp.port_retries=0", f"--IdentityProvider.token={token}"),
        f"--LabApp.app_settings_dir={ROOT / 'analystkit' / 'resources' / 'lab'}",
    ]
    log = home / "server.log"
    with log.open("w") as stream:
        server = subprocess.Popen(command, cwd=folder, env=environment, stdout=stream, stderr=stream)
    try:
        lab = Lab(f"http://127.0.0.1:{port}", token, folder, home / "jupyterlab_settings_dir")
        _wait_for(lambda: _answers(f"{lab.address}/api/status?token={token}"), 60, log)
        yield lab
    finally:
        server.terminate()
        try:
            server.wait(20)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


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
            raise TimeoutError(f"JupyterLab did not start in {seconds} s:\n{log.read_text()[-3000:]}")
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
    watched = Watched(page)
    page.on("console", lambda said: watched.errors.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda fault: watched.errors.append(str(fault)))
    page.on("request", lambda request: watched.asked.append(request.url))
    page.goto(lab.url(name))
    page.wait_for_selector(".jp-NotebookPanel:not(.lm-mod-hidden) .jp-Notebook", timeout=60_000)
    page.wait_for_selector("#jupyterlab-splash", state="detached", timeout=60_000)
    # The indicator beside the notebook is idle also before there is a kernel; the status bar is not.
    page.get_by_text("| Idle", exact=False).first.wait_for(timeout=60_000)
    return watched


def run_all(page: Page) -> None:
    """Choose Run > Run All Cells, and wait for the explorer and for the last cell."""
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
    page.wait_for_selector(".jp-Notebook-ExecutionIndicator[data-status=busy]", timeout=20_000)
    page.wait_for_selector(".jp-Notebook-ExecutionIndicator[data-status=idle]", timeout=120_000)
    # JupyterLab follows the run to the last cell and takes cells out of sight off the page.
    page.evaluate("document.querySelector('.jp-WindowedPanel-outer').scrollTop = 0")
    page.wait_for_selector(".ak-explorer [role=status]", state="attached", timeout=60_000)


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


@pytest.fixture
def address(lab: Lab) -> str:
    return lab.address


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
