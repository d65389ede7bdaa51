"""Numbers in Arabic text: digits in every script, words of every size and spelling, and the two mixed.

In goes a text, out come `Number`s in order, each with its span in that text (proclitics included) and its value.

>>> find_numbers("بين 5 و7 ملايين")
[Number(start=4, end=5, text='5', value=5), Number(start=6, end=15, text='و7 ملايين', value=7000000)]
>>> parse_number("ثلاثة ملايين وخمسمئة ألف")
3500000

How it works: one regular expression built from `lexicon/numbers.toml` (`number_words`) finds each maximal run of number words,
and a small grammar (`number_grammar`) reads the run. Both are linear; runs recur, so short ones are remembered. `scan_numbers`
gives the same for text already folded, with what other grammars need besides: vague plurals, ordinals, scales.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from analysis.extract.gluing import parted
from analysis.extract.number_grammar import ONE_DOT, FoundNumber, Value, read_run
from analysis.extract.number_words import of_kind, ordinals, patterns, words
from analysis.lexicon import read
from analysis.text import Folded, fold, fold_key, fold_same
from analysis.tokens import Family, Memory, Tokens

__all__ = ["FoundNumber", "Number", "Value", "find_numbers", "is_number_word", "number_pattern", "parse_number", "scan_numbers"]


class Number(NamedTuple):
    """A cardinal number: `text` is `source[start:end]`, proclitics included."""

    start: int
    end: int
    text: str
    value: Value


def number_pattern() -> str:
    """A regular expression without groups that matches a run of number words in folded text; for `parse_number` to read.

    It takes no proclitics and no word bounds at its start; callers add what they need.

    >>> re.match(number_pattern(), "ثلاثه وعشرون يوما").group()
    'ثلاثه وعشرون'
    """
    return patterns().embed


# ---------------------------------------------------------------- scanning

_LONGEST_PLAIN = 16
_PART_OF_NAME = re.compile(r"[^\W\d_][-–]|[A-Za-z][./=]")  # F-16, كوفيد-19, example.com/2020
_DOT_DECIMAL = re.compile(r"\.(?<=\d\.)\d{1,2}(?![\d./])")  # begins with its dot, so that the search runs at C speed
_WORD_AHEAD = re.compile(r" +([^\W\d_]+)")
_MARKS = dict.fromkeys((*range(0x64B, 0x653), 0x640))
_DIGITS = "0123456789"
_SIGNS = "-−.٫"
_WITHIN = ".,٫٬،/:-–"  # marks within digits
_BRACKETS = {"(": ")", "[": "]", "«": "»", '"': '"', "“": "”"}
# A right-to-left mark within a number parts it for the eye: its pieces stand from right to left, units first.
_RIGHT_TO_LEFT = ("\u200f", "\u061c", "\u202b", "\u2067")
_TURNING = f"[{''.join(_RIGHT_TO_LEFT)}\u202c\u2069]"
_TURNED = re.compile(f"[0-9]{{1,6}}(?:(?:[.,٫]{_TURNING}+|{_TURNING}+[.,٫]{_TURNING}*)[0-9]{{1,6}})+")
_PIECES = re.compile("([.,٫])")


class _Scan:
    """One text being read: the numbers found so far, and where the last run ended."""

    __slots__ = ("decimal", "doc", "done", "found", "text", "turned")

    def __init__(self, doc: Folded) -> None:
        self.doc = doc
        self.text = doc.folded
        self.found: list[FoundNumber] = []
        self.done = 0
        self.decimal: bool | None = None  # whether this text's dots are decimal; looked up when it first matters
        self.turned = (
            _turned(doc) if doc.farthest and any(mark in doc.text for mark in _RIGHT_TO_LEFT) else []
        )  # numbers written from right to left, as folded spans

    def read_word(self, start: int) -> None:
        """Read the run or the ordinal that a word at `start` may begin."""
        match = patterns().run.match(self.text, start)
        if not match or (start > 1 and _PART_OF_NAME.match(self.text, start - 2)):
            return
        self.done = match.end()
        if run := match["run"]:
            core = match.start("run")
            if not _is_homograph(self.doc, start, match[0].partition(" ")[0]):
                self.read_run(start, core, run, "ال" in match["before"])
        elif match["rank"]:
            self.found.append(_ordinal(match))
        elif match["dual"] and "ال" not in match["before"] and "لل" not in match["before"]:
            core = match.start("dual")
            if self.found and self.found[-1].end + 1 == core:  # the unit of the number before it (اثنان ريالان)
                return
            self.found.append(FoundNumber(start, core, core, 2, None, 1, False, False, False, 0, "dual"))

    def before_digits(self, tokens: Tokens, at: int) -> int:
        """Where a run begins whose first word is the digits of the word `at`: at their sign, or the proclitic that stands apart."""
        text, digit = self.text, tokens.starts[at]
        signed = digit - (digit > 0 and text[digit - 1] in _SIGNS)
        apart = signed - (signed > 0 and text[signed - 1] == " ")
        if at and tokens.ends[at - 1] == apart < digit and tokens.known[at - 1].text in patterns().fronts:
            return tokens.starts[at - 1]
        return digit if at and tokens.ends[at - 1] == signed else signed

    def read_digits(self, start: int, at: int) -> None:
        """Read the run whose first digit is at `at`; from `start` on stand its proclitics, or a sign."""
        text = self.text
        match = patterns().digits.match(text, at)
        if not match or (start > 1 and _PART_OF_NAME.match(text, start - 2)):
            return
        if start > self.done + 1 and text[start - 1] in _WITHIN and text[start - 2] in _DIGITS:  # the rest of a name's digits
            self.done = match.end()
            return
        core = at
        if at > start and (text[at - 1] in ".٫" or (text[at - 1] in "-−" and _is_minus(text, start, at - 1))):
            core = at - 1
        definite = False
        if core > start:
            before = text[start:core].rstrip(" -−")
            if not before:
                start = core
            definite = before.endswith("ال")
        self.done = match.end()
        run = text[core : self.done]
        if start and text[self.done : self.done + 1] == _BRACKETS.get(text[start - 1]):
            rest = patterns().rest.match(text, self.done + 1)
            if rest:  # (33) مليون
                run = f"{run} {rest[0]}"
                self.done = rest.end()
        self.read_run(start, core, run, definite)

    def read_run(self, start: int, core: int, run: str, definite: bool) -> None:
        """Add the numbers of a run, which begins at `core` after its proclitics."""
        for first, last in self.turned:
            if core <= first and last <= core + len(run):
                before, after = first - core, last - core
                run = run[:before] + "".join(reversed(_PIECES.split(run[before:after]))) + run[after:]
        if run.isdigit() and len(run) < _LONGEST_PLAIN:  # the commonest run needs no grammar
            shape = "zero" if run[0] == "0" and len(run) > 1 else ""
            self.found.append(FoundNumber(start, core + len(run), core, int(run), None, 1, True, False, definite, 0, shape))
            return
        decimal = False
        if "." in run and ONE_DOT.search(run):
            if self.decimal is None:
                self.decimal = _has_dot_decimal(self.text)
            decimal = self.decimal
        end = core + len(run)
        hint = _hint(self.doc, core, end, run, alone=end - start == len(self.text))
        for number in read_run(run, hint, decimal):
            self.found.append(_placed(number, start if number.start == 0 else core + number.start, core, definite))


def _turned(doc: Folded) -> list[tuple[int, int]]:
    """The folded spans of the numbers whose pieces a right-to-left mark parts."""
    return [(doc.to_folded(match.start()), doc.to_folded(match.end())) for match in _TURNED.finditer(fold_same(doc.text))]


def _has_dot_decimal(text: str) -> bool:
    """Whether a text has a number with a decimal dot: one dot, and one or two digits after it."""
    for match in _DOT_DECIMAL.finditer(text):
        at = match.start()
        if text[max(0, at - _LONGEST_PLAIN) : at].rstrip(_DIGITS)[-1:] not in (".", "/"):
            return True
    return False


def _is_minus(text: str, start: int, at: int) -> bool:
    """Whether the dash at `at` before digits is a minus: it follows proclitics that begin at `start`, or joins no two things."""
    return start < at or not text[max(0, at - 8) : at].rstrip(" ")[-1:].isalnum()


def scan_numbers(doc: Folded) -> list[FoundNumber]:
    """Every number of a folded text in order, ordinals and vague plurals among them; offsets are folded.

    Digits written to the word before them are read where `gluing.parted` has parted them.

    A dual of a unit (دولارين) is the number two, of no length, where the unit begins: its shape is "dual".

    >>> [(found.value, found.ordinal) for found in scan_numbers(fold("القرن الحادي والعشرين، 20 دولة"))]
    [(21, True), (20, False)]
    """
    scan, tokens = _Scan(doc), doc.tokens
    for at in tokens.where(_BEGINNING):
        start, begun = tokens.starts[at], _BEGUN.of(tokens.known[at].text)
        if begun is None:
            continue
        digit, seconds = begun
        if digit < 0:
            if start >= scan.done and (not seconds or (at + 1 < tokens.size and tokens.known[at + 1].text in seconds)):
                scan.read_word(start)
            continue
        digit += start
        if digit == start:
            start = scan.before_digits(tokens, at)
        if start >= scan.done:
            scan.read_digits(start, digit)
    return scan.found


def _begun(spelled: str) -> tuple[int, frozenset[str]] | None:
    """How a run may begin with a word: where its digits begin, -1 for none, and the words of which one must follow, if any must.

    None where no run begins with it.
    """
    known = patterns()
    places = known.fronts.behind(spelled)
    for at in places:
        if spelled[at] in _DIGITS:
            return at, frozenset()
    followed = [known.seconds[spelled[at:]] for at in places if spelled[at:] in known.seconds]
    if not followed:
        return None
    return -1, frozenset().union(*followed) if all(followed) else frozenset()


_BEGUN = Memory(_begun)
_BEGINNING = Family(_begun)  # so that only the words with which a run may begin are remembered


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
    value = ordinals()[match["rank"]]
    if match["teen"]:
        value += 10
    elif tens := match["tens"]:
        word = tens.lstrip(" و")
        value += next(number for form, (kind, number) in words().items() if kind == "T" and word.removeprefix("ال") == form)
    article = "ال" in match[0][: match.start("rank") - match.start()]
    return FoundNumber(match.start(), match.end(), match.start("rank"), value, ordinal=True, definite=article)


@cache
def _telling() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """Words whose reading depends on what follows: duals in ـا, fractions; and the words that are not counted."""
    not_counted = frozenset(fold_key(word) for word in read("numbers")["particles"]["not_counted"])
    return frozenset(of_kind("A")), frozenset(of_kind("F")), not_counted


def _hint(doc: Folded, start: int, end: int, run: str, *, alone: bool) -> str:
    """What follows a run whose last word needs it: "noun" after a construct dual, "definite" after a fraction, else nothing.

    `alone`: the run is the whole text; a dual in ـا cited by itself is one.
    """
    duals, fractions, not_counted = _telling()
    word = run[run.rfind(" ") + 1 :].lstrip(_DIGITS).removeprefix("و")
    if word not in duals and word not in fractions:
        return ""
    if alone and word in duals and "\u064b" not in doc.plain[-3:]:
        return "noun"
    ahead = _WORD_AHEAD.match(doc.folded, end)
    if not ahead or ahead[1] in not_counted:
        return ""
    if word in fractions:
        return "definite" if ahead[1].startswith("ال") else ""
    return "" if "\u064b" in doc.spelled(start, end)[-3:] or ahead[1].startswith("و") else "noun"


@cache
def _homographs() -> tuple[frozenset[str], frozenset[str]]:
    """Words that only folding makes number words: as written, and folded."""
    words = read("numbers")["homographs"]["words"]
    return frozenset(words), frozenset(map(fold_key, words))


def _is_homograph(doc: Folded, start: int, word: str) -> bool:
    """Whether the first word of a run, at `start`, is written as a word that is no number."""
    written, folded = _homographs()
    return word in folded and doc.spelled(start, start + len(word)).translate(_MARKS) in written


def is_number_word(word: str) -> bool:
    """Whether a folded word without proclitics is a number word."""
    return word in words()


# ---------------------------------------------------------------- for users


def find_numbers(text: str) -> list[Number]:
    """The cardinal numbers of a text, in order; `text[start:end]` of each is its surface, proclitics included.

    Ordinals (الثالث), vague plurals (ملايين), the hundred of a percentage and digits that are part of a name (F-16), a time or a
    date with marks are no numbers. Digits: three after a comma, `٬`, space or dot are thousands, fewer are decimals; one dot before
    three digits is decimal where the text's other dots are. Agency decimals (`4ر29`, and those with a right-to-left mark beside
    their dot) are read right to left. Never raises.

    >>> [number.value for number in find_numbers("مليون و200 ألف، ومليونا يورو، و٢٬٥٠٠ و4ر29")]
    [1200000, 2000000, 2500, 29.4]
    """
    doc = parted(fold(text)).doc
    return [
        Number(*(span := doc.span(found.start, found.end)), text[slice(*span)], found.value)
        for found in scan_numbers(doc)
        if found.value is not None and not found.ordinal and found.shape not in ("dual", "part") and not _is_dated(doc, found)
    ]


def _is_dated(doc: Folded, number: FoundNumber) -> bool:
    """Whether digits with a slash are a day and its month or a score (بتاريخ 10/5): above one, and not the whole text."""
    return number.shape == "fraction" and abs(number.value or 0) >= 1 and number.end - number.start < len(doc.folded)


def parse_number(text: str) -> Value | None:
    """The value of a text that is one number and nothing else, else None.

    >>> parse_number("ثلاث وعشرون"), parse_number("3.5 مليار"), parse_number("كتاب"), parse_number("ثلاثة كتب")
    (23, 3500000000, None, None)
    """
    doc = fold(text.strip())
    numbers = scan_numbers(doc)
    if len(numbers) != 1 or (numbers[0].start, numbers[0].end) != (0, len(doc.folded)) or numbers[0].ordinal:
        return None
    return numbers[0].value if numbers[0].shape not in ("dual", "part") else None
