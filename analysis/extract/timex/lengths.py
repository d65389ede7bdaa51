"""Lengths of time: numbers with their units, duals, fractions, ranges, and what و adds to them.

>>> from .words import tokens
>>> length_at(tokens("سنه ونصف"), 0).amounts
{'year': 1, 'month': 6}
"""

from __future__ import annotations

from typing import NamedTuple

from .vocabulary import UNITS
from .words import Token  # noqa: TC001 (the rules' module is imported with it anyway)

_FRACTIONS = {"half": 2, "quarter": 4, "third": 3, "the_half": 2, "the_quarter": 4, "the_third": 3}
# What a fraction of a unit is, in whole smaller units.
_PARTS_OF = {
    "century": ("year", 100), "decade": ("year", 10), "year": ("month", 12), "month": ("day", 30), "week": ("hour", 168),
    "day": ("hour", 24), "hour": ("minute", 60), "minute": ("second", 60),
}  # fmt: skip
_DESIGNATORS = (("year", "Y"), ("month", "M"), ("week", "W"), ("day", "D"), ("decade", "DE"), ("century", "CE"))
_CLOCK_DESIGNATORS = (("hour", "H"), ("minute", "M"), ("second", "S"))


def iso(length: dict[str, int | str]) -> str:
    """An ISO 8601 duration; decades and centuries are counted in years unless their number is unknown."""
    amounts = dict(length)
    for unit, years in (("decade", 10), ("century", 100)):
        if isinstance(amounts.get(unit), int):
            amounts["year"] = int(amounts.get("year", 0)) + years * int(amounts.pop(unit))
    days = "".join(f"{amounts[unit]}{sign}" for unit, sign in _DESIGNATORS if unit in amounts)
    clock = "".join(f"{amounts[unit]}{sign}" for unit, sign in _CLOCK_DESIGNATORS if unit in amounts)
    return "P" + days + ("T" + clock if clock else "")


class Length(NamedTuple):
    """A length of time as it is written: how many of each unit, "X" where that is unknown."""

    amounts: dict[str, int | str]
    end: int  # index of the token after it
    bare: bool  # one word: a length only where something says so
    numbered: bool
    low: int | None = None  # the lesser number of a range, whose greater one stands in `amounts`


def unit_of(token: Token, *forms: str) -> str | None:
    """The unit of a token that is a word for one in one of these forms: one, two, many, the, ..."""
    form, _, unit = token.name.rpartition("_")
    return unit if form in forms and unit in UNITS else None


def length_at(found: list[Token], at: int) -> Length | None:
    """The length of time at token `at`: a number with its unit, a dual, a fraction, a vague plural; with what و adds to it."""
    length = _with_fraction(found, at)
    while length and length.end + 1 < len(found) and found[length.end].name == "and":
        after = _with_fraction(found, length.end + 1)
        if not after or (after.bare and not unit_of(found[length.end + 1], "two", "one")) or not _finer(after, length):
            break
        length = Length(length.amounts | after.amounts, after.end, False, length.numbered or after.numbered)
    return length


def _finer(smaller: Length, larger: Length) -> bool:
    return min(map(UNITS.index, larger.amounts)) > max(map(UNITS.index, smaller.amounts))


def _with_fraction(found: list[Token], at: int) -> Length | None:
    """A length of one unit with the words that only stress it (شهرا كاملا), and a fraction of the unit (ساعتين ونصف الساعة)."""
    length = _one_length(found, at)
    if not length:
        return None
    amounts, at, bare, numbered, low = length
    unit = next(iter(amounts))
    while at < len(found) and (found[at].name in ("whole", "vague") or (found[at].name == "num" and found[at].value == 1)):
        bare, at = bare and found[at].name == "vague", at + 1
    if _is_other(found, at):
        numbered, at = True, at + 1
    if at + 1 < len(found) and found[at].name == "and" and found[at + 1].name in _FRACTIONS and unit in _PARTS_OF:
        smaller, size = _PARTS_OF[unit]
        amounts = {**amounts, smaller: size // _FRACTIONS[found[at + 1].name]}
        bare, at = False, at + 2
        if at < len(found) and (unit_of(found[at], "one", "the") == unit or (unit, found[at].name) == ("hour", "oclock")):
            at += 1
    return Length(amounts, at, bare, numbered, low)


def _is_other(found: list[Token], at: int) -> bool:
    """Whether آخر after a unit is "another" (لعام آخر), and no "last" of what follows."""
    following = found[at + 1].name if at + 1 < len(found) else ""
    return (
        at < len(found)
        and found[at].name == "last"
        and unit_of(found[at - 1], "one") is not None
        and not following.startswith(("one_", "many_", "weekday", "wday", "month", "hijri"))
    )


def _one_length(found: list[Token], at: int) -> Length | None:
    token = found[at]
    following = found[at + 1] if at + 1 < len(found) else None
    if following and token.name in ("int", "num", "days") and (ranged := _ranged(found, at)):
        return ranged
    if following and token.name in ("int", "num", "year"):
        return _counted(token.value, following, at + 2) if (token.name, following.name) != ("year", "oclock") else None
    if following and token.name in _FRACTIONS and (unit := unit_of(following, "one")) in _PARTS_OF:
        return _part_of(unit, 1, _FRACTIONS[token.name], at + 2)
    if following and token.name == "three_quarters" and (unit := unit_of(following, "one", "the") or _hour(following)) in _PARTS_OF:
        return _part_of(unit, 3, 4, at + 2)
    if following and token.name == "several" and (unit := unit_of(following, "many")):
        return Length({unit: "X"}, at + 2, False, False)
    for form, number in (("two", 2), ("many", "X"), ("one", 1)):
        if unit := unit_of(token, form):
            return Length({unit: number}, at + 1, form != "two", form == "two")
    return None


def _ranged(found: list[Token], at: int) -> Length | None:
    """بين 3 و5 سنوات, 3 إلى 5 سنوات, 3-5 سنوات; و needs بين before it."""
    token = found[at]
    if token.name == "days":
        (low, high), at = token.value, at + 1
    elif token.name in ("int", "num") and at + 3 < len(found) and found[at + 2].name in ("int", "num"):
        link = found[at + 1].name
        if link not in ("to", "dash") and not (link == "and" and at and found[at - 1].name == "between"):
            return None
        low, high, at = token.value, found[at + 2].value, at + 3
    else:
        return None
    unit = unit_of(found[at], "one", "many") if at < len(found) else None
    if not unit or not isinstance(low, int) or not isinstance(high, int) or not 0 < low < high:
        return None
    return Length({unit: high}, at + 1, False, True, low)


def _hour(token: Token) -> str | None:
    """نصف الساعة has the word that leads to a clock time elsewhere."""
    return "hour" if token.name == "oclock" else None


def _counted(value: float | None, unit_token: Token, end: int) -> Length | None:
    unit = unit_of(unit_token, "one", "many") or _hour(unit_token)
    if not unit or value is None or not value > 0:
        return None
    if isinstance(value, int):
        return Length({unit: value}, end, False, True)
    if unit not in _PARTS_OF:
        return None
    smaller, size = _PARTS_OF[unit]
    whole, rest = int(value), round((value - int(value)) * size)
    return Length({unit: whole, smaller: rest} if whole else {smaller: rest}, end, False, True)


def _part_of(unit: str | None, parts: int, of: int, end: int) -> Length:
    smaller, size = _PARTS_OF[unit or ""]
    return Length({smaller: size * parts // of}, end, False, True)
