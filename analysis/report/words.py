"""The sentences of reports, in the reader's language: `text` for a sentence, `count` for a counted noun inside one.

They are in `analysis/lexicon/words.toml`; numbers, dates and the names of values come from `analysis.wording`.

>>> count("article", 3, "ar"), count("article", 1, "en")
('٣ مقالات', '1 article')
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

from analysis import lexicon, wording

if TYPE_CHECKING:
    from analysis.corpus import Sample


def text(key: str, language: str, /, **values: object) -> str:
    """The words under `key` (`"family.name"`), with `values` filled in. Raises `KeyError` for an unknown key or placeholder.

    >>> text("page.rows_shown_only", "en", shown=5, all=12)
    '5 of 12 rows are shown.'
    """
    family, _, name = key.partition(".")
    entry: Mapping[str, str] = lexicon.read("words")[family][name]
    return entry[language].format(**values) if values else entry[language]


def count(noun: str, n: int, language: str) -> str:
    """`n` of a counted noun: in Arabic in the genitive, for use after a preposition."""
    forms: Mapping[str, str] = lexicon.read("words")["count"][noun][language]
    return forms.get(_plural_form(n, language), forms["other"]).format(n=wording.number(n, language))


COUNTED_WHOLE = ("corpus", "framing")  # reports whose numbers are of the whole corpus, though what they show is of a sample


def sampled(report: str, sample: Sample, language: str) -> str:
    """What a report's sample is, and what of the report is of it.

    >>> from analysis.corpus import Sample
    >>> sampled("claims", Sample(100, 5000, ()), "en").partition(",")[0]
    'A sample of 100 articles out of 5'
    """
    sizes = {"articles": count("article", sample.articles, language), "all": wording.number(sample.of, language)}
    said = []
    for first, last in sample.days:
        kind = "page.sampled_day" if first == last else "page.sampled_stretch"
        said.append(text(kind, language, first=wording.day(first, language), last=wording.day(last, language)))
    if said:
        which = text("page.sampled", language, days=wording.join(said, language, comma="list_semicolon"), **sizes)
    else:
        which = text("page.sampled_undated", language, **sizes)
    return f"{which} {text('page.sampled_counted' if report in COUNTED_WHOLE else 'page.sampled_all', language)}"


def column(name: str, language: str) -> str:
    """The header of a column: one of a report's own, else one of the tables'; the name itself where neither knows it."""
    own: Mapping[str, Any] = lexicon.read("words")["column"]
    return str(own[name][language]) if name in own else wording.word("column", name, language)


@cache
def _locale(language: str) -> Any:
    from babel import Locale

    return Locale.parse(wording.check_language(language))


def _plural_form(n: int, language: str) -> str:
    return str(_locale(language).plural_form(n))


def find(family: str, name: str, language: str) -> str | None:
    """The words under `family.name`, or None where there are none."""
    entry: Mapping[str, str] | None = lexicon.read("words").get(family, {}).get(name)
    return entry[language] if entry else None
