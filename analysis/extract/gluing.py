"""Numbers written to the word beside them with no space (لتبلغ8,6 بالمئة, منذ2009, 25يناير): parted, where they are a number.

In goes a folded text, out comes the same with a space at each such place, so that all grammars read on as they do elsewhere;
spans still lead to the original. Names that end in digits stay as they are (إف16, جنيف2, كوفيد19, MBC1, #رمضان2018).

>>> from analysis.text import fold
>>> parted(fold("لتبلغ8,6 بالمئة منذ2009، وكوفيد19")).doc.folded
'لتبلغ 8,6 بالميه منذ 2009، وكوفيد19'
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from itertools import product
from typing import NamedTuple

from analysis.extract import currencies
from analysis.extract.number_words import of_kind
from analysis.lexicon import read
from analysis.text import Folded, alternation, fold_key
from analysis.tokens import Family

# A digit beside a letter, or before a mark and another digit; begins with the digit, so that the search runs at C speed.
_BESIDE = re.compile("[0-9](?:(?P<marked>(?= ?[:/.–-] ?[0-9]))|(?=[ء-ي])|(?<=[ء-ي][0-9]))")
_AHEAD = 4  # characters that it looks at behind the digit
_HAS_DIGIT = re.compile("[0-9]").search
_WITH_DIGITS = Family(lambda spelled: not spelled.isalpha() and _HAS_DIGIT(spelled))
_DIGITS = re.compile(r"[0-9]+(?P<marked>(?:[.,٫٬][0-9]+)+)?(?![0-9]|[/:–-][0-9])")
_LETTERS = re.compile("[ء-ي]+")
_SHORTEST = 3  # letters of a word that is more than a designation (ق19, سو24, وسي3)
_OF_NAMES = "#_@/\\-–."  # before a word: a tag, an address, a name of several parts


class _Words(NamedTuple):
    before: frozenset[str]  # words that digits after them are always parted from
    months: frozenset[str]  # these, from a year
    proclitics: frozenset[str]  # which belong to the number
    labels: frozenset[str]
    after: frozenset[str]  # words that make the digits before them a number: scales, currencies, measures
    dated: frozenset[str]  # months, which make them a day even after a label (ثورة25 يناير)
    time: frozenset[str]  # words that digits before them are parted from
    percent: re.Pattern[str]


@cache
def _words() -> _Words:
    numbers, months, times, amounts = (read(name) for name in ("numbers", "months", "times", "amounts"))

    def folded(*lists: list[str]) -> set[str]:
        return {fold_key(word) for words in lists for word in words}

    clitics = numbers["clitics"]
    articles = [*clitics["article"], *clitics["to_the"]]
    fronts = {a + b + c for a, b, c in product(["", *clitics["joining"]], ["", *clitics["prepositions"]], ["", *articles])}
    plain = [front for front in fronts if not front.endswith(tuple(articles))]
    named = folded(*months["gregorian"].values())
    month_ends = {month.rpartition(" ")[2] for month in named}
    month_starts = {month.partition(" ")[0] for month in named | folded(*months["hijri"].values())}
    units = [form for unit in times["units"].values() for name in ("one", "accusative", "many") for form in unit.get(name, ())]
    parts = [word for part in times["parts"] for word in part["words"] if fold_key(word).endswith("ا")]
    before = folded(numbers["gluing"]["words"], *months["weekdays"].values())
    measures = {form.partition(" ")[0] for form in folded(*read("units")["measures"].values())}
    units_after = {word for word in currencies.first_words() | measures if len(word) > _SHORTEST and currencies.is_arabic(word)}
    return _Words(
        frozenset(front + word for front in plain for word in before),
        frozenset(front + word for front in plain for word in month_ends),
        frozenset(fronts),
        frozenset(front + word for front in fronts for word in folded(amounts["labels"]["words"])),
        frozenset({*of_kind("SAV"), *units_after}),
        frozenset(month_starts),
        frozenset(month_starts | folded(units, parts)),
        re.compile(rf" *(?:{alternation(amounts['percent']['signs'])}|{alternation(amounts['percent']['words'])}(?!\w))"),
    )


class Parted(NamedTuple):
    """A text whose numbers are parted from words, and the folded offsets in it of digits that a mark joins to others (10/5)."""

    doc: Folded
    marked: list[int]


@lru_cache(maxsize=1)  # dates and amounts read the same text one after the other
def parted(doc: Folded) -> Parted:
    """The text with a space between a number and the word it is written to; the text itself where there is no such place."""
    folded = doc.folded
    places: list[int] = []
    marked: list[int] = []
    for match in _beside(doc):
        at = match.start()
        if at and _is_letter(folded[at - 1]) and _is_number(folded, at):
            places.append(at)
        if match["marked"] is not None:
            marked.append(at + len(places))
        elif (word := _LETTERS.match(folded, at + 1)) and word[0] in _words().time:
            places.append(at + 1)
    return Parted(doc.spaced(places) if places else doc, marked)


def _beside(doc: Folded) -> list[re.Match[str]]:
    """The digits of a text that stand beside a letter, or before a mark and another digit."""
    found: list[re.Match[str]] = []
    tokens, find = doc.tokens, _BESIDE.finditer
    for at in tokens.where(_WITH_DIGITS):
        if tokens.gaps[at + 1] == " " and tokens.known[at].text.isdigit():
            continue  # by far the most
        end = tokens.ends[at]
        found += [match for match in find(doc.folded, tokens.starts[at], end + _AHEAD) if match.start() < end]
    return found


def _is_letter(character: str) -> bool:
    """Whether a folded character is an Arabic letter."""
    return "ء" <= character <= "ي"


def _is_number(folded: str, at: int) -> bool:
    """Whether the digits at `at`, written to the word before them, are a number of their own."""
    start = at
    while start and _is_letter(folded[start - 1]):
        start -= 1
    before, words = folded[start:at], _words()
    within_date = before in words.time and folded[start - 1 : start].isdigit()  # 12مايو2018
    if start and not within_date and (folded[start - 1] in _OF_NAMES or folded[start - 1].isalnum()):
        return False
    if before in words.before:
        return True
    digits = _DIGITS.match(folded, at)
    if not digits or before in words.proclitics:
        return False
    end = digits.end()
    if before in words.months and not digits["marked"] and end - at == len("2018"):
        return True
    if len(before) < _SHORTEST + before.startswith(("و", "ف")):
        return False
    next_word = _LETTERS.match(folded, end + (folded[end : end + 1] == " "))
    after = next_word[0] if next_word else ""
    if after in words.dated:
        return True
    return before not in words.labels and (bool(digits["marked"]) or after in words.after or bool(words.percent.match(folded, end)))
