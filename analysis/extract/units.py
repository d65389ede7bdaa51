"""What a number is a number of: percent, money, a measure, or things that are counted; and the sums that number and unit make.

In goes a folded text and a number in it, out comes the `Unit` that follows, or None where none does.

>>> from analysis.extract.numbers import scan_numbers
>>> from analysis.text import fold
>>> doc = fold("33 مليون دولار")
>>> unit_after(doc, scan_numbers(doc)[0]).code
'USD'
"""

from __future__ import annotations

import re
from fractions import Fraction
from functools import cache
from typing import NamedTuple

from analysis.extract import counted, currencies, qualifiers
from analysis.extract.numbers import FoundNumber  # noqa: TC001 (the numbers are imported with it anyway)
from analysis.lexicon import read
from analysis.text import Folded, alternation, fold_key


class Unit(NamedTuple):
    """What a number is a number of: `end` is the folded offset after it, `words` the folded span of a unit given as written."""

    kind: str
    end: int
    code: str | None = None
    words: tuple[int, int] | None = None
    currency: currencies.Currency | None = None
    divisor: int = 1
    modifier: str | None = None  # one that stands between the number and the unit


class Sum(NamedTuple):
    """An amount before its qualifiers are read; offsets are folded."""

    start: int
    end: int
    unit: Unit
    value: float | None
    low: float | None = None
    high: float | None = None


class _Patterns(NamedTuple):
    percent: re.Pattern[str]
    measure: re.Pattern[str]
    units: dict[str, str]  # the first Arabic words of percent, currencies and measures, with the letter of each kind
    below_zero: re.Pattern[str]
    fraction: re.Pattern[str]  # of the unit, after it
    fractions: dict[str, Fraction]
    scales: dict[str, int]
    goes_on: frozenset[str]  # words after a fraction of the unit that are not what it is of


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
    numbers = read("numbers")
    fractions = {fold_key(form): Fraction(part) for part, forms in numbers["fractions"].items() for form in forms}
    return _Patterns(
        re.compile(rf" *(?:{alternation(percent['signs'])}|{alternation(percent['words'])}(?!\w))"),
        re.compile(rf" *(?:{_OF} +)?(?:ال)?(?P<unit>{measures})(?!\w)"),
        {word: "".join(kind for kind in kinds if word in kinds[kind]) for word in set().union(*kinds.values())},
        re.compile(rf" +{alternation(units['below_zero']['words'])}(?!\w)"),
        re.compile(rf" +و *(?P<part>{alternation(fractions, folded=True)})(?!\w)(?: +(?P<of>[^\W\d_]+))?"),
        fractions,
        {"ال" + fold_key(form): scale["value"] for scale in numbers["scales"].values() for form in scale["singular"]},
        frozenset(fold_key(word) for word in numbers["particles"]["not_counted"]),
    )


_NO_UNIT = "\n،.؛:!؟)؛,]»”"
_FIRST = re.compile(r"[^\W\d_]+")
_OF = fold_key(read("numbers")["particles"]["of"])
_NEXT = re.compile(rf" *(?:{_OF} +)?[\"“«(']*(?P<word>[^\W\d_]+)")
_ALL_KINDS = "pcm"
_BRACKETS = frozenset(("()", "[]", "«»", "“”", '""'))


def unit_after(doc: Folded, number: FoundNumber) -> Unit | None:
    """The unit that follows a number; None where none does, or a length of time does."""
    folded, end = doc.folded, number.end
    if unit := unit_at(doc, number, end):
        return unit
    if folded[end : end + 1] in ')]»”"' and folded[number.core - 1 : number.core] + folded[end : end + 1] in _BRACKETS:
        return unit_at(doc, number, end + 1)  # (500) دولار
    if qualifiers.is_plain_after(folded, end) or not (between := qualifiers.modifier_after(folded, end, touching=True)):
        return None
    unit = unit_at(doc, number, between[1])
    return unit._replace(modifier=between[0]) if unit else None


def unit_at(doc: Folded, number: FoundNumber, at: int) -> Unit | None:
    """The unit of a number that stands at `at`."""
    folded, patterns = doc.folded, _patterns()
    ahead = folded[at : at + 1]
    if ahead == " ":
        ahead = folded[at + 1 : at + 2]
    if ahead in _NO_UNIT:  # "" too
        return None
    if ahead == "%":
        end = folded.index("%", at) + 1
        follows = folded[end : end + 1]
        return None if follows.isascii() and follows.isalnum() else Unit("percent", end, "percent")  # an address has %D8%83
    match = _NEXT.match(folded, at)
    kinds = patterns.units.get(match["word"], "") if match and currencies.is_arabic(match["word"]) else _ALL_KINDS
    if "p" in kinds and (match := patterns.percent.match(folded, at)):
        return Unit("percent", match.end(), "percent")
    if "c" in kinds and (currency := currencies.currency_after(doc, at)):
        return Unit("money", currency.end, currency.code, None, currency, currency.divisor)
    if "m" in kinds and (match := patterns.measure.match(folded, at)) and not counted.is_time(folded, at):
        return Unit("measure", match.end(), None, match.span("unit"))
    noun = counted.counted_noun(doc, number, at) if may_count(number) else None
    return Unit("count", noun.end, None, (noun.start, noun.end)) if noun else None


def may_count(number: FoundNumber) -> bool:
    """Whether a number with a noun is a count: digits, ten or more, or vague; and no fraction of digits (3/4)."""
    return number.value is None or (number.shape not in ("fraction", "zero", "part") and (number.digits or abs(number.value) >= 10))


# ---------------------------------------------------------------- fractions of the unit


_SMALL = 1000  # from here on a bare half is one of the scale (خمسة ملايين دولار ونصف), or of the unit: nobody can tell


def with_fraction(doc: Folded, total: Sum) -> Sum:
    """The sum with the fraction that follows its unit: عشرة دولارات ونصف, كيلومتران ونصف الكيلومتر, مليون دولار ونصف المليون."""
    folded, unit, value = doc.folded, total.unit, total.value
    if value is None or unit.kind not in ("money", "measure") or not folded.startswith((" و", "  و"), unit.end):
        return total
    patterns = _patterns()
    match = patterns.fraction.match(folded, unit.end)
    if not match or value != int(value) or patterns.percent.match(folded, match.end("part")):
        return total
    part, of = patterns.fractions[match["part"]], match["of"] or ""
    if (scale := patterns.scales.get(of, 0)) and value >= scale:
        return total._replace(end=match.end(), value=float(value + part * scale))
    if value >= _SMALL:
        return total
    if of and _is_unit(doc, unit, match.start("of")):
        return total._replace(end=match.end(), value=float(value + part))
    if not of or of in patterns.goes_on or of.startswith("لل"):
        return total._replace(end=match.end("part"), value=float(value + part))
    return total


_STEM = 3  # letters that the forms of a measure share


def _is_unit(doc: Folded, unit: Unit, at: int) -> bool:
    """Whether the definite word at `at` is the unit of a sum again: ونصف الدولار."""
    if unit.kind == "money":
        currency = currencies.currency_after(doc, at)
        return currency is not None and unit.currency is not None and currency.noun == unit.currency.noun
    match = _patterns().measure.match(doc.folded, at)
    return match is not None and unit.words is not None and doc.folded.startswith(match["unit"][:_STEM], unit.words[0])


def is_below_zero(folded: str, at: int) -> bool:
    """Whether below zero stands at `at`: تحت الصفر."""
    return _patterns().below_zero.match(folded, at) is not None
