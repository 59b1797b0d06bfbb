import csv
import textwrap
from importlib import resources

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from nltk.tokenize import punkt

from analystkit.annotate import sentences as module
from analystkit.annotate.sentences import sentence_spans, split_sentences
from analystkit.errors import ArgumentError

COLUMNS = ["text_id", "sentence_id", "start", "end"]


def split(text):
    return [text[start:end] for start, end in sentence_spans(text)]


def test_offsets_are_half_open_and_leave_out_white_space():
    #  0123456789012345678901
    text = "  He left.  Who knew? "
    assert sentence_spans(text) == [(2, 10), (12, 21)]


@pytest.mark.parametrize("text", ["", " ", "\n", " \t\r\n \u2028 "])
def test_text_without_words_has_no_sentences(text):
    assert sentence_spans(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Talks with U.S. officials and the U.S. Navy went on.",
        "He met Mr. Kim, Gen. Kim, Lt.-Gen. Choe and Sens. Reed and Dole.",
        "Acme Inc. said it bought Smith Bros. Holdings Ltd. of Hong Kong.",
        "It is No. 5 on the list, and Fig. 3 shows it.",
        "They met at 9 a.m. on Jan. 3 and at 5 p.m. Monday.",
        "J. K. Rowling and John F. Kennedy Jr. Smith wrote to A. B. Yehoshua.",
        "А. Б. Иванов приехал.",
        "It went from 1.5 to 2.75 percent, i.e. By half.",
        "See www.example.com/a.B?c=D. and mail a.b@example.com today",
        "The shares of Yahoo! rose as Yahoo! News grew.",
        'He asked "Who is it?" and left.',
        '"Who is it?" Mr. Kim asked.',
        "He paused... and went on … slowly.",
        "1. The first point stands.",
        "The plan (agreed on Dec. 5, 2019, at 3 p.m.) holds, etc., etc.",
        "St. Petersburg and Ft. Worth are cities.",
        "He left (why?) at noon",
        "“I will go.” — Ann Lee",
    ],
)
def test_a_stop_inside_a_sentence_does_not_end_it(text):
    assert split(text) == [text]


@pytest.mark.parametrize(
    "sentences",
    [
        ["He came to the U.S.", "The visit was short."],
        ["Acme bought Bolt Inc.", "It paid in cash."],
        ["They met at 9 a.m.", "Nobody spoke."],
        ["The answer was no.", "Kim left."],
        ["He won in 2019.", "5 people saw it."],
        ["Prices rose 2.5 percent.", "Oil fell."],
        ['He said."', '"He did not."'],
        ["“It is over,” he said.", "“We go.”", "They went."],
        ["‘It is over.’", "(They went.)", "[He stayed.]"],
        ["He went home.“", "However, she stayed."],
        ["Stop!", "Who goes there?!", "Me..."],
        ["He waited…", "Then he left."],
        ["He was born in 1905. [3] [14]", "He died in 1990."],
        ["Who came?", "we ask.", "¿Quién?"],
        ["The plan failed.", "$5 million was lost.", "- Nobody knew."],
        ["See the page.", "http://example.com has more."],
        ["the end came.", "i saw it.", "nobody else did"],
        ["核实验结束。", "他说：“好。”", "金正恩到了！"],
        ["「行く。」と言った。", "終わり。"],
    ],
    ids=lambda sentences: sentences[0],
)
def test_sentences_are_split_where_they_end(sentences):
    lines = "\n".join(sentences)
    assert split(lines) == sentences
    assert (
        split(lines.replace("\n", " ")) == [s for s in sentences for s in s.split("\n")] or "we ask" in lines
    )


def test_a_lost_space_is_seen_only_before_a_word_that_opens_sentences():
    assert split("It is good.The price fell. Try Node.Js and Newsfeeds.Com now.") == [
        "It is good.",
        "The price fell.",
        "Try Node.Js and Newsfeeds.Com now.",
    ]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\n\n", "\x0c", "\x85", "\u2028", "\u2029"])
def test_a_line_end_is_always_the_end_of_a_sentence(end):
    assert split(f"Prices rise{end}and fall, says Mr.{end}Kim") == [
        "Prices rise",
        "and fall, says Mr.",
        "Kim",
    ]


PIECES = st.lists(
    st.sampled_from(
        ["Mr.", "Kim", "U.S.", "said", '"', "“", "”", "'", "(", ")", "[3]", ".", "...", "…", "!", "?", "。", "」", "と",
         "The", "i", "5", "No.", "J.", " ", "  ", "\n", "\r\n", "\u2028", "\t", "http://a.b", "-", "—", "*"]
    )
).map("".join)  # fmt: skip


@given(st.one_of(st.text(), PIECES), st.sampled_from([sentence_spans, module._punkt_spans]))
def test_every_character_that_is_not_space_lies_in_exactly_one_sentence(text, spans_of):
    spans = spans_of(text)
    ends = [0, *(offset for span in spans for offset in span), len(text)]
    assert ends == sorted(ends)
    for start, end in spans:
        assert text[start:end] == text[start:end].strip() != ""
    outside = "".join(text[start:end] for start, end in zip(ends[::2], ends[1::2], strict=True))
    assert outside.strip() == ""


def test_one_row_per_sentence_in_reading_order():
    table = split_sentences(["He left. Who knew?", "", "Nobody."])
    expected = pd.DataFrame(
        {"text_id": [0, 0, 2], "sentence_id": [0, 1, 0], "start": [0, 9, 0], "end": [8, 18, 7]}
    )
    pd.testing.assert_frame_equal(table, expected)


@pytest.mark.parametrize("texts", [[], [""], ["\n"], pd.Series([], dtype="str")])
def test_nothing_in_gives_an_empty_table_with_the_same_columns(texts):
    table = split_sentences(texts)
    assert list(table.columns) == COLUMNS
    assert set(table.dtypes) == {pd.Series([1], dtype="int64").dtype}
    assert len(table) == 0


PARAGRAPHS = [
    'Gen. Kim met U.S. officials on Jan. 3 in the capital, the state news agency said. "It went well," he told '
    "reporters. Nobody else spoke.",
    "Shares of Acme Inc. rose by 2.5 percent after the talks, which began at 9 a.m. on Monday and ended before noon.",
    "The next round is planned for March. It may be put off until the parliament has voted on the treaty, he added.",
]


@pytest.mark.parametrize("method", ["rules", "punkt"])
def test_wrapped_text_gives_the_sentences_of_its_unwrapped_form(method):
    wrapped = "\n".join(textwrap.fill(paragraph, 64, initial_indent="    ") for paragraph in PARAGRAPHS)
    unwrapped = "\n".join(PARAGRAPHS)

    def found(text, **options):
        table = split_sentences([text], method=method, **options)
        spans = zip(table["start"], table["end"], strict=True)
        return [" ".join(text[start:end].split()) for start, end in spans]

    assert found(wrapped) == found(wrapped, wrapped=True) == found(unwrapped)
    assert len(found(wrapped)) == 3 + 1 + 2 or method == "punkt"
    assert len(found(wrapped, wrapped=False)) > len(found(wrapped))


def test_wrapping_can_be_claimed_for_a_text_too_short_to_show_it():
    text = "The talks went\non. Oil rose."
    assert split_sentences([text])["end"].tolist() == [14, 18, 28]
    assert split_sentences([text], wrapped=True)["end"].tolist() == [18, 28]


def test_punkt_uses_our_abbreviations_where_its_data_are_missing(monkeypatch):
    def missing(language):
        raise LookupError(language)

    monkeypatch.setattr(punkt, "PunktTokenizer", missing)
    module._punkt.cache_clear()
    text = "Sgt. Lee left. He met Supt. Ames."
    table = split_sentences([text], method="punkt")
    module._punkt.cache_clear()
    assert table["end"].tolist() == [14, 33]


def test_the_abbreviation_table_has_one_row_per_abbreviation_of_a_known_kind():
    path = resources.files("analystkit.resources").joinpath("abbreviations.csv")
    rows = list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))
    assert list(rows[0]) == ["abbreviation", "kind", "note"]
    assert {row["kind"] for row in rows} == {"never", "starter", "number"}
    assert len({row["abbreviation"] for row in rows}) == len(rows)
    assert all(row["note"] and not row["abbreviation"].endswith(".") for row in rows)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"texts": "One text."}, r"`texts` is a single str; pass a list"),
        ({"texts": ["One.", None]}, r"`texts` holds None at position 1; every text must be a str"),
        (
            {"texts": [], "method": "rule"},
            r"`method` is 'rule'; allowed: 'rules', 'punkt'. Did you mean 'rules'",
        ),
        ({"texts": [], "wrapped": "yes"}, r"`wrapped` is 'yes'; allowed: 'auto', 'True', 'False'"),
    ],
)
def test_a_wrong_argument_is_named(arguments, message):
    with pytest.raises(ArgumentError, match=message):
        split_sentences(**arguments)
