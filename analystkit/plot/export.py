"""A picture as bytes or text that are the same every time: PNG for notebooks, SVG for the report."""

from __future__ import annotations

import io
import re
import struct
import zlib
from html import escape
from typing import Final

import matplotlib as mpl
import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analystkit.plot.style import INK, MUTED, PALETTE, PAPER, RULE, SHADE, TEXT_PALETTE

# A later declaration wins where it is understood; the one before it serves renderers that know no CSS colours.
_THEME: Final = {
    INK: "{0}: currentColor",
    MUTED: "{0}: currentColor; {0}-opacity: 0.78",
    RULE: "{0}: currentColor; {0}-opacity: 0.18",
    SHADE: "{0}: currentColor; {0}-opacity: 0.07",
    PAPER: "{0}: #ffffff; {0}: var(--paper, Canvas)",
} | {
    # Half way to the colour of the text: darker on a light page, lighter on a dark one.
    text: "{0}: currentColor; {0}: color-mix(in srgb, " + line + " 65%, currentColor)"
    for text, line in zip(TEXT_PALETTE, PALETTE, strict=False)
}
_COLOR = re.compile(rf"\b(fill|stroke): ({'|'.join(_THEME)})\b", re.IGNORECASE)
_BY_SHADE: Final = {shade.lower(): css for shade, css in _THEME.items()}


def save_svg(
    picture: Axes | Figure, *, prefix: str = "", theme_following: bool = False, alt: str = ""
) -> str:
    """Return the figure of `picture` as one `<svg>` element, the same text every time.

    Text stays text: it can be selected, searched and read aloud.

    Parameters
    ----------
    picture
        A figure, or the axes in it.
    prefix
        Put before every id, so that several pictures can share a page.
    theme_following
        Leave the background out and let texts, axes and grid follow the colour of the text around the picture;
        hollow marks are filled with the page's `--paper`, else with the browser's canvas colour.
    alt
        What the picture shows, for those who cannot see it (see `describe_plot`).
    """
    stream = io.StringIO()
    with mpl.rc_context({"svg.fonttype": "none", "svg.hashsalt": "analystkit"}):
        _figure(picture).savefig(
            stream,
            format="svg",
            metadata={"Date": None},
            facecolor="none" if theme_following else "white",
        )
    text = stream.getvalue()
    text = re.sub(r"\s*<metadata>.*?</metadata>", "", text[text.index("<svg") :], count=1, flags=re.DOTALL)
    text = re.sub(r'(\bid="|href="#|url\(#)', rf"\g<1>{prefix}", text)
    if theme_following:
        text = _COLOR.sub(lambda match: _BY_SHADE[match[2].lower()].format(match[1]), text)
    label = f' role="img" aria-label="{escape(alt)}"' if alt else ""
    return text.replace("<svg", f"<svg{label}", 1)


def save_png(picture: Axes | Figure, *, dpi: float = 100) -> bytes:
    """Return the figure of `picture` as PNG on white, the same bytes every time.

    Lightly packed: a widget redraws more often than it stores.
    """
    stream = io.BytesIO()
    _figure(picture).savefig(
        stream,
        format="png",
        dpi=dpi,
        facecolor="white",
        metadata={"Software": None},
        pil_kwargs={"compress_level": 1},
    )
    return stream.getvalue()


def encode_png(pixels: npt.ArrayLike) -> bytes:
    """Return pixels (rows of RGBA, opaque) as PNG, the same bytes every time.

    Most of a picture is paper, which needs no search for the best packing: this takes half the time of a general encoder.
    """
    colours = np.asarray(pixels, dtype=np.uint8)[:, :, :3]
    height, width, _ = colours.shape
    # Each row less the one above it (filter type 2 of the PNG specification) is mostly noughts.
    rows = np.empty((height, 1 + 3 * width), dtype=np.uint8)
    flat = colours.reshape(height, -1)
    rows[:, 0] = 2
    rows[0, 1:] = flat[0]
    np.subtract(flat[1:], flat[:-1], out=rows[1:, 1:])
    packer = zlib.compressobj(1, zlib.DEFLATED, 15, 9, zlib.Z_RLE)
    packed = packer.compress(rows.data) + packer.flush()
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", packed), (b"IEND", b""))
    told = [
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in chunks
    ]
    return b"\x89PNG\r\n\x1a\n" + b"".join(told)


def _figure(picture: Axes | Figure) -> Figure:
    figure = picture if isinstance(picture, Figure) else picture.get_figure(root=True)
    assert figure is not None
    return figure
