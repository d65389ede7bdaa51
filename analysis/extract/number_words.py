"""Number words and the regular expressions that find them: the tables of `lexicon/numbers.toml`, made ready.

`words()` gives each folded word its part in the grammar; `patterns()` the expressions for a run's first word, a whole run and
its tokens.

>>> words()["ملايين"]
('V', 1000000)
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from fractions import Fraction
from functools import cache
from typing import Any, NamedTuple

from analysis.extract.anchors import Fronts
from analysis.lexicon import read
from analysis.text import alternation, fold_key
from analysis.tokens import seconds_of

# Kinds: one letter each, so that a run's grammar can be read as a string.
# U unit, b bound unit, Z zero, X ten, E teen, T tens, H hundreds, h bound hundreds; S scale, 2 its dual, A its dual or accusative,
# V its plural, L its Latin name; W vague plural (tens, hundreds), s several; F fraction, f bound fraction, Q parts;
# the particles . (decimal) - (minus) ~ (except).


@cache
def words() -> dict[str, tuple[str, Any]]:
    """Each folded number word with its kind and value."""
    table = read("numbers")
    known: dict[str, tuple[str, Any]] = {}

    def add(kind: str, value: Any, forms: Iterable[str]) -> None:
        for form in forms:
            known.setdefault(fold_key(form), (kind, value))

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
    return known


def _scales(table: dict[str, Any]) -> list[dict[str, Any]]:
    scales = list(table["scales"].values())
    for power, stems in table["high_scales"].items():
        forms = {name: [stem + end for stem in stems for end in ends] for name, ends in table["high_scale_endings"].items()}
        scales.append({"value": 10 ** int(power), **forms})
    return scales


@cache
def ordinals() -> dict[str, int]:
    """Each folded ordinal, without the article, and its number."""
    return {fold_key(form): int(value) for value, forms in read("numbers")["ordinals"].items() for form in forms}


@cache
def duals() -> frozenset[str]:
    """The folded duals that say two of a unit by themselves: دولارين."""
    return frozenset(fold_key(form) for form in read("numbers")["units_in_the_dual"]["words"])


def of_kind(kinds: str) -> list[str]:
    """The words whose kind is one of these letters."""
    return [word for word, (kind, _) in words().items() if kind in kinds]


# One group of digits: grouped by a mark or a space, else digits joined by any mark that numbers, dates and times are written with.
_DIGITS = r"(?:\d{1,3}(?: \d{3})+(?![\d/:]|[.,٫٬]\d)|\d{1,3} ر \d{1,4}(?!\d)|\d+(?:[.,٫٬،/:ر–-]\d+)*|[.٫]\d+)"


class Patterns(NamedTuple):
    """The expressions that find numbers in folded text."""

    seconds: dict[str, frozenset[str]]  # the first words of runs, bare, with those of which one must follow, if any must
    fronts: Fronts  # what may be written on a run, also with a space or a sign between that and digits
    run: re.Pattern[str]  # a whole run that begins with a word, or an ordinal
    digits: re.Pattern[str]  # a whole run that begins with digits, without proclitics
    rest: re.Pattern[str]  # what follows in a run whose first digits stand in brackets
    token: re.Pattern[str]  # one token of a run
    embed: str  # a run without proclitics


_OPENING, _FOLLOWING = "UbZXETHhS2AVWsFf-", "UbZXETHhS2AVWFfQ.~L"  # kinds that begin a run, and that go on with one


@cache
def patterns() -> Patterns:
    """The expressions, made once from the table."""
    table = read("numbers")
    clitics = table["clitics"]
    joining, prepositions = ("[" + "".join(clitics[name]) + "]" for name in ("joining", "prepositions"))
    article, to_the = alternation(clitics["article"]), alternation(clitics["to_the"])
    before = f"(?:{joining}??(?:{prepositions}?{article}|{to_the}|{prepositions})??)"
    opening = alternation(of_kind(_OPENING), folded=True)
    following = alternation(of_kind(_FOLLOWING), folded=True)
    any_word = alternation(words(), folded=True)
    percent = alternation(table["percent"]["words"])
    dual = alternation(duals(), folded=True)
    ordinal, tens, ten = (alternation(forms, folded=True) for forms in (ordinals(), of_kind("T"), of_kind("X")))
    # A step from one token to the next: spaces, with و or without; digits need none before a word.
    step = rf"(?:(?: +(?:و *)?|(?<=\d)){_DIGITS}|(?: +(?:و *)??|(?<=\d))(?:{article})??{following}(?!\w))"
    first = rf"(?:[-−]?{_DIGITS}|{opening}(?!\w))"
    rest = rf"{step}*+(?: *{percent}(?!\w))?+"
    scale = alternation(of_kind("SAV"), folded=True)
    run = (
        rf"{percent}(?!\w)"
        rf"|(?P<before>{before})(?:(?P<run>{opening}(?!\w){rest})|(?P<dual>{dual})(?!\w))"
        rf"|{before}(?P<rank>{ordinal})(?!\w)(?:(?P<teen> +{ten}(?!\w))|(?P<tens> *و *(?:{article})?{tens}(?!\w)))?+"
    )
    token = (
        rf"(?P<step> *(?:و *)??)(?P<article>(?:{article} ?)??)"
        rf"(?:(?P<digits>[-−]?{_DIGITS})|(?P<word>{any_word})(?!\w)|(?P<percent>{percent}(?!\w)))"
    )
    beginnings = [*of_kind(_OPENING), *ordinals(), *duals(), *map(fold_key, table["percent"]["words"])]
    return Patterns(
        seconds_of(beginnings),
        Fronts(_fronts(clitics)),
        re.compile(run),
        re.compile(_DIGITS + rest),
        re.compile(rf"(?= *{scale}(?!\w)){rest}"),
        re.compile(token),
        rf"(?:{first}{step}*+)",
    )


def _fronts(clitics: dict[str, Any]) -> list[str]:
    """Every proclitic and article that may be written on a word, alone and together."""
    articles = clitics["article"]
    fronts = ["", *clitics["prepositions"], *articles, *clitics["to_the"]]
    fronts += [preposition + article for preposition in clitics["prepositions"] for article in articles]
    return [joining + front for joining in ("", *clitics["joining"]) for front in fronts]
