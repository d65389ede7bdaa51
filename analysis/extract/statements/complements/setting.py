"""What stands around a source set apart: the end of its sentence behind it, the short clause that it cuts in two before it.

In go an article and the offsets of an attributing phrase (بحسب تجار، كما ذكرت الوكالة), out comes how far it and its clause reach.

…، كما أعلنت البلدية الأحد في بيان; بلغت الزيادة، بحسب تجار ومستوردين، نحو خمسة دراهم; … تعود حسب الباحثين إلى القرن العاشر.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from analysis.extract.numbers import is_number_word
from analysis.extract.statements.complements.between import past_adverbs
from analysis.extract.statements.cues.clauses import skip
from analysis.extract.statements.vocabulary.listed import single
from analysis.extract.statements.vocabulary.words import Word, word

if TYPE_CHECKING:
    from analysis.extract.statements.article import Article
    from analysis.extract.statements.sources.phrases import Phrase

_BETWEEN, _WHAT = single("between"), single("what")
_COMMAS, _PRESENT = frozenset("،,"), frozenset("يت")


def closed_by(article: Article, start: int, end: int, sentence_end: int) -> bool:
    """Whether behind a comma nothing but when and where follows كما with its source: …، كما أعلنت البلدية الأحد في بيان."""
    folded = article.folded
    if folded[max(0, start - 2) : start] not in _COMMA_BEFORE:
        return False
    words = article.words
    bracket = folded.find("(", end, sentence_end)
    closed = bracket >= 0 and _ASIDE.fullmatch(folded[bracket:sentence_end].rstrip()) is not None
    last = words.at(bracket if closed else sentence_end)
    at = words.at(past_adverbs(article, end, sentence_end))
    while at < last and _tells_when(words.known[at]):
        at += 1
    if at >= last:
        return True
    occasion = "place_of" in words.known[at].lists and last - at < _OCCASION
    return occasion and all(_tells_where(known) for known in words.known[at + 1 : last])


def _tells_when(known: Word) -> bool:
    """Whether a word is part of a day or a time: يوم السبت، يومه الأحد، 12."""
    if known.kind in {"adverb", "number"} or known.spelled.isdigit():
        return True
    return not word(known.spelled.rstrip("ه") or "-").lists.isdisjoint(_TIMES)


def _tells_where(known: Word) -> bool:
    """Whether a word may be part of the occasion on which something was said, at a sentence's end."""
    return not (known.that or known.content or known.kind in {"verb", "relative", "and"})


_TIMES = frozenset(("stretches", "adverbs"))
_COMMA_BEFORE = frozenset(("، ", ", "))
_ASIDE = re.compile(r"\([^()\n]{0,40}\)\.?")
_OCCASION = 6  # words of the longest occasion behind a source


def with_others(article: Article, phrase: Phrase) -> Phrase:
    """People without a name with those whom و joins to them: بحسب تجار ومستوردين."""
    words = article.words
    at = words.at(phrase.end)
    if phrase.kind != "people" or phrase.definite or phrase.named or at >= words.size or words.gaps[at] != " ":
        return phrase
    spelled = words.known[at].spelled
    people = spelled[0] == "و" and len(spelled) > _PLURAL and spelled.endswith(("ون", "ين")) and not word(spelled[1:]).definite
    return phrase.but(end=words.ends[at], role=phrase.role | {spelled[1:]}) if people else phrase


_PLURAL = 5  # letters of the shortest plural behind و


def clause_start(article: Article, begin: int, end: int) -> int:
    """Where a clause of few words before a source starts, behind a comma or a relative pronoun; `begin` where it is longer."""
    words = article.words
    last = words.at(end)
    for at in range(last - 1, max(words.at(begin), last - _FEW - 1), -1):
        apart = words.gaps[at].strip(" ") in _COMMAS or (at > 0 and words.known[at - 1].kind == "relative")
        if apart and not words.known[at].prefixed:
            return words.starts[at] if _is_present(words.known[at]) else begin
    return begin


def _is_present(known: Word) -> bool:
    return known.spelled[:1] in _PRESENT and known.kind in {"bare", "verb"}


_FEW = 4  # words of the longest such clause


def amounts(known: Word) -> bool:
    """Whether a cue is the present of a verb of amounting as well (يبلغ)."""
    return bool(known.readings) and "amounts" in known.readings[0].flags and known.readings[0].mood == "present"


def awaits_number(article: Article, begin: int, start: int, at: int) -> bool:
    """Whether a clause without a number goes on with one behind a source set apart."""
    words = article.words
    first = words.at(skip(article.folded, at))
    if first >= words.size or any(_numbers(known) for known in words.known[words.at(begin) : words.at(start)]):
        return False
    known = words.known[first]
    if known.spelled == _WHAT or known.spelled == _BETWEEN:
        return any(_numbers(each) for each in words.known[first + 1 : first + 3])
    return _numbers(known) or ("before_numbers" in known.lists and _numbers(words.next(first)))


def _numbers(known: Word) -> bool:
    return known.kind == "number" or known.spelled[:1].isdigit() or is_number_word(known.spelled)
