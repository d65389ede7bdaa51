"""Opening a corpus: what every notebook does first, in one call.

In goes a place with articles, or with tables already extracted; out come `Tables` of the outlets and the time asked for.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from datetime import date

from analysis import places
from analysis.articles import read_articles
from analysis.tables import Tables, load_tables


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

    `outlets`, `since` and `until` are as for `Tables.only`. `tables` wins over `articles` where both are given, for it was made
    from them. Raises `InputError`, in one sentence, where a place does not exist or nothing is left.
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
