"""Words, numbers and dates as the reader writes them: what figures, rich displays and reports show, in Arabic and in English.

In goes a value and a language, out comes a string. The words are in `analysis/lexicon/labels.toml`; numbers and dates go
through Babel. Arabic is written with Arabic-Indic digits, English with European ones.

>>> counted("statement", 3, "ar"), counted("statement", 1, "en")
('٣ تصريحات', '1 statement')
>>> sum_in_words({"value": 33e6, "unit": "USD", "modifier": "exact", "period": "P3M"}, "ar")
'٣٣ مليون دولار خلال ٣ أشهر'
>>> sum_in_words({"value": 33e6, "unit": "USD", "modifier": "exact", "period": "P3M"}, "en")
'$33M in 3 months'
"""

from __future__ import annotations

import math
import re
from datetime import date, datetime
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from analysis import actors, lexicon
from analysis.errors import InputError
from analysis.text import left_open

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

LANGUAGES = ("ar", "en")

_ARABIC_DIGITS = str.maketrans("0123456789%", "٠١٢٣٤٥٦٧٨٩٪")
# First-strong isolate … pop: keeps a name of either direction, with its brackets, in one piece within a sentence.
_ISOLATE, _POP = "\u2068", "\u2069"
# Controls, and every bidirectional mark: text from outside must not reorder what stands around it.
_UNSAFE = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]+")
_LONE = re.compile("[\ud800-\udfff]")
_N = r"(\d+|X+)"
_LENGTH = re.compile(rf"-?P(?:{_N}Y)?(?:{_N}M)?(?:{_N}W)?(?:{_N}D)?(?:T(?:{_N}H)?(?:{_N}M)?(?:{_N}S)?)?")
_CALENDAR_VALUE = re.compile(r"(?P<year>(?!0000)\d{4})(?:-(?P<month>0[1-9]|1[0-2])(?:-(?P<day>0[1-9]|[12]\d|3[01]))?)?")
_ACTOR_COLUMNS = ("actor", "payer", "recipient")
_GRAINS = ("year", "month", "week", "day", "hour", "minute", "second")


def check_language(language: str) -> str:
    """`language`, if figures and pages can be written in it; else `InputError`."""
    if language not in LANGUAGES:
        raise InputError(f"`language` value = {language!r} is invalid; value must be one of {', '.join(map(repr, LANGUAGES))}")
    return language


def right_to_left(language: str) -> bool:
    """Whether `language` is written from right to left."""
    return language == "ar"


def missing(value: object) -> bool:
    """Whether `value` stands for no value: None, NaN, NaT or pandas' NA."""
    if value is None or isinstance(value, str):
        return value is None
    try:
        return bool(value != value)
    except (TypeError, ValueError):  # pandas.NA has no truth value; an array is a value
        return type(value).__name__ == "NAType"


def plain(text: object) -> str:
    """Text from outside in one line, without control characters and bidirectional marks."""
    return _LONE.sub("\ufffd", " ".join(_UNSAFE.sub(" ", str(text)).split()))


def shortened(text: str, longest: int) -> str:
    """A text of at most about so many characters, cut at a space with dots for the rest; a quotation that is cut is closed.

    >>> shortened("قال “إن الجسر قديم” أمس", 14), shortened("قال “نعم” أمس", 14)
    ('قال “إن الجسر …”', 'قال “نعم” أمس')
    """
    if len(text) <= longest:
        return text
    kept = text[:longest].rsplit(" ", 1)[0]
    return f"{kept} …{left_open(kept)}"


def isolate(text: object) -> str:
    """Text from outside, isolated from the direction of what stands around it."""
    return f"{_ISOLATE}{plain(text)}{_POP}"


def say(key: str, language: str, /, **values: object) -> str:
    """The words under `key` (`"family.name"`) of `labels.toml`, with `values` filled in.

    Raises `InputError` for a language there are no words in, `KeyError` for an unknown key.
    """
    family, _, name = key.partition(".")
    entry: Mapping[str, str] = lexicon.read("labels")[family][name]
    text = entry[check_language(language)]
    return text.format(**values) if values else text


def word(family: str, value: object, language: str) -> str:
    """The word for `value` of a closed vocabulary such as `force` or `modifier`; the value itself where there is none."""
    if family in _ACTOR_COLUMNS:
        return actor_name(value, language)
    entry = lexicon.read("labels").get(family, {}).get(str(value))
    return str(entry[language]) if entry else plain(value)


def actor_name(key: object, language: str, *, in_sentence: bool = False) -> str:
    """What readers call an actor, on one line; an unknown one by its key."""
    return plain(actors.name(key, language, in_sentence=in_sentence))


def join(parts: Iterable[str], language: str, *, comma: str = "list_comma") -> str:
    """The parts as a list in the language's punctuation."""
    return say(f"general.{comma}", language).join(parts)


def enumerated(parts: Iterable[str], language: str) -> str:
    """The parts as a list within a sentence, its last part after an "and".

    >>> enumerated(["أ", "ب", "ج"], "ar"), enumerated(["a", "b", "c"], "en")
    ('أ وب وج', 'a, b and c')
    """
    *others, last = list(parts) or [""]
    return say("general.list_and", language).join([*filter(None, [join(others, language, comma="list_before_and")]), last])


@cache
def _locale(language: str) -> Any:
    from babel import Locale

    return Locale.parse(check_language(language))


def _numerals(text: str, language: str) -> str:
    return text.translate(_ARABIC_DIGITS) if language == "ar" else text


def number(value: float, language: str, *, digits: int = 3) -> str:
    """A number in the language's convention, with at most `digits` decimals.

    >>> number(1234567.5, "ar"), number(1234567.5, "en")
    ('١٬٢٣٤٬٥٦٧٫٥', '1,234,567.5')
    """
    return _number(value, language, "#" * digits)


def fixed(value: float, language: str, digits: int) -> str:
    """A number with exactly so many decimals, as a column of a table has it.

    >>> fixed(2, "en", 1), fixed(23.6, "ar", 2)
    ('2.0', '٢٣٫٦٠')
    """
    return _number(value, language, "0" * digits)


@lru_cache(maxsize=4096)
def _number(value: float, language: str, decimals: str) -> str:
    from babel.numbers import format_decimal

    if not math.isfinite(value):
        return {math.inf: "∞", -math.inf: "−∞"}.get(value, "–")
    if abs(value) >= 1e15:  # beyond what a float holds exactly, and what a line holds
        return _numerals(f"{value:.3g}", language)
    pattern = f"#,##0.{decimals}" if decimals else "#,##0"
    system = "arab" if language == "ar" else "latn"
    return _numerals(format_decimal(value, pattern, locale=_locale(language), numbering_system=system), language)


def share(value: float, language: str, *, digits: int = 0) -> str:
    """A share of one as a percentage: never 0% of what is there, nor 100% of what is not all.

    >>> share(0.256, "ar"), share(0.256, "en", digits=1)
    ('٢٦٪', '25.6%')
    >>> share(0.004, "ar"), share(0.0004, "en"), share(0.9996, "en"), share(1, "en")
    ('٠٫٤٪', 'under 0.1%', 'over 99.9%', '100%')
    """
    percent = value * 100
    while round(percent, digits) in (0, 100) and percent not in (0, 100):
        if digits:
            least = 10**-digits
            key, bound = ("under", least) if percent < least else ("over", 100 - least)
            return say(f"general.{key}", language, share=_percent(bound, language, digits))
        digits += 1
    return _percent(round(percent, digits), language, digits)


def _percent(value: float, language: str, digits: int) -> str:
    return number(value, language, digits=digits) + say("general.percent", language)


def interval(low: float, high: float, language: str, *, percent: bool = False, digits: int = 1) -> str:
    """Two bounds in brackets, isolated so that they keep their order."""
    ends = [share(each, language) if percent else number(each, language, digits=digits) for each in (low, high)]
    return say("general.interval", language, low=ends[0], high=ends[1])


@lru_cache(maxsize=4096)
def _dated(moment: date, language: str, kind: str) -> str:
    from babel.dates import format_date, format_datetime, format_skeleton

    locale = _locale(language)
    if kind == "long":
        text = format_date(moment, "long", locale=locale)
    elif kind == "time":
        text = f"{format_date(moment, 'long', locale=locale)} {format_datetime(moment, 'HH:mm', locale=locale)}"
    else:
        text = format_date(moment, kind, locale=locale) if kind == "LLL" else format_skeleton(kind, moment, locale=locale)
    return _numerals(text.replace("\u200f", "").replace("\u200e", ""), language)


def day(moment: date, language: str) -> str:
    """A date: ٧ أبريل ٢٠٢٠, April 7, 2020."""
    return _dated(moment, language, "long")


def stamp(moment: datetime, language: str) -> str:
    """A date, and the time of day where it has one; the first and the last moment of a day stand for the day."""
    whole = (moment.hour, moment.minute) == (0, 0) or (moment.hour, moment.minute, moment.second) == (23, 59, 59)
    return _dated(moment, language, "long" if whole else "time")


def day_in_table(moment: date, language: str) -> str:
    """A date where room is scarce: ٧ أبريل ٢٠٢٠, Apr 7, 2020."""
    return _dated(moment, language, "long" if right_to_left(language) else "yMMMd")


def month(moment: date, language: str) -> str:
    """A month and its year: أبريل ٢٠٢٠, Apr 2020."""
    return _dated(moment, language, "yMMM")


def month_name(moment: date, language: str) -> str:
    """A month without its year: أبريل, Apr."""
    return _dated(moment, language, "LLL")


def day_and_month(moment: date, language: str) -> str:
    """A day without its year: ٧ أبريل, Apr 7."""
    return _dated(moment, language, "MMMd")


def year(moment: date, language: str) -> str:
    """A year: ٢٠٢٠."""
    return _numerals(str(moment.year), language)


def calendar_value(value: str, language: str) -> str:
    """A TIMEX3 value that is a year, a month or a day, in words; any other as it is.

    >>> calendar_value("2020-06", "ar"), calendar_value("2020-06-04", "en"), calendar_value("2020-Q1", "en")
    ('يونيو ٢٠٢٠', 'Jun 4, 2020', '2020-Q1')
    """
    match = _CALENDAR_VALUE.fullmatch(value)
    if match is None:
        return value
    try:
        moment = date(int(match["year"]), int(match["month"] or 1), int(match["day"] or 1))
    except ValueError:  # February 30
        return value
    return (day_in_table if match["day"] else month if match["month"] else year)(moment, language)


def counted(noun: str, n: int, language: str) -> str:
    """How many of a noun of `labels.toml`, inflected.

    >>> [counted("month", n, "ar") for n in (1, 2, 3, 11)]
    ['شهر', 'شهرين', '٣ أشهر', '١١ شهراً']
    """
    return _inflected(lexicon.read("labels")["nouns"][noun][language], n, language)


def _inflected(forms: Mapping[str, str], n: float, language: str, **values: str) -> str:
    form = forms.get(_locale(language).plural_form(n), forms["other"])
    return form.format(n=number(n, language), **values)


def lengths(period: str) -> list[tuple[int | None, str]]:
    """How many of each unit an ISO 8601 duration has; None for a number that is not known.

    >>> lengths("-P2Y3M"), lengths("PXD"), lengths("2020")
    ([(2, 'year'), (3, 'month')], [(None, 'day')], [])
    """
    match = _LENGTH.fullmatch(period)
    found = zip(match.groups(), _GRAINS, strict=True) if match else ()
    return [(None if "X" in text else int(text), grain) for text, grain in found if text is not None]


def length(period: str, language: str) -> str:
    """An ISO 8601 duration in words, as they follow a preposition (خلال شهرين); empty where it is none."""
    some = lexicon.read("labels")["some"]
    parts = [str(some[grain][language]) if n is None else counted(grain, n, language) for n, grain in lengths(period)]
    return enumerated(parts, language)


def currency(unit: str | None, language: str, *, form: str = "one") -> str:
    """A currency's name: `form` is one, few, many or all (the plural); by its ISO 4217 code, else the code itself."""
    from babel.numbers import get_currency_name

    known: Mapping[str, str] = lexicon.read("labels")["currency"].get(unit or "unknown", {}).get(language, {})
    if form in known or "one" in known:
        return known.get(form, known.get("one", ""))
    return get_currency_name(unit or "", count=1 if form == "one" else 3, locale=_locale(language)) or plain(unit)


def short_number(value: float, language: str) -> str:
    """A number with its scale in words, never rounded by more than a thousandth of the scale: ٣٣ مليون, 33M.

    >>> short_number(4.3e6, "ar"), short_number(1234567, "en")
    ('٤٫٣ مليون', '1,234,567')
    """
    text, _ = _scaled(value, language)
    return text


def compact(n: int, language: str) -> str:
    """A count where room is scarce: in full below a hundred thousand, else rounded to two or three digits with its scale.

    >>> compact(12345, "en"), compact(123456, "en"), compact(1234567, "ar")
    ('12,345', '123K', '١٫٢ مليون')
    """
    if n < 100_000:
        return number(n, language)
    scale = 1000 ** ((len(str(n)) - 1) // 3)
    return short_number(round(n / scale, 1 if n < 10 * scale else 0) * scale, language)


def _scaled(value: float, language: str) -> tuple[str, bool]:
    """The number in words and whether a scale word ends it."""
    scales = lexicon.read("labels")["scales"]
    for power in (12, 9, 6, 3):
        scaled = value / 10**power
        digits = 0 if power == 3 else 3  # 4 200 is written out; 4.3 million is not
        if abs(scaled) >= 1 and (abs(scaled) < 1000 or power == 12) and math.isclose(scaled, round(scaled, digits), rel_tol=1e-12):
            scaled = round(scaled, digits)
            return _inflected(scales[str(power)][language], int(scaled) if scaled == int(scaled) else scaled, language), True
    return number(value, language), False


def money(value: float, unit: str | None, language: str) -> str:
    """A sum: ٣٣ مليون دولار, $33M."""
    amount, has_scale = _scaled(value, language)
    if language == "ar":
        category = "other" if has_scale else _locale(language).plural_form(value)
        return f"{amount} {currency(unit, language, form=category if category in ('few', 'many') else 'one')}"
    from babel.numbers import get_currency_symbol

    if unit is None:
        return f"{amount} {currency(None, language)}"
    symbol = get_currency_symbol(unit, locale=_locale(language))
    return f"{symbol}{amount}" if len(symbol) == 1 else f"{plain(symbol)} {amount}"


def vague(magnitude: float, unit: str | None, language: str) -> str:
    """A vague plural by its magnitude: ملايين الدولارات, millions of dollars."""
    return _vague(magnitude, currency(unit, language, form="all"), language)


def _vague(magnitude: float, units: str, language: str) -> str:
    power = min(max(round(math.log10(magnitude)), 1), 12) if magnitude > 0 else 1
    return say(f"vague.{power}", language, units=units)


def sum_in_words(row: Mapping[Any, Any], language: str) -> str:
    """An amount of money in words, from `value low high unit modifier period` (a row of `amounts` or of the ledger).

    >>> sum_in_words({"low": 5e6, "high": 7e6, "unit": "EUR", "modifier": "range"}, "en")
    '€5M to €7M'
    >>> sum_in_words({"low": 1e6, "unit": "USD", "modifier": "vague"}, "ar")
    'ملايين الدولارات'
    """
    unit, period = (None if missing(row.get(name)) else row.get(name) for name in ("unit", "period"))
    written = _Written(
        lambda value: money(value, unit, language),
        lambda low: short_number(low, language) if right_to_left(language) else money(low, unit, language),
        lambda magnitude: vague(magnitude, unit, language),
    )
    text = _qualified(row, written, language)
    return _over(text, str(period), language) if period else text


def amount_in_words(row: Mapping[Any, Any], language: str) -> str:
    """Any amount in words (a row of `amounts`): a sum, a share, a count with what is counted.

    >>> amount_in_words({"kind": "percent", "value": 60.0, "unit": "percent", "modifier": "at_most"}, "en")
    'at most 60%'
    >>> amount_in_words({"kind": "count", "low": 10000.0, "unit": "نازح", "modifier": "vague"}, "ar")
    'عشرات آلاف \u2068نازح\u2069'
    """
    if str(row.get("kind")) == "money":
        return sum_in_words(row, language)
    unit = None if missing(row.get("unit")) else str(row["unit"])
    after = say("general.percent", language) if unit == "percent" else f" {isolate(unit)}" if unit else ""
    written = _Written(
        lambda value: f"{number(value, language)}{after}",
        lambda low: number(low, language) + (after if unit == "percent" else ""),
        lambda magnitude: (
            _vague(magnitude, isolate(unit), language)
            if unit and unit != "percent"
            else say("qualified.at_least", language, sum=f"{number(magnitude, language)}{after}")
        ),
    )
    return _qualified(row, written, language)


class _Written(NamedTuple):
    """How the values of an amount are written: the value itself, the lower end of a range, the magnitude of a vague plural."""

    value: Callable[[float], str]
    low: Callable[[float], str]
    vague: Callable[[float], str]


def _qualified(row: Mapping[Any, Any], written: _Written, language: str) -> str:
    """An amount's value or bounds with what qualifies them."""
    value, low, high = (None if missing(row.get(name)) else float(row[name]) for name in ("value", "low", "high"))
    modifier = "exact" if missing(row.get("modifier")) else str(row["modifier"])
    if value is not None:
        way = "exact" if modifier in ("range", "vague") else modifier
        return say(f"qualified.{way}", language, sum=written.value(value))
    if low is not None and high is not None:
        return say("qualified.range", language, low=written.low(low), high=written.value(high))
    if low is not None and modifier == "vague":
        return written.vague(low)
    if low is not None:
        return say("qualified.at_least", language, sum=written.value(low))
    if high is not None:
        return say("qualified.at_most", language, sum=written.value(high))
    return say("display.not_known", language)


def unit_in_words(unit: str, language: str) -> str:
    """A unit of an amount: a currency by its name, what is counted as the text has it.

    >>> unit_in_words("USD", "ar"), unit_in_words("USD", "en"), unit_in_words("percent", "ar"), unit_in_words("كيلومتراً", "en")
    ('دولار', 'US dollar', 'في المئة', 'كيلومتراً')
    """
    return currency(unit, language) if re.fullmatch("[A-Z]{3}", unit) else word("unit", unit, language)


def _over(text: str, period: str, language: str) -> str:
    """A sum with the time it is for."""
    stretch, parts = length(period, language), lengths(period)
    if not parts or any(n is None for n, _ in parts):
        return say("period.vague", language, sum=text) if "X" in period else f"{text} ({plain(period)})"
    if [n for n, _ in parts] == [1]:
        return say("period.one", language, sum=text, unit=stretch.removeprefix("1 "))
    return say("period.several", language, sum=text, length=stretch)


def plain_value(value: Any, language: str) -> str:
    """Any cell of a table as the reader writes it: a number, a date, a truth value or the text itself."""
    if isinstance(value, bool) or type(value).__name__ == "bool_":
        return say("display.true" if value else "display.false", language)
    if isinstance(value, datetime):
        return stamp(value, language)
    if isinstance(value, date):
        return day(value, language)
    if hasattr(value, "__float__") and not isinstance(value, str):
        return number(float(value), language)
    if isinstance(value, list | tuple | set | frozenset) or type(value).__name__ == "ndarray":
        return join((isolate(each) for each in value), language)
    return str(value)
