"""Quotations: marks paired by where they stand, also wrong, missing and mixed ones; cases in tests/cases/quotes.jsonl."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from timing import is_in_step, processor

from analysis.extract.quotes import Quote, find_quotes, scan_quotes
from analysis.text import fold

HERE = Path(__file__).parent
MARKS = st.text(alphabet="قال نعم لا\n:،. \"“”«»‘’'()ـ\u200f", max_size=80)


def cases() -> list[Any]:
    lines = (HERE / "cases" / "quotes.jsonl").read_text(encoding="utf-8").splitlines()
    return [
        pytest.param(
            case, id=f"{case['group']}: {case['label']}", marks=[pytest.mark.xfail(reason=case["xfail"])] if "xfail" in case else []
        )
        for case in map(json.loads, lines)
    ]


@pytest.mark.parametrize("case", cases())
def test_quotes(case: dict[str, Any]) -> None:
    text = case["text"]
    assert [text[each.inner_start : each.inner_end] for each in find_quotes(text)] == case["quotes"]


@given(MARKS)
def test_spans_hold_and_never_cross(text: str) -> None:
    quotes = find_quotes(text)
    for each in quotes:
        assert 0 <= each.start <= each.inner_start < each.inner_end <= each.end <= len(text)
        assert text[each.inner_start : each.inner_end] == text[each.inner_start : each.inner_end].strip()
    assert quotes == sorted(quotes, key=lambda each: (each.start, -each.end))
    assert len({each.start for each in quotes}) == len(quotes)


def test_the_span_has_the_marks_and_the_inner_span_has_not() -> None:
    assert find_quotes("و«الدار» و") == [Quote(1, 8, 2, 7)]


def test_controls_and_tatweel_beside_marks() -> None:
    text = "قـال:\u200f «نعـم أريد»\u200f ومضى"
    assert [text[each.inner_start : each.inner_end] for each in find_quotes(text)] == ["نعـم أريد"]


@pytest.mark.parametrize("unit", ['"', "“", "«", "'", "” ", "“ا", '("', '"\n"ا', "قال: «"])
def test_time_grows_no_faster_than_the_text(unit: str) -> None:
    def seconds(size: int) -> float:
        doc = fold(unit * (size // len(unit)))
        return processor(lambda: scan_quotes(doc))

    assert is_in_step(seconds, 20_000, 160_000, within=3)
