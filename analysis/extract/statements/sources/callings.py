"""Callings and names that the lists do not tell apart.

So a calling that no list has is an unknown noun in construct before the name of who bears it (حائكة السجاد الإيرانية شيرين كاظمي),
an office is a body's name too (المحافظة لينا غريب) or a given name (أمين العريض). In go a `Reading` and its next word, out comes
what that is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from analysis.extract.statements.sources.reading import CLOSED, NAMES, NISBA
from analysis.extract.statements.vocabulary.listed import is_office, listed_kind

if TYPE_CHECKING:
    from analysis.extract.statements.sources.reading import Reading
    from analysis.extract.statements.vocabulary.words import Word

_LONGEST = 4  # words of a calling with what describes it
_GIVEN = frozenset(("given", "compound"))


def unlisted(reading: Reading) -> bool:
    """Whether what was read as a name is an unknown noun with a definite one behind it, as a calling is and hardly a name."""
    if reading.head_kind != "bare" or reading.strict or reading.quoted or reading.names < CLOSED:
        return False
    owner = reading.known[reading.words.at(reading.name_start) + 1]
    return owner.kind == "definite" and not owner.prefixed and "divine" not in owner.lists


def calling(reading: Reading, known: Word, kind: str, at: int) -> bool:
    """Take a word behind an unknown noun and a definite one that are no name, as a name or a nisba before one follows them."""
    if not unlisted(reading) or known.prefixed:
        return False
    first = reading.words.at(reading.name_start)
    if at - first > _LONGEST or (reading.comma and kind not in _GIVEN):
        return False
    following = reading.following(at)
    named = following is not None and following.kind in NAMES and not following.prefixed
    if kind == "definite" and known.bare.endswith(NISBA) and named:
        reading.name_end = reading.ends[at]
        return True
    if kind not in _GIVEN and not (kind == "bare" and named):
        return False
    reading.role = [each.bare for each in reading.known[first:at]]
    reading.head_kind, reading.construct, reading.open = "role", True, kind == "compound"
    reading.segment, reading.names = "name", 1
    reading.name_start, reading.name_end = reading.starts[at], reading.ends[at]
    return True


def is_specified(elative: Word, known: Word | None) -> bool:
    """Whether an accusative behind an elative says in what it is more than others: الأوفر حظاً."""
    if not elative.definite or elative.prefixed or len(elative.bare) != _ELATIVE or elative.bare[0] != "ا" or known is None:
        return False
    return known.kind in _NOUNS and known.spelled[-1] == "ا" and not (known.readings or known.definite)


_ELATIVE, _NOUNS = 4, frozenset(("bare", "content"))


def recurring_name(reading: Reading, known: Word, at: int) -> bool:
    """Whether a given name that is also an office stands before a surname that the text has further on too."""
    following = reading.following(at)
    if known.definite or reading.names or following is None or following.kind != "definite" or following.prefixed:
        return False
    return reading.folded.find(following.spelled, reading.ends[at + 1], reading.ends[at + 1] + _RECURS) >= 0


_RECURS = 3_000  # characters behind a name in which its surname recurs


def another(known: Word) -> bool:
    """Whether a word joins another person's given name: سامي حداد وسوزان بيطار."""
    return known.kind == "bare" and known.spelled[0] == _AND and listed_kind(known.spelled[1:]) == "given"


def is_woman(head: Word, following: Word | None) -> bool:
    """Whether a body before a given name is the feminine of an office: المحافظة لينا غريب، المعارضة هدى نجم."""
    if head.kind != "body" or not head.definite or following is None or following.kind not in _GIVEN:
        return False
    return head.bare[-1] == _FEMININE and is_office(head.bare[:-1]) and not following.prefixed


_AND, _FEMININE = "و", "ه"
