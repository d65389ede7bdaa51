"""Hashes of the language data and of the code that reads articles: what was read with others is read again."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from analysis.dataset.storage import digest

_PACKAGE = Path(__file__).resolve().parents[1]
# What decides which rows an article gives: not the figures, the pages or the command line.
_READERS = ("*.py", "*.c", "blocks/*.py", "dataset/*.py", "extract/**/*.py", "formats/*.py", "lexicon/*.py")
_OTHERS = frozenset(
    f"{name}.py"
    for name in ("__init__", "__main__", "cluster", "workers", "processes", "display", "evaluate", "corpus", "parts", "dataset")
)


@cache
def lexicon_hash() -> str:
    """A hash of the language data."""
    return digest(*(part for path in sorted((_PACKAGE / "lexicon").glob("*.toml")) for part in (path.name, path.read_bytes())))


@cache
def code_hash() -> str:
    """A hash of the code that reads articles, so that no table is kept that another version of it made."""
    return digest(*(part for path in readers() for part in (path.relative_to(_PACKAGE).as_posix(), path.read_bytes())))


def readers() -> list[Path]:
    """The files of the code that decides which rows an article gives."""
    return sorted({path for pattern in _READERS for path in _PACKAGE.glob(pattern) if path.name not in _OTHERS})
