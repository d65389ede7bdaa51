"""What the fuzzer feeds and what must hold: bytes in, an `AssertionError` or any other exception out where a promise is broken.

Three targets, each `check(data: bytes)`:

- `texts`: an article's text, made of the lexicon's own words, as news or at random, of marks, controls and raw bytes, read by every
  `find_*` or by the whole pipeline; every span must be its surface.
- `files`: a folder of files of every format; every file must be an article or a problem, under an id of its own.
- `values`: one value, as dates of publication and numbers come; what is read must be a value that a table can hold.

None of them may take longer than `allowed(size)`. They need no fuzzer: the tests call them with cases and with hypothesis.

>>> texts("قال المتحدث إن الدعم بلغ 33 مليون دولار.".encode())
"""

from __future__ import annotations

import gzip
import io
import json
import math
import os
import re
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from analysis import lexicon

_PER_KILOBYTE = 0.050  # seconds of processor time
_CONSTANT = 0.100  # what a call costs whatever it is given: making typed tables, a page's parser
_MOST_WORDS = 150

# What breaks readers of text: line ends, controls, marks that are left out, half characters, quote marks, numbers at the edges.
EDGES = (
    *("\n", "\r\n", "\r", "\n\n", "\t", "\v", "\f", "\x00", "\x1b[2J", "\x7f", "\x85", "\u2028", "\u2029", "\ufeff", "\ufffe"),
    *(chr(code) for code in (*range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x61C, 0xAD, 0x640, 0x64B)),
    *("\ud800", "\udfff", "\U0010ffff", "\U000e0001", "\U0001d7d9", "İ", "ß", "ﬁ", "ﷺ", "ﻻ", "e\u0301"),
    *('"', "«", "»", "“", "”", "„", "'", "‘", "(", ")", "[", "]", "{", "}", "<", ">", "&", ":", "؛", "،", ".", "...", "…", "؟"),
    *("-", "–", "—", "_", "/", "\\", "|", "*", "#", "%", "٪", "$", "€", "£", "+", "=", "@", "~", "^", "`", "°", "½", "²"),
    *("0", "7", "٣", "۵", "12", "32", "1441", "2020", "0000", "110.000", "1,200", "3,5", "4ر29", "٬", "٫", "9" * 40, "1e999"),
    *("32 آذار", "30 شباط", "29 فبراير 2019", "31/13/2020", "0000-00-00", "25:61", "13 محرم 1599", "سنة 0", "القرن 999"),
    *("و", "ف", "ب", "ل", "ك", "ال", "لل", "وال", "بال", "ـه", "ها", "هم", "ة", "ا", "إن", "أن", "بأن", "على", "من", "في", "إلى"),
)  # fmt: skip


@cache
def words() -> tuple[str, ...]:
    """Every Arabic phrase of the lexicon, and the edges twice over: what structured inputs are made of."""
    names = sorted(path.stem for path in Path(lexicon.__file__ or "").parent.glob("*.toml"))
    found = {each for name in names for each in _strings(lexicon.read(name)) if re.search("[\u0621-\u064a]", each)}
    return (*sorted(found), *EDGES, *EDGES)


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from (found for each in (*value.keys(), *value.values()) for found in _strings(each))
    elif isinstance(value, list):
        yield from (found for each in value for found in _strings(each))


@cache
def parts_of_speech() -> tuple[tuple[str, ...], ...]:
    """What sentences that attribute are made of, kind by kind: a salad of these has the density of news, and its dead ends."""
    from analysis.extract.statements.vocabulary.forms import forms

    cues, titles = lexicon.read("cues"), lexicon.read("titles")
    particles, according = cues["particles"], cues["according"]
    lists = ("roles", "ranks", "bodies", "media", "documents", "people", "anonymous", "places")
    numbers = sorted(each for name in ("numbers", "months", "currencies", "times") for each in _strings(lexicon.read(name)))
    return (
        tuple(sorted(forms())),
        tuple(each for name in lists for each in titles[name]),
        tuple(titles["given"]),
        tuple(particles["that"]),
        tuple(sorted({each for each in _strings(particles) if " " not in each})),
        tuple(sorted(_strings(according))),
        tuple(each for each in numbers if re.search("[\u0621-\u064a]", each)),
        ("،", ".", ":", "«", "»", '"', "“", "”", "\n", "(", ")", "؟", "..", "-", "؛", "\n\n"),
        tuple(titles["authored"]),
    )


_PROCLITICS = ("", "", "", "ال", "ال", "ال", "لل", "ل", "ب", "بال", "و", "وال", "وب", "ول", "فال", "ك")


def sentences(data: bytes) -> str:
    """Three bytes a word: which kind, what is written on it, which word.

    >>> sentences(bytes(6)).split()[0] == sentences(bytes(3))
    True
    """
    kinds, made = parts_of_speech(), []
    for at in range(0, min(len(data) - 2, 3 * _MOST_WORDS), 3):
        kind, before, which = data[at : at + 3]
        known = kinds[kind % len(kinds)]
        made.append(_PROCLITICS[before % len(_PROCLITICS)] + known[(which + 256 * (kind // len(kinds)) + 7 * before) % len(known)])
    return " ".join(made)


def text_of(data: bytes) -> str:
    """Bytes as text: as they are decoded, as `sentences`, or two bytes a word of the lexicon, with raw characters in between.

    >>> text_of(b"").encode(), len(text_of(b"\\x01" + bytes(20)).split()) >= 10
    (b'', True)
    """
    kind, rest = data[:1], data[1:]
    if not kind or kind[0] >= 0x20:
        return data.decode("utf-8", "surrogateescape")
    if kind[0] >= 0x10:
        return sentences(rest)
    known, made = words(), []
    stream = io.BytesIO(rest)
    while (pair := stream.read(2)) and len(made) < _MOST_WORDS:
        at = int.from_bytes(pair, "big")
        if at >= 0xF000:  # raw bytes between the words
            made.append(stream.read(at % 16).decode("utf-8", "surrogateescape"))
        elif at >= 0xE000:  # one piece many times over: nesting and runs
            made.append(known[at % len(known)] * (at % 7 + 2))
        else:
            made.append(known[at % len(known)])
    return ("", " ", " ", " ")[kind[0] % 4].join(made)


def allowed(size: int) -> float:
    """The seconds of processor time that an input of `size` bytes may take."""
    return _CONSTANT + _PER_KILOBYTE * max(1.0, size / 1024)


def _in_time(size: int, call: Callable[[], Any]) -> Any:
    """What `call` returns; another try where it took too long, for a busy machine and the collector of garbage are no fault."""
    spent = math.inf
    for _ in range(3):
        began = time.thread_time()
        found = call()
        spent = min(spent, time.thread_time() - began)
        if spent <= allowed(size):
            return found
    raise AssertionError(f"{size} bytes took {spent:.3f} s, more than the {allowed(size):.3f} s allowed")


# ---------------------------------------------------------------------------------------------------------------------------- texts

_PUBLISHED = (None, datetime(2020, 4, 7), datetime(1, 1, 1), datetime(9999, 12, 31, 23, 59), datetime(2020, 2, 29))
_COUNTRIES = (None, "SY", "IQ", "QA", "xx", "")


def texts(data: bytes) -> None:
    """Read one text whole, or by one of the public functions; which one the length decides."""
    text = text_of(data)
    turn = len(data)
    size = len(text.encode("utf-8", "surrogatepass"))
    if turn % 4:
        title = text[: turn % 50] if turn % 3 == 0 else None
        rows = _in_time(size, lambda: _whole(text, title, _PUBLISHED[turn % 5], _COUNTRIES[turn % 6]))
    else:
        rows = _in_time(size, lambda: _one(text, turn // 4))
    check_spans(text, rows)


def _whole(text: str, title: str | None, published: datetime | None, country: str | None) -> list[Any]:
    from analysis.extract.pipeline import read

    return [row for table in read(text, title=title, published=published, country=country) for row in table]


def _one(text: str, turn: int) -> list[Any]:
    import analysis as na

    na.parse_number(text)
    find: tuple[Callable[[], list[Any]], ...] = (
        lambda: na.find_numbers(text),
        lambda: na.find_amounts(text, country=_COUNTRIES[turn % 6]),
        lambda: na.find_dates(text, published=_PUBLISHED[turn % 5]),
        lambda: na.find_statements(text),
        lambda: na.find_mentions(text),
        lambda: na.find_hedges(text),
        lambda: na.find_blocks(text),
    )
    return find[turn % len(find)]()


def check_spans(text: str, rows: list[Any]) -> None:
    """Every span lies in the text and is its surface; so are a statement's cue and source."""
    for row in rows:
        assert 0 <= row.start <= row.end <= len(text), row
        assert text[row.start : row.end] == row.text, row
        for part in ("cue", "source"):
            surface = getattr(row, part, None)
            if surface is not None:
                start, end = getattr(row, f"{part}_start"), getattr(row, f"{part}_end")
                assert 0 <= start <= end <= len(text), row
                assert text[start:end] == surface, row
        for field in ("value", "low", "high"):
            number = getattr(row, field, None)
            assert not isinstance(number, float) or not math.isnan(number), row


# ---------------------------------------------------------------------------------------------------------------------------- files

SUFFIXES = (".txt", ".html", ".htm", ".jsonl", ".ndjson", ".jsonl.gz", ".csv", ".parquet", ".csv", ".jsonl")
_FIELDS = ("text", "id", "title", "published", "outlet", "url", "body", "source", "date", "Text", "\ufefftext", "junk", "")


def files(data: bytes) -> None:
    """Read a folder of one to three files, and a metadata.csv from time to time; then what was read, once more."""
    import warnings

    from analysis.articles import read_articles

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        folder = _folder()
        try:
            written = _write(folder, data)
            articles = _in_time(sum(path.stat().st_size for path in folder.iterdir()), lambda: read_articles(folder))
        finally:
            for path in folder.iterdir():
                path.unlink()
    problems = articles.attrs["problems"]
    told = {each["path"] for each in problems}
    assert set(articles["path"]) | told >= written, (written, told)
    assert articles["article_id"].is_unique
    for name in ("article_id", "outlet", "title", "url", "path", "text"):
        "".join(articles[name].dropna()).encode("utf-8")  # what no table can hold raises
    for each in problems:
        assert each["reason"], each
        assert "\n" not in each["reason"], each
        assert len(each["reason"]) < 500, each
        each["reason"].encode("utf-8")


@cache
def _folder() -> Path:
    memory = Path("/dev/shm")  # noqa: S108 - a disk would wear, and is slower
    folder = Path(tempfile.mkdtemp(prefix="fuzz-", dir=memory if memory.is_dir() and os.access(memory, os.W_OK) else None))
    import atexit

    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def _write(folder: Path, data: bytes) -> set[str]:
    parts = data.split(b"\xff\xfe\xfd", 2)
    written = set()
    for number, part in enumerate(parts):
        kind = part[0] if part else 0
        suffix = SUFFIXES[kind % len(SUFFIXES)]
        name = f"{number}{suffix}"
        (folder / name).write_bytes(_content(suffix, kind // len(SUFFIXES), part[1:]))
        written.add(name)
    if len(data) % 8 == 7:
        (folder / "metadata.csv").write_bytes(b"article_id,outlet,published,url\n0," + parts[-1].replace(b"\n", b",", 3))
    return written


def _content(suffix: str, shape: int, rest: bytes) -> bytes:
    """A file's bytes: as given, or the format's own form around them, so that the reader gets past its first look."""
    text = text_of(rest).encode("utf-8", "replace").decode("utf-8")
    if shape % 3 == 0:
        return rest
    if suffix in (".html", ".htm"):
        return _page(text, shape)
    if suffix.startswith((".jsonl", ".ndjson")):
        lines = [json.dumps(row, ensure_ascii=shape % 2 == 0) for row in _rows(text)]
        content = "\n".join(lines).encode("utf-8", "surrogatepass")
        return gzip.compress(content, 1)[: None if shape % 2 else -5] if suffix.endswith("gz") else content
    if suffix == ".csv":
        mark = ",;\t|"[shape % 4]
        return "\n".join([mark.join(("id", "text", "title", "date")), *text.split("\x00")]).encode("utf-8", "surrogatepass")
    if suffix == ".parquet":
        return _parquet(text)
    return text.encode(("utf-8", "utf-16", "cp1256")[shape % 3], "replace")


def _page(text: str, shape: int) -> bytes:
    nest = shape % 5 * 40
    body = "".join(f"<p>{line}</p>" for line in text.split("\n"))
    head = f'<title>{text[:40]}</title><meta property="article:published_time" content="{text[-30:]}">'
    return f"<html><head>{head}</head><body>{'<div>' * nest}{body}{'</div>' * nest}</body></html>".encode("utf-8", "surrogatepass")


def _rows(text: str) -> Iterator[dict[str, object]]:
    for number, line in enumerate(text.split("\n")):
        values = line.split(" ")
        row: dict[str, object] = {_FIELDS[(len(each) + at) % len(_FIELDS)]: each for at, each in enumerate(values[:6])}
        row["text"] = (line, line, None, number, float("nan"), [line], {"x": line})[len(line) % 7]
        yield row


def _parquet(text: str) -> bytes:
    import pyarrow as pa
    from pyarrow import parquet

    sink = io.BytesIO()
    rows = list(_rows(text))
    columns = {name: [str(row.get(name)) if row.get(name) is not None else None for row in rows] for name in ("text", "id", "date")}
    parquet.write_table(pa.table(columns), sink)
    made = bytearray(sink.getvalue())
    if len(text) % 3 == 0:  # one byte changed, the length says where
        made[len(text) * 7919 % len(made)] ^= 0xFF
    return bytes(made)


# --------------------------------------------------------------------------------------------------------------------------- values


def values(data: bytes) -> None:
    """Read one value as a date of publication, as a number, and as the bytes of a text."""
    from analysis.extract.numbers import parse_number
    from analysis.formats.encodings import decode
    from analysis.formats.records import as_text
    from analysis.formats.separated import csv_rows
    from analysis.published import published

    text = text_of(data)
    size = len(text.encode("utf-8", "surrogatepass"))
    moment = _in_time(size, lambda: published(text))
    assert moment is None or (1800 <= moment.year < 2200 and moment.tzinfo is None), moment
    number = _in_time(size, lambda: parse_number(text))
    assert number is None or number == number, number
    decoded = _in_time(len(data), lambda: decode(data))
    assert (decoded.text is None) <= (decoded.fault is not None)
    assert as_text(text) == text
    for line, row in _in_time(size, lambda: csv_rows(text)):
        assert line >= 1
        assert isinstance(row, str | dict)


TARGETS: dict[str, Callable[[bytes], None]] = {"texts": texts, "files": files, "values": values}
