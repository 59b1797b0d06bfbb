"""A model's labels checked by people: a sample to code blind, and what the codes say of the model and its shares."""

from __future__ import annotations

import csv
import itertools
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from analystkit.annotate.actors.backends import model_key
from analystkit.collection import Collection, counted
from analystkit.errors import ArgumentError, PathMissingError, check_choice, check_columns
from analystkit.measure.agreement import LEVELS, cohen_kappa, krippendorff_alpha
from analystkit.measure.groups import group_articles, longest_copies
from analystkit.measure.names import known_actors

Floats = npt.NDArray[np.float64]
Codes = str | Path | pd.DataFrame

LABELS: Final = ("negative", "neutral", "positive")
#: A coder's code for a unit that cannot be judged; it counts for nothing.
UNCLEAR: Final = "unclear"
#: The coder whose codes settle what others disagree on.
SETTLING: Final = "agreed"
#: Fewer coded units than this validate nothing.
NEEDED: Final = 100
#: A compound nearer to 0 than this is neutral, as VADER's authors advise.
NEUTRAL: Final = 0.05
CODE_COLUMNS: Final = ("unit", "coder", "code")
_INTEGERS: Final = ("sentence_id", "start", "end", "target_start", "target_end", "stratum_size")
_Z: Final = 1.959963984540054
#: What a manifest keeps of each unit; its text is read from the collection.
_KEPT: Final = (
    "unit", "article_id", "sentence_id", "actor", "start", "end", "story_id", "model", "label", "stratum_size",
)  # fmt: skip


def validation_sample(
    collection: Collection,
    *,
    towards: str | Iterable[str] | None = None,
    predictions: pd.DataFrame | str | None = None,
    model: str = "",
    n: int = 200,
    seed: int = 1,
) -> pd.DataFrame:
    """Draw sentences to be coded by hand, spread over what the model says of them and over outlets.

    Parameters
    ----------
    collection
        From which; one article of each story is drawn from, the longest.
    towards
        One actor or several: sentences that name them, each with the actor in question; None draws from all sentences.
    predictions
        What the model says: `article_id`, `sentence_id`, `label`, and `actor` where the label is of the tone towards one.
        "tones": what the collection says of the tone towards the actors, sentences of which it is unsure left out.
        By default that where `towards` names an actor, else VADER's compound of the sentence, beyond 0.05 on either side,
        which "vader" asks for in both cases.
    model
        What to call the model that made `predictions`.
    n
        How many; fewer where there are fewer.
    seed
        Another number draws others; the same one draws the same again.

    Returns
    -------
    DataFrame
        One row per unit, in random order: `unit` (its name, made of article, sentence and actor), `article_id`,
        `sentence_id`, `actor` ("" for none), `start`, `end` (of the sentence), `target_start`, `target_end` (where the actor
        is first named in `text`; -1 for none), `story_id`, `outlet`, `text`, `model`, `label` (what the model says: not to
        be shown to coders), `stratum_size` (how many units have that label; the unit stands for `stratum_size` divided by
        the units coded of that label).

    Raises
    ------
    ArgumentError
        An argument has a value that is not allowed, or there is nothing to draw from.

    Notes
    -----
    Stratified by predicted label, as many of each; within a label systematic along outlets, so that each outlet has its
    share (Särndal, Swensson & Wretman 1992, chapter 3).
    """
    if isinstance(n, bool) or not isinstance(n, int) or n < 1:
        raise ArgumentError(f"`n` is {n!r}; give a whole number of at least 1.")
    units = _population(collection, towards)
    if predictions is None:
        predictions = "vader" if towards is None else "tones"
    if isinstance(predictions, str):
        check_choice("predictions", predictions, ["tones", "vader"])
        if predictions == "tones" and towards is None:
            raise ArgumentError("`predictions` is 'tones', which are towards somebody; give `towards`.")
    if isinstance(predictions, str) and predictions == "tones":
        model = model or towards_model(collection)
        predictions = collection.tones[collection.tones["label"].isin(LABELS)]
    if isinstance(predictions, str):
        model = model or "VADER"
        units["label"] = _vader_labels(units["tone"])
    else:
        keys = ["article_id", "sentence_id", *(["actor"] if "actor" in predictions else [])]
        check_columns("predictions", map(str, predictions.columns), [*keys, "label"])
        units = units.merge(predictions[[*keys, "label"]].drop_duplicates(keys), on=keys)
        model = model or "model"
    unknown = sorted(set(units["label"]) - set(LABELS))
    if unknown:
        raise ArgumentError(f"`predictions` has the label {unknown[0]!r}; allowed: {', '.join(LABELS)}.")
    if not len(units):
        raise ArgumentError("There is no sentence to draw from; give other actors, or a larger collection.")
    rng = np.random.default_rng(seed)
    # Shuffled first, then by outlet: a step along the list meets every outlet in its share.
    units = units.sort_values("unit").iloc[rng.permutation(len(units))].sort_values("outlet", kind="stable")
    sizes = {label: int((units["label"] == label).sum()) for label in LABELS}
    parts = []
    for label, wanted in zip(LABELS, _allocated([*sizes.values()], n), strict=True):
        own = units[units["label"] == label]
        places = ((rng.random() + np.arange(wanted)) * len(own) / max(wanted, 1)).astype(np.int64)
        parts.append(own.iloc[places].assign(stratum_size=sizes[label]))
    drawn = pd.concat(parts)
    drawn = drawn.iloc[rng.permutation(len(drawn))].reset_index(drop=True).assign(model=model)
    columns = [
        "unit", "article_id", "sentence_id", "actor", "start", "end", "target_start", "target_end", "story_id", "outlet",
        "text", "model", "label", "stratum_size",
    ]  # fmt: skip
    return drawn[columns].astype(dict.fromkeys(_INTEGERS, "int64"))


def read_sample(sample: Codes) -> pd.DataFrame:
    """Return a sample from its CSV file, or the frame itself, checked."""
    if isinstance(sample, pd.DataFrame):
        table = sample
    else:
        table = _read_csv("sample", sample)
        check_columns("sample", map(str, table.columns), _INTEGERS)
        table = table.astype(dict.fromkeys(_INTEGERS, "int64"))
    check_columns("sample", map(str, table.columns), [*_KEPT, "text"])
    return table.reset_index(drop=True)


def read_codes(codes: Codes | Sequence[Codes]) -> pd.DataFrame:
    """Return the codes of one file or several, or of frames: `unit`, `coder`, `code`; of two for one unit the later.

    A `note` is kept where there is one; what has no code yet is left out.
    """
    given = [codes] if isinstance(codes, (str, Path, pd.DataFrame)) else list(codes)
    tables = []
    for one in given:
        table = one if isinstance(one, pd.DataFrame) else _read_csv("codes", one)
        check_columns("codes", map(str, table.columns), CODE_COLUMNS)
        notes = [name for name in ("note",) if name in table]
        tables.append(table[[*CODE_COLUMNS, *notes]].astype("str"))
    if not tables:
        raise ArgumentError("`codes` is empty; give the file that the coding is kept in.")
    told = pd.concat(tables, ignore_index=True).fillna("")
    told = told[told["code"] != ""]
    unknown = sorted(set(told["code"]) - {*LABELS, UNCLEAR})
    if unknown:
        raise ArgumentError(f"`codes` has the code {unknown[0]!r}; allowed: {', '.join((*LABELS, UNCLEAR))}.")
    return told.drop_duplicates(["unit", "coder"], keep="last").reset_index(drop=True)


def towards_model(collection: Collection) -> str:
    """Return what samples and reports call the model of the tone towards actors."""
    return f"tone towards ({model_key(collection.tone)})"


@dataclass(frozen=True)
class Validation:
    """What coding a sample by hand says of a model.

    Attributes
    ----------
    model
        Whose labels were checked.
    coders
        Who coded.
    n_units
        Units with a code that counts.
    accuracy
        Share of all units in which the model is right, and the ends of its 95 % interval.
    scores
        One row per label: `label`, `precision` (of what the model calls so, the share that is so), `precision_low`,
        `precision_high`, `recall` (of what is so, the share that the model finds), `recall_low`, `recall_high`, `f1`.
    shares
        One row per label: `label`, `predicted` (share that the model says), `corrected` (share that coding the whole is
        expected to give), `low`, `high`.
    confusion
        One row per two labels: `label` (the model's), `coded` (most coders'; "undecided" for a tie), `n` (units).
    agreement
        One row per two coders, the model one of them: `first`, `second`, `n` (units both coded), `share` (in which they
        agree), `kappa` (Cohen's).
    alpha
        One row per level of measurement: `level`, `alpha` (Krippendorff's, of the coders without the model), `n` (units
        with two codes or more).
    disagreements
        One row per unit on which coders differ: `unit`, `text`, and one column per coder.
    """

    model: str
    coders: tuple[str, ...]
    n_units: int
    accuracy: tuple[float, float, float]
    scores: pd.DataFrame
    shares: pd.DataFrame
    confusion: pd.DataFrame
    agreement: pd.DataFrame
    alpha: pd.DataFrame
    disagreements: pd.DataFrame
    _sample: pd.DataFrame
    _codes: pd.DataFrame

    @property
    def enough(self) -> bool:
        """Whether as many units are coded as it takes to speak of a validation."""
        return self.n_units >= NEEDED

    def describe(self) -> str:
        """Say in a sentence how well the model does here, or that too few units are coded to say so."""
        if not self.enough:
            done = counted(self.n_units, "unit")
            return f"Not validated on this collection: {done} coded, {NEEDED} are needed."
        right, low, high = self.accuracy
        alpha = self.alpha.loc[self.alpha["level"] == "nominal", "alpha"].iloc[0]
        agreed = "" if math.isnan(alpha) else f" (Krippendorff's alpha {alpha:.2f})"
        return (
            f"Validated on {self.n_units:,} sentences of this collection by {counted(len(self.coders), 'coder')}{agreed}:"
            f" {self.model} is right in {100 * right:.0f} % (95 % interval {100 * low:.0f}–{100 * high:.0f} %)."
        )

    def __str__(self) -> str:
        return self.describe()

    def cell(self, label: str, coded: str) -> pd.DataFrame:
        """Return the units in one cell of the confusion table, as many as its `n`."""
        own = _coded_units(self._sample, self._codes)
        chosen = own[(own["label"] == label) & (own["coded"] == coded)]
        return chosen[[*_KEPT, "text", "coded"]].reset_index(drop=True)

    def to_dict(self) -> dict[str, Any]:
        """Return sample and codes as plain values without text, for a manifest."""
        return {
            "units": self._sample[list(_KEPT)].to_numpy(dtype=object).tolist(),
            "codes": self._codes[list(CODE_COLUMNS)].to_numpy(dtype=object).tolist(),
        }

    def on(self, collection: Collection) -> Validation:
        """Return what holds of it on a collection: units that stand in it, of which the model says the same now."""
        bodies = dict(zip(collection.articles["article_id"], collection.articles["body"], strict=True))
        tones = collection.sentences.set_index(["article_id", "sentence_id"])["tone"].to_dict()
        judged = towards_model(collection)
        said = {}
        if (self._sample["model"] == judged).any():
            of_tones = collection.tones[["article_id", "sentence_id", "actor", "label"]]
            said = {tuple(row[:3]): row[3] for row in of_tones.itertuples(index=False, name=None)}
        kept = []
        for row in self._sample.to_dict("records"):
            tone = tones.get((row["article_id"], row["sentence_id"]))
            text = bodies.get(row["article_id"], "")[row["start"] : row["end"]]
            same = True
            if row["model"] == "VADER":
                same = _vader_labels([tone or 0.0])[0] == row["label"]
            elif row["model"] == judged:
                same = said.get((row["article_id"], row["sentence_id"], row["actor"])) == row["label"]
            kept.append(tone is not None and text == row["text"] and same)
        return validate(self._sample[kept], self._codes)


def validation_from_dict(values: dict[str, Any], collection: Collection) -> Validation:
    """Return the validation that a manifest keeps, with its texts from the collection."""
    units = pd.DataFrame(values["units"], columns=list(_KEPT))
    bodies = dict(zip(collection.articles["article_id"], collection.articles["body"], strict=True))
    texts = [
        bodies.get(identity, "")[start:end]
        for identity, start, end in zip(units["article_id"], units["start"], units["end"], strict=True)
    ]
    codes = pd.DataFrame(values["codes"], columns=list(CODE_COLUMNS))
    return validate(units.assign(text=texts), codes)


def validate(sample: Codes, codes: Codes | Sequence[Codes]) -> Validation:
    """Compare a model's labels with those that people gave, and correct the model's shares by them.

    Parameters
    ----------
    sample
        What `validation_sample` drew, or the CSV file it was written to.
    codes
        Who coded what: frames or CSV files with `unit`, `coder`, `code` ("negative", "neutral", "positive", or "unclear",
        which counts for nothing), such as the coding widget writes. A coder called "agreed" settles what others disagree on.

    Returns
    -------
    Validation

    Raises
    ------
    ArgumentError
        A column is absent, or there is a code that is not allowed.
    PathMissingError
        A file does not exist.

    Notes
    -----
    A unit on which coders differ counts in parts, one for each code. Shares, precision and recall are estimates by design:
    each unit stands for as many as its label has in the collection, divided by those coded of it. The corrected share is
    then the difference estimator of survey sampling: the model's share plus the mean error, weighted (Särndal, Swensson &
    Wretman 1992, section 6.3), which is what prediction-powered inference (Angelopoulos et al. 2023) and design-based
    supervised learning (Egami et al. 2023) come to here. It needs no model to be right. Variances are linearised and
    clustered by story; intervals are Wilson's (1927) for the number of units that gives this variance.
    """
    units = read_sample(sample)
    told = read_codes(codes)
    told = told[told["unit"].isin(set(units["unit"]))].reset_index(drop=True)
    own = _coded_units(units, told)
    coders = tuple(sorted(set(told["coder"])))
    model = str(units["model"].iloc[0]) if len(units) else ""
    design = _Design(own)
    right = sum((own["label"] == label).to_numpy(np.float64) * own[label] for label in LABELS)
    accuracy = design.ratio(np.asarray(right, np.float64), np.ones(len(own)))
    return Validation(
        model=model,
        coders=coders,
        n_units=len(own),
        accuracy=accuracy,
        scores=_scores(own, design),
        shares=_shares(own, units, design),
        confusion=_confusion(own),
        agreement=_agreement(own, told, coders, model, design.weight),
        alpha=_alpha(told),
        disagreements=_disagreements(units, told, coders),
        _sample=units,
        _codes=told,
    )


class _Design:
    """How the coded units were drawn: weights, strata and stories, and estimates of ratios by them."""

    def __init__(self, own: pd.DataFrame) -> None:
        self._stratum, _ = pd.factorize(own["label"])
        self._story, _ = pd.factorize(own["story_id"])
        n = np.bincount(self._stratum, minlength=1)[self._stratum] if len(own) else np.zeros(0)
        size = own["stratum_size"].to_numpy(np.float64)
        self.weight: Floats = size / np.maximum(n, 1)
        # What is coded entirely is known; of few units the variance is that of one fewer.
        self._scale = np.sqrt(np.maximum(1 - n / np.maximum(size, 1), 0) * n / np.maximum(n - 1, 1))

    def ratio(self, above: Floats, below: Floats) -> tuple[float, float, float]:
        """Return the ratio of two totals and the ends of its interval; NaN where there is nothing below."""
        total = float(self.weight @ below)
        if not total:
            return (math.nan, math.nan, math.nan)
        value = min(max(float(self.weight @ above) / total, 0.0), 1.0)
        rest = self.weight * (above - value * below) / total
        mean = np.bincount(self._stratum, rest) / np.bincount(self._stratum)
        by_story = np.bincount(self._story, (rest - mean[self._stratum]) * self._scale)
        n_stories = len(by_story)
        variance = float(by_story @ by_story) * n_stories / max(n_stories - 1, 1)
        spread = value * (1 - value)
        # Where nothing varies in the sample, which is not to say that nothing does, weights tell what units are worth.
        worth = total**2 / float(np.square(self.weight * below).sum())
        n = spread / variance if variance > 0 and spread > 0 else worth
        middle = (value + _Z**2 / (2 * n)) / (1 + _Z**2 / n)
        reach = _Z / (1 + _Z**2 / n) * math.sqrt(spread / n + _Z**2 / (4 * n**2))
        return value, max(middle - reach, 0.0), min(middle + reach, 1.0)


def _population(collection: Collection, towards: str | Iterable[str] | None) -> pd.DataFrame:
    articles = longest_copies(collection, group_articles(collection, None).articles)[
        ["article_id", "story_id"]
    ]
    about = collection.articles[["article_id", "outlet", "body"]]
    rows = collection.sentences.merge(articles, on="article_id").merge(about, on="article_id")
    rows["text"] = [
        body[start:end] for body, start, end in zip(rows["body"], rows["start"], rows["end"], strict=True)
    ]
    rows = rows.drop(columns="body")
    if towards is None:
        rows = rows.assign(actor="", target_start=-1, target_end=-1)
    else:
        names = known_actors(collection, towards, argument="towards")
        named = collection.mentions[collection.mentions["actor"].isin(names)]
        named = named.drop_duplicates(["article_id", "sentence_id", "actor"])
        named = named[["article_id", "sentence_id", "actor", "start", "end"]]
        named = named.rename(columns={"start": "at", "end": "to"})
        rows = rows.merge(named, on=["article_id", "sentence_id"])
        rows["target_start"] = rows["at"] - rows["start"]
        rows["target_end"] = np.minimum(rows["to"], rows["end"]) - rows["start"]
    place = rows["article_id"] + ":" + rows["sentence_id"].astype("str")
    return rows.assign(unit=place.where(rows["actor"] == "", place + ":" + rows["actor"]))


def _vader_labels(tones: Iterable[float]) -> list[str]:
    return [LABELS[1 + int(tone >= NEUTRAL) - int(tone <= -NEUTRAL)] for tone in tones]


def _allocated(sizes: list[int], n: int) -> list[int]:
    """Return how many units to draw of each stratum: as many of each, and more of others where one has fewer.

    >>> _allocated([10, 500, 500], 200)
    [10, 96, 94]
    """
    drawn = [0] * len(sizes)
    left = min(n, sum(sizes))
    while left:
        open_ones = [i for i, size in enumerate(sizes) if drawn[i] < size]
        share, more = divmod(left, len(open_ones))
        for place, i in enumerate(open_ones):
            drawn[i] += min(share + (place < more), sizes[i] - drawn[i])
        left = min(n, sum(sizes)) - sum(drawn)
    return drawn


def _read_csv(argument: str, path: str | Path) -> pd.DataFrame:
    if not Path(path).is_file():
        raise PathMissingError(f"`{argument}` is {str(path)!r}, but there is no such file.")
    table: pd.DataFrame = pd.read_csv(path, dtype="str", keep_default_na=False, encoding="utf-8-sig")
    return table


def write_codes(codes: pd.DataFrame, path: str | Path) -> None:
    """Write codes as CSV, one line a code in the order they were given, so that a day's work is lines added."""
    aside = Path(path).with_name(f".{Path(path).name}.part")
    with aside.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        columns = [*CODE_COLUMNS, *(name for name in ("note",) if name in codes)]
        writer.writerow(columns)
        writer.writerows(codes[columns].itertuples(index=False, name=None))
    aside.replace(path)


def _coded_units(units: pd.DataFrame, told: pd.DataFrame) -> pd.DataFrame:
    """Return the units with a code that counts: the part of each label, and what most coders say."""
    counting = told[told["code"].isin(LABELS)]
    settled = set(counting.loc[counting["coder"] == SETTLING, "unit"])
    counting = counting[(counting["coder"] == SETTLING) | ~counting["unit"].isin(settled)]
    parts = pd.crosstab(counting["unit"], counting["code"]).reindex(columns=list(LABELS), fill_value=0)
    own = units[units["unit"].isin(set(counting["unit"]))].reset_index(drop=True)
    given = parts.reindex(own["unit"]).to_numpy(np.float64).reshape(len(own), len(LABELS))
    most = given.max(axis=1, initial=0)
    is_tie = (given == most[:, np.newaxis]).sum(axis=1) > 1
    coded = [
        "undecided" if tie else LABELS[place] for tie, place in zip(is_tie, given.argmax(axis=1), strict=True)
    ]
    shares = given / np.maximum(given.sum(axis=1, keepdims=True), 1)
    columns = {label: shares[:, i] for i, label in enumerate(LABELS)}
    return own.assign(**columns, coded=pd.Series(coded, dtype="str"))


def _scores(own: pd.DataFrame, design: _Design) -> pd.DataFrame:
    rows = []
    for label in LABELS:
        said = np.asarray(own["label"] == label, dtype=np.float64)
        so = own[label].to_numpy(np.float64)
        precision, recall = design.ratio(said * so, said), design.ratio(said * so, so)
        both = precision[0] + recall[0]
        f1 = 2 * precision[0] * recall[0] / both if both else 0.0
        rows.append((label, *precision, *recall, f1))
    names = [f"{name}{end}" for name in ("precision", "recall") for end in ("", "_low", "_high")]
    return pd.DataFrame(rows, columns=["label", *names, "f1"])


def _shares(own: pd.DataFrame, units: pd.DataFrame, design: _Design) -> pd.DataFrame:
    sizes = units.drop_duplicates("label").set_index("label")["stratum_size"]
    total = float(sizes.sum())
    if not set(sizes.index) <= set(own["label"]):
        # Of what the model calls so nothing is coded yet: the whole cannot be told.
        own = own.iloc[:0]
        design = _Design(own)
    rows = [
        (
            label,
            sizes.get(label, 0) / total if total else math.nan,
            *design.ratio(own[label].to_numpy(np.float64), np.ones(len(own))),
        )
        for label in LABELS
    ]
    return pd.DataFrame(rows, columns=["label", "predicted", "corrected", "low", "high"])


def _confusion(own: pd.DataFrame) -> pd.DataFrame:
    rows = [
        (label, coded, int(((own["label"] == label) & (own["coded"] == coded)).sum()))
        for label in LABELS
        for coded in (*LABELS, "undecided")
    ]
    return pd.DataFrame(rows, columns=["label", "coded", "n"])


def _agreement(
    own: pd.DataFrame, told: pd.DataFrame, coders: tuple[str, ...], model: str, weight: Floats
) -> pd.DataFrame:
    codes = {
        coder: dict(zip(part["unit"], part["code"], strict=True))
        for coder, part in told[told["code"].isin(LABELS)].groupby("coder")
    }
    people = [coder for coder in coders if coder != SETTLING and coder in codes]
    rows = []
    for first, second in itertools.combinations(people, 2):
        both = [unit for unit in codes[first] if unit in codes[second]]
        pair = [codes[first][unit] for unit in both], [codes[second][unit] for unit in both]
        same = sum(a == b for a, b in zip(*pair, strict=True))
        rows.append((first, second, len(both), same / len(both) if both else math.nan, cohen_kappa(*pair)))
    for coder in people:
        # The sample has as many of each label as of the others: weights bring it back to the whole.
        there = own["unit"].isin(codes[coder]).to_numpy()
        said = own.loc[there, "label"].tolist()
        coded = [codes[coder][unit] for unit in own.loc[there, "unit"]]
        weights = weight[there]
        same = float(weights @ (np.array(said, dtype=object) == np.array(coded, dtype=object)))
        share = same / float(weights.sum()) if len(said) else math.nan
        rows.append((coder, model, len(said), share, cohen_kappa(coded, said, weights)))
    return pd.DataFrame(rows, columns=["first", "second", "n", "share", "kappa"])


def _alpha(told: pd.DataFrame) -> pd.DataFrame:
    counting = told[told["code"].isin(LABELS) & (told["coder"] != SETTLING)]
    wide = counting.assign(value=counting["code"].map(LABELS.index).astype("float64"))
    table = wide.pivot_table(index="coder", columns="unit", values="value").to_numpy(np.float64)
    n = int((np.sum(~np.isnan(table), axis=0) > 1).sum()) if table.size else 0
    rows = [(level, krippendorff_alpha(table, level) if n else math.nan, n) for level in LEVELS]
    return pd.DataFrame(rows, columns=["level", "alpha", "n"])


def _disagreements(units: pd.DataFrame, told: pd.DataFrame, coders: tuple[str, ...]) -> pd.DataFrame:
    own = told[told["coder"] != SETTLING]
    differ = own.groupby("unit")["code"].nunique()
    chosen = units[units["unit"].isin(set(differ.index[differ > 1]))]
    rows = chosen[["unit", "text"]].reset_index(drop=True)
    for coder in coders:
        codes = told[told["coder"] == coder].set_index("unit")["code"]
        rows[coder] = rows["unit"].map(codes).fillna("").astype("str")
    return rows
