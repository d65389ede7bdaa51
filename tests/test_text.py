"""Folding keeps the way back: every span found in folded text is reported in the original."""

from __future__ import annotations

import json
import re
import unicodedata
from pathlib import Path
from random import Random
from typing import Any

import pytest
from arabic_reshaper import ArabicReshaper
from hypothesis import given
from hypothesis import strategies as st

import analysis as na
from analysis.text import alternation, fold, fold_key, fold_same, plain_letters

LEFT_OUT = "\u064b\u0651\u0670\u0640\u200f\u202c\ufeff"
# Presentation forms: letters, vowel signs with and without a tatweel, lam-alef with and without hamza, a whole word in a character.
FORMS = "\ufb56\ufbfd\ufe81\ufe83\ufe8e\ufe93\ufee0\ufef0\ufe70\ufe77\ufc60\ufefb\ufef7\ufef6\ufdf2"
texts = (
    st.text(st.sampled_from("أإآاىيةهؤوئ ء ٣3۳\u00a0\n٪%كک،.قد" + LEFT_OUT), max_size=60)
    | st.text(st.sampled_from("لاأهق3 ." + LEFT_OUT + FORMS), max_size=40)
    | st.text(max_size=40)
)


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
        (["وزير", "\ufeed\ufeaf\ufef3\ufeae", "\ufeee\ufeb0\ufef4\u0640\ufead"], "وزير"),
        (["دولار", "\ufea9\ufeed\ufefb\ufead", "دو\ufefcر"], "دولار"),
        (["لأن", "\ufef7\ufee5", "ل\ufe83ن"], "لان"),
        (["الله", "\ufdf2"], "الله"),
        (["مدّ", "م\ufeaa\ufe7d", "\ufee3\ufea9\ufe7c"], "مد"),
        (["100 ريال", "100 \ufdfc"], "100 ريال"),
    ],
)
def test_variants_fold_to_one(variants: list[str], folded: str) -> None:
    assert {fold(variant).folded for variant in variants} == {folded}


@pytest.mark.parametrize(("a", "b"), [("قال", "قالت"), ("مال", "مالي"), ("33", "3 3"), ("سوريا", "سورية")])
def test_different_words_stay_different(a: str, b: str) -> None:
    assert fold(a).folded != fold(b).folded


@given(texts)
def test_a_rare_character_changes_nothing_beside_it(text: str) -> None:
    """A text with a character that no table has is folded another way, and as any other."""
    beside, doc = fold(text + " \U0001f33f"), fold(text)
    assert beside.folded == doc.folded + " \U0001f33f"
    assert [beside.span(at, at + 1) for at in range(len(doc.folded))] == [doc.span(at, at + 1) for at in range(len(doc.folded))]


def test_each_character_is_folded_alike_by_itself_and_in_a_text() -> None:
    for code in range(0xD800):
        assert fold(chr(code)).folded == fold(chr(code) + "\U0001f33f").folded[:-1]


@given(texts)
def test_every_kept_character_leads_back_to_itself(text: str) -> None:
    doc = fold(text)
    for at, character in enumerate(doc.folded):
        origin = doc.origin(at)
        letters, first = fold(text[origin]).folded, doc.to_folded(origin)  # of a ligature, the first of its letters
        assert letters[at - first] == character
        assert doc.origin(first) == origin


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
def test_places_stay_where_nothing_may_shift(text: str) -> None:
    same, plain = fold_same(text), plain_letters(text)
    assert len(same) == len(plain) == len(text)
    assert [fold_same(each) for each in text] == list(same)
    assert fold_key(same) == fold_key(plain) == fold_key(text)


def every_form() -> dict[str, list[str]]:
    """For each letter its presentation forms, for lam-alef its ligatures, by Unicode's own decompositions."""
    forms: dict[str, list[str]] = {}
    for code in (*range(0xFB50, 0xFDF0), *range(0xFE80, 0xFEFD)):
        forms.setdefault(unicodedata.normalize("NFKC", chr(code)), []).append(chr(code))
    return forms


EVERY_FORM = every_form()
WRITTEN = ["ل", "ا", "أ", "و", "ز", "ي", "ر", "ة", "ى", "ئ", "گ", "لا", "لأ", "لإ", "لآ", " ", "3", "\u0651", "."]


@given(st.lists(st.sampled_from(WRITTEN), max_size=30), st.randoms())
def test_forms_of_letters_are_read_like_the_letters(parts: list[str], random: Random) -> None:
    plain = "".join(parts)
    formed = "".join(random.choice([part, *EVERY_FORM.get(part, ())]) for part in parts)
    one, other = fold(plain), fold(formed)
    assert one.folded == other.folded
    assert fold_key(plain) == fold_key(formed)
    for match in re.finditer(r"\w+", other.folded):
        assert other.spelled(*match.span()) == one.surface(*match.span())


def test_a_span_within_a_ligature_has_the_whole_of_it() -> None:
    doc = fold("قال \ufef7حمد: \ufefb")  # لأحمد
    assert doc.folded == "قال لاحمد: لا"
    assert (doc.surface(5, 9), doc.spelled(5, 9)) == ("\ufef7حمد", "أحمد")
    assert doc.surface(4, 5) == "\ufef7"
    assert (doc.to_folded(4), doc.to_folded(5), doc.to_folded(len(doc.text))) == (4, 6, 13)
    spaced = doc.spaced([4, 11])
    assert spaced.folded == "قال  لاحمد:  لا"
    assert (spaced.surface(5, 10), spaced.surface(13, 15)) == ("\ufef7حمد", "\ufefb")
    assert (spaced.to_folded(4), spaced.to_folded(10)) == (5, 13)


def test_every_form_of_a_letter_is_folded() -> None:
    for letter, forms in EVERY_FORM.items():
        if len(letter) == 1 and letter.isalpha():
            assert {fold(form).folded for form in forms} == {fold(letter).folded}, letter


@pytest.mark.parametrize("name", ["amounts", "dates", "hedges", "mentions", "numbers", "statements"])
def test_a_text_in_presentation_forms_is_read_like_the_text(name: str) -> None:
    """As a page of a PDF has it: letters in the forms they take there, lam-alef in one character."""
    reshape = ArabicReshaper(configuration={"delete_harakat": False, "delete_tatweel": False}).reshape
    cases = (Path(__file__).parent / "cases" / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    texts = [case["text"] for case in map(json.loads, cases) if "text" in case]
    assert len(texts) > 20
    for text in texts:
        formed = reshape(text)
        for find in (na.find_statements, na.find_amounts, na.find_dates, na.find_mentions, na.find_hedges):
            found = find(formed)
            assert all(formed[each.start : each.end] == each.text for each in found)
            assert [read(each) for each in found] == [read(each) for each in find(text)], text


def test_a_letter_more_and_one_less_are_no_text_without_shifts() -> None:
    text = "\ufefb رحلة اليوم. قال القبطان سامر رزق: «الرحلة آمنة والبحر هادئ». ثم عاد الركـاب."
    doc = fold(text)
    assert len(doc.folded) == len(text)
    assert not doc.aligned
    assert [each.text for each in na.find_statements(text)] == ["الرحلة آمنة والبحر هادئ"]


def read(row: Any) -> dict[str, Any]:
    """What is read, wherever it stands and however its letters are written."""
    kept = {name: value for name, value in row._asdict().items() if not name.endswith(("start", "end"))}
    return {name: fold_key(value) if isinstance(value, str) else value for name, value in kept.items()}


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
