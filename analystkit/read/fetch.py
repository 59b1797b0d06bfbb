"""Addresses in, bytes out: pages and feeds fetched from the web as politely as a reader would, and kept on disk.

One request per host and second, none that the host's robots.txt forbids, each answer bounded in time and size. What
goes wrong with one address is a `Problem`; the others go on.
"""

from __future__ import annotations

import hashlib
import json
import ssl
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from http.client import responses
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urljoin, urlsplit
from urllib.request import getproxies, proxy_bypass
from urllib.robotparser import RobotFileParser

from analystkit import __version__
from analystkit.read.items import Problem
from analystkit.read.stated import host_of

if TYPE_CHECKING:
    from urllib3 import BaseHTTPResponse, PoolManager

USER_AGENT: Final = f"analystkit/{__version__} (reads news for analysis; one request a second)"
#: A page of more bytes than this, unpacked, is not read.
SIZE_LIMIT: Final = 20_000_000
_HOPS: Final = 5
#: A host may ask to be visited less often than we would (robots.txt, Crawl-delay); up to so many seconds.
_LONGEST_PAUSE: Final = 60.0
_BROWSER: Final = "open it in a browser, save the page and load the file"
_LATER: Final = "try again later"
_REMEDIES: Final = {401: _BROWSER, 402: _BROWSER, 403: _BROWSER, 404: "check the address", 410: "look for a copy",
                    429: "try again later, with a longer pause=..."}  # fmt: skip


@dataclass(frozen=True)
class Page:
    """What an address gave: where it led, its bytes as received, and what the server said of them."""

    url: str
    data: bytes
    content_type: str = ""
    etag: str = ""
    last_modified: str = ""
    fetched: float = 0.0


class _RefusedError(Exception):
    """An address cannot be fetched: reason and remedy."""

    def __init__(self, reason: str, remedy: str) -> None:
        super().__init__(reason)
        self.reason, self.remedy = reason, remedy


class Fetcher:
    """Fetches addresses one after the other and keeps what they gave.

    Parameters
    ----------
    folder
        Where pages are kept by their address; None keeps nothing.
    pause
        Seconds between two requests to one host, at least.
    timeout
        Seconds to wait for an answer; a page that trickles in may take three times as long.
    max_age
        A kept page younger than this (seconds) is used without asking; an older one after asking if it has changed.
    """

    def __init__(
        self, folder: Path | None, *, pause: float = 1.0, timeout: float = 20.0, max_age: float = 86_400.0
    ) -> None:
        self.folder = folder
        self.pause, self.timeout, self.max_age = pause, timeout, max_age
        self._robots: dict[str, RobotFileParser | str] = {}
        self._next: dict[str, float] = {}
        self._clients: dict[str, PoolManager] = {}

    def get(self, url: str, problems: list[Problem], *, ask: bool = False) -> Page | None:
        """Return what an address gives; None, and a problem, if it cannot be had. With `ask`, ask whatever is kept."""
        kept = self._kept(url)
        if kept and not ask and 0 <= time.time() - kept.fetched < self.max_age:
            return kept
        try:
            page = self._follow(url, kept)
        except _RefusedError as refusal:
            reason, remedy = refusal.reason, refusal.remedy
        except Exception as fault:  # connections break in many ways, none of which may end a load
            reason, remedy = (
                _connection(fault, self.timeout),
                "check the address and the network, or try again later",
            )
        else:
            self._keep(url, page)
            return page
        if kept and "robots.txt" not in reason:
            reason = (
                f"{reason}; the copy kept on {time.strftime('%Y-%m-%d', time.gmtime(kept.fetched))} was used"
            )
            problems.append(Problem(url, "", "warning", reason, remedy))
            return kept
        problems.append(Problem(url, "", "error", reason, remedy))
        return None

    def _follow(self, url: str, kept: Page | None) -> Page:
        """Fetch an address and what it redirects to, asking each host's robots.txt."""
        stated = {"If-None-Match": kept.etag, "If-Modified-Since": kept.last_modified} if kept else {}
        conditions = {name: value for name, value in stated.items() if value}
        for _ in range(_HOPS + 1):
            _check(url)
            self._ask_robots(url)
            answer = self._request(url, conditions if kept and url == kept.url else {})
            try:
                if answer.status in {301, 302, 303, 307, 308}:
                    url = urljoin(url, answer.headers.get("Location") or "")
                    continue
                if answer.status == 304 and kept:
                    return replace(kept, fetched=time.time())
                if answer.status != 200:
                    raise _RefusedError(*_status(answer.status))
                data = _body(answer, 3 * self.timeout)
            finally:
                answer.release_conn()
                answer.close()
            return Page(
                url,
                data,
                content_type=answer.headers.get("Content-Type") or "",
                etag=answer.headers.get("ETag") or "",
                last_modified=answer.headers.get("Last-Modified") or "",
                fetched=time.time(),
            )
        raise _RefusedError(
            f"redirected more than {_HOPS} times", "open it in a browser and load the address it ends at"
        )

    def _request(self, url: str, headers: Mapping[str, str]) -> BaseHTTPResponse:
        """Ask one address once, when its host is due."""
        import urllib3

        host = urlsplit(url).netloc.lower()
        due = self._next.get(host, 0.0) - time.monotonic()
        if due > 0:
            time.sleep(due)
        sent = {"User-Agent": USER_AGENT, "Accept-Encoding": "gzip, deflate", "Accept": "*/*", **headers}
        limit = urllib3.Timeout(connect=self.timeout, read=self.timeout)
        try:
            return self._client(url).request(
                "GET", url, headers=sent, timeout=limit, retries=False, redirect=False, preload_content=False
            )
        finally:
            self._next[host] = time.monotonic() + self._pause_of(url)

    def _pause_of(self, url: str) -> float:
        robots = self._robots.get(_origin(url))
        delay = robots.crawl_delay("analystkit") if isinstance(robots, RobotFileParser) else None
        # A delay is the host's wish for strangers; no pause at all is only ever asked of a host of one's own.
        return max(self.pause, min(float(delay), _LONGEST_PAUSE)) if delay else self.pause

    def _client(self, url: str) -> PoolManager:
        import certifi
        import urllib3

        parts = urlsplit(url)
        proxy = "" if proxy_bypass(parts.hostname or "") else getproxies().get(parts.scheme, "")
        if proxy not in self._clients:
            # The system's certificates (a firm may have its own) and, where it has none, Mozilla's.
            context = ssl.create_default_context()
            context.load_verify_locations(certifi.where())
            self._clients[proxy] = (
                urllib3.ProxyManager(proxy, ssl_context=context)
                if proxy
                else urllib3.PoolManager(ssl_context=context)
            )
        return self._clients[proxy]

    def _ask_robots(self, url: str) -> None:
        origin = _origin(url)
        if origin not in self._robots:
            self._robots[origin] = self._read_robots(origin)
        robots = self._robots[origin]
        if isinstance(robots, str):
            raise _RefusedError(robots, "check the address and the network, or try again later")
        if not robots.can_fetch("analystkit", url):
            raise _RefusedError(f"the robots.txt of {host_of(url)} does not allow it", _BROWSER)

    def _read_robots(self, origin: str) -> RobotFileParser | str:
        """Return the rules of a host; as text, why it could not be asked.

        A host without rules allows all; one that keeps them to itself (401, 403) or that is in trouble, nothing.
        """
        robots = RobotFileParser()
        url = f"{origin}/robots.txt"
        try:
            for _ in range(_HOPS + 1):
                answer = self._request(url, {})
                try:
                    if answer.status in {301, 302, 303, 307, 308}:
                        url = urljoin(url, answer.headers.get("Location") or "")
                        _check(url)
                        continue
                    if answer.status == 200:
                        lines = _body(answer, 3 * self.timeout).decode("utf-8", "replace")
                        robots.parse(lines.splitlines())
                        return robots
                    if answer.status >= 500:
                        return f"its robots.txt cannot be read ({_status(answer.status)[0]})"
                    rules = ["User-agent: *", "Disallow: /"] if answer.status in {401, 403} else []
                    robots.parse(rules)
                    return robots
                finally:
                    answer.release_conn()
                    answer.close()
        except _RefusedError as refusal:
            return f"its robots.txt cannot be read ({refusal.reason})"
        except Exception as fault:  # as for pages
            return _connection(fault, self.timeout)
        return "its robots.txt redirects without end"

    def _place(self, url: str) -> Path | None:
        digest = hashlib.sha256(url.encode("utf-8", "surrogatepass")).hexdigest()[:32]
        return self.folder / digest if self.folder else None

    def _kept(self, url: str) -> Page | None:
        place = self._place(url)
        if place is None:
            return None
        try:
            facts = json.loads(place.with_suffix(".json").read_text(encoding="utf-8"))
            data = place.with_suffix(".body").read_bytes()
            page = Page(data=data, **facts["page"])
            # Written in two steps: a body of another time does not count.
            return page if hashlib.sha256(data).hexdigest() == facts["sha256"] else None
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def _keep(self, url: str, page: Page) -> None:
        place = self._place(url)
        if place is None:
            return
        facts = {"address": url, "sha256": hashlib.sha256(page.data).hexdigest(), "page": _facts(page)}
        try:
            place.parent.mkdir(parents=True, exist_ok=True)
            place.with_suffix(".body").write_bytes(page.data)
            place.with_suffix(".json").write_text(json.dumps(facts), encoding="utf-8")
        except OSError:
            return  # a full disk costs the next run a request, not this one its page


def _facts(page: Page) -> dict[str, Any]:
    facts = asdict(page)
    del facts["data"]
    return facts


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def _check(url: str) -> None:
    """Refuse what is no address of the web; a redirect may not lead to a file or elsewhere."""
    try:
        parts = urlsplit(url)
        fine = parts.scheme in {"http", "https"} and bool(parts.hostname)
    except ValueError:
        fine = False
    if not fine:
        raise _RefusedError(
            f"{url[:80]!r} is no address of the web", "give one that begins with http:// or https://"
        )


def _body(answer: BaseHTTPResponse, seconds: float) -> bytes:
    """Return the body of an answer, unpacked, as far as limits of size and time allow."""
    data = bytearray()
    deadline = time.monotonic() + seconds
    for chunk in answer.stream(1 << 16, decode_content=True):
        data += chunk
        if len(data) > SIZE_LIMIT:
            raise _RefusedError(
                f"larger than the size limit of {SIZE_LIMIT // 1_000_000} MB", "save it and load the file"
            )
        if time.monotonic() > deadline:
            raise _RefusedError("the answer came too slowly", "try again later, with a longer timeout=...")
    return bytes(data)


def _status(status: int) -> tuple[str, str]:
    """Return what a status means and what to do.

    >>> _status(404)
    ('the server answered 404 (Not Found)', 'check the address')
    """
    name = responses.get(status, "no known status")
    return f"the server answered {status} ({name})", _REMEDIES.get(status, _LATER)


def _connection(fault: Exception, timeout: float) -> str:
    kind = type(fault).__name__
    if "Timeout" in kind:
        return f"no answer within {timeout:g} seconds"
    if "SSL" in kind or "SSL" in str(fault):
        return f"its certificate is not trusted, or the secure connection failed ({kind})"
    if "NewConnection" in kind or "NameResolution" in kind:
        return "the host cannot be reached"
    return f"the connection failed ({kind})"
