"""The grammar of time expressions: a short run of folded text in, what it says about time out, nothing resolved yet.

In goes a run of words that `find_runs` found; out come `Phrase`s. A phrase says what the words say and no more: `أمس الجمعة` is
"a day before, and a Friday", `آذار` is "a third month". `anchoring.settle` makes a TIMEX3 value of it, with the day of publication
and the tense of the clause, which `analysis.extract.dates` finds in the text around.

>>> phrase, = read_run("امس الجمعه")
>>> phrase.point.dday, phrase.point.weekday
(-1, 4)
>>> [(phrase.type, phrase.value) for phrase in read_run("خلال 3 اشهر")]
[('DURATION', 'P3M')]

How it works: `words` gives each word a class (month, weekday, unit, …), one letter a class; the rules of `days`, `stretches`,
`clock` and `leads` are regular expressions over that string of letters and read the small phrases; `joining` says which
neighbours are one. What only the text around a run can tell stands in `checks` and `tense`. All words come from
`lexicon/months.toml`, `times.toml` and `numbers.toml`.
"""

from __future__ import annotations

from functools import lru_cache

from . import clock, days, leads, stretches
from .joining import join
from .phrases import Match, Phrase, Point, rules
from .runs import find_runs
from .vocabulary import LETTER
from .words import Token, tokens

__all__ = ["Phrase", "Point", "clock", "days", "find_runs", "leads", "read_run", "stretches"]

# Kinds that are no time expression unless they were joined to another.
_FRAGMENTS = frozenset({"wday", "nth", "edge", "part", "zone", "pointing", "daynumber", "bare week", "bare month", "bare year"})


def _phrases(found: list[Token]) -> list[Phrase]:
    """The run's small phrases by the rules, joined where they are one."""
    letters = "".join(LETTER[token.name] for token in found)
    by_letter = rules()
    phrases: list[tuple[Phrase, int, int]] = []  # with the tokens they took
    at = 0
    while at < len(found):
        taken = leads.read_length(found, at)
        if taken:
            phrases.append((taken[0], at, taken[1]))
            at = taken[1]
            continue
        for pattern, builder in by_letter.get(letters[at], ()):
            match = pattern.match(letters, at)
            built = builder(Match(found, match)) if match else None
            if match and built:
                several = built if isinstance(built, list) else [built]
                phrases.extend((phrase, at, match.end()) for phrase in several)
                # A word that only showed what the phrase was (الثالث من) stays for the next.
                at = match.end() if several[-1].end >= found[match.end() - 1].end else match.end() - 1
                break
        else:
            at += 1
    return _all_joined(phrases, found)


def _all_joined(phrases: list[tuple[Phrase, int, int]], found: list[Token]) -> list[Phrase]:
    done: list[tuple[Phrase, int]] = []  # with the index of the token after
    for phrase, start, end in phrases:
        while done:
            left, after = done[-1]
            links = tuple(token.name for token in found[after:start] if token.name != "close")
            united = join(left, phrase, links) if after <= start and left.end <= phrase.start else None
            if united is None:
                break
            done.pop()
            phrase, start = united, after
        done.append((phrase, end if phrase.end >= found[end - 1].end else end - 1))
    return [phrase for phrase, _ in done if phrase.kind not in _FRAGMENTS]


def _read(run: str) -> tuple[Phrase, ...]:
    return tuple(_phrases(tokens(run)))


_remembered = lru_cache(maxsize=16384)(_read)
_LONGEST_REMEMBERED = 96


def read_run(run: str) -> tuple[Phrase, ...]:
    """The time expressions of one run of folded text, in order, with offsets in the run."""
    return _remembered(run) if len(run) <= _LONGEST_REMEMBERED else _read(run)
