"""Claims: what is one and what is not, names spelled in many ways, denials, order, scale, the real articles and the sample."""

from __future__ import annotations

import json
import random
import resource
import time
from collections.abc import Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import analysis as na
from analysis import places, schema
from analysis.compare.at_odds import at_odds
from analysis.compare.claims import claim_labels, claim_pairs, claim_wording, claims, coverage
from analysis.compare.columns import COMPARISONS, frame
from analysis.compare.contents import features
from analysis.compare.figures import Figure, disagree
from analysis.compare.grouping import NEAREST, Likeness
from analysis.compare.narrated import narrated
from analysis.compare.parts import parts
from analysis.compare.people import same_person
from analysis.errors import InputError
from analysis.plots import describe_coverage
from analysis.text import fold_key, fold_same

SHARED = Path(__file__).parents[2] / "shared"


def tables(said: Sequence[tuple[str, str, str | None, str]], *, days: Sequence[str] = (), titled: Sequence[int] = ()) -> Any:
    """Tables of statements (article, outlet, speaker, content); an article's text is its contents, one a line."""
    texts: dict[str, str] = {}
    outlets: dict[str, str] = {}
    starts, numbers = [], []
    for article, outlet, _, content in said:
        outlets[article] = outlet
        before = texts.get(article, "")
        starts.append(len(before))
        numbers.append(before.count("\n"))
        texts[article] = f"{before}{content}\n"
    n = len(said)
    columns: dict[str, list[Any]] = {column.name: [None] * n for column in schema.TABLES["statements"]}
    columns |= {
        "article_id": [each[0] for each in said], "start": starts, "statement": numbers, "text": [each[3] for each in said],
        "end": [start + len(each[3]) for start, each in zip(starts, said, strict=True)],
        "kind": ["indirect"] * n, "cue": ["قال"] * n, "cue_start": starts, "cue_end": starts, "verb": ["قال"] * n,
        "force": ["neutral"] * n, "speaker": [each[2] for each in said], "in_title": [at in titled for at in range(n)],
    }  # fmt: skip
    ids = list(texts)
    empty = [None] * len(ids)
    published = pd.to_datetime(list(days) or empty).as_unit("us") if ids else []
    return SimpleNamespace(
        articles=schema.frame(
            "articles",
            {"article_id": ids, "outlet": [outlets[each] for each in ids], "title": empty, "published": published, "url": empty,
             "path": empty, "text": list(texts.values()), "n_words": [9] * len(ids)},
        ),
        statements=schema.frame("statements", columns) if n else schema.frame("statements", {}),
        amounts=schema.frame("amounts", {}), mentions=schema.frame("mentions", {}),
    )  # fmt: skip


def together(*said: tuple[str, str, str | None, str], **more: Any) -> list[list[int]]:
    """Which statements, by their places, share a claim."""
    corpus = tables(said, **more)
    place = {key: at for at, key in enumerate(zip(corpus.statements["article_id"], corpus.statements["statement"], strict=True))}
    groups: dict[int, list[int]] = {}
    for row in claims(corpus).itertuples():
        groups.setdefault(row.claim, []).append(place[row.article_id, row.statement])
    return sorted(sorted(each) for each in groups.values())


# Contents that have nothing to do with the others, so that words have a rarity to weigh by.
OTHERS = [
    ("x", "ج", None, "أن موسم الزيتون تأخر هذا العام بسبب الجفاف"),
    ("x", "ج", None, "أن المنتخب سيلعب مباراته المقبلة على أرضه"),
    ("x", "ج", None, "أن أسعار المحروقات ستبقى على حالها حتى الربيع"),
    ("y", "د", None, "أن الجامعة ستفتح كلية للهندسة المائية"),
    ("y", "د", None, "أن قطار الساحل سيعود إلى العمل بعد صيانة السكة"),
]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        pytest.param("أن المخبز الآلي في البلدة توقف لنقص الطحين", "توقف المخبز الآلي بالبلدة لنقص طحينه", True, id="paraphrase"),
        pytest.param("أن المخبز الآلي في البلدة توقف لنقص الطحين", "أن المخبز الآلي في البلدة لم يتوقف", False, id="denied"),
        pytest.param("أن لا نية لإقفال المشفى الوطني", "عدم وجود أي نية لإقفال المشفى الوطني", True, id="both deny"),
        pytest.param("أن المشفى لا يزال يستقبل الجرحى", "أن المشفى يستقبل الجرحى", True, id="a lasting state"),
        pytest.param("أن الجسر لا يفتح إلا للشاحنات", "أن الجسر يفتح للشاحنات", True, id="an exception"),
        pytest.param("أن حراس المستودع اعتقلوا ثلاثة لصوص", "أن حراس الحديقة زرعوا ثلاثة صفوف من الورد", False, id="a shared head"),
        pytest.param("أن السد امتلأ بعد الأمطار", "أن الطريق أغلق بعد الأمطار", False, id="a shared tail"),
        pytest.param("لا تعليق", "لا تعليق", True, id="the same words, few as they are"),
        pytest.param("شكراً", "", False, id="nothing said"),
    ],
)  # fmt: skip
def test_one_claim_or_two(one: str, other: str, same: bool) -> None:
    groups = together(("a", "أ", "مازن الحلو", one), ("b", "ب", "مازن الحلو", other), *OTHERS)
    assert ([0, 1] in groups) is same
    assert len(groups) == (6 if same else 7), "the others stay alone"


BEFORE, AFTER = "أن سوق الخضار سيُنقل قبل عيد الأضحى", "أن سوق الخضار سيُنقل بعد عيد الأضحى"


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        pytest.param(BEFORE, AFTER, False, id="before and after one day"),
        pytest.param(BEFORE, "نقل سوق الخضار قبل عيد الأضحى", True, id="both before"),
        pytest.param(BEFORE, "أن سوق الخضار سيُنقل بعد شهر رجب", True, id="after another day"),
        pytest.param(AFTER, "أن سوق الخضار لن يُنقل إلا بعد عيد الأضحى", True, id="not but after"),
        pytest.param("أن العمال سيعودون بعد أسبوع", "أن العمال عادوا قبل أسبوع", False, id="a week from now, a week ago"),
    ],
)
def test_before_and_after_are_two_claims(one: str, other: str, same: bool) -> None:
    groups = together(("a", "أ", "مازن الحلو", one), ("b", "ب", "مازن الحلو", other), *OTHERS)
    assert ([0, 1] in groups) is same


def test_not_before_is_after() -> None:
    from analysis.compare.contents import read_contents

    said = ["لن تُنقل المكتبة قبل نهاية الربيع", "ستُنقل المكتبة بعد نهاية الربيع", "ستُنقل المكتبة قبل نهاية الربيع", "لم تصل بعد"]
    order = [each.order for each in read_contents(tables([(f"{at}", "أ", None, text) for at, text in enumerate(said)]))]
    assert order[0] == order[1] == {"=end": ("ربيع", True)}
    assert order[2:] == [{"=end": ("ربيع", False)}, {}]


@pytest.mark.parametrize(
    ("text", "about"),
    [
        pytest.param("وسأل النواب عن 90 مليون دينار قال المحافظ إنها صُرفت على حفر الآبار.", True, id="a relative clause"),
        pytest.param("وبقي مصير 90 مليون دينار أكد المحافظ أنه تسلمها مجهولاً.", True, id="taken up by the verb"),
        pytest.param("بلغت الخسائر 90 مليون دينار، وقال المحافظ إنها لن تتكرر.", False, id="another clause"),
        pytest.param("بلغت الخسائر 90 مليون دينار وقال المحافظ إنها لن تتكرر.", False, id="another clause without a comma"),
        pytest.param("في عام خُصص له 90 مليون دينار قال المحافظ إن الآبار حُفرت.", False, id="nothing takes it up"),
    ],
)
def test_a_sum_before_the_verb_that_the_content_is_about(text: str, about: bool) -> None:
    from analysis.compare.contents import read_contents

    contents = read_contents(na.extract(articles_of([("a", "أ", text)])))
    assert any(each.low == 9e7 for content in contents for each in content.figures) is about


def test_a_verb_of_denial_turns_the_content() -> None:
    said = [("a", "أ", None, "أن تكون الشركة قد دفعت عمولة للمجلس"), ("b", "ب", None, "أن الشركة دفعت عمولة للمجلس"), *OTHERS]
    corpus = tables(said)
    assert claims(corpus)["claim"].nunique() == 6
    corpus.statements["verb"] = pd.Series(["نفى", *["قال"] * 6], dtype="string")
    assert claims(corpus)["claim"].nunique() == 7
    pairs = claim_pairs(corpus)
    assert pairs[["opposed", "joined"]].values.tolist() == [[True, False]]


def test_half_alike_statements_are_no_chain() -> None:
    chain = [
        ("a", "أ", None, "أن المحطة أضاءت الحي الشرقي ومدرسته"),
        ("b", "ب", None, "أن المحطة أضاءت الحي الشرقي وغسلت السوق القديم"),
        ("c", "ج", None, "أن البلدية غسلت السوق القديم ورصفت ساحته"),
    ]
    groups = together(*chain, *(("z", *each[1:]) for each in OTHERS))
    assert not any({0, 2} <= set(each) for each in groups)


def test_statements_of_one_article_join_only_where_they_restate() -> None:
    title, body = "عودة المياه إلى أحياء المدينة الغربية", "أن المياه عادت إلى أحياء المدينة الغربية بعد انقطاع"
    assert [0, 1] in together(("a", "أ", None, title), ("a", "أ", None, body), *OTHERS, titled=[0])
    similar = "أن شبكة مياه المدينة الغربية قديمة", "أن أنابيب مياه المدينة الغربية ستمدد إلى السوق"
    assert [0, 1] not in together(("a", "أ", None, similar[0]), ("a", "أ", None, similar[1]), *OTHERS)


def test_other_figures_are_another_claim() -> None:
    said = [
        ("a", "أ", None, "أن عقود الطرق بلغت قيمتها 40 مليون ليرة"),
        ("b", "ب", None, "أن قيمة عقود الطرق بلغت 43 مليون ليرة"),
        ("c", "ج", None, "أن عقود الطرق قيمتها أربعون مليون ليرة"),
    ]
    articles = pd.DataFrame({"article_id": list("abc"), "outlet": list("أبج"), "text": [f"قال الوزير {each[3]}." for each in said]})
    full = tables([]).articles.reindex(range(3)).assign(**articles, n_words=9)
    corpus = na.extract(schema.frame("articles", {name: full[name].tolist() for name in full}))
    table = claims(corpus).set_index("article_id")["claim"]
    assert table["a"] == table["c"] != table["b"]


def test_months_and_other_people_make_a_claim_less_likely_the_same() -> None:
    one, other = "أن المعبر سيفتح أمام المسافرين", "فتح المعبر أمام المسافرين قريباً"

    def score(speaker: str | None, day: str) -> float:
        pairs = claim_pairs(tables([("a", "أ", "مازن الحلو", one), ("b", "ب", speaker, other)], days=["2021-01-01", day]))
        return float(pairs["score"].max()) if len(pairs) else 0.0

    same = score("مازن الحلو", "2021-01-03")
    assert same > score(None, "2021-01-03") > score("سعاد الراوي", "2021-01-03") > 0
    assert same > score("مازن الحلو", "2021-09-01")


# One surname as outlets spelled it; whoever has them all is one person.
SPELLINGS = ["كاغينز", "كاغنز", "كيغينز", "كايكنز", "كاكينز", "كاكنيز", "كاغينس", "كاغنيس", "كاينغز"]
FIRST = ["مايلز", "مايلس", "ماليز"]


@pytest.mark.parametrize("other", SPELLINGS)
@pytest.mark.parametrize("one", SPELLINGS)
def test_a_foreign_name_is_heard_not_copied(one: str, other: str) -> None:
    assert same_person(one, other)
    assert all(same_person(f"{first} {one}", f"{second} {other}") for first in FIRST for second in FIRST)
    assert same_person(one, f"مايلس {other}")
    assert same_person("مايلز", f"ماليز {other}")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("سالم حمدان", "سليم حمدان"), ("حسن", "حسين"), ("محمد العلي", "محمود العلي"), ("أحمد العلي", "محمد العلي"),
        ("عامر الصالح", "عمار الصالح"), ("كينو غبرييل", "مايلز كاغينز"), ("مصطفى بالي", "مظلوم عبدي"), ("نوري", "نور"),
        ("جون كيري", "جون كيربي"), ("جون بولتون", "جون بايدن"), ("دينيس روس", "دينيس هولغارد"), ("خليل الحاج", "خالد الحاج"),
    ],
)  # fmt: skip
def test_different_people_stay_apart(one: str, other: str) -> None:
    assert same_person(one, other) is False
    assert same_person(other, one) is False


@pytest.mark.parametrize(
    ("one", "other"),
    [(other, "سعاد الراوي") for other in ("مصادر محلية", "المتحدث باسم الوزارة", "وزارة الزراعة", None)],
)
def test_a_role_may_be_anyones(one: str | None, other: str) -> None:
    assert same_person(one, other) is None


@pytest.mark.parametrize("compare", [claims, claim_pairs])
def test_empty_in_typed_out(compare: Any) -> None:
    table = compare(tables([]))
    pd.testing.assert_frame_equal(table, frame(compare.__name__, {}))
    assert list(table.columns) == [column.name for column in COMPARISONS[compare.__name__]]


def test_empty_claims_make_empty_views() -> None:
    none = claims(tables([]))
    assert coverage(none).shape == (0, 0)
    assert coverage(none, outlets=["أ"]).shape == (0, 1)
    pd.testing.assert_frame_equal(claim_wording(none, tables([])), frame("claim_wording", {}))
    assert claim_labels(none, tables([])) == {}


def test_statements_that_say_nothing_are_claims_too() -> None:
    table = claims(tables([("a", "أ", None, "…"), ("b", "ب", None, "!"), ("c", "ج", None, "نعم"), ("d", "د", None, "💧💧")]))
    assert table["claim"].tolist() == [0, 1, 2, 3]
    assert table["score"].isna().all()


def test_tables_that_do_not_belong_together() -> None:
    corpus = tables(OTHERS)
    corpus.articles = corpus.articles[corpus.articles["article_id"] != "x"]
    with pytest.raises(InputError, match="article 'x' is not among the articles"):
        claims(corpus)
    with pytest.raises(InputError, match="the claims are not of these tables"):
        claim_wording(claims(tables(OTHERS)), tables(OTHERS[:1]), every=True)


def test_a_claim_is_called_by_its_most_typical_statement() -> None:
    said = [
        ("a", "أ", None, "أن المعبر سيفتح أمام المسافرين بعد العيد"),
        ("b", "ب", None, "بأن المعبر سيفتح أمام المسافرين"),
        ("c", "ج", None, "إن المعبر سيفتح قريباً أمام المسافرين والشاحنات"),
    ]
    corpus = tables([*said, *OTHERS])
    labels = claim_labels(claims(corpus), corpus)
    assert labels[0] == "المعبر سيفتح أمام المسافرين"
    assert len(labels) == 6


def test_a_claim_is_called_by_words_that_need_none_before_them() -> None:
    said = [
        ("a", "أ", None, "أنها ستنقل المكتبة إلى الحي الغربي"),
        ("b", "ب", None, "وأن بلدية النهر ستنقل المكتبة إلى الحي الغربي"),
        ("c", "ج", None, "أنها ستنقل المكتبة إلى الحي الغربي"),
    ]
    corpus = tables([*said, *(("z", *each[1:]) for each in OTHERS)])
    assert "بلدية النهر ستنقل المكتبة إلى الحي الغربي" in claim_labels(claims(corpus), corpus).values()


def test_coverage_counts_articles_and_names_those_without_a_statement() -> None:
    said = [("a", "أ", None, "أن المعبر سيفتح أمام المسافرين"), ("b", "أ", None, "أن المعبر سيفتح أمام المسافرين"), *OTHERS]
    matrix = coverage(claims(tables(said)), outlets=["هـ"])
    assert matrix.columns.tolist() == ["أ", "ج", "د", "هـ"]
    assert matrix.loc[0].tolist() == [2, 0, 0, 0]
    assert (matrix["هـ"] == 0).all()
    nameless = coverage(claims(tables([("a", None, None, "أن المعبر سيفتح أمام المسافرين"), *OTHERS])))  # type: ignore[list-item]
    assert nameless.columns[-1] is None
    na.plot_coverage(nameless, language="en")


@pytest.fixture(scope="module")
def sample() -> Any:
    return na.extract(na.read_articles(places.sample()))


def test_every_statement_has_a_claim(sample: Any) -> None:
    table = claims(sample)
    keys = ["article_id", "statement"]
    assert len(table[keys].drop_duplicates()) == len(sample.statements)
    assert not table.duplicated(["claim", *keys]).any()
    assert sorted(set(table["claim"])) == list(range(table["claim"].nunique()))
    alone = table.groupby("claim")["score"].transform("size") == 1
    assert (table["score"].isna() == alone).all()
    assert table["score"].dropna().between(0, 1).all()
    several = table.groupby(keys)["claim"].transform("size") > 1
    assert not (several & alone).any(), "what a statement says besides what it shares has no row"
    firsts = table[table["published"].notna()].groupby("claim")["published"].min()
    assert firsts.is_monotonic_increasing
    assert dict(table.dtypes.astype(str)) == dict(frame("claims", {}).dtypes.astype(str))
    spans = table.merge(sample.statements[[*keys, "start", "end"]], on=keys, suffixes=("", "_all"))
    assert ((spans["start_all"] <= spans["start"]) & (spans["start"] < spans["end"]) & (spans["end"] <= spans["end_all"])).all()


def test_order_of_rows_does_not_matter(sample: Any) -> None:
    mixed = {
        name: getattr(sample, name).sample(frac=1, random_state=3).reset_index(drop=True)
        for name in ("articles", "statements", "amounts", "mentions")
    }
    pd.testing.assert_frame_equal(claims(sample), claims(SimpleNamespace(**mixed)))


def matrix_of(corpus: Any, words: Sequence[str]) -> set[str]:
    """The articles of the claim that most statements with all of `words` in their content belong to."""
    table = claims(corpus).merge(corpus.statements[["article_id", "statement", "text"]], on=["article_id", "statement"])
    hits = table[[all(word in text for word in words) for text in table["text"]]]
    return set(table[table["claim"] == hits["claim"].mode().iloc[0]]["article_id"].str[:2])


# The sample's own table of who reports what (data/sample/README.md), as far as it is in statements: what an outlet tells in its own
# voice (07 the 33 million, 18 and 19 the contracts) is no statement. Articles by number.
@pytest.mark.parametrize(
    ("words", "articles"),
    [
        pytest.param("منبج", {"12", "13", "14", "15"}, id="no troops"),
        pytest.param("ستمئة جندي", {"13", "14", "15"}, id="600 soldiers, however qualified"),  # 20 tells that they are no fewer
        pytest.param("33 مليون", {"03", "05", "06", "10", "15"}, id="33 million"),
        pytest.param("16 مليون", {"03", "04", "05", "07"}, id="16 million"),
        pytest.param("200 مليون", {"05", "06", "07"}, id="200 million"),
        pytest.param("من مليون دولار", {"03", "04", "05", "06", "07"}, id="more than a million"),
        pytest.param("عقودا بقيمه", {"08", "09", "10"}, id="contracts of 4 million"),
        pytest.param("5 و7 ملايين", {"01", "02"}, id="5 to 7 million"),
        pytest.param("بعد نهايه العام", {"16"}, id="a claim that one outlet has"),
        pytest.param("4.3 ملايين", {"11"}, id="other figures for one thing"),
        pytest.param("هذه المراكز", {"12"}, id="no soldiers in prisons"),
    ],
)
def test_the_sample_is_recovered(sample: Any, words: str, articles: set[str]) -> None:
    table = claims(sample)
    texts = sample.articles.set_index("article_id")["text"]
    said = [fold_key(texts[row.article_id][row.start : row.end]) for row in table.itertuples()]
    claim = table["claim"][[fold_key(words) in each for each in said]].mode().iloc[0]
    assert set(table[table["claim"] == claim]["article_id"].str[:2]) == articles


def test_outlets_of_one_figure_of_the_ledger_have_its_claim(sample: Any) -> None:
    """But for 350 000 dollars: "the training" in one outlet is "the programme" in the other."""
    table = claims(sample)
    labels, matrix = claim_labels(table, sample), coverage(table, narrated=narrated(table, sample))
    held: dict[float, list[set[str]]] = {}
    sums = sample.amounts[sample.amounts["kind"] == "money"]
    for row in table.merge(
        sums[["article_id", "start", "end", "value", "low"]], on="article_id", suffixes=("", "_sum")
    ).itertuples():
        if row.start <= row.start_sum and row.end_sum <= row.end:
            value = row.low if pd.isna(row.value) else row.value
            held.setdefault(value, []).append(set(matrix.columns[matrix.loc[row.claim] != 0]))
    shared = [row for row in na.ledger(sample).itertuples() if len(row.outlets) > 1]
    assert len(shared) == 7
    told = [(row.low if pd.isna(row.value) else row.value, set(row.outlets)) for row in shared]
    assert [value for value, outlets in told if not any(outlets <= each for each in held[value])] == [350_000]
    assert not any(
        fold_key(label).startswith(("انها ", "انه ")) for claim, label in labels.items() if (table["claim"] == claim).sum() > 1
    )


def test_what_an_outlet_tells_in_its_own_voice_is_not_left_out(sample: Any) -> None:
    """The sample's 07 tells the 33 million itself, 07 and 11 the needs, 18 and 19 the contracts; 11 has other contracts."""
    table = claims(sample)
    told = narrated(table, sample)
    assert dict(told.dtypes.astype(str)) == dict(frame("narrated", {}).dtypes.astype(str))
    texts = sample.articles.set_index("article_id")["text"]
    found = {(row.article_id[:2], texts[row.article_id][row.start : row.end]) for row in told.itertuples()}
    assert {article for article, _ in found} == {"07", "08", "11", "18", "19"}
    assert any(article == "07" and "33 مليون دولار" in said for article, said in found)
    plain, full = coverage(table), coverage(table, narrated=told)
    assert full.where(plain > 0, 0).equals(plain), "what an outlet reports stays as it is"
    outlet = sample.articles.set_index("article_id")["outlet"]
    claim = {row.article_id[:2]: row.claim for row in told.itertuples()}
    assert full.loc[claim["07"], outlet[outlet.index.str.startswith("07")].iloc[0]] == -1
    text = describe_coverage(full.loc[[claim["07"]]], language="en")
    assert "told in its own voice by" in text
    assert "told in its own voice by" not in describe_coverage(plain.loc[[claim["07"]]], language="en")


SOME_ARTICLES = st.lists(st.sampled_from("abcd"), min_size=1, max_size=2, unique=True).map(tuple)
SOME_FIGURES = st.lists(
    st.tuples(
        st.sampled_from(["USD", "SYP", None]), st.sampled_from([2.0, 2.5, 3.0, 4.0]), st.sampled_from(["P1Y", None]),
        SOME_ARTICLES, st.lists(st.sampled_from(["الدار", "النهر", "الجبل"]), max_size=2, unique=True).map(tuple), st.booleans(),
    ),
    max_size=8,
)  # fmt: skip
SOME_SUMS = st.lists(st.tuples(st.sampled_from("abcd"), st.sampled_from(["USD", "SYP", None]), st.sampled_from([2.0, 2.5, 3.0])))


@given(SOME_FIGURES, SOME_SUMS)
def test_figures_at_odds_are_those_of_every_pair(figures: list[tuple[Any, ...]], sums: list[tuple[str, str | None, float]]) -> None:
    """What is looked up by article, currency and size is what comparing all with all gives."""
    names = ["unit", "value", "period", "articles", "outlets", "conflict"]
    rows = [dict(zip(names, each, strict=True)) for each in figures]
    ledger = pd.DataFrame(rows, columns=names).assign(low=None, high=None).astype({"conflict": bool})
    places = [(article, at, at + 1, "money", unit, value) for at, (article, unit, value) in enumerate(sums)]
    amounts = pd.DataFrame(places, columns=["article_id", "start", "end", "kind", "unit", "value"]).assign(low=None, high=None)
    claimed = amounts[["article_id", "start", "end"]].assign(claim=range(len(amounts)))
    expected = {
        (claim, outlet)
        for claim, (article, unit, value) in enumerate(sums)
        for one in rows
        for other in rows
        if one["conflict"] and other["conflict"] and article in one["articles"] and (unit, value) == (one["unit"], one["value"])
        if (one["unit"], one["period"]) == (other["unit"], other["period"]) and one["value"] != other["value"]
        if max(one["value"], other["value"]) <= 1.5 * min(one["value"], other["value"])
        if not set(one["articles"]) & set(other["articles"])
        for outlet in other["outlets"]
        if outlet not in one["outlets"]
    }
    assert at_odds(claimed, SimpleNamespace(amounts=amounts), ledger) == expected


def test_what_an_outlet_tells_itself_and_its_other_figures_have_their_place(sample: Any) -> None:
    """The sample's 07 tells the 33 million itself, 19 the contracts of 4 million, for which 11 has 4.3 million."""
    from analysis.report import summaries

    table = claims(sample)
    told = summaries.told(table, sample)
    matrix = summaries.shared_claims(table, told)
    rows = summaries.worded(matrix, sample, table, told)
    own = rows[rows["own_voice"]]
    assert own["article_id"].str[:2].tolist() == ["07", "19"]
    assert own["statement"].isna().all()
    assert len(own) == int((matrix < 0).to_numpy().sum())
    assert rows["claim"].is_monotonic_increasing
    assert summaries.worded_shown(own, sample, "en")["speaker"] == ["told in its own voice"] * 2
    outlet = sample.articles.set_index("article_id")["outlet"]
    odds = summaries.other_figures(matrix, table, sample, na.ledger(sample))
    assert {each for _, each in odds} == {outlet[outlet.index.str.startswith("11")].iloc[0]}
    assert {claim for claim, _ in odds} == {matrix.index[own["claim"].iloc[1] - 1]}
    assert not summaries.other_figures(matrix, table, sample, na.ledger(sample).assign(conflict=False))
    counts = summaries.claims_of_outlets(table, matrix)
    assert (counts["shared"] + counts["alone"] == counts["claims"]).all()
    assert counts["alone"].sum() == table["claim"].nunique() - len(matrix)


def test_a_claim_in_the_speakers_own_words_has_quotation_marks() -> None:
    from analysis.report import summaries

    texts = [
        ("a", "أ", 'قال الوزير: "لن نغلق المعبر أمام المسافرين هذا الشتاء".'),
        ("b", "ب", 'وقال الوزير: "لن نغلق المعبر أمام المسافرين هذا الشتاء".'),
        ("c", "أ", "قال المدير إن محطة المياه ستعمل من جديد في الربيع المقبل."),
        ("d", "ب", "أكد المدير أن محطة المياه ستعمل من جديد في الربيع المقبل."),
    ]
    corpus = na.extract(articles_of(texts))
    table = claims(corpus)
    labels = summaries.claim_numbers(summaries.shared_claims(table, None), corpus, table, "en")
    assert sorted("«" in label for label in labels.values()) == [False, True]


def test_no_claim_is_told_where_nothing_is_shared() -> None:
    corpus = na.extract(articles_of([("a", "أ", "قال الوزير إن المعبر سيفتح أمام المسافرين."), ("b", "ب", "تأخر موسم الزيتون.")]))
    pd.testing.assert_frame_equal(narrated(claims(corpus), corpus), frame("narrated", {}))


def test_a_sentence_that_denies_a_claim_does_not_tell_it() -> None:
    said = "قال الوزير إن المعبر الحدودي الشمالي سيفتح أمام المسافرين بعد العيد."
    rows = [("a", "أ", said), ("b", "ب", said), ("c", "ج", "المعبر الحدودي الشمالي لن يفتح أمام المسافرين بعد العيد.")]
    rows += [("d", "د", "المعبر الحدودي الشمالي سيفتح أمام المسافرين بعد العيد."), ("e", "هـ", "تأخر موسم الزيتون بسبب الجفاف.")]
    corpus = na.extract(articles_of(rows))
    table = claims(corpus)
    told = narrated(table, corpus)
    assert set(told["article_id"]) == {"d"}
    row = coverage(table, narrated=told, outlets=["ج", "هـ"]).loc[told["claim"][0]]
    assert row.to_dict() == {"أ": 1, "ب": 1, "ج": 0, "د": -1, "هـ": 0}


@pytest.fixture(scope="module")
def real() -> Any:
    if not (SHARED / "articles").is_dir():
        pytest.skip(f"{SHARED / 'articles'} is not there: the five real articles are not part of the repository")
    return na.extract(na.read_articles(SHARED / "articles"))


@pytest.mark.parametrize("words", [("منبج", "الطبقة", "الرقة"), ("استمرار", "شراكت")])
def test_claims_that_two_real_articles_share(real: Any, words: tuple[str, ...]) -> None:
    assert matrix_of(real, words) == {"00"}
    table = claims(real).merge(real.statements[["article_id", "statement", "text"]], on=["article_id", "statement"])
    hits = table[[all(word in text for word in words) for text in table["text"]]]
    shared = table[table["claim"].isin(hits["claim"])]
    assert set(shared["article_id"].str[:3]) == {"002", "003"}
    assert shared["claim"].nunique() == 1


def test_no_other_claim_is_shared_by_real_articles(real: Any) -> None:
    articles = claims(real).groupby("claim")["article_id"].nunique()
    assert sorted(articles[articles > 1]) == [2, 2]


def many(n: int, *, seed: int = 7) -> Any:
    """`n` statements of forty outlets: each claim is a set of words, reported four times in another order and in part."""
    draw = random.Random(seed)
    letters = "بتجحخدرزسشصطعغفقكلمنه"
    vocabulary = ["".join(draw.choices(letters, k=draw.randint(3, 6))) for _ in range(6000)]
    said = []
    for claim in range(n // 4):
        words = [vocabulary[int(6000 * draw.random() ** 3)] for _ in range(14)]
        for report in range(4):
            kept = draw.sample(words, 11) + draw.choices(vocabulary[:200], k=2)
            draw.shuffle(kept)
            outlet = (claim + 7 * report) % 40
            said.append((f"{outlet:02}-{claim % 50:02}", f"صحيفة {outlet}", None, "أن " + " ".join(kept)))
    return tables(said), [claim for claim in range(n // 4) for _ in range(4)]


def measured(n: int) -> tuple[float, float, pd.DataFrame, dict[tuple[str, int], int]]:
    """Seconds, peak memory of the process in GB, the claims, and which claim each statement was made for."""
    corpus, truth = many(n)
    keys = zip(corpus.statements["article_id"], corpus.statements["statement"], strict=True)
    began = time.perf_counter()
    table = claims(corpus)
    seconds = time.perf_counter() - began
    return seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20, table, dict(zip(keys, truth, strict=True))


def test_ten_thousand_statements_take_less_than_a_minute_and_two_gigabytes() -> None:
    """A fifth of them, in less than a fifth of the time: what is compared grows with the statements, not with their pairs."""
    seconds, memory, table, truth = measured(2000)
    assert seconds < 12
    assert memory < 2
    made: dict[int, set[int]] = {}
    for row in table.itertuples():
        made.setdefault(row.claim, set()).add(truth[row.article_id, row.statement])
    assert sum(len(each) == 1 for each in made.values()) > 0.99 * len(made), "no two claims are glued"
    assert len(made) < 1.2 * 500, "nor is one taken apart"


def test_a_claim_that_everybody_reports_is_one() -> None:
    said = [(f"{at}", f"{at % 30}", None, "أن المعبر سيفتح أمام المسافرين بعد العيد") for at in range(600)]
    table = claims(tables([*said, *OTHERS]))
    assert table["claim"].value_counts().tolist() == [600, 1, 1, 1, 1, 1]


def test_candidates_grow_with_statements_and_not_with_their_pairs() -> None:
    from analysis.compare.contents import read_contents

    likeness = Likeness(read_contents(many(400)[0]))
    assert len(list(likeness.candidates())) <= 400 * NEAREST


def test_features_do_not_depend_on_the_name_or_the_digits_or_vowel_signs() -> None:
    one, _ = features("أرسلت قسد 5 جرّارات", [(6, 9, "@sdf"), (10, 11, "#n|5")])
    other, _ = features("إرسال مليشيا قسد خمس جرارات", [(6, 16, "@sdf"), (17, 20, "#n|5")])
    assert one == other == {"=send": False, "@sdf": False, "#n|5": False, "جرار": False}
    assert features("صُرفت", []) == ({"=pay": False}, "صرفت")


CASES = [json.loads(line) for line in (Path(__file__).parent / "cases" / "claims.jsonl").read_text(encoding="utf-8").splitlines()]


def judged(cases: Sequence[dict[str, Any]]) -> tuple[float, float]:
    """Precision and recall of the pairs of wordings that are put into one claim; each wording is an article, read from its text."""
    said = [(case["label"], f"وقال المتحدث الرسمي، في مؤتمر صحفي عقده أمس، {text}.") for case in cases for text in case["said"]]
    n = len(said)
    corpus = na.extract(articles_of([(f"{at:03}", f"صحيفة {at % 5}", text) for at, (_, text) in enumerate(said)]))
    made: dict[str, set[int]] = {}
    for row in claims(corpus).itertuples():
        made.setdefault(row.article_id, set()).add(row.claim)
    pairs = [
        (said[one][0] == said[other][0], bool(made[f"{one:03}"] & made[f"{other:03}"])) for one in range(n) for other in range(one)
    ]
    right = pairs.count((True, True))
    return right / (right + pairs.count((False, True))), right / (right + pairs.count((True, False)))


def of(*names: str | None) -> list[dict[str, Any]]:
    return [case for case in CASES if case.get("set") in names]


def test_pairs_that_people_judged() -> None:
    """Eighty-nine claims in the words of several outlets, most beside another of the same matter: a figure, a place, a verb apart.

    The threshold and the list of meanings come from them (precision, recall): 0.36 0.85 0.93, 0.38 0.89 0.91, 0.40 0.92 0.89, 0.42
    0.92 0.87, 0.44 0.92 0.85. So these figures are no estimate for other texts. The second batch was written when the rules stood
    and had 0.76 and 0.94 on the day; the opposites of beginning and accepting were added after that, and the threshold was
    looked at again with it.
    """
    precision, recall = judged(of(None, "second batch"))
    assert precision >= 0.9
    assert recall >= 0.87


def test_pairs_that_no_rule_has_seen() -> None:
    """Thirty claims of other matters (economy, health, sport, war, courts), written last and scored once before any change.

    Precision 0.80, recall 0.70: what to expect of new texts that were written to be hard, a near miss beside every third claim.
    No rule and no word list was changed for them; who does so must write new ones.
    """
    precision, recall = judged(of("unseen"))
    assert precision >= 0.8
    assert recall >= 0.69


def test_wordings_of_one_sum() -> None:
    """Sums of the ledger in few other words, each beside the same sum for something else from the same speaker."""
    precision, recall = judged(of("sums"))
    assert precision == 1
    assert recall >= 0.9


def told_by_outlets(cases: Sequence[dict[str, Any]]) -> tuple[float, float]:
    """Precision and recall of sentences found to tell a claim: two outlets report its first wording, a third one tells the last."""
    rows: list[tuple[str, str, str]] = []
    for case in cases:
        sentence = case["said"][-1].split(" ", 1)
        told = sentence[1] if sentence[0] in ("أن", "إن") else " ".join(sentence)
        rows.append((f"{case['label']}|c", "صحيفة ج", f"{told}."))
        if len(case["said"]) > 1:
            said = f"وقال المتحدث الرسمي، في مؤتمر صحفي عقده أمس، {case['said'][0]}."
            rows += [(f"{case['label']}|{name}", f"صحيفة {name}", said) for name in "ab"]
    corpus = na.extract(articles_of(rows))
    table = claims(corpus)
    labels: dict[int, set[str]] = {}
    for row in table.itertuples():
        labels.setdefault(row.claim, set()).add(row.article_id.split("|")[0])
    found = {(row.article_id.split("|")[0], row.claim) for row in narrated(table, corpus).itertuples()}
    right = sum(label in labels[claim] for label, claim in found)
    return right / len(found), right / sum(len(case["said"]) > 1 for case in cases)


def articles_of(rows: Sequence[tuple[str, str, str]]) -> pd.DataFrame:
    """Articles of one day from (article, outlet, text)."""
    n, empty = len(rows), [None] * len(rows)
    columns = dict.fromkeys(("title", "url", "path"), empty)
    columns |= {name: [each[at] for each in rows] for at, name in enumerate(("article_id", "outlet", "text"))}
    published = pd.to_datetime(["2020-07-01"] * n).as_unit("us")
    return schema.frame("articles", {**columns, "published": published, "n_words": [20] * n})


def test_sentences_that_tell_a_claim_in_the_outlets_own_voice() -> None:
    """Precision and recall: 0.94 and 0.69 on the cases that the rules come from, 0.89 and 0.70 on those that no rule has seen."""
    precision, recall = told_by_outlets(of(None, "second batch"))
    assert precision >= 0.9
    assert recall >= 0.65
    precision, recall = told_by_outlets(of("unseen"))
    assert precision >= 0.85
    assert recall >= 0.65


def test_a_statement_that_says_two_things_is_in_two_claims() -> None:
    said = [
        ("a", "أ", None, "أن المخبز الآلي سيفتح قبل العيد، وأن المستوصف يحتاج إلى سيارة إسعاف"),
        ("b", "ب", None, "أن المخبز الآلي سيفتح قبل العيد"),
        ("c", "ج", None, "أن المستوصف بحاجة إلى سيارة إسعاف"),
        *(("z", *each[1:]) for each in OTHERS),
    ]
    groups = together(*said)
    assert [0, 1] in groups
    assert [0, 2] in groups
    wording = claim_wording(claims(tables(said)), tables(said))
    assert wording["text"].tolist()[0] == "أن المخبز الآلي سيفتح قبل العيد"
    assert wording["text"].tolist()[2] == "وأن المستوصف يحتاج إلى سيارة إسعاف"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("أن الجسر مغلق، وأن الطريق مفتوح", 1),  # too little each to be a claim
        ("أن الجسر الجنوبي مغلق للصيانة، كما أن الطريق الساحلي مفتوح للشاحنات", 2),
        ("عاد التيار إلى الحي. ولا تزال المضخات متوقفة", 2),
        ("أن السعر بلغ 4.5 ملايين ليرة للطن الواحد", 1),
        ("أن الوزير والمدير العام وأعضاء المجلس حضروا", 1),
        ("", 1),
        ("وأن وأن وأن وأن", 1),
    ],
)
def test_where_a_statement_says_several_things(text: str, expected: int) -> None:
    found = parts(fold_same(text))
    assert len(found) == expected
    assert found[0][0] == 0
    assert found[-1][1] == len(text)


@given(st.text(alphabet='وأن ،.كما؟\n"المدينة٥', max_size=80))
def test_parts_are_in_order_and_within(text: str) -> None:
    found = parts(fold_same(text))
    flat = [at for span in found for at in span]
    assert flat == sorted(flat)
    assert (flat[0], flat[-1]) == (0, len(text))


def test_parts_take_linear_time() -> None:
    began = time.process_time()
    parts("وان المدينه القديمه فتحت " * 40_000)
    assert time.process_time() - began < 5


def test_figures_agree_however_they_are_qualified() -> None:
    def figure(low: float, high: float, unit: str = "=troops") -> Figure:
        return Figure("#n|x", unit, low, high)

    assert not disagree([figure(600, 600)], [figure(570, 630)]), "about 600"
    assert not disagree([figure(1e6, 1.5e6)], [figure(1.2e6, 1.2e6)]), "more than a million"
    assert not disagree([figure(5e6, 7e6)], [figure(6e6, 6e6)]), "within a range"
    assert not disagree([figure(600, 600)], [figure(20, 20, "بئر")]), "of another thing"
    assert not disagree([figure(600, 600, "")], [figure(900, 900, "")]), "of nobody knows what"
    assert disagree([figure(600, 600)], [figure(900, 900)])


NAMES = st.sampled_from(SPELLINGS)


@given(NAMES, NAMES, st.sampled_from(FIRST), st.sampled_from(["محمد", "جون", "سالم", "كينو"]))
def test_a_surname_in_any_spelling_joins_and_another_first_name_parts(one: str, other: str, first: str, stranger: str) -> None:
    assert same_person(f"{first} {one}", other)
    assert same_person(f"{first} {one}", f"{first} {other}")
    assert same_person(f"{first} {one}", f"{stranger} {other}") is False
    assert same_person(f"{stranger} {other}", f"{first} {one}") is False


NATIVE = st.sampled_from(
    sorted({"محمد", "محمود", "أحمد", "حمد", "حسن", "حسين", "علي", "علاء", "سالم", "سليم", "عمر", "عمرو", "خالد", "خليل"})
)


@given(NATIVE, NATIVE, st.sampled_from(["الراوي", "العلي", "درويش", "عبد الله"]))
def test_arabic_names_have_one_spelling(one: str, other: str, family: str) -> None:
    assert same_person(f"{one} {family}", f"{other} {family}") is (one == other)
    assert same_person(one, other) is (one == other)
    assert same_person(f"{one} {family}", family)
