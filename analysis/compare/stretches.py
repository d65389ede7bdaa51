"""Claims of an archive of any size: read stretch by stretch of time, each together with the one before it.

In goes a `Dataset`, out come the rows of `analysis.compare.claims.claims` for one stretch after another. Reports of one claim lie
within days or weeks of one another, so that two stretches hold what has to be compared, and what is held at once is two stretches
and never the archive.

- A stretch is the articles of whole days, some ten thousand of them. A corpus of no more than two stretches is read as a whole, and
  the rows are those of `claims`, to the last digit. Articles without a date come last, in the order of the source.
- Every stretch is read twice: with the one before it, and with the one after it. A claim goes on from one reading to the next where
  it is the claim that it has most statements in common with; each claim goes on in one, so that no chain of readings glues two.
- A claim that is silent for a whole stretch is another claim when it is heard again. How rare a word is, is counted in each
  reading.
- A statement has the rows of the first reading in which another one says the same.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import numpy as np

from analysis.compare.claims import claims as read_claims
from analysis.compare.columns import frame
from analysis.dataset.spill import Spill
from analysis.dataset.workers import in_order
from analysis.errors import InputError

if TYPE_CHECKING:
    import pandas as pd

    from analysis.dataset.reading import Dataset

STRETCH = 10_000  # articles
_OF = {
    "articles": ["article_id", "text", "outlet", "published"],
    "statements": ["article_id", "statement", "cue_start", "start", "end", "speaker", "verb", "in_title"],
    "amounts": [
        "article_id",
        "start",
        "end",
        "text",
        "kind",
        "unit",
        "modifier",
        "value",
        "low",
        "high",
        "period",
        "action",
        "statement",
        "in_title",
    ],
    "mentions": ["article_id", "start", "end", "actor"],
}
_KEYS = ["article_id", "statement"]
_PLACE = ["published", "article_id", "start", "statement"]  # the order of reports: of publication, then of the text


def claim_parts(dataset: Dataset, *, stretch: int = STRETCH, workers: int = 1, folder: str | None = None) -> Iterator[pd.DataFrame]:
    """The claims of a dataset, a stretch of time after another: rows as of `claims`, sorted by claim and date within each stretch.

    Claims are counted from 0 in the order of their first report over all stretches. `stretch` is how many articles one has;
    `workers` is how many stretches are read at once. `folder` is where the texts wait, sorted by time (about half the size of the
    dataset; a temporary folder where it is None). Raises `InputError` for a `stretch` below 1 and where a part cannot be read.
    """
    if stretch < 1:
        raise InputError(f"`stretch` value = {stretch!r} is invalid; it must be a number of articles of at least 1")
    with tempfile.TemporaryDirectory(prefix="claims-", dir=folder) as place:
        count = _sorted_by_time(dataset, stretch, place)
        linked = _Linked()
        for reading in _readings(place, count, workers):
            yield from linked.add(reading)
        yield from linked.rest()


def _sorted_by_time(dataset: Dataset, stretch: int, place: str) -> int:
    """Put the rows that claims read into stretches on the disk; how many there are."""
    cuts = _Stretches(dataset, stretch)
    spill = Spill(place)
    for at, part in enumerate(dataset.parts(_OF)):
        of_article = dict(zip(part["articles"]["article_id"].tolist(), cuts.of_part[at].tolist(), strict=True))
        for name, rows in part.items():
            for column in rows.columns:
                if rows[column].dtype == "category":
                    rows[column] = rows[column].astype("string")
            spill.add(name, rows, [of_article[article] for article in rows["article_id"].tolist()])
    spill.close()
    return cuts.count


class _Stretches:
    """Which stretch each article is in, part by part of the dataset, and how many there are."""

    def __init__(self, dataset: Dataset, stretch: int) -> None:
        days = [_days(part["articles"]["published"]) for part in dataset.parts({"articles": ["published"]})]
        sizes = [len(each) for each in days]
        every = np.concatenate([*days, np.empty(0, dtype=np.int64)])
        order = np.argsort(every, kind="stable")
        found = np.zeros(len(every), dtype=np.int64)
        if len(every) > 2 * stretch:
            found[order] = _cut(every[order], stretch)
        self.count = int(found.max(initial=-1)) + 1
        self.of_part = np.split(found, np.cumsum(sizes)[:-1])


_UNDATED = np.iinfo(np.int64).max


def _days(published: pd.Series[Any]) -> Any:
    """Days as numbers, the last of all numbers for an article without a date."""
    stamps = published.to_numpy(dtype="datetime64[us]")
    return np.where(np.isnat(stamps), _UNDATED, stamps.astype("datetime64[D]").astype(np.int64))


def _cut(days: Any, stretch: int) -> Any:
    """The stretch of each article, by their days in order: no day is cut, unless it is no day.

    >>> _cut(np.array([1, 1, 2, 2, 2, 3, 4, _UNDATED, _UNDATED, _UNDATED]), 2).tolist()
    [0, 0, 1, 1, 1, 2, 2, 3, 3, 4]
    """
    dated = int(np.searchsorted(days, _UNDATED))
    firsts = [*np.flatnonzero(np.diff(days[:dated], prepend=-_UNDATED)).tolist(), *range(dated, len(days))]
    begins: list[int] = []
    for at, end in zip(firsts, [*firsts[1:], len(days)], strict=True):
        if not begins or end - begins[-1] > stretch or at == dated:
            begins.append(at)
    marks = np.zeros(len(days), dtype=np.int64)
    marks[begins[1:]] = 1
    return np.cumsum(marks)


def _readings(place: str, count: int, workers: int) -> Iterator[pd.DataFrame]:
    """The claims of each two stretches beside one another, in order; each row with the `stretch` that it is of."""
    tasks = [(place, at) for at in range(max(count - 1, min(count, 1)))]
    if workers == 1:
        return map(_reading, tasks)
    return in_order(_reading, tasks, workers, told="the claims of stretch {} cannot be read")


def _reading(task: tuple[str, int]) -> pd.DataFrame:
    """The claims of a stretch and the next one."""
    import pandas as pd

    place, at = task
    spill = Spill(place)
    read = {name: [spill.read(name, each) for each in (at, at + 1)] for name in _OF}
    both = SimpleNamespace(**{name: pd.concat(parts, ignore_index=True) for name, parts in read.items()})
    first = set(read["articles"][0]["article_id"])
    made = read_claims(both)
    return made.assign(stretch=np.where(made["article_id"].isin(first), at, at + 1))


class _Linked:
    """Readings joined one to the next; what is held are the rows of one stretch."""

    def __init__(self) -> None:
        self._waiting: Any = None  # the rows of the last stretch that was read, which may still be joined to the next
        self._handles = 0
        self._numbers: dict[int, int] = {}  # of the claims that may go on
        self._given = 0

    def add(self, reading: pd.DataFrame) -> Iterator[pd.DataFrame]:
        """Join a reading to the one before it; what is settled by that is given."""
        reading = reading.assign(shared=reading.groupby("claim")["article_id"].transform("size").to_numpy() > 1)
        if not len(reading):
            return
        first = reading["stretch"].min()
        here = reading["stretch"] == first
        if self._waiting is None:
            reading["claim"] = self._renamed(reading["claim"], {})
            yield self._settled(reading[here])
        elif self._waiting["stretch"].iloc[0] == first:
            reading["claim"] = self._renamed(reading["claim"], _going_on(self._waiting, reading[here]))
            yield self._settled(_chosen(self._waiting, reading[here]))
        else:
            yield self._settled(self._waiting)
            reading["claim"] = self._renamed(reading["claim"], {})
            yield self._settled(reading[here])
        left = reading[~here]
        self._waiting = left if len(left) else None
        going_on = set(left["claim"].tolist())
        self._numbers = {handle: number for handle, number in self._numbers.items() if handle in going_on}

    def rest(self) -> Iterator[pd.DataFrame]:
        """What is left after the last reading."""
        if self._waiting is not None:
            yield self._settled(self._waiting)
        elif not self._given:
            yield frame("claims", {})

    def _renamed(self, claims: pd.Series[Any], known: dict[int, int]) -> Any:
        """The handles of a reading's claims: of those that go on the one that they have, of the others a new one."""
        own, at = np.unique(claims.to_numpy(dtype=np.int64), return_inverse=True)
        handles = np.arange(len(own)) + self._handles
        self._handles += len(own)
        for claim, handle in known.items():
            handles[np.searchsorted(own, claim)] = handle
        return handles[at]

    def _settled(self, rows: pd.DataFrame) -> pd.DataFrame:
        """The rows of a stretch with the claims' numbers, which are given in the order of first reports."""
        rows = rows.sort_values(_PLACE, kind="stable", na_position="last")
        numbers = []
        for handle in rows["claim"].tolist():
            if handle not in self._numbers:
                self._numbers[handle] = self._given
                self._given += 1
            numbers.append(self._numbers[handle])
        empty = frame("claims", {})
        rows = rows.assign(claim=numbers)[list(empty.columns)].astype(empty.dtypes.to_dict())
        return rows.sort_values("claim", kind="stable", ignore_index=True)


def _together(one: pd.DataFrame, other: pd.DataFrame) -> pd.DataFrame:
    """The rows of two readings that report the same words of the same statement."""
    names = [*_KEYS, "start", "end", "claim", "shared"]
    both = one[names].assign(at=range(len(one))).merge(other[names].assign(at=range(len(other))), on=_KEYS, suffixes=("", "_next"))
    return both[(both["start"] < both["end_next"]) & (both["start_next"] < both["end"])]


def _going_on(before: pd.DataFrame, now: pd.DataFrame) -> dict[int, int]:
    """The claims of a reading that are claims of the one before it: of each the one with most statements in common, once each."""
    pairs = _together(before, now).groupby(["claim", "claim_next"]).size().reset_index(name="n")
    pairs = pairs.sort_values(["n", "claim", "claim_next"], ascending=[False, True, True])
    found: dict[int, int] = {}
    taken = set()
    for old, new in zip(pairs["claim"].tolist(), pairs["claim_next"].tolist(), strict=True):
        if old not in taken and new not in found:
            found[new] = old
            taken.add(old)
    return found


def _chosen(before: pd.DataFrame, now: pd.DataFrame) -> pd.DataFrame:
    """Of a stretch that was read twice, the rows that hold: a statement's rows where it shares a claim, the first reading before
    the second; where it never does, those of the first.
    """
    import pandas as pd

    both = _together(before, now)
    better = both[~both["shared"] & both["shared_next"]]
    dropped = set(better["at"].tolist())
    kept = before[[at not in dropped for at in range(len(before))]]
    # What the first reading shares stands; the second adds what it finds shared besides.
    covered = set(both["at_next"][both["shared"]].tolist())
    added = now[[shared and at not in covered for at, shared in enumerate(now["shared"].tolist())]]
    return pd.concat([kept, added]).drop_duplicates([*_KEYS, "claim"])
