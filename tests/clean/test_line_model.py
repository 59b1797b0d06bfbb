import numpy as np
import pytest

from analystkit.clean.line_features import FEATURES
from analystkit.clean.line_model import OFFSETS, PARTS, Steps, ZoneModel, read_model, shipped_model


def steps(part, name, weights, constant=0.0):
    names = PARTS[part]
    column = np.array([names.index(name)], np.intp)
    return Steps(names, column, np.array([10.0]), np.array([weights], float), constant)


def model():
    """Lines over ten words are likely, and make the line below them a little likelier."""
    weights = [0.0] * len(OFFSETS)
    weights[OFFSETS.index(0)], weights[OFFSETS.index(-1)] = 2.0, 1.0
    parts = {
        "line": steps("line", "words", weights, -1.0),
        "run": steps("run", "words", [1.0]),
        "title": steps("title", "words", [-1.0], 0.5),
        "date": steps("date", "words", [1.0]),
        "byline": steps("byline", "words", [1.0]),
    }
    return ZoneModel(parts, np.zeros(len(OFFSETS)))


def features(*words):
    rows = np.zeros((len(words), len(FEATURES)))
    rows[:, FEATURES.index("words")] = words
    return rows


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def test_a_line_is_judged_by_itself_and_by_the_line_above():
    p = model().probabilities(features(20, 3, 3))
    assert p.tolist() == pytest.approx([sigmoid(2 - 1), sigmoid(1 - 1), sigmoid(-1)])


def test_no_lines_no_probabilities():
    assert model().probabilities(features()).tolist() == []


def test_the_likeliest_candidate_must_reach_the_least():
    rows = np.zeros((2, len(PARTS["title"])))
    rows[0, 0] = 20  # over ten words: -1 + .5
    assert model().likeliest("title", rows, 0.0) == 1
    assert model().likeliest("title", rows, 0.6) is None
    assert model().likeliest("title", rows[:0], 0.0) is None


def test_a_model_is_read_as_it_was_written():
    text = model().to_csv()
    again = read_model(text)
    assert again.to_csv() == text
    assert again.parts["line"].constant == -1
    assert again.parts["title"].weights.tolist() == [[-1.0]]


def test_the_shipped_model_has_all_parts_and_fits_the_columns():
    shipped = shipped_model()
    assert list(shipped.parts) == list(PARTS)
    for part, part_steps in shipped.parts.items():
        places = len(OFFSETS) if part == "line" else 1
        assert part_steps.weights.shape == (len(part_steps.columns), places)


def test_the_last_line_of_a_page_says_nothing_of_the_first_of_the_next():
    alone = np.concatenate([model().probabilities(features(3, 20)), model().probabilities(features(3, 3))])
    assert model().probabilities(features(3, 20, 3, 3), [2, 2]).tolist() == alone.tolist()
    assert model().probabilities(features(3, 20, 3, 3)).tolist() != alone.tolist()


def test_each_page_has_a_likeliest_candidate_of_its_own():
    rows = np.zeros((3, len(PARTS["title"])))
    rows[0, 0] = 20  # over ten words: -1 + .5
    assert model().likeliest_of_each("title", [rows[:1], rows[:0], rows], 0.0) == [None, None, 1]
