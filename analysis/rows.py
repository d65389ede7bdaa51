"""What the rows of an article say, for people: numbers with their units, times and lengths in words, statements counted from 1.

In goes a row of a table (`analysis.schema`), out come its cells by the names of their headings, in the order they are shown. A cell
keeps the table's own value as its code.

>>> row = {"kind": "percent", "value": 60.0, "unit": "percent", "modifier": "exact", "statement": 0, "in_title": False}
>>> {name: cell.text for name, cell in cells("amounts", row, "en").items()}
{'kind': 'percent', 'amount': '60%', 'statement': '1', 'in_title': 'no'}
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from analysis import schema, time_words, wording
from analysis.text import fold_key
from analysis.wording import isolate, missing, number, word

# What tables hold only to find a row again, and what is no news to a reader: a label is the folded text.
_LEFT_OUT = frozenset(
    {"article_id", "start", "end", "text", "label", "rule", "confidence", "cue_start", "cue_end", "source_start", "source_end"}
)


class Worded(NamedTuple):
    """A cell in words; `code` is the table's own value where it is written otherwise, `under` what stands below in small
    print, in one line or several.
    """

    text: str
    code: str = ""
    under: str = ""
    numeric: bool = False


def cells(table: str, row: Mapping[str, Any], language: str) -> dict[str, Worded]:
    """The cells of a row, those without a value left out; `text` is not among them."""
    made = dict(_composed(table, row, language))
    covered = _COMPOSED.get(table, {})
    for column in schema.TABLES[table]:
        if column.name in _LEFT_OUT or column.name in covered or missing(row.get(column.name)):
            continue
        made[column.name] = _cell(column, row[column.name], language)
    order = [covered.get(column.name, column.name) for column in schema.TABLES[table]]
    return {name: made[name] for name in dict.fromkeys(order) if name in made}


# Columns that are told together, by the heading under which they are.
_COMPOSED: Mapping[str, Mapping[str, str]] = {
    "statements": {"cue": "cue_verb", "verb": "cue_verb", "source": "source_speaker", "speaker": "source_speaker"},
    "amounts": dict.fromkeys(("value", "low", "high", "unit", "modifier", "period"), "amount"),
    "dates": {
        **dict.fromkeys(("value", "mod", "grain", "calendar"), "time"), "offset": "offset", "first": "span", "last": "span",
    },
}  # fmt: skip


def headings(table: str) -> list[str]:
    """The headings that a table's rows may have, in order."""
    covered = _COMPOSED.get(table, {})
    names = (covered.get(column.name, column.name) for column in schema.TABLES[table] if column.name not in _LEFT_OUT)
    return list(dict.fromkeys(names))


def coded(name: str, value: str, language: str) -> Worded | None:
    """A code of one of the tables' columns in words; None where the column holds no codes."""
    said = _CODES.get(name)
    text = said(value, language) if said else value
    return None if text == value else Worded(text, value)


_CODES: Mapping[str, Callable[[str, str], str]] = {
    "unit": wording.unit_in_words,
    "period": time_words.length_in_words,
    "offset": time_words.distance_in_words,
    "value": time_words.time_in_words,
}


def _cell(column: schema.Column, value: Any, language: str) -> Worded:
    if column.name == "statement":
        return Worded(number(int(value) + 1, language), str(int(value)), numeric=True)
    if isinstance(column.dtype, tuple) or column.name == "actor":
        return Worded(word(column.name, value, language), str(value))
    text = wording.plain_value(value, language)
    return Worded(isolate(text) if column.dtype == "string" else text)


def _composed(table: str, row: Mapping[str, Any], language: str) -> Iterator[tuple[str, Worded]]:
    if table == "statements":
        yield from _pair("cue_verb", row.get("cue"), row.get("verb"), language)
        yield from _pair("source_speaker", row.get("source"), row.get("speaker"), language)
    elif table == "amounts":
        codes = [str(row[name]) for name in ("modifier", "value", "low", "high", "unit", "period") if not missing(row.get(name))]
        if not all(missing(row.get(name)) for name in ("value", "low", "high")):
            yield "amount", Worded(wording.amount_in_words(row, language), " ".join(codes))
    elif table == "dates":
        yield from _time(row, language)


def _pair(name: str, main: Any, under: Any, language: str) -> Iterator[tuple[str, Worded]]:
    """Words of the article and, below, what they come to, where that is something else."""
    first, second = (None if missing(each) else str(each) for each in (main, under))
    shown = None if second is None else word("verb", second, language) if name == "cue_verb" else wording.plain(second)
    if first is None:
        if shown is not None:
            yield name, Worded(isolate(shown))
    elif shown is None or fold_key(first) == fold_key(shown):
        yield name, Worded(isolate(first))
    else:
        yield name, Worded(isolate(first), under=isolate(shown))


def _time(row: Mapping[str, Any], language: str) -> Iterator[tuple[str, Worded]]:
    value, mod, offset = (None if missing(row.get(name)) else str(row[name]) for name in ("value", "mod", "offset"))
    if value is not None:
        recurs = str(row.get("type")) == "SET"
        said = time_words.recurrence_in_words(value, language) if recurs else time_words.time_in_words(value, language, mod=mod)
        calendar = str(row.get("calendar"))
        under = word("calendar", calendar, language) if calendar == "hijri" else ""
        yield "time", Worded(said, f"{value} {mod}" if mod else value, under)
    if offset is not None:
        yield "offset", Worded(time_words.distance_in_words(offset, language), offset)
    first, last = (None if missing(row.get(name)) else row[name] for name in ("first", "last"))
    # Before, after or late in a stretch of time is not the whole of it, which the table of dates has.
    if first is not None and last is not None and mod in (None, "APPROX"):
        yield "span", Worded(_from_to(first, last, language), f"{first.isoformat()}/{last.isoformat()}")


def _from_to(first: datetime, last: datetime, language: str) -> str:
    """A stretch of time: one day as that day, a time within a day with its hours."""
    if (first.hour, first.minute) == (0, 0) and (last.hour, last.minute) == (23, 59):
        ends = [wording.day_in_table(each, language) for each in (first, last)]
    else:
        ends = [wording.stamp(each, language) for each in (first, last)]
    return ends[0] if ends[0] == ends[1] else wording.say("general.span", language, first=ends[0], last=ends[1])
