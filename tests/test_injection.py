"""What an article, a name or a parameter contains never becomes HTML, script, style, address, formula, shell or Python."""

from __future__ import annotations

import csv
import json
import os
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd
import pytest
from conftest import Report, made
from hypothesis import given
from hypothesis import strategies as st
from test_browser import one_after_the_other

import analysis as na
from analysis.articles import read_articles
from analysis.errors import InputError
from analysis.report.files import article_file, defused, save_table
from analysis.report.parameters import checked, notebook_parameters

if TYPE_CHECKING:
    from playwright.sync_api import Browser

RUN = "document.title='run'"
RUNNING = "script, iframe, object, embed, form, base, link[href], meta[http-equiv=refresh], svg[onload], [onerror], [onclick]"
MARKUP = [
    f"<script>{RUN}</script>",
    f"</script><script>{RUN}</script>",
    f'"><img src=x onerror="{RUN}">',
    f"'><svg/onload={RUN}>",
    f"</title></style></textarea></noscript><iframe srcdoc='<script>parent.{RUN}</script>'>",
    f'<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror={RUN}&gt;">',
    f'<a href="javascript:{RUN}" autofocus onfocus={RUN}>',
    "<style>*{background:url(https://example.org/s)}</style><link rel=stylesheet href=https://example.org/c>",
    "<meta http-equiv=refresh content='0;url=https://example.org/'><base href=https://example.org/>",
    "<form action=https://example.org/><button autofocus>x</form><object data=https://example.org/o></object>",
    "{{ 7*7 }} {% raw %} ${7*7} #{7*7} <%= 7*7 %> {0.__class__}",
    "![x](https://example.org/m.png) [y](javascript:alert(1)) `$(id)` $\\href{javascript:1}{x}$",
    "\u202e\u2066<b>\u0000</b>\ufeff&#60;script&#62;",
]
ADDRESSES = [
    f"javascript:{RUN}",
    f"\x01JavaScript:{RUN}",
    f"java\nscript:{RUN}",
    "data:text/html,<script>parent.document.title='run'</script>",
    "vbscript:x",
    "//example.org/x",
    "file:///etc/passwd",
    'https://example.org/" onclick="x',
    "https://example.org/<script>",
    "https://user:word@example.org/ok",
]  # fmt: skip
FORMULAS = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(1)",
    "\t=1",
    "\r=1",
    " =1",
    "=cmd|' /C calc'!A0",
    '=HYPERLINK("https://example.org")',
    "＝1",
    "\n=1",
]
SHELL = [
    "$(touch ran)",
    "`touch ran`",
    "; touch ran",
    "| touch ran",
    "../../ran",
    "-rf",
    "%s%n",
    "__import__('os').system('touch ran')",
]


def article(text: str, number: int) -> dict[str, object]:
    """An article with `text` in every field that it has."""
    return {
        "id": f"{text} {number}",
        "title": text,
        "outlet": text,
        "published": "2020-04-07",
        "url": ADDRESSES[number % len(ADDRESSES)],
        "text": f"قال المتحدث {text} إن الدعم بلغ 33 مليون دولار. {text}\n\nوأضاف: «{text} لن نقبل»، بحجة {text}.",
    }


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Report:
    """The reports of a corpus whose every field, name and parameter tries to be something else."""
    base = tmp_path_factory.mktemp("hostile")
    news = base / "<img src=x onerror=document.title=1>&amp;"
    news.mkdir()
    texts = [*MARKUP, *FORMULAS, *SHELL]
    lines = [json.dumps(article(text, number)) for number, text in enumerate(texts)]
    (news / "<svg onload=alert(1)>.jsonl").write_text("\n".join([*lines, "<script>broken", "5"]), encoding="utf-8")
    (news / "<b>$(touch ran)\x1b[2J;.txt").write_text(f"{MARKUP[0]}\n\nقال {MARKUP[1]} إن الدعم 5 دولارات.", encoding="utf-8")
    (news / "'\"><img src=x>.txt").touch()
    with (news / "metadata.csv").open("w", encoding="utf-8", newline="") as handle:
        csv.writer(handle).writerows(
            [["article_id", "outlet", "url"], ["<b>$(touch ran)\x1b[2J;", MARKUP[2], ADDRESSES[0]], [MARKUP[0], "x", "y"]]
        )
    return made(base / "out", "ar", articles=str(news), parameters={"since": "2020-01-01"})


def test_no_report_of_it_runs_asks_or_leads_astray(hostile: Report, browser: Browser) -> None:
    assert [outcome.error for outcome in hostile.outcomes] == [None] * 5
    pages = sorted(hostile.folder.rglob("*.html"))
    assert len(pages) > 20
    for path, page, complaints, asked in one_after_the_other(browser, pages):
        assert page.title() != "run", path.name
        assert complaints == [], path.name
        assert asked == [], path.name
        assert page.evaluate("kinds => document.querySelectorAll(kinds).length", RUNNING) == 0, path.name
        links = page.evaluate("[...document.links].map(each => [each.protocol, each.href])")
        for protocol, address in links:
            assert protocol in ("file:", "http:", "https:"), (path.name, address)
            good = hostile.folder.as_uri() if protocol == "file:" else "https://user:word@example.org/ok"
            assert address.startswith(good), (path.name, address)


def test_its_files_stay_in_their_folder(hostile: Report) -> None:
    base = hostile.folder.parent
    assert not list(base.rglob("ran"))
    assert not (Path.cwd() / "ran").exists()
    assert sorted(path.name for path in base.iterdir() if not path.name.startswith("<")) == ["out"]
    assert all(path.name.isascii() and not set(path.name) & set("<>&'\"$`;|") for path in hostile.folder.rglob("*"))


def test_its_counts_add_up(hostile: Report) -> None:
    news = next(path for path in hostile.folder.parent.iterdir() if path.name.startswith("<"))
    articles = read_articles(news)
    given = len(MARKUP) + len(FORMULAS) + len(SHELL) + 2 + 2  # the lines, the two broken ones, the two files
    empty_rows = [each for each in articles.attrs["problems"] if each["path"] == "metadata.csv"]
    assert len(articles) == given - 3
    assert len(articles.attrs["problems"]) - len(empty_rows) == 3
    import re

    index = (hostile.folder / "index.html").read_text(encoding="utf-8")
    numbers = [int(each) for each in re.findall(r"\d+", re.sub("<[^>]+>", " ", index))]
    assert len(articles) in numbers
    assert len(articles) + len(articles.attrs["problems"]) in numbers


def test_its_tables_are_no_formulas(hostile: Report) -> None:
    tables = sorted((hostile.folder / "data").glob("*.csv"))
    assert len(tables) >= 5
    for path in tables:
        with path.open(encoding="utf-8-sig", newline="") as handle:
            for row in csv.reader(handle):
                for cell in row:
                    bare = cell.lstrip(" ")
                    assert not bare.startswith(tuple("=+-@\t\r\n＝＋－＠")) or is_number(bare), (path.name, cell)


def is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True


@given(st.lists(st.one_of(st.sampled_from([*FORMULAS, *MARKUP]), st.text(max_size=8), st.none()), max_size=5))
def test_no_exported_text_is_a_formula(values: list[str | None]) -> None:
    shown = defused(pd.DataFrame({"x": pd.Series(values, dtype=object)}))["x"].tolist()
    for before, after in zip(values, shown, strict=True):
        assert not isinstance(after, str) or not after.lstrip(" ").startswith(tuple("=+-@\t\r\n＝＋－＠")), before
        if before and before.isalnum():
            assert after == before


def test_names_of_columns_are_no_formulas(tmp_path: Path) -> None:
    """No table that is exported takes its column names from an article: they are all the package's own."""
    save_table(pd.DataFrame({"outlet": ["=1"], "share": [-0.5]}), tmp_path, "t")
    lines = (tmp_path / "data" / "t.csv").read_text(encoding="utf-8-sig").splitlines()
    assert lines == ["outlet,share", "'=1,-0.5"]


@given(st.text(min_size=1), st.text(min_size=1))
def test_a_file_name_is_of_this_folder_and_of_this_article(one: str, other: str) -> None:
    name = article_file(one)
    assert name
    assert name.isascii()
    assert not set(name) & set("/\\.:<>\"'`$;&|\x00")
    assert one == other or article_file(other).lower() != name.lower()


@pytest.mark.parametrize("text", [*MARKUP, *ADDRESSES, *FORMULAS, *SHELL])
def test_an_article_in_a_notebook_is_text(text: str) -> None:
    import re

    tables = na.extract(read_articles(pd.DataFrame([article(text, 0) | {"url": text}])))
    html = na.show(tables, tables.articles["article_id"][0])._repr_html_() + na.kwic(tables.articles, "قال")._repr_html_()
    tags = set(re.findall(r"<([a-z][a-z0-9]*)", html, re.IGNORECASE))
    assert not tags & {"script", "img", "svg", "iframe", "link", "base", "meta", "object", "form", "math", "textarea", "title"}
    assert not re.search(r"<[^>]*\son\w+\s*=", re.sub(r'"[^"]*"', '""', html))
    assert all(address.startswith(("#", "https://")) for address in re.findall(r'href="([^"]*)"', html))


@pytest.mark.parametrize(
    "value", ["__import__('os').system('touch ran')", "[].__class__", "1;import os", "f'{1}'", "exec('1')", "lambda: 1"]
)
def test_a_parameter_is_a_literal(value: str) -> None:
    known = notebook_parameters("04_framing")
    for parameter in known:
        try:
            found = checked({parameter.name: value}, known, "04_framing")[parameter.name]
        except InputError:
            continue  # no value of that type
        assert found == value or (isinstance(found, list) and all(each in value for each in found)), parameter.name
    with pytest.raises(InputError, match="no parameter"):
        checked({value: "1"}, known, "04_framing")


def test_only_names_that_a_notebook_has_are_injected() -> None:
    for name in ("__builtins__", "os", "x=1\nimport os", "language ", ""):
        with pytest.raises(InputError):
            checked({name: "1"}, notebook_parameters("01_corpus"), "01_corpus")


@pytest.mark.skipif(os.name != "posix", reason="links are those of POSIX")
def test_nothing_is_read_from_outside_the_folder(tmp_path: Path) -> None:
    outside, folder = tmp_path / "outside", tmp_path / "in"
    outside.mkdir()
    (folder / "sub").mkdir(parents=True)
    (outside / "secret.txt").write_text("سر", encoding="utf-8")
    (outside / "metadata.csv").write_text("article_id,outlet\na,خارج\n", encoding="utf-8")
    (folder / "a.txt").write_text("خبر عادي", encoding="utf-8")
    (folder / "link.txt").symlink_to("../outside/secret.txt")
    (folder / "sub" / "up").symlink_to("../..")
    (folder / "sub" / "dir.txt").symlink_to(outside)
    (folder / "chain.txt").symlink_to("sub/up/outside/secret.txt")
    (folder / "metadata.csv").symlink_to("../outside/metadata.csv")
    articles = read_articles(folder)
    assert articles["path"].tolist() == ["a.txt"]
    assert articles["outlet"].isna().all()
    assert {each["path"] for each in articles.attrs["problems"]} == {
        "chain.txt",
        "link.txt",
        "metadata.csv",
        "sub/dir.txt",
        "sub/up",
    }
    assert all("leads out of the folder" in each["reason"] for each in articles.attrs["problems"])
