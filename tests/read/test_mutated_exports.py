"""Exports that were cut, repeated or bent end as articles or problems, whatever is left of them."""

import gzip
import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analystkit.read import Options, read_source
from analystkit.read.columns import TableOptions
from analystkit.read.items import tables
from analystkit.read.sources import Source
from analystkit.schema import ZONE_NAMES

TEXT = "The old bridge will close in May, the mayor said on Friday. A ferry will run in its place."
PAGE = f"<html><head><title>Bridge</title></head><body><h1>Bridge</h1><p>{TEXT}</p></body></html>"
HTTP = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{PAGE}"
WARC = (
    "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://tern.example/a\r\nWARC-Date: 2024-06-01T00:00:00Z\r\n"
    "WARC-Record-ID: <urn:uuid:1>\r\nContent-Type: application/http; msgtype=response\r\n"
    f"Content-Length: {len(HTTP)}\r\n\r\n{HTTP}\r\n\r\n"
)
RULE = "_" * 60
RECORD = f"""
Document 1 of 1

Bridge

Full text: {TEXT}
CAPTION: A bridge.

CREDIT: Ann Lee;

Author: Lee, Ann

Publication title: The Tern; Pier

Publication date: May 3, 2024

ProQuest document ID: 1

"""
SAMPLES = {
    "proquest.txt": RULE + RECORD + RULE + RECORD + RULE + "\nContact us\n",
    "proquest.html": "<html><title>ProQuest Export</title><a name='DocID_1'></a><p>Bridge</p><p><strong>Author: </strong>Ann"
    f"</p><p><strong>Full text: </strong><html><p>{TEXT}</p></html></p><p><strong>Database: </strong>Coast</p></html>",
    "europresse.html": '<html xmlns:n="http://www.cedrom-sni.com/schema/newsv1.xsd"><td><span class="DocPublicationName">'
    'La Sterne</span><br><span class="DocHeader">News, vendredi 3 mai 2024</span><br>'
    '<span class="TitreArticleVisu">Pont</span><br><br>'
    f"Anne Lee<br><p></p>{TEXT}<p></p><b>© 2024 La Sterne</b></td></html>",
    "mail.eml": f"From: Ann <a@tern.example>\nTo: b@tern.example\nSubject: Bridge\nDate: Fri, 3 May 2024 10:00:00 +0200\n"
    f"Content-Type: multipart/mixed; boundary=X\n\n--X\nContent-Type: text/plain; charset=utf-8\n\n{TEXT}\n--X--\n",
    "list.ris": f"TY  - NEWS\nTI  - Bridge\nAU  - Lee, Ann\nDA  - 2024/05/03/\nAB  - {TEXT}\nER  -\n" * 2,
    "feed.xml": '<?xml version="1.0"?><rss version="2.0"><channel><title>The Tern</title><item><title>Bridge</title>'
    f"<pubDate>Fri, 03 May 2024 10:00:00 GMT</pubDate><description>{TEXT}</description></item></channel></rss>",
    "list.json": json.dumps(
        {
            "articles": [{"title": "Bridge", "url": "https://tern.example/a", "seendate": "20240503T011500Z"}]
            * 2
        }
    ),
    "a.warc": WARC * 2,
}
CHANGES = st.lists(
    st.tuples(
        st.sampled_from(["cut", "repeat", "put", "end"]),
        st.floats(0, 1),
        st.integers(1, 60),
        st.sampled_from([b"\x00", b"\xff\xfe", b"<", b"</p>", b"&#0;", b"\r", b"--X--", b"ER  -", b"; charset=x",
                         b"=?utf-8?q?", b'"']),
    ),
    min_size=1,
    max_size=4,
)  # fmt: skip


def changed(data, changes):
    for kind, place, length, piece in changes:
        at = int(place * len(data))
        if kind == "cut":
            data = data[:at] + data[at + length :]
        elif kind == "repeat":
            data = data[:at] + data[at : at + length] * 2 + data[at + length :]
        elif kind == "put":
            data = data[:at] + piece + data[at:]
        else:
            data = data[:at]
    return data


@pytest.mark.parametrize("name", [*SAMPLES, "a.warc.gz"])
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(changes=CHANGES)
def test_a_bent_export_ends_as_articles_or_problems(name, changes):
    whole = gzip.compress(WARC.encode()) * 2 if name == "a.warc.gz" else SAMPLES[name].encode()
    data = changed(whole, changes)
    problems = []
    items = read_source(Source(name, "", lambda: data), Options(TableOptions({})), problems)
    assert items or problems
    # A reader that broke would say "damaged" and name an error of Python.
    assert not any(problem.reason.startswith("damaged, or not what it seems") for problem in problems)
    articles, zones, _ = tables(items, problems)
    assert len(articles) == len(items)
    assert set(zones["zone"]) <= set(ZONE_NAMES)
    assert zones["text"].str.strip().ne("").all()
    assert zones["reason"].ne("").all()


@pytest.mark.parametrize("name", SAMPLES)
def test_the_samples_themselves_are_read(name):
    data = SAMPLES[name].encode()
    items = read_source(Source(name, "", lambda: data), Options(TableOptions({})), [])
    assert {item.title for item in items} in ({"Bridge"}, {"Pont"})
