import gzip
import hashlib
import importlib.util
import json
import os
import shutil
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import analystkit as ak
from analystkit.errors import (
    ArgumentError,
    MissingColumnError,
    NothingToReadError,
    PathMissingError,
    ProblemsWarning,
)
from analystkit.schema import TABLES

DATA = Path(__file__).parent.parent / "data"

PAGE = """Council votes on bridge
By Ann Lee
3 May 2024

The council voted on Monday to mend the old bridge before winter comes, the mayor said.

Work will begin in August and take about ten weeks, according to the plan.
"""
OTHER = PAGE.replace("bridge", "ferry")


def load(source, **options):
    return ak.load(source, progress=False, **options)


def written(folder, **files):
    for name, text in files.items():
        path = folder / name.replace("__", "/").replace("_txt", ".txt").replace("_csv", ".csv")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def told(collection):
    return list(collection.problems[["path", "severity", "reason"]].itertuples(index=False, name=None))


# What is loaded


def test_a_folder_of_pages_and_tables_is_one_collection(tmp_path):
    table = "title,date,text,source\nFerry,2024-05-04,The ferry sails at noon.,The Tern\n"
    collection = load(written(tmp_path, the_paper__a_txt=PAGE, b_csv=table))
    articles = collection.articles
    assert articles["path"].tolist() == ["b.csv", "the_paper/a.txt"]
    assert articles["title"].tolist() == ["Ferry", "Council votes on bridge"]
    assert articles["outlet"].tolist() == ["The Tern", "The Paper"]
    assert articles["published"].dt.date.tolist() == [date(2024, 5, 4), date(2024, 5, 3)]
    assert articles["format"].tolist() == ["csv", "text"]
    assert articles["where"].tolist() == ["line 2", ""]
    assert articles["body"][0] == "The ferry sails at noon."


def test_the_body_is_the_body_zones_and_the_hash_that_of_the_file(tmp_path):
    collection = load(written(tmp_path, a_txt=PAGE))
    (article,) = collection.articles.itertuples()
    zones = collection.zones
    assert article.body == "\n".join(zones.loc[zones["zone"].isin(["body", "subhead"]), "text"])
    assert article.sha256 == hashlib.sha256(PAGE.encode()).hexdigest()
    assert set(zones["article_id"]) == {article.article_id}


def test_a_file_a_list_and_an_archive_load_the_same_article(tmp_path):
    written(tmp_path, a_txt=PAGE)
    archive = shutil.make_archive(str(tmp_path / "packed"), "zip", tmp_path, "a.txt")
    file = str(tmp_path / "a.txt")
    ids = [
        load(source).articles["article_id"].tolist() for source in (file, tmp_path / "a.txt", [file], archive)
    ]
    assert all(found == ids[0] for found in ids)


def test_the_borrowed_name_of_an_outlet_is_noted_and_can_be_given(tmp_path):
    folder = written(tmp_path, the_paper__a_txt=PAGE, the_paper__b_txt=OTHER)
    assert told(load(folder)) == [
        ("the_paper", "note", "2 articles that name no outlet took the folder's name: 'The Paper'")
    ]
    named = load(folder, outlet="The Tern")
    assert named.articles["outlet"].tolist() == ["The Tern", "The Tern"]
    assert told(named) == []


def test_ids_are_the_same_wherever_the_folder_lies_and_after_files_are_added(tmp_path):
    first = load(written(tmp_path / "one", paper__a_txt=PAGE, paper__b_txt=OTHER)).articles
    shutil.copytree(tmp_path / "one", tmp_path / "else" / "two")
    written(tmp_path / "else" / "two", paper__0_txt=PAGE.replace("bridge", "quay"), zz__c_txt=OTHER)
    second = load(tmp_path / "else" / "two").articles
    ids = dict(zip(second["path"], second["article_id"], strict=True))
    assert [ids["paper/a.txt"], ids["paper/b.txt"]] == first["article_id"].tolist()
    assert second["article_id"].is_unique


def test_exact_copies_are_both_kept_as_one_story_with_a_note(tmp_path):
    collection = load(written(tmp_path, a_txt=PAGE, b_txt=PAGE))
    first, second = collection.articles["article_id"]
    assert second == f"{first}-2"
    assert collection.articles["story_id"].tolist() == [first, first]
    assert told(collection) == [("b.txt", "note", "the same article as a.txt")]


def test_a_stated_language_wins_and_one_told_from_the_text_says_so(tmp_path):
    german = "Die Minister der beiden Länder trafen sich am Montag und sagten, dass sie sich wieder sehen."
    rows = f"title,text,language\nA,{german!r},en\nB,{german!r},\nC,Fish.,\n".replace("'", '"')
    articles = load(written(tmp_path, t_csv=rows)).articles
    assert articles["language"].tolist() == ["en", "de", ""]
    assert articles["language_origin"].tolist() == ["stated", "text", ""]


def test_given_columns_and_the_order_of_dates_are_used(tmp_path):
    folder = written(tmp_path, t_csv="name,when,words\nFerry,03/04/2024,The ferry sails.\n")
    columns = {"text": "words", "title": "name", "published": "when"}
    (article,) = load(folder, columns=columns, date_order="day").articles.itertuples()
    assert (article.title, article.body) == ("Ferry", "The ferry sails.")
    assert article.published == pd.Timestamp("2024-04-03")


def test_the_rows_and_problems_are_the_same_for_any_number_of_processes(tmp_path):
    """Some hundred files of all kinds, good and bad, copies among them, and one file large enough to be cut."""
    for i in range(120):
        text = PAGE.replace("bridge", f"bridge {i % 100}")
        written(tmp_path, **{f"paper_{i % 3}__p{i:03}_txt": text if i % 10 else ""})
    written(tmp_path, t_csv="title,text\nA,Words.\nB\n")
    (tmp_path / "bad.zip").write_bytes(b"PK\x03\x04 cut")
    (tmp_path / "page.html").write_text(
        "<html><body><article><p>" + "It rains. " * 50 + "</p></article></body></html>"
    )
    words = "The ferry sails at noon from the old pier. " * 20
    lines = [json.dumps({"title": f"F{i}", "text": f"{words} {i}.", "date": "soon"}) for i in range(3000)]
    (tmp_path / "large.jsonl.gz").write_bytes(gzip.compress("\n".join([*lines, "{"]).encode()))
    results = []
    for workers in (1, 2, 3):
        with pytest.warns(ProblemsWarning, match="15 files of 124 had errors"):
            results.append(load(tmp_path, workers=workers))
    first = results[0]
    assert len(first) == 3000 + 120 - 12 + 2
    for other in results[1:]:
        for name in ("articles", "zones", "problems"):
            pd.testing.assert_frame_equal(getattr(first, name), getattr(other, name))


def test_loading_changes_no_file(tmp_path):
    written(tmp_path, a_txt=PAGE, paper__b_txt=OTHER)
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")}
    assert len(load(tmp_path)) == 2
    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")} == before


# Bad input: one clear sentence each, and nothing else is lost


def test_a_wrong_path_is_named(tmp_path):
    with pytest.raises(PathMissingError, match=r"There is no file or folder '.*no-such'.*Check the spelling"):
        load(tmp_path / "no-such")
    with pytest.raises(FileNotFoundError):
        load([tmp_path, tmp_path / "no-such"])


def test_an_empty_folder_is_named_with_the_way_out(tmp_path):
    (tmp_path / "sub").mkdir()
    with pytest.raises(NothingToReadError) as caught:
        load(tmp_path)
    assert str(caught.value) == (
        f"{str(tmp_path)!r} holds no files. Put saved pages, exports or tables there, or give another folder."
    )


def test_a_folder_of_pictures_loads_nothing_and_says_why(tmp_path):
    for name in ["a.png", "b.png"]:
        (tmp_path / name).write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    with pytest.warns(ProblemsWarning) as caught:
        collection = load(tmp_path)
    assert str(caught[0].message) == (
        "Not everything could be loaded: 2 files of 2 had errors, first 'a.png' (not text: a picture, for which there is"
        " no reader). See `collection.problems` for all, with remedies."
    )
    assert Path(caught[0].filename).name == "test_load.py"
    assert (
        collection.problems["remedy"].tolist()
        == ["only text can be read; a scan needs text recognition first"] * 2
    )
    assert collection.describe() == "no articles"
    for name in ("articles", "zones", "sentences", "mentions"):
        frame = getattr(collection, name)
        assert len(frame) == 0
        assert list(frame.columns) == list(TABLES[name])


def test_a_table_without_a_text_column_is_reported_and_the_rest_loads(tmp_path):
    folder = written(tmp_path, a_txt=PAGE, t_csv="id,score\n1,0.4\n")
    with pytest.warns(
        ProblemsWarning, match=r"1 file of 2 had errors, first 't.csv' \(no column could be recognised"
    ):
        collection = load(folder)
    assert len(collection) == 1
    (problem,) = collection.problems.itertuples()
    assert problem.reason.endswith("the columns are: id, score")
    assert problem.remedy.startswith('name it: load(..., columns={"text": "its name"})')


def test_an_unreadable_date_keeps_the_article_undated(tmp_path):
    folder = written(tmp_path, t_csv="title,date,text\nA,soon,The ferry sails.\nB,2024-05-04,It is late.\n")
    collection = load(folder)
    assert collection.articles["published"].isna().tolist() == [True, False]
    assert collection.articles["published_origin"].tolist() == ["", "meta"]
    (problem,) = collection.problems.itertuples()
    assert (problem.where, problem.severity) == ("line 2", "warning")
    assert problem.reason == "'soon' cannot be read as a date"
    assert problem.remedy == "the article is kept undated; correct the date in the file"


@pytest.mark.parametrize(
    ("source", "message"),
    [
        (["a.txt", None], "`source` holds None, which is no path; for a table of articles use `from_frame`"),
        (12, "`source` is 12; give the path of a folder or file, or a list of paths"),
        (pd.DataFrame({"text": ["x"]}), "`source` is a DataFrame; give the path of a folder or file"),
    ],
)  # fmt: skip
def test_what_is_no_path_is_refused(source, message):
    with pytest.raises(ArgumentError, match=message):
        load(source)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"date_order": "dmy"}, r"`date_order` is 'dmy'; allowed: '', 'day', 'month'"),
        ({"columns": {"tekst": "a"}}, r"`columns` names the field\(s\) \['tekst'\]; known fields: \['text', 'title'"),
        ({"columns": "words"}, r"`columns` is 'words'; give field and column, such as {\"text\": \"body\"}"),
    ],
)  # fmt: skip
def test_a_wrong_option_is_refused_before_anything_is_read(tmp_path, options, message):
    with pytest.raises(ArgumentError, match=message):
        load(tmp_path, **options)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read every file")
def test_a_file_without_permission_is_reported_and_the_rest_loads(tmp_path):
    written(tmp_path, a_txt=PAGE, b_txt=OTHER)
    (tmp_path / "b.txt").chmod(0)
    with pytest.warns(ProblemsWarning, match="cannot be read: Permission denied"):
        assert len(load(tmp_path)) == 1


def test_every_bad_file_is_named_and_every_good_one_loads(tmp_path):
    written(tmp_path, a_txt=PAGE, empty_txt="", cut_csv="title,text\nA,Words.\nB\n")
    (tmp_path / "cut.zip").write_bytes(b"PK\x03\x04 cut")
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere")
    with pytest.warns(ProblemsWarning, match="4 files of 5 had errors"):
        collection = load(tmp_path)
    assert collection.articles["path"].tolist() == ["a.txt", "cut.csv"]
    assert set(collection.problems["path"]) == {"cut.csv", "cut.zip", "empty.txt", "gone.txt"}
    assert (collection.problems["remedy"] != "").all()


# from_frame


def frame_of(**columns):
    return pd.DataFrame({"text": ["The ferry sails at noon.", "", None], **columns})


def test_every_row_of_a_table_is_kept_in_order():
    collection = ak.from_frame(frame_of(title=["A", "B", "C"], date=["2024-05-03", None, "4 May 2024"]))
    articles = collection.articles
    assert articles["title"].tolist() == ["A", "B", "C"]
    assert articles["body"].tolist() == ["The ferry sails at noon.", "", ""]
    assert articles["published"].isna().tolist() == [False, True, False]
    assert articles["where"].tolist() == ["row 1", "row 2", "row 3"]
    assert articles["format"].tolist() == ["frame"] * 3
    assert len(collection.problems) == 0


def test_named_columns_are_used():
    frame = pd.DataFrame({"a": ["Words."], "b": ["T"], "c": ["2024-05-03"], "d": ["O"], "e": ["By"], "f": ["S"],
                          "g": ["U"], "h": ["en"]})  # fmt: skip
    collection = ak.from_frame(
        frame, text="a", title="b", published="c", outlet="d", byline="e", section="f", url="g", language="h"
    )
    (article,) = collection.articles.itertuples()
    assert (article.body, article.title, article.outlet, article.byline) == ("Words.", "T", "O", "By")
    assert (article.section, article.url, article.language) == ("S", "U", "en")
    assert article.published == pd.Timestamp("2024-05-03")


@pytest.mark.parametrize(
    "dates",
    [
        pd.to_datetime(["2024-05-03 08:30"] * 3),
        pd.to_datetime(["2024-05-03 08:30"] * 3, utc=True).tz_convert("Asia/Seoul").tz_localize(None)
        - pd.Timedelta(hours=9),
        [1714725000] * 3,
        np.array(["2024-05-03T08:30"] * 3, dtype="datetime64[ns]"),
        pd.array(["2024-05-03 08:30"] * 3, dtype="string"),
    ],
)
def test_dates_of_any_dtype_are_read(dates):
    published = ak.from_frame(frame_of(date=dates)).articles["published"]
    assert published.tolist() == [pd.Timestamp("2024-05-03 08:30")] * 3


def test_cells_of_the_nullable_dtypes_may_be_absent():
    frame = pd.DataFrame(
        {
            "text": pd.array(["Words.", None], dtype="string"),
            "date": pd.array([None, None], dtype="Int64"),
            "title": pd.array([None, "B"], dtype="string"),
        }
    )
    collection = ak.from_frame(frame)
    assert collection.articles["title"].tolist() == ["", "B"]
    assert collection.articles["published"].isna().all()
    assert len(collection.problems) == 0


def test_the_table_given_is_not_changed_and_its_index_does_not_matter():
    frame = frame_of(title=["A", "B", "C"]).set_index(pd.Index([7, 7, "x"]))
    before = frame.copy()
    collection = ak.from_frame(frame)
    pd.testing.assert_frame_equal(frame, before)
    assert isinstance(collection.articles.index, pd.RangeIndex)


def test_a_table_without_rows_is_an_empty_collection():
    collection = ak.from_frame(pd.DataFrame({"text": [], "title": []}))
    assert len(collection) == 0
    assert list(collection.articles.columns) == list(TABLES["articles"])


def test_a_frame_and_its_csv_give_the_same_ids(tmp_path):
    frame = pd.DataFrame(
        {"title": ["A", "B"], "text": ["The ferry sails.", "It is late.\n\nVery late."], "date": "2024-05-03"}
    )
    frame.to_csv(tmp_path / "t.csv", index=False)
    assert (
        ak.from_frame(frame).articles["article_id"].tolist() == load(tmp_path).articles["article_id"].tolist()
    )


@pytest.mark.parametrize(
    ("frame", "options", "error", "message"),
    [
        ("a.csv", {}, ArgumentError, "`frame` is a str; give a pandas DataFrame (paths go to `load`)."),
        (
            pd.DataFrame({"a": [1]}), {}, MissingColumnError,
            "`frame` has no column that looks like the article text; it has ['a']. Say text=...",
        ),
        (
            pd.DataFrame({"text": ["x"]}), {"title": "head"}, MissingColumnError,
            "`frame` needs column(s) ['head']; it has ['text'].",
        ),
        (
            pd.DataFrame([["x", "y"]], columns=["text", "text"]), {}, ArgumentError,
            "`frame` has more than one column named ['text']; rename or drop the others.",
        ),
        (
            pd.DataFrame({"text": ["x"]}), {"date_order": "mdy"}, ArgumentError,
            "`date_order` is 'mdy'; allowed: '', 'day', 'month'. Did you mean 'day'?",
        ),
    ],
)  # fmt: skip
def test_a_table_that_cannot_be_read_is_refused_in_one_sentence(frame, options, error, message):
    with pytest.raises(error) as caught:
        ak.from_frame(frame, **options)
    assert str(caught.value) == message


# The sample that comes with the project


@pytest.fixture(scope="module")
def make_sample():
    spec = importlib.util.spec_from_file_location("make_sample", DATA / "make_sample.py")
    module = importlib.util.module_from_spec(spec)
    # Its dataclass looks its module up by name.
    sys.modules["make_sample"] = module
    spec.loader.exec_module(module)
    yield module
    del sys.modules["make_sample"]


def test_every_article_of_the_sample_is_loaded_as_it_was_written(make_sample):
    written = {(story.outlet, story.title): story for story in make_sample.read_stories()}
    articles = load(DATA / "sample").articles
    assert len(articles) == len(written) == 168
    for article in articles.itertuples():
        story = written.pop((article.outlet, article.title))
        assert article.body == "\n".join(line.removeprefix("## ") for line in story.body)
        assert article.lead == story.lead
        assert article.published.date() == story.published
        if story.byline:
            assert article.byline == story.byline.removeprefix("By ")
        if story.credit:
            assert article.credit == story.credit
    assert written == {}


def test_the_sample_has_no_problems_but_noted_choices():
    problems = load(DATA / "sample").problems
    assert set(problems["severity"]) <= {"note"}


def test_the_sample_is_what_its_recipe_writes(make_sample, tmp_path):
    make_sample.main(tmp_path / "sample")
    kept, made = (
        {path.relative_to(root): path.read_bytes() for path in root.rglob("*") if path.is_file()}
        for root in (DATA / "sample", tmp_path / "sample")
    )
    assert sorted(made) == sorted(kept)
    assert [path for path in made if made[path] != kept[path]] == []


def test_zones_are_made_when_they_are_asked_for(tmp_path):
    table = "title,text\nFerry,The ferry sails.\nBridge,The bridge stands."
    collection = load(written(tmp_path, a_csv=table))
    assert "zones" not in vars(collection)
    part = collection.filter(outlet=None)
    assert collection.zones["text"].tolist() == ["Ferry", "The ferry sails.", "Bridge", "The bridge stands."]
    assert collection.zones is collection.zones
    assert part.zones.equals(collection.zones)


APPEAL = "We are a small paper and live on what our readers give, so give what you can, please."
PAGES = {
    "oslo": ("a bridge", "The ferry will rest until the bridge is painted, which takes the whole of June."),
    "bergen": (
        "a school",
        "Pupils had waited for nine years, and their teachers for somewhat longer than that.",
    ),
    "narvik": ("a port", "Ships from four countries came on the first day, most of them laden with timber."),
}


def pages_with_an_appeal(folder: Path) -> Path:
    folder.mkdir()
    for place, (thing, more) in PAGES.items():
        lines = [
            f"{place.title()} opens {thing}",
            "By Ann Reporter",
            "3 May 2024",
            f"The mayor of {place.title()} opened {thing} on Friday in front of many people.",
            more,
            APPEAL,
            "Most read",
        ]
        (folder / f"{place}.txt").write_text("\n\n".join(lines), encoding="utf-8")
    return folder


def test_what_stands_on_several_pages_of_an_outlet_is_learnt_and_can_be_put_back(tmp_path: Path) -> None:
    folder = pages_with_an_appeal(tmp_path / "pier")
    read = load(folder)
    lines = read.zones[read.zones["text"] == APPEAL]
    assert lines["zone"].tolist() == ["furniture"] * 3
    assert set(lines["reason"]) == {"stands on several pages of the outlet"}
    assert not read.articles["body"].str.contains("small paper").any()
    # Two of these pages teach nothing, and an article has the same id with them and without.
    (folder / "narvik.txt").rename(tmp_path / "narvik.txt")
    two = load(folder)
    assert two.articles["body"].str.endswith(APPEAL).all()
    assert set(two.articles["article_id"]) < set(read.articles["article_id"])
    oslo = read.articles.set_index("path").loc["oslo.txt"]
    # 18 words of the line.
    back = read.put_back(APPEAL, article=oslo["article_id"]).articles.set_index("path").loc["oslo.txt"]
    assert back["n_words"] == oslo["n_words"] + 18


def test_what_is_learnt_does_not_depend_on_processes_or_on_the_order_of_files(tmp_path: Path) -> None:
    folder = pages_with_an_appeal(tmp_path / "pier")
    alone = load(folder, workers=1)
    for table in ("articles", "zones"):
        pd.testing.assert_frame_equal(getattr(load(folder, workers=2), table), getattr(alone, table))
    (folder / "bergen.txt").rename(folder / "zzz.txt")
    again = load(folder).articles.set_index("article_id")["body"].sort_index()
    pd.testing.assert_series_equal(again, alone.articles.set_index("article_id")["body"].sort_index())


def test_the_model_that_finds_actors_can_be_chosen() -> None:
    frame = pd.DataFrame({"text": ["Mayor Oleg Lebed left Oslo."]})

    def nobody(texts: Sequence[str]) -> list[list[tuple[int, int, str]]]:
        return [[] for _ in texts]

    def one_place(texts: Sequence[str]) -> list[list[tuple[int, int, str]]]:
        return [[(6, 16, "place")] for _ in texts]

    kinds = {
        name: dict(ak.from_frame(frame, actors=model).mentions[["surface", "kind"]].itertuples(index=False))
        for name, model in {"rules": "rules", "nobody": nobody, "one place": one_place}.items()
    }
    # Oslo is in the lists, whatever the model.
    assert kinds == {
        "rules": {"Oleg Lebed": "person", "Oslo": "place"},
        "nobody": {"Oslo": "place"},
        "one place": {"Oleg Lebed": "place", "Oslo": "place"},
    }


def test_actors_kept_by_one_model_are_not_those_of_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ANALYSTKIT_CACHE", str(tmp_path / "cache"))
    folder = tmp_path / "news"
    folder.mkdir()
    (folder / "a.csv").write_text('text,date\n"Mayor Oleg Lebed left.",2024-05-03\n', encoding="utf-8")
    assert len(ak.load(folder, actors="rules", progress=False).mentions) == 1
    assert len(ak.load(folder, actors=lambda texts: [[] for _ in texts], progress=False).mentions) == 0
    assert len(ak.load(folder, actors="rules", progress=False).mentions) == 1


def test_an_unknown_model_is_refused_before_anything_is_read(tmp_path: Path) -> None:
    with pytest.raises(ArgumentError, match="`actors` is 'slow'; allowed: 'rules', 'fast'"):
        ak.load(tmp_path / "none", actors="slow")
    with pytest.raises(ArgumentError, match="`models` is 'slow'; allowed: 'fast'"):
        ak.load(tmp_path / "none", models="slow")
