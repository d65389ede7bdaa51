"""The index of a run's reports: what was read, of what time, what came of it, and what could not be read.

In go the tables and what became of each notebook, out comes `index.html` as text.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from analysis import __version__, wording
from analysis.report import findings, words
from analysis.report.page import TEMPLATES, outline, page
from analysis.tables import Tables

if TYPE_CHECKING:
    from analysis.dataset import Dataset

_COUNTED = ("articles", "statements", "amounts", "dates", "mentions", "hedges")
_VERSIONS = ("pandas", "matplotlib", "papermill", "nbconvert")
_MOST_PROBLEMS = 200
_MADE_HERE = re.compile(r'<html lang="(\w+)".{,800}<meta name="generator" content="arabic-news-analysis ', re.DOTALL)


class Entry(NamedTuple):
    """A notebook's place in the index: its name, title and leading sentence, its error if it failed, whether it has a page, and,
    where that page is of an earlier run, the language of it.
    """

    name: str
    title: str
    lead: str
    error: str | None
    there: bool
    earlier: str | None = None


def earlier_entries(folder: Path, names: Collection[str]) -> list[Entry]:
    """The reports of earlier runs in `folder`, without those of `names`: a run of one does not make the others vanish."""
    entries = []
    for path in sorted(folder.glob("*.html")):
        if path.stem in names or path.stem == "index":
            continue
        html = path.read_text(encoding="utf-8", errors="replace")
        language = _MADE_HERE.search(html)
        if language:
            read = outline(html)
            entries.append(Entry(path.stem, short_title(read.title) or path.stem, read.lead, None, True, language[1]))
    return entries


def short_title(title: str) -> str:
    """What the index and the navigation call a report: its title before the colon."""
    return re.split("[:：]", title)[0].strip()


def index_page(
    shown: Tables | Dataset, read: Tables | Dataset, entries: Sequence[Entry], parameters: Sequence[tuple[str, str]], language: str
) -> str:
    """`index.html`: `shown` are the tables of the reports, `read` those before outlets and dates were chosen."""

    def say(key: str) -> str:
        return words.text(key, language)

    unread = read.problems if isinstance(read, Tables) else read.table("problems")
    problems = [_problem(*row) for row in zip(*(unread[name] for name in ("path", "line", "reason")), strict=True)]
    rest = len(problems) - _MOST_PROBLEMS
    html: str = _front().render(
        say=say,
        lead=findings.corpus(shown, language)[0],
        corpus=f"{parameters[0][0]}: {parameters[0][1]}",
        entries=entries,
        counts=[(wording.word("table", name, language), wording.number(shown.size(name), language)) for name in _COUNTED],
        account=_account(shown, read, len(problems), language),
        problems=problems[:_MOST_PROBLEMS],
        more=words.text("page.more_problems", language, n=wording.number(rest, language)) if rest > 0 else "",
        versions=[("arabic-news-analysis", __version__), *((name, _version(name)) for name in _VERSIONS)],
    )
    read_back = outline(html)
    return page(
        html,
        name="index",
        title=read_back.title,
        contents=[heading for heading in read_back.headings if heading[0] == 2],
        reports=[(entry.name, entry.title) for entry in entries if entry.there],
        parameters=parameters,
        language=language,
    )


def _account(shown: Tables | Dataset, read: Tables | Dataset, problems: int, language: str) -> str:
    """Where everything that was given went: into an article, or into a problem; and which articles were chosen."""
    count = read.size("articles")
    given = wording.number(count + problems, language)
    if problems:
        parts = {"read": wording.number(count, language), "problems": wording.number(problems, language)}
        text = words.text("page.account", language, given=given, **parts)
    else:
        text = words.text("page.account_all", language, given=given)
    if (kept := shown.size("articles")) < count:
        text += " " + words.text("page.chosen", language, shown=wording.number(kept, language))
    return text


def _problem(path: Any, line: Any, reason: Any) -> str:
    from analysis.errors import Problem

    return wording.plain(Problem(wording.plain(path), None if wording.missing(line) else int(line), wording.plain(reason)))


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "–"


@cache
def _front() -> Any:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    return Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined).get_template("front.html.j2")
