"""Two who speak together: whom a source joins to its person (الرئيس فلان ونظيره التركي فلان، الوزير فلان والسفير فلان).

In goes an article with the phrase of a source, out comes the phrase of the second person or None.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from analysis.extract.statements.sources.phrases import Phrase, read_phrase
from analysis.extract.statements.vocabulary.listed import listed_kind, titles
from analysis.extract.statements.vocabulary.words import Word, word

if TYPE_CHECKING:
    from analysis.extract.statements.article import Article

_PERSONS = frozenset(("person", "name"))
_AND = "و"
_COUNTERPARTS = titles("counterparts")


def partner_of(article: Article, phrase: Phrase | None, limit: int) -> Phrase | None:
    """The named person whom و joins to the one that a phrase names, right behind the name or behind its titles."""
    if phrase is None or not phrase.named or phrase.kind not in _PERSONS:
        return None
    for end in (phrase.name_end, phrase.end):
        words = article.words
        at = words.at(end)
        if at >= words.size or words.starts[at] >= limit or not _joins(words.known[at], words.gaps[at]):
            continue
        second = read_phrase(article, words.starts[at] + 1, limit)
        if second is not None and second.named and second.kind in _PERSONS:
            return second
    return None


def with_partner(article: Article, phrase: Phrase, limit: int) -> Phrase:
    """The phrase of a source with the second person who speaks."""
    partner = partner_of(article, phrase, limit)
    return phrase.but(end=partner.end) if partner is not None and partner.end > phrase.end else phrase


def _joins(known: Word, gap: str) -> bool:
    """Whether a word begins the second person: و with a counterpart, a definite title or a given name on it."""
    spelled = known.spelled
    if spelled[0] != _AND or len(spelled) < _SHORTEST or (listed_kind(spelled) and known.kind != "and"):
        return False
    rest = word(spelled[1:])
    if rest.spelled in _COUNTERPARTS:
        return gap.strip() in _APART
    titled = rest.kind in {"rank", "role"} and rest.definite and not rest.prefixed
    return (titled and gap.strip() in _APART) or (gap == " " and rest.kind == "given")


_APART, _SHORTEST = frozenset(("", "،", ",")), 4
