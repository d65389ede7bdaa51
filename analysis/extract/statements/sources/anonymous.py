"""How a source without a name goes on: its adjectives, also those that are spelled like other words, and what it does not take.

مصدر مطلع، مصدر مسؤول; كشف مصدر وجود خلافات: what is reported is no part of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from analysis.extract.statements.vocabulary.listed import is_office, titles

if TYPE_CHECKING:
    from analysis.extract.statements.sources.reading import Reading
    from analysis.extract.statements.vocabulary.words import Word


def read_as(reading: Reading, known: Word) -> str:
    """As what a word behind the head of a source without a name is read; empty where it is no part of the source."""
    if reading.comma or reading.definite or is_office(reading.head):
        return known.kind
    if known.kind in _SPELLED_ALIKE and known.spelled in titles("adjectives"):
        return "adjective"
    if known.kind == "anonymous" and not known.definite and is_office(known.bare):
        return "adjective"  # مصدر مسؤول
    return "" if known.content and "contents" in known.lists and not known.definite else known.kind


_SPELLED_ALIKE = frozenset(("adverb", "verb"))  # مطلع, which is also when a month begins
