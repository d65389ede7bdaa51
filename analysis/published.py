"""When an article was published: from a value in a record or a cell of metadata, or from a date line of the article itself.

In goes a date as people and programs write it, out comes a naive `datetime`, or None where it gives no day.

>>> published("2020-04-07T10:30:00+03:00")
datetime.datetime(2020, 4, 7, 10, 30)
>>> published("الثلاثاء ٧ نيسان/أبريل ٢٠٢٠، ٤:١٥ م")
datetime.datetime(2020, 4, 7, 16, 15)

A day, a month and a year are needed: `2020` or `7 نيسان` give None rather than a guess.  A time zone is left out, so that the
moment is the local one that the source states.  Where a number could be day or month (03/04/2020) the day comes first, as in the
Arab press; years need four digits.  Hijri dates give None here.
"""

from __future__ import annotations

import math
import re
from datetime import date, datetime, timedelta
from email.utils import parsedate_to_datetime
from functools import cache
from numbers import Real
from typing import NamedTuple

from analysis.lexicon import read
from analysis.text import alternation, fold_key

_LONGEST = 200  # characters: longer is no date
_YEARS = range(1800, 2200)
# Seconds since 1970, as programs write them: 1990 to 2100. Ten digits are seconds, thirteen milliseconds.
_EPOCH = (631_152_000.0, 4_102_444_800.0)


class Stamp(NamedTuple):
    """What a line says about time: the moment, whether it has a day or only a clock time, and the line without either."""

    moment: datetime | None
    dated: bool
    timed: bool
    rest: str


def published(value: object) -> datetime | None:
    """The moment that `value` states: a date, a pandas Timestamp, seconds or milliseconds since 1970 (UTC), or text; else None.

    >>> published("07-04-2020"), published("April 7, 2020"), published(1586217600), published("32 آذار 2020")
    (datetime.datetime(2020, 4, 7, 0, 0), datetime.datetime(2020, 4, 7, 0, 0), datetime.datetime(2020, 4, 7, 0, 0), None)
    """
    if isinstance(value, datetime):  # a pandas Timestamp is one, and NaT is one that equals nothing
        if value != value or value.year not in _YEARS:
            return None
        return datetime(value.year, value.month, value.day, value.hour, value.minute, value.second, value.microsecond)
    if isinstance(value, date):
        return _moment(value.year, value.month, value.day)
    if isinstance(value, bool):
        return None
    if isinstance(value, Real):
        try:
            return _from_number(float(value))
        except OverflowError:  # an integer of hundreds of digits
            return None
    if not isinstance(value, str) or len(value) > _LONGEST:
        return None
    return _from_text(value)


def _from_number(value: float) -> datetime | None:
    if not math.isfinite(value) or abs(value) > 1e15:
        return None
    if value == int(value) and int(value) // 10_000 in _YEARS:  # 20200407
        return _moment(int(value) // 10_000, int(value) // 100 % 100, int(value) % 100)
    seconds = value / 1000 if value >= 1e11 else value
    if not _EPOCH[0] <= seconds <= _EPOCH[1]:
        return None
    return datetime(1970, 1, 1) + timedelta(seconds=seconds)


def _from_text(value: str) -> datetime | None:
    for text in (value.strip(), fold_key(value).upper()):  # as programs write it; with Arabic digits or invisible marks
        try:
            found = datetime.fromisoformat(text)
        except ValueError:
            continue
        return found.replace(tzinfo=None) if found.year in _YEARS else None
    plain = fold_key(value).casefold()
    if re.fullmatch(r"\d{10}(?:\d{3})?(?:\.\d+)?", plain):
        return _from_number(float(plain))
    stamp = read_stamp(plain)
    if stamp.moment is not None:
        return stamp.moment
    try:
        found = parsedate_to_datetime(plain)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return found.replace(tzinfo=None) if found.year in _YEARS else None


def read_stamp(folded: str) -> Stamp:
    """Take the first date and the first clock time out of a folded, case-folded line.

    >>> read_stamp("نشر في 7 نيسان 2020")
    Stamp(moment=datetime.datetime(2020, 4, 7, 0, 0), dated=True, timed=False, rest='نشر في  ')
    """
    patterns = _patterns()
    day: datetime | None = None
    rest = folded
    match = patterns.date.search(folded)
    if match:
        day = _day(match)
        if day is not None:
            rest = folded[: match.start()] + " " + folded[match.end() :]
    clock = patterns.clock.search(rest)
    time: timedelta | None = None
    if clock:
        time = _time(clock)
        if time is not None:
            rest = rest[: clock.start()] + " " + rest[clock.end() :]
    moment = day + time if day is not None and time is not None else day
    return Stamp(moment, day is not None, time is not None, rest)


class _Patterns(NamedTuple):
    date: re.Pattern[str]
    clock: re.Pattern[str]
    months: dict[str, int]
    after_noon: frozenset[str]


@cache
def month_names() -> dict[int, list[str]]:
    """The names of each Gregorian month by its number, Arabic and English, folded."""
    english = read("boilerplate")["english"]["months"]
    arabic = read("months")["gregorian"]
    return {month: [fold_key(name) for name in [*arabic[str(month)], *english[month - 1]]] for month in range(1, 13)}


@cache
def _patterns() -> _Patterns:
    lexicon = read("boilerplate")
    months = {name: number for number, names in month_names().items() for name in names}
    month = alternation(months, folded=True)
    # The names of one month written twice: «نيسان/أبريل», «نيسان (أبريل)».
    named = rf"(?P<{{}}>{month})(?: ?[/(،,\-–] ?{month}\)?)?"
    gap, sep = r"[ ,،]{1,3}", r" ?[-/.–] ?"
    words = lexicon["dateline"]
    of, of_month = f"{fold_key(words['of'])} ", f"{fold_key(words['month'])} "
    year = rf"(?:(?:{of}|لـ?)?(?:{alternation(words['year'])} )?)"
    day = (
        rf"(?<!\d)(?:(?P<y1>\d{{4}}){sep}(?P<m1>\d{{1,2}}){sep}(?P<d1>\d{{1,2}})(?!\d)"
        rf"|(?P<d2>\d{{1,2}}){sep}(?P<m2>\d{{1,2}}){sep}(?P<y2>\d{{4}})(?!\d)"
        rf"|(?P<d3>\d{{1,2}})(?:st|nd|rd|th)?(?: ?[-/] ?|{gap})(?:{of})?(?:{of_month})?{named.format('m3')}"
        rf"(?: ?[-/] ?|{gap}){year}(?P<y3>\d{{4}})(?!\d)"
        rf"|(?P<y5>\d{{4}})(?: ?[-/] ?|{gap}){named.format('m5')}(?: ?[-/] ?|{gap})(?P<d5>\d{{1,2}})(?!\d))"
        rf"|(?<!\w){named.format('m4')} (?P<d4>\d{{1,2}})(?:st|nd|rd|th)?{gap}(?P<y4>\d{{4}})(?!\d)"
    )
    half = alternation(words["before_noon"] + words["after_noon"])
    clock = rf"(?<![\d:])(?P<h>\d{{1,2}}):(?P<min>\d{{2}})(?::(?P<s>\d{{2}}))?(?![\d:]) ?(?P<half>{half}(?!\w))?"
    return _Patterns(re.compile(day), re.compile(clock), months, frozenset(map(fold_key, words["after_noon"])))


def _day(match: re.Match[str]) -> datetime | None:
    groups = match.groupdict()
    shape = next(shape for shape in "12345" if groups[f"y{shape}"])
    year, month, day = groups[f"y{shape}"], groups[f"m{shape}"], int(groups[f"d{shape}"])
    number = int(month) if month.isdigit() else _patterns().months[" ".join(month.split())]
    if shape == "2" and number > 12:  # the month first, as American programs write it: only where nothing else is possible
        number, day = day, number
    return _moment(int(year), number, day)


def _time(match: re.Match[str]) -> timedelta | None:
    hour, minute, second = int(match["h"]), int(match["min"]), int(match["s"] or 0)
    if match["half"] and hour <= 12:
        hour = hour % 12 + (12 if match["half"] in _patterns().after_noon else 0)
    return timedelta(hours=hour, minutes=minute, seconds=second) if hour < 24 and minute < 60 and second < 60 else None


def _moment(year: int, month: int, day: int) -> datetime | None:
    if year not in _YEARS:
        return None
    try:
        return datetime(year, month, day)
    except ValueError:
        return None
