"""What the findings say, and what they leave unsaid because the tables do not hold it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from conftest import table

from analysis import lexicon, schema, wording
from analysis.compare.people import one_name
from analysis.plots import timeline as drawn
from analysis.report import findings, summaries, words
from analysis.report.tabling import quote, render
from analysis.tables import Tables
from analysis.text import closed

A, B, C = "المنارة", "الشاطئ", "صوت الوادي"
DAYS = [pd.Timestamp("2021-03-04"), pd.Timestamp("2021-03-04"), pd.Timestamp("2021-05-06"), pd.NaT]


def corpus(articles: list[tuple[str | None, Any]], speakers: list[str | None] = (), dates: list[dict[str, object]] = ()) -> Tables:  # type: ignore[assignment]
    """Articles by outlet and day, with a statement of each speaker, dealt out over them."""
    made = [
        {"article_id": f"a{at}", "outlet": outlet, "published": day, "n_words": 100, "text": "نص", "path": "x"}
        for at, (outlet, day) in enumerate(articles)
    ]
    said = [
        {"article_id": f"a{at % len(articles)}", "statement": at, "speaker": speaker, "text": "قول"}
        for at, speaker in enumerate(speakers)
    ]
    empty = {name: schema.frame(name, {}) for name in schema.TABLES}
    tables = {"articles": table("articles", *made), "statements": table("statements", *said), "dates": table("dates", *dates)}
    return Tables(**{**empty, **tables})


def plain(sentences: list[str]) -> str:
    """The sentences without the isolates round what came from outside, with plain spaces."""
    return " ".join(sentences).translate({0x2068: None, 0x2069: None, 0xA0: " "})


@pytest.mark.parametrize(
    ("articles", "lead"),
    [
        ([(A, DAYS[0])], "The corpus holds 1 article by 1 outlet, published on March 4, 2021: 100 words in all."),
        ([(A, DAYS[0]), (B, DAYS[2])], "2 articles by 2 outlets, published between March 4, 2021 and May 6, 2021: 200 words"),
        ([(A, DAYS[0]), (B, DAYS[3])], "2 articles by 2 outlets, those of a known date published on March 4, 2021: 200"),
        ([(A, DAYS[0]), (None, DAYS[0])], "2 articles by 1 outlet and others not named, published on March 4, 2021: 200"),
        ([(None, DAYS[3])], "The corpus holds 1 article, with no known date of publication: 100 words in all."),
    ],
)
def test_the_corpus_is_told_as_it_is_known(articles: list[tuple[str | None, Any]], lead: str) -> None:
    assert lead in plain(findings.corpus(corpus(articles), "en"))


def test_no_outlet_has_most_of_equals_and_few_articles_give_no_rates() -> None:
    even = plain(findings.corpus(corpus([(A, DAYS[0]), (B, DAYS[0])], ["س"] * 3), "en"))
    assert "The largest part" not in even
    assert "most speech" not in even
    uneven = plain(findings.corpus(corpus([(A, DAYS[0])] * 4 + [(B, DAYS[0])] * 3, ["س"] * 9), "en"))
    assert f"The largest part is by {A}: 4 articles" in uneven
    assert f"{A} reports the most speech, 15 statements per 1,000 words; {B} the least, 10." in uneven


@pytest.mark.parametrize(
    ("days", "said", "unsaid"),
    [
        (
            [DAYS[0], DAYS[2]],
            "Reported speech peaks on March 4, 2021: 2 statements in 1 article by 1 outlet.",
            "without a known date",
        ),
        ([DAYS[0], DAYS[0]], "3 statements, all of them published on March 4, 2021.", "speech peaks"),
        (
            [DAYS[0], DAYS[3]],
            "those of a known day were published on March 4, 2021. In articles without a known date: 1 of them;",
            "speech peaks",
        ),
        ([DAYS[3], DAYS[3]], "3 statements, none of a known day.", "speech peaks"),
    ],
)
def test_a_peak_needs_two_days(days: list[Any], said: str, unsaid: str) -> None:
    words = plain(findings.timeline(corpus([(A, day) for day in days], [None] * 3), "en"))
    assert said in words
    assert unsaid not in words


def test_spellings_of_one_name_are_one_speaker() -> None:
    speakers = ["كريغ بنتون"] * 3 + ["كريج بنتون"] * 2 + ["بنتون", "سامر النجار", "سمير النجار", "ناطق باسم البلدية"]
    tables = corpus([(A, DAYS[0]), (B, DAYS[0])], speakers)
    made = summaries.speakers(tables).set_index("speaker")
    assert made["statements"].to_dict() == {"كريغ بنتون": 6, "سامر النجار": 1, "سمير النجار": 1, "ناطق باسم البلدية": 1}
    assert made.loc["كريغ بنتون", "spellings"] == ("كريج بنتون", "بنتون")
    assert made["spellings"].drop("كريغ بنتون").isna().all()
    assert len(summaries.said_by(tables, pd.Series(["كريغ بنتون"]))) == 6
    words = plain(findings.timeline(tables, "en"))
    assert "The most quoted speaker is كريغ بنتون: 6 statements (67%) in 2 articles by 2 outlets." in words
    assert "The name is also written “كريج بنتون” and “بنتون”." in words


@pytest.mark.parametrize(
    ("one", "other", "rest"),
    [
        ("مزارعون", "مزارعين", ()),
        ("بائعون جوالون", "بائعين جوالين", ()),
        ("ياسر الحلبي", "الحلبي", ("سمير النجار",)),
        ("قوات سوريا الديمقراطية", "قسد", ()),
        ("التحالف الدولي ضد داعش", "التحالف", ("تركيا",)),
    ],
)
def test_names_of_one_speaker_are_joined_where_that_is_certain(one: str, other: str, rest: tuple[str, ...]) -> None:
    assert one_name(pd.Series([one, one, other, *rest])) == {one: one, other: one, **{name: name for name in rest}}


@pytest.mark.parametrize(
    "names",
    [
        ("ياسر الحلبي", "سمير الحلبي", "الحلبي"),
        ("ياسر الحلبي", "الحلبي ناصر", "الحلبي"),
        ("ياسر حسين", "حسون"),
        ("حسين", "حسون"),
        ("ياسر الحلبي", "ياسر"),
        ("مدير الحلبي", "الحلبي"),
        ("التحالف الدولي ضد داعش", "التحالف العربي بقيادة السعودية", "التحالف"),
        ("ناطق باسم قسد", "قسد"),
        ("وزارة الدفاع التركية", "أنقرة"),
    ],
)
def test_names_that_may_be_of_different_speakers_stay_apart(names: tuple[str, ...]) -> None:
    assert one_name(pd.Series(list(names))) == {name: name for name in names}


def test_the_peak_is_a_column_of_the_figure() -> None:
    published = [pd.Timestamp(day) for day in ("2021-01-10", "2021-06-02", "2021-06-03", "2021-10-20")]
    tables = corpus([(A, day) for day in published], ["س"] * 4)
    assert "Reported speech peaks between June 2, 2021 and June 3, 2021, the time of one column of the figure" in plain(
        findings.timeline(tables, "en")
    )
    first, last = drawn.busiest(summaries.timed(tables)) or (None, None)
    assert first <= published[1] < published[2] <= last


def test_a_time_written_in_several_ways_says_so() -> None:
    dates = [
        {"article_id": "a0", "type": "DATE", "value": "2021", "grain": "year", "text": text,
         "first": pd.Timestamp("2021-01-01"), "last": pd.Timestamp("2021-12-31")}
        for text in ("العام الجاري", "العام الجاري", "هذا العام", "2021")
    ]  # fmt: skip
    made = summaries.times(corpus([(A, DAYS[0])], ["س"], dates))
    assert made[["surface", "forms", "mentions"]].values.tolist() == [["العام الجاري", 3, 4]]
    told = summaries.times_shown(made, "ar")["surface"][0]
    assert (told.text, told.under) == ("العام الجاري", "صيغ أخرى: ٢")


def test_a_year_is_told_as_a_year() -> None:
    year = {
        "article_id": "a0",
        "type": "DATE",
        "grain": "year",
        "first": pd.Timestamp("2017-01-01"),
        "last": pd.Timestamp("2017-12-31 23:59:59"),
    }
    day = year | {"grain": "day", "first": pd.Timestamp("2021-03-03"), "last": pd.Timestamp("2021-03-03 23:59:59")}
    words = plain(findings.timeline(corpus([(A, DAYS[0])], ["س"], [year, day]), "en"))
    assert "reach from 2017 to March 3, 2021. Of the 2 in dated articles, 2 (100%) lie before" in words
    assert "lie before" not in plain(findings.timeline(corpus([(A, DAYS[3])], ["س"], [year, day]), "en"))


def hedging(*rows: tuple[str | None, int, float, float, float]) -> pd.DataFrame:
    made = pd.DataFrame(rows, columns=["outlet", "n", "rate", "low", "high"])
    return made.assign(measure="doubt")


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (
            [(A, 7, 20.0, 9.0, 40.0), (B, 0, 0.0, 0.0, 5.0), (C, 0, 0.0, 0.0, 6.0)],
            f"only in {A}: 7 times, 20 per 1,000 words (95% interval: 9 – 40). The intervals of the two sides do not overlap.",
        ),
        (
            [(A, 7, 20.0, 9.0, 40.0), (B, 4, 10.0, 8.0, 30.0), (C, 0, 0.0, 0.0, 5.0)],
            f"{B}: 4 times, 10 per 1,000 words (8 – 30); none in {C}. The intervals of the two sides do not overlap.",
        ),
        (
            [(A, 7, 20.0, 9.0, 40.0), (B, 4, 10.0, 4.0, 30.0), (None, 0, 0.0, 0.0, 5.0)],
            f"none in an outlet not named. But the intervals overlap ({B} with an outlet not named), so no difference",
        ),
        ([(A, 2, 20.0, 1.0, 40.0), (B, 1, 10.0, 1.0, 30.0)], f"the fewest in {B}: 10. But the intervals overlap ({A} with {B})"),
        ([(A, 1, 20.0, 1.0, 40.0)], f"Words of doubt (“claims”, “alleges”) in the outlet’s own text: {A}: once, 20"),
    ],
)
def test_hedging_names_every_outlet_that_has_none(rows: list[tuple[str | None, int, float, float, float]], said: str) -> None:
    assert said in plain(findings.hedging(hedging(*rows), "en", ("doubt",)))


def named(n: int, share: float, actor: str = "isis") -> pd.DataFrame:
    row = {"actor": actor, "label": "مرتزقة", "outlet": A, "voice": "narrator", "n": n, "share": share}
    return pd.DataFrame([row | {"low": 0.1, "high": 0.9, "stance": "hostile"}])


@pytest.mark.parametrize(
    ("n", "share", "said"),
    [
        (3, 0.5, "in 50% of its mentions of that actor (3 of 6): “مرتزقة” 3 times (95% interval: 10% – 90%)."),
        (5, 0.625, "in 63% of its mentions of that actor (5 of 8)"),
        (4, 1.0, "is hostile, 4 of 4: “مرتزقة” 4 times (95% interval: 10% – 90%)."),
        (1, 0.5, "by a hostile name: “مرتزقة” once, too few to reckon a share."),
    ],
)
def test_a_share_needs_enough_mentions(n: int, share: float, said: str) -> None:
    words = plain(findings.naming(named(n, share), pd.DataFrame({"label": ["مرتزقة"], "text": ["مرتزقة"]}), "en"))
    assert said in words
    assert "))" not in words


@pytest.mark.parametrize(
    ("actor", "said"),
    [("us", "calls the United States by"), ("iraq", "calls Iraq by"), ("nobody", "calls nobody by")],
)
def test_a_name_has_its_article_where_english_wants_one(actor: str, said: str) -> None:
    mentions = pd.DataFrame({"label": ["مرتزقة"], "text": ["مرتزقة"]})
    assert said in plain(findings.naming(named(5, 0.5, actor), mentions, "en"))
    assert "the" not in plain(findings.naming(named(5, 0.5, actor), mentions, "ar"))


def test_hostile_names_of_one_actor_are_one_sentence() -> None:
    rows = pd.concat([named(5, 0.625).assign(label="مرتزقة"), named(2, 0.25).assign(label="عصابة")])
    neutral = named(1, 0.125).assign(label="اسم", stance="neutral")
    mentions = pd.DataFrame({"label": ["مرتزقة"], "text": ["مرتزقة"]})
    said = plain(findings.naming(pd.concat([rows, neutral]), mentions, "en"))
    assert "in 88% of its mentions of that actor (7 of 8): “مرتزقة” 5 times, “عصابة” 2 times." in said
    many = pd.concat([named(3, 1.0).assign(outlet=f"{A} {at}") for at in range(9)])
    sentences = findings.naming(many, mentions, "en")
    assert sum("is hostile" in each for each in sentences) == 5
    assert "in the table: 4." in plain(sentences)
    assert plain(sentences).count("95% interval") == 1  # said where it comes first


def test_naming_leads_with_whom_the_outlets_differ_over() -> None:
    def rows(*uses: tuple[str, str, int]) -> pd.DataFrame:
        made = [
            {"actor": "us", "label": label, "outlet": outlet, "voice": "narrator", "n": n, "share": 1.0, "low": 0.5, "high": 1.0}
            for outlet, label, n in uses
        ]
        return pd.DataFrame(made).assign(stance="neutral")

    mentions = pd.DataFrame({"label": ["واشنطن", "امريكا"], "text": ["واشنطن", "أمريكا"]})
    lead, split, *_ = findings.naming(rows((A, "واشنطن", 4), (B, "امريكا", 3)), mentions, "en")
    assert plain([lead]).endswith("name 1 actor, by 2 names in all; they differ most over the United States.")
    assert (
        plain([split]) == f"What the outlets call the United States: {B} says “أمريكا” (100% of 3); {A} says “واشنطن” (100% of 4)."
    )
    low = rows((A, "واشنطن", 4), (B, "امريكا", 3)).assign(low=[0.4, 0.6])
    assert f"goes below one half for {A}: that" in plain(findings.naming(low, mentions, "en"))
    assert "of each of these shares" in plain(findings.naming(low.assign(low=0.1), mentions, "en"))
    few = plain(findings.naming(rows((A, "واشنطن", 4), (B, "امريكا", 2)), mentions, "en"))
    assert "the United States goes by the most, 2 names." in few
    assert "differ" not in few


def test_an_outlets_own_name_is_no_finding() -> None:
    columns = ["term", "group", "n", "n_rest", "articles", "log_odds", "z"]
    rows = [
        ("وادي", C, 9, 0, 4, 3.0, 4.0),
        ("صوت", C, 9, 0, 4, 3.0, 3.9),
        ("مرفأ", C, 6, 0, 3, 2.0, 2.5),
        ("صوت", A, 6, 0, 3, 2.0, 2.4),
    ]
    keyness = pd.DataFrame(rows, columns=columns)
    assert summaries.telling(keyness)[["term", "group"]].values.tolist() == [["مرفأ", C], ["صوت", A]]
    assert "“مرفأ” in" in plain(findings.keyness(keyness, "en"))
    assert f"“صوت” in {A}" in plain(findings.keyness(keyness, "en"))
    assert list(summaries.telling(keyness.head(0)).columns) == columns


def test_the_word_of_an_outlet_is_no_spelling_of_a_name_and_no_particle() -> None:
    columns = ["term", "group", "n", "n_rest", "articles", "log_odds", "z"]
    rows = [
        ("غريفن", A, 9, 0, 4, 3.0, 4.0),
        ("ولا", A, 9, 0, 4, 3.0, 3.9),
        ("مرفأ", A, 6, 0, 3, 2.0, 2.5),
        ("كريفن", B, 6, 0, 3, 2.0, 2.9),
        ("حمدان", B, 6, 0, 3, 2.0, 2.4),
        ("جسر", C, 6, 0, 3, 2.0, 1.4),
    ]
    speakers = pd.Series(["دان غريفن", "دان كريفن", "سالم حمدان", "سالم حمدان", None])
    said = plain(findings.keyness(pd.DataFrame(rows, columns=columns), "en", speakers))
    assert f"“مرفأ” in {A} (6, against 0 in all the others); “حمدان” in {B}" in said
    assert said.endswith(f"No word sets {C} apart beyond chance.")


def test_claims_that_no_two_outlets_share_are_counted() -> None:
    import analysis as na
    from analysis.compare.claims import claim_pairs

    tables = corpus([(A, DAYS[0])], ["سامر النجار"])
    claims = na.claims(tables)
    pairs = claim_pairs(tables)
    matrix = summaries.shared_claims(claims, summaries.told(claims, tables))
    said = plain(findings.claims(claims, pairs[pairs["opposed"]], matrix, tables, "en"))
    assert said == "The articles’ statements, 1 in all, come to 1 claim; no two outlets share any of them."


@pytest.mark.parametrize(
    ("parts", "ar", "en"),
    [([], "", ""), (["أ"], "أ", "أ"), (["أ", "ب"], "أ وب", "أ and ب"), (["أ", "ب", "ج"], "أ وب وج", "أ, ب and ج")],
)
def test_lists_in_sentences(parts: list[str], ar: str, en: str) -> None:
    assert wording.enumerated(parts, "ar") == ar
    assert wording.enumerated(iter(parts), "en") == en


@pytest.mark.parametrize(
    ("value", "ar", "en"),
    [
        ("2017", "٢٠١٧", "2017"),
        ("2020-06", "يونيو ٢٠٢٠", "Jun 2020"),
        ("2020-06-04", "٤ يونيو ٢٠٢٠", "Jun 4, 2020"),
        ("2020-02-30", "2020-02-30", "2020-02-30"),
        ("XXXX-06-04", "XXXX-06-04", "XXXX-06-04"),
        ("2020-W23", "2020-W23", "2020-W23"),
        ("0000", "0000", "0000"),
    ],
)
def test_calendar_values_in_words(value: str, ar: str, en: str) -> None:
    assert (wording.calendar_value(value, "ar"), wording.calendar_value(value, "en")) == (ar, en)


LONG = "وأضاف المدير: «" + "نبني المدرسة حجراً حجراً " * 20 + "ولا نتوقف»، ثم غادر القاعة."


@pytest.mark.parametrize("first", [0, 16, 200, 400])
def test_a_quotation_that_is_cut_has_both_its_marks(first: int) -> None:
    start = LONG.index("نبني", first)
    articles = pd.DataFrame({"article_id": ["a"], "text": [f"عنوان\n\n{LONG}\n\nذيل"], "outlet": [A], "published": [DAYS[0]]})
    spans = pd.DataFrame({"article_id": ["a"], "start": [7 + start], "end": [7 + start + 4]})
    _, text = quote(spans, articles, {}, "ar")
    said = text.rpartition(" (")[0]
    assert said.count("«") == said.count("»") == 1
    assert "[نبني]" in said
    assert said.startswith(("… «", "وأضاف المدير: «"))


def test_what_is_marked_is_cut_with_its_mark_too() -> None:
    articles = pd.DataFrame({"article_id": ["a"], "text": [LONG], "outlet": [A], "published": [DAYS[0]]})
    spans = pd.DataFrame({"article_id": ["a"], "start": [0], "end": [len(LONG)]})
    said = quote(spans, articles, {}, "ar")[1].rpartition(" (")[0]
    assert said.endswith("] …»")
    assert len(said) < 440


@pytest.mark.parametrize(
    ("words", "rest", "shown"),
    [
        ("بأنها «أهم من غيرها", "»، وغادر", "بأنها «أهم من غيرها»"),
        ('إن الثمن "مرتفع', '". وأضاف', 'إن الثمن "مرتفع"'),
        ("إنها ”بداية", "”، حسب قوله", "إنها ”بداية”"),
        ("نعم", "”، حسب قوله", "نعم"),
        ("إن «الدار» جاهزة", "»، وغادر", "إن «الدار» جاهزة"),
        ("إنها «بداية", "، وغادر", "إنها «بداية"),
        ("", "", ""),
    ],
)
def test_words_of_a_statement_have_their_last_mark(words: str, rest: str, shown: str) -> None:
    assert closed(words, rest) == shown


def test_english_has_one_apostrophe() -> None:
    def told(entry: Any) -> list[str]:
        if isinstance(entry, dict):
            return [
                each
                for key, value in entry.items()
                for each in ([value] if key == "en" and isinstance(value, str) else told(value))
            ]
        return []

    said = [each for name in ("words", "labels") for each in told(lexicon.read(name))]
    assert len(said) > 300
    assert [each for each in said if "'" in each] == []


@pytest.mark.parametrize(("language", "ratio", "said"), [("ar", "× ٤٫١٧", "أضعاف العادة"), ("en", "× 4.17", "times the habit")])
def test_ratios_and_rates_are_tables_of_their_own(language: str, ratio: str, said: str) -> None:
    rows = [{"measure": "doubt", "rate": 27.24}, {"measure": "scare_quote_lift", "rate": 4.1674}, {"measure": "scare_quote_lift"}]
    made = pd.DataFrame(rows).assign(outlet=A, n=3, low=None, high=None)
    rates, habits = summaries.distance(made), summaries.quote_habits(made)
    assert summaries.rates_shown(rates, language)["per_thousand"] == [27.24]
    told = summaries.habits_shown(habits, language)
    assert [each and each.text for each in told["times_habit"]] == [ratio, None]
    html = shown(habits.assign(**told), columns=["outlet", "times_habit"])
    assert f'<td class="number">{ratio}</td>' in html
    assert words.column("times_habit", language) == said
    assert words.column("per_thousand", "en") == "per 1,000 words"


def test_names_of_all_voices_stand_in_one_row() -> None:
    rows = [
        ("us", "واشنطن", A, "narrator", 4, 0.8), ("us", "واشنطن", A, "quotation", 2, 1.0),
        ("us", "أمريكا", B, "paraphrase", 1, 1.0),
        ("iraq", "العراق", A, "narrator", 1, 1.0),
    ]  # fmt: skip
    made = pd.DataFrame(rows, columns=["actor", "label", "outlet", "voice", "n", "share"]).assign(low=0.1, high=1.0)
    table = summaries.side_by_side(made)
    assert table[["label", "n", "paraphrase_n", "quotation_n"]].values.tolist() == [
        ["واشنطن", 4, 0, 2], ["أمريكا", 0, 1, 0], ["العراق", 1, 0, 0],
    ]  # fmt: skip
    assert table["share"].isna().tolist() == [False, True, False]
    at = summaries.of_each(table, "actor", 2)
    assert table["label"].iloc[at].tolist() == ["واشنطن", "العراق"]
    html, _ = render(table, "names", "names", "en", level="h2", rows=1, columns=["label"], percents=frozenset(), links={}, at=at)
    assert "العراق" in html
    assert "2 of 3 rows" in html


def test_words_of_an_outlets_own_name_are_not_in_the_table_that_leaves_them_aside() -> None:
    notebook = (Path(__file__).parents[1] / "notebooks" / "04_framing.ipynb").read_text(encoding="utf-8")
    assert "summaries.strongest(telling)" in notebook
    made = pd.DataFrame({"term": ["المنارة", "منارة", "حقل"], "group": [A, A, A], "z": [3.0, 2.0, 1.0]})
    assert summaries.strongest(summaries.telling(made))["term"].tolist() == ["حقل"]


def funded() -> Tables:
    """Two articles that report a sum, each spelling the speaker's name its own way, with headlines and a price."""
    import analysis as na

    texts = [
        "3 ملايين يورو للجسر\n\nقال أوسكار فينتر إن الشركة قدمت 3 ملايين يورو لترميم الجسر. وبلغ سعر الكيس 40 يورو.",
        "منحة للجسر بـ 3 ملايين يورو\n\nأكد أوسكار فنتر أن منحة ترميم الجسر وصلت. وأوضح أوسكار فينتر أن الأعمال بدأت.",
        "منحة أخرى\n\nقال أوسكار فنتر إن 2 مليون يورو خُصصت لترميم الملعب.",
    ]
    rows = {
        "article_id": list("abc"), "outlet": [A, B, C], "title": [text.split("\n")[0] for text in texts], "text": texts,
        "published": DAYS[:3], "n_words": [20] * 3, "path": ["x"] * 3, "url": [None] * 3,
    }  # fmt: skip
    return na.extract(schema.frame("articles", rows))


def test_the_sentences_of_the_ledger_are_the_mentions_that_it_counts() -> None:
    import analysis as na

    tables = funded()
    ledger = na.ledger(tables)
    places = summaries.sums_in_text(tables, ledger)
    texts = dict(zip(tables.articles["article_id"], tables.articles["text"], strict=True))
    said = [(row.article_id, texts[row.article_id][row.start : row.end]) for row in places.itertuples()]
    assert len(said) == ledger.loc[~ledger["price"], "mentions"].sum() == 3
    assert [article for article, _ in said] == ["a", "b", "c"]
    assert not any("40" in words for _, words in said), "a price is no funding"
    assert places[["start_marked", "end_marked"]].values.tolist() == places[["start", "end"]].values.tolist()
    empty = tables.only(outlets=[C])
    assert len(summaries.sums_in_text(empty, na.ledger(empty))) == 1


@pytest.mark.parametrize(
    ("text", "amount", "modifier", "whole"),
    [
        ("كلفته لا تتعدى 3 ملايين يورو", "3 ملايين يورو", "at_most", "لا تتعدى 3 ملايين يورو"),
        ("تقدر بما بين 3 و5 ملايين يورو.", "3 و5 ملايين يورو", "range", "بما بين 3 و5 ملايين يورو"),
        ("دفع 3 ملايين يورو على الأقل.", "3 ملايين يورو", "at_least", "3 ملايين يورو على الأقل"),
        ("دفع أَكثـــر من 3 ملايين يورو", "3 ملايين يورو", "more_than", "أَكثـــر من 3 ملايين يورو"),
        ("دفع نحو 3 ملايين يورو", "3 ملايين يورو", "exact", "3 ملايين يورو"),
        ("كان قد دفع 3 ملايين يورو", "3 ملايين يورو", "approx", "3 ملايين يورو"),
    ],
)
def test_an_amount_with_what_qualifies_it(text: str, amount: str, modifier: str, whole: str) -> None:
    from analysis.extract.amounts import qualified_span

    start, end = qualified_span(text, text.index(amount), text.index(amount) + len(amount), modifier)
    assert text[start:end] == whole


def test_a_speaker_of_the_ledger_has_the_corpus_wide_name() -> None:
    import analysis as na

    def speakers(ledger: pd.DataFrame) -> set[str]:
        others = {value for each in ledger["others"] for field, value, _ in each if field == "speaker"}
        return others | set(ledger["speaker"].dropna())

    tables = funded()
    ledger = na.ledger(tables)
    assert speakers(ledger) == {"أوسكار فينتر", "أوسكار فنتر"}
    assert speakers(summaries.with_people(ledger, tables)) == {summaries.speakers(tables)["speaker"][0]}


@pytest.mark.parametrize(
    ("language", "sums", "said", "parties", "purpose"),
    [
        (
            "en",
            "about: {أ}",
            ("outlets differ", "{ن}: {أ}", "{م}: {ب}", "sent", "spent: {أ}"),
            "from Türkiye: {ب}",
            "{أ}: {لترميم}",
        ),
        ("ar", "نحو: {أ}", ("تختلف الوسائل", "{ن}: {أ}", "{م}: {ب}", "إرسال", "إنفاق: {أ}"), "من تركيا: {ب}", "{أ}: {لترميم}"),
    ],
)
def test_what_outlets_do_not_agree_on_stands_under_their_names(
    language: str, sums: str, said: tuple[str, ...], parties: str, purpose: str
) -> None:
    import analysis as na

    others = (
        ("modifier", "approx", "أ"), ("speaker", "ن", "أ"), ("speaker", "م", "ب"), ("action", "spend", "أ"),
        ("payer", "turkey", "ب"), ("purpose", "لترميم", "أ"),
    )  # fmt: skip
    ledger = na.ledger(funded()).head(1)
    ledger = ledger.assign(others=[others], action="send", speaker=None, payer=None, recipient=None, purpose=None, conflict=False)
    made = summaries.ledger_shown(ledger, language)

    def isolated(words: str) -> str:
        return words.replace("{", "\u2068").replace("}", "\u2069")

    assert made["amount"][0].under == isolated(sums)
    assert (made["said"][0].text, *made["said"][0].under.split("\n")) == tuple(map(isolated, said))
    assert [[each.text for each in made[name][0]] for name in ("parties", "purpose")] == [[isolated(parties)], [isolated(purpose)]]
    assert isolated(purpose) in shown(ledger.assign(**made), columns=["purpose"])
    html = shown(ledger.assign(**made), columns=["amount", "said"])
    assert html.count('<span class="under">') == 5


def test_the_largest_is_the_largest_exact_figure() -> None:
    import analysis as na

    table = na.ledger(funded())
    vague = table.tail(1).assign(value=None, low=1e9, modifier="vague", price=False)
    assert table["value"].max() == 3e6
    [sentence] = [each for each in findings.funding(pd.concat([vague, table]), "en") if "largest" in each]
    assert sentence.startswith("The largest exact figure: €3M")
    [sentence] = [each for each in findings.funding(vague, "en") if "largest" in each]
    assert sentence.startswith("The largest: billions of euros")


@pytest.mark.parametrize(("language", "odds"), [("ar", "يخالف مبلغاً آخر"), ("en", "at odds with another figure")])
def test_a_row_of_the_ledger_in_few_columns(language: str, odds: str) -> None:
    import analysis as na

    ledger = na.ledger(funded()).assign(conflict=True, payer="coalition", recipient=None)
    made = summaries.ledger_shown(ledger, language)
    assert {each.under for each in made["amount"]} == {odds}
    assert all(len(each) == 1 for each in made["parties"])
    html = shown(ledger.assign(**made), columns=["amount", "said", "parties"])
    assert f'<span class="under"><bdi>{odds}</bdi></span>' in html


def shown(made: pd.DataFrame, **options: Any) -> str:
    given: dict[str, Any] = {"columns": None, "percents": frozenset(), "links": {"CSV": "x.csv"}}
    return render(made, "a", "c", "en", level="h2", rows=9, **(given | options))[0]


def test_numbers_of_a_column_have_the_same_decimals() -> None:
    html = shown(pd.DataFrame({"rate": [0.0, 23.6, 26.62], "share": [1.0, 0.125, 0.5], "n": [1, 20, 3000]}), percents={"share"})
    for cells in (["0.00", "23.60", "26.62"], ["100.0%", "12.5%", "50.0%"], ["1", "20", "3,000"]):
        assert all(f'<td class="number">{cell}</td>' in html for cell in cells)
    assert html.count('<th scope="col" class="number">') == 3


def test_what_is_there_is_never_shown_as_nothing() -> None:
    html = shown(pd.DataFrame({"share": [0.5, 0.0004, 0.0], "rate": [20.0, 0.003, 0.0]}), percents={"share"})
    for cells in (["50.00%", "0.04%", "0.00%"], ["20.000", "0.003", "0.000"]):
        assert all(f'<td class="number">{cell}</td>' in html for cell in cells)


@pytest.mark.parametrize(
    ("value", "ar", "en"),
    [
        (0.0, "٠٪", "0%"),
        (0.0004, "أقل من ٠٫١٪", "under 0.1%"),
        (0.004, "٠٫٤٪", "0.4%"),
        (0.0051, "١٪", "1%"),
        (0.996, "٩٩٫٦٪", "99.6%"),
        (0.9999, "أكثر من ٩٩٫٩٪", "over 99.9%"),
        (1.0, "١٠٠٪", "100%"),
    ],
)
def test_a_percentage_is_neither_none_nor_all_of_what_is_some(value: float, ar: str, en: str) -> None:
    assert (wording.share(value, "ar"), wording.share(value, "en")) == (ar, en)


def test_what_has_no_letters_runs_as_the_page_does() -> None:
    html = shown(pd.DataFrame({"interval": ["(3% – 9%)"], "title": ["(3% من 9%)"]}))
    assert ">(3% – 9%)<" in html
    assert "<bdi>(3% من 9%)</bdi>" in html
    assert '<td class="text whole">(3% – 9%)</td>' in html


def test_an_empty_table_offers_no_download() -> None:
    assert "x.csv" in shown(pd.DataFrame({"n": [1]}))
    html = shown(pd.DataFrame({"n": []}), empty="Nothing.")
    assert "Nothing." in html
    assert "x.csv" not in html


def test_each_name_of_a_list_is_a_line_of_its_own() -> None:
    html = shown(pd.DataFrame({"outlets": [(A, B), ()]}))
    assert f'<bdi class="item short">{A}</bdi><bdi class="item short">{B}</bdi>' in html
    assert '<td class="text"><span class="none">–</span></td>' in html
