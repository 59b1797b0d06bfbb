import itertools
import random

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analystkit.clean import copies
from analystkit.clean.copies import Prints, group_copies, prints_of
from analystkit.errors import MissingColumnError


def story(name, n=80):
    """A text of n different words, of which no other story has one."""
    return " ".join(f"{name}{i}" for i in range(n))


def frame(bodies):
    return pd.DataFrame({"article_id": [f"a{i:02}" for i in range(len(bodies))], "body": bodies})


def groups(bodies):
    return group_copies(frame(bodies)).tolist()


def test_exact_copies_are_one_story_however_short():
    assert groups(["Too short.", "Another.", "Too short."]) == ["a00", "a01", "a00"]


def test_a_copy_with_its_tail_cut_off_is_the_same_story():
    whole = story("x")
    assert groups([whole, " ".join(whole.split()[:40])]) == ["a00", "a00"]


def test_a_copy_with_an_edited_beginning_is_the_same_story():
    whole = story("x")
    assert groups([whole, "A new headline stands here. " + whole + " Additional reporting."]) == [
        "a00",
        "a00",
    ]


def test_case_and_line_ends_make_no_difference():
    whole = story("x")
    assert groups([whole, whole.upper().replace(" ", "\n")]) == ["a00", "a00"]


def test_copies_of_copies_are_one_story():
    words = story("x", 120).split()
    first, middle, last = words[:80], words[20:100], words[40:120]
    # 58 of 98 runs are shared by neighbours (0.59), 38 of 118 by the ends (0.32, under 0.4).
    assert groups([" ".join(first), " ".join(last)]) == ["a00", "a01"]
    assert groups([" ".join(first), " ".join(middle), " ".join(last)]) == ["a00", "a00", "a00"]


def test_two_reports_of_one_event_are_two_stories():
    one = story("x") + " the two ministers met in the harbour on Monday " + story("y")
    other = story("z") + " the two ministers met in the harbour on Monday " + story("w")
    assert groups([one, other]) == ["a00", "a01"]


def test_short_notices_made_from_one_template_are_not_copies():
    notices = [f"{name} Inc said it will pay a dividend of {i} cents a share on May {i}, up from {i + 1} cents."
               for i, name in enumerate(["Alder", "Birch", "Cedar", "Dogwood"], start=3)]  # fmt: skip
    assert groups(notices) == ["a00", "a01", "a02", "a03"]


def test_empty_and_missing_bodies_are_copies_of_nothing():
    assert groups(["", "", None, "Text."]) == ["a00", "a01", "a02", "a03"]


def test_a_story_in_more_outlets_than_a_formula_may_have_is_still_one_story():
    """Each of the 60 papers adds a sentence of its own, so that no two texts are equal."""
    assert (
        groups([story("x") + f" Paper {i} adds this: " + story(f"own{i}_", 8) for i in range(60)])
        == ["a00"] * 60
    )


def test_a_formula_in_many_articles_joins_none():
    formula = " this report was made with the help of the readers of our paper and of its friends everywhere "
    bodies = [story(f"s{i}_") + formula for i in range(60)]
    assert len(set(groups(bodies))) == 60


def test_the_story_is_named_after_its_smallest_id_and_the_index_is_kept():
    articles = pd.DataFrame(
        {"article_id": ["b", "a", "c"], "body": ["Same.", "Same.", "Other."]}, index=[7, 5, 5]
    )
    stories = group_copies(articles)
    assert stories.tolist() == ["a", "a", "c"]
    assert stories.index.tolist() == [7, 5, 5]
    assert stories.name == "story_id"


def test_no_articles_give_no_stories():
    assert group_copies(frame([])).tolist() == []


def test_the_table_given_is_not_changed():
    articles = frame(["Same.", "Same."])
    before = articles.copy()
    group_copies(articles)
    pd.testing.assert_frame_equal(articles, before)


def test_a_missing_column_is_named():
    with pytest.raises(
        MissingColumnError, match=r"`articles` needs column\(s\) \['body'\]; it has \['article_id'\]"
    ):
        group_copies(pd.DataFrame({"article_id": []}))


BODIES = (
    [story("x"), " ".join(story("x").split()[:45]), story("x") + " more", story("y"), "", "Short.", "Short."]
    + [story("wide") + f" {i} " + story(f"t{i}_", 5) for i in range(55)]
)  # fmt: skip


@settings(max_examples=20, deadline=None)
@given(st.permutations(range(len(BODIES))))
def test_the_order_of_the_articles_makes_no_difference(order):
    articles = frame(BODIES)
    shuffled = articles.iloc[list(order)].reset_index(drop=True)
    expected = dict(zip(articles["article_id"], group_copies(articles), strict=True))
    assert dict(zip(shuffled["article_id"], group_copies(shuffled), strict=True)) == expected


def test_a_brief_cut_from_a_long_report_is_the_same_story():
    """Of the long one only every other shingle proposes, of the brief one all do."""
    long = story("x", 900)
    assert groups([story("y", 900), long, " ".join(long.split()[400:440])]) == ["a00", "a01", "a01"]


def told_pair_by_pair(bodies):
    """The plain way: every two texts compared, those that are copies joined."""
    sets = [{tuple(words[i : i + 3]) for i in range(len(words) - 2)} for words in map(str.split, bodies)]
    found = list(range(len(bodies)))
    for i, j in itertools.combinations(range(len(bodies)), 2):
        shared, shorter = len(sets[i] & sets[j]), min(len(sets[i]), len(sets[j]))
        alike = shorter >= 25 and (shared >= 0.4 * len(sets[i] | sets[j]) or shared >= 0.75 * shorter)
        if alike or bodies[i] == bodies[j]:
            found = [found[i] if number == found[j] else number for number in found]
    return [f"a{min(k for k, other in enumerate(found) if other == number):02}" for number in found]


@pytest.fixture
def mixed_bodies():
    """Texts made of shared sentences, so that some are copies, some cut, some edited and some only akin."""
    chance = random.Random(7)
    sentences = [story(f"s{i}_", chance.randint(5, 25)) for i in range(60)]
    bodies = [" ".join(chance.sample(sentences, chance.randint(1, 30))) for _ in range(50)]
    for body in bodies[:25]:
        words = body.split()
        if chance.random() < 0.5:
            words = words[: int(len(words) * chance.uniform(0.3, 1))]
        for place in chance.sample(range(len(words)), len(words) // 15):
            words[place] = "edited"
        bodies.append(" ".join(words))
    return bodies


def test_the_stories_are_those_of_comparing_all_pairs(mixed_bodies):
    expected = told_pair_by_pair(mixed_bodies)
    assert len(set(expected)) < len(mixed_bodies) - 10
    assert groups(mixed_bodies) == expected


def test_the_stories_are_the_same_in_however_many_rounds_and_slices(mixed_bodies, monkeypatch):
    expected = groups(mixed_bodies)
    for name, value in {"AT_A_TIME": 20_000, "SLICE": 50, "PAIRS": 7}.items():
        monkeypatch.setattr(copies, name, value)
    assert groups(mixed_bodies) == expected


def test_prints_made_beforehand_in_parts_give_the_same_stories(mixed_bodies, monkeypatch):
    bodies = [*mixed_bodies, "", "Too short.", "Too short.", ""]
    expected = groups(bodies)
    assert len(set(expected[-4:])) == 3  # the two short ones are one story, the empty ones are two
    parts = [prints_of(bodies[i : i + 7])[0] for i in range(0, len(bodies), 7)]
    made = Prints.joined([prints_of([])[0], *parts])
    assert group_copies(frame(bodies), prints=made).tolist() == expected
    monkeypatch.setattr(copies, "AT_A_TIME", 20_000)  # several rounds
    assert group_copies(frame(bodies), prints=made).tolist() == expected


def test_prints_come_with_the_number_of_words():
    assert prints_of(["Kim Jong-un's visit", "", "a--b"])[1].tolist() == [3, 0, 2]
