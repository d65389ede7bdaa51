"""Amounts: sums of money, percentages, counts and measures, with their bounds, units, modifiers, periods and actions.

In goes a text, out come `Amount`s in order, each with its span: from the first word of the number to the last word of its unit.

>>> found = find_amounts("تعهدت الدول بتقديم أكثر من 33 مليون دولار خلال 3 أشهر")
>>> [(amount.text, amount.value, amount.unit, amount.modifier, amount.period) for amount in found]
[('33 مليون دولار', 33000000.0, 'USD', 'more_than', 'P3M')]

How it works: `numbers.scan_numbers` gives the anchors; right of each stands its unit, left of it its modifier. Numbers that a range
joins are read together. Numbers that name no quantity (dates, ages, labels, ordinals, lengths of time) give nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from analysis.extract import counted, currencies, qualifiers
from analysis.extract.gluing import parted
from analysis.extract.numbers import FoundNumber, parse_number, scan_numbers
from analysis.lexicon import read
from analysis.text import Folded, alternation, fold, fold_key

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


_NO_UNIT = "\n،.؛:!؟)؛,]»”"


class _Unit(NamedTuple):
    """What a number is a number of: `end` is the folded offset after it, `words` the folded span of a unit given as written."""

    kind: str
    end: int
    code: str | None = None
    words: tuple[int, int] | None = None
    currency: currencies.Currency | None = None
    divisor: int = 1
    modifier: str | None = None  # one that stands between the number and the unit


class _Sum(NamedTuple):
    """An amount before its qualifiers are read; offsets are folded."""

    start: int
    end: int
    unit: _Unit
    value: float | None
    low: float | None = None
    high: float | None = None


# ---------------------------------------------------------------- units


class _Patterns(NamedTuple):
    percent: re.Pattern[str]
    measure: re.Pattern[str]
    units: dict[str, str]  # the first Arabic words of percent, currencies and measures, with the letter of each kind
    below_zero: re.Pattern[str]
    between: re.Pattern[str]
    source: re.Pattern[str]
    joint: re.Pattern[str]
    change: re.Pattern[str]


@cache
def _patterns() -> _Patterns:
    amounts, units = read("amounts"), read("units")
    percent = amounts["percent"]
    forms = [fold_key(form) for forms in units["measures"].values() for form in forms]
    compound = {name: [fold_key(form) for form in units["compound"][name]] for name in ("prefixes", "bases", "endings", "powers")}
    prefixes, bases, powers = (alternation(compound[name], folded=True) for name in ("prefixes", "bases", "powers"))
    compounds = rf"{prefixes} ?{bases}(?:{'|'.join(filter(None, compound['endings']))})?(?: ?{powers})?"
    measures = rf"(?:{compounds}(?!\w)|{alternation(forms, folded=True)})"
    measured = {_FIRST.match(form)[0] for form in forms if currencies.is_arabic(form)}  # type: ignore[index]
    ended = [base + ending for base in compound["bases"] for ending in compound["endings"]]
    measured |= {prefix + base for prefix in compound["prefixes"] for base in ("", *ended)}
    kinds = {
        "p": {fold_key(word).partition(" ")[0] for word in percent["words"]},
        "c": currencies.first_words(),
        "m": measured | {"ال" + word for word in measured},
    }
    span = amounts["range"]
    between = alternation((fold_key(phrase)[::-1] for phrase in span["between"]), folded=True)
    source = alternation((fold_key(phrase)[::-1] for phrase in span["from"]), folded=True)
    to, either = alternation(span["to"]), alternation(span["or"])
    return _Patterns(
        re.compile(rf" *(?:{alternation(percent['signs'])}|{alternation(percent['words'])}(?!\w))"),
        re.compile(rf" *(?:من +)?(?:ال)?(?P<unit>{measures})(?!\w)"),
        {word: "".join(kind for kind in kinds if word in kinds[kind]) for word in set().union(*kinds.values())},
        re.compile(rf" +{alternation(units['below_zero']['words'])}(?!\w)"),
        re.compile(rf"[ (\"«“]*{between}[وف]?(?!\w)"),
        re.compile(rf" *{source}[وف]?(?!\w)"),
        re.compile(rf" *(?:(?P<dash>[-–—])|(?P<and>و)|(?P<to>{to})|(?P<or>{either})) *"),
        re.compile(rf"(?<!\w)[وفسب]?(?:ال)?{alternation(span['change'])}(?!\w)"),
    )


_FIRST = re.compile(r"[^\W\d_]+")
_NEXT = re.compile(r" *(?:من +)?[\"“«(']*(?P<word>[^\W\d_]+)")
_ALL_KINDS = "pcm"
_BRACKETS = frozenset(("()", "[]", "«»", "“”", '""'))


def _unit_after(doc: Folded, number: FoundNumber) -> _Unit | None:
    """The unit that follows a number; None where none does, or a length of time does."""
    folded, end = doc.folded, number.end
    if unit := _unit_at(doc, number, end):
        return unit
    if folded[end : end + 1] in ')]»”"' and folded[number.core - 1 : number.core] + folded[end : end + 1] in _BRACKETS:
        return _unit_at(doc, number, end + 1)  # (500) دولار
    if qualifiers.is_plain_after(folded, end) or not (between := qualifiers.modifier_after(folded, end, touching=True)):
        return None
    unit = _unit_at(doc, number, between[1])
    return unit._replace(modifier=between[0]) if unit else None


def _unit_at(doc: Folded, number: FoundNumber, at: int) -> _Unit | None:
    folded, patterns = doc.folded, _patterns()
    ahead = folded[at : at + 1]
    if ahead == " ":
        ahead = folded[at + 1 : at + 2]
    if ahead in _NO_UNIT:  # "" too
        return None
    if ahead == "%":
        end = folded.index("%", at) + 1
        follows = folded[end : end + 1]
        return None if follows.isascii() and follows.isalnum() else _Unit("percent", end, "percent")  # an address has %D8%83
    match = _NEXT.match(folded, at)
    kinds = patterns.units.get(match["word"], "") if match and currencies.is_arabic(match["word"]) else _ALL_KINDS
    if "p" in kinds and (match := patterns.percent.match(folded, at)):
        return _Unit("percent", match.end(), "percent")
    if "c" in kinds and (currency := currencies.currency_after(doc, at)):
        return _Unit("money", currency.end, currency.code, None, currency, currency.divisor)
    if "m" in kinds and (match := patterns.measure.match(folded, at)) and not counted.is_time(folded, at):
        return _Unit("measure", match.end(), None, match.span("unit"))
    noun = counted.counted_noun(doc, number, at) if _may_count(number) else None
    return _Unit("count", noun.end, None, (noun.start, noun.end)) if noun else None


def _may_count(number: FoundNumber) -> bool:
    """Whether a number with a noun is a count: digits, ten or more, or vague; and no fraction of digits (3/4)."""
    return number.value is None or (number.shape not in ("fraction", "zero", "part") and (number.digits or abs(number.value) >= 10))


# ---------------------------------------------------------------- ranges


def _range(scan: _Scan, first: FoundNumber, second: FoundNumber) -> tuple[list[_Sum], bool] | None:
    """The range that two neighbouring numbers make, or both ends of a change; None where they are not joined.

    True: they are one range; False: two amounts that share what the second one says of its unit.
    """
    folded, patterns = scan.doc.folded, _patterns()
    if first.value is None or second.value is None or second.core - first.end > 40:
        return None
    low: float = first.value
    own = scan.unit_after(first) if second.core - first.end > 1 else None
    if own and own.end > second.start:
        own = None
    joint = patterns.joint.fullmatch(folded, own.end if own else first.end, second.core)
    if not joint:
        return None
    sign = currencies.currency_before(folded, first.core)
    if sign and not own:  # $5-7 million
        first, own = first._replace(start=sign[0]), _Unit("money", first.end, sign[1])
    unit = scan.unit_after(second) or (own._replace(end=second.end) if own and own.kind == "money" else None)
    if not unit and second.scale > 1 and not counted.is_time(folded, second.end):
        unit = _Unit("count", second.end)  # 5-7 ملايين
    if not unit or (own and not _same(own, unit)):
        return None
    if unit.kind == "count" and counted.is_label(folded, first.start):
        return None
    scaled = second.scale > 1 and (low < second.value / second.scale or (joint["dash"] and low < 100))
    if scaled and (sign or not own) and first.scale == 1:
        low = low * second.scale  # بين 5 و7 ملايين; 7-5 ملايين, from right to left
    before = folded[max(0, first.start - 24) : first.start][::-1]
    source, between = bool(patterns.source.match(before)), bool(patterns.between.match(before))
    opened = source or between or not own or sign is not None
    if low < second.value and _is_range(folded, first.start, joint, between, opened):
        return [_Sum(first.start, unit.end, unit, None, low, second.value)], True
    if joint["dash"] and low >= second.value:  # a score; a range from right to left
        swapped = _Sum(first.start, unit.end, unit, None, second.value, low)
        return ([], False) if unit.kind == "count" or low == second.value else ([swapped], True)
    if own or not (joint["and"] or source):
        return None
    ends = _Sum(first.start, first.end, unit._replace(end=first.end), low), _Sum(second.start, unit.end, unit, second.value)
    return list(ends), False


def _is_range(folded: str, start: int, joint: re.Match[str], between: bool, to: bool) -> bool:
    """Whether what joins two numbers makes a range: و needs بين before it; إلى needs `to`, and no verb of change before it."""
    if joint["and"] or between:
        return between
    if joint["to"]:
        return to and not _patterns().change.search(folded, qualifiers.sentence_start(folded, start, 80), start)
    return True


def _same(one: _Unit, other: _Unit) -> bool:
    return one.kind == other.kind and (one.kind != "money" or one.code == other.code or None in (one.code, other.code))


def _split_range(doc: Folded, number: FoundNumber, unit: _Unit) -> _Sum | None:
    """بين ألف وخمسة آلاف read as one sum: its two parts are the ends where بين stands before it and no second number follows."""
    if not number.split or not _patterns().between.match(doc.folded[max(0, number.start - 24) : number.start][::-1]):
        return None
    low = parse_number(doc.folded[number.core : number.split].strip())
    high = parse_number(doc.folded[number.split : number.end].strip())
    if low is None or high is None:
        return None
    if number.value is not None and number.scale > 1:
        low *= number.scale
    return _Sum(number.start, unit.end, unit, None, low, high) if low < high else None


# ---------------------------------------------------------------- scanning


class _Scan:
    """One article being read: what later numbers need of earlier ones."""

    def __init__(self, doc: Folded, country: str | None) -> None:
        self.doc = doc
        self.country = country
        self.found: list[Amount] = []
        self.money: tuple[_Sum, str | None] | None = None  # the last sum of money and its code
        self.end = 0  # the folded end of the last amount
        self.taken = 0  # the folded end of the last amount with its period
        self.named: dict[str, dict[str, int]] = {}
        self.label = 0  # the folded end of the last label
        self.units: dict[int, _Unit | None] = {}  # the unit after each number, by where the number begins

    def unit_after(self, number: FoundNumber) -> _Unit | None:
        """The unit that follows a number; looked for once."""
        if number.start not in self.units:
            self.units[number.start] = _unit_after(self.doc, number)
        return self.units[number.start]

    def add(self, total: _Sum, *, range_: bool = False) -> None:
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
        words = self.doc.surface(*unit.words) if unit.words else None
        first, last = self.doc.span(start, total.end)
        divided = unit.divisor if unit.kind == "money" else 1
        self.found.append(
            Amount(
                first,
                last,
                self.doc.text[first:last],
                unit.kind,
                _over(value, divided),
                _over(total.low, divided),
                _over(total.high, divided),
                code if unit.kind in ("money", "percent") else words,
                modifier,
                period,
                action,
            )
        )

    def action(self, total: _Sum) -> str | None:
        """What is done with a sum of money; a sum joined to the one before it shares what is done with that."""
        if self.money and self.money[0].end == self.end and _SHARING.fullmatch(self.doc.folded, self.end, total.start):
            return self.found[-1].action
        return qualifiers.action_of(self.doc.folded, total.start, total.end, self.end)

    def is_negative(self, total: _Sum) -> bool:
        """Whether a measure or percentage is below zero: تحت الصفر, or a minus that stands after a word."""
        folded = self.doc.folded
        if _patterns().below_zero.match(folded, total.end):
            return True
        return folded[total.start - 1 : total.start] in _MINUS and bool(re.search(r"[^\W\d_] $", folded[: total.start - 1][-2:]))

    def code(self, unit: _Unit, total: _Sum) -> str | None:
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
        before = currencies.currency_before(folded, number.core)
        if before and before[0] >= self.end:
            self.add(_Sum(before[0], number.end, _Unit("money", number.end, before[1]), number.value, number.low))
            return
        if number.core > self.end and folded[number.core - 1 : number.core] == "%" and _is_percent_sign(folded, number):  # %25
            self.add(_Sum(number.core - 1, number.end, _Unit("percent", number.end, "percent"), number.value, number.low))
            return
        unit = self.unit_after(number)
        if (not unit or unit.kind == "count") and self.labels(number, unit):
            return
        if not unit and number.value == 1 and not number.digits and (noun := currencies.noun_before(folded, number.start)):
            start, currency = noun
            unit = _Unit("money", number.end, currency.code, None, currency, currency.divisor)
            self.add(_Sum(start, number.end, unit, 1))
            return
        if unit:
            if self.joins(number, unit):
                return
            if split := _split_range(doc, number, unit):
                self.add(split, range_=True)
                return
            self.add(_Sum(number.start, unit.end, unit, number.value, number.low))
            return
        if not counted.is_time(folded, number.end) and not self.joins(number, None):
            self.read_bare(number)

    def labels(self, number: FoundNumber, unit: _Unit | None) -> bool:
        """Whether a number is a label, or joined to one (المادتان 41 و42); one that its noun agrees with is none."""
        folded = self.doc.folded
        if unit and unit.words and counted.is_strictly_counted(self.doc, counted.Noun(*unit.words), number):
            return False
        joined = self.label and number.core - self.label < 8 and _patterns().joint.fullmatch(folded, self.label, number.core)
        if joined or (folded[number.start] not in "وف" and counted.is_label(folded, number.start)):
            self.label = number.end
            return True
        return False

    def read_bare(self, number: FoundNumber) -> None:
        """A number with no unit after it: its noun stands before it, is left out, or was named by the last sum."""
        doc, folded = self.doc, self.doc.folded
        if number.definite and _may_count(number) and number.value is not None and (noun := counted.noun_before(doc, number)):
            self.add(_Sum(noun.start, number.end, _Unit("count", number.end, None, (noun.start, noun.end)), number.value))
        elif currency := self.elided(number):
            self.add(_Sum(number.start, number.end, currency, number.value, number.low))
        elif number.value is None:
            if number.definite or (number.low or 0) >= 10_000:
                self.add(_Sum(number.start, number.end, _Unit("count", number.end), None, number.low))
        elif _may_count(number) and number.shape != "dots" and number.value == int(number.value) and number.value > 0:
            before = qualifiers.modifier_before(folded, number.start)
            start = before[1] if before else number.start
            if noun := counted.totalled(folded, start) or (counted.totalled(folded, number.start) if before else None):
                words = (noun.start, noun.end) if noun.end > noun.start else None
                self.add(_Sum(number.start, number.end, _Unit("count", number.end, None, words), number.value))
            elif counted.is_governed(folded, start):
                self.add(_Sum(number.start, number.end, _Unit("count", number.end), number.value))

    def elided(self, number: FoundNumber) -> _Unit | None:
        """The currency of the sentence's last sum, where this number has a scale of a million or follows it at once."""
        if not self.money:
            return None
        total, code = self.money
        between = self.doc.folded[total.end : number.core]
        if re.search(r"[\n.!؟؛]", between):
            return None
        close = _patterns().joint.fullmatch(between)
        if (number.scale >= 1_000_000 or (number.low or 0) >= 1_000_000) or (close and not close["dash"] and len(between) > 2):
            return _Unit("money", number.end, code, None, total.unit.currency)
        return None

    def joins(self, number: FoundNumber, unit: _Unit | None) -> bool:
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
        if number.ordinal or (number.shape == "part" and not _unit_at(doc, number, number.end)):
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
            if not bare or not (unit := _unit_at(doc, number, number.end)) or unit.kind == "count":
                continue
        kept.append(number)
    return kept


def scan_amounts(doc: Folded, dates: Sequence[Date], *, country: str | None = None) -> list[Amount]:
    """Every amount of a folded text in order; numbers within `dates` are none. For `country` see `find_amounts`."""
    doc = parted(doc)
    numbers = _outside(doc, scan_numbers(doc), dates)
    scan, at = _Scan(doc, country), 0
    while at < len(numbers):
        pair = _range(scan, numbers[at], numbers[at + 1]) if at + 1 < len(numbers) else None
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
