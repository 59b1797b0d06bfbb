import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analystkit.clean.wrapping import blank_soft_line_ends, is_wrapped, join_wrapped_lines, soft_line_ends

FIRST = (
    "The finance minister said on Monday that the government would not raise taxes before the end of the year. "
    "Officials in the capital had told reporters last week that a rise was being studied by the cabinet."
)
SECOND = (
    '"We have no such plan," he told parliament, adding that spending would be cut instead and that details of the '
    "cuts would be made public by the end of the month."
)
THIRD = "Shares rose by two percent after he spoke, and the currency gained against the dollar and the euro."
PARAGRAPHS = [FIRST, SECOND, THIRD]
JOINED = "\n".join(PARAGRAPHS)


def wire(paragraphs, width=64):
    """Wrap as the wires of 1987 did: lines at one column, each paragraph set in by four spaces."""
    wrapped = (
        textwrap.fill(text, width, initial_indent="    ", break_on_hyphens=False) for text in paragraphs
    )
    return "\n".join(wrapped)


def mail(paragraphs, width=72):
    return "\n\n".join(textwrap.fill(text, width) for text in paragraphs)


@pytest.mark.parametrize("width", [40, 60, 64, 72, 80, 100])
def test_text_cut_at_a_column_is_wrapped(width):
    assert is_wrapped(wire(PARAGRAPHS, width))
    assert is_wrapped(mail(PARAGRAPHS, width))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   \n\n\n  ",
        "One line.",
        JOINED,
        "\n\n".join(PARAGRAPHS),
        "Ministers meet\nTaxes stay as they are\nBy Ann Lee",
        "bread\nbutter\nmilk\neggs\nflour\nsugar",
        "- bread and butter\n- milk from the farm\n- eggs\n- flour and sugar",
        "Name   Seats\nLeft      12\nRight     31\nNone       4",
        "the sea is calm tonight\nthe tide is full, the moon\nlies fair upon\nthe straits",
    ],
    ids=[
        "empty", "white space", "one line", "paragraph per line", "blank lines", "short page", "list",
        "bullets", "table", "verse",
    ],
)  # fmt: skip
def test_other_text_is_not_wrapped_and_comes_back_unchanged(text):
    assert not is_wrapped(text)
    assert join_wrapped_lines(text) == text


def test_paragraphs_marked_by_indentation_become_lines():
    assert join_wrapped_lines(wire(PARAGRAPHS)) == JOINED


def test_paragraphs_marked_by_blank_lines_keep_them():
    assert join_wrapped_lines(mail(PARAGRAPHS)) == "\n\n".join(PARAGRAPHS)


def test_unmarked_paragraphs_end_where_a_line_closes_a_sentence_early():
    unmarked = "\n".join(textwrap.fill(text, 64) for text in PARAGRAPHS)
    assert join_wrapped_lines(unmarked) == JOINED


def test_windows_line_ends_are_joined_too():
    assert join_wrapped_lines(mail(PARAGRAPHS).replace("\n", "\r\n")) == "\n\n".join(PARAGRAPHS)


def test_a_headline_in_capitals_and_the_wire_signature_keep_their_lines():
    text = "MINISTER RULES OUT TAXES\n" + wire(PARAGRAPHS).lstrip() + "\n Reuter\n\x03"
    assert join_wrapped_lines(text) == "MINISTER RULES OUT TAXES\n" + JOINED + "\nReuter\n\x03"


def test_a_first_line_shortened_by_its_lost_dateline_is_joined():
    """Wires print "LONDON, March 3 -" there; archives cut it out and leave a short line."""
    text = "Shares of National\nWestminster fell on\n" + wire(PARAGRAPHS)
    assert join_wrapped_lines(text).startswith("Shares of National Westminster fell on\nThe finance")


def test_a_table_keeps_its_lines_and_columns():
    table = (
        "             1986    1987\n Imports      1.3     2.0\nExports  4.0  5.1  6.0\nStocks   0.8  1.0  1.1"
    )
    joined = join_wrapped_lines(wire(PARAGRAPHS[:2]) + "\n" + table + "\n" + wire([THIRD]))
    assert joined == f"{FIRST}\n{SECOND}\n{table}\n{THIRD}"


def test_list_items_after_a_closed_line_keep_their_lines():
    text = (
        mail([FIRST, SECOND])
        + "\n\nThe plan has three parts:\n- taxes stay\n- spending falls\n1. Debt first."
    )
    assert join_wrapped_lines(text).endswith(
        "\n\nThe plan has three parts:\n- taxes stay\n- spending falls\n1. Debt first."
    )


@pytest.mark.parametrize(
    ("first", "second", "joined"),
    [
        ("a long-", "term plan", "a long-term plan"),
        ("the rail-", "way strike", "the railway strike"),
        ("the Anglo-", "American trade", "the Anglo-American trade"),
        ("both short-", "and long-term debt", "both short- and long-term debt"),
        ("a plan --", "the third", "a plan -- the third"),
        ("the gov\N{SOFT HYPHEN}", "ernment", "the government"),
    ],
    ids=["compound", "whole elsewhere", "names", "hung hyphen", "dash", "soft hyphen"],
)
def test_a_hyphen_at_a_line_end_goes_only_when_that_is_safe(first, second, joined):
    text = f"{mail(PARAGRAPHS)}\n\nThe railway is open, said {first}\n{second} and so on."
    assert join_wrapped_lines(text).endswith(f"\n\nThe railway is open, said {joined} and so on.")


def test_soft_line_ends_are_blanked_without_moving_a_character():
    text = wire(PARAGRAPHS)
    blanked = blank_soft_line_ends(text)
    assert len(blanked) == len(text)
    assert blanked.split() == text.split()
    assert blanked.count("\n") == len(PARAGRAPHS) - 1
    assert soft_line_ends("One line\ngoes on.\n\nNext.") == {0}


LINES = st.lists(
    st.sampled_from(
        ["", "    ", "The minister said that talks on the", "treaty would go on in the capital until",
         "both sides agree on a long-", "term plan.", " Reuter", "\x03", "    Oil rose.", "A  1.0  2.0   3", "- one",
         "HEAD LINE", "Prices of grain, oil and metal fell as\r", "\ttab", "-----", "ends here."]
    )
).map("\n".join)  # fmt: skip


@given(st.one_of(st.text(), st.text(alphabet="aB.- \n\t\r3"), LINES))
def test_joining_again_changes_nothing(text):
    joined = join_wrapped_lines(text)
    assert join_wrapped_lines(joined) == joined


@given(LINES)
def test_joining_keeps_every_letter_and_digit_in_order(text):
    def letters(string):
        return [character for character in string if character.isalnum()]

    assert letters(join_wrapped_lines(text)) == letters(text)
    assert len(blank_soft_line_ends(text)) == len(text)
