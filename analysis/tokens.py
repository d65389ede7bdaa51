"""A folded text cut into words, once for all that read it.

In goes a folded text, out come its words by number: where each starts and ends, how it is spelled, and what stands before it.
Each family of readers then asks of every spelling whether anything of its own may begin there. Spellings recur, so each is asked
about once, the answer is a bit, and only where that is set is the text itself looked at.

>>> tokens = Tokens("قال: نعم، 3-4")
>>> [known.text for known in tokens.known], tokens.gaps
(['قال', 'نعم', '3', '4'], ['', ': ', '، ', '-', ''])
>>> tokens.starts, tokens.ends
([0, 5, 10, 12, 13], [3, 8, 11, 13])
>>> tokens.where(Family(str.isdigit))
[2, 3]
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable
from typing import Final, TypeVar

import numpy as np

from analysis.cutting import BEYOND, Cutter

Answer = TypeVar("Answer")

_WORD = re.compile(r"\w+")
_KEPT = 100_000  # spellings, or gaps, that are remembered
_LONGEST: Final = 60  # letters of such a spelling; longer ones do not come twice

_IS_WORD = np.zeros(BEYOND, dtype=bool)  # whether a character is part of a word
for _run in _WORD.finditer("".join(map(chr, range(BEYOND)))):
    _IS_WORD[_run.start() : _run.end()] = True


class Spelling:
    """One word as it is spelled, with what the families of readers say of it: bits of `asked` and, of these, of `said`."""

    __slots__ = ("asked", "said", "size", "text", "word")

    def __init__(self, text: str) -> None:
        self.text = text
        self.size = len(text)
        self.asked = 0
        self.said = 0
        self.word: object = None  # what the readers of statements know of it


class Memory(dict[str, Answer]):
    """What is said of a spelling or a gap, asked once: `of(text)`; all is forgotten when there is too much.

    >>> Memory(len).of("كتب")
    3
    """

    def __init__(self, ask: Callable[[str], Answer]) -> None:
        super().__init__()
        self._ask = ask
        self.of: Callable[[str], Answer] = self.__getitem__

    def __missing__(self, text: str) -> Answer:
        found = self._ask(text)
        if len(text) <= _LONGEST:
            if len(self) >= _KEPT:
                self.clear()
            self[text] = found
        return found


_SPELLINGS: Memory[Spelling] = Memory(Spelling)
_CUTTER: Final = Cutter(_SPELLINGS.of, _IS_WORD.tobytes())


class Tokens:
    """The words of a text: `known[i]` is `text[starts[i]:ends[i]]`, `gaps[i]` what stands before it.

    A word is a run of letters, digits and underscores. `gaps` has one more, what stands after the last word; `starts` one more,
    the text's length; `marked` has the numbers of the gaps that are more than a space, and of the first and the last. A text that
    has the same words at the same places as one cut before, but for those that hold an offset of `places`, is given with what it is
    `like`. Time: linear in the text.
    """

    __slots__ = ("_asked", "_said", "_told", "ends", "gaps", "known", "marked", "size", "starts")
    ends: list[int]
    gaps: list[str]
    known: list[Spelling]
    marked: list[int]
    size: int
    starts: list[int]
    _asked: int  # bits of the families that all words were asked for
    _said: list[int]  # the numbers of the words at which any of them may begin
    _told: list[int]  # the bits of those that may

    def __init__(self, folded: str, like: Tokens | None = None, places: Iterable[int] = ()) -> None:
        self._asked, self._said, self._told = 0, [], []
        if like is not None:
            self.starts, self.ends, self.gaps, self.marked, self.size = like.starts, like.ends, like.gaps, like.marked, like.size
            self.known = like.known.copy()
            for place in places:
                number = bisect_right(self.starts, place, 0, self.size) - 1
                self.known[number] = _SPELLINGS[folded[self.starts[number] : self.ends[number]]]
            return
        self.starts, self.ends, self.known, self.gaps, self.marked = _CUTTER.cut(folded)
        self.size = len(self.ends)

    def where(self, family: Family) -> list[int]:
        """The numbers of the words at which something that a family reads may begin."""
        bit = family.bit
        if not self._asked & bit:
            self._ask()
        said, told = self._said, self._told
        return [said[place] for place in range(len(told)) if told[place] & bit]

    def _ask(self) -> None:
        """Ask of every word what the families say of it, all that there are so far: one walk for all."""
        every = (1 << len(_families)) - 1
        said: list[int] = []
        told: list[int] = []
        for at, known in enumerate(self.known):
            if known.asked != every:
                for family in _families:
                    if not known.asked & family.bit:
                        family.tell(known)
            if known.said:
                said.append(at)
                told.append(known.said)
        self._asked, self._said, self._told = every, said, told

    def gaps_with(self, asked: Memory[Answer]) -> list[tuple[int, Answer]]:
        """Where the gaps start, of those that are more than a space, of which something is said, and what.

        >>> Tokens("قال: نعم.").gaps_with(Memory(re.compile("[.]").findall))
        [(8, ['.'])]
        """
        ends, gaps, answer = self.ends, self.gaps, asked.of
        found: list[tuple[int, Answer]] = []
        for at in self.marked:
            said = answer(gaps[at])
            if said:
                found.append((ends[at - 1] if at else 0, said))
        return found


_families: list[Family] = []  # each has a bit of its own


class Family:
    """A family of readers: `begins` says whether something that it reads may begin with a spelling."""

    __slots__ = ("_begins", "bit")

    def __init__(self, begins: Callable[[str], object]) -> None:
        self._begins = begins
        self.bit = 1 << len(_families)
        _families.append(self)

    def tell(self, known: Spelling) -> None:
        """Ask about a spelling and note the answer in it."""
        if self._begins(known.text):
            known.said |= self.bit
        known.asked |= self.bit


def words_in(phrase: str) -> list[str]:
    """The words of a folded phrase, as `Tokens` cuts them.

    >>> words_in("«قسد» في المئة")
    ['قسد', 'في', 'المئة']
    """
    return _WORD.findall(phrase)


def seconds_of(phrases: Iterable[str]) -> dict[str, frozenset[str]]:
    """For each first word of folded phrases those that may follow it; none where it is a phrase by itself.

    >>> seconds_of(["قسد", "في المئة"])["في"], seconds_of(["في", "في المئة"])["في"]
    (frozenset({'المئة'}), frozenset())
    """
    found: dict[str, set[str]] = {}
    alone: set[str] = set()
    for words in map(words_in, phrases):
        if len(words) > 1:
            found.setdefault(words[0], set()).add(words[1])
        else:
            alone.update(words)
    return {first: frozenset(() if first in alone else found[first]) for first in [*found, *alone]}
