"""Folding and cutting by tables of characters: the two walks over every letter of every text, by themselves.

There are two of this module: this one, with numpy, and `cutting.c` beside it, which `python -m analysis compile` builds and which
takes this one's place where it was built. The answers are the same, and the tests hold the two to that; the C is four times as
fast. What is part of a word and what folds to what is decided where the tables are made, in `tokens` and `text`.

>>> table = np.arange(BEYOND, dtype=np.uint16)
>>> table[ord("أ")], table[ord("ـ")] = ord("ا"), GONE
>>> fold("أـمس", table.tobytes())
('امس', [1], [0, 1])
>>> inside = np.zeros(BEYOND, dtype=bool)
>>> inside[ord("ء") : ord("ي") + 1] = True
>>> Cutter(len, inside.tobytes()).cut("قال: نعم")
([0, 5, 8], [3, 8], [3, 3], ['', ': ', ''], [0, 1, 2])
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

import numpy as np

BEYOND: Final = 0xD800  # characters from here on are in no table: surrogates, forms of letters, emoji and all that is rare
GONE: Final = 0xFFFF  # in the table of `fold`: the character is left out
_SPACE: Final = ord(" ")

Points = np.ndarray[Any, np.dtype[np.unsignedinteger[Any]]]


def points_of(text: str) -> Points:
    """The characters of a text as an array: two bytes each, but four where any is `BEYOND`.

    >>> points_of("قال").tolist(), points_of("😀").itemsize
    ([1602, 1575, 1604], 4)
    """
    points = np.frombuffer(text.encode("utf-16-le", "surrogatepass"), dtype=np.uint16)
    if points.max(initial=0) < BEYOND:
        return points
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)


def text_of(points: Points) -> str:
    """The text of an array of characters.

    >>> text_of(points_of("قال"))
    'قال'
    """
    return points.tobytes().decode("utf-16-le" if points.itemsize == 2 else "utf-32-le", "surrogatepass")


def fold(text: str, table: bytes) -> tuple[str, list[int], list[int]] | None:
    """The folded text with its cuts and shifts, as `text.Folded` takes them; None where a character is beyond the table.

    `table` has two bytes for each character: what it becomes, or `GONE` where it is left out.
    """
    points = points_of(text)
    if points.itemsize > 2:
        return None
    folded: Points = np.frombuffer(table, dtype=np.uint16).take(points, mode="clip")
    gone = folded == GONE
    places: list[int] = np.flatnonzero(gone).tolist()
    if not places:
        return text_of(folded), [], [0]
    cuts: list[int] = []
    shifts, left_out, after = [0], 0, 0
    for at in places:
        if cuts and at == after:  # more of the same run
            shifts[-1] = left_out = left_out + 1
        else:
            cuts.append(at - left_out)
            left_out += 1
            shifts.append(left_out)
        after = at + 1
    return text_of(folded[~gone]), cuts, shifts


class Cutter:
    """Cuts folded texts into words, and says of each what `ask` says of its spelling.

    `inside` has a byte for each character, whether it is part of a word; one that is beyond it is if it is a letter or a digit.
    """

    def __init__(self, ask: Callable[[str], Any], inside: bytes) -> None:
        self._ask = ask
        self._inside = np.frombuffer(inside, dtype=bool)

    def cut(self, folded: str) -> tuple[list[int], list[int], list[Any], list[str], list[int]]:
        """The lists `starts`, `ends`, `known`, `gaps` and `marked` of a text, as `tokens.Tokens` has them."""
        points = points_of(folded)
        within = np.zeros(len(points) + 2, dtype=bool)
        inner = within[1:-1]
        self._inside.take(points, mode="clip", out=inner)
        if points.itemsize > 2:
            for at in np.flatnonzero(points >= BEYOND).tolist():
                within[at + 1] = folded[at].isalnum()
        edges = np.flatnonzero(within[1:] != within[:-1])
        first, last = edges[::2], edges[1::2]
        starts, ends, size = first.tolist(), last.tolist(), len(first)
        starts.append(len(folded))
        # Words are cut out of the text with zeros for all else, in one go.
        words = text_of(points * inner).split("\0")
        known = list(map(self._ask, filter(None, words)))
        spaced = points[last[:-1]] == _SPACE
        spaced &= first[1:] - last[:-1] == 1
        marked = [0, *(np.flatnonzero(~spaced) + 1).tolist()]
        if size:
            marked.append(size)
        gaps = [" "] * (size + 1)
        for at in marked:
            gaps[at] = folded[ends[at - 1] if at else 0 : starts[at]]
        return starts, ends, known, gaps, marked
