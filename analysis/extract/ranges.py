"""Two numbers that are one range, or both ends of a change: بين 5 و7 ملايين, من 5 إلى 7 ملايين, 5-7 ملايين.

In go two neighbouring numbers with the units after them, out come their sums; nothing where they are not joined.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import NamedTuple

from analysis.extract import counted, currencies, qualifiers
from analysis.extract.numbers import FoundNumber, parse_number
from analysis.extract.units import Sum, Unit
from analysis.lexicon import read
from analysis.text import Folded, alternation, fold_key


class _Patterns(NamedTuple):
    between: re.Pattern[str]  # these two read backwards, from the number on
    source: re.Pattern[str]
    joint: re.Pattern[str]
    change: re.Pattern[str]


@cache
def _patterns() -> _Patterns:
    span = read("amounts")["range"]
    between = alternation((fold_key(phrase)[::-1] for phrase in span["between"]), folded=True)
    source = alternation((fold_key(phrase)[::-1] for phrase in span["from"]), folded=True)
    to, either = alternation(span["to"]), alternation(span["or"])
    return _Patterns(
        re.compile(rf"[ (\"«“]*{between}[وف]?(?!\w)"),
        re.compile(rf" *{source}[وف]?(?!\w)"),
        re.compile(rf" *(?:(?P<dash>[-–—])|(?P<and>و)|(?P<to>{to})|(?P<or>{either})) *"),
        re.compile(rf"(?<!\w)[وفسب]?(?:ال)?{alternation(span['change'])}(?!\w)"),
    )


def joint(folded: str, start: int, end: int) -> re.Match[str] | None:
    """What joins two numbers, where nothing else stands between them: a dash, و, to or or."""
    return _patterns().joint.fullmatch(folded, start, end)


def opening_before(folded: str, at: int) -> int:
    """Where the words that open a range (ما بين، من) begin, which stand before its first number at `at`; `at` where none do.

    >>> opening_before("كلفته ما بين 5 و7 ملايين", 13)
    6
    """
    before = folded[max(0, at - 24) : at][::-1]
    found = _patterns().between.match(before) or _patterns().source.match(before)
    return at - found.end() if found else at


def read_range(
    folded: str, first: FoundNumber, second: FoundNumber, unit_after: Callable[[FoundNumber], Unit | None]
) -> tuple[list[Sum], bool] | None:
    """The range that two neighbouring numbers make, or both ends of a change; None where they are not joined.

    True: they are one range; False: two amounts that share what the second one says of its unit.
    """
    patterns = _patterns()
    if first.value is None or second.value is None or second.core - first.end > 40:
        return None
    low: float = first.value
    own = unit_after(first) if second.core - first.end > 1 else None
    if own and own.end > second.start:
        own = None
    link = joint(folded, own.end if own else first.end, second.core)
    if not link:
        return None
    sign = currencies.currency_before(folded, first.core)
    start = first.start
    if sign and not own:  # $5-7 million
        start, own = sign[0], Unit("money", first.end, sign[1])
    unit = unit_after(second) or (own._replace(end=second.end) if own and own.kind == "money" else None)
    if not unit and second.scale > 1 and not counted.is_time(folded, second.end):
        unit = Unit("count", second.end)  # 5-7 ملايين
    if not unit or (own and not _same(own, unit)):
        return None
    if unit.kind == "count" and counted.is_label(folded, start):
        return None
    scaled = second.scale > 1 and (low < second.value / second.scale or (link["dash"] and low < 100))
    if scaled and (sign or not own) and first.scale == 1:
        low = low * second.scale  # بين 5 و7 ملايين; 7-5 ملايين, from right to left
    before = folded[max(0, start - 24) : start][::-1]
    source, between = bool(patterns.source.match(before)), bool(patterns.between.match(before))
    opened = source or between or not own or sign is not None
    if low < second.value and _is_range(folded, start, link, between, opened):
        return [Sum(start, unit.end, unit, None, low, second.value)], True
    if link["dash"] and low >= second.value:  # a score; a range from right to left
        swapped = Sum(start, unit.end, unit, None, second.value, low)
        return ([], False) if unit.kind == "count" or low == second.value else ([swapped], True)
    if own or not (link["and"] or source):
        return None
    ends = Sum(start, first.end, unit._replace(end=first.end), low), Sum(second.start, unit.end, unit, second.value)
    return list(ends), False


def _is_range(folded: str, start: int, link: re.Match[str], between: bool, to: bool) -> bool:
    """Whether what joins two numbers makes a range: و needs بين before it; إلى needs `to`, and no verb of change before it."""
    if link["and"] or between:
        return between
    if link["to"]:
        return to and not _patterns().change.search(folded, qualifiers.sentence_start(folded, start, 80), start)
    return True


def _same(one: Unit, other: Unit) -> bool:
    return one.kind == other.kind and (one.kind != "money" or one.code == other.code or None in (one.code, other.code))


def split_range(doc: Folded, number: FoundNumber, unit: Unit) -> Sum | None:
    """بين ألف وخمسة آلاف read as one sum: its two parts are the ends where بين stands before it and no second number follows."""
    if not number.split or not _patterns().between.match(doc.folded[max(0, number.start - 24) : number.start][::-1]):
        return None
    low = parse_number(doc.folded[number.core : number.split].strip())
    high = parse_number(doc.folded[number.split : number.end].strip())
    if low is None or high is None:
        return None
    if number.value is not None and number.scale > 1:
        low *= number.scale
    return Sum(number.start, unit.end, unit, None, low, high) if low < high else None
