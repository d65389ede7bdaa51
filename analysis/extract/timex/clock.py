"""Rules for the clock, the parts of the day and time zones."""

from __future__ import annotations

from .phrases import Match, Phrase, Point, rule
from .words import Token  # noqa: TC001 (the rules' module is imported with it anyway)

_FRACTIONS = {"half": 30, "quarter": 15, "third": 20, "the_half": 30, "the_quarter": 15, "the_third": 20}
# What may stand after the hour: و with minutes or a fraction, إلا with either.
_PAST = "(and (int|num):minutes (one_minute|many_minute)|and (half|quarter|third|the_half|the_quarter|the_third):fraction)?"
_SHORT = "(except (half|quarter|third|int|num):less (one_minute|many_minute)?)?"
# What a part of the day before a day shows: مقتل 5 مساء الجمعة counts five of something.
_DAY_FOLLOWS = ("rday", "weekday", "one_day", "int")


@rule(f"about:about? oclock (ord|int|num|clock|decimal):hour {_PAST} {_SHORT} from? (part|adverb|the_part):part?")
@rule(f"(ord|int):hour {_PAST} {_SHORT} (adverb|the_part):part")
@rule(f"at ord:hour {_PAST} {_SHORT} from? (part|adverb|the_part):part")
@rule("ord:hour (and (half|quarter|third|the_half|the_quarter|the_third):fraction)? from (part|adverb):part")
@rule("at ord:hour and (half|quarter|third|the_half|the_quarter|the_third):fraction")
@rule("ord:hour except (half|quarter|third):less")
@rule("clock:hour (part|adverb|the_part|ad):part?")
def _clock(m: Match) -> Phrase | None:
    hour = m["hour"]
    return _at(m, hour, m["part"]) if hour else None


@rule("(int|ord):hour (and (half|quarter|third|the_half|the_quarter|the_third):fraction)? part:part")
def _hour_and_part(m: Match) -> Phrase | None:
    hour = m["hour"]
    return _at(m, hour, m["part"]) if hour and not any(name in _DAY_FOLLOWS for name in m.after()) else None


def _at(m: Match, hour_token: Token, part: Token | None) -> Phrase | None:
    marked = hour_token.name in ("clock", "decimal")
    hour, minute, second = hour_token.value if marked else (hour_token.value, 0, None)
    if hour_token.name == "ord" and (hour > 12 or not hour_token.raw.split()[0].endswith("ه")):
        return None  # hours are feminine
    for name, sign in (("minutes", 1), ("fraction", 1), ("less", -1)):
        token = m[name]
        if token:
            minute += sign * (_FRACTIONS.get(token.name) or (token.value if isinstance(token.value, int) else 0))
    if minute < 0:
        hour, minute = (hour - 1) or 12, minute + 60
    if not isinstance(hour, int) or not 0 <= hour <= 24 or not 0 <= minute < 60:
        return None
    # Digits with minutes are the 24-hour clock unless a word says otherwise; a bare hour up to twelve may be of either half.
    noon = "as written" if marked or hour > 12 or hour == 0 else "unknown"
    if part:
        noon = "pm" if part.name == "ad" else part.value[1]
    point = Point(clock=(hour, minute, second), noon=noon, mod="APPROX" if m["about"] else None)
    start = hour_token.start if m.first.name == "at" else m.start
    alone = m.first.name == "clock" and not part
    return Phrase(start, m.end, "clock", point, "TIME", check="clock" if alone else "")


@rule("part:part weekday:day dash? weekday:next")
def _night_between(m: Match) -> Phrase | None:
    """ليل الخميس الجمعة is the night of the Thursday."""
    if m.value("part")[0] != "TNI" or m.value("next") != (m.value("day") + 1) % 7:
        return None
    return m.phrase("time", Point(weekday=m.value("day"), part="TNI"), type="TIME")


@rule("(part|adverb|the_part):part")
def _part(m: Match) -> Phrase:
    return m.phrase("part", Point(part=m.value("part")[0]), type="TIME")


@rule("(pointing|anaphoric):pointing")
def _pointing(m: Match) -> Phrase:
    return m.phrase("pointing", Point(pointing=m.value("pointing")))


@rule("zone")
def _zone(m: Match) -> Phrase:
    return m.phrase("zone", Point(zone="Z"))


@rule("local")
def _local(m: Match) -> Phrase:
    return m.phrase("zone", Point())
