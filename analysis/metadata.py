"""What metadata say of articles: a table given by the user, and the metadata.csv files beside the articles.

A row names its article by `article_id`: the record's own, or the name of its file with or without suffix and folder.

>>> import pandas as pd
>>> given = pd.DataFrame({"article_id": ["a1"], "outlet": ["الغد"]})
>>> Metadata(given).of(["a1"], None, [])
{'article_id': 'a1', 'outlet': 'الغد'}
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from analysis.errors import InputError, Problem
from analysis.files import File, Source, path_name, unreadable
from analysis.formats.encodings import decode
from analysis.formats.records import as_text, by_field, in_table
from analysis.formats.separated import csv_rows

if TYPE_CHECKING:
    import pandas as pd

NAME = "metadata.csv"

_Row = dict[str, object]


class Metadata:
    """`given` is a CSV file or DataFrame; `base` the folder that paths are named from.

    `given` is then its rows by article, `folders` the metadata.csv of each folder that was asked for.

    Raises `InputError` where what is given is no table with a column article_id.
    """

    def __init__(self, given: Source | pd.DataFrame | None = None, base: Path | None = None) -> None:
        self.given: Mapping[str, _Row] = {} if given is None else _given_rows(given)
        self._base = base or Path()
        self.folders: dict[Path, Sheet] = {}

    def of(self, keys: Iterable[str], file: File | None, problems: list[Problem]) -> _Row:
        """What is said of the article that goes by one of `keys`: first what was given, then the nearest metadata.csv.

        Those beside the article's `file` and in the folders above are read, up to the folder that was asked for.
        """
        keys = list(keys)
        found: _Row = {}
        for key in keys:
            found = self.given.get(key, {}) | found
        folder = file.real.parent if file else None
        while file and folder:
            sheet = self.folders.get(folder)
            if sheet is None:
                path = folder / NAME
                sheet = self.folders[folder] = _read_sheet(path, path_name(path, self._base), file.root, problems)
            for key in keys:
                if key in sheet.rows:
                    sheet.unused.pop(key, None)
                    found = sheet.rows[key] | found
            folder = folder.parent if folder != file.root and folder.is_relative_to(file.root) else None
        return found

    def name_unused(self, root: Path, problems: list[Problem]) -> None:
        """Of a folder that was read whole, name the rows that are of no article."""
        for folder, sheet in sorted(self.folders.items()):
            if sheet.unused and folder.is_relative_to(root):
                key, line = next(iter(sheet.unused.items()))
                more = f" and of {len(sheet.unused) - 1} more rows" if len(sheet.unused) > 1 else ""
                reason = f"no article goes by the article_id {in_short(key)}{more}; correct it, or the name of its file"
                problems.append(Problem(sheet.path, line, reason))
                sheet.unused.clear()


class Sheet(NamedTuple):
    """A metadata.csv: its rows by article, and the lines of those that no article has asked for."""

    path: str
    rows: dict[str, _Row]
    unused: dict[str, int]


def _read_sheet(path: Path, name: str, root: Path, problems: list[Problem]) -> Sheet:
    sheet = Sheet(name, {}, {})
    if not path.is_file():
        return sheet
    try:
        if path.is_symlink() and not path.resolve().is_relative_to(root.resolve()):
            raise OSError(0, "a link that leads out of the folder")
        text, fault = decode(path.read_bytes())
    except OSError as error:
        text, fault = None, unreadable(error)
    if fault is not None:
        problems.append(Problem(name, None, fault))
    for line, row in csv_rows(text)[1:] if text else ():
        if isinstance(row, str):
            problems.append(Problem(name, line, row))
            continue
        values = in_table(row)
        key = _key(values)
        if not key:
            problems.append(Problem(name, line, "the row has no article_id; say which article it is of"))
        elif key in sheet.rows:
            problems.append(Problem(name, line, f"the article_id {in_short(key)} has a row already, which counts; remove one"))
        else:
            sheet.rows[key] = values
            sheet.unused[key] = line
    return sheet


def _given_rows(metadata: Source | pd.DataFrame) -> dict[str, _Row]:
    import pandas as pd

    if isinstance(metadata, str | os.PathLike):
        name = f"metadata {os.fspath(metadata)!r}"
        try:
            text, fault = decode(Path(metadata).read_bytes())
        except (OSError, ValueError) as error:
            why = getattr(error, "strerror", None) or str(error)
            raise InputError(f"the {name} cannot be read ({why}); give the path of a CSV file") from error
        if text is None:
            raise InputError(f"the {name} cannot be read: {fault}")
        rows = []
        for line, row in csv_rows(text)[1:]:
            if isinstance(row, str):
                raise InputError(f"the {name} cannot be read at line {line}: {row}")
            rows.append(in_table(row))
    elif isinstance(metadata, pd.DataFrame):
        name = "metadata"
        rows = [by_field(row) for row in metadata.to_dict("records")]
    else:
        raise InputError(f"`metadata` is of type {type(metadata).__name__}; it must be the path of a CSV file, or a DataFrame")
    found: dict[str, _Row] = {}
    for values in rows:
        if key := _key(values):
            found.setdefault(key, values)
    if not found:
        raise InputError(f"the {name} name no article; a column article_id must say which article each row is of")
    return found


def _key(values: _Row) -> str:
    return " ".join((as_text(values.get("article_id")) or "").split())


def in_short(value: object) -> str:
    """A value in a sentence: on one line, not too long."""
    text = " ".join(str(value).split())
    return f"«{text[:60]}…»" if len(text) > 60 else f"«{text}»"
