"""Statements: content, cue, speaker and kind by pattern; cases in tests/cases/statements.jsonl."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from timing import is_in_step, processor

from analysis.articles import find_blocks
from analysis.extract.quotes import scan_quotes
from analysis.extract.statements import Statement, find_statements, scan_statements
from analysis.extract.statements.article import Article
from analysis.extract.statements.sources.phrases import read_phrase
from analysis.extract.statements.vocabulary.forms import forms
from analysis.lexicon import read
from analysis.schema import FORCES, STATEMENT_KINDS
from analysis.spelling import same_word
from analysis.text import fold, fold_key

HERE = Path(__file__).parent
SHARED = HERE.parents[1] / "shared"
CASES = [json.loads(line) for line in (HERE / "cases" / "statements.jsonl").read_text(encoding="utf-8").splitlines()]
WORDS = [
    "قال",
    "وأكد",
    "مشيراً",
    "إلى",
    "أن",
    "إن",
    "بأن",
    "الوزير",
    "سامي",
    "حداد",
    "وزارة",
    "الصحة",
    "التي",
    "الذي",
    "بحسب",
    "وفقاً",
    "للصحيفة",
    "كما",
    "على",
    "عن",
    "،",
    ".",
    ":",
    "«",
    "»",
    "“",
    "”",
    '"',
    "'",
    "(",
    "\n",
    "أعلنت",
    "مقتل",
    "دعا",
    "مصدر",
    "أمني",
    "وصف",
    "بأنه",
    "؟",
    "في",
    "بيان",
    "أمس",
    "لـ",
]


@pytest.mark.parametrize(
    "case",
    [
        pytest.param(
            case, id=case["label"], marks=[pytest.mark.xfail(strict=True, reason=case["xfail"])] if "xfail" in case else []
        )
        for case in CASES
    ],
)
def test_statements(case: dict[str, Any]) -> None:
    found = find_statements(case["text"], title=case.get("title"))
    assert [{"content": each.text, "cue": each.cue, "speaker": each.speaker, "kind": each.kind} for each in found] == case[
        "statements"
    ]


def test_there_are_cases_enough() -> None:
    assert len(CASES) >= 150
    assert sum(case["label"].startswith("negative") for case in CASES) >= 40
    assert len({case["label"] for case in CASES}) == len(CASES)


def check(text: str, found: list[Statement]) -> None:
    for each in found:
        assert 0 <= each.start < each.end <= len(text)
        assert text[each.start : each.end] == each.text
        assert text[each.cue_start : each.cue_end] == each.cue
        assert (each.source is None) == (each.source_start is None) == (each.source_end is None)
        if each.source is not None:
            assert text[each.source_start : each.source_end] == each.source
        assert each.kind in STATEMENT_KINDS
        assert each.force in FORCES
        assert 0 < each.confidence <= 1
        assert each.verb
        assert each.rule


@settings(max_examples=300)
@given(st.lists(st.sampled_from(WORDS), max_size=60).map(" ".join))
def test_offsets_hold_on_any_order_of_words(text: str) -> None:
    check(text, find_statements(text))


@given(st.text(max_size=200))
def test_no_text_raises(text: str) -> None:
    check(text, find_statements(text, title=text[:20]))


def test_spans_are_those_of_the_original_text() -> None:
    text = "أَكَّـدَ\u200f الوَزِيرُ «سامـي حدّاد»\u00a0أنَّ الطَّريقَ مَفتوحٌ."
    found = find_statements(text)
    check(text, found)
    assert [(each.cue, each.source, each.text) for each in found] == [("أَكَّـدَ", "الوَزِيرُ «سامـي حدّاد»", "أنَّ الطَّريقَ مَفتوحٌ")]


def test_force_and_lemma_come_from_the_cue() -> None:
    text = "نفى الوزير وجود أزمة. وزعم المدير أن العمل انتهى. وتعهدت الشركة بالدفع. وحذر الطبيب من الوباء. وطالب النواب بالحل."
    assert [(each.verb, each.force) for each in find_statements(text)] == [
        ("نفى", "deny"),
        ("زعم", "doubt"),
        ("تعهد", "promise"),
        ("حذر", "warn"),
        ("طالب", "demand"),
    ]


def test_the_title_is_told() -> None:
    text = "الشرطة تعلن اعتقال اللصوص\n\nقال الضابط ماهر زيدان إن المطاردة انتهت."
    assert [each.in_title for each in find_statements(text, title="الشرطة تعلن اعتقال اللصوص")] == [True, False]


def test_what_is_surer_has_more_confidence() -> None:
    quoted, bare = find_statements("قال سامي حداد: «انتهى العمل هنا تماماً». وأعلنت الشركة إغلاق الفرع.")
    assert quoted.confidence > bare.confidence


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("وزير النقل سامي حداد", "سامي حداد"),
        ("سامي حداد وزير النقل", "سامي حداد"),
        ("المتحدث باسم الجيش، العميد ماهر زيدان", "ماهر زيدان"),
        ("مديرة مكتب الأمم المتحدة في بيروت ريم سعد", "ريم سعد"),
        ("عبد الرحمن الكيلاني", "عبد الرحمن الكيلاني"),
        ("الأمير فهد بن ناصر", "فهد بن ناصر"),
        ("وزارة الصحة السورية", ""),
        ("مصدر أمني", ""),
        ("مسؤولون أكراد", ""),
    ],
)
def test_the_name_in_a_source(text: str, name: str) -> None:
    article = Article(fold(text), [], [])
    folded = article.folded
    phrase = read_phrase(article, 0, len(folded))
    assert phrase is not None
    assert phrase.end == len(folded)
    assert folded[phrase.name_start : phrase.name_end] == fold_key(name)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("كاغينز", "كاغنز", True),
        ("كاغينز", "كايكنز", True),
        ("غوتيريش", "جوتيريش", True),
        ("ماكرون", "ماكرون", True),
        ("سليم", "سالم", False),
        ("حسن", "حسين", False),
        ("محمد", "محمود", False),
        ("حداد", "عمران", False),
    ],
)
def test_spellings_of_one_name(one: str, other: str, same: bool) -> None:
    assert same_word(fold_key(one), fold_key(other)) is same


def test_the_lexicon_is_sound() -> None:
    lexicon = read("cues")
    frames = {
        "that",
        "speech",
        "object",
        "hal",
        "renewed",
        "about",
        "what",
        "judged",
        "seen",
        "ب",
        "إلى",
        "على",
        "عن",
        "من",
        "في",
        "ل",
    }
    for entry in [*lexicon["verb"], *lexicon["noun"]]:
        assert entry["force"] in FORCES, entry
        assert set(entry["frames"].split()) <= frames, entry
    lemmas = [fold_key(entry["lemma"]) + entry["lemma"][-1:] for entry in lexicon["verb"]]
    assert all(entry["present"][0] == "ي" for entry in lexicon["verb"])
    assert len(set(lemmas)) > 100
    assert len(forms()) > 2000
    for name, words in read("titles").items():
        assert words, name
        assert all(isinstance(each, str) and each == each.strip() for each in words), name


@pytest.mark.parametrize(
    "unit", ["قال إن ", "«", "قال: ", "وأكد الوزير أن ", "بحسب المصدر، ", "قال الوزير محمد ", "مشيراً إلى ", "ا:\n", "الذي "]
)
def test_time_grows_no_faster_than_the_text(unit: str) -> None:
    def seconds(size: int) -> float:
        text = unit * (size // len(unit))
        doc = fold(text)
        blocks, quotes = find_blocks(text), scan_quotes(doc)
        return processor(lambda: scan_statements(doc, blocks, quotes))

    assert is_in_step(seconds, 4_000, 16_000, within=3)


@pytest.mark.parametrize("gold", ["seeds", "dev"])
def test_real_articles(gold: str) -> None:
    folder = SHARED / "articles" if gold == "seeds" else SHARED / "gold"
    if not folder.exists():
        pytest.skip(f"{folder} is not there: the real articles are not part of the repository")
    if gold == "seeds":
        texts = [path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.txt"))]
    else:
        texts = [json.loads(line)["text"] for line in (folder / "dev_articles.jsonl").read_text(encoding="utf-8").splitlines()]
    for text in texts:
        check(text, find_statements(text))


@pytest.mark.parametrize("frame", ["بحسب {bare}", "وفق ال{bare}", "وفقاً لل{bare}", "حسب {owned}ها", "طبقا ل{owned}هم"])
def test_what_guides_is_no_source(frame: str) -> None:
    """Every word of the list, in an article where a cue stands shortly before it, which makes other unknown words speakers."""
    for guide in read("titles")["guides"]:
        phrase = frame.format(bare=guide, owned=guide[:-1] + "ت" if guide.endswith("ة") else guide)
        found = find_statements(f"أكدت وزيرة الزراعة نهى برهان أن القرى تقتسم البذور {phrase}.")
        assert [(each.cue, each.text) for each in found] == [("أكدت", f"أن القرى تقتسم البذور {phrase}")]
