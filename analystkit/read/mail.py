"""Saved e-mail (EML, mbox): one article per message, or the records of an archive that the message brings."""

from __future__ import annotations

import email
import email.policy
import re
from email.message import EmailMessage
from typing import Final

from analystkit.clean.encoding import decode
from analystkit.clean.lines import Zone
from analystkit.read.items import Item, Problem, body_zones
from analystkit.read.markup import one_line
from analystkit.read.pages import read_html
from analystkit.read.proquest import read_proquest_html
from analystkit.read.stated import state_published

_HEADERS: Final = (
    rb"From|To|Cc|Received|Return-Path|Message-ID|MIME-Version|Delivered-To|Date|Subject|Content-Type|Reply-To|Sender"
    rb"|X-[\w-]+|DKIM-Signature|ARC-[\w-]+|Authentication-Results|List-[\w-]+"
)
_HEAD: Final = re.compile(
    rb"\A\s*(?:(?:From |(?:" + _HEADERS + rb"):).*\r?\n(?:[ \t]\S.*\r?\n)*){3,}", re.IGNORECASE
)
#: The line between two messages of an mbox.
_NEXT: Final = re.compile(rb"^From \S+.*\d{4}\r?\n", re.MULTILINE)
_QUOTED: Final = re.compile(r"\s*>")


def is_mail(data: bytes) -> bool:
    """Say whether a file is e-mail: it begins with at least three headers of a message."""
    return bool(_HEAD.match(data[:50_000]))


def read_mail(data: bytes, path: str, sha256: str, order: str, problems: list[Problem]) -> list[Item]:
    """Read one message, or the messages of an mbox."""
    data = data.lstrip()  # a blank before the first header would end the head of the message
    messages = [data]
    if data.startswith(b"From "):
        messages = [part for part in _NEXT.split(data) if part.strip()]
    items: list[Item] = []
    for number, raw in enumerate(messages, start=1):
        where = f"message {number}" if len(messages) > 1 else ""
        message = email.message_from_bytes(raw, policy=email.policy.default)
        items += _message(message, path, sha256, where, order, problems)
    return items


def _message(
    message: EmailMessage, path: str, sha256: str, where: str, order: str, problems: list[Problem]
) -> list[Item]:
    texts, attached = _parts(message)
    page = texts.get("html", "")
    if "<title>ProQuest Export</title>" in page[:5000]:
        return read_proquest_html(page, path, sha256, order, problems)
    title = _header(message, "Subject")
    item = Item(path=path, format="mail", sha256=sha256, zones=[], title=title, where=where)
    if texts.get("plain", "").strip():
        item.zones = _plain_zones(texts["plain"], title)
    elif page.strip():
        item.zones = [zone for read in read_html(page, path, sha256, order, problems) for zone in read.zones]
    item.zones[:0] = [Zone("title", title, "subject of the message")] if title else []
    item.byline = re.sub(r"\s*<[^<>]*>|\"", "", _header(message, "From")).strip()
    if sender := _header(message, "From"):
        item.zones.append(Zone("furniture", f"From: {sender}", "header of the message"))
    state_published(item, _header(message, "Date"), order, problems)
    if attached:
        reason = f"attachments were not read: {', '.join(attached)}"
        problems.append(Problem(path, where, "note", reason, "save them from the message into the folder"))
    if not item.text_of("body"):
        problems.append(Problem(path, where, "warning", "the message holds no text", "open it and look"))
        return [item] if title else []
    return [item]


def _parts(message: EmailMessage) -> tuple[dict[str, str], list[str]]:
    """Return the first text of each kind ("plain", "html") and the names of what is attached."""
    texts: dict[str, str] = {}
    attached: list[str] = []
    for part in message.walk():
        if part.is_multipart():
            continue
        if part.get_content_maintype() == "text" and not part.get_filename():
            texts.setdefault(part.get_content_subtype(), _text(part))
        elif part.get_filename() and part.get_content_disposition() != "inline":
            attached.append(one_line(str(part.get_filename())))
    return texts, attached


def _text(part: EmailMessage) -> str:
    """Return the text of a part in the encoding it states, or in that which its bytes show."""
    payload = part.get_payload(decode=True)
    data = payload if isinstance(payload, bytes) else b""
    try:
        return data.decode(part.get_content_charset("") or "utf-8").replace("\r\n", "\n")
    except (LookupError, ValueError):
        return (decode(data).text or "").replace("\r\n", "\n")


def _plain_zones(text: str, title: str) -> list[Zone]:
    """Return the zones of a message in plain text; below the line "-- " stands the sender's signature."""
    above, _, signature = text.partition("\n-- \n")
    lines = above.split("\n")
    own = [line for line in lines if not _QUOTED.match(line)]
    quoted = [line for line in lines if _QUOTED.match(line)]
    if not any(line.strip() for line in own):  # a message that only quotes brings what it quotes
        own, quoted = [re.sub(r"^[\s>]+", "", line) for line in quoted], []
    zones = body_zones("\n".join(own), "text of the message", title=title)
    zones += [Zone("furniture", line.strip(), "quoted from an earlier message") for line in quoted]
    return zones + [
        Zone("furniture", line.strip(), "the sender's signature")
        for line in signature.split("\n")
        if line.strip()
    ]


def _header(message: EmailMessage, name: str) -> str:
    try:
        return one_line(str(message.get(name, "")))
    except Exception:  # the standard library's parser of headers trips over bent ones in many ways
        raw = next((value for key, value in message.raw_items() if key.lower() == name.lower()), "")
        return one_line(str(raw))
