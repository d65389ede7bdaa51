"""Times as the reader says them: TIMEX3 values and ISO 8601 durations in words, in Arabic and in English.

In goes a value of the tables (`dates.value`, `dates.offset`, `amounts.period`), out comes a phrase; what the text does not settle
is said to be so. The words are in `analysis/lexicon/labels.toml`.

>>> time_in_words("2020-W27", "en"), time_in_words("P6M", "ar"), time_in_words("XXXX-06-04", "en")
('the week from Jun 29, 2020', '٦ أشهر', 'Jun 4, year not stated')
>>> distance_in_words("-P1D", "en"), distance_in_words("P2M", "ar"), distance_in_words("P0D", "en")
('1 day before publication', 'بعد شهرين من النشر', 'the day of publication')
"""

from __future__ import annotations

import re
from datetime import date

from analysis.wording import (
    calendar_value,
    counted,
    day_and_month,
    day_in_table,
    enumerated,
    length,
    lengths,
    month_name,
    number,
    plain,
    say,
    year,
)  # fmt: skip

_WEEK = re.compile(r"(\d{4})-W(\d\d)(?:-(\d))?")
_PART = re.compile(r"(\d{4})-(Q[1-4]|H[12]|SP|SU|FA|WI)")
_YEARS = re.compile(r"(?!X)(\d{2,3})(X{1,2})")
_BEFORE_CHRIST = re.compile(r"-(\d{4})")
_OPEN = re.compile(r"XXXX(?:-(?P<month>\d\d|XX)(?:-(?P<day>\d\d|XX))?|-WXX(?:-(?P<weekday>\d))?)?")
_CLOCK = re.compile(
    r"(?P<day>[\dX]{4}-[\dX]{2}-[\dX]{2})T(?:(?P<part>MO|AF|EV|NI)|(?P<hour>\d\d|XX)(?::(?P<minute>\d\d))?(?P<utc>Z)?)"
)
_MONDAY = date(2024, 1, 1)


def time_in_words(value: str, language: str, *, mod: str | None = None) -> str:
    """A TIMEX3 value in words, with its `mod` (START, END, APPROX …) where it has one; what is no such value as it is."""
    first, _, last = value.partition("/")
    said = _one(first, language)
    if last:
        said = say("general.span", language, first=said, last=_one(last, language))
    return say(f"timex.{mod}", language, time=said) if mod else said


def distance_in_words(offset: str, language: str) -> str:
    """How far a time is from the day of publication; the day, week, month or year itself where it is no distance."""
    parts = lengths(offset)
    if not parts:
        return plain(offset)
    if all(n == 0 for n, _ in parts):
        return say(f"timex.same_{parts[0][1]}", language)
    return say("timex.earlier" if offset.startswith("-") else "timex.later", language, length=length(offset, language))


def length_in_words(period: str, language: str) -> str:
    """An ISO 8601 duration in words; what is none as it is.

    >>> length_in_words("P2Y3M", "en"), length_in_words("PXD", "ar"), length_in_words("P2M", "ar")
    ('2 years and 3 months', 'بضعة أيام', 'شهران')
    """
    parts = lengths(period)
    if any(n is None for n, _ in parts):
        return length(period, language)
    return enumerated([counted(f"{grain}_alone", n or 0, language) for n, grain in parts], language) or plain(period)


def recurrence_in_words(value: str, language: str) -> str:
    """The value of a SET in words.

    >>> recurrence_in_words("P1M", "en"), recurrence_in_words("P2W", "ar")
    ('every month', 'كل أسبوعين')
    """
    said = length(value, language)
    return say("timex.every", language, time=said.removeprefix("1 ")) if said else time_in_words(value, language)


def _one(value: str, language: str) -> str:
    """A value without a slash."""
    if value in ("PAST_REF", "PRESENT_REF", "FUTURE_REF"):
        return say(f"timex.{value}", language)
    if value.startswith("P"):
        return say("timex.some_time", language) if value == "PXX" else length_in_words(value, language)
    if match := _CLOCK.fullmatch(value):
        return _clock(match, language)
    if match := _OPEN.fullmatch(value):
        return _open(match, language)
    return _of_year(value, language) or calendar_value(value, language)


def _of_year(value: str, language: str) -> str | None:
    """Weeks, quarters, halves, seasons, decades, centuries and years before Christ; None for any other value."""
    if match := _WEEK.fullmatch(value):
        try:
            monday = date.fromisocalendar(int(match[1]), int(match[2]), int(match[3] or 1))
        except ValueError:  # week 54
            return None
        said = day_in_table(monday, language)
        return said if match[3] else say("timex.week", language, day=said)
    if match := _PART.fullmatch(value):
        return say(f"timex.{match[2]}", language, year=_year(int(match[1]), language))
    if match := _YEARS.fullmatch(value):
        span = 10 ** len(match[2])
        first = int(match[1]) * span
        return say("timex.years", language, first=_year(first, language), last=_year(first + span - 1, language))
    if match := _BEFORE_CHRIST.fullmatch(value):
        return say("timex.before_christ", language, n=_year(int(match[1]) + 1, language))  # the year 0 of ISO 8601 is 1 BC
    return None


def _year(n: int, language: str) -> str:
    return year(date(n, 1, 1), language) if n else number(0, language)


def _clock(match: re.Match[str], language: str) -> str:
    """A time of day: with its hour, as a part of the day, or only that there was one."""
    day = _one(match["day"], language)
    if match["part"]:
        return say(f"timex.{match['part']}", language, day=day)
    if match["hour"] == "XX":
        return say("timex.hour_not_stated", language, day=day)
    hour = ":".join(number(int(part), language).rjust(2, number(0, language)) for part in (match["hour"], match["minute"] or "0"))
    return say("timex.clock_utc" if match["utc"] else "timex.clock", language, day=day, hour=hour)


def _open(match: re.Match[str], language: str) -> str:
    """A time of a year that the text does not say."""
    if match["weekday"]:
        from babel.dates import format_date

        weekday = format_date(date.fromordinal(_MONDAY.toordinal() + int(match["weekday"]) - 1), "EEEE", locale=language)
        return say("timex.any", language, time=weekday)
    month, day = match["month"], match["day"]
    if month is None or month == "XX" or day == "XX":
        grain = "week" if "W" in match[0] else "day" if day else "month" if month else "year"
        return say(f"timex.any_{grain}", language)
    try:
        moment = date(2024, int(month), int(day or 1))  # a leap year
    except ValueError:
        return plain(match[0])
    return say("timex.no_year", language, time=(day_and_month if day else month_name)(moment, language))
