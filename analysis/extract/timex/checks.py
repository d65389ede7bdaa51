"""What the text around a phrase says of it: whether it is a date at all, and which.

In goes a phrase with a check named (`lengths` and its like name them), out comes the phrase, changed where need be, or None
where the words before or after it show that it is no date: homographs, names, ages, counted nouns.
"""

from __future__ import annotations

from collections.abc import Callable

from .phrases import Phrase, Point
from .surroundings import WORDS, Surroundings, around

_SHORT = 12  # characters around a phrase that stands alone
_FIRST_HIJRI_NOW = 579  # years between the calendars now
_NEAR_NOW = 40  # Hijri years that a bare number may be from publication

_Check = Callable[[Surroundings, Phrase, int, int], "Phrase | None"]
_CHECKS: dict[str, _Check] = {}


def checked(text: Surroundings, phrase: Phrase, start: int, end: int) -> Phrase | None:
    """The phrase at `start` to `end`, or what it is after all; None where it is no date."""
    name = phrase.check.partition(":")[0]
    return _CHECKS[name](text, phrase, start, end) if name else phrase


def _check(*names: str) -> Callable[[_Check], _Check]:
    def register(function: _Check) -> _Check:
        _CHECKS.update(dict.fromkeys(names, function))
        return function

    return register


@_check("today")
def _today(text: Surroundings, phrase: Phrase, start: int, end: int) -> Phrase | None:
    before, after = text.word_before(start), text.word_after(end)
    counted = after.startswith("ال") and after[2:].isdigit()  # لليوم الـ176
    if after.isdigit():  # في اليوم 176 من الحرب
        counted = (
            before in around().at
            or text.folded[start] == "ل"
            or text.word_after(text.folded.index(after, end) + len(after)) in around().from_after
        )
    if counted or text.ends_name(start, end) or before in around().other_day or after in around().named_day_after:
        return None
    if phrase.kind == "rday" and text.folded[start:end] in around().today and text.folded[start - 1 : start] == "ب":
        if after.startswith("ال"):
            return None
        return phrase._replace(start=phrase.start - 1, kind="set", type="SET", value="P1D", point=Point())  # باليوم: per day
    if phrase.kind == "rday" and text.folded[start:end] in around().today and before in around().at:
        at = text.folded.rindex(before, 0, start)  # في اليوم: per day
        per = text.word_before(at) in around().counted_after
        if after.startswith("ال") or (after in around().year and not per):
            return None
        return phrase._replace(start=phrase.start - (start - at), kind="set", type="SET", value="P1D", point=Point())
    return phrase


@_check("tomorrow")
def _tomorrow(text: Surroundings, phrase: Phrase, start: int, end: int) -> Phrase | None:
    if text.follows(start, around().other_day):
        return None
    if text.folded[start:end] not in around().tomorrow_or_became or "ً" in text.doc.spelled(start, end):
        return phrase
    # Without its ً it may be the verb "became": after قد and its like, or where it opens a sentence before a noun.
    opens = not text.word_before(start) and text.word_after(end).startswith("ال")
    return None if opens or text.follows(start, around().became) else phrase


@_check("general")
def _not_general(text: Surroundings, phrase: Phrase, start: int, end: int) -> Phrase | None:
    """الأمين العام is no year, نهاية السنة المالية none of the calendar."""
    part = phrase.point.mod or phrase.kind in ("quarter", "half")
    if phrase.point.dyear == 0 and part and text.word_after(end) in around().named_year_after:
        return None
    at = text.folded.find(around().general_year, start, end)
    return None if at >= 0 and text.follows(at, around().general) else phrase


@_check("hijri year")
def _hijri_year(text: Surroundings, phrase: Phrase, start: int, end: int) -> Phrase | None:
    """عام 1436 without هـ: Hijri where that is about now or the text writes Hijri dates elsewhere."""
    year = phrase.point.year or 0
    now = (text.anchor.year - _FIRST_HIJRI_NOW) if text.anchor else 1441
    if text.writes_hijri is None:
        text.writes_hijri = bool(around().hijri_year.search(text.folded))
    if abs(year - now) <= _NEAR_NOW or text.writes_hijri:
        return phrase._replace(point=phrase.point._replace(calendar="hijri"))
    return phrase


@_check("year")
def _bare_year(text: Surroundings, phrase: Phrase, start: int, end: int) -> Phrase | None:
    if (phrase.point.year or 0) < 1500:
        return None
    if text.continues(start, "year"):
        return phrase
    bracketed = text.folded[start - 1 : start] == "(" and text.folded[end : end + 1] == ")" and not text.counts(start, end)
    if not (bracketed or text.follows(start, around().year)) or text.follows(start, around().events):
        return None
    counted = text.word_after(end) in around().counted_after or text.folded[end : end + 2] in (" %", "%")
    return None if counted and text.follows(start, around().weak) else phrase


@_check("old year")
def _old_year(text: Surroundings, phrase: Phrase, start: int, end: int) -> Phrase | None:
    """قبل 1830: four digits that are seldom a year by themselves."""
    return _early_year(text, phrase, start, end) if text.follows(start, around().year) else None


@_check("early year")
def _early_year(text: Surroundings, phrase: Phrase, start: int, end: int) -> Phrase | None:
    """A year of few or rare digits, where no word follows that they could count."""
    after = text.word_after(end)
    return phrase if not text.folded[end : end + 1].isspace() or not after or after in around().year else None


@_check("day of month")
def _day_of_month(text: Surroundings, phrase: Phrase, start: int, end: int) -> Phrase | None:
    """في 20 الشهر الجاري is a day; قتل 20 الشهر الجاري is a month."""
    if text.follows(start, around().year):
        return phrase
    length = text.folded.index(" ", start) + 1 - start
    return phrase._replace(start=phrase.start + length, kind="month", point=phrase.point._replace(day=None))


@_check("elided month")
def _elided_month(text: Surroundings, phrase: Phrase, start: int, end: int) -> Phrase | None:
    """A day of a month that is left out stands after a preposition, and before no noun."""
    return phrase if text.follows(start, around().year) else None


@_check("chapter")
def _chapter(text: Surroundings, phrase: Phrase, start: int, end: int) -> Phrase | None:
    return None  # without its year a chapter is no quarter


@_check("counted")
def _not_counted(text: Surroundings, phrase: Phrase, start: int, end: int) -> Phrase | None:
    after = text.word_after(end)
    return None if after in around().counted_after or after.endswith("ا") else phrase


@_check("month")
def _homograph(text: Surroundings, phrase: Phrase, start: int, end: int) -> Phrase | None:
    raw = phrase.check.partition(":")[2]
    if raw in around().with_madda:
        return phrase if "آ" in text.doc.spelled(start, end) else None
    if text.continues(start, "month"):
        return phrase
    return phrase if raw not in around().never_month and text.follows(start, around().month) else None


@_check("plain day")
def _plain_day(text: Surroundings, phrase: Phrase, start: int, end: int) -> Phrase | None:
    """خلال يوم is a length; خلال يوم دراسي and خلال يوم العمل are days of something."""
    after = text.word_after(end)
    return phrase if not after or after in around().year else None


@_check("construct")
def _construct(text: Surroundings, phrase: Phrase, start: int, end: int) -> Phrase | None:
    """بعد أيام is a length; a definite noun right after makes it a construct (خلال ساعات الليل, بعد شهر العسل)."""
    return None if text.folded[end : end + 3] == " ال" else phrase


@_check("contract")
def _contract(text: Surroundings, phrase: Phrase, start: int, end: int) -> Phrase | None:
    """بعد عقد من الحرب is a decade; بعد عقد الاجتماع and كل عقد are a meeting held, a contract."""
    after = text.word_after(end)
    return phrase if not after or after in around().from_after else None


@_check("near")
def _near(text: Surroundings, phrase: Phrase, start: int, end: int) -> Phrase | None:
    """قريبا من and قريبا للشيء are "close to"."""
    after = text.word_after(end)
    close = after in around().from_after or after.startswith(around().near_to)
    return None if close and text.folded[start:end] in around().soon_or_near else phrase


@_check("weekday")
def _weekday(text: Surroundings, phrase: Phrase, start: int, end: int) -> Phrase | None:
    return None if text.follows(start, around().not_weekday) else phrase


@_check("my", "event")
def _no_name(text: Surroundings, phrase: Phrase, start: int, end: int) -> Phrase | None:
    return None if text.follows(start, around().events) else phrase


@_check("fraction")
def _day_in_digits(text: Surroundings, phrase: Phrase, start: int, end: int) -> Phrase | None:
    return phrase._replace(kind="date") if text.follows(start, around().dated) else None


@_check("feast")
def _feast(text: Surroundings, phrase: Phrase, start: int, end: int) -> Phrase | None:
    short = start < _SHORT and len(text.folded) - end < _SHORT
    alone = short and text.folded.lstrip().rstrip(" .\n") == text.folded[start:end]
    return phrase if alone or text.follows(start, around().feast) else None


@_check("part of")
def _part_of(text: Surroundings, phrase: Phrase, start: int, end: int) -> Phrase | None:
    return None if phrase.kind == "half" or text.word_after(end) in around().from_after else phrase


@_check("season")
def _season(text: Surroundings, phrase: Phrase, start: int, end: int) -> Phrase | None:
    return None  # without a year or a pointing word a season is no date


@_check("decade")
def _decade(text: Surroundings, phrase: Phrase, start: int, end: int) -> Phrase | None:
    return phrase if text.follows(start, around().decade) else None


@_check("age")
def _age(text: Surroundings, phrase: Phrase, start: int, end: int) -> Phrase | None:
    folded = text.folded
    rest = folded[end : end + 12].lstrip(" ")
    if rest.startswith(around().age_after):
        return None
    before = WORDS.findall(folded[max(0, start - 40) : start])
    while before and (before[-1] in around().ranging or before[-1][-1].isdigit()):
        before.pop()  # أعمارهم بين 53 و85 عاما
    if not around().age.isdisjoint(before[-2:]):
        return None
    left, right = folded[max(0, start - 2) : start].strip(), rest[:1]
    return None if left[-1:] in ("(", "،", ",") and right in (")", "،", ",") else phrase


@_check("before event")
def _before_event(text: Surroundings, phrase: Phrase, start: int, end: int) -> Phrase | None:
    """قبل يومين من الاقتراع is two days from something else than now: a length."""
    first, second = (*text.folded[end : end + 14].split(), "", "")[:2]
    if first not in around().from_after or second in around().of_time_after:
        return phrase
    return phrase._replace(kind="length", type="DURATION", value=(phrase.offset or "").lstrip("-"), offset=None)


@_check("clock")
def _clock(text: Surroundings, phrase: Phrase, start: int, end: int) -> Phrase | None:
    beside = text.folded[max(0, start - 2) : start] + text.folded[end : end + 2]
    return None if any(mark in beside for mark in "-–/.") and not beside.endswith((". ", ".\n", ".")) else phrase
