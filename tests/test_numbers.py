"""Numbers: cases as data in cases/numbers.jsonl, one value with all its spellings, and what must hold for any text."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.extract.number_words import words
from analysis.extract.numbers import find_numbers, parse_number, scan_numbers
from analysis.lexicon import read
from analysis.text import fold

CASES = [json.loads(line) for line in (Path(__file__).parent / "cases" / "numbers.jsonl").read_text(encoding="utf-8").splitlines()]
SHARED = Path(__file__).parents[2] / "shared" / "peers" / "cases.jsonl"


def params(cases):
    for case in cases:
        marks = [pytest.mark.xfail(reason=case["xfail"], strict=True)] if "xfail" in case else []
        for text in case.get("texts", [case.get("text")]):
            values = [case["value"]] if "value" in case else case["values"]
            yield pytest.param(text, values, id=f"{case['label']}: {text[:30]!r}", marks=marks)


def close(got, expected):
    return len(got) == len(expected) and all(abs(a - b) <= 1e-9 * max(1, abs(b)) for a, b in zip(got, expected, strict=True))


PHRASES = [case for case in CASES if "value" in case and case["label"] != "percent leaves the number"]


@pytest.mark.parametrize(("text", "values"), list(params(CASES)))
def test_values(text, values):
    got = [number.value for number in find_numbers(text)]
    assert close(got, values), got


@pytest.mark.parametrize(("text", "values"), list(params(PHRASES)))
def test_a_phrase_that_is_a_number_parses(text, values):
    value = parse_number(text)
    assert value is not None
    assert close([value], values)


def test_no_number_is_none():
    assert parse_number("كتاب") is None
    assert parse_number("ثلاثة كتب") is None
    assert parse_number("") is None


def test_vague_plurals_and_ordinals_are_told():
    found = scan_numbers(fold("عشرات الآلاف في القرن الحادي والعشرين"))
    assert [(each.value, each.low, each.ordinal) for each in found] == [(None, 10_000, False), (21, None, True)]


def test_scale_is_told():
    assert [(each.value, each.scale) for each in scan_numbers(fold("5 و7 ملايين"))] == [(5, 1), (7_000_000, 1_000_000)]


def test_whole_values_are_ints():
    assert all(isinstance(number.value, int) for number in find_numbers("3.5 مليون و1919.00 وألف"))


UNITS = ["واحد", "اثنان", "ثلاثة", "أربعة", "خمسة", "ستة", "سبعة", "ثمانية", "تسعة", "عشرة"]
TENS = ["عشرون", "ثلاثون", "أربعون", "خمسون", "ستون", "سبعون", "ثمانون", "تسعون"]
HUNDREDS = ["مئة", "مئتان", "ثلاثمئة", "أربعمئة", "خمسمئة", "ستمئة", "سبعمئة", "ثمانمئة", "تسعمئة"]


def spell_below_thousand(number):
    parts = [HUNDREDS[number // 100 - 1]] if number >= 100 else []
    rest = number % 100
    if rest in (11, 12):
        parts.append("أحد عشر" if rest == 11 else "اثنا عشر")
    elif 13 <= rest <= 19:
        parts.append(UNITS[rest % 10 - 1] + " عشر")
    elif 1 <= rest <= 10:
        parts.append(UNITS[rest - 1])
    elif rest:
        if rest % 10:
            parts.append(UNITS[rest % 10 - 1])
        parts.append(TENS[rest // 10 - 2])
    return " و".join(parts)


def spell(number):
    parts = []
    for scale, one, two, few, many in (
        (10**9, "مليار", "ملياران", "مليارات", "مليارا"),
        (10**6, "مليون", "مليونان", "ملايين", "مليونا"),
        (10**3, "ألف", "ألفان", "آلاف", "ألفا"),
    ):
        count, number = divmod(number, scale)
        if count in (1, 2):
            parts.append(one if count == 1 else two)
        elif count:
            word = few if 3 <= count % 100 <= 10 else one if count % 100 == 0 else many
            parts.append(f"{spell_below_thousand(count)} {word}")
    if number or not parts:
        parts.append(spell_below_thousand(number) if number else "صفر")
    return " و".join(parts)


@given(st.integers(0, 10**12 - 1))
def test_spelled_numbers_read_back(number):
    assert parse_number(spell(number)) == number


@given(st.integers(1000, 10**15), st.sampled_from([",", "٬"]))
def test_grouped_digits_read_back(number, mark):
    assert parse_number(f"{number:,}".replace(",", mark)) == number


@given(st.integers(0, 10**6), st.integers(1, 99), st.sampled_from([".", "٫", ","]))
def test_decimal_digits_read_back(whole, hundredths, mark):
    assert parse_number(f"{whole}{mark}{hundredths:02}") == pytest.approx(whole + hundredths / 100)


PIECES = ["و", "ال", "دولار", "5", "3,5", "2ر5", "\n", "ـ", "\u200f", "-", "/", "،", ".", "في المئة", "آلاف", "مليونا"]
WORDS = st.sampled_from([*list(words())[::7], *PIECES])
MIXED = st.one_of(st.text(), st.lists(WORDS, max_size=12).map(" ".join), st.lists(WORDS, max_size=12).map("".join))


@given(MIXED)
def test_spans_are_the_surface_in_order(text):
    end = 0
    for number in find_numbers(text):
        assert text[number.start : number.end] == number.text != ""
        assert number.start >= end
        end = number.end


LONG = ["ألف " * 20_000, "7" * 10**6, "مليون و" * 10_000, "5 " * 15_000, "و" * 200_000, "1." * 50_000, "صفر فاصلة " * 8_000]


@pytest.mark.parametrize("text", LONG)
def test_long_input_is_no_trouble(text):
    find_numbers(text)


def test_the_table_is_sound():
    table = read("numbers")
    for section in ("units", "tens", "hundreds", "teens"):
        forms = [form for forms in table[section].values() for form in forms]
        assert len(forms) == len(set(forms)), section
    values = [scale["value"] for scale in table["scales"].values()]
    assert values == sorted(values)


def test_cases_of_other_projects():
    if not SHARED.exists():
        pytest.skip("the other projects' cases lie outside the repository, in ../shared/peers")
    cases = [json.loads(line) for line in SHARED.read_text(encoding="utf-8").splitlines()]
    numbers = [case for case in cases if case["kind"] == "number"]
    right = [close([number.value for number in find_numbers(case["text"])], case["expected"]) for case in numbers]
    assert sum(right) / len(right) >= 0.97
    spelled = [ok for case, ok in zip(numbers, right, strict=True) if case["suite"].startswith("roundtrip")]
    assert sum(spelled) >= 509
