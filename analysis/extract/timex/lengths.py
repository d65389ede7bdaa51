"""Lengths of time, what منذ and قبل make of them, and sets.

>>> from .words import tokens
>>> phrase, end = read_length(tokens("منذ سنه ونصف"), 0)
>>> phrase.offset
'-P1Y6M'
"""

from __future__ import annotations

from typing import NamedTuple

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


@rule("times in (rday|the_week|the_month|the_year|the_century|the_decade):unit")
@rule("times in one_day:unit")
def _times_in(m: Match) -> Phrase | None:
    unit = {"rday": "day", "one_day": "day"}.get(m["unit"].name) or m.value("unit")  # type: ignore[union-attr]
    return m.phrase("set", type="SET", value=_iso({unit: 1}))


@rule("ref:ref")
def _reference(m: Match) -> Phrase:
    return m.phrase("ref", value=m.value("ref"), check="near" if m.value("ref") == "FUTURE_REF" else "")


# ---------------------------------------------------------------- lengths

_FRACTIONS = {"half": 2, "quarter": 4, "third": 3, "the_half": 2, "the_quarter": 4, "the_third": 3}
# What a fraction of a unit is, in whole smaller units.
_PARTS_OF = {
    "century": ("year", 100), "decade": ("year", 10), "year": ("month", 12), "month": ("day", 30), "week": ("hour", 168),
    "day": ("hour", 24), "hour": ("minute", 60), "minute": ("second", 60),
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
            if at < len(found) and (_unit_of(found[at], "one", "the") == unit or (unit, found[at].name) == ("hour", "oclock")):
                at += 1
        after = _one_length(found, at + 1) if at + 1 < len(found) and found[at].name == "and" else None
        if not after or (after.bare and not _unit_of(found[at + 1], "two", "one")) or not _finer(after.amounts, amounts):
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
    if (
        token.name == "three_quarters"
        and following
        and (unit := _unit_of(following, "one", "the") or ("hour" if following.name == "oclock" else None))
    ):
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


def read_length(found: list[Token], at: int) -> tuple[Phrase, int] | None:
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
        compared = any(token.name in _QUALIFIERS for token in found[start:at])
        unit = _unit_of(found[at], "the") if compared else None
        if not unit or (at + 1 < len(found) and found[at + 1].name in (*_NAMED_BY, "pointing", "anaphoric", "same_after")):
            return None
        length = _Length({unit: 1}, at + 1, False, False)
    if length.bare and (not lead or _goes_on(found, length.end)):
        return None
    if not lead and not length.numbered and {"decade", "century"} & length.amounts.keys():
        return None
    if "decade" in length.amounts and lead in ("", "every"):
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
    names = [token.name for token in found[end : end + 3]]
    if (
        names[:2] == ["from", "rday"]
        and found[end + 1].value == 0
        and names[2:] != ["weekday"]
        and lead in ("since", "ago", "after")
    ):
        return _anchored(length, 1 if lead == "after" else -1, mod, first, found[end + 1].end), end + 2
    if end < len(found) and found[end].name == "now" and lead in ("since", "ago", "after"):
        sign = 1 if lead == "after" else -1
        return _anchored(length, sign, mod, first, found[end].end), end + 1
    if lead == "since" or (lead == "ago" and not (end < len(found) and found[end].name == "from")):
        check = "before event" if lead == "ago" else ""
        if found[end - 1].name == "one_decade" and length.bare:
            check = "contract"
        return _anchored(length, -1, mod, first, last)._replace(check=check), end
    check = "age" if not lead and "year" in length.amounts and len(length.amounts) == 1 else ""
    if length.bare and lead in ("during", "for") and found[end - 1].name == "one_day":
        check = "plain day"
    if length.bare and "decade" in length.amounts and lead != "qualified":
        check = "contract"
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
