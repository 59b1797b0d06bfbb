"""Work in a thread of its own, which can be waited for and ended: the page stays alive while it runs."""

from __future__ import annotations

import asyncio
import ctypes
import threading
from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class Cancelled(BaseException):
    """Raised inside a job that was ended; nothing but the job catches it."""


class Job(Generic[T]):
    """One piece of work, begun at once.

    Parameters
    ----------
    work
        What to do. It shows nothing: pages are changed by the thread that owns them.

    Examples
    --------
    >>> job = Job(lambda: 6 * 7)
    >>> job.wait()
    True
    >>> job.result()
    42
    """

    def __init__(self, work: Callable[[], T]) -> None:
        self._work = work
        self._ended = threading.Event()
        self._lock = threading.Lock()
        self._fault: BaseException | None = None
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def wait(self, seconds: float | None = None) -> bool:
        """Wait until it has ended, at most some seconds; say whether it has."""
        return self._ended.wait(seconds)

    def result(self) -> T:
        """Return what the work returned, when it has ended; raise what it raised."""
        if self._fault is not None:
            raise self._fault
        return self._found

    def cancel(self) -> None:
        """End the work where it is: between two steps of Python, so a long step of NumPy is finished first."""
        with self._lock:
            if not self._ended.is_set() and self._thread.ident is not None:
                ctypes.pythonapi.PyThreadState_SetAsyncExc(
                    ctypes.c_ulong(self._thread.ident), ctypes.py_object(Cancelled)
                )

    def _run(self) -> None:
        try:
            try:
                self._found = self._work()
            finally:
                # From here on nobody may end it any more.
                with self._lock:
                    self._ended.set()
        except BaseException as fault:
            self._fault = fault


def running_loop() -> asyncio.AbstractEventLoop | None:
    """Return the loop that serves the page, or None in a script, where there is no page to keep alive."""
    try:
        return asyncio.get_running_loop()
    except RuntimeError:
        return None


class Later:
    """Calls a function when nothing has been asked for some time: what is typed is looked for when the typing pauses.

    Parameters
    ----------
    call
        What to call, with the last value.
    seconds
        How long a pause is. In a script, which has no loop to wait in, it is called at once.
    """

    def __init__(self, call: Callable[[str], None], seconds: float = 0.25) -> None:
        self._call = call
        self._seconds = seconds
        self._waiting: asyncio.TimerHandle | None = None

    def __call__(self, value: str) -> None:
        """Call with this value later, and with no earlier one."""
        if self._waiting is not None:
            self._waiting.cancel()
        loop = running_loop()
        if loop is None:
            self._call(value)
        else:
            self._waiting = loop.call_later(self._seconds, self._call, value)
