"""Numbers in Arabic text: digits in every script, words of every size and spelling, and the two mixed.

In goes a text, out come `Number`s in order, each with its span in that text (proclitics included) and its value.

>>> find_numbers("بين 5 و7 ملايين")
[Number(start=4, end=5, text='5', value=5), Number(start=6, end=15, text='و7 ملايين', value=7000000)]
>>> parse_number("ثلاثة ملايين وخمسمئة ألف")
3500000

How it works: one regular expression built from `lexicon/numbers.toml` finds each maximal run of number words, and a small grammar
reads the run. Both are linear; runs recur, so short ones are remembered. `scan_numbers` gives the same for text already folded, with what other
grammars need besides: vague plurals, ordinals, scales.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from fractions import Fraction
from functools import cache, lru_cache
from typing import Any, NamedTuple

from ..lexicon import read
from ..text import Folded, alternation, fold, fold_key

Value = int | float


class Number(NamedTuple):
    """A cardinal number: `text` is `source[start:end]`, proclitics included."""

    start: int
    end: int
    text: str
    value: Value


class FoundNumber(NamedTuple):
    """A number as the other grammars need it; all offsets are FOLDED.

    `core` is where the number begins after its proclitics (`start` includes them). `value` is None for a vague plural (ملايين), whose
    magnitude is `low`. `scale` is the scale word that multiplies the whole number (7 in `7 ملايين` has 1 000 000), else 1.
    `digits`: written without any number word. `split`: where a part joined by و begins that might be a number of its own, else 0.
    `shape` tells digits apart that may be no quantity: "fraction" for 3/4, "zero" for a leading zero, "dots" for one dot before three digits.
    """

    start: int
    end: int
    core: int
    value: Value | None
    low: Value | None = None
    scale: int = 1
    digits: bool = False
    ordinal: bool = False
    definite: bool = False
    split: int = 0
    shape: str = ""


class _Token(NamedTuple):
    """A word or digit group of a run: `kind` names its part in the grammar; `plus` says that و joins it to what stands before."""

    kind: str
    value: Any
    plus: bool
    start: int
    end: int
    article: bool
    shape: str = ""


# ---------------------------------------------------------------- the tables

# Kinds: one letter each, so that a run's grammar can be read as a string.
# U unit, b bound unit, Z zero, X ten, E teen, T tens, H hundreds, h bound hundreds, S scale, 2 scale's dual, A dual or accusative,
# V plural scale, L Latin scale, W vague plural (tens, hundreds), s several, F fraction, f bound fraction, Q parts, . minus ~ particles.
_LONGEST_DIGITS = 40  # longer strings of digits are no quantities
_LONGEST_REMEMBERED = 64


@cache
def _words() -> dict[str, tuple[str, Any]]:
    """Each folded number word with its kind and value."""
    table = read("numbers")
    words: dict[str, tuple[str, Any]] = {}

    def add(kind: str, value: Any, forms: Iterable[str]) -> None:
        for form in forms:
            words.setdefault(fold_key(form), (kind, value))

    for kind, name in (
        ("U", "units"), ("b", "bound_units"), ("Z", "zero"), ("X", "ten"), ("E", "teens"), ("T", "tens"), ("H", "hundreds"),
        ("h", "bound_hundreds"), ("W", "vague"), ("Q", "parts"),
    ):  # fmt: skip
        for value, forms in table[name].items():
            add(kind, int(value), forms)
    for kind, name in (("F", "fractions"), ("f", "bound_fractions")):
        for value, forms in table[name].items():
            add(kind, Fraction(value), forms)
    for scale in _scales(table):
        for kind, name in (("S", "singular"), ("2", "dual"), ("A", "dual_or_accusative"), ("V", "plural"), ("L", "latin")):
            add(kind, scale["value"], scale.get(name, ()))
    add("s", 0, table["several"]["words"])
    for kind, name in ((".", "decimal"), ("-", "minus"), ("~", "except")):
        add(kind, 0, table["particles"][name])
    return words


def _scales(table: dict[str, Any]) -> list[dict[str, Any]]:
    scales = list(table["scales"].values())
    for power, stems in table["high_scales"].items():
        forms = {name: [stem + end for stem in stems for end in ends] for name, ends in table["high_scale_endings"].items()}
        scales.append({"value": 10 ** int(power), **forms})
    return scales


@cache
def _ordinals() -> dict[str, int]:
    return {fold_key(form): int(value) for value, forms in read("numbers")["ordinals"].items() for form in forms}


def _of_kind(kinds: str) -> list[str]:
    return [word for word, (kind, _) in _words().items() if kind in kinds]


# One group of digits: grouped by a mark or a space, else digits joined by any mark that numbers, dates and times are written with.
_DIGITS = r"(?:\d{1,3}(?: \d{3})+(?![\d/:]|[.,٫٬]\d)|\d+(?:[.,٫٬،/:ر–-]\d+)*|[.٫]\d+)"


class _Patterns(NamedTuple):
    anchor: re.Pattern[str]  # the character before a run, and the run's first word
    run: re.Pattern[str]  # a whole run, at an anchor
    token: re.Pattern[str]  # one token of a run
    embed: str  # a run without proclitics


# What may stand before a word: anything but the letters and digits of the scripts at hand. A set of ranges is tried five times as fast as \\w.
_NO_LETTER = "[^0-9A-Z_a-z\u00c0-\u024f\u0620-\u064a\u066e-\u06ff]"
_DIGIT_LEAF = "\ue000"  # stands for digits in the anchor's trie


@cache
def _patterns() -> _Patterns:
    table = read("numbers")
    clitics = table["clitics"]
    joining, prepositions = ("[" + "".join(clitics[name]) + "]" for name in ("joining", "prepositions"))
    article, to_the = alternation(clitics["article"]), alternation(clitics["to_the"])
    before = f"(?:{joining}??(?:{prepositions}?{article}|{to_the}|{prepositions})??)"
    opening = alternation(_of_kind("UbZXETHhS2AVWsFf-"), folded=True)
    following = alternation(_of_kind("UbZXETHhS2AVWFfQ.~L"), folded=True)
    words = alternation(_words(), folded=True)
    percent = alternation(table["percent"]["words"])
    ordinal, tens, ten = alternation(_ordinals(), folded=True), alternation(_of_kind("T"), folded=True), alternation(_of_kind("X"), folded=True)
    # A step from one token to the next: spaces, with و or without; digits need none before a word.
    step = rf"(?:(?: +(?:و *)?|(?<=\d)){_DIGITS}|(?: +(?:و *)??|(?<=\d))(?:{article})??{following}(?!\w))"
    first = rf"(?:[-−]?{_DIGITS}|{opening}(?!\w))"
    run = (
        rf"{percent}(?!\w)"
        rf"|{before}(?P<rank>{ordinal})(?!\w)(?:(?P<teen> +{ten}(?!\w))|(?P<tens> *و *(?:{article})?{tens}(?!\w)))?+"
        rf"|(?P<before>{before} ?(?=\d)|{before})(?P<run>{first}{step}*+(?: *{percent}(?!\w))?+)"
    )
    token = (
        rf"(?P<step> *(?:و *)??)(?P<article>(?:{article} ?)??)"
        rf"(?:(?P<digits>[-−]?{_DIGITS})|(?P<word>{words})(?!\w)|(?P<percent>{percent}(?!\w)))"
    )
    return _Patterns(re.compile(_anchor(table)), re.compile(run), re.compile(token), rf"(?:{first}{step}*+)")


def _anchor(table: dict[str, Any]) -> str:
    """A trie of every first word of a run with every proclitic: one pass, no going back."""
    clitics = table["clitics"]
    articles = clitics["article"]
    fronts = ["", *clitics["prepositions"], *articles, *clitics["to_the"]]
    fronts += [preposition + article for preposition in clitics["prepositions"] for article in articles]
    fronts = [joining + front for joining in ("", *clitics["joining"]) for front in fronts]
    words = [front + word for front in fronts for word in (*_of_kind("UbZXETHhS2AVWsFf-"), *_ordinals(), _DIGIT_LEAF)]
    words += [front + " " + _DIGIT_LEAF for front in fronts if front]
    words += [mark + _DIGIT_LEAF for mark in ".٫-−"]
    words += [fold_key(phrase) for phrase in table["percent"]["words"]]
    return _NO_LETTER + alternation(words, folded=True).replace(_DIGIT_LEAF, r"\d\w*+") + r"(?!\w)"


def number_pattern() -> str:
    """A regular expression without groups that matches a run of number words in folded text; for `parse_number` to read.

    It takes no proclitics and no word bounds at its start; callers add what they need.

    >>> re.match(number_pattern(), "ثلاثه وعشرون يوما").group()
    'ثلاثه وعشرون'
    """
    return _patterns().embed


# ---------------------------------------------------------------- digits

_GROUPED = re.compile(r"\d{1,3}([,٬.، ])\d{3}(?:\1\d{3})*(?:([.٫,])\d+)?")
_DECIMAL = re.compile(r"\d*[.,٫]\d+")
_ONE_DOT = re.compile(r"[1-9]\d{0,2}\.\d{3}")


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
        if not (_ONE_DOT.fullmatch(text) and decimal and not text.endswith("00")):
            whole, _, rest = text.partition(match[2]) if match[2] else (text, "", "")
            value = int(whole.replace(mark, ""))
            return _plain(Fraction(f"{value}.{rest or 0}")), "dots" if _ONE_DOT.fullmatch(text) else ""
    if _DECIMAL.fullmatch(text):
        value = _plain(Fraction(text.replace(",", ".").replace("٫", ".")))
        return value, "dots" if _ONE_DOT.fullmatch(text) else ""
    for mark, shape in (("ر", ""), ("/", "fraction")):
        left, found, right = text.partition(mark)
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
        if not following or following.plus or not (following.kind, following.value) in (("H", 100), ("W", 100)):
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
    words = _words()
    pattern = _patterns().token
    at = 0
    while match := pattern.match(run, at):
        at = match.end()
        plus = "و" in match["step"]
        start = match.end("step") - len(match["step"].lstrip()) if plus else match.start("article")
        article = bool(match["article"])
        if word := match["word"]:
            kind, value = words[word]
            tokens.append(_Token(kind, value, plus, start, at, article))
        elif digits := match["digits"]:
            for first, last in _pieces(digits):
                value, shape = _read_signed(digits[first:last], decimal=decimal)
                offset = match.start("digits")
                tokens.append(_Token("D", value, plus and not first, offset + first if first else start, offset + last, article, shape))
        else:
            tokens.append(_Token("%", 0, False, start, at, False))
    return [_before_scale(token, following, run) for token, following in zip(tokens, [*tokens[1:], None], strict=True)]


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
    return [(left + 1, right) for left, right in zip(edges, edges[1:], strict=False)]


def _read_signed(digits: str, *, decimal: bool) -> tuple[Value | None, str]:
    value, shape = _read_digits(digits.lstrip("-−"), decimal=decimal)
    return (-value if value is not None and digits[0] in "-−" else value), shape


def _read_run(run: str, hint: str, decimal: bool) -> tuple[FoundNumber, ...]:
    """The numbers of a run without proclitics, with offsets from its start."""
    tokens = _tokens(run, decimal=decimal)
    numbers, at = [], 0
    while at < len(tokens):
        reading = None if tokens[at].kind in "%.~Q" else _number(tokens, at, hint)
        if not reading:
            at += 1
            continue
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
                first.shape if reading.digits else "",
            )
        )
        at = reading.end
    return tuple(numbers)


_remembered = lru_cache(maxsize=16384)(_read_run)


# ---------------------------------------------------------------- scanning

_DOT_DECIMAL = re.compile(r"(?<![\d./])\d+\.\d{1,2}(?![\d./])")
_WORD_AHEAD = re.compile(r" +([^\W\d_]+)")
_MARKS = {code: None for code in (*range(0x64B, 0x653), 0x640)}
_LAST_WORD = re.compile(r"[^\W\d_]+$")


def scan_numbers(doc: Folded) -> list[FoundNumber]:
    """Every number of a folded text in order, ordinals and vague plurals among them; offsets are folded.

    >>> [(found.value, found.ordinal) for found in scan_numbers(fold("القرن الحادي والعشرين، 20 دولة"))]
    [(21, True), (20, False)]
    """
    text = doc.folded
    found: list[FoundNumber] = []
    patterns = _patterns()
    decimal: bool | None = None  # whether this text's dots are decimal; looked up when it first matters
    done = 0
    for anchor in patterns.anchor.finditer("\n" + text):  # one character more before, so offsets after it are those of the text
        start = anchor.start()
        if start < done or (start and text[start - 1] in "-–" and text[start - 2 : start - 1].isalpha()):
            continue  # within the last run, or a model: F-16
        match = patterns.run.match(text, start)
        if not match:
            continue
        done = match.end()
        if match["run"]:
            if decimal is None and _ONE_DOT.search(match["run"]):
                decimal = bool(_DOT_DECIMAL.search(text))
            _add_run(doc, match, bool(decimal), found)
        elif match["rank"]:
            found.append(_ordinal(match))
    return found


def _add_run(doc: Folded, match: re.Match[str], decimal: bool, found: list[FoundNumber]) -> None:
    """Add the numbers of a run to `found`."""
    start, (core, end) = match.start(), match.span("run")
    run = match["run"]
    if run[0] in "-−" and doc.folded[max(0, start - 8) : start].rstrip(" ")[-1:].isalnum():  # a dash between two things is no minus
        start = core = core + 1
        run = run[1:]
    word = match[0].partition(" ")[0]
    if _is_homograph(doc, match.start(), word):
        return
    definite = "ال" in match["before"]
    hint = _hint(doc, core, end, run, alone=end - start == len(doc.folded))
    for number in (_remembered if end - core <= _LONGEST_REMEMBERED else _read_run)(run, hint, decimal):
        found.append(_placed(number, start if number.start == 0 else core + number.start, core, definite))


def _placed(number: FoundNumber, start: int, base: int, definite: bool) -> FoundNumber:
    """A number of a run at `base` in its text."""
    return FoundNumber(
        start,
        base + number.end,
        base + number.core,
        number.value,
        number.low,
        number.scale,
        number.digits,
        False,
        number.definite or (definite and number.start == 0),
        base + number.split if number.split else 0,
        number.shape,
    )


def _ordinal(match: re.Match[str]) -> FoundNumber:
    value = _ordinals()[match["rank"]]
    if match["teen"]:
        value += 10
    elif tens := match["tens"]:
        word = tens.lstrip(" و")
        value += next(number for form, (kind, number) in _words().items() if kind == "T" and word.removeprefix("ال") == form)
    article = "ال" in match[0][: match.start("rank") - match.start()]
    return FoundNumber(match.start(), match.end(), match.start("rank"), value, ordinal=True, definite=article)


@cache
def _telling() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """Words whose reading depends on what follows: duals in ـا, fractions; and the words that are not counted."""
    not_counted = frozenset(fold_key(word) for word in read("numbers")["particles"]["not_counted"])
    return frozenset(_of_kind("A")), frozenset(_of_kind("F")), not_counted


def _hint(doc: Folded, start: int, end: int, run: str, *, alone: bool) -> str:
    """What follows a run whose last word needs it: "noun" after a construct dual, "definite" after a fraction, else nothing.

    `alone`: the run is the whole text; a dual in ـا cited by itself is one.
    """
    last = _LAST_WORD.search(run[-12:])
    if not last:
        return ""
    duals, fractions, not_counted = _telling()
    word = last[0].removeprefix("و")
    if word not in duals and word not in fractions:
        return ""
    if alone and word in duals and "\u064b" not in doc.text[-3:]:
        return "noun"
    ahead = _WORD_AHEAD.match(doc.folded, end)
    if not ahead or ahead[1] in not_counted:
        return ""
    if word in fractions:
        return "definite" if ahead[1].startswith("ال") else ""
    return "" if "\u064b" in doc.surface(start, end)[-3:] or ahead[1].startswith("و") else "noun"


@cache
def _homographs() -> tuple[frozenset[str], frozenset[str]]:
    """Words that only folding makes number words: as written, and folded."""
    words = read("numbers")["homographs"]["words"]
    return frozenset(words), frozenset(map(fold_key, words))


def _is_homograph(doc: Folded, start: int, word: str) -> bool:
    """Whether the first word of a run, at `start`, is written as a word that is no number."""
    written, folded = _homographs()
    return word in folded and doc.surface(start, start + len(word)).translate(_MARKS) in written


# ---------------------------------------------------------------- for users


def find_numbers(text: str) -> list[Number]:
    """The cardinal numbers of a text, in order; `text[start:end]` of each is its surface, proclitics included.

    Ordinals (الثالث), vague plurals (ملايين), the hundred of a percentage and digits that are part of a name (F-16), a time or a date
    with marks are no numbers. Digits: three after a comma, `٬`, space or dot are thousands, fewer are decimals; one dot before three digits is
    decimal where the text's other dots are. Agency decimals (`4ر29`) are read right to left. Never raises.

    >>> [number.value for number in find_numbers("مليون و200 ألف، ومليونا يورو، و٢٬٥٠٠ و4ر29")]
    [1200000, 2000000, 2500, 29.4]
    """
    doc = fold(text)
    return [
        Number(*(span := doc.span(found.start, found.end)), text[slice(*span)], found.value)
        for found in scan_numbers(doc)
        if found.value is not None and not found.ordinal
    ]


def parse_number(text: str) -> Value | None:
    """The value of a text that is one number and nothing else, else None.

    >>> parse_number("ثلاث وعشرون"), parse_number("3.5 مليار"), parse_number("كتاب"), parse_number("ثلاثة كتب")
    (23, 3500000000, None, None)
    """
    stripped = text.strip()
    numbers = find_numbers(stripped)
    return numbers[0].value if len(numbers) == 1 and (numbers[0].start, numbers[0].end) == (0, len(stripped)) else None
