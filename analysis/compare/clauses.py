"""The clause around a sum: who pays, who gets it, what it is for; only what the clause itself says.

In go the article's text, the sum's span and the names in the article, out comes a `Clause`. The words that tell roles apart
are in `analysis/lexicon/ledger.toml`.

>>> text = "وقدمت الدار 5 ملايين دولار لبلدية النهر، لتأهيل شبكة المياه."
>>> clause = read_clause(text, 12, 26, [(6, 11, "dar"), (28, 39, "town")], "send")
>>> clause.payer, clause.recipient, clause.purpose
('dar', 'town', 'لتأهيل شبكة المياه')
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from analysis.lexicon import read
from analysis.stem import without_proclitics
from analysis.text import alternation, fold_key, fold_same

_WORD = re.compile(r"[^\W_]+")
_LAST = re.compile(r"([^\W_]+)[^\w\n.,،:؛]*\Z")
_WINDOW = 240  # characters to either side: a clause is rarely longer
_PURPOSE_WORDS = 16
_SHORTEST = 4  # letters of a word that tells one thing from another

Name = tuple[int, int, str]  # start, end, actor


class Clause(NamedTuple):
    """Roles named in the clause; `words` are the content words around the sum, to tell what it is about."""

    payer: str | None
    recipient: str | None
    purpose: str | None
    words: frozenset[str]


class _Lexicon(NamedTuple):
    recipient_before: frozenset[str]
    payer_before: frozenset[str]
    neither_before: frozenset[str]
    subject_receives: frozenset[str]
    no_purpose: frozenset[str]
    before_sum: frozenset[str]
    no_topic: frozenset[str]
    purpose: re.Pattern[str]
    breaks: re.Pattern[str]


@cache
def _lexicon() -> _Lexicon:
    data = read("ledger")
    names = ("recipient_before", "payer_before", "neither_before", "no_purpose", "before_sum", "no_topic")
    purpose = re.compile(rf"(?<![^\W_])[وف]?(?:{alternation(data['purpose'])}|ل(?!ل)[^\W\d_]{{3,}})(?![^\W_])")
    breaks = re.compile(rf"[.!?؟؛;:,،\n]|(?<![^\W_])و?{alternation(data['breaks'])}(?![^\W_])")
    sets = {name: frozenset(fold_key(each) for each in data[name]) for name in names}
    return _Lexicon(**sets, subject_receives=frozenset(data["subject_receives"]), purpose=purpose, breaks=breaks)


def read_clause(text: str, start: int, end: int, names: Sequence[Name], action: str | None) -> Clause:
    """The clause of the sum at `start:end` of `text`; `names` are the article's names of actors, in order."""
    folded = fold_same(text[max(0, start - _WINDOW) : end + _WINDOW]).replace("ـ", " ")
    shift = max(0, start - _WINDOW)
    first, last = start - shift, end - shift
    begin = max((each.end() for each in _lexicon().breaks.finditer(folded, 0, first)), default=0)
    finish = _finish(folded, last)
    near = [(a - shift, b - shift, actor) for a, b, actor in names if begin <= a - shift and b - shift <= finish]
    payer, recipient = _roles(folded, begin, first, near, action)
    purpose = _purpose(folded, last, finish, near) or _purpose_before(folded, begin, first, near)
    words = _content(folded[:first] + " " + folded[last:])
    said = text[purpose[0] + shift : purpose[1] + shift].strip() if purpose else None
    return Clause(payer, recipient, said, words)


def _finish(folded: str, last: int) -> int:
    """Where the clause after the sum ends: at the first stop, past a comma only where a purpose follows it."""
    stop = _lexicon().breaks.search(folded, last)
    if stop is None:
        return len(folded)
    if stop[0] in ",،":
        following = _lexicon().purpose.match(folded, stop.end() + 1)
        if following and fold_key(following[0]) not in _lexicon().no_purpose:
            further = _lexicon().breaks.search(folded, following.end())
            return further.start() if further else len(folded)
    return stop.start()


def _roles(folded: str, begin: int, first: int, names: Sequence[Name], action: str | None) -> tuple[str | None, str | None]:
    lexicon = _lexicon()
    payer = recipient = subject = None
    for start, _, actor in names:
        at = start
        while at > begin and folded[at - 1].isalnum():
            at -= 1
        proclitic = folded[at:start].lstrip("وف")
        before = _LAST.search(folded, max(begin, at - 24), at)
        word = before[1] if before else ""
        if proclitic.startswith("ل") or folded[start : start + 2] == "لل" or word in lexicon.recipient_before:
            recipient = recipient or actor
        elif word in lexicon.payer_before:
            payer = payer or actor
        elif start < first and not proclitic and word not in lexicon.neither_before:
            subject = subject or actor
    if action in lexicon.subject_receives:
        return payer, subject or recipient
    return payer or (subject if subject != recipient else None), recipient


def _purpose(folded: str, begin: int, finish: int, names: Sequence[Name]) -> tuple[int, int] | None:
    """The words of purpose from `begin` on: from a word of purpose to the clause's end."""
    lexicon = _lexicon()
    for match in lexicon.purpose.finditer(folded, begin, finish):
        if match[0] in lexicon.no_purpose or any(start <= match.end() and match.start() < end for start, end, _ in names):
            continue
        words = list(_WORD.finditer(folded, match.start(), finish))
        return match.start(), words[min(len(words), _PURPOSE_WORDS) - 1].end()
    return None


def _purpose_before(folded: str, begin: int, first: int, names: Sequence[Name]) -> tuple[int, int] | None:
    """A purpose that stands before the sum: وقع عقودا لتنفيذ مشاريع بقيمة …"""
    words = list(_WORD.finditer(folded, begin, first))
    while words and words[-1][0] in _lexicon().before_sum:
        words.pop()
    return _purpose(folded, begin, words[-1].end(), names) if words else None


def _content(sentence: str) -> frozenset[str]:
    """The words that tell one thing from another: four letters or more, without article and proclitics."""
    words = (without_proclitics(word) for word in _WORD.findall(sentence))
    return frozenset(word for word in words if len(word) >= _SHORTEST and not word[0].isdigit()) - _lexicon().no_topic
