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
from collections.abc import Callable, Iterable
from typing import Any, TypeVar

Answer = TypeVar("Answer")

_CUT = re.compile(r"(\w+)").split
_KEPT = 100_000  # pieces, or spellings, that are remembered
_LONGEST = 60  # letters of such a piece; longer ones do not come twice


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


class _Piece:
    """What stands between two spaces or line ends: a word `alone`, or `words` with the `marks` before each and after the last."""

    __slots__ = ("alone", "marks", "words")

    def __init__(self, text: str) -> None:
        cut: list[str] = _CUT(text)
        self.marks = cut[::2]
        self.words = [_SPELLINGS[each] for each in cut[1::2]]
        self.alone = self.words[0] if len(cut) == 3 and not cut[0] and not cut[2] else None


_PIECES: Memory[_Piece] = Memory(_Piece)


class Tokens:
    """The words of a text: `known[i]` is `text[starts[i]:ends[i]]`, `gaps[i]` what stands before it.

    A word is a run of letters, digits and underscores. `gaps` has one more, what stands after the last word; `starts` one more,
    the text's length; `marked` has the numbers of the gaps that are more than a space. A text that has the same words at the same
    places as one cut before, some spelled otherwise, is given with what that is `like`. Time: linear in the text; most of it is
    one look into a dictionary for each stretch between spaces.
    """

    __slots__ = ("ends", "gaps", "known", "marked", "size", "starts")
    ends: list[int]
    gaps: list[str]
    known: list[Spelling]
    marked: list[int]
    size: int
    starts: list[int]

    def __init__(self, folded: str, like: Tokens | None = None) -> None:
        if like is not None:
            self.starts, self.ends, self.gaps, self.marked, self.size = like.starts, like.ends, like.gaps, like.marked, like.size
            self.known = [_SPELLINGS[folded[like.starts[at] : like.ends[at]]] for at in range(like.size)]
            return
        known: list[Spelling] = []
        starts: list[int] = []
        ends: list[int] = []
        gaps: list[str] = []
        marked: list[int] = []
        gap, between, at = "", "", 0
        for line in folded.split("\n"):  # so that no piece holds a line's end, for such hardly come twice
            for piece in map(_PIECES.of, line.split(" ")):
                if gap:
                    gap += between
                else:
                    gap = between
                at += len(between)
                between = " "
                word = piece.alone
                if word is not None:  # by far the most
                    if gap != " ":
                        marked.append(len(gaps))
                    known.append(word)
                    gaps.append(gap)
                    starts.append(at)
                    at += word.size
                    ends.append(at)
                    gap = ""
                    continue
                gap += piece.marks[0]
                at += len(piece.marks[0])
                for number, word in enumerate(piece.words):
                    if gap != " ":
                        marked.append(len(gaps))
                    known.append(word)
                    gaps.append(gap)
                    starts.append(at)
                    at += word.size
                    ends.append(at)
                    gap = piece.marks[number + 1]
                    at += len(gap)
            between = "\n"
        marked.append(len(gaps))
        gaps.append(gap)
        starts.append(len(folded))
        self.known, self.starts, self.ends, self.gaps, self.marked, self.size = known, starts, ends, gaps, marked, len(known)

    def where(self, family: Family) -> list[int]:
        """The numbers of the words at which something that a family reads may begin."""
        found, bit = [], family.bit
        for at, known in enumerate(self.known):
            if not known.asked & bit:
                family.tell(known)
            if known.said & bit:
                found.append(at)
        return found

    def gaps_where(self, asked: Memory[Any]) -> list[tuple[int, int]]:
        """The spans of the gaps, of those that are more than a space, to which the answer is yes.

        >>> Tokens("قال: نعم.").gaps_where(Memory(re.compile("[.]").search))
        [(8, 9)]
        """
        starts, ends, gaps, answer = self.starts, self.ends, self.gaps, asked.of
        return [(ends[at - 1] if at else 0, starts[at]) for at in self.marked if answer(gaps[at])]


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


def words_of(phrases: Iterable[str]) -> frozenset[str]:
    """The first words of folded phrases, as `Tokens` cuts them.

    >>> sorted(words_of(["في المئة", "«قسد»"]))
    ['في', 'قسد']
    """
    return frozenset(cut[1] for cut in map(_CUT, phrases) if len(cut) > 1)
