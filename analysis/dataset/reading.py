"""A dataset that `extract_dataset` wrote, read part by part, so that a corpus of any size can be compared in bounded memory.

In goes its folder or address, out come its tables: one of them whole, or all of them for one part after another.

>>> import tempfile
>>> from analysis import places
>>> from analysis.dataset import extract_dataset
>>> folder = tempfile.mkdtemp() + "/tables"
>>> _ = extract_dataset(places.sample(), folder, shard_size=20_000)
>>> dataset = open_dataset(folder)
>>> dataset.count > 1, dataset.rows["articles"]
(True, 20)
>>> sum(len(part["articles"]) for part in dataset.parts({"articles": ["article_id", "outlet"]}))
20
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

from analysis import schema
from analysis.dataset.storage import Storage
from analysis.errors import InputError

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow

    from analysis.tables import Tables

MANIFEST = "_manifest.json"
_TRIES, _PAUSE = 20, 0.25  # a dataset is published within moments


class Dataset:
    """A dataset as its manifest has it; `rows` counts the rows of each table.

    It stands for one run: parts never change under their names, and what a later run replaces is gone only then.
    """

    def __init__(self, storage: Storage, manifest: Mapping[str, Any]) -> None:
        self.storage = storage
        self.rows: dict[str, int] = {name: manifest["rows"][name] for name in schema.TABLES}
        self._parts: Mapping[str, Sequence[str]] = manifest["parts"]
        self.count = len(self._parts["articles"])

    def parts(self, tables: Mapping[str, Sequence[str] | None]) -> Iterator[dict[str, pd.DataFrame]]:
        """The named tables of one part after another, in the order of the source, with the columns that are named (None: all).

        A row's article is always in the same part. Raises `InputError` where a later run replaced the dataset meanwhile.
        """
        for at in range(self.count):
            yield self.part(at, tables)

    def part(self, at: int, tables: Mapping[str, Sequence[str] | None]) -> dict[str, pd.DataFrame]:
        """The named tables of one part, counted from 0."""
        try:
            return {name: _typed(name, self._read(name, self._parts[name][at], columns)) for name, columns in tables.items()}
        except FileNotFoundError as error:
            raise InputError(f"{self.storage.shown()} was written anew while it was read; open it again") from error

    def mapped(
        self, work: Callable[[dict[str, pd.DataFrame]], Any], tables: Mapping[str, Sequence[str] | None], *, workers: int = 1
    ) -> Iterator[Any]:
        """What `work` makes of each part, in their order, in processes of their own where more than one is asked for.

        `work` is a function of a module, or a `functools.partial` of one. Raises `InputError` where a part cannot be read.
        """
        from analysis.dataset.workers import in_order

        if workers == 1:
            yield from map(work, self.parts(tables))
            return
        task = partial(_of_part, self, work, tables)
        yield from in_order(task, range(self.count), workers, told=f"part {{}} of {self.storage.shown()} cannot be read")

    def only(
        self,
        *,
        outlets: Iterable[str] | None = None,
        since: str | int | date | None = None,
        until: str | int | date | None = None,
    ) -> Tables:
        """The tables of some outlets and some time, in memory: as `Tables.only`, but no more is ever held than what is kept.

        Raises `InputError` as that does, and where a later run replaced the dataset meanwhile.
        """
        import pandas as pd

        from analysis.tables import Tables, chosen

        wanted = {"articles": ["article_id", "outlet", "published"]}
        known = pd.concat([part["articles"] for part in self.parts(wanted)], ignore_index=True)
        keep = chosen(known, outlets=outlets, since=since, until=until)
        ids = set(known["article_id"][keep])
        kept: dict[str, list[pd.DataFrame]] = {name: [] for name in schema.TABLES}
        at = 0
        for place in range(self.count):
            here = self.part(place, {"articles": ["article_id"]})["articles"]
            some, at = keep.iloc[at : at + len(here)].any(), at + len(here)
            for name, table in self.part(place, dict.fromkeys(kept if some else ("problems",))).items():
                kept[name].append(table if name == "problems" else table[table["article_id"].isin(ids)])
        empty = {name: schema.frame(name, {}) for name in schema.TABLES}
        rest = self._parts["problems"][self.count :]
        kept["problems"].extend(_typed("problems", self._read("problems", part, None)) for part in rest)
        return Tables(**{name: pd.concat([empty[name], *tables], ignore_index=True) for name, tables in kept.items()})

    def table(self, name: str, columns: Sequence[str] | None = None) -> pd.DataFrame:
        """One table whole, or some of its columns. Raises `FileNotFoundError` where a later run replaced the dataset."""
        import pyarrow as pa

        return _typed(name, pa.concat_tables([self._read(name, part, columns) for part in self._parts[name]]))

    def _read(self, name: str, part: str, columns: Sequence[str] | None) -> pyarrow.Table:
        from pyarrow import parquet

        with parquet.ParquetFile(self.storage.open(f"{name}/{part}")) as file:
            return file.read(columns=None if columns is None else list(columns))

    def __repr__(self) -> str:
        return "Dataset(" + ", ".join(f"{name}={rows}" for name, rows in self.rows.items()) + f"; {self.count} parts)"


def _of_part(
    dataset: Dataset, work: Callable[[dict[str, pd.DataFrame]], Any], tables: Mapping[str, Sequence[str] | None], at: int
) -> Any:
    return work(dataset.part(at, tables))


def open_dataset(folder: str | os.PathLike[str]) -> Dataset:
    """The dataset in a folder or at an address.

    Raises `InputError` where there is none, or none as yet: a first run that has not come to its end shows nothing.
    """
    storage = Storage(folder if isinstance(folder, str) else os.fspath(folder))
    data = storage.read(MANIFEST)
    if data is None:
        if "_work" in storage.names(""):
            raise InputError(f"the extraction into {storage.shown()} is not finished; the same command goes on where it was")
        raise InputError(
            f"{storage.shown()} holds no dataset; make one with: python -m analysis extract SOURCE --out {storage.shown()}"
        )
    try:
        return Dataset(storage, json.loads(data))
    except (ValueError, KeyError, TypeError) as error:
        raise InputError(f"{storage.shown(MANIFEST)} cannot be read ({error!r}); extract again into an empty folder") from error


def is_dataset(folder: str | os.PathLike[str]) -> bool:
    """Whether a folder or address has a dataset, finished or not."""
    storage = Storage(folder if isinstance(folder, str) else os.fspath(folder))
    return bool({MANIFEST, "_work"} & set(storage.names("")))


def whole_tables(folder: str | os.PathLike[str]) -> dict[str, pd.DataFrame]:
    """Every table of a dataset, all of one run, though another run may replace it meanwhile."""
    for _ in range(_TRIES):
        dataset = open_dataset(folder)
        try:
            return {name: dataset.table(name) for name in schema.TABLES}
        except FileNotFoundError:
            time.sleep(_PAUSE)
    raise InputError(
        f"{dataset.storage.shown()} lacks parts that its manifest names: a run was stopped while it published them; repeat the "
        "extract command, which finishes it"
    )


def _typed(name: str, table: pyarrow.Table) -> pd.DataFrame:
    """A table's columns, or some of them, with the dtypes of the schema."""
    import pandas as pd

    frame = table.to_pandas(self_destruct=True, split_blocks=True)
    return pd.DataFrame({column: pd.Series(frame[column].array, dtype=schema.dtype(name, column)) for column in frame.columns})
