import gzip
import hashlib
import json

import pytest

from analystkit.read import Options, portions, sources
from analystkit.read.columns import TableOptions
from analystkit.read.items import Tables
from analystkit.read.portions import Files, Lines, read_portion
from analystkit.read.sources import find_sources

OPTIONS = Options(TableOptions({}))
ROWS = [{"title": f"Ferry {i}", "text": f"The ferry sails at {i}.", "date": "2024-05-04"} for i in range(40)]
LINES = [json.dumps(row) for row in ROWS]


@pytest.fixture
def small_pieces(monkeypatch):
    """Files count as large from 100 bytes on and are read 200 bytes at a time."""
    monkeypatch.setattr(portions, "LARGE", 100)
    monkeypatch.setattr(sources, "_CHUNK", 200)


def portions_of(folder, options=OPTIONS):
    return list(portions.portions(find_sources([folder], []), options))


def read(some, options=OPTIONS, outlet=""):
    """Return the frames of portions, and which folders lent their names."""
    made = Tables()
    borrowed = {}
    for portion in some:
        block, of_folders = read_portion(portion, options=options, outlet=outlet)
        made.add(block)
        borrowed.update(of_folders)
    return [frame.to_dict("list") for frame in made.frames()], borrowed


def in_pieces_and_whole(folder, monkeypatch, options=OPTIONS):
    """Read the folder in pieces and then whole; return the kinds of portions and both results."""
    pieces = portions_of(folder, options)
    monkeypatch.setattr(portions, "LARGE", 10**9)
    whole = portions_of(folder, options)
    assert all(isinstance(portion, Files) for portion in whole)
    return {type(portion) for portion in pieces}, read(pieces, options), read(whole, options)


@pytest.mark.parametrize(
    "data",
    [
        "\n".join(LINES).encode(),
        b"\xef\xbb\xbf" + "\r\n".join(LINES).encode() + b"\r\n\r\n",
        "\n".join([*LINES[:20], '{"title": "cut', "", "[1]", '{"text": ""}', *LINES[20:]]).encode(),
        "\n".join([*LINES, json.dumps({"text": "Last.", "outlet": "The Tern", "date": "soon"})]).encode(),
        "\n".join([*LINES, '{"text": "donâ€™t, wonâ€™t"}']).encode(),
    ],
    ids=["plain", "mark and carriage returns", "bad lines", "a field that comes last", "mojibake"],
)
def test_json_lines_in_pieces_are_those_of_the_whole_file(tmp_path, monkeypatch, small_pieces, data):
    (tmp_path / "a.jsonl").write_bytes(data)
    kinds, pieces, whole = in_pieces_and_whole(tmp_path, monkeypatch)
    assert kinds == {Lines}
    assert pieces == whole
    assert len(pieces[0][0]["article_id"]) >= 40


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.jsonl", "\n".join([*LINES, '{"text": "caf\xe9"}']).encode("cp1252")),
        ("a.jsonl", "\n".join(LINES).encode("utf-16")),
        ("a.jsonl", "\n".join([*LINES, '{"text": "a\0b"}']).encode()),
        ("a.jsonl", "\n".join('{"name": "no text here"}' for _ in range(20)).encode()),
        ("a.json", json.dumps(ROWS).encode()),
        ("a.csv", b"title,text\n" + b"Ferry,The ferry sails.\n" * 20),
        ("a.txt", b"The ferry sails at noon from the old pier.\n" * 20),
        ("a.jsonl.gz", gzip.compress("\n".join(LINES).encode())[:-5]),
    ],
)
def test_what_only_the_whole_file_can_tell_is_read_whole(tmp_path, monkeypatch, small_pieces, name, data):
    (tmp_path / name).write_bytes(data)
    kinds, pieces, whole = in_pieces_and_whole(tmp_path, monkeypatch)
    assert kinds == {Files}
    assert pieces == whole


def test_given_columns_hold_for_pieces_too(tmp_path, monkeypatch, small_pieces):
    (tmp_path / "a.jsonl").write_text(
        "\n".join(json.dumps({"a": f"Words {i}.", "b": "T"}) for i in range(40))
    )
    options = Options(TableOptions({"text": "a", "title": "b", "url": "missing"}))
    kinds, pieces, whole = in_pieces_and_whole(tmp_path, monkeypatch, options)
    assert kinds == {Lines}
    assert pieces == whole
    assert pieces[0][2]["reason"] == [
        "`columns` names ['missing'], which this table lacks; its columns are: a, b"
    ]


def test_the_hash_of_a_packed_file_is_that_of_the_file_as_received(tmp_path, monkeypatch, small_pieces):
    data = gzip.compress("\n".join(LINES).encode())
    (tmp_path / "a.jsonl.gz").write_bytes(data)
    kinds, pieces, whole = in_pieces_and_whole(tmp_path, monkeypatch)
    assert kinds == {Lines}
    assert pieces == whole
    assert set(pieces[0][0]["sha256"]) == {hashlib.sha256(data).hexdigest()}


def test_small_files_go_together_and_a_large_one_alone_in_order(tmp_path, monkeypatch, small_pieces):
    for name in ("a", "b", "d", "e"):
        (tmp_path / f"{name}.txt").write_text(f"Title {name}\n\nThe text of {name}.")
    (tmp_path / "c.jsonl").write_text("\n".join(LINES))
    monkeypatch.setattr(portions, "FILES", 3)
    some = portions_of(tmp_path)
    assert [[s.path for s in p.sources] for p in (some[0], some[-1])] == [
        ["a.txt", "b.txt"],
        ["d.txt", "e.txt"],
    ]
    assert {portion.source.path for portion in some[1:-1]} == {"c.jsonl"}
    frames, _ = read(some)
    assert frames[0]["path"] == ["a.txt", "b.txt", *["c.jsonl"] * 40, "d.txt", "e.txt"]
    monkeypatch.setattr(portions, "LARGE", 10**9)
    assert [len(portion.sources) for portion in portions_of(tmp_path)] == [3, 2]
    monkeypatch.setattr(portions, "SIZE", 100)
    assert [len(portion.sources) for portion in portions_of(tmp_path)] == [2, 1, 2]


def test_articles_without_an_outlet_borrow_the_folders_name_in_pieces_too(tmp_path, small_pieces):
    (tmp_path / "the_tern").mkdir()
    (tmp_path / "the_tern" / "a.jsonl").write_text("\n".join([*LINES, '{"text": "One.", "outlet": "Gull"}']))
    some = portions_of(tmp_path)
    frames, borrowed = read(some)
    assert frames[0]["outlet"] == ["The Tern"] * 40 + ["Gull"]
    assert set(borrowed) == {"the_tern"}
    assert sum(read_portion(p, options=OPTIONS, outlet="")[1]["the_tern"] for p in some) == 40
    assert read(some, outlet="Skua")[0][0]["outlet"] == ["Skua"] * 40 + ["Gull"]


def test_a_piece_that_breaks_its_reader_is_a_problem(tmp_path, monkeypatch, small_pieces):
    (tmp_path / "a.jsonl").write_text("\n".join(LINES))
    some = portions_of(tmp_path)

    def breaks(*_, **__):
        raise RuntimeError("no")

    monkeypatch.setattr(portions, "rows_to_items", breaks)
    block, _ = read_portion(some[1], options=OPTIONS, outlet="")
    (problem,) = block.problems
    assert problem.where == f"from line {some[1].first} on"
    assert problem.reason == "damaged, or not what it seems (RuntimeError: no)"
