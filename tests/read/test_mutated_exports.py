"""Files of every format that were cut, repeated or bent end as articles or problems, whatever is left of them."""

import random
import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analystkit.read import Options, read_source
from analystkit.read.columns import TableOptions
from analystkit.read.sources import Source
from benchmarks.fuzz import (
    PATIENCE,
    FaultError,
    bent,
    check_dates,
    check_file,
    check_offsets,
    check_zones,
    fault_of,
    targets,
)
from benchmarks.samples import PACKED, TEXT, TEXTS, whole

CHANGES = st.lists(
    st.tuples(
        st.sampled_from(["cut", "repeat", "put", "end"]),
        st.floats(0, 1),
        st.integers(1, 60),
        st.sampled_from([b"\x00", b"\xff\xfe", b"<", b"</p>", b"&#0;", b"\r", b"--X--", b"ER  -", b"; charset=x",
                         b"=?utf-8?q?", b'"', b"1 of 2 DOCUMENTS\n", b"\xe2\x80\xa8", b"<ppsarticle>", b"\n\n"]),
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


def read(name, data):
    problems = []
    return read_source(Source(name, "", lambda: data), Options(TableOptions({})), problems), problems


@pytest.mark.parametrize("name", [*TEXTS, *PACKED])
def test_the_samples_themselves_are_read(name):
    items, problems = read(name, whole(name))
    assert items
    assert {item.title for item in items} <= {"Bridge", "Ferry"}
    text = items[0].text_of("body").replace("\n", " ")
    assert text.startswith(
        "" if name == "list.json" else "The old bridge will close in May, the mayor said on Friday."
    )
    assert not [problem.reason for problem in problems if problem.severity == "error"]


@pytest.mark.parametrize("name", [*TEXTS, *PACKED])
@settings(max_examples=25, deadline=None)
@given(changes=CHANGES)
def test_a_bent_file_ends_as_articles_or_problems(name, changes):
    if name in PACKED:
        inside, pack = PACKED[name]
        data = pack(changed(inside.encode(), changes))
    else:
        data = changed(whole(name), changes)
    assert fault_of(lambda it: check_file(name, it), data) == ""


@settings(max_examples=60, deadline=None)
@given(
    st.one_of(st.binary(max_size=300), st.text(max_size=300).map(str.encode)),
    st.sampled_from([*TEXTS, "x", "x.doc"]),
)
def test_any_bytes_under_any_name_end_as_articles_or_problems(data, name):
    if data.strip(b"\x00 \t\r\n\x0b\x0c"):
        assert fault_of(lambda it: check_file(name, it), data) == ""


@settings(max_examples=60, deadline=None)
@given(
    st.one_of(st.text(max_size=300), st.lists(st.sampled_from(TEXTS["page.txt"].split("\n"))).map("\n".join))
)
def test_zones_dates_and_annotations_hold_for_any_text(text):
    for check in (check_zones, check_dates, check_offsets):
        assert fault_of(check, text.encode("utf-8", "ignore")) == ""


# Between two words of the first sentence, which every format has as it stands.
PLACES = [place.start() for place in re.finditer(r"(?<=[a-z]) (?=[a-z])", TEXT.partition(". ")[0])]


@pytest.mark.parametrize("name", [name for name in (*TEXTS, *PACKED) if name != "list.json"])
@settings(max_examples=15, deadline=None)
@given(st.sampled_from(PLACES))
def test_a_word_put_into_the_text_is_in_some_zone(name, place):
    text = TEXTS[name] if name in TEXTS else PACKED[name][0]
    place += text.index(TEXT[:20])
    marked = f"{text[:place]} zqxv{text[place:]}"
    if "Content-Length: " in marked:  # of a record of an archive
        marked = re.sub(r"(?<=Content-Length: )\d+", lambda found: str(int(found[0]) + 5), marked, count=1)
    made = marked.encode() if name in TEXTS else PACKED[name][1](marked.encode())
    items, _ = read(name, made)
    assert any("zqxv" in zone.text.split() for item in items for zone in item.zones)


def test_what_is_long_and_of_one_kind_is_read_in_time():
    awkward = ('"x\n', "<b>", "<a ", "&", "<!-- ", "A. ", "By ", "- ", "1 ", "March ", "2024-", "Ann LeeAnn Lee", "\n", "\t",
               "{", "[", "TY  - NEWS\n", "1 of 2 DOCUMENTS\n", "From: a\nSubject: b\n", "“", "(c) ", "x. y. ")  # fmt: skip
    slow = []
    for piece in awkward:
        for name in ("x.txt", "x.html", "x.csv", "x.json"):
            data = f"title;text\n{piece * (20_000 // len(piece))}".encode()
            begin = time.process_time()
            read(name, data)
            if time.process_time() - begin > PATIENCE:
                slow.append((piece, name))
    assert slow == []


def test_the_fuzzer_knows_a_fault_when_it_meets_one(monkeypatch):
    monkeypatch.setattr("analystkit.clean.zones.split_zones", lambda text: fewer(text))
    from analystkit.clean.zones import read_lines

    def fewer(text):
        import pandas as pd

        lines = [line.text for line in read_lines(text)][1:]
        return pd.DataFrame({"order": range(len(lines)), "zone": "body", "text": lines, "reason": "it is"})

    with pytest.raises(FaultError, match="text is lost"):
        check_zones(b"One.\nTwo.")
    assert fault_of(check_zones, b"One.\nTwo.") == "FaultError: text is lost, or was put in"


def test_an_input_is_bent_in_the_same_way_for_the_same_seed():
    parts = [b"<p>", b"x"]
    once, again = (bent(b"a\nb\nc\n", random.Random(3), parts) for _ in range(2))
    assert once == again
    assert set(targets()) >= {*TEXTS, *PACKED, "split_zones", "sniff", "find_date", "offsets"}
