import pytest

from analystkit.clean.head_marks import NAME_MARKS, TITLE_MARKS, led_names, name_marks, title_marks
from analystkit.clean.lines import read_lines

LINES = read_lines("""Harbour Gazette
Ferry accord signed
Weather tomorrow: sunshine
Ann Lee
Keine Kommentare
The ferry accord was signed on Tuesday. The ferry leaves in June, keine says.
The ferry and its accord are old, says Lee.
""")


def test_a_headline_names_what_the_article_comes_back_to():
    rows = title_marks(LINES, [1, 2], 5, 7)
    theme = rows[:, TITLE_MARKS.index("theme")]
    # "ferry" and "accord" stand in both lines of the article, "signed" in one: 5 of 3 words; of the weather nothing.
    assert theme.tolist() == [pytest.approx(5 / 3), 0.0]
    assert rows[:, TITLE_MARKS.index("best_theme")].tolist() == [1, 0]
    assert rows[:, TITLE_MARKS.index("theme_rank")].tolist() == [0, 1]
    assert rows[:, TITLE_MARKS.index("words_below")].tolist() == [3, 2]


def test_a_known_given_name_and_ordinary_words_tell_names_from_labels():
    rows = name_marks(LINES, [(3, "Ann Lee", ""), (4, "Keine Kommentare", "")], 5, 7, 1)
    assert rows[:, NAME_MARKS.index("given")].tolist() == [1, 0]
    # "keine" stands in small letters on the page; "kommentare" is a word of furniture.
    assert rows[:, NAME_MARKS.index("ordinary")].tolist() == [0, 0.5]
    assert rows[:, NAME_MARKS.index("label_words")].tolist() == [0, 0.5]
    assert rows[:, NAME_MARKS.index("named_in_article")].tolist() == [1, 0]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("16. Mai 2019 Markus Elsberg Netzwerk", ["Markus Elsberg Netzwerk"]),
        ("Christoph von Eich", ["Christoph von Eich"]),
        ("Geschrieben vonAnna Rossi", ["Anna Rossi"]),
        ("Peter Weller, Harbour Gazette", ["Peter Weller"]),
        ("Peter von", []),
        ("Harbour Gazette", []),
        ("", []),
    ],
)
def test_names_are_told_by_their_given_name(text, names):
    assert list(led_names(text)) == names
