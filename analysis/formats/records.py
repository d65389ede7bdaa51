"""One article as any file has it: a `Record` of values by the names of the table `articles`, or a `Fault` that says why not."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple, cast

from analysis.formats.encodings import decode

# The names that a field goes by, the first one that has a value counts.
FIELDS: Mapping[str, tuple[str, ...]] = {
    "article_id": ("article_id", "id"),
    "outlet": ("outlet", "source"),
    "title": ("title", "headline"),
    "published": ("published", "date"),
    "url": ("url", "link"),
    "text": ("text", "body", "content"),
}
NAMED = {alias: field for field, aliases in FIELDS.items() for alias in aliases}
_NOTHING = frozenset(("", "nan", "nat", "null", "none", "n/a", "#n/a", "na", "<na>"))  # how tables spell a missing value


class Record(NamedTuple):
    """One article as a file has it: `values` by the names of the table `articles`. `line` is None where it is the whole file.

    `apart`: whether the title is a field apart from the body. `sure`: whether the file states outlet, date and address itself;
    what was drawn from a web page is a guess that metadata goes before.
    """

    line: int | None
    values: Mapping[str, object]
    apart: bool = True
    sure: bool = True


class Fault(NamedTuple):
    """What could not be read: a line (None: the file), and why, with the remedy. A note about a record that was read is one too."""

    line: int | None
    reason: str


def is_missing(value: object) -> bool:
    """Whether a value of a table or of JSON stands for none: None, NaN, NaT, NA."""
    if value is None:
        return True
    if isinstance(value, str | bytes | int | list | dict):
        return False
    try:
        return bool(cast("Any", value) != value)
    except (TypeError, ValueError):  # pandas' NA is neither equal nor unequal to itself; an array is equal in parts
        return type(value).__name__ == "NAType"


def as_text(value: object) -> str | None:
    """A value as text: numbers as written, a whole float without its point; None for what is none (lists, objects, truth values).

    >>> as_text(12.0), as_text(["a"])
    ('12', None)
    """
    if isinstance(value, str):
        return str(value)
    if isinstance(value, bytes):
        return decode(value).text
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        return str(value) if abs(value) < 10**30 else None
    if isinstance(value, float):
        return None if not math.isfinite(value) else str(int(value)) if value == int(value) and abs(value) < 1e15 else str(value)
    kind = getattr(getattr(value, "dtype", None), "kind", "")  # a numpy scalar
    return as_text(cast("Any", value).item()) if kind in "iuf" and kind else None


_SURROGATE = re.compile("[\ud800-\udfff]")


def whole_characters(text: str) -> str:
    """A text that every table can hold: half characters become U+FFFD."""
    return _SURROGATE.sub("\ufffd", text)


def by_field(row: Mapping[Any, object]) -> dict[str, object]:
    """The values of a row under the names of the table `articles`; what has no value is left out."""
    lowered = {key.strip().strip("\ufeff").lower(): value for key, value in row.items() if isinstance(key, str)}
    found: dict[str, object] = {}
    for field, aliases in FIELDS.items():
        for alias in aliases:
            value = lowered.get(alias)
            if not is_missing(value) and not (isinstance(value, str) and not value.strip()):
                found[field] = value
                break
    return found


def in_table(row: Mapping[Any, object]) -> dict[str, object]:
    """`by_field` for a table that is written as text, where NaN and its like are words."""
    return {field: value for field, value in by_field(row).items() if str(value).strip().lower() not in _NOTHING}


def column_name(name: object) -> str:
    """A column's name as `FIELDS` has it."""
    return str(name).strip().strip("\ufeff").lower()


def has_text_column(names: Iterable[object]) -> bool:
    """Whether a column is named as the text of articles is."""
    return any(column_name(name) in FIELDS["text"] for name in names)


NO_TEXT = f"no column is named {' or '.join(FIELDS['text'])}; name the column of the articles so"


def one_line(error: BaseException) -> str:
    """What an exception says, cut short."""
    return " ".join(str(error).split())[:160]
