"""Comparisons of a dataset, part by part: what `Tables` of the same articles give."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pandas as pd
import pytest

import analysis as na
from analysis.compare import partitioned
from analysis.errors import InputError

NAMES = ("قسد", "قوات سوريا الديمقراطية", "“قسد”", "التحالف الدولي", "«داعش»", "تنظيم داعش")


def article(number: int) -> dict[str, str]:
    chance = random.Random(number)
    lines = [
        f"قال المتحدث سمير حداد إن {chance.choice(NAMES)} تسلمت {chance.randint(2, 90)} مليون دولار.",
        f"وزعم {chance.choice(NAMES)} أن الدعم توقف بحجة نقص المال، وعادت {chance.choice(NAMES)} إلى المدينة.",
        f"ورست {chance.choice(('السفينة', 'سفينة', 'الطائرة', 'بالطائرة'))} في الميناء قرب مواقع {chance.choice(NAMES)}.",
    ]
    outlet = ("الدار", "النهر", None)[number % 7 % 3]
    day = f"2020-0{number % 8 + 1}-11"
    return {"id": f"n{number:04}", "text": "\n\n".join(lines), "date": day, **({"outlet": outlet} if outlet else {})}


def made(count: int, folder: Path) -> na.Tables:
    source = folder / "news.jsonl"
    source.write_text("\n".join(json.dumps(article(n), ensure_ascii=False) for n in range(count)), encoding="utf-8")
    na.extract_dataset(source, folder / "out", shard_size=20_000)
    return na.load_tables(folder / "out")


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, na.Tables]:
    folder = tmp_path_factory.mktemp("small")
    return folder / "out", made(90, folder)


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, na.Tables]:
    folder = tmp_path_factory.mktemp("large")
    return folder / "out", made(420, folder)


def test_up_to_a_hundred_articles_all_is_the_same(small: tuple[Path, na.Tables]) -> None:
    folder, tables = small
    parts = na.open_dataset(folder)
    assert parts.count > 1
    pd.testing.assert_frame_equal(partitioned.naming(parts), na.naming(tables))
    pd.testing.assert_frame_equal(partitioned.hedging(parts), na.hedging(tables))
    pd.testing.assert_frame_equal(partitioned.keyness(parts), na.keyness(tables.articles, by="outlet"))


@pytest.mark.parametrize("comparison", ["naming", "hedging"])
def test_beyond_counts_are_the_same_and_intervals_nearly(comparison: str, large: tuple[Path, na.Tables]) -> None:
    folder, tables = large
    one = getattr(partitioned, comparison)(na.open_dataset(folder))
    other = getattr(na, comparison)(tables)
    ends = ["low", "high"]
    pd.testing.assert_frame_equal(one.drop(columns=ends), other.drop(columns=ends))
    gap = (one[ends] - other[ends]).abs().max(axis=1)
    width = (other["high"] - other["low"]).fillna(0)
    assert (gap.fillna(0) <= 0.35 * width + 1e-9).all()
    assert len(one)


def test_words_of_a_large_dataset_in_two_processes(large: tuple[Path, na.Tables]) -> None:
    folder, tables = large
    pd.testing.assert_frame_equal(partitioned.keyness(na.open_dataset(folder), workers=2), na.keyness(tables.articles, by="outlet"))


def test_a_dataset_in_which_nothing_was_found_gives_typed_empty_tables(tmp_path: Path) -> None:
    (tmp_path / "news").mkdir()
    na.extract_dataset(tmp_path / "news", tmp_path / "out")
    parts = na.open_dataset(tmp_path / "out")
    assert partitioned.naming(parts).empty
    assert partitioned.hedging(parts).empty
    assert partitioned.keyness(parts).empty


def test_some_outlets_and_some_time_are_taken_out(large: tuple[Path, na.Tables]) -> None:
    folder, tables = large
    parts = na.open_dataset(folder)
    for asked in ({"outlets": ["النهر"], "since": "2020-03", "until": "2020-04"}, {}):
        some, expected = parts.only(**asked), tables.only(**asked)  # type: ignore[arg-type]
        for name in ("articles", "statements", "mentions", "dates", "problems"):
            pd.testing.assert_frame_equal(getattr(some, name), getattr(expected, name))
    with pytest.raises(InputError, match="no article is by the outlet 'غيرها'"):
        parts.only(outlets=["غيرها"])
