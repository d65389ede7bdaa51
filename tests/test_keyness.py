"""Keyness: the numbers are those of the paper, by an independent implementation; words are words."""

from __future__ import annotations

import math
import random
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.compare import vocabulary
from analysis.compare.columns import frame
from analysis.compare.keyness import keyness
from analysis.errors import InputError

WORDS = ["سفينة", "مرفأ", "بحر", "شراع", "جبل", "وادي", "طريق", "قرية", "سوق", "خبز"]


def corpus(weights: dict[str, list[int]], articles: int = 6, words: int = 60, seed: int = 1) -> pd.DataFrame:
    draw = random.Random(seed)
    rows = [
        {"article_id": f"{outlet}{at}", "outlet": outlet, "title": None, "text": " ".join(draw.choices(WORDS, weight, k=words))}
        for outlet, weight in weights.items()
        for at in range(articles)
    ]
    return pd.DataFrame(rows)


def fighting_words(group: Counter[str], rest: Counter[str], prior: float) -> dict[str, tuple[float, float]]:
    """Monroe et al. (2008), word by word, as the paper writes it: equations 16, 19 and 22."""
    whole = group + rest
    size, size_rest, size_whole = (sum(each.values()) for each in (group, rest, whole))
    scores = {}
    for word, count in whole.items():
        a_w = prior * count / size_whole
        omega = (group[word] + a_w) / (size + prior - group[word] - a_w)
        omega_rest = (rest[word] + a_w) / (size_rest + prior - rest[word] - a_w)
        delta = math.log(omega) - math.log(omega_rest)
        variance = 1 / (group[word] + a_w) + 1 / (rest[word] + a_w)
        scores[word] = (delta, delta / math.sqrt(variance))
    return scores


@pytest.mark.parametrize("prior", [1.0, 500.0, 20_000.0])
def test_numbers_are_those_of_an_independent_implementation(prior: float) -> None:
    articles = corpus({"أ": [9, 5, 3, 1, 1, 1, 1, 1, 1, 1], "ب": [1, 1, 1, 1, 9, 5, 3, 1, 1, 1], "ج": [1] * 10})
    table = keyness(articles, prior=prior, min_count=1, min_articles=1)
    by_outlet = {outlet: Counter(" ".join(rows["text"]).split()) for outlet, rows in articles.groupby("outlet")}
    assert len(table) == 30
    for row in table.itertuples():
        rest = sum((count for outlet, count in by_outlet.items() if outlet != row.group), Counter())
        expected = fighting_words(by_outlet[row.group], rest, prior)[row.term]
        assert (row.log_odds, row.z) == pytest.approx(expected, abs=1e-9)
        assert (row.n, row.n_rest) == (by_outlet[row.group][row.term], rest[row.term])
        assert row.articles == sum(row.term in text.split() for text in articles[articles["outlet"] == row.group]["text"])


def test_two_groups_of_ones_own_choosing() -> None:
    articles = corpus({"أ": [9, 1, 1, 1, 1, 1, 1, 1, 1, 1], "ب": [1, 1, 1, 1, 9, 1, 1, 1, 1, 1], "ج": [1] * 10})
    by_name = keyness(articles, groups=("أ", "ب"))
    assert set(by_name["group"]) == {"أ", "ب"}
    assert by_name.groupby("group").first()["term"].to_dict() == {"أ": "سفينة", "ب": "جبل"}
    mapping = {name: "sea" if name.startswith("أ") else "land" for name in articles["article_id"]}
    assert set(keyness(articles, by=mapping)["group"]) == {"sea", "land"}
    assert set(keyness(articles, by=["x"] * 9 + ["y"] * 9)["group"]) == {"x", "y"}


def text_of(*texts: str) -> pd.DataFrame:
    groups = ["أ", "ب"] * len(texts)
    return pd.DataFrame(
        {"article_id": map(str, range(len(groups))), "outlet": groups, "title": None, "text": [t for t in texts for _ in range(2)]}
    )


def terms(*texts: str) -> dict[str, int]:
    table = keyness(text_of(*texts), min_count=1, min_articles=1)
    return {row.term: row.n for row in table[table["group"] == "أ"].itertuples()}


def test_quote_marks_digits_and_latin_are_no_words() -> None:
    assert terms("قال «نعم» 33 ٣٣ Buyer إنه “نعم” كوفيد19") == {"قال": 1, "نعم": 2, "إنه": 1}


def test_vowel_signs_and_spellings_are_one_word() -> None:
    assert terms("مسؤولٌ مسؤول مسوول مســؤول") == {"مسؤول": 4}


def test_proclitics_are_split_where_the_rest_is_a_word() -> None:
    assert terms("مدينة والمدينة بالمدينة للمدينة ومدينة لمدينة") == {"مدينة": 6}


def test_letters_of_the_word_itself_are_kept() -> None:
    assert terms("التزام والتزام وزير كتاب بلد") == {"التزام": 2, "وزير": 1, "كتاب": 1, "بلد": 1}


def test_boilerplate_is_no_wording() -> None:
    text = "افتتح رئيس البلدية صباح أمس محطة لضخ المياه في الريف الشمالي بعد توقف دام أكثر من سنتين.\n\nالتعليقات مغلقة."
    assert "مغلقة" not in terms(text)


def test_minimums_leave_rare_words_out() -> None:
    articles = text_of("نادر " + "شائع " * 5)
    assert set(keyness(articles, min_count=5, min_articles=2)["term"]) == {"شائع"}
    assert keyness(articles, min_count=5, min_articles=3).empty


@pytest.mark.parametrize(
    "articles", [pd.DataFrame({"article_id": [], "outlet": [], "title": [], "text": []}), corpus({"أ": [1] * 10})]
)
def test_nothing_to_compare_is_an_empty_table(articles: pd.DataFrame) -> None:
    pd.testing.assert_frame_equal(keyness(articles), frame("keyness", {}))


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ({"by": "paper"}, "'paper'"),
        ({"groups": ("أ", "ز")}, "'ز'"),
        ({"prior": 0}, "prior"),
        ({"min_count": 0}, "min_count"),
        ({"by": ["x"]}, "one for each"),
    ],
)  # fmt: skip
def test_wrong_arguments_are_said(arguments: dict, said: str) -> None:
    with pytest.raises(InputError, match=said):
        keyness(corpus({"أ": [1] * 10, "ب": [1] * 10}), **arguments)


def test_the_same_input_gives_the_same_table() -> None:
    articles = corpus({"أ": [3, 2, 1, 1, 1, 1, 1, 1, 1, 1], "ب": [1] * 10})
    pd.testing.assert_frame_equal(keyness(articles), keyness(articles))


class Parts:
    """Articles and their blocks in parts, as a dataset gives them."""

    def __init__(self, parts: Sequence[pd.DataFrame]) -> None:
        self.every = [
            {"articles": each, "blocks": pd.DataFrame({"article_id": each["article_id"], "role": "body", "text": each["text"]})}
            for each in parts
        ]

    def part(self, at: int, _: Mapping[str, Any]) -> dict[str, pd.DataFrame]:
        return self.every[at]

    def mapped(self, work: Callable[[dict[str, pd.DataFrame]], Any], _: Mapping[str, Any], *, workers: int) -> Iterator[Any]:
        assert workers == 1
        return map(work, self.every)


# Words that split (والسفينة only beside سفينة), in several spellings, joined by underlines, beside digits and other letters.
SPELLINGS = (
    "سفينة",
    "سفينه",
    "والسفينة",
    "للسفينة",
    "سَفينة",
    "أسفار",
    "اسفار",
    "بأسفار",
    "سوق_السفينة",
    "سوق",
    "٣سوق",
    "سوقx",
    "وا",
)
TEXTS = st.lists(st.sampled_from(SPELLINGS), max_size=12).map(" ".join)
ARTICLES = st.lists(st.tuples(st.sampled_from(["أ", "ب", "ج", None]), TEXTS), min_size=1, max_size=14)


@given(ARTICLES, st.integers(1, 5), st.sampled_from([1, 2, 20]))
def test_counted_part_by_part_it_is_the_same(articles: list[tuple[str | None, str]], size: int, enough: int) -> None:
    rows = [{"article_id": str(at), "outlet": outlet, "text": text, "title": None} for at, (outlet, text) in enumerate(articles)]
    table = pd.DataFrame(rows, columns=["article_id", "outlet", "text", "title"]).astype({"outlet": "string"})
    parts: Any = Parts([table.iloc[at : at + size] for at in range(0, len(table), size)])
    told = {"min_count": 1, "min_articles": 1}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("analysis.compare.keyness._ENOUGH", enough)
        plain = keyness(table, blocks=pd.concat([each["blocks"] for each in parts.every]), **told)
        pd.testing.assert_frame_equal(vocabulary.keyness(parts, **told), plain, check_exact=True)


def test_an_underline_stands_between_words() -> None:
    texts = {"أ": "وسم #سوق_السمك هنا", "ب": "وسم سوق السمك هنا"}
    articles = pd.DataFrame([{"article_id": each, "outlet": each, "text": text, "title": None} for each, text in texts.items()])
    table = keyness(articles, min_count=1, min_articles=1)
    assert (table["n"] == 1).all()
    assert set(table["n_rest"]) == {1}
