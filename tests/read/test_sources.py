import gzip
import hashlib
import io
import os
import pickle
import zipfile

import pandas as pd
import pytest

from analystkit.errors import ArgumentError, NothingToReadError, PathMissingError
from analystkit.read import sources
from analystkit.read.sources import archives_closed, as_paths, find_sources


def found(path):
    """Return the shown paths below `path`, and the problems met on the way and while reading."""
    problems = []
    files = list(find_sources([path], problems))
    return [file.path for file in files], [(p.path, p.reason) for p in problems]


def zipped(**members):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


def test_files_come_in_the_order_of_their_names_folder_by_folder(tmp_path):
    for name in ["b.txt", "a.txt", "z/a.txt", "c/b.txt", "c/a/x.txt"]:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x")
    assert found(tmp_path) == (["a.txt", "b.txt", "c/b.txt", "c/a/x.txt", "z/a.txt"], [])


def test_a_file_knows_its_folder_its_ending_and_its_bytes(tmp_path):
    (tmp_path / "paper" / "2024").mkdir(parents=True)
    (tmp_path / "paper" / "2024" / "Page.TXT").write_bytes(b"words")
    (tmp_path / "table.csv.gz").write_bytes(gzip.compress(b"a,b"))
    table, page = find_sources([tmp_path], [])
    assert (page.folder, page.suffix, page.read()) == ("paper", ".txt", b"words")
    assert (table.folder, table.suffix, table.read()) == ("", ".csv", b"a,b")


def packed_everywhere(folder):
    """The same bytes as a file, packed, in a zip and packed in a zip in a zip."""
    data = b"some words of one line\n" * 1000
    (folder / "a.txt").write_bytes(data)
    (folder / "b.txt.gz").write_bytes(gzip.compress(data))
    (folder / "c.zip").write_bytes(
        zipped(**{"c.txt": data, "in.zip": zipped(**{"d.txt.gz": gzip.compress(data)})})
    )
    return data


def test_bytes_come_whole_or_by_the_megabyte_here_and_in_another_process(tmp_path, monkeypatch):
    data = packed_everywhere(tmp_path)
    monkeypatch.setattr(sources, "_CHUNK", 1000)
    files = list(find_sources([tmp_path], []))
    assert [file.path for file in files] == ["a.txt", "b.txt.gz", "c.zip!c.txt", "c.zip!in.zip!d.txt.gz"]
    for file in files:
        sent = pickle.loads(pickle.dumps(file))
        assert sent.place == file.place
        assert sent.read() == data
        assert b"".join(sent.chunks()) == data
        assert max(map(len, file.chunks())) == 1000
    assert [file.size for file in files[::2]] == [len(data), len(data)]


def test_a_packed_file_knows_its_hash_as_received(tmp_path):
    packed_everywhere(tmp_path)
    hashes = [file.sha256_received() for file in find_sources([tmp_path], [])]
    assert hashes[1] == hashlib.sha256((tmp_path / "b.txt.gz").read_bytes()).hexdigest()
    assert (hashes[0], hashes[2], len(hashes[3])) == ("", "", 64)


def test_archives_are_closed_after_reading_and_can_be_read_again(tmp_path):
    data = packed_everywhere(tmp_path)
    with archives_closed():
        files = list(find_sources([tmp_path / "c.zip"], []))
        assert sources._archive.cache_info().currsize == 2
    assert sources._archive.cache_info().currsize == 0
    assert files[1].read() == data


def test_two_members_of_one_name_are_both_read(tmp_path):
    with (
        zipfile.ZipFile(tmp_path / "two.zip", "w") as archive,
        pytest.warns(UserWarning, match="Duplicate name"),
    ):
        archive.writestr("a.txt", "one")
        archive.writestr("a.txt", "two")
    assert [file.read() for file in find_sources([tmp_path], [])] == [b"one", b"two"]


@pytest.mark.parametrize(
    "name", [".hidden.txt", "~$draft.docx", ".~lock.table.ods#", "Thumbs.db", "desktop.ini", ".git/config"]
)
def test_hidden_files_lock_files_and_litter_are_passed_over(tmp_path, name):
    (tmp_path / name).parent.mkdir(exist_ok=True)
    (tmp_path / name).write_text("x")
    (tmp_path / "page.txt").write_text("x")
    assert found(tmp_path) == (["page.txt"], [])


def test_a_hidden_file_that_is_named_is_read(tmp_path):
    (tmp_path / ".hidden.txt").write_text("x")
    assert found(tmp_path / ".hidden.txt") == ([".hidden.txt"], [])


def test_a_missing_path_is_named_with_the_place_looked_in(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(PathMissingError) as caught:
        list(find_sources(["no/such"], []))
    assert str(caught.value) == (
        f"There is no file or folder 'no/such' (looked in {str(tmp_path)!r})."
        " Check the spelling or give a full path."
    )


def test_an_empty_path_is_not_the_working_folder():
    with pytest.raises(PathMissingError, match="There is no file or folder ''"):
        list(find_sources([""], []))


def test_the_home_folder_may_be_written_as_a_tilde(tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / "page.txt").write_text("x")
    assert found("~/page.txt") == (["page.txt"], [])


def test_a_zip_gives_its_members_without_litter(tmp_path):
    (tmp_path / "news.zip").write_bytes(
        zipped(**{"b.txt": "b", "paper/a.txt": "a", "__MACOSX/a.txt": "x", ".DS_Store": "x"})
    )
    problems = []
    files = list(find_sources([tmp_path], problems))
    assert [(file.path, file.folder, file.read()) for file in files] == [
        ("news.zip!b.txt", "", b"b"),
        ("news.zip!paper/a.txt", "paper", b"a"),
    ]
    assert problems == []


def test_a_zip_in_a_zip_is_opened_and_a_third_is_reported(tmp_path):
    inner = zipped(**{"a.txt": "a", "deep.zip": zipped(**{"x.txt": "x"})})
    (tmp_path / "outer.zip").write_bytes(zipped(**{"inner.zip": inner}))
    assert found(tmp_path) == (
        ["outer.zip!inner.zip!a.txt"],
        [("outer.zip!inner.zip!deep.zip", "an archive inside an archive inside an archive")],
    )


@pytest.mark.parametrize("name", ["../escaped.txt", "/escaped.txt", "a/../../escaped.txt", "..\\escaped.txt"])
def test_a_member_that_leads_out_of_its_archive_is_refused(tmp_path, name):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "bad.zip").write_bytes(zipped(**{name: "x", "ok.txt": "x"}))
    paths, problems = found(tmp_path / "in")
    assert paths == ["bad.zip!ok.txt"]
    assert problems == [(f"bad.zip!{name}", "its name leads out of the archive")]
    assert [path.name for path in tmp_path.iterdir()] == ["in"]


def test_a_zip_bomb_is_refused_before_it_is_unpacked(tmp_path):
    (tmp_path / "bomb.zip").write_bytes(zipped(**{"zeros.txt": b"0" * 5_000_000}))
    assert found(tmp_path) == (
        [],
        [("bomb.zip!zeros.txt", "would unpack to 5 MB, over the size limit")],
    )


def test_a_gzip_bomb_and_a_cut_gzip_end_as_errors_of_reading(tmp_path):
    (tmp_path / "bomb.txt.gz").write_bytes(gzip.compress(b"0" * 5_000_000))
    (tmp_path / "cut.txt.gz").write_bytes(gzip.compress(os.urandom(500))[:-40])
    bomb, cut = find_sources([tmp_path], [])
    with pytest.raises(OSError, match="unpacks to more than the size limit"):
        bomb.read()
    with pytest.raises(OSError, match="truncated or damaged gzip"):
        cut.read()


def test_a_file_over_the_size_limit_is_an_error_of_reading(tmp_path, monkeypatch):
    monkeypatch.setattr(sources, "SIZE_LIMIT", 3_000_000)
    (tmp_path / "big.txt").write_bytes(b"x" * 3_000_001)
    (big,) = find_sources([tmp_path], [])
    with pytest.raises(OSError, match="larger than the size limit of 3 MB"):
        big.read()


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (zipped(**{"a.txt": "a"})[:-30], "not a readable zip (File is not a zip file)"),
        (b"no zip at all", "not a readable zip (File is not a zip file)"),
        (zipped(), "a zip without files"),
    ],
)
def test_a_damaged_or_empty_zip_is_reported(tmp_path, data, reason):
    (tmp_path / "bad.zip").write_bytes(data)
    assert found(tmp_path) == ([], [("bad.zip", reason)])


def test_a_member_that_is_damaged_or_locked_is_reported(tmp_path):
    data = bytearray(zipped(**{"a.txt": "some words that can be packed " * 20}))
    data[40:50] = b"\x00" * 10
    (tmp_path / "bad.zip").write_bytes(data)
    (member,) = find_sources([tmp_path], [])
    with pytest.raises(OSError, match="damaged inside its archive"):
        member.read()
    locked = bytearray(zipped(**{"a.txt": "x"}))
    locked[locked.rindex(b"PK\x01\x02") + 8] |= 1
    (tmp_path / "bad.zip").write_bytes(locked)
    assert found(tmp_path) == ([], [("bad.zip!a.txt", "locked with a password")])


def test_a_folder_that_links_to_itself_is_read_once(tmp_path):
    (tmp_path / "page.txt").write_text("x")
    (tmp_path / "loop").symlink_to(tmp_path)
    assert found(tmp_path) == (["page.txt"], [])


def test_a_link_to_nothing_is_reported(tmp_path):
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere.txt")
    assert found(tmp_path) == ([], [("gone.txt", "the link points to nothing")])


def test_what_is_neither_file_nor_folder_is_reported_and_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    assert found(tmp_path) == ([], [("pipe", "neither a file nor a folder")])


def test_a_folder_that_cannot_be_opened_is_reported(tmp_path, monkeypatch):
    (tmp_path / "closed").mkdir()
    (tmp_path / "page.txt").write_text("x")
    scandir = os.scandir

    def refuse(path):
        if str(path).endswith("closed"):
            raise PermissionError(13, "Permission denied", str(path))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refuse)
    assert found(tmp_path) == (["page.txt"], [("closed", "the folder cannot be opened: Permission denied")])


def test_a_name_that_is_no_utf_8_can_be_shown(tmp_path):
    try:
        (tmp_path / os.fsdecode(b"caf\xe9.txt")).write_text("x")
    except OSError:
        pytest.skip("this file system takes UTF-8 names only")
    assert found(tmp_path) == (["caf\ufffd.txt"], [])


def test_files_of_one_name_in_several_places_are_told_apart(tmp_path):
    for name in ("2023/tern/a.txt", "2024/tern/a.txt", "2024/gull.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x")
    (tmp_path / "2024" / "tern" / "gone.txt").symlink_to(tmp_path / "gone.txt")
    problems = []

    def shown(*paths):
        return [
            (file.path, file.folder) for file in find_sources([tmp_path / path for path in paths], problems)
        ]

    apart = [("2023/tern/a.txt", ""), ("2024/tern/a.txt", "")]
    assert shown("2023/tern/a.txt", "2024/tern/a.txt") == apart
    assert shown("2023/tern", "2024/tern") == apart
    assert shown("2023", "2024") == [
        ("2023/tern/a.txt", "tern"),
        ("2024/gull.txt", ""),
        ("2024/tern/a.txt", "tern"),
    ]
    assert shown("2023/tern/a.txt", "2024/gull.txt") == [("a.txt", ""), ("gull.txt", "")]
    assert [problem.path for problem in problems] == ["2024/tern/gone.txt"] * 2
    # Given twice, in two ways: read once.
    assert shown("2024/gull.txt", "2023/../2024/gull.txt") == [("gull.txt", "")]


def test_a_path_or_a_list_of_paths_is_taken(tmp_path):
    assert as_paths("a") == ["a"]
    assert as_paths(tmp_path) == [tmp_path]
    assert as_paths(iter(["a", tmp_path])) == ["a", tmp_path]


@pytest.mark.parametrize(
    ("source", "message"),
    [
        (7, "`source` is 7; give the path of a folder or file, or a list of paths (a table goes to `from_frame`)."),
        (["a.txt", 7], "`source` holds 7, which is no path; for a table of articles use `from_frame`."),
        (
            pd.DataFrame({"text": []}),
            "`source` is a DataFrame; give the path of a folder or file, or a list of paths (a table goes to `from_frame`).",
        ),
        (
            {"a": 1},
            "`source` is a dict; give the path of a folder or file, or a list of paths (a table goes to `from_frame`).",
        ),
    ],
)  # fmt: skip
def test_what_is_no_path_is_refused(source, message):
    with pytest.raises(ArgumentError) as caught:
        as_paths(source)
    assert str(caught.value) == message


def test_an_empty_list_is_refused():
    with pytest.raises(NothingToReadError, match="`source` is an empty list; give at least one path"):
        as_paths([])
