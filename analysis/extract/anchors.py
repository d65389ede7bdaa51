"""Where in a text one of many phrases may begin: where its first words stand, behind what may be written on a word.

In go a text's words, out come the offsets at which one of the beginnings stands; a grammar then reads the text there. The offsets
hold every place where a phrase begins, and few others. A spelling is looked into once; then it costs one look into a dictionary.

>>> from analysis.tokens import Tokens
>>> anchors = Anchors(["قسد", "التحالف الدولي"], fronts=("", "و"))
>>> anchors.positions(Tokens("اعلن التحالف والجيش وقسد والتحالف الدولي"))
[21, 26]
"""

from __future__ import annotations

from collections.abc import Iterable

from analysis.tokens import Family, Memory, Tokens, seconds_of


class Fronts:
    """What may be written on a word, as proclitics and the article are.

    >>> Fronts(["", "و", "وال"]).behind("والد")
    [0, 1, 3]
    """

    __slots__ = ("_all", "_begun")

    def __init__(self, fronts: Iterable[str]) -> None:
        self._all = frozenset(fronts)
        self._begun = frozenset(front[:size] for front in self._all for size in range(len(front) + 1))

    def __contains__(self, front: str) -> bool:
        return front in self._all

    def behind(self, word: str) -> list[int]:
        """Where in a word the rest of it begins, behind one of them."""
        found: list[int] = []
        for size in range(len(word)):
            front = word[:size]
            if front not in self._begun:
                break
            if front in self._all:
                found.append(size)
        return found


class Anchors:
    """The beginnings of a set of folded phrases, each of which ends at the end of a word; `fronts` may be written on the first."""

    __slots__ = ("_family", "_fronts", "_places", "_seconds")

    def __init__(self, phrases: Iterable[str], fronts: Iterable[str]) -> None:
        self._seconds = seconds_of(phrases)
        self._fronts = Fronts(fronts)
        self._places: Memory[list[tuple[int, frozenset[str]]]] = Memory(self._within)
        self._family = Family(self._within)  # so that only the words with which a phrase may begin are remembered here

    def _within(self, spelled: str) -> list[tuple[int, frozenset[str]]]:
        """Where in a word a phrase may begin, with the words that may follow; an underscore parts words, too (#الرقة_قسد)."""
        base = spelled.rfind("_") + 1
        word, seconds = spelled[base:], self._seconds
        return [(base + size, seconds[word[size:]]) for size in self._fronts.behind(word) if word[size:] in seconds]

    def positions(self, tokens: Tokens) -> list[int]:
        """Every offset of a text at which a phrase begins, in order, and a few at which none does."""
        known, starts, last = tokens.known, tokens.starts, tokens.size - 1
        found: list[int] = []
        for at in tokens.where(self._family):
            for within, seconds in self._places.of(known[at].text):
                if not seconds or (at < last and known[at + 1].text in seconds):
                    found.append(starts[at] + within)
        return found
