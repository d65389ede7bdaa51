"""Quotations behind a cue: which of them is speech and no name of the source, and which is all that was said.

In goes an article with an offset behind a cue, out comes the quotation's span or None.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from analysis.extract.statements.article import NAME_WORDS
from analysis.extract.statements.cues.clauses import skip
from analysis.extract.statements.vocabulary.listed import listed_kind
from analysis.extract.statements.vocabulary.words import FIRST_PERSON, word
from analysis.lexicon import read
from analysis.text import alternation

if TYPE_CHECKING:
    from analysis.extract.statements.article import Article

_NAME = 4  # words of the longest name in quote marks before a complementiser
_TITLE_WORDS = 10  # words of a quotation after a head without article that is still its name


def speech_quote(article: Article, cue_end: int, limit: int) -> tuple[int, int, int, int] | None:
    """The first quotation after a cue that is speech and not the name of the source or of a place."""
    at = cue_end
    while True:
        quote = article.quote_from(at, limit)
        if quote is None or _is_speech(article, cue_end, quote):
            return quote
        at = quote[1]  # nested marks inside a name are passed with it


def _is_speech(article: Article, cue_end: int, quote: tuple[int, int, int, int]) -> bool:
    """Whether a quotation after a cue is what was said, by its length and by the word before it."""
    folded = article.folded
    start, end, inner, inner_end = quote
    if folded[max(0, start - 3) : start].rstrip().endswith(":"):
        return True
    before = folded[cue_end:start].strip(" ،,").split()
    head = word(before[-1]) if before else None
    length = folded.count(" ", inner, inner_end) + 1
    marker = article.words.after(end).marker
    if head is None and marker in {"that", "prep"} and article.words.after(inner).kind in _NAMES:
        return False  # دعت «الجمعية …» إلى
    if head is None and marker == "that" and length <= _NAME and article.words.after(inner).kind == "bare":
        return False  # قالت «هيومن كير ووتش» إن
    if length > NAME_WORDS:
        return head is None or length >= _TITLE_WORDS or head.definite or head.kind not in _TAKES_NAME
    if head is None:
        return length > 2 and article.words.after(inner).kind not in _NAMES
    if length < 3 or head.kind == "inner" or "written_on" in head.lists or "topics" in head.lists:
        return False  # الناطق باسم «…»: part of the source; رده بخصوص «…»: what it is about
    first = article.words.after(inner)
    if head.definite and (first.starts & FIRST_PERSON or not first.lists.isdisjoint(_CLAUSAL) or first.content):
        return True  # قال أمام البرلمان «سنواصل …»
    if head.kind in _TAKES_NAME or listed_kind(head.bare) in _TAKES_NAME:
        return False
    return folded[end : end + 1] in _STOPS


_CLAUSAL = frozenset(("clausal", "that", "denials", "clause_openers"))
_TAKES_NAME = frozenset(("role", "body", "media", "document"))
_NAMES = frozenset(("body", "media", "media_name", "place", "rank", "given"))
_STOPS = frozenset(("", ".", "،", "؟", "!", "\n"))


def bracketed(article: Article, cue_end: int, limit: int) -> tuple[int, int] | None:
    """The inside of brackets that hold what was said, right behind a verb of saying or one word more: قال تعالى (…)، وقال (…)."""
    folded, words = article.folded, article.words
    at = words.at(cue_end)
    for _ in range(2):
        if at >= words.size or words.starts[at] >= limit:
            return None
        gap = words.gaps[at]
        if gap.strip(" :") == "(":
            break
        if gap != " ":
            return None
        at += 1
    else:
        return None
    inner = words.starts[at]
    close = folded.find(")", inner)
    end = folded.find("(", inner)
    if close < 0 or 0 <= end < close or folded.count(" ", inner, close) < _BRACKETED or "\n" in folded[inner:close]:
        return None
    if words.known[at].kind in {"inner", "number", "rank"} or words.after(close + 1).that:
        return None  # قال المدير (في بيان له أمس)، وقال سالم (60 عاماً) إن
    return inner, close


_BRACKETED = 2  # spaces at least in speech between brackets


def quoted_whole(article: Article, at: int, sentence_end: int) -> tuple[int, int] | None:
    """The inside of the quotation right after an offset, if it is all the content: a stop, a comma or a new clause follows."""
    folded = article.folded
    quote = article.by_start.get(skip(folded, at))
    if quote is None:
        return None
    end, inner, inner_end = quote
    spaces = folded.count(" ", inner, inner_end)
    if spaces < 2:
        return None
    rest = folded[end:sentence_end].lstrip(" \"”»'’")
    if not rest or rest[0] in ".،,؛!؟…-" or (spaces > 8 and article.words.after(end).spelled[:1] == "و"):
        return inner, inner_end
    following = article.words.after(end)
    if following.readings and following.readings[0].mood == "hal":
        return inner, inner_end  # «…» داعياً إلى
    return (inner, inner_end) if _asides().match(folded, skip(folded, end)) else None


@cache
def _asides() -> re.Pattern[str]:
    """An attributing phrase (بحسب …، على حد قوله)."""
    heads = read("cues")["according"]
    return re.compile(r"و?(?:" + alternation([*heads["asides"], *heads["heads"]]) + ")")
