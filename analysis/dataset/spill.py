"""Rows of a dataset put into buckets on the disk, so that what belongs together is read together in bounded memory.

In go rows with the number of a bucket, in any order; out come the rows of a bucket, in the order in which they came. A dataset is
in the order of its source; claims want it by time, the ledger by sum.

>>> import tempfile
>>> import pandas as pd
>>> with tempfile.TemporaryDirectory() as folder:
...     spill = Spill(folder)
...     for values in ([1, 2, 3], [4, 5, 6]):
...         spill.add("numbers", pd.DataFrame({"n": values}), [value % 2 for value in values])
...     spill.close()
...     [spill.read("numbers", bucket)["n"].tolist() for bucket in (0, 1, 2)]
[[2, 4, 6], [1, 3, 5], []]
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow

_HELD = 64_000_000  # bytes that wait in memory, so that a bucket is not written row by row


class Spill:
    """Buckets of rows in `folder`, which is the caller's to remove; one file a bucket and kind of rows.

    What is added can be read after `close`. A reader in another process may open the same folder.
    """

    def __init__(self, folder: str | Path) -> None:
        self._folder = Path(folder)
        self._schemas: dict[str, Any] = {}
        self._waiting: dict[tuple[str, int], list[Any]] = {}
        self._held = 0

    def add(self, name: str, rows: pd.DataFrame, buckets: Sequence[int] | np.ndarray[Any, Any]) -> None:
        """Add rows under a name, each to its bucket; all rows of a name have the same columns and types."""
        import pyarrow as pa

        if not len(rows) and name in self._schemas:
            return
        table = pa.Table.from_pandas(rows, schema=self._schemas.get(name), preserve_index=False).replace_schema_metadata(None)
        if name not in self._schemas:
            self._schemas[name] = table.schema
            self._write(name, -1, [table.slice(0, 0)])  # the types of a bucket without rows
        if not len(rows):
            return
        numbers = np.asarray(buckets, dtype=np.int64)
        order = np.argsort(numbers, kind="stable")
        kept, firsts = np.unique(numbers[order], return_index=True)
        for bucket, at in zip(kept.tolist(), np.split(order, firsts[1:]), strict=True):
            part = table.take(at)
            self._waiting.setdefault((name, bucket), []).append(part)
            self._held += part.nbytes
        if self._held > _HELD:
            self.close()

    def close(self) -> None:
        """Write what waits; more may be added afterwards."""
        for (name, bucket), parts in self._waiting.items():
            self._write(name, bucket, parts)
        self._waiting.clear()
        self._held = 0

    def _write(self, name: str, bucket: int, parts: list[pyarrow.Table]) -> None:
        from pyarrow import concat_tables, ipc

        table = concat_tables(parts).combine_chunks()
        options = ipc.IpcWriteOptions(compression="zstd")
        # A stream is added to the file each time, and none is held open: there may be more buckets than open files allowed.
        with self._file(name, bucket).open("ab") as file, ipc.new_stream(file, table.schema, options=options) as stream:
            stream.write_table(table)

    def read(self, name: str, bucket: int) -> pd.DataFrame:
        """The rows of a bucket. Raises `KeyError` for a name under which nothing was added."""
        from pyarrow import concat_tables

        if not self._file(name, -1).is_file():
            raise KeyError(name)
        tables = self._streams(name, -1)
        if self._file(name, bucket).is_file():
            tables += self._streams(name, bucket)
        rows: pd.DataFrame = concat_tables(tables).to_pandas()
        return rows

    def _streams(self, name: str, bucket: int) -> list[pyarrow.Table]:
        from pyarrow import ipc, memory_map

        tables = []
        with memory_map(str(self._file(name, bucket))) as file:
            while file.tell() < file.size():
                with ipc.open_stream(file) as stream:
                    tables.append(stream.read_all())
        return tables

    def _file(self, name: str, bucket: int) -> Path:
        return self._folder / (f"{name}-{bucket}.arrows" if bucket >= 0 else f"{name}.arrows")
