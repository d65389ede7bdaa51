"""Files into records: bytes to text, and text, HTML, JSON Lines, CSV and Parquet to one shape.

In goes a file, out come its `Record`s in order, and a `Fault` for every line, row or file that gives none.  No reader raises for
what a file contains, none opens another file or address, and nothing is unpickled.

>>> suffix_of("news.JSONL.gz"), READERS[".csv"].__name__
('.jsonl.gz', 'read_csv')
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from analysis.formats.json_lines import read_json_file
from analysis.formats.pages import read_html, read_text
from analysis.formats.parquet_rows import read_parquet
from analysis.formats.separated import read_csv

if TYPE_CHECKING:
    from analysis.formats.records import Fault, Record

READERS: Mapping[str, Callable[[Path], Iterator[Record | Fault]]] = {
    ".txt": read_text,
    ".html": read_html,
    ".htm": read_html,
    ".jsonl": read_json_file,
    ".ndjson": read_json_file,
    ".jsonl.gz": read_json_file,
    ".ndjson.gz": read_json_file,
    ".csv": read_csv,
    ".parquet": read_parquet,
}
KNOWN = ", ".join(READERS)


def suffix_of(name: str) -> str | None:
    """The suffix by which a file's reader is found, None where there is none.

    >>> suffix_of("news.JSONL.gz"), suffix_of("notes.docx")
    ('.jsonl.gz', None)
    """
    lowered = name.lower()
    found = [suffix for suffix in READERS if lowered.endswith(suffix) and lowered != suffix]
    return max(found, key=len, default=None)
