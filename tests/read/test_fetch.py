"""Fetching, against a server on this machine; no other network is touched."""

import gzip
import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

import analystkit as ak
from analystkit.errors import ArgumentError, NothingToReadError, ProblemsWarning
from analystkit.read import fetch
from analystkit.read.fetch import Fetcher

PAGE = """<html lang="en"><head><title>{0} to close</title></head><body><article><h1>{0} to close</h1>
<p>The {0} over the wide river will close in May for the work of a whole summer, the mayor said.</p>
<p>A ferry will run in its place until the work has been done, according to the plan of the town.</p></article>
</body></html>"""
FEED = """<rss version="2.0"><channel><title>The Tern</title>
<item><title>Bridge</title><link>{0}/bridge</link><pubDate>Fri, 03 May 2024 10:00:00 GMT</pubDate>
<description>A teaser.</description></item>
<item><title>Gone</title><link>{0}/gone</link><description>Another teaser.</description></item></channel></rss>"""


class Site(ThreadingHTTPServer):
    """A site that counts what it is asked; `answers` holds path -> (status, headers, body)."""

    daemon_threads = True
    block_on_close = False

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server_port}"
        self.asked = []
        self.times = []
        self.answers = {"/robots.txt": (404, {}, b"")}

    def serve(self, path, body, status=200, **headers):
        data = body if isinstance(body, bytes) else body.encode()
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.answers[path] = (status, {"Content-Type": "text/html", **named}, data)
        return self.url + path


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        site = self.server
        site.asked.append((self.path, dict(self.headers)))
        site.times.append(time.monotonic())
        status, headers, body = site.answers.get(self.path, (404, {}, b""))
        if headers.get("ETag") and self.headers.get("If-None-Match") == headers["ETag"]:
            status, body = 304, b""
        time.sleep(float(headers.get("X-Slow", 0)))
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        try:
            self.wfile.write(body)
        except OSError:
            return  # the other side had enough

    def log_message(self, *_):
        """Say nothing."""


@pytest.fixture
def site(monkeypatch):
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    site = Site()
    thread = threading.Thread(target=site.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield site
    site.shutdown()
    site.server_close()
    thread.join()


def paths(site):
    return [path for path, _ in site.asked]


def get(fetcher, url):
    problems = []
    page = fetcher.get(url, problems)
    return page, [(p.severity, p.reason, p.remedy) for p in problems]


def fetcher(folder=None, **options):
    return Fetcher(folder, **{"pause": 0, "timeout": 5, **options})


# One page


def test_a_page_is_asked_for_by_name_after_the_rules_of_its_host(site):
    page, problems = get(fetcher(), site.serve("/a", "words"))
    assert (page.data, page.content_type, problems) == (b"words", "text/html", [])
    assert paths(site) == ["/robots.txt", "/a"]
    assert {headers["User-Agent"] for _, headers in site.asked} == {fetch.USER_AGENT}
    assert fetch.USER_AGENT.startswith(f"analystkit/{ak.__version__} ")


def test_what_the_host_forbids_is_not_asked_for(site):
    site.serve("/robots.txt", "User-agent: analystkit\nDisallow: /private\n")
    page, problems = get(fetcher(), site.serve("/private/a", "words"))
    assert page is None
    assert problems == [
        ("error", "the robots.txt of 127.0.0.1 does not allow it", "open it in a browser, save the page and load the file")
    ]  # fmt: skip
    assert paths(site) == ["/robots.txt"]


@pytest.mark.parametrize(
    ("status", "allowed"), [(404, True), (410, True), (401, False), (403, False), (503, False)]
)
def test_a_host_without_rules_allows_all_and_one_that_hides_them_nothing(site, status, allowed):
    site.serve("/robots.txt", "", status=status)
    page, _ = get(fetcher(), site.serve("/a", "words"))
    assert bool(page) is allowed


@pytest.mark.parametrize(
    ("status", "reason", "remedy"),
    [
        (404, "the server answered 404 (Not Found)", "check the address"),
        (403, "the server answered 403 (Forbidden)", "open it in a browser, save the page and load the file"),
        (429, "the server answered 429 (Too Many Requests)", "try again later, with a longer pause=..."),
        (500, "the server answered 500 (Internal Server Error)", "try again later"),
    ],
)
def test_a_refusal_of_the_server_is_a_problem(site, status, reason, remedy):
    assert get(fetcher(), site.serve("/a", "", status=status)) == (None, [("error", reason, remedy)])


def test_redirects_are_followed_to_the_web_only(site):
    site.serve("/b", "words")
    page, _ = get(fetcher(), site.serve("/a", "", status=301, Location="/b"))
    assert (page.data, page.url) == (b"words", site.url + "/b")
    page, problems = get(fetcher(), site.serve("/c", "", status=302, Location="file:///etc/hostname"))
    assert page is None
    assert problems[0][1] == "'file:///etc/hostname' is no address of the web"
    page, problems = get(fetcher(), site.serve("/d", "", status=302, Location="/d"))
    assert (page, problems[0][1]) == (None, "redirected more than 5 times")


def test_a_redirect_does_not_lead_round_the_rules(site):
    site.serve("/robots.txt", "User-agent: *\nDisallow: /private\n")
    site.serve("/private", "words")
    assert get(fetcher(), site.serve("/a", "", status=302, Location="/private"))[0] is None
    assert "/private" not in paths(site)


def test_a_slow_or_endless_answer_is_given_up(site, monkeypatch):
    url = site.serve("/a", "words", X_Slow="2")
    started = time.monotonic()
    assert get(fetcher(timeout=0.2), url)[1][0][1] == "no answer within 0.2 seconds"
    assert time.monotonic() - started < 1.5
    monkeypatch.setattr(fetch, "SIZE_LIMIT", 1_000_000)
    bomb = site.serve("/b", gzip.compress(bytes(5_000_000)), Content_Encoding="gzip")
    assert get(fetcher(), bomb)[1][0][1] == "larger than the size limit of 1 MB"


@pytest.mark.parametrize(
    "url", ["", "a", "ftp://127.0.0.1/a", "file:///etc/hostname", "http://", "http://[", "javascript:0"]
)
def test_what_is_no_address_is_a_problem(url):
    page, [(severity, reason, remedy)] = get(fetcher(), url)
    assert (page, severity, remedy) == (None, "error", "give one that begins with http:// or https://")
    assert reason.endswith("is no address of the web")


def test_a_host_that_does_not_answer_is_a_problem():
    page, [(severity, reason, _)] = get(fetcher(), "http://127.0.0.1:9/a")
    assert (page, severity, reason) == (None, "error", "the host cannot be reached")


# Politeness


def test_a_host_is_asked_at_most_once_in_a_pause(site):
    polite = fetcher(pause=0.15)
    for name in ("/a", "/b", "/c"):
        get(polite, site.serve(name, "words"))
    gaps = [later - earlier for earlier, later in zip(site.times, site.times[1:], strict=False)]
    assert len(gaps) == 3
    assert min(gaps) >= 0.14


def test_a_host_may_ask_for_a_longer_pause(site):
    site.serve("/robots.txt", "User-agent: *\nCrawl-delay: 1\n")
    polite = fetcher()
    get(polite, site.serve("/a", "words"))
    get(polite, site.serve("/b", "words"))
    assert site.times[2] - site.times[1] >= 0.95


# What is kept


def test_a_young_copy_is_used_without_asking(site, tmp_path):
    url = site.serve("/a", "words")
    assert get(fetcher(tmp_path), url)[0].data == b"words"
    assert get(fetcher(tmp_path), url)[0].data == b"words"
    assert paths(site) == ["/robots.txt", "/a"]


def test_an_old_copy_is_used_if_the_page_has_not_changed(site, tmp_path):
    url = site.serve("/a", "words", ETag='"1"')
    get(fetcher(tmp_path), url)
    page, problems = get(fetcher(tmp_path, max_age=0), url)
    assert (page.data, problems) == (b"words", [])
    assert site.asked[-1][1]["If-None-Match"] == '"1"'
    site.serve("/a", "new words", ETag='"2"')
    assert get(fetcher(tmp_path, max_age=0), url)[0].data == b"new words"


def test_a_copy_stands_in_for_a_server_in_trouble(site, tmp_path):
    url = site.serve("/a", "words")
    get(fetcher(tmp_path), url)
    site.serve("/a", "", status=503)
    page, [(severity, reason, _)] = get(fetcher(tmp_path, max_age=0), url)
    assert (page.data, severity) == (b"words", "warning")
    assert reason.startswith("the server answered 503 (Service Unavailable); the copy kept on 2")


@pytest.mark.parametrize("damage", [b"", b"{", b'{"page": {"url": 1}}', b"[]"])
def test_a_damaged_copy_is_fetched_again(site, tmp_path, damage):
    url = site.serve("/a", "words")
    get(fetcher(tmp_path), url)
    next(tmp_path.glob("*.json")).write_bytes(damage)
    assert get(fetcher(tmp_path), url)[0].data == b"words"
    assert paths(site).count("/a") == 2


# Collections


def load_urls(urls, **options):
    return ak.load_urls(urls, pause=0, progress=False, **options)


def test_pages_are_loaded_as_one_collection_and_faults_are_told(site):
    urls = [
        site.serve("/2024/05/03/bridge", PAGE.format("bridge")),
        site.serve("/nothing", "", status=404),
        site.serve(
            "/most", PAGE.format("Мост").encode("cp1251"), Content_Type="text/html; charset=windows-1251"
        ),
        site.serve("/data", json.dumps([{"title": "Ferry", "text": "The ferry will run."}])),
    ]
    with pytest.warns(
        ProblemsWarning, match=r"1 page of 4 had errors, first 'http://127.0.0.1:\d+/nothing'"
    ) as caught:
        collection = load_urls([*urls, urls[0]])
    assert caught[0].filename == __file__
    articles = collection.articles
    assert articles["title"].tolist() == ["bridge to close", "Мост to close", "Ferry"]
    assert articles["outlet"].tolist() == ["127.0.0.1"] * 3
    assert articles["url"].tolist() == [urls[0], urls[2], urls[3]]
    assert articles["published_origin"].tolist() == ["url", "", ""]
    assert str(articles["published"][0]) == "2024-05-03 00:00:00"
    assert paths(site).count("/2024/05/03/bridge") == 1


def test_a_page_that_was_loaded_loads_again_without_its_server(site):
    url = site.serve("/a", PAGE.format("bridge"))
    first = load_urls(url)
    site.answers.clear()
    again = load_urls([url], outlet="The Tern")
    assert again.articles["sha256"].tolist() == first.articles["sha256"].tolist()
    assert again.articles["outlet"].tolist() == ["The Tern"]


def test_a_feed_is_loaded_entry_by_entry(site):
    collection = ak.load_feed(site.serve("/feed", FEED.format(site.url)), pause=0, progress=False)
    articles = collection.articles
    assert articles[["title", "outlet", "body", "format"]].values.tolist() == [
        ["Bridge", "The Tern", "A teaser.", "feed"],
        ["Gone", "The Tern", "Another teaser.", "feed"],
    ]
    assert paths(site) == ["/robots.txt", "/feed"]


def test_the_pages_of_a_feed_take_the_place_of_its_teasers(site):
    site.serve("/bridge", PAGE.format("bridge"))
    with pytest.warns(ProblemsWarning, match="1 page of 3 had errors"):
        collection = ak.load_feed(
            site.serve("/feed", FEED.format(site.url)), pages=True, pause=0, progress=False
        )
    bridge, gone = collection.articles.itertuples()
    assert (bridge.title, bridge.outlet, bridge.format) == ("bridge to close", "The Tern", "html")
    assert str(bridge.published) == "2024-05-03 10:00:00"
    assert bridge.body.startswith("The bridge over the wide river will close")
    assert (gone.title, gone.body) == ("Gone", "Another teaser.")


def test_a_page_is_no_feed(site):
    with pytest.warns(ProblemsWarning, match="a page, not a feed"):
        collection = ak.load_feed(site.serve("/a", PAGE.format("bridge")), pause=0, progress=False)
    assert len(collection) == 0


@pytest.mark.parametrize(
    ("urls", "error", "told"),
    [
        ([], NothingToReadError, "`urls` is empty; give at least one address."),
        (7, ArgumentError, "`urls` is 7; give an address"),
        ([7], ArgumentError, "`urls` holds 7, which is no address"),
    ],
)
def test_what_cannot_be_addresses_is_refused(urls, error, told):
    with pytest.raises(error, match=told):
        load_urls(urls)


@pytest.mark.parametrize(("argument", "value"), [("pause", -1), ("timeout", 0), ("max_age", "a day")])
def test_times_that_are_no_times_are_refused(argument, value):
    with pytest.raises(ArgumentError, match=f"`{argument}` is {value!r}; give a number of at least"):
        ak.load_urls("http://127.0.0.1:9/", **{argument: value})
