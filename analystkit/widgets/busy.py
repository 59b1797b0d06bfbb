"""What is said while something takes long: that it is being done, for how long, and a button that ends it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import Final

import ipywidgets as widgets

_STEP: Final = 0.1  # seconds between two looks


class BusyBar(widgets.HBox):  # type: ignore[misc]  # ipywidgets has no types
    """A bar that moves while one waits, and a button that ends the waiting.

    Parameters
    ----------
    on_cancel
        Called when the button is pressed.

    Attributes
    ----------
    button
        The button.
    """

    def __init__(self, on_cancel: Callable[[], None]) -> None:
        self.told = widgets.HTML()
        self.button = widgets.Button(description="Cancel", tooltip="End this and set the choices back")
        self.button.on_click(lambda _: on_cancel())
        self._looking: asyncio.TimerHandle | None = None
        super().__init__([self.told, self.button])
        self.add_class("ak-busy")
        self.layout.display = "none"

    def begin(self, loop: asyncio.AbstractEventLoop, is_over: Callable[[], bool]) -> None:
        """Show the bar until what is waited for is over."""
        self.end()
        begun = time.monotonic()
        self.layout.display = ""

        def look() -> None:
            self._looking = None
            if is_over():
                return
            seconds = int(time.monotonic() - begun)
            words = f"Counting, {seconds} s" if seconds else "Counting"
            told = f'<div class="ak"><span role="status">{words} </span><progress aria-label="{words}"></progress></div>'
            if told != self.told.value:
                self.told.value = told
            self._looking = loop.call_later(_STEP, look)

        look()

    def end(self) -> None:
        """Take the bar away."""
        if self._looking is not None:
            self._looking.cancel()
            self._looking = None
        self.layout.display = "none"
        self.told.value = ""  # nothing is left for screen readers
