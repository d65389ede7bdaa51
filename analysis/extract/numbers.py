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

from analysis.extract.number_grammar import ONE_DOT, FoundNumber, Value, read_run
from analysis.extract.number_words import of_kind, ordinals, patterns, words
from analysis.lexicon import read
from analysis.text import Folded, fold, fold_key

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
_DOT_DECIMAL = re.compile(r"(?<![\d./])\d+\.\d{1,2}(?![\d./])")
_WORD_AHEAD = re.compile(r" +([^\W\d_]+)")
_MARKS = dict.fromkeys((*range(0x64B, 0x653), 0x640))
_DIGITS = "0123456789"


def scan_numbers(doc: Folded) -> list[FoundNumber]:
    """Every number of a folded text in order, ordinals and vague plurals among them; offsets are folded.

    >>> [(found.value, found.ordinal) for found in scan_numbers(fold("القرن الحادي والعشرين، 20 دولة"))]
    [(21, True), (20, False)]
    """
    text = doc.folded
    found: list[FoundNumber] = []
    anchors, runs, digits = patterns().anchor, patterns().run, patterns().digits
    decimal: bool | None = None  # whether this text's dots are decimal; looked up when it first matters
    done = 0
    for anchor in anchors.finditer("\n" + text):  # one character more before, so offsets after it are those of the text
        start = anchor.start()
        if start < done or (start > 1 and _PART_OF_NAME.match(text, start - 2)):
            continue
        match = None if text[start].isdigit() else runs.match(text, start)
        match = match or digits.match(text, start)
        if not match:
            continue
        done = match.end()
        if match["run"]:
            if decimal is None and ONE_DOT.search(match["run"]):
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
    definite = "ال" in match["before"]
    if run.isdigit() and len(run) < _LONGEST_PLAIN:  # the commonest run needs no grammar
        shape = "zero" if run[0] == "0" and len(run) > 1 else ""
        found.append(FoundNumber(start, end, core, int(run), None, 1, True, False, definite, 0, shape))
        return
    if _is_homograph(doc, match.start(), match[0].partition(" ")[0]):
        return
    hint = _hint(doc, core, end, run, alone=end - start == len(doc.folded))
    for number in read_run(run, hint, decimal):
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


def is_number_word(word: str) -> bool:
    """Whether a folded word without proclitics is a number word."""
    return word in words()


# ---------------------------------------------------------------- for users


def find_numbers(text: str) -> list[Number]:
    """The cardinal numbers of a text, in order; `text[start:end]` of each is its surface, proclitics included.

    Ordinals (الثالث), vague plurals (ملايين), the hundred of a percentage and digits that are part of a name (F-16), a time or a
    date with marks are no numbers. Digits: three after a comma, `٬`, space or dot are thousands, fewer are decimals; one dot before
    three digits is decimal where the text's other dots are. Agency decimals (`4ر29`) are read right to left. Never raises.

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
    doc = fold(text.strip())
    numbers = scan_numbers(doc)
    if len(numbers) != 1 or (numbers[0].start, numbers[0].end) != (0, len(doc.folded)) or numbers[0].ordinal:
        return None
    return numbers[0].value
