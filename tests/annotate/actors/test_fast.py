"""The small model: its tokens and features, what it finds, and that its file can be made again."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import analystkit.resources
from analystkit import schema
from analystkit.annotate.actors import fast
from analystkit.annotate.actors.features import OFFSETS, SLOT_BITS, Vocabulary, read_texts, word_classes
from analystkit.annotate.actors.find import find_in_texts
from analystkit.resources.made_actors import Marked, make_texts, parse_marked, read_sentences
from analystkit.resources.make_actors import clean, model_of, save, train


def words(text: str) -> list[str]:
    batch = read_texts([text], Vocabulary())
    return [text[start:end] for start, end in zip(batch.start, batch.end, strict=True)]


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("Kim Jong-un's aide", ["Kim", "Jong", "-", "un", "'s", "aide"]),
        ("U.S. and Mr. O'Brien", ["U.S.", "and", "Mr.", "O'Brien"]),
        ("1,200 men (AU)", ["1,200", "men", "(", "AU", ")"]),
        ("Bastar’ s", ["Bastar", "’", "s"]),
        ("", []),
    ],
)
def test_tokens(text: str, tokens: list[str]) -> None:
    assert words(text) == tokens


def test_sentences_end_at_marks_and_lines_but_not_at_initials() -> None:
    batch = read_texts(["J. P. Lebed left. He ran\nfar off. Mr. Roy won"], Vocabulary())
    #  J. P. Lebed left . | He ran | far off . | Mr. Roy won
    assert batch.sequence.tolist() == [0, 0, 0, 0, 0, 1, 1, 2, 2, 2, 3, 3, 3]


def test_neighbours_stop_at_the_sentence() -> None:
    vocabulary = Vocabulary()
    batch = read_texts(["He ran. She sat."], vocabulary)
    names = {row: word for word, row in vocabulary.rows.items()}
    left, right = OFFSETS.index(-1), OFFSETS.index(1)
    assert [names[row] for row in batch.around[:, left]] == ["", "He", "ran", "", "She", "sat"]
    assert [names[row] for row in batch.around[:, right]] == ["ran", ".", "", "sat", ".", ""]


def test_features_of_a_text_do_not_depend_on_the_texts_before_it() -> None:
    text = "Oleg Lebed met the Ministry of Culture. Lebed left."
    alone = read_texts([text], Vocabulary())
    vocabulary = Vocabulary()
    read_texts(["Others came first, from Oslo and Perm."], vocabulary)
    later = read_texts(["Perm", text], vocabulary)
    np.testing.assert_array_equal(alone.slots, later.slots[1:])
    assert alone.slots.min() >= 0
    assert alone.slots.max() < 2**SLOT_BITS


def test_words_know_the_lists_they_are_in() -> None:
    classes = word_classes()
    assert "given" in classes["Vladimir"]
    assert "state" in classes["Russia"]
    assert "demonym" in classes["Russian"]
    assert "office" in classes["minister"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mayor Oleg Lebed met reporters in Gorodok.", [("Oleg Lebed", "person"), ("Gorodok", "place")]),
        (
            "The Ministry of Rural Works fined Zentrova.",
            [("Ministry of Rural Works", "organisation"), ("Zentrova", "organisation")],
        ),
        ("It rained on Monday, and the talks went on.", []),
    ],
)
def test_names_that_no_list_holds(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(mention.surface, mention.kind) for mention in next(find_in_texts([text], "fast"))] == expected


def test_texts_are_found_alike_alone_and_together(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [text for text, _ in make_texts(6, seed=5)]
    together = list(fast.tag(texts))
    monkeypatch.setattr(fast, "_PORTION", 1)
    assert list(fast.tag(texts)) == together
    monkeypatch.setattr(fast, "_MOST_WORDS", 0)
    assert list(fast.tag(texts)) == together


def test_spans_say_how_sure_they_are() -> None:
    spans = next(fast.tag(["President Vladimir Putin flew to Moscow."]))
    assert all(0.9 < span.probability <= 1 for span in spans)


PIECES = st.sampled_from(
    [
        "Kim Jong-un",
        "U. S.",
        "the North",
        "J.",
        "O'",
        "Ministry",
        "of",
        "&",
        "al-",
        "’ s",
        "'s",
        "(",
        ". ",
        "\n",
        "\ud800",
        "İ",
        "ǅ",
    ]
)


@given(
    st.text(max_size=120)
    | st.lists(PIECES, max_size=20).map(" ".join)
    | st.lists(PIECES, max_size=20).map("".join)
)
def test_on_any_text_mentions_are_their_surface_sorted_and_apart(text: str) -> None:
    end = 0
    for mention in next(find_in_texts([text], "fast")):
        assert text[mention.start : mention.end] == mention.surface != ""
        assert mention.start >= end
        assert mention.kind in schema.ACTOR_KINDS
        assert mention.actor
        end = mention.end


def test_the_model_is_small() -> None:
    assert (Path(analystkit.resources.__path__[0]) / fast.FILE).stat().st_size < 10_000_000


@pytest.fixture(scope="module")
def little() -> list[Marked]:
    return [*make_texts(40, seed=3), *read_sentences()[:20]]


def test_the_same_texts_make_the_same_file(little: list[Marked], tmp_path: Path) -> None:
    for name in ("one", "other"):
        save(train(little, epochs=2, times=1), tmp_path / name)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "other").read_bytes()


def test_a_trained_model_knows_what_it_was_shown(little: list[Marked]) -> None:
    model = model_of(train(little, epochs=6, times=2))
    found = model.tag([text for text, _ in little])
    right = sum(
        len({span[:3] for span in one} & set(spans)) for one, (_, spans) in zip(found, little, strict=True)
    )
    assert right > 0.9 * sum(len(spans) for _, spans in little)


def test_marks_are_read_and_made_texts_hold_what_they_mark() -> None:
    assert parse_marked("[Lebed|P] of [RWB|O]") == (
        "Lebed of RWB",
        [(0, 5, "person"), (9, 12, "organisation")],
    )
    for text, spans in [*make_texts(20, seed=2), *read_sentences()]:
        assert "|" not in text.replace(" | ", "") or not spans
        assert spans == sorted(spans)
        for start, end, kind in spans:
            assert text[start:end].strip() == text[start:end] != ""
            assert kind in {"person", "organisation", "place"}


def test_texts_are_made_alike_from_one_seed() -> None:
    assert make_texts(5, seed=4) == make_texts(5, seed=4)
    assert make_texts(5, seed=4) != make_texts(5, seed=5)


def test_marks_of_others_are_brought_to_our_ways() -> None:
    text = "The Senate and Senator Lebed met Americans. Lebed left the Senate."
    #       0         1         2         3         4
    spans = [(0, 10, "organisation"), (15, 28, "person"), (33, 42, "person")]
    assert clean(text, spans)[1] == [
        (4, 10, "organisation"),
        (23, 28, "person"),
        (44, 49, "person"),
        (59, 65, "organisation"),
    ]


def test_beliefs_are_alike_alone_and_together_and_sum_to_1(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = ["Oleg Lebed flew to Oslo.", "", "The Ministry of Culture met."]
    together = list(fast.beliefs_of(texts))
    monkeypatch.setattr(fast, "_SMALL_PORTION", 1)
    for one, other in zip(fast.beliefs_of(texts), together, strict=True):
        np.testing.assert_array_equal(one.starts, other.starts)
        np.testing.assert_allclose(one.probabilities, other.probabilities, atol=1e-6)
        np.testing.assert_allclose(one.probabilities.sum(axis=1), 1, atol=1e-4)
    # Oleg Lebed flew to Oslo .
    assert together[0].starts.tolist() == [0, 5, 11, 16, 19, 23]
    assert together[0].ends.tolist() == [4, 10, 15, 18, 23, 24]
