"""Reports: notebooks run by papermill, and the pages made of them.

`Story`, `findings` and `summaries` are what a notebook shows its results with; `run_reports` runs notebooks and writes the pages;
`notebook_names` and `notebook_parameters` say which there are and what they take. One file each:

    words.py findings/ summaries.py      sentences and summaries, in the reader's language
    story.py tabling.py files.py         what a notebook's cell shows, and what it writes beside the page
    parameters.py runner.py              which notebooks, checked; run, in parallel
    page.py index.py template/           an executed notebook as a page; the index of all
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from analysis.report import findings, summaries
from analysis.report.story import Story

__all__ = ["Outcome", "Parameter", "Story", "findings", "notebook_names", "notebook_parameters", "run_reports", "summaries"]


if TYPE_CHECKING:
    from analysis.report.parameters import Parameter, notebook_names, notebook_parameters
    from analysis.report.runner import Outcome, run_reports

_HOMES = {
    "Outcome": "runner",
    "run_reports": "runner",
    "Parameter": "parameters",
    "notebook_names": "parameters",
    "notebook_parameters": "parameters",
}


def __getattr__(name: str) -> object:
    """Running notebooks needs papermill and nbconvert; a notebook's own kernel, which needs neither, does not wait for them."""
    if name not in _HOMES:
        raise AttributeError(f"module 'analysis.report' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"analysis.report.{_HOMES[name]}"), name)
