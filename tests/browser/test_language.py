"""Words and term lists in a real JupyterLab: typed, clicked and pressed as an analyst would."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.browser.conftest import (
    ROOT,
    SCREENSHOTS,
    Lab,
    Watched,
    open_notebook,
    run_all,
    set_theme,
    write_notebook,
)
from tests.browser.looks import FAINT, HEADING, STATUS, read, wait_for_other

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

SAMPLE = f"""import analystkit as ak
from analystkit.widgets import LanguageExplorer, TermEditor
collection = ak.load({str(ROOT / "data" / "sample")!r}, progress=False,
                     topics={str(ROOT / "data" / "topics" / "north-korea-russia.yml")!r})"""
#: Rows are asked of the kernel as they come in sight; those that are there.
ROW = ".ak-rows-body .ak-rows-row:not([aria-busy])"


@pytest.fixture
def run_cells(browser: Browser, lab: Lab) -> Iterator[Callable[..., Watched]]:
    """A function that runs some cells in a theme and a width, and waits for what they show."""
    opened: list[Page] = []

    def run(*cells: str, theme: str, width: int, shown: str) -> Watched:
        write_notebook(lab.folder / "own.ipynb", [SAMPLE, *cells])
        set_theme(lab, theme)
        watched = open_notebook(browser, lab, "own.ipynb", width=width)
        opened.append(watched.page)
        watched.page.keyboard.press("Control+b")
        run_all(watched.page, shown=shown)
        return watched

    yield run
    for page in opened:
        page.close()


def test_from_a_typed_word_to_its_lines_to_the_article(run_cells: Callable[..., Any]) -> None:
    watched = run_cells("LanguageExplorer(collection)", theme="light", width=1280, shown=STATUS)
    page = watched.page
    page.get_by_placeholder("type to search; commas part several").press_sequentially("sanction*", delay=30)
    page.wait_for_function(
        "(s) => /^sanction\\*: 60 lines in 43 articles/.test(document.querySelector(s).innerText)", arg=STATUS
    )
    page.locator(ROW).first.wait_for(timeout=20_000)
    explorer = page.locator(".ak-explorer")
    before = read(page, ROW)
    explorer.get_by_role("button", name="words after", exact=True).click()
    wait_for_other(page, ROW, "", before)

    # One click from a line to its article, with every line of it marked.
    row = page.locator(ROW).first
    outlet = row.locator("div").last.inner_text()
    row.click()
    page.locator(".ak-article .ak-about", has_text=outlet).first.wait_for(timeout=20_000)
    n = int(re.match(r"(\d+) lines? of", read(page, HEADING)).group(1))  # type: ignore[union-attr]
    assert page.locator(".ak-article mark").count() == n
    page.screenshot(path=SCREENSHOTS / "language-lines.png", full_page=True)
    page.get_by_role("button", name="◀ Back to the sentences").press("Enter")

    # Keys: the second line by arrow and Enter.
    grid = page.get_by_role("grid").first
    grid.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.locator(".ak-article").wait_for(timeout=20_000)
    page.get_by_role("button", name="◀ Back to the sentences").press("Enter")

    # A word against the rest: refused in words until there is a rest, then two clicks to its article.
    explorer.get_by_role("button", name="against the rest", exact=True).click()
    page.get_by_role("alert").filter(has_text="There is no rest to compare with").wait_for(timeout=20_000)
    page.get_by_label("Outlets").fill("Velvet Compass")
    page.keyboard.press("Enter")
    page.locator(".ak-explorer figure img").wait_for(timeout=20_000)
    page.get_by_placeholder("type to search; commas part several").fill("")
    page.locator(".ak-rows-told", has_text=re.compile(r"^\d,\d+ words$")).wait_for(timeout=20_000)
    page.locator(ROW).nth(5).wait_for(timeout=20_000)
    row = page.locator(ROW).first
    count = int(row.locator("div").nth(1).inner_text())
    heading = read(page, HEADING)
    row.click()
    heading = wait_for_other(page, HEADING, "", heading)
    assert f": {count} occurrence" in heading
    page.screenshot(path=SCREENSHOTS / "language-key.png", full_page=True)
    page.locator(".ak-evidence").get_by_role("button", name=re.compile("Read the article")).first.click()
    page.locator(".ak-article mark").first.wait_for(timeout=20_000)

    with page.expect_download() as saved:
        page.get_by_role("link", name="numbers (CSV)").click()
    assert Path(saved.value.path()).read_bytes().startswith(b"\xef\xbb\xbfterm,")
    assert page.evaluate(FAINT) == []
    assert watched.errors == []
    assert watched.elsewhere() == []


@pytest.mark.parametrize("width", [800, 390])
def test_dark_and_narrow_words_are_legible_and_nothing_is_cut_off(
    run_cells: Callable[..., Any], width: int
) -> None:
    cell = 'LanguageExplorer(collection, words="sanction*", shown="where", outlets=["Velvet Compass"])'
    page = run_cells(cell, theme="dark", width=width, shown=STATUS).page
    page.locator(".ak-explorer figure img").wait_for(timeout=20_000)
    assert page.evaluate(FAINT) == []
    explorer = page.locator(".ak-explorer")
    explorer.get_by_role("button", name="in their lines", exact=True).click()
    page.get_by_role("grid", name=re.compile("Where does")).wait_for(timeout=20_000)
    page.locator(ROW, has_text="Velvet Compass").first.wait_for(timeout=20_000)
    page.locator(ROW).first.click()
    page.locator(".ak-article mark").first.wait_for(timeout=20_000)
    assert page.evaluate(FAINT) == []
    page.screenshot(path=SCREENSHOTS / f"language-dark-{width}.png", full_page=True)


def test_a_suggested_term_is_accepted_with_a_key_written_down_and_taken_back(
    run_cells: Callable[..., Any], tmp_path: Path
) -> None:
    file = tmp_path / "topics.yml"
    source = (ROOT / "data" / "topics" / "north-korea-russia.yml").read_text(encoding="utf-8")
    file.write_text(source, encoding="utf-8")
    watched = run_cells(
        f"editor = TermEditor(collection.with_topics({str(file)!r}))\neditor",
        theme="light",
        width=1280,
        shown=".ak-ledger [role=status]",
    )
    page = watched.page
    status = ".ak-ledger [role=status]"
    told = read(page, status)
    n = int(told.split()[0])
    suggestions = page.locator(".ak-ledger select").first
    first = suggestions.locator("option").first.text_content() or ""
    # A list keeps spaces apart that HTML would join.
    topic, _, term = first.replace("\xa0", " ").partition(":")[0].partition(" ← ")
    n_cells = page.locator(".jp-Cell").count()
    suggestions.focus()
    page.keyboard.press("a")
    told = wait_for_other(page, status, "", told)
    assert told.startswith(f"{n - 1} suggestions left")
    assert f"- {term}\n" in file.read_text(encoding="utf-8")
    # "a" and "d" are commands to the notebook elsewhere; here they are not.
    assert page.locator(".jp-Cell").count() == n_cells
    page.screenshot(path=SCREENSHOTS / "terms-light.png", full_page=True)
    page.keyboard.press("r")
    told = wait_for_other(page, status, "", told)
    page.keyboard.press("u")
    told = wait_for_other(page, status, "", told)
    page.keyboard.press("u")
    wait_for_other(page, status, "", told)
    assert file.read_text(encoding="utf-8") == source
    assert suggestions.locator("option").first.text_content() == first
    assert topic in source

    # A term of one's own that would find anything is refused in words.
    page.get_by_placeholder("a term of your own").fill("*")
    page.keyboard.press("Enter")
    page.locator(".ak-ledger").get_by_role("button", name="Add", exact=True).click()
    page.get_by_role("alert").wait_for(timeout=20_000)
    assert file.read_text(encoding="utf-8") == source
    assert page.evaluate(FAINT.replace(".ak-explorer", ".ak-ledger")) == []
    assert watched.errors == []
    assert watched.elsewhere() == []
