"""What qualifies a sum: the modifier before or after it, the period it is for, and what is done with it.

In go a folded text and offsets, out come words of the schema's vocabularies.

>>> modifier_before("قدم اكثر من ", 12)
('more_than', 4)
>>> period_after(" خلال 3 اشهر", 0)
('P3M', 12)
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
    last: frozenset[str]  # the last words of its phrases
    modifiers: dict[str, str]
    passing: re.Pattern[str]
    verbs: frozenset[str]
    stop: frozenset[str]
    ceiling: frozenset[str]
    not_: frozenset[str]  # what turns a comparison about
    extent: frozenset[str]  # the verbs that it may do so with
    turned: dict[str, str]


@cache
def _before() -> _Before:
    table = read("amounts")
    modifiers = {fold_key(phrase): name for name, phrases in table["before"].items() for phrase in phrases}
    words = [fold_key(word) for word in table["transparent"]["words"]]
    transparent = _reversed(words)
    phrases = _reversed(list(modifiers))
    direct = re.compile(rf"[ (\"«“\[]*(?:{transparent}(?:لا)?[بلوف]? +)?(?P<phrase>{phrases})[بلك]?[وف]?(?!\w)")
    last = {phrase.rpartition(" ")[2] for phrase in modifiers}
    fronts = [joining + preposition for joining in ("", *"وف") for preposition in ("", *"بلك")]
    last |= {front + phrase for phrase in modifiers if " " not in phrase for front in fronts}
    last |= {clitic + article + word for word in words for article in ("", "ال") for clitic in ("", *"بلوف")}
    passing = table["passing"]
    denial = alternation(passing["not"])
    verbs = [fold_key(verb) for verb in passing["verbs"]]
    near = [fold_key(verb) for verb in passing["near"]]
    any_verb = rf"{alternation(verbs, folded=True)}|(?P<near>{alternation(near, folded=True)})"
    verb = re.compile(rf" (?:[وفأ]?(?P<not>{denial}) +)?[وفس]?(?:{any_verb})(?!\w)")
    forms = frozenset(clitic + verb for verb in (*verbs, *near) for clitic in ("", *"وفس"))
    stop, ceiling = (frozenset(map(fold_key, passing[name])) for name in ("stop", "ceiling"))
    negated = table["negated"]
    not_, extent = (frozenset(map(fold_key, negated[name])) for name in ("not", "verbs"))
    return _Before(direct, frozenset(last), modifiers, verb, forms, stop, ceiling, not_, extent, negated["turned"])


_OPENING_MARKS = '("«“['


def modifier_before(folded: str, at: int) -> tuple[str, int] | None:
    """The modifier whose words end where the number at `at` begins, and where they start."""
    table = _before()
    window = folded[at - _REACH if at > _REACH else 0 : at]
    if "\n" in window:
        window = window[window.rfind("\n") + 1 :]
    words = window.split()
    while words and words[-1] in _OPENING_MARKS:
        words.pop()
    if not words:
        return None
    if words[-1].strip(_OPENING_MARKS) in table.last and (match := table.direct.match(window[::-1])):
        modifier = table.modifiers[" ".join(match["phrase"][::-1].split())]
        if modifier in table.turned and _is_negated(window[: len(window) - match.end()].split(), table):
            modifier = table.turned[modifier]
        return modifier, at - match.end()
    if table.verbs.isdisjoint(words[-5:]):
        return None
    found = None
    for found in table.passing.finditer(" " + window):  # noqa: B007 - the last one is wanted
        pass
    if found:
        between = window[found.end() - 1 :].split()
        if found["not"] and not table.ceiling.isdisjoint(between):
            return None
        if len(between) <= 4 and all(word.isalpha() and word not in table.stop for word in between):
            modifier = "approx" if found["near"] else "at_most" if found["not"] else "more_than"
            return modifier, at - len(window) + found.start()
    return None


_NEGATED = 7  # words between a negation and the comparison it turns about


def _is_negated(words: list[str], table: _Before) -> bool:
    """Whether the last of the words before a comparison negates it, or one before them a verb of extent."""
    if not words:
        return False
    if words[-1] in table.not_:
        return True
    for at in range(len(words) - 2, max(-1, len(words) - 2 - _NEGATED), -1):
        if words[at] in table.not_:
            return words[at + 1] in table.extent
        if words[at + 1][-1] in _CLOSING_MARKS:
            return False
    return False


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


_CLOSING_MARKS = ("", *'،,.؛:!؟)]»”"')
_AHEAD = 48  # how far after a sum a modifier or a period may begin: four words


@cache
def _ahead() -> frozenset[str]:
    """The first words of the modifiers and periods that may follow a sum, with the marks that may close them."""
    table = read("amounts")
    period = table["period"]
    phrases = [phrase for phrases in (*table["after"].values(), *period["adverbs"].values()) for phrase in phrases]
    phrases += [clitic + phrase for name in ("openers", "each", "in_the") for phrase in period[name] for clitic in ("", "ب")]
    return frozenset(fold_key(phrase).partition(" ")[0] + mark for phrase in phrases for mark in _CLOSING_MARKS)


def is_plain_after(folded: str, at: int) -> bool:
    """Whether no word that could begin a modifier or a period stands soon after `at`."""
    return _ahead().isdisjoint(folded[at : at + _AHEAD].split(None, 5))


# ---------------------------------------------------------------- periods


class _Period(NamedTuple):
    after: re.Pattern[str]
    before: re.Pattern[str]
    designators: dict[str, str]
    duals: frozenset[str]
    adverbs: dict[str, str]
    openers: re.Pattern[str]


@cache
def _period() -> _Period:
    table = read("amounts")
    time = {name: words for name, words in table["time"].items() if name not in ("dual", "other")}
    designators = {fold_key(word): name for name, words in time.items() for word in words}
    duals = frozenset(map(fold_key, table["time"]["dual"]))
    adverbs = {fold_key(word): period for period, words in table["period"]["adverbs"].items() for word in words}
    period = table["period"]
    unit = alternation(designators, folded=True)
    one = alternation((word for word in designators if word not in map(fold_key, period["ambiguous"])), folded=True)
    openers, each, in_the = (alternation(period[name]) for name in ("openers", "each", "in_the"))
    fill, pointing = alternation(period["fill"]), alternation(period["pointing"])
    words = alternation(of_kind("UbXET"), folded=True)
    number = rf"(?:\d{{1,4}}|{words}(?: +(?:و *)?{words})?)"
    dual = alternation(duals, folded=True)
    counted = rf"(?: +{fill}){{0,2}} +(?:(?:ال ?)?{number} +{unit}|{dual}|ال{unit} +ال ?{number})(?!\w)"
    leading = rf"{openers}|{alternation(period['measured'])}(?={counted})"
    span = rf"(?:ال ?)?(?P<count>{number}) +(?P<unit>{unit})|ال(?P<many>{unit}) +ال ?(?P<after>{number})|(?P<dual>{dual})"
    gap = r"(?: +(?![\d])[^\W\d_]+){0,3}?"
    after = re.compile(
        rf"{gap} *(?: (?P<adverb>{alternation(adverbs, folded=True)})(?!\w)"
        rf"| ب?(?:{leading})(?: +{fill}){{0,2}} +(?:{span}|(?:ال)?(?P<one>{one})|ال(?P<pointed>{unit})(?= +{pointing}(?!\w)))(?!\w)"
        rf"| (?:{each}) +(?P<each>{one})(?!\w)"
        rf"| (?:{in_the}) +ال(?P<in_the>{one})(?!\w)(?! +(?:{pointing}|ال))(?! +\d))"
    )
    before = re.compile(rf" [وف]?(?:{openers}|{in_the})(?: +{fill}){{0,2}} +(?:{span})(?!\w)")
    return _Period(after, before, designators, duals, adverbs, re.compile(rf" [وف]?(?:{openers}|{in_the}) "))


def period_after(folded: str, at: int) -> tuple[str | None, int]:
    """The ISO 8601 duration of the period that stands after a sum that ends at `at`, within a few words, and where it ends."""
    table = _period()
    match = table.after.match(folded, at)
    if not match:
        return None, at
    if match["adverb"]:
        return table.adverbs[" ".join(match["adverb"].split())], match.end()
    return _length(match, match["one"] or match["pointed"] or match["each"] or match["in_the"]), match.end()


def period_before(folded: str, at: int, low: int) -> str | None:
    """The period of a counted length of time that stands before a sum in its sentence, no further back than `low`."""
    window = " " + folded[max(low, sentence_start(folded, at, _PERIOD)) : at]
    if not _period().openers.search(window):
        return None
    matches = list(_period().before.finditer(window))
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


class _Actions(NamedTuple):
    words: dict[str, str]  # each word with its proclitics, and its action
    phrases: dict[str, str | None]  # of two words or three; None for those that do nothing
    phrase_words: frozenset[str]  # the words in these
    known: frozenset[str]  # the words and these
    stops: frozenset[str]
    whole: frozenset[str]  # of two words, before the sum of which another is a part
    links: frozenset[str]
    nouns: frozenset[str]  # what they refer back to, with the proclitics
    doubtful: frozenset[str]
    turning: frozenset[str]
    into: frozenset[str]


@cache
def _actions() -> _Actions:
    """The words and phrases of doing."""
    table, government = read("actions"), read("actions")["government"]
    clitics = read("numbers")["clitics"]
    articles = [*clitics["article"], *clitics["to_the"]]
    fronts = ["", *clitics["prepositions"], *articles, *clitics["future"]]
    fronts += [preposition + article for preposition in clitics["prepositions"] for article in clitics["article"]]
    fronts = [joining + front for front in fronts for joining in ("", *clitics["joining"])]
    known: dict[str, str | None] = {fold_key(word): action for action in ACTIONS for word in table[action]}
    known |= {fold_key(phrase): None for phrase in table["none"]["phrases"]}
    words = {front + word: action for word, action in known.items() if action and " " not in word for front in fronts}
    phrases: dict[str, str | None] = {
        front + phrase: action for phrase, action in known.items() if " " in phrase for front in fronts
    }
    in_phrases = {word for phrase in phrases for word in phrase.split()}
    return _Actions(
        words,
        phrases,
        frozenset(in_phrases),
        frozenset(words) | in_phrases,
        frozenset(map(fold_key, government["stops"])),
        frozenset(map(fold_key, government["whole"])),
        frozenset(map(fold_key, government["links"])),
        frozenset(front + fold_key(noun) for noun in government["nouns"] for front in fronts),
        frozenset(front + fold_key(noun) for noun in government["doubtful"] for front in fronts),
        frozenset(government["turning"]),
        frozenset(map(fold_key, government["into"])),
    )


_GOVERNED = 7  # words between a word of doing and its sum
_LINKED = 12  # where a link (بقيمة) refers back to it
_TURNED = 4  # between تعهد and the doing that it promises
_CLAUSE_MARKS = "،,؛;:.!؟)]"
_MARKS = "\"'«»“”()[]،,؛;:.!؟"


def action_of(folded: str, start: int, end: int, low: int) -> str | None:
    """What is done with the sum at [start, end): what the nearest word of doing that governs it says, else a passive just after it.

    A word governs within its clause and over a few words; a link (بقيمة, قيمتها) refers further back. Nothing before the folded
    offset `low`, where the last sum ended, governs, nor what is done with a part of the sum (صُرفت من أصل 4 ملايين). Promising or
    needing to do is a promise or a need (تعهد بتقديم).
    """
    before = folded[max(low, sentence_start(folded, start, _CLAUSE)) : start]
    for mark in _OPENING_MARKS:
        if mark in before:
            before = before.replace(mark, " ")
    words = before.split()[-_LINKED - 1 :]
    if _actions().known.isdisjoint(words) or " ".join(words[-2:]) in _actions().whole:
        return _passive_after(folded, end)
    return _governing(words) or _passive_after(folded, end)


def _governing(words: list[str]) -> str | None:
    table = _actions()
    reach = _LINKED if not table.links.isdisjoint(words[-3:]) else _GOVERNED
    for back in range(1, min(reach + 1, len(words)) + 1):
        word = words[-back]
        if word[-1] in _CLAUSE_MARKS:
            return None
        word = word.strip(_MARKS)
        if word in table.stops:
            return None
        if word in table.doubtful and back > 1 and words[1 - back] in table.links:
            continue
        if word in table.phrase_words and (phrase := _phrase_with(words, len(words) - back)):
            return table.phrases[phrase]
        if (action := table.words.get(word)) and (back <= _GOVERNED or word in table.nouns):
            return _turned(words[:-back], word) or action
    return None


def _phrase_with(words: list[str], at: int) -> str | None:
    """The phrase of the table that holds the word at `at`, the longest one."""
    phrases = _actions().phrases
    for count in (3, 2):
        for first in range(max(0, at - count + 1), at + 1):
            phrase = " ".join(words[first : first + count])
            if phrase in phrases:
                return phrase
    return None


def _turned(before: list[str], word: str) -> str | None:
    """The promise or the need that governs a word of doing: بتقديم, إلى إنفاق, أن يقدم."""
    table = _actions()
    if not before or not (word[0] in "بل" or before[-1] in table.into):
        return None
    for each in before[: -_TURNED - 1 : -1]:
        if each[-1] in _CLAUSE_MARKS:
            return None
        if (action := table.words.get(each.strip(_MARKS))) in table.turning:
            return action
    return None


_JUST_AFTER = re.compile(r"[،,)]? +([^\W\d_]+)(?: +([^\W\d_]+))?")


def _passive_after(folded: str, end: int) -> str | None:
    """The action of a word of doing just after a sum (16 مليون دولار خُصصت): a verb or a participle."""
    match = _JUST_AFTER.match(folded, end)
    if not match:
        return None
    table = _actions()
    for word in match.groups():
        if not word or word in table.stops or (word[0] in "وف" and word[1:] in table.words):
            return None
        if word in table.words and word not in table.nouns and not word.startswith("ال"):
            return table.words[word]
    return None
