"""Dictionaries of other programs: one content from six formats, broken places named, odd encodings read."""

from __future__ import annotations

import warnings
from pathlib import Path

import pytest

from analystkit.annotate.term_lists import read_topics
from analystkit.errors import TopicFileError, TopicFileWarning

XML = """<?xml version="1.0" encoding="UTF-8"?>
<dictionary style="050805" patternengine="substring">
{}
</dictionary>
"""
SAME = {
    "a.yml": "War Arms: [Shell*, front line]\nFood: [rice]\n",
    "a.dic": "%\n01\tWAR_ARMS\n2\tFOOD\n%\n\nshell*\t1\nfront line\t01\nrice\t02\n",
    "a.lc3": "+WAR ARMS\n shell* \n front line\n+FOOD\n rice\n",
    "a.lcd": XML.format(
        '<cnode name="War arms"><pnode name="shell*"/><pnode name="front line"/></cnode>'
        '<cnode name="food"><pnode name="rice"/></cnode>'
    ),
    "a.ykd": XML.format(
        '<cnode name="WAR ARMS"><pnode name="SHELL*"/><pnode name="front line"/></cnode>'
        '<cnode name="FOOD"><pnode name="rice"/></cnode>'
    ),
    "a.cat": "WAR ARMS\r\n\tSHELL* (1)\r\n\tFRONT_LINE (1)\r\nFOOD\r\n\tRICE (1)\r\n",
}


@pytest.mark.parametrize("name", SAME)
def test_six_formats_give_one_equal_list(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_text(SAME[name], newline="")
    found = read_topics(path)
    assert found.to_dict() == {
        "name": "a",
        "version": 1,
        "topics": {"war arms": ["shell*", "front line"], "food": ["rice"]},
    }


def test_categories_below_others_keep_their_way_and_join_at_a_level(tmp_path: Path) -> None:
    path = tmp_path / "a.ykd"
    inner = '<cnode name="War"><cnode name="Arms"><pnode name="shell*"/></cnode><pnode name="front"/></cnode>'
    path.write_text(XML.format(f'<cnode name="All of it">{inner}</cnode>'))
    found = read_topics(path)
    assert found.name == "All of it"
    assert dict(found.topics) == {"war": ("front",), "war > arms": ("shell*",)}
    assert dict(found.at_level(1).topics) == {"war": ("front", "shell*")}


def test_what_liwc_has_and_term_lists_have_not_is_left_out_and_named(tmp_path: Path) -> None:
    path = tmp_path / "a.dic"
    path.write_text("%\n1\tgood\n%\nkind\t<of>131/125\nlike\t(02 134)125/464\t1\nfine\t1\t7\n")
    with pytest.warns(TopicFileWarning) as told:
        found = read_topics(path)
    assert dict(found.topics) == {"good": ("like", "fine")}
    message = str(told[0].message)
    assert message.startswith(f"{path} was read but for: line 4: '<of>131/125', a condition")
    assert "line 4: 'kind', which is in no category" in message
    assert message.endswith("and 1 more.")


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.dic", "good\nbad\n", "between two lines of %, and this file has 0 such lines"),
        ("a.dic", "%\n1\ta\n1\tb\n%\nx\t1\n", "line 3: category 1 is there twice"),
        ("a.cat", "\t\tshell (1)\n", "line 1: 'shell (1)' stands 2 tabs deep and below no category"),
        ("a.cat", "shell (1)\n", "line 1: 'shell (1)' is a term in no category"),
        ("a.lc3", "shell\n", "line 1: 'shell' stands before any category"),
        ("a.ykd", "<dictionary><cnode></dictionary>", "line 1: this is not XML"),
        ("a.lcd", '<!DOCTYPE d [<!ENTITY a "b">]><dictionary/>', "declares entities"),
        ("a.lcd", "<dictionary/>", "no category with a term"),
        ("a.cat", "", "no category with a term"),
    ],
)
def test_a_broken_file_is_named_with_its_line(name: str, content: str, message: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_text(content)
    with pytest.raises(TopicFileError) as told:
        read_topics(path)
    assert str(told.value).startswith(str(path))
    assert message in str(told.value)


@pytest.mark.parametrize(
    ("encoding", "term"),
    [("shift_jis", "あい"), ("euc_jp", "あい"), ("cp1252", "žal"), ("iso-8859-2", "čaj")],
)
def test_an_encoding_that_is_told_is_used_without_a_word(encoding: str, term: str, tmp_path: Path) -> None:
    path = tmp_path / "a.cat"
    path.write_bytes(f"FOOD\n\t{term} (1)\n".encode(encoding))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert read_topics(path, encoding=encoding).topics["food"] == (term,)


@pytest.mark.parametrize(("encoding", "term"), [("shift_jis", "あい"), ("euc_jp", "あい"), ("cp1252", "žal")])
def test_an_encoding_that_is_guessed_is_told(encoding: str, term: str, tmp_path: Path) -> None:
    path = tmp_path / "a.cat"
    path.write_bytes(f"FOOD\n\t{term} (1)\n".encode(encoding))
    with pytest.warns(TopicFileWarning, match=f"read as {encoding}; if letters are wrong, say encoding="):
        assert read_topics(path).topics["food"] == (term,)


def test_an_encoding_that_does_not_exist_or_does_not_fit_is_named(tmp_path: Path) -> None:
    path = tmp_path / "a.cat"
    path.write_bytes("FOOD\n\tčaj (1)\n".encode("iso-8859-2"))
    with pytest.raises(TopicFileError, match="'klingon', which Python does not know"):
        read_topics(path, encoding="klingon")
    with pytest.raises(TopicFileError, match="line 2: byte 0xe8 is not ascii"):
        read_topics(path, encoding="ascii")
