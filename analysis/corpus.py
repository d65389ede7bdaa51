"""Opening a corpus: what every notebook does first, in one call.

In goes a place with articles, or with tables already extracted; out come `Tables` of the outlets and the time asked for. Of a
corpus with more articles than can be looked at one by one, `open_part` gives a sample beside the whole: all articles of some
stretches of days, spread evenly, so that who left something out can still be told within them.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from analysis import places
from analysis.articles import read_articles
from analysis.tables import Tables, load_tables

if TYPE_CHECKING:
    import pandas as pd

    from analysis.dataset import Dataset

_STRETCHES = (5, 3, 2, 1)  # of a sample, as many as have a week each
_WEEK = 7  # days


class Sample(NamedTuple):
    """What a part of a corpus is: how many of how many articles, and the first and last days of the stretches that they are of,
    none where the articles have no date.
    """

    articles: int
    of: int
    days: tuple[tuple[pd.Timestamp, pd.Timestamp], ...]


class Part(NamedTuple):
    """A corpus: the tables to look into, the whole to count, and what sample the tables are (None where they are all of it)."""

    tables: Tables
    whole: Tables | Dataset
    sample: Sample | None


def open_corpus(
    articles: str | os.PathLike[str] | None = None,
    *,
    tables: str | os.PathLike[str] | None = None,
    outlets: Iterable[str] | None = None,
    since: str | int | date | None = None,
    until: str | int | date | None = None,
    actors: str | os.PathLike[str] | None = None,
    progress: bool = False,
) -> Tables:
    """Read `articles` (file, folder or glob; the embedded sample where None or "") or load `tables`, and keep what was asked for.

    `outlets`, `since` and `until` are as for `Tables.only`, `actors` is as for `extract`. `tables` wins over both `articles` and
    `actors`, for it was made from them. Raises `InputError`, in one sentence, where a place does not exist or nothing is left.
    """
    if tables:
        opened = load_tables(tables)
    else:
        from analysis.extract.pipeline import extract

        opened = extract(read_articles(articles or places.sample()), actors=actors or None, progress=progress)
    wanted = list(outlets or ())
    if not (wanted or since or until):
        return opened  # choosing all of a large corpus takes longer than reading it
    return opened.only(outlets=wanted, since=since, until=until)


def open_part(
    articles: str | os.PathLike[str] | None = None,
    *,
    tables: str | os.PathLike[str] | None = None,
    outlets: Iterable[str] | None = None,
    since: str | int | date | None = None,
    until: str | int | date | None = None,
    actors: str | os.PathLike[str] | None = None,
    most: int,
) -> Part:
    """As `open_corpus`; of more than `most` articles the tables are a sample. What is a dataset is not loaded.

    Raises `InputError` as that does. The same corpus gives the same sample.
    """
    from analysis.dataset import open_dataset
    from analysis.dataset.reading import is_dataset

    if tables and is_dataset(tables):
        whole = open_dataset(tables).view(outlets=outlets, since=since, until=until)
        if whole.size("articles") <= most:
            return Part(whole.tables(), whole, None)
        kept, sample = days_of(whole.articles(["published"])["published"], most)
        return Part(whole.of_articles(kept).tables(), whole, sample)
    opened = open_corpus(articles, tables=tables, outlets=outlets, since=since, until=until, actors=actors)
    if len(opened.articles) <= most:
        return Part(opened, opened, None)
    kept, sample = days_of(opened.articles["published"], most)
    return Part(opened.of_articles(kept), opened, sample)


def days_of(published: pd.Series[Any], most: int) -> tuple[Any, Sample]:
    """Which articles a sample has, a bool for each: all of some stretches of whole days, spread evenly over the articles in order
    of publication; about `most`, and no more unless a single day has.

    As many stretches as have a week each, at most five. Without dates it is the first articles.

    >>> import pandas as pd
    >>> kept, sample = days_of(pd.Series(pd.date_range("2020-01-01", periods=100)), 25)
    >>> sample.articles, [f"{first:%m-%d} {last:%m-%d}" for first, last in sample.days]
    (24, ['01-13 01-20', '02-16 02-23', '03-20 03-27'])
    """
    import numpy as np
    import pandas as pd

    stamps = published.to_numpy(dtype="datetime64[D]")
    dated = ~np.isnat(stamps)
    days, counts = np.unique(stamps[dated], return_counts=True)
    if not len(days):
        return np.arange(len(stamps)) < most, Sample(most, len(stamps), ())
    ends = np.cumsum(counts)
    begins = ends - counts
    for stretches in _STRETCHES:
        each = most // stretches
        found = []
        for at in range(stretches):
            first = int(np.searchsorted(begins, max((2 * at + 1) * int(ends[-1]) // (2 * stretches) - each // 2, 0)))
            first = min(first, len(days) - 1)
            last = max(int(np.searchsorted(ends, begins[first] + each, side="right")) - 1, first)
            found.append((first, last))
        if all(last - first + 1 >= _WEEK for first, last in found):
            break
    kept = np.zeros(len(stamps), dtype=bool)
    for first, last in found:
        kept |= dated & (stamps >= days[first]) & (stamps <= days[last])
    spans = tuple((pd.Timestamp(days[first]), pd.Timestamp(days[last])) for first, last in found)
    return kept, Sample(int(kept.sum()), len(stamps), spans)
