"""Which files a source names: a path, a folder with all below it, a glob, or a list of these.

In goes the source, out come its files in the order of their names, and a `Problem` for each one that is passed over.

>>> import tempfile
>>> folder = Path(tempfile.mkdtemp())
>>> for name in ("b.txt", "a.txt", "README.md", "notes.docx"):
...     (folder / name).touch()
>>> found = find_files(folder)
>>> [file.path for file in found.files], [problem.path for problem in found.problems]
(['a.txt', 'b.txt'], ['notes.docx'])
"""

from __future__ import annotations

import glob
import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from analysis.errors import InputError, Problem
from analysis.formats import KNOWN, suffix_of
from analysis.formats.records import whole_characters

Source = str | os.PathLike[str]

_NOT_ARTICLES = re.compile(r"(?:readme|licen[cs]e)(?:\.[a-z]+)?|metadata\.csv|\..*", re.IGNORECASE)
_OUTSIDE = "a link that leads out of the folder is not followed; put the file itself there"
UNKNOWN = f"it is not a kind of file that is read; save it as one of {KNOWN}"


def is_passed_over(name: str) -> bool:
    """Whether a file of that name is no article, and is passed over without a word.

    >>> is_passed_over("README.md"), is_passed_over(".hidden.txt"), is_passed_over("1.txt")
    (True, True, False)
    """
    return _NOT_ARTICLES.fullmatch(name) is not None


class File(NamedTuple):
    """A file to read: `path` is how tables name it, `stem` its name without suffix, `root` the folder that was asked for.

    `whole` says whether all articles of that folder are read.
    """

    real: Path
    path: str
    stem: str
    root: Path
    whole: bool = False


class Found(NamedTuple):
    """The files of a source, the folder that their paths are relative to, and what was passed over."""

    files: list[File]
    base: Path
    problems: list[Problem]


def find_files(source: Source | Iterable[Source]) -> Found:
    """The files that `source` names, each once, sorted by path; paths are relative to the deepest folder that holds all sources.

    README, LICENSE and metadata.csv files and hidden ones are no articles and pass without a word, any other file in a folder that
    is not read is a problem. Neither links nor a glob lead out of the folder that was named.
    Raises `InputError` for a source that does not exist or is no path, and for a glob that matches nothing.
    """
    sources = [source] if isinstance(source, str | os.PathLike) else list(source)
    for each in sources:
        if not isinstance(each, str | os.PathLike):
            kind = type(each).__name__
            raise InputError(f"`source` holds a {kind}; it must be a path, folder, glob, a list of them, or a DataFrame")
    named = [found for each in sources for found in _expand(os.fsdecode(each))]
    if len(named) > 1:  # a shell that expands folder/* names these too
        named = [each for each in named if each[0].is_dir() or not is_passed_over(each[0].name)]
    problems: list[Problem] = []
    if not named:
        return Found([], Path(), problems)
    base = Path(os.path.commonpath([path if path.is_dir() else path.parent for path, _ in named]))
    found: dict[Path, File] = {}
    for path, root in named:
        if root is not None and not _leads_inside(path, root.resolve()):
            problems.append(Problem(path_name(path, base), None, _OUTSIDE))
        elif not path.is_dir():
            found.setdefault(path.resolve(), _file(path, base, root or path.parent))
        else:
            _add_folder(path, base, found, problems)
    return Found(sorted(found.values(), key=lambda file: (file.path, str(file.real))), base, problems)


def _expand(source: str) -> list[tuple[Path, Path | None]]:
    """The paths that a source names; for those that a glob found, the folder that it searches."""
    if source and "\0" not in source:
        path = _absolute(source)
        if path.exists() or path.is_symlink():
            return [(path, None)]
        magic = re.search(r"[*?\[]", source)
        if magic:
            matches = map(_absolute, sorted(glob.glob(source, recursive=True)))  # noqa: PTH207 - Path.glob takes no absolute pattern
            # A glob asks for what can be read: of other files that it matches it says nothing.
            kept = [each for each in matches if each.is_dir() or (suffix_of(each.name) and not is_passed_over(each.name))]
            if kept:
                return [(each, _absolute(source[: magic.start()] + "_").parent) for each in kept]
            raise InputError(f"no article matches {source!r}; give a glob of files of the kinds {KNOWN}")
    raise InputError(f"there is no file or folder {source!r}; give the path of a file or folder of articles, or a glob")


def _absolute(path: str) -> Path:
    return Path(os.path.abspath(path))  # noqa: PTH100 - resolve() would go by the name of a link's target


def _add_folder(folder: Path, base: Path, found: dict[Path, File], problems: list[Problem]) -> None:
    before = len(problems)
    files = list(_walk(folder, base, problems))
    if not files and len(problems) == before:
        problems.append(Problem(path_name(folder, base), None, f"the folder has no articles; put files into it: {KNOWN}"))
    for file in files:
        target = file.real.resolve()
        if target not in found or file.real == target:  # a file goes before the links to it
            found[target] = file


def _walk(root: Path, base: Path, problems: list[Problem]) -> Iterator[File]:
    """The article files in a folder and below; what is passed over, and why, goes to the problems."""
    inside = root.resolve()
    failed: list[OSError] = []
    for folder, folders, names in os.walk(root, onerror=failed.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted([*(each for each in folders if Path(folder, each).is_symlink()), *names]):
            path = Path(folder, name)
            if is_passed_over(name):
                continue
            if path.is_symlink() and not _leads_inside(path, inside):
                problems.append(Problem(path_name(path, base), None, _OUTSIDE))
            elif path.is_dir():
                continue  # a link to a folder inside: its files are read where they are
            elif suffix_of(name) is None:
                problems.append(Problem(path_name(path, base), None, UNKNOWN))
            else:
                yield _file(path, base, root, whole=True)
    problems.extend(Problem(path_name(Path(error.filename), base), None, unreadable(error)) for error in failed)


def _leads_inside(path: Path, folder: Path) -> bool:
    try:
        return path.resolve(strict=True).is_relative_to(folder)
    except (OSError, RuntimeError):  # it leads nowhere, or round in a circle
        return False


def _file(path: Path, base: Path, root: Path, *, whole: bool = False) -> File:
    name = path_name(path, base)
    last = name.rpartition("/")[2]
    return File(path, name, last.removesuffix(last[len(last) - len(suffix_of(last) or path.suffix) :]), root, whole)


def path_name(path: Path, base: Path) -> str:
    """A path as tables show it: relative to `base`, with slashes, in characters that every table can hold."""
    relative = Path(os.path.relpath(path, base)).as_posix()
    return whole_characters(path.name if relative == "." else relative)


def unreadable(error: OSError) -> str:
    """Why a file could not be read, as a problem says it."""
    return f"it cannot be read ({error.strerror or type(error).__name__}); check that it is there and that you may read it"
