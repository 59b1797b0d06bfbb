"""What an analyst looks at before counting anything: where a collection has holes, doubts and losses."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime
from typing import Final, NamedTuple

import numpy as np
import pandas as pd

from analystkit.clean.dates import find_date
from analystkit.clean.repeats import REPEATED
from analystkit.clean.zones import NEWER, PUBLISHED
from analystkit.collection import Collection, counted
from analystkit.measure.answer import Answer
from analystkit.measure.groups import all_times
from analystkit.read.decisions import DECIDED
from analystkit.schema import BODY_ZONES, DATE_ORIGINS, ZONE_NAMES

#: Lengths of articles in words: the least of each class.
LENGTHS: Final = (0, 1, 50, 200, 1000, 5000)
#: Gaps shown; a shorter one, or one of fewer of the usual days between articles, is none.
_MOST_GAPS, _LEAST_GAP, _TIMES_USUAL = 5, 7, 4
#: Days that two dates of one article may lie apart: over the date line, or past midnight.
_APART: Final = 1
#: Formats of files that hold one article among the furniture of its page.
_PAGES: Final = ("text", "html", "pdf")
_LARGE: Final = 0.9  # share of a page's words that is seldom kept out
#: The severities of problems, the worst first.
SEVERITIES: Final = ("error", "warning", "note")


class _Row(NamedTuple):
    """One number: what is counted, the articles, and what is to be known of them."""

    what: str
    value: str
    articles: list[str]
    note: str = ""


def collection_health(collection: Collection) -> Answer:
    """Count the articles that an analyst should know of before counting anything else.

    Parameters
    ----------
    collection
        What to look at.

    Returns
    -------
    Answer
        Its table has one row per thing to know: `what`, `value`, `n` (articles), `denominator` (all articles), `share`
        (0-1), `low` and `high` (absent: this is a full count), `n_stories`, `note` (words: lines, days, remedies). In
        this order:

        - "collection": all articles; those that are copies of another.
        - "date": where dates of publication were found; dates that the file name, the address or the page's own date
          line contradicts; undated articles.
        - "outlet": its first and last day and its longest gap. "gap": times in which no outlet has an article (`n` is
          0). "busiest day".
        - "language" and "format", and "length", in words.
        - "kept out": articles with lines of a zone that is not counted, and how much that is of all words.
        - "look at": pages of which nothing or nearly all was kept out, or with lines newer than the article.
        - "by hand", "learnt": lines that the analyst decided on; lines that stand on several pages of an outlet.
        - "problem": articles of the files with a problem, and what to do; 0 where nothing could be loaded.

        Its evidence has one row per article.

    Examples
    --------
    >>> import analystkit as ak
    >>> frame = pd.DataFrame({"text": ["One.", "Two words.", ""], "date": ["2024-05-03", None, "2024-05-20"]})
    >>> table = collection_health(ak.from_frame(frame, progress=False)).table
    >>> table.loc[table["what"].isin(["date", "gap", "length"]), ["what", "n"]].values.tolist()
    [['date', 2], ['date', 1], ['gap', 0], ['length', 1], ['length', 2]]
    """
    articles = collection.articles
    rows = [
        *_whole(articles),
        *_dates(collection),
        *_times(articles),
        *_traits(articles),
        *_lengths(articles),
        *_pages(collection),
        *_problems(collection),
    ]
    story = dict(zip(articles["article_id"].tolist(), articles["story_id"].tolist(), strict=True))
    n = np.array([len(row.articles) for row in rows], dtype=np.int64)
    table = pd.DataFrame(
        {
            "what": pd.Series([row.what for row in rows], dtype="str"),
            "value": pd.Series([row.value for row in rows], dtype="str"),
            "n": n,
            "denominator": np.full(len(rows), len(articles), dtype=np.int64),
            "share": n / max(len(articles), 1),
            "low": np.nan,
            "high": np.nan,
            "n_stories": [len({story[one] for one in row.articles}) for row in rows],
            "note": pd.Series([row.note for row in rows], dtype="str"),
        }
    )
    return Answer(
        measure="health",
        table=table,
        item="what",
        by=("value",),
        count="articles",
        title="What is to be known of the articles?",
        subtitle=f"of {counted(len(articles), 'article')}",
        collection=collection,
        n_left_out=0,
        hits=_hits(articles, rows),
    )


def _hits(articles: pd.DataFrame, rows: list[_Row]) -> pd.DataFrame:
    """Return one row per article counted: it is shown by its first sentence, and nothing in it is marked."""
    hits = pd.DataFrame(
        [(row.what, row.value, one) for row in rows for one in row.articles],
        columns=["what", "value", "article_id"],
    ).astype("str")
    place = articles[["article_id"]].assign(
        order=articles["published"].rank(method="first", na_option="bottom")
    )
    hits = hits.merge(place, on="article_id", how="left").sort_values("order", kind="stable")
    nothing = dict.fromkeys(("sentence_id", "start", "end"), np.int64(0))
    return (
        hits.drop(columns="order")
        .assign(**nothing, surface="", unit=hits["article_id"])
        .reset_index(drop=True)
    )


def _whole(articles: pd.DataFrame) -> Iterator[_Row]:
    n_stories = articles["story_id"].nunique()
    days = articles["published"].dropna().dt.normalize()
    told = [counted(n_stories, "story"), f"{int(articles['n_words'].sum()):,} words"]
    if len(days):
        told.append(f"on {days.nunique():,} of {len(all_times(days, 'day')):,} days")
    yield _Row("collection", "articles", articles["article_id"].tolist(), ", ".join(told))
    by_day = articles.sort_values("published", kind="stable")
    copies = by_day.loc[by_day["story_id"].duplicated(), "article_id"].tolist()
    sizes = articles["story_id"].value_counts()
    note = ""
    if copies:
        several = counted(int((sizes > 1).sum()), "story")
        note = f"of {several}, the largest with {counted(int(sizes.max()), 'article')}"
    yield _Row("collection", "copies of another", copies, note)


def _dates(collection: Collection) -> Iterator[_Row]:
    articles = collection.articles
    dated = articles[articles["published"].notna()]
    for origin in (*DATE_ORIGINS, ""):
        own = dated.loc[dated["published_origin"] == origin, "article_id"].tolist()
        if own:
            yield _Row("date", f"from {origin or 'elsewhere'}", own, _ORIGINS.get(origin, ""))
    against = _contradicted(collection, dated)
    for place, own in against.items():
        yield _Row(
            "date",
            f"contradicted by {place}",
            own,
            "read the page; correct the date in the file, or its name",
        )
    undated = articles.loc[articles["published"].isna(), "article_id"].tolist()
    if undated:
        yield _Row("date", "undated", undated, "left out of all that is counted over time")


_ORIGINS: Final = {
    "meta": "stated by the page or the export",
    "dateline": "read in the page",
    "url": "read in the address",
    "file": "read in the name of the file",
    "text": "read in the text, which may speak of another day",
}


def _contradicted(collection: Collection, dated: pd.DataFrame) -> dict[str, list[str]]:
    """Return the articles whose date of publication is another than that of the address, the file or the date line."""
    alone = ~dated["path"].duplicated(keep=False) & dated["format"].isin(_PAGES)
    zones = collection.zones
    lines = zones[zones["reason"].str.startswith(PUBLISHED)].drop_duplicates("article_id")
    printed = dict(zip(lines["article_id"].tolist(), lines["text"].tolist(), strict=True))
    found: defaultdict[str, list[str]] = defaultdict(list)
    columns = [
        dated[name].tolist() for name in ("article_id", "published", "published_origin", "url", "path")
    ]
    for identity, day, origin, url, path, is_alone in zip(*columns, alone.tolist(), strict=True):
        # The name of an export is no date of its articles.
        name = path.rpartition("!")[2].rpartition("/")[2] if is_alone else ""
        for place, text in (("url", url), ("file", name), ("dateline", printed.get(identity, ""))):
            if text and origin != place and _differs(text, day):
                found[_PLACES[place]].append(identity)
    return {place: found[place] for place in _PLACES.values() if found[place]}


_PLACES: Final = {"url": "the address", "file": "the name of the file", "dateline": "its date line"}


def _differs(text: str, day: datetime) -> bool:
    other = find_date(text)
    return bool(other and other.value and abs((other.value.date() - day.date()).days) > _APART)


def _times(articles: pd.DataFrame) -> Iterator[_Row]:
    days = articles["published"].dt.normalize()
    n_months = len(all_times(days.dropna(), "month"))
    sizes = articles["outlet"].value_counts()
    for outlet in sorted(sizes.index, key=lambda name: (-sizes[name], name)):
        own = articles.loc[articles["outlet"] == outlet]
        when = days[own.index].dropna()
        told = [counted(own["story_id"].nunique(), "story")]
        if len(when):
            first, last = when.min(), when.max()
            told.append(f"{first:%Y-%m-%d}" if first == last else f"{first:%Y-%m-%d} to {last:%Y-%m-%d}")
            told.append(f"in {when.dt.to_period('M').nunique():,} of {counted(n_months, 'month')}")
            longest = _gaps(when)["days"].max()
            if longest >= _LEAST_GAP:
                told.append(f"longest gap {longest:,} days")
        yield _Row("outlet", outlet or "not stated", own["article_id"].tolist(), ", ".join(told))
    gaps = _gaps(days.dropna())
    # Of few gaps none is the usual one.
    usual = gaps["days"].median() if len(gaps) >= _MOST_GAPS else 0
    is_long = (gaps["days"] >= _LEAST_GAP) & (gaps["days"] >= _TIMES_USUAL * usual)
    for gap in (
        gaps[is_long].nlargest(_MOST_GAPS, "days", keep="first").sort_values("after").to_dict("records")
    ):
        value = f"{gap['after'] + pd.Timedelta(days=1):%Y-%m-%d} to {gap['before'] - pd.Timedelta(days=1):%Y-%m-%d}"
        yield _Row(
            "gap", value, [], f"{gap['days']:,} days without an article: nothing happened, or not gathered?"
        )
    per_day = days.value_counts()
    if len(per_day) > 1 and per_day.max() > 1:
        most = min(per_day.index[per_day == per_day.max()])
        own_ids = articles.loc[days == most, "article_id"].tolist()
        yield _Row("busiest day", f"{most:%Y-%m-%d}", own_ids)


def _gaps(days: pd.Series) -> pd.DataFrame:
    """Return the days between one day with articles and the next: `after`, `before`, `days` (those without any)."""
    known = pd.Series(sorted(days.unique()), dtype="datetime64[us]")
    table = pd.DataFrame({"after": known, "before": known.shift(-1)}).iloc[:-1]
    return table.assign(days=(table["before"] - table["after"]).dt.days.astype("int64") - 1)


def _traits(articles: pd.DataFrame) -> Iterator[_Row]:
    for what in ("language", "format"):
        sizes = articles[what].value_counts()
        for value in sorted(sizes.index, key=lambda name: (-sizes[name], name)):
            own = articles.loc[articles[what] == value, "article_id"].tolist()
            yield _Row(what, value or "not stated", own)


def _lengths(articles: pd.DataFrame) -> Iterator[_Row]:
    words = articles["n_words"]
    for low, high in zip(LENGTHS, (*LENGTHS[1:], None), strict=True):
        own = articles.loc[(words >= low) & (words < high if high else True), "article_id"].tolist()
        if own:
            value = (
                "no words"
                if high == 1
                else f"{low:,} to {high - 1:,} words"
                if high
                else f"{low:,} words and more"
            )
            yield _Row("length", value, own, _LENGTH_NOTES.get(low, ""))


_LENGTH_NOTES: Final = {
    0: "nothing of these is counted but the article",
    1: "notices, teasers, or pages behind a paywall?",
    5000: "long reads, or several articles in one?",
}


def _pages(collection: Collection) -> Iterator[_Row]:
    """Yield what was kept out, and what stands out."""
    zones = collection.zones
    # The lines of all pages, once: their words, and what is said of each.
    lines = zones[["article_id", "zone", "reason"]].assign(
        n_words=[len(text.split()) for text in zones["text"].tolist()]
    )
    total = max(int(lines["n_words"].sum()), 1)
    for zone in ZONE_NAMES:
        own = lines[lines["zone"] == zone]
        if zone not in (*BODY_ZONES, "title") and len(own):
            n_words = int(own["n_words"].sum())
            note = f"{counted(len(own), 'line')}, {counted(n_words, 'word')}, {_percent(n_words / total)} of all words"
            yield _Row("kept out", zone, own["article_id"].unique().tolist(), note)
    is_page = collection.articles["format"].isin(_PAGES)
    pages = collection.articles.loc[is_page, "article_id"].tolist()
    is_out = ~lines["zone"].isin([*BODY_ZONES, "title"])
    out = lines[is_out].groupby("article_id")["n_words"].sum().reindex(pages).fillna(0)
    every = lines.groupby("article_id")["n_words"].sum().reindex(pages).fillna(0)
    whole = out.index[(out == 0).to_numpy() & (every > 0).to_numpy()].tolist()
    if whole:
        yield _Row("look at", "pages of which nothing was kept out", whole, "was the article alone saved?")
    lost = out.index[(out > _LARGE * every).to_numpy()].tolist()
    if lost:
        yield _Row(
            "look at",
            "pages nearly all of which was kept out",
            lost,
            "over nine tenths of their words: was the article found?",
        )
    for what, value, reason in (
        ("look at", "lines newer than the article", NEWER),
        ("by hand", "lines decided on", DECIDED),
        ("learnt", "lines on several pages of the outlet", REPEATED),
    ):
        own = lines[lines["reason"].str.startswith(reason)]
        if len(own):
            yield _Row(what, value, own["article_id"].unique().tolist(), counted(len(own), "line"))


_PARTICULAR: Final = re.compile(r"(?<!\w)'[^']*'(?!\w)|\"[^\"]*\"|\b\d[\d.,:/-]*")
_WIDEST: Final = 140  # characters of a problem


def _problems(collection: Collection) -> Iterator[_Row]:
    """Yield the problems, alike ones together, the worst first; with the articles of the files they speak of."""
    groups: defaultdict[tuple[int, str], list[dict[str, str]]] = defaultdict(list)
    for row in collection.problems.to_dict("records"):
        problem = {str(name): str(value) for name, value in row.items()}
        rank = SEVERITIES.index(problem["severity"])
        groups[rank, f"{problem['severity']}: {_in_general(problem)}"].append(problem)
    articles = collection.articles
    in_file: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    for identity, path, where in zip(
        articles["article_id"].tolist(), articles["path"].tolist(), articles["where"].tolist(), strict=True
    ):
        in_file[path].append((where, identity))
        if "/" in path:
            in_file[path.partition("/")[0]].append((where, identity))
    for (_, value), own in sorted(groups.items()):
        found: dict[str, None] = {}
        for problem in own:
            here = in_file[problem["path"]]
            exact = [
                identity for where, identity in here if where == problem["where"] or not problem["where"]
            ]
            found |= dict.fromkeys(exact or [identity for _, identity in here if len(here) == 1])
        files = list(dict.fromkeys(problem["path"] for problem in own if problem["path"]))
        more = f" and {len(files) - 2:,} more" if len(files) > 2 else ""
        note = ": ".join(filter(None, (f"{', '.join(files[:2])}{more}", own[0]["remedy"])))
        yield _Row("problem", value, list(found), note)


def _in_general(problem: dict[str, str]) -> str:
    """Return the reason of a problem without what is of one file alone; that of an error as it is, but not for ever."""
    reason = problem["reason"]
    if problem["severity"] != "error":
        reason = re.sub(r"(the same article as) .*", r"\1 another", _PARTICULAR.sub("…", reason))
    return reason if len(reason) <= _WIDEST else f"{reason[: _WIDEST - 1]}…"


def _percent(share: float) -> str:
    return f"{100 * share:.0f} %" if share >= 0.095 else f"{100 * share:.1f} %"
