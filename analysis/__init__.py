"""Arabic news articles in; tidy tables of statements, amounts and dates, and of how each outlet names and frames, out.

>>> import analysis as na
>>> na.parse_number("ثلاثة ملايين وخمسمئة ألف")
3500000

Names are loaded when first used, so that `import analysis` is quick and draws in neither pandas nor matplotlib.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from analysis.compiled import use

__version__ = "0.1.0"

use()  # before any reader is imported

# Public name -> the module it lives in: the table of contents of the package.
_HOMES = {
    "read_articles": "analysis.articles",
    "find_blocks": "analysis.articles",
    "extract": "analysis.extract.pipeline",
    "extract_dataset": "analysis.dataset",
    "find_amounts": "analysis.extract.amounts",
    "find_dates": "analysis.extract.dates",
    "find_hedges": "analysis.extract.hedges",
    "find_mentions": "analysis.extract.mentions",
    "find_numbers": "analysis.extract.numbers",
    "find_statements": "analysis.extract.statements",
    "parse_number": "analysis.extract.numbers",
    "Tables": "analysis.tables",
    "load_tables": "analysis.tables",
    "open_dataset": "analysis.dataset",
    "open_corpus": "analysis.corpus",
    "naming": "analysis.compare.naming",
    "narrated": "analysis.compare.narrated",
    "hedging": "analysis.compare.hedging",
    "keyness": "analysis.compare.keyness",
    "ledger": "analysis.compare.ledger",
    "claims": "analysis.compare.claims",
    "claim_pairs": "analysis.compare.claims",
    "claim_wording": "analysis.compare.claims",
    "coverage": "analysis.compare.claims",
    "plot_corpus": "analysis.plots",
    "plot_timeline": "analysis.plots",
    "plot_funding": "analysis.plots",
    "plot_naming": "analysis.plots",
    "plot_hedging": "analysis.plots",
    "plot_keyness": "analysis.plots",
    "plot_coverage": "analysis.plots",
    "save_figure": "analysis.plots",
    "kwic": "analysis.display",
    "show": "analysis.display",
    "InputError": "analysis.errors",
    "Problem": "analysis.errors",
}

__all__ = ["__version__", *_HOMES]  # noqa: PLE0604 - the names are strings, only kept in a table

if TYPE_CHECKING:  # the same table, for type checkers
    from analysis.articles import find_blocks as find_blocks
    from analysis.articles import read_articles as read_articles
    from analysis.compare.claims import claim_pairs as claim_pairs
    from analysis.compare.claims import claim_wording as claim_wording
    from analysis.compare.claims import claims as claims
    from analysis.compare.claims import coverage as coverage
    from analysis.compare.hedging import hedging as hedging
    from analysis.compare.keyness import keyness as keyness
    from analysis.compare.ledger import ledger as ledger
    from analysis.compare.naming import naming as naming
    from analysis.compare.narrated import narrated as narrated
    from analysis.corpus import open_corpus as open_corpus
    from analysis.dataset import extract_dataset as extract_dataset
    from analysis.dataset import open_dataset as open_dataset
    from analysis.display import kwic as kwic
    from analysis.display import show as show
    from analysis.errors import InputError as InputError
    from analysis.errors import Problem as Problem
    from analysis.extract.amounts import find_amounts as find_amounts
    from analysis.extract.dates import find_dates as find_dates
    from analysis.extract.hedges import find_hedges as find_hedges
    from analysis.extract.mentions import find_mentions as find_mentions
    from analysis.extract.numbers import find_numbers as find_numbers
    from analysis.extract.numbers import parse_number as parse_number
    from analysis.extract.pipeline import extract as extract
    from analysis.extract.statements import find_statements as find_statements
    from analysis.plots import plot_corpus as plot_corpus
    from analysis.plots import plot_coverage as plot_coverage
    from analysis.plots import plot_funding as plot_funding
    from analysis.plots import plot_hedging as plot_hedging
    from analysis.plots import plot_keyness as plot_keyness
    from analysis.plots import plot_naming as plot_naming
    from analysis.plots import plot_timeline as plot_timeline
    from analysis.plots import save_figure as save_figure
    from analysis.tables import Tables as Tables
    from analysis.tables import load_tables as load_tables


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'analysis' has no attribute {name!r}")
    value = getattr(import_module(_HOMES[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted([*globals(), *_HOMES])
