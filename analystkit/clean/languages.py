"""A text -> the language it is in, by its frequent words and its script; "" where that is not sure."""

from __future__ import annotations

import csv
import functools
import re
from collections import Counter
from collections.abc import Mapping
from typing import Final

from analystkit.resources import resource_text

_SAMPLE: Final = 1000  # characters that are looked at
_LEAST_SIGNS: Final = 20  # letters of a script that only one language, or one of two, is written in
_LEAST_WORDS: Final = 8
_LEAST_SHARE: Final = 0.12  # of the words are frequent ones of the language
_LEAD: Final = 1.15  # times the next language's sum

_HAN: Final = re.compile(r"[\u3400-\u9fff]")
_KANA: Final = re.compile(r"[\u3040-\u30ff]")
#: Scripts of one language, or nearly.
_SCRIPTS: Final = (
    ("ko", re.compile(r"[\uac00-\ud7a3]")),
    ("el", re.compile(r"[\u0370-\u03ff]")),
    ("he", re.compile(r"[\u0590-\u05ff]")),
    ("th", re.compile(r"[\u0e00-\u0e7f]")),
    ("ka", re.compile(r"[\u10a0-\u10ff]")),
    ("hy", re.compile(r"[\u0530-\u058f]")),
    ("bn", re.compile(r"[\u0980-\u09ff]")),
    ("ta", re.compile(r"[\u0b80-\u0bff]")),
    ("my", re.compile(r"[\u1000-\u109f]")),
    ("km", re.compile(r"[\u1780-\u17ff]")),
)
_ANY_SCRIPT: Final = re.compile("[\u0370-\u03ff\u0530-\u05ff\u0980-\u1fff\u3040-\u9fff\uac00-\ud7a3]")


@functools.cache
def frequent_words() -> Mapping[str, tuple[str, ...]]:
    """Return the languages that each word of `resources/language_words.csv` is frequent in."""
    languages: dict[str, list[str]] = {}
    for row in csv.DictReader(resource_text("language_words.csv").splitlines()):
        for word in dict.fromkeys(row["words"].split()):
            languages.setdefault(word, []).append(row["language"])
    return {word: tuple(found) for word, found in languages.items()}


def find_language(text: str) -> str:
    """Return the two-letter code of the language of a text, or "" if it is too short or not plainly in one.

    Parameters
    ----------
    text
        The text of an article; its beginning is looked at.

    Examples
    --------
    >>> find_language("The two ministers met in Oslo and said that they will be back in the spring.")
    'en'
    >>> find_language("Die beiden Minister trafen sich in Oslo und sagten, dass sie im Frühling zurück sind.")
    'de'
    >>> find_language("回談は終了し、両国の大臣は春にまた会うことで合意したと発表しました。")
    'ja'
    >>> find_language("Oslo 3-1")
    ''
    """
    sample = text[:_SAMPLE]
    if not sample.isascii() and _ANY_SCRIPT.search(sample) and (language := _by_script(sample)):
        return language
    words = sample.lower().split()
    known = frequent_words()
    # Most words that are frequent are so in few sets of languages.
    found = Counter(filter(None, map(known.get, words)))
    if len(words) < _LEAST_WORDS or found.total() < _LEAST_SHARE * len(words):
        return ""
    sums: dict[str, float] = {}
    for languages, n in found.items():
        # A word of many languages says little of which it is.
        for language in languages:
            sums[language] = sums.get(language, 0.0) + n / len(languages)
    best = max(sums, key=sums.__getitem__)
    n_own = sum(n for languages, n in found.items() if best in languages)
    most = sums.pop(best)
    if n_own < _LEAST_SHARE * len(words) or most < _LEAD * max(sums.values(), default=0.0):
        return ""
    return best


def _by_script(sample: str) -> str:
    """Return the language if most letters are of a script that tells it."""
    n_letters = sum(map(str.isalpha, sample))
    if n_letters < _LEAST_SIGNS:
        return ""
    n_han, n_kana = len(_HAN.findall(sample)), len(_KANA.findall(sample))
    if n_han + n_kana > n_letters / 2:
        # A Chinese text may hold a Japanese name; in a Japanese one every third sign is kana.
        return "ja" if n_kana > 0.05 * n_letters else "zh"
    return next((code for code, script in _SCRIPTS if 2 * len(script.findall(sample)) > n_letters), "")
