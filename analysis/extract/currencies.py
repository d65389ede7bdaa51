"""Currencies beside a number: which words and signs name one, and which ISO 4217 code they stand for.

In goes a folded text and an offset, out comes a `Currency`: where its words end and what they name. A bare ريال, دينار, ليرة, درهم
or جنيه is settled by its adjective, else by the outlet's country, else by the one country of such a currency that the sentence, or
else the article, names; else by nothing.

>>> from analysis.text import fold
>>> doc = fold("1000 ليرة سورية")
>>> currency_after(doc, 4).code
'SYP'
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import Any, NamedTuple

from analysis.lexicon import read
from analysis.text import Folded, alternation, fold_key


class Currency(NamedTuple):
    """A currency's words: `end` is the folded offset after them, `noun` the table's key ("" for signs and full names).

    `code` is None where the words leave the country open; `divisor` is above 1 for parts (سنت).
    """

    end: int
    code: str | None
    noun: str = ""
    divisor: int = 1


class _Table(NamedTuple):
    nouns: dict[str, str]  # folded form -> key
    of: dict[tuple[str, str], str]  # (key, folded word that follows) -> code
    phrases: dict[str, str]  # whole folded names -> code
    bare: dict[str, str]
    country: dict[str, dict[str, str]]
    divisors: dict[str, int]


@cache
def _table() -> _Table:
    data = read("currencies")
    table = _Table({}, {}, {}, {}, {}, {})
    for key, entry in (*data["nouns"].items(), *data["parts"].items()):
        for form in entry["forms"]:
            table.nouns.setdefault(fold_key(form), key)
        table.bare[key] = entry["bare"]
        table.country[key] = entry.get("country", {})
        table.divisors[key] = entry.get("divisor", 1)
        for code, words in entry.get("of", {}).items():
            for word in words:
                _add_of(table, key, fold_key(word), code, data)
    for code, names in data["names"].items():
        for name in map(fold_key, names):
            noun, _, of = name.partition(" ")
            if noun in table.nouns:
                _add_of(table, table.nouns[noun], of, code, data)
            else:
                table.phrases.setdefault(name, code)
    return table


def _add_of(table: _Table, key: str, word: str, code: str, data: dict[str, Any]) -> None:
    """Add an adjective in all its forms, or a name as it is."""
    if " " in word or not word.endswith(("ي", "يه")):
        table.of.setdefault((key, word), code)
        return
    stem = word.removesuffix("ه")
    for ending in data["adjectives"]["endings"]:
        table.of.setdefault((key, stem + fold_key(ending)), code)


def _is_arabic(word: str) -> bool:
    return "\u0620" <= word[0] <= "\u06ff"


class _Patterns(NamedTuple):
    after: re.Pattern[str]  # a noun, name or abbreviation after a number
    sign: re.Pattern[str]  # a sign or code after it
    before: re.Pattern[str]  # a sign or code before it
    noun_before: re.Pattern[str]


@cache
def _patterns() -> _Patterns:
    table, data = _table(), read("currencies")
    # Arabic nouns take the article and a word that tells the country; Latin and signs stand as they are.
    nouns = alternation((noun for noun in table.nouns if _is_arabic(noun)), folded=True)
    parts = alternation((noun for noun in table.nouns if not _is_arabic(noun)), folded=True)
    of = alternation({word for _, word in table.of}, folded=True)
    phrases = alternation(table.phrases, folded=True)
    signs = alternation(data["signs"], folded=True)
    shortened = alternation({fold_key(form) for form in data["abbreviations"]}, folded=True).replace(r"\.", r" ?\. ?")
    codes = alternation(data["codes"]["current"], folded=True)
    noun = rf"(?:ال)?(?P<noun>{nouns})(?!\w)(?: +(?P<of>(?:ال)?{of})(?!\w))?"
    after = re.compile(rf"(?: *(?:من +)?[\"«“(]?{noun}| +(?P<phrase>{phrases})(?!\w)| *(?P<short>{shortened})(?!\w)\.?)")
    sign = re.compile(rf" ?(?:(?P<sign>{signs})|(?P<code>{codes})(?!\w)|(?P<part>{parts})(?!\w))")
    before = re.compile(rf"(?:(?P<sign>{signs})|(?<![A-Za-z])(?P<code>{codes})) ?$")
    return _Patterns(after, sign, before, re.compile(rf"(?<!\w)[وفبلك]?{noun} $"))


_ARABIC = re.compile('[ "«“(]*[\u0620-\u064a]')


def currency_after(doc: Folded, at: int) -> Currency | None:
    """The currency that begins at the folded offset `at`, where a number ended."""
    patterns, data = _patterns(), read("currencies")
    if not _ARABIC.match(doc.folded, at):
        match = patterns.sign.match(doc.folded, at)
        if not match:
            return None
        if match["part"]:
            return Currency(match.end(), None, _table().nouns[match["part"]])
        return Currency(match.end(), match["code"] or data["signs"][match["sign"]])
    match = patterns.after.match(doc.folded, at)
    if not match:
        return None
    if match["noun"]:
        return _of_noun(match)
    if match["phrase"]:
        return Currency(match.end(), _table().phrases[fold_key(match["phrase"])])
    surface = fold_marks(doc.surface(*match.span("short")))
    return Currency(match.end(), data["abbreviations"].get(surface) or None)


def fold_marks(surface: str) -> str:
    """An abbreviation without the spaces that may stand between its letters."""
    return re.sub(r"[^\w.]", "", surface)


def _of_noun(match: re.Match[str]) -> Currency | None:
    table = _table()
    key = table.nouns[match["noun"]]
    if match["of"]:
        word = " ".join(match["of"].split())
        code = table.of.get((key, word)) or table.of.get((key, word.removeprefix("ال")))
        if code:
            return Currency(match.end(), code, key, table.divisors[key])
    bare = table.bare[key]
    if bare == "no money":
        return None
    if bare == "as written":
        return Currency(match.end("noun"), None, key, 1)
    return Currency(match.end("noun"), bare or None, key, table.divisors[key])


_MAY_BE_SIGN = re.compile("[A-Z\u0080-\u05ff\u2000-\uffff$]")


def currency_before(folded: str, at: int) -> tuple[int, str] | None:
    """A sign or code just before the folded offset `at`, where a number begins: where it starts, and its code."""
    if not at or not _MAY_BE_SIGN.match(folded[max(0, at - 2) : at].strip()[-1:] or " "):
        return None
    window = max(0, at - 8)
    match = _patterns().before.search(folded[window:at])
    if not match:
        return None
    return window + match.start(), match["code"] or read("currencies")["signs"][match["sign"]]


def noun_before(folded: str, at: int) -> tuple[int, Currency] | None:
    """A currency's noun before the number one (دولار واحد): where it starts, and the currency."""
    window = max(0, at - 40)
    match = _patterns().noun_before.search(folded[window:at])
    if not match:
        return None
    currency = _of_noun(match)
    return (window + match.start(), currency) if currency else None


@cache
def _naming(noun: str) -> tuple[re.Pattern[str], dict[str, str]]:
    """Names of countries and adjectives that tell which currency of this noun is meant, and their codes."""
    table, countries = _table(), read("currencies")["countries"]
    names = {fold_key(name).removeprefix("ال"): code for iso, code in table.country[noun].items() for name in countries[iso]}
    known = set(table.country[noun].values())
    names |= {word.removeprefix("ال"): code for (key, word), code in table.of.items() if key == noun and code in known}
    return re.compile(rf"(?<!\w)[وف]?(?:[بلك]?ال|لل|[بلك])?({alternation(names, folded=True)})(?!\w)"), names


def named_codes(noun: str, folded: str, start: int, end: int) -> frozenset[str]:
    """The codes of a noun's currencies whose country or adjective stands in [start, end)."""
    pattern, names = _naming(noun)
    return frozenset(names[" ".join(match[1].split())] for match in pattern.finditer(folded, start, end))


def settle(
    currency: Currency, country: str | None, sentence: Callable[[str], frozenset[str]], article: Callable[[str], frozenset[str]]
) -> str | None:
    """The code of a currency whose words leave it open: by the outlet's `country`, else by the sentence, else by the article.

    `sentence` and `article` give the codes that they name for a noun. None where none of the three tells, or names more than one.
    """
    if currency.code or not currency.noun:
        return currency.code
    by_country = _table().country[currency.noun]
    if country in by_country:
        return by_country[country]
    if not by_country:
        return None
    codes = sentence(currency.noun) or article(currency.noun)
    return next(iter(codes)) if len(codes) == 1 else None
