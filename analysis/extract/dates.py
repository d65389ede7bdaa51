"""Dates, times, lengths and sets in Arabic text, as TIMEX3, settled against the day of publication.

In goes a text and, where it is known, when it was published; out come `Date`s in order, with offsets in the text as it is.

>>> from datetime import date
>>> first, = find_dates("أمس الجمعة", published=date(2020, 7, 11))
>>> first.value, first.offset, first.text
('2020-07-10', '-P1D', 'أمس الجمعة')
>>> [found.value for found in find_dates("منذ 4 حزيران (يونيو) الفائت")]
['XXXX-06-04']

How it works: `analysis.extract.timex` finds runs of words of time and reads them, and its `anchoring` settles what they say. Here
stands what only the text around can tell: homographs, names, ages, the tense of the clause, and what was named before.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime
from functools import cache, lru_cache
from typing import NamedTuple

from ..lexicon import read
from ..text import Folded, alternation, fold, fold_key
from .timex import Phrase, Point, find_runs, read_run
from .timex.anchoring import Settled, settle
from .timex.calendar import bounds, grain


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
    folded = doc.folded
    reader = _Reader(doc, anchor)
    for start, end in find_runs(folded):
        phrases = read_run(folded[start:end])
        if phrases:
            reader.read(phrases, start, end)
    return reader.dates


# ---------------------------------------------------------------- the text around


class _Around(NamedTuple):
    """Sets of folded words that decide by standing before a phrase, or after it where the name says so."""

    not_weekday: frozenset[str]
    feast: frozenset[str]
    general: frozenset[str]
    named_day_after: frozenset[str]
    other_day: frozenset[str]
    became: frozenset[str]
    events: frozenset[str]
    year: frozenset[str]
    weak: frozenset[str]
    reaching: frozenset[str]
    counted_after: frozenset[str]
    month: frozenset[str]
    never_month: frozenset[str]
    with_madda: frozenset[str]
    age: frozenset[str]
    age_after: tuple[str, ...]
    decade: frozenset[str]
    of_time_after: frozenset[str]


@cache
def _around() -> _Around:
    months, times = read("months"), read("times")
    homographs, years, days = months["homographs"], times["year_after"], times["named_day"]

    def words(*lists: list[str]) -> frozenset[str]:
        return frozenset(fold_key(word) for each in lists for word in each)

    return _Around(
        not_weekday=words(months["not_weekday_after"]["words"]),
        feast=words(months["feast_after"]["words"]),
        general=words(times["general"]["words"]),
        named_day_after=words(days["words"]),
        other_day=words(days["other_day"]),
        became=words(days["became"]),
        events=words(times["events"]["words"]),
        year=words(years["words"]),
        weak=words(years["weak"]),
        reaching=words(years["reaching"]),
        counted_after=words(times["counted"]["words"]),
        month=words(homographs["after"]),
        never_month=words(homographs["never_after"]),
        with_madda=words(homographs["with_madda"]),
        age=words(times["age"]["before"]),
        age_after=tuple(map(fold_key, times["age"]["after"])),
        decade=words(times["words"]["during"], years["weak"], years["reaching"]),
        of_time_after=words(times["words"]["of_time"], times["words"]["ago"]),
    )


_WORDS = re.compile(r"\w+")
_NEXT_WORD = re.compile(r"[ »\"”)]*(\w+)")
_HIJRI_YEAR = re.compile(r"[0-9]{4} ?(?:ه|هجري\w*)\b")
_SENTENCE_END = re.compile(r"[!؟?\n؛]|\.(?!\d)")
_SHORT = 12  # characters around a phrase that stands alone
_FAR = 400  # characters over which اليوم نفسه can point back


class _Reader:
    """Reads one text's phrases in order and remembers what later ones may point back to."""

    def __init__(self, doc: Folded, anchor: date | None) -> None:
        self.doc, self.anchor = doc, anchor
        self.folded = doc.folded
        self.dates: list[Date] = []
        self.day: tuple[int, date] | None = None  # the last day named, with the offset after it
        self.year: tuple[int, int] | None = None  # the last year named, by any phrase
        self.carried: tuple[int, int] | None = None  # the last year named as the time of what is told
        self.run = (0, 0)
        self.writes_hijri: bool | None = None  # whether a year with هـ stands anywhere; looked for when needed
        self.accepted: tuple[int, str] = (-1, "")  # where the last phrase ended, and its kind

    def read(self, phrases: tuple[Phrase, ...], base: int, after: int) -> None:
        self.run = (base, after)
        for index, phrase in enumerate(phrases):
            start, end = base + phrase.start, base + phrase.end
            if phrase.check:
                checked = _CHECKS[phrase.check.partition(":")[0]](self, phrase, start, end)
                if checked is None:
                    continue
                phrase = checked
                start = base + phrase.start
            if phrase.kind == "listed" and index + 1 < len(phrases):
                phrase = phrase._replace(point=_with_fields_of(phrase.point, phrases[index + 1].point))
            elif phrase.kind in ("weekday", "month") and index + 1 < len(phrases):
                phrase = self._sharing(phrase, phrases[index + 1], base)
            if phrase.point.month and phrase.point.year is None and phrase.point.dyear is None and phrase.kind in ("month", "date"):
                phrase = self._year_ahead(phrase, phrases[index + 1 :])
            self._add(phrase, start, end)
            self.accepted = (end, phrase.kind)

    def _sharing(self, phrase: Phrase, after: Phrase, base: int) -> Phrase:
        """الثلاثاء والأربعاء المقبلين: what points to the second points to the first."""
        if after.kind != phrase.kind or phrase.point.pointing is not None or after.point.pointing is None:
            return phrase
        if self.folded[base + phrase.end : base + after.start] not in (" و", " و "):
            return phrase
        return phrase._replace(point=phrase.point._replace(pointing=after.point.pointing))

    def _year_ahead(self, phrase: Phrase, following: tuple[Phrase, ...]) -> Phrase:
        """بين كانون الثاني وأيار 2011: a month without a year takes that of the month it is joined to."""
        after = following[0] if following else None
        if (
            after is None
            or after.kind not in ("month", "date")
            or after.start - phrase.end > 8
            or not after.point.month
            or phrase.point.pointing is not None
            or after.point.calendar != phrase.point.calendar
        ):
            return phrase
        if (after.point.year is not None or after.point.dyear is not None) and (phrase.point.month or 0) <= after.point.month:
            return phrase._replace(point=phrase.point._replace(year=after.point.year, dyear=after.point.dyear))
        return phrase

    def _add(self, phrase: Phrase, start: int, end: int) -> None:
        point = phrase.point
        folded = self.folded
        if phrase.value:
            settled = Settled(phrase.value, phrase.offset)
        else:
            tense = self._tense(point)
            settled = settle(point, phrase.kind, self.anchor, tense, *self._before(point, start, end, tense))
            if phrase.offset and settled.offset is None:
                settled = settled._replace(offset=phrase.offset)
            self._remember(settled.value, point, start, end)
        if folded[end : end + 1] == ")" and "(" in folded[start:end] and ")" not in folded[folded.rindex("(", start, end) : end]:
            end += 1
        first, last = self.doc.span(start, end)
        value = settled.value
        self.dates.append(
            Date(
                first,
                last,
                self.doc.text[first:last],
                "TIME" if settled.timed else phrase.type,
                value,
                point.mod,
                settled.offset,
                grain(value),
                "hijri" if point.calendar == "hijri" else "gregorian",
                *bounds(value),
            )
        )

    def _remember(self, value: str, point: Point, start: int, end: int) -> None:
        first, last = bounds(value)
        if first is None or last is None:
            return
        if (last - first).days == 0:
            self.day = (end, first.date())
        if first.year == last.year:
            self.year = (end, first.year)
            named = point.year is not None or point.dyear is not None or point.month is not None
            # منذ 2016 and حتى 2020 say how far something reaches, not when what is told was.
            if named and not self._follows(start, _around().reaching):
                self.carried = (end, first.year)

    def _before(self, point: Point, start: int, end: int, tense: str | None) -> tuple[int | None, date | None]:
        """The year and the day that the phrase may take from what was named before it."""
        year: int | None = None
        day: date | None = None
        points_back = point.named_before is not None or point.anaphoric
        if points_back and self.year and start - self.year[0] < _FAR:
            year = self.year[1]
        elif self.carried and point.month and point.year is None and point.dyear is None and point.pointing is None:
            at, named = self.carried
            if start - at < _FAR and not _SENTENCE_END.search(self.folded, at, start):
                year = named
        if self.day and (points_back or point.clock) and start - self.day[0] < _FAR:
            at, last_day = self.day
            # A clock with no word before it is often a stamp; it takes a day from its own sentence alone.
            if points_back or "الساع" in self.folded[start:end] or not _SENTENCE_END.search(self.folded, at, start):
                day = last_day
        return year, day

    def _tense(self, point: Point) -> str | None:
        """The tense that decides between years or weeks, where one has to be chosen; "" where none has to."""
        if point.year is not None or point.dyear is not None or point.dday is not None or point.dweek is not None:
            return ""
        if point.month is None and point.weekday is None and point.quarter is None and point.half is None:
            return ""
        return tense_around(self.folded, *self.run)

    # What decides, by the name of the check. Each gives the phrase back, changed where need be, or None where it is no date.

    def _word_before(self, start: int) -> str:
        """The word before; "" where a mark that parts clauses stands between."""
        # A proclitic belongs to the phrase's first word.
        for _ in range(3):
            if start and self.folded[start - 1].isalnum():
                start -= 1
        before = self.folded[max(0, start - _LONGEST_WORD - 4) : start].rstrip(' «"“”(:')
        if not before[-1:].isalnum():
            return ""
        word = before.rpartition(" ")[2]
        return word if word.isalnum() else _WORDS.findall(word)[-1]

    def _follows(self, start: int, words: frozenset[str]) -> bool:
        """Whether the word before is one of `words`, with or without its own و or ف."""
        before = self._word_before(start)
        return before in words or (before[:1] in ("و", "ف") and before[1:] in words)

    def _word_after(self, end: int) -> str:
        match = _NEXT_WORD.match(self.folded, end)
        return match[1] if match else ""

    def _today(self, phrase: Phrase, start: int, end: int) -> Phrase | None:
        before, after = self._word_before(start), self._word_after(end)
        around = _around()
        if self._follows(start, around.other_day) or after in around.named_day_after:
            return None
        if before in ("في", "وفي") and phrase.kind == "rday" and self.folded[start:end] == "اليوم":
            if after.startswith("ال") or after in around.year:
                return None
            at = self.folded.rindex(before, 0, start)
            return phrase._replace(start=phrase.start - (start - at), kind="set", type="SET", value="P1D", point=Point())
        return phrase

    def _tomorrow(self, phrase: Phrase, start: int, end: int) -> Phrase | None:
        before = self._word_before(start)
        if self._follows(start, _around().other_day):
            return None
        if self.folded[start:end] != "غدا" or "ً" in self.doc.surface(start, end):
            return phrase
        # Without its ً it may be the verb "became": after قد and its like, or where it opens a sentence before a noun.
        opens = not before and self._word_after(end).startswith("ال")
        return None if opens or self._follows(start, _around().became) else phrase

    def _not_general(self, phrase: Phrase, start: int, end: int) -> Phrase | None:
        at = self.folded.find("العام", start, end)
        if at >= 0 and self._follows(at, _around().general):
            return None
        return phrase

    def _hijri_year(self, phrase: Phrase, start: int, end: int) -> Phrase | None:
        """عام 1436 without هـ: Hijri where that is about now or the text writes Hijri dates elsewhere."""
        year = phrase.point.year or 0
        now = (self.anchor.year - 579) if self.anchor else 1441
        if self.writes_hijri is None:
            self.writes_hijri = bool(_HIJRI_YEAR.search(self.folded))
        if abs(year - now) <= 40 or self.writes_hijri:
            return phrase._replace(point=phrase.point._replace(calendar="hijri"))
        return phrase

    def _bare_year(self, phrase: Phrase, start: int, end: int) -> Phrase | None:
        around = _around()
        after = self._word_after(end)
        if (phrase.point.year or 0) < 1500:
            return None
        if self.accepted[1] == "year" and re.fullmatch(r"[ ،,]*و? ?", self.folded[self.accepted[0] : start]):
            return phrase
        if not self._follows(start, around.year) or self._follows(start, around.events):
            return None
        if self._follows(start, around.weak) and (after in around.counted_after or self.folded[end : end + 2] in (" %", "%")):
            return None
        return phrase

    def _not_counted(self, phrase: Phrase, start: int, end: int) -> Phrase | None:
        after = self._word_after(end)
        return None if after in _around().counted_after or after.endswith("ا") else phrase

    def _homograph(self, phrase: Phrase, start: int, end: int) -> Phrase | None:
        around = _around()
        raw = phrase.check.partition(":")[2]
        if raw in around.with_madda:
            return phrase if "آ" in self.doc.surface(start, end) else None
        if self.accepted[1] == "month" and re.fullmatch(r"[ ،,]*و? ?", self.folded[self.accepted[0] : start]):
            return phrase
        return phrase if raw not in around.never_month and self._follows(start, around.month) else None

    def _plain_day(self, phrase: Phrase, start: int, end: int) -> Phrase | None:
        """خلال يوم is a length; خلال يوم دراسي is a day of study."""
        after = self._word_after(end)
        return phrase if not after or after.startswith("ال") or after in _around().year else None

    def _contract(self, phrase: Phrase, start: int, end: int) -> Phrase | None:
        """بعد عقد من الحرب is a decade; بعد عقد الاجتماع and كل عقد are a meeting held, a contract."""
        return phrase if self._word_after(end) in ("", "من") else None

    def _near(self, phrase: Phrase, start: int, end: int) -> Phrase | None:
        """قريبا من and قريبا للشيء are "close to"."""
        after = self._word_after(end)
        return None if self.folded[start:end] == "قريبا" and (after == "من" or after.startswith("ل")) else phrase

    def _weekday(self, phrase: Phrase, start: int, end: int) -> Phrase | None:
        return None if self._follows(start, _around().not_weekday) else phrase

    def _no_number(self, phrase: Phrase, start: int, end: int) -> Phrase | None:
        return None if self._follows(start, _around().events) else phrase

    def _feast(self, phrase: Phrase, start: int, end: int) -> Phrase | None:
        short = start < _SHORT and len(self.folded) - end < _SHORT
        alone = short and not self.folded[:start].strip() and not self.folded[end:].strip(" .\n")
        return phrase if alone or self._follows(start, _around().feast) else None

    def _part_of(self, phrase: Phrase, start: int, end: int) -> Phrase | None:
        if phrase.kind == "half" or self._word_after(end) == "من":
            return None
        return phrase

    def _never(self, phrase: Phrase, start: int, end: int) -> Phrase | None:
        return None

    def _decade(self, phrase: Phrase, start: int, end: int) -> Phrase | None:
        return phrase if self._follows(start, _around().decade) else None

    def _age(self, phrase: Phrase, start: int, end: int) -> Phrase | None:
        around = _around()
        folded = self.folded
        rest = folded[end : end + 12].lstrip(" ")
        if rest.startswith(around.age_after):
            return None
        before = folded[max(0, start - 40) : start].split()
        if any(word in around.age for word in before[-2:]):
            return None
        left, right = folded[max(0, start - 2) : start].strip(), rest[:1]
        return None if left[-1:] in ("(", "،", ",") and right in (")", "،", ",") else phrase

    def _before_event(self, phrase: Phrase, start: int, end: int) -> Phrase | None:
        """قبل يومين من الاقتراع is two days from something else than now: a length."""
        rest = self.folded[end : end + 14].split()
        if rest[:1] != ["من"] or (rest[1:2] and rest[1] in _around().of_time_after) or phrase.value:
            return phrase
        return phrase._replace(kind="length", type="DURATION", value=(phrase.offset or "").lstrip("-"), offset=None)

    def _clock(self, phrase: Phrase, start: int, end: int) -> Phrase | None:
        around = self.folded[max(0, start - 2) : start] + self.folded[end : end + 2]
        return None if any(mark in around for mark in "-–/.") and not around.endswith((". ", ".\n", ".")) else phrase


_CHECKS: dict[str, Callable[[_Reader, Phrase, int, int], Phrase | None]] = {
    "today": _Reader._today,
    "tomorrow": _Reader._tomorrow,
    "general": _Reader._not_general,
    "hijri year": _Reader._hijri_year,
    "year": _Reader._bare_year,
    "month": _Reader._homograph,
    "weekday": _Reader._weekday,
    "plain day": _Reader._plain_day,
    "near": _Reader._near,
    "contract": _Reader._contract,
    "my": _Reader._no_number,
    "counted": _Reader._not_counted,
    "event": _Reader._no_number,
    "feast": _Reader._feast,
    "part of": _Reader._part_of,
    "season": _Reader._never,
    "decade": _Reader._decade,
    "age": _Reader._age,
    "before event": _Reader._before_event,
    "clock": _Reader._clock,
}


def _with_fields_of(point: Point, other: Point) -> Point:
    """A listed day (3 و4 أيار 2020) takes year and the like from the day it is listed with."""
    return point._replace(year=other.year, dyear=other.dyear, pointing=other.pointing)


# ---------------------------------------------------------------- tense

_CLAUSE_BEFORE, _CLAUSE_AFTER = 160, 100  # characters; newspaper clauses are shorter


@cache
def _tense_pattern() -> re.Pattern[str]:
    tense = read("times")["tense"]
    names = [name for group in read("months")["gregorian"].values() for name in group]
    future, past, present, not_future, not_past = (
        alternation(tense[name]) for name in ("future", "past", "present", "not_future", "not_past")
    )
    not_present = alternation([*tense["not_present"], *(name for name in names if name.startswith("ي"))])
    return re.compile(
        r"[وف]?(?:"
        rf"(?P<future>(?!{not_future}$)س[يتن]\w{{2,}}|{future})"
        rf"|(?P<past>{past}|(?!ال|ي|{not_past}$)\w{{2,}}(?<!ا)ت|(?!ي)\w{{2,}}وا)"
        rf"|(?P<present>(?!{not_present}$)ي\w{{3,}}|{present})"
        r")"
    )


@lru_cache(maxsize=32768)
def _tense_of(word: str) -> str | None:
    """What one word, with the marks on it, says about the tense of its clause."""
    if len(word) > _LONGEST_WORD:
        return None
    match = _tense_pattern().fullmatch(word.strip(_MARKS))
    return match.lastgroup if match else None


_MARKS = "،,.:()[]\"'«»“”‘’/-–"
_LONGEST_WORD = 24


def tense_around(folded: str, start: int, end: int) -> str:
    """The tense of the clause around a span of folded text: past, future, present, unknown; "alone" where there is no clause.

    The nearest verb before the span governs it, else the nearest after.

    >>> tense_around("ستعقد القمه الجمعه", 12, 18), tense_around("عقدت القمه الجمعه", 11, 17), tense_around("الجمعه", 0, 6)
    ('future', 'past', 'alone')
    """
    before = _SENTENCE_END.split(folded[max(0, start - _CLAUSE_BEFORE) : start])[-1].split()
    for word in reversed(before):
        if tense := _tense_of(word):
            return tense
    after = _SENTENCE_END.split(folded[end : end + _CLAUSE_AFTER], maxsplit=1)[0].split()
    for word in after:
        if tense := _tense_of(word):
            return tense
    return "unknown" if any(len(word) > 2 and word.isalpha() for word in (*before, *after)) else "alone"
