"""Tables with a separator, a header line and a row an article: CSV and its like, whole or cut between rows."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import IO

from analysis.formats import limits
from analysis.formats.encodings import BOMS, CONTROLS, KINDS, decode
from analysis.formats.records import NAMED, NO_TEXT, Fault, Record, column_name, has_text_column, in_table


def read_csv(path: Path) -> Iterator[Record | Fault]:
    """A table with a header line; the separator is the one (comma, semicolon, tab, bar) that makes sense of that line."""
    text, fault = decode(path.read_bytes())
    if fault is not None:
        yield Fault(None, fault)
    if text is None:
        return
    if not text.strip():
        yield Fault(None, "the file is empty; remove it or fetch it again")
        return
    named = False
    rows = csv_rows(text)
    if len(rows) < 2:  # none at all where it is quote marks or separators alone
        yield Fault(None, "the file has no rows below its header; add them or remove it")
    for line, row in rows:
        if isinstance(row, str):
            yield Fault(line, row)
        elif named:
            yield Record(line, in_table(row))
        elif has_text_column(row):
            named = True
        else:
            yield Fault(None, NO_TEXT)
            return


def csv_cuts(handle: IO[bytes], size: int) -> list[tuple[int, int]]:
    """Where a table can be cut between its rows: (bytes, lines) before each cut, the header's end first and the file's last.

    Raises `ValueError` or `csv.Error` where rows cannot be told apart without seeing the whole: by characters that are not UTF-8,
    by quote marks that never close, by line ends of several kinds; and where there are none, or no column of texts.

    >>> csv_cuts(io.BytesIO(b"id,text\\n1,a\\n2,b\\n3,c\\n"), 8)
    [(8, 1), (16, 3), (20, 4)]
    """
    start = handle.read(limits.SAMPLE)
    if CONTROLS.search(start) or start.startswith(tuple(sign for sign, _ in (*BOMS[1:], *KINDS))):
        raise ValueError("it is not UTF-8")
    handle.seek(0)
    at = lines = began = 0

    def each() -> Iterator[str]:
        nonlocal at, lines
        while raw := handle.readline(limits.LONGEST + 1):
            at += len(raw)
            lines += 1
            if at - began > limits.LONGEST or raw.count(b"\r") != raw.endswith(b"\r\n"):
                raise ValueError(
                    f"line {lines}: a row is longer than {limits.LONGEST // 2**20} MiB, or its lines end in several ways"
                )
            yield raw.decode("utf-8-sig" if lines == 1 else "utf-8")

    first = next((line for line in start.decode("utf-8-sig", "replace").split("\n") if line.strip("\r")), "")
    ends: list[tuple[int, int]] = []
    rows = 0
    limit = csv.field_size_limit(2**31 - 1)
    try:
        for values in csv.reader(each(), delimiter=_separator(first), strict=True):
            began = at
            if not any(value.strip() for value in values):
                continue
            rows += 1
            if rows == 1 and not has_text_column(values):
                raise ValueError(NO_TEXT)
            if rows == 1 or at - ends[-1][0] >= size:
                ends.append((at, lines))
    finally:
        csv.field_size_limit(limit)
    if rows < 2:
        raise ValueError("it has no rows below its header")
    return ends if ends[-1][0] == at else [*ends, (at, lines)]


def csv_rows(text: str) -> list[tuple[int, dict[str, object] | str]]:
    """The rows of a table with the lines they begin on, or why one cannot be read; the first is the header's, of empty values.

    >>> csv_rows("id,text\\n1,a\\n2,a,b\\n")[1:]
    [(2, {'id': '1', 'text': 'a'}), (3, 'the row has 3 values for 2 columns; put a text with commas in quote marks')]
    """
    limit = csv.field_size_limit(2**31 - 1)  # 128 KiB a value is the default: articles are longer
    try:
        return list(_csv_rows(text))
    finally:
        csv.field_size_limit(limit)


def _csv_rows(text: str) -> Iterator[tuple[int, dict[str, object] | str]]:
    separator = _separator(text)
    lines = io.StringIO(text, newline="").readlines()
    header: list[str] = []
    start = 0
    patience = 10 * len(text)  # characters read again after a quote mark that never closes: reading stays linear
    while start < len(lines):
        begin = start
        reader = csv.reader(islice(lines, begin, None), delimiter=separator)
        for values in reader:
            record = lines[start : begin + reader.line_num]
            if len(record) > 1 and not _well_quoted(record, separator):
                # The rows below were swallowed: say so, and read on from the next line.
                yield start + 1, "a quote mark in the row never closes; close it, or double it where it is part of the text"
                patience -= sum(map(len, record))
                start += 1
                break
            if any(value.strip() for value in values):
                yield start + 1, _row(header, values) if header else dict.fromkeys(values)
                header = header or values
            start += len(record)
        if patience < 0:
            yield start + 1, "too many quote marks never close; the file was not read from here on"
            return


def _row(header: Sequence[str], values: Sequence[str]) -> dict[str, object] | str:
    if any(value.strip() for value in values[len(header) :]):
        return f"the row has {len(values)} values for {len(header)} columns; put a text with commas in quote marks"
    return dict(zip(header, values, strict=False))


def _well_quoted(record: Sequence[str], separator: str) -> bool:
    """Whether the lines are one row, its quote marks closed where a value ends and doubled elsewhere."""
    try:
        list(csv.reader(record, delimiter=separator, strict=True))
    except csv.Error:
        return False
    return True


def _separator(text: str) -> str:
    line = text.lstrip("\r\n").split("\n", 1)[0]
    known = [sum(column_name(name) in NAMED for name in line.replace('"', "").split(mark)) for mark in ",;\t|"]
    return ",;\t|"[known.index(max(known))]
