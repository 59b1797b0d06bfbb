"""All explorers on one page of a real JupyterLab, joined by one state: every control, every way down, what is saved.

One page serves all tests of this file; each begins with "Start again".
"""

from __future__ import annotations

import random
import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from analystkit.widgets.evidence import PAGE
from tests.browser.conftest import (
    SAMPLE,
    SCREENSHOTS,
    TOPICS,
    Lab,
    Watched,
    open_notebook,
    run_all,
    write_notebook,
)

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

pytestmark = pytest.mark.browser

KINDS = ["CollectionExplorer", "ActorExplorer", "ToneExplorer", "TopicExplorer"]
N_LONG = 100_000
CELLS = [
    "import pandas as pd",
    "from analystkit.widgets import *",
    f"collection = open_collection({str(SAMPLE)!r}, {str(TOPICS)!r})\nstate = ExplorerState(collection)",
    *(f"{kind}(collection, state=state)" for kind in KINDS),
    'opened = []\nlong = RowTable(opened.append, label="Long", unit="rows")\n'
    f'long.fill(pd.DataFrame({{"number": range({N_LONG}), "name": [f"row {{i}} of many" for i in range({N_LONG})]}}))\nlong',
]
#: What axe calls worth mending.
GRAVE = ("serious", "critical")
TOO_WIDE = """() => [...document.querySelectorAll('.ak-explorer')]
  .filter((frame) => frame.scrollWidth > frame.clientWidth + 1)
  .map((frame) => `${frame.scrollWidth} > ${frame.clientWidth}`)"""


class Explorers:
    """The page, and what a test needs to know of it."""

    def __init__(self, watched: Watched) -> None:
        self.watched = watched
        self.page: Page = watched.page

    def one(self, kind: str) -> Locator:
        return self.page.locator(".ak-explorer").nth(KINDS.index(kind))

    def shown(self, kind: str) -> str:
        """Status and picture of an explorer, as one text that changes when either does."""
        explorer = self.one(kind)
        source = explorer.locator(".ak-figure img").first.get_attribute("src") or ""
        return self.status(kind) + source[-200:]

    def status(self, kind: str) -> str:
        # The inner text of what is out of sight is empty: JupyterLab leaves it undrawn.
        return self.one(kind).locator(".ak-status [role=status]").first.text_content() or ""

    def rest(self) -> None:
        """Wait until nothing is being counted any more and nothing changes; explorers work beside the page."""
        was: list[str] = []
        for _ in range(400):
            self.page.wait_for_timeout(150)
            counting = self.page.locator(".ak-explorer progress:visible").count()
            now = [self.shown(kind) for kind in KINDS]
            if now == was and not counting:
                return
            was = now
        raise AssertionError("the explorers do not come to rest")

    def wait_for_other(self, kind: str, before: str) -> str:
        """Wait until an explorer shows something else, and all have come to rest."""
        for _ in range(200):
            if self.shown(kind) != before:
                self.rest()
                return self.shown(kind)
            self.page.wait_for_timeout(150)
        raise AssertionError(f"{kind} still shows: {before[:200]}")

    def wait_for_one_span(self, pattern: str) -> str:
        """Wait until all explorers tell the same days, and return them."""
        spans: set[str] = set()
        for _ in range(150):
            spans = {span_of(self.status(kind)) for kind in KINDS}
            if len(spans) == 1 and re.fullmatch(pattern, min(spans)):
                return min(spans)
            self.page.wait_for_timeout(150)
        raise AssertionError(f"the explorers tell {spans}, and not {pattern}")

    def heading(self, kind: str) -> str:
        return self.one(kind).locator(".ak-evidence h4").first.text_content() or ""

    def wait_for_heading(self, kind: str, pattern: str) -> str:
        self.one(kind).locator(".ak-evidence h4").filter(has_text=re.compile(pattern)).first.wait_for(
            timeout=20_000
        )
        return self.heading(kind)

    def begin(self) -> None:
        """Take back all choices, in all explorers."""
        self.one(KINDS[1]).get_by_role("button", name="Start again").click()
        self.page.wait_for_function(
            """() => [...document.querySelectorAll('.ak-explorer')].every((one) =>
            one.querySelector('.ak-status [role=status]')?.textContent.includes('all articles'))""",
            timeout=30_000,
        )
        self.rest()


@pytest.fixture(scope="module")
def opened(browser: Browser, lab: Lab) -> Iterator[Explorers]:
    write_notebook(lab.folder / "explorers.ipynb", CELLS)
    watched = open_notebook(browser, lab, "explorers.ipynb", height=1600)
    watched.page.keyboard.press("Control+b")
    run_all(watched.page)
    yield Explorers(watched)
    watched.page.close()


@pytest.fixture
def explorers(opened: Explorers) -> Explorers:
    opened.begin()
    return opened


@pytest.mark.parametrize("kind", KINDS)
def test_each_control_changes_what_is_shown(explorers: Explorers, kind: str) -> None:
    explorer, shown = explorers.one(kind), explorers.shown(kind)
    by = explorer.locator(".widget-toggle-buttons").filter(has_text="Group by").get_by_role("button")
    month = [text.strip() for text in by.all_inner_texts()].index("month")
    for place in [place for place in range(by.count()) if place != month]:
        by.nth(place).click()
        shown = explorers.wait_for_other(kind, shown)
    by.nth(month).click()
    shown = explorers.wait_for_other(kind, shown)
    explorer.get_by_role("button", name="articles", exact=True).click()
    shown = explorers.wait_for_other(kind, shown)

    explorer.get_by_label("Outlets").fill("velvet compass")
    explorers.page.keyboard.press("Enter")
    shown = explorers.wait_for_other(kind, shown)
    assert "in Velvet Compass" in explorers.status(kind)
    explorer.get_by_role("button", name="Velvet Compass ✕").first.press("Enter")
    shown = explorers.wait_for_other(kind, shown)
    for label, name in ((re.compile("^Actors to show|^Only articles naming"), "Russia"),):
        explorer.get_by_label(label).first.fill(name)
        explorers.page.keyboard.press("Enter")
        shown = explorers.wait_for_other(kind, shown)
    explorer.get_by_label("First day", exact=True).fill("2024-01-01")
    explorers.page.keyboard.press("Tab")
    shown = explorers.wait_for_other(kind, shown)
    explorer.get_by_label("Last day", exact=True).fill("2024-06-30")
    explorers.page.keyboard.press("Tab")
    explorers.wait_for_other(kind, shown)
    # All explorers are of one state: the others follow.
    explorers.wait_for_one_span(r"\d+ \w+ 2024 to \d+ \w+ 2024")


def test_views_of_actors_and_capitals_as_governments(explorers: Explorers) -> None:
    kind = "ActorExplorer"
    explorer, shown = explorers.one(kind), explorers.shown(kind)
    explorer.get_by_label("Capitals as governments").check()
    shown = explorers.wait_for_other(kind, shown)
    for view in ("with whom", "in which roles"):
        explorer.get_by_role("button", name=view, exact=True).click()
        shown = explorers.wait_for_other(kind, shown)
    explorer.get_by_role("button", name="against the rest", exact=True).click()
    explorer.get_by_role("alert").filter(has_text="There is no rest to compare with").wait_for(timeout=20_000)
    explorer.get_by_label("Outlets").fill("Velvet Compass")
    explorers.page.keyboard.press("Enter")
    explorer.get_by_role("alert").wait_for(state="detached", timeout=20_000)
    explorer.get_by_label("Actors to show").fill("Rusia")
    explorers.page.keyboard.press("Enter")
    explorer.get_by_role("alert").filter(has_text="Did you mean 'Russia'?").wait_for(timeout=20_000)
    explorer.get_by_role("button", name="how often", exact=True).click()


@pytest.mark.parametrize("kind", KINDS)
def test_from_a_number_to_its_sentences_to_the_article_and_into_a_file(
    explorers: Explorers, kind: str
) -> None:
    explorer, page = explorers.one(kind), explorers.page
    selects = explorer.locator(".ak-choose select:visible")
    last = selects.count() - 1
    if last:
        selects.first.select_option(index=0)
        page.wait_for_function(
            "(one) => one.querySelectorAll('.ak-choose select')[1].options.length > 0",
            arg=explorer.element_handle(),
        )
    options = selects.nth(last).locator("option").all_inner_texts()
    at = next(i for i, text in enumerate(options) if count_in(text) > 0)
    selects.nth(last).select_option(index=at)
    explorers.wait_for_heading(kind, rf": {count_in(options[at])} (of|sentence)")

    title = explorer.locator(".ak-unit strong").first.inner_text()
    explorer.get_by_role("button", name=re.compile("Read the article")).first.press("Enter")
    explorer.locator(".ak-article h4").filter(has_text=title).wait_for(timeout=20_000)
    page.keyboard.press("Enter")  # the keyboard is on "Back to the sentences"
    explorer.locator(".ak-unit strong").first.wait_for(timeout=20_000)

    explorer.get_by_role("button", name="Files to save").click()
    for words, name in (("numbers (CSV)", ".csv"), ("picture (PNG)", ".png")):
        with page.expect_download() as saved:
            explorer.get_by_role("link", name=words).click()
        assert saved.value.suggested_filename.endswith(name)
        content = Path(saved.value.path()).read_bytes()
        assert content.startswith(b"\xef\xbb\xbf" if name == ".csv" else b"\x89PNG")
    explorer.get_by_role("button", name="Files to save").click()


def test_fifty_random_marks_open_as_many_units_as_they_say(explorers: Explorers) -> None:
    """Points, dots and cells of the pictures, by month and over the whole period."""
    chance, done = random.Random(7), 0
    for by in ("month", "whole period"):
        explorer = explorers.one("ActorExplorer")
        before = [explorers.shown(kind) for kind in KINDS]
        explorer.get_by_role("button", name=by, exact=True).click()
        if by != "month":
            for kind, shown in zip(KINDS[1:], before[1:], strict=True):
                explorers.wait_for_other(kind, shown)
        for kind in KINDS if by == "month" else KINDS[1:]:
            marks = marks_of(explorers, kind)
            for x, y, keys, n in chance.sample(marks, min(len(marks), 8 if by == "month" else 6)):
                click_mark(explorers, kind, x, y)
                name = re.escape(", ".join(value for _, value in keys))
                explorers.wait_for_heading(kind, rf"^{name}: {n:,} (of|sentence)")
                assert count_units(explorers, kind, n) == n, (kind, keys)
                done += 1
    assert done == 50


def test_days_are_chosen_on_the_bars_and_all_explorers_follow(explorers: Explorers) -> None:
    page, brush = explorers.page, explorers.one("TopicExplorer").locator(".ak-brush")
    brush.scroll_into_view_if_needed()
    shown = explorers.shown("ActorExplorer")
    first = brush.get_by_role("slider", name="First day shown")
    first.focus()
    page.keyboard.press("PageUp")
    page.keyboard.press("ArrowRight")
    shown = explorers.wait_for_other("ActorExplorer", shown)
    assert re.search(r"from \d+ \w+ \d{4}; \d+ articles chosen", first.get_attribute("aria-valuetext") or "")
    explorers.wait_for_one_span(r"(?!13 July 2023).* to 31 December 2024")
    shown = explorers.shown("ActorExplorer")
    # The cell is where it was: the arrows went to the handle alone.
    assert page.evaluate("document.activeElement.getAttribute('aria-label')") == "First day shown"

    box = brush.locator(".ak-brush-bars").bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 0.3 * box["width"], box["y"] + 20)
    page.mouse.down()
    page.mouse.move(box["x"] + 0.6 * box["width"], box["y"] + 20, steps=5)
    page.mouse.up()
    explorers.wait_for_other("ActorExplorer", shown)
    said = brush.locator("strong").inner_text()
    other = explorers.one("CollectionExplorer").locator(".ak-brush strong")
    other.filter(has_text=said).wait_for(timeout=20_000)
    assert re.fullmatch(r"\d+ \w+ \d{4} to \d+ \w+ \d{4}", said)
    explorers.wait_for_one_span(r".*(?<!31 December 2024)")
    brush.get_by_role("button", name="All days").click()
    brush.locator("strong").filter(has_text="all days").wait_for(timeout=20_000)


def test_articles_are_searched_while_one_types_sorted_and_opened_by_keyboard(explorers: Explorers) -> None:
    page, explorer = explorers.page, explorers.one("CollectionExplorer")
    table = explorer.locator(".ak-articles")
    table.scroll_into_view_if_needed()
    head = table.get_by_role("columnheader", name="Title")
    head.get_by_role("button").click()
    table.locator("[aria-sort=ascending]").filter(has_text="Title").wait_for(timeout=20_000)
    # The head that was pressed keeps the keyboard.
    page.keyboard.press("Enter")
    table.locator("[aria-sort=descending]").filter(has_text="Title").wait_for(timeout=20_000)

    began = time.monotonic()
    table.get_by_label("Search").press_sequentially("sanctions", delay=20)
    told = table.locator("[role=status]").filter(has_text=re.compile(r"^\d+ of 168 articles"))
    told.wait_for(timeout=20_000)
    seconds = time.monotonic() - began
    n = int(told.inner_text().split()[0])
    rows = table.locator(".ak-rows-body [role=row]:not([aria-busy])")
    page.wait_for_function(
        "([one, n]) => one.querySelectorAll('.ak-rows-body [role=row]:not([aria-busy])').length === n",
        arg=[table.element_handle(), n],
        timeout=20_000,
    )
    assert all("sanctions" in text.lower() for text in rows.all_inner_texts())
    assert seconds < 5
    grid = table.get_by_role("grid")
    grid.focus()
    page.keyboard.press("ArrowDown")
    title = rows.nth(1).get_by_role("gridcell").nth(1).inner_text()
    page.keyboard.press("Enter")
    explorer.locator(".ak-article h4").filter(has_text=title).wait_for(timeout=20_000)
    page.keyboard.press("Enter")  # on "Back to the sentences"
    page.wait_for_function("document.activeElement.getAttribute('role') === 'grid'", timeout=20_000)
    table.get_by_label("Search").fill("")
    table.locator("[role=status]").filter(has_text=re.compile("^168 articles")).wait_for(timeout=20_000)


def test_a_table_of_a_hundred_thousand_rows_scrolls(explorers: Explorers) -> None:
    page = explorers.page
    grid = page.get_by_role("grid", name="Long")
    grid.scroll_into_view_if_needed()
    assert grid.get_attribute("aria-rowcount") == str(N_LONG + 1)
    grid.focus()
    page.keyboard.press("End")
    last = grid.get_by_role("row").filter(has_text=f"row {N_LONG - 1} of many")
    last.wait_for(timeout=20_000)
    assert last.get_attribute("aria-rowindex") == str(N_LONG + 1)
    assert grid.get_attribute("aria-activedescendant") == last.get_attribute("id")
    assert grid.get_by_role("row").count() < 100
    grid.evaluate("(one) => { one.scrollTop = one.scrollHeight / 2; }")
    grid.get_by_role("row").filter(has_text=f"row {N_LONG // 2} of many").wait_for(timeout=20_000)
    frames = grid.evaluate(
        """async (one) => { const began = performance.now(); let longest = 0, before = began;
        for (let i = 0; i < 40; i++) { one.scrollTop += 700;
          await new Promise(requestAnimationFrame); const now = performance.now();
          longest = Math.max(longest, now - before); before = now; } return longest; }"""
    )
    assert frames < 200, f"the page stood still for {frames:.0f} ms"
    page.keyboard.press("Home")
    grid.get_by_role("row").filter(has_text="row 0 of many").wait_for(timeout=20_000)


def test_letters_and_arrows_in_an_explorer_are_no_commands_to_the_notebook(explorers: Explorers) -> None:
    page = explorers.page
    n_cells = page.locator(".jp-Cell").count()
    select = explorers.one("ActorExplorer").locator(".ak-choose select").first
    select.select_option(index=0)
    active = page.locator(".jp-Cell.jp-mod-active").first.get_attribute("class")
    select.focus()
    for key in ("x", "d", "d", "ArrowDown"):
        page.keyboard.press(key)
    page.wait_for_function("(one) => one.selectedIndex === 1", arg=select.element_handle(), timeout=20_000)
    assert page.locator(".jp-Cell").count() == n_cells
    assert page.locator(".jp-Cell.jp-mod-active").first.get_attribute("class") == active
    assert page.evaluate("document.activeElement.tagName") == "SELECT"


@pytest.mark.parametrize(("theme", "width"), [("light", 1280), ("light", 800)])
def test_axe_finds_nothing_grave_and_nothing_is_cut_off(explorers: Explorers, theme: str, width: int) -> None:
    page = explorers.page
    page.set_viewport_size({"width": 1280, "height": 1600})  # narrow, JupyterLab hides its menu
    choose_theme(page, theme)
    page.set_viewport_size({"width": width, "height": 1600})
    for kind in KINDS:
        explorer = explorers.one(kind)
        marks = marks_of(explorers, kind)
        x, y, *_ = marks[len(marks) // 2]
        click_mark(explorers, kind, x, y)
        explorer.locator(".ak-unit").first.wait_for(timeout=20_000)
        details = explorer.locator("details").filter(has_text="All numbers as a table")
        details.evaluate("(one) => { one.open = true; }")
        assert grave_findings(page, ".ak-explorer") == []
        assert page.evaluate(TOO_WIDE) == []
        take_picture(explorers, kind, SCREENSHOTS / f"{kind}-{theme}-{width}.png")


def test_nothing_was_asked_of_the_network_and_nothing_went_wrong(explorers: Explorers) -> None:
    assert explorers.watched.elsewhere() == []
    assert explorers.watched.errors == []


def grave_findings(page: Page, selector: str = ".ak-explorer") -> list[str]:
    """Return what axe-core finds grave in some parts of the page."""
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page, context=selector, options={"resultTypes": ["violations"]}).response
    assert found["passes"], "axe looked at nothing"
    return [
        f"{one['impact']}: {one['help']}: {node['html'][:200]}"
        for one in found["violations"]
        if one["impact"] in GRAVE
        for node in one["nodes"]
    ]


def choose_theme(page: Page, theme: str) -> None:
    """Choose a theme in JupyterLab's own menu."""
    if page.evaluate("document.body.dataset.jpThemeLight") == str(theme == "light").lower():
        return
    item = page.get_by_role("menuitem", name="Theme", exact=True)
    # A page whose width has just changed may lay its menu out anew, which closes it.
    for _ in range(6):
        page.get_by_role("menuitem", name="Settings", exact=True).click()
        page.wait_for_timeout(2_000)
        if item.is_visible():
            break
        page.keyboard.press("Escape")
    item.click()
    page.get_by_role("menuitemradio", name=f"JupyterLab {theme.capitalize()}", exact=True).click()
    page.wait_for_function(
        "(light) => document.body.dataset.jpThemeLight === light",
        arg=str(theme == "light").lower(),
        timeout=20_000,
    )


def take_picture(explorers: Explorers, kind: str, path: Path) -> None:
    """Take a picture of a whole explorer, however high it is."""
    page, explorer = explorers.page, explorers.one(kind)
    box = explorer.bounding_box()
    assert box is not None
    width = page.evaluate("window.innerWidth")
    page.set_viewport_size({"width": width, "height": int(box["height"]) + 400})
    explorer.evaluate("(one) => one.scrollIntoView({block: 'start'})")
    page.wait_for_timeout(300)
    explorer.screenshot(path=path)


def marks_of(explorers: Explorers, kind: str) -> list[Any]:
    """Return the marks of the picture of an explorer that stand for something: place, keys, number."""
    image = explorers.one(kind).locator(".ak-figure img").first
    image.scroll_into_view_if_needed()
    image.hover(position={"x": 3, "y": 3})
    image.hover(position={"x": 6, "y": 6})
    explorers.page.wait_for_function("(one) => one.akMarks", arg=image.element_handle(), timeout=20_000)
    marks: list[Any] = image.evaluate("(one) => one.akMarks")
    return apart([mark for mark in marks if mark[3] > 0])


def apart(marks: list[Any]) -> list[Any]:
    """Leave out marks that lie on one another: which of them is meant, the pointer cannot say."""
    return [
        one
        for one in marks
        if not any(
            other is not one and abs(other[0] - one[0]) < 0.008 and abs(other[1] - one[1]) < 0.012
            for other in marks
        )
    ]


def click_mark(explorers: Explorers, kind: str, x: float, y: float) -> None:
    image = explorers.one(kind).locator(".ak-figure img").first
    image.scroll_into_view_if_needed()
    box = image.bounding_box()
    assert box is not None
    explorers.page.mouse.move(box["x"] + x * box["width"], box["y"] + y * box["height"])
    explorers.page.mouse.click(box["x"] + x * box["width"], box["y"] + y * box["height"])


def count_in(option: str) -> int:
    """Return the number beside a name in a list: "2023-09  6", "12  Russia"."""
    words = option.split()
    number = words[-1] if re.fullmatch(r"\d{4}(-\S+)?", words[0]) else words[0]
    return int(number.replace(",", "")) if number != "–" else 0


def span_of(status: str) -> str:
    """Return the days that a status line tells."""
    found = re.search(r"\d+ \w+ \d{4} to \d+ \w+ \d{4}", status)
    return found[0] if found else status


def count_units(explorers: Explorers, kind: str, n: int) -> int:
    """Count what stands on all pages of the evidence: articles, or for tone sentences.

    `n`, what is expected, says only how long the first page is worth waiting for.
    """
    explorer, page = explorers.one(kind), explorers.page
    units = explorer.locator(f".ak-list {'.ak-sentence' if kind == 'ToneExplorer' else '.ak-unit'}:visible")
    later = explorer.get_by_role("button", name="Later ▶")
    for _ in range(50):
        if units.count() >= min(n, PAGE):
            break
        page.wait_for_timeout(100)
    total = 0
    while True:
        total += units.count()
        if not (later.is_visible() and later.is_enabled()):
            return total
        place = explorer.locator(".ak-place")
        before = place.inner_text()
        later.click()
        place.filter(has_not_text=before).wait_for(timeout=20_000)
        page.wait_for_timeout(200)
