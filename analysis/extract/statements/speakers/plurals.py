"""Plurals of people in their cases: the heads that point back to the same source (عدد من مربي النحل … المربون).

>>> sorted(family("مربون", plural=True)) == sorted(("مربون", "مربين", "مربو", "مربي"))
True
"""

from __future__ import annotations

from analysis.extract.statements.sources.reading import SOUND_PLURAL
from analysis.extract.statements.vocabulary.listed import titles
from analysis.extract.statements.vocabulary.words import word

_CONSTRUCT, _ARTICLE = ("و", "ي"), "ال"


def family(head: str, *, plural: bool) -> frozenset[str]:
    """Forms of one head that point to the same source: a plural in its cases, its singular and its construct."""
    if head in titles("unnamed"):
        return titles("unnamed")
    if head.endswith(SOUND_PLURAL):
        stem = head[:-2]
    elif plural and head.endswith(_CONSTRUCT):
        stem = head[:-1]
    else:
        return frozenset((head,))
    chiefs = titles("chiefs") if stem in titles("officials") else frozenset()
    return chiefs | {head, *(stem + ending for ending in (*SOUND_PLURAL, *_CONSTRUCT))}


def is_construct(names: tuple[str, ...]) -> bool:
    """Whether two words that no list knows may be a plural in construct and a definite noun: مربو النحل."""
    return len(names) == 2 and names[0][-1] == _CONSTRUCT[0] and names[1][:2] == _ARTICLE and word(names[0]).kind == "bare"


def are_of(head: str, role: frozenset[str], alike: frozenset[str]) -> bool:
    """Whether a source is a number or a group of the people that one of the heads names: عدد من التجار."""
    counted = head in titles("quantities") or head in titles("groups") or head in titles("counts")
    return counted and not alike.isdisjoint(role)
