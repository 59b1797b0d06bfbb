"""What stands on several pages of an outlet is furniture, unless it is the article's own."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from analystkit.clean.repeats import learn_furniture, may_repeat
from analystkit.errors import MissingColumnError

APPEAL = "We are a small paper and live on what our readers give, so give what you can, please."
PLACES = ("Oslo", "Bergen", "Narvik", "Tromsø")


def own(place: str, n: int = 1) -> str:
    """Return a paragraph of more than twelve words that one article alone has."""
    return f"In {place} the council spoke for the {n}. time about boats and nets and the price of cod in May."


def pages(
    *bodies: list[str], outlet: str | list[str] = "Pier", **columns: list[str]
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return articles and zones; a line written "furniture| ..." or "title| ..." has that zone, others are body."""
    ids = [f"a{i}" for i in range(len(bodies))]
    empty = [""] * len(ids)
    given = {
        "title": empty,
        "outlet": [outlet] * len(ids) if isinstance(outlet, str) else outlet,
        "url": empty,
        "path": empty,
        "story_id": ids,
        **columns,
    }
    rows = []
    for identity, lines in zip(ids, bodies, strict=True):
        for line in lines:
            zone, bar, text = line.partition("| ")
            rows.append((identity, zone if bar else "body", text if bar else line))
    return (
        pd.DataFrame({"article_id": ids, **given}),
        pd.DataFrame(rows, columns=["article_id", "zone", "text"]),
    )


def learnt(articles: pd.DataFrame, zones: pd.DataFrame) -> list[tuple[str, str]]:
    mask = learn_furniture(articles, zones)
    return list(zones.loc[mask, ["article_id", "text"]].itertuples(index=False, name=None))


def test_a_line_at_the_end_of_half_of_the_stories_is_furniture() -> None:
    made = pages(
        *([own(place), own(place, 2), APPEAL] for place in PLACES[:3]), [own("Hamar")], [own("Moss")]
    )
    assert learnt(*made) == [("a0", APPEAL), ("a1", APPEAL), ("a2", APPEAL)]
    # Of seven stories, three are not half.
    more = pages(*([own(place), APPEAL] for place in PLACES[:3]), *([own(f"Town{i}")] for i in range(4)))
    assert learnt(*more) == []


def test_two_pages_teach_nothing() -> None:
    assert learnt(*pages(*([own(place), APPEAL] for place in PLACES[:2]))) == []
    assert learnt(*pages()) == []


def test_a_paragraph_between_paragraphs_of_its_own_is_background_and_stays() -> None:
    background = "The two sides have met every spring since the treaty on fish was signed in the year 2003."
    inside = [[own(place), background, own(place, 2)] for place in PLACES[:3]]
    assert learnt(*pages(*inside)) == []
    # Once it stands inside an article it is background, also where it comes last.
    assert learnt(*pages(*inside[:1], *([own(place), background] for place in PLACES[1:]))) == []


def test_a_line_that_lies_outside_the_article_on_other_pages_is_furniture_inside_too() -> None:
    made = pages(
        [own("Oslo"), "Sharing is caring!", own("Oslo", 2)],
        *([own(place), "furniture| Sharing is caring!"] for place in PLACES[1:3]),
        *([own(f"Town{i}")] for i in range(9)),
    )
    assert learnt(*made) == [("a0", "Sharing is caring!")]


def test_the_first_words_of_an_article_that_other_pages_announce_are_its_own() -> None:
    teaser = own("Oslo")
    others = [[own(place), "related| Cod in Oslo", f"furniture| {teaser}"] for place in PLACES[1:]]
    titles = ["Cod in Oslo", "", "", ""]
    made = pages(["title| Cod in Oslo", teaser, own("Oslo", 2)], *others, title=titles)
    assert learnt(*made) == []
    # Without the headline beside it, nothing tells it from furniture.
    assert learnt(
        *pages([teaser, own("Oslo", 2)], *([own(p), f"furniture| {teaser}"] for p in PLACES[1:]))
    ) == [("a0", teaser)]


def test_a_headline_is_never_furniture() -> None:
    made = pages(*([f"title| Cod in {place}", own(place), "title| The week"] for place in PLACES))
    assert learnt(*made) == []


def test_copies_of_a_story_have_one_say() -> None:
    copies = [[own("Oslo"), own("Oslo", 2), own("Oslo", 3)]] * 3
    made = pages(*copies, [own("Moss")], [own("Hamar")], story_id=["a0", "a0", "a0", "a3", "a4"])
    assert learnt(*made) == []


def test_versions_of_a_story_have_one_say_though_they_share_less_than_copies() -> None:
    tail = [own("Oslo", 8), own("Oslo", 9)]
    made = pages(*([own("Oslo", i), own("Moss", i), own("Hamar", i), *tail] for i in range(3)), [own("Bodø")])
    assert learnt(*made) == []


def test_a_page_keeps_a_body() -> None:
    made = pages([APPEAL], *([own(place), APPEAL] for place in PLACES[1:]))
    assert ("a0", APPEAL) not in learnt(*made)
    assert ("a1", APPEAL) in learnt(*made)


def test_outlets_learn_apart_and_pages_without_one_by_host_or_folder() -> None:
    bodies = [[own(place), APPEAL] for place in PLACES]
    assert learnt(*pages(*bodies, outlet=["A", "A", "B", "B"])) == []
    blank = [""] * 4
    hosts = [f"https://pier.example/{place}" for place in PLACES]
    assert len(learnt(*pages(*bodies, outlet="", url=hosts))) == 4
    assert learnt(*pages(*bodies, outlet="", url=[*hosts[:2], *blank[:2]])) == []
    assert len(learnt(*pages(*bodies, outlet="", path=[f"pier/{place}.txt" for place in PLACES]))) == 4
    assert learnt(*pages(*bodies, outlet="", path=[f"{place}/a.txt" for place in PLACES])) == []


def test_the_order_of_the_pages_makes_no_difference() -> None:
    articles, zones = pages(*([own(place), own(place, 2), APPEAL] for place in PLACES))
    there = learnt(articles, zones)
    back = pd.concat([zones[zones["article_id"] == one] for one in reversed(articles["article_id"].tolist())])
    assert sorted(learnt(articles.iloc[::-1], back)) == sorted(there)
    assert len(there) == 4


def test_a_missing_column_is_named() -> None:
    articles, zones = pages([APPEAL])
    with pytest.raises(MissingColumnError, match="story_id"):
        learn_furniture(articles.drop(columns="story_id"), zones)


@pytest.mark.parametrize(
    ("inside", "stories", "expected"),
    [
        ([True, False, False, True], [0, 1, 2, 2], True),
        ([False, False, False, True], [0, 1, 2, 2], False),
        ([True, True, True, True], [0, 1, 1, 2], False),
    ],
    ids=["three stories, one body", "three stories, no body", "two stories, three pages"],
)
def test_lines_may_repeat_only_where_three_stories_have_one_that_is_in_a_body(inside, stories, expected):
    marks = np.array([7, 7, 7, 8], dtype=np.uint64)
    assert may_repeat(marks, np.array(inside), np.array(stories)) is expected
