"""A text of one line that costs little to draw: of dozens in one picture, each is placed by its width alone."""

from __future__ import annotations

import functools
from typing import Any, Final

from matplotlib.backend_bases import RendererBase
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.font_manager import FontProperties
from matplotlib.text import Text

_BEFORE: Final = {"left": 0.0, "center": 0.5, "right": 1.0}


class ShortText(Text):
    """One line, not turned, its middle at the place given (`va="center"`)."""

    def draw(self, renderer: RendererBase) -> None:
        """Draw the text; as any other where the renderer writes texts down as such."""
        if not isinstance(renderer, RendererAgg):
            super().draw(renderer)
            return
        words = self.get_text()
        if not self.get_visible() or not words:
            return
        width, height, descent = _extent(words, float(self.get_fontsize()), renderer.dpi)
        x, y = self.get_transform().transform(self.get_position())
        context: Any = renderer.new_gc()
        context.set_foreground(self.get_color())
        left = x - width * _BEFORE[self.get_horizontalalignment()]
        base = renderer.height - (y - (height - 2 * descent) / 2)
        renderer.draw_text(context, left, base, words, self.get_fontproperties(), 0.0, mtext=self)  # type: ignore[no-untyped-call]
        context.restore()


@functools.lru_cache(maxsize=4096)
def _extent(words: str, size: float, dpi: float) -> tuple[float, float, float]:
    """Return width, height and descent of a text in pixels."""
    renderer: Any = RendererAgg(1, 1, dpi)  # type: ignore[no-untyped-call]
    font = FontProperties(size=size)
    width, height, descent = renderer.get_text_width_height_descent(words, font, False)
    _, least_height, least_descent = renderer.get_text_width_height_descent("lp", font, False)
    return width, max(height, least_height), max(descent, least_descent)
