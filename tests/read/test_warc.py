import gzip

import pytest

from analystkit.read.warc import is_warc, read_warc

PAGE = """<html lang="en"><head><title>{0} to close</title></head><body><article><h1>{0} to close</h1>
<p>The {0} over the wide river will close in May for the work of a whole summer, the mayor said.</p>
<p>A ferry will run in its place until the work has been done, according to the plan of the town.</p></article>
</body></html>"""


def written(*records, packed=True):
    """Return a web archive of (type, address, status, content type, body), each record packed by itself."""
    out = b""
    for kind, url, status, content_type, body in records:
        if kind == "response":
            body = f"HTTP/1.1 {status}\r\nContent-Type: {content_type}\r\n\r\n".encode() + body
            content_type = "application/http; msgtype=response"
        head = (
            f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2024-06-01T00:00:00Z\r\n"
            f"WARC-Record-ID: <urn:uuid:{len(out)}>\r\nContent-Type: {content_type}\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        record = head.encode() + body + b"\r\n\r\n"
        out += gzip.compress(record) if packed else record
    return out


BRIDGE = (
    "response",
    "https://www.tern.example/2024/05/03/bridge",
    "200 OK",
    "text/html",
    PAGE.format("bridge").encode(),
)
GONE = ("response", "https://tern.example/gone", "404 Not Found", "text/html", b"<p>Gone</p>")
PICTURE = ("response", "https://tern.example/a.png", "200 OK", "image/png", b"\x89PNG")
RUSSIAN = ("response", "https://krachka.example/a", "200 OK", "text/html; charset=windows-1251",
           PAGE.format("Мост").encode("cp1251"))  # fmt: skip
TEXT = ("conversion", "https://tern.example/wet", "", "text/plain",
        b"Ferry to run\n\nThe ferry will run from noon until the evening, the mayor said.")  # fmt: skip


def read(data):
    problems = []
    return read_warc(data, "a.warc.gz", "0" * 64, "", problems), [(p.severity, p.reason) for p in problems]


@pytest.mark.parametrize("packed", [True, False])
def test_pages_are_articles_and_the_rest_is_counted(packed):
    data = written(BRIDGE, GONE, PICTURE, packed=packed)
    assert is_warc(data)
    (item,), problems = read(data)
    assert (item.title, item.outlet, item.url) == ("bridge to close", "tern.example", BRIDGE[1])
    assert (item.published.isoformat(), item.published_origin) == ("2024-05-03T00:00:00", "url")
    assert item.path == "a.warc.gz!https://www.tern.example/2024/05/03/bridge"
    assert problems == [("note", "records that are no pages: 1 answers 404, 1 of type image/png")]


def test_the_visit_is_no_day_of_publication():
    (item,), _ = read(written((*BRIDGE[:1], "https://tern.example/bridge", *BRIDGE[2:])))
    assert item.published is None


def test_the_encoding_that_the_server_states_is_used():
    (item,), _ = read(written(RUSSIAN))
    assert item.title == "Мост to close"


def test_extracted_text_is_read_as_text():
    (item,), _ = read(written(TEXT))
    assert (item.title, item.format) == ("Ferry to run", "warc")


def test_what_stands_before_the_damage_is_kept():
    data = written(BRIDGE, RUSSIAN)
    items, _ = read(data[:-200])
    assert items[0].title == "bridge to close"


@pytest.mark.parametrize("data", [b"", b"\x1f\x8b", gzip.compress(b"words"), b"WARC of words"])
def test_other_files_are_no_web_archive(data):
    assert not is_warc(data)


def test_an_archive_without_pages_is_a_problem():
    items, problems = read(written(GONE))
    assert items == []
    assert problems[-1] == ("error", "a web archive without pages")


def test_the_front_of_a_site_is_read_and_noted():
    front = (BRIDGE[0], "https://www.tern.example/world/", *BRIDGE[2:])
    (_, page), problems = read(written(BRIDGE, front))
    assert page.url == "https://www.tern.example/world/"
    reason = "the front of a site or of a section, by its address: its text may be teasers of many articles"
    assert problems == [("note", reason)]
