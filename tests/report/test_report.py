"""A report shows what the measures say, opens every number, needs no network, and can be verified."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pandas as pd
import pytest

import analystkit as ak
from analystkit.errors import ArgumentError, PathMissingError, VerificationError
from analystkit.report.verify import read_manifest

TOPICS = {"name": "Trial", "topics": {"food": ["rice", "fish"], "war": ["attack*"]}}


@pytest.fixture
def folder(tmp_path: Path, frame: pd.DataFrame) -> Path:
    """A folder with the six articles as a CSV."""
    place = tmp_path / "articles"
    place.mkdir()
    frame.to_csv(place / "articles.csv", index=False)
    return place


@pytest.fixture
def page(tmp_path: Path, folder: Path) -> Path:
    """The report on that folder."""
    collection = ak.load(folder, topics=TOPICS, progress=False)
    return ak.write_report(collection, tmp_path / "brief.html")


class _Page(HTMLParser):
    """Collects what the tests ask: ids, links, evidence lists, pictures, requests."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.numbers: list[tuple[str, str]] = []
        self.entries: dict[str, int] = {}
        self.pictures: list[dict[str, str | None]] = []
        self.outside: list[str] = []
        self._evidence = ""
        self._number = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if given.get("id"):
            self.ids.append(str(given["id"]))
        if given.get("class") == "ev":
            self._evidence = str(given["id"])
            self.entries[self._evidence] = 0
        if tag == "li" and self._evidence:
            self.entries[self._evidence] += 1
        if tag == "a":
            self.links.append(str(given["href"]))
            if given.get("class") == "n":
                self._number = str(given["href"])
        if tag == "svg":
            self.pictures.append(given)
        self.outside += [str(given[name]) for name in ("src", "srcset", "action") if given.get(name)]

    def handle_data(self, data: str) -> None:
        if self._number:
            self.numbers.append((self._number.removeprefix("#"), data))
            self._number = ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "ol":
            self._evidence = ""


def test_each_number_leads_to_a_list_of_that_length(page: Path) -> None:
    read = _Page(page.read_text(encoding="utf-8"))
    assert len(read.numbers) >= 20
    assert [int(text.replace(",", "")) for _, text in read.numbers] == [
        read.entries[name] for name, _ in read.numbers
    ]


def test_every_link_has_its_target_and_ids_are_unique(page: Path) -> None:
    read = _Page(page.read_text(encoding="utf-8"))
    assert len(read.ids) == len(set(read.ids))
    assert {link.removeprefix("#") for link in read.links} <= set(read.ids)


def test_marks_point_at_the_words_that_were_counted(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    evidence = text[text.index(">Russia: 2 stories<") :]
    anchor, start, end = re.search(r'<a href="#(\w+)" data-m="(\d+)-(\d+)">', evidence).groups()  # type: ignore[union-attr]
    sentence = re.search(rf'<p id="{anchor}" class="s">(.*?)</p>', text)
    assert sentence is not None
    assert sentence[1][int(start) : int(end)] == "Russia"


def test_the_page_asks_nothing_of_the_network_and_names_its_pictures(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    read = _Page(text)
    assert read.outside == []
    assert "default-src 'none'" in text
    assert "@import" not in text
    assert "url(http" not in text
    assert (
        len(read.pictures) == 7
    )  # coverage, actors, actors by month, tone towards, tone by lists, would it hold, topics by month
    assert all(picture["role"] == "img" and picture["aria-label"] for picture in read.pictures)


def test_text_of_articles_cannot_become_markup(tmp_path: Path) -> None:
    bad = "<script>alert(1)</script> Russia & Japan met </p></script><b>in Oslo</b>."
    collection = ak.from_frame(
        pd.DataFrame({"text": [bad], "title": ["<img src=x onerror=alert(1)>"]}), progress=False
    )
    text = ak.write_report(collection, tmp_path / "brief.html").read_text(encoding="utf-8")
    assert "<script>alert" not in text
    assert "<img src=x" not in text
    assert "&lt;script&gt;alert(1)&lt;/script&gt; Russia &amp; Japan" in text
    read_manifest(text)


def test_two_reports_on_one_collection_are_the_same_bytes(page: Path, folder: Path, tmp_path: Path) -> None:
    again = ak.write_report(ak.load(folder, topics=TOPICS, progress=False), tmp_path / "again.html")
    assert again.read_bytes() == page.read_bytes()


def test_a_true_report_verifies(page: Path, folder: Path) -> None:
    assert ak.verify_report(page, folder) == []


def test_a_filtered_report_verifies(folder: Path, tmp_path: Path) -> None:
    narrowed = ak.load(folder, topics=TOPICS, progress=False).filter(outlet="Lamp").filter(actor="Russia")
    page = ak.write_report(narrowed, tmp_path / "lamp.html", count="articles")
    assert read_manifest(page.read_text(encoding="utf-8"))["parameters"]["filters"] == [
        {"outlet": ["Lamp"]},
        {"actor": ["Russia"]},
    ]
    assert ak.verify_report(page, folder) == []


def test_one_altered_digit_is_found(page: Path, folder: Path) -> None:
    text = page.read_text(encoding="utf-8")
    altered = re.sub(
        r'(<th scope="row">Russia</th><td><a class="n" href="#e\d+">)2<', r"\g<1>3<", text, count=1
    )
    assert altered != text
    page.write_text(altered, encoding="utf-8")
    faults = ak.verify_report(page, folder)
    assert len(faults) == 1
    assert re.fullmatch(r"Line \d+ reads 'Russia 3 .*'; the files give 'Russia 2 .*'\.", faults[0])


def test_one_altered_word_in_a_file_is_found(page: Path, folder: Path) -> None:
    file = folder / "articles.csv"
    file.write_text(file.read_text(encoding="utf-8").replace("caught fish", "sold fish"), encoding="utf-8")
    assert "The file articles.csv was changed since." in ak.verify_report(page, folder)


def test_a_missing_and_a_new_file_are_named(page: Path, folder: Path) -> None:
    (folder / "articles.csv").rename(folder / "other.csv")
    faults = ak.verify_report(page, folder)
    assert "The file articles.csv is missing, or no longer among the articles shown." in faults
    assert "The file other.csv is new." in faults


def test_verify_refuses_what_is_no_report(tmp_path: Path, folder: Path) -> None:
    with pytest.raises(PathMissingError, match=r"There is no report '.*none\.html'"):
        ak.verify_report(tmp_path / "none.html", folder)
    (tmp_path / "page.html").write_text("<p>Hello</p>", encoding="utf-8")
    with pytest.raises(VerificationError, match="carries no manifest, so it is no report of analystkit"):
        ak.verify_report(tmp_path / "page.html", folder)


def test_the_manifest_names_inputs_parameters_and_versions(page: Path, folder: Path) -> None:
    manifest = read_manifest(page.read_text(encoding="utf-8"))
    assert [file["path"] for file in manifest["inputs"]] == ["articles.csv"]
    assert manifest["parameters"]["topics"]["topics"] == TOPICS["topics"]
    assert manifest["articles"] == 6
    assert manifest["stories"] == 5
    assert manifest["versions"]["analystkit"] == ak.__version__
    assert json.dumps(manifest)


def test_an_empty_collection_gives_a_page_that_says_so(collection: ak.Collection, tmp_path: Path) -> None:
    page = ak.write_report(collection.filter(since="2030-01-01"), tmp_path / "empty.html")
    assert "No articles match." in page.read_text(encoding="utf-8")


def test_a_folder_that_does_not_exist_is_named(collection: ak.Collection, tmp_path: Path) -> None:
    with pytest.raises(ArgumentError, match=r"`path` is '.*none/brief\.html', but there is no folder"):
        ak.write_report(collection, tmp_path / "none" / "brief.html")


def test_a_report_under_a_ledger_names_it_and_verifies_from_the_raw_files(
    folder: Path, tmp_path: Path
) -> None:
    ledger = ak.Ledger().decide("rename", "Japan", "Nippon", day="2024-05-03").save(folder / "actors.csv")
    collection = ak.load(folder, topics=TOPICS, ledger=ledger, capitals=True, progress=False)
    page = ak.write_report(collection, tmp_path / "brief.html", cards="Nippon")
    text = page.read_text(encoding="utf-8")
    told = read_manifest(text)["parameters"]
    assert told["ledger"] == {
        "name": "actors.csv",
        "sha256": collection.ledger.sha256,
        "decisions": [["2024-05-03", "rename", "Japan", "Nippon", "", ""]],
    }
    assert told["capitals"] is True
    assert "1 decision of actors.csv" in text
    assert ak.verify_report(page, folder) == []
    # The report stands by itself: the ledger's own file may be gone.
    ledger.unlink()
    assert ak.verify_report(page, folder) == []


def test_a_changed_decision_in_the_manifest_is_found(folder: Path, tmp_path: Path) -> None:
    ledger = ak.Ledger().decide("rename", "Japan", "Nippon", day="2024-05-03")
    page = ak.write_report(ak.load(folder, ledger=ledger, progress=False), tmp_path / "brief.html")
    text = page.read_text(encoding="utf-8")
    page.write_text(
        text.replace('"rename", "Japan", "Nippon"', '"rename", "Japan", "Nihon"'), encoding="utf-8"
    )
    faults = ak.verify_report(page, folder)
    assert (
        "The decisions on actors in the manifest were changed since: they no longer have its sha256."
        in faults
    )


def test_a_card_in_a_report_opens_its_numbers(folder: Path, tmp_path: Path) -> None:
    collection = ak.load(folder, topics=TOPICS, progress=False)
    page = ak.write_report(collection, tmp_path / "brief.html", cards=["Russia", "Japan"])
    text = page.read_text(encoding="utf-8")
    parts = _Page(text)
    assert {"card-1", "card-2"} <= set(parts.ids)
    assert "Russia (state) is named in 2 of 5 stories" in text
    assert all(parts.entries[target] == int(number.replace(",", "")) for target, number in parts.numbers)
    assert ak.verify_report(page, folder) == []
    with pytest.raises(ArgumentError, match=r"`cards` is 'Rusia'; .* Did you mean 'Russia'"):
        ak.write_report(collection, page, cards="Rusia")


def test_a_report_is_made_again_with_the_model_that_found_its_actors(folder: Path, tmp_path: Path) -> None:
    collection = ak.load(folder, actors="rules", progress=False)
    report = tmp_path / "rules.html"
    ak.write_report(collection, report)
    assert read_manifest(report.read_text(encoding="utf-8"))["parameters"]["actors"] == "rules"
    assert ak.verify_report(report, folder) == []


def test_a_report_whose_actors_a_function_found_says_so(folder: Path, tmp_path: Path) -> None:
    collection = ak.load(folder, actors=lambda texts: [[] for _ in texts], progress=False)
    report = tmp_path / "own.html"
    ak.write_report(collection, report)
    faults = ak.verify_report(report, folder)
    assert len(faults) == 1
    assert "which cannot be had here. `model` is" in faults[0]


def test_a_report_prints_the_validation_and_verifies(folder: Path, tmp_path: Path) -> None:
    collection = ak.load(folder, progress=False)
    sample = ak.validation_sample(collection, n=4)
    codes = pd.DataFrame({"unit": sample["unit"], "coder": "Ann", "code": sample["label"]})
    n = len(sample)
    path = ak.write_report(collection, tmp_path / "v.html", validation=ak.validate(sample, codes))
    text = path.read_text(encoding="utf-8")
    assert "How right the tone is" in text
    assert text.count(f"Not validated on this collection: {n} units coded, 100 are needed.") == 3
    assert ak.verify_report(path, folder) == []
    path.write_text(
        text.replace('"Ann", "negative"', '"Ann", "positive"').replace('"Ann","negative"', '"Ann","positive"')
    )
    assert "negative" in set(sample["label"])
    assert ak.verify_report(path, folder)


def test_a_report_without_a_validation_says_so(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert "VADER, Hu &amp; Liu. Not validated on this collection." in text
    assert "How right the tone is" not in text


def test_a_report_whose_tones_a_function_judged_says_so(folder: Path, tmp_path: Path) -> None:
    collection = ak.load(folder, tone=lambda texts, spans: [[0.8, 0.1, 0.1]] * len(texts), progress=False)
    report = ak.write_report(collection, tmp_path / "own.html")
    (fault,) = ak.verify_report(report, folder)
    assert fault.startswith("Its tones were judged by ")
    assert "which cannot be had here. `model` is" in fault


def test_a_model_of_tone_that_was_changed_since_is_told(page: Path, folder: Path) -> None:
    text = page.read_text(encoding="utf-8")
    told = read_manifest(text)["parameters"]["tone"]
    assert told["model"] == "fast"
    page.write_text(text.replace(told["sha256"], "0" * 64), encoding="utf-8")
    assert "The model 'fast' that judged its tones was changed since." in ak.verify_report(page, folder)


def test_the_tone_towards_actors_opens_to_sentences_with_probabilities(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    parts = _Page(text)
    assert "Sentences negative towards" in text
    assert re.search(r"; negative \d+ %, neutral \d+ %, positive \d+ %</a>", text)
    assert all(parts.entries[target] == int(number.replace(",", "")) for target, number in parts.numbers)


def test_one_finding_is_asked_again_and_another_may_be_given(
    folder: Path, page: Path, tmp_path: Path
) -> None:
    assert 'id="would-it-hold"' in page.read_text(encoding="utf-8")
    collection = ak.load(folder, progress=False)
    finding = ak.Finding("actors", "Japan", "China", claim="higher")
    given = ak.write_report(collection, tmp_path / "given.html", finding=finding)
    assert "Japan is named more widely than China?" in given.read_text(encoding="utf-8")
    assert ak.verify_report(given, folder) == []
