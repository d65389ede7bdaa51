"""Words that describe the noun before them though their lists say otherwise: مصدر مطلع، وكالة … شبه الرسمية، حركة … «حماس».

In goes a `Reading` and its next word, out comes the kind it is taken as.
"""

from __future__ import annotations

from analysis.extract.statements.reading import NISBA, Reading
from analysis.extract.statements.words import Word, single, titles

_SEMI = single("semi")
_DESCRIBED = frozenset(("anonymous", "role", "people", "document"))
_FULL = 3  # words of a movement's name before the short one


def quality(reading: Reading, known: Word, kind: str, at: int) -> str:
    """The kind of a word inside a phrase: an adjective where it describes the head or is a body's short name."""
    if kind == "adverb":
        return "adjective" if _describes(reading, known, at) else kind
    if known.spelled == _SEMI:
        following = reading.following(at)
        described = following is not None and following.definite and following.bare in titles("adjectives")
        return "adjective" if described and not reading.comma else kind
    if kind == "acronym" and not known.prefixed and reading.head in titles("movements"):
        full = len(reading.role) >= _FULL and reading.known[at - 1].definite and not reading.comma and not reading.names
        return "adjective" if full and reading.known[at - 1].bare.endswith(NISBA) else kind
    return kind


def _describes(reading: Reading, known: Word, at: int) -> bool:
    """Whether an adverb that is an adjective too describes an indefinite head right before it: مصدر مطلع, but مصدر مطلع الأسبوع."""
    if reading.definite or reading.comma or len(reading.role) > 1 or known.spelled not in titles("adjectives"):
        return False
    following = reading.following(at)
    return reading.head_kind in _DESCRIBED and not (following is not None and following.kind == "adverb")
