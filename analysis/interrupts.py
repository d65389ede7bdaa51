"""Interrupts from the keyboard, none of which is lost.

Python raises KeyboardInterrupt wherever it happens to be, which may be inside a library that swallows it: while its extension
modules are imported, or in a callback. A command would then go on as if nobody had pressed Ctrl-C. So it notes that somebody did,
and heeds it before it reads on and before it writes.

>>> with noted():
...     heed()  # nobody has pressed anything
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

_pressed: list[int] = []


@contextmanager
def noted() -> Iterator[None]:
    """Note interrupts from now on to the end; where the caller has another use for them, or in another thread, do nothing."""
    before = signal.getsignal(signal.SIGINT)
    if before is not signal.default_int_handler or threading.current_thread() is not threading.main_thread():
        yield
        return
    signal.signal(signal.SIGINT, _press)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
        _pressed.clear()


def _press(number: int, frame: FrameType | None) -> None:
    _pressed.append(number)
    signal.default_int_handler(number, frame)


def heed() -> None:
    """Raise KeyboardInterrupt where an interrupt was noted, though somebody swallowed it."""
    if _pressed:
        raise KeyboardInterrupt
