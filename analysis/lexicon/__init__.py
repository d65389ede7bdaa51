"""The language data: one TOML file a family, read once, never written in code.

In goes the name of a file beside this one, out comes its table. Each file opens by saying what it holds and where the entries
come from.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def read(name: str) -> dict[str, Any]:
    """The table in `analysis/lexicon/<name>.toml`. Shared between callers: do not change it.

    Raises `FileNotFoundError` where there is no such file and `tomllib.TOMLDecodeError`, naming it, where it is broken.
    """
    source = files(__package__).joinpath(f"{name}.toml")
    try:
        return tomllib.loads(source.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise tomllib.TOMLDecodeError(f"{source}: {error}") from error
