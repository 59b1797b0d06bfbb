import pytest

from analystkit.read.bodies import settle_body, shared_words
from analystkit.read.items import Zone

FERRY = "The ferry ran twice an hour on Monday and nobody had to wait for long."
BRIDGE = "Work on the bridge begins in August, the mayor said, and ends in October."
PRICES = "Tickets cost two crowns a head and a bicycle travels free of charge."
#: 42 words in all.
ARTICLE = (FERRY, BRIDGE, PRICES)


def looking_like(*body, around=()):
    return [Zone("body", text, "looks so") for text in body] + [Zone("furniture", t, "below") for t in around]


def test_the_three_paragraphs_have_the_words_that_the_shares_below_are_made_of():
    assert [len(text.split()) for text in ARTICLE] == [15, 14, 13]


def test_where_both_find_the_same_lines_they_stand_as_they_look():
    lines = looking_like(*ARTICLE, around=["Most read"])
    assert settle_body(lines, ARTICLE) == lines


def test_where_no_article_was_found_the_lines_stand_as_they_look():
    lines = looking_like(*ARTICLE)
    assert settle_body(lines, []) == lines


def test_a_short_line_that_the_markup_shows_to_be_no_part_of_the_article_is_taken_out():
    # One word of 43 in the body: under one in 25.
    (*_, last) = settle_body(looking_like(*ARTICLE, "Advertisement"), ARTICLE)
    assert last == Zone("furniture", "Advertisement", "not in the article that trafilatura found")


def test_a_short_line_that_the_markup_shows_to_be_part_of_the_article_is_put_in():
    # Two words, where the body has 84.
    (*_, last) = settle_body(looking_like(*ARTICLE * 2, around=["No more."]), [*ARTICLE * 2, "No more."])
    assert last == Zone("body", "No more.", "in the article that trafilatura found, against its looks")


def test_a_line_too_long_to_be_a_small_difference_stays_and_its_reason_says_who_leaves_it_out():
    # 8 of 50 words are not in the article that was found: 42 / 50 = .84 of the words are shared.
    boiler = "Pier Gazette is a paper for seafaring people."
    (*_, last) = settle_body(looking_like(*ARTICLE, boiler), ARTICLE)
    assert last == Zone("body", boiler, "looks so; trafilatura leaves it out")


def test_the_shortest_line_is_settled_first():
    # One in 25 of 2 * 42 + 4 words is 3.5: there is room for one word, and then not for three.
    lines = looking_like(*ARTICLE, *ARTICLE, "Read this too", "Advertisement")
    *_, longer, shorter = settle_body(lines, ARTICLE * 2)
    assert (longer.zone, shorter.zone) == ("body", "furniture")


def test_where_the_two_find_different_articles_the_one_found_by_the_markup_is_taken_in_the_order_of_the_page():
    # 15 of 44 words are shared. The page sets the line on boats otherwise; it stands before the next one that both have.
    lines = looking_like(FERRY, PRICES, around=[BRIDGE, "Most read"])
    assert settle_body(lines, [FERRY, "Boats rest.", BRIDGE]) == [
        Zone("body", FERRY, "in the article that trafilatura found"),
        Zone("furniture", PRICES, "looks like body, but not in the article that trafilatura found"),
        Zone("body", "Boats rest.", "in the article that trafilatura found"),
        Zone("body", BRIDGE, "in the article that trafilatura found, against its looks"),
        Zone("furniture", "Most read", "below"),
    ]


def test_a_line_of_the_head_is_not_put_in():
    lines = [Zone("byline", "By Ann Lee", "names the author"), *looking_like(*ARTICLE * 2)]
    assert settle_body(lines, ["By Ann Lee", *ARTICLE * 2])[0].zone == "byline"


@pytest.mark.parametrize(
    ("first", "second", "share"),
    [
        ("", "", 0),
        ("a b c", "a b c", 1),
        ("a a b", "a b b", 0.5),
        ("Fish", "fish", 1),
        ("会谈结束", "会谈", 0.5),
    ],
)
def test_shared_words_count_each_word_as_often_as_both_texts_have_it(first, second, share):
    assert shared_words(first, second) == share
