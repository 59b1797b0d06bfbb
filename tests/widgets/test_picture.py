"""The picture that is drawn on again: the same as a new one, and fitted into its figure."""

from __future__ import annotations

import io
import threading
from collections.abc import Callable

import numpy as np
import pytest
from PIL import Image

import analystkit as ak
from analystkit.measure import Answer
from analystkit.plot.export import encode_png
from analystkit.widgets.picture import Picture

Ask = Callable[[ak.Collection], Answer]


@pytest.fixture
def dated(collection: ak.Collection) -> ak.Collection:
    """The five articles with a date."""
    return collection.filter(since="2024-01-01")


KINDS: list[tuple[str, Ask]] = [
    ("timeline", lambda part: ak.actor_frequency(part, by="month")),
    ("ranking", lambda part: ak.actor_frequency(part)),
    ("tone", lambda part: ak.tone(part, towards=["Japan", "China"])),
    ("heatmap", lambda part: ak.actor_frequency(part, by="outlet")),
    ("heatmap", lambda part: ak.topic_frequency(part, by="month")),
]


@pytest.mark.parametrize(("kind", "ask"), KINDS)
def test_what_is_drawn_again_is_what_a_new_figure_shows(dated: ak.Collection, kind: str, ask: Ask) -> None:
    kept, new = Picture(), Picture()
    kept.draw(ask(dated), kind)
    kept.draw(ask(dated.filter(since="2024-03-01")), kind)
    before = kept.png
    new.draw(ask(dated.filter(since="2024-03-01")), kind)
    assert before == new.png
    kept.draw(ask(dated), kind)
    assert kept.png != before


@pytest.mark.parametrize(("kind", "ask"), KINDS)
def test_every_word_stays_within_the_figure(dated: ak.Collection, kind: str, ask: Ask) -> None:
    picture = Picture()
    for width in (8.0, 5.4):
        picture.width = width
        picture.draw(ask(dated), kind)
        figure = picture._figure
        box = figure.axes[0].get_tightbbox(figure.canvas.get_renderer())  # type: ignore[attr-defined]
        assert box.x0 >= 0 and box.x1 <= figure.bbox.width
        assert box.y0 >= 0 and box.y1 <= figure.bbox.height


def test_pixels_come_back_from_the_file_as_they_were() -> None:
    pixels = np.random.default_rng(1).integers(256, size=(7, 5, 4), dtype=np.uint8)
    read = np.asarray(Image.open(io.BytesIO(encode_png(pixels))))
    assert np.array_equal(read, pixels[:, :, :3])


def test_two_pictures_share_a_scale(collection: ak.Collection) -> None:
    one, other = Picture(), Picture()
    one.draw(ak.actor_frequency(collection), "ranking")
    other.draw(ak.actor_frequency(collection.filter(outlet="Lamp")), "ranking", scale=(0.0, 2.0))
    assert other.scale() == (0.0, 2.0)
    other.draw(ak.actor_frequency(collection.filter(outlet="Lamp")), "ranking", scale=one.scale())
    assert other.scale() == one.scale()


def test_threads_that_draw_at_once_draw_one_after_the_other(dated: ak.Collection) -> None:
    picture, alone = Picture(), Picture()
    whole, part = ak.actor_frequency(dated), ak.actor_frequency(dated.filter(outlet="Lamp"))
    alone.draw(whole, "ranking")
    pngs = set()

    def draw() -> None:
        for answer in (part, whole):
            picture.draw(answer, "ranking")
            picture.marks()
            pngs.add(picture.png)

    threads = [threading.Thread(target=draw) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    picture.draw(whole, "ranking")
    assert picture.png == alone.png
    assert len(pngs) <= 2
