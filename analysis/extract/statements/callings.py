"""Who bears a calling that no list has: an unknown noun in construct before a name, حائكة السجاد الإيرانية شيرين كاظمي.

In go a `Reading` that took the two for a name of somebody, and its next word; out comes whether that goes on with the calling
or begins the name of who bears it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from analysis.extract.statements.reading import CLOSED, NAMES, NISBA

if TYPE_CHECKING:
    from analysis.extract.statements.reading import Reading
    from analysis.extract.statements.words import Word

_LONGEST = 4  # words of a calling with what describes it
_GIVEN = frozenset(("given", "compound"))


def calling(reading: Reading, known: Word, kind: str, at: int) -> bool:
    """Take a word behind an unknown noun and a definite one that are no name, as a name or a nisba before one follows them."""
    if reading.head_kind != "bare" or reading.strict or reading.quoted or reading.comma or reading.names < CLOSED:
        return False
    first = reading.words.at(reading.name_start)
    owner = reading.known[first + 1]
    if at - first > _LONGEST or owner.kind != "definite" or owner.prefixed or "divine" in owner.lists or known.prefixed:
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
