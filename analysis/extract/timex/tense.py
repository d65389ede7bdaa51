"""The tense of the clause around a time expression, where the tense has to choose between two years or two weeks.

In goes folded text and a span, out comes `past`, `future`, `present`, `unknown`, or `alone` where there is no clause.

>>> tense_around("ستعقد القمه الجمعه", 12, 18), tense_around("عقدت القمه الجمعه", 11, 17), tense_around("الجمعه", 0, 6)
('future', 'past', 'alone')
>>> tense_around("من المقرر ان تبدا الدوره في اذار", 28, 32)
'future'

The rules: the nearest verb before the span governs it, else the nearest after. Regular verbs are told by their shape: س before an
imperfect is the future, a feminine or plural ending of the perfect the past; the rest by `[tense]` in `lexicon/times.toml`. An
imperfect after أن takes its time from what governs it (من المقرر أن تبدأ). A date after منذ is past, one that an imperfect lasts
until (يستمر حتى) or that something is put off to (أُجّل إلى) is to come. Without a verb, a verbal noun after بعد or عقب tells of
something done.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Any

from ...lexicon import read
from ...text import alternation, fold_key

_CLAUSE_BEFORE, _CLAUSE_AFTER = 160, 100  # characters; newspaper clauses are shorter
_LONGEST_WORD = 24
_MARKS = "،,.:()[]\"'«»“”‘’/-–"
_INSERTED = re.compile(r" [-–—] [^-–—\n]{3,90} [-–—] ")  # a clause between dashes
SENTENCE_END = re.compile(r"[!؟?\n؛]|\.(?!\d)")


def tense_around(folded: str, start: int, end: int, word_before: str = "") -> str:
    """The tense of the clause around a span of folded text: past, future, present, unknown; "alone" where there is no clause.

    `word_before` stands right before the date, which may begin within the span.
    """
    before = _INSERTED.sub(" ", SENTENCE_END.split(folded[max(0, start - _CLAUSE_BEFORE) : start])[-1]).split()
    after = SENTENCE_END.split(folded[end : end + _CLAUSE_AFTER], maxsplit=1)[0].split()
    tense = _governing(before) or next(filter(None, map(_tense_of, after)), None)
    if word_before:
        tense = _led_to(word_before, before, tense)
    if tense:
        return tense
    return "unknown" if any(len(word) > 2 and word.isalpha() for word in (*before, *after)) else "alone"


def _governing(words: list[str]) -> str | None:
    """The tense of the nearest verb, or of what governs it where it is a subjunctive."""
    cases = _words("case")
    for index in range(len(words) - 1, -1, -1):
        tense = _tense_of(words[index])
        if words[index] in cases and index and words[index - 1] in _words("case_after"):
            return "future"
        if not tense and index and words[index - 1] in _words("relative"):
            tense = _perfect(words[index])
        if tense == "past" and index and words[index - 1] in _words("conditional"):
            return "future"
        if not tense:
            continue
        if tense == "present" and index and words[index - 1] in _words("subjunctive"):
            outer = next(filter(None, map(_tense_of, reversed(words[: index - 1]))), None)
            return "future" if outer == "future" else tense
        return tense
    return None


def _perfect(word: str) -> str | None:
    """After الذي or عندما, a word that is no imperfect, no noun with its article and no particle is a verb in the perfect."""
    noun = word.startswith(("ال", "ي", "ت", "ن", "س", "ل", "ب")) or word in _words("not_perfect")
    return None if noun or len(word) < 3 or not word.isalpha() else "past"


def _led_to(last: str, before: list[str], tense: str | None) -> str | None:
    """What the word right before the date says of its tense, with و of its own or without."""
    last = last if last in _words("since", "to") else last[1:]
    if last in _words("since"):
        return "past"
    if last in _words("to") and not _words("postponed").isdisjoint(before):
        return "future"
    if last in _words("until") and tense == "present":
        return "future"
    if tense is None and (last in _words("past_before") or not _words("past_before").isdisjoint(before)):
        return "past"
    return tense


@lru_cache(maxsize=32768)
def _tense_of(word: str) -> str | None:
    """What one word, with the marks on it, says about the tense of its clause."""
    if len(word) > _LONGEST_WORD:
        return None
    match = _tense_pattern().fullmatch(word.strip(_MARKS))
    return match.lastgroup if match else None


@cache
def _words(*names: str) -> frozenset[str]:
    table: dict[str, Any] = {**read("times")["tense"], "since": read("times")["words"]["since"]}
    return frozenset(fold_key(word) for name in names for word in table[name])


@cache
def _tense_pattern() -> re.Pattern[str]:
    tense = read("times")["tense"]
    names = [name for group in read("months")["gregorian"].values() for name in group]
    future, past, present, not_future, not_past, stems = (
        alternation(tense[name]) for name in ("future", "past", "present", "not_future", "not_past", "not_future_stems")
    )
    not_present = alternation([*tense["not_present"], *(name for name in names if name.startswith("ي"))])
    return re.compile(
        r"[وف]?(?:"
        rf"(?P<future>(?!{not_future}$|{stems})س[يتن]\w{{2,}}|{future})"
        rf"|(?P<past>{past}|(?!ال|ي|{not_past}$)\w{{2,}}(?<!ا)ت|(?!ي)\w{{2,}}وا)"
        rf"|(?P<present>(?!{not_present}$)ي\w{{3,}}|{present})"
        r")"
    )
