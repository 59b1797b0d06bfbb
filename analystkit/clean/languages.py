"""A text -> the language it is in, by its frequent words and its script; "" where that is not sure."""

from __future__ import annotations

import csv
import functools
import math
import re
from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from analystkit.resources import resource_text

Matrix = npt.NDArray[np.float64]
Sets = npt.NDArray[np.int64]

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
#: ASCII but for the controls that only text, not bytes, takes for spaces.
_PLAIN: Final = bytes({*range(0x80)} - {*range(0x1C, 0x20)})
#: Marks that are no letters and no spaces.
_MARKS: Final = tuple(mark.encode() for mark in "\u201c\u201d\u2019\u2018\u2013\u2014\u2026")
_ANY_SCRIPT: Final = re.compile("[\u0370-\u03ff\u0530-\u05ff\u0980-\u1fff\u3040-\u9fff\uac00-\ud7a3]")


@functools.cache
def frequent_words() -> Mapping[str, tuple[str, ...]]:
    """Return the languages that each word of `resources/language_words.csv` is frequent in."""
    languages: dict[str, list[str]] = {}
    for row in csv.DictReader(resource_text("language_words.csv").splitlines()):
        for word in dict.fromkeys(row["words"].split()):
            languages.setdefault(word, []).append(row["language"])
    return {word: tuple(found) for word, found in languages.items()}


@functools.cache
def _numbered() -> tuple[pa.Array, Sets, tuple[str, ...], Matrix, Matrix]:
    """Return the words, the set of languages of each as a number, the languages, and which of them are in each set.

    The last says how much a word of the set counts for each language: that of many languages says little of which it is.
    """
    known = frequent_words()
    sets = list(dict.fromkeys(known.values()))
    codes = tuple(sorted({language for one in sets for language in one}))
    # Whole numbers, so that sums are exact.
    whole = math.lcm(*map(len, sets))
    member, weight = np.zeros((2, len(sets), len(codes)))
    for i, one in enumerate(sets):
        for language in one:
            member[i, codes.index(language)] = 1
            weight[i, codes.index(language)] = whole // len(one)
    number = {one: i for i, one in enumerate(sets)}
    numbers = np.array([number[one] for one in known.values()], dtype=np.int64)
    return pa.array(known, pa.large_string()), numbers, codes, member, weight


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
    return find_languages([text])[0]


def find_languages(texts: Sequence[str]) -> list[str]:
    """Return the language of each text, see `find_language`; many at once take less time.

    >>> find_languages(["Oslo 3-1", "The two ministers said in Oslo that they will be back in the spring."])
    ['', 'en']
    """
    if not texts:
        return []
    known, number, codes, member, weight = _numbered()
    scripts: dict[int, str] = {}
    lowered: list[bytes] = []
    for i, text in enumerate(texts):
        sample = text[:_SAMPLE]
        small = lower_bytes(sample)
        if small is None:
            if _ANY_SCRIPT.search(sample) and (language := _by_script(sample)):
                scripts[i] = language
            # Bytes are parted at plain spaces only.
            small = " ".join(sample.lower().split()).encode("utf-8", "surrogatepass")
        lowered.append(small)
    # Seen as text that nobody checks: half a character is no fault here.
    words = pc.ascii_split_whitespace(pa.array(lowered, pa.large_binary()).view(pa.large_string()))
    owners = np.repeat(np.arange(len(texts)), np.diff(words.offsets.to_numpy()))
    # Spaces at an end part an empty word off.
    all_words = np.bincount(owners[pc.binary_length(words.values).to_numpy() > 0], minlength=len(texts))
    place = pc.index_in(words.values, value_set=known).fill_null(-1).to_numpy()
    is_known = place >= 0
    cells = owners[is_known] * len(member) + number[place[is_known]]
    counts = (
        np.bincount(cells, minlength=len(texts) * len(member)).reshape(len(texts), len(member)).astype(float)
    )
    of_any = counts.sum(axis=1)
    sums, own = counts @ weight, counts @ member
    best = sums.argmax(axis=1)
    each = np.arange(len(texts))
    most = sums[each, best]
    sums[each, best] = 0
    is_sure = (
        (all_words >= _LEAST_WORDS)
        & (of_any >= _LEAST_SHARE * all_words)
        & (own[each, best] >= _LEAST_SHARE * all_words)
        & (most >= _LEAD * sums.max(axis=1))
    )
    told = [codes[i] if sure else "" for i, sure in zip(best.tolist(), is_sure.tolist(), strict=True)]
    return [scripts.get(i, language) for i, language in enumerate(told)]


def lower_bytes(text: str) -> bytes | None:
    """Return a text in small letters as bytes, of which words are much quicker to make; None where that is not so simple.

    It is simple where all beside ASCII is printers' marks and small letters, none of a script that tells the language.

    >>> lower_bytes("“Malmö”, HE said"), lower_bytes("Österreich") is None
    (b'\xe2\x80\x9cmalm\xc3\xb6\xe2\x80\x9d, he said', True)
    """
    data = text.encode("utf-8", "surrogatepass")
    signs = data.translate(None, _PLAIN)
    for mark in _MARKS if signs else ():
        signs = signs.replace(mark, b"")
    if signs:
        rest = signs.decode("utf-8", "surrogatepass")
        if not rest.isalpha() or rest != rest.lower() or _ANY_SCRIPT.search(rest):
            return None
    return data.lower()


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
