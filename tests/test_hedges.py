"""Hedges: only in the form and context that make them so; cases in tests/cases/hedges.jsonl."""

from __future__ import annotations

import json
import time
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.extract.hedges import scan_hedges
from analysis.extract.quotes import scan_quotes
from analysis.extract.statements import Statement
from analysis.lexicon import read
from analysis.schema import HEDGE_KINDS, VOICES
from analysis.text import fold

HERE = Path(__file__).parent


def cases() -> list[Any]:
    lines = (HERE / "cases" / "hedges.jsonl").read_text(encoding="utf-8").splitlines()
    return [
        pytest.param(
            case, id=f"{case['group']}: {case['label']}", marks=[pytest.mark.xfail(reason=case["xfail"])] if "xfail" in case else []
        )
        for case in map(json.loads, lines)
    ]


@pytest.mark.parametrize("case", cases())
def test_hedges(case: dict[str, Any]) -> None:
    doc = fold(case["text"])
    assert [f"{each.kind}:{each.text}" for each in scan_hedges(doc, scan_quotes(doc), [])] == case["hedges"]


def said(text: str, content: str, kind: str, cue: str) -> Statement:
    start, at = text.index(content), text.index(cue)
    return Statement(
        start,
        start + len(content),
        content,
        kind,
        cue,
        at,
        at + len(cue),
        cue,
        "neutral",
        None,
        None,
        None,
        None,
        False,
        1.0,
        "test",
    )


def voices(text: str, content: str, kind: str, cue: str = "قال") -> list[tuple[str, str]]:
    doc = fold(text)
    return [(each.text, each.voice) for each in scan_hedges(doc, scan_quotes(doc), [said(text, content, kind, cue)])]


def test_reported_words_are_the_speakers() -> None:
    assert voices("قال إن الجار قصفهم بحجة الأمن", "إن الجار قصفهم بحجة الأمن", "indirect") == [("بحجة", "paraphrase")]


def test_quoted_words_are_the_speakers() -> None:
    assert voices("قال: «قصفونا بحجة الأمن»", "قصفونا بحجة الأمن", "direct") == [("بحجة", "quotation")]


def test_an_aside_about_the_speaker_is_the_narrators() -> None:
    text = "قال إن الطريق آمن، على حد زعمه، والجسر مفتوح"
    assert voices(text, "إن الطريق آمن، على حد زعمه، والجسر مفتوح", "indirect") == [("على حد زعمه", "narrator")]


def test_a_cue_makes_according_to_an_attribution() -> None:
    text = "الطريق آمن بحسب نجوى"
    assert voices(text, "الطريق آمن", "indirect", "بحسب") == [("بحسب", "narrator")]
    assert voices(text, "الطريق آمن", "indirect", "آمن") == []


WORDS = """بحجة زعم حسب زعمه ما يسمى بـ كما يدعي أن المدعي العام وفقاً لقوله « » . تحت غطاء جوي
بَزْعم"""
words = st.sampled_from([*WORDS.split(), "\n"])


@given(st.lists(words, max_size=12).map(" ".join) | st.lists(words, max_size=9).map("".join) | st.text(max_size=40))
def test_spans_are_the_words(text: str) -> None:
    doc = fold(text)
    found = scan_hedges(doc, scan_quotes(doc), [])
    for each in found:
        assert text[each.start : each.end] == each.text != ""
        assert each.kind in HEDGE_KINDS
        assert each.voice in VOICES
    assert all(one.end <= other.start for one, other in pairwise(found))


@pytest.mark.parametrize("text", ["بحجة " * 50_000, "يدعي " * 50_000, "ما يسمى" * 40_000, "حسب ما " * 40_000, "تزعم ا " * 40_000])
def test_the_worst_takes_linear_time(text: str) -> None:
    doc = fold(text)
    started = time.process_time()
    scan_hedges(doc, [], [])
    assert time.process_time() - started < 15


def test_the_lexicon_is_whole() -> None:
    data = read("hedges")
    known = {"kind", "forms", "aside", "next", "not_next", "not_before", "within", "follow", "cue", "not_written"}
    for rule in data["rule"]:
        assert set(rule) <= known
        assert rule["kind"] in HEDGE_KINDS
        assert rule["forms"]
    assert {rule["kind"] for rule in data["rule"]} == set(HEDGE_KINDS)
