"""The tone notebook in a real JupyterLab: a word made neutral with one press, a sample coded with keys alone."""

from __future__ import annotations

import csv
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.browser.conftest import ROOT, SCREENSHOTS
from tests.browser.looks import FAINT, wait_for_other

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

pytestmark = pytest.mark.browser


def scroll_to(page: Page, selector: str) -> Locator:
    """Scroll down the notebook until an element is there: JupyterLab keeps cells out of sight off the page."""
    found = page.locator(selector).first
    for place in range(0, 20_000, 500):
        if found.is_visible():
            break
        page.evaluate(f"document.querySelector('.jp-WindowedPanel-outer').scrollTop = {place}")
        page.wait_for_timeout(100)
    found.scroll_into_view_if_needed()
    return found


@pytest.mark.parametrize(("theme", "width"), [("light", 1280), ("dark", 800)])
def test_a_word_is_made_neutral_and_a_sample_is_coded_by_keys(
    run_notebook: Callable[..., Any], lab: Any, tmp_path: Path, theme: str, width: int
) -> None:
    sample = tmp_path / "sample"
    shutil.copytree(ROOT / "data" / "sample", sample)
    (lab.folder / "tone-codes.csv").unlink(missing_ok=True)
    watched = run_notebook("02_sentiment.ipynb", theme=theme, width=width, sample=sample)
    page = watched.page

    explorer = page.locator(".ak-explorer")
    explorer.get_by_role("button", name="by word lists", exact=True).click()
    explorer.get_by_label("List, number of sentences").wait_for(state="attached", timeout=20_000)
    selects = explorer.locator(".ak-choose select:visible")
    heading = page.locator(".ak-evidence h4").inner_text()
    selects.nth(0).select_option(index=0)
    heading = wait_for_other(page, ".ak-evidence h4", "", heading)
    selects.nth(1).select_option(index=0)
    wait_for_other(page, ".ak-evidence h4", "", heading)
    line = explorer.locator(".ak-word-line:visible").first
    word = line.locator("strong").inner_text()
    line.get_by_role("button", name="Neutral here").press("Enter")
    explorer.locator(".ak-words").get_by_role("status").filter(
        has_text="Written to tone-lexicon.csv"
    ).wait_for(timeout=30_000)
    rows = list(csv.DictReader((sample / "tone-lexicon.csv").read_text(encoding="utf-8").splitlines()))
    assert [(row["word"], row["value"]) for row in rows] == [(word, "0")]
    assert page.evaluate(FAINT) == []
    explorer.screenshot(path=SCREENSHOTS / f"tone-{theme}.png")

    editor = scroll_to(page, ".ak-coding")
    editor.get_by_label("Your name").fill("Ann")
    page.keyboard.press("Enter")
    status = editor.get_by_role("status")
    status.filter(has_text="Ann: 0 of").wait_for(timeout=20_000)
    text = editor.locator(".ak-unit-text")
    assert text.locator("mark").count() == 1
    n_cells = page.locator(".jp-Cell").count()
    first = text.inner_text()
    # From here on the keyboard alone, without a click.
    page.keyboard.press("1")
    status.filter(has_text="Ann: 1 of").wait_for(timeout=20_000)
    page.keyboard.press("u")
    status.filter(has_text="Ann: 2 of").wait_for(timeout=20_000)
    page.keyboard.press("ArrowLeft")
    editor.get_by_text("Your code: neutral.").wait_for(timeout=20_000)
    page.keyboard.press("ArrowLeft")
    editor.get_by_text("Your code: negative.").wait_for(timeout=20_000)
    assert text.inner_text() == first
    page.keyboard.press("3")
    # What was coded is passed over; a key that cuts a cell in JupyterLab is a code here.
    page.wait_for_function(
        "(first) => document.querySelector('.ak-unit-text').innerText !== first", arg=first, timeout=20_000
    )
    page.keyboard.press("x")
    status.filter(has_text="Ann: 3 of").wait_for(timeout=20_000)
    assert page.locator(".jp-Cell").count() == n_cells
    codes = list(csv.DictReader((lab.folder / "tone-codes.csv").read_text(encoding="utf-8").splitlines()))
    assert sorted(row["code"] for row in codes) == ["neutral", "positive", "unclear"]
    assert editor.get_by_role("button", name=re.compile("Results")).is_disabled()
    assert page.evaluate(FAINT.replace(".ak-explorer", ".ak-coding")) == []
    editor.screenshot(path=SCREENSHOTS / f"coding-{theme}.png")
    assert watched.errors == []
