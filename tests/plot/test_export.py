"""Pictures as text and bytes: the same every time, safe beside others, readable on any page."""

import io
import re
import xml.etree.ElementTree as ET

import pytest
from matplotlib import image
from matplotlib.figure import Figure

from analystkit.plot import plot_heatmap, plot_timeline, plot_tone, save_png, save_svg
from analystkit.plot.style import INK, MUTED, PAPER, RULE, SHADE, TEXT_PALETTE


@pytest.fixture
def picture(answers, ax):
    return plot_timeline(answers.shares_by_month(), events={"2023-12-01": "Treaty & <after>"}, ax=ax)


def test_the_same_picture_is_the_same_text_and_bytes(answers):
    def draw():
        return plot_heatmap(answers.shares_by_month(), ax=Figure(figsize=(8, 3)).subplots())

    assert save_svg(draw()) == save_svg(draw())
    assert save_png(draw()) == save_png(draw())


def test_axes_and_their_figure_give_the_same(picture):
    assert save_svg(picture) == save_svg(picture.get_figure())


def test_an_svg_is_one_well_formed_element_without_date_or_maker(picture):
    text = save_svg(picture)
    assert text.startswith("<svg")
    assert ET.fromstring(text).tag.endswith("svg")
    assert "metadata" not in text


def test_text_stays_text(picture):
    texts = {
        "".join(e.itertext()) for e in ET.fromstring(save_svg(picture)).iter() if e.tag.endswith("}text")
    }
    assert {"How often is each actor named?", "Treaty & <after>", "Russia"} <= texts


def test_a_prefix_goes_before_every_id_and_every_reference(answers):
    ax = plot_heatmap(answers.shares_by_month(), ax=Figure(figsize=(8, 3)).subplots())
    text = save_svg(ax, prefix="p1-")
    ids = re.findall(r'\bid="([^"]+)"', text)
    references = re.findall(r'href="#([^"]+)"|url\(#([^)]+)\)', text)
    assert ids and references
    assert all(name.startswith("p1-") for name in ids)
    assert len(ids) == len(set(ids))
    assert {one or other for one, other in references} <= set(ids)


@pytest.mark.parametrize("kind", ["timeline", "tone", "heatmap"])
def test_a_theme_following_svg_keeps_no_colour_of_the_page(answers, kind):
    ax = Figure(figsize=(8, 4)).subplots()
    if kind == "tone":
        plot_tone(answers.tones(), ax=ax)
    else:
        (plot_timeline if kind == "timeline" else plot_heatmap)(answers.shares_by_month(), ax=ax)
    text = save_svg(ax, theme_following=True).lower()
    assert "currentcolor" in text
    for color in (INK, MUTED, RULE, SHADE, PAPER, *TEXT_PALETTE):
        assert color.lower() not in text, color
    background = text[: text.index('id="axes_1"')]
    assert "fill: #ffffff" not in background


def test_a_plain_svg_has_a_white_background_and_fixed_colours(picture):
    text = save_svg(picture)
    assert "currentColor" not in text
    assert "fill: #ffffff" in text[: text.index('id="axes_1"')]


def test_the_alternative_text_names_the_picture(picture):
    root = ET.fromstring(save_svg(picture, alt='Russia "up" & China'))
    assert (root.get("role"), root.get("aria-label")) == ("img", 'Russia "up" & China')
    assert ET.fromstring(save_svg(picture)).get("role") is None


def test_a_png_is_on_white_and_as_large_as_the_figure(picture):
    pixels = image.imread(io.BytesIO(save_png(picture, dpi=50)))
    assert pixels.shape[:2] == (225, 400)
    assert pixels[0, 0].tolist() == [1, 1, 1, 1]
