"""Word lists of tone beside VADER's: Hu & Liu, and the words that the analyst gives another value.

The analyst's values are a small file, replayed on every load: VADER's rules (negation, boosters) run over VADER's words
with these in their place.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Final, NamedTuple

import numpy as np
import pandas as pd

from analystkit import schema
from analystkit.annotate.decision_log import DecisionLog, check_day, read_rows
from analystkit.annotate.tone.vader import checked_lexicon, score_tone, vader_data
from analystkit.annotate.tone.words import CLASSES, POLARITY, classed_words
from analystkit.errors import ArgumentError, LexiconFileError
from analystkit.read.sources import LEXICON_FILE
from analystkit.resources import resource_text
from analystkit.schema import STRING

COLUMNS: Final = ("day", "word", "value", "note")
#: The word lists that are set side by side.
LISTS: Final = ("vader", "hu_liu", "project")
#: What one word of Hu & Liu, which knows no degrees, counts on VADER's scale: about as much as "good" and "bad".
HU_LIU_VALENCE: Final = 2.0
#: What our verbs and nouns count in the mean of the lists: a good verb may stand beside an actor who is none.
_OWN_SHARE: Final = 0.3
#: A text whose score is nearer to 0 than this is neutral, as VADER's authors advise.
NEUTRAL: Final = 0.05


@cache
def hu_liu() -> Mapping[str, float]:
    """Return the opinion lexicon of Hu & Liu (2004): 1 for words of praise, -1 for words of blame.

    >>> hu_liu()["corrupt"], hu_liu()["generous"]
    (-1.0, 1.0)
    """
    lines = (line for line in resource_text("hu_liu.csv").splitlines() if not line.startswith("#"))
    return MappingProxyType({row["word"]: float(row["valence"]) for row in csv.DictReader(lines)})


@cache
def together() -> Mapping[str, float]:
    """Return the mean of VADER and Hu & Liu, and a little of our own verbs and nouns, on VADER's scale.

    >>> round(together()["corrupt"], 2)  # Hu & Liu blame it, and so do our adjectives; VADER does not know it
    -1.6
    """
    lists = classed_words()
    own = {word: POLARITY[CLASSES[number - 1]] for word, number in {**lists.verbs, **lists.nouns}.items()}
    vader = vader_data().valence
    mixed = {
        word: vader.get(word, 0.0) / 2
        + HU_LIU_VALENCE * (hu_liu().get(word, 0.0) / 2 + _OWN_SHARE * own.get(word, 0.0))
        for word in (*vader, *hu_liu(), *own)
    }
    return MappingProxyType({word: valence for word, valence in mixed.items() if valence})


class WordValue(NamedTuple):
    """One line of a project's lexicon: the value that a word has in this project, on VADER's scale of -4..4."""

    day: str
    word: str
    value: float
    note: str = ""


@dataclass(frozen=True)
class ToneLexicon(DecisionLog[WordValue]):
    """The values that the analyst gave words, in the order in which they were given; of one word the last counts.

    Nothing in it changes: `set` and `undo` return new lexicons.

    Parameters
    ----------
    decisions
        What was decided, first to last.
    path
        The file it was read from, or "".

    Examples
    --------
    >>> lexicon = ToneLexicon().set("shelling", -2.5, day="2024-05-03").set("share", 0, day="2024-05-03")
    >>> print(lexicon.to_csv(), end="")
    day,word,value,note
    2024-05-03,shelling,-2.5,
    2024-05-03,share,0,
    >>> score_tone(["They share a border."], lexicon=lexicon.valence).tolist()
    [0.0]
    """

    NAME = "lexicon"
    FILE = LEXICON_FILE
    COLUMNS = COLUMNS

    def set(self, word: str, value: float, *, note: str = "", day: str | date = "") -> ToneLexicon:
        """Return the lexicon with one value more.

        Parameters
        ----------
        word
            One word, as it stands in texts; capitals do not count.
        value
            From -4 (all bad) to 4 (all good); 0 takes the tone from a word that VADER gives one.
        note
            Why, in the analyst's words.
        day
            The day of the decision; by default today.

        Raises
        ------
        ArgumentError
            `word` is no single word, `value` no number from -4 to 4, or `day` no day.
        """
        given = WordValue(str(day or date.today()), word, value, " ".join(str(note).split()))
        return replace(self, decisions=(*self.decisions, _checked(given)))

    @property
    def words(self) -> dict[str, float]:
        """The value of each word that was given one."""
        return {decision.word: decision.value for decision in self.decisions}

    @property
    def valence(self) -> Mapping[str, float] | None:
        """VADER's words with these values in their place, for `score_tone`; None if no word was given one."""
        return {**vader_data().valence, **self.words} if self.decisions else None

    def _cells(self) -> Iterable[Sequence[object]]:
        return ((day, word, f"{value:g}", note) for day, word, value, note in self.decisions)


def read_lexicon(path: str | Path) -> ToneLexicon:
    """Read a project's lexicon from its CSV file.

    Raises
    ------
    PathMissingError
        There is no such file.
    LexiconFileError
        It is no lexicon, or a line holds what is not allowed; the message names the line.
    """
    rows, known = read_rows(path, ToneLexicon, ("word", "value"), LexiconFileError)
    return ToneLexicon(tuple(_decisions(rows, str(path))), str(path), known)


def as_lexicon(lexicon: object, found: Path | None = None) -> ToneLexicon:
    """Return a lexicon, or that of a file; True is the file `found`, if it is there; None and False are an empty one."""
    if isinstance(lexicon, ToneLexicon):
        return lexicon
    if lexicon is True:
        if found is None or not found.is_file():
            return ToneLexicon(path=str(found or ""))
        return read_lexicon(found)
    if lexicon is None or lexicon is False:
        return ToneLexicon()
    if isinstance(lexicon, (str, Path)):
        return read_lexicon(lexicon)
    raise ArgumentError(
        f"`lexicon` is a {type(lexicon).__name__}; give the path of a CSV file or a ToneLexicon."
    )


def score_lexicons(texts: Iterable[str], *, lexicon: ToneLexicon | None = None) -> pd.DataFrame:
    """Score the tone of each text by several word lists, side by side, and say whether they agree.

    Parameters
    ----------
    texts
        The texts as printed; sentences, not whole articles.
    lexicon
        The values that a project gave words; None for none.

    Returns
    -------
    DataFrame
        One row per text. `vader`, `hu_liu`, `project`: compound of each list under VADER's rules (-1..1); `project` is
        VADER with the project's values, equal to `vader` without any. `together`: the same of the mean of VADER, Hu &
        Liu and our verbs and nouns, with the project's values above all: of single numbers it is nearest to readers.
        `spread`: the largest of the three lists less the smallest (0-2). `sign`: "positive", "negative" or "neutral"
        (all nearer to 0 than 0.05), or "not settled" where the lists differ in it.

    Raises
    ------
    ArgumentError
        `texts` is one str, or an item is no str.

    Notes
    -----
    Source: Hutto & Gilbert (2014); Hu & Liu (2004), whose words have no degrees and count 2 or -2 here. That lists agree
    does not make them right: all of them count words.

    Examples
    --------
    >>> score_lexicons(["The talks were good.", "They share a border."])["sign"].tolist()
    ['positive', 'not settled']
    """
    if isinstance(texts, str):
        raise ArgumentError(f"`texts` is one str, {texts[:60]!r}; pass a list of texts: [text].")
    sentences = list(texts)
    flat = {word: HU_LIU_VALENCE * valence for word, valence in hu_liu().items()}
    own = lexicon or ToneLexicon()
    scores = {
        "vader": score_tone(sentences),
        "hu_liu": score_tone(sentences, lexicon=flat),
        "project": score_tone(sentences, lexicon=own.valence),
        "together": score_tone(sentences, lexicon={**together(), **own.words}),
    }
    frame = pd.DataFrame(scores)
    columns = frame[[*LISTS]].to_numpy(np.float64).reshape(-1, 3)
    low, high = columns.min(axis=1, initial=1), columns.max(axis=1, initial=-1)
    sign = np.select(
        [low >= NEUTRAL, high <= -NEUTRAL, (low > -NEUTRAL) & (high < NEUTRAL)],
        ["positive", "negative", "neutral"],
        default="not settled",
    )
    return frame.assign(spread=high - low, sign=pd.Series(sign, dtype=STRING))


def annotate_list_tones(
    articles: pd.DataFrame, sentences: pd.DataFrame, *, lexicon: ToneLexicon | None = None
) -> pd.DataFrame:
    """Score each sentence by each word list: the table `schema.LIST_TONES`."""
    bodies = dict(zip(articles["article_id"], articles["body"], strict=True))
    places = zip(sentences["article_id"], sentences["start"], sentences["end"], strict=True)
    scores = score_lexicons([bodies[name][start:end] for name, start, end in places], lexicon=lexicon)
    keys = sentences[["article_id", "sentence_id"]].reset_index(drop=True)
    return schema.conform(keys.join(scores[[*LISTS]]), "list_tones")


def annotate_article_tones(
    articles: pd.DataFrame, sentences: pd.DataFrame, *, lexicon: ToneLexicon | None = None
) -> pd.DataFrame:
    """Score each body as a whole by each word list: the table `schema.ARTICLE_TONES`."""
    del sentences  # a whole text has no need of them
    scores = score_lexicons(articles["body"].tolist(), lexicon=lexicon)
    keys = articles[["article_id"]].reset_index(drop=True)
    return schema.conform(keys.join(scores[[*LISTS]]), "article_tones")


def _decisions(rows: csv.DictReader[str], path: str) -> Iterable[WordValue]:
    for row in rows:
        day, word, value, note = (str(row.get(name) or "").strip() for name in COLUMNS)
        if not any((day, word, value, note)):
            continue
        try:
            # Spreadsheets of many countries write a comma.
            yield _checked(WordValue(day, word, float(value.replace(",", ".") or "nan"), note))
        except ValueError as fault:
            raise LexiconFileError(f"Line {rows.line_num} of {path!r}: {fault}") from fault


def _checked(decision: WordValue) -> WordValue:
    word = str(decision.word).strip().lower()
    value = float(decision.value)
    if not abs(value) <= 4:
        raise ArgumentError(f"`value` of {word!r} is {decision.value!r}; allowed: a number from -4 to 4.")
    checked_lexicon({word: value})
    if decision.day:
        check_day(decision.day)
    return WordValue(decision.day, word, value, decision.note)
