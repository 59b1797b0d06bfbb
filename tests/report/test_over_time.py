"""Topics over time and words that set a slice apart in a report: what it says, opens and verifies."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd
import pytest

import analystkit as ak
from analystkit.cli import main
from analystkit.errors import ArgumentError
from analystkit.report.sections.words import times
from analystkit.report.verify import read_manifest
from tests.report.test_report import _Page

TOPICS = {"name": "Trial", "topics": {"war": ["attack*"], "food": ["rice"]}}
TOWNS = ["Arden", "Brook", "Calder", "Dover", "Elm", "Fern"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Six stories a month from January to June, but none in March; in May five tell of an attack by drones."""
    rows = []
    for month in (1, 2, 4, 5, 6):
        for day, town in enumerate(TOWNS, 1):
            drones = f"Drones began an attack on {town}, and more drones came. Rice was spared."
            calm = f"In {town} the council of month {month} spoke of bridges, of schools and of rice."
            text = drones if month == 5 and day < 6 else calm
            rows.append({"text": text, "title": f"{town} {month}", "date": f"2024-{month:02}-{day:02}"})
    rows.append({"text": "An attack was feared at Goole.", "title": "Goole", "date": "2024-01-20"})
    place = tmp_path / "articles"
    place.mkdir()
    pd.DataFrame(rows).assign(outlet="Lamp").to_csv(place / "articles.csv", index=False)
    return place


@pytest.fixture
def page(tmp_path: Path, folder: Path) -> Path:
    collection = ak.load(folder, topics=TOPICS, progress=False)
    return ak.write_report(
        collection, tmp_path / "brief.html", over_time=True, contrast={"since": "2024-05-01"}
    )


def section(page: Path, name: str) -> str:
    found = re.search(rf'<section id="{name}".*?</section>', page.read_text(encoding="utf-8"), re.DOTALL)
    assert found is not None
    return found[0]


def table(page: Path, name: str, caption: str) -> list[list[str]]:
    """Return the cells of a table of a section, by the beginning of its caption."""
    text = section(page, name)
    part = text[text.index(f"<summary>{caption}") :]
    rows = re.findall(r"<tr><th scope=\"row\">(.*?)</tr>", part[: part.index("</table>")], re.DOTALL)
    return [[re.sub(r"<[^>]*>", "", cell) for cell in re.split(r"</t[hd]>", row)[:-1]] for row in rows]


def test_a_burst_is_told_with_its_numbers_and_what_drove_it(page: Path) -> None:
    # Five of six stories in May, six of 31 in all.
    assert "Bursts: war, 2024-05: 5 of 6 stories, 4.3 times the usual." in section(page, "over-time")
    (burst,) = table(page, "over-time", "Bursts")
    assert burst[:5] == ["war", "2024-05", "5", "6", "83 %"]
    stories = table(page, "over-time", "What drove war, 2024-05: its stories, 5 of 5")
    assert [row[0] for row in stories] == ["Arden 5", "Brook 5", "Calder 5", "Dover 5", "Elm 5"]
    assert [row[2] for row in stories] == ["1"] * 5
    words = table(page, "over-time", "What drove war, 2024-05: words")
    # Drones: twice in each of the five, never in the one other story of an attack.
    assert next(row for row in words if row[0] == "drones")[:3] == ["drones", "10", "0"]


def test_a_month_without_articles_is_a_gap_and_one_without_hits_a_zero(page: Path) -> None:
    months = {row[0]: row[1:] for row in table(page, "over-time", "By month")}
    assert list(months) == [f"2024-0{month}" for month in range(1, 7)]
    assert months["2024-03"] == ["–", "–"]
    assert months["2024-02"][0].startswith("0 0 % (0")
    assert months["2024-05"][0].startswith("5 83 % (")


def test_words_that_set_a_slice_apart_open_on_both_sides(page: Path) -> None:
    found = table(page, "contrast", "More frequent in articles from 2024-05-01")
    drones = next(row for row in found if row[0] == "drones")
    assert drones[1:3] == ["10", "0"]
    assert drones[-1] == "more"
    council = next(row for row in table(page, "contrast", "Less frequent") if row[0] == "month")
    # One in May and six in June, six in each of January, February and April.
    assert council[1:3] == ["7", "18"]
    assert "12 articles against 19, copies counted once" in section(page, "contrast")


def test_each_number_of_the_sections_leads_to_a_list_of_that_length(page: Path) -> None:
    read = _Page(page.read_text(encoding="utf-8"))
    assert len(read.numbers) > 60
    assert all(read.entries[name] == int(text.replace(",", "")) for name, text in read.numbers)


def test_it_verifies_and_one_altered_number_is_found(page: Path, folder: Path) -> None:
    assert ak.verify_report(page, folder) == []
    told = read_manifest(page.read_text(encoding="utf-8"))["parameters"]
    assert (told["over_time"], told["contrast"]) == (True, {"since": "2024-05-01"})
    text = page.read_text(encoding="utf-8")
    page.write_text(text.replace("4.3 times the usual", "5.3 times the usual"), encoding="utf-8")
    (fault,) = ak.verify_report(page, folder)
    assert "5.3 times the usual" in fault


def test_without_term_lists_words_are_followed(folder: Path, tmp_path: Path) -> None:
    page = ak.write_report(ak.load(folder, progress=False), tmp_path / "words.html", over_time=True)
    bursts = {row[0]: row[1:4] for row in table(page, "over-time", "Bursts")}
    # Ten of drones in May: five stories of 13 words and one of 15.
    assert bursts["drones"][:2] == ["2024-05", "10"]
    assert ak.verify_report(page, folder) == []


def test_nothing_is_said_over_time_where_there_is_one_month(folder: Path, tmp_path: Path) -> None:
    one = ak.load(folder, topics=TOPICS, progress=False).filter(until="2024-01-31")
    text = ak.write_report(one, tmp_path / "one.html", over_time=True).read_text(encoding="utf-8")
    assert 'id="over-time"' not in text


def test_a_contrast_with_nothing_on_one_side_is_refused(folder: Path, tmp_path: Path) -> None:
    collection = ak.load(folder, progress=False)
    for contrast, message in (
        ({"since": "2030-01-01"}, "which holds no article"),
        ({"outlet": "Lamp"}, "which holds every article"),
        (
            {"month": "2024-05"},
            "`contrast` is 'month'; allowed: 'since', 'until', 'outlet', 'actor', 'topic'",
        ),
    ):
        with pytest.raises(ArgumentError, match=message):
            ak.write_report(collection, tmp_path / "none.html", contrast=contrast)


def test_the_command_line_takes_both(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ANALYSTKIT_CACHE", str(tmp_path / "cache"))
    page = tmp_path / "cli.html"
    call = ["report", str(folder), "-o", str(page), "--over-time", "--contrast"]
    assert main([*call, "since=2024-05-01"]) == 0
    assert {"over-time", "contrast"} <= set(_Page(page.read_text(encoding="utf-8")).ids)
    assert main([*call, "May"]) == 2
    assert "write FILTER=VALUE, such as since=2024-06-01" in capsys.readouterr().err


def test_log_ratios_are_told_as_times() -> None:
    assert [times(value) for value in (0.0, 3.0, -2.0, float("nan"))] == ["1.0", "8.0", "0.25", "–"]
