"""What a time expression says, settled against the day of publication: `Point`s in, TIMEX3 values out.

>>> from datetime import date
>>> settle(Point(dday=-1, weekday=4), "rday", date(2020, 7, 11), "", None, None)
Settled(value='2020-07-10', offset='-P1D', timed=False)
>>> settle(Point(month=6, day=4), "date", None, "past", None, None).value
'XXXX-06-04'

The rules: a bare weekday is the nearest before publication where the verb is past, after it where future, and today's own
counts as today; a day and month take the year nearest publication that the tense allows; nothing is settled that neither the
text nor the day of publication settles.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from functools import lru_cache, partial
from typing import NamedTuple

from .calendar import (
    bounds,
    day_value,
    easter,
    hijri_day,
    hijri_span,
    hijri_year,
    nth_in_month,
    shifted,
    week_value,
    weekday_near,
)
from .phrases import Point


class Settled(NamedTuple):
    """A value, the distance from publication where the words give one, and whether it is a part of a day or a clock time."""

    value: str
    offset: str | None = None
    timed: bool = False


_UNKNOWN = {
    "day": "XXXX-XX-XX", "week": "XXXX-WXX", "month": "XXXX-XX", "quarter": "XXXX-QX", "half": "XXXX-HX", "year": "XXXX",
    "decade": "XXXX", "century": "XXXX", "hour": "XXXX-XX-XXTXX", "minute": "XXXX-XX-XXTXX", "second": "XXXX-XX-XXTXX",
}  # fmt: skip
_DESIGNATORS = {"day": "D", "week": "W", "month": "M", "year": "Y"}
# A day of the neighbouring year wins over publication's own year where no verb tells, if it is this near (two months).
_NEAR = 60
_SOON = 30  # and a Hijri month wins that begins within these days over last year's


@lru_cache(maxsize=16384)
def settle(point: Point, kind: str, anchor: date | None, tense: str | None, year: int | None, day: date | None) -> Settled:
    """The TIMEX3 value of `point`. `anchor` is the day of publication, `tense` that of the clause; `year`, `day` were named before.

    Never raises; what cannot be settled is X.
    """
    try:
        value, offset = _settled(point, kind, anchor, tense or None, year, day)
    except (ValueError, OverflowError):  # beyond the years 1 to 9999
        value, offset = _UNKNOWN["day" if point.month is None or point.day else "month"], None
    if (point.clock or point.part) and len(value) == 10 and value[4] == "-":
        return Settled(value + _clock(point), offset, timed=True)
    return Settled(value, offset, timed="T" in value[1:] and value[0] in "X0123456789")


def _settled(
    point: Point, kind: str, anchor: date | None, tense: str | None, year: int | None, day: date | None
) -> tuple[str, str | None]:
    if point.length:
        return _ago(anchor, *point.length), None
    if point.dspan or point.decade is not None or point.century is not None:
        return _span(point, anchor)
    if point.named_before:
        return _named_before(point, kind, anchor, year, day), None
    if point.anaphoric and (found := _counted_from(point, kind, year, day)):
        return found, None
    if point.twin is not None:
        twin = point.twin
        chosen = twin if twin.year is not None or point.year is None else point._replace(twin=None)
        return _settled(chosen._replace(weekday=point.weekday), "date", anchor, tense, None, None)
    if point.calendar == "bc":
        return f"-{(point.year or 1) - 1:04d}", None  # ISO 8601 has a year 0, which is 1 BC
    if point.calendar in ("hijri", "easter") and (point.month is not None or point.year is not None):
        return _other_calendar(point, anchor, tense), _offset(point, anchor, "")
    if point.until is not None:
        return _range(point, kind, anchor, tense, year), None
    value = _gregorian(point, anchor, tense, year, day)
    return value, _offset(point, anchor, value)


def _offset(point: Point, anchor: date | None, value: str) -> str | None:
    """The signed distance from publication at the grain of the words that point."""
    if point.anaphoric or point.named_before:
        return None
    for distance, sign in ((point.dday, "D"), (point.dweek, "W"), (point.dmonth, "M"), (point.dyear, "Y")):
        if distance is not None:
            return f"{'-' if distance < 0 else ''}P{abs(distance)}{sign}"
    if point.pointing is None or anchor is None or point.day is not None:
        return None
    first = bounds(value)[0]
    if first is None:
        return None
    if point.weekday is not None and point.month is None:
        days = (first.date() - anchor).days
        return f"{'-' if days < 0 else ''}P{abs(days)}D"
    if point.month is not None:
        months = (first.year - anchor.year) * 12 + first.month - anchor.month
        return f"{'-' if months < 0 else ''}P{abs(months)}M"
    return None


def _ago(anchor: date | None, unit: str, distance: int) -> str:
    if anchor is None:
        return _UNKNOWN[unit]
    if unit in ("hour", "minute", "second"):
        # Whole days aside, hours before an unknown hour may reach into the day before: only a few of them surely do not matter.
        return day_value(anchor) + "TXX" if unit != "hour" or abs(distance) <= 6 else "XXXX-XX-XXTXX"
    return shifted(anchor, unit, distance) or _UNKNOWN[unit]


def _span(point: Point, anchor: date | None) -> tuple[str, str | None]:
    """Decades and centuries, and quarters by their distance."""
    unit, distance = point.dspan or ("", 0)
    if point.decade is not None:
        if unit == "century":
            century = shifted(anchor, "century", distance) if anchor else None
            return ((century[:2] if century else "XX") + f"{point.decade}X"), None
        if point.century is not None:
            return f"{point.century:02d}{point.decade}X", None
        # By usage the thirties to the nineties are those of the twentieth century; the twenties are no longer.
        return (f"19{point.decade}X" if point.decade >= 3 else f"XX{point.decade}X"), None
    if point.century is not None:
        return f"{point.century:02d}XX", None
    amount, sign = {"quarter": (3, "M"), "decade": (10, "Y"), "century": (100, "Y")}[unit]
    offset = f"{'-' if distance < 0 else ''}P{abs(distance) * amount}{sign}"
    return (shifted(anchor, unit, distance) if anchor else None) or _UNKNOWN[unit], offset


def _named_before(point: Point, kind: str, anchor: date | None, year: int | None, day: date | None) -> str:
    """العام نفسه, اليوم نفسه: what was named before, else unknown."""
    unit = point.named_before
    if unit == "day":
        return day_value(day) if day else _UNKNOWN["day"]
    if unit == "year":
        plain = point._replace(named_before=None, dyear=None, year=year)
        if year is None:
            return _gregorian(plain, None, None, None, None) if point.month or point.season else _UNKNOWN["year"]
        return _gregorian(plain, anchor, None, None, None)
    if day is None:
        return _UNKNOWN[unit or "day"]
    if unit == "week":
        return week_value(day)
    return f"{day.year:04d}-{day.month:02d}" + (f"-{point.day:02d}" if point.day else "")


def _counted_from(point: Point, kind: str, year: int | None, day: date | None) -> str | None:
    """اليوم التالي, العام السابق: counted from the day or year named before."""
    for distance, unit in ((point.dday, "day"), (point.dweek, "week"), (point.dmonth, "month")):
        if distance is not None:
            return shifted(day, unit, distance) if day else None
    if point.dyear is not None and year is not None and point.month is None:
        return f"{year + point.dyear:04d}" if 1 <= year + point.dyear <= 9999 else None
    return None


def _range(point: Point, kind: str, anchor: date | None, tense: str | None, year: int | None) -> str:
    end: Point = point.until
    if point.month is None:
        return f"{point.year:04d}/{end.year:04d}"
    first = _gregorian(point._replace(until=None), anchor, tense, year, None)
    if point.day is None:
        return f"{first}/{first[:4]}-{end.month:02d}"
    return f"{first}/{first[:8]}{end.day:02d}"


# ---------------------------------------------------------------- Gregorian


def _gregorian(point: Point, anchor: date | None, tense: str | None, year: int | None, day: date | None) -> str:
    known = _year(point, anchor)
    if point.dday is not None:
        return _from_day(point, anchor)
    if point.nth is not None:
        return _nth(point, anchor, tense, known if known is not None else year)
    if point.dweek is not None:
        return _in_week(point, anchor)
    if point.month is not None:
        return _in_year(point, anchor, tense, known, year)
    if point.dmonth is not None:
        month = shifted(anchor, "month", point.dmonth) if anchor else None
        month = month or _UNKNOWN["month"]
        return _valid(f"{month}-{point.day:02d}") if point.day else month
    for part, letter in ((point.quarter, "Q"), (point.half, "H")):
        if part is not None:
            return _part_of_year(part, letter, anchor, tense, known)
    if point.season:
        return _season(point, anchor, known)
    if point.weekday is not None:
        return _weekday(point, anchor, tense)
    if known is not None:
        return f"{known:04d}"
    if point.clock or point.part:
        base = day or anchor
        return day_value(base) if base else _UNKNOWN["day"]
    return _UNKNOWN["year"]


def _year(point: Point, anchor: date | None) -> int | None:
    if point.year is not None:
        if point.year >= 0:
            return point.year
        if anchor is None:
            return None
        # Two digits: the year nearest publication that ends so.
        return min((century - point.year for century in (1900, 2000, 2100)), key=lambda year: abs(year - anchor.year))
    if point.dyear is not None and anchor is not None:
        return anchor.year + point.dyear
    return None


def _from_day(point: Point, anchor: date | None) -> str:
    """A day by its distance. Where its weekday is named too and differs, the weekday wins: the page may be dated a day late."""
    if anchor is None:
        return f"XXXX-{point.month:02d}-{point.day:02d}" if point.month and point.day else _UNKNOWN["day"]
    try:
        day = anchor + timedelta(days=point.dday or 0)
    except OverflowError:
        return _UNKNOWN["day"]
    if point.month is not None and point.day is not None:
        return _in_year(point._replace(dday=None), day, None, point.year, None)
    if point.weekday is not None and day.weekday() != point.weekday:
        day = _with_weekday(day, point.weekday, -1 if (point.dday or 0) <= 0 else 1)
    return day_value(day)


def _with_weekday(day: date, weekday: int, direction: int) -> date:
    """The day next to `day` that has this weekday, else the nearest in `direction`."""
    for step in (-direction, direction, *(direction * days for days in range(2, 7))):
        near = day + timedelta(days=step)
        if near.weekday() == weekday:
            return near
    return day


def _in_week(point: Point, anchor: date | None) -> str:
    if anchor is None:
        return _UNKNOWN["week" if point.weekday is None else "day"]
    week = shifted(anchor, "week", point.dweek or 0)
    if week is None:
        return _UNKNOWN["week"]
    if point.weekday is None:
        return week
    return day_value(date.fromisocalendar(int(week[:4]), int(week[6:]), point.weekday + 1))


def _nth(point: Point, anchor: date | None, tense: str | None, year: int | None) -> str:
    unit = point.nth_unit
    unknown = "XXXX-WXX" if unit == "week" else _UNKNOWN["day"]
    month = point.month
    if point.dmonth is not None and anchor is not None:
        value = shifted(anchor, "month", point.dmonth)
        if value is None:
            return unknown
        year, month = int(value[:4]), int(value[5:7])
    if month is None or unit is None:
        return unknown
    if year is None:
        value = _in_year(Point(month=month, pointing=point.pointing), anchor, tense, None, None)
        if value.startswith("X"):
            return unknown
        year = int(value[:4])
    nth = point.nth or 1
    if isinstance(unit, int) and nth > 0 and date(year, month, nth).weekday() == unit:
        return day_value(date(year, month, nth))  # الجمعة الأول من أيار: the first of May, a Friday
    return nth_in_month(year, month, unit, nth) or unknown


def _valid(value: str) -> str:
    """A day's value where there is such a day, else unknown."""
    if "X" in value:
        return value
    return value if bounds(value)[0] else _UNKNOWN["day"]


def _in_year(point: Point, anchor: date | None, tense: str | None, known: int | None, named: int | None) -> str:
    """A month, or a day of a month, of the year that is named, pointed to, carried over, or allowed by the tense."""
    tail = f"-{point.month:02d}" + (f"-{point.day:02d}" if point.day else "")
    if known is not None:
        return _valid(f"{known:04d}{tail}") if point.day else f"{known:04d}{tail}"
    if anchor is None and named is None:
        return f"XXXX{tail}"

    def spans(years: Iterable[int]) -> list[tuple[int, date, date]]:
        found = []
        for year in years:
            first, last = bounds(f"{year:04d}{tail}")
            if first and last and (point.weekday is None or first.weekday() == point.weekday or not point.day):
                found.append((year, first.date(), last.date()))
        return found

    if anchor is None:
        return f"{named:04d}{tail}" if spans([named or 0]) else f"XXXX{tail}"
    if point.weekday is not None and point.day:
        # The weekday tells the year better than the tense; a weekday recurs on a date within eleven years.
        year = _nearest(spans(range(anchor.year - 6, anchor.year + 7)), anchor)
        return f"{year:04d}{tail}" if year else f"XXXX{tail}"
    if named is not None and point.pointing is None:
        carried = spans([named])
        if carried and not (tense == "future" and carried[0][2] < anchor) and not (tense == "past" and carried[0][1] > anchor):
            return f"{named:04d}{tail}"
    reach = 8 if (point.month, point.day) == (2, 29) else 1
    candidates = spans(range(anchor.year - reach, anchor.year + reach + 1))
    year = _chosen(candidates, anchor, point.pointing, tense, strict=not point.day)
    return f"{year:04d}{tail}" if year is not None else f"XXXX{tail}"


def _nearest(candidates: list[tuple[int, date, date]], anchor: date) -> int | None:
    def distance(candidate: tuple[int, date, date]) -> int:
        _, first, last = candidate
        return 0 if first <= anchor <= last else min(abs((first - anchor).days), abs((last - anchor).days))

    return min(candidates, key=distance)[0] if candidates else None


def _chosen(
    candidates: list[tuple[int, date, date]], anchor: date, pointing: int | None, tense: str | None, *, strict: bool = False
) -> int | None:
    """The year of the candidate that an adjective or the tense picks; `strict`: الماضي excludes the anchor's own."""
    if pointing == -1:
        return max((year for year, first, last in candidates if (last if strict else first) < anchor), default=None)
    if pointing == 1:
        return min((year for year, first, last in candidates if (first if strict else last) > anchor), default=None)
    if pointing == 0:
        return _nearest(candidates, anchor)
    if tense == "past":
        return max((year for year, first, _ in candidates if first <= anchor), default=None)
    if tense == "future":
        return min((year for year, _, last in candidates if last >= anchor), default=None)
    if tense == "alone":
        near = _nearest(
            [each for each in candidates if (each[1] - anchor).days >= -_NEAR and (each[2] - anchor).days <= _NEAR], anchor
        )
        own = next((year for year, first, _ in candidates if first.year == anchor.year), None)
        return near if near is not None else own
    if tense == "unknown":  # what is to come is announced with a verb or an adjective, unless it is near
        candidates = [each for each in candidates if (each[1] - anchor).days <= _NEAR]
    return _nearest(candidates, anchor)


def _part_of_year(part: int, letter: str, anchor: date | None, tense: str | None, year: int | None) -> str:
    if year is None and anchor is not None:
        candidates = []
        for each in (anchor.year - 1, anchor.year, anchor.year + 1):
            first, last = bounds(f"{each:04d}-{letter}{part}")
            if first and last:
                candidates.append((each, first.date(), last.date()))
        year = _chosen(candidates, anchor, None, tense)
    return f"{year:04d}-{letter}{part}" if year is not None else f"XXXX-{letter}{part}"


def _season(point: Point, anchor: date | None, year: int | None) -> str:
    if year is None and anchor is not None and point.pointing is not None:
        candidates = []
        for each in (anchor.year - 2, anchor.year - 1, anchor.year, anchor.year + 1):
            first, last = bounds(f"{each:04d}-{point.season}")
            if first and last:
                candidates.append((each, first.date(), last.date()))
        year = _chosen(candidates, anchor, point.pointing, None, strict=True)
    return f"{year:04d}-{point.season}" if year is not None else f"XXXX-{point.season}"


def _weekday(point: Point, anchor: date | None, tense: str | None) -> str:
    if anchor is None or point.weekday is None:
        return _UNKNOWN["day"]
    if point.day is not None:
        return _weekday_of_month(point, anchor)
    if point.pointing is not None:
        if point.pointing == 0:
            return day_value(weekday_near(anchor, point.weekday, "past" if tense == "past" else "future"))
        sign = 1 if point.pointing > 0 else -1
        near = weekday_near(anchor + timedelta(days=sign), point.weekday, "future" if sign > 0 else "past")
        return day_value(near + timedelta(days=7 * (point.pointing - sign)))  # الاثنين قبل الماضي points to -2
    # Where no verb tells, news looks back; a verb in the imperfect, or a weekday that stands alone, means the nearest.
    how = "past" if tense == "unknown" else tense if tense in ("past", "future") else None
    return day_value(weekday_near(anchor, point.weekday, how))


def _weekday_of_month(point: Point, anchor: date) -> str:
    """السبت السادس عشر: the nearest month whose sixteenth is a Saturday."""
    best: date | None = None
    for distance in range(-6, 7):
        month = shifted(anchor, "month", distance)
        first = bounds(f"{month}-{point.day:02d}")[0] if month else None
        if first and first.weekday() == point.weekday and (best is None or abs(first.date() - anchor) < abs(best - anchor)):
            best = first.date()
    return day_value(best) if best else _UNKNOWN["day"]


# ---------------------------------------------------------------- other calendars


def _other_calendar(point: Point, anchor: date | None, tense: str | None) -> str:
    """A Hijri day as its Gregorian day, a Hijri month or year as the interval of its Gregorian days; a feast as its day."""
    spans: Callable[[int], tuple[date, date] | None]
    spans = _easter_span if point.calendar == "easter" else partial(_hijri_place, point)
    unknown = _UNKNOWN["day"] if point.day is not None else _UNKNOWN["month"] if point.month else _UNKNOWN["year"]
    gregorian = point.calendar == "easter" or (point.year or 0) > 1600
    if point.year is not None and not gregorian:
        span = spans(point.year)
        return _interval(span, point) if span else unknown
    named = _year(point, anchor) if gregorian or point.year is None else None
    if anchor is None and named is None:
        return unknown
    center = date(named, 7, 1) if named is not None else anchor
    if center is None:
        return unknown
    base = center.year if point.calendar == "easter" else hijri_year(center)
    if base is None:
        return unknown
    found = [(year, *span) for year in (base - 1, base, base + 1) if (span := spans(year))]
    if named is not None:
        found = [each for each in found if each[1].year == named]
        year = found[0][0] if found else None
    else:
        year = _soon(found, center, point) or _chosen(found, center, point.pointing, tense, strict=point.day is None)
    span = spans(year) if year is not None else None
    return _interval(span, point) if span else unknown


def _soon(candidates: list[tuple[int, date, date]], anchor: date, point: Point) -> int | None:
    """The year of a bare Hijri month that begins within weeks: what is told is then about it, whatever the verb."""
    if point.calendar != "hijri" or point.day is not None or point.pointing is not None:
        return None
    return next((year for year, first, _ in candidates if 0 <= (first - anchor).days <= _SOON), None)


def _easter_span(year: int) -> tuple[date, date]:
    return easter(year), easter(year)


def _hijri_place(point: Point, year: int) -> tuple[date, date] | None:
    if point.day is not None and point.month is not None:
        day = hijri_day(year, point.month, point.day)
        if day and point.until is not None:
            last = hijri_day(year, point.month, point.until.day)
            return (day, last) if last else None
        return (day, day) if day else None
    return hijri_span(year, point.month)


def _interval(span: tuple[date, date], point: Point) -> str:
    """One day, an interval, or the day of it that an edge names: the end of a Hijri month is its last day."""
    first, last = span
    if first == last:
        return day_value(first)
    if point.month is not None and point.mod in ("START", "MID", "END"):
        return day_value({"START": first, "MID": first + timedelta(days=14), "END": last}[point.mod])
    return f"{day_value(first)}/{day_value(last)}"


# ---------------------------------------------------------------- the clock


def _clock(point: Point) -> str:
    """`T13:45`, with X for an hour whose half of the day is unknown, or the part of the day."""
    if point.clock is None:
        return f"T{(point.part or '')[1:]}"
    hour, minute, second = point.clock
    noon = point.noon or "as written"
    if noon == "unknown":
        noon = {"TMO": "am", "TAF": "pm", "TEV": "pm", "TNI": "night"}.get(point.part or "", "unknown")
    if noon == "unknown":
        return f"TXX:{minute:02d}"
    if hour <= 12:
        afternoon = noon == "pm" or (noon == "noon" and hour not in (10, 11)) or (noon == "night" and 6 <= hour < 12)
        if afternoon:
            hour = hour % 12 + 12
        elif noon in ("am", "night"):
            hour %= 12
    seconds = f":{second:02d}" if second is not None else ""
    return f"T{hour % 24:02d}:{minute:02d}{seconds}{point.zone or ''}"
