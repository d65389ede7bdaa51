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

import numpy as np

from analysis import actors, schema
from analysis.dataset.storage import Storage
from analysis.errors import InputError
from analysis.tables import Tables, chosen

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow

MANIFEST = "_manifest.json"
_TRIES, _PAUSE = 20, 0.25  # a dataset is published within moments


class Dataset:
    """A dataset as its manifest has it.

    It stands for one run: parts never change under their names, and what a later run replaces is gone only then.
    """

    def __init__(self, storage: Storage, manifest: Mapping[str, Any]) -> None:
        self.storage = storage
        self._sizes: dict[str, int] = {name: manifest["rows"][name] for name in schema.TABLES}
        self._parts: Mapping[str, Sequence[str]] = manifest["parts"]
        actors.know(manifest.get("names", {}))
        self.count = len(self._parts["articles"])
        self._kept: Sequence[Any] | None = None  # of each part the articles that a view shows; None for all

    @property
    def rows(self) -> dict[str, int]:
        """How many rows each table has."""
        return {name: self.size(name) for name in schema.TABLES}

    def size(self, name: str) -> int:
        """How many rows a table has; those of a view are counted when they are first asked for."""
        if name not in self._sizes:
            self._sizes[name] = sum(len(part[name]) for part in self.parts({name: ["article_id"]}))
        return self._sizes[name]

    def parts(self, tables: Mapping[str, Sequence[str] | None]) -> Iterator[dict[str, pd.DataFrame]]:
        """The named tables of one part after another, in the order of the source, with the columns that are named (None: all).

        A row's article is always in the same part. Raises `InputError` where a later run replaced the dataset meanwhile.
        """
        for at in range(self.count):
            yield self.part(at, tables)

    def part(self, at: int, tables: Mapping[str, Sequence[str] | None]) -> dict[str, pd.DataFrame]:
        """The named tables of one part, counted from 0."""
        try:
            if self._kept is None or self._kept[at].all():
                return {name: _typed(name, self._read(name, self._parts[name][at], columns)) for name, columns in tables.items()}
            return {name: self._chosen(name, at, columns) for name, columns in tables.items()}
        except FileNotFoundError as error:
            raise InputError(f"{self.storage.shown()} was written anew while it was read; open it again") from error

    def _chosen(self, name: str, at: int, columns: Sequence[str] | None) -> pd.DataFrame:
        """A table of one part, of the articles that the view shows; problems are of no article."""
        import pyarrow as pa
        from pyarrow import compute as pc

        assert self._kept is not None
        kept = self._kept[at]
        if name != "problems" and not kept.any():
            empty = schema.frame(name, {})
            return empty if columns is None else empty[list(columns)]
        wanted = columns if columns is None or name == "problems" else list(dict.fromkeys(["article_id", *columns]))
        table = self._read(name, self._parts[name][at], wanted)
        if name == "articles":
            table = table.filter(pa.array(kept))
        elif name != "problems":
            ids = self._read("articles", self._parts["articles"][at], ["article_id"])["article_id"]
            table = table.filter(pc.is_in(table["article_id"], value_set=ids.filter(pa.array(kept)).combine_chunks()))
        return _typed(name, table.select(list(columns or table.column_names)))

    def view(
        self,
        *,
        outlets: Iterable[str] | None = None,
        since: str | int | date | None = None,
        until: str | int | date | None = None,
    ) -> Dataset:
        """The dataset of some outlets and some time, of which no more than that is read; see `Tables.only`."""
        wanted = list(outlets or ())
        if not (wanted or since or until):
            return self
        known = self.articles(["outlet", "published"])
        return self.of_articles(chosen(known, outlets=wanted, since=since, until=until).to_numpy(dtype=bool, na_value=False))

    def of_articles(self, kept: Any) -> Dataset:
        """The dataset of some of its articles; `kept` is a bool for each, in the order of `articles`."""
        import copy

        before = self._kept or [np.ones(len(part), dtype=bool) for part in self._every(["outlet"])]
        masks, first = [], 0
        for mask in before:
            mine = mask.copy()
            mine[mask] = kept[first : first + int(mask.sum())]
            first += int(mask.sum())
            masks.append(mine)
        view = copy.copy(self)
        view._kept = masks
        view._sizes = {"articles": int(np.sum(kept)), "problems": self.size("problems")}
        return view

    def articles(self, columns: Sequence[str]) -> pd.DataFrame:
        """Some columns of all articles, in the order of the source: without their texts even millions are small."""
        import pandas as pd

        empty = schema.frame("articles", {})[list(columns)]
        return pd.concat([empty, *(part["articles"] for part in self.parts({"articles": columns}))], ignore_index=True)

    def _every(self, columns: Sequence[str]) -> Iterator[pd.DataFrame]:
        for part in self._parts["articles"]:
            yield _typed("articles", self._read("articles", part, columns))

    def tables(self) -> Tables:
        """The tables, each read when it is first asked for."""
        return OnDemand(self)

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
        view = self.view(outlets=outlets, since=since, until=until)
        try:
            return Tables(**{name: view.table(name) for name in schema.TABLES})
        except FileNotFoundError as error:
            raise InputError(f"{self.storage.shown()} was written anew while it was read; open it again") from error

    def table(self, name: str, columns: Sequence[str] | None = None) -> pd.DataFrame:
        """One table whole, or some of its columns. Raises `FileNotFoundError` where a later run replaced the dataset."""
        import pandas as pd
        import pyarrow as pa

        if self._kept is not None and name != "problems":
            empty = schema.frame(name, {})
            parts = [part[name] for part in self.parts({name: columns})]
            return pd.concat([empty if columns is None else empty[list(columns)], *parts], ignore_index=True)
        return _typed(name, pa.concat_tables([self._read(name, part, columns) for part in self._parts[name]]))

    def _read(self, name: str, part: str, columns: Sequence[str] | None) -> pyarrow.Table:
        from pyarrow import parquet

        with parquet.ParquetFile(self.storage.open(f"{name}/{part}")) as file:
            return file.read(columns=None if columns is None else list(columns))

    def __repr__(self) -> str:
        return "Dataset(" + ", ".join(f"{name}={rows}" for name, rows in self.rows.items()) + f"; {self.count} parts)"


class OnDemand(Tables):
    """The tables of a dataset, each read when it is first asked for: a figure needs two or three of eight."""

    def __init__(self, dataset: Dataset) -> None:
        object.__setattr__(self, "_dataset", dataset)

    def __getattr__(self, name: str) -> pd.DataFrame:
        if name not in schema.TABLES:
            raise AttributeError(name)
        object.__setattr__(self, name, self._read(name, None))
        return self.__dict__[name]  # type: ignore[no-any-return]

    def some(self, name: str, columns: Sequence[str]) -> pd.DataFrame:
        """See `Tables.some`; of a table that is not read yet no more than that is read."""
        return super().some(name, columns) if name in self.__dict__ else self._read(name, columns)

    def texts_of(self, kept: Any) -> pd.DataFrame:
        """See `Tables.texts_of`; the texts of the others are not read."""
        if "articles" in self.__dict__:
            return super().texts_of(kept)
        return self.of_articles(kept).articles

    def size(self, name: str) -> int:
        """See `Tables.size`; nothing is read for it."""
        return self.dataset.size(name)

    def of_articles(self, kept: Any) -> Tables:
        """See `Tables.of_articles`."""
        return OnDemand(self.dataset.of_articles(np.asarray(kept, dtype=bool)))

    @property
    def dataset(self) -> Dataset:
        """Where they are read from."""
        return self.__dict__["_dataset"]  # type: ignore[no-any-return]

    def _read(self, name: str, columns: Sequence[str] | None) -> pd.DataFrame:
        try:
            return self.dataset.table(name, columns)
        except FileNotFoundError as error:
            raise InputError(f"{self.dataset.storage.shown()} was written anew while it was read; open it again") from error


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
    except (ValueError, KeyError, TypeError, AttributeError) as error:
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
