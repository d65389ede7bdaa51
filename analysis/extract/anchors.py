"""Where in a folded text one of many phrases may begin: the first four letters of each, looked up for the whole text at once.

In goes a folded text, out come the offsets at which one of the beginnings stands; a grammar then reads the text there. The
offsets hold every place where a phrase begins, and few others. Over a long list of phrases this is several times as fast as
one regular expression.

>>> Anchors(["قسد", "التحالف"]).positions("اعلن التحالف دعم قسد")
[5, 17]
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from itertools import product
from typing import Any

import numpy as np
import numpy.typing as npt

_WIDTH, _BITS = 4, 6
# Letters get a code of their own; digits and Latin letters share some; 0 is anything that no word is made of.
_CODES = np.zeros(0x10000, dtype=np.uint32)
_CODES[0x621:0x64B] = np.arange(1, 43)
for _first, _last in ((0x30, 0x3A), (0x41, 0x5B), (0x61, 0x7B)):
    _CODES[_first:_last] = 43 + np.arange(_last - _first) % 21
# 24 bits would make a table too large for the cache; so much keeps the grams of Arabic apart.
_TABLE = (1 << 20) - 1


@lru_cache(maxsize=1)
def _grams(folded: str) -> npt.NDArray[Any]:
    """The code of the four characters from each offset on; kept for the next family that reads the same text."""
    points = np.frombuffer((folded + "   ").encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    codes = _CODES.take(points, mode="clip")  # the table's last code, no letter, stands for all beyond it
    pairs = codes[:-1] << _BITS
    pairs |= codes[1:]
    grams: npt.NDArray[Any] = pairs[:-2] << 2 * _BITS
    grams |= pairs[2:]
    return _hashed(grams)


def _hashed(grams: npt.NDArray[Any]) -> npt.NDArray[Any]:
    grams ^= grams >> 17
    grams &= _TABLE
    return grams


def _code(letter: str) -> int:
    return int(_CODES[min(ord(letter), 0xFFFF)])


class Anchors:
    """The beginnings of a set of folded phrases, each of which ends at the end of a word."""

    __slots__ = ("_known",)

    def __init__(self, phrases: Iterable[str]) -> None:
        self._known = np.zeros(_TABLE + 1, dtype=bool)
        for phrase in phrases:
            word, _, rest = phrase.partition(" ")
            codes: list[Iterable[int]] = [[_code(letter)] for letter in word[:_WIDTH]]
            # A shorter word is followed by no letter, then by more of that or the next word's letters; the last one by anything.
            follow = {0, *map(_code, rest[:_WIDTH])} if rest else range(1 << _BITS)
            codes += [[0], *[follow] * _WIDTH]
            grams = [sum(code << _BITS * (_WIDTH - 1 - at) for at, code in enumerate(gram)) for gram in product(*codes[:_WIDTH])]
            self._known[_hashed(np.array(grams, dtype=np.uint32))] = True

    def positions(self, folded: str) -> list[int]:
        """Every offset of `folded` at which a phrase begins, in order, and a few at which none does."""
        found: list[int] = np.flatnonzero(self._known.take(_grams(folded))).tolist()
        return found
