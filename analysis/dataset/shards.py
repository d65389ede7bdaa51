"""What a worker does with a shard: look it over, and read it into the Parquet files of its tables.

In goes a shard (`analysis.dataset.pieces`) with what was chosen for the run, out come counts and hashes; articles and tables go
from the source to the destination. The same functions run in one process, in many, and on a cluster.

A shard is read twice. `survey` looks at ids and contents alone, at some hundred MB a second: what has not changed needs no second
reading, and ids are told apart over the whole dataset before any table is written. `read_shard` then writes every table.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache, lru_cache
from hashlib import blake2b
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, NamedTuple

from analysis import metadata as sheets
from analysis import schema
from analysis.articles import Named, Reading, check_regular, identified
from analysis.dataset import pieces
from analysis.dataset.storage import Storage, is_address, open_filesystem
from analysis.dataset.workers import Fatal
from analysis.errors import Problem, why
from analysis.files import File, unreadable
from analysis.formats import suffix_of
from analysis.formats.limits import LONGEST_PAGE
from analysis.formats.pages import bytes_of
from analysis.formats.records import Fault, Record, as_text, is_missing, whole_characters
from analysis.metadata import Metadata, in_short

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow
    from numpy.typing import NDArray

    from analysis.dataset.pieces import Piece, Shard

WORK = "_work"
DONE = "_work/done"
_PAGES = (".html", ".htm")
_BATCH = 1000  # articles whose rows are held at once
_CHARACTERS = 2**22  # of their texts


class Chosen(NamedTuple):
    """What holds for every shard of a run: `base` is the folder that paths are relative to, the others are the user's."""

    base: str
    metadata: str | None
    actors: str | None


class Survey(NamedTuple):
    """A shard looked over. `digest` changes with all that its rows depend on, `lines` is how many it has where lines are counted.

    `ids` are hashes of its articles' ids, in order; 0 for one that goes by its line, whose number within the piece `pending` has.
    """

    digest: str
    lines: int
    ids: NDArray[Any]
    pending: NDArray[Any]


class Id(NamedTuple):
    """An article's id with where it stands; `apart` is what it goes by instead where files of several folders share a name."""

    path: str
    line: int | None
    id: str
    apart: str | None


class Task(NamedTuple):
    """A shard to read: `key` names what becomes of it, `ids` the articles (path, line) that go by another id than their own.

    The second part of such an id says whether the article is to be named among the problems.
    """

    shard: Shard
    key: str
    ids: Mapping[tuple[str, int | None], tuple[str, bool]]
    chosen: Chosen
    out: Storage


def hash_of(article_id: str) -> int:
    """64 bits of an id, never 0.

    >>> hash_of("a") == hash_of("a"), hash_of("a") == hash_of("b")
    (True, False)
    """
    return int.from_bytes(blake2b(article_id.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little") or 1


# ------------------------------------------------------------------------------------------------------------------ looking over


def survey(task: tuple[Shard, Chosen]) -> Survey:
    """Look a shard over: its contents' hash, with the metadata of its articles, and its articles' ids."""
    import numpy as np

    shard, chosen = task
    made = blake2b(digest_size=16)
    lines, ids, pending = 0, [], []
    with _brought(shard, chosen) as (files, known):
        described = known.given or any(sheet.rows for sheet in known.folders.values())
        for piece, file in zip(shard, files, strict=True):
            _mark(made, piece.path, piece.stem, piece.unit, piece.start)
            counted = _Counted(piece)
            for each in _entries(piece, file, counted):
                if isinstance(each, Fault):
                    _mark(made, "fault", each.line, each.reason)
                    continue
                said = known.of(each.keys, file, []) if described else {}
                _mark(made, each.line, *_flat(each.values), *_flat(said))
                if each.is_article:
                    unknown = piece.unit == "bytes" and not each.own
                    ids.append(0 if unknown else hash_of(each.id))
                    pending.append((each.line or 0) if unknown else 0)
            lines = counted.lines
    return Survey(made.hexdigest(), lines, np.array(ids, dtype=np.uint64), np.array(pending, dtype=np.int32))


def ids_at(task: tuple[Shard, Chosen, Sequence[int]]) -> list[Id]:
    """The ids of the articles at some places (counted as `survey` counts them) of a shard."""
    shard, chosen, places = task
    wanted, found, at = set(places), [], 0
    with _brought(shard, chosen) as (files, _):
        for piece, file in zip(shard, files, strict=True):
            for each in _entries(piece, file, _Counted(piece)):
                if not isinstance(each, Fault) and each.is_article:
                    if at in wanted and (suffix_of(piece.path) not in _PAGES or _has_text(piece, file)):
                        found.append(Id(piece.path, each.line, each.id, each.apart))
                    at += 1
    return found


def _has_text(page: Piece, file: File) -> bool:
    """Whether a web page gives an article: parsing each would cost as much as reading it."""
    return any(isinstance(each, Record) and as_text(each.values.get("text")) for each in pieces.records(page, file))


class _Entry(NamedTuple):
    """A record as far as ids and metadata go."""

    line: int | None
    id: str
    own: bool
    apart: str | None
    keys: list[str]
    values: Mapping[str, object]
    is_article: bool


class _Counted:
    """The lines of a piece, and how many there were."""

    def __init__(self, piece: Piece) -> None:
        self.piece = piece
        self.lines = 0

    def __iter__(self) -> Iterator[tuple[int, bytes | None]]:
        for number, raw in pieces.lines(self.piece):
            self.lines = number - self.piece.first
            yield number, raw


def _entries(piece: Piece, file: File, counted: _Counted) -> Iterator[_Entry | Fault]:
    try:
        if suffix_of(piece.path) in _PAGES:
            check_regular(file)
            data = bytes_of(file.real, LONGEST_PAGE)
            yield data if isinstance(data, Fault) else _entry(Record(None, {"text": data}), file)
            return
        for each in pieces.of_lines(counted) if piece.unit == "bytes" else pieces.records(piece, file):
            yield each if isinstance(each, Fault) else _entry(each, file)
    except OSError as error:
        if is_address(piece.address):
            raise  # what a network fails to bring may come the next time
        yield Fault(None, why(error))


def _entry(record: Record, file: File) -> _Entry:
    """By what a record goes, as `Reading.add` has it; a web page is taken for an article."""
    value, text = record.values.get("article_id"), record.values.get("text")
    own = "" if is_missing(value) else " ".join(whole_characters(as_text(value) or "").split())
    page = record.line is None and isinstance(text, bytes)
    is_article = page or (not is_missing(text) and bool((as_text(text) or "").strip()))
    article, apart, keys = identified(own, record.line, file)
    return _Entry(record.line, article, bool(own), apart, keys, record.values, is_article)


def _flat(values: Mapping[str, object]) -> Iterator[object]:
    for name in sorted(values):
        yield name
        yield values[name]


def _mark(made: Any, *values: object) -> None:
    """Add values to a hash, each with its kind and length."""
    parts = []
    for value in values:
        if isinstance(value, str):
            data, kind = value.encode("utf-8", "surrogatepass"), b"s"
        else:
            data, kind = (value, b"b") if isinstance(value, bytes) else (repr(value).encode("utf-8", "backslashreplace"), b"r")
        parts += [b"%b%d:" % (kind, len(data)), data]
    made.update(b"".join(parts))


# ------------------------------------------------------------------------------------------------------ files and their metadata


@contextmanager
def _brought(shard: Shard, chosen: Chosen) -> Iterator[tuple[list[File], Metadata]]:
    """The shard's files as the readers take them, remote ones brought here, and the metadata of their folders."""
    if not any(is_address(piece.address) for piece in shard):
        files = [pieces.as_file(piece, chosen.base, None) for piece in shard]
        yield files, _metadata(files, chosen, Path(chosen.base))
        return
    with TemporaryDirectory(prefix="analysis-") as name:
        here = Path(name)
        files = [pieces.as_file(piece, chosen.base, here) for piece in shard]
        for piece, file in zip(shard, files, strict=True):
            file.real.parent.mkdir(parents=True, exist_ok=True)
            if piece.unit == "file":
                filesystem, path = open_filesystem(piece.address)
                filesystem.get_file(path, str(file.real))
        bring_sheets(shard, files)
        yield files, _metadata(files, chosen, here)


def bring_sheets(shard: Shard, files: Sequence[File]) -> None:
    """Bring the metadata.csv of the folders of remote files, and of those above, beside the files."""
    seen: set[Path] = set()
    for piece, file in zip(shard, files, strict=True):
        filesystem, path = open_filesystem(piece.address)
        folder, above = file.real.parent, path.rpartition("/")[0]
        while folder not in seen:
            seen.add(folder)
            try:
                data = filesystem.cat_file(f"{above}/{sheets.NAME}")
            except FileNotFoundError:
                data = None
            if data is not None:
                folder.mkdir(parents=True, exist_ok=True)
                (folder / sheets.NAME).write_bytes(data)
            if folder == file.root or not folder.is_relative_to(file.root):
                break
            folder, above = folder.parent, above.rpartition("/")[0]


# A worker reads many shards of one folder: its metadata.csv is read once, and again where it has changed.
_SHEETS: dict[Path, tuple[tuple[int, int] | None, Any, dict[str, int]]] = {}


def _metadata(files: Iterable[File], chosen: Chosen, base: Path) -> Metadata:
    """The metadata of a shard, every row unused as yet."""
    made = Metadata(None, base)
    if chosen.metadata:
        made.given = _given(chosen.metadata, _stamp(Path(chosen.metadata)))
    folders = {file.real.parent: file for file in files}
    for folder, file in folders.items():
        for each in (folder, *folder.parents):
            if each in _SHEETS and each not in made.folders and each.is_relative_to(file.root):
                stamp, sheet, lines = _SHEETS[each]
                if stamp == _stamp(each / sheets.NAME):
                    made.folders[each] = sheet._replace(unused=dict(lines))
        made.of([], file, [])
    for each, sheet in made.folders.items():
        stamp = _stamp(each / sheets.NAME)
        if each not in _SHEETS or _SHEETS[each][0] != stamp:
            if len(_SHEETS) >= 64:  # folders
                _SHEETS.clear()
            _SHEETS[each] = (stamp, sheet, dict(sheet.unused))
    return made


def _stamp(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size


@lru_cache(maxsize=2)
def _given(path: str, _: tuple[int, int] | None) -> Mapping[str, dict[str, object]]:
    return Metadata(path).given


def _used(known: Metadata) -> dict[str, list[list[int]]]:
    """The lines of each metadata.csv that were of an article here, as ranges of those that follow one another in the sheet."""
    used: dict[str, list[list[int]]] = {}
    for folder, sheet in sorted(known.folders.items()):
        every = sorted(_SHEETS[folder][2].values()) if folder in _SHEETS else []
        left, ranges, last = set(sheet.unused.values()), [], None
        for at, line in enumerate(every):
            if line in left:
                continue
            if last == at - 1 and ranges:
                ranges[-1][1] = line
            else:
                ranges.append([line, line])
            last = at
        if ranges:
            used[sheet.path] = ranges
    return used


# ----------------------------------------------------------------------------------------------------------------------- reading


def read_shard(task: Task) -> dict[str, Any]:
    """Read a shard into `_work/done/<key>/<table>.parquet`, then say that it is done in `_work/done/<key>.json`.

    What was said before stands: a shard is read once, whoever asks. Two workers at one shard write the same bytes.
    """
    import pyarrow.parquet as parquet

    out = task.out
    known = out.read(f"{DONE}/{task.key}.json")
    if known is not None:
        return dict(json.loads(known))
    rows = dict.fromkeys(schema.TABLES, 0)
    with _writing(out) as place:
        # The narrower `try` of each step tells the run's own disk from the source and from the readers.
        writers = {name: parquet.ParquetWriter(place / f"{name}.parquet", arrow_schema(name), compression="zstd") for name in rows}
        try:
            problems: list[Problem] = []
            with _brought(task.shard, task.chosen) as (files, metadata):
                for articles in _batches(task, files, metadata, problems):
                    for name, table in _tables(articles, task.chosen.actors, problems).items():
                        rows[name] += _write(writers[name], name, table)
                used = _used(metadata)
            problems.sort(key=lambda problem: (problem.path, problem.line or 0))
            rows["problems"] = _write(writers["problems"], "problems", problem_table(problems))
        finally:
            for writer in writers.values():
                _or_fatal(writer.close)
        for name in rows:
            _or_fatal(out.put, place / f"{name}.parquet", f"{DONE}/{task.key}/{name}.parquet")
    first, last = task.shard[0], task.shard[-1]
    record = {"key": task.key, "from": first.path, "to": last.path, "start": first.start, "rows": rows, "used": used}
    _or_fatal(out.write, f"{DONE}/{task.key}.json", json.dumps(record, ensure_ascii=False).encode())
    return record


@contextmanager
def _writing(out: Storage) -> Iterator[Path]:
    scratch = out.scratch()
    place = _or_fatal(scratch.__enter__)
    try:
        yield place
    finally:
        scratch.__exit__(None, None, None)


def _or_fatal(work: Any, *arguments: Any) -> Any:
    """Do something at the destination; where it cannot be done there, no other shard can be, either."""
    try:
        return work(*arguments)
    except OSError as error:
        raise Fatal(f"the tables cannot be written: {error}") from error


@cache
def arrow_schema(table: str) -> pyarrow.Schema:
    """The Parquet columns of a table: the same in every part, also in one without rows."""
    import pyarrow as pa

    return pa.Schema.from_pandas(schema.frame(table, {}), preserve_index=False)


def _write(writer: Any, name: str, table: pd.DataFrame) -> int:
    import pyarrow as pa

    if len(table):
        columns = pa.Table.from_pandas(table, schema=writer.schema, preserve_index=False)
        _or_fatal(writer.write_table, columns)
    return len(table)


def problem_table(problems: Sequence[Problem]) -> pd.DataFrame:
    """The table `problems`."""
    return schema.frame("problems", {name: [getattr(each, name) for each in problems] for name in Problem._fields})


def _batches(task: Task, files: Sequence[File], metadata: Metadata, problems: list[Problem]) -> Iterator[pd.DataFrame]:
    """The shard's articles, so many at once as fit into bounded memory; the same ones each time."""
    batch = _Batch(metadata, problems)
    for piece, file in zip(task.shard, files, strict=True):
        named = Named(problems, piece.path)
        try:
            for each in pieces.records(piece, file):
                if isinstance(each, Fault):
                    problems.append(Problem(piece.path, each.line, each.reason))
                else:
                    batch.add(each, file)
                named.trim(each.line)
                if batch.is_full():
                    yield batch.taken(task.ids)
                    batch = _Batch(metadata, problems)
        except OSError as error:
            if is_address(piece.address):
                raise
            problems.append(Problem(piece.path, None, unreadable(error)))
        named.close()
    if len(batch):
        yield batch.taken(task.ids)


class _Batch(Reading):
    """Some articles of a shard, under the ids that the dataset gives them."""

    _characters = 0

    def __len__(self) -> int:
        return len(self._lines)

    def add(self, record: Record, file: File, *, on_disk: bool = True) -> None:
        before = len(self)
        super().add(record, file, on_disk=on_disk)
        if len(self) > before:
            self._characters += len(str(self._columns["text"][-1]))

    def is_full(self) -> bool:
        return len(self) >= _BATCH or self._characters >= _CHARACTERS

    def taken(self, ids: Mapping[tuple[str, int | None], tuple[str, bool]]) -> pd.DataFrame:
        """The articles as a table."""
        for at, (path, line) in enumerate(zip(self._columns["path"], self._lines, strict=True) if ids else ()):
            changed = ids.get((str(path), line))
            if changed is not None:
                article, named = changed
                if named:
                    was = in_short(str(self._columns["article_id"][at]))
                    reason = f"the article_id {was} is there already; this article is kept as {in_short(article)}"
                    self.problems.append(Problem(str(path), line, reason))
                self._columns["article_id"][at] = article
        return schema.frame("articles", self._columns)


def _tables(articles: pd.DataFrame, actors: str | None, problems: list[Problem]) -> dict[str, pd.DataFrame]:
    """Every table of a batch but the problems. An article that no reader bears is kept, named, and has no rows."""
    from analysis.extract.pipeline import extract

    made = extract(articles, actors=actors)
    problems += [Problem(path, None, reason) for path, reason in zip(made.problems["path"], made.problems["reason"], strict=True)]
    return {name: getattr(made, name) for name in schema.TABLES if name != "problems"}
