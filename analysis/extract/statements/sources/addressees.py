"""Whom a verb of asking asks, behind من, which is no part of the source before it: طلب وزير المال من البنك أن.

In go an article and the source as it was read, out comes the source without them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from analysis.extract.statements.sources.phrases import Phrase, read_phrase
from analysis.extract.statements.vocabulary.listed import single, titles

if TYPE_CHECKING:
    from analysis.extract.statements.article import Article

_FROM = single("from")
_PLURAL = ("ون", "ات")
_OF_PLACE = frozenset(("place", "common"))


def without_addressee(article: Article, phrase: Phrase) -> Phrase:
    """A source up to the last من in it, unless that tells of whom a number or an unnamed source is (عدد من النواب)."""
    words = article.words
    for at in range(words.at(phrase.end) - 1, words.at(phrase.start), -1):
        if words.known[at].spelled != _FROM or words.starts[at] < phrase.name_end > phrase.name_start:
            continue
        asking = read_phrase(article, phrase.start, words.starts[at])
        if asking is None:
            return phrase
        counted = asking.head in titles("quantities") or asking.head in titles("groups")
        apart = _FROM in article.folded[asking.start : asking.end].split() or (not counted and (asking.named or asking.definite))
        people = asking.kind == "people" and asking.head.endswith(_PLURAL) and words.next(at).kind not in _OF_PLACE
        return asking if (apart or people) and asking.end + 1 == words.starts[at] else phrase
    return phrase
