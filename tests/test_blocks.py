"""Roles of an article's lines: cases as data, and what must hold for any text."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis import schema
from analysis.articles import Block, find_blocks
from analysis.lexicon import read

CASES = [json.loads(line) for line in (Path(__file__).parent / "cases/blocks.jsonl").read_text(encoding="utf-8").splitlines()]
SHARED = Path(__file__).parents[2] / "shared"
PARAGRAPHS = {
    "@1": "افتتح رئيس البلدية صباح أمس محطة لضخ المياه في الريف الشمالي، بعد توقف دام أكثر من سنتين بسبب نقص الوقود وقطع الغيار.",
    "@2": "وقال المهندس المشرف على المشروع إن المحطة ستخدم اثنتي عشرة قرية، وإن فريقه سيواصل العمل حتى تصل المياه إلى آخر بيت.",
    "@3": "وكان السكان يشترون الماء من صهاريج خاصة بأسعار مرتفعة، ويقطع بعضهم مسافات طويلة في اليوم ليملأ عبوة واحدة لأطفاله.",
}


@pytest.mark.parametrize(
    "case",
    [
        pytest.param(case, id=f"{case['label']}-{number}", marks=pytest.mark.xfail(reason=case["xfail"]) if "xfail" in case else ())
        for number, case in enumerate(CASES, 1)
    ],
)
def test_each_line_has_its_role(case: dict) -> None:
    lines = [(role, PARAGRAPHS.get(line, line)) for role, line in case["lines"]]
    text = case.get("between", "\n\n").join(line for _, line in lines)
    assert [(block.role, block.text) for block in find_blocks(text, title=case.get("title"))] == lines


def test_a_block_is_a_span_of_the_text() -> None:
    text = "\ufeff \u200fعنوان قصير للخبر\u200f \r\n\r\n\t" + PARAGRAPHS["@1"] + "\u00a0\n"
    blocks = find_blocks(text)
    assert [block.role for block in blocks] == ["title", "body"]
    assert blocks[0] == Block(3, 19, "عنوان قصير للخبر", "title")
    assert all(text[block.start : block.end] == block.text for block in blocks)


LETTERS = "ابتثجحخدذرزسشصضطظعغفقكلمنهويءآأإةىئؤ" + '     ًٌٍّْ.،:؟«»"“”()[]/|-–\n\r\u200f\u2028\u00a0#@0129٣'
arabic = st.text(st.sampled_from(LETTERS), max_size=300)
phrases = st.sampled_from(
    [phrase for name in ("whole", "opening") for group in read("boilerplate")[name] for phrase in group["phrases"]]
    + [*read("boilerplate")["networks"]["phrases"], *read("boilerplate")["agencies"]["phrases"], *PARAGRAPHS.values()]
)
pages = st.lists(st.one_of(phrases, arabic, st.text(max_size=40)), max_size=25).map("\n".join)


@settings(max_examples=300, deadline=None)
@given(pages, st.one_of(st.none(), phrases, st.text(max_size=20)))
def test_any_text_is_covered_by_blocks_in_order(text: str, title: str | None) -> None:
    blocks = find_blocks(text, title=title)
    at = 0
    for block in blocks:
        assert at <= block.start < block.end
        assert text[block.start : block.end] == block.text == block.text.strip()
        assert block.role in schema.BLOCK_ROLES
        assert not any(c.isalnum() for c in text[at : block.start])
        at = block.end
    assert sum(block.role == "title" for block in blocks) <= 1
    assert find_blocks(text, title=title) == blocks


@given(st.lists(st.sampled_from(list(PARAGRAPHS.values())), min_size=1), st.sampled_from(["\n", "\n\n", "\r\n", "\n \n"]))
def test_paragraphs_of_a_story_are_body(paragraphs: list[str], between: str) -> None:
    assert {block.role for block in find_blocks(between.join(paragraphs))} == {"body"}


@pytest.mark.parametrize("article", ["000", "001", "002", "003", "004"])
def test_real_articles(article: str) -> None:
    if not SHARED.is_dir():
        pytest.skip("the real articles are not beside the repository")
    rows = [json.loads(line) for line in (SHARED / "gold/seeds.jsonl").read_text(encoding="utf-8").splitlines()]
    gold = next(row for row in rows if row["article_id"].startswith(article))
    text = (SHARED / "articles" / f"{gold['article_id']}.txt").read_bytes().decode("utf-8")
    blocks = find_blocks(text)
    assert [" ".join(block.text.split()) for block in blocks if block.role == "title"] == [gold["title"]]
    beside = [block.text for block in blocks if block.role in ("byline", "dateline", "boilerplate")]
    assert [line for line in beside if line != gold["title"]] == gold["boilerplate"]


def test_real_stories_lose_nothing() -> None:
    if not SHARED.is_dir():
        pytest.skip("the real articles are not beside the repository")
    for line in (SHARED / "gold/dev_articles.jsonl").read_text(encoding="utf-8").splitlines():
        article = json.loads(line)
        for title in (None, article["title"]):
            blocks = find_blocks(article["text"], title=title)
            assert [block.text for block in blocks if block.role == "title"] == [article["title"].strip()]
            assert all(len(block.text) < 70 for block in blocks if block.role not in ("title", "body"))


WORST = {
    "lines of one letter": "ا\n" * 100_000,
    "counters": "389\n" * 50_000,
    "one headline": "عنوان يتكرر في كل سطر\n" * 10_000,
    "headlines": "\n".join(f"عنوان رقم {number} في الصفحة" for number in range(10_000)),
    "blanks": " \n\u00a0\n" * 200_000,
    "one long line": "كلمة " * 100_000,
    "spaces in a line": "ا" + " " * 500_000 + "ب",
    "marks": "«" * 500_000,
    "slashes": "سانا / " * 20_000,
    "digits": "9" * 500_000,
    "short pieces": "\n".join(["أ ف ب / " * 7] * 3_000),
    "names": "\n".join(f"كتب: {'اسم ' * 30}{number}" for number in range(3_000)),
    "hashtags": "\n".join("#" * 30 + "وسم" * 9 + str(number) for number in range(3_000)),
    "dates": "\n".join(f"7 - 7 - 7 - 7 - 7 نيسان نيسان {number}" for number in range(3_000)),
}


@pytest.mark.parametrize("text", WORST.values(), ids=WORST)
def test_time_is_linear(text: str) -> None:
    began = time.process_time()
    find_blocks(text)
    assert time.process_time() - began < 5e-6 * len(text) + 0.5


def test_the_lexicon_is_sound() -> None:
    lexicon = read("boilerplate")
    for name in ("whole", "opening", "notice"):
        for group in lexicon[name]:
            assert group["about"]
    assert {group["where"] for group in lexicon["whole"]} <= {"anywhere", "edges", "head", "tail"}
    assert {group["where"] for group in lexicon["opening"]} <= {"anywhere", "edges", "below"}
    for group in [*lexicon["whole"], *lexicon["opening"], lexicon["networks"], lexicon["agencies"]]:
        assert len(group["phrases"]) == len(set(group["phrases"])), group["about"]
