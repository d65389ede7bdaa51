"""Claims: what is one and what is not, names spelled in many ways, denials, order, scale, the real articles and the sample."""

from __future__ import annotations

import random
import resource
import time
from collections.abc import Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest

import analysis as na
from analysis import places, schema
from analysis.compare.claims import claim_labels, claim_pairs, claim_wording, claims, coverage
from analysis.compare.columns import COMPARISONS, frame
from analysis.compare.contents import features
from analysis.compare.grouping import NEAREST, Likeness
from analysis.compare.people import same_person
from analysis.errors import InputError

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
    given = tables(said, **more)
    place = {key: at for at, key in enumerate(zip(given.statements["article_id"], given.statements["statement"], strict=True))}
    groups: dict[int, list[int]] = {}
    for row in claims(given).itertuples():
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


def test_a_verb_of_denial_turns_the_content() -> None:
    said = [("a", "أ", None, "أن تكون الشركة قد دفعت عمولة للمجلس"), ("b", "ب", None, "أن الشركة دفعت عمولة للمجلس"), *OTHERS]
    given = tables(said)
    assert claims(given)["claim"].nunique() == 6
    given.statements["verb"] = pd.Series(["نفى", *["قال"] * 6], dtype="string")
    assert claims(given)["claim"].nunique() == 7
    pairs = claim_pairs(given)
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
    given = tables(OTHERS)
    given.articles = given.articles[given.articles["article_id"] != "x"]
    with pytest.raises(InputError, match="article 'x' is not among the articles"):
        claims(given)
    with pytest.raises(InputError, match="the claims are not of these tables"):
        claim_wording(claims(tables(OTHERS)), tables(OTHERS[:1]), every=True)


def test_a_claim_is_called_by_its_most_typical_statement() -> None:
    said = [
        ("a", "أ", None, "أن المعبر سيفتح أمام المسافرين بعد العيد"),
        ("b", "ب", None, "بأن المعبر سيفتح أمام المسافرين"),
        ("c", "ج", None, "إن المعبر سيفتح قريباً أمام المسافرين والشاحنات"),
    ]
    given = tables([*said, *OTHERS])
    labels = claim_labels(claims(given), given)
    assert labels[0] == "المعبر سيفتح أمام المسافرين"
    assert len(labels) == 6


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


def test_every_statement_has_one_claim(sample: Any) -> None:
    table = claims(sample)
    keys = ["article_id", "statement"]
    assert len(table) == len(sample.statements) == len(table[keys].drop_duplicates())
    assert sorted(set(table["claim"])) == list(range(table["claim"].nunique()))
    alone = table.groupby("claim")["score"].transform("size") == 1
    assert (table["score"].isna() == alone).all()
    assert table["score"].dropna().between(0, 1).all()
    firsts = table[table["published"].notna()].groupby("claim")["published"].min()
    assert firsts.is_monotonic_increasing
    assert dict(table.dtypes.astype(str)) == dict(frame("claims", {}).dtypes.astype(str))


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


# Rows of the sample's own table of who reports what that its wording lets be told; articles by number.
@pytest.mark.parametrize(
    ("words", "articles"),
    [
        (["منبج", "الحسكة"], {"12", "13", "14", "15"}),
        (["33 مليون"], {"03", "05", "06", "10"}),
        (["عقود", "الحسكة", "ملايين"], {"08", "09", "10"}),
        (["وزارة الخارجية", "ستة عشر"], {"03", "04"}),
        (["مليون دولار", "الشدادي"], {"03", "07"}),
    ],
)
def test_the_sample_is_recovered_where_its_words_allow(sample: Any, words: list[str], articles: set[str]) -> None:
    assert articles <= matrix_of(sample, words)


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
    given, truth = many(n)
    keys = zip(given.statements["article_id"], given.statements["statement"], strict=True)
    began = time.perf_counter()
    table = claims(given)
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


def test_features_do_not_depend_on_the_name_or_the_digits() -> None:
    one, _ = features("أرسلت قسد 5 شاحنات", [(6, 9, "@sdf"), (10, 11, "#count|شاحن|5")])
    other, _ = features("إرسال مليشيا قسد خمس شاحنات", [(6, 16, "@sdf"), (17, 20, "#count|شاحن|5")])
    assert one == other == {"=send": False, "@sdf": False, "#count|شاحن|5": False, "شاحن": False}
