"""Corpora too large to look at one by one: claims and ledger of a dataset, samples, and reports over both."""

from __future__ import annotations

import json
import random
import re
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd
import pytest

import analysis as na
from analysis.compare import partitioned
from analysis.compare.claims import claim_pairs, claims_and_denials
from analysis.compare.columns import frame
from analysis.compare.stretches import claim_parts
from analysis.compare.sums import ledger_parts
from analysis.corpus import days_of, open_part
from analysis.errors import InputError
from analysis.report import Story, words

if TYPE_CHECKING:
    from analysis.dataset import Dataset

TOPICS = ("المدارس الجديدة", "محطة المياه", "سوق الخضار", "الجسر القديم", "مستشفى الأطفال", "شبكة الكهرباء", "مخيم النازحين")
DEEDS = ("ستفتح أبوابها", "أُغلقت بسبب العواصف", "تحتاج إلى ترميم عاجل", "انتقلت إلى الضفة الشرقية", "حصلت على دعم كامل")
PLACES = ("القامشلي", "الرقة", "منبج", "الطبقة", "الحسكة", "كوباني", "تل تمر", "عين عيسى", "الشدادي", "دير الزور", "المالكية")
SPEAKERS = ("سمير حداد", "ليلى منصور", "فارس العلي", "هدى سليمان")
OUTLETS = ("الدار", "النهر", "الميزان", None)


def article(number: int, a_day: int = 4) -> dict[str, str]:
    """An article that tells some of the claims of its days, in its own order of words, with sums of its own."""
    chance = random.Random(number)
    lines = []
    for _ in range(3):
        claim = random.Random(f"claim {number // a_day // 2 * 3 + chance.randrange(5)}")
        topic, deed, place, speaker = (claim.choice(each) for each in (TOPICS, DEEDS, PLACES, SPEAKERS))
        rest = chance.choice((f"{deed} في {place}", f"في {place} {deed}"))
        lines.append(f"وقال {speaker} إن {topic} {rest} خلال {claim.randint(2, 30)} يوماً.")
    lines.append(
        f"وخصصت البلدية {chance.choice((2, 3, 4, 4.3, 7))} مليون دولار لترميم {chance.choice(TOPICS)} في {chance.choice(PLACES)}."
    )
    outlet = chance.choice(OUTLETS)
    day = pd.Timestamp("2019-01-01") + pd.Timedelta(days=number // a_day)
    dated = {"date": f"{day:%Y-%m-%d}"} if number % 41 else {}
    return {"id": f"n{number:04}", "text": "\n\n".join(lines), **dated, **({"outlet": outlet} if outlet else {})}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A dataset of 240 articles in many parts, in no order of time."""
    place = tmp_path_factory.mktemp("scale")
    numbers = list(range(240))
    random.Random(0).shuffle(numbers)
    lines = (json.dumps(article(number), ensure_ascii=False) for number in numbers)
    (place / "news.jsonl").write_text("\n".join(lines), encoding="utf-8")
    na.extract_dataset(place / "news.jsonl", place / "tables", shard_size=20_000)
    return place / "tables"


@pytest.fixture(scope="module")
def dataset(folder: Path) -> Dataset:
    return na.open_dataset(folder)


@pytest.fixture(scope="module")
def tables(folder: Path) -> na.Tables:
    return na.load_tables(folder)


# ----------------------------------------------------------------------------------------------------------------------- ledger


def test_the_ledger_of_a_dataset_is_that_of_its_tables(dataset: Dataset, tables: na.Tables) -> None:
    expected = na.ledger(tables)
    assert expected["conflict"].any()
    assert not expected["conflict"].all()
    pd.testing.assert_frame_equal(na.ledger(dataset), expected)


@pytest.mark.parametrize("range_size", [1, 40])
def test_in_whatever_ranges_it_is_read(range_size: int, dataset: Dataset, tables: na.Tables) -> None:
    parts = list(ledger_parts(dataset, range_size=range_size))
    pd.testing.assert_frame_equal(pd.concat(parts, ignore_index=True), na.ledger(tables))


def test_figures_are_compared_with_those_below_however_many_go_at_once(monkeypatch: pytest.MonkeyPatch, tables: na.Tables) -> None:
    expected = na.ledger(tables)
    monkeypatch.setattr("analysis.compare.ledger._AT_ONCE", 7)
    pd.testing.assert_frame_equal(na.ledger(tables), expected)


def test_words_that_get_their_numbers_anew_are_the_same_words(monkeypatch: pytest.MonkeyPatch, tables: na.Tables) -> None:
    monkeypatch.setattr("analysis.compare.ledger._AT_ONCE", 7)
    monkeypatch.setattr("analysis.compare.ledger._NEXT", 20)
    expected = na.ledger(tables)
    assert expected["conflict"].any()
    monkeypatch.setattr("analysis.compare.ledger._NUMBERED", 1)
    pd.testing.assert_frame_equal(na.ledger(tables), expected)


# ----------------------------------------------------------------------------------------------------------------------- claims


def test_claims_of_up_to_two_stretches_are_those_of_the_tables(dataset: Dataset, tables: na.Tables) -> None:
    expected = na.claims(tables)
    assert expected["score"].notna().any()
    pd.testing.assert_frame_equal(na.claims(dataset), expected)


def together(claims: pd.DataFrame) -> set[frozenset[tuple[str, int]]]:
    """Pairs of statements that are in one claim."""
    members: dict[int, set[tuple[str, int]]] = {}
    for claim, article_id, number in zip(*(claims[name].tolist() for name in ("claim", "article_id", "statement")), strict=True):
        members.setdefault(claim, set()).add((article_id, number))
    return {frozenset(pair) for each in members.values() for pair in combinations(sorted(each), 2)}


@pytest.mark.parametrize("workers", [1, 2])
def test_claims_read_in_stretches_are_nearly_the_same(workers: int, dataset: Dataset, tables: na.Tables) -> None:
    parts = list(claim_parts(dataset, stretch=40, workers=workers))
    assert len(parts) > 5
    found = pd.concat(parts, ignore_index=True)
    assert found.dtypes.to_dict() == na.claims(tables).dtypes.to_dict()
    statements = {(row.article_id, row.statement) for row in tables.statements.itertuples()}
    assert {(row.article_id, row.statement) for row in found.itertuples()} == statements  # none is lost
    assert not found.duplicated(["claim", "article_id", "statement"]).any()
    assert sorted(found["claim"].unique()) == list(range(found["claim"].nunique()))  # counted without gaps
    firsts = found.drop_duplicates("claim")
    assert firsts["claim"].is_monotonic_increasing  # in order of their first report
    one, other = together(found), together(na.claims(tables))
    assert len(one & other) >= 0.9 * len(one)
    days = dict(zip(tables.articles["article_id"], tables.articles["published"].dt.day_of_year, strict=True))
    near = {pair for pair in other if abs(days[min(pair)[0]] - days[max(pair)[0]]) < 14}
    assert len(one & near) >= 0.9 * len(near)


def test_no_chain_of_stretches_glues_claims(tmp_path: Path) -> None:
    """A claim that is silent for a whole stretch is another one; one that is told in each of them goes on."""
    told = []
    for day in range(30):
        at = f"2020-01-{day + 1:02}"
        told.append(("always", at, "قال سمير حداد إن محطة المياه في الرقة ستفتح أبوابها الشهر القادم."))
        if day in (0, 29):
            told.append(("twice", at, "قالت ليلى منصور إن مستشفى الأطفال في منبج يحتاج إلى أطباء جدد."))
    lines = (json.dumps({"id": f"{name}{at}", "date": at, "text": text}, ensure_ascii=False) for name, at, text in told)
    (tmp_path / "news.jsonl").write_text("\n".join(lines), encoding="utf-8")
    na.extract_dataset(tmp_path / "news.jsonl", tmp_path / "tables")
    found = partitioned.claims(na.open_dataset(tmp_path / "tables"), stretch=4)
    by_name = found.assign(name=found["article_id"].str[:-10]).groupby("name")["claim"].nunique()
    assert by_name.to_dict() == {"always": 1, "twice": 2}
    assert (found.groupby("claim")["article_id"].nunique() == [30, 1, 1]).all()


def test_a_stretch_is_a_number_of_articles(dataset: Dataset) -> None:
    with pytest.raises(InputError, match="`stretch` value = 0 is invalid"):
        next(claim_parts(dataset, stretch=0))
    with pytest.raises(InputError, match="`range_size` value = 0 is invalid"):
        next(ledger_parts(dataset, range_size=0))


def test_a_dataset_without_a_statement_gives_typed_empty_tables(tmp_path: Path) -> None:
    (tmp_path / "news").mkdir()
    na.extract_dataset(tmp_path / "news", tmp_path / "out")
    for made, expected in ((na.claims, "claims"), (na.ledger, "ledger")):
        table = made(na.open_dataset(tmp_path / "out"))
        assert table.empty
        pd.testing.assert_frame_equal(table, frame(expected, {}))


def test_denials_are_the_opposed_pairs(tables: na.Tables) -> None:
    found, denials = claims_and_denials(tables)
    pairs = claim_pairs(tables)
    pd.testing.assert_frame_equal(found, na.claims(tables))
    pd.testing.assert_frame_equal(denials, pairs[pairs["opposed"]].reset_index(drop=True))


# ----------------------------------------------------------------------------------------------------------------------- samples


def test_a_sample_has_whole_days_spread_over_the_time() -> None:
    days = pd.Series(pd.to_datetime(["2020-01-01"] * 50 + ["NaT"])).repeat(20).reset_index(drop=True)
    days = days + pd.to_timedelta([at // 10 for at in range(len(days))], unit="D")
    kept, sample = days_of(days, 200)
    assert sample.of == len(days)
    assert sample.articles == kept.sum() <= 200
    assert len(sample.days) == 2 or len(sample.days) == 3
    inside = sum((days >= first) & (days < last + pd.Timedelta(days=1)) for first, last in sample.days)
    assert (kept == (inside > 0)).all()  # all of those days, and nothing else
    assert (days_of(days, 200)[0] == kept).all()


@pytest.mark.parametrize("published", [["NaT"] * 9, ["2020-05-01"] * 9])
def test_without_dates_or_within_one_day(published: list[str]) -> None:
    kept, sample = days_of(pd.Series(pd.to_datetime(published)), 4)
    assert kept.sum() == (4 if published[0] == "NaT" else 9)
    for language in ("ar", "en"):
        assert words.sampled("claims", sample, language)


def test_tables_of_a_part_are_those_of_its_articles(folder: Path, tables: na.Tables) -> None:
    part = open_part(tables=folder, most=100)
    assert part.sample is not None
    kept, sample = days_of(tables.articles["published"], 100)
    assert part.sample == sample
    expected = tables.of_articles(kept)
    for name in ("articles", "statements", "amounts", "hedges", "problems"):
        pd.testing.assert_frame_equal(getattr(part.tables, name), getattr(expected, name))
        assert part.tables.size(name) == len(getattr(expected, name))
    assert open_part(tables=folder, most=240).sample is None


def test_a_view_counts_what_was_chosen(dataset: Dataset, tables: na.Tables) -> None:
    asked = {"outlets": ["النهر", "الدار"], "since": "2019-02", "until": "2019-03"}
    some = tables.only(**asked)  # type: ignore[arg-type]
    view = dataset.view(**asked)
    assert view.rows["statements"] == len(some.statements)
    pd.testing.assert_frame_equal(na.ledger(view), na.ledger(some))
    pd.testing.assert_frame_equal(na.naming(view).drop(columns=["low", "high"]), na.naming(some).drop(columns=["low", "high"]))


@pytest.mark.parametrize("language", ["ar", "en"])
def test_a_report_names_its_sample(language: str, folder: Path) -> None:
    story = Story("claims", language=language)
    corpus = story.open(tables=str(folder), most=100)
    assert len(corpus.articles) <= 100
    said = story.title().text.splitlines()[-1]
    assert ("عيّنة من" if language == "ar" else "A sample of") in said
    assert len(re.findall("من [0-9٠-٩]+|from ", said)) >= 1
    whole = Story("claims", language=language)
    whole.open(tables=str(folder))
    assert "sample" not in whole.title().text
    assert "عيّنة" not in whole.title().text
