"""Currencies beside a number: which words and signs name one, and which ISO 4217 code they stand for.

In goes a folded text and an offset, out comes a `Currency`: where its words end and what they name. A bare ريال, دينار, ليرة, درهم
or جنيه is settled by its adjective, else by the outlet's country, else by the one country of such a currency that the sentence, or
else the article, names, or names most; else by nothing.

>>> from analysis.text import fold
>>> doc = fold("1000 ليرة سورية")
>>> currency_after(doc, 4).code
'SYP'
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from itertools import islice
from typing import Any, NamedTuple

from analysis.extract.anchors import Fronts
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
    of: dict[tuple[str, str], str]  # (key, folded words that follow) -> code
    of_first: set[str]  # the first of these words
    phrases: dict[str, str]  # whole folded names -> code
    phrases_first: set[str]  # their first words
    bare: dict[str, str]
    country: dict[str, dict[str, str]]
    beside: dict[str, dict[str, list[str]]]
    divisors: dict[str, int]


@cache
def _table() -> _Table:
    data = read("currencies")
    table = _Table({}, {}, set(), {}, set(), {}, {}, {}, {})
    for key, entry in (*data["nouns"].items(), *data["parts"].items()):
        for form in entry["forms"]:
            table.nouns.setdefault(fold_key(form), key)
        table.bare[key] = entry["bare"]
        table.country[key] = entry.get("country", {})
        table.beside[key] = entry.get("beside", {})
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
                table.phrases_first.add(noun)
    for _, words in table.of:
        first = words.partition(" ")[0]
        table.of_first.update((first, "ال" + first))
    return table


def _add_of(table: _Table, key: str, word: str, code: str, data: dict[str, Any]) -> None:
    """Add an adjective in all its forms, or a name as it is."""
    if " " in word or not word.endswith(("ي", "يه")):
        table.of.setdefault((key, word), code)
        return
    stem = word.removesuffix("ه")
    for ending in data["adjectives"]["endings"]:
        table.of.setdefault((key, stem + fold_key(ending)), code)


_LETTERS = r"[^\W\d_]+"
_OF = fold_key(read("numbers")["particles"]["of"])
_WORD = re.compile(rf" *(?:{_OF} +)?[\"«“(]?(?P<word>{_LETTERS})(?!\w)")
_THREE_WORDS = re.compile(rf" +({_LETTERS})(?: +({_LETTERS}))?(?: +({_LETTERS}))?(?!\w)")
_ANY_WORD = re.compile(r"\w+")
_LONGEST_PHRASE = 6  # words


class _Signs(NamedTuple):
    after: re.Pattern[str]  # a sign, code or Latin part after a number
    before: re.Pattern[str]  # a sign or code before it
    last: frozenset[str]  # the characters that these end with
    noun_before: re.Pattern[str]


@cache
def _signs() -> _Signs:
    table, data = _table(), read("currencies")
    parts = alternation((noun for noun in table.nouns if not is_arabic(noun)), folded=True)
    signs = alternation(data["signs"], folded=True)
    after = re.compile(rf" ?(?:(?P<sign>{signs})|(?P<code>[A-Z]{{3}})(?!\w)|(?P<part>{parts})(?!\w))")
    before = re.compile(rf"(?:(?P<sign>{signs})|(?<![A-Za-z])(?P<code>[A-Z]{{3}})) ?$")
    last = {name[-1] for name in (*data["signs"], *data["codes"]["current"])}
    return _Signs(after, before, frozenset(last), re.compile(rf"(?<!\w)(?P<noun>{_LETTERS})(?: +(?P<of>{_LETTERS}))? $"))


@cache
def _abbreviated() -> re.Pattern[str]:
    """Abbreviations with dots, with or without spaces between; seldom needed."""
    shortened = alternation({fold_key(form) for form in read("currencies")["abbreviations"]}, folded=True).replace(r"\.", r" ?\. ?")
    return re.compile(rf" *(?P<short>{shortened})(?!\w)\.?")


def is_arabic(word: str) -> bool:
    """Whether a folded word begins with an Arabic letter."""
    return "\u0620" <= word[0] <= "\u06ff"


@cache
def first_words() -> frozenset[str]:
    """Every folded Arabic word that a currency may begin with, nouns also with the article."""
    table = _table()
    nouns = {noun for noun in table.nouns if is_arabic(noun)}
    shortened = {fold_key(form).partition(".")[0] for form in read("currencies")["abbreviations"]}
    return frozenset(nouns | {"ال" + noun for noun in nouns} | table.phrases_first | shortened)


def currency_after(doc: Folded, at: int) -> Currency | None:
    """The currency that begins at the folded offset `at`, where a number ended."""
    folded, table = doc.folded, _table()
    match = _WORD.match(folded, at)
    if not match or not is_arabic(match["word"]):
        return _sign_after(folded, at)
    word = match["word"]
    key = table.nouns.get(word) or (table.nouns.get(word[2:]) if word.startswith("ال") else None)
    if key:
        return _of_noun(folded, key, match.end())
    if word in table.phrases_first and (currency := _phrase_at(folded, match.start("word"))):
        return currency
    if len(word) == 1 and (short := _abbreviated().match(folded, at)):
        surface = fold_marks(doc.spelled(*short.span("short")))
        return Currency(short.end(), read("currencies")["abbreviations"].get(surface) or None)
    return None


def _sign_after(folded: str, at: int) -> Currency | None:
    match = _signs().after.match(folded, at)
    if not match:
        return None
    if match["part"]:
        return Currency(match.end(), None, _table().nouns[match["part"]])
    if match["code"]:
        return Currency(match.end(), match["code"]) if match["code"] in _codes() else None
    return Currency(match.end(), read("currencies")["signs"][match["sign"]])


@cache
def _codes() -> frozenset[str]:
    return frozenset(read("currencies")["codes"]["current"])


def _phrase_at(folded: str, at: int) -> Currency | None:
    """The currency whose whole name begins at `at`, the longest one."""
    words = [(match[0], match.end()) for match in islice(_words_from(folded, at, len(folded)), _LONGEST_PHRASE)]
    for count in range(len(words), 0, -1):
        code = _table().phrases.get(" ".join(word for word, _ in words[:count]))
        if code:
            return Currency(words[count - 1][1], code)
    return None


def _words_from(folded: str, at: int, end: int) -> Iterator[re.Match[str]]:
    """The words from `at` on, for as long as only spaces stand between them."""
    for match in _ANY_WORD.finditer(folded, at, end):
        if folded[at : match.start()].strip(" "):
            return
        yield match
        at = match.end()


def fold_marks(surface: str) -> str:
    """An abbreviation without the spaces that may stand between its letters."""
    return re.sub(r"[^\w.]", "", surface)


def _of_noun(folded: str, key: str, end: int) -> Currency | None:
    """The currency of a noun that ends at `end`, with the adjective or name after it."""
    table = _table()
    match = _THREE_WORDS.match(folded, end)
    if match and match[1] in table.of_first:
        for count in (3, 2, 1):
            if match[count]:
                words = " ".join(match.group(*range(1, count + 1))) if count > 1 else match[1]
                code = table.of.get((key, words)) or table.of.get((key, words.removeprefix("ال")))
                if code:
                    return Currency(match.end(count), code, key, table.divisors[key])
    bare = table.bare[key]
    if bare == "no money":
        return None
    if bare == "as written":
        return Currency(end, None, key, 1)
    return Currency(end, bare or None, key, table.divisors[key])


def currency_before(folded: str, at: int) -> tuple[int, str] | None:
    """A sign or code just before the folded offset `at`, where a number begins: where it starts, and its code."""
    if not at:
        return None
    last = folded[at - 1]
    if last == " " and at > 1:
        last = folded[at - 2]
    if last not in _signs().last:
        return None
    window = max(0, at - 8)
    match = _signs().before.search(folded[window:at])
    if not match or (match["code"] and match["code"] not in _codes()):
        return None
    return window + match.start(), match["code"] or read("currencies")["signs"][match["sign"]]


_SHORTEST_CUT = 4  # بين is no yen


def noun_before(folded: str, at: int) -> tuple[int, Currency] | None:
    """A currency's noun before the number one (دولار واحد): where it starts, and the currency."""
    window = max(0, at - 40)
    match = _signs().noun_before.search(folded[window:at])
    if not match:
        return None
    nouns = _table().nouns
    for group in ("of", "noun"):
        word = match[group]
        for cut in ("", "ال", *"وفبلك") if word else ():
            bare = word.removeprefix(cut)
            key = nouns.get(bare) if word.startswith(cut) and (not cut or len(bare) >= _SHORTEST_CUT) else None
            currency = _of_noun(folded, key, window + match.end(group)) if key else None
            if currency and currency.end in (at - 1, at):
                return window + match.start(group), currency
    return None


class _Naming(NamedTuple):
    codes: dict[str, str]  # names of countries, adjectives and the like, and the code that each tells
    stems: tuple[str, ...]  # what the names begin with: one of them stands wherever a name does


_LONGEST_PROCLITICS = 4
_FRONTS = Fronts(
    joining + front for joining in ("", *"وف") for front in ("", *"بلك", "لل", "ال", *(clitic + "ال" for clitic in "بلك"))
)
_LONGEST_NAME = 2  # words


@cache
def _naming(noun: str) -> _Naming:
    """Names of countries and adjectives that tell which currency of this noun is meant, and their codes."""
    table, countries = _table(), read("currencies")["countries"]
    names = {fold_key(name).removeprefix("ال"): code for iso, code in table.country[noun].items() for name in countries[iso]}
    known = set(table.country[noun].values())
    names |= {word.removeprefix("ال"): code for (key, word), code in table.of.items() if key == noun and code in known}
    names |= {fold_key(word): code for code, words in table.beside[noun].items() for word in words}
    firsts = {name.partition(" ")[0] for name in names}
    stems = tuple(sorted(first for first in firsts if not any(first != other and first.startswith(other) for other in firsts)))
    return _Naming(names, stems)


def named_codes(noun: str, folded: str, start: int, end: int) -> dict[str, int]:
    """The codes of a noun's currencies whose country or adjective stands in [start, end), each with how often."""
    naming, codes = _naming(noun), dict[str, int]()
    for stem in naming.stems:
        at = folded.find(stem, start, end)
        while at >= 0:
            first = at
            while first > start and at - first < _LONGEST_PROCLITICS and folded[first - 1].isalnum():
                first -= 1
            if code := _code_at(naming, folded, first, end):
                codes[code] = codes.get(code, 0) + 1
            at = folded.find(stem, at + len(stem), end)
    return codes


def _code_at(naming: _Naming, folded: str, at: int, end: int) -> str | None:
    """The code of the name that begins at `at`, behind its proclitics, the longest one."""
    if at and (folded[at - 1].isalnum() or folded[at - 1] == "_"):
        return None
    first, *more = [match[0] for match in islice(_words_from(folded, at, end), _LONGEST_NAME)]
    for size in reversed(_FRONTS.behind(first)):
        for count in range(len(more), -1, -1):
            if code := naming.codes.get(" ".join([first[size:], *more[:count]])):
                return code
    return None


_FOREIGN = 3  # mentions of one other country, and none of the outlet's, that make an article's subject plain


def settle(
    currency: Currency, country: str | None, sentence: Callable[[str], dict[str, int]], article: Callable[[str], dict[str, int]]
) -> str | None:
    """The code of a currency whose words leave it open: by the outlet's `country`, else by the sentence, else by the article.

    `sentence` and `article` give the codes that they name for a noun, with how often. An article that names one other country again
    and again, and its outlet's never, is about that one. None where none of the three tells, or names two about as often.
    """
    if currency.code or not currency.noun:
        return currency.code
    by_country = _table().country[currency.noun]
    if not by_country and not _table().beside[currency.noun]:
        return None
    if own := by_country.get(country or ""):
        named = article(currency.noun)
        other = _foremost(named) if own not in named else None
        return other if other and named[other] >= _FOREIGN else own
    named = sentence(currency.noun)
    return next(iter(named)) if len(named) == 1 else _foremost(article(currency.noun))


def _foremost(named: dict[str, int]) -> str | None:
    """The code that is named at least twice as often as any other."""
    ranked = sorted(named, key=lambda code: -named[code])
    if not ranked or (len(ranked) > 1 and named[ranked[0]] < 2 * named[ranked[1]]):
        return None
    return ranked[0]
