"""Signatures of an article: lines that say who wrote it, where and when.

>>> signature("كتب: سامر حداد", below_title=True), signature("السبت 11 تموز 2020", below_title=True)
('byline', 'dateline')
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

from analysis.blocks.lines import SENTENCE_END, SHORT, folded_all, keys, words
from analysis.lexicon import read
from analysis.published import month_names, read_stamp
from analysis.text import alternation


@lru_cache(maxsize=20_000)
def signature(folded: str, *, below_title: bool) -> str | None:
    """`dateline` or `byline` for a folded line that is nothing else; `below_title` allows what a headline could look like too."""
    known = _signatures()
    if known.time_sign.search(folded) and _is_dateline(folded, below_title=below_title):
        return "dateline"
    if len(folded) <= 80 and not SENTENCE_END.search(folded, len(folded) - 4):
        for pattern in (known.sure, known.colon, known.loose) if below_title else (known.sure, known.colon):
            if pattern.fullmatch(folded):
                return "byline"
    return "byline" if len(folded) <= SHORT and _is_agency_line(folded, below_title=below_title) else None


def _is_dateline(folded: str, *, below_title: bool) -> bool:
    """A date or a clock time and words that go with it; with a day and a sign that it is a signature, also a place."""
    known = _signatures()
    stamp = read_stamp(folded)
    hijri = known.hijri.search(stamp.rest) is not None
    dated = stamp.dated or hijri
    rest = words(known.beside.sub(" ", " " + " ".join(words(known.hijri.sub(" ", stamp.rest))) + " "))
    if dated or stamp.timed:
        rest = [word for word in rest if not word.isdigit()]
    if not rest:
        return dated or stamp.timed or known.weekday.search(folded) is not None
    if not stamp.dated or len(rest) > 3:
        return False
    place = known.agency.search(folded) is not None or hijri or re.search(r"[(/|]|[-–—،:] ?\d", folded) is not None
    return place and (below_title or len(rest) <= 2)


def _is_agency_line(folded: str, *, below_title: bool) -> bool:
    """Names of agencies alone; with a place or a site before them where a mark parts them; initials at the end."""
    known = _signatures()
    marked = _MARKED.search(folded) is not None
    pieces: list[str] = []
    for part in _PIECES.split(folded):
        piece = " ".join(words(part))
        if piece:
            pieces += [piece] if known.agencies.fullmatch(piece) else _AND.split(piece)
    if not pieces:
        return False
    strange = [piece for piece in pieces if not (known.agencies.fullmatch(piece) or (marked and known.houses.fullmatch(piece)))]
    if not strange:
        return True
    if all(_INITIALS.fullmatch(piece) for piece in strange):
        return below_title and (len(strange) < len(pieces) or "." in folded)
    place = strange[0] == pieces[0] and strange[0].count(" ") <= 1 and len(pieces) > 1
    return len(strange) == 1 and place and marked


_PIECES = re.compile(r"[/\\|،,()\[\]«»\"“”+&;:–—-]")
_AND = re.compile(r" و(?=\w{2})")
_MARKED = re.compile(r"[/|(\[–—-]|: ?[«\"“]")
_INITIALS = re.compile(r"\w(?: \w){1,3}")


class _Signs(NamedTuple):
    sure: re.Pattern[str]
    colon: re.Pattern[str]
    loose: re.Pattern[str]
    agencies: re.Pattern[str]  # one or more names, as a key
    houses: re.Pattern[str]  # names that a mark must set apart, since they are other words too
    agency: re.Pattern[str]
    time_sign: re.Pattern[str]
    weekday: re.Pattern[str]
    beside: re.Pattern[str]
    hijri: re.Pattern[str]


@cache
def _signatures() -> _Signs:
    lexicon = read("boilerplate")
    byline, dateline, calendar = lexicon["byline"], lexicon["dateline"], read("months")
    name = r"[^\W\d][\w.'’-]*"
    names = rf"{name}(?:(?: *[،,/&–-] *| ){name}){{0,5}}"
    sure, colon, loose = (alternation(folded_all(byline[key]), folded=True) for key in ("sure", "colon", "colon_after_title"))
    agencies = alternation(keys(lexicon["agencies"]["phrases"]), folded=True)
    houses = alternation(keys(name for outlet in read("outlets")["outlet"] for name in outlet["names"]), folded=True)
    kinds = alternation(keys(lexicon["agencies"]["houses"]), folded=True)
    days = [*calendar["weekdays"].values(), *calendar["bare_weekdays"].values(), lexicon["english"]["weekdays"]]
    weekdays = keys(day for names_ in days for day in names_)
    months = [name for names_ in month_names().values() for name in names_]
    hours = keys(dateline["updated"] + dateline["after_noon"] + dateline["before_noon"])
    beside = [*keys(dateline["phrases"]), *hours, *weekdays, *months]
    of, month, year = alternation([dateline["of"]]), alternation([dateline["month"]]), alternation(dateline["year"])
    hijri = alternation(name for names_ in calendar["hijri"].values() for name in names_)
    return _Signs(
        re.compile(rf"\W*{sure}(?!\w) *[:/|–-]? *{names}\W*"),
        re.compile(rf"\W*{colon} *[:/|–-] *{names}\W*"),
        re.compile(rf"\W*{loose} *[:/|–-] *{name}(?: {name}){{0,3}}\W*"),
        re.compile(rf"{agencies}(?: {agencies})*"),
        re.compile(rf"{houses}|{kinds}(?: \w+){{1,3}}"),
        re.compile(rf"(?<!\w){agencies}(?!\w)"),
        re.compile(rf"\d|(?<!\w){alternation(weekdays, folded=True)}(?!\w)"),
        re.compile(rf"(?<!\w){alternation(weekdays, folded=True)}(?!\w)"),
        re.compile(rf"(?<= )(?:{alternation(beside, folded=True)}|{agencies})(?= )"),
        re.compile(rf"(?<!\w)\d{{1,2}} ?(?:{of} )?(?:{month} )?{hijri}(?: ?،? ?(?:{year} )?\d{{4}} ?(?:ه(?!\w))?)?"),
    )
