import warnings

import pytest

from analystkit.read.feeds import read_feed

RSS = """<?xml version="1.0" encoding="ISO-8859-1"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>The Tern – News</title><language>en-gb</language>
<item><title>Bridge &amp; ferry</title><link>https://tern.example/a</link><pubDate>Fri, 03 May 2024 23:30:00 -0500</pubDate>
<dc:creator>Ann Lee</dc:creator><category>Traffic</category><category>Town</category>
<description>&lt;p&gt;A café will open.&lt;/p&gt;</description>
<content:encoded>
<![CDATA[<p>The old bridge will close.</p><p>A ferry will run.<script>x()</script></p>]]></content:encoded></item>
<item><title>Harbour</title><link>https://tern.example/b</link><pubDate>Sat, 04 May 24 10:00:00 GMT</pubDate>
<description>The harbour opened.</description></item>
<item><title>Radio hour</title><link>https://tern.example/c</link></item>
</channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="de"><title>Die Möwe</title>
<entry><title>Die Brücke</title><link href="https://moewe.example/a"/><updated>2024-05-03T08:00:00Z</updated>
<author><name>Anna Lee</name></author><summary>Die Brücke wird gesperrt.</summary></entry></feed>"""


def read(text):
    problems = []
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        items = read_feed(text, "a.rss", "0" * 64, "", problems)
    return items, [(p.severity, p.reason) for p in problems]


def test_entries_are_articles_with_the_text_that_the_feed_carries():
    items, _ = read(RSS)
    bridge = items[0]
    assert [item.where for item in items] == ["entry 1", "entry 2", "entry 3"]
    assert (bridge.title, bridge.byline, bridge.section) == ("Bridge & ferry", "Ann Lee", "Traffic, Town")
    assert (bridge.outlet, bridge.language, bridge.url) == ("The Tern – News", "en", "https://tern.example/a")
    assert bridge.text_of("lead") == "A café will open."
    assert bridge.text_of("body") == "The old bridge will close.\nA ferry will run."
    assert items[1].text_of("body") == "The harbour opened."


def test_the_day_is_the_day_of_the_outlet():
    items, _ = read(RSS)
    assert [item.published and item.published.isoformat()[:10] for item in items] == [
        "2024-05-03",
        "2024-05-04",
        None,
    ]


def test_entries_without_text_are_kept_and_counted():
    items, problems = read(RSS)
    assert items[2].zones[0].text == "Radio hour"
    assert problems == [("note", "1 of 3 entries hold no text")]


def test_an_atom_feed_is_read_too():
    (item,), problems = read(ATOM)
    assert problems == []
    assert (item.title, item.outlet, item.byline) == ("Die Brücke", "Die Möwe", "Anna Lee")
    assert (item.published.isoformat(), item.text_of("body")) == (
        "2024-05-03T08:00:00",
        "Die Brücke wird gesperrt.",
    )


def test_a_feed_that_is_cut_gives_what_it_has_and_says_so():
    items, problems = read(RSS[: RSS.index("<item><title>Radio")])
    assert [item.title for item in items] == ["Bridge & ferry", "Harbour"]
    assert problems[0][0] == "warning"
    assert problems[0][1].startswith("the feed is broken (")


def test_a_feed_without_entries_is_a_problem():
    assert read("<rss><channel><title>T</title></channel></rss>") == (
        [],
        [("error", "a feed without entries")],
    )


@pytest.mark.parametrize("reference", ["&#xD800;", "&#0;", "&#99999999999;", "&#x110000;"])
def test_references_to_no_character_do_no_harm(reference):
    items, _ = read(f"<rss><channel><item><title>A{reference} ferry &#233;</title></item></channel></rss>")
    assert [item.title for item in items] == ["A\ufffd ferry é"]


@pytest.mark.parametrize("entity", ['SYSTEM "file:///etc/hostname"', '"' + "x" * 1000 + '"'])
def test_entities_are_not_resolved(entity):
    text = f"<!DOCTYPE rss [<!ENTITY e {entity}>]><rss><channel><item><title>A &e; B</title></item></channel></rss>"
    items, _ = read(text)
    assert all(len(item.title) < 20 for item in items)
