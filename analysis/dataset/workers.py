"""Tasks on this machine: one after another, or in processes of their own, each tried again a few times.

In go a function and tasks, out comes for each task its place and what it gave, as they get done. A task that fails every time gives
`Failed`, and so does one whose process is killed each time it runs; the others are done.

>>> list(Serial().run(len, ["one", 2], retries=0))
[(0, 3), (1, Failed(reason="TypeError: object of type 'int' has no len()", attempts=1))]
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple, Protocol

from analysis.errors import why
from analysis.processes import start


class Failed(NamedTuple):
    """A task that gave nothing, and why, the last time it was tried."""

    reason: str
    attempts: int


class Fatal(Exception):  # noqa: N818 - it ends the run: no task could do better
    """The run cannot go on: the disk is full, or may not be written to."""


class Workers(Protocol):
    """Something that runs tasks; `run` yields (place, result or `Failed`) as they get done."""

    def run(self, work: Callable[[Any], Any], tasks: Sequence[Any], *, retries: int) -> Iterator[tuple[int, Any]]:
        """Run them."""

    def close(self) -> None:
        """Let go of what runs them."""


class Serial:
    """Tasks one after another in this process."""

    def run(self, work: Callable[[Any], Any], tasks: Sequence[Any], *, retries: int) -> Iterator[tuple[int, Any]]:
        """See `Workers`."""
        for place, task in enumerate(tasks):
            for attempt in range(1, retries + 2):
                try:
                    yield place, work(task)
                    break
                except Fatal:
                    raise
                except Exception as error:
                    if attempt > retries:
                        yield place, Failed(why(error), attempt)

    def close(self) -> None:
        """Nothing is held open."""


class Processes:
    """Tasks in `count` processes. One that dies is replaced; the tasks that it may have died of are then tried one by one."""

    def __init__(self, count: int) -> None:
        self._count = count
        self._pool: Any = None

    def _start(self, count: int) -> Any:
        from concurrent.futures.process import BrokenProcessPool

        pool = start(count)
        try:
            pool.submit(os.getpid).result()
        except BrokenProcessPool as error:
            raise Fatal(
                'no process can be started to work in; a script must call this below `if __name__ == "__main__":`, for each '
                "process reads the script first"
            ) from error
        return pool

    def run(self, work: Callable[[Any], Any], tasks: Sequence[Any], *, retries: int) -> Iterator[tuple[int, Any]]:
        """See `Workers`."""
        from concurrent.futures import FIRST_COMPLETED, Future, wait
        from concurrent.futures.process import BrokenProcessPool

        waiting = deque(range(len(tasks)))
        alone: deque[int] = deque()
        attempts = [0] * len(tasks)
        running: dict[Future[Any], int] = {}
        while waiting or alone or running:
            self._pool = self._pool or self._start(self._count)
            if not alone:
                while waiting and len(running) < 2 * self._count:
                    place = waiting.popleft()
                    running[self._pool.submit(work, tasks[place])] = place
            elif not running:
                place = alone.popleft()
                running[self._pool.submit(work, tasks[place])] = place
            done, _ = wait(running, return_when=FIRST_COMPLETED)
            suspects = []
            for future in done:
                place = running.pop(future)
                try:
                    yield place, future.result()
                except Fatal:
                    raise
                except BrokenProcessPool as error:
                    suspects.append((place, why(error)))
                except Exception as error:
                    attempts[place] += 1
                    if attempts[place] > retries:
                        yield place, Failed(why(error), attempts[place])
                    else:
                        waiting.append(place)
            if suspects:
                suspects += [(place, suspects[0][1]) for place in running.values()]
                running.clear()
                self.close()
                certain = len(suspects) == 1  # it ran alone
                for place, reason in suspects:
                    attempts[place] += certain
                    if attempts[place] > retries:
                        yield place, Failed(f"its process was killed ({reason[:80]})", attempts[place])
                    else:
                        alone.append(place)

    def close(self) -> None:
        """End the processes; what they had begun is left."""
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)
            self._pool = None


def in_order(work: Callable[[Any], Any], tasks: Sequence[Any], workers: int, *, told: str) -> Iterator[Any]:
    """What `work` makes of each task, in their order, in `workers` processes; a result waits until those before it are there.

    Raises `InputError` where a task fails twice; `told` says of which, by its place.
    """
    from analysis.errors import InputError

    crew = Processes(workers)
    ready: dict[int, Any] = {}
    following = 0
    try:
        for place, result in crew.run(work, tasks, retries=1):
            if isinstance(result, Failed):
                raise InputError(f"{told.format(place)}: {result.reason}")
            ready[place] = result
            while following in ready:
                yield ready.pop(following)
                following += 1
    finally:
        crew.close()
