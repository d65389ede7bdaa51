"""Dates, times, lengths and sets; cases in tests/cases/dates.jsonl, each group one meaning or one kind of thing that is no date."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from timing import is_in_step, processor

from analysis.extract.dates import Date, find_dates
from analysis.extract.timex.calendar import bounds, grain
from analysis.extract.timex.vocabulary import vocabulary
from analysis.lexicon import read
from analysis.schema import CALENDARS, DATE_MODS, DATE_TYPES, GRAINS
from analysis.text import fold_key

HERE = Path(__file__).parent
SHARED = HERE.parent.parent / "shared"
DAY = date(2020, 7, 11)


def cases() -> list[Any]:
    lines = (HERE / "cases" / "dates.jsonl").read_text(encoding="utf-8").splitlines()
    return [
        pytest.param(
            case, id=f"{case['group']}: {case['label']}", marks=[pytest.mark.xfail(reason=case["xfail"])] if "xfail" in case else []
        )
        for case in map(json.loads, lines)
    ]


def told(found: Date) -> dict[str, str]:
    """What a case says of a date: what is not there is left out, and the usual calendar."""
    fields = {name: getattr(found, name) for name in ("text", "type", "value", "mod", "offset", "calendar")}
    return {name: value for name, value in fields.items() if value is not None and value != "gregorian"}


@pytest.mark.parametrize("case", cases())
def test_cases(case: dict[str, Any]) -> None:
    published = date.fromisoformat(case["published"]) if case["published"] else None
    assert [told(found) for found in find_dates(case["text"], published=published)] == case["dates"]


def value(text: str, published: date | None = DAY) -> str:
    (found,) = find_dates(text, published=published)
    return found.value


@pytest.mark.parametrize(
    ("text", "first", "last", "unit"),
    [
        ("7 نيسان 2020", datetime(2020, 4, 7), datetime(2020, 4, 7, 23, 59, 59, 999999), "day"),
        ("شباط 2020", datetime(2020, 2, 1), datetime(2020, 2, 29, 23, 59, 59, 999999), "month"),
        ("الأسبوع المقبل", datetime(2020, 7, 13), datetime(2020, 7, 19, 23, 59, 59, 999999), "week"),
        ("الربع الأول من 2019", datetime(2019, 1, 1), datetime(2019, 3, 31, 23, 59, 59, 999999), "quarter"),
        ("النصف الثاني من 2019", datetime(2019, 7, 1), datetime(2019, 12, 31, 23, 59, 59, 999999), "half"),
        ("شتاء 2019", datetime(2019, 12, 1), datetime(2020, 2, 29, 23, 59, 59, 999999), "season"),
        ("الثمانينيات", datetime(1980, 1, 1), datetime(1989, 12, 31, 23, 59, 59, 999999), "decade"),
        ("القرن التاسع عشر", datetime(1800, 1, 1), datetime(1899, 12, 31, 23, 59, 59, 999999), "century"),
        ("عام 1440هـ", datetime(2018, 9, 11), datetime(2019, 8, 30, 23, 59, 59, 999999), "day"),
        ("بين عامي 2011 و2014", datetime(2011, 1, 1), datetime(2014, 12, 31, 23, 59, 59, 999999), "year"),
        ("أمس الساعة 14:30", datetime(2020, 7, 10, 14, 30), datetime(2020, 7, 10, 14, 30, 59, 999999), "minute"),
        ("ليلة الخميس", datetime(2020, 7, 9, 18), datetime(2020, 7, 10, 5, 59, 59, 999999), "day"),
        ("نهاية العام الحالي", datetime(2020, 1, 1), datetime(2020, 12, 31, 23, 59, 59, 999999), "year"),
        ("خلال 3 أشهر", None, None, "month"),
        ("منذ أشهر", None, None, None),
    ],
)
def test_bounds_and_grain_follow_from_the_value(text: str, first: datetime | None, last: datetime | None, unit: str | None) -> None:
    (found,) = find_dates(text, published=DAY)
    assert (found.first, found.last, found.grain) == (first, last, unit)


def test_a_datetime_anchors_by_its_day_and_nothing_unknown_has_bounds() -> None:
    assert value("أمس", datetime(2020, 7, 11, 1, 30)) == "2020-07-10"
    (found,) = find_dates("في 4 حزيران")
    assert (found.value, found.first, found.last) == ("XXXX-06-04", None, None)


@pytest.mark.parametrize("day", [date.min, date.max])
def test_the_ends_of_the_calendar(day: date) -> None:
    text = "أمس وغداً والعام الماضي والأسبوع المقبل وقبل 3000 سنة وبعد غد و15 شعبان والسبت و29 شباط ومنذ 99999999999 يوماً"
    for found in find_dates(text, published=day):
        assert text[found.start : found.end] == found.text


WORDS = sorted(vocabulary())
PIECES = st.lists(
    st.one_of(
        st.sampled_from(WORDS),
        st.sampled_from(["قال", "ستعلن", "و", "في", "،", ".", "\n", "(", ")", "/", "-", ":", "\u200f", "ـ", "ً", "هـ", "م", "%"]),
        st.integers(0, 10**13).map(str),
        st.from_regex(r"[0-9]{1,4}[/:.-][0-9]{1,2}([/:.-][0-9]{1,4})?", fullmatch=True),
        st.text(max_size=4),
    ),
    max_size=12,
)


@settings(max_examples=300, deadline=None)
@given(PIECES, st.sampled_from([" ", ""]), st.one_of(st.none(), st.dates()))
def test_any_text_is_read_and_offsets_never_lie(pieces: list[str], glue: str, published: date | None) -> None:
    text = glue.join(pieces)
    after = 0
    for found in find_dates(text, published=published):
        assert text[found.start : found.end] == found.text
        assert after <= found.start < found.end
        after = found.end
        assert found.type in DATE_TYPES
        assert found.mod is None or found.mod in DATE_MODS
        assert found.grain is None or found.grain in GRAINS
        assert found.calendar in CALENDARS
        assert (found.first, found.last) == bounds(found.value)
        assert found.grain == grain(found.value)
        assert (found.first is None) == (found.last is None)
        assert found.first is None or found.first <= found.last


@settings(max_examples=200, deadline=None)
@given(st.dates(date(1950, 1, 1), date(2090, 1, 1)), st.dates(date(1990, 1, 1), date(2060, 1, 1)))
def test_a_full_date_does_not_depend_on_the_day_of_publication(day: date, published: date) -> None:
    month = read("months")["gregorian"][str(day.month)][0]
    for text in (f"{day.day} {month} {day.year}", f"{day.day}/{day.month}/{day.year}", f"{day.year}-{day.month:02d}-{day.day:02d}"):
        assert value(text, published) == day.isoformat()


@settings(max_examples=200, deadline=None)
@given(st.dates(date(1990, 1, 1), date(2060, 1, 1)), st.integers(0, 6))
def test_a_bare_weekday_lies_within_a_week_on_the_side_of_the_tense(published: date, weekday: int) -> None:
    name = read("months")["weekdays"][str(weekday)][0]
    past = date.fromisoformat(value(f"وصلت الوزيرة {name}", published))
    future = date.fromisoformat(value(f"ستصل الوزيرة {name}", published))
    assert past.weekday() == future.weekday() == weekday
    assert 0 <= (published - past).days < 7
    assert 0 <= (future - published).days < 7


@pytest.mark.parametrize(
    "piece",
    [
        "يناير ", "1", "1 ", "1/", "/", "1-", "1:", "1/2/2020 ", "11:03 يناير ", "2011 ", "منذ ", "الجمعة و", "ثلاثة ", "(يناير ",
        "الساعة 3 ", "عام 1436 ", "عيد الأضحى ", "العام الماضي ", "صباح ", "3 أيام و", " ", "\n", "غدا ", "اليوم ",
    ],
)  # fmt: skip
def test_time_grows_with_the_text_alone(piece: str) -> None:
    def seconds(length: int) -> float:
        text = (piece * (length // len(piece) + 1))[:length]
        return processor(lambda: find_dates(text, published=DAY))

    assert is_in_step(seconds, 10_000, 80_000, within=3)


# ---------------------------------------------------------------- the tables


def test_every_month_and_weekday_of_cldr_is_known() -> None:
    babel = pytest.importorskip("babel")
    months = {fold_key(form): int(number) for number, forms in read("months")["gregorian"].items() for form in forms}
    for name in ("ar", "ar_SA", "ar_EG", "ar_SY", "ar_LB", "ar_IQ", "ar_TN", "ar_DZ", "ar_MA", "ar_MR"):
        locale = babel.Locale.parse(name)
        for number, form in locale.months["format"]["wide"].items():
            assert months.get(fold_key(form)) == number, (name, form)
        for number, form in locale.days["format"]["wide"].items():
            assert fold_key(form) in {fold_key(each) for each in read("months")["weekdays"][str(number)]}, (name, form)


def test_no_name_stands_for_two_months() -> None:
    for table in ("gregorian", "hijri", "weekdays"):
        seen: dict[str, str] = {}
        for number, forms in read("months")[table].items():
            for form in forms:
                assert seen.setdefault(fold_key(form), number) == number, form


# ---------------------------------------------------------------- against annotated articles


def test_annotated_articles() -> None:
    """Dates found and right, by type and day of the value, on the annotated articles beside the repository."""
    if not (SHARED / "gold" / "dev.jsonl").exists():
        pytest.skip("no annotated articles at ../shared/gold")
    texts = {row["article_id"]: row for row in rows("dev_articles")}
    right = predicted = wanted = 0
    for gold in rows("dev"):
        found = find_dates(texts[gold["article_id"]]["text"], published=date.fromisoformat(gold["published"][:10]))
        must = [row for row in gold["dates"] if not row.get("optional")]
        free = [row for row in gold["dates"] if row.get("optional")]
        wanted += len(must)
        predicted += sum(any(overlap(each, row) for row in must) or not any(overlap(each, row) for row in free) for each in found)
        right += sum(any(overlap(each, row) and same_day(each.value, row["value"]) for each in found) for row in must)
    assert 2 * right / (predicted + wanted) >= 0.97


def rows(name: str) -> list[Any]:
    return [json.loads(line) for line in (SHARED / "gold" / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]


def overlap(found: Date, row: dict[str, Any]) -> bool:
    return min(found.end, row["end"]) > max(found.start, row["start"])


def same_day(one: str, other: str) -> bool:
    def day(each: str) -> str:
        return each.partition("T")[0] if each[0] in "0123456789X" else each

    return day(one) == day(other)
