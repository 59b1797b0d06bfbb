"""Overall tone of texts as readers would rate it: all word lists together, and the small model beside them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

import numpy as np

from analystkit.annotate.tone import fast
from analystkit.annotate.tone.lexicons import ToneLexicon, together
from analystkit.annotate.tone.vader import Floats, score_tone
from analystkit.errors import ArgumentError

#: What the model counts beside the lists: it knows who does what, they know more words.
_SHARE: Final = 0.2
# What the model takes for its target: the first name or pronoun, else the first word.
_NAMED: Final = re.compile(r"(?<=.)\b(?:[A-Z]\w+|he|she|they|it|we|I)\b", re.DOTALL)
_WORD: Final = re.compile(r"\S+")


def score_overall(texts: Iterable[str], *, lexicon: ToneLexicon | None = None) -> Floats:
    """Score the overall tone of each text by all word lists and the small model.

    Parameters
    ----------
    texts
        Sentences or headlines, as printed.
    lexicon
        The values that a project gave words; they stand above all lists.

    Returns
    -------
    ndarray
        The tone of each text, float64, -1 (all bad) to 1 (all good).

    Raises
    ------
    ArgumentError
        `texts` is one str, or an item is no str.

    Notes
    -----
    Four parts `together` of `score_lexicons`, one part positive less negative of `tone_towards` for the first name,
    pronoun or word. Nothing in it was fitted to ratings of sentences.

    Examples
    --------
    >>> bad, good = score_overall(["Critics say the plan failed.", "Critics praised the plan."])
    >>> bool(bad < 0 < good)
    True
    """
    if isinstance(texts, str):
        raise ArgumentError(f"`texts` is one str, {texts[:60]!r}; pass a list of texts: [text].")
    sentences = list(texts)
    words = lexicon.words if lexicon else {}
    scores = score_tone(sentences, lexicon={**together(), **words})
    told = [number for number, text in enumerate(sentences) if text.strip()]
    spans = [(_NAMED.search(sentences[number]) or _WORD.search(sentences[number])) for number in told]
    chances = fast.judge([sentences[number] for number in told], [found.span() for found in spans if found])
    leaning = np.zeros(len(sentences))
    leaning[told] = chances[:, 2] - chances[:, 0]
    rated: Floats = (1 - _SHARE) * scores + _SHARE * leaning
    return rated
