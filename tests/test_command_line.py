"""The command line as a user calls it: what it prints, what it leaves, how it exits."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from analysis.__main__ import main

ROOT = Path(__file__).parent.parent
SHARED = ROOT.parent / "shared"
ARTICLE = "المجلس يطلب دعما\n\nقال رئيس المجلس سمير حداد إن المشروع يكلف مليوني دولار، وأضاف أن العمل يبدأ في 4 حزيران.\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "news"
    place.mkdir()
    (place / "one.txt").write_text(ARTICLE, encoding="utf-8")
    return place


def test_extract_as_a_command(folder: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "analysis", "extract", str(folder), "--out", str(tmp_path / "out")]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT)
    assert (done.returncode, done.stderr) == (0, "")
    assert "1 articles" in done.stdout
    amounts = pd.read_parquet(tmp_path / "out" / "amounts.parquet")
    assert amounts["value"].tolist() == [2_000_000]
    assert len(pd.read_parquet(tmp_path / "out" / "statements.parquet")) == 2


def test_problems_are_named_and_the_rest_is_done(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "empty.txt").write_text("", encoding="utf-8")
    (folder / "picture.txt").write_bytes(bytes(range(256)) * 20)
    good = [json.dumps({"id": name, "text": ARTICLE}) for name in "ac"]
    (folder / "lines.jsonl").write_text("\n".join([good[0], '{"id": "b", "text": ', good[1]]), encoding="utf-8")
    assert main(["extract", str(folder), "--out", str(tmp_path / "out")]) == 1
    told = capsys.readouterr().err
    assert "empty.txt: " in told
    assert "picture.txt: " in told
    assert "lines.jsonl:2: " in told
    assert set(pd.read_parquet(tmp_path / "out" / "articles.parquet")["article_id"]) == {"one", "a", "c"}
    assert len(pd.read_parquet(tmp_path / "out" / "problems.parquet")) == 3


def test_a_folder_without_articles_is_a_problem(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "nothing").mkdir()
    assert main(["extract", str(tmp_path / "nothing"), "--out", str(tmp_path / "out")]) == 1
    assert "nothing" in capsys.readouterr().err
    assert pd.read_parquet(tmp_path / "out" / "amounts.parquet").empty


def test_an_article_without_arabic_is_kept(folder: Path, tmp_path: Path) -> None:
    (folder / "english.txt").write_text("The council asked for support.\n", encoding="utf-8")
    main(["extract", str(folder), "--out", str(tmp_path / "out")])
    assert "english" in set(pd.read_parquet(tmp_path / "out" / "articles.parquet")["article_id"])


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["extract", "no/such/place", "--out", "{tmp}/out"], "no/such/place"),
        (["extract", "{news}"], "--out"),
        (["extract", "{news}", "--out", "{tmp}/out", "--workers", "none"], "'none' is no number of processes"),
        (["extract", "{news}", "--out", "{news}/one.txt"], "is a file; name a folder"),
        (["extract", "{news}", "--out", "{tmp}/out", "--actors", "{tmp}/none.toml"], "none.toml"),
        (["evaluate", "{tmp}/none.jsonl", "--tables", "{tmp}"], "articles.parquet is missing"),
        (["report", "99_nothing"], "99_nothing"),
        (["report", "03_funding", "-p", "colour", "red"], "colour"),
        (["report", "--articles", "no/such/place"], "no/such/place"),
        (["report", "--actors", "{tmp}/none.toml", "--out", "{tmp}/out"], "none.toml"),
        (["report", "--tables", "{tmp}", "--actors", "{tmp}/own.toml"], "`actors` goes with articles"),
        (["show", "{news}", "--article", "two", "--out", "{tmp}/two.html"], "two"),
        (["show", "{news}", "--actors", "{tmp}/none.toml", "--out", "{tmp}/one.html"], "none.toml"),
        (["draw"], "draw"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_what_cannot_be_done_is_one_line_and_exit_2(
    arguments: list[str], words: str, folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = [word.format(news=folder, tmp=tmp_path) for word in arguments]
    try:
        status = main(arguments)
    except SystemExit as stop:
        status = stop.code
    told = capsys.readouterr().err
    assert status == 2
    assert words in told
    assert told.count("\n") == 1
    assert "Traceback" not in told


def test_show_writes_a_page(folder: Path, tmp_path: Path) -> None:
    assert main(["show", str(folder), "--out", str(tmp_path / "one.html")]) == 0
    page = (tmp_path / "one.html").read_text(encoding="utf-8")
    assert 'dir="rtl"' in page
    assert "مليوني دولار" in page


def test_show_calls_a_users_own_actors_by_name(tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text("نفت هيئة الميناء التهمة.\n", encoding="utf-8")
    own = tmp_path / "own.toml"
    own.write_text('[actors.port]\nar = "سلطة الميناء"\nneutral = ["هيئة الميناء"]\n', encoding="utf-8")
    assert main(["show", str(tmp_path / "one.txt"), "--actors", str(own), "--out", str(tmp_path / "one.html")]) == 0
    assert "سلطة الميناء" in (tmp_path / "one.html").read_text(encoding="utf-8")


def test_notebooks_are_listed_with_help(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["notebooks"]) == 0
    told = capsys.readouterr().out
    assert all(name in told for name in ("01_corpus", "02_timeline", "03_funding", "04_framing", "05_claims"))
    assert told.count("  language: str = 'ar'  ") == 1
    assert "02_timeline  The timeline: who said what, and when?\n" in told
    assert "(01_corpus: 30, 02_timeline: 20, 03_funding: 40, 04_framing: 30, 05_claims: 40)" in told


def test_a_report_names_what_could_not_be_read(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "empty.txt").write_text("", encoding="utf-8")
    assert main(["report", "01_corpus", "--articles", str(folder), "--out", str(tmp_path / "pages")]) == 1
    told = capsys.readouterr()
    assert "empty.txt: " in told.err
    assert (tmp_path / "pages" / "01_corpus.html").is_file()


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if not (SHARED / "articles").is_dir():
        pytest.skip(f"the real articles are not beside the repository: {SHARED / 'articles'}")
    place = tmp_path_factory.mktemp("real")
    main(["extract", str(SHARED / "articles"), "--out", str(place)])
    return place


def test_evaluate_agrees_with_the_independent_scorer(real: Path, capsys: pytest.CaptureFixture[str]) -> None:
    gold = SHARED / "gold" / "seeds.jsonl"
    scorer = subprocess.run(
        [sys.executable, SHARED / "gold" / "score.py", gold, real, "--json"], capture_output=True, text=True, check=True
    )
    theirs = json.loads(scorer.stdout)
    from analysis.evaluate import evaluate
    from analysis.tables import load_tables

    ours = evaluate(gold, load_tables(real)).scores.set_index(["measure", "score"])
    for measure, scores in theirs.items():
        for score, value in scores.items():
            if isinstance(value, dict):
                row = ours.loc[(measure, score)]
                assert (round(row["precision"], 4), round(row["recall"], 4), round(row["f1"], 4)) == (
                    value["p"],
                    value["r"],
                    value["f1"],
                )
            elif score in ("speaker", "kind"):
                assert round(ours.loc[(measure, score), "share"], 4) == value
    capsys.readouterr()
    assert main(["evaluate", str(gold), "--tables", str(real), "--errors"]) == 0
    assert "money      gold" in capsys.readouterr().out


def test_the_real_articles_are_read_as_well_as_promised(real: Path) -> None:
    from analysis.evaluate import evaluate
    from analysis.tables import load_tables

    scores = evaluate(SHARED / "gold" / "seeds.jsonl", load_tables(real)).scores.set_index(["measure", "score"])["f1"]
    assert scores["money", "right"] == 1.0
    assert scores["dates", "right"] >= 0.92
    assert scores["statements", "found"] >= 0.90
    assert scores["statements", "right"] >= 0.75
