"""What finds the names: rules alone, models of ours, models of others, or any function, behind one call.

A backend says only where persons, organisations and places are named. Which of them are states or media, who is meant
and in which office is decided by the same lists and rules for all.
"""

from __future__ import annotations

import hashlib
import importlib
import re
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import Any, Final, NamedTuple

from analystkit.errors import ArgumentError, MissingExtraError

#: What a backend may say that a span names.
SPAN_KINDS: Final = ("person", "organisation", "place")
#: The models that analystkit itself brings.
OWN_MODELS: Final = ("rules", "fast", "accurate")

_ALLOWED: Final = "'rules', 'fast', 'accurate', 'spacy:<name of a pipeline>', 'nltk', or a function"
#: Labels of OntoNotes, of WikiNER and of NLTK -> ours. Peoples (NORP) are left to the lists.
_LABELS: Final = {
    "PERSON": "person",
    "PER": "person",
    "ORG": "organisation",
    "ORGANIZATION": "organisation",
    "GPE": "place",
    "LOC": "place",
    "FAC": "place",
    "LOCATION": "place",
    "FACILITY": "place",
    "GSP": "place",
}
_ARTICLE: Final = re.compile(r"[Tt]he\s+")
_POSSESSIVE: Final = re.compile(r"['’]s?$")


class Span(NamedTuple):
    """One name in a text: half-open offsets in characters, one of `SPAN_KINDS`, and how sure that is (0-1)."""

    start: int
    end: int
    kind: str
    probability: float = 1.0


#: Texts in, the names of each text out, in reading order and apart from each other.
Backend = Callable[[Sequence[str]], Iterable[Sequence[Span]]]
#: What a caller may give: the name of a model, or a backend.
Model = str | Backend


def backend_of(model: Model, argument: str = "model") -> Backend | None:
    """Return the backend of a model; None for "rules", which need none.

    Raises
    ------
    ArgumentError
        There is no such model, or its data is not on this computer.
    MissingExtraError
        The model needs a package that is not installed.

    Examples
    --------
    >>> backend_of("rules") is None
    True
    >>> backend_of("quick")
    Traceback (most recent call last):
    ...
    analystkit.errors.ArgumentError: `model` is 'quick'; allowed: 'rules', 'fast', 'accurate', 'spacy:<name of a \
pipeline>', 'nltk', or a function.
    """
    if callable(model):
        return model
    if model == "rules":
        return None
    if model in OWN_MODELS:
        return _own(model)
    if model == "nltk":
        return _nltk()
    if isinstance(model, str) and model.startswith("spacy:") and len(model) > len("spacy:"):
        return _spacy(model.removeprefix("spacy:"))
    raise ArgumentError(f"`{argument}` is {model!r}; allowed: {_ALLOWED}.")


def model_key(model: str | Callable[..., Any]) -> str:
    """Return the model in words, for the cache: a name, or where a function is from and what it does.

    >>> model_key("fast"), model_key(sorted)
    ('fast', 'builtins.sorted')
    """
    if isinstance(model, str):
        return model
    code = getattr(model, "__code__", None)
    made = "" if code is None else hashlib.blake2b(_code(code), digest_size=8).hexdigest()
    name = f"{getattr(model, '__module__', '')}.{getattr(model, '__qualname__', type(model).__qualname__)}"
    return f"{name}:{made}" if made else name


def checked(spans: Sequence[Span], text: str) -> list[Span]:
    """Return the spans in reading order; raise `ArgumentError` for one that lies outside, is of no kind, or overlaps.

    >>> checked([Span(9, 13, "place", 0.9), Span(0, 5, "person", 0.8)], "Lebed in Oslo")
    [Span(start=0, end=5, kind='person', probability=0.8), Span(start=9, end=13, kind='place', probability=0.9)]
    """
    ordered = sorted(Span(*span) for span in spans)
    last = 0
    for span in ordered:
        start, end, kind = span[:3]
        if not last <= start < end <= len(text):
            raise ArgumentError(
                f"`model` gave the span {start}-{end} for a text of {len(text)} characters; spans must lie inside the"
                " text and must not overlap."
            )
        if kind not in SPAN_KINDS:
            raise ArgumentError(
                f"`model` gave the kind {kind!r}; allowed: {', '.join(map(repr, SPAN_KINDS))}."
            )
        last = end
    return ordered


@cache
def _own(model: str) -> Backend:
    """Load a model of ours; the module of each has a function `tag`."""
    try:
        module = importlib.import_module(f"analystkit.annotate.actors.{model}")
    except ImportError as error:
        raise MissingExtraError(
            f"The model {model!r} needs the package {error.name!r}; install it with:"
            f" pip install 'analystkit[{model}]'."
        ) from error
    tag: Backend = module.tag
    return tag


@cache
def _spacy(name: str) -> Backend:
    try:
        spacy = importlib.import_module("spacy")
    except ImportError as error:
        raise MissingExtraError("spaCy is not installed; install it with: pip install spacy.") from error
    try:
        pipeline = spacy.load(name)
    except OSError as error:
        raise ArgumentError(
            f"spaCy has no pipeline {name!r} on this computer; get it with: python -m spacy download {name}."
        ) from error

    def tag(texts: Sequence[str]) -> list[list[Span]]:
        return [
            _usable(document.text, [(e.start_char, e.end_char, e.label_) for e in document.ents])
            for document in pipeline.pipe(texts)
        ]

    return tag


@cache
def _nltk() -> Backend:
    # The chunker is kept: `nltk.ne_chunk` reads it from disk on every call.
    nltk: Any = importlib.import_module("nltk")
    try:
        chunker = importlib.import_module("nltk.chunk.named_entity").Maxent_NE_Chunker("multiclass")
        nltk.pos_tag(["word"])
        nltk.sent_tokenize("Words.")
    except LookupError as error:
        raise ArgumentError(
            "NLTK's data is not on this computer; get it with: python -m nltk.downloader maxent_ne_chunker_tab"
            " averaged_perceptron_tagger_eng punkt_tab words."
        ) from error
    splitter = nltk.tokenize.NLTKWordTokenizer()

    def tag(texts: Sequence[str]) -> list[list[Span]]:
        return [_usable(text, _chunks(text)) for text in texts]

    def _chunks(text: str) -> list[tuple[int, int, str]]:
        found: list[tuple[int, int, str]] = []
        for offset, stop in nltk.tokenize.PunktTokenizer().span_tokenize(text):
            places = list(splitter.span_tokenize(text[offset:stop]))
            words = [text[offset + start : offset + end] for start, end in places]
            at = 0
            for part in chunker.parse(nltk.pos_tag(words)) if words else ():
                size = len(part) if hasattr(part, "label") else 1
                if hasattr(part, "label"):
                    found.append((offset + places[at][0], offset + places[at + size - 1][1], part.label()))
                at += size
        return found

    return tag


def _usable(text: str, named: Sequence[tuple[int, int, str]]) -> list[Span]:
    """Turn what other tools found into spans: our kinds, without "the" in front and "'s" behind."""
    spans: list[Span] = []
    for start, end, label in named:
        kind = _LABELS.get(label)
        if kind is None:
            continue
        if article := _ARTICLE.match(text, start, end):
            start = article.end()
        end -= len(mark[0]) if (mark := _POSSESSIVE.search(text[start:end])) else 0
        if start < end:
            spans.append(Span(start, end, kind))
    return spans


def _code(code: Any) -> bytes:
    constants = b"".join(_code(c) if hasattr(c, "co_code") else repr(c).encode() for c in code.co_consts)
    return bytes(code.co_code) + constants + repr(code.co_names).encode()
