"""How hard texts are to read, by formulas over lengths of sentences and words; and the counts that these rest on.

The formulas say how long sentences and words are, no more: not whether a text is clear, true or well made.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, fields
from functools import cache
from typing import Final

import numpy as np
import pandas as pd

from analystkit.annotate.sentences import split_sentences
from analystkit.annotate.tokens import tokens
from analystkit.collection import Collection
from analystkit.errors import ArgumentError, check_choice
from analystkit.measure.answer import Answer
from analystkit.measure.article_scores import score_articles
from analystkit.measure.groups import By
from analystkit.measure.running import Numbers
from analystkit.measure.syllables import count_syllables
from analystkit.resources import resource_text

#: How words and sentences are counted.
RULES: Final = ("quanteda", "textstat")

_SCRABBLE: Final = {
    letter: points
    for letters, points in (
        ("eaionrtlsu", 1),
        ("dg", 2),
        ("bcmp", 3),
        ("fhvwy", 4),
        ("k", 5),
        ("jx", 8),
        ("qz", 10),
    )
    for letter in letters
}
_PREPOSITIONS: Final = frozenset(
    {
        "aboard",
        "about",
        "above",
        "across",
        "after",
        "against",
        "along",
        "amid",
        "among",
        "around",
        "as",
        "at",
        "before",
        "behind",
        "below",
        "beneath",
        "beside",
        "besides",
        "between",
        "beyond",
        "by",
        "concerning",
        "considering",
        "despite",
        "down",
        "during",
        "except",
        "for",
        "from",
        "in",
        "inside",
        "into",
        "like",
        "near",
        "of",
        "off",
        "on",
        "onto",
        "out",
        "outside",
        "over",
        "past",
        "per",
        "regarding",
        "round",
        "since",
        "through",
        "throughout",
        "till",
        "to",
        "toward",
        "towards",
        "under",
        "underneath",
        "until",
        "unto",
        "up",
        "upon",
        "via",
        "with",
        "within",
        "without",
    }
)
_CONJUNCTIONS: Final = frozenset(
    {
        "and",
        "but",
        "or",
        "yet",
        "for",
        "nor",
        "so",
        "although",
        "because",
        "if",
        "since",
        "though",
        "unless",
        "until",
        "when",
        "whenever",
        "where",
        "wherever",
        "while",
        "as",
        "than",
        "that",
        "whether",
    }
)


@dataclass(frozen=True, eq=False)
class Counts:
    """What the formulas are made of: arrays, one number per text.

    Attributes
    ----------
    sentences, words, types, syllables
        How many there are.
    characters
        In all words, with the marks in them ("don't" has five).
    solid
        All characters but white space, marks too.
    pieces
        What white space parts, a lone dash too.
    letters
        Letters and digits.
    of_one, of_two, of_three
        Words of one syllable, of two or more, of three or more.
    from_six, from_seven
        Words of so many letters or more.
    up_to_three
        Words of three letters or fewer.
    unfamiliar
        Words that are not in the list of Dale & Chall (1995); with the rules of quanteda regular forms of its words are.
    unfamiliar_long
        The same, of three syllables or more.
    unfamiliar_spache
        Different words that are not in the list of Spache (1974).
    scrabble
        Sum of the points that the letters have in Scrabble.
    prepositions, conjunctions
        English ones.
    """

    sentences: Numbers
    words: Numbers
    types: Numbers
    syllables: Numbers
    characters: Numbers
    solid: Numbers
    pieces: Numbers
    letters: Numbers
    of_one: Numbers
    of_two: Numbers
    of_three: Numbers
    from_six: Numbers
    from_seven: Numbers
    up_to_three: Numbers
    unfamiliar: Numbers
    unfamiliar_long: Numbers
    unfamiliar_spache: Numbers
    scrabble: Numbers
    prepositions: Numbers
    conjunctions: Numbers

    @property
    def asl(self) -> Numbers:
        """Words per sentence."""
        return self.words / self.sentences

    @property
    def awl(self) -> Numbers:
        """Characters per word."""
        return self.characters / self.words

    @property
    def spw(self) -> Numbers:
        """Syllables per word."""
        return self.syllables / self.words

    def percent(self, count: Numbers) -> Numbers:
        """Return a count as a percentage of the words."""
        return 100 * count / self.words


@cache
def _easy(name: str) -> frozenset[str]:
    return frozenset(line for line in resource_text(name).splitlines() if not line.startswith("#"))


#: Endings of regular forms, and what the word ended in: Dale & Chall take these for familiar where the word is.
_ENDINGS: Final = (
    *(("'s", ("",)), ("s'", ("s", "")), ("ies", ("y",)), ("es", ("", "e")), ("s", ("",))),
    *(("ied", ("y",)), ("ed", ("", "e")), ("ing", ("", "e"))),
    *(("ier", ("y",)), ("iest", ("y",)), ("er", ("", "e")), ("est", ("", "e"))),
)


def is_familiar(word: str) -> bool:
    """Say whether a word in lower case, or that of which it is a regular form, is in the list of Dale & Chall (1995).

    >>> [is_familiar(word) for word in ("run", "running", "happiest", "sanctions")]
    [True, True, True, False]
    """
    easy = _easy("dale_chall.txt")
    if word in easy:
        return True
    for ending, befores in _ENDINGS:
        if word.endswith(ending):
            for before in befores:
                stem = word.removesuffix(ending) + before
                if stem in easy or (stem[-1:] == stem[-2:-1] and stem[:-1] in easy):
                    return True
    return False


#: The counts that are sums over words, in the order of `_of_type`.
_SUMS: Final = (
    "syllables",
    "characters",
    "letters",
    "of_one",
    "of_two",
    "of_three",
    "from_six",
    "from_seven",
    "unfamiliar",
    "unfamiliar_long",
    "unfamiliar_spache",
    "scrabble",
    "prepositions",
    "conjunctions",
)


def _of_type(word: str, *, forms: bool) -> tuple[float, ...]:
    """Return what one word adds to each count that is a sum over words; with `forms` regular ones are familiar too."""
    low = word.lower().replace("’", "'")
    n = count_syllables(low)
    letters = sum(sign.isalnum() for sign in word)
    unfamiliar = not is_familiar(low) if forms else low not in _easy("dale_chall.txt")
    return (
        n,
        len(word),
        letters,
        n == 1,
        n >= 2,
        n >= 3,
        len(word) >= 6,
        len(word) >= 7,
        unfamiliar,
        unfamiliar and n >= 3,
        low not in _easy("spache.txt"),
        sum(_SCRABBLE.get(sign, 0) for sign in low),
        low in _PREPOSITIONS,
        low in _CONJUNCTIONS,
    )


def _sums(words: Sequence[Sequence[str]], *, forms: bool) -> tuple[Numbers, Numbers]:
    """Return per text the sums of `_of_type`, over all words and over different words."""
    known: dict[str, tuple[float, ...]] = {}
    every, once = [], []
    width = len(_SUMS)
    for own in words:
        for word in own:
            if word not in known:
                known[word] = _of_type(word, forms=forms)
        every.append(np.sum([known[word] for word in own], axis=0) if own else np.zeros(width))
        different = {word.lower(): known[word] for word in own}
        once.append(np.sum(list(different.values()), axis=0) if different else np.zeros(width))
    return np.array(every, dtype=np.float64).reshape(-1, width), np.array(once, dtype=np.float64).reshape(
        -1, width
    )


def _counted(texts: list[str], rules: str) -> Counts:
    if rules == "quanteda":
        # Line ends are taken for spaces, and words with hyphens apart.
        lines = [" ".join(text.split()) for text in texts]
        found = split_sentences(lines, wrapped=False)["text_id"]
        n_sentences = np.bincount(found, minlength=len(texts)).astype(np.float64)
        cut = tokens(lines)
        words = [
            [part for word in cut.words(i) for part in re.split("[-‐‑]", word) if re.search(r"[^\W_]", part)]
            for i in range(len(texts))
        ]
        long = words
    else:
        n_sentences = np.array([_textstat_sentences(text) for text in texts], dtype=np.float64)
        words = [_textstat_words(text) for text in texts]
        long = [_textstat_words(text, apostrophes=False) for text in texts]
    every, once = _sums(words, forms=rules == "quanteda")
    from_seven = (
        every[:, _SUMS.index("from_seven")]
        if rules == "quanteda"
        else np.array([sum(len(w) > 6 for w in own) for own in long])
    )
    n = np.array([len(own) for own in words], dtype=np.float64)
    types = np.array([len({word.lower() for word in own}) for own in words], dtype=np.float64)
    solid = np.array([len("".join(text.split())) for text in texts], dtype=np.float64)
    pieces = np.array([len(text.split()) for text in texts], dtype=np.float64)
    letters = (
        every[:, _SUMS.index("letters")]
        if rules == "quanteda"
        else np.array([sum(map(len, own)) for own in long])
    )
    of_word = dict(zip(_SUMS, every.T, strict=True))
    short = np.array([sum(len(word) <= 3 for word in own) for own in long], dtype=np.float64)
    return Counts(
        **{
            name: of_word[name]
            for name in _SUMS
            if name not in ("letters", "from_seven", "unfamiliar_spache")
        },
        sentences=n_sentences,
        words=n,
        types=types,
        solid=solid,
        pieces=pieces,
        letters=letters.astype(np.float64),
        from_seven=from_seven.astype(np.float64),
        up_to_three=short,
        unfamiliar_spache=once[:, _SUMS.index("unfamiliar_spache")],
    )


def _textstat_words(text: str, *, apostrophes: bool = True) -> list[str]:
    """Return the words as textstat 0.7.13 cuts them: at white space, marks taken away but apostrophes of contractions."""
    if apostrophes:
        text = re.sub(r"'(?![tsd]|ve|ll|re)", "", text)
        return re.sub(r"[^\w\s']", "", text).split()
    return re.sub(r"[^\w\s]", "", text).split()


def _textstat_sentences(text: str) -> int:
    """Return how many sentences textstat 0.7.13 counts: runs up to . ! or ?, those of one or two words left out."""
    found = re.findall(r"\b[^.!?]+[.!?]*", text)
    return max(1, sum(len(_textstat_words(one)) > 2 for one in found)) if text else 0


def _bormuth(c: Counts) -> Numbers:
    familiar = (c.words - c.unfamiliar) / c.words
    return (
        0.886593
        - 0.08364 * c.awl
        + 0.161911 * familiar**3
        - 0.21401 * c.asl
        + 0.000577 * c.asl**2
        - 0.000005 * c.asl**3
    )


def _bormuth_gp(c: Counts) -> Numbers:
    mean, criterion = _bormuth(c), 0.35
    both = mean * criterion
    return (
        4.275
        + 12.881 * mean
        - 34.934 * mean**2
        + 20.388 * mean**3
        + 26.194 * criterion
        - 2.046 * criterion**2
        - 11.767 * criterion**3
        - 44.285 * both
        + 97.620 * both**2
        - 59.538 * both**3
    )


def _dale_chall_old(c: Counts) -> Numbers:
    hard = c.percent(c.unfamiliar)
    return 0.1579 * hard + 0.0496 * c.asl + np.where(hard > 5, 3.6365, 0.0)


def _coleman_liau_ecp(c: Counts) -> Numbers:
    return 141.8401 - 0.214590 * c.percent(c.characters) + 1.079812 * c.percent(c.sentences)


def _linsear_grade(c: Counts) -> Numbers:
    score = ((c.words - c.of_three) + 3 * c.of_three) / c.sentences
    return np.where(score <= 20, score - 2, score) / 2


#: The formulas by name. "grade" is a year of American schooling, "ease" runs from about 0 (hard) to 100 (easy).
FORMULAS: Final[dict[str, Callable[[Counts], Numbers]]] = {
    # Flesch (1948), ease; Kincaid et al. (1975), grade; Powers, Sumner & Kearl (1958) for all named psk
    "flesch": lambda c: 206.835 - 1.015 * c.asl - 84.6 * c.spw,
    "flesch_kincaid": lambda c: 0.39 * c.asl + 11.8 * c.spw - 15.59,
    "flesch_psk": lambda c: 0.0778 * c.asl + 4.55 * c.spw - 2.2029,
    # Gunning (1952), grade; fog_easy leaves out the easy words of Dale & Chall, as textstat does
    "fog": lambda c: 0.4 * (c.asl + c.percent(c.of_three)),
    "fog_easy": lambda c: 0.4 * (c.asl + c.percent(c.unfamiliar_long)),
    "fog_psk": lambda c: 3.0680 * 0.0877 * c.asl + 0.0984 * c.percent(c.of_three),
    "fog_nri": lambda c: ((c.words + 2 * c.of_three) / (100 * c.sentences / c.words) - 3) / 2,
    # McLaughlin (1969), grade
    "smog": lambda c: 1.043 * np.sqrt(c.of_three * 30 / c.sentences) + 3.1291,
    "smog_c": lambda c: 0.9986 * np.sqrt(c.of_three * 30 / c.sentences + 5) + 2.8795,
    "smog_simple": lambda c: np.sqrt(c.of_three * 30 / c.sentences) + 3,
    "smog_de": lambda c: np.sqrt(c.of_three * 30 / c.sentences) - 2,
    # Senter & Smith (1967), grade; ari_solid counts marks as characters, as textstat does
    "ari": lambda c: 0.5 * c.asl + 4.71 * c.awl - 21.43,
    "ari_solid": lambda c: 0.5 * c.asl + 4.71 * c.solid / c.pieces - 21.43,
    "ari_quanteda": lambda c: 0.5 * c.asl + 4.71 * c.awl - 21.34,
    "ari_simple": lambda c: c.asl + 9 * c.awl,
    "ari_nri": lambda c: 0.4 * c.asl + 6 * c.awl - 27.4,
    # Coleman (1971); Coleman & Liau (1975), grade
    "coleman": lambda c: 1.29 * c.percent(c.of_one) - 38.45,
    "coleman_c2": lambda c: 1.16 * c.percent(c.of_one) + 1.48 * c.percent(c.sentences) - 37.95,
    "coleman_liau_ecp": _coleman_liau_ecp,
    "coleman_liau": lambda c: -27.4004 * _coleman_liau_ecp(c) / 100 + 23.06395,
    "coleman_liau_short": lambda c: 5.88 * c.awl - 29.6 * c.sentences / c.words - 15.8,
    "coleman_liau_letters": lambda c: 5.8 * c.letters / c.words - 29.6 * c.sentences / c.words - 15.8,
    # Dale & Chall (1948, old) and Chall & Dale (1995)
    "dale_chall": lambda c: 64 - 0.95 * c.percent(c.unfamiliar) - 0.69 * c.asl,
    "dale_chall_old": _dale_chall_old,
    "dale_chall_psk": lambda c: 0.1155 * c.percent(c.unfamiliar) + 0.0596 * c.asl + 3.2672,
    # Spache (1953, old; 1974), grade, for the first years of school
    "spache": lambda c: 0.121 * c.asl + 0.082 * c.percent(c.unfamiliar_spache) + 0.659,
    "spache_old": lambda c: 0.141 * c.asl + 0.086 * c.percent(c.unfamiliar_spache) + 0.839,
    # Björnsson (1968) and Anderson (1983): need no syllables, for any language with letters
    "lix": lambda c: c.asl + c.percent(c.from_seven),
    "rix": lambda c: c.from_seven / c.sentences,
    # Klare (1975); quanteda's 4.3.1 takes easy words away, and linsear_grade is textstat's
    "linsear_write": lambda c: (
        (100 - c.percent(c.of_three) + 3 * c.percent(c.of_three)) / (100 * c.sentences / c.words)
    ),
    "linsear_write_quanteda": lambda c: 4 * c.of_three / c.sentences,
    "linsear_grade": _linsear_grade,
    # Bormuth (1969); DRP is its mean cloze score turned round
    "bormuth_mc": _bormuth,
    "bormuth_gp": _bormuth_gp,
    "drp": lambda c: (1 - _bormuth(c)) * 100,
    # Danielson & Bryan (1963)
    "danielson_bryan": lambda c: (
        1.0364 * c.characters / (c.words - 1) + 0.0194 * c.characters / c.sentences - 0.6059
    ),
    "danielson_bryan_2": lambda c: (
        131.059 - 10.364 * c.characters / (c.words - 1) - 0.0194 * c.characters / c.sentences
    ),
    # Dickes & Steiwer (1977), Tränkle & Bailer (1984), Bamberger & Vanecek (1984), Fucks (1955): for German
    "dickes_steiwer": lambda c: 235.95993 - 73.021 * c.awl - 12.56438 * c.asl - 50.03293 * c.types / c.words,
    "traenkle_bailer": lambda c: (
        224.6814 - 79.8304 * c.awl - 12.24032 * c.asl - 1.292857 * c.percent(c.prepositions)
    ),
    "traenkle_bailer_2": lambda c: (
        234.1063
        - 96.11069 * c.awl
        - 2.05444 * c.percent(c.prepositions)
        - 1.02805 * c.percent(c.conjunctions)
    ),
    "nws": lambda c: (
        0.1935 * c.percent(c.of_three)
        + 0.1672 * c.asl
        + 0.1297 * c.percent(c.from_six)
        - 0.0327 * c.percent(c.of_one)
        - 0.875
    ),
    "nws_2": lambda c: (
        0.2007 * c.percent(c.of_three) + 0.1682 * c.asl + 0.1373 * c.percent(c.from_six) - 2.779
    ),
    "nws_3": lambda c: 0.2963 * c.percent(c.of_three) + 0.1905 * c.asl - 1.1144,
    "nws_4": lambda c: 0.2744 * c.percent(c.of_three) + 0.2656 * c.asl - 1.693,
    "fucks": lambda c: c.awl * c.asl,
    # Fang (1966), Farr et al. (1951), Caylor et al. (1973), Solomon (2006), Wheeler & Smith (1954)
    "elf": lambda c: c.of_two / c.sentences,
    "farr_jenkins_paterson": lambda c: -31.517 - 1.015 * c.asl + 1.599 * c.percent(c.of_one),
    "farr_jenkins_paterson_share": lambda c: -31.517 - 1.015 * c.asl + 1.599 * c.of_one / c.words,
    "forcast": lambda c: 20 - c.of_one * 150 / (c.words * 10),
    "forcast_rgl": lambda c: 20.43 - 0.11 * c.of_one * 150 / c.words,
    "strain": lambda c: c.syllables / (c.sentences / 3) / 10,
    "wheeler_smith": lambda c: c.asl * 10 * c.of_two / c.words,
    # McAlpine (2006)
    "mcalpine_eflaw": lambda c: (c.words + c.up_to_three) / c.sentences,
    "scrabble": lambda c: c.scrabble / c.words,
    "words_per_sentence": lambda c: c.asl,
    "syllables_per_word": lambda c: c.spw,
    "characters_per_word": lambda c: c.awl,
    "letters_per_word": lambda c: c.letters / c.words,
    "sentences_per_word": lambda c: c.sentences / c.words,
    "solid_per_piece": lambda c: c.solid / c.pieces,
}


def score_readability(
    texts: Iterable[str],
    *,
    measures: Iterable[str] | None = None,
    rules: str = "quanteda",
    counts: bool = False,
) -> pd.DataFrame:
    """Return how hard each text is to read, by many formulas.

    Parameters
    ----------
    texts
        English texts; of the formulas only "lix", "rix" and those of lengths mean something for others.
    measures
        Which of `readability.FORMULAS` (None: all).
    rules
        How words and sentences are counted: "quanteda" (Unicode's words without punctuation, hyphens apart, `characters`
        with the marks within words) or "textstat" (cut at white space; sentences of one or two words do not count).
    counts
        Also return what the formulas are made of (see `readability.Counts`), as columns that begin with "n_".

    Returns
    -------
    DataFrame
        One row per text, one column per measure; NaN for a text without words.

    Raises
    ------
    ArgumentError
        `texts` is a single str, or there are no such measures or rules.

    Notes
    -----
    Beside each formula in the module stands its author and year. Syllables are those of the CMU Pronouncing Dictionary,
    by rules for words that it lacks (textstat has pyphen for these). A grade is a year of American schooling that the
    formula was fitted to, mostly half a century ago; it says nothing of whether a text is clear or true. Names and figures
    of news count as hard words.

    Examples
    --------
    Seven words of seven syllables in one sentence, one of them with two: 206.835 - 1.015 x 7 - 84.6 x 8 / 7.

    >>> score_readability(["The cat in the hat ate breakfast."], measures=["flesch"]).round(3).values.tolist()
    [[103.044]]
    """
    if isinstance(texts, str):
        raise ArgumentError("`texts` is a single str; give a list of texts.")
    check_choice("rules", rules, RULES)
    names = list(FORMULAS) if measures is None else list(measures)
    for name in names:
        check_choice("measures", name, FORMULAS)
    made = _counted(list(texts), rules)
    with np.errstate(divide="ignore", invalid="ignore"):
        columns = {name: np.where(made.words > 0, FORMULAS[name](made), np.nan) for name in names}
    if counts:
        columns |= {f"n_{field.name}": getattr(made, field.name) for field in fields(made)}
    return pd.DataFrame(columns)


#: The formulas shown unless others are asked for.
SHOWN: Final = ("flesch", "flesch_kincaid", "fog", "lix", "words_per_sentence", "syllables_per_word")


def readability(
    collection: Collection,
    *,
    by: By = None,
    measures: Iterable[str] = SHOWN,
    rules: str = "quanteda",
    copies: str = "once",
) -> Answer:
    """Say how hard the articles of each group are to read, on average, by formulas.

    Parameters
    ----------
    collection
        What to read.
    by
        As in `actor_frequency`.
    measures, rules
        As in `score_readability`.
    copies
        "once": of the copies of a story only the longest counts; "all": every article.

    Returns
    -------
    Answer
        Its table has one row per `measure` and group: `n` (articles scored), `value` (their mean), `low`, `high` (95 %
        interval that resamples stories), `n_stories`, `note`. Its evidence lists the articles.

    Raises
    ------
    ArgumentError
        An argument has a value that is not allowed.

    Notes
    -----
    The formulas are for English and measure lengths of words and sentences, no more; see `score_readability`. Articles of
    agencies are short and full of names and figures, and differ in this from features: compare like with like.
    """
    names = list(measures)
    return score_articles(
        collection,
        lambda texts: score_readability(texts, measures=names, rules=rules),
        by=by,
        copies=copies,
        measure="readability",
        question="How hard are the articles to read?",
        told="formulas over lengths of words and sentences (English); they do not say whether a text is clear or true",
    )
