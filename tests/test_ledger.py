"""The ledger: one row per distinct figure; what differs is flagged, never merged."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest

import analysis as na
from analysis import schema
from analysis.compare.clauses import read_clause
from analysis.compare.ledger import convert, ledger
from analysis.errors import InputError
from analysis.extract.mentions import load_actors, scan_mentions
from analysis.text import fold

COLUMNS = ("value", "low", "high", "modifier", "period", "action", "in_title", "speaker", "unit")


class Corpus:
    """Tables written by hand: articles with sums, each found by its words."""

    def __init__(self) -> None:
        self.articles: list[dict[str, Any]] = []
        self.amounts: list[dict[str, Any]] = []
        self.statements: list[dict[str, Any]] = []
        self.mentions: list[dict[str, Any]] = []

    def add(self, outlet: str | None, text: str, *sums: dict[str, Any], published: str | None = None) -> Corpus:
        name = f"{len(self.articles)}"
        self.articles.append(
            {"article_id": name, "outlet": outlet, "text": text, "published": pd.Timestamp(published) if published else None}
        )
        doc = fold(text)
        for each in scan_mentions(doc, [], [], load_actors()):
            self.mentions.append({"article_id": name, **each._asdict()})
        at = 0
        for number, each in enumerate(sums):
            start = text.index(each["words"], at)
            at = start + len(each["words"])
            row = {"kind": "money", "modifier": "exact", "unit": "USD", "in_title": False, **each}
            speaker = row.pop("speaker", None)
            if speaker:
                self.statements.append({"article_id": name, "statement": number, "speaker": speaker})
                row["statement"] = number
            self.amounts.append({"article_id": name, "start": start, "end": at, "text": row.pop("words"), **row})
        return self

    def tables(self) -> SimpleNamespace:
        frames = {}
        for name, rows, filler in (
            ("articles", self.articles, {"n_words": 1}),
            ("amounts", self.amounts, {}),
            ("statements", self.statements, {"start": 0, "end": 0, "cue_start": 0, "cue_end": 0, "in_title": False}),
            ("mentions", self.mentions, {}),
        ):
            columns = {
                column.name: [row.get(column.name, filler.get(column.name)) for row in rows] for column in schema.TABLES[name]
            }
            frames[name] = schema.frame(name, columns)
        return SimpleNamespace(**frames)

    def ledger(self) -> pd.DataFrame:
        return ledger(self.tables())


WATER = "لتأهيل محطة المياه في بلدة السهلانية وشبكات الضخ القريبة من النهر"


def test_headline_and_body_are_one_report() -> None:
    text = f"التحالف يقدم 4 ملايين دولار {WATER}\n\nقدم التحالف حوالي 4 ملايين دولار {WATER}."
    one = {"words": "4 ملايين دولار", "value": 4e6}
    table = (
        Corpus()
        .add("أ", text, {**one, "in_title": True, "action": "contract"}, {**one, "modifier": "approx", "action": "spend"})
        .ledger()
    )
    assert table[["value", "modifier", "action", "mentions", "payer"]].values.tolist() == [
        [4e6, "approx", "contract", 1, "coalition"]
    ]
    assert (table["outlets"][0], table["articles"][0]) == (("أ",), ("0",))


def test_a_headline_alone_counts() -> None:
    table = (
        Corpus()
        .add("أ", "تقديم 4 ملايين دولار للبلدة\n\nلم يزد الخبر شيئاً.", {"words": "4 ملايين دولار", "value": 4e6, "in_title": True})
        .ledger()
    )
    assert table["mentions"].tolist() == [1]


def test_one_figure_in_two_outlets_is_one_row() -> None:
    corpus = Corpus()
    corpus.add("ب", f"أعلن أن 4 ملايين دولار دفعت {WATER}", {"words": "4 ملايين دولار", "value": 4e6}, published="2020-02-02")
    corpus.add("أ", f"دفع أربعة ملايين دولار {WATER} أيضاً", {"words": "أربعة ملايين دولار", "value": 4e6}, published="2020-02-01")
    corpus.add(None, f"دفعت 4 ملايين دولار {WATER}", {"words": "4 ملايين دولار", "value": 4e6})
    table = corpus.ledger()
    assert len(table) == 1
    row = table.iloc[0]
    assert (row["outlets"], row["articles"], row["mentions"]) == (("أ", "ب"), ("0", "1", "2"), 3)
    assert row["first_published"] == pd.Timestamp("2020-02-01")
    assert not row["conflict"]


def test_one_value_for_two_things_is_two_rows() -> None:
    corpus = Corpus()
    corpus.add("أ", f"خصصت مليون دولار {WATER}", {"words": "مليون دولار", "value": 1e6})
    corpus.add("ب", "اشترى النادي لاعباً شاباً مقابل مليون دولار قبل انطلاق الدوري", {"words": "مليون دولار", "value": 1e6})
    assert len(corpus.ledger()) == 2


def test_the_speaker_tells_too_however_he_is_spelled() -> None:
    corpus = Corpus()
    corpus.add("أ", "دفعنا 7 ملايين دولار", {"words": "7 ملايين دولار", "value": 7e6, "speaker": "سامر البرزنجي"})
    corpus.add("ب", "أنفقوا 7 ملايين دولار", {"words": "7 ملايين دولار", "value": 7e6, "speaker": "البرزنجى"})
    corpus.add("ج", "رصدوا 7 ملايين دولار", {"words": "7 ملايين دولار", "value": 7e6, "speaker": "نجوى الهادي"})
    assert corpus.ledger()["outlets"].tolist() == [("أ", "ب"), ("ج",)]


def test_figures_that_disagree_are_flagged_and_not_merged() -> None:
    corpus = Corpus()
    corpus.add("أ", f"بلغ الدعم 4 ملايين دولار {WATER}", {"words": "4 ملايين دولار", "value": 4e6})
    corpus.add("ب", f"بلغ الدعم 4.3 ملايين دولار {WATER}", {"words": "4.3 ملايين دولار", "value": 4.3e6})
    corpus.add("ج", "بيع البيت بمبلغ 4.2 ملايين دولار", {"words": "4.2 ملايين دولار", "value": 4.2e6})
    table = corpus.ledger()
    assert table[["value", "conflict"]].values.tolist() == [[4.3e6, True], [4.2e6, False], [4e6, True]]


@pytest.mark.parametrize(
    "other",
    [
        {
            "value": 4.3e6,
            "modifier": "more_than",
        },  # more than 4.3 million may be 5, and 4 million not more than it; but neither is exact
        {"value": 4.3e6, "period": "P1Y"},  # a year's sum
        {"value": 4.3e6, "unit": "EUR"},
        {"value": 40e6},  # of another order: another thing
    ],
)
def test_figures_that_need_not_disagree_are_not_flagged(other: dict[str, Any]) -> None:
    corpus = Corpus()
    corpus.add("أ", f"بلغ الدعم 4 ملايين دولار {WATER}", {"words": "4 ملايين دولار", "value": 4e6})
    corpus.add("ب", f"بلغ الدعم كذا ملايين {WATER}", {"words": "كذا ملايين", **other})
    assert not corpus.ledger()["conflict"].any()


def test_two_figures_of_one_article_are_two_things() -> None:
    corpus = Corpus()
    text = f"بلغ الدعم 4 ملايين دولار {WATER}، ثم 4.3 ملايين دولار {WATER}"
    corpus.add("أ", text, {"words": "4 ملايين دولار", "value": 4e6}, {"words": "4.3 ملايين دولار", "value": 4.3e6})
    table = corpus.ledger()
    assert len(table) == 2
    assert not table["conflict"].any()


def test_a_vague_sum_stays_with_its_article() -> None:
    corpus = Corpus()
    for outlet in "أب":
        corpus.add(outlet, f"ملايين الدولارات {WATER}", {"words": "ملايين الدولارات", "low": 1e6, "modifier": "vague"})
    assert len(corpus.ledger()) == 2


def test_sums_without_number_or_magnitude_and_what_is_no_money_are_left_out() -> None:
    corpus = Corpus()
    corpus.add(
        "أ",
        "أموال طائلة و5 طائرات",
        {"words": "أموال طائلة", "modifier": "vague", "unit": None},
        {"words": "5 طائرات", "kind": "count", "value": 5},
    )
    assert corpus.ledger().empty


def test_the_period_is_one_figures_whoever_names_it() -> None:
    corpus = Corpus()
    corpus.add("أ", f"33 مليون دولار {WATER}", {"words": "33 مليون دولار", "value": 33e6})
    corpus.add("ب", f"33 مليون دولار {WATER}", {"words": "33 مليون دولار", "value": 33e6, "period": "P3M"})
    corpus.add("ج", f"33 مليون دولار {WATER}", {"words": "33 مليون دولار", "value": 33e6, "period": "P1Y"})
    assert corpus.ledger()["period"].tolist() == ["P3M", "P1Y"]


def roles(text: str, words: str, action: str | None = None) -> tuple[str | None, str | None, str | None]:
    names = [(each.start, each.end, each.actor) for each in scan_mentions(fold(text), [], [], load_actors())]
    start = text.index(words)
    return read_clause(text, start, start + len(words), names, action)[:3]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("قدم التحالف 5 ملايين دولار لقسد", ("coalition", "sdf", None)),
        ("قدم التحالف إلى «قسد» 5 ملايين دولار", ("coalition", "sdf", None)),
        (
            "تم إرسال 5 ملايين دولار لمساعدة قوات سوريا الديمقراطية في البلدة",
            (None, "sdf", "لمساعدة قوات سوريا الديمقراطية في البلدة"),
        ),
        ("خصصت تركيا 5 ملايين دولار، لترميم المدارس، وبقي السوق", ("turkey", None, "لترميم المدارس")),
        ("وقعت روسيا عقوداً لترميم المدارس بقيمة 5 ملايين دولار", ("russia", None, "لترميم المدارس")),
        ("أنفق 5 ملايين دولار في الحرب ضد داعش", (None, None, None)),
        ("صرفت 5 ملايين دولار من قبل الولايات المتحدة", ("us", None, None)),
        ("رفضت تركيا العرض، وصرفت 5 ملايين دولار، ثم عادت روسيا", (None, None, None)),
        ("خصصت تركيا 5 ملايين دولار لترميم المدارس بالإضافة إلى سلاح لقسد", ("turkey", None, "لترميم المدارس")),
        ("صرفت 5 ملايين دولار لمدة عام", (None, None, None)),
        ("صرفت 5 ملايين دولار بهدف ترميم الطرق", (None, None, "بهدف ترميم الطرق")),
    ],
)
def test_who_pays_who_gets_and_what_for(text: str, expected: tuple[str | None, ...]) -> None:
    assert roles(text, "5 ملايين دولار") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # The preposition stands before marks or a lengthening stroke.
        ("قدم التحالف 5 ملايين دولار لـ«قسد»", ("coalition", "sdf", None)),
        ("قدم التحالف 5 ملايين دولار لـقسد", ("coalition", "sdf", None)),
        # Vowel signs are no ends of words.
        ("خَصَّصت تركيا 5 ملايين دولار لِترميمِ المدارس", ("turkey", None, "لِترميمِ المدارس")),
        # A clause that names nobody goes on about the subject of the one before it; a passive one does not.
        ("تركيا دعمت قسد سراً، حيث قامت بتحويل 5 ملايين دولار", ("turkey", "sdf", None)),
        ("تركيا دعمت قسد سراً، حيث تم تحويل 5 ملايين دولار", (None, None, None)),
        ("تركيا دعمت قسد سراً، ثم قامت بتحويل 5 ملايين دولار", (None, None, None)),
        # Past the comma of an apposition the clause goes on.
        ("والمبلغ الأكبر، وهو 5 ملايين دولار، خصص لترميم المدارس", (None, None, "لترميم المدارس")),
        ("والسوق الأكبر، ثم 5 ملايين دولار، خصص لترميم المدارس", (None, None, None)),
        # A colon that opens a quotation does not end it, another one does.
        ("وأضاف أن 5 ملايين دولار: «صرفت لترميم المدارس»", (None, None, "لترميم المدارس")),
        ("بلغت 5 ملايين دولار: المصدر لترميم المدارس", (None, None, None)),
        ("صرفت 5 ملايين دولار بحجة ترميم المدارس", (None, None, "بحجة ترميم المدارس")),
        ("خصصت 5 ملايين دولار للتدريب وحده", (None, None, "للتدريب وحده")),
        ("خصصت 5 ملايين دولار للبلدية وحدها", (None, None, None)),
        ("ضخ 5 ملايين دولار في خزائن قسد", (None, "sdf", None)),
    ],
)
def test_roles_and_purposes_beyond_the_plain_clause(text: str, expected: tuple[str | None, ...]) -> None:
    assert roles(text, "5 ملايين دولار") == expected


def test_what_a_sum_is_spent_on() -> None:
    assert roles("إن 5 ملايين دولار صرفت على ترميم المدارس", "5 ملايين دولار", "spend")[2] == "على ترميم المدارس"
    assert roles("إن 5 ملايين دولار صرفت على مدى عام", "5 ملايين دولار", "spend")[2] is None
    assert roles("إن 5 ملايين دولار أرسلت على متن طائرة", "5 ملايين دولار", "send")[2] is None


@pytest.mark.parametrize(
    ("text", "action", "price"),
    [
        ("وصل سعر ربطة الخبز إلى 500 ليرة", None, True),
        ("تباع الحقيبة المدرسية بمبلغ 500 ليرة", None, True),
        ("بلغ 500 ليرة للكيلو الواحد", None, True),
        ("اشترى القمح من الفلاح بسعر 500 ليرة", "spend", True),
        ("دفعت البلدية 500 ليرة للعامل", "spend", False),
        ("خصصت الحكومة لدعم أسعار الخبز 500 ليرة", None, False),
        ("أرسلت الشركة بعد ارتفاع الأسعار 500 ليرة", "send", False),
        ("بلغت الميزانية 500 ليرة. وارتفع سعر الخبز", None, False),
    ],
)
def test_a_price_is_no_funding(text: str, action: str | None, price: bool) -> None:
    start = text.index("500 ليرة")
    assert read_clause(text, start, start + len("500 ليرة"), [], action).price is price


def test_prices_stay_in_the_ledger_and_out_of_the_figure() -> None:
    from analysis.plots import describe_funding, plot_funding

    corpus = Corpus()
    corpus.add("أ", f"بلغ الدعم 4 ملايين دولار {WATER}", {"words": "4 ملايين دولار", "value": 4e6})
    corpus.add("ب", "وصل سعر ربطة الخبز إلى 500 ليرة", {"words": "500 ليرة", "value": 500, "unit": "SYP"})
    table = corpus.ledger()
    assert table[["value", "price"]].values.tolist() == [[500, True], [4e6, False]]
    text = describe_funding(table, language="en")
    assert "$4M" in text
    assert "500" not in text
    assert "a price is no funding" in text
    assert len(plot_funding(table, language="en").get_yticks()) == 1
    assert len(plot_funding(table[table["price"]], language="en").get_yticks()) == 1, "a ledger of prices alone is shown"


def test_a_pretext_is_its_outlets_word() -> None:
    corpus = Corpus()
    corpus.add("أ", "أرسلت 7 ملايين دولار بحجة ترميم المدارس", {"words": "7 ملايين دولار", "value": 7e6}, published="2020-01-01")
    table = corpus.ledger()
    assert (table["purpose"].isna().tolist(), table["others"][0]) == ([True], (("purpose", "بحجة ترميم المدارس", "أ"),))


def test_one_outlets_word_is_not_the_others() -> None:
    said: list[dict[str, Any]] = [
        {"modifier": "exact", "action": "send"},
        {"modifier": "exact", "action": "send"},
        {"modifier": "approx", "action": "spend"},
    ]
    corpus = Corpus()
    for outlet, purpose, each in zip("أبج", ("بزعم تأهيل محطة المياه", "", "لترميم محطة المياه"), said, strict=True):
        words = f"{'أرسلت قسد' if outlet == 'ج' else 'دفعت'} 7 ملايين دولار {purpose} في بلدة السهلانية وشبكات الضخ"
        corpus.add(outlet, words, {"words": "7 ملايين دولار", "value": 7e6, **each})
    table = corpus.ledger()
    assert table[["modifier", "action"]].values.tolist() == [["exact", "send"]]
    assert table[["payer", "purpose"]].isna().all(axis=None)
    assert {(field, outlet) for field, _, outlet in table["others"][0]} == {
        ("modifier", "ج"), ("action", "ج"), ("payer", "ج"), ("purpose", "أ"), ("purpose", "ج"),
    }  # fmt: skip


def test_of_equally_many_the_more_qualified_stands_and_the_speaker_is_known_by_any_spelling() -> None:
    corpus = Corpus()
    for outlet, modifier, speaker in (("أ", "exact", "جالين ثكمور"), ("ب", "approx", "جالين ثاكمور")):
        one = {"words": "7 ملايين دولار", "value": 7e6, "modifier": modifier, "speaker": speaker}
        corpus.add(outlet, f"دفعنا 7 ملايين دولار {WATER}", one)
    table = corpus.ledger()
    assert table[["modifier", "speaker"]].values.tolist() == [["approx", "جالين ثكمور"]]
    assert table["others"][0] == (("modifier", "exact", "أ"),)


SHARED = Path(__file__).parents[2] / "shared"


def test_the_ledger_of_the_five_real_articles() -> None:
    """Exactly seven figures: value or magnitude, what is done, who pays and gets, and whether a purpose is named."""
    if not (SHARED / "articles").is_dir():
        pytest.skip(f"{SHARED / 'articles'} is not there: the five real articles are not part of the repository")
    table = ledger(na.extract(na.read_articles(SHARED / "articles")))
    wanted = ["value", "low", "modifier", "period", "action", "payer", "recipient", "articles", "mentions", "conflict", "price"]
    found = table[wanted].astype("object").where(table[wanted].notna(), None)
    found["articles"] = [" ".join(each[:3] for each in names) for names in table["articles"]]
    told = [False, False]
    assert sorted(map(tuple, found.values.tolist()), key=str) == sorted(
        [
            (200e6, None, "exact", None, "send", None, "sdf", "004", 1, *told),
            (33e6, None, "exact", "P3M", "send", "coalition", "sdf", "004", 1, *told),
            (16e6, None, "exact", None, "allocate", "us", None, "004", 1, *told),
            (4e6, None, "approx", None, "contract", "coalition", None, "000", 1, *told),
            (1e6, None, "more_than", None, "send", "coalition", None, "004", 1, *told),
            (None, 1e6, "vague", None, None, None, None, "001", 1, *told),
            (None, 1e6, "vague", None, None, "coalition", "sdf", "004", 1, *told),
        ],
        key=str,
    )
    pretexts = table["others"].map(lambda others: any(field == "purpose" for field, *_ in others))
    assert (table["purpose"].notna() | pretexts).sum() == 6, "only of the 33 million nobody says what for"
    assert table["speaker"].notna().all()


def test_the_subject_of_receiving_gets_the_sum() -> None:
    assert roles("تسلمت قسد 5 ملايين دولار من تركيا", "5 ملايين دولار", "receive") == ("turkey", "sdf", None)


@pytest.mark.parametrize(
    "text", ["5 ملايين دولار", "؛،. 5 ملايين دولار", "5 ملايين دولار، ل", "ل 5 ملايين دولار لـ", "5 ملايين دولار" + "ل" * 5000]
)
def test_any_text_has_a_clause(text: str) -> None:
    assert roles(text, "5 ملايين دولار") == (None, None, None)


def test_conversion_is_by_the_users_rates_only() -> None:
    corpus = Corpus().add(
        "أ",
        "بلغ 2 مليون يورو ثم 3 دنانير",
        {"words": "2 مليون يورو", "value": 2e6, "unit": "EUR"},
        {"words": "3 دنانير", "value": 3, "unit": "JOD"},
    )
    table = convert(corpus.ledger(), {"EUR": 1.1}, to="USD")
    assert table[["unit", "value_USD"]].astype(object).where(table[["unit", "value_USD"]].notna(), None).values.tolist() == [
        ["EUR", 2.2e6],
        ["JOD", None],
    ]
    for rate in (0, -1, float("nan"), "1.1"):
        with pytest.raises(InputError, match="EUR"):
            convert(corpus.ledger(), {"EUR": rate}, to="USD")  # type: ignore[dict-item]


def test_the_same_input_gives_the_same_table() -> None:
    corpus = Corpus()
    for outlet in "أبج":
        corpus.add(outlet, f"دفع 4 ملايين دولار {WATER}", {"words": "4 ملايين دولار", "value": 4e6})
    pd.testing.assert_frame_equal(corpus.ledger(), corpus.ledger())


@pytest.mark.parametrize(
    ("clause", "payer"),
    [
        ("حصلت البلدية على 4 ملايين دولار من التحالف", "coalition"),
        ("ذهبت 4 ملايين دولار إلى مقاولين مقربين من التحالف", None),
        ("دفع قياديون من التحالف 4 ملايين دولار", None),
        ("قروض بـ 4 ملايين دولار لتجار قريبين من التحالف", None),
        ("جاءت 4 ملايين دولار بدعم من التحالف", "coalition"),
        ("قدم كل من التحالف والبلدية 4 ملايين دولار", "coalition"),
        ("خسر التجار 4 ملايين دولار بعد الخروج من التحالف", None),
    ],
)
def test_from_whom_money_comes_and_to_whom_somebody_is_close(clause: str, payer: str | None) -> None:
    table = Corpus().add("أ", clause + " لتأهيل الطريق.", {"words": "4 ملايين دولار", "value": 4e6}).ledger()
    assert table["payer"].astype("string").fillna("").tolist() == [payer or ""]


def test_a_purpose_that_is_cut_short_does_not_end_in_a_preposition() -> None:
    words = "لتأهيل محطة المياه وشبكات الضخ ومدارس البلدة ومشافيها ومخابزها وطرقها وجسورها وساحاتها وحدائقها"
    purposes = set()
    for end in (at for at, character in enumerate(words) if character == " " and at > 20):
        text = f"دفعت البلدية 4 ملايين دولار {words[:end]} في القرى القريبة من النهر الكبير شمال البلدة."
        table = Corpus().add("أ", text, {"words": "4 ملايين دولار", "value": 4e6}).ledger()
        purposes.add(table["purpose"][0].split()[-1])
    assert purposes
    assert not purposes & {"في", "من", "شمال"}
