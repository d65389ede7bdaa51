"""Figures: `plot_*(table, *, ax=None, language="ar", width="wide") -> Axes`, each with a `describe_*` that says the same in words.

In goes one of the package's DataFrames (`analysis.schema`, or a comparison's result), out comes a matplotlib axes, new or the one
given. `save_figure` writes it as PNG and SVG. In Arabic figures time and numbers run from right to left. `width="narrow"` draws a
figure of its own for a phone: what is wide beside the marks stands over them.

>>> import analysis.plots as plots
>>> ax = plots.plot_corpus(articles)  # doctest: +SKIP
>>> plots.save_figure(ax.figure, "figures/corpus", description=plots.describe_corpus(articles))  # doctest: +SKIP

Names load when first used: importing this folder does not import matplotlib.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

_HOMES = {
    "plot_corpus": "corpus",
    "describe_corpus": "corpus",
    "plot_timeline": "timeline",
    "describe_timeline": "timeline",
    "plot_funding": "funding",
    "describe_funding": "funding",
    "plot_naming": "naming",
    "describe_naming": "naming",
    "plot_hedging": "hedging",
    "describe_hedging": "hedging",
    "plot_keyness": "keyness",
    "describe_keyness": "keyness",
    "plot_coverage": "coverage",
    "describe_coverage": "coverage",
    "save_figure": "canvas",
    "style": "canvas",
    "shape": "arabic",
}

__all__ = [*_HOMES]  # noqa: PLE0604 - the names are strings, only kept in a table

if TYPE_CHECKING:
    from analysis.plots.arabic import shape as shape
    from analysis.plots.canvas import save_figure as save_figure
    from analysis.plots.canvas import style as style
    from analysis.plots.corpus import describe_corpus as describe_corpus
    from analysis.plots.corpus import plot_corpus as plot_corpus
    from analysis.plots.coverage import describe_coverage as describe_coverage
    from analysis.plots.coverage import plot_coverage as plot_coverage
    from analysis.plots.funding import describe_funding as describe_funding
    from analysis.plots.funding import plot_funding as plot_funding
    from analysis.plots.hedging import describe_hedging as describe_hedging
    from analysis.plots.hedging import plot_hedging as plot_hedging
    from analysis.plots.keyness import describe_keyness as describe_keyness
    from analysis.plots.keyness import plot_keyness as plot_keyness
    from analysis.plots.naming import describe_naming as describe_naming
    from analysis.plots.naming import plot_naming as plot_naming
    from analysis.plots.timeline import describe_timeline as describe_timeline
    from analysis.plots.timeline import plot_timeline as plot_timeline


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'analysis.plots' has no attribute {name!r}")
    value = getattr(import_module(f"analysis.plots.{_HOMES[name]}"), name)
    globals()[name] = value
    return value
