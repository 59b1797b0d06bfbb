"""What may find names: each by its name, and what comes out of it in our kinds."""

import importlib
import sys
import types
from collections.abc import Sequence
from typing import Any

import pytest

import analystkit as ak
from analystkit.annotate.actors import backends
from analystkit.annotate.actors.backends import Span, backend_of, checked, model_key
from analystkit.errors import ArgumentError, MissingExtraError


def first_word_is_a_person(texts: Sequence[str]) -> list[list[Span]]:
    return [[Span(0, text.index(" "), "person", 0.9)] for text in texts]


def test_any_function_can_find_the_names() -> None:
    found = ak.find_mentions(["Zarubin met Russian men."], model=first_word_is_a_person)
    # Peoples come from the lists, whatever the model.
    assert found[["surface", "kind", "actor"]].to_numpy().tolist() == [
        ["Zarubin", "person", "Zarubin"],
        ["Russian", "state", "Russia"],
    ]


def test_spans_may_be_plain_tuples() -> None:
    found = ak.find_mentions(["They saw Zarubin."], model=lambda texts: [[(9, 16, "person")] for _ in texts])
    assert found["surface"].tolist() == ["Zarubin"]


@pytest.mark.parametrize(
    ("spans", "message"),
    [
        ([(0, 9, "person")], r"gave the span 0-9 for a text of 5 characters"),
        ([(3, 3, "person")], r"gave the span 3-3"),
        ([(0, 3, "person"), (2, 5, "place")], r"must not overlap"),
        ([(0, 5, "state")], r"gave the kind 'state'; allowed: 'person', 'organisation', 'place'"),
    ],
)
def test_spans_that_cannot_be_are_refused(spans: list[tuple[int, int, str]], message: str) -> None:
    with pytest.raises(ArgumentError, match=message):
        checked([Span(*span) for span in spans], "Lebed")


def test_a_list_for_each_text_is_asked_for() -> None:
    with pytest.raises(ArgumentError, match="gave spans for 0 texts of 1"):
        ak.find_mentions(["Lebed"], model=lambda texts: [])


def test_an_unknown_model_is_refused_with_what_there_is() -> None:
    with pytest.raises(
        ArgumentError, match=r"`model` is 'slow'; allowed: 'rules', 'fast', 'accurate', 'spacy"
    ):
        ak.find_mentions(["Lebed"], model="slow")
    with pytest.raises(ArgumentError, match=r"`actors` is 'spacy:'"):
        backend_of("spacy:", "actors")


def test_functions_of_one_name_that_do_different_things_have_different_keys() -> None:
    one, other = (lambda texts: [[] for _ in texts]), (lambda texts: [[(0, 1, "place")] for _ in texts])
    assert model_key(one) != model_key(other)
    assert model_key(one) == model_key(one)


def fake_spacy(entities: list[tuple[int, int, str]]) -> types.ModuleType:
    class Document:
        def __init__(self, text: str) -> None:
            self.text = text
            self.ents = [
                types.SimpleNamespace(start_char=s, end_char=e, label_=label) for s, e, label in entities
            ]

    module = types.ModuleType("spacy")

    def load(name: str) -> Any:
        if name != "en_core_web_sm":
            raise OSError(name)
        return types.SimpleNamespace(pipe=lambda texts: map(Document, texts))

    module.load = load  # type: ignore[attr-defined]
    return module


@pytest.fixture
def fresh() -> None:
    backends._spacy.cache_clear()
    backends._nltk.cache_clear()


@pytest.mark.usefixtures("fresh")
def test_labels_of_spacy_become_our_kinds_without_article_and_possessive(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    text = "The Senate's Lebed saw Norwegians in Oslo on Monday."
    entities = [(0, 12, "ORG"), (13, 18, "PERSON"), (23, 33, "NORP"), (37, 41, "GPE"), (45, 51, "DATE")]
    monkeypatch.setitem(sys.modules, "spacy", fake_spacy(entities))
    tag = backend_of("spacy:en_core_web_sm")
    assert tag is not None
    assert [span[:3] for span in tag([text])[0]] == [
        (4, 10, "organisation"),
        (13, 18, "person"),
        (37, 41, "place"),
    ]


@pytest.mark.usefixtures("fresh")
def test_a_pipeline_that_is_not_there_names_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "spacy", fake_spacy([]))
    with pytest.raises(ArgumentError, match="python -m spacy download de_core"):
        backend_of("spacy:de_core")


@pytest.mark.usefixtures("fresh")
def test_a_package_that_is_not_there_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "spacy", None)
    with pytest.raises(MissingExtraError, match="pip install spacy"):
        backend_of("spacy:en_core_web_sm")


@pytest.mark.usefixtures("fresh")
def test_nltk_without_its_data_names_the_command() -> None:
    nltk = importlib.import_module("nltk")
    try:
        nltk.data.find("chunkers/maxent_ne_chunker_tab")
        nltk.data.find("taggers/averaged_perceptron_tagger_eng")
    except LookupError:
        with pytest.raises(ArgumentError, match=r"python -m nltk\.downloader maxent_ne_chunker_tab"):
            backend_of("nltk")
    else:
        tag = backend_of("nltk")
        assert tag is not None
        assert (9, 13, "place") in [span[:3] for span in tag(["He is in Oslo now. She left."])[0]]
