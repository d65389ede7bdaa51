"""Extraction of any size: articles of a source into a dataset, one folder of Parquet files a table.

In goes what `read_articles` takes, or addresses for fsspec; out come `DEST/<table>/part-<number>-<key>.parquet` for every table of
`analysis.schema`, in the order of the source, and `DEST/_manifest.json`. Everything pandas, pyarrow, Dask, DuckDB and Spark need is
the table's folder; `load_tables` and `analysis.dataset.reading.open_dataset` go by the manifest.

- A shard's files are made in `DEST/_work` (a name that all these readers pass over) and are its own until one small file says that
  all are complete. When every shard is done they are moved into the tables' folders, the articles first, the manifest is replaced,
  and what it no longer names is removed, the articles last: so no reader ever sees half a file or a row without its article, and
  `load_tables` sees one whole run, the old one or the new.
- A part's name has the hash of all that it was made from: contents, metadata, options, lexicon, code. A run that was stopped at any
  moment goes on where it was, a later one reads only what has changed, and both leave the very bytes of one clean run.
- Ids are unique over the dataset by the rule of `read_articles`, whatever the number of files.

>>> import tempfile
>>> from analysis import places
>>> done = extract_dataset(places.sample(), tempfile.mkdtemp() + "/tables")
>>> done.rows["articles"], done.failed
(20, [])
>>> done.folder.names("")[:2], len(done.folder.names("articles"))
(['_manifest.json', 'amounts'], 1)
"""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from analysis import __version__, schema
from analysis.actors import own
from analysis.dataset.ids import new_ids
from analysis.dataset.locks import locked, touch
from analysis.dataset.pieces import PACKED, Piece, Shard, Sources, as_file, cut, find
from analysis.dataset.shards import (
    DONE,
    WORK,
    Chosen,
    Survey,
    Task,
    arrow_schema,
    bring_sheets,
    hash_of,
    ids_at,
    problem_table,
    read_shard,
    survey,
)
from analysis.dataset.storage import Storage, digest, is_address
from analysis.dataset.versions import code_hash, lexicon_hash
from analysis.dataset.workers import Failed, Fatal, Processes, Serial, Workers
from analysis.errors import InputError, Problem
from analysis.interrupts import heed
from analysis.metadata import Metadata

if TYPE_CHECKING:
    from distributed import Client

    from analysis.cluster import Cluster
    from analysis.files import Source

MANIFEST = "_manifest.json"
PUBLISHING = "_publishing.json"
SHARD = 16 * 2**20  # bytes of the source: some seconds of work, lost where a worker is
RETRIES = 2
_FORMAT = 1
_LARGE = 64 * 10**6  # bytes: some fifteen thousand articles
_CORPUS = "corpus"  # the number of the part that holds problems of no shard


class Done(NamedTuple):
    """What a run did: where the tables are, how many rows each has, how many shards were read now and how many before.

    `failed` names the shards that failed every time they were tried.
    """

    folder: Storage
    rows: dict[str, int]
    read: int
    kept: int
    failed: list[Problem]


def extract_dataset(
    source: Source | Iterable[Source],
    dest: str | os.PathLike[str],
    *,
    metadata: str | os.PathLike[str] | None = None,
    actors: str | os.PathLike[str] | None = None,
    workers: int = 1,
    client: Client | Cluster | None = None,
    progress: bool = False,
    shard_size: int = SHARD,
    retries: int = RETRIES,
) -> Done:
    """Read every article in `source` into a dataset at `dest`: both paths, or addresses such as `s3://bucket/news`.

    `workers` processes share the work, or the workers of a Dask `client`; files and bytes do not depend on it. `metadata` and
    `actors` are paths of files, as for `read_articles` and `extract`. `shard_size` is about how many bytes of the source one part
    holds. A shard that fails is tried `retries` times more; one that always fails is named in the problems, the rest is done, and
    the same call tries it again. `progress` shows bars on stderr.

    Raises `InputError` for a source that is not there, metadata or actors that cannot be used, and a `dest` that another run is
    writing, or that lies within the source; `OSError` where the destination cannot be written.
    """
    storage = Storage(dest if isinstance(dest, str) else os.fspath(dest))
    if storage.is_file():
        raise InputError(f"`dest` {storage.shown()} is a file; name a folder")
    if shard_size < 1:
        raise InputError(f"`shard_size` value = {shard_size!r} is invalid; it must be 1 byte or more")
    sources = find(source)
    _check(sources, storage, metadata, actors)
    crew: Workers = _crew(workers, client)
    with locked(storage):
        try:
            return _Run(storage, sources, _chosen(sources, metadata, actors), crew, shard_size, retries, progress).finish()
        except Fatal as error:
            raise OSError(str(error)) from error
        finally:
            if client is None:
                crew.close()


def is_large(source: Source | Iterable[Source], dest: str | os.PathLike[str]) -> bool:
    """Whether `source` is better read part by part than at once, by its size; and whether `dest` says so: an address, a dataset."""
    from analysis.dataset.reading import is_dataset

    sources = [source] if isinstance(source, str | os.PathLike) else list(source)
    if any(map(is_address, [*sources, dest])) or is_dataset(dest):
        return True
    total = 0
    for piece in find(sources).files:
        total += piece.size * (PACKED if piece.path.lower().endswith((".gz", ".parquet")) else 1)
        if total > _LARGE:
            return True
    return False


def _crew(workers: int, client: Client | Cluster | None) -> Workers:
    from analysis.cluster import Cluster

    if client is None:
        return Processes(workers) if workers > 1 else Serial()
    return client if isinstance(client, Cluster | Processes | Serial) else Cluster(client)


def _chosen(sources: Sources, metadata: str | os.PathLike[str] | None, actors: str | os.PathLike[str] | None) -> Chosen:
    return Chosen(sources.base, *(None if each is None else str(Path(each).resolve()) for each in (metadata, actors)))


def _names(actors: str) -> dict[str, dict[str, str]]:
    """What a user's own actors are called: tables have their keys alone."""
    from analysis.extract.mentions import load_actors

    return own(load_actors(actors).called)


def _check(
    sources: Sources, storage: Storage, metadata: str | os.PathLike[str] | None, actors: str | os.PathLike[str] | None
) -> None:
    """What can be said before any work is done."""
    from analysis.extract.mentions import load_actors

    load_actors(actors)
    Metadata(metadata)
    if storage.local:
        place = os.path.realpath(storage.path(""))
        for root in {piece.root for piece in sources.files if piece.whole and not is_address(piece.address)}:
            if os.path.commonpath([place, os.path.realpath(root)]) == os.path.realpath(root):
                raise InputError(f"`dest` {storage.shown()} lies within the source {root}; its tables would be read as articles")


class _Run:
    """One run, from the source's shards to the published tables."""

    def __init__(
        self, storage: Storage, sources: Sources, chosen: Chosen, crew: Workers, size: int, retries: int, progress: bool
    ) -> None:
        self.storage = storage
        self.sources = sources
        self.chosen = chosen
        self.crew = crew
        self.size = size
        self.retries = retries
        self.progress = progress
        self.problems = list(sources.problems)  # of no shard
        self.failed: list[Problem] = []
        actors = Path(chosen.actors).read_bytes() if chosen.actors else b""
        self.made_by = {
            "format": _FORMAT,
            "version": __version__,
            "lexicon": lexicon_hash(),
            "code": code_hash(),
            "actors": digest(actors),
        }

    def finish(self) -> Done:
        storage = self.storage
        for name in storage.names(WORK):
            if name.startswith(".making-"):  # by a run that was killed
                storage.remove(f"{WORK}/{name}")
        shards = cut(self.sources.files, self.size, work=storage, problems=self.problems)
        tasks = self._tasks(*self._surveyed(shards))
        known = _known(storage)
        missing = [task for task in tasks if task.key not in known]
        for place, result in self._each(read_shard, missing, "extracting", [task.shard for task in missing]):
            if isinstance(result, Failed):
                self._failed(missing[place].shard, result)
            else:
                known[missing[place].key] = result
            touch(storage)
        done = [known[task.key] for task in tasks if task.key in known]
        kept = len(tasks) - len(missing)
        if self.failed and not done:  # the fault is hardly the source's: what was published before stays
            return Done(storage, dict.fromkeys(schema.TABLES, 0), 0, 0, self.failed)
        self._name_unused_metadata(done)
        return Done(storage, self._publish(done), len(done) - kept, kept, self.failed)

    def _each(
        self, work: Callable[[Any], Any], tasks: Sequence[Any], what: str, shards: Sequence[Shard]
    ) -> Iterator[tuple[int, Any]]:
        """The results of tasks as they come, with a bar that counts bytes of the source."""
        from tqdm import tqdm

        weights = [
            sum(piece.end - piece.start if piece.unit in ("bytes", "csv") else piece.size for piece in shard) for shard in shards
        ]
        total = sum(weights)
        with tqdm(total=total, desc=what, unit="B", unit_scale=True, disable=not self.progress, leave=False) as bar:
            for place, result in self.crew.run(work, tasks, retries=self.retries):
                heed()
                bar.update(weights[place])
                yield place, result

    def _failed(self, shard: Shard, failed: Failed) -> None:
        first, last = shard[0], shard[-1]
        part = "" if first.unit == "file" else f", {first.unit} {first.start} to {first.end},"
        more = f" and {len(shard) - 1} more files up to {last.path}" if len(shard) > 1 else part
        reason = f"this file{more} could not be read, tried {failed.attempts} times ({failed.reason}); the same command tries again"
        self.failed.append(Problem(first.path, None, reason))

    def _surveyed(self, shards: list[Shard]) -> tuple[list[Shard], list[Survey]]:
        """The shards that have anything in them, with what was seen there, in order; line numbers are now those of whole files."""
        import numpy as np

        found: dict[int, Survey] = {}
        for place, result in self._each(survey, [(shard, self.chosen) for shard in shards], "looking", shards):
            if isinstance(result, Failed):
                self._failed(shards[place], result)
            else:
                found[place] = result
            touch(self.storage)
        kept, seen, lines = [], [], Counter[str]()
        for place, shard in enumerate(shards):
            if place not in found:
                continue
            here = found[place]
            if shard[0].unit == "bytes":
                before = lines[shard[0].address]
                lines[shard[0].address] += here.lines
                if not here.lines:
                    continue
                shard = (shard[0]._replace(first=before),)
                stem = shard[0].stem
                at = np.flatnonzero(here.pending)
                ids = here.ids.copy()  # what comes from a cluster may not be written to
                ids[at] = [hash_of(f"{stem}-{before + line}") for line in here.pending[at].tolist()]
                here = here._replace(ids=ids)
            kept.append(shard)
            seen.append(here)
        return kept, seen

    def _tasks(self, shards: list[Shard], seen: list[Survey]) -> list[Task]:
        ids = self._told_apart(shards, seen)
        tasks = []
        for at, (shard, here) in enumerate(zip(shards, seen, strict=True)):
            renamed = ids.get(at, {})
            first = [piece.first for piece in shard]
            key = digest(sorted(self.made_by.items()), here.digest, first, sorted(map(str, renamed.items())))
            tasks.append(Task(shard, key, renamed, self.chosen, self.storage))
        return tasks

    def _told_apart(self, shards: list[Shard], seen: list[Survey]) -> dict[int, dict[tuple[str, int | None], tuple[str, bool]]]:
        """The articles whose id is there twice, by shard, with the id that each goes by: as `read_articles` tells them apart."""
        import numpy as np

        every = np.sort(np.concatenate([each.ids for each in seen])) if seen else np.empty(0, np.uint64)
        twice = np.unique(every[1:][every[1:] == every[:-1]])
        if not twice.size:
            return {}
        wanted = [(at, np.flatnonzero(np.isin(each.ids, twice)).tolist()) for at, each in enumerate(seen)]
        wanted = [(at, places) for at, places in wanted if places]
        tasks = [(shards[at], self.chosen, places) for at, places in wanted]
        found: dict[int, list[Any]] = {}
        for place, result in self._each(ids_at, tasks, "telling apart", [shards[at] for at, _ in wanted]):
            if isinstance(result, Failed):
                raise OSError(f"{shards[wanted[place][0]][0].path} could not be read again ({result.reason}); repeat the command")
            found[wanted[place][0]] = result
        return new_ids(found, every)

    # ---------------------------------------------------------------------------------------------------------------- publication

    def _name_unused_metadata(self, done: Sequence[Mapping[str, Any]]) -> None:
        """Problems of the metadata.csv files, and their rows that are of no article: named once, not by every shard."""
        used: dict[str, list[tuple[int, int]]] = {}
        for record in done:
            for sheet, ranges in record["used"].items():
                used.setdefault(sheet, []).extend(map(tuple, ranges))
        by_folder: dict[str, Piece] = {}
        for piece in self.sources.files:
            by_folder.setdefault(piece.path.rpartition("/")[0], piece)
        if not by_folder:
            return
        with _sheets_here(list(by_folder.values()), self.chosen) as (files, base):
            known = Metadata(None, base)
            for file in files:
                known.of([], file, self.problems)
            for sheet in known.folders.values():
                left = _outside(sheet.unused, used.get(sheet.path, []))
                sheet.unused.clear()
                sheet.unused.update(left)
            if not self.failed:
                for root in sorted({file.root for file in files if file.whole}):
                    known.name_unused(root, self.problems)

    def _publish(self, done: Sequence[Mapping[str, Any]]) -> dict[str, int]:
        """Move the parts to their places and replace the manifest; what a run that was killed here left undone is done again."""
        heed()
        storage = self.storage
        problems = sorted([*self.problems, *self.failed], key=lambda problem: (problem.path, problem.line or 0))
        parts = {name: [f"part-{at:05}-{record['key']}.parquet" for at, record in enumerate(done)] for name in schema.TABLES}
        rows = {name: sum(record["rows"][name] for record in done) for name in schema.TABLES}
        rows["problems"] += len(problems)
        if problems or not done:
            name = f"part-{_CORPUS}-{digest(*map(str, problems))}.parquet"
            for table in schema.TABLES if not done else ("problems",):
                parts[table].append(name)
                self._write_corpus_part(table, name, problems)
        manifest = {
            **self.made_by,
            "rows": rows,
            "failed": [str(each) for each in self.failed],
            "parts": parts,
            "shards": list(done),
        }
        if self.chosen.actors:
            manifest["names"] = _names(self.chosen.actors)
        data = json.dumps(manifest, ensure_ascii=False, indent=1, sort_keys=True).encode()
        storage.write(PUBLISHING, b"{}")
        present = {table: storage.names(table) for table in parts}
        for table, names in parts.items():  # articles first: no row is seen without its article
            _move_in(storage, table, names, present[table])
        storage.write(MANIFEST, data)
        for table in reversed(list(parts)):  # and last: until its other rows are gone an article stays
            for name in set(storage.names(table)) - set(parts[table]):
                storage.remove(f"{table}/{name}")
            storage.remove(f"{table}.parquet")  # of a smaller extraction into the same folder
        storage.remove(PUBLISHING)
        storage.remove(WORK)
        return rows

    def _write_corpus_part(self, table: str, name: str, problems: Sequence[Problem]) -> None:
        from pyarrow import Table, parquet

        frame = problem_table(problems) if table == "problems" else schema.frame(table, {})
        with self.storage.scratch() as place:
            parquet.write_table(
                Table.from_pandas(frame, schema=arrow_schema(table), preserve_index=False), place / name, compression="zstd"
            )
            self.storage.put(place / name, f"{table}/{name}")


def _known(storage: Storage) -> dict[str, Any]:
    """The records of shards whose files are all there: published, or made by a run that did not come to an end."""
    records: dict[str, Any] = {}
    data = storage.read(MANIFEST)
    if data is not None:
        records.update((record["key"], record) for record in json.loads(data)["shards"])
    names = storage.names(DONE)
    for name in names:
        if name.endswith(".json"):
            said = storage.read(f"{DONE}/{name}")
            if said:
                records[name.removesuffix(".json")] = json.loads(said)
    published = {table: {_key(name) for name in storage.names(table)} for table in schema.TABLES}
    folders = set(names)
    whole = {}
    for key, record in records.items():
        here = set(storage.names(f"{DONE}/{key}")) if key in folders else set()
        if all(key in published[table] or f"{table}.parquet" in here for table in schema.TABLES):
            whole[key] = record
        else:
            storage.remove(f"{DONE}/{key}.json")
    return whole


def _key(part: str) -> str:
    return part.removesuffix(".parquet").rpartition("-")[2]


def _move_in(storage: Storage, table: str, names: Sequence[str], present: Sequence[str]) -> None:
    """Move parts to their places; those that only have another number now get a second name, for the old one is still read by."""
    there, by_key = set(present), {_key(name): name for name in present}
    for name in names:
        if name in there:
            continue
        key = _key(name)
        if key in by_key:
            storage.copy(f"{table}/{by_key[key]}", f"{table}/{name}")
        else:
            storage.move(f"{DONE}/{key}/{table}.parquet", f"{table}/{name}")


@contextmanager
def _sheets_here(shard: Sequence[Piece], chosen: Chosen) -> Iterator[tuple[list[Any], Path]]:
    """The files of one piece a folder as the readers name them, with the metadata.csv files brought here where they are remote."""
    from tempfile import TemporaryDirectory

    if not is_address(shard[0].address):
        yield [as_file(piece, chosen.base, None) for piece in shard], Path(chosen.base)
        return
    with TemporaryDirectory(prefix="analysis-") as name:
        files = [as_file(piece, chosen.base, Path(name)) for piece in shard]
        bring_sheets(tuple(shard), files)
        yield files, Path(name)


def _outside(lines: Mapping[str, int], ranges: Sequence[tuple[int, int]]) -> dict[str, int]:
    """The lines of a sheet that lie in no range."""
    import numpy as np

    if not ranges:
        return dict(lines)
    starts, ends = (np.array(each) for each in zip(*sorted(ranges), strict=True))
    ends = np.maximum.accumulate(ends)
    left = {}
    for key, line in lines.items():
        at = int(np.searchsorted(starts, line, side="right")) - 1
        if at < 0 or ends[at] < line:
            left[key] = line
    return left
