"""The name of who bears a title, where words that no list knows stand between the two.

So a company's name does: الرئيس التنفيذي لنوفا تيك للسفر سالم بن ناصر. In go a title and where its clause ends, out comes the
phrase with the name in it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from analysis.extract.statements.sources.phrases import Phrase, read_phrase
from analysis.extract.statements.sources.reading import NAMES, PERSON
from analysis.extract.statements.vocabulary.listed import single, titles
from analysis.extract.statements.vocabulary.words import Word, word

if TYPE_CHECKING:
    from analysis.extract.statements.article import Article

_BETWEEN = 9  # words between a title and its bearer
_GIVEN = frozenset(("given", "compound"))
_NAME = 6  # words of the longest name
_NEVER = frozenset(("verb", "relative", "determiner", "adverb", "number", "people", "document", "anonymous", "honour"))
_PLACED = single("in")
_ARTICLE, _OCCASIONS = "ال", frozenset(("events", "hearers"))


def with_bearer(article: Article, phrase: Phrase, end: int) -> Phrase | None:
    """The phrase of a title with its bearer, whose name stands right before `end` or a comma; None where none does."""
    words = article.words
    if phrase.kind != "person" or word(phrase.head).kind not in PERSON | {"anonymous"}:
        return None
    first = words.at(phrase.name_start if phrase.named else phrase.end)
    if phrase.named and any(known.kind in _GIVEN for known in words.known[first : words.at(phrase.name_end)]):
        return None  # a name by its parts, rather than the unknown words of a body
    last = words.at(end)
    for at in range(first, min(last, first + _BETWEEN)):
        known = words.known[at]
        if at > words.at(phrase.start) and words.gaps[at] != " ":
            return None
        joined = at + 1 < last and "fusing" in words.known[at + 1].lists and not known.definite  # هلال بن ناصر
        if (known.kind in _GIVEN or joined) and not known.prefixed and at > first:
            if _leads(words.known[at - 1]):
                return None
            stop = _name_end(article, at, last)
            if stop < 0:
                continue  # جامعة ابن زهر الدكتور عمر حلي: a name in the body's
            name_end = words.ends[stop - 1]
            role = phrase.role | {each.bare for each in words.known[first:at]}
            return phrase.but(end=name_end, name_start=words.starts[at], name_end=name_end, role=role)
        ranked = known.kind == "rank" and known.definite and at + 1 < last and words.known[at + 1].kind in _GIVEN
        if not ranked and not _of_title(known):
            return None
    return None


def _of_title(known: Word) -> bool:
    """Whether a word may be part of a title's body: nothing that tells when, to whom or with whom it was said."""
    if (
        (known.kind in _NEVER and not known.prefixed)
        or known.that
        or known.kind in PERSON
        or not _OCCASIONS.isdisjoint(known.lists)
    ):
        return False
    if known.kind == "inner":
        return known.spelled == _PLACED
    event = known.bare in titles("events") and not known.definite  # لاتصال, but شركة نوفا للاتصالات
    return not (known.prefixed and (event or known.bare in titles("hearers")))


def _leads(known: Word) -> bool:
    """Whether a name depends on the word before it, so that it is no title's bearer: بحضور سالم، للمذيع سالم."""
    return known.prefixed and not known.definite


def _name_end(article: Article, at: int, last: int) -> int:
    """The number of the word behind a name that stands right before a comma or the clause's end; -1 where it does not end there."""
    words = article.words
    stop = at + 1
    while stop < last and stop < at + _NAME and words.gaps[stop] == " ":
        known = words.known[stop]
        part = known.kind in NAMES or known.kind == "definite" or (known.spelled[:2] == _ARTICLE and not known.content)
        if known.prefixed or not part:
            return -1
        stop += 1
    if stop < last and words.gaps[stop][:1] not in _COMMAS:
        return -1
    whole = (stop > at + 1 or words.known[at].kind == "given") and words.known[stop - 1].kind != "compound"
    return stop if whole else -1


_COMMAS = frozenset("،,")


def bearer_before(article: Article, sentence_start: int, apart: int, cue: int) -> Phrase | None:
    """The name that opens a clause before a title that runs up to the verb: لكن سالم ناصر، الصحفي المختص بكذا في كذا يقول."""
    words, folded = article.words, article.folded
    first, last = words.at(apart), words.at(cue)
    if first + 1 >= last or words.known[first].kind not in PERSON or words.known[first].prefixed:
        return None
    if any(known.that or known.kind in _CLAUSES or known.readings for known in words.known[first:last]):
        return None
    start = max(sentence_start, folded.rfind("،", sentence_start, max(sentence_start, apart - 1)) + 1)
    at = words.at(start)
    while at < first and not words.known[at].lists.isdisjoint(_OPENS):
        at += 1
    if at >= first:
        return None
    phrase = read_phrase(article, words.starts[at], apart - 1)
    if phrase is None or not phrase.named or phrase.kind not in {"person", "name"} or folded[phrase.end : apart - 1].strip():
        return None
    several = " " in folded[phrase.name_start : phrase.name_end]
    return phrase.but(end=words.ends[last - 1]) if several else None


_CLAUSES = frozenset(("verb", "relative"))
_OPENS = frozenset(("openers", "conjunctions", "bare_that"))
