"""What a time expression says, and the machinery its rules are written with.

A `Phrase` is a span of a run with a `Point`, what its words say of time. A rule is a function under `@rule("month:month
year:year")`: the pattern names classes of `analysis.extract.timex.words`, the function gets the `Match` and gives a phrase, or
None where it is none after all.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import Any, NamedTuple

from .vocabulary import LETTER
from .words import Token  # noqa: TC001 (the rules' module is imported with it anyway)


class Point(NamedTuple):
    """A place in time as the words give it: `year`, `month`, `day` as named; `dyear` … as distances; None where nothing is said."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    dyear: int | None = None
    dmonth: int | None = None
    dweek: int | None = None
    dday: int | None = None
    weekday: int | None = None
    nth: int | None = None  # with nth_unit: the first Tuesday, the last week (-1)
    nth_unit: int | str | None = None  # a weekday's number, "week" or "day"
    pointing: int | None = None  # of a named month or weekday: الماضي -1, الحالي 0, المقبل 1
    quarter: int | None = None
    half: int | None = None
    season: str | None = None
    decade: int | None = None  # its tens: 8 for the eighties
    century: int | None = None
    dspan: tuple[str, int] | None = None  # a quarter, decade or century by its distance
    length: tuple[str, int] | None = None  # (unit, n) before the anchor: قبل ثلاثة أيام
    part: str | None = None
    clock: tuple[int, int, int | None] | None = None
    noon: str | None = None
    zone: str | None = None
    calendar: str | None = None  # "hijri", "easter", "bc"
    named_before: str | None = None  # a unit that was named before: "year" for العام نفسه
    anaphoric: bool | None = None  # counted from what was named before, if anything was
    twin: Any = None  # the other calendar's date of the same day: a Point
    until: Any = None  # the end of a range: a Point
    mod: str | None = None


class Phrase(NamedTuple):
    """A time expression in a run: its span there, what it says, and what the text around must not say (`check`)."""

    start: int
    end: int
    kind: str
    point: Point = Point()
    type: str = "DATE"
    value: str = ""  # of lengths, sets and references, which need no anchor
    offset: str | None = None
    check: str = ""


_NOTHING = Point()


class Match:
    """A rule's match: the tokens it took, by the names its pattern gives them."""

    def __init__(self, tokens: list[Token], match: re.Match[str]) -> None:
        self.tokens, self.match = tokens, match

    def __getitem__(self, name: str) -> Token | None:
        at = self.match.start(name) if name in self.match.re.groupindex else -1
        return self.tokens[at] if at >= 0 else None

    def value(self, name: str) -> Any:
        """The value of a named token; None where the pattern did without it."""
        token = self[name]
        return token.value if token else None

    @property
    def first(self) -> Token:
        """The token the match begins with."""
        return self.tokens[self.match.start()]

    def after(self, count: int = 1) -> list[str]:
        """The classes of the tokens that follow."""
        return [token.name for token in self.tokens[self.match.end() : self.match.end() + count]]

    @property
    def start(self) -> int:
        """Where the match starts in the run."""
        return self.tokens[self.match.start()].start

    @property
    def end(self) -> int:
        """Where the match ends in the run."""
        return self.tokens[self.match.end() - 1].end

    def phrase(self, kind: str, point: Point = _NOTHING, **fields: Any) -> Phrase:
        """A phrase over the whole match."""
        return Phrase(self.start, self.end, kind, point, **fields)


Builder = Callable[[Match], "Phrase | list[Phrase] | None"]
_RULES: list[tuple[str, Builder]] = []


def rule(pattern: str) -> Callable[[Builder], Builder]:
    """Register a builder for a pattern of class names; `name:group` names what a name matches, `(a|b)` are alternatives."""

    def register(builder: Builder) -> Builder:
        _RULES.append((pattern, builder))
        return builder

    return register


# One part of a pattern: classes with the group that names them, or a mark.
_PART = re.compile(r"\((?P<several>[a-z_|]+)\):(?P<group>[a-z0-9]+)|(?P<one>[a-z_]+)(?::(?P<of>[a-z0-9]+))?|[()|?*]")


def _names(part: re.Match[str]) -> list[str]:
    return [name for name in (part["several"] or part["one"] or "").split("|") if name]


def _compiled(pattern: str) -> str:
    """A rule's pattern as a regular expression over letters."""

    def letters(part: re.Match[str]) -> str:
        names = _names(part)
        if not names:
            return part.group()
        body = LETTER[names[0]] if len(names) == 1 else "[" + "".join(LETTER[name] for name in names) + "]"
        group = part["group"] or part["of"]
        return f"(?P<{group}>{body})" if group else body

    return _PART.sub(letters, pattern.replace(" ", "\x00")).replace("\x00", "").replace("(", "(?:").replace("(?:?", "(?")


@cache
def rules() -> dict[str, list[tuple[re.Pattern[str], Builder]]]:
    """The rules by the letter they begin with, in the order they were written."""
    table: dict[str, list[tuple[re.Pattern[str], Builder]]] = {}
    for pattern, builder in _RULES:
        compiled = re.compile(_compiled(pattern))
        names, _, _ = _beginnings(list(_PART.finditer(pattern)), 0)
        for name in names:
            table.setdefault(LETTER[name], []).append((compiled, builder))
    return table


def _beginnings(parts: list[re.Match[str]], at: int) -> tuple[set[str], bool, int]:
    """The classes a pattern can begin with, from part `at` to the closing bracket; whether it can be empty; where it ends."""
    names: set[str] = set()
    empty_choice, empty = False, True
    while at < len(parts) and parts[at].group() != ")":
        mark = parts[at].group()
        if mark == "|":
            empty_choice, empty, at = empty_choice or empty, True, at + 1
            continue
        inner, can_be_empty = set(_names(parts[at])), False
        if mark == "(":
            inner, can_be_empty, at = _beginnings(parts, at + 1)
        at += 1
        if at < len(parts) and parts[at].group() in "?*":
            can_be_empty, at = True, at + 1
        if empty:
            names |= inner
        empty = empty and can_be_empty
    return names, empty or empty_choice, at
