"""Whatever comes: no reader raises, hangs, loses its place in the text, or takes more time than the length of its input allows."""

from __future__ import annotations

import gzip
import io
import json
import socket
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from timing import is_in_step, processor

import analysis as na
from analysis.articles import read_articles
from analysis.errors import InputError, Problem, printable
from analysis.extract.pipeline import read
from fuzz.targets import EDGES, TARGETS, check_spans, sentences, words

CASES = [json.loads(line) for line in (Path(__file__).parent / "cases/hostile.jsonl").read_text(encoding="utf-8").splitlines()]
LINE = "قال الوزير أحمد سالم أمس إن الدعم بلغ 33 مليون دولار في 7 نيسان 2020، وأضاف: «لن نقبل»."


def reasons(articles: Any) -> list[str]:
    return [each["reason"] for each in articles.attrs["problems"]]


# -------------------------------------------------------------------------------------------------------------------------- texts


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['group']}: {case['label']}")
def test_no_text_breaks_a_reader(case: dict[str, Any]) -> None:
    text = case["text"] * case.get("times", 1) + case.get("after", "")
    check_spans(text, [row for rows in read(text, title=text[:50], published=datetime(2020, 4, 7), country="SY") for row in rows])
    short = text[:5000]
    na.parse_number(short)
    for find in (
        na.find_numbers,
        na.find_amounts,
        na.find_dates,
        na.find_statements,
        na.find_mentions,
        na.find_hedges,
        na.find_blocks,
    ):
        check_spans(short, list(find(short)))


@pytest.mark.parametrize("target", TARGETS)
def test_what_the_fuzzer_checks_holds_for_any_bytes(target: str) -> None:
    @settings(max_examples=40)
    @given(st.binary(max_size=400))
    def holds(data: bytes) -> None:
        TARGETS[target](data)

    holds()


pieces = st.one_of(st.sampled_from(words()), st.sampled_from(EDGES), st.text(max_size=5), st.just(LINE))


@settings(max_examples=60)
@given(st.lists(pieces, max_size=40), st.sampled_from([" ", "", "\n"]))
def test_every_span_is_its_surface(parts: list[str], between: str) -> None:
    text = between.join(parts)
    check_spans(text, [row for rows in read(text, published=datetime(2020, 4, 7)) for row in rows])


@settings(max_examples=400)
@given(st.binary(min_size=12, max_size=180))
def test_any_order_of_the_words_of_news_is_read(data: bytes) -> None:
    """Cues, titles, names, particles and marks with any proclitics: sentences that no one wrote end no reader in a dead end."""
    text = sentences(data)
    check_spans(text, [row for rows in read(text, published=datetime(2020, 4, 7)) for row in rows])


@settings(max_examples=20)
@given(st.lists(st.text(max_size=60), min_size=1, max_size=4), st.lists(pieces, max_size=10))
def test_a_corpus_of_any_texts_is_extracted(texts: list[str], parts: list[str]) -> None:
    import pandas as pd

    articles = read_articles(pd.DataFrame({"text": [*texts, " ".join(parts), LINE]}))
    tables = na.extract(articles)
    assert len(tables.articles) + len(tables.problems[tables.problems["reason"].str.contains("no text")]) == len(texts) + 2
    last = tables.articles["article_id"].iloc[-1]
    assert 33e6 in tables.amounts.loc[tables.amounts["article_id"] == last, "value"].tolist()


# --------------------------------------------------------------------------------------------------------------------------- time


def grows_in_step(call: Callable[[str], object], make: Callable[[int], str], size: int) -> bool:
    """Whether four times the text takes about four times as long, and no more than 50 ms a KiB."""

    def seconds(length: int) -> float:
        text = make(length)
        return processor(lambda: call(text))

    kilobytes = len(make(4 * size).encode("utf-8", "surrogatepass")) / 1024
    return is_in_step(seconds, size, 4 * size, within=1.75) and min(seconds(4 * size) for _ in range(2)) < 0.05 * kilobytes


def test_what_is_out_of_step_is_told() -> None:
    assert is_in_step(lambda size: size * 1e-4, 1000, 8000, within=1.75)
    assert not is_in_step(lambda size: size**2 * 1e-6, 1000, 8000, within=3)
    noise = iter([5.0, 5.0, 0.1, 0.8])  # other work in the first try
    assert is_in_step(lambda _: next(noise), 1000, 8000, within=1.75)


WORST = (
    *(f"{LINE} ", "قال إنه ", "وقال «", "» قال", "32 آذار\n...\n", "[\n٣\nبكرا\n", "اقرأ أيضاً\n", "أعلن بأنني ", "مليون ", "1,"),
    *("بين 5 و7 إلى ", "الجمعة السبت ", "من كذا إلى ", "بحسب وفقا لـ", "\u064b\u0640", "\ud800", "(", '"', "كلمة\n", "و", "\n"),
)


@pytest.mark.parametrize("unit", WORST, ids=repr)
def test_time_grows_with_the_length_of_the_text(unit: str) -> None:
    read(LINE)
    assert grows_in_step(read, lambda size: (unit * (size // len(unit) + 1))[:size], 4000)


def conversation(size: int) -> str:
    """A text of about `size` letters in which every sentence has another person speak, and the next goes on without naming her."""
    letters = "بتجحدرزسشصطعفقكلمن"
    sentences = []
    for number in range(size // 150 + 1):
        name = "ا".join(letters[number // len(letters) ** place % len(letters)] for place in range(3))
        sentences.append(
            f"قال رئيس بلدية {name[::-1]} سامر {name} إن الجسر مغلق منذ يومين. وأضاف أنه لم يتلق رداً، مشيراً إلى خطر قريب."
        )
    return "\n".join(sentences)


def test_time_grows_with_the_number_of_people_who_speak() -> None:
    assert len({each.speaker for each in read(conversation(6000)).statements}) > 25  # not a few people, over and over
    assert grows_in_step(read, conversation, 12_000)


@pytest.mark.parametrize(
    ("suffix", "make"),
    [
        (".html", lambda size: "<div>" * 150 + f"<p>{LINE}</p>" * (size // 90) + "</div>" * 150),
        (".html", lambda size: "<p>" * (size // 3)),
        (".html", lambda size: "<b><i>" * (size // 6) + LINE),
        (".html", lambda size: "<!--" * (size // 4)),
        (".html", lambda size: "<a b='" * (size // 6)),
        (".html", lambda size: "<script>" * (size // 8)),
        (".csv", lambda size: "id,text\n" + '1,"' * (size // 3)),
        (".csv", lambda size: "id,text\n" + '1,"نص\n' * (size // 6)),
        (".jsonl", lambda size: '{"text": "نص"}\n' * (size // 16)),
        (".jsonl", lambda size: "[" * size),
        (".txt", lambda size: "كلمة\n\n" * (size // 6)),
        (".txt", lambda size: "\x1b7/4/" * (size // 5)),
    ],
)
@pytest.mark.filterwarnings("ignore")
def test_time_grows_with_the_length_of_the_file(suffix: str, make: Callable[[int], str], tmp_path: Path) -> None:
    path = tmp_path / f"a{suffix}"

    def run(text: str) -> None:
        path.write_text(text, encoding="utf-8")
        read_articles(path)

    run(make(100))
    assert grows_in_step(run, make, 6000)


# ------------------------------------------------------------------------------------------------------------------------ too much


def test_a_tag_of_countless_attributes_is_named(tmp_path: Path) -> None:
    many = " ".join(f"a{number}=1" for number in range(30_000))  # the parser compares each with each: a minute
    for name, page in {
        "plain.html": f"<p {many}>{LINE}</p>",
        "quoted.html": "<p " + " ".join(f"a{number}='>'" for number in range(30_000)) + f">{LINE}</p>",
        "open.html": f"<p {many}",
    }.items():
        (tmp_path / name).write_text(page, encoding="utf-8")
    (tmp_path / "script.html").write_text(f"<script>if (a <b {many}) {{}}</script><p>{LINE}</p>" * 2, encoding="utf-8")
    began = time.process_time()
    articles = read_articles(tmp_path)
    assert time.process_time() - began < 5
    assert articles["path"].tolist() == ["script.html"]
    assert [each["path"] for each in articles.attrs["problems"]] == ["open.html", "plain.html", "quoted.html"]
    assert all("attributes" in reason for reason in reasons(articles))


def test_a_small_file_that_unpacks_to_a_large_one_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("analysis.formats.limits.LONGEST", 10_000)
    good = json.dumps({"text": LINE}).encode() + b"\n"
    for name, rest in {"lines": b"\n" * 10**6, "one": b"x" * 10**6, "wide": b"\0" * 10**6}.items():
        (tmp_path / f"{name}.jsonl.gz").write_bytes(gzip.compress((b"\0" if name == "wide" else good) + rest))
    articles = read_articles(tmp_path)
    assert articles["path"].tolist() == ["lines.jsonl.gz", "one.jsonl.gz"]
    assert len(reasons(articles)) == 3
    assert all("more than 200 times its size" in reason for reason in reasons(articles))


def test_parquet_that_says_more_than_it_holds(tmp_path: Path) -> None:
    pq.write_table(pa.table({"text": pa.nulls(1_000_000, pa.string())}), tmp_path / "rows.parquet")
    pq.write_table(pa.table({"text": ["x" * 80_000_000]}), tmp_path / "value.parquet", compression="zstd")
    assert sum(path.stat().st_size for path in tmp_path.iterdir()) < 100_000
    articles = read_articles(tmp_path)
    assert articles.empty
    assert [each["path"] for each in articles.attrs["problems"]] == ["rows.parquet", "value.parquet"]


def test_parquet_that_holds_less_than_it_says(tmp_path: Path) -> None:
    sink = io.BytesIO()
    pq.write_table(pa.table({"text": [LINE] * 7}), sink, compression="none")
    data = sink.getvalue()
    found = 0
    for at in range(len(data) - 400, len(data) - 4):  # the footer has the count of rows twice
        (tmp_path / "a.parquet").write_bytes(data[:at] + bytes([data[at] ^ 2]) + data[at + 1 :])
        articles = read_articles(tmp_path / "a.parquet")
        assert len(articles) == 7 or reasons(articles), at
        found += any("damaged" in reason for reason in reasons(articles))
    assert found


def test_files_too_large_for_an_article_are_named(tmp_path: Path) -> None:
    for name, size in {"a.txt": 64, "b.html": 16}.items():
        with (tmp_path / name).open("wb") as handle:
            handle.truncate(size * 2**20 + 1)  # a file with a hole: no disk is used
    articles = read_articles(tmp_path)
    assert articles.empty
    assert [reason.split(",")[0] for reason in reasons(articles)] == [f"the file is larger than {size} MiB" for size in (64, 16)]


def test_problems_beyond_number_are_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("analysis.articles._MOST_NAMED", 3)
    good = json.dumps({"text": LINE})
    (tmp_path / "a.jsonl").write_text("\n".join([*"12345", good, "7"]), encoding="utf-8")
    articles = read_articles(tmp_path)
    assert articles["article_id"].tolist() == ["a-6"]
    assert [each["line"] for each in articles.attrs["problems"]] == [1, 2, 3, 7]
    assert reasons(articles)[-1].startswith("3 more problems")


# --------------------------------------------------------------------------------------------------------------- reaching outside


@pytest.mark.parametrize(
    "page",
    [
        "http://127.0.0.1:1/",
        '<!DOCTYPE html SYSTEM "http://127.0.0.1:1/x.dtd"><html><body><p>{line}</p></body></html>',
        '<?xml version="1.0"?><!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><html><body><p>{line} &x;</p></body></html>',
        '<!DOCTYPE r [<!ENTITY % y SYSTEM "http://127.0.0.1:1/y.dtd"> %y;]><html><body><p>{line} &y;</p></body></html>',
        '<!DOCTYPE r [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]><p>{line} &c;</p>',
        '<html><head><base href="http://127.0.0.1:1/"><link rel="icon" href="/b.css"></head><body><p>{line}</p></body></html>',
        '<html><body><p>{line}</p><iframe src="http://127.0.0.1:1/c"></iframe><script src="http://127.0.0.1:1/g"></script></body></html>',
        '<html xmlns:xi="http://www.w3.org/2001/XInclude"><xi:include href="file:///etc/passwd" parse="text"/><p>{line}</p></html>',
    ],
)
def test_reading_a_page_fetches_nothing(page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object, **__: object) -> None:
        raise AssertionError("reading a page opened a connection")

    for name in ("connect", "connect_ex", "sendto"):
        monkeypatch.setattr(socket.socket, name, refused)
    monkeypatch.setattr(socket, "getaddrinfo", refused)
    (tmp_path / "a.html").write_text(page.format(line=LINE), encoding="utf-8")
    articles = read_articles(tmp_path)
    assert len(articles) + len(reasons(articles)) == 1
    text = "".join(articles["text"])
    assert "root:" not in text
    assert "aaaa" not in text


def test_nothing_is_unpickled() -> None:
    root = Path(na.__file__).parent
    ways = ("import pickle", "read_pickle", "allow_pickle=True", "import shelve", "import marshal", "joblib.load", "yaml.load(")
    assert [(path.name, way) for path in root.rglob("*.py") for way in ways if way in path.read_text(encoding="utf-8")] == []


# ----------------------------------------------------------------------------------------------------------------------- messages


@pytest.mark.parametrize(
    "name", ["a\x1b[2J\x07.txt", "a\nanalysis: all is well.txt", "a\u202etxt.exe.txt", "a\x9b31m.txt", "a\r.txt"]
)
def test_a_name_gives_a_terminal_no_orders(name: str, tmp_path: Path) -> None:
    (tmp_path / name).touch()
    told = [str(Problem(**each)) for each in read_articles(tmp_path).attrs["problems"]]
    assert len(told) == 1
    assert told[0].startswith("a\\")
    assert told[0].isprintable()


@given(st.text())
def test_what_is_printable_is(text: str) -> None:
    shown = printable(text)
    assert not set(shown) & set("\x1b\x9b\r\n\x07\x08\u2028\u202e\u2066")
    shown.encode("utf-8")


def test_values_in_messages_are_short_and_on_one_line(tmp_path: Path) -> None:
    rows = [{"id": "x\n" * 10_000, "text": LINE, "date": "9" * 100_000}, {"id": "x\n" * 10_000, "text": LINE, "date": "\x1b[2J"}]
    (tmp_path / "a.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    told = [str(Problem(**each)) for each in read_articles(tmp_path).attrs["problems"]]
    assert len(told) == 3
    assert all(len(each) < 300 and each.isprintable() for each in told)
    with pytest.raises(InputError) as caught:
        read_articles(tmp_path / ("no" * 100 + "\x1b[2J"))
    assert printable(caught.value).isprintable()
