"""What a body is for, which ل and a verbal noun tell behind its name: الهيئة الوطنية لحماية الآثار.

A verb that asks takes the same as what it asks for (دعت المعارضة لوقف القتال). In go a word in ل and the reach of a verb of asking,
out comes whether the word belongs to the body: what is asked for then stands behind it with a preposition of its own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from analysis.extract.statements.sources.reading import NISBA
from analysis.extract.statements.vocabulary.listed import listed_kind, titles

if TYPE_CHECKING:
    from analysis.extract.statements.article import Article
    from analysis.extract.statements.vocabulary.words import Words

_PURPOSE = 5  # words at most of what a body is for
_ADJECTIVES = 3  # of a body, at most


def is_of_body(article: Article, at: int, limit: int, prepositions: frozenset[str]) -> bool:
    """Whether a verbal noun with ل names the purpose of the body before it: a preposition leads in another noun behind."""
    words = article.words
    if not _behind_body(words, at):
        return False
    for place in range(at + 1, min(at + 1 + _PURPOSE, words.at(limit))):
        known = words.known[place]
        if words.gaps[place] != " " or known.kind == "and" or known.spelled[0] == "و":
            return False  # دعت اللجنة العليا لوقف القتال والعودة إلى التفاوض
        if known.marker == "prep" and known.spelled in prepositions:
            following = words.next(place)
            return place > at + 1 and (following.content or following.that) and not following.definite
    return False


def _behind_body(words: Words, at: int) -> bool:
    """Whether a body that is founded for a purpose and its adjectives stand right before a word."""
    for before in range(at - 1, max(-1, at - 2 - _ADJECTIVES), -1):
        known = words.known[before]
        if words.gaps[before + 1] != " " or not known.definite:
            return False
        if known.bare in titles("founded"):
            return before < at - 1
        if listed_kind(known.bare) != "adjective" and not known.bare.endswith(NISBA):
            return False
    return False
