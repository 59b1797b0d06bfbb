import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analystkit.clean.encoding import decode, tidy

TEXT = "Ministers meet in Malmö\nThey spoke of “grain” for four hours.\n"


@pytest.mark.parametrize(
    ("data", "encoding", "fault"),
    [
        (TEXT.encode(), "utf-8", ""),
        (codecs.BOM_UTF8 + TEXT.encode(), "utf-8-sig", ""),
        (codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"), "utf-16", "read as utf-16"),
        (codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"), "utf-16", "read as utf-16"),
        (codecs.BOM_UTF32_LE + TEXT.encode("utf-32-le"), "utf-32", "read as utf-32"),
        (TEXT.encode("utf-16-le"), "utf-16-le", "read as utf-16-le"),
        (TEXT.encode("utf-16-be"), "utf-16-be", "read as utf-16-be"),
        (TEXT.encode("cp1252"), "cp1252", "byte 22 is not UTF-8; read as cp1252"),
    ],
)
def test_the_same_text_is_read_from_each_encoding(data, encoding, fault):
    decoded = decode(data)
    assert (decoded.text, decoded.encoding, decoded.fault) == (TEXT, encoding, fault)


def test_bytes_that_cp1252_lacks_are_read_as_latin_1():
    decoded = decode(b"caf\xe9 caf\xe9 caf\xe9 caf\xe9 \x81 and so on")
    assert (decoded.encoding, decoded.fault) == ("latin-1", "byte 3 is not UTF-8; read as latin-1")


@pytest.mark.parametrize(
    "head",
    ['<meta charset="windows-1251">', "<meta http-equiv=x content='text/html; charset=windows-1251'>",
     '<?xml version="1.0" encoding="windows-1251"?>'],
)  # fmt: skip
def test_a_page_that_is_not_utf_8_is_read_as_it_states(head):
    page = f"<html><head>{head}</head><p>Министры встретились</p></html>"
    decoded = decode(page.encode("windows-1251"))
    assert (decoded.text, decoded.encoding) == (page, "windows-1251")
    assert decoded.fault == "not UTF-8; read as windows-1251, as the page states"


@pytest.mark.parametrize("stated", ["iso-8859-1", "no-such-code", "hex", "ascii"])
def test_a_wrong_statement_is_not_believed(stated):
    page = f'<meta charset="{stated}"><p>Malmö and “grain”</p>'
    assert decode(page.encode()).text == page
    assert decode(page.replace("“", "").replace("”", "").encode("cp1252")).text.endswith(
        "Malmö and grain</p>"
    )


def test_one_bad_byte_among_good_accents_is_replaced_and_its_place_told():
    decoded = decode("Malmö, Årsta, ".encode() + b"\xff end")
    assert decoded.text == "Malmö, Årsta, \ufffd end"
    assert decoded.fault == "byte 16 is not UTF-8; replaced"


def test_double_encoded_text_is_noted_and_left_as_it_is():
    garbled = "“Grain” and café".encode().decode("cp1252", "ignore")
    decoded = decode(garbled.encode())
    assert decoded.text == garbled
    assert decoded.fault == "looks double-encoded (mojibake such as â€œ); left as it is"


def test_one_odd_looking_word_is_no_mojibake():
    assert decode("Ã© is what é looks like".encode()).fault == ""


def test_nuls_are_removed_and_counted():
    decoded = decode(b"Ministers \x00\x00meet in Riga. " + b"They spoke of grain. " * 5 + b"\x00")
    assert decoded.text == "Ministers meet in Riga. " + "They spoke of grain. " * 5
    assert decoded.fault == "3 NUL bytes removed"


@pytest.mark.parametrize("data", [bytes(range(256)) * 4, b"\x00\x01\x02\x03" * 100, b"\xff\x00\x03\x00" * 50])
def test_binary_is_no_text(data):
    decoded = decode(data)
    assert (decoded.text, decoded.fault) == (None, "not text")


def test_nothing_is_an_empty_text():
    assert decode(b"").text == ""


@given(st.binary())
def test_no_bytes_raise_and_no_text_has_nuls(data):
    decoded = decode(data)
    assert decoded.text is None or "\x00" not in decoded.text


@given(st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs", "Cc"])))
def test_utf_8_is_read_back(text):
    assert decode(codecs.BOM_UTF8 + text.encode()).text == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("E\u0301lyse\u0301e", "Élysée"),
        ("inter\u00adnational", "international"),
        ("inter\u00ad\nnational", "inter\u00ad\nnational"),
        ("half \ud83d a pair", "half \ufffd a pair"),
        ("نص عربي", "نص عربي"),
        ("👩\u200d👧", "👩\u200d👧"),
        ("plain", "plain"),
        ("", ""),
    ],
)
def test_tidy_changes_nothing_that_can_be_seen(text, expected):
    assert tidy(text) == expected
