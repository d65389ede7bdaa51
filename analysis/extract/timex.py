"""The grammar of time expressions: a short run of folded text in, what it says about time out, nothing resolved yet.

In goes a run of words that `run_pattern` found; out come `Phrase`s. A phrase says what the words say and no more: `أمس الجمعة` is
"a day before, and a Friday", `آذار` is "a third month". `analysis.extract.dates` then looks at the text around and at the day of
publication and makes dates of them.

>>> phrase, = read_run("امس الجمعه")
>>> phrase.point.dday, phrase.point.weekday
(-1, 4)
>>> [(phrase.type, phrase.value) for phrase in read_run("خلال 3 اشهر")]
[('DURATION', 'P3M')]

How it works: each word becomes a token with a class (month, weekday, unit, …), one letter a class; the rules are regular expressions over
that string of letters. Rules read the small phrases; `_MAY_JOIN` says which neighbours then make one (weekday and date, clock and day,
month and year). The words and their classes are those of `analysis.extract.timewords`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache, lru_cache
from typing import Any, NamedTuple

from .timewords import LETTER, UNITS, Token, tokens, weekday_numbers


class Point(NamedTuple):
    """A place in time as the words give it: `year`, `month`, `day` as named; `dyear` … as distances; None where nothing is said."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    dyear: int | None = None
    dmonth: int | None = None
    dweek: int | None = None
    dday: int | None = None
    weekday: int | None = None
    nth: int | None = None  # with nth_unit: the first Tuesday, the last week (-1)
    nth_unit: int | str | None = None  # a weekday's number, "week" or "day"
    pointing: int | None = None  # of a named month or weekday: الماضي -1, الحالي 0, المقبل 1
    quarter: int | None = None
    half: int | None = None
    season: str | None = None
    decade: int | None = None  # its tens: 8 for the eighties
    century: int | None = None
    dspan: tuple[str, int] | None = None  # a quarter, decade or century by its distance
    length: tuple[str, int] | None = None  # (unit, n) before the anchor: قبل ثلاثة أيام
    part: str | None = None
    clock: tuple[int, int, int | None] | None = None
    noon: str | None = None
    zone: str | None = None
    calendar: str | None = None  # "hijri", "easter", "bc"
    named_before: str | None = None  # a unit that was named before: "year" for العام نفسه
    anaphoric: bool | None = None  # counted from what was named before, if anything was
    twin: Any = None  # the other calendar's date of the same day: a Point
    until: Any = None  # the end of a range: a Point
    mod: str | None = None


class Phrase(NamedTuple):
    """A time expression in a run: its span there, what it says, and what the text around must not say (`check`)."""

    start: int
    end: int
    kind: str
    point: Point = Point()
    type: str = "DATE"
    value: str = ""  # of lengths, sets and references, which need no anchor
    offset: str | None = None
    check: str = ""


# ---------------------------------------------------------------- rules


class _Match:
    """A rule's match: the tokens it took, by the names its pattern gives them."""

    def __init__(self, tokens: list[Token], match: re.Match[str]) -> None:
        self.tokens, self.match = tokens, match

    def __getitem__(self, name: str) -> Token | None:
        at = self.match.start(name)
        return self.tokens[at] if at >= 0 else None

    def value(self, name: str) -> Any:
        token = self[name]
        return token.value if token else None

    def has(self, name: str) -> bool:
        return self.match.start(name) >= 0

    @property
    def start(self) -> int:
        return self.tokens[self.match.start()].start

    @property
    def end(self) -> int:
        return self.tokens[self.match.end() - 1].end

    def phrase(self, kind: str, point: Point = Point(), **fields: Any) -> Phrase:  # noqa: B008
        return Phrase(self.start, self.end, kind, point, **fields)


_Builder = Callable[[_Match], "Phrase | list[Phrase] | None"]
_RULES: list[tuple[str, _Builder]] = []
_MACROS = {
    "any_unit": "|".join(f"one_{unit}" for unit in UNITS),
    "the_stretch": "the_week|the_month|the_year",
    "pair_year": "pair_year|two_year|the_two_year|many_year|the_many_year",
    "the_many": "|".join(f"the_many_{unit}" for unit in UNITS),
    "the_two": "|".join(f"the_two_{unit}" for unit in UNITS),
    "many": "|".join(f"many_{unit}|one_{unit}" for unit in UNITS),
    "named_month": "month|hijri",
    "anyday": "weekday|wday|num",
    "digits_day": "int|ord",
}


def _rule(pattern: str) -> Callable[[_Builder], _Builder]:
    """Register a builder for a pattern of class names; `name:group` names what a name matches, `a|b` in brackets are alternatives."""

    def register(builder: _Builder) -> _Builder:
        _RULES.append((pattern, builder))
        return builder

    return register


# One part of a pattern: classes with the group that names them, or a mark.
_PART = re.compile(r"\((?P<several>[a-z_|]+)\):(?P<group>[a-z0-9]+)|(?P<one>[a-z_]+)(?::(?P<of>[a-z0-9]+))?|[()|?*]")


def _names(part: re.Match[str]) -> list[str]:
    return [each for name in (part["several"] or part["one"] or "").split("|") if name for each in _MACROS.get(name, name).split("|")]


def _compiled(pattern: str) -> str:
    """A rule's pattern as a regular expression over letters."""

    def letters(part: re.Match[str]) -> str:
        names = _names(part)
        if not names:
            return part.group()
        body = LETTER[names[0]] if len(names) == 1 else "[" + "".join(LETTER[name] for name in names) + "]"
        group = part["group"] or part["of"]
        return f"(?P<{group}>{body})" if group else body

    return _PART.sub(letters, pattern.replace(" ", "\x00")).replace("\x00", "").replace("(", "(?:").replace("(?:?", "(?")


@cache
def _rules() -> dict[str, list[tuple[re.Pattern[str], _Builder]]]:
    """The rules by the letter they begin with, in the order they were written."""
    table: dict[str, list[tuple[re.Pattern[str], _Builder]]] = {}
    for pattern, builder in _RULES:
        compiled = re.compile(_compiled(pattern))
        names, _, _ = _beginnings(list(_PART.finditer(pattern)), 0)
        for name in names:
            table.setdefault(LETTER[name], []).append((compiled, builder))
    return table


def _beginnings(parts: list[re.Match[str]], at: int) -> tuple[set[str], bool, int]:
    """The classes a pattern can begin with, from part `at` to the closing bracket; whether it can be empty; where it ends."""
    names: set[str] = set()
    empty_choice, empty = False, True
    while at < len(parts) and parts[at].group() != ")":
        mark = parts[at].group()
        if mark == "|":
            empty_choice, empty, at = empty_choice or empty, True, at + 1
            continue
        inner, can_be_empty = set(_names(parts[at])), False
        if mark == "(":
            inner, can_be_empty, at = _beginnings(parts, at + 1)
        at += 1
        if at < len(parts) and parts[at].group() in "?*":
            can_be_empty, at = True, at + 1
        if empty:
            names |= inner
        empty = empty and can_be_empty
    return names, empty or empty_choice, at


def _day_number(token: Token | None) -> int | None:
    value = token.value if token else None
    return value if isinstance(value, int) and 1 <= value <= 31 else None


def _in_month(token: Token, day: int | None = None, **fields: Any) -> Point:
    return Point(month=token.value, day=day, calendar="hijri" if token.name == "hijri" else None, **fields)


# Dates in digits.


@_rule("one_day? ymd:date (ah|ad):era?")
def _ymd(m: _Match) -> Phrase | None:
    year, month, day, short = m.value("date")
    hijri = m.has("era") and m["era"].name == "ah" or (not short and 1300 <= year <= 1500)  # type: ignore[union-attr]
    if month > 12 >= day:
        month, day = day, month
    if not (1 <= month <= 12 and 1 <= day <= (30 if hijri else 31)):
        return None
    return m.phrase("date", Point(-year if short else year, month, day, calendar="hijri" if hijri else None))


@_rule("my:date")
def _month_year(m: _Match) -> Phrase | None:
    year, month = m.value("date")
    return m.phrase("month", Point(year, month), check="my") if 1 <= month <= 12 and 1900 <= year <= 2199 else None


@_rule("one_day? dm:date")
def _day_month_digits(m: _Match) -> Phrase | None:
    day, month = m.value("date")
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    # 21/9 alone may be a fraction: it needs يوم here, or a weekday beside it.
    return m.phrase("date" if m.match.end() - m.match.start() > 1 else "dm", Point(month=month, day=day))


@_rule("years:span")
def _years(m: _Match) -> Phrase | None:
    first, last = m.value("span")
    return m.phrase("year", Point(first, until=Point(last))) if 1900 <= first < last <= 2199 else None


# Days of a month.


@_rule("one_day? (int|num):from (dash|to) (int|num):to (from|in)? one_day? (month|hijri):month")
@_rule("one_day? ord:from from? to ord:to from? (month|hijri):month")
@_rule("between int:from and int:to from? (month|hijri):month")
def _days_to_day(m: _Match) -> Phrase | None:
    return _day_range(m, m.value("from"), m.value("to"))


@_rule("days:days from? (month|hijri):month")
@_rule("(month|hijri):month days:days")
def _day_dash_day(m: _Match) -> Phrase | None:
    return _day_range(m, *m.value("days"))


@_rule("(month|hijri):month int:from to int:to")
def _month_days(m: _Match) -> Phrase | None:
    return _day_range(m, m.value("from"), m.value("to"))


def _day_range(m: _Match, first: int, last: int) -> Phrase | None:
    month = m["month"]
    if month is None or not (isinstance(first, int) and isinstance(last, int) and 1 <= first < last <= 31):
        return None
    return m.phrase("date", _in_month(month, first, until=_in_month(month, last)))


@_rule("pair_day? int:first comma? and? int:second from? (month|hijri):month")
@_rule("pair_day ord:first and ord:second from? (month|hijri):month")
@_rule("many_day int:first comma? and? int:second comma? and int:third from? (month|hijri):month")
def _listed_days(m: _Match) -> list[Phrase] | None:
    names = [name for name in ("first", "second", "third") if name in m.match.groupdict()]
    days = [m[name] for name in names]
    month = m["month"]
    if month is None or not all(map(_day_number, days)) or m.value("first") >= m.value("second"):
        return None
    if not m.tokens[m.match.start()].name.startswith(("pair", "many")) and m.tokens[m.match.start() + 1].name != "and":
        return None
    last = days.pop()
    listed = [Phrase(day.start, day.end, "listed", _in_month(month, day.value)) for day in days if day]
    if last is None:
        return None
    return [*listed, Phrase(last.start, m.end, "date", _in_month(month, last.value))]


@_rule("one_day? int:day (slash|dash|from|comma)? (month|hijri):month")
@_rule("(one_day|rday:the)? ord:day (from|in)? one_day? (month|hijri):month")
@_rule("nth:day (from|in|one_day)? (month|hijri):month")
@_rule("nth:day one_day from (month|hijri):month")
@_rule("nth:day many_day (month|hijri):month")
def _day_and_month(m: _Match) -> Phrase | None:
    day, month = _day_number(m["day"]), m["month"]
    if day is None or month is None:
        return None
    if m["day"].name == "nth" and m.match.end() - m.match.start() == 2 and day > 1:  # type: ignore[union-attr]
        return None  # ثاني أيار is no way to say it; أول أيار is
    return m.phrase("date", _in_month(month, day))


@_rule("(month|hijri):month int:day comma year:year")
def _month_day_year(m: _Match) -> Phrase | None:
    month = m["month"]
    return m.phrase("date", _in_month(month, m.value("day"), year=m.value("year"))) if month else None


@_rule("(month|hijri):month")
def _month(m: _Match) -> Phrase | None:
    month = m["month"]
    if month is None:
        return None
    return m.phrase("month", _in_month(month), check="" if month.sure else "month:" + month.raw)  # a homograph, or only a number


@_rule("weekday:weekday ord:day")
def _weekday_and_day(m: _Match) -> Phrase | None:
    """السبت السادس عشر; up to the fifth it may as well be the third Tuesday, which the calendar tells later."""
    day, weekday = m.value("day"), m.value("weekday")
    if day > 5:
        return m.phrase("date", Point(weekday=weekday, day=day))
    return m.phrase("nth", Point(nth=day, nth_unit=weekday))


@_rule("ord:day from")
def _day_of(m: _Match) -> Phrase | None:
    day = m["day"]
    return Phrase(day.start, day.end, "daynumber", Point(day=day.value)) if day and 1 <= day.value <= 31 else None


# Weekdays, weeks and days of a month that are counted.


@_rule("(nth:nth|last) (one_day|many_day)? (weekday|wday|num):weekday")
@_rule("weekday:weekday latest")
def _nth_weekday(m: _Match) -> Phrase | None:
    token = m["weekday"]
    weekday = weekday_numbers().get(token.raw) if token and token.name == "num" else m.value("weekday")
    if weekday is None:
        return None
    return m.phrase("nth", Point(nth=m.value("nth") if m.match.groupdict().get("nth") else -1, nth_unit=weekday))


@_rule("(nth:nth|last) one_week")
@_rule("the_week (ord:nth|latest) ")
@_rule("(nth:nth|last) (one_day|many_day)")
@_rule("rday:day (ord:nth|latest)")
def _nth_stretch(m: _Match) -> Phrase | None:
    nth = m.value("nth") if m.match.groupdict().get("nth") else -1
    week = any(token.name.endswith("week") for token in m.tokens[m.match.start() : m.match.end()])
    if "day" in m.match.groupdict() and m.value("day") != 0:
        return None
    return m.phrase("nth", Point(nth=nth, nth_unit="week" if week else "day"))


@_rule("one_day? weekday:weekday pointing:pointing")
@_rule("this one_day? weekday:weekday")
def _weekday_pointing(m: _Match) -> Phrase:
    return m.phrase("weekday", Point(weekday=m.value("weekday"), pointing=m.value("pointing") if "pointing" in m.match.groupdict() else 0))


@_rule("one_day? weekday:weekday anaphoric:pointing")
def _weekday_anaphoric(m: _Match) -> Phrase:
    return m.phrase("weekday", Point(weekday=m.value("weekday"), pointing=m.value("pointing")))


@_rule("one_day? weekday:weekday")
def _weekday(m: _Match) -> Phrase:
    check = "" if m.match.end() - m.match.start() > 1 else "weekday"
    return m.phrase("weekday", Point(weekday=m.value("weekday")), check=check)


@_rule("one_day? (wday|num):weekday")
def _bare_weekday(m: _Match) -> Phrase | None:
    token = m["weekday"]
    weekday = weekday_numbers().get(token.raw) if token and token.name == "num" else m.value("weekday")
    return m.phrase("wday", Point(weekday=weekday)) if weekday is not None else None


# Days and stretches by where they lie from now.


@_rule("rday:day (pointing|anaphoric):pointing")
def _day_pointing(m: _Match) -> Phrase | None:
    token = m["pointing"]
    if m.value("day") != 0 or token is None or token.value == 0:
        return None
    return m.phrase("rday", Point(dday=token.value, anaphoric=token.name == "anaphoric" or None))


@_rule("rday:day same_after")
@_rule("same_before (rday|one_day):day")
def _same_day(m: _Match) -> Phrase | None:
    return m.phrase("rday", Point(dday=0, named_before="day")) if m.value("day") in (0, "day") else None


@_rule("rday:day")
def _relative_day(m: _Match) -> Phrase:
    return m.phrase("rday", Point(dday=m.value("day")), check={0: "today", 1: "tomorrow"}.get(m.value("day"), ""))


@_rule("night:night")
def _night(m: _Match) -> Phrase:
    return m.phrase("time", Point(dday=m.value("night"), part="TNI"), type="TIME")


_STRETCHES = {"the_week": "dweek", "the_month": "dmonth", "the_year": "dyear"}


def _stretch(m: _Match, name: str, distance: int, **fields: Any) -> Phrase:
    unit = name.removeprefix("the_")
    return m.phrase(unit, Point(**{_STRETCHES[name]: distance}, **fields), check="general" if unit == "year" else "")


@_rule("(the_week|the_month|the_year):unit (not_ago|ago|after):beyond? pointing:pointing")
def _stretch_pointing(m: _Match) -> Phrase | None:
    token, beyond, distance = m["unit"], m["beyond"], m.value("pointing")
    if token is None or (beyond and (distance == 0 or (distance > 0) != (beyond.name == "after"))):
        return None
    return _stretch(m, token.name, distance * (2 if beyond else 1))


@_rule("(the_week|the_month|the_year):unit anaphoric:pointing")
def _stretch_anaphoric(m: _Match) -> Phrase | None:
    token = m["unit"]
    return _stretch(m, token.name, m.value("pointing"), anaphoric=True) if token else None


@_rule("this (the_week|the_month|the_year):unit")
@_rule("(the_week|the_month|the_year):unit this")
def _this_stretch(m: _Match) -> Phrase | None:
    token = m["unit"]
    return _stretch(m, token.name, 0)._replace(check="") if token else None


@_rule("same_before (the_week|the_month|the_year):unit")
@_rule("(the_week|the_month|the_year):unit same_after")
def _same_stretch(m: _Match) -> Phrase | None:
    token = m["unit"]
    return _stretch(m, token.name, 0, named_before=token.name.removeprefix("the_")) if token else None


@_rule("(the_year|one_year|two_year|pair_year|many_year|the_two_year|the_many_year):word year:year (ah|ad|bc):era?")
@_rule("(the_year|one_year):word num:year (ah|ad|bc):era?")
@_rule("(the_year|one_year):word int:year (ah|bc):era")
def _year_named(m: _Match) -> Phrase | None:
    return _year_phrase(m, m.value("year"), m["era"] if "era" in m.match.groupdict() else None)


def _year_phrase(m: _Match, year: Any, era: Token | None, check: str = "") -> Phrase | None:
    if not isinstance(year, int) or not (1 <= year <= 2199):
        return None
    if era is None and year < 1000:
        return None
    calendar = {"ah": "hijri", "bc": "bc"}.get(era.name) if era else None
    if calendar is None and era is None and 1343 <= year <= 1500:
        check = check or "hijri year"
    return m.phrase("year", Point(year, calendar=calendar), check=check)


@_rule("between? (two_year|pair_year|the_two_year|many_year|the_many_year|one_year|the_year):word year:from (and|to):link year:to")
def _years_between(m: _Match) -> Phrase | list[Phrase] | None:
    first, last = m["from"], m["to"]
    if first is None or last is None:
        return None
    ranged = m.tokens[m.match.start()].name == "between" or m["link"].name == "to"  # type: ignore[union-attr]
    if ranged:
        return m.phrase("year", Point(first.value, until=Point(last.value))) if first.value < last.value else None
    return [
        Phrase(m.start, first.end, "year", Point(first.value)),
        Phrase(last.start, last.end, "year", Point(last.value)),
    ]


@_rule("(many_year|the_many_year|two_year|one_year|the_year|pair_year):word years:span")
def _years_named(m: _Match) -> Phrase | None:
    return _years(m)


@_rule("year:year (ah|ad|bc):era")
@_rule("int:year (ah|bc):era")
def _year_with_era(m: _Match) -> Phrase | None:
    if m.value("year") < 100 and m["era"].raw == "ه":  # type: ignore[union-attr]
        return None
    return _year_phrase(m, m.value("year"), m["era"])


@_rule("year:year")
def _year(m: _Match) -> Phrase | None:
    return _year_phrase(m, m.value("year"), None, "year") if 1900 <= m.value("year") <= 2199 or 1343 <= m.value("year") <= 1500 else None


@_rule("(the_week|the_month|the_year):unit")
def _bare_stretch(m: _Match) -> Phrase | None:
    """The month, the year: this one where an edge leads to it (نهاية العام), else no date."""
    token = m["unit"]
    return _stretch(m, token.name, 0)._replace(kind="bare " + token.name.removeprefix("the_")) if token else None


# Quarters, halves, seasons, decades, centuries.


@_rule("the_quarter (ord:number|latest)")
def _quarter(m: _Match) -> Phrase | None:
    number = m.value("number") or 4
    return m.phrase("quarter", Point(quarter=number), check="part of") if number <= 4 else None


@_rule("the_quarter pointing:pointing")
def _quarter_pointing(m: _Match) -> Phrase:
    return m.phrase("span", Point(dspan=("quarter", m.value("pointing"))))


@_rule("the_half (ord:number|latest)")
def _half(m: _Match) -> Phrase | None:
    number = m.value("number") or 2
    return m.phrase("half", Point(half=number), check="part of") if number <= 2 else None


@_rule("season_word? (season|the_season):season pointing:pointing?")
def _season(m: _Match) -> Phrase:
    pointing = m.value("pointing")
    return m.phrase("season", Point(season=m.value("season"), pointing=pointing), check="" if pointing is not None else "season")


@_rule("this season_word? the_season:season")
def _this_season(m: _Match) -> Phrase:
    return m.phrase("season", Point(season=m.value("season"), pointing=0))


@_rule("one_decade? decade:decade")
def _decade(m: _Match) -> Phrase:
    return m.phrase("decade", Point(decade=m.value("decade")), check="age")


@_rule("the_decade pointing:pointing")
def _decade_pointing(m: _Match) -> Phrase:
    return m.phrase("span", Point(dspan=("decade", m.value("pointing"))), check="decade")


@_rule("the_century pointing:pointing")
def _century_pointing(m: _Match) -> Phrase:
    return m.phrase("century", Point(dspan=("century", m.value("pointing"))))


@_rule("the_century ord:number")
def _century(m: _Match) -> Phrase | None:
    return m.phrase("century", Point(century=m.value("number") - 1)) if 1 < m.value("number") <= 22 else None


@_rule("(edge|nth|last|half):edge")
def _edge(m: _Match) -> Phrase | None:
    token = m["edge"]
    if token is None or (token.name == "nth" and token.value != 1):
        return None
    return m.phrase("edge", Point(mod={"nth": "START", "last": "END", "half": "MID"}.get(token.name) or token.value))


@_rule("feast:feast")
def _feast(m: _Match) -> Phrase:
    calendar, month, day = m.value("feast")
    return m.phrase("feast", Point(month=month, day=day, calendar=calendar if calendar != "gregorian" else None), check="feast")


@_rule("nth:nth many_day feast:feast")
def _feast_day(m: _Match) -> Phrase | None:
    calendar, month, day = m.value("feast")
    return m.phrase("feast", Point(month=month, day=day + m.value("nth") - 1, calendar=calendar)) if calendar == "hijri" else None


# The clock and the parts of the day.


@_rule("about:about? oclock (ord|int|num|clock|decimal):hour (and (int|num):minutes one_minute|and many_minute|and (half|quarter|third):fraction)?"
       " (except (half|quarter|third|int|num):less (one_minute|many_minute)?)? from? (part|adverb|the_part):part?")  # fmt: skip
@_rule("(ord|int):hour (and (int|num):minutes one_minute|and (half|quarter|third):fraction)? (except (half|quarter|third):less)? (adverb|the_part):part")
@_rule("at (ord):hour (and (int|num):minutes one_minute|and (half|quarter|third):fraction)? (except (half|quarter|third):less)? from? (part|adverb|the_part):part")
@_rule("clock:hour (part|adverb|the_part|ad):part?")
def _clock(m: _Match) -> Phrase | None:
    groups = m.match.groupdict()
    hour_token = m["hour"]
    if hour_token is None:
        return None
    marked = hour_token.name in ("clock", "decimal")
    hour, minute, second = hour_token.value if marked else (hour_token.value, 0, None)
    if not isinstance(hour, int) or not 0 <= hour <= 24 or not 0 <= minute < 60:
        return None
    if not marked and hour_token.name == "ord" and hour > 12:
        return None
    fractions = {"half": 30, "quarter": 15, "third": 20}
    for name, sign in (("minutes", 1), ("fraction", 1), ("less", -1)):
        token = m[name] if name in groups else None
        if token:
            minute += sign * (fractions.get(token.name) or (token.value if isinstance(token.value, int) else 0))
    if minute < 0:
        hour, minute = (hour - 1) or 12, minute + 60
    if minute >= 60:
        return None
    part = m["part"] if "part" in groups else None
    noon = "pm" if part and part.name == "ad" else part.value[1] if part else None
    # Digits with minutes are the 24-hour clock unless a word says otherwise; a bare hour up to twelve may be either half.
    point = Point(clock=(hour, minute, second), noon=noon or ("as written" if marked or hour > 12 or hour == 0 else "unknown"))
    if "about" in groups and m.has("about"):
        point = point._replace(mod="APPROX")
    start = hour_token.start if m.tokens[m.match.start()].name == "at" else m.start
    check = "clock" if hour_token.name == "clock" and not part and m.tokens[m.match.start()].name == "clock" else ""
    return Phrase(start, m.end, "clock", point, "TIME", check=check)


@_rule("(part|adverb|the_part):part")
def _part(m: _Match) -> Phrase:
    return m.phrase("part", Point(part=m.value("part")[0]), type="TIME")


@_rule("(pointing|anaphoric):pointing")
def _pointing(m: _Match) -> Phrase:
    return m.phrase("pointing", Point(pointing=m.value("pointing")))


@_rule("zone")
def _zone(m: _Match) -> Phrase:
    return m.phrase("zone", Point(zone="Z"))


@_rule("local")
def _local(m: _Match) -> Phrase:
    return m.phrase("zone", Point())


# Sets and references.


@_rule("set:set")
def _set(m: _Match) -> Phrase:
    return m.phrase("set", type="SET", value=m.value("set"))


@_rule("every one_day? (weekday|wday):weekday")
def _every_weekday(m: _Match) -> Phrase | None:
    token = m["weekday"]
    if token and token.name == "wday" and token.value in (6,) and m.match.end() - m.match.start() == 2:
        return None  # كل أحد is everyone
    return m.phrase("set", type="SET", value=f"XXXX-WXX-{m.value('weekday') + 1}")


@_rule("times in (rday|the_week|the_month|the_year|the_century|the_decade):unit")
@_rule("times in one_day:unit")
def _times_in(m: _Match) -> Phrase | None:
    unit = {"rday": "day", "one_day": "day"}.get(m["unit"].name) or m.value("unit")  # type: ignore[union-attr]
    return m.phrase("set", type="SET", value=_iso({unit: 1}))


@_rule("ref:ref")
def _reference(m: _Match) -> Phrase:
    return m.phrase("ref", value=m.value("ref"), check="near" if m.value("ref") == "FUTURE_REF" else "")


# ---------------------------------------------------------------- lengths

_FRACTIONS = {"half": 2, "quarter": 4, "third": 3}
# What a fraction of a unit is, in whole smaller units.
_PARTS_OF = {
    "year": ("month", 12), "month": ("day", 30), "week": ("hour", 168), "day": ("hour", 24), "hour": ("minute", 60), "minute": ("second", 60),
    "decade": ("year", 10), "century": ("year", 100),
}  # fmt: skip
_DESIGNATORS = (("year", "Y"), ("month", "M"), ("week", "W"), ("day", "D"), ("decade", "DE"), ("century", "CE"))
_CLOCK_DESIGNATORS = (("hour", "H"), ("minute", "M"), ("second", "S"))


def _iso(length: dict[str, int | str]) -> str:
    """An ISO 8601 duration; decades and centuries are counted in years unless their number is unknown."""
    amounts = dict(length)
    for unit, years in (("decade", 10), ("century", 100)):
        if isinstance(amounts.get(unit), int):
            amounts["year"] = int(amounts.get("year", 0)) + years * int(amounts.pop(unit))
    days = "".join(f"{amounts[unit]}{sign}" for unit, sign in _DESIGNATORS if unit in amounts)
    clock = "".join(f"{amounts[unit]}{sign}" for unit, sign in _CLOCK_DESIGNATORS if unit in amounts)
    return "P" + days + ("T" + clock if clock else "")


class _Length(NamedTuple):
    amounts: dict[str, int | str]  # "X" for an unknown number
    end: int  # index of the token after it
    bare: bool  # one word: a length only where something says so
    numbered: bool


def _unit_of(token: Token, *forms: str) -> str | None:
    form, _, unit = token.name.rpartition("_")
    return unit if form in forms and unit in UNITS else None


def _length(found: list[Token], at: int) -> _Length | None:
    """The length of time at token `at`: a number with its unit, a dual, a fraction, a vague plural; with what و adds to it."""
    amounts: dict[str, int | str] = {}
    bare = numbered = False
    while at < len(found):
        step = _one_length(found, at)
        if not step or any(unit in amounts for unit in step.amounts):
            break
        amounts |= step.amounts
        bare, numbered = step.bare and not amounts.keys() - step.amounts.keys(), numbered or step.numbered
        at = step.end
        unit = next(iter(step.amounts))
        while at < len(found) and (found[at].name in ("whole", "vague") or (found[at].name == "num" and found[at].value == 1)):
            bare, at = bare and found[at].name == "vague", at + 1
        if at + 1 < len(found) and found[at].name == "and" and found[at + 1].name in _FRACTIONS and unit in _PARTS_OF:
            smaller, size = _PARTS_OF[unit]
            amounts[smaller] = size // _FRACTIONS[found[at + 1].name]
            bare, at = False, at + 2
            if at < len(found) and _unit_of(found[at], "one", "the") == unit:
                at += 1
        after = _one_length(found, at + 1) if at + 1 < len(found) and found[at].name == "and" else None
        if not after or after.bare and not _unit_of(found[at + 1], "two", "one") or not _finer(after.amounts, amounts):
            return _Length(amounts, at, bare, numbered)
        at += 1
    return _Length(amounts, at, bare, numbered) if amounts else None


def _finer(smaller: dict[str, int | str], larger: dict[str, int | str]) -> bool:
    return min(map(UNITS.index, larger)) > max(map(UNITS.index, smaller))


def _one_length(found: list[Token], at: int) -> _Length | None:
    token = found[at]
    following = found[at + 1] if at + 1 < len(found) else None
    if token.name in ("int", "num", "year") and following:
        unit = _unit_of(following, "one", "many") or ("hour" if following.name == "oclock" else None)
        value = token.value
        if not unit or value is None or not value > 0:
            return None
        if isinstance(value, float):
            return _fractional(value, unit, at + 2)
        return _Length({unit: value}, at + 2, False, True)
    if unit := _unit_of(token, "two"):
        return _Length({unit: 2}, at + 1, False, True)
    if token.name in _FRACTIONS and following and (unit := _unit_of(following, "one")) and unit in _PARTS_OF:
        smaller, size = _PARTS_OF[unit]
        return _Length({smaller: size // _FRACTIONS[token.name]}, at + 2, False, True)
    if token.name == "three_quarters" and following and (unit := _unit_of(following, "one", "the") or ("hour" if following.name == "oclock" else None)):
        smaller, size = _PARTS_OF.get(unit, ("second", 0))
        return _Length({smaller: size * 3 // 4}, at + 2, False, True) if size else None
    if token.name == "several" and following and (unit := _unit_of(following, "many")):
        return _Length({unit: "X"}, at + 2, False, False)
    if unit := _unit_of(token, "many"):
        return _Length({unit: "X"}, at + 1, True, False)
    if unit := _unit_of(token, "one"):
        return _Length({unit: 1}, at + 1, True, False)
    return None


def _fractional(value: float, unit: str, end: int) -> _Length | None:
    if unit not in _PARTS_OF:
        return None
    smaller, size = _PARTS_OF[unit]
    whole, rest = int(value), round((value - int(value)) * size)
    return _Length({unit: whole, smaller: rest} if whole else {smaller: rest}, end, False, True)


_QUALIFIERS = ("about", "more", "less")


def _read_length(found: list[Token], at: int) -> tuple[Phrase, int] | None:
    """The length at token `at` with what leads to it: منذ and قبل make it a date, كل a set, anything else a length."""
    start, lead, mod = at, "", None
    while at < len(found) and found[at].name in ("since", "ago", "after", "during", "spent", "every", "times", "for", *_QUALIFIERS):
        name = found[at].name
        if name in _QUALIFIERS:
            mod = "APPROX" if name == "about" else mod
            lead = lead or "qualified"
        elif name == "times" and not (at + 1 < len(found) and found[at + 1].name == "every"):
            return None
        elif name != "times":
            if lead in ("since", "ago", "every"):
                return None
            lead = name
        more = name == "more"
        at += 1
        if lead in ("since", "ago") and more:
            mod = "BEFORE"
    if at >= len(found):
        return None
    definite = _definite_length(found, start, at, lead)
    if definite:
        return definite
    length = _length(found, at)
    if not length:
        # لأكثر من العام: a definite unit is a length after a comparison
        unit = _unit_of(found[at], "the") if any(token.name in ("more", "less") for token in found[start:at]) else None
        if not unit:
            return None
        length = _Length({unit: 1}, at + 1, False, False)
    if length.bare and (not lead or _goes_on(found, length.end)):
        return None
    if not lead and not length.numbered and {"decade", "century"} & length.amounts.keys():
        return None
    if {"decade"} & length.amounts.keys() and not lead:
        return None  # contracts
    return _built_length(found, start, lead, mod, length)


# What makes a unit before it part of a name: عام 2011, يوم الجمعة, يوم 5 أيار.
_NAMED_BY = ("year", "num", "years", "weekday", "wday", "int", "ord", "ymd", "dm", "rday", "month", "hijri", "ah", "bc", "days")


def _goes_on(found: list[Token], at: int) -> bool:
    return at < len(found) and found[at].name in _NAMED_BY and _unit_of(found[at - 1], "one", "many") in ("year", "day", "month")


def _built_length(found: list[Token], start: int, lead: str, mod: str | None, length: _Length) -> tuple[Phrase, int] | None:
    end = length.end
    if end < len(found) and found[end].name == "about":
        mod, end = "APPROX", end + 1
    value = _iso(length.amounts)
    first, last = found[start].start, found[end - 1].end
    if found[start].name == "spent":
        first = found[start + 1].start
    if lead == "every":
        return Phrase(first, last, "set", Point(mod=mod), "SET", value), end
    if end < len(found) and found[end].name == "now" and lead in ("since", "ago", "after"):
        sign = 1 if lead == "after" else -1
        return _anchored(length, sign, mod, first, found[end].end), end + 1
    if lead == "since" or (lead == "ago" and not (end < len(found) and found[end].name == "from")):
        check = "before event" if lead == "ago" else ""
        return _anchored(length, -1, mod, first, last)._replace(check=check), end
    check = "age" if not lead and "year" in length.amounts and len(length.amounts) == 1 else ""
    if length.bare and lead in ("during", "for") and found[end - 1].name == "one_day":
        check = "plain day"
    return Phrase(first, last, "length", Point(mod=mod), "DURATION", value, check=check), end


def _anchored(length: _Length, sign: int, mod: str | None, start: int, end: int) -> Phrase:
    value = _iso(length.amounts)
    offset = ("-" if sign < 0 else "") + value
    units = [unit for unit in UNITS if unit in length.amounts]
    if "X" in length.amounts.values():
        reference = "PAST_REF" if sign < 0 else "FUTURE_REF"
        return Phrase(start, end, "ref", Point(mod=mod), value=reference, offset=offset)
    amounts = {unit: int(number) for unit, number in length.amounts.items()}
    if set(units) <= {"year", "month"} and len(units) == 2:
        unit, number = "month", 12 * amounts["year"] + amounts["month"]
    else:
        unit, number = units[-1], amounts[units[-1]]
    if unit in ("decade", "century"):
        unit, number = "year", number * (10 if unit == "decade" else 100)
    if unit == "hour" and number % 24 == 0:
        unit, number = "day", number // 24
    return Phrase(start, end, "ago", Point(length=(unit, sign * number), mod=mod), offset=offset)


def _definite_length(found: list[Token], start: int, at: int, lead: str) -> tuple[Phrase, int] | None:
    """The past three days, the coming weeks: with a number a length, without one a reference."""
    number: int | str | None = None
    unit = _unit_of(found[at], "the_many", "the_two")
    if unit:
        number = 2 if found[at].name.startswith("the_two") else None
        at += 1
    elif found[at].name in ("int", "num") and found[at].raw.startswith("ال") and at + 1 < len(found):
        unit = _unit_of(found[at + 1], "many", "one")
        number, at = found[at].value, at + 2
    if not unit:
        return None
    vague = False
    while at < len(found) and found[at].name in ("int", "num", "ord", "vague", "pointing", "anaphoric", "latest"):
        token = found[at]
        at += 1
        if token.name == "vague":
            vague = True
        elif token.name in ("int", "num", "ord"):
            number = token.value
        else:
            if number is not None and not vague:
                if not isinstance(number, int):
                    return None
                return Phrase(found[start].start, token.end, "length", type="DURATION", value=_iso({unit: number})), at
            if unit in ("decade", "century") and lead not in ("during", "since"):
                return None
            distance = token.value
            if distance == 0:
                return Phrase(found[start].start, token.end, "ref", value="PRESENT_REF"), at
            return Phrase(found[start].start, token.end, "ref", value="PAST_REF" if distance < 0 else "FUTURE_REF"), at
    if isinstance(number, int) and lead in ("during", "after") and unit != "decade":
        return Phrase(found[start].start, found[at - 1].end, "length", type="DURATION", value=_iso({unit: number})), at
    return None


# ---------------------------------------------------------------- joining

_DAYS = ("rday", "weekday", "date", "dm")
_TIMES = ("clock", "part", "time")
# Which phrases make one with the phrase after them, and by which words between (their classes; () for none).
_MAY_JOIN: dict[tuple[str, str], tuple[tuple[str, ...], ...]] = {}


def _allow(lefts: str, rights: str, *links: str) -> None:
    for left in lefts.split():
        for right in rights.split():
            _MAY_JOIN[left, right] = tuple(tuple(link.split()) for link in links)


_allow("clock", "part", "", "from")
_allow("clock time", "rday weekday date dm time", "", "in", "from", "comma", "open", "and")
_allow("part", "rday weekday date dm", "", "from", "open")
_allow("part", "clock", "", "in", "comma", "at", "comma at", "in at", "about")
_allow("rday weekday date dm time", "clock", "", "comma", "in", "from", "at", "comma at", "in at", "about")
_allow("rday weekday date dm", "part", "", "comma")
_allow("clock", "zone", "", "in")
_allow("time", "zone", "", "in", "open")
_allow("rday", "weekday", "", "open", "comma")
_allow("weekday", "rday", "", "open")
_allow("rday", "date dm", "", "comma", "open", "corresponding", "corresponding for", "in")
_allow("weekday", "date dm", "", "comma", "open", "dash", "corresponding", "corresponding for", "in", "comma corresponding", "other")
_allow("date", "weekday", "", "open")
_allow("time", "weekday rday date dm", "", "open", "comma", "corresponding", "corresponding for")
_allow("weekday wday", "week", "", "from", "in")
_allow("month date feast time", "pointing", "")
_allow("daynumber", "month", "from", "in")
_allow("weekday", "daynumber", "")
_allow("date month season quarter half feast nthday", "year", "", "from", "for", "in", "comma", "slash", "dash", "open", "from for")
_allow("quarter half", "month", "from", "for", "")
_allow("nth", "month", "", "from", "in", "for")
_allow("nth", "year", "from", "")
_allow("edge", "month year week decade century season quarter half span feast", "")
_allow("edge", "set", "")
_allow("edge", "nth", "")
_allow("decade", "century", "", "from")
_allow("date", "date", "", "corresponding", "corresponding for", "open", "slash", "dash", "comma", "comma corresponding", "for")


def _join(left: Phrase, right: Phrase, links: tuple[str, ...]) -> Phrase | None:
    """The one phrase that two neighbours make, or None where they are two."""
    kinds = (left.kind, right.kind.removeprefix("bare "))
    if kinds[1] != right.kind and left.kind not in ("edge", "quarter", "half", "month", "date", "season"):
        return None
    if kinds not in _MAY_JOIN or links not in _MAY_JOIN[kinds]:
        return None
    if kinds == ("edge", "set"):
        return right._replace(start=left.start, point=left.point)
    a, b = left.point, right.point
    if a.twin is not None and kinds[1] == "year" and a.twin.year is None:
        return left._replace(end=right.end, point=a._replace(twin=a.twin._replace(year=b.year)))
    if kinds == ("date", "date"):
        if (a.calendar == "hijri") == (b.calendar == "hijri") or (a.calendar or b.calendar) != "hijri":
            return None
        hijri, other = (a, b) if a.calendar == "hijri" else (b, a)
        return left._replace(end=right.end, point=hijri._replace(twin=other, weekday=a.weekday if a.weekday is not None else b.weekday), check="")
    if kinds[1] == "year" and (a.year is not None or a.dyear is not None or (b.until and a.day)):
        return None
    if kinds[1] == "year" and "in" in links and b.dyear is None and right.check == "year":
        return None  # أول أسبوع في 2020 is fine with عام; bare digits after في may be a number
    united = _united(a, b)
    if united is None:
        return None
    kind = _united_kind(left, kinds[1])
    type_ = "TIME" if "TIME" in (left.type, right.type) else left.type
    check = left.check if left.check not in ("month", "weekday", "part of", "season", "feast", "year") and not left.check.startswith("month:") else ""
    if left.kind == "edge":
        check = "" if right.check == "year" or right.check.startswith("month:") else right.check
    elif right.check in ("general", "today", "tomorrow", "hijri year"):
        check = right.check if right.check != "today" else ""
    if kinds[1] == "year" and a.calendar == "hijri":
        check = ""
    return left._replace(end=right.end, point=united, kind=kind, type=type_, check=check)


def _united_kind(left: Phrase, right: str) -> str:
    if left.kind in ("edge", "wday"):
        return right if left.kind == "edge" else "date"
    if left.kind in _TIMES or right in ("clock", "part"):
        return "time"
    if left.kind in ("rday", "weekday") and right in ("date", "dm"):
        return "date"
    if left.kind == "weekday" and right == "week":
        return "date"
    if left.kind == "daynumber":
        return "date"
    if left.kind == "nth":
        return "nthday"
    return left.kind


def _united(a: Point, b: Point) -> Point | None:
    """What both say, or None where they say different things of one field."""
    fields = []
    for one, other in zip(a, b, strict=True):
        if one is not None and other is not None and one != other:
            return None
        fields.append(other if one is None else one)
    return Point(*fields)


# Kinds that are no time expression unless they were joined to another.
_FRAGMENTS = frozenset({"dm", "wday", "nth", "edge", "part", "zone", "pointing", "daynumber", "bare week", "bare month", "bare year"})


def _phrases(found: list[Token]) -> list[Phrase]:
    """The run's small phrases by the rules, joined where they are one."""
    letters = "".join(LETTER[token.name] for token in found)
    rules = _rules()
    phrases: list[tuple[Phrase, int, int]] = []  # with the tokens they took
    at = 0
    while at < len(found):
        taken = _read_length(found, at)
        if taken:
            phrases.append((taken[0], at, taken[1]))
            at = taken[1]
            continue
        for pattern, builder in rules.get(letters[at], ()):
            match = pattern.match(letters, at)
            built = builder(_Match(found, match)) if match else None
            if match and built:
                several = built if isinstance(built, list) else [built]
                phrases.extend((phrase, at, match.end()) for phrase in several)
                # A word that only showed what the phrase was (الثالث من) stays for the next.
                at = match.end() if several[-1].end >= found[match.end() - 1].end else match.end() - 1
                break
        else:
            at += 1
    return _all_joined(phrases, found)


def _all_joined(phrases: list[tuple[Phrase, int, int]], found: list[Token]) -> list[Phrase]:
    done: list[tuple[Phrase, int]] = []  # with the index of the token after
    for phrase, start, end in phrases:
        while done:
            left, after = done[-1]
            links = tuple(token.name for token in found[after:start] if token.name != "close")
            united = _join(left, phrase, links) if after <= start and left.end <= phrase.start else None
            if united is None:
                break
            done.pop()
            phrase, start = united, after
        done.append((phrase, end if phrase.end >= found[end - 1].end else end - 1))
    return [phrase for phrase, _ in done if phrase.kind not in _FRAGMENTS]


def _read(run: str) -> tuple[Phrase, ...]:
    return tuple(_phrases(tokens(run)))


_remembered = lru_cache(maxsize=16384)(_read)
_LONGEST_REMEMBERED = 96


def read_run(run: str) -> tuple[Phrase, ...]:
    """The time expressions of one run of folded text, in order, with offsets in the run."""
    return _remembered(run) if len(run) <= _LONGEST_REMEMBERED else _read(run)
