"""Short names behind full ones: حركة التحرير الوطنية «فتح» without the marks.

In goes a `Reading` and its next word, out comes the kind it is taken as.
"""

from __future__ import annotations

from analysis.extract.statements.reading import NISBA, Reading
from analysis.extract.statements.words import Word, titles

_FULL = 3  # words of a movement's name before the short one


def quality(reading: Reading, known: Word, kind: str, at: int) -> str:
    """The kind of a word inside a phrase: an adjective, where it is the short name of the movement whose full name it follows."""
    if kind != "acronym" or known.prefixed or reading.head not in titles("movements"):
        return kind
    full = len(reading.role) >= _FULL and reading.known[at - 1].definite and not reading.comma and not reading.names
    return "adjective" if full and reading.known[at - 1].bare.endswith(NISBA) else kind
