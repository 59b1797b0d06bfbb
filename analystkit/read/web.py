"""Addresses of the web in, articles out: pages one by one, feeds with or without the pages of their entries."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from tqdm.auto import tqdm

from analystkit.read import Options, read_source
from analystkit.read.fetch import Fetcher, Page
from analystkit.read.items import Item, Problem
from analystkit.read.sources import Source
from analystkit.read.stated import date_in_url, host_of
from analystkit.read.warc import to_utf8


def read_urls(
    urls: Iterable[str],
    fetcher: Fetcher,
    options: Options,
    problems: list[Problem],
    *,
    outlet: str = "",
    progress: bool = True,
) -> list[Item]:
    """Fetch pages and read each as a file of its kind would be; an address that comes again is fetched once."""
    items: list[Item] = []
    n_hosts = 0
    bar = tqdm(list(dict.fromkeys(urls)), desc="Fetching", unit="page", disable=not progress, leave=False)
    for url in bar:
        page = fetcher.get(url, problems)
        if page is None:
            continue
        for item in _read(url, page, options, problems):
            if not item.outlet:
                item.outlet = outlet or host_of(item.url)
                n_hosts += not outlet
            items.append(item)
    if n_hosts:
        reason = f"the outlet of {n_hosts} pages that name none is the name of their host"
        problems.append(Problem("", "", "note", reason, "say outlet=... if that is wrong"))
    return items


def read_feeds(
    urls: Iterable[str],
    fetcher: Fetcher,
    options: Options,
    problems: list[Problem],
    *,
    pages: bool = False,
    outlet: str = "",
    progress: bool = True,
) -> list[Item]:
    """Fetch feeds and read their entries; with `pages`, the page of each entry is read in its place where it has text."""
    entries: list[Item] = []
    for url in dict.fromkeys(urls):
        page = fetcher.get(url, problems, ask=True)
        if page is None:
            continue
        found = _read(url, page, options, problems)
        if any(item.format != "feed" for item in found):
            reason, remedy = "a page, not a feed", "give the address of its feed, or use ak.load_urls"
            problems.append(Problem(url, "", "error", reason, remedy))
            continue
        for item in found:
            item.outlet = outlet or item.outlet or host_of(url)
        entries += found
    if not pages:
        return entries
    links = [item.url for item in entries if item.url]
    by_url: dict[str, Item] = {}
    for item in read_urls(links, fetcher, options, problems, progress=progress):
        by_url.setdefault(item.path, item)
    return [_joined(entry, by_url.get(entry.url)) for entry in entries]


def _read(url: str, page: Page, options: Options, problems: list[Problem]) -> list[Item]:
    items = read_source(Source(url, "", lambda: to_utf8(page.data, page.content_type)), options, problems)
    digest = hashlib.sha256(page.data).hexdigest()
    for item in items:
        item.sha256 = digest  # of the page as received, not as decoded here
        if item.format != "feed":
            item.url = item.url or page.url
            date_in_url(item, page.url)
    return items


def _joined(entry: Item, page: Item | None) -> Item:
    """Return the page of an entry, with what the feed says where the page says nothing; the entry if there is no text."""
    if page is None or not page.text_of("body"):
        return entry
    for name in ("title", "byline", "section", "language"):
        setattr(page, name, getattr(page, name) or getattr(entry, name))
    # The feed names the outlet as its readers know it; a page may give no more than its host.
    page.outlet = entry.outlet or page.outlet
    if entry.published and page.published_origin != "meta":
        page.published, page.published_origin = entry.published, entry.published_origin
    return page
