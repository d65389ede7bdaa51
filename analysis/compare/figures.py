"""The figures of a statement as bounds, so that outlets can qualify one figure differently and still report the same.

In go amounts, and a content's text for the numbers that are no amounts (ثمانية مدنيين), out come `Figure`s.

>>> one, other = Figure("#n|600", "=troops", 600, 600), Figure("#n|900", "=troops", 900, 900)
>>> disagree((one,), (other,)), disagree((one,), (one, other))
(True, False)
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from analysis.compare.columns import given
from analysis.text import fold_key

if TYPE_CHECKING:
    import pandas as pd

_NEAR = 0.05  # of an approximate number: about 4 million may be 4.1
_BEYOND = 1.5  # more than a million may be a million and a half, not ten
_OPEN = {"more_than": (1.0, _BEYOND), "at_least": (1.0, _BEYOND), "less_than": (1 / _BEYOND, 1.0), "at_most": (1 / _BEYOND, 1.0)}


class Figure(NamedTuple):
    """A figure: the feature that two statements share, what it counts ('' where that is not said), and its bounds."""

    feature: str
    unit: str
    low: float
    high: float


Placed = tuple[int, int, Figure]  # start, end and what stands there
T = TypeVar("T")


def disagree(one: Sequence[Figure], other: Sequence[Figure]) -> bool:
    """Whether both give figures of something, and none of them can be the same number."""
    for unit in {each.unit for each in one} & {each.unit for each in other}:
        mine, theirs = ([each for each in figures if each.unit == unit] for figures in (one, other))
        if unit and not any(a.low <= b.high and b.low <= a.high for a in mine for b in theirs):
            return True
    return False


def sums(amounts: pd.DataFrame, counted: Callable[[str], str | None]) -> dict[str, list[Any]]:
    """The figures of each article, sorted, as (start, end, Figure); of a count the number's words only, for what is counted is a
    word of the content. `counted` gives the feature of a folded noun.
    """
    spans: dict[str, list[Any]] = {}
    names = ("article_id", "start", "end", "text", "kind", "unit", "modifier", "value", "low", "high")
    for article, start, end, text, kind, unit, modifier, *numbers in zip(*(amounts[name].tolist() for name in names), strict=True):
        unit, value, low, high = (given(each) for each in (unit, *numbers))
        last = int(end)
        if kind in ("count", "measure"):
            at = text.rfind(unit) if unit else -1
            last = int(start) + at if at > 0 else last
            words = fold_key(unit or "").split()
            family, unit = "n", (counted(words[-1]) if words else None) or ""
        else:
            family = unit = unit or kind
        figure = _figure(family, unit, str(given(modifier) or "exact"), value, low, high)
        spans.setdefault(article, []).append((int(start), last, figure))
    return {article: sorted(each) for article, each in spans.items()}


def with_numbers(text: str, known: Sequence[Placed]) -> list[Placed]:
    """The known figures of an article with its numbers outside them, from two on, whose unit is not known yet; sorted."""
    from analysis.extract.numbers import find_numbers

    ends = [end for _, end, _ in known]
    found = list(known)
    for number in find_numbers(text):
        at = bisect_left(ends, number.start + 1)  # the first known one that ends after the number's start
        if number.value >= 2 and not (at < len(known) and known[at][0] < number.end):
            found.append((number.start, number.end, _figure("n", "", "exact", float(number.value), None, None)))
    return sorted(found)


def inside(spans: Sequence[tuple[int, int, T]], start: int, end: int) -> list[tuple[int, int, T]]:
    """The sorted spans within `start:end`, with offsets from its start."""
    first, last = bisect_left(spans, (start,)), bisect_left(spans, (end,))
    return [(a - start, b - start, what) for a, b, what in spans[first:last] if b <= end]


def _figure(family: str, unit: str, modifier: str, value: Any, low: Any, high: Any) -> Figure:
    if value is not None:
        least, most = _OPEN.get(modifier, (1 - _NEAR, 1 + _NEAR) if modifier == "approx" else (1.0, 1.0))
        return Figure(f"#{family}|{value:g}", unit, value * least, value * most)
    if low is None and high is None:
        return Figure(f"#{family}|", unit, 0.0, float("inf"))
    if high is None or modifier == "vague":
        return Figure(f"#{family}|{low or high:g}…", unit, low or 0.0, float("inf"))
    return Figure(f"#{family}|{low or 0:g}-{high:g}", unit, low or 0.0, high)
