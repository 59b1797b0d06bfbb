"""What judges the tone towards a target: models of ours, models of others, or any function, behind one call.

A judge is given sentences and the place of a target in each, and says how probable each of the three labels is. From
which probability on a label is given, and whose voice it may be, is decided in `towards` for all alike. The key of a
model for the cache is that of the models of actors: `actors.backends.model_key`.
"""

from __future__ import annotations

import hashlib
import importlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from types import ModuleType
from typing import Final

import numpy as np
from numpy.typing import NDArray

from analystkit.errors import ArgumentError, MissingExtraError
from analystkit.resources import resource_bytes

Probabilities = NDArray[np.float64]
#: Texts and the place of the target in each in; a row of three probabilities for each out: negative, neutral, positive.
Judge = Callable[[Sequence[str], Sequence[tuple[int, int]]], Probabilities]
#: What a caller may give: the name of a model, or a judge.
ToneModel = str | Judge

#: The models that analystkit itself brings.
OWN_MODELS: Final = ("fast", "accurate")

_ALLOWED: Final = (
    "'fast', 'accurate', 'transformers:<name or folder of a model>', 'NewsSentiment', or a function of texts"
    " and spans"
)
#: How the labels of other models begin, in the order of our columns.
_BEGINNINGS: Final = ("neg", "neu", "pos")


def judge_of(model: ToneModel, argument: str = "model") -> Judge:
    """Return the judge that a model is, its answers checked.

    Raises
    ------
    ArgumentError
        There is no such model, or it is not on this computer. The judge raises it too, where an answer is not three
        probabilities for each text.
    MissingExtraError
        The model needs a package that is not installed.

    Examples
    --------
    >>> judge_of("fast")(["Iran praised Ruritania."], [(13, 22)]).argmax(axis=1).tolist()
    [2]
    >>> judge_of("quick")
    Traceback (most recent call last):
    ...
    analystkit.errors.ArgumentError: `model` is 'quick'; allowed: 'fast', 'accurate', 'transformers:<name or \
folder of a model>', 'NewsSentiment', or a function of texts and spans.
    """
    if callable(model):
        return _checked(model, argument)
    if model in OWN_MODELS:
        return _own(model)
    if model == "NewsSentiment":
        return _checked(_news_sentiment(), argument)
    if isinstance(model, str) and model.startswith("transformers:") and len(model) > len("transformers:"):
        return _checked(_transformers(model.removeprefix("transformers:")), argument)
    raise ArgumentError(f"`{argument}` is {model!r}; allowed: {_ALLOWED}.")


def model_sha256(model: ToneModel) -> str:
    """Return the hash of the files of a model of ours, which a report names; "" for another.

    >>> len(model_sha256("fast")), model_sha256(len)
    (64, '')
    """
    if model not in OWN_MODELS:
        return ""
    digest = hashlib.sha256()
    for name in _module(str(model)).FILES:
        digest.update(resource_bytes(name))
    return digest.hexdigest()


def _own(model: str) -> Judge:
    judge: Judge = _module(model).judge
    return judge


@cache
def _module(model: str) -> ModuleType:
    """Load a model of ours; the module of each has a function `judge`, and names its files in `FILES`."""
    try:
        return importlib.import_module(f"analystkit.annotate.tone.{model}")
    except ImportError as error:
        raise MissingExtraError(
            f"The model {model!r} needs the package {error.name!r}; install it with:"
            f" pip install 'analystkit[{model}]'."
        ) from error


@cache
def _transformers(name: str) -> Judge:
    """Load a model that takes a sentence and, as its pair, the target."""
    try:
        transformers = importlib.import_module("transformers")
    except ImportError as error:
        raise MissingExtraError(
            "transformers is not installed; install it with: pip install transformers torch."
        ) from error
    try:
        tokenizer = transformers.AutoTokenizer.from_pretrained(name, local_files_only=True)
        model = transformers.AutoModelForSequenceClassification.from_pretrained(name, local_files_only=True)
    except OSError as error:
        raise ArgumentError(
            f"transformers has no model {name!r} on this computer; get it with: hf download {name}."
        ) from error
    column_of = _columns(name, model.config.id2label.values())
    classify = transformers.pipeline(
        "text-classification", model=model, tokenizer=tokenizer, top_k=None, function_to_apply="softmax"
    )

    def judge(texts: Sequence[str], spans: Sequence[tuple[int, int]]) -> Probabilities:
        pairs = [
            {"text": text, "text_pair": text[start:end]}
            for text, (start, end) in zip(texts, spans, strict=True)
        ]
        found = classify(pairs, truncation="only_first") if pairs else []
        return _in_order([{column_of[one["label"]]: one["score"] for one in row} for row in found])

    return judge


@cache
def _news_sentiment() -> Judge:
    try:
        package = importlib.import_module("NewsSentiment")
    except ImportError as error:
        raise MissingExtraError(
            "NewsSentiment is not installed; install it with: pip install NewsSentiment."
        ) from error
    classifier = package.TargetSentimentClassifier()

    def judge(texts: Sequence[str], spans: Sequence[tuple[int, int]]) -> Probabilities:
        targets = [
            (text[:start], text[start:end], text[end:])
            for text, (start, end) in zip(texts, spans, strict=True)
        ]
        found = classifier.infer(targets=targets) if targets else []
        return _in_order([{one["class_id"]: one["class_prob"] for one in row} for row in found])

    return judge


def _columns(name: str, labels: Iterable[str]) -> dict[str, int]:
    """Return the column of each label of a model."""
    column_of = {
        label: column
        for label in labels
        for column, beginning in enumerate(_BEGINNINGS)
        if label.lower().startswith(beginning)
    }
    if sorted(column_of.values()) != [0, 1, 2]:
        raise ArgumentError(
            f"The model {name!r} tells {', '.join(map(repr, labels))}; it must tell negative, neutral and positive."
            " Give a function that brings its answers into that order."
        )
    return column_of


def _in_order(rows: Sequence[Mapping[int, float]]) -> Probabilities:
    return np.array([[row[column] for column in range(3)] for row in rows], np.float64).reshape(-1, 3)


def _checked(own: Judge, argument: str) -> Judge:
    def judge(texts: Sequence[str], spans: Sequence[tuple[int, int]]) -> Probabilities:
        given = np.asarray(own(texts, spans), dtype=np.float64)
        if given.shape != (len(texts), 3) or (
            len(given) and not np.allclose(given.sum(axis=1), 1, atol=0.01)
        ):
            raise ArgumentError(
                f"`{argument}` gave an array of shape {given.shape}; for {len(texts)} texts it must be"
                f" ({len(texts)}, 3), each row adding up to 1."
            )
        return given

    return judge
