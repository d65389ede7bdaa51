"""The tables of one corpus, together: what `extract` returns, what comparisons, figures and notebooks read.

`Tables.save` writes one Parquet file a table, `load_tables` reads them back; both keep every column and dtype. `load_tables` reads
the datasets of `extract_dataset`, too, which have a folder of files a table; those too large to hold are for `open_dataset`.
"""

from __future__ import annotations

import json
import os
import re
from calendar import monthrange
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis import actors, schema
from analysis.errors import InputError
from analysis.interrupts import heed
from analysis.processes import alone_in

if TYPE_CHECKING:
    import pandas as pd

NAMES = "actors.json"  # beside the tables: what a user's own actors are called


@dataclass(frozen=True)
class Tables:
    """One DataFrame a table; columns, dtypes and units are in `analysis.schema`.

    Every table but `articles` and `problems` leads back to its article by `article_id`, and to its words by `start` and `end`.
    """

    articles: pd.DataFrame
    blocks: pd.DataFrame
    statements: pd.DataFrame
    amounts: pd.DataFrame
    dates: pd.DataFrame
    mentions: pd.DataFrame
    hedges: pd.DataFrame
    problems: pd.DataFrame

    def save(self, folder: str | os.PathLike[str]) -> Path:
        """Write `<table>.parquet` for every table into `folder`, made where it is missing, and return it.

        Every table is written beside its place before the first one is moved there: where one cannot be written, those of an
        earlier run all stay, for they belong together. Raises `InputError` where another run is writing there at the moment.
        """
        place = Path(folder)
        place.mkdir(parents=True, exist_ok=True)
        unfinished = {each.name: place / f".{each.name}.parquet.{os.getpid()}" for each in fields(self)}
        with alone_in(place):
            try:
                for name, path in unfinished.items():
                    table = getattr(self, name)
                    table = table.set_axis(table.columns, axis=1)  # a copy of the labels alone
                    table.attrs = {}
                    table.to_parquet(path, index=False)
                heed()
                for name, path in unfinished.items():
                    path.replace(place / f"{name}.parquet")
                self._save_names(place / NAMES)
            finally:
                for path in unfinished.values():
                    path.unlink(missing_ok=True)
        return place

    def _save_names(self, path: Path) -> None:
        """What the actors of a user's own file are called: tables have their keys alone."""
        names = actors.own(self.mentions["actor"].unique())
        if names:
            path.write_text(json.dumps(names, ensure_ascii=False, indent=1, sort_keys=True), encoding="utf-8")
        else:
            path.unlink(missing_ok=True)  # of an earlier run

    def only(
        self,
        *,
        outlets: Iterable[str] | None = None,
        since: str | int | date | None = None,
        until: str | int | date | None = None,
    ) -> Tables:
        """The tables of the articles of `outlets` published from `since` to `until`.

        A bound is a day, a month or a year (2020-04-07, 2020-04, 2020) and is included whole; None or empty sets none.

        Articles without a date stay only where no bound is set. Raises `InputError` for an outlet that no article has, naming
        those there are, for a date that is not one, and for bounds that leave nothing.
        """
        known = self.some("articles", ["outlet", "published"])
        return self.of_articles(chosen(known, outlets=outlets, since=since, until=until))

    def of_articles(self, kept: Any) -> Tables:
        """The tables of some articles; `kept` is a bool for each, in their order."""
        articles = self.articles[kept]
        ids = set(articles["article_id"])
        others = {
            each.name: (table := getattr(self, each.name))[table["article_id"].isin(ids)].reset_index(drop=True)
            for each in fields(self)
            if each.name not in ("articles", "problems")
        }
        return replace(self, articles=articles.reset_index(drop=True), **others)

    def some(self, name: str, columns: Sequence[str]) -> pd.DataFrame:
        """Some columns of the table of that name."""
        table: pd.DataFrame = getattr(self, name)
        return table[list(columns)]

    def texts_of(self, kept: Any) -> pd.DataFrame:
        """The rows of some articles, a bool for each."""
        articles: pd.DataFrame = self.articles[kept]
        return articles

    def size(self, name: str) -> int:
        """How many rows the table of that name has."""
        return len(getattr(self, name))

    def _repr_html_(self) -> str:
        from analysis.display import overview  # which reads tables itself

        return overview(self)

    def __repr__(self) -> str:
        return "Tables(" + ", ".join(f"{each.name}={self.size(each.name)}" for each in fields(self)) + ")"


def chosen(
    articles: pd.DataFrame,
    *,
    outlets: Iterable[str] | None = None,
    since: str | int | date | None = None,
    until: str | int | date | None = None,
) -> pd.Series[bool]:
    """Which articles (by `outlet` and `published`) are of `outlets` and of the time from `since` to `until`; see `Tables.only`."""
    import pandas as pd

    keep = pd.Series(True, index=articles.index)
    wanted = list(outlets or [])
    if wanted:
        known = sorted(articles["outlet"].dropna().unique())
        unknown = [outlet for outlet in wanted if outlet not in known]
        if unknown:
            raise InputError(
                f"no article is by the outlet {unknown[0]!r}; the outlets here are: {', '.join(map(repr, known)) or 'none'}"
            )
        keep &= articles["outlet"].isin(wanted)
    first, last = _bound(since, "since"), _bound(until, "until")
    if first is not None and last is not None and first[0] > last[1]:
        raise InputError(f"the range is empty: since {since} is after until {until}")
    if first is not None:
        keep &= articles["published"] >= pd.Timestamp(first[0])
    if last is not None:
        keep &= articles["published"] <= pd.Timestamp(last[1])
    if len(articles) and not keep.any():
        seen = articles["published"].agg(["min", "max"])
        span = (
            f"those of a known date are of {seen['min']:%Y-%m-%d} to {seen['max']:%Y-%m-%d}"
            if seen.notna().all()
            else "none has a known date"
        )
        asked = {"outlets": ", ".join(wanted), "since": since, "until": until}
        choice = " and ".join(f"{name} {value}" for name, value in asked.items() if value)
        raise InputError(f"no article is left by {choice}; {span}")
    return keep


_BOUND = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")


def _bound(value: str | int | date | None, name: str) -> tuple[datetime, datetime] | None:
    """The first and the last moment of the day, month or year that a bound names."""
    if value is None or value == "":
        return None
    match = _BOUND.fullmatch(f"{value:%Y-%m-%d}" if isinstance(value, date) else str(value).strip())
    try:
        if match is None:
            raise ValueError
        year, month, day = (int(part) if part else None for part in match.groups())
        assert year is not None
        first = date(year, month or 1, day or 1)
        last = first if day else date(year, month or 12, monthrange(year, month or 12)[1])
    except ValueError as error:
        raise InputError(f"`{name}` value = {value!r} is no date; write it as 2020-04-07, 2020-04 or 2020") from error
    return datetime.combine(first, time.min), datetime.combine(last, time.max)


def load_tables(folder: str | os.PathLike[str]) -> Tables:
    """Read the tables that `Tables.save`, `extract_dataset` or `python -m analysis extract` wrote into `folder`, or to an address.

    Of a dataset that a run is replacing it gives the one run or the other, never some of both. Raises `InputError` where the folder
    or one of its tables is missing or has other columns, and where a first run has not come to its end.
    """
    import pandas as pd

    from analysis.dataset import reading

    if reading.is_dataset(folder):
        return Tables(**reading.whole_tables(folder))
    place = Path(folder)
    tables: dict[str, pd.DataFrame] = {}
    for name in (each.name for each in fields(Tables)):
        path = place / f"{name}.parquet"
        if not path.is_file():
            raise InputError(f"{path} is missing; make the tables with: python -m analysis extract SOURCE --out {place}")
        try:
            read = pd.read_parquet(path)
            tables[name] = schema.frame(name, {column: read[column].array for column in read.columns})
        except (OSError, ValueError, TypeError) as error:
            raise InputError(f"{path} cannot be read as a table: {error}") from error
        except KeyError as error:
            raise InputError(f"{path} has no column {error}; make the tables again with this version") from error
    _know_names(place / NAMES)
    return Tables(**tables)


def _know_names(path: Path) -> None:
    if not path.is_file():
        return
    try:
        actors.know(json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, AttributeError, RecursionError) as error:
        raise InputError(f"{path} cannot be read as names of actors: {error}; make the tables again") from error
