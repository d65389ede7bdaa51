"""The ledger of an archive of any size: mentions of sums put in order by currency and size, and compared one range after another.

In goes a `Dataset`, out come the rows of `analysis.compare.ledger.ledger`, a range of sums after another. Only mentions of one sum
can be one figure, and only sums near one another can contradict, so that what is held at once is a range of sums and the figures
next below it. The rows are those of the ledger of the same articles in memory, to the last digit.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from itertools import islice
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from analysis.compare.clauses import Clause
from analysis.compare.columns import given
from analysis.compare.ledger import Report, figures, reports, size, with_conflicts, written
from analysis.dataset.spill import Spill
from analysis.errors import InputError

if TYPE_CHECKING:
    import pandas as pd

    from analysis.dataset.reading import Dataset

RANGE = 50_000  # mentions
_ROWS = 20_000  # of a table that is given
_SUMS = ["kind", "value", "low", "high", "unit"]
_OF = {
    "articles": ["article_id", "outlet", "published", "text"],
    "statements": ["article_id", "statement", "speaker"],
    "amounts": ["article_id", "start", "end", *_SUMS, "modifier", "period", "action", "statement", "in_title"],
    "mentions": ["article_id", "start", "end", "actor"],
}
_OWN = tuple(name for name in Report._fields if name not in ("figure", "clause"))
_FIGURE = ("unit", "value", "low", "high", "vague_in")
_COLUMNS = (*_OWN, *_FIGURE, *Clause._fields)
_NUMBERS = {"value": "float64", "low": "float64", "high": "float64"}
_TYPES = {"published": "datetime64[us]", "in_title": "bool", "start": "int64", "price": "bool", **_NUMBERS}


def ledger_parts(
    dataset: Dataset, *, range_size: int = RANGE, workers: int = 1, folder: str | None = None
) -> Iterator[pd.DataFrame]:
    """The ledger of a dataset, a range of sums after another, by currency and falling size; rows as of `ledger`.

    A range is about `range_size` mentions of sums, more where one sum has more. `workers` is how many parts are read at once.
    `folder` is where the mentions wait in order (a temporary folder where it is None). Raises `InputError` for a `range_size` below
    1 and where a part cannot be read.
    """
    if range_size < 1:
        raise InputError(f"`range_size` value = {range_size!r} is invalid; it must be a number of mentions of at least 1")
    cuts = _ranges(dataset, range_size)
    with tempfile.TemporaryDirectory(prefix="ledger-", dir=folder) as place:
        spill = Spill(place)
        for rows in dataset.mapped(_mentioned, _OF, workers=workers):
            spill.add("sums", rows, [cuts[_key(*each)] for each in _sums(rows)])
        spill.close()
        found = (row for bucket in range(max(cuts.values(), default=-1) + 1) for row in figures(_read(spill, bucket)))
        flagged = with_conflicts(found)
        yield written(islice(flagged, _ROWS))  # without a row where there are none
        while some := list(islice(flagged, _ROWS)):
            yield written(some)


def _sums(rows: pd.DataFrame) -> Iterator[tuple[Any, ...]]:
    return zip(*(rows[name].tolist() for name in ("unit", "value", "low", "high")), strict=True)


def _key(unit: Any, value: Any, low: Any, high: Any) -> tuple[str, float]:
    """What a sum is put in order by: its currency (an unknown one last) and its size, the largest first."""
    unit, value, low, high = map(given, (unit, value, low, high))
    return ("" if unit is None else str(unit)), -size(value, low, high)


def _ranges(dataset: Dataset, range_size: int) -> dict[tuple[str, float], int]:
    """The range that each sum is in."""
    counts: dict[tuple[str, float], int] = {}
    for part in dataset.parts({"amounts": _SUMS}):
        money = part["amounts"]
        money = money[(money["kind"] == "money") & money[["value", "low", "high"]].notna().any(axis=1)]
        for each in _sums(money):
            key = _key(*each)
            counts[key] = counts.get(key, 0) + 1
    ranges: dict[tuple[str, float], int] = {}
    at = held = 0
    for key in sorted(counts, key=lambda key: (not key[0], key)):
        if held and held + counts[key] > range_size:
            at, held = at + 1, 0
        ranges[key] = at
        held += counts[key]
    return ranges


def _mentioned(part: dict[str, Any]) -> pd.DataFrame:
    """Every mention of a sum in a part with what its clause says, by date of publication."""
    import pandas as pd
    import pyarrow as pa

    rows = [
        (
            *(getattr(report, name) for name in _OWN),
            *report.figure,
            *report.clause[:-2],
            sorted(report.clause.words),
            report.clause.price,
        )
        for report in reports(SimpleNamespace(**part))
    ]
    words = pd.ArrowDtype(pa.list_(pa.string()))  # said beforehand: no row may have one
    types = {name: words if name == "words" else _TYPES.get(name, "string") for name in _COLUMNS}
    columns = zip(*rows, strict=True) if rows else ((),) * len(_COLUMNS)
    return pd.DataFrame({name: pd.Series(cells, dtype=types[name]) for name, cells in zip(_COLUMNS, columns, strict=True)})


def _read(spill: Spill, bucket: int) -> Iterator[Report]:
    """The mentions of a range, by date of publication, then in the order of the dataset."""
    try:
        rows = spill.read("sums", bucket).sort_values("published", kind="stable", na_position="last")
    except KeyError:
        return
    published = rows["published"].tolist()
    cells = {name: rows[name].astype("object").where(rows[name].notna(), None).tolist() for name in _COLUMNS if name != "published"}
    own = zip(*(published if name == "published" else cells[name] for name in _OWN), strict=True)
    sums = zip(*(cells[name] for name in _FIGURE), strict=True)
    told = zip(*(cells[name] for name in Clause._fields if name != "words"), strict=True)
    for mine, figure, (payer, recipient, purpose, price), words in zip(own, sums, told, cells["words"], strict=True):
        clause = Clause(payer, recipient, purpose, frozenset(words), price)
        yield Report._make((*mine[:4], figure, *mine[4:], clause))
