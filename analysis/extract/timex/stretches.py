"""Rules for what is told by its place from now (أمس, الشهر الماضي) and for years, quarters, seasons, decades, centuries, feasts."""

from __future__ import annotations

from typing import Any

from .phrases import Match, Phrase, Point, rule
from .words import Token  # noqa: TC001 (the rules' module is imported with it anyway)

# Days and stretches by where they lie from now.


@rule("rday:day (pointing|anaphoric):pointing")
def _day_pointing(m: Match) -> Phrase | None:
    token = m["pointing"]
    if m.value("day") != 0 or token is None or token.value == 0:
        return None
    return m.phrase("rday", Point(dday=token.value, anaphoric=token.name == "anaphoric" or None))


@rule("rday:day same_after")
@rule("same_before rday:day")
def _same_day(m: Match) -> Phrase | None:
    return m.phrase("rday", Point(dday=0, named_before="day")) if m.value("day") == 0 else None


@rule("rday:day")
def _relative_day(m: Match) -> Phrase:
    return m.phrase("rday", Point(dday=m.value("day")), check={0: "today", 1: "tomorrow"}.get(m.value("day"), ""))


@rule("night:night")
def _night(m: Match) -> Phrase:
    distance, part = m.value("night")
    return m.phrase("time", Point(dday=distance, part=part), type="TIME")


_STRETCHES = {"the_week": "dweek", "the_month": "dmonth", "the_year": "dyear"}


def _stretch(m: Match, name: str, distance: int, **fields: Any) -> Phrase:
    unit = name.removeprefix("the_")
    fields[_STRETCHES[name]] = distance
    return m.phrase(unit, Point(**fields), check="general" if unit == "year" else "")


@rule("the_year pointing:pointing year:year ad?")
@rule("this the_year year:year ad?")
def _year_pointed_and_named(m: Match) -> Phrase | None:
    """العام الجاري 2018."""
    year = m.value("year")
    return m.phrase("year", Point(year=year, dyear=m.value("pointing") or 0)) if year >= 1900 else None


@rule("the_year pointing:pointing (year|int|num):year (ah|ad):era")
@rule("this the_year year:year ah:era")
def _hijri_year_pointed_and_named(m: Match) -> Phrase | None:
    """العام القادم 1437هـ."""
    named = _year_phrase(m, m.value("year"), m["era"])
    return named._replace(point=named.point._replace(dyear=m.value("pointing") or 0)) if named else None


@rule("(the_week|the_month|the_year):unit (not_ago|ago|after):beyond? pointing:pointing")
def _stretch_pointing(m: Match) -> Phrase | None:
    token, beyond, distance = m["unit"], m["beyond"], m.value("pointing")
    if token is None or (beyond and (distance == 0 or (distance > 0) != (beyond.name == "after"))):
        return None
    return _stretch(m, token.name, distance * (2 if beyond else 1))


@rule("(the_week|the_month|the_year):unit anaphoric:pointing")
def _stretch_anaphoric(m: Match) -> Phrase | None:
    token = m["unit"]
    return _stretch(m, token.name, m.value("pointing"), anaphoric=True) if token else None


@rule("this (the_week|the_month|the_year):unit")
@rule("(the_week|the_month|the_year):unit this")
def _this_stretch(m: Match) -> Phrase | None:
    token = m["unit"]
    if token and token.name == "the_year" and [each.name for each in m.tokens[m.match.end() : m.match.end() + 1]] == ["year"]:
        return None
    return _stretch(m, token.name, 0)._replace(check="") if token else None


@rule("same_before (the_week|the_month|the_year):unit")
@rule("(the_week|the_month|the_year):unit same_after")
def _same_stretch(m: Match) -> Phrase | None:
    token = m["unit"]
    return _stretch(m, token.name, 0, named_before=token.name.removeprefix("the_")) if token else None


@rule("(the_year|one_year|two_year|pair_year|many_year|the_two_year|the_many_year):word year:year (ah|ad|bc):era?")
@rule("(the_year|one_year):word num:year (ah|ad|bc):era?")
@rule("(the_year|one_year):word int:year (ah|bc):era")
def _year_named(m: Match) -> Phrase | None:
    return _year_phrase(m, m.value("year"), m["era"] if "era" in m.match.groupdict() else None)


def _year_phrase(m: Match, year: Any, era: Token | None, check: str = "") -> Phrase | None:
    if not isinstance(year, int) or not (1 <= year <= 2199):
        return None
    if era is None and year < 1000:
        if year < 100 or m.first.name not in ("one_year", "the_year"):
            return None
        check = "early year"  # عام 786
    calendar = {"ah": "hijri", "bc": "bc"}.get(era.name) if era else None
    if calendar is None and era is None and 1343 <= year <= 1500:
        check = check or "hijri year"
    return m.phrase("year", Point(year, calendar=calendar), check=check)


@rule("between? (two_year|pair_year|the_two_year|many_year|the_many_year|one_year|the_year):word year:from (and|to):link year:to")
def _years_between(m: Match) -> Phrase | list[Phrase] | None:
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


@rule("between year:from and year:to")
def _between_years(m: Match) -> Phrase | None:
    first, last = m.value("from"), m.value("to")
    return m.phrase("year", Point(first, until=Point(last)), check="counted") if 1900 <= first < last else None


@rule("(many_year|the_many_year|two_year|one_year|the_year|pair_year)? year:from dash year:to")
def _years_dashed(m: Match) -> Phrase | None:
    """2007 - 2013: as the years of a stretch are written, with spaces."""
    first, last = m.value("from"), m.value("to")
    return m.phrase("year", Point(first, until=Point(last)), check="counted") if 1900 <= first < last <= 2199 else None


@rule("(many_year|the_many_year|two_year|one_year|the_year|pair_year)? years:span")
def _years(m: Match) -> Phrase | None:
    first, last = m.value("span")
    return m.phrase("year", Point(first, until=Point(last))) if 1900 <= first < last <= 2199 else None


@rule("year:year (ah|ad|bc):era")
@rule("int:year (ah|bc):era")
def _year_with_era(m: Match) -> Phrase | None:
    if m.value("year") < 100 and len(m["era"].raw) == 1:  # type: ignore[union-attr]
        return None
    return _year_phrase(m, m.value("year"), m["era"])


@rule("year:year")
def _year(m: Match) -> Phrase | None:
    year = m.value("year")
    if 1500 < year < 1900:
        return _year_phrase(m, year, None, "old year")
    return _year_phrase(m, year, None, "year") if year >= 1343 else None


@rule("(the_week|the_month|the_year):unit")
def _bare_stretch(m: Match) -> Phrase | None:
    """The month, the year: this one where an edge leads to it (نهاية العام), else no date."""
    token = m["unit"]
    return _stretch(m, token.name, 0)._replace(kind="bare " + token.name.removeprefix("the_")) if token else None


# Quarters, halves, seasons, decades, centuries.


@rule("the_quarter (ord:number|latest) (and latest)?")
def _quarter(m: Match) -> Phrase | None:
    number = m.value("number") or 4
    return m.phrase("quarter", Point(quarter=number), check="part of") if number <= 4 else None


@rule("the_chapter (ord:number|latest) (and latest)?")
def _chapter(m: Match) -> Phrase | None:
    """الفصل الأول من العام: a quarter where the year follows, else the chapter of a book."""
    number = m.value("number") or 4
    return m.phrase("quarter", Point(quarter=number), check="chapter") if number <= 4 else None


@rule("the_quarter pointing:pointing")
def _quarter_pointing(m: Match) -> Phrase:
    return m.phrase("span", Point(dspan=("quarter", m.value("pointing"))))


@rule("the_half (ord:number|latest) (and latest)?")
def _half(m: Match) -> Phrase | None:
    number = m.value("number") or 2
    return m.phrase("half", Point(half=number), check="part of") if number <= 2 else None


@rule("season_word? (season|the_season):season pointing:pointing?")
def _season(m: Match) -> Phrase:
    pointing = m.value("pointing")
    return m.phrase("season", Point(season=m.value("season"), pointing=pointing), check="" if pointing is not None else "season")


@rule("this season_word? the_season:season")
def _this_season(m: Match) -> Phrase:
    return m.phrase("season", Point(season=m.value("season"), pointing=0))


@rule("one_decade? decade:decade")
def _decade(m: Match) -> Phrase:
    return m.phrase("decade", Point(decade=m.value("decade")), check="age")


@rule("the_decade pointing:pointing")
def _decade_pointing(m: Match) -> Phrase:
    return m.phrase("span", Point(dspan=("decade", m.value("pointing"))), check="decade")


@rule("the_century pointing:pointing")
def _century_pointing(m: Match) -> Phrase:
    return m.phrase("century", Point(dspan=("century", m.value("pointing"))))


@rule("the_century (ord|int|num):number")
def _century(m: Match) -> Phrase | None:
    number = m.value("number")
    return m.phrase("century", Point(century=number - 1)) if isinstance(number, int) and 1 < number <= 22 else None


@rule("(edge|nth|last|half):edge")
def _edge(m: Match) -> Phrase | None:
    token = m["edge"]
    if token is None or (token.name == "nth" and token.value != 1):
        return None
    return m.phrase("edge", Point(mod={"nth": "START", "last": "END", "half": "MID"}.get(token.name) or token.value))


@rule("feast:feast")
def _feast(m: Match) -> Phrase:
    calendar, month, day = m.value("feast")
    return m.phrase("feast", Point(month=month, day=day, calendar=calendar if calendar != "gregorian" else None), check="feast")
