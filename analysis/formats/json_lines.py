"""JSON Lines: an article a line, plain or compressed by gzip.

>>> [record.values["text"] for record in read_json_lines(io.BytesIO(b'{"body": "..."}')) if isinstance(record, Record)]
['...']
"""

from __future__ import annotations

import codecs
import gzip
import io
import json
import math
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, cast

from analysis.formats import limits
from analysis.formats.encodings import decode
from analysis.formats.records import Fault, Record, by_field, one_line


def read_json_lines(handle: IO[bytes], most: float = math.inf) -> Iterator[Record | Fault]:
    """JSON Lines: an article a line; a broken line is a fault, the rest is read. `handle` can be rewound.

    No more than `most` bytes are read: a small file that is packed well enough would fill any memory.
    """
    number, seen = 0, False
    try:
        start = handle.read(4096)
        if is_wide(start):
            whole = start + handle.read(int(min(most, limits.LONGEST_WIDE)))
            if len(whole) > most:
                raise TooLargeError
            if len(whole) > limits.LONGEST_WIDE:
                yield Fault(None, f"the file is UTF-16 and larger than {limits.LONGEST_WIDE // 2**20} MiB; save it as UTF-8")
                return
            text, fault = decode(whole)
            if fault is not None:
                yield Fault(None, fault)
            handle = io.BytesIO((text or "").encode("utf-8", "replace"))
            if text is None:
                return
        handle.seek(0)
        for number, raw in numbered_lines(handle, most):
            if raw is not None and not raw.strip():
                continue
            if not seen and raw is not None and opens_value(raw):
                yield Fault(None, "it is one JSON value over many lines; JSON Lines has each article on a line of its own")
                return
            yield from from_line(number, raw)
            seen = True
    except UNPACKING as error:
        yield Fault(number + 1, packed_badly(error))
        return
    if not seen:
        yield Fault(None, "the file is empty; remove it or fetch it again")


def is_wide(start: bytes) -> bool:
    """Whether a file that starts so has characters of two or four bytes: JSON has no NUL but there."""
    return b"\x00" in start or start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))


def opens_value(line: bytes) -> bool:
    """Whether a value over many lines begins on a line, which JSON Lines has not."""
    return line.strip() in (b"[", b"{")


class TooLargeError(Exception):
    """More bytes came than may be read."""


UNPACKING = (TooLargeError, EOFError, zlib.error, gzip.BadGzipFile)  # what reading a compressed file raises


def packed_badly(error: BaseException) -> str:
    """What a problem says of one of `UNPACKING`."""
    if isinstance(error, TooLargeError):
        return f"the file grows to more than {limits.EXPANSION} times its size, and was read no further; unpack it yourself"
    return f"the compressed data breaks off or is damaged here ({one_line(error)}); fetch the file again"


def numbered_lines(handle: IO[bytes], most: float = math.inf) -> Iterator[tuple[int, bytes | None]]:
    """The lines with their numbers from 1; None for one that is too long to hold. Raises `TooLargeError` beyond `most` bytes."""
    number, size = 0, 0
    while raw := handle.readline(limits.LONGEST + 1):
        number += 1
        size += len(raw)
        kept = len(raw) <= limits.LONGEST
        if kept:
            yield number, raw.removeprefix(codecs.BOM_UTF8) if number == 1 else raw
        while not kept and raw and not raw.endswith(b"\n"):
            raw = handle.readline(limits.LONGEST)
            size += len(raw)
            if size > most:
                break
        if size > most:
            raise TooLargeError
        if not kept:
            yield number, None


def from_line(number: int, raw: bytes | None) -> Iterator[Record | Fault]:
    """The record of a line of JSON, or why it gives none, or both; none for a blank line. None is one too long to hold."""
    if raw is None:
        yield Fault(number, f"the line is longer than {limits.LONGEST // 2**20} MiB; split it into articles")
    elif raw.strip():
        yield from _from_json(number, raw)


def _from_json(number: int, raw: bytes) -> Iterator[Record | Fault]:
    try:
        text: str | None = raw.decode("utf-8")
    except UnicodeDecodeError:
        text, fault = decode(raw)
        if fault is not None:
            yield Fault(number, fault)
    if text is None:
        return
    try:
        row = json.loads(text)
    except json.JSONDecodeError as error:
        yield Fault(number, f"the line is no JSON ({error.msg} at column {error.colno}); write one JSON object a line")
        return
    except (ValueError, RecursionError) as error:  # a number of thousands of digits, brackets nested thousands deep
        yield Fault(number, f"the line's JSON is beyond reading ({type(error).__name__}); write one flat JSON object a line")
        return
    if isinstance(row, dict):
        yield Record(number, by_field(row))
    else:
        yield Fault(number, f"the line is a JSON {_JSON_KINDS.get(type(row), 'value')}, no object; write one object an article")


_JSON_KINDS = {list: "array", str: "string", int: "number", float: "number", bool: "truth value", type(None): "null"}


def read_json_file(path: Path) -> Iterator[Record | Fault]:
    """A file of JSON Lines, plain or compressed by gzip."""
    if path.suffix.lower() != ".gz":
        with path.open("rb") as handle:
            yield from read_json_lines(handle)
        return
    with gzip.open(path, "rb") as unpacked:
        yield from read_json_lines(cast("IO[bytes]", unpacked), limits.most_unpacked(path.stat().st_size))
