"""Where in a text one of many phrases may begin: where the first word of one stands, behind what may be written on a word.

In go a text's words, out come the offsets at which one of the beginnings stands; a grammar then reads the text there. The offsets
hold every place where a phrase begins, and few others. A spelling is looked into once; then it costs one look into a dictionary.

>>> from analysis.tokens import Tokens
>>> Anchors(["قسد", "التحالف الدولي"], fronts=("", "و")).positions(Tokens("اعلن التحالف والجيش وقسد"))
[5, 21]
"""

from __future__ import annotations

from collections.abc import Iterable

from analysis.tokens import Answers, Tokens, words_of


class Anchors:
    """The beginnings of a set of folded phrases, each of which ends at the end of a word; `fronts` may be written on the first."""

    __slots__ = ("_firsts", "_fronts", "_known")

    def __init__(self, phrases: Iterable[str], fronts: Iterable[str]) -> None:
        self._firsts = words_of(phrases)
        self._fronts = tuple(fronts)
        self._known: Answers[tuple[int, ...]] = Answers(self._within)

    def _within(self, spelled: str) -> tuple[int, ...]:
        """Where in a word a phrase may begin; an underscore parts words, too (#الرقة_قسد)."""
        base = spelled.rfind("_") + 1
        word = spelled[base:]
        return tuple(
            sorted(base + len(front) for front in self._fronts if word.startswith(front) and word[len(front) :] in self._firsts)
        )

    def positions(self, tokens: Tokens) -> list[int]:
        """Every offset of a text at which a phrase begins, in order, and a few at which none does."""
        known, starts, spelled = self._known, tokens.starts, tokens.spelled
        return [starts[at] + within for at in tokens.where(known.of) for within in known.of(spelled[at])]
