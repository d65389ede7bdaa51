"""Compile the readers: `python -m analysis compile`.

mypyc writes C from the typed sources, setuptools calls the compiler that this Python was built with. All of it happens in a folder
beside the last one, which takes its place when it is whole; on an error nothing is left behind.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from importlib.machinery import EXTENSION_SUFFIXES
from importlib.util import find_spec
from pathlib import Path

from analysis.compiled import FOLDER, MODULES, WRITTEN, folder, source
from analysis.errors import InputError

_SUFFIX = EXTENSION_SUFFIXES[0]  # names this Python
_STATEMENTS = "analysis.extract.statements."
# What the readers import beside each other is taken as it is: checking it is not for here, and would take most of the time.
_SETTINGS = """
[mypy]
python_version = {version}
ignore_missing_imports = True
[mypy-pandas.*,babel.*,hijridate.*,scipy.*,sklearn.*,pyarrow.*]
follow_imports = skip
[mypy-analysis.articles,analysis.cluster,analysis.compare.*,analysis.corpus,analysis.dataset.*,analysis.display,analysis.evaluate]
follow_imports = skip
[mypy-analysis.formats.*,analysis.metadata,analysis.plots.*,analysis.published,analysis.report.*,analysis.tables,analysis.wording]
follow_imports = skip
"""
_CALL = "import sys; from analysis.compiled.build import compile_into; compile_into(sys.argv[1])"
_TOLD = 5  # lines of a compiler that failed


def build() -> bool:
    """Compile the readers for this Python; False where that is done already. Takes two or three minutes and 2 GB of memory.

    Raises `InputError` where mypyc, setuptools or a C compiler is missing or one of them fails, with the last lines that it said.
    """
    if folder().is_dir():
        return False
    if os.name != "nt" and not any(map(shutil.which, ("cc", "gcc", "clang"))):
        raise InputError(
            "no C compiler is on the path (cc, gcc, clang); install one, or go on without, which is slower and else the same"
        )
    missing = [name for name in ("mypyc", "setuptools") if find_spec(name) is None]
    if missing:
        raise InputError(
            f"{missing[0]} is missing; install this package with its extra: pip install 'arabic-news-analysis[compile]'"
        )
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=FOLDER, prefix="_work") as work:
        root = Path(__file__).resolve().parents[2]
        done = subprocess.run(
            [sys.executable, "-c", _CALL, work],
            cwd=root,
            env={**os.environ, "PYTHONPATH": str(root)},
            capture_output=True,
            text=True,
            errors="replace",
            check=False,
        )
        if done.returncode:
            said = [line for line in (done.stdout + done.stderr).splitlines() if line.strip() and "warning" not in line]
            raise InputError("compiling failed, so the readers go on as Python; it said: " + " / ".join(said[-_TOLD:]))
        for old in FOLDER.iterdir():
            if old != folder() and not old.name.startswith("_work") and any(old.glob("*" + _SUFFIX)):
                shutil.rmtree(old)  # of other sources, for this same Python
        try:
            (Path(work) / "done").rename(folder())
        except OSError:
            if not folder().is_dir():  # else another process was at it, too, and has finished first
                raise
    return True


def compile_into(work: str) -> None:
    """In a process of its own: C into `work`, and the finished modules, by their full names, into `work`/done."""
    from mypyc.build import mypycify
    from setuptools import Distribution, Extension
    from setuptools.command.build_ext import build_ext

    settings = Path(work) / "mypy.ini"
    settings.write_text(_SETTINGS.format(version=".".join(map(str, sys.version_info[:2]))), encoding="utf-8")
    # Two groups that hardly call each other, so that two cores share the compiling; within one, calls are direct.
    groups = {
        "statements": [str(source(module)) for module in MODULES if module.startswith(_STATEMENTS)],
        "others": [str(source(module)) for module in MODULES if not module.startswith(_STATEMENTS)],
    }
    extensions = mypycify(
        ["--config-file", str(settings), "--cache-dir", str(Path(work) / "cache"), *groups["statements"], *groups["others"]],
        opt_level="2",
        debug_level="0",
        separate=[(paths, f"analysis_{name}") for name, paths in groups.items()],
        target_dir=str(Path(work) / "c"),
    )
    written = [Extension(module, [str(source(module, ".c"))]) for module in WRITTEN]
    command = build_ext(Distribution({"name": "analysis", "ext_modules": [*extensions, *written]}))
    library, command.build_temp, command.parallel = Path(work) / "lib", str(Path(work) / "temp"), len(groups)
    command.build_lib = str(library)
    command.ensure_finalized()
    command.run()
    done = Path(work) / "done"
    done.mkdir()
    for path in library.rglob("*" + _SUFFIX):
        path.rename(done / ".".join(path.relative_to(library).parts))
