"""Rules for days: dates in digits and words, days of a month, months, weekdays and what is counted within a month."""

from __future__ import annotations

from calendar import monthrange
from typing import Any

from .phrases import Match, Phrase, Point, rule
from .words import Token, weekday_numbers


def _day_number(token: Token | None) -> int | None:
    value = token.value if token else None
    return value if isinstance(value, int) and 1 <= value <= 31 else None


def _in_month(token: Token, day: int | None = None, **fields: Any) -> Point:
    return Point(month=token.value, day=day, calendar="hijri" if token.name == "hijri" else None, **fields)


# Dates in digits.


@rule("one_day? ymd:date (ah|ad):era?")
def _ymd(m: Match) -> Phrase | None:
    year, month, day, short = m.value("date")
    hijri = (m["era"] and m["era"].name == "ah") or (not short and 1300 <= year <= 1500)
    if month > 12 >= day:
        month, day = day, month
    if not (1 <= month <= 12 and 1 <= day <= (30 if hijri else 31)):
        return None
    if not hijri and day > monthrange(2000 if short else year, month)[1]:
        return None
    return m.phrase("date", Point(-year if short else year, month, day, calendar="hijri" if hijri else None))


@rule("dm:from (dash|to) ymd:to ad?")
def _days_in_digits(m: Match) -> list[Phrase] | None:
    """28/5 - 30/5/2012: the first day takes the year of the second."""
    (day, month), (year, last_month, last_day, short) = m.value("from"), m.value("to")
    first, last = m["from"], m["to"]
    if first is None or last is None or not (1 <= month <= 12 and 1 <= day <= 31 and 1 <= last_month <= 12 and 1 <= last_day <= 31):
        return None
    year = -year if short else year
    if not short and not 1900 <= year <= 2199:
        return None
    return [
        Phrase(first.start, first.end, "date", Point(year, month, day)),
        Phrase(last.start, m.end, "date", Point(year, last_month, last_day)),
    ]


@rule("my:date")
def _month_year(m: Match) -> Phrase | None:
    year, month = m.value("date")
    return m.phrase("month", Point(year, month), check="my") if 1 <= month <= 12 and 1900 <= year <= 2199 else None


@rule("one_day? dm:date")
def _day_month_digits(m: Match) -> Phrase | None:
    day, month = m.value("date")
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    # 21/9 alone may be a fraction: it needs يوم here, a weekday beside it, or a word of dating before it.
    point = Point(month=month, day=day)
    return m.phrase("date", point) if m.match.end() - m.match.start() > 1 else m.phrase("dm", point, check="fraction")


# Days of a month.


@rule("one_day? (int|num):from (dash|to) (int|num):to (from|in)? one_day? (month|hijri):month")
@rule("one_day? ord:from from? to ord:to from? (month|hijri):month")
@rule("between int:from and int:to from? (month|hijri):month")
def _days_to_day(m: Match) -> Phrase | None:
    return _day_range(m, m.value("from"), m.value("to"))


@rule("days:days from? (month|hijri):month")
@rule("(month|hijri):month days:days")
def _day_dash_day(m: Match) -> Phrase | None:
    return _day_range(m, *m.value("days"))


@rule("(month|hijri):month int:from to int:to")
def _month_days(m: Match) -> Phrase | None:
    return _day_range(m, m.value("from"), m.value("to"))


def _day_range(m: Match, first: int, last: int) -> Phrase | None:
    month = m["month"]
    if month is None or not (isinstance(first, int) and isinstance(last, int) and 1 <= first < last <= 31):
        return None
    return m.phrase("date", _in_month(month, first, until=_in_month(month, last)))


@rule("pair_day? int:first comma? and? int:second from? (month|hijri):month")
@rule("pair_day ord:first and ord:second from? (month|hijri):month")
@rule("many_day int:first comma? and? int:second comma? and int:third from? (month|hijri):month")
def _listed_days(m: Match) -> Phrase | list[Phrase] | None:
    names = [name for name in ("first", "second", "third") if name in m.match.groupdict()]
    days = [m[name] for name in names]
    month = m["month"]
    if month is None or not all(map(_day_number, days)) or m.value("first") >= m.value("second"):
        return None
    if not m.tokens[m.match.start()].name.startswith(("pair", "many")) and m.tokens[m.match.start() + 1].name != "and":
        return None
    last = days.pop()
    if m.first.name.startswith(("pair", "many")) and last and last.value - m.value("first") == len(days):  # يومي 8 و9 أيار
        return m.phrase("date", _in_month(month, m.value("first"), until=_in_month(month, last.value)))
    listed = [Phrase(day.start, day.end, "listed", _in_month(month, day.value)) for day in days if day]
    if last is None:
        return None
    return [*listed, Phrase(last.start, m.end, "date", _in_month(month, last.value))]


@rule("one_day? int:day (slash|dash|from|comma)? (month|hijri):month")
@rule("(one_day|rday:the)? ord:day (from|in)? one_day? (month|hijri):month")
@rule("nth:day (from|in|one_day)? (month|hijri):month")
@rule("nth:day one_day from (month|hijri):month")
@rule("nth:day many_day (month|hijri):month")
def _day_and_month(m: Match) -> Phrase | None:
    day, month = _day_number(m["day"]), m["month"]
    if day is None or month is None:
        return None
    marked = any(token.name in ("dash", "slash") for token in m.tokens[m.match.start() : m.match.end()])
    if not month.sure and marked and m.after() not in (["year"], ["slash"], ["dash"]):
        return None  # 2-صفر is a score
    if m["day"].name == "nth" and m.match.end() - m.match.start() == 2 and day > 1:  # type: ignore[union-attr]
        return None  # ثاني أيار is no way to say it; أول أيار is
    return m.phrase("date", _in_month(month, day), check="event")


@rule("(month|hijri):month int:day comma year:year")
def _month_day_year(m: Match) -> Phrase | None:
    month = m["month"]
    return m.phrase("date", _in_month(month, m.value("day"), year=m.value("year"))) if month else None


@rule("(month|hijri):month")
def _month(m: Match) -> Phrase | None:
    month = m["month"]
    if month is None:
        return None
    return m.phrase("month", _in_month(month), check="" if month.sure else "month:" + month.raw)  # a homograph, or only a number


@rule("weekday:weekday ord:day")
def _weekday_and_day(m: Match) -> Phrase | None:
    """السبت السادس عشر; up to the fifth it may as well be the third Tuesday, which the calendar tells later."""
    day, weekday = m.value("day"), m.value("weekday")
    if day > 5:
        after = [token.name for token in m.tokens[m.match.end() : m.match.end() + 2]]
        # With its month it is a date beside a weekday, which join later.
        return m.phrase("date", Point(weekday=weekday, day=day)) if after[:1] != ["from"] else None
    return m.phrase("nth", Point(nth=day, nth_unit=weekday))


@rule("one_day? int:day from the_month pointing:pointing")
@rule("one_day int:day the_month pointing:pointing")
@rule("int:day the_month pointing:pointing")
@rule("one_day? int:day from this the_month")
def _day_of_month_pointed(m: Match) -> Phrase | None:
    day = _day_number(m["day"])
    if day is None:
        return None
    bare = m.match.end() - m.match.start() == 3 and m.first.name == "int"
    point = Point(day=day, dmonth=m.value("pointing") or 0)
    return m.phrase("date", point, check="day of month" if bare else "")


@rule("one_day? (int|ord):day from pointing:pointing")
@rule("one_day? int:day pointing:pointing")
def _day_of_month_elided(m: Match) -> Phrase | None:
    """في 20 الجاري: the month is left out."""
    day, pointing = _day_number(m["day"]), m["pointing"]
    if day is None or pointing is None or pointing.raw.endswith(("ه", "ين")) or m.after() == ["year"]:
        return None
    check = "" if m.first.name == "one_day" else "elided month"
    return m.phrase("date", Point(day=day, dmonth=pointing.value), check=check)


@rule("one_day? int:day from (the_month same_after|same_before the_month)")
def _day_of_same_month(m: Match) -> Phrase | None:
    day = _day_number(m["day"])
    return m.phrase("date", Point(day=day, dmonth=0, named_before="month")) if day else None


@rule("ord:day from")
def _day_of(m: Match) -> Phrase | None:
    day = m["day"]
    return Phrase(day.start, day.end, "daynumber", Point(day=day.value)) if day and 1 <= day.value <= 31 else None


# Weekdays, weeks and days of a month that are counted.


@rule("(nth:nth|last) (one_day|many_day)? (weekday|wday|num):weekday")
@rule("weekday:weekday latest")
def _nth_weekday(m: Match) -> Phrase | None:
    token = m["weekday"]
    weekday = weekday_numbers().get(token.raw) if token and token.name == "num" else m.value("weekday")
    if weekday is None:
        return None
    return m.phrase("nth", Point(nth=m.value("nth") if m.match.groupdict().get("nth") else -1, nth_unit=weekday))


@rule("nth:nth many_day feast:feast")
def _feast_day(m: Match) -> Phrase | None:
    calendar, month, day = m.value("feast")
    return m.phrase("feast", Point(month=month, day=day + m.value("nth") - 1, calendar=calendar)) if calendar == "hijri" else None


@rule("(nth:nth|last) one_week")
@rule("the_week (ord:nth|latest) ")
@rule("(nth:nth|last) (one_day|many_day)")
@rule("rday:day (ord:nth|latest)")
def _nth_stretch(m: Match) -> Phrase | None:
    nth = m.value("nth") if m.match.groupdict().get("nth") else -1
    week = any(token.name.endswith("week") for token in m.tokens[m.match.start() : m.match.end()])
    if "day" in m.match.groupdict() and m.value("day") != 0:
        return None
    return m.phrase("nth", Point(nth=nth, nth_unit="week" if week else "day"))


@rule("one_day? weekday:weekday (not_ago|ago|after):beyond pointing:pointing")
def _weekday_beyond(m: Match) -> Phrase | None:
    """الاثنين قبل الماضي."""
    token, distance = m["beyond"], m.value("pointing")
    if token is None or not distance or (distance > 0) != (token.name == "after"):
        return None
    return m.phrase("weekday", Point(weekday=m.value("weekday"), pointing=2 * distance))


@rule("one_day? weekday:weekday pointing:pointing")
@rule("this one_day? weekday:weekday")
def _weekday_pointing(m: Match) -> Phrase:
    return m.phrase("weekday", Point(weekday=m.value("weekday"), pointing=m.value("pointing") or 0))


@rule("one_day? weekday:weekday anaphoric:pointing")
def _weekday_anaphoric(m: Match) -> Phrase:
    return m.phrase("weekday", Point(weekday=m.value("weekday"), pointing=m.value("pointing")))


@rule("one_day? weekday:weekday")
def _weekday(m: Match) -> Phrase:
    check = "" if m.match.end() - m.match.start() > 1 else "weekday"
    return m.phrase("weekday", Point(weekday=m.value("weekday")), check=check)


@rule("one_day? (wday|num):weekday")
def _bare_weekday(m: Match) -> Phrase | None:
    token = m["weekday"]
    weekday = weekday_numbers().get(token.raw) if token and token.name == "num" else m.value("weekday")
    return m.phrase("wday", Point(weekday=weekday)) if weekday is not None else None
