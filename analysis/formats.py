"""Files into records: bytes to text, and text, HTML, JSON Lines, CSV and Parquet to one shape.

In goes a file, out come its `Record`s in order, and a `Fault` for every line, row or file that gives none.  No reader raises for
what a file contains, none opens another file or address, and nothing is unpickled.

>>> decode("خبر".encode("cp1256")).text
'خبر'
>>> [record.values["text"] for record in read_json_lines(io.BytesIO(b'{"body": "..."}')) if isinstance(record, Record)]
['...']
"""

from __future__ import annotations

import codecs
import csv
import gzip
import io
import json
import math
import re
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, NamedTuple, cast

from analysis.published import published

if TYPE_CHECKING:
    from pyarrow.parquet import ParquetFile

# The names that a field goes by, the first one that has a value counts.
FIELDS: Mapping[str, tuple[str, ...]] = {
    "article_id": ("article_id", "id"),
    "outlet": ("outlet", "source"),
    "title": ("title", "headline"),
    "published": ("published", "date"),
    "url": ("url", "link"),
    "text": ("text", "body", "content"),
}
_NAMED = {alias: field for field, aliases in FIELDS.items() for alias in aliases}
_NOTHING = frozenset(("", "nan", "nat", "null", "none", "n/a", "#n/a", "na", "<na>"))  # how tables spell a missing value
LONGEST = 64 * 2**20  # bytes: a longer line of JSON, or file of one article, is no article
LONGEST_PAGE = 16 * 2**20  # bytes of HTML: pages are read at 20 ms a KiB where they are made to be slow
_MOST_ATTRIBUTES = 1000  # of one tag: the parser compares each with each
_LONGEST_WIDE = 256 * 2**20  # bytes of JSON Lines in UTF-16 or 32, which is read at once
EXPANSION = 200  # times its size: text grows to five or ten times when it is unpacked
_SAMPLE = 2**16  # bytes to guess an encoding by


class Record(NamedTuple):
    """One article as a file has it: `values` by the names of the table `articles`. `line` is None where it is the whole file.

    `apart`: whether the title is a field apart from the body. `sure`: whether the file states outlet, date and address itself;
    what was drawn from a web page is a guess that metadata goes before.
    """

    line: int | None
    values: Mapping[str, object]
    apart: bool = True
    sure: bool = True


class Fault(NamedTuple):
    """What could not be read: a line (None: the file), and why, with the remedy. A note about a record that was read is one too."""

    line: int | None
    reason: str


class Decoded(NamedTuple):
    """A file's text, None where it is no text; `fault` says what is wrong with it."""

    text: str | None
    fault: str | None = None


# ------------------------------------------------------------------------------------------------------------------------ encodings

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_KINDS = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"{\\rtf", "an RTF document"),
    (b"\x1f\x8b", "compressed by gzip"),
    (b"PAR1", "a Parquet file"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
)
_CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_ARABIC = re.compile(
    "[\u0620-\u064a\u066e-\u06d3\u06d5\u06ee\u06ef\u06fa-\u06fc\u0750-\u077f\u08a0-\u08c7\ufb50-\ufdfb\ufe70-\ufefc]"
)
# What Arabic text has beside ASCII: its letters, marks and digits, and spaces, quote marks, dashes, dots, signs.
_EXPECTED = re.compile(
    "[\xa0-\xbf\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\u200b-\u2026\u2030\u2039\u203a\u20ac\u2122\ufb50-\ufdff\ufe70-\ufefc]"
)


def has_arabic(text: str) -> bool:
    """Whether any letter of `text` is Arabic."""
    return _ARABIC.search(text) is not None


def decode(data: bytes) -> Decoded:
    """The text of `data`: by its mark, as UTF-8, UTF-16, Windows-1256 or ISO 8859-6, else by what charset-normalizer finds.

    The mark is left out, nothing else is changed. Data that is UTF-8 but for a few bytes gives a text with U+FFFD in their place
    and a fault that counts them.

    >>> decode("\\ufeffخبر".encode("utf-16-le")), decode(b"%PDF-1.4 ...").text
    (Decoded(text='خبر', fault=None), None)
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _forgiving(data[len(mark) :], encoding)
    for sign, kind in _KINDS:
        if data.startswith(sign):
            return Decoded(None, f"it is {kind}, not text; save its text as UTF-8")
    if _CONTROLS.search(data, 0, _SAMPLE):
        wide = _wide_encoding(data)
        if wide is not None:
            return _forgiving(data, wide)
        if len(_CONTROLS.findall(data, 0, _SAMPLE)) * 100 > min(len(data), _SAMPLE):
            return Decoded(None, "it is binary data, not text; save its text as UTF-8")
    try:
        return Decoded(data.decode("utf-8"))
    except UnicodeDecodeError:
        return _decode_other(data)


def _forgiving(data: bytes, encoding: str) -> Decoded:
    try:
        return Decoded(data.decode(encoding))
    except UnicodeDecodeError as error:
        text = data.decode(encoding, "replace")
        return Decoded(text, _not_in(encoding.upper(), text.count("\ufffd"), error.start))


def _not_in(encoding: str, count: int, first: int) -> str:
    return f"{count} places are not {encoding} (the first at byte {first}) and were read as U+FFFD; save the text as UTF-8 again"


def _wide_encoding(data: bytes) -> str | None:
    """UTF-16 without its mark: the encoding under which nearly every character is Arabic or ASCII."""
    sample = data[: _SAMPLE - _SAMPLE % 2]
    for encoding in ("utf-16-le", "utf-16-be"):
        text = sample.decode(encoding, "replace")
        plain = sum(" " <= c <= "~" or c in "\t\r\n" for c in text) + len(_EXPECTED.findall(text))
        if plain >= 0.95 * len(text) and has_arabic(text):
            return encoding
    return None


def _decode_other(data: bytes) -> Decoded:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        text = data.decode("utf-8", "replace")
        lost = text.count("\ufffd")
        if len(_ARABIC.findall(text)) >= 5 * lost:
            return Decoded(text, _not_in("UTF-8", lost, error.start))
    for encoding in ("cp1256", "iso8859-6"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        high = sum(c > "\x7f" for c in text[:_SAMPLE])
        letters = len(_ARABIC.findall(text, 0, _SAMPLE))
        # What is not ASCII is Arabic nearly throughout: French in Windows-1252 or Arabic in ISO 8859-6, read so, are not.
        if letters >= 0.6 * high and len(_EXPECTED.findall(text, 0, _SAMPLE)) >= 0.95 * high:
            return Decoded(text)
    return _guessed(data)


def _guessed(data: bytes) -> Decoded:
    from charset_normalizer import from_bytes

    best = from_bytes(data[:_SAMPLE]).best()
    if best is not None:
        decoded = _forgiving(data, best.encoding)
        sample = (decoded.text or "")[:_SAMPLE]
        if sum(c.isprintable() or c.isspace() for c in sample) >= 0.98 * len(sample):
            return decoded
    return Decoded(None, "its encoding cannot be told; save the text as UTF-8")


# --------------------------------------------------------------------------------------------------------------------------- values


def is_missing(value: object) -> bool:
    """Whether a value of a table or of JSON stands for none: None, NaN, NaT, NA."""
    if value is None:
        return True
    if isinstance(value, str | bytes | int | list | dict):
        return False
    try:
        return bool(cast("Any", value) != value)
    except (TypeError, ValueError):  # pandas' NA is neither equal nor unequal to itself; an array is equal in parts
        return type(value).__name__ == "NAType"


def as_text(value: object) -> str | None:
    """A value as text: numbers as written, a whole float without its point; None for what is none (lists, objects, truth values).

    >>> as_text(12.0), as_text(["a"])
    ('12', None)
    """
    if isinstance(value, str):
        return str(value)
    if isinstance(value, bytes):
        return decode(value).text
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        return str(value) if abs(value) < 10**30 else None
    if isinstance(value, float):
        return None if not math.isfinite(value) else str(int(value)) if value == int(value) and abs(value) < 1e15 else str(value)
    kind = getattr(getattr(value, "dtype", None), "kind", "")  # a numpy scalar
    return as_text(cast("Any", value).item()) if kind in "iuf" and kind else None


_SURROGATE = re.compile("[\ud800-\udfff]")


def whole_characters(text: str) -> str:
    """A text that every table can hold: half characters become U+FFFD."""
    return _SURROGATE.sub("\ufffd", text)


def by_field(row: Mapping[Any, object]) -> dict[str, object]:
    """The values of a row under the names of the table `articles`; what has no value is left out."""
    lowered = {key.strip().strip("\ufeff").lower(): value for key, value in row.items() if isinstance(key, str)}
    found: dict[str, object] = {}
    for field, aliases in FIELDS.items():
        for alias in aliases:
            value = lowered.get(alias)
            if not is_missing(value) and not (isinstance(value, str) and not value.strip()):
                found[field] = value
                break
    return found


def in_table(row: Mapping[Any, object]) -> dict[str, object]:
    """`by_field` for a table that is written as text, where NaN and its like are words."""
    return {field: value for field, value in by_field(row).items() if str(value).strip().lower() not in _NOTHING}


# -------------------------------------------------------------------------------------------------------------------------- readers


def read_text(path: Path) -> Iterator[Record | Fault]:
    """A text file: one article."""
    data = bytes_of(path, LONGEST)
    if isinstance(data, Fault):
        yield data
        return
    text, fault = decode(data)
    if fault is not None:
        yield Fault(None, fault)
    if text is not None:
        yield Record(None, {"text": text}, apart=False)


def bytes_of(path: Path, most: int) -> bytes | Fault:
    """A file of one article, or why it is none."""
    with path.open("rb") as handle:
        data = handle.read(most + 1)
    if not data:
        return Fault(None, "the file is empty; remove it or fetch it again")
    if len(data) > most:
        return Fault(None, f"the file is larger than {most // 2**20} MiB, which is no article; split it into articles")
    return data


_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{3,40})", re.IGNORECASE)


def read_html(path: Path) -> Iterator[Record | Fault]:
    """A web page: its main text, title, date, outlet and address as the page states them (trafilatura); nothing is fetched."""
    data = bytes_of(path, LONGEST_PAGE)
    if isinstance(data, Fault):
        yield data
        return
    text, fault = _decode_page(data)
    if fault is not None:
        yield Fault(None, fault)
    if text is None:
        return
    if _is_overloaded(text):
        yield Fault(None, f"a tag of the page has more than {_MOST_ATTRIBUTES} attributes; save its text as .txt")
        return
    try:
        values = _main_text(text)
    except ImportError:  # a broken installation is no fault of the page's
        raise
    except Exception as error:  # the page is hostile or broken beyond what the parser bears
        yield Fault(None, f"the page cannot be parsed ({type(error).__name__}); save its text as .txt")
        return
    if values.get("text"):
        yield Record(None, values, sure=False)
    else:
        yield Fault(None, "the page has no main text; save the article itself as .html or .txt")


def _decode_page(data: bytes) -> Decoded:
    """A page's text by its mark or valid UTF-8, then by the encoding that it names, then as other files."""
    named = _CHARSET.search(data, 0, 4096)
    if named and not any(data.startswith(mark) for mark, _ in _BOMS):
        try:
            data.decode("utf-8")
        except UnicodeDecodeError:
            try:
                return Decoded(data.decode(named[1].decode("ascii")))
            except (LookupError, ValueError):  # no such encoding, or not that one
                pass
    return decode(data)


# A comment, a script or a tag, each to its end or that of the page; in tags an end of a tag may stand in quote marks.
_MARKUP = re.compile(
    r"""<!--(?:.*?-->|.*+)|<(?:(script|style)\b.*?</\1|(?:script|style)\b.*+|[a-z](?:[^>"']++|"[^"]*+"?|'[^']*+'?)*+)""",
    re.DOTALL | re.IGNORECASE,
)
_QUOTED = re.compile(r""""[^"]*+"?|'[^']*+'?""")


def _is_overloaded(page: str) -> bool:
    """Whether a tag has so many attributes that parsing it would not end.

    >>> _is_overloaded("<p " + " ".join(f"a{n}" for n in range(2000))), _is_overloaded("<p a='" + "b " * 2000 + "'>")
    (True, False)
    """
    long = 2 * _MOST_ATTRIBUTES  # characters: each attribute has one of its own, and one between it and the next
    return any(
        len(_QUOTED.sub(" ", tag[0]).replace("/", " ").replace("=", " ").split()) > _MOST_ATTRIBUTES
        for tag in _MARKUP.finditer(page)
        if tag.end() - tag.start() > long and not tag[1] and not tag[0].startswith("<!--")
    )


def _main_text(page: str) -> dict[str, object]:
    import logging

    from lxml import html as lxml_html
    from trafilatura import bare_extraction, baseline

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # what it cannot read is said in the problems
    logging.getLogger("htmldate").setLevel(logging.CRITICAL)
    page = re.sub(r"^\s*<\?xml[^>]*\?>", "", page.replace("\x00", ""))
    tree = lxml_html.document_fromstring(page, parser=lxml_html.HTMLParser(huge_tree=False, no_network=True, remove_comments=True))
    stated = {str(each.get("property") or each.get("name")).lower(): each.get("content") for each in tree.iter("meta")}
    # The latest date is fixed: the default is today, and the same page would not always give the same date.
    dates = {"original_date": True, "extensive_search": True, "max_date": "2199-12-31", "outputformat": "%Y-%m-%d"}
    found = bare_extraction(page, include_comments=False, deduplicate=False, with_metadata=True, date_extraction_params=dates)
    text = getattr(found, "text", None)
    if not text or not text.strip():
        text = baseline(page)[1]  # what stands in paragraphs, where nothing looks like an article
    return {
        "text": text or None,
        "title": getattr(found, "title", None),
        "published": published(stated.get("article:published_time")) or getattr(found, "date", None),
        "outlet": stated.get("og:site_name"),
        "url": getattr(found, "url", None),
    }


def read_json_lines(handle: IO[bytes], most: float = math.inf) -> Iterator[Record | Fault]:
    """JSON Lines: an article a line; a broken line is a fault, the rest is read. `handle` can be rewound.

    No more than `most` bytes are read: a small file that is packed well enough would fill any memory.
    """
    number, seen = 0, False
    try:
        start = handle.read(4096)
        if is_wide(start):
            whole = start + handle.read(int(min(most, _LONGEST_WIDE)))
            if len(whole) > most:
                raise TooLargeError
            if len(whole) > _LONGEST_WIDE:
                yield Fault(None, f"the file is UTF-16 and larger than {_LONGEST_WIDE // 2**20} MiB; save it as UTF-8")
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
        return f"the file grows to more than {EXPANSION} times its size, and was read no further; unpack it yourself"
    return f"the compressed data breaks off or is damaged here ({one_line(error)}); fetch the file again"


def most_unpacked(size: int) -> int:
    """The bytes that may come of a compressed file of `size` bytes."""
    return max(EXPANSION * size, LONGEST)


def numbered_lines(handle: IO[bytes], most: float = math.inf) -> Iterator[tuple[int, bytes | None]]:
    """The lines with their numbers from 1; None for one that is too long to hold. Raises `TooLargeError` beyond `most` bytes."""
    number, size = 0, 0
    while raw := handle.readline(LONGEST + 1):
        number += 1
        size += len(raw)
        kept = len(raw) <= LONGEST
        if kept:
            yield number, raw.removeprefix(codecs.BOM_UTF8) if number == 1 else raw
        while not kept and raw and not raw.endswith(b"\n"):
            raw = handle.readline(LONGEST)
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
        yield Fault(number, f"the line is longer than {LONGEST // 2**20} MiB; split it into articles")
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
        yield from read_json_lines(cast("IO[bytes]", unpacked), most_unpacked(path.stat().st_size))


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
            yield Fault(None, _NO_TEXT)
            return


def _column(name: object) -> str:
    return str(name).strip().strip("\ufeff").lower()


def has_text_column(names: Iterable[object]) -> bool:
    """Whether a column is named as the text of articles is."""
    return any(_column(name) in FIELDS["text"] for name in names)


_NO_TEXT = f"no column is named {' or '.join(FIELDS['text'])}; name the column of the articles so"


def csv_cuts(handle: IO[bytes], size: int) -> list[tuple[int, int]]:
    """Where a table can be cut between its rows: (bytes, lines) before each cut, the header's end first and the file's last.

    Raises `ValueError` or `csv.Error` where rows cannot be told apart without seeing the whole: by characters that are not UTF-8,
    by quote marks that never close, by line ends of several kinds; and where there are none, or no column of texts.

    >>> csv_cuts(io.BytesIO(b"id,text\\n1,a\\n2,b\\n3,c\\n"), 8)
    [(8, 1), (16, 3), (20, 4)]
    """
    start = handle.read(_SAMPLE)
    if _CONTROLS.search(start) or start.startswith(tuple(sign for sign, _ in (*_BOMS[1:], *_KINDS))):
        raise ValueError("it is not UTF-8")
    handle.seek(0)
    at = lines = began = 0

    def each() -> Iterator[str]:
        nonlocal at, lines
        while raw := handle.readline(LONGEST + 1):
            at += len(raw)
            lines += 1
            if at - began > LONGEST or raw.count(b"\r") != raw.endswith(b"\r\n"):
                raise ValueError(f"line {lines}: a row is longer than {LONGEST // 2**20} MiB, or its lines end in several ways")
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
                raise ValueError(_NO_TEXT)
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
    known = [sum(_column(name) in _NAMED for name in line.replace('"', "").split(mark)) for mark in ",;\t|"]
    return ",;\t|"[known.index(max(known))]


def read_parquet(path: Path) -> Iterator[Record | Fault]:
    """A Parquet file: a row an article, lines counted from 1; only the columns of known names are read."""
    from pyarrow import parquet

    try:
        with parquet.ParquetFile(path) as file:
            fault = parquet_fault(file, path.stat().st_size)
            if fault is not None:
                yield Fault(None, fault)
                return
            yield from parquet_rows(file)
            count, held = file.metadata.num_rows, sum(rows_of_groups(file))
            if held != count:
                yield Fault(None, f"it says that it has {count} rows, and has {held}: it is damaged; fetch it again")
    except broken_parquet() as error:
        yield Fault(None, f"it is no Parquet file that can be read ({one_line(error)}); write it again")


def broken_parquet() -> tuple[type[Exception], ...]:
    """What reading a Parquet file raises where it is none, or is damaged."""
    import pyarrow

    return pyarrow.ArrowException, OSError, ValueError, KeyError, NotImplementedError


def parquet_fault(file: ParquetFile, size: int) -> str | None:
    """Why a Parquet file of `size` bytes is not read at all, by what it says of itself."""
    if not has_text_column(file.schema_arrow.names):
        return _NO_TEXT
    count, unpacked = file.metadata.num_rows, _largest_column(file.metadata)
    if not count:
        return "the file has no rows; add them or remove it"
    if count > size or unpacked > most_unpacked(size):
        return f"it says that it has {count} rows and {unpacked} bytes, in {size} bytes; write it again"
    return None


def rows_of_groups(file: ParquetFile) -> list[int]:
    """How many rows each row group says that it has."""
    return [file.metadata.row_group(at).num_rows for at in range(file.num_row_groups)]


def parquet_rows(file: ParquetFile, start: int = 0, end: float = math.inf) -> Iterator[Record | Fault]:
    """The records of the rows from `start` to before `end`. Where a row group breaks off, the next one is read on.

    What is lost of a group is named once, by whoever reads the first row that is.
    """
    names = [name for name in file.schema_arrow.names if _column(name) in _NAMED]
    # A batch is held in memory whole, and one long value can stand in each of its rows.
    batch_size = min(1000, max(16, 2**30 // (_largest_column(file.metadata) + 1)))
    last = 0
    for group, count in enumerate(rows_of_groups(file)):
        row, last = last, last + count
        if last <= start or row >= end:
            continue
        lost = f"the row group says that it has {count} rows, and has fewer: it is damaged; fetch the file again"
        try:
            for batch in file.iter_batches(batch_size=batch_size, columns=names, row_groups=[group]):
                first, row = row, row + batch.num_rows
                if row > start and first < end:
                    columns = [_python_values(column) for column in batch.columns]
                    for at, values in enumerate(zip(*columns, strict=True), first):
                        if start <= at < end:
                            yield Record(at + 1, by_field(dict(zip(batch.schema.names, values, strict=True))))
                if row >= end:
                    break
        except (ConnectionError, TimeoutError):
            raise  # no fault of the file's
        except broken_parquet() as error:
            lost = f"the rows from here to {last} cannot be read ({one_line(error)}); write the file again"
        if start <= row < min(last, end):
            yield Fault(row + 1, lost)


def _largest_column(metadata: Any) -> int:
    """The bytes of the largest column of any row group, unpacked."""
    groups = (metadata.row_group(at) for at in range(metadata.num_row_groups))
    return max((group.column(at).total_uncompressed_size for group in groups for at in range(group.num_columns)), default=0)


def _python_values(column: Any) -> list[object]:
    try:
        return list(column.to_pylist())
    except (ValueError, OverflowError, TypeError, NotImplementedError, UnicodeDecodeError):
        return [_python_value(each) for each in column]


def _python_value(scalar: Any) -> object:
    try:
        return cast("object", scalar.as_py())
    except UnicodeDecodeError:
        return bytes(scalar.as_buffer().to_pybytes())
    except (ValueError, OverflowError, TypeError, NotImplementedError):
        return f"{scalar.type} beyond what Python holds"


def one_line(error: BaseException) -> str:
    """What an exception says, cut short."""
    return " ".join(str(error).split())[:160]


READERS: Mapping[str, Callable[[Path], Iterator[Record | Fault]]] = {
    ".txt": read_text,
    ".html": read_html,
    ".htm": read_html,
    ".jsonl": read_json_file,
    ".ndjson": read_json_file,
    ".jsonl.gz": read_json_file,
    ".ndjson.gz": read_json_file,
    ".csv": read_csv,
    ".parquet": read_parquet,
}
KNOWN = ", ".join(READERS)


def suffix_of(name: str) -> str | None:
    """The suffix by which a file's reader is found, None where there is none.

    >>> suffix_of("news.JSONL.gz"), suffix_of("notes.docx")
    ('.jsonl.gz', None)
    """
    lowered = name.lower()
    found = [suffix for suffix in READERS if lowered.endswith(suffix) and lowered != suffix]
    return max(found, key=len, default=None)
