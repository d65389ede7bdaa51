"""A source of any size cut into shards: lists of pieces that one process reads in bounded memory.

In goes what `read_articles` takes too, or addresses for fsspec; out come shards in the order of paths and lines. How they are cut
depends on the source alone, so that any number of workers makes the same shards:

- Files up to the size of a shard are read whole, several to a shard; a shard ends where a file's name says so (by its hash), so
  that a file more or less changes one shard and leaves the others.
- A larger JSON Lines file is cut at fixed distances, a CSV file between rows, a Parquet file at its row groups or within large
  ones.
- A larger file compressed by gzip cannot be entered in its middle: `unpack` cuts it into pieces first, compressed again.

>>> from analysis import places
>>> found = find(str(places.sample()))
>>> [len(shard) for shard in cut(found.files, 2**20)]
[20]
"""

from __future__ import annotations

import codecs
import gzip
import os
import re
import stat
import zlib
from collections.abc import Iterable, Iterator, Sequence
from hashlib import blake2b
from itertools import pairwise
from pathlib import Path
from typing import IO, NamedTuple, cast

from analysis import files as here_files
from analysis import formats
from analysis.dataset.storage import Storage, is_address, open_filesystem
from analysis.errors import InputError, Problem
from analysis.files import File, Source, find_files
from analysis.formats import FIELDS, READERS, Fault, Record, by_field, decode, in_table, suffix_of

_BLOCK = 2**20
PACKED = 8  # how many times larger a compressed file is than it looks
_MOST = 16  # times the size of a shard: what is compressed is read in one go up to there
_FILES = 4096  # in a shard
_LINED = (".jsonl", ".ndjson")
_ZIPPED = (".jsonl.gz", ".ndjson.gz")


class Piece(NamedTuple):
    """A file or a part of one.

    `address` is where it lies, `path` and `stem` how tables name its file, `root` the folder that was asked for and `whole` whether
    all of that is read. `unit` says what `start` and `end` count: the file, bytes, rows of Parquet, bytes of CSV below a header
    that ends at `header`. `first` is the number of lines or rows before it. `unpacked` is where a part of a compressed file lies.
    """

    address: str
    path: str
    stem: str
    root: str
    whole: bool
    size: int
    unit: str = "file"
    start: int = 0
    end: int = 0
    header: int = 0
    first: int = 0
    unpacked: str = ""


Shard = tuple[Piece, ...]


class Sources(NamedTuple):
    """The files of a source in the order of their paths, the folder that their paths are relative to, what was passed over."""

    files: list[Piece]
    base: str
    problems: list[Problem]


# ----------------------------------------------------------------------------------------------------------------------- finding


def find(source: Source | Iterable[Source]) -> Sources:
    """The files that `source` names, here or at an address. Raises `InputError` where there is none, as `find_files` does."""
    sources = [source] if isinstance(source, str | os.PathLike) else list(source)
    addresses = [str(each) for each in sources if is_address(each)]
    if addresses:
        if len(addresses) < len(sources):
            raise InputError("`source` mixes paths and addresses; extract the ones and the others into datasets of their own")
        return _find_remote(addresses)
    files, base, problems = find_files(sources)
    pieces = [
        Piece(
            str(file.real), file.path, file.stem, str(file.root), file.whole, file.real.stat().st_size if file.real.is_file() else 0
        )
        for file in files
    ]
    return Sources(pieces, str(base), problems)


def _find_remote(addresses: Sequence[str]) -> Sources:
    """The same for addresses, all of one kind (`s3://`): a folder with all below it, a file, or a glob."""
    kinds = {address.partition("://")[0] for address in addresses}
    if len(kinds) > 1:
        raise InputError(f"`source` mixes addresses of {' and '.join(sorted(kinds))}; extract each kind into a dataset of its own")
    problems: list[Problem] = []
    found: dict[str, tuple[int, str, bool]] = {}
    for address in addresses:
        filesystem, place = open_filesystem(address)
        if re.search(r"[*?\[]", place):
            each = {name: info for name, info in filesystem.glob(place, detail=True).items() if suffix_of(name)}
            root = re.split(r"[*?\[]", place)[0].rpartition("/")[0]
        elif filesystem.isdir(place):
            each, root = filesystem.find(place, detail=True), place
        else:
            each, root = ({place: filesystem.info(place)} if filesystem.exists(place) else {}), place.rpartition("/")[0]
        if not each:
            raise InputError(f"there is no article at {address!r}; give the address of a file or folder of articles, or a glob")
        for name, info in each.items():
            if info.get("type") != "directory" and not _hidden(name[len(root) :]):
                found.setdefault(str(name), (int(info.get("size") or 0), root, filesystem.isdir(place)))
    roots = sorted({root for _, root, _ in found.values()})
    base = os.path.commonpath(roots) if len(roots) > 1 else (roots[0] if roots else "")
    files = []
    for name, (size, root, whole) in sorted(found.items()):
        shown, suffix = name[len(base) :].lstrip("/"), suffix_of(name)
        if suffix is None:
            problems.append(Problem(shown, None, here_files._UNKNOWN))
            continue
        address = str(filesystem.unstrip_protocol(name))
        last = shown.rpartition("/")[2]
        files.append(Piece(address, shown, last[: len(last) - len(suffix)], root, whole, size))
    return Sources(files, base, problems)


def _hidden(name: str) -> bool:
    *folders, last = name.strip("/").split("/")
    return here_files._NOT_ARTICLES.fullmatch(last) is not None or any(folder.startswith(".") for folder in folders)


# ----------------------------------------------------------------------------------------------------------------------- cutting


def cut(files: Iterable[Piece], size: int, *, work: Storage | None = None, problems: list[Problem] | None = None) -> list[Shard]:
    """The shards of `files`, each of about `size` bytes. Large compressed files are unpacked into `work` (None: read whole)."""
    shards: list[Shard] = []
    group: list[Piece] = []
    held = 0
    for file in files:
        suffix = suffix_of(file.path) or ""
        parts = _parts(file, suffix, size, work, problems if problems is not None else []) if file.size else []
        if parts:
            if group:
                shards.append(tuple(group))
                group, held = [], 0
            shards.extend([(part,) for part in parts])
            continue
        weight = file.size * (PACKED if suffix.endswith(".gz") else 1) + 512
        group.append(file)
        held += weight
        if held >= 2 * size or len(group) >= _FILES or (held >= size // 4 and _ends(file.path, weight, size)):
            shards.append(tuple(group))
            group, held = [], 0
    if group:
        shards.append(tuple(group))
    return shards


def _ends(path: str, weight: int, size: int) -> bool:
    """Whether a shard ends after this file: by its name alone, the more often the larger it is."""
    place = int.from_bytes(blake2b(path.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")
    return place < weight * 2**64 // size


def _parts(file: Piece, suffix: str, size: int, work: Storage | None, problems: list[Problem]) -> list[Piece]:
    """The parts of a file that is too large for a shard, none where it is to be read whole."""
    if suffix in _ZIPPED and file.size * PACKED > _MOST * size and work is not None:
        return unpack(file, size, work, problems)
    if file.size <= size:
        return []
    if suffix in _LINED and _is_lined(file):
        starts = range(0, file.size, size)
        return [file._replace(unit="bytes", start=at, end=min(at + size, file.size)) for at in starts]
    if suffix == ".parquet":
        return _row_ranges(file, size)
    if suffix == ".csv" and file.size > 2 * size:  # until then as any table: there a quote mark that never closes is better told
        return _csv_ranges(file, size)
    return []


def _is_lined(file: Piece) -> bool:
    """Whether a file is of lines that can be told apart without reading them: UTF-16 is not, nor is one value over many lines."""
    with open_piece(file) as handle:
        start = handle.read(4096)
    first = next((line for line in start.removeprefix(codecs.BOM_UTF8).splitlines() if line.strip()), b"")
    wide = b"\x00" in start or start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    return not wide and first.strip() not in (b"[", b"{")


def _row_ranges(file: Piece, size: int) -> list[Piece]:
    """A Parquet file by rows: small row groups together, large ones in equal parts; none where it cannot be read."""
    import pyarrow
    from pyarrow import parquet

    try:
        with open_piece(file) as handle, parquet.ParquetFile(handle) as opened:
            groups = [
                (group.num_rows, group.total_byte_size) for group in map(opened.metadata.row_group, range(opened.num_row_groups))
            ]
    except (pyarrow.ArrowException, OSError, ValueError):
        return []  # the reader says what is wrong with it
    ends, held, row = [], 0, 0
    for rows, weight in groups:
        parts = max(1, round(weight / size))
        if held and held + weight > size:
            ends.append(row)
            held = 0
        ends.extend(row + rows * part // parts for part in range(1, parts))
        row += rows
        held += weight // parts
        if held >= size:
            ends.append(row)
            held = 0
    ends = sorted({*ends, row} - {0})
    starts = [0, *ends[:-1]]
    return [file._replace(unit="rows", start=start, end=end, first=start) for start, end in zip(starts, ends, strict=True)]


def _csv_ranges(file: Piece, size: int) -> list[Piece]:
    """A table by ranges of rows: a line break outside of quote marks, that is after an even number of them, ends a row."""
    ends: list[tuple[int, int]] = []  # (bytes, lines) before each cut; the first is the header's end
    at = lines = quotes = 0
    with open_piece(file) as handle:
        if b"\x00" in handle.read(4096):
            return []
        handle.seek(0)
        while raw := handle.readline(_BLOCK):
            at += len(raw)
            quotes += raw.count(b'"')
            lines += raw.endswith(b"\n")
            if raw.endswith(b"\n") and quotes % 2 == 0 and (at - ends[-1][0] >= size if ends else raw.strip()):
                ends.append((at, lines))
    if not ends:
        return []
    header = ends[0][0]
    if ends[-1][0] < at:
        ends.append((at, lines))
    return [
        file._replace(unit="csv", start=start, end=end, header=header, first=before) for (start, before), (end, _) in pairwise(ends)
    ]


def unpack(file: Piece, size: int, work: Storage, problems: list[Problem]) -> list[Piece]:
    """A compressed file as pieces in `work`, compressed lightly, one for each shard: room for about as much as the file itself.

    What was unpacked before stays as it is, so that a run that is taken up again does not begin anew.
    """
    import json

    from analysis.dataset.storage import digest

    folder = f"_work/unpacked/{digest(file.path, file.size, _changed(file), size)}"
    known = work.read(f"{folder}/parts.json")
    if known is None:
        parts: list[tuple[int, int, int]] = []  # lines before it, lines in it, bytes
        fault = None
        with open_piece(file) as packed, gzip.open(packed) as handle:
            lines = 0
            while True:
                held, fault = _lines_of(cast("IO[bytes]", handle), size)
                if held:
                    work.write(f"{folder}/{len(parts):05}.jsonl.gz", gzip.compress(b"".join(held), 1, mtime=0))
                    parts.append((lines, len(held), sum(map(len, held))))
                    lines += len(held)
                if fault is not None or not held:
                    break
        known = json.dumps({"parts": parts, "fault": fault and [lines + 1, fault]}).encode()
        work.write(f"{folder}/parts.json", known)
    said = json.loads(known)
    if said["fault"]:
        problems.append(Problem(file.path, said["fault"][0], said["fault"][1]))
    return [
        file._replace(
            unpacked=_within(work, f"{folder}/{at:05}.jsonl.gz"), unit="unpacked", start=at, end=at + 1, first=first, size=held
        )
        for at, (first, _, held) in enumerate(said["parts"])
    ]


def _changed(file: Piece) -> object:
    """What changes with a file, short of reading it: here when it was written, elsewhere what its file system says."""
    if not is_address(file.address):
        return Path(file.address).stat().st_mtime_ns
    filesystem, path = open_filesystem(file.address)
    return filesystem.ukey(path)


def _within(work: Storage, name: str) -> str:
    return work.path(name) if work.local else work.shown(name)


def _lines_of(handle: IO[bytes], size: int) -> tuple[list[bytes], str | None]:
    """The next lines, `size` bytes of them or a little more, and why there are no more where the data is damaged."""
    held, total = [], 0
    try:
        while total < size and (line := handle.readline()):
            held.append(line)
            total += len(line)
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        return (
            held,
            f"the compressed data breaks off or is damaged here ({' '.join(str(error).split())[:160]}); fetch the file again",
        )
    return held, None


# ----------------------------------------------------------------------------------------------------------------------- reading


def open_piece(piece: Piece) -> IO[bytes]:
    """The bytes of a piece's file, or of the part that was unpacked from it."""
    address = piece.unpacked or piece.address
    if not is_address(address):
        return Path(address).open("rb")
    filesystem, path = open_filesystem(address)
    return cast("IO[bytes]", filesystem.open(path, "rb"))


def as_file(piece: Piece, base: str, here: Path | None) -> File:
    """A piece as the readers name files; `here` is the folder that remote files are brought to, with the folders they lie in."""
    if here is None:
        return File(Path(piece.address), piece.path, piece.stem, Path(piece.root), piece.whole)
    root = here / piece.root[len(base) :].lstrip("/")
    return File(here / piece.path, piece.path, piece.stem, root, piece.whole)


def records(piece: Piece, file: File) -> Iterator[Record | Fault]:
    """The records and faults of a piece, in order, with the line numbers of the whole file. Raises `OSError` as reading does."""
    if piece.unit == "file":
        check_regular(file)
        yield from READERS[suffix_of(piece.path) or ".txt"](file.real)
    elif piece.unit == "rows":
        yield from _read_rows(piece)
    elif piece.unit == "csv":
        yield from _read_csv_range(piece)
    else:
        yield from of_lines(lines(piece))


def check_regular(file: File) -> None:
    """Raise `OSError` for a pipe and the like, which would be waited for."""
    if not stat.S_ISREG(file.real.stat().st_mode):
        raise OSError(0, "it is no regular file")


def of_lines(numbered: Iterable[tuple[int, bytes | None]]) -> Iterator[Record | Fault]:
    """The records and faults of lines of JSON; None stands for one that is too long."""
    for number, raw in numbered:
        if raw is None:
            yield Fault(number, f"the line is longer than {formats._LONGEST // 2**20} MiB; split it into articles")
        elif raw.strip():
            yield from formats._from_json(number, raw)


def lines(piece: Piece) -> Iterator[tuple[int, bytes | None]]:
    """The lines that begin in a piece, with their numbers; None for one that is too long to hold."""
    number = piece.first
    with open_piece(piece) as opened:
        handle = cast("IO[bytes]", gzip.GzipFile(fileobj=opened)) if piece.unit == "unpacked" else opened
        at, end = 0, 2**63
        if piece.unit == "bytes":
            at, end = piece.start, piece.end
            if at:
                handle.seek(at - 1)
                at += _skip_line(handle) - 1
        while at < end and (raw := handle.readline(formats._LONGEST + 1)):
            at += len(raw)
            number += 1
            if len(raw) <= formats._LONGEST:
                yield number, raw.removeprefix(codecs.BOM_UTF8) if number == 1 else raw
            else:
                if not raw.endswith(b"\n"):
                    at += _skip_line(handle)
                yield number, None


def _skip_line(handle: IO[bytes]) -> int:
    """Read on to the end of a line, and how many bytes that were."""
    skipped = 0
    while raw := handle.readline(_BLOCK):
        skipped += len(raw)
        if raw.endswith(b"\n"):
            break
    return skipped


def _read_rows(piece: Piece) -> Iterator[Record | Fault]:
    import pyarrow
    from pyarrow import parquet

    try:
        with open_piece(piece) as handle, parquet.ParquetFile(handle) as opened:
            names = [name for name in opened.schema_arrow.names if formats._column(name) in formats._NAMED]
            if not any(formats._NAMED[formats._column(name)] == "text" for name in names):
                if piece.start == 0:
                    yield Fault(None, f"no column is named {' or '.join(FIELDS['text'])}; name the column of the articles so")
                return
            ends = list(_running(opened.metadata.row_group(at).num_rows for at in range(opened.num_row_groups)))
            groups = [at for at, end in enumerate(ends) if end > piece.start and (ends[at - 1] if at else 0) < piece.end]
            row = ends[groups[0] - 1] if groups and groups[0] else 0
            for batch in opened.iter_batches(batch_size=200, columns=names, row_groups=groups):
                skip, keep = max(piece.start - row, 0), min(piece.end - row, batch.num_rows)
                row += batch.num_rows
                if skip >= keep:
                    continue
                wanted = batch.slice(skip, keep - skip)
                columns = [formats._python_values(column) for column in wanted.columns]
                for at, values in enumerate(zip(*columns, strict=True), row - batch.num_rows + skip + 1):
                    yield Record(at, by_field(dict(zip(wanted.schema.names, values, strict=True))))
    except (pyarrow.ArrowException, OSError, ValueError, KeyError, NotImplementedError) as error:
        yield Fault(None, f"it is no Parquet file that can be read ({formats._one_line(error)}); write it again")


def _running(numbers: Iterable[int]) -> Iterator[int]:
    total = 0
    for number in numbers:
        total += number
        yield total


def _read_csv_range(piece: Piece) -> Iterator[Record | Fault]:
    with open_piece(piece) as handle:
        header = handle.read(piece.header)
        handle.seek(piece.start)
        text, fault = decode(header + handle.read(piece.end - piece.start))
    if fault is not None:
        yield Fault(None, fault)
    if text is None:
        return
    rows = formats.csv_rows(text)
    if not rows or isinstance(rows[0][1], str) or not any(formats._column(name) in FIELDS["text"] for name in rows[0][1]):
        if piece.start == piece.header:
            yield Fault(None, f"no column is named {' or '.join(FIELDS['text'])}; name the column of the articles so")
        return
    above = header.count(b"\n")
    for line, row in rows[1:]:
        number = piece.first + line - above
        yield Fault(number, row) if isinstance(row, str) else Record(number, in_table(row))
