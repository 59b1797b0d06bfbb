"""PDF files with a text layer, one article each."""

from __future__ import annotations

import io
import logging
import re
from collections import Counter
from typing import TYPE_CHECKING, Final

from analystkit.clean.lines import Zone
from analystkit.read.items import Item, Problem
from analystkit.read.pages import read_text

if TYPE_CHECKING:
    from pypdf import PageObject, PdfReader

#: A file of more pages than this is a book or an archive of many articles, and is not read as one.
PAGE_LIMIT: Final = 300
#: Below this many letters a file has no text to speak of (a scan may carry a stamp).
_FEWEST: Final = 40


def read_pdf(data: bytes, path: str, sha256: str, order: str, problems: list[Problem]) -> list[Item]:
    """Read the text layer; lines that head or foot most pages are furniture, the rest is typed by its looks."""
    import pypdf

    # Its doubts about a file would go to the screen if nobody took them.
    log = logging.getLogger("pypdf")
    if not log.handlers:
        log.addHandler(logging.NullHandler())
    try:
        file = pypdf.PdfReader(io.BytesIO(data))
        locked = file.is_encrypted and not file.decrypt("")
        n_pages = 0 if locked else len(file.pages)
    except Exception as fault:  # a file that is cut or bent fails in many ways
        reason = f"the PDF is damaged: {str(fault)[:80]}"
        problems.append(Problem(path, "", "error", reason, "get the file again"))
        return []
    if locked:
        reason, remedy = "the PDF is locked with a password", "save a copy without one"
    elif n_pages > PAGE_LIMIT:
        reason, remedy = (
            f"{n_pages} pages, over the limit of {PAGE_LIMIT} for one article",
            "split it into articles",
        )
    else:
        return _article(file, path, sha256, order, problems)
    problems.append(Problem(path, "", "error", reason, remedy))
    return []


def _article(file: PdfReader, path: str, sha256: str, order: str, problems: list[Problem]) -> list[Item]:
    n_before = len(problems)
    pages = [_lines(_text(page, number, path, problems)) for number, page in enumerate(file.pages, start=1)]
    if sum(character.isalpha() for page in pages for line in page for character in line) < _FEWEST:
        if len(problems) == n_before:
            reason = "no text layer: the PDF holds pictures of pages (a scan?)"
            problems.append(Problem(path, "", "error", reason, "run text recognition (OCR) on it first"))
        return []
    running = _running(pages)
    text = "\n".join(line for page in pages for line in page if _figureless(line) not in running)
    items = read_text(text, path, sha256, order, problems)
    for item in items:
        item.format = "pdf"
        item.zones += [
            Zone("furniture", line.strip(), "heads or foots most pages")
            for page in pages
            for line in page
            if line.strip() and _figureless(line) in running
        ]
        item.title = item.title or _stated_title(file)
    return items


def _stated_title(file: PdfReader) -> str:
    """Return the title that the file states, unless it is the name of a file ("Microsoft Word - draft.doc")."""
    try:
        title = " ".join(str(file.metadata.title or "").split()) if file.metadata else ""
    except Exception:  # a damaged file may have no readable statement
        return ""
    return title if " " in title and not re.search(r"\.\w{2,5}$", title) else ""


def _text(page: PageObject, number: int, path: str, problems: list[Problem]) -> str:
    try:
        return page.extract_text()
    except Exception as fault:  # a damaged page fails in many ways, and the others can still be read
        reason = f"the page cannot be read ({type(fault).__name__}: {str(fault)[:80]})"
        problems.append(Problem(path, f"page {number}", "error", reason, "get the file again"))
        return ""


def _lines(text: str) -> list[str]:
    return [line.rstrip() for line in text.split("\n")]


def _figureless(line: str) -> str:
    """Return a line without its figures, so that "Page 3 of 9" is the same on each page."""
    return re.sub(r"\d+", "#", line.strip())


def _running(pages: list[list[str]]) -> set[str]:
    """Return the heads and feet: lines among the first or last two of at least three pages and of half of them."""
    seen: Counter[str] = Counter()
    for page in pages:
        kept = [line for line in page if line.strip()]
        seen.update({_figureless(line) for line in kept[:2] + kept[-2:]})
    return {line for line, n in seen.items() if line and n >= max(3, len(pages) / 2)}
