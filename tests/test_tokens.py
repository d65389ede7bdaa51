"""Tokens: a text cut once, whole and in order; what is asked of spellings and gaps is asked once and stays true."""

from __future__ import annotations

import re
from bisect import bisect_right

import pytest
from hypothesis import given
from hypothesis import strategies as st
from timing import is_in_step, processor

from analysis import tokens
from analysis.extract.anchors import Anchors
from analysis.tokens import Family, Memory, Tokens, words_in

TEXTS = st.text(st.sampled_from("ابجدقلوw9_ .،\n«»:-½²ء\u0301\ud800\udc00\ufefb😀𝒜\0"), max_size=60) | st.text(max_size=40)


def joined(cut: Tokens) -> str:
    words = [known.text for known in cut.known]
    return "".join(part for pair in zip(cut.gaps, [*words, ""], strict=True) for part in pair)


@given(TEXTS)
def test_words_and_gaps_are_the_text(text: str) -> None:
    cut = Tokens(text)
    assert joined(cut) == text
    assert [known.text for known in cut.known] == re.findall(r"\w+", text)
    assert [(start, end) for start, end in zip(cut.starts, cut.ends, strict=False)] == [m.span() for m in re.finditer(r"\w+", text)]
    assert cut.starts[-1] == len(text)
    assert cut.size == len(cut.known) == len(cut.gaps) - 1


def following(cut: Tokens, found: list[tuple[int, object]]) -> list[tuple[int, str]]:
    """Where gaps start, with the word behind each."""
    return [(start, cut.known[at].text) for start, _ in found if (at := bisect_right(cut.ends, start)) < cut.size]


@given(TEXTS)
def test_every_gap_that_is_more_than_a_space_is_marked(text: str) -> None:
    cut = Tokens(text)
    assert {at for at, gap in enumerate(cut.gaps) if gap not in ("", " ")} <= set(cut.marked)
    assert cut.marked == sorted(set(cut.marked))
    stops = Memory(re.compile(r"[.\n]").findall)
    found = cut.gaps_with(stops)
    assert [said for _, said in found] == [each for gap in cut.gaps if (each := stops.of(gap))]
    assert all(cut.gaps[bisect_right(cut.ends, start)] == text[start:].partition(word)[0] for start, word in following(cut, found))


@given(TEXTS, st.data())
def test_a_text_of_the_same_words_otherwise_spelled(text: str, data: st.DataObject) -> None:
    cut = Tokens(text)
    changed = "".join("ع" if each.isalnum() and data.draw(st.booleans()) else each for each in text)
    places = [at for at, (old, new) in enumerate(zip(text, changed, strict=True)) if old != new]
    like = Tokens(changed, cut, places)
    assert joined(like) == changed
    assert (like.starts, like.ends, like.gaps) == (cut.starts, cut.ends, cut.gaps)


@given(TEXTS)
def test_a_family_is_asked_and_answers(text: str) -> None:
    cut = Tokens(text)
    short, long = Family(lambda spelled: len(spelled) < 3), Family(lambda spelled: len(spelled) > 2)
    assert sorted([*cut.where(short), *cut.where(long)]) == list(range(cut.size))
    assert cut.where(short) == [at for at, known in enumerate(cut.known) if len(known.text) < 3]


def test_a_spelling_is_asked_about_once() -> None:
    asked: list[str] = []
    family = Family(lambda spelled: asked.append(spelled) or spelled == "قلعة")
    for _ in range(3):
        assert Tokens("قلعة الحصن قلعة").where(family) == [0, 2]
    assert sorted(asked) == ["الحصن", "قلعة"]


@pytest.mark.replaces
def test_what_is_remembered_has_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tokens, "_KEPT", 50)
    for at in range(300):
        assert joined(Tokens(f"كلمة{at} «كلمة{at}»")) == f"كلمة{at} «كلمة{at}»"
    assert len(tokens._SPELLINGS) <= 50
    anchors = Anchors(["كلمة7"], fronts=("", "و"))
    assert anchors.positions(Tokens("كلمة7 وكلمة7 بكلمة7 #س_كلمة7")) == [0, 7, 23]


@pytest.mark.parametrize(
    ("phrase", "word"),
    [("التحالف الدولي", "التحالف"), ("«قسد»", "قسد"), ("ي.ب.ك", "ي"), ("...", None)],
    ids=["two", "marks", "dots", "none"],
)
def test_first_words_are_as_the_cut_has_them(phrase: str, word: str | None) -> None:
    assert words_in(phrase)[:1] == ([word] if word else [])


@pytest.mark.parametrize("unit", ["«", " ", "\n", "ا", "ا ", "ا\n\n", ". . ", "«ا» ", "_"])
def test_time_grows_no_faster_than_the_text(unit: str) -> None:
    def seconds(size: int) -> float:
        text = unit * (size // len(unit))
        return processor(lambda: Tokens(text))

    assert is_in_step(seconds, 50_000, 400_000, within=3)
