"""The choice of what judges the tone towards a target, and what a report says of it."""

from __future__ import annotations

import hashlib
import sys
from importlib.resources import files
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

import analystkit as ak
from analystkit.annotate.actors import backends as finders
from analystkit.annotate.tone import backends
from analystkit.annotate.tone.backends import OWN_MODELS, Probabilities, judge_of, model_sha256
from analystkit.errors import ArgumentError, MissingExtraError


def always_bad(texts: list[str], spans: list[tuple[int, int]]) -> Probabilities:
    return np.tile([0.8, 0.1, 0.1], (len(texts), 1))


FRAME = pd.DataFrame({"text": ["Japan praised Norway."]})


def test_the_hash_of_a_model_is_that_of_its_files() -> None:
    content = (files("analystkit.resources") / "tone_fast.npz").read_bytes()
    assert model_sha256("fast") == hashlib.sha256(content).hexdigest()
    assert model_sha256(always_bad) == ""


@pytest.mark.parametrize("model", OWN_MODELS)
def test_each_model_of_ours_judges_and_names_its_files(model: str) -> None:
    try:
        judge = judge_of(model)
    except MissingExtraError:
        pytest.skip(f"{model} needs its extra")
    assert judge(["Japan praised Norway."], [(14, 20)]).argmax(axis=1).tolist() == [2]
    assert len(model_sha256(model)) == 64


def test_a_collection_judges_with_the_model_it_was_loaded_with() -> None:
    collection = ak.from_frame(FRAME, tone=always_bad, progress=False)
    assert set(collection.tones["label"]) == {"negative"}
    assert set(ak.from_frame(FRAME, progress=False).tones["label"]) == {"neutral", "positive"}
    assert set(collection.filter(actor="Norway").with_capitals().tones["label"]) == {"negative"}


def test_models_takes_both_and_each_may_be_chosen_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    finder = SimpleNamespace(tag=lambda texts: [[] for _ in texts])
    judge = SimpleNamespace(judge=always_bad, FILES=())
    monkeypatch.setitem(sys.modules, "analystkit.annotate.actors.accurate", finder)
    monkeypatch.setitem(sys.modules, "analystkit.annotate.tone.accurate", judge)
    for load_again in (finders._own, backends._module):
        load_again.cache_clear()
    try:
        both = ak.from_frame(FRAME, models="accurate", progress=False)
        apart = ak.from_frame(FRAME, models="accurate", actors="rules", progress=False)
        assert (both.actors, both.tone) == ("accurate", "accurate")
        assert (apart.actors, apart.tone) == ("rules", "accurate")
        assert set(apart.tones["label"]) == {"negative"}
    finally:
        for load_again in (finders._own, backends._module):
            load_again.cache_clear()


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"tone": "quick"}, "`tone` is 'quick'; allowed: 'fast', 'accurate', 'transformers"),
        ({"models": "rules"}, "`models` is 'rules'; allowed: 'fast', 'accurate'"),
    ],
)
def test_a_model_that_there_is_not_is_refused_before_anything_is_read(
    given: dict[str, str], said: str
) -> None:
    with pytest.raises(ArgumentError, match=said):
        ak.load("nowhere", **given)  # type: ignore[arg-type]
