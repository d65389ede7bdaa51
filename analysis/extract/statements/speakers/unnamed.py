"""Sources without a name that only point back to one: المصادر المطلعة, or مصدر الصحيفة in the medium to which it spoke.

In goes the phrase of an unnamed source, out comes whether its other words tell nothing of who it is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from analysis.extract.statements.vocabulary.listed import listed_kind, titles

if TYPE_CHECKING:
    from analysis.extract.statements.sources.phrases import Phrase

_MEDIA = frozenset(("media", "media_name"))


def is_any_source(phrase: Phrase, *, with_article: bool) -> bool:
    """Whether what describes an unnamed source is said of any of them, or is the medium to which it spoke."""
    told = phrase.role - {phrase.head}
    if with_article:
        return told <= titles("well_informed")
    return len(told) == 1 and all(listed_kind(each) in _MEDIA or each in titles("hearers") for each in told)
