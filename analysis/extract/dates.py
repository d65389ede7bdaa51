"""Dates, times, lengths and sets in Arabic text, as TIMEX3, settled against the day of publication.

In goes a text and, where it is known, when it was published; out come `Date`s in order, with offsets in the text as it is.

>>> from datetime import date
>>> first, = find_dates("أمس الجمعة", published=date(2020, 7, 11))
>>> first.value, first.offset, first.text
('2020-07-10', '-P1D', 'أمس الجمعة')
>>> [found.value for found in find_dates("منذ 4 حزيران (يونيو) الفائت")]
['XXXX-06-04']

How it works: `analysis.extract.timex` finds runs of words of time and reads them, asks the words around (`checks`,
`tense`) what only they can tell, and settles what was said (`anchoring`). Here stands what needs the whole text: what a phrase
takes from the one after it, and from what was named before.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import NamedTuple

from ..lexicon import read
from ..text import Folded, fold, fold_key
from .gluing import parted
from .timex import Phrase, Point, find_runs, read_run
from .timex.anchoring import Settled, settle
from .timex.calendar import Bounds, bounds, grain
from .timex.checks import checked
from .timex.surroundings import Surroundings, around
from .timex.tense import SENTENCE_END, tense_around


class Date(NamedTuple):
    """A time expression. `text` is `source[start:end]`; offsets are code points.

    `type` is DATE, TIME, DURATION or SET; `value` is TIMEX3 (ISO 8601, X for what cannot be known); `mod` one of
    `schema.DATE_MODS` or None; `offset` the signed distance from publication as an ISO 8601 duration, for relative
    expressions; `grain` the finest unit named, None for PAST_REF and its like; `calendar` how it was written; `first` and
    `last` the bounds of `value`, None unless they are known.
    """

    start: int
    end: int
    text: str
    type: str
    value: str
    mod: str | None
    offset: str | None
    grain: str | None
    calendar: str
    first: datetime | None
    last: datetime | None


def find_dates(text: str, *, published: date | datetime | None = None) -> list[Date]:
    """The time expressions of `text`, in order. Without `published`, what depends on it stays X (`XXXX-XX-XX` for أمس).

    >>> [(found.type, found.value) for found in find_dates("بقي ثلاث سنوات منذ عام 2011")]
    [('DURATION', 'P3Y'), ('DATE', '2011')]
    """
    return scan_dates(fold(text), published=published)


def scan_dates(doc: Folded, *, published: date | datetime | None = None) -> list[Date]:
    """`find_dates` for a text that is already folded."""
    anchor = published.date() if isinstance(published, datetime) else published
    if anchor is not None and anchor != anchor:  # NaT
        anchor = None
    doc, marked = parted(doc)
    folded = doc.folded
    reader = _Reader(doc, anchor)
    for start, end in find_runs(doc, marked):
        phrases = read_run(folded[start:end])
        if phrases:
            reader.read(phrases, start, end)
    return reader.dates


# Characters over which اليوم نفسه can point back.
_FAR = 400
# What may stand between two weekdays or months that one adjective points to.
_SHARED = frozenset(" " + fold_key(word) + " " for word in read("times")["words"]["or"]) | {" و", " و "}


class _Reader:
    """Reads one text's phrases in order and remembers what later ones may point back to."""

    def __init__(self, doc: Folded, anchor: date | None) -> None:
        self.doc, self.folded, self.anchor = doc, doc.folded, anchor
        self.around = Surroundings(doc, anchor)
        self.dates: list[Date] = []
        self.day: tuple[int, date] | None = None  # the last day named, with the offset after it
        self.year: tuple[int, int] | None = None  # the last year named, by any phrase
        self.carried: tuple[int, int] | None = None  # the last year named as the time of what is told
        self.days: dict[tuple[int, int], int] = {}  # the years of days of a month that were named without one
        self.run = (0, 0)

    def read(self, phrases: tuple[Phrase, ...], base: int, after: int) -> None:
        """Settle the phrases of the run of folded text that stands from `base` to `after`."""
        self.run = (base, after)
        for index, phrase in enumerate(phrases):
            end = base + phrase.end
            found = checked(self.around, phrase, base + phrase.start, end)
            if found is not None:
                found = self._with_what_follows(found, phrases[index + 1 :], base)
                self._add(found, base + found.start, end)
                self.around.accepted = (end, found.kind)

    def _with_what_follows(self, phrase: Phrase, following: tuple[Phrase, ...], base: int) -> Phrase:
        """What a phrase takes from the one after it: 3 و4 أيار 2020, الثلاثاء والأربعاء المقبلين, بين كانون الثاني وأيار 2011."""
        if not following or phrase.kind not in ("listed", "weekday", "month", "date"):
            return phrase
        after, point = following[0], phrase.point
        if phrase.kind == "listed":
            later = after.point
            return phrase._replace(point=point._replace(year=later.year, dyear=later.dyear, pointing=later.pointing))
        between = self.folded[base + phrase.end : base + after.start]
        if after.kind == phrase.kind != "date" and point.pointing is None and between in _SHARED:
            phrase = phrase._replace(point=point._replace(pointing=after.point.pointing))
        if phrase.kind == "weekday" or not point.month or point.year is not None or point.dyear is not None:
            return phrase
        return _year_ahead(phrase, after) if len(between) <= 8 else phrase

    def _add(self, phrase: Phrase, start: int, end: int) -> None:
        point, folded = phrase.point, self.folded
        if phrase.value:
            settled = Settled(phrase.value, phrase.offset)
        else:
            if point.day and point.month and phrase.kind == "date" and _tells_no_year(point):
                point = point._replace(year=self.days.get((point.month, point.day)))
            tense = self._tense(point, start)
            settled = settle(point, phrase.kind, self.anchor, tense, *self._before(point, start, end))
            if phrase.offset and settled.offset is None:
                settled = settled._replace(offset=phrase.offset)
            self._remember(bounds(settled.value), point, start, end)
        if folded[end : end + 1] == ")" and "(" in folded[start:end] and ")" not in folded[folded.rindex("(", start, end) : end]:
            end += 1
        first, last = self.doc.span(start, end)
        text, value = self.doc.text[first:last], settled.value
        type_ = "TIME" if settled.timed else phrase.type
        calendar = "hijri" if point.calendar == "hijri" else "gregorian"
        date = Date(first, last, text, type_, value, point.mod, settled.offset, grain(value), calendar, *bounds(value))
        self.dates.append(date)

    def _remember(self, limits: Bounds, point: Point, start: int, end: int) -> None:
        first, last = limits
        if first is None or last is None:
            return
        if (last - first).days == 0:
            self.day = (end, first.date())
            if point.month and point.day and _tells_no_year(point):
                self.days[point.month, point.day] = first.year
        if first.year == last.year:
            self.year = (end, first.year)
            named = point.year is not None or point.dyear is not None or point.month is not None
            # منذ 2016 and حتى 2020 say how far something reaches, not when what is told was.
            if named and not self.around.follows(start, around().reaching):
                self.carried = (end, first.year)

    def _before(self, point: Point, start: int, end: int) -> tuple[int | None, date | None]:
        """The year and the day that the phrase may take from what was named before it."""
        year: int | None = None
        day: date | None = None
        points_back = point.named_before is not None or point.anaphoric
        if points_back and self.year and start - self.year[0] < _FAR:
            year = self.year[1]
        elif self.carried and point.month and point.year is None and point.dyear is None and point.pointing is None:
            at, named = self.carried
            if start - at < _FAR and not SENTENCE_END.search(self.folded, at, start):
                year = named
        if self.day and (points_back or point.clock) and start - self.day[0] < _FAR:
            at, last_day = self.day
            # A clock with no word before it is often a stamp; it takes a day from its own sentence alone.
            worded = any(word in self.folded[start:end] for word in around().oclock)
            if points_back or worded or not SENTENCE_END.search(self.folded, at, start):
                day = last_day
        return year, day

    def _tense(self, point: Point, start: int) -> str:
        """The tense that decides between years or weeks, where one has to be chosen; "" where none has to."""
        if (
            self.anchor is None
            or point.year is not None
            or point.dyear is not None
            or point.dday is not None
            or point.dweek is not None
        ):
            return ""
        if point.month is None and point.weekday is None and point.quarter is None and point.half is None:
            return ""
        return tense_around(self.folded, *self.run, self.around.word_before(start))


def _tells_no_year(point: Point) -> bool:
    """Whether a day of a month is named without a word that tells which year's it is."""
    known = point.year, point.dyear, point.dday, point.dmonth, point.pointing, point.weekday, point.calendar, point.named_before
    return all(each is None for each in known) and not point.anaphoric and point.twin is None and point.until is None


def _year_ahead(phrase: Phrase, after: Phrase) -> Phrase:
    """بين كانون الثاني وأيار 2011: a month without a year takes that of the month it is joined to."""
    point, later = phrase.point, after.point
    joined = after.kind in ("month", "date") and point.pointing is None and point.calendar == later.calendar
    if not joined or later.month is None or (point.month or 0) > later.month or (later.year is None and later.dyear is None):
        return phrase
    return phrase._replace(point=point._replace(year=later.year, dyear=later.dyear))
