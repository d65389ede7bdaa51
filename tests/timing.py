"""How long reading takes as texts get longer, told in spite of what else the machine has to do."""

from __future__ import annotations

import time
from collections.abc import Callable
from math import inf

_TRIES = 6


def processor(call: Callable[[], object]) -> float:
    """The seconds of the processor that a call takes."""
    began = time.process_time()
    call()
    return time.process_time() - began


def is_in_step(seconds: Callable[[int], float], small: int, large: int, *, within: float, spare: float = 0.1) -> bool:
    """Whether what takes `seconds(size)` takes `within` times its share at most as the size grows, and `spare` seconds.

    By the least of several tries for each size, for other work only ever adds; one that is out of step stays so in all of them.
    """
    first = second = inf
    for _ in range(_TRIES):
        first, second = min(first, seconds(small)), min(second, seconds(large))
        if second < within * large / small * first + spare:
            return True
    return False
