"""What judges the tone towards a target: models of ours, or any function, behind one call.

A judge is given sentences and the place of a target in each, and says how probable each of the three labels is. From
which probability on a label is given, and whose voice it may be, is decided in `towards` for all alike. The key of a
model for the cache is that of the models of actors: `actors.backends.model_key`.
"""

from __future__ import annotations

import hashlib
import importlib
from collections.abc import Callable, Sequence
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

_ALLOWED: Final = "'fast', 'accurate', or a function of texts and spans"


def judge_of(model: ToneModel, argument: str = "model") -> Judge:
    """Return the judge that a model is, its answers checked.

    Raises
    ------
    ArgumentError
        There is no such model. The judge raises it too, where an answer is not three probabilities for each text.
    MissingExtraError
        The model needs a package that is not installed.

    Examples
    --------
    >>> judge_of("fast")(["Iran praised Ruritania."], [(13, 22)]).argmax(axis=1).tolist()
    [2]
    >>> judge_of("quick")
    Traceback (most recent call last):
    ...
    analystkit.errors.ArgumentError: `model` is 'quick'; allowed: 'fast', 'accurate', or a function of texts and spans.
    """
    if callable(model):
        return _checked(model, argument)
    if model in OWN_MODELS:
        return _own(model)
    raise ArgumentError(f"`{argument}` is {model!r}; allowed: {_ALLOWED}.")


def model_sha256(model: ToneModel) -> str:
    """Return the hash of the files of a model of ours, which a report names; "" for a function.

    >>> len(model_sha256("fast")), model_sha256(len)
    (64, '')
    """
    if not isinstance(model, str):
        return ""
    digest = hashlib.sha256()
    for name in _module(model).FILES:
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
