"""The grammar of a run of number words: from the run to the numbers in it.

In goes a run such as `مليون و200 الف` without its proclitics, out come `FoundNumber`s with offsets from its start.

>>> [number.value for number in read_run("مليون و200 الف", "", False)]
[1200000]
"""

from __future__ import annotations

import re
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise
from typing import Any, NamedTuple

from analysis.extract.number_words import patterns, words

Value = int | float

_LONGEST_DIGITS = 40  # longer strings of digits are no quantities
_LONGEST_REMEMBERED = 64  # runs recur; long ones hardly ever


class FoundNumber:
    """A number as the other grammars need it; all offsets are FOLDED.

    `core` is where the number begins after its proclitics (`start` includes them). `value` is None for a vague plural (ملايين),
    whose magnitude is `low`. `scale` is the scale word that multiplies the whole number (1 000 000 in `7 ملايين`), else 1.
    `digits`: written without any number word. `split`: where the last part joined by و begins, which might be a number of its own,
    else 0. `shape` tells digits apart that may be no quantity: "fraction" for 3/4, "zero" for a leading zero, "dots" for one dot
    before three digits; and "part" a fraction by itself, which is a number only of what is named after it (نصف دولار).
    """

    __slots__ = ("core", "definite", "digits", "end", "low", "ordinal", "scale", "shape", "split", "start", "value")

    def __init__(
        self, start: int, end: int, core: int, value: Value | None, low: Value | None = None, scale: int = 1, digits: bool = False,
        ordinal: bool = False, definite: bool = False, split: int = 0, shape: str = "",
    ) -> None:  # fmt: skip
        self.start, self.end, self.core, self.value = start, end, core, value
        self.low, self.scale, self.digits, self.ordinal = low, scale, digits, ordinal
        self.definite, self.split, self.shape = definite, split, shape


class _Token(NamedTuple):
    """A word or digit group of a run: `kind` names its part in the grammar; `plus` says that و joins it to what stands before."""

    kind: str
    value: Any
    plus: bool
    start: int
    end: int
    article: bool
    shape: str = ""


# ---------------------------------------------------------------- digits

_GROUPED = re.compile(r"\d{1,3}([,٬.، ])\d{3}(?:\1\d{3})*(?:([.٫,])\d+)?")
_DECIMAL = re.compile(r"\d*[.,٫]\d+|\d{1,3}،\d{1,2}")
ONE_DOT = re.compile(r"[1-9]\d{0,2}\.\d{3}")


def _read_digits(text: str, *, decimal: bool) -> tuple[Value | None, str]:
    """The value of one group of digits and its shape; the value is None where it is no number.

    Two groups of three make thousands; so does one, unless its mark is the decimal ٫, zero stands before it, or `decimal` says how
    this text writes its dots (`1.457` beside `88.2`).
    """
    if len(text) > _LONGEST_DIGITS:
        return None, ""
    if text.isdigit():
        return int(text), "zero" if len(text) > 1 and text[0] == "0" else ""
    if (match := _GROUPED.fullmatch(text)) and text[0] != "0" and match[2] != match[1]:
        mark = match[1]
        if not (ONE_DOT.fullmatch(text) and decimal and not text.endswith("00")):
            whole, _, rest = text.partition(match[2]) if match[2] else (text, "", "")
            return _plain(Fraction(f"{whole.replace(mark, '')}.{rest or 0}")), "dots" if ONE_DOT.fullmatch(text) else ""
    if _DECIMAL.fullmatch(text):
        value = _plain(Fraction(text.replace(",", ".").replace("٫", ".").replace("،", ".")))
        return value, "dots" if ONE_DOT.fullmatch(text) else ""
    for mark, shape in (("ر", ""), ("/", "fraction")):
        left, found, right = text.replace(" ", "").partition(mark)
        if found and left.isdigit() and right.isdigit():
            if mark == "ر":  # agencies write the decimals first: 4ر29 is 29.4
                return _plain(Fraction(f"{int(right)}.{left}")), ""
            return (_plain(Fraction(int(left), int(right))), shape) if int(right) else (None, "")
    return None, ""


def _plain(value: Fraction | int) -> Value:
    """A whole number as an int, any other as a float."""
    return int(value) if value == int(value) else float(value)


# ---------------------------------------------------------------- the grammar


class _Group(NamedTuple):
    """A part of a number: a value below a thousand times its scales, or a scale alone."""

    value: Fraction | int
    end: int  # index of the token after it
    scale: int
    small: Fraction | int | None  # what multiplies the scale, None where nothing does
    digits: bool


def _hundreds(tokens: list[_Token], at: int) -> tuple[int, int] | None:
    """A spelled number below a thousand at token `at`: its value and the token after it."""
    low = _tens(tokens, at)
    if low:
        value, after = low
        following = tokens[after] if after < len(tokens) else None
        # خمس مئة, and 21 hundred: a number of hundreds, the word hundred without و
        if not following or following.plus or (following.kind, following.value) not in (("H", 100), ("W", 100)):
            return low
        if following.kind == "W" and not 3 <= value <= 9:
            return low
        value, after = value * 100, after + 1
    elif at < len(tokens) and tokens[at].kind in "Hh":
        value, after = tokens[at].value, at + 1
    else:
        return None
    if after < len(tokens):
        token = tokens[after]
        if token.kind == "D" and token.plus and isinstance(token.value, int) and 0 < token.value < 100 and value < 1000:
            return value + token.value, after + 1
        # و may be left out between hundreds and the rest in speech; never before another hundred
        rest = _tens(tokens, after)
        if rest and (rest[1] == len(tokens) or tokens[rest[1]].kind != "H" or tokens[rest[1]].plus):
            return value + rest[0], rest[1]
    return None if tokens[at].kind == "h" and after == at + 1 else (value, after)


def _tens(tokens: list[_Token], at: int) -> tuple[int, int] | None:
    """A spelled number below a hundred at token `at`: units, teens, tens, units with tens."""
    if at >= len(tokens):
        return None
    kind, value = tokens[at].kind, tokens[at].value
    if kind in "Ub":
        if at + 1 < len(tokens):
            token = tokens[at + 1]
            if token.kind == "X" and not token.plus:
                return value + 10, at + 2
            if token.kind == "T" and token.plus:
                return value + token.value, at + 2
        return (value, at + 1) if kind == "U" else None
    return (value, at + 1) if kind in "XET" else None


def _small(tokens: list[_Token], at: int) -> tuple[Fraction | int, int, bool] | None:
    """Digits, or a spelled number below a thousand, with its decimals; whether it is digits."""
    token = tokens[at]
    if token.kind in "DZ":
        if token.value is None:
            return None
        value: Fraction | int = Fraction(str(token.value)) if isinstance(token.value, float) else token.value
        after, digits = at + 1, token.kind == "D"
    elif found := _hundreds(tokens, at):
        (value, after), digits = found, False
    else:
        return None
    if after + 1 < len(tokens) and tokens[after].kind == ".":
        decimals = _decimals(tokens, after + 1, value)
        if decimals:
            return value + decimals[0], decimals[1], False
    return value, after, digits


def _decimals(tokens: list[_Token], at: int, whole: Fraction | int) -> tuple[Fraction, int] | None:
    """What stands after فاصلة, as a fraction: خمسة وعشرين is .25, صفر خمسة is .05."""
    zeros = 0
    while at < len(tokens) and tokens[at].kind == "Z" and at + 1 < len(tokens) and tokens[at + 1].kind in "UZXETH":
        zeros, at = zeros + 1, at + 1
    if at >= len(tokens):
        return None
    if tokens[at].kind == "D":
        value = tokens[at].value
        return (Fraction(value, 10 ** (zeros + len(str(value)))), at + 1) if isinstance(value, int) and value >= 0 else None
    group = _group(tokens, at) if whole >= 1000 or tokens[at].kind in "SA2" else None
    while group and group.end < len(tokens) and tokens[group.end].plus and group.scale > 1:
        more = _group(tokens, group.end)
        if not more or more.value >= group.scale:
            break
        group = more._replace(value=group.value + more.value)
    found = (group.value, group.end) if group else _hundreds(tokens, at)
    if not found and tokens[at].kind == "Z":
        return Fraction(0), at + 1
    if not found or found[0] != int(found[0]):
        return None
    return Fraction(int(found[0]), 10 ** (zeros + len(str(int(found[0]))))), found[1]


def _group(tokens: list[_Token], at: int, *, dual: bool = False) -> _Group | None:
    """The group at token `at`. `dual`: the run's last word, in ـا, stands in the construct before a noun (ألفا ريال)."""
    token = tokens[at]
    kind = token.kind
    if kind in "S2A":
        twice = kind == "2" or (kind == "A" and dual and at + 1 == len(tokens))
        return _scaled(tokens, at + 1, (2 if twice else 1) * token.value, token.value, None)
    if kind in "Ff":
        if at + 1 < len(tokens) and not tokens[at + 1].plus:
            scale = tokens[at + 1]
            if scale.kind == "%":  # نصف في المئة
                return _Group(token.value, at + 1, 1, None, False)
            if scale.kind in "SA" or (scale.kind == "H" and scale.value == 100):
                return _Group(token.value * scale.value, at + 2, 1, None, False)
        return None
    small = _small(tokens, at)
    if not small:
        return None
    value, after, digits = small
    if not digits and _one_more(tokens, after) and value % 100 == 0:
        return _scaled(tokens, after + 2, (value + 1) * tokens[after].value, tokens[after].value, value + 1)
    if after < len(tokens) and not tokens[after].plus:
        following = tokens[after]
        if following.kind == "Q":  # ثلاثة أرباع المليون
            after += 1
            if value < following.value and after < len(tokens) and tokens[after].kind in "SA" and not tokens[after].plus:
                return _Group(Fraction(value, following.value) * tokens[after].value, after + 1, 1, None, False)
            return None
        if following.kind in "SAVL" and (following.kind != "L" or digits):
            return _scaled(tokens, after + 1, value * following.value, following.value, value)
    return _Group(value, after, 1, value, digits)


def _one_more(tokens: list[_Token], at: int) -> bool:
    """Whether و and a scale written twice follow: the first stands for one of the second (خمسمئة وألف ألف is 501 thousand)."""
    return (
        at + 1 < len(tokens)
        and tokens[at].kind == tokens[at + 1].kind == "S"
        and tokens[at].plus
        and not tokens[at + 1].plus
        and tokens[at].value == tokens[at + 1].value
    )


def _scaled(tokens: list[_Token], after: int, value: Fraction | int, scale: int, small: Fraction | int | None) -> _Group:
    """The group, with one more scale where it follows at once and is no smaller: ألف مليون."""
    if after < len(tokens) and tokens[after].kind in "SA" and not tokens[after].plus and tokens[after].value >= scale:
        factor = tokens[after].value
        return _Group(value * factor, after + 1, scale * factor, small, False)
    return _Group(value, after, scale, small, False)


class _Reading(NamedTuple):
    """A number that the grammar read: tokens [at, end), and what `FoundNumber` tells of it."""

    value: Fraction | int | None
    end: int
    low: int | None = None
    scale: int = 1
    digits: bool = False
    split: int = 0  # index of the token at which the last joined part begins


def _number(tokens: list[_Token], at: int, hint: str) -> _Reading | None:
    """The longest number at token `at`. `hint`: what follows the run, "noun" or "definite", where that tells readings apart."""
    if tokens[at].kind == "-" and at + 1 < len(tokens):
        positive = _number(tokens, at + 1, hint)
        return positive._replace(value=-positive.value) if positive and positive.value is not None else None
    vague = _vague(tokens, at) or _ascending(tokens, at)
    if vague:
        return vague
    group = _group(tokens, at, dual=hint == "noun")
    if not group:
        return None
    value, split, alone = group.value, 0, True
    while group.end < len(tokens):
        token = tokens[group.end]
        more = _added(tokens, group, token, hint)
        if not more:
            break
        alone = False
        if token.kind not in "~F":
            split = group.end
        if more.scale > group.scale:  # ألف وخمسمئة مليون: the scale multiplies both
            value, alone = value * more.scale + more.value, True
        else:
            value += more.value
        group = more
    scale = group.scale if alone and group.small is not None and group.scale >= 1000 else 1
    return _Reading(value, group.end, None, scale, group.digits and alone, split)


def _added(tokens: list[_Token], group: _Group, token: _Token, hint: str) -> _Group | None:
    """The group that the token after `group` begins, where it is a further part of the same number."""
    at, whole = group.end, max(group.scale, 1)
    if token.kind == "~":
        if at + 1 < len(tokens) and tokens[at + 1].kind == "F":
            unit = whole if whole > 1 else 100 if group.value == 100 else 1
            return _Group(-tokens[at + 1].value * unit, at + 2, 1, None, False)
        return None
    if not token.plus:
        return None
    if token.kind == "F" and (at + 1 == len(tokens) or tokens[at + 1].plus):
        if at + 1 == len(tokens) and hint == "definite":  # ونصف السكان is no part of the number
            return None
        return _Group(token.value * whole, at + 1, 1, None, False)
    more = _group(tokens, at, dual=hint == "noun")
    if not more:
        return None
    if token.kind in "Ff" and more.value < max(whole, group.value):
        return more
    if group.value != int(group.value) or more.value != int(more.value):
        return None
    if more.value < group.scale:
        return more
    if group.scale == 1000 and more.scale >= 1_000_000 and more.small is not None and 100 <= more.small < 1000:
        return more
    return None


def _vague(tokens: list[_Token], at: int) -> _Reading | None:
    """ملايين, عشرات الآلاف, مئات آلاف, بضعة آلاف: a plural scale that no number multiplies."""
    several = tokens[at].kind == "s"
    at += several
    if at >= len(tokens) or tokens[at].kind not in "VW" or (several and tokens[at].plus):
        return None
    low = tokens[at].value
    end = at + 1
    while end < len(tokens) and end < at + 3 and tokens[end].kind in "VS" and not tokens[end].plus:
        low *= tokens[end].value
        end += 1
    return _Reading(None, end, low, 1)


def _ascending(tokens: list[_Token], at: int) -> _Reading | None:
    """The classical order of years, smallest part first: ست وثلاثين ومئتين وألف."""
    low = _tens(tokens, at)
    if not low or low[1] + 1 >= len(tokens):
        return None
    hundreds, thousand = tokens[low[1]], tokens[low[1] + 1]
    if hundreds.kind != "H" or not hundreds.plus or thousand.kind not in "S2A" or not thousand.plus or thousand.value != 1000:
        return None
    return _Reading(low[0] + hundreds.value + (2000 if thousand.kind == "2" else 1000), low[1] + 2)


# ---------------------------------------------------------------- runs


def _tokens(run: str, *, decimal: bool) -> list[_Token]:
    """The tokens of a run of number words."""
    tokens: list[_Token] = []
    known = words()
    pattern = patterns().token
    at = 0
    while match := pattern.match(run, at):
        at = match.end()
        plus = "و" in match["step"]
        start = match.end("step") - len(match["step"].lstrip()) if plus else match.start("article")
        article = bool(match["article"])
        if word := match["word"]:
            kind, value = known[word]
            tokens.append(_Token(kind, value, plus, start, at, article))
        elif digits := match["digits"]:
            for first, last in _pieces(digits):
                value, shape = _read_signed(digits[first:last], decimal=decimal)
                offset = match.start("digits")
                begins = offset + first if first else start
                tokens.append(_Token("D", value, plus and not first, begins, offset + last, article, shape))
        else:
            tokens.append(_Token("%", 0, False, start, at, False))
    pairs = list(zip(tokens, [*tokens[1:], None], strict=True))
    return [_before_scale(_and_one(token, following), following, run) for token, following in pairs]


def _and_one(token: _Token, following: _Token | None) -> _Token:
    """The token; folded, واحد is also وأحد, which it is before عشر, or before tens with و, within a number."""
    if not following or (token.kind, token.value, token.plus) != ("U", 1, False) or not token.start:
        return token
    joined = (following.kind, following.plus) in (("X", False), ("T", True))
    return token._replace(plus=True) if joined else token


def _before_scale(token: _Token, following: _Token | None, run: str) -> _Token:
    """The token; digits before a scale are read with a decimal dot: nobody writes 1.125 million for 1125 million."""
    if token.shape == "dots" and following and following.kind in "SAVL" and not following.plus:
        digits = run[token.start : token.end].lstrip(" وال")
        return token._replace(value=_plain(Fraction(digits)), shape="")
    return token


_DASH = re.compile("[-–،]")


def _pieces(digits: str) -> list[tuple[int, int]]:
    """The numbers in digits that a dash or an Arabic comma joins (`5-7`); three with dashes are a date or a telephone."""
    whole = [(0, len(digits))]
    marks = [match.start() for match in _DASH.finditer(digits, 1)]
    if len(marks) != 1 and not (marks and "-" not in digits and "–" not in digits):
        return whole
    if _read_digits(digits, decimal=False)[0] is not None:  # ١،٥٠٠
        return whole
    edges = [-1, *marks, len(digits)]
    return [(left + 1, right) for left, right in pairwise(edges)]


def _read_signed(digits: str, *, decimal: bool) -> tuple[Value | None, str]:
    value, shape = _read_digits(digits.lstrip("-−"), decimal=decimal)
    return (-value if value is not None and digits[0] in "-−" else value), shape


def _read_run(run: str, hint: str, decimal: bool) -> tuple[FoundNumber, ...]:
    """The numbers of a run without proclitics, with offsets from its start."""
    tokens = _tokens(run, decimal=decimal)
    numbers, at = [], 0
    while at < len(tokens):
        reading = None if tokens[at].kind in "%.~Q" else _number(tokens, at, hint)
        if not reading and at + 1 == len(tokens) and tokens[at].kind == "F" and not tokens[at].plus:
            reading = _Reading(tokens[at].value, at + 1)  # half of something that is named after it
        if not reading:
            at += 1
            continue
        part = reading.end == at + 1 and tokens[at].kind == "F"
        first, last = tokens[at], tokens[reading.end - 1]
        core = first.start
        if first.plus:
            core += 1
            while run[core] == " ":
                core += 1
        if first.article:
            core += 2
        numbers.append(
            FoundNumber(
                first.start,
                last.end,
                core,
                None if reading.value is None else _plain(reading.value),
                reading.low,
                reading.scale,
                reading.digits,
                False,
                first.article,
                tokens[reading.split].start if reading.split else 0,
                "part" if part else first.shape if reading.digits else "",
            )
        )
        at = reading.end
    return tuple(numbers)


_remembered = lru_cache(maxsize=16384)(_read_run)


def read_run(run: str, hint: str, decimal: bool) -> tuple[FoundNumber, ...]:
    """The numbers of a run of number words without proclitics, with offsets from its start.

    `hint`: what follows the run where that tells readings apart: "noun" after a construct dual (ألفا ريال), "definite" after a
    fraction (ونصف السكان). `decimal`: one dot before three digits is a decimal dot in this text.
    """
    return _remembered(run, hint, decimal) if len(run) <= _LONGEST_REMEMBERED else _read_run(run, hint, decimal)
