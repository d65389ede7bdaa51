"""Amounts: sums of money, percentages, counts and measures, with their bounds, units, modifiers, periods and actions.

In goes a text, out come `Amount`s in order, each with its span: from the first word of the number to the last word of its unit.

>>> found = find_amounts("تعهدت الدول بتقديم أكثر من 33 مليون دولار خلال 3 أشهر")
>>> [(amount.text, amount.value, amount.unit, amount.modifier, amount.period) for amount in found]
[('33 مليون دولار', 33000000.0, 'USD', 'more_than', 'P3M')]

How it works: `numbers.scan_numbers` gives the anchors; right of each stands its unit (`units`), left of it its modifier
(`qualifiers`). Numbers that a range joins are read together (`ranges`). Numbers that name no quantity (dates, ages, labels,
ordinals, lengths of time) give nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from analysis.extract import counted, currencies, qualifiers, units
from analysis.extract.gluing import parted
from analysis.extract.numbers import FoundNumber, scan_numbers
from analysis.extract.ranges import joint, opening_before, read_range, split_range
from analysis.extract.units import Sum, Unit
from analysis.lexicon import read
from analysis.text import Folded, fold

if TYPE_CHECKING:
    from analysis.extract.dates import Date


class Amount(NamedTuple):
    """One amount: the columns of the table `amounts`, offsets in code points of the text it was read from."""

    start: int
    end: int
    text: str
    kind: str
    value: float | None
    low: float | None
    high: float | None
    unit: str | None
    modifier: str
    period: str | None
    action: str | None


# ---------------------------------------------------------------- scanning


class _Scan:
    """One article being read: what later numbers need of earlier ones."""

    def __init__(self, doc: Folded, country: str | None) -> None:
        self.doc = doc
        self.country = country
        self.found: list[Amount] = []
        self.money: tuple[Sum, str | None] | None = None  # the last sum of money and its code
        self.end = 0  # the folded end of the last amount
        self.taken = 0  # the folded end of the last amount with its period
        self.named: dict[str, dict[str, int]] = {}
        self.label = 0  # the folded end of the last label
        self.units: dict[int, Unit | None] = {}  # the unit after each number, by where the number begins

    def unit_after(self, number: FoundNumber) -> Unit | None:
        """The unit that follows a number; looked for once."""
        if number.start not in self.units:
            self.units[number.start] = units.unit_after(self.doc, number)
        return self.units[number.start]

    def add(self, total: Sum, *, range_: bool = False) -> None:
        """Qualify a sum and keep it."""
        folded, unit = self.doc.folded, total.unit
        vague = total.value is None and total.high is None
        modifier, start = unit.modifier or "exact", total.start
        if before := qualifiers.modifier_before(folded, total.start):
            modifier = unit.modifier or before[0]
        end = total.end
        plain = qualifiers.is_plain_after(folded, end)
        if modifier == "exact" and not plain and (after := qualifiers.modifier_after(folded, end)):
            modifier, end = after
        if vague:
            modifier = "vague"
        elif range_:
            modifier = "range"
        if unit.kind == "count" and counted.is_furniture(folded, total.start, total.end):
            return
        code, value = unit.code, total.value
        action = None
        if unit.kind == "money":
            code = self.code(unit, total)
            action = self.action(total)
            self.money = total, code
        elif value is not None and unit.kind in ("measure", "percent") and self.is_negative(total):
            value = -value
        period, taken = (None, end) if plain else qualifiers.period_after(folded, end)
        if not period and unit.kind == "money":
            period = qualifiers.period_before(folded, total.start, self.taken)
        self.taken = taken
        self.end = total.end
        words = self.doc.spelled(*unit.words) if unit.words else None
        first, last = self.doc.span(start, total.end)
        divided = unit.divisor if unit.kind == "money" else 1
        low, high = _over(total.low, divided), _over(total.high, divided)
        named = code if unit.kind in ("money", "percent") else words
        text, value = self.doc.text[first:last], _over(value, divided)
        self.found.append(Amount(first, last, text, unit.kind, value, low, high, named, modifier, period, action))

    def action(self, total: Sum) -> str | None:
        """What is done with a sum of money; a sum joined to the one before it shares what is done with that."""
        if self.money and self.money[0].end == self.end and _SHARING.fullmatch(self.doc.folded, self.end, total.start):
            return self.found[-1].action
        return qualifiers.action_of(self.doc.folded, total.start, total.end, self.end)

    def is_negative(self, total: Sum) -> bool:
        """Whether a measure or percentage is below zero: تحت الصفر, or a minus that stands after a word."""
        folded = self.doc.folded
        if units.is_below_zero(folded, total.end):
            return True
        before = folded[max(0, total.start - 3) : total.start]
        return before[-1:] in _MINUS and bool(re.search(r"[^\W\d_] .$", before))

    def code(self, unit: Unit, total: Sum) -> str | None:
        """The ISO code of a sum, settled by country where its words leave it open."""
        if unit.code or not unit.currency:
            return unit.code
        folded = self.doc.folded

        def by_sentence(noun: str) -> dict[str, int]:
            start, end = qualifiers.sentence_start(folded, total.start, 400), qualifiers.sentence_end(folded, total.end, 400)
            return currencies.named_codes(noun, folded, start, end)

        return currencies.settle(unit.currency, self.country, by_sentence, self.by_article)

    def by_article(self, noun: str) -> dict[str, int]:
        """The codes that the whole article names for a currency's noun, with how often; looked up once."""
        if noun not in self.named:
            self.named[noun] = currencies.named_codes(noun, self.doc.folded, 0, len(self.doc.folded))
        return self.named[noun]

    def read(self, number: FoundNumber) -> None:
        """Read one number that no range takes."""
        doc, folded = self.doc, self.doc.folded
        if number.start < self.end:  # a fraction of the last sum (عشرة دولارات ونصف الدولار)
            return
        before = currencies.currency_before(folded, number.core)
        if before and before[0] >= self.end:
            self.add(Sum(before[0], number.end, Unit("money", number.end, before[1]), number.value, number.low))
            return
        if number.core > self.end and folded[number.core - 1 : number.core] == "%" and _is_percent_sign(folded, number):  # %25
            self.add(Sum(number.core - 1, number.end, Unit("percent", number.end, "percent"), number.value, number.low))
            return
        unit = self.unit_after(number)
        if (not unit or unit.kind == "count") and self.labels(number, unit):
            return
        if not unit and number.value == 1 and not number.digits and (noun := currencies.noun_before(folded, number.start)):
            start, currency = noun
            unit = Unit("money", number.end, currency.code, None, currency, currency.divisor)
            self.add(Sum(start, number.end, unit, 1))
            return
        if unit:
            if self.joins(number, unit):
                return
            if split := split_range(doc, number, unit):
                self.add(split, range_=True)
                return
            self.add(units.with_fraction(doc, Sum(number.start, unit.end, unit, number.value, number.low)))
            return
        if not counted.is_time(folded, number.end) and not self.joins(number, None):
            self.read_bare(number)

    def labels(self, number: FoundNumber, unit: Unit | None) -> bool:
        """Whether a number is a label, or joined to one (المادتان 41 و42); one that its noun agrees with is none."""
        folded = self.doc.folded
        if unit and unit.words and counted.is_strictly_counted(self.doc, counted.Noun(*unit.words), number):
            return False
        joined = self.label and number.core - self.label < 8 and joint(folded, self.label, number.core)
        if joined or (folded[number.start] not in "وف" and counted.is_label(folded, number.start)):
            self.label = number.end
            return True
        return False

    def read_bare(self, number: FoundNumber) -> None:
        """A number with no unit after it: its noun stands before it, is left out, or was named by the last sum."""
        doc, folded = self.doc, self.doc.folded
        if number.definite and units.may_count(number) and number.value is not None and (noun := counted.noun_before(doc, number)):
            self.add(Sum(noun.start, number.end, Unit("count", number.end, None, (noun.start, noun.end)), number.value))
        elif currency := self.elided(number):
            self.add(Sum(number.start, number.end, currency, number.value, number.low))
        elif number.value is None:
            if number.definite or (number.low or 0) >= 10_000:
                self.add(Sum(number.start, number.end, Unit("count", number.end), None, number.low))
        elif units.may_count(number) and number.shape != "dots" and number.value == int(number.value) and number.value > 0:
            before = qualifiers.modifier_before(folded, number.start)
            start = before[1] if before else number.start
            if noun := counted.totalled(folded, start) or (counted.totalled(folded, number.start) if before else None):
                words = (noun.start, noun.end) if noun.end > noun.start else None
                self.add(Sum(number.start, number.end, Unit("count", number.end, None, words), number.value))
            elif counted.is_governed(folded, start):
                self.add(Sum(number.start, number.end, Unit("count", number.end), number.value))

    def elided(self, number: FoundNumber) -> Unit | None:
        """The currency of the sentence's last sum, where this number has a scale of a million or follows it at once."""
        if not self.money:
            return None
        total, code = self.money
        folded = self.doc.folded
        between = folded[total.end : number.core]
        if re.search(r"[\n.!؟؛]", between):
            return None
        close = joint(folded, total.end, number.core)
        if (number.scale >= 1_000_000 or (number.low or 0) >= 1_000_000) or (close and not close["dash"] and len(between) > 2):
            return Unit("money", number.end, code, None, total.unit.currency)
        return None

    def joins(self, number: FoundNumber, unit: Unit | None) -> bool:
        """Add parts of a currency to the sum before them (20 دولارا و43 سنتا, $20 43); True where they belong together."""
        if not self.money or number.value is None or not self.found:
            return False
        total, code = self.money
        folded = self.doc.folded
        gap = folded[total.end : number.core]
        if total.value is None or total.unit.divisor > 1 or gap.strip() not in ("", "و") or "\n" in gap:
            return False
        if unit:
            divisor = read("currencies")["parts"].get(unit.currency.noun, {}).get("divisor", 0) if unit.currency else 0
        elif total.unit.end == total.end and 1000 <= number.scale < total.value and _CLAUSE_END.match(folded, number.end):
            return self.lengthen(number, number.end, 1, code)  # مليون دولار و200 ألف
        else:  # bare hundredths end the clause
            divisor = 100 if 0 < number.value < 100 and number.shape == "" and _CLAUSE_END.match(folded, number.end) else 0
        if not divisor:
            return False
        return self.lengthen(number, unit.end if unit else number.end, divisor, code or (unit.code if unit else None))

    def lengthen(self, number: FoundNumber, end: int, divisor: int, code: str | None) -> bool:
        """Add a number's value to the last sum, which then ends where the number's unit does."""
        if not self.money or number.value is None or self.money[0].value is None:
            return False
        first, last = self.doc.span(self.money[0].start, end)
        value = self.money[0].value + number.value / divisor
        self.found[-1] = self.found[-1]._replace(end=last, text=self.doc.text[first:last], value=value, unit=code)
        self.money, self.end = None, end
        return True


_MINUS = frozenset("-−")
_SHARING = re.compile(r" *(?:\(|[وف]? *)")  # (110 آلاف دولار), و40 ألف يورو
_CLAUSE_END = re.compile(r" *(?:$|[\n.،,؛!؟)])")


def _is_percent_sign(folded: str, number: FoundNumber) -> bool:
    """Whether the % before a number is its sign, and no part of an address (%D8%83)."""
    before, after = folded[number.core - 2 : number.core - 1], folded[number.end : number.end + 1]
    return not (before.isascii() and before.isalnum()) and not (after == "%" or (after.isascii() and after.isalpha()))


def _over(value: float | None, divisor: int) -> float | None:
    return None if value is None else float(value / divisor)


def _outside(doc: Folded, numbers: list[FoundNumber], dates: Sequence[Date]) -> list[FoundNumber]:
    """The cardinal numbers that are part of no date; digits that alone make a date but have a currency or % are kept."""
    kept, at = [], 0
    spans = sorted((date.start, date.end) for date in dates)
    farthest = doc.farthest
    for number in numbers:
        if number.ordinal or (number.shape == "part" and not units.unit_at(doc, number, number.end)):
            continue
        while at < len(spans) and spans[at][1] <= number.core:
            at += 1
        if at >= len(spans) or number.end + farthest <= spans[at][0]:
            kept.append(number)
            continue
        start, end = doc.span(number.core, number.end)
        while at < len(spans) and spans[at][1] <= start:
            at += 1
        if at < len(spans) and spans[at][0] < end:
            bare = spans[at] == (start, end)
            if not bare or not (unit := units.unit_at(doc, number, number.end)) or unit.kind == "count":
                continue
        kept.append(number)
    return kept


def scan_amounts(doc: Folded, dates: Sequence[Date], *, country: str | None = None) -> list[Amount]:
    """Every amount of a folded text in order; numbers within `dates` are none. For `country` see `find_amounts`."""
    doc = parted(doc).doc
    numbers = _outside(doc, scan_numbers(doc), dates)
    scan, at = _Scan(doc, country), 0
    while at < len(numbers):
        pair = read_range(doc.folded, numbers[at], numbers[at + 1], scan.unit_after) if at + 1 < len(numbers) else None
        if pair:
            for total in pair[0]:
                scan.add(total, range_=pair[1])
            at += 2
            continue
        scan.read(numbers[at])
        at += 1
    return scan.found


def find_amounts(text: str, *, country: str | None = None) -> list[Amount]:
    """The amounts of a text, in order.

    `country` is the ISO 3166 alpha-2 code of the outlet's country, for a bare ريال, دينار, ليرة, درهم or جنيه. `value` is one
    number; ranges have `low` and `high` instead, vague plurals `low`, their magnitude. Money has ISO 4217 codes, or None where text
    and country do not settle it; counts and measures have their noun as written. Dates, times, ages, lengths of time, ordinals,
    labels (القرار 2254, كوفيد 19) and numbers alone on their line are no amounts. Cents are dollars or euros where sentence or
    article name one of the two; alone they have no code (`value` is in whole units of whatever they are cents of). Never raises.

    >>> [(amount.low, amount.high, amount.unit) for amount in find_amounts("ما بين 5 و7 ملايين دولار")]
    [(5000000.0, 7000000.0, 'USD')]
    >>> [(amount.value, amount.unit) for amount in find_amounts("35 ألف دينار", country="TN")]
    [(35000.0, 'TND')]
    """
    from analysis.extract.dates import scan_dates

    doc = fold(text)
    return scan_amounts(doc, scan_dates(doc), country=country)


_AROUND = 120  # characters to either side in which what qualifies an amount is looked for


def qualified_span(text: str, start: int, end: int, modifier: str) -> tuple[int, int]:
    """The span of an amount with the words that qualify it, for readers: an amount's own span leaves them out.

    >>> text = "أنفقت أكثر من 33 مليون دولار"
    >>> start, end = qualified_span(text, 14, 28, "more_than")
    >>> text[start:end]
    'أكثر من 33 مليون دولار'
    """
    if modifier in ("exact", "vague"):
        return start, end
    shift = max(0, start - _AROUND)
    doc = fold(text[shift : end + _AROUND])
    first, last = doc.to_folded(start - shift), doc.to_folded(end - shift)
    if modifier == "range":
        begin, finish = opening_before(doc.folded, first), last
    else:
        before, after = qualifiers.modifier_before(doc.folded, first), qualifiers.modifier_after(doc.folded, last)
        begin = before[1] if before and before[0] == modifier else first
        finish = after[1] if after and after[0] == modifier and begin == first else last
    while begin < first and doc.folded[begin].isspace():
        begin += 1
    return (
        shift + doc.span(begin, first)[0] if begin < first else start,
        shift + doc.span(last, finish)[1] if finish > last else end,
    )
