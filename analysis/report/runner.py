"""Notebooks to reports: run by papermill in parallel kernels over one extraction, written as pages, and an index of them.

In go the names of notebooks and what to run them on, out come `Outcome`s, one a notebook, and the pages in a folder:
`index.html`, a page a notebook, `data/` with the tables, `articles/` with the marked articles. A notebook that fails leaves its
last good page in place, and the notebook as far as it got beside it, as `<name>.failed.ipynb`.
"""

from __future__ import annotations

import contextlib
import logging
import os
import re
import shutil
import tempfile
import time
import warnings
from collections.abc import Callable, Collection, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, as_completed, wait
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from analysis import places, wording
from analysis.errors import InputError, Problem
from analysis.report import files, words
from analysis.report.index import Entry, earlier_entries, index_page, short_title
from analysis.report.page import body, outline, page
from analysis.report.parameters import Parameter, checked, find_notebook, load_papermill, notebook_names, read_parameters
from analysis.report.story import listed
from analysis.tables import Tables

if TYPE_CHECKING:
    from analysis.dataset import Dataset

# What the runner itself hands to a notebook: no business of the page.
_INNER = frozenset({"tables", "figures", "files", "language"})
_COLOUR_CODES = re.compile(r"\x1b\[[0-9;]*m")


class Outcome(NamedTuple):
    """How a report went: its page (the last good one, or None), the error in one line or None, and the seconds it took."""

    notebook: str
    page: Path | None
    error: str | None
    seconds: float


class Job(NamedTuple):
    """A notebook to run, and the parameters to run it with."""

    name: str
    path: Path
    parameters: list[Parameter]
    given: dict[str, Any]


class Made(NamedTuple):
    """What running a notebook gave: its body as HTML; or its error in one line, and the notebook as far as it got."""

    html: str
    error: str | None
    kept: Path | None
    seconds: float
    articles: list[str]  # whose marked pages it links to


class Kernels:
    """The kernels of one run, so that they can be ended when the run is.

    They are in sessions of their own, so that a Ctrl-C in the terminal does not reach them.
    """

    def __init__(self) -> None:
        from jupyter_client.manager import AsyncKernelManager

        started: list[Any] = []

        class Manager(AsyncKernelManager):
            def __init__(self, **options: Any) -> None:
                super().__init__(**options)
                started.append(self)

        self.manager, self.started, self.stopped = Manager, started, False

    def stop(self, runs: Collection[Future[Made]]) -> None:
        """End the kernels, also those that are about to start, until no run is left."""
        self.stopped = True
        for each in runs:
            each.cancel()
        while any(not each.done() for each in runs):
            for manager in self.started:
                process = getattr(manager.provisioner, "process", None)
                if process is not None:
                    process.kill()
            wait(runs, timeout=0.2)


@dataclass(frozen=True)
class Run:
    """What all notebooks of one call share."""

    out: Path
    work: Path
    language: str
    tables: str
    extracted: Tables | Dataset
    corpus: str
    actors: str  # what the pages call the file of actors
    figures: Path
    kernels: Kernels

    def drawn(self, job: Job) -> Path:
        """Where a notebook's figures wait until its page is made."""
        return self.work / f"{job.name}.figures"


def run_reports(
    notebooks: Sequence[str] = (),
    *,
    articles: str | None = None,
    tables: str | None = None,
    actors: str | None = None,
    out: Path = Path("out/report"),
    language: str = "ar",
    parameters: Mapping[str, str] | None = None,
    progress: bool = False,
    tell: Callable[[Problem], object] = lambda problem: None,
) -> list[Outcome]:
    """Run `notebooks` (all of the package's where empty) on `articles`, `tables` or the sample, and write their pages to `out`.

    `actors` is a file of actors to read the articles with, as for `extract`; tables were read with theirs, and know their names.
    `parameters` are names and values as the command line has them. Everything is checked before anything runs: an unknown notebook,
    parameter, outlet or language, a value of the wrong type and a place that does not exist raise `InputError` in one sentence.
    What goes wrong later in one notebook is that notebook's `Outcome.error`; what could not be read among `articles` is in the
    index, and `tell` is called with it. A KeyboardInterrupt ends the kernels and goes on; until then no page is touched.
    """
    asked = dict(parameters or {})
    source, language = _source(articles, tables, actors, language, asked)
    if out.exists() and not out.is_dir():
        raise InputError(f"{out} is a file; name a folder for the reports")
    jobs = _jobs(notebooks or notebook_names(), asked)

    with tempfile.TemporaryDirectory(prefix="reports-") as temporary:
        work = Path(temporary)
        extracted, stored = _stored(source, work, progress, tell)
        corpus = _corpus_name(source.articles, source.tables, language)
        shown = _selection(extracted, asked)
        given = "page.actors_of_tables" if source.tables else "page.actors_built_in"
        named = wording.plain(Path(source.actors).name) if source.actors else words.text(given, language)
        figures = _figures(source.articles or source.tables or source.actors, asked, out)
        run = Run(out, work, language, stored, extracted, corpus, named, figures, Kernels())
        out.mkdir(parents=True, exist_ok=True)
        outcomes, entries = _run_all(jobs, run, progress)
        files.write_text(
            out / "index.html",
            index_page(shown, extracted, entries, _parameters(run, asked, _shared(jobs, asked)), language),
        )
    return outcomes


class _Source(NamedTuple):
    """What the reports are on: articles, read with a file of actors, or tables; all None for the sample."""

    articles: str | None
    tables: str | None
    actors: str | None


def _source(
    articles: str | None, tables: str | None, actors: str | None, language: str, asked: dict[str, str]
) -> tuple[_Source, str]:
    """The source and the language, each given as an option or as a parameter, which is taken out of `asked` then."""
    wording.check_language(language)
    source = {"articles": articles, "tables": tables, "actors": actors}
    for name, value in source.items():
        if name in asked and value is not None:
            raise InputError(f"`{name}` is given twice: as an option and as a parameter")
    chosen = _Source(*(value or asked.pop(name, None) or None for name, value in source.items()))
    if chosen.actors and chosen.tables:
        raise InputError("`actors` goes with articles: tables hold what was found with the actors they were extracted with")
    return chosen, wording.check_language(asked.pop("language", language))


def _stored(source: _Source, work: Path, progress: bool, tell: Callable[[Problem], object]) -> tuple[Tables | Dataset, str]:
    """The tables of a source, and where they are stored for the notebooks: articles are read once, for all of these."""
    import analysis as na
    from analysis.dataset.reading import is_dataset

    tables = source.tables
    if tables:
        extracted = na.open_dataset(tables) if is_dataset(tables) else na.load_tables(tables)
        return extracted, tables if "://" in tables else str(Path(tables).absolute())
    made = na.extract(na.read_articles(source.articles or places.sample()), actors=source.actors, progress=progress)
    for problem in Problem.listed(made.problems):
        tell(problem)
    return made, str(made.save(work / "tables"))


def _jobs(names: Sequence[str], asked: Mapping[str, str]) -> list[Job]:
    jobs: dict[str, Job] = {}
    for name in names:
        path = find_notebook(name)
        known = read_parameters(path)
        jobs.setdefault(path.stem, Job(path.stem, path, known, checked(asked, known, path.stem)))
    return list(jobs.values())


def _selection(extracted: Tables | Dataset, asked: Mapping[str, str]) -> Tables | Dataset:
    """The tables as the notebooks' own filters leave them: an outlet or range that does not exist is told once, beforehand."""
    bounds: dict[str, Any] = {"outlets": listed(asked.get("outlets")), "since": asked.get("since"), "until": asked.get("until")}
    return extracted.only(**bounds) if isinstance(extracted, Tables) else extracted.view(**bounds)


def _figures(source: str | None, asked: Mapping[str, str], out: Path) -> Path:
    """The checkout's own `figures/` for the sample as it is, a folder beside the pages for everything else."""
    own = places.figures() if not (source or asked) else None
    return own or (out / "figures").absolute()


def _corpus_name(articles: str | None, tables: str | None, language: str) -> str:
    """What the pages call the corpus: its name alone, for a page says nothing of the machine that it was made on."""
    if tables:
        return f"{words.text('page.made_tables', language)}: {Path(tables).absolute().name}"
    if articles is None:
        return words.text("page.sample", language)
    place = Path(articles)
    return place.name if place.is_absolute() or not place.name else place.as_posix().removeprefix("../").removeprefix("./")


def _run_all(jobs: Sequence[Job], run: Run, progress: bool) -> tuple[list[Outcome], list[Entry]]:
    """Run the notebooks, as many at a time as there are processors: each in a kernel of its own, so threads are enough here."""
    from tqdm import tqdm

    done: dict[str, Made] = {}
    with (
        _quiet(),
        ThreadPoolExecutor(min(len(jobs), os.cpu_count() or 1)) as threads,
        tqdm(total=len(jobs), unit="notebook", disable=not progress, leave=False) as bar,
    ):
        waiting: dict[Future[Made], Job] = {threads.submit(_execute, job, run): job for job in jobs}
        try:
            for future in as_completed(waiting):
                done[waiting[future].name] = future.result()
                bar.set_postfix_str(waiting[future].name)
                bar.update()
        except BaseException:  # Ctrl-C: the threads end when their kernels do
            run.kernels.stop(waiting)
            raise
    earlier = earlier_entries(run.out, [job.name for job in jobs])
    titles = _titles(done, run) | {entry.name: entry.title for entry in earlier}
    wanted = dict.fromkeys(each for name, made in sorted(done.items()) if made.error is None for each in made.articles)
    files.write_articles(run.extracted, wanted, run.out, run.language)
    # No page links to one that is not there.
    linked = {
        name: title for name, title in titles.items() if name not in done or done[name].error is None or _page(name, run).is_file()
    }
    outcomes, entries = [], list(earlier)
    for job in jobs:
        made = done[job.name]
        target = _page(job.name, run)
        lead = _publish(job, made.html, linked, target, run) if made.error is None else ""
        there = target.is_file()
        told = f"{made.error} (the notebook as far as it got: {made.kept})" if made.kept else made.error
        outcomes.append(Outcome(job.name, target if there else None, told, made.seconds))
        entries.append(Entry(job.name, titles[job.name], lead, made.error, there))
    return outcomes, sorted(entries)


def _execute(job: Job, run: Run) -> Made:
    """Run one notebook."""
    from jupyter_core.utils import ensure_event_loop

    papermill = load_papermill()

    began = time.monotonic()
    executed = run.work / f"{job.name}.ipynb"
    folder = run.work / job.name
    files.wait_for_articles(folder)
    handed = {"tables": run.tables, "figures": run.drawn(job), "files": folder, "language": run.language}
    known = {parameter.name for parameter in job.parameters}
    values = {name: str(value) for name, value in handed.items() if name in known} | job.given
    error: str | None = None
    try:
        # Given as an object, for papermill takes braces in a path as places to fill in.
        notebook = papermill.iorw.load_notebook_node(str(job.path))
        result = papermill.execute_notebook(
            notebook,
            executed,
            parameters=values,
            progress_bar=False,
            request_save_on_cell_execute=False,
            kernel_manager_class=run.kernels.manager,
            extra_arguments=["--IPKernelApp.log_level=CRITICAL"],  # else a kernel tells stderr of itself
        )
        return Made(body(result, run.language), None, None, time.monotonic() - began, files.wanted_articles(folder))
    except papermill.exceptions.PapermillExecutionError as failure:
        error = _one_line(failure)
    except Exception as failure:  # whatever else one notebook does must not stop the others
        error = " ".join(f"{type(failure).__name__}: {_COLOUR_CODES.sub('', str(failure))}".split())[:300]
    finally:
        ensure_event_loop().close()  # this thread's own, which the kernel's client opened
    kept = run.out / f"{job.name}.failed.ipynb" if executed.is_file() and not run.kernels.stopped else None
    if kept is not None:
        with files.in_place(kept) as unfinished:
            shutil.copyfile(executed, unfinished)
    return Made("", error, kept, time.monotonic() - began, [])


def _one_line(failure: Any) -> str:
    """Which cell failed and why."""
    lines = str(failure.source).splitlines() or [""]
    # IPython's traceback opens with the cell and points at its line: `----> 6 corpus = ...`.
    at = re.search(r"^-+> (\d+) ", _COLOUR_CODES.sub("", "\n".join(failure.traceback)), re.MULTILINE)
    source = lines[int(at[1]) - 1 if at and int(at[1]) <= len(lines) else 0].strip()
    source = source if len(source) <= 60 else source[:57] + "..."
    reason = " ".join(_COLOUR_CODES.sub("", str(failure.evalue)).split())
    name = "" if failure.ename == InputError.__name__ else f"{failure.ename}: "
    return f"cell {failure.exec_count} ({source}) failed: {name}{reason}"


def _page(name: str, run: Run) -> Path:
    return run.out / f"{name}.html"


def _titles(done: Mapping[str, Made], run: Run) -> dict[str, str]:
    """What the index and the navigation call each report: its page's title before the colon; where it has no page, the title it
    would have, else the notebook's name.
    """
    titles = {}
    for name, made in sorted(done.items()):
        last = _page(name, run)
        html = last.read_text(encoding="utf-8", errors="replace") if made.error is not None and last.is_file() else made.html
        known = outline(html).title or words.find(name.partition("_")[2], "title", run.language) or ""
        titles[name] = short_title(known) or name
    return titles


def _publish(job: Job, html: str, titles: Mapping[str, str], target: Path, run: Run) -> str:
    """Put a finished report in its place: first its files, then the page. Returns its leading sentence."""
    read = outline(html)
    whole = page(
        html,
        name=job.name,
        title=read.title or job.name,
        contents=read.headings,
        reports=sorted(titles.items()),
        parameters=_parameters(run, {name: str(value) for name, value in job.given.items()}, job.parameters),
        language=run.language,
    )
    for made, place in ((run.work / job.name, run.out), (run.drawn(job), run.figures)):
        for path in sorted(made.rglob("*")):
            if path.is_file() and path.name != files.WANTED:
                with files.in_place(place / path.relative_to(made)) as unfinished:
                    shutil.copyfile(path, unfinished)
    files.write_text(target, whole)
    (run.out / f"{job.name}.failed.ipynb").unlink(missing_ok=True)  # of an earlier run
    return read.lead


def _shared(jobs: Sequence[Job], asked: Mapping[str, str]) -> list[Parameter]:
    """The parameters that are the same for all the reports: a page's own stand on that page."""
    kept = []
    for parameter in jobs[0].parameters:
        same = {repr(other.default) for job in jobs for other in job.parameters if other.name == parameter.name}
        if parameter.name in asked or len(same) == 1:
            kept.append(parameter)
    return kept


def _parameters(run: Run, given: Mapping[str, str], parameters: Sequence[Parameter]) -> list[tuple[str, str]]:
    """What was asked for, readably: every parameter with its value or what its default means."""
    language = run.language
    lines = [(words.text("parameter.articles", language), run.corpus)]
    for parameter in parameters:
        if parameter.name in _INNER or parameter.name == "articles":
            continue
        value = given.get(parameter.name, parameter.default)
        label = words.find("parameter", parameter.name, language) or parameter.name
        if parameter.name == "actors":
            text = run.actors
        elif parameter.name == "outlets":
            text = wording.join(map(wording.isolate, listed(value)), language) or words.text("page.all", language)
        elif parameter.name in ("since", "until"):
            text = wording.plain(value) or words.text("page.unbounded", language)
        elif isinstance(value, int | float) and not isinstance(value, bool):
            text = wording.number(value, language)
        else:
            text = wording.plain(value) or "–"
        lines.append((label, text))
    return lines


@contextlib.contextmanager
def _quiet() -> Any:
    """papermill and the kernels' clients report on themselves: their warnings are no news to a reader of reports."""
    loggers = [logging.getLogger(name) for name in ("papermill", "traitlets", "nbconvert")]
    levels = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.ERROR)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        for logger, level in zip(loggers, levels, strict=True):
            logger.setLevel(level)
