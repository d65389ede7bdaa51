"""Amounts: cases as data in cases/amounts.jsonl, negatives beside positives, and what must hold for any text."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from timing import is_in_step, processor

from analysis.extract.amounts import Amount, find_amounts, scan_amounts
from analysis.extract.currencies import currency_after
from analysis.lexicon import read
from analysis.schema import ACTIONS, AMOUNT_KINDS, MODIFIERS
from analysis.text import fold

CASES = [json.loads(line) for line in (Path(__file__).parent / "cases" / "amounts.jsonl").read_text(encoding="utf-8").splitlines()]
SHARED = Path(__file__).parents[2] / "shared"


def params():
    for case in CASES:
        marks = [pytest.mark.xfail(reason=case["xfail"], strict=True)] if "xfail" in case else []
        yield pytest.param(case, id=f"{case['label']}: {case['text'][:30]!r}", marks=marks)


@pytest.mark.parametrize("case", list(params()))
def test_amounts(case):
    found = find_amounts(case["text"], country=case.get("country"))
    got = [{name: getattr(amount, name) for name in expected} for amount, expected in zip(found, case["amounts"], strict=False)]
    assert len(found) == len(case["amounts"]), found
    for each, expected in zip(got, case["amounts"], strict=True):
        assert each == pytest.approx(expected), found


def test_negatives_are_as_many_as_each_kind_needs():
    assert sum(not case["amounts"] for case in CASES) >= 60


@pytest.mark.replaces
def test_a_date_that_is_only_digits_yields_to_a_currency():
    class Span:
        start, end = 0, 4

    assert [amount.value for amount in scan_amounts(fold("2000 دولار"), [Span()])] == [2000]
    assert scan_amounts(fold("2000 عملت"), [Span()]) == []


CURRENCIES = [(code, name) for code, names in read("currencies")["names"].items() for name in names]


@pytest.mark.parametrize(("code", "name"), CURRENCIES, ids=[f"{code} {name}" for code, name in CURRENCIES])
def test_every_name_of_the_table_is_its_currency(code, name):
    doc = fold(f"5 {name}")
    currency = currency_after(doc, 1)
    assert currency is not None
    assert (currency.code, currency.end) == (code, len(doc.folded))


def test_every_code_of_the_table_is_tender():
    table = read("currencies")
    codes = set(table["codes"]["current"])
    named = {entry["bare"] for entry in (*table["nouns"].values(), *table["parts"].values())} - {"", "no money", "as written"}
    named |= {code for entry in table["nouns"].values() for code in (*entry.get("of", {}), *entry.get("country", {}).values())}
    named |= set(table["signs"].values()) | (set(table["abbreviations"].values()) - {""})
    assert named <= codes
    assert {iso for entry in table["nouns"].values() for iso in entry.get("country", {})} <= set(table["countries"])


def test_actions_and_modifiers_are_the_schema_s():
    assert set(read("actions")) - {"none", "government"} == set(ACTIONS)
    assert set(read("amounts")["before"]) | set(read("amounts")["after"]) <= set(MODIFIERS)


WORDS = """بين و من إلى 5 7 3,5 2ر5 ملايين مليون ألف دولار دولارا ليرة سورية % في المئة جندي الـ600 عشرات الآلاف نحو أكثر تجاوز على
الأقل خلال أشهر $ ( ) . ، - كوفيد 19 عاما منهم سنت كلم مربع ثلاثة USD د.إ ـ"""
PIECES = st.sampled_from([*WORDS.split(), "\n", "\u200f"])


@given(st.one_of(st.text(), st.lists(PIECES, max_size=16).map(" ".join), st.lists(PIECES, max_size=16).map("".join)))
def test_spans_are_the_surface_and_fields_are_the_schema_s(text):
    for amount in find_amounts(text):
        assert isinstance(amount, Amount)
        assert text[amount.start : amount.end] == amount.text != ""
        assert amount.kind in AMOUNT_KINDS
        assert amount.modifier in MODIFIERS
        assert amount.action is None or amount.action in ACTIONS
        assert all(number is None or isinstance(number, float) for number in (amount.value, amount.low, amount.high))
        assert (amount.value is None) == (amount.modifier in ("range", "vague"))
        assert (amount.high is not None) == (amount.modifier == "range")


LONG = ["ألف " * 10_000, "7" * 10**6, "5 دولار و" * 2_000, "بين 5 و" * 4_000, "5 ريال " * 2_000, "عدد القتلى إلى 5 " * 2_000]


@pytest.mark.parametrize("text", LONG)
def test_long_input_is_no_trouble(text):
    scan_amounts(fold(text), [])


def test_money_cases_of_other_projects():
    path = SHARED / "peers" / "cases.jsonl"
    if not path.exists():
        pytest.skip("the other projects' cases lie outside the repository, in ../shared/peers")
    cases = [case for case in map(json.loads, path.read_text(encoding="utf-8").splitlines()) if case["kind"] == "money"]
    right = 0
    for case in cases:
        got = [amount.value for amount in find_amounts(case["text"]) if amount.kind == "money"]
        right += len(got) == 1 and got[0] == pytest.approx(case["expected"], rel=1e-5)
    assert right / len(cases) >= 0.96


def test_time_grows_with_the_text():
    for unit in ("ألف ", "5 دولار و", "5 ريال ", "بين 5 و7 ملايين "):
        docs = {size: fold(unit * size) for size in (800, 6_400)}
        assert is_in_step(
            lambda size, docs=docs: processor(lambda: scan_amounts(docs[size], [])), 800, 6_400, within=3
        )  # 8 where quadratic
