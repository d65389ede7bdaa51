"""Words that join the parts of a noun phrase and are no part of its role: متعهد يدعى فلان، وكالة الأنباء شبه الرسمية.

In go a `Reading` and the number of its next word, out comes whether the word joins what follows to the phrase.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from analysis.extract.statements.sources.reading import NAMES, NISBA, PERSON, Reading
from analysis.extract.statements.vocabulary.listed import titles

if TYPE_CHECKING:
    from analysis.extract.statements.vocabulary.words import Word


def is_semi(reading: Reading, at: int) -> bool:
    """Whether شبه stands before an adjective of the phrase: الصحيفة شبه الرسمية، مصدر شبه رسمي."""
    following = reading.following(at)
    if following is None or reading.comma or following.prefixed:
        return False
    adjective = following.kind == "adjective" or following.bare in titles("adjectives") or following.bare.endswith(NISBA)
    return adjective and following.kind != "place" and not following.content


def honours_another(reading: Reading, at: int) -> bool:
    """Whether courtesies behind a lesser title are a head of state's, whom its bearer asks: دعا ناطق الحزب فخامة الرئيس فلاناً."""
    following = reading.following(at)
    if following is None or following.bare not in titles("heads_of_state") or following.bare in titles("princes"):
        return False
    return reading.head_kind in PERSON and reading.head not in titles("sovereign")


def called(reading: Reading, known: Word, at: int) -> bool:
    """Take هو، يدعى and the like into the phrase if a name follows, which then is the phrase's."""
    following = reading.following(at)
    if reading.definite or following is None or following.kind not in NAMES:
        return False
    if "is_called" in known.lists:
        if not reading.comma or reading.names > 1:
            return False
    elif reading.names or reading.comma:
        return False
    reading.names, reading.comma, reading.open = 0, False, False
    reading.segment = reading.head_kind = "role"
    reading.end = reading.ends[at]
    return True
