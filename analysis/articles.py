"""Reading articles: files, folders, globs and tables to one DataFrame, and which of an article's lines is what.

In goes where the articles are, out comes the table `articles` (see `schema`), typed also when it is empty, in the order of paths
and lines.  What could not be read is in `articles.attrs["problems"]`, a list of dicts with the keys path, line and reason: every
file, and every line of one that holds many articles, is an article or a problem.

>>> import pathlib, tempfile
>>> folder = pathlib.Path(tempfile.mkdtemp())
>>> page = "الثلاثاء 2020/04/07\\n\\nلا جديد في الميناء\\n\\nبقي الميناء مغلقاً اليوم أيضاً."
>>> _ = (folder / "one.txt").write_text(page, encoding="utf-8")
>>> _ = (folder / "two.txt").write_text("", encoding="utf-8")
>>> articles = read_articles(folder)
>>> articles[["article_id", "title", "published", "n_words"]].values.tolist()
[['one', 'لا جديد في الميناء', Timestamp('2020-04-07 00:00:00'), 9]]
>>> articles.attrs["problems"]
[{'path': 'two.txt', 'line': None, 'reason': 'the file is empty; remove it or fetch it again'}]
"""

from __future__ import annotations

import stat
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from analysis import schema
from analysis.blocks import Block, find_blocks, is_title, title_key
from analysis.errors import InputError, Problem
from analysis.files import File, Source, find_files, unreadable
from analysis.formats import KNOWN, READERS, suffix_of
from analysis.formats.encodings import has_arabic
from analysis.formats.records import Fault, Record, as_text, by_field, is_missing, whole_characters
from analysis.lexicon import read
from analysis.metadata import Metadata, in_short
from analysis.published import published as read_published
from analysis.text import fold_key

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Block", "find_blocks", "read_articles"]

_MOST_NAMED = 10_000  # problems of one file: a list that nobody reads to its end, and memory that a hostile file would fill

_Values = Mapping[str, object]


def read_articles(
    source: Source | Iterable[Source] | pd.DataFrame, *, metadata: Source | pd.DataFrame | None = None
) -> pd.DataFrame:
    """The articles in `source`: a file, a folder with all below it, a glob, a list of these, or a DataFrame.

    Files are .txt, .html, .htm, .jsonl and .ndjson (also .gz), .csv and .parquet; `formats.records.FIELDS` has their fields'
    names. In a folder README, LICENSE and metadata.csv files and hidden ones are no articles; any other file that is not read is a
    problem. Links that lead out of the folder are not followed.

    - `text`: the decoded file, unchanged but for its byte order mark, or the record's text; where a record has a title apart that
      its text does not open with: title, blank line, text.
    - `title`: the record's or the page's, else the headline that `find_blocks` finds, with single spaces.
    - `article_id`: the record's, else the name of its file without suffix, with the line where the file has many records; files of
      one name in several folders go by folder and name.
    - `published`: the local time that the source states, its offset left out.
    - `outlet`, `url`: as stated. What a record does not state, `metadata` does (a CSV file or DataFrame with article_id, outlet,
      published, url), then the nearest metadata.csv beside the article or above. Both go before what was drawn from a web page,
      and before a date line in the text.
    - `path`: relative to the folder that was asked for, or to the deepest one that holds all the sources; `n_words`: the words of
      title and body.

    Problems are what cannot be read or decoded, or is too large to be an article (64 MiB; a web page: 16); a record without text;
    a date that gives no day; an id that is there twice (both articles are kept, the later one as `id-2`); and an article without
    an Arabic letter: it is kept, so that nothing is lost and the counts add up, and it is named, because nothing will be found in
    it. Of one file no more than ten thousand problems are named; one more then says how many were not.
    Raises `InputError` for a path that does not exist and for `metadata` that cannot be used.
    """
    import pandas as pd

    if isinstance(source, Mapping):
        raise InputError("`source` is a mapping; it must be a path, folder or glob, a list of them, or a DataFrame")
    if isinstance(source, pd.DataFrame):
        reading = Reading(Metadata(metadata), [])
        for line, row in enumerate(source.to_dict("records"), 1):
            path = row.get("path")
            file = File(Path(), path if isinstance(path, str) else "", "row", Path())
            reading.add(Record(line, by_field(row)), file, on_disk=False)
        return reading.table()
    files, base, problems = find_files(source)
    reading = Reading(Metadata(metadata, base), problems)
    for each in files:
        reading.read(each)
    for root in sorted({file.root for file in files if file.whole}):
        reading.metadata.name_unused(root, problems)
    return reading.table()


class Named:
    """The problems of one file while it is read: more than a list can hold are counted, not kept.

    >>> problems: list[Problem] = []
    >>> named = Named(problems, "a.jsonl", most=1)
    >>> for line in (1, 2, 3):
    ...     problems.append(Problem("a.jsonl", line, "no JSON"))
    ...     named.trim(line)
    >>> named.close()
    >>> [(problem.line, problem.reason[:15]) for problem in problems]
    [(1, 'no JSON'), (3, '2 more problems')]
    """

    def __init__(self, problems: list[Problem], path: str, *, most: int | None = None) -> None:
        self._problems = problems
        self._path = path
        self._full = len(problems) + (_MOST_NAMED if most is None else most)
        self._left_out = 0
        self._last: int | None = None

    def trim(self, line: int | None) -> None:
        """After the record or fault of a line: let go of what is too many."""
        if len(self._problems) > self._full:
            self._last = line
            self._left_out += len(self._problems) - self._full
            del self._problems[self._full :]

    def close(self) -> None:
        """At the file's end: say how many were let go of."""
        if self._left_out:
            reason = f"{self._left_out} more problems, the last of them here, are not named one by one; correct those named first"
            self._problems.append(Problem(self._path, self._last, reason))


def check_regular(file: File) -> None:
    """Raise `OSError` for a pipe and the like, which would be waited for."""
    if not stat.S_ISREG(file.real.stat().st_mode):
        raise OSError(0, "it is no regular file")


class Reading:
    """The table in the making: its columns, and the problems met."""

    def __init__(self, metadata: Metadata, problems: list[Problem]) -> None:
        self.metadata = metadata
        self.problems = problems
        self._columns: dict[str, list[object]] = {column.name: [] for column in schema.TABLES["articles"]}
        self._lines: list[int | None] = []
        self._stems: list[str | None] = []  # for an article that goes by its file's name: its path without suffix

    def read(self, file: File) -> None:
        """Read one file: its records become rows, its faults problems."""
        suffix = suffix_of(file.real.name)
        if suffix is None:
            self.problems.append(Problem(file.path, None, f"it is not a kind of file that is read; save it as one of {KNOWN}"))
            return
        named = Named(self.problems, file.path)
        try:
            check_regular(file)
            for each in READERS[suffix](file.real):
                if isinstance(each, Fault):
                    self.problems.append(Problem(file.path, each.line, each.reason))
                else:
                    self.add(each, file)
                named.trim(each.line)
        except OSError as error:
            self.problems.append(Problem(file.path, None, unreadable(error)))
        except MemoryError:
            self.problems.append(Problem(file.path, None, "there is not memory enough to read it; split it into several files"))
        named.close()

    def add(self, record: Record, file: File, *, on_disk: bool = True) -> None:
        """Add a record as an article, or say why it is none."""
        fault = _Faults(self.problems, file.path or "DataFrame", record.line)
        values = record.values
        body = fault.clean("text", values.get("text"))
        if body is None or not body.strip():
            if body is not None or is_missing(values.get("text")):
                fault("the article has no text; give it one, or remove it")
            return
        own_id, own_title = (" ".join((fault.clean(name, values.get(name)) or "").split()) for name in ("article_id", "title"))
        article_id, apart, keys = identified(own_id, record.line, file)
        known = self.metadata.of(keys, file if on_disk else None, self.problems)
        stated = (values, known) if record.sure else (known, values)
        title = own_title or fault.first("title", (known,))
        text = f"{own_title}\n\n{body}" if own_title and record.apart and not _opens_with(body, own_title) else body
        blocks = find_blocks(text, title=title)
        row = {
            "article_id": article_id,
            "outlet": fault.first("outlet", stated),
            "title": title or next((" ".join(block.text.split()) for block in blocks if block.role == "title"), None),
            "published": _published(fault, stated) or _from_dateline(blocks),
            "url": fault.first("url", stated),
            "path": file.path or None,
            "text": text,
            "n_words": sum(_count_words(block.text) for block in blocks if block.role in ("title", "body")),
        }
        for column, value in row.items():
            self._columns[column].append(value)
        self._lines.append(record.line)
        self._stems.append(apart)
        if not has_arabic(text):
            fault("the article has no Arabic letter: it is kept, but nothing will be found in it; check its encoding and language")

    def table(self) -> pd.DataFrame:
        """The typed table, every article under an id of its own, with the problems."""
        self._tell_apart()
        table = schema.frame("articles", self._columns)
        ordered = sorted(self.problems, key=lambda problem: (problem.path, problem.line or 0))
        table.attrs["problems"] = [problem._asdict() for problem in ordered]
        return table

    def _tell_apart(self) -> None:
        """Give every article an id of its own, in the order of the table."""
        ids = [str(each) for each in self._columns["article_id"]]
        count = Counter(ids)
        for index, path in enumerate(self._stems):  # files of one name in several folders
            if path is not None and count[ids[index]] > 1:
                ids[index] = path
        taken = set(ids)
        seen: Counter[str] = Counter()
        for index, each in enumerate(ids):
            seen[each] += 1
            if seen[each] == 1:
                continue
            while f"{each}-{seen[each]}" in taken:
                seen[each] += 1
            ids[index] = f"{each}-{seen[each]}"
            taken.add(ids[index])
            place = str(self._columns["path"][index] or "DataFrame")
            kept = f"this article is kept as {in_short(ids[index])}"
            self.problems.append(Problem(place, self._lines[index], f"the article_id {in_short(each)} is there already; {kept}"))
        self._columns["article_id"] = list(ids)


def identified(own: str, line: int | None, file: File) -> tuple[str, str | None, list[str]]:
    """An article's id by its `own` or its place; what it goes by where files share a name; and the keys of its metadata.

    >>> identified("", None, File(Path(), "north/1.txt", "1", Path()))
    ('1', 'north/1', ['1', 'north/1', '1.txt', 'north/1.txt'])
    """
    folder, _, name = file.path.rpartition("/")
    path = f"{folder}/{file.stem}" if folder else file.stem
    article = own or (file.stem if line is None else f"{file.stem}-{line}")
    return article, None if own or line is not None else path, [own] if own else [article, path, name, file.path]


class _Faults(NamedTuple):
    """The problems of one record."""

    problems: list[Problem]
    path: str
    line: int | None

    def __call__(self, reason: str) -> None:
        self.problems.append(Problem(self.path, self.line, reason))

    def clean(self, field: str, value: object) -> str | None:
        """A value as text that a table can hold: half characters become U+FFFD, what is no text becomes None, both are named."""
        if is_missing(value):
            return None
        text = as_text(value)
        if text is None:
            self(f"{field} is of type {type(value).__name__}, not text; write it as text")
            return None
        whole = whole_characters(text)
        if whole != text:
            self(f"{field} has half characters (lone surrogates), read as U+FFFD; save it as UTF-8")
        return whole

    def first(self, field: str, sources: Iterable[_Values]) -> str | None:
        """The first of the sources' values that says anything, with single spaces."""
        for source in sources:
            found = " ".join((self.clean(field, source.get(field)) or "").split())
            if found:
                return found
        return None


def _opens_with(body: str, title: str) -> bool:
    """Whether the title is among the first lines of the body already (a date or a writer may stand before it)."""
    key = title_key(title)
    lines = [line for line in body[: 3 * len(title) + 400].splitlines() if line.strip()]
    return not key or any(is_title(line, key) for line in lines[:3] if len(line) < 1.3 * len(title) + 40)


def _count_words(text: str) -> int:
    """What stands between white space and is not marks alone.

    >>> _count_words("قال: «لا» - ثم مضى .")
    4
    """
    words = text.split()
    return len(words) - sum(not any(map(str.isalnum, word)) for word in words if not word.isalpha())


def _published(fault: _Faults, sources: Iterable[_Values]) -> datetime | None:
    """The first date that gives a day; one that gives none is named."""
    for source in sources:
        value = source.get("published")
        if is_missing(value):
            continue
        found = read_published(as_text(value) if isinstance(value, bytes) else value)
        if found is not None:
            return found
        fault(f"published is {in_short(value)}, which gives no day; write it as 2020-04-07")
    return None


def _from_dateline(blocks: Iterable[Block]) -> datetime | None:
    """The day that a line of its own states; the time of a later change is not the time of publication."""
    for block in blocks:
        if block.role == "dateline":
            folded = fold_key(block.text).casefold()
            found = None if any(each in folded for each in _words_of_change()) else read_published(block.text)
            if found is not None:
                return found
    return None


@cache
def _words_of_change() -> list[str]:
    return [fold_key(each).casefold() for each in read("boilerplate")["dateline"]["updated"]]
