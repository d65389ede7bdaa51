"""Which outlets give another figure for what a claim says, where the ledger has figures at odds over one thing.

In go claims, the `Tables` and their ledger, out comes a row for each claim and outlet that reports a figure at odds with one in the
claim's words: such an outlet has not left the matter out.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Protocol

from analysis.compare.columns import given
from analysis.compare.ledger import APART, size

if TYPE_CHECKING:
    import pandas as pd

_SUM = ("unit", "value", "low", "high")


class Summed(Protocol):
    """What is read of `Tables`."""

    @property
    def amounts(self) -> pd.DataFrame:
        """The sums."""


def at_odds(claims: pd.DataFrame, tables: Summed, ledger: pd.DataFrame) -> set[tuple[int, str]]:
    """The pairs of a claim's number and an outlet that gives another figure for it."""
    rows = ledger[ledger["conflict"]].to_dict("records")
    if not rows or not len(claims):
        return set()
    return {
        (claim, outlet)
        for claim, article, figure in _figures(claims, tables)
        for row in rows
        if article in row["articles"] and figure == _figure(row)
        for other in rows
        if _of_one_thing(row, other)
        for outlet in other["outlets"]
        if outlet not in row["outlets"]
    }


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


def _of_one_thing(one: dict[Any, Any], other: dict[Any, Any]) -> bool:
    """Whether two figures at odds are at odds with each other: near in size, in one currency and time, in different articles."""
    (unit, *sum_one), (of_other, *sum_other) = _figure(one), _figure(other)
    small, large = sorted((size(*sum_one), size(*sum_other)))
    return (
        unit == of_other
        and small < large <= APART * small
        and given(one["period"]) == given(other["period"])
        and set(one["articles"]).isdisjoint(other["articles"])
    )
