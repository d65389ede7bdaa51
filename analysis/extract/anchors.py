"""Where in a text one of many phrases may begin: where the first word of one stands, behind what may be written on a word.

In go a text's words, out come the offsets at which one of the beginnings stands; a grammar then reads the text there. The offsets
hold every place where a phrase begins, and few others. A spelling is looked into once; then it costs one look into a dictionary.

>>> from analysis.tokens import Tokens
>>> Anchors(["قسد", "التحالف الدولي"], fronts=("", "و")).positions(Tokens("اعلن التحالف والجيش وقسد"))
[5, 21]
"""

from __future__ import annotations

from collections.abc import Iterable

from analysis.tokens import Family, Tokens, words_of

_KEPT = 20_000  # words


class Anchors:
    """The beginnings of a set of folded phrases, each of which ends at the end of a word; `fronts` may be written on the first."""

    __slots__ = ("_family", "_firsts", "_fronts", "_places")

    def __init__(self, phrases: Iterable[str], fronts: Iterable[str]) -> None:
        self._firsts = words_of(phrases)
        self._fronts = tuple(fronts)
        self._family = Family(self._within)
        self._places: dict[str, list[int]] = {}  # what `_within` said of the words with which a phrase begins

    def _within(self, spelled: str) -> list[int]:
        """Where in a word a phrase may begin; an underscore parts words, too (#الرقة_قسد)."""
        base = spelled.rfind("_") + 1
        word = spelled[base:]
        return sorted(base + len(front) for front in self._fronts if word.startswith(front) and word[len(front) :] in self._firsts)

    def positions(self, tokens: Tokens) -> list[int]:
        """Every offset of a text at which a phrase begins, in order, and a few at which none does."""
        found: list[int] = []
        for at in tokens.where(self._family):
            spelled, start = tokens.known[at].text, tokens.starts[at]
            places = self._places.get(spelled)
            if places is None:
                if len(self._places) >= _KEPT:
                    self._places.clear()
                places = self._places[spelled] = self._within(spelled)
            found += [start + within for within in places]
        return found
