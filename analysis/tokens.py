"""A folded text cut into words, once for all that read it.

In goes a folded text, out come its words by number: where each starts and ends, how it is spelled, and what stands before it.
Each family of readers then asks of every spelling whether anything of its own may begin there. Spellings recur, so it asks a
dictionary, and only where the answer is yes does it look at the text itself.

>>> tokens = Tokens("قال: نعم، 3-4")
>>> tokens.spelled, tokens.gaps
(['قال', 'نعم', '3', '4'], ['', ': ', '، ', '-', ''])
>>> tokens.starts, tokens.ends
([0, 5, 10, 12, 13], [3, 8, 11, 13])
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from itertools import compress
from typing import TypeVar

Answer = TypeVar("Answer")

_CUT = re.compile(r"(\w+)").split
_KEPT = 100_000  # pieces, or spellings, that are remembered
_LONGEST = 60  # letters of such a piece; longer ones do not come twice


class _Pieces(dict[str, list[str]]):
    """What stands between two spaces, cut: a word alone; or marks and nothing else (the second is empty); or marks, word, marks, …

    Those met so far are remembered.
    """

    def __missing__(self, piece: str) -> list[str]:
        cut: list[str] = _CUT(piece)
        if len(cut) == 3 and not cut[0] and not cut[2]:
            cut = [piece]
        elif len(cut) == 1:
            cut = [piece, ""]
        if len(piece) <= _LONGEST and "\n" not in piece:
            if len(self) >= _KEPT:
                self.clear()
            self[piece] = cut
        return cut


_PIECES = _Pieces()


class Tokens:
    """The words of a text: `spelled[i]` is `text[starts[i]:ends[i]]`, `gaps[i]` what stands before it.

    A word is a run of letters, digits and underscores. A text that has the same words at the same places as one cut before, some
    spelled otherwise, is given with what that is `like`. `gaps` has one more, what stands after the last word; `starts` one more,
    the text's length. Time: linear in the text; most of it is one look into a dictionary for each stretch between spaces.
    """

    __slots__ = ("ends", "gaps", "size", "spelled", "starts")
    ends: list[int]
    gaps: list[str]
    size: int
    spelled: list[str]
    starts: list[int]

    def __init__(self, folded: str, like: Tokens | None = None) -> None:
        if like is not None:
            self.starts, self.ends, self.gaps, self.size = like.starts, like.ends, like.gaps, like.size
            self.spelled = [folded[start:end] for start, end in zip(like.starts, like.ends, strict=False)]
            return
        spelled: list[str] = []
        starts: list[int] = []
        ends: list[int] = []
        gaps: list[str] = []
        gap, at = "", 0
        for cut in map(_PIECES.__getitem__, folded.split(" ")):
            if len(cut) == 1:  # by far the most
                word = cut[0]
                spelled.append(word)
                gaps.append(gap)
                starts.append(at)
                at += len(word)
                ends.append(at)
                gap = " "
            elif len(cut) == 2:
                gap += cut[0] + " "
                at += len(cut[0])
            else:
                is_word = False
                for part in cut:
                    if is_word:
                        spelled.append(part)
                        gaps.append(gap)
                        starts.append(at)
                        at += len(part)
                        ends.append(at)
                        gap = ""
                    else:
                        gap += part
                        at += len(part)
                    is_word = not is_word
                gap += " "
            at += 1
        gaps.append(gap[:-1])  # the last piece has no space behind it
        starts.append(len(folded))
        self.spelled, self.starts, self.ends, self.gaps, self.size = spelled, starts, ends, gaps, len(spelled)

    def at(self, offset: int) -> int:
        """The number of the first word that starts at an offset or after it."""
        return bisect_left(self.starts, offset, 0, self.size)

    def gaps_where(self, answer: Callable[[str], object]) -> Iterator[tuple[int, int]]:
        """The spans of the gaps of which `answer` says yes, in order.

        >>> list(Tokens("قال: نعم.").gaps_where(frozenset((": ", ".")).__contains__))
        [(3, 5), (8, 9)]
        """
        starts, ends = self.starts, self.ends
        for at in compress(range(self.size + 1), map(answer, self.gaps)):
            yield ends[at - 1] if at else 0, starts[at]

    def where(self, answer: Callable[[str], object]) -> list[int]:
        """The numbers of the words of whose spelling `answer` says yes: `Answers.of`, a set's or a dictionary's own look-up.

        >>> Tokens("ثلاثة كتب").where(frozenset(("كتب",)).__contains__)
        [1]
        """
        return list(compress(range(self.size), map(answer, self.spelled)))


class Answers(dict[str, Answer]):
    """What a family of readers says of a spelling, remembered: `of(spelling)`.

    >>> long = Answers(lambda spelling: len(spelling) > 3)
    >>> long.of("كتب"), long.of("كتاب")
    (False, True)
    """

    def __init__(self, ask: Callable[[str], Answer]) -> None:
        super().__init__()
        self._ask = ask
        self.of: Callable[[str], Answer] = self.__getitem__

    def __missing__(self, spelling: str) -> Answer:
        found = self._ask(spelling)
        if len(spelling) <= _LONGEST:
            if len(self) >= _KEPT:
                self.clear()
            self[spelling] = found
        return found


def words_of(phrases: Iterable[str]) -> frozenset[str]:
    """The first words of folded phrases, as `Tokens` cuts them.

    >>> sorted(words_of(["في المئة", "«قسد»"]))
    ['في', 'قسد']
    """
    return frozenset(cut[1] for cut in map(_CUT, phrases) if len(cut) > 1)
