"""Topics: texts and a term list in, one row per hit of one term out.

Every word of a text is looked up once, by the way it is written, in a table that says which terms can begin with
it. The table fills itself as words turn up, so wildcards are tried once per distinct word, not once per word.
"""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
import pandas as pd

from analystkit.annotate.term_lists import (
    APOSTROPHES,
    HYPHENS,
    Phrase,
    TopicList,
    Topics,
    parse_term,
    read_topics,
)
from analystkit.errors import ArgumentError, check_columns
from analystkit.schema import INTEGER, STRING, conform

__all__ = ["TopicList", "annotate_topics", "find_topics", "read_topics"]

_WORD: Final = re.compile(r"\w+")
_WILDCARD: Final = re.compile(r"[*?]")
_RUN: Final = re.compile(r"[\w*?]+")
_RUN_OR_OTHER: Final = re.compile(r"[\w*?]+|.", re.DOTALL)
_BETWEEN: Final = rf"(?:\s++|[{HYPHENS}]\s*+)"
_MOST_WORDS: Final = 200_000  # kept in the table: some 20 MB


_Span = tuple[int, int, int]  # start, end, place of the term in the list

_COLUMNS: Final = {
    "text_id": INTEGER,
    "start": INTEGER,
    "end": INTEGER,
    "topic": STRING,
    "term": STRING,
    "surface": STRING,
}


def find_topics(texts: Iterable[str | float | None], topics: Topics) -> pd.DataFrame:
    """Find the terms of each topic in each text.

    A hit begins and ends with whole words: "art" is not in "party". Where hits of one topic overlap, the longest
    counts, of equally long ones the first, of two terms for the same words the one listed first. Hits of several
    topics may overlap. What a term may hold (phrases, wildcards, nearness, exclusions) is said in
    `term_lists.parse_term`.

    Parameters
    ----------
    texts
        A list of texts; an absent one (None, NaN) has no hits.
    topics
        A `TopicList`, or what `read_topics` takes.

    Returns
    -------
    DataFrame
        One row per hit, in reading order, topics that begin at the same character in the order of the list.
        `text_id`: place of the text in `texts`, from 0. `start`, `end`: half-open, in characters of the text.
        `topic`, `term`: as written in the list. `surface`: `text[start:end]`.

    Raises
    ------
    ArgumentError
        `texts` is one text, or holds something else than texts.
    TopicFileError
        `topics` cannot be read.

    Notes
    -----
    A hit says that a term is there, not that the text is about the topic, nor that it affirms it: "no sanctions"
    is a hit of "sanction*".

    Examples
    --------
    >>> topics = {"topics": {"sanctions": ["sanction*"], "arms": ["artillery shell*", "shell*"]}}
    >>> find_topics(["New sanctions hit the makers of artillery\\nshells."], topics)
       text_id  start  end      topic              term            surface
    0        0      4   13  sanctions         sanction*          sanctions
    1        0     32   48       arms  artillery shell*  artillery\\nshells
    """
    if isinstance(texts, str):
        raise ArgumentError(f"`texts` is one text ({texts[:40]!r}); pass a list of texts, such as [text].")
    index = _index(topics if isinstance(topics, TopicList) else read_topics(topics))
    rows: list[tuple[int, int, int, str, str, str]] = []
    for text_id, text in enumerate(texts):
        if isinstance(text, str):
            for start, end, term in index.hits(text):
                rows.append((text_id, start, end, term.topic, term.written, text[start:end]))
        elif not (pd.api.types.is_scalar(text) and pd.isna(text)):
            raise ArgumentError(f"`texts` holds {text!r} at place {text_id}; allowed: texts, None and NaN.")
    return pd.DataFrame(rows, columns=list(_COLUMNS)).astype(_COLUMNS)


def annotate_topics(articles: pd.DataFrame, sentences: pd.DataFrame, topics: TopicList) -> pd.DataFrame:
    """Find the terms of each topic in the bodies of articles, and the sentence in which each hit starts.

    Parameters
    ----------
    articles
        One row per article; needs `article_id` (unique), `body`.
    sentences
        One row per sentence of these articles; needs `article_id`, `sentence_id`, `start`, `end`. Those of other
        articles are ignored.
    topics
        The term lists in force.

    Returns
    -------
    DataFrame
        The table `topic_hits` of the schema: one row per hit, articles in their given order, hits in reading order.

    Raises
    ------
    MissingColumnError
        A needed column is absent.
    ArgumentError
        A hit starts in no sentence: `sentences` was not made from these bodies.

    Examples
    --------
    >>> articles = pd.DataFrame({"article_id": ["a1"], "body": ["Talks failed. Sanctions stay."]})
    >>> sentences = pd.DataFrame(
    ...     {"article_id": ["a1", "a1"], "sentence_id": [0, 1], "start": [0, 14], "end": [13, 29]}
    ... )
    >>> annotate_topics(articles, sentences, read_topics({"topics": {"sanctions": ["sanction*"]}}))
      article_id  sentence_id  start  end      topic       term    surface
    0         a1            1     14   23  sanctions  sanction*  Sanctions
    """
    check_columns("articles", map(str, articles.columns), ("article_id", "body"))
    check_columns("sentences", map(str, sentences.columns), ("article_id", "sentence_id", "start", "end"))
    hits = find_topics(articles["body"].tolist(), topics)
    ids = articles["article_id"].reset_index(drop=True)
    hits["article_id"] = ids.take(hits["text_id"].to_numpy()).to_numpy()
    hits["sentence_id"] = _sentence_of(hits, ids, sentences)
    return conform(hits.drop(columns="text_id"), "topic_hits")


def _sentence_of(hits: pd.DataFrame, ids: pd.Series[str], sentences: pd.DataFrame) -> pd.Series[int]:
    """Return the `sentence_id` of the sentence in which each hit starts."""
    numbered = sentences.assign(text_id=pd.Index(ids).get_indexer(pd.Index(sentences["article_id"])))
    numbered = numbered[numbered["text_id"] >= 0].sort_values(["text_id", "start"], ignore_index=True)
    # One number per place in all the texts, so that one search serves every article.
    stride = pd.concat([numbered["end"], hits["end"]]).max() + 1
    begins = (numbered["text_id"] * stride + numbered["start"]).to_numpy()
    at = np.searchsorted(begins, (hits["text_id"] * stride + hits["start"]).to_numpy(), side="right") - 1
    found = numbered.reindex(at).reset_index(drop=True)  # place -1, before the first sentence, gives NaN
    astray = hits[(found["text_id"] != hits["text_id"]) | (found["end"] <= hits["start"])]
    if len(astray):
        hit = astray.iloc[0]
        raise ArgumentError(
            f"`sentences` has no sentence around character {hit['start']} of article {hit['article_id']!r} "
            f"({hit['surface']!r}); make it from the same bodies as `articles`."
        )
    return found["sentence_id"].astype(INTEGER)


@dataclass(frozen=True, slots=True, eq=False)
class _Term:
    """One term, ready to be matched where a word of a text begins."""

    order: int
    topic: str
    written: str
    first: (
        str  # the letters, digits and wildcards at its start: "U" of "U.N.", "shell*" of "shell* and bombs"
    )
    first_word: re.Pattern[str]  # to be matched against a whole word
    whole: (
        re.Pattern[str] | None
    )  # to be matched from where that word begins; None if there is no more to match
    excludes: bool
    within: int
    near: tuple[tuple[re.Pattern[str], int], ...]  # what must stand near, and how many words it has
    absent: bool

    def met(self, text: str, start: int, end: int, words: list[tuple[int, int]]) -> bool:
        """Say whether what must stand near a match does, or, where it must not, does not."""
        if not self.near:
            return True
        first = bisect(words, (start + 1,)) - 1
        last = bisect(words, (end,)) - 1
        stands = False
        for pattern, n_words in self.near:
            reach = self.within + n_words - 1
            low = words[max(0, first - reach)][0]
            high = words[min(len(words) - 1, last + reach)][1]
            stands = stands or any(
                match.end() <= start or match.start() >= end for match in pattern.finditer(text, low, high)
            )
        return stands != self.absent


def _term(order: int, topic: str, written: str) -> _Term:
    parsed = parse_term(written)
    words = parsed.phrase.words
    case = re.NOFLAG if parsed.phrase.exact else re.IGNORECASE
    first = _RUN.findall(words[0])[0]
    more = words != (first,)
    whole = re.compile(_BETWEEN.join(map(_word_pattern, words)) + r"(?!\w)", case) if more else None
    return _Term(
        order,
        topic,
        written,
        first,
        re.compile(_run_pattern(first), case),
        whole,
        parsed.excludes,
        parsed.within,
        tuple((_anywhere(phrase), len(phrase.words)) for phrase in parsed.near),
        parsed.absent,
    )


def _anywhere(phrase: Phrase) -> re.Pattern[str]:
    case = re.NOFLAG if phrase.exact else re.IGNORECASE
    return re.compile(r"(?<!\w)" + _BETWEEN.join(map(_word_pattern, phrase.words)) + r"(?!\w)", case)


def _word_pattern(word: str) -> str:
    """Return the pattern of one word of a term; punctuation in it stands for itself."""
    return "".join(
        _run_pattern(part) if _RUN.match(part) else f"[{APOSTROPHES}]" if part == "'" else re.escape(part)
        for part in _RUN_OR_OTHER.findall(word)
    )


def _run_pattern(run: str) -> str:
    """Return the pattern of letters, digits and wildcards that stand together.

    The atomic groups keep the time in proportion to the length of a word, however many wildcards there are:
    what stands between two wildcards may as well be taken at its first place.
    """
    if not run.strip("*"):
        return r"\w++"
    first, *others = ("".join(r"\w" if c == "?" else c for c in part) for part in run.split("*"))
    if not others:
        return first
    return first + "".join(rf"(?>\w*?{part})" for part in others[:-1]) + rf"\w*{others[-1]}"


class _Index(dict[str, tuple[_Term, ...]]):
    """The terms that can begin with a word, by the word as it is written; each word is worked out once."""

    def __init__(self, topics: TopicList) -> None:
        super().__init__()
        pairs = [(topic, term) for topic, terms in topics.topics.items() for term in terms]
        self._terms = [_term(order, topic, written) for order, (topic, written) in enumerate(pairs)]
        self._plain: dict[str, list[_Term]] = {}
        self._wild: list[_Term] = []
        for term in self._terms:
            if _WILDCARD.search(term.first):
                self._wild.append(term)
            else:
                self._plain.setdefault(_fold(term.first), []).append(term)
        # Most words begin no term: one pattern says so for all wildcards together.
        any_wild = "|".join(term.first_word.pattern for term in self._wild)
        self._any_wild = re.compile(any_wild or r"(?!)", re.IGNORECASE)

    def __missing__(self, word: str) -> tuple[_Term, ...]:
        near = self._plain.get(_fold(word), [])
        if self._any_wild.fullmatch(word):
            near = near + self._wild
        if len(self) >= _MOST_WORDS:
            self.clear()
        self[word] = tuple(term for term in near if term.first_word.fullmatch(word))
        return self[word]

    def hits(self, text: str) -> list[tuple[int, int, _Term]]:
        """Return start, end and term of each hit, in reading order."""
        found: dict[str, list[_Span]] = {}
        left_out: dict[str, list[tuple[int, int]]] = {}
        words: list[tuple[int, int]] = []
        for word in _WORD.finditer(text):
            for term in self[word.group()]:
                match = term.whole.match(text, word.start()) if term.whole else word
                if not match:
                    continue
                if term.near and not words:
                    words = [other.span() for other in _WORD.finditer(text)]
                if term.excludes:
                    left_out.setdefault(term.topic, []).append(match.span())
                elif term.met(text, *match.span(), words):
                    found.setdefault(term.topic, []).append((*match.span(), term.order))
        for topic, parts in left_out.items():
            found[topic] = [
                span
                for span in found.get(topic, [])
                if not any(start < span[1] and span[0] < end for start, end in parts)
            ]
        kept = sorted(
            ((start, order, end) for spans in found.values() for start, end, order in _longest(spans))
        )
        return [(start, end, self._terms[order]) for start, order, end in kept]


def _longest(spans: list[_Span]) -> list[_Span]:
    """Drop every span that overlaps a longer one, or one as long that comes before it."""
    kept: list[_Span] = []
    for span in sorted(spans, key=lambda span: (span[0] - span[1], span[0], span[2])):
        at = bisect(kept, span)
        before_is_over = at == 0 or kept[at - 1][1] <= span[0]
        next_is_later = at == len(kept) or span[1] <= kept[at][0]
        if before_is_over and next_is_later:
            kept.insert(at, span)
    return kept


def _fold(word: str) -> str:
    """Return the same key for all words that are equal but for case; for some that are not, too."""
    return word.casefold().replace("\u0307", "").replace("ı", "i")  # İ and ı, as `re` has it


@lru_cache(maxsize=16)
def _index(topics: TopicList) -> _Index:
    return _Index(topics)
