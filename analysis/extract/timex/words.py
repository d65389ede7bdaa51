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
from ..number_words import words as number_words
from .vocabulary import vocabulary


class Token(NamedTuple):
    """A word or mark of a run: `name` is its class, `sure` false for a homograph of another word."""

    name: str
    value: Any
    start: int
    end: int
    raw: str
    sure: bool = True  # no homograph


_DIGITS = (
    r"(?:\d{1,4} ?/ ?\d{1,2} ?/ ?\d{1,4}(?!\d)|\d{1,2} ?(?:- ?\d{1,2} ?-|– ?\d{1,2} ?–) ?\d{4}(?!\d)"
    r"|\d{4} ?- ?\d{1,2} ?- ?\d{1,2}(?!\d)|\d+(?:[.,:/٫٬–-]\d+)*+)"
)
_CLITICS = "(?:[وف]?[بلك]|[وف])??"
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
    matched, at = _token_pattern().match, 0
    while at < len(run):
        match = matched(run, at)
        if match:
            _add(found, match)
            at = match.end()
        else:  # a mark or a word of no class, which nothing reaches over
            if not found or found[-1].name != "other":
                found.append(Token("other", None, at, at + 1, run[at]))
            unknown = _UNKNOWN.match(run, at)
            at = unknown.end() if unknown else at + 1
    return _joined(found)


_PROCLITIC_NAMES = {"و": "and", "ب": "in", "ل": "for"}


def _add(found: list[Token], match: re.Match[str]) -> None:
    """The tokens of one match of the token pattern, added to `found`."""
    kind, (start, end) = match.lastgroup, match.span()
    if kind == "space":
        return
    if kind == "mark":
        found.append(Token(_MARK_NAMES.get(match[0], "open"), None, start, end, match[0]))
        return
    if before := match["before"]:
        after = start + len(before)
        found.extend(Token(_PROCLITIC_NAMES[letter], None, start, after, before) for letter in before if letter in _PROCLITIC_NAMES)
        start = after
    raw = match.string[start:end]
    if kind in ("digits", "more"):
        found.append(_digit_token(raw, start, end))
    elif kind == "ordinal":
        found.append(Token("ord", _rank(raw), start, end, raw))
    elif kind == "cardinal" and vocabulary().get(raw, ("",))[0] != "weekday":  # الاثنين is Monday and the two
        found.append(Token("num", _cardinal(raw), start, end, raw))
    else:
        name, value = vocabulary()[" ".join(raw.split())]
        found.append(Token(name, value, start, end, raw, name not in ("month", "hijri") or raw not in _homographs()))


def _cardinal(raw: str) -> int | None:
    """The value of a spelled cardinal, with or without the article: الثلاثة is 3, الفين واربعه عشر 2014.

    >>> _cardinal("خمسه وعشرين"), _cardinal("ثلاثه الاف"), _cardinal("الفين واربعه عشر")
    (25, 3000, 2014)
    """
    table = number_words()
    total = part = 0
    for word in raw.split():
        kind, value = table.get(word) or table.get(word.removeprefix("و").removeprefix("ال")) or ("", 0)
        if kind == "V" and not part:
            return None  # thousands, of an unknown number
        if kind in ("S", "2", "A", "V"):  # a scale, alone or multiplied; its dual
            twice = kind == "2" or (kind == "A" and not part)
            total, part = total + (2 if twice else part or 1) * value, 0
        elif value == 100 and part:
            part *= 100
        else:
            part += value
    return int(total + part) or None


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
_THOUSANDS = re.compile(r"[1-9]\d{0,2}(?:[.,٬]\d{3})+")
_DECIMAL = re.compile(r"\d+[.,٫]\d+")
_LONGEST_DIGITS = 24


def _digit_token(raw: str, start: int, end: int) -> Token:
    """The class of a group of digits by its shape."""
    digits = raw.removeprefix("ال").replace(" ", "")
    name, value = _plain_digits(digits) if digits.isdigit() else _marked_digits(digits)
    return Token(name, value, start, end, raw)


def _plain_digits(digits: str) -> tuple[str, int | None]:
    if len(digits) > 12:
        return "other", None
    value = int(digits)
    if len(digits) == 4 and 1000 <= value <= 2199:
        return "year", value
    return ("int" if 1 <= value <= 31 and len(digits) <= 2 else "num"), value


def _marked_digits(digits: str) -> tuple[str, Any]:
    """Class and value of digits with marks between: a date, years, days, a clock time, a quantity."""
    if len(digits) > _LONGEST_DIGITS:
        return "other", None
    if match := _YMD.fullmatch(digits):
        year, month, day = (match[1], match[3], match[4]) if match[1] else (match[8], match[7], match[5])
        return "ymd", (int(year), int(month), int(day), len(year) == 2)
    if match := _MONTH_YEAR.fullmatch(digits):
        return "my", (int(match[2]), int(match[1]))
    if match := _YEARS.fullmatch(digits):
        return "years", (int(match[1]), int(match[2] if len(match[2]) == 4 else match[1][:2] + match[2]))
    if match := _TWO.fullmatch(digits):
        return "dm" if match[2] == "/" else "days", (int(match[1]), int(match[3]))
    if match := _CLOCK.fullmatch(digits):
        hour, minute, second = int(match[1]), int(match[2]), int(match[3]) if match[3] else None
        sound = hour <= 24 and minute < 60 and (second or 0) < 60
        return ("clock", (hour % 24, minute, second)) if sound else ("other", None)
    if match := _CLOCK_MARKED.fullmatch(digits):
        return "decimal", (int(match[1]), int(match[2]), None)
    if _THOUSANDS.fullmatch(digits):
        return "num", int(re.sub(r"\D", "", digits))
    if _DECIMAL.fullmatch(digits):
        return "num", float(digits.replace(",", ".").replace("٫", "."))
    return "other", None


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
