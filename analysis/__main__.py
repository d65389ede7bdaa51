"""The command line: `python -m analysis extract | report | show | evaluate | compile | notebooks`.

Exit status: 0 done; 1 done with problems, each named on stderr; 2 the command could not be understood or names something that
is not there. Progress bars show on stderr when it is a terminal.
"""

from __future__ import annotations

import argparse
import io
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from analysis import __version__
from analysis.errors import InputError, Problem, printable
from analysis.interrupts import noted

if TYPE_CHECKING:
    from analysis.report.parameters import Parameter

DONE, PROBLEMS, USAGE, INTERRUPTED = 0, 1, 2, 130


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        # One line to act on; the full usage is one word away.
        self.exit(USAGE, f"{self.prog}: {message}; `{self.prog} --help` tells how to call it\n")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status."""
    options = _parser().parse_args(arguments)
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")  # as stderr is: a terminal of another encoding is no reason to stop
    try:
        with noted():
            return int(options.run(options))
    except InputError as error:
        print(f"analysis: {printable(error)}", file=sys.stderr)
        return USAGE
    except KeyboardInterrupt:
        print("analysis: stopped; what was finished before is whole", file=sys.stderr)
        return INTERRUPTED
    except OSError as error:
        # A full disk or a folder that may not be written to: the system's own words name the file.
        print(f"analysis: {printable(error)}", file=sys.stderr)
        return PROBLEMS


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="python -m analysis", description="Arabic news articles to tables, figures and reports.")
    parser.add_argument("--version", action="version", version=__version__)
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND", parser_class=_Parser)

    extract = commands.add_parser("extract", help="read articles into Parquet tables")
    extract.add_argument("source", nargs="+", help="a file, folder or glob: txt, html, jsonl, csv, parquet")
    extract.add_argument("--out", required=True, metavar="DIR", help="where the tables go: a folder, or an address such as s3://…")
    extract.add_argument("--metadata", type=Path, metavar="FILE", help="a CSV with article_id,outlet,published,url")
    extract.add_argument("--actors", type=Path, metavar="FILE", help="your own actors, instead of the package's")
    crew = extract.add_mutually_exclusive_group()
    crew.add_argument("--workers", type=_count, default=1, metavar="N", help="processes to use (1)")
    crew.add_argument("--scheduler", metavar="ADDRESS", help="a Dask cluster to use, such as tcp://host:8786")
    extract.add_argument("--partitioned", action="store_true", help="a folder of files a table, as for a source of over 64 MB")
    extract.set_defaults(run=_extract)

    report = commands.add_parser("report", help="run notebooks and write HTML reports")
    report.add_argument("notebook", nargs="*", help="names such as 03_funding; all where none is named")
    source = report.add_mutually_exclusive_group()
    source.add_argument("--articles", metavar="SOURCE", help="a file, folder or glob; the embedded sample where left out")
    source.add_argument("--tables", metavar="DIR", help="tables that `extract` wrote")
    report.add_argument("--actors", metavar="FILE", help="your own actors, instead of the package's")
    report.add_argument("--out", type=Path, default=Path("out/report"), metavar="DIR", help="where the pages go (out/report)")
    report.add_argument("--language", choices=("ar", "en"), default="ar", help="of everything shown (ar)")
    report.add_argument(
        "-p",
        dest="parameters",
        nargs=2,
        action="append",
        default=[],
        metavar=("NAME", "VALUE"),
        help="a notebook's parameter, such as -p since 2020-04; `notebooks` lists them",
    )
    report.set_defaults(run=_report)

    show = commands.add_parser("show", help="write an article as a page with what was found in it marked")
    show.add_argument("source", help="a file, folder or glob, or a folder of tables that `extract` wrote")
    show.add_argument("--article", metavar="ID", help="which article; may be left out where there is one")
    show.add_argument("--actors", metavar="FILE", help="your own actors, instead of the package's")
    show.add_argument("--out", required=True, type=Path, metavar="FILE.html", help="where the page goes")
    show.add_argument("--language", choices=("ar", "en"), default="ar", help="of the words around the article (ar)")
    show.set_defaults(run=_show)

    evaluate = commands.add_parser("evaluate", help="score tables against a hand-annotated file")
    evaluate.add_argument("gold", type=Path, metavar="GOLD.jsonl", help="articles annotated by hand, one a line")
    evaluate.add_argument("--tables", required=True, type=Path, metavar="DIR", help="what `extract` made of the same articles")
    evaluate.add_argument("--errors", action="store_true", help="print every miss, too")
    evaluate.set_defaults(run=_evaluate)

    compiling = commands.add_parser("compile", help="turn the readers into machine code, once, with the C compiler of this machine")
    compiling.set_defaults(run=_compile)

    notebooks = commands.add_parser("notebooks", help="the notebooks and their parameters")
    notebooks.set_defaults(run=_notebooks)
    return parser


def _count(word: str) -> int:
    number = int(word) if word.isdecimal() else 0
    if number < 1:
        raise argparse.ArgumentTypeError(f"{word!r} is no number of processes; it must be 1 or more")
    return number


def _extract(options: argparse.Namespace) -> int:
    import analysis as na
    from analysis.dataset import is_large

    if Path(options.out).is_file():
        raise InputError(f"--out {options.out} is a file; name a folder")
    if options.partitioned or options.scheduler or is_large(options.source, options.out):
        return _extract_dataset(options)
    articles = na.read_articles(options.source, metadata=options.metadata)
    tables = na.extract(articles, actors=options.actors, workers=options.workers, progress=sys.stderr.isatty())
    tables.save(options.out)
    _say_rows(options.out, {name: len(getattr(tables, name)) for name in _COUNTED})
    return _tell(Problem.listed(tables.problems))


def _extract_dataset(options: argparse.Namespace) -> int:
    """The same for what is large: part by part, on all cores or a cluster, to be taken up again where it was stopped."""
    import analysis as na

    crew = None
    if options.scheduler:
        from analysis.cluster import connect

        crew = connect(options.scheduler)
    try:
        done = na.extract_dataset(
            options.source,
            options.out,
            metadata=options.metadata,
            actors=options.actors,
            workers=options.workers,
            client=crew,
            progress=sys.stderr.isatty(),
        )
    finally:
        if crew is not None:
            crew.close()
    if not any(done.rows.values()) and done.failed:
        return _tell(done.failed)
    _say_rows(options.out, done.rows)
    problems = na.open_dataset(options.out).table("problems").head(_TOLD)
    told = _tell(Problem.listed(problems))
    if done.rows["problems"] > _TOLD:
        print(f"analysis: and {done.rows['problems'] - _TOLD} more, in the table problems", file=sys.stderr)
    return told


_COUNTED = ("articles", "statements", "amounts", "dates", "mentions", "hedges")
_TOLD = 100  # problems: a corpus of millions has more than anyone reads


def _say_rows(out: str, rows: Mapping[str, int]) -> None:
    print(f"{out}: " + ", ".join(f"{rows[name]} {name}" for name in _COUNTED))


def _tell(problems: Sequence[Problem | str]) -> int:
    told = DONE
    for problem in problems:
        print(f"analysis: {printable(problem)}", file=sys.stderr)
        told = PROBLEMS
    return told


def _report(options: argparse.Namespace) -> int:
    from analysis.report import run_reports

    unread: list[Problem] = []
    outcomes = run_reports(
        options.notebook,
        articles=options.articles,
        tables=options.tables,
        actors=options.actors,
        out=options.out,
        language=options.language,
        parameters=dict(options.parameters),
        progress=sys.stderr.isatty(),
        tell=unread.append,
    )
    for outcome in outcomes:
        if outcome.page is not None and outcome.error is None:
            print(outcome.page)
    return _tell([*unread, *(f"{outcome.notebook}: {outcome.error}" for outcome in outcomes if outcome.error is not None)])


def _show(options: argparse.Namespace) -> int:
    import analysis as na
    from analysis.display import page
    from analysis.report.files import write_text

    folder = Path(options.source)
    is_tables = (folder / "articles.parquet").is_file() or (folder / "_manifest.json").is_file()
    if is_tables and options.actors:
        raise InputError("--actors goes with articles: tables hold what was found with the actors they were extracted with")
    tables = na.load_tables(folder) if is_tables else na.extract(na.read_articles(options.source), actors=options.actors)
    ids = tables.articles["article_id"].tolist()
    if options.article is None and len(ids) != 1:
        raise InputError(
            f"{options.source} has {len(ids)} articles; name one with --article" + (f", such as {ids[0]}" if ids else "")
        )
    html = page(tables, options.article or ids[0], language=options.language)
    write_text(options.out, html)
    print(options.out)
    return DONE


def _evaluate(options: argparse.Namespace) -> int:
    import analysis as na
    from analysis.evaluate import evaluate, lines

    evaluation = evaluate(options.gold, na.load_tables(options.tables))
    if options.errors:
        for miss in evaluation.misses:
            print(printable(miss))
    for line in lines(evaluation):
        print(line)
    return DONE


def _compile(options: argparse.Namespace) -> int:
    from analysis.compiled import folder
    from analysis.compiled.build import build

    built = build()
    print(f"{folder()}: {'the readers as machine code, used from the next start on' if built else 'is there already'}")
    return DONE


def _notebooks(options: argparse.Namespace) -> int:
    from analysis.report import notebook_names, notebook_parameters, words

    # What all of them take is told once, and then how their defaults differ: five times the same list hides what is different.
    taken = {name: {parameter.name: parameter for parameter in notebook_parameters(name)} for name in notebook_names()}
    first, shared = next(iter(taken.values())), set.intersection(*map(set, taken.values()))
    for name in taken:
        print(f"{name:12} {words.find(name.partition('_')[2], 'title', 'en') or ''}".rstrip())
    print("\nparameters of every notebook (report -p NAME VALUE, or in its first cell):")
    for parameter in (each for each in first.values() if each.name in shared):
        others = [f"{name}: {each[parameter.name].default!r}" for name, each in taken.items()]
        same = all(each[parameter.name].default == parameter.default for each in taken.values())
        print(f"  {_told(parameter)}" + ("" if same else f" ({', '.join(others)})"))
    for name, parameters in taken.items():
        for parameter in (each for each in parameters.values() if each.name not in shared):
            print(f"{name} also takes {_told(parameter)}")
    return DONE


def _told(parameter: Parameter) -> str:
    return f"{parameter.name}: {parameter.type} = {parameter.default!r}  {parameter.help}"


if __name__ == "__main__":
    sys.exit(main())
