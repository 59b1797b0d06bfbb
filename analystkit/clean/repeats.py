"""Pages of an outlet in, the lines out that stand on several of them and so are no part of any one article."""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import combinations
from typing import Final
from urllib.parse import urlsplit

import numpy as np
import numpy.typing as npt
import pandas as pd

from analystkit.errors import check_columns
from analystkit.schema import BODY_ZONES

#: The reason of a line that was learnt to be furniture.
REPEATED: Final = "stands on several pages of the outlet"
_LEAST: Final = 3  # stories of an outlet that must have a line
_PARAGRAPH: Final = 12  # words
_VERSIONS: Final = 20  # a paragraph in more stories than this says nothing of two of them


def learn_furniture(articles: pd.DataFrame, zones: pd.DataFrame) -> pd.Series:
    """Return which lines of bodies are furniture, as they stand on several pages of one outlet.

    Parameters
    ----------
    articles
        Pages, one row each: `article_id`, `title`, `outlet`, `url`, `path`, `story_id`. Pages without an outlet are
        taken by the host of their address, else by their folder.
    zones
        Their lines.

    Returns
    -------
    Series
        True or False for each row of `zones`, with its index; True only in zones `body` and `subhead`.

    Notes
    -----
    Pages of one story (`story_id`), and pages that share two paragraphs which make a quarter of the shorter one's, have
    one say together: a text printed three times is not furniture. A line in the body of a page is furniture when at
    least three stories of the outlet have it and either it lies outside the article in half of them or more, or half of
    all stories of the outlet have it, always at an end of the article. Stories that carry the headline of the page as
    well are left aside, as they may announce its article with its first words. Where all lines of a body would go, none
    does. The order of the pages makes no difference.

    Examples
    --------
    >>> places, ask = ("Oslo", "Bergen", "Narvik"), "Give what you can so that we can go on."
    >>> lines = [line for place in places for line in (f"{place} is a port.", ask)]
    >>> ids = ["a", "b", "c"]
    >>> zones = pd.DataFrame({"article_id": np.repeat(ids, 2), "zone": "body", "text": lines})
    >>> articles = pd.DataFrame({"article_id": ids, "story_id": ids, "outlet": "Pier", "title": "", "url": "", "path": ""})
    >>> zones.loc[learn_furniture(articles, zones), "text"].tolist() == [ask] * 3
    True
    """
    check_columns(
        "articles",
        map(str, articles.columns),
        ["article_id", "title", "outlet", "url", "path", "story_id"],
    )
    found = np.zeros(len(zones), dtype=bool)
    page = pd.Index(articles["article_id"]).get_indexer(pd.Index(zones["article_id"]))
    group = pd.factorize(np.array(_outlets(articles), dtype=object))[0]
    story = pd.factorize(articles["story_id"])[0]
    enough = pd.Series(story).groupby(group).transform("nunique").to_numpy() >= _LEAST
    rows = np.flatnonzero((page >= 0) & enough[page]) if len(articles) else np.zeros(0, dtype=np.intp)
    if len(rows):
        code, texts = pd.factorize(zones["text"].iloc[rows])
        inside = zones["zone"].iloc[rows].isin(BODY_ZONES).to_numpy()
        # Most lines stand on one page, and in most collections so do all.
        is_often = np.bincount(code, minlength=len(texts)) >= _LEAST
        is_often &= np.bincount(code[inside], minlength=len(texts)) > 0
        own_group = group[page[rows]]
        wanted = np.isin(own_group, np.unique(own_group[is_often[code]]))
        if not wanted.any():
            return pd.Series(found, index=zones.index)
        codes = {text: i for i, text in enumerate(texts.tolist())}
        lines = pd.DataFrame(
            {
                "row": rows,
                "page": page[rows],
                "group": own_group,
                "story": story[page[rows]],
                "code": code,
                "inside": inside,
            }
        )[wanted]
        titles = [codes.get(title, -1) for title in articles["title"].tolist()]
        for _, own in lines.groupby("group"):
            found[_learn(own, np.array(titles), texts)] = True
    return pd.Series(found, index=zones.index)


def may_repeat(
    marks: npt.NDArray[np.uint64], inside: npt.NDArray[np.bool_], stories: npt.NDArray[np.int64]
) -> bool:
    """Say whether `learn_furniture` may find something, given a number for each line, equal for equal lines.

    >>> marks = np.array([1, 1, 1, 2], dtype=np.uint64)
    >>> may_repeat(marks, np.array([False, True, False, True]), np.array([0, 1, 2, 2]))
    True
    >>> may_repeat(marks, np.array([False, False, False, True]), np.array([0, 1, 2, 2]))
    False
    >>> may_repeat(marks, np.array([False, True, False, True]), np.array([0, 1, 1, 2]))
    False
    """
    distinct, counts = np.unique(marks, return_counts=True)
    often = distinct[counts >= _LEAST]
    often = often[np.isin(often, marks[inside])]
    if not len(often):
        return False
    # A text that was printed three times repeats all its lines, and is one story.
    rows = np.isin(marks, often)
    pairs = np.unique(np.searchsorted(often, marks[rows]) << 32 | stories[rows])
    return bool((np.bincount(pairs >> 32) >= _LEAST).any())


def _outlets(articles: pd.DataFrame) -> list[str]:
    return [
        outlet or urlsplit(url).netloc or path.rpartition("/")[0]
        for outlet, url, path in zip(
            articles["outlet"].tolist(), articles["url"].tolist(), articles["path"].tolist(), strict=True
        )
    ]


def _learn(lines: pd.DataFrame, titles: npt.NDArray[np.int64], texts: pd.Index) -> list[int]:
    """Return the rows of one outlet's lines that are furniture; most lines stand on one page and are put aside first."""
    n_stories = lines.drop_duplicates(["code", "story"]).groupby("code").size()
    is_inside = lines.groupby("code")["inside"].any()
    several = set(n_stories.index[(n_stories >= _LEAST) & is_inside])
    inside = lines[lines["inside"]]
    repeated = inside[inside["code"].isin(several)]
    if not len(repeated):
        return []
    story = _join_versions(lines, repeated, texts)
    wanted = several | set(titles[repeated["page"].unique()].tolist())
    carriers: defaultdict[int, set[int]] = defaultdict(set)
    holders: defaultdict[int, set[int]] = defaultdict(set)  # those in whose article it lies
    of_interest = lines[lines["code"].isin(wanted)]
    columns = (of_interest[name].tolist() for name in ("code", "story", "inside"))
    for code, one, is_in in zip(*columns, strict=True):
        carriers[code].add(story[one])
        if is_in:
            holders[code].add(story[one])
    n_all = len({story[one] for one in lines["story"].unique().tolist()})
    within = _within(inside, several)
    learnt: list[int] = []
    for page, own in repeated.groupby("page"):
        mine = story[int(own["story"].iloc[0])]
        announcing = carriers.get(int(titles[int(page)]), set()) - {mine}  # type: ignore[arg-type]
        rows = []
        for row, code in zip(own["row"].tolist(), own["code"].tolist(), strict=True):
            having = carriers[code] - announcing
            n = len(having)
            if n >= _LEAST and (
                2 * len(having - holders[code]) >= n or (2 * n >= n_all and code not in within)
            ):
                rows.append(row)
        if len(rows) < int((inside["page"] == page).sum()):
            learnt += rows
    return learnt


def _join_versions(lines: pd.DataFrame, repeated: pd.DataFrame, texts: pd.Index) -> dict[int, int]:
    """Return for each story the first of those that are versions of it: they share paragraphs, though not most."""
    is_paragraph = {code: len(texts[code].split()) >= _PARAGRAPH for code in set(repeated["code"])}
    shared: Counter[tuple[int, int]] = Counter()
    paragraphs = repeated[repeated["code"].map(is_paragraph)].drop_duplicates(["code", "story"])
    for _, own in paragraphs.groupby("code"):
        if len(own) <= _VERSIONS:
            shared.update(combinations(sorted(own["story"].tolist()), 2))
    parent = {one: one for one in lines["story"].unique().tolist()}
    if not shared:
        return parent

    def root(one: int) -> int:
        while parent[one] != one:
            one = parent[one]
        return one

    inside = lines[lines["inside"] & lines["story"].isin({one for pair in shared for one in pair})]
    inside = inside.drop_duplicates(["code", "story"])
    long = inside[[len(texts[code].split()) >= _PARAGRAPH for code in inside["code"].tolist()]]
    size = long.groupby("story").size()
    for (a, b), n in shared.items():
        if n > 1 and 4 * n >= min(size[a], size[b]):
            parent[max(root(a), root(b))] = min(root(a), root(b))
    return {one: root(one) for one in parent}


def _within(inside: pd.DataFrame, several: set[int]) -> set[int]:
    """Return the lines that stand in some article between two lines that are of that page alone."""
    found: set[int] = set()
    for _, own in inside.groupby("page"):
        codes = own["code"].tolist()
        alone = [i for i, code in enumerate(codes) if code not in several]
        if alone:
            found |= {code for code in codes[alone[0] : alone[-1]] if code in several}
    return found
