"""Marked articles, concordances and tables as HTML: nothing lost, nothing run, everything reachable."""

from __future__ import annotations

import json
import re
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from types import SimpleNamespace

import pandas as pd
import pytest
from conftest import table
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis import schema
from analysis.display import kwic, overview, page, show, table_html
from analysis.errors import InputError
from analysis.rows import cells
from analysis.tables import Tables
from analysis.time_words import distance_in_words, length_in_words, recurrence_in_words, time_in_words
from analysis.wording import LANGUAGES, word

TEXT = "عنوان قصير\n\nقال سامر النجار إن «كتلة الوادي» دفعت نحو 40 ألف دولار أمس بزعم الترميم.\n\nاشترك في نشرتنا"


def span(words: str, text: str = TEXT, *, after: int = 0) -> dict[str, object]:
    start = text.index(words, after)
    return {"article_id": "a", "start": start, "end": start + len(words), "text": words}


def tables(text: str = TEXT, **more: pd.DataFrame) -> SimpleNamespace:
    article = {
        "article_id": "a",
        "outlet": "الشاهد",
        "title": "عنوان قصير",
        "published": pd.Timestamp("2021-03-04"),
        "text": text,
        "path": "a.txt",
    }
    empty = {name: schema.frame(name, {}) for name in schema.TABLES}
    return SimpleNamespace(**{**empty, "articles": table("articles", article), **more})


def example() -> SimpleNamespace:
    said = {
        **span("إن «كتلة الوادي» دفعت نحو 40 ألف دولار أمس"),
        "cue": "قال",
        "verb": "قال",
        "kind": "indirect",
        "speaker": "سامر النجار",
    }
    cue, source = span("قال"), span("سامر النجار")
    said |= {"cue_start": cue["start"], "cue_end": cue["end"], "source_start": source["start"], "source_end": source["end"]}
    money = {**span("40 ألف دولار"), "kind": "money", "value": 40e3, "unit": "USD", "modifier": "approx", "statement": 0}
    return tables(
        statements=table("statements", said),
        amounts=table("amounts", money),
        dates=table("dates", {**span("أمس"), "value": "2021-03-03", "statement": 0}),
        mentions=table("mentions",
            {**span("كتلة الوادي"), "actor": "x", "label": "كتله الوادي"}, {**span("سامر"), "actor": "y", "label": "سامر"}),
        hedges=table("hedges", {**span("بزعم"), "kind": "doubt"}),
        blocks=table(
            "blocks", {**span("عنوان قصير"), "role": "title"}, {**span(TEXT.split("\n\n")[1]), "role": "body"},
            {**span("اشترك في نشرتنا"), "role": "boilerplate"},
        ),
    )  # fmt: skip


class Reader(HTMLParser):
    """Checks that elements nest, and gathers ids, links, tags and the article's own text."""

    VOID = ("meta", "br")

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[tuple[str, dict[str, str | None]]] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.names: set[str] = set()
        self.article = ""
        self.feed(html)
        assert not self.open

    def handle_starttag(self, tag, attrs):
        got = dict(attrs)
        self.names.add(tag)
        self.ids += [got["id"]] if "id" in got else []
        self.links += [got["href"]] if "href" in got else []
        assert not any(name.startswith("on") for name in got)
        if tag not in self.VOID:
            self.open.append((tag, got))

    def handle_endtag(self, tag):
        assert self.open.pop()[0] == tag

    def handle_data(self, data):
        inside = [tag for tag, _ in self.open]
        ours = any("tag" in (got.get("class") or "").split() or got.get("class") in ("tip", "role") for _, got in self.open)
        if "article" in inside and not ours:
            self.article += data


def letters(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("language", LANGUAGES)
def test_shows_every_mark_with_anchor_and_row(language):
    html = show(example(), "a", language=language)._repr_html_()
    read = Reader(html)
    for anchor in (
        "statements-0",
        "statements-0-cue",
        "statements-0-source",
        "amounts-0",
        "dates-0",
        "mentions-0",
        "mentions-1",
        "hedges-0",
    ):
        assert read.ids.count(anchor) == 1, anchor
    money = span("40 ألف دولار")
    assert f"s{money['start']}-{money['end']}" in read.ids
    assert len(read.ids) == len(set(read.ids))
    for kind in ("content", "cue", "source", "amount", "date", "mention", "hedge"):
        assert f'class="m {kind}"' in html
        assert word("mark", kind, language) in html
        assert f"t-{kind}" in html
    assert {"ar": "نحو ٤٠ ألف دولار", "en": "about $40K"}[language] in html
    assert {"ar": "٤ مارس ٢٠٢١", "en": "March 4, 2021"}[language] in html


def test_the_text_is_whole_and_in_order():
    assert letters(Reader(show(example(), "a").html()).article) == letters(TEXT)


def test_without_blocks_the_lines_are_the_body():
    read = Reader(show(tables(), "a").html())
    assert letters(read.article) == letters(TEXT)


def test_overlapping_marks_are_taken_up_again_in_pieces():
    crossing = tables(
        amounts=table("amounts", span("قصير\n\nقال سامر")),
        dates=table("dates", span("سامر النجار")),
        mentions=table("mentions", span("النجار إن"), span("النجار إن")),
    )
    html = show(crossing, "a").html()
    read = Reader(html)
    assert letters(read.article) == letters(TEXT)
    assert html.count('class="m amount"') == 3  # the key, and a piece in either paragraph
    assert html.count('id="amounts-0"') == 1
    assert {"mentions-0", "mentions-1"} <= set(read.ids)


@pytest.mark.parametrize(
    ("text", "words", "front"),
    [
        ("وصل لقوات الوادي اليوم", "قوات الوادي", "ل"),
        ("رأي وزعم سامر ذلك", "زعم", "و"),
        ("عقد لـ«الوادي» أمس", "الوادي", "لـ«"),
        ("قال وَبِالوادي كذا", "الوادي", "وَبِ"),
        ("وصل الوادي اليوم", "الوادي", ""),
    ],
)
def test_a_letter_stands_before_the_whole_word(text, words, front):
    html = show(tables(text, mentions=table("mentions", span(words, text))), "a").html()
    tag = r'<a class="tag [^>]*id="mentions-0".*?</a>'
    mark = rf'<span id="s\d+-\d+"[^>]*>{"" if front else tag}{words}</span>'
    assert re.search(rf" {tag}{front}{mark}" if front else mark, html)


@pytest.mark.parametrize(
    ("text", "words", "marked"),
    [
        ('قال إن "العمل بدأ"، وأضاف', '"العمل بدأ', '"العمل بدأ"'),
        ("قال إن «العمل بدأ» وأضاف", "العمل بدأ»", "«العمل بدأ»"),
        ("قال «العمل بدأ وأضاف إنه مستمر»", "«العمل بدأ", "العمل بدأ"),
        ("قال إن «العمل» بدأ", "«العمل» بدأ", "«العمل» بدأ"),
    ],
)
def test_a_statement_is_marked_with_both_marks_of_a_quotation_or_none(text, words, marked):
    start = text.index(words)
    row = {"article_id": "a", "statement": 0, "start": start, "end": start + len(words), "text": words, "in_title": False}
    html = show(tables(text, statements=table("statements", row)), "a").html()
    found = re.search(rf'<span id="s{start}-{start + len(words)}" class="m content"[^>]*>(.*?)</span>(?!</a>)', html)
    assert found
    assert unescape(re.sub(r"<a class=.tag.*?</a>", "", found[1])) == marked


def test_an_amount_is_marked_with_what_qualifies_it():
    text = "دفعت أكثر من 40 ألف دولار أمس"
    row = span("40 ألف دولار", text) | {"kind": "money", "value": 4e4, "unit": "USD", "modifier": "more_than"}
    html = show(tables(text, amounts=table("amounts", row)), "a").html()
    assert re.search(r'<span id="s13-25" class="m amount".*?</a>أكثر من 40 ألف دولار</span>', html)


@pytest.mark.parametrize("language", ["ar", "en"])
def test_a_number_and_what_it_counts_run_as_the_page_does(language):
    text = "وصلت 40 سلة"
    row = span("40 سلة", text) | {"kind": "count", "value": 40.0, "unit": "سلة", "modifier": "exact"}
    html = page(tables(text, amounts=table("amounts", row)), "a", language)
    direction = "rtl" if language == "ar" else "ltr"
    assert re.search(rf'<bdi dir="{direction}"[^>]*>(40|٤٠) \u2068سلة\u2069</bdi>', html)


marks = st.lists(st.tuples(st.integers(0, 60), st.integers(1, 30)), max_size=12)


@settings(deadline=None, max_examples=30)
@given(st.text(alphabet="اب <&>\"'\n\u202e\x00\x1bم", max_size=60), marks, marks)
def test_any_marks_on_any_text_nest_and_lose_nothing(text, some, others):
    kinds = {}
    for name, spans in (("mentions", some), ("hedges", others)):
        rows = [{"article_id": "a", "start": a, "end": a + n, "text": ""} for a, n in spans]
        kinds[name] = table(name, *rows)
    read = Reader(show(tables(text, **kinds), "a").html())
    assert letters(read.article) == letters(re.sub("[\x00\x1b]", "\ufffd", text))


HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</title><svg onload=alert(1)>",
    "javascript:alert(1)",
    "&lt;b&gt;",
    "</style><b>",
    "{{7*7}}\x00\u202e\ufffe",
]


@pytest.mark.parametrize("evil", HOSTILE)
@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_from_outside_becomes_markup(evil, language):
    article = {"article_id": evil, "outlet": evil, "title": evil, "url": evil, "text": evil, "path": evil}
    row = {
        "article_id": evil,
        "start": 0,
        "end": 3,
        "text": evil[:3],
        "cue": evil,
        "speaker": evil,
        "verb": evil,
        "cue_start": 0,
        "cue_end": 2,
    }
    made = tables(articles=table("articles", article), statements=table("statements", row))
    html = page(made, evil, language)
    html.encode("utf-8")
    read = Reader(html)
    assert not {"script", "img", "svg", "b", "iframe"} & read.names
    assert all(link.startswith("#") for link in read.links)
    for rendered in (
        table_html(made.articles, language=language, caption=evil),
        kwic(made.articles, "alert", language=language)._repr_html_(),
    ):
        assert not {"script", "img", "svg", "b"} & Reader(rendered).names


def test_only_web_addresses_become_links():
    made = example()
    for address, linked in (
        ("https://example.org/ا?a=1&b=2", True),
        ("http://x.org", True),
        ("ftp://x", False),
        ('https://x" onclick=1', False),
    ):
        made.articles["url"] = pd.Series([address], dtype="string")
        assert ('rel="noreferrer noopener"' in show(made, "a").html()) == linked


@pytest.mark.parametrize("language", LANGUAGES)
def test_page_stands_alone(language):
    html = page(example(), "a", language)
    direction = {"ar": "rtl", "en": "ltr"}[language]
    assert html.startswith(f'<!DOCTYPE html>\n<html lang="{language}" dir="{direction}">')
    assert "default-src &#x27;none&#x27;" in html
    assert "style=" not in html.replace("style-src", "")
    assert not re.search(r"(?:src|url\()\s*=?\s*[\"']?(?:https?:)?//", html)
    read = Reader(html)
    assert len(read.ids) == len(set(read.ids))
    assert {link[1:] for link in read.links if link.startswith("#")} <= set(read.ids)
    assert html == page(example(), "a", language)


def test_page_allows_exactly_its_own_style():
    import base64
    import hashlib

    html = page(example(), "a")
    style = re.search(r"<style>(.*?)</style>", html, re.DOTALL)[1]
    assert f"sha256-{base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()}" in html


@pytest.mark.parametrize("language", LANGUAGES)
def test_codes_are_told_in_words_and_kept_beside_them(language):
    made = example()
    made.amounts = table(
        "amounts",
        {**span("40 ألف دولار"), "kind": "money", "value": 40e3, "unit": "USD", "modifier": "approx", "period": "P1Y"},
        {**span("40"), "kind": "percent", "value": 40.0, "unit": "percent", "modifier": "exact", "statement": 0},
    )
    week = {"first": pd.Timestamp("2021-03-01"), "last": pd.Timestamp("2021-03-07 23:59:59.999999"), "grain": "week"}
    month = {"first": pd.Timestamp("2021-04-01"), "last": pd.Timestamp("2021-04-30 23:59:59.999999"), "grain": "month"}
    told = {"type": "DATE", "statement": 0, "calendar": "gregorian"}
    made.dates = table(
        "dates",
        {**told, **week, **span("دفعت"), "value": "2021-W09", "mod": "END", "offset": "-P1W"},
        {**told, **month, **span("أمس"), "value": "2021-04", "mod": None},
    )
    html = page(made, "a", language)
    seen = re.sub(r"<style>.*?</style>", "", html, flags=re.DOTALL)
    words = {
        "ar": (
            "نحو ٤٠ ألف دولار في السنة",
            "٤٠٪",
            "آخر الأسبوع من ١ مارس ٢٠٢١",
            "قبل أسبوع من النشر",
            "١ أبريل ٢٠٢١ – ٣٠ أبريل ٢٠٢١",
        ),
        "en": (
            "about $40K a year",
            "40%",
            "end of the week from Mar 1, 2021",
            "1 week before publication",
            "Apr 1, 2021 – Apr 30, 2021",
        ),
    }[language]
    for said in words:
        assert seen.count(said) >= 3, said  # in the mark's title, its tip and the table
    assert "7, 2021" not in seen  # the end of a week is not the whole of it
    assert "٧ مارس" not in seen
    assert 'title="approx 40000.0 USD P1Y"' in html
    assert 'title="2021-W09 END"' in html
    shown = re.sub(r"<[^>]*>", " ", seen)
    assert not re.search(r"\b(?:USD|percent 4|P1Y|-P1W|2021-W09|2021-03-01)\b", shown)


@pytest.mark.parametrize("language", LANGUAGES)
def test_statements_are_counted_from_one_everywhere(language):
    made = example()
    html = page(made, "a", language)
    one = {"ar": "١", "en": "1"}[language]
    assert f">{word('tag', 'content', language)}{one}<" in html
    assert f'<a href="#statements-0">{one}</a>' in html
    assert cells("amounts", {"statement": 0}, language)["statement"].text == one
    assert f"{word('column', 'statement', language)}: {one}" in html


@pytest.mark.parametrize(
    ("value", "ar", "en"),
    [
        ("2020-06-04", "٤ يونيو ٢٠٢٠", "Jun 4, 2020"), ("2020-W23", "الأسبوع من ١ يونيو ٢٠٢٠", "the week from Jun 1, 2020"),
        ("2020-Q1", "الربع الأول من ٢٠٢٠", "first quarter of 2020"), ("2018-H2", "النصف الثاني من ٢٠١٨", "second half of 2018"),
        ("2014-SU", "صيف ٢٠١٤", "summer 2014"), ("201X", "السنوات ٢٠١٠ – ٢٠١٩", "the years 2010 – 2019"),
        ("19XX", "السنوات ١٩٠٠ – ١٩٩٩", "the years 1900 – 1999"), ("-0299", "٣٠٠ قبل الميلاد", "300 BC"),
        ("XXXX-06-04", "٤ يونيو، السنة غير محددة", "Jun 4, year not stated"), ("XXXX-XX-XX", "يوم غير محدد", "a day not settled"),
        ("XXXX-WXX-5", "الجمعة من أي أسبوع", "any Friday"), ("XXXX", "سنة غير محددة", "a year not settled"),
        ("2020-07-12TMO", "صباح ١٢ يوليو ٢٠٢٠", "Jul 12, 2020, morning"),
        ("2020-07-09T03:30", "٩ يوليو ٢٠٢٠ الساعة ٠٣:٣٠", "Jul 9, 2020, 03:30"),
        ("2020-07-11TXX", "١١ يوليو ٢٠٢٠، الساعة غير محددة", "Jul 11, 2020, hour not settled"),
        ("2014/2016", "٢٠١٤ – ٢٠١٦", "2014 – 2016"), ("FUTURE_REF", "وقت آتٍ", "some time to come"),
        ("P2M", "شهران", "2 months"), ("PT2H30M", "ساعتان و٣٠ دقيقة", "2 hours and 30 minutes"), ("PXD", "بضعة أيام", "some days"),
        ("2020-02-30", "2020-02-30", "2020-02-30"), ("2020-W60", "2020-W60", "2020-W60"), ("أمس", "أمس", "أمس"),
    ],
)  # fmt: skip
def test_times_in_words(value, ar, en):
    assert (time_in_words(value, "ar"), time_in_words(value, "en")) == (ar, en)


def test_lengths_and_distances_in_words():
    assert [distance_in_words(each, "en") for each in ("-P2D", "P1M", "P0Y", "x")] == [
        "2 days before publication", "1 month after publication", "the year of publication", "x",
    ]  # fmt: skip
    assert [length_in_words(each, "ar") for each in ("P1D", "P11D", "P2W", "P1Y6M")] == [
        "يوم واحد", "١١ يوماً", "أسبوعان", "سنة واحدة و٦ أشهر",
    ]  # fmt: skip
    assert [recurrence_in_words(each, "ar") for each in ("P1D", "P2W")] == ["كل يوم", "كل أسبوعين"]


def test_every_value_that_dates_have_is_said_in_words():
    lines = (Path(__file__).parent / "cases" / "dates.jsonl").read_text(encoding="utf-8").splitlines()
    values = {each["value"] for line in lines for each in json.loads(line)["dates"] if "value" in each}
    assert len(values) > 100
    for language in LANGUAGES:
        raw = [
            value
            for value in values
            if re.search("[A-Z]{2}|X|P\\d|W\\d|-0", time_in_words(value, language).replace("UTC", "").replace("BC", ""))
        ]
        assert not raw


def test_plain_text_has_the_article_and_its_marks():
    text = str(show(example(), "a"))
    assert text.startswith(TEXT)
    assert "[د] نحو 40 ألف دولار (نحو ٤٠ ألف دولار" in text


def test_unknown_article_and_language_are_named():
    with pytest.raises(InputError, match="`article_id` value = 'b' is invalid; there is no such article; there are 'a'"):
        show(example(), "b")
    with pytest.raises(InputError, match="`language` value = 'fr' is invalid"):
        show(example(), "a", language="fr")


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_colours_reach_wcag_aa_in_light_and_dark():
    html = page(example(), "a")
    schemes = re.findall(r"--ink:[^}]*", html)
    assert len(schemes) == 4  # light, dark in Lab, dark, print
    for scheme in schemes:
        colours = dict(re.findall(r"--([\w-]+):(#[0-9a-f]{6})", scheme))
        for ground in ("paper", "panel", "content"):
            assert contrast(colours["ink"], colours[ground]) >= 7
            assert contrast(colours["soft"], colours[ground]) >= 4.5
        assert contrast(colours["link"], colours["paper"]) >= 4.5
        for name, colour in colours.items():
            if name.endswith("-ink"):  # the letters' grounds, and the lines on paper and within contents
                assert contrast(colour, colours["paper"]) >= 4.5, (name, colour)
                assert contrast(colour, colours["content"]) >= 3, (name, colour)


@pytest.mark.parametrize("language", ["ar", "en"])
def test_a_letters_name_opens_with_what_is_seen(language):
    tags = re.findall(r'<a class="tag [^>]* aria-label="([^"]*)">([^<]+)<', page(example(), "a", language))
    assert tags
    assert all(name.startswith(f"{letter}: ") for name, letter in tags)


def test_a_page_leads_back_where_it_is_part_of_reports():
    assert "<nav" not in page(example(), "a")
    assert '<a href="../index.html">All reports</a></nav><h1' in page(example(), "a", "en", home="../index.html")


# Concordances.

ARTICLES = pd.DataFrame(
    {
        "article_id": ["a", "b", "c"],
        "text": [
            "أعلنت قَسَد أمس، ولقسد رأي. ليست قسدية.\nقالت «قسد»:",
            "للإدارة الذاتيّة وبالإدارة  الذاتية، والإداره الذاتيه إدارة ذاتية",
            "SDF said; sdf-led. لـ”قسـد”",
        ],
    }
)


@pytest.mark.parametrize(("query", "found"), [
    ("قسد", ["قَسَد", "ولقسد", "قسد", "قسـد"]),
    ("الإدارة الذاتية", ["للإدارة الذاتيّة", "وبالإدارة  الذاتية", "والإداره الذاتيه"]),
    ("ادارة", ["للإدارة", "وبالإدارة", "والإداره", "إدارة"]),
    ("sdf", ["SDF", "sdf"]),
    ("sdf-led", ["sdf-led"]),
    ("سد", []),
    ("قس", []),
    ("ق.د", []),
])  # fmt: skip
def test_kwic_finds_words_in_all_spellings(query, found):
    hits = kwic(ARTICLES, query)
    assert hits["keyword"].tolist() == found
    texts = dict(zip(ARTICLES["article_id"], ARTICLES["text"], strict=True))
    for hit in hits.itertuples():
        assert texts[hit.article_id][hit.start : hit.end] == hit.keyword


def test_kwic_columns_are_typed_also_for_none():
    for hits in (kwic(ARTICLES, "قسد"), kwic(ARTICLES, "لا شيء"), kwic(ARTICLES.iloc[:0], "قسد")):
        assert list(hits.columns) == ["article_id", "start", "end", "pre", "keyword", "post"]
        assert [str(dtype) for dtype in hits.dtypes] == ["string", "int32", "int32", "string", "string", "string"]
        assert "<table" in hits._repr_html_()


def test_kwic_context_is_one_line_cut_at_words():
    hits = kwic(pd.DataFrame({"article_id": ["a"], "text": ["واحد اثنان\nثلاثة قسد أربعة خمسة ستة"]}), "قسد", window=10)
    assert hits[["pre", "post"]].iloc[0].tolist() == ["ثلاثة", "أربعة"]
    whole = kwic(pd.DataFrame({"article_id": ["a"], "text": ["واحد اثنان\nثلاثة قسد أربعة"]}), "قسد", window=99)
    assert whole["pre"].iloc[0] == "واحد اثنان ثلاثة"


def test_kwic_shows_three_isolated_cells_and_stays_one_when_filtered():
    hits = kwic(ARTICLES, "قسد", language="en")
    html = hits[hits["article_id"] == "a"]._repr_html_()
    assert html.count('<bdi lang="ar" dir="rtl">') == 3 * 3
    assert '<table dir="rtl">' in html
    assert "قسد" in html
    assert "3 places in 1 article" in html
    assert "<table" in hits[["start"]]._repr_html_()


@pytest.mark.parametrize("query", ["", "  ", "،", "\u064b"])
def test_kwic_refuses_an_empty_query(query):
    with pytest.raises(InputError, match="`query` value = "):
        kwic(ARTICLES, query)
    with pytest.raises(InputError, match="`window` value = -1"):
        kwic(ARTICLES, "قسد", window=-1)


def test_kwic_is_linear_in_the_text():
    hits = kwic(pd.DataFrame({"article_id": ["a"], "text": ["و" * 300_000 + " وال" * 100_000]}), "قسد")
    assert not len(hits)


# Tables.


def test_table_shows_numbers_dates_and_nulls_in_the_readers_convention():
    frame = pd.DataFrame(
        {
            "value": pd.Series([1234567.5, None], dtype="Float64"),
            "published": pd.to_datetime(["2021-03-04", None]),
            "modifier": ["approx", None],
            "outlets": [("أ", "b"), ()],
            "in_title": [True, False],
        }
    )
    html = table_html(frame, language="ar")
    for words in ("١٬٢٣٤٬٥٦٧٫٥", "٤ مارس ٢٠٢١", "نحو", "<bdi>أ</bdi>، <bdi>b</bdi>", "نعم", "لا", 'dir="rtl"', "القيمة"):
        assert words in html, words
    assert html.count(">–</span>") == 3
    assert "1,234,567.5" in table_html(frame, language="en")
    Reader(html)


def test_a_column_of_numbers_has_its_header_and_its_gaps_at_their_side():
    html = table_html(pd.DataFrame({"value": pd.Series([3, None], dtype="Int64"), "modifier": ["approx", None]}), language="en")
    assert re.findall(r'<th scope="col"( class="number")?>', html) == [' class="number"', ""]
    assert re.findall(r'<td class="([^"]*)">', html) == ["number", "text short", "none number", "none"]


def test_table_says_how_many_rows_it_leaves_out():
    frame = pd.DataFrame({"n": range(80)})
    assert "10 of 80 rows shown" in table_html(frame, language="en", rows=10)
    assert "rows shown" not in table_html(frame, language="en", rows=80)
    assert "no rows to show" in table_html(frame.iloc[:0], language="en")
    with pytest.raises(InputError, match="`columns` value = 'x' is invalid; value must be one of 'n'"):
        table_html(frame, columns=["x"])


# A corpus.


def corpus_of(n: int) -> SimpleNamespace:
    rows = [
        {
            "article_id": f"a{at}",
            "outlet": f"<b>{at % 15}",
            "published": pd.Timestamp(2021, 3, 1 + at % 28),
            "text": "نص",
            "path": "a.txt",
        }
        for at in range(n)
    ]
    problems = [{"path": "<img src=x>.txt", "line": at, "reason": "خبر <script>"} for at in range(1, 31)]
    return tables(articles=table("articles", *rows), problems=table("problems", *problems))


@pytest.mark.parametrize(("language", "said"), [
    ("ar", ['dir="rtl"', "٤٠ مقالاً", "١٥ وسيلة", "من ١ مارس ٢٠٢١ إلى ٢٨ مارس ٢٠٢١", "ما تعذّرت قراءته: ٣٠", "وغيرها ١٠"]),
    ("en", ['dir="ltr"', "40 articles", "15 outlets", "March 1, 2021 to March 28, 2021", "and 3 more", "Could not be read: 30"]),
])  # fmt: skip
def test_a_corpus_shows_what_it_holds(language, said):
    html = overview(corpus_of(40), language=language)
    for words in said:
        assert words in html, words
    for name in schema.TABLES:
        assert f">.{name}<" in html
    read = Reader(html)
    assert not {"b", "img", "script"} & read.names


def test_a_corpus_without_articles_dates_or_outlets_shows_itself_too():
    empty = overview(SimpleNamespace(**{name: schema.frame(name, {}) for name in schema.TABLES}), language="en")
    assert "The corpus: 0 articles<" in empty
    Reader(empty)
    undated = tables()
    undated.articles[["published", "outlet"]] = None
    undated.articles = undated.articles.astype({"published": "datetime64[us]", "outlet": "string"})
    assert "1 article; without a date: 1<" in overview(undated, language="en")
    assert "1 article; 1 outlet; March 4, 2021<" in overview(tables(), language="en")
    with pytest.raises(InputError, match="`language` value = 'fr'"):
        overview(tables(), language="fr")


def test_tables_show_themselves_as_a_corpus():
    made = Tables(**{name: getattr(example(), name) for name in schema.TABLES})
    assert made._repr_html_() == overview(made)
    assert repr(made).startswith("Tables(articles=1, blocks=3, ")
