"""Comparisons of naming and hedging: planted facts come back, chance does not look like one, numbers lead back to their spans."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd
import pytest

import analysis as na
from analysis import schema
from analysis.compare import resampling
from analysis.compare.columns import COMPARISONS, frame
from analysis.compare.hedging import hedging, hedging_difference, hedging_spans, scare_quotes
from analysis.compare.ledger import ledger
from analysis.compare.naming import naming, naming_difference
from analysis.errors import InputError

SHARED = Path(__file__).parents[2] / "shared"


def tables(
    articles: list[tuple[str, str | None]], mentions: Sequence[tuple[Any, ...]] = (), **more: pd.DataFrame
) -> SimpleNamespace:
    """Tables of articles (id, outlet), each of a hundred words, and mentions (article, actor, label, voice, quoted)."""
    ids, outlets = [each[0] for each in articles], [each[1] for each in articles]
    n = len(ids)
    empty = [None] * n
    frames = {name: schema.frame(name, {}) for name in ("statements", "hedges", "amounts")} | more
    return SimpleNamespace(
        articles=schema.frame(
            "articles",
            {"article_id": ids, "outlet": outlets, "title": empty, "published": empty, "url": empty, "path": empty,
             "text": ["كلمة " * 100] * n, "n_words": [100] * n},
        ),
        mentions=schema.frame(
            "mentions",
            {
                "article_id": [each[0] for each in mentions],
                "start": list(range(len(mentions))),
                "end": list(range(1, len(mentions) + 1)),
                "text": [each[2] for each in mentions],
                "actor": [each[1] for each in mentions],
                "label": [each[2] for each in mentions],
                "stance": ["neutral"] * len(mentions),
                "quoted": [each[4] for each in mentions],
                "voice": [each[3] for each in mentions],
                "statement": [None] * len(mentions),
            },
        ),
        **frames,
    )  # fmt: skip


def hedge_rows(rows: list[tuple[str, str, str]]) -> pd.DataFrame:
    n = len(rows)
    return schema.frame(
        "hedges",
        {"article_id": [each[0] for each in rows], "start": [0] * n, "end": [4] * n, "text": ["بزعم"] * n,
         "kind": [each[1] for each in rows],
         "voice": [each[2] for each in rows], "statement": [None] * n},
    )  # fmt: skip


def statement_rows(rows: list[tuple[str, int, int, int, str]]) -> pd.DataFrame:
    """Statements (article, start, end, cue_start, force)."""
    n = len(rows)
    columns: dict[str, list[Any]] = {column.name: [None] * n for column in schema.TABLES["statements"]}
    columns |= {
        "article_id": [each[0] for each in rows], "start": [each[1] for each in rows], "end": [each[2] for each in rows],
        "cue_start": [each[3] for each in rows], "cue_end": [each[3] + 3 for each in rows], "force": [each[4] for each in rows],
        "cue": ["قال"] * n, "text": ["…"] * n, "verb": ["قال"] * n, "kind": ["indirect"] * n,
        "statement": list(range(n)), "in_title": [False] * n,
    }  # fmt: skip
    return schema.frame("statements", columns)


@pytest.mark.parametrize("compare", [naming, naming_difference, hedging, hedging_difference, hedging_spans, scare_quotes, ledger])
def test_empty_in_typed_out(compare: Any) -> None:
    table = compare(tables([]))
    pd.testing.assert_frame_equal(table, frame(compare.__name__, {}))
    assert list(table.columns) == [column.name for column in COMPARISONS[compare.__name__]]


def planted() -> SimpleNamespace:
    """Ten articles each of two outlets: one says قسد in quote marks, the other its full name; both say داعش."""
    articles = [(f"a{at}", "أ") for at in range(10)] + [(f"b{at}", "ب") for at in range(10)]
    rows: list[tuple[Any, ...]] = []
    for at in range(10):
        rows += [(f"a{at}", "sdf", "قسد", "narrator", True), (f"a{at}", "sdf", "قسد", "paraphrase", True)]
        rows += [(f"b{at}", "sdf", "قوات سوريا الديمقراطيه", "narrator", True), (f"b{at}", "isis", "داعش", "narrator", True)]
        rows += [(f"a{at}", "isis", "داعش", "narrator", False), (f"a{at}", "isis", "داعش", "narrator", False)]
        rows += [(f"a{at}", "turkey", "تركيا", "narrator", False), (f"b{at}", "turkey", "تركيا", "narrator", False)]
    return tables(articles, rows)


def test_who_names_whom_how_is_recovered() -> None:
    table = naming(planted())
    found = {(row.actor, row.label, row.outlet, row.voice): (row.n, row.share) for row in table.itertuples()}
    assert found["sdf", "قسد", "أ", "narrator"] == (10, 1.0)
    assert found["sdf", "قوات سوريا الديمقراطيه", "ب", "narrator"] == (10, 1.0)
    assert ("sdf", "قسد", "ب", "narrator") not in found
    assert table["n"].sum() == len(planted().mentions)
    assert ((table["low"] <= table["share"]) & (table["share"] <= table["high"])).all()


def test_a_planted_difference_is_found_and_no_other() -> None:
    table = naming_difference(planted())
    differs = table[(table["low"] > 0) | (table["high"] < 0)]
    assert {(row.actor, row.outlet) for row in differs.itertuples()} == {("sdf", "أ"), ("sdf", "ب")}


def test_three_mentions_are_no_finding() -> None:
    one = naming(tables([("a", "أ")], [("a", "sdf", "قسد", "narrator", False)] * 3))
    assert one["low"][0] < 0.3
    three = naming(tables([("a", "أ"), ("b", "أ"), ("c", "أ")], [(each, "sdf", "قسد", "narrator", False) for each in "abc"]))
    assert 0.3 < three["low"][0] < 0.7
    two = naming_difference(
        tables(
            [("a", "أ"), ("b", "ب")], [("a", "sdf", "قسد", "narrator", False)] * 3 + [("b", "sdf", "مليشيا", "narrator", False)] * 3
        )
    )
    assert ((two["low"] < 0) & (two["high"] > 0)).all()


def test_the_same_seed_gives_the_same_numbers_and_another_outlet_changes_none() -> None:
    first = naming(planted())
    pd.testing.assert_frame_equal(first, naming(planted()))
    more = planted()
    other = tables([("c", "ج")], [("c", "sdf", "قسد", "narrator", False)])
    more.articles = pd.concat([more.articles, other.articles], ignore_index=True)
    more.mentions = pd.concat([more.mentions, other.mentions], ignore_index=True)
    again = naming(more)
    pd.testing.assert_frame_equal(first, again[again["outlet"] != "ج"].reset_index(drop=True))


def test_articles_without_an_outlet_are_a_group_of_their_own() -> None:
    table = naming(
        tables([("a", None), ("b", "ب")], [("a", "sdf", "قسد", "narrator", False), ("b", "sdf", "قسد", "narrator", False)])
    )
    assert table["outlet"].isna().tolist() == [False, True]


def test_a_name_is_shown_as_the_corpus_writes_it() -> None:
    corpus = tables([("a", "أ")], [("a", "coalition", "التحالف لمحاربه داعش", "narrator", False)] * 4)
    corpus.mentions["text"] = pd.array(
        ["التحالف لمحاربة  داعش", "«التحالف لمحاربة داعش»", "التـحالف لمحاربه داعش", "التحالف لمُحاربة داعش"], dtype="string"
    )
    assert naming(corpus)["written"].tolist() == ["التحالف لمحاربة داعش"]
    from analysis.plots import describe_naming

    assert "لمحاربة" in describe_naming(naming(corpus))


@pytest.mark.parametrize(
    ("spans", "kept"),
    [
        ([(4, 26), (22, 26), (40, 44)], [0, 2]),
        ([(22, 26), (4, 26)], [1]),
        ([(4, 26), (22, 30)], [0, 1]),
        ([(4, 9), (4, 9), (5, 9)], [0, 1]),
        ([(4, 9)], [0]),
    ],
)
def test_a_name_within_another_actors_name_counts_for_nobody(spans: list[tuple[int, int]], kept: list[int]) -> None:
    corpus = tables([("a", "أ"), ("b", "أ")], [("a", f"x{at}", "اسم", "narrator", False) for at in range(len(spans))] * 2)
    corpus.mentions["article_id"] = pd.array(["a"] * len(spans) + ["b"] * len(spans), dtype="string")
    corpus.mentions["start"], corpus.mentions["end"] = zip(*spans * 2, strict=True)
    assert naming(corpus).set_index("actor")["n"].to_dict() == {f"x{at}": 2 for at in kept}


def test_stance_comes_on_request() -> None:
    assert naming(planted(), stance=True)["stance"].astype(str).unique().tolist() == ["neutral"]


def test_tables_that_do_not_belong_together_are_refused() -> None:
    with pytest.raises(InputError, match="'z'"):
        naming(tables([("a", "أ")], [("z", "sdf", "قسد", "narrator", False)]))


def no_difference(random: np.random.Generator) -> SimpleNamespace:
    """Four outlets of one habit, whose articles differ: each has its own liking for a name, and its own mood."""
    articles, mentions, hedges = [], [], []
    for outlet in "أبجد":
        for at in range(int(random.integers(3, 16))):
            name = f"{outlet}{at}"
            articles.append((name, outlet))
            liking = random.beta(1.0, 1.0)
            for _ in range(1 + random.poisson(3)):
                label = "قسد" if random.random() < liking else "قوات سوريا الديمقراطيه"
                mentions.append((name, "sdf", label, "narrator", bool(random.random() < 0.3)))
                mentions.append((name, "isis", "داعش", "narrator", bool(random.random() < 0.3)))
            hedges += [(name, "doubt", "narrator")] * random.poisson(random.gamma(1.0, 2.0))
    return tables(articles, mentions, hedges=hedge_rows(hedges))


def test_no_difference_looks_like_one_in_twenty_at_most() -> None:
    random = np.random.default_rng(20200407)
    misses = {"naming": [], "hedging": [], "lift": []}
    for _ in range(24):
        corpus = no_difference(random)
        names, rates, lifts = naming_difference(corpus), hedging_difference(corpus), hedging(corpus)
        names = names[(names["actor"] == "sdf") & (names["label"] == "قسد")]  # the other label is its mirror image
        rates = rates[rates["measure"].astype(str) == "doubt"]
        lifts = lifts[lifts["measure"].astype(str) == "scare_quote_lift"]
        misses["naming"] += ((names["low"] > 0) | (names["high"] < 0)).tolist()
        misses["hedging"] += ((rates["low"] > 0) | (rates["high"] < 0)).tolist()
        misses["lift"] += ((lifts["low"] > 1) | (lifts["high"] < 1)).tolist()
    for name, missed in misses.items():
        assert len(missed) == 96
        assert np.mean(missed) <= 0.05, (name, np.mean(missed))


def test_a_difference_that_is_there_is_found_with_enough_articles() -> None:
    articles = [(f"{outlet}{at}", outlet) for outlet in "أب" for at in range(20)]
    hedges = [(f"أ{at}", "doubt", "narrator") for at in range(20) for _ in range(2)]
    table = hedging_difference(tables(articles, hedges=hedge_rows(hedges)))
    found = table[table["measure"].astype(str) == "doubt"].set_index("outlet")
    assert found.loc["أ", "low"] > 0
    assert found.loc["ب", "high"] < 0


def test_rates_are_per_thousand_words_of_narrator_text() -> None:
    statements = statement_rows(
        [("a", 50, 250, 10, "doubt"), ("a", 60, 100, 55, "deny")]
    )  # 40 of the 100 words, the second within the first
    hedges = hedge_rows([("a", "doubt", "narrator"), ("a", "doubt", "quotation"), ("a", "pretext", "paraphrase")])
    table = hedging(tables([("a", "أ")], statements=statements, hedges=hedges)).set_index("measure")
    assert table.loc["doubt", ["n", "rate"]].tolist() == [1, pytest.approx(1000 / 60)]
    assert table.loc["pretext", "n"] == 0
    assert table.loc["pretext", "high"] > 0
    assert table.loc["force_doubt", "n"] == 1
    assert table.loc["force_deny", "n"] == 0, "a cue within reported speech is the speaker's"


def test_the_lift_is_over_the_outlets_own_habit() -> None:
    table = hedging(planted())
    lifts = table[table["measure"].astype(str) == "scare_quote_lift"].set_index("outlet")
    assert lifts.loc["أ", "low"] > 1, "it quotes one name and not the other"
    assert lifts.loc["ب", "low"] < 1 < lifts.loc["ب", "high"], "it quotes both: house style"
    silent = tables([("a", "أ")], [("a", actor, "…", "narrator", False) for actor in ("sdf", "isis", "coalition")])
    assert scare_quotes(silent)["lift"].isna().all(), "it quotes no name: there is no habit to rise above"
    detail = scare_quotes(planted()).set_index(["outlet", "actor"])
    assert detail.loc[("أ", "sdf"), ["n", "n_quoted", "share", "habit"]].tolist() == [20, 20, 1.0, 0.0]
    assert ("أ", "turkey") not in detail.index, "a country is no name that could be in scare quotes"


def test_every_number_leads_back_to_its_spans() -> None:
    corpus = no_difference(np.random.default_rng(5))
    table, spans = hedging(corpus), hedging_spans(corpus)
    counted = spans.groupby(["outlet", spans["measure"].astype(str)]).size()
    for row in table[table["measure"].astype(str) != "scare_quote_lift"].itertuples():
        assert row.n == counted.get((row.outlet, row.measure), 0)


def test_intervals_of_one_mind_are_jeffreys() -> None:
    # Ten articles that all use the label: the quantiles of Beta(10.5, 0.5) are known.
    draws = resampling.shares(np.ones((1, 10)), np.ones(10), key="x", draws=40_000)[:, 0]
    assert np.quantile(draws, 0.025) == pytest.approx(0.783, abs=0.04)
    assert resampling.interval(draws, 1.0)[1] == 1.0


def test_very_many_articles_are_resampled_in_blocks() -> None:
    random = np.random.default_rng(3)
    hits = random.binomial(1, 0.3, (1, 5000)).astype(float)
    low, high = resampling.interval(resampling.shares(hits, np.ones(5000), key="x")[:, 0])
    assert low < 0.3 < high
    assert high - low == pytest.approx(2 * 1.96 * np.sqrt(0.21 / 5000), rel=0.3)


# On the real articles, where they are at hand.


@pytest.fixture(scope="module")
def real() -> Any:
    if not (SHARED / "articles").is_dir():
        pytest.skip(f"{SHARED / 'articles'} is not there: the five real articles are not part of the repository")
    corpus = na.extract(na.read_articles(SHARED / "articles"))
    corpus.articles["outlet"] = corpus.articles["article_id"].str[:3]  # by article: one of them has no outlet
    return corpus


def test_naming_in_the_real_articles(real: Any) -> None:
    table = naming(real)
    by = table.groupby(["outlet", "label"])["n"].sum()
    assert by["002", "قسد"] == 6
    mentions = real.mentions[real.mentions["article_id"].str.startswith("002")]
    assert mentions[mentions["label"] == "قسد"]["quoted"].tolist() == [True] * 6
    assert {outlet for outlet, label in by.index if "مليشيا" in label} == {"004"}
    assert {outlet for outlet, label in by.index if "داعش" in label} == {"000", "001", "003"}
    assert {outlet for outlet, label in by.index if label == "تنظيم الدوله"} == {"002", "004"}


def test_hedges_in_the_real_articles(real: Any) -> None:
    rows = real.hedges.assign(article=real.hedges["article_id"].str[:3])
    found = {(row.article, row.text, row.kind, row.voice) for row in rows.itertuples()}
    assert found == {
        ("002", "حسب زعمه", "doubt", "narrator"),
        ("004", "بحجة", "pretext", "narrator"),
        ("004", "بزعم", "doubt", "narrator"),
    }


def test_the_ledger_of_the_real_articles(real: Any) -> None:
    table = ledger(real)
    rows = [
        (articles[0][:3], len(articles), None if pd.isna(value) else float(value), modifier, None if pd.isna(period) else period)
        for articles, value, modifier, period in table[["articles", "value", "modifier", "period"]].itertuples(index=False)
    ]
    assert sorted(rows, key=str) == sorted(
        [
            ("000", 1, 4e6, "approx", None), ("001", 1, None, "vague", None), ("004", 1, None, "vague", None),
            ("004", 1, 1e6, "more_than", None),
            ("004", 1, 200e6, "exact", None), ("004", 1, 16e6, "exact", None), ("004", 1, 33e6, "exact", "P3M"),
        ],
        key=str,
    )  # fmt: skip
    actions = table.set_index("value")["action"].astype(str)
    assert [actions[value] for value in (200e6, 33e6, 16e6, 4e6)] == ["send", "send", "allocate", "contract"]
    assert table["speaker"].notna().all()
    assert table["mentions"].tolist() == [1] * 7
    assert not table["conflict"].any()
