"""What may judge the tone: each by its name, and what it may answer."""

from __future__ import annotations

import sys
import types
from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

import analystkit as ak
from analystkit.annotate.tone import backends
from analystkit.annotate.tone.backends import OWN_MODELS, judge_of
from analystkit.errors import ArgumentError, MissingExtraError


def long_targets_are_good(texts: Sequence[str], spans: Sequence[tuple[int, int]]) -> NDArray[np.float64]:
    return np.array([[0.0, 0.0, 1.0] if end - start > 3 else [0.0, 1.0, 0.0] for start, end in spans])


def test_any_function_can_judge() -> None:
    judged = ak.tone_towards(["Ann won.", "Anna won."], [(0, 3), (0, 4)], model=long_targets_are_good)
    assert judged["label"].tolist() == ["neutral", "positive"]


def test_an_unknown_model_is_refused_with_what_there_is_and_the_argument_by_its_name() -> None:
    with pytest.raises(ArgumentError, match=r"`tone` is 'slow'; allowed: 'fast', 'accurate', "):
        judge_of("slow", "tone")


@pytest.mark.parametrize(
    "answer", [np.ones((1, 2)) / 2, np.ones((1, 3)), np.ones((2, 3)) / 3, np.zeros((1, 3))]
)
def test_an_answer_must_be_three_probabilities_for_each_text(answer: NDArray[np.float64]) -> None:
    with pytest.raises(
        ArgumentError, match=r"`model` gave an array of shape .*for 1 texts it must be \(1, 3\)"
    ):
        judge_of(lambda texts, spans: answer)(["Ann won."], [(0, 3)])


def test_what_is_missing_is_said_with_the_extra_that_brings_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "onnxruntime", None)
    for module in ("actors.encoder", "tone.accurate"):
        monkeypatch.delitem(sys.modules, f"analystkit.annotate.{module}", raising=False)
    backends._module.cache_clear()
    with pytest.raises(MissingExtraError, match=r"pip install 'analystkit\[accurate\]'"):
        ak.tone_towards(["Ann won."], [(0, 3)], model="accurate")


@pytest.mark.parametrize("model", OWN_MODELS)
def test_nothing_in_gives_nothing(model: str) -> None:
    if model == "accurate":
        pytest.importorskip("onnxruntime", reason='it needs: pip install "analystkit[accurate]"')
    assert judge_of(model)([], []).shape == (0, 3)


# --- Models of others, by stand-ins


def fake_transformers(labels: Sequence[str]) -> types.ModuleType:
    """Judge by the length of the target: of three letters it is good, else bad; neutral has always .2."""

    def from_pretrained(name: str, **how: Any) -> Any:
        if name != "some/model":
            raise OSError(name)
        assert how == {"local_files_only": True}
        return types.SimpleNamespace(config=types.SimpleNamespace(id2label=dict(enumerate(labels))))

    def pipeline(task: str, **how: Any) -> Any:
        assert task == "text-classification"

        def classify(pairs: list[dict[str, str]], **_: Any) -> list[list[dict[str, Any]]]:
            good = [0.7 if len(pair["text_pair"]) == 3 else 0.1 for pair in pairs]
            return [
                [
                    {"label": "Positive", "score": one},
                    {"label": "Negative", "score": 0.8 - one},
                    {"label": "Neutral", "score": 0.2},
                ]
                for one in good
            ]

        return classify

    module = types.ModuleType("transformers")
    loads = types.SimpleNamespace(from_pretrained=from_pretrained)
    vars(module).update(AutoTokenizer=loads, AutoModelForSequenceClassification=loads, pipeline=pipeline)
    return module


@pytest.fixture
def fresh() -> None:
    backends._transformers.cache_clear()
    backends._news_sentiment.cache_clear()


@pytest.mark.usefixtures("fresh")
def test_a_model_for_pairs_is_given_sentence_and_target(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "transformers", fake_transformers(["Negative", "Neutral", "Positive"]))
    judge = judge_of("transformers:some/model")
    chances = judge(["Ann met Bobby."] * 2, [(0, 3), (8, 13)])
    np.testing.assert_allclose(chances, [[0.1, 0.2, 0.7], [0.7, 0.2, 0.1]])
    assert judge([], []).shape == (0, 3)


@pytest.mark.usefixtures("fresh")
@pytest.mark.parametrize(
    ("model", "labels", "told"),
    [
        ("transformers:some/model", ["LABEL_0", "LABEL_1"], "it must tell negative, neutral and positive"),
        ("transformers:other/model", [], r"get it with: hf download other/model"),
        ("transformers:", [], r"`model` is 'transformers:'; allowed"),
    ],
)
def test_a_model_that_cannot_be_used_is_refused_with_the_way_out(
    model: str, labels: list[str], told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "transformers", fake_transformers(labels))
    with pytest.raises(ArgumentError, match=told):
        judge_of(model)


@pytest.mark.usefixtures("fresh")
def test_news_sentiment_is_given_what_stands_left_and_right(monkeypatch: pytest.MonkeyPatch) -> None:
    class Classifier:
        def infer(self, targets: list[tuple[str, str, str]]) -> list[tuple[dict[str, Any], ...]]:
            assert targets == [("Few trust ", "Ann", " now.")]
            return [tuple({"class_id": at, "class_prob": p} for at, p in ((2, 0.1), (0, 0.7), (1, 0.2)))]

    module = types.ModuleType("NewsSentiment")
    vars(module)["TargetSentimentClassifier"] = Classifier
    monkeypatch.setitem(sys.modules, "NewsSentiment", module)
    judged = ak.tone_towards(["Few trust Ann now."], [(10, 13)], model="NewsSentiment")
    assert judged[["p_negative", "p_neutral", "p_positive"]].to_numpy().tolist() == [[0.7, 0.2, 0.1]]


@pytest.mark.usefixtures("fresh")
@pytest.mark.parametrize("package", ["transformers", "NewsSentiment"])
def test_a_package_that_is_not_there_is_named(package: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(MissingExtraError, match=f"{package} is not installed; .* pip install {package}"):
        judge_of("transformers:some/model" if package == "transformers" else package)
