"""What leads to a length of time and what it makes of it: منذ and قبل a date, كل a set; sets and references by themselves.

>>> from .words import tokens
>>> phrase, end = read_length(tokens("منذ سنه ونصف"), 0)
>>> phrase.offset
'-P1Y6M'
"""

from __future__ import annotations

from typing import NamedTuple

from .lengths import Length, iso, length_at, unit_of
from .phrases import Match, Phrase, Point, rule
from .vocabulary import UNITS
from .words import Token  # noqa: TC001 (the rules' module is imported with it anyway)

# Sets and references.


@rule("set:set")
def _set(m: Match) -> Phrase:
    return m.phrase("set", type="SET", value=m.value("set"))


@rule("every one_day? (weekday|wday):weekday")
def _every_weekday(m: Match) -> Phrase | None:
    token = m["weekday"]
    if token and token.name == "wday" and token.value in (6,) and m.match.end() - m.match.start() == 2:
        return None  # كل أحد is everyone
    return m.phrase("set", type="SET", value=f"XXXX-WXX-{m.value('weekday') + 1}")


@rule("(int|num)? times (whole|num)? in (rday|the_week|the_month|the_year|the_century|the_decade|one_day):unit")
def _times_in(m: Match) -> Phrase | None:
    unit = {"rday": "day", "one_day": "day"}.get(m["unit"].name) or m.value("unit")  # type: ignore[union-attr]
    return m.phrase("set", type="SET", value=iso({unit: 1}))


@rule("ref:ref")
def _reference(m: Match) -> Phrase:
    return m.phrase("ref", value=m.value("ref"), check="near" if m.value("ref") == "FUTURE_REF" else "")


# ---------------------------------------------------------------- what leads to a length

_QUALIFIERS = ("about", "more", "less")
_LEADS = frozenset({"since", "ago", "after", "during", "spent", "every", "times", "for", *_QUALIFIERS})
# What makes a unit before it part of a name: عام 2011, يوم الجمعة, يوم 5 أيار.
_NAMED_BY = ("year", "num", "years", "weekday", "wday", "int", "ord", "ymd", "dm", "rday", "month", "hijri", "ah", "bc", "days")
_SAID_WHICH = frozenset((*_NAMED_BY, "pointing", "anaphoric", "same_after"))


class _Lead(NamedTuple):
    name: str  # the class of the last word that leads to the length, "qualified" after about and its like alone, "" for none
    mod: str | None
    compared: bool  # whether about, more than or less than stands before the length
    end: int  # index of the token after it


def _lead(found: list[Token], at: int) -> _Lead | None:
    """The words before a length; None where they cannot lead to one."""
    name, mod, compared = "", None, False
    while at < len(found) and (word := found[at].name) in _LEADS:
        at += 1
        if word in _QUALIFIERS:
            compared, name = True, name or "qualified"
            if word == "about":
                mod = "APPROX"
            elif word == "more" and name in ("since", "ago"):
                mod = "BEFORE"
        elif word == "times":
            if at >= len(found) or found[at].name != "every":
                return None
        elif name in ("since", "ago", "every"):
            return None
        else:
            name = word
    return _Lead(name, mod, compared, at) if at < len(found) else None


def read_length(found: list[Token], at: int) -> tuple[Phrase, int] | None:
    """The length at token `at` with what leads to it: منذ and قبل make it a date, كل a set, anything else a length."""
    lead = _lead(found, at)
    if not lead:
        return None
    definite = _definite_length(found, at, lead)
    if definite:
        return definite
    length = length_at(found, lead.end) or (_compared_unit(found, lead.end) if lead.compared else None)
    if not length or not _is_length(found, at, lead, length):
        return None
    return _built_length(found, at, lead, length)


def _compared_unit(found: list[Token], at: int) -> Length | None:
    """لأكثر من العام: a definite unit is a length after a comparison."""
    unit = unit_of(found[at], "the")
    if not unit or (at + 1 < len(found) and found[at + 1].name in _SAID_WHICH):
        return None
    return Length({unit: 1}, at + 1, False, False)


def _is_length(found: list[Token], start: int, lead: _Lead, length: Length) -> bool:
    """Whether the words measure time: a unit without a number needs a lead, and a decade needs more, for it is a contract too."""
    amounts = length.amounts
    if length.bare and (not lead.name or _goes_on(found, length.end)):
        return False
    if length.bare and lead.name == "for" and not (lead.compared or length.numbered or "X" in amounts.values()):
        return False  # لساعة الصفر, لعقد: one unit after ل is a thing more often than a length
    if length.bare and start and lead.name == "after" and unit_of(found[start - 1], "one") in amounts:
        return False  # يوما بعد يوم
    if not lead.name and not length.numbered and {"decade", "century"} & amounts.keys():
        return False
    return "decade" not in amounts or lead.name not in ("", "every")


def _goes_on(found: list[Token], at: int) -> bool:
    return at < len(found) and found[at].name in _NAMED_BY and unit_of(found[at - 1], "one", "many") in ("year", "day", "month")


# ---------------------------------------------------------------- the phrases that lengths make


def _built_length(found: list[Token], start: int, lead: _Lead, length: Length) -> tuple[Phrase, int]:
    end, mod = length.end, lead.mod
    if end < len(found) and found[end].name == "about":
        mod, end = "APPROX", end + 1
    value = iso(length.amounts)
    if length.low is not None:
        value = f"{iso(dict.fromkeys(length.amounts, length.low))}/{value}"
    first, last = found[start].start, found[end - 1].end
    if found[start].name == "spent":
        first = found[start + 1].start
    if lead.name == "every":
        return Phrase(first, last, "set", Point(mod=mod), "SET", value), end
    check = _check(found, lead, length, end)
    if lead.name in ("since", "ago", "after"):
        sign = 1 if lead.name == "after" else -1
        if until_now := _from_now(found, end):
            return _anchored(length, sign, mod, first, found[until_now - 1].end), until_now
        if lead.name == "since" or (lead.name == "ago" and not (end < len(found) and found[end].name == "from")):
            return _anchored(length, -1, mod, first, last)._replace(check=check), end
        if lead.name == "ago":
            check = ""
    return Phrase(first, last, "length", Point(mod=mod), "DURATION", value, check=check), end


def _from_now(found: list[Token], at: int) -> int | None:
    """The index after من الآن or من اليوم at `at`; من اليوم السبت is a day of its own."""
    names = [token.name for token in found[at : at + 3]]
    if names[:1] == ["now"]:
        return at + 1
    if names[:2] == ["from", "rday"] and found[at + 1].value == 0 and names[2:] != ["weekday"]:
        return at + 2
    return None


def _check(found: list[Token], lead: _Lead, length: Length, end: int) -> str:
    """What the text around must not say, by the name of the check."""
    if length.bare and "decade" in length.amounts and lead.name != "qualified" and "X" not in length.amounts.values():
        return "contract"
    if lead.name == "ago":
        return "before event"
    if lead.name == "since":
        return ""
    if not lead.name and length.amounts.keys() <= {"year", "month", "week"}:
        return "age"
    if length.bare and lead.name in ("during", "for", "after"):
        return "plain day" if found[end - 1].name == "one_day" and lead.name != "after" else "construct"
    return ""


def _anchored(length: Length, sign: int, mod: str | None, start: int, end: int) -> Phrase:
    value = iso(length.amounts)
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


# ---------------------------------------------------------------- definite lengths


class _Counted(NamedTuple):
    unit: str
    number: int | float | None
    first: bool  # الأشهر الستة الأولى
    vague: bool
    end: int  # index of the token after it, which may point


def _definite_length(found: list[Token], start: int, lead: _Lead) -> tuple[Phrase, int] | None:
    """The past three days, the coming weeks: with a number a length, without one a reference."""
    counted = _definite_count(found, lead.end)
    if not counted:
        return None
    unit, number, at = counted.unit, counted.number, counted.end
    value = iso({unit: number if isinstance(number, int) else "X"})
    if at < len(found) and found[at].name in ("pointing", "anaphoric", "latest"):
        token = found[at]
        phrase = Phrase(found[start].start, token.end, "length", type="DURATION", value=value)
        if number is not None and not counted.vague:
            return (phrase, at + 1) if isinstance(number, int) else None
        if unit in ("decade", "century") and lead.name not in ("during", "since"):
            return None
        if token.name == "anaphoric" and token.value > 0:
            return phrase, at + 1  # the days that followed, of another time than now
        reference = {-1: "PAST_REF", 0: "PRESENT_REF", 1: "FUTURE_REF"}[token.value]
        return Phrase(found[start].start, token.end, "ref", value=reference), at + 1
    if not isinstance(number, int):
        return None
    if counted.first:
        point = Point(month=1, until=Point(month=number)) if unit == "month" and 1 < number <= 12 else Point()
        kind = "firstmonths" if point.month else "length"
        return Phrase(found[lead.end].start, found[at - 1].end, kind, point, "DURATION", value), at
    if lead.name in ("during", "after") and unit != "decade":
        return Phrase(found[start].start, found[at - 1].end, "length", type="DURATION", value=value), at
    return None


def _definite_count(found: list[Token], at: int) -> _Counted | None:
    """A definite plural or dual with its number and what stresses it: الأيام الثلاثة, الـ24 ساعة, السنوات القليلة."""
    number: int | float | None = None
    unit = unit_of(found[at], "the_many", "the_two")
    if unit:
        number, at = (2 if found[at].name.startswith("the_two") else None), at + 1
    elif found[at].name in ("int", "num") and found[at].raw.startswith("ال") and at + 1 < len(found):
        unit = unit_of(found[at + 1], "many", "one")
        number, at = found[at].value, at + 2
    if not unit:
        return None
    first = vague = False
    while at < len(found) and (name := found[at].name) in ("int", "num", "ord", "vague"):
        if name == "vague":
            vague = True
        elif name == "ord" and found[at].value == 1:
            first = True
        else:
            number = found[at].value
        at += 1
    return _Counted(unit, number, first, vague, at)
