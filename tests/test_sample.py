"""The sample corpus is what its README says it is: its files, their encodings, what they plant, and that the wording is our own."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from html import unescape
from itertools import combinations
from pathlib import Path

import pytest

from analysis.text import fold

ROOT = Path(__file__).parent.parent
SAMPLE = ROOT / "data" / "sample"
SHARED = ROOT.parent / "shared"
FILES = sorted(path for path in SAMPLE.iterdir() if path.suffix in {".txt", ".html"})
OUTLETS = {
    "sijill": "السجل الشرقي",
    "zaryaf": "زرياف",
    "mihbara": "محبرة الفرات",
    "raya": "راية الحماد",
    "madarayn": "وكالة مدارين",
}
ENCODINGS = {"10_contracts_mihbara": "utf-8-sig", "15_conference_raya": "cp1256"}
CRLF = {"13_conference_madarayn"}
DATED_BY_THEIR_DATELINE = {"05_support_raya": date(2020, 4, 15), "19_followup_raya": date(2020, 10, 11)}
RUN = 9  # words in a row that two independent texts do not share by chance


@cache
def text_of(path: Path) -> str:
    """The article as text; of a page what stands between its tags."""
    text = path.read_bytes().decode(ENCODINGS.get(path.stem, "utf-8"))
    return unescape(re.sub(r"<[^>]*>", "\n", text)) if path.suffix == ".html" else text


def runs(text: str) -> set[tuple[str, ...]]:
    words = re.findall(r"[^\W_]+", fold(text).folded)
    return {tuple(words[at : at + RUN]) for at in range(len(words) - RUN + 1)}


@cache
def metadata() -> dict[str, dict[str, str]]:
    with (SAMPLE / "metadata.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert len({row["article_id"] for row in rows}) == len(rows)
    return {row["article_id"]: row for row in rows}


@cache
def readme_rows() -> list[list[str]]:
    """The cells of the table of articles: file, published, form, sums, dates, names."""
    lines = (SAMPLE / "README.md").read_text(encoding="utf-8").splitlines()
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if re.match(r"\| `\d\d_", line)]


def test_metadata_names_every_file_and_no_other() -> None:
    assert list(metadata()) == [path.stem for path in FILES]
    assert 15 <= len(FILES) <= 20


def test_metadata_is_complete() -> None:
    assert list(next(iter(metadata().values()))) == ["article_id", "outlet", "published", "url"]
    for name, row in metadata().items():
        assert row["outlet"] == OUTLETS[name.rsplit("_", 1)[1]]
        assert re.fullmatch(r"https://example\.(org|com)/[a-z0-9/-]+", row["url"]), name
        assert (row["published"] == "") == (name in DATED_BY_THEIR_DATELINE), name
    assert len({row["url"] for row in metadata().values()}) == len(FILES)
    assert {row["outlet"] for row in metadata().values()} == set(OUTLETS.values())


def test_articles_are_in_order_of_publication_from_january_to_october() -> None:
    published = [
        DATED_BY_THEIR_DATELINE.get(name) or date.fromisoformat(row["published"]) for name, row in sorted(metadata().items())
    ]
    assert published == sorted(published)
    assert (published[0].strftime("%Y-%m"), published[-1].strftime("%Y-%m")) == ("2020-01", "2020-10")


@pytest.mark.parametrize("name", [name for name in metadata() if name.endswith("_raya")])
def test_date_line_agrees(name: str) -> None:
    """A weekday and date on top, the weekday being that day's."""
    weekdays = ("الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت", "الأحد")
    first = text_of(SAMPLE / f"{name}.txt").splitlines()[0]
    weekday, day = first.split()
    published = date.fromisoformat(day.replace("/", "-"))
    assert weekday == weekdays[published.weekday()]
    assert published == (DATED_BY_THEIR_DATELINE.get(name) or date.fromisoformat(metadata()[name]["published"]))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_encoding_is_as_planned(path: Path) -> None:
    raw = path.read_bytes()
    encoding = ENCODINGS.get(path.stem, "utf-8")
    assert raw.startswith(b"\xef\xbb\xbf") == (encoding == "utf-8-sig")
    if encoding == "cp1256":
        with pytest.raises(UnicodeDecodeError):
            raw.decode("utf-8")
    assert raw.decode(encoding).encode(encoding) == raw
    assert raw.count(b"\r\n") == raw.count(b"\r") == (raw.count(b"\n") if path.stem in CRLF else 0)
    assert raw.endswith(b"\n")
    assert "\ufffd" not in text_of(path)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_length(path: Path) -> None:
    text = text_of(path)
    assert 120 <= len(re.findall(r"[^\W\d_]+", fold(text).folded)) <= 350


def test_page_is_complete() -> None:
    (page,) = (path for path in FILES if path.suffix == ".html")
    source = page.read_text(encoding="utf-8")
    published = metadata()[page.stem]["published"]
    assert re.search(r"<title>[^<]*السجل الشرقي</title>", source)
    assert f'<meta property="article:published_time" content="{published}T' in source
    assert all(tag in source for tag in ('<html lang="ar" dir="rtl">', "<nav>", "<article>", "<footer>", "</html>"))
    assert "<script" not in source


def test_readme_lists_every_file_once() -> None:
    assert [row[0] for row in readme_rows()] == [f"`{path.name}`" for path in FILES]
    for path, row in zip(FILES, readme_rows(), strict=True):
        assert row[1] == (metadata()[path.stem]["published"] or "by its date line")


@pytest.mark.parametrize("row", readme_rows(), ids=lambda row: row[0].strip("`"))
def test_readme_tells_what_is_there(row: list[str]) -> None:
    text = text_of(SAMPLE / row[0].strip("`")).replace("\u00a0", " ")
    absent = [words for cell in row[2:] for words in re.findall("`([^`]+)`", cell) if words not in text]
    assert not absent


def test_readme_spells_the_names_as_the_outlets_do() -> None:
    spellings = {
        "sijill": "غالين ثاكمور",
        "madarayn": "غالين ثاكمور",
        "zaryaf": "كالين تاكمور",
        "mihbara": "جالين ثكمور",
        "raya": "جالين ثاكمور",
    }
    readme = (SAMPLE / "README.md").read_text(encoding="utf-8")
    for outlet, name in spellings.items():
        assert f"`{name}`" in readme
        surname = name.split()[1]
        found = {
            word for path in FILES if path.stem.endswith(outlet) for word in re.findall("[ثت]ا?كمور", fold(text_of(path)).folded)
        }
        assert found == {surname}
        assert any(name in text_of(path) for path in FILES if path.stem.endswith(outlet))


def test_readme_says_that_this_is_no_reporting() -> None:
    readme = (SAMPLE / "README.md").read_text(encoding="utf-8")
    assert "demonstration text and no reporting" in readme
    assert "وليست أخباراً" in readme


def test_outlets_tell_the_same_in_their_own_words() -> None:
    """No two outlets share a run of words: what they have in common is the claim."""
    shared = [
        (one.stem, other.stem, " ".join(run))
        for one, other in combinations(FILES, 2)
        if one.stem.rsplit("_", 1)[1] != other.stem.rsplit("_", 1)[1]
        for run in runs(text_of(one)) & runs(text_of(other))
    ]
    assert not shared


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from _strings(each)
    elif isinstance(value, list):
        for each in value:
            yield from _strings(each)


def test_wording_is_our_own() -> None:
    """No run of words in common with the real articles at hand."""
    if not SHARED.is_dir():
        pytest.skip(f"no real articles to compare with: {SHARED} is absent")
    real: set[tuple[str, ...]] = set()
    for path in sorted((SHARED / "articles").glob("*.txt")):
        real |= runs(path.read_text(encoding="utf-8"))
    for path in sorted((SHARED / "gold").glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            for text in _strings(json.loads(line)):
                real |= runs(text)
    assert real
    copied = [(path.stem, " ".join(run)) for path in FILES for run in runs(text_of(path)) & real]
    assert not copied
