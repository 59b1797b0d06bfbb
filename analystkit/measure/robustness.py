"""One finding asked again under every other choice that could as well have been made: how many of the answers agree."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from analystkit.annotate.tone import score_tone
from analystkit.annotate.tone.lexicons import HU_LIU_VALENCE, hu_liu
from analystkit.collection import Collection
from analystkit.errors import ArgumentError, check_choice, check_columns
from analystkit.measure.cells import TOO_FEW
from analystkit.measure.finding import Finding
from analystkit.measure.groups import longest_copies
from analystkit.measure.intervals import DRAWS, FLOOR, expanded_tails, tail_quantiles
from analystkit.measure.page_sentences import PARTS, holds, page_sentences

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
Scorer = Callable[[list[str]], Floats] | Mapping[str, float] | pd.DataFrame | None

COUNTS: Final = ("stories", "articles")
UNITS: Final = ("sentence", "paragraph", "article")
QUOTES: Final = ("in", "out")
#: What a panel varies, and what each choice other than the usual one is called.
SETTINGS: Final[Mapping[str, Mapping[str, str]]] = MappingProxyType(
    {
        "text": {"body+title": "reading headlines too", "page": "reading the whole page"},
        "count": {"articles": "counting copies", "stories": "counting stories once"},
        "scorer": {},
        "unit": {
            "sentence": "taking sentences as units",
            "paragraph": "taking paragraphs as units",
            "article": "taking articles as units",
        },
        "quotes": {"out": "leaving quoted speech out"},
    }
)
#: This share of the variants has to have the sign that is claimed ...
AGREEING: Final = 0.9
#: ... and this share of them beyond chance.
SETTLED: Final = 0.5
ROBUST, NOT_ROBUST, NO_SIGN, NO_DATA = "robust", "not robust", "sign not settled", "nothing to compare"
_SEED: Final = 20231213
_AT_A_TIME: Final = 100  # draws, which bounds the memory to some 80 MB for 100,000 stories
_VALUE: Final = MappingProxyType({"negative": -1.0, "neutral": 0.0, "positive": 1.0})


@dataclass(frozen=True)
class Robustness:
    """A finding under all variants.

    Attributes
    ----------
    finding
        What was claimed, with the claim filled in.
    table
        One row per variant, the usual one first: `text`, `count`, `scorer` (for tone), `unit`, `quotes`; `estimate`
        (difference of mean tones or of shares, or the mean tone), `low`, `high` (95 % interval that resamples stories),
        `n` (units read), `n_stories` (in the slice that has fewer), `agrees` (it has the sign that is claimed),
        `settled` (its interval is all on one side of 0), `note` ("", "too few to say" below 5 stories, "no units").
    verdict
        "robust", "not robust" (for the sign of a tone: "sign not settled"), "too few to say" or "nothing to compare".
    flips
        The settings, each as (setting, value), that turn the sign alone or in most variants; none where the usual choices
        do not have the sign that is claimed.
    """

    finding: Finding
    table: pd.DataFrame
    verdict: str
    flips: tuple[tuple[str, str], ...]
    _collection: Collection
    _units: tuple[_Units, ...]

    @property
    def settings(self) -> list[str]:
        """The columns of the table that name a variant."""
        return [name for name in SETTINGS if name in self.table]

    def describe(self) -> str:
        """Say how many variants agree and what flips them: "Not robust: 18 of 24 agree; counting copies flips it."."""
        known = self.table[self.table["estimate"].notna()]
        if self.verdict == NO_DATA:
            return f"Nothing to compare: no variant finds units in which {self.finding.describe()}."
        n, total = int(known["agrees"].sum()), len(known)
        settled = int((known["agrees"] & known["settled"]).sum())
        if n == total:
            why = f"{settled} of them beyond chance"
        elif not self.table.loc[0, "agrees"]:
            why = "the usual choices do not say so"
        elif self.flips:
            told = [flip_words(*flip) for flip in self.flips]
            many = " and ".join([", ".join(told[:-1]), told[-1]] if len(told) > 1 else told)
            why = f"{many} {'flips' if len(told) == 1 else 'flip'} it"
        else:
            why = "no one setting flips it"
        lost = len(self.table) - total
        absent = f" ({lost} more without any units)" if lost else ""
        return f"{self.verdict.capitalize()}: {n} of {total} agree{absent}; {why}."

    def __str__(self) -> str:
        return self.describe()

    @property
    def idle(self) -> list[tuple[str, str]]:
        """The choices that change no estimate here: there is no quoted speech to leave out, say."""
        estimates = self.table.set_index(self.settings)["estimate"]
        found = []
        for name in self.settings:
            usual, *others = dict.fromkeys(self.table[name])
            if len(self.settings) < 2 or not others:
                continue
            as_usual = estimates.xs(usual, level=name)
            for value in others:
                now = estimates.xs(value, level=name)
                if np.array_equal(now, as_usual.reindex(now.index), equal_nan=True):
                    found.append((name, str(value)))
        return found

    def describe_idle(self) -> str:
        """Say which choices change nothing here, as their variants agree of necessity; "" if all change something."""
        told = [flip_words(*choice) for choice in self.idle]
        return f"Changes nothing here: {', '.join(told)}." if told else ""

    def source(self) -> str:
        """Say what was read."""
        return f"Source: {self._collection.describe()}; {self._collection.describe_filters()}"

    def evidence(self, variant: int = 0) -> pd.DataFrame:
        """Return the units that a variant read: as many rows as its `n`.

        Parameters
        ----------
        variant
            Row of the table.

        Returns
        -------
        DataFrame
            `slice` (0 or 1; for two actors the first or the second), `article_id`, `text`, `value` (its tone, or whether it
            holds the actor or topic), `title`, `outlet`, `published`.
        """
        if not 0 <= variant < len(self.table):
            raise ArgumentError(f"`variant` is {variant}; the panel has rows 0 to {len(self.table) - 1}.")
        units = self._units[variant]
        articles = self._collection.articles
        rows = pd.DataFrame(
            {
                "slice": units.side,
                "article_id": articles["article_id"].to_numpy(dtype=object)[units.article],
                "text": [units.text_of(unit) for unit in units.unit],
                "value": units.value,
            }
        )
        about = articles[["article_id", "title", "outlet", "published"]]
        return rows.merge(about, on="article_id", how="left", validate="m:1")


def robustness(
    collection: Collection,
    finding: Finding,
    *,
    texts: Iterable[str] = PARTS,
    counts: Iterable[str] = COUNTS,
    scorers: Mapping[str, Scorer] | None = None,
    units: Iterable[str] = UNITS,
    quotes: Iterable[str] = QUOTES,
) -> Robustness:
    """Ask a finding again under every combination of choices, and say how many agree and what flips it.

    Parameters
    ----------
    collection
        In what it was found.
    finding
        The claim.
    texts
        "body", "body+title" (headlines too), "page" (everything on it: nothing cleaned away). "page" is left out where no
        page has more than headline and body.
    counts
        "stories" reads one article of each story and slice, the longest; "articles" reads all copies.
    scorers
        What gives a tone, by name: None for VADER, a mapping of word to valence (as in `score_tone`), a function of texts,
        or a table of judgements (`article_id`, `sentence_id`, perhaps `actor`, and `p_negative` and `p_positive` or
        `label`), such as any classifier makes; those know sentences of bodies only. By default VADER alone.
    units
        What one tone or one share is of: "sentence", "paragraph", "article". A tone of a longer unit is that of its whole
        text; with a table of judgements it is their mean.
    quotes
        "in", and "out": without the sentences that hold quoted speech.

    Returns
    -------
    Robustness

    Raises
    ------
    ArgumentError
        An argument has a value that is not allowed, or the collection has no such actor or topic.

    Notes
    -----
    A specification curve (Simonsohn, Simmons & Nelson 2020) whose variants share the draws of a bootstrap of stories.
    "Robust" is said where nine in ten variants have the sign claimed, half of them beyond chance, the usual one among
    these, and none is beyond chance on the other side. That a finding is robust to these choices does not make it true of
    what was published, nor valid: see `validate`.
    """
    chosen = _checked(texts, counts, units, quotes)
    given: Mapping[str, Scorer] = {"VADER": None} if scorers is None else scorers
    if not given:
        raise ArgumentError("`scorers` is empty; give one at least, such as {'VADER': None}.")
    slices = finding.slices(collection)
    by = {"actors": ()} if finding.measure == "topics" else {"topics": ()}
    names = {"topics" if finding.measure == "topics" else "actors": finding.items}
    rows = page_sentences(collection, **{**by, **names})
    if not (rows["part"] == 2).any():
        chosen["text"] = tuple(name for name in chosen["text"] if name != "page") or ("body",)
    chosen["scorer"] = tuple(given) if finding.measure == "tone" else ("",)
    reader = _Reader(collection, finding, rows, given, slices)
    variants = [
        dict(zip(SETTINGS, values, strict=True))
        for values in itertools.product(*(chosen[name] for name in SETTINGS))
        # A table of judgements knows nothing outside bodies.
        if not (isinstance(given.get(values[2]), pd.DataFrame) and values[0] != "body")
    ]
    usual = "sentence" if finding.measure == "tone" else "article"
    variants.sort(key=lambda variant: variant["unit"] != usual)
    found = [reader.read(variant) for variant in variants]
    table = _table(variants, found, reader)
    if finding.measure != "tone":
        table = table.drop(columns="scorer")
    claim = finding.claim
    if not claim:
        first = table["estimate"].dropna()
        claim = "lower" if len(first) and first.iloc[0] < 0 else "higher"
    finding = Finding(**{**finding.to_dict(), "claim": claim})
    wanted = 1 if claim == "higher" else -1
    table["agrees"] = np.sign(table["estimate"]) == wanted
    table = table[[*table.columns.drop("note"), "note"]]
    flips = _flips(table)
    return Robustness(finding, table, _verdict(table, finding, wanted), flips, collection, tuple(found))


def tone_scorers(collection: Collection) -> dict[str, Scorer]:
    """Return all that can judge the tone of a collection: the tone towards actors first, then the word lists."""
    scorers: dict[str, Scorer] = {
        "tone towards": collection.tones,
        "VADER": None,
        "Hu & Liu": {word: HU_LIU_VALENCE * value for word, value in hu_liu().items()},
    }
    if collection.lexicon.decisions:
        scorers["this project"] = collection.lexicon.valence
    return scorers


def flip_words(setting: str, value: str) -> str:
    """Return what a choice is called: "counting copies"."""
    usual = {
        "text": "reading bodies alone",
        "quotes": "keeping quoted speech",
        "scorer": f"scoring by {value}",
    }
    return SETTINGS[setting].get(value, usual.get(setting, value))


def _checked(
    texts: Iterable[str], counts: Iterable[str], units: Iterable[str], quotes: Iterable[str]
) -> dict[str, tuple[str, ...]]:
    chosen = {}
    for argument, name, values, allowed in (
        ("texts", "text", texts, PARTS),
        ("counts", "count", counts, COUNTS),
        ("units", "unit", units, UNITS),
        ("quotes", "quotes", quotes, QUOTES),
    ):
        given = (values,) if isinstance(values, str) else tuple(dict.fromkeys(values))
        for value in given:
            check_choice(argument, value, allowed)
        if not given:
            raise ArgumentError(
                f"`{argument}` is empty; give one at least of {', '.join(map(repr, allowed))}."
            )
        chosen[name] = given
    return chosen


@dataclass(frozen=True)
class _Units:
    """The units that one variant read: one entry per unit and side."""

    side: Ints
    unit: Ints
    article: Ints
    value: Floats
    text_of: Callable[[int], str]


@dataclass(frozen=True)
class _Cut:
    """The units that a choice of text, quotes and unit makes of all pages."""

    article: Ints
    of_row: Ints  # the unit of each row that is read
    rows: Ints
    holds: Mapping[str, Flags]


class _Reader:
    """Reads variants off one table of sentences; what several of them need is made once."""

    def __init__(
        self,
        collection: Collection,
        finding: Finding,
        rows: pd.DataFrame,
        scorers: Mapping[str, Scorer],
        slices: list[Collection],
    ) -> None:
        self.finding = finding
        self.scorers = scorers
        self._rows = rows
        self._ids = collection.articles["article_id"].to_numpy(dtype=object)
        self._texts = rows["text"].to_numpy(dtype=object)
        stories = collection.articles["story_id"]
        # By name, so that the draws do not depend on the order of the files.
        self.story = stories.map({name: i for i, name in enumerate(sorted(set(stories)))}).to_numpy(np.int64)
        self.n_stories = int(self.story.max(initial=-1)) + 1
        self._read = {count: [self._articles_of(part, count) for part in slices] for count in COUNTS}
        self._cuts: dict[tuple[str, str, str], _Cut] = {}
        self._scores: dict[tuple[str, ...], Floats] = {}

    def _articles_of(self, part: Collection, count: str) -> Flags:
        articles = part.articles[["article_id", "story_id"]]
        if count == "stories":
            articles = longest_copies(part, articles)
        read: Flags = np.isin(self._ids, articles["article_id"].to_numpy(dtype=object))
        return read

    def read(self, variant: Mapping[str, str]) -> _Units:
        """Return the units of a variant with their values; of two sides, the claim is on the second less the first."""
        cut = self._cut(variant["text"], variant["quotes"], variant["unit"])
        items = self.finding.items
        read = self._read[variant["count"]]
        every = np.ones(len(cut.article), dtype=bool)
        # `of` against `than` is one slice twice, each with another name; the first side is what is taken off.
        sides = (
            [(read[0], items[1]), (read[0], items[0])]
            if self.finding.than
            else [(part, items[0] if items else "") for part in read]
        )
        found = []
        for number, (articles, name) in enumerate(sides):
            there = cut.holds.get(name, every)
            if self.finding.measure == "tone":
                values = self._tones(variant, cut)
                kept = articles[cut.article] & there & ~np.isnan(values)
            else:
                values, kept = there.astype(np.float64), articles[cut.article]
            units = np.flatnonzero(kept)
            found.append((np.full(len(units), number, dtype=np.int64), units, values[units]))
        side, unit, value = (np.concatenate(parts) for parts in zip(*found, strict=True))
        return _Units(side, unit, cut.article[unit], value, lambda one: self._text_of(cut, int(one)))

    def _cut(self, text: str, quotes: str, unit: str) -> _Cut:
        if (text, quotes, unit) not in self._cuts:
            rows = self._rows
            kept = (rows["part"] <= PARTS.index(text)).to_numpy()
            if quotes == "out":
                kept = kept & ~rows["quoted"].to_numpy()
            places = np.flatnonzero(kept)
            key = {"sentence": np.arange(len(rows)), "paragraph": rows["line"], "article": rows["article"]}
            _, first, of_row = np.unique(
                np.asarray(key[unit])[places], return_index=True, return_inverse=True
            )
            article = rows["article"].to_numpy(np.int64)[places][first]
            found = {
                name: np.bincount(of_row, weights=rows[holds(name)].to_numpy()[places], minlength=len(first))
                > 0
                for name in self.finding.items
            }
            self._cuts[text, quotes, unit] = _Cut(article, of_row, places, found)
        return self._cuts[text, quotes, unit]

    def _tones(self, variant: Mapping[str, str], cut: _Cut) -> Floats:
        """Return the tone of each unit of a cut."""
        name, unit = variant["scorer"], variant["unit"]
        scorer = self.scorers[name]
        if isinstance(scorer, pd.DataFrame):
            return _means(self._judged(name, scorer)[cut.rows], cut)
        if unit == "sentence":
            if (name,) not in self._scores:
                self._scores[name,] = self._score(scorer, list(self._texts))
            return self._scores[name,][cut.rows]
        key = (name, variant["text"], variant["quotes"], unit)
        if key not in self._scores:
            texts = self._texts[cut.rows]
            # Rows of a unit stand together, in the order of the page.
            edges = [*np.flatnonzero(np.diff(cut.of_row, prepend=-1)).tolist(), len(texts)]
            whole = [" ".join(texts[a:b]) for a, b in itertools.pairwise(edges)] if len(texts) else []
            self._scores[key] = self._score(scorer, whole)
        return self._scores[key]

    def _score(self, scorer: Any, texts: list[str]) -> Floats:
        scores = scorer(texts) if callable(scorer) else score_tone(texts, lexicon=scorer)
        found = np.asarray(scores, dtype=np.float64)
        if found.shape != (len(texts),):
            raise ArgumentError(
                f"A scorer gave {found.shape} scores for {len(texts):,} texts; one each is needed."
            )
        return found

    def _judged(self, name: str, table: pd.DataFrame) -> Floats:
        """Return the judgement on each row of the pages; NaN where there is none."""
        if ("judged", name) not in self._scores:
            check_columns(f"scorers[{name!r}]", map(str, table.columns), ["article_id", "sentence_id"])
            if "actor" in table and self.finding.of:
                table = table[table["actor"] == self.finding.of]
            values = judgement_values(table, argument=f"scorers[{name!r}]")
            keys = zip(table["article_id"], table["sentence_id"], strict=True)
            of = dict(zip(keys, values, strict=True))
            places = zip(self._ids[self._rows["article"]], self._rows["sentence_id"], strict=True)
            self._scores["judged", name] = np.array([of.get(place, np.nan) for place in places], dtype=float)
        return self._scores["judged", name]

    def _text_of(self, cut: _Cut, unit: int) -> str:
        return " ".join(self._texts[cut.rows[cut.of_row == unit]])


def judgement_values(table: pd.DataFrame, *, argument: str) -> Floats:
    """Return what judgements are worth from -1 to 1: p_positive less p_negative, else by label.

    >>> judgement_values(pd.DataFrame({"label": ["negative", "neutral"]}), argument="judged").tolist()
    [-1.0, 0.0]
    """
    if {"p_negative", "p_positive"} <= set(table.columns):
        return np.asarray(table["p_positive"] - table["p_negative"], dtype=np.float64)
    check_columns(argument, map(str, table.columns), ["label"])
    return np.asarray(table["label"].map(_VALUE), dtype=np.float64)


def _means(values: Floats, cut: _Cut) -> Floats:
    known = ~np.isnan(values)
    n = np.bincount(cut.of_row[known], minlength=len(cut.article))
    total = np.bincount(cut.of_row[known], weights=values[known], minlength=len(cut.article))
    means: Floats = np.divide(total, n, out=np.full(len(n), np.nan), where=n > 0)
    return means


def _table(variants: list[dict[str, str]], found: list[_Units], reader: _Reader) -> pd.DataFrame:
    """Return the numbers of each variant; all see the same draws of stories."""
    two = not reader.finding.of_sign
    sums = np.zeros((reader.n_stories, len(found), 2, 2))  # story, variant, side, value and number
    for number, units in enumerate(found):
        story = reader.story[units.article]
        for side in (0, 1):
            own = units.side == side
            sums[:, number, side, 0] = np.bincount(story[own], units.value[own], minlength=reader.n_stories)
            sums[:, number, side, 1] = np.bincount(story[own], minlength=reader.n_stories)
    sides = [0, 1] if two else [0]
    drawable = np.flatnonzero(sums[..., 1].sum(axis=(1, 2)) > 0)
    estimate = _estimates(sums.sum(axis=0)[np.newaxis], two)[0]
    draws = _draws(sums[drawable], two)
    counts = sums[:, :, sides, 1]
    squares = (counts**2).sum(axis=0)
    effective = counts.sum(axis=0) ** 2 / np.where(squares > 0, squares, np.inf)
    low, high = tail_quantiles(draws, expanded_tails(effective.min(axis=1)))
    n_stories = (counts > 0).sum(axis=0).min(axis=1)
    note = np.select([np.isnan(estimate), n_stories < FLOOR], ["no units", TOO_FEW], default="")
    enough = note == ""
    table = pd.DataFrame(variants).astype("str")
    return table.assign(
        estimate=estimate,
        low=np.where(enough, low, np.nan),
        high=np.where(enough, high, np.nan),
        n=[len(units.unit) for units in found],
        n_stories=n_stories,
        settled=enough & ((low > 0) | (high < 0)),
        note=pd.Series(note, dtype="str"),
    )


def _draws(sums: Floats, two: bool) -> Floats:
    rng = np.random.default_rng(_SEED)
    n = len(sums)
    if not n:
        return np.full((1, sums.shape[1]), np.nan)
    flat = sums.reshape(n, -1)
    parts = []
    for _ in range(0, DRAWS, _AT_A_TIME):
        weights = rng.multinomial(n, np.full(n, 1 / n), size=_AT_A_TIME).astype(np.float64)
        parts.append(_estimates((weights @ flat).reshape(_AT_A_TIME, *sums.shape[1:]), two))
    return np.concatenate(parts)


def _estimates(sums: Floats, two: bool) -> Floats:
    """Return the mean of each variant, or the second less the first; NaN where a side has nothing."""
    total, n = sums[..., 0], sums[..., 1]
    means = np.divide(total, n, out=np.full(total.shape, np.nan), where=n > 0)
    estimates: Floats = means[..., 1] - means[..., 0] if two else means[..., 0]
    return estimates


def _flips(table: pd.DataFrame) -> tuple[tuple[str, str], ...]:
    """Return the choices that turn the sign by themselves, or in more than half of the variants that make them.

    For the second, fewer of them must agree than of those that keep to the usual: what changes nothing turns nothing.
    """
    names = [name for name in SETTINGS if name in table]
    known = table[table["estimate"].notna()]
    if not table.loc[0, "agrees"]:
        return ()  # nothing stands that could be turned
    usual = table.loc[0, names]
    flips = []
    for name in names:
        for value in dict.fromkeys(known[name]):
            if value == usual[name]:
                continue
            having = known[known[name] == value]
            others = [other for other in names if other != name]
            alone = having[(having[others] == usual[others]).all(axis=1)]
            share, as_usual = having["agrees"].mean(), known.loc[known[name] == usual[name], "agrees"].mean()
            if (~alone["agrees"]).any() or share < min(0.5, as_usual):
                flips.append((name, str(value)))
    return tuple(flips)


def _verdict(table: pd.DataFrame, finding: Finding, wanted: int) -> str:
    no = NO_SIGN if finding.of_sign else NOT_ROBUST
    known = table[table["estimate"].notna()]
    if not len(known):
        return NO_DATA
    if known["agrees"].mean() < AGREEING:
        return no
    if (known["note"] == TOO_FEW).all() or table.loc[0, "note"] != "":
        return TOO_FEW
    for_it = known["settled"] & known["agrees"]
    against = known["settled"] & (np.sign(known["estimate"]) == -wanted)
    holds_ = for_it.mean() >= SETTLED and bool(for_it.loc[0]) and not against.any()
    return ROBUST if holds_ else no
