"""The report on the sample, opened from disk in a real browser."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import analystkit as ak

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

ROOT = Path(__file__).parent.parent.parent
SCREENSHOTS = ROOT / "screenshots"


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report that `make report` writes."""
    topics = ROOT / "data" / "topics" / "north-korea-russia.yml"
    collection = ak.load(ROOT / "data" / "sample", topics=topics, cache=False, progress=False)
    return ak.write_report(collection, tmp_path_factory.mktemp("report") / "brief.html")


@pytest.fixture
def said() -> list[str]:
    """What the page asked of the network, and what it said on the console."""
    return []


@pytest.fixture
def page(browser: Browser, report: Path, said: list[str]) -> Iterator[Page]:
    opened = browser.new_page(viewport={"width": 1100, "height": 1000})
    opened.on("request", lambda request: said.append(request.url))
    opened.on("console", lambda message: said.append(message.text))
    opened.on("pageerror", lambda fault: said.append(str(fault)))
    opened.goto(report.as_uri())
    yield opened
    opened.close()


def test_it_is_small_and_asks_for_nothing_but_itself(report: Path, page: Page, said: list[str]) -> None:
    assert report.stat().st_size < 3_000_000
    page.screenshot(path=SCREENSHOTS / "report-light.png", full_page=True)
    assert said == [report.as_uri()]


def test_fifty_numbers_open_to_as_many_entries_with_a_marked_word(page: Page, said: list[str]) -> None:
    page.evaluate("document.querySelectorAll('details').forEach(box => box.open = true)")
    numbers = page.locator("main section:not(#evidence) a.n")
    for i in random.Random(7).sample(range(numbers.count()), 50):
        n = int(numbers.nth(i).inner_text().replace(",", ""))
        numbers.nth(i).click()
        entries = page.locator("#panel-list > li")
        assert entries.count() == n
        assert all(text.strip() for text in entries.locator("mark").all_inner_texts())
        assert page.locator("#panel-h").inner_text().split(": ")[-1].split()[0] == f"{n:,}"
        page.get_by_role("button", name="Close").click()
    assert len(said) == 1


def test_an_entry_leads_to_its_sentence_among_the_sources(page: Page) -> None:
    page.locator("#actors a.n").first.click()
    entry = page.locator("#panel-list a.about").first
    anchor = str(entry.get_attribute("href"))
    entry.click()
    page.locator(anchor).wait_for(state="visible")
    assert page.locator("#panel").is_hidden()


def test_every_picture_has_a_name_and_every_table_its_heads(page: Page) -> None:
    pictures = page.locator("svg")
    assert pictures.count() == page.get_by_role("img").count() == 7
    assert page.locator("table").count() == page.locator("table:has(th[scope=col])").count() > 5


def test_it_reads_with_scripts_off(browser: Browser, report: Path) -> None:
    context = browser.new_context(java_script_enabled=False, color_scheme="dark")
    page = context.new_page()
    page.goto(report.as_uri())
    page.screenshot(path=SCREENSHOTS / "report-dark.png", full_page=True)
    number = page.locator("#actors a.n").first
    assert page.locator("#actors .finding").is_visible()
    number.click()
    # Without the script the link leads into a part that the browser opens by itself, or the reader by a click.
    target = page.locator(str(number.get_attribute("href")))
    assert target.locator("li").count() == int(number.inner_text())
    context.close()


def test_at_the_width_of_a_phone_nothing_but_tables_and_pictures_scrolls_sideways(
    browser: Browser, report: Path
) -> None:
    page = browser.new_page(viewport={"width": 390, "height": 844})
    page.goto(report.as_uri())
    page.screenshot(path=SCREENSHOTS / "report-phone.png", full_page=True)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.close()
