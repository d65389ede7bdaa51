"""Cues inside a quotation: what the quoted text itself attributes to somebody else (ذكرت الصحيفة: «أعلنت الشركة أن …»).

In goes an article with the number of a word inside speech, out comes whether it attributes there, and the stretch it is read in.

Who speaks in the first person attributes nothing; a text that begins with a verb of saying and its subject tells what another one
said, and a participle in it goes on with that.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from analysis.extract.statements.sources.phrases import read_phrase

if TYPE_CHECKING:
    from analysis.extract.statements.article import Article

_FINITE = frozenset(("past", "present"))
_TELLERS = frozenset(("role", "rank", "body", "media", "media_name", "given", "compound", "acronym", "anonymous", "honour"))
_SPEAKERS = frozenset(("person", "body", "media", "anonymous", "name"))


def attributes_within(article: Article, at: int) -> bool:
    """Whether a cue inside speech attributes: a verb with its subject that the quotation begins with, or a hal behind one."""
    words = article.words
    form = words.known[at].readings[0]
    start, end = _holding(article, words.starts[at])
    if form.mood == "hal":
        opener = words.at(start)
        return opener < at and bool(words.known[opener].readings) and attributes_within(article, opener)
    if form.mood not in _FINITE or form.number != "s" or form.suffixed or words.known[at].joined or "speech" not in form.frames:
        return False
    first = words.at(start)
    if first == at:
        return words.next(at).kind in _TELLERS and not words.next(at).prefixed and _has_clause(article, at, end)
    if at - first > _SUBJECT or words.known[first].kind not in _TELLERS or not words.known[first].definite:
        return False
    subject = read_phrase(article, start, words.starts[at])
    whole = subject is not None and subject.kind in _SPEAKERS and not article.folded[subject.end : words.starts[at]].strip()
    return whole and _has_clause(article, at, end)


_LONGEST = 1500  # characters of the longest sentence in speech, before and behind a cue
_SUBJECT = 8  # words of the longest subject before its verb
_REACH = 20  # words from a cue to the clause it reports


def _has_clause(article: Article, at: int, end: int) -> bool:
    """Whether what was said follows a cue within the quotation: a complementiser, or a preposition of the cue's own and a noun."""
    words = article.words
    form = words.known[at].readings[0]
    for place in range(at + 1, min(at + _REACH, words.at(end))):
        known = words.known[place]
        if known.that or (known.marker == "prep" and known.spelled in form.frames and words.next(place).content):
            return True
        if form.mood == "hal" and place > at + 1:
            break
    return False


def _holding(article: Article, offset: int) -> tuple[int, int]:
    """The inside of the speech that holds an offset."""
    start, end = article.speech[bisect_right(article.speech, (offset, 0)) - 1]
    quote = article.by_start.get(start)
    return (quote[1], quote[2]) if quote is not None and quote[0] == end else (start + 1, end - 1)


def sentence_within(article: Article, offset: int) -> tuple[int, int]:
    """The sentence that holds an offset, which does not reach beyond the speech it stands in."""
    start, end = article.sentence(offset)
    if not article.inside_speech(offset):
        return start, end
    first, last = _holding(article, offset)
    first, last = max(first, offset - _LONGEST), min(last, offset + _LONGEST)
    stop = article.folded.find(". ", offset, last)
    begun = article.folded.rfind(". ", first, offset)
    return (begun + 2 if begun >= 0 else first), (stop if stop >= 0 else last)
