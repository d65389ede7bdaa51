"""Reports: what is refused beforehand, what a page holds, what happens when a notebook fails."""

from __future__ import annotations

import ast
import json
import re
import string
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import nbformat
import pandas as pd
import pytest
from conftest import Report, made

from analysis import lexicon, places
from analysis.errors import InputError
from analysis.font import font_faces
from analysis.plots import canvas
from analysis.report import Story, findings, notebook_names, notebook_parameters, run_reports, summaries
from analysis.report.files import article_file, save_table
from analysis.report.page import outline, page
from analysis.report.parameters import Parameter, checked, find_notebook
from analysis.report.story import listed, spread
from analysis.report.tabling import render

ROOT = Path(__file__).parent.parent
PLURALS = {"ar": {"zero", "one", "two", "few", "many", "other"}, "en": {"one", "other"}}
HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</style></title><svg onload=alert(1)>",
    "{{ 7*7 }} {% raw %} {0} @FONTS@",
    "javascript:alert(1)",
    "=HYPERLINK(1)",
]


# ── words ────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
def placeholders(text: str) -> set[str]:
    return {field for _, field, _, _ in string.Formatter().parse(text) if field}


def test_every_sentence_is_in_both_languages_with_the_same_placeholders() -> None:
    for family, entries in lexicon.read("words").items():
        for name, entry in entries.items():
            assert set(entry) == {"ar", "en"}, f"{family}.{name}"
            if family == "count":
                assert all(set(entry[language]) == PLURALS[language] for language in PLURALS), name
            else:
                assert placeholders(entry["ar"]) == placeholders(entry["en"]), f"{family}.{name}"


@pytest.mark.parametrize("name", ["funding", "naming", "hedging", "keyness", "corpus", "timeline", "claims"])
@pytest.mark.parametrize("language", ["ar", "en"])
def test_an_empty_corpus_has_a_finding_too(name: str, language: str) -> None:
    import analysis as na

    tables = na.extract(na.read_articles([]))
    claims = na.claims(tables)
    given: dict[str, tuple[Any, ...]] = {
        "corpus": (tables,),
        "timeline": (tables,),
        "funding": (na.ledger(tables),),
        "naming": (na.naming(tables), tables.mentions),
        "hedging": (na.hedging(tables),),
        "keyness": (na.keyness(tables.articles, by="outlet"),),
        "claims": (claims, na.claim_pairs(tables), summaries.shared_claims(claims, summaries.told(claims, tables)), tables),
    }
    sentences = getattr(findings, name)(*given[name], language)
    assert len(sentences) >= 1
    assert all(sentences)


# ── parameters ───────────────────────────────────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    ("given", "names"),
    [
        ([], []),
        ("", []),
        (None, []),
        (["أ", "ب"], ["أ", "ب"]),
        ('["أ", "ب"]', ["أ", "ب"]),
        ("['أ']", ["أ"]),
        ("أ، ب", ["أ", "ب"]),
        ("a,b", ["a", "b"]),
        (2020, ["2020"]),
    ],
)
def test_lists_as_papermill_hands_them_over(given: object, names: list[str]) -> None:
    assert listed(given) == names


@pytest.mark.parametrize("given", ["[أ", "[1 +", "[__import__('os')]", "[" * 5000])
def test_what_looks_like_a_list_and_is_none(given: str) -> None:
    with pytest.raises(InputError, match="is no list"):
        listed(given)


KNOWN = [
    Parameter("rows", "int", 30, ""),
    Parameter("level", "float", 0.5, ""),
    Parameter("flag", "bool", False, ""),
    Parameter("outlets", "list", [], ""),
    Parameter("since", "str", "", ""),
]


def test_values_become_literals_of_their_types() -> None:
    given = {"rows": "٢٠", "level": "0.25", "flag": "true", "outlets": "زرياف", "since": "2020"}
    assert checked(given, KNOWN, "x") == {"rows": 20, "level": 0.25, "flag": True, "outlets": ["زرياف"], "since": "2020"}


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"row": "3"}, r"no parameter 'row' \(did you mean rows\?\); its parameters are: rows, level"),
        ({"rows": "many"}, "`rows` value = 'many' is invalid; it must be a whole number"),
        ({"level": "nan"}, "`level` value = 'nan'"),
        ({"flag": "perhaps"}, "true or false"),
        ({"outlets": "[1"}, "is no list"),
        ({"since": "\udcff"}, "`since`"),
    ],
)
def test_what_does_not_fit_is_refused_in_one_sentence(given: dict[str, str], words: str) -> None:
    with pytest.raises(InputError, match=words) as refused:
        checked(given, KNOWN, "03_funding")
    assert "\n" not in str(refused.value)


def test_notebooks_are_found_by_name_number_topic_and_path(tmp_path: Path) -> None:
    assert notebook_names() == ["01_corpus", "02_timeline", "03_funding", "04_framing", "05_claims"]
    own = tmp_path / "{own}.ipynb"
    nbformat.write(notebook("1 + 1"), own)
    for name in ("03_funding", "03", "funding", "notebooks/03_funding.ipynb"):
        assert find_notebook(name).name == "03_funding.ipynb"
    assert find_notebook(str(own)) == own
    with pytest.raises(InputError, match=r"no notebook '03_fundin' \(did you mean 03_funding\?\); the notebooks are: 01_corpus"):
        find_notebook("03_fundin")


@pytest.mark.parametrize("name", notebook_names())
def test_every_parameter_has_a_type_a_literal_default_and_help(name: str) -> None:
    parameters = notebook_parameters(name)
    assert {"articles", "tables", "outlets", "since", "until", "language", "figures", "files"} <= {each.name for each in parameters}
    for parameter in parameters:
        assert type(parameter.default).__name__ == parameter.type
        assert len(parameter.help) > 20


# ── what is written ──────────────────────────────────────────────────────────────────────────────────────────────────────────────
def test_csv_is_defused_and_parquet_is_as_it_was(tmp_path: Path) -> None:
    texts = ["=1+1", "+1", "-1", "@x", "\tx", "\rx", " =x", "＝x", "plain", "a,b", 'he said "x"', "ق=د"]
    table = pd.DataFrame({"text": texts, "value": [-1.5] * len(texts), "outlets": [["=a", "b"]] * len(texts)})
    addresses = save_table(table, tmp_path, "t")
    back = pd.read_csv(tmp_path / addresses["CSV"], encoding="utf-8-sig")
    assert back["text"].str.startswith("'").tolist() == [True] * 8 + [False] * 4
    assert (back["value"] == -1.5).all()
    assert set(back["outlets"]) == {"'=a | b"}
    assert pd.read_parquet(tmp_path / addresses["Parquet"])["text"].tolist() == texts
    assert [path.name for path in sorted((tmp_path / "data").iterdir())] == ["t.csv", "t.parquet"]


def test_lone_surrogates_and_nul_do_not_stop_a_download(tmp_path: Path) -> None:
    save_table(pd.DataFrame({"text": pd.Series(["a\ud800b", "a\x00b"], dtype="object")}), tmp_path, "t")
    assert b"a?b" in (tmp_path / "data" / "t.csv").read_bytes()
    assert pd.read_parquet(tmp_path / "data" / "t.parquet")["text"].tolist()[0] == "a?b"


def test_article_files_are_safe_and_differ() -> None:
    names = ["07_support", "../../etc/passwd", "a/b", "a_b", "A_b", "", "خبر", "خبر ", "x" * 300, "x" * 301, "..", "\ud800"]
    made_names = [article_file(name) for name in names]
    assert len({name.lower() for name in made_names}) == len(names)
    assert all(re.fullmatch(r"[A-Za-z0-9_][A-Za-z0-9_-]{0,80}", name) for name in made_names)


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_in_a_table_becomes_markup(text: str) -> None:
    table = pd.DataFrame({"article_id": [text], "title": [text], "outlets": [[text]], "reason": [text]})
    html, _ = render(
        table, "a", text, "ar", level="h2", rows=5, columns=None, percents=frozenset(), links={"CSV": text}, places=[text]
    )
    assert not re.search(r"<(script|img|svg|/style|/title)", html)
    assert re.findall(r"<(\w+)", html).count("td") == 4


def test_long_tables_say_how_much_is_shown() -> None:
    table = pd.DataFrame({"n": range(100)})
    html, text = render(table, "a", "c", "en", level="h2", rows=5, columns=None, percents=frozenset(), links={})
    assert "5 of 100 rows are shown." in html
    assert html.count("<tr>") == 6
    assert len(text.splitlines()) == 7


def test_what_is_spread_is_in_order_and_the_same_each_time() -> None:
    rows = pd.DataFrame({"n": range(1000)})
    chosen = spread(rows, 12)["n"].tolist()
    assert len(chosen) == 12
    assert chosen == sorted(set(chosen))
    assert spread(rows.head(5), 12).equals(rows.head(5))


@pytest.mark.parametrize(
    ("most", "shown", "said"),
    [(3, 3, "Shown: 3 of 6, all sentences of claims 1 to 1"), (5, 3, "claims 1 to 1"), (2, 2, "the first sentences of claim 1;")],
)
def test_evidence_of_claims_is_whole(most: int, shown: int, said: str) -> None:
    story = Story("claims", language="en")
    tables = story.open()
    first = tables.statements[["article_id", "statement", "start", "end"]].head(6).assign(claim=[1, 1, 1, 2, 2, 2])
    html = story.evidence(first, most=most, whole="claim").html
    assert html.count("<blockquote") == shown
    assert said in html
    assert "Shown" not in story.evidence(first, most=6, whole="claim").html


def test_an_unknown_language_is_refused() -> None:
    with pytest.raises(InputError, match="`language` value = 'fr'"):
        Story("funding", language="fr")


# ── pages ────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
def test_a_page_escapes_all_but_its_body() -> None:
    text = HOSTILE[2] + HOSTILE[3]
    html = page(
        "<p>body</p>", name="x", title=text, contents=[(2, text, text), (2, "b", "b")], reports=[(text, text)],
        parameters=[(text, text)], language="ar",
    )  # fmt: skip
    assert "<svg" not in html
    assert '<html lang="ar" dir="rtl">' in html
    assert html.count("<style>") == html.count("</style>") == 1


def test_an_outline_reads_headings_and_lead() -> None:
    read = outline('<h1>أ: ب</h1><h2 id="x">س<b>ص</b></h2><p class="lead">١ &amp; ٢</p><h3 id="y">ع</h3><h2>no anchor</h2>')
    assert read == ("أ: ب", [(2, "x", "سص"), (3, "y", "ع")], "١ & ٢")


def test_the_font_depends_on_nothing_but_the_characters() -> None:
    assert font_faces("بسم الله") == font_faces("الله بسم") == font_faces("")
    assert font_faces("ﷲ") != font_faces("")
    assert font_faces("").count("@font-face") == 2
    assert len(font_faces("")) < 120_000


@pytest.fixture(params=["arabic_report", "english_report"])
def report(request: pytest.FixtureRequest) -> Report:
    return request.getfixturevalue(request.param)  # type: ignore[no-any-return]


def test_the_sample_has_a_page_a_notebook_and_an_index(report: Report) -> None:
    assert [outcome.error for outcome in report.outcomes] == [None] * 5
    assert [outcome.page for outcome in report.outcomes] == [report.folder / f"{name}.html" for name in notebook_names()]
    assert (report.folder / "index.html").is_file()
    assert not list(report.folder.rglob(".*"))


def test_pages_are_self_contained_small_and_say_nothing_of_the_machine(report: Report) -> None:
    for path in sorted(report.folder.glob("*.html")):
        html = path.read_text(encoding="utf-8")
        assert path.stat().st_size < 1_500_000
        assert "Content-Security-Policy\" content=\"default-src 'none'" in html
        assert not re.search(r"<(script|link|iframe|object|embed|base)\b|\bon\w+=|srcset|@import", html)
        assert set(re.findall(r"(?:src|url)\W{0,2}([a-z]+):", html)) <= {"data"}
        assert not re.search(r'href="(?!#|[\w-]+\.html|data/|articles/)', html)
        for place in (str(ROOT), str(report.folder), str(Path.home()) + "/", "/tmp/"):
            assert place not in html, place


def test_every_link_leads_somewhere(report: Report) -> None:
    for path in sorted(report.folder.rglob("*.html")):
        html = path.read_text(encoding="utf-8")
        anchors = re.findall(r'\bid="([^"]+)"', html)
        assert len(anchors) == len(set(anchors)), path.name
        for address in re.findall(r'href="([^"]+)"', html):
            name, _, anchor = address.partition("#")
            if name.startswith("https://"):  # an article's own address
                continue
            target = html if not name else (path.parent / name).read_bytes().decode("utf-8", errors="replace")
            assert not anchor or f'id="{anchor}"' in target, f"{path.name}: {address}"


def test_the_second_run_gives_the_same_bytes(arabic_report: Report, tmp_path: Path) -> None:
    again = made(tmp_path / "again", "ar")
    first, second = (
        {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
        for folder in (arabic_report.folder, again.folder)
    )
    assert sorted(first) == sorted(second)
    assert [name for name in first if first[name] != second[name]] == []


@pytest.mark.pinned
def test_the_samples_figures_are_those_of_the_checkout(report: Report) -> None:
    """Byte for byte: where code has changed them, `make report` and `make report LANGUAGE=en` draw those of the checkout anew."""
    folder = places.figures()
    assert folder is not None
    drawn = {path.name: path.read_bytes() for path in report.figures.iterdir()}
    names = ("corpus", "timeline", "funding", "naming", "hedging", "keyness", "claims")
    assert sorted(drawn) == sorted(f"{name}_{report.language}.{kind}" for name in names for kind in ("png", "svg"))
    assert [name for name, content in drawn.items() if (folder / name).read_bytes() != content] == []


def test_downloads_hold_whole_tables(arabic_report: Report) -> None:
    data = arabic_report.folder / "data"
    tables = {path.stem: pd.read_parquet(path) for path in data.glob("*.parquet")}
    names = {"corpus-articles", "corpus-outlets", "timeline-speakers", "funding-ledger", "naming-names", "claims-wording"}
    assert names <= set(tables)
    assert len(tables["corpus-articles"]) == len(pd.read_csv(data / "corpus-articles.csv")) >= 15


# ── runs ─────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
def notebook(*cells: str, parameters: str = 'articles: str = ""  # the articles\ntables: str = ""  # the tables') -> Any:
    made_cells = [nbformat.v4.new_code_cell(parameters, metadata={"tags": ["parameters"]})]
    made_cells += [nbformat.v4.new_code_cell(cell) for cell in cells]
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    return nbformat.v4.new_notebook(cells=made_cells, metadata={"kernelspec": kernel})


GOOD = "from analysis.report.story import Shown\nShown('<h1>Mine: own</h1><p class=\"lead\">All is well.</p>', 'x')"


def test_a_failure_is_one_line_and_leaves_the_last_good_page(tmp_path: Path) -> None:
    own, out = tmp_path / "mine.ipynb", tmp_path / "out"
    nbformat.write(notebook(GOOD), own)
    (good,) = run_reports([str(own)], out=out, language="en")
    assert good.error is None
    page_before = (out / "mine.html").read_bytes()
    assert "All is well." in (out / "index.html").read_text(encoding="utf-8")

    nbformat.write(notebook("x = 1", "y = x\nz = {}['colour'] + y"), own)
    (bad,) = run_reports([str(own)], out=out, language="en")
    assert bad.error is not None
    assert "\n" not in bad.error
    assert re.match(r"cell \d \(z = \{\}\['colour'\] \+ y\) failed: KeyError: 'colour'", bad.error)
    assert bad.page == out / "mine.html"
    assert (out / "mine.html").read_bytes() == page_before
    executed = json.loads((out / "mine.failed.ipynb").read_text(encoding="utf-8"))
    assert any(output["output_type"] == "error" for cell in executed["cells"] for output in cell.get("outputs", []))
    index = (out / "index.html").read_text(encoding="utf-8")
    assert "KeyError" in index
    assert "last good edition" in index
    assert str(tmp_path) not in index

    nbformat.write(notebook(GOOD), own)
    assert run_reports([str(own)], out=out, language="en")[0].error is None
    assert not (out / "mine.failed.ipynb").exists()


def test_no_page_links_to_one_that_could_not_be_made(tmp_path: Path) -> None:
    good, bad, out = tmp_path / "good.ipynb", tmp_path / "03_funding.ipynb", tmp_path / "out"
    nbformat.write(notebook(GOOD), good)
    nbformat.write(notebook("1 / 0"), bad)
    made_one, failed = run_reports([str(good), str(bad)], out=out, language="en")
    assert made_one.error is None
    assert failed.page is None
    assert "03_funding" not in (out / "good.html").read_text(encoding="utf-8")
    index = (out / "index.html").read_text(encoding="utf-8")
    assert "<h3><bdi>Funding</bdi></h3>" in index
    assert 'href="03_funding.html"' not in index


def test_a_run_of_one_leaves_the_others_in_the_index(tmp_path: Path) -> None:
    first, second, out = tmp_path / "first.ipynb", tmp_path / "second.ipynb", tmp_path / "out"
    out.mkdir()
    (out / "foreign.html").write_text("<html><h1>not ours</h1></html>", encoding="utf-8")
    nbformat.write(notebook(GOOD), first)
    nbformat.write(notebook(GOOD.replace("Mine", "Other")), second)
    for path, language in ((first, "ar"), (second, "en")):
        assert run_reports([str(path)], out=out, language=language)[0].error is None
    index = (out / "index.html").read_text(encoding="utf-8")
    assert '<a href="first.html"><bdi lang="ar">Mine</bdi></a>' in index
    assert '<a href="second.html"><bdi>Other</bdi></a>' in index
    assert index.count("This page is of an earlier run") == 1
    assert 'href="first.html"' in (out / "second.html").read_text(encoding="utf-8")
    assert "not ours" not in index


def test_article_pages_have_the_font_and_the_way_back(report: Report) -> None:
    pages = sorted((report.folder / "articles").glob("*"))
    assert len(pages) == 20
    for path in pages:
        html = path.read_text(encoding="utf-8")
        assert html.count("@font-face") == 2
        assert '<a href="../index.html">' in html


def many(times: int) -> Any:
    """The sample's tables `times` times, each time with other articles, outlets and days."""
    import analysis as na

    sample = na.extract(na.read_articles(places.sample()))
    made_tables = {}
    for each in fields(sample):
        table = getattr(sample, each.name)
        parts = []
        for at in range(times):
            part = table.copy()
            if "article_id" in part:
                part["article_id"] = part["article_id"] + f"-{at}"
            if each.name == "articles":
                part["outlet"] = part["outlet"] + f" {at % 6}"
                part["published"] = part["published"] + pd.Timedelta(days=3 * at)
            parts.append(part)
        made_tables[each.name] = pd.concat(parts, ignore_index=True)
    return replace(sample, **made_tables)


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Path(many(12).save(tmp_path_factory.mktemp("large") / "tables"))


@pytest.mark.parametrize("name", notebook_names())
def test_a_notebook_stays_readable_with_many_articles(name: str, large: Path, tmp_path: Path) -> None:
    """240 articles of 30 outlets: the cells run here, without a kernel; what they show stays a page."""
    cells = [
        "".join(cell["source"])
        for cell in json.loads((places.notebooks() / f"{name}.ipynb").read_text(encoding="utf-8"))["cells"]
        if cell["cell_type"] == "code"
    ]
    space: dict[str, Any] = {}
    shown = []
    for at, cell in enumerate(cells):
        *lines, last = ast.parse(cell).body
        whole = [*lines, last] if at == 0 or not isinstance(last, ast.Expr) else lines
        exec(compile(ast.Module(whole, []), name, "exec"), space)
        if at == 0:
            space |= {"tables": str(large), "files": str(tmp_path), "language": "en"}
        elif isinstance(last, ast.Expr):
            shown.append(eval(compile(ast.Expression(last.value), name, "eval"), space).html)
    html = "".join(shown)
    assert len(html) < 2_900_000
    assert max(part.count("<tr>") for part in shown) <= space["rows"] + 1
    assert max(part.count("<blockquote") for part in shown) <= 40
    assert ("A sample of the mentions" in html) == (name == "03_funding")
    assert re.search(r"\d+ of [\d,]+ rows are shown|spread evenly over their order", html)
    sizes = re.findall(r'<img class="(\w+)"[^>]* width="(\d+)" height="(\d+)"', html)
    assert [kind for kind, *_ in sizes] == ["wide", "narrow"] * (len(sizes) // 2)
    assert sizes
    assert max(int(height) for kind, _, height in sizes if kind == "wide") < 3000
    assert {int(width) for kind, width, _ in sizes if kind == "narrow"} == {canvas.PHONE}
    assert max(int(height) for kind, _, height in sizes if kind == "narrow") < 5000


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"notebooks": ["99_nothing"]}, "no notebook '99_nothing'"),
        ({"parameters": {"colour": "red"}}, "no parameter 'colour'"),
        ({"parameters": {"rows": "x"}}, "`rows` value = 'x'"),
        ({"parameters": {"outlets": "لا أحد"}}, "no article is by the outlet"),
        ({"parameters": {"since": "2030"}}, "no article is left"),
        ({"parameters": {"since": "soon"}}, "`since` value = 'soon'"),
        ({"language": "fr"}, "`language` value = 'fr'"),
        ({"articles": "no/such/place"}, "no/such/place"),
        ({"articles": "a", "parameters": {"articles": "b"}}, "twice"),
        ({"tables": "a", "actors": "b"}, "`actors` goes with articles"),
        ({"parameters": {"actors": "no/such/file"}}, "no/such/file"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_cannot_be_done_is_refused_before_anything_is_written(options: dict[str, Any], words: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=words):
        run_reports(**{"notebooks": ["01_corpus"], "out": tmp_path / "out"} | options)
    assert not (tmp_path / "out").exists()


def test_a_file_where_the_folder_should_be_is_refused(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("mine", encoding="utf-8")
    with pytest.raises(InputError, match="is a file"):
        run_reports(["01_corpus"], out=tmp_path / "out")
    assert (tmp_path / "out").read_text(encoding="utf-8") == "mine"


def test_parameters_are_echoed_and_counts_add_up(tmp_path: Path) -> None:
    folder = tmp_path / "news"
    folder.mkdir()
    (folder / "one.txt").write_text("خبر\n\nقال المدير إن الدعم بلغ 5 ملايين دولار.\n", encoding="utf-8")
    (folder / "two.txt").write_text("", encoding="utf-8")
    (folder / "three.jsonl").write_text('{"id": "a", "text": "قال المدير إنه راض."}\n{broken\n', encoding="utf-8")
    (outcome,) = run_reports(["03"], articles=str(folder), out=tmp_path / "out", language="en", parameters={"rows": "7"})
    assert outcome.error is None
    html = (tmp_path / "out" / "03_funding.html").read_text(encoding="utf-8")
    assert re.search(r"<dt>articles</dt><dd><bdi>news</bdi></dd>", html)
    assert re.search(r"<dt>most rows shown of a table</dt><dd><bdi>7</bdi></dd>", html)
    index = (tmp_path / "out" / "index.html").read_text(encoding="utf-8")
    assert "Files or lines given: 4; read as articles: 2; could not be read: 2." in index
    assert "two.txt" in index
    assert "three.jsonl:2" in index
    assert (tmp_path / "out" / "figures" / "funding_en.png").is_file()


def test_outlets_asked_for_are_told_apart_in_either_direction(tmp_path: Path) -> None:
    """Names of the one direction in a list of the other: each is isolated, or their order would be turned."""
    run_reports(["01"], out=tmp_path, language="en", parameters={"outlets": "زرياف، السجل الشرقي"})
    for name in ("index", "01_corpus"):
        html = (tmp_path / f"{name}.html").read_text(encoding="utf-8")
        assert "<bdi>\u2068زرياف\u2069, \u2068السجل الشرقي\u2069</bdi>" in html


OWN = """[actors.port]
ar = "هيئة الميناء"
en = "Port Authority"
en_article = "the"
neutral = ["هيئة الميناء"]
hostile = ["عصابة الميناء"]
"""
NEWS = "نفت هيئة الميناء التهمة. وقال السكان إن عصابة الميناء تأخرت. وعادت عصابة الميناء. ورحلت عصابة الميناء."


@pytest.fixture
def own_actors(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file of a user's own actors, in a process that has read none, beside an article about them."""
    monkeypatch.setattr("analysis.actors._own", {})
    (tmp_path / "news.jsonl").write_text(json.dumps({"id": "one", "outlet": "المرفأ", "text": NEWS}), encoding="utf-8")
    path = tmp_path / "own.toml"
    path.write_text(OWN, encoding="utf-8")
    return path


def test_a_report_calls_a_users_own_actors_by_name(own_actors: Path, tmp_path: Path) -> None:
    source = str(tmp_path / "news.jsonl")
    (outcome,) = run_reports(["04"], articles=source, actors=str(own_actors), out=tmp_path / "out", language="en")
    assert outcome.error is None
    html = (tmp_path / "out" / "04_framing.html").read_text(encoding="utf-8")
    assert "calls \u2068the Port Authority\u2069 by a hostile name" in html
    assert "<bdi>Port Authority</bdi>" in html
    assert "<dt>file of actors</dt><dd><bdi>own.toml</bdi></dd>" in html
    assert str(tmp_path) not in html
    assert "Port Authority" in (tmp_path / "out" / "articles" / "one.html").read_text(encoding="utf-8")
    by_parameter = {"actors": str(own_actors)}
    run_reports(["04"], articles=source, parameters=by_parameter, out=tmp_path / "again", language="en")
    assert (tmp_path / "again" / "04_framing.html").read_text(encoding="utf-8") == html


@pytest.mark.parametrize("partitioned", [False, True])
def test_tables_know_the_names_of_the_actors_they_were_extracted_with(
    partitioned: bool, own_actors: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import analysis as na
    from analysis import actors

    source, folder = tmp_path / "news.jsonl", tmp_path / "tables"
    if partitioned:
        na.extract_dataset(source, folder, actors=own_actors)
    else:
        na.extract(na.read_articles(source), actors=own_actors).save(folder)
    own_actors.unlink()
    monkeypatch.setattr(actors, "_own", {})
    assert actors.name("port", "en") == "port"
    tables = na.load_tables(folder)
    assert actors.name("port", "ar") == "هيئة الميناء"
    assert actors.name("port", "en", in_sentence=True) == "the Port Authority"
    if not partitioned:
        monkeypatch.setattr(actors, "_own", {})
        tables.save(folder)
        assert not (folder / "actors.json").exists()


@pytest.mark.parametrize("broken", ["{", "[1]", "[" * 100_000])
def test_names_of_actors_that_cannot_be_read_are_said_so(broken: str, tmp_path: Path) -> None:
    import analysis as na

    na.extract(na.read_articles(places.sample() / "01_councils_madarayn.txt")).save(tmp_path)
    (tmp_path / "actors.json").write_text(broken, encoding="utf-8")
    with pytest.raises(InputError, match="cannot be read as names of actors"):
        na.load_tables(tmp_path)


def test_a_claim_in_the_table_and_in_its_sentence_is_the_same_claim(english_report: Report) -> None:
    html = (english_report.folder / "05_claims.html").read_text(encoding="utf-8")
    rows = re.findall(r'<td class="number">(\d+)</td><td class="text[^"]*"><a href="(articles/[^"]+#s\d+-\d+)"', html)
    sentences = re.findall(r'<p class="source">claim (\d+) · .*?<a href="([^"]+)"', html)
    assert len(rows) > len(sentences) > 10
    assert set(sentences) <= set(rows)


def test_keyness_is_the_same_by_the_table_of_blocks() -> None:
    import analysis as na

    tables = na.extract(na.read_articles(places.sample()))
    by_blocks = na.keyness(tables.articles, by="outlet", blocks=tables.blocks)
    assert by_blocks.equals(na.keyness(tables.articles, by="outlet"))
    assert len(by_blocks) > 100
