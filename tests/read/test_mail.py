import pytest

from analystkit.read.mail import is_mail, read_mail

PLAIN = """From: "Ann Lee" <ann@tern.example>
To: bo@tern.example
Subject: =?utf-8?q?The_caf=C3=A9_on_the_bridge?=
Date: Fri, 3 May 2024 10:00:00 +0200
Content-Type: text/plain; charset="iso-8859-1"
Content-Transfer-Encoding: 8bit

The café on the bridge will close.

A ferry will run.
> What of the bridge?

--\x20
Ann Lee, The Tern
"""
MIXED = """From: news@tern.example
To: bo@tern.example
Subject: Bridge
Date: Fri, 3 May 2024 10:00:00 +0200
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary=XX

--XX
Content-Type: text/html; charset=utf-8

<html><head><title>Bridge</title></head><body><p>The old bridge over the river will close in May, the mayor said on
Friday morning.</p><p>A ferry will run in its place until the work has been done.</p></body></html>
--XX
Content-Type: application/pdf
Content-Disposition: attachment; filename="plan.pdf"

x
--XX--
"""
EXPORT = """Received: from mx.example
Subject: Your ProQuest Research
From: noreply@proquest.example
Content-Type: text/html; charset=utf-8
Content-Transfer-Encoding: quoted-printable

<html><head><title>ProQuest Export</title></head><body><a name=3D"DocID_1"></a><p>Bridge</p>
<p><strong>Full text: </strong>The bridge will close.</p><p><strong>Publication date: </strong>May 3, 2024</p></body></html>
"""


def read(text, encoding="latin-1"):
    problems = []
    return read_mail(text.encode(encoding), "a.eml", "0" * 64, "", problems), [
        (p.where, p.severity, p.reason) for p in problems
    ]


def test_a_message_is_an_article():
    (item,), problems = read(PLAIN)
    assert problems == []
    assert (item.title, item.byline) == ("The café on the bridge", "Ann Lee")
    assert (item.published.isoformat(), item.published_origin) == ("2024-05-03T10:00:00", "meta")
    assert item.text_of("body") == "The café on the bridge will close.\nA ferry will run."
    assert [(z.text, z.reason) for z in item.zones if z.zone == "furniture"][:2] == [
        ("> What of the bridge?", "quoted from an earlier message"),
        ("Ann Lee, The Tern", "the sender's signature"),
    ]


def test_a_message_that_only_quotes_brings_what_it_quotes():
    head, _, _ = PLAIN.partition("\n\n")
    (item,), _ = read(head + "\n\n> The bridge will close.\n> > Soon.\n")
    assert item.text_of("body") == "The bridge will close.\nSoon."


def test_a_page_within_a_message_is_read_and_attachments_are_named():
    (item,), problems = read(MIXED)
    assert (
        item.text_of("body").split("\n")[1] == "A ferry will run in its place until the work has been done."
    )
    assert problems[-1] == ("", "note", "attachments were not read: plan.pdf")


def test_an_archive_sent_by_mail_gives_its_records():
    (item,), problems = read(EXPORT)
    assert (item.format, item.title, item.text_of("body")) == ("proquest", "Bridge", "The bridge will close.")
    assert problems == []


def test_a_box_of_mail_is_read_message_by_message():
    box = f"From ann@tern.example Fri May  3 10:00:00 2024\n{PLAIN}\nFrom bo@tern.example Sat May  4 10:00:00 2024\n"
    items, _ = read(box + PLAIN.replace("caf=C3=A9", "boat"))
    assert [(item.title, item.where) for item in items] == [
        ("The café on the bridge", "message 1"),
        ("The boat on the bridge", "message 2"),
    ]


@pytest.mark.parametrize("charset", ["nonsense", "utf-8", "us-ascii"])
def test_a_wrong_statement_of_the_encoding_does_no_harm(charset):
    (item,), _ = read(PLAIN.replace("iso-8859-1", charset))
    assert item.text_of("body").startswith("The café")


def test_a_message_without_text_is_told():
    head, _, _ = PLAIN.partition("\n\n")
    items, problems = read(head + "\n\n")
    assert [item.title for item in items] == ["The café on the bridge"]
    assert problems == [("", "warning", "the message holds no text")]


@pytest.mark.parametrize(
    ("text", "known"),
    [
        (PLAIN, True),
        (PLAIN.replace("\n", "\r\n"), True),
        ("Subject: bridges\n\nThe bridge.", False),
        ("From: here\nto there\nsubject: to change", False),
        ("", False),
    ],
)
def test_mail_is_known_by_its_headers(text, known):
    assert is_mail(text.encode("latin-1")) is known
