"""Tables: typed, linked, saved and loaded without loss; offsets that never lie."""

from __future__ import annotations

import gc
from dataclasses import fields
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import analysis as na
from analysis import places, schema
from analysis.extract.pipeline import read

ROOT = Path(__file__).parent.parent
SHARED = ROOT.parent / "shared"
SPANNED = ("blocks", "statements", "amounts", "dates", "mentions", "hedges")


@pytest.fixture(scope="module")
def sample() -> na.Tables:
    return na.extract(na.read_articles(places.sample()))


def assert_typed(tables: na.Tables) -> None:
    for each in fields(tables):
        table = getattr(tables, each.name)
        assert list(table.columns) == [column.name for column in schema.TABLES[each.name]]
        for column in schema.TABLES[each.name]:
            assert table[column.name].dtype == schema.dtype(each.name, column.name), (each.name, column.name)


def assert_spans_are_surfaces(tables: na.Tables) -> None:
    texts = dict(zip(tables.articles["article_id"], tables.articles["text"], strict=True))
    for name in SPANNED:
        table = getattr(tables, name)
        for row in table.itertuples():
            text = texts[row.article_id]
            assert 0 <= row.start < row.end <= len(text), (name, row)
            assert text[row.start : row.end] == row.text, (name, row)
    for row in tables.statements.itertuples():
        text = texts[row.article_id]
        assert text[row.cue_start : row.cue_end] == row.cue
        if not pd.isna(row.source_start):
            assert text[row.source_start : row.source_end] == row.source


def test_sample_is_typed_and_true(sample: na.Tables) -> None:
    assert_typed(sample)
    assert_spans_are_surfaces(sample)
    assert len(sample.articles) >= 15
    assert all(len(getattr(sample, name)) > 10 for name in SPANNED)


@pytest.mark.parametrize("name", ["articles", "gold/dev_articles.jsonl"])
def test_real_articles_are_typed_and_true(name: str) -> None:
    if not (SHARED / name).exists():
        pytest.skip(f"the real articles are not beside the repository: {SHARED / name}")
    tables = na.extract(na.read_articles(SHARED / name))
    assert_typed(tables)
    assert_spans_are_surfaces(tables)


def test_no_articles_give_typed_empty_tables() -> None:
    tables = na.extract(na.read_articles([]))
    assert_typed(tables)
    assert not any(len(getattr(tables, each.name)) for each in fields(tables))


PIECES = st.sampled_from([
    "قال", "وأضاف", "أن", "إن", "المتحدث باسم", "التحالف", "“قسد”", "مليون دولار", "33", "٣", "خلال 3 أشهر", "أمس الجمعة",
    "نيسان", "2020/04/07", "«", "»", '"', "“", "”", ":", "،", ".", "\n\n", "\n", " ", "\u200f", "\u0640", "\u064b", "بزعم",
    "حسب زعمه", "بين", "5 و7 ملايين", "الـ", "%", "(", ")", "\u00a0", "ـ", "\x00", "😀", "389",
])  # fmt: skip


@settings(max_examples=400)
@given(st.lists(PIECES, max_size=40).map(" ".join) | st.lists(PIECES, max_size=40).map("".join) | st.text(max_size=80))
def test_spans_are_surfaces_in_any_text(text: str) -> None:
    for name, rows in read(text)._asdict().items():
        for row in rows:
            assert text[row.start : row.end] == row.text, (name, row)
            assert row.start < row.end, (name, row)
            for part in ("cue", "source"):
                if name == "statements" and getattr(row, part) is not None:
                    assert text[getattr(row, f"{part}_start") : getattr(row, f"{part}_end")] == getattr(row, part)


def test_links_name_the_innermost_statement(sample: na.Tables) -> None:
    statements = sample.statements.set_index(["article_id", "statement"])
    for name in ("amounts", "dates", "mentions", "hedges"):
        for row in getattr(sample, name).itertuples():
            mine = sample.statements[sample.statements["article_id"] == row.article_id]
            holding = mine[(mine["start"] <= row.start) & (mine["end"] >= row.end)]
            if pd.isna(row.statement):
                assert holding.empty
            else:
                linked = statements.loc[(row.article_id, row.statement)]
                assert linked["end"] - linked["start"] == (holding["end"] - holding["start"]).min()


def test_saved_tables_come_back_the_same(sample: na.Tables, tmp_path: Path) -> None:
    sample.save(tmp_path / "tables")
    again = na.load_tables(tmp_path / "tables")
    for each in fields(sample):
        pd.testing.assert_frame_equal(getattr(sample, each.name), getattr(again, each.name), obj=each.name)
    first = {path.name: path.read_bytes() for path in (tmp_path / "tables").iterdir()}
    again.save(tmp_path / "tables")
    assert {path.name: path.read_bytes() for path in (tmp_path / "tables").iterdir()} == first


def test_workers_change_nothing(sample: na.Tables, monkeypatch: pytest.MonkeyPatch) -> None:
    from analysis.extract import pipeline

    monkeypatch.setattr(pipeline, "_SHARD", 6)
    spread = na.extract(na.read_articles(places.sample()), workers=2)
    for each in fields(sample):
        pd.testing.assert_frame_equal(getattr(sample, each.name), getattr(spread, each.name), obj=each.name)


def test_only_keeps_whole_articles(sample: na.Tables) -> None:
    outlet = sample.articles["outlet"].iloc[0]
    some = sample.only(outlets=[outlet], since="2020-01-01", until="2020-12-31")
    assert set(some.articles["outlet"]) == {outlet}
    ids = set(some.articles["article_id"])
    assert all(set(getattr(some, name)["article_id"]) <= ids for name in SPANNED)
    assert len(some.statements) == sample.statements["article_id"].isin(ids).sum()


@pytest.mark.parametrize(
    ("bounds", "days"),
    [
        ({"since": "2020-04-07", "until": "2020-04-07"}, [7]),
        ({"since": "2020-04"}, [1, 7, 30]),
        ({"until": "2020-03"}, [29, 31]),
        ({"until": "2020-2"}, [29]),
        ({"since": 2020}, [29, 31, 1, 7, 30]),
        ({"until": date(2020, 4, 1)}, [29, 31, 1]),
        ({"since": "", "until": None}, [29, 31, 1, 7, 30, 0]),
        ({"until": "9999"}, [29, 31, 1, 7, 30]),
    ],
)
def test_bounds_are_whole_days_months_and_years(bounds: dict[str, object], days: list[int]) -> None:
    moments = ["2020-02-29T23:59", "2020-03-31", "2020-04-01T00:00", "2020-04-07T12:30", "2020-04-30T23:59:59", None]
    records = pd.DataFrame({"id": [str(at) for at in range(6)], "date": moments, "text": "نص الخبر"})
    kept = na.extract(na.read_articles(records)).only(**bounds)  # type: ignore[arg-type]
    assert kept.articles["published"].dt.day.fillna(0).astype(int).tolist() == days


@pytest.mark.parametrize(
    ("bounds", "words"),
    [
        ({"outlets": ["لا أحد"]}, "no article is by the outlet 'لا أحد'; the outlets here are:"),
        ({"since": "2031-01-01"}, "no article is left by since 2031-01-01; those of a known date are of"),
        ({"since": "2020-06-01", "until": "2020-05-01"}, "the range is empty"),
        ({"until": "غدا"}, "`until` value = 'غدا' is no date"),
        ({"since": "2020-13"}, "`since` value = '2020-13' is no date"),
        ({"since": "0000"}, "`since` value = '0000' is no date"),
    ],
)
def test_what_cannot_be_kept_is_said_in_a_sentence(sample: na.Tables, bounds: dict[str, object], words: str) -> None:
    with pytest.raises(na.InputError, match=words):
        sample.only(**bounds)  # type: ignore[arg-type]


def test_missing_tables_are_named(tmp_path: Path) -> None:
    with pytest.raises(na.InputError, match=r"articles.parquet is missing; make the tables with"):
        na.load_tables(tmp_path)
    (tmp_path / "articles.parquet").write_bytes(b"no parquet")
    with pytest.raises(na.InputError, match=r"articles.parquet cannot be read as a table"):
        na.load_tables(tmp_path)


@pytest.mark.replaces
@pytest.mark.parametrize("partitioned", [False, True])
def test_an_article_that_breaks_a_reader_costs_no_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, partitioned: bool) -> None:
    """A fault that no test has found: the article is kept and named, the others are read, in memory and in a dataset."""
    from analysis.extract import pipeline

    def broken(doc: object, **options: object) -> object:
        if "الرستن" in doc.folded:  # type: ignore[attr-defined]
            raise RecursionError("maximum recursion depth exceeded")
        return scan_dates(doc, **options)  # type: ignore[arg-type]

    scan_dates = pipeline.scan_dates
    monkeypatch.setattr(pipeline, "scan_dates", broken)
    for name, text in (("one", "قال الوزير إن الطريق مفتوح."), ("two", "قالت بلدية الرستن إن الجسر مغلق."), ("three", "غادر أمس.")):
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    if partitioned:
        na.extract_dataset(str(tmp_path / "*.txt"), str(tmp_path / "tables"))
        tables = na.load_tables(tmp_path / "tables")
    else:
        tables = na.extract(na.read_articles(str(tmp_path / "*.txt")))
    assert sorted(tables.articles["article_id"]) == ["one", "three", "two"]
    assert tables.statements["article_id"].tolist() == ["one"]
    assert tables.dates["article_id"].tolist() == ["three"]
    assert tables.blocks["article_id"].nunique() == 2
    assert tables.problems["path"].tolist() == ["two.txt"]
    assert "«two» is kept, but nothing was found in it (RecursionError" in tables.problems["reason"][0]


def test_reading_leaves_nothing_to_the_cycle_collector() -> None:
    """`extract` reads without it: a ring of references would keep every article's data, and cost memory and time."""
    texts = na.read_articles(places.sample())["text"].tolist()
    for text in texts:
        read(text)
    gc.collect()
    gc.disable()
    try:
        for text in texts:
            read(text)
        assert gc.collect() == 0
    finally:
        gc.enable()
