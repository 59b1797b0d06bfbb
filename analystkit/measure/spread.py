"""How evenly words are spread over articles, outlets, months or equal parts of a collection."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Final

import numpy as np
import pandas as pd

from analystkit.annotate.tokens import Ints
from analystkit.collection import Collection, counted
from analystkit.errors import ArgumentError, check_choice
from analystkit.measure.dispersion import OVER_PARTS, OVER_WORDS
from analystkit.measure.groups import TIMES, TRAITS, group_articles
from analystkit.measure.running import GAP, Running, running_words
from analystkit.measure.word_answer import Find, Slice, WordAnswer, find_run
from analystkit.measure.word_frequency import find_pattern

PARTS: Final = ("article", *TIMES, *TRAITS)


def dispersion(
    collection: Collection,
    terms: str | Iterable[str] | None = None,
    *,
    parts: str | int = "article",
    measures: Iterable[str] | None = None,
    copies: str = "once",
    marks: str = "drop",
    case: str = "fold",
    without: Iterable[str] = (),
    most: int = 100,
) -> WordAnswer:
    """Say how evenly words or phrases are spread over the parts of a collection.

    Parameters
    ----------
    collection
        What to read.
    terms
        Words or phrases, `*` and `?` as in `kwic`; None takes the `most` frequent words.
    parts
        "article", "day", "week", "month", "year", "outlet", "section", "language", or a number of equal parts into which
        the running words are cut, in order of publication.
    measures
        Which measures (None: all); the names of `OVER_PARTS` and `OVER_WORDS` in the module `dispersion`.
    copies, marks, case, without
        As in `word_frequency`.
    most
        How many words where `terms` is None.

    Returns
    -------
    WordAnswer
        Its table has one row per `term`, in the order given or the most frequent first: `n` (occurrences), `n_parts`,
        then the measures: `range` (parts that have it), `relative_range`, `standard_deviation`,
        `variation_coefficient`, `juilland_d`, `carroll_d2`, `rosengren_s`, `gries_dp`, `gries_dp_norm`, `egbert_dp`,
        `burch_da`, `kl_divergence`, `gries_dkl` over the parts, and `arf`, `awt`, `ald` over the running words in order
        of publication. NaN for a term that does not occur.

    Raises
    ------
    ArgumentError
        An argument has a value that is not allowed.

    Notes
    -----
    D, D2, S, egbert_dp, da and dkl are 1 where a word is even, dp, dp_norm and the divergence 0. Parts differ in size, and
    a word of few occurrences cannot be even over many parts: compare words of like frequency. Uneven is not important,
    nor the reverse. Each function of the module names its source; Gries (2020) compares them.

    Examples
    --------
    >>> from analystkit import from_frame
    >>> frame = pd.DataFrame({"text": ["tea war", "tea war war"], "outlet": ["Bell", "Lamp"]})
    >>> found = dispersion(from_frame(frame, progress=False), "tea", parts="outlet", measures=["gries_dp", "range"])
    >>> found.table.round(2).values.tolist()
    [['tea', 2, 2, 0.1, 2.0]]
    """
    allowed = [*OVER_PARTS, *OVER_WORDS]
    chosen = allowed if measures is None else list(measures)
    for name in chosen:
        check_choice("measures", name, allowed)
    running = running_words(collection, copies=copies, marks=marks, case=case, without=without)
    find: Find
    if terms is None:
        grams = running.ngrams(1)
        order = np.argsort(-grams.counts, kind="stable")[:most]
        names = grams.names(order[grams.counts[order] > 0]).tolist()
        find = find_run(running)
    else:
        names = [terms] if isinstance(terms, str) else list(dict.fromkeys(terms))
        find = find_pattern(running)
    place, n_parts, told = _parts(collection, running, parts)
    in_order, size = _order(running)
    sizes = np.bincount(place[place >= 0], minlength=n_parts)
    filled = sizes > 0
    rows = []
    for name in names:
        first, _ = find(name)
        first = first[place[first] >= 0]
        counts = np.bincount(place[first], minlength=n_parts)[filled]
        at = np.sort(in_order[first])
        row: dict[str, object] = {"term": name, "n": len(first), "n_parts": int(filled.sum())}
        for one in chosen:
            if not filled.any():
                row[one] = math.nan
                continue
            over_words = one in OVER_WORDS
            row[one] = (
                OVER_WORDS[one](at.tolist(), size) if over_words else OVER_PARTS[one](counts, sizes[filled])
            )
        rows.append(row)
    columns = ["term", "n", "n_parts", *chosen]
    table = pd.DataFrame(rows, columns=columns).astype({"term": "str", "n": "int64", "n_parts": "int64"})
    return WordAnswer(
        measure="dispersion",
        table=table.astype(dict.fromkeys(chosen, "float64")),
        by=(),
        title="How evenly is each term spread?",
        subtitle=f"Over {counted(int(filled.sum()), told)}",
        source="Gries (2008, 2020), Juilland et al. (1970), Carroll (1970), Rosengren (1971), Savický & Hlaváčová (2002)",
        limits="Compare terms of like frequency: a rare one cannot be even over many parts. Uneven is not important.",
        slices={"collection": Slice(collection, running, _within(find, place))},
    )


def term_positions(answer: WordAnswer) -> pd.DataFrame:
    """Return where in the running words, in order of publication, each occurrence of each term stands (0-1).

    Returns
    -------
    DataFrame
        One row per occurrence: `term`, `position`, `published`.
    """
    part = next(iter(answer.slices.values()))
    in_order, size = _order(part.running)
    published = part.running.articles["published"].to_numpy()
    frames = []
    for term in answer.table["term"]:
        first, _ = part.find(term)
        frames.append(
            pd.DataFrame(
                {
                    "term": term,
                    "position": in_order[first] / max(size, 1),
                    "published": published[part.running.text_of[first]],
                }
            )
        )
    empty = pd.DataFrame({"term": [], "position": [], "published": []})
    return pd.concat(frames, ignore_index=True) if frames else empty


def _within(find: Find, place: Ints) -> Find:
    """Return what finds only what lies in a part: articles without a date lie in no month."""

    def found(term: str) -> tuple[Ints, Ints]:
        first, last = find(term)
        keep = place[first] >= 0
        return first[keep], last[keep]

    return found


def _order(running: Running) -> tuple[Ints, int]:
    """Return the number of each running word in order of publication, and how many there are."""
    articles = running.articles[["published", "article_id"]]
    order = articles.sort_values(["published", "article_id"], kind="stable").index.to_numpy()
    sizes = running.sizes
    begins = np.empty(len(order), dtype=np.int64)
    begins[order] = np.cumsum(sizes[order]) - sizes[order]
    # A gap has the number of the word before it.
    counted_so_far = np.cumsum(running.ids != GAP) - 1
    own_begin = np.cumsum(sizes) - sizes
    return counted_so_far + (begins - own_begin)[running.text_of], int(sizes.sum())


def _parts(collection: Collection, running: Running, parts: str | int) -> tuple[Ints, int, str]:
    """Return the part of each running word (-1 for none), how many parts there are, and what one is called."""
    is_word = running.ids != GAP
    if not isinstance(parts, str):
        if parts < 1:
            raise ArgumentError(f"`parts` is {parts}; give a number from 1 up.")
        at, size = _order(running)
        return np.where(is_word, at * parts // max(size, 1), -1), parts, "equal part"
    check_choice("parts", parts, PARTS)
    if parts == "article":
        return np.where(is_word, running.text_of, -1), len(running.articles), "article"
    grouped = group_articles(collection, parts, stacklevel=5)
    labels = dict(zip(grouped.articles["article_id"], grouped.articles[parts], strict=True))
    names = {label: number for number, label in enumerate(grouped.grid[parts])}
    of_article = np.array(
        [names.get(labels.get(identity, ""), -1) for identity in running.articles["article_id"]],
        dtype=np.int64,
    )
    return np.where(is_word, of_article[running.text_of], -1), len(names), parts
