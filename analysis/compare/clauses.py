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
from bisect import bisect_left
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from analysis.lexicon import read
from analysis.stem import without_proclitics
from analysis.text import alternation, fold, fold_key

_WORD = re.compile(r"[^\W_]+")
_FROM = fold_key(read("ledger")["from"])
_LAST = re.compile(r"([^\W_]+)[^\w\n.,،:؛]*\Z")
_OPENED = re.compile(r" *[\"'«“”‘’]")
_WINDOW = 240  # characters to either side: a clause is rarely longer
_PURPOSE_WORDS = 16
_SHORTEST = 4  # letters of a word that tells one thing from another
# Verbal nouns by their pattern (تفعيل, إفعال, افتعال, استفعال), which after لل say what for and not for whom.
_VERBAL = r"(?:ت[^\W\d_]{2}ي[^\W\d_]|ا[^\W\d_]{2}ا[^\W\d_]|ا[^\W\d_]ت[^\W\d_]ا[^\W\d_]|است[^\W\d_]{2}ا[^\W\d_])"

Name = tuple[int, int, str]  # start, end, actor


class Clause(NamedTuple):
    """Roles named in the clause; `words` are the content words around the sum, to tell what it is about; `price` is whether the
    sum is what something costs (a loaf, a barrel, a currency).
    """

    payer: str | None
    recipient: str | None
    purpose: str | None
    words: frozenset[str]
    price: bool = False


class _Lexicon(NamedTuple):
    recipient_before: frozenset[str]
    recipient_verbs: frozenset[str]
    payer_before: frozenset[str]
    not_from: frozenset[str]
    neither_before: frozenset[str]
    no_purpose: frozenset[str]
    before_sum: frozenset[str]
    pretext: frozenset[str]
    no_topic: frozenset[str]
    in_apposition: frozenset[str]
    same_subject: frozenset[str]
    subject_receives: frozenset[str]
    purpose: re.Pattern[str]
    spent_on: re.Pattern[str]
    breaks: re.Pattern[str]
    active: re.Pattern[str]
    price: re.Pattern[str]
    each: re.Pattern[str]


@cache
def _lexicon() -> _Lexicon:
    data = read("ledger")
    begins, ends = r"(?<![^\W_])", r"(?![^\W_])"
    purposes = alternation([*data["purpose"], *data["pretext"]])

    def folded(name: str) -> frozenset[str]:
        return frozenset(map(fold_key, data[name]))

    return _Lexicon(
        recipient_before=folded("recipient_before"),
        recipient_verbs=folded("recipient_verbs"),
        payer_before=folded("payer_before"),
        not_from=folded("not_from"),
        neither_before=folded("neither_before"),
        no_purpose=folded("no_purpose"),
        before_sum=folded("before_sum"),
        pretext=folded("pretext"),
        no_topic=folded("no_topic"),
        in_apposition=folded("in_apposition"),
        same_subject=folded("same_subject"),
        subject_receives=frozenset(data["subject_receives"]),
        purpose=re.compile(rf"{begins}[وف]?(?:{purposes}|لل{_VERBAL}ه?|ل(?!ل)[^\W\d_]{{3,}}){ends}"),
        spent_on=re.compile(rf"{begins}{alternation(data['spent_on'])} (?!{alternation(data['not_spent_on'])}{ends})"),
        breaks=re.compile(rf"[.!?؟؛;:,،\n]|{begins}و?{alternation(data['breaks'])}{ends}"),
        active=re.compile(rf"\W*{alternation(data['active'])}{ends}"),
        price=re.compile(rf"{begins}[وفبل]?(?:ال)?{alternation(data['price'])}{ends}"),
        each=re.compile(rf"\W*{alternation(data['each'])}{ends}"),
    )


def read_clause(text: str, start: int, end: int, names: Sequence[Name], action: str | None) -> Clause:
    """The clause of the sum at `start:end` of `text`; `names` are the article's names of actors, in order."""
    shift = max(0, start - _WINDOW)
    doc = fold(text[shift : end + _WINDOW])
    folded, first, last = doc.folded, doc.to_folded(start - shift), doc.to_folded(end - shift)
    near = []
    for a, b, actor in names[bisect_left(names, (shift,)) :]:
        if a >= end + _WINDOW:
            break
        near.append((doc.to_folded(a - shift), doc.to_folded(b - shift), actor))
    stops = list(_lexicon().breaks.finditer(folded, 0, first))
    begin = stops[-1].end() if stops else 0
    apposed = _in_apposition(folded, begin, first)
    if apposed and stops:
        begin = stops[-2].end() if len(stops) > 1 else 0
    finish = _finish(folded, last, apposed=apposed)
    here = [each for each in near if begin <= each[0] and each[1] <= finish]
    payer, recipient = _roles(folded, begin, first, here, action) if here else _roles_before(folded, stops, near)
    purpose = _purpose(folded, last, finish, here, action) or _purpose_before(folded, begin, first, here)
    said = doc.spelled(*purpose).strip() if purpose else None
    words = _content(folded[:first] + " " + folded[last:])
    return Clause(payer, recipient, said, words, action in (None, "spend") and _is_price(folded, begin, first, last))


def is_pretext(purpose: str) -> bool:
    """Whether a purpose is one that the outlet does not believe: بحجة كذا."""
    said = fold_key(purpose)
    return any(said.startswith(each) for each in _lexicon().pretext)


def _in_apposition(folded: str, begin: int, first: int) -> bool:
    """Whether the sum stands between commas beside what it is the size of: المبلغ، وهو 5 ملايين، خصص …"""
    words = _WORD.findall(folded, begin, first)
    while words and words[-1] in _lexicon().before_sum:
        words.pop()
    return bool(words) and words[-1] in _lexicon().in_apposition


def _finish(folded: str, last: int, *, apposed: bool) -> int:
    """Where the clause after the sum ends: at the first stop; but past a comma where a purpose follows or which ends an
    apposition, and past a colon that opens a quotation.
    """
    lexicon = _lexicon()
    stop = lexicon.breaks.search(folded, last)
    if stop is None:
        return len(folded)
    further = stop.end() if stop[0] == ":" and _OPENED.match(folded, stop.end()) else 0
    if stop[0] in ",،":
        following = lexicon.purpose.match(folded, stop.end() + 1)
        if following and fold_key(following[0]) not in lexicon.no_purpose:
            further = following.end()
        elif apposed and not folded[last : stop.start()].strip():
            further = stop.end()
    if not further:
        return stop.start()
    following = lexicon.breaks.search(folded, further)
    return following.start() if following else len(folded)


def _roles(folded: str, begin: int, first: int, names: Sequence[Name], action: str | None) -> tuple[str | None, str | None]:
    lexicon = _lexicon()
    payer = recipient = subject = None
    for start, _, actor in names:
        at = start
        while at > begin and not folded[at - 1].isalnum() and not folded[at - 1].isspace():
            at -= 1  # quote marks between a preposition and the name: لـ«قسد»
        while at > begin and folded[at - 1].isalnum():
            at -= 1
        proclitic = "".join(filter(str.isalnum, folded[at:start])).lstrip("وف")
        before = _LAST.search(folded, max(begin, at - 24), at)
        word = before[1] if before else ""
        if proclitic in ("ل", "لل") or folded[start : start + 2] == "لل" or word in lexicon.recipient_before:
            recipient = recipient or actor
        elif word in lexicon.payer_before:
            payer = payer or (None if _is_close_to(folded, begin, before) else actor)
        elif subject and word in lexicon.recipient_verbs:
            recipient = recipient or actor
        elif start < first and not proclitic and word not in lexicon.neither_before:
            subject = subject or actor
    if action in lexicon.subject_receives:
        return payer, subject or recipient
    return payer or (subject if subject != recipient else None), recipient


def _is_close_to(folded: str, begin: int, before: re.Match[str] | None) -> bool:
    """Whether the word before a preposition says that it tells no origin of money: مقربون من فلان."""
    if before is None or before[1] != _FROM:
        return False
    word = _LAST.search(folded, max(begin, before.start() - 24), before.start())
    return word is not None and word[1].removeprefix("ال") in _lexicon().not_from


def _roles_before(folded: str, stops: Sequence[re.Match[str]], names: Sequence[Name]) -> tuple[str | None, str | None]:
    """Who pays and gets a sum whose clause names nobody but goes on about the subject of the one before it: حيث قامت بإرسال …"""
    lexicon = _lexicon()
    if not stops or stops[-1][0] not in lexicon.same_subject or not lexicon.active.match(folded, stops[-1].end()):
        return None, None
    finish = stops[-1].start()
    begin = max((each.end() for each in stops[:-1] if _WORD.search(folded, each.end(), finish)), default=0)
    there = [each for each in names if begin <= each[0] and each[1] <= finish]
    return _roles(folded, begin, finish, there, None)


def _is_price(folded: str, begin: int, first: int, last: int) -> bool:
    """Whether the clause calls the sum a price (سعر الرغيف 5 ليرات), or it is for one of something (5 ليرات للكيلو).

    Who supports prices (دعم أسعار الخبز بـ …) pays no price.
    """
    lexicon = _lexicon()
    for match in lexicon.price.finditer(folded, begin, first):
        before = _LAST.search(folded, max(begin, match.start() - 24), match.start())
        if before is None or before[1] not in lexicon.recipient_before:
            return True
    return lexicon.each.match(folded, last) is not None


def _purpose(folded: str, begin: int, finish: int, names: Sequence[Name], action: str | None = None) -> tuple[int, int] | None:
    """The words of purpose from `begin` on: from a word of purpose, or what it is spent on, to the clause's end."""
    lexicon = _lexicon()
    matches = list(lexicon.purpose.finditer(folded, begin, finish))
    if action == "spend" and (spent_on := lexicon.spent_on.search(folded, begin, finish)):
        matches = sorted([spent_on, *matches], key=lambda match: match.start())
    for match in matches:
        if match[0] in lexicon.no_purpose or any(start <= match.end() and match.start() < end for start, end, _ in names):
            continue
        words = list(_WORD.finditer(folded, match.start(), finish))
        count = min(len(words), _PURPOSE_WORDS)
        while 1 < count < len(words) and (
            words[count - 1][0] in lexicon.neither_before or words[count - 1][0] in lexicon.payer_before
        ):
            count -= 1  # cut short, but not behind a preposition
        return match.start(), words[count - 1].end()
    return None


def _purpose_before(folded: str, begin: int, first: int, names: Sequence[Name]) -> tuple[int, int] | None:
    """A purpose that stands before the sum: وقع عقودا لتنفيذ مشاريع بقيمة …"""
    words = list(_WORD.finditer(folded, begin, first))
    while words and words[-1][0] in _lexicon().before_sum:
        words.pop()
    return _purpose(folded, begin, words[-1].end(), names) if words else None


def _content(sentence: str) -> frozenset[str]:
    """The words that tell one thing from another: four letters or more, without article and proclitics."""
    return frozenset().union(*map(_topics, sentence.split()))


@lru_cache(maxsize=65536)
def _topics(written: str) -> tuple[str, ...]:
    """Those of what stands between two spaces: mostly one word, with or without marks."""
    words = map(without_proclitics, _WORD.findall(written))
    return tuple(word for word in words if len(word) >= _SHORTEST and not word[0].isdigit() and word not in _lexicon().no_topic)
