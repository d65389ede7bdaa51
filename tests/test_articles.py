"""Reading: every format and encoding, metadata, bad input, and that nothing is lost."""

from __future__ import annotations

import gzip
import io
import json
import os
import random
import zlib
from datetime import date, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analysis import schema
from analysis.articles import read_articles
from analysis.errors import InputError
from analysis.formats import READERS
from analysis.formats.encodings import decode
from analysis.formats.json_lines import read_json_lines
from analysis.published import published

HEADLINE = "افتتاح محطة جديدة لضخ المياه"
BODY = "افتتح رئيس البلدية صباح أمس محطة لضخ المياه في الريف الشمالي، بعد توقف دام أكثر من سنتين.\n\nوعاد الماء إلى البيوت."
TEXT = f"{HEADLINE}\n\n{BODY}"
SHARED = Path(__file__).parents[2] / "shared"


def write(path: Path, content: str | bytes, encoding: str = "utf-8") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
    return path


def jsonl(*rows: object) -> str:
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def problems(articles: pd.DataFrame) -> list[tuple[str, int | None]]:
    return [(each["path"], each["line"]) for each in articles.attrs["problems"]]


def reasons(articles: pd.DataFrame) -> str:
    return "\n".join(each["reason"] for each in articles.attrs["problems"])


def only(articles: pd.DataFrame) -> pd.Series:
    assert len(articles) == 1
    assert articles.attrs["problems"] == []
    return articles.iloc[0]


# ---------------------------------------------------------------------------------------------------------------- formats


def test_text_file(tmp_path: Path) -> None:
    row = only(read_articles(write(tmp_path / "a1.txt", TEXT)))
    assert row[["article_id", "title", "path", "text"]].tolist() == ["a1", HEADLINE, "a1.txt", TEXT]
    assert row[["outlet", "published", "url"]].isna().all()
    assert row["n_words"] == len(TEXT.split())


def test_text_is_the_decoded_file(tmp_path: Path) -> None:
    content = "  \r\n" + TEXT.replace("\n", "\r\n") + "\r\n\r\n \u00a0\u200f\ttail \r"
    assert only(read_articles(write(tmp_path / "a.txt", content)))["text"] == content


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1256", "iso8859-6"])
@pytest.mark.parametrize(
    "text", [TEXT, "السلام", "قال: «لا»، ثم مضى – 3.5% من 1,200", "ماء\r\nHello world, this is a long Latin tail\n"]
)
def test_encodings(tmp_path: Path, encoding: str, text: str) -> None:
    if encoding == "iso8859-6" and text != TEXT:
        text = TEXT * 2  # a word or two in ISO 8859-6 are other words in Windows-1256
    content = text.encode(encoding)
    if encoding in ("utf-16-le", "utf-16-be", "utf-32"):
        assert decode(content).text == text
    assert only(read_articles(write(tmp_path / "a.txt", content)))["text"] == text


def test_html_page(tmp_path: Path) -> None:
    paragraphs = "".join(
        f"<p>{line}</p>" for line in [BODY.replace("\n\n", " ")] * 2 + ["ولم يعلق الوزير على الخبر حتى ساعة نشره."]
    )
    page = (
        f'<!DOCTYPE html><html lang="ar" dir="rtl"><head><meta charset="{{}}"><title>{HEADLINE} - موقع الضفة</title>'
        f'<meta property="og:title" content="{HEADLINE}"><meta property="og:site_name" content="موقع الضفة">'
        '<meta property="article:published_time" content="2019-05-20T08:30:00+03:00">'
        '<link rel="canonical" href="https://example.org/water"><script>alert("لا")</script></head>'
        f"<body><nav><a href='/'>الرئيسية</a></nav><article><h1>{HEADLINE}</h1>{paragraphs}</article>"
        "<footer>جميع الحقوق محفوظة</footer></body></html>"
    )
    for name, encoding in (("a.html", "utf-8"), ("b.HTM", "windows-1256")):
        row = only(read_articles(write(tmp_path / name, page.format(encoding), encoding)))
        assert row["title"] == HEADLINE
        assert row["outlet"] == "موقع الضفة"
        assert row["published"] == pd.Timestamp("2019-05-20 08:30")
        assert row["url"] == "https://example.org/water"
        assert row["text"].count(HEADLINE) == 1
        assert row["text"].startswith(HEADLINE)
        assert "ولم يعلق الوزير" in row["text"]
        assert "alert" not in row["text"]
        assert "الرئيسية" not in row["text"]


def test_html_metadata_go_before_the_page(tmp_path: Path) -> None:
    head = '<meta property="og:site_name" content="س"><meta name="date" content="2018-01-01">'
    page = f"<html><head>{head}</head><body><p>{BODY}</p></body></html>"
    write(tmp_path / "a.html", page)
    write(tmp_path / "metadata.csv", "article_id,outlet,published\na,الضفة,2019-02-03\n")
    row = only(read_articles(tmp_path))
    assert (row["outlet"], row["published"]) == ("الضفة", pd.Timestamp("2019-02-03"))


@pytest.mark.parametrize("name", ["a.jsonl", "a.ndjson", "a.JSONL", "a.jsonl.gz", "a.ndjson.gz"])
def test_json_lines(tmp_path: Path, name: str) -> None:
    content = jsonl(
        {
            "id": 7,
            "date": "2020-04-07T10:00:00Z",
            "source": "الضفة",
            "headline": HEADLINE,
            "body": BODY,
            "link": "https://example.org/7",
        },
        {
            "article_id": "b",
            "published": "8 نيسان 2020",
            "outlet": "الغد",
            "title": HEADLINE,
            "text": TEXT,
            "url": None,
            "more": {"x": 1},
        },
    )
    data = gzip.compress(content.encode()) if name.endswith("gz") else content.encode()
    articles = read_articles(write(tmp_path / name, data))
    assert articles.attrs["problems"] == []
    assert articles["article_id"].tolist() == ["7", "b"]
    assert articles["text"].tolist() == [TEXT, TEXT]
    assert articles["title"].tolist() == [HEADLINE, HEADLINE]
    assert articles["outlet"].tolist() == ["الضفة", "الغد"]
    assert articles["published"].tolist() == [pd.Timestamp("2020-04-07 10:00"), pd.Timestamp("2020-04-08")]
    assert articles["url"].tolist()[0] == "https://example.org/7"
    assert articles["path"].tolist() == [name, name]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1256"])
def test_json_lines_in_other_encodings(tmp_path: Path, encoding: str) -> None:
    articles = read_articles(write(tmp_path / "a.jsonl", jsonl({"text": TEXT}, {"text": BODY}), encoding))
    assert articles["text"].tolist() == [TEXT, BODY]
    assert articles["article_id"].tolist() == ["a-1", "a-2"]
    assert articles.attrs["problems"] == []


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1256"])
def test_csv(tmp_path: Path, separator: str, encoding: str) -> None:
    quoted = '"' + BODY.replace("الماء", '""الماء""') + '"'
    lines = [["ID", "Title", "Body", "Date"], ["1", HEADLINE, quoted, "07/04/2020"], [], ["2", "NaN", "نص, ثان", "nan"]]
    lines[3][2] = '"نص, ثان"'
    content = "\r\n".join(separator.join(line) for line in lines) + "\r\n"
    articles = read_articles(write(tmp_path / "a.csv", content, encoding))
    assert articles.attrs["problems"] == []
    assert articles["text"].tolist() == [f"{HEADLINE}\n\n{BODY}".replace("الماء إلى", '"الماء" إلى'), "نص, ثان"]
    assert articles["article_id"].tolist() == ["1", "2"]
    assert articles["published"].tolist() == [pd.Timestamp("2020-04-07"), pd.NaT]


def test_csv_of_long_articles_in_any_number_of_lines(tmp_path: Path) -> None:
    rows = "\n".join(f'{number},"{"نص طويل " * 30_000}\nسطر"' for number in range(3))
    assert len(read_articles(write(tmp_path / "a.csv", "id,text\n" + rows))) == 3


def test_parquet(tmp_path: Path) -> None:
    table = pa.table(
        {
            "id": pa.array([1, 2, 3]),
            "text": pa.array([TEXT, BODY, None]).dictionary_encode(),
            "date": pa.array([datetime(2020, 4, 7, 9), None, None], pa.timestamp("ns", tz="Asia/Damascus")),
            "source": pa.array(["الضفة", None, "الغد"], pa.large_string()),
            "junk": pa.array([[1], [2], None]),
        }
    )
    pq.write_table(table, tmp_path / "a.parquet")
    articles = read_articles(tmp_path / "a.parquet")
    assert articles["article_id"].tolist() == ["1", "2"]
    assert articles["published"].tolist() == [pd.Timestamp("2020-04-07 12:00"), pd.NaT]  # 09:00 UTC, as the zone states it
    assert problems(articles) == [("a.parquet", 3)]


def test_data_frame_and_what_was_read_before(tmp_path: Path) -> None:
    given = pd.DataFrame(
        {
            "id": [1.0, 2.0, np.nan],
            "content": [BODY, "نص", None],
            "headline": [HEADLINE, None, "x"],
            "published": [pd.Timestamp("2020-01-02 03:04", tz="UTC"), pd.NaT, pd.NaT],
        }
    )
    articles = read_articles(given)
    assert articles["article_id"].tolist() == ["1", "2"]
    assert articles["text"].tolist() == [TEXT, "نص"]
    assert articles["published"].tolist() == [pd.Timestamp("2020-01-02 03:04"), pd.NaT]
    assert problems(articles) == [("DataFrame", 3)]
    write(tmp_path / "metadata.csv", "article_id,outlet\none,الضفة\n")
    write(tmp_path / "one.txt", TEXT)
    first = read_articles(tmp_path)
    pd.testing.assert_frame_equal(read_articles(first), first)


@pytest.mark.parametrize("source", [[], pd.DataFrame(), pd.DataFrame({"text": []})], ids=["list", "frame", "column"])
def test_empty_in_typed_out(source: object) -> None:
    articles = read_articles(source)  # type: ignore[arg-type]
    pd.testing.assert_frame_equal(articles, schema.frame("articles", {}))
    assert articles.attrs["problems"] == []


# ------------------------------------------------------------------------------------------------------------------- titles


def test_a_title_apart_from_its_body() -> None:
    def text(title: object, body: str) -> str:
        return str(read_articles(pd.DataFrame({"title": [title], "text": [body]}))["text"][0])

    assert text(HEADLINE, BODY) == TEXT
    assert text(f"  {HEADLINE}\n", BODY) == TEXT
    assert text("«افتتاح  محطة جديدة» لضخّ المياه", TEXT) == TEXT
    assert text(HEADLINE, f"\n{HEADLINE} | موقع الضفة\n{BODY}") == f"\n{HEADLINE} | موقع الضفة\n{BODY}"
    assert text(HEADLINE, f"الثلاثاء 2020/04/07\n\n{TEXT}") == f"الثلاثاء 2020/04/07\n\n{TEXT}"
    assert text("عاد الماء", "عاد الماء إلى البيوت.") == "عاد الماء\n\nعاد الماء إلى البيوت."
    assert text(None, BODY) == BODY
    assert text("", BODY) == BODY


def test_real_articles() -> None:
    if not SHARED.is_dir():
        pytest.skip("the real articles are not beside the repository")
    articles = read_articles(SHARED / "articles")
    assert articles.attrs["problems"] == []
    for row, line in zip(
        articles.itertuples(), (SHARED / "gold/seeds.jsonl").read_text(encoding="utf-8").splitlines(), strict=True
    ):
        gold = json.loads(line)
        assert (row.article_id, row.title) == (gold["article_id"], gold["title"])
        assert row.text == (SHARED / "articles" / row.path).read_bytes().decode("utf-8")
        assert (None if pd.isna(row.published) else str(row.published.date())) == gold["published"]


# --------------------------------------------------------------------------------------------------------- sources and order


def test_folder_glob_and_list(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("b.txt", "a.txt", "deep/er/c.txt", "README.md", "deep/readme.txt", "LICENSE", ".hidden.txt", ".git/x.txt"):
        write(tmp_path / name, TEXT)
    write(tmp_path / "d.jsonl", jsonl({"id": "d1", "text": BODY}, {"id": "d0", "text": BODY}))
    everything = read_articles(tmp_path)
    assert everything["path"].tolist() == ["a.txt", "b.txt", "d.jsonl", "d.jsonl", "deep/er/c.txt"]
    assert everything["article_id"].tolist() == ["a", "b", "d1", "d0", "c"]
    assert everything.attrs["problems"] == []
    assert read_articles(str(tmp_path / "*.txt"))["path"].tolist() == ["a.txt", "b.txt"]
    assert read_articles(str(tmp_path / "**/*.txt"))["path"].tolist() == ["a.txt", "b.txt", "deep/er/c.txt"]
    named = [tmp_path / "deep", str(tmp_path / "b.txt"), tmp_path / "a.txt", tmp_path / "*.txt", tmp_path / "README.md"]
    for order in (named, named[::-1], pd.Series(named)):
        assert read_articles(order)["path"].tolist() == ["a.txt", "b.txt", "deep/er/c.txt"]
    monkeypatch.chdir(tmp_path)
    pd.testing.assert_frame_equal(read_articles("."), everything)
    assert read_articles("deep")["path"].tolist() == ["er/c.txt"]


def test_a_file_named_like_a_glob(tmp_path: Path) -> None:
    assert len(read_articles(write(tmp_path / "a[1].txt", TEXT))) == 1


@pytest.mark.parametrize("source", ["no/such/file.txt", "no/such/*.txt", "", "a\0b", "~nobody~"])
def test_what_does_not_exist_is_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, source: str) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(InputError) as caught:
        read_articles(source)
    assert repr(source) in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("source", [[1], {"text": "x"}, [b"a"]])
def test_a_source_of_another_type(source: object) -> None:
    with pytest.raises(InputError, match="`source`"):
        read_articles(source)  # type: ignore[arg-type]


def test_links_do_not_lead_outside(tmp_path: Path) -> None:
    write(tmp_path / "outside/secret.txt", TEXT)
    write(tmp_path / "in/sub/own.txt", TEXT)
    folder = tmp_path / "in"
    (folder / "file.txt").symlink_to(tmp_path / "outside/secret.txt")
    (folder / "folder").symlink_to(tmp_path / "outside")
    (folder / "again").symlink_to(folder / "sub")
    (folder / "same.txt").symlink_to(folder / "sub/own.txt")
    (folder / "nowhere.txt").symlink_to(folder / "none.txt")
    (folder / "round.txt").symlink_to(folder / "round.txt")
    (folder / "metadata.csv").symlink_to(tmp_path / "outside/secret.txt")
    articles = read_articles(folder)
    assert articles["path"].tolist() == ["sub/own.txt"]
    assert sorted(path for path, _ in problems(articles)) == ["file.txt", "folder", "metadata.csv", "nowhere.txt", "round.txt"]
    assert read_articles(str(folder / "f*" / "*.txt"))["path"].tolist() == []
    assert len(read_articles(folder / "file.txt")) == 1  # named itself


def test_names_of_any_kind(tmp_path: Path) -> None:
    write(tmp_path / "خبر اليوم.txt", TEXT)
    write(tmp_path / "new\nline.txt", TEXT)
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff\xfe.txt")).write_text(TEXT, encoding="utf-8")
    articles = read_articles(tmp_path)
    assert sorted(articles["article_id"]) == sorted(["خبر اليوم", "new\nline", "\ufffd\ufffd"])


# ------------------------------------------------------------------------------------------------------------------ metadata


def test_metadata_beside_the_articles(tmp_path: Path) -> None:
    write(tmp_path / "a.txt", TEXT)
    write(tmp_path / "sub/b.txt", TEXT)
    write(tmp_path / "sub/c.jsonl", jsonl({"id": "c9", "text": TEXT, "outlet": "من السجل"}))
    write(
        tmp_path / "metadata.csv",
        "\ufeffarticle_id,outlet,published,url\r\na,الضفة,2020-01-01,https://example.org/a\r\nc9,الغد,,\r\nsub/b,فوق,2020-01-02,nan\r\n",
    )
    write(tmp_path / "sub/metadata.csv", "article_id,outlet\nb.txt,تحت\n")
    articles = read_articles(tmp_path).set_index("article_id")
    assert articles.attrs["problems"] == []
    assert articles["outlet"].to_dict() == {"a": "الضفة", "b": "تحت", "c9": "من السجل"}
    assert articles.loc["b", "published"] == pd.Timestamp("2020-01-02")
    assert articles.loc["a", "url"] == "https://example.org/a"
    assert articles["url"].isna().to_dict() == {"a": False, "b": True, "c9": True}
    assert read_articles(tmp_path / "a.txt")["outlet"].tolist() == ["الضفة"]
    assert read_articles(str(tmp_path / "*.txt"))["outlet"].tolist() == ["الضفة"]
    assert read_articles([tmp_path / "a.txt", tmp_path / "metadata.csv"])["outlet"].tolist() == ["الضفة"]


def test_metadata_given(tmp_path: Path) -> None:
    source = write(tmp_path / "a.txt", f"الثلاثاء 2020/04/07\n\n{TEXT}")
    write(tmp_path / "metadata.csv", "article_id,outlet,url\na,الضفة,https://example.org/a\n")
    given = write(tmp_path / "other.csv", "id;source;date\na;الغد;2021-02-03\n")
    for metadata in (given, str(given), pd.DataFrame({"article_id": ["a"], "outlet": ["الغد"], "published": [date(2021, 2, 3)]})):
        row = only(read_articles(source, metadata=metadata))
        assert row[["outlet", "published", "url"]].tolist() == ["الغد", pd.Timestamp("2021-02-03"), "https://example.org/a"]


def test_metadata_that_cannot_be_used(tmp_path: Path) -> None:
    source = write(tmp_path / "a.txt", TEXT)
    for metadata in (
        tmp_path / "none.csv",
        write(tmp_path / "m.csv", "outlet\nx\n"),
        write(tmp_path / "e.csv", ""),
        pd.DataFrame(),
        3,
        tmp_path,
    ):
        with pytest.raises(InputError, match="metadata"):
            read_articles(source, metadata=metadata)  # type: ignore[arg-type]


def test_broken_rows_of_metadata_are_named(tmp_path: Path) -> None:
    write(tmp_path / "a.txt", TEXT)
    write(tmp_path / "metadata.csv", "article_id,outlet\na,الضفة\na,الغد\n,x\na,b,c\nzz,y\n")
    articles = read_articles(tmp_path)
    assert articles["outlet"].tolist() == ["الضفة"]
    assert problems(articles) == [("metadata.csv", line) for line in (3, 4, 5, 6)]


# ----------------------------------------------------------------------------------------------------------------- published


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("الثلاثاء 2020/04/07", "2020-04-07"),
        ("٧ نيسان ٢٠٢٠", "2020-04-07"),
        ("نشر في: 7 أبريل/نيسان 2020 | 16:15", "2020-04-07 16:15"),
        ("دمشق - 7 نيسان 2020 (سانا)", "2020-04-07"),
        ("15 شعبان 1441 هـ الموافق 8 نيسان 2020 م", "2020-04-08"),
        ("آخر تحديث: 2020/04/09", None),
        ("15 شعبان 1441 هـ", None),
        ("7 نيسان", None),
        ("31 نيسان 2020", None),
    ],
)
def test_a_date_line_gives_published(line: str, expected: str | None) -> None:
    articles = read_articles(pd.DataFrame({"text": [f"{line}\n\n{TEXT}"]}))
    assert articles["published"].tolist() == [pd.NaT if expected is None else pd.Timestamp(expected)]
    assert articles["title"].tolist() == [HEADLINE] or expected is None


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2020-04-07", "2020-04-07"),
        ("2020-04-07T23:30:00+03:00", "2020-04-07 23:30"),
        ("2020-04-07 23:30:15.25", "2020-04-07 23:30:15.25"),
        ("07/04/2020", "2020-04-07"),
        ("7.4.2020", "2020-04-07"),
        ("04/17/2020", "2020-04-17"),
        ("Tue, 07 Apr 2020 10:00:00 +0300", "2020-04-07 10:00"),
        ("7 April 2020", "2020-04-07"),
        ("April 7, 2020", "2020-04-07"),
        ("7 غشت 2020", "2020-08-07"),
        ("1 كانون الثاني 2020", "2020-01-01"),
        ("20200407", "2020-04-07"),
        (20200407, "2020-04-07"),
        (1586217600, "2020-04-07"),
        (1586217600000, "2020-04-07"),
        ("1586217600", "2020-04-07"),
        (date(2020, 4, 7), "2020-04-07"),
        (datetime(2020, 4, 7, 1, 2, 3), "2020-04-07 01:02:03"),
        (pd.Timestamp("2020-04-07", tz="Asia/Tokyo"), "2020-04-07"),
        ("12:30 م 7 نيسان 2020", "2020-04-07 12:30"),
        ("12:30 ص 7 نيسان 2020", "2020-04-07 00:30"),
    ],
)
def test_dates_that_are(value: object, expected: str) -> None:
    assert published(value) == pd.Timestamp(expected).to_pydatetime()


@pytest.mark.parametrize(
    "value",
    [
        "",
        "nan",
        "2020",
        "2020-04",
        "7 نيسان",
        "32 آذار 2020",
        "30 شباط 2020",
        "0000-01-01",
        "2020-13-01",
        "07/04/20",
        "أمس",
        "9" * 5000,
        "7/" * 90,
        0,
        -1,
        5,
        1e300,
        float("nan"),
        float("inf"),
        10**400,
        True,
        None,
        [],
        {},
        b"2020",
        datetime(1, 1, 1),
        date(1, 1, 1),
        pd.NaT,
    ],
)
def test_dates_that_are_not(value: object) -> None:
    assert published(value) is None


def test_a_date_that_does_not_parse_is_named(tmp_path: Path) -> None:
    articles = read_articles(
        write(tmp_path / "a.jsonl", jsonl({"text": TEXT, "date": "يوما ما"}, {"text": TEXT, "date": ["2020"]}))
    )
    assert len(articles) == 2
    assert articles["published"].isna().all()
    assert problems(articles) == [("a.jsonl", 1), ("a.jsonl", 2)]
    assert "«يوما ما»" in reasons(articles)


# ----------------------------------------------------------------------------------------------------------------- bad input


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("a.txt", b"", "empty"),
        ("a.jsonl", b"\n \n", "empty"),
        ("a.csv", b"", "empty"),
        ("a.csv", b'"', "no rows"),
        ("a.csv", b",;\n,\n", "no rows"),
        ("a.html", b"", "empty"),
        ("a.jsonl.gz", b"", "empty"),
        ("a.txt", b" \n\t", "no text"),
        ("a.txt", b"\xef\xbb\xbf", "no text"),
        ("a.html", b"<html><body></body></html>", "no main text"),
        ("a.txt", random.Random(1).randbytes(5000), "binary"),
        ("a.txt", b"%PDF-1.7\n...", "PDF"),
        ("a.txt", b"PK\x03\x04....", "ZIP"),
        ("a.jsonl", random.Random(2).randbytes(5000), ""),
        ("a.csv", random.Random(3).randbytes(5000), "binary"),
        ("a.parquet", b"PAR1junk", "Parquet"),
        ("a.parquet", b"", "Parquet"),
        ("a.jsonl.gz", b"no gzip", "damaged"),
        ("a.csv", "عمود,آخر\nنص,نص\n".encode(), "no column"),
        ("a.pdf", b"x", "kind of file"),
        ("a.jsonl", b'[\n{"text": "x"}\n]', "one JSON value"),
        ("a.jsonl", b'{\n"text": "x"\n}', "one JSON value"),
        ("a.txt", bytes(range(1, 32)) * 9, "binary"),
    ],
)
def test_a_file_that_gives_no_article_is_named(tmp_path: Path, name: str, content: bytes, says: str) -> None:
    write(tmp_path / name, content)
    write(tmp_path / "good.txt", TEXT)
    for source in (tmp_path, [tmp_path / name, tmp_path / "good.txt"]):
        articles = read_articles(source)
        assert articles["article_id"].tolist() == ["good"]
        assert {path for path, _ in problems(articles)} == {name}
        assert says in reasons(articles)


def test_a_folder_without_articles(tmp_path: Path) -> None:
    write(tmp_path / "README.md", "x")
    articles = read_articles(tmp_path)
    pd.testing.assert_frame_equal(articles, schema.frame("articles", {}), check_like=True)
    assert len(problems(articles)) == 1
    assert "no articles" in reasons(articles)


def test_broken_lines_among_many(tmp_path: Path) -> None:
    deep, digits = "[" * 100_000 + "]" * 100_000, "9" * 100_000
    lines = [
        '{"id": "ok1", "text": "نص"}',
        '{"id": "broken", "text": "نص"',
        "",
        "3",
        "[1]",
        '"نص"',
        "null",
        '{"id": "none"}',
        '{"text": null}',
        '{"text": "  "}',
        '{"text": 5.5, "id": "number"}',
        '{"text": ["نص"]}',
        '{"text": {"ar": "نص"}}',
        '{"text": true}',
        deep,
        f'{{"text": {deep}}}',
        f'{{"text": "نص", "id": {digits}}}',
        '{"id": "ok2", "text": "نص", "title": ["لا"]}',
        '{"id": "nan", "text": NaN}',
        '{"id": "ok3", "text": "\\ud800نص"}',
        "{}",
    ]
    articles = read_articles(write(tmp_path / "a.jsonl", "\n".join(lines)))
    assert articles["article_id"].tolist() == ["ok1", "number", "ok2", "ok3"]
    assert articles["text"].tolist()[-1] == "\ufffdنص"
    named = [line for path, line in problems(articles)]
    assert named == [2, *range(4, 22)]
    assert "column" in articles.attrs["problems"][0]["reason"]


def test_bytes_that_are_not_utf8(tmp_path: Path) -> None:
    data = TEXT.encode()
    articles = read_articles(write(tmp_path / "a.txt", data[:60] + b"\xff" + data[60:]))
    assert articles["text"][0].replace("\ufffd", "") == TEXT
    assert "1 places are not UTF-8 (the first at byte 60)" in reasons(articles)
    lines = jsonl({"id": 1, "text": TEXT}, {"id": 2, "text": TEXT}).encode()
    articles = read_articles(write(tmp_path / "b.jsonl", lines[:-20] + b"\xff" + lines[-20:]))
    assert articles["article_id"].tolist() == ["1", "2"]
    assert problems(articles) == [("b.jsonl", 2)]


def test_compressed_data_that_breaks_off(tmp_path: Path) -> None:
    rng = random.Random(5)
    rows = [{"id": number, "text": "نص " + " ".join(str(rng.random()) for _ in range(200))} for number in range(50)]
    data = gzip.compress(jsonl(*rows).encode())
    articles = read_articles(write(tmp_path / "a.jsonl.gz", data[: len(data) // 2]))
    assert 0 < len(articles) < 50
    assert problems(articles) == [("a.jsonl.gz", len(articles) + 1)]


def test_a_line_beyond_measure_is_named_and_passed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("analysis.formats.limits.LONGEST", 1000)
    lines = b'{"text": "a"}\n' + b'{"text": "' + b"b" * 5000 + b'"}\n' + b'{"text": "c"}'
    assert [each.line for each in read_json_lines(io.BytesIO(lines))] == [1, 2, 3]
    assert [hasattr(each, "values") for each in read_json_lines(io.BytesIO(lines))] == [True, False, True]


def test_csv_rows_that_cannot_be_trusted(tmp_path: Path) -> None:
    lines = [
        "id,text,outlet",
        "1,نص,أ",
        "2,نص, بفاصلة,ب",
        "3",
        '4,"نص يفتح ولا يغلق,ج',
        "5,نص,د",
        '6,"نص" بعده,هـ',
        '7,"سطر',
        'وسطر",و',
        "8,,ز",
        '9,"مفتوح',
    ]
    articles = read_articles(write(tmp_path / "a.csv", "\n".join(lines)))
    assert articles["article_id"].tolist() == ["1", "5", "6", "7"] or articles["article_id"].tolist() == ["1", "5", "6", "7", "9"]
    assert articles["text"].tolist()[:4] == ["نص", "نص", "نص بعده", "سطر\nوسطر"]
    accounted = {line for _, line in problems(articles)}
    assert accounted >= {3, 4, 5, 10}


def test_parquet_of_wrong_types(tmp_path: Path) -> None:
    wrong = {
        "number": pa.array([1, 2]),
        "lists": pa.array([["نص"], []]),
        "bytes": pa.array([TEXT.encode("cp1256"), b"\xff\x00\x01"]),
        "objects": pa.array([{"x": 1}, None]),
        "dates": pa.array([date(2020, 1, 1), None]),
        "bools": pa.array([True, False]),
        "nulls": pa.nulls(2),
    }
    for name, column in wrong.items():
        pq.write_table(pa.table({"text": column, "id": [f"{name}1", f"{name}2"]}), tmp_path / f"{name}.parquet")
    broken = pa.StringArray.from_buffers(1, pa.py_buffer(b"\0\0\0\0\5\0\0\0"), pa.py_buffer(b"\xd9\x86\xd8\xb5\xff"))
    pq.write_table(pa.table({"text": broken, "date": pa.array([2**50], pa.timestamp("s"))}), tmp_path / "utf.parquet")
    pq.write_table(pa.table({"text": pa.array([], pa.string())}), tmp_path / "zero.parquet")
    articles = read_articles(tmp_path)
    assert set(articles["article_id"]) == {"number1", "number2", "bytes1", "utf-1"}
    assert articles.set_index("article_id").loc["bytes1", "text"] == TEXT
    assert {path for path, _ in problems(articles)} == {f"{name}.parquet" for name in (*wrong, "utf", "zero")}


def test_ids_that_are_there_twice(tmp_path: Path) -> None:
    write(tmp_path / "a.jsonl", jsonl(*({"id": each, "text": TEXT} for each in ("x", "x", "x-2", " x ", "y"))))
    articles = read_articles(tmp_path)
    assert articles["article_id"].tolist() == ["x", "x-3", "x-2", "x-4", "y"]
    assert problems(articles) == [("a.jsonl", 2), ("a.jsonl", 4)]


def test_one_name_in_several_folders(tmp_path: Path) -> None:
    for name in ("a/1.txt", "b/1.txt", "b/2.txt", "c.txt", "c.html"):
        write(tmp_path / name, TEXT if name.endswith("txt") else f"<html><body><p>{BODY}</p></body></html>")
    write(tmp_path / "b/metadata.csv", "article_id,outlet\n1,الضفة\n2,الغد\n")
    articles = read_articles(tmp_path)
    assert articles["article_id"].tolist() == ["a/1", "b/1", "2", "c", "c-2"]
    assert articles["outlet"].fillna("").tolist() == ["", "الضفة", "الغد", "", ""]
    assert problems(articles) == [("c.txt", None)]


def test_an_article_without_arabic_is_kept_and_named(tmp_path: Path) -> None:
    articles = read_articles(write(tmp_path / "a.txt", "The pumping station was opened yesterday."))
    assert articles["n_words"].tolist() == [6]
    assert "no Arabic letter" in reasons(articles)


@pytest.mark.skipif(os.name != "posix", reason="pipes and permissions are those of POSIX")
def test_what_may_not_or_cannot_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    write(tmp_path / "shut.txt", TEXT)
    write(tmp_path / "good.txt", TEXT)
    true_open = Path.open

    def opened(path: Path, *args: Any, **options: Any) -> Any:
        if path.name == "shut.txt":
            raise PermissionError(13, "Permission denied")
        return true_open(path, *args, **options)

    monkeypatch.setattr(Path, "open", opened)
    articles = read_articles(tmp_path)
    assert articles["article_id"].tolist() == ["good"]
    assert problems(articles) == [("pipe.txt", None), ("shut.txt", None)]
    assert "Permission denied" in reasons(articles)


# ------------------------------------------------------------------------------------------------- whatever a file contains

SAVED = {
    ".txt": TEXT.encode(),
    ".html": f"<html><head><title>{HEADLINE}</title></head><body><p>{BODY}</p></body></html>".encode(),
    ".jsonl": jsonl({"text": TEXT, "id": 1}, {"text": BODY}).encode(),
    ".jsonl.gz": gzip.compress(jsonl({"text": TEXT}).encode()),
    ".csv": f'id,text\n1,"{TEXT}"\n2,نص\n'.encode(),
}
_sink = io.BytesIO()
pq.write_table(pa.table({"text": [TEXT, BODY], "id": ["1", "2"]}), _sink)
SAVED[".parquet"] = _sink.getvalue()


@st.composite
def contents(draw: st.DrawFn) -> tuple[str, bytes]:
    suffix = draw(st.sampled_from([".txt", ".html", ".htm", ".jsonl", ".ndjson", ".jsonl.gz", ".csv", ".parquet"]))
    good = SAVED.get(suffix, SAVED[".jsonl"] if suffix == ".ndjson" else SAVED[".html"])
    kind = draw(st.sampled_from(["noise", "text", "cut", "changed", "other"]))
    if kind == "noise":
        return suffix, draw(st.binary(max_size=400))
    if kind == "text":
        data = draw(st.text(max_size=300)).encode(draw(st.sampled_from(["utf-8", "utf-16", "utf-16-le", "utf-7"])), "surrogatepass")
        return suffix, gzip.compress(data) if suffix.endswith("gz") and draw(st.booleans()) else data
    if kind == "other":
        return suffix, draw(st.sampled_from(list(SAVED.values())))
    at = draw(st.integers(0, len(good)))
    return suffix, good[:at] + (draw(st.binary(max_size=20)) + good[at + draw(st.integers(0, 20)) :] if kind == "changed" else b"")


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(contents(), min_size=1, max_size=4))
@pytest.mark.filterwarnings("ignore")
def test_whatever_a_file_contains_it_is_an_article_or_a_problem(
    tmp_path_factory: pytest.TempPathFactory, files: list[tuple[str, bytes]]
) -> None:
    folder = tmp_path_factory.mktemp("any")
    for number, (suffix, data) in enumerate(files):
        write(folder / f"{number}{suffix}", data)
    articles = read_articles(folder)
    assert list(articles.columns) == [column.name for column in schema.TABLES["articles"]]
    assert {path for path, _ in problems(articles)} | set(articles["path"]) == {path.name for path in folder.iterdir()}
    assert articles["article_id"].is_unique
    assert articles["text"].str.strip().ne("").all()
    articles.to_parquet(folder / "out.parquet")
    assert read_articles(folder / "out.parquet")["text"].tolist() == articles["text"].tolist()


records = st.fixed_dictionaries(
    {},
    optional={
        name: st.one_of(
            st.none(), st.text(max_size=30), st.integers(), st.floats(), st.booleans(), st.lists(st.integers(), max_size=2)
        )
        for name in ("id", "text", "body", "title", "date", "source", "url")
    },
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.one_of(records, st.just("broken")), max_size=8))
def test_every_line_is_an_article_or_a_problem(rows: list[object]) -> None:
    content = "".join((row if isinstance(row, str) else json.dumps(row)) + "\n" for row in rows)
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        articles = read_articles(write(Path(folder, "a.jsonl"), content))
    if not rows:
        assert problems(articles) == [("a.jsonl", None)]
        return
    without_text = {
        number
        for number, row in enumerate(rows, 1)
        if not any(
            each["line"] == number
            and ("no text" in each["reason"] or "JSON" in each["reason"] or each["reason"].startswith("text is"))
            for each in articles.attrs["problems"]
        )
    }
    assert len(articles) == len(without_text)
    assert articles["article_id"].is_unique


@given(st.text(st.characters(codec="cp1256", exclude_categories=["Cc"]), min_size=1))
def test_whatever_is_decoded_is_text_or_a_reason(text: str) -> None:
    for data in (text.encode(), text.encode("cp1256"), zlib.compress(text.encode())):
        decoded = decode(data)
        assert (decoded.text is None) <= (decoded.fault is not None)
    if not text.startswith(("%PDF-", "PK", "{\\rtf", "GIF8", "PAR1", "\ufeff")):
        assert decode(text.encode()).text == text


def test_the_readers_are_those_of_the_documentation() -> None:
    assert all(suffix in (read_articles.__doc__ or "") for suffix in READERS if not suffix.endswith("gz"))
