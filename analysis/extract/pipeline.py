"""An article to its rows, a corpus to its tables: every family's reader run once over one folded text, and the rows linked.

>>> reading = read("قال المتحدث إن الدعم بلغ 33 مليون دولار خلال 3 أشهر.")
>>> [(amount.value, amount.unit, amount.period) for amount in reading.amounts]
[(33000000.0, 'USD', 'P3M')]
"""

from __future__ import annotations

import gc
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from operator import itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from analysis import schema
from analysis.blocks import Block, scan_blocks
from analysis.errors import Problem, why
from analysis.extract.amounts import Amount, scan_amounts
from analysis.extract.dates import Date, scan_dates
from analysis.extract.hedges import Hedge, scan_hedges
from analysis.extract.mentions import Mention, load_actors, scan_mentions
from analysis.extract.quotes import scan_quotes
from analysis.extract.statements import Statement, scan_statements
from analysis.interrupts import heed
from analysis.metadata import in_short
from analysis.outlets import country_of
from analysis.processes import start
from analysis.tables import Tables
from analysis.text import fold

if TYPE_CHECKING:
    import os

    import pandas as pd

    from analysis.extract.names import Actors


class Reading(NamedTuple):
    """Everything found in one article, each list in the order of the text; spans are in its original code points."""

    blocks: list[Block]
    statements: list[Statement]
    amounts: list[Amount]
    dates: list[Date]
    mentions: list[Mention]
    hedges: list[Hedge]


def read(
    text: str,
    *,
    title: str | None = None,
    published: datetime | None = None,
    country: str | None = None,
    actors: Actors | None = None,
) -> Reading:
    """Read one article: `published` settles relative dates, `country` (ISO 3166 alpha-2, the outlet's) bare currency names.

    What lies in boilerplate is marked in `blocks` and not read further.
    """
    doc = fold(text)
    quotes = scan_quotes(doc)
    blocks = scan_blocks(doc, title=title)
    dates = scan_dates(doc, published=published)
    amounts = scan_amounts(doc, dates, country=country)
    statements = scan_statements(doc, blocks, quotes)
    mentions = scan_mentions(doc, quotes, statements, actors or load_actors())
    hedges = scan_hedges(doc, quotes, statements)
    found = Reading(blocks, statements, amounts, dates, mentions, hedges)
    furniture = [(block.start, block.end) for block in blocks if block.role == "boilerplate"]
    return Reading(blocks, *(_outside(rows, furniture) for rows in found[1:])) if furniture else found


def _outside(rows: Sequence[Any], spans: Sequence[tuple[int, int]]) -> list[Any]:
    return [row for row in rows if not _inside(row, spans)]


def _inside(row: Any, spans: Sequence[tuple[int, int]]) -> bool:
    """Whether a row starts in one of `spans`, which are in order and apart; by halves, for an article can be all furniture."""
    at = bisect_right(spans, row.start, key=itemgetter(0))
    return at > 0 and row.start < spans[at - 1][1]


def extract(
    articles: pd.DataFrame,
    *,
    actors: str | os.PathLike[str] | None = None,
    workers: int = 1,
    progress: bool = False,
) -> Tables:
    """Read every article of a table that `read_articles` made into the tables of `analysis.schema`.

    A column `country` (ISO 3166 alpha-2), where the articles have one, says whose ريال or دينار is meant; else the outlet's own
    country does. `actors` names a file of actors to use instead of the package's own. `workers` processes share the work; the
    rows and their order do not depend on it. `progress` shows a bar on stderr.

    An article is never skipped: one without Arabic gives its row in `articles` and no others, and so does one that a reader breaks
    on, which is named in `problems`. Raises `InputError` for a broken file of actors.
    """
    import pandas as pd
    from tqdm import tqdm

    load_actors(actors)  # a broken file is said here, not by every worker
    shards = [articles.iloc[at : at + _SHARD] for at in range(0, len(articles), _SHARD)]
    with tqdm(total=len(articles), unit="article", disable=not progress, leave=False) as bar:
        parts, problems = [], [Problem(**each) for each in articles.attrs.get("problems", [])]
        for shard, (part, unread) in zip(shards, _parts(shards, actors, workers), strict=True):
            heed()
            parts.append(part)
            problems += unread
            bar.update(len(shard))
    empty = {name: schema.frame(name, {}) for name in Reading._fields}
    return Tables(
        articles=_plain(articles),
        **{name: pd.concat([part[name] for part in parts], ignore_index=True) if parts else empty[name] for name in empty},
        problems=schema.frame("problems", {name: [getattr(each, name) for each in problems] for name in Problem._fields}),
    )


_SHARD = 1000  # articles: large enough that a worker's start and the joining cost nothing, small enough to spread


def _parts(
    shards: Sequence[pd.DataFrame], actors: str | os.PathLike[str] | None, workers: int
) -> Iterator[tuple[dict[str, pd.DataFrame], list[Problem]]]:
    work = partial(_read_shard, actors=actors)
    if workers == 1 or len(shards) < 2:
        yield from map(work, shards)
        return
    with start(workers) as pool:
        yield from pool.map(work, shards)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Without the cycle collector: reading makes no cycles, and walking the rows kept so far takes a tenth of the time."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


@_uncollected()
def _read_shard(articles: pd.DataFrame, actors: str | os.PathLike[str] | None) -> tuple[dict[str, pd.DataFrame], list[Problem]]:
    """The tables of some articles, and those articles that a reader broke on."""
    lexicon = load_actors(actors)
    tables = {name: _Rows(name, fields) for name, fields in _ROWS.items()}
    problems = []
    countries = articles["country"] if "country" in articles else [None] * len(articles)
    names = ("article_id", "outlet", "title", "published", "url", "path", "text")
    for article_id, outlet, title, published, url, path, text, country in zip(
        *(articles[name].tolist() for name in names), countries, strict=True
    ):
        try:
            reading = read(
                text,
                title=_given(title),
                published=None if published is None or published != published else published.to_pydatetime(),
                country=_given(country) or country_of(_given(outlet), _given(url)),
                actors=lexicon,
            )
        except Exception as error:  # a fault of this package, which must cost no more than this article
            reason = f"the article {in_short(article_id)} is kept, but nothing was found in it ({why(error)}); report it"
            problems.append(Problem(_given(path) or "", None, reason))
        else:
            _append(tables, article_id, reading)
    return {name: schema.frame(name, rows.columns()) for name, rows in tables.items()}, problems


def _given(value: Any) -> str | None:
    return value if isinstance(value, str) else None


def _plain(articles: pd.DataFrame) -> pd.DataFrame:
    plain = articles.reset_index(drop=True)
    plain.attrs = {}
    return plain


_ROWS = {
    "blocks": Block._fields,
    "statements": Statement._fields,
    "amounts": Amount._fields,
    "dates": Date._fields,
    "mentions": Mention._fields,
    "hedges": Hedge._fields,
}


class _Rows:
    """The rows of one table so far, and what they do not say themselves: their article, their statement, whether in the title."""

    __slots__ = ("article_id", "fields", "in_title", "linked", "rows", "statement", "titled")

    def __init__(self, table: str, fields: tuple[str, ...]) -> None:
        names = {column.name for column in schema.TABLES[table]} - {*fields}
        self.fields, self.linked, self.titled = fields, "statement" in names, "in_title" in names
        self.rows: list[Any] = []
        self.article_id: list[str] = []
        self.statement: list[int | None] = []
        self.in_title: list[bool] = []

    def columns(self) -> dict[str, Sequence[Any]]:
        """All as columns, turned once for all rows."""
        values: Iterable[Sequence[Any]] = zip(*self.rows, strict=True) if self.rows else [()] * len(self.fields)
        beside: dict[str, Sequence[Any]] = {"article_id": self.article_id, "statement": self.statement, "in_title": self.in_title}
        return beside | dict(zip(self.fields, values, strict=True))


def _append(tables: dict[str, _Rows], article_id: str, reading: Reading) -> None:
    """Add one article's rows, with the links between its tables."""
    contents = [(statement.start, statement.end, number) for number, statement in enumerate(reading.statements)]
    contents.sort()
    titles = [(block.start, block.end) for block in reading.blocks if block.role == "title"]
    for name, table in tables.items():
        found: Sequence[Any] = getattr(reading, name)
        if not found:
            continue
        table.rows += found
        table.article_id += [article_id] * len(found)
        if name == "statements":
            table.statement += range(len(found))
        elif table.linked:
            table.statement += _innermost(found, contents)
        if table.titled:
            table.in_title += [_inside(row, titles) for row in found]


def _innermost(rows: Sequence[Any], contents: Sequence[tuple[int, int, int]]) -> list[int | None]:
    """For each row the number of the shortest content that holds it: one walk over both, for they are in the order of the text.

    `contents` are (start, end, number).
    """
    links: list[int | None] = []
    active: list[tuple[int, int, int]] = []
    at, count = 0, len(contents)
    for row in rows:
        start: int = row.start
        end: int = row.end
        while at < count and contents[at][0] <= start:
            active.append(contents[at])
            at += 1
        if not active:
            links.append(None)
            continue
        link, shortest, passed = -1, 0, False
        for begin, stop, number in active:
            if stop <= start:
                passed = True
            elif stop >= end and (link < 0 or stop - begin < shortest):
                link, shortest = number, stop - begin
        if passed:
            active = [content for content in active if content[1] > start]
        links.append(link if link >= 0 else None)
    return links
