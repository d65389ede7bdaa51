"""Folding keeps the way back: every span found in folded text is reported in the original."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.text import alternation, fold, fold_key, fold_same

LEFT_OUT = "\u064b\u0651\u0670\u0640\u200f\u202c\ufeff"
texts = st.text(st.sampled_from("أإآاىيةهؤوئ ء ٣3۳\u00a0\n٪%كک،.قد" + LEFT_OUT), max_size=60) | st.text(max_size=40)


@pytest.mark.parametrize(
    ("variants", "folded"),
    [
        (["أكد", "اكد", "أكّد", "إكد", "أكـد", "آكد"], "اكد"),
        (["على", "علي", "علی"], "علي"),
        (["مئة", "مئه"], "ميه"),
        (["٣٣", "33", "۳۳"], "33"),
        (["5٪", "5%", "٥٪"], "5%"),
        (["مسؤول", "مسوول"], "مسوول"),
        (["الـ600", "ال\u200f600", "ال٦٠٠"], "ال600"),
        (["التحالف\u00a0الدولي", "التحالف الدولي", "التحالف\u2009الدولي"], "التحالف الدولي"),
    ],
)
def test_variants_fold_to_one(variants: list[str], folded: str) -> None:
    assert {fold(variant).folded for variant in variants} == {folded}


@pytest.mark.parametrize(("a", "b"), [("قال", "قالت"), ("مال", "مالي"), ("33", "3 3"), ("سوريا", "سورية")])
def test_different_words_stay_different(a: str, b: str) -> None:
    assert fold(a).folded != fold(b).folded


@given(texts)
def test_every_kept_character_leads_back_to_itself(text: str) -> None:
    doc = fold(text)
    for at, character in enumerate(doc.folded):
        origin = doc.origin(at)
        assert fold_same(text[origin]) == character
        assert doc.to_folded(origin) == at


@given(texts)
def test_spans_are_the_words_between(text: str) -> None:
    doc = fold(text)
    for match in re.finditer(r"\w+", doc.folded):
        start, end = doc.span(*match.span())
        assert fold(text[start:end]).folded == match.group()
        assert doc.surface(*match.span()) == text[start:end]


@given(texts)
def test_offsets_into_the_folded_text_never_run_backwards(text: str) -> None:
    doc = fold(text)
    ways = [doc.to_folded(at) for at in range(len(text) + 1)]
    assert ways == sorted(ways)
    assert ways[-1] == len(doc.folded)


@given(texts)
def test_folding_twice_changes_nothing(text: str) -> None:
    once = fold(text).folded
    assert fold(once).folded == once


@given(st.lists(st.text(st.sampled_from("ابتقد "), min_size=1, max_size=6).filter(str.strip), max_size=12))
def test_alternation_matches_its_phrases_and_no_others(phrases: list[str]) -> None:
    pattern = re.compile(alternation(phrases))
    keys = {fold_key(phrase) for phrase in phrases}
    for key in keys:
        assert pattern.fullmatch(key)
        assert bool(pattern.fullmatch(key + "ق")) == (key + "ق" in keys)
    assert not pattern.fullmatch("")


def test_alternation_takes_the_longest() -> None:
    found = re.compile(alternation(["قوات", "قوات سوريا", "قوات سوريا الديمقراطية"])).match("قوات سوريا  الديمقراطيه في الحسكه")
    assert found is not None
    assert found.group() == "قوات سوريا  الديمقراطيه"
