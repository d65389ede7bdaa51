"""A source of any size cut into shards: lists of pieces that one process reads in bounded memory.

In goes what `read_articles` takes too, or addresses for fsspec; out come shards in the order of paths and lines. How they are cut
depends on the source alone, so that any number of workers makes the same shards:

- Files up to the size of a shard are read whole, several to a shard; a shard ends where a file's name says so (by its hash), so
  that a file more or less changes one shard and leaves the others.
- A larger JSON Lines file is cut at fixed distances, a CSV file between rows, a Parquet file at its row groups or within large
  ones. What cannot be cut is read whole, by the readers of `analysis.formats` and with their limits.
- A larger file compressed by gzip cannot be entered in its middle: `unpack` cuts it into pieces first, compressed again.

>>> from analysis import places
>>> found = find(str(places.sample()))
>>> [len(shard) for shard in cut(found.files, 2**20)]
[20]
"""

from __future__ import annotations

import codecs
import csv
import gzip
import json
import math
import os
import re
from collections.abc import Iterable, Iterator, Sequence
from hashlib import blake2b
from itertools import pairwise
from pathlib import Path
from typing import IO, NamedTuple, cast

from analysis.articles import check_regular
from analysis.dataset.storage import Storage, digest, is_address, open_filesystem
from analysis.errors import InputError, Problem
from analysis.files import UNKNOWN, File, Source, find_files, is_passed_over
from analysis.formats import READERS, json_lines, limits, parquet_rows, separated, suffix_of
from analysis.formats.records import Fault, Record, in_table, one_line

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
            problems.append(Problem(shown, None, UNKNOWN))
            continue
        address = str(filesystem.unstrip_protocol(name))
        last = shown.rpartition("/")[2]
        files.append(Piece(address, shown, last[: len(last) - len(suffix)], root, whole, size))
    return Sources(files, base, problems)


def _hidden(name: str) -> bool:
    *folders, last = name.strip("/").split("/")
    return is_passed_over(last) or any(folder.startswith(".") for folder in folders)


# ----------------------------------------------------------------------------------------------------------------------- cutting


def cut(files: Iterable[Piece], size: int, *, work: Storage | None = None, problems: list[Problem] | None = None) -> list[Shard]:
    """The shards of `files`, each of about `size` bytes. Large compressed files are unpacked into `work` (None: read whole)."""
    shards: list[Shard] = []
    group: list[Piece] = []
    held = 0
    for file in files:
        suffix = suffix_of(file.path) or ""
        parts = _parts(file, suffix, size, work, problems if problems is not None else []) if file.size else []
        if parts is None:
            continue
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


def _parts(file: Piece, suffix: str, size: int, work: Storage | None, problems: list[Problem]) -> list[Piece] | None:
    """The parts of a file that is too large for a shard, none where it is to be read whole; None: it is among the problems."""
    if suffix in _ZIPPED and file.size * PACKED > _MOST * size and work is not None:
        return unpack(file, size, work, problems) if _is_lined(file, packed=True) else []
    if file.size <= size:
        return []
    if suffix in _LINED and _is_lined(file):
        starts = range(0, file.size, size)
        return [file._replace(unit="bytes", start=at, end=min(at + size, file.size)) for at in starts]
    if suffix == ".parquet":
        return _row_ranges(file, size)
    if suffix == ".csv" and file.size > 2 * size:  # until then as any table: there a quote mark that never closes is better told
        return _csv_ranges(file, size, problems)
    return []


def _is_lined(file: Piece, *, packed: bool = False) -> bool:
    """Whether a file is of lines that can be told apart without reading them: UTF-16 is not, nor is one value over many lines.

    Nor are blank lines alone, of which there is only to say that they are.
    """
    try:
        with open_piece(file) as opened:
            handle = cast("IO[bytes]", gzip.GzipFile(fileobj=opened)) if packed else opened
            if json_lines.is_wide(handle.read(4096)):
                return False
            handle.seek(0)
            most = limits.most_unpacked(file.size) if packed else math.inf
            first = next((raw for _, raw in json_lines.numbered_lines(handle, most) if raw is None or raw.strip()), b"[")
            return first is None or not json_lines.opens_value(first)
    except json_lines.UNPACKING:
        return False


def _row_ranges(file: Piece, size: int) -> list[Piece]:
    """A Parquet file by rows: small row groups together, large ones in equal parts; none where it cannot be read."""
    from pyarrow import parquet

    try:
        with open_piece(file) as handle, parquet.ParquetFile(handle) as opened:
            groups = [
                (group.num_rows, group.total_byte_size) for group in map(opened.metadata.row_group, range(opened.num_row_groups))
            ]
            if parquet_rows.parquet_fault(opened, file.size) or opened.metadata.num_rows != sum(rows for rows, _ in groups):
                return []  # the reader says what is wrong with it
    except (ConnectionError, TimeoutError):
        raise
    except parquet_rows.broken_parquet():
        return []
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


def _csv_ranges(file: Piece, size: int, problems: list[Problem]) -> list[Piece] | None:
    """A table by ranges of rows. One whose rows cannot be told apart is read whole, with its limit, for it is held in memory."""
    try:
        with open_piece(file) as handle:
            cuts = separated.csv_cuts(handle, size)
    except (ValueError, csv.Error) as error:
        if file.size <= limits.LONGEST:
            return []
        reason = f"its rows cannot be told apart ({one_line(error)}), and it is too large to be held whole"
        problems.append(Problem(file.path, None, f"{reason}; write it again as UTF-8, with every quote mark closed"))
        return None
    header = cuts[0][0]
    return [
        file._replace(unit="csv", start=start, end=end, header=header, first=before) for (start, before), (end, _) in pairwise(cuts)
    ]


def unpack(file: Piece, size: int, work: Storage, problems: list[Problem]) -> list[Piece]:
    """A compressed file as pieces in `work`, compressed lightly, one for each shard: room for about as much as the file itself.

    What was unpacked before stays as it is, so that a run that is taken up again does not begin anew.
    """
    folder = f"_work/unpacked/{digest(file.path, file.size, _changed(file), size)}"
    known = work.read(f"{folder}/parts.json")
    if known is None:
        known = json.dumps(_unpacked(file, size, work, folder)).encode()
        work.write(f"{folder}/parts.json", known)
    said = json.loads(known)
    if said["parts"]:  # else it is read whole, and named there
        problems.extend(Problem(file.path, line, reason) for line, reason in said["faults"])
    return [
        file._replace(
            unpacked=_within(work, f"{folder}/{at:05}.jsonl.gz"), unit="unpacked", start=at, end=at + 1, first=first, size=held
        )
        for at, (first, _, held) in enumerate(said["parts"])
    ]


def _unpacked(file: Piece, size: int, work: Storage, folder: str) -> dict[str, list[tuple[int, int, int]] | list[tuple[int, str]]]:
    """Write the pieces: for each the lines before it, the lines in it and their bytes; and what could not be unpacked."""
    parts: list[tuple[int, int, int]] = []
    faults: list[tuple[int, str]] = []
    held: list[bytes] = []
    number = total = 0

    def keep() -> None:
        if held:
            work.write(f"{folder}/{len(parts):05}.jsonl.gz", gzip.compress(b"".join(held), 1, mtime=0))
            parts.append((number - len(held), len(held), total))
            held.clear()

    try:
        with open_piece(file) as packed, gzip.GzipFile(fileobj=packed) as handle:
            for number, raw in json_lines.numbered_lines(cast("IO[bytes]", handle), limits.most_unpacked(file.size)):
                if raw is None:
                    faults.extend(
                        (number, str(each.reason)) for each in json_lines.from_line(number, raw) if isinstance(each, Fault)
                    )
                held.append(raw or b"\n")
                total += len(held[-1])
                if total >= size:
                    keep()
                    total = 0
    except json_lines.UNPACKING as error:
        faults.append((number + 1, json_lines.packed_badly(error)))
    keep()
    return {"parts": parts, "faults": faults}


def _changed(file: Piece) -> object:
    """What changes with a file, short of reading it: here when it was written, elsewhere what its file system says."""
    if not is_address(file.address):
        return Path(file.address).stat().st_mtime_ns
    filesystem, path = open_filesystem(file.address)
    return filesystem.ukey(path)


def _within(work: Storage, name: str) -> str:
    return work.path(name) if work.local else work.shown(name)


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


def of_lines(numbered: Iterable[tuple[int, bytes | None]]) -> Iterator[Record | Fault]:
    """The records and faults of lines of JSON; None stands for one that is too long."""
    for number, raw in numbered:
        yield from json_lines.from_line(number, raw)


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
        while at < end and (raw := handle.readline(limits.LONGEST + 1)):
            at += len(raw)
            number += 1
            if len(raw) <= limits.LONGEST:
                yield number, raw.removeprefix(codecs.BOM_UTF8) if number == 1 and not piece.unpacked else raw
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
    from pyarrow import parquet

    try:
        with open_piece(piece) as handle, parquet.ParquetFile(handle) as opened:
            yield from parquet_rows.parquet_rows(opened, piece.start, piece.end)
    except (ConnectionError, TimeoutError):
        raise
    except parquet_rows.broken_parquet() as error:
        yield Fault(None, f"it is no Parquet file that can be read ({one_line(error)}); write it again")


def _read_csv_range(piece: Piece) -> Iterator[Record | Fault]:
    """The rows of a range, of which `separated.csv_cuts` has seen that they are UTF-8 and whole."""
    with open_piece(piece) as handle:
        header = handle.read(piece.header)
        handle.seek(piece.start)
        text = (header + handle.read(piece.end - piece.start)).decode("utf-8-sig")
    above = header.count(b"\n")
    for line, row in separated.csv_rows(text)[1:]:
        number = piece.first + line - above
        yield Fault(number, row) if isinstance(row, str) else Record(number, in_table(row))
