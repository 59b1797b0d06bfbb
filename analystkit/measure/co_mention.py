"""Who is named together with whom: in one sentence, paragraph or article, and more often than chance would have it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from analystkit.collection import Collection, counted
from analystkit.errors import ArgumentError, check_choice
from analystkit.measure.answer import UNIT_NAMES, Answer
from analystkit.measure.cells import TOO_FEW
from analystkit.measure.groups import group_articles, longest_copies
from analystkit.measure.intervals import FLOOR, ratio_intervals, widen_certain
from analystkit.measure.names import known_actors
from analystkit.schema import ACTOR_KINDS

LEVELS: Final = ("sentence", "paragraph", "article")
#: Pairs named together in fewer units say little about who belongs together.
MIN_SUPPORT: Final = 3
#: Whose partners are looked for when nobody is named.
MOST: Final = 12

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


def co_mentions(
    collection: Collection,
    actor: str | Iterable[str] | None = None,
    *,
    level: str = "sentence",
    count: str = "stories",
    kinds: str | Iterable[str] | None = None,
    min_support: int = MIN_SUPPORT,
    most: int = MOST,
) -> Answer:
    """Count in how many sentences, paragraphs or articles two actors are named together.

    Parameters
    ----------
    collection
        What to count in.
    actor
        One actor or several, with all their partners; None takes the `most` actors named in most units, with each
        other.
    level
        "sentence", "paragraph" (one line of a body) or "article".
    count
        "stories" reads one article of each story, the longest, so that a reprint adds nothing; "articles" reads all.
    kinds
        Only partners of these kinds.
    min_support
        Pairs named together in fewer units are left out.
    most
        How many actors are paired when none is given.

    Returns
    -------
    Answer
        Its table has one row per `actor` and `partner`, most strongly tied first: `n` (units that name both),
        `denominator` (units that name the actor), `share` (n / denominator, 0-1), `low` and `high` (95 % interval that
        resamples stories), `n_partner` (units that name the partner), `expected` (how many units would name both if
        neither minded the other), `npmi` (-1 never together, 0 as by chance, 1 always together), `log_likelihood` (G2,
        0 or more; 3.84 is the 5 % point of one test), `n_stories` (stories with such a unit), `note` ("", "too few to
        say" below 5 stories).

    Raises
    ------
    ArgumentError
        The collection names no such actor, or an argument has a value that is not allowed.

    Notes
    -----
    Normalised pointwise mutual information after Bouma (2009); log-likelihood ratio over the four cells of the table of
    both, one, other, neither (Dunning 1993). NPMI favours rare pairs, hence the minimum support; G2 grows with the size
    of the collection. Named together is not acting together: nothing says who does what to whom.

    Examples
    --------
    >>> import analystkit as ak, pandas as pd
    >>> texts = ["Russia met Japan.", "Russia met Japan again.", "China rested.", "Russia rested."]
    >>> answer = co_mentions(ak.from_frame(pd.DataFrame({"text": texts}), progress=False), "Japan", min_support=1)
    >>> answer.table[["actor", "partner", "n", "denominator", "n_partner", "expected"]].values.tolist()
    [['Japan', 'Russia', 2, 2, 3, 1.5]]
    """
    check_choice("level", level, LEVELS)
    check_choice("count", count, ["stories", "articles"])
    if isinstance(min_support, bool) or not isinstance(min_support, int) or min_support < 1:
        raise ArgumentError(f"`min_support` is {min_support!r}; give a whole number of at least 1.")
    chosen = ACTOR_KINDS if kinds is None else (kinds,) if isinstance(kinds, str) else tuple(kinds)
    for kind in chosen:
        check_choice("kinds", kind, ACTOR_KINDS)
    articles = group_articles(collection, None).articles
    if count == "stories":
        articles = longest_copies(collection, articles)
    columns = ["article_id", "sentence_id", "start", "end", "surface", "actor", "kind"]
    hits = collection.mentions[columns].merge(articles, on="article_id", validate="m:1")
    hits["unit"], total = _units(collection, articles, hits, level)
    once = hits.drop_duplicates(["actor", "unit"])
    named = once["actor"].value_counts()
    if actor is None:
        of_kind = once.loc[once["kind"].isin(chosen), "actor"].value_counts()
        focus = sorted(of_kind.index, key=lambda name: (-of_kind[name], name))[:most]
        partners = set(focus)
    else:
        focus = list(known_actors(collection, actor, argument="actor"))
        partners = set(once.loc[once["kind"].isin(chosen), "actor"])
    pairs = _pairs(once, focus, partners, min_support)
    table, found = _table(pairs, hits, named, total)
    unit = level if level != "article" or count == "articles" else "story"
    units = next(name for name, one in UNIT_NAMES.items() if one == unit)
    who = "Who is named together?" if actor is None else f"Who is named together with {' and '.join(focus)}?"
    return Answer(
        measure="co_mentions",
        table=table,
        item="actor",
        by=("partner",),
        count=units,
        title=f"{who[:-1]} in one {unit}?",
        subtitle=f"share of the actor's {units}, with 95 % interval (stories resampled); together in at least"
        f" {min_support} of {counted(total, unit)}",
        collection=collection,
        n_left_out=0,
        hits=found,
    )


def _units(
    collection: Collection, articles: pd.DataFrame, hits: pd.DataFrame, level: str
) -> tuple[pd.Series, int]:
    """Return the unit of each hit, and how many units the articles have, with or without an actor."""
    if level == "article":
        return hits["article_id"], len(articles)
    if level == "sentence":
        n = int(collection.sentences["article_id"].isin(set(articles["article_id"])).sum())
        return hits["article_id"] + ":" + hits["sentence_id"].astype("str"), n
    read = collection.articles[collection.articles["article_id"].isin(set(articles["article_id"]))]
    breaks = {
        identity: np.flatnonzero(np.frombuffer(body.encode("utf-32-le"), dtype="<u4") == ord("\n"))
        for identity, body in zip(read["article_id"], read["body"], strict=True)
    }
    total = sum(1 for body in read["body"] for line in body.split("\n") if line.strip())
    lines = [
        int(np.searchsorted(breaks[of], start))
        for of, start in zip(hits["article_id"], hits["start"], strict=True)
    ]
    return hits["article_id"] + ":" + pd.Series(lines, index=hits.index, dtype="int64").astype("str"), total


def _pairs(
    once: pd.DataFrame, focus: list[str], partners: set[str], min_support: int
) -> list[tuple[str, str]]:
    """Return the pairs that stand together in enough units."""
    unit, units = pd.factorize(once["unit"])
    code, found = pd.factorize(once["actor"])
    names = [str(name) for name in found]
    place = {name: number for number, name in enumerate(names)}
    pairs = []
    for name in focus:
        own = np.zeros(len(units), dtype=bool)
        own[unit[code == place.get(name, -1)]] = True
        together = np.bincount(code[own[unit]], minlength=len(names))
        pairs += [
            (name, other)
            for other, n in zip(names, together, strict=True)
            if n >= min_support and other != name and other in partners
        ]
    return pairs


def _table(
    pairs: list[tuple[str, str]], hits: pd.DataFrame, named: pd.Series, total: int
) -> tuple[pd.DataFrame, pd.DataFrame]:
    # Positions and numbers: a frame for each pair would take seconds.
    involved = hits["actor"].isin({name for pair in pairs for name in pair}).to_numpy()
    hits_of = {str(name): rows for name, rows in hits[involved].groupby("actor").indices.items()}
    places = np.flatnonzero(involved)
    unit, _ = pd.factorize(hits["unit"])
    taken: list[Ints] = []
    for pair in pairs:
        one, other = (places[hits_of[name]] for name in pair)
        both = np.intersect1d(unit[one], unit[other])
        rows = np.concatenate([one, other])
        taken.append(rows[np.isin(unit[rows], both)])
    lengths = [len(rows) for rows in taken]
    found = hits.iloc[np.concatenate(taken) if taken else np.zeros(0, dtype=np.int64)]
    for column, i in (("actor", 0), ("partner", 1)):
        names = np.repeat(np.array([pair[i] for pair in pairs], dtype=object), lengths)
        found = found.assign(**{column: pd.Series(names, index=found.index, dtype="str")})
    n_both = found.groupby(["actor", "partner"])["unit"].nunique()
    n = np.array([n_both[pair] for pair in pairs], dtype=np.int64)
    n_actor, n_partner = (np.array([named[pair[i]] for pair in pairs], dtype=np.int64) for i in (0, 1))
    low, high = _intervals(pairs, found, hits)
    once = found.drop_duplicates(["actor", "partner", "story_id"]).groupby(["actor", "partner"]).size()
    n_stories = np.array([once[pair] for pair in pairs], dtype=np.int64)
    share = n / np.maximum(n_actor, 1)
    low, high = widen_certain(share, n_actor, low, high)
    table = pd.DataFrame(
        {
            "actor": pd.Series([pair[0] for pair in pairs], dtype="str"),
            "partner": pd.Series([pair[1] for pair in pairs], dtype="str"),
            "n": n,
            "denominator": n_actor,
            "share": share,
            "low": low,
            "high": high,
            "n_partner": n_partner,
            "expected": n_actor * n_partner / max(total, 1),
            "npmi": npmi(n, n_actor, n_partner, total),
            "log_likelihood": log_likelihood(n, n_actor, n_partner, total),
            "n_stories": n_stories,
            "note": pd.Series(np.where(n_stories < FLOOR, TOO_FEW, ""), dtype="str"),
        }
    )
    # Pairs that avoid each other are far from chance as well, but go last.
    table["drawn"] = table["n"] >= table["expected"]
    table = table.sort_values(
        ["drawn", "log_likelihood", "n", "actor", "partner"], ascending=[False, False, False, True, True]
    )
    found = found.sort_values(["order", "article_id", "start"], kind="stable").drop(columns=["order", "kind"])
    return table.drop(columns="drawn").reset_index(drop=True), found.reset_index(drop=True)


def _intervals(
    pairs: list[tuple[str, str]], found: pd.DataFrame, hits: pd.DataFrame
) -> tuple[Floats, Floats]:
    cell_of = {pair: number for number, pair in enumerate(pairs)}
    group_of = {name: number for number, name in enumerate(dict.fromkeys(pair[0] for pair in pairs))}
    story_of = {story: number for number, story in enumerate(sorted(set(hits["story_id"])))}
    above = found.drop_duplicates(["actor", "partner", "unit"])
    above = above.groupby(["actor", "partner", "story_id"]).size().reset_index(name="x")
    below = hits[hits["actor"].isin(group_of)].drop_duplicates(["actor", "unit"])
    below = below.groupby(["actor", "story_id"]).size().reset_index(name="y")
    return ratio_intervals(
        [cell_of[pair] for pair in zip(above["actor"], above["partner"], strict=True)],
        above["story_id"].map(story_of),
        above["x"],
        below["actor"].map(group_of),
        below["story_id"].map(story_of),
        below["y"],
        [group_of[pair[0]] for pair in pairs],
    )


def npmi(both: npt.ArrayLike, one: npt.ArrayLike, other: npt.ArrayLike, total: int) -> Floats:
    """Return the normalised pointwise mutual information of two things (Bouma 2009), -1 to 1.

    Parameters
    ----------
    both, one, other
        In how many units both, the one, the other is.
    total
        How many units there are.

    Examples
    --------
    Always together; as by chance (10 * 20 / 100 = 2):

    >>> npmi([10, 2], [10, 10], [10, 20], 100).round(9).tolist()
    [1.0, 0.0]
    """
    n, a, b = (np.asarray(value, np.float64) for value in (both, one, other))
    told = np.where(n > 0, 0.0, -1.0)
    fine = (n > 0) & (n < total)
    p = n[fine] / total
    told[fine] = np.log(p * total * total / (a[fine] * b[fine])) / -np.log(p)
    return told


def log_likelihood(both: npt.ArrayLike, one: npt.ArrayLike, other: npt.ArrayLike, total: int) -> Floats:
    """Return the log-likelihood ratio G2 over four cells (Dunning 1993): both, one, other, neither.

    Examples
    --------
    Two of four units have both and two neither: 2 * (2 ln 2 + 2 ln 2) = 8 ln 2.

    >>> log_likelihood([2, 1], [2, 2], [2, 2], 4).round(4).tolist()
    [5.5452, 0.0]
    """
    n, a, b = (np.asarray(value, np.float64) for value in (both, one, other))
    observed = np.stack([n, a - n, b - n, total - a - b + n])
    rows, columns = np.stack([a, a, total - a, total - a]), np.stack([b, total - b, b, total - b])
    expected = rows * columns / max(total, 1)
    parts = np.zeros_like(observed)
    here = observed > 0
    parts[here] = observed[here] * np.log(observed[here] / expected[here])
    return np.asarray(np.maximum(2 * parts.sum(axis=0), 0.0), dtype=np.float64)
