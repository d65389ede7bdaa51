"""Parquet: a row an article, row group by row group, so that what is damaged costs no more than its group."""

from __future__ import annotations

import math
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from analysis.formats import limits
from analysis.formats.records import NAMED, NO_TEXT, Fault, Record, by_field, column_name, has_text_column, one_line

if TYPE_CHECKING:
    from pyarrow.parquet import ParquetFile


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
        return NO_TEXT
    count, unpacked = file.metadata.num_rows, _largest_column(file.metadata)
    if not count:
        return "the file has no rows; add them or remove it"
    if count > size or unpacked > limits.most_unpacked(size):
        return f"it says that it has {count} rows and {unpacked} bytes, in {size} bytes; write it again"
    return None


def rows_of_groups(file: ParquetFile) -> list[int]:
    """How many rows each row group says that it has."""
    return [file.metadata.row_group(at).num_rows for at in range(file.num_row_groups)]


def parquet_rows(file: ParquetFile, start: int = 0, end: float = math.inf) -> Iterator[Record | Fault]:
    """The records of the rows from `start` to before `end`. Where a row group breaks off, the next one is read on.

    What is lost of a group is named once, by whoever reads the first row that is.
    """
    names = [name for name in file.schema_arrow.names if column_name(name) in NAMED]
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
