"""Every table's columns: name, dtype, unit, meaning. The one source for code, docs and tests.

`TABLES` maps a table's name to its columns; `frame` turns plain lists into a typed DataFrame, also for no rows.

>>> frame("dates", {}).dtypes["type"].categories.tolist()
['DATE', 'TIME', 'DURATION', 'SET']
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    import pandas as pd
    from pandas.api.extensions import ExtensionDtype

BLOCK_ROLES = ("title", "byline", "dateline", "body", "boilerplate")
STATEMENT_KINDS = ("direct", "indirect", "mixed")
FORCES = ("neutral", "affirm", "doubt", "deny", "promise", "demand", "warn")
AMOUNT_KINDS = ("money", "percent", "count", "measure")
MODIFIERS = ("exact", "approx", "more_than", "at_least", "less_than", "at_most", "range", "vague")
ACTIONS = ("pledge", "allocate", "contract", "send", "spend", "receive", "need")
DATE_TYPES = ("DATE", "TIME", "DURATION", "SET")
DATE_MODS = ("START", "MID", "END", "APPROX", "BEFORE", "AFTER")
GRAINS = (
    "second", "minute", "hour", "day", "week", "month", "season", "quarter", "half", "year", "decade", "century",
)  # fmt: skip
CALENDARS = ("gregorian", "hijri")
STANCES = ("neutral", "formal", "acronym", "hostile", "favourable")
VOICES = ("narrator", "paraphrase", "quotation")
HEDGE_KINDS = ("doubt", "pretext", "so_called", "attribution")


class Column(NamedTuple):
    """One column: `dtype` is a pandas dtype name, or the words of a closed vocabulary."""

    name: str
    dtype: str | tuple[str, ...]
    meaning: str
    unit: str = ""


_SPAN = (
    Column("article_id", "string", "the article the row is from"),
    Column("start", "int32", "where the span starts in the article's text", "code points"),
    Column("end", "int32", "where the span ends, exclusive: text[start:end] is the surface", "code points"),
    Column("text", "string", "the surface: the words as the article has them"),
)
_STATEMENT = Column("statement", "Int32", "the innermost statement of the article whose content holds the span; null outside any")
_IN_TITLE = Column("in_title", "bool", "whether the span lies in the title")

TABLES: Mapping[str, tuple[Column, ...]] = {
    "articles": (
        Column("article_id", "string", "the article's name: from the data, else from its file's name"),
        Column("outlet", "string", "who published it; null where nothing says so"),
        Column("title", "string", "its headline; null where it has none"),
        Column("published", "datetime64[us]", "when it was published; null where nothing says so"),
        Column("url", "string", "where it was published; null where nothing says so"),
        Column("path", "string", "the file it was read from, relative to the source that was named"),
        Column("text", "string", "the decoded article, never changed; a title kept apart comes before its body, with a blank line"),
        Column("n_words", "int32", "words in the title and body, without boilerplate", "words"),
    ),
    "blocks": (*_SPAN, Column("role", BLOCK_ROLES, "what the line or paragraph is for")),
    "statements": (
        *_SPAN[:3],
        Column("text", "string", "the content: what was said, without outer quote marks"),
        Column("statement", "int32", "the statement's number in its article, from 0"),
        Column("kind", STATEMENT_KINDS, "quoted in full, reported, or reported with a quoted clause"),
        Column("cue", "string", "the words that attribute the content"),
        Column("cue_start", "int32", "where the cue starts", "code points"),
        Column("cue_end", "int32", "where the cue ends, exclusive", "code points"),
        Column("verb", "string", "the cue's lemma, without vowel signs"),
        Column("force", FORCES, "what the cue does with the content"),
        Column("source", "string", "the words that name who is speaking; null where the sentence leaves them out"),
        Column("source_start", "Int32", "where the source starts", "code points"),
        Column("source_end", "Int32", "where the source ends, exclusive", "code points"),
        Column("speaker", "string", "who that is: the fullest name here, without titles; null where it cannot be told"),
        _IN_TITLE,
        Column("confidence", "Float64", "how far the rule that found it can be trusted, from 0 to 1"),
        Column("rule", "string", "the rule that found it"),
    ),
    "amounts": (
        *_SPAN,
        Column("kind", AMOUNT_KINDS, "a sum, a percentage, counted things or a physical quantity"),
        Column("value", "Float64", "the number; null for a range and for a vague plural", "unit"),
        Column("low", "Float64", "the lower bound of a range, or the magnitude of a vague plural", "unit"),
        Column("high", "Float64", "the upper bound of a range", "unit"),
        Column("unit", "string", "ISO 4217 code, `percent`, or the noun as written; null where it cannot be told"),
        Column("modifier", MODIFIERS, "how the number is qualified"),
        Column("period", "string", "the time the sum is for, as an ISO 8601 duration; null where none is named"),
        Column("action", ACTIONS, "what is done with the sum, by the verb that governs it; null where none says so"),
        _STATEMENT,
        _IN_TITLE,
    ),
    "dates": (
        *_SPAN,
        Column("type", DATE_TYPES, "TIMEX3 type"),
        Column("value", "string", "TIMEX3 value: ISO 8601, with X for what cannot be known"),
        Column("mod", DATE_MODS, "TIMEX3 mod; null where there is none"),
        Column("offset", "string", "a relative expression's signed distance from the publication date, as an ISO 8601 duration"),
        Column("grain", GRAINS, "the finest unit that the expression names"),
        Column("calendar", CALENDARS, "the calendar it was written in"),
        Column("first", "datetime64[us]", "the first moment of the interval; null unless it is resolved"),
        Column("last", "datetime64[us]", "the last moment of the interval; null unless it is resolved"),
        _STATEMENT,
    ),
    "mentions": (
        *_SPAN,
        Column("actor", "string", "who or what is named, by its key in the actor lexicon"),
        Column("label", "string", "the name used, in its folded form"),
        Column("stance", STANCES, "what choosing that name says"),
        Column("quoted", "bool", "whether the name stands in quote marks of its own"),
        Column("voice", VOICES, "whose words these are: the outlet's, its paraphrase of a speaker, or quoted speech"),
        _STATEMENT,
    ),
    "hedges": (
        *_SPAN,
        Column("kind", HEDGE_KINDS, "how the words keep their distance"),
        Column("voice", VOICES, "whose words these are: the outlet's, its paraphrase of a speaker, or quoted speech"),
        _STATEMENT,
    ),
    "problems": (
        Column("path", "string", "the file that could not be read"),
        Column("line", "Int32", "the line of it, from 1; null where it is the whole file"),
        Column("reason", "string", "why, and what to do about it"),
    ),
}  # fmt: skip


@cache
def dtype(table: str, column: str) -> ExtensionDtype | str:
    """The pandas dtype of a column. Raises `KeyError` for a table or column that is not in the schema."""
    import pandas as pd

    kind = {each.name: each.dtype for each in TABLES[table]}[column]
    return pd.CategoricalDtype(list(kind)) if isinstance(kind, tuple) else kind


def frame(table: str, columns: Mapping[str, Any]) -> pd.DataFrame:
    """A typed DataFrame of `table` from sequences of equal length; `{}` gives the empty table.

    Raises `KeyError` where columns are given but one of the schema's is missing.
    """
    import pandas as pd

    names = [column.name for column in TABLES[table]]
    given = {name: columns[name] for name in names} if columns else {name: [] for name in names}
    return pd.DataFrame({name: _column(values, dtype(table, name)) for name, values in given.items()}, columns=names)


def _column(values: Any, kind: ExtensionDtype | str) -> Any:
    """Values as a column of a dtype; lists and tuples of what the readers give in a third of the time that pandas takes."""
    import pandas as pd

    if isinstance(values, (list, tuple)):
        try:
            return _plain_column(values, kind)
        except (TypeError, ValueError, KeyError):  # of other values than the readers', which pandas may know how to take
            pass
    return pd.Series(values, dtype=kind)


def _plain_column(values: Sequence[Any], kind: ExtensionDtype | str) -> Any:
    """Values that are of a dtype already, or None where there is none, as an array."""
    import numpy as np
    import pandas as pd

    if isinstance(kind, pd.CategoricalDtype):
        codes = {word: code for code, word in enumerate(kind.categories)} | {None: -1}
        return pd.Categorical.from_codes([codes[value] for value in values], dtype=kind)
    if kind in ("int32", "bool"):
        return np.array(values, dtype=kind)
    if kind in ("Int32", "Float64"):
        numbers = np.array(values, dtype=np.float64)
        missing = np.isnan(numbers)
        if kind == "Float64":
            return pd.arrays.FloatingArray(numbers, missing)
        return pd.arrays.IntegerArray(np.where(missing, 0, numbers).astype(np.int32), missing)
    if kind == "string" and pd.StringDtype().storage == "pyarrow":
        import pyarrow as pa

        return pd.array(pa.array(values, type=pa.large_string(), from_pandas=True), dtype="string")
    return pd.Series(values, dtype=kind)
