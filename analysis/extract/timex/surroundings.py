"""The words around a phrase, and the sets of words that decide by standing there.

>>> from ...text import fold
>>> around = Surroundings(fold("ثوره 25 يناير"), None)
>>> around.word_before(5), around.word_after(13)
('ثوره', '')
"""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from typing import NamedTuple

from ...lexicon import read
from ...text import Folded, alternation, fold_key
from .runs import PROCLITICS

WORDS = re.compile(r"\w+")
_NEXT_WORD = re.compile(r"[ »\"”)]*(\w+)")
_LISTED = re.compile(r"[ ،,]*و? ?")
_LONGEST_WORD = 24
_OPENED_BY = {"»": "«", "”": "“", '"': '"', "'": "'"}


class _Around(NamedTuple):
    """Sets of folded words that decide by standing before a phrase, with any proclitics, or after it where the name says so."""

    at: frozenset[str]
    today: frozenset[str]
    general_year: str
    not_weekday: frozenset[str]
    feast: frozenset[str]
    general: frozenset[str]
    named_year_after: frozenset[str]
    named_day_after: frozenset[str]
    other_day: frozenset[str]
    tomorrow_or_became: frozenset[str]
    became: frozenset[str]
    soon_or_near: frozenset[str]
    near_to: tuple[str, ...]
    events: frozenset[str]
    dated: frozenset[str]
    year: frozenset[str]
    weak: frozenset[str]
    reaching: frozenset[str]
    counted_after: frozenset[str]
    month: frozenset[str]
    never_month: frozenset[str]
    with_madda: frozenset[str]
    age: frozenset[str]
    ranging: frozenset[str]
    age_after: tuple[str, ...]
    decade: frozenset[str]
    from_after: frozenset[str]
    of_time_after: frozenset[str]
    oclock: tuple[str, ...]
    hijri_year: re.Pattern[str]


def _words(*lists: list[str]) -> frozenset[str]:
    return frozenset(fold_key(word) for each in lists for word in each)


def _before(*lists: list[str]) -> frozenset[str]:
    return frozenset(proclitics + word for proclitics in PROCLITICS for word in _words(*lists))


@cache
def around() -> _Around:
    """The words of `lexicon/times.toml` and `months.toml` that decide from outside a phrase."""
    months, times = read("months"), read("times")
    homographs, years, days, plain = months["homographs"], times["year_after"], times["named_day"], times["words"]
    return _Around(
        at=_before(plain["in"]),
        today=_words(days["today"]),
        general_year=fold_key(times["general"]["year"]),
        not_weekday=_before(months["not_weekday_after"]["words"]),
        feast=_before(months["feast_after"]["words"]),
        general=_before(times["general"]["words"]),
        named_year_after=_words(times["general"]["named_year"]),
        named_day_after=_words(days["words"]),
        other_day=_words(days["other_day"], ["و" + word for word in days["other_day"]]),
        tomorrow_or_became=_words(times["became"]["words"]),
        became=_before(times["became"]["before"]),
        soon_or_near=_words(times["near"]["words"]),
        near_to=tuple(times["near"]["to"]),
        events=_before(times["events"]["words"]),
        dated=_before(times["dated"]["words"]),
        year=_before(years["words"]),
        weak=_before(years["weak"]),
        reaching=_before(years["reaching"]),
        counted_after=_words(times["counted"]["words"]),
        month=_before(homographs["after"]),
        never_month=_words(homographs["never_after"]),
        with_madda=_words(homographs["with_madda"]),
        age=_before(times["age"]["before"]),
        ranging=_words(plain["between"], plain["and"], plain["to"]),
        age_after=tuple(map(fold_key, times["age"]["after"])),
        decade=_before(plain["during"], years["weak"], years["reaching"]),
        from_after=_words(plain["from"]),
        of_time_after=_words(plain["of_time"], plain["ago"]),
        oclock=tuple(_words(plain["oclock"])),
        hijri_year=re.compile(rf"[0-9]{{4}} ?{alternation(plain['ah'])}\b"),
    )


class Surroundings:
    """One text around its phrases; all offsets are folded."""

    __slots__ = ("accepted", "anchor", "doc", "folded", "writes_hijri")

    def __init__(self, doc: Folded, anchor: date | None) -> None:
        self.doc, self.folded, self.anchor = doc, doc.folded, anchor
        self.accepted = (-1, "")  # where the last phrase ended, and its kind
        self.writes_hijri: bool | None = None  # whether a year with هـ stands anywhere; looked for when needed

    def word_before(self, start: int) -> str:
        """The word before; "" where a mark that parts clauses stands between."""
        folded = self.folded
        for _ in range(3):  # a proclitic belongs to the phrase's first word
            if start and folded[start - 1].isalnum():
                start -= 1
        before = folded[max(0, start - _LONGEST_WORD - 4) : start].rstrip(' «"“”(:')
        if not before[-1:].isalnum():
            return ""
        word = before.rpartition(" ")[2]
        return word if word.isalnum() else WORDS.findall(word)[-1]

    def follows(self, start: int, words: frozenset[str]) -> bool:
        """Whether the word before is one of `words`."""
        return self.word_before(start) in words

    def word_after(self, end: int) -> str:
        """The word after, over closing marks."""
        match = _NEXT_WORD.match(self.folded, end)
        return match[1] if match else ""

    def counts(self, start: int, end: int) -> bool:
        """Whether what stands after bracketed digits may be counted by them; not where they follow the name of a work."""
        after = self.word_after(end)
        named = self.folded[max(0, start - 3) : start - 1].rstrip(" ")[-1:] in _OPENED_BY
        follows = self.folded[end + 1 : end + 3].strip(" ")
        return after in around().counted_after or (not named and follows.isalpha() and not follows.startswith("و"))

    def ends_name(self, start: int, end: int) -> bool:
        """Whether the phrase ends a few quoted words, as the names of papers and programmes do: «المصري اليوم»."""
        opening = _OPENED_BY.get(self.folded[end : end + 1])
        if not opening:
            return False
        before = self.folded[max(0, start - _LONGEST_WORD) : start].rpartition("\n")[2]
        at = before.rfind(opening)
        return at >= 0 and 1 <= len(before[at + 1 :].split()) <= 2

    def continues(self, start: int, kind: str) -> bool:
        """Whether a phrase of `kind` stands right before, in a list (2015 و2016)."""
        end, last = self.accepted
        return last == kind and _LISTED.fullmatch(self.folded, end, start) is not None
