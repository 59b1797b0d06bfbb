"""The actors' notebook in a real JupyterLab, in a real browser."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from analystkit.widgets.evidence import PAGE

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

#: For a look by eye; kept out of the repository.
ROOT = Path(__file__).parent.parent.parent
SCREENSHOTS = ROOT / "screenshots"
STATUS = ".ak-explorer [role=status]"
PICTURE = ".ak-explorer figure img"
HEADING = ".ak-evidence h4"

#: Every text of the explorer whose contrast with what lies behind it is below 4.5 (WCAG AA), or that is cut off.
FAINT = """() => {
  const parts = (color) => (color.match(/[\\d.]+/g) || [0, 0, 0, 0]).map(Number);
  const over = (top, below) => { const a = top[3] ?? 1; return [0, 1, 2].map((i) => a * top[i] + (1 - a) * below[i]); };
  const behind = (node) => {
    const layers = [];
    for (; node; node = node.parentElement) layers.push(parts(getComputedStyle(node).backgroundColor));
    return layers.reverse().reduce((below, top) => over(top, below), [255, 255, 255]);
  };
  const light = (color) => { const [r, g, b] = color.map((c) => { c /= 255;
    return c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4; }); return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
  const found = [];
  for (const node of document.querySelectorAll(".ak-explorer *")) {
    const own = [...node.childNodes].some((child) => child.nodeType === 3 && child.textContent.trim());
    if (!own || !node.offsetParent || ["STYLE", "OPTION"].includes(node.tagName) || node.disabled) continue;
    const paper = behind(node), ink = over(parts(getComputedStyle(node).color), paper);
    const [low, high] = [light(ink), light(paper)].sort((a, b) => a - b);
    const contrast = (high + 0.05) / (low + 0.05);
    if (contrast < 4.5) found.push(`${contrast.toFixed(1)}: ${node.tagName} ${node.textContent.trim().slice(0, 40)}`);
  }
  const frame = document.querySelector(".ak-explorer");
  if (frame.scrollWidth > frame.clientWidth + 1) found.push(`too wide: ${frame.scrollWidth} > ${frame.clientWidth}`);
  return found;
}"""


def wait_for_other(page: Page, selector: str, attribute: str, before: str) -> str:
    """Wait until an attribute (or the text) of an element is another than before, and return it."""
    page.wait_for_function(
        "([s, a, b]) => { const e = document.querySelector(s); return e && (a ? e.getAttribute(a) : e.innerText) !== b; }",
        arg=[selector, attribute, before],
        timeout=20_000,
    )
    return read(page, selector, attribute)


def read(page: Page, selector: str, attribute: str = "") -> str:
    element = page.locator(selector).first
    return (element.get_attribute(attribute) or "") if attribute else element.inner_text()


def test_from_a_control_to_a_picture_to_a_number_to_its_sentences_to_an_article(
    run_notebook: Callable[..., Any], address: str
) -> None:
    watched = run_notebook("01_actors.ipynb", theme="light", width=1280)
    page = watched.page
    picture, status = read(page, PICTURE, "src"), read(page, STATUS)
    assert read(page, PICTURE, "alt").startswith("Line chart. How often is each actor named, by month?")

    page.locator(".ak-explorer").get_by_role("button", name="whole period", exact=True).click()
    assert "by month" not in wait_for_other(page, STATUS, "", status)
    picture = wait_for_other(page, PICTURE, "src", picture)

    heading = read(page, HEADING)
    rows = page.get_by_label("Actor, number of stories")
    label = next(text for text in rows.locator("option").all_inner_texts() if 1 < int(text.split()[0]) < 60)
    rows.select_option(label=label)
    heading = wait_for_other(page, HEADING, "", heading)
    n = int(label.split()[0])
    assert re.search(rf": {n} of \d+ stories", heading)
    assert count_units(page, n) == n

    # A key that JupyterLab would take as "cut the cell" only moves within the list.
    n_cells = page.locator(".jp-Cell").count()
    rows.focus()
    page.keyboard.press("x")
    page.keyboard.press("ArrowDown")
    heading = wait_for_other(page, HEADING, "", heading)
    assert page.locator(".jp-Cell").count() == n_cells

    page.get_by_label("Outlets").fill("Velvet Compass")
    page.keyboard.press("Enter")
    picture = wait_for_other(page, PICTURE, "src", picture)
    assert "in Velvet Compass" in read(page, STATUS)
    wait_for_other(page, HEADING, "", heading)

    page.get_by_label("Actors to show").fill("Rusia")
    page.keyboard.press("Enter")
    page.get_by_role("alert").filter(has_text="Did you mean 'Russia'?").wait_for(timeout=10_000)

    title = read(page, ".ak-unit strong")
    page.screenshot(path=SCREENSHOTS / "lab-light.png")
    page.locator(".ak-evidence").get_by_role("button", name=re.compile("Read the article")).first.click()
    page.locator(".ak-article h4", has_text=title).wait_for(timeout=10_000)
    assert page.locator(".ak-article mark").count() > 0
    page.locator(".ak-page-lines").get_by_role("button", name=re.compile(r"^kept out \(")).wait_for()
    page.screenshot(path=SCREENSHOTS / "lab-article.png")

    page.get_by_role("button", name="Files to save").click()
    with page.expect_download() as saved:
        page.get_by_role("link", name="numbers (CSV)").click()
    assert saved.value.suggested_filename == "actors.csv"
    assert Path(saved.value.path()).read_bytes().startswith(b"\xef\xbb\xbfactor,")

    assert page.evaluate(FAINT) == []
    assert watched.errors == []
    assert [url for url in watched.asked if not url.startswith((address, "data:", "blob:"))] == []


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
    assert page.evaluate(FAINT) == []
    page.screenshot(path=SCREENSHOTS / "lab-lines-dark.png")
    lines.get_by_role("button", name="Undo the last decision").press("Enter")
    lines.get_by_role("button", name="decided (1)").wait_for(state="detached", timeout=20_000)
    assert told not in (sample / "line-decisions.csv").read_text(encoding="utf-8")
    assert watched.errors == []


def count_units(page: Page, n: int) -> int:
    """Count the articles on all pages of the evidence; `n`, what is expected, says only when a page is full."""
    units = page.locator(".ak-list .ak-unit:visible")
    later = page.get_by_role("button", name="Later ▶")
    total = 0
    while True:
        page.wait_for_function(
            "([n]) => n === [...document.querySelectorAll('.ak-list .ak-unit')].filter((e) => e.offsetParent).length",
            arg=[min(n - total, PAGE)],
            timeout=10_000,
        )
        total += units.count()
        if not (later.is_visible() and later.is_enabled()):
            return total
        place = read(page, ".ak-place")
        page.evaluate("document.querySelector('.ak-list').scrollTop = 1000")
        later.click()
        wait_for_other(page, ".ak-place", "", place)
        page.wait_for_function("() => document.querySelector('.ak-list')?.scrollTop === 0", timeout=10_000)


def test_dark_and_narrow_every_text_is_legible_and_nothing_is_cut_off(
    run_notebook: Callable[..., Any],
) -> None:
    page = run_notebook("01_actors.ipynb", theme="dark", width=800).page
    assert page.evaluate("document.body.dataset.jpThemeLight") == "false"
    heading = read(page, HEADING)
    selects = page.locator(".ak-choose select:visible")
    selects.nth(0).select_option(index=2)
    heading = wait_for_other(page, HEADING, "", heading)
    selects.nth(1).select_option(index=2)
    wait_for_other(page, HEADING, "", heading)
    page.locator(".ak-explorer summary", has_text="All numbers as a table").click()
    page.screenshot(path=SCREENSHOTS / "lab-dark-narrow.png")
    assert page.evaluate(FAINT) == []
