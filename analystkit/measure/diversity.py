"""How varied the words of a text are: types and tokens, in many formulas; each says how far it depends on length.

All take the running words (tokens) of one text, folded as the caller wants them counted, or the counts of its types.
Logarithms that matter for the value are named. An empty text has no diversity: NaN.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import Final

import numpy as np
import pandas as pd
from scipy.optimize import brentq
from scipy.stats import hypergeom

from analystkit.annotate.tokens import tokens as cut
from analystkit.collection import Collection
from analystkit.errors import ArgumentError, check_choice
from analystkit.measure.answer import Answer
from analystkit.measure.article_scores import score_articles
from analystkit.measure.groups import By

#: Running words: as they are written, or their numbers.
Tokens = Sequence[str] | Sequence[int]


def _sizes(tokens: Tokens) -> tuple[int, int]:
    """Return the numbers of tokens and types."""
    if isinstance(tokens, str):
        raise ArgumentError("`tokens` is a single str; give the list of its words.")
    return len(tokens), len(set(tokens))


def _divided(above: float, below: float) -> float:
    return above / below if below else math.nan


def type_token_ratio(tokens: Tokens) -> float:
    """Return types / tokens (0-1); falls with length.

    >>> type_token_ratio("a b a b".split())
    0.5
    """
    n, v = _sizes(tokens)
    return _divided(v, n)


def guiraud_r(tokens: Tokens) -> float:
    """Return types / root of tokens; grows with length. Guiraud (1954).

    >>> guiraud_r("a b a b".split())
    1.0
    """
    n, v = _sizes(tokens)
    return _divided(v, math.sqrt(n))


def carroll_cttr(tokens: Tokens) -> float:
    """Return types / root of twice the tokens; grows with length. Carroll (1964).

    >>> carroll_cttr("a b".split())
    1.0
    """
    n, v = _sizes(tokens)
    return _divided(v, math.sqrt(2 * n))


def herdan_c(tokens: Tokens) -> float:
    """Return log types / log tokens (0-1); falls slowly with length. Herdan (1960).

    >>> herdan_c("a a b b".split())
    0.5
    """
    n, v = _sizes(tokens)
    return _divided(math.log(v), math.log(n)) if n else math.nan


def dugast_u(tokens: Tokens) -> float:
    """Return log10(tokens) squared / (log10 tokens - log10 types); inf where no word repeats. Dugast (1978).

    >>> round(dugast_u(["a"] * 10), 4)
    1.0
    """
    n, v = _sizes(tokens)
    if not n:
        return math.nan
    return math.inf if n == v else math.log10(n) ** 2 / (math.log10(n) - math.log10(v))


def summer_s(tokens: Tokens) -> float:
    """Return log log types / log log tokens, decimal logarithms; NaN where one of these is not defined. Summer (1966).

    >>> summer_s("a b c".split())
    1.0
    """
    n, v = _sizes(tokens)
    # The logarithm of a logarithm needs more than one word, and is 0 for ten.
    return math.log10(math.log10(v)) / math.log10(math.log10(n)) if v > 1 and n != 10 else math.nan


def maas_a(tokens: Tokens) -> float:
    """Return the root of (log10 tokens - log10 types) / log10(tokens) squared: lower is more varied. Maas (1972).

    The root is what quanteda prints; its square, a squared, stands in other books.

    >>> round(maas_a("b a b a b a b a".split()), 6)
    0.859189
    """
    n, v = _sizes(tokens)
    return math.sqrt(_divided(math.log10(n) - math.log10(v), math.log10(n) ** 2)) if n > 1 else math.nan


def maas_log_v0(tokens: Tokens) -> float:
    """Return log10 V0, the size of vocabulary that Maas' curve tends to; inf where no word repeats. Maas (1972)."""
    n, v = _sizes(tokens)
    if n <= 1:
        return math.nan
    return math.inf if n == v else math.log10(v) / math.sqrt(1 - (math.log10(v) / math.log10(n)) ** 2)


def maas_ln_v0(tokens: Tokens) -> float:
    """Return the natural logarithm of V0, as `maas_log_v0`."""
    return maas_log_v0(tokens) * math.log(10)


def _spectrum(tokens: Tokens) -> tuple[int, int, float]:
    """Return tokens, types, and the sum over types of their squared counts."""
    n, v = _sizes(tokens)
    return n, v, float(sum(count * count for count in Counter(tokens).values()))


def yule_k(tokens: Tokens) -> float:
    """Return 10,000 x (sum of squared counts - tokens) / tokens squared: lower is more varied. Yule (1944).

    Hardly depends on length.

    >>> yule_k("a b c d d e e f f f".split())
    1000.0
    """
    n, _, squares = _spectrum(tokens)
    return 1e4 * _divided(squares - n, n * n)


def yule_i(tokens: Tokens) -> float:
    """Return types squared / (sum of squared counts - types); inf where no word repeats.

    The form of Oakes (1998), as quanteda has it.

    >>> yule_i("a a b b".split())
    0.6666666666666666
    """
    n, v, squares = _spectrum(tokens)
    if not n:
        return math.nan
    return math.inf if squares == v else v * v / (squares - v)


def simpson_d(tokens: Tokens) -> float:
    """Return the chance that two tokens drawn without putting back are one type: lower is more varied. Simpson (1949).

    >>> simpson_d("a a b".split())
    0.3333333333333333
    """
    n, _, squares = _spectrum(tokens)
    return _divided(squares - n, n * (n - 1))


def herdan_vm(tokens: Tokens) -> float:
    """Return the root of (sum of squared shares of types - 1 / types). Herdan (1955).

    >>> herdan_vm("a a b b".split())
    0.0
    """
    n, v, squares = _spectrum(tokens)
    return math.sqrt(max(squares / (n * n) - 1 / v, 0.0)) if n else math.nan


def entropy(tokens: Tokens) -> float:
    """Return Shannon's entropy of the types in bits.

    >>> entropy("a a b b".split())
    1.0
    """
    n, _ = _sizes(tokens)
    if not n:
        return math.nan
    shares = np.array(list(Counter(tokens).values())) / n
    return float(-(shares * np.log2(shares)).sum())


def _check_window(window: int) -> None:
    if window < 1:
        raise ArgumentError(f"`window` is {window}; give a number of words from 1 up.")


def moving_average_ttr(tokens: Tokens, window: int = 100) -> float:
    """Return the mean type-token ratio of all runs of `window` words; does not depend on length.

    MATTR, Covington & McFall (2010). A text shorter than the window is one run.

    >>> moving_average_ttr("a b a a".split(), window=2)
    0.8333333333333334
    """
    _check_window(window)
    n, _ = _sizes(tokens)
    if n <= window:
        return type_token_ratio(tokens)
    counts = Counter(tokens[:window])
    types = total = len(counts)
    for left, entered in zip(tokens, tokens[window:], strict=False):
        counts[left] -= 1
        types -= counts[left] == 0
        types += counts[entered] == 0
        counts[entered] += 1
        total += types
    return total / (n - window + 1) / window


def mean_segmental_ttr(tokens: Tokens, window: int = 100) -> float:
    """Return the mean type-token ratio of runs of `window` words side by side; the rest at the end is left out.

    MSTTR, Johnson (1944). A text shorter than the window is one run.

    >>> mean_segmental_ttr("apple orange apple orange pear pear apple orange".split(), window=4)
    0.625
    """
    _check_window(window)
    n, _ = _sizes(tokens)
    if n <= window:
        return type_token_ratio(tokens)
    runs = range(0, n - window + 1, window)
    return sum(len(set(tokens[i : i + window])) for i in runs) / len(runs) / window


def hypergeometric_d(tokens: Tokens, sample: int = 42) -> float:
    """Return the mean type-token ratio of all samples of `sample` words drawn without putting back.

    HD-D, McCarthy & Jarvis (2007); NaN for a text shorter than the sample.

    >>> hypergeometric_d("a b".split(), sample=2)
    1.0
    """
    n, _ = _sizes(tokens)
    if sample < 1:
        raise ArgumentError(f"`sample` is {sample}; give a number of words from 1 up.")
    if n < sample:
        return math.nan
    counts = np.array(list(Counter(tokens).values()))
    absent = np.asarray(hypergeom.pmf(0, n, counts, sample))
    return float((1 - absent).sum() / sample)


def mtld(tokens: Tokens, threshold: float = 0.72) -> float:
    """Return the mean number of words until the type-token ratio has fallen to `threshold`, read from both ends.

    MTLD, McCarthy & Jarvis (2010); does not depend on length from about 100 words on. A text whose ratio never falls
    counts as one part of its whole length; a text without repeats has its length.

    >>> mtld("a a a a".split())
    2.0
    """
    if not 0 < threshold < 1:
        raise ArgumentError(f"`threshold` is {threshold}; give a ratio between 0 and 1.")
    n, _ = _sizes(tokens)
    return (_one_way(tokens, threshold) + _one_way(tokens[::-1], threshold)) / 2 if n else math.nan


def _one_way(tokens: Tokens, threshold: float) -> float:
    parts, size, seen = 0.0, 0, set[str | int]()
    for token in tokens:
        size += 1
        seen.add(token)
        if len(seen) / size <= threshold:
            parts, size, seen = parts + 1, 0, set()
    if size:
        # The last part counts as far as it has come.
        parts += (1 - len(seen) / size) / (1 - threshold)
    return len(tokens) / parts if parts else float(len(tokens))


def fisher_alpha(n_tokens: int, n_types: int) -> float:
    """Return alpha of Fisher's log series, from types = alpha x ln(1 + tokens / alpha).

    Fisher, Corbet & Williams (1943); inf where no word repeats.

    >>> round(fisher_alpha(15_609, 240), 3)
    40.247
    """
    if not 0 < n_types <= n_tokens:
        raise ArgumentError(
            f"`n_types` is {n_types} and `n_tokens` {n_tokens}: types are from 1 up to the tokens."
        )
    if n_types == n_tokens:
        return math.inf

    def excess(alpha: float) -> float:
        return alpha * math.log1p(n_tokens / alpha) - n_types

    return float(brentq(excess, 1e-9, 1e12, xtol=1e-12))


#: The measures by the names that `diversity` takes.
MEASURES: Final[dict[str, Callable[..., float]]] = {
    "ttr": type_token_ratio,
    "herdan_c": herdan_c,
    "guiraud_r": guiraud_r,
    "cttr": carroll_cttr,
    "dugast_u": dugast_u,
    "summer_s": summer_s,
    "yule_k": yule_k,
    "yule_i": yule_i,
    "simpson_d": simpson_d,
    "herdan_vm": herdan_vm,
    "maas_a": maas_a,
    "maas_log_v0": maas_log_v0,
    "maas_ln_v0": maas_ln_v0,
    "mattr": moving_average_ttr,
    "msttr": mean_segmental_ttr,
    "hdd": hypergeometric_d,
    "mtld": mtld,
    "entropy": entropy,
}


#: What counts as a token of `score_diversity`: words with a letter, the same and numbers, or everything but white space.
COUNTED: Final = ("words", "words and numbers", "all")

#: The measures that hardly depend on the length of a text, shown unless others are asked for.
SHOWN: Final = ("mattr", "mtld", "hdd", "yule_k")


def score_diversity(
    texts: Iterable[str],
    *,
    measures: Iterable[str] | None = None,
    window: int = 100,
    counted: str = "words and numbers",
) -> pd.DataFrame:
    """Return how varied the words of each text are, in many measures.

    Parameters
    ----------
    texts
        The texts; case does not count.
    measures
        Which of `diversity.MEASURES` (None: all).
    window
        How many words a run of "mattr" and "msttr" has.
    counted
        "words" (tokens with a letter), "words and numbers", or "all" tokens, punctuation too.

    Returns
    -------
    DataFrame
        One row per text: `n_tokens`, `n_types`, then one column per measure; NaN where it is not defined.

    Raises
    ------
    ArgumentError
        `texts` is a single str, or an argument has a value that is not allowed.

    Notes
    -----
    Each function in `analystkit.measure.diversity` names its source, and says how far it depends on length: only "mattr",
    "msttr", "mtld", "hdd" and "yule_k" bear comparing texts of different lengths. More varied is not better written.

    Examples
    --------
    >>> score_diversity(["The cat saw the dog."], measures=["ttr"]).values.tolist()
    [[5.0, 4.0, 0.8]]
    """
    if isinstance(texts, str):
        raise ArgumentError("`texts` is a single str; give a list of texts.")
    check_choice("counted", counted, COUNTED)
    names = list(MEASURES) if measures is None else list(measures)
    for name in names:
        check_choice("measures", name, MEASURES)
    found = cut(list(texts))
    number, types = found.folded
    counts = np.ones(len(number), dtype=np.bool_) if counted == "all" else found.is_word
    if counted == "words":
        counts = counts & np.array(
            [any(sign.isalpha() for sign in word) for word in types.take(number).to_pylist()]
        )
    rows = []
    for i in range(len(found)):
        ids = found.ids[found.bounds[i] : found.bounds[i + 1]]
        own = number[ids[counts[ids]]].tolist()
        row: dict[str, float] = {"n_tokens": len(own), "n_types": len(set(own))}
        for name in names:
            row[name] = MEASURES[name](own, window) if name in ("mattr", "msttr") else MEASURES[name](own)
        rows.append(row)
    return pd.DataFrame(rows, columns=["n_tokens", "n_types", *names])


def diversity(
    collection: Collection,
    *,
    by: By = None,
    measures: Iterable[str] = SHOWN,
    window: int = 100,
    copies: str = "once",
) -> Answer:
    """Say how varied the words of the articles of each group are, on average.

    Parameters
    ----------
    collection
        What to read. Articles of fewer than `window` words are left out: no measure is steady on them.
    by
        As in `actor_frequency`.
    measures, window
        As in `score_diversity`.
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
    See `score_diversity`. A page of figures repeats few words, a feature many: this is of kinds of articles first, of
    writing second.
    """
    names = list(measures)

    def score(texts: list[str]) -> pd.DataFrame:
        scores = score_diversity(texts, measures=names, window=window)
        return scores[names].where(scores["n_tokens"] >= window)

    return score_articles(
        collection,
        score,
        by=by,
        copies=copies,
        measure="diversity",
        question="How varied are the words of the articles?",
        told=f"articles of {window} words or more; more varied is not better written",
    )
