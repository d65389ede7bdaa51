"""Names of two parts that the press writes in one word and in two: a single name that is the second half of a known one.

In go the `Registry` of an article and a single name, out comes who is meant: كوف, where the article has the president مارتاكوف.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from analysis.extract.statements.article import WHOLE
from analysis.extract.statements.sources.phrases import Phrase, read_phrase
from analysis.extract.statements.sources.reading import NAMES
from analysis.extract.statements.vocabulary.listed import titles
from analysis.extract.statements.vocabulary.words import word

if TYPE_CHECKING:
    from analysis.extract.statements.article import Article
    from analysis.extract.statements.speakers.registry import Registry, Speaker

_HALF = 3  # letters of the shorter half
_PEOPLE = 64  # people of an article that are compared
_LOOKUPS = 24  # occurrences of a name that are looked at
_TITLE_WORDS = 5  # of the longest title before a name
_REACH = 60  # characters behind a name in which it may go on
_ARTICLE = "ال"


def ending_in(registry: Registry, names: tuple[str, ...]) -> Speaker | None:
    """The one person of whose names a single name is the second half; None where there is none, or more than one."""
    if len(names) != 1 or len(names[0]) < _HALF or names[0][:2] == _ARTICLE or word(names[0]).kind not in NAMES:
        return None
    found = [each for each in registry.people[:_PEOPLE] if any(_halves(full, names[0]) for full in each.names)]
    if found:
        return found[0] if len(found) == 1 else None
    phrase = _titled(registry.article, names[0])
    return registry.learn(phrase) if phrase is not None else None


def _halves(full: str, name: str) -> bool:
    """Whether a name ends in another one, and what stands before that is long enough to be a name and no عبد الـ."""
    first = full.removesuffix(name)
    return (
        len(full) - len(first) == len(name)
        and len(first) >= _HALF
        and not first.endswith(_ARTICLE)
        and first not in titles("fusing")
    )


def _titled(article: Article, name: str) -> Phrase | None:
    """The first phrase in which a title stands before a name in one word whose second half is `name`."""
    folded, words = article.folded, article.words
    at = folded.find(name, 0, WHOLE)
    for _ in range(_LOOKUPS):
        if at < 0:
            return None
        place = words.at(at) - 1
        if place > 0 and words.ends[place] == at + len(name) and _halves(words.known[place].spelled, name):
            for first in range(place - 1, max(-1, place - 1 - _TITLE_WORDS), -1):
                phrase = read_phrase(article, words.starts[first], min(len(folded), words.ends[place] + _REACH), strict=True)
                if phrase and phrase.kind == "person" and phrase.named and phrase.name_start == words.starts[place]:
                    return phrase
        at = folded.find(name, at + len(name), WHOLE)
    return None
