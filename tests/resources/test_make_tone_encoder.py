"""The tone model in training: what it hides, and that what ships says what was trained."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

pytest.importorskip("torch", reason="it takes part in training alone")
pytest.importorskip("onnx")
pytest.importorskip("safetensors")
pytest.importorskip("onnxruntime")

import torch

from analystkit.annotate.actors.encoder import WINDOW, session, word_vectors
from analystkit.annotate.tone import accurate
from analystkit.annotate.tone.fast import softmax
from analystkit.resources import make_tone_encoder
from analystkit.resources.made_tone import Judged
from analystkit.resources.make_tone_encoder import (
    _hidden,
    _rate_of,
    chances,
    examples,
    model_bytes,
    start_weights,
)
from analystkit.resources.train_encoder import LAYERS, MASK, WIDTH

JUDGED = [
    Judged("Ann praised Bobby Tarrant, the mayor, at length.", 12, 25, 1),
    Judged("Ann left.", 0, 3, 0),
]


@pytest.fixture
def small_encoder(monkeypatch: pytest.MonkeyPatch) -> None:
    """Stand in for the weights of the package: drawn at random, but for the vectors of words that ship."""
    draw = torch.Generator().manual_seed(0)

    def linear(n_out: int, n_in: int) -> Any:
        return torch.randn(n_out, n_in, generator=draw) * 0.05

    weights: dict[str, Any] = {
        "words": torch.from_numpy(word_vectors()[np.arange(30522)]),
        "places": linear(WINDOW + 2, WIDTH),
    }
    sizes = {"asked": (3 * WIDTH, WIDTH), "seen": (WIDTH, WIDTH), "wide": (4 * WIDTH, WIDTH)}
    sizes["narrow"] = (WIDTH, 4 * WIDTH)
    norms = ["norm"]
    for layer in LAYERS:
        for name, size in sizes.items():
            weights[f"{layer}.{name}.weight"] = linear(*size)
            weights[f"{layer}.{name}.bias"] = torch.zeros(size[0])
        norms += [f"{layer}.seen norm", f"{layer}.norm"]
    for name in norms:
        weights[f"{name}.weight"], weights[f"{name}.bias"] = torch.ones(WIDTH), torch.zeros(WIDTH)
    monkeypatch.setattr(make_tone_encoder, "read_encoder", lambda: weights)


@pytest.mark.usefixtures("small_encoder")
def test_what_ships_judges_as_what_was_trained(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(make_tone_encoder, "SHARPNESS", 1.0)
    weights = start_weights()
    layers = session(model_bytes(weights))
    monkeypatch.setattr(accurate, "_layers", lambda: layers)
    told = accurate.judge([one.text for one in JUDGED], [(one.start, one.end) for one in JUDGED])
    # Whole numbers of eight bits stand for the weights: about two digits are left.
    np.testing.assert_allclose(told, chances(weights, examples(JUDGED)), atol=0.02)


@pytest.mark.usefixtures("small_encoder")
def test_the_same_weights_give_the_same_bytes() -> None:
    assert model_bytes(start_weights()) == model_bytes(start_weights())


@pytest.mark.usefixtures("small_encoder")
def test_a_sharper_model_says_the_same_surer(monkeypatch: pytest.MonkeyPatch) -> None:
    weights = start_weights()
    plain = softmax(np.log(chances(weights, examples(JUDGED))) * 2)
    monkeypatch.setattr(make_tone_encoder, "SHARPNESS", 2.0)
    layers = session(model_bytes(weights))
    monkeypatch.setattr(accurate, "_layers", lambda: layers)
    told = accurate.judge([one.text for one in JUDGED], [(one.start, one.end) for one in JUDGED])
    np.testing.assert_allclose(told, plain, atol=0.03)


def test_names_and_targets_are_hidden_at_times_and_other_words_seldom() -> None:
    sentence = examples(JUDGED)[0].sentence
    draw = np.random.default_rng(1)
    hidden = np.mean([_hidden(sentence, draw) == MASK for _ in range(4000)], axis=0)
    share = dict(zip(sentence.word.tolist(), hidden.tolist(), strict=True))
    # Words: Ann praised Bobby Tarrant , the mayor ...; .05 of pieces, .15 of names and .3 of targets on top.
    assert share[1] == pytest.approx(0.05, abs=0.02)
    assert share[0] == pytest.approx(1 - 0.95 * 0.85, abs=0.03)
    assert share[2] == pytest.approx(1 - 0.95 * 0.7, abs=0.03)


def test_layers_far_from_the_answer_learn_slower() -> None:
    assert _rate_of("5.wide.weight") == pytest.approx(1e-4)
    assert _rate_of("4.wide.weight") == pytest.approx(0.9e-4)
    assert _rate_of("places") == pytest.approx(1e-4 * 0.9**6)
    assert _rate_of("head.weight") == _rate_of("table part") == 1e-3
