"""What each word of a run is: its tokens.

In goes a run of folded text, out come its `Token`s, each with a class that the rules are written over; months written twice are one
token, proclitics that matter are tokens of their own.

>>> [(token.name, token.value) for token in tokens("4 حزيران (يونيو) الفايت")]
[('int', 4), ('month', 6), ('pointing', -1)]
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any, NamedTuple

from ...lexicon import read
from ...text import alternation, fold_key
from ..numbers import parse_number
from .vocabulary import vocabulary


class Token(NamedTuple):
    """A word or mark of a run: `name` is its class, `sure` false for a homograph of another word."""

    name: str
    value: Any
    start: int
    end: int
    raw: str
    sure: bool = True  # no homograph


_DIGITS = r"(?:\d{1,4} ?/ ?\d{1,2} ?/ ?\d{1,4}(?!\d)|\d+(?:[.,:/٫٬–-]\d+)*+)"
_CLITICS = "[وفبلك]{0,2}?"
_MARKS = '[،,(/)–:"«»“”-]'


def _spelled() -> tuple[str, str]:
    """Patterns of a spelled cardinal and of an ordinal with the article, from the number words."""
    table = read("numbers")
    unit, ten, teen, tens = (_any(table[name]) for name in ("units", "ten", "teens", "tens"))
    bound = _any(table["bound_units"])
    hundred = _any(table["hundreds"])
    scale = alternation(
        form
        for scale in table["scales"].values()
        for name in ("singular", "dual", "dual_or_accusative", "plural")
        for form in scale.get(name, ())
    )
    and_ = " *و *"
    article = "(?:ال)?"
    below_hundred = (
        rf"(?:(?:{unit}|{bound}) +{ten}|(?:(?:{unit}|{bound}){and_})?{article}{tens}(?!\w)|{teen}(?!\w)|{ten}(?!\w)"
        rf"|{unit}(?!\w)(?: +{hundred}(?!\w))?)"
    )
    below_thousand = rf"(?:{hundred}(?!\w)(?:{and_}{below_hundred})?|{below_hundred})"
    scaled = rf"{scale}(?!\w)"
    more = rf"{and_}(?:{below_thousand} +{scaled}|{scaled}|{below_thousand})"
    parts = _any({"parts": table["parts"]["4"]})
    cardinal = rf"{article}(?:(?:{below_thousand} +)?{scaled}(?:{more})*+|{below_thousand})(?!\w)(?! +{parts})"
    rank = _any(table["ordinals"])
    ordinal = rf"(?:ال|لل){rank}(?!\w)(?: +{ten}(?!\w)| *و *ال{tens}(?!\w))?+|(?:ال|لل){tens}(?!\w)"
    return cardinal, ordinal


def _any(table: dict[str, list[str]]) -> str:
    return alternation(form for forms in table.values() for form in forms)


@cache
def _token_pattern() -> re.Pattern[str]:
    cardinal, ordinal = _spelled()
    words = alternation(vocabulary(), folded=True)
    return re.compile(
        rf"(?P<space> +)|(?P<mark>{_MARKS})|(?P<digits>(?:ال ?)?{_DIGITS})"
        rf"|(?P<before>{_CLITICS})"
        rf"(?:(?P<ordinal>{ordinal})|(?P<cardinal>{cardinal})|(?P<word>{words})(?!\w)|(?P<more>(?:ال ?)?{_DIGITS}))"
    )


@cache
def _homographs() -> frozenset[str]:
    return frozenset(map(fold_key, read("months")["homographs"]["words"]))


# ---------------------------------------------------------------- tokens

_MARK_NAMES = {"،": "comma", ",": "comma", "/": "slash", "-": "dash", "–": "dash", "(": "open", ")": "close", ":": "other"}


_UNKNOWN = re.compile(r"\w+|.", re.DOTALL)


def tokens(run: str) -> list[Token]:
    """The run's tokens with proclitic و and ب as tokens of their own, months written twice as one, شهر within its month."""
    found: list[Token] = []
    pattern, words = _token_pattern(), vocabulary()
    at = 0
    while at < len(run):
        match = pattern.match(run, at)
        if not match:  # a mark or a word of no class, which nothing reaches over
            if not found or found[-1].name != "other":
                found.append(Token("other", None, at, at + 1, run[at]))
            at = _UNKNOWN.match(run, at).end()  # type: ignore[union-attr]
            continue
        start, at = match.span()
        kind = match.lastgroup
        if kind == "space":
            continue
        if kind == "mark":
            found.append(Token(_MARK_NAMES.get(match.group(), "open"), None, start, at, match.group()))
            continue
        before = match["before"] or ""
        for letter, name in (("و", "and"), ("ب", "in"), ("ل", "for")):
            if letter in before:
                found.append(Token(name, None, start, start + len(before), before))
        start += len(before)
        raw = run[start:at]
        if kind in ("digits", "more"):
            found.append(_digit_token(raw, start, at))
        elif kind == "ordinal":
            found.append(Token("ord", _rank(raw), start, at, raw))
        elif kind == "cardinal" and words.get(raw, ("",))[0] != "weekday":  # الاثنين is Monday and the two
            value = parse_number(raw)
            if value is None and raw.startswith("ال"):
                value = parse_number(raw[2:])
            found.append(Token("num", value, start, at, raw))
        else:
            name, value = words[" ".join(raw.split())]
            found.append(Token(name, value, start, at, raw, name not in ("month", "hijri") or raw not in _homographs()))
    return _joined(found)


@cache
def _ranks() -> dict[str, int]:
    table = read("numbers")
    ranks = {fold_key(form): int(value) for value, forms in table["ordinals"].items() for form in forms}
    return ranks | {fold_key(form): int(value) for value, forms in table["tens"].items() for form in forms}


def _rank(raw: str) -> int:
    """The value of an ordinal with the article: الثالث والعشرون is 23, الثانية عشرة 12."""
    words = raw.replace(" و ", " و").split()
    ranks = _ranks()
    value = ranks[words[0][2:]]
    if len(words) > 1:
        value += ranks[words[1][3:]] if words[1].startswith("وال") else 10
    elif "وال" in words[0][3:]:
        first, _, second = words[0][2:].partition("وال")
        value = ranks[first] + ranks[second]
    return value


_YMD = re.compile(r"(\d{4})([/.–-])(\d{1,2})\2(\d{1,2})|(\d{1,2})([/.–-])(\d{1,2})\6(\d{4}|\d{2})")
_MONTH_YEAR = re.compile(r"(\d{1,2})[/-](\d{4})")
_YEARS = re.compile(r"(\d{4})[/–-](\d{4}|\d{2})")
_TWO = re.compile(r"(\d{1,2})([/–-])(\d{1,2})")
_CLOCK = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2}))?")
_CLOCK_MARKED = re.compile(r"(\d{1,2})[.,٫](\d{2})")


def _digit_token(raw: str, start: int, end: int) -> Token:
    """The class of a group of digits by its shape."""
    definite = raw.startswith("ال")
    digits = (raw[2:] if definite else raw).replace(" ", "")

    def token(name: str, value: Any) -> Token:
        return Token(name, value, start, end, raw)

    if digits.isdigit():
        value = int(digits) if len(digits) <= 12 else None
        if value is None:
            return token("other", None)
        if len(digits) == 4 and 1000 <= value <= 2199:
            return token("year", value)
        return token("int" if 1 <= value <= 31 and len(digits) <= 2 else "num", value)
    if len(digits) > 24:
        return token("other", None)
    if match := _YMD.fullmatch(digits):
        year, month, day = (match[1], match[3], match[4]) if match[1] else (match[8], match[7], match[5])
        return token("ymd", (int(year), int(month), int(day), len(year) == 2))
    if match := _MONTH_YEAR.fullmatch(digits):
        return token("my", (int(match[2]), int(match[1])))
    if match := _YEARS.fullmatch(digits):
        last = int(match[2]) if len(match[2]) == 4 else int(match[1][:2] + match[2])
        return token("years", (int(match[1]), last))
    if match := _TWO.fullmatch(digits):
        return token("dm" if match[2] == "/" else "days", (int(match[1]), int(match[3])))
    if match := _CLOCK.fullmatch(digits):
        hour, minute, second = int(match[1]), int(match[2]), int(match[3]) if match[3] else None
        if hour <= 24 and minute < 60 and (second or 0) < 60:
            return token("clock", (hour % 24, minute, second))
        return token("other", None)
    if match := _CLOCK_MARKED.fullmatch(digits):
        return token("decimal", (int(match[1]), int(match[2]), None))
    quantity = parse_number(digits)
    return token("num" if quantity is not None else "other", quantity)


def _joined(tokens: list[Token]) -> list[Token]:
    """A month written twice, and شهر with the month it names, as one token each."""
    joined: list[Token] = []
    index = 0
    while index < len(tokens):
        token = tokens[index]
        if token.name in ("one_month", "the_month") and index + 1 < len(tokens):
            following = tokens[index + 1]
            named = following.name in ("month", "hijri") and token.name == "one_month"
            if named or _numbered_month(token, following, tokens[index + 2 : index + 4]):
                name = following.name if named else "month"
                token = Token(name, following.value, token.start, following.end, following.raw if named else NUMBERED, named)
                index += 1
        if token.name in ("month", "hijri"):
            token, index = _twins(token, tokens, index)
        joined.append(token)
        index += 1
    return joined


# What stands for the name of a month that is named by its number; a month only beside a day, a year or an edge.
NUMBERED = "#"


def _numbered_month(word: Token, number: Token, after: list[Token]) -> bool:
    """شهر 3, شهر ثلاثة, الشهر التاسع; no count of things or of months after it (شهر واحد, ثلاثة أشهر)."""
    if number.name not in ("int", "num") if word.name == "one_month" else number.name != "ord":
        return False
    if number.value not in range(1, 13) or (number.value == 1 and number.name == "num"):
        return False
    following = after[0].name if after else ""
    if following == "one_year":  # شهر عشرة سنة 2015
        return len(after) > 1 and after[1].name == "year"
    return not following.startswith(("one_", "many_", "month", "hijri"))


@cache
def weekday_numbers() -> dict[str, int]:
    """Bare weekdays that are number words too (اثنين, ثلاثاء without its hamza), by their folded form."""
    return {fold_key(form): int(number) for number, forms in read("months")["bare_weekdays"].items() for form in forms}


def _twins(token: Token, tokens: list[Token], index: int) -> tuple[Token, int]:
    """A month with its other names: أبريل/نيسان, حزيران (يونيو), سبتمبر أيلول. At most three names."""
    for _ in range(2):
        after = index + 1
        bracket = after < len(tokens) and tokens[after].name == "open"
        if after < len(tokens) and tokens[after].name in ("open", "slash", "dash", "comma"):
            after += 1
        if after < len(tokens) and tokens[after].name == token.name and tokens[after].value == token.value:
            closes = bracket and after + 1 < len(tokens) and tokens[after + 1].name == "close"
            index = after + (1 if closes else 0)
            token = token._replace(end=tokens[index].end, sure=True)
        else:
            break
    return token, index
