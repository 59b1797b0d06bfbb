"""The notebooks as a Voila dashboard, in a real browser: from a number to its sentences, with nothing from elsewhere."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser.conftest import SCREENSHOTS, copy_notebook, running_dashboard, watch
from tests.browser.test_explorers import grave_findings

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser


def test_a_number_opens_to_its_sentences_without_code_or_anything_from_elsewhere(
    browser: Browser, tmp_path: Path
) -> None:
    if importlib.util.find_spec("voila") is None:
        pytest.skip('voila is not installed (pip install -e ".[dashboard]")')
    folder, home = tmp_path / "notebooks", tmp_path / "home"
    folder.mkdir()
    home.mkdir()
    copy_notebook("06_your_collection.ipynb", folder)
    with running_dashboard(folder, home) as address:
        page = browser.new_page(viewport={"width": 1280, "height": 1500})
        watched = watch(page, address)
        page.goto(address)
        # The page comes when all cells have run.
        page.set_default_timeout(300_000)
        page.get_by_role("link", name="06 your collection").click()
        page.locator(".ak-explorer").nth(1).locator(".ak-figure img").wait_for()
        page.set_default_timeout(30_000)
        assert page.locator(".jp-CodeMirrorEditor, .highlight").count() == 0
        explorer = page.locator(".ak-explorer").first
        grid = explorer.get_by_role("grid", name="Articles chosen")
        grid.get_by_role("row").nth(5).wait_for()
        grid.focus()
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        explorer.locator(".ak-article h4").wait_for()

        last = explorer.locator(".ak-choose select:visible").last
        last.select_option(index=2)
        n = int(last.locator("option").nth(2).inner_text().split()[1])
        heading = explorer.locator(".ak-evidence h4").filter(has_text=re.compile(rf": {n} of \d+"))
        heading.first.wait_for()
        page.screenshot(path=SCREENSHOTS / "dashboard.png")
        assert grave_findings(page) == []
        assert watched.elsewhere() == []
        # Voila's page may ask for a model that comes later, and says so; all that is shown was looked at above.
        assert [error for error in watched.errors if "widget model not found" not in error] == []
        page.close()
