"""Which neighbouring phrases are one: a weekday and its date, a clock time and its day, a month and its year, two calendars."""

from __future__ import annotations

from .phrases import Phrase, Point

_DAYS = ("rday", "weekday", "date", "dm")
_TIMES = ("clock", "part", "time")
# Which phrases make one with the phrase after them, and by which words between (their classes; () for none).
_MAY_JOIN: dict[tuple[str, str], tuple[tuple[str, ...], ...]] = {}


def _allow(lefts: str, rights: str, *links: str) -> None:
    for left in lefts.split():
        for right in rights.split():
            _MAY_JOIN[left, right] = tuple(tuple(link.split()) for link in links)


_allow("clock", "part", "", "from")
_allow("clock", "rday weekday date dm time", "", "in", "from", "comma", "open", "and")
_allow("part", "rday weekday date dm", "", "from", "open")
_allow("part", "clock", "", "in", "comma", "at", "comma at", "in at", "about")
_allow("rday weekday date dm time", "clock", "", "comma", "dash", "in", "from", "at", "comma at", "in at", "about")
_allow("rday weekday date dm", "part", "", "comma")
_allow("clock", "zone", "", "in", "open")
_allow("time", "zone", "", "in", "open")
_allow("rday", "weekday", "", "open", "comma")
_allow("weekday", "rday", "", "open")
_allow("rday", "date dm", "", "comma", "open", "corresponding", "corresponding for", "in")
_allow(
    "weekday", "date dm", "", "comma", "open", "dash", "corresponding", "corresponding for", "in", "comma corresponding", "other"
)
_allow("date", "weekday", "", "open")
_allow("time", "weekday rday date dm", "", "open", "comma", "in", "from", "corresponding", "corresponding for")
_allow("weekday wday", "week", "", "from", "in")
_allow("month date dm feast time", "pointing", "")
_allow("daynumber", "month", "from", "in")
_allow("weekday", "daynumber", "")
_allow(
    "date month season quarter half feast nthday time",
    "year",
    "",
    "from",
    "for",
    "in",
    "comma",
    "slash",
    "dash",
    "open",
    "from for",
)
_allow("quarter half", "month", "from", "for", "")
_allow("quarter half", "pointing", "")
_allow("firstmonths", "year", "", "from", "for")
_allow("nth", "month", "", "from", "in", "for")
_allow("nth", "year", "from", "")
_allow("edge", "month year week decade century season quarter half span feast", "")
_allow("edge", "set", "")
_allow("date month", "set", "from")
_allow("edge", "nth", "")
_allow("decade", "century", "", "from")
_allow("date", "date", "", "corresponding", "corresponding for", "open", "slash", "dash", "comma", "comma corresponding", "for")


# Kinds that a stretch without a pointing word (العام) may complete.
_COMPLETED = ("edge", "quarter", "half", "month", "date", "season", "firstmonths")
# Checks of the left phrase that the right one settles: with its year a homograph is a month, with its date a weekday a day.
_SETTLED = ("month", "weekday", "part of", "chapter", "season", "feast", "year", "event", "fraction")
# Checks that come with a phrase on the right.
_KEPT = ("general", "tomorrow", "hijri year")


def join(left: Phrase, right: Phrase, links: tuple[str, ...]) -> Phrase | None:
    """The one phrase that two neighbours make, or None where they are two."""
    kind = right.kind.removeprefix("bare ")
    if kind != right.kind and left.kind not in _COMPLETED:
        return None
    if links not in _MAY_JOIN.get((left.kind, kind), ()):
        return None
    if kind == "set":
        return right._replace(start=left.start, point=left.point) if left.kind == "edge" else _every_year(left, right)
    if left.kind == "date" and kind == "date":
        return _two_calendars(left, right)
    if kind == "year":
        twin = left.point.twin
        if twin is not None and twin.year is None:
            return left._replace(end=right.end, point=left.point._replace(twin=twin._replace(year=right.point.year)))
        if not _takes_year(left, right, links):
            return None
    if kind == "pointing" and left.kind in ("quarter", "half") and left.point.month is None:
        return None
    united = _united(left.point, right.point)
    if united is None:
        return None
    if left.kind == "half" and (united.month is not None or united.dmonth is not None):
        united = united._replace(mod="START" if united.half == 1 else "END")  # TIMEX3 has no value for half a month
    if left.kind == "firstmonths":
        return Phrase(left.start, right.end, "date", united)
    type_ = "TIME" if "TIME" in (left.type, right.type) else left.type
    return left._replace(
        end=right.end, point=united, kind=_united_kind(left, kind), type=type_, check=_united_check(left, right, kind)
    )


def _two_calendars(left: Phrase, right: Phrase) -> Phrase | None:
    """One day by two calendars; two days of one calendar are two."""
    a, b = left.point, right.point
    if (a.calendar == "hijri") == (b.calendar == "hijri") or (a.calendar or b.calendar) != "hijri":
        return None
    hijri, other = (a, b) if a.calendar == "hijri" else (b, a)
    weekday = a.weekday if a.weekday is not None else b.weekday
    return left._replace(end=right.end, point=hijri._replace(twin=other, weekday=weekday), check="")


def _takes_year(left: Phrase, right: Phrase, links: tuple[str, ...]) -> bool:
    a, b = left.point, right.point
    if a.year is not None or a.dyear is not None or (b.until and a.day) or (left.kind == "time" and a.month is None):
        return False
    # أول أسبوع في 2020 is fine with عام; bare digits after في may be a number
    return not ("in" in links and b.dyear is None and right.check == "year")


def _united_check(left: Phrase, right: Phrase, kind: str) -> str:
    if kind == "year" and left.point.calendar == "hijri":
        return ""
    if left.kind == "edge":
        return "" if right.check == "year" or right.check.startswith("month:") else right.check
    if right.check in _KEPT:
        return right.check
    settled = left.check in _SETTLED or left.check.startswith("month:") or right.check == "today"
    return "" if settled else left.check


def _every_year(left: Phrase, right: Phrase) -> Phrase | None:
    """23 أيلول من كل عام."""
    if right.value != "P1Y" or left.point.year is not None:
        return None
    value = right.value
    if left.point.calendar is None:
        value = f"XXXX-{left.point.month:02d}" + (f"-{left.point.day:02d}" if left.point.day else "")
    return right._replace(start=left.start, value=value)


def _united_kind(left: Phrase, right: str) -> str:
    if left.kind in ("edge", "wday"):
        return right if left.kind == "edge" else "date"
    if left.kind in _TIMES or right in ("clock", "part"):
        return "time"
    if left.kind in ("rday", "weekday") and right in ("date", "dm"):
        return "date"
    if left.kind == "weekday" and right == "week":
        return "date"
    if left.kind == "daynumber" or (left.kind, right) == ("dm", "pointing"):
        return "date"
    if left.kind == "nth":
        return "nthday"
    return left.kind


def _united(a: Point, b: Point) -> Point | None:
    """What both say, or None where they say different things of one field."""
    fields = []
    for one, other in zip(a, b, strict=True):
        if one is not None and other is not None and one != other:
            return None
        fields.append(other if one is None else one)
    return Point(*fields)
