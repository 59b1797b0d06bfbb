"""What browser tests read from a page, and wait for."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page

STATUS = ".ak-explorer [role=status]"
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
