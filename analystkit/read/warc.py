"""Web archives (WARC, packed or not): each page that was fetched whole is one article."""

from __future__ import annotations

import contextlib
import io
import re
import zlib
from collections import Counter
from collections.abc import Iterator
from typing import Any, Final
from urllib.parse import urlsplit

from analystkit.clean.encoding import decode
from analystkit.clean.labels import is_section
from analystkit.read.items import Item, Problem
from analystkit.read.pages import read_html, read_text
from analystkit.read.stated import date_in_url, host_of

#: A page of more bytes than this is not read.
PAGE_LIMIT: Final = 20_000_000
_HTML: Final = ("text/html", "application/xhtml+xml")


def is_warc(data: bytes) -> bool:
    """Say whether a file is a web archive, by the words it begins with, packed or not."""
    if data.startswith(b"\x1f\x8b"):
        try:
            return zlib.decompressobj(wbits=31).decompress(data[:4096], 64).startswith(b"WARC/")
        except zlib.error:
            return False
    return data.startswith(b"WARC/")


def read_warc(data: bytes, path: str, sha256: str, order: str, problems: list[Problem]) -> list[Item]:
    """Read the pages of an archive; what is no page (pictures, requests, errors, repeats) is counted, not read.

    The date of the archive is that of the visit, never that of publication.
    """
    items: list[Item] = []
    passed: Counter[str] = Counter()
    for url, kind, page in _pages(data, path, problems, passed):
        where = f"{path}!{url}"
        decoded = decode(page)
        if not (decoded.text or "").strip():
            passed["empty or no text"] += 1
            continue
        if is_front(url):
            reason = "the front of a site or of a section, by its address: its text may be teasers of many articles"
            problems.append(Problem(where, "", "note", reason, "look at it; take it out if it is no article"))
        read = read_html if kind == "html" else read_text
        for item in read(decoded.text or "", where, sha256, order, problems):
            item.format = "warc"
            item.url = item.url or url
            item.outlet = item.outlet or host_of(url)
            date_in_url(item, url)
            items.append(item)
    if passed:
        listed = ", ".join(f"{n} {what}" for what, n in passed.most_common())
        problems.append(Problem(path, "", "note", f"records that are no pages: {listed}", "nothing to do"))
    if not items:
        problems.append(
            Problem(path, "", "error", "a web archive without pages", "look into how it was made")
        )
    return items


def is_front(url: str) -> bool:
    """Say whether an address is that of a site's first page, or of a section.

    >>> [is_front(f"https://tern.example/{path}") for path in ("", "index.html", "world/", "news/bridge")]
    [True, True, True, False]
    """
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    if parts.query or not parts.netloc:
        return False
    steps = [step for step in parts.path.split("/") if step]
    if steps and _INDEX.fullmatch(steps[-1]):
        steps.pop()
    return all(is_section(step.replace("-", " ")) for step in steps)


_INDEX: Final = re.compile(r"(?:index|default|home)\.\w+", re.IGNORECASE)


def _pages(
    data: bytes, path: str, problems: list[Problem], passed: Counter[str]
) -> Iterator[tuple[str, str, bytes]]:
    """Yield the address, the kind ("html", "text") and the bytes of each page."""
    from warcio.archiveiterator import ArchiveIterator

    archive = iter(ArchiveIterator(io.BytesIO(data)))
    number = 0
    try:
        while True:
            # warcio writes its doubts about a record to the screen.
            with contextlib.redirect_stderr(io.StringIO()) as doubts:
                record = next(archive, None)
            if doubts.getvalue():
                reason = f"what stands behind record {number} is not where its length says"
                problems.append(Problem(path, "", "warning", reason, "compare the pages with the archive"))
            if record is None:
                return
            number += 1
            kind = _kind(record, passed)
            if not kind:
                continue
            page = record.content_stream().read(PAGE_LIMIT + 1)
            url = record.rec_headers.get_header("WARC-Target-URI") or f"record {number}"
            if len(page) > PAGE_LIMIT:
                reason = f"larger than the size limit of {PAGE_LIMIT // 1_000_000} MB"
                problems.append(Problem(path, url, "error", reason, "save that page by itself"))
            else:
                yield url.strip("<>"), kind, _as_utf8(page, record)
    except Exception as fault:  # the parser has a dozen errors of its own for what is cut or bent
        reason = f"damaged behind record {number} ({type(fault).__name__}: {str(fault).strip()[:80]})"
        problems.append(Problem(path, "", "error", reason, "get it again; what stands before it was loaded"))


def _kind(record: Any, passed: Counter[str]) -> str:
    if record.rec_type not in {"response", "resource", "conversion"}:
        passed[record.rec_type or "without a type"] += 1
        return ""
    headers = record.http_headers
    if headers is not None and record.rec_type == "response" and headers.get_statuscode() != "200":
        passed[f"answers {headers.get_statuscode() or 'without a status'}"] += 1
        return ""
    stated = (headers or record.rec_headers).get_header("Content-Type") or ""
    kind = stated.partition(";")[0].strip().lower()
    if kind in _HTML:
        return "html"
    if kind == "text/plain" and record.rec_type == "conversion":
        return "text"
    passed[f"of type {kind or 'unknown'}"] += 1
    return ""


def _as_utf8(page: bytes, record: Any) -> bytes:
    """Return the page in UTF-8 where its headers name another encoding that fits it."""
    stated = record.http_headers.get_header("Content-Type") if record.http_headers else None
    return to_utf8(page, stated or "")


def to_utf8(page: bytes, content_type: str) -> bytes:
    """Return a page in UTF-8, if the type that its server states names another encoding in which it can be read.

    >>> to_utf8("да".encode("cp1251"), "text/html; charset=windows-1251").decode()
    'да'
    """
    _, _, encoding = content_type.lower().partition("charset=")
    encoding = encoding.partition(";")[0].strip(" \"'")
    if not encoding or encoding.replace("_", "-") in {"utf-8", "utf8"}:
        return page
    try:
        return page if _is_utf8(page) else page.decode(encoding).encode("utf-8")
    except (LookupError, ValueError):
        return page


def _is_utf8(page: bytes) -> bool:
    try:
        page.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
