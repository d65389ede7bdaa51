"""A corpus made for the purpose: who names whom how, who doubts, and who leaves out what, planted; the comparisons give it back.

Everything goes through the whole of the package, from text to tables to comparisons.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import pandas as pd
import pytest

import analysis as na
from analysis import schema
from analysis.compare.claims import claim_pairs, claim_wording, claims, coverage
from analysis.compare.hedging import hedging, hedging_spans
from analysis.compare.naming import naming


class Outlet(NamedTuple):
    """How one outlet writes: its name for the SDF, its spelling of the spokesman, its verb, and its claims with their wording."""

    name: str
    sdf: str
    label: str
    spokesman: str
    verb: str
    force: str
    hedge: str
    tells: dict[str, int]  # claim → which wording


OUTLETS = [
    Outlet("المرفأ", "قوات سوريا الديمقراطية", "قوات سوريا الديمقراطيه", "دينيس هولغارد", "قال", "neutral", "",
           {"training": 0, "bridge": 0, "crossing": 0, "wheat": 0, "prison": 0}),
    Outlet("السنديان", "قسد", "قسد", "دنيس هولجارد", "أكد", "affirm", "",
           {"training": 1, "bridge": 1, "wheat": 1, "patrols": 0}),
    Outlet("المشكاة", "مليشيا قسد", "مليشيا قسد", "دينيز هولكارد", "زعم", "doubt", "على حد زعمه",
           {"training": 2, "crossing": 1, "prison": 1, "salaries": 0}),
    Outlet("الرابية", "قسد", "قسد", "دنيس هولغارد", "أوضح", "neutral", "",
           {"bridge": 2, "crossing_shut": 0, "wheat": 2}),
]  # fmt: skip

# Each claim in as many wordings as outlets have it; {sdf} is the outlet's own name for them.
CLAIMS = {
    "training": [
        "إن التحالف سيدرب ألفي مقاتل من {sdf} في قاعدة الشدادي قبل الشتاء",
        "أن ألفي مقاتل من {sdf} سيتلقون تدريباً في قاعدة الشدادي على يد التحالف",
        "أن قاعدة الشدادي ستستقبل ألفي مقاتل من {sdf} ليدربهم التحالف",
    ],
    "bridge": [
        "إن 12 مليون دولار رُصدت لترميم جسر الكسرة على الفرات",
        "أن ترميم جسر الكسرة سيكلف 12 مليون دولار",
        "أن جسر الكسرة سيعاد بناؤه بكلفة اثني عشر مليون دولار",
    ],
    "crossing": [
        "إنه لا توجد نية لإغلاق معبر سيمالكا أمام الشاحنات",
        "أن معبر سيمالكا لن يُغلق أمام الشاحنات",
    ],
    "crossing_shut": ["أن معبر سيمالكا سيُغلق أمام الشاحنات"],
    "wheat": [
        "إن صوامع القامشلي فيها 40 ألف طن من القمح",
        "أن مخزون القمح في صوامع القامشلي بلغ 40 ألف طن",
        "أن 40 ألف طن من القمح خُزنت في صوامع القامشلي هذا الموسم",
    ],
    "prison": [
        "إن حراسة سجن الصناعة انتقلت إلى {sdf} وحدها",
        "أن {sdf} تتولى وحدها حراسة سجن الصناعة",
    ],
    "patrols": ["أن الدوريات على الطريق الدولي ستُستأنف الأحد المقبل"],
    "salaries": ["أن رواتب المعلمين تأخرت بسبب عطل في المصرف"],
}


def article(outlet: Outlet) -> str:
    """A narrator's sentence that names the SDF, then a paragraph for each claim."""
    tail = f"، {outlet.hedge}" if outlet.hedge else ""
    said = [
        f"و{outlet.verb} المتحدث باسم التحالف {outlet.spokesman} {CLAIMS[claim][at].format(sdf=outlet.sdf)}{tail}."
        for claim, at in outlet.tells.items()
    ]
    return "\n\n".join([f"وصلت أمس تعزيزات إلى مواقع {outlet.sdf} قرب البلدة وسط حركة اعتيادية في السوق.", *said])


@pytest.fixture(scope="module")
def corpus() -> Any:
    n = len(OUTLETS)
    texts = [article(outlet) for outlet in OUTLETS]
    articles = schema.frame(
        "articles",
        {
            "article_id": [f"{at}" for at in range(n)],
            "outlet": [outlet.name for outlet in OUTLETS],
            "title": [None] * n,
            "published": pd.to_datetime([f"2021-09-0{at + 1}" for at in range(n)]).as_unit("us"),
            "url": [None] * n,
            "path": [None] * n,
            "text": texts,
            "n_words": [len(text.split()) for text in texts],
        },
    )
    return na.extract(articles)


def planted() -> dict[tuple[str, int], str]:
    return {(f"{at}", number): claim for at, outlet in enumerate(OUTLETS) for number, claim in enumerate(outlet.tells)}


def test_every_statement_is_found(corpus: Any) -> None:
    found = corpus.statements.sort_values(["article_id", "start"])
    assert set(zip(found["article_id"], found["statement"], strict=True)) == set(planted())
    for at, outlet in enumerate(OUTLETS):
        mine = found[found["article_id"] == str(at)]
        assert mine["speaker"].tolist() == [outlet.spokesman] * len(outlet.tells)
        assert mine["force"].astype(str).tolist() == [outlet.force] * len(outlet.tells)


def test_claims_are_recovered(corpus: Any) -> None:
    groups: dict[int, set[str]] = {}
    for row in claims(corpus).itertuples():
        groups.setdefault(row.claim, set()).add(planted()[row.article_id, row.statement])
    assert sorted(map(sorted, groups.values())) == [[claim] for claim in sorted(CLAIMS)]


def test_coverage_is_recovered(corpus: Any) -> None:
    table = claims(corpus)
    names = {row.claim: planted()[row.article_id, row.statement] for row in table.itertuples()}
    matrix = coverage(table).rename(index=names)
    expected = {
        (claim, outlet.name): int(claim in outlet.tells) for claim in CLAIMS for outlet in OUTLETS
    }  # fmt: skip
    assert {(claim, outlet): int(matrix.loc[claim, outlet]) for claim, outlet in expected} == expected
    assert matrix.shape == (len(CLAIMS), len(OUTLETS))


def test_a_denial_is_another_claim_and_is_pointed_out(corpus: Any) -> None:
    pairs = claim_pairs(corpus)
    opposed = {
        frozenset((planted()[row.article_id, row.statement], planted()[row.other_article_id, row.other_statement]))
        for row in pairs[pairs["opposed"]].itertuples()
    }
    assert opposed == {frozenset(("crossing", "crossing_shut"))}
    assert not pairs[pairs["opposed"]]["joined"].any()


def test_wordings_stand_side_by_side(corpus: Any) -> None:
    table = claim_wording(claims(corpus), corpus)
    training = table[table["text"].str.contains("الشدادي")]
    assert training["outlet"].tolist() == [outlet.name for outlet in OUTLETS if "training" in outlet.tells]
    assert training["verb"].tolist() == [outlet.verb for outlet in OUTLETS if "training" in outlet.tells]
    assert [[name for name in names if name != "التحالف"] for names in training["names"]] == [
        [outlet.sdf] for outlet in OUTLETS if "training" in outlet.tells
    ]
    texts = corpus.articles.set_index("article_id")["text"]
    assert all(texts[row.article_id][row.start : row.end] == row.text for row in table.itertuples())
    assert set(table["claim"]) == {row.claim for row in table.itertuples()}
    assert not table["text"].str.contains("الدوريات|رواتب").any()  # those that one outlet has


def test_naming_is_recovered(corpus: Any) -> None:
    table = naming(corpus)
    sdf = table[table["actor"] == "sdf"].groupby(["outlet", "label"])["n"].sum()
    named = {
        (outlet.name, outlet.label): 1 + sum("{sdf}" in CLAIMS[claim][at] for claim, at in outlet.tells.items())
        for outlet in OUTLETS
    }
    assert sdf.to_dict() == named
    narrator = table[(table["actor"] == "sdf") & (table["voice"] == "narrator")]
    assert dict(zip(narrator["outlet"], narrator["n"], strict=True)) == {outlet.name: 1 for outlet in OUTLETS}


def test_hedging_is_recovered(corpus: Any) -> None:
    table = hedging(corpus).set_index(["outlet", "measure"])["n"]
    for outlet in OUTLETS:
        assert table[outlet.name, f"force_{outlet.force}"] == len(outlet.tells)
        assert all(
            table[outlet.name, f"force_{force}"] == 0 for force in schema.FORCES if force != outlet.force
        )  # fmt: skip
        assert (table[outlet.name, "doubt"] > 0) == bool(outlet.hedge)
        assert table[outlet.name, "pretext"] == table[outlet.name, "so_called"] == 0
    spans = hedging_spans(corpus)
    phrases = spans[(spans["measure"] == "doubt") & (spans["text"] == "على حد زعمه")]
    assert phrases["outlet"].tolist() == ["المشكاة"] * 4
