"""Tone of texts by the VADER rules: texts in, one `compound` score (-1..1) per text out, equal to vaderSentiment.

Most words of a news text carry no tone and change none. So every token is looked up once in a table of word
numbers, and the rules (negation, boosters, capitals, idioms) run as NumPy columns over the tone words only.
"""

from __future__ import annotations

import re
import string
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import groupby, islice
from types import MappingProxyType
from typing import SupportsFloat

import numpy as np
from numpy.typing import NDArray

from analystkit.errors import ArgumentError
from analystkit.resources import resource_text

Floats = NDArray[np.float64]
Whole = NDArray[np.intp]
Flags = NDArray[np.bool_]
Keys = NDArray[np.uint64]

# The constants of Hutto & Gilbert (2014), fitted to human ratings on the lexicon's scale of -4..4.
_BOOST, _CAPITALS, _NEGATION, _NEVER_SO, _ALPHA = 0.293, 0.733, -0.74, 1.25, 15
_FADE = {1: 1.0, 2: 0.95, 3: 0.9}  # a booster counts less, the more words it stands before the tone word
_BEFORE_BUT, _AFTER_BUT = 0.5, 1.5
_EXCLAMATION, _QUESTION, _MANY_QUESTIONS = 0.292, 0.18, 0.96


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_RAISING = _words("""
    absolutely amazingly awfully completely considerable considerably decidedly deeply effing enormous enormously
    entirely especially exceptional exceptionally extreme extremely fabulously flippin flipping frackin fracking
    frickin fricking friggin frigging fuckin fucking fuggin fugging fully greatly hella highly hugely incredible
    incredibly intensely major majorly more most particularly purely quite really remarkably so substantially
    thoroughly total totally tremendous tremendously uber unbelievably unusually utter utterly very
""")
_LOWERING = _words("""
    almost barely hardly kind-of kinda kindof less little marginal marginally occasional occasionally partly
    scarce scarcely slight slightly somewhat sort-of sorta sortof
""")
# Every word with "n't" inside negates too; that needs no list.
_NEGATIONS = _words("""
    aint arent cannot cant couldnt darent despite didnt doesnt dont hadnt hasnt havent isnt mightnt mustnt neednt
    neither never none nope nor not nothing nowhere oughtnt rarely seldom shant shouldnt uh-uh uhuh wasnt werent
    without wont wouldnt
""")
_LOWERING_PAIRS = {("just", "enough"), ("kind", "of"), ("sort", "of")}
_IDIOMS = {
    ("the", "shit"): 3.0,
    ("the", "bomb"): 3.0,
    ("bad", "ass"): 1.5,
    ("bus", "stop"): 0.0,
    ("yeah", "right"): -2.0,
    ("kiss", "of", "death"): -1.5,
    ("to", "die", "for"): 3.0,
    ("beating", "heart"): 3.5,
}
_PHRASES = [*_IDIOMS, *_LOWERING_PAIRS]
_RULE_WORDS = _words("no or nor never so this without doubt least at very but").union(*_PHRASES)

# Words are numbered: these three stand for all words that no rule and no lexicon names, then rule words, then
# the lexicon. The rule words come first and sorted, so that their numbers are the same with every lexicon.
_OUTSIDE, _OTHER, _OTHER_NEGATION = 0, 1, 2
_NAMED = ["", "", "", *sorted(_RULE_WORDS | _RAISING | _LOWERING | _NEGATIONS)]
_NUMBER = {word: number for number, word in enumerate(_NAMED) if word}

_TEXTS_AT_ONCE = 1024  # so many that NumPy pays, so few that the columns stay in the processor's cache
_TOKENS_KEPT, _SLOT_BITS = 2**17, 18
_BASE = 0x9E3779B97F4A7C15
_LARGEST_VALENCE = 100
_PUNCTUATION = string.punctuation


def score_tone(texts: Iterable[str], *, lexicon: Mapping[str, float] | None = None) -> Floats:
    """Score the tone of each text by the VADER rules, equal to vaderSentiment 3.3.2.

    Give sentences, not whole articles: long texts crowd at -1 and 1. Give many at once: it is faster.

    Parameters
    ----------
    texts
        The texts as printed: capitals, punctuation and emoji count.
    lexicon
        Valence of each word in lower case, on VADER's scale of -4..4 (allowed: -100..100). `None` is VADER's own;
        `{**vader_data().valence, "recall": -1.5}` changes it. A booster ("very", "less") never has a tone.

    Returns
    -------
    ndarray
        `compound` of each text, float64, -1 (all bad) to 1 (all good), rounded to 4 decimals.
        0 is a text without a tone word, or one whose tone words cancel out.

    Raises
    ------
    ArgumentError
        `texts` is one str, an item is no str, or `lexicon` holds what cannot be used.

    Notes
    -----
    Source: Hutto & Gilbert (2014), VADER, https://github.com/cjhutto/vaderSentiment; its oddities are kept.
    The number adds up words, rated by readers of social media, English only. It cannot tell who speaks, who is
    meant, or irony; "share" and "interest" are good words, on the business page too. Words in or with curly
    quotes are not recognised: “good” has no tone, and "isn’t" does not negate, where "good" and "isn't" do.

    Examples
    --------
    >>> score_tone(["The talks were good.", "The talks were not good.", "The talks were on Monday."])
    array([ 0.4404, -0.3412,  0.    ])
    """
    table = _table_for(lexicon)
    return np.concatenate([np.empty(0), *(_compound(chunk, table) for chunk in _chunks(texts))])


def tone_words(text: str, *, lexicon: Mapping[str, float] | None = None) -> list[tuple[int, int, str, float]]:
    """Find the words that made the score of a text, and what each put into it.

    Parameters
    ----------
    text, lexicon
        As in `score_tone`, for one text.

    Returns
    -------
    list of (start, end, surface, valence)
        One per tone word, in reading order; one emoji may hold several. `text[start:end] == surface`, in
        characters. `valence`: after negation, boosters, capitals and "but", so it can leave -4..4; never 0.
        `score_tone` scales their sum, plus the emphasis of "!" and "?", to -1..1.

    Raises
    ------
    ArgumentError
        `text` is no str, or `lexicon` holds what cannot be used.

    Examples
    --------
    >>> tone_words("Not good, but no crisis.")
    [(4, 8, 'good', -0.703), (17, 23, 'crisis', 3.441)]
    """
    if not isinstance(text, str):
        raise ArgumentError(f"`text` is {text!r}, of type {type(text).__name__}; pass one str.")
    return _tone_words(text, _table_for(lexicon))


def tone_words_of(
    texts: Iterable[str], *, lexicon: Mapping[str, float] | None = None
) -> list[list[tuple[int, int, str, float]]]:
    """Find the words that made the scores of many texts, as `tone_words` does for one, the lexicon read once.

    >>> tone_words_of(["Not good.", "They met."])
    [[(4, 8, 'good', -1.406)], []]
    """
    table = _table_for(lexicon)
    return [_tone_words(text, table) for text in texts]


def _tone_words(text: str, table: _Table) -> list[tuple[int, int, str, float]]:
    read = _read_emoji(text)
    # Where each character of what is read stands in what was written.
    origin = [place for place, char in enumerate(text) for _ in _emoji()[1].get(ord(char), char)]
    tokens = list(re.finditer(r"\S+", read))  # what str.split gives, with places
    found = _find_tone_words([read], table)
    rows = []
    for word, valence in zip(found.word.tolist(), _weigh(found, table).tolist(), strict=True):
        if valence:
            bare = _bare(tokens[word].group())
            first = read.index(bare, tokens[word].start())
            start, end = origin[first], origin[first + len(bare) - 1] + 1
            rows.append((start, end, text[start:end], valence))
    return rows


@dataclass(frozen=True)
class VaderData:
    """The word lists of VADER: `valence` of each word (-4..4), and the words it reads for each `emoji`."""

    valence: Mapping[str, float]
    emoji: Mapping[str, str]


@cache
def vader_data() -> VaderData:
    """Read VADER's own word lists, once: 7,487 words and emoticons in lower case, 1,212 emoji.

    >>> vader_data().valence["war"]
    -2.9
    """
    words, emoji = _read_rows("vader_lexicon.txt"), _read_rows("vader_emoji.txt")
    valence = {word: float(valence) for word, valence in words.items()}
    return VaderData(MappingProxyType(valence), MappingProxyType(emoji))


def _read_rows(name: str) -> dict[str, str]:
    # Only rows have a tab; the head of the file, its source and licence, has none.
    lines = resource_text(name).split("\n")
    return dict(line.split("\t") for line in lines if "\t" in line)


@cache
def _emoji() -> tuple[re.Pattern[str], dict[int, str]]:
    """Pattern that finds every emoji (and a few other signs), and the words to read for each."""
    signs = vader_data().emoji
    # A handful of ranges: a class of 1,212 single signs is a hundred times slower.
    blocks = [list(block) for _, block in groupby(sorted(signs), key=lambda sign: ord(sign) // 4096)]
    pattern = re.compile(f"[{''.join(f'{block[0]}-{block[-1]}' for block in blocks)}]")
    # VADER keeps the words off the word before the emoji, but lets them run into the one after it.
    return pattern, {ord(sign): f" {words}" for sign, words in signs.items()}


def _read_emoji(text: str) -> str:
    if text.isascii():
        return text
    pattern, words = _emoji()
    return text.translate(words) if pattern.search(text) else text


def _bare(token: str) -> str:
    """Strip the punctuation around a word, but leave what may be an emoticon as it is."""
    bare = token.strip(_PUNCTUATION)
    return bare if len(bare) > 2 else token


class _WordIds:
    """Token as it stands in the text -> twice its word number, plus 1 if it is in capitals.

    A token is known by a number made of its characters (a polynomial in 64 bits), so that no string is made of one that
    was met before. It remembers at most 131,072 tokens (`_TOKENS_KEPT`) and starts anew when full: it does not grow with
    the collection.
    """

    def __init__(self, number: Mapping[str, int]) -> None:
        self._number = number
        self._clear()

    def __len__(self) -> int:
        """Return how many tokens are remembered."""
        return self._n

    def _clear(self) -> None:
        self._keys = np.zeros(1 << _SLOT_BITS, np.uint64)
        self._ids = np.zeros(1 << _SLOT_BITS, np.int32)
        self._n = 0

    def of(self, text: str, keys: Keys, starts: Whole, ends: Whole) -> Whole:
        """Return the id of each token of a text, given their keys and places."""
        if self._n >= _TOKENS_KEPT:
            self._clear()
        first, second = _slots(keys)
        ids = self._ids[first].astype(np.intp)
        missed = np.flatnonzero(self._keys[first] != keys)
        if len(missed):
            ids[missed] = self._ids[second[missed]]
            missed = missed[self._keys[second[missed]] != keys[missed]]
        if len(missed):
            new, at, again = np.unique(keys[missed], return_index=True, return_inverse=True)
            places = missed[at]
            spans = zip(starts[places].tolist(), ends[places].tolist(), strict=True)
            met = np.array([self._id(text[start:end]) for start, end in spans], np.int32)
            ids[missed] = met[again]
            self._remember(new, met, first[places], second[places])
        return ids

    def _remember(self, keys: Keys, ids: NDArray[np.int32], first: Whole, second: Whole) -> None:
        left = np.arange(min(len(keys), _TOKENS_KEPT - self._n))
        for slots in (first, second):
            free = left[self._keys[slots[left]] == 0]
            # Of two that want one place the later has it, in both columns.
            self._keys[slots[free]], self._ids[slots[free]] = keys[free], ids[free]
            stays = self._keys[slots[left]] == keys[left]
            self._n += int(stays.sum())
            # Where both places are taken, the token is looked at again each time: a few in a thousand are.
            left = left[~stays]

    def _id(self, token: str) -> int:
        bare = _bare(token)
        word = bare.lower()
        number = self._number.get(word) or (_OTHER_NEGATION if "n't" in word else _OTHER)
        return 2 * number + bare.isupper()


def _slots(keys: Keys) -> tuple[Whole, Whole]:
    """Return the two places at which a token may be remembered."""
    mixed = (keys ^ (keys >> np.uint64(29))) * np.uint64(0xBF58476D1CE4E5B9)
    slots = (mixed >> np.uint64(64 - _SLOT_BITS)), (mixed & np.uint64((1 << _SLOT_BITS) - 1))
    return slots[0].astype(np.intp), slots[1].astype(np.intp)


@lru_cache(maxsize=4)
def _powers(base: int, bits: int) -> Keys:
    factors = np.full(1 << bits, base, np.uint64)
    factors[0] = 1
    powers: Keys = np.multiply.accumulate(factors)
    return powers


@cache
def _spaces() -> Flags:
    """Which characters part tokens, as in `str.split`; all beyond the last of them do not."""
    return np.array([chr(code).isspace() for code in range(0x3002)])


def _tokens(text: str) -> tuple[Keys, Whole, Whole]:
    """Return the tokens of a text, parted by white space: a number for each that no other has, start and end."""
    if text.isascii():
        codes: NDArray[np.integer] = np.frombuffer(text.encode("ascii"), np.uint8)
        is_space = _spaces()[codes]
    else:
        codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
        is_space = _spaces()[np.minimum(codes, 0x3001)]
    edge = np.ones(len(codes) + 2, np.bool_)
    edge[1:-1] = is_space
    starts, ends = np.flatnonzero(edge[:-1] & ~edge[1:]), np.flatnonzero(~edge[:-1] & edge[1:])
    # The sum of the characters, each times a power of an odd number by its place: what lies between two places of the
    # running sum, times the inverse power of the first, depends on the token alone. All of it modulo 2**64.
    bits = max(17, len(codes).bit_length())
    sums = np.zeros(len(codes) + 1, np.uint64)
    np.cumsum((codes + np.uint64(1)) * _powers(_BASE, bits)[: len(codes)], out=sums[1:])
    keys = (sums[ends] - sums[starts]) * _powers(pow(_BASE, -1, 1 << 64), bits)[starts]
    return keys, starts, ends


class _Table:
    """What the rules ask about a word: arrays by word number (`has_tone`: by word id)."""

    def __init__(self, lexicon: Mapping[str, float]) -> None:
        self.names = [*_NAMED, *(word for word in lexicon if word not in _NUMBER)]
        number = {word: place for place, word in enumerate(self.names) if word}

        def flags(words: Iterable[str]) -> Flags:
            flagged = np.zeros(len(self.names), np.bool_)
            flagged[[number[word] for word in words]] = True
            return flagged

        self.word_ids = _WordIds(number)
        self.valence = np.zeros(len(self.names))
        self.valence[[number[word] for word in lexicon]] = list(lexicon.values())
        self.boost = np.where(flags(_RAISING), _BOOST, np.where(flags(_LOWERING), -_BOOST, 0.0))
        self.in_lexicon = flags(lexicon)
        self.has_tone = np.repeat(self.in_lexicon & (self.boost == 0), 2)
        # VADER lets a word before the tone word change it only if that word is not in the lexicon itself.
        self.may_modify = ~self.in_lexicon
        self.may_modify[_OUTSIDE] = False
        self.negates = flags(_NEGATIONS) | ["n't" in name for name in self.names]
        self.negates[_OTHER_NEGATION] = True
        # No idiom or pair is there without its longest word.
        self.in_phrase = flags(max(phrase, key=len) for phrase in _PHRASES)


@lru_cache(maxsize=4)
def _table(lexicon: tuple[tuple[str, float], ...] | None) -> _Table:
    return _Table(vader_data().valence if lexicon is None else dict(lexicon))


def _table_for(lexicon: Mapping[str, float] | None) -> _Table:
    return _table(None if lexicon is None else checked_lexicon(lexicon))


def checked_lexicon(lexicon: Mapping[str, float]) -> tuple[tuple[str, float], ...]:
    """Return words and valences as `score_tone` can use them; refuse what no text could match, and what is no number."""
    if not isinstance(lexicon, Mapping):
        raise ArgumentError(f"`lexicon` is {lexicon!r}; pass a dict of word to valence, or None.")
    for word, valence in lexicon.items():
        can_match = isinstance(word, str) and word.split() == [word] and _bare(word).lower() == word
        # Written so that a NaN is refused too.
        if not (can_match and isinstance(valence, SupportsFloat) and abs(float(valence)) <= _LARGEST_VALENCE):
            raise ArgumentError(
                f"`lexicon` has {word!r}: {valence!r}; allowed: a word in lower case, with no space in it and no "
                f"punctuation around it, and a number from -{_LARGEST_VALENCE} to {_LARGEST_VALENCE}."
            )
    return tuple((word, float(valence)) for word, valence in lexicon.items())


def _chunks(texts: Iterable[str]) -> Iterator[list[str]]:
    if isinstance(texts, str):
        raise ArgumentError(f"`texts` is one str, {texts[:60]!r}; pass a list of texts: [text].")
    remaining, n_before = iter(texts), 0
    while chunk := list(islice(remaining, _TEXTS_AT_ONCE)):
        if set(map(type, chunk)) != {str}:  # a quick look; a subclass of str passes the slow one
            for position, text in enumerate(chunk, n_before):
                if not isinstance(text, str):
                    raise ArgumentError(
                        f"`texts[{position}]` is {text!r}, of type {type(text).__name__}; every item must be a "
                        "str: leave out or fill what is missing."
                    )
        yield chunk
        n_before += len(chunk)


def _compound(texts: list[str], table: _Table) -> Floats:
    read = [text if text.isascii() else _read_emoji(text) for text in texts]
    found = _find_tone_words(read, table)
    valences = _weigh(found, table)
    begins = np.flatnonzero(np.diff(found.text, prepend=-1))
    with_tone = found.text[begins]
    total = _sums(valences, begins)
    total = total + np.sign(total) * _emphasis([read[text] for text in with_tone.tolist()])
    compound = np.zeros(len(texts))
    compound[with_tone] = _rounded(total / np.sqrt(total * total + _ALPHA))
    return compound


def _sums(values: Floats, begins: Whole) -> Floats:
    """Return the sum of each run of values, as Python's own `sum` gives it: NumPy adds up longer runs in another order."""
    if not len(values):
        return np.zeros(0)
    total = np.add.reduceat(values, begins)
    sizes = np.diff(begins, append=len(values))
    for run in np.flatnonzero(sizes > 2).tolist():
        total[run] = sum(values[begins[run] : begins[run] + sizes[run]].tolist())
    return total


def _rounded(numbers: Floats) -> Floats:
    """Return numbers to four decimals, as Python's own `round` does: NumPy's differs where one is all but half-way."""
    scaled = numbers * 1e4
    rounded = np.rint(scaled) / 1e4
    for at in np.flatnonzero(np.abs(np.abs(scaled - np.trunc(scaled)) - 0.5) < 1e-6).tolist():
        rounded[at] = round(float(numbers[at]), 4)
    return rounded


def _emphasis(texts: list[str]) -> Floats:
    emphasis = np.zeros(len(texts))
    for at, text in enumerate(texts):
        if "!" in text or "?" in text:
            n_questions = text.count("?")
            asking = (
                _MANY_QUESTIONS if n_questions > 3 else n_questions * _QUESTION if n_questions > 1 else 0.0
            )
            emphasis[at] = min(text.count("!"), 4) * _EXCLAMATION + asking
    return emphasis


@dataclass(frozen=True)
class _ToneWords:
    """The tone words of some texts: one item, or one column, per tone word in reading order."""

    text: Whole  # which text it stands in
    word: Whole  # which word of that text it is
    but: Whole  # which word of that text is its first "but"; -1 if it has none
    number: Whole  # 6 rows of word numbers: the 3 words before, itself, the 2 after
    shouted: Flags  # the same 6 words: in capitals, in a text that is not all capitals

    def said(self, offset: int, *words: str) -> Flags:
        """Whether the word `offset` places further on is one of `words`."""
        numbers = np.array([[_NUMBER[word]] for word in words])
        is_said: Flags = (self.number[3 + offset] == numbers).any(axis=0)
        return is_said


def _find_tone_words(texts: list[str], table: _Table) -> _ToneWords:
    # All texts as one: a line end parts tokens as well as any space.
    joined = "\n".join(texts)
    keys, begins, stops = _tokens(joined)
    ids = table.word_ids.of(joined, keys, begins, stops)
    lengths = np.fromiter(map(len, texts), np.intp, count=len(texts))
    n_words = np.diff(np.searchsorted(begins, (lengths + 1).cumsum()), prepend=0)
    ends = n_words.cumsum()
    starts = ends - n_words

    at = np.flatnonzero(table.has_tone[ids])
    text = np.searchsorted(ends, at, side="right")
    around = at + np.arange(-3, 3)[:, np.newaxis]
    is_inside = (around >= starts[text]) & (around < ends[text])
    near = np.where(is_inside, ids[np.where(is_inside, around, at)], 2 * _OUTSIDE)

    capitals_before = np.append(0, (ids & 1).cumsum())
    n_capitals = capitals_before[ends] - capitals_before[starts]
    is_mixed = (n_capitals > 0) & (n_capitals < n_words)

    but = np.full(len(texts), -1)
    but_at = np.flatnonzero(ids >> 1 == _NUMBER["but"])[::-1]  # backwards: the first one is written last
    but_text = np.searchsorted(ends, but_at, side="right")
    but[but_text] = but_at - starts[but_text]
    return _ToneWords(
        text=text,
        word=at - starts[text],
        but=but[text],
        number=near >> 1,
        shouted=(near & 1).astype(np.bool_) & is_mixed[text],
    )


def _weigh(found: _ToneWords, table: _Table) -> Floats:
    """Valence of each tone word once the words around it have been heard, rule by rule in VADER's order."""
    said = found.said
    valence = table.valence[found.number[3]]
    after_no = said(-1, "no") | said(-2, "no") | (said(-3, "no") & said(-1, "or", "nor"))
    only_negates = said(0, "no") & table.in_lexicon[found.number[4]]
    valence = np.where(after_no, valence * _NEGATION, np.where(only_negates, 0.0, valence))
    valence = valence + _shout(valence, found.shouted[3])
    for distance in (1, 2, 3):
        modifier = found.number[3 - distance]
        boost = table.boost[modifier]
        push = np.where(valence < 0, -boost, boost)
        push = push + _shout(valence, found.shouted[3 - distance] & (boost != 0))
        modified = (valence + push * _FADE[distance]) * _negation(found, distance, table)
        valence = np.where(table.may_modify[modifier], modified, valence)
    # VADER looks for idioms only where it has looked three words back.
    has_phrase = table.in_phrase[found.number].any(axis=0) & table.may_modify[found.number[0]]
    for index in np.flatnonzero(has_phrase):
        names = [table.names[number] for number in found.number[:, index]]
        valence[index] = _hear_idioms(float(valence[index]), names)
    is_least = said(-1, "least") & ~said(-2, "at", "very") & table.may_modify[found.number[2]]
    valence = np.where(is_least, valence * _NEGATION, valence)
    valence[said(0, "kind") & said(1, "of")] = 0.0
    _tip_at_but(valence, found)
    return valence


def _shout(valence: Floats, is_shouted: Flags) -> Floats:
    return np.where(is_shouted, np.where(valence > 0, _CAPITALS, -_CAPITALS), 0.0)


def _negation(found: _ToneWords, distance: int, table: _Table) -> Floats:
    """Factor by which the word `distance` words before the tone word turns its valence."""
    said = found.said
    factor = np.where(table.negates[found.number[3 - distance]], _NEGATION, 1.0)
    if distance == 1:
        return factor
    is_so, is_doubt = said(1 - distance, "so", "this"), said(1 - distance, "doubt")
    is_never_so = said(-distance, "never") & is_so
    if distance == 3:
        is_doubt |= said(-1, "doubt")
        # Here VADER hears "so" and "this" without "never" as well: kept, or the scores would not be VADER's.
        is_never_so |= said(-1, "so", "this")
    factor = np.where(said(-distance, "without") & is_doubt, 1.0, factor)
    return np.where(is_never_so, _NEVER_SO, factor)


def _hear_idioms(valence: float, names: list[str]) -> float:
    three, two, one, word, after, after_that = names
    for phrase in ((one, word), (two, one, word), (two, one), (three, two, one), (three, two)):
        if phrase in _IDIOMS:
            valence = _IDIOMS[phrase]
            break
    for phrase in ((word, after), (word, after, after_that)):
        valence = _IDIOMS.get(phrase, valence)
    is_lowered = (three, two) in _LOWERING_PAIRS or (two, one) in _LOWERING_PAIRS
    return valence - _BOOST if is_lowered else valence


def _tip_at_but(valence: Floats, found: _ToneWords) -> None:
    """Halve what stands before the first "but" and raise by half what comes after it, in place.

    VADER looks each valence up again by its value, so of equal ones the first is weighed, at times twice.
    """
    for text in dict.fromkeys(found.text[found.but >= 0].tolist()):
        begin, end = np.searchsorted(found.text, [text, text + 1])
        values, words, but = valence[begin:end].tolist(), found.word[begin:end], found.but[begin]
        for index in range(len(values)):
            first = values.index(values[index])
            if words[first] != but:
                values[first] *= _BEFORE_BUT if words[first] < but else _AFTER_BUT
        valence[begin:end] = values
