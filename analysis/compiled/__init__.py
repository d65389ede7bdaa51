"""The readers as machine code: built once where there is a C compiler, used wherever it is of these very sources.

The readers of `analysis.extract` are typed Python, which mypyc turns into extension modules: the same rows, about twice as fast.
The walk over every letter (`analysis.cutting`) is there a second time, in C.
`python -m analysis compile` builds them into `analysis/_compiled`, in a folder named by a hash of their sources and of this Python.
`import analysis` looks for that folder alone, so a module that was edited since, another version and another Python simply run as
Python, and nothing stale is ever used. `ANALYSIS_COMPILED=0` in the environment runs as Python in any case.

>>> MODULES[:2], len(key())
(('analysis.blocks.furniture', 'analysis.blocks.lines'), 32)
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from functools import cache
from hashlib import blake2b
from importlib.machinery import EXTENSION_SUFFIXES, ExtensionFileLoader, ModuleSpec
from importlib.util import spec_from_file_location
from pathlib import Path
from types import ModuleType

_PACKAGE = Path(__file__).resolve().parents[1]
FOLDER = _PACKAGE / "_compiled"
SWITCH = "ANALYSIS_COMPILED"


def _modules() -> tuple[str, ...]:
    paths = [_PACKAGE / f"{name}.py" for name in ("spelling", "stem", "text", "tokens")]
    paths += [path for part in ("blocks", "extract") for path in (_PACKAGE / part).rglob("*.py") if path.stem != "__init__"]
    return tuple(sorted("analysis." + path.relative_to(_PACKAGE).with_suffix("").as_posix().replace("/", ".") for path in paths))


MODULES = _modules()  # what is compiled: all that reads an article's text
WRITTEN = ("analysis.cutting",)  # what is also there as C, written by hand


def source(module: str, suffix: str = ".py") -> Path:
    """The source file of one of `MODULES`, or of `WRITTEN`."""
    return _PACKAGE.parent.joinpath(*module.split(".")).with_suffix(suffix)


@cache
def key() -> str:
    """A hash of the sources of what is compiled, and of what it is compiled for."""
    state = blake2b(EXTENSION_SUFFIXES[0].encode(), digest_size=16)
    for path in (*map(source, MODULES), *(source(module, ".c") for module in WRITTEN)):
        content = path.read_bytes()
        state.update(f"{path.relative_to(_PACKAGE).as_posix()} {len(content)}\n".encode())
        state.update(content)
    return state.hexdigest()


def folder() -> Path:
    """Where the machine code of these sources is, or will be."""
    return FOLDER / key()


class _Finder:
    """Finds the compiled modules of one folder by their names, before their sources are looked for."""

    def __init__(self, folder: Path) -> None:
        self._found = {path.name[: -len(EXTENSION_SUFFIXES[0])]: path for path in folder.glob("*" + EXTENSION_SUFFIXES[0])}

    def find_spec(self, name: str, path: Sequence[str] | None = None, target: ModuleType | None = None) -> ModuleSpec | None:
        found = self._found.get(name)
        return None if found is None else spec_from_file_location(name, found, loader=ExtensionFileLoader(name, str(found)))


def use() -> bool:
    """From now on import the compiled modules, if there are any of these sources; whether there are."""
    if any(isinstance(finder, _Finder) for finder in sys.meta_path):
        return True
    if os.environ.get(SWITCH) == "0" or not FOLDER.is_dir() or not folder().is_dir():
        return False
    sys.meta_path.insert(0, _Finder(folder()))
    return True
