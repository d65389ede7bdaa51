"""Calendar arithmetic over TIMEX3 values: their grain and bounds, and how far one stretch of time is from another.

In go days and TIMEX3 values, out come days, values, bounds. Nothing here reads text.

>>> bounds("2020-02")
(datetime.datetime(2020, 2, 1, 0, 0), datetime.datetime(2020, 2, 29, 23, 59, 59, 999999))
>>> grain("2018-W20"), grain("XXXX-06-04"), bounds("XXXX-06-04")
('week', 'day', (None, None))
>>> hijri_day(1441, 8, 15)
datetime.date(2020, 4, 8)
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from functools import lru_cache

from hijridate import Gregorian, Hijri

Bounds = tuple[datetime | None, datetime | None]

_TICK = timedelta(microseconds=1)
_NONE: Bounds = (None, None)
# First month and number of months. Meteorological seasons of the north; a winter is named by the year in which it begins.
_SEASONS = {"SP": (3, 3), "SU": (6, 3), "FA": (9, 3), "WI": (12, 3)}
# TIMEX3's parts of the day, in hours from midnight; TMO begins there because the press's dawn (فجر) is a TMO too.
_PARTS = {"TMO": (0, 12), "TAF": (12, 18), "TEV": (17, 24), "TNI": (18, 30)}
_CLOCK = re.compile(r"T(\d\d)(?::(\d\d))?(?::(\d\d))?Z?")
# A value's shape by its grain; the first that fits counts.
_GRAINS = tuple(
    (re.compile(pattern), name)
    for pattern, name in (
        (r".*T[\dX]{2}:[\dX]{2}:[\dX]{2}Z?", "second"),
        (r".*T[\dX]{2}:[\dX]{2}Z?", "minute"),
        (r".*T(?:[\dX]{2}Z?)", "hour"),
        (r".*T(?:MO|AF|EV|NI)", "day"),
        (r"-?[\dX]{4}-[\dX]{2}-[\dX]{2}|XXXX-WXX-\d", "day"),
        (r"[\dX]{4}-W[\dX]{2}", "week"),
        (r"[\dX]{4}-[\dX]{2}", "month"),
        (r"[\dX]{4}-(?:SP|SU|FA|WI|SX)", "season"),
        (r"[\dX]{4}-Q[\dX]", "quarter"),
        (r"[\dX]{4}-H[\dX]", "half"),
        (r"\d{2}XX", "century"),
        (r"(?:\d\d|XX)\dX", "decade"),
        (r"-?[\dX]{4}", "year"),
    )
)
_COUNTS = {sign: rf"(?:[\dX]+{sign})?" for sign in ("Y", "M", "W", "D", "DE", "CE", "H", "S")}
_PERIOD = re.compile("P{Y}{M}{W}{D}{DE}{CE}(?:T{H}{M}{S})?".format(**_COUNTS))


@lru_cache(maxsize=4096)
def grain(value: str) -> str | None:
    """The finest unit that a TIMEX3 value names; None for PAST_REF and its like. The grain of an interval is that of its ends."""
    if value[:1] == "P" and value[1:2] != "A":
        return _period_grain(value)
    value = value.partition("/")[0]
    return next((name for pattern, name in _GRAINS if pattern.fullmatch(value)), None)


def _period_grain(value: str) -> str | None:
    if not _PERIOD.fullmatch(value):
        return None
    days, _, clock = value[1:].partition("T")
    if clock:
        return {"S": "second", "M": "minute", "H": "hour"}[clock[-1]]
    if days.endswith("DE"):
        return "decade"
    if days.endswith("CE"):
        return "century"
    return {"Y": "year", "M": "month", "W": "week", "D": "day"}.get(days[-1])


@lru_cache(maxsize=8192)
def bounds(value: str) -> Bounds:
    """The first and the last moment of a TIMEX3 value; None twice where any of it is unknown, and for lengths and sets.

    A clock time whose half of the day is unknown (`TXX:45`) has the bounds of its day. Times with Z are given as written.
    """
    if "/" in value:
        start, _, end = value.partition("/")
        first, last = bounds(start)[0], bounds(end)[1]
        return (first, last) if first and last and first <= last else _NONE
    try:
        return _bounds(value)
    except (ValueError, OverflowError):
        return _NONE


def _bounds(value: str) -> Bounds:
    day, found, clock = value.partition("T")
    if found:
        return _clock_bounds(day, "T" + clock)
    if match := re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)", value):
        start = datetime(int(match[1]), int(match[2]), int(match[3]))
        return start, start + timedelta(days=1) - _TICK
    if match := re.fullmatch(r"(\d{4})-W(\d\d)", value):
        start = datetime.fromisocalendar(int(match[1]), int(match[2]), 1)
        return start, start + timedelta(days=7) - _TICK
    if match := re.fullmatch(r"(\d{4})-(\d\d|Q\d|H\d|SP|SU|FA|WI)", value):
        year, part = int(match[1]), match[2]
        if part in _SEASONS:
            month, length = _SEASONS[part]
        elif part[0] in "QH":
            length = 3 if part[0] == "Q" else 6
            month = (int(part[1]) - 1) * length + 1
        else:
            month, length = int(part), 1
        return _months(year, month, length)
    if match := re.fullmatch(r"(\d{2})(\d\d|\dX|XX)", value):
        digits = match[2].replace("X", "")
        years = 10 ** (2 - len(digits))
        return _months(int((match[1] + digits).ljust(4, "0")), 1, 12 * years)
    return _NONE


def _months(year: int, month: int, length: int) -> Bounds:
    start = datetime(year, month, 1)
    after = year * 12 + month - 1 + length
    return start, datetime(after // 12, after % 12 + 1, 1) - _TICK


def _clock_bounds(day: str, clock: str) -> Bounds:
    start, end = _bounds(day)
    if start is None or end is None:
        return _NONE
    if clock in _PARTS:
        first, last = _PARTS[clock]
        return start + timedelta(hours=first), start + timedelta(hours=last) - _TICK
    match = _CLOCK.fullmatch(clock)
    if not match:
        return start, end
    hour, minute, second = int(match[1]), int(match[2] or 0), int(match[3] or 0)
    first_moment = start + timedelta(hours=hour, minutes=minute, seconds=second)
    length = timedelta(seconds=1) if match[3] else timedelta(minutes=1) if match[2] else timedelta(hours=1)
    return first_moment, first_moment + length - _TICK


# ---------------------------------------------------------------- values


def day_value(day: date) -> str:
    """`2020-04-07`; ISO 8601 with four digits of the year."""
    return f"{day.year:04d}-{day.month:02d}-{day.day:02d}"


def week_value(day: date) -> str:
    """The ISO week of a day: `2018-W20`."""
    year, week, _ = day.isocalendar()
    return f"{year:04d}-W{week:02d}"


def shifted(day: date, unit: str, distance: int) -> str | None:
    """The stretch `distance` units from the one that holds `day`, as a value of that grain; None beyond the calendar.

    >>> shifted(date(2018, 6, 1), "week", -2), shifted(date(2020, 1, 31), "month", 1), shifted(date(2018, 1, 1), "decade", -1)
    ('2018-W20', '2020-02', '200X')
    """
    try:
        if unit == "day":
            return day_value(day + timedelta(days=distance))
        if unit == "week":
            return week_value(day + timedelta(days=7 * distance))
    except OverflowError:
        return None
    if unit in ("month", "quarter", "half"):
        length = {"month": 1, "quarter": 3, "half": 6}[unit]
        index = (day.year * 12 + day.month - 1) // length + distance
        year, part = divmod(index, 12 // length)
        if not 1 <= year <= 9999:
            return None
        return f"{year:04d}-{part + 1:02d}" if length == 1 else f"{year:04d}-{unit[0].upper()}{part + 1}"
    length = {"year": 1, "decade": 10, "century": 100}[unit]
    year = day.year // length + distance
    if not 1 <= year * length <= 9999:
        return None
    return f"{year:0{5 - len(str(length))}d}" + "X" * (len(str(length)) - 1)


# ---------------------------------------------------------------- Hijri


def hijri_day(year: int, month: int, day: int) -> date | None:
    """The Gregorian day of a Hijri date by Umm al-Qura; None where there is no such day or no table (it has 1343 to 1500)."""
    try:
        found = Hijri(year, month, day).to_gregorian()
    except (ValueError, OverflowError):
        return None
    return date(found.year, found.month, found.day)


def hijri_span(year: int, month: int | None = None) -> tuple[date, date] | None:
    """The first and last Gregorian day of a Hijri month or year by Umm al-Qura.

    >>> hijri_span(1436, 9)
    (datetime.date(2015, 6, 18), datetime.date(2015, 7, 16))
    """
    start = hijri_day(year, month or 1, 1)
    after = hijri_day(year, month + 1, 1) if month and month < 12 else hijri_day(year + 1, 1, 1)
    return (start, after - timedelta(days=1)) if start and after else None


def hijri_year(day: date) -> int | None:
    """The Hijri year that holds a Gregorian day; None outside Umm al-Qura's tables."""
    try:
        return int(Gregorian(day.year, day.month, day.day).to_hijri().year)
    except (ValueError, OverflowError):
        return None


def easter(year: int) -> date:
    """Western Easter Sunday, by the anonymous Gregorian algorithm (Meeus, Astronomical Algorithms, chapter 8).

    >>> easter(2013)
    datetime.date(2013, 3, 31)
    """
    a, b, c = year % 19, year // 100, year % 100
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 19 * m) // 433
    month = (h + m - 7 * n + 90) // 25
    return date(year, month, (h + m - 7 * n + 33 * month + 19) % 32)


# ---------------------------------------------------------------- nearest


def nth_in_month(year: int, month: int, unit: int | str, nth: int) -> str | None:
    """The `nth` weekday (0 is Monday), `week` or `day` of a month, from its end for -1; weeks are those that begin in the month.

    >>> nth_in_month(2014, 9, 1, 3), nth_in_month(2014, 10, "week", 1), nth_in_month(2015, 10, "day", -1)
    ('2014-09-16', '2014-W41', '2015-10-31')
    """
    first, last = (moment.date() for moment in _months(year, month, 1) if moment)
    if unit == "day":
        day = first + timedelta(days=nth - 1) if nth > 0 else last + timedelta(days=nth + 1)
        return day_value(day) if day.month == month else None
    weekday = 0 if unit == "week" else int(unit)
    if nth > 0:
        day = first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (nth - 1))
    else:
        # The last week is the last whole one, as the first is the first whole one.
        end = last - timedelta(days=6) if unit == "week" else last
        day = end - timedelta(days=(end.weekday() - weekday) % 7)
    if day.month != month:
        return None
    return week_value(day) if unit == "week" else day_value(day)


def weekday_near(anchor: date, weekday: int, tense: str | None) -> date:
    """The day of that weekday before (`past`), after (`future`) or nearest to the anchor, which itself counts.

    >>> [str(weekday_near(date(2018, 6, 20), 4, tense)) for tense in ("past", "future", None)]
    ['2018-06-15', '2018-06-22', '2018-06-22']
    """
    ahead = (weekday - anchor.weekday()) % 7
    if tense == "past" or (tense is None and ahead > 3):
        ahead -= 7 if ahead else 0
    return anchor + timedelta(days=ahead)
