"""Names of actors: which, by what name, in whose voice; cases in tests/cases/mentions.jsonl."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.errors import InputError
from analysis.extract.mentions import find_mentions, load_actors, scan_mentions
from analysis.extract.names import KINDS
from analysis.extract.quotes import Quote, scan_quotes
from analysis.extract.statements import Statement
from analysis.lexicon import read
from analysis.schema import STANCES, VOICES
from analysis.text import fold

HERE = Path(__file__).parent


def cases() -> list[Any]:
    lines = (HERE / "cases" / "mentions.jsonl").read_text(encoding="utf-8").splitlines()
    return [
        pytest.param(
            case, id=f"{case['group']}: {case['label']}", marks=[pytest.mark.xfail(reason=case["xfail"])] if "xfail" in case else []
        )
        for case in map(json.loads, lines)
    ]


@pytest.mark.parametrize("case", cases())
def test_names(case: dict[str, Any]) -> None:
    doc = fold(case["text"])
    found = scan_mentions(doc, scan_quotes(doc), [], load_actors())
    assert [f"{each.actor}:{each.stance}:{each.text}" + ":quoted" * each.quoted for each in found] == case["names"]


def said(start: int, end: int, kind: str, text: str) -> Statement:
    return Statement(start, end, text[start:end], kind, "قال", 0, 3, "قال", "neutral", None, None, None, None, False, 1.0, "test")


def voices(text: str, *statements: tuple[str, str]) -> list[str]:
    doc = fold(text)
    rows = [said(text.index(content), text.index(content) + len(content), kind, text) for content, kind in statements]
    return [each.voice for each in scan_mentions(doc, scan_quotes(doc), rows, load_actors())]


def test_outside_any_statement_the_narrator_speaks() -> None:
    assert voices("انسحبت قسد من البلدة") == ["narrator"]


def test_in_reported_speech_it_is_paraphrase() -> None:
    assert voices("قالت قسد إن تركيا انسحبت", ("إن تركيا انسحبت", "indirect")) == ["narrator", "paraphrase"]


def test_in_direct_speech_it_is_quotation() -> None:
    assert voices("قال: «لن تنسحب تركيا اليوم»", ("لن تنسحب تركيا اليوم", "direct")) == ["quotation"]


def test_a_quoted_clause_within_reported_speech_is_quotation() -> None:
    text = "قال إن قسد «لن تترك تركيا تعبر»"
    assert voices(text, ("إن قسد «لن تترك تركيا تعبر", "mixed")) == ["paraphrase", "quotation"]


def test_quote_marks_of_the_name_are_no_quotation() -> None:
    text = "قال إن «قوات سوريا الديمقراطية» باقية"
    assert voices(text, ("إن «قوات سوريا الديمقراطية» باقية", "indirect")) == ["paraphrase"]


def test_a_long_quotation_is_speech_without_a_statement_and_a_short_one_is_a_title() -> None:
    assert voices("«لن نسمح لأحد بأن يمنع تركيا من العبور إلى هناك»") == ["quotation"]
    assert voices("فيلم «ليل تركيا الطويل» يعرض غداً") == ["narrator"]


def test_a_name_within_direct_speech_nested_in_reported_speech_is_quotation() -> None:
    text = "ذكر أن المتحدث قال: «تركيا باقية هنا»"
    assert voices(text, ("أن المتحدث قال: «تركيا باقية هنا", "mixed"), ("تركيا باقية هنا", "direct")) == ["quotation"]


WORDS = """التحالف الدولي ضد داعش قسد مليشيا «قسد» ق.وات سوريا الديمقراطية لل وللتحالف ( ) “ ” " . قـ.ـسد النظام تنظيم الدولة قَسَد
الانفصالية في دمشق"""
words = st.sampled_from([*WORDS.split(), "\n", "\u200f"])


@given(st.lists(words, max_size=12).map(" ".join) | st.lists(words, max_size=9).map("".join) | st.text(max_size=40))
def test_spans_are_the_words(text: str) -> None:
    doc = fold(text)
    found = scan_mentions(doc, scan_quotes(doc), [], load_actors())
    actors = load_actors()
    for each in found:
        assert text[each.start : each.end] == each.text
        assert each.text.strip() == each.text != ""
        assert each.stance in STANCES
        assert each.voice in VOICES
        assert actors.kind(each.actor) in KINDS
    assert found == sorted(found, key=lambda each: (each.start, -each.end))


def test_never_raises_on_impossible_quotations() -> None:
    doc = fold("قسد")
    assert scan_mentions(doc, [Quote(0, 3, 0, 3), Quote(0, 3, 3, 3)], [], load_actors())


@pytest.mark.parametrize(
    "text",
    [
        "قسد " * 80_000,
        "د.اعش" * 70_000,
        "ا.ب" * 100_000,
        "التحالف ضد " * 30_000,
        "النظام " * 50_000,
        "مليشيا " * 50_000,
        "ال" * 500_000,
    ],
)
def test_the_worst_takes_linear_time(text: str) -> None:
    doc = fold(text)
    started = time.process_time()
    scan_mentions(doc, [], [], load_actors())
    assert time.process_time() - started < 15


def test_every_actor_of_the_lexicon_is_found_by_every_label() -> None:
    actors = load_actors()
    for key, fields in read("actors")["actors"].items():
        full = next(label for stance in STANCES for label in fields.get(stance, []) if label not in fields.get("short", []))
        anchor = full if isinstance(full, str) else full[0]
        for stance in STANCES:
            for label in fields.get(stance, []):
                for spelling in [label] if isinstance(label, str) else label:
                    text = f"{anchor}؛ {spelling}"
                    doc = fold(text)
                    found = [each for each in scan_mentions(doc, [], [], actors) if each.actor == key]
                    assert (found[-1].end, found[-1].stance) == (len(text), stance), (key, spelling, found)


def test_display_names() -> None:
    actors = load_actors()
    assert (actors.display("sdf", "en"), actors.display("nobody", "ar")) == ("Syrian Democratic Forces", "nobody")


OWN = """
[actors.club]
ar = "نادي النهر"
en = "River Club"
neutral = ["نادي النهر", ["النادي"]]
hostile = ["عصبة النهر"]
short = ["النادي"]
"""


def own_file(folder: Path, content: str) -> Path:
    path = folder / "own.toml"
    path.write_text(content, encoding="utf-8")
    return path


def test_a_file_of_ones_own_replaces_the_actors(tmp_path: Path) -> None:
    found = find_mentions("فاز نادي النهر على قسد، وشكرت عصبة النهر النادي", actors=own_file(tmp_path, OWN))
    assert [(each.actor, each.label, each.stance) for each in found] == [
        ("club", "نادي النهر", "neutral"), ("club", "عصبه النهر", "hostile"), ("club", "النادي", "neutral"),
    ]  # fmt: skip


def test_a_changed_file_is_read_again(tmp_path: Path) -> None:
    path = own_file(tmp_path, OWN)
    assert find_mentions("نادي البحر", actors=path) == []
    path.write_text(OWN.replace("نادي النهر", "نادي البحر"), encoding="utf-8")
    import os

    os.utime(path, ns=(1, 1))
    assert find_mentions("نادي البحر", actors=path)


@pytest.mark.parametrize(
    ("content", "key", "remedy"),
    [
        ("", "no actors", "[actors.sdf]"),
        ("actors = 3", "no actors", "[actors.sdf]"),
        ("[actors.club\n", "no valid TOML", "quote marks"),
        ("[actors]\nclub = 3", "actors.club", "must be a table"),
        (OWN.replace("hostile", "evil"), "actors.club", "hostile"),
        (OWN.replace('hostile = ["عصبة النهر"]', "hostile = 3"), "actors.club.hostile", "list"),
        (OWN.replace('"عصبة النهر"', "3"), "actors.club.hostile", "string"),
        (OWN.replace('"عصبة النهر"', '"ع"'), "actors.club.hostile", "two letters"),
        (OWN.replace('short = ["النادي"]', 'short = ["القادي"]'), "actors.club.short", "add it"),
        (OWN + 'kind = "band"', "actors.club.kind", "armed"),
        (OWN + "against = 3", "actors.club.against", "words"),
        ('[actors.club]\nar = "أ"\nen = "B"\n', "actors.club", "at least one"),
        (OWN + '[actors.other]\nneutral = ["نادي النهر"]\n', "نادي النهر", "short"),
        (OWN + "[spellings]\nx = 3\n", "spellings.x", "list"),
    ],
)
def test_a_broken_file_is_said(tmp_path: Path, content: str, key: str, remedy: str) -> None:
    path = own_file(tmp_path, content)
    with pytest.raises(InputError) as raised:
        load_actors(path)
    for part in (str(path), key, remedy):
        assert part in str(raised.value)


def test_a_missing_or_unreadable_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such file"):
        load_actors(tmp_path / "none.toml")
    path = tmp_path / "bytes.toml"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(InputError, match="UTF-8"):
        load_actors(path)
    with pytest.raises(InputError, match="cannot be read"):
        load_actors(tmp_path)
