"""Which outlets give another figure for what a claim says, where the ledger has figures at odds over one thing.

In go claims, the `Tables` and their ledger, out comes a row for each claim and outlet that reports a figure at odds with one in the
claim's words: such an outlet has not left the matter out.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from analysis.compare.columns import given
from analysis.compare.ledger import APART, size

if TYPE_CHECKING:
    import pandas as pd

_SUM = ("unit", "value", "low", "high")
_ROUNDING = 1 + 1e-9


class Summed(Protocol):
    """What is read of `Tables`."""

    @property
    def amounts(self) -> pd.DataFrame:
        """The sums."""


def at_odds(claims: pd.DataFrame, tables: Summed, ledger: pd.DataFrame) -> set[tuple[int, str]]:
    """The pairs of a claim's number and an outlet that gives another figure for it."""
    rows = [_row(each) for each in ledger[ledger["conflict"]].to_dict("records")]
    if not rows or not len(claims):
        return set()
    reported: dict[tuple[str, tuple[Any, ...]], list[_Row]] = {}
    for row in rows:
        for article in row.articles:
            reported.setdefault((article, row.figure), []).append(row)
    near = _Near(rows)
    outlets = cache(lambda row: {outlet for other in near.of_one_thing(row) for outlet in other.outlets}.difference(row.outlets))
    return {
        (claim, outlet)
        for claim, article, figure in _figures(claims, tables)
        for row in reported.get((article, figure), ())
        for outlet in outlets(row)
    }


class _Row(NamedTuple):
    """A figure of the ledger that is at odds with another."""

    figure: tuple[Any, ...]
    period: str | None
    size: float
    articles: frozenset[str]
    outlets: tuple[str, ...]


def _row(cells: dict[Any, Any]) -> _Row:
    figure = _figure(cells)
    return _Row(figure, given(cells["period"]), size(*figure[1:]), frozenset(cells["articles"]), tuple(cells["outlets"]))


class _Near:
    """The figures at odds by currency and time, in order of size: each is only asked about those near it."""

    def __init__(self, rows: Iterable[_Row]) -> None:
        self._rows: dict[Any, list[_Row]] = {}
        for row in sorted(rows, key=lambda row: row.size):
            self._rows.setdefault((row.figure[0], row.period), []).append(row)
        self._sizes = {key: [row.size for row in each] for key, each in self._rows.items()}

    def of_one_thing(self, row: _Row) -> Iterator[_Row]:
        """The figures that it is at odds with: near in size, in one currency and time, in different articles."""
        key = row.figure[0], row.period
        first = bisect_left(self._sizes[key], row.size / APART / _ROUNDING)
        last = bisect_right(self._sizes[key], row.size * APART * _ROUNDING)
        for other in self._rows[key][first:last]:
            small, large = sorted((row.size, other.size))
            if small < large <= APART * small and row.articles.isdisjoint(other.articles):
                yield other


def _figures(claims: pd.DataFrame, tables: Summed) -> Iterator[tuple[int, str, tuple[Any, ...]]]:
    """The sums in each claim's words, with their article."""
    money = tables.amounts[tables.amounts["kind"].astype("string") == "money"]
    sums: dict[str, list[tuple[int, int, tuple[Any, ...]]]] = {}
    for each in money[["article_id", "start", "end", *_SUM]].to_dict("records"):
        sums.setdefault(each["article_id"], []).append((each["start"], each["end"], _figure(each)))
    names = ("claim", "article_id", "start", "end")
    for claim, article, start, end in zip(*(claims[name].tolist() for name in names), strict=True):
        yield from ((claim, article, figure) for a, b, figure in sums.get(article, ()) if start <= a and b <= end)


def _figure(row: dict[Any, Any]) -> tuple[Any, ...]:
    """A sum as the ledger tells sums apart: what has a value has no bounds."""
    unit, value, low, high = (given(row[name]) for name in _SUM)
    return (unit, value, None, None) if value is not None else (unit, None, low, high)
