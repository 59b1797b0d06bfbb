from datetime import datetime

import pytest

from analystkit.read.markup import page_text, parsed
from analystkit.read.pages import read_html, read_text

TEXT = """World
Council votes on bridge
By Ann Lee
3 May 2024

WESTHAVEN (Tern Pool) - The council voted on Monday to mend the old bridge before winter comes, the mayor said.

Work will begin in August and take about ten weeks, according to the plan that the council has seen.

© 2024 The Westhaven Tern. All rights reserved.
"""

HTML = """<!DOCTYPE html>
<html lang="en-GB"><head><title>Council votes on bridge | The Westhaven Tern</title>
<meta property="og:title" content="Council votes on bridge">
<meta property="og:description" content="The vote ends a quarrel of eleven years over who pays.">
<meta property="og:site_name" content="The Westhaven Tern">
<meta property="article:published_time" content="2024-05-03T09:00:00+00:00">
<meta name="author" content="Ann Lee">
<script>var tracker = "never shown";</script></head>
<body><nav><a href="#">Home</a> <a href="#">Tides</a></nav>
<article><h1>Council votes on bridge</h1>
<p>The vote ends a quarrel of eleven years over who pays.</p>
<p>WESTHAVEN (Tern Pool) - The council voted on Monday to mend the old bridge before winter comes, the mayor said.</p>
<h2>Ten weeks of work</h2>
<p>Work will begin in August and take about ten weeks, according to the plan that the caf&eacute; owners&rsquo; club has
seen and which the council published on its pages for everyone to read.</p>
<p>Until then the ferry will run twice an hour between the two banks of the river, inter&shy;national guests included.</p>
</article>
<aside><h2>Most read</h2><ul><li><a href="#">Old lighthouse shines again</a></li></ul></aside>
<footer><p>Privacy policy</p></footer></body></html>
"""


def read(reader, text, path="paper/page", order=""):
    problems = []
    items = reader(text, path, "0" * 64, order, problems)
    return items, [(p.where, p.severity, p.reason) for p in problems]


def test_a_page_of_text_gives_its_head_and_its_body():
    (item,), problems = read(read_text, TEXT)
    assert item.title == "Council votes on bridge"
    assert (item.byline, item.credit, item.outlet) == ("Ann Lee", "Tern Pool", "The Westhaven Tern")
    assert item.section == "World"
    assert (item.published, item.published_origin) == (datetime(2024, 5, 3), "dateline")
    first, second = item.text_of("body").split("\n")
    assert first.startswith("The council voted on Monday")
    assert second.endswith("the council has seen.")
    assert problems == []


def test_a_page_of_html_gives_its_head_and_its_body():
    (item,), problems = read(read_html, HTML)
    assert item.title == "Council votes on bridge"
    assert item.text_of("lead") == "The vote ends a quarrel of eleven years over who pays."
    assert (item.byline, item.credit, item.outlet) == ("Ann Lee", "Tern Pool", "The Westhaven Tern")
    assert (item.published, item.published_origin) == (datetime(2024, 5, 3), "meta")
    assert item.language == "en"
    assert item.text_of("body", "subhead").split("\n") == [
        "The council voted on Monday to mend the old bridge before winter comes, the mayor said.",
        "Ten weeks of work",
        "Work will begin in August and take about ten weeks, according to the plan that the café owners’ club has "
        "seen and which the council published on its pages for everyone to read.",
        "Until then the ferry will run twice an hour between the two banks of the river, international guests "
        "included.",
    ]
    assert problems == []


def test_what_is_not_the_article_stays_as_furniture_in_the_order_of_the_page():
    (item,), _ = read(read_html, HTML)
    assert [zone.text for zone in item.zones if zone.zone == "furniture"] == [
        "Home Tides",
        "Most read",
        "Old lighthouse shines again",
        "Privacy policy",
    ]
    assert all("never shown" not in zone.text for zone in item.zones)
    assert item.zones[0].text == "Home Tides"
    assert item.zones[-1].text == "Privacy policy"


def test_a_page_has_one_body_whether_saved_as_html_or_as_text():
    page = HTML.replace("<p>The vote ends a quarrel of eleven years over who pays.</p>", "")
    (as_html,), _ = read(read_html, page)
    (as_text,), _ = read(read_text, page_text(parsed(page)))
    assert as_html.text_of("body", "subhead") == as_text.text_of("body", "subhead")
    assert as_html.text_of("body").count("\n") == 2


def test_a_page_that_hides_itself_until_a_script_has_run_is_read():
    (item,), problems = read(read_html, HTML.replace("<body>", "<body style='display: none'>"))
    assert item.text_of("body").startswith("The council voted on Monday")
    assert problems == []


def test_a_page_that_a_script_builds_has_no_article():
    body = "<script>x</script><div id='root'></div><noscript>Enable it</noscript>"
    page = f"<html><head><title>News</title></head><body>{body}</body></html>"
    assert read(read_html, page) == (
        [],
        [("", "error", "no article text: the page is built by a script, or empty")],
    )


def test_html_without_an_element_is_reported():
    assert read(read_html, "<!-- nothing -->") == ([], [("", "error", "empty or broken HTML")])


SENTENCE = (
    "The old bridge will close in May for the work of a whole summer, the mayor of the town said on Friday."
)


def test_tags_that_nobody_closed_cost_no_text():
    # Each paragraph lies one element deeper than the one before: 300 deep in the end.
    page = "<html><body><h1>Bridge to close</h1>" + "".join(
        f"<font><p>{i} {SENTENCE}</p>" for i in range(300)
    )
    (item,), problems = read(read_html, page)
    assert item.text_of("body").split("\n") == [f"{i} {SENTENCE}" for i in range(300)]
    assert problems == []


def test_a_page_that_is_too_deep_to_be_read_is_said_to_be_so():
    assert read(read_html, "<html><body>" + "<div>" * 5000 + SENTENCE) == (
        [],
        [("", "error", "nested too deeply")],
    )
    (item,), problems = read(read_html, f"<html><body><p>{SENTENCE}</p>" + "<div>" * 5000 + "<p>Gone.</p>")
    assert item.text_of("body", "furniture").startswith(SENTENCE)
    assert problems[0] == ("", "warning", "nested too deeply: only its beginning was read")


def test_a_page_behind_a_paywall_is_kept_with_a_note():
    body = "<h1>Talks end</h1><p>Subscribe to continue reading.</p>"
    page = f"<html><head><title>Talks end</title></head><body>{body}</body></html>"
    (item,), problems = read(read_html, page)
    assert item.title == "Talks end"
    assert problems == [("", "note", "only 4 words of text: is it behind a paywall, or a teaser?")]


def test_a_page_without_sentences_is_kept_with_a_warning():
    (item,), problems = read(read_text, "Home\nSport\nLog in")
    assert item.text_of("body") == ""
    assert len(item.zones) == 3
    assert problems == [("", "warning", "no line looks like a sentence of an article")]


BODY = TEXT.split("\n\n", 1)[1]


@pytest.mark.parametrize(
    ("head", "path", "published", "origin"),
    [
        ("", "paper/2024-05-03-bridge.txt", datetime(2024, 5, 3), "file"),
        ("2 May 2024", "paper/2024-05-03-bridge.txt", datetime(2024, 5, 2), "dateline"),
        ("", "paper/bridge.txt", None, ""),
        ("", "export 2024-05-03.zip!bridge.txt", None, ""),
        ("", "x.zip!20240503.txt", datetime(2024, 5, 3), "file"),
        ("", "2024-05-03/bridge.txt", None, ""),
    ],
)
def test_the_date_is_the_pages_own_or_that_of_the_name_of_its_file(head, path, published, origin):
    (item,), problems = read(read_text, f"Council votes on bridge\n{head}\n\n{BODY}", path)
    assert (item.published, item.published_origin, problems) == (published, origin, [])


def test_an_ambiguous_date_is_reported_and_settled_by_the_order():
    text = TEXT.replace("3 May 2024", "03/05/2024")
    (item,), problems = read(read_text, text)
    assert item.published is None
    assert problems == [("03/05/2024", "warning", "03/05/2024 may be 3 May or 5 March 2024")]
    (item,), problems = read(read_text, text, order="day")
    assert (item.published, problems) == (datetime(2024, 5, 3), [])


def test_a_date_in_the_future_is_not_used():
    (item,), problems = read(read_text, TEXT.replace("3 May 2024", "3 May 2199"))
    assert item.published is None
    assert problems == [("", "warning", "2199-05-03 lies in the future; not used as its date")]


def test_accents_of_two_pages_are_spelled_alike():
    (item,), _ = read(read_text, TEXT.replace("The council voted", "The cafe\u0301 owners voted"))
    assert item.text_of("body").startswith("The café owners voted")
