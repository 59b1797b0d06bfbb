"""The notebooks of actors and of the collection in a real JupyterLab, in a real browser."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.browser.conftest import ROOT, SCREENSHOTS
from tests.browser.test_explorers import grave_findings

pytestmark = pytest.mark.browser


def test_the_actors_notebook_runs_with_its_ledger_and_axe_finds_nothing_grave(
    run_notebook: Callable[..., Any],
) -> None:
    watched = run_notebook("01_actors.ipynb", theme="light", width=1280)
    page = watched.page
    ledger = page.locator(".ak-ledger")
    ledger.scroll_into_view_if_needed()
    before = ledger.locator("select").first.evaluate("(one) => one.options.length")
    ledger.locator("select").first.focus()
    page.keyboard.press("r")  # "Reject" has this key; JupyterLab is not told
    page.wait_for_function(
        "([one, before]) => one.options.length === before - 1",
        arg=[ledger.locator("select").first.element_handle(), before],
        timeout=30_000,
    )
    page.screenshot(path=SCREENSHOTS / "ledger.png")
    assert grave_findings(page, ".ak-explorer") == []
    assert grave_findings(page, ".ak-ledger") == []
    assert watched.errors == []
    assert watched.elsewhere() == []


def test_a_line_is_put_back_with_the_keyboard_and_written_down(
    run_notebook: Callable[..., Any], tmp_path: Path
) -> None:
    sample = tmp_path / "sample"
    shutil.copytree(ROOT / "data" / "sample", sample)
    watched = run_notebook("00_collection.ipynb", theme="dark", width=1280, sample=sample)
    page = watched.page
    page.get_by_label("Month, number of articles").select_option(index=5)
    page.locator(".ak-evidence").get_by_role("button", name=re.compile("Read the article")).nth(2).click()
    lines = page.locator(".ak-page-lines")
    lines.get_by_role("button", name="Put back").nth(1).wait_for(timeout=10_000)
    title = page.locator(".ak-article h4").inner_text()
    button = lines.get_by_role("button", name="Put back").nth(1)
    told = (button.get_attribute("title") or "").removeprefix("Put back: ")
    button.focus()
    page.keyboard.press("Enter")
    lines.get_by_role("button", name="decided (1)").wait_for(timeout=20_000)
    # The article stays open with the line in it, and the focus stays on the list.
    assert page.locator(".ak-article h4").inner_text() == title
    page.locator(".ak-body p", has_text=told).first.wait_for(timeout=10_000)
    assert page.evaluate("document.activeElement.innerText") == "Put back"
    lines.get_by_role("status").filter(has_text="Written to line-decisions.csv").wait_for(timeout=10_000)
    assert told in (sample / "line-decisions.csv").read_text(encoding="utf-8")
    assert grave_findings(page) == []
    page.screenshot(path=SCREENSHOTS / "lab-lines-dark.png")
    lines.get_by_role("button", name="Undo the last decision").press("Enter")
    lines.get_by_role("button", name="decided (1)").wait_for(state="detached", timeout=20_000)
    assert told not in (sample / "line-decisions.csv").read_text(encoding="utf-8")
    assert watched.errors == []
