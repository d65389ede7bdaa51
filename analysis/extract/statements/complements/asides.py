"""Asides between commas behind a source: what it does meanwhile, whom it quotes, why it has no name, what it is, where it sits.

So وهو يشير إلى خريطة، نقلاً عن ضباط، فضّل عدم الكشف عن هويته، الذي يملك ثلث المقاعد. In goes an article and the number of a
word, out comes where the aside ends that it opens.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from analysis.extract.statements.article import Article

_LONGEST = 140  # characters of an aside
_COMMAS = frozenset("،,")
_OPENS = frozenset(("keeps_name_back", "and_pronouns", "passing_on", "seats"))


def opens_aside(article: Article, at: int) -> bool:
    """Whether a word behind a comma opens an aside that has no part in what is said."""
    words = article.words
    known = words.known[at]
    if words.gaps[at][:1] not in _COMMAS or known.lists.isdisjoint(_OPENS):
        return False
    return "and_pronouns" not in known.lists or words.next(at).spelled[:1] in _PRESENT


_PRESENT = frozenset("يت")


def aside_end(article: Article, at: int, limit: int) -> int:
    """The comma that ends the aside which a word opens; -1 where it opens none, or no comma ends it."""
    return _comma(article, at, limit) if opens_aside(article, at) else -1


def past_aside(article: Article, begin: int, limit: int) -> int:
    """Step over a clause between commas behind a source, where what it reports follows: أعلن الحزب، الذي …، انسحابه."""
    words = article.words
    at = words.at(begin)
    if at >= words.size or words.gaps[at][:1] not in _COMMAS:
        return begin
    if words.known[at].kind != "relative" and not opens_aside(article, at):
        return begin
    comma = _comma(article, at, limit)
    if comma < 0:
        return begin
    behind = words.at(comma)
    return words.starts[behind] if behind < words.size and words.known[behind].content else begin


def _comma(article: Article, at: int, limit: int) -> int:
    start = article.words.starts[at]
    return article.folded.find("،", start, min(limit, start + _LONGEST))
