"""Processes beside one another: pools that end with the one that started them, and folders that one at a time writes to.

In goes a folder; out comes a lock that ends with its process, so that what a killed one leaves locks nothing.

>>> import tempfile
>>> folder = Path(tempfile.mkdtemp())
>>> with alone_in(folder):
...     sorted(each.name for each in folder.iterdir())
['_lock']
>>> list(folder.iterdir())
[]
"""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from analysis.errors import InputError

if TYPE_CHECKING:
    from concurrent.futures import ProcessPoolExecutor

LOCK = "_lock"


def start(count: int) -> ProcessPoolExecutor:
    """A pool of `count` processes, which are started here, end with this one and leave an interrupt from the keyboard to it.

    They are spawned, not forked: a notebook's process has threads, and a forked copy of them can hang. The interrupt is held back
    while they are started, and they inherit that: one that is still importing would die of it with a traceback of its own.
    """
    import signal
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    pool = ProcessPoolExecutor(count, mp_context=get_context("spawn"), initializer=end_with_parent)
    if not hasattr(signal, "pthread_sigmask"):
        return pool
    from multiprocessing import resource_tracker

    resource_tracker.ensure_running()  # it would let the signal through again when it is started by the first of them
    with _held_back():
        for _ in range(count):  # each finds nobody idle yet, and starts one
            pool.submit(os.getpid)
    return pool


@contextmanager
def _held_back() -> Iterator[None]:
    """Keep an interrupt until the end: out of processes that are started, which inherit the mask, and out of their starting."""
    import signal
    import threading

    pressed: list[int] = []
    # Another thread may be the one that the system interrupts, and then the main one hears of it in spite of the mask.
    handler = signal.getsignal(signal.SIGINT) if threading.current_thread() is threading.main_thread() else None
    if callable(handler):
        signal.signal(signal.SIGINT, lambda number, _: pressed.append(number))
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
        if callable(handler):
            signal.signal(signal.SIGINT, handler)
    if pressed and callable(handler):
        handler(pressed[0], None)


def end_with_parent() -> None:
    """End this process when the one that started it is gone, though it be killed: for the `initializer` of a pool.

    Else the pool's own processes would wait for ever for more work. An interrupt from the keyboard is for the one that started them
    alone, which then ends its pool.
    """
    import signal
    import threading
    from multiprocessing import connection, parent_process

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = parent_process()
    if parent is None:
        return

    def watch() -> None:
        connection.wait([parent.sentinel])
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def owner() -> str:
    """How a message to others names the process that asks."""
    return f"{os.getpid()} on {socket.gethostname()}"


@contextmanager
def alone_in(folder: Path, shown: str | None = None) -> Iterator[None]:
    """Keep other runs out of a folder that is there; `shown` is how messages name it.

    Raises `InputError` where another run is writing there, and `OSError` where none can. Where a system has no such locks, it
    does nothing.
    """
    handle = _hold(folder / LOCK, shown or str(folder))
    if handle is None:
        yield
        return
    try:
        yield
    finally:
        (folder / LOCK).unlink(missing_ok=True)
        os.close(handle)


def _hold(path: Path, shown: str) -> int | None:
    try:
        import fcntl
    except ImportError:
        return None
    while True:
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            by = os.read(handle, 100).decode("utf-8", "replace").strip()
            os.close(handle)
            raise InputError(
                f"another run is writing {shown} (process {by or '?'}); wait until it ends, or name another folder"
            ) from error
        except OSError:  # a file system without locks
            return handle
        try:
            if path.stat().st_ino == os.fstat(handle).st_ino:  # not the file of a run that has just ended
                os.ftruncate(handle, 0)
                os.write(handle, f"{owner()}\n".encode())
                return handle
        except FileNotFoundError:
            pass
        os.close(handle)
