"""Bytes in, text out: which encoding a file has, and what was lost or looks wrong."""

from __future__ import annotations

import codecs
import dataclasses
import re
import unicodedata
from dataclasses import dataclass

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# What UTF-8 looks like when it was once read as cp1252 and saved again.
_MOJIBAKE = ("â€œ", "â€™", "â€“", "â€”", "Ã©", "Ã¼", "Ã¶", "Ã¤", "Ã¨", "Ã±")


@dataclass(frozen=True)
class Decoded:
    """A decoded file.

    Attributes
    ----------
    text
        The text, or None when the bytes are no text.
    encoding
        The encoding that was used.
    fault
        What the analyst should know (a guess, bytes replaced, NULs removed), else "".
    looks_wrong
        Whether the text itself shows that something went wrong before the file was saved.
    """

    text: str | None
    encoding: str
    fault: str = ""
    looks_wrong: bool = False


def decode(data: bytes) -> Decoded:
    """Decode a file: by its byte order mark, as UTF-8, as UTF-16 without a mark, as a page states, else as Windows-1252.

    >>> decode("naïve".encode("cp1252"))
    Decoded(text='naïve', encoding='cp1252', fault='byte 2 is not UTF-8; read as cp1252', looks_wrong=False)
    >>> decode(bytes(range(256))).text is None
    True
    """
    for mark, name in _BOMS:
        if data.startswith(mark):
            fault = "" if name == "utf-8-sig" else f"read as {name}"
            return _clean(data.decode(name, "replace"), name, fault)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        return _wide(data) or _not_utf8(data, error)
    if len(data.translate(None, _ODD)) < len(data):
        if (wide := _wide(data)) is not None:
            return wide
        if _binary(data):
            return Decoded(None, "", "not text")
    # All begin with one of two letters, which is quickest to tell in the bytes.
    seems_garbled = b"\xc3\xa2" in data or b"\xc3\x83" in data
    found = [mark for mark in _MOJIBAKE for _ in range(text.count(mark))] if seems_garbled else []
    if len(found) < 2:
        return _clean(text, "utf-8", "")
    fault = f"looks double-encoded (mojibake such as {found[0]}); left as it is"
    return dataclasses.replace(_clean(text, "utf-8", fault), looks_wrong=True)


def tidy(text: str) -> str:
    """Return the same text in one spelling: accents composed (NFC), no soft hyphens within words, no half characters.

    Nothing that can be seen changes, but "É" of one file equals "É" of another, and a word is one word.

    >>> tidy("E\u0301lyse\u0301e, inter\u00adnational")
    'Élysée, international'
    """
    if text.isascii():
        return text
    try:
        text.encode()  # by far the quickest way to find half a character
    except UnicodeEncodeError:
        text = _LONE_SURROGATE.sub("\ufffd", text)
    # One at a line end is left: it says where a wrapped line goes on.
    if "\u00ad" in text:
        text = _SOFT_HYPHEN.sub("", text)
    return unicodedata.normalize("NFC", text)


_SOFT_HYPHEN = re.compile("(?<=\\w)\u00ad(?=\\w)")
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


def _not_utf8(data: bytes, error: UnicodeDecodeError) -> Decoded:
    if _binary(data):
        return Decoded(None, "", "not text")
    if (declared := _declared(data)) is not None:
        return declared
    text = data.decode("utf-8", "replace")
    wrong = text.count("\ufffd")
    good = sum(character > "\x7f" for character in text) - wrong
    if good >= wrong and wrong <= 3:
        return _clean(text, "utf-8", f"byte {error.start} is not UTF-8; replaced")
    try:
        return _clean(data.decode("cp1252"), "cp1252", f"byte {error.start} is not UTF-8; read as cp1252")
    except UnicodeDecodeError:
        return _clean(data.decode("latin-1"), "latin-1", f"byte {error.start} is not UTF-8; read as latin-1")


def _wide(data: bytes) -> Decoded | None:
    """Decode text whose every other byte is NUL as UTF-16; None if it is none."""
    encoding = _wide_encoding(data)
    if encoding is None:
        return None
    text = data.decode(encoding, "replace")
    sample = text[:2000]
    unseen = sum(not (character.isprintable() or character.isspace()) for character in sample)
    # Tables of small numbers have such NULs too.
    return None if unseen > 0.05 * len(sample) else _clean(text, encoding, f"read as {encoding}")


def _wide_encoding(data: bytes) -> str | None:
    """Name the UTF-16 form in which every other byte of English text is NUL."""
    sample = data[:4000]
    if len(sample) < 4:
        return None
    even, odd = sample[0::2].count(0) / len(sample[0::2]), sample[1::2].count(0) / len(sample[1::2])
    if odd > 0.4 and even < 0.05:
        return "utf-16-le"
    if even > 0.4 and odd < 0.05:
        return "utf-16-be"
    return None


def _declared(data: bytes) -> Decoded | None:
    """Decode a page of HTML or XML by the encoding that it states; None if it states none, or a wrong one."""
    stated = _STATED.search(data, 0, 4000)
    if not stated:
        return None
    encoding = stated[1].decode("ascii").lower()
    try:
        return _clean(data.decode(encoding), encoding, f"not UTF-8; read as {encoding}, as the page states")
    except (LookupError, UnicodeDecodeError):
        return None


_STATED = re.compile(rb"""<(?:meta|\?xml)\b[^>]*?(?:charset|encoding)\s*=\s*["']?([\w-]+)""", re.IGNORECASE)


_ODD = bytes({*range(9), *range(14, 27), *range(28, 32)})


def _binary(data: bytes) -> bool:
    sample = data[:8000]
    odd = len(sample) - len(sample.translate(None, _ODD))
    return bool(sample) and odd > 0.05 * len(sample)


def _clean(text: str, encoding: str, fault: str) -> Decoded:
    n_nuls = text.count("\x00")
    if n_nuls:
        text = text.replace("\x00", "")
        fault = f"{fault}; " * bool(fault) + f"{n_nuls} NUL bytes removed"
    return Decoded(text, encoding, fault)
