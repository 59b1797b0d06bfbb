import nltk
import pytest
from nltk.corpus.reader import CategorizedPlaintextCorpusReader, PlaintextCorpusReader, TaggedCorpusReader

import analystkit as ak
from analystkit.errors import ArgumentError, NothingToReadError

ITEM = "BRIDGE TO CLOSE\n  The old bridge will close in\n  May, the mayor said on Friday, and\n  a ferry will run.\n"


@pytest.fixture(autouse=True)
def _nltk_reads_here(monkeypatch, tmp_path):
    monkeypatch.setattr(nltk.data, "path", [str(tmp_path)])


def load(corpus, **options):
    return ak.load_nltk(corpus, progress=False, cache=False, **options)


def test_a_corpus_with_categories_and_headlines(tmp_path):
    (tmp_path / "test").mkdir()
    (tmp_path / "test" / "1").write_text(ITEM)
    (tmp_path / "test" / "2").write_text("No headline here, but a text.\n")
    reader = CategorizedPlaintextCorpusReader(
        str(tmp_path), "test/.*", cat_map={"test/1": ["bridge", "ferry"], "test/2": ["town"]}
    )
    collection = load(reader, outlet="The Tern")
    articles = collection.articles
    assert articles[["title", "section", "outlet", "format", "where"]].values.tolist() == [
        ["BRIDGE TO CLOSE", "bridge, ferry", "The Tern", "nltk", ""],
        ["", "town", "The Tern", "nltk", ""],
    ]
    assert articles["path"].tolist() == [f"CategorizedPlaintextCorpusReader/test/{i}" for i in (1, 2)]
    assert articles["body"][0].replace("\n", " ") == (
        "The old bridge will close in May, the mayor said on Friday, and a ferry will run."
    )
    assert articles["published"].isna().all()


def test_a_tagged_corpus_gives_its_text_without_tags(tmp_path):
    (tmp_path / "a").write_text("The/at ferry/nn ,/, he/pp said/vbd ,/, will/md run/vb ./.\n\nSoon/rb ./.\n")
    articles = load(TaggedCorpusReader(str(tmp_path), ".*")).articles
    assert articles["body"].tolist() == ["The ferry, he said, will run.\nSoon."]


def test_a_file_that_the_reader_cannot_read_is_a_problem(tmp_path):
    (tmp_path / "a").write_bytes("café".encode("latin-1"))
    (tmp_path / "b").write_text("The ferry will run.")
    with pytest.warns(ak.errors.ProblemsWarning, match="the corpus reader failed"):
        collection = load(PlaintextCorpusReader(str(tmp_path), ".*"))
    assert collection.articles["body"].tolist() == ["The ferry will run."]


def test_a_corpus_by_its_name(tmp_path):
    folder = tmp_path / "corpora" / "inaugural"
    folder.mkdir(parents=True)
    (folder / "2024-Lee.txt").write_text("My friends, the bridge is open.", encoding="latin-1")
    articles = load("inaugural").articles
    assert articles[["body", "outlet", "path"]].values.tolist() == [
        ["My friends, the bridge is open.", "Inaugural", "inaugural/2024-Lee.txt"]
    ]


def test_a_corpus_without_its_data_says_how_to_get_it():
    with pytest.raises(NothingToReadError, match=r"Get it with: python -m nltk.downloader reuters$"):
        load("reuters")


@pytest.mark.parametrize(
    ("corpus", "told"),
    [
        ("ruters", r"`corpus` is 'ruters', a name that NLTK does not know. Did you mean 'reuters'\?"),
        (7, "`corpus` is 7; give"),
    ],
)
def test_what_is_no_corpus_is_refused(corpus, told):
    with pytest.raises(ArgumentError, match=told):
        load(corpus)
