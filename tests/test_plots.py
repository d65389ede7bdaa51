"""Figures: what they show, in both languages, from no rows to tens of thousands; that they are the same bytes each time."""

from __future__ import annotations

import itertools
import subprocess
import sys
import warnings
from types import SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd
import pytest

from analysis import lexicon, plots, schema
from analysis.errors import InputError
from analysis.plots import arabic, canvas
from analysis.wording import LANGUAGES, compact, counted, isolate, length, missing, money, number, say, sum_in_words

OUTLETS = [
    "صدى الوادي", "Delta Wire", "وكالة الضفتين للأنباء والدراسات والبحوث الاستراتيجية", "منبر النهر (تجريبي)", "الشاهد",
    "ميناء ٢٤", "جريدة الغد", "مرآة السهل", "بوابة التل", "El Faro", "شبكة البيدر", "موقع القمح", "أخبار المساء",
    "راديو السد", "المدى", "نداء البر", "نورس",
]  # fmt: skip


@pytest.fixture(autouse=True)
def _headless():
    import matplotlib as mpl

    mpl.use("agg")
    yield
    from matplotlib import pyplot as plt

    plt.close("all")


def corpus(n_articles: int, n_outlets: int, days: int = 200) -> SimpleNamespace:
    """Tables of made-up articles: five statements and three dates each; every seventh article without a date."""
    random = np.random.default_rng(n_articles)
    published = pd.Series(pd.Timestamp("2021-03-01") + pd.to_timedelta(random.integers(0, days, n_articles), unit="D"))
    ids = pd.Series([f"a{i}" for i in range(n_articles)], dtype="string")
    articles = pd.DataFrame(
        {"article_id": ids, "outlet": pd.Series(random.choice(OUTLETS[:n_outlets], n_articles), dtype="string")}
    )
    articles["published"] = published.where(np.arange(n_articles) % 7 != 6).astype("datetime64[us]")
    statements = pd.DataFrame(
        {"article_id": ids.repeat(5), "speaker": pd.Series(["سليم", "Ann Lee", None, "مصدر", "سليم"] * n_articles).values}
    )
    first = published.repeat(3).to_numpy() - pd.to_timedelta(random.integers(0, 900, 3 * n_articles), unit="D")
    days_long = pd.to_timedelta(np.resize([1, 30, 365], 3 * n_articles), unit="D")
    dates = pd.DataFrame({"article_id": ids.repeat(3), "first": first, "last": first + days_long})
    dates.loc[np.resize([False, False, False, False, True], len(dates)), ["first", "last"]] = pd.NaT
    return SimpleNamespace(articles=articles, statements=statements, dates=dates)


def ledger_rows(n: int) -> pd.DataFrame:
    random = np.random.default_rng(7)
    fixed = [
        {"value": 33e6, "modifier": "exact", "period": "P3M", "unit": "USD", "outlets": OUTLETS[:1], "action": "send"},
        {"value": 4e6, "modifier": "approx", "unit": "USD", "outlets": OUTLETS[:3], "conflict": True, "speaker": "سليم (الناطق)"},
        {"value": 1e6, "modifier": "more_than", "unit": "USD", "outlets": OUTLETS[1:2]},
        {"value": 2e5, "modifier": "at_most", "unit": "EUR", "outlets": OUTLETS[1:2]},
        {"low": 5e6, "high": 7e6, "modifier": "range", "unit": "USD", "outlets": []},
        {"low": 1e6, "modifier": "vague", "unit": None, "outlets": "الشاهد; El Faro"},
    ]
    more = [
        {"value": float(10 ** random.uniform(3, 9)), "modifier": "exact", "unit": "USD", "outlets": [OUTLETS[i % 17]]}
        for i in range(n)
    ]
    columns = ["unit", "value", "low", "high", "modifier", "period", "action", "speaker", "outlets", "conflict"]
    table = pd.DataFrame((fixed + more)[: n or 6], columns=columns)
    for name in ("value", "low", "high"):
        table[name] = table[name].astype("Float64")
    return table


def naming_rows(n_outlets: int) -> pd.DataFrame:
    rows = [
        {
            "actor": "x",
            "label": f"اسم {i}",
            "outlet": outlet,
            "voice": voice,
            "n": i + 1,
            "share": i / 6,
            "low": 0.0,
            "high": 0.9,
            "stance": stance,
        }
        for outlet in OUTLETS[:n_outlets]
        for i, stance in enumerate(schema.STANCES)
        for voice in ("narrator", "quotation")
    ]
    return pd.DataFrame(rows, columns=["actor", "label", "outlet", "voice", "n", "share", "low", "high", "stance"])


def hedging_rows(n_outlets: int) -> pd.DataFrame:
    rows = [
        {"outlet": outlet, "measure": measure, "n": i, "rate": i / 3, "low": i / 4, "high": i / 2}
        for i, outlet in enumerate(OUTLETS[:n_outlets])
        for measure in ("doubt", "pretext", "force_deny", "scare_quote_lift")
    ]
    return pd.DataFrame(rows, columns=["outlet", "measure", "n", "rate", "low", "high"])


def keyness_rows(n_groups: int) -> pd.DataFrame:
    rows = [
        {"term": f"كلمة{i}", "group": group, "n": i, "n_rest": 2 * i, "articles": 1, "log_odds": i / 9, "z": (i - 20) / 4}
        for group in OUTLETS[:n_groups]
        for i in range(40)
    ]
    return pd.DataFrame(rows, columns=["term", "group", "n", "n_rest", "articles", "log_odds", "z"])


def coverage_rows(n_outlets: int) -> pd.DataFrame:
    return pd.DataFrame(
        np.arange(6 * n_outlets).reshape(6, n_outlets) % 3, columns=OUTLETS[:n_outlets], index=[f"خبر {i}" for i in range(6)]
    )


FIGURES = {
    "corpus": (lambda n: corpus(6 * n, n).articles, 6),
    "timeline": (lambda n: corpus(6 * n, n), 6),
    "funding": (lambda n: ledger_rows(0 if not n else n * 3), 6),
    "naming": (naming_rows, 6),
    "hedging": (hedging_rows, 6),
    "keyness": (keyness_rows, 6),
    "coverage": (coverage_rows, 6),
}


def texts(ax) -> list[str]:
    """Every text of the figure that is shown, without the marks of direction."""
    from matplotlib.text import Text

    found = [each.get_text() for each in ax.figure.findobj(Text) if each.get_visible()]
    return [unmarked(text) for text in found if text]


def unmarked(text: str) -> str:
    return "".join(c for c in text if c not in "\u202a\u202b\u202c\u2068\u2069")


def drawn_words(text: str, language: str) -> list[str]:
    return [drawn(word, language) for word in text.split()]


def drawn(text: str, language: str) -> str:
    """What this matplotlib is given for `text`, old or new."""
    return unmarked(arabic.shape(text, language))


@pytest.mark.parametrize("width", canvas.WIDTHS)
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("n_outlets", [2, 17])
@pytest.mark.parametrize("name", FIGURES)
def test_draws_within_its_edges(name, n_outlets, language, width):
    table = FIGURES[name][0](n_outlets)
    ax = getattr(plots, f"plot_{name}")(table, language=language, width=width)
    ax.figure.canvas.draw()  # lays it out; a warning of a missing glyph or too little room is an error
    edges, box = ax.figure.bbox, ax.get_tightbbox(ax.figure.canvas.get_renderer())
    assert box.x0 >= edges.x0 - 1
    assert box.x1 <= edges.x1 + 1
    assert box.y0 >= edges.y0 - 1
    assert box.y1 <= edges.y1 + 1
    assert ax.xaxis.get_inverted() == (language == "ar")


COUNTS = (2, 10, 99, 100, 999, 1000, 12345, 99999, 123456, 1234567, 88888888)


def many(name: str, n_outlets: int):
    """A table for a figure whose counts have one to eight digits, in every row and column."""
    if name == "coverage":
        sizes = [[COUNTS[(5 * row + i) % len(COUNTS)] * (-1) ** (row % 3) for i in range(n_outlets)] for row in range(7)]
        return pd.DataFrame(sizes, columns=OUTLETS[:n_outlets], index=[f"خبر {row}" for row in range(7)])
    if name == "corpus":
        sizes = np.resize((123456, 99999, 9999, 999, 99, 2), n_outlets)
        months = pd.date_range("2021-05-09", periods=n_outlets, freq="30D")
        articles = pd.DataFrame({"outlet": pd.Series(OUTLETS[:n_outlets], dtype="string"), "published": months})
        return articles.loc[articles.index.repeat(sizes)]
    table = FIGURES[name][0](n_outlets)
    if name == "timeline":
        table.statements = table.statements.loc[table.statements.index.repeat(300)]
        table.statements["speaker"] = np.resize(["سليم", "Ann Lee", "عبد المعين الراشدي"], len(table.statements))
        table.dates = table.dates.loc[table.dates.index.repeat(50)]
        return table
    for column in {"naming": ("n",), "keyness": ("n", "n_rest")}[name]:
        table[column] = np.resize(COUNTS, len(table))
    return table


def boxes(ax) -> list[tuple[str, Any]]:
    """Every text that is shown, with its place on the page."""
    from matplotlib.text import Text

    ax.figure.canvas.draw()
    found = [each for each in ax.figure.findobj(Text) if each.get_visible() and unmarked(each.get_text()).strip()]
    return [(unmarked(each.get_text()), each.get_window_extent()) for each in found]


def run_into_nothing(ax) -> None:
    shown = boxes(ax)
    for (one, its), (other, their) in itertools.combinations(shown, 2):
        wide, high = min(its.x1, their.x1) - max(its.x0, their.x0), min(its.y1, their.y1) - max(its.y0, their.y0)
        assert wide <= 1 or high <= 5, (one, other)  # the boxes are as high as a line, above and below what is drawn


@pytest.mark.parametrize("width", canvas.WIDTHS)
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("n_outlets", [5, 15])
@pytest.mark.parametrize("name", ["corpus", "coverage", "keyness", "naming", "timeline"])
def test_counts_of_many_digits_run_into_nothing(name, n_outlets, language, width):
    run_into_nothing(getattr(plots, f"plot_{name}")(many(name, n_outlets), language=language, width=width))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("n_outlets", [2, 6, 17])
@pytest.mark.parametrize("name", FIGURES)
def test_a_narrow_figure_is_read_on_a_phone(name, n_outlets, language):
    """No two of its words run into each other, and none is smaller than 11 CSS pixels where the page's column is PHONE wide."""
    from matplotlib.text import Text

    ax = getattr(plots, f"plot_{name}")(FIGURES[name][0](n_outlets), language=language, width="narrow")
    run_into_nothing(ax)
    points = min(each.get_fontsize() for each in ax.figure.findobj(Text) if each.get_visible() and each.get_text().strip())
    pixels = points / 72 * canvas.PHONE / ax.figure.get_figwidth()
    assert pixels >= 11
    assert points >= canvas.LEAST


@pytest.mark.parametrize("name", FIGURES)
def test_a_narrow_figure_is_one_of_its_own(name):
    from matplotlib import pyplot as plt

    draw, table = getattr(plots, f"plot_{name}"), FIGURES[name][0](2)
    with pytest.raises(InputError, match="`width` value = 'narrow' is invalid with `ax`"):
        draw(table, ax=plt.subplots()[1], width="narrow")
    with pytest.raises(InputError, match="`width` value = 'phone' is invalid; value must be one of 'wide', 'narrow'"):
        draw(table, width="phone")


@pytest.mark.parametrize("width", canvas.WIDTHS)
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("n_outlets", [5, 15])
def test_counts_of_coverage_stand_clear_of_the_marks(n_outlets, language, width):
    table = many("coverage", n_outlets)
    ax = plots.plot_coverage(table, language=language, width=width)
    words = sorted(drawn(compact(n, language), language) for n in table.abs().to_numpy().ravel())
    numbers = [(text, box) for text, box in boxes(ax) if text in set(words)]
    assert sorted(text for text, _ in numbers) == words
    marks = [line for line in ax.lines if line.get_marker() in canvas.SHAPES]
    assert len(marks) == table.size
    for mark in marks:
        (x, y), half = ax.transData.transform(np.column_stack(mark.get_data()))[0], mark.get_markersize() / 2 * ax.figure.dpi / 72
        for text, box in numbers:
            assert not (box.x0 < x + half and x - half < box.x1 and box.y0 < y + half and y - half < box.y1), text


@pytest.mark.parametrize("width", canvas.WIDTHS)
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("n_outlets", [5, 15])
def test_counts_of_the_corpus_stand_within_their_squares(n_outlets, language, width):
    table = many("corpus", n_outlets)
    ax = plots.plot_corpus(table, language=language, width=width)
    words = {drawn(compact(n, language), language) for n in table["outlet"].value_counts()}
    wide = [box.width for text, box in boxes(ax) if text in words]
    square = abs(np.diff(ax.transData.transform([(0, 0), (1, 0)])[:, 0])[0])  # after the layout
    assert len(wide) == n_outlets
    assert max(wide) <= square - 2


@pytest.mark.parametrize(("n", "ar", "en"), [
    (0, "٠", "0"), (99_999, "٩٩٬٩٩٩", "99,999"), (100_000, "١٠٠ ألف", "100K"), (123_456, "١٢٣ ألف", "123K"),
    (999_999, "مليون", "1M"), (1_234_567, "١٫٢ مليون", "1.2M"), (88_888_888, "٨٩ مليون", "89M"), (4_000_000_000, "٤ مليارات", "4B"),
])  # fmt: skip
def test_counts_in_little_room(n, ar, en):
    assert (compact(n, "ar"), compact(n, "en")) == (ar, en)


@pytest.mark.parametrize("width", canvas.WIDTHS)
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", FIGURES)
def test_no_rows_is_said_and_not_an_error(name, language, width):
    make, _ = FIGURES[name]
    table = corpus(0, 1) if name == "timeline" else make(2).iloc[:0]
    ax = getattr(plots, f"plot_{name}")(table, language=language, width=width)
    assert drawn(say("general.no_rows", language), language) in texts(ax)
    assert say("general.no_rows", language) in getattr(plots, f"describe_{name}")(table, language=language)


@pytest.mark.parametrize("name", FIGURES)
def test_draws_into_a_given_axes_and_changes_no_setting(name):
    import matplotlib as mpl
    from matplotlib import pyplot as plt

    figure, ax = plt.subplots()
    size, before = tuple(figure.get_size_inches()), dict(mpl.rcParams)
    assert getattr(plots, f"plot_{name}")(FIGURES[name][0](3), ax=ax, language="en") is ax
    assert tuple(figure.get_size_inches()) == size
    assert dict(mpl.rcParams) == before
    assert len(figure.axes) == 1


@pytest.mark.parametrize("name", FIGURES)
def test_same_bytes_each_time(name, tmp_path):
    make, draw = FIGURES[name][0], getattr(plots, f"plot_{name}")
    saved = []
    for run in ("first", "second"):
        paths = plots.save_figure(draw(make(2)).figure, tmp_path / run / "figure", title="عنوان", description="وصف")
        saved.append([path.read_bytes() for path in paths])
    assert saved[0] == saved[1]
    assert "وصف".encode() in saved[0][1]
    assert b"dc:date" not in saved[0][1]


def test_png_has_double_resolution(tmp_path):
    from PIL import Image

    ax = plots.plot_corpus(corpus(8, 2).articles)
    png, svg = plots.save_figure(ax.figure, tmp_path / "a.b")
    assert (png.name, svg.name) == ("a.b.png", "a.b.svg")
    width, height = ax.figure.get_size_inches()
    with Image.open(png) as image:
        assert image.size == (round(width * 200), round(height * 200))


@pytest.mark.parametrize("name", FIGURES)
def test_missing_columns_and_languages_are_named(name):
    draw = getattr(plots, f"plot_{name}")
    with pytest.raises(InputError, match="`language` value = 'fr' is invalid; value must be one of 'ar', 'en'"):
        draw(FIGURES[name][0](2), language="fr")
    if name != "coverage":
        with pytest.raises(InputError, match=r"needs .*\w"):
            draw(pd.DataFrame({"a": [1]}))


def test_importing_the_package_loads_no_matplotlib():
    code = "import sys, analysis, analysis.plots; sys.exit('matplotlib' in sys.modules or 'pandas' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


# The text.

SHAPED = [
    # as written, language, as an old matplotlib must be given it (without joined forms: Latin, digits and marks only)
    ("abc (2)", "en", "abc (2)"),
    ("abc (2)", "ar", "abc (2)"),
    ("(60%)", "ar", "(60%)"),
    ("≤ 5", "ar", "5 ≥"),
    (f"{isolate('b (c)')}: 5", "ar", "5 :b (c)"),
]


@pytest.mark.parametrize(("written", "language", "drawn"), SHAPED)
def test_old_matplotlib_is_given_drawing_order(written, language, drawn):
    assert arabic.shape(written, language, engine=False) == drawn


def test_old_matplotlib_is_given_joined_letters_reversed():
    drawn = arabic.shape("باب (دار) AB", "ar", engine=False)
    assert drawn == "AB (ﺭﺍﺩ) ﺏﺎﺑ"
    kept = arabic.shape("قَلَم", "ar", engine=False)
    assert kept.count("\u064e") == 2  # vowel signs stay


def test_new_matplotlib_is_given_the_text_in_an_embedding():
    assert arabic.shape("باب\nab", "ar", engine=True) == "\u202bباب\u202c\n\u202bab\u202c"
    assert arabic.shape("باب", "en", engine=True) == "\u202aباب\u202c"
    assert arabic.shape("قَلَم", "ar", engine=True) == "\u202bقَلَم\u202c"


@pytest.mark.parametrize("engine", [True, False])
def test_hostile_text_becomes_harmless(engine):
    nasty = "a\u202eb\u0000c\ud800d\u2066e \U0001f980 $x^2$ \\frac"
    shaped = arabic.shape(isolate(nasty), "ar", engine=engine)
    assert not set("\u202e\u0000\ud800\U0001f980") & set(shaped)
    assert "$x^2$" in shaped


def test_text_is_drawn_without_a_warning_and_as_text_not_formula(tmp_path):
    from matplotlib import pyplot as plt

    with canvas.style(), warnings.catch_warnings():
        warnings.simplefilter("error")
        figure, ax = plt.subplots()
        text = canvas.write(ax, (0.5, 0.5), "٣٣٪ ≈ \u2603 😀 \u4e2d $a_b$ «قسد»", "ar")
        figure.savefig(tmp_path / "x.png")
    assert not text.get_parse_math()


def test_both_ways_of_shaping_have_the_same_width(tmp_path):
    """Drawn letter by letter, text is about as wide as shaped by the engine: no letter is lost or left unjoined."""
    from matplotlib import pyplot as plt

    if not arabic.shapes_itself():
        pytest.skip("this matplotlib does not shape text itself")
    with canvas.style():
        _, ax = plt.subplots()
        words = "قوات سوريا (SDF) ٣٣ مليون"
        widths = [ax.text(0, 0, arabic.shape(words, "ar", engine=engine)).get_window_extent().width for engine in (True, False)]
    assert widths[1] == pytest.approx(widths[0], rel=0.08)


@pytest.mark.parametrize(("text", "width", "lines", "broken"), [
    ("قوات سوريا الديمقراطية", 12, 2, ["قوات سوريا", "الديمقراطية"]),
    ("كلمة", 20, 2, ["كلمة"]),
    ("", 20, 2, [""]),
    ("a" * 50, 10, 2, ["a" * 9 + "…"]),
    ("واحد اثنان ثلاثة أربعة خمسة", 11, 2, ["واحد اثنان", "ثلاثة أربع…"]),
])  # fmt: skip
def test_wrap(text, width, lines, broken):
    assert arabic.wrap(text, width, lines=lines) == broken


# The words.


@pytest.mark.parametrize(("row", "ar", "en"), [
    ({"value": 33e6, "unit": "USD", "modifier": "exact", "period": "P3M"}, "٣٣ مليون دولار خلال ٣ أشهر", "$33M in 3 months"),
    ({"value": 4e6, "unit": "USD", "modifier": "approx"}, "نحو ٤ ملايين دولار", "about $4M"),
    ({"value": 1e6, "unit": "USD", "modifier": "more_than"}, "أكثر من مليون دولار", "more than $1M"),
    ({"value": 4.3e6, "unit": "EUR", "modifier": "at_least", "period": "P1Y"}, "٤٫٣ مليون يورو على الأقل في السنة",
     "at least €4.3M a year"),
    ({"low": 5e6, "high": 7e6, "unit": "USD", "modifier": "range"}, "من ٥ ملايين إلى ٧ ملايين دولار", "$5M to $7M"),
    ({"low": 1e6, "unit": "USD", "modifier": "vague"}, "ملايين الدولارات", "millions of dollars"),
    ({"low": 1e4, "unit": None, "modifier": "vague"}, "عشرات آلاف من عملة غير محددة", "tens of thousands of an unstated currency"),
    ({"value": 7.0, "unit": "SAR", "modifier": "exact"}, "٧ ريالات سعودية", "SAR 7"),
    ({"value": 1234567.0, "unit": "USD", "modifier": "exact"}, "١٬٢٣٤٬٥٦٧ دولاراً", "$1,234,567"),
    ({"value": 2e6, "unit": "KWD", "period": "PXM"}, "٢ مليون دينار كويتي خلال مدة غير محددة", "KWD 2M over a time not stated"),
])  # fmt: skip
def test_sums_in_words(row, ar, en):
    assert (sum_in_words(row, "ar"), sum_in_words(row, "en")) == (ar, en)


@pytest.mark.parametrize(("noun", "n", "ar", "en"), [
    ("statement", 0, "لا تصريحات", "0 statements"),
    ("statement", 1, "تصريح واحد", "1 statement"),
    ("statement", 2, "تصريحان", "2 statements"),
    ("article", 10, "١٠ مقالات", "10 articles"),
    ("article", 11, "١١ مقالاً", "11 articles"),
    ("article", 100, "١٠٠ مقال", "100 articles"),
])  # fmt: skip
def test_counted_nouns(noun, n, ar, en):
    assert (counted(noun, n, "ar"), counted(noun, n, "en")) == (ar, en)


@pytest.mark.parametrize("period", ["", "P", "PT", "P3", "3M", "\ufeffP3M"])
def test_what_is_no_length_has_no_words(period):
    assert length(period, "ar") == ""


def test_lengths_of_several_units_or_none_known():
    assert [length(each, "ar") for each in ("PXY", "P1Y2M", "PT6H")] == ["بضع سنوات", "سنة وشهرين", "٦ ساعات"]
    row = {"value": 2e6, "unit": "USD", "modifier": "exact", "period": "P1Y6M"}
    assert [sum_in_words(row, language) for language in ("ar", "en")] == [
        "٢ مليون دولار خلال سنة و٦ أشهر",
        "$2M in 1 year and 6 months",
    ]


@pytest.mark.parametrize("value", [None, float("nan"), pd.NA, pd.NaT, np.nan])
def test_missing(value):
    assert missing(value)
    assert not any(missing(other) for other in (0, "", False, [], "nan", np.array([1.0, np.nan])))


@pytest.mark.parametrize("value", [float("inf"), float("-inf"), float("nan"), 1e300, -1e-300, 0.0])
def test_odd_numbers_are_written(value):
    assert all(number(value, language) and money(value if np.isfinite(value) else 0.0, "USD", language) for language in LANGUAGES)


def test_every_label_is_there_in_both_languages():
    def entries(table, path=()):
        if set(LANGUAGES) & set(table):
            yield path, table
        else:
            for name, each in table.items():
                yield from entries(each, (*path, name))

    for path, entry in entries(lexicon.read("labels")):
        assert set(entry) == set(LANGUAGES), path
        if path[0] in ("nouns", "scales", "currency"):
            continue
        fields = [sorted(part for part in entry[language].replace("}", "{").split("{")[1::2]) for language in LANGUAGES]
        assert fields[0] == fields[1], path


def test_every_vocabulary_and_column_has_its_words():
    labels = lexicon.read("labels")
    for table, columns in schema.TABLES.items():
        assert table in labels["table"]
        for column in columns:
            assert column.name in labels["column"], (table, column.name)
            if isinstance(column.dtype, tuple):
                assert set(column.dtype) <= set(labels[column.name]), (table, column.name)


# What is shown.


def test_funding_has_one_mark_a_figure_and_shows_modifiers():
    ax = plots.plot_funding(ledger_rows(0), language="en")
    shown = texts(ax)
    for words in (
        "$33M in 3 months",
        "about $4M",
        "more than $1M",
        "at most €200K",
        "$5M to $7M",
        "≈",
        "≠",
        "euros",
        "currency not stated",
    ):
        assert words in shown, words
    assert not any(sign in text for sign in "<>≤≥" for text in shown)  # mirrored in Arabic, against the words
    assert "sent" in shown
    assert any(text.startswith("said by ") for text in shown)
    marks = [line for line in ax.lines if line.get_markersize() == 11 and line.get_marker() in canvas.SHAPES]
    assert len(marks) == 4  # the range and the vague sum are a bar and a band


@pytest.mark.parametrize("language", ["ar", "en"])
def test_labels_of_rows_are_whole(language):
    long = "مليشيا مجالس قوات المناطق الجبلية البعيدة الانفصالية"
    outlet = "صحيفة الأنباء الاقتصادية والزراعية الأسبوعية المصورة"
    claim = " ".join(["ترميم الجسر القديم سيبدأ في الربيع ويستغرق سبعة أشهر كاملة"] * 2)
    naming = naming_rows(2)
    naming["written"] = long
    hedging = hedging_rows(2).replace({"outlet": {OUTLETS[0]: outlet}})
    drawn = {
        long: plots.plot_naming(naming, language=language),
        outlet: plots.plot_hedging(hedging, language=language),
        claim: plots.plot_coverage(coverage_rows(2), language=language, labels=dict.fromkeys(coverage_rows(2).index, claim)),
    }
    for words, ax in drawn.items():
        labels = [sorted(text.replace("\u2067", "").split()) for text in texts(ax)]
        assert sorted(drawn_words(words, language)) in labels  # an old matplotlib is given a line's words in the order of drawing
        assert not any("…" in label for label in labels)


@pytest.mark.parametrize("language", ["ar", "en"])
def test_the_key_of_funding_is_drawn_as_the_marks(language):
    from matplotlib.lines import Line2D
    from matplotlib.patches import FancyArrowPatch
    from matplotlib.text import Text

    ax = plots.plot_funding(ledger_rows(0), language=language)
    ax.figure.draw_without_rendering()
    legend = ax.get_legend()
    drawn = [each for each in legend.findobj() if each not in legend.get_texts()]

    def caps(artists):
        return {
            (line.get_marker(), line.get_markersize(), line.get_linewidth(), len(line.get_xdata()))
            for line in artists
            if isinstance(line, Line2D) and line.get_marker() == "|"
        }

    assert caps(drawn) == caps(ax.lines) != set()
    odds = [each for each in drawn if isinstance(each, Text) and each.get_text() == "≠"]
    (mark,) = {(each.get_color(), each.get_fontsize()) for each in ax.texts if unmarked(each.get_text()) == "≠"}
    assert [(each.get_color(), each.get_fontsize()) for each in odds] == [mark]
    assert "≠" not in "".join(each.get_text() for each in legend.get_texts())
    arrows = [each.get_path().vertices[:, 0] for each in drawn if isinstance(each, FancyArrowPatch)]
    assert len(arrows) == 2


def test_funding_says_what_it_leaves_out():
    table = ledger_rows(200)
    table.loc[0, ["value", "low", "high"]] = pd.NA
    shown = " ".join(texts(plots.plot_funding(table, language="en")))
    assert "showing 30 of 199" in shown
    assert "1 figure with no value are left out" in shown


def test_timeline_accounts_for_every_statement_and_date():
    from analysis.plots import timeline

    tables = corpus(40, 3)
    rows = timeline._rows(tables, "en")
    assert len(rows.statements) == len(tables.statements)
    assert len(rows.dates) + rows.unresolved == len(tables.dates)
    words = plots.describe_timeline(tables, language="en")
    assert f"{len(tables.statements)} statements" in words
    assert counted("statement", 5 * (40 // 7), "en") in words  # those without a date


def test_timeline_shares_long_dates_out():
    from analysis.plots import timeline

    spans = np.array([[0.0, 72.0], [10.2, 10.4], [-5.0, 5.0], [80.0, 90.0], [71.5, 72.5]])
    shares = timeline._shared(spans)
    assert shares.sum() == pytest.approx(1 + 1 + 0.5 + 1)
    assert shares[10] == pytest.approx(1 + 1 / 72)


def test_a_column_of_the_timeline_is_a_day_or_more():
    from analysis.plots import timeline

    days = pd.to_datetime(["2021-03-04 09:00", "2021-03-04 17:30", "2021-03-06 00:00"])
    said = pd.DataFrame({"outlet": OUTLETS[0], "published": days})
    first, last = timeline._window(timeline._rows(said, "en"))
    assert timeline._columns(first, last) == last - first < 20
    assert "one column is 1 day, tallest column: 2" in " ".join(texts(plots.plot_timeline(said, language="en")))
    assert timeline._columns(0.0, 402.0) == 67  # of six whole days


def test_a_lone_far_date_is_a_number_and_stretches_no_axis():
    from analysis.plots import timeline

    near = pd.Series([90.0, 95.0, 20.0, 19.0, 300.0])
    assert timeline._within_reach(near, 100.0, 110.0).tolist() == [90.0, 95.0]
    assert timeline._within_reach(near, 70.0, 260.0).tolist() == [90.0, 95.0, 20.0, 19.0, 300.0]
    assert timeline._within_reach(near.head(0), 70.0, 260.0).tolist() == []


def test_timeline_of_fifty_thousand_statements_is_quick():
    import time

    tables = corpus(10_000, 17, days=3000)
    start = time.perf_counter()
    ax = plots.plot_timeline(tables, language="en")
    assert time.perf_counter() - start < 10
    assert len(ax.patches) < 200  # aggregated: no mark a row


def test_an_arabic_name_that_begins_with_latin_letters_runs_from_the_right():
    name = isolate("BBC عربي")
    assert arabic.shape(name, "ar", engine=True) == "\u202b\u2067BBC عربي\u2069\u202c"
    assert arabic.shape(name, "en", engine=True) == f"\u202a{name}\u202c"
    assert arabic.shape(isolate("France 24"), "ar", engine=True) == "\u202b\u2068France 24\u2069\u202c"
    assert arabic.shape(name, "ar", engine=False).endswith(" BBC")


def test_coverage_tells_three_states_apart():
    table = pd.DataFrame({"أ": [1, 2], "ب": [-1, 0], "ج": [0, -2]}, index=[0, 1])
    text = plots.describe_coverage(table, language="en")
    assert "told in its own voice by \u2068ب\u2069; not found in \u2068ج\u2069" in text
    assert "not found in none" not in text
    assert len(plots.plot_coverage(table, language="en").get_legend().get_texts()) == 3
    odds = {(1, "ب")}
    assert "; another figure in \u2068ب\u2069" in plots.describe_coverage(table, language="en", odds=odds)
    assert len(plots.plot_coverage(table, language="en", odds=odds).get_legend().get_texts()) == 4
    assert len(plots.plot_coverage(table.clip(lower=0), language="en").get_legend().get_texts()) == 2


def test_naming_shows_one_voice_and_the_interval():
    ax = plots.plot_naming(naming_rows(3), language="en")
    assert any("the outlet’s own voice" in text for text in texts(ax))
    assert {"hostile", "favourable"} <= set(texts(ax))
    with pytest.raises(InputError, match="`voice` value = 'loud' is invalid"):
        plots.plot_naming(naming_rows(3), voice="loud")


def test_hedging_keeps_the_lift_apart():
    assert say("measure.scare_quote_lift", "en") not in " ".join(texts(plots.plot_hedging(hedging_rows(3), language="en")))
    assert say("hedging.habit", "en") in texts(plots.plot_hedging(hedging_rows(3), language="en", measures=["scare_quote_lift"]))
    with pytest.raises(InputError, match="`measures` value = 'x' is invalid"):
        plots.plot_hedging(hedging_rows(3), measures=["x"])


def test_panels_of_hedging_have_one_scale():
    rows = pd.concat([hedging_rows(3).assign(measure="doubt"), hedging_rows(3).assign(measure="pretext")])
    rows.loc[rows["measure"] == "pretext", ["rate", "low", "high"]] /= 10
    ax = plots.plot_hedging(rows[rows["n"] > 0].drop_duplicates(["outlet", "measure"]), language="en")
    numbers = [unmarked(text.get_text()) for text in ax.get_xticklabels()]
    half = len(numbers) // 2
    assert numbers[:half] == numbers[half:]


def test_keyness_names_both_groups():
    ax = plots.plot_keyness(keyness_rows(2), language="en", group=OUTLETS[1], top=4)
    title = say("keyness.title_two", "en", group=isolate(OUTLETS[1]), other=isolate(OUTLETS[0]))
    assert drawn(title, "en") in texts(ax)
    assert len({drawn(f"كلمة{i}", "en") for i in range(40)} & set(texts(ax))) == 8
    with pytest.raises(InputError, match="`group` value = 'x' is invalid"):
        plots.plot_keyness(keyness_rows(2), group="x")


def test_keyness_has_the_outlets_colour_and_fades_what_may_be_chance():
    from matplotlib.colors import to_rgb

    ax = plots.plot_keyness(keyness_rows(3), language="en", group=OUTLETS[1], top=15)
    own = canvas.looks(OUTLETS[:3])[OUTLETS[1]].colour
    drawn_bars = [(bar.get_width(), tuple(bar.get_facecolor()[:3])) for bar in ax.patches if abs(bar.get_width()) > 0.1]
    assert len(drawn_bars) == 30
    for z, colour in drawn_bars:
        whole = own if z > 0 else canvas.GREY
        assert colour == pytest.approx(canvas.faded(whole) if abs(z) < 1.96 else to_rgb(whole))
    assert {abs(z) < 1.96 for z, _ in drawn_bars} == {True, False}
    assert "pale: may be chance" in texts(ax)


def test_outlets_stand_in_one_order():
    naming = naming_rows(4).assign(n=[*range(len(naming_rows(4)), 0, -1)])
    for ax in (plots.plot_naming(naming, language="en"), plots.plot_coverage(coverage_rows(4)[OUTLETS[3::-1]], language="en")):
        heads = [unmarked(text.get_text()).split("\n")[0].split(" ") for text in ax.get_xticklabels()]
        firsts = [drawn_words(name, "en")[0] for name in sorted(OUTLETS[:4])]
        assert [first in head for first, head in zip(firsts, heads, strict=True)] == [True] * 4


def test_naming_names_the_actors_that_it_leaves_out():
    few = pd.concat([naming_rows(2).assign(actor="us"), naming_rows(2).assign(actor="iraq", n=1)])
    many = pd.concat([few, *(naming_rows(2).assign(actor="turkey", label=f"كنية {at}", n=5) for at in range(25))])
    assert not any("left out" in text for text in texts(plots.plot_naming(few, language="en")))
    said = " ".join(texts(plots.plot_naming(many, language="en")))
    assert "left out" in said
    assert "Iraq" in said.partition("left out")[2]
    assert "deeper" in said


def test_shares_of_naming_add_up_as_in_the_table():
    rows = naming_rows(1)[:3].assign(voice="narrator", label=["أ", "ب", "ج"], n=[5, 2, 1], share=[0.625, 0.25, 0.125])
    assert {"62.5%", "25%", "12.5%"} <= set(texts(plots.plot_naming(rows, language="en")))
    even = rows.assign(share=[0.5, 0.25, 0.25])
    assert {"50%", "25%"} <= set(texts(plots.plot_naming(even, language="en")))


def test_naming_has_no_share_of_a_name_or_two():
    rows = naming_rows(1)[:3].assign(voice="narrator", label=["أ", "ب", "ج"], n=[1, 1, 3], share=[0.5, 0.5, 1.0])
    rows["actor"] = ["turkey", "turkey", "us"]
    for width in canvas.WIDTHS:
        shown = texts(plots.plot_naming(rows, language="en", width=width))
        assert shown.count("1×") == 2
        assert "100%" in shown
        assert "50%" not in shown
        assert any("fewer" in text for text in shown)
    assert "\u2068أ\u2069, once, too few for a share" in plots.describe_naming(rows, language="en")
    assert not any("fewer" in text for text in texts(plots.plot_naming(rows[2:], language="en")))


def test_a_narrow_naming_has_the_outlets_over_every_actor():
    rows = pd.concat([naming_rows(2).assign(actor=actor) for actor in ("us", "iraq", "turkey")])
    shown = boxes(plots.plot_naming(rows, language="en", width="narrow"))
    head = drawn_words(min(OUTLETS[:2]), "en")[0]
    assert len([text for text, _ in shown if text.split(" ")[0] == head]) == 3


@pytest.mark.parametrize(("outlets", "times"), [(3, 2), (5, 2), (6, 3)])
def test_months_stand_over_a_narrow_timeline_and_not_twice_below(outlets, times):
    ax = plots.plot_timeline(corpus(8 * outlets, outlets), language="en", width="narrow")
    axis = [unmarked(label.get_text()).split("\n")[0] for label in ax.get_xticklabels()]
    shown = [text.split("\n")[0] for text in texts(ax)]
    assert axis
    assert all(shown.count(each) == times * axis.count(each) for each in axis)


def test_sums_have_their_scale_over_the_first_row_of_a_narrow_figure():
    ax = plots.plot_funding(ledger_rows(6), language="en", width="narrow")
    scale = {unmarked(label.get_text()) for label in ax.get_xticklabels()}
    places = [box.y0 for text, box in boxes(ax) if text in scale]
    words = [box.y1 for text, box in boxes(ax) if "$" in text]
    assert max(places) > max(words)


def test_a_claim_begins_where_its_script_does():
    coverage = pd.DataFrame({"الدار": [1, 2], "النهر": [1, 0]}, index=pd.Index([1, 2], name="claim"))
    labels = {1: "1. خبر قصير", 2: "2. A short claim"}
    for language in LANGUAGES:
        ax = plots.plot_coverage(coverage, labels=labels, language=language, width="narrow")
        shown, edges = boxes(ax), ax.get_window_extent()
        arabic_one = next(box for text, box in shown if "1" in text)
        english = next(box for text, box in shown if "claim" in text and "2" in text)
        assert arabic_one.x1 == pytest.approx(edges.x1, abs=3)
        assert english.x0 == pytest.approx(edges.x0, abs=3)


def test_lines_of_a_claim_are_even():
    text = "كلمات كثيرة في خبر طويل لا يسعها سطر واحد قط"
    assert len(canvas.broken_label(text, 42).split("\n")[1]) < 6
    one, other = canvas.even_label(text, 42, lines=4).split("\n")
    assert abs(len(one) - len(other)) < 10


def test_outlets_look_the_same_in_both_languages_and_differ():
    looks = canvas.looks([*OUTLETS, "غيرها (٣)", "outlet not named"])
    assert looks["غيرها (٣)"].colour == looks["outlet not named"].colour == canvas.GREY
    assert len({looks[name] for name in OUTLETS}) == len(OUTLETS)
    assert canvas.looks(OUTLETS)["الشاهد"] == looks["الشاهد"]


def luminance(colour: str) -> float:
    parts = np.array([int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)])
    return float(np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4) @ [0.2126, 0.7152, 0.0722])


def test_colours_are_seen():
    """WCAG 2.2: marks 3:1, text 4.5:1 against the white they stand on; no two of forty-two outlets share colour and shape."""
    assert all(1.05 / (luminance(colour) + 0.05) >= 3 for colour in canvas.COLOURS)
    assert all(1.05 / (luminance(colour) + 0.05) >= 4.5 for colour in (canvas.INK, canvas.GREY, canvas.RED))
    for one, other in itertools.combinations(range(len(canvas.COLOURS) * len(canvas.SHAPES)), 2):
        assert (one % 6, one % 7) != (other % 6, other % 7)


@pytest.mark.parametrize(("label", "stance"), [
    ("قوات سوريا الديمقراطية", "formal"),
    ("مليشيا قسد", "hostile"),
    ("قوات قسد", "acronym"),
    ("قوات سوريا الديمقراطية الانفصالية", "hostile"),
    ("اسم لا يعرفه أحد", ""),
])  # fmt: skip
def test_stance_of_names_built_from_known_words(label, stance):
    from analysis.plots import naming
    from analysis.text import fold_key

    assert naming._stance("sdf", fold_key(label)) == stance
    assert naming._as_written("sdf", fold_key("قوات سوريا الديمقراطية")) == "قوات سوريا الديمقراطية"


def test_claims_of_an_arabic_figure_begin_at_one_line() -> None:
    labels = {1: "خبر قصير", 2: "خبر أطول منه بكثير لا يسعه السطر الواحد فيُكتب على سطرين اثنين"}
    coverage = pd.DataFrame({"الدار": [1, 2], "النهر": [1, 0]}, index=pd.Index([1, 2], name="claim"))
    ax = plots.plot_coverage(coverage, labels=labels, language="ar")
    boxes = [label.get_window_extent() for label in ax.get_yticklabels()]
    assert len({round(box.x1) for box in boxes}) == 1
    assert len({round(box.x0) for box in boxes}) == 2
    assert min(box.x0 for box in boxes) > ax.get_window_extent().x1
