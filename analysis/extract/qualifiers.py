"""What qualifies a sum: the modifier before or after it, the period it is for, and what is done with it.

In go a folded text and offsets, out come words of the schema's vocabularies.

>>> modifier_before("قدم اكثر من ", 12)
('more_than', 4)
>>> period_after(" خلال 3 اشهر", 0)
'P3M'
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from analysis.extract.number_words import of_kind
from analysis.extract.numbers import parse_number
from analysis.lexicon import read
from analysis.schema import ACTIONS
from analysis.text import alternation, fold_key

_REACH = 64  # how far before a number its modifier may begin
_ENDS = (". ", "! ", "؟ ", "؛ ")
_CLAUSE = 140  # how far before a sum the word that governs it may stand
_AFTER = 25  # and how far after it
_PERIOD = 100  # how far before it its period may


def _reversed(phrases: list[str]) -> str:
    """A pattern that matches any of the phrases read backwards."""
    return alternation((fold_key(phrase)[::-1] for phrase in phrases), folded=True)


def sentence_start(folded: str, at: int, reach: int) -> int:
    """Where the sentence of `at` begins, no further back than `reach`."""
    low = max(0, at - reach)
    low = max(low, folded.rfind("\n", low, at) + 1)
    for mark in _ENDS:
        found = folded.rfind(mark, low, at)
        if found >= 0:
            low = found + 2
    return low


def sentence_end(folded: str, at: int, reach: int) -> int:
    """Where the sentence of `at` ends, no further on than `reach`."""
    high = min(len(folded), at + reach)
    ends = [folded.find(mark, at, high) for mark in ("\n", *_ENDS)]
    return min((end for end in ends if end >= 0), default=high)


class _Before(NamedTuple):
    direct: re.Pattern[str]
    modifiers: dict[str, str]
    passing: re.Pattern[str]
    stop: frozenset[str]


@cache
def _before() -> _Before:
    table = read("amounts")
    modifiers = {fold_key(phrase): name for name, phrases in table["before"].items() for phrase in phrases}
    transparent = _reversed(table["transparent"]["words"])
    phrases = _reversed(list(modifiers))
    direct = re.compile(rf"[ (\"«“]*(?:{transparent}(?:لا)?[بلوف]? +)?(?P<phrase>{phrases})[وفبلك]?(?!\w)")
    passing = table["passing"]
    denial = alternation(passing["not"])
    verbs = alternation(passing["verbs"])
    verb = re.compile(rf" (?:[وفأ]?(?P<not>{denial}) +)?[وفس]?(?:{verbs})(?!\w)")
    return _Before(direct, modifiers, verb, frozenset(map(fold_key, passing["stop"])))


def modifier_before(folded: str, at: int) -> tuple[str, int] | None:
    """The modifier whose words end where the number at `at` begins, and where they start."""
    table = _before()
    window = folded[max(0, at - _REACH) : at]
    line = window.rfind("\n") + 1
    window = window[line:]
    match = table.direct.match(window[::-1])
    if match:
        return table.modifiers[" ".join(match["phrase"][::-1].split())], at - match.end()
    found = None
    for found in table.passing.finditer(" " + window):  # noqa: B007 - the last one is wanted
        pass
    if found:
        between = window[found.end() - 1 :].split()
        if len(between) <= 4 and all(word.isalpha() and word not in table.stop for word in between):
            return ("at_most" if found["not"] else "more_than"), at - len(window) + found.start()
    return None


@cache
def _after() -> tuple[re.Pattern[str], re.Pattern[str], dict[str, str]]:
    modifiers = {fold_key(phrase): name for name, phrases in read("amounts")["after"].items() for phrase in phrases}
    phrases = alternation(modifiers, folded=True)
    loose = re.compile(rf"(?: +(?![وفبلك])[^\W\d_]+){{0,2}}? +(?P<phrase>{phrases})(?!\w)(?! *\d)")
    return loose, re.compile(rf" +(?P<phrase>{phrases})(?!\w)"), modifiers


def modifier_after(folded: str, at: int, *, touching: bool = False) -> tuple[str, int] | None:
    """The modifier after the words that end at `at`, and where it ends; `touching`: with nothing between."""
    loose, close, modifiers = _after()
    match = (close if touching else loose).match(folded, at)
    return (modifiers[" ".join(match["phrase"].split())], match.end()) if match else None


# ---------------------------------------------------------------- periods


class _Period(NamedTuple):
    after: re.Pattern[str]
    before: re.Pattern[str]
    designators: dict[str, str]
    duals: frozenset[str]
    adverbs: dict[str, str]


@cache
def _period() -> _Period:
    table = read("amounts")
    time = {name: words for name, words in table["time"].items() if name not in ("dual", "other")}
    designators = {fold_key(word): name for name, words in time.items() for word in words}
    duals = frozenset(map(fold_key, table["time"]["dual"]))
    adverbs = {fold_key(word): period for period, words in table["period"]["adverbs"].items() for word in words}
    period = table["period"]
    unit = alternation(designators, folded=True)
    openers, each, in_the = (alternation(period[name]) for name in ("openers", "each", "in_the"))
    fill, pointing = alternation(period["fill"]), alternation(period["pointing"])
    words = alternation(of_kind("UbXET"), folded=True)
    number = rf"(?:\d{{1,4}}|{words}(?: +(?:و *)?{words})?)"
    dual = alternation(duals, folded=True)
    span = rf"(?P<count>{number}) +(?P<unit>{unit})|ال(?P<many>{unit}) +(?:ال ?)?(?P<after>{number})|(?P<dual>{dual})"
    gap = r"(?: +(?![\d])[^\W\d_]+){0,3}?"
    after = re.compile(
        rf"{gap} *(?: (?P<adverb>{alternation(adverbs, folded=True)})(?!\w)"
        rf"| (?:و|ب)?(?:{openers})(?: +{fill}){{0,2}} +(?:{span}|(?:ال)?(?P<one>{unit}))(?!\w)"
        rf"| (?:{each}) +(?P<each>{unit})(?!\w)"
        rf"| (?:{in_the}) +ال(?P<in_the>{unit})(?!\w)(?! +(?:{pointing}|ال))(?! +\d))"
    )
    before = re.compile(rf" [وف]?(?:{openers}|{in_the})(?: +{fill}){{0,2}} +(?:{span})(?!\w)")
    return _Period(after, before, designators, duals, adverbs)


def period_after(folded: str, at: int) -> str | None:
    """The ISO 8601 duration of the period that stands after a sum that ends at `at`, within a few words."""
    table = _period()
    match = table.after.match(folded, at)
    if not match:
        return None
    if match["adverb"]:
        return table.adverbs[" ".join(match["adverb"].split())]
    return _length(match, match["one"] or match["each"] or match["in_the"])


def period_before(folded: str, at: int, low: int) -> str | None:
    """The period of a counted length of time that stands before a sum in its sentence, no further back than `low`."""
    matches = list(_period().before.finditer(" " + folded[max(low, sentence_start(folded, at, _PERIOD)) : at]))
    return _length(matches[-1], None) if matches else None


def _length(match: re.Match[str], one: str | None) -> str | None:
    """The ISO 8601 duration of a length: a number of units, a dual, or `one` unit."""
    table = _period()
    word = match["unit"] or match["many"] or match["dual"] or one
    if not word:
        return None
    written = match["count"] or match["after"]
    count = parse_number(written) if written else 2 if word in table.duals else 1
    if count is None or count != int(count):
        return None
    designator = table.designators[word]
    times, designator = (10, "Y") if designator == "decade" else (1, designator)
    return f"P{'T' if designator[0] == 'T' else ''}{int(count) * times}{designator.removeprefix('T')}"


# ---------------------------------------------------------------- actions


@cache
def _actions() -> tuple[re.Pattern[str], dict[str, str | None]]:
    """A pattern of the character before a word of doing and the word, with the proclitics it may have; and the words' actions."""
    table = read("actions")
    words: dict[str, str | None] = {fold_key(word): action for action in ACTIONS for word in table[action]}
    words |= {fold_key(phrase): None for phrase in table["none"]["phrases"]}
    clitics = read("numbers")["clitics"]
    joining, prepositions = ("[" + "".join(clitics[name]) + "]" for name in ("joining", "prepositions"))
    article, to_the, future = (alternation(clitics[name]) for name in ("article", "to_the", "future"))
    before = f"{joining}?(?:{prepositions}?{article}|{to_the}|{prepositions}|{future})?"
    return re.compile(rf" {before}({alternation(words, folded=True)})(?!\w)"), words


def action_of(folded: str, start: int, end: int) -> str | None:
    """What is done with the sum at [start, end): by the nearest word of doing before it in its sentence, else just after it."""
    pattern, words = _actions()
    before = pattern.findall(" " + folded[sentence_start(folded, start, _CLAUSE) : start])
    if before:
        return words[" ".join(before[-1].split())]
    after = pattern.search(folded, end, sentence_end(folded, end, _AFTER))
    return words[" ".join(after[1].split())] if after and not after[0].startswith("ال", 1) else None
